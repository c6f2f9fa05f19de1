//! What tells whether a figure with another value is another value *of the same thing*, beside the words of its clause: whether the
//! texts agree on the figures around it and on most others, whether it is one of a list, whose names the other text does not have,
//! and whether one number is a slip of the pen for the other.

use super::compare::significant;
use super::facts::{FactWord, Facts};
use super::framed::Framed;
use crate::extract::{Extraction, Figure, FigureKind};

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

/// How alike two dates are written: 1 where the month or the year alone is another, and all else that both tell is the same; a little
/// less where the day is, as texts name many days of one month; half where only the month or year is left.
pub(super) fn slip_of_date(ours: &Figure, theirs: &Figure) -> f32 {
    let dated = |f: &Figure| f.kind == FigureKind::Date;
    let (Some(a), Some(b)) = (ours.iso.as_deref(), theirs.iso.as_deref()) else { return 0.0 };
    if !dated(ours) || !dated(theirs) || a.len() != b.len() || a == b {
        return 0.0;
    }
    let parts: Vec<bool> = a.split('-').zip(b.split('-')).map(|(x, y)| x == y).collect();
    match parts[..] {
        [true, false, true] | [false, true, true] => 1.0,
        [true, true, false] => 0.8,
        [true, false] | [false, true] => 0.5,
        _ => 0.0,
    }
}

/// Whether the same small word stands before two dates: `from 1 May`, *from 1 March*.
pub(super) fn is_led_alike(ours: Framed, theirs: Framed) -> bool {
    let dated = |of: Framed| of.figure().kind == FigureKind::Date;
    let before = |of: Framed| {
        let at = of.place().from.checked_sub(1)?;
        Some(of.word(at)).filter(|w| w.sentence == of.place().sentence).map(|w| w.key)
    };
    dated(ours) && dated(theirs) && before(ours).is_some() && before(ours) == before(theirs)
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
