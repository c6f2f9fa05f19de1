//! Contradictions that are taken back: another value may be of another time, may lie within the same bound, or, where the page
//! does not name the statement, may be of another thing after all.

use super::certain::{common, is_slip_of_unit, of_one_size};
use crate::check::candidates::{Choice, days_after};
use crate::check::case::Case;
use crate::check::compare::{digits, is_some_or_many, scale_slip};
use crate::check::counterpart::{is_same_noun, lost_name};
use crate::check::framed::Framed;
use crate::check::pairs::Pair;
use crate::check::slips::{slip_of_date, slip_of_pen};
use crate::check::slots::{self, SlotName, SlotState};
use crate::check::subject::{are_siblings, begins_with_name_unknown_to, is_unknown_to, names_the_same};
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::extract::{Confidence, Figure, FigureKind, Op};
use crate::language::lists::List;
use crate::words::is_in;
use rust_decimal::Decimal;

/// So many days a number holds, unless both sides say of when it is: what is counted is counted anew.
const HOLDS: i32 = 45;

/// Of what share of a page's figures the statement that it names has the value, for the page to tell what it says; and for most of
/// it to be from there.
const SOME: f32 = 0.12;
pub(super) const MOSTLY: f32 = 0.2;
/// Of fewer figures that says nothing.
const FIGURES: usize = 6;

/// Whether the page names the statement, and tells so much of it.
fn is_told_of(case: Case, pair: &Pair, least: f32) -> bool {
    case.is_named(pair) && (pair.accord >= least || case.all.len() < FIGURES)
}

/// Takes back a contradiction that does not hold.
pub(super) fn settle(case: Case, check: &mut Check) {
    if check.verdict != Verdict::Contradicted {
        return;
    }
    let Some(pair) = case.cited(check) else { return };
    // The same digits in another unit are a slip of the pen at any time.
    let scaled = || digits(case.ours()) > 1 && scale_slip(case.ours(), pair.theirs()).is_some();
    let slip = check.relation == Some(Relation::UnitDiffers) || check.relation == Some(Relation::Differs) && scaled();
    let later = !slip && is_of_another_time(case, check, pair);
    // The same number of another currency or scale, beside the same name, is a slip wherever it stands.
    let named = || slip && is_named_alike(case, pair);
    let unsure = check.confidence == Confidence::Low && !is_told_of(case, pair, MOSTLY) && !named();
    let unanchored = is_unanchored(case, check, pair);
    // Where the page tells the statement and the two are surely of one thing, how texts tell such things in general says little.
    let plain = check.confidence == Confidence::High && is_told_of(case, pair, SOME);
    let retells = case.is_named(pair) && pair.accord >= MOSTLY;
    let retold = plain || check.confidence >= Confidence::Medium && retells;
    let open = || {
        is_left_open(case, pair)
            || are_both_rough(case, pair)
            || is_without_year(case, pair)
            || is_of_unknown_currency(case, pair)
            || counts_else(case, pair, retold)
    };
    let loose = is_loose(case, pair, slip, plain) || is_of_another_order(case, check, pair);
    let elsewhere =
        is_of_another_subject(case, pair) || !case.is_headline() && is_of_another_telling(case, check, pair, slip);
    // What is worked out is of no one figure: the page must tell the statement.
    let doubtful = match check.because.contains(&CheckReason::Computed) {
        true => !is_told_of(case, pair, SOME),
        false => loose || !slip && (are_lower_bounds(case, pair) || unanchored || open()),
    };
    if later || unsure || elsewhere || doubtful {
        check.verdict = Verdict::NotEnoughEvidence;
        check.relation = None;
        if later {
            check.because.push(CheckReason::OtherPeriod);
        }
        if unanchored || unsure || elsewhere {
            check.because.push(CheckReason::UnsureStatement);
        }
    }
}

/// Whether the two texts are weeks apart, and do not both say of when the number is.
fn is_of_another_time(case: Case, check: &Check, pair: &Pair) -> bool {
    let same_period = check.slots.iter().any(|slot| slot.name == SlotName::Period && slot.state == SlotState::Same);
    let days = days_after(case.document.day(), pair.statement.document.day());
    !same_period && days.is_some_and(|days| days.abs() > HOLDS)
}

