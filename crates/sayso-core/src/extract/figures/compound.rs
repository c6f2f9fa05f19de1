//! Amounts of two units: `15 dollars and 45 cents`, `5 feet 2 inches`, `6'2"`.

use super::amounts::Amount;
use super::digits;
use super::measure::{Measure, Prefix};
use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// Weights that are told in two units: how many of the second make one of the first.
const WEIGHTS: [(&str, &str, u32); 2] = [("pound", "ounce", 16), ("stone", "pound", 14)];

impl Window<'_, '_> {
    /// `15 dollars and 45 cents`, `15 dollars 50`, `10 $ 30 cent`, `eleven dollars thirty-five`.
    pub(super) fn with_cents(
        &self,
        numeral: &Numeral,
        prefix: Option<Prefix>,
        measure: Option<Measure>,
        out: &mut Vec<Figure>,
    ) -> Option<usize> {
        let signed = prefix.map(|prefix| Measure { unit: prefix.unit, end: numeral.end, last: numeral.span.end });
        let major = signed.or(measure).filter(|m| m.unit.is_money() && !self.units.is_minor(&m.unit))?;
        if numeral.place < Decimal::ONE {
            return None;
        }
        let and = self.is(major.end, Class::AND);
        let at = if and { major.end + 1 } else { major.end };
        if !(self.is_kind(at, TokenKind::Number) || self.is(at, Class::DIGIT.or(Class::TEEN).or(Class::TENS))) {
            return None;
        }
        let minor = self
            .numeral(at, Expect::Any)
            .filter(|minor| minor.value < Decimal::ONE_HUNDRED && minor.place == Decimal::ONE)?;
        let unit = self.measure(&minor);
        let cents = unit.filter(|m| self.units.is_minor(&m.unit));
        let bare = unit.is_none()
            && self.is_kind(at, TokenKind::Number)
            && self.text(at).len() == 2
            && (!self.is_kind(minor.end, TokenKind::Word) || self.says(minor.end, "more"))
            && !if self.glued(minor.end - 1) { self.is_kind(minor.end, TokenKind::Symbol) } else { false };
        // "eleven dollars thirty-five"
        let spoken = unit.is_none()
            && !and
            && minor.form == Form::Words
            && minor.value >= Decimal::TEN
            && (!self.is_kind(minor.end, TokenKind::Word) || self.is(minor.end, Class::STOP));
        // "$5 and 20 cents", but not "$5 20"
        if cents.is_none() && (prefix.is_some() || !bare && !spoken) {
            return None;
        }
        let value = numeral.value.checked_add(minor.value.checked_div(Decimal::ONE_HUNDRED)?)?;
        let end = cents.map_or(minor.end, |cents| cents.end);
        let last = cents.map_or(minor.span.end, |cents| cents.last);
        let mut figure = self.base(numeral, prefix, Some(Measure { unit: major.unit, end, last }));
        figure.value = Some(value.normalize());
        figure.precision = Some(Decimal::new(1, 2));
        self.set_unit(&mut figure, major.unit);
        self.put(&mut figure, self.first_of(numeral, prefix), end);
        out.push(figure);
        Some(end)
    }

    /// Adds `a pound fifty`, `a dollar twenty-five`, whose tens are at `at`; gives the next token.
    pub(super) fn one_and_cents(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let unit = at.wrapping_sub(1);
        let article = unit.wrapping_sub(1);
        if !self.is(at, Class::TENS.or(Class::TEEN)) || !self.is(article, Class::ARTICLE) {
            return None;
        }
        let (_, money) = self.units.word(self.rest(self.byte(unit)))?;
        let money = if money.name == "pound" { self.units.code("GBP")? } else { money };
        let minor = self.cardinal(at).filter(|minor| minor.value < Decimal::ONE_HUNDRED)?;
        let ends = !self.is_kind(minor.end, TokenKind::Word) || self.is(minor.end, Class::STOP);
        if !money.is_money() || self.units.is_minor(money) || !ends {
            return None;
        }
        let value = Decimal::ONE.checked_add(minor.value.checked_div(Decimal::ONE_HUNDRED)?)?;
        let whole = self.over(article, minor.end, value, Decimal::new(1, 2), Form::Words);
        let mut figure = self.base(&whole, None, None);
        self.set_unit(&mut figure, *money);
        self.put(&mut figure, article, minor.end);
        out.push(figure);
        Some(minor.end)
    }

