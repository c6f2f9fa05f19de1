//! The records of what coverage did with statements: by reused passage, by sentence, by outlet, by wording.

use super::{Library, Record, Spot};
use crate::trace::views::{Covered, Outlet, Rendering, Sentence, Use};
use crate::trace::{ChangeKind, Fidelity};
use serde::Serialize;
use std::collections::BTreeSet;

/// A passage of coverage that repeats a statement's words without quote marks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Reuse"))]
pub struct ReuseRecord<'a> {
    /// The id of the document that repeats the words.
    pub doc: &'a str,
    /// The passage in that document.
    pub span: Spot<'a>,
    /// The id of the statement.
    pub statement: &'a str,
    /// The passage in the statement.
    pub source: Spot<'a>,
    /// The number of words that are the same.
    pub words: u32,
    /// The share of the document's words in all of its reused passages together, from 0 to 1.
    pub share: f64,
    /// The publisher of the document.
    pub publisher: Option<&'a str>,
    /// The date of publication.
    pub date: Option<&'a str>,
    /// The id of the document of which this one is a copy.
    pub copy_of: Option<&'a str>,
}

/// A sentence of a statement, and the coverage that uses it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Sentence"))]
pub struct SentenceRecord<'a> {
    /// The id of the statement.
    pub doc: &'a str,
    /// The sentence.
    pub span: Spot<'a>,
    /// The number of places in coverage that use words of the sentence; 0 if nobody does.
    pub used: usize,
    /// The number of outlets that use it.
    pub outlets: usize,
    /// The places that use it, earliest first.
    pub uses: Vec<UseRecord<'a>>,
}

/// A place in coverage that uses words of a statement.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Use"))]
pub struct UseRecord<'a> {
    /// The id of the covering document.
    pub doc: &'a str,
    /// The words in that document, without quote marks.
    pub quote: Spot<'a>,
    /// How the words differ from the statement's. Null if they are repeated without quote marks.
    pub relation: Option<Fidelity>,
    /// All kinds of change that were found.
    pub changes: &'a [ChangeKind],
    /// Whether the document attributes the words to a different speaker than the statement does. Null if that cannot be
    /// decided.
    pub attribution_drift: Option<bool>,
    /// The publisher of the document.
    pub publisher: Option<&'a str>,
    /// The date of publication.
    pub date: Option<&'a str>,
    /// The id of the document of which this one is a copy.
    pub copy_of: Option<&'a str>,
    /// The number of copies of this document.
    pub copies: usize,
}

/// What one outlet did with the statements.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Outlet"))]
pub struct OutletRecord<'a> {
    /// The id of the outlet's first document.
    pub doc: &'a str,
    /// The name of the outlet. Null for documents that name no publisher.
    pub publisher: Option<&'a str>,
    /// The number of its documents.
    pub documents: usize,
    /// The number of its documents that are copies of others.
    pub copies: usize,
    /// The number of quoted passages.
    pub passages: usize,
    /// The number of quoted passages that were found in a statement.
    pub found: usize,
    /// The number of verbatim passages.
    pub verbatim: usize,
    /// The number of elided passages.
    pub elided: usize,
    /// The number of bracketed passages.
    pub bracketed: usize,
    /// The number of spliced passages.
    pub spliced: usize,
    /// The number of altered passages.
    pub altered: usize,
    /// The number of passages that were found in no statement.
    pub not_found: usize,
    /// Passages that no other number counts: a statement has words of them, and it is too unsure that they come from there.
    pub left_out: usize,
    /// The share of those found that are verbatim, elided or bracketed, from 0 to 1; null where none was found.
    pub faithful: Option<f64>,
    /// The number of passages that the outlet attributes to a different speaker than the statement does.
    pub drifts: usize,
    /// The number of words in the passages that were found.
    pub quoted_words: usize,
    /// The number of words in the longest of those passages.
    pub longest: usize,
    /// The number of words that are repeated from statements without quote marks.
    pub reused_words: u32,
    /// The share of those words in all words of the outlet, from 0 to 1.
    pub reused_share: f64,
    /// The sentences of statements that the outlet uses.
    pub sentences: Vec<PlacedRecord<'a>>,
}

/// A place in a document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Placed"))]
pub struct PlacedRecord<'a> {
    /// The id of the document.
    pub doc: &'a str,
    /// The place.
    pub span: Spot<'a>,
}

/// One wording of a statement's sentence, and how it spread.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Rendering"))]
pub struct RenderingRecord<'a> {
    /// The id of the statement.
    pub doc: &'a str,
    /// The sentence that most of the words come from.
    pub sentence: Spot<'a>,
    /// The words, as the earliest use has them.
    pub wording: &'a str,
    /// How the words differ from the statement's. Null if they are repeated without quote marks.
    pub relation: Option<Fidelity>,
    /// All kinds of change that were found.
    pub changes: &'a [ChangeKind],
    /// The date of the first use.
    pub first: Option<&'a str>,
    /// The date of the last use.
    pub last: Option<&'a str>,
    /// The number of outlets that use this wording.
    pub outlets: usize,
    /// The places that use it, earliest first.
    pub uses: Vec<UseRecord<'a>>,
}

