//! Numerals in words: `twenty-one`, `a hundred and three`, `three hundred thousand`, `two and a half`, `one-third`,
//! `half a million`, `zero point zero eight`, `minus five`. One pass over the words; where an "and" leads nowhere, the
//! numeral ends before it.

use super::numeral::{Expect, Form, Numeral};
use super::reader::Reader;
use crate::lexicon::figures::Class;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// What stood last in a numeral.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// Nothing larger than tens may follow.
    Digit,
    Tens,
    Hundred,
    Scale,
    And,
}

impl Reader<'_, '_> {
    /// The numeral in words whose first word that counts is at `at`; an article before it is taken in.
    pub fn in_words(&self, at: usize) -> Option<Numeral> {
        let entry = self.entry(at);
        if entry.is(Class::SIGN) {
            let next = if self.inner_hyphen(at + 1) { at + 2 } else { at + 1 };
            if !self.is_kind(next, TokenKind::Number) && !self.is(next, Class::CARDINAL) {
                return None;
            }
            let inner = self.numeral(next, Expect::Any)?;
            return Some(self.over(at, inner.end, -inner.value, inner.place, inner.form));
        }
        if entry.is(Class::SHARE) {
            return self.share_word(at);
        }
        if entry.is(Class::MANY) {
            return self.many(at);
        }
        if entry.is(Class::CARDINAL) {
            let numeral = self.cardinal(at)?;
            return Some(self.with_tail(numeral));
        }
        if entry.is(Class::ORDINAL) {
            return self.article_fraction(at);
        }
        None
    }

    /// The place before `at`, if an article stands there.
    fn article(&self, at: usize) -> Option<usize> {
        let before = at.wrapping_sub(1);
        self.is(before, Class::ARTICLE).then_some(before)
    }

    /// A whole number in words (digits below a thousand may stand in for the small ones).
    pub fn cardinal(&self, at: usize) -> Option<Numeral> {
        let mut first = at;
        let (mut total, mut group, mut limit) = (0u64, 0u64, u64::MAX);
        let mut last = Last::Nothing;
        let mut end = at;
        let mut place = 1u64;
        // Where the numeral ends if what follows an "and" does not go on with it.
        let mut safe: Option<(usize, u64, u64)> = None;
        let mut next = at;
        loop {
            let entry = self.entry(next);
            let digits = self.small_digits(next, last);
            let open = matches!(last, Last::Nothing | Last::Hundred | Last::Scale | Last::And);
            if let Some(value) = digits.filter(|_| open) {
                group += value;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::DIGIT) && (open || last == Last::Tens) {
                group += entry.number;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::ZERO) && last == Last::Nothing {
                end = next + 1;
                break;
            } else if entry.is(Class::TEEN) && open {
                group += entry.number;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::TENS) && open {
                group += entry.number;
                last = Last::Tens;
                place = 1;
            } else if (entry.is(Class::GROUP) || group > 0 && self.says(next, "dozens"))
                && group <= 99
                && last != Last::Hundred
                && last != Last::And
            {
                if last == Last::Nothing && !self.begins_scale(at, &mut first) {
                    return None;
                }
                group = group.max(1) * entry.number;
                place = entry.number;
                end = next + 1;
                break;
            } else if entry.is(Class::SCALE)
                && entry.number == 100
                && (group <= 99 && last != Last::Hundred)
                && (last != Last::Scale || group > 0)
            {
                if last == Last::Nothing && !self.begins_scale(at, &mut first) {
                    return None;
                }
                group = group.max(1) * 100;
                place = 100;
                last = Last::Hundred;
            } else if entry.is(Class::SCALE) && entry.number != 100 && last != Last::And {
                let factor = entry.number;
                if last == Last::Nothing && !self.begins_scale(at, &mut first) {
                    return None;
                }
                if last == Last::Scale && group == 0 {
                    let Some(more) = total.checked_mul(factor) else { break };
                    total = more;
                } else if factor < limit {
                    let Some(more) = group.max(1).checked_mul(factor).and_then(|more| total.checked_add(more)) else {
                        break;
                    };
                    total = more;
                    group = 0;
                } else {
                    // "800 million and two billion"
                    if let Some((before, sum, unit)) = safe {
                        (end, total, group, place) = (before, sum, 0, unit);
                    }
                    break;
                }
                limit = factor;
                place = factor;
                last = Last::Scale;
            } else {
                // The number after an "and" is too large to belong to it: "one hundred and two hundred".
                if entry.is(Class::SCALE)
                    && last != Last::And
                    && let Some((before, sum, unit)) = safe
                {
                    end = before;
                    total = sum;
                    group = 0;
                    place = unit;
                }
                break;
            }
            end = next + 1;
            next = end;
            if self.is(next, Class::AND) && matches!(last, Last::Hundred | Last::Scale) {
                let after = self.entry(next + 1);
                let small = after.is(Class::DIGIT.or(Class::TEEN).or(Class::TENS));
                let whole = limit <= 1000
                    || last == Last::Hundred
                    || self.is(next + 2, Class::SCALE)
                    || limit >= 1_000_000 && small;
                let number = self.is_kind(next + 1, TokenKind::Number) && (limit == 1000 || last == Last::Hundred);
                let share = self.share_after(next + 1);
                if !share && ((small && whole) || number) {
                    safe = Some((end, total + group, place));
                    last = Last::And;
                    next += 1;
                }
            } else if self.is_kind(next, TokenKind::Hyphen)
                && (self.inner_hyphen(next) || (last == Last::Tens && self.gap(next) == " "))
            {
                let after = self.entry(next + 1);
                let goes_on = last == Last::Tens && after.is(Class::DIGIT) || after.is(Class::SCALE);
                if goes_on {
                    next += 1;
                }
            }
        }
        if last == Last::And {
            let (before, sum, unit) = safe?;
            end = before;
            total = sum;
            group = 0;
            place = unit;
        }
        if end <= at {
            return None;
        }
        let value = total.checked_add(group)?;
        Some(self.over(first, end, Decimal::from(value), Decimal::from(place), Form::Words))
    }

