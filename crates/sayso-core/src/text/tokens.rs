//! Tokens: words, numbers and marks. One pass over the bytes with a table of classes; letters beyond ASCII are read as
//! characters. White space is not part of any token. Every other byte belongs to exactly one token.
//!
//! `Sen. O’Malley’s 3.5-million plan` → `Sen` `.` `O’Malley` `’s` `3.5` `-` `million` `plan`.

use super::short::Plain;
use crate::language::grammar::Class as Grammar;
pub use crate::language::inflect::Case;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::words::Asked;
use crate::language::{Lexicon, WordId};
use crate::span::Span;

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The offset of its first byte.
    pub start: u32,
    /// The offset just past its last byte.
    pub end: u32,
    /// The lexicon's id of its lower-cased form, for words and clitics.
    pub word: WordId,
    /// The kind of token.
    pub kind: TokenKind,
    /// The case of a word.
    pub case: Case,
}

impl Token {
    /// Its span.
    pub const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether it is a word that starts with a capital.
    pub const fn is_capital(self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether it is a word or a clitic.
    pub const fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Clitic)
    }
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and digits (`O’Malley`, `don’t`, `U2`), or an abbreviation with inner full
    /// stops, the last one included (`U.S.`, `a.m.`).
    Word,
    /// `’s`, `’ll`, `’re`, `’ve`, `’d`, `’m` after a word.
    Clitic,
    /// Digits with single `,` or `.` between them (`3,278`, `2.5`, `10.12.2017`).
    Number,
    /// A quote mark of any glyph, or an apostrophe outside words.
    Mark,
    /// `.`
    Stop,
    /// `!` or `?`, or several of them
    Exclaim,
    /// `…` or `...`
    Ellipsis,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `-` or U+2010, U+2011
    Hyphen,
    /// `–`, `—`, `--`, `―`
    Dash,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// A complete web address.
    Address,
    /// Any other character (`$`, `%`, `/`, `@`).
    Symbol,
}

/// The classes of bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Other,
    High,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        table[i] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' | 0x7f => Class::Space,
            0x80.. => Class::High,
            _ => Class::Other,
        };
        i += 1;
    }
    table
};

/// Appends the tokens of `span` to `out`. Linear.
pub fn tokenize(text: &str, span: Span, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let end = span.end as usize;
    let mut at = span.start as usize;
    let bytes = &text.as_bytes()[..end];
    let mut asked = Asked::of(&lexicon.words);
    while at < end {
        match CLASSES[usize::from(bytes[at])] {
            Class::Space => at += 1,
            Class::Letter => {
                at = match plain(bytes, at, &mut asked, out) {
                    Some(end) => end,
                    None => word(text, at, end, lexicon, out),
                }
            }
            Class::Digit => at = number(bytes, at, out),
            Class::Other => at = symbol(text, at, end, lexicon, out),
            Class::High => {
                let letter = text[at..end].chars().next().unwrap_or(' ');
                if letter.is_alphabetic() {
                    at = word(text, at, end, lexicon, out);
                } else if letter.is_whitespace() || is_invisible(letter) {
                    at += letter.len_utf8();
                } else if let Some(stop) = late_clitic(text, at, end, lexicon, out) {
                    at = push_word(text, at, stop, TokenKind::Clitic, lexicon, out);
                } else {
                    at = high(letter, at, out);
                }
            }
        }
    }
    asked.answer(|at, word| out[at as usize].word = word);
}

/// The number of words in capitals that make a paragraph count as all in capitals, if it has no other words:
/// `THE BRIDGE IS OPEN`, but not `CNN` or `JOHN F KENNEDY`.
const SHOUTED: usize = 4;

/// A label of who speaks ends with a colon among so many tokens.
const LABEL: usize = 24;

