//! The record of a claim.

use super::{Records, Spot};
use crate::extract::{Claim, ClaimKind, ClaimReason, How, Missing, Reporter};
use serde::Serialize;

/// A sentence or clause that asserts something that can be checked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Claim"))]
pub struct ClaimRecord<'a> {
    /// The id of the document that contains it.
    pub doc: &'a str,
    /// The id of this claim: `DOC#c1` for the first in a document.
    pub id: String,
    /// The words that make the claim.
    pub span: Spot<'a>,
    /// The sentence that contains those words.
    pub sentence: Spot<'a>,
    /// The kind of assertion.
    pub kind: ClaimKind,
    /// The speaker of the quotation that contains the claim. Null for the narrator's own claims.
    pub speaker: Option<&'a str>,
    /// The id of the quotation that contains the claim.
    pub quote: Option<String>,
    /// The sources that report the claim, outermost first. For "the article says that the video says that 40 left", the
    /// article, then the video. Empty for the narrator's own claims.
    pub attribution: Vec<ReporterRecord<'a>>,
    /// The ids of the figures in the claim.
    pub figures: Vec<String>,
    /// How much the claim is worth checking, from 0 to 1.
    pub check_worthy: f64,
    /// The features that raised or lowered `check_worthy`.
    pub because: &'a [ClaimReason],
    /// What the claim leaves open and a checker must find out first.
    pub missing: &'a [Missing],
}

/// One source in the chain that reports a claim.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Reporter"))]
pub struct ReporterRecord<'a> {
    /// The speaker's name. Null if it is not known (a pronoun), or if only the words of `source` identify the speaker.
    pub name: Option<&'a str>,
    /// The mention of the source in the text.
    pub source: Option<Spot<'a>>,
    /// How the speaker was identified.
    pub how: How,
    /// The id of this source's quotation. Null for a source that is named inside another's reported words.
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
