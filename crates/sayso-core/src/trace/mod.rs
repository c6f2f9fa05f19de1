//! Quotations of coverage are traced to the statements that they come from: a document and [`Sources`] go in, a
//! [`Trace`] for each unbroken run of quoted words comes out, with the passage, the edit script and the name of the edit.
//!
//! Four steps, a file each. [`sources`] finds candidate statements by their three-word shingles, rare ones first: in
//! memory, or in an index on disk. `align` pairs the words of the quotation with those of a candidate: a dynamic program
//! that knows jumps as well as single words, so that an ellipsis or a splice costs one step however far it leaps.
//! `relation` names what was done: *verbatim, elided, bracketed, spliced, altered*. It names the edit, never the motive.
//! `choice` decides between candidates, or for none.
//!
//! Beside them: [`reuses`], a statement's words without quote marks; [`copies`], documents that repeat one another;
//! [`views`], the traces of many documents by statement, by outlet and over time.
//!
//! `“The ferry is … safe,” she said.` against `The ferry is old but safe.` is `elided`, with `old but` omitted.

mod align;
mod attribution;
mod choice;
pub mod copies;
mod fold;
mod lexicon;
mod pieces;
mod relation;
mod reuse;
mod settings;
mod shingles;
mod sources;
pub mod views;

pub use reuse::{Reuse, reuses, reuses_with};
pub use settings::Settings;
pub use sources::Sources;

use crate::document::Document;
use crate::extract::{Confidence, Extraction, Quote};
use crate::span::Span;
use crate::store::StoreError;
use choice::{Choice, Issued};
use pieces::Run;
use relation::{Reader, Reading};
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
    /// Why it was claimed or not, and what the changes are in detail, in the order of [`Reason`].
    pub because: Vec<Reason>,
    /// The share of the quoted words that the statement holds, from 0 to 1; 0 where nothing was found.
    pub score: f32,
}

/// Why a source is claimed or not, and what a change is in detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Claimed: so many words in a row are no chance.
    LongMatch,
    /// Claimed: the page names the statement (`about`).
    NamedStatement,
    /// Claimed: the page quotes the statement elsewhere.
    QuotedElsewhere,
    /// Claimed: the speaker issued the statement, within days of the page.
    SameSpeakerAndDate,
    /// Not claimed: three words or fewer, and nothing else speaks for any statement.
    TooShort,
    /// Not claimed: no statement shares a rare shingle, or those that do hold too little of it.
    NoMatch,
    /// Not claimed: a statement has most of the words, but too few in a row to be sure.
    WeakMatch,
    /// Not claimed: a statement has most of the words, but they were changed and are another person's here.
    AnotherMouth,
    /// A word has another spelling (British, American).
    Spelling,
    /// A contraction was made or undone.
    Contraction,
    /// A number is written in another form.
    NumberForm,
    /// A word has another form (tense, number).
    Inflection,
    /// A word that softened what was said is lost.
    HedgeLost,
    /// A word that softens was put in.
    HedgeAdded,
}

/// What was done to quoted words, from nothing to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
///
/// The error is that of a store of statements that could not be read.
pub fn trace(document: &Document, extraction: &Extraction, sources: &Sources) -> Result<Vec<Trace>, StoreError> {
    trace_with(document, extraction, sources, &Settings::default())
}

