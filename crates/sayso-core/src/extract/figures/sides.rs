//! One number against another: votes (`by four votes to one`, `voted 4-1`), odds (`10-to-1 odds`, `odds of 3 to 1`); and
//! multiples, `twice`, `almost twice that`, `more than double the number`.

use super::nouns::Noun;
use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::{Base, Figure, FigureKind, Op};
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// What rates are told of, with the UCUM code of one of so many.
const TENTHS: [(u32, &str); 6] =
    [(10, "10*-1"), (100, "10*-2"), (1000, "10*-3"), (10_000, "10*-4"), (100_000, "10*-5"), (1_000_000, "10*-6")];
/// Two or three parts are called twofold and threefold.
const PARTS: u64 = 3;
/// How many bytes behind the number of a rate its noun may end.
const NEAR: u32 = 40;

impl Window<'_, '_> {
    /// Adds the ratio of two sides whose first number is `one`; gives the next token.
    pub(super) fn sides(&self, one: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        if one.value < Decimal::ONE || !matches!(one.form, Form::Plain | Form::Words | Form::Digits) {
            return None;
        }
        let noun = self.is(one.end, Class::SIDES);
        let at = if noun { one.end + 1 } else { one.end };
        let hyphen = self.inner_hyphen(at);
        let to = if hyphen { at + 1 } else { at };
        let (other, words) = if self.says(to, "to") {
            (if self.inner_hyphen(to + 1) { to + 2 } else { to + 1 }, true)
        } else if self.text(at) == ":" && self.glued(at) && self.glued(at.wrapping_sub(1)) && !noun {
            // "a 3:1 ratio"; "10:30" is a time and was read before.
            (at + 1, false)
        } else if hyphen && !noun || self.is_kind(at, TokenKind::Dash) && self.glued(at) && self.glued(at - 1) {
            (at + 1, false)
        } else {
            return None;
        };
        if !(self.is_kind(other, TokenKind::Number) || self.is(other, Class::CARDINAL)) {
            return None;
        }
        let two = self.numeral(other, Expect::Any).filter(|two| matches!(two.form, Form::Plain | Form::Words))?;
        // "from 4 to 1" is a fall, "3 to 1 in the second half" a score: a word for two sides must stand near.
        let clause =
            |at: &usize| !matches!(self.kind(*at), Some(TokenKind::Comma | TokenKind::Stop | TokenKind::Semicolon));
        let near = |from: usize, to: usize| (from..to).take_while(clause).any(|at| self.is(at, Class::SIDES));
        let told = noun || near(one.first.saturating_sub(6), one.first) || near(two.end, two.end + 4);
        let odds = words
            && two.value == Decimal::ONE
            && (one.form == Form::Words) == (two.form == Form::Words)
            && !self.says(one.first.wrapping_sub(1), "from");
        let measured = self.is(two.end, Class::UNITS.or(Class::SCALE)) || self.measure(&two).is_some();
        // "a vote of 51 to 49", "passed 51-50"
        let of = one.first.wrapping_sub(1);
        // "voted 90 to 34", "the 326 to 293 vote", "by 326 to 293 votes"
        let voted = self.listed(of, List::Votes) || self.listed(two.end, List::Votes);
        let vote = words && (self.is(of, Class::OF) && self.is(of.wrapping_sub(1), Class::SIDES) || voted);
        let joined = hyphen && !words || self.is_kind(at, TokenKind::Dash) || vote;
        // "voted seven to four": two counts; "by four votes to one" is told as a ratio
        let spelt = vote && two.value > Decimal::ONE;
        let counted = joined && !noun && !measured && (one.form == Form::Plain || spelt);
        if counted && let Some(end) = self.votes(one, &two, out) {
            return Some(end);
        }
        if !(told || odds && self.change(one.first, self.end, false).is_none()) || measured || two.value < Decimal::ONE
        {
            return None;
        }
        // "326 votes to 293": two counts, not a ratio.
        if two.value != Decimal::ONE && one.value.max(two.value) > Decimal::from(20) {
            return None;
        }
        let value = one.value.checked_div(two.value)?.round_dp(6);
        let span = Span::new(one.span.start, two.span.end);
        let mut figure = Figure::new(FigureKind::Ratio, span, span);
        figure.value = Some(value.normalize());
        self.hedge(&mut figure, one.first, two.end);
        out.push(figure);
        Some(two.end)
    }

