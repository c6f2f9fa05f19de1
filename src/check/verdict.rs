//! The verdict on one figure: candidates and comparisons go in, a `Check` comes out. Likeness decides what is evidence,
//! arithmetic decides what it says, and where likeness is low the verdict is that there is not enough.

use super::candidates::{Found, Statement, fit};
use super::compare::{Comparison, compare};
use super::derived;
use super::facts::Facts;
use super::likeness::{Claimed, Features, feature, features, probability, relate};
use super::{Check, CheckReason, Evidence, EvidenceItem, EvidenceKind, Relation, Settings, Verdict};
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use rust_decimal::Decimal;

/// How many pieces of evidence are shown.
const SHOWN: usize = 4;

/// A figure of a statement that may speak of the same thing, compared.
struct Pair<'a> {
    statement: &'a Statement,
    figure: usize,
    features: Features,
    /// How likely the same thing is meant.
    likely: f32,
    comparison: Comparison,
}

/// Checks the figure at `index` against statements.
pub(super) fn statements(
    document: &Document,
    extraction: &Extraction,
    facts: &Facts,
    index: usize,
    found: &Found,
    evidence: &Evidence,
) -> Check {
    let figure = &extraction.figures[index];
    let mut check = Check {
        figure: Some(index as u32),
        claim: None,
        span: figure.span,
        claimed: figure.value,
        verdict: Verdict::NotEnoughEvidence,
        relation: None,
        evidence: Vec::new(),
        computation: None,
        because: Vec::new(),
    };
    if figure.value.is_none() && figure.iso.is_none() {
        check.verdict = Verdict::NotCheckable;
        check.because.push(CheckReason::NoValue);
        return check;
    }
    if found.statements.is_empty() {
        check.because.push(CheckReason::NoSource);
        return check;
    }
    if found.named {
        check.because.push(CheckReason::About);
    }
    let claimed = Claimed { extraction, facts, figure: index };
    let pairs = pairs(claimed, found, evidence);
    decide(document, claimed, &pairs, found, evidence, &mut check);
    check
}

/// One pair of figures as the fitting of the weights needs it.
pub(super) fn compared(claimed: Claimed, found: &Found, evidence: &Evidence) -> Vec<super::Compared> {
    pairs(claimed, found, evidence)
        .into_iter()
        .map(|p| super::Compared {
            figure: claimed.figure as u32,
            doc: p.statement.document.id.clone(),
            span: p.statement.extraction.figures[p.figure].span,
            agrees: p.comparison.agrees,
            features: p.features.to_vec(),
        })
        .collect()
}

/// Every comparable figure of the statements, the likeliest first.
fn pairs<'a>(claimed: Claimed, found: &Found<'a>, evidence: &Evidence) -> Vec<Pair<'a>> {
    let mut out = Vec::new();
    for statement in &found.statements {
        for (i, theirs) in statement.extraction.figures.iter().enumerate() {
            let Some((fit, factor)) = fit(claimed.get(), theirs) else { continue };
            let Some(comparison) = compare(claimed.get(), theirs, factor) else { continue };
            let features = features(claimed, statement, i, fit);
            out.push(Pair { statement, figure: i, features, likely: 0.0, comparison });
        }
    }
    let mut together: Vec<(&mut Features, bool)> =
        out.iter_mut().map(|p| (&mut p.features, p.comparison.agrees)).collect();
    relate(&mut together);
    out.iter_mut().for_each(|p| p.likely = probability(&p.features, &evidence.settings));
    out.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    out
}

