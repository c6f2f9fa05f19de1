//! The verdict on a figure of a story: by how likely the same thing is meant, as the words beside both figures and the slots
//! tell, and by the one table of `rules`.

use super::certain::{common, holder, is_age, is_of_another, is_same_period, is_same_subject, of_one_size};
use super::doubt::MOSTLY;
use super::rules::{self, Values};
use super::same_number::{newer, other_base, show_base, show_newer};
use super::shown::{items, show};
use super::{confidence, conflict, denial, elsewhere, headline, take_amiss, take_if};
use crate::check::case::Case;
use crate::check::compare::{digits, scale_slip};
use crate::check::counterpart::Odds;
use crate::check::features::feature;
use crate::check::framed::Framed;
use crate::check::pairs::Pair;
use crate::check::slips::{slip_of_date, slip_of_pen};
use crate::check::slots::{SlotName, SlotState, Slots};
use crate::check::story::{self, TellsElse};
use crate::check::subject::Holder;
use crate::check::{Check, CheckReason, Relation, Verdict, derived};
use crate::extract::FigureKind;
use crate::language;
use crate::language::lists::List;
use crate::span::Span;
use crate::words::is_in;
use rust_decimal::Decimal;

/// Settles a figure of a story.
pub(super) fn settle(case: Case, check: &mut Check) -> bool {
    let best = best(case);
    // `12 miles` for the 12 kilometres of the same sentence is a slip, though 19 kilometres elsewhere make 12 miles.
    let converted = best.is_some_and(|(_, pair)| pair.factor != Decimal::ONE);
    converted && alike(case, check, best, |_| false)
        || slipped(case, check, best)
        || take_amiss(check, derived::misled(case))
        || supported(case, check, best)
        || {
            let likeliest = derived::likeliest(case);
            let derived = derived::settled(case, likeliest.as_ref());
            let else_told = told_else(case, best, likeliest.as_ref());
            // What a figure may be worked out from is no other value of it.
            let is_term = |p: &Pair| likeliest.as_ref().is_some_and(|d| d.takes(&p.statement.document.id, p.theirs()));
            // But two digits that changed places are no sum.
            let slip = |p: &Pair| story::is_slip(case.claimed, p) || slip_of_pen(case.ours(), p.theirs()) >= 1.0;
            let other = likeliest_other(case, else_told).filter(|(_, pair)| slip(pair) || !is_term(pair));
            let surer = other
                .is_some_and(|(likely, _)| likely >= LIKELIER && derived.as_ref().is_some_and(|d| d.likely < likely));
            surer && contradicted(case, check, best, other)
                || take_if(check, derived.as_ref(), derived::PLENTY)
                || !stands(case, best) && take_amiss(check, amiss(case, derived.as_ref(), likeliest.as_ref()))
                || best.is_some_and(|(_, pair)| stands(case, Some((0.0, pair))) && said_of_else(case, check, pair))
                || contradicted(case, check, best, other)
                || !converted && alike(case, check, best, is_term)
                || take_if(check, derived.as_ref(), derived::ENOUGH)
                || best.is_some_and(|(_, pair)| said_of_else(case, check, pair))
        }
}

/// A change that is told amiss, where nothing gives it as it is told.
fn amiss(
    case: Case,
    derived: Option<&derived::Derived>,
    likeliest: Option<&derived::Derived>,
) -> Option<derived::Amiss> {
    if derived.is_some() {
        return None;
    }
    derived::points_as_percent(case)
        .or_else(|| derived::miscounted(case, likeliest))
        .or_else(|| derived::misjudged(case, likeliest))
}

/// How likely another value must be one of the same thing to go before a derivation that is less likely, or before a number that
/// agrees only when it is rounded.
const LIKELIER: f32 = 0.75;

/// The same number of another unit, where the very number does not stand in the statement: `30 km/h` of *30 mph*, though 31 boats
/// stand there, too.
fn slipped(case: Case, check: &mut Check, best: Option<(f32, &Pair)>) -> bool {
    let rough = best.is_some_and(|(_, p)| {
        matches!(p.comparison.relation, Relation::Rounded | Relation::WithinBound) && p.features[feature::CROSS] > 0.0
    });
    let slip = |p: &Pair| p.comparison.relation == Relation::UnitDiffers;
    let likeliest = rough.then(|| likeliest_other(case, TellsElse::default())).flatten();
    likeliest.is_some_and(|(likely, pair)| likely >= LIKELIER && slip(pair))
        && contradicted(case, check, None, likeliest)
}

