//! Ages: `62-year-old`, `ten months old`, `aged 45`, `at the age of 7`, `Mara Brandt, 45, said`.

use super::measure::Measure;
use super::numeral::{Form, Numeral};
use super::reader::Reader;
use crate::extract::{Figure, FigureKind};
use crate::lexicon::figures::Class;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// Adds an age, if the numeral tells one; gives the next token.
    pub(super) fn aged(&self, numeral: &Numeral, measure: Option<Measure>, out: &mut Vec<Figure>) -> Option<usize> {
        if let Some(unit) = self.time_unit(numeral.end) {
            let old = self.past_hyphen(unit + 1);
            let end = match () {
                () if self.says_any(old, &["old", "olds"]) => old + 1,
                () if self.says(old, "of") && self.says(old + 1, "age") => old + 2,
                () => return None,
            };
            let (_, name) = self.units.word(self.rest(self.byte(unit)))?;
            return Some(self.push_age(numeral, end, name.code, name.name, out));
        }
        let years =
            matches!(numeral.form, Form::Plain) && numeral.value >= Decimal::ONE && numeral.value < Decimal::from(125);
        if measure.is_some() || !years && numeral.form != Form::Words {
            return None;
        }
        let before = numeral.first.wrapping_sub(1);
        let told = self.says_any(before, &["aged", "age"])
            || self.says(before, "of") && self.says(before.wrapping_sub(1), "age");
        let between = self.is_kind(before, TokenKind::Comma)
            && self.is_kind(numeral.end, TokenKind::Comma)
            && years
            && numeral.value > Decimal::from(2)
            && self.capital(before.wrapping_sub(1))
            && !self.is(before.wrapping_sub(1), Class::MONTH.or(Class::WEEKDAY))
            && (self.capital(before.wrapping_sub(2))
                || numeral.value > Decimal::from(14) && self.is_kind(numeral.end + 1, TokenKind::Word));
        if !told && !between {
            return None;
        }
        Some(self.push_age(numeral, numeral.end, "a", "year", out))
    }

    fn push_age(
        &self,
        numeral: &Numeral,
        end: usize,
        code: &'static str,
        name: &'static str,
        out: &mut Vec<Figure>,
    ) -> usize {
        let span = Span::new(numeral.span.start, self.byte_after(end - 1));
        let mut figure = Figure::new(FigureKind::Age, span, numeral.span);
        figure.value = Some(numeral.value.normalize());
        figure.precision = Some(numeral.place.normalize());
        figure.unit = Some(code.into());
        figure.unit_name = Some(name.into());
        if let Some(bound) = self.bound(numeral.first, end) {
            figure.op = bound.op;
            figure.hedge = Some(bound.span);
        }
        out.push(figure);
        end
    }
}
