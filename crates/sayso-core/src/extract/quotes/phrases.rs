//! Noun phrases, found from one of their ends: the subject that stands before a cue, the one that follows an inverted
//! cue, the one addressed. No tagger: closed classes, capitals and the shape of words decide.

use super::elements::{Element, ElementKind, Elements};
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

/// A noun phrase is looked for over at most this many elements.
pub(super) const LONGEST: usize = 32;

/// Whether the word there begins or is part of a verb group: an auxiliary, or a word in -ed with an object behind it.
pub fn is_verbal(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    if !el.is_word() {
        return el.is(TokenKind::Clitic) && !is_possessive(elements, at);
    }
    if el.has(Class::AUXILIARY) {
        return !is_modal_name(elements, at);
    }
    let takes = elements.all.get(at + 1).is_some_and(|next| {
        next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::PREPOSITION))
    });
    let past = elements.ends(at, Ending::Past) && !el.has(Class::ADJECTIVE) || el.has(Class::PAST);
    !el.is_capital() && takes && past
}

/// `Theresa May`, `Mrs May`, `Will Lind`: a modal with a capital inside its sentence is a name.
pub(super) fn is_modal_name(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    let begins = at == 0 || elements.is(at - 1, TokenKind::Stop) || elements.is(at - 1, TokenKind::Exclaim);
    const VERBS: Class = Class::CUE_VERB.with(Class::HAVE).with(Class::BE);
    let named = |next: &Element| next.is_capital() || next.has(VERBS);
    el.has(Class::MODAL) && el.is_capital() && (!begins || elements.all.get(at + 1).is_some_and(named))
}

/// Whether the clitic there is a genitive: `’s` before something other than a verb group's rest.
pub fn is_possessive(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    if !el.is(TokenKind::Clitic) || !elements.text(at).ends_with(['s', 'S']) {
        return false;
    }
    let after_pronoun = at > 0 && elements.has(at - 1, Class::SUBJECT);
    let then = elements.all.get(at + 1);
    !after_pronoun
        && then.is_some_and(|el| {
            (el.is_word() || el.is_chunk() || el.is(TokenKind::Number))
                && !el.has(Class::DETERMINER.with(Class::NEGATION).with(Class::SUBJECT).with(Class::POSSESSIVE))
                && !(elements.ends(at + 1, Ending::Gerund)
                    && el.case == crate::text::tokens::Case::Lower
                    && !is_attribute(elements, at + 1))
        })
}

/// `Harrow’s ruling party`, `women’s curling, `: whether a form in -ing behind a genitive tells of a noun or is one.
fn is_attribute(elements: &Elements, at: usize) -> bool {
    let closes = |next: &Element| next.is(TokenKind::Comma) || next.is(TokenKind::Stop) || next.has(Class::COORDINATOR);
    let noun = elements.all.get(at + 1).is_none_or(closes) && !elements.has(at, Class::CUE_VERB);
    noun || elements.is_in(at, List::GerundAdjectives)
}

/// Whether the element can stand inside a noun phrase as noun, name, adjective or number.
pub fn is_nominal(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    match el.kind {
        ElementKind::Aside => true,
        ElementKind::Token(TokenKind::Number | TokenKind::Hyphen | TokenKind::Symbol) => true,
        ElementKind::Token(TokenKind::Word) => {
            let closed = Class::FUNCTION.with(Class::RELATIVE);
            el.is_capital() && at > 0 && !el.has(Class::SUBJECT) || !el.has(closed)
        }
        _ => false,
    }
}

/// Whether the element can be the head of a noun phrase.
pub(super) fn is_head(el: &Element) -> bool {
    el.is_word()
        && (el.has(Class::SUBJECT.with(Class::OBJECT).with(Class::UNNAMED))
            || el.is_capital() && !el.has(Class::DETERMINER.with(Class::PREPOSITION).with(Class::SUBORDINATOR))
            || !el.has(
                Class::DETERMINER
                    .with(Class::POSSESSIVE)
                    .with(Class::ADVERB)
                    .with(Class::PREPOSITION)
                    .with(Class::SUBORDINATOR),
            ))
}

