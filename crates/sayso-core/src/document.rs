//! The input: a [`Document`], its [`Kind`], and the [`Region`]s of its page.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The part that a document plays: coverage, statement or reference.
///
/// ```
/// use sayso_core::{Document, Kind};
/// let mut statement = Document::new("s", "The pier is open.");
/// assert_eq!(statement.kind, Kind::Article);
/// statement.kind = Kind::Statement;
/// assert_eq!(statement.kind.name(), "statement");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Coverage: it quotes others, and its quotations and figures are checked and traced.
    #[default]
    Article,
    /// An official text: others quote it, and it is evidence of what was said.
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

/// A text and its metadata. The text is kept exactly as it was read, after decoding to UTF-8.
///
/// ```
/// use sayso_core::Document;
/// let document = Document { date: Some("2031-05-02".into()), ..Document::new("a1", "The pier is open.") };
/// assert_eq!(document.day().map(|day| day.year()), Some(2031));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// An id that is unique within an index.
    pub id: String,
    /// The part that it plays.
    pub kind: Kind,
    /// The text. All spans refer to it.
    pub text: String,
    /// The title, if the source gives one. The text may or may not repeat it.
    pub title: Option<String>,
    /// The date of publication in ISO 8601, as the source gives it.
    pub date: Option<String>,
    /// The publisher: an outlet or an office.
    pub publisher: Option<String>,
    /// The author or authors, as the source gives them.
    pub byline: Option<String>,
    /// The person or body that issued a statement.
    pub speaker: Option<String>,
    /// The address of the document on the web.
    pub url: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The file from which it was read, as the user would name it.
    pub path: Option<String>,
    /// The ids of the statements that it covers.
    pub about: Vec<String>,
    /// Where its pages and times start, and the regions that the file itself marks. The index stores it separately.
    #[serde(skip)]
    pub layout: Layout,
}

/// What a file format states about places in its text: pages (PDF), times (captions), and regions such as the quoted
/// history of an e-mail. Empty for most documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The byte at which each page starts, in order. The first entry is page 1.
    pub pages: Vec<u32>,
    /// The times at which words are said, in order.
    pub times: Vec<Moment>,
    /// The regions that the file marks, in order and without overlap. Most are boilerplate.
    pub parts: Vec<Region>,
}

/// The words from this byte on are said at this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The byte offset in the text.
    pub at: u32,
    /// The time in milliseconds from the start of the recording.
    pub millis: u32,
}

impl Layout {
    /// Whether it has no pages, times or regions.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.times.is_empty() && self.parts.is_empty()
    }

    /// The number of the page that contains a byte, from 1. `None` if the document has no pages. Logarithmic.
    pub fn page(&self, byte: u32) -> Option<u32> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|begin| *begin <= byte).max(1) as u32)
    }

    /// The time at which the word at a byte is said, in milliseconds. `None` if the document has no times. Logarithmic.
    pub fn millis(&self, byte: u32) -> Option<u32> {
        let at = self.times.partition_point(|moment| moment.at <= byte);
        self.times.get(at.max(1) - 1).map(|moment| moment.millis)
    }

    /// The kind of the region that the file marks at a byte.
    pub fn part(&self, byte: u32) -> Option<RegionKind> {
        let at = self.parts.partition_point(|part| part.span.end <= byte);
        self.parts.get(at).filter(|part| part.span.start <= byte).map(|part| part.kind)
    }
}

impl Document {
    /// A document with this id and text, of the default kind and without metadata.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// The day of publication, if `date` starts with one (`2017-10-03`, `2017-10-03T08:00:00Z`).
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.date.as_deref()?.get(..10)?.parse().ok()
    }

    /// The SHA-256 of the text, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(self.text.as_bytes()))
    }
}

/// A day as the number of days since 1970-01-01.
pub fn day_number(day: jiff::civil::Date) -> i32 {
    day.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Formats bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

/// A region of a page. The regions of a document are in reading order and do not overlap.
///
/// ```
/// use sayso_core::{Document, RegionKind, extract};
/// let document = Document::new("d", "Pier Opens Again\n\nBy Ada Brandt\n\nThe pier opened on Monday, the board said.");
/// let regions = extract(&document).regions;
/// let headline = regions.iter().find(|region| region.kind == RegionKind::Headline);
/// assert_eq!(headline.map(|region| region.span.of(&document.text)), Some("Pier Opens Again"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The kind of region.
    pub kind: RegionKind,
    /// The text of the region.
    pub span: Span,
}

/// The kind of a region.
///
/// ```
/// use sayso_core::{Document, RegionKind, extract};
/// let document = Document::new("d", "Pier Opens Again\n\nBy Ada Brandt\n\nThe pier opened on Monday, the board said.");
/// assert!(extract(&document).regions.iter().any(|region| region.kind == RegionKind::Byline));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// The title line.
    Headline,
    /// One or two lines under the headline that summarise the story.
    Subhead,
    /// The names of the authors.
    Byline,
    /// Place, date and agency before the story (`HARROW BAY, March 3 (NRA) —`).
    Dateline,
    /// The text of the story.
    #[default]
    Body,
    /// The text below a picture.
    Caption,
    /// The owner of a picture (`Getty Images`).
    Credit,
    /// Text that belongs to the page and not to the story: `Comments`, `Share this`, `Read more`.
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
