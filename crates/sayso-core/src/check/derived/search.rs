//! The sums that give what is claimed. Each operation is tried on the terms of one statement; the cost grows with the square of
//! their number, and with the cube of those of neighbouring sentences.

use super::asked::Asked;
use super::terms::{Measure, Term};
use super::{as_multiple, gives, multiple};
use crate::check::compare::short;
use crate::check::frame::{Length, Move};
use crate::check::similar::alike;
use crate::check::statements::Statement;
use crate::extract::Op;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What is done with the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// One less another.
    Difference,
    Sum,
    SumOfThree,
    /// One less two others.
    RestOfThree,
    /// A part over a whole.
    Share,
    /// What a part leaves of a whole, or of a hundred, as a share.
    Complement,
    /// How far one lies from another, in a hundred.
    Change,
    /// One so many times another.
    Multiple,
    /// A sum over a count.
    Quotient,
    /// A share of a sum.
    PartOf,
    /// A price times a count, a size times a count.
    Product,
    /// Another unit.
    Converted,
    /// So much a day of so much a year.
    Calendar,
    /// The value before a change: `5,600, up by a third`.
    Base,
}

/// A result: what it is made of, and as text.
pub(super) struct Outcome<'f> {
    pub claimed: Term<'f>,
    pub operation: Operation,
    pub text: String,
    pub terms: Vec<Term<'f>>,
    /// What comes out, in the base unit of the claimed value.
    pub value: Decimal,
    /// Whether it is the claimed value to the last digit.
    pub exact: bool,
}

/// The terms of a statement, and what is to come out.
pub(super) struct Search<'s, 'f> {
    pub claimed: Term<'f>,
    pub terms: &'s [Term<'f>],
    pub statement: &'s Statement,
    pub asked: Asked,
    /// Beyond these nothing is the claimed value.
    about: (f64, f64),
    found: Vec<Outcome<'f>>,
}

/// All that gives the claimed value.
pub(super) fn outcomes<'f>(
    claimed: Term<'f>,
    terms: &[Term<'f>],
    statement: &Statement,
    asked: Asked,
) -> Vec<Outcome<'f>> {
    // A little more than `Search::fits` allows, for what is lost in rounding.
    let about = (claimed.about * 0.699, claimed.about * 1.401);
    let mut search = Search { claimed, terms, statement, asked, about, found: Vec::new() };
    match multiple(claimed.figure) {
        Some(times) if claimed.measure != Measure::Points => search.multiples(times),
        _ if claimed.measure == Measure::Fraction => search.fractions(),
        _ => search.sums(),
    }
    search.found
}

/// How far any two terms near one another lie apart, or what they come to where that is asked for, in the measure of what is claimed, and whatever that is.
pub(super) fn apart<'f>(
    claimed: Term<'f>,
    terms: &[Term<'f>],
    statement: &Statement,
    asked: Asked,
) -> Vec<Outcome<'f>> {
    let mut search = Search { claimed, terms, statement, asked, about: (0.0, f64::INFINITY), found: Vec::new() };
    let points = claimed.measure == Measure::Points;
    let counts = matches!(claimed.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_));
    let like = |t: &Term| counts && t.measure == claimed.measure || points && t.measure == Measure::Percent;
    let same: Vec<Term> = terms.iter().copied().filter(like).filter(|t| t.value > Decimal::ZERO).collect();
    for (i, a) in same.iter().copied().enumerate() {
        let near: Vec<Term> = same.iter().copied().skip(i + 1).take_while(|b| search.are_near(a, *b)).collect();
        for b in near {
            let (high, low) = if a.value >= b.value { (a, b) } else { (b, a) };
            if let Some(less) = high.value.checked_sub(low.value).filter(|v| !v.is_zero() && search.is_of_one(a, b)) {
                search.keep(Operation::Difference, sum(high, "−", low, less), &[high, low], less);
            }
            if let Some(more) =
                a.value.checked_add(b.value).filter(|_| (asked.together || asked.older) && search.is_of_one(a, b))
            {
                search.keep(Operation::Sum, sum(a, "+", b, more), &[a, b], more);
            }
        }
    }
    search.found
}

