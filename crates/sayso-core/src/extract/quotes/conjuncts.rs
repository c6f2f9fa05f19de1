//! What goes on being reported behind a comma, a dash or a coordinator: the next of a list, a second verb of the same subject, what
//! stands behind an inserted clause.
//!
//! `said the talks, which ended in May, were late, and that they …` → the talks … were late, and that they …

use super::construction::Reach;
use super::cues::Cue;
use super::elements::{Elements, word};
use super::hanging::is_past_form;
use super::phrases::{is_nominal, is_verbal, phrase_at, subject_at};
use super::predicates::{is_clause, is_cue_verb, leads_verb};
use super::verb_group::{is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

/// An inserted clause has so many elements.
const INSERTED: usize = 30;

/// `was mocked and accused of theft`: whether the cue behind the coordinator at `at` is a second participle of the passive before it,
/// told from `start` on: a verb that takes whom it is about, and none stands behind it.
pub(super) fn is_second_passive(elements: &Elements, start: usize, at: usize) -> bool {
    let cue = at + 1;
    const WORDS: Takes = Takes::QUOTATION.with(Takes::CLAUSE).with(Takes::THAT).with(Takes::QUESTION);
    let bare = elements.has(cue + 1, Class::PREPOSITION) || elements.is(cue + 1, TokenKind::Comma);
    if !bare || !elements.ends(cue, Ending::Past) {
        return false;
    }
    let object = elements.lexicon().reporting.verb(elements.word(cue)).all(|(frame, _)| {
        !frame.takes.has(WORDS) && frame.takes.has(Takes::NOUN.with(Takes::ADDRESSEE).with(Takes::COMPLEMENT))
    });
    let be = || (start..at).rev().find(|at| elements.has(*at, Class::BE));
    object
        && be().is_some_and(|be| {
            let verb = (be + 1..at).find(|at| !is_adverb(elements, *at)).unwrap_or(be);
            is_past_form(elements, verb) && (verb + 1..at).all(|at| !is_verbal(elements, at))
        })
}

/// `a strong tie and support of the town`: whether the word behind the coordinator at `at` is a noun, by the `of` behind it.
pub(super) fn joins_noun(elements: &Elements, at: usize) -> bool {
    elements.has(at + 1, Class::CUE_NOUN) && elements.says(at + 2, "of") && is_nominal(elements, at - 1)
}

/// `said X, which opened in May, and that …`: the comma that closes a clause or phrase inserted behind the one at `comma`, where what
/// is reported from `begin` on goes on behind it.
pub(super) fn resumes(
    elements: &Elements,
    cue: &Cue,
    begin: usize,
    comma: usize,
    ceiling: usize,
    reach: Reach,
) -> Option<usize> {
    let first = comma + 1;
    let relative = elements.lists().has(List::Relatives, word(elements, first)) || elements.says(first, "where");
    let named = elements.lists().has(List::Articles, word(elements, first));
    if !elements.is(comma, TokenKind::Comma) || !relative && !named {
        return None;
    }
    let stops = |at: usize| elements.is(at, TokenKind::Comma) || elements.all[at].is_chunk();
    let close = (first + 1..ceiling.min(first + INSERTED)).find(|at| stops(*at))?;
    if !elements.is(close, TokenKind::Comma) || close + 2 >= ceiling {
        return None;
    }
    if named && is_clause(elements, first, close) {
        return None;
    }
    let next = close + 1;
    let behind = close + 2;
    // `, as well as about the price`
    if elements.says(next, "as") && elements.says(behind, "well") && elements.says(behind + 1, "as") {
        return Some(close);
    }
    if !elements.has(next, Class::COORDINATOR) {
        return None;
    }
    if elements.says(behind, "that") && (reach == Reach::That || cue.takes(Takes::THAT)) {
        let clause = subject_at(elements, behind + 1, ceiling).is_some();
        return clause.then_some(close);
    }
    // `not only the roof, which was old, but also the wall`
    let only = || (begin..comma).any(|at| elements.says(at, "not") && elements.says(at + 1, "only"));
    if elements.says(next, "but") && (elements.says(behind, "also") || only()) {
        return Some(close);
    }
    // `was a new boat, a ketch, and has had no repairs`: no apposition has a verb.
    if named && reach != Reach::Noun && elements.has(behind, Class::AUXILIARY) {
        return Some(close);
    }
    // `says it costs 10, which includes the roof, but will save 20`
    let modals = match cue.forms.has(Forms::PRESENT) && !cue.forms.has(Forms::PAST) {
        true => elements.has(behind, Class::MODAL) && !elements.is_in(behind, List::PastModals),
        false => elements.is_in(behind, List::PastModals),
    };
    if modals && relative && reach != Reach::Noun {
        return Some(close);
    }
    if !relative || !elements.says(next, "and") {
        return None;
    }
    // `between the port, where he was born, and the hills`
    let end = (behind..ceiling).find(|at| stops(*at)).unwrap_or(ceiling);
    let pair = (begin.max(comma.saturating_sub(10))..comma).any(|at| matches!(word(elements, at), "between" | "both"));
    let phrase = phrase_at(elements, behind, end)?;
    let capital = elements.all[comma - 1].is_capital() && elements.all[phrase.start].is_capital();
    let nominal = !is_clause(elements, behind, end) && !leads_verb(elements, behind);
    let said = (first..close).any(|at| is_cue_verb(elements, at));
    (nominal && !said && (pair || phrase.end >= end && (capital || reach == Reach::Noun))).then_some(close)
}

/// `by closing the yard, selling the boats and moving`: whether the comma at `comma` parts the gerunds of a list, the first of which
/// stands behind a preposition or opens what is told from `begin` on.
pub(super) fn joins_gerunds(elements: &Elements, begin: usize, comma: usize, ceiling: usize) -> bool {
    let comma_at = |at: &usize| elements.is(*at, TokenKind::Comma);
    let since = (begin..comma).rev().find(comma_at).unwrap_or(begin);
    let opens = |at: usize| {
        is_gerund(elements, at) && (at == begin || elements.has(at - 1, Class::PREPOSITION) || at == since + 1)
    };
    let leads = |at: usize| {
        let verb = at + 1 + usize::from(is_adverb(elements, at + 1));
        elements.has(at, Class::COORDINATOR) && is_gerund(elements, verb)
    };
    let first = comma + 1 + usize::from(elements.has(comma + 1, Class::COORDINATOR));
    is_gerund(elements, first)
        && !elements.has(first, Class::CUE_VERB)
        && (since..comma).any(opens)
        && (first > comma + 1 || (first + 1..ceiling).any(leads))
}

/// `its rich views, winding roads, and old towns`: whether a form in -ing behind the comma at `comma` tells of the noun behind it, in a
/// list that goes on.
pub(super) fn joins_attribute(elements: &Elements, comma: usize, ceiling: usize) -> bool {
    const FEW: usize = 5;
    let first = comma + 1;
    let plain = |at: &usize| {
        is_nominal(elements, *at)
            && !elements.has(*at, Class::PREPOSITION.with(Class::DETERMINER))
            && !is_verbal(elements, *at)
    };
    let end = (first + 1..ceiling.min(first + FEW)).find(|at| !plain(at)).unwrap_or(ceiling);
    // `a long, grinding fight`
    let adjectives = elements.has(comma - 1, Class::ADJECTIVE) && !elements.has(comma - 1, Class::TIME);
    end > first + 1
        && elements.all[first + 1].is_word()
        && !elements.all[first + 1].is_capital()
        && (adjectives && elements.is_in(first, List::GerundAdjectives)
            || elements.is(end, TokenKind::Comma)
                && elements.says(end + 1, "and")
                && end + 2 < ceiling
                && !leads_verb(elements, end + 2)
                && !is_clause(elements, end + 2, ceiling)
                && elements.ends(end - 1, Ending::Plural))
}

/// `would leave many without cover, but cut the bill`: whether a base form without a subject stands behind the coordinator at `at`,
/// which a modal in `told` asks for.
pub(super) fn joins_base(elements: &Elements, told: &Range<usize>, at: usize) -> bool {
    const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    let verb = at + 1 + usize::from(is_adverb(elements, at + 1));
    let plain = elements.all.get(verb).is_some_and(|el| {
        el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION.with(Class::CUE_VERB).with(Class::ADJECTIVE))
    });
    plain
        && !is_past_form(elements, verb)
        && !elements.ends(verb, Ending::Plural)
        && elements.has(verb + 1, OBJECT)
        && told.clone().any(|at| elements.has(at, Class::MODAL) && !elements.all[at].is_capital())
}

