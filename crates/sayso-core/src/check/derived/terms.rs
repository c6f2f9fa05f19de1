//! Figures as arithmetic takes them: what they measure, and their values in the base unit of that.

use crate::check::case::Case;
use crate::check::compare::{is_fraction, is_some_or_many};
use crate::check::statements::Statement;
use crate::extract::{Figure, FigureKind};
use crate::language;
use crate::language::lists::List;
use crate::words::{is_in, key};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What a figure measures: values of one measure can be added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measure<'f> {
    Count,
    Money(Option<&'f str>),
    Percent,
    Points,
    Fraction,
    Unit(&'f str),
    /// Months and years, whose days are not known.
    Months,
}

/// A figure that arithmetic can take.
#[derive(Clone, Copy)]
pub(super) struct Term<'f> {
    pub figure: &'f Figure,
    /// Position among the figures of its document.
    pub index: usize,
    pub measure: Measure<'f>,
    /// In the base unit of its measure.
    pub value: Decimal,
    /// The same, about: most sums are far off by a quick look. Not a number where it has none.
    pub about: f64,
    /// As it is written.
    pub written: Decimal,
}

impl<'f> Term<'f> {
    fn new(figure: &'f Figure, index: usize, written: Decimal) -> Option<Term<'f>> {
        use FigureKind::*;
        let one = Decimal::ONE;
        let (measure, factor) = match figure.kind {
            Number | Ratio if is_fraction(figure) => (Measure::Fraction, one),
            Number => (Measure::Count, one),
            Money => (Measure::Money(figure.unit.as_deref()), one),
            Percent => match figure.unit.as_deref() {
                Some("percentage-point") => (Measure::Points, one),
                Some("basis-point") => (Measure::Points, Decimal::new(1, 2)),
                _ => (Measure::Percent, one),
            },
            Quantity | Duration => match figure.unit.as_deref()? {
                "a" => (Measure::Months, Decimal::from(12)),
                "mo" => (Measure::Months, one),
                code => {
                    let units = &language::compared().lexicon.units;
                    // `Seven litres a day` is so many litres.
                    let unit = units.code(code).or_else(|| units.code(code.split_once('/')?.0))?;
                    if unit.dimension == "temperature" {
                        return None;
                    }
                    (Measure::Unit(unit.dimension), unit.factor)
                }
            },
            Age | Ordinal | Date | Time | Ratio => return None,
        };
        Some(Term::of(figure, index, measure, written.checked_mul(factor)?, written))
    }

    fn of(figure: &'f Figure, index: usize, measure: Measure<'f>, value: Decimal, written: Decimal) -> Term<'f> {
        Term { figure, index, measure, value, about: value.to_f64().unwrap_or(f64::NAN), written }
    }

    /// The same figure by another measure.
    fn by(self, measure: Measure<'f>, value: Decimal) -> Term<'f> {
        Term::of(self.figure, self.index, measure, value, self.written)
    }

    /// Whether another term is of the same figure.
    pub(super) fn is(&self, other: &Term) -> bool {
        self.index == other.index && self.written == other.written
    }
}

/// The figures of a statement that can be terms. Of a range both ends: `rises from $2.60 to $2.90`.
pub(super) fn of_statement(statement: &Statement) -> Vec<Term<'_>> {
    const MOST: usize = 80;
    let figures = statement.extraction.figures.iter().enumerate();
    let usable = figures.filter(|(i, f)| {
        !statement.facts.figures[*i].asked
            && !matches!(f.kind, FigureKind::Date | FigureKind::Time)
            && !is_some_or_many(f)
    });
    let ends = usable.flat_map(|(i, f)| {
        let figure = statement.facts.meant[i].as_ref().unwrap_or(f);
        [figure.value, figure.high].into_iter().flatten().filter_map(move |value| Term::new(figure, i, value))
    });
    let code = currency(statement.extraction.figures.iter());
    ends.take(MOST).flat_map(|term| code.and_then(|code| as_money(term, code)).into_iter().chain([term])).collect()
}

