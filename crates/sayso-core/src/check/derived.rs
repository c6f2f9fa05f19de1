//! Figures that follow from others by simple arithmetic, where the words of the coverage ask for it: a difference (`14
//! fewer`), a sum, a share (`one in 50`), a rest (`15 are still there` of 37, of which 22 went back), a multiple (`three times`),
//! an average, another unit.
//!
//! With enough numbers anything can be computed from something. So a derivation is weighed: how closely the two figures of the
//! statement belong together, whether a word beside the figure of the coverage asks for such a sum, how many of the coverage's
//! words stand beside them in the statement, and how unlikely the value is by chance. Never across currencies or units that
//! measure different things. Years and dates round to nothing, and are only ever set against one another.

use super::case::Case;
use super::compare::{compare, digits, is_fraction, short};
use super::facts::Facts;
use super::frame::{Move, tables};
use super::marks::{self, Mark};
use super::similar::alike;
use super::statements::Statement;
use super::verdict::statement_item;
use super::{Check, EvidenceItem, Verdict};
use crate::extract::{Extraction, Figure, FigureKind, Op};
use crate::language;
use crate::span::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An arithmetic that gives the claimed value.
#[derive(Clone)]
pub(super) struct Derived {
    pub computation: String,
    pub evidence: Vec<EvidenceItem>,
    /// How much speaks for it, from about 0.5 to 5.
    pub weight: f32,
}

/// What is asked of a derivation, and what of one that goes before another value for the same thing.
pub(super) const ENOUGH: f32 = 2.15;
pub(super) const PLENTY: f32 = 2.7;

/// How much of what the coverage says must stand beside each term where they stand in two sentences, and what it costs if not.
const TERM: f32 = 0.15;
const APART: f32 = 0.5;

/// How likely a derivation is taken to be, as evidence.
const SCORE: f32 = 0.6;

/// The weightiest derivation that gives the claimed value, if enough speaks for it.
pub(super) fn find(case: Case) -> Option<Derived> {
    settled(case, weightiest(case).as_ref())
}

/// The same, where the weightiest is known.
pub(super) fn settled(case: Case, weightiest: Option<&Derived>) -> Option<Derived> {
    // A headline has too few words to ask for a sum.
    weightiest
        .filter(|d| d.weight >= ENOUGH && !case.is_headline())
        .cloned()
        .or_else(|| case.found.of_sentence(case.claimed.place().sentence).find_map(|(_, s)| years(case, s)))
}

/// The weightiest derivation that gives the claimed value, however little speaks for it.
pub(super) fn weightiest(case: Case) -> Option<Derived> {
    let statements = case.found.of_sentence(case.claimed.place().sentence);
    let best = statements
        .filter_map(|(number, s)| of_statement(case, s).filter(|d| !case.found.is_loose(number) || d.weight >= PLENTY));
    best.max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// What a figure measures: values of one measure can be added.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Measure<'f> {
    Count,
    Money(Option<&'f str>),
    Percent,
    Points,
    Fraction,
    Unit(&'f str),
    /// Months and years, whose days are not known.
    Months,
}

/// A figure that arithmetic can take: its measure, and its value in the base unit of that.
#[derive(Clone, Copy)]
struct Term<'f> {
    figure: &'f Figure,
    /// Position among the statement's figures.
    index: usize,
    measure: Measure<'f>,
    value: Decimal,
}

fn term(figure: &Figure, index: usize) -> Option<Term<'_>> {
    use FigureKind::*;
    let value = figure.value.filter(|_| figure.high.is_none())?;
    let plain = |measure| Some(Term { figure, index, measure, value });
    match figure.kind {
        Number | Ratio if is_fraction(figure) => plain(Measure::Fraction),
        Number => plain(Measure::Count),
        Money => plain(Measure::Money(figure.unit.as_deref())),
        Percent if figure.unit.as_deref() == Some("percentage-point") => plain(Measure::Points),
        Percent => plain(Measure::Percent),
        Quantity | Duration => {
            let code = figure.unit.as_deref()?;
            let (measure, factor) = match code {
                "a" => (Measure::Months, Decimal::from(12)),
                "mo" => (Measure::Months, Decimal::ONE),
                _ => {
                    let unit = language::compared().lexicon.units.code(code)?;
                    if unit.dimension == "temperature" {
                        return None;
                    }
                    (Measure::Unit(unit.dimension), unit.factor)
                }
            };
            Some(Term { figure, index, measure, value: value.checked_mul(factor)? })
        }
        Age | Ordinal | Date | Time | Ratio => None,
    }
}

