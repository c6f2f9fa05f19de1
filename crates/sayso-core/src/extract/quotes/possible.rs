//! Clauses that no table can vouch for: `said the agency forecast a rise`. Behind a verb of saying a noun phrase stands seldom
//! (`said Mass`, `recalls his life on the quay`), so a word that may be a verb by its place is taken for one.

use super::elements::{Elements, word};
use super::phrases::{is_nominal, is_sure_cue, is_verbal};
use super::predicates::{is_attribute, leads_verb};
use super::verb_group::{is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;

/// Whether a clause may begin at `at`: with a pronoun that is a subject, or with a phrase behind which a word stands that may be
/// its verb, or quoted words. A verb of a clause within the phrase is not its own: `the plan that nobody read`.
pub(in crate::extract) fn may_be_clause(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 40;
    if elements.has(at, Class::SUBJECT) && !elements.has(at, Class::RELATIVE.with(Class::DETERMINER)) {
        return word(elements, at) != "nothing" || is_topic(elements, at);
    }
    let limit = ceiling.min(at + MOST);
    let marked = |at: usize| elements.all[at].is_chunk() || elements.is(at, TokenKind::Mark);
    if is_topic(elements, at) || is_gap(elements, at) || (at..limit).any(marked) {
        return true;
    }
    let (mut inner, mut relative, mut gap, mut verb_end) = (false, false, false, at);
    for next in at + 1..limit {
        if ends_phrase(elements, next) {
            // `a man who stabbed a nurse and then fled was shot`: the clause within goes on.
            if !relative {
                return false;
            }
            (inner, relative) = (true, false);
        } else if opens_inner(elements, next) {
            inner = true;
            relative = true;
            // `the wells that the report lists hold`: what the inner verb would take stands before it.
            gap = elements.has(next + 1, Class::DETERMINER.with(Class::SUBJECT).with(Class::POSSESSIVE));
        } else if may_be_verb(elements, at, next) && !is_second(elements, at, next) {
            // `boats that sank have`: the verb of the clause around.
            let again = next == verb_end && (!is_auxiliary(elements, next) || is_auxiliary(elements, next - 1));
            if !inner && (!again || gap) {
                return true;
            }
            gap &= inner;
            inner = false;
            verb_end = next + 1;
        } else if next == verb_end && is_adverb(elements, next) {
            verb_end += 1;
        }
    }
    false
}

fn is_auxiliary(elements: &Elements, at: usize) -> bool {
    elements.has(at, Class::AUXILIARY)
}

/// `recalled 300 boats, answered all calls`: behind the first comma without a subject, a second verb of the cue's subject.
fn is_second(elements: &Elements, start: usize, at: usize) -> bool {
    let comma = |at: usize| elements.is(at, TokenKind::Comma);
    comma(at - 1) && (start..at - 1).all(|at| !comma(at))
}

/// `said nothing about the dam`, `did not say much of it`, `said the same of Lind`: how much was said, and of what.
pub(super) fn is_topic(elements: &Elements, at: usize) -> bool {
    let same = usize::from(word(elements, at) == "the" && word(elements, at + 1) == "same");
    let negated = || (at.saturating_sub(3)..at).any(|at| elements.has(at, Class::NEGATION));
    (same > 0 || elements.is_in(at, List::Amounts))
        && matches!(word(elements, at + 1 + same), "about" | "of")
        && (word(elements, at) != "much" || negated())
}

/// `a boat that owners said cost too much`: what is told has its subject before the cue, behind which its verb stands.
fn is_gap(elements: &Elements, at: usize) -> bool {
    const FAR: usize = 6;
    let at = at + usize::from(is_adverb(elements, at));
    let relative =
        (at.saturating_sub(FAR)..at).any(|at| elements.has(at, Class::RELATIVE) || word(elements, at) == "that");
    let verb =
        elements.has(at, Class::PAST) || elements.ends(at, Ending::Past) || elements.ends(at, Ending::ClearPlural);
    relative
        && verb
        && elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION))
}

/// Whether the phrase before `at` ends there without a verb: a second verb of the cue's subject or a tag follows.
fn ends_phrase(elements: &Elements, at: usize) -> bool {
    let comma = elements.is(at - 1, TokenKind::Comma);
    let second = elements.has(at, Class::COORDINATOR)
        && (leads_verb(elements, at + 1) || is_sure_cue(elements, at + 1) || comma && word(elements, at) == "but");
    second || comma && is_sure_cue(elements, at)
}

/// Whether a clause within the phrase begins with the word at `at`: `who`, `that`, `when`.
fn opens_inner(elements: &Elements, at: usize) -> bool {
    const OPENS: Class = Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::QUESTION);
    elements.has(at, OPENS)
        && !elements.has(at, Class::PREPOSITION)
        && !elements.has(at - 1, Class::COORDINATOR)
        && !elements.is(at - 1, TokenKind::Comma)
        || word(elements, at) == "that"
}

/// Whether the word at `at` may be the finite verb of the noun phrase that begins at `start`, by its form and its neighbours.
fn may_be_verb(elements: &Elements, start: usize, at: usize) -> bool {
    let past = elements.has(at, Class::PAST) || elements.ends(at, Ending::Past) && !elements.has(at, Class::ADJECTIVE);
    if past && is_attribute(elements, start, at) {
        return false;
    }
    if is_verbal(elements, at) && word(elements, at - 1) != "to" {
        return true;
    }
    const CLOSED: Class = Class::FUNCTION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::TIME);
    const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION);
    const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    let el = &elements.all[at];
    if !el.is_word() || el.is_capital() || el.has(CLOSED) || is_adverb(elements, at) || is_gerund(elements, at) {
        return false;
    }
    if past {
        return true;
    }
    let adverbs = (start + 1..at).rev().take_while(|at| is_adverb(elements, *at)).count();
    let noun = at - 1 - adverbs;
    if !is_nominal(elements, noun) || elements.has(noun, BEFORE) || !elements.all[noun].is_word() {
        return false;
    }
    let many = elements.ends(noun, Ending::Plural) || elements.is_in(noun, List::PluralSubjects);
    // `the bridge needs work`, `residents face a rise`, `the agency forecast a rise`
    // `300 boats`: several have a verb without -s.
    let one = !elements.is(start, TokenKind::Number);
    let third = one && !many && elements.text(at).len() > 3 && elements.ends(at, Ending::ClearPlural);
    let object =
        elements.all.get(at + 1).is_some_and(|next| next.has(OBJECT) && !next.has(Class::TIME) || next.is_chunk());
    third || many || object
}
