//! Words in the form in which the index stores them. It takes a text and gives folded words with their byte ranges, in
//! one pass over the bytes with a table of 256 classes. The same scanner reads documents and queries, so the two cannot
//! disagree.
//!
//! A word is a run of letters and digits. It continues across an apostrophe between letters (`didn't`, `O’Brien`), a
//! point between digits (`3.5`), a comma that groups digits by three (`1,200`, stored as `1200`), and the points of
//! single letters (`U.S.`, stored as `u.s`). Case, curly apostrophes, Latin accents and ligatures are folded. A final
//! `'s` is dropped (`mayor’s` is stored as `mayor`, as in Lucene's English possessive filter). Nothing is stemmed.
//!
//! `The U.S. “didn’t” send 1,200 cafés` gives `the`, `u.s`, `didn't`, `send`, `1200`, `cafes`.

use crate::span::Span;
use crate::text::short::Plain;

/// The maximum length of a folded word in bytes. Longer words are truncated, so their prefixes can still be found.
const LONGEST: usize = 120;

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 4;
const WIDE: u8 = 8;
/// Set if the word contains an apostrophe.
const POSSESSIVE: u8 = 16;

/// The class of each byte: letter, digit, first or later byte of a multi-byte character, or other.
const CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'0'..=b'9' => DIGIT,
            0x80.. => WIDE,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// Receives the folded form of a word: a [`String`], or `()` if only the ranges are needed.
pub trait Fold {
    /// Takes the place of what it holds: a word of at most fifteen ASCII letters and digits, and whether it has capitals.
    fn plain(&mut self, word: &str, capitals: bool);
    /// Starts a word.
    fn clear(&mut self);
    /// Appends as much of `piece` as fits.
    fn push(&mut self, piece: &str);
    /// Appends a character beyond ASCII in its folded form.
    fn fold(&mut self, c: char);
    /// Ends a word. `seen` is the union of the classes of its bytes.
    fn end(&mut self, seen: u8);
}

impl Fold for () {
    fn plain(&mut self, _: &str, _: bool) {}
    fn clear(&mut self) {}
    fn push(&mut self, _: &str) {}
    fn fold(&mut self, _: char) {}
    fn end(&mut self, _: u8) {}
}

impl Fold for String {
    #[inline]
    fn plain(&mut self, word: &str, capitals: bool) {
        String::clear(self);
        self.push_str(word);
        if capitals {
            self.make_ascii_lowercase();
        }
    }

    fn clear(&mut self) {
        String::clear(self);
    }

    fn push(&mut self, piece: &str) {
        push(self, piece);
    }

    fn fold(&mut self, c: char) {
        match is_ideograph(c) {
            true => String::push(self, c),
            false => fold(c, self),
        }
    }

    fn end(&mut self, seen: u8) {
        if seen & CAPITAL != 0 {
            self.make_ascii_lowercase();
        }
        if seen & POSSESSIVE != 0 && self.ends_with("'s") && self.len() > 2 {
            self.truncate(self.len() - 2);
        }
    }
}

/// Finds the first word of `text` at or after byte `from` (a character boundary). Clears `word`, fills it with the
/// folded form, and returns the byte range. Linear in the bytes that are read.
pub fn next_word(text: &str, from: usize, word: &mut impl Fold) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let start = word_start(text, from)?;
    if let Some(plain) = Plain::at(bytes, start).filter(|plain| ends(bytes, start, plain)) {
        let at = start + plain.length as usize;
        word.plain(&text[start..at], plain.capitals);
        return Some((start, at));
    }
    word.clear();
    Some((start, any_word(text, start, word)))
}

/// The end of the word that starts at `start`, for words of any kind. Its folded form goes into `word`.
fn any_word(text: &str, start: usize, word: &mut impl Fold) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut seen = 0;
    loop {
        let run = at;
        while let Some(class) = bytes.get(at).map(|b| CLASS[usize::from(*b)]).filter(|c| c & (LETTER | DIGIT) != 0) {
            seen |= class;
            at += 1;
        }
        word.push(&text[run..at]);
        let Some(&byte) = bytes.get(at) else { break };
        match byte {
            b'\'' | b'.' | b',' if joins(text, start, at) => {
                match byte {
                    b'\'' => {
                        word.push("'");
                        seen |= POSSESSIVE;
                    }
                    b'.' => word.push("."),
                    _ => {}
                }
                at += 1;
            }
            0x80.. => match wide_step(text, at, start, word) {
                Step::Over(width) => {
                    seen |= POSSESSIVE;
                    at += width;
                }
                Step::Alone(width) => {
                    at += width;
                    break;
                }
                Step::Stop => break,
            },
            _ => break,
        }
    }
    word.end(seen);
    at
}