/// `— and the people around them`, `— and keep the mills running`: whether what stands behind a dash and the coordinator at `at`, up to
/// the next mark, has neither a subject with its verb nor a past form.
pub(super) fn adds_phrase(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const PARTS: [TokenKind; 3] = [TokenKind::Comma, TokenKind::Dash, TokenKind::Semicolon];
    let next = at + 1;
    let end = (next..ceiling).find(|at| PARTS.iter().any(|kind| elements.is(*at, *kind))).unwrap_or(ceiling);
    // `and smallest in men who snored`: the verb is the relative clause's.
    let who = (next + 1..end).find(|at| elements.is_in(*at, List::Relatives)).unwrap_or(end);
    let end = if is_nominal(elements, who - 1) { who } else { end };
    let cue = |at: usize| is_cue_verb(elements, at) && !is_gerund(elements, at);
    next < end
        && !elements.all[next].is_chunk()
        && !elements.all[next].is_capital()
        && !elements.has(next, Class::ACCORDING.with(Class::SUBORDINATOR).with(Class::RELATIVE))
        && !(next..end).any(|at| is_verbal(elements, at) || cue(at) || is_past_form(elements, at))
        && !is_clause(elements, next, end)
        && !leads_verb(elements, next)
}

/// `— a rule that few like — to beat it`: whether what stands behind the dash that closes an aside belongs to the clause before it: an
/// infinitive, a phrase behind a preposition, a relative clause, an auxiliary.
pub(super) fn closes_aside(elements: &Elements, close: usize, ceiling: usize) -> bool {
    let next = close + 1 + usize::from(is_adverb(elements, close + 1));
    let small = elements.all.get(next).is_some_and(|el| el.is_word() && !el.is_capital());
    // `— before selling the yard`
    let doing = is_gerund(elements, next + 1 + usize::from(is_adverb(elements, next + 1)));
    let phrase = elements.has(next, Class::PREPOSITION)
        && (!elements.has(next, Class::SUBORDINATOR.with(Class::ACCORDING)) || doing);
    let relative = elements.has(next, Class::RELATIVE) && !elements.has(next, Class::DETERMINER.with(Class::QUESTION))
        || elements.lists().has(List::Relatives, word(elements, next));
    small
        && next + 1 < ceiling
        && (elements.has(next, Class::AUXILIARY) || elements.says(next, "to") || phrase || relative)
}
