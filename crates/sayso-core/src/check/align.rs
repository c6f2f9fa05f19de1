//! How far what the coverage says of a figure is what a statement says of one of its own: the telling words of the two clauses,
//! each with its likest on the other side. Values play no part.
//!
//! A word counts for a figure by how close it stands to it, and less where it stands closer to another figure. A word of the
//! coverage that the statement has beside *another* figure speaks for that one: `share` measures a figure of the statement by the
//! best that its words can reach anywhere in the statement.

use super::contexts::{Beside, Contexts};
use super::facts::{FactWord, Facts};
use super::similar::alike;
use std::collections::HashMap;

/// How close two figures are in what is said of them. All from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alignment {
    /// How much of what the coverage says beside its figure stands beside the statement's.
    pub cover: f32,
    /// The same, measured by what any figures of the statement reach.
    pub share: f32,
    /// How much the weightiest word loses that stands beside another figure of the statement.
    pub lost: f32,
    /// How much of what the statement says beside its figure stands beside the coverage's.
    pub back: f32,
    /// How clearly a word beside the coverage's figure is said of another figure of the statement close by, and not of this one.
    pub swapped: f32,
}

/// How many words beside a figure are compared.
const MOST: usize = 24;

impl Contexts {
    /// Linear in the words beside the figures.
    pub(super) fn of(facts: &Facts) -> Contexts {
        let mut seen: HashMap<u64, u32> = HashMap::new();
        let mut stems = Vec::new();
        let mut place = |word: u32| {
            *seen.entry(facts.words[word as usize].base).or_insert_with(|| {
                stems.push(word);
                stems.len() as u32 - 1
            })
        };
        let word = |word: u32| &facts.words[word as usize];
        let of = facts.frames.iter().map(|frame| {
            let mut own: Vec<Beside> = frame
                .near
                .iter()
                .map(|n| Beside { stem: place(n.word), ..Beside::of(word(n.word), false, n.close, n.share) })
                .collect();
            own.sort_by(|a, b| (b.close * b.share).total_cmp(&(a.close * a.share)));
            own.truncate(MOST);
            let room = MOST - own.len();
            let before = frame.before.iter().rev().take(room);
            own.extend(before.map(|w| Beside { stem: place(*w), ..Beside::of(word(*w), true, 0.0, 1.0) }));
            own
        });
        let of = of.collect();
        Contexts { stems, of }
    }
}

impl Beside {
    /// A word that stands beside a figure of its own sentence, or in the sentence before.
    fn of(word: &FactWord, before: bool, close: f32, share: f32) -> Beside {
        let own = if before { BEFORE_WEIGHT } else { (close + 0.05) * share };
        let weight = own
            * match () {
                () if word.light => 0.3,
                () if word.change => 0.5,
                () if word.name => 1.3,
                () => 1.0,
            };
        let presence = if before { BEFORE } else { (close + 0.35).min(1.0) * share };
        Beside { stem: 0, close, share, before, presence, weight, light: word.is_light() }
    }
}

/// What a word of the sentence before says of a figure.
const BEFORE: f32 = 0.4;
const BEFORE_WEIGHT: f32 = 0.02;

/// The likeness of every word beside a figure of a document to every word beside a figure of a statement.
pub(super) struct Grid<'a> {
    ours: &'a Facts,
    theirs: &'a Facts,
    cells: Vec<f32>,
    width: usize,
    /// For each of our stems the most that it finds beside any figure of the statement.
    best: Vec<f32>,
}

/// More cells than this are not worked out: of texts so long only words of one stem are taken to be alike.
const CELLS: usize = 1 << 20;

