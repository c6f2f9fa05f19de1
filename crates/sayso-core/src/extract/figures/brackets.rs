//! Brackets that make a sum negative, as accounts write it: `$(3.2) million`; and, in a line about a loss, `Net loss (3.2)
//! (4.1)`. Elsewhere a number in brackets is as good as any (`12.5 (3.2)` may be a mean and its spread).

use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// Adds the negative sum whose number is at `at`; gives the next token.
    pub(super) fn bracketed(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let open = at.wrapping_sub(1);
        if !self.is_kind(at, TokenKind::Number) || !self.is_kind(open, TokenKind::Open) || self.text(open) != "(" {
            return None;
        }
        let whole = self.numeral(at, Expect::Any)?;
        let close = whole.end;
        if !self.is_kind(close, TokenKind::Close) || !matches!(whole.form, Form::Plain | Form::Digits) {
            return None;
        }
        let prefix = self.glued(open.wrapping_sub(1)).then(|| self.sign_that_ends(open.wrapping_sub(1))).flatten();
        let Some(prefix) = prefix else { return self.bracketed_loss(&whole, out) };
        let first = self.token_at(prefix.start, open);
        let mut numeral = self.over(at, close + 1, -whole.value, whole.place, Form::Digits);
        // "$(3.2) million", "$(3.2)m"
        if self.is(close + 1, Class::SCALE) {
            let scale = Decimal::from(self.entry(close + 1).number);
            numeral = self.times(numeral, scale, close + 2)?;
        } else if self.glued(close)
            && let Some(scale) = super::numeral::money_scale(self.text(close + 1), &self.page.lexicon.lists)
        {
            numeral = self.times(numeral, scale, close + 2)?;
        }
        let mut figure = self.base(&numeral, Some(prefix), None);
        figure.span.start = figure.span.start.min(self.byte(first));
        self.set_unit(&mut figure, prefix.unit);
        self.put(&mut figure, first, numeral.end);
        self.name_sum(&mut figure, first, numeral.end);
        out.push(figure);
        Some(numeral.end)
    }

    /// `Net loss (3.2) (4.1)`: a number in brackets, in a line that a word for a loss begins and that goes on with numbers.
    fn bracketed_loss(&self, whole: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        const HEAD: usize = 6;
        let close = whole.end;
        let next = close + 1;
        let row = matches!(self.kind(next), None | Some(TokenKind::Number | TokenKind::Open | TokenKind::Symbol));
        let line = self.page.paragraph_at(self.byte(whole.first))?.tokens.clone();
        let head = line.start as usize..(line.start as usize + HEAD).min(whole.first);
        let exact = whole.form == Form::Digits || whole.value >= Decimal::ONE_HUNDRED;
        if !row || !exact || !head.into_iter().any(|at| self.listed(at, List::LossWords)) {
            return None;
        }
        let numeral = self.over(whole.first - 1, close + 1, -whole.value, whole.place, whole.form);
        let mut figure = self.base(&numeral, None, None);
        figure.kind = FigureKind::Number;
        out.push(figure);
        Some(next)
    }
}
