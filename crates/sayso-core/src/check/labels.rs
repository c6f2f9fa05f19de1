//! Numbers that say nothing by themselves and can still be copied rightly or wrongly: parts of names (`Flight 1561`, `Apollo
//! 11`, a call to `911`), and dates without a year. They have no value to compare, so they are only ever found in a
//! statement, word for word, or not found: never contradicted.

use super::candidates::Found;
use super::facts::{FactWord, Facts};
use super::statements::Statement;
use super::verdict::{place_item, statement_item};
use super::{Check, CheckReason, EvidenceItem, Relation, Verdict};
use crate::document::Document;
use crate::extract::{Confidence, Extraction, Figure};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How likely the same words are taken to mean the same thing, as evidence.
const SCORE: f32 = 0.6;

/// The checks of numbers in names that statements have, too. Linear in the words of both, but for a number that stands in
/// both again and again.
pub(super) fn find(document: &Document, extraction: &Extraction, facts: &Facts, found: &Found) -> Vec<Check> {
    let labels: Vec<usize> =
        (0..facts.words.len()).filter(|at| is_label(&document.text, extraction, &facts.words[*at])).collect();
    let wanted: HashSet<u64> = labels.iter().map(|at| facts.words[*at].key).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    // For each statement, where the numbers stand that are sought.
    let places = |s: &Arc<Statement>| {
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        let sought = s.facts.words.iter().enumerate().filter(|(_, word)| wanted.contains(&word.key));
        sought.for_each(|(i, word)| places.entry(word.key).or_default().push(i));
        places
    };
    let places: Vec<HashMap<u64, Vec<usize>>> = found.statements.iter().map(places).collect();
    let mut out = Vec::new();
    for at in labels {
        let word = &facts.words[at];
        let mut near = found.of_sentence(word.sentence).filter(|(n, _)| !found.is_loose(*n));
        let hit = near.find_map(|(n, s)| {
            let here = places[n].get(&word.key)?;
            Some((s, s.facts.words[*here.iter().find(|i| is_same(facts, at, s, **i))?].span))
        });
        let Some((statement, span)) = hit else { continue };
        let value = span.of(&statement.document.text).to_owned();
        out.push(Check {
            figure: None,
            claim: None,
            span: word.span,
            claimed: None,
            verdict: Verdict::Supported,
            relation: Some(Relation::Equal),
            evidence: vec![place_item(statement, span, Some(value), SCORE)],
            computation: None,
            because: vec![CheckReason::SharedWords],
            slots: Vec::new(),
            confidence: Confidence::Medium,
            sentence: facts.sentence_of(word.span),
        });
    }
    out
}

/// Whether a word is a number in digits that is part of no figure.
fn is_label(text: &str, extraction: &Extraction, word: &FactWord) -> bool {
    let digits = word.span.of(text).bytes().all(|b| b.is_ascii_digit());
    let figures = &extraction.figures;
    let before = figures.partition_point(|f| f.span.start < word.span.end);
    digits && !figures[before.saturating_sub(2)..before].iter().any(|f| word.span.start < f.span.end)
}

/// Whether the same number in the statement has beside it the word that stands beside ours; of a long number, whether it is
/// part of a name there, too.
fn is_same(facts: &Facts, at: usize, statement: &Statement, i: usize) -> bool {
    /// Shorter ones are the same by chance.
    const LONG: u32 = 3;
    let word = &statement.facts.words[i];
    let long = || facts.words[at].span.len() >= LONG && is_label(&statement.document.text, &statement.extraction, word);
    beside(facts, at, &statement.facts, i) || long()
}

fn beside(ours: &Facts, at: usize, theirs: &Facts, i: usize) -> bool {
    let same = |a: Option<&FactWord>, b: Option<&FactWord>, here: u32, there: u32| {
        let (Some(a), Some(b)) = (a, b) else { return false };
        a.sentence == here && b.sentence == there && (a.key == b.key || a.stem == b.stem && a.stem != 0)
    };
    let (here, there) = (ours.words[at].sentence, theirs.words[i].sentence);
    let before = |f: &'_ Facts, n: usize| n.checked_sub(1).and_then(|n| f.words.get(n)).copied();
    let (ours, theirs) =
        ([before(ours, at), ours.words.get(at + 1).copied()], [before(theirs, i), theirs.words.get(i + 1).copied()]);
    // `Calls 911` is `a 911 call`; what is no word of its own says nothing on the other side.
    let crossed = |a: usize, b: usize| {
        ours[a].is_some_and(|word| word.stem != 0) && same(ours[a].as_ref(), theirs[b].as_ref(), here, there)
    };
    (0..2).any(|side| same(ours[side].as_ref(), theirs[side].as_ref(), here, there)) || crossed(0, 1) || crossed(1, 0)
}

/// The figure of a statement that says in the same words what has no value to compare: `Feb. 5` without a year.
pub(super) fn word_for_word(facts: &Facts, index: usize, ours: &Figure, found: &Found) -> Option<EvidenceItem> {
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
