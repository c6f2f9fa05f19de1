//! A figure beside a cell: the row that its sentence names, the column that its words name, and what the two say of one
//! another. Where the periods cannot be compared, a different value is no contradiction.

use super::Table;
use super::arithmetic::derive;
use super::headers::Header;
use super::matching::Words;
use super::rows::{Named, Rows};
use crate::check::compare::{Comparison, compare};
use crate::check::facts::Facts;
use crate::check::{Check, CheckReason, Evidence, EvidenceItem, EvidenceKind, Relation, Settings, Verdict};
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::span::Span;
use rust_decimal::Decimal;

/// A cell that a figure may speak of.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub row: u32,
    pub column: usize,
    /// How well the header is matched, from 0 to 1.
    pub score: f32,
    pub named: Named,
    /// In the unit of the figure.
    pub value: Decimal,
    /// What brings the column's values into that unit.
    pub factor: Decimal,
}

impl Link {
    /// Whether the cell has what a figure says.
    pub(super) fn agrees(&self, table: &Table, figure: &Figure) -> bool {
        beside(figure, self.value, &table.columns[self.column]).is_some_and(|c| c.agrees)
    }
}

/// What a figure stands among.
pub(super) struct Around<'a> {
    pub words: Words<'a>,
    pub rows: &'a Rows,
    /// The years that its sentence, or the figure itself, names.
    pub years: Vec<String>,
    /// The year of the document.
    pub now: Option<String>,
}

impl<'a> Around<'a> {
    fn new(words: Words<'a>, rows: &'a Rows) -> Self {
        let years = years(words.extraction, words.facts, words.index);
        let now = words.document.day().map(|day| day.year().to_string());
        Around { words, rows, years, now }
    }

    /// The same for another figure of the document.
    pub(super) fn of(&self, index: usize) -> Around<'a> {
        Around::new(Words { index, ..self.words }, self.rows)
    }
}

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

/// The years that the figure's sentence, or the figure itself, names.
fn years(extraction: &Extraction, facts: &Facts, index: usize) -> Vec<String> {
    let sentence = facts.figures[index].sentence;
    let year = |iso: &str| iso.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    let own = extraction.figures[index].as_of.as_deref().and_then(year);
    if let Some(own) = own {
        return vec![own];
    }
    let dated = |i: &usize| facts.figures[*i].sentence == sentence && extraction.figures[*i].kind == FigureKind::Date;
    let from = facts.figures.partition_point(|p| p.sentence < sentence);
    let all = (from..facts.figures.len()).take_while(|i| facts.figures[*i].sentence <= sentence).filter(dated);
    all.filter_map(|i| year(extraction.figures[i].iso.as_deref()?)).collect()
}

/// The best column for a figure in its row: by the words of the sentence, else by those just before; of columns that
/// differ only in their period that of the sentence, else the newest that the coverage can know.
pub(super) fn find(
    table: &Table,
    number: usize,
    around: &Around,
    claimed: Decimal,
    settings: &Settings,
) -> Option<Link> {
    let Around { words, rows, years, now } = around;
    let now = now.as_deref();
    let named = rows.of(table, number, words.extraction, words.facts, words.index)?;
    let newest = |row: &u32| table.body.period(*row).map(|p| (years.iter().any(|year| year == p), p));
    let row = table.body.like(named.row).max_by_key(newest)?;
    // A key that is a common word in the text is meant only where the column is clear.
    let least = if named.cased { settings.column } else { CERTAIN };
    let [own, between] = words.clauses();
    let difference = words.is_difference();
    let around = [(own, 1.0), (between, 1.0), (words.sentence(), 1.0), (words.before(), settings.column_before)];
    for (near, trust) in around {
        let heard = words.heard(near, &table.columns);
        let mut best: Option<(Link, bool, Option<&String>, f32)> = None;
        // How well the best column is matched whose value is of another size.
        let mut unlike = 0.0f32;
        for (c, header) in table.columns.iter().enumerate() {
            // What something rose by is no level of it.
            let Some(factor) = words.factor(header).filter(|_| !difference || header.is_change()) else { continue };
            let Some(value) = table.body.value(row, c).and_then(|v| v.checked_mul(factor)) else { continue };
            let score = trust * words.matches(near, header, &heard, named);
            if !magnitude_fits(header, claimed, value, settings.table_factor) {
                unlike = unlike.max(score);
                continue;
            }
            let period = header.period.as_ref();
            let said = period.is_some_and(|p| years.contains(p));
            if score < least || (period.map(String::as_str) > now && now.is_some() && !said) {
                continue;
            }
            let link = Link { row, column: c, score: score.min(1.0), named, value, factor };
            let rank = |s: f32, said: bool| if said { s + 0.1 } else { s };
            let better = best.as_ref().is_none_or(|(_, b_said, b_period, b_score)| {
                let (new, old) = (rank(score, said), rank(*b_score, *b_said));
                new > old || new == old && period > *b_period
            });
            if better {
                best = Some((link, said, period, score));
            }
        }
        if let Some((link, _, _, score)) = best {
            // `A population of 100`: that it may be a growth of 100 percent is no help.
            return Some(link).filter(|_| score + 0.01 >= unlike);
        }
    }
    None
}

