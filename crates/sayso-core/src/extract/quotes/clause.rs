//! Where the clauses of a sentence begin: behind its dateline, with its subject, with a participle.

use super::elements::{ElementKind, Elements, Tail, word};
use super::phrases::{is_nominal, subject_at};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

/// `HARROW (HPA) – The bridge …`: where the sentence begins.
pub fn dateline_end(elements: &Elements, segment: &Range<usize>) -> usize {
    const MOST: usize = 24;
    // `(HPA/24-7Wire) --`: a hyphen within words is no dash.
    let is_dash = |at: &usize| {
        let inside = || {
            elements.page.glued(elements.all[*at].token as usize)
                && elements.page.glued(elements.all[*at - 1].token as usize)
        };
        elements.is(*at, TokenKind::Dash) || elements.is(*at, TokenKind::Hyphen) && !inside()
    };
    let dash = (segment.start + 1..segment.end.min(segment.start + MOST)).find(is_dash);
    // As it is written: in a text all in capitals the case of a word says nothing.
    let upper =
        |at: usize| elements.all[at].is_word() && !elements.text(at).bytes().any(|byte| byte.is_ascii_lowercase());
    let place = |at: usize| {
        elements.all[at].is_capital()
            || upper(at) && !elements.has(at, Class::FUNCTION.with(Class::DETERMINER).with(Class::CUE_VERB))
            || matches!(elements.all[at].kind, ElementKind::Aside)
            || elements.is(at, TokenKind::Comma)
            || elements.is(at, TokenKind::Number)
            || elements.is(at, TokenKind::Symbol)
            || elements.is(at, TokenKind::Hyphen)
            || elements.is(at, TokenKind::Stop) && elements.all[at - 1].is_capital()
    };
    // `Harrow (HPA) –`: the letters of a wire.
    let wire = |at: usize| {
        let letters = |text: &str| text.len() > 3 && text.bytes().all(|byte| !byte.is_ascii_lowercase());
        matches!(elements.all[at].kind, ElementKind::Aside) && letters(elements.text(at))
    };
    if segment.start == 0
        && let Some(end) = label_end(elements, segment, upper)
    {
        return end;
    }
    let upper = upper(segment.start) && elements.text(segment.start).len() > 1;
    match dash {
        Some(dash)
            if segment.start == 0
                && (upper || wire(dash - 1) && elements.all.get(dash + 1).is_some_and(|next| next.is_capital()))
                && place(segment.start)
                && (segment.start..dash).all(place) =>
        {
            dash + 1
        }
        _ => segment.start,
    }
}

/// `ADA VOLL, REPORTER: The mayor said …`, `NEW HARROW: “It is safe,” the mayor said.`: where the sentence behind a label in capitals
/// begins.
fn label_end(elements: &Elements, segment: &Range<usize>, upper: impl Fn(usize) -> bool) -> Option<usize> {
    const MOST: usize = 12;
    let colon =
        (segment.start + 1..segment.end.min(segment.start + MOST)).find(|at| elements.is(*at, TokenKind::Colon))?;
    let part = |at: usize| {
        upper(at) && !elements.has(at, Class::CUE_VERB)
            || elements.is(at, TokenKind::Comma)
            || matches!(elements.all[at].kind, ElementKind::Aside)
    };
    let next = elements.all.get(colon + 1).filter(|_| colon + 2 < segment.end)?;
    // `VOLL: “It is safe” and more.`: no tag.
    let tagged =
        || elements.chunk(colon + 1).is_some_and(|chunk| chunk.tail != Tail::Open) && elements.all[colon + 2].is_word();
    let words = next.is_word() || tagged();
    (words && elements.text(segment.start).len() > 1 && (segment.start..colon).all(part)).then_some(colon + 1)
}

/// The subject of a segment's first clause, before `end`.
pub fn main_subject(elements: &Elements, segment: &Range<usize>, end: usize) -> Option<Range<usize>> {
    subject_at(elements, behind_fronted(elements, segment.start, end)?, end)
}

/// `Speaking in Harrow, Brandt …`, `In May, Brandt …`: where the clause that begins at `at` has its subject, behind what is fronted; none
/// where no comma before `end` parts that from the subject.
pub(super) fn behind_fronted(elements: &Elements, mut at: usize, end: usize) -> Option<usize> {
    // `Speaking in Harrow, Brandt …`, `Asked about the vote, Brandt …`, `In May, Brandt …`
    // `Kelly, a pilot, said`
    let people = &elements.lexicon().people;
    let adverb =
        |at: usize| super::verb_group::is_adverb(elements, at) && people.first_name(elements.text(at)).is_none();
    let first = at + usize::from(adverb(at));
    // `About 40 farmers`
    let bound = super::adjuncts::is_bound(elements, first);
    let loose = !bound
        && elements.has(first, Class::PREPOSITION.with(Class::SUBORDINATOR))
        && !elements.has(first, Class::SUBJECT);
    if loose || is_participle_start(elements, at) {
        let parts = |index: &usize| {
            elements.is(*index, TokenKind::Comma)
                || elements.is(*index, TokenKind::Dash)
                || elements.is(*index, TokenKind::Semicolon)
                || elements.ends_in_comma(*index)
        };
        at = (at..end).find(parts).filter(|index| !elements.is(*index, TokenKind::Dash))? + 1;
        // `On May 4, 2024, the board said`
        if elements.is(at, TokenKind::Number) && elements.is(at + 1, TokenKind::Comma) && at + 2 < end {
            at += 2;
        }
        // `Speaking in Gannet Bay, Harrow, Brandt …`
        let place = elements.all[at - 2].is_capital() && elements.all.get(at).is_some_and(|el| el.is_capital());
        let close = (at..end.min(at + 4))
            .find(|index| !elements.all[*index].is_capital())
            .filter(|index| place && elements.is(*index, TokenKind::Comma));
        // `Partnered with Quaylin, Ada Brandt, head of the yard, said`
        let office = |close: usize| {
            (close + 1..end.min(close + 4))
                .any(|at| elements.has(at, Class::ROLE) && elements.has(at + 1, Class::PREPOSITION))
        };
        let person = |close: &usize| people.first_name(elements.text(at)).is_some() && close - at > 1 || office(*close);
        let close = close.filter(|close| !person(close));
        if let Some(close) = close.filter(|close| elements.all.get(close + 1).is_some_and(|el| el.is_capital())) {
            at = close + 1;
        }
    }
    at = behind_time(elements, at, end).unwrap_or(at);
    at += usize::from(bound && at == first);
    while at < end
        && (elements.has(at, Class::COORDINATOR.with(Class::CONJUNCT))
            || adverb(at)
            || elements.has(at, Class::TIME) && elements.is(at + 1, TokenKind::Comma)
            || elements.is(at, TokenKind::Comma))
    {
        at += 1;
    }
    Some(at)
}

