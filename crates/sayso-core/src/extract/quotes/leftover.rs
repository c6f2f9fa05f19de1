//! Quoted words that no cue of their segment claims: they go on from the quotation before, are signed, are introduced by
//! a name and a colon, or are no quotation at all.

use super::content::word;
use super::phrases::{phrase_at, subject_at, with_tail};
use super::segment::Attribution;
use super::view::{Tail, View};
use crate::document::RegionKind;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
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
    // `Then: “…”` says no more than `“…”` does.
    let says_nothing = |at: usize| {
        let marks = [TokenKind::Stop, TokenKind::Dash, TokenKind::Comma, TokenKind::Colon];
        view.els[at].is_chunk()
            || marks.iter().any(|kind| view.is(at, *kind))
            || view.has(at, Class::COORDINATOR.with(Class::CONJUNCT))
            || super::voice::is_adverb(view, at)
    };
    let bare = segment.clone().all(says_nothing);
    if view.segments.last() == Some(segment)
        && found[from..].iter().all(|(_, one)| !one.awaits)
        && let Some(one) = announced(view, segment)
    {
        found.push((segment.start, one));
        return;
    }
    if let Some(one) = headed(view, segment).filter(|one| !claimed(one.content[0].start, found)) {
        found.push((segment.start, one));
        return;
    }
    for at in segment.clone() {
        if !view.els[at].is_chunk() || claimed(at, found) {
            continue;
        }
        if bare {
            alone(view, segment, at, found);
        } else if let Some(one) = summed_up(view, segment, at).or_else(|| goes_on(view, at, &found[from..])) {
            found.push((segment.start, one));
        } else if let Some(one) = introduced(view, segment, at) {
            found.push((segment.start, one));
        } else if let Some(one) = open_verb(view, segment, at) {
            found.push((segment.start, one));
        } else if let Some(source) = signature(view, segment, at) {
            let because = vec![QuoteReason::Signature];
            found.push((
                segment.start,
                Attribution { content: one_piece(at..at + 1), source: Some(source), because, ..Attribution::default() },
            ));
            return;
        } else if is_statement(view, segment, at) {
            alone(view, segment, at, found);
        } else if quotes_on(view, segment, at, from, found) {
            return;
        }
    }
}

/// `“It is old,” she said. It is “a bridge of another time.”`: a sentence without a cue that goes on quoting who was quoted
/// in the one before.
fn quotes_on(view: &View, segment: &Range<usize>, at: usize, from: usize, found: &mut [(usize, Attribution)]) -> bool {
    const LEAST: u32 = 3;
    let Some(previous) = view.segment_before(segment) else { return false };
    let enough = view.chunk(at).is_some_and(|chunk| chunk.words >= LEAST && !chunk.goes_on);
    if !enough || found.len() > from {
        return false;
    }
    let quoted = |one: &Attribution| {
        one.source.is_some()
            && one.content.iter().any(|piece| piece.clone().any(|at| view.els[at].is_chunk()))
            && one.content.last().is_some_and(|piece| piece.end <= segment.start)
    };
    let since = since(found, previous.start);
    let Some((_, last)) = found[since..].iter_mut().rfind(|(_, one)| quoted(one)) else { return false };
    last.content.push(segment.clone());
    if !last.because.contains(&QuoteReason::SameParagraph) {
        last.because.push(QuoteReason::SameParagraph);
    }
    true
}

/// The position of the first attribution of the segment that begins at `start`, or of one behind it. Logarithmic.
fn since(found: &[(usize, Attribution)], start: usize) -> usize {
    found.partition_point(|(other, _)| *other < start)
}

/// `“They made no rain”: Brandt defends the desk`: a headline that begins with somebody's words; whose, where a name follows.
fn headed(view: &View, segment: &Range<usize>) -> Option<Attribution> {
    const LEAST: u32 = 3;
    let region = view.page.paragraphs[view.paragraph].region;
    let chunk = segment.clone().find(|at| view.els[*at].is_chunk())?;
    let first = (segment.start..chunk).all(|at| view.is(at, TokenKind::Symbol));
    let heads = matches!(region, RegionKind::Headline | RegionKind::Subhead);
    if !heads || !first || !view.is(chunk + 1, TokenKind::Colon) || view.chunk(chunk)?.words < LEAST {
        return None;
    }
    let named = view.els.get(chunk + 2).filter(|el| el.is_capital() && chunk + 2 < segment.end);
    let source = named.and_then(|_| subject_at(view, chunk + 2, segment.end));
    let cue = source.as_ref().map(|_| chunk + 1..chunk + 2);
    Some(Attribution {
        content: one_piece(chunk..chunk + 1),
        cue,
        source,
        because: vec![QuoteReason::Colon],
        ..Attribution::default()
    })
}

