//! What is read: a [`Document`], its [`Kind`], and the [`Region`]s of its page.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a document is to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Coverage: it quotes, and is checked and traced.
    #[default]
    Article,
    /// Official text: it is quoted, and evidence of what was said.
    Statement,
    /// Reference material.
    Reference,
}

impl Kind {
    /// The name used in records and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Statement => "statement",
            Kind::Reference => "reference",
        }
    }
}

/// A text and what is known of it. The text is kept exactly as it was read, after decoding to UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Unique within an index.
    pub id: String,
    /// What it is to the others.
    pub kind: Kind,
    /// The text, to which every span refers.
    pub text: String,
    /// Its title, where the source names one; the text may or may not repeat it.
    pub title: Option<String>,
    /// When it was published: ISO 8601, as given.
    pub date: Option<String>,
    /// Who published it: an outlet, an office.
    pub publisher: Option<String>,
    /// Who wrote it, as given.
    pub byline: Option<String>,
    /// Who issued a statement.
    pub speaker: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// Its language, BCP 47.
    pub lang: Option<String>,
    /// The file that it was read from, as the user would name it.
    pub path: Option<String>,
    /// The ids of the statements that it covers.
    pub about: Vec<String>,
    /// Where its pages and times begin, and the parts that the file itself tells. The index keeps it beside the rest.
    #[serde(skip)]
    pub layout: Layout,
}

/// What a file says of places in its text: pages (PDF), times (captions), and parts such as an e-mail's quoted history.
/// Empty for most documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The byte at which each page begins, in order; the first is page 1.
    pub pages: Vec<u32>,
    /// When the words from a byte on are said, in order.
    pub times: Vec<Moment>,
    /// Parts that the file tells, in order, without overlap: furniture mostly.
    pub parts: Vec<Region>,
}

/// From this byte on, words are said at this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The byte of the text.
    pub at: u32,
    /// Milliseconds from the beginning of the recording.
    pub millis: u32,
}

impl Layout {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.times.is_empty() && self.parts.is_empty()
    }

    /// The number of the page on which a byte stands, from 1; none where the document has no pages. Logarithmic.
    pub fn page(&self, byte: u32) -> Option<u32> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|begin| *begin <= byte).max(1) as u32)
    }

    /// When the words at a byte are said, in milliseconds; none where the document has no times. Logarithmic.
    pub fn millis(&self, byte: u32) -> Option<u32> {
        let at = self.times.partition_point(|moment| moment.at <= byte);
        self.times.get(at.max(1) - 1).map(|moment| moment.millis)
    }

    /// The part that the file tells for a byte.
    pub fn part(&self, byte: u32) -> Option<RegionKind> {
        let at = self.parts.partition_point(|part| part.span.end <= byte);
        self.parts.get(at).filter(|part| part.span.start <= byte).map(|part| part.kind)
    }
}

impl Document {
    /// A document of the default kind that has an id and a text alone.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// The day of publication, where `date` begins with one (`2017-10-03`, `2017-10-03T08:00:00Z`).
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.date.as_deref()?.get(..10)?.parse().ok()
    }

    /// SHA-256 of the text, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(self.text.as_bytes()))
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

/// A part of a page, in reading order; regions do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// The title line.
    Headline,
    /// A line or two under the headline that sums the story up.
    Subhead,
    /// Who wrote it.
    Byline,
    /// Place, date and agency before the story (`HARROW BAY, March 3 (NRA) —`).
    Dateline,
    /// The story.
    #[default]
    Body,
    /// The text under a picture.
    Caption,
    /// Who owns a picture (`Getty Images`).
    Credit,
    /// Furniture of the page: `Comments`, `Share this`, `Read more`.
    Boilerplate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_tells_page_time_and_part() {
        let layout = Layout {
            pages: vec![0, 10, 10, 25],
            times: vec![Moment { at: 0, millis: 1500 }, Moment { at: 8, millis: 3_723_004 }],
            parts: vec![Region { kind: RegionKind::Boilerplate, span: Span::new(5, 9) }],
        };
        let pages: Vec<_> = [0, 9, 10, 24, 25, 99].map(|byte| layout.page(byte).unwrap_or_default()).into();
        assert_eq!(pages, [1, 1, 3, 3, 4, 4]);
        assert_eq!(layout.millis(7), Some(1500));
        assert_eq!(layout.millis(8), Some(3_723_004));
        assert_eq!([4, 5, 8, 9].map(|byte| layout.part(byte).is_some()), [false, true, true, false]);
        assert_eq!((Layout::default().page(3), Layout::default().millis(3)), (None, None));
    }
}
