//! The public form of the findings. It takes a document and its [`Extraction`] and gives the records that
//! `sayso schema` describes, one by one, ready for serde. Places become [`Spot`]s in the unit that the user chose,
//! links become ids (`DOC#q1`), and numbers become decimal strings. The records borrow from the document, so each text
//! is copied once, on output.
//!
//! ```
//! use sayso_core::{Document, extract, record::Records, offsets::Offsets};
//! let document = Document::new("note.txt", "“It held,” said the mayor.");
//! let extraction = extract(&document);
//! let records = Records::new(&document, &extraction, Offsets::Chars);
//! let line = serde_json::to_string(&records.document()).unwrap();
//! assert!(line.starts_with(r#"{"record":"document","doc":"note.txt","#));
//! ```

mod check;
mod claim;
mod coverage;
mod document;
mod figure;
mod hit;
mod quote;
mod speaker;
mod trace;

pub use check::{CheckRecord, EvidenceRecord, SlotRecord};
pub use claim::{ClaimRecord, FilledRecord, FrameRecord, ReporterRecord};
pub use coverage::{CoverageRecords, OutletRecord, RenderingRecord, ReuseRecord, SentenceRecord, UseRecord};
pub use document::{DocumentRecord, RegionRecord};
pub use figure::{BaseRecord, FigureRecord};
pub use hit::{Hit, HitPlace, HitRecord, PlaceRecord};
pub use quote::{QuoteRecord, Voice};
pub use speaker::SpeakerRecord;
pub use trace::{EditRecord, Library, TraceRecord};

use crate::document::Document;
use crate::extract::Extraction;
use crate::offsets::{OffsetMap, Offsets};
use crate::span::Span;
use rust_decimal::Decimal;
use serde::Serialize;

