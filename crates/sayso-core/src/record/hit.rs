//! The record of a search hit: one for each document that was found.

use super::{Record, Records, Spot};
use crate::document::{Document, Kind, RegionKind};
use crate::extract::Extraction;
use crate::span::Span;
use serde::Serialize;

/// A document that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// What was found in it when it was indexed.
    pub extraction: Extraction,
    /// How well it matches (BM25, to a thousandth); to be compared within one search only.
    pub score: f32,
    /// The first places that match, in the order of the text; none where only the title or a field matches.
    pub places: Vec<HitPlace>,
    /// How many places match.
    pub places_total: usize,
    /// Where the title matches: places in [`Document::title`].
    pub title: Vec<Span>,
    /// The figures that a search for figures means: positions in [`Extraction::figures`].
    pub figures: Vec<u32>,
}

/// A place in a text that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPlace {
    /// The matched words; a phrase as a whole.
    pub span: Span,
    /// The words around, within the paragraph.
    pub context: Span,
    /// The part of the page.
    pub region: RegionKind,
    /// The quotation that the words stand in, direct or reported: position in [`Extraction::quotes`].
    pub in_quote: Option<u32>,
}

impl Hit {
    /// The context before a place, the words of the place, the context after it.
    pub fn parts(&self, place: &HitPlace) -> [&str; 3] {
        let text = |from: u32, to: u32| self.document.text.get(from as usize..to as usize).unwrap_or_default();
        let (context, span) = (place.context, place.span);
        [text(context.start, span.start), text(span.start, span.end), text(span.end, context.end)]
    }

    /// Whether the title matches, and no place in the text's headline stands for it.
    pub fn is_in_title(&self) -> bool {
        !self.title.is_empty() && self.places.iter().all(|place| place.region != RegionKind::Headline)
    }

    /// Whether a list of what was found should have a row for the title: it matches, or there is no place to show.
    pub fn shows_title(&self) -> bool {
        self.places.is_empty() || self.is_in_title()
    }
}

/// A document that a search found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Hit"))]
pub struct HitRecord<'a> {
    /// The document.
    pub doc: &'a str,
    /// How well it matches; to be compared within one search only.
    pub score: f64,
    /// `article`, `statement` or `reference`.
    pub kind: Kind,
    /// Its title.
    pub title: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<&'a str>,
    /// The file that it was read from.
    pub path: Option<&'a str>,
    /// The first places that match, in the order of the text.
    pub places: Vec<PlaceRecord<'a>>,
    /// How many places match.
    pub places_total: usize,
    /// The words of the title that match.
    pub title_matches: Vec<&'a str>,
    /// The ids of the figures that were sought.
    pub figures: Vec<String>,
}

/// A place that matches.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Place"))]
pub struct PlaceRecord<'a> {
    /// The words that match; a phrase as a whole.
    pub span: Spot<'a>,
    /// The words around.
    pub context: Spot<'a>,
    /// The part of the page.
    pub region: RegionKind,
    /// The id of the quotation that they stand in.
    pub quote: Option<String>,
}

impl<'a> Records<'a> {
    /// The record of a hit in this document.
    pub fn hit(&self, hit: &'a Hit) -> Record<'a> {
        let place = |place: &HitPlace| PlaceRecord {
            span: self.spot(place.span),
            context: self.spot(place.context),
            region: place.region,
            quote: place.in_quote.map(|q| self.id('q', q)),
        };
        let document = self.document;
        let title = document.title.as_deref().unwrap_or_default();
        Record::Hit(HitRecord {
            doc: &document.id,
            score: (f64::from(hit.score) * 1000.0).round() / 1000.0,
            kind: document.kind,
            title: document.title.as_deref(),
            publisher: document.publisher.as_deref(),
            date: document.date.as_deref(),
            path: document.path.as_deref(),
            places: hit.places.iter().map(place).collect(),
            places_total: hit.places_total,
            title_matches: hit.title.iter().filter_map(|span| title.get(span.range())).collect(),
            figures: hit.figures.iter().map(|f| self.id('f', *f)).collect(),
        })
    }
}
