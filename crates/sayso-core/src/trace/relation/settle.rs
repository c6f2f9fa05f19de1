//! What an alignment takes for changed words, and a second look does not: words left out rather than replaced, words at the ends
//! that stand for others, and words of a release that only say who speaks.

use super::{DOUBLE, ends_sentence, place};
use crate::trace::align::Step;
use crate::trace::pieces::{Mark, Quoted};
use crate::trace::sources::Statement;
use crate::trace::spoken::is_gap;
use crate::words::Word;
use std::ops::Range;

/// Fewer equal words in a row are in every text.
pub(super) const FEWEST: u32 = 4;

/// The words of a release between two words that the quotation has one after the other, where they only say who speaks:
/// `said Ada Brook` in `“It opens,” said Ada Brook. “It was shut …”`. In order.
pub(super) fn cues(steps: &[Step], source: &[Word], release: &Statement) -> Vec<u32> {
    let places: Vec<u32> = steps.iter().filter_map(|step| place(*step)).collect();
    let mut out = Vec::new();
    for pair in places.windows(2).filter(|pair| pair[1] > pair[0] + 1) {
        let (left, right) = (source[pair[0] as usize].span, source[pair[1] as usize].span);
        let parts = release.attributions(left, right);
        let inside = |p: &u32| parts.iter().any(|part| part.contains(source[*p as usize].span));
        out.extend((pair[0] + 1..pair[1]).filter(|_| !parts.is_empty()).filter(inside));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A quotation all of whose words stand in the source in one order had words left out of it, not changed: where one word
/// stands for another, but also stands a clause before it (or behind it) between the same words, all up to it is from there.
pub(super) fn leave_out_rather(steps: &mut [Step], quote: &[Quoted], source: &[Word]) {
    const REACH: u32 = 12;
    let equal = |step: &Step| matches!(step, Step::Equal(_));
    let mut replaced = (0..steps.len()).filter(|i| matches!(steps[*i], Step::Replace(_)));
    let (Some(i), None) = (replaced.next(), replaced.next()) else { return };
    let Some(at) = place(steps[i]) else { return };
    let held = |j: usize, p: Option<u32>| {
        let word = p.and_then(|p| source.get(p as usize)).filter(|word| !is_gap(word));
        word.is_some_and(|word| word.key == quote[j].word.key) && !quote[j].bracketed
    };
    let whole = |range: Range<u32>| range.into_iter().all(|p| source.get(p as usize).is_some_and(|word| !is_gap(word)));
    let (before, after) = (i as u32, (steps.len() - 1 - i) as u32);
    if before > 0 && after > 0 && steps[..i].iter().all(equal) && equal(&steps[i + 1]) {
        let there = |back: u32, j: usize| at.checked_sub(back + before - j as u32);
        if let Some(back) = (1..=REACH).find(|back| (0..=i).all(|j| held(j, there(*back, j))))
            && whole(at.saturating_sub(back)..at)
        {
            (0..=i).for_each(|j| steps[j] = there(back, j).map_or(steps[j], Step::Equal));
            return;
        }
    }
    if before > 0 && after > 0 && steps[i + 1..].iter().all(equal) && equal(&steps[i - 1]) {
        let there = |on: u32, j: usize| Some(at + on + (j - i) as u32);
        if let Some(on) = (1..=REACH).find(|on| (i..steps.len()).all(|j| held(j, there(*on, j))))
            && whole(at..at + on)
        {
            (i..steps.len()).for_each(|j| steps[j] = there(on, j).map_or(steps[j], Step::Equal));
        }
    }
}

/// How many words at an end of a quotation may answer to the words that stand there in the source.
const END: usize = 3;

/// At its ends a quotation is free to stop, so words there that the source has not look like words put in. Where the source
/// goes on in the same sentence they stand for its words: `will open in June` for `will open in May`.
pub(super) fn settle_ends(steps: &mut [Step], quote: &[Quoted], text: &str, source: &[Word]) {
    let equal = |step: &Step| matches!(step, Step::Equal(_));
    let own = |i: usize| steps[i] == Step::Insert && !quote[i].bracketed && quote[i].mark == Mark::None;
    let goes_on = |from: u32, to: u32| {
        let gap = source.get(from as usize).zip(source.get(to as usize));
        gap.is_some_and(|(a, b)| {
            let between = text.get(a.span.end as usize..b.span.start as usize);
            !is_gap(a)
                && !is_gap(b)
                && between.is_some_and(|between| !ends_sentence(between) && !between.contains(DOUBLE))
        })
    };
    let (Some(first), Some(last)) = (steps.iter().position(equal), steps.iter().rposition(equal)) else { return };
    if let Step::Equal(p) = steps[first]
        && (1..=END).contains(&first)
        && (0..first).all(own)
        && let Some(places) = standing_before(&quote[..first], p, source, goes_on)
    {
        places.into_iter().enumerate().for_each(|(i, place)| steps[i] = Step::Equal(place));
        return;
    }
    let mut found: Vec<(usize, u32)> = Vec::new();
    if let Step::Equal(p) = steps[last]
        && (1..=END).contains(&(steps.len() - 1 - last))
        && (last + 1..steps.len()).all(own)
        && (0..(steps.len() - 1 - last) as u32).all(|n| goes_on(p + n, p + n + 1))
    {
        found.extend((last + 1..steps.len()).zip(p + 1..));
    }
    if let Step::Equal(p) = steps[first]
        && (1..=END).contains(&first)
        && p as usize >= first
        && (0..first).all(|i| steps[i] == Step::Insert && !quote[i].bracketed)
        && (1..=first).all(|i| quote[i].mark == Mark::None)
        && (p - first as u32..p).all(|n| goes_on(n, n + 1))
    {
        found.extend((0..first).zip(p - first as u32..));
    }
    for (i, place) in found {
        if !steps.contains(&Step::Replace(place)) && !steps.contains(&Step::Equal(place)) {
            steps[i] = Step::Replace(place);
        }
    }
}

/// Where the first words of a quotation stand a few words before place `p` of the source, in its sentence: `We know` of *We do
/// not yet know*. Words between them were left out, and nothing was changed for them.
fn standing_before(quoted: &[Quoted], p: u32, source: &[Word], goes_on: impl Fn(u32, u32) -> bool) -> Option<Vec<u32>> {
    const REACH: u32 = 6;
    let low = p.saturating_sub(REACH);
    let mut next = p;
    let mut places = Vec::with_capacity(quoted.len());
    for quoted in quoted.iter().rev() {
        let key = quoted.word.key;
        let at = (low..next).rev().find(|at| source[*at as usize].key == key)?;
        places.push(at);
        next = at;
    }
    places.reverse();
    (next..p).all(|at| goes_on(at, at + 1)).then_some(places)
}
