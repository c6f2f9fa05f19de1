//! Translates places from bytes into what the user counts in: characters, bytes, UTF-16 units ([`Offsets`]). An [`OffsetMap`] is
//! built once for each document.

use crate::document::Layout;
use serde::{Deserialize, Serialize};

/// The unit of printed offsets.
///
/// ```
/// use sayso_core::{OffsetMap, Offsets};
/// let text = "a 𝄞 b";
/// let end = |unit| OffsetMap::new(text, unit).at(text.len() as u32);
/// assert_eq!([Offsets::Chars, Offsets::Bytes, Offsets::Utf16].map(end), [5, 8, 6]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Unicode code points, as Python counts.
    #[default]
    Chars,
    /// Bytes of UTF-8.
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// The number of bytes between two precomputed entries of an [`OffsetMap`].
const STEP: usize = 32;

/// Translates byte offsets of one text into another unit. Building the map is linear in the text, and free for ASCII
/// text. A lookup reads at most 32 bytes.
///
/// ```
/// use sayso_core::{OffsetMap, Offsets};
/// assert_eq!(OffsetMap::new("“Yes,”", Offsets::Chars).at(3), 1);
/// ```
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: Offsets,
    /// The number of units before byte `i * STEP`. Empty if bytes and units agree.
    marks: Vec<u32>,
    /// The pages and times of the text's document.
    layout: Option<&'t Layout>,
}

impl<'t> OffsetMap<'t> {
    /// Makes a map for `text` that counts in `unit`.
    pub fn new(text: &'t str, unit: Offsets) -> Self {
        let marks = if unit == Offsets::Bytes || text.is_ascii() {
            Vec::new()
        } else {
            let mut seen = 0;
            let mut marks = Vec::with_capacity(text.len() / STEP + 1);
            for block in text.as_bytes().chunks(STEP) {
                marks.push(seen);
                seen += units(block, unit);
            }
            marks
        };
        OffsetMap { text, unit, marks, layout: None }
    }

    /// Adds the pages and times of `layout` to the map.
    pub fn with(self, layout: &'t Layout) -> Self {
        OffsetMap { layout: (!layout.is_empty()).then_some(layout), ..self }
    }

    /// The pages and times of the text, if it has any.
    pub fn layout(&self) -> Option<&'t Layout> {
        self.layout
    }

    /// The offset of `byte` in the map's unit. An offset past the end of the text counts as its end.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        match self.marks.get(byte / STEP) {
            Some(seen) => seen + units(&self.text.as_bytes()[byte / STEP * STEP..byte], self.unit),
            None if self.marks.is_empty() => byte as u32,
            None => {
                self.marks[self.marks.len() - 1]
                    + units(&self.text.as_bytes()[(self.marks.len() - 1) * STEP..], self.unit)
            }
        }
    }
}

/// The number of units that start in `bytes`. Every byte except a continuation byte starts a code point. The first byte
/// of a four-byte sequence (11110xxx) starts two UTF-16 units.
fn units(bytes: &[u8], unit: Offsets) -> u32 {
    let points = bytes.iter().filter(|b| (**b as i8) >= -0x40).count();
    let pairs = if unit == Offsets::Utf16 { bytes.iter().filter(|b| **b >= 0xf0).count() } else { 0 };
    (points + pairs) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offsets_agree_with_counting(text in "(\\PC|[“”é𝄞\n ]){0,400}") {
            let chars = OffsetMap::new(&text, Offsets::Chars);
            let utf16 = OffsetMap::new(&text, Offsets::Utf16);
            let bytes = OffsetMap::new(&text, Offsets::Bytes);
            for (i, _) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(chars.at(i as u32) as usize, text[..i].chars().count());
                prop_assert_eq!(utf16.at(i as u32) as usize, text[..i].encode_utf16().count());
                prop_assert_eq!(bytes.at(i as u32) as usize, i);
            }
        }
    }
}
