//! Headings and links that lost their line and stand glued before a sentence or its subject. Where the seam is sure,
//! [`crate::text`] begins a sentence there.

use super::elements::{Elements, Tail};
use super::segment::Attribution;
use super::subject_before::caller;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use crate::text::seams::headline;
use std::ops::Range;

/// Words for people in the plural, and for bodies.
const MANY: Class = Class::ROLES.with(Class::GROUPS).with(Class::GROUP);

/// Whether a segment is a link to another story, `READ MORE: Boats are late in Harrow`: its headline reports nothing here.
/// Where it ends with a full stop, a sentence of the story may hang on it, and is read.
pub(super) fn is_link(elements: &Elements, segment: &Range<usize>) -> bool {
    let last = segment.end - 1;
    let stops =
        elements.is(last, TokenKind::Stop) || elements.chunk(last).is_some_and(|chunk| chunk.tail == Tail::Stop);
    !stops && begins_with_link(elements, segment)
}

/// Where the seam between a link and the sentence behind it was not found: what is reported in plain words is in doubt, and
/// what holds the label is nothing that was said.
pub(super) fn doubt(elements: &Elements, segment: &Range<usize>, read: &mut Vec<Attribution>) {
    if read.is_empty() || !begins_with_link(elements, segment) {
        return;
    }
    let plain = |one: &Attribution| !one.content.iter().any(|piece| elements.has_chunk(piece.clone()));
    read.retain(|one| !plain(one) || one.content.first().is_none_or(|piece| piece.start > segment.start));
    read.iter_mut().filter(|one| plain(one)).for_each(|one| one.doubtful = true);
}

/// Whether a segment begins with the label of a link.
fn begins_with_link(elements: &Elements, segment: &Range<usize>) -> bool {
    let page = elements.page;
    elements.all.get(segment.start).is_some_and(|el| headline(&page.tokens, el.token as usize, page.lexicon).is_some())
}

/// `Harrow yards mar the fair Officials said`, `READ MORE: A history of the late boats Ada Brandt said`: a subject behind a
/// heading that lost its line, without the heading. It begins where a name or a word for people with a capital stands behind a
/// noun that names nobody.
pub(super) fn unglued(elements: &Elements, phrase: Range<usize>) -> Range<usize> {
    const LONG: usize = 6;
    let comma = phrase.clone().find(|at| elements.is(*at, TokenKind::Comma)).unwrap_or(phrase.end);
    if let Some(first) = crowd(elements, phrase.start..comma) {
        return first..phrase.end;
    }
    let capital = |at: &usize| elements.all[*at].is_capital();
    let Some(first) = (phrase.start..comma).rev().take_while(capital).last().filter(|first| *first > phrase.start + 1)
    else {
        return phrase;
    };
    let small = is_noun(elements, first - 1);
    let many = first + 1 == comma && elements.has(first, MANY) && !is_party(elements, first);
    if small && many {
        return first..phrase.end;
    }
    let named = caller(elements, phrase.start..comma);
    let long =
        small && comma - phrase.start >= LONG && named.start == first && is_heading(elements, phrase.start..first);
    if long { first..phrase.end } else { phrase }
}

/// Whether the words before somebody are a heading, and nobody who speaks himself: `The wife of the driver Otto Lind`; and
/// nothing that says what he is: `former harbour ethics czar Otto Lind`.
fn is_heading(elements: &Elements, rest: Range<usize>) -> bool {
    const PEOPLE: Class = Class::PEOPLE.with(Class::SUBJECT).with(Class::RELATIVE);
    const PARTS: Class = Class::PREPOSITION.with(Class::BE).with(Class::HAVE).with(Class::MODAL).with(Class::TIME);
    const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
    let links = rest.clone().find(|at| elements.has(*at, PARTS) && *at > rest.start);
    let text = |at: usize, link: usize| elements.has(at, TEXTS) && !elements.says(link, "of");
    let speaks = |link: usize| (rest.start..link).any(|at| elements.has(at, PEOPLE) || text(at, link));
    links.is_some_and(|link| !speaks(link))
}

/// `Effects on trade Harbour experts`: where people in the plural begin, with a capital, behind a heading.
fn crowd(elements: &Elements, phrase: Range<usize>) -> Option<usize> {
    let capital = |at: &usize| elements.all[*at].is_capital() && *at > phrase.start + 1;
    let first = phrase.clone().rev().skip(1).find(capital)?;
    let end = (first + 1..phrase.end).find(|at| elements.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end);
    let small = |at: usize| elements.all[at].is_word() && !elements.all[at].is_capital();
    let last = end - 1;
    let person = elements.lexicon().forms.ends_as_person(elements.text(last).strip_suffix('s').unwrap_or_default());
    let people = elements.has(last, MANY) || person && elements.ends(last, Ending::ClearPlural);
    let plain = last > first && (first + 1..end).all(small) && is_noun(elements, first - 1);
    (plain && people && is_heading(elements, phrase.start..first)).then_some(first)
}

/// Whether a noun in lower case stands there that names nobody and tells nothing of the next word.
fn is_noun(elements: &Elements, at: usize) -> bool {
    const BEFORE: Class = Class::DETERMINER
        .with(Class::POSSESSIVE)
        .with(Class::ADJECTIVE)
        .with(Class::ADVERB)
        .with(Class::PREPOSITION)
        .with(Class::COORDINATOR)
        .with(Class::TITLE)
        .with(Class::UNNAMED);
    let joined = elements.is(at.saturating_sub(1), TokenKind::Hyphen)
        || elements.is_in(at, List::NameParticles)
        || elements.is_in(at, List::Compass);
    elements.all[at].is_word() && !elements.all[at].is_capital() && !elements.has(at, BEFORE) && !joined
}

/// `Republicans`: a word for people that always has a capital.
fn is_party(elements: &Elements, at: usize) -> bool {
    let text = elements.text(at);
    let people = &elements.lexicon().people;
    elements.lists().reads(List::PartyMembers, text.strip_suffix('s').unwrap_or(text)) || people.is_demonym(text)
}
