//! Words that are letters and digits at once: a currency glued to its number (`USD1,700`, `AUD1.5m`, `Rs50 crore`, `$US48m`)
//! and coded periods (`FY2016`, `Q3`).

use super::digits;
use super::measure::Prefix;
use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::Figure;
use crate::language::figures::Class;
use crate::span::Span;
use crate::text::TokenKind;

/// A currency's letters and the number that they are glued to.
#[derive(Clone, Copy)]
struct Coded {
    /// The currency.
    prefix: Prefix,
    /// The number's place.
    number: Span,
}

impl Window<'_, '_> {
    /// Whether the word begins with a capital and holds a digit right behind one to three letters.
    pub(super) fn is_coded(&self, at: usize) -> bool {
        let text = self.text(at).as_bytes();
        let [first, rest @ ..] = text else { return false };
        first.is_ascii_uppercase() && rest.iter().take(3).any(u8::is_ascii_digit)
    }

    /// Reads such a word, which is a period, a sum or nothing; gives the next token.
    pub(super) fn coded(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        if !self.is_kind(at, TokenKind::Word) || !self.is_coded(at) {
            return None;
        }
        if let Some(timed) = self.coded_period(at) {
            let end = timed.end;
            self.push_time(timed, out);
            return Some(end);
        }
        if self.code(at).is_some() { self.number(at, out) } else { Some(at + 1) }
    }

    /// The currency whose letters begin the word at `at`.
    pub(super) fn code_prefix(&self, at: usize) -> Option<Prefix> {
        self.code(at).map(|coded| coded.prefix)
    }

    /// The numeral behind such letters.
    pub(super) fn code_numeral(&self, at: usize) -> Option<Numeral> {
        let coded = self.code(at)?;
        let read = digits::read(coded.number.of(self.page.text))?;
        let end = self.token_from(at, coded.number.end);
        let form = if read.plain { Form::Plain } else { Form::Digits };
        let numeral = Numeral { first: at, end, span: coded.number, value: read.value, place: read.place, form };
        // `USD10m`: the scale is a part of the same word.
        let letters = self.page.text[coded.number.end as usize..self.byte_after(end - 1) as usize].trim_end();
        if letters.is_empty() {
            return Some(self.scaled(numeral, Expect::Money));
        }
        let scale = super::numeral::money_scale(letters, &self.page.lexicon.lists)?;
        let value = numeral.value.checked_mul(scale)?;
        let place = numeral.place.checked_mul(scale)?;
        let span = Span::new(numeral.span.start, self.byte_after(end - 1));
        Some(Numeral { value, place, span, form: Form::Digits, ..numeral })
    }

    /// `USD1,700`: letters of a currency, then digits, in one word or begun in one.
    fn code(&self, at: usize) -> Option<Coded> {
        if !self.is_kind(at, TokenKind::Word) || !self.is_coded(at) {
            return None;
        }
        let text = self.text(at);
        let letters = text.bytes().position(|byte| byte.is_ascii_digit())?;
        let code = &text[..letters];
        let before = at.wrapping_sub(1);
        let dollar = self.text(before) == "$" && self.glued(before);
        let (sign, start) = match dollar {
            // `$US48m`
            true => (&self.page.text[self.byte(before) as usize..self.byte(at) as usize + letters], self.byte(before)),
            false if self.glued(before) && !self.opens(before) => return None,
            false => (code, self.byte(at)),
        };
        // "R2.5 million", "R1,200", "R99.50": the rand; not "the R300 road"
        let letter = self.units.letter(sign).filter(|_| self.is_sum_of_a_letter(at));
        let (length, unit) = match letter {
            Some(unit) => (1, unit),
            None => self.units.sign_before(sign)?,
        };
        if length != sign.len() || letters == 1 && !dollar && letter.is_none() {
            return None;
        }
        let from = self.byte(at) as usize + letters;
        let rest = self.rest(from as u32);
        let digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let mut end = 0;
        while digit(end) || matches!(rest.as_bytes().get(end), Some(b',' | b'.')) && digit(end + 1) {
            end += 1;
        }
        let number = Span::new(from as u32, (from + end) as u32);
        Some(Coded { prefix: Prefix { unit: *unit, start, negative: false }, number })
    }

    /// Whether what follows a letter at `at` can only be a sum: a scale stands behind its number, or it has groups or cents.
    fn is_sum_of_a_letter(&self, at: usize) -> bool {
        let rest = self.rest(self.byte(at));
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(digits.len());
        let number = digits[..end].trim_end_matches([',', '.']);
        let cents = number.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 2);
        let last = self.token_from(at, self.byte(at) + 1 + number.len() as u32);
        let ends = !digits[end..].starts_with(|c: char| c.is_alphanumeric());
        ends && (number.contains(',') || cents || self.is(last, Class::SCALE)) && super::digits::read(number).is_some()
    }

    /// Whether the token is a bracket, a mark, a hyphen or a slash: what may be glued to the front of a sum.
    fn opens(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(TokenKind::Open | TokenKind::Mark | TokenKind::Hyphen | TokenKind::Dash | TokenKind::Symbol)
        )
    }
}
