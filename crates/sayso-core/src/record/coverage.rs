//! The records of what coverage made of statements: by passage, by sentence of a statement, by outlet, by wording.

use super::{Library, Record, Spot};
use crate::trace::views::{Covered, Outlet, Rendering, Sentence, Use};
use crate::trace::{ChangeKind, Relation};
use serde::Serialize;
use std::collections::BTreeSet;

/// A passage of coverage that repeats a statement's words without quote marks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Reuse"))]
pub struct ReuseRecord<'a> {
    /// The document that repeats.
    pub doc: &'a str,
    /// The passage.
    pub span: Spot<'a>,
    /// The id of the statement.
    pub statement: &'a str,
    /// The passage of the statement.
    pub source: Spot<'a>,
    /// How many words are the same.
    pub words: u32,
    /// The share of the document's words that all its reused passages have together, from 0 to 1.
    pub share: f64,
    /// Who published the document.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<&'a str>,
    /// The id of the document that it is a copy of.
    pub copy_of: Option<&'a str>,
}

/// A sentence of a statement, and who used it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Sentence"))]
pub struct SentenceRecord<'a> {
    /// The statement.
    pub doc: &'a str,
    /// The sentence.
    pub span: Spot<'a>,
    /// How often coverage has words of it; 0 where nobody used it.
    pub used: usize,
    /// How many outlets did.
    pub outlets: usize,
    /// Who has words of it, the earliest first.
    pub uses: Vec<UseRecord<'a>>,
}

/// A place of coverage that has words of a statement.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Use"))]
pub struct UseRecord<'a> {
    /// The document of the coverage.
    pub doc: &'a str,
    /// Its words, without quote marks.
    pub quote: Spot<'a>,
    /// What was done to the words; null where they are repeated without quote marks.
    pub relation: Option<Relation>,
    /// Every sort of change.
    pub changes: &'a [ChangeKind],
    /// Whether the words are given to somebody else than in the statement; null where that cannot be told.
    pub attribution_drift: Option<bool>,
    /// Who published the document.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<&'a str>,
    /// The id of the document that it is a copy of.
    pub copy_of: Option<&'a str>,
    /// How many copies of it there are.
    pub copies: usize,
}

/// What an outlet made of the statements.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Outlet"))]
pub struct OutletRecord<'a> {
    /// The first of its documents.
    pub doc: &'a str,
    /// Who it is; null for documents that do not say.
    pub publisher: Option<&'a str>,
    /// How many documents it has.
    pub documents: usize,
    /// How many of them are copies of other documents.
    pub copies: usize,
    /// Quoted passages.
    pub passages: usize,
    /// Those of them that stand in a statement.
    pub found: usize,
    /// Verbatim ones.
    pub verbatim: usize,
    /// Elided ones.
    pub elided: usize,
    /// Bracketed ones.
    pub bracketed: usize,
    /// Spliced ones.
    pub spliced: usize,
    /// Altered ones.
    pub altered: usize,
    /// Those in no statement.
    pub not_found: usize,
    /// Passages that no other number counts: a statement has words of them, and it is too unsure that they come from there.
    pub left_out: usize,
    /// The share of those found that are verbatim, elided or bracketed, from 0 to 1; null where none was found.
    pub faithful: Option<f64>,
    /// Passages given to somebody else than in the statement.
    pub drifts: usize,
    /// Words in the passages that were found.
    pub quoted_words: usize,
    /// Words in the longest of them.
    pub longest: usize,
    /// Words of statements repeated without quote marks.
    pub reused_words: u32,
    /// The same as a share of all its words, from 0 to 1.
    pub reused_share: f64,
    /// The sentences of statements that it has words of.
    pub sentences: Vec<PlacedRecord<'a>>,
}

/// A place of a document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Placed"))]
pub struct PlacedRecord<'a> {
    /// The document.
    pub doc: &'a str,
    /// The place.
    pub span: Spot<'a>,
}

/// One wording of a sentence of a statement, and how it spread.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Rendering"))]
pub struct RenderingRecord<'a> {
    /// The statement.
    pub doc: &'a str,
    /// The sentence that most of the words come from.
    pub sentence: Spot<'a>,
    /// The words, as the first to use them has them.
    pub wording: &'a str,
    /// What was done to the words; null where they are repeated without quote marks.
    pub relation: Option<Relation>,
    /// Every sort of change.
    pub changes: &'a [ChangeKind],
    /// The date of the first use.
    pub first: Option<&'a str>,
    /// The date of the last use.
    pub last: Option<&'a str>,
    /// How many outlets have it.
    pub outlets: usize,
    /// Who has it, the earliest first.
    pub uses: Vec<UseRecord<'a>>,
}

/// Makes the records.
pub struct CoverageRecords<'a> {
    covered: &'a [Covered],
    coverage: Library<'a>,
    statements: Library<'a>,
}

impl<'a> CoverageRecords<'a> {
    /// `coverage` and `statements` hold the documents of `covered` and those that they use.
    pub fn new(covered: &'a [Covered], coverage: Library<'a>, statements: Library<'a>) -> Self {
        CoverageRecords { covered, coverage, statements }
    }

    /// The statements that were given.
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

    /// The record of a sentence.
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
            verbatim: count(Relation::Verbatim),
            elided: count(Relation::Elided),
            bracketed: count(Relation::Bracketed),
            spliced: count(Relation::Spliced),
            altered: count(Relation::Altered),
            not_found: count(Relation::NotFound),
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

/// To a thousandth.
fn share(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}
