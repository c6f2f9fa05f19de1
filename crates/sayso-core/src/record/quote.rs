//! The record of a quotation.

use super::{Records, Spot};
use crate::document::RegionKind;
use crate::extract::{Confidence, How, Quote, QuoteKind, QuoteReason, SpeakerKind};
use crate::review::{Judged, Reviewed};
use serde::Serialize;

/// Words that a document gives to somebody.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Quote"))]
pub struct QuoteRecord<'a> {
    /// The document that it stands in.
    pub doc: &'a str,
    /// `DOC#q1` for the first of a document.
    pub id: String,
    /// `direct`: all between quote marks; `indirect`: reported speech; `mixed`: both.
    pub kind: QuoteKind,
    /// A span for each unbroken piece; direct pieces hold their quote marks, as in the text.
    pub content: Vec<Spot<'a>>,
    /// The words that say that something was said (`said`, `according to`).
    pub cue: Option<Spot<'a>>,
    /// The mention of whose words they are, as written (`she`, `the minister`).
    pub source: Option<Spot<'a>>,
    /// To whom it was said.
    pub addressee: Option<Spot<'a>>,
    /// Who it is; null where it cannot be told.
    pub speaker: Option<Voice<'a>>,
    /// The part of the page that it stands in.
    pub region: RegionKind,
    /// An editor's `[insertions]`, brackets included.
    pub insertions: Vec<Spot<'a>>,
    /// Whether every quote mark that opens is closed.
    pub balanced: bool,
    /// The id of the quotation that it goes on from.
    pub continues: Option<String>,
    /// The id of the quotation of the body that this one of the headline or subhead repeats.
    pub same_as: Option<String>,
    /// How sure the speaker is.
    pub confidence: Confidence,
    /// The rules that decided.
    pub because: &'a [QuoteReason],
    /// What a person said of it. Absent if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<&'a Reviewed>,
}

/// Whose words, and on what ground.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Voice<'a> {
    /// The fullest form of the name in the document.
    pub name: &'a str,
    /// Person, organisation, document …
    pub kind: SpeakerKind,
    /// Title or role, as written.
    pub role: Option<&'a str>,
    /// On what ground the speaker was found.
    pub how: How,
}

impl<'a> Records<'a> {
    pub(super) fn quote(&self, position: u32, quote: &'a Quote) -> QuoteRecord<'a> {
        QuoteRecord {
            doc: &self.document.id,
            id: self.id('q', position),
            kind: quote.kind,
            content: self.spots(&quote.content),
            cue: quote.cue.map(|s| self.spot(s)),
            source: quote.source.map(|s| self.spot(s)),
            addressee: quote.addressee.map(|s| self.spot(s)),
            speaker: quote.speaker.and_then(|s| self.voice(s, quote.how)),
            region: quote.region,
            insertions: self.spots(&quote.insertions),
            balanced: quote.balanced,
            continues: quote.continues.map(|q| self.id('q', q)),
            same_as: quote.same_as.map(|q| self.id('q', q)),
            confidence: quote.confidence,
            because: &quote.because,
            reviewed: quote.content.first().and_then(|span| self.extraction.reviewed(Judged::Quote, *span)),
        }
    }

    fn voice(&self, speaker: u32, how: How) -> Option<Voice<'a>> {
        let speaker = self.extraction.speakers.get(speaker as usize)?;
        Some(Voice { name: &speaker.name, kind: speaker.kind, role: speaker.role.as_deref(), how })
    }
}
