//! Links to other pages that stand glued before a sentence: `READ MORE: Why the boats are late In a letter, Brandt said so.`

use super::elements::{Elements, word};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

impl Elements<'_> {
    /// `READ MORE:`, `Watch:`: whether a piece begins with what invites to another page.
    pub(super) fn is_link(&self, piece: &Range<usize>) -> bool {
        const MOST: usize = 3;
        if !(piece.start + 1..=piece.start + MOST).any(|at| self.is(at, TokenKind::Colon)) {
            return false;
        }
        let words = (piece.start..piece.end.min(piece.start + MOST))
            .take_while(|at| self.lists().has(List::LinkWords, word(self, *at)))
            .count();
        words > 0 && self.is(piece.start + words, TokenKind::Colon)
    }

    /// Where the heading ends of a link to another page that stands glued before a sentence: at the first word with a capital that is
    /// none of a name, behind a word in small letters. `READ MORE: Why the boats are late In a letter, Brandt said so.`
    pub(super) fn link_end(&self, segment: &Range<usize>) -> Option<usize> {
        const OPENS: Class = Class::DETERMINER
            .with(Class::PREPOSITION)
            .with(Class::SUBJECT)
            .with(Class::POSSESSIVE)
            .with(Class::SUBORDINATOR)
            .with(Class::COORDINATOR);
        const LEAST: usize = 4;
        if !self.is_link(segment) {
            return None;
        }
        let colon = segment.clone().find(|at| self.is(*at, TokenKind::Colon))?;
        let small = |at: usize| {
            let el = &self.all[at];
            el.is_chunk() || el.is_word() && !el.is_capital() && !el.has(OPENS)
        };
        let opens = |at: &usize| self.all[*at].is_capital() && self.has(*at, OPENS) && small(at - 1);
        (colon + LEAST..segment.end).find(opens)
    }

    /// Whether a segment is no more than such a heading.
    pub(super) fn is_link_alone(&self, segment: &Range<usize>) -> bool {
        let last = segment.end.checked_sub(1).is_some_and(|at| self.all[at].is_word());
        last && segment.end < self.all.len() && self.is_link(segment)
    }
}
