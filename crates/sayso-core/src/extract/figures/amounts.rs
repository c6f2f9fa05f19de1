//! An amount: a numeral with its sign, unit or counted noun, hedge and direction; two of them joined are a range.

use super::digits;
use super::measure::{Measure, PERCENT, Prefix, expect};
use super::numeral::{Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind, Op};
use crate::language::figures::Class;
use crate::language::units::Unit;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// A number with what stands beside it, before it is known what it tells.
pub(super) struct Amount {
    /// The numeral, with its sign.
    pub numeral: Numeral,
    /// The currency in front.
    pub prefix: Option<Prefix>,
    /// The unit behind.
    pub measure: Option<Measure>,
}

impl Amount {
    /// The numeral, if no currency stands in front of it.
    pub(super) fn bare(&self) -> Option<&Numeral> {
        self.prefix.is_none().then_some(&self.numeral)
    }

    /// The numeral, if it has neither currency nor unit.
    pub(super) fn alone(&self) -> Option<&Numeral> {
        self.bare().filter(|_| self.measure.is_none())
    }
}

impl Window<'_, '_> {
    /// Adds what the number at `at` tells; gives the next token.
    pub(super) fn number(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        // The sign may be the unit of the figure before: `10 $ 30 $`.
        let floor = out.last().map_or(0, |last| last.span.end);
        let prefix = self.prefix(at).filter(|prefix| prefix.start >= floor);
        let Some(numeral) = self.numeral(at, expect(prefix)) else {
            return Some(self.list(at, out));
        };
        let of = self.beside(numeral, prefix);
        Some(self.number_of(&of, out))
    }

    /// A numeral with its sign and unit.
    fn beside(&self, mut numeral: Numeral, prefix: Option<Prefix>) -> Amount {
        if matches!(numeral.form, Form::Plain)
            && prefix.is_none()
            && let Some(ratio) = self.ratio(numeral)
        {
            numeral = ratio;
        }
        self.signed(&mut numeral, prefix);
        let mut measure = self.measure(&numeral);
        if prefix.is_none()
            && let Some(found) = self.scale_after_code(&numeral, measure)
        {
            (numeral, measure) = (found.0, Some(found.1));
        }
        // "0.3 of a percentage point"
        if measure.is_none()
            && matches!(numeral.form, Form::Digits | Form::Plain)
            && numeral.value.abs() < Decimal::ONE
            && let Some(part) = self.of_a_unit(numeral)
        {
            measure = self.measure(&part);
            numeral = if measure.is_some() { part } else { numeral };
        }
        // "50-plus miles", "20-odd kilos"
        if measure.is_none()
            && let Some(past) = self.past_hedge(&numeral)
        {
            measure = self.measure(&Numeral { end: past, ..numeral });
        }
        if measure.is_some_and(|m| matches!(m.unit.dimension, "temperature" | "angle")) {
            self.loosely_signed(&mut numeral);
        }
        // "?52,000 sterling": the sign is lost, but not the word
        let told = measure.is_some_and(|measure| measure.unit.is_money());
        let prefix = prefix.filter(|prefix| !(prefix.is_lost() && told));
        Amount { numeral, prefix, measure }
    }

    /// Adds a length of time: `three years`, `the past three months`; gives the next token.
    pub(super) fn lasting(&self, of: &Amount, out: &mut Vec<Figure>) -> Option<usize> {
        let numeral = of.bare().filter(|numeral| numeral.form != Form::Many)?;
        // "20-odd years", "50-plus years"
        let numeral = match self.past_hedge(numeral).filter(|past| self.time_unit(*past).is_some()) {
            Some(end) => &Numeral { end, ..*numeral },
            None => numeral,
        };
        let unit = self.time_unit(numeral.end).filter(|_| of.measure.is_none_or(|m| m.unit.dimension == "time"))?;
        let lasts = self.is(unit, Class::UNITS)
            || numeral.value <= Decimal::TWO
            || self.inner_hyphen(numeral.end)
            || !self.is(unit, Class::SHARE);
        if !lasts {
            return None;
        }
        let timed = self.length(*numeral, unit);
        let end = timed.end;
        self.push_time(timed, out);
        Some(end)
    }

