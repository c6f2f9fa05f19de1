//! What parts two figures, measured from 0 to 1 where `slots` only says *different*: how close stands what denies one of them, or
//! says that it is not so yet; whether their names, times, bounds and moves are apart.

use super::facts::{FactWord, Facts};
use super::frame::{Fact, Frame, Move, Near, tables};
use super::framed::{Framed, is_open};
use super::times::{Times, times};
use crate::extract::Op;
use crate::extract::clause::Tense;

/// Each from 0 to 1. What is told on both sides parts nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Apart {
    /// The statement denies the figure, or something in its sentence.
    pub denied: f32,
    pub denying: f32,
    /// The statement's is not (yet) so; the coverage's is not.
    pub open: f32,
    pub open_ours: f32,
    /// Two stages of one family of facts.
    pub stage: f32,
    /// The statement's is to come, the coverage's is done; and the other way round.
    pub done: f32,
    pub to_come: f32,
    /// Opposite moves.
    pub turned: f32,
    /// Words that exclude one another by the table.
    pub excluded: f32,
    /// The statement's is bounded, or the coverage's.
    pub bounded: f32,
    pub bounded_ours: f32,
    /// Two names.
    pub names: f32,
    /// Two times.
    pub time: f32,
}

/// Measures two figures.
pub(super) fn apart(ours: Framed, theirs: Framed) -> Apart {
    let (here, there) = (ours.frame(), theirs.frame());
    let (a, b) = (ours.figure(), theirs.figure());
    let told = |yes: bool| f32::from(yes);
    let since = matches!((here.since, there.since), (Some(a), Some(b)) if a.length != b.length);
    let measured_alike = matches!((here.since, there.since), (Some(a), Some(b)) if a.length == b.length);
    let time = match times(ours, theirs) {
        Some(Times::Apart) => 0.8,
        Some(Times::Part | Times::Stale) => 0.6,
        Some(Times::Same) | None => 0.0,
    };
    Apart {
        denied: (there.denied.close - here.denied.close).max(0.0),
        denying: told(there.denying && !here.denying),
        open: (open(there) - open(here).max(open_before(here))).max(0.0),
        // `At most 40` bounds the number: it allows nothing.
        open_ours: if ceiling(a.op) { 0.0 } else { (open(here) - open(there)).max(0.0) },
        stage: stages(here, there),
        done: told(here.tense == Tense::Past && there.tense == Tense::Future),
        to_come: told(here.tense == Tense::Future && there.tense == Tense::Past),
        turned: turned(here, there),
        excluded: excluded(ours, theirs),
        bounded: told(a.op == Op::Equal && (floor(b.op) || ceiling(b.op))),
        bounded_ours: told(b.op == Op::Equal && (floor(a.op) || ceiling(a.op))),
        names: names(ours, theirs),
        time: match (since, measured_alike) {
            (true, _) => 0.9f32.max(time),
            // `On a year ago` dates what it is measured from.
            (_, true) => 0.0,
            _ => time,
        },
    }
}

fn floor(op: Op) -> bool {
    matches!(op, Op::More | Op::AtLeast)
}

fn ceiling(op: Op) -> bool {
    matches!(op, Op::Less | Op::AtMost)
}

/// How close a word stands by which the figure is not (yet) so.
fn open(frame: &Frame) -> f32 {
    frame.facts.iter().filter(|f| is_open(f.stage.name())).map(|f| f.close).fold(0.0, f32::max)
}

/// How surely the sentence before says that a figure is not (yet) so.
fn open_before(frame: &Frame) -> f32 {
    const BEFORE: f32 = 0.4;
    if frame.told_before.iter().any(|(_, stage)| is_open(stage.name())) { BEFORE } else { 0.0 }
}

