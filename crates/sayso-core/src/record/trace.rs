//! The record of a trace: a quotation beside the statement that its words come from.

use super::{Record, Records, Spot, spot};
use crate::document::Document;
use crate::extract::Confidence;
use crate::offsets::{OffsetMap, Offsets};
use crate::review::{Judged, Reviewed};
use crate::span::Span;
use crate::trace::{ChangeKind, Fidelity, OpKind, Reason, Sort, Trace};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Quoted words, and what a statement has in their place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Trace"))]
pub struct TraceRecord<'a> {
    /// The document that quotes.
    pub doc: &'a str,
    /// The quoted words, without the marks around them.
    pub quote: Spot<'a>,
    /// The id of the quotation that they belong to; null where the words are no quotation of anybody.
    pub quote_id: Option<String>,
    /// What the words between marks were taken for, where they are no quotation; null where they are one.
    pub marked: Option<Sort>,
    /// What was done to the words: the strongest that applies.
    pub relation: Fidelity,
    /// Every sort of change that was found.
    pub changes: &'a [ChangeKind],
    /// The id of the statement; null where none holds the words.
    pub statement: Option<&'a str>,
    /// The passages of the statement, in the order of the quotation.
    pub source: Vec<Spot<'a>>,
    /// The edit that makes the quotation of the source, word by word.
    pub ops: Vec<EditRecord<'a>>,
    /// What stood in the statement between two passages that the quotation joins.
    pub omitted: Vec<Spot<'a>>,
    /// Whose words they are in the coverage.
    pub attributed_to: Option<&'a str>,
    /// Whose words they are in the statement.
    pub statement_speaker: Option<&'a str>,
    /// Who says them in the statement, where it is a transcript: the label of the turn, as it stands there.
    pub said_by: Option<Spot<'a>>,
    /// The number of that turn, from 1; null where the statement is no transcript.
    pub turn: Option<u32>,
    /// Who reads the words back in a statement, where the coverage gives them to somebody else.
    pub relayed_by: Option<&'a str>,
    /// How sure the source is; null where none is claimed.
    pub confidence: Option<Confidence>,
    /// Whether the two differ; null where that cannot be told.
    pub attribution_drift: Option<bool>,
    /// Why the source is claimed or not, and what the changes are in detail.
    pub because: &'a [Reason],
    /// Who published the coverage.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<&'a str>,
    /// What a person said of it. Absent if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<&'a Reviewed>,
}

/// One step of an edit.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Edit"))]
pub struct EditRecord<'a> {
    /// `equal`, `replace`, `insert` (only the quotation has it) or `delete` (only the statement has it).
    pub kind: OpKind,
    /// Where in the coverage; empty for a deletion.
    pub quote: Spot<'a>,
    /// Where in the statement; empty for an insertion.
    pub source: Spot<'a>,
}

/// Documents that others are compared with, by id, ready to have their places printed.
#[derive(Default)]
pub struct Library<'a> {
    documents: HashMap<&'a str, (&'a Document, OffsetMap<'a>)>,
}

impl<'a> Library<'a> {
    /// A library of `documents` whose offsets count in `offsets`. Linear in the texts, once.
    pub fn new(documents: impl IntoIterator<Item = &'a Arc<Document>>, offsets: Offsets) -> Self {
        let shelf =
            |d: &'a Arc<Document>| (d.id.as_str(), (d.as_ref(), OffsetMap::new(&d.text, offsets).with(&d.layout)));
        Library { documents: documents.into_iter().map(shelf).collect() }
    }

    /// The document of an id.
    pub fn get(&self, id: &str) -> Option<&'a Document> {
        self.documents.get(id).map(|(document, _)| *document)
    }

    /// A place in the document of an id; empty where there is no such document.
    pub fn spot(&self, id: &str, span: Span) -> Spot<'a> {
        match self.documents.get(id) {
            Some((document, places)) => spot(&document.text, places, span),
            None => Spot::default(),
        }
    }
}

impl<'a> Records<'a> {
    /// The record of a trace of this document, whose statement stands in `library`.
    pub fn trace(&self, trace: &'a Trace, library: &Library<'a>) -> Record<'a> {
        let source = |span: Span| library.spot(trace.statement.as_deref().unwrap_or_default(), span);
        let edit = |op: &crate::trace::EditOp| EditRecord {
            kind: op.kind,
            quote: self.spot(op.quote),
            source: source(op.source),
        };
        Record::Trace(TraceRecord {
            doc: &self.document.id,
            quote: self.spot(trace.quote),
            quote_id: trace.quote_index.map(|quote| self.id('q', quote)),
            marked: trace.marked,
            relation: trace.relation,
            changes: &trace.changes,
            statement: trace.statement.as_deref(),
            source: trace.source.iter().map(|span| source(*span)).collect(),
            ops: trace.ops.iter().map(edit).collect(),
            omitted: trace.omitted.iter().map(|span| source(*span)).collect(),
            attributed_to: trace.attributed_to.as_deref(),
            statement_speaker: trace.statement_speaker.as_deref(),
            said_by: trace.said_by.map(source),
            turn: trace.turn,
            relayed_by: trace.relayed_by.as_deref(),
            confidence: trace.confidence,
            attribution_drift: trace.attribution_drift,
            because: &trace.because,
            publisher: self.document.publisher.as_deref(),
            date: self.document.date.as_deref(),
            reviewed: self.extraction.reviewed(Judged::Trace, trace.quote),
        })
    }
}
