//! How likely a figure of a story and one of a statement are of the same thing: logistic regression over how far what is said of
//! them goes together (`align`), and what parts them (`slots`, `apart`). The weights are in [`Settings`], fitted by
//! `training/story.py` on `check_pairs`.

use super::compare::{digits, scale_slip};
pub(super) use super::counterpart::is_foreign;
use super::counterpart::{self, Odds, is_same_noun, listed};
use super::facts::{Facts, Place};
use super::features::{OTHER, SAME, SAME_NAMES, feature};
use super::framed::Framed;
use super::marks::{self, Mark};
use super::pairs::Pair;
use super::slips;
use super::slots::{Slot, SlotName, SlotState, Slots};
use super::{Relation, Settings};
use crate::extract::{Figure, FigureKind};
use rust_decimal::prelude::ToPrimitive;

fn different(slots: &Slots, name: SlotName) -> f32 {
    let found = slots.0.iter().find(|s| s.name == name && s.state == SlotState::Different);
    found.map_or(0.0, |s| s.sure)
}

fn same(slots: &Slots, name: SlotName) -> f32 {
    f32::from(slots.0.iter().any(|s| s.name == name && s.state == SlotState::Same))
}

/// How surely it is of somebody or something else, elsewhere, or of another whole.
fn other(slots: &Slots) -> f32 {
    [SlotName::Subject, SlotName::Place, SlotName::Base].iter().map(|name| different(slots, *name)).fold(0.0, f32::max)
}

/// How likely something is, as a logarithm, from about -1 to 1.
pub(super) fn logit(p: f32) -> f32 {
    const MOST: f32 = 6.0;
    (p / (1.0 - p + 1e-9) + 1e-9).ln().clamp(-MOST, MOST) / 4.0
}

/// The features of a pair whose values agree, each from about -1 to 1. How likely it is the counterpart whatever the values (`odds`) is
/// asked, too, where it is known.
pub(super) fn same_features(claimed: Framed, pair: &Pair, odds: Option<&Odds>) -> [f32; SAME] {
    let (slots, apart) = pair.side_by_side(claimed);
    let relation = |r: Relation| f32::from(pair.comparison.agrees && pair.comparison.relation == r);
    let a = pair.alignment;
    [
        1.0,
        a.cover,
        a.share,
        pair.lead,
        a.lost,
        a.back,
        pair.taken,
        is_same_noun(claimed, pair),
        pair.features[feature::ANCHOR].min(1.0),
        f32::from(claimed.figure().kind == FigureKind::Ordinal),
        different(slots, SlotName::Period),
        different(slots, SlotName::Polarity).max(apart.denied),
        apart.denying,
        different(slots, SlotName::Kind).max(apart.open),
        apart.stage,
        apart.done,
        apart.to_come,
        apart.open_ours,
        different(slots, SlotName::Direction).max(apart.turned),
        other(slots).max(apart.excluded * 0.6),
        a.swapped,
        different(slots, SlotName::Bound),
        different(slots, SlotName::Hedge),
        apart.bounded,
        apart.bounded_ours,
        same(slots, SlotName::Direction),
        relation(Relation::Rounded),
        relation(Relation::WithinBound),
        (digits(claimed.figure()).min(4) as f32 - 1.0) / 3.0,
        pair.features[feature::CROSS],
        odds.map_or(0.0, |o| logit(o.likely)),
        odds.map_or(0.0, |o| o.score.clamp(-6.0, 6.0) / 4.0),
        odds.map_or(0.0, |o| counterpart::lead(o.likely, o.other).clamp(-4.0, 4.0) / 4.0),
        odds.map_or(0.0, |o| o.other),
        odds.map_or(0.0, |o| o.none),
    ]
}

/// What else the statements say of the value of a figure: how far the best figure with that value is told in the same words;
/// whether it stands there, and not by chance; and how much speaks for its following from others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TellsElse {
    pub covered: f32,
    pub stands: f32,
    pub derivable: f32,
}

/// The features of a pair whose values do not agree: how likely it is the counterpart of the coverage's figure by all but its value
/// (`odds`), how the values differ, and what else the statements say of the coverage's value (`tells_else`).
pub(super) fn other_features(claimed: Framed, pair: &Pair, odds: &Odds, tells_else: TellsElse) -> [f32; OTHER] {
    let (ours, theirs) = (claimed.figure(), pair.theirs());
    let (slots, apart) = pair.side_by_side(claimed);
    let ratio = match (ours.value.and_then(|v| v.to_f64()), theirs.value.and_then(|v| v.to_f64())) {
        (Some(a), Some(b)) if a > 0.0 && b > 0.0 => ((a / b).ln().abs().min(3.0) / 3.0) as f32,
        _ => 0.5,
    };
    [
        1.0,
        (digits(ours).saturating_sub(1) as f32 / 2.0).min(1.0),
        ratio,
        f32::from(is_slip(claimed, pair) && pair.comparison.relation != Relation::UnitDiffers),
        f32::from(pair.comparison.relation == Relation::UnitDiffers),
        different(slots, SlotName::Period),
        different(slots, SlotName::Polarity).max(apart.denied).max(apart.denying * 0.5),
        different(slots, SlotName::Direction).max(apart.turned),
        other(slots),
        tells_else.covered,
        f32::from(ours.kind == FigureKind::Date),
        same(slots, SlotName::Direction),
        f32::from(ours.noun.is_none()),
        different(slots, SlotName::Kind).max(apart.open),
        slips::slip_of_pen(ours, theirs),
        slips::slip_of_digit(ours, theirs),
        tells_else.stands,
        tells_else.derivable,
        slips::slip_of_date(ours, theirs),
        f32::from(slips::is_led_alike(claimed, Framed::of(pair.statement, pair.figure))),
        f32::from(is_foreign(claimed, pair.statement)),
        pair.features[feature::CROSS],
        listed(claimed.extraction, claimed.facts, claimed.index),
        (pair.accord_else * 2.0).min(1.0),
        logit(odds.likely),
        odds.score.clamp(-6.0, 6.0) / 4.0,
        odds.lead.clamp(-4.0, 4.0) / 4.0,
        odds.agreeing,
        odds.none,
    ]
}

