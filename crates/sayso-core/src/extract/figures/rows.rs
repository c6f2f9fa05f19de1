//! Numbers among numbers: a page of figures, the cells of a table that lost its rules. They have no unit, noun or hedge, as nothing
//! but other numbers stands beside them, so they need not be shown to the other readers. What could yet be something else
//! (groups of three, years, numbers to call, fractions) is left to them.

use super::digits::{self, Digits};
use super::names;
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::span::Span;
use crate::text::TokenKind;

/// How many numbers are read in one go; between two goes it is asked whether there are too many already.
const RUN: usize = 1024;

/// How many numbers on either side could belong to a number to call: see [`super::names`].
const CALL: usize = 6;

impl Window<'_, '_> {
    /// Adds the number at `at`, if nothing but numbers stands beside it, and those that go on in the same way; gives the next
    /// token.
    pub(super) fn in_a_row(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        if !self.is_kind(at, TokenKind::Number) {
            return None;
        }
        if self.in_a_list(at, out) {
            let read = digits::read(self.text(at))?;
            self.push_plain(at, &read, out);
            return Some(at + 1);
        }
        let before = at.wrapping_sub(1);
        if self.glued(before) || self.kind(before).is_some_and(|kind| kind != TokenKind::Number) {
            return None;
        }
        let mut end = at;
        // The next place that could begin a number to call, or be a part of one: those around `at` first, then one more a step.
        let mut called = self.starts_with_zero(at) || self.may_be_called(at);
        while !called && end < at + RUN && self.is_kind(end, TokenKind::Number) {
            let Some(read) = self.plain_in_row(end) else { break };
            self.push_plain(end, &read, out);
            end += 1;
            called = self.is_kind(end + CALL, TokenKind::Number) && self.starts_with_zero(end + CALL);
        }
        (end > at).then_some(end)
    }

    /// The number at `at`, if another number or nothing stands behind it and it is no group, year or part of a word.
    fn plain_in_row(&self, at: usize) -> Option<Digits> {
        let next = at + 1;
        if self.glued(at) || self.glued(next) || self.kind(next).is_some_and(|kind| kind != TokenKind::Number) {
            return None;
        }
        let text = self.text(at);
        let read = digits::read(text)?;
        let group = |text: &str| text.find('.').unwrap_or(text.len()) == 3;
        let grouped = read.plain && text.len() <= 3 && group(self.text(next)) && !self.gap(at).contains('\n');
        (!grouped && names::year(text, read.value).is_none()).then_some(read)
    }

    /// Whether a number stands within a long list of them that commas part: nothing behind so many can be meant of it.
    fn in_a_list(&self, at: usize, out: &[Figure]) -> bool {
        /// A unit may stand behind four numbers, a month behind six.
        const LONG: usize = 7;
        let comma = |at: usize| self.is_kind(at, TokenKind::Comma);
        let plain = |at: usize| self.is_kind(at, TokenKind::Number) && !self.starts_with_zero(at);
        let (before, text) = (at.wrapping_sub(1), self.text(at));
        let listed = comma(before) && plain(before.wrapping_sub(1)) && !self.glued(before) && plain(at);
        listed
            && out.last().is_some_and(|last| last.kind == FigureKind::Number)
            && digits::read(text).is_some_and(|read| names::year(text, read.value).is_none())
            && (0..LONG)
                .all(|pair| comma(at + 1 + 2 * pair) && plain(at + 2 + 2 * pair) && !self.glued(at + 1 + 2 * pair))
            && (0..LONG).all(|pair| !self.glued(at + 2 + 2 * pair) || comma(at + 3 + 2 * pair))
    }

    /// Adds a number that nothing is told of.
    fn push_plain(&self, at: usize, read: &Digits, out: &mut Vec<Figure>) {
        let span = Span::new(self.byte(at), self.byte_after(at));
        let mut figure = Figure::new(FigureKind::Number, span, span);
        figure.value = Some(read.value.normalize());
        figure.precision = Some(read.place);
        out.push(figure);
    }

    fn starts_with_zero(&self, at: usize) -> bool {
        let text = self.text(at).as_bytes();
        text.len() > 1 && text[0] == b'0'
    }

    /// Whether the run of numbers around `at` could be one to call: one of them begins with a zero, or a plus leads them.
    fn may_be_called(&self, at: usize) -> bool {
        let back =
            (1..=CALL + 1).map(|back| at.wrapping_sub(back)).take_while(|at| self.is_kind(*at, TokenKind::Number));
        let on = (at + 1..=at + CALL).take_while(|at| self.is_kind(*at, TokenKind::Number));
        let first = back.clone().last().unwrap_or(at);
        let plus = self.text(first.wrapping_sub(1)) == "+";
        plus || back.chain(on).any(|at| self.starts_with_zero(at))
    }
}