/// The older column of the same measure that has what the coverage gives as today's.
fn stale(table: &Table, link: &Link, figure: &Figure, years: &[String]) -> Option<usize> {
    let header = &table.columns[link.column];
    let newest = header.period.as_ref()?;
    let agrees = |c: usize| {
        let value = table.body.value(link.row, c)?.checked_mul(link.factor)?;
        Some(beside(figure, value, &table.columns[c])?.relation == Relation::Equal)
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

/// Whether a value lies near enough to be another value of the same thing. Rates may be nearly anything.
fn magnitude_fits(header: &Header, claimed: Decimal, value: Decimal, factor: f32) -> bool {
    let (a, b) = (claimed.abs(), value.abs());
    if header.may_be_rate() {
        return a <= Decimal::ONE_HUNDRED.saturating_mul(b.max(Decimal::ONE));
    }
    if claimed.is_zero() || value.is_zero() {
        return true;
    }
    let factor = Decimal::try_from(factor).unwrap_or(Decimal::TEN);
    a.checked_mul(factor).is_none_or(|m| m >= b) && b.checked_mul(factor).is_none_or(|m| m >= a)
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

/// How well row and column must be matched to contradict.
pub(super) const CERTAIN: f32 = 0.8;

/// A figure compared with a value of a column. A column in thousands says nothing of what lies below them.
fn beside(figure: &Figure, value: Decimal, header: &Header) -> Option<Comparison> {
    let cell = as_figure(value, header, figure);
    let comparison = compare(figure, &cell, Decimal::ONE)?;
    let (claimed, value) = (figure.value?, cell.value?);
    let coarse = header.scale.checked_mul(cell.precision?)?;
    if comparison.agrees
        || figure.high.is_some()
        || comparison.relation != Relation::Differs
        || header.scale == Decimal::ONE
    {
        return Some(comparison);
    }
    let within = claimed.checked_sub(value)?.abs().checked_mul(Decimal::TWO)? <= coarse;
    let text = format!("{} ≈ {}", claimed.normalize(), value.normalize());
    Some(if within { Comparison { relation: Relation::Rounded, agrees: true, text } } else { comparison })
}

fn decide(check: &mut Check, table: &Table, link: &Link, figure: &Figure, period: Period) {
    let header = &table.columns[link.column];
    let Some(comparison) = beside(figure, link.value, header) else { return };
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
        check.computation = Some(comparison.text);
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

pub(super) fn item(table: &Table, link: &Link) -> EvidenceItem {
    EvidenceItem {
        doc: table.name.clone(),
        span: None,
        kind: EvidenceKind::Table,
        value: Some(link.value.normalize().to_string()),
        table: Some(table.name.clone()),
        row: Some(table.body.key(link.row).to_owned()),
        column: Some(table.columns[link.column].name.clone()),
        score: link.score,
        sentence: None,
    }
}

/// A cell as a figure, to be compared like one. Shares that a column holds as fractions are brought to percent.
fn as_figure(value: Decimal, header: &Header, like: &Figure) -> Figure {
    let fraction = like.kind == FigureKind::Percent
        && !header.percent
        && value.abs() <= Decimal::ONE
        && like.value.is_some_and(|v| v.abs() > Decimal::TEN);
    // Other units were converted; money of another currency is not the same.
    let currency =
        header.unit.filter(|unit| like.kind == FigureKind::Money && unit.is_money() && !unit.code.is_empty());
    let value = if fraction { value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
    // A deficit of 12 stands as (12) in tables, and as 12 in words.
    let value = if like.value.is_some_and(|v| v >= Decimal::ZERO) { value.abs() } else { value };
    Figure {
        value: Some(value),
        unit: currency.map(|unit| unit.code.into()).or_else(|| like.unit.clone()),
        unit_name: currency.map(|unit| unit.name.into()),
        precision: Some(Decimal::new(1, value.scale())),
        ..Figure::new(like.kind, Span::default(), Span::default())
    }
}