/// Makes the records of coverage.
pub struct CoverageRecords<'a> {
    covered: &'a [Covered],
    coverage: Library<'a>,
    statements: Library<'a>,
}

impl<'a> CoverageRecords<'a> {
    /// Makes the records of `covered`. `coverage` must hold its documents, and `statements` the statements that they
    /// use.
    pub fn new(covered: &'a [Covered], coverage: Library<'a>, statements: Library<'a>) -> Self {
        CoverageRecords { covered, coverage, statements }
    }

    /// The statements that were passed to [`CoverageRecords::new`].
    pub fn statements(&self) -> &Library<'a> {
        &self.statements
    }

    /// The record of the `n`th reused passage of a document.
    pub fn reuse(&self, covered: &'a Covered, n: usize) -> Record<'a> {
        let (document, reuse) = (&covered.document, &covered.reuses[n]);
        Record::Reuse(ReuseRecord {
            doc: &document.id,
            span: self.coverage.spot(&document.id, reuse.span),
            statement: &reuse.statement,
            source: self.statements.spot(&reuse.statement, reuse.source),
            words: reuse.words,
            share: share(covered.reused_share()),
            publisher: document.publisher.as_deref(),
            date: document.date.as_deref(),
            copy_of: covered.copy_of.as_deref(),
        })
    }

    /// The record of a sentence of a statement.
    pub fn sentence(&self, sentence: &'a Sentence) -> Record<'a> {
        Record::Sentence(SentenceRecord {
            doc: &sentence.statement,
            span: self.statements.spot(&sentence.statement, sentence.span),
            used: sentence.uses.len(),
            outlets: self.outlets(&sentence.uses),
            uses: sentence.uses.iter().map(|u| self.one(*u)).collect(),
        })
    }

    /// The record of an outlet.
    pub fn outlet(&self, outlet: &'a Outlet) -> Record<'a> {
        let count = |relation| outlet.relations.get(&relation).copied().unwrap_or(0);
        let first = outlet.documents.first().and_then(|n| self.covered.get(*n));
        Record::Outlet(OutletRecord {
            doc: first.map_or("", |covered| &covered.document.id),
            publisher: outlet.publisher.as_deref(),
            documents: outlet.documents.len(),
            copies: outlet.copies,
            passages: outlet.relations.values().sum(),
            found: outlet.found(),
            verbatim: count(Fidelity::Verbatim),
            elided: count(Fidelity::Elided),
            bracketed: count(Fidelity::Bracketed),
            spliced: count(Fidelity::Spliced),
            altered: count(Fidelity::Altered),
            not_found: count(Fidelity::NotFound),
            left_out: outlet.left_out,
            faithful: outlet.faithful().map(share),
            drifts: outlet.drifts,
            quoted_words: outlet.quoted_words,
            longest: outlet.longest,
            reused_words: outlet.reused_words,
            reused_share: share(outlet.reused_words as f32 / outlet.words.max(1) as f32),
            sentences: outlet
                .sentences
                .iter()
                .map(|(id, span)| PlacedRecord { doc: id, span: self.statements.spot(id, *span) })
                .collect(),
        })
    }

    /// The record of a wording.
    pub fn rendering(&self, rendering: &'a Rendering) -> Record<'a> {
        let uses: Vec<UseRecord> = rendering.uses.iter().map(|u| self.one(*u)).collect();
        Record::Rendering(RenderingRecord {
            doc: &rendering.statement,
            sentence: self.statements.spot(&rendering.statement, rendering.sentence),
            wording: uses.first().map_or("", |u| u.quote.text),
            relation: uses.first().and_then(|u| u.relation),
            changes: uses.first().map_or(&[], |u| u.changes),
            first: uses.iter().find_map(|u| u.date),
            last: uses.iter().rev().find_map(|u| u.date),
            outlets: self.outlets(&rendering.uses),
            uses,
        })
    }

    fn one(&self, one: Use) -> UseRecord<'a> {
        let covered = &self.covered[one.covered];
        let document = &covered.document;
        let trace = one.trace(self.covered);
        UseRecord {
            doc: &document.id,
            quote: self.coverage.spot(&document.id, one.span(self.covered)),
            relation: trace.map(|t| t.relation),
            changes: trace.map_or(&[], |t| &t.changes),
            attribution_drift: trace.and_then(|t| t.attribution_drift),
            publisher: document.publisher.as_deref(),
            date: document.date.as_deref(),
            copy_of: covered.copy_of.as_deref(),
            copies: covered.copies,
        }
    }

    fn outlets(&self, uses: &[Use]) -> usize {
        let names: BTreeSet<&str> = uses
            .iter()
            .map(|u| &self.covered[u.covered].document)
            .map(|document| document.publisher.as_deref().unwrap_or(&document.id))
            .collect();
        names.len()
    }
}

/// Rounds to a thousandth.
fn share(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}
