//! Shares that the coverage gives beside their parts and wholes.

use super::{Derived, SURE, gives};
use crate::check::compare::{is_fraction, short};
use crate::check::facts::Facts;
use crate::check::{Check, Verdict};
use crate::extract::{Extraction, Figure, FigureKind};
use rust_decimal::Decimal;

/// A share that the coverage gives beside its part and its whole, both of which are supported: `9,000 of the 13,500 jobs, or
/// two-thirds`. `checks` are those of all figures, in their order.
pub(in crate::check) fn of_supported(
    checks: &[Check],
    extraction: &Extraction,
    facts: &Facts,
    index: usize,
) -> Option<Derived> {
    use FigureKind::{Money, Number, Percent, Quantity};
    const MOST: usize = 8;
    let figures = &extraction.figures;
    let ours = &figures[index];
    if checks[index].verdict != Verdict::NotEnoughEvidence
        || !(is_fraction(ours) || ours.kind == Percent)
        || ours.change.is_some()
    {
        return None;
    }
    let sentence = facts.figures[index].sentence;
    let from = facts.figures.partition_point(|p| p.sentence < sentence);
    let stated = |i: &usize| {
        let counts = matches!(figures[*i].kind, Number | Money | Quantity) && !is_fraction(&figures[*i]);
        counts
            && figures[*i].high.is_none()
            && checks[*i].verdict == Verdict::Supported
            && !checks[*i].evidence.is_empty()
    };
    let own: Vec<usize> = (from..index).filter(stated).take(MOST).collect();
    // The whole may leave out what the part is counted in: `seven kilometres out of 19`.
    let alike = |a: &Figure, b: &Figure| match (a.kind == b.kind, b.kind) {
        (true, Number) => a.noun_lemma == b.noun_lemma || b.noun.is_none(),
        (true, _) => a.unit == b.unit,
        (false, _) => b.kind == Number && b.noun.is_none(),
    };
    own.iter().zip(own.iter().skip(1)).find_map(|(a, b)| {
        let (part, whole) = (&figures[*a], &figures[*b]);
        let found = share(ours, part.value?, whole.value?).filter(|s| alike(part, whole) && gives(ours, s.value))?;
        let evidence = [*a, *b].iter().flat_map(|i| checks[*i].evidence.first().cloned()).collect();
        Some(Derived { computation: found.text, evidence, likely: SURE, turned: false, compared: false })
    })
}

/// A part over its whole, as the coverage gives shares: in a hundred, or of one.
fn share(ours: &Figure, part: Decimal, whole: Decimal) -> Option<Sum> {
    if part >= whole || whole < Decimal::from(5) || part.is_sign_negative() {
        return None;
    }
    let quotient = part.checked_div(whole)?;
    match ours.kind {
        FigureKind::Percent => {
            let percent = quotient.checked_mul(Decimal::ONE_HUNDRED)?;
            let text = format!("{} / {} = {}%", part.normalize(), whole.normalize(), short(percent.round_dp(2)));
            Some(Sum { text, value: percent })
        }
        _ if is_fraction(ours) => Some(Sum {
            text: format!("{} / {} = {}", part.normalize(), whole.normalize(), short(quotient)),
            value: quotient,
        }),
        _ => None,
    }
}

/// What two values give.
struct Sum {
    text: String,
    value: Decimal,
}
