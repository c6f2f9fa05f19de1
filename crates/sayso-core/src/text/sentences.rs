//! Splits news text into sentences. Handles `U.S.`, `Sen.`, `No. 4`, `J. Brandt`, and full stops in quotations after
//! which the sentence continues (`“… two decades.” said the office`).

use super::marks::Pair;
use super::seams::Seams;
use super::tokens::{Case, Token, TokenKind};
use crate::language::Lexicon;
use crate::language::abbreviations::Abbreviation;
use crate::span::Span;
use std::ops::Range;

/// A sentence. A sentence inside a quotation is a sentence too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The span from its first token to its last.
    pub span: Span,
    /// Its tokens, as positions.
    pub tokens: Range<u32>,
}

/// The maximum number of tokens in a sentence; a longer one is cut. No real sentence is longer, and code that scans a
/// sentence once for each item in it would take quadratic time on a text without full stops.
pub const LONGEST: usize = 1000;

/// Splits the paragraph whose tokens are those of `tokens` from `first` on, and whose pairs of quote marks are `pairs`. Linear.
pub fn split(text: &str, tokens: &[Token], first: usize, pairs: &[Pair], lexicon: &Lexicon, out: &mut Vec<Sentence>) {
    let marks = Marks::of(pairs);
    let mut seams = Seams::new(text, tokens, first, lexicon);
    seams.begin(first);
    let mut begin = first;
    let mut at = first;
    while at < tokens.len() {
        if is_plain(text, tokens, at) && at + 1 - begin != LONGEST {
            at += 1;
            continue;
        }
        let caption = || {
            let close = (tokens[at].kind == TokenKind::Mark).then(|| marks.closing(at)).flatten();
            close.is_some_and(|close| seams.is_caption(begin, at, close))
        };
        if at > begin && (seams.is_at(at) || caption()) {
            push(tokens, begin, at, out);
            begin = at;
            seams.begin(at);
        }
        let cut = (at + 1 - begin == LONGEST).then_some(at + 1);
        let end = if may_end(text, &tokens[at]) { end_after(text, tokens, first, at, &marks, lexicon) } else { None };
        let Some(end) = end.or(cut) else {
            at += 1;
            continue;
        };
        push(tokens, begin, end, out);
        begin = end;
        at = end;
        seams.begin(at);
    }
    push(tokens, begin, tokens.len(), out);
}

/// The quote marks of a paragraph that open and that close a pair, as positions, in order.
struct Marks {
    opens: Vec<u32>,
    closes: Vec<u32>,
    /// The opening and the closing mark of each pair that has both, in order.
    both: Vec<(u32, u32)>,
}

impl Marks {
    fn of(pairs: &[Pair]) -> Self {
        let mut marks = Marks {
            opens: pairs.iter().filter_map(|pair| pair.open).collect(),
            closes: pairs.iter().filter_map(|pair| pair.close).collect(),
            both: pairs.iter().filter_map(|pair| pair.open.zip(pair.close)).collect(),
        };
        marks.opens.sort_unstable();
        marks.closes.sort_unstable();
        marks.both.sort_unstable();
        marks
    }

    /// The closing mark of the pair that opens at `at`.
    fn closing(&self, at: usize) -> Option<usize> {
        let found = self.both.binary_search_by_key(&(at as u32), |(open, _)| *open).ok()?;
        self.both.get(found).map(|(_, close)| *close as usize)
    }

    fn opens(&self, at: usize) -> bool {
        self.opens.binary_search(&(at as u32)).is_ok()
    }

    fn closes(&self, at: usize) -> bool {
        self.closes.binary_search(&(at as u32)).is_ok()
    }
}

fn push(tokens: &[Token], begin: usize, end: usize, out: &mut Vec<Sentence>) {
    if let Some([from, .., to] | [from @ to]) = tokens.get(begin..end) {
        out.push(Sentence { span: Span::new(from.start, to.end), tokens: begin as u32..end as u32 });
    }
}

/// Whether a token is one of the many at which no sentence can begin or end: a word in small letters before another word, a
/// number, a comma. [`may_end`] and [`Seams::is_at`] tell the same.
#[inline]
fn is_plain(text: &str, tokens: &[Token], at: usize) -> bool {
    use TokenKind::{Address, Clitic, Close, Colon, Comma, Dash, Hyphen, Number, Open, Semicolon, Word};
    let token = &tokens[at];
    match token.kind {
        Word => {
            !token.is_capital()
                && tokens.get(at + 1).is_some_and(|next| next.kind == Word)
                && !(token.end - token.start >= 4 && text.as_bytes()[token.end as usize - 1] == b'.')
        }
        Clitic | Number | Comma | Colon | Semicolon | Hyphen | Dash | Open | Close | Address => true,
        _ => false,
    }
}

