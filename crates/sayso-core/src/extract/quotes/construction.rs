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

/// How far content reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A clause after `that`, which goes on over commas that would end one without it.
    That,
    /// A clause: to the end of the sentence but for what belongs to another cue.
    Clause,
    /// A noun phrase with all that hangs on it.
    Noun,
}
