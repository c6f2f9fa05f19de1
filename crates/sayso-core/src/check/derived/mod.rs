//! Figures that follow from others by simple arithmetic, where the words of the coverage ask for it: a difference (`14
//! fewer`), a sum, a share (`one in 50`), a rest (`15 are still there` of 37, of which 22 went back), a multiple (`three times`),
//! an average, another unit.
//!
//! With enough numbers anything can be computed from something. So every sum that gives the value (`search`) is weighed (`weigh`).
//! Never across currencies or units that measure different things. Years and dates round to nothing, and are only ever set against
//! one another.

mod asked;
mod moved;
mod older;
mod search;
mod spans;
mod supported;
mod terms;
mod wanted;
mod weigh;
mod years;

pub(super) use moved::{Amiss, miscounted, points_as_percent};
pub(super) use older::misled;
pub(super) use supported::of_supported;
pub(super) use wanted::misjudged;

use super::EvidenceItem;
use super::case::Case;
use super::compare::compare;
use super::features::DERIVED;
use super::statements::Statement;
use super::story::logistic;
use super::verdict::statement_item;
use crate::extract::{Figure, FigureKind, Op};
use crate::span::Span;
use asked::Asked;
use rust_decimal::Decimal;
use std::cell::RefCell;
use weigh::Weighed;

/// An arithmetic that gives the claimed value.
#[derive(Clone)]
pub(super) struct Derived {
    pub computation: String,
    pub evidence: Vec<EvidenceItem>,
    /// How likely it is meant, from 0 to 1.
    pub likely: f32,
    /// Whether what is worked out moved the other way than the coverage says.
    pub turned: bool,
    /// Whether the statement sets its terms side by side, an older and a newer value.
    pub compared: bool,
}

/// How likely a derivation must be meant for none of its terms to speak against the figure.
const OPERAND: f32 = 0.3;

impl Derived {
    /// Whether a figure of a statement is a term of it: then it is no other value of the same thing.
    pub(super) fn takes(&self, document: &str, figure: &Figure) -> bool {
        let is = |item: &EvidenceItem| item.doc == document && item.span == Some(figure.span);
        self.likely >= OPERAND && self.evidence.iter().any(is)
    }
}

/// How likely a derivation must be meant to support a figure, and to go before another value for the same thing.
pub(super) const ENOUGH: f32 = 0.4;
pub(super) const PLENTY: f32 = 0.6;

/// How likely one is that is told outright.
const SURE: f32 = 0.8;

/// How likely a derivation is taken to be, as evidence.
const SCORE: f32 = 0.6;

/// The likeliest derivation that gives the claimed value, if it is likely enough.
pub(super) fn find(case: Case) -> Option<Derived> {
    settled(case, likeliest(case).as_ref())
}

/// The same, where the likeliest is known.
pub(super) fn settled(case: Case, likeliest: Option<&Derived>) -> Option<Derived> {
    // A headline has too few words to ask for a sum.
    likeliest.filter(|d| d.likely >= ENOUGH && !case.is_headline()).cloned().or_else(|| {
        let mut statements = case.found.of_sentence(case.claimed.place().sentence);
        statements.find_map(|(_, s)| years::years(case, s).or_else(|| spans::between(case, s)))
    })
}

/// The likeliest derivation that gives the claimed value, however unlikely.
pub(super) fn likeliest(case: Case) -> Option<Derived> {
    best(case, Taken::AsTold)
}

/// As what a figure of the coverage is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    AsTold,
    /// As so many points between two shares, though percent are told.
    AsPoints,
}

fn best(case: Case, taken: Taken) -> Option<Derived> {
    let statements = case.found.of_sentence(case.claimed.place().sentence);
    let best = statements.filter_map(|(number, s)| {
        let all = outcomes(case, number, s, taken).into_iter();
        let all = all.map(|(features, d)| Derived { likely: logistic(&features, &case.settings().derived), ..d });
        let found = all.max_by(|a, b| a.likely.total_cmp(&b.likely))?;
        Some(found).filter(|d| !case.found.is_loose(number) || d.likely >= PLENTY)
    });
    best.max_by(|a, b| a.likely.total_cmp(&b.likely))
}

/// What gives the claimed value from the figures of a statement: what speaks for it, and what it is.
pub(super) fn weighed(case: Case, number: usize, statement: &Statement) -> Vec<([f32; DERIVED], Derived)> {
    outcomes(case, number, statement, Taken::AsTold)
}

fn outcomes(case: Case, number: usize, statement: &Statement, taken: Taken) -> Vec<([f32; DERIVED], Derived)> {
    if is_small_time(case.ours()) {
        return Vec::new();
    }
    let terms = terms::of_statement(statement);
    let asked = Asked::of(case);
    let claimed = match taken {
        Taken::AsTold => terms::claimed(case, &terms),
        Taken::AsPoints => terms::as_points(case, &terms),
    };
    let mut outcomes: Vec<search::Outcome> =
        claimed.into_iter().flat_map(|claimed| search::outcomes(claimed, &terms, statement, asked)).collect();
    if taken == Taken::AsPoints {
        outcomes.retain(|o| o.operation == search::Operation::Difference && o.exact);
    }
    if outcomes.is_empty() {
        return Vec::new();
    }
    let told = weigh::told_near(case, number);
    let others = outcomes.len() - 1;
    let scene = Weighed { case, statement, terms: &terms, asked, told: &told, others, found: RefCell::default() };
    let item = |t: &terms::Term| statement_item(statement, &statement.extraction.figures[t.index], SCORE);
    let derived = |o: &search::Outcome| Derived {
        computation: o.text.clone(),
        evidence: o.terms.iter().map(item).collect(),
        likely: 0.0,
        turned: scene.is_turned(o),
        compared: scene.is_compared(o),
    };
    outcomes.iter().map(|o| (scene.features(o), derived(o))).collect()
}

/// A length of time of a few days or hours is too easily found by chance.
fn is_small_time(figure: &Figure) -> bool {
    figure.kind == FigureKind::Duration && figure.value.is_some_and(|v| v <= Decimal::ONE)
}

/// Whether a computed value is what the coverage says, as far as it says it.
fn gives(ours: &Figure, value: Decimal) -> bool {
    let computed = Figure {
        value: Some(value),
        unit: ours.unit.clone(),
        ..Figure::new(ours.kind, Span::default(), Span::default())
    };
    compare(ours, &computed, Decimal::ONE).is_some_and(|c| c.agrees)
}

/// How many times something is meant: 2 of `twice`, 3 of `three times`.
pub(super) fn multiple(figure: &Figure) -> Option<Decimal> {
    let value = figure.value.filter(|v| figure.high.is_none() && *v > Decimal::ONE)?;
    let times = figure.kind == FigureKind::Number && figure.noun_lemma.as_deref() == Some("time");
    (figure.kind == FigureKind::Ratio || times).then_some(value)
}

/// Whether a ratio is told by a multiple: `twice` of 1.95 to 2.05, `almost twice` of a tenth around, `more than twice` of what
/// lies above it, and nearer than the next.
pub(super) fn as_multiple(ours: &Figure, times: Decimal, ratio: Decimal) -> bool {
    let off = ratio - times;
    let part = |percent: i64| times * Decimal::new(percent, 2);
    match ours.op {
        Op::Equal => off.abs() <= part(3),
        Op::About | Op::Range => off.abs() <= part(10),
        Op::More | Op::AtLeast => off >= Decimal::ZERO && off < part(25).max(Decimal::ONE),
        Op::Less | Op::AtMost => off <= Decimal::ZERO && off.abs() <= part(15),
    }
}
