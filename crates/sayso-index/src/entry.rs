//! Converts a document and its extraction to tantivy values and back. Searchable words are passed as slices of the
//! text. What is stored is the text itself, once, and two postcard blobs.
//!
//! The second blob ends in a seal of eight bytes: a hash over all three values. It is checked each time a document is
//! read, so a flipped bit on the disk makes that document an error and never a different text or different records.

use super::figures;
use super::schema::Fields;
use super::zones::{Zoned, names, packed, zones};
use sayso_core::document::{Document, Layout, day_number};
use sayso_core::extract::Extraction;
use sayso_core::span::Span;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, TantivyDocument};
use twox_hash::XxHash3_64;

/// The values that are passed to tantivy.
#[derive(Debug)]
pub(crate) struct Entry {
    fields: Fields,
    document: Document,
    text: String,
    meta: Vec<u8>,
    found: Vec<u8>,
    /// The text between quote marks.
    quoted: Vec<Span>,
    zones: Vec<u64>,
    speakers: String,
    figures: String,
    said: Vec<String>,
    numbers: Numbers,
    day: Option<i64>,
}

/// The numbers that the index stores for a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    /// The hash of its id: [`key_of`].
    pub key: u64,
    /// The hash of its content: [`content_hash`].
    pub hash: u64,
    /// Its position in the order of first insertion.
    pub seq: u64,
    /// [`key_of`] the extractor that read it.
    pub extractor: u64,
}

impl Entry {
    /// Copies the necessary parts of both.
    pub(crate) fn new(
        fields: Fields,
        document: &Document,
        extraction: &Extraction,
        numbers: Numbers,
    ) -> Result<Self, postcard::Error> {
        let mut document = document.clone();
        let text = std::mem::take(&mut document.text);
        let Zoned { zones, quoted, figures: places } = zones(&text, extraction);
        let (meta, mut found) = (described(&document)?, postcard::to_stdvec(extraction)?);
        let seal = seal(text.as_bytes(), &meta, &found);
        found.extend_from_slice(&seal);
        Ok(Entry {
            fields,
            meta,
            found,
            zones: packed(&zones),
            quoted,
            speakers: names(&document, &text, extraction),
            figures: figures::column(&text, &extraction.figures, &places),
            said: extraction.speakers.iter().map(|s| s.name.clone()).collect(),
            day: document.day().map(day_number).map(i64::from),
            document,
            text,
            numbers,
        })
    }
}

/// Serializes a document without its text, followed by its layout if it has one.
fn described(document: &Document) -> Result<Vec<u8>, postcard::Error> {
    let meta = postcard::to_stdvec(document)?;
    if document.layout.is_empty() { Ok(meta) } else { postcard::to_extend(&document.layout, meta) }
}

/// The date of a number of days since 1970-01-01. `None` if there is no such date.
pub(crate) fn date_of(day: i64) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// A hash of an id or a version: XXH3, 64 bits.
pub(crate) fn key_of(id: &str) -> u64 {
    XxHash3_64::oneshot(id.as_bytes())
}

/// A hash of all fields of the document, each with its length: XXH3, seeded with the hash of the previous fields.
/// Linear in the text (several GB/s).
pub(crate) fn content_hash(document: &Document) -> u64 {
    let feed = |seed: u64, field: Option<&str>| {
        let length = field.map_or(u64::MAX, |f| f.len() as u64);
        XxHash3_64::oneshot_with_seed(seed.rotate_left(1) ^ length, field.unwrap_or_default().as_bytes())
    };
    let Document { id, kind, text, title, date, publisher, byline, speaker, url, lang, path, about, layout } = document;
    let named = [id, kind.name(), text].map(Some);
    let other = [title, date, publisher, byline, speaker, url, lang, path].map(|field| field.as_deref());
    let about = about.iter().map(|id| Some(id.as_str()));
    let hash = named.into_iter().chain(other).chain(about).fold(0, feed);
    if layout.is_empty() {
        return hash;
    }
    let Layout { pages, times, parts } = layout;
    let times = times.iter().flat_map(|moment| [moment.at, moment.millis]);
    let parts = parts.iter().flat_map(|part| [part.kind as u32, part.span.start, part.span.end]);
    let bytes: Vec<u8> = pages.iter().copied().chain(times).chain(parts).flat_map(u32::to_le_bytes).collect();
    XxHash3_64::oneshot_with_seed(hash, &bytes)
}

/// The end of a document's stored records: a hash of its text, its description and its records, each with its length.
fn seal(text: &[u8], meta: &[u8], found: &[u8]) -> [u8; SEAL] {
    let feed = |seed: u64, part: &[u8]| XxHash3_64::oneshot_with_seed(seed.rotate_left(1) ^ part.len() as u64, part);
    [text, meta, found].into_iter().fold(0, feed).to_le_bytes()
}

/// The length of a seal in bytes.
const SEAL: usize = 8;

/// A document whose stored bytes differ from those that were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Its id, if the description can still be read. The id itself may be damaged.
    pub id: Option<String>,
    /// What is wrong, for the error message.
    pub found: String,
}