/// Whether the two are lengths of time in two units, and none is clearly the counterpart of the other: `a week`, `a day`. One or two
/// of a unit stand in any text; of more, in a text that the page tells, `31 days` is hardly another length than *31 hours*.
fn is_loose(case: Case, pair: &Pair, slip: bool, plain: bool) -> bool {
    const LIKELY: f32 = 0.5;
    const CLEAR: f32 = 0.8;
    const MANY: i64 = 3;
    const POSSIBLE: f32 = 0.1;
    let is = |kind: FigureKind| case.ours().kind == kind || pair.theirs().kind == kind;
    let many = case.ours().value.is_some_and(|v| v >= Decimal::from(MANY)) && pair.accord >= MOSTLY;
    let worded = || common(case, pair) > 0 && counterpart_of(case, pair) >= LIKELY;
    let clear = || counterpart_of(case, pair) >= CLEAR;
    // `A 12-year high` tells since when.
    let record = |of: Framed| {
        let after = of.facts.words.get(of.place().to as usize);
        after.is_some_and(|w| w.sentence == of.place().sentence && is_in(w.key, List::RecordNouns))
    };
    let since = record(case.claimed) != record(Framed::of(pair.statement, pair.figure));
    slip && is(FigureKind::Duration)
        && (since || !is_slip_of_unit(case.ours(), pair))
        && (since || !(plain && (worded() || many && counterpart_of(case, pair) >= POSSIBLE || clear())))
}

/// How likely a pair is the counterpart of the coverage's figure.
fn counterpart_of(case: Case, pair: &Pair) -> f32 {
    case.odds_of(pair).map_or(0.0, |odds| odds.likely)
}

/// Whether two ranks are not surely in one order: `the fourth-highest rate`, *the third-highest*.
fn is_of_another_order(case: Case, check: &Check, pair: &Pair) -> bool {
    let ordinal = |f: &Figure| f.kind == FigureKind::Ordinal;
    let theirs = Framed::of(pair.statement, pair.figure);
    const LIKELY: f32 = 0.85;
    /// Superlatives are alike as words: `strongest`, `dearest`.
    const CLEAR: f32 = 0.97;
    let likely = counterpart_of(case, pair);
    let retold = || is_told_of(case, pair, SOME) && check.confidence >= Confidence::Medium;
    let same = || likely >= LIKELY && retold() && slots::is_same_order(case.claimed, theirs);
    let clear = || likely >= CLEAR && check.confidence == Confidence::High && slots::is_one_order(case.claimed, theirs);
    let sure = || same() || clear();
    match (ordinal(case.ours()), ordinal(pair.theirs())) {
        (false, false) => false,
        (true, true) => !sure(),
        _ => true,
    }
}

/// Whether both are lower bounds: `more than 20` holds where `more than 26` does. `At least 16.20` of *at least 12.60* is a slip of
/// the pen.
fn are_lower_bounds(case: Case, pair: &Pair) -> bool {
    const DIGITS: usize = 3;
    let below = |op: Op| matches!(op, Op::More | Op::AtLeast);
    let slip = digits(case.ours()) >= DIGITS && slip_of_pen(case.ours(), pair.theirs()) >= 1.0;
    below(case.ours().op) && below(pair.theirs().op) && !slip
}

/// Both values, in the unit of the coverage.
fn values(case: Case, pair: &Pair) -> Option<(Decimal, Decimal)> {
    Some((case.ours().value?, pair.theirs().value?.checked_mul(pair.factor)?))
}

/// Whether a rough bound of the source leaves the value open: *more than 100* and 135, up to twice as much. *At least 14* is a count.
fn is_left_open(case: Case, pair: &Pair) -> bool {
    let Some((claimed, stated)) = values(case, pair) else { return false };
    let (twice, half) = (stated.checked_mul(Decimal::TWO), stated.checked_div(Decimal::TWO));
    match pair.theirs().op {
        // *Thousands* may be any of them.
        _ if is_some_or_many(pair.theirs()) => true,
        _ if digits(pair.theirs()) > 1 => false,
        Op::More => claimed > stated && twice.is_some_and(|most| claimed <= most),
        Op::Less => claimed < stated && half.is_some_and(|least| claimed >= least),
        _ => false,
    }
}

/// Whether both numbers are said to be rough, and lie within a tenth of one another: `about 27 miles`, `about 25 miles`.
fn are_both_rough(case: Case, pair: &Pair) -> bool {
    let rough = |f: &Figure| f.op == Op::About;
    let Some((claimed, stated)) = values(case, pair) else { return false };
    let reach = stated.abs().checked_div(Decimal::TEN).unwrap_or_default();
    rough(case.ours()) && rough(pair.theirs()) && (claimed - stated).abs() <= reach
}

