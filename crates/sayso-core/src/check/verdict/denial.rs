//! Whether a statement plainly denies what the coverage says: what stands behind its `not` is what the coverage asserts, and the
//! coverage has no word that comes to the same as `not`. In *raised 8.8 million with no warrants* the millions are not denied, and
//! *paid no tax for 18 years* says what `avoided paying tax for 18 years` says.

use crate::check::case::Case;
use crate::check::facts::Facts;
use crate::check::pairs::Pair;
use crate::check::similar::alike;
use crate::language::lists::List;
use crate::words::is_in;
use std::ops::Range;

/// Whether the figure of the statement is plainly denied.
pub(super) fn is_plain(case: Case, pair: &Pair) -> bool {
    /// How far behind `not` stands what it denies.
    const REACH: u32 = 4;
    const ALIKE: f32 = 0.6;
    let (ours, theirs) = (case.claimed.facts, &pair.statement.facts);
    let (here, there) = (&ours.frames[case.claimed.index], &theirs.frames[pair.figure]);
    let Some(not) = there.denied.word.filter(|_| !here.denying) else { return false };
    let mine = sentence(ours, case.claimed.place().sentence);
    if mine.clone().any(|i| is_in(ours.words[i as usize].key, List::Averting)) {
        return false;
    }
    let place = theirs.figures[pair.figure];
    let end = sentence(theirs, place.sentence).end.min(not + 1 + REACH);
    let mut behind = not + 1..end;
    behind.any(|i| {
        let word = &theirs.words[i as usize];
        (place.from..place.to).contains(&i)
            || word.stem != 0 && mine.clone().any(|j| alike(&ours.words[j as usize], word) >= ALIKE)
    })
}

fn sentence(facts: &Facts, sentence: u32) -> Range<u32> {
    facts.sentences.get(sentence as usize).map_or(0..0, |(from, to)| *from..*to)
}
