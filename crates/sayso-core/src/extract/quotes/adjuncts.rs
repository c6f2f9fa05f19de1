//! Adjuncts between a cue and its content: `said on Tuesday in a statement that …`.

use super::elements::{Elements, word};
use super::phrases::{is_verbal, phrase_at};
use super::verb_group::{is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;

/// What was passed over between a cue and its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skipped {
    Nothing,
    Time,
    Phrases,
}

/// Whether `in` stands at `at`, and a year behind it.
pub(super) fn is_year(elements: &Elements, at: usize) -> bool {
    elements.is(at + 1, TokenKind::Number) && elements.text(at + 1).len() == 4 && elements.text(at) == "in"
}

/// Past `on Tuesday`, `in a statement`, `during a visit to Harrow`.
pub(super) fn skip_adjuncts(elements: &Elements, start: usize, ceiling: usize) -> (usize, Skipped) {
    let mut at = start;
    let mut skipped = Skipped::Nothing;
    while at < ceiling && at < start + 24 && !is_bound(elements, at) {
        // `said in July – falsely – that`
        if elements.is(at, TokenKind::Dash) && is_adverb(elements, at + 1) && elements.is(at + 2, TokenKind::Dash) {
            at += 3;
            continue;
        }
        // `said at a town hall this week that`
        if skipped != Skipped::Nothing
            && elements.says(at, "this")
            && let Some(next) = past_time(elements, at, ceiling)
        {
            at = next;
            continue;
        }
        let number = elements.is(at, TokenKind::Number) && skipped != Skipped::Nothing;
        // `said Aug. 11 that`
        let short = |at: usize| elements.is(at + 1, TokenKind::Stop) && elements.is(at + 2, TokenKind::Number);
        if elements.has(at, Class::TIME) && short(at) && at + 3 < ceiling {
            at += 3;
            skipped = skipped.max(Skipped::Time);
        } else if elements.has(at, Class::TIME) || number || is_adverb(elements, at) {
            at += 1;
            skipped = skipped.max(Skipped::Time);
        } else if elements.has(at, Class::PREPOSITION) && at + 1 < ceiling {
            // `in May`, `in 2014`
            if elements.has(at + 1, Class::TIME) || is_year(elements, at) {
                // `on Feb. 25`
                let short = elements.is(at + 2, TokenKind::Stop) && elements.is(at + 3, TokenKind::Number);
                at += if short && at + 4 < ceiling { 4 } else { 2 };
                skipped = skipped.max(Skipped::Time);
                continue;
            }
            // `for the first time`
            let is_time = |at: usize| elements.has(at, Class::TIME) || elements.says(at, "time");
            let loose = |at: usize| {
                (elements.has(at, Class::DETERMINER.with(Class::ADJECTIVE)) || is_time(at))
                    && !elements.all[at].is_capital()
            };
            let time = (at + 2..ceiling.min(at + 4)).rev().find(|at| is_time(*at));
            if let Some(time) = time.filter(|time| (at + 1..*time).all(loose)) {
                at = time + 1;
                skipped = skipped.max(Skipped::Time);
                continue;
            }
            let gerund = is_gerund(elements, at + 1);
            let Some(phrase) = phrase_at(elements, at + 1 + usize::from(gerund), ceiling) else { break };
            at = phrase.end;
            // `in a letter to staff and students that`
            let joined = elements.has(at, Class::COORDINATOR) && !elements.says(at, "but");
            let second = joined.then(|| phrase_at(elements, at + 1, ceiling)).flatten();
            if let Some(second) = second.filter(|second| second.end < ceiling && elements.says(second.end, "that")) {
                at = second.end;
            }
            // `in an interview published on Monday`
            let past = elements.ends(at.min(elements.all.len() - 1), Ending::Past) || elements.has(at, Class::PAST);
            if at < ceiling && past && elements.has(at + 1, Class::PREPOSITION.with(Class::TIME)) {
                at += 1;
            }
            skipped = Skipped::Phrases;
        } else {
            break;
        }
    }
    (at, skipped)
}

/// `said this week that`, `told last month`: past a time that begins like a noun phrase.
pub(super) fn past_time(elements: &Elements, at: usize, ceiling: usize) -> Option<usize> {
    let begins = elements.has(at, Class::TIME) || matches!(word(elements, at), "this" | "that");
    let next = at + 2;
    (begins
        && next < ceiling
        // `said today's vote`
        && !(at..=next).any(|at| elements.is(at, TokenKind::Clitic))
        && elements.has(at + 1, Class::TIME)
        && !elements.all[at + 1].is_capital()
        && !is_verbal(elements, next)
        && !elements.has(next, Class::PREPOSITION))
    .then_some(next)
}

impl Skipped {
    fn max(self, other: Skipped) -> Skipped {
        if self == Skipped::Phrases { self } else { other }
    }
}

/// `at least 40 boats`, `up to a mile`: words that bound a number and begin its phrase.
pub(super) fn is_bound(elements: &Elements, at: usize) -> bool {
    let next = word(elements, at + 1);
    // `about 40 boats`
    let number = elements.is(at + 1, TokenKind::Number);
    match word(elements, at) {
        hedge if number && elements.lists().has(List::NumberHedges, hedge) => true,
        "at" => elements.lists().has(List::BoundingAt, next),
        "as" => elements.lists().has(List::BoundingAs, next),
        "up" => next == "to",
        _ => false,
    }
}
