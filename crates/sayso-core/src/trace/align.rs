//! Pairs the words of a quotation with those of a statement: two lists of words go in, one [`Step`] for each quoted
//! word comes out.
//!
//! A dynamic program in the manner of Needleman and Wunsch, over the windows of the statement that share shingles with
//! the quotation. Single words are substituted, put in and left out at a price each. A jump to any other place costs
//! the same however far it goes, which makes long gaps affine and lets a quotation be spliced of distant passages; at
//! an ellipsis it is nearly free. The first and last word may stand anywhere: a quotation is a cut.
//!
//! Each speaker of a transcript is aligned for himself, so no alignment joins the words of two.

use super::pieces::{Mark, Quoted};
use super::spoken::{Spoken, is_gap};
use crate::words::{Word, WordClass, key};
use crate::work;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What became of one quoted word; numbers are positions in the statement's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The same word stands there.
    Equal(u32),
    /// It stands for that word.
    Replace(u32),
    /// The statement has nothing for it.
    Insert,
}

/// Points of each step. An equal word is worth as much as one dropped, added or substituted word costs; so a
/// substitution (one step) is preferred to a word dropped and another added, and a jump pays from three words on.
mod points {
    pub(super) const EQUAL: i32 = 4;
    pub(super) const REPLACE: i32 = -5;
    /// One number for another: likelier the same place than two different ones.
    pub(super) const REPLACE_NUMBER: i32 = -3;
    pub(super) const INSERT: i32 = -4;
    pub(super) const DELETE: i32 = -4;
    /// A sound of hesitation, a transcriber's aside.
    pub(super) const DELETE_FREE: i32 = -1;
    /// Beside or inside an editor's brackets.
    pub(super) const BRACKETED: i32 = -1;
    pub(super) const DELETE_AT_BRACKET: i32 = -2;
    pub(super) const FORWARD: i32 = -20;
    pub(super) const BACKWARD: i32 = -24;
    pub(super) const FORWARD_AT_MARK: i32 = -2;
    pub(super) const FORWARD_AT_WEAK_MARK: i32 = -6;
    pub(super) const BACKWARD_AT_MARK: i32 = -16;
}

/// Quoted words that are aligned at once: what is longer is aligned part by part, so that cost stays linear.
const PART: usize = 256;
/// The most places of a statement that one part is compared with.
const PLACES: usize = 16_384;

/// Where no shingle is shared, all places of a statement are compared if that makes no more pairs of words than this.
const SMALL: usize = 1 << 17;

/// The alignment of a quotation with one lane of a statement.
pub(super) struct Aligned {
    /// The lane: position in [`Spoken::lanes`].
    pub lane: usize,
    /// What became of each quoted word.
    pub steps: Vec<Step>,
    /// The points of all steps.
    pub points: i32,
}

/// The best alignment with each lane that shares a shingle with the quotation, in the order of the lanes. At least one
/// quoted word is expected.
pub(super) fn align(quote: &[Quoted], source: &Spoken) -> Vec<Aligned> {
    let parts: Vec<&[Quoted]> = quote.chunks(PART).collect();
    // A quotation of many parts asks for its shingles in a list that is made once.
    let list = (quote.len() > PART).then(|| Shingles::of(&source.words));
    let mut places: Vec<BTreeMap<usize, Vec<u32>>> =
        parts.iter().map(|part| places(part, source, list.as_ref())).collect();
    best_lanes(&places)
        .into_iter()
        .map(|lane| {
            let mut steps = Vec::with_capacity(quote.len());
            let mut points = 0;
            for (part, places) in parts.iter().zip(&mut places) {
                points += match places.remove(&lane) {
                    Some(places) => fill(part, source, &places, &mut steps),
                    None => {
                        steps.extend(part.iter().map(|_| Step::Insert));
                        part.len() as i32 * points::INSERT
                    }
                };
            }
            Aligned { lane, steps, points }
        })
        .collect()
}

