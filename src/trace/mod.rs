//! Quotations of coverage are traced to the statements that they come from: a document and [`Sources`] go in, a
//! [`Trace`] for each unbroken run of quoted words comes out, with the passage, the edit script and the name of the edit.
//!
//! Three steps, a file each. [`sources`] finds candidate statements by their three-word shingles, rare ones first: in
//! memory, or in an index on disk. `align` pairs the words of the quotation with those of a candidate: a dynamic program that knows jumps as
//! well as single words, so that an ellipsis or a splice costs one step however far it leaps. `relation` names what was
//! done: *verbatim, elided, bracketed, spliced, altered*. It names the edit, never the motive.
//!
//! `“The ferry is … safe,” she said.` against `The ferry is old but safe.` is `elided`, with `old but` omitted.

mod align;
mod attribution;
mod pieces;
mod relation;
mod settings;
mod shingles;
mod sources;

pub use settings::Settings;
pub use sources::Sources;

use crate::document::Document;
use crate::extract::{Confidence, Extraction};
use crate::span::Span;
use pieces::Run;
use relation::Reading;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where the words of one quoted run come from, and what was done to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The quoted words, without the marks around them.
    pub quote: Span,
    /// The quotation that they belong to: position in [`Extraction::quotes`].
    pub quote_index: u32,
    /// What was done to the words: the strongest that applies.
    pub relation: Relation,
    /// Every sort of change that was found, in the order of [`ChangeKind`].
    pub changes: Vec<ChangeKind>,
    /// The id of the statement; none where nothing was found.
    pub statement: Option<String>,
    /// The passages of the statement, in the order of the quotation.
    pub source: Vec<Span>,
    /// The edit that makes the quotation of the source: in the order of the quotation, covering all of its words.
    pub ops: Vec<EditOp>,
    /// What stood in the statement between two passages that the quotation joins.
    pub omitted: Vec<Span>,
    /// Whose words they are in the coverage.
    pub attributed_to: Option<String>,
    /// Whose words they are in the statement: the speaker quoted there, or who issued it.
    pub statement_speaker: Option<String>,
    /// Whether the two differ; none where either is unknown or they cannot be compared (a person, an office).
    pub attribution_drift: Option<bool>,
    /// The share of the quoted words that the statement holds, from 0 to 1; 0 where nothing was found.
    pub score: f32,
}

/// What was done to quoted words, from nothing to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// In no statement.
    NotFound,
    /// The same words in order.
    Verbatim,
    /// Words are left out at an ellipsis.
    Elided,
    /// A word is replaced or joined by an editor's brackets.
    Bracketed,
    /// Passages that are not adjacent are run together with no mark.
    Spliced,
    /// Words are substituted, dropped or added with no mark.
    Altered,
}

/// A sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A number has another value.
    Figure,
    /// A negation came or went.
    Negation,
    /// A word stands for another.
    Word,
    /// A word is missing.
    Dropped,
    /// A word was put in.
    Added,
    /// Capital and small letters, the quotation's first letter apart.
    Case,
    /// Apostrophes, contractions, the form of a number.
    Glyph,
}

/// One step of the edit script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditOp {
    /// What is done.
    pub kind: OpKind,
    /// Where in the coverage; empty for a deletion (the place at which the words are missing).
    pub quote: Span,
    /// Where in the statement; empty for an insertion (the place after which the words were put in).
    pub source: Span,
}

/// What a step of the edit script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OpKind {
    /// The same words.
    Equal,
    /// Words for others.
    Replace,
    /// Words that the source has not.
    Insert,
    /// Words that the quotation has not.
    Delete,
}

/// Traces every quoted run of a document, in the order of the text, with the default [`Settings`].
///
/// A document that names its statements (`about`) is compared with those of them that `sources` holds; otherwise with
/// all. Pure and thread-safe. Empty where `sources` is. Cost grows with the quoted words and the hits of their rarer
/// shingles, not with the number of statements.
pub fn trace(document: &Document, extraction: &Extraction, sources: &Sources) -> Vec<Trace> {
    trace_with(document, extraction, sources, &Settings::default())
}

