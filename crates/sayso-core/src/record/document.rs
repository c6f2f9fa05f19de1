//! The record of a document: its metadata and its regions.

use super::{Record, Records, Spot};
use crate::document::{Kind, RegionKind};
use serde::Serialize;

/// A document that was read, with its metadata.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Document"))]
pub struct DocumentRecord<'a> {
    /// The document's id.
    pub doc: &'a str,
    /// The same id again: a document is its own finding.
    pub id: &'a str,
    /// `article`, `statement` or `reference`.
    pub kind: Kind,
    /// The title. Null if the source gives none.
    pub title: Option<&'a str>,
    /// The publisher.
    pub publisher: Option<&'a str>,
    /// The author or authors, as the source gives them.
    pub byline: Option<&'a str>,
    /// The person or body that issued a statement.
    pub speaker: Option<&'a str>,
    /// The date of publication in ISO 8601, as the source gives it.
    pub date: Option<&'a str>,
    /// The address of the document on the web.
    pub url: Option<&'a str>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<&'a str>,
    /// The file from which the document was read.
    pub path: Option<&'a str>,
    /// The SHA-256 of the text in UTF-8, in lower-case hexadecimal.
    pub sha256: String,
    /// The length of the text, in the unit of the offsets.
    pub chars: u32,
    /// The regions of the page, in reading order.
    pub regions: Vec<RegionRecord<'a>>,
    /// The id of the document that this one repeats. Always null in this record: documents are written as they are
    /// read, and none is kept for comparison. `trace` detects copies (`copy_of`).
    pub duplicate_of: Option<&'a str>,
}

/// A region of a page.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Region"))]
pub struct RegionRecord<'a> {
    /// The kind of region.
    pub kind: RegionKind,
    /// The text of the region.
    pub span: Spot<'a>,
}

impl<'a> Records<'a> {
    /// The record of this document.
    pub fn document(&self) -> Record<'a> {
        let document = self.document;
        let region = |r: &crate::document::Region| RegionRecord { kind: r.kind, span: self.spot(r.span) };
        Record::Document(DocumentRecord {
            doc: &document.id,
            id: &document.id,
            kind: document.kind,
            title: document.title.as_deref(),
            publisher: document.publisher.as_deref(),
            byline: document.byline.as_deref(),
            speaker: document.speaker.as_deref(),
            date: document.date.as_deref(),
            url: document.url.as_deref(),
            lang: document.lang.as_deref(),
            path: document.path.as_deref(),
            sha256: document.sha256(),
            chars: self.places.at(document.text.len() as u32),
            regions: self.extraction.regions.iter().map(region).collect(),
            duplicate_of: None,
        })
    }
}
