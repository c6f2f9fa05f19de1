//! What tells whether a figure with another value is another value *of the same thing*, beside the words of its clause: whether the
//! texts agree on the figures around it and on most others, whether it is one of a list, whose names the other text does not have,
//! and whether one number is a slip of the pen for the other.

use super::compare::significant;
use super::facts::{FactWord, Facts};
use crate::extract::{Extraction, Figure};

/// How alike two numbers are written, from 0 to 1: 1 where one digit is another, or two have changed places.
pub(super) fn slip_of_pen(ours: &Figure, theirs: &Figure) -> f32 {
    const DIGITS: usize = 2;
    let (Some(a), Some(b)) = (ours.value.map(significant), theirs.value.map(significant)) else { return 0.0 };
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() < DIGITS || a.len() != b.len() || a == b {
        return 0.0;
    }
    let apart: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match apart[..] {
        [x, y] if a[x] == b[y] && a[y] == b[x] => 1.0,
        [_] => 1.0,
        _ => 0.0,
    }
}

/// How long the list is that a figure stands in: figures of its kind in its sentence, from 0 to 1.
pub(super) fn listed(extraction: &Extraction, facts: &Facts, figure: usize) -> f32 {
    const MANY: f32 = 4.0;
    let (kind, here) = (extraction.figures[figure].kind, facts.figures[figure].sentence);
    let from = facts.figures.partition_point(|p| p.sentence < here);
    let to = facts.figures.partition_point(|p| p.sentence <= here);
    let same = (from..to).filter(|i| *i != figure && extraction.figures[*i].kind == kind).count();
    (same as f32 / MANY).min(1.0)
}

/// How close a name stands to a figure of one text that the other text does not have near its own.
pub(super) fn lost_name(ours: &Facts, figure: usize, theirs: &Facts, other: usize) -> f32 {
    const CLOSE: f32 = 0.06;
    const SHARE: f32 = 0.7;
    /// So many sentences before the figure's, and one less after it, are near.
    const SPAN: usize = 2;
    let here = theirs.figures[other].sentence as usize;
    let first = theirs.sentences.get(here.saturating_sub(SPAN)).map_or(0, |s| s.0 as usize);
    let last = theirs.sentences.get(here + SPAN - 1).or(theirs.sentences.last()).map_or(0, |s| s.1 as usize);
    let around = theirs.words.get(first..last).unwrap_or_default();
    let says = |name: &FactWord| around.iter().any(|w| w.stem == name.stem || name.head != 0 && w.head == name.head);
    let near = ours.frames[figure].near.iter().filter(|n| n.close >= CLOSE && n.share >= SHARE);
    let names = near.map(|n| (&ours.words[n.word as usize], n.close)).filter(|(w, _)| w.name && !says(w));
    names.map(|(_, close)| (close + 0.3).min(1.0)).fold(0.0, f32::max)
}