/// Whether nothing near the two figures shows that both texts tell of one event: where the page does not name the statement,
/// another figure beside them must agree, or a name, and then the values are near. Two notices of one shop's two openings say all
/// the same in the same words. Of dates more is asked.
fn is_unanchored(case: Case, check: &Check, pair: &Pair) -> bool {
    const NEAR: f32 = 0.5;
    if check.relation != Some(Relation::Differs) || case.is_headline() {
        return false;
    }
    if case.ours().kind == FigureKind::Date && pair.theirs().kind == FigureKind::Date {
        return !is_misdated(case, check, pair);
    }
    // Or where both sentences speak of one name.
    let there = pair.statement.facts.figures[pair.figure];
    let named = || names_the_same(case.claimed.facts, case.claimed.place(), &pair.statement.facts, there);
    if is_told_of(case, pair, SOME) || case.is_named(pair) && named() {
        return false;
    }
    pair.near_agreed < NEAR
        && !is_named_alike(case, pair)
        && !is_told_alike(case, pair)
        && !is_miswritten(case, check, pair)
}

/// Whether a number of three digits or more is surely a slip of the pen for the one of the statement that the page names.
fn is_miswritten(case: Case, check: &Check, pair: &Pair) -> bool {
    const DIGITS: usize = 3;
    const LIKE: f32 = 0.6;
    let sure = case.is_named(pair) && check.confidence == Confidence::High;
    sure && digits(case.ours()) >= DIGITS && slip_of_pen(case.ours(), pair.theirs()) >= LIKE
}

/// Whether two texts tell of two things, or of two times, in the same words: each names another thing at its beginning, or all that both
/// sentences measure differs. A slip of the pen changes one number, and hardly the scale of one that is told in other words.
fn is_of_another_telling(case: Case, check: &Check, pair: &Pair, slip: bool) -> bool {
    const POSSIBLE: f32 = 0.1;
    let scaled = slip && check.relation == Some(Relation::Differs);
    let far = || scaled && pair.accord < MOSTLY && common(case, pair) == 0 && counterpart_of(case, pair) < POSSIBLE;
    are_siblings(case.claimed.facts, &pair.statement.facts) || !slip && differ_throughout(case, pair) || far()
}

/// Whether the figure next to either, of their kind and told by the same word on both sides, differs, too: `11 gold, eight silver` and
/// *27 gold, 26 silver* are two lists. Two digits that changed places are a slip all the same.
fn differ_throughout(case: Case, pair: &Pair) -> bool {
    /// How far behind a figure stands the word that tells what it is of.
    const BEHIND: u32 = 2;
    let (facts, theirs) = (case.claimed.facts, &pair.statement.facts);
    let (here, there) = (case.claimed.place().sentence, theirs.figures[pair.figure].sentence);
    let index = case.claimed.index;
    let beside = |other: &Pair, i: usize| {
        let (mine, its) = (facts.figures[i], theirs.figures[other.figure]);
        let word = facts.after(mine, BEHIND).any(|stem| theirs.after(its, BEHIND).any(|s| s == stem));
        let kind = case.claimed.extraction.figures[i].kind == case.ours().kind;
        let near = mine.sentence == here && its.sentence == there;
        kind && near && word && std::ptr::eq(other.statement, pair.statement)
    };
    let next = |i: Option<usize>, figure: Option<usize>| {
        let other = case.all.get(i?)?.iter().find(|p| Some(p.figure) == figure)?;
        beside(other, i?).then_some(other.comparison.agrees)
    };
    let told = [next(index.checked_sub(1), pair.figure.checked_sub(1)), next(Some(index + 1), Some(pair.figure + 1))];
    slip_of_pen(case.ours(), pair.theirs()) < 1.0 && told.contains(&Some(false)) && !told.contains(&Some(true))
}

/// Whether the two texts are about two things, each of which only one of them names: most often, or where the page does not name the
/// statement, at its beginning. Notices of two shops that open say all else in the same words.
fn is_of_another_subject(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.claimed.facts, &pair.statement.facts);
    let begins = || begins_with_name_unknown_to(ours, theirs) && begins_with_name_unknown_to(theirs, ours);
    let unnamed = case.found.choice != Choice::Named;
    !case.is_headline() && (is_unknown_to(ours, theirs) && is_unknown_to(theirs, ours) || unnamed && begins())
}

