//! Numerals where they stand: digits with their groups, fractions, powers and scale words; a numeral in words is read in
//! [`super::words`]. `816 000`, `3 1/2`, `1.3x10^6`, `8.6B`, `3 million and a half`.

use super::digits::{self, Digits};
use super::window::Window;
use crate::language::figures::Class;
use crate::language::lists::{List, Lists};
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits without separators, fractions or scales.
    Plain,
    /// Digits with any of these.
    Digits,
    /// Words.
    Words,
    /// `half`, `two-thirds`, `1/4`
    Share,
    /// `2 in 5`
    Ratio,
    /// `hundreds`, `tens of thousands`: not told exactly.
    Many,
}

/// A numeral and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// Its place.
    pub span: Span,
    /// Its value.
    pub value: Decimal,
    /// The last place as written.
    pub place: Decimal,
    /// How it is written.
    pub form: Form,
}

/// Whether an amount of money is expected: `m` then means million.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expect {
    /// A currency sign stands before.
    Money,
    /// Anything.
    Any,
}

impl Window<'_, '_> {
    /// The numeral that begins at token `at`, a number, a sign for a fraction or a word.
    pub(super) fn numeral(&self, at: usize, expect: Expect) -> Option<Numeral> {
        match self.kind(at)? {
            TokenKind::Number => self.in_digits(at, expect),
            TokenKind::Stop if self.glued(at) && self.is_kind(at + 1, TokenKind::Number) => self.in_digits(at, expect),
            TokenKind::Symbol => {
                let value = digits::vulgar(self.text(at))?;
                Some(self.scaled(self.share(at, at + 1, value), expect))
            }
            TokenKind::Word => self.in_words(at).or_else(|| self.code_numeral(at)),
            _ => None,
        }
    }

    /// A numeral over the tokens `first..end`.
    pub(super) fn over(&self, first: usize, end: usize, value: Decimal, place: Decimal, form: Form) -> Numeral {
        // Fractions without an end are cut at the fifteenth place.
        let value = if value.scale() > 15 && matches!(form, Form::Share | Form::Ratio | Form::Words) {
            value.round_sf(15).unwrap_or(value)
        } else {
            value
        };
        let span = Span::new(self.byte(first), self.byte_after(end.wrapping_sub(1)));
        Numeral { first, end, span, value, place, form }
    }

    fn share(&self, first: usize, end: usize, value: Decimal) -> Numeral {
        self.over(first, end, value, Decimal::new(1, 2), Form::Share)
    }

    fn in_digits(&self, first: usize, expect: Expect) -> Option<Numeral> {
        let (mut end, mut read) = match self.kind(first)? {
            TokenKind::Stop => {
                let text = self.page.text.get(self.byte(first) as usize..self.byte_after(first + 1) as usize)?;
                (first + 2, digits::read(text)?)
            }
            _ => (first + 1, digits::read(self.text(first)).or_else(|| self.decimal_comma(first, expect))?),
        };
        let plain = read.plain;
        self.groups(first, &mut end, &mut read)?;
        if let Some(numeral) = self.power_of_ten(first, end, read)? {
            return Some(numeral);
        }
        if plain
            && end == first + 1
            && let Some(numeral) = self.fraction(first, read)
        {
            return Some(self.scaled(numeral, expect));
        }
        let form = if plain && end == first + 1 { Form::Plain } else { Form::Digits };
        let whole = self.over(first, end, read.value, read.place, form);
        let mixed = self.mixed(whole).or_else(|| self.and_a_part(whole)).or_else(|| self.and_a_half(whole));
        Some(self.scaled(mixed.unwrap_or(whole), expect))
    }

    /// `1,5 million crates`, `€10,50`, `2,5 %`: a comma before one or two digits, behind a currency or before a scale or a sign.
    fn decimal_comma(&self, at: usize, expect: Expect) -> Option<Digits> {
        let next = at + 1;
        let one = expect == Expect::Money
            || self.is(next, Class::SCALE)
            || matches!(self.text(next), "%" | "€" | "percent")
            || self.says(next, "per") && self.says(next + 1, "cent");
        if one { digits::read_comma(self.text(at)) } else { None }
    }

