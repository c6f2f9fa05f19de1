//! Reads plain words, eight bytes at a time: four words in five have at most seven letters, nearly all others at most fifteen.

use crate::language::inflect::Case;

/// A run of at most fifteen ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// Its length in bytes.
    pub length: u32,
    /// Its letters in lower case, the first in the lowest byte of the first number.
    pub folded: [u64; 2],
    /// Its case.
    pub case: Case,
    /// Whether it holds a capital letter.
    pub capitals: bool,
    /// The byte after it.
    pub after: u8,
}

impl Plain {
    /// The run that starts at `start`. `None` where none of the next sixteen bytes ends it (of the next eight, where a shorter
    /// one ends within them), or where it ends at a byte that is not ASCII. Constant time.
    #[inline(always)]
    pub(crate) fn at(bytes: &[u8], start: usize) -> Option<Plain> {
        let eight = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let first = eight(start)?;
        let one = Run::of(first);
        if one.bits < 64 {
            let after = (first >> one.bits & 0xff) as u8;
            let case = case(first, one.bits > 8, one.small);
            let plain =
                Plain { length: one.bits / 8, folded: [one.folded, 0], case, capitals: one.capitals != 0, after };
            return (one.bits > 0 && after < 0x80).then_some(plain);
        }
        let second = eight(start + 8)?;
        let two = Run::of(second);
        let after = (second.checked_shr(two.bits)? & 0xff) as u8;
        let case = case(first, true, one.small | two.small);
        let (length, folded) = (8 + two.bits / 8, [one.folded, two.folded]);
        let capitals = one.capitals | two.capitals != 0;
        (after < 0x80).then_some(Plain { length, folded, case, capitals, after })
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = ONES << 7;

/// The run of ASCII letters and digits that eight bytes begin with.
struct Run {
    /// Its length in bits: 64 where it goes on behind the eight.
    bits: u32,
    /// Its bytes, letters in lower case.
    folded: u64,
    /// The highest bit of each byte that is a small letter.
    small: u64,
    /// The highest bit of each byte that is a capital letter.
    capitals: u64,
}

impl Run {
    #[inline(always)]
    fn of(eight: u64) -> Run {
        let letters = letters(eight);
        let ends = !(letters | digits(eight)) & HIGH;
        let folded = eight & !HIGH | (ONES * 0x20);
        let bits = ends.trailing_zeros() & !7;
        let within = 1u64.checked_shl(bits).unwrap_or(0).wrapping_sub(1);
        let (letters, small) = (letters & within, eight << 2);
        Run { bits, folded: folded & within, small: letters & small, capitals: letters & !small }
    }
}

/// The highest bit of each of eight bytes that is in a range of ASCII.
#[inline(always)]
pub(crate) fn range(eight: u64, first: u8, last: u8) -> u64 {
    // The highest bit of each byte is cleared, and receives whether the rest reaches a number.
    let reaches = |number: u8| (eight & !HIGH) + ONES * (0x80 - u64::from(number));
    reaches(first) & !reaches(last + 1) & !eight & HIGH
}

/// The highest bit of each byte that is an ASCII letter.
#[inline(always)]
pub(crate) fn letters(eight: u64) -> u64 {
    range(eight | (ONES * 0x20), b'a', b'z')
}

/// The highest bit of each byte that is an ASCII digit.
#[inline(always)]
pub(crate) fn digits(eight: u64) -> u64 {
    range(eight, b'0', b'9')
}

/// The highest bits of eight bytes side by side, that of the first byte lowest.
#[inline(always)]
pub(crate) fn gathered(eight: u64) -> u64 {
    // Each bit is carried to the place that it has in the highest byte.
    (eight >> 7 & ONES).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The case of a run that begins with these bytes, of which `small` are small letters.
fn case(first: u64, several: bool, small: u64) -> Case {
    match first & 0x20 {
        0 if several && small == 0 => Case::Upper,
        0 => Case::Capital,
        _ => Case::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn longer_words_are_read_as_by_hand(text in "[a-cA-C0-2]{0,18}[ .,'é]?[a ]{0,9}") {
            let bytes = text.as_bytes();
            let run = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if let Some(plain) = Plain::at(bytes, 0) {
                let folded = plain.folded.map(u64::to_le_bytes).concat();
                let expected = text[..run].to_ascii_lowercase().into_bytes();
                prop_assert_eq!(&folded[..run], &expected[..]);
                prop_assert!(folded[run..].iter().all(|b| *b == 0));
                prop_assert_eq!(plain.capitals, text[..run].contains(|c: char| c.is_ascii_uppercase()));
                prop_assert_eq!((plain.length as usize, plain.after), (run, bytes[run]));
                prop_assert_eq!(plain.case, crate::language::of(None).lexicon.forms.case(&text[..run]));
            } else {
                let read = (1..16).contains(&run) && bytes.get(run).is_some_and(u8::is_ascii);
                let needed = if run < 8 { 8 } else { 16 };
                prop_assert!(!read || bytes.len() < needed);
            }
        }
    }
}