/// How close two stages of one family stand, neither of which the other side tells.
fn stages(here: &Frame, there: &Frame) -> f32 {
    let tells = |frame: &Frame, fact: &Fact| {
        frame.facts.iter().any(|f| f.family == fact.family && f.stage == fact.stage)
            || frame.told_before.contains(&(fact.family, fact.stage))
    };
    let pairs = here.facts.iter().flat_map(|a| there.facts.iter().map(move |b| (a, b)));
    let apart =
        pairs.filter(|(a, b)| a.family == b.family && a.stage != b.stage && !tells(here, b) && !tells(there, a));
    apart.map(|(a, b)| a.close.min(b.close)).fold(0.0, f32::max)
}

/// How close opposite moves stand.
fn turned(here: &Frame, there: &Frame) -> f32 {
    let turned = Move::ALL.into_iter().map(|way| {
        let other = way.opposite();
        (here.moves(way) - here.moves(other)).max(0.0).min((there.moves(other) - there.moves(way)).max(0.0))
    });
    turned.fold(0.0, f32::max)
}

/// How close words stand that exclude one another by the table.
fn excluded(ours: Framed, theirs: Framed) -> f32 {
    let (here, there) = (&ours.frame().near, &theirs.frame().near);
    let (ours, theirs) = (ours.facts, theirs.facts);
    let base = |facts: &Facts, near: &Near| facts.words[near.word as usize].base;
    let told = |facts: &Facts, near: &Near| near.share >= 0.7 && facts.words[near.word as usize].contrasted;
    let has = |facts: &Facts, list: &[Near], word: u64| list.iter().any(|n| n.share >= 0.7 && base(facts, n) == word);
    let mut most = 0.0f32;
    for a in here.iter().filter(|n| told(ours, n)) {
        for b in there.iter().filter(|n| told(theirs, n)) {
            let (x, y) = (base(ours, a), base(theirs, b));
            if tables::exclude(x, y) && !has(theirs, there, x) && !has(ours, here, y) {
                most = most.max((a.close + 0.2).min(1.0) * (b.close + 0.2).min(1.0));
            }
        }
    }
    most
}

/// The last name before a figure, which no other figure or clause has for its own: what comes between them tells more of it, as in
/// `In the capital, Torvik, it passed 30 degrees on 12 days`.
fn leading_name(of: Framed) -> Option<u32> {
    let from = of.place().from;
    let before = of.frame().near.iter().filter(|n| n.word < from && !n.aside && of.word(n.word).name);
    before.map(|n| n.word).max()
}

/// How close names stand that are apart: each side has one that the other has not, and the statement knows both.
fn names(claimed: Framed, stated: Framed) -> f32 {
    const CLOSE: f32 = 0.06;
    const SHARE: f32 = 0.7;
    let (here, there) = (claimed.frame(), stated.frame());
    let (ours, theirs) = (claimed.facts, stated.facts);
    let is = |a: &FactWord, b: &FactWord| a.base == b.base || a.head != 0 && a.head == b.head;
    let own = |of: Framed| -> Vec<(FactWord, f32)> {
        let led = leading_name(of);
        let near = of.frame().near.iter().filter(|n| n.close >= CLOSE && n.share >= SHARE || Some(n.word) == led);
        near.map(|n| (*of.word(n.word), n.close.max(CLOSE))).filter(|(w, _)| w.name).collect()
    };
    let says = |facts: &Facts, frame: &Frame, name: &FactWord, share: f32| {
        let near = frame.near.iter().filter(|n| n.share >= share).map(|n| n.word);
        near.chain(frame.before.iter().copied().filter(|_| share < 0.5)).any(|w| is(&facts.words[w as usize], name))
    };
    let (a, b) = (own(claimed), own(stated));
    let known = |name: &FactWord| theirs.places.contains_key(&name.stem);
    let lost =
        a.iter().filter(|(x, _)| known(x) && !says(theirs, there, x, SHARE)).map(|(_, c)| *c).fold(0.0, f32::max);
    let left = b.iter().filter(|(y, _)| !says(ours, here, y, 0.0)).map(|(_, c)| *c).fold(0.0, f32::max);
    (lost * left).sqrt().sqrt()
}