    /// `816 000`, `1’234`: groups of three after a first of one to three digits. Fails where digits go on beyond what
    /// can be read.
    fn groups(&self, first: usize, end: &mut usize, read: &mut Digits) -> Option<()> {
        if !read.plain || self.text(first).len() > 3 || self.text(first).starts_with('0') {
            return Some(());
        }
        let mut text = String::new();
        loop {
            let next = match self.gap(*end - 1) {
                " " | "\u{a0}" | "\u{2009}" | "\u{202f}" if self.is_kind(*end, TokenKind::Number) => *end,
                "" if self.is_kind(*end, TokenKind::Mark) && self.glued(*end) => *end + 1,
                _ => break,
            };
            let group = self.text(next);
            let (whole, rest) = group.split_once('.').unwrap_or((group, ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            // "12 100-tonne cranes": two numbers
            let hung = self.inner_hyphen(next + 1) && self.is_kind(next + 2, TokenKind::Word);
            let two = hung && !self.is(first.wrapping_sub(1), Class::ARTICLE);
            if !self.is_kind(next, TokenKind::Number) || whole.len() != 3 || !digits(whole) || !digits(rest) || two {
                break;
            }
            if text.is_empty() {
                text.push_str(self.text(first));
            }
            if text.len() > 24 {
                return None;
            }
            text.push_str(group);
            *end = next + 1;
            if !rest.is_empty() {
                break;
            }
        }
        if !text.is_empty() {
            *read = digits::read(&text)?;
            read.plain = false;
        }
        Some(())
    }

    /// `12.32e+14`, `1.3x10^6`, `1.1^23`. Outer none: something of the kind that has no value.
    fn power_of_ten(&self, first: usize, end: usize, read: Digits) -> Option<Option<Numeral>> {
        if !matches!(self.kind(end), Some(TokenKind::Word | TokenKind::Symbol)) {
            return Some(None);
        }
        let ten = |exponent: i64| digits::power(Decimal::TEN, exponent);
        // "2 e 12"
        if matches!(self.text(end), "e" | "E") && self.gap(end - 1) == " " && self.gap(end) == " " {
            let (exponent, last) = match self.exponent(end + 1) {
                Some(found) => found,
                None => return Some(None),
            };
            let factor = ten(exponent)?;
            let value = read.value.checked_mul(factor)?;
            return Some(Some(self.over(first, last, value, read.place.checked_mul(factor)?, Form::Digits)));
        }
        if self.glued(end - 1) && self.is_kind(end, TokenKind::Word) {
            let word = self.text(end);
            let rest = word.strip_prefix(['e', 'E']);
            if let Some(rest) = rest.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
                let (exponent, last) = if rest.is_empty() {
                    match self.exponent(end + 1) {
                        Some(found) if self.glued(end) => found,
                        _ => return Some(None),
                    }
                } else {
                    (rest.parse().ok()?, end + 1)
                };
                let factor = ten(exponent)?;
                let value = read.value.checked_mul(factor)?;
                return Some(Some(self.over(first, last, value, read.place.checked_mul(factor)?, Form::Digits)));
            }
        }
        let sign = |at: usize| self.is_kind(at, TokenKind::Symbol) && self.text(at) == "^";
        let times = match self.text(end) {
            "x10" if sign(end + 1) => Some(end + 2),
            "x" | "×" | "X" if self.text(end + 1) == "10" && sign(end + 2) => Some(end + 3),
            _ => None,
        };
        if let Some((exponent, last)) = self.raised(end) {
            let factor = ten(exponent)?;
            let value = read.value.checked_mul(factor)?;
            return Some(Some(self.over(first, last, value, read.place.checked_mul(factor)?, Form::Digits)));
        }
        if let Some((exponent, last)) = times.and_then(|at| self.exponent(at)) {
            let factor = ten(exponent)?;
            let value = read.value.checked_mul(factor)?;
            return Some(Some(self.over(first, last, value, read.place.checked_mul(factor)?, Form::Digits)));
        }
        if sign(end) && self.glued(end - 1) && self.glued(end) {
            let (exponent, last) = self.exponent(end + 1)?;
            let value = digits::power(read.value, exponent)?;
            return Some(Some(self.over(first, last, value, Decimal::ONE, Form::Digits)));
        }
        Some(None)
    }

    /// `× 10⁸`: the exponent in raised digits, and where it ends.
    fn raised(&self, at: usize) -> Option<(i64, usize)> {
        if !matches!(self.text(at), "x" | "×" | "X") || self.text(at + 1) != "10" {
            return None;
        }
        let from = self.byte_after(at + 1);
        let text = self.rest(from);
        let mut digits = String::new();
        let mut length = 0;
        for c in text.chars().take(4) {
            match ("⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c), c) {
                (Some(digit), _) => digits.push(char::from(b'0' + digit as u8)),
                (None, '⁻') if digits.is_empty() => digits.push('-'),
                _ => break,
            }
            length += c.len_utf8();
        }
        let exponent = digits.parse().ok()?;
        Some((exponent, self.token_from(at + 2, from + length as u32)))
    }

    /// A signed whole number at `at`, and where it ends.
    fn exponent(&self, at: usize) -> Option<(i64, usize)> {
        let (sign, at) = match self.text(at) {
            "+" => (1, at + 1),
            "-" | "−" | "–" => (-1, at + 1),
            _ => (1, at),
        };
        let number: i64 = self.text(at).parse().ok()?;
        self.is_kind(at, TokenKind::Number).then_some((sign * number, at + 1))
    }

    /// `3/4`; no date, no `24/7`.
    fn fraction(&self, first: usize, over: Digits) -> Option<Numeral> {
        if !(self.glued(first) && self.text(first + 1) == "/" && self.glued(first + 1)) {
            return None;
        }
        let under = digits::read(self.text(first + 2)).filter(|under| under.plain && !under.value.is_zero())?;
        let before = first.wrapping_sub(1);
        let more = self.glued(first + 2) && matches!(self.text(first + 3), "/" | "-")
            || self.glued(before) && self.text(before) == "/";
        // "the season 2016/17"
        let season = self.text(first).len() == 4 && self.text(first + 2).len() == 2;
        let slang =
            matches!((self.text(first), self.text(first + 2)), ("24", "7") | ("7", "24") | ("9", "11") | ("7", "7"));
        // "20/20 vision"
        let even = over.value == under.value;
        // "a blood pressure of 110/70", "flight 453/67"
        let reading = over.value > under.value && under.value >= Decimal::TEN;
        if more
            || slang
            || season
            || even
            || reading
            || self.text(first + 2).len() > 3
            || !self.is_kind(first + 2, TokenKind::Number)
        {
            return None;
        }
        let value = over.value.checked_div(under.value)?;
        // "2/3rds full"
        let ending = self.glued(first + 2) && self.listed(first + 3, List::FractionEndings);
        Some(self.share(first, if ending { first + 4 } else { first + 3 }, value))
    }

    /// `3 1/2`, `10½`, `3-1/2`: a whole number and a fraction below one.
    fn mixed(&self, whole: Numeral) -> Option<Numeral> {
        let at = self.past_hyphen(whole.end);
        if !matches!(self.gap(whole.end - 1), "" | " " | "\u{a0}") || whole.form != Form::Plain {
            return None;
        }
        let part = match self.kind(at)? {
            TokenKind::Symbol => self.share(at, at + 1, digits::vulgar(self.text(at))?),
            TokenKind::Number => self.fraction(at, digits::read(self.text(at)).filter(|d| d.plain)?)?,
            _ => return None,
        };
        if part.value >= Decimal::ONE {
            return None;
        }
        let value = whole.value.checked_add(part.value)?;
        Some(self.over(whole.first, part.end, value, part.place, Form::Digits))
    }

    /// `5 and 1/2`: a whole number and a fraction below one.
    fn and_a_part(&self, whole: Numeral) -> Option<Numeral> {
        let at = whole.end + 1;
        if !self.is(whole.end, Class::AND) || whole.form != Form::Plain || !self.is_kind(at, TokenKind::Number) {
            return None;
        }
        let part = self.fraction(at, digits::read(self.text(at)).filter(|digits| digits.plain)?)?;
        let value = whole.value.checked_add(part.value).filter(|_| part.value < Decimal::ONE)?;
        Some(self.over(whole.first, part.end, value, part.place, Form::Digits))
    }

    /// `2 and a half`: a small whole number in digits, and a half or a quarter in words.
    fn and_a_half(&self, whole: Numeral) -> Option<Numeral> {
        let half = self.is(whole.end, Class::AND) && self.is(whole.end + 1, Class::ARTICLE);
        let small = whole.form == Form::Plain && whole.value < Decimal::ONE_HUNDRED;
        if half && small && self.is(whole.end + 2, Class::SHARE) { self.and_fraction(whole) } else { None }
    }

    /// The numeral with the scale that follows it, and what may follow that: `6.65 billion`, `10k`, `3 hundred and 21`,
    /// `three quarters billion`, `3 million and a half`.
    pub(super) fn scaled(&self, numeral: Numeral, expect: Expect) -> Numeral {
        if let Some((scale, end)) = self.short_scale(&numeral, expect).or_else(|| self.spoken_scale(&numeral)) {
            return self.times(numeral, scale, end).unwrap_or(numeral);
        }
        let mut numeral = numeral;
        let at = self.past_hyphen(numeral.end);
        if self.is(at, Class::SCALE.or(Class::GROUP)) || (self.is(at, Class::MANY) && self.says(at, "dozens")) {
            // `3 hundred and 21`: small whole digits go on as words do.
            if numeral.form == Form::Plain
                && numeral.value < Decimal::ONE_THOUSAND
                && self.is(at, Class::SCALE)
                && self.is_kind(numeral.first, TokenKind::Number)
                && let Some(all) = self.cardinal(numeral.first)
            {
                return self.with_tail(all);
            }
            let mut scale = Decimal::from(self.entry(at).number);
            let mut end = at + 1;
            while self.is(end, Class::SCALE) {
                match scale.checked_mul(Decimal::from(self.entry(end).number)) {
                    Some(more) => scale = more,
                    None => break,
                }
                end += 1;
            }
            if let Some(found) = self.times(numeral, scale, end) {
                numeral = self.with_tail(found);
            }
        }
        numeral
    }

    /// `of a million`, `of one million` after a share.
    pub(super) fn of_a_scale(&self, share: Numeral) -> Numeral {
        let article = self.is(share.end, Class::OF)
            && (self.is(share.end + 1, Class::ARTICLE) || self.says(share.end + 1, "one"));
        if article && self.is(share.end + 2, Class::SCALE) {
            let scale = Decimal::from(self.entry(share.end + 2).number);
            return self.times(share, scale, share.end + 3).unwrap_or(share);
        }
        share
    }

    pub(super) fn times(&self, numeral: Numeral, scale: Decimal, end: usize) -> Option<Numeral> {
        let value = numeral.value.checked_mul(scale)?;
        let place = numeral.place.checked_mul(scale)?;
        let form = if numeral.form == Form::Words { Form::Words } else { Form::Digits };
        Some(self.over(numeral.first, end, value, place, form))
    }

    /// `10k`, `8.6B`, `$5m`, `2 bn`.
    fn short_scale(&self, numeral: &Numeral, expect: Expect) -> Option<(Decimal, usize)> {
        let at = numeral.end;
        if !self.is(at, Class::SHORT) || !matches!(numeral.form, Form::Plain | Form::Digits) {
            return None;
        }
        let glued = self.glued(at - 1);
        let gap = self.gap(at - 1);
        if !glued && gap.trim_matches(' ').len() + gap.len() > 2 {
            return None;
        }
        let money = expect == Expect::Money;
        let has = |list| self.page.lexicon.lists.has(list, self.text(at));
        let scale: u64 = match self.text(at) {
            // "a 4K screen", "a 5K run" are names; "10K users" are not.
            "K" if glued && !money && self.is(at + 1, Class::KIND_OF_K) => return None,
            _ if has(List::ThousandLetters) => 1_000,
            "M" if glued || money => 1_000_000,
            _ if money && has(List::MoneyMillions) => 1_000_000,
            "m" if glued && self.counts_millions(at + 1) => 1_000_000,
            _ if has(List::Millions) => 1_000_000,
            "cr" if glued || money => 10_000_000,
            // "a 503B plant" is a name: what counts billions is followed by a plural, or by no noun at all.
            "b" | "B" if !money && self.counts_nothing(at + 1) => return None,
            text if (money || glued && text != "G") && has(List::MoneyBillions) => 1_000_000_000,
            "G" if !glued => 1_000_000_000,
            _ if has(List::Billions) => 1_000_000_000,
            "t" | "T" if money => 1_000_000_000_000,
            "T" if glued => 1_000_000_000_000,
            "tn" | "trn" => 1_000_000_000_000,
            _ => return None,
        };
        if self.glued(at) && self.is_kind(at + 1, TokenKind::Number) {
            return None;
        }
        Some((Decimal::from(scale), at + 1))
    }

    /// `10 grand`, `two mil`: a spoken word for a thousand or a million that nothing goes on; not `two grand pianos`.
    pub(super) fn spoken_scale(&self, numeral: &Numeral) -> Option<(Decimal, usize)> {
        let at = numeral.end;
        let scale: u64 = match () {
            () if self.says(at, "grand") => 1_000,
            () if self.says_any(at, &["mil", "mill"]) => 1_000_000,
            () => return None,
        };
        let alone = !self.in_phrase(at + 1) && !self.is_kind(at + 1, TokenKind::Hyphen) && !self.capital(at);
        (alone && self.gap(at - 1) == " ").then(|| (Decimal::from(scale), at + 1))
    }

    /// `10m users`, `35m of its devices`, `5m of them`; not `a 60m hurdles race`, `35m of cable`, `100m sprint`.
    fn counts_millions(&self, at: usize) -> bool {
        if self.is(at, Class::OF) {
            return self.is(at + 1, Class::DETERMINER.or(Class::THOSE));
        }
        self.counted_after(at) && !(at..at + 2).any(|at| self.is(at, Class::TRACK))
    }

    /// Whether a noun phrase follows that holds no plural noun.
    fn counts_nothing(&self, at: usize) -> bool {
        self.is_kind(at, TokenKind::Word) && !self.is(at, Class::STOP) && !self.counted_after(at)
    }

    /// Whether a plural noun stands within two words from `at` on (`10m users`, not `100m sprint`).
    pub(super) fn counted_after(&self, at: usize) -> bool {
        (at..at + 2)
            .take_while(|at| self.is_kind(*at, TokenKind::Word) && !self.is(*at, Class::STOP))
            .any(|at| self.is_plural(at))
    }
}

/// The scale that letters write behind a sum of money: `m`, `bn`, `k`.
pub(super) fn money_scale(letters: &str, lists: &Lists) -> Option<Decimal> {
    let scales = [
        (List::ThousandLetters, 1_000u64),
        (List::SumMillions, 1_000_000),
        (List::SumBillions, 1_000_000_000),
        (List::SumTrillions, 1_000_000_000_000),
    ];
    let found = scales.into_iter().find(|(list, _)| lists.has(*list, letters)).map(|(_, scale)| scale);
    found.or_else(|| (letters == "cr").then_some(10_000_000)).map(Decimal::from)
}
