//! How likely a figure of a story and one of a statement are of the same thing: logistic regression over how far what is said of
//! them goes together (`align`), what differs slot by slot (`slots`), and the values' kinds. The weights are in
//! `language/en/story_weights.tsv`, fitted by `training/check.py`.

use super::Relation;
use super::compare::scale_slip;
use super::facts::Facts;
use super::fit::is_same_noun;
use super::frame::{Fact, Frame, Move, Near, tables};
use super::likeness::{Claimed, feature};
use super::pairs::{Pair, digits};
use super::slots::{SlotName, SlotState, is_open};
use crate::extract::clause::Tense;
use crate::extract::{FigureKind, Op};
use rust_decimal::prelude::ToPrimitive;

/// What is compared, in the order of the weights.
pub(super) const NAMES: [&str; 64] = [
    "one", "cover", "share", "lead", "lost", "back", "taken", "noun", "bare", "cross", "digits", "often", "anchor",
    "change", "likely", "shared", "subject", "place", "base", "period", "kind", "direction", "polarity", "bound",
    "hedge", "same-subject", "same-direction", "same-kind", "same-period", "same-polarity", "foreign", "rounded",
    "bound-dropped", "hedge-dropped", "within-bound", "ordinal", "date", "duration", "percent", "money", "ratio",
    "slip", "unit", "age", "explained", "lead-agrees", "swapped", "own", "denied", "denied-ours", "denying", "open",
    "open-ours", "stage", "earlier", "earlier-ours", "done", "to-come", "turned", "excluded", "floor-ceiling", "bounded",
    "bounded-ours", "exact",
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
    let (here, there) = (&facts.frames[claimed.figure], &pair.statement.facts.frames[pair.figure]);
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
        a.swapped,
        a.own,
        (there.denied.close - here.denied.close).max(0.0),
        (here.denied.close - there.denied.close).max(0.0),
        f32::from(there.denying) - f32::from(here.denying),
        (open(there) - open(here)).max(0.0),
        (open(here) - open(there)).max(0.0),
        stages(here, there),
        (there.earlier.close - here.earlier.close).max(0.0),
        (here.earlier.close - there.earlier.close).max(0.0),
        f32::from(here.tense == Tense::Past && there.tense == Tense::Future),
        f32::from(here.tense == Tense::Future && there.tense == Tense::Past),
        turned(here, there),
        excluded(claimed, pair),
        f32::from(floor(ours.op) && ceiling(theirs.op) || ceiling(ours.op) && floor(theirs.op)),
        f32::from(ours.op == Op::Equal && (floor(theirs.op) || ceiling(theirs.op))),
        f32::from(theirs.op == Op::Equal && (floor(ours.op) || ceiling(ours.op))),
        f32::from(here.exact && theirs.op != Op::Equal),
    ]
}

fn floor(op: Op) -> bool {
    matches!(op, Op::More | Op::AtLeast)
}

fn ceiling(op: Op) -> bool {
    matches!(op, Op::Less | Op::AtMost)
}

/// How close a word stands by which the figure is not (yet) so.
fn open(frame: &Frame) -> f32 {
    frame.facts.iter().filter(|f| is_open(f.stage.name())).map(|f| f.close).fold(0.0, f32::max)
}

/// How close two stages of one family stand, neither of which the other side tells.
fn stages(here: &Frame, there: &Frame) -> f32 {
    let tells = |frame: &Frame, fact: &Fact| frame.facts.iter().any(|f| f.family == fact.family && f.stage == fact.stage);
    let pairs = here.facts.iter().flat_map(|a| there.facts.iter().map(move |b| (a, b)));
    let apart = pairs.filter(|(a, b)| a.family == b.family && a.stage != b.stage && !tells(here, b) && !tells(there, a));
    apart.map(|(a, b)| a.close.min(b.close)).fold(0.0, f32::max)
}

/// How close opposite moves stand.
fn turned(here: &Frame, there: &Frame) -> f32 {
    let turned = Move::ALL.into_iter().map(|way| {
        let other = way.opposite();
        (here.moves(way) - here.moves(other)).max(0.0).min((there.moves(other) - there.moves(way)).max(0.0))
    });
    turned.fold(0.0, f32::max)
}

/// How close words stand that exclude one another by the table.
fn excluded(claimed: Claimed, pair: &Pair) -> f32 {
    let (ours, theirs) = (claimed.facts, &pair.statement.facts);
    let (here, there) = (&ours.frames[claimed.figure].near, &theirs.frames[pair.figure].near);
    let base = |facts: &Facts, near: &Near| facts.words[near.word as usize].base;
    let has = |facts: &Facts, list: &[Near], word: u64| list.iter().any(|n| n.share >= 0.7 && base(facts, n) == word);
    let mut most = 0.0f32;
    for a in here.iter().filter(|n| n.share >= 0.7) {
        for b in there.iter().filter(|n| n.share >= 0.7) {
            let (x, y) = (base(ours, a), base(theirs, b));
            if tables::exclude(x, y) && !has(theirs, there, x) && !has(ours, here, y) {
                most = most.max((a.close + 0.2).min(1.0) * (b.close + 0.2).min(1.0));
            }
        }
    }
    most
}
