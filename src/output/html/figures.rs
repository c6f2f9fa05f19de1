//! Figures of coverage and statements, one row each.

use super::limits::Limits;
use super::{Shelf, Source, anchor_of, text};
use crate::extract::{Figure, FigureKind};
use crate::output::{name_of, value, words};
use crate::review::Judged;
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
    unit: Option<String>,
    noun: Option<&'a str>,
    hedge: Option<&'a str>,
    source: Source<'a>,
    anchor: String,
    link: Option<String>,
}

/// All but bare dates, times and ordinals, which say little by themselves; document by document.
pub(super) fn all<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Figures<'a> {
    let (mut items, mut total) = (Vec::new(), 0);
    for (position, reading) in shelf.readings.iter().enumerate() {
        for (number, figure) in reading.extraction.figures.iter().enumerate() {
            if matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal) {
                continue;
            }
            total += 1;
            if total <= limits.figures {
                items.push(item(shelf, position, number, figure));
            }
        }
    }
    Figures { total, items }
}

/// All figures of one document.
pub(super) fn of<'a>(shelf: &Shelf<'a>, position: usize) -> Figures<'a> {
    let figures = shelf.readings[position].extraction.figures.iter().enumerate();
    let items: Vec<_> = figures.map(|(number, figure)| item(shelf, position, number, figure)).collect();
    Figures { total: items.len(), items }
}

fn item<'a>(shelf: &Shelf<'a>, position: usize, number: usize, figure: &'a Figure) -> FigureItem<'a> {
    let of = |span| text(&shelf.readings[position].document, span);
    FigureItem {
        written: of(figure.span),
        value: value(figure),
        kind: name_of(&figure.kind),
        unit: words::unit(figure),
        noun: figure.noun.map(of),
        hedge: figure.hedge.map(of),
        source: shelf.source(position),
        anchor: anchor_of(position, 'f', number),
        link: shelf.finding(position, Judged::Figure, figure.span),
    }
}
