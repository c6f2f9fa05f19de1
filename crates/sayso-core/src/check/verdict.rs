//! The verdict on one figure: its pairs go in, a `Check` comes out. Likeness decides what is evidence, arithmetic decides
//! what it says, and where likeness is low the verdict is that there is not enough.

mod certain;
mod confidence;
mod contradiction;
mod repeated;
mod rules;
mod same_number;
mod shown;

pub(super) use repeated::settle as settle_repeated;
pub(super) use shown::statement_item;

use super::candidates::{Choice, Found};
use super::compare::scale_slip;
use super::likeness::{Claimed, feature};
use super::pairs::{self, Pair, digits};
use super::slots::{Slot, SlotName, SlotState, Slots};
use super::subject::Holder;
use super::{Check, CheckReason, Evidence, Relation, Settings, Verdict, claimless, derived, labels};
use crate::document::Document;
use crate::extract::{Confidence, Figure, FigureKind};
use certain::{certain, common, holder, is_age, is_of_another, is_same_subject};
use rules::Values;
use same_number::{base_text, newer, newer_text, other_base};
use shown::{SHOWN, item, items, show};

/// What a figure is judged by.
#[derive(Clone, Copy)]
pub(super) struct Case<'c, 'a> {
    pub document: &'c Document,
    pub claimed: Claimed<'c>,
    /// The pairs of every figure of the document.
    pub all: &'c [Vec<Pair<'a>>],
    pub found: &'c Found,
    pub evidence: &'c Evidence,
}

impl<'c, 'a> Case<'c, 'a> {
    fn pairs(&self) -> &'c [Pair<'a>] {
        &self.all[self.claimed.figure]
    }

    fn ours(&self) -> &'c Figure {
        &self.claimed.extraction.figures[self.claimed.figure]
    }

    /// Whether the figure stands in a headline.
    pub(super) fn is_headline(&self) -> bool {
        let Claimed { extraction, facts, figure } = self.claimed;
        pairs::is_headline(extraction, facts, figure)
    }

    /// A pair side by side, slot by slot.
    fn slots<'p>(&self, pair: &'p Pair) -> &'p Slots {
        pair.slots(self.claimed)
    }

    fn settings(&self) -> &'c Settings {
        &self.evidence.settings
    }
}

/// Checks a figure against statements.
pub(super) fn statements(case: Case) -> Check {
    let figure = case.ours();
    let mut check = Check {
        figure: Some(case.claimed.figure as u32),
        claim: None,
        span: figure.span,
        claimed: figure.value,
        verdict: Verdict::NotEnoughEvidence,
        relation: None,
        evidence: Vec::new(),
        computation: None,
        because: Vec::new(),
        slots: Vec::new(),
        confidence: Confidence::Low,
        sentence: None,
    };
    let Claimed { extraction, facts, figure: index } = case.claimed;
    if !case.is_headline() && claimless::is_claimless(&case.document.text, extraction, facts, index) {
        check.verdict = Verdict::NotCheckable;
        check.because.push(CheckReason::NoClaim);
        return check;
    }
    let length = case.claimed.length().value;
    if figure.value.or(length).is_none() && figure.iso.as_deref().is_none_or(is_vague) {
        check.because.push(CheckReason::NoValue);
        let found = || labels::word_for_word(case.claimed.facts, case.claimed.figure, figure, case.found);
        match figure.iso.is_none().then(found).flatten() {
            Some(item) => {
                check.verdict = Verdict::Supported;
                check.relation = Some(Relation::Equal);
                check.evidence = vec![item];
            }
            None => check.verdict = Verdict::NotCheckable,
        }
        return check;
    }
    if case.found.statements.is_empty() {
        check.because.push(CheckReason::NoSource);
        return check;
    }
    if case.found.choice == Choice::Named {
        check.because.push(CheckReason::About);
    }
    let settled = supported(case, &mut check) || {
        let derived = derived::find(case);
        // `12 miles` for the 12 kilometres of the same sentence is a slip, though 19 kilometres elsewhere make 12 miles.
        slipped(case, &mut check)
            || take_if(&mut check, derived.as_ref(), derived::PLENTY)
            || contradicted(case, &mut check)
            || contradiction::told_otherwise(case, &mut check)
            || take_if(&mut check, derived.as_ref(), derived::ENOUGH)
            || said_of_else(case, &mut check)
    };
    if !settled {
        leave_open(case, &mut check);
    }
    check
}

/// Whether a time is no point in time: `now`, `recently`, `in future` (TIMEX3 values).
fn is_vague(iso: &str) -> bool {
    iso.ends_with("_REF")
}

