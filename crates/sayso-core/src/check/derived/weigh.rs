//! How much speaks for a derivation: whether the statement sets its terms side by side or has one as a part of the other, whether
//! the words beside the figure ask for it, whether the coverage tells a term beside it, how many of its words stand beside the
//! terms, and how unlikely the value is by chance. A logistic model (`Settings::derived`, fitted by `training/derived.py`).

use super::asked::Asked;
use super::older::is_beyond_else;
use super::search::{Operation, Outcome};
use super::terms::Term;
use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::facts::{FactWord, Facts};
use crate::check::features::DERIVED;
use crate::check::frame::Move;
use crate::check::framed::Framed;
use crate::check::similar::alike;
use crate::check::statements::Statement;
use crate::check::story::is_foreign;
use crate::extract::clause::Tense;
use crate::language::lists::List;
use crate::words::{is_in, key};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// A statement as the terms of one derivation stand in it.
pub(super) struct Weighed<'w, 'a> {
    pub case: Case<'w, 'a>,
    pub statement: &'w Statement,
    pub terms: &'w [Term<'w>],
    pub asked: Asked,
    /// The figures of the statement that the coverage tells near its own.
    pub told: &'w [usize],
    /// How many other derivations give the value.
    pub others: usize,
    /// How far each word beside the coverage's figure stands beside a figure of the statement: many sums have one of them.
    pub found: RefCell<FxHashMap<usize, Rc<[f32]>>>,
}

/// The figures of a statement that the coverage has within a sentence of a figure.
pub(super) fn told_near(case: Case, number: usize) -> Vec<usize> {
    const REACH: usize = 4;
    let (index, facts) = (case.claimed.index, case.claimed.facts);
    let here = facts.figures[index].sentence;
    let near = (index.saturating_sub(REACH)..(index + REACH + 1).min(case.all.len()))
        .filter(|i| *i != index && facts.figures[*i].sentence.abs_diff(here) <= 1);
    let agrees = near.flat_map(|i| case.all[i].iter().filter(|p| p.number == number && p.comparison.agrees));
    agrees.filter(|p| digits(p.theirs()) > 1 || p.theirs().unit.is_some()).map(|p| p.figure).collect()
}

impl Weighed<'_, '_> {
    /// What speaks for and against an outcome, in the order of [`DERIVED_NAMES`](crate::check::features::DERIVED_NAMES).
    pub(super) fn features(&self, outcome: &Outcome) -> [f32; DERIVED] {
        use Operation::*;
        let terms = &outcome.terms;
        let two = match terms[..] {
            [a, b] => Some((a, b)),
            _ => None,
        };
        let told = |yes: bool| f32::from(yes);
        let is = |operation| told(outcome.operation == operation);
        let compares = matches!(outcome.operation, Difference | Change | Multiple);
        let parts = matches!(outcome.operation, Difference | Share | Complement | RestOfThree);
        let beside = two.filter(|_| compares).map_or(0.0, |(a, b)| told(self.are_compared(a, b)));
        let part = two.filter(|_| parts).map_or(0.0, |(a, b)| told(self.is_part(a, b)));
        let asked = match outcome.operation {
            Difference | RestOfThree => self.asked.difference.max(self.asked.rest),
            Change => self.asked.difference,
            Sum | SumOfThree => self.asked.sum.max(self.asked.difference * 0.5),
            Quotient => self.asked.each,
            Complement => self.asked.rest,
            Share | Multiple | Converted | Calendar | Base => 1.0,
            PartOf | Product => self.asked.sum,
        };
        let own = told(self.asked.own && matches!(outcome.operation, Difference | Change));
        let counted = terms.len() > 1 && !matches!(outcome.operation, Share | Multiple | Quotient);
        let small = told(counted && digits(self.case.ours()) < 2 && self.case.ours().unit.is_none());
        let words = self.overlap(terms);
        let least = terms.iter().map(|t| self.overlap(std::slice::from_ref(t))).fold(1.0, f32::min);
        let known = terms.iter().filter(|t| self.told.contains(&t.index)).count() as f32 / terms.len().max(1) as f32;
        [
            1.0,
            self.linked(terms),
            beside,
            part,
            asked,
            words,
            least,
            (digits(self.case.ours()).min(4) as f32 - 1.0) / 3.0,
            told(outcome.exact),
            (self.others as f32 + 1.0).ln() / 3.0,
            beside * self.way(terms),
            known,
            self.noun(terms),
            is(Sum).max(is(SumOfThree)),
            is(RestOfThree),
            is(Share),
            is(Complement),
            is(Change),
            is(Multiple),
            is(Quotient),
            is(PartOf),
            is(Product),
            is(Converted),
            is(Calendar),
            is(Base),
            own,
            small,
            self.stands(outcome.claimed),
            own * beside.max(told(terms.len() == 2) * self.linked(terms) * 0.5),
            told(is_foreign(self.case.claimed, self.statement)),
            two.map_or(0.0, |(a, b)| self.step(outcome.operation, a, b)),
        ]
    }

