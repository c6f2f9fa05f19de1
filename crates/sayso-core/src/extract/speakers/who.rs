//! One who speaks.

/// One who speaks: named in the roster, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Position in the entities of the roster.
    Named(u32),
    /// Position in the speakers without a name.
    Unnamed(u32),
}