/// Whether one is how much something changed, or two things lie apart, and the other is a level: `14 fewer` of *47 recalls*,
/// `trails by 470 crowns` of *3,610 crowns*.
fn is_change_of_level(claimed: Framed, pair: &Pair) -> bool {
    let (here, there) = (claimed, Framed::of(pair.statement, pair.figure));
    here.tells_difference() != there.tells_difference()
}

/// Whether the coverage's is an older value, and the statement's is not: `from 81 to 83 percent` of *83 percent*.
fn is_of_earlier_time(claimed: Framed, pair: &Pair) -> bool {
    const OLDER: f32 = 0.45;
    const NOW: f32 = 0.25;
    let earlier = |of: Framed| of.frame().earlier.close;
    earlier(claimed) >= OLDER && earlier(Framed::of(pair.statement, pair.figure)) < NOW
}

/// How likely a figure with an agreeing value is of the same thing.
pub(super) fn is_same(claimed: Framed, pair: &Pair, odds: Option<&Odds>, settings: &Settings) -> f32 {
    logistic(&same_features(claimed, pair, odds), &settings.same)
}

/// The features that tell that something is denied, or not yet so; and that it moved the other way.
pub(super) const DENIAL: &[&str] = &["denied", "denying", "open", "stage"];
pub(super) const TURN: &[&str] = &["turned", "time"];

/// The features that tell that a number is said of something else, by what that is.
pub(super) const fn parting(relation: Relation) -> &'static [&'static str] {
    match relation {
        Relation::OtherPeriod => &["time"],
        Relation::OtherKind => &["open", "stage", "done", "to-come", "open-ours"],
        _ => &["other", "swapped", "lost"],
    }
}

/// The same, where what some features (by name) tell is left out.
pub(super) fn is_same_but(
    claimed: Framed,
    pair: &Pair,
    odds: Option<&Odds>,
    settings: &Settings,
    names: &[&str],
) -> f32 {
    let mut features = same_features(claimed, pair, odds);
    for (feature, name) in features.iter_mut().zip(SAME_NAMES) {
        if names.contains(&name) {
            *feature = 0.0;
        }
    }
    logistic(&features, &settings.same)
}

/// How likely a figure with another value is of the same thing.
pub(super) fn is_other(claimed: Framed, pair: &Pair, odds: &Odds, tells_else: TellsElse, settings: &Settings) -> f32 {
    logistic(&other_features(claimed, pair, odds, tells_else), &settings.other)
}

/// How likely something is by its features and their weights.
pub(super) fn logistic(features: &[f32], weights: &[f32]) -> f32 {
    let sum: f32 = features.iter().zip(weights).map(|(f, w)| f * w).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The pairs of a figure that may say the same: those that state the very value, else those that agree with it in some way.
pub(super) fn agreeing<'p, 'a>(pairs: &'p [Pair<'a>]) -> impl Iterator<Item = &'p Pair<'a>> {
    let exact = |p: &Pair| {
        !matches!(p.comparison.relation, Relation::Rounded | Relation::WithinBound) && p.features[feature::CROSS] <= 0.0
    };
    let any = pairs.iter().any(|p| p.comparison.agrees && exact(p));
    pairs.iter().filter(move |p| p.comparison.agrees && (exact(p) || !any))
}

/// Whether two dates lie near enough to be two tellings of one.
fn of_one_age(ours: &Figure, theirs: &Figure) -> bool {
    const YEARS: i64 = 20;
    let year = |f: &Figure| f.iso.as_deref().and_then(|iso| iso.get(..4)).and_then(|year| year.parse::<i64>().ok());
    match (ours.kind, year(ours), year(theirs)) {
        (FigureKind::Date, Some(a), Some(b)) => (a - b).abs() <= YEARS,
        _ => true,
    }
}