    /// Whether a share such as `one half`, `three quarters` begins at `at`.
    fn share_after(&self, at: usize) -> bool {
        let word = self.past_hyphen(at + 1);
        self.is(at, Class::DIGIT)
            && (self.is(word, Class::SHARE) || self.is(word, Class::DENOMINATOR) && self.entry(word).number < 100)
    }

    /// Digits below a thousand that stand in a numeral of words: first of all, or after a scale.
    fn small_digits(&self, at: usize, last: Last) -> Option<u64> {
        let text = self.text(at);
        let fits = self.is_kind(at, TokenKind::Number) && text.len() <= 3 && (last == Last::Nothing || text != "0");
        if fits { text.parse().ok() } else { None }
    }

    /// Whether a scale word can begin a numeral: after an article, `half a` or a word for a vague few.
    fn begins_scale(&self, at: usize, first: &mut usize) -> bool {
        if let Some(article) = self.article(at) {
            *first = article;
            return true;
        }
        // "the hundred or so people"
        let so = self.says(at.wrapping_sub(1), "the") && self.says(at + 1, "or") && self.says(at + 2, "so");
        so || self.is(at.wrapping_sub(1), Class::FEW) && self.entry(at).number >= 10
    }

    /// What may follow a whole number: a decimal part, a fraction, a half.
    pub fn with_tail(&self, whole: Numeral) -> Numeral {
        self.decimals(whole)
            .or_else(|| self.ordinal_fraction(whole))
            .or_else(|| self.and_fraction(whole))
            .or_else(|| self.ratio(whole))
            .unwrap_or(whole)
    }