/// `Last month, the council …`, `Two years ago, it …`: behind the comma that closes a time at the head of a clause.
pub(super) fn behind_time(elements: &Elements, at: usize, end: usize) -> Option<usize> {
    const MOST: usize = 5;
    const PARTS: Class = Class::TIME.with(Class::DETERMINER).with(Class::ADJECTIVE);
    let comma = (at..end.min(at + MOST)).find(|at| elements.is(*at, TokenKind::Comma))?;
    let part = |at: usize| {
        elements.has(at, PARTS)
            || elements.is(at, TokenKind::Number)
            || elements.lists().has(List::TimeLeads, word(elements, at))
            || elements.lists().has(List::AgoWords, word(elements, at))
    };
    let time = (at..comma).any(|at| elements.has(at, Class::TIME) && !elements.has(at, Class::DETERMINER));
    (comma > at + 1 && time && (at..comma).all(part)).then_some(comma + 1)
}

/// Whether a segment begins with a participle: `Speaking in Harrow`, `Asked if it was late`.
pub fn is_participle_start(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    let text = elements.text(at);
    let asked = el.has(Class::CUE_VERB)
        && elements.lexicon().reporting.verb(el.word).any(|(_, forms)| forms.has(Forms::PARTICIPLE))
        && elements
            .all
            .get(at + 1)
            .is_some_and(|next| next.has(Class::PREPOSITION.with(Class::QUESTION).with(Class::SUBORDINATOR)));
    let next = elements.all.get(at + 1).is_some_and(|next| {
        next.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::OBJECT))
    });
    asked || el.is_word() && text.len() > 4 && elements.ends(at, Ending::Gerund) && next
}

/// Whether a verb group begins there.
pub fn is_finite_start(elements: &Elements, at: usize) -> bool {
    super::phrases::is_verbal(elements, at)
        || elements.has(at, Class::CUE_VERB)
        || super::verb_group::is_adverb(elements, at)
}

/// Whether a verb group stands in `range`.
pub(super) fn has_verb(elements: &Elements, range: Range<usize>) -> bool {
    range.clone().skip(1).any(|at| super::predicates::is_finite(elements, range.start, at))
}

/// `she was robbed in May | has left`: the finite verb between `start`, where a clause begins that is told, and `end` that is not that
/// clause's, since it has its own; none where a comma or another verb that reports stands before it. Each word that opens a clause and each
/// coordinator asks for a verb of its own; `open` verbs are asked for at the beginning.
pub(super) fn verb_behind(elements: &Elements, start: usize, end: usize, mut open: usize) -> Option<usize> {
    const OPENS: Class = Class::SUBORDINATOR.with(Class::RELATIVE).with(Class::QUESTION);
    const GROUP: Class = Class::AUXILIARY.with(Class::NEGATION);
    let past = |at: usize| elements.ends(at, Ending::Past) || elements.has(at, Class::PAST);
    // `wards took`: a form in -s with no object may be a noun.
    const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    let takes = |at: usize| {
        let el = &elements.all[at];
        !el.is_word() || el.has(Class::AUXILIARY) || elements.has(at + 1, OBJECT) && !elements.says(at + 1, "that")
    };
    let mut at = start + usize::from(elements.says(start, "that"));
    let first = at;
    while at < end {
        let el = &elements.all[at];
        if el.is(TokenKind::Comma) || el.is(TokenKind::Semicolon) || el.is(TokenKind::Dash) || el.is_chunk() {
            return None;
        }
        // `the car he drove`
        let contact = at > first && el.has(Class::SUBJECT) && !el.has(Class::DETERMINER.with(Class::RELATIVE));
        let opens = el.has(OPENS) && !el.has(Class::DETERMINER) || at > first && elements.says(at, "that");
        let joins = el.has(Class::COORDINATOR) && super::predicates::leads_verb(elements, at + 1);
        if opens || joins || contact && is_nominal(elements, at - 1) {
            open += 1;
        } else if at > first && super::predicates::is_finite(elements, first, at) && (past(at) || takes(at)) {
            if open == 0 {
                return Some(at);
            }
            open -= 1;
            if el.has(Class::CUE_VERB) && !elements.says(at + 1, "that") {
                return None;
            }
            // `had been seen`
            if elements.has(at, GROUP) {
                while at + 1 < end && (elements.has(at + 1, GROUP) || super::verb_group::is_adverb(elements, at + 1)) {
                    at += 1;
                }
                at += usize::from(at + 1 < end && past(at + 1));
            }
        }
        at += 1;
    }
    None
}
