//! Clauses that hang on a noun inside its phrase: `people who voted for him`, `the plan proposed in May`.

use super::elements::{Element, Elements};
use super::leftward::leftward;
use super::phrases::{is_modal_name, is_nominal};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

/// Whether a participle of a reduced clause stands there: right behind a noun.
pub(super) fn is_reduced(elements: &Elements, at: usize) -> bool {
    is_past_form(elements, at) && at > 0 && is_nominal(elements, at - 1)
}

/// Whether a past form or participle stands there, in small letters.
pub(super) fn is_past_form(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.is_word() && !el.is_capital() && (elements.ends(at, Ending::Past) || el.has(Class::PAST))
}

/// `people who voted for him` before a cue: the walk met a verb at `verb`; a relative pronoun before it opens a clause of
/// the phrase.
pub(super) fn relative_clause(elements: &Elements, low: usize, verb: usize, end: usize) -> Option<Range<usize>> {
    let at = (low..verb).rev().take(6).find(|at| {
        elements.has(*at, Class::RELATIVE) && !elements.has(*at, Class::DETERMINER) || is_relative_that(elements, *at)
    })?;
    if at == low || !is_nominal(elements, at - 1) {
        return None;
    }
    let phrase = leftward(elements, low, at)?;
    Some(phrase.start..end)
}

/// `the committee that examined the sale`: whether a `that` between a noun and a finite verb opens a relative clause. Behind a verb or
/// noun that reports, it opens what is reported.
pub(super) fn is_relative_that(elements: &Elements, at: usize) -> bool {
    const REPORTS: Class = Class::CUE_VERB.with(Class::CUE_NOUN);
    const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL);
    let noun =
        at > 0 && is_nominal(elements, at - 1) && elements.all[at - 1].is_word() && !elements.has(at - 1, REPORTS);
    let verb = at + 1;
    let finite = elements.all.get(verb).is_some_and(|el| {
        el.is_word() && !el.is_capital() && (el.has(AUXILIARY.with(Class::PAST)) || elements.ends(verb, Ending::Past))
    });
    noun && finite && elements.says(at, "that")
}

/// Whether a relative pronoun at `at` opens a clause, with a verb that no table knows, which tells who the noun before it is:
/// `a firm which owns two boats`. What stands behind it ends at `end`.
pub(super) fn tells_who(elements: &Elements, low: usize, at: usize, end: usize) -> bool {
    let relative = elements.is_in(at, List::Relatives) && !elements.says(at, "whose") || is_relative_that(elements, at);
    let noun = relative && at > low && is_nominal(elements, at - 1) && elements.all[at - 1].is_word();
    let verb = at + 1;
    let forms = |el: &Element| {
        let lower = el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION.with(Class::DETERMINER));
        let finite =
            elements.ends(verb, Ending::ClearPlural) || elements.ends(verb, Ending::Past) || el.has(Class::PAST);
        lower && finite && (el.class == Class::default() || el.has(Class::PAST))
    };
    noun && verb + 1 < end && forms(&elements.all[verb])
}

/// `agencies involved in fishing and trade`, `a firm which owns the yard`: the walk met a word at `at` that can stand in a clause
/// of the phrase, and goes on before that clause.
pub(super) fn hung_on(elements: &Elements, low: usize, at: usize, end: usize) -> Option<Range<usize>> {
    const MOST: usize = 8;
    let parts = |at: &usize| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk();
    let mut inside = (low..at).rev().take(MOST).take_while(|at| !parts(at));
    inside.find_map(|at| match tells_who(elements, low, at, end) {
        true => leftward(elements, low, at).map(|phrase| phrase.start..end),
        false => reduced_clause(elements, low, at, end),
    })
}

/// `on Monday`: whether a day behind its preposition stands there.
pub(super) fn is_dated(elements: &Elements, low: usize, at: usize) -> bool {
    elements.has(at, Class::TIME)
        && elements.all[at].is_capital()
        && at > low
        && elements.has(at - 1, Class::PREPOSITION)
        && !is_modal_name(elements, at)
}

/// `A poll released in August`, `people questioned by the board` before a cue: the walk met a participle at `participle`, right
/// behind a noun for a text or for people that begins its clause.
pub(super) fn reduced_clause(elements: &Elements, low: usize, participle: usize, end: usize) -> Option<Range<usize>> {
    const NOUNS: Class = Class::DOCUMENT
        .with(Class::DOCUMENTS)
        .with(Class::ROLES)
        .with(Class::GROUP)
        .with(Class::GROUPS)
        .with(Class::UNNAMED);
    const LINKS: Class = Class::PREPOSITION.with(Class::TIME);
    let noun = participle.checked_sub(1).filter(|noun| *noun >= low && elements.has(*noun, NOUNS))?;
    let el = &elements.all[participle];
    let past = el.is_word() && !el.is_capital() && (elements.ends(participle, Ending::Past) || el.has(Class::PAST));
    let linked = participle + 1 == end || elements.has(participle + 1, LINKS);
    if !past || !linked || elements.has(noun, Class::SUBJECT) && !elements.has(noun, Class::UNNAMED) {
        return None;
    }
    let phrase = leftward(elements, low, noun + 1)?;
    let begins = phrase.start == low
        || !elements.all[phrase.start - 1].is_word()
        || elements.has(phrase.start - 1, Class::CONJUNCT.with(Class::COORDINATOR));
    begins.then_some(phrase.start..end)
}
