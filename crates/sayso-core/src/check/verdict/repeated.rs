//! A headline says in few words what the story says in full, so a figure of it that the story repeats is what it is there:
//! `2,000 flee` over `At least 2,000 people have fled their homes`.

use super::shown::{item, show};
use crate::check::pairs::Pair;
use crate::check::{Check, CheckReason, Verdict};
use crate::document::RegionKind;
use crate::extract::{Extraction, Figure};

/// Gives the figures of headlines that are open the verdict of those that repeat them, where these agree. `checks` and
/// `all` are of the figures of `extraction`, in their order.
pub(in crate::check) fn settle(checks: &mut [Check], extraction: &Extraction, all: &[Vec<Pair>]) {
    let figures = &extraction.figures;
    let headlines: Vec<_> = extraction
        .regions
        .iter()
        .filter(|region| matches!(region.kind, RegionKind::Headline | RegionKind::Subhead))
        .map(|region| region.span)
        .collect();
    let on_top = |figure: &Figure| headlines.iter().any(|span| span.contains(figure.span));
    for i in (0..figures.len()).filter(|i| on_top(&figures[*i])) {
        if checks[i].verdict != Verdict::NotEnoughEvidence {
            continue;
        }
        let twins: Vec<&Check> = (0..figures.len())
            .filter(|j| !on_top(&figures[*j]) && repeats(&figures[i], &figures[*j]))
            .map(|j| &checks[j])
            .collect();
        let Some(first) = twins.first() else { continue };
        let verdict = first.verdict;
        let agreed = match verdict {
            Verdict::Supported => true,
            Verdict::Contradicted => false,
            _ => continue,
        };
        if twins.iter().any(|twin| twin.verdict != verdict) {
            continue;
        }
        let Some(evidence) = first.evidence.first() else { continue };
        let is_evidence =
            |pair: &&Pair| pair.statement.document.id == evidence.doc && Some(pair.theirs().span) == evidence.span;
        let Some(pair) = all[i].iter().find(is_evidence).filter(|pair| pair.comparison.agrees == agreed) else {
            continue;
        };
        let check = &mut checks[i];
        check.verdict = verdict;
        check.because.retain(|reason| *reason == CheckReason::About);
        show(check, pair);
        check.because.push(CheckReason::Repeated);
        check.evidence = vec![item(pair)];
    }
}

/// Whether a figure of the story can be that of the headline.
fn repeats(headline: &Figure, story: &Figure) -> bool {
    let same = |a: &Figure, b: &Figure| a.kind == b.kind && a.value == b.value && a.unit == b.unit;
    let noun = headline.noun_lemma.is_none() || headline.noun_lemma == story.noun_lemma;
    headline.value.is_some() && same(headline, story) && noun
}