    /// `zero point zero eight`: each word a digit, or one number.
    fn decimals(&self, whole: Numeral) -> Option<Numeral> {
        if !self.is(whole.end, Class::POINT) {
            return None;
        }
        let mut text = String::new();
        let mut at = whole.end + 1;
        while self.is(at, Class::DIGIT.or(Class::ZERO)) && text.len() < 12 {
            text.push((b'0' + self.entry(at).number as u8) as char);
            at += 1;
        }
        if text.is_empty() && self.is(at, Class::TEEN.or(Class::TENS)) {
            let number = self.cardinal(at)?;
            text = number.value.to_string();
            at = number.end;
        }
        let scale = text.len() as u32;
        let part = Decimal::try_from_i128_with_scale(text.parse().ok()?, scale).ok()?;
        let value = whole.value.checked_add(part)?;
        let numeral = self.over(whole.first, at, value, Decimal::new(1, scale), Form::Words);
        Some(self.scaled(numeral, Expect::Any))
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
    fn ordinal_fraction(&self, over: Numeral) -> Option<Numeral> {
        let hyphen = self.is_kind(over.end, TokenKind::Hyphen);
        let at = if hyphen { over.end + 1 } else { over.end };
        let shares = self.entry(at);
        if shares.is(Class::SHARE) && over.value <= Decimal::from(9) {
            let one = over.value == Decimal::ONE;
            // "the first three quarters of 2016" are of the year.
            if self.is(over.first.wrapping_sub(1), Class::ORDINAL.or(Class::ANCHOR)) {
                return None;
            }
            let fits = one != self.text(at).ends_with('s') && (hyphen || self.share_context(at));
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

    /// Whether `quarters` at `at` are shares, not parts of a year.
    fn share_context(&self, at: usize) -> bool {
        let next = at + 1;
        self.is(next, Class::OF.or(Class::SCALE)) || !self.is_kind(next, TokenKind::Word)
    }

    /// `two and a half`, `five and a quarter`, `forty two and a third`, `3 million and a half` (a half of a million).
    fn and_fraction(&self, whole: Numeral) -> Option<Numeral> {
        let and = self.past_hyphen(whole.end);
        if !self.is(and, Class::AND) {
            return None;
        }
        // "two and a half", "two-and-a-half-hour"
        let at = self.past_hyphen(and + 1);
        let half = self.past_hyphen(at + 1);
        let unit = if whole.place > Decimal::ONE { whole.place } else { Decimal::ONE };
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
            if self.is(end, Class::SCALE) {
                unit = Decimal::from(self.entry(end).number);
                end += 1;
            }
            // "two and a half million" is one number; "one billion and a quarter million" is a sum.
            if whole.place <= Decimal::ONE && end == half + 2 {
                let value = whole.value.checked_add(part)?.checked_mul(unit)?;
                return Some(self.over(whole.first, end, value, unit.checked_div(Decimal::TEN)?, whole.form));
            }
            let value = whole.value.checked_add(part.checked_mul(unit)?)?;
            return Some(self.over(whole.first, end, value, Decimal::new(1, 2).checked_mul(unit)?, whole.form));
        }
        let over = self.is(at, Class::DIGIT.or(Class::TEEN).or(Class::TENS)).then(|| self.cardinal(at)).flatten()?;
        let next = self.past_hyphen(over.end);
        let entry = self.entry(next);
        let (part, end) = if entry.is(Class::SHARE) && self.text(next).ends_with('s') {
            (over.value.checked_mul(Decimal::new(entry.number as i64, 2))?, next + 1)
        } else {
            let (under, end) = self.denominator(next, false)?;
            (over.value.checked_div(Decimal::from(under))?, end)
        };
        let value = whole.value.checked_add(part.checked_mul(unit)?)?;
        Some(self.over(whole.first, end, value, Decimal::new(1, 2), whole.form))
    }

    /// `nine out of ten`, `two in five`, `1 over 3`.
    pub fn ratio(&self, over: Numeral) -> Option<Numeral> {
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
        let fits =
            over.value < under.value && (!strict || every || round.iter().any(|n| under.value == Decimal::from(*n)));
        let measured = self.is(under.end, Class::UNITS.or(Class::UNIT).or(Class::MONTH));
        if !fits || (strict && measured) || (strict && over.value > Decimal::TEN) {
            return None;
        }
        let value = over.value.checked_div(under.value)?;
        Some(self.over(over.first, under.end, value, Decimal::new(1, 2), Form::Ratio))
    }

    /// `half`, `a half`, `half a million`, `quarter million`, `a quarter of`.
    fn share_word(&self, at: usize) -> Option<Numeral> {
        let value = Decimal::new(self.entry(at).number as i64, 2);
        let half = self.entry(at).number == 50;
        if self.text(at).ends_with('s') || self.inner_hyphen(at + 1) && !self.is(at + 2, Class::SCALE.or(Class::GROUP))
        {
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
                    || self.is(before, Class::HEDGE_END))
                && !(article.is_some() && self.is_kind(at + 1, TokenKind::Hyphen))
        } else {
            article.is_some() && of
        };
        fits.then(|| self.of_a_scale(share))
    }

    /// `half a percentage point`, `half an hour`, `a quarter of a mile`, `two-thirds of one percent`: a part of one unit.
    pub fn of_a_unit(&self, share: Numeral) -> Option<Numeral> {
        let one = if self.is(share.end, Class::OF) { share.end + 1 } else { share.end };
        let article = self.is(one, Class::ARTICLE) || one > share.end && self.says(one, "one");
        let unit = one + 1;
        let named = self.is(unit, Class::UNIT) && !self.is(unit, Class::SHARE)
            || self.says_any(unit, &["percent", "percentage", "per"])
            || self.units.word(self.rest(self.byte(unit))).is_some();
        let fits = article && named && self.is_kind(unit, TokenKind::Word);
        fits.then(|| self.over(share.first, unit, share.value, share.place, Form::Words))
    }

    /// `a third of`, `a twenty-first`, `a trillionth`: an ordinal after an article that is a share.
    fn article_fraction(&self, at: usize) -> Option<Numeral> {
        let first = self.article(at)?;
        let entry = self.entry(at);
        let ends = self.is(at + 1, Class::OF)
            || self.token(at + 1).is_none()
            || self.says_any(at + 1, &["less", "more", "fewer", "higher", "lower", "larger", "smaller", "are", "were", "have"])
            // "more than a fifth", "cut by a third"
            || self.bound(first, first).is_some()
            || self.says(first.wrapping_sub(1), "by") && !self.in_phrase(at + 1);
        if entry.number < 3 || !ends {
            return None;
        }
        let value = Decimal::ONE.checked_div(Decimal::from(entry.number))?;
        Some(self.finish_share(first, at + 1, value))
    }

    /// `hundreds of thousands`, `dozens`, `tens of millions`.
    fn many(&self, at: usize) -> Option<Numeral> {
        let mut value = Decimal::from(self.entry(at).number);
        let mut end = at + 1;
        while self.is(end, Class::OF) && self.is(end + 1, Class::MANY) && end < at + 6 {
            value = value.checked_mul(Decimal::from(self.entry(end + 1).number))?;
            end += 2;
        }
        let alone = end == at + 1;
        if alone && self.says_any(at, &["tens", "scores"]) && !self.is(end, Class::OF) {
            return None;
        }
        let before = at.wrapping_sub(1);
        if alone && (self.is_kind(before, TokenKind::Number) || self.is(before, Class::CARDINAL)) {
            return None;
        }
        Some(self.over(at, end, value, value, Form::Many))
    }
}