/// Corrects the case of words in a paragraph that is all in capitals, where capitals mean nothing. Words in the lexicon
/// become lower case. All others count as capitalized, and so do the first word of a sentence (`begins` tells which
/// tokens start one) and the first word after a mark. Linear.
pub fn calm(tokens: &mut [Token], begins: impl Fn(usize) -> bool) {
    let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word && token.end - token.start > 1);
    if words().any(|token| token.case != Case::Upper) || words().count() < SHOUTED {
        return;
    }
    // `SMITH: WE MUST ACT`: a speaker label keeps its capitals.
    let label = tokens.iter().take(LABEL).position(|token| token.kind == TokenKind::Colon).map_or(0, |at| at + 1);
    let mut first = true;
    for (at, token) in tokens.iter_mut().enumerate().skip(label) {
        first |= begins(at) || token.kind == TokenKind::Mark;
        if token.is_word() {
            token.case = if token.word.is_known() && !first { Case::Lower } else { Case::Capital };
            first = false;
        }
    }
}

/// `He Jiahong, a lawyer`: a pronoun with a capital before a name that the lexicon does not know is its first part, and no
/// pronoun. Verbs (`He Recovered`) and the words of a heading in Title Case stay as they are. Linear.
pub fn name_pronouns(text: &str, tokens: &mut [Token], lexicon: &Lexicon) {
    let person = Grammar::MALE.with(Grammar::FEMALE);
    for at in 1..tokens.len() {
        let (this, next) = (tokens[at - 1], tokens[at]);
        if this.case != Case::Capital || next.case != Case::Capital {
            continue;
        }
        let class = lexicon.grammar.class(this.word);
        if !class.has(Grammar::SUBJECT) || !class.has(person) {
            continue;
        }
        let own = next.span().of(text);
        let verb = [Ending::Past, Ending::Plural, Ending::Gerund].iter().any(|end| lexicon.forms.ends(own, *end));
        let name = next.is_word() && !next.word.is_known() && this.end + 1 == next.start && !verb;
        let behind = tokens.get(at + 1).is_none_or(|token| !token.is_word() || token.case == Case::Lower);
        let before = at.checked_sub(2).is_none_or(|at| !tokens[at].is_word() || tokens[at].case == Case::Lower);
        if name && behind && before {
            tokens[at - 1].word = WordId::NONE;
        }
    }
}

/// Whether a character is invisible: byte-order mark, zero-width space, soft hyphen or direction mark.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn push(out: &mut Vec<Token>, start: usize, end: usize, kind: TokenKind) -> usize {
    out.push(Token { start: start as u32, end: end as u32, word: WordId::NONE, kind, case: Case::Lower });
    end
}

/// The end of the letters, digits and combining marks that start at `at`.
fn letters(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        match CLASSES[usize::from(bytes[at])] {
            Class::Letter | Class::Digit => at += 1,
            Class::High => match text[at..end].chars().next() {
                Some(c)
                    if c.is_alphanumeric()
                        || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}') =>
                {
                    at += c.len_utf8();
                }
                _ => break,
            },
            _ => break,
        }
    }
    at
}

/// The length of an apostrophe (`'` or `’`) at `at`; 0 if there is none.
fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(0xe2) if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
        _ => 0,
    }
}

/// Reads a word of a few plain letters, as nearly all are; gives its end.
#[inline]
fn plain(bytes: &[u8], start: usize, asked: &mut Asked, out: &mut Vec<Token>) -> Option<usize> {
    let plain = Plain::at(bytes, start).filter(is_whole)?;
    let (start, end) = (start as u32, start as u32 + plain.length);
    asked.ask(plain.folded, out.len() as u32, |at, word| out[at as usize].word = word);
    out.push(Token { start, end, word: WordId::NONE, kind: TokenKind::Word, case: plain.case });
    Some(end as usize)
}

fn word(text: &str, start: usize, end: usize, lexicon: &Lexicon, out: &mut Vec<Token>) -> usize {
    let bytes = &text.as_bytes()[..end];
    if let Some(stop) = address(bytes, start) {
        return push(out, start, stop, TokenKind::Address);
    }
    let mut at = letters(text, start, end);
    if at == start + 1 && bytes.get(at) == Some(&b'.') {
        at = initials(bytes, start).unwrap_or(at);
    } else {
        loop {
            let mark = apostrophe(bytes, at);
            let tail = if mark == 0 { at } else { letters(text, at + mark, end) };
            if mark == 0 || tail == at + mark {
                break;
            }
            if lexicon.lists.has(List::Clitics, &bytes[at + mark..tail]) && apostrophe(bytes, tail) == 0 {
                push_word(text, start, at, TokenKind::Word, lexicon, out);
                return push_word(text, at, tail, TokenKind::Clitic, lexicon, out);
            }
            at = tail;
        }
    }
    push_word(text, start, at, TokenKind::Word, lexicon, out)
}

