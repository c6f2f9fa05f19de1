//! A figure beside a cell: the row that its sentence names, the column that its words name, and what the two say of one
//! another. Where the periods cannot be compared, a different value is no contradiction.

use super::Table;
use super::headers::Header;
use super::matching::Words;
use super::rows::{Named, Rows};
use crate::check::compare::{Comparison, arithmetic, compare};
use crate::check::facts::Facts;
use crate::check::{EvidenceItem, EvidenceKind, Relation, Settings};
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
        beside(figure, self.value, &table.columns[self.column]).is_some_and(|c| c.0.agrees)
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
    pub(super) fn new(words: Words<'a>, rows: &'a Rows) -> Self {
        let years = years(words.extraction, words.facts, words.index);
        let now = words.document.day().map(|day| day.year().to_string());
        Around { words, rows, years, now }
    }

    /// The same for another figure of the document.
    pub(super) fn of(&self, index: usize) -> Around<'a> {
        Around::new(Words { index, ..self.words }, self.rows)
    }
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

/// How well row and column must be matched to contradict.
pub(super) const CERTAIN: f32 = 0.8;

/// A figure compared with a value of a column. A column in thousands says nothing of what lies below them.
///
/// With the arithmetic as text.
pub(super) fn beside(figure: &Figure, value: Decimal, header: &Header) -> Option<(Comparison, String)> {
    let cell = as_figure(value, header, figure);
    let comparison = compare(figure, &cell, Decimal::ONE)?;
    let text = || arithmetic(figure, &cell, Decimal::ONE);
    let (claimed, value) = (figure.value?, cell.value?);
    let coarse = header.scale.checked_mul(cell.precision?)?;
    if comparison.agrees
        || figure.high.is_some()
        || comparison.relation != Relation::Differs
        || header.scale == Decimal::ONE
    {
        return Some((comparison, text()));
    }
    let within = claimed.checked_sub(value)?.abs().checked_mul(Decimal::TWO)? <= coarse;
    let rounded = || format!("{} ≈ {}", claimed.normalize(), value.normalize());
    Some(match within {
        true => (Comparison { relation: Relation::Rounded, agrees: true }, rounded()),
        false => (comparison, text()),
    })
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