    /// Adds both sides of a vote that was counted: `passed 51-50`, `by a 33-17 vote`.
    fn votes(&self, one: &Numeral, two: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        const REACH: usize = 8;
        /// Fewer are told as a ratio (`voted 4-1`), or are a score.
        const FEW: u32 = 20;
        let near = (1..=REACH).map(|back| one.first.wrapping_sub(back)).chain(two.end..two.end + 3);
        let told = near.clone().find(|at| self.listed(*at, List::Votes));
        let carried = || near.clone().any(|at| self.is(at, Class::CARRIED));
        let worded = one.form == Form::Words && two.form == Form::Words;
        if one.value.max(two.value) <= Decimal::from(FEW) && !worded || told.is_none() && !carried() {
            return None;
        }
        for side in [one, two] {
            let mut figure = self.base(side, None, None);
            figure.noun = told.map(|at| Span::new(self.byte(at), self.byte_after(at)));
            figure.noun_lemma = Some("vote".to_owned());
            out.push(figure);
        }
        Some(two.end)
    }

    /// Adds `twice`, `double`: so many times (a number), or so many times as much (a ratio).
    pub(super) fn multiple(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let entry = self.entry(at);
        if !entry.is(Class::TIMES) || self.inner_hyphen(at + 1) || self.inner_hyphen(at.wrapping_sub(1)) {
            return None;
        }
        let next = at + 1;
        // "twice as many as", but "served twice as minister"
        let measure = self.says_any(next + 1, &["many", "much"]) || (next + 2..next + 5).any(|at| self.says(at, "as"));
        let compared = self.says_any(next, &["what", "that"])
            || self.says(next, "as") && measure
            || self.is(next, Class::DETERMINER) && !self.is_kind(next + 1, TokenKind::Stop);
        let adverb = self.text(at).ends_with("ce");
        let bound = self.bound(at, at).is_some();
        if !adverb && !(compared && (bound || (self.is(next, Class::DETERMINER) || self.says(next, "what")))) {
            return None;
        }
        // "to double the number" is a plan, no measure; "more than double" is one.
        if !adverb
            && !bound
            && !self.is_kind(at.wrapping_sub(1), TokenKind::Comma)
            && !self.is(at.wrapping_sub(1), Class::BE)
        {
            return None;
        }
        let span = Span::new(self.byte(at), self.byte_after(at));
        let mut figure = Figure::new(if compared { FigureKind::Ratio } else { FigureKind::Number }, span, span);
        figure.value = Some(Decimal::from(entry.number));
        figure.precision = Some(Decimal::ONE);
        self.hedge(&mut figure, at, next);
        out.push(figure);
        Some(next)
    }

    /// Adds `sixfold`, `a tenfold rise`. `Twofold` and `threefold` are multiples only beside a rise or fall: elsewhere they
    /// tell of two or three parts (`our aim is twofold`).
    pub(super) fn fold(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let entry = self.entry(at);
        let part = || entry.number <= PARTS && self.change(at, at + 1, false).is_none();
        if !entry.is(Class::FOLD) || part() {
            return None;
        }
        let span = Span::new(self.byte(at), self.byte_after(at));
        Some(self.push_multiple(Decimal::from(entry.number), span, (at, at + 1), out))
    }

    /// Adds `11.5-fold`, `five-fold`, whose number is `numeral`.
    pub(super) fn fold_of(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let fold = numeral.end + 1;
        let part = || numeral.value <= Decimal::from(PARTS) && self.change(numeral.first, fold + 1, false).is_none();
        if !self.inner_hyphen(numeral.end) || !self.says(fold, "fold") || part() {
            return None;
        }
        let span = Span::new(numeral.span.start, self.byte_after(fold));
        Some(self.push_multiple(numeral.value, span, (numeral.first, fold + 1), out))
    }

