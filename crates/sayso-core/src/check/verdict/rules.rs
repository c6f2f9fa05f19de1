//! What follows from the values and the slots: the one table of verdicts, the same as in `docs/verdicts.md`.

use crate::check::slots::{SlotName, SlotState, Slots};
use crate::check::{Relation, Verdict};

/// How two values stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// The coverage's value is stated: equal, rounded, within a bound, converted, or reached by arithmetic.
    Agree(Relation),
    /// It cannot be reconciled with what is stated.
    Differ(Relation),
}

/// The verdict and its relation.
///
/// | values | slots | verdict | relation |
/// |---|---|---|---|
/// | agree | none differs | supported | how they agree |
/// | agree | direction differs, all else does not | contradicted | direction-differs |
/// | agree | denied, or refused; at most the kind of fact differs, too | contradicted | negated |
/// | agree | bounded the other way round | contradicted | differs |
/// | agree | exact, where the source says about | not-enough-evidence | hedge-dropped |
/// | agree | another subject, place, period, base or kind of fact | not-enough-evidence | other-… |
/// | differ | none differs | contradicted | differs, unit-differs |
/// | differ | any differs | not-enough-evidence | none |
pub(super) fn verdict(values: Values, slots: &Slots) -> (Verdict, Option<Relation>) {
    use Relation::*;
    use Verdict::*;
    let Some(slot) = slots.different() else {
        return match values {
            Values::Agree(relation) => (Supported, Some(relation)),
            Values::Differ(relation) => (Contradicted, Some(relation)),
        };
    };
    if let Values::Differ(_) = values {
        return (NotEnoughEvidence, None);
    }
    let alone = slots.0.iter().filter(|s| s.state == SlotState::Different).count() == 1;
    // What was sought and expressly not given is denied.
    let beside_kind = slots
        .0
        .iter()
        .all(|s| s.state != SlotState::Different || matches!(s.name, SlotName::Polarity | SlotName::Kind));
    let denied =
        slots.0.iter().any(|s| s.state == SlotState::Different && s.name == SlotName::Polarity && s.sure >= DENIED);
    match slot.name {
        SlotName::Kind if denied && beside_kind => (Contradicted, Some(Negated)),
        SlotName::Direction if alone && slot.sure >= SURE => (Contradicted, Some(DirectionDiffers)),
        SlotName::Direction => (NotEnoughEvidence, Some(DirectionDiffers)),
        SlotName::Polarity if (alone || beside_kind) && slot.sure >= DENIED => (Contradicted, Some(Negated)),
        SlotName::Polarity => (NotEnoughEvidence, Some(Negated)),
        SlotName::Bound if alone => (Contradicted, Some(Differs)),
        SlotName::Bound => (NotEnoughEvidence, Some(Differs)),
        SlotName::Hedge => (NotEnoughEvidence, Some(HedgeDropped)),
        SlotName::Subject => (NotEnoughEvidence, Some(OtherSubject)),
        SlotName::Place => (NotEnoughEvidence, Some(OtherPlace)),
        SlotName::Period => (NotEnoughEvidence, Some(OtherPeriod)),
        SlotName::Base => (NotEnoughEvidence, Some(OtherBase)),
        SlotName::Kind => (NotEnoughEvidence, Some(OtherKind)),
    }
}

/// How surely something must have moved the other way to be a contradiction.
const SURE: f32 = 0.4;
/// How surely it must be denied.
const DENIED: f32 = 0.42;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::slots::Slot;

    fn slots(names: &[(SlotName, f32)]) -> Slots {
        let slot = |(name, sure): &(SlotName, f32)| Slot {
            name: *name,
            state: SlotState::Different,
            ours: None,
            theirs: None,
            sure: *sure,
        };
        Slots(names.iter().map(slot).collect())
    }

    #[test]
    fn the_verdict_follows_from_the_slots() {
        use Relation::*;
        use Verdict::*;
        let agree = Values::Agree(Equal);
        for (values, names, verdict_, relation) in [
            (agree, &[][..], Supported, Some(Equal)),
            (agree, &[(SlotName::Direction, 0.8)], Contradicted, Some(DirectionDiffers)),
            (agree, &[(SlotName::Direction, 0.8), (SlotName::Place, 0.9)], NotEnoughEvidence, Some(OtherPlace)),
            (agree, &[(SlotName::Polarity, 0.9)], Contradicted, Some(Negated)),
            (agree, &[(SlotName::Kind, 0.9)], NotEnoughEvidence, Some(OtherKind)),
            (agree, &[(SlotName::Hedge, 0.9)], NotEnoughEvidence, Some(HedgeDropped)),
            (Values::Differ(Differs), &[], Contradicted, Some(Differs)),
            (Values::Differ(Differs), &[(SlotName::Period, 0.9)], NotEnoughEvidence, None),
        ] {
            assert_eq!(verdict(values, &slots(names)), (verdict_, relation), "{values:?} {names:?}");
        }
    }
}
