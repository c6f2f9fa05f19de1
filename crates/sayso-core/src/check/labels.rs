//! Dates without a year (`Feb. 5`) have no value to compare: they are found in a statement word for word, or not at all.

use super::EvidenceItem;
use super::candidates::Selected;
use super::facts::Facts;
use super::verdict::statement_item;
use crate::extract::Figure;

/// How likely the same words are taken to mean the same thing, as evidence.
const SCORE: f32 = 0.6;

/// The figure of a statement that says in the same words what has no value to compare: `Feb. 5` without a year.
pub(super) fn word_for_word(facts: &Facts, index: usize, ours: &Figure, found: &Selected) -> Option<EvidenceItem> {
    let place = facts.figures[index];
    let keys = |facts: &Facts, from: u32, to: u32| -> Vec<u64> {
        facts.words[from as usize..to as usize].iter().map(|w| w.key).collect()
    };
    let wanted = keys(facts, place.from, place.to);
    // A bare `Monday` may be any.
    if wanted.len() < 2 {
        return None;
    }
    let mut near = found.of_sentence(place.sentence).filter(|(n, _)| !found.is_loose(*n));
    near.find_map(|(_, s)| {
        let figures = s.extraction.figures.iter().zip(&s.facts.figures);
        let mut alike = figures.filter(|(f, _)| f.kind == ours.kind);
        let (figure, _) =
            alike.find(|(_, p)| keys(&s.facts, p.from, p.to).windows(wanted.len()).any(|w| w == wanted))?;
        Some(statement_item(s, figure, SCORE))
    })
}