impl<'f> Search<'_, 'f> {
    fn keep(&mut self, operation: Operation, text: String, terms: &[Term<'f>], value: Decimal) {
        let exact = value == self.claimed.value;
        self.found.push(Outcome { claimed: self.claimed, operation, text, terms: terms.to_vec(), value, exact });
    }

    /// Whether a value in the base unit of the claimed one is what is claimed.
    fn fits(&self, value: Decimal) -> bool {
        let (claimed, own) = (self.claimed.value, self.claimed.written);
        // Far off, by a quick look.
        let (a, b) = (claimed.to_f64().unwrap_or(0.0), value.to_f64().unwrap_or(0.0));
        if a <= 0.0 || b <= 0.0 || !(0.7..1.4).contains(&(b / a)) {
            return false;
        }
        // Of a bound only what is nearly at it is worked out.
        let near = matches!(self.claimed.figure.op, Op::Equal | Op::About) || (0.9..1.1).contains(&(b / a));
        let back = claimed.checked_div(own).and_then(|factor| value.checked_div(factor));
        near && back.is_some_and(|value| gives(self.claimed.figure, value))
    }

    /// Whether a value may be what is claimed, by a quick look: of what is worked out from numbers that are known about, of
    /// which none is larger than `most`. Where this says no, [`Search::fits`] does.
    fn may_fit(&self, about: f64, most: f64) -> bool {
        /// More than is lost where two numbers nearly cancel one another out.
        const LOST: f64 = 1e-12;
        let lost = LOST * most.abs();
        // What is no number may be anything.
        !(about + lost < self.about.0 || about - lost > self.about.1)
    }

    /// Whether a part of one is the claimed fraction, as news tells fractions.
    fn fits_fraction(&self, part: Decimal) -> bool {
        let (Some(claimed), Some(part)) = (self.claimed.value.to_f64(), part.to_f64()) else { return false };
        match self.claimed.figure.op {
            Op::More | Op::AtLeast => part >= claimed && part < claimed * 1.3,
            Op::Less | Op::AtMost => part <= claimed && part > claimed * 0.75,
            Op::About | Op::Range => (claimed - part).abs() <= claimed * 0.09,
            Op::Equal => (claimed - part).abs() <= claimed * 0.07,
        }
    }

    /// The pairs of two different terms of one measure.
    fn pairs(&self) -> Vec<(Term<'f>, Term<'f>)> {
        let all = self.terms.iter().copied();
        let of = |a: Term<'f>| {
            self.terms.iter().copied().filter(move |b| b.measure == a.measure && !b.is(&a)).map(move |b| (a, b))
        };
        all.flat_map(of).collect()
    }

    fn fractions(&mut self) {
        let hundred = Decimal::ONE_HUNDRED;
        for a in self.terms.iter().copied().filter(|t| t.measure == Measure::Percent) {
            let (part, left) = (a.value / hundred, Decimal::ONE - a.value / hundred);
            // The share itself is no arithmetic: it agrees, or does not.
            if !self.fits_fraction(part) && self.fits_fraction(left) {
                self.keep(
                    Operation::Complement,
                    format!("100% − {}% = {}", a.value.normalize(), short(left)),
                    &[a],
                    left,
                );
            }
        }
        for (a, b) in self.pairs() {
            let counts = matches!(a.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_));
            if !counts || a.value >= b.value || b.value < Decimal::from(5) {
                continue;
            }
            let Some(part) = a.value.checked_div(b.value) else { continue };
            if self.fits_fraction(part) {
                self.keep(Operation::Share, quotient(a, b, part), &[a, b], part);
            } else if self.fits_fraction(Decimal::ONE - part) {
                self.keep(Operation::Complement, format!("1 − {}", quotient(a, b, part)), &[a, b], Decimal::ONE - part);
            }
        }
    }

    fn multiples(&mut self, times: Decimal) {
        for (a, b) in self.pairs() {
            if a.measure == Measure::Fraction || b.value <= Decimal::ZERO || a.value <= b.value {
                continue;
            }
            let Some(ratio) = a.value.checked_div(b.value) else { continue };
            if as_multiple(self.claimed.figure, times, ratio) {
                self.keep(Operation::Multiple, quotient(a, b, ratio), &[a, b], ratio);
            }
        }
    }

    fn sums(&mut self) {
        let claimed = self.claimed;
        let points = claimed.measure == Measure::Points;
        let like = |t: &Term| t.measure == claimed.measure || points && t.measure == Measure::Percent;
        let same: Vec<Term> = self.terms.iter().copied().filter(like).collect();
        for a in same.iter().copied() {
            let units = matches!(claimed.measure, Measure::Unit(_) | Measure::Months);
            if a.figure.unit != claimed.figure.unit && units && self.fits(a.value) {
                let text = format!("{} = {}", self.written(a), self.claimed_text());
                self.keep(Operation::Converted, text, &[a], a.value);
            }
        }
        let alone: Vec<bool> = same.iter().map(|term| self.fits(term.value)).collect();
        for (i, a) in same.iter().copied().enumerate() {
            for (j, b) in same.iter().copied().enumerate().skip(i + 1) {
                self.pair([(a, alone[i]), (b, alone[j])], points);
                let near = same.iter().skip(j + 1).take_while(|c| self.are_near(a, **c)).count();
                for (c, alone_too) in same[j + 1..][..near].iter().zip(&alone[j + 1..]) {
                    if !(alone[i] || alone[j] || *alone_too) {
                        self.three([a, b, *c]);
                    }
                }
            }
        }
        if !points {
            self.products();
            same.iter().for_each(|term| self.calendar(*term));
            self.bases(&same);
        }
    }

    /// How long a term or the claimed figure is told for: `a day`, `per month`.
    fn length_of(&self, term: Term) -> Option<Length> {
        self.statement.facts.frames[term.index].rate.map(|rate| rate.length)
    }

    /// So much a day of so much a year, and the other way round: the coverage says for how long.
    fn calendar(&mut self, term: Term<'f>) {
        const YEAR: Length = Length::Year;
        let Some(ours) = self.asked.rate else { return };
        let theirs = self.length_of(term).unwrap_or(YEAR);
        let Some((count, divides)) =
            ours.parts_of(theirs).map(|n| (n, true)).or_else(|| theirs.parts_of(ours).map(|n| (n, false)))
        else {
            return;
        };
        let by = Decimal::from(count);
        let value = if divides { term.value.checked_div(by) } else { term.value.checked_mul(by) };
        if let Some(value) = value.filter(|v| self.fits(*v)) {
            let sign = if divides { "/" } else { "×" };
            let text = format!("{} {sign} {count} = {}", term.value.normalize(), short(value));
            self.keep(Operation::Calendar, text, &[term], value);
        }
    }

    /// What a level was before the change that the statement tells beside it, where the coverage tells an older value.
    fn bases(&mut self, same: &[Term<'f>]) {
        if !self.asked.older {
            return;
        }
        let facts = &self.statement.facts;
        let place = |t: &Term| facts.figures[t.index];
        for level in same.iter().copied().filter(|t| !facts.frames[t.index].is_change()) {
            for change in self.terms.iter().copied().filter(|c| place(c).sentence == place(&level).sentence) {
                let frame = &facts.frames[change.index];
                let way = frame.moves(Move::Up) - frame.moves(Move::Down);
                let part = match change.measure {
                    Measure::Percent => change.value / Decimal::ONE_HUNDRED,
                    Measure::Fraction => change.value,
                    _ => continue,
                };
                let grown = if way > 0.0 { Decimal::ONE + part } else { Decimal::ONE - part };
                let value = level.value.checked_div(grown).filter(|v| frame.is_change() && way != 0.0 && self.fits(*v));
                if let Some(value) = value {
                    let sign = if way > 0.0 { "+" } else { "−" };
                    let by = factor(&[level]);
                    let text = format!(
                        "{} / (1 {sign} {}) = {}",
                        (level.value / by).normalize(),
                        short(part),
                        short(value / by)
                    );
                    self.keep(Operation::Base, text, &[level, change], value);
                }
            }
        }
    }

    /// Whether two terms stand in one sentence or two that follow one another.
    fn are_near(&self, a: Term, b: Term) -> bool {
        let sentence = |t: Term| self.statement.facts.figures[t.index].sentence;
        sentence(a).abs_diff(sentence(b)) <= 1
    }

    /// A difference or sum of two, each with whether it alone is what the coverage says.
    fn pair(&mut self, [(a, own), (b, other)]: [(Term<'f>, bool); 2], points: bool) {
        // What is between two shares is told in percentage points, not in percent.
        let points_alone = self.claimed.measure == Measure::Percent;
        let (less, more) = ((a.about - b.about).abs(), a.about + b.about);
        let most = a.about.abs() + b.about.abs();
        if points_alone || !(self.may_fit(less, most) || self.may_fit(more, most)) {
            return;
        }
        // Where the greater alone is what is told, the lesser has no part in it. Ferries and passengers add up to nothing.
        let (high, low, told) = if a.value >= b.value { (a, b, own) } else { (b, a, other) };
        if told || !self.is_of_one(a, b) {
            return;
        }
        if let Some(less) = high.value.checked_sub(low.value).filter(|v| self.fits(*v)) {
            self.keep(Operation::Difference, sum(high, "−", low, less), &[high, low], less);
        }
        if let Some(more) = a.value.checked_add(b.value).filter(|v| !points && self.fits(*v)) {
            self.keep(Operation::Sum, sum(a, "+", b, more), &[a, b], more);
        }
    }

    /// Whether two figures count the same, as far as they say what: lorries and officers leave no difference.
    fn is_of_one(&self, a: Term, b: Term) -> bool {
        const ALIKE: f32 = 0.5;
        let facts = &self.statement.facts;
        let noun = |t: Term| facts.frames[t.index].noun.map(|w| &facts.words[w as usize]);
        match (noun(a), noun(b)) {
            (Some(one), Some(other)) => alike(one, other) >= ALIKE || self.asked.sum > 0.0 && self.are_near(a, b),
            _ => true,
        }
    }

    /// Three figures near one another: their sum, or what two leave of the third.
    fn three(&mut self, terms: [Term<'f>; 3]) {
        if matches!(self.claimed.measure, Measure::Percent | Measure::Points) {
            return;
        }
        let [a, b, c] = terms.map(|t| t.about);
        let (sum, most) = (a + b + c, a.abs() + b.abs() + c.abs());
        if !self.may_fit(sum, most) && !self.may_fit(2.0 * a.max(b).max(c) - sum, most) {
            return;
        }
        let all: Option<Decimal> = terms.iter().try_fold(Decimal::ZERO, |sum, t| sum.checked_add(t.value));
        let Some(all) = all else { return };
        if !self.is_of_one(terms[0], terms[1]) || !self.is_of_one(terms[1], terms[2]) {
            return;
        }
        let by = factor(&terms);
        let text = |t: &Term| (t.value / by).normalize().to_string();
        if self.fits(all) {
            let texts: Vec<String> = terms.iter().map(text).collect();
            self.keep(Operation::SumOfThree, format!("{} = {}", texts.join(" + "), short(all / by)), &terms, all);
        }
        let Some(most) = terms.iter().copied().max_by(|a, b| a.value.cmp(&b.value)) else { return };
        let rest = most.value.checked_add(most.value).and_then(|twice| twice.checked_sub(all));
        if let Some(rest) = rest.filter(|rest| *rest > Decimal::ZERO && self.fits(*rest)) {
            let less: Vec<String> = terms.iter().filter(|t| !t.is(&most)).map(text).collect();
            let text = format!("{} − {} = {}", text(&most), less.join(" − "), short(rest / by));
            self.keep(Operation::RestOfThree, text, &terms, rest);
        }
    }

    /// Shares in a hundred, averages, a share of a sum.
    fn products(&mut self) {
        let hundred = Decimal::ONE_HUNDRED;
        let claimed = self.claimed;
        for a in self.terms.iter().copied() {
            let left = hundred - a.value;
            if claimed.measure == Measure::Percent && a.measure == Measure::Percent && self.fits(left) {
                let text = format!("100% − {}% = {}%", a.value.normalize(), short(left));
                self.keep(Operation::Complement, text, &[a], left);
            }
            if claimed.measure != Measure::Percent && (a.measure != claimed.measure || self.fits(a.value)) {
                continue;
            }
            for b in self.terms.iter().copied().filter(|b| !b.is(&a)) {
                match claimed.measure {
                    Measure::Percent => self.share(a, b),
                    _ => self.product(a, b),
                }
            }
        }
    }

    /// `a` as so many in a hundred of `b`, or how far the one lies from the other.
    fn share(&mut self, a: Term<'f>, b: Term<'f>) {
        let counts = matches!(a.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_));
        if a.measure != b.measure || !counts {
            return;
        }
        let about = 100.0 * a.about / b.about;
        let rise = 100.0 * (b.about / a.about - 1.0);
        let may_have_moved = self.asked.difference > 0.0 && self.may_fit(rise, rise + 200.0);
        if !(may_have_moved || self.may_fit(about, 100.0) || self.may_fit(100.0 - about, 100.0)) {
            return;
        }
        if a.value >= b.value || a.value <= Decimal::ZERO || b.value < Decimal::ONE {
            return;
        }
        let Some(part) = a.value.checked_div(b.value) else { return };
        let percent = |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
        let round = |v: Decimal| short(v.round_dp(2));
        let (one, all) = (a.value.normalize(), b.value.normalize());
        if self.fits(percent(part)) {
            self.keep(Operation::Share, format!("{one} / {all} = {}%", round(percent(part))), &[a, b], percent(part));
        }
        if self.asked.difference > 0.0 {
            let fell = percent(Decimal::ONE - part);
            let rose = b.value.checked_div(a.value).map(|v| percent(v - Decimal::ONE)).unwrap_or_default();
            for (base, change) in [(b, fell), (a, rose)] {
                if self.fits(change) {
                    let text = format!("({all} − {one}) / {} = {}%", base.value.normalize(), round(change));
                    self.keep(Operation::Change, text, &[a, b], change);
                }
            }
        }
        let left = percent(Decimal::ONE - part);
        if self.fits(left) {
            let text = format!("100% − {}% = {}%", round(percent(part)), round(left));
            self.keep(Operation::Complement, text, &[a, b], left);
        }
    }

    /// A sum over a count, a share of a sum, a price times a count.
    fn product(&mut self, a: Term<'f>, b: Term<'f>) {
        let (one, other) = (|| a.value.normalize(), || b.value.normalize());
        match b.measure {
            Measure::Count if b.value >= Decimal::TWO => {
                let (each, value) = (a.about / b.about, a.about * b.about);
                if !self.may_fit(each, each) && !self.may_fit(value, value) {
                    return;
                }
                if let Some(each) = a.value.checked_div(b.value).filter(|v| self.asked.each > 0.0 && self.fits(*v)) {
                    self.keep(Operation::Quotient, format!("{} / {} = {}", one(), other(), short(each)), &[a, b], each);
                }
                let sized = matches!(a.measure, Measure::Money(_) | Measure::Unit(_));
                if let Some(value) = a.value.checked_mul(b.value).filter(|v| sized && self.fits(*v)) {
                    self.keep(
                        Operation::Product,
                        format!("{} × {} = {}", one(), other(), short(value)),
                        &[a, b],
                        value,
                    );
                }
            }
            Measure::Percent | Measure::Fraction => {
                let about = a.about * if b.measure == Measure::Percent { b.about / 100.0 } else { b.about };
                if !self.may_fit(about, about) && !self.may_fit(a.about - about, a.about.abs() + about.abs()) {
                    return;
                }
                let part = if b.measure == Measure::Percent { b.value / Decimal::ONE_HUNDRED } else { b.value };
                let rest = a.value.checked_mul(Decimal::ONE - part);
                let share = self.written(b);
                if let Some(value) = a.value.checked_mul(part).filter(|v| self.fits(*v)) {
                    self.keep(Operation::PartOf, format!("{share} × {} = {}", one(), short(value)), &[b, a], value);
                } else if let Some(value) = rest.filter(|v| self.asked.rest > 0.0 && self.fits(*v)) {
                    self.keep(
                        Operation::PartOf,
                        format!("(1 − {share}) × {} = {}", one(), short(value)),
                        &[b, a],
                        value,
                    );
                }
            }
            _ => {}
        }
    }

    fn written(&self, term: Term) -> String {
        term.figure.span.of(&self.statement.document.text).to_owned()
    }

    fn claimed_text(&self) -> String {
        let name = self.claimed.figure.unit_name.as_deref().unwrap_or_default();
        format!("{} {name}", self.claimed.written.normalize()).trim_end().to_owned()
    }
}

/// What the values of terms are divided by to be shown as they are written: 1000 of two lengths in kilometres.
fn factor(terms: &[Term]) -> Decimal {
    let alike = terms.windows(2).all(|two| two[0].figure.unit == two[1].figure.unit);
    let first = terms.first().and_then(|t| t.value.checked_div(t.written));
    first.filter(|f| alike && !f.is_zero()).unwrap_or(Decimal::ONE)
}

fn quotient(a: Term, b: Term, value: Decimal) -> String {
    let by = factor(&[a, b]);
    format!("{} / {} = {}", (a.value / by).normalize(), (b.value / by).normalize(), short(value))
}

fn sum(a: Term, sign: &str, b: Term, value: Decimal) -> String {
    let by = factor(&[a, b]);
    format!("{} {sign} {} = {}", (a.value / by).normalize(), (b.value / by).normalize(), short(value / by))
}
