//! Where the clauses of a sentence begin: behind its dateline, with its subject, with a participle.

use super::phrases::subject_at;
use super::view::{View, What};
use crate::language::grammar::Class;
use crate::language::inflect::Forms;
use crate::text::TokenKind;
use std::ops::Range;

/// `HARROW (HPA) – The bridge …`: where the sentence begins.
pub fn dateline_end(view: &View, segment: &Range<usize>) -> usize {
    const MOST: usize = 10;
    let is_dash = |at: &usize| view.is(*at, TokenKind::Dash) || view.is(*at, TokenKind::Hyphen);
    let dash = (segment.start + 1..segment.end.min(segment.start + MOST)).find(is_dash);
    // As it is written: in a text all in capitals the case of a word says nothing.
    let upper = |at: usize| view.els[at].is_word() && !view.text(at).bytes().any(|byte| byte.is_ascii_lowercase());
    let place = |at: usize| {
        view.els[at].is_capital()
            || upper(at) && view.els[at].class == Class::default()
            || matches!(view.els[at].what, What::Aside)
            || view.is(at, TokenKind::Comma)
    };
    let upper = upper(segment.start) && view.text(segment.start).len() > 1;
    match dash {
        Some(dash) if segment.start == 0 && upper && (segment.start..dash).all(place) => dash + 1,
        _ => segment.start,
    }
}

/// The subject of a segment's first clause, before `end`.
pub fn main_subject(view: &View, segment: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let mut at = segment.start;
    // `Speaking in Harrow, Brandt …`, `Asked about the vote, Brandt …`, `In May, Brandt …`
    let first = at + usize::from(super::voice::is_adverb(view, at));
    let loose = view.has(first, Class::PREPOSITION.with(Class::SUBORDINATOR)) && !view.has(first, Class::SUBJECT);
    if loose || is_participle_start(view, at) {
        at = (at..end).find(|k| view.is(*k, TokenKind::Comma))? + 1;
        // `Speaking in Gannet Bay, Harrow, Brandt …`
        let place = view.els[at - 2].is_capital() && view.els.get(at).is_some_and(|el| el.is_capital());
        let close = (at..end.min(at + 4))
            .find(|k| !view.els[*k].is_capital())
            .filter(|k| place && view.is(*k, TokenKind::Comma));
        if let Some(close) = close.filter(|close| view.els.get(close + 1).is_some_and(|el| el.is_capital())) {
            at = close + 1;
        }
    }
    while at < end
        && (view.has(at, Class::COORDINATOR.with(Class::CONJUNCT))
            || super::voice::is_adverb(view, at)
            || view.is(at, TokenKind::Comma))
    {
        at += 1;
    }
    subject_at(view, at, end)
}

/// Whether a segment begins with a participle: `Speaking in Harrow`, `Asked if it was late`.
pub fn is_participle_start(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    let text = view.text(at);
    let asked = el.has(Class::CUE_VERB)
        && view.lexicon().reporting.verb(el.word).any(|(_, forms)| forms.has(Forms::PARTICIPLE))
        && view
            .els
            .get(at + 1)
            .is_some_and(|next| next.has(Class::PREPOSITION.with(Class::QUESTION).with(Class::SUBORDINATOR)));
    let next = view.els.get(at + 1).is_some_and(|next| {
        next.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::OBJECT))
    });
    asked || el.is_word() && text.len() > 4 && text.ends_with("ing") && next
}

/// Whether a verb group begins there.
pub fn is_finite_start(view: &View, at: usize) -> bool {
    super::phrases::is_verbal(view, at) || view.has(at, Class::CUE_VERB) || super::voice::is_adverb(view, at)
}