/// Whether a token can end a sentence: a full stop and its like, an abbreviation.
fn may_end(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Stop | TokenKind::Exclaim | TokenKind::Ellipsis => true,
        // `a.m.` is the shortest.
        TokenKind::Word => {
            token.end - token.start >= 4 && token.word.is_known() && text.as_bytes()[token.end as usize - 1] == b'.'
        }
        _ => false,
    }
}

/// The end of the sentence if the token at `at`, which may end one, does: the position past closing marks and brackets.
fn end_after(text: &str, tokens: &[Token], first: usize, at: usize, marks: &Marks, lexicon: &Lexicon) -> Option<usize> {
    let this = tokens[at];
    let mut end = at + 1;
    let glued = |end: usize| tokens.get(end).is_some_and(|next| next.start == tokens[end - 1].end);
    while glued(end)
        && matches!(tokens[end].kind, TokenKind::Mark | TokenKind::Close | TokenKind::Exclaim | TokenKind::Stop)
        && !(tokens[end].kind == TokenKind::Mark && marks.opens(end) && glued(end + 1))
    {
        end += 1;
    }
    // `It left.- “We waited.”`: what a space that does not break became.
    let bare = |at: usize| tokens.get(at + 1).is_some_and(|next| next.start > tokens[at].end);
    if glued(end) && tokens[end].kind == TokenKind::Hyphen && bare(end) {
        end += 1;
    }
    // `It left.-Later we waited`: the same before a word, but not `U.S.-born`
    if glued(end) && tokens[end].kind == TokenKind::Hyphen && at > first {
        let (before, next) = (tokens[at - 1], tokens.get(end + 1));
        let small = before.kind == TokenKind::Word && before.case == Case::Lower && before.end - before.start > 2;
        let begins = next.is_some_and(|next| next.is_word() && next.is_capital() && next.start == tokens[end].end);
        let stopped = this.kind == TokenKind::Stop && matches!(stop_of(tokens, first, at, lexicon), Stopped::Sentence);
        // `to Otto Lind.-The man left`
        let starts = next.is_some_and(|next| lexicon.abbreviations.starters.contains(next.word));
        if (small || starts) && begins && stopped {
            return Some(end + 1);
        }
    }
    // `from year to year. ” It says`: a closing mark behind a space.
    let closing = |mark: &Token| mark.kind == TokenKind::Mark && &text[mark.span().range()] == "”";
    if tokens.get(end).is_some_and(closing) && !glued(end) && !glued(end + 1) {
        end += 1;
    }
    let next = tokens.get(end)?;
    // A separate mark after the full stop belongs to the text that it opens.
    if next.start == tokens[end - 1].end {
        return lost_space(tokens, at, end, marks, lexicon).then_some(end);
    }
    // `She left. "the sea was calm," she said`: quoted words that lost their capital.
    let marked = this.kind == TokenKind::Stop && next.kind == TokenKind::Mark && glued(end + 1);
    let word = (end..tokens.len().min(end + 3)).find(|i| !matches!(tokens[*i].kind, TokenKind::Mark | TokenKind::Open));
    let next = word.map_or(*next, |i| tokens[i]);
    let begins = match next.kind {
        // A letter of a script without capitals may start a sentence.
        TokenKind::Word => {
            marked
                || next.is_capital()
                || text[next.start as usize..].starts_with(|c: char| !c.is_lowercase())
                || is_mail(text, tokens, end)
        }
        TokenKind::Number | TokenKind::Symbol | TokenKind::Address => true,
        _ => !matches!(this.kind, TokenKind::Ellipsis),
    };
    if !begins {
        return None;
    }
    match stop_of(tokens, first, at, lexicon) {
        Stopped::Sentence => Some(end),
        Stopped::Abbreviation(Abbreviation::Title | Abbreviation::Inner) => None,
        Stopped::Abbreviation(Abbreviation::Number) => (next.kind != TokenKind::Number).then_some(end),
        Stopped::Abbreviation(Abbreviation::Either) | Stopped::Initial => {
            (end > at + 1 || lexicon.abbreviations.starters.contains(next.word)).then_some(end)
        }
    }
}

/// `It left. koll@sorn.example`: whether the address of a mailbox begins at token `at`.
fn is_mail(text: &str, tokens: &[Token], at: usize) -> bool {
    const MOST: usize = 6;
    let glued = |at: &usize| *at > 0 && tokens[*at].start == tokens[*at - 1].end;
    let mut rest = (at + 1..tokens.len().min(at + MOST)).take_while(glued);
    rest.any(|at| text[tokens[at].span().range()] == *"@")
}