/// The likeliest figure with an agreeing value that may be the same thing: of those whose slots do not differ, else of all.
fn agreeing<'c, 'a>(case: Case<'c, 'a>) -> Option<&'c Pair<'a>> {
    let all = || case.pairs().iter().filter(|p| p.comparison.agrees && !is_of_another(case, p));
    all().find(|p| case.slots(p).different().is_none()).or_else(|| all().next())
}

fn rival<'c, 'a>(case: Case<'c, 'a>) -> Option<&'c Pair<'a>> {
    // Where the age of the person is at hand, that of another is no rival.
    let same = |p: &&Pair| is_age(case, p) && holder(case, p) == Holder::Same;
    let known = agreeing(case).is_some_and(|p| same(&p));
    case.pairs().iter().find(|p| p.is_rival() && (!known || same(p)))
}

/// A source states it; unless the coverage makes more of it than the source.
fn supported(case: Case, check: &mut Check) -> bool {
    let settings = case.settings();
    let Some(best) = agreeing(case) else { return false };
    let newer = newer(case, best);
    // Where the source sets the two figures side by side, both are of the same thing.
    let likely = newer.map_or(best.likely, |newer| best.likely.max(newer.likely));
    let rival_likely = rival(case).map_or(0.0, |p| p.likely);
    // In a story figures stand close together, and another is likely, too; a headline has room for the one that matters.
    let slack = if case.claimed.place().lead { settings.rival } else { settings.rival_in_story };
    if likely < settings.supported || likely + slack < rival_likely {
        return false;
    }
    let slots = case.slots(best);
    let (verdict, _) = rules::verdict(Values::Agree(best.comparison.relation), slots);
    // Where the source tells the newer value, too, or counts heads for hearths, more can be said than that a slot differs.
    let base = other_base(case, best);
    let known = newer.is_some() && slots.differs_only_in(SlotName::Period) || base == Some(true);
    if verdict != Verdict::Supported && !known {
        return false;
    }
    check.verdict = Verdict::Supported;
    check.slots = slots.0.clone();
    check.confidence = confidence::of_support(best, &check.slots);
    show(check, best);
    if let Some(newer) = newer {
        check.verdict = Verdict::Contradicted;
        check.relation = Some(Relation::Stale);
        check.computation = Some(newer_text(best, newer));
        check.because.push(CheckReason::OtherPeriod);
        check.evidence = items([newer, best].into_iter());
        return true;
    }
    check.evidence = items(case.pairs().iter().filter(|p| p.comparison.agrees && !is_of_another(case, p)));
    if let Some(grave) = base {
        check.relation = Some(Relation::BaseDiffers);
        check.computation = Some(base_text(case, best));
        check.verdict = if grave { Verdict::Contradicted } else { Verdict::NotEnoughEvidence };
        return true;
    }
    // Another statement with another value for the same thing.
    let as_near = |p: &Pair| p.features[feature::NEAR] >= best.features[feature::NEAR];
    let elsewhere = |p: &Pair| !std::ptr::eq(p.statement, best.statement) && as_near(p);
    let sure = |p: &&Pair| p.is_rival() && elsewhere(p) && p.likely >= settings.contradicted && certain(case, p);
    let other = case.pairs().iter().find(sure);
    if let Some(other) = other {
        check.verdict = Verdict::Conflicting;
        check.evidence.truncate(SHOWN - 1);
        check.evidence.push(item(other));
    }
    true
}

/// Lets arithmetic support a figure, if at least `least` speaks for it.
fn take_if(check: &mut Check, derived: Option<&derived::Derived>, least: f32) -> bool {
    let Some(derived) = derived.filter(|d| d.weight >= least) else { return false };
    take_derived(check, derived.clone());
    true
}

/// The value stands in the source, and is said of something else there; or the other way round.
fn said_of_else(case: Case, check: &mut Check) -> bool {
    let Some(best) = agreeing(case) else { return false };
    let slots = case.slots(best);
    if slots.different().is_none() || best.likely < case.settings().shown {
        return false;
    }
    let (verdict, relation) = rules::verdict(Values::Agree(best.comparison.relation), slots);
    // What is denied or bounded otherwise must be the same fact, which a shared number alone does not show.
    let sure = match relation {
        Some(Relation::DirectionDiffers) => is_same_subject(case, best) && common(case, best) > 0,
        _ => certain(case, best),
    };
    check.verdict = if verdict == Verdict::Contradicted && !sure { Verdict::NotEnoughEvidence } else { verdict };
    show(check, best);
    check.relation = relation;
    check.because.push(CheckReason::OtherThing);
    check.evidence = items([best].into_iter());
    check.confidence = confidence::of_slot(slots);
    check.slots = slots.0.clone();
    true
}

