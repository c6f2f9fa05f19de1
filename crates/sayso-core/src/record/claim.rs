//! The record of a claim.

use super::{Records, Spot};
use crate::extract::{Claim, ClaimKind, ClaimReason, How, Missing, Reporter};
use serde::Serialize;

/// A sentence or clause that asserts something that can be checked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Claim"))]
pub struct ClaimRecord<'a> {
    /// The document that it stands in.
    pub doc: &'a str,
    /// `DOC#c1` for the first of a document.
    pub id: String,
    /// The words that assert it.
    pub span: Spot<'a>,
    /// The sentence that they stand in.
    pub sentence: Spot<'a>,
    /// What it asserts.
    pub kind: ClaimKind,
    /// In whose quotation it stands; null for the narrator's own claims.
    pub speaker: Option<&'a str>,
    /// The id of the quotation that it stands in.
    pub quote: Option<String>,
    /// Who is said to have said it, the first who reports it first: for "the article says that the video says that 40
    /// left", the article, then the video. Empty for the narrator's own claims.
    pub attribution: Vec<ReporterRecord<'a>>,
    /// The ids of the figures in it.
    pub figures: Vec<String>,
    /// How much it is worth a check, from 0 to 1.
    pub check_worthy: f64,
    /// What spoke for and against.
    pub because: &'a [ClaimReason],
    /// What must be pinned down before it can be checked.
    pub missing: &'a [Missing],
}

/// One link in the chain of those who report a claim.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Reporter"))]
pub struct ReporterRecord<'a> {
    /// The name of the speaker; null where it is not known (a pronoun), or where only the words of `source` tell who it is.
    pub name: Option<&'a str>,
    /// The mention in the text.
    pub source: Option<Spot<'a>>,
    /// On what ground the speaker was found.
    pub how: How,
    /// The id of their quotation; null for who is reported within another's reported words.
    pub quote: Option<String>,
}

impl<'a> Records<'a> {
    pub(super) fn claim(&self, position: u32, claim: &'a Claim) -> ClaimRecord<'a> {
        let speaker = claim.speaker.and_then(|s| self.extraction.speakers.get(s as usize));
        ClaimRecord {
            doc: &self.document.id,
            id: self.id('c', position),
            span: self.spot(claim.span),
            sentence: self.spot(claim.sentence),
            kind: claim.kind,
            speaker: speaker.map(|s| s.name.as_str()),
            quote: claim.quote.map(|q| self.id('q', q)),
            attribution: claim.attribution.iter().map(|one| self.reporter(one)).collect(),
            figures: claim.figures.iter().map(|f| self.id('f', *f)).collect(),
            check_worthy: (f64::from(claim.check_worthy) * 1000.0).round() / 1000.0,
            because: &claim.because,
            missing: &claim.missing,
        }
    }

    fn reporter(&self, one: &Reporter) -> ReporterRecord<'a> {
        let speaker = one.speaker.and_then(|s| self.extraction.speakers.get(s as usize));
        ReporterRecord {
            name: speaker.map(|s| s.name.as_str()),
            source: one.source.map(|span| self.spot(span)),
            how: one.how,
            quote: one.quote.map(|q| self.id('q', q)),
        }
    }
}
