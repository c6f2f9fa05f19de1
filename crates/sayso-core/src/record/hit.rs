//! The record of a search hit: one for each document that a search found.

use super::{Record, Records, Spot};
use crate::document::{Document, Kind, RegionKind};
use crate::extract::Extraction;
use crate::span::Span;
use serde::Serialize;

/// A document that matches a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// The findings that were stored with it.
    pub extraction: Extraction,
    /// The score (BM25, to a thousandth). Compare scores within one search only.
    pub score: f32,
    /// The first matching places, in text order. Empty if only the title or a field matches.
    pub places: Vec<HitPlace>,
    /// The number of matching places.
    pub places_total: usize,
    /// The matches in the title: spans of [`Document::title`].
    pub title: Vec<Span>,
    /// The figures that match a figure search: positions in [`Extraction::figures`].
    pub figures: Vec<u32>,
}

/// A matching place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPlace {
    /// The matching words. A phrase is one place.
    pub span: Span,
    /// The surrounding words, within the paragraph.
    pub context: Span,
    /// The region that contains them.
    pub region: RegionKind,
    /// The quotation, direct or reported, that contains them: a position in [`Extraction::quotes`].
    pub in_quote: Option<u32>,
}

impl Hit {
    /// A place in three parts: the context before it, its words, and the context after it.
    pub fn parts(&self, place: &HitPlace) -> [&str; 3] {
        let text = |from: u32, to: u32| self.document.text.get(from as usize..to as usize).unwrap_or_default();
        let (context, span) = (place.context, place.span);
        [text(context.start, span.start), text(span.start, span.end), text(span.end, context.end)]
    }

    /// Whether the title matches and no shown place is in the text's headline.
    pub fn is_in_title(&self) -> bool {
        !self.title.is_empty() && self.places.iter().all(|place| place.region != RegionKind::Headline)
    }

    /// Whether a list of places needs a row for the title: the title matches, or there is no other place to show.
    pub fn shows_title(&self) -> bool {
        self.places.is_empty() || self.is_in_title()
    }
}

/// A document that a search found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Hit"))]
pub struct HitRecord<'a> {
    /// The id of the document.
    pub doc: &'a str,
    /// The score. Compare scores within one search only.
    pub score: f64,
    /// `article`, `statement` or `reference`.
    pub kind: Kind,
    /// The title.
    pub title: Option<&'a str>,
    /// The publisher.
    pub publisher: Option<&'a str>,
    /// The date of publication.
    pub date: Option<&'a str>,
    /// The file from which the document was read.
    pub path: Option<&'a str>,
    /// The first matching places, in text order.
    pub places: Vec<PlaceRecord<'a>>,
    /// The number of matching places.
    pub places_total: usize,
    /// The words of the title that match.
    pub title_matches: Vec<&'a str>,
    /// The ids of the figures that match a figure search.
    pub figures: Vec<String>,
}

/// A matching place in a text.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Place"))]
pub struct PlaceRecord<'a> {
    /// The matching words. A phrase is one place.
    pub span: Spot<'a>,
    /// The surrounding words.
    pub context: Spot<'a>,
    /// The region that contains the place.
    pub region: RegionKind,
    /// The id of the quotation that contains the place.
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
