//! Whose figure it is: the name that an age belongs to, and the names of a sentence. `Tomas Weir, 63` and `the
//! 63-year-old Tomas Weir` belong to the same man; the age of another man is no evidence of his.

use super::facts::{Facts, Place};
use super::stems::stem;
use std::collections::HashMap;

/// How the holders of two figures stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// One name in common.
    Same,
    /// Two names.
    Different,
    /// Only one is named.
    Unknown,
    /// Neither is named.
    Unnamed,
}

/// Compares the names that two figures stand beside.
pub(super) fn holders(ours: &Facts, here: Place, theirs: &Facts, there: Place) -> Holder {
    match (holder(ours, here), holder(theirs, there)) {
        (Some(a), Some(b)) if a.iter().any(|s| b.contains(s)) => Holder::Same,
        (Some(_), Some(_)) => Holder::Different,
        (None, None) => Holder::Unnamed,
        _ => Holder::Unknown,
    }
}

/// The name beside a figure: `Joss Arrenby, 48`, `Ms Marrane, who is 62`, `a 34-year-old teacher, Tilde Oskarrow`.
fn holder(facts: &Facts, place: Place) -> Option<Vec<u64>> {
    let (from, to) = facts.sentences.get(place.sentence as usize).copied()?;
    let aged = stem("aged");
    let empty = |i: &u32| matches!(facts.words[*i as usize].stem, 0) || facts.words[*i as usize].stem == aged;
    let name = |i: &u32| facts.words[*i as usize].name && facts.words[*i as usize].stem != 0;
    let names = |range: &mut dyn Iterator<Item = u32>| {
        let found: Vec<u64> = range.take_while(name).map(|i| facts.words[i as usize].stem).collect();
        (!found.is_empty()).then_some(found)
    };
    // Before it, across words that tell nothing.
    const BACK: usize = 4;
    let back = (from..place.from).rev().take(BACK).take_while(|i| empty(i) || name(i)).find(name);
    if let Some(last) = back {
        return names(&mut (from..=last).rev());
    }
    // After it, across what the person is.
    const AHEAD: usize = 4;
    let ahead = (place.to..to).take(AHEAD).take_while(|i| !empty(i)).find(name)?;
    names(&mut (ahead..to))
}

/// The words of a sentence that are names.
fn names_in(facts: &Facts, sentence: u32) -> impl Iterator<Item = u32> + '_ {
    let (from, to) = facts.sentences.get(sentence as usize).copied().unwrap_or_default();
    (from..to).filter(|i| facts.words[*i as usize].name && facts.words[*i as usize].stem != 0)
}

/// Whether a name stands in both sentences.
pub(super) fn names_the_same(ours: &Facts, here: Place, theirs: &Facts, there: Place) -> bool {
    names_in(ours, here.sentence).any(|i| theirs.holds(there.sentence, ours.words[i as usize].stem))
}

/// Whether a word stands in a figure. The names of days and months are no subjects.
fn is_in_figure(facts: &Facts, word: u32) -> bool {
    let next = facts.figures.partition_point(|p| p.to <= word);
    facts.figures.get(next).is_some_and(|p| p.from <= word)
}

/// Whether a sentence names things of which the other document knows none: then it speaks of something else.
pub(super) fn is_foreign(ours: &Facts, here: Place, theirs: &Facts) -> bool {
    let mut names = names_in(ours, here.sentence).filter(|i| !is_in_figure(ours, *i)).peekable();
    names.peek().is_some() && names.all(|i| !theirs.places.contains_key(&ours.words[i as usize].stem))
}

/// Whether a text begins with a name that it says again, and that another text has nowhere: what it is about is told there, in its
/// headline and lead.
pub(super) fn begins_with_name_unknown_to(facts: &Facts, other: &Facts) -> bool {
    const LEAD: usize = 2;
    let end = facts.sentences.get(..LEAD).and_then(|lead| lead.last()).or(facts.sentences.last()).map_or(0, |s| s.1);
    let names = facts.words[..end as usize].iter().filter(|w| w.name && w.stem != 0 && !w.dateline);
    let again = |stem: u64| facts.places.get(&stem).is_some_and(|places| places.len() > 1);
    names.into_iter().any(|name| !other.places.contains_key(&name.stem) && again(name.stem))
}

/// Whether another document does not know the name that one says most often.
pub(super) fn is_unknown_to(facts: &Facts, other: &Facts) -> bool {
    /// A name that is said less often is not what a text is about.
    const OFTEN: u32 = 3;
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for word in facts.words.iter().filter(|w| w.name && w.stem != 0 && !w.dateline) {
        *counts.entry(word.stem).or_default() += 1;
    }
    let most = counts.values().copied().max().filter(|most| *most >= OFTEN);
    most.is_some_and(|most| counts.iter().all(|(name, count)| *count < most || !other.places.contains_key(name)))
}

/// Whether two texts say nearly the same in the same words, each of something at its beginning that the other has nowhere: notices of two
/// shops that open, two who are missing, two cars for sale. Each tells its own numbers.
pub(super) fn are_siblings(ours: &Facts, theirs: &Facts) -> bool {
    /// The share of all telling words of both that both have. Coverage in its own words has less of a statement's (at most 0.3 in
    /// `training/sets`), coverage that copies one has its names.
    const ALIKE: f32 = 0.38;
    let both = ours.places.keys().filter(|stem| theirs.places.contains_key(*stem)).count();
    let all = ours.places.len() + theirs.places.len() - both;
    both as f32 >= ALIKE * all as f32 && introduces(ours, theirs) && introduces(theirs, ours)
}

/// Whether a text names something in its first sentences that another has nowhere.
fn introduces(facts: &Facts, other: &Facts) -> bool {
    const FIRST: u32 = 3;
    let last = (facts.sentences.len() as u32).min(FIRST);
    let mut names = (0..last).flat_map(|sentence| names_in(facts, sentence));
    names.any(|i| {
        let word = &facts.words[i as usize];
        !word.dateline && !is_in_figure(facts, i) && !other.places.contains_key(&word.stem)
    })
}
