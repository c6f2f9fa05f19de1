//! How sure a verdict is. The limits were set on the development set: see `MODELS.md` for how often each level was right.

use crate::check::Relation;
use crate::check::derived::PLENTY;
use crate::check::features::feature;
use crate::check::pairs::Pair;
use crate::check::slots::Slots;
use crate::extract::Confidence;

/// Of a headline that is *supported*: the same value of the same noun is surer than a rounded one.
pub(super) fn of_support(pair: &Pair) -> Confidence {
    const LIKELY: f32 = 0.8;
    let told = pair.features[feature::NOUN] > 0.0;
    let exact = pair.comparison.relation == Relation::Equal;
    match (told, exact, pair.likely >= LIKELY) {
        (true, true, _) | (true, _, true) => Confidence::High,
        (true, ..) | (_, true, true) => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// Of a story that is *supported*: by how likely the same thing is meant.
pub(super) fn of_same(likely: f32) -> Confidence {
    level(likely, 0.85, 0.72)
}

/// Of what is *supported* by a statement that the page does not name.
pub(super) fn of_found(likely: f32) -> Confidence {
    level(likely, 0.85, 0.7)
}

/// Of what is reached by arithmetic.
pub(super) fn of_derivation(weight: f32) -> Confidence {
    level(weight, 0.72, PLENTY)
}

/// Of what a slot decides.
pub(super) fn of_slot(slots: &Slots) -> Confidence {
    level(slots.different().map_or(0.0, |slot| slot.sure), 0.7, 0.45)
}

/// Of the same number that is said of something else.
pub(super) fn of_elsewhere(likely: f32) -> Confidence {
    level(likely, 0.8, 0.5)
}

/// Of another value: by how likely, or how far in the same words, the same thing is meant.
pub(super) fn of_other_value(weight: f32) -> Confidence {
    level(weight, 0.75, 0.55)
}

fn level(weight: f32, high: f32, medium: f32) -> Confidence {
    match () {
        () if weight >= high => Confidence::High,
        () if weight >= medium => Confidence::Medium,
        () => Confidence::Low,
    }
}
