//! The record of a check: a figure of coverage beside what a statement or table has.

use super::trace::Library;
use super::{Record, Records, Spot, decimal};
use crate::check::{Check, CheckReason, EvidenceItem, EvidenceKind, Relation, Slot, SlotName, SlotState, Verdict};
use crate::extract::Confidence;
use crate::review::{Judged, Reviewed};
use serde::Serialize;

/// A figure of coverage, and what named sources state. No verdict says that anything is true.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Check"))]
pub struct CheckRecord<'a> {
    /// The document that makes the claim.
    pub doc: &'a str,
    /// `DOC#k1` for the first of a document.
    pub id: String,
    /// The id of the claim that the figure stands in.
    pub claim: Option<String>,
    /// The id of the figure.
    pub figure: Option<String>,
    /// The figure's place.
    pub span: Spot<'a>,
    /// Its value as a decimal string; null for a date or time.
    pub claimed: Option<String>,
    /// What the evidence says of it.
    pub verdict: Verdict,
    /// How it stands to the best evidence.
    pub relation: Option<Relation>,
    /// What it was compared with, best first.
    pub evidence: Vec<EvidenceRecord<'a>>,
    /// The arithmetic.
    pub computation: Option<&'a str>,
    /// The reasons for the verdict.
    pub because: &'a [CheckReason],
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// What the figure and the first piece of evidence were compared in.
    pub slots: Vec<SlotRecord<'a>>,
    /// The sentence that the figure stands in.
    pub sentence: Option<Spot<'a>>,
    /// What a person said of it. Absent if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<&'a Reviewed>,
}

/// A slot of two figures, compared.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Slot"))]
pub struct SlotRecord<'a> {
    /// Which.
    pub slot: SlotName,
    /// Whether both tell the same, or one of them leaves it open.
    pub state: SlotState,
    /// The words of the coverage that tell it.
    pub ours: Option<Spot<'a>>,
    /// The words of the statement that tell it.
    pub theirs: Option<Spot<'a>>,
}

/// A figure of a statement or a cell of a table.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Evidence"))]
pub struct EvidenceRecord<'a> {
    /// The statement's id, or the table's name.
    pub doc: &'a str,
    /// The place in the statement; null for a table.
    pub span: Option<Spot<'a>>,
    /// `statement` or `table`.
    pub kind: EvidenceKind,
    /// Its value.
    pub value: Option<&'a str>,
    /// The table's name.
    pub table: Option<&'a str>,
    /// The row's key, as the table has it.
    pub row: Option<&'a str>,
    /// The column's header, as the table has it.
    pub column: Option<&'a str>,
    /// How likely it speaks of the same thing, from 0 to 1.
    pub score: f64,
    /// The sentence of the statement; null for a table.
    pub sentence: Option<Spot<'a>>,
}

impl<'a> Records<'a> {
    /// The record of the check at `position` among those of this document; its statements stand in `library`.
    pub fn check(&self, position: u32, check: &'a Check, library: &Library<'a>) -> Record<'a> {
        let evidence = |item: &'a EvidenceItem| EvidenceRecord {
            doc: &item.doc,
            span: item.span.map(|span| library.spot(&item.doc, span)),
            kind: item.kind,
            value: item.value.as_deref(),
            table: item.table.as_deref(),
            row: item.row.as_deref(),
            column: item.column.as_deref(),
            score: (f64::from(item.score) * 1000.0).round() / 1000.0,
            sentence: item.sentence.map(|span| library.spot(&item.doc, span)),
        };
        let statement = check.evidence.first().map(|item| item.doc.as_str());
        let slot = |slot: &'a Slot| SlotRecord {
            slot: slot.name,
            state: slot.state,
            ours: slot.ours.map(|span| self.spot(span)),
            theirs: slot.theirs.and_then(|span| Some(library.spot(statement?, span))),
        };
        Record::Check(CheckRecord {
            doc: &self.document.id,
            id: self.id('k', position),
            claim: check.claim.map(|c| self.id('c', c)),
            figure: check.figure.map(|f| self.id('f', f)),
            span: self.spot(check.span),
            claimed: check.claimed.map(decimal),
            verdict: check.verdict,
            relation: check.relation,
            evidence: check.evidence.iter().map(evidence).collect(),
            computation: check.computation.as_deref(),
            because: &check.because,
            confidence: check.confidence,
            slots: check.slots.iter().map(slot).collect(),
            sentence: check.sentence.map(|span| self.spot(span)),
            reviewed: self.extraction.reviewed(Judged::Check, check.span),
        })
    }
}