/// `Brandt issued the following statement:` at a paragraph's end: the words are to come.
fn announced(view: &View, segment: &Range<usize>) -> Option<Attribution> {
    let colon = segment.end.checked_sub(1).filter(|at| view.is(*at, TokenKind::Colon))?;
    // `As Brandt wrote in May:`
    let source = match word(view, segment.start) {
        "as" => subject_at(view, segment.start + 1, colon),
        _ => super::clause::main_subject(view, segment, colon),
    };
    let source = source.filter(|phrase| can_speak(view, phrase))?;
    let because = vec![QuoteReason::Colon];
    Some(Attribution {
        cue: Some(colon..colon + 1),
        source: Some(source),
        because,
        awaits: true,
        ..Attribution::default()
    })
}

/// `Brandt had one wish: “…”`, `From the report: “…”`: a colon stands for the cue.
fn introduced(view: &View, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let colon = at.checked_sub(1).filter(|k| *k > segment.start && view.is(*k, TokenKind::Colon))?;
    let from = segment.start + usize::from(word(view, segment.start) == "from" || word(view, segment.start) == "and");
    let from = from + usize::from(from > segment.start && word(view, from) == "from");
    let from = match super::clause::is_participle_start(view, from) {
        true => (from..colon).find(|k| view.is(*k, TokenKind::Comma))? + 1,
        false => from,
    };
    // `Here’s Brandt in 1992: “…”`
    let here = word(view, from) == "here" && (view.has(from + 1, Class::BE) || view.is(from + 1, TokenKind::Clitic));
    let from = from + if here { 2 } else { 0 };
    // `In an interview on Monday, Brandt went further: “…”`
    let leads = view.has(from, Class::PREPOSITION) && !view.has(from, Class::SUBJECT);
    let main = || super::clause::main_subject(view, &(from..segment.end), colon).filter(|one| can_speak(view, one));
    let source = if leads { main() } else { subject_at(view, from, colon) }?;
    // `Then, on Monday: “…”`, `At the dock: “…”`
    if view.has(source.start, Class::ADVERB.with(Class::CONJUNCT).with(Class::PREPOSITION).with(Class::TIME)) {
        return None;
    }
    let mut end = at + 1;
    while end < segment.end && view.els[end].is_chunk() {
        end += 1;
    }
    let because = vec![QuoteReason::Colon];
    Some(Attribution {
        content: one_piece(at..end),
        cue: Some(colon..colon + 1),
        source: Some(source),
        because,
        ..Attribution::default()
    })
}

/// `“…”: that is all I said`
fn summed_up(view: &View, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let that = at + 2;
    let sums = view.is(at + 1, TokenKind::Colon)
        && matches!(word(view, that), "that" | "this")
        && view.has(that + 1, Class::BE)
        && matches!(word(view, that + 2), "all" | "what" | "how");
    let source = phrase_at(view, that + 3, segment.end).filter(|_| sums)?;
    let cue =
        (source.end..segment.end).find(|at| !view.has(*at, Class::HAVE) && !super::voice::is_adverb(view, *at))?;
    view.has(cue, Class::CUE_VERB).then(|| Attribution {
        content: one_piece(at..at + 1),
        cue: Some(cue..cue + 1),
        source: Some(source),
        because: vec![QuoteReason::CueAfter],
        ..Attribution::default()
    })
}