/// Whether a determiner stands there that needs a noun: `the`, `this`.
pub(super) fn is_article(elements: &Elements, at: usize) -> bool {
    elements.lists().has(List::NeedingNoun, elements.lexicon().words.text(elements.word(at)))
        || elements.has(at, Class::POSSESSIVE)
}

/// The noun phrase that begins at `at`, up to what cannot be part of it; `wide` phrases hold the prepositional phrases
/// that tell who somebody is (`a spokesman for the company`).
pub fn phrase_at(elements: &Elements, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut end = at;
    let first = elements.all.get(at)?;
    // `US researchers`
    let state = first.is_capital() && elements.text(at) == "US";
    if first.has(Class::SUBJECT.with(Class::OBJECT)) && !first.has(Class::POSSESSIVE.with(Class::DETERMINER)) && !state
    {
        return Some(at..at + 1);
    }
    if first.has(Class::OBJECT)
        && !state
        && !elements.all.get(at + 1).is_some_and(|next| {
            // `said her two sons`
            let counted = next.has(Class::DETERMINER) && elements.has(at + 2, Class::ROLE.with(Class::ROLES));
            (next.is_word() || next.is(TokenKind::Number))
                && (counted
                    // `telling her the dam was safe`
                    || !elements.is_in(at + 1, List::Articles)
                        && !next.has(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::SUBJECT).with(Class::TIME)))
        })
    {
        return Some(at..at + 1);
    }
    let ceiling = ceiling.min(at + LONGEST).min(elements.all.len());
    while end < ceiling {
        let el = &elements.all[end];
        let starts = end == at;
        let inner = if el.has(Class::RELATIVE) {
            starts && el.has(Class::DETERMINER)
        } else if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            // `her two sons`
            const BEFORE: Class =
                Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR).with(Class::POSSESSIVE);
            // `mother-of-two Ada Brandt`
            starts
                || elements.has(end - 1, BEFORE)
                || elements.is(end - 1, TokenKind::Hyphen)
                || is_letter(elements, end)
                || is_counted(elements, end)
        } else if el.has(Class::PREPOSITION) && !el.is_capital() {
            // `says Brandt with conviction`
            let named = elements.all[end - usize::from(!starts)].is_capital();
            let manner = elements.text(end) == "with" && named;
            // `said Ada Brandt at the opening of the yard`
            let occasion = named
                && elements.text(end) == "at"
                && elements.has(end + 1, Class::DETERMINER)
                && elements.all.get(end + 2).is_some_and(|next| next.is_word() && !next.is_capital());
            !starts && binds(elements, end) && end + 1 < ceiling && !manner && !occasion
        } else if el.has(Class::COORDINATOR) {
            let capitals =
                || end + 1 < ceiling && elements.all[end - 1].is_capital() && elements.all[end + 1].is_capital();
            // `said actor and member of parliament Ada Brandt`
            let roles = || {
                elements.has(end - 1, Class::ROLE)
                    && (end + 1..ceiling.min(end + 3)).any(|at| elements.has(at, Class::ROLE))
                    && !elements.has(end + 1, Class::DETERMINER)
            };
            !starts && (capitals() || roles())
        } else if el.is_chunk() {
            !starts && elements.all[end - 1].is_capital() && elements.all.get(end + 1).is_some_and(Element::is_capital)
        } else if el.has(Class::TIME) && !el.has(Class::ADJECTIVE) {
            // `the 46-year-old`, `a Wednesday editorial`
            !starts
                && (elements.is(end - 1, TokenKind::Hyphen)
                    // `Quay Radio’s Today programme`
                    || el.is_capital() && elements.is(end - 1, TokenKind::Clitic)
                    || elements.has(end - 1, Class::DETERMINER)
                        && el.is_capital()
                        && elements.all.get(end + 1).is_some_and(|next| next.is_word() && is_head(next)))
        } else if end > at + 1 && el.is_word() && is_joined(elements, end) {
            // `Harrow-based`
            true
        } else if el.has(Class::ADVERB) && !el.is_capital() {
            starts
        } else if el.is(TokenKind::Clitic) {
            is_possessive(elements, end)
        } else if el.is(TokenKind::Mark) {
            !starts
        } else if elements.is_in(end, List::NamingVerbs) && elements.says(end + 1, "as") {
            // `a sailor identified as Otto Lind`
            let named = !starts && elements.all.get(end + 2).is_some_and(Element::is_capital);
            end += usize::from(named);
            named
        } else {
            (is_nominal(elements, end) || is_initial(elements, end))
                && !is_verbal(elements, end)
                && !is_participle(elements, end, at)
                && (starts || !is_sure_cue(elements, end))
        };
        if !inner {
            break;
        }
        end += 1;
    }
    while end > at
        && (elements.has(end - 1, Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER))
            && !elements.all[end - 1].is_capital())
        && !(end == at + 1 && elements.has(at, Class::UNNAMED))
    {
        end -= 1;
    }
    // `told reporters late on Sunday`
    let timed = end < elements.all.len() && elements.has(end, Class::PREPOSITION.with(Class::TIME));
    if end > at + 1 && timed && matches!(elements.text(end - 1), "late" | "early") {
        end -= 1;
    }
    // `were told by the council last week`
    let dated = end > at + 1 && end < elements.all.len() && elements.has(end, Class::TIME);
    if dated && !elements.all[end].is_capital() && elements.is_in(end - 1, List::TimeLeads) {
        end -= 1;
    }
    (end > at && elements.all[at..end].iter().any(is_head)).then_some(at..end)
}

