//! The record of a speaker: one for each document and speaker.

use super::{Records, Spot};
use crate::extract::{Speaker, SpeakerKind};
use serde::Serialize;

/// One who is quoted in a document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Speaker"))]
pub struct SpeakerRecord<'a> {
    /// The document.
    pub doc: &'a str,
    /// The fullest form of the name in the document.
    pub name: &'a str,
    /// Person, organisation, document …
    pub kind: SpeakerKind,
    /// Title or role, as written.
    pub role: Option<&'a str>,
    /// The mentions that name this speaker.
    pub aliases: Vec<Spot<'a>>,
    /// How many quotations are this speaker's.
    pub quotes: u32,
    /// How many words are in them.
    pub words: u32,
    /// The Wikidata id, where an alias file gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'a str>,
}

impl<'a> Records<'a> {
    pub(super) fn speaker(&self, speaker: &'a Speaker) -> SpeakerRecord<'a> {
        SpeakerRecord {
            doc: &self.document.id,
            name: &speaker.name,
            kind: speaker.kind,
            role: speaker.role.as_deref(),
            aliases: self.spots(&speaker.aliases),
            quotes: speaker.quotes,
            words: speaker.words,
            wikidata: speaker.wikidata.as_deref(),
        }
    }
}