    /// Whether the value stands in the statement as it is.
    fn stands(&self, claimed: Term) -> f32 {
        let same = |t: &Term| t.measure == claimed.measure && t.value == claimed.value;
        f32::from(self.terms.iter().any(same))
    }

    fn facts(&self) -> &Facts {
        &self.statement.facts
    }

    /// How closely the terms belong together: 1 in one sentence.
    fn linked(&self, terms: &[Term]) -> f32 {
        let facts = self.facts();
        let sentence = |t: &Term| facts.figures[t.index].sentence;
        let paragraph = |t: &Term| facts.paragraphs.get(sentence(t) as usize).copied();
        let [a, .., b] = terms else { return 1.0 };
        match sentence(a).abs_diff(sentence(b)) {
            0 => 1.0,
            _ if paragraph(a) != paragraph(b) => 0.15,
            1 => 0.7,
            _ => 0.4,
        }
    }

    /// Whether the statement sets two values side by side: today's and an older one, what is and what was planned.
    fn are_compared(&self, a: Term, b: Term) -> bool {
        const SAID: f32 = 0.45;
        const REACH: usize = 3;
        let facts = self.facts();
        let aside = |t: Term| {
            let frame = &facts.frames[t.index];
            frame.earlier.close >= SAID || frame.denied.close >= 0.9
        };
        let near = facts.figures[a.index].sentence.abs_diff(facts.figures[b.index].sentence) <= 1;
        near && a.index.abs_diff(b.index) <= REACH && (a.index == b.index || aside(a) != aside(b))
    }

    /// Whether one term is how much the other moved, and the sum leads back to what it was (1): `128,000 people, 9,000 fewer than a month
    /// before` were 137,000. Or leads on (-1), as if they were 119,000.
    fn step(&self, operation: Operation, a: Term, b: Term) -> f32 {
        const REACH: usize = 2;
        let facts = self.facts();
        let frame = |t: Term| &facts.frames[t.index];
        let (level, step) = if frame(b).is_change() { (a, b) } else { (b, a) };
        let near =
            facts.figures[a.index].sentence == facts.figures[b.index].sentence && a.index.abs_diff(b.index) <= REACH;
        let (up, down) = (frame(step).moves(Move::Up), frame(step).moves(Move::Down));
        let way = match operation {
            Operation::Sum if up != down => down - up,
            Operation::Difference if up != down && level.value > step.value => up - down,
            _ => 0.0,
        };
        let told = near && frame(step).is_change() && !frame(level).is_change();
        if told && way != 0.0 { way.signum() } else { 0.0 }
    }

    /// Whether an outcome is what a level was before the move that the statement tells beside it.
    pub(super) fn leads_back(&self, outcome: &Outcome) -> bool {
        let of = |t: &Term| Framed::of(self.statement, t.index);
        let beyond = outcome.terms.iter().map(of).any(|t| t.frame().is_change() && is_beyond_else(t));
        !beyond && matches!(outcome.terms[..], [a, b] if self.step(outcome.operation, a, b) > 0.0)
    }

    /// Whether one figure is a part of the other: `612 birds, 247 of them alive`; `nine of the 22 recommendations`; `Of these,
    /// 139 …` behind the whole.
    fn is_part(&self, a: Term, b: Term) -> bool {
        let (whole, part) = if a.value >= b.value { (a, b) } else { (b, a) };
        let facts = self.facts();
        let (here, there) = (facts.figures[part.index], facts.figures[whole.index]);
        let word = |at: u32, sentence: u32| {
            facts.words.get(at as usize).filter(|w| w.sentence == sentence).map_or(0, |w| w.key)
        };
        let of = |at: u32| word(at, here.sentence) == key("of");
        let pronoun = |at: u32| is_in(word(at, here.sentence), List::WholePronouns);
        let back = |n: u32| here.from.checked_sub(n);
        // `247 of them`, `of which 247`, `including 247`
        let behind = (here.to..here.to + 2).any(|at| of(at) && pronoun(at + 1));
        let before = (1..=4).any(|n| back(n + 1).is_some_and(|at| of(at) && pronoun(at + 1)));
        let including = (1..=3).any(|n| back(n).is_some_and(|at| is_in(word(at, here.sentence), List::BeforePart)));
        let told = behind || before || including;
        if here.sentence == there.sentence {
            let opens = (there.from.saturating_sub(3)..there.from).any(of) && there.from < here.from;
            let follows = here.to < there.from && there.from - here.to <= 3 && of(here.to);
            return told && there.from < here.from || opens || follows;
        }
        let follows = here.sentence > there.sentence && here.sentence - there.sentence <= 1;
        follows && told
    }

