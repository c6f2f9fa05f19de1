//! Traces: what coverage quotes beside what the statement says, word by word.

use super::groups::{Group, Heading, group};
use super::limits::Limits;
use super::{Shelf, Source, anchor, anchor_of, coverage, text};
use crate::output::{name_of, words};
use crate::review::{Judged, Reviewed};
use crate::trace::{Fidelity, Trace};
use serde::Serialize;

/// One quoted passage.
#[derive(Debug, Serialize)]
pub(super) struct TraceItem<'a> {
    /// Its place on the page.
    pub id: String,
    link: Option<String>,
    reviewed: Option<&'a Reviewed>,
    quote: &'a str,
    edits: Vec<Edit<'a>>,
    changes: Vec<String>,
    caveats: Vec<&'static str>,
    omitted: Vec<&'a str>,
    source: Source<'a>,
    anchor: String,
    statement: Option<Source<'a>>,
    statement_anchor: Option<String>,
    attributed_to: Option<&'a str>,
    statement_speaker: Option<&'a str>,
    drift: bool,
    confidence: Option<String>,
}

/// A step from the statement to the quotation.
#[derive(Debug, Serialize)]
pub(super) struct Edit<'a> {
    kind: &'static str,
    /// The words of the statement; empty where only the quotation has them.
    old: &'a str,
    /// The words of the quotation; empty where only the statement has them.
    new: &'a str,
}

/// The groups that are not empty, the gravest first, each with the surest first.
pub(super) fn groups<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Vec<Group<TraceItem<'a>>> {
    let of = |relation: Fidelity| {
        let mut found: Vec<(usize, usize, &Trace)> = coverage(shelf.readings)
            .flat_map(|(position, reading)| {
                reading.traces.iter().enumerate().map(move |(number, trace)| (position, number, trace))
            })
            .filter(|(.., trace)| trace.relation == relation)
            .collect();
        found.sort_by_key(|(.., trace)| std::cmp::Reverse(trace.confidence));
        group(name_of(&relation), heading(relation), &found, limits, |(position, number, trace)| {
            item(shelf, *position, *number, trace)
        })
    };
    ALL.into_iter().filter_map(of).collect()
}

/// The relations, the gravest first.
const ALL: [Fidelity; 6] = {
    use Fidelity::*;
    [Altered, Spliced, Bracketed, Elided, Verbatim, NotFound]
};

/// The name and the heading of each relation.
pub(super) fn headings() -> impl Iterator<Item = (String, Heading)> {
    ALL.into_iter().map(|relation| (name_of(&relation), heading(relation)))
}

/// One trace of the document at `position`.
pub(super) fn item<'a>(shelf: &Shelf<'a>, position: usize, number: usize, trace: &'a Trace) -> TraceItem<'a> {
    let document = &shelf.readings[position].document;
    let statement = trace.statement.as_deref().and_then(|id| shelf.position(id));
    TraceItem {
        id: anchor_of(position, 't', number),
        link: shelf.finding(position, Judged::Trace, trace.quote),
        reviewed: shelf.readings[position].extraction.reviewed(Judged::Trace, trace.quote),
        quote: text(document, trace.quote),
        edits: edits(shelf, position, statement, trace),
        changes: trace.changes.iter().map(name_of).collect(),
        caveats: words::caveats(trace).filter_map(words::caveat).collect(),
        omitted: statement.map_or_else(Vec::new, |s| {
            trace.omitted.iter().map(|span| text(&shelf.readings[s].document, *span)).collect()
        }),
        source: shelf.source(position),
        anchor: match trace.quote_index {
            Some(quote) => anchor_of(position, 'q', quote as usize),
            None => anchor(position),
        },
        statement: statement.map(|s| shelf.source(s)),
        statement_anchor: statement.map(|s| match trace.source.first() {
            Some(first) => sentence_anchor(shelf, s, first.start),
            None => anchor(s),
        }),
        attributed_to: trace.attributed_to.as_deref(),
        statement_speaker: trace.statement_speaker.as_deref(),
        drift: trace.attribution_drift == Some(true),
        confidence: trace.confidence.map(|confidence| name_of(&confidence)),
    }
}

/// The anchor of the sentence of a statement that holds a byte.
pub(super) fn sentence_anchor(shelf: &Shelf, position: usize, byte: u32) -> String {
    let after = shelf.sentences[position].partition_point(|s| s.start <= byte);
    anchor_of(position, 's', after.saturating_sub(1))
}

fn edits<'a>(shelf: &Shelf<'a>, position: usize, statement: Option<usize>, trace: &'a Trace) -> Vec<Edit<'a>> {
    let Some(statement) = statement else { return Vec::new() };
    let (coverage, official) = (&shelf.readings[position].document, &shelf.readings[statement].document);
    let steps = crate::output::edits(&official.text, trace).into_iter();
    let step = |edit: crate::output::Edit| match edit.same {
        true => Edit { kind: "equal", old: "", new: text(coverage, edit.new) },
        false => Edit { kind: "change", old: text(official, edit.old), new: text(coverage, edit.new) },
    };
    steps.map(step).collect()
}

/// The heading of a relation.
pub(super) const fn heading(relation: Fidelity) -> Heading {
    let (label, tone, folded, note) = match relation {
        Fidelity::Altered => ("altered", "bad", false, "Words were substituted, dropped or added with no mark."),
        Fidelity::Spliced => {
            ("spliced", "warn", false, "Passages that are not adjacent were run together with no mark.")
        }
        Fidelity::Bracketed => ("bracketed", "note", false, "A word was replaced or joined by an editor’s [brackets]."),
        Fidelity::Elided => ("elided", "good", false, "Words were left out at an ellipsis, as it says."),
        Fidelity::Verbatim => ("verbatim", "good", true, "The same words in order."),
        Fidelity::NotFound => (
            "in no statement",
            "mute",
            true,
            "The words stand in none of the statements at hand: said elsewhere, perhaps to the reporter.",
        ),
    };
    Heading { label, note, tone, folded }
}