/// Whether one of two dates is told amiss: both are written as dates, not as `Friday` or `today`, the page tells much of the statement,
/// and one may be the counterpart of the other, or a slip of the pen for it. Of dates texts on one thing name many.
fn is_misdated(case: Case, check: &Check, pair: &Pair) -> bool {
    const LIKELY: f32 = 0.1;
    /// The same, where the page does not name the statement.
    const SURE: f32 = 0.3;
    const ALIKE: f32 = 0.5;
    let (mine, its) = (case.ours().span.of(&case.document.text), pair.theirs().span.of(&pair.statement.document.text));
    let written = |figure: &Figure, text: &str| figure.is_month() || text.bytes().any(|b| b.is_ascii_digit());
    let slip = slip_of_date(case.ours(), pair.theirs());
    // The days on which two texts came out are two days.
    let named = case.found.choice == Choice::Named;
    let worded = named && common(case, pair) > 0;
    let own_day = case.ours().iso.is_some() && case.ours().iso == case.document.date;
    let (alike, likely) = if named { (ALIKE, LIKELY) } else { (1.0, SURE) };
    !own_day
        && written(case.ours(), mine)
        && written(pair.theirs(), its)
        && (check.confidence == Confidence::High || check.confidence == Confidence::Medium && worded)
        && is_told_of(case, pair, if slip >= 1.0 && check.confidence == Confidence::High { SOME } else { MOSTLY })
        && (slip >= alike || counterpart_of(case, pair) >= likely)
}

/// Whether two amounts of one size are told in the same words on both sides: `has cost 15 million crowns so far`, `has cost 12
/// million crowns so far`. Of counts and dates texts say as much of two events.
fn is_told_alike(case: Case, pair: &Pair) -> bool {
    const COVER: f32 = 0.4;
    const BACK: f32 = 0.35;
    let amount = |f: &Figure| matches!(f.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Percent);
    amount(case.ours())
        && amount(pair.theirs())
        && pair.alignment.cover >= COVER
        && pair.alignment.back >= BACK
        && are_near(case, pair, Decimal::TWO)
}

/// Whether one of two dates is told without its year, and all that both tell is the same: `3 June` of *3 June 2016*.
fn is_without_year(case: Case, pair: &Pair) -> bool {
    const YEAR: usize = 4;
    let dated = |f: &Figure, text: &str| {
        let written = f.span.of(text).split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == YEAR);
        let iso = f.iso.as_deref().filter(|_| f.kind == FigureKind::Date)?;
        Some((iso.get(YEAR..)?.to_owned(), written))
    };
    let (ours, theirs) = (dated(case.ours(), &case.document.text), dated(pair.theirs(), &pair.statement.document.text));
    let (Some((a, told)), Some((b, told_there))) = (ours, theirs) else { return false };
    a == b && !a.is_empty() && !(told && told_there)
}

/// Whether the sign of one of two currencies is lost: `?7bn` may be the `$8.7bn`.
fn is_of_unknown_currency(case: Case, pair: &Pair) -> bool {
    let money = |f: &Figure| f.kind == FigureKind::Money;
    let (ours, theirs) = (case.ours(), pair.theirs());
    money(ours) && money(theirs) && ours.unit.is_none() != theirs.unit.is_none()
}

/// Whether two large values are near, and the sentences name the same.
fn is_named_alike(case: Case, pair: &Pair) -> bool {
    const LARGE: i64 = 12;
    let near = Decimal::new(14, 1);
    let (ours, theirs) = (case.claimed.facts, &pair.statement.facts);
    let large = case.ours().value.is_some_and(|v| v >= Decimal::from(LARGE));
    large
        && names_the_same(ours, case.claimed.place(), theirs, theirs.figures[pair.figure])
        && are_near(case, pair, near)
}

/// Whether two values lie within a factor of one another, and the statement has every name beside the coverage's.
fn are_near(case: Case, pair: &Pair, factor: Decimal) -> bool {
    let lost = || lost_name(case.claimed.facts, case.claimed.index, &pair.statement.facts, pair.figure);
    of_one_size(case.ours(), pair, factor) && lost() <= 0.0
}

/// Whether two counts are not shown to be of one thing: of two nouns that have little in common, or small and without a noun.
fn counts_else(case: Case, pair: &Pair, retold: bool) -> bool {
    const SMALL: i64 = 20;
    let count = |f: &Figure| f.kind == FigureKind::Number;
    if !count(case.ours()) || !count(pair.theirs()) || case.is_headline() {
        return false;
    }
    let told = |f: &Figure| f.noun.is_some();
    let small = case.ours().value.is_some_and(|v| v < Decimal::from(SMALL));
    // Where all but the noun makes one the counterpart of the other, `32 points` may be the *23 stations*.
    const LIKELY: f32 = 0.5;
    const CLEAR: f32 = 0.6;
    let slip = || slip_of_pen(case.ours(), pair.theirs()) >= 1.0;
    // On a page that tells nothing else of the statement schools are no districts.
    let clear = || pair.accord >= SOME && is_told_of(case, pair, SOME) && counterpart_of(case, pair) >= CLEAR;
    let beside = retold && pair.accord > 0.0 && (slip() || counterpart_of(case, pair) >= LIKELY) || clear();
    match told(case.ours()) && told(pair.theirs()) {
        true => is_same_noun(case.claimed, pair) < 0.0 && !beside,
        false => small && !retold,
    }
}