/// Whether a pair may give another value of the same thing.
pub(super) fn may_differ(claimed: Framed, pair: &Pair, odds: &Odds) -> bool {
    /// So likely the counterpart that an older value on one side alone says nothing against it.
    const CLEAR: f32 = 0.5;
    let written = slips::slip_of_pen(claimed.figure(), pair.theirs()) >= 1.0;
    let slip = is_slip(claimed, pair);
    let change = || is_change_of_level(claimed, pair) || odds.likely < CLEAR && is_of_earlier_time(claimed, pair);
    let apart = !slip && !written && (change() || is_part_of_sum(claimed, pair));
    // One bound is another only where it is a slip of the pen for it.
    let bound = written && digits(claimed.figure()) > 2 && pair.comparison.relation == Relation::WithinBound;
    let rival = slip || bound || pair.comparison.relation == Relation::Differs;
    !pair.comparison.agrees
        && !apart
        && !is_told_elsewhere(pair)
        && rival
        && (written || of_one_age(claimed.figure(), pair.theirs()))
}

/// Whether another figure of the coverage tells the value: the very value, or one near it in more of the same words.
fn is_told_elsewhere(pair: &Pair) -> bool {
    pair.told_exactly || pair.told_else && pair.taken > 0.0
}

/// Whether the coverage tells a sum (`€700 in all`), and the statement's may be a part of it.
fn is_part_of_sum(claimed: Framed, pair: &Pair) -> bool {
    let sum = |facts: &Facts, place: Place| {
        marks::beside(facts, place, Mark::Whole, 2, 3) || marks::beside(facts, place, Mark::Entire, 3, 3)
    };
    let there = &pair.statement.facts;
    sum(claimed.facts, claimed.place()) && !sum(there, there.figures[pair.figure])
}

/// The same number of another unit, or the same digits on another scale. Counts must be of one thing: six members are no slip
/// of 6,000 trees.
pub(super) fn is_slip(claimed: Framed, pair: &Pair) -> bool {
    const DIGITS: usize = 2;
    const ALIKE: f32 = 0.2;
    let ours = claimed.figure();
    let scaled = scale_slip(ours, pair.theirs()).is_some() && digits(ours) >= DIGITS;
    let counted = ours.kind != FigureKind::Number || is_same_noun(claimed, pair) >= ALIKE;
    pair.comparison.relation == Relation::UnitDiffers || scaled && counted
}

/// Whether a small number may be the same by chance: it must count or rank the same thing, and an ordinal is no count.
pub(super) fn is_small_chance(claimed: Framed, pair: &Pair) -> bool {
    const SMALL: i64 = 12;
    /// Of ranks the first few.
    const LOW: i64 = 5;
    const ALIKE: f32 = 0.2;
    const COVERED: f32 = 0.35;
    let (ours, theirs) = (claimed.figure(), pair.theirs());
    let ordinal = |f: &Figure| f.kind == FigureKind::Ordinal;
    let most = match ours.kind {
        FigureKind::Number => SMALL,
        FigureKind::Ordinal => LOW,
        _ => 0,
    };
    let small = ours.value.is_some_and(|v| v.is_integer() && v <= most.into());
    let noun = is_same_noun(claimed, pair);
    let told = ours.noun.is_some() && theirs.noun.is_some();
    ordinal(ours) != ordinal(theirs) || small && told && noun < ALIKE && pair.alignment.cover < COVERED
}

/// The slots that speak against a pair: those that differ, or where none does, the one that weighs most against it.
pub(super) fn told_apart(claimed: Framed, pair: &Pair, settings: &Settings) -> Vec<Slot> {
    /// A weaker one is no reason.
    const LEAST: f32 = 0.3;
    let slots = pair.slots(claimed);
    if slots.different().is_some() {
        return slots.0.clone();
    }
    let features = same_features(claimed, pair, None);
    let against = |names: &[&str]| -> f32 {
        let of =
            |name: &&str| SAME_NAMES.iter().position(|n| n == name).map_or(0.0, |i| features[i] * settings.same[i]);
        names.iter().map(of).sum()
    };
    let reasons = [
        (SlotName::Period, against(&["time"])),
        (SlotName::Polarity, against(&["denied", "denying"])),
        (SlotName::Kind, against(&["open", "stage", "done", "to-come", "open-ours"])),
        (SlotName::Direction, against(&["turned"])),
        (SlotName::Subject, against(&["other", "swapped", "lost"])),
    ];
    let most = reasons.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, weight)| *weight <= -LEAST);
    let frame = &pair.statement.facts.frames[pair.figure];
    let word = |name: SlotName| match name {
        SlotName::Polarity => frame.denied.word,
        SlotName::Kind => frame.facts.iter().max_by(|a, b| a.close.total_cmp(&b.close)).map(|f| f.word),
        _ => None,
    };
    let slot = |(name, weight): (SlotName, f32)| Slot {
        name,
        state: SlotState::Different,
        ours: Some(claimed.figure().span),
        theirs: word(name)
            .map_or(Some(pair.theirs().span), |w| pair.statement.facts.words.get(w as usize).map(|w| w.span)),
        // A bare hint is never sure.
        sure: (-weight / 4.0).min(0.45),
    };
    let told = slots.0.iter().filter(|slot| slot.state == SlotState::Same && Some(slot.name) != most.map(|m| m.0));
    told.cloned().chain(most.map(slot)).collect()
}