/// What the words beside a figure of the coverage ask for.
struct Asked {
    more: bool,
    less: bool,
    rest: bool,
    each: bool,
    sum: bool,
}

impl Asked {
    fn of(facts: &Facts, case: Case) -> Asked {
        const REACH: u32 = 7;
        let place = case.claimed.place();
        let (from, to) = facts.sentences.get(place.sentence as usize).copied().unwrap_or_default();
        let range = place.from.saturating_sub(REACH).max(from)..(place.to + REACH).min(to);
        let near: Vec<u64> =
            range.filter(|i| *i < place.from || *i >= place.to).map(|i| facts.words[i as usize].key).collect();
        let moved = |way| near.iter().any(|w| tables::moved(*w) == Some(way));
        let any = |mark| near.iter().any(|w| marks::is(*w, mark));
        Asked {
            more: moved(Move::Up) || moved(Move::Late) || any(Mark::Beyond),
            less: moved(Move::Down) || moved(Move::Soon),
            rest: any(Mark::Rest),
            each: any(Mark::Each),
            sum: any(Mark::Sum),
        }
    }

    fn moved(&self) -> bool {
        self.more || self.less
    }
}

/// A result: what it is made of, as text, how the terms belong together and how much the words ask for it.
struct Outcome<'f> {
    text: String,
    terms: Vec<Term<'f>>,
    linked: f32,
    asked: f32,
    /// How many digits chance would have to hit.
    digits: f32,
}

/// Cost grows with the square of the statement's figures, and with the cube of those of a sentence.
fn of_statement(case: Case, statement: &Statement) -> Option<Derived> {
    const MOST: usize = 80;
    let ours = case.claimed.figure();
    let claimed = term(ours, case.claimed.index).filter(|_| !is_small_time(ours))?;
    let figures = statement.extraction.figures.iter().enumerate();
    let usable = |(i, f): (usize, &'_ Figure)| -> bool {
        !statement.facts.figures[i].asked && !matches!(f.kind, FigureKind::Date | FigureKind::Time)
    };
    let terms: Vec<Term> =
        figures.filter(|(i, f)| usable((*i, f))).filter_map(|(i, f)| term(f, i)).take(MOST).collect();
    let mut search =
        Search { claimed, terms: &terms, statement, asked: Asked::of(case.claimed.facts, case), found: Vec::new() };
    match multiple(ours) {
        Some(times) => search.multiples(times),
        None if claimed.measure == Measure::Fraction => search.fractions(),
        None => search.sums(),
    }
    let many = (search.found.len() as f32 - 1.0).min(10.0) * 0.04;
    let weighed = search.found.into_iter().map(|found| {
        let words = overlap(case, statement, &found.terms);
        // Terms of two sentences have each to be of what the coverage speaks of.
        let each = |term: &Term| overlap(case, statement, std::slice::from_ref(term));
        let least = found.terms.iter().map(each).fold(1.0, f32::min);
        let apart = if found.linked < 1.0 && least < TERM { APART } else { 0.0 };
        (found.linked + found.asked * 0.8 + words * 2.0 + (found.digits - 1.0) * 0.45 - many - apart, found)
    });
    let (weight, found) = weighed.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let evidence = found.terms.iter().map(|t| statement_item(statement, t.figure, SCORE)).collect();
    Some(Derived { computation: found.text, evidence, weight })
}

/// A length of time of a few days or hours is too easily found by chance.
fn is_small_time(figure: &Figure) -> bool {
    figure.kind == FigureKind::Duration && figure.value.is_some_and(|v| v <= Decimal::ONE)
}

struct Search<'s, 'f> {
    claimed: Term<'f>,
    terms: &'s [Term<'f>],
    statement: &'s Statement,
    asked: Asked,
    found: Vec<Outcome<'f>>,
}