/// `It left.Nobody came`, `“It left.”Nobody came`, `It left.“We waited.”`: whether the space is lost that parts the sentence which
/// ends before `end`, behind the stop at `at`, from the next.
fn lost_space(tokens: &[Token], at: usize, end: usize, marks: &Marks, lexicon: &Lexicon) -> bool {
    const LEAST: u32 = 3;
    let apart = |at: usize| tokens.get(at).is_none_or(|token| at == 0 || token.start > tokens[at - 1].end);
    // A word in small letters stands before the stop, which is no part of a name of a firm or page: `Pixo.Store`, `pixo.Com`.
    let small = |at: usize| {
        let token = tokens[at];
        token.kind == TokenKind::Word && !token.is_capital() && token.end - token.start >= LEAST
    };
    let (stop, next) = (tokens[at], tokens[end]);
    let opens = next.kind == TokenKind::Mark && marks.opens(end);
    let next = if opens { end + 1 } else { end };
    let long = |token: &Token| token.end - token.start > LEAST || lexicon.abbreviations.starters.contains(token.word);
    let closed = tokens[end - 1].kind == TokenKind::Mark && marks.closes(end - 1);
    let begins = tokens
        .get(next)
        .is_some_and(|token| token.kind == TokenKind::Word && token.is_capital() && (closed || long(token)));
    let plain = end == at + 1 && at > 0 && small(at - 1) && apart(at - 1) && apart(next + 1);
    let ends = matches!(stop.kind, TokenKind::Stop | TokenKind::Exclaim | TokenKind::Ellipsis);
    begins && ends && (closed || plain)
}

/// What the full stop belongs to.
enum Stopped {
    Sentence,
    Abbreviation(Abbreviation),
    Initial,
}

fn stop_of(tokens: &[Token], first: usize, at: usize, lexicon: &Lexicon) -> Stopped {
    if tokens[at].kind == TokenKind::Word {
        return Stopped::Abbreviation(lexicon.abbreviations.class(tokens[at].word).unwrap_or(Abbreviation::Either));
    }
    if tokens[at].kind != TokenKind::Stop || at == first {
        return Stopped::Sentence;
    }
    let word = tokens[at - 1];
    if word.kind != TokenKind::Word || word.end != tokens[at].start {
        return Stopped::Sentence;
    }
    // `J. Brandt`: a single capital letter that is not a pronoun.
    if word.end - word.start == 1 && word.is_capital() {
        let name_before = at >= first + 2 && tokens[at - 2].is_word() && tokens[at - 2].case == Case::Lower;
        return if name_before && lexicon.words.text(word.word) == "i" { Stopped::Sentence } else { Stopped::Initial };
    }
    match lexicon.abbreviations.class(word.word) {
        Some(class) if word.is_capital() || matches!(class, Abbreviation::Number | Abbreviation::Inner) => {
            Stopped::Abbreviation(class)
        }
        _ => Stopped::Sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Seams, is_plain, may_end};
    use crate::document::Document;
    use crate::language;
    use crate::span::Span;
    use crate::text::{Page, tokens};
    use proptest::prelude::*;

    proptest! {
        /// Nothing is lost where tokens are passed over.
        #[test]
        fn no_sentence_begins_or_ends_at_a_plain_token(
            text in "(said |Brandt |The |U\\.S\\.|a\\.m\\.|ab/cd|READ MORE: |•|https://t\\.co/x|[ .,:;“”\"'()–0-9?!-]){0,30}"
        ) {
            let lexicon = &language::of(None).lexicon;
            let mut all = Vec::new();
            tokens::tokenize(&text, Span::at(0, text.len()), lexicon, &mut all);
            let seams = Seams::new(&text, &all, 0, lexicon);
            for at in (1..all.len()).filter(|at| is_plain(&text, &all, *at)) {
                prop_assert!(!may_end(&text, &all[at]) && !seams.is_at(at), "{at} of {text}");
            }
        }
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        let document = Document::new("d", "and then it rained ".repeat(LONGEST));
        let page = Page::new(&document);
        assert_eq!(page.sentences.len(), 4);
        assert!(page.sentences.iter().all(|sentence| sentence.tokens.len() <= LONGEST));
    }

    #[test]
    fn sentences_of_news() {
        for text in [
            "Sen. Ada Brandt spoke. | No. 4 was shut.",
            "It cost $3.5 million. | J. R. Osei paid.",
            "The U.S. Senate met. | It left the U.S. | The vote came at 9 p.m. | Officials agreed.",
            "“She paid for two decades.” said the office. | “It was fair.” | He left.",
            "“Why?” he asked. | “Because!” | Nobody spoke.",
            "He waited … and left. | She left.",
            "Acme Inc. said so. | Acme Inc. | The board agreed.",
            "On Jan. 3 it rained. | It was Plan B. | The others failed.",
            "It grew (by 3%). | 40 came.",
            "Dr. Roe vs. Mr. Doe: a case.",
            "They said no. | Not one came.",
            "They left.- | “We waited,” she said.",
            "It fell to Otto Lind.- | The man left.",
            "It opens in May. | koll@sorn.example",
            "She left. | 「開いている」 said Ken Mori. | He left.",
        ] {
            let joined = text.replace(" | ", " ");
            let document = Document::new("d", joined.as_str());
            let page = Page::new(&document);
            let found: Vec<&str> = page.sentences.iter().map(|s| s.span.of(&joined)).collect();
            assert_eq!(found.join(" | "), text);
        }
    }
}
