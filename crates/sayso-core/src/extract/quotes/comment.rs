//! Where the writer takes the word again: `said the yard was empty, although he has not shown it`, `said they were safe, but there is
//! no road`. What is reported with `said` stands in the past (`was`, `had been`, `would be`); a clause behind it that contrasts
//! and stands in the present is the writer's, and so is one that says what is open, or what somebody said.

use super::cues::Cue;
use super::elements::{Elements, word};
use super::phrases::{is_possessive, is_verbal};
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::Mode;
use crate::text::TokenKind;
use std::ops::Range;

/// A clause has its verb among so many elements.
const MOST: usize = 14;

/// The time that a finite verb tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Present,
    Past,
}

/// Whether the clause behind the mark before `next` is the writer's, where `cue` reports what begins at `begin`.
pub(super) fn is_comment(elements: &Elements, cue: &Cue, begin: usize, next: usize, ceiling: usize) -> bool {
    if matches!(word(elements, next), "and" | "but") && is_silence(elements, next + 1, ceiling) {
        return true;
    }
    if word(elements, next) == "and" {
        return leaves_future(elements, cue, begin..next, next + 1, ceiling);
    }
    // `even though`
    let even = next + usize::from(word(elements, next) == "even");
    let concedes = elements.lists().has(List::Concessions, word(elements, even));
    if !concedes && word(elements, next) != "but" {
        return false;
    }
    let clause = next + 1..ceiling.min(next + 1 + MOST);
    // `said it had “no plans”, although it met the board in May`
    let marked = next > begin + 1 && elements.all[next - 2].is_chunk();
    // `would pay, but it was not clear how long`
    let open = !concedes && elements.says(next + 1, "it") && is_open(elements, &(next + 1..clause.end.min(next + 6)));
    concedes && (marked || is_open(elements, &clause) || reports(elements, &clause))
        || open
        || parts_in_time(elements, cue, begin..next, clause)
}

/// `announced they would close, and many stayed inside`: whether all that is told is to come, and a clause at `next`, with a subject of
/// its own, tells what was done. Reported behind a verb in the past that would be `had stayed`.
fn leaves_future(elements: &Elements, cue: &Cue, told: Range<usize>, next: usize, ceiling: usize) -> bool {
    let past = |at: usize| elements.has(at, Class::PAST) || elements.ends(at, Ending::Past) && is_verbal(elements, at);
    let simple = cue.forms.has(Forms::PAST) && !elements.all[cue.range.clone()].iter().any(|el| el.has(Class::HAVE));
    let modal = told.clone().find(|at| elements.is_in(*at, List::PastModals));
    let only = |modal: usize| {
        let auxiliary = |at: usize| elements.has(at, Class::AUXILIARY) && !elements.has(at, Class::MODAL);
        (told.start..modal).all(|at| !past(at) && !auxiliary(at)) && (modal + 1..told.end).all(|at| !past(at))
    };
    let does = |subject: Range<usize>| {
        let verb = subject.end;
        let capital = elements.all.get(verb).is_none_or(|el| el.is_capital() || !el.is_word());
        verb < ceiling && !capital && past(verb) && !elements.has(verb, Class::AUXILIARY)
    };
    let subject = || super::phrases::subject_at(elements, next, ceiling);
    simple && modal.is_some_and(only) && !elements.has_chunk(told.clone()) && subject().is_some_and(does)
}

/// `, and the council would not comment`, `, but Lind declined to elaborate`: whether a clause at `at` tells that somebody else says nothing.
fn is_silence(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const NEAR: usize = 4;
    let Some(subject) = super::phrases::subject_at(elements, at, ceiling) else { return false };
    let pronoun = subject.len() == 1 && elements.has(subject.start, Class::SUBJECT);
    let group = subject.end..ceiling.min(subject.end + NEAR);
    let silent = |at: usize| elements.lists().has(List::Silences, word(elements, at));
    let act = |at: usize| elements.lists().has(List::SilentActs, word(elements, at));
    !pronoun
        && !elements.says(at, "that")
        && group.clone().find(|at| silent(*at)).is_some_and(|not| (not + 1..group.end).any(act))
}

/// `it was unclear whether`, `nobody could verify it`: whether a clause says that something is not known.
fn is_open(elements: &Elements, clause: &Range<usize>) -> bool {
    let settled = |at: usize| elements.lists().has(List::Settling, word(elements, at));
    let negated = |at: usize| (clause.start..at).any(|at| elements.has(at, Class::NEGATION));
    clause.clone().any(|at| word(elements, at) == "unclear" || settled(at) && negated(at))
}

/// `her lawyer denied it`: whether a clause tells what somebody said.
fn reports(elements: &Elements, clause: &Range<usize>) -> bool {
    let says = |at: usize| {
        elements.lexicon().reporting.verb(elements.word(at)).any(|(frame, forms)| {
            frame.mode == Mode::Speech
                && frame.strength >= 3
                && forms.has(Forms::PAST.with(Forms::PRESENT).with(Forms::PARTICIPLE))
        })
    };
    clause.clone().skip(1).any(|at| {
        elements.has(at, Class::CUE_VERB)
            && !elements.has(at, Class::CUE_NOUN)
            && !elements.has(at - 1, Class::BE)
            && says(at)
    })
}

/// Whether what is reported stands in the past behind a cue in the past, and `clause` in the present.
fn parts_in_time(elements: &Elements, cue: &Cue, told: Range<usize>, clause: Range<usize>) -> bool {
    let simple = cue.forms.has(Forms::PAST) && !elements.all[cue.range.clone()].iter().any(|el| el.has(Class::HAVE));
    let near = told.start..told.end.min(told.start + MOST);
    simple && tense(elements, near) == Some(Tense::Past) && tense(elements, clause) == Some(Tense::Present)
}

/// The time of the first finite verb of a clause; none where it is a modal, which tells none.
fn tense(elements: &Elements, mut clause: Range<usize>) -> Option<Tense> {
    clause
        .find_map(|at| {
            let text = word(elements, at);
            let text = text.strip_suffix("n't").or_else(|| text.strip_suffix("n’t")).unwrap_or(text);
            let past = elements.has(at, Class::PAST) || elements.ends(at, Ending::Past) && is_verbal(elements, at);
            if elements.is(at, TokenKind::Clitic) {
                return (!is_possessive(elements, at)).then_some((!text.ends_with('d')).then_some(Tense::Present));
            }
            if past || elements.lists().has(List::PastAuxiliaries, text) {
                return Some(Some(Tense::Past));
            }
            let present = elements.lists().has(List::PresentAuxiliaries, text);
            (present || elements.has(at, Class::MODAL)).then_some(present.then_some(Tense::Present))
        })
        .flatten()
}
