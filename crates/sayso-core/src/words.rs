//! Words, folded for comparison. It takes a text and gives [`Word`]s. Each has its span and a key; the keys of two
//! words are equal if a reader takes the words for the same.
//!
//! The following is folded away: case, quote glyphs, dashes (a hyphen separates two words), thousands separators,
//! number words (`two` and `2`, `sixteenth` and `16th`), `%` and `percent`, full stops in abbreviations (`U.S.`, `US`),
//! and contractions, which are read as the words they stand for (`don’t` is `do` and `not`). The text itself stays as
//! it is: a word's span always refers to the word as written.
//!
//! One pass over the characters, without an allocation per word.

use crate::hash::{SEED, step};
use crate::language::{self, PerLanguage, figures::Class, figures::Entry, lists::List};
use crate::span::Span;
use rustc_hash::FxHashMap;

/// A word in a text, or a number, `%` or `$`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as written.
    pub span: Span,
    /// A 64-bit hash of the folded form: equal for words that compare equal.
    pub key: u64,
    /// The class of the word.
    pub class: WordClass,
}

/// The class of a [`Word`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// Letters.
    Plain,
    /// A number, in digits or as a word.
    Number,
    /// `not`, `never`, `no`, `without` and similar words.
    Negation,
}

/// The [`Word::key`] of a folded form.
pub const fn key(folded: &str) -> u64 {
    let bytes = folded.as_bytes();
    let mut hash = SEED;
    let mut i = 0;
    while i < bytes.len() {
        hash = step(hash, bytes[i]);
        i += 1;
    }
    hash
}

/// The keys of the words of each list.
static LISTED: PerLanguage<Vec<Box<[u64]>>> = PerLanguage::new(|language| {
    let keys = |list: &List| language.lexicon.lists.words(*list).iter().map(|word| key(word)).collect();
    List::ALL.iter().map(keys).collect()
});

/// `cannot`, which is read as two words.
const CANNOT: u64 = key("cannot");

/// The keys of the digits of all number words, by the words' keys.
static NUMBERS: PerLanguage<FxHashMap<u64, u64>> = PerLanguage::new(|language| {
    let words = &language.lexicon.words;
    let texts = words.ids().map(|id| words.text(id)).filter(|text| text.len() <= SHORT && text.is_ascii());
    texts.filter_map(|text| Some((key(text), NumberWord::of(text)?.key()))).collect()
});

/// Whether a word, given by its key, is in a list. Two reads and a few comparisons.
pub(crate) fn is_in(word: u64, list: List) -> bool {
    LISTED.compared()[list as usize].contains(&word)
}

/// All words of `text` inside `within`. Spans are bytes of `text`. Linear.
pub fn words(text: &str, within: Span) -> Vec<Word> {
    let mut out = Vec::with_capacity(within.len() as usize / 5);
    if text.get(within.range()).is_none() {
        return out;
    }
    let (numbers, negations) = (NUMBERS.compared(), &LISTED.compared()[List::Negations as usize]);
    let mut scan = Scan { text, end: within.end as usize, at: within.start as usize, numbers, negations };
    while let Some(c) = scan.peek(0) {
        let start = scan.at;
        // Nearly half of all that is looked at here.
        if c == ' ' {
            scan.at += 1;
            continue;
        }
        if c.is_ascii_digit() {
            scan.number(&mut out);
        } else if c.is_ascii_alphabetic() {
            scan.letters(&mut out);
        } else if base(c).is_ascii_digit() {
            scan.wide_number(&mut out);
        } else if c.is_alphanumeric() {
            scan.letters(&mut out);
        } else {
            scan.at += c.len_utf8();
            let folded = match c {
                '%' => "percent",
                '&' => "and",
                '$' | '€' | '£' | '¥' => &text[start..scan.at],
                _ => continue,
            };
            out.push(Word { span: Span::at(start, scan.at), key: key(folded), class: WordClass::Plain });
        }
    }
    out
}

/// Whether a character looks like an apostrophe.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

