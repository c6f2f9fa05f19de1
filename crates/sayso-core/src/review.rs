//! What a person said of a finding.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// The kinds of finding that a person can judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judged {
    /// A quotation and its speaker.
    Quote,
    /// A figure.
    Figure,
    /// A claim.
    Claim,
    /// A figure beside its evidence.
    Check,
    /// A quotation beside its statement.
    Trace,
}

impl Judged {
    /// The letter in ids: `DOC#q1`.
    pub const fn letter(self) -> char {
        match self {
            Judged::Quote => 'q',
            Judged::Figure => 'f',
            Judged::Claim => 'c',
            Judged::Check => 'k',
            Judged::Trace => 't',
        }
    }

    /// The kind whose ids have this letter.
    pub const fn of_letter(letter: char) -> Option<Judged> {
        Some(match letter {
            'q' => Judged::Quote,
            'f' => Judged::Figure,
            'c' => Judged::Claim,
            'k' => Judged::Check,
            't' => Judged::Trace,
            _ => return None,
        })
    }
}

/// What a person said of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// It is right.
    Confirmed,
    /// It is right but for what was put right.
    Corrected,
    /// It is none.
    Rejected,
    /// An earlier judgement is taken back.
    Withdrawn,
}

/// A person's judgement of a finding, as records print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reviewed {
    /// Who.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// Confirmed, corrected or rejected.
    pub verdict: Judgement,
    /// What was put right: `speaker`, `verdict` or `relation`.
    pub field: Option<String>,
    /// What sayso had there.
    pub old: Option<String>,
    /// What the person puts there.
    pub new: Option<String>,
    /// Why.
    pub note: Option<String>,
}

/// A judgement, and the place of its finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The kind of finding.
    pub record: Judged,
    /// Its place.
    pub span: Span,
    /// What was said of it.
    pub reviewed: Reviewed,
}
