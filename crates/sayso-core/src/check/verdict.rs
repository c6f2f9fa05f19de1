//! The verdict on one figure: its pairs go in, a `Check` comes out. How likely two figures are of one thing decides what is
//! evidence, arithmetic what it says, the table in `rules` what follows; and where the likelihood is low the verdict is that
//! there is not enough. `headline` and `story` differ in how that likelihood is told.

mod accused;
mod certain;
mod confidence;
mod denial;
mod doubt;
mod elsewhere;
mod headline;
mod repeated;
mod rules;
mod same_number;
mod shown;
mod story;
mod unnamed;

pub(super) use repeated::settle as settle_repeated;
pub(super) use shown::statement_item;
pub(super) use story::tells_else;
pub(super) use unnamed::features as found_features;

use super::candidates::Choice;
use super::case::Case;
use super::features::{ELSEWHERE, feature};
use super::framed::Framed;
use super::pairs::Pair;
use super::slots::Slots;
use super::subject::Holder;
use super::{Check, CheckReason, Relation, Verdict, claimless, derived, labels};
use crate::extract::Confidence;
use certain::{certain, holder, is_age, is_of_another};
use shown::{SHOWN, item, items};

/// Checks a figure against statements.
pub(super) fn statements(case: Case) -> Check {
    let figure = case.ours();
    let mut check = Check {
        figure: Some(case.claimed.index as u32),
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
    let Framed { extraction, facts, index } = case.claimed;
    if !case.is_headline() && claimless::is_claimless(&case.document.text, extraction, facts, index) {
        check.verdict = Verdict::NotCheckable;
        check.because.push(CheckReason::NoClaim);
        return check;
    }
    let length = case.claimed.meant().value;
    if figure.value.or(length).is_none() && figure.iso.as_deref().is_none_or(is_vague) {
        check.because.push(CheckReason::NoValue);
        let found = || labels::word_for_word(case.claimed.facts, case.claimed.index, figure, case.found);
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
    let settled = if case.is_headline() { headline::settle(case, &mut check) } else { story::settle(case, &mut check) };
    if !settled {
        leave_open(case, &mut check);
    }
    doubt::settle(case, &mut check);
    unnamed::settle(case, &mut check);
    accused::temper(case, &mut check);
    check
}

/// The figure of a statement that has the number of the coverage's for something else, where that is the verdict, and what is asked of
/// it then.
pub(super) fn elsewhere_features<'c, 'a>(case: Case<'c, 'a>) -> Option<(&'c Pair<'a>, [f32; ELSEWHERE])> {
    let check = statements(case);
    let relation = check.relation.filter(|r| check.verdict == Verdict::NotEnoughEvidence && r.is_elsewhere())?;
    let pair = case.cited(&check)?;
    let slots = Slots(check.slots);
    Some((pair, elsewhere::features(case, pair, &slots, relation)))
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

/// Where another statement has another value for the same thing, they are in conflict.
fn conflict(case: Case, check: &mut Check, best: &Pair) {
    let settings = case.settings();
    let as_near = |p: &Pair| p.features[feature::NEAR] >= best.features[feature::NEAR];
    let elsewhere = |p: &Pair| !std::ptr::eq(p.statement, best.statement) && as_near(p);
    let sure = |p: &&Pair| p.is_rival() && elsewhere(p) && p.likely >= settings.contradicted && certain(case, p);
    if let Some(other) = case.pairs().iter().find(sure) {
        check.verdict = Verdict::Conflicting;
        check.evidence.truncate(SHOWN - 1);
        check.evidence.push(item(other));
    }
}

/// Lets arithmetic support a figure, if at least `least` speaks for it.
fn take_if(check: &mut Check, derived: Option<&derived::Derived>, least: f32) -> bool {
    let Some(derived) = derived.filter(|d| d.likely >= least) else { return false };
    take_derived(check, derived.clone());
    true
}

/// Lets arithmetic support a figure that nothing else settled; or contradict it, where what is worked out moved the other way.
pub(super) fn take_derived(check: &mut Check, derived: derived::Derived) {
    (check.verdict, check.relation) = match derived.turned {
        true => (Verdict::Contradicted, Some(Relation::DirectionDiffers)),
        false => (Verdict::Supported, Some(Relation::Derived)),
    };
    check.confidence = confidence::of_derivation(derived.likely);
    check.computation = Some(derived.computation);
    check.evidence = derived.evidence;
    check.because.retain(|reason| *reason == CheckReason::About);
    check.because.push(CheckReason::Computed);
    if derived.turned {
        check.because.push(CheckReason::OtherChange);
    }
}

/// Lets a change that is told amiss contradict a figure.
fn take_amiss(check: &mut Check, amiss: Option<derived::Amiss>) -> bool {
    let Some(amiss) = amiss else { return false };
    check.verdict = Verdict::Contradicted;
    check.relation = Some(amiss.relation);
    check.confidence = confidence::of_other_value(amiss.likely);
    check.computation = Some(amiss.computation);
    check.evidence = amiss.evidence;
    check.because.retain(|reason| *reason == CheckReason::About);
    check.because.push(CheckReason::Computed);
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
