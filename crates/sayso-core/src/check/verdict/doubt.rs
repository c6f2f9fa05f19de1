//! Contradictions that are taken back: another value may be of another time, may lie within the same bound, or, where the page
//! does not name the statement, may be of another thing after all.

use crate::check::candidates::{Choice, days_after};
use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::pairs::Pair;
use crate::check::slots::{SlotName, SlotState};
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::extract::{Confidence, FigureKind, Op};

/// So many days a number holds, unless both sides say of when it is: what is counted is counted anew.
const HOLDS: i32 = 45;

/// Takes back a contradiction that does not hold.
pub(super) fn settle(case: Case, check: &mut Check) {
    if check.verdict != Verdict::Contradicted {
        return;
    }
    let Some(pair) = case.cited(check) else { return };
    // The same digits in another unit are a slip of the pen at any time.
    let slip = check.relation == Some(Relation::UnitDiffers);
    let later = !slip && is_of_another_time(case, check, pair);
    let unsure = check.confidence == Confidence::Low && case.found.choice != Choice::Named;
    if later || unsure || is_loose(case, pair, slip) || !slip && are_lower_bounds(case, pair) {
        check.verdict = Verdict::NotEnoughEvidence;
        check.relation = None;
        if later {
            check.because.push(CheckReason::OtherPeriod);
        }
    }
}

/// Whether the two texts are weeks apart, and do not both say of when the number is.
fn is_of_another_time(case: Case, check: &Check, pair: &Pair) -> bool {
    let same_period = check.slots.iter().any(|slot| slot.name == SlotName::Period && slot.state == SlotState::Same);
    let days = days_after(case.document.day(), pair.statement.document.day());
    !same_period && days.is_some_and(|days| days.abs() > HOLDS)
}

/// Whether the two are ranks, of which texts name many, or small lengths of time in two units (`a week`, `a day`).
fn is_loose(case: Case, pair: &Pair, slip: bool) -> bool {
    const DIGITS: usize = 2;
    let ours = case.ours();
    let is = |kind: FigureKind| ours.kind == kind || pair.theirs().kind == kind;
    is(FigureKind::Ordinal) || slip && is(FigureKind::Duration) && digits(ours) < DIGITS
}

/// Whether both are lower bounds: `more than 20` holds where `more than 26` does.
fn are_lower_bounds(case: Case, pair: &Pair) -> bool {
    let below = |op: Op| matches!(op, Op::More | Op::AtLeast);
    below(case.ours().op) && below(pair.theirs().op)
}
