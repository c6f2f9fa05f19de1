//! Numerals in words: `twenty-one`, `a hundred and three`, `three hundred thousand`, `zero point zero eight`, `minus five`.
//! One pass over the words; where an "and" leads nowhere, the numeral ends before it. Shares are read in [`super::shares`].

use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::language::figures::Class;
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

impl Window<'_, '_> {
    /// The numeral in words whose first word that counts is at `at`; an article before it is taken in.
    pub(super) fn in_words(&self, at: usize) -> Option<Numeral> {
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
            if let Some(share) = self.article_tens(at) {
                return Some(share);
            }
            let numeral = self.cardinal(at)?;
            return Some(self.with_tail(numeral));
        }
        if entry.is(Class::ORDINAL) {
            return self.article_fraction(at);
        }
        None
    }

    /// The place before `at`, if an article stands there.
    pub(super) fn article(&self, at: usize) -> Option<usize> {
        let before = at.wrapping_sub(1);
        self.is(before, Class::ARTICLE).then_some(before)
    }

    /// A whole number in words (digits below a thousand may stand in for the small ones).
    pub(super) fn cardinal(&self, at: usize) -> Option<Numeral> {
        let mut first = at;
        let (mut total, mut group, mut limit) = (0u64, 0u64, u64::MAX);
        let mut last = Last::Nothing;
        let mut end = at;
        let mut place = 1u64;
        // `415 hundred`: only digits may be more than ninety-nine.
        let mut most = 99;
        // Where the numeral ends if what follows an "and" does not go on with it.
        let mut safe: Option<(usize, u64, u64)> = None;
        let mut next = at;
        loop {
            let entry = self.entry(next);
            let digits = self.small_digits(next, last);
            let open = matches!(last, Last::Nothing | Last::Hundred | Last::Scale | Last::And);
            if let Some(value) = digits.filter(|_| open) {
                most = if last == Last::Nothing { 999 } else { 99 };
                group += value;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::DIGIT) && (open || last == Last::Tens) {
                group += entry.number;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::ZERO) && last == Last::Nothing && (!self.acronym(next) || self.title_case(next)) {
                end = next + 1;
                break;
            } else if entry.is(Class::TEEN) && open {
                group += entry.number;
                last = Last::Digit;
                place = 1;
            } else if entry.is(Class::TENS) && open && !(last != Last::Nothing && self.is_tens_of_parts(next)) {
                group += entry.number;
                last = Last::Tens;
                place = 1;
            } else if entry.is(Class::COUPLE)
                && last == Last::Nothing
                && self.is(next + 1, Class::SCALE.or(Class::GROUP))
            {
                // "a couple dozen boats", "a couple hundred dollars"
                if !self.begins_scale(at, &mut first) {
                    return None;
                }
                group = entry.number;
                last = Last::Digit;
            } else if (entry.is(Class::GROUP) || group > 0 && self.says(next, "dozens"))
                && group <= 99
                && last != Last::Hundred
                && last != Last::And
            {
                if last == Last::Nothing && !self.begins_scale(at, &mut first) {
                    return None;
                }
                // "a score of 260 points"
                if last == Last::Nothing && self.is(next + 1, Class::OF) && self.is_kind(next + 2, TokenKind::Number) {
                    return None;
                }
                if entry.is(Class::COUPLE) && !(last == Last::Nothing && self.couple_of(next + 1)) {
                    return None;
                }
                group = group.max(1) * entry.number;
                place = entry.number;
                end = next + 1;
                break;
            } else if entry.is(Class::SCALE)
                && entry.number == 100
                && (group <= most && last != Last::Hundred)
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
                    || limit >= 1_000_000 && small && !self.is_kind(first.wrapping_sub(1), TokenKind::Symbol);
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
                // "two-hundred-and-five"
                let and = after.is(Class::AND) && self.inner_hyphen(next + 2);
                let small = self.is(next + 3, Class::DIGIT.or(Class::TEEN).or(Class::TENS));
                if goes_on {
                    next += 1;
                } else if and && small && matches!(last, Last::Hundred | Last::Scale) && !self.share_after(next + 3) {
                    safe = Some((end, total + group, place));
                    last = Last::And;
                    next += 3;
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

    /// `thirty-fifths`: tens at `at` that a hyphen joins to a denominator below ten.
    fn is_tens_of_parts(&self, at: usize) -> bool {
        let unit = self.entry(at + 2);
        self.inner_hyphen(at + 1) && unit.is(Class::DENOMINATOR) && unit.number < 10
    }

    /// `a couple of boats`, `a couple more`; not `a couple from the valley`. Of units of time it is read as a length.
    fn couple_of(&self, at: usize) -> bool {
        let of = self.is(at, Class::OF) && self.is_plural(at + 1) && !self.is(at + 1, Class::UNITS);
        of || self.is(at, Class::OF)
            && self.in_phrase(at + 1)
            && self.is_plural(at + 2)
            && !self.is(at + 2, Class::UNITS)
    }

    /// Digits below a thousand that stand in a numeral of words: first of all, or after a scale.
    fn small_digits(&self, at: usize, last: Last) -> Option<u64> {
        let text = self.text(at);
        // "eight million 250ml bottles", "three thousand 5-star inns": two figures.
        let hung = self.glued(at)
            && matches!(self.kind(at + 1), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Symbol));
        let fits = self.is_kind(at, TokenKind::Number)
            && text.len() <= 3
            && (last == Last::Nothing || text != "0" && (!hung || last == Last::And));
        if fits { text.parse().ok() } else { None }
    }

    /// Whether a scale word can begin a numeral: after an article, `half a` or a word for a vague few.
    fn begins_scale(&self, at: usize, first: &mut usize) -> bool {
        if let Some(article) = self.article(at) {
            *first = article;
            return true;
        }
        // "a cool million"
        let round = at.wrapping_sub(1);
        if self.is(round, Class::ROUND)
            && let Some(article) = self.article(round)
        {
            *first = article;
            return true;
        }
        if self.bare_scale(at) || self.ranked_scale(at) {
            return true;
        }
        // "the hundred or so people"
        let so = self.says(at.wrapping_sub(1), "the") && self.says(at + 1, "or") && self.says(at + 2, "so");
        so || self.is(at.wrapping_sub(1), Class::FEW) && self.entry(at).number >= 10
    }

    /// `the hundred and first boat`, `its hundred and twenty-fifth year`: a scale word behind a determiner that a rank ends.
    fn ranked_scale(&self, at: usize) -> bool {
        let next = if self.is(at + 1, Class::AND) { at + 2 } else { at + 1 };
        let unit = if self.is(next, Class::TENS) { self.past_hyphen(next + 1) } else { next };
        let before = at.wrapping_sub(1);
        let led = self.is(before, Class::DETERMINER) || !self.is_kind(before, TokenKind::Word);
        led && next > at + 1 && self.is(unit, Class::ORDINAL)
    }

    /// `paid hundred dollars`, `over hundred people`, `holds thousand boats`: a scale word alone, before what it measures
    /// or counts. A name (`Hundred Acre Farm`), `multi-million` and `per thousand` are no such numbers.
    fn bare_scale(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        let begins = self.page.sentence_at(self.byte(at)).is_some_and(|sentence| sentence.span.start == self.byte(at));
        // "sold dozen eggs", not "the dirty dozen boats", "a baker's dozen"
        let plain = self.says(at, "dozen") && !self.in_phrase(before) && !self.is(before, Class::DETERMINER);
        if self.is(at, Class::GROUP) && (!plain || self.is_kind(before, TokenKind::Clitic))
            || self.capital(at) && !begins
            || self.inner_hyphen(before)
            || self.is(before, Class::PER)
            || self.says(before, "multi")
        {
            return false;
        }
        let end = (at + 1..at + 4).find(|at| !self.is(*at, Class::SCALE)).unwrap_or(at + 1);
        self.is_kind(end, TokenKind::Word)
            && (self.is(end, Class::UNITS)
                || self.units.word(self.rest(self.byte(end))).is_some()
                || self.units.sign(self.text(end)).is_some_and(|(length, _)| length == 3)
                || self.counted_after(end))
    }

    /// What may follow a whole number: a decimal part, a fraction, a half.
    pub(super) fn with_tail(&self, whole: Numeral) -> Numeral {
        self.decimals(whole)
            .or_else(|| self.ordinal_fraction(whole))
            .or_else(|| self.and_fraction(whole))
            .or_else(|| self.ratio(whole))
            .or_else(|| self.spoken_scale(&whole).and_then(|(scale, end)| self.times(whole, scale, end)))
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

    /// `hundreds of thousands`, `dozens`, `tens of millions`.
    fn many(&self, at: usize) -> Option<Numeral> {
        let mut value = Decimal::from(self.entry(at).number);
        let mut end = at + 1;
        while self.is(end, Class::OF) && self.is(end + 1, Class::MANY) && end < at + 6 {
            value = value.checked_mul(Decimal::from(self.entry(end + 1).number))?;
            end += 2;
        }
        let alone = end == at + 1;
        // "scores injured", "scores more"
        let hurt = self.is(end, Class::HARMED);
        let scores = self.says(at, "scores") && hurt;
        if alone && self.says_any(at, &["tens", "scores"]) && !self.is(end, Class::OF) && !scores {
            return None;
        }
        let before = at.wrapping_sub(1);
        if alone && (self.is_kind(before, TokenKind::Number) || self.is(before, Class::CARDINAL)) {
            return None;
        }
        Some(self.over(at, end, value, value, Form::Many))
    }
}
