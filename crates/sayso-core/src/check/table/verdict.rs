//! What the cells of tables say of a figure. Where the periods cannot be compared, a different value is no contradiction.

use super::Table;
use super::arithmetic::derive;
use super::link::{Around, CERTAIN, Link, beside, find, item};
use super::matching::Words;
use super::rows::Rows;
use crate::check::facts::Facts;
use crate::check::{Check, CheckReason, Evidence, EvidenceKind, Relation, Verdict};
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};

/// How the period of the cell stands to that of the sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    Same,
    Other,
    Unknown,
    /// Neither names one, or the cell is of the year of the coverage and the sentence names none.
    Current,
}

/// Adds what tables say to the check of the figure at `index`.
pub(in crate::check) fn check(
    check: &mut Check,
    document: &Document,
    extraction: &Extraction,
    facts: &Facts,
    index: usize,
    rows: &Rows,
    evidence: &Evidence,
) {
    let figure = &extraction.figures[index];
    let around = Around::new(Words { document, extraction, facts, index }, rows);
    for (number, table) in evidence.tables.iter().enumerate() {
        if let Some(claimed) = figure.value.filter(|_| is_amount(figure, document))
            && let Some(link) = find(table, number, &around, claimed, &evidence.settings)
        {
            let period = period(table, &link, &around.years, around.now.as_deref());
            match stale(table, &link, figure, &around.years) {
                Some(older) if period != Period::Other => take_stale(check, table, &link, older),
                _ => decide(check, table, &link, figure, period),
            }
        }
        derive(check, table, number, &around, &evidence.settings);
    }
}

/// Whether a figure can stand in a cell.
fn is_amount(figure: &Figure, document: &Document) -> bool {
    use FigureKind::{Date, Ordinal, Ratio, Time};
    !matches!(figure.kind, Date | Time | Ordinal | Ratio) && !is_year_alone(figure, document)
}

/// Whether a number stands for a year: four digits as years are, that count nothing (`its 2014 population`).
fn is_year_alone(figure: &Figure, document: &Document) -> bool {
    let written = figure.span.of(&document.text);
    let like = written.len() == 4 && matches!(written.as_bytes(), [b'1', b'7'..=b'9', ..] | [b'2', b'0', ..]);
    figure.kind == FigureKind::Number && like && written.bytes().all(|b| b.is_ascii_digit())
}

/// The older column of the same measure that has what the coverage gives as today's.
fn stale(table: &Table, link: &Link, figure: &Figure, years: &[String]) -> Option<usize> {
    let header = &table.columns[link.column];
    let newest = header.period.as_ref()?;
    let agrees = |c: usize| {
        let value = table.body.value(link.row, c)?.checked_mul(link.factor)?;
        Some(beside(figure, value, &table.columns[c])?.0.relation == Relation::Equal)
    };
    if !years.is_empty() || !link.named.in_sentence || agrees(link.column)? {
        return None;
    }
    let older = |c: &usize| table.columns[*c].period.as_ref().is_some_and(|p| p < newest);
    (0..table.columns.len())
        .find(|c| older(c) && header.is_same_measure(&table.columns[*c]) && agrees(*c) == Some(true))
}

fn take_stale(check: &mut Check, table: &Table, link: &Link, older: usize) {
    let older = Link { column: older, value: table.body.value(link.row, older).unwrap_or_default(), ..*link };
    let period = |l: &Link| table.columns[l.column].period.clone().unwrap_or_default();
    // A statement that gives the value itself is newer than a column.
    if check.verdict == Verdict::Supported && check.relation == Some(Relation::Equal) {
        return;
    }
    check.verdict = Verdict::Contradicted;
    check.relation = Some(Relation::Stale);
    check.computation = Some(format!(
        "{} is of {}; of {} it is {}",
        older.value.normalize(),
        period(&older),
        period(link),
        link.value.normalize()
    ));
    check.evidence = vec![item(table, link), item(table, &older)];
    check.because.retain(|r| *r == CheckReason::About);
    check.because.extend([CheckReason::RowNamed, CheckReason::ColumnNamed, CheckReason::OtherPeriod]);
}

fn period(table: &Table, link: &Link, years: &[String], now: Option<&str>) -> Period {
    let own = table.columns[link.column].period.as_deref().or(table.body.period(link.row));
    match (own, years) {
        (None, []) => Period::Current,
        (Some(own), []) if Some(own) == now => Period::Current,
        (None, _) | (_, []) => Period::Unknown,
        (Some(own), years) if years.iter().any(|year| year == own) => Period::Same,
        _ => Period::Other,
    }
}

fn decide(check: &mut Check, table: &Table, link: &Link, figure: &Figure, period: Period) {
    let header = &table.columns[link.column];
    let Some((comparison, arithmetic)) = beside(figure, link.value, header) else { return };
    // What a number of kilometres or euros is of is known where the column is in some unit of length, or in money.
    let measured = match figure.kind {
        FigureKind::Quantity => header.unit.is_some(),
        FigureKind::Money => header.money,
        _ => true,
    };
    let certain =
        measured && link.score >= CERTAIN && link.named.in_sentence && matches!(period, Period::Same | Period::Current);
    let (verdict, relation) = match period {
        Period::Other if !comparison.agrees => (Verdict::NotEnoughEvidence, Relation::Stale),
        _ if comparison.agrees => (Verdict::Supported, comparison.relation),
        _ if certain => (Verdict::Contradicted, comparison.relation),
        _ => (Verdict::NotEnoughEvidence, comparison.relation),
    };
    if period == Period::Unknown && comparison.relation != Relation::Equal && !link.named.in_sentence {
        return;
    }
    check.evidence.push(item(table, link));
    use Verdict::{Conflicting, Contradicted, Supported};
    let (verdict, takes) = match (check.verdict, verdict) {
        (Supported, Contradicted) | (Contradicted, Supported) | (Conflicting, _) => (Conflicting, false),
        (Supported | Contradicted, _) => (check.verdict, false),
        (_, new) => (new, true),
    };
    check.verdict = verdict;
    if takes {
        // What statements have does not bear on it: it did not settle anything.
        check.evidence.retain(|e| e.kind == EvidenceKind::Table);
        check.relation = Some(relation);
        check.computation = Some(arithmetic);
        check.because.retain(|r| *r != CheckReason::NoSource);
    }
    let reasons = [
        (true, CheckReason::RowNamed),
        (true, CheckReason::ColumnNamed),
        (period == Period::Unknown, CheckReason::PeriodUnknown),
        (period == Period::Other, CheckReason::OtherPeriod),
    ];
    check.because.extend(reasons.iter().filter(|r| r.0).map(|r| r.1));
    check.because.dedup();
}