    /// One past the words that bound a number from behind, where a unit may follow: `50-plus`, `20-odd`, `50+`, `50ish`.
    fn past_hedge(&self, numeral: &Numeral) -> Option<usize> {
        let bound = self.bound_after(numeral.end).filter(|_| self.hangs(numeral.end))?;
        Some(self.token_from(numeral.end, bound.span.end))
    }

    /// Whether a hedge at `at` hangs on the number before it, by a hyphen or without a space.
    fn hangs(&self, at: usize) -> bool {
        self.inner_hyphen(at) || self.glued(at.wrapping_sub(1))
    }

    /// Adds `15 below zero`; gives the next token.
    pub(super) fn below_zero(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        if !self.is_below_zero(numeral.end) || !matches!(numeral.form, Form::Plain | Form::Words | Form::Digits) {
            return None;
        }
        let mut figure = self.base(numeral, None, None);
        figure.value = figure.value.map(|value| -value);
        figure.span.end = self.byte_after(numeral.end + 1);
        self.set_unit(&mut figure, *self.units.code("deg")?);
        self.put(&mut figure, numeral.first, numeral.end + 2);
        out.push(figure);
        Some(numeral.end + 2)
    }

    /// Adds `percent of 10`; gives the next token.
    pub(super) fn percent_of(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let word = self.percent_before(numeral)?;
        let mut figure = self.base(numeral, None, None);
        figure.span.start = self.byte(word);
        self.set_unit(&mut figure, PERCENT);
        out.push(figure);
        Some(numeral.end)
    }

