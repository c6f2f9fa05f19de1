//! The record of a figure or date.

use super::{Records, Spot, decimal};
use crate::extract::{Base, Change, Figure, FigureKind, Op};
use crate::review::{Judged, Reviewed};
use serde::Serialize;

/// A number or date: its text, and the value that the text states.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Figure"))]
pub struct FigureRecord<'a> {
    /// The id of the document that contains it.
    pub doc: &'a str,
    /// The id of this figure: `DOC#f1` for the first in a document.
    pub id: String,
    /// The kind of thing that it measures.
    pub kind: FigureKind,
    /// The number with its symbol, scale and unit (`$75 million`, `79%`).
    pub span: Spot<'a>,
    /// The numeral with its scale word (`75 million`).
    pub number: Spot<'a>,
    /// The value as a decimal string. Null for a range, and where only `iso` holds the value.
    pub value: Option<String>,
    /// The lower end of a range, as a decimal string.
    pub low: Option<String>,
    /// The upper end of a range, as a decimal string.
    pub high: Option<String>,
    /// How the value is bounded: `=`, `~` (about), `<`, `<=`, `>`, `>=` or `range`.
    pub op: Op,
    /// The words that express the bound (`more than`).
    pub hedge: Option<Spot<'a>>,
    /// The direction of change, if the figure states a rise or a fall.
    pub change: Option<Change>,
    /// The unit: a UCUM code, an ISO 4217 code, `percent` or `percentage-point`.
    pub unit: Option<&'a str>,
    /// The English name of the unit.
    pub unit_name: Option<&'a str>,
    /// The noun phrase that is counted.
    pub noun: Option<Spot<'a>>,
    /// The counted noun in the singular and in lower case.
    pub noun_lemma: Option<&'a str>,
    /// The base of a share: the id of a figure, or the words that name it.
    pub of: Option<BaseRecord<'a>>,
    /// The ISO 8601 or TIMEX3 value of a date, time or duration. A relative one is resolved against the document's
    /// date. For a rank without a number, its position from the end of the order or from the current item: `end+0` is
    /// the last, `end-1` the last but one, `current+1` the next.
    pub iso: Option<&'a str>,
    /// The period for which the figure holds.
    pub as_of: Option<&'a str>,
    /// The place value of the last significant digit as written: `1` for 65, `0.1` for 3.5, `1000000` for 4 million.
    pub precision: Option<String>,
    /// The id of the quotation that contains it.
    pub quote: Option<String>,
    /// What a person said of it. Absent if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<&'a Reviewed>,
}

/// The base of a share.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[cfg_attr(feature = "schema", schemars(rename = "Base"))]
pub enum BaseRecord<'a> {
    /// The id of another figure.
    Figure(String),
    /// The words that name the base.
    Words(Spot<'a>),
}

impl<'a> Records<'a> {
    pub(super) fn figure(&self, position: u32, figure: &'a Figure) -> FigureRecord<'a> {
        let range = figure.op == Op::Range || figure.high.is_some();
        let value = figure.value.map(decimal);
        let (value, low) = if range { (None, value) } else { (value, None) };
        let rank = figure.kind == FigureKind::Ordinal;
        let (value, iso) = match figure.iso.as_deref() {
            Some(place) if rank => (Some(place.to_owned()), None),
            iso => (value, iso),
        };
        FigureRecord {
            reviewed: self.extraction.reviewed(Judged::Figure, figure.span),
            doc: &self.document.id,
            id: self.id('f', position),
            kind: figure.kind,
            span: self.spot(figure.span),
            number: self.spot(figure.number),
            value,
            low,
            high: figure.high.map(decimal),
            op: figure.op,
            hedge: figure.hedge.map(|s| self.spot(s)),
            change: figure.change,
            unit: figure.unit.as_deref(),
            unit_name: figure.unit_name.as_deref(),
            noun: figure.noun.map(|s| self.spot(s)),
            noun_lemma: figure.noun_lemma.as_deref(),
            of: figure.of.map(|base| match base {
                Base::Figure(f) => BaseRecord::Figure(self.id('f', f)),
                Base::Words(span) => BaseRecord::Words(self.spot(span)),
            }),
            iso,
            as_of: figure.as_of.as_deref(),
            precision: figure.precision.map(decimal),
            quote: figure.quote.map(|q| self.id('q', q)),
        }
    }
}
