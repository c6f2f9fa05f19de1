//! What of the evidence is shown, and why.

use super::certain::SHARED;
use crate::check::features::feature;
use crate::check::pairs::Pair;
use crate::check::statements::Statement;
use crate::check::{Check, CheckReason, EvidenceItem, EvidenceKind};
use crate::extract::Figure;
use crate::span::Span;

/// How many pieces of evidence are shown.
pub(super) const SHOWN: usize = 4;

/// Relation, arithmetic and reasons of the pair that decided.
pub(super) fn show(check: &mut Check, pair: &Pair) {
    check.relation = Some(pair.comparison.relation);
    check.computation = Some(pair.arithmetic());
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

pub(super) fn items<'p, 'a: 'p>(pairs: impl Iterator<Item = &'p Pair<'a>>) -> Vec<EvidenceItem> {
    pairs.take(SHOWN).map(item).collect()
}

pub(super) fn item(pair: &Pair) -> EvidenceItem {
    let figure = &pair.statement.extraction.figures[pair.figure];
    statement_item(pair.statement, figure, pair.likely)
}

/// A figure of a statement as evidence.
pub(in crate::check) fn statement_item(statement: &Statement, figure: &Figure, score: f32) -> EvidenceItem {
    let value = figure.value.map(|v| v.normalize().to_string()).or_else(|| figure.iso.clone());
    place_item(statement, figure.span, value, score)
}

/// A place of a statement as evidence.
fn place_item(statement: &Statement, span: Span, value: Option<String>, score: f32) -> EvidenceItem {
    EvidenceItem {
        doc: statement.document.id.clone(),
        span: Some(span),
        kind: EvidenceKind::Statement,
        value,
        table: None,
        row: None,
        column: None,
        score,
        sentence: statement.facts.sentence_of(span),
    }
}