/// Lets arithmetic support a figure that nothing else settled.
pub(super) fn take_derived(check: &mut Check, derived: derived::Derived) {
    check.verdict = Verdict::Supported;
    check.relation = Some(Relation::Derived);
    check.confidence = confidence::of_derivation(derived.weight);
    check.computation = Some(derived.computation);
    check.evidence = derived.evidence;
    check.because.retain(|reason| *reason == CheckReason::About);
    check.because.push(CheckReason::Computed);
}

/// Whether another value is one of the same thing, as far as the slots tell.
fn differs(case: Case, pair: &Pair) -> bool {
    rules::verdict(Values::Differ(pair.comparison.relation), case.slots(pair)).0 == Verdict::Contradicted
}

/// Whether a slot differs for sure: the same digits speak for the same thing, and outweigh a doubtful slot.
fn is_clearly_other(case: Case, pair: &Pair) -> bool {
    const SURE: f32 = 0.6;
    // Where both count people, that the statement also counts homes makes them no others.
    let counted = pair.features[feature::NOUN] > 0.0;
    let differs = |slot: &Slot| slot.state == SlotState::Different && slot.sure >= SURE;
    case.slots(pair).0.iter().any(|slot| differs(slot) && !(counted && slot.name == SlotName::Subject))
}

/// The same number of another unit, or the same digits on another scale.
fn slipped(case: Case, check: &mut Check) -> bool {
    /// Digits that are not the same by chance.
    const DIGITS: usize = 2;
    let ours = case.ours();
    let elsewhere = |p: &Pair| agreeing(case).is_some_and(|a| a.likely + case.settings().rival >= p.likely);
    let slip = case.pairs().iter().filter(|p| !p.explained && !p.comparison.agrees).find(|p| {
        let many = digits(ours) >= DIGITS;
        // `It took five months` is no slip of `under supervision for five years`.
        let lasts = matches!(ours.kind, FigureKind::Duration | FigureKind::Age);
        let unit = p.comparison.relation == Relation::UnitDiffers && (many && !lasts || common(case, p) > 0);
        let scale = many && ours.kind == p.theirs().kind && scale_slip(ours, p.theirs()).is_some();
        (unit || scale) && p.likely >= case.settings().slip && !elsewhere(p) && !is_clearly_other(case, p)
    });
    let Some(slip) = slip.filter(|p| is_same_subject(case, p)) else { return false };
    check.verdict = Verdict::Contradicted;
    check.slots = case.slots(slip).0.clone();
    check.confidence = confidence::of_other_value(slip.likely);
    show(check, slip);
    if let Some(factor) = scale_slip(ours, slip.theirs()) {
        check.computation = Some(format!("{}: a factor of {factor}", slip.comparison.text));
    }
    check.evidence = items([slip].into_iter());
    true
}

/// A source states another value for the same thing.
fn contradicted(case: Case, check: &mut Check) -> bool {
    let settings = case.settings();
    let sure = |p: &&Pair| p.is_rival() && p.likely >= settings.contradicted && certain(case, p);
    // The likeliest is what the coverage means, or none: a lesser one is of something else.
    let Some(rival) = case.pairs().iter().find(sure).filter(|p| !is_clearly_other(case, p)) else { return false };
    // Where the value stands in a statement and may be meant there, another value is no contradiction.
    if agreeing(case).is_some_and(|a| a.likely > settings.stray || rival.features[feature::NOUN] <= 0.0) {
        return false;
    }
    check.verdict = Verdict::Contradicted;
    check.slots = case.slots(rival).0.clone();
    check.confidence = confidence::of_other_value(rival.likely);
    show(check, rival);
    check.because.push(CheckReason::NoEqualValue);
    check.evidence = items([rival].into_iter());
    true
}

fn leave_open(case: Case, check: &mut Check) {
    let agreeing = agreeing(case);
    check.because.push(match (agreeing, case.pairs()) {
        (Some(_), _) => CheckReason::OtherThing,
        (None, []) => CheckReason::NoComparable,
        (None, _) => CheckReason::NoEqualValue,
    });
    let worth_showing = |p: &&Pair| p.likely >= case.settings().shown;
    check.evidence = items(agreeing.into_iter().chain(rival(case)).filter(worth_showing));
}
