//! What a figure is judged by: its document, the pairs of all its figures, and the evidence.

use super::candidates::{Choice, Selected};
use super::counterpart::{self, Odds};
use super::framed::Framed;
use super::pairs::{self, Pair};
use super::slots::Slots;
use super::{Check, Evidence, Settings};
use crate::document::Document;
use crate::extract::Figure;
use std::cell::OnceCell;

/// What a figure is judged by.
#[derive(Clone, Copy)]
pub(super) struct Case<'c, 'a> {
    pub document: &'c Document,
    pub claimed: Framed<'c>,
    /// The pairs of every figure of the document.
    pub all: &'c [Vec<Pair<'a>>],
    pub found: &'c Selected,
    pub evidence: &'c Evidence,
    /// Told once, when they are asked for.
    pub odds: &'c OnceCell<Vec<Odds>>,
}

impl<'c, 'a> Case<'c, 'a> {
    pub(super) fn pairs(&self) -> &'c [Pair<'a>] {
        &self.all[self.claimed.index]
    }

    pub(super) fn ours(&self) -> &'c Figure {
        self.claimed.figure()
    }

    /// Whether the figure stands in a headline.
    pub(super) fn is_headline(&self) -> bool {
        let Framed { extraction, facts, index } = self.claimed;
        pairs::is_headline(extraction, facts, index)
    }

    /// How likely each pair is the counterpart of the figure, in their order.
    pub(super) fn odds(&self) -> &'c [Odds] {
        self.odds.get_or_init(|| counterpart::odds(self.claimed, self.pairs()))
    }

    /// How likely one of them is.
    pub(super) fn odds_of(&self, pair: &Pair) -> Option<&'c Odds> {
        let at = self.pairs().iter().position(|p| std::ptr::eq(p, pair))?;
        self.odds().get(at)
    }

    /// A pair side by side, slot by slot.
    pub(super) fn slots<'p>(&self, pair: &'p Pair) -> &'p Slots {
        pair.slots(self.claimed)
    }

    /// Whether the page tells what a statement says: it names it, or has many of its figures from it.
    pub(super) fn is_named(&self, pair: &Pair) -> bool {
        const MANY: f32 = 0.2;
        const FIGURES: f32 = 3.0;
        let many = || pair.accord >= MANY && pair.accord * (self.all.len() + 1) as f32 >= FIGURES;
        self.found.choice == Choice::Named || many()
    }

    /// The pair that a check shows first.
    pub(super) fn cited(&self, check: &Check) -> Option<&'c Pair<'a>> {
        let item = check.evidence.first()?;
        self.pairs().iter().find(|pair| pair.statement.document.id == item.doc && Some(pair.theirs().span) == item.span)
    }

    pub(super) fn settings(&self) -> &'c Settings {
        &self.evidence.settings
    }
}
