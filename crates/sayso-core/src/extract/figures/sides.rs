//! One number against another: votes (`by four votes to one`, `voted 4-1`), odds (`10-to-1 odds`, `odds of 3 to 1`); and
//! multiples, `twice`, `almost twice that`, `more than double the number`.

use super::numeral::{Expect, Form, Numeral};
use super::reader::Reader;
use crate::extract::{Figure, FigureKind, Op};
use crate::language::figures::Class;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// Adds the ratio of two sides whose first number is `one`; gives the next token.
    pub(super) fn sides(&self, one: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        if one.value < Decimal::ONE || !matches!(one.form, Form::Plain | Form::Words | Form::Digits) {
            return None;
        }
        let noun = self.is(one.end, Class::SIDES);
        let at = if noun { one.end + 1 } else { one.end };
        let hyphen = self.inner_hyphen(at);
        let to = if hyphen { at + 1 } else { at };
        let (other, words) = if self.says(to, "to") {
            (if self.inner_hyphen(to + 1) { to + 2 } else { to + 1 }, true)
        } else if self.text(at) == ":" && self.glued(at) && self.glued(at.wrapping_sub(1)) && !noun {
            // "a 3:1 ratio"; "10:30" is a time and was read before.
            (at + 1, false)
        } else if hyphen && !noun || self.is_kind(at, TokenKind::Dash) && self.glued(at) && self.glued(at - 1) {
            (at + 1, false)
        } else {
            return None;
        };
        if !(self.is_kind(other, TokenKind::Number) || self.is(other, Class::CARDINAL)) {
            return None;
        }
        let two = self.numeral(other, Expect::Any).filter(|two| matches!(two.form, Form::Plain | Form::Words))?;
        // "from 4 to 1" is a fall, "3 to 1 in the second half" a score: a word for two sides must stand near.
        let clause =
            |at: &usize| !matches!(self.kind(*at), Some(TokenKind::Comma | TokenKind::Stop | TokenKind::Semicolon));
        let near = |from: usize, to: usize| (from..to).take_while(clause).any(|at| self.is(at, Class::SIDES));
        let told = noun || near(one.first.saturating_sub(6), one.first) || near(two.end, two.end + 4);
        let odds = words
            && two.value == Decimal::ONE
            && (one.form == Form::Words) == (two.form == Form::Words)
            && !self.says(one.first.wrapping_sub(1), "from");
        let measured = self.is(two.end, Class::UNITS.or(Class::SCALE)) || self.measure(&two).is_some();
        if !(told || odds && self.change(one.first, self.end, false).is_none()) || measured || two.value < Decimal::ONE
        {
            return None;
        }
        // "326 votes to 293": two counts, not a ratio.
        if two.value != Decimal::ONE && one.value.max(two.value) > Decimal::from(20) {
            return None;
        }
        let value = one.value.checked_div(two.value)?.round_dp(6);
        let span = Span::new(one.span.start, two.span.end);
        let mut figure = Figure::new(FigureKind::Ratio, span, span);
        figure.value = Some(value.normalize());
        self.hedge(&mut figure, one.first, two.end);
        out.push(figure);
        Some(two.end)
    }

    /// Adds `twice`, `double`: so many times (a number), or so many times as much (a ratio).
    pub(super) fn multiple(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let entry = self.entry(at);
        if !entry.is(Class::TIMES) || self.inner_hyphen(at + 1) || self.inner_hyphen(at.wrapping_sub(1)) {
            return None;
        }
        let next = at + 1;
        // "twice as many as", but "served twice as minister"
        let measure = self.says_any(next + 1, &["many", "much"]) || (next + 2..next + 5).any(|at| self.says(at, "as"));
        let compared = self.says_any(next, &["what", "that"])
            || self.says(next, "as") && measure
            || self.is(next, Class::DETERMINER) && !self.is_kind(next + 1, TokenKind::Stop);
        let adverb = self.text(at).ends_with("ce");
        let bound = self.bound(at, at).is_some();
        if !adverb && !(compared && (bound || (self.is(next, Class::DETERMINER) || self.says(next, "what")))) {
            return None;
        }
        // "to double the number" is a plan, no measure; "more than double" is one.
        if !adverb
            && !bound
            && !self.is_kind(at.wrapping_sub(1), TokenKind::Comma)
            && !self.is(at.wrapping_sub(1), Class::BE)
        {
            return None;
        }
        let span = Span::new(self.byte(at), self.byte_after(at));
        let mut figure = Figure::new(if compared { FigureKind::Ratio } else { FigureKind::Number }, span, span);
        figure.value = Some(Decimal::from(entry.number));
        figure.precision = Some(Decimal::ONE);
        self.hedge(&mut figure, at, next);
        out.push(figure);
        Some(next)
    }

    /// The words that bound a figure over `first..end`.
    pub(super) fn hedge(&self, figure: &mut Figure, first: usize, end: usize) {
        if let Some(bound) = self.bound(first, end) {
            figure.op = if figure.op == Op::Equal { bound.op } else { figure.op };
            figure.hedge = Some(bound.span);
        }
    }
}
