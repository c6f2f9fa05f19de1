//! `check --explain`: of each finding the sentences of both sides, what both claims say slot by slot (their frames), and what each
//! slot was told by. Text for people, a paragraph for each finding.

use super::check::Cited;
use crate::check::{Check, ClaimFrame, Evidence, Filled, frame_of};
use crate::document::Document;
use crate::extract::Extraction;
use crate::output::{flat, name_of};
use crate::span::Span;
use std::fmt::Write;

/// The paragraph of one finding.
pub(super) fn finding(
    document: &Document,
    extraction: &Extraction,
    check: &Check,
    cited: &Cited,
    evidence: &Evidence,
) -> String {
    let statement = check.evidence.first().and_then(|item| Some((item, &cited.get(item.doc.as_str())?.1)));
    let of = |document: &Document, span: Span| flat(span.of(&document.text));
    let here = |span: Span| of(document, span);
    let there = |span: Span| statement.map(|(_, source)| of(source.as_ref(), span)).unwrap_or_default();
    let relation = check.relation.map(|relation| format!(", {}", name_of(&relation))).unwrap_or_default();
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        if !text.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {name:<10} {text}");
        }
    };
    line("sentence", &check.sentence.map(here).unwrap_or_default());
    let claim = check.claim.and_then(|c| extraction.claims.get(c as usize));
    line("frame", &claim.and_then(|claim| frame_of(document, extraction, claim)).map(told).unwrap_or_default());
    if let Some((item, source)) = statement {
        line("source", &source.id);
        line("sentence", &item.sentence.map(there).unwrap_or_default());
        line("frame", &item.span.and_then(|span| frame_at(source, evidence, span)).map(told).unwrap_or_default());
    }
    line("arithmetic", check.computation.as_deref().unwrap_or_default());
    for slot in &check.slots {
        let words = |span: Option<Span>, text: &dyn Fn(Span) -> String| {
            span.map_or_else(|| "—".to_owned(), |span| format!("“{}” {}–{}", text(span), span.start, span.end))
        };
        let both = format!("{} | {}", words(slot.ours, &here), words(slot.theirs, &there));
        line(&name_of(&slot.name), &format!("{}: {both}", name_of(&slot.state)));
    }
    line("because", &check.because.iter().map(name_of).collect::<Vec<_>>().join(", "));
    let (verdict, sure) = (name_of(&check.verdict), name_of(&check.confidence));
    format!("{}: {}: {verdict}{relation} ({sure})\n{out}\n", document.id, here(check.span))
}

/// The frame of the claim of a statement that a figure stands in.
fn frame_at(source: &Document, evidence: &Evidence, span: Span) -> Option<ClaimFrame> {
    let extraction = evidence.extraction(&source.id)?;
    let figure = extraction.figures.iter().position(|figure| figure.span == span)? as u32;
    let claim = extraction.claims.iter().find(|claim| claim.figures.contains(&figure))?;
    frame_of(source, &extraction, claim)
}

/// A frame in words.
fn told(frame: ClaimFrame) -> String {
    let slots: [(&str, Option<Filled>); 12] = [
        ("subject", frame.subject),
        ("predicate", frame.predicate),
        ("direction", frame.direction),
        ("polarity", frame.polarity),
        ("factuality", frame.factuality),
        ("measure", frame.measure),
        ("place", frame.place),
        ("period", frame.period),
        ("base", frame.base),
        ("unit", frame.unit),
        ("hedge", frame.hedge),
        ("bound", frame.bound),
    ];
    let filled = slots.into_iter().filter_map(|(name, slot)| Some(format!("{name} {}", slot?.value)));
    filled.collect::<Vec<_>>().join("; ")
}