    /// `6'2"`, `5’11`: the value in feet.
    pub(super) fn feet_and_inches(&self, feet: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let mark = feet.end;
        // "5' 10"" is closed for sure, "5'10" need not be
        let sure = matches!(self.text(mark + 2), "\"" | "”" | "″") && self.glued(mark + 1);
        let apart = sure && self.gap(mark) == " ";
        let minutes = matches!(self.text(mark), "'" | "’" | "′") && self.glued(mark - 1) && (self.glued(mark) || apart);
        if feet.form != Form::Plain || feet.value > Decimal::from(8) || !minutes || self.text(mark + 1).len() > 2 {
            return None;
        }
        let inches =
            digits::read(self.text(mark + 1)).filter(|inches| inches.plain && inches.value < Decimal::from(12))?;
        let close = mark + 2;
        let closed = matches!(self.text(close), "\"" | "”" | "″") && self.glued(mark + 1);
        let unit = *self.units.code("[ft_i]")?;
        let end = if closed { close + 1 } else { close };
        let value = feet.value.checked_add(inches.value.checked_div(Decimal::from(12))?)?;
        let span = Span::new(feet.span.start, self.byte_after(end - 1));
        let mut figure = Figure::new(FigureKind::Number, span, span);
        figure.value = Some(value.round_sf(15).unwrap_or(value).normalize());
        self.set_unit(&mut figure, unit);
        self.put(&mut figure, feet.first, end);
        out.push(figure);
        Some(end)
    }

    /// `5 lbs 3 oz`, `7 pounds, 4 ounces`, `11st 4lb`: the value in the greater unit.
    pub(super) fn with_lesser_weight(&self, of: &Amount, out: &mut Vec<Figure>) -> Option<usize> {
        let greater = of.measure?;
        let (_, part, many) = WEIGHTS.iter().find(|(whole, ..)| *whole == greater.unit.name)?;
        let comma = if self.is_kind(greater.end, TokenKind::Comma) { greater.end + 1 } else { greater.end };
        let at = if self.is(comma, Class::AND) { comma + 1 } else { comma };
        let many = Decimal::from(*many);
        let lesser = self.numeral(at, Expect::Any).filter(|lesser| lesser.value < many)?;
        let unit = self.measure(&lesser).filter(|unit| unit.unit.name == *part)?;
        let value = of.numeral.value.checked_add(lesser.value.checked_div(many)?)?;
        let mut figure = self.base(&of.numeral, None, Some(unit));
        figure.value = Some(value.round_sf(15).unwrap_or(value).normalize());
        self.set_unit(&mut figure, greater.unit);
        self.put(&mut figure, of.numeral.first, unit.end);
        out.push(figure);
        Some(unit.end)
    }

    /// `5 feet 2 inches`, `12 ft 2 in`: the value in feet.
    pub(super) fn with_inches(
        &self,
        numeral: &Numeral,
        measure: Option<Measure>,
        out: &mut Vec<Figure>,
    ) -> Option<usize> {
        let feet = measure.filter(|measure| measure.unit.name == "foot")?;
        let mut at = self.past_hyphen(feet.end);
        if self.is(at, Class::AND) || self.is_kind(at, TokenKind::Comma) {
            at += 1;
        }
        let inches = self.numeral(at, Expect::Any).filter(|inches| inches.value < Decimal::from(12))?;
        let unit = match self.measure(&inches) {
            Some(unit) if unit.unit.name == "inch" => unit,
            // "six foot two"
            // and "a 5-foot-10 guard"
            None if self.says(feet.end - 1, "foot")
                && matches!(inches.form, Form::Words | Form::Plain)
                && !self.inner_hyphen(inches.end)
                && (at == feet.end && !self.is_kind(inches.end, TokenKind::Word) || self.inner_hyphen(feet.end)) =>
            {
                Measure { unit: feet.unit, end: inches.end, last: inches.span.end }
            }
            None if self.says(inches.end, "in") && !self.is(inches.end + 1, Class::DETERMINER.or(Class::ARTICLE)) => {
                Measure { unit: feet.unit, end: inches.end + 1, last: self.byte_after(inches.end) }
            }
            _ => return None,
        };
        let value = numeral.value.checked_add(inches.value.checked_div(Decimal::from(12))?)?;
        let mut figure = self.base(numeral, None, Some(unit));
        figure.value = Some(value.round_sf(15).unwrap_or(value).normalize());
        self.set_unit(&mut figure, feet.unit);
        self.put(&mut figure, numeral.first, unit.end);
        out.push(figure);
        Some(unit.end)
    }
}
