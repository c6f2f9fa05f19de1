//! A pronoun or a role that asks whom it means, with those whom it may mean.

use super::who::Who;
use crate::language::WordId;
use crate::language::choices::{Asks, Traits};
use crate::span::Span;
use std::ops::Range;

/// A pronoun or a role that asks whom it means.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Where it stands.
    pub source: Span,
    /// What it is.
    pub asks: Asks,
    /// Those whom it may mean, the last named first.
    pub all: Vec<Candidate>,
    /// What tells that nobody who was named is meant.
    pub none: Traits,
}

/// One who may be meant.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Who.
    pub who: Who,
    /// What tells for or against it.
    pub traits: Traits,
    /// Where it was last named outside of marks, or spoke.
    pub(super) last: Option<u32>,
    /// How often it was named so far.
    pub(super) times: u32,
}

/// A role, read for the choice.
#[derive(Clone, Debug)]
pub(super) struct Role {
    /// Its tokens, from its determiner on.
    pub tokens: Range<u32>,
    /// Those that name it, up to the first preposition or comma.
    pub core: Range<u32>,
    /// Its noun.
    pub noun: WordId,
}
