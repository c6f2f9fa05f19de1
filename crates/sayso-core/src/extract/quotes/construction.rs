//! How a cue stands in its clause.

/// How a cue stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construction {
    /// `she said`, `she has been saying`
    Finite,
    /// `to say`
    Infinitive,
    /// `, saying`
    Participle,
    /// `was told`
    Passive,
    /// `a plan proposed by Brandt`
    Reduced,
    /// `her claim that`
    Noun,
    /// `is confident that`
    Adjective,
    /// `according to`
    According,
}
