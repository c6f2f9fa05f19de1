//! Words between quote marks that are no quotation: the title of a work, a nickname, a word as a word, a sign, or words that
//! the writer holds at arm's length. Each with the ground on which it was told apart.
//!
//! Read afterwards from the page and what was found in it, for those who ask; nothing of it is stored.
//! `the so-called “lucky” ship` → `word`, because of a prompt.

use super::elements::{is_title, prompt_before};
use crate::document::RegionKind;
use crate::extract::Quote;
use crate::language::people::Prompt;
use crate::span::Span;
use crate::text::{End, Page, Pair, TokenKind};
use serde::{Deserialize, Serialize};

/// What quoted words are, if no quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The title of a work.
    Title,
    /// A nickname or other name.
    Name,
    /// A word as a word.
    Word,
    /// What is written on a sign or thing.
    Sign,
    /// A few words that the writer does not take for his own.
    Scare,
    /// More words, given to nobody.
    Unattributed,
}

impl Sort {
    /// All of them.
    pub const ALL: [Sort; 6] = [Sort::Title, Sort::Name, Sort::Word, Sort::Sign, Sort::Scare, Sort::Unattributed];

    const fn of(prompt: Prompt) -> Sort {
        match prompt {
            Prompt::Name => Sort::Name,
            Prompt::Title => Sort::Title,
            Prompt::Word => Sort::Word,
            Prompt::Sign => Sort::Sign,
        }
    }
}

/// The ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The words before (`the film`, `nicknamed`, `a door marked`).
    Prompt,
    /// Every word that is not small has a capital.
    Capitals,
    /// It stands inside a name (`Pete “Bosun” Halloran`).
    InsideName,
    /// A few words, and no cue or source beside them.
    FewWords,
    /// No cue or source beside them.
    NoSource,
    /// Its mark is never closed.
    Unclosed,
}

/// A quoted run that is no quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// With the marks.
    pub span: Span,
    /// What it is.
    pub sort: Sort,
    /// Why.
    pub because: Ground,
}

/// Up to so many words are held at arm's length; more are somebody's whom nothing names.
const FEW: usize = 4;

/// The quoted runs of `page` that stand in none of `quotes`, in the order of the text. Linear.
pub fn rejected(page: &Page, quotes: &[Quote]) -> Vec<Rejected> {
    let mut taken: Vec<Span> = quotes.iter().flat_map(|quote| quote.content.iter().copied()).collect();
    taken.sort_by_key(|span| span.start);
    // Where the farthest of the contents up to each one ends.
    let mut end = 0;
    let ends: Vec<u32> = taken
        .iter()
        .map(|span| {
            end = end.max(span.end);
            end
        })
        .collect();
    let mut out = Vec::new();
    for (number, _) in page.paragraphs.iter().enumerate().filter(|(_, one)| one.region != RegionKind::Boilerplate) {
        for pair in page.pairs_from(number, 0, 0).filter(|pair| !pair.span.is_empty()) {
            let before = taken.partition_point(|span| span.start < pair.span.end);
            let covered = before.checked_sub(1).is_some_and(|last| ends[last] > pair.span.start);
            if !covered {
                out.push(judge(page, pair));
            }
        }
    }
    out
}

fn judge(page: &Page, pair: &Pair) -> Rejected {
    let (first, end) = (page.token_at(pair.span.start), page.token_at(pair.span.end));
    let inner = first + u32::from(pair.open.is_some())..end - u32::from(pair.close.is_some() && end > first);
    let inner = &page.tokens[inner.start.min(inner.end) as usize..inner.end as usize];
    let words = inner.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count();
    let capital =
        |at: Option<u32>| at.and_then(|at| page.tokens.get(at as usize)).is_some_and(|token| token.is_capital());
    let (sort, because) = if let Some(prompt) = prompt_before(page, first) {
        (Sort::of(prompt), Ground::Prompt)
    } else if words <= FEW && capital(first.checked_sub(1)) && capital(Some(end)) {
        (Sort::Name, Ground::InsideName)
    } else if is_title(page, inner) {
        (Sort::Title, Ground::Capitals)
    } else if pair.end != End::Closed {
        (Sort::Unattributed, Ground::Unclosed)
    } else if words <= FEW {
        (Sort::Scare, Ground::FewWords)
    } else {
        (Sort::Unattributed, Ground::NoSource)
    };
    Rejected { span: pair.span, sort, because }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn each_sort_has_its_ground() {
        for (text, sort, because) in [
            ("The film “harbour lights” opens in May.", Sort::Title, Ground::Prompt),
            ("Her “Harbour of Hope” opens in May.", Sort::Title, Ground::Capitals),
            ("The boxer, nicknamed “the Rock”, left.", Sort::Name, Ground::Prompt),
            ("Pete “Bosun” Halloran drove home.", Sort::Name, Ground::InsideName),
            ("The word “now” stood on the wall.", Sort::Word, Ground::Prompt),
            ("They went through a door marked “private” and sat down.", Sort::Sign, Ground::Prompt),
            ("Its “lucky” hull was old.", Sort::Scare, Ground::FewWords),
        ] {
            let document = Document::new("d", text);
            let found = crate::extract::extract(&document);
            let page = Page::new(&document);
            let kinds: Vec<_> = rejected(&page, &found.quotes).iter().map(|one| (one.sort, one.because)).collect();
            assert_eq!(kinds, [(sort, because)], "{text}");
        }
    }

    #[test]
    fn quotations_are_not_told_again() {
        let document =
            Document::new("d", "“It rained,” Brandt said. She called it “a flood”. Its “lucky” hull was old.");
        let found = crate::extract::extract(&document);
        let page = Page::new(&document);
        let spans: Vec<_> = rejected(&page, &found.quotes).iter().map(|one| one.span.of(&document.text)).collect();
        assert_eq!(spans, ["“lucky”"]);
    }
}