/// The lanes that have places worth comparing, in order; of very many those that have most.
fn best_lanes(places: &[BTreeMap<usize, Vec<u32>>]) -> Vec<usize> {
    const MOST: usize = 64;
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for (lane, places) in places.iter().flatten() {
        *sizes.entry(*lane).or_default() += places.len();
    }
    let mut lanes: Vec<(usize, usize)> = sizes.into_iter().collect();
    lanes.sort_by_key(|(lane, size)| (Reverse(*size), *lane));
    lanes.truncate(MOST);
    let mut lanes: Vec<usize> = lanes.into_iter().map(|(lane, _)| lane).collect();
    lanes.sort_unstable();
    lanes
}

/// Whether two words count as the same.
fn same(a: &Word, b: &Word) -> bool {
    a.key == b.key || short_form(a.key, b.key) || short_form(b.key, a.key)
}

/// `’s` for `is` or `has`, `’d` for `would` or `had`.
fn short_form(short: u64, long: u64) -> bool {
    const S: u64 = key("'s");
    const D: u64 = key("'d");
    (short == S && (long == const { key("is") } || long == const { key("has") }))
        || (short == D && (long == const { key("would") } || long == const { key("had") }))
}

/// The places of each lane worth comparing: around every shingle that both have, as far as the quotation may reach.
fn places(quote: &[Quoted], source: &Spoken, list: Option<&Shingles>) -> BTreeMap<usize, Vec<u32>> {
    let size = quote.len().min(3);
    let mut wanted: FxHashMap<[u64; 3], usize> = FxHashMap::default();
    for (i, w) in quote.windows(size).enumerate() {
        wanted.entry(shingle(w.iter().map(|q| q.word.key))).or_insert(i);
    }
    let mut hits: Vec<(usize, usize)> = Vec::new();
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    if let Some(list) = list.filter(|_| size == Shingles::SIZE) {
        let found: Vec<(&[(u64, u32)], usize)> = wanted.iter().map(|(words, i)| (list.having(words), *i)).collect();
        // Too many for [`PLACES`] anyway: those alone that are rare.
        let many = found.iter().map(|(held, _)| held.len()).sum::<usize>() > PLACES;
        for (held, i) in found.into_iter().filter(|(held, _)| !many || held.len() <= RARE) {
            counts.insert(i, held.len());
            hits.extend(held.iter().map(|(_, at)| (*at as usize, i)));
        }
        work::steps(hits.len() + wanted.len());
        hits = in_step(quote.len(), hits, &counts);
        hits.sort_unstable();
    } else {
        work::steps(source.words.len());
        for (at, w) in source.words.windows(size).enumerate() {
            if let Some(&i) = wanted.get(&shingle(w.iter().map(|w| w.key))) {
                hits.push((at, i));
                *counts.entry(i).or_default() += 1;
            }
        }
    }
    if hits.is_empty() && quote.len() * source.words.len() <= SMALL {
        let lanes = source.lanes.iter().enumerate().filter(|(_, lane)| !lane.is_empty());
        return lanes.map(|(number, lane)| (number, lane.clone().collect())).collect();
    }
    let slack = slack(quote.len());
    let spread = |hits: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut out: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let mut total = 0;
        for (at, i) in hits {
            let number = source.lane(at as u32);
            let Some(lane) = source.lanes.get(number) else { continue };
            let places = out.entry(number).or_default();
            let after = places.last().map_or(lane.start, |last| last + 1);
            let from = (at.saturating_sub(i + slack) as u32).max(after);
            let to = ((at + quote.len() - i + slack) as u32).min(lane.end);
            total += (from..to).len();
            places.extend(from..to);
        }
        (out, total)
    };
    let (all, total) = spread(&mut hits.iter().copied());
    if total <= PLACES {
        return all;
    }
    // A long text full of common words: keep to the shingles that are rare in it.
    let (mut rare, _) = spread(&mut hits.iter().copied().filter(|(_, i)| counts[i] <= RARE));
    rare.values_mut().for_each(|places| places.truncate(PLACES));
    rare.retain(|_, places| !places.is_empty());
    rare
}