/// One line of output: a finding, with the id of its document.
///
/// ```
/// use sayso_core::{Document, Offsets, Record, Records, extract};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// let extraction = extract(&document);
/// let records = Records::new(&document, &extraction, Offsets::Chars);
/// let quotes = records.all().filter(|record| matches!(record, Record::Quote(_)));
/// assert_eq!(quotes.count(), 1);
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "record", rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "a record is made, written and dropped; there is never a list of them")]
pub enum Record<'a> {
    /// A document that was read.
    Document(DocumentRecord<'a>),
    /// A quotation and its speaker.
    Quote(QuoteRecord<'a>),
    /// A speaker who is quoted in a document.
    Speaker(SpeakerRecord<'a>),
    /// A number or date.
    Figure(FigureRecord<'a>),
    /// A claim that can be checked.
    Claim(ClaimRecord<'a>),
    /// A figure compared with what the sources state.
    Check(CheckRecord<'a>),
    /// A quotation compared with the statement that its words come from.
    Trace(TraceRecord<'a>),
    /// A document that a search found.
    Hit(HitRecord<'a>),
    /// Words of a statement that coverage repeats without quote marks.
    Reuse(ReuseRecord<'a>),
    /// A sentence of a statement, and the coverage that uses it.
    Sentence(SentenceRecord<'a>),
    /// What one outlet did with the statements.
    Outlet(OutletRecord<'a>),
    /// One wording of a statement's sentence, and how it spread.
    Rendering(RenderingRecord<'a>),
}

/// The kinds of record.
///
/// ```
/// use sayso_core::RecordKind;
/// assert_eq!(RecordKind::ALL.map(RecordKind::name), ["document", "quote", "speaker", "figure", "claim"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// [`Record::Document`].
    Document,
    /// [`Record::Quote`].
    Quote,
    /// [`Record::Speaker`].
    Speaker,
    /// [`Record::Figure`].
    Figure,
    /// [`Record::Claim`].
    Claim,
    /// [`Record::Check`].
    Check,
    /// [`Record::Trace`].
    Trace,
    /// [`Record::Hit`].
    Hit,
    /// [`Record::Reuse`].
    Reuse,
    /// [`Record::Sentence`].
    Sentence,
    /// [`Record::Outlet`].
    Outlet,
    /// [`Record::Rendering`].
    Rendering,
}

impl Record<'_> {
    /// The kind of this record.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Record::Document(_) => RecordKind::Document,
            Record::Quote(_) => RecordKind::Quote,
            Record::Speaker(_) => RecordKind::Speaker,
            Record::Figure(_) => RecordKind::Figure,
            Record::Claim(_) => RecordKind::Claim,
            Record::Check(_) => RecordKind::Check,
            Record::Trace(_) => RecordKind::Trace,
            Record::Hit(_) => RecordKind::Hit,
            Record::Reuse(_) => RecordKind::Reuse,
            Record::Sentence(_) => RecordKind::Sentence,
            Record::Outlet(_) => RecordKind::Outlet,
            Record::Rendering(_) => RecordKind::Rendering,
        }
    }
}

impl RecordKind {
    /// The kinds that extraction produces, in the order in which they are printed.
    pub const ALL: [RecordKind; 5] =
        [RecordKind::Document, RecordKind::Quote, RecordKind::Speaker, RecordKind::Figure, RecordKind::Claim];

    /// The value of the field `record`.
    pub const fn name(self) -> &'static str {
        match self {
            RecordKind::Document => "document",
            RecordKind::Quote => "quote",
            RecordKind::Speaker => "speaker",
            RecordKind::Figure => "figure",
            RecordKind::Claim => "claim",
            RecordKind::Check => "check",
            RecordKind::Trace => "trace",
            RecordKind::Hit => "hit",
            RecordKind::Reuse => "reuse",
            RecordKind::Sentence => "sentence",
            RecordKind::Outlet => "outlet",
            RecordKind::Rendering => "rendering",
        }
    }
}

/// A place in a document's text, with the text at that place. The range is half-open and counts code points unless
/// `--offsets` says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Span"))]
pub struct Spot<'a> {
    /// The offset of its start.
    pub start: u32,
    /// The offset just past its end.
    pub end: u32,
    /// The text between the two offsets, unchanged.
    pub text: &'a str,
    /// The number of the page on which it starts, from 1. Absent if the document has no pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// When it is said, as `00:01:23.400` from the start of the recording. Absent if the document has no times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

/// A time within a recording, in milliseconds. It prints as `00:01:23.400`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub u32);

impl Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (seconds, rest) = (self.0 / 1000, self.0 % 1000);
        write!(f, "{:02}:{:02}:{:02}.{rest:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// The records of one document.
///
/// ```
/// use sayso_core::{Document, Offsets, RecordKind, Records, extract};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// let extraction = extract(&document);
/// let records = Records::new(&document, &extraction, Offsets::Utf16);
/// assert_eq!((records.count(RecordKind::Quote), records.count(RecordKind::Figure)), (1, 0));
/// ```
pub struct Records<'a> {
    document: &'a Document,
    extraction: &'a Extraction,
    places: OffsetMap<'a>,
}

impl<'a> Records<'a> {
    /// Makes the records, with offsets in the unit `offsets`. Reads the text once; linear.
    pub fn new(document: &'a Document, extraction: &'a Extraction, offsets: Offsets) -> Self {
        Records { document, extraction, places: OffsetMap::new(&document.text, offsets).with(&document.layout) }
    }

    /// All records in print order: document, quotations, speakers, figures, claims.
    pub fn all(&self) -> impl Iterator<Item = Record<'a>> + '_ {
        RecordKind::ALL.into_iter().flat_map(move |kind| (0..self.count(kind)).filter_map(move |n| self.get(kind, n)))
    }

    /// The record at `position` in the list of its kind. `None` past the end, and for a kind that extraction does not
    /// produce.
    pub fn get(&self, kind: RecordKind, position: usize) -> Option<Record<'a>> {
        let (found, n) = (self.extraction, position as u32);
        Some(match kind {
            RecordKind::Document if position == 0 => self.document(),
            RecordKind::Document => return None,
            RecordKind::Quote => Record::Quote(self.quote(n, found.quotes.get(position)?)),
            RecordKind::Speaker => Record::Speaker(self.speaker(found.speakers.get(position)?)),
            RecordKind::Figure => Record::Figure(self.figure(n, found.figures.get(position)?)),
            RecordKind::Claim => Record::Claim(self.claim(n, found.claims.get(position)?)),
            _ => return None,
        })
    }

    /// The number of records of a kind.
    pub fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Document => 1,
            RecordKind::Quote => self.extraction.quotes.len(),
            RecordKind::Speaker => self.extraction.speakers.len(),
            RecordKind::Figure => self.extraction.figures.len(),
            RecordKind::Claim => self.extraction.claims.len(),
            _ => 0,
        }
    }

    /// A byte span in its printed form. A span that does not fit the text is cut to the text and to whole characters,
    /// because a panic would end the program. Only a defect or a foreign index can contain such a span.
    pub fn spot(&self, span: Span) -> Spot<'a> {
        spot(&self.document.text, &self.places, span)
    }

    fn spots(&self, spans: &[Span]) -> Vec<Spot<'a>> {
        spans.iter().map(|span| self.spot(*span)).collect()
    }

    /// The id of the finding at `position`: `DOC#q1` for the first quotation.
    fn id(&self, letter: char, position: u32) -> String {
        id(&self.document.id, letter, position as usize)
    }
}

/// A byte span of `text` in its printed form, with offsets translated by `places`.
pub(crate) fn spot<'a>(text: &'a str, places: &OffsetMap<'_>, span: Span) -> Spot<'a> {
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    if text.get(start..end).is_none() {
        end = text.floor_char_boundary(end.min(text.len()));
        start = text.floor_char_boundary(start.min(end));
    }
    let layout = places.layout();
    Spot {
        start: places.at(start as u32),
        end: places.at(end as u32),
        text: &text[start..end],
        page: layout.and_then(|layout| layout.page(start as u32)),
        time: layout.and_then(|layout| layout.millis(start as u32)).map(Time),
    }
}

/// The id of the finding at `position` (from 0) in the list of the kind that `letter` names.
pub fn id(doc: &str, letter: char, position: usize) -> String {
    use std::fmt::Write;
    let mut id = String::with_capacity(doc.len() + 6);
    id.push_str(doc);
    id.push('#');
    id.push(letter);
    let _ = write!(id, "{}", position + 1);
    id
}

/// A decimal in its printed form: no exponent, no trailing zeros.
pub fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text at `start..end`, counted in `unit` by a method independent of the program's.
    fn slice(text: &str, unit: Offsets, start: u32, end: u32) -> String {
        let (start, end) = (start as usize, end as usize);
        match unit {
            Offsets::Chars => text.chars().skip(start).take(end - start).collect(),
            Offsets::Bytes => String::from_utf8_lossy(&text.as_bytes()[start..end]).into_owned(),
            Offsets::Utf16 => String::from_utf16_lossy(&text.encode_utf16().collect::<Vec<_>>()[start..end]),
        }
    }

    proptest! {
        #[test]
        fn the_text_at_the_offsets_is_the_text(text in "(\\PC|[“”é𝄞\n ]){0,300}", a in 0u32..1300, b in 0u32..1300) {
            let document = Document::new("d", text.clone());
            let extraction = Extraction::default();
            for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
                let spot = Records::new(&document, &extraction, unit).spot(Span::new(a, b));
                prop_assert_eq!(slice(&text, unit, spot.start, spot.end), spot.text);
            }
        }
    }

    #[test]
    fn decimals_are_plain() {
        for (given, printed) in
            [("75000000", "75000000"), ("3.50", "3.5"), ("0.10", "0.1"), ("-0.0", "0"), ("100", "100")]
        {
            assert_eq!(decimal(given.parse().unwrap()), printed);
        }
    }

    #[test]
    fn a_span_that_does_not_fit_is_cut_to_whole_characters() {
        let document = Document::new("d", "aé“b");
        let extraction = Extraction::default();
        let records = Records::new(&document, &extraction, Offsets::Chars);
        assert_eq!(records.spot(Span::at(2, 99)), Spot { start: 1, end: 4, text: "é“b", ..Spot::default() });
        assert_eq!(records.spot(Span::at(50, 99)), Spot { start: 4, end: 4, ..Spot::default() });
        assert_eq!(records.spot(Span::at(3, 1)), Spot { start: 1, end: 1, ..Spot::default() });
    }
}