/// `“…,” she said, and then, since nobody stirred: “…”`: the same one goes on.
fn goes_on(view: &View, at: usize, found: &[(usize, Attribution)]) -> Option<Attribution> {
    let colon = at.checked_sub(1).filter(|at| view.is(*at, TokenKind::Colon))?;
    let (_, last) = found.last()?;
    let (source, cue) = (last.source.clone()?, last.cue.clone()?);
    let quoted = last.content.iter().all(|piece| piece.clone().all(|at| view.els[at].is_chunk()));
    let and = cue.end.max(source.end) + 1;
    let joined = view.is(and - 1, TokenKind::Comma) && view.has(and, Class::COORDINATOR) && and < colon;
    let next = (and + 1..colon).find(|at| !super::voice::is_adverb(view, *at) && word(view, *at) != "then")?;
    (quoted && joined && view.is(next, TokenKind::Comma)).then(|| Attribution {
        content: one_piece(at..at + 1),
        source: Some(source),
        because: vec![QuoteReason::SameParagraph],
        ..Attribution::default()
    })
}

/// `“…,” Brandt exhorted.`, `“…,” cracked Brandt.`: a verb that no table knows, where only a cue can stand.
fn open_verb(view: &View, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let chunk = view.chunk(at)?;
    if !matches!(chunk.tail, Tail::Comma | Tail::Other) && !view.is(at + 1, TokenKind::Comma) {
        return None;
    }
    let next = at + 1 + usize::from(view.is(at + 1, TokenKind::Comma));
    let is_verb = |k: usize| {
        view.els.get(k).is_some_and(|el| {
            el.is_word() && !el.is_capital() && k < segment.end && !el.has(Class::PREPOSITION.with(Class::DETERMINER))
        }) && (view.text(k).ends_with("ed") || view.has(k, Class::CUE_VERB))
    };
    let (source, verb, reason) = if is_verb(next) {
        let phrase = phrase_at(view, next + 1, segment.end)?;
        (with_tail(view, phrase, segment.end), next, QuoteReason::Inverted)
    } else {
        let limit = segment.end.min(next + 8);
        let limit = (next + 1..limit).find(|k| is_verb(*k) && view.text(*k).ends_with("ed")).unwrap_or(segment.end);
        let phrase = phrase_at(view, next, limit)?;
        let tail = with_tail(view, phrase.clone(), segment.end);
        let closed = tail.end + usize::from(tail.end > phrase.end && view.is(tail.end, TokenKind::Comma));
        let verb = closed + usize::from(super::voice::is_adverb(view, closed));
        is_verb(verb).then_some((tail, verb, QuoteReason::CueAfter))?
    };
    let end = if reason == QuoteReason::Inverted { source.end } else { verb + 1 };
    let stops = end >= segment.end
        || view.is(end, TokenKind::Stop)
        || view.is(end, TokenKind::Comma)
        || view.has(end, Class::PREPOSITION.with(Class::TIME).with(Class::SUBORDINATOR));
    let because = vec![reason];
    stops.then(|| Attribution {
        content: one_piece(at..at + 1),
        cue: Some(verb..verb + 1),
        source: Some(source),
        because,
        ..Attribution::default()
    })
}

/// A chunk that stands alone: more of the quotation before it in the paragraph, or bare.
fn alone(view: &View, segment: &Range<usize>, at: usize, found: &mut Vec<(usize, Attribution)>) {
    // `“Is it deep?” “It is cold,” said Brandt.`: the first is somebody else's.
    if at == 0 && super::segment::are_side_by_side(view, at) {
        let because = vec![QuoteReason::SideBySide];
        found.push((segment.start, Attribution { content: one_piece(at..at + 1), because, ..Attribution::default() }));
        return;
    }
    let spoken = |one: &Attribution| {
        one.content.last().is_some_and(|piece| view.els[piece.clone()].last().is_some_and(|el| el.is_chunk()))
    };
    // `“It rained.” Reyes added that it poured. “It was late.”`: who reported last goes on.
    if view.chunk(at).is_some_and(|chunk| !chunk.goes_on)
        && let Some(source) = reported(view, segment, found, spoken)
    {
        let because = vec![QuoteReason::SameParagraph];
        found.push((
            segment.start,
            Attribution { content: one_piece(at..at + 1), source: Some(source), because, ..Attribution::default() },
        ));
        return;
    }
    match found.iter_mut().rfind(|(_, one)| spoken(one)) {
        Some((_, last)) => {
            last.content.push(at..at + 1);
            if !last.because.contains(&QuoteReason::SameParagraph) {
                last.because.push(QuoteReason::SameParagraph);
            }
        }
        None => {
            // `Brandt disagreed. “It is late.”`: the sentence before tells who.
            let source =
                if view.chunk(at).is_some_and(|chunk| chunk.goes_on) { None } else { before(view, segment, found) };
            let because = if source.is_some() { vec![QuoteReason::SameParagraph] } else { Vec::new() };
            found.push((
                segment.start,
                Attribution { content: one_piece(at..at + 1), source, because, ..Attribution::default() },
            ));
        }
    }
}

