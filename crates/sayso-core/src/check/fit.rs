//! Which figures can speak of the same thing, by kind and unit. Values play no part here.

use super::compare::{is_fraction, is_points};
use super::marks::{self, Mark};
use crate::extract::{Figure, FigureKind};
use crate::language;
use rust_decimal::Decimal;

/// How two figures go together by kind and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The same kind, and unit if they have one.
    Same,
    /// A bare number that may be anything.
    Bare,
    /// Kinds that can stand for one another (an age and a number of years, a rank and a number).
    Cross,
}

/// How two figures go together, and the factor that brings the second into the unit of the first. None where they
/// cannot speak of the same thing.
pub(super) fn fit(ours: &Figure, theirs: &Figure) -> Option<(Fit, Decimal)> {
    use FigureKind::*;
    let one = |fit| Some((fit, Decimal::ONE));
    // `Eight in ten` and `79 percent`.
    match (is_fraction(ours), is_fraction(theirs)) {
        (true, false) if theirs.kind == Percent => return Some((Fit::Cross, Decimal::new(1, 2))),
        (false, true) if ours.kind == Percent => return Some((Fit::Cross, Decimal::ONE_HUNDRED)),
        (true, true) => return one(if ours.kind == theirs.kind { Fit::Same } else { Fit::Cross }),
        _ => {}
    }
    match (ours.kind, theirs.kind) {
        (Money, Money) => one(if same_or_unknown(ours, theirs) { Fit::Same } else { Fit::Cross }),
        (Percent, Percent) if ours.unit == theirs.unit => one(Fit::Same),
        (Percent, Percent) => one(Fit::Cross),
        // `21 points` of a share may be meant as percentage points.
        (Percent, Number) if is_points(theirs) => one(Fit::Cross),
        (Number, Percent) if is_points(ours) => one(Fit::Cross),
        (Quantity | Duration | Age, Quantity | Duration | Age) => {
            let factor = convert(ours, theirs)?;
            Some((if ours.kind == theirs.kind { Fit::Same } else { Fit::Cross }, factor))
        }
        (Quantity, Number) | (Number, Quantity) if convert(ours, theirs).is_some() => {
            convert(ours, theirs).map(|factor| (Fit::Same, factor))
        }
        (Date, Date) | (Time, Time) | (Ratio, Ratio) | (Ordinal, Ordinal) => one(Fit::Same),
        (Number, Number) => one(if ours.noun.is_none() { Fit::Bare } else { Fit::Same }),
        (Number, Ordinal) | (Ordinal, Number) => one(Fit::Cross),
        (Number, Age) if ours.noun.is_none() => one(Fit::Cross),
        (Age, Number) if theirs.noun.is_none() => one(Fit::Cross),
        (Number, Date) | (Date, Number) => one(Fit::Cross),
        (Duration, Ordinal) | (Ordinal, Duration) => anniversary(ours, theirs).then_some((Fit::Cross, Decimal::ONE)),
        (Number, Quantity | Duration | Money | Percent | Ratio) if ours.noun.is_none() => one(Fit::Cross),
        (Quantity | Duration, Number) if theirs.noun.is_none() => one(Fit::Cross),
        _ => None,
    }
}

/// Whether one is an ordinal of years and the other a number of years: `three years after` and `the third anniversary`.
fn anniversary(ours: &Figure, theirs: &Figure) -> bool {
    let yearly = |f: &Figure| f.kind == FigureKind::Ordinal && marks::lemma_is(f.noun_lemma.as_deref(), Mark::Yearly);
    let years = |f: &Figure| f.kind == FigureKind::Duration && f.unit.as_deref() == Some("a");
    yearly(ours) && years(theirs) || years(ours) && yearly(theirs)
}

fn same_or_unknown(ours: &Figure, theirs: &Figure) -> bool {
    ours.unit.is_none() || theirs.unit.is_none() || ours.unit == theirs.unit
}

/// The factor from the unit of `theirs` to that of `ours`, where they measure the same thing. Temperatures have no
/// factor and are only compared within one scale.
fn convert(ours: &Figure, theirs: &Figure) -> Option<Decimal> {
    let units = &language::compared().lexicon.units;
    let code = |f: &'_ Figure| match (f.unit.as_deref(), f.kind, f.noun_lemma.as_deref()) {
        (None, FigureKind::Age, _) => Some("a".to_owned()),
        // `Seven of the 19 kilometres`
        (None, FigureKind::Number, Some(noun)) => {
            units.word(noun).filter(|(len, _)| *len == noun.len()).map(|(_, unit)| unit.code.to_owned())
        }
        (unit, ..) => unit.map(str::to_owned),
    };
    let (ours, theirs) = (code(ours)?, code(theirs)?);
    if ours == theirs {
        return Some(Decimal::ONE);
    }
    let (ours, theirs) = (units.code(&ours)?, units.code(&theirs)?);
    if ours.dimension != theirs.dimension || matches!(ours.dimension, "temperature" | "money") {
        return None;
    }
    theirs.factor.checked_div(ours.factor)
}
