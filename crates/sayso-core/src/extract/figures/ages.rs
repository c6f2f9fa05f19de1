//! Ages: `62-year-old`, `ten months old`, `aged 45`, `at the age of 7`, `people aged 15 to 24`, `Mara Brandt, 45, said`, `she is
//! 62`, `children under 5`, `in her thirties`.

use super::measure::Measure;
use super::numeral::{Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind, Op};
use crate::language::figures::Class;
use crate::language::grammar;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// What may follow the age that somebody turned: `turned 90 in May`, `turned 50 this year`.
const TURN_ENDS: Class = Class::YEAR_PREPOSITION.or(Class::ANCHOR).or(Class::WEEKDAY).or(Class::STOP);

impl Window<'_, '_> {
    /// Adds an age, if the numeral tells one; gives the next token.
    pub(super) fn aged(&self, numeral: &Numeral, measure: Option<Measure>, out: &mut Vec<Figure>) -> Option<usize> {
        if let Some(unit) = self.time_unit(numeral.end) {
            let old = self.past_hyphen(unit + 1);
            // "2 years and 6 months old"
            let longer = self.compound_length(numeral, unit).filter(|length| self.is(length.end, Class::OLD));
            if let Some(length) = longer {
                let (_, name) = self.units.word(self.rest(self.byte(unit)))?;
                let whole = Numeral { value: length.value, ..*numeral };
                return Some(self.push_age(&whole, length.end + 1, name.code, name.name, out));
            }
            let end = match () {
                () if self.is(old, Class::OLD) => old + 1,
                () if self.says(old, "of") && self.says(old + 1, "age") => old + 2,
                // "under the age of 14 years"
                () if self.is(numeral.first.wrapping_sub(1), Class::OF)
                    && self.is(numeral.first.wrapping_sub(2), Class::AGED) =>
                {
                    unit + 1
                }
                () => return None,
            };
            let text = self.rest(self.byte(unit));
            let (_, name) = self.units.word(text).or_else(|| self.units.symbol(text))?;
            return Some(self.push_age(numeral, end, name.code, name.name, out));
        }
        let years =
            matches!(numeral.form, Form::Plain) && numeral.value >= Decimal::ONE && numeral.value < Decimal::from(125);
        // "a 63 yo man", "63-y/o"
        if years && let Some(end) = self.short_old(numeral.end) {
            return Some(self.push_age(numeral, end, "a", "year", out));
        }
        if measure.is_some() || !years && numeral.form != Form::Words {
            return None;
        }
        let before = numeral.first.wrapping_sub(1);
        let told = self.is(before, Class::AGED)
            || (self.is(before, Class::OF) || self.says(before, "between"))
                && self.is(before.wrapping_sub(1), Class::AGED);
        // "people aged 15 to 24"
        if told && let Some(end) = self.range(numeral, None, None, out) {
            if let Some(last) = out.last_mut() {
                last.kind = FigureKind::Age;
                last.unit = Some("a".into());
                last.unit_name = Some("year".into());
            }
            return Some(end);
        }
        // "a girl of 7", "men of sixty"
        let of = self.is(before, Class::OF)
            && self.is(before.wrapping_sub(1), Class::PERSON)
            && !self.is(before.wrapping_sub(1), Class::DETERMINER.or(Class::PARENT))
            && (self.is(numeral.end, Class::STOP.or(Class::AND)) || !self.is_kind(numeral.end, TokenKind::Word))
            && !self.inner_hyphen(numeral.end);
        if of && (numeral.value < Decimal::from(125)) {
            return Some(self.push_age(numeral, numeral.end, "a", "year", out));
        }
        // "aged 4, 6 and 9"
        let joint = self.is(before, Class::AND) || self.is_kind(before, TokenKind::Comma);
        let comma = if self.is_kind(before.wrapping_sub(1), TokenKind::Comma) {
            before.wrapping_sub(2)
        } else {
            before.wrapping_sub(1)
        };
        let listed = out.last().is_some_and(|last| {
            joint
                && last.kind == FigureKind::Age
                && last.span.end == self.byte_after(comma)
                && last.number.end == last.span.end
        });
        let free = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        if listed && free && !self.inner_hyphen(numeral.end) {
            return Some(self.push_age(numeral, numeral.end, "a", "year", out));
        }
        let spelt = numeral.form == Form::Words && numeral.value < Decimal::ONE_HUNDRED;
        if spelt && numeral.value > Decimal::TWO && self.age_limit(numeral) {
            return Some(self.push_age(numeral, numeral.end, "a", "year", out));
        }
        let years = years && numeral.value > Decimal::TWO;
        let or = self.says(numeral.end, "or") || self.is(numeral.end, Class::AND);
        let side = numeral.end + 1;
        // "adults 65 and over"
        let person = self.is(before, Class::PERSON) && self.listed(side, List::AgeSides);
        let older = or && (self.says_any(side, &["older", "younger"]) || person);
        // "children as young as nine"
        let as_young = self.says(before, "as")
            && self.listed(before.wrapping_sub(1), List::YoungWords)
            && self.says(before.wrapping_sub(2), "as");
        if as_young && !self.inner_hyphen(numeral.end) && numeral.value < Decimal::from(125) {
            return Some(self.push_age(numeral, numeral.end, "a", "year", out));
        }
        // "she died at 42"
        let life = self.says(before, "at")
            && (2..5).any(|back| self.is(numeral.first.wrapping_sub(back), Class::LIFE))
            && !(self.glued(numeral.end.wrapping_sub(1))
                && matches!(self.kind(numeral.end), Some(TokenKind::Symbol | TokenKind::Hyphen | TokenKind::Colon)))
            && (!self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP));
        let said = years
            && (older
                || life
                || self.begins_at(numeral)
                || self.after_a_name(numeral)
                || self.said_of_one(numeral)
                || self.age_limit(numeral));
        if !told && !said && !self.since_young(numeral) {
            return None;
        }
        Some(self.push_age(numeral, numeral.end, "a", "year", out))
    }

    /// Adds `a year old`, `a month-old calf`, whose unit is at `at`; gives the next token.
    pub(super) fn one_old(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let article = at.wrapping_sub(1);
        let old = self.past_hyphen(at + 1);
        if !self.is(at, Class::UNIT) || !self.is(article, Class::ARTICLE) || !self.is(old, Class::OLD) {
            return None;
        }
        let (_, unit) = self.units.word(self.rest(self.byte(at)))?;
        let one = self.over(article, article + 1, Decimal::ONE, Decimal::ONE, Form::Words);
        Some(self.push_age(&one, old + 1, unit.code, unit.name, out))
    }

    /// `At 57, she left`, `At 20, his play was put on`: at the head of a sentence, before one person.
    fn begins_at(&self, numeral: &Numeral) -> bool {
        let at = numeral.first.wrapping_sub(1);
        let begins = || self.page.sentence_at(self.byte(at)).is_some_and(|s| s.span.start == self.byte(at));
        let next = numeral.end + 1;
        let who = self.listed(next, List::PersonPronouns)
            || self.is(next, Class::OWNER) && !self.listed(next, List::GroupOwners);
        self.says(at, "at")
            && self.is_kind(numeral.end, TokenKind::Comma)
            && who
            && begins()
            && numeral.value > Decimal::TEN
    }

    /// `since he was seven`, `when she was 19`: behind a word for the time.
    fn since_young(&self, numeral: &Numeral) -> bool {
        let was = numeral.first.wrapping_sub(1);
        if !self.says(was, "was") {
            return false;
        }
        let who = was.wrapping_sub(1);
        let ends = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        let hung = self.glued(numeral.end.wrapping_sub(1)) && self.is_kind(numeral.end, TokenKind::Symbol);
        ends && !hung
            && !self.is(numeral.end, Class::OF)
            && !self.inner_hyphen(numeral.end)
            && numeral.value < Decimal::ONE_HUNDRED
            && self.listed(who, List::PersonPronouns)
            && self.listed(who.wrapping_sub(1), List::AgeTimes)
    }

    /// The end of `yo`, `y.o.` or `y/o` at `at`, past a hyphen.
    fn short_old(&self, at: usize) -> Option<usize> {
        let at = self.past_hyphen(at);
        match self.text(at) {
            "yo" | "y.o." | "y.o" | "YO" => Some(at + 1),
            "y" if self.text(at + 1) == "/" && self.glued(at) && self.says(at + 2, "o") => Some(at + 3),
            _ => None,
        }
    }

    /// `Mara Brandt, 45, said`, `her master is Captain Joss Arrenby, 48.`
    fn after_a_name(&self, numeral: &Numeral) -> bool {
        let before = numeral.first.wrapping_sub(1);
        // "Mara Brandt, now 45, said"
        let now = self.says_any(before, &["now", "then"]);
        let comma = if now { before.wrapping_sub(1) } else { before };
        let mut name = comma.wrapping_sub(1);
        // "Lew Moon Jr., 45,"
        if self.is_kind(name, TokenKind::Stop) && self.says_any(name.wrapping_sub(1), &["jr", "sr"]) {
            name = name.wrapping_sub(1);
        }
        // "Jong-chol, 35,"
        if self.inner_hyphen(name.wrapping_sub(1)) && self.capital(name.wrapping_sub(2)) {
            name = name.wrapping_sub(2);
        }
        if self.aside(numeral, comma, name) {
            return true;
        }
        let bracket = self.is_kind(comma, TokenKind::Open) && self.is_kind(numeral.end, TokenKind::Close);
        if !(self.is_kind(comma, TokenKind::Comma) || bracket && numeral.value < Decimal::from(110))
            || !(self.capital(name)
                || self.is_somebody(name) && (bracket || self.is_kind(numeral.end, TokenKind::Comma)))
            || self.is(name, Class::MONTH.or(Class::WEEKDAY))
            || self.inner_hyphen(numeral.end)
        {
            return false;
        }
        // "Conway for Earls (41)": the minute of a substitution
        let minute =
            bracket && (2..4).any(|back| self.says(comma.wrapping_sub(back), "for") && self.capital(comma - back + 1));
        if minute && self.capital(comma.wrapping_sub(if self.says(comma.wrapping_sub(2), "for") { 3 } else { 4 })) {
            return false;
        }
        // "the suspect, 29, was held"
        let two = self.capital(name.wrapping_sub(1)) || self.is_somebody(name);
        let adult = numeral.value > Decimal::from(9);
        match self.kind(numeral.end) {
            Some(TokenKind::Comma) => two || adult && self.is_kind(numeral.end + 1, TokenKind::Word),
            // "Mara Brandt, 45 was found"
            Some(TokenKind::Word) => two && adult && self.is(numeral.end, Class::BE.or(Class::AUXILIARY)),
            None | Some(TokenKind::Stop | TokenKind::Close | TokenKind::Colon | TokenKind::Semicolon) => two || adult,
            Some(_) => false,
        }
    }

    /// Whether the word at `at` names one person by what he or she is: `suspect`, `teacher`.
    fn is_somebody(&self, at: usize) -> bool {
        let role = || {
            self.token(at).is_some_and(|token| self.page.lexicon.grammar.class(token.word).has(grammar::Class::ROLE))
        };
        self.is_kind(at, TokenKind::Word) && !self.is_plural(at) && (self.is(at, Class::PERSON) || role())
    }

    /// `the star, 42, was seen`, `his tenant, 71, said`: a number between commas behind one person told without a name,
    /// before what that person did.
    fn aside(&self, numeral: &Numeral, comma: usize, name: usize) -> bool {
        let next = numeral.end + 1;
        // "Now 46, she owns a mill"
        let head = self.says(numeral.first.wrapping_sub(1), "now") && !self.is_kind(comma, TokenKind::Word);
        if head && self.is_kind(numeral.end, TokenKind::Comma) && self.listed(next, List::PersonPronouns) {
            return true;
        }
        let person = self.is_kind(comma, TokenKind::Comma)
            && self.is_kind(name, TokenKind::Word)
            && !self.capital(name)
            && self.in_phrase(name)
            && !self.is_plural(name)
            && !self.is(name, Class::UNIT.or(Class::UNITS).or(Class::CARDINAL))
            && (1..4).any(|back| self.is(name.wrapping_sub(back), Class::DETERMINER.or(Class::ARTICLE)));
        let grown = numeral.value > Decimal::TEN && numeral.value < Decimal::from(110);
        let does = self.is(next, Class::AUXILIARY.or(Class::BE).or(Class::SPEECH).or(Class::CLAUSE))
            && !self.says(next, "that");
        person && grown && does && self.is_kind(numeral.end, TokenKind::Comma)
    }

    /// `she is 62,`, `who was 19 and alone`, `Ilse Marrane is 63 and going home`, `the average age is 44`.
    fn said_of_one(&self, numeral: &Numeral) -> bool {
        let mut be = numeral.first.wrapping_sub(1);
        if self.is(be, Class::NOT_LONG) {
            be = be.wrapping_sub(1);
        }
        let ends = match self.kind(numeral.end) {
            None | Some(TokenKind::Comma | TokenKind::Stop | TokenKind::Close | TokenKind::Dash) => true,
            Some(TokenKind::Word) => {
                self.is(numeral.end, Class::AND)
                    || self.listed(numeral.end, List::AfterAge)
                    || self.is(be, Class::TURN) && self.is(numeral.end, TURN_ENDS)
            }
            _ => false,
        };
        let glued = self.glued(numeral.end.wrapping_sub(1)) && self.is_kind(numeral.end + 1, TokenKind::Number);
        if !ends || glued || numeral.value < Decimal::TEN {
            return false;
        }
        if !self.is(be, Class::BE) && !self.is(be, Class::TURN) {
            return false;
        }
        // "the mill turned 90 in May", "before it turns 100"
        if self.is(be, Class::TURN) && self.is_kind(numeral.first, TokenKind::Number) {
            return self.is_kind(be.wrapping_sub(1), TokenKind::Word)
                || self.is_kind(be.wrapping_sub(1), TokenKind::Mark);
        }
        let who = be.wrapping_sub(1);
        let person = self.listed(who, List::PersonPronouns)
            || self.capital(who)
                && self.capital(who.wrapping_sub(1))
                && self.is_kind(who, TokenKind::Word)
                && !self.is_kind(be, TokenKind::Clitic)
                && (self.is(numeral.end, Class::AND) || self.says(numeral.end, "when"));
        // "the clerk is 42"
        let role = self.is_somebody(who)
            && !self.capital(who)
            && self.is(who.wrapping_sub(1), Class::DETERMINER)
            && (self.listed(numeral.end, List::AfterAge) || self.is_kind(numeral.end, TokenKind::Stop));
        person || role || (1..9).any(|back| self.is(be.wrapping_sub(back), Class::AGED))
    }

    /// `children under 5`, `pupils aged under 12`, `people over 65`, `65 percent were under 30 when they were sentenced`.
    fn age_limit(&self, numeral: &Numeral) -> bool {
        let bound = numeral.first.wrapping_sub(1);
        if !self.listed(bound, List::AgeLimits) {
            return false;
        }
        let alone = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        let glued = self.glued(numeral.end.wrapping_sub(1))
            && matches!(self.kind(numeral.end), Some(TokenKind::Symbol | TokenKind::Word | TokenKind::Hyphen));
        let who = self.is(bound.wrapping_sub(1), Class::PERSON);
        let told = self.is(bound.wrapping_sub(1), Class::AGED);
        !glued && (told || alone && (who || self.says(numeral.end, "when")))
    }

    /// `the under-16s`, `over-65s`: people on one side of an age.
    pub(super) fn age_group(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let hyphen = at.wrapping_sub(1);
        let bound = hyphen.wrapping_sub(1);
        let plural = self.glued(at) && matches!(self.text(at + 1), "s" | "'s" | "’s");
        let told = plural && self.inner_hyphen(hyphen) && self.says_any(bound, &["under", "over"]);
        let years: u8 = self.text(at).parse().ok().filter(|years| told && (1..110).contains(years))?;
        let span = Span::new(self.byte(bound), self.byte_after(at + 1));
        let mut figure = Figure::new(FigureKind::Age, span, Span::new(self.byte(at), self.byte_after(at)));
        figure.value = Some(Decimal::from(years));
        figure.precision = Some(Decimal::ONE);
        figure.op = if self.says(bound, "under") { Op::Less } else { Op::More };
        figure.hedge = Some(Span::new(self.byte(bound), self.byte_after(bound)));
        figure.unit = Some("a".into());
        figure.unit_name = Some("year".into());
        out.push(figure);
        Some(at + 2)
    }

    /// `in her thirties`, `in his mid-40s`, `in their late teens`: the tens at `at`, in words or digits.
    pub(super) fn tens_of_life(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let (low, end) = match self.kind(at)? {
            TokenKind::Word if self.is(at, Class::DECADES) => (self.entry(at).number, at + 1),
            TokenKind::Number if self.glued(at) && matches!(self.text(at + 1), "s" | "'s" | "’s") => {
                (self.text(at).parse().ok().filter(|tens| (20..100).contains(tens) && tens % 10 == 0)?, at + 2)
            }
            _ => return None,
        };
        let mut before = at.wrapping_sub(1);
        let mut part = "";
        if self.is_kind(before, TokenKind::Hyphen) {
            before = before.wrapping_sub(1);
        }
        if self.is(before, Class::PART) && !self.is(before, Class::EDGE) {
            part = self.text(before);
            before = before.wrapping_sub(1);
        }
        // "in their 30s and 40s"
        let last = out.last().filter(|last| last.kind == FigureKind::Age && last.op == Op::Range);
        let joint = self.is(before, Class::AND) || self.says(before, "or") || self.is_kind(before, TokenKind::Comma);
        let joined = joint && last.is_some_and(|last| last.span.end == self.byte_after(before.wrapping_sub(1)));
        if !self.is(before, Class::OWNER) && !joined {
            return None;
        }
        let teens = low == 13;
        let (from, to) = match part {
            _ if teens => (13, 19),
            "early" => (low, low + 3),
            "mid" => (low + 4, low + 6),
            "late" => (low + 7, low + 9),
            _ => (low, low + 9),
        };
        let span = Span::new(self.byte(if part.is_empty() { at } else { before + 1 }), self.byte_after(end - 1));
        let mut figure = Figure::new(FigureKind::Age, span, span);
        figure.value = Some(Decimal::from(from));
        figure.high = Some(Decimal::from(to));
        figure.op = Op::Range;
        figure.precision = Some(Decimal::ONE);
        figure.unit = Some("a".into());
        figure.unit_name = Some("year".into());
        out.push(figure);
        Some(end)
    }

    fn push_age(
        &self,
        numeral: &Numeral,
        end: usize,
        code: &'static str,
        name: &'static str,
        out: &mut Vec<Figure>,
    ) -> usize {
        let span = Span::new(numeral.span.start, self.byte_after(end - 1));
        let mut figure = Figure::new(FigureKind::Age, span, numeral.span);
        figure.value = Some(numeral.value.normalize());
        figure.precision = Some(numeral.place.normalize());
        figure.unit = Some(code.into());
        figure.unit_name = Some(name.into());
        self.hedge(&mut figure, numeral.first, end);
        // "approaching 19-year-old boys" comes near them.
        let near = figure.hedge.is_some_and(|hedge| hedge.of(self.page.text).eq_ignore_ascii_case("approaching"));
        if near && self.inner_hyphen(numeral.end) {
            (figure.hedge, figure.op) = (None, Op::Equal);
        }
        // "up to age 12"
        let aged = numeral.first.wrapping_sub(1);
        let before =
            (figure.hedge.is_none() && self.is(aged, Class::AGED)).then(|| self.bound(aged, self.end)).flatten();
        if let Some(bound) = self.age_bound(numeral.first).or(before) {
            (figure.op, figure.hedge) = (bound.op, Some(bound.span));
        }
        out.push(figure);
        end
    }
}
