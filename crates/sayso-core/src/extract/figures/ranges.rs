//! Two numbers joined: a range (`10-15`, `between 5 and 7`), or where a change began and ended (`from 24 to 15 months`).

use super::digits;
use super::measure::{Measure, Prefix, expect};
use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind, Op};
use crate::language::figures::{Class, change};
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// Adds the first number of `from 24 to 15 months`, `rose from 3 to 5 percent`: it has the unit and the scale of the
    /// second.
    pub(super) fn fall_from(&self, low: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let to = low.end;
        let told = self.says(low.first.wrapping_sub(1), "from")
            && self.says(to, "to")
            && matches!(low.form, Form::Plain | Form::Digits | Form::Words)
            && (self.is_kind(to + 1, TokenKind::Number) || self.is(to + 1, Class::CARDINAL));
        if !told {
            return None;
        }
        let high = self.numeral(to + 1, Expect::Any).filter(|high| !matches!(high.form, Form::Share | Form::Ratio))?;
        let measure = self.measure(&high);
        let noun = if measure.is_none() { self.counted(high.end, false) } else { None };
        // "a fall in seats from 108 to 90": the noun stands before.
        let noun = if measure.is_none() && !noun.as_ref().is_some_and(|noun| self.is_plural(noun.end - 1)) {
            self.noun_before(low.first.wrapping_sub(1))
        } else {
            noun
        };
        if measure.is_none() && !noun.as_ref().is_some_and(|noun| self.is_plural(noun.end - 1)) {
            return None;
        }
        let mut figure = self.base(low, None, None);
        let scale = self.scale_of(&high);
        if low.end == low.first + 1 && low.value < Decimal::ONE_THOUSAND {
            figure.value = low.value.checked_mul(scale).map(|value| value.normalize());
            figure.precision = low.place.checked_mul(scale).map(|place| place.normalize());
        }
        if let Some(measure) = measure {
            self.set_unit(&mut figure, measure.unit);
        }
        if figure.kind == FigureKind::Duration {
            figure.iso = figure.value.map(|value| super::time::iso(value, self.entry(self.past_hyphen(high.end)).code));
        }
        if let Some(noun) = noun {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
        self.put(&mut figure, low.first, low.end);
        out.push(figure);
        Some(low.end)
    }

    /// Adds the first number of `by 55-45 percent`: two shares that stand against each other, the larger first.
    pub(super) fn against(&self, larger: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let joint = larger.end;
        let joined = matches!(self.kind(joint), Some(TokenKind::Hyphen | TokenKind::Dash))
            && self.glued(joint)
            && self.glued(joint.wrapping_sub(1));
        if !joined || !self.is_kind(joint + 1, TokenKind::Number) {
            return None;
        }
        let other = self.numeral(joint + 1, Expect::Any).filter(|other| other.value <= larger.value)?;
        let measure = self.measure(&other).filter(|measure| measure.unit.dimension == "share")?;
        let mut figure = self.base(larger, None, None);
        self.set_unit(&mut figure, measure.unit);
        self.put(&mut figure, larger.first, larger.end);
        out.push(figure);
        Some(larger.end)
    }

    /// `2000 – 2500 crates`, `4 - 5 km`: a dash that stands apart from two numbers, the second of which is larger and is measured
    /// or counts something.
    fn is_spaced_range(&self, low: &Numeral, at: usize) -> bool {
        let apart = self.gap(at.wrapping_sub(1)) == " " && self.gap(at) == " " && at == low.end;
        if !apart || !matches!(low.form, Form::Plain | Form::Digits) || !self.is_kind(at + 1, TokenKind::Number) {
            return false;
        }
        self.numeral(at + 1, Expect::Any).is_some_and(|high| {
            let counted = || self.counted(high.end, false).is_some_and(|noun| self.is_plural(noun.end - 1));
            high.value > low.value && (self.time_unit(high.end).is_some() || self.measure(&high).is_some() || counted())
        })
    }

    /// Where the second number of a range would begin, after `to`, `and`, `or` or a dash at `at`.
    fn joint(&self, low: &Numeral, first: usize, at: usize) -> Option<usize> {
        match self.kind(at)? {
            // "a three-to-five-year plan"
            TokenKind::Hyphen if self.inner_hyphen(at) && self.says(at + 1, "to") && self.inner_hyphen(at + 2) => {
                let high = self.numeral(at + 3, Expect::Any)?;
                (high.value > low.value && self.inner_hyphen(high.end)).then_some(at + 3)
            }
            TokenKind::Hyphen | TokenKind::Dash if self.glued(at) && self.glued(at.wrapping_sub(1)) => Some(at + 1),
            TokenKind::Hyphen | TokenKind::Dash if self.is_spaced_range(low, at) => Some(at + 1),
            // "3~5 boats"
            TokenKind::Symbol
                if matches!(self.text(at), "~" | "∼" | "～") && self.glued(at) && self.glued(at.wrapping_sub(1)) =>
            {
                Some(at + 1)
            }
            TokenKind::Word => {
                let next = at + 1;
                let number = matches!(self.kind(next), Some(TokenKind::Number | TokenKind::Symbol))
                    || self.code_prefix(next).is_some()
                    || low.value < Decimal::ONE && matches!(self.text(next), "-" | "−") && self.glued(next)
                    || self.is(next, Class::CARDINAL.or(Class::ARTICLE));
                let before = first.wrapping_sub(1);
                let between = self.says(before, "between") || self.says(before.wrapping_sub(1), "between");
                // "between the ages of 12 and 15"
                let aged = self.is(before, Class::OF) && self.is(before.wrapping_sub(1), Class::AGED);
                let between = between || aged && (3..5).any(|back| self.says(first.wrapping_sub(back), "between"));
                let ok = match () {
                    // "cut by 26 to 28 percent"
                    // and "has risen 1 to 2 degrees"; a change from and to would tell the unit of its first number
                    () if self.says(at, "to")
                        && at == low.end
                        && !self.says(before, "from")
                        && (self.says(before, "by") || self.change(first, first, false).is_some())
                        && self.prefix(first).is_none() =>
                    {
                        self.numeral(next, Expect::Any).is_some_and(|high| self.measure(&high).is_some())
                    }
                    () if self.says(at, "to") => {
                        self.says(before, "from")
                            && self.change(before, self.end, false).is_none()
                            && !self.moves(before)
                            || self.change(first, self.end, false).is_none() && !self.says(before, "from")
                    }
                    () if self.is(at, Class::AND) => between,
                    () if self.says(at, "or") => low.value < Decimal::from(20) && low.form != Form::Share,
                    () => false,
                };
                (number && ok).then_some(next)
            }
            _ => None,
        }
    }

    /// Whether something is said to have moved, right before a `from` or with what moved between: `improved from`, `took the levy from`,
    /// `raised its prime lending rate from`. Or whether that is said of the `from` and `to` before it: `tickets rose from $40 to $45 and
    /// passes from $10 to $12`. What ranges has ends.
    fn moves(&self, from: usize) -> bool {
        const LIST: usize = 14;
        if self.listed(from.wrapping_sub(1), List::BeforeRange) {
            return false;
        }
        let part = |at: &usize| self.kind(*at).is_some_and(|kind| kind != TokenKind::Stop);
        let before = (2..=LIST).map(|back| from.wrapping_sub(back)).take_while(part).find(|at| self.says(*at, "from"));
        let moved = |at: usize| self.change(at, at, false).is_some() || self.is_moved(at);
        self.is_moved(from) || before.is_some_and(|at| (at + 2..from).any(|to| self.says(to, "to")) && moved(at))
    }

    /// Whether a verb of change stands before a `from`, right there or with what moved between.
    fn is_moved(&self, from: usize) -> bool {
        const BACK: usize = 3;
        const OBJECT: usize = 10;
        let before = (1..=OBJECT).map(|back| from.wrapping_sub(back));
        before.take_while(|at| self.is_kind(*at, TokenKind::Word)).any(|at| {
            let near = from.wrapping_sub(at) <= BACK && self.listed(at, List::FromToVerbs);
            near || change(self.entry(at)).is_some() && !self.says_any(at, &["up", "down"])
        })
    }

    /// `10-15`, `between 5 and 7`, `from 3 to 4 percent`, `$2.3 to $2.5 billion`, `two or three`.
    pub(super) fn range(
        &self,
        low: &Numeral,
        prefix: Option<Prefix>,
        measure: Option<Measure>,
        out: &mut Vec<Figure>,
    ) -> Option<usize> {
        let first = self.first_of(low, prefix);
        // "2019-I2M-5-056": a part of a code
        let word = first.wrapping_sub(2);
        let coded = self.is_kind(word, TokenKind::Word) && self.text(word).bytes().any(|byte| byte.is_ascii_digit());
        if coded && self.inner_hyphen(first.wrapping_sub(1)) {
            return None;
        }
        let mut after = measure.map_or(low.end, |measure| measure.end);
        // "18- to 24-year-olds"
        if self.is_kind(after, TokenKind::Hyphen) && self.glued(after - 1) && !self.glued(after) {
            after += 1;
        }
        let or = self.says(after, "or");
        let mut at = self.joint(low, first, after)?;
        if self.is_kind(at, TokenKind::Symbol)
            || self.is_kind(at, TokenKind::Word)
                && self.units.sign(self.text(at)).is_some()
                && self.is_kind(at + 1, TokenKind::Number)
        {
            at += 1;
        }
        if self.is(at, Class::ARTICLE) && self.is(at + 1, Class::SCALE) {
            at += 1;
        }
        let word_by_hyphen = self.is_kind(after, TokenKind::Hyphen) && self.is_kind(low.first, TokenKind::Number);
        // "-5 to -10 degrees"
        let minus = matches!(self.text(at), "-" | "−") && self.is_kind(at + 1, TokenKind::Number) && self.glued(at);
        if minus {
            at += 1;
        }
        let second = self.prefix(at);
        let mut high = self.numeral(at, expect(second.or(prefix)))?;
        if minus {
            high.value = -high.value;
        }
        if matches!(high.form, Form::Share | Form::Ratio) || low.form == Form::Share {
            return None;
        }
        // "the 7-Eleven"
        if high.form == Form::Words && self.capital(high.first) && !self.title_case(high.first) && word_by_hyphen {
            return None;
        }
        if word_by_hyphen && self.is_name_or_call(low, &high) {
            return None;
        }
        let above = self.measure(&high);
        let unit =
            |prefix: Option<Prefix>, measure: Option<Measure>| prefix.map(|p| p.unit).or(measure.map(|m| m.unit));
        let (one, two) = (unit(prefix, measure), unit(second, above));
        if let (Some(one), Some(two)) = (one, two)
            && one.code != two.code
        {
            return None;
        }
        if one.is_some()
            && prefix.is_none()
            && two.is_none()
            && self.is_kind(high.end, TokenKind::Word)
            && !self.is(high.end, Class::STOP)
        {
            return None;
        }
        // "5 to 7 million" is five million to seven; "$2.3 to $2.5 billion".
        let mut bottom = low.value;
        let mut place = low.place;
        let scale = self.scale_of(&high);
        if low.end == low.first + 1
            && matches!(low.form, Form::Plain | Form::Digits | Form::Words)
            && scale > Decimal::ONE
            && low.value < Decimal::ONE_THOUSAND
        {
            bottom = bottom.checked_mul(scale)?;
            place = place.checked_mul(scale)?;
        }
        let below_zero = minus && bottom > high.value;
        // "swung from €4m to €-3m": sums do not range downwards.
        if below_zero && bottom.is_sign_positive() && one.or(two).is_some_and(|unit| unit.is_money()) {
            return None;
        }
        if below_zero {
            (bottom, high.value) = (high.value, bottom);
        }
        if bottom >= high.value || or && high.value > bottom.checked_add(Decimal::TWO.checked_mul(scale)?)? {
            return None;
        }
        let end = above.map_or(high.end, |above| above.end);
        let noun = if one.or(two).is_none() { self.counted(high.end, false) } else { None };
        let word = self.is_kind(after, TokenKind::Word);
        // "Number 10 or 11 Harrow Street"
        let plural = noun.as_ref().is_some_and(|noun| self.is_plural(noun.end - 1));
        if or && one.or(two).is_none() && !plural && self.label(first.wrapping_sub(1), false) {
            return None;
        }
        if one.or(two).is_none() && noun.is_none() && !word {
            // `10-15` alone: a score, a phone number or a range; only the last is one.
            let long = self.phone_like(low, &high);
            let named = self.named(first.wrapping_sub(1)) || self.label(first.wrapping_sub(1), false);
            if long || named || low.value < Decimal::TEN && self.capital(first.wrapping_sub(1)) {
                return None;
            }
        }
        let start = prefix.map_or(low.span.start, |prefix| prefix.start);
        let last = above.map_or(high.span.end, |above| above.last);
        let mut figure =
            Figure::new(FigureKind::Number, Span::new(start, last), Span::new(low.span.start, high.span.end));
        figure.value = Some(bottom.normalize());
        figure.high = Some(high.value.normalize());
        figure.precision = Some(place.min(high.place).normalize());
        figure.op = Op::Range;
        if let Some(unit) = one.or(two) {
            self.set_unit(&mut figure, unit);
        }
        let mut end = end;
        let counted = noun.as_ref().map(|noun| noun.end);
        if let Some(noun) = noun {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
        self.put(&mut figure, first, end);
        self.name_sum(&mut figure, first, end);
        if one.or(two).is_none()
            && let Some(after) =
                counted.into_iter().chain([high.end]).find_map(|at| self.range_of_rates(&mut figure, at))
        {
            end = after;
        }
        if figure.kind == FigureKind::Duration {
            self.dated_range(&mut figure, first, end);
        }
        out.push(figure);
        Some(end)
    }

    /// `the next 12 to 18 months`, `18- to 24-year-olds`: a range of lengths of time, or of ages.
    fn dated_range(&self, figure: &mut Figure, first: usize, end: usize) {
        let old = self.past_hyphen(end);
        // "between 50 and 64 years of age"
        let age = self.is(end, Class::OF) && self.says(end + 1, "age");
        if age || self.is(old, Class::OLD) {
            figure.kind = FigureKind::Age;
            figure.span.end = self.byte_after(if age { end + 1 } else { old });
            return;
        }
        figure.span.start = figure.span.start.min(self.byte(self.anchored(first)));
        figure.iso = figure.value.map(|low| super::time::iso(low, self.entry(end.wrapping_sub(1)).code));
    }

    /// `(602) 957-8300`, `631-308-8011`, `the Arden 737-800`: digits joined by a hyphen that are a number to call or the name of
    /// a model, whatever stands behind them.
    fn is_name_or_call(&self, low: &Numeral, high: &Numeral) -> bool {
        let before = low.first.wrapping_sub(1);
        let number = |at: usize| self.is_kind(at, TokenKind::Number);
        let area = self.is_kind(before, TokenKind::Close) && number(before.wrapping_sub(1));
        let third = self.inner_hyphen(before) && number(before.wrapping_sub(1));
        let digits = |numeral: &Numeral| numeral.form == Form::Plain && self.text(numeral.first).len() >= 3;
        // "+91-9990507737"
        let abroad = self.text(before) == "+" && self.glued(before) && digits(high) && low.form == Form::Plain;
        if abroad && self.text(high.first).len() >= 5 {
            return true;
        }
        digits(low) && digits(high) && (area || third || self.named(before))
    }

    fn phone_like(&self, low: &Numeral, high: &Numeral) -> bool {
        let length = |numeral: &Numeral| self.text(numeral.first).len();
        let before = low.first.wrapping_sub(1);
        // "2013-13-45"
        let third = self.inner_hyphen(before) && self.is_kind(before.wrapping_sub(1), TokenKind::Number);
        let grouped = |numeral: &Numeral| self.text(numeral.first).contains(',');
        !grouped(low) && !grouped(high) && length(low) >= 3 && length(high) >= 4 || self.text(high.end) == "-" || third
    }

    /// The scale word at the end of a numeral, 1 where there is none.
    fn scale_of(&self, numeral: &Numeral) -> Decimal {
        let last = numeral.end - 1;
        if last == numeral.first || numeral.end > numeral.first + 3 {
            return Decimal::ONE;
        }
        if self.is(last, Class::SCALE) && !self.is(numeral.first, Class::ARTICLE) {
            return Decimal::from(self.entry(last).number);
        }
        let mantissa = digits::read(self.text(numeral.first)).map(|read| read.value).filter(|value| !value.is_zero());
        mantissa
            .and_then(|mantissa| numeral.value.checked_div(mantissa))
            .filter(|scale| self.is(last, Class::SHORT) && *scale >= Decimal::ONE)
            .unwrap_or(Decimal::ONE)
    }
}
