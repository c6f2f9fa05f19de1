//! What hangs on a noun inside its phrase: whether a participle or a relative pronoun opens a clause there, as in `the plan proposed in May`.

use super::elements::{Element, Elements};
use super::phrases::{is_modal_name, is_nominal};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;

/// Whether a participle of a reduced clause stands there: right behind a noun.
pub(super) fn is_reduced(elements: &Elements, at: usize) -> bool {
    is_past_form(elements, at) && at > 0 && is_nominal(elements, at - 1)
}

/// Whether a past form or participle stands there, in small letters.
pub(super) fn is_past_form(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.is_word() && !el.is_capital() && (elements.ends(at, Ending::Past) || el.has(Class::PAST))
}

/// `the committee that examined the sale`: whether a `that` between a noun and a finite verb opens a relative clause. Behind a verb or
/// noun that reports, it opens what is reported.
pub(super) fn is_relative_that(elements: &Elements, at: usize) -> bool {
    const REPORTS: Class = Class::CUE_VERB.with(Class::CUE_NOUN);
    const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL);
    const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    if !elements.says(at, "that") {
        return false;
    }
    let noun =
        at > 0 && is_nominal(elements, at - 1) && elements.all[at - 1].is_word() && !elements.has(at - 1, REPORTS);
    let verb = at + 1;
    let finite = elements.all.get(verb).is_some_and(|el| {
        // `the firm that runs the shop`
        let object = || elements.has(verb + 1, OBJECT) || elements.says(verb + 1, "it");
        let present = || elements.ends(verb, Ending::ClearPlural) && !el.has(Class::FUNCTION) && object();
        let past = || el.has(AUXILIARY.with(Class::PAST)) || elements.ends(verb, Ending::Past);
        el.is_word() && !el.is_capital() && (past() || present())
    });
    noun && finite
}

/// Whether a relative pronoun at `at` opens a clause, with a verb that no table knows, which tells who the noun before it is:
/// `a firm which owns two boats`. What stands behind it ends at `end`.
pub(super) fn tells_who(elements: &Elements, low: usize, at: usize, end: usize) -> bool {
    let that = is_relative_that(elements, at);
    let relative = elements.is_in(at, List::Relatives) && !elements.says(at, "whose") || that;
    let noun = relative && at > low && is_nominal(elements, at - 1) && elements.all[at - 1].is_word();
    let verb = at + 1;
    // `a woman who lives nearby`, `those who live nearby`
    let people = noun && elements.says(at, "who") && elements.has(at - 1, Class::PEOPLE);
    let forms = |el: &Element| {
        let lower = el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION.with(Class::DETERMINER));
        if people && lower && !el.has(Class::CUE_VERB) {
            return true;
        }
        let finite =
            elements.ends(verb, Ending::ClearPlural) || elements.ends(verb, Ending::Past) || el.has(Class::PAST);
        lower && finite && (el.class == Class::default() || el.has(Class::PAST) || that && !el.has(Class::CUE_VERB))
    };
    noun && verb + 1 < end && forms(&elements.all[verb])
}

/// `on Monday`: whether a day behind its preposition stands there.
pub(super) fn is_dated(elements: &Elements, low: usize, at: usize) -> bool {
    elements.has(at, Class::TIME)
        && elements.all[at].is_capital()
        && at > low
        && elements.has(at - 1, Class::PREPOSITION)
        && !is_modal_name(elements, at)
}