fn decide(
    document: &Document,
    claimed: Claimed,
    pairs: &[Pair],
    found: &Found,
    evidence: &Evidence,
    check: &mut Check,
) {
    let settings = &evidence.settings;
    let agreeing = pairs.iter().find(|p| p.comparison.agrees);
    let rival = pairs.iter().find(|p| !p.comparison.agrees && p.comparison.relation == Relation::Differs);
    let rival_likely = rival.map_or(0.0, |p| p.likely);
    if let Some(best) = agreeing
        && best.likely >= settings.supported
        && best.likely + settings.rival >= rival_likely
    {
        check.verdict = Verdict::Supported;
        show(check, best);
        check.evidence = items(pairs.iter().filter(|p| p.comparison.agrees));
        // Another statement with another value for the same thing.
        if let Some(other) = pairs.iter().find(|p| {
            !p.comparison.agrees
                && !std::ptr::eq(p.statement, best.statement)
                && p.likely >= settings.contradicted
                && certain(claimed.get(), p)
                && of_one_size(claimed.get(), p, settings)
        }) {
            check.verdict = Verdict::Conflicting;
            check.evidence.truncate(SHOWN - 1);
            check.evidence.push(item(other));
        }
        return;
    }
    if let Some(derived) = derived::find(document, claimed, found, settings) {
        check.verdict = Verdict::Supported;
        check.relation = Some(Relation::Derived);
        check.computation = Some(derived.computation);
        check.evidence = derived.evidence;
        check.because.push(CheckReason::Computed);
        return;
    }
    // Where the value stands in a statement at all, whatever it counts there, another value is no contradiction.
    if let Some(rival) = rival
        && agreeing.is_none()
        && rival.likely >= settings.contradicted
        && certain(claimed.get(), rival)
        && of_one_size(claimed.get(), rival, settings)
    {
        check.verdict = Verdict::Contradicted;
        show(check, rival);
        check.because.push(CheckReason::NoEqualValue);
        check.evidence = items([rival].into_iter());
        return;
    }
    check.because.push(match (agreeing, pairs) {
        (Some(_), _) => CheckReason::OtherThing,
        (None, []) => CheckReason::NoComparable,
        (None, _) => CheckReason::NoEqualValue,
    });
    let worth_showing = |p: &&Pair| p.likely >= settings.shown;
    check.evidence = items(agreeing.into_iter().chain(rival).filter(worth_showing));
}

/// The share of the words near a figure that must stand near the other too, for the words around to agree.
const SHARED: f32 = 0.2;

/// Whether subject and unit are matched well enough to contradict: what is counted is the same, or the unit is one
/// that few things share and the words around agree, and the changes do not point in different ways.
fn certain(ours: &Figure, pair: &Pair) -> bool {
    let theirs = &pair.statement.extraction.figures[pair.figure];
    let same_noun = pair.features[feature::NOUN] > 0.0;
    let other_noun = pair.features[feature::NOUN] < 0.0;
    let opposite = pair.features[feature::CHANGE] < 0.0;
    let dated = matches!(ours.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal);
    let period = match (&ours.as_of, &theirs.as_of) {
        (Some(a), Some(b)) => a == b || a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    };
    let shared = pair.features[feature::NEAR] > SHARED;
    let united = ours.kind == theirs.kind && ours.kind != FigureKind::Number && shared;
    !dated && !opposite && !other_noun && period && (same_noun || united)
}

/// Whether the values are near enough to be two tellings of one thing: in `one of 3,278 people` the one and the 3,278
/// count people, and neither contradicts the other.
fn of_one_size(ours: &Figure, pair: &Pair, settings: &Settings) -> bool {
    let theirs = &pair.statement.extraction.figures[pair.figure];
    let (Some(a), Some(b)) = (ours.value, theirs.value) else { return true };
    let factor = Decimal::try_from(settings.factor).unwrap_or(Decimal::TEN);
    let (a, b) = (a.abs(), b.abs());
    ours.unit != theirs.unit
        || (a.checked_mul(factor).is_none_or(|m| m >= b) && b.checked_mul(factor).is_none_or(|m| m >= a))
}

/// Relation, arithmetic and reasons of the pair that decided.
fn show(check: &mut Check, pair: &Pair) {
    check.relation = Some(pair.comparison.relation);
    check.computation = Some(pair.comparison.text.clone());
    let f = &pair.features;
    for (holds, reason) in [
        (f[feature::NOUN] > 0.0, CheckReason::SameNoun),
        (f[feature::NEAR] > SHARED, CheckReason::SharedWords),
        (f[feature::SAME] > 0.0, CheckReason::SameUnit),
        (f[feature::CHANGE] > 0.0, CheckReason::SameChange),
        (f[feature::CHANGE] < 0.0, CheckReason::OtherChange),
    ] {
        if holds {
            check.because.push(reason);
        }
    }
}

fn items<'p, 'a: 'p>(pairs: impl Iterator<Item = &'p Pair<'a>>) -> Vec<EvidenceItem> {
    pairs.take(SHOWN).map(item).collect()
}

fn item(pair: &Pair) -> EvidenceItem {
    let figure = &pair.statement.extraction.figures[pair.figure];
    statement_item(pair.statement, figure, pair.likely)
}

/// A figure of a statement as evidence.
pub(super) fn statement_item(statement: &Statement, figure: &Figure, score: f32) -> EvidenceItem {
    EvidenceItem {
        doc: statement.document.id.clone(),
        span: Some(figure.span),
        kind: EvidenceKind::Statement,
        value: figure.value.map(|v| v.normalize().to_string()).or_else(|| figure.iso.clone()),
        table: None,
        row: None,
        column: None,
        score,
    }
}
