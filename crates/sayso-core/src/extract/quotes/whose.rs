//! Whose words a turn is, as its label tells.

use crate::extract::SpeakerKind;
use crate::language::people::Label;
use crate::span::Span;

/// What a label tells of its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A word of the table of labels: `Q`, `A`.
    Label(Label),
    /// A name, as the fullest label of that speaker has it.
    Named {
        /// The name there.
        name: Span,
        /// The name in this turn's own label.
        own: Span,
        /// The role there.
        role: Option<Span>,
    },
    /// Somebody or several without a name: `UNIDENTIFIED MALE`, `Government senators`.
    Unnamed {
        /// One or several.
        kind: SpeakerKind,
        /// The words for them.
        own: Span,
    },
    /// An office, or what else the story tells of: `The PRESIDENT`, without its article.
    Described(Span),
    /// A surname that two of the transcript bear.
    Shared,
    /// The witness whom this line before the questions of a court names; nobody where no line does.
    Witness(Option<Span>),
}
