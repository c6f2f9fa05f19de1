//! Numbers the words of a text: in goes a text, out come the numbers of the words that stand at a place, for any number of
//! places. The words are those of [`super::folding`], and the tests compare the two.
//!
//! The idea: where words begin is a bit for each byte, worked out for sixty-four bytes at once. In ASCII, a word is a run of
//! letters and digits, and only an apostrophe, a point or a comma between two of them is looked at. Stretches that hold
//! other letters are few in English, and are read word by word.
//!
//! In `The mayor’s 1,200 cars`, `1,200` is word 2, and the bytes of `mayor’s 1` share words 1 and 2.

use super::folding::{self, next_word};
use super::short;
use crate::span::Span;
use std::ops::Range;

/// Bytes whose bits stand together.
const BLOCK: usize = 64;

/// The words of a text by number. Takes 24 bytes for every 64 bytes of text.
#[derive(Clone, Debug)]
pub struct Numbering {
    blocks: Vec<Block>,
    /// The length of the text in bytes.
    length: usize,
}

/// What stands at each of [`BLOCK`] bytes, the first in the lowest bit.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// The bytes of words.
    inside: u64,
    /// The first bytes of words.
    starts: u64,
    /// The number of words that start before the block.
    before: u32,
}

impl Numbering {
    /// Finds the words of a text. One pass over its bytes.
    pub fn of(text: &str) -> Numbering {
        let (whole, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let classes: Vec<Classes> = whole.iter().chain([&last]).map(Classes::of).collect();
        let mut blocks: Vec<Block> =
            classes.iter().map(|classes| Block { inside: classes.plain, ..Block::default() }).collect();
        let mut settled = 0;
        for (i, classes) in classes.iter().enumerate() {
            let mut odd = classes.odd;
            while odd != 0 {
                let at = i * BLOCK + odd.trailing_zeros() as usize;
                odd &= odd - 1;
                if at >= settled {
                    settled = settle(text, at, &mut blocks);
                }
            }
        }
        let (mut before, mut goes_on) = (0, 0);
        for block in &mut blocks {
            block.starts |= block.inside & !(block.inside << 1 | goes_on);
            goes_on = block.inside >> (BLOCK - 1);
            block.before = before;
            before += block.starts.count_ones();
        }
        Numbering { blocks, length: text.len() }
    }

    /// The numbers of the words that share a byte with a span. Constant time, or linear in the length of a word of more than
    /// [`BLOCK`] bytes. A place behind the text counts as its end.
    pub fn numbers(&self, span: Span) -> Range<u32> {
        let start = span.start as usize;
        self.before(start) - u32::from(self.is_within(start))..self.before(span.end as usize)
    }

    /// From the start of the first word that shares a byte with a span to the end of the last, where there is one. Linear in
    /// what lies between those and the ends of the span.
    pub fn extent(&self, span: Span) -> Span {
        let mut start = self.length.min(span.start as usize);
        while self.is_within(start) {
            start -= 1;
        }
        while start < self.length && !self.is_inside(start) {
            start += 1;
        }
        let mut end = self.length.min(span.end as usize);
        while self.is_within(end) {
            end += 1;
        }
        while end > start && !self.is_inside(end - 1) {
            end -= 1;
        }
        Span::at(start, end)
    }

    /// How many words there are.
    pub fn count(&self) -> u32 {
        self.before(self.length)
    }

    /// The number of words that start before a byte.
    fn before(&self, at: usize) -> u32 {
        let at = at.min(self.length);
        let block = &self.blocks[at / BLOCK];
        block.before + (block.starts & (bit(at) - 1)).count_ones()
    }

    /// Whether a byte belongs to a word.
    fn is_inside(&self, at: usize) -> bool {
        self.blocks.get(at / BLOCK).is_some_and(|block| block.inside & bit(at) != 0)
    }

    /// Whether a byte and the one before it belong to the same word.
    fn is_within(&self, at: usize) -> bool {
        self.blocks.get(at / BLOCK).is_some_and(|block| block.inside & !block.starts & bit(at) != 0)
    }
}

/// The bit of a byte in its block.
fn bit(at: usize) -> u64 {
    1 << (at % BLOCK)
}

/// What the bytes of a block are, as far as each tells by itself.
struct Classes {
    /// ASCII letters and digits.
    plain: u64,
    /// Bytes that may change where a word ends: the first ones of characters beyond ASCII, and those from the apostrophe to
    /// the point, among which the comma is.
    odd: u64,
}

impl Classes {
    fn of(bytes: &[u8; BLOCK]) -> Classes {
        let mut classes = Classes { plain: 0, odd: 0 };
        for (i, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
            let eight = u64::from_le_bytes(*eight);
            let wide = eight & eight << 1;
            classes.plain |= short::gathered(short::letters(eight) | short::digits(eight)) << (8 * i);
            classes.odd |= short::gathered(wide | short::range(eight, b'\'', b'.')) << (8 * i);
        }
        classes
    }
}

/// Decides what an odd byte does to the words around it. Returns the place up to which all is decided.
fn settle(text: &str, at: usize, blocks: &mut [Block]) -> usize {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    if bytes[at].is_ascii() {
        let is_inside = |at: usize| blocks[at / BLOCK].inside & bit(at) != 0;
        if at > 0 && is_inside(at - 1) {
            let is_first = at == 1 || !is_inside(at - 2);
            if folding::joins(text, if is_first { at - 1 } else { 0 }, at) {
                blocks[at / BLOCK].inside |= bit(at);
            }
        }
        return at + 1;
    }
    let Some(c) = text[at..].chars().next() else { return at + 1 };
    let end = at + c.len_utf8();
    match c {
        // Beside a letter beyond ASCII it is read with that letter.
        '’' | 'ʼ' if at > 0 && is_letter(at - 1) && is_letter(end) => {
            (at..end).for_each(|at| blocks[at / BLOCK].inside |= bit(at));
            end
        }
        _ if folding::is_of_words(c) => read(text, at, blocks),
        _ => end,
    }
}

/// Reads word by word from the last byte before `at` that no word holds to the next one. Returns where that stands.
fn read(text: &str, at: usize, blocks: &mut [Block]) -> usize {
    let parts = |byte: &u8| folding::parts(*byte);
    let bytes = text.as_bytes();
    let from = bytes[..at].iter().rposition(parts).map_or(0, |before| before + 1);
    let to = bytes[at..].iter().position(parts).map_or(text.len(), |width| at + width);
    (from..to).for_each(|at| blocks[at / BLOCK].inside &= !bit(at));
    let mut next = from;
    while let Some((start, end)) = next_word(&text[..to], next, &mut ()) {
        blocks[start / BLOCK].starts |= bit(start);
        (start..end).for_each(|at| blocks[at / BLOCK].inside |= bit(at));
        next = end;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::super::folding::words;
    use super::*;
    use proptest::prelude::*;

    /// The words that share a byte with a span, counted one by one.
    fn counted(text: &str, span: Span) -> (Range<u32>, Option<Span>) {
        let all = words(text);
        let from = all.iter().filter(|(_, word)| word.end <= span.start).count();
        let to = all.iter().filter(|(_, word)| word.start < span.end).count();
        let extent = (from < to).then(|| Span { start: all[from].1.start, end: all[to - 1].1.end });
        (from as u32..to as u32, extent)
    }

    #[track_caller]
    fn are_numbered(text: &str) {
        let numbering = Numbering::of(text);
        assert_eq!(numbering.count() as usize, words(text).len(), "{text}");
        for start in 0..=text.len() {
            for end in start..=text.len() {
                let span = Span::at(start, end);
                let (numbers, extent) = counted(text, span);
                assert_eq!(numbering.numbers(span), numbers, "{text} {span:?}");
                if let Some(extent) = extent {
                    assert_eq!(numbering.extent(span), extent, "{text} {span:?}");
                }
            }
        }
    }

    #[test]
    fn words_are_those_of_the_index() {
        are_numbered("");
        are_numbered("— … “” ' .");
        are_numbered("“'tis�,a …’n —.a .a ,1 'a");
        are_numbered("The mayor didn't go, O’Brien’s 'quoted' words' 's ’s");
        are_numbered("rose 3.5 to 1,200,000. In 2016,300 or 1,20 or 1,2000,1");
        are_numbered("the U.S. and U.S.-led, J.K. Stone at 3.30 p.m. (Plan B.The end.Then)");
        are_numbered("o'b.c 'b.c o’b.c a.b.c a.bc .a.b 1.b b.1");
    }

    #[test]
    fn letters_beyond_ascii_are_read_with_their_neighbours() {
        are_numbered("l’été l'été été’s U.é é.U.S Café,naïve-straße e\u{301}tude co\u{ad}op x\u{ad}.y");
        are_numbered("東京 is 2 words,東1京.a");
        are_numbered("ʼtis farmersʼ Oʼneilʼs aʼʼb ʼ");
        are_numbered("Москва’s “ΑΘΗΝΑ” 1,200é é1,200");
    }

    #[test]
    fn words_go_on_from_one_block_to_the_next() {
        for length in 50..70 {
            let lead = "x".repeat(length);
            for end in ["'s 1,200 U.S. cars", "’s cars", " 1,200 cars", " U.S.", " it’s", "é is", " 東京"] {
                let text = format!("{lead}{end} {lead}");
                let numbering = Numbering::of(&text);
                for at in 0..=text.len() {
                    for span in [Span::at(0, at), Span::at(at, text.len()), Span::at(at, at)] {
                        assert_eq!(numbering.numbers(span), counted(&text, span).0, "{text} {span:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_place_behind_the_text_is_its_end() {
        let numbering = Numbering::of("two words");
        assert_eq!(numbering.numbers(Span::at(50, 60)), 2..2);
        assert_eq!(numbering.numbers(Span::at(4, 600)), 1..2);
        assert_eq!(numbering.extent(Span::at(4, 600)), Span::at(4, 9));
    }

    proptest! {
        #[test]
        fn words_are_numbered_as_one_would_count(
            text in "[abS.,123 ’'é“]{0,160}|(\\PC|[aB3.,'’ʼé“ﬁ東\u{ad} ]){0,160}", a in 0usize..400, b in 0usize..400
        ) {
            let numbering = Numbering::of(&text);
            let span = Span::at(text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b)));
            let (numbers, extent) = counted(&text, span);
            prop_assert_eq!(numbering.numbers(span), numbers);
            prop_assert_eq!(extent.unwrap_or_default(), extent.map(|_| numbering.extent(span)).unwrap_or_default());
            prop_assert_eq!(numbering.count() as usize, words(&text).len());
        }
    }
}