/// [`trace`] with thresholds of one's own.
pub fn trace_with(document: &Document, extraction: &Extraction, sources: &Sources, settings: &Settings) -> Vec<Trace> {
    if sources.is_empty() {
        return Vec::new();
    }
    let mut runs: Vec<Run> =
        extraction.quotes.iter().enumerate().flat_map(|(i, q)| pieces::runs(document, q, i as u32)).collect();
    runs.sort_by_key(|r| (r.span.start, r.span.end, r.quote_index));
    runs.dedup_by_key(|r| r.span);
    let own = sources.number(&document.id);
    let mut only = sources.named(&document.about);
    only.retain(|number| Some(*number) != own);

    // Long runs speak for themselves; short ones are only looked for where a long one of the same page was found.
    let mut found: Vec<Vec<Reading>> = runs
        .iter()
        .map(|run| match run.words.len() >= settings.short_words {
            true => readings(document, run, &only, own, sources, settings),
            false => Vec::new(),
        })
        .collect();
    let mut weight: BTreeMap<u32, u32> = BTreeMap::new();
    for readings in &found {
        let best = readings.first().map_or(0, |r| r.score);
        for r in readings.iter().filter(|r| r.score + settings.tie >= best && r.stands_alone(sources.len(), settings)) {
            *weight.entry(r.statement).or_default() += r.matched;
        }
    }
    let near: Vec<u32> = if only.is_empty() { weight.keys().copied().collect() } else { only.clone() };
    for (run, found) in runs.iter().zip(&mut found) {
        if run.words.len() < settings.short_words && !near.is_empty() {
            *found = near.iter().filter_map(|s| relation::read(&document.text, run, *s, sources, settings)).collect();
        }
    }
    runs.iter()
        .zip(found)
        .map(|(run, readings)| {
            let best = choose(document, readings, sources, &weight, &near, settings);
            finish(document, extraction, sources, run, best)
        })
        .collect()
}

/// The readings of a run in its candidate statements, best first.
fn readings(
    document: &Document,
    run: &Run,
    only: &[u32],
    own: Option<u32>,
    sources: &Sources,
    settings: &Settings,
) -> Vec<Reading> {
    let candidates = match only {
        [] => sources.candidates(&document.text, run, own, settings),
        only => only.to_vec(),
    };
    let mut out: Vec<Reading> =
        candidates.into_iter().filter_map(|s| relation::read(&document.text, run, s, sources, settings)).collect();
    out.sort_by_key(|r| (Reverse(r.score), r.statement));
    out
}

/// The best reading that can be claimed. Statements that say the same in the same words are told apart by what else of
/// them the page quotes, then by the nearer date.
fn choose(
    document: &Document,
    readings: Vec<Reading>,
    sources: &Sources,
    weight: &BTreeMap<u32, u32>,
    near: &[u32],
    settings: &Settings,
) -> Option<Reading> {
    let claimable = |r: &Reading| {
        r.stands_alone(sources.len(), settings) || (near.contains(&r.statement) && r.stands_supported(settings))
    };
    let readings: Vec<Reading> = readings.into_iter().filter(claimable).collect();
    let best = readings.iter().map(|r| r.score).max()?;
    let apart = |r: &Reading| {
        let days = |statement: jiff::civil::Date| Some((statement - document.day()?).get_days().unsigned_abs());
        sources.statement(r.statement).and_then(|s| s.document.day()).and_then(days).unwrap_or(u32::MAX)
    };
    readings
        .into_iter()
        .filter(|r| r.score + settings.tie >= best)
        .max_by_key(|r| (weight.get(&r.statement).copied(), r.score, Reverse((apart(r), r.statement))))
}

fn finish(document: &Document, extraction: &Extraction, sources: &Sources, run: &Run, best: Option<Reading>) -> Trace {
    let attributed_to = attribution::in_coverage(document, extraction, run.quote_index);
    let best = best.and_then(|reading| Some((sources.statement(reading.statement)?, reading)));
    let Some((statement, reading)) = best else {
        return Trace {
            quote: run.span,
            quote_index: run.quote_index,
            relation: Relation::NotFound,
            changes: Vec::new(),
            statement: None,
            source: Vec::new(),
            ops: Vec::new(),
            omitted: Vec::new(),
            attributed_to: attributed_to.map(|a| a.name),
            statement_speaker: None,
            attribution_drift: None,
            score: 0.0,
        };
    };
    let issuer = attribution::in_statement(&statement, &reading.source);
    // That words went to another mouth is told only where the mouth is beyond doubt.
    let sure = extraction.quotes.get(run.quote_index as usize).is_some_and(|q| q.confidence == Confidence::High);
    let attribution_drift = attribution::drift(attributed_to.as_ref(), issuer.as_ref()).filter(|drift| sure || !drift);
    Trace {
        quote: run.span,
        quote_index: run.quote_index,
        relation: reading.relation,
        changes: reading.changes,
        statement: Some(statement.document.id.clone()),
        source: reading.source,
        ops: reading.ops,
        omitted: reading.omitted,
        attributed_to: attributed_to.map(|a| a.name),
        statement_speaker: issuer.map(|a| a.name),
        attribution_drift,
        score: reading.matched as f32 / reading.words.max(1) as f32,
    }
}

#[cfg(test)]
mod tests;