    /// Adds a number with a unit; gives the next token.
    pub(super) fn measured_amount(&self, of: &Amount, out: &mut Vec<Figure>) -> usize {
        let Amount { mut numeral, prefix, measure } = *of;
        // `scp-173 m`: the number hangs on a name.
        let hyphen = numeral.first.wrapping_sub(1);
        let hung = measure.is_some()
            && prefix.is_none()
            && self.inner_hyphen(hyphen)
            && self.is_kind(hyphen.wrapping_sub(1), TokenKind::Word);
        let side = self.is(hyphen.wrapping_sub(1), Class::CARDINAL.or(Class::MONTH).or(Class::PART))
            // "a 10-by-12-foot room"
            || self.says(hyphen.wrapping_sub(1), "by") && self.inner_hyphen(hyphen.wrapping_sub(2));
        if hung && !side {
            return numeral.end;
        }
        // A sign in front is the unit; what follows is one only if it tells whose dollars they are (`$10 dollars` does not).
        let measure = match prefix {
            Some(prefix) => self.whose_dollars(prefix, numeral.end),
            None => measure,
        };
        let unit = measure.map(|measure| measure.unit).or(prefix.map(|prefix| prefix.unit));
        let Some(unit) = unit else { return numeral.end };
        let vague = prefix.is_none() && self.take_in_few(&mut numeral);
        let mut figure = self.base(&numeral, prefix, measure);
        self.set_unit(&mut figure, unit);
        if vague {
            figure.op = Op::AtLeast;
        }
        if self.holds_couple(&numeral) {
            figure.op = Op::About;
        }
        let mut end = measure.map_or(numeral.end, |measure| measure.end);
        if matches!(unit.dimension, "temperature" | "angle") && self.is_below_zero(end) {
            figure.value = figure.value.map(|value| -value);
            figure.span.end = self.byte_after(end + 1);
            end += 2;
        }
        if figure.kind == FigureKind::Quantity
            && let Some(rate) = self.rate(end)
        {
            figure.unit = Some(format!("{}/{}", unit.code, rate.unit.code).into());
            figure.unit_name = Some(format!("{} per {}", unit.name, rate.unit.name).into());
            figure.span.end = rate.last;
            end = rate.end;
        }
        // "12h", "300 ms": what no word for a time tells
        if figure.kind == FigureKind::Duration {
            figure.iso = figure
                .value
                .zip(super::time::letter_of(unit.code))
                .map(|(value, letter)| super::time::iso(value, letter));
        }
        if self.is(end, Class::OF)
            && figure.kind == FigureKind::Quantity
            && let Some(noun) = self.measured_stuff(end)
        {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
        if figure.kind == FigureKind::Money
            && let Some(of) = self.priced(end)
        {
            figure.unit_name = Some(format!("{} per {of}", unit.name).into());
        }
        let first = self.first_of(&numeral, prefix);
        self.put(&mut figure, first, end);
        if figure.hedge.is_none()
            && self.hangs(numeral.end)
            && let Some(bound) = self.bound_after(numeral.end)
        {
            (figure.op, figure.hedge) = (bound.op, Some(bound.span));
        }
        self.name_sum(&mut figure, first, end);
        out.push(figure);
        end
    }

    /// Adds `minus €3 billion`, `negative $48.6 million`: a word for a minus right before a currency sign.
    pub(super) fn negative_sum(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        /// A sign may be several tokens: `US`, `$`.
        const SIGN: usize = 4;
        if !self.is(at, Class::SIGN) {
            return None;
        }
        let lead = at + 1;
        let number =
            (lead..lead + SIGN).find(|at| self.is_kind(*at, TokenKind::Number) || self.code_prefix(*at).is_some())?;
        self.prefix(number).filter(|prefix| prefix.start == self.byte(lead) && !prefix.negative)?;
        let known = out.len();
        let end = self.number(number, out)?;
        let figure = out.get_mut(known)?;
        figure.span.start = self.byte(at);
        figure.value = figure.value.map(|value| -value);
        // "minus 3 to 5": the range runs the other way.
        if let Some(high) = figure.high.take() {
            (figure.value, figure.high) = (Some(-high), figure.value);
        }
        Some(end)
    }

    /// What a price is for: `$3.50 a gallon`, `£20 per person`, `$5 an hour`.
    fn priced(&self, at: usize) -> Option<String> {
        let of = at + 1;
        // "$40/barrel"
        let slash = self.text(at) == "/" && self.glued(at) && self.glued(at.wrapping_sub(1));
        let article = self.is(at, Class::ARTICLE) && self.is(of, Class::UNIT.or(Class::ONE_UNIT).or(Class::PRICED));
        // "$3 billion a year earlier" is no rate.
        let shifted = self.is(of + 1, Class::SHIFT);
        let told = self.is(at, Class::PER) && self.in_phrase(of) || slash || article && !shifted;
        if !told || !self.is_kind(of, TokenKind::Word) {
            return None;
        }
        let unit = self.units.word(self.rest(self.byte(of))).filter(|(_, unit)| !unit.is_money());
        Some(unit.map_or_else(|| self.page.lexicon.forms.singular(self.text(of)), |(_, unit)| unit.name.to_owned()))
    }

    /// Adds `a mile from the light`, `in a meter of water`, `just over a percentage point`: one unit, told by an article.
    /// What bounds it, or where it reaches to, must stand beside it; `a foot in the door` measures nothing.
    pub(super) fn one_unit(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let article = at.wrapping_sub(1);
        if !self.is(at, Class::ONE_UNIT) || !self.is(article, Class::ARTICLE) || self.inner_hyphen(at + 1) {
            return None;
        }
        let one = self.over(article, article + 1, Decimal::ONE, Decimal::ONE, Form::Words);
        let mut measure = self.measure(&one)?;
        // "a mile and a half"
        let half = self.is(measure.end, Class::AND)
            && self.is(measure.end + 1, Class::ARTICLE)
            && self.says(measure.end + 2, "half");
        let one = if half { Numeral { value: Decimal::new(15, 1), place: Decimal::new(1, 1), ..one } } else { one };
        if half {
            (measure.last, measure.end) = (self.byte_after(measure.end + 2), measure.end + 3);
        }
        let rate = matches!(self.kind(article.wrapping_sub(1)), Some(TokenKind::Number | TokenKind::Symbol));
        let reaches = self.is(measure.end, Class::REACH) && !rate;
        let hedged = self.bound_right_before(article);
        if !reaches && !hedged && !half {
            return None;
        }
        let mut figure = self.base(&one, None, Some(measure));
        self.set_unit(&mut figure, measure.unit);
        self.put(&mut figure, article, measure.end);
        out.push(figure);
        Some(measure.end)
    }

    /// A figure over a numeral, its sign and its unit.
    pub(super) fn base(&self, numeral: &Numeral, prefix: Option<Prefix>, measure: Option<Measure>) -> Figure {
        let start = prefix.map_or(numeral.span.start, |prefix| prefix.start.min(numeral.span.start));
        let end = measure.map_or(numeral.span.end, |measure| measure.last.max(numeral.span.end));
        let mut figure = Figure::new(FigureKind::Number, Span::new(start, end), numeral.span);
        figure.value = Some(numeral.value.normalize());
        figure.precision = Some(numeral.place.normalize());
        match numeral.form {
            Form::Ratio | Form::Share => figure.kind = FigureKind::Ratio,
            Form::Many => figure.op = Op::AtLeast,
            _ => {}
        }
        figure
    }

    /// Gives the figure its unit and the kind that goes with it.
    pub(super) fn set_unit(&self, figure: &mut Figure, unit: Unit) {
        figure.kind = match unit.dimension {
            "share" => FigureKind::Percent,
            "money" => FigureKind::Money,
            "time" => FigureKind::Duration,
            _ => FigureKind::Quantity,
        };
        if unit.is_money() && unit.factor != Decimal::ONE {
            figure.value = figure.value.and_then(|value| value.checked_mul(unit.factor)).map(|value| value.normalize());
            figure.precision = figure.precision.and_then(|place| place.checked_mul(unit.factor));
        }
        if !unit.code.is_empty() {
            figure.unit = Some(unit.code.into());
        }
        figure.unit_name = Some(unit.name.into());
    }

    /// Hedge and direction.
    pub(super) fn put(&self, figure: &mut Figure, first: usize, end: usize) {
        self.hedge(figure, first, end);
        // "raised $7 million" collects it; "won nine games, had nine losses" counts them.
        let raised = figure.kind == FigureKind::Money
            && self.text(first.wrapping_sub(1)).get(..4).is_some_and(|stem| stem.eq_ignore_ascii_case("rais"));
        let counts = figure.unit.is_none() && self.is_plural(end) && !self.compares(end + 1);
        // "two-thirds sank": what they did
        let counts = counts || figure.kind == FigureKind::Ratio && figure.unit.is_none() && self.is_past_verb(end);
        let share = figure.unit.as_deref() == Some(PERCENT.code);
        let change = || self.compared(end, share).or_else(|| self.change(first, end, counts));
        figure.change = if raised { None } else { change() };
    }

    /// The first token of a numeral with its sign.
    pub(super) fn first_of(&self, numeral: &Numeral, prefix: Option<Prefix>) -> usize {
        let mut first = numeral.first;
        if let Some(prefix) = prefix {
            while first > self.start && self.byte(first) > prefix.start {
                first -= 1;
            }
        }
        first
    }

    /// Takes in a minus before the digits.
    fn signed(&self, numeral: &mut Numeral, prefix: Option<Prefix>) {
        if prefix.is_some_and(|prefix| prefix.negative) {
            numeral.value = -numeral.value;
            return;
        }
        // "-2 million" begins with digits, too.
        if !matches!(numeral.form, Form::Plain | Form::Digits | Form::Share | Form::Words)
            || self.is_kind(numeral.first, TokenKind::Word)
        {
            return;
        }
        let sign = numeral.first.wrapping_sub(1);
        let minus = self.is_minus(sign);
        let free = !self.glued(sign.wrapping_sub(1)) || self.is_kind(sign.wrapping_sub(1), TokenKind::Open);
        let close = self.glued(sign) || self.token(sign.wrapping_sub(1)).is_none() && self.gap(sign) == " ";
        let page_start =
            self.token(sign.wrapping_sub(1)).is_some() || self.token(numeral.end).is_none() || self.glued(sign);
        if minus && free && close && page_start && prefix.is_none() {
            let power = self.page.text[numeral.span.range()].contains('^');
            if !power || numeral.value.is_sign_positive() {
                numeral.value = -numeral.value;
            }
            numeral.first = sign;
            numeral.span.start = self.byte(sign);
        }
    }

    /// Whether `below zero` makes degrees that end before `at` negative.
    fn is_below_zero(&self, at: usize) -> bool {
        self.says_any(at, &["below", "under"]) && self.says(at + 1, "zero")
    }

    /// Takes in a minus that stands apart from the degrees behind it: `fell to - 15 degrees`.
    fn loosely_signed(&self, numeral: &mut Numeral) {
        let sign = numeral.first.wrapping_sub(1);
        let minus = self.is_kind(sign, TokenKind::Hyphen) || self.text(sign) == "−";
        let apart = minus && !self.glued(sign) && !self.glued(sign.wrapping_sub(1));
        let led = self.is_kind(sign.wrapping_sub(1), TokenKind::Word)
            && self.is(sign.wrapping_sub(1), Class::STOP.or(Class::LEAD).or(Class::HEDGE_END));
        if apart && led && numeral.value.is_sign_positive() {
            numeral.value = -numeral.value;
            numeral.first = sign;
            numeral.span.start = self.byte(sign);
        }
    }

    /// `75 USD million`.
    fn scale_after_code(&self, numeral: &Numeral, measure: Option<Measure>) -> Option<(Numeral, Measure)> {
        let measure = measure.filter(|m| m.unit.is_money() && self.is(m.end, Class::SCALE))?;
        let scale = Decimal::from(self.entry(measure.end).number);
        let mut numeral = *numeral;
        numeral.value = numeral.value.checked_mul(scale)?;
        numeral.place = numeral.place.checked_mul(scale)?;
        let end = measure.end + 1;
        Some((numeral, Measure { unit: measure.unit, end, last: self.byte_after(measure.end) }))
    }

    /// A number that counts something, or stands alone.
    pub(super) fn count(&self, mut numeral: Numeral, out: &mut Vec<Figure>) -> usize {
        let one = numeral.value.abs() == Decimal::ONE && numeral.form != Form::Ratio;
        let noun = match numeral.form {
            _ if self.is_by(numeral.end) => None,
            // "half the crew", "half its fleet"
            Form::Share if self.is(numeral.end, Class::DETERMINER) => self.counted(numeral.end + 1, false),
            Form::Share if !self.is(numeral.end, Class::OF) => self.counted(numeral.end, false),
            _ => self.counted(numeral.end, one),
        };
        // "hundreds turn out"
        let alone = numeral.form == Form::Many && !self.is(numeral.end, Class::OF);
        let noun = noun.filter(|noun| !alone || self.is_plural(noun.end - 1));
        // "billions of unaccounted money"
        let noun = noun.or_else(|| {
            let mass = numeral.form == Form::Many && !alone && self.in_phrase(numeral.end + 1);
            if mass { self.measured_stuff(numeral.end) } else { None }
        });
        // "20-odd boats", "12 or so ships": the noun stands behind the hedge.
        let hedged = self.bound(self.start, numeral.end).filter(|bound| bound.span.start >= numeral.span.end);
        let noun = match hedged {
            Some(bound) => self.counted(self.token_from(numeral.end, bound.span.end), one),
            None => noun,
        };
        let plural = noun.as_ref().is_some_and(|noun| {
            one && !self.labelled(&numeral) || self.is_plural(noun.end - 1) || self.inner_hyphen(numeral.end)
        });
        if let Some(end) = self.fold_of(&numeral, out) {
            return end;
        }
        if self.no_figure(&numeral, plural).is_some() {
            return numeral.end;
        }
        if let Some(end) = self.rate_of(&numeral, noun.as_ref(), out) {
            return end;
        }
        if noun.is_none() && self.second_day(&numeral, out) {
            return numeral.end;
        }
        let vague = self.take_in_few(&mut numeral);
        let mut figure = self.base(&numeral, None, None);
        if vague {
            figure.op = Op::AtLeast;
        }
        if self.holds_couple(&numeral) {
            figure.op = Op::About;
        }
        let noun = noun.filter(|noun| noun.lemma != "point" || !self.of_a_share(&numeral, out));
        if noun.is_none() {
            self.same_unit(&mut figure, &numeral, out);
            self.unit_ahead(&mut figure, &numeral);
            self.same_noun(&mut figure, &numeral, out);
            self.noun_ahead(&mut figure, &numeral);
        }
        self.put(&mut figure, numeral.first, numeral.end);
        // "handed over 12 files": no hedge, a part of the verb.
        let over = numeral.first.wrapping_sub(1);
        if self.says(over, "over") && self.is(over.wrapping_sub(1), Class::PHRASAL) && figure.op == Op::More {
            (figure.op, figure.hedge) = (Op::Equal, None);
        }
        if let Some(noun) = noun {
            // "40 guests or more"
            if figure.hedge.is_none() {
                self.hedge(&mut figure, self.start, noun.end);
            }
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
        out.push(figure);
        numeral.end
    }

    /// `a couple of boats`, `a couple hundred dollars`
    fn holds_couple(&self, numeral: &Numeral) -> bool {
        numeral.form == Form::Words && (numeral.first..numeral.end).any(|at| self.is(at, Class::COUPLE))
    }

    /// Takes in a word for a vague few before a numeral in words: `several hundred boats`, `a few thousand dollars`; tells whether the
    /// number is vague.
    fn take_in_few(&self, numeral: &mut Numeral) -> bool {
        let few = numeral.first.wrapping_sub(1);
        let told = self.is(few, Class::FEW) && matches!(numeral.form, Form::Many | Form::Words);
        if told {
            let from = if self.is(few.wrapping_sub(1), Class::ARTICLE) { few - 1 } else { few };
            numeral.first = from;
            numeral.span.start = self.byte(from);
        }
        told || numeral.form == Form::Many
    }

    /// `Type 1 diabetes`, `Stage 1 cancer`: a number in digits after a label with a capital.
    fn labelled(&self, numeral: &Numeral) -> bool {
        let before = numeral.first.wrapping_sub(1);
        numeral.form == Form::Plain && self.capital(before) && self.is(before, Class::LABEL.or(Class::LABEL_CAPITAL))
    }

    /// `22,24,26`: a list without spaces, each of its numbers a figure.
    fn list(&self, at: usize, out: &mut Vec<Figure>) -> usize {
        if !self.is_kind(at, TokenKind::Number) || !self.text(at).contains(',') || self.text(at).len() > 60 {
            return at + 1;
        }
        // "5653,000" is a slip of the pen: no value is better than a wrong one.
        if self.text(at).split(',').any(|part| part.len() > 1 && part.starts_with('0')) {
            return at + 1;
        }
        let mut start = self.byte(at);
        for part in self.text(at).split(',') {
            let span = Span::new(start, start + part.len() as u32);
            if let Some(read) = digits::read(part) {
                let mut figure = Figure::new(FigureKind::Number, span, span);
                figure.value = Some(read.value.normalize());
                figure.precision = Some(read.place);
                out.push(figure);
            }
            start = span.end + 1;
        }
        at + 1
    }
}
