//! Shares and parts in words: `two and a half`, `one-third`, `nine out of ten`, `half a million`, `a quarter of a mile`.

use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// Whether a share such as `one half`, `three quarters` begins at `at`.
    pub(super) fn share_after(&self, at: usize) -> bool {
        let word = self.past_hyphen(at + 1);
        self.is(at, Class::DIGIT)
            && (self.is(word, Class::SHARE) || self.is(word, Class::DENOMINATOR) && self.entry(word).number < 100)
    }

    /// A denominator at `at` (`fifths`, `twenty-fifth`) with its end: plural after any number, singular after one.
    fn denominator(&self, at: usize, one: bool) -> Option<(u64, usize)> {
        let entry = self.entry(at);
        if entry.is(Class::DENOMINATOR) || (one && entry.is(Class::ORDINAL) && entry.number > 2) {
            return Some((entry.number, at + 1));
        }
        if entry.is(Class::TENS) {
            let next = self.past_hyphen(at + 1);
            let unit = self.entry(next);
            let fits = (unit.is(Class::DENOMINATOR) || one && unit.is(Class::ORDINAL)) && unit.number < 10;
            return fits.then_some((entry.number + unit.number, next + 1));
        }
        None
    }

    /// `two-thirds`, `one fourth`, `two hundred and fifty-four hundredths`, `three quarters`.
    pub(super) fn ordinal_fraction(&self, over: Numeral) -> Option<Numeral> {
        let hyphen = self.is_kind(over.end, TokenKind::Hyphen);
        let at = if hyphen { over.end + 1 } else { over.end };
        let shares = self.entry(at);
        if shares.is(Class::SHARE) && over.value <= Decimal::from(9) {
            let one = over.value == Decimal::ONE;
            // "the first three quarters of 2016" are of the year.
            if self.is(over.first.wrapping_sub(1), Class::ORDINAL.or(Class::ANCHOR)) {
                return None;
            }
            let fits = one != self.ends(at, Ending::Plural) && (hyphen || self.share_context(at));
            if fits {
                let value = over.value.checked_mul(Decimal::new(shares.number as i64, 2))?;
                return Some(self.finish_share(over.first, at + 1, value));
            }
            return None;
        }
        let one = over.value == Decimal::ONE;
        let (under, end) = self.denominator(at, one)?;
        let mut value = over.value.checked_div(Decimal::from(under))?;
        // "one hundred and thirty and two fifths" is read below; here an inner "and" parts the whole from the share.
        let inner = (over.first..over.end).rev().find(|i| self.is(*i, Class::AND));
        if let Some(and) = inner.filter(|_| !self.is(at.wrapping_sub(1), Class::SCALE))
            && let (Some(whole), Some(part)) = (self.cardinal(over.first), self.cardinal(and + 1))
        {
            let low = part.value;
            let high = whole.value.checked_sub(low)?;
            value = high.checked_add(low.checked_div(Decimal::from(under))?)?;
        }
        Some(self.finish_share(over.first, end, value))
    }

    fn finish_share(&self, first: usize, end: usize, value: Decimal) -> Numeral {
        let share = self.over(first, end, value, Decimal::new(1, 2), Form::Share);
        if let Some(part) = self.of_a_unit(share) {
            return part;
        }
        let scaled = self.scaled(self.of_a_scale(share), Expect::Any);
        if scaled.end == end { share } else { scaled }
    }

    /// `a twenty-first`, with nothing behind it: a part, as `a twentieth` is.
    pub(super) fn article_tens(&self, at: usize) -> Option<Numeral> {
        let first = self.article(at).filter(|_| self.is(at, Class::TENS) && self.inner_hyphen(at + 1))?;
        let (under, end) = self.denominator(at, true).filter(|(_, end)| self.token(*end).is_none())?;
        Some(self.finish_share(first, end, Decimal::ONE.checked_div(Decimal::from(under))?))
    }

    /// Whether `quarters` at `at` are shares, not parts of a year.
    fn share_context(&self, at: usize) -> bool {
        let next = at + 1;
        self.is(next, Class::OF.or(Class::SCALE))
            || self.listed(next, List::HalfUnits)
            || !self.is_kind(next, TokenKind::Word)
    }

    /// `two and a half`, `five and a quarter`, `forty two and a third`, `3 million and a half` (a half of a million).
    pub(super) fn and_fraction(&self, whole: Numeral) -> Option<Numeral> {
        let and = self.past_hyphen(whole.end);
        if !self.is(and, Class::AND) {
            return None;
        }
        // "two and a half", "two-and-a-half-hour"
        let at = self.past_hyphen(and + 1);
        let half = self.past_hyphen(at + 1);
        // "three million and a half" adds half a million; "two hundred and a quarter" adds a quarter of one.
        let hundred = self.is(whole.end - 1, Class::SCALE) && self.entry(whole.end - 1).number == 100;
        let unit = if whole.place > Decimal::ONE && !hundred { whole.place } else { Decimal::ONE };
        if self.is(at, Class::ARTICLE) || self.says(at, "one") {
            let entry = self.entry(half);
            let part = if entry.is(Class::SHARE) {
                Decimal::new(entry.number as i64, 2)
            } else if entry.is(Class::ORDINAL) && entry.number > 2 {
                Decimal::ONE.checked_div(Decimal::from(entry.number))?
            } else {
                return None;
            };
            let (mut unit, mut end) = (unit, half + 1);
            if self.is(end, Class::SCALE.or(Class::GROUP)) {
                unit = Decimal::from(self.entry(end).number);
                end += 1;
            }
            // "two and a half million" is one number; "one billion and a quarter million" is a sum.
            if (whole.place <= Decimal::ONE || hundred) && end == half + 2 {
                let value = whole.value.checked_add(part)?.checked_mul(unit)?;
                return Some(self.over(whole.first, end, value, unit.checked_div(Decimal::TEN)?, whole.form));
            }
            let value = whole.value.checked_add(part.checked_mul(unit)?)?;
            return Some(self.over(whole.first, end, value, Decimal::new(1, 2).checked_mul(unit)?, whole.form));
        }
        let over = self.is(at, Class::DIGIT.or(Class::TEEN).or(Class::TENS)).then(|| self.cardinal(at)).flatten()?;
        let next = self.past_hyphen(over.end);
        let entry = self.entry(next);
        let scale = self.is(next + 1, Class::SCALE);
        let (part, end) = if entry.is(Class::SHARE) && (self.ends(next, Ending::Plural) || scale) {
            (over.value.checked_mul(Decimal::new(entry.number as i64, 2))?, next + 1)
        } else {
            let (under, end) = self.denominator(next, false)?;
            (over.value.checked_div(Decimal::from(under))?, end)
        };
        // "two and three quarter million"
        if self.is(end, Class::SCALE) && whole.place <= Decimal::ONE {
            let scale = Decimal::from(self.entry(end).number);
            let value = whole.value.checked_add(part)?.checked_mul(scale)?;
            return Some(self.over(whole.first, end + 1, value, scale.checked_mul(Decimal::new(1, 2))?, whole.form));
        }
        let value = whole.value.checked_add(part.checked_mul(unit)?)?;
        Some(self.over(whole.first, end, value, Decimal::new(1, 2), whole.form))
    }

    /// `nine out of ten`, `two in five`, `1 over 3`.
    pub(super) fn ratio(&self, over: Numeral) -> Option<Numeral> {
        if !matches!(over.form, Form::Plain | Form::Words) || over.value < Decimal::ONE {
            return None;
        }
        let (at, strict) = match () {
            () if self.says(over.end, "out") && self.is(over.end + 1, Class::OF) => (over.end + 2, false),
            () if self.says(over.end, "over") && over.value <= Decimal::from(20) => (over.end + 1, false),
            () if self.says(over.end, "in") => (over.end + 1, true),
            () => return None,
        };
        let every = self.says(at, "every");
        let at = if every { at + 1 } else { at };
        let under = match self.kind(at)? {
            TokenKind::Number => {
                let read = super::digits::read(self.text(at))?;
                if self.glued(at) && !matches!(self.kind(at + 1), Some(TokenKind::Stop | TokenKind::Comma)) {
                    return None;
                }
                self.over(at, at + 1, read.value, Decimal::ONE, Form::Plain)
            }
            TokenKind::Word if self.is(at, Class::CARDINAL) => self.cardinal(at)?,
            TokenKind::Word if self.is(at, Class::ARTICLE) && self.is(at + 1, Class::SCALE) => self.cardinal(at + 1)?,
            _ => return None,
        };
        let round = [2u32, 3, 4, 5, 6, 7, 8, 9, 10, 20, 25, 30, 40, 50, 100, 1000, 10_000, 100_000, 1_000_000];
        // "one in 68 children"; "one in 2018" is a year
        let one = over.value == Decimal::ONE && super::names::year(self.text(at), under.value).is_none();
        let known = every || one || round.iter().any(|n| under.value == Decimal::from(*n));
        let fits = over.value < under.value && (!strict || known);
        let measured = self.is(under.end, Class::UNITS.or(Class::UNIT).or(Class::MONTH));
        if !fits || (strict && measured) || (strict && over.value > Decimal::TEN && under.value < Decimal::ONE_THOUSAND)
        {
            return None;
        }
        let value = over.value.checked_div(under.value)?;
        Some(self.over(over.first, under.end, value, Decimal::new(1, 2), Form::Ratio))
    }

    /// `half`, `a half`, `half a million`, `quarter million`, `a quarter of`.
    pub(super) fn share_word(&self, at: usize) -> Option<Numeral> {
        let value = Decimal::new(self.entry(at).number as i64, 2);
        let half = self.entry(at).number == 50;
        let hung = self.inner_hyphen(at + 1)
            && !self.is(at + 2, Class::SCALE.or(Class::GROUP))
            && !(self.is(at + 2, Class::ONE_UNIT) && self.article(at).is_some());
        if self.ends(at, Ending::Plural) || hung {
            return None;
        }
        let article = self.article(at);
        let first = article.unwrap_or(at);
        let next = self.past_hyphen(at + 1);
        if self.is(next, Class::ARTICLE) && self.is(next + 1, Class::SCALE.or(Class::GROUP)) {
            let scale = Decimal::from(self.entry(next + 1).number);
            let value = value.checked_mul(scale)?;
            return Some(self.over(at, next + 2, value, scale.checked_div(Decimal::TEN)?, Form::Words));
        }
        if self.is(next, Class::SCALE.or(Class::GROUP)) {
            let scale = Decimal::from(self.entry(next).number);
            let value = value.checked_mul(scale)?;
            return Some(self.over(first, next + 1, value, scale.checked_div(Decimal::TEN)?, Form::Words));
        }
        // "a quarter point", "a half-percentage-point cut"
        if article.is_some() && self.says_any(next, &["point", "percentage"]) {
            return Some(self.over(first, at + 1, value, Decimal::new(1, 2), Form::Words));
        }
        // "half percent", "a quarter mile"
        let unit = self.listed(next, List::HalfUnits);
        if unit && (article.is_some() || half) {
            return Some(self.over(first, at + 1, value, Decimal::new(1, 2), Form::Words));
        }
        let share = self.over(first, at + 1, value, Decimal::new(1, 2), Form::Share);
        if let Some(part) = self.of_a_unit(share) {
            return Some(part);
        }
        let before = first.wrapping_sub(1);
        let of = self.is(at + 1, Class::OF);
        let fits = if half {
            let rank = self.is(before, Class::ORDINAL.or(Class::ANCHOR).or(Class::FISCAL).or(Class::DETERMINER))
                || self.is_kind(before, TokenKind::Clitic)
                || self.is_kind(before, TokenKind::Hyphen);
            !rank
                && (article.is_some()
                    || of
                    || self.is(at + 1, Class::DETERMINER.or(Class::ARTICLE))
                    || self.is(before, Class::HEDGE_END)
                    || self.token(before).is_none() && self.token(at + 1).is_none())
                && !(article.is_some() && self.is_kind(at + 1, TokenKind::Hyphen))
        } else {
            // "cut by a quarter", "more than a quarter", "a quarter" and nothing else
            let led = || self.says(before, "by") || self.bound_right_before(first) || self.token(before).is_none();
            let ends = !self.in_phrase(at + 1) && !self.is_kind(at + 1, TokenKind::Hyphen);
            let alone = article.is_some() && ends && led();
            // "quarter of a million"
            let scaled = self.is(at + 2, Class::ARTICLE) && self.is(at + 3, Class::SCALE);
            of && (article.is_some() || scaled && !self.is(before, Class::ORDINAL)) || alone
        };
        fits.then(|| self.of_a_scale(share))
    }

    /// `half a percentage point`, `half an hour`, `a quarter of a mile`, `two-thirds of one percent`: a part of one unit.
    pub(super) fn of_a_unit(&self, share: Numeral) -> Option<Numeral> {
        let one = if self.is(share.end, Class::OF) { share.end + 1 } else { share.end };
        let article = self.is(one, Class::ARTICLE) || one > share.end && self.says(one, "one");
        let unit = one + 1;
        let named = self.is(unit, Class::UNIT) && !self.is(unit, Class::SHARE)
            || self.listed(unit, List::Percents)
            || self.units.word(self.rest(self.byte(unit))).is_some();
        let fits = article && named && self.is_kind(unit, TokenKind::Word);
        fits.then(|| self.over(share.first, unit, share.value, share.place, Form::Words))
    }

    /// `a third of`, `a twenty-first`, `a trillionth`: an ordinal after an article that is a share.
    pub(super) fn article_fraction(&self, at: usize) -> Option<Numeral> {
        let first = self.article(at)?;
        let entry = self.entry(at);
        let ends = self.is(at + 1, Class::OF)
            || self.token(at + 1).is_none()
            || self.is(at + 1, Class::COMPARED)
            // "more than a fifth", "cut by a third"
            || self.bound(first, first).is_some()
            || self.says(first.wrapping_sub(1), "by") && !self.in_phrase(at + 1);
        if entry.number < 3 || !ends {
            return None;
        }
        let value = Decimal::ONE.checked_div(Decimal::from(entry.number))?;
        Some(self.finish_share(first, at + 1, value))
    }
}
