//! Whether pounds are money or a weight. They are money unless something is weighed: by what they are pounds of, by the
//! nearest word of prices or weights in the sentence, by the signs that the page writes near them, by their size.

use super::numeral::{Form, Numeral};
use super::window::Window;
use crate::language::figures::Class;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// How many tokens away a word that tells may stand.
const REACH: usize = 14;
/// How many bytes of the page on either side are searched for a sign.
const NEAR: usize = 4096;

impl Window<'_, '_> {
    /// Whether `pounds`, whose word is at `unit` and which ends before token `end`, are money.
    pub(super) fn pounds_are_money(&self, numeral: &Numeral, unit: usize, end: usize) -> bool {
        // "15 million pounds (lb) of lead"
        if self.says_any(end + 1, &["lb", "lbs"]) {
            return false;
        }
        // "thousands of pounds of food", "pounds of investment"
        if self.is(end, Class::OF) {
            // but not "pounds of food donated to us"
            let phrase = |at: &usize| self.in_phrase(*at) && !self.is_past_verb(*at);
            return (end + 1..end + 4).take_while(phrase).any(|at| self.is(at, Class::PRICE));
        }
        // "a 50-pound note", "a 10-pound ball"
        if self.inner_hyphen(unit.wrapping_sub(1)) {
            return (end..end + 3).any(|at| self.is(at, Class::PRICE));
        }
        // "two pounds fifty", "3 pounds 20 pence"
        if self.pence_follow(end) {
            return true;
        }
        match (self.nearest(numeral.first, end, Class::WEIGHED), self.nearest(numeral.first, end, Class::PRICE)) {
            (Some(weight), Some(price)) => return price < weight,
            (Some(_), None) => return false,
            (None, Some(_)) => return true,
            (None, None) => {}
        }
        let large = numeral.value >= Decimal::from(1_000_000) || numeral.form == Form::Many;
        self.signs_near(numeral.span.start).unwrap_or(large)
    }

    /// How far the nearest word of the class stands from `first..end` in the sentence.
    pub(super) fn nearest(&self, first: usize, end: usize, class: Class) -> Option<usize> {
        let sentence = self.page.sentence_at(self.byte(first)).map(|sentence| sentence.tokens.clone())?;
        let (begin, stop) = (sentence.start as usize, sentence.end as usize);
        let before = (1..=REACH).find(|back| first >= begin + back && self.is(first - back, class));
        let after = (1..=REACH).find(|on| end + on <= stop && self.is(end + on - 1, class));
        match (before, after) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        }
    }

    /// Whether pence, or bare tens of them, end a sum: `two pounds fifty`, `3 pounds 20`, `4 pounds and 99 pence`.
    fn pence_follow(&self, end: usize) -> bool {
        let at = if self.is(end, Class::AND) { end + 1 } else { end };
        let digits = self.is_kind(at, TokenKind::Number) && self.text(at).len() == 2;
        let last = match () {
            () if self.is(at, Class::TENS) && self.is(self.past_hyphen(at + 1), Class::DIGIT) => {
                self.past_hyphen(at + 1) + 1
            }
            () if digits || self.is(at, Class::TENS.or(Class::TEEN)) => at + 1,
            () => return false,
        };
        self.says_any(last, &["pence", "p"])
            || at == end && (!self.is_kind(last, TokenKind::Word) || self.is(last, Class::STOP))
    }

    /// Which pounds the page writes near a place: `£` or pence (true), dollars or ounces alone (false).
    fn signs_near(&self, place: u32) -> Option<bool> {
        let text = self.page.text;
        let place = place as usize;
        let floor = (place.saturating_sub(NEAR)..=place).find(|at| text.is_char_boundary(*at))?;
        let last = (place + NEAR).min(text.len());
        let end = (place..=last).rev().find(|at| text.is_char_boundary(*at))?;
        let near = &text[floor..end];
        match () {
            () if near.contains('£') || near.contains("Brit") || near.contains("sterling") => Some(true),
            () if near.contains('$') || near.contains("lbs") => Some(false),
            () => None,
        }
    }
}