/// The source of the sentence before, where that reports without quoting.
fn reported(
    view: &View,
    segment: &Range<usize>,
    found: &[(usize, Attribution)],
    spoken: impl Fn(&Attribution) -> bool,
) -> Option<Range<usize>> {
    let previous = view.segment_before(segment)?;
    let mut here =
        found[since(found, previous.start)..].iter().filter(|(start, _)| *start == previous.start).map(|(_, one)| one);
    let first = here.clone().find(|one| one.source.is_some() && one.cue.is_some())?;
    let source = first.source.clone()?;
    let open = here.all(|one| !spoken(one)) && !view.has(source.start, Class::RELATIVE.with(Class::FIRST));
    (open && can_speak(view, &source)).then_some(source)
}

/// Whether a phrase names one who speaks: a pronoun, a name, a role, a document.
fn can_speak(view: &View, phrase: &Range<usize>) -> bool {
    let head = &view.els[phrase.start];
    let person = head.has(Class::SUBJECT)
        || view.els[phrase.clone()]
            .iter()
            .any(|el| el.is_capital() && !el.has(Class::DETERMINER) || el.has(Class::ROLE.with(Class::DOCUMENT)));
    person && !head.has(Class::FIRST) && word(view, phrase.start) != "it" && word(view, phrase.start) != "there"
}

/// The source of the attribution before, or the subject of the sentence before, in the same paragraph.
fn before(view: &View, segment: &Range<usize>, found: &[(usize, Attribution)]) -> Option<Range<usize>> {
    let previous = view.segment_before(segment)?;
    let near = &found[since(found, previous.start)..];
    let cued = near.iter().rev().find(|(start, one)| previous.contains(start) && one.source.is_some());
    if let Some((_, one)) = cued {
        return one.source.clone();
    }
    let mut from = previous.start;
    while from < previous.end
        && (super::voice::is_adverb(view, from)
            || view.has(from, Class::COORDINATOR.with(Class::CONJUNCT))
            || view.is(from, TokenKind::Comma))
    {
        from += 1;
    }
    subject_at(view, from, previous.end).filter(|phrase| can_speak(view, phrase))
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

/// `– Ada Brandt, mayor of Harrow`, a paragraph of its own after the quoted words: who signs.
pub fn signature_alone(view: &View) -> Option<Range<usize>> {
    const MOST: usize = 16;
    let dash = view.is(0, TokenKind::Dash) || view.is(0, TokenKind::Hyphen);
    let end = view.els.len() - usize::from(view.els.last().is_some_and(|last| last.is(TokenKind::Stop)));
    if !dash || !(2..MOST).contains(&end) || !view.els[1].is_capital() {
        return None;
    }
    let phrase = phrase_at(view, 1, end)?;
    let plain = (1..end).all(|at| !view.els[at].is_chunk() && !view.has(at, Class::CUE_VERB.with(Class::BE)));
    let whole = phrase.end == end || view.is(phrase.end, TokenKind::Comma) || view.is(phrase.end, TokenKind::Stop);
    (plain && whole).then_some(1..end)
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

/// `NAME: words`. In a headline the rest is the content; in the body quoted words are asked for, and [`super::turns`] reads
/// the rest.
fn named(view: &View, segment: &Range<usize>, colon: usize, from: usize, found: &mut Vec<(usize, Attribution)>) {
    let region = view.page.paragraphs[view.paragraph].region;
    let heads = matches!(region, RegionKind::Headline | RegionKind::Subhead);
    let source = segment.start..colon;
    let quoted = view.els[colon + 1].is_chunk();
    if !(heads || quoted) {
        return;
    }
    found.truncate(from);
    found.push((
        segment.start,
        Attribution {
            content: one_piece(colon + 1..segment.end),
            cue: Some(colon..colon + 1),
            source: Some(source),
            because: vec![QuoteReason::Colon],
            ..Attribution::default()
        },
    ));
}

fn one_piece(piece: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(piece).collect()
}
