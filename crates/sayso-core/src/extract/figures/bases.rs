//! The base of a share: in `79% of these people` the people counted before it; in `79% of voters` the voters.

use super::nouns::Noun;
use super::reader::Reader;
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
    let reader = Reader::new(page, 0, page.tokens.len());
    let mut counted: FxHashMap<String, u32> = FxHashMap::default();
    for i in 0..figures.len() {
        let share = matches!(figures[i].kind, FigureKind::Percent | FigureKind::Ratio)
            || figures[i].kind == FigureKind::Number
                && figures[i].value.is_some_and(|value| value.fract() == value && !value.is_zero());
        let end = page.token_at(figures[i].span.end.saturating_sub(1)) as usize + 1;
        // "half of the crew", "half the crew"
        let half = figures[i].kind == FigureKind::Ratio && reader.is(end, Class::DETERMINER);
        let end = if half { end.saturating_sub(1) } else { end };
        if share && (half || reader.is(end, Class::OF)) {
            if figures.get(i + 1).is_some_and(|next| next.kind == FigureKind::Number && between(&reader, end, next)) {
                figures[i].of = Some(Base::Figure(i as u32 + 1));
            } else if reader.is(end + 1, Class::THOSE)
                && !(reader.is(end + 1, Class::DETERMINER) && reader.in_phrase(end + 2))
            {
                let words = Span::new(reader.byte(end + 1), reader.byte_after(end + 1));
                figures[i].of = Some(last_counted(page, figures, i).map_or(Base::Words(words), Base::Figure));
            } else if let Some(noun) = reader.counted(if half { end + 2 } else { end }, false) {
                let back = reader.is(end + 1, Class::DETERMINER.or(Class::THOSE)) && !reader.is(end + 1, Class::OWNER)
                    || reader.says(end + 1, "all");
                figures[i].of = match counted.get(&noun.lemma).filter(|_| back) {
                    Some(base) => Some(Base::Figure(*base)),
                    None => Some(Base::Words(Span::new(reader.byte(end + 1), whole(&reader, &noun)))),
                };
            } else {
                figures[i].of = phrase(&reader, end + 1).map(Base::Words);
            }
        }
        // "a 31% stake in the mill", "a 5 percent share of it"
        let holding = figures[i].kind == FigureKind::Percent
            && reader.is(end, Class::HOLDING)
            && (reader.is(end + 1, Class::OF) || reader.says(end + 1, "in"));
        if holding {
            figures[i].of = phrase(&reader, end + 2).map(Base::Words);
        }
        if i > 0 && figures[i].of.is_none() && carries(&reader, &figures[i - 1], &figures[i]) {
            figures[i].of = figures[i - 1].of;
        }
        if figures[i].kind == FigureKind::Number
            && let Some(lemma) = &figures[i].noun_lemma
        {
            counted.insert(lemma.clone(), i as u32);
        }
    }
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
fn whole(reader: &Reader, noun: &Noun) -> u32 {
    const MOST: usize = 3;
    if reader.is_plural(noun.end - 1) {
        return noun.span.end;
    }
    let goes_on = |at: &usize| reader.in_phrase(*at) && !reader.capital(*at);
    let last = (noun.end..noun.end + MOST).take_while(goes_on).last();
    let ends = |at: usize| !reader.in_phrase(at) || reader.is(at, Class::AGAINST);
    let Some(last) = last.filter(|last| ends(last + 1)) else { return noun.span.end };
    let verb = |at: usize| {
        reader.is_past_verb(at) || reader.ends(at, Ending::Plural) || reader.adverb(at) || reader.is(at, Class::VERB)
    };
    if (noun.end..=last).any(verb) { noun.span.end } else { reader.byte_after(last) }
}

/// The words from `at` on that name one thing: `GDP`, `Virgin Harbour`, `the cut`.
fn phrase(reader: &Reader, at: usize) -> Option<Span> {
    const LONGEST: usize = 6;
    let first = if reader.is(at, Class::DETERMINER.or(Class::ARTICLE)) { at + 1 } else { at };
    let name = reader.capital(first);
    let end =
        (first..first + LONGEST).take_while(|at| reader.in_phrase(*at) && (!name || reader.capital(*at))).last()? + 1;
    // "Norholm's farmed land"
    let owned = reader.is_kind(end, TokenKind::Clitic).then(|| reader.measured_stuff(end)).flatten();
    let last = owned.map_or_else(|| reader.byte_after(end - 1), |noun| whole(reader, &noun));
    Some(Span::new(reader.byte(at), last))
}

/// Whether a share goes on from the one before it: `79% of these people are young and 65% are poor`. Both are percentages of
/// one sentence, a coordinator or comma leads to the second, and a verb follows it.
fn carries(reader: &Reader, before: &Figure, share: &Figure) -> bool {
    if before.kind != FigureKind::Percent || share.kind != FigureKind::Percent {
        return false;
    }
    let first = reader.page.token_at(share.span.start) as usize;
    let end = reader.page.token_at(share.span.end.saturating_sub(1)) as usize + 1;
    let led = first > 0 && (reader.listed(first - 1, List::ClauseJoins) || reader.text(first - 1) == ",");
    led && reader.is(end, Class::AUXILIARY)
        && reader.page.sentence_at(before.span.start).is_some_and(|sentence| sentence.span.contains(share.span))
}

/// Whether the figure stands right after the "of" at `of`, a determiner aside.
fn between(reader: &Reader, of: usize, next: &Figure) -> bool {
    (of + 1..of + 4).any(|at| reader.byte(at) == next.span.start)
}