/// Whether what follows cannot go on with the word: no apostrophe, no full stop of `U.S.` or `www.`, no colon of `http:`.
fn is_whole(plain: &Plain) -> bool {
    match plain.after {
        b'\'' | b':' => false,
        b'.' => plain.length > 1 && plain.folded[0] & 0xff != u64::from(b'w'),
        _ => true,
    }
}

/// The end of letters separated by full stops, as in `U.S.`, `a.m.` or `Ph.D.`. `None` if there is only one letter.
fn initials(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    let mut count = 0;
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b'.') {
        at += 2;
        count += 1;
    }
    (count >= 2 && !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some(at)
}

fn address(bytes: &[u8], start: usize) -> Option<usize> {
    if !matches!(bytes[start], b'h' | b'w' | b'H' | b'W') {
        return None;
    }
    let rest = &bytes[start..];
    let begins = |head: &[u8]| rest.len() > head.len() && rest[..head.len()].eq_ignore_ascii_case(head);
    if !(begins(b"http://") || begins(b"https://") || begins(b"www.")) {
        return None;
    }
    let is_end = |b: &u8| *b <= b' ' || *b >= 0x80 || matches!(b, b'"' | b'<' | b'>' | b')' | b']');
    let mut stop = start + rest.iter().position(is_end).unwrap_or(rest.len());
    while matches!(bytes[stop - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'') {
        stop -= 1;
    }
    Some(stop)
}

fn push_word(text: &str, start: usize, end: usize, kind: TokenKind, lexicon: &Lexicon, out: &mut Vec<Token>) -> usize {
    let word = &text[start..end];
    let case = lexicon.forms.case(word);
    out.push(Token { start: start as u32, end: end as u32, word: lexicon.words.get(word), kind, case });
    end
}

fn number(bytes: &[u8], start: usize, out: &mut Vec<Token>) -> usize {
    let mut at = start;
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1)) {
        at += 1;
    }
    push(out, start, at, TokenKind::Number)
}

fn symbol(text: &str, start: usize, end: usize, lexicon: &Lexicon, out: &mut Vec<Token>) -> usize {
    let bytes = &text.as_bytes()[..end];
    let run = |byte: u8| bytes[start..].iter().take_while(|b| **b == byte).count();
    let (length, kind) = match bytes[start] {
        b'.' => match run(b'.') {
            1 => (1, TokenKind::Stop),
            2 => (2, TokenKind::Ellipsis),
            n => (n, TokenKind::Ellipsis),
        },
        b'!' | b'?' => (bytes[start..].iter().take_while(|b| matches!(b, b'!' | b'?')).count(), TokenKind::Exclaim),
        b',' => (1, TokenKind::Comma),
        b':' => (1, TokenKind::Colon),
        b';' => (1, TokenKind::Semicolon),
        b'-' => match run(b'-') {
            1 => (1, TokenKind::Hyphen),
            n => (n, TokenKind::Dash),
        },
        b'(' | b'[' | b'{' => (1, TokenKind::Open),
        b')' | b']' | b'}' => (1, TokenKind::Close),
        b'"' => (1, TokenKind::Mark),
        b'\'' if run(b'\'') == 2 => (2, TokenKind::Mark),
        b'`' if run(b'`') >= 2 => (2, TokenKind::Mark),
        b'\'' | b'`' => {
            if let Some(stop) = late_clitic(text, start, end, lexicon, out) {
                return push_word(text, start, stop, TokenKind::Clitic, lexicon, out);
            }
            (1, TokenKind::Mark)
        }
        _ => (1, TokenKind::Symbol),
    };
    push(out, start, start + length, kind)
}

/// The end of a clitic that is attached to an abbreviation or a number (`U.S.'s`, `1990's`).
fn late_clitic(text: &str, at: usize, end: usize, lexicon: &Lexicon, out: &[Token]) -> Option<usize> {
    let last = out.last()?;
    if last.end as usize != at || !matches!(last.kind, TokenKind::Word | TokenKind::Number) {
        return None;
    }
    let mark = apostrophe(&text.as_bytes()[..end], at);
    let stop = letters(text, at + mark, end);
    (mark > 0 && lexicon.lists.has(List::Clitics, &text.as_bytes()[at + mark..stop])).then_some(stop)
}

