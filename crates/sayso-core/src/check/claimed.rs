//! A figure of coverage with what it stands among.

use super::facts::{Facts, Place};
use crate::extract::{Extraction, Figure};

/// A figure of coverage with its document.
#[derive(Clone, Copy)]
pub(super) struct Claimed<'a> {
    pub extraction: &'a Extraction,
    pub facts: &'a Facts,
    pub figure: usize,
}

impl<'a> Claimed<'a> {
    pub(super) fn get(&self) -> &'a Figure {
        &self.extraction.figures[self.figure]
    }

    /// The length of time that it tells a date by, or itself.
    pub(super) fn length(&self) -> &'a Figure {
        self.facts.lengths[self.figure].as_ref().unwrap_or_else(|| self.get())
    }

    pub(super) fn place(&self) -> Place {
        self.facts.figures[self.figure]
    }
}