    fn push_multiple(&self, value: Decimal, span: Span, tokens: (usize, usize), out: &mut Vec<Figure>) -> usize {
        let mut figure = Figure::new(FigureKind::Ratio, span, span);
        figure.value = Some(value.normalize());
        figure.precision = Some(Decimal::ONE);
        self.put(&mut figure, tokens.0, tokens.1);
        out.push(figure);
        tokens.1
    }

    /// Adds `5.3 per 100,000 residents`, `12 deaths per 1,000 births`: one rate, whose unit is the tenth, thousandth … that it
    /// is told of.
    pub(super) fn rate_of(&self, numeral: &Numeral, noun: Option<&Noun>, out: &mut Vec<Figure>) -> Option<usize> {
        let counted = noun.filter(|noun| noun.end > numeral.end && noun.end <= numeral.end + 3);
        let per = [Some(numeral.end), counted.map(|noun| noun.end)]
            .into_iter()
            .flatten()
            .find_map(|at| self.per_number(at))?;
        let base = self.numeral(per, Expect::Any)?;
        let tenth = TENTHS.iter().find(|(of, _)| Decimal::from(*of) == base.value)?;
        let whole = self.counted(base.end, false).filter(|noun| noun.span.end <= base.span.end + NEAR);
        let mut figure = self.base(numeral, None, None);
        figure.kind = FigureKind::Ratio;
        figure.span.end = base.span.end;
        if let Some(whole) = &whole {
            figure.of = Some(Base::Words(Span::new(self.byte(base.end), whole.span.end)));
            if counted.is_none() {
                figure.span.end = whole.span.end;
            }
        }
        figure.unit = Some(tenth.1.into());
        figure.unit_name = Some(format!("per {}", base.span.of(self.page.text)).into());
        if let Some(noun) = counted {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma.clone());
        }
        self.put(&mut figure, numeral.first, numeral.end);
        out.push(figure);
        Some(base.end)
    }

    /// Makes a rate of the range `figure` that ends before token `at`: `80 to 370 per 100,000`; gives the next token.
    pub(super) fn range_of_rates(&self, figure: &mut Figure, at: usize) -> Option<usize> {
        let base = self.numeral(self.per_number(at)?, Expect::Any)?;
        let tenth = TENTHS.iter().find(|(of, _)| Decimal::from(*of) == base.value)?;
        figure.kind = FigureKind::Ratio;
        figure.unit = Some(tenth.1.into());
        figure.unit_name = Some(format!("per {}", base.span.of(self.page.text)).into());
        figure.span.end = base.span.end;
        Some(base.end)
    }

    /// Adds `10x faster`, `2x as large`, `3x the price`: so many times as much; gives the next token.
    pub(super) fn times_as_much(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        let (times, next) = (numeral.end, numeral.end + 1);
        let glued = self.glued(times.wrapping_sub(1)) && matches!(self.text(times), "x" | "X" | "×");
        let told = !self.glued(times)
            && (self.listed(next, List::AfterTimes)
                || self.is(next, Class::COMPARED)
                || self.is_kind(next, TokenKind::Word) && self.ends(next, Ending::Comparative)
                || self.change(numeral.first, next, false).is_some());
        if !glued || !told || !matches!(numeral.form, Form::Plain | Form::Digits) {
            return None;
        }
        let span = Span::new(numeral.span.start, self.byte_after(times));
        Some(self.push_multiple(numeral.value, span, (numeral.first, next), out))
    }

    /// Where the number begins after `per`, `for every` or `out of every` at `at`.
    fn per_number(&self, at: usize) -> Option<usize> {
        let next = match () {
            () if self.is(at, Class::PER) => at + 1,
            () if self.says(at, "for") && self.says(at + 1, "every") => at + 2,
            () if self.says(at, "out") && self.is(at + 1, Class::OF) && self.says(at + 2, "every") => at + 3,
            () => return None,
        };
        (self.is_kind(next, TokenKind::Number) || self.is(next, Class::CARDINAL)).then_some(next)
    }

    /// The words that bound a figure over `first..end`.
    pub(super) fn hedge(&self, figure: &mut Figure, first: usize, end: usize) {
        if let Some(bound) = self.bound(first, end) {
            figure.op = if figure.op == Op::Equal { bound.op } else { figure.op };
            figure.hedge = Some(bound.span);
        }
    }
}
