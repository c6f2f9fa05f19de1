//! Figures that follow from two cells: how often one thing is another (`twice that of Dunmoor`), or what it was a year before, and
//! by how much it rose or fell (`3 percent more than in 2020`). The cells are of one measure, and the sentence says which.
//! Arithmetic only ever supports.

use super::Table;
use super::headers::Header;
use super::link::{Around, CERTAIN, Link, find, item};
use crate::check::compare::{compare, short};
use crate::check::derived::{as_multiple, multiple};
use crate::check::marks::{self, Mark};
use crate::check::{Check, CheckReason, Relation, Settings, Verdict};
use crate::extract::{Change, Figure, FigureKind};
use crate::span::Span;
use rust_decimal::Decimal;

/// Two cells and what they give.
struct Sum {
    text: String,
    cells: [Link; 2],
}

/// Gives an open check the verdict that two cells of a table support. `number` is the table's position.
pub(super) fn derive(check: &mut Check, table: &Table, number: usize, around: &Around, settings: &Settings) {
    if check.verdict != Verdict::NotEnoughEvidence {
        return;
    }
    let found = match multiple(around.words.figure()) {
        Some(times) => of_two_things(table, number, around, settings, times),
        None if around.words.is_difference() => of_two_periods(table, number, around),
        None => None,
    };
    let Some(Sum { text, cells }) = found else { return };
    check.verdict = Verdict::Supported;
    check.relation = Some(Relation::Derived);
    check.computation = Some(text);
    check.evidence = cells.iter().map(|cell| item(table, cell)).collect();
    check.because.retain(|reason| *reason == CheckReason::About);
    check.because.extend([CheckReason::RowNamed, CheckReason::ColumnNamed, CheckReason::Computed]);
}

/// `€1,140 a month, almost twice that of Dunmoor`; `€214 million, more than double what they had last year`: the figure before
/// is a cell, and the other cell is that of another thing, or of the year before.
fn of_two_things(table: &Table, number: usize, around: &Around, settings: &Settings, times: Decimal) -> Option<Sum> {
    let (facts, index) = (around.words.facts, around.words.index);
    let place = facts.figures[index];
    let stated = |i: usize| {
        let other = around.of(i);
        let figure = other.words.figure();
        let link = find(table, number, &other, figure.value?, settings)?;
        link.agrees(table, figure).then_some(link)
    };
    let before = (0..index).rev().take_while(|i| facts.figures[*i].sentence == place.sentence);
    let link = before.into_iter().find_map(stated).or_else(|| named_measure(table, number, around, &|_| true))?;
    let value = |row: u32, column: usize| table.body.value(row, column)?.checked_mul(link.factor);
    let second = around.rows.after(number, place.sentence, place.to).find(|row| *row != link.row);
    let cell = match second {
        Some(row) => Link { row, value: value(row, link.column)?, ..link },
        None => {
            let behind = marks::beside(facts, place, Mark::OlderAfter, 0, LOOK);
            let column = behind.then(|| before_it(table, &link, &[])).flatten()?;
            Link { column, value: value(link.row, column)?, ..link }
        }
    };
    let ratio = link.value.checked_div(cell.value)?;
    let text = format!("{} / {} = {}", link.value.normalize(), cell.value.normalize(), short(ratio));
    as_multiple(around.words.figure(), times, ratio).then_some(Sum { text, cells: [link, cell] })
}

/// The newest column that the words around a figure name for certain, of those that `fits` lets pass, in the row that it
/// belongs to.
fn named_measure(table: &Table, number: usize, around: &Around, fits: &dyn Fn(&Header) -> bool) -> Option<Link> {
    let words = &around.words;
    let named = around.rows.of(table, number, words.extraction, words.facts, words.index)?;
    let clauses = words.clauses().map(|near| (near, words.heard(near, &table.columns)));
    let score = |header: &Header| {
        let near = clauses.iter();
        near.map(|(near, heard)| words.matches(near, header, heard, named)).fold(0.0, f32::max).min(1.0)
    };
    let all = table.columns.iter().enumerate().filter(|(_, header)| fits(header));
    let certain = all.map(|(c, header)| (c, score(header), &header.period)).filter(|(_, score, _)| *score >= CERTAIN);
    let (column, score, _) = certain.max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.2.cmp(b.2)))?;
    let factor = words.factor(&table.columns[column]).unwrap_or(Decimal::ONE);
    let value = table.body.value(named.row, column)?.checked_mul(factor)?;
    Some(Link { row: named.row, column, score, named, value, factor })
}

/// How far behind a figure `last year` may stand.
const LOOK: u32 = 7;

/// The column of the same measure and the newest earlier year; of one of `years` where they name one.
fn before_it(table: &Table, link: &Link, years: &[String]) -> Option<usize> {
    let header = &table.columns[link.column];
    let newest = header.period.as_ref()?;
    let earlier = |c: &usize| {
        let other = &table.columns[*c];
        other.period.as_ref().is_some_and(|p| p < newest) && header.is_same_measure(other)
    };
    let all = || (0..table.columns.len()).filter(earlier);
    let period = |c: &usize| table.columns[*c].period.clone();
    let named = all().find(|c| period(c).is_some_and(|p| years.contains(&p)));
    named.or_else(|| all().filter(|_| years.is_empty()).max_by_key(period))
}

/// `Its population has grown by 5,000 since 2025`, `… by 2.9 percent`.
fn of_two_periods(table: &Table, number: usize, around: &Around) -> Option<Sum> {
    let words = &around.words;
    let figure = words.figure();
    let fits = |header: &Header| {
        let of_kind = figure.kind == FigureKind::Percent || words.factor(header).is_some();
        header.period.is_some() && !header.is_change() && of_kind
    };
    let link = named_measure(table, number, around, &fits)?;
    let base = before_it(table, &link, &around.years)?;
    let value = table.body.value(link.row, base)?.checked_mul(link.factor)?;
    let cell = Link { column: base, value, ..link };
    let change = link.value.checked_sub(cell.value)?;
    let signs = matches!(figure.change, Some(Change::Up)) == (change > Decimal::ZERO);
    let (new, old) = (link.value.normalize(), cell.value.normalize());
    let (result, text) = if figure.kind == FigureKind::Percent && figure.unit.as_deref() == Some("percent") {
        let percent = change.checked_div(cell.value)?.checked_mul(Decimal::ONE_HUNDRED)?.abs();
        (percent, format!("({new} − {old}) / {old} = {}%", short(percent.round_dp(2))))
    } else {
        (change.abs(), format!("{new} − {old} = {}", change.normalize()))
    };
    let computed = Figure {
        value: Some(result),
        unit: figure.unit.clone(),
        ..Figure::new(figure.kind, Span::default(), Span::default())
    };
    let agrees = compare(figure, &computed, Decimal::ONE).is_some_and(|c| c.agrees);
    (signs && agrees).then_some(Sum { text, cells: [link, cell] })
}