/// Of the shared shingles of a part of a long quotation, those that stand where most of it does: shingles at the same
/// distance on both sides belong together, and rare ones tell more. So few that each word is compared with few places.
fn in_step(words: usize, hits: Vec<(usize, usize)>, counts: &FxHashMap<usize, usize>) -> Vec<(usize, usize)> {
    const DISTANCES: usize = 2;
    let width = slack(words);
    let step = |&(at, i): &(usize, usize)| (at + words - i) / width;
    let mut votes: BTreeMap<usize, f32> = BTreeMap::new();
    for hit in &hits {
        *votes.entry(step(hit)).or_default() += 1.0 / counts[&hit.1] as f32;
    }
    let mut ranked: Vec<(usize, f32)> = votes.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let kept: BTreeSet<usize> = ranked.into_iter().take(DISTANCES).map(|(step, _)| step).collect();
    hits.into_iter().filter(|hit| kept.contains(&step(hit))).collect()
}

/// How far beyond its own length a quotation may reach around a shared shingle.
const fn slack(words: usize) -> usize {
    8 + words / 4
}

/// A shingle that a long statement has no more often is rare in it.
const RARE: usize = 4;

/// The shingles of a statement with their places, in the order of their hashes.
struct Shingles(Vec<(u64, u32)>);

impl Shingles {
    /// How many words a shingle has.
    const SIZE: usize = 3;

    fn of(source: &[Word]) -> Shingles {
        work::steps(source.len());
        let hashes = source.windows(Self::SIZE).map(|w| Self::hash(&shingle(w.iter().map(|w| w.key))));
        let mut all: Vec<(u64, u32)> = hashes.zip(0..).collect();
        all.sort_unstable();
        Shingles(all)
    }

    fn having(&self, words: &[u64; 3]) -> &[(u64, u32)] {
        let hash = Self::hash(words);
        let from = self.0.partition_point(|(other, _)| *other < hash);
        let count = self.0[from..].iter().take_while(|(other, _)| *other == hash).take(PLACES + 1).count();
        &self.0[from..from + count]
    }