impl<'a> Grid<'a> {
    pub(super) fn new(ours: &'a Facts, theirs: &'a Facts) -> Grid<'a> {
        let (height, width) = (ours.contexts.stems.len(), theirs.contexts.stems.len());
        let cells = if height.saturating_mul(width) <= CELLS { cells(ours, theirs) } else { Vec::new() };
        let mut most = vec![0.0f32; width];
        for beside in theirs.contexts.of.iter().flatten() {
            let most = &mut most[beside.stem as usize];
            *most = most.max(beside.presence);
        }
        let mut grid = Grid { ours, theirs, cells, width, best: Vec::new() };
        if !grid.cells.is_empty() {
            let best = |row: &[f32]| row.iter().zip(&most).map(|(like, most)| like * most).fold(0.0, f32::max);
            grid.best = grid.cells.chunks(width.max(1)).map(best).collect();
        } else {
            let by_stem: HashMap<u64, f32> =
                theirs.contexts.stems.iter().zip(&most).map(|(w, m)| (theirs.words[*w as usize].base, *m)).collect();
            let of = |w: &u32| by_stem.get(&ours.words[*w as usize].base).copied().unwrap_or(0.0);
            grid.best = ours.contexts.stems.iter().map(of).collect();
        }
        grid
    }

    fn like(&self, ours: u32, theirs: u32) -> f32 {
        match self.cells.get(ours as usize * self.width + theirs as usize) {
            Some(like) => *like,
            None => {
                let word = |facts: &Facts, stem: u32| facts.words[facts.contexts.stems[stem as usize] as usize].base;
                f32::from(word(self.ours, ours) == word(self.theirs, theirs))
            }
        }
    }

    /// Compares a figure of the document with one of the statement, beside which others stand.
    pub(super) fn align(&self, figure: usize, other: usize, beside: &[usize]) -> Alignment {
        let (here, there) = (&self.ours.contexts.of[figure], &self.theirs.contexts.of[other]);
        let (mut all, mut has, mut ideal, mut lost) = (0.0, 0.0, 0.0, 0.0f32);
        let mut found_back = [0.0f32; MOST];
        for word in here {
            let weight = word.weight;
            let mut found = 0.0f32;
            for (other, back) in there.iter().zip(&mut found_back) {
                let like = self.like(word.stem, other.stem);
                found = found.max(like * other.presence);
                *back = back.max(like * word.presence);
            }
            let best = self.best[word.stem as usize].max(found);
            all += weight;
            has += weight * found;
            ideal += weight * best;
            if best > 0.45 {
                lost = lost.max(weight * (best - found));
            }
        }
        let (mut back_all, mut back_has) = (0.0, 0.0);
        for (word, found) in there.iter().zip(found_back).filter(|(word, _)| !word.before) {
            back_all += word.weight;
            back_has += word.weight * found;
        }
        let part = |has: f32, all: f32| if all > 0.0 { has / all } else { 0.0 };
        let swapped = self.swap(figure, other, beside);
        Alignment {
            swapped,
            cover: part(has, all),
            share: part(has, ideal),
            lost: part(lost, all),
            back: part(back_has, back_all),
        }
    }
}

impl Grid<'_> {
    /// How clearly a word of the coverage is said of another figure close by.
    fn swap(&self, figure: usize, other: usize, beside: &[usize]) -> f32 {
        const SHARE: f32 = 0.8;
        const CLOSE: f32 = 0.06;
        let own = |w: &&Beside| !w.before && w.share >= SHARE && w.close >= CLOSE;
        let (here, there) = (&self.ours.contexts.of[figure], &self.theirs.contexts.of[other]);
        let others = beside.iter().flat_map(|i| self.theirs.contexts.of[*i].iter().filter(own));
        let labels: Vec<(u32, f32)> = others.map(|o| (o.stem, (o.close + 0.4).min(1.0))).collect();
        if labels.is_empty() {
            return 0.0;
        }
        let mut swapped = 0.0f32;
        for word in here.iter().filter(|w| !w.before && w.share >= SHARE && !w.light) {
            let weight = (word.close * 1.5 + 0.3).min(1.0) * word.share;
            let rival = labels.iter().map(|(stem, close)| self.like(word.stem, *stem) * close).fold(0.0, f32::max);
            // What it has of its own only takes away from that.
            if weight * rival <= swapped {
                continue;
            }
            let has = there.iter().map(|o| self.like(word.stem, o.stem) * (o.share * 1.2).min(1.0)).fold(0.0, f32::max);
            swapped = swapped.max(weight * (rival - has));
        }
        swapped
    }
}

fn cells(ours: &Facts, theirs: &Facts) -> Vec<f32> {
    let words =
        |facts: &Facts| -> Vec<FactWord> { facts.contexts.stems.iter().map(|w| facts.words[*w as usize]).collect() };
    let (rows, columns) = (words(ours), words(theirs));
    rows.iter().flat_map(|a| columns.iter().map(move |b| alike(a, b))).collect()
}
