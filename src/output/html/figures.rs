//! Figures of coverage and statements, one row each.

use super::limits::Limits;
use super::{Shelf, Source, anchor_of, text};
use crate::extract::FigureKind;
use crate::output::{name_of, value};
use serde::Serialize;

/// The table of figures.
#[derive(Debug, Serialize)]
pub(super) struct Figures<'a> {
    /// How many there are.
    total: usize,
    /// Those that are shown.
    items: Vec<FigureItem<'a>>,
}

/// One figure.
#[derive(Debug, Serialize)]
struct FigureItem<'a> {
    written: &'a str,
    value: String,
    kind: String,
    unit: Option<&'a str>,
    noun: Option<&'a str>,
    hedge: Option<&'a str>,
    source: Source<'a>,
    anchor: String,
}

/// All but bare dates, times and ordinals, which say little by themselves; document by document.
pub(super) fn all<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Figures<'a> {
    let (mut items, mut total) = (Vec::new(), 0);
    for (position, reading) in shelf.readings.iter().enumerate() {
        let of = |span| text(&reading.document, span);
        for (number, figure) in reading.extraction.figures.iter().enumerate() {
            if matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal) {
                continue;
            }
            total += 1;
            if total > limits.figures {
                continue;
            }
            items.push(FigureItem {
                written: of(figure.span),
                value: value(figure),
                kind: name_of(&figure.kind),
                unit: figure.unit_name.as_deref().or(figure.unit.as_deref()),
                noun: figure.noun.map(of),
                hedge: figure.hedge.map(of),
                source: shelf.source(position),
                anchor: anchor_of(position, 'f', number),
            });
        }
    }
    Figures { total, items }
}