/// Whether the byte after a run of letters and digits certainly ends the word: it is not an apostrophe, and a point or comma
/// counts only after a letter that is not alone.
#[inline]
fn ends(bytes: &[u8], start: usize, plain: &Plain) -> bool {
    match plain.after {
        b'\'' => false,
        b'.' | b',' => plain.length > 1 && bytes[start + plain.length as usize - 1].is_ascii_alphabetic(),
        _ => true,
    }
}

/// The folded words of a text, in order, with their spans.
pub fn words(text: &str) -> Vec<(String, Span)> {
    let (mut found, mut word, mut at) = (Vec::new(), String::new(), 0);
    while let Some((start, end)) = next_word(text, at, &mut word) {
        found.push((word.clone(), Span::at(start, end)));
        at = end;
    }
    found
}

/// The folded words of a text, without spans.
pub fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|(word, _)| word).collect()
}

/// Appends as much of `piece` as fits.
fn push(word: &mut String, piece: &str) {
    let room = LONGEST.saturating_sub(word.len());
    word.push_str(if piece.len() <= room { piece } else { &piece[..piece.floor_char_boundary(room)] });
}

/// Skips everything that is not part of a word.
#[inline]
fn word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match CLASS[usize::from(*bytes.get(at)?)] {
            OTHER => at += 1,
            WIDE => match width_between(text, at) {
                0 => return Some(at),
                width => at += width,
            },
            _ => return Some(at),
        }
    }
}

/// The width of a character beyond ASCII in bytes, or none where a word begins with it.
#[inline(never)]
fn width_between(text: &str, at: usize) -> usize {
    // Unicode counts the second apostrophe as a letter, too.
    let begins = |c: &char| c.is_alphanumeric() && !is_ignored(*c) && *c != 'ʼ';
    text[at..].chars().next().filter(|c| !begins(c)).map_or(0, char::len_utf8)
}

/// Whether an apostrophe, a point or a comma is part of the word that starts at `start`, where the byte before it is part of
/// that word.
pub(super) fn joins(text: &str, start: usize, at: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes.get(at) {
        Some(b'\'') => is_letter_before(text, at, start) && is_letter_at(text, at + 1),
        Some(b'.') => joins_digits(bytes, at) || joins_initials(text, start, at),
        Some(b',') => groups_digits(bytes, at),
        _ => false,
    }
}

/// Whether no word contains a byte, wherever it stands.
pub(super) fn parts(byte: u8) -> bool {
    CLASS[usize::from(byte)] == OTHER && !matches!(byte, b'\'' | b'.' | b',')
}

/// Whether a character beyond ASCII may be part of a word, apart from an apostrophe.
pub(super) fn is_of_words(c: char) -> bool {
    c.is_alphanumeric() || is_ignored(c)
}

fn is_letter_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if CLASS[usize::from(*byte)] & LETTER != 0 => true,
        Some(0x80..) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic),
        _ => false,
    }
}

fn is_letter_before(text: &str, at: usize, start: usize) -> bool {
    text[start..at].chars().next_back().is_some_and(char::is_alphabetic)
}

fn is_digit(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_digit)
}

/// Whether a point is between digits: `3.5`.
fn joins_digits(bytes: &[u8], at: usize) -> bool {
    at > 0 && is_digit(bytes.get(at - 1)) && is_digit(bytes.get(at + 1))
}

/// Whether a comma groups digits: exactly three digits follow, as in `1,200`.
fn groups_digits(bytes: &[u8], at: usize) -> bool {
    at > 0
        && is_digit(bytes.get(at - 1))
        && (1..=3).all(|i| is_digit(bytes.get(at + i)))
        && !is_digit(bytes.get(at + 4))
}

/// Whether a point is between two single letters: `U.S`, `J.K`.
fn joins_initials(text: &str, start: usize, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let inside = |i: usize| text[i..].chars().next().is_some_and(|c| c.is_alphanumeric() || is_ignored(c));
    at > start && letter(at - 1) && (at - 1 == start || bytes[at - 2] == b'.') && letter(at + 1) && !inside(at + 2)
}