fn high(letter: char, start: usize, out: &mut Vec<Token>) -> usize {
    let kind = match letter {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '「' | '」' | '『' | '』' | '″'
        | '＂' => TokenKind::Mark,
        '…' => TokenKind::Ellipsis,
        '–' | '—' | '―' | '−' => TokenKind::Dash,
        '‐' | '‑' => TokenKind::Hyphen,
        _ => TokenKind::Symbol,
    };
    push(out, start, start + letter.len_utf8(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn tokens(text: &str) -> Vec<Token> {
        let mut out = Vec::new();
        tokenize(text, Span::at(0, text.len()), &language::of(None).lexicon, &mut out);
        out
    }

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.span().of(text)).collect()
    }

    #[test]
    fn words_and_numbers_of_news() {
        for (text, expected) in [
            ("Sen. O’Malley’s 3.5-million plan", "Sen|.|O’Malley|’s|3.5|-|million|plan"),
            ("the U.S.’s $1,234.50, at 9 a.m.", "the|U.S.|’s|$|1,234.50|,|at|9|a.m."),
            ("don't they’ll 62-year-old", "don't|they|’ll|62|-|year|-|old"),
            ("8.6B 5G U2 COVID-19 79%", "8.6|B|5|G|U2|COVID|-|19|79|%"),
            ("``Yes,'' he said... “No”?!", "``|Yes|,|''|he|said|...|“|No|”|?!"),
            ("see https://a.example/b?c=1, or www.d.example.", "see|https://a.example/b?c=1|,|or|www.d.example|."),
            ("workers’ pay—and Åse Ødegård’s", "workers|’|pay|—|and|Åse|Ødegård|’s"),
            ("J. Brandt and the U.S.", "J|.|Brandt|and|the|U.S."),
        ] {
            let found = texts(text).join("|");
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_text_in_capitals_is_read_as_one_in_small_letters() {
        let cases = |text: &str| -> String {
            let mut all = tokens(text);
            calm(&mut all, |at| at == 0);
            let sign = |token: &Token| match token.case {
                Case::Lower => '-',
                Case::Capital => 'C',
                Case::Upper => 'U',
            };
            all.iter().filter(|token| token.is_word()).map(sign).collect()
        };
        assert_eq!(cases("THE BOARD IS LATE, SAID ZORVAK OF THE BOARD"), "C----C---");
        assert_eq!(cases("ZORVAK SAID, “THE BOARD IS LATE”"), "C-C---");
        assert_eq!(cases("ZORVAK: THE BOARD IS LATE"), "UC---");
        assert_eq!(cases("THE BOARD IS LATE, said Zorvak"), "UUUU-C");
        assert_eq!(cases("NATO AND CNN"), "UUU");
    }

    #[test]
    fn case_is_told() {
        let cases: Vec<Case> = tokens("the Mayor of NATO I U.S.").iter().map(|token| token.case).collect();
        assert_eq!(cases, [Case::Lower, Case::Capital, Case::Lower, Case::Upper, Case::Capital, Case::Upper]);
    }

    proptest! {
        /// Tokens never overlap, are on character boundaries, and omit only white space. No word of UAX 29 is cut
        /// inside, except at the edge of a digit, at a clitic, or at a full stop.
        #[test]
        fn every_byte_has_its_token(text in "(\\PC|[ \n.'’“”\"a-zé0-9,-]){0,200}") {
            let mut last = 0;
            for token in tokens(&text) {
                let between = &text[last..token.start as usize];
                prop_assert!(between.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)), "{between:?}");
                prop_assert!(token.start < token.end);
                prop_assert!(text.is_char_boundary(token.end as usize));
                last = token.end as usize;
            }
            prop_assert!(text[last..].chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)));
        }

        #[test]
        fn plain_words_are_those_of_unicode(text in "([a-zA-Zéßø]{1,9}[ ,;]{1,2}){0,30}") {
            let ours: Vec<&str> = tokens(&text).iter().filter(|t| t.is_word()).map(|t| t.span().of(&text)).collect();
            let theirs: Vec<&str> = text.unicode_words().collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
