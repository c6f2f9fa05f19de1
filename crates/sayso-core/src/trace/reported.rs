//! Words that a speaker of a transcript reports of somebody: `Tom Weir says that the harbour is run like a shop.` A passage of
//! a turn goes in; whether the words before it report it comes out.

use super::relation::opens;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::{self, grammar::Class};
use crate::span::Span;

/// How many words before a passage may tell that it is reported.
const BEFORE: usize = 8;
/// How many bytes before it are looked at.
const REACH: u32 = 120;

/// Whether the first passage of `source` stands in somebody's reported words: in the same sentence of the `turn`, before it,
/// somebody other than the speaker says (`she says`, `you said`, `quote`), or a quote mark opens and does not close.
pub(super) fn is_reported(text: &str, turn: Span, source: &[Span]) -> bool {
    let Some(first) = source.first().filter(|first| first.start >= turn.start) else { return false };
    let mut from = turn.start.max(first.start.saturating_sub(REACH));
    while !text.is_char_boundary(from as usize) {
        from += 1;
    }
    let before = text.get(from as usize..first.start as usize).unwrap_or_default();
    let begun = before.rfind(['.', '!', '?', '\n']).map_or(0, |end| end + 1);
    // A quotation is opened in the sentence before or in this one.
    if opens(before) {
        return true;
    }
    let lexicon = &language::compared().lexicon;
    let class = |word: &str| lexicon.grammar.class(lexicon.words.get(word));
    let words: Vec<&str> =
        before[begun..].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let near = &words[words.len().saturating_sub(BEFORE)..];
    let own = |at: usize| near[..at].iter().rev().take(3).any(|word| lexicon.lists.has(List::OwnVoices, word));
    let finite = |word: &str| {
        class(word).has(Class::CUE_VERB) && (lexicon.forms.ends(word, Ending::Plural) || class(word).has(Class::PAST))
    };
    near.iter().enumerate().any(|(at, word)| {
        lexicon.lists.has(List::QuoteOpeners, word) || at > 0 && (finite(word) || *word == "said") && !own(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_told_from_ones_own() {
        let passage = "the harbour is run like a family shop";
        for (before, reported) in [
            ("You have a rival now. Tom Weir says that ", true),
            ("He said, quote, ", true),
            ("You said that ", true),
            ("And then he wrote: \u{201c}", true),
            ("I have looked at the books. ", false),
            ("I said it in May and I say it again: ", false),
            ("He says much. But ", false),
            ("", false),
        ] {
            let text = format!("{before}{passage}. That is all.");
            let at = Span::at(before.len(), before.len() + passage.len());
            let turn = Span::at(0, text.len());
            assert_eq!(is_reported(&text, turn, &[at]), reported, "{before}");
        }
    }
}