/// [`trace`] with thresholds of one's own.
pub fn trace_with(
    document: &Document,
    extraction: &Extraction,
    sources: &Sources,
    settings: &Settings,
) -> Result<Vec<Trace>, StoreError> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let mut runs: Vec<Run> =
        extraction.quotes.iter().enumerate().flat_map(|(i, q)| pieces::runs(document, q, i as u32)).collect();
    // Words quoted within somebody's words are the inner one's.
    runs.sort_by_key(|r| {
        let holder = extraction.quotes.get(r.quote_index as usize).map(Quote::length);
        (r.span.start, r.span.end, holder, r.quote_index)
    });
    runs.dedup_by_key(|r| r.span);
    let own = sources.number(&document.id);
    let mut only = sources.named(&document.about);
    only.retain(|number| Some(*number) != own);

    let reader = Reader::new(&document.text, sources, settings);
    // Long runs speak for themselves; short ones are only looked for where a long one of the same page was found.
    let found: Vec<Vec<Reading>> = runs
        .iter()
        .map(|run| match run.words.len() >= settings.short_words {
            true => {
                let found = match only.as_slice() {
                    [] => &sources.candidates(&document.text, run, own, settings),
                    only => only,
                };
                readings(&reader, run, found)
            }
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
    let mut issued = Issued::default();
    let traces = runs
        .iter()
        .zip(found)
        .map(|(run, mut readings)| {
            let speaker = attribution::in_coverage(document, extraction, run.quote_index);
            let mut support: Vec<u32> = near.clone();
            let short = run.words.len() < settings.short_words;
            if short && only.is_empty() {
                support.extend(issued.by(speaker.as_ref(), document, own, sources, settings));
            }
            if short {
                readings = support.iter().filter_map(|s| reader.read(run, *s)).collect();
            }
            let choice =
                Choice { document, sources, weight: &weight, support: &support, speaker: speaker.as_ref(), settings };
            let (best, mut because) = match choice.best(readings) {
                Ok(reading) => {
                    let number = reading.statement;
                    let why = match () {
                        _ if only.contains(&number) => Reason::NamedStatement,
                        _ if reading.stands_alone(sources.len(), settings) => Reason::LongMatch,
                        _ if near.contains(&number) => Reason::QuotedElsewhere,
                        _ => Reason::SameSpeakerAndDate,
                    };
                    (Some(reading), vec![why])
                }
                Err(why) => (None, vec![if short { Reason::TooShort } else { why }]),
            };
            because.extend(best.iter().flat_map(|reading| &reading.because));
            finish(extraction, sources, run, best, speaker, because)
        })
        .collect();
    sources.sound()?;
    Ok(traces)
}

/// The unbroken runs of quoted words of a quotation, without the marks around them; none where it is indirect.
pub fn quoted_words(document: &Document, quote: &Quote) -> Vec<Span> {
    pieces::runs(document, quote, 0).into_iter().map(|run| run.span).collect()
}

/// Lays one stretch of a document beside the statement of an id, claimed or not; none where there is no such statement or it
/// has less than a quarter of the words.
pub fn compare(document: &Document, span: Span, sources: &Sources, statement: &str) -> Option<Trace> {
    let run = pieces::run(&document.text, span, 0)?;
    let number = sources.number(statement)?;
    let settings = Settings::default();
    let reading = Reader::new(&document.text, sources, &settings).read(&run, number)?;
    if reading.matched * 4 < reading.words {
        return None;
    }
    let because = reading.because.clone();
    Some(finish(&Extraction::default(), sources, &run, Some(reading), None, because))
}

/// The readings of a run in its candidate statements, best first.
fn readings(reader: &Reader, run: &Run, candidates: &[u32]) -> Vec<Reading> {
    let mut out: Vec<Reading> = candidates.iter().filter_map(|s| reader.read(run, *s)).collect();
    out.sort_by_key(|r| (Reverse(r.score), r.statement));
    out
}

fn finish(
    extraction: &Extraction,
    sources: &Sources,
    run: &Run,
    best: Option<Reading>,
    speaker: Option<attribution::Attributed>,
    because: Vec<Reason>,
) -> Trace {
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
            attributed_to: speaker.map(|a| a.name),
            statement_speaker: None,
            attribution_drift: None,
            because,
            score: 0.0,
        };
    };
    let issuer = attribution::in_statement(&statement, &reading.source);
    // That words went to another mouth is told only where the mouth is beyond doubt.
    let sure = extraction.quotes.get(run.quote_index as usize).is_some_and(|q| q.confidence == Confidence::High);
    let office = statement.document.publisher.as_deref();
    let drift = attribution::drift(speaker.as_ref(), issuer.as_ref(), office).filter(|drift| sure || !drift);
    Trace {
        quote: run.span,
        quote_index: run.quote_index,
        relation: reading.relation,
        changes: reading.changes,
        statement: Some(statement.document.id.clone()),
        source: reading.source,
        ops: reading.ops,
        omitted: reading.omitted,
        attributed_to: speaker.map(|a| a.name),
        statement_speaker: issuer.map(|a| a.name),
        attribution_drift: drift,
        because,
        score: reading.matched as f32 / reading.words.max(1) as f32,
    }
}

#[cfg(test)]
mod tests;
