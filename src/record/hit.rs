//! The record of a search hit: one for each document that was found.

use super::{Record, Records, Spot};
use crate::document::{Kind, RegionKind};
use crate::index::{Hit, HitPlace};
use schemars::JsonSchema;
use serde::Serialize;

/// A document that a search found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Hit")]
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
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
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
