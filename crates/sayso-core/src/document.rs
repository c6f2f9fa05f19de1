//! What is read: a [`Document`], its [`Kind`], and the [`Region`]s of its page.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a document is to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Coverage: it quotes, and is checked and traced.
    #[default]
    Article,
    /// Official text: it is quoted, and evidence of what was said.
    Statement,
    /// Reference material.
    Reference,
}

impl Kind {
    /// The name used in records and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Statement => "statement",
            Kind::Reference => "reference",
        }
    }
}

/// A text and what is known of it. The text is kept exactly as it was read, after decoding to UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Unique within an index.
    pub id: String,
    /// What it is to the others.
    pub kind: Kind,
    /// The text, to which every span refers.
    pub text: String,
    /// Its title, where the source names one; the text may or may not repeat it.
    pub title: Option<String>,
    /// When it was published: ISO 8601, as given.
    pub date: Option<String>,
    /// Who published it: an outlet, an office.
    pub publisher: Option<String>,
    /// Who wrote it, as given.
    pub byline: Option<String>,
    /// Who issued a statement.
    pub speaker: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// Its language, BCP 47.
    pub lang: Option<String>,
    /// The file that it was read from, as the user would name it.
    pub path: Option<String>,
    /// The ids of the statements that it covers.
    pub about: Vec<String>,
}

impl Document {
    /// A document of the default kind that has an id and a text alone.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// The day of publication, where `date` begins with one (`2017-10-03`, `2017-10-03T08:00:00Z`).
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.date.as_deref()?.get(..10)?.parse().ok()
    }

    /// SHA-256 of the text, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(self.text.as_bytes()))
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char]).collect()
}

/// A part of a page, in reading order; regions do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// The title line.
    Headline,
    /// A line or two under the headline that sums the story up.
    Subhead,
    /// Who wrote it.
    Byline,
    /// Place, date and agency before the story (`HARROW BAY, March 3 (NRA) —`).
    Dateline,
    /// The story.
    #[default]
    Body,
    /// The text under a picture.
    Caption,
    /// Who owns a picture (`Getty Images`).
    Credit,
    /// Furniture of the page: `Comments`, `Share this`, `Read more`.
    Boilerplate,
}
