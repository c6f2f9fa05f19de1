//! The record of a speaker: one for each speaker in a document.

use super::{Records, Spot};
use crate::extract::{Speaker, SpeakerKind};
use serde::Serialize;

/// A speaker who is quoted in a document.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Speaker"))]
pub struct SpeakerRecord<'a> {
    /// The id of the document.
    pub doc: &'a str,
    /// The fullest form of the name in the document, or the name that an alias file gives.
    pub name: &'a str,
    /// The kind of speaker: person, organisation, document …
    pub kind: SpeakerKind,
    /// The title or role, as written.
    pub role: Option<&'a str>,
    /// The mentions of this speaker by name.
    pub aliases: Vec<Spot<'a>>,
    /// The number of quotations attributed to this speaker.
    pub quotes: u32,
    /// The number of words in those quotations.
    pub words: u32,
    /// The Wikidata id, if an alias file gives one.
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
