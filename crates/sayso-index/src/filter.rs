//! A selection of documents by what is known of them: kind, publisher, day, speaker.

use sayso_core::document::Kind;

/// A selection of documents; the default accepts all. A name matches if its words are consecutive in the document's
/// field, with case and accents folded: `herald` matches the publisher `The Harrow Herald`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only documents of this kind.
    pub kind: Option<Kind>,
    /// Only documents by this publisher.
    pub publisher: Option<String>,
    /// Only documents from this day on. Excludes documents without a date.
    pub since: Option<jiff::civil::Date>,
    /// Only documents up to and including this day. Excludes documents without a date.
    pub until: Option<jiff::civil::Date>,
    /// Only documents that quote this speaker, by name or mention, or that this speaker issued.
    pub speaker: Option<String>,
    /// Other names of that speaker. Any of them may match.
    pub speaker_aliases: Vec<String>,
}
