//! What begins a phrase, a clause or a verb group: whether a subject with a finite verb stands at a place.
//!
//! `the council wastes money` is a clause, `the pay dispute` is none.

use super::adjuncts::is_bound;
use super::elements::{Elements, word};
use super::phrases::{is_nominal, is_verbal};
use super::verb_group::{is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;

/// Whether a verb that reports stands there, which is no noun that reports.
pub(super) fn is_cue_verb(elements: &Elements, at: usize) -> bool {
    elements.has(at, Class::CUE_VERB) && !elements.has(at, Class::CUE_NOUN)
}

/// Whether a subject with a verb behind it begins there.
pub fn is_clause(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 24;
    let limit = ceiling.min(at + MOST);
    let ends = |at: &usize| {
        elements.is(*at, TokenKind::Comma)
            || elements.has(*at, Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::QUESTION))
            // `found work at the mill and saw his sister`
            || elements.has(*at, Class::COORDINATOR)
                && (leads_verb(elements, at + 1) || is_second(elements, at + 1))
    };
    if (at + 1..limit).take_while(|at| !ends(at)).any(|verb| is_finite(elements, at, verb)) {
        return true;
    }
    // `the man, 43, from Harrow, fled on foot`
    let finite = |at: usize| {
        let past = super::hanging::is_past_form(elements, at) || is_plain_past(elements, at);
        (is_verbal(elements, at) || past) && !is_bare_participle(elements, at)
    };
    let comma = |at: &usize| elements.is(*at, TokenKind::Comma);
    let first = (at + 1..limit).find(ends).filter(|at| comma(at) && at + 1 < limit);
    first.is_some_and(|first| (first + 1..limit.saturating_sub(1)).filter(comma).any(|at| finite(at + 1)))
}

/// `the boat hit the quay`: whether a past that its base, a noun or an adjective shares stands at `at`, before what it takes.
fn is_plain_past(elements: &Elements, at: usize) -> bool {
    let counted = elements.is(at + 1, TokenKind::Number) || elements.is(at + 1, TokenKind::Symbol);
    let taken = elements.has(at + 1, Class::POSSESSIVE) || elements.is_in(at + 1, List::Articles) || counted;
    taken && elements.is_in(at, List::PlainPasts)
}

/// `denies the charge but admits the theft`: whether a cue without a subject of its own stands at `at`.
fn is_second(elements: &Elements, at: usize) -> bool {
    elements.has(at, Class::CUE_VERB)
        && !elements.has(at, Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::GROUP).with(Class::ROLE))
        && !elements.all[at].is_capital()
        && !is_gerund(elements, at)
}

/// Whether the word at `at` is the finite verb of a clause that begins at `start`: an auxiliary, a past form that is no adjective
/// and no participle, a form in -s with something behind it, a cue.
pub(super) fn is_finite(elements: &Elements, start: usize, at: usize) -> bool {
    let el = &elements.all[at];
    // `a plan to have`
    if elements.word(at - 1) == elements.lexicon().common.to {
        return false;
    }
    if !el.is_word() || el.has(Class::AUXILIARY) {
        return is_verbal(elements, at);
    }
    if elements.ends(at, Ending::Past) || el.has(Class::PAST) {
        // `Harrow-based`
        if elements.is(at - 1, TokenKind::Hyphen) {
            return false;
        }
        // `with the sound turned down`
        let loose =
            |at: &usize| is_nominal(elements, *at) || elements.has(*at, Class::DETERMINER.with(Class::POSSESSIVE));
        let noun = || (start..at).rev().find(|at| !loose(at));
        let absolute = || noun().is_some_and(|with| with + 1 < at && word(elements, with) == "with");
        return !el.is_capital() && !absolute() && !is_adjectival(elements, start, at);
    }
    const NO_NOUN: Class = Class::DETERMINER.with(Class::ADJECTIVE).with(Class::POSSESSIVE).with(Class::PREPOSITION);
    const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::NEGATION);
    let before = elements.has(at - 1, Class::SUBJECT) || !elements.has(at - 1, NO_NOUN);
    if el.is_capital() || is_gerund(elements, at) || !before {
        return false;
    }
    // `he remains the chairman`
    let pronoun = elements.has(at - 1, Class::SUBJECT)
        && !elements.has(at - 1, Class::OBJECT.with(Class::DETERMINER).with(Class::RELATIVE).with(Class::UNNAMED));
    const CLOSED: Class = Class::FUNCTION
        .with(Class::TIME)
        .with(Class::ADJECTIVE)
        .with(Class::DETERMINER)
        .with(Class::POSSESSIVE)
        .with(Class::PREPOSITION);
    if pronoun && !el.has(CLOSED) && !is_adverb(elements, at) {
        // `found it easier`
        return !elements.says(at - 1, "it") || elements.ends(at, Ending::ClearPlural);
    }
    // `the council wastes money`
    let noun = is_nominal(elements, at - 1) && elements.all[at - 1].is_word();
    if noun && is_plain_past(elements, at) {
        return true;
    }
    let object =
        || elements.has(at + 1, OBJECT) || is_nominal(elements, at + 1) && !elements.ends(at + 1, Ending::Past);
    let third = noun && elements.text(at).len() > 3 && elements.ends(at, Ending::ClearPlural) && object();
    // `the councils say`, but not `the pay dispute`
    let many = elements.has(at - 1, Class::SUBJECT) || elements.ends(at - 1, Ending::Plural);
    let form = many || elements.ends(at, Ending::Plural);
    let reports = || object() || elements.has(at + 1, Class::SUBJECT) || elements.says(at + 1, "that");
    third || form && el.has(Class::CUE_VERB) && !el.has(Class::CUE_NOUN) && reports()
}