/// How a word continues at a character beyond ASCII.
enum Step {
    /// It continues after this many bytes.
    Over(usize),
    /// This character, of this many bytes, is a word by itself.
    Alone(usize),
    /// It ends before the character.
    Stop,
}

fn wide_step(text: &str, at: usize, start: usize, word: &mut impl Fold) -> Step {
    let Some(c) = text[at..].chars().next() else { return Step::Stop };
    let width = c.len_utf8();
    if matches!(c, '’' | 'ʼ') {
        return if is_letter_before(text, at, start) && is_letter_at(text, at + width) {
            word.push("'");
            Step::Over(width)
        } else {
            Step::Stop
        };
    }
    if is_ignored(c) {
        return Step::Over(width);
    }
    if !c.is_alphanumeric() {
        return Step::Stop;
    }
    if is_ideograph(c) {
        if at > start {
            return Step::Stop;
        }
        word.fold(c);
        return Step::Alone(width);
    }
    word.fold(c);
    Step::Over(width)
}

/// Whether a character has no effect inside a word: combining accents, soft hyphens and joiners.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character belongs to a script without spaces. Each such character is a word, so that phrases find them.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Appends the lower-case form without accents: by table for Latin-1 and Latin Extended-A (Unicode names, base letter)
/// and the f ligatures, and by Unicode lower case for the rest.
fn fold(c: char, word: &mut String) {
    let plain = match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'ſ' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => {
            if word.len() < LONGEST {
                word.extend(c.to_lowercase());
            }
            return;
        }
    };
    push(word, plain);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_words() {
        for (text, expected) in [
            ("The mayor didn't go.", "the mayor didn't go"),
            ("O’Brien’s “plan”, the MAYOR'S, it's 's", "o'brien plan the mayor it s"),
            ("'quoted' words'", "quoted words"),
            ("rose 3.5 to 1,200,000.", "rose 3.5 to 1200000"),
            ("in 2016,300 or 1,20 or 1,2000", "in 2016300 or 1 20 or 1 2000"),
            ("the U.S. and U.S.-led, J.K. Stone", "the u.s and u.s led j.k stone"),
            ("Plan B.The end.Then", "plan b the end then"),
            ("“made in the U.S”", "made in the u.s"),
            ("3.30 p.m. on day 2.", "3.30 p.m on day 2"),
            ("Café ŁÓDŹ naïve straße ﬁne e\u{301}tude", "cafe lodz naive strasse fine etude"),
            ("co\u{ad}op tie-break AT&T", "coop tie break at t"),
            ("東京 is 2 words", "東 京 is 2 words"),
            ("ʼtis the farmersʼ, Oʼʼneilʼs", "tis the farmers o''neil"),
            ("ΑΘΗΝΑ Москва", "αθηνα москва"),
            ("— … “” '", ""),
            ("", ""),
        ] {
            assert_eq!(folded(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn cuts_long_words_but_keeps_their_place() {
        let text = format!("{}é{} end", "x".repeat(LONGEST - 1), "y".repeat(500));
        let found = words(&text);
        assert_eq!(found.len(), 2);
        assert!(found[0].0.len() <= LONGEST);
        assert_eq!(found[0].1.of(&text).len(), text.len() - 4);
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_on_boundaries(text in "(\\PC|[aB3.,'’é“ﬁ東 ]){0,200}") {
            let mut last = 0;
            for (word, span) in words(&text) {
                prop_assert!(span.start >= last && span.end > span.start && !word.is_empty());
                prop_assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
                last = span.end;
            }
        }

        /// Reading in one step gives the same as reading byte by byte.
        #[test]
        fn plain_words_are_read_as_all_others(text in "[aAb3.,’' ]{0,60}|([aAb3]{0,18}[.,’'é ]{0,2}){0,8}") {
            let (mut at, mut plain, mut any) = (0, String::new(), String::new());
            while let Some((start, end)) = next_word(&text, at, &mut plain) {
                any.clear();
                prop_assert_eq!(any_word(&text, start, &mut any), end);
                prop_assert_eq!(&plain, &any);
                at = end;
            }
        }

        #[test]
        fn no_letter_is_lost(text in "[a-z3 .,'-]{0,120}") {
            let joined: String = words(&text).iter().map(|(_, span)| span.of(&text)).collect();
            let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&joined), letters(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[A-Za-zé0-9.' ]{0,80}") {
            let once = folded(&text).join(" ");
            prop_assert_eq!(folded(&once).join(" "), once);
        }
    }
}