/// The subject that begins at `at`: a name ends before the lower-case word that follows it (`Ada Brandt shook her head`).
pub fn subject_at(elements: &Elements, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = phrase_at(elements, at, ceiling)?;
    let mut named = false;
    for index in phrase.clone() {
        let el = &elements.all[index];
        let pair = el.has(Class::COORDINATOR) && elements.all.get(index + 1).is_some_and(Element::is_capital);
        let lower = el.is_word()
            && !el.is_capital()
            && !pair
            && !el.has(
                Class::PREPOSITION
                    .with(Class::DETERMINER)
                    .with(Class::ROLE)
                    .with(Class::ROLES)
                    .with(Class::GROUP)
                    .with(Class::GROUPS),
            );
        // `Norwegian prime minister Ada Brandt left`, `Ahmed al-Brandt left`, `Quay plc left`
        let leads = || {
            let verbal = |at: usize| {
                elements.ends(at, Ending::Past)
                    || elements.ends(at, Ending::ClearPlural)
                    || elements.has(at, Class::PAST)
            };
            let plain = |at: &usize| {
                let el = &elements.all[*at];
                el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION) && !verbal(*at)
            };
            let role = (index..phrase.end).take_while(plain).last();
            role.is_some_and(|role| role > index && role < index + 3 && elements.has(role, Class::ROLE))
        };
        let joined = || elements.is(index + 1, TokenKind::Hyphen) && elements.is_in(index, List::NameParticles);
        // `Harrow-based Quaynet left`
        let part = || is_joined(elements, index) || index > phrase.start && is_initial(elements, index - 1);
        // `The Polish side left`: a verb stands behind the word in small letters.
        if named && lower && is_modifier(elements, &(phrase.start..index)) && is_verb_at(elements, index + 1) {
            phrase.end = index + 1;
            break;
        }
        if named && lower && !el.has(Class::DOCUMENT.with(Class::SUFFIX)) && !leads() && !joined() && !part() {
            phrase.end = index;
            break;
        }
        named = el.is_capital() && !el.has(Class::DETERMINER.with(Class::POSSESSIVE)) || named && !el.is_word();
    }
    Some(phrase)
}

