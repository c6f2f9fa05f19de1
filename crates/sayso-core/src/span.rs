//! Places in a text. Internally every place is a [`Span`] of bytes. Output counts in the unit that the user chose: see
//! [`offsets`](crate::offsets).
//!
//! ```
//! use sayso_core::{OffsetMap, Offsets, Span};
//! let text = "“Yes,” she said";
//! let span = Span::new(0, 10);
//! assert_eq!(span.of(text), "“Yes,”");
//! assert_eq!(OffsetMap::new(text, Offsets::Chars).at(span.end), 6);
//! ```

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a document's text. Both ends are on character boundaries.
///
/// ```
/// use sayso_core::Span;
/// let text = "“Yes,” she said";
/// assert_eq!(Span::new(0, 10).of(text), "“Yes,”");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to but not including `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// As [`Span::new`], but with `usize` offsets, as string methods return them. Documents are smaller than 4 GiB (see
    /// `ingest`).
    pub const fn at(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span contains no bytes.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The span as a `usize` range, for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span. Panics, as slicing does, if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies entirely inside this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span without leading and trailing white space.
    pub fn trim(self, text: &str) -> Span {
        let inner = self.of(text);
        let start = self.start + (inner.len() - inner.trim_start().len()) as u32;
        Span::new(start, start + inner.trim().len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_white_space_only() {
        assert_eq!(Span::at(0, 13).trim("  “a b” \n"), Span::at(2, 2 + "“a b”".len()));
    }
}
