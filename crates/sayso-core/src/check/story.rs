//! How likely a figure of a story and one of a statement are of the same thing: logistic regression over how far what is said of
//! them goes together (`align`), what differs slot by slot (`slots`), and the values' kinds. The weights are in
//! `language/en/story_weights.tsv`, fitted by `training/check.py`.

use super::Relation;
use super::compare::scale_slip;
use super::fit::is_same_noun;
use super::likeness::{Claimed, feature};
use super::pairs::{Pair, digits};
use super::slots::{SlotName, SlotState};
use crate::extract::FigureKind;
use rust_decimal::prelude::ToPrimitive;

/// What is compared, in the order of the weights.
pub(super) const NAMES: [&str; 46] = [
    "one", "cover", "share", "lead", "lost", "back", "taken", "noun", "bare", "cross", "digits", "often", "anchor",
    "change", "likely", "shared", "subject", "place", "base", "period", "kind", "direction", "polarity", "bound",
    "hedge", "same-subject", "same-direction", "same-kind", "same-period", "same-polarity", "foreign", "rounded",
    "bound-dropped", "hedge-dropped", "within-bound", "ordinal", "date", "duration", "percent", "money", "ratio",
    "slip", "unit", "age", "explained", "lead-agrees",
];

/// The features of a pair of a story. Each from about -1 to 1.
pub(super) fn features(claimed: Claimed, pair: &Pair) -> [f32; NAMES.len()] {
    let (ours, theirs) = (claimed.get(), pair.theirs());
    let slots = pair.slots(claimed);
    let different = |name: SlotName| {
        let found = slots.0.iter().find(|s| s.name == name && s.state == SlotState::Different);
        found.map_or(0.0, |s| s.sure)
    };
    let same = |name: SlotName| f32::from(slots.0.iter().any(|s| s.name == name && s.state == SlotState::Same));
    let relation = |r: Relation| f32::from(pair.comparison.agrees && pair.comparison.relation == r);
    let kind = |k: FigureKind| f32::from(ours.kind == k);
    let facts = claimed.facts;
    let near = facts.frames[claimed.figure].near.iter().filter(|n| n.close >= 0.1 && n.share >= 0.8);
    let names = near.map(|n| &facts.words[n.word as usize]).filter(|w| w.name);
    let foreign = names.into_iter().any(|w| !pair.statement.facts.places.contains_key(&w.stem));
    let ratio = match (ours.value.and_then(|v| v.to_f64()), theirs.value.and_then(|v| v.to_f64())) {
        (Some(a), Some(b)) if a > 0.0 && b > 0.0 => ((a / b).ln().abs().min(3.0) / 3.0) as f32,
        _ => 0.5,
    };
    let a = pair.alignment;
    let f = &pair.features;
    let likely = pair.likely.clamp(0.01, 0.99);
    [
        1.0,
        a.cover,
        a.share,
        pair.lead,
        a.lost,
        a.back,
        pair.taken,
        is_same_noun(claimed, pair),
        f32::from(ours.noun.is_none()),
        f[feature::CROSS],
        (digits(ours).saturating_sub(1) as f32 / 2.0).min(1.0),
        f[feature::OFTEN],
        f[feature::ANCHOR].min(1.0),
        f[feature::CHANGE],
        (likely / (1.0 - likely)).ln() / 4.0,
        f[feature::SHARED],
        different(SlotName::Subject),
        different(SlotName::Place),
        different(SlotName::Base),
        different(SlotName::Period),
        different(SlotName::Kind),
        different(SlotName::Direction),
        different(SlotName::Polarity),
        different(SlotName::Bound),
        different(SlotName::Hedge),
        same(SlotName::Subject),
        same(SlotName::Direction),
        same(SlotName::Kind),
        same(SlotName::Period),
        same(SlotName::Polarity),
        f32::from(foreign),
        relation(Relation::Rounded),
        relation(Relation::BoundDropped),
        relation(Relation::HedgeDropped),
        relation(Relation::WithinBound),
        kind(FigureKind::Ordinal),
        kind(FigureKind::Date),
        kind(FigureKind::Duration),
        kind(FigureKind::Percent),
        kind(FigureKind::Money),
        ratio,
        f32::from(scale_slip(ours, theirs).is_some()),
        f32::from(pair.comparison.relation == Relation::UnitDiffers),
        kind(FigureKind::Age),
        f32::from(pair.explained),
        if pair.comparison.agrees { pair.lead } else { 0.0 },
    ]
}
