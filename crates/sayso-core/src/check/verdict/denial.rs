//! Whether a statement plainly denies what the coverage tells. A number that stands in a sentence with `not` may still be so: *the
//! 18 years in which no tax was paid* are what `avoided paying tax for 18 years` says.

use crate::check::case::Case;
use crate::check::facts::Facts;
use crate::check::frame::Frame;
use crate::check::framed::{Framed, is_put_down};
use crate::check::pairs::Pair;
use crate::check::similar::alike;
use crate::extract::FigureKind;
use crate::language::lists::List;
use crate::words::is_in;
use std::ops::Range;

/// Whether the figure of the statement is plainly denied.
pub(super) fn is_plain(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.claimed, Framed::of(pair.statement, pair.figure));
    let mine = sentence(ours.facts, ours.place().sentence);
    if ours.frame().denying || mine.clone().any(|i| is_in(ours.word(i).key, List::Averting)) {
        return false;
    }
    // Nobody is denied his age.
    if theirs.figure().kind == FigureKind::Age || theirs.place().age_like {
        return false;
    }
    // What fails in a sentence with a date was no failure of the date: *the charges were dismissed two years later*.
    let after = theirs.facts.words.get(theirs.place().to as usize).filter(|w| w.sentence == theirs.place().sentence);
    let since = theirs.figure().kind == FigureKind::Duration && after.is_some_and(|w| is_in(w.key, List::AfterLength));
    let dated = since || matches!(theirs.figure().kind, FigureKind::Date | FigureKind::Time);
    !dated && put_down(theirs.frame())
        || theirs.frame().denied.word.is_some_and(|not| is_denied(ours, mine, theirs, not))
}

/// Whether it is said right beside the figure that it was refused, or came to nothing. *By 54 percent* tells who refused.
fn put_down(frame: &Frame) -> bool {
    const BESIDE: f32 = 0.45;
    !frame.by && frame.facts.iter().any(|fact| is_put_down(fact.stage.name()) && fact.close >= BESIDE)
}

/// Whether what stands behind `not` is the figure, or what the coverage says; or the figure is what was not done (`a fine of 40,000
/// was not imposed`).
fn is_denied(ours: Framed, mine: Range<u32>, theirs: Framed, not: u32) -> bool {
    /// How far behind `not` stands what it denies.
    const REACH: u32 = 4;
    const ALIKE: f32 = 0.6;
    let place = theirs.place();
    let end = sentence(theirs.facts, place.sentence).end.min(not + 1 + REACH);
    let said = |i: u32| {
        let word = theirs.word(i);
        (place.from..place.to).contains(&i)
            || word.stem != 0 && mine.clone().any(|j| alike(ours.word(j), word) >= ALIKE)
    };
    if matches!(theirs.figure().kind, FigureKind::Date | FigureKind::Time) {
        return (not + 1..end).any(|i| (place.from..place.to).contains(&i));
    }
    let passive = place.to <= not && not > 0 && is_in(theirs.word(not - 1).key, List::BeforePassiveNot);
    passive || (not + 1..end).any(said)
}

fn sentence(facts: &Facts, sentence: u32) -> Range<u32> {
    facts.sentences.get(sentence as usize).map_or(0..0, |(from, to)| *from..*to)
}