    /// Whether it moved the way that the coverage says (1) or the other way (-1).
    fn way(&self, terms: &[Term]) -> f32 {
        let facts = self.facts();
        let [a, b] = terms else { return 0.0 };
        let older = |t: &Term| facts.frames[t.index].earlier.close;
        let (new, old) = if older(a) > older(b) { (b, a) } else { (a, b) };
        if older(a) == older(b) {
            return 0.0;
        }
        self.asked.way * if new.value > old.value { 1.0 } else { -1.0 }
    }

    /// Whether one sentence of the statement sets the terms side by side.
    pub(super) fn is_compared(&self, outcome: &Outcome) -> bool {
        let sentence = |t: Term| self.facts().figures[t.index].sentence;
        matches!(outcome.terms[..], [a, b] if self.are_compared(a, b) && sentence(a) == sentence(b))
    }

    /// Whether two values that the statement sets side by side, an older and a newer one, moved the other way than the coverage
    /// says of the difference: `rose by 25` of *96, against 121 a year before*.
    pub(super) fn is_turned(&self, outcome: &Outcome) -> bool {
        const OLDER: f32 = 0.45;
        const NOW: f32 = 0.25;
        let [a, b] = outcome.terms[..] else { return false };
        let frame = |t: Term| &self.facts().frames[t.index];
        let is_older = |one: Term, other: Term| {
            let (one, other) = (frame(one), frame(other));
            one.earlier.close >= OLDER && other.earlier.close < NOW
                || one.earlier.close < NOW && one.tense == Tense::Past && other.tense == Tense::Future
        };
        let moved = match (is_older(a, b), is_older(b, a)) {
            (true, false) => b.value - a.value,
            (false, true) => a.value - b.value,
            _ => return false,
        };
        let compares = matches!(outcome.operation, Operation::Difference | Operation::Change);
        let way = if moved.is_sign_negative() { -1.0 } else { 1.0 };
        compares && self.asked.own && self.are_compared(a, b) && self.asked.way * way < 0.0
    }

    /// Whether what the coverage counts is what the terms count, from -1 to 1.
    fn noun(&self, terms: &[Term]) -> f32 {
        let ours = self.case.claimed;
        let Some(noun) = ours.frame().noun else { return 0.0 };
        let facts = self.facts();
        let nouns = terms.iter().filter_map(|t| facts.frames[t.index].noun);
        let alike = nouns.map(|w| (alike(ours.word(noun), &facts.words[w as usize]) * 2.0 - 0.6).clamp(-1.0, 1.0));
        alike.fold(None, |most: Option<f32>, a| Some(most.map_or(a, |m| m.max(a)))).unwrap_or(0.0)
    }

    /// The share of the coverage's words that stand beside the terms in the statement, close ones counting more.
    fn overlap(&self, terms: &[Term]) -> f32 {
        let found: Vec<Rc<[f32]>> = terms.iter().map(|term| self.all_beside(term)).collect();
        let (mut all, mut has) = (0.0, 0.0);
        for (at, (close, _)) in self.told_words().enumerate() {
            let most = found.iter().map(|beside| beside[at]).fold(0.0, f32::max);
            all += close;
            has += close * most;
        }
        if all > 0.0 { has / all } else { 0.0 }
    }

    /// The words beside the coverage's figure that tell what it is of, with how close they stand.
    fn told_words(&self) -> impl Iterator<Item = (f32, &FactWord)> {
        let ours = self.case.claimed;
        let near = ours.frame().near.iter().filter(|n| n.close >= 0.05);
        near.map(move |n| (n.close, ours.word(n.word))).filter(|(_, word)| !word.change)
    }

    /// How far each of them stands beside a term.
    fn all_beside(&self, term: &Term) -> Rc<[f32]> {
        let found = || self.told_words().map(|(_, word)| self.beside(word, term)).collect();
        self.found.borrow_mut().entry(term.index).or_insert_with(found).clone()
    }

    /// How far a word of the coverage stands beside a term.
    fn beside(&self, word: &FactWord, term: &Term) -> f32 {
        let facts = self.facts();
        let there = &facts.frames[term.index];
        let own = there.near.iter().map(|n| {
            let weight = if n.close > 0.1 { 1.0 } else { 0.6 };
            alike(word, &facts.words[n.word as usize]) * weight
        });
        let before = there.before.iter().map(|w| alike(word, &facts.words[*w as usize]) * 0.7);
        own.chain(before).fold(0.0, f32::max)
    }
}
