//! A figure, of coverage or of a statement, with its frame and what it stands among.

use super::facts::{FactWord, Facts, Place};
use super::frame::Frame;
use super::statements::Statement;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::span::Span;

/// A figure with its frame and what it stands among.
#[derive(Clone, Copy)]
pub(super) struct Framed<'a> {
    pub extraction: &'a Extraction,
    pub facts: &'a Facts,
    pub index: usize,
}

impl<'a> Framed<'a> {
    /// A figure of a statement.
    pub(super) fn of(statement: &'a Statement, index: usize) -> Self {
        Framed { extraction: &statement.extraction, facts: &statement.facts, index }
    }

    pub(super) fn figure(self) -> &'a Figure {
        &self.extraction.figures[self.index]
    }

    /// What it is meant as, or itself.
    pub(super) fn meant(self) -> &'a Figure {
        self.facts.meant[self.index].as_ref().unwrap_or_else(|| self.figure())
    }

    pub(super) fn place(self) -> Place {
        self.facts.figures[self.index]
    }

    pub(super) fn frame(self) -> &'a Frame {
        &self.facts.frames[self.index]
    }

    /// Whether it is how much something moved, or how far two things lie apart.
    pub(super) fn tells_difference(self) -> bool {
        let measured = matches!(self.figure().kind, FigureKind::Money | FigureKind::Percent | FigureKind::Quantity);
        self.frame().is_change() || measured && self.frame().by
    }

    pub(super) fn span(self, word: Option<u32>) -> Option<Span> {
        self.facts.words.get(word? as usize).map(|w| w.span)
    }

    pub(super) fn word(self, word: u32) -> &'a FactWord {
        &self.facts.words[word as usize]
    }
}

/// The stages that tell what is not so, or not yet.
pub(super) fn is_open(stage: &str) -> bool {
    matches!(stage, "ask" | "plan" | "limit" | "order" | "offer" | "suspect" | "refuse" | "fail")
}

/// The stages that tell what was put down, and so is not so.
pub(super) fn is_put_down(stage: &str) -> bool {
    matches!(stage, "refuse" | "fail")
}
