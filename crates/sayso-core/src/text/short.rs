//! Reads short plain words, eight bytes at a time. Four words in five are of this kind.

use crate::language::inflect::Case;

/// A run of at most seven ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    /// Its length in bytes.
    pub length: u32,
    /// Its letters in lower case, the first in the lowest byte.
    pub folded: u64,
    /// Its case.
    pub case: Case,
    /// Whether it contains a capital.
    pub capital: bool,
    /// The byte after it.
    pub after: u8,
}

impl Short {
    /// The run that starts at `start`. `None` if one of the next eight bytes is not ASCII, or if none of them ends the
    /// run. Constant time.
    pub(crate) fn at(bytes: &[u8], start: usize) -> Option<Short> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = ONES << 7;
        let eight = u64::from_le_bytes(bytes.get(start..start + 8)?.try_into().ok()?);
        if eight & HIGH != 0 {
            return None;
        }
        // The highest bit of each byte is free now, and receives whether the byte is in a range.
        let from = |bytes: u64, low: u8| bytes + ONES * (0x80 - low as u64);
        let folded = eight | (ONES * 0x20);
        let letters = from(folded, b'a') & !from(folded, b'z' + 1) & HIGH;
        let digits = from(eight, b'0') & !from(eight, b'9' + 1) & HIGH;
        let bits = (!(letters | digits) & HIGH).trailing_zeros() & !7;
        let after = (eight.checked_shr(bits)? & 0xff) as u8;
        if bits == 0 {
            return None;
        }
        let within = (1 << bits) - 1;
        let letters = letters & within;
        let small = letters & (eight << 2);
        let case = match eight & 0x20 {
            0 if bits > 8 && small == 0 => Case::Upper,
            0 => Case::Capital,
            _ => Case::Lower,
        };
        Some(Short { length: bits / 8, folded: folded & within, case, capital: small != letters, after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_as_one_would_by_hand(text in "[a-cA-C0-2 .,'é]{0,12}") {
            let bytes = text.as_bytes();
            let run = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let read = bytes.get(..8).is_some_and(<[u8]>::is_ascii) && (1..8).contains(&run);
            let found = Short::at(bytes, 0);
            prop_assert_eq!(found.is_some(), read);
            if let Some(short) = found {
                let word = &text[..run];
                let folded = String::from_utf8_lossy(&short.folded.to_le_bytes()[..run]).into_owned();
                prop_assert_eq!(folded, word.to_ascii_lowercase());
                prop_assert_eq!((short.length as usize, short.after), (run, bytes[run]));
                prop_assert_eq!(short.capital, word.chars().any(|c| c.is_ascii_uppercase()));
            }
        }
    }
}
