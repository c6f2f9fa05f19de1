//! What a row tells of its document, so that it can be read alone: outlet, date, title, address, and the sentence around
//! the finding.

use super::Plan;
use crate::document::Document;
use crate::offsets::{OffsetMap, Offsets};
use crate::record::Record;
use crate::text::Page;
use serde_json::{Map, Value, json};

/// A document as its rows tell of it.
pub struct About<'d> {
    document: &'d Document,
    page: Page<'d>,
    places: OffsetMap<'d>,
}

impl<'d> About<'d> {
    /// Of a document, where the format of the plan tells of documents. Reads the text once.
    pub fn new(plan: &Plan, document: &'d Document) -> Option<Self> {
        let places = || OffsetMap::new(&document.text, Offsets::Chars);
        plan.format().tells_document().then(|| About { document, page: Page::new(document), places: places() })
    }

    /// The document.
    pub const fn document(&self) -> &'d Document {
        self.document
    }

    /// Places in code points.
    pub(super) const fn places(&self) -> &OffsetMap<'d> {
        &self.places
    }

    /// Adds the fields `document` and `context` to a record.
    pub(super) fn put(&self, object: &mut Map<String, Value>, record: &Record) {
        let Document { publisher, date, title, url, .. } = self.document;
        object.insert("document".into(), json!({"publisher": publisher, "date": date, "title": title, "url": url}));
        object.insert("context".into(), self.sentence(record).into());
    }

    /// The sentence in which the finding begins.
    pub(super) fn sentence(&self, record: &Record) -> Option<&'d str> {
        let byte = self.byte(main(record)?)?;
        let at = self.page.sentences.partition_point(|sentence| sentence.span.end <= byte);
        self.page.sentences.get(at).map(|sentence| sentence.span.of(&self.document.text))
    }

    /// The byte at which a piece of the document's text begins: records borrow theirs from it.
    pub(super) fn byte(&self, piece: &str) -> Option<u32> {
        let text = self.document.text.as_bytes().as_ptr_range();
        let at = piece.as_ptr() as usize;
        (at >= text.start as usize && at < text.end as usize).then(|| (at - text.start as usize) as u32)
    }
}

/// The words that a record is about.
pub(super) fn main<'r>(record: &Record<'r>) -> Option<&'r str> {
    Some(match record {
        Record::Quote(quote) => quote.content.first()?.text,
        Record::Figure(figure) => figure.span.text,
        Record::Claim(claim) => claim.span.text,
        Record::Check(check) => check.span.text,
        Record::Trace(trace) => trace.quote.text,
        _ => return None,
    })
}
