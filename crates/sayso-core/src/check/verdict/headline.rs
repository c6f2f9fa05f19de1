//! The verdict on a figure of a headline, which has too few words for slots: by how alike the words are, and the values.

use super::certain::{certain, common, is_of_another, is_same_subject};
use super::same_number::{newer, other_base, show_base, show_newer};
use super::shown::{items, show};
use super::{agreeing, confidence, conflict, rival, take_if};
use crate::check::case::Case;
use crate::check::compare::{digits, scale_slip};
use crate::check::features::feature;
use crate::check::pairs::Pair;
use crate::check::{Check, CheckReason, Relation, Verdict, derived};
use crate::extract::FigureKind;

/// Settles a figure of a headline.
pub(super) fn settle(case: Case, check: &mut Check) -> bool {
    supported(case, check) || {
        let derived = derived::find(case);
        // `12 miles` for the 12 kilometres of the same sentence is a slip, though 19 kilometres elsewhere make 12 miles.
        slipped(case, check)
            || take_if(check, derived.as_ref(), derived::PLENTY)
            || contradicted(case, check)
            || take_if(check, derived.as_ref(), derived::ENOUGH)
    }
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
    check.verdict = Verdict::Supported;
    check.confidence = confidence::of_support(best);
    show(check, best);
    if let Some(newer) = newer {
        show_newer(check, best, newer);
        return true;
    }
    check.evidence = items(case.pairs().iter().filter(|p| p.comparison.agrees && !is_of_another(case, p)));
    if let Some(grave) = other_base(case, best) {
        show_base(case, check, best, grave);
        return true;
    }
    conflict(case, check, best);
    true
}

/// The same number of another unit, or the same digits on another scale.
pub(super) fn slipped(case: Case, check: &mut Check) -> bool {
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
        (unit || scale) && p.likely >= case.settings().slip && !elsewhere(p)
    });
    let Some(slip) = slip.filter(|p| is_same_subject(case, p)) else { return false };
    check.verdict = Verdict::Contradicted;
    check.confidence = confidence::of_other_value(slip.likely);
    show(check, slip);
    if let Some(factor) = scale_slip(ours, slip.theirs()) {
        check.computation = Some(format!("{}: a factor of {factor}", slip.arithmetic()));
    }
    check.evidence = items([slip].into_iter());
    true
}

/// A source states another value for the same thing.
pub(super) fn contradicted(case: Case, check: &mut Check) -> bool {
    let settings = case.settings();
    let sure = |p: &&Pair| p.is_rival() && p.likely >= settings.contradicted && certain(case, p);
    let Some(rival) = case.pairs().iter().find(sure) else { return false };
    // Where the value stands in a statement and may be meant there, another value is no contradiction. A number of something
    // else that only lies within the bound is not meant.
    let meant = |p: &Pair| p.comparison.relation != Relation::WithinBound || case.slots(p).different().is_none();
    let meant = agreeing(case).filter(|p| meant(p));
    if meant.is_some_and(|a| a.likely > settings.stray || rival.features[feature::NOUN] <= 0.0) {
        return false;
    }
    check.verdict = Verdict::Contradicted;
    check.confidence = confidence::of_other_value(rival.likely);
    show(check, rival);
    check.because.push(CheckReason::NoEqualValue);
    check.evidence = items([rival].into_iter());
    true
}
