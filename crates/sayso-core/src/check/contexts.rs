//! The telling words of a document's figures, as `align` compares them.

/// The telling words of a document's figures.
#[derive(Default)]
pub(super) struct Contexts {
    /// One word for each stem that stands beside a figure: position in `Facts::words`.
    pub stems: Vec<u32>,
    /// For each figure.
    pub of: Vec<Vec<Beside>>,
}

/// A word beside a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Position in [`Contexts::stems`].
    pub stem: u32,
    pub close: f32,
    pub share: f32,
    /// Whether it stands in the sentence before.
    pub before: bool,
    /// How much it says of its figure, from 0 to 1.
    pub presence: f32,
    /// How much it counts among the words of its figure.
    pub weight: f32,
    /// Whether it is a word of change, or one that says little.
    pub light: bool,
}
