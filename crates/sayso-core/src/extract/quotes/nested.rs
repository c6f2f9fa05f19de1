//! Quotations within quotations: `“Then she said, ‘Read it to me,’ and I laughed.”` holds one more, by `she`.
//!
//! The inside of quoted words is read as a paragraph of its own, one level down. Only quoted words with a source and a cue
//! count there: what a speaker reports in other words is part of what that speaker says.

use super::elements::{Elements, word};
use super::phrases::phrase_at;
use super::segment::Attribution;
use super::{Found, Link, finish, segment};
use crate::extract::{QuoteKind, QuoteReason};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::{End, TokenKind};

/// Fewer words inside inner marks are a word as a word or a nickname.
const LEAST: u32 = 3;

/// Appends the quotations inside the chunks of a paragraph. Linear; looks only at chunks with marks inside.
pub fn scan(elements: &Elements, out: &mut Vec<Found>) {
    let page = elements.page;
    if page.pairs_from(elements.paragraph, 1, 0).next().is_none() {
        return;
    }
    for (here, el) in elements.all.iter().enumerate().filter(|(_, el)| el.is_chunk()) {
        let within = page.span_of(el.token..el.end);
        let mut inside = page.pairs_from(elements.paragraph, 1, within.start);
        if !inside.next().is_some_and(|pair| within.contains(pair.span)) {
            continue;
        }
        let outer = elements.chunk(here);
        let single = outer.is_some_and(|chunk| chunk.single);
        // A mark that is left open at the paragraph's end has no fellow to leave out.
        let closed = outer.is_none_or(|chunk| chunk.end == End::Closed);
        let end = el.end.saturating_sub(u32::from(closed)).max(el.token + 1);
        let inner = Elements::inside(page, elements.paragraph, el.token + 1..end);
        out.extend(cited(elements, here, &inner, single).map(|found| Found { inside: Some(within), ..found }));
        for segment in &inner.segments {
            for mut one in segment::read(&inner, segment) {
                let quoted = one.content.iter().flat_map(|piece| piece.clone()).filter_map(|at| inner.chunk(at));
                let other = quoted.clone().all(|chunk| chunk.single != single);
                if one.source.is_none() || !other || quoted.map(|chunk| chunk.words).sum::<u32>() < LEAST {
                    continue;
                }
                // `‘Read it to me,’ and I laughed`: only the words in marks are anybody else's.
                let chunks = one.content.iter().flat_map(|piece| piece.clone()).filter(|at| inner.chunk(*at).is_some());
                one.content = chunks.map(|at| at..at + 1).collect();
                out.extend(
                    finish(&inner, one)
                        .filter(|found| found.kind == QuoteKind::Direct && found.link == Link::Own)
                        .map(|found| Found { inside: Some(within), ..found }),
                );
            }
        }
    }
}

/// `“The pool will open in May, said Brandt.`: the closing mark is lost, and the tag stands among the quoted words.
pub fn tag_inside(elements: &Elements, found: Found) -> Found {
    if found.kind != QuoteKind::Direct || found.source.is_some() || found.cue.is_some() {
        return found;
    }
    let [content, rest @ ..] = &found.content[..] else { return found };
    // A paragraph without line breaks may hold very many.
    let at = elements.chunks.partition_point(|chunk| chunk.span.start < content.start);
    let first = elements.chunks.get(at).filter(|chunk| chunk.span.start == content.start);
    let lost = first.is_some_and(|chunk| chunk.end == End::Reopened) || !found.balanced && rest.is_empty();
    if !lost {
        return found;
    }
    let chunk =
        elements.all.iter().find(|el| el.is_chunk() && elements.page.span_of(el.token..el.end).start == content.start);
    let Some(chunk) = chunk else { return found };
    let inner = Elements::inside(elements.page, elements.paragraph, chunk.token + 1..chunk.end);
    let tagged = inner.segments.iter().find_map(|segment| {
        let tag = |one: &Attribution| {
            let whole = one.content.first().is_some_and(|piece| one.content.len() == 1 && piece.start == segment.start);
            whole && one.because.contains(&QuoteReason::CueAfter) && one.source.is_some()
        };
        segment::read(&inner, segment).into_iter().find(tag)
    });
    let Some(Attribution { content: pieces, cue, source, .. }) = tagged else { return found };
    // The comma belongs to the words.
    let end = pieces[0].end + usize::from(inner.is(pieces[0].end, TokenKind::Comma));
    let first = Span::new(content.start, inner.span(pieces[0].start..end).end);
    let content = std::iter::once(first).chain(rest.iter().copied()).collect();
    let mut because = found.because.clone();
    because.push(QuoteReason::CueAfter);
    Found {
        content,
        cue: cue.map(|range| inner.span(range)),
        source: source.map(|range| inner.span(range)),
        link: Link::Own,
        because,
        ..found
    }
}

/// `Brandt quoted her mother: “‘Never lend a boat.’ She was right.”`: what is cited stands first in the words that follow.
fn cited(elements: &Elements, at: usize, inner: &Elements, single: bool) -> Option<Found> {
    let colon = at.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Colon))?;
    let segment = elements.segments.get(elements.segments.partition_point(|segment| segment.end <= at))?;
    let cue = (segment.start..colon).rev().find(|at| elements.lists().has(List::QuotedWords, word(elements, *at)))?;
    let source = phrase_at(elements, cue + 1, colon)?;
    let person = source.clone().any(|at| elements.has(at, Class::ROLE) || elements.all[at].is_capital());
    let chunk = inner.chunk(0).filter(|chunk| chunk.single != single && chunk.words >= LEAST)?;
    let whole = chunk.capital && inner.segments.first().is_some_and(|segment| segment.end <= 2);
    if !person || !whole {
        return None;
    }
    let content = Attribution { content: std::iter::once(0..1).collect(), ..Attribution::default() };
    let found = finish(inner, content)?;
    Some(Found {
        cue: Some(elements.span(cue..cue + 1)),
        source: Some(elements.span(source)),
        because: vec![QuoteReason::CueBefore],
        link: Link::Own,
        ..found
    })
}
