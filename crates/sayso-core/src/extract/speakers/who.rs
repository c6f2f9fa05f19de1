//! One who speaks.

use crate::language::WordId;

/// One who speaks: named in the roster, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Position in the entities of the roster.
    Named(u32),
    /// Position in the speakers without a name.
    Unnamed(u32),
}

/// One who is somebody's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// Position of the owner in the roster.
    pub(super) owner: u32,
    /// The role; none for two first names with one surname, who may be man and wife.
    pub(super) noun: Option<WordId>,
    /// Position of whom the text names so.
    pub(super) one: u32,
}
