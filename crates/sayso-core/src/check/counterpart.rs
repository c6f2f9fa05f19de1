//! What tells whether a figure with another value is another value *of the same thing*, beside the words of its clause: whether the
//! texts agree on the figures around it and on most others, whether it is one of a list, whose names the other text does not have,
//! and whether one number is a slip of the pen for the other.

use super::facts::{FactWord, Facts};
use super::pairs::Pair;
use crate::extract::{Extraction, Figure};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Tells every pair how near figures stand of which the texts agree: `beside`, from 0 to 1.
pub(super) fn anchor(all: &mut [Vec<Pair>], told: &HashMap<usize, Vec<(usize, usize)>>, ours: &Facts) {
    /// How many figures on either side are looked at.
    const REACH: usize = 3;
    for i in 0..all.len() {
        let near = (i.saturating_sub(REACH)..all.len().min(i + REACH + 1)).filter(|j| *j != i);
        let anchors: Vec<(f32, usize, usize)> = near
            .flat_map(|j| {
                let away = 1.0 / (1.0 + ours.figures[i].sentence.abs_diff(ours.figures[j].sentence) as f32);
                told.get(&j).into_iter().flatten().map(move |(number, figure)| (away, *number, *figure))
            })
            .collect();
        for pair in &mut all[i] {
            let facts = &pair.statement.facts;
            let here = facts.figures[pair.figure].sentence;
            let best = anchors.iter().filter(|(_, number, figure)| *number == pair.number && *figure != pair.figure);
            let away = |figure: usize| 1.0 / (1.0 + facts.figures[figure].sentence.abs_diff(here) as f32);
            pair.beside = best.map(|(own, _, figure)| own * away(*figure)).fold(0.0, f32::max);
        }
    }
}

/// How alike two numbers are written, from 0 to 1: 1 where one digit is another, or two have changed places.
pub(super) fn slip_of_pen(ours: &Figure, theirs: &Figure) -> f32 {
    const DIGITS: usize = 2;
    let written = |f: &Figure| f.value.map(|v: Decimal| v.normalize().mantissa().unsigned_abs().to_string());
    let (Some(a), Some(b)) = (written(ours), written(theirs)) else { return 0.0 };
    let (a, b) = (a.trim_end_matches('0').as_bytes(), b.trim_end_matches('0').as_bytes());
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

/// Tells every pair how many of the coverage's figures its statement agrees with.
pub(super) fn accord(all: &mut [Vec<Pair>], told: &HashMap<usize, Vec<(usize, usize)>>) {
    let mut counts: HashMap<usize, (u32, u32)> = HashMap::new();
    for (i, list) in all.iter().enumerate() {
        let mut statements: Vec<usize> = list.iter().map(|p| p.number).collect();
        statements.sort_unstable();
        statements.dedup();
        for number in statements {
            let agreed = told.get(&i).is_some_and(|list| list.iter().any(|(n, _)| *n == number));
            let (agrees, all) = counts.entry(number).or_default();
            *agrees += u32::from(agreed);
            *all += 1;
        }
    }
    for pair in all.iter_mut().flatten() {
        let (agrees, all) = counts.get(&pair.number).copied().unwrap_or_default();
        pair.accord = agrees as f32 / (all + 1) as f32;
    }
}
