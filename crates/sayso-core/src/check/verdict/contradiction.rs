//! A source tells another value of the same thing: what the coverage says of its figure stands, word for word or in like words,
//! beside one figure of the statement, every slot that both tell is the same, and nothing else in the coverage accounts for the
//! statement's value.

use super::certain::{common, is_age, is_same_subject};
use super::shown::{items, show};
use super::{Case, agreeing, confidence, differs};
use crate::check::compare::scale_slip;
use crate::check::frame::tables;
use crate::check::likeness::feature;
use crate::check::marks::{self, Mark};
use crate::check::pairs::{Pair, digits};
use crate::check::similar::alike;
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::extract::FigureKind;
use rust_decimal::prelude::ToPrimitive;

/// How much must speak for a pair.
const ENOUGH: f32 = 0.36;

/// Another value for the same thing, in a story. A headline has too few words to be read so.
pub(super) fn told_otherwise(case: Case, check: &mut Check) -> bool {
    if case.is_headline() || agreeing(case).is_some() || is_foreign(case) {
        return false;
    }
    let weighed = case.pairs().iter().filter(|p| is_rival(case, p)).map(|p| (weight(case, p), p));
    let Some((best, pair)) = weighed.max_by(|a, b| a.0.total_cmp(&b.0)) else { return false };
    if best < ENOUGH || case.found.is_loose(pair.number) || !differs(case, pair) {
        return false;
    }
    // One word alone (`it took`, `people`) is shared by chance.
    let lasts = matches!(case.ours().kind, FigureKind::Duration | FigureKind::Age);
    let slip = is_slip(case, pair) && !lasts;
    if common(case, pair) < 2 && pair.features[feature::ANCHOR] <= 0.0 && !slip {
        return false;
    }
    check.verdict = Verdict::Contradicted;
    show(check, pair);
    check.because.push(CheckReason::NoEqualValue);
    if let Some(factor) = scale_slip(case.ours(), pair.theirs()) {
        check.computation = Some(format!("{}: a factor of {factor}", pair.comparison.text));
    }
    check.evidence = items([pair].into_iter());
    check.confidence = confidence::of_other_value(best);
    check.slots = case.slots(pair).0.clone();
    true
}

/// Whether a pair can be two values of one thing: of one kind and unit and about one size, or a slip of the unit or scale.
fn is_rival(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.ours(), pair.theirs());
    // People are no homes.
    let other_noun = pair.features[feature::NOUN] < 0.0;
    if other_noun || pair.comparison.agrees || is_age(case, pair) || !is_same_subject(case, pair) {
        return false;
    }
    if matches!(ours.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal) || ours.kind != theirs.kind {
        return false;
    }
    let alike = ours.unit == theirs.unit && about(pair, ours.value.and_then(|v| v.to_f64()));
    !pair.explained && (is_slip(case, pair) || alike && pair.comparison.relation == Relation::Differs)
}

/// The same digits on another scale, or in another unit.
fn is_slip(case: Case, pair: &Pair) -> bool {
    pair.comparison.relation == Relation::UnitDiffers || scale_slip(case.ours(), pair.theirs()).is_some()
}

fn about(pair: &Pair, ours: Option<f64>) -> bool {
    let theirs = pair.theirs().value.and_then(|v| v.to_f64());
    matches!((ours, theirs), (Some(a), Some(b)) if b > 0.0 && (0.2..5.0).contains(&(a / b)))
}

/// Whether the coverage's clause names somebody or something that the statement does not know.
fn is_foreign(case: Case) -> bool {
    /// A name further off is of another clause.
    const CLOSE: f32 = 0.1;
    let facts = case.claimed.facts;
    let near = facts.frames[case.claimed.figure].near.iter().filter(|n| n.close >= CLOSE && n.share >= 0.8);
    let names = near.map(|n| &facts.words[n.word as usize]).filter(|w| w.name);
    let known = |base: u64| case.found.statements.iter().any(|s| s.facts.words.iter().any(|w| w.base == base));
    names.into_iter().any(|w| !known(w.base))
}

/// How much of what the coverage says of its figure stands beside the statement's, and what else speaks for the pair.
fn weight(case: Case, pair: &Pair) -> f32 {
    let slip = match () {
        () if !is_slip(case, pair) => 0.0,
        () if digits(case.ours()) >= 2 => 0.35,
        () => 0.15,
    };
    let anchored = if pair.features[feature::ANCHOR] > 0.0 { 0.15 } else { 0.0 };
    let noun = if pair.features[feature::NOUN] > 0.0 { 0.12 } else { 0.0 };
    covered(case, pair) + slip + anchored + noun
}

/// The share of the words beside the coverage's figure, close ones counting more, that stand beside the statement's.
fn covered(case: Case, pair: &Pair) -> f32 {
    let (ours, theirs) = (case.claimed.facts, &pair.statement.facts);
    let (a, b) = (&ours.frames[case.claimed.figure], &theirs.frames[pair.figure]);
    let (mut all, mut has) = (0.0, 0.0);
    for near in a.near.iter().filter(|n| n.close >= 0.05) {
        let word = &ours.words[near.word as usize];
        let light =
            marks::is(word.key, Mark::Light) || marks::is_base(word.base, Mark::Light) || tables::is_change(word.key);
        let weight = near.close * near.share * if light { 0.4 } else { 1.0 };
        let beside = b.near.iter().map(|n| {
            let like = alike(word, &theirs.words[n.word as usize]);
            if like > 0.3 { like * (n.share + 0.15).min(1.0) * (n.close + 0.35).min(1.0) } else { 0.0 }
        });
        let before = b.before.iter().map(|w| alike(word, &theirs.words[*w as usize]) * 0.5);
        has += weight * beside.chain(before).fold(0.0, f32::max);
        all += weight;
    }
    if all > 0.0 { has / all } else { 0.0 }
}
