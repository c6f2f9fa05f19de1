//! Finds where a text matches the leaves of a query. It reads the text once, looks up each word among those of the
//! query, and assembles rows and near words from their positions. A phrase is highlighted as a whole.
//!
//! `"bridge repair"` in `Bridge repair: the bridge, the repair.` gives one match, `Bridge repair`.

use super::pattern::Pattern;
use super::{Leaf, Seek, What};
use sayso_core::span::Span;
use sayso_core::text::folding::{folded, next_word};
use std::collections::HashMap;

/// A match of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// The span of the match in the text.
    pub span: Span,
    /// The number of its first word.
    pub first: u32,
    /// The number of its last word.
    pub last: u32,
    /// The position of the leaf in [`super::Tree::leaves`].
    pub leaf: usize,
}

/// One word of a row: the leaf, and the position in its row.
type Slot = (usize, usize);

/// Leaves of a query, prepared for matching with texts.
pub(crate) struct Lights<'q> {
    leaves: &'q [Leaf],
    words: HashMap<&'q str, Vec<Slot>>,
    patterns: Vec<(&'q Pattern, Slot)>,
}

impl<'q> Lights<'q> {
    /// Prepares the leaves for which `wanted` is true. Leaves without words are dropped.
    pub(crate) fn new(leaves: &'q [Leaf], wanted: impl Fn(&Leaf) -> bool) -> Self {
        let mut lights = Lights { leaves, words: HashMap::new(), patterns: Vec::new() };
        for (i, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| wanted(leaf)) {
            for (j, seek) in row_of(leaf).iter().enumerate() {
                match seek {
                    Seek::Pattern(pattern) => lights.patterns.push((pattern, (i, j))),
                    Seek::Forms(forms) => {
                        forms.iter().for_each(|form| lights.words.entry(form).or_default().push((i, j)))
                    }
                }
            }
        }
        lights
    }

    /// The matches in a text, in text order. Linear in the text; a row costs a lookup for each place of its first word.
    pub(crate) fn matches(&self, text: &str) -> Vec<Match> {
        if self.words.is_empty() && self.patterns.is_empty() {
            return Vec::new();
        }
        let mut seen: Vec<Vec<Vec<u32>>> =
            self.leaves.iter().map(|leaf| vec![Vec::new(); row_of(leaf).len()]).collect();
        let (mut word, mut at, mut spans) = (String::new(), 0, Vec::new());
        while let Some((start, end)) = next_word(text, at, &mut word) {
            let position = spans.len() as u32;
            for (leaf, slot) in self.words.get(word.as_str()).into_iter().flatten() {
                seen[*leaf][*slot].push(position);
            }
            for (_, (leaf, slot)) in self.patterns.iter().filter(|(pattern, _)| pattern.fits(&word)) {
                seen[*leaf][*slot].push(position);
            }
            spans.push(Span::at(start, end));
            at = end;
        }
        let mut found = Vec::new();
        for (leaf, slots) in seen.iter().enumerate() {
            let mut add = |first: u32, last: u32| {
                let span = spans[first as usize].cover(spans[last as usize]);
                found.push(Match { span, first, last, leaf });
            };
            match &self.leaves[leaf].what {
                What::Row(_) => in_a_row(slots, &mut add),
                What::Near(_, slop) => near(slots, *slop, &mut add),
                What::Exactly(_) | What::Days(..) => {}
            }
        }
        found.sort_unstable();
        found
    }
}

fn row_of(leaf: &Leaf) -> &[Seek] {
    match &leaf.what {
        What::Row(row) | What::Near(row, _) => row,
        What::Exactly(_) | What::Days(..) => &[],
    }
}

/// Finds consecutive positions, one from each list. The lists must be sorted. Calls `found` with the first and last
/// position of each match.
pub(super) fn in_a_row(slots: &[Vec<u32>], mut found: impl FnMut(u32, u32)) {
    let Some((first, rest)) = slots.split_first() else { return };
    // Each list is walked once: positions that were skipped for one start are too early for the next.
    let mut at = vec![0; rest.len()];
    'first: for position in first {
        for ((slot, i), distance) in rest.iter().zip(&mut at).zip(1..) {
            while slot.get(*i).is_some_and(|p| *p < position + distance) {
                *i += 1;
            }
            if slot.get(*i) != Some(&(position + distance)) {
                continue 'first;
            }
        }
        found(*position, position + rest.len() as u32);
    }
}

/// Finds positions at most `slop` steps out of place, as Lucene counts them: the spread of position minus place in the
/// row. Walks all lists together, as in the search for the smallest range that contains one of each. Ranges that share
/// a word are reported once.
pub(super) fn near(slots: &[Vec<u32>], slop: u32, mut found: impl FnMut(u32, u32)) {
    let shifted = |slot: usize, i: usize| i64::from(slots[slot][i]) - slot as i64;
    let mut at = vec![0; slots.len()];
    let mut free_from = 0;
    let mut positions = Vec::new();
    while at.iter().zip(slots).all(|(i, slot)| *i < slot.len()) {
        let ends = (0..slots.len()).map(|slot| (shifted(slot, at[slot]), slot));
        let (Some((low, lowest)), Some((high, _))) = (ends.clone().min(), ends.max()) else { return };
        if high - low <= i64::from(slop) {
            positions.clear();
            positions.extend(at.iter().zip(slots).map(|(i, slot)| slot[*i]));
            positions.sort_unstable();
            let distinct = positions.windows(2).all(|pair| pair[0] != pair[1]);
            if let (true, Some(first), Some(last)) = (distinct, positions.first(), positions.last())
                && *first >= free_from
            {
                free_from = last + 1;
                found(*first, *last);
            }
        }
        at[lowest] += 1;
    }
}

/// Finds the positions that are in all lists.
pub(super) fn together(slots: &[Vec<u32>], mut found: impl FnMut(u32)) {
    let Some((first, rest)) = slots.split_first() else { return };
    let mut last = None;
    for position in first.iter().filter(|p| rest.iter().all(|slot| slot.binary_search(p).is_ok())) {
        if last.replace(*position) != Some(*position) {
            found(*position);
        }
    }
}

/// Whether `text` contains the words of `phrase` consecutively.
pub(crate) fn contains_phrase(text: &str, phrase: &[String]) -> bool {
    !phrase.is_empty() && folded(text).windows(phrase.len()).any(|row| row == phrase)
}