/// Whether a past form is an adjective or participle of the noun beside it: `the ejected crew`, `a fund run by the town`, `a fund
/// aimed at boats`.
fn is_adjectival(elements: &Elements, start: usize, at: usize) -> bool {
    const BEFORE: Class = Class::DETERMINER
        .with(Class::POSSESSIVE)
        .with(Class::ADJECTIVE)
        .with(Class::PREPOSITION)
        .with(Class::COORDINATOR);
    let before = elements.has(at - 1, BEFORE) && !elements.has(at - 1, Class::SUBJECT)
        || super::phrases::is_possessive(elements, at - 1);
    let noun = is_nominal(elements, at - 1) && !elements.has(at - 1, Class::SUBJECT);
    // One that is not known yet: `a fund`, not `the fund`.
    let new = || matches!(word(elements, start), "a" | "an") || elements.has(start, Class::POSSESSIVE);
    let hung = || elements.has(at + 1, Class::PREPOSITION) || elements.says(at + 1, "to");
    before && is_nominal(elements, at + 1)
        || noun && (elements.says(at + 1, "by") || hung() && new())
        || is_attribute(elements, start, at)
}

/// `its highly praised crew`, `a tool designed to save time`: whether a past form in the phrase that begins at `start` is a participle,
/// by what stands beside it alone.
pub(super) fn is_attribute(elements: &Elements, start: usize, at: usize) -> bool {
    let adverbs = (start..at).rev().take_while(|at| is_adverb(elements, *at)).count();
    let owned = adverbs > 0
        && at > start + adverbs
        && elements.has(at - 1 - adverbs, Class::DETERMINER.with(Class::POSSESSIVE))
        && !elements.has(at - 1 - adverbs, Class::SUBJECT);
    owned && is_nominal(elements, at + 1) || is_bare_participle(elements, at)
}

/// `a tool designed to save time`, `its yard, located in Harrow`: whether a participle of a verb that takes an object stands at `at`,
/// and none behind it.
fn is_bare_participle(elements: &Elements, at: usize) -> bool {
    let next = at + 1 + usize::from(is_adverb(elements, at + 1));
    elements.is_in(at, List::ReducedParticiples)
        && (elements.has(next, Class::PREPOSITION) || elements.says(next, "to"))
        && (is_nominal(elements, at - 1) && !elements.has(at - 1, Class::SUBJECT)
            || elements.is(at - 1, TokenKind::Comma)
            || is_adverb(elements, at - 1))
}

/// Whether a noun phrase or clause can begin there.
pub(super) fn begins_phrase(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    const BEGINS: Class = Class::SUBJECT.with(Class::OBJECT).with(Class::DETERMINER).with(Class::POSSESSIVE);
    // `said today's vote would change the town`
    let owned = el.has(Class::TIME) && super::phrases::is_possessive(elements, at + 1);
    if el.is_chunk() || el.has(BEGINS) || owned || is_bound(elements, at) {
        return true;
    }
    let closed = Class::PREPOSITION
        .with(Class::COORDINATOR)
        .with(Class::SUBORDINATOR)
        .with(Class::TIME)
        .with(Class::RELATIVE)
        .with(Class::NEGATION);
    if el.is_capital() && el.is_word() {
        return !el.has(Class::TIME);
    }
    (is_nominal(elements, at) && !el.is(TokenKind::Hyphen) && !matches!(el.kind, super::elements::ElementKind::Aside))
        && !el.has(closed)
        && !is_verbal(elements, at)
        && !is_adverb(elements, at)
}

/// What can follow a verb, but no adjective in -ed.
const BEHIND_VERB: Class =
    Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION).with(Class::OBJECT).with(Class::SUBJECT);

/// Whether a coordinator before `at` joins a verb group or clause and no noun.
pub(super) fn leads_verb(elements: &Elements, at: usize) -> bool {
    let mut at = at;
    while is_adverb(elements, at) {
        at += 1;
    }
    let Some(el) = elements.all.get(at) else { return false };
    let regular = elements.ends(at, Ending::Past) && !el.has(Class::ADJECTIVE);
    let past = el.is_word() && !el.is_capital() && (regular || el.has(Class::PAST));
    // `and being left behind`
    let doing = is_gerund(elements, at);
    el.has(Class::AUXILIARY) && !doing
        || el.has(Class::SUBJECT) && !el.has(Class::DETERMINER.with(Class::RELATIVE).with(Class::UNNAMED))
        || past && (elements.has(at + 1, BEHIND_VERB) || elements.has(at, Class::CUE_VERB))
}

/// `to leave`, `not to leave`: where the `to` stands that `at` begins with, or with a negation before it.
pub(in crate::extract) fn goal_at(elements: &Elements, at: usize) -> Option<usize> {
    let to = at + usize::from(elements.has(at, Class::NEGATION));
    elements.says(to, "to").then_some(to)
}