/// What else the statement says of a figure's value.
fn told_else(case: Case, best: Option<(f32, &Pair)>, likeliest: Option<&derived::Derived>) -> TellsElse {
    TellsElse {
        covered: story::agreeing(case.pairs()).map(|p| p.alignment.cover).fold(0.0, f32::max),
        stands: f32::from(stands(case, best)),
        derivable: likeliest.map_or(0.0, |d| d.likely),
    }
}

/// What else the statements say of a figure's value.
pub(in crate::check) fn tells_else(case: Case) -> TellsElse {
    let best = best(case);
    let likeliest = derived::likeliest(case);
    told_else(case, best, likeliest.as_ref())
}

/// The figure with an agreeing value that is likeliest the same thing, and how likely.
fn best<'c, 'a>(case: Case<'c, 'a>) -> Option<(f32, &'c Pair<'a>)> {
    let possible = |p: &&Pair| !is_of_another(case, p) && !story::is_small_chance(case.claimed, p);
    let agreeing = story::agreeing(case.pairs()).filter(possible);
    let weighed = agreeing.map(|pair| (same(case, pair), pair));
    weighed.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// Whether the very number stands in the statement, and not by chance: then it is that number, of whatever it is said there,
/// and no arithmetic is asked for.
fn stands(case: Case, best: Option<(f32, &Pair)>) -> bool {
    const DIGITS: usize = 2;
    const LIKELY: f32 = 0.3;
    let exact = |p: &Pair| !matches!(p.comparison.relation, Relation::Rounded | Relation::WithinBound);
    best.is_some_and(|(likely, pair)| exact(pair) && (digits(case.ours()) >= DIGITS || likely >= LIKELY))
}

fn same(case: Case, pair: &Pair) -> f32 {
    /// The age of one person is that of one person.
    const PERSON: f32 = 0.8;
    let same = story::is_same(case.claimed, pair, case.odds_of(pair), case.settings());
    if is_age(case, pair) && holder(case, pair) == Holder::Same { same.max(PERSON) } else { same }
}

/// How surely a slot must differ for more to be asked of a support. That it moved the other way, or was denied, asks for most, however
/// surely it is told: `to 387, from 312 last year` of *312, down from 387*.
const PARTED: f32 = 0.6;

/// How surely for more still, and how likely one must then be of the same thing: `1.15 million` of *1.4 instead of 1.15 million*.
const PLAIN: f32 = 0.85;
const CERTAIN: f32 = 0.9;

/// A source states it; unless the coverage makes more of it than the source.
fn supported(case: Case, check: &mut Check, best: Option<(f32, &Pair)>) -> bool {
    let Some((likely, best)) = best else { return false };
    let settings = case.settings();
    let slots = case.slots(best);
    // Where the source tells the newer value, too, or counts heads for hearths, more can be said than that a slot differs.
    let newer = newer(case, best).filter(|_| slots.differs_only_in(SlotName::Period));
    let base = other_base(case, best);
    let known = (newer.is_some() || base == Some(true)) && best.likely >= settings.supported;
    let turns = |name: SlotName| matches!(name, SlotName::Direction | SlotName::Polarity);
    let turned = slots.0.iter().any(|s| turns(s.name) && s.state == SlotState::Different);
    let least = match slots.different().map_or(0.0, |slot| slot.sure) {
        sure if sure >= PLAIN || turned => CERTAIN,
        sure if sure >= PARTED => LIKELIER,
        _ => settings.stated,
    };
    if !known && (likely < least || is_told_otherwise(case, best, likely)) {
        return false;
    }
    check.slots = slots.0.clone();
    show(check, best);
    if let Some(newer) = newer.filter(|_| known) {
        show_newer(check, best, newer);
        check.confidence = confidence::of_slot(slots);
        return true;
    }
    check.verdict = Verdict::Supported;
    check.confidence = confidence::of_same(likely);
    if is_of_other_days(case, best) {
        check.verdict = Verdict::Contradicted;
        check.relation = Some(Relation::UnitDiffers);
        check.evidence = items([best].into_iter());
        return true;
    }
    check.evidence = items(
        std::iter::once(best).chain(
            story::agreeing(case.pairs())
                .filter(|p| !std::ptr::eq(*p, best) && !is_of_another(case, p) && same(case, p) >= settings.stated),
        ),
    );
    if let Some(grave) = base {
        show_base(case, check, best, grave);
        return true;
    }
    conflict(case, check, best);
    true
}

/// Whether a figure with another value is clearly the counterpart, and none with an agreeing one is: then a number that is only
/// near, or not surely of the same thing, is another's.
fn is_told_otherwise(case: Case, best: &Pair, likely: f32) -> bool {
    const SURE: f32 = 0.85;
    const CLEAR: f32 = 0.8;
    const AGREEING: f32 = 0.2;
    let near = matches!(best.comparison.relation, Relation::Rounded | Relation::WithinBound);
    if likely >= SURE && !near {
        return false;
    }
    let clear =
        |(pair, odds): (&Pair, &Odds)| !pair.comparison.agrees && odds.likely >= CLEAR && odds.agreeing < AGREEING;
    case.pairs().iter().zip(case.odds()).any(clear)
}

/// The figure with another value that is likeliest of the same thing, and how likely.
fn likeliest_other<'c, 'a>(case: Case<'c, 'a>, tells_else: TellsElse) -> Option<(f32, &'c Pair<'a>)> {
    // What cannot differ however likely it is need not be weighed.
    let may = |pair: &Pair, odds: &Odds| story::may_differ(case.claimed, pair, odds) && may_contradict(case, pair);
    let clear = Odds { likely: 1.0, ..Odds::default() };
    if !case.pairs().iter().any(|pair| may(pair, &clear)) {
        return None;
    }
    let pairs = case.pairs().iter().zip(case.odds()).filter(|(pair, odds)| may(pair, odds));
    let weighed =
        pairs.map(|(pair, odds)| (story::is_other(case.claimed, pair, odds, tells_else, case.settings()), pair));
    weighed.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// A source states another value for the same thing.
fn contradicted(case: Case, check: &mut Check, best: Option<(f32, &Pair)>, other: Option<(f32, &Pair)>) -> bool {
    let Some((likely, pair)) = other else { return false };
    // Where the very number stands in the statement, it may be what is meant after all.
    const STANDS: f32 = 0.55;
    // A page with the value of hardly any of its figures from the statement may tell of something else.
    const MORE: f32 = 0.1;
    let more = if pair.accord >= MOSTLY { 0.0 } else { MORE };
    let least = more + if stands(case, best) { STANDS } else { case.settings().denied };
    let unnamed = !case.is_named(pair);
    if likely < least || unnamed && !is_close(likely, pair) {
        return false;
    }
    let slots = case.slots(pair);
    if rules::verdict(Values::Differ(pair.comparison.relation), &surely(slots, likely)).0 != Verdict::Contradicted {
        return false;
    }
    check.verdict = Verdict::Contradicted;
    check.slots = slots.0.clone();
    check.confidence = confidence::of_other_value(likely);
    show(check, pair);
    // A bound that is a slip of the pen is another bound.
    if check.relation == Some(Relation::WithinBound) {
        check.relation = Some(Relation::Differs);
    }
    if let Some(factor) = scale_slip(case.ours(), pair.theirs()) {
        check.computation = Some(format!("{}: a factor of {factor}", pair.arithmetic()));
    }
    check.because.push(CheckReason::NoEqualValue);
    check.evidence = items([pair].into_iter());
    true
}

/// Whether a statement that the page does not name speaks of the very same thing: most of what is said of the figure is said of
/// both.
fn is_close(likely: f32, pair: &Pair) -> bool {
    const LIKELY: f32 = 0.5;
    const COVERED: f32 = 0.35;
    const BACK: f32 = 0.3;
    // Of dates a text names many: another figure of both sentences must agree.
    let dated = pair.theirs().kind == FigureKind::Date && pair.features[feature::ANCHOR] <= 0.0;
    !dated && likely >= LIKELY && pair.alignment.cover >= COVERED && pair.alignment.back >= BACK
}

/// What differs for sure. What does not is weighed with all else; so is all but direction and denial where all else makes the two
/// likely one.
fn surely(slots: &Slots, likely: f32) -> Slots {
    const SURE: f32 = 0.7;
    // Of 218,000 who *are not counted* 281,000 is a slip of the pen all the same.
    const SURELY: f32 = 0.88;
    let turns = |name: SlotName| matches!(name, SlotName::Direction | SlotName::Polarity);
    let weighed = |name: SlotName| likely >= if turns(name) { SURELY } else { LIKELIER };
    Slots(slots.0.iter().filter(|slot| slot.sure >= SURE && !weighed(slot.name)).cloned().collect())
}

/// Another value, as headlines are judged: in the same words for the same noun, where no slot surely differs.
fn alike(case: Case, check: &mut Check, best: Option<(f32, &Pair)>, is_term: impl Fn(&Pair) -> bool) -> bool {
    let mut judged = check.clone();
    let found = headline::slipped(case, &mut judged) || headline::contradicted(case, &mut judged);
    let pair = case.cited(&judged);
    // Where the words are so much alike, two names nearby part the figures only if they stand right beside them.
    const NAMED: f32 = 0.9;
    const APART: f32 = 0.45;
    let differs = |p: &Pair| {
        let least = |name: SlotName| if name == SlotName::Place { NAMED } else { APART };
        case.slots(p).0.iter().any(|s| s.state == SlotState::Different && s.sure >= least(s.name))
    };
    let slip =
        |p: &Pair| p.comparison.relation == Relation::UnitDiffers || scale_slip(case.ours(), p.theirs()).is_some();
    // Where the very number stands in the statement, likeness is not enough.
    let likely = |p: &Pair| {
        !stands(case, best) && story::may_differ(case.claimed, p, &Odds::default()) && is_likely_one(case, p)
    };
    let Some(pair) = pair.filter(|p| found && !is_term(p) && !differs(p) && (slip(p) || likely(p))) else {
        return false;
    };
    judged.slots = case.slots(pair).0.clone();
    *check = judged;
    true
}

/// Whether two values that differ are likely told of one thing: both sentences say nearly the same, or they share some words and
/// the values are near. Small numbers are near by chance.
fn is_likely_one(case: Case, pair: &Pair) -> bool {
    const SAID: f32 = 0.5;
    const WORDS: usize = 3;
    const SMALL: i64 = 20;
    const TIMES: i64 = 2;
    let large = case.ours().value.is_some_and(|value| value.abs() >= Decimal::from(SMALL));
    let told = pair.alignment.cover >= SAID && pair.alignment.back >= SAID;
    let near = large && of_one_size(case.ours(), pair, Decimal::from(TIMES));
    told || near && common(case, pair) >= WORDS
}

/// Whether a figure can speak against one of the coverage: of the same person, of a statement about what the page is about.
fn may_contradict(case: Case, pair: &Pair) -> bool {
    let age = is_age(case, pair) && holder(case, pair) != Holder::Same;
    let vague = matches!(case.ours().kind, FigureKind::Time);
    // What is written as no name of the statement may be the first word of a sentence: a slip shows that the same is meant.
    const MISDATED: f32 = 0.8;
    let written =
        || slip_of_pen(case.ours(), pair.theirs()).max(slip_of_date(case.ours(), pair.theirs()) / MISDATED) >= 1.0;
    let slip = || story::is_slip(case.claimed, pair) || written();
    let known = || is_same_period(case, pair) && !story::is_foreign(case.claimed, pair.statement);
    let named = case.is_named(pair) && (slip() || known());
    !age && !vague && !case.found.is_loose(pair.number) && (named || is_same_subject(case, pair))
}

/// The value stands in the source, and is said of something else there; or the other way round.
fn said_of_else(case: Case, check: &mut Check, best: &Pair) -> bool {
    let slots = Slots(story::told_apart(case.claimed, best, case.settings()));
    if slots.0.is_empty() || best.likely < case.settings().shown {
        return false;
    }
    let (verdict, relation) = rules::verdict(Values::Agree(best.comparison.relation), &slots);
    let sure = !is_small(case) && is_same_subject(case, best) && is_same_fact(case, best, relation, &slots);
    let unsure = verdict == Verdict::Contradicted && !sure;
    if is_per_another(case, best)
        && !slots
            .0
            .iter()
            .any(|s| s.name != SlotName::Period && s.sure >= APART_ELSE && s.state == SlotState::Different)
    {
        show(check, best);
        check.verdict = Verdict::Contradicted;
        check.relation = Some(Relation::UnitDiffers);
        check.evidence = items([best].into_iter());
        check.confidence = confidence::of_slot(&slots);
        check.slots = slots.0;
        return true;
    }
    let other_kind = relation == Some(Relation::Negated)
        && slots.0.iter().any(|s| s.name == SlotName::Kind && s.state == SlotState::Different);
    check.verdict = if unsure { Verdict::NotEnoughEvidence } else { verdict };
    show(check, best);
    check.relation = if unsure && other_kind { Some(Relation::OtherKind) } else { relation };
    check.because.push(CheckReason::OtherThing);
    check.evidence = items([best].into_iter());
    check.confidence = confidence::of_slot(&slots);
    if let Some(relation) = check.relation.filter(|r| check.verdict == Verdict::NotEnoughEvidence && r.is_elsewhere()) {
        let likely = elsewhere::likely(case, best, &slots, relation);
        check.confidence = confidence::of_elsewhere(likely);
        check.relation = Some(relation).filter(|_| likely >= case.settings().elsewhere_least);
    }
    check.slots = slots.0;
    true
}

/// How surely another slot must differ for the same number of another length of time to be something else altogether.
const APART_ELSE: f32 = 0.7;

/// Whether the very number is told per another length of time: `€125,000 a day` of *€125,000 a week*.
fn is_per_another(case: Case, best: &Pair) -> bool {
    let theirs = Framed::of(best.statement, best.figure);
    let per = |of: Framed| {
        let rate = of.frame().rate?;
        let led = rate.word.checked_sub(1).is_some_and(|at| is_in(of.word(at).key, List::RateWords));
        led.then_some(rate.length)
    };
    let exact = best.comparison.relation == Relation::Equal;
    exact && digits(case.ours()) > 0 && per(case.claimed).zip(per(theirs)).is_some_and(|(here, there)| here != there)
}

/// Whether one counts days and the other working days: ten days are over before ten working days are.
fn is_of_other_days(case: Case, best: &Pair) -> bool {
    let working = |span: Span, text: &str| {
        let lists = &language::compared().lexicon.lists;
        span.of(text).split(' ').any(|word| lists.reads(List::WorkingDays, word))
    };
    let (ours, theirs) = (case.ours(), best.theirs());
    let length = ours.kind == FigureKind::Duration && theirs.kind == FigureKind::Duration && ours.unit == theirs.unit;
    length && working(ours.span, &case.document.text) != working(theirs.span, &best.statement.document.text)
}

/// Whether a number is one of those that stand anywhere: a rank, a digit without a unit.
fn is_small(case: Case) -> bool {
    let ours = case.ours();
    let dated = ours.kind == FigureKind::Date && ours.iso.is_some();
    ours.kind == FigureKind::Ordinal || digits(ours) < 2 && ours.unit.is_none() && !dated
}

/// Whether what is denied or turned round is the same fact, all else being so: a shared number alone does not show that.
fn is_same_fact(case: Case, best: &Pair, relation: Option<Relation>, slots: &Slots) -> bool {
    const COVERED: f32 = 0.3;
    /// So surely it must have moved the other way where no word is shared.
    const TURNED: f32 = 0.7;
    let but = |names: &[&str]| story::is_same_but(case.claimed, best, case.odds_of(best), case.settings(), names);
    match relation {
        Some(Relation::Negated) => {
            let told = best.alignment.cover >= COVERED && common(case, best) > 0;
            (told || but(story::DENIAL) >= LIKELIER) && denial::is_plain(case, best)
        }
        Some(Relation::DirectionDiffers) => {
            let turned = slots.different().is_some_and(|slot| slot.sure >= TURNED);
            common(case, best) > 0 || turned && but(story::TURN) >= case.settings().stated
        }
        _ => common(case, best) > 0,
    }
}
