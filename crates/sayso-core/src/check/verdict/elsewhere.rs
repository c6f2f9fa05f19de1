//! How likely the same number is said of something else, and not of nothing at all: two texts share a year, a rank or a small count by
//! chance, and what the slots call another subject there tells nobody anything. It is worth telling where the page tells the statement,
//! the number is one of those that two texts seldom share, and the two would be of one thing but for the slot. A regression weighs it
//! (weights `elsewhere` in `Settings`, fitted by `training/elsewhere.py`).

use super::unnamed::telling;
use crate::check::Relation;
use crate::check::case::Case;
use crate::check::counterpart::lost_name;
use crate::check::features::ELSEWHERE;
use crate::check::pairs::Pair;
use crate::check::slots::Slots;
use crate::check::story;
use crate::extract::FigureKind;

/// How likely the coverage says the number of something else than the statement: 0 to 1.
pub(super) fn likely(case: Case, pair: &Pair, slots: &Slots, relation: Relation) -> f32 {
    story::logistic(&features(case, pair, slots, relation), &case.settings().elsewhere)
}

/// What is asked, each from about -1 to 1, in the order of `features::ELSEWHERE_NAMES`.
pub(super) fn features(case: Case, pair: &Pair, slots: &Slots, relation: Relation) -> [f32; ELSEWHERE] {
    let (ours, theirs) = (case.ours(), pair.theirs());
    let (mine, its) = (case.claimed.facts, &pair.statement.facts);
    let odds = case.odds_of(pair);
    let but = story::is_same_but(case.claimed, pair, odds, case.settings(), story::parting(relation));
    let is = |kind: FigureKind| f32::from(ours.kind == kind || theirs.kind == kind);
    let tells = |what: Relation| f32::from(relation == what);
    let rough = matches!(pair.comparison.relation, Relation::Rounded | Relation::WithinBound);
    [
        1.0,
        slots.different().map_or(0.0, |slot| slot.sure),
        pair.accord,
        telling(ours),
        lost_name(mine, case.claimed.index, its, pair.figure),
        lost_name(its, pair.figure, mine, case.claimed.index),
        odds.map_or(0.0, |o| story::logit(o.likely)),
        odds.map_or(0.0, |o| o.other),
        odds.map_or(1.0, |o| o.none),
        story::logit(but),
        is(FigureKind::Date),
        is(FigureKind::Ordinal),
        is(FigureKind::Age),
        tells(Relation::OtherPlace),
        tells(Relation::OtherPeriod),
        tells(Relation::OtherKind),
        f32::from(rough),
        pair.alignment.back,
    ]
}
