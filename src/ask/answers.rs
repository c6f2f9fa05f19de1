//! What is answered. The records are those of `sayso schema`; the names here are as much a promise as theirs.

use crate::document::Kind;
use crate::record::{
    CheckRecord, DocumentRecord, HitRecord, QuoteRecord, Record, RecordKind, SentenceRecord, Spot, TraceRecord,
};
use crate::trace::Fidelity;
use schemars::JsonSchema;
use serde::Serialize;

/// A record, with the name of its kind first, as the contract has it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named<R> {
    /// The kind of the record.
    pub record: &'static str,
    /// The record.
    #[serde(flatten)]
    pub inner: R,
}

impl<R> Named<R> {
    /// Names a record.
    pub fn new(kind: RecordKind, inner: R) -> Self {
        Named { record: kind.name(), inner }
    }
}

/// A record with a link to its place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Linked<R> {
    /// The record.
    #[serde(flatten)]
    pub record: Named<R>,
    /// Where the words stand: an address, or `sayso:ID#char=START,END`.
    pub link: String,
}

/// A document that an answer names.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// `article`, `statement` or `reference`.
    pub kind: Kind,
    /// The title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who issued it, if it is a statement.
    pub speaker: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// A link to it.
    pub link: String,
}

/// Documents that a search found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchAnswer<'a> {
    /// How many documents match.
    pub total: u64,
    /// Those that are given.
    pub hits: Vec<Linked<HitRecord<'a>>>,
}

/// Quotations.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Quoted<'a> {
    /// How many there are in the documents that were looked at.
    pub total: usize,
    /// Those that are given.
    pub quotes: Vec<Linked<QuoteRecord<'a>>>,
    /// The documents that they stand in.
    pub documents: Vec<Cited>,
}

/// A passage that holds the words that were asked about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Passage<'a> {
    /// The words beside the passage (`source`), with the edit. `statement` is the id of the document, of whatever kind.
    #[serde(flatten)]
    pub trace: Named<TraceRecord<'a>>,
    /// The kind of the document.
    pub kind: Kind,
    /// The quotation that the passage stands in there, with its speaker; null where it is the writer's own words.
    pub quotation: Option<Named<QuoteRecord<'a>>>,
    /// Where it stands.
    pub link: String,
}

/// Where words are from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Verified<'a> {
    /// How the words stand to the best passage: `verbatim`, `elided`, `bracketed`, `spliced`, `altered` or `not-found`.
    pub verdict: Fidelity,
    /// The words, without quote marks around them. Offsets of `quote` refer to them.
    pub text: &'a str,
    /// How many passages hold them.
    pub total: usize,
    /// The passages, the least changed first.
    pub passages: Vec<Passage<'a>>,
    /// The documents that they stand in.
    pub documents: Vec<Cited>,
    /// What the verdict means.
    pub note: &'static str,
}

/// Figures beside statements.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Checked<'a> {
    /// A check for each figure.
    pub records: Vec<Named<CheckRecord<'a>>>,
    /// The documents that they name.
    pub documents: Vec<Cited>,
}

/// Quotations beside statements.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Traced<'a> {
    /// A trace for each quoted passage.
    pub records: Vec<Named<TraceRecord<'a>>>,
    /// The documents that they name.
    pub documents: Vec<Cited>,
}

/// What is found in a text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Extracted<'a> {
    /// Every record of it.
    pub records: Vec<Record<'a>>,
}

/// What coverage made of a statement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage<'a> {
    /// The statement.
    pub statement: Cited,
    /// How many sentences it has, as far as it was looked at; 0 where nobody used any.
    pub sentences: usize,
    /// How many of them somebody used.
    pub used: usize,
    /// The sentences that are given, the most used first.
    pub uses: Vec<Linked<SentenceRecord<'a>>>,
    /// The documents that use them.
    pub documents: Vec<Cited>,
    /// How many articles that share words with it were not looked at.
    pub left_out: usize,
}

/// A document and a part of its text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Excerpt<'a> {
    /// The document, without its regions: they would be the text again.
    pub document: DocumentRecord<'a>,
    /// The part of the text.
    pub text: Spot<'a>,
    /// The offset at which the text goes on; null at its end.
    pub next: Option<u32>,
    /// A link to the part.
    pub link: String,
}