    /// Keys are hashes of words: multiplied, their sum is one of the shingle.
    fn hash(words: &[u64; 3]) -> u64 {
        words.iter().fold(0u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

fn shingle(keys: impl Iterator<Item = u64>) -> [u64; 3] {
    let mut out = [0; 3];
    out.iter_mut().zip(keys).for_each(|(slot, key)| *slot = key);
    out
}

/// Whence a cell was reached, in its upper bits; the place jumped from in its lower ones.
mod from {
    pub(super) const START: u32 = 0;
    pub(super) const DIAGONAL: u32 = 1 << 29;
    pub(super) const INSERT: u32 = 2 << 29;
    pub(super) const DELETE: u32 = 3 << 29;
    pub(super) const JUMP: u32 = 4 << 29;
    pub(super) const KIND: u32 = 7 << 29;
}

/// Fills the table row by row (a row a quoted word, a column a place) and walks back from the best last cell.
fn fill(quote: &[Quoted], spoken: &Spoken, places: &[u32], steps: &mut Vec<Step>) -> i32 {
    let width = places.len();
    work::steps(width * quote.len());
    let source = spoken.words.as_slice();
    let gap = |c: usize| is_gap(&source[places[c] as usize]);
    let adjacent: Vec<bool> =
        (0..width).map(|c| c > 0 && places[c] == places[c - 1] + 1 && !gap(c) && !gap(c - 1)).collect();
    let free: Vec<bool> = places.iter().map(|place| spoken.places[*place as usize].free).collect();
    let mut back = vec![0u32; quote.len() * width];
    let mut above: Vec<i32> = Vec::new();
    let mut row = vec![0i32; width];
    let mut after = vec![0u32; width];
    let mut lead = 0;
    for (i, quoted) in quote.iter().enumerate() {
        let cells = &mut back[i * width..(i + 1) * width];
        let bracketed = |n: usize| quote.get(n).is_some_and(|q| q.bracketed);
        let delete = if bracketed(i) || bracketed(i + 1) { points::DELETE_AT_BRACKET } else { points::DELETE };
        let insert = if quoted.bracketed || quoted.aside { points::BRACKETED } else { points::INSERT };
        let (forward, backward) = jumps(quoted.mark);
        // Best cell of the row above from each column on, for jumps back.
        if i > 0 {
            let mut best = width - 1;
            for c in (0..width).rev() {
                if above[c] >= above[best] {
                    best = c;
                }
                after[c] = best as u32;
            }
        }
        let mut before = 0;
        for c in 0..width {
            let equal = same(&quoted.word, &source[places[c] as usize]);
            let value = pair_points(quoted, &source[places[c] as usize], equal);
            let mut best = lead + value;
            let mut how = from::START;
            if i > 0 {
                if !equal {
                    best = i32::MIN / 2;
                }
                if adjacent[c] && above[c - 1] + value >= best {
                    best = above[c - 1] + value;
                    how = from::DIAGONAL;
                }
                if equal {
                    if c > 1 && above[before] + forward + value > best {
                        best = above[before] + forward + value;
                        how = from::JUMP | before as u32;
                    }
                    let later = after[c] as usize;
                    if above[later] + backward + value > best {
                        best = above[later] + backward + value;
                        how = from::JUMP | later as u32;
                    }
                }
                if above[c] + insert > best {
                    best = above[c] + insert;
                    how = from::INSERT;
                }
                if c > 0 && above[c - 1] > above[before] {
                    before = c - 1;
                }
            }
            let delete = if free[c] { points::DELETE_FREE } else { delete };
            if adjacent[c] && row[c - 1] + delete > best {
                best = row[c - 1] + delete;
                how = from::DELETE;
            }
            row[c] = best;
            cells[c] = how;
        }
        lead += insert;
        std::mem::swap(&mut above, &mut row);
        row.resize(width, 0);
    }
    let mut best = 0;
    for c in 1..width {
        if above[c] > above[best] {
            best = c;
        }
    }
    walk(quote, source, places, &back, best, steps);
    above[best]
}

const fn jumps(mark: Mark) -> (i32, i32) {
    match mark {
        Mark::None => (points::FORWARD, points::BACKWARD),
        Mark::Weak => (points::FORWARD_AT_WEAK_MARK, points::BACKWARD),
        Mark::Ellipsis => (points::FORWARD_AT_MARK, points::BACKWARD_AT_MARK),
    }
}

fn pair_points(quoted: &Quoted, word: &Word, equal: bool) -> i32 {
    match equal {
        true => points::EQUAL,
        false if is_gap(word) => i32::MIN / 4,
        false if quoted.bracketed => points::BRACKETED,
        false if quoted.word.class == WordClass::Number && word.class == WordClass::Number => points::REPLACE_NUMBER,
        false => points::REPLACE,
    }
}

fn walk(quote: &[Quoted], source: &[Word], places: &[u32], back: &[u32], end: usize, steps: &mut Vec<Step>) {
    let first = steps.len();
    steps.resize(first + quote.len(), Step::Insert);
    let (mut i, mut c) = (quote.len() - 1, end);
    loop {
        let how = back[i * places.len() + c];
        match how & from::KIND {
            from::DELETE => {
                c -= 1;
                continue;
            }
            from::INSERT => {}
            _ => {
                let place = places[c];
                let equal = same(&quote[i].word, &source[place as usize]);
                steps[first + i] = if equal { Step::Equal(place) } else { Step::Replace(place) };
            }
        }
        match how & from::KIND {
            from::DIAGONAL => c -= 1,
            from::JUMP => c = (how & !from::KIND) as usize,
            from::INSERT => {}
            _ => return,
        }
        if i == 0 {
            return;
        }
        i -= 1;
    }
}
