//! The record of a document: its fields, its parts.

use super::{Record, Records, Spot};
use crate::document::{Kind, RegionKind};
use serde::Serialize;

/// A text that was read, with what is known of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Document"))]
pub struct DocumentRecord<'a> {
    /// The document's id.
    pub doc: &'a str,
    /// The same: a document is its own finding.
    pub id: &'a str,
    /// `article`, `statement` or `reference`.
    pub kind: Kind,
    /// Its title, where the source names one.
    pub title: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// Who wrote it, as given.
    pub byline: Option<&'a str>,
    /// Who issued a statement.
    pub speaker: Option<&'a str>,
    /// When it was published: ISO 8601, as given.
    pub date: Option<&'a str>,
    /// Where it can be found.
    pub url: Option<&'a str>,
    /// Its language, BCP 47.
    pub lang: Option<&'a str>,
    /// The file that it was read from.
    pub path: Option<&'a str>,
    /// SHA-256 of its text in UTF-8, lower-case hexadecimal.
    pub sha256: String,
    /// Length of its text, in the unit of the offsets.
    pub chars: u32,
    /// The parts of the page, in reading order.
    pub regions: Vec<RegionRecord<'a>>,
    /// The id of the document that this one repeats. Always null here: documents are written as they are read and none is
    /// remembered; `trace` tells copies apart (`copy_of`).
    pub duplicate_of: Option<&'a str>,
}

/// A part of a page.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Region"))]
pub struct RegionRecord<'a> {
    /// What it is.
    pub kind: RegionKind,
    /// Where it stands.
    pub span: Spot<'a>,
}

impl<'a> Records<'a> {
    /// The record of the document itself.
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