/// `Harrow-based Quaynet`: whether a hyphen joins the word at `at` to the one before it, and a noun or name stands behind it. A lost space
/// may have become a hyphen: `The crowd-gathered in Harrow`.
fn is_joined(elements: &Elements, at: usize) -> bool {
    at > 1
        && elements.is(at - 1, TokenKind::Hyphen)
        && elements.page.glued(elements.all[at - 1].token as usize)
        && !elements.has(at, Class::CUE_VERB.with(Class::AUXILIARY))
        && elements.all.get(at + 1).is_some_and(Element::is_word)
        && is_nominal(elements, at + 1)
}

/// `The Polish`, `the Harrow`: whether `words` are an article and one word with a capital, which may tell of a noun.
fn is_modifier(elements: &Elements, words: &Range<usize>) -> bool {
    words.len() == 2 && is_article(elements, words.start) && elements.all[words.start + 1].is_capital()
}

/// Whether a finite verb stands at `at`, by its form or by what it takes.
fn is_verb_at(elements: &Elements, at: usize) -> bool {
    let past = elements.ends(at, Ending::Past) || elements.has(at, Class::PAST.with(Class::AUXILIARY));
    elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital()) && (past || is_third_person(elements, at))
}

/// `phrase` without the verb in the present that a reader from left to right takes for its noun: `The minute book gives the reasons`.
pub(super) fn without_verb(elements: &Elements, phrase: Range<usize>) -> Range<usize> {
    let verb = phrase.len() > 2 && is_third_person(elements, phrase.end - 1);
    phrase.start..phrase.end - usize::from(verb)
}

/// `The minute book gives the reasons`: whether a form in -s that is none of those who speak stands at `at`, between a noun and an article or a
/// number. Of nouns, only a time stands there: `The boats this year`.
fn is_third_person(elements: &Elements, at: usize) -> bool {
    const NO_NOUN: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION);
    const NOUNS: Class = Class::PEOPLE.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::TIME);
    let el = &elements.all[at];
    let noun = elements.all[at - 1].is_word() && is_nominal(elements, at - 1) && !elements.has(at - 1, NO_NOUN);
    let next = at + 1;
    let counts = elements.has(next, Class::DETERMINER) && !elements.has(next, Class::RELATIVE.with(Class::UNNAMED));
    let object =
        (is_article(elements, next) || counts) && !elements.has(next + 1, Class::TIME) && !elements.says(next, "that");
    let bare = el.is_word() && !el.is_capital() && !el.has(NOUNS);
    noun && bare && elements.ends(at, Ending::ClearPlural) && object
}

/// Whether a phrase can name one who speaks or a text: by a pronoun, a name, a role, a body, a document or a count at its
/// head, or one of [`List::SmallBodies`]. `the platform` and `this achievement` cannot.
pub fn may_speak(elements: &Elements, phrase: &Range<usize>) -> bool {
    const SPEAKS: Class = Class::SUBJECT
        .with(Class::OBJECT)
        .with(Class::RELATIVE)
        .with(Class::PEOPLE)
        .with(Class::DOCUMENT)
        .with(Class::DOCUMENTS);
    let stops = |at: &usize| {
        let el = &elements.all[*at];
        el.is(TokenKind::Comma)
            // `partners such as Harrow`
            || *at > phrase.start && elements.says(*at, "such")
            || *at > phrase.start && el.has(Class::PREPOSITION.with(Class::RELATIVE)) && !el.is_capital()
            || el.kind == ElementKind::Aside
            // `the man accused of theft`
            || *at > phrase.start
                && elements.is_in(*at, List::PassiveHangers)
                && elements.has(*at + 1, Class::PREPOSITION)
                && !elements.has(*at - 1, Class::DETERMINER)
    };
    let end = phrase.clone().find(stops).unwrap_or(phrase.end);
    let Some(head) =
        (phrase.start..end).rev().find(|at| elements.all[*at].is_word() || elements.is(*at, TokenKind::Number))
    else {
        return true;
    };
    let el = &elements.all[head];
    // `people familiar with the plan`, `the 56-year-old`
    let before = || &elements.all[head - 1];
    let hung = head > phrase.start
        && (elements.is_in(head, List::BehindPeople) && before().has(Class::PEOPLE)
            || elements.says(head, "old") && before().is(TokenKind::Hyphen)
            || el.has(Class::SUFFIX) && before().is_capital() && !before().has(Class::DETERMINER));
    let shown = head == phrase.start && el.has(Class::DETERMINER) && !el.has(Class::UNNAMED);
    let text = elements.text(head);
    !shown
        && (el.has(SPEAKS)
            || hung
            || el.is_capital()
            || el.is(TokenKind::Number)
            || text == "percent"
            || elements.is_in(head, List::SmallBodies)
            || elements.lexicon().forms.ends_as_person(text))
}

