//! A document and its extraction on their way into tantivy and back. What is searched by word is handed over as slices
//! of the text; what is stored is the text itself, once, and two postcard blobs.

use super::figures;
use super::schema::Fields;
use super::zones::{Zoned, names, packed, zones};
use sayso_core::document::{Document, Layout};
use sayso_core::extract::Extraction;
use sayso_core::span::Span;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, TantivyDocument};
use twox_hash::XxHash3_64;

/// What tantivy is given.
#[derive(Debug)]
pub(crate) struct Entry {
    fields: Fields,
    document: Document,
    text: String,
    meta: Vec<u8>,
    found: Vec<u8>,
    /// What stands between quote marks, as places of the text.
    quoted: Vec<Span>,
    zones: Vec<u64>,
    speakers: String,
    figures: String,
    said: Vec<String>,
    numbers: Numbers,
    day: Option<i64>,
}

/// The numbers by which the index knows a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    /// Of its id: [`key_of`].
    pub key: u64,
    /// Of all it says: [`content_hash`].
    pub hash: u64,
    /// In the order of first insertion.
    pub seq: u64,
    /// [`key_of`] what extracted it.
    pub extractor: u64,
}

impl Entry {
    /// Copies what is needed of both.
    pub(crate) fn new(
        fields: Fields,
        document: &Document,
        extraction: &Extraction,
        numbers: Numbers,
    ) -> Result<Self, postcard::Error> {
        let mut document = document.clone();
        let text = std::mem::take(&mut document.text);
        let Zoned { zones, quoted, figures: places } = zones(&text, extraction);
        Ok(Entry {
            fields,
            meta: described(&document)?,
            found: postcard::to_stdvec(extraction)?,
            zones: packed(&zones),
            quoted,
            speakers: names(&document, &text, extraction),
            figures: figures::column(&text, &extraction.figures, &places),
            said: extraction.speakers.iter().map(|s| s.name.clone()).collect(),
            day: document.day().map(day_number),
            document,
            text,
            numbers,
        })
    }
}

/// A document without its text, and behind it its layout, where it has one.
fn described(document: &Document) -> Result<Vec<u8>, postcard::Error> {
    let meta = postcard::to_stdvec(document)?;
    if document.layout.is_empty() { Ok(meta) } else { postcard::to_extend(&document.layout, meta) }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: jiff::civil::Date) -> i64 {
    i64::from(date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// The date of a number of days since 1970-01-01; none where there is no such date.
pub(crate) fn date_of(day: i64) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// A hash of an id or a version (XXH3, 64 bits).
pub(crate) fn key_of(id: &str) -> u64 {
    XxHash3_64::oneshot(id.as_bytes())
}

/// A hash of all that the document says, each field with its length: XXH3, seeded with the hash of the fields before.
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

/// Gives back what [`Entry::new`] was given; an error tells what could not be decoded.
pub(crate) fn decode(fields: Fields, stored: &TantivyDocument) -> Result<(Document, Extraction), String> {
    let mut document = decode_meta(fields, stored)?;
    let text = stored.get_first(fields.body).and_then(|v| v.as_str()).ok_or("a document without a text")?;
    document.text = text.to_owned();
    let found = stored.get_first(fields.found).and_then(|v| v.as_bytes()).ok_or("a document without records")?;
    let extraction = postcard::from_bytes(found).map_err(|e| format!("the records of {}: {e}", document.id))?;
    Ok((document, extraction))
}

/// The document without its text.
pub(crate) fn decode_meta(fields: Fields, stored: &TantivyDocument) -> Result<Document, String> {
    let meta = stored.get_first(fields.meta).and_then(|v| v.as_bytes()).ok_or("a document without its description")?;
    let failed = |e: postcard::Error| format!("the description of a document: {e}");
    let (mut document, rest) = postcard::take_from_bytes::<Document>(meta).map_err(failed)?;
    if !rest.is_empty() {
        document.layout = postcard::from_bytes(rest).map_err(failed)?;
    }
    Ok(document)
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
