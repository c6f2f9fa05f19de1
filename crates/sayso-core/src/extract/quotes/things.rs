//! Which noun phrases tell what was said. `rejected the idea of moving` does; `condemned the attack`, `announced a fund` and
//! `complained about the noise` tell of what somebody spoke, and no words of his.

use super::cues::Cue;
use super::elements::{Elements, word};
use super::phrases::is_nominal;
use super::verb_group::is_gerund;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::reporting::{Frame, Takes};
use std::ops::Range;

/// Whether the noun phrase `piece`, right behind a cue, tells what was said: the cue says so of any, or the phrase holds
/// quoted words or a clause.
pub(super) fn tells(elements: &Elements, cue: &Cue, piece: &Range<usize>) -> bool {
    !cue.frame.is_some_and(|frame| frame.takes.has(Takes::TOPIC)) || tells_in_clause(elements, cue.frame, piece)
}

/// Whether what stands behind the preposition at `with` tells what was said: `warned of a flood`, but not `spoke about a flood`.
pub(super) fn tells_behind(elements: &Elements, cue: &Cue, with: usize, piece: &Range<usize>) -> bool {
    // `called on the town to pay`
    const NEAR: usize = 8;
    let asked = (piece.start + 1..piece.end.min(piece.start + NEAR)).any(|at| elements.says(at, "to"));
    !elements.is_in(with, List::TopicPrepositions) || asked || tells_in_clause(elements, cue.frame, piece)
}

/// Whether a noun phrase behind a cue of the sense `frame` holds quoted words, or a clause that tells what was said.
pub(in crate::extract) fn tells_in_clause(elements: &Elements, frame: Option<&Frame>, piece: &Range<usize>) -> bool {
    let first = piece.start;
    // `denied taking it`, but not `conveyed conflicting reports`
    let noun = !elements.has(first + 1, Class::DETERMINER) && is_nominal(elements, first + 1);
    let doing = is_gerund(elements, first) && !(noun && elements.is_in(first, List::GerundAdjectives));
    let to = word(elements, first + usize::from(elements.has(first, Class::NEGATION))) == "to";
    let clause = doing || to || elements.has(first, Class::QUESTION);
    let as_ = frame.is_some_and(|frame| {
        let with = frame.quoting.as_deref().map_or(&frame.with, |wide| &wide.with);
        with.iter().any(|id| elements.lexicon().words.text(*id) == "as")
    });
    clause
        || elements.has_chunk(piece.clone())
        || (first + 1..piece.end.saturating_sub(1)).any(|at| opens(elements, at) || as_ && elements.says(at, "as"))
}

/// Whether a clause that tells what was said begins with the word at `at`: `the notion that`, `calls to`, `claims of`.
fn opens(elements: &Elements, at: usize) -> bool {
    let noun = elements.has(at - 1, Class::CUE_NOUN) || elements.is_in(at - 1, List::ContentNouns);
    match word(elements, at) {
        "that" => noun,
        "to" => noun || elements.is_in(at - 1, List::WillNouns),
        "of" => noun,
        about if elements.lists().has(List::AboutWords, about) => noun && is_gerund(elements, at + 1),
        _ => false,
    }
}