/// `said`: a word that can be nothing but a finite cue.
pub(super) fn is_sure_cue(elements: &Elements, at: usize) -> bool {
    const NOUNS: Class =
        Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::ROLE).with(Class::GROUP);
    elements.has(at, Class::CUE_VERB)
        && !elements.all[at].is_capital()
        && !elements.has(at, NOUNS)
        && elements.is_in(at, List::SureCues)
}

/// `a spokesman for`, `the mayor of`, `Agent in Charge`: prepositions that bind a name to a role.
fn binds(elements: &Elements, at: usize) -> bool {
    // `Special Agent in Charge Ada Brandt`
    let title = elements.text(at) == "in" && at + 1 < elements.all.len() && elements.is_in(at + 1, List::InTitles);
    title || elements.is_in(at, List::BindingPrepositions)
}

/// A lower-case word in -ing that no determiner leads: `said Brandt explaining the vote`.
fn is_participle(elements: &Elements, at: usize, start: usize) -> bool {
    let el = &elements.all[at];
    el.is_word()
        && !el.is_capital()
        && elements.ends(at, Ending::Gerund)
        && at > start
        // `told a Senate hearing the bill was old`
        && !(elements.is_in(at, List::Gatherings) && elements.is_in(start, List::Articles))
        // `a Senate hearing,`
        && !(elements.is(at + 1, TokenKind::Comma) && elements.has(start, Class::DETERMINER.with(Class::POSSESSIVE)))
        && !elements.has(at - 1, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION))
}

/// The last word of a phrase before what a preposition hangs on it: `the head of the Trust` → `head`.
pub(super) fn noun_of(elements: &Elements, phrase: &Range<usize>) -> usize {
    phrase.clone().find(|at| elements.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end).max(1) - 1
}

