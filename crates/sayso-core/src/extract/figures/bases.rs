//! The base of a share: in `79% of these people` the people counted before it; in `79% of voters` the voters.

use super::nouns::Noun;
use super::window::Window;
use crate::extract::{Base, Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;

/// Joins each share with its base: the last figure before it that counts the same noun, if a determiner points back;
/// the words themselves otherwise. Linear.
pub(super) fn join(page: &Page, figures: &mut [Figure]) {
    let window = Window::new(page, 0, page.tokens.len());
    let mut counted: FxHashMap<String, u32> = FxHashMap::default();
    let mut near = 0;
    for i in 0..figures.len() {
        let share = matches!(figures[i].kind, FigureKind::Percent | FigureKind::Ratio)
            || figures[i].kind == FigureKind::Number
                && figures[i].value.is_some_and(|value| value.fract() == value && !value.is_zero());
        near = token_near(page, near, figures[i].span.end.saturating_sub(1));
        let end = near + 1;
        // "half of the crew", "half the crew"
        let half = figures[i].kind == FigureKind::Ratio && window.is(end, Class::DETERMINER);
        let end = if half { end.saturating_sub(1) } else { end };
        if share && (half || window.is(end, Class::OF)) {
            if figures.get(i + 1).is_some_and(|next| next.kind == FigureKind::Number && between(&window, end, next)) {
                figures[i].of = Some(Base::Figure(i as u32 + 1));
            } else if window.is(end + 1, Class::THOSE)
                && !(window.is(end + 1, Class::DETERMINER) && window.in_phrase(end + 2))
            {
                let words = Span::new(window.byte(end + 1), window.byte_after(end + 1));
                figures[i].of = Some(last_counted(page, figures, i).map_or(Base::Words(words), Base::Figure));
            } else if let Some(noun) = window.counted(if half { end + 2 } else { end }, false) {
                let back = window.is(end + 1, Class::DETERMINER.or(Class::THOSE)) && !window.is(end + 1, Class::OWNER)
                    || window.says(end + 1, "all");
                figures[i].of = match counted.get(&noun.lemma).filter(|_| back) {
                    Some(base) => Some(Base::Figure(*base)),
                    None => Some(Base::Words(Span::new(window.byte(end + 1), whole(&window, &noun)))),
                };
            } else {
                figures[i].of = phrase(&window, end + 1).map(Base::Words);
            }
        }
        // "a 31% stake in the mill", "a 5 percent share of it"
        let holding = figures[i].kind == FigureKind::Percent
            && window.is(end, Class::HOLDING)
            && (window.is(end + 1, Class::OF) || window.says(end + 1, "in"));
        if holding {
            figures[i].of = phrase(&window, end + 2).map(Base::Words);
        }
        if i > 0 && figures[i].of.is_none() && carries(&window, &figures[i - 1], &figures[i]) {
            figures[i].of = figures[i - 1].of;
        }
        if figures[i].kind == FigureKind::Number
            && let Some(lemma) = &figures[i].noun_lemma
        {
            counted.insert(lemma.clone(), i as u32);
        }
    }
}

/// The token that holds byte `at`, sought from `near` on: figures stand in the order of the text.
fn token_near(page: &Page, near: usize, at: u32) -> usize {
    if page.tokens.get(near).is_none_or(|token| token.start > at) {
        return page.token_at(at) as usize;
    }
    const STEPS: usize = 16;
    let found = (near..near + STEPS).find(|i| page.tokens.get(*i).is_none_or(|token| token.end > at));
    found.unwrap_or_else(|| page.token_at(at) as usize)
}

/// The figure that counted something last before the figure `at`, in its sentence or the one before.
fn last_counted(page: &Page, figures: &[Figure], at: usize) -> Option<u32> {
    const REACH: usize = 3;
    let start = page.sentence_at(figures[at].span.start)?.span.start;
    let floor = page.sentence_at(start.saturating_sub(2)).map_or(start, |sentence| sentence.span.start);
    let near = (at.saturating_sub(REACH)..at).rev().take_while(|i| figures[*i].span.start >= floor);
    near.into_iter()
        .find(|i| figures[*i].kind == FigureKind::Number && figures[*i].noun.is_some())
        .and_then(|i| u32::try_from(i).ok())
}

/// Where the phrase ends whose first noun is `noun`: `gross domestic product`. A noun in the plural ends it; elsewhere it goes on
/// where nothing in it could be a verb.
fn whole(window: &Window, noun: &Noun) -> u32 {
    const MOST: usize = 3;
    if window.is_plural(noun.end - 1) {
        return noun.span.end;
    }
    let goes_on = |at: &usize| window.in_phrase(*at) && !window.capital(*at);
    let last = (noun.end..noun.end + MOST).take_while(goes_on).last();
    let ends = |at: usize| !window.in_phrase(at) || window.is(at, Class::AGAINST);
    let Some(last) = last.filter(|last| ends(last + 1)) else { return noun.span.end };
    let verb = |at: usize| {
        window.is_past_verb(at) || window.ends(at, Ending::Plural) || window.adverb(at) || window.is(at, Class::VERB)
    };
    if (noun.end..=last).any(verb) { noun.span.end } else { window.byte_after(last) }
}

/// The words from `at` on that name one thing: `GDP`, `Virgin Harbour`, `the cut`.
fn phrase(window: &Window, at: usize) -> Option<Span> {
    const LONGEST: usize = 6;
    let first = if window.is(at, Class::DETERMINER.or(Class::ARTICLE)) { at + 1 } else { at };
    let name = window.capital(first);
    let end =
        (first..first + LONGEST).take_while(|at| window.in_phrase(*at) && (!name || window.capital(*at))).last()? + 1;
    // "Norholm's farmed land"
    let owned = window.is_kind(end, TokenKind::Clitic).then(|| window.measured_stuff(end)).flatten();
    let last = owned.map_or_else(|| window.byte_after(end - 1), |noun| whole(window, &noun));
    Some(Span::new(window.byte(at), last))
}

/// Whether a share goes on from the one before it: `79% of these people are young and 65% are poor`. Both are percentages of
/// one sentence, a coordinator or comma leads to the second, and a verb follows it.
fn carries(window: &Window, before: &Figure, share: &Figure) -> bool {
    if before.kind != FigureKind::Percent || share.kind != FigureKind::Percent {
        return false;
    }
    let first = window.page.token_at(share.span.start) as usize;
    let end = window.page.token_at(share.span.end.saturating_sub(1)) as usize + 1;
    let led = first > 0 && (window.listed(first - 1, List::ClauseJoins) || window.text(first - 1) == ",");
    led && window.is(end, Class::AUXILIARY)
        && window.page.sentence_at(before.span.start).is_some_and(|sentence| sentence.span.contains(share.span))
}

/// Whether the figure stands right after the "of" at `of`, a determiner aside.
fn between(window: &Window, of: usize, next: &Figure) -> bool {
    (of + 1..of + 4).any(|at| window.byte(at) == next.span.start)
}