impl<'s, 'f> Search<'s, 'f> {
    /// How closely two figures belong together.
    fn linked(&self, a: Term, b: Term) -> f32 {
        let facts = &self.statement.facts;
        let sentence = |t: Term| facts.figures[t.index].sentence;
        let paragraph = |t: Term| facts.paragraphs.get(sentence(t) as usize).copied();
        match sentence(a).abs_diff(sentence(b)) {
            0 => 1.0,
            _ if paragraph(a) != paragraph(b) => 0.15,
            1 => 0.7,
            _ => 0.4,
        }
    }

    fn keep(&mut self, text: String, terms: &[Term<'f>], asked: f32, digits: f32) {
        let linked = match terms {
            [a, .., b] => self.linked(*a, *b),
            _ => 1.0,
        };
        self.found.push(Outcome { text, terms: terms.to_vec(), linked, asked, digits });
    }

    /// Whether a value in the base unit of the claimed one is what is claimed.
    fn fits(&self, value: Decimal) -> bool {
        let (claimed, own) = (self.claimed.value, self.claimed.figure.value.unwrap_or_default());
        // Far off, by a quick look.
        let (a, b) = (claimed.to_f64().unwrap_or(0.0), value.to_f64().unwrap_or(0.0));
        if a <= 0.0 || b <= 0.0 || !(0.7..1.4).contains(&(b / a)) {
            return false;
        }
        let back = claimed.checked_div(own).and_then(|factor| value.checked_div(factor));
        back.is_some_and(|value| gives(self.claimed.figure, value))
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

    fn fractions(&mut self) {
        let hundred = Decimal::ONE_HUNDRED;
        for a in self.terms.iter().copied() {
            if a.measure == Measure::Percent {
                let part = a.value / hundred;
                // The share itself is no arithmetic: it agrees, or does not.
                if self.fits_fraction(part) {
                    continue;
                }
                if self.fits_fraction(Decimal::ONE - part) {
                    self.keep(
                        format!("100% − {}% = {}", a.value.normalize(), short(Decimal::ONE - part)),
                        &[a],
                        1.0,
                        2.0,
                    );
                }
            }
            for b in self.terms.iter().copied().filter(|b| b.measure == a.measure && b.index != a.index) {
                if !matches!(a.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_))
                    || a.value >= b.value
                    || b.value < Decimal::from(5)
                {
                    continue;
                }
                let Some(part) = a.value.checked_div(b.value) else { continue };
                let asked = if self.asked.rest { 0.7 } else { 0.4 };
                if self.fits_fraction(part) {
                    self.keep(quotient(a, b, part), &[a, b], 1.0, 2.0);
                } else if self.fits_fraction(Decimal::ONE - part) {
                    self.keep(format!("1 − {}", quotient(a, b, part)), &[a, b], asked, 2.0);
                }
            }
        }
    }

    fn multiples(&mut self, times: Decimal) {
        for a in self.terms.iter().copied() {
            for b in self
                .terms
                .iter()
                .copied()
                .filter(|b| b.measure == a.measure && b.index != a.index && b.value > Decimal::ZERO)
            {
                if a.measure == Measure::Fraction || a.value <= b.value {
                    continue;
                }
                let Some(ratio) = a.value.checked_div(b.value) else { continue };
                if as_multiple(self.claimed.figure, times, ratio) {
                    self.keep(quotient(a, b, ratio), &[a, b], 1.0, 2.0);
                }
            }
        }
    }

    fn sums(&mut self) {
        let claimed = self.claimed;
        let digits = (digits(claimed.figure).min(4)) as f32;
        let points = claimed.measure == Measure::Points;
        let like = |t: &Term| t.measure == claimed.measure || points && t.measure == Measure::Percent;
        let same: Vec<Term> = self.terms.iter().copied().filter(like).collect();
        for a in same.iter().copied() {
            if a.figure.unit != claimed.figure.unit
                && !points
                && matches!(claimed.measure, Measure::Unit(_) | Measure::Months)
                && self.fits(a.value)
            {
                self.keep(format!("{} = {}", self.written(a), self.claimed_text()), &[a], 1.5, digits + 0.5);
            }
        }
        for (i, a) in same.iter().copied().enumerate() {
            for (j, b) in same.iter().copied().enumerate().skip(i + 1) {
                self.pair(a, b, points, digits);
                for c in same.iter().copied().skip(j + 1) {
                    self.three([a, b, c], digits);
                }
            }
        }
        if !points {
            self.products(digits);
        }
    }

    fn pair(&mut self, a: Term<'f>, b: Term<'f>, points: bool, digits: f32) {
        let (high, low) = if a.value >= b.value { (a, b) } else { (b, a) };
        let asked = match () {
            () if self.asked.moved() => 1.0,
            () if self.asked.rest => 0.8,
            () => 0.0,
        };
        // Ferries and passengers add up to nothing.
        let of_one = self.is_of_one(a, b);
        // Where the greater alone is what the coverage says, the lesser has no part in it.
        if self.fits(high.value) {
            return;
        }
        // What is between two shares is told in percentage points: a rise of so many percent is something else.
        let points_alone = self.claimed.measure == Measure::Percent && self.claimed.figure.change.is_some();
        if let Some(less) =
            high.value.checked_sub(low.value).filter(|v| asked > 0.0 && of_one && !points_alone && self.fits(*v))
        {
            self.keep(sum(high, "−", low, less), &[high, low], asked, digits);
        }
        let asked = self.asked.sum || self.asked.more;
        let adds = asked && of_one && !points && !matches!(self.claimed.measure, Measure::Percent);
        if let Some(more) = a.value.checked_add(b.value).filter(|v| adds && self.fits(*v)) {
            self.keep(sum(a, "+", b, more), &[a, b], 0.8, digits);
        }
    }

    /// Whether two figures count the same, as far as they say what: lorries and officers leave no difference.
    fn is_of_one(&self, a: Term, b: Term) -> bool {
        const ALIKE: f32 = 0.5;
        let facts = &self.statement.facts;
        let noun = |t: Term| facts.frames[t.index].noun.map(|w| &facts.words[w as usize]);
        match (noun(a), noun(b)) {
            (Some(one), Some(other)) => alike(one, other) >= ALIKE || self.asked.sum && self.linked(a, b) >= 1.0,
            _ => true,
        }
    }

    /// Three figures of one sentence: their sum, or what two leave of the third.
    fn three(&mut self, terms: [Term<'f>; 3], digits: f32) {
        let facts = &self.statement.facts;
        let sentence = |t: Term| facts.figures[t.index].sentence;
        if matches!(self.claimed.measure, Measure::Percent | Measure::Points)
            || sentence(terms[2]).abs_diff(sentence(terms[0])) > 1
        {
            return;
        }
        let all: Option<Decimal> = terms.iter().try_fold(Decimal::ZERO, |sum, t| sum.checked_add(t.value));
        let Some(all) = all.filter(|_| !terms.iter().any(|t| self.fits(t.value))) else { return };
        let of_one = self.is_of_one(terms[0], terms[1]) && self.is_of_one(terms[1], terms[2]);
        if !of_one {
            return;
        }
        let by = factor(&terms);
        let text = |t: &Term| (t.value / by).normalize().to_string();
        let texts: Vec<String> = terms.iter().map(text).collect();
        if self.fits(all) {
            self.keep(format!("{} = {}", texts.join(" + "), short(all / by)), &terms, 0.7, digits);
        }
        let Some(most) = terms.iter().copied().max_by(|a, b| a.value.cmp(&b.value)) else { return };
        let rest = most.value.checked_add(most.value).and_then(|twice| twice.checked_sub(all));
        if let Some(rest) = rest.filter(|rest| *rest > Decimal::ZERO && self.fits(*rest)) {
            let less: Vec<String> = terms.iter().filter(|t| t.index != most.index).map(text).collect();
            self.keep(format!("{} − {} = {}", text(&most), less.join(" − "), short(rest / by)), &terms, 0.7, digits);
        }
    }

    /// Shares in a hundred, averages, a share of a sum.
    fn products(&mut self, digits: f32) {
        let hundred = Decimal::ONE_HUNDRED;
        let claimed = self.claimed;
        for a in self.terms.iter().copied() {
            if claimed.measure == Measure::Percent && a.measure == Measure::Percent && self.fits(hundred - a.value) {
                self.keep(
                    format!("100% − {}% = {}%", a.value.normalize(), short(hundred - a.value)),
                    &[a],
                    0.6,
                    digits,
                );
            }
            for b in self.terms.iter().copied().filter(|b| b.index != a.index) {
                if claimed.measure == Measure::Percent {
                    self.share(a, b, digits);
                } else if a.measure == claimed.measure {
                    self.product(a, b, digits);
                }
            }
        }
    }

    /// `a` as so many in a hundred of `b`, or how far the one lies from the other.
    fn share(&mut self, a: Term<'f>, b: Term<'f>, digits: f32) {
        let hundred = Decimal::ONE_HUNDRED;
        let counts = matches!(a.measure, Measure::Count | Measure::Money(_) | Measure::Unit(_));
        if a.measure != b.measure || !counts || a.value >= b.value || a.value <= Decimal::ZERO || b.value < Decimal::TEN
        {
            return;
        }
        let Some(part) = a.value.checked_div(b.value) else { return };
        let percent = |v: Decimal| v.checked_mul(hundred).unwrap_or_default();
        if self.fits(percent(part)) {
            self.keep(
                format!("{} / {} = {}%", a.value.normalize(), b.value.normalize(), short(percent(part).round_dp(2))),
                &[a, b],
                1.0,
                digits,
            );
        }
        if self.asked.moved() {
            let fell = percent(Decimal::ONE - part);
            let rose = b.value.checked_div(a.value).map(|v| percent(v - Decimal::ONE)).unwrap_or_default();
            for (base, change) in [(b, fell), (a, rose)] {
                if self.fits(change) {
                    let text = format!(
                        "({} − {}) / {} = {}%",
                        b.value.normalize(),
                        a.value.normalize(),
                        base.value.normalize(),
                        short(change.round_dp(2))
                    );
                    self.keep(text, &[a, b], 0.8, digits);
                }
            }
        }
        if self.asked.rest && self.fits(percent(Decimal::ONE - part)) {
            self.keep(
                format!("100% − {}% = {}%", short(percent(part)), short(percent(Decimal::ONE - part))),
                &[a, b],
                0.6,
                digits,
            );
        }
    }

    /// A sum over a count, a share of a sum, a price times a count.
    fn product(&mut self, a: Term<'f>, b: Term<'f>, digits: f32) {
        if self.fits(a.value) {
            return;
        }
        let text = |sign: &str, value: Decimal| {
            format!("{} {sign} {} = {}", a.value.normalize(), b.value.normalize(), short(value))
        };
        match b.measure {
            Measure::Count if self.asked.each && b.value >= Decimal::TWO => {
                if let Some(each) = a.value.checked_div(b.value).filter(|v| self.fits(*v)) {
                    self.keep(text("/", each), &[a, b], 1.0, digits);
                }
            }
            Measure::Percent | Measure::Fraction => {
                let part = if b.measure == Measure::Percent { b.value / Decimal::ONE_HUNDRED } else { b.value };
                let rest = a.value.checked_mul(Decimal::ONE - part);
                if let Some(value) = a.value.checked_mul(part).filter(|v| self.fits(*v)) {
                    self.keep(
                        format!("{} × {} = {}", self.written(b), a.value.normalize(), short(value)),
                        &[b, a],
                        0.8,
                        digits,
                    );
                } else if let Some(value) = rest.filter(|v| self.asked.rest && self.fits(*v)) {
                    self.keep(
                        format!("(1 − {}) × {} = {}", self.written(b), a.value.normalize(), short(value)),
                        &[b, a],
                        0.7,
                        digits,
                    );
                }
            }
            _ => {}
        }
        if matches!(a.measure, Measure::Money(_))
            && b.measure == Measure::Count
            && let Some(value) = a.value.checked_mul(b.value).filter(|v| self.fits(*v))
        {
            self.keep(text("×", value), &[a, b], 0.6, digits);
        }
    }

    fn written(&self, term: Term) -> String {
        term.figure.span.of(&self.statement.document.text).to_owned()
    }

    fn claimed_text(&self) -> String {
        let figure = self.claimed.figure;
        format!("{} {}", figure.value.unwrap_or_default().normalize(), figure.unit_name.as_deref().unwrap_or_default())
            .trim_end()
            .to_owned()
    }
}

/// What the values of terms are divided by to be shown as they are written: 1000 of two lengths in kilometres.
fn factor(terms: &[Term]) -> Decimal {
    let alike = terms.windows(2).all(|two| two[0].figure.unit == two[1].figure.unit);
    let first = terms.first().and_then(|t| t.value.checked_div(t.figure.value?));
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

/// The share of the coverage's words that stand beside the terms in the statement, close ones counting more.
fn overlap(case: Case, statement: &Statement, terms: &[Term]) -> f32 {
    let ours = case.claimed.facts;
    let frame = &ours.frames[case.claimed.index];
    let (mut all, mut has) = (0.0, 0.0);
    for near in frame.near.iter().filter(|n| n.close >= 0.05) {
        let word = &ours.words[near.word as usize];
        if tables::is_change(word.key) {
            continue;
        }
        let mut most = 0.0f32;
        for term in terms {
            let there = &statement.facts.frames[term.index];
            for other in &there.near {
                let weight = if other.close > 0.1 { 1.0 } else { 0.6 };
                most = most.max(alike(word, &statement.facts.words[other.word as usize]) * weight);
            }
            for other in &there.before {
                most = most.max(alike(word, &statement.facts.words[*other as usize]) * 0.7);
            }
        }
        all += near.close;
        has += near.close * most;
    }
    if all > 0.0 { has / all } else { 0.0 }
}

/// A share that the coverage gives beside its part and its whole, both of which are supported: `9,000 of the 13,500 jobs, or
/// two-thirds`. `checks` are those of all figures, in their order.
pub(super) fn of_supported(checks: &[Check], extraction: &Extraction, facts: &Facts, index: usize) -> Option<Derived> {
    use FigureKind::{Money, Number, Percent, Quantity};
    const MOST: usize = 8;
    let figures = &extraction.figures;
    let ours = &figures[index];
    if checks[index].verdict != Verdict::NotEnoughEvidence
        || !(is_fraction(ours) || ours.kind == Percent)
        || ours.change.is_some()
    {
        return None;
    }
    let sentence = facts.figures[index].sentence;
    let from = facts.figures.partition_point(|p| p.sentence < sentence);
    let stated = |i: &usize| {
        let counts = matches!(figures[*i].kind, Number | Money | Quantity) && !is_fraction(&figures[*i]);
        counts
            && figures[*i].high.is_none()
            && checks[*i].verdict == Verdict::Supported
            && !checks[*i].evidence.is_empty()
    };
    let own: Vec<usize> = (from..index).filter(stated).take(MOST).collect();
    // The whole may leave out what the part is counted in: `seven kilometres out of 19`.
    let alike = |a: &Figure, b: &Figure| match (a.kind == b.kind, b.kind) {
        (true, Number) => a.noun_lemma == b.noun_lemma || b.noun.is_none(),
        (true, _) => a.unit == b.unit,
        (false, _) => b.kind == Number && b.noun.is_none(),
    };
    own.iter().zip(own.iter().skip(1)).find_map(|(a, b)| {
        let (part, whole) = (&figures[*a], &figures[*b]);
        let found = share(ours, part.value?, whole.value?).filter(|s| alike(part, whole) && gives(ours, s.value))?;
        let evidence = [*a, *b].iter().flat_map(|i| checks[*i].evidence.first().cloned()).collect();
        Some(Derived { computation: found.text, evidence, weight: ENOUGH })
    })
}

/// Whether a computed value is what the coverage says, as far as it says it.
fn gives(ours: &Figure, value: Decimal) -> bool {
    let computed = Figure {
        value: Some(value),
        unit: ours.unit.clone(),
        ..Figure::new(ours.kind, Span::default(), Span::default())
    };
    compare(ours, &computed, Decimal::ONE).is_some_and(|c| c.agrees)
}

/// How many times something is meant: 2 of `twice`, 3 of `three times`.
pub(super) fn multiple(figure: &Figure) -> Option<Decimal> {
    let value = figure.value.filter(|v| figure.high.is_none() && *v > Decimal::ONE)?;
    let times = figure.kind == FigureKind::Number && figure.noun_lemma.as_deref() == Some("time");
    (figure.kind == FigureKind::Ratio || times).then_some(value)
}

/// Whether a ratio is told by a multiple: `twice` of 1.95 to 2.05, `almost twice` of a tenth around, `more than twice` of what
/// lies above it, and nearer than the next.
pub(super) fn as_multiple(ours: &Figure, times: Decimal, ratio: Decimal) -> bool {
    let off = ratio - times;
    let part = |percent: i64| times * Decimal::new(percent, 2);
    match ours.op {
        Op::Equal => off.abs() <= part(3),
        Op::About | Op::Range => off.abs() <= part(10),
        Op::More | Op::AtLeast => off >= Decimal::ZERO && off < part(25).max(Decimal::ONE),
        Op::Less | Op::AtMost => off <= Decimal::ZERO && off.abs() <= part(15),
    }
}

/// The year that a figure names, if it is a date.
fn year(figure: &Figure) -> Option<i64> {
    if figure.kind != FigureKind::Date {
        return None;
    }
    figure.iso.as_deref()?.get(..4)?.parse().ok().filter(|y| (1000..2200).contains(y))
}

/// Years between a date of the statement and its own year, or the coverage's: `after 30 years`.
fn years(case: Case, statement: &Statement) -> Option<Derived> {
    const SHORTEST: i64 = 4;
    let ours = case.claimed.length();
    let dates: Vec<&Figure> = statement.extraction.figures.iter().filter(|f| year(f).is_some()).collect();
    let now = statement
        .document
        .day()
        .or_else(|| case.document.day())
        .map(|d| i64::from(d.year()))
        .or_else(|| year(dates.first()?))?;
    if let Some(claimed) = year(ours) {
        // The other way round: `1978` of `37 years ago`.
        let told = |i: usize| marks::beside(&statement.facts, statement.facts.figures[i], Mark::Since, 2, 2);
        let figures = statement.extraction.figures.iter().enumerate();
        let (_, span) = figures.into_iter().find(|(i, f)| {
            f.kind == FigureKind::Duration
                && told(*i)
                && f.unit.as_deref() == Some("a")
                && f.value == Some(Decimal::from(now - claimed))
                && now - claimed >= SHORTEST
        })?;
        return Some(Derived {
            computation: format!("{now} − {} = {claimed}", now - claimed),
            evidence: vec![statement_item(statement, span, SCORE)],
            weight: ENOUGH,
        });
    }
    let is_years = match ours.kind {
        FigureKind::Duration | FigureKind::Age => ours.unit.as_deref().is_none_or(|u| u == "a"),
        FigureKind::Number => ours.noun_lemma.as_deref() == Some("year"),
        _ => false,
    };
    let value =
        ours.value.filter(|v| is_years && is_between(case) && v.is_integer() && *v >= Decimal::from(SHORTEST))?;
    let gap = |f: &&Figure| year(f).is_some_and(|y| now - y >= SHORTEST && (gives(ours, Decimal::from(now - y))));
    let then =
        dates.into_iter().filter(gap).min_by_key(|f| (Decimal::from(now - year(f).unwrap_or(0)) - value).abs())?;
    let first = year(then)?;
    Some(Derived {
        computation: match Decimal::from(now - first) == value {
            true => format!("{now} − {first} = {value}"),
            false => format!("{now} − {first} = {} for {value}", now - first),
        },
        evidence: vec![statement_item(statement, then, SCORE)],
        weight: ENOUGH,
    })
}

/// Whether a length of time is told as one between two dates: `after 30 years`, `30 years ago`, not `30 years in prison`.
fn is_between(case: Case) -> bool {
    marks::beside(case.claimed.facts, case.claimed.place(), Mark::Since, 2, 2)
}

/// A part over its whole, as the coverage gives shares: in a hundred, or of one.
fn share(ours: &Figure, part: Decimal, whole: Decimal) -> Option<Sum> {
    if part >= whole || whole < Decimal::from(5) || part.is_sign_negative() {
        return None;
    }
    let quotient = part.checked_div(whole)?;
    match ours.kind {
        FigureKind::Percent => {
            let percent = quotient.checked_mul(Decimal::ONE_HUNDRED)?;
            let text = format!("{} / {} = {}%", part.normalize(), whole.normalize(), short(percent.round_dp(2)));
            Some(Sum { text, value: percent })
        }
        _ if is_fraction(ours) => Some(Sum {
            text: format!("{} / {} = {}", part.normalize(), whole.normalize(), short(quotient)),
            value: quotient,
        }),
        _ => None,
    }
}

/// What two values give.
struct Sum {
    text: String,
    value: Decimal,
}