/// `phrase` with the apposition or relative clause that follows it: `Brandt, the mayor of Harrow`.
pub fn with_tail(elements: &Elements, phrase: Range<usize>, ceiling: usize) -> Range<usize> {
    if !elements.is(phrase.end, TokenKind::Comma) || phrase.end + 1 >= ceiling {
        return phrase;
    }
    let next = &elements.all[phrase.end + 1];
    // `said its chief, Ada Brandt`, `the head of the largest, Ada Brandt`
    let head = noun_of(elements, &phrase);
    // `said the Green MP for Harrow, Ada Brandt`: two capitals, and nothing more
    let whole = || {
        let name = (phrase.end + 1..ceiling).take_while(|at| elements.all[*at].is_capital()).count();
        let close = phrase.end + 1 + name;
        let closed = close >= ceiling || !elements.all[close].is_word();
        name > 1 && closed && elements.has(phrase.start, Class::DETERMINER)
    };
    // `said Quay Trust President, Ada Brandt`
    let named = next.is_capital()
        && elements.has(head, Class::ROLE)
        && (!elements.all[head].is_capital() || head + 1 == phrase.end || whole())
        // `said the mayor, Dr Ada Brandt`
        && (next.class == Class::default()
            || next.has(Class::TITLE) && elements.all.get(phrase.end + 2).is_some_and(Element::is_capital));
    // `Ada Brandt, commercial director at Quay Marine`
    let office = || {
        const FEW: usize = 4;
        let small = |at: &usize| {
            let el = &elements.all[*at];
            el.is_word() && !el.has(Class::PREPOSITION.with(Class::SUBJECT)) && !is_verbal(elements, *at)
        };
        let mut words = (phrase.end + 1..ceiling.min(phrase.end + 1 + FEW)).take_while(small);
        // `On Monday, spokesman Otto Lind said`: the name behind it is the subject.
        words.any(|at| elements.has(at, Class::ROLE) && !elements.all.get(at + 1).is_some_and(Element::is_capital))
    };
    // `Ada Brandt, Lenn director at Quay Marine`
    let area = || {
        let role = (phrase.end + 2..ceiling.min(phrase.end + 4)).find(|at| !elements.all[*at].is_capital());
        let behind = |role: usize| !elements.all.get(role + 1).is_some_and(Element::is_capital);
        elements.all[phrase.end - 1].is_capital()
            && next.class == Class::default()
            && role.is_some_and(|role| elements.has(role, Class::ROLE) && behind(role))
    };
    let tells = named
        || next.is_capital() && area()
        || next.is_word() && !next.is_capital() && office()
        || next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE))
        || next.has(Class::RELATIVE)
        || next.is(TokenKind::Number)
        || next.is_word()
            && !next.is_capital()
            && next.class == Class::default()
            && !elements.ends(phrase.end + 1, Ending::Gerund);
    if !tells || next.has(Class::SUBJECT) && !next.has(Class::RELATIVE) {
        return phrase;
    }
    let stops = |el: &Element| {
        el.is(TokenKind::Comma)
            || el.is(TokenKind::Stop)
            || el.is_chunk()
            || el.is(TokenKind::Semicolon)
            || el.is(TokenKind::Dash)
            || el.is(TokenKind::Colon)
    };
    let limit = ceiling.min(phrase.end + 1 + LONGEST);
    let end =
        (phrase.end + 1..limit).find(|at| stops(&elements.all[*at]) && !is_initial(elements, *at)).unwrap_or(limit);
    // `According to the council, the bridge was safe`: a clause, no apposition.
    let relative = (phrase.end + 1..end).find(|at| elements.has(*at, Class::RELATIVE)).unwrap_or(end);
    let clause = (phrase.end + 1..relative).any(|at| is_verbal(elements, at));
    // `said Lind, the agency reported`: another tag.
    let past = Forms::PAST.with(Forms::PRESENT);
    let tag = relative > phrase.end + 2
        && elements.has(relative - 1, Class::CUE_VERB)
        && !elements.has(relative - 1, Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::GROUP))
        && elements
            .lexicon()
            .reporting
            .verb(elements.word(relative - 1))
            .any(|(frame, forms)| frame.strength >= 2 && frame.takes.has(Takes::CLAUSE) && forms.has(past));
    if clause || tag {
        return phrase;
    }
    phrase.start..end
}

/// `Radio Four`, `Part Two`: whether a number's word there ends a name.
pub(super) fn is_counted(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.is_capital()
        && el.has(Class::DETERMINER)
        && !el.has(Class::POSSESSIVE)
        && !is_article(elements, at)
        && at > 0
        && elements.all[at - 1].is_capital()
}

/// The letter of `David A. Brandt`, which is no article.
pub(super) fn is_letter(elements: &Elements, at: usize) -> bool {
    let capital = |at: usize| elements.all.get(at).is_some_and(|el| el.is_word() && el.is_capital());
    elements.text(at).len() == 1
        && at > 0
        && capital(at - 1)
        && capital(at)
        && is_initial(elements, at + 1)
        && capital(at + 2)
}

/// The full stop of `Sen.`, `J.` or `Quaynet.com`; `Otto Lind. rita@harrow.quay` ends a sentence.
pub(super) fn is_initial(elements: &Elements, at: usize) -> bool {
    const LETTERS: usize = 5;
    let glued = |at: usize| elements.page.glued(elements.all[at].token as usize);
    let small = elements.all.get(at + 1).is_some_and(|next| next.is_word() && !next.is_capital());
    let stop = at > 0 && elements.is(at, TokenKind::Stop);
    if stop && small && elements.all[at - 1].is_word() && glued(at - 1) && glued(at) {
        return true;
    }
    stop && elements.all[at - 1].is_capital()
        && !(small && (elements.text(at - 1).len() > LETTERS || elements.text(at + 2) == "@"))
}
