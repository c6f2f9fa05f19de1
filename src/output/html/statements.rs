//! Statements sentence by sentence, with who used each and how.

use super::limits::Limits;
use super::traces::{TraceItem, item};
use super::{Shelf, Source, anchor_of, coverage, text};
use crate::check::Verdict;
use crate::document::Kind;
use crate::output::words::{self, Listed};
use crate::span::Span;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A statement.
#[derive(Debug, Serialize)]
pub(super) struct StatementItem<'a> {
    source: Source<'a>,
    speaker: Option<&'a str>,
    /// How many of its sentences were quoted.
    quoted: usize,
    /// In how many documents.
    users: usize,
    /// How many sentences it has.
    of: usize,
    sentences: Vec<SentenceItem<'a>>,
}

#[derive(Debug, Serialize)]
struct SentenceItem<'a> {
    id: String,
    text: &'a str,
    /// Whether a blank line stands before it.
    begins: bool,
    quotes: Vec<Use<'a>>,
    figures: Vec<FigureUse<'a>>,
}

/// A quotation that took words from the sentence.
#[derive(Debug, Serialize)]
struct Use<'a> {
    label: &'static str,
    tone: &'static str,
    trace: TraceItem<'a>,
}

/// A figure of coverage that was compared with one of the sentence.
#[derive(Debug, Serialize)]
struct FigureUse<'a> {
    tone: &'static str,
    relation: Option<&'static str>,
    written: &'a str,
    source: Source<'a>,
    anchor: String,
}

/// All statements.
#[derive(Debug, Serialize)]
pub(super) struct Statements<'a> {
    /// How many there are.
    total: usize,
    /// Those that are shown: the most used first where they are too many, else in their order.
    items: Vec<StatementItem<'a>>,
}

/// What coverage did with a statement: traces and checks, each by the article and its number there.
#[derive(Default)]
struct Used {
    traces: Vec<(usize, usize)>,
    checks: Vec<(usize, usize)>,
    articles: usize,
}

/// The statements, each with who used it. Linear in the findings.
pub(super) fn all<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Statements<'a> {
    let mut used: HashMap<usize, Used> = HashMap::new();
    for (article, reading) in coverage(shelf.readings) {
        let mut met: Vec<usize> = Vec::new();
        for (number, trace) in reading.traces.iter().enumerate() {
            if let Some(position) = trace.statement.as_deref().and_then(|id| shelf.position(id)) {
                used.entry(position).or_default().traces.push((article, number));
                met.push(position);
            }
        }
        met.sort_unstable();
        met.dedup();
        met.into_iter().for_each(|position| used.entry(position).or_default().articles += 1);
        for (number, check) in reading.checks.iter().enumerate() {
            let said = matches!(check.verdict, Verdict::Supported | Verdict::Contradicted | Verdict::Conflicting);
            if let Some(position) = check.evidence.first().filter(|_| said).and_then(|e| shelf.position(&e.doc)) {
                used.entry(position).or_default().checks.push((article, number));
            }
        }
    }
    let statements = shelf.readings.iter().enumerate().filter(|(_, r)| r.document.kind == Kind::Statement);
    let mut order: Vec<(usize, Used)> =
        statements.map(|(position, _)| (position, used.remove(&position).unwrap_or_default())).collect();
    let total = order.len();
    if total > limits.statements {
        order.sort_by_key(|(_, used)| Reverse((used.articles, used.traces.len(), used.checks.len())));
        order.truncate(limits.statements);
    }
    Statements {
        total,
        items: order.iter().map(|(position, used)| statement(shelf, *position, used, limits)).collect(),
    }
}

fn statement<'a>(shelf: &Shelf<'a>, position: usize, used: &Used, limits: &Limits) -> StatementItem<'a> {
    let reading = &shelf.readings[position];
    let spans = &shelf.sentences[position];
    let mut sentences: Vec<SentenceItem> = spans
        .iter()
        .enumerate()
        .map(|(n, span)| {
            let end = n.checked_sub(1).map_or(0, |before| spans[before].end);
            SentenceItem {
                id: anchor_of(position, 's', n),
                text: text(&reading.document, *span),
                begins: text(&reading.document, Span::new(end.min(span.start), span.start)).contains('\n'),
                quotes: Vec::new(),
                figures: Vec::new(),
            }
        })
        .collect();
    let mut quoted = vec![false; sentences.len()];
    for &(article, number) in &used.traces {
        let trace = &shelf.readings[article].traces[number];
        for n in touched(spans, &trace.source) {
            quoted[n] = true;
            if sentences[n].quotes.len() < limits.quotes {
                sentences[n].quotes.push(Use {
                    label: super::traces::heading(trace.relation).label,
                    tone: super::traces::heading(trace.relation).tone,
                    trace: item(shelf, article, number, trace),
                });
            }
        }
    }
    for &(article, number) in &used.checks {
        let check = &shelf.readings[article].checks[number];
        for n in check.evidence.iter().take(1).filter_map(|e| e.span).flat_map(|span| touched(spans, &[span])) {
            if sentences[n].figures.len() < limits.quotes {
                sentences[n].figures.push(FigureUse {
                    tone: super::checks::heading(Listed::of(check)).tone,
                    relation: check.relation.map(words::relation),
                    written: text(&shelf.readings[article].document, check.span),
                    source: shelf.source(article),
                    anchor: anchor_of(article, 'k', number),
                });
            }
        }
    }
    let of = sentences.len();
    if of > limits.sentences {
        // Of a long transcript the sentences that were used.
        sentences.retain(|sentence| !sentence.quotes.is_empty() || !sentence.figures.is_empty());
        sentences.truncate(limits.sentences);
    }
    StatementItem {
        source: shelf.source(position),
        speaker: reading.document.speaker.as_deref(),
        quoted: quoted.iter().filter(|quoted| **quoted).count(),
        users: used.articles,
        of,
        sentences,
    }
}

/// The sentences that share a byte with one of the places.
fn touched(sentences: &[Span], places: &[Span]) -> Vec<usize> {
    let mut touched = Vec::new();
    for place in places {
        let first = sentences.partition_point(|s| s.end <= place.start);
        let here = sentences[first..].iter().take_while(|s| s.start < place.end).count();
        touched.extend(first..first + here);
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}
