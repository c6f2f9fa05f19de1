//! The record of a claim.

use super::{Records, Spot};
use crate::check::{ClaimFrame, Filled, frame_of};
use crate::extract::{Claim, ClaimKind, ClaimReason, How, Missing, Reporter};
use crate::review::{Judged, Reviewed};
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
    /// What it says of its first amount, slot by slot; null for a claim without one.
    pub frame: Option<FrameRecord<'a>>,
    /// What a person said of it. Absent if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<&'a Reviewed>,
}

/// What a claim says of its first amount. A slot that it leaves open is null.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Frame"))]
pub struct FrameRecord<'a> {
    /// Who or what it is about.
    pub subject: Option<FilledRecord<'a>>,
    /// What is said of it: the verb with its auxiliaries.
    pub predicate: Option<FilledRecord<'a>>,
    /// `up`, `down`, `later`, `sooner`.
    pub direction: Option<FilledRecord<'a>>,
    /// `asserted` or `denied`.
    pub polarity: Option<FilledRecord<'a>>,
    /// `happened`, `stated`, `planned`, `sought`, `limit`, `ordered`, `offered`, `suspected`.
    pub factuality: Option<FilledRecord<'a>>,
    /// What is counted or measured, in the singular.
    pub measure: Option<FilledRecord<'a>>,
    /// Where.
    pub place: Option<FilledRecord<'a>>,
    /// When, or for how long: an ISO 8601 period, `earlier`, `per month`.
    pub period: Option<FilledRecord<'a>>,
    /// What a share is a share of.
    pub base: Option<FilledRecord<'a>>,
    /// UCUM or ISO 4217 code, `percent`, `percentage-point`.
    pub unit: Option<FilledRecord<'a>>,
    /// `about` or `exactly`.
    pub hedge: Option<FilledRecord<'a>>,
    /// `more`, `at-least`, `less`, `at-most`, `range`.
    pub bound: Option<FilledRecord<'a>>,
}

/// What a slot of a frame holds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Filled"))]
pub struct FilledRecord<'a> {
    /// In a normal form where there is one, else as written.
    pub value: String,
    /// The words that say it; null where nothing says it in so many words.
    pub span: Option<Spot<'a>>,
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
            reviewed: self.extraction.reviewed(Judged::Claim, claim.span),
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
            frame: frame_of(self.document, self.extraction, claim).map(|frame| self.frame(frame)),
        }
    }

    fn frame(&self, frame: ClaimFrame) -> FrameRecord<'a> {
        let filled = |slot: Option<Filled>| {
            slot.map(|Filled { value, span }| FilledRecord { value, span: span.map(|span| self.spot(span)) })
        };
        FrameRecord {
            subject: filled(frame.subject),
            predicate: filled(frame.predicate),
            direction: filled(frame.direction),
            polarity: filled(frame.polarity),
            factuality: filled(frame.factuality),
            measure: filled(frame.measure),
            place: filled(frame.place),
            period: filled(frame.period),
            base: filled(frame.base),
            unit: filled(frame.unit),
            hedge: filled(frame.hedge),
            bound: filled(frame.bound),
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