struct Scan<'t> {
    text: &'t str,
    end: usize,
    at: usize,
    /// The keys of the digits of number words, and those of the words that deny.
    numbers: &'static FxHashMap<u64, u64>,
    negations: &'static [u64],
}

impl Scan<'_> {
    /// The character `ahead` bytes from here.
    fn peek(&self, ahead: usize) -> Option<char> {
        let byte = self.peek_byte(ahead);
        if byte.is_ascii() && byte != 0 {
            return Some(byte.into());
        }
        self.text.get(self.at + ahead..self.end)?.chars().next()
    }

    fn peek_byte(&self, ahead: usize) -> u8 {
        let i = self.at + ahead;
        if i < self.end { self.text.as_bytes()[i] } else { 0 }
    }

    /// Reads a number, such as `1,680`, `3.5` or `16th`. Drops its separators and keeps the ending of an ordinal.
    fn number(&mut self, out: &mut Vec<Word>) {
        let start = self.at;
        let mut digits = Digits::default();
        loop {
            let b = self.peek_byte(0);
            let separates = |n: usize| (1..=n).all(|i| self.peek_byte(i).is_ascii_digit());
            if b.is_ascii_digit() {
                digits.push(b);
            } else if b == b',' && separates(3) && !self.peek_byte(4).is_ascii_digit() {
            } else if b == b'.' && !digits.point && separates(1) {
                digits.push(b);
            } else {
                break;
            }
            self.at += 1;
        }
        let ending = [self.peek_byte(0).to_ascii_lowercase(), self.peek_byte(1).to_ascii_lowercase()];
        let lists = &language::compared().lexicon.lists;
        let ordinal = lists.has(List::OrdinalEndings, ending) && !self.peek_byte(2).is_ascii_alphanumeric();
        if ordinal {
            self.at += 2;
        }
        let key = digits.key(if ordinal { "th" } else { "" });
        out.push(Word { span: Span::at(start, self.at), key, class: WordClass::Number });
    }

    /// A number in full-width digits.
    fn wide_number(&mut self, out: &mut Vec<Word>) {
        let start = self.at;
        let mut digits = Digits::default();
        while let Some(c) = self.peek(0).filter(|c| base(*c).is_ascii_digit()) {
            digits.push(base(c) as u8);
            self.at += c.len_utf8();
        }
        out.push(Word { span: Span::at(start, self.at), key: digits.key(""), class: WordClass::Number });
    }

    /// Reads a run of ASCII letters that nothing joins to what follows, as nearly all words are. Tells whether it did.
    fn plain_letters(&mut self, out: &mut Vec<Word>) -> bool {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let (mut length, mut hash) = (0, SEED);
        while let Some(letter) = rest.get(length).filter(|byte| byte.is_ascii_alphabetic()) {
            hash = step(hash, letter.to_ascii_lowercase());
            length += 1;
        }
        let joined = match rest.get(length) {
            Some(b'\'' | b'`' | b'-') => true,
            // `U.S.`
            Some(b'.') => length == 1,
            Some(next) => !next.is_ascii(),
            None => false,
        };
        if length == 0 || joined || hash == CANNOT {
            return false;
        }
        let start = self.at;
        self.at += length;
        out.push(self.word(start, self.at, hash));
        true
    }

    /// A run of letters, with what an apostrophe joins to it.
    fn letters(&mut self, out: &mut Vec<Word>) {
        let start = self.at;
        if self.plain_letters(out) || self.abbreviation(out) {
            return;
        }
        let mut short = Short::default();
        let mut hash = SEED;
        loop {
            // Most letters are ASCII.
            let byte = self.peek_byte(0);
            if byte.is_ascii_alphabetic() {
                short.push(byte.to_ascii_lowercase());
                hash = step(hash, byte.to_ascii_lowercase());
                self.at += 1;
                continue;
            }
            let Some(c) = self.peek(0).filter(|c| !byte.is_ascii() && (c.is_alphabetic() || is_combining(*c))) else {
                break;
            };
            hash = fold(hash, c, &mut short);
            self.at += c.len_utf8();
        }
        if self.at == start {
            // A numeral other than an ASCII digit (`²`, `٣`) is a word of its own.
            let c = self.peek(0).unwrap_or(' ');
            hash = fold(hash, c, &mut short);
            self.at += c.len_utf8();
        }
        let stem_end = self.at;
        let tail = self.peek(0).filter(|c| is_apostrophe(*c)).and_then(|c| self.tail(c.len_utf8()));
        if tail.is_none() && self.peek_byte(0) != b'-' && hash != CANNOT {
            out.push(self.word(start, stem_end, hash));
            return;
        }
        match (tail, short.text()) {
            // In `n’t`, the `n` belongs to the ending.
            (Some((_, end)), stem) if stem.ends_with('n') && self.is_t(end) => {
                let whole = match stem {
                    "can" => "can",
                    "won" => "will",
                    "shan" => "shall",
                    _ => &stem[..stem.len() - 1],
                };
                let cut = if stem == "can" { stem_end } else { stem_end - 1 };
                out.push(plain(Span::at(start, cut), whole));
                out.push(Word { span: Span::at(cut, end), key: key("not"), class: WordClass::Negation });
                self.at = end;
            }
            (Some((ending, end)), _) => {
                out.push(self.word(start, stem_end, hash));
                out.push(Word { span: Span::at(stem_end, end), key: key(ending), class: WordClass::Plain });
                self.at = end;
            }
            (None, "cannot") => {
                out.push(plain(Span::at(start, stem_end - 3), "can"));
                let not = Span::at(stem_end - 3, stem_end);
                out.push(Word { span: not, key: key("not"), class: WordClass::Negation });
            }
            (None, stem) => {
                if let Some((number, end)) = self.hyphened(stem) {
                    self.at = end;
                    out.push(Word { span: Span::at(start, end), key: number.key(), class: WordClass::Number });
                } else {
                    out.push(self.word(start, stem_end, hash));
                }
            }
        }
    }

    /// The word at `start..end`, whose folded form has the hash `hash`: a number word gets the key of its digits.
    fn word(&self, start: usize, end: usize, hash: u64) -> Word {
        let span = Span::at(start, end);
        if let Some(number) = self.numbers.get(&hash) {
            return Word { span, key: *number, class: WordClass::Number };
        }
        let class = if self.negations.contains(&hash) { WordClass::Negation } else { WordClass::Plain };
        Word { span, key: hash, class }
    }

    /// Reads an abbreviation, such as `U.S.` or `a.m.`: single letters separated by full stops are one word.
    fn abbreviation(&mut self, out: &mut Vec<Word>) -> bool {
        let start = self.at;
        let mut n = 0;
        let mut hash = SEED;
        while self.peek_byte(2 * n).is_ascii_alphabetic() && self.peek_byte(2 * n + 1) == b'.' {
            hash = step(hash, self.peek_byte(2 * n).to_ascii_lowercase());
            n += 1;
        }
        // `p.m` without its last full stop, which can be missing at the end of a quotation.
        let last = self.peek_byte(2 * n);
        let alone = last.is_ascii_alphabetic() && !self.peek(2 * n + 1).is_some_and(char::is_alphanumeric);
        if n > 0 && alone {
            hash = step(hash, last.to_ascii_lowercase());
            n += 1;
        }
        if n < 2 {
            return false;
        }
        self.at += 2 * n - 1;
        out.push(Word { span: Span::at(start, self.at), key: hash, class: WordClass::Plain });
        true
    }

    /// The folded ending after an apostrophe of `width` bytes, and the offset at which it ends.
    fn tail(&self, width: usize) -> Option<(&'static str, usize)> {
        let mut letters = [0u8; 2];
        let mut n = 0;
        loop {
            let b = self.peek_byte(width + n);
            if !b.is_ascii_alphabetic() {
                break;
            }
            if n == 2 {
                return None;
            }
            letters[n] = b.to_ascii_lowercase();
            n += 1;
        }
        if self.peek(width + n).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let folded = match &letters[..n] {
            b"s" => "'s",
            b"re" => "are",
            b"ve" => "have",
            b"ll" => "will",
            b"m" => "am",
            b"d" => "'d",
            b"t" => "'t",
            _ => return None,
        };
        Some((folded, self.at + width + n))
    }

    fn is_t(&self, end: usize) -> bool {
        matches!(self.text.as_bytes()[end - 1], b't' | b'T')
    }

    /// Reads `-one` after `twenty`: the number that both form, and the offset at which it ends.
    fn hyphened(&self, tens: &str) -> Option<(NumberWord, usize)> {
        if self.peek_byte(0) != b'-' {
            return None;
        }
        let tens = NumberWord::of(tens).filter(|n| !n.ordinal && n.value >= 20)?;
        let rest = &self.text.as_bytes()[self.at + 1..self.end];
        let len = rest.iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
        let mut short = Short::default();
        rest[..len].iter().for_each(|b| short.push(b.to_ascii_lowercase()));
        let unit = NumberWord::of(short.text()).filter(|n| (1..10).contains(&n.value))?;
        Some((NumberWord { value: tens.value + unit.value, ..unit }, self.at + 1 + len))
    }
}

