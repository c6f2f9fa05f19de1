//! Whether two figures are of one subject, with enough confidence to contradict: names, periods, unit and what is counted.

use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::facts::Facts;
use crate::check::features::feature;
use crate::check::marks::{self, Mark};
use crate::check::pairs::Pair;
use crate::check::subject::{Holder, holders, is_foreign, names_the_same};
use crate::extract::{Figure, FigureKind};
use rust_decimal::Decimal;

/// The share of the words near a figure that must stand near the other too, for the words around to agree.
pub(super) const SHARED: f32 = 0.2;

/// Whether the sentences can be about one thing: the statement knows the names, and the periods do not differ.
pub(super) fn is_same_subject(case: Case, pair: &Pair) -> bool {
    is_same_period(case, pair)
        && !is_of_another(case, pair)
        && !is_foreign(case.claimed.facts, case.claimed.place(), &pair.statement.facts)
}

/// Whether both can be of one time.
pub(super) fn is_same_period(case: Case, pair: &Pair) -> bool {
    match (&case.ours().as_of, &pair.theirs().as_of) {
        (Some(a), Some(b)) => a == b || a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    }
}

/// Whether subject and unit are matched well enough to contradict: what is counted is the same, or the unit is one
/// that few things share and the words around agree, and the changes do not point in different ways.
pub(super) fn certain(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.ours(), pair.theirs());
    let features = &pair.features;
    let opposite = features[feature::CHANGE] < 0.0;
    let other_noun = features[feature::NOUN] < 0.0;
    let older = marks::is_older(&pair.statement.facts, pair.statement.facts.figures[pair.figure]);
    if opposite || other_noun || older || !is_same_subject(case, pair) {
        return false;
    }
    // A statement about something else than the page has the same subject only where it is named.
    let there = pair.statement.facts.figures[pair.figure];
    let named = || names_the_same(case.claimed.facts, case.claimed.place(), &pair.statement.facts, there);
    if case.found.is_loose(pair.number) && !named() {
        return false;
    }
    let common = common(case, pair);
    let anchored = features[feature::ANCHOR] > 0.0;
    let place = case.claimed.place();
    // A headline has few words; in a story as few may agree by chance.
    if !place.lead && !anchored && common < 2 {
        return false;
    }
    let shared = features[feature::NEAR] > SHARED || common >= 4;
    match ours.kind {
        FigureKind::Time | FigureKind::Ordinal => false,
        FigureKind::Date => is_same_year_slot(case, pair),
        _ if is_age(case, pair) => match holder(case, pair) {
            Holder::Same => true,
            Holder::Unnamed => {
                let same = features[feature::NOUN] >= 0.0 && features[feature::AFTER] > 0.0;
                shared && same && ours.kind == theirs.kind
            }
            Holder::Different | Holder::Unknown => false,
        },
        kind => {
            let united = ours.kind == theirs.kind && kind != FigureKind::Number && shared;
            let same_unit = kind != FigureKind::Duration || ours.unit == theirs.unit;
            // So much is counted in people that the noun alone says little.
            let people = marks::lemma_is(ours.noun_lemma.as_deref(), Mark::Person);
            let counted = features[feature::NOUN] > 0.0 && (shared || !people);
            let size = Decimal::try_from(case.settings().factor).unwrap_or(Decimal::TEN);
            (counted || united && same_unit) && of_one_size(ours, pair, size)
        }
    }
}

/// How many telling words the two sentences share, besides what is counted.
pub(super) fn common(case: Case, pair: &Pair) -> usize {
    common_with(case, &pair.statement.facts, pair.figure)
}

/// The same with the sentence of a figure of a statement, whether or not the two can be compared.
pub(super) fn common_with(case: Case, theirs: &Facts, figure: usize) -> usize {
    let (facts, place) = (case.claimed.facts, case.claimed.place());
    let there = theirs.figures[figure].sentence;
    let mut stems: Vec<u64> = facts.around(place).map(|(stem, _)| stem).filter(|s| *s != place.noun).collect();
    stems.sort_unstable();
    stems.dedup();
    stems.into_iter().filter(|s| theirs.holds(there, *s)).count()
}

/// Whether two years stand in the same place: after the same word, in sentences that share more than it.
fn is_same_year_slot(case: Case, pair: &Pair) -> bool {
    let is_year = |f: &Figure| f.kind == FigureKind::Date && f.iso.as_ref().is_some_and(|iso| iso.len() == 4);
    let led = pair.features[feature::BEFORE] > 0.0;
    let alike = pair.features[feature::ANCHOR] > 0.0;
    is_year(case.ours()) && is_year(pair.theirs()) && led && alike
}

/// Whether the values are near enough to be two tellings of one thing: in `one of 3,278 people` the one and the 3,278
/// count people, and neither contradicts the other.
pub(super) fn of_one_size(ours: &Figure, pair: &Pair, factor: Decimal) -> bool {
    let (Some(a), Some(b)) = (ours.value, pair.theirs().value) else { return true };
    let Some(b) = b.checked_mul(pair.factor) else { return false };
    let (a, b) = (a.abs(), b.abs());
    let other_money = ours.unit != pair.theirs().unit && pair.factor == Decimal::ONE;
    other_money || (a.checked_mul(factor).is_none_or(|m| m >= b) && b.checked_mul(factor).is_none_or(|m| m >= a))
}

/// Whether two ages are those of two people.
pub(super) fn is_of_another(case: Case, pair: &Pair) -> bool {
    is_age(case, pair) && holder(case, pair) == Holder::Different
}

pub(super) fn is_age(case: Case, pair: &Pair) -> bool {
    let aged = |figure: &Figure, age_like: bool| figure.kind == FigureKind::Age || age_like;
    aged(case.ours(), case.claimed.place().age_like)
        || aged(pair.theirs(), pair.statement.facts.figures[pair.figure].age_like)
}

pub(super) fn holder(case: Case, pair: &Pair) -> Holder {
    let there = pair.statement.facts.figures[pair.figure];
    holders(case.claimed.facts, case.claimed.place(), &pair.statement.facts, there)
}

/// Whether a length of time in another unit is a slip, and not another length: `31 minutes` of *31 hours* in some of the same words,
/// `seven hours` of *seven minutes* in many of them. A week and a day are two lengths anywhere.
pub(super) fn is_slip_of_unit(ours: &Figure, pair: &Pair) -> bool {
    const DIGITS: usize = 2;
    const SOME: f32 = 0.1;
    const MANY: f32 = 0.35;
    const SMALL: i64 = 3;
    let covered = pair.alignment.cover.min(pair.alignment.back);
    let large = ours.value.is_some_and(|v| v >= Decimal::from(SMALL));
    digits(ours) >= DIGITS && covered >= SOME || large && covered >= MANY
}
