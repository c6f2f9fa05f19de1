//! Quoted words that no cue of their segment claims: they go on from the quotation before, are signed, are introduced by
//! a name and a colon, or are no quotation at all.

use super::phrases::phrase_at;
use super::segment::Attribution;
use super::view::{Tail, View};
use crate::document::RegionKind;
use crate::extract::QuoteReason;
use crate::lexicon::grammar::Class;
use crate::text::TokenKind;
use std::ops::Range;

/// Reads what is left of `segment`; `found` holds the paragraph's attributions, those of this segment from `from` on.
pub fn read(view: &View, segment: &Range<usize>, from: usize, found: &mut Vec<(usize, Attribution)>) {
    if let Some(label) = label(view, segment)
        && found[from..].iter().all(|(_, one)| one.cue.as_ref().is_none_or(|cue| cue.start > label))
    {
        named(view, segment, label, from, found);
        return;
    }
    let claimed = |at: usize, found: &[(usize, Attribution)]| {
        found[from..].iter().any(|(_, one)| one.content.iter().any(|piece| piece.contains(&at)))
    };
    let bare = segment
        .clone()
        .all(|at| view.els[at].is_chunk() || view.is(at, TokenKind::Stop) || view.is(at, TokenKind::Dash));
    for at in segment.clone() {
        if !view.els[at].is_chunk() || claimed(at, found) {
            continue;
        }
        if bare {
            alone(view, at, found);
        } else if let Some(source) = signature(view, segment, at) {
            let because = vec![QuoteReason::Signature];
            found.push((
                segment.start,
                Attribution { content: vec![at..at + 1], source: Some(source), because, ..Attribution::default() },
            ));
            return;
        } else if is_statement(view, segment, at) {
            alone(view, at, found);
        }
    }
}

/// A chunk that stands alone: more of the quotation before it in the paragraph, or bare.
fn alone(view: &View, at: usize, found: &mut Vec<(usize, Attribution)>) {
    let spoken = |one: &Attribution| {
        one.content.last().is_some_and(|piece| view.els[piece.clone()].iter().any(|el| el.is_chunk()))
    };
    match found.iter_mut().rfind(|(_, one)| spoken(one)) {
        Some((_, last)) => {
            last.content.push(at..at + 1);
            if !last.because.contains(&QuoteReason::SameParagraph) {
                last.because.push(QuoteReason::SameParagraph);
            }
        }
        None => found.push((at, Attribution { content: vec![at..at + 1], ..Attribution::default() })),
    }
}

/// A whole statement in marks amid narration: it begins with a capital, ends like a sentence and is no title.
fn is_statement(view: &View, segment: &Range<usize>, at: usize) -> bool {
    let Some(chunk) = view.chunk(at) else { return false };
    let first = at == segment.start || view.is(at - 1, TokenKind::Colon);
    chunk.words >= 5 && (chunk.capital && first || chunk.goes_on) && chunk.tail != Tail::Open
}

/// `“…” – Ada Brandt, mayor of Harrow`
fn signature(view: &View, segment: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let dash = at + 1;
    if !view.is(dash, TokenKind::Dash) && !view.is(dash, TokenKind::Hyphen) {
        return None;
    }
    let phrase = phrase_at(view, dash + 1, segment.end)?;
    let end = (phrase.end..segment.end)
        .find(|k| view.els[*k].is_chunk() || view.is(*k, TokenKind::Stop))
        .unwrap_or(segment.end);
    (view.els[phrase.start].is_capital() && end - dash < 16).then_some(phrase.start..end)
}

/// The colon after a name that begins its paragraph: `BRANDT: …`, or any segment of a headline.
fn label(view: &View, segment: &Range<usize>) -> Option<usize> {
    let colon = (segment.start + 1..segment.end.min(segment.start + 9)).find(|at| view.is(*at, TokenKind::Colon))?;
    let phrase = phrase_at(view, segment.start, colon)?;
    let whole = phrase.end == colon && colon + 1 < segment.end;
    let first = segment.start == 0;
    let head = &view.els[segment.start];
    (whole && first && head.is_capital() && !head.has(Class::PREPOSITION.with(Class::QUESTION))).then_some(colon)
}

/// `NAME: words`. In a headline the rest is the content; in the body a name without a determiner is asked for, or quoted
/// words.
fn named(view: &View, segment: &Range<usize>, colon: usize, from: usize, found: &mut Vec<(usize, Attribution)>) {
    let region = view.page.paragraphs[view.paragraph].region;
    let heads = matches!(region, RegionKind::Headline | RegionKind::Subhead);
    let source = segment.start..colon;
    let quoted = view.els[colon + 1].is_chunk();
    let name = source.clone().all(|at| {
        view.els[at].is_capital() && !view.has(at, Class::DETERMINER.with(Class::TIME).with(Class::ADVERB))
            || view.is(at, TokenKind::Stop)
    });
    if !(heads || quoted || name && source.len() <= 4) {
        return;
    }
    let end = if heads || quoted { segment.end } else { view.els.len() };
    let reason = if heads || quoted { QuoteReason::Colon } else { QuoteReason::Transcript };
    found.truncate(from);
    found.push((
        segment.start,
        Attribution {
            content: vec![colon + 1..end],
            cue: Some(colon..colon + 1),
            source: Some(source),
            because: vec![reason],
            ..Attribution::default()
        },
    ));
}