fn plain(span: Span, folded: &str) -> Word {
    Word { span, key: key(folded), class: WordClass::Plain }
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A letter without its accent: `é` is `e`, whether it is one character or two. Other characters stay as they are.
pub(crate) fn base(c: char) -> char {
    const FOLDED: [(char, &str); 14] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćĉċč"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('i', "ìíîïĩīĭįı"),
        ('l', "ĺļľŀł"),
        ('n', "ñńņňŉ"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşš"),
        ('t', "ţťŧ"),
        ('u', "ùúûüũūŭůűų"),
        ('z', "źżž"),
    ];
    match c {
        '\u{c0}'..='\u{17f}' => FOLDED.iter().find(|(_, letters)| letters.contains(c)).map_or(c, |(base, _)| *base),
        // Full-width forms.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The letters that a ligature stands for.
const fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

fn fold(mut hash: u64, c: char, short: &mut Short) -> u64 {
    if c.is_ascii() {
        let b = c.to_ascii_lowercase() as u8;
        short.push(b);
        return step(hash, b);
    }
    if is_combining(c) {
        return hash;
    }
    if let Some(letters) = ligature(c) {
        return letters.bytes().fold(hash, |hash, b| {
            short.push(b);
            step(hash, b)
        });
    }
    for lower in c.to_lowercase().map(base) {
        if lower.is_ascii() {
            short.push(lower.to_ascii_lowercase() as u8);
            hash = step(hash, lower.to_ascii_lowercase() as u8);
            continue;
        }
        short.close();
        let mut buffer = [0; 4];
        for b in lower.encode_utf8(&mut buffer).bytes() {
            hash = step(hash, b);
        }
    }
    hash
}

/// So many letters of a word are compared with short lists.
const SHORT: usize = 12;

/// The first letters of a word in lower case, for comparison with short lists. Empty if the word is longer or not
/// ASCII.
#[derive(Default)]
struct Short {
    bytes: [u8; SHORT],
    len: usize,
}

impl Short {
    fn push(&mut self, b: u8) {
        if self.len < SHORT {
            self.bytes[self.len] = b;
        }
        self.len = self.len.saturating_add(1);
    }

    fn close(&mut self) {
        self.len = usize::MAX;
    }

    fn text(&self) -> &str {
        if self.len > SHORT { "" } else { std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("") }
    }
}

/// Hashes digits as they come, without leading zeros and without trailing zeros of a fraction.
#[derive(Default)]
struct Digits {
    bytes: Vec<u8>,
    point: bool,
}

impl Digits {
    fn push(&mut self, b: u8) {
        self.point |= b == b'.';
        self.bytes.push(b);
    }

    fn key(&self, ending: &str) -> u64 {
        let mut digits = self.bytes.as_slice();
        while digits.len() > 1 && digits[0] == b'0' && digits[1] != b'.' {
            digits = &digits[1..];
        }
        if self.point {
            while let [rest @ .., b'0'] = digits {
                digits = rest;
            }
            if let [rest @ .., b'.'] = digits {
                digits = rest;
            }
        }
        digits.iter().chain(ending.as_bytes()).fold(SEED, |hash, b| step(hash, *b))
    }
}

/// The meaning of a number word: 2 for `two`, 16 and ordinal for `sixteenth` (`language/en/numbers.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberWord {
    /// Its value.
    pub value: u64,
    /// Whether it is an ordinal.
    pub ordinal: bool,
}

impl NumberWord {
    /// The number that a word of lower-case letters means. `None` for a scale (`hundred`) and for other words.
    pub(crate) fn of(word: &str) -> Option<NumberWord> {
        let entry = entry(word);
        let ordinal = entry.is(Class::ORDINAL);
        let plain = entry.is(Class::ZERO.or(Class::DIGIT).or(Class::TEEN).or(Class::TENS));
        (ordinal || plain).then_some(NumberWord { value: entry.number, ordinal })
    }

    /// The power of ten by which a scale multiplies: 6 for `million`.
    pub(crate) fn zeros(word: &str) -> Option<u32> {
        let entry = entry(word);
        entry.is(Class::SCALE).then(|| entry.number.checked_ilog10()).flatten()
    }

    fn key(self) -> u64 {
        let mut digits = Digits::default();
        let mut power = 10u64.pow(self.value.checked_ilog10().unwrap_or(0));
        while power > 0 {
            digits.push(b'0' + (self.value / power % 10) as u8);
            power /= 10;
        }
        digits.key(if self.ordinal { "th" } else { "" })
    }
}

/// The entry of a word in the tables of figures.
fn entry(word: &str) -> &'static Entry {
    let lexicon = &language::compared().lexicon;
    lexicon.figures.entry(lexicon.words.get(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> Vec<u64> {
        words(text, Span::at(0, text.len())).iter().map(|w| w.key).collect()
    }

    #[test]
    fn words_that_read_the_same_are_equal() {
        for (a, b) in [
            ("Two ferries", "2 FERRIES"),
            ("the well-kept “pier”", "The well kept ‘pier’"),
            ("it doesn’t", "it does not"),
            ("we can't and won't", "we cannot and will not"),
            ("1,680 of them", "1680 of them"),
            ("3.50", "3.5"),
            ("007", "7"),
            ("the sixteenth", "the 16th"),
            ("twenty-one boats", "21 boats"),
            ("the twenty-first boat", "the 21st boat"),
            ("12%", "12 percent"),
            ("the U.S. fleet", "the US fleet"),
            ("at 5 p.m.", "at 5 p.m"),
            ("Harrow & Sons", "Harrow and Sons"),
            ("we’ve", "we have"),
            ("a cafe\u{301} by the quay", "a café by the quay"),
            ("the ﬁrst oﬃce", "the first office"),
            ("all １２ boats", "all 12 boats"),
            ("the har\u{200b}bour", "the harbour"),
        ] {
            assert_eq!(keys(a), keys(b), "{a} / {b}");
        }
    }

    #[test]
    fn words_that_differ_stay_apart() {
        for (a, b) in [("1,68", "168"), ("35", "3.5"), ("16", "16th"), ("do", "don't"), ("four", "for"), ("$5", "5")] {
            assert_ne!(keys(a), keys(b), "{a} / {b}");
        }
    }

    #[test]
    fn classes() {
        use WordClass::*;
        let class = |t: &str| words(t, Span::at(0, t.len())).iter().map(|w| w.class).collect::<Vec<_>>();
        assert_eq!(class("isn’t 4 ferries"), [Plain, Negation, Number, Plain]);
        assert_eq!(class("never without nineteen"), [Negation, Negation, Number]);
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_on_boundaries(text in "(\\PC|[’'“. ,%$é²0-9a-z-]){0,80}") {
            let mut last = 0;
            for w in words(&text, Span::at(0, text.len())) {
                prop_assert!(w.span.start >= last && w.span.end > w.span.start);
                prop_assert!(text.get(w.span.range()).is_some());
                last = w.span.end;
            }
        }
    }
}
