//! Where a text matches the leaves of a query: the text is read once, its words looked up among those sought, and rows
//! and near words put together from their places. A phrase is lit as a whole.
//!
//! `"bridge repair"` in `Bridge repair: the bridge, the repair.` gives one match, `Bridge repair`.

use super::super::words::{folded, next_word};
use super::{Leaf, Seek, What};
use crate::span::Span;
use std::collections::HashMap;

/// A match of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Where it stands.
    pub span: Span,
    /// The position of the leaf.
    pub leaf: usize,
}

/// The word of a row: the leaf and the position in its row.
type Slot = (usize, usize);

/// Some leaves of a query, made ready to be sought in texts.
pub(crate) struct Lights<'q> {
    leaves: &'q [Leaf],
    words: HashMap<&'q str, Vec<Slot>>,
    beginnings: Vec<(&'q str, Slot)>,
}

impl<'q> Lights<'q> {
    /// Those of `leaves` that `wanted` chooses; leaves without words fall away.
    pub(crate) fn new(leaves: &'q [Leaf], wanted: impl Fn(&Leaf) -> bool) -> Self {
        let mut lights = Lights { leaves, words: HashMap::new(), beginnings: Vec::new() };
        for (i, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| wanted(leaf)) {
            for (j, seek) in row_of(leaf).iter().enumerate() {
                match seek {
                    Seek::Prefix(beginning) => lights.beginnings.push((beginning, (i, j))),
                    Seek::Forms(forms) => {
                        forms.iter().for_each(|form| lights.words.entry(form).or_default().push((i, j)))
                    }
                }
            }
        }
        lights
    }

    /// The matches in a text, in its order. Linear in the text; rows cost a look-up for each place of their first word.
    pub(crate) fn matches(&self, text: &str) -> Vec<Match> {
        if self.words.is_empty() && self.beginnings.is_empty() {
            return Vec::new();
        }
        let mut seen: Vec<Vec<Vec<(u32, Span)>>> =
            self.leaves.iter().map(|leaf| vec![Vec::new(); row_of(leaf).len()]).collect();
        let (mut word, mut at, mut position) = (String::new(), 0, 0);
        while let Some((start, end)) = next_word(text, at, &mut word) {
            let place = (position, Span::at(start, end));
            for (leaf, slot) in self.words.get(word.as_str()).into_iter().flatten() {
                seen[*leaf][*slot].push(place);
            }
            for (_, (leaf, slot)) in self.beginnings.iter().filter(|(beginning, _)| word.starts_with(beginning)) {
                seen[*leaf][*slot].push(place);
            }
            position += 1;
            at = end;
        }
        let mut found = Vec::new();
        for (i, slots) in seen.iter().enumerate() {
            match &self.leaves[i].what {
                What::Row(_) => in_a_row(slots, |span| found.push(Match { span, leaf: i })),
                What::Near(_, slop) => near(slots, *slop, |span| found.push(Match { span, leaf: i })),
                What::Exactly(_) => {}
            }
        }
        found.sort_unstable();
        found
    }
}

fn row_of(leaf: &Leaf) -> &[Seek] {
    match &leaf.what {
        What::Row(row) | What::Near(row, _) => row,
        What::Exactly(_) => &[],
    }
}

/// Words whose positions follow one another.
fn in_a_row(slots: &[Vec<(u32, Span)>], mut found: impl FnMut(Span)) {
    let Some((first, rest)) = slots.split_first() else { return };
    'first: for (position, span) in first {
        let mut whole = *span;
        for (slot, distance) in rest.iter().zip(1..) {
            let Ok(i) = slot.binary_search_by_key(&(position + distance), |(p, _)| *p) else { continue 'first };
            whole = whole.cover(slot[i].1);
        }
        found(whole);
    }
}

/// Words at most `slop` steps out of the row, as Lucene counts them: the spread of position less place in the row. Walks
/// all lists at once, as for the smallest range that holds one of each.
fn near(slots: &[Vec<(u32, Span)>], slop: u32, mut found: impl FnMut(Span)) {
    let shifted = |slot: usize, i: usize| i64::from(slots[slot][i].0) - slot as i64;
    let mut at = vec![0; slots.len()];
    let mut free_from = 0;
    while at.iter().zip(slots).all(|(i, slot)| *i < slot.len()) {
        let ends = (0..slots.len()).map(|slot| (shifted(slot, at[slot]), slot));
        let (Some((low, lowest)), Some((high, _))) = (ends.clone().min(), ends.max()) else { return };
        let mut positions: Vec<u32> = at.iter().zip(slots).map(|(i, slot)| slot[*i].0).collect();
        positions.sort_unstable();
        let distinct = positions.windows(2).all(|pair| pair[0] != pair[1]);
        if distinct && high - low <= i64::from(slop) {
            let whole = at.iter().zip(slots).map(|(i, slot)| slot[*i].1).reduce(Span::cover);
            if let Some(whole) = whole.filter(|whole| whole.start >= free_from) {
                free_from = whole.end;
                found(whole);
            }
        }
        at[lowest] += 1;
    }
}

/// Whether the words of `phrase` stand in a row in `text`.
pub(crate) fn contains_phrase(text: &str, phrase: &[String]) -> bool {
    !phrase.is_empty() && folded(text).windows(phrase.len()).any(|row| row == phrase)
}