/// What a figure of the coverage can be worked out as: itself, what it is meant as, percentage points (`five points`), and parts
/// of the statement's currency (`30 cents` of dollars).
pub(super) fn claimed<'f>(case: Case<'f, '_>, terms: &[Term<'f>]) -> Vec<Term<'f>> {
    let (figure, meant, index) = (case.claimed.figure(), case.claimed.meant(), case.claimed.index);
    let value = |f: &Figure| f.value.filter(|_| f.high.is_none());
    let of = |f: &'f Figure| value(f).and_then(|v| Term::new(f, index, v).or_else(|| times(f, index, v)));
    let mut out: Vec<Term> = of(figure).into_iter().collect();
    if !std::ptr::eq(figure, meant) {
        out.extend(of(meant));
    }
    let Some(plain) = out.first().copied() else { return out };
    if matches!(plain.measure, Measure::Count | Measure::Fraction) && counts_points(case) {
        out.insert(0, Term { measure: Measure::Points, ..plain });
    }
    out.extend(of_counted_unit(plain));
    out.extend(currency(terms.iter().map(|t| t.figure)).and_then(|code| as_money(plain, code)));
    if let Measure::Money(Some(code)) = plain.measure {
        let mut units: Vec<&str> = terms.iter().filter_map(|t| major(t, code)).collect();
        units.sort_unstable();
        units.dedup();
        let in_hundredths = plain.value / Decimal::ONE_HUNDRED;
        let of = |unit| plain.by(Measure::Money(Some(unit)), in_hundredths);
        out.extend(units.into_iter().map(of));
    }
    out
}

/// So many times something: `twice`, which is no term of a sum.
fn times(figure: &Figure, index: usize, written: Decimal) -> Option<Term<'_>> {
    super::multiple(figure).map(|value| Term::of(figure, index, Measure::Count, value, written))
}

/// The one currency that a statement counts in.
fn currency<'f>(figures: impl Iterator<Item = &'f Figure>) -> Option<&'f str> {
    let mut codes = figures.filter(|f| f.kind == FigureKind::Money).map(|f| f.unit.as_deref());
    let first = codes.next()??;
    codes.all(|code| code == Some(first)).then_some(first)
}

/// A large number that counts nothing, as a sum of money: `2.4 billion crowns … 3.1 billion`, `68 million more than planned`.
fn as_money<'f>(term: Term<'f>, code: &'f str) -> Option<Term<'f>> {
    const LARGE: i64 = 10_000;
    let bare = term.figure.kind == FigureKind::Number && term.figure.noun.is_none();
    let large = term.value >= Decimal::from(LARGE);
    (bare && large && term.measure == Measure::Count).then_some(Term { measure: Measure::Money(Some(code)), ..term })
}

/// What percent would be as points.
pub(super) fn as_points<'f>(case: Case<'f, '_>, terms: &[Term<'f>]) -> Vec<Term<'f>> {
    let percent = claimed(case, terms).into_iter().find(|t| t.measure == Measure::Percent);
    percent.map(|percent| Term { measure: Measure::Points, ..percent }).into_iter().collect()
}

/// Units that are counted as things: `368,000 fewer working days`.
fn of_counted_unit(plain: Term<'_>) -> Option<Term<'_>> {
    let units = &language::compared().lexicon.units;
    let noun = plain.figure.noun_lemma.as_deref().filter(|_| plain.measure == Measure::Count)?;
    let unit = units.word(noun).filter(|(len, _)| *len == noun.len()).map(|(_, unit)| unit)?;
    let months = unit.code == "mo" || unit.code == "a";
    (!months)
        .then(|| plain.written.checked_mul(unit.factor))?
        .map(|value| plain.by(Measure::Unit(unit.dimension), value))
}

/// The currency of a term of which a code names the hundredth part.
fn major<'f>(term: &Term<'f>, code: &str) -> Option<&'f str> {
    let Measure::Money(Some(unit)) = term.measure else { return None };
    let lists = &language::compared().lexicon.lists;
    let parts = |list| lists.has(list, unit);
    let of = if parts(List::PennyCurrencies) { "GBX" } else { "USX" };
    (code == of && !lists.has(List::UnwrittenCodes, unit)).then_some(unit)
}

/// Whether points are counted: `five points`, `half a point`, `nine tenths of a point`.
fn counts_points(case: Case) -> bool {
    let (facts, place) = (case.claimed.facts, case.claimed.place());
    let word = |at: u32| facts.words.get(at as usize).filter(|w| w.sentence == place.sentence).map_or(0, |w| w.key);
    let mut at = place.to;
    while is_in(word(at), List::BeforePoint) {
        at += 1;
    }
    [place.to.saturating_sub(1), at].iter().any(|i| [key("point"), key("points")].contains(&word(*i)))
}
