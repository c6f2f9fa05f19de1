//! What the words beside a figure of the coverage ask for: a difference (`14 fewer`, `18 points short of`), a rest (`the other 90`),
//! a quotient (`each`), a sum (`in all`).

use crate::check::case::Case;
use crate::check::frame::{Length, Move, tables};
use crate::check::marks::{self, Mark};
use crate::language::lists::List;
use crate::words::is_in;

/// What is asked for; how loudly, from 0 to 1: by a word right beside the figure, or one further off.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    pub difference: f32,
    pub rest: f32,
    pub each: f32,
    pub sum: f32,
    /// Whether the figure is told as how much something moved, or lies from another: `14 fewer`, `by 14`, `14 short of`.
    pub own: bool,
    /// Whether a word right beside it says that it is what is left of a whole, or the sum of several: `the rest, 139,`, `48 together`.
    pub left: bool,
    pub together: bool,
    /// Up (1) or down (-1); 0 where it is not told.
    pub way: f32,
    /// For how long it is told: `a day`, `per month`.
    pub rate: Option<Length>,
    /// Whether it is told as an older value: `from 42`, `a year earlier 42`.
    pub older: bool,
}

impl Asked {
    /// Whether any word near by may ask for a difference, a rest or a sum.
    pub(super) fn for_sum(&self) -> bool {
        self.own || self.left || self.together || self.difference > 0.0 || self.rest > 0.0
    }

    /// Reads the words near a figure.
    pub(super) fn of(case: Case) -> Asked {
        const CLOSE: u32 = 3;
        const REACH: u32 = 7;
        const BESIDE: u32 = 4;
        const CLAUSE: u32 = 5;
        const OLDER: f32 = 0.45;
        let (facts, place) = (case.claimed.facts, case.claimed.place());
        let frame = &facts.frames[case.claimed.index];
        let (from, to) = facts.sentences.get(place.sentence as usize).copied().unwrap_or_default();
        let range = place.from.saturating_sub(REACH).max(from)..(place.to + REACH).min(to);
        let mut asked = Asked::default();
        for at in range.filter(|i| *i < place.from || *i >= place.to) {
            let away = if at < place.from { place.from - at } else { at - place.to + 1 };
            let loud: f32 = if away <= CLOSE { 1.0 } else { 0.5 };
            let word = facts.words[at as usize].key;
            let told = |mark| marks::is(word, mark);
            asked.left |= away <= BESIDE && is_in(word, List::WhatIsLeft);
            asked.together |= away <= CLAUSE && is_in(word, List::PutTogether);
            if tables::moved(word).is_some() || told(Mark::Beyond) {
                asked.difference = loud.max(asked.difference);
            }
            if told(Mark::Rest) {
                asked.rest = loud.max(asked.rest);
            }
            if told(Mark::Each) {
                asked.each = loud.max(asked.each);
            }
            if told(Mark::Sum) {
                asked.sum = loud.max(asked.sum);
            }
        }
        if frame.denied.close > 0.1 {
            asked.rest = asked.rest.max(0.5);
        }
        let beyond = (place.to..(place.to + 2).min(to)).any(|at| marks::is(facts.words[at as usize].key, Mark::Beyond));
        asked.own = frame.is_change() || beyond;
        asked.rate = frame.rate.map(|rate| rate.length);
        asked.older = frame.earlier.close >= OLDER;
        let (up, down) = (frame.moves(Move::Up), frame.moves(Move::Down));
        asked.way = if up > down {
            1.0
        } else if down > up {
            -1.0
        } else {
            0.0
        };
        asked
    }
}
