//! Contradictions that are taken back: where the page does not name the statement, another value may be of another time, may
//! lie within the same bound, or may be of another thing after all.

use super::Case;
use crate::check::pairs::Pair;
use crate::check::slots::{SlotName, SlotState};
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::check::candidates::Choice;
use crate::extract::{Confidence, Op};

/// So many days a number holds, unless both sides say of when it is: what is counted is counted anew.
const HOLDS: i32 = 45;

/// Takes back a contradiction that does not hold against a statement that the page does not name.
pub(super) fn settle(case: Case, check: &mut Check) {
    if check.verdict != Verdict::Contradicted || case.found.choice == Choice::Named {
        return;
    }
    let Some(pair) = against(case, check) else { return };
    // The same digits in another unit are a slip of the pen at any time.
    let slip = check.relation == Some(Relation::UnitDiffers);
    let later = !slip && is_of_another_time(case, check, pair);
    if later || are_bounds_of_one_side(case, pair) || check.confidence == Confidence::Low {
        check.verdict = Verdict::NotEnoughEvidence;
        check.relation = None;
        if later {
            check.because.push(CheckReason::OtherPeriod);
        }
    }
}

/// The figure that the coverage is held against.
fn against<'c, 'a>(case: Case<'c, 'a>, check: &Check) -> Option<&'c Pair<'a>> {
    let item = check.evidence.first()?;
    case.pairs().iter().find(|pair| pair.statement.document.id == item.doc && Some(pair.theirs().span) == item.span)
}

/// Whether the two texts are weeks apart, and do not both say of when the number is.
fn is_of_another_time(case: Case, check: &Check, pair: &Pair) -> bool {
    let same_period = check.slots.iter().any(|slot| slot.name == SlotName::Period && slot.state == SlotState::Same);
    let days = case.document.day().zip(pair.statement.document.day());
    let apart = days.and_then(|(ours, theirs)| ours.since(theirs).ok()).map_or(0, |span| span.get_days().abs());
    !same_period && apart > HOLDS
}

/// Whether both are bounds on the same side: `more than 20` holds where `more than 26` does.
fn are_bounds_of_one_side(case: Case, pair: &Pair) -> bool {
    let below = |op: Op| matches!(op, Op::More | Op::AtLeast);
    let above = |op: Op| matches!(op, Op::Less | Op::AtMost);
    let (ours, theirs) = (case.ours().op, pair.theirs().op);
    below(ours) && below(theirs) || above(ours) && above(theirs)
}
