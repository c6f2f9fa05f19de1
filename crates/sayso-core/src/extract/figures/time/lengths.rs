//! Lengths of time as TIMEX3 writes them.

use super::super::numeral::{Expect, Form, Numeral};
use super::super::window::Window;
use crate::language::figures::Class;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// Units of time from the longest on: TIMEX3's letters, and how many of each at most follow a longer one.
const ORDER: [(&str, u32); 7] = [("Y", 0), ("M", 12), ("W", 52), ("D", 366), ("TH", 24), ("TM", 60), ("TS", 60)];

/// A length of time told in several units.
pub(in crate::extract::figures) struct Compound {
    /// In the first unit.
    pub value: Decimal,
    /// Years and months alone, as months.
    pub months: Option<i32>,
    /// As TIMEX3 writes it.
    pub iso: String,
    /// One past its last token.
    pub end: usize,
}

impl Window<'_, '_> {
    /// `488 years and eight months`, `8 days, 3 hours, 40 minutes and 13 seconds`: a numeral with its unit at `unit`, and
    /// shorter units behind it, each less than one of the unit before.
    pub(in crate::extract::figures) fn compound_length(&self, numeral: &Numeral, unit: usize) -> Option<Compound> {
        let rank = |unit: usize| ORDER.iter().position(|(letter, _)| *letter == self.entry(unit).code);
        let factor = |unit: usize| {
            let text = self.rest(self.byte(unit));
            self.units.word(text).or_else(|| self.units.symbol(text)).map(|(_, unit)| unit.factor)
        };
        let mut last = rank(unit)?;
        let (whole, mut end) = (factor(unit)?, unit + 1);
        let mut parts = vec![(last, numeral.value)];
        let mut value = numeral.value;
        while let Some((next, unit)) = self.further_length(end) {
            let shorter = rank(unit).filter(|rank| *rank > last && next.value < Decimal::from(ORDER[*rank].1));
            let Some(rank) = shorter else { break };
            value = value.checked_add(next.value.checked_mul(factor(unit)?)?.checked_div(whole)?)?;
            parts.push((rank, next.value));
            (last, end) = (rank, unit + 1);
        }
        if parts.len() < 2 {
            return None;
        }
        let months = match parts[..] {
            [(0, years), (1, months)] => {
                let all = years.checked_mul(Decimal::from(12)).and_then(|all| all.checked_add(months));
                all.and_then(|all| i32::try_from(all).ok())
            }
            _ => None,
        };
        Some(Compound { value: value.round_sf(15).unwrap_or(value), months, iso: joined(&parts), end })
    }

    /// The numeral and unit that go on with a length of time that ends before `at`: `and eight months`, `, 3 hours`.
    fn further_length(&self, at: usize) -> Option<(Numeral, usize)> {
        let comma = if self.is_kind(at, TokenKind::Comma) { at + 1 } else { at };
        let next = if self.is(comma, Class::AND) { comma + 1 } else { comma };
        if !(self.is_kind(next, TokenKind::Number) || self.is(next, Class::DIGIT.or(Class::TEEN).or(Class::TENS))) {
            return None;
        }
        let numeral =
            self.numeral(next, Expect::Any).filter(|numeral| matches!(numeral.form, Form::Plain | Form::Words))?;
        Some((numeral, self.time_unit(numeral.end)?))
    }
}

/// `P488Y8M`, `P8DT3H40M13S`
fn joined(parts: &[(usize, Decimal)]) -> String {
    let mut text = String::from("P");
    for (rank, value) in parts {
        let letter = ORDER[*rank].0;
        if letter.starts_with('T') && !text.contains('T') {
            text.push('T');
        }
        text.push_str(&format!("{}{}", value.normalize(), letter.trim_start_matches('T')));
    }
    text
}

/// `P3M`, `PT36H`, `P2Y6M`, `P20Y` for decades.
pub(in crate::extract::figures) fn iso(value: Decimal, letter: &str) -> String {
    let (scaled, letter) = match letter {
        "E" => (value.checked_mul(Decimal::TEN), "Y"),
        "C" => (value.checked_mul(Decimal::ONE_HUNDRED), "Y"),
        "L" => (value.checked_mul(Decimal::ONE_THOUSAND), "Y"),
        "F" => (value.checked_mul(Decimal::TWO), "W"),
        "N" => (Some(value), "WE"),
        other => (Some(value), other),
    };
    let value = scaled.unwrap_or(value).normalize();
    let whole = value.trunc();
    let half = value.fract();
    let finer = |unit: &str, per: i64| -> Option<String> {
        let part = half.checked_mul(Decimal::from(per))?;
        part.fract().is_zero().then(|| format!("{}{unit}", part.normalize()))
    };
    if !half.is_zero() {
        let parts = match letter {
            "Y" => finer("M", 12).map(|part| (format!("P{whole}Y{part}"), format!("P{part}"))),
            "TH" => finer("M", 60).map(|part| (format!("PT{whole}H{part}"), format!("PT{part}"))),
            "TM" => finer("S", 60).map(|part| (format!("PT{whole}M{part}"), format!("PT{part}"))),
            _ => None,
        };
        if let Some((both, alone)) = parts {
            return if whole.is_zero() { alone } else { both };
        }
    }
    match letter.strip_prefix('T') {
        Some(clock) => format!("PT{value}{clock}"),
        None => format!("P{value}{letter}"),
    }
}

/// TIMEX3's letter of a unit of time that is told by its sign: `12h`.
pub(in crate::extract::figures) fn letter_of(code: &str) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 7] =
        [("a", "Y"), ("mo", "M"), ("wk", "W"), ("d", "D"), ("h", "TH"), ("min", "TM"), ("s", "TS")];
    LETTERS.into_iter().find(|(unit, _)| *unit == code).map(|(_, letter)| letter)
}

/// `PXD`
pub(super) fn vague(letter: &str) -> String {
    match letter.strip_prefix('T') {
        Some(clock) => format!("PTX{clock}"),
        None => format!("PX{letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_iso() {
        for (value, letter, expected) in [
            ("3", "M", "P3M"),
            ("24", "TH", "PT24H"),
            ("2.5", "Y", "P2Y6M"),
            ("1.5", "TM", "PT1M30S"),
            ("2", "E", "P20Y"),
            ("0.5", "TH", "PT30M"),
        ] {
            assert_eq!(iso(value.parse().unwrap(), letter), expected);
        }
    }
}