impl Broken {
    /// A broken document, with the id from its description if there is one.
    pub(crate) fn of(meta: Option<&[u8]>, found: impl Into<String>) -> Broken {
        let document = meta.and_then(|meta| document_of(meta).ok());
        Broken { id: document.map(|document| document.id), found: found.into() }
    }
}

/// The inverse of [`Entry::new`].
pub(crate) fn decode(fields: Fields, stored: &TantivyDocument) -> Result<(Document, Extraction), Broken> {
    let (text, meta, found) = parts(fields, stored)?;
    open(text, meta, found)
}

/// As [`decode`], from the three stored values.
pub(crate) fn open(text: &[u8], meta: &[u8], found: &[u8]) -> Result<(Document, Extraction), Broken> {
    let broken = |what: String| Broken::of(Some(meta), what);
    let found = unsealed(text, meta, found)?;
    // With a correct seal, the rest can fail only because of a defect in the program that wrote it.
    let mut document = document_of(meta).map_err(|e| broken(format!("its description: {e}")))?;
    document.text = str::from_utf8(text).map_err(|e| broken(format!("its text: {e}")))?.to_owned();
    let extraction = postcard::from_bytes(found).map_err(|e| broken(format!("its records: {e}")))?;
    Ok((document, extraction))
}

/// The document without its text. This checks the seal too.
pub(crate) fn decode_meta(fields: Fields, stored: &TantivyDocument) -> Result<Document, Broken> {
    let (text, meta, found) = parts(fields, stored)?;
    unsealed(text, meta, found)?;
    document_of(meta).map_err(|e| Broken::of(None, format!("its description: {e}")))
}

/// Reads a document without its text from its description.
fn document_of(meta: &[u8]) -> Result<Document, postcard::Error> {
    let (mut document, rest) = postcard::take_from_bytes::<Document>(meta)?;
    if !rest.is_empty() {
        document.layout = postcard::from_bytes(rest)?;
    }
    Ok(document)
}

/// The stored records without their seal. An error if the seal is wrong.
fn unsealed<'f>(text: &[u8], meta: &[u8], found: &'f [u8]) -> Result<&'f [u8], Broken> {
    let split = found.split_last_chunk::<SEAL>().filter(|(found, written)| **written == seal(text, meta, found));
    split.map(|(found, _)| found).ok_or_else(|| Broken::of(Some(meta), "its bytes are not those that were written"))
}

/// Text, description and records.
type Parts<'d> = (&'d [u8], &'d [u8], &'d [u8]);

/// The three stored values.
fn parts(fields: Fields, stored: &TantivyDocument) -> Result<Parts<'_>, Broken> {
    let meta = stored.get_first(fields.meta).and_then(|v| v.as_bytes());
    let text = stored.get_first(fields.body).and_then(|v| v.as_str());
    let found = stored.get_first(fields.found).and_then(|v| v.as_bytes());
    match (text, meta, found) {
        (Some(text), Some(meta), Some(found)) => Ok((text.as_bytes(), meta, found)),
        _ => Err(Broken::of(meta, "a part of it is missing")),
    }
}

/// The little-endian number in the four bytes at `at`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

/// One value of an [`Entry`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Natural(u64),
    Integer(i64),
}

impl<'a> Value<'a> for Cell<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Cell::Text(text) => ReferenceValueLeaf::Str(text),
            Cell::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
            Cell::Natural(number) => ReferenceValueLeaf::U64(number),
            Cell::Integer(number) => ReferenceValueLeaf::I64(number),
        })
    }
}

impl tantivy::schema::document::Document for Entry {
    type Value<'a> = Cell<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, Cell<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Fields {
            kind,
            title,
            publisher,
            body,
            quoted,
            zones,
            speakers,
            figures,
            said,
            key,
            hash,
            seq,
            extractor,
            day,
            meta,
            found,
        } = self.fields;
        let mut cells = Vec::with_capacity(12 + self.zones.len() + self.quoted.len() + self.said.len());
        cells.push((kind, Cell::Text(self.document.kind.name())));
        cells.extend(self.document.title.as_deref().map(|t| (title, Cell::Text(t))));
        cells.extend(self.document.publisher.as_deref().map(|p| (publisher, Cell::Text(p))));
        cells.push((body, Cell::Text(&self.text)));
        let pieces = self.quoted.iter().filter_map(|span| self.text.get(span.range()));
        cells.extend(pieces.map(|piece| (quoted, Cell::Text(piece))));
        cells.extend(self.zones.iter().map(|zone| (zones, Cell::Natural(*zone))));
        for (column, value) in [(speakers, &self.speakers), (figures, &self.figures)] {
            if !value.is_empty() {
                cells.push((column, Cell::Text(value)));
            }
        }
        cells.extend(self.said.iter().map(|name| (said, Cell::Text(name))));
        cells.push((key, Cell::Natural(self.numbers.key)));
        cells.push((hash, Cell::Natural(self.numbers.hash)));
        cells.push((seq, Cell::Natural(self.numbers.seq)));
        cells.push((extractor, Cell::Natural(self.numbers.extractor)));
        cells.extend(self.day.map(|d| (day, Cell::Integer(d))));
        cells.push((meta, Cell::Bytes(&self.meta)));
        cells.push((found, Cell::Bytes(&self.found)));
        cells.into_iter()
    }
}
