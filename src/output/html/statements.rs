//! Statements sentence by sentence, with who used each and how.

use super::traces::{TraceItem, item};
use super::{Shelf, Source, anchor_of, coverage, text};
use crate::check::Verdict;
use crate::document::Kind;
use crate::span::Span;
use serde::Serialize;

/// A statement.
#[derive(Debug, Serialize)]
pub(super) struct StatementItem<'a> {
    source: Source<'a>,
    speaker: Option<&'a str>,
    /// How many of its sentences were quoted.
    quoted: usize,
    /// In how many documents.
    users: usize,
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

/// The statements in their order.
pub(super) fn all<'a>(shelf: &Shelf<'a>) -> Vec<StatementItem<'a>> {
    let statements = shelf.readings.iter().enumerate().filter(|(_, r)| r.document.kind == Kind::Statement);
    statements.map(|(position, _)| statement(shelf, position)).collect()
}

fn statement<'a>(shelf: &Shelf<'a>, position: usize) -> StatementItem<'a> {
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
    let mut users = 0;
    for (article, reading) in coverage(shelf.readings) {
        let mut used = false;
        for (number, trace) in
            reading.traces.iter().enumerate().filter(|(_, t)| is_of(shelf, t.statement.as_deref(), position))
        {
            used = true;
            for n in touched(spans, &trace.source) {
                sentences[n].quotes.push(Use {
                    label: super::traces::heading(trace.relation).label,
                    tone: super::traces::heading(trace.relation).tone,
                    trace: item(shelf, article, number, trace),
                });
            }
        }
        users += usize::from(used);
        for (number, check) in reading.checks.iter().enumerate() {
            let Some(evidence) = check.evidence.first().filter(|e| is_of(shelf, Some(&e.doc), position)) else {
                continue;
            };
            if !matches!(check.verdict, Verdict::Supported | Verdict::Contradicted | Verdict::Conflicting) {
                continue;
            }
            for n in evidence.span.iter().flat_map(|span| touched(spans, &[*span])) {
                sentences[n].figures.push(FigureUse {
                    tone: super::checks::heading(check.verdict).tone,
                    relation: check.relation.map(super::checks::relation),
                    written: text(&reading.document, check.span),
                    source: shelf.source(article),
                    anchor: anchor_of(article, 'k', number),
                });
            }
        }
    }
    StatementItem {
        source: shelf.source(position),
        speaker: reading.document.speaker.as_deref(),
        quoted: sentences.iter().filter(|s| !s.quotes.is_empty()).count(),
        users,
        sentences,
    }
}

fn is_of(shelf: &Shelf, id: Option<&str>, position: usize) -> bool {
    id.and_then(|id| shelf.position(id)) == Some(position)
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
