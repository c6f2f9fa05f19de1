//! Quoted words that no cue of their segment claims: they go on from the quotation before, are signed, are introduced by
//! a name and a colon, or are no quotation at all.

use super::elements::{Elements, Tail, are_capitals, prompt_before, word};
use super::phrases::{may_speak, phrase_at, subject_at, with_tail};
use super::segment::Attribution;
use crate::document::RegionKind;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::people::Label;
use crate::language::reporting::Mode;
use crate::text::TokenKind;
use std::ops::Range;

/// Reads what is left of `segment`; `found` holds the paragraph's attributions, those of this segment from `from` on.
pub fn read(elements: &Elements, segment: &Range<usize>, from: usize, found: &mut Vec<(usize, Attribution)>) {
    if elements.is_link(segment) {
        return;
    }
    if let Some(label) = label(elements, segment)
        && found[from..].iter().all(|(_, one)| one.cue.as_ref().is_none_or(|cue| cue.start > label))
    {
        named(elements, segment, label, from, found);
        return;
    }
    let claimed = |at: usize, found: &[(usize, Attribution)]| {
        found[from..].iter().any(|(_, one)| one.content.iter().any(|piece| piece.contains(&at)))
    };
    // `Then: “…”` says no more than `“…”` does.
    let says_nothing = |at: usize| {
        let marks = [TokenKind::Stop, TokenKind::Dash, TokenKind::Comma, TokenKind::Colon];
        elements.all[at].is_chunk()
            || marks.iter().any(|kind| elements.is(at, *kind))
            || elements.has(at, Class::COORDINATOR.with(Class::CONJUNCT))
            || super::verb_group::is_adverb(elements, at)
    };
    if elements.segments.last() == Some(segment)
        && found[from..].iter().all(|(_, one)| !one.awaits)
        && let Some(one) = announced(elements, segment)
    {
        found.push((segment.start, one));
        return;
    }
    if let Some(one) = headed(elements, segment).filter(|one| !claimed(one.content[0].start, found)) {
        found.push((segment.start, one));
        return;
    }
    if !elements.has_chunk(segment.clone()) {
        return;
    }
    let bare = segment.clone().all(says_nothing);
    for at in segment.clone() {
        if !elements.all[at].is_chunk() || claimed(at, found) {
            continue;
        }
        if bare {
            alone(elements, segment, at, found);
        } else if let Some(one) = summed_up(elements, segment, at).or_else(|| goes_on(elements, at, &found[from..])) {
            found.push((segment.start, one));
        } else if let Some(one) = introduced(elements, segment, at).or_else(|| closing(elements, segment, at)) {
            found.push((segment.start, one));
        } else if let Some(one) = open_verb(elements, segment, at) {
            found.push((segment.start, one));
        } else if let Some(source) = signature(elements, segment, at) {
            let because = vec![QuoteReason::Signature];
            found.push((
                segment.start,
                Attribution { content: one_piece(at..at + 1), source: Some(source), because, ..Attribution::default() },
            ));
            return;
        } else if at > segment.start + 1 && elements.is(at - 1, TokenKind::Colon) && is_statement(elements, segment, at)
        {
            // `Like the one a girl gave me last week: “…”`: somebody's, and not of who spoke last.
            let because = vec![QuoteReason::SideBySide];
            let content = one_piece(at..at + 1);
            found.push((segment.start, Attribution { content, because, ..Attribution::default() }));
        } else if is_statement(elements, segment, at) {
            alone(elements, segment, at, found);
        } else if quotes_on(elements, segment, at, from, found) {
            return;
        }
    }
}

/// `“It is old,” she said. It is “a bridge of another time.”`: a sentence that says of the same thing in more of the same words what
/// it is, or begins with more of them. Any other sentence with quoted words in it may tell of somebody else.
fn quotes_on(
    elements: &Elements,
    segment: &Range<usize>,
    at: usize,
    from: usize,
    found: &mut [(usize, Attribution)],
) -> bool {
    const LEAST: u32 = 3;
    let Some(previous) = elements.segment_before(segment) else { return false };
    let enough = elements.chunk(at).is_some_and(|chunk| chunk.words >= LEAST && !chunk.goes_on);
    let first = segment.start;
    let thing = elements.has(first, Class::SUBJECT) && elements.lists().has(List::ThingPronouns, word(elements, first));
    let is = elements.has(first + 1, Class::BE) && at <= first + 3;
    let last = (at + 1..segment.end).all(|at| elements.is(at, TokenKind::Stop));
    // `“It asks them to come” in order to reach “an end.”`: it begins with such words, which are no subject of another verb.
    let begins = at == first && !super::phrases::is_verbal(elements, at + 1);
    if !enough || found.len() > from || !(begins || thing && is && last) {
        return false;
    }
    let quoted = |one: &Attribution| {
        one.source.is_some()
            && one.content.iter().any(|piece| elements.has_chunk(piece.clone()))
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
fn headed(elements: &Elements, segment: &Range<usize>) -> Option<Attribution> {
    const LEAST: u32 = 3;
    let region = elements.page.paragraphs[elements.paragraph].region;
    let chunk = elements.first_chunk(segment.clone())?;
    let first = (segment.start..chunk).all(|at| elements.is(at, TokenKind::Symbol));
    let heads = matches!(region, RegionKind::Headline | RegionKind::Subhead);
    if !heads || !first || !elements.is(chunk + 1, TokenKind::Colon) || elements.chunk(chunk)?.words < LEAST {
        return None;
    }
    let named = elements.all.get(chunk + 2).filter(|el| el.is_capital() && chunk + 2 < segment.end);
    let source = named.and_then(|_| subject_at(elements, chunk + 2, segment.end));
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
fn announced(elements: &Elements, segment: &Range<usize>) -> Option<Attribution> {
    let colon = segment.end.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Colon))?;
    // `As Brandt wrote in May:`
    let source = match word(elements, segment.start) {
        "as" => subject_at(elements, segment.start + 1, colon),
        _ => super::clause::main_subject(elements, segment, colon),
    };
    let source = source.filter(|phrase| can_speak(elements, phrase))?;
    let because = vec![QuoteReason::Colon];
    Some(Attribution {
        cue: Some(colon..colon + 1),
        source: Some(source),
        because,
        awaits: true,
        ..Attribution::default()
    })
}

/// What stands before a noun.
const BEFORE_NOUN: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE);

/// `Brandt had one wish: “…”`, `From the report: “…”`: a colon stands for the cue.
fn introduced(elements: &Elements, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let colon = at.checked_sub(1).filter(|index| *index > segment.start && elements.is(*index, TokenKind::Colon))?;
    // `a girl with a banner that said: “…”`: nobody says it.
    let relative = colon.checked_sub(2).filter(|at| *at > segment.start);
    let that = relative.is_some_and(|at| elements.says(at, "that") || elements.has(at, Class::RELATIVE));
    if elements.has(colon - 1, Class::CUE_VERB) && that {
        return None;
    }
    let from = segment.start + usize::from(elements.says(segment.start, "from") || elements.says(segment.start, "and"));
    let from = from + usize::from(from > segment.start && elements.says(from, "from"));
    let from = match super::clause::is_participle_start(elements, from) {
        true => (from..colon).find(|index| elements.is(*index, TokenKind::Comma))? + 1,
        false => from,
    };
    // `Here’s Brandt in 1992: “…”`
    let here =
        elements.says(from, "here") && (elements.has(from + 1, Class::BE) || elements.is(from + 1, TokenKind::Clitic));
    let from = from + if here { 2 } else { 0 };
    // `In an interview on Monday, Brandt went further: “…”`
    let leads = elements.has(from, Class::PREPOSITION) && !elements.has(from, Class::SUBJECT);
    let main =
        || super::clause::main_subject(elements, &(from..segment.end), colon).filter(|one| can_speak(elements, one));
    // `… a “mess” Brandt: “It is one.”`, `Boats late - Brandt: “…”`: a label behind words between marks or a dash.
    let label = (from..colon).rev().take_while(|at| elements.all[*at].is_capital()).last();
    let behind = |at: usize| elements.all[at].is_chunk() || elements.is(at, TokenKind::Dash);
    let label = label.filter(|label| *label > from && behind(*label - 1)).map(|label| label..colon);
    let source = match label {
        Some(label) => Some(label),
        None if leads => main(),
        None => subject_at(elements, from, colon),
    }?;
    let source = super::phrases::without_verb(elements, source);
    // `The one a girl gave me: “…”`: a clause within the phrase.
    let inner = source.clone().skip(1).any(|at| {
        elements.has(at, Class::DETERMINER)
            && !elements.has(at, Class::SUBJECT)
            && elements.all[at - 1].is_word()
            && !elements.has(at - 1, Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR))
    });
    if inner {
        return None;
    }
    // `Ask the town: “Permits, please.”`: who reads it is asked to.
    if source.start == segment.start && source.len() == 1 && is_order(elements, source.start) {
        return None;
    }
    // `What he said next was short: “…”`: who says it stands in the clause
    if elements.has(source.start, Class::QUESTION) && !elements.says(source.start, "who") {
        return None;
    }
    // `have given a name to the hour before rain: “grey fever”`: what something is called
    const FEW: u32 = 6;
    let naming = |at: usize| elements.is_in(at, List::NamingNouns) && elements.has(at - 1, BEFORE_NOUN);
    if elements.chunk(at).is_some_and(|chunk| chunk.words <= FEW) && (source.end + 1..colon).any(naming) {
        return None;
    }
    // `Then, on Monday: “…”`, `At the dock: “…”`
    if elements.has(source.start, Class::ADVERB.with(Class::CONJUNCT).with(Class::PREPOSITION).with(Class::TIME)) {
        return None;
    }
    let mut end = at + 1;
    while end < segment.end && elements.all[end].is_chunk() {
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

/// `Brandt gave his view of the levy, “It is too high.”`: whole sentences in marks that end a sentence about somebody, behind a comma.
fn closing(elements: &Elements, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    const LEAST: u32 = 6;
    let comma = at.checked_sub(1).filter(|at| *at > segment.start + 1 && elements.is(*at, TokenKind::Comma))?;
    let chunk = elements.chunk(at)?;
    let whole = chunk.capital && chunk.words >= LEAST && matches!(chunk.tail, Tail::Stop | Tail::Other);
    let ends = (at + 1..segment.end).all(|at| elements.is(at, TokenKind::Stop));
    if !whole || !ends || elements.has_chunk(segment.start..at) || are_capitals(elements.page, elements.inner(at)) {
        return None;
    }
    // `a motto, “…”`, `those who were asking, “…”`: no deed of the subject's.
    let other = prompt_before(elements.page, elements.all[at].token).is_some()
        || super::verb_group::is_gerund(elements, comma - 1)
        || elements.has(comma - 1, Class::PREPOSITION);
    let source = super::clause::main_subject(elements, segment, comma).filter(|_| !other)?;
    let verb = source.end < comma && super::predicates::is_clause(elements, source.start, comma);
    // Two capitals, or a title: a word that begins a sentence may be anything.
    let capital = |at: &usize| elements.all[*at].is_capital() && !elements.has(*at, Class::DETERMINER);
    let named =
        source.clone().filter(capital).count() > 1 || elements.has(source.start, Class::MALE.with(Class::FEMALE));
    (verb && named && can_speak(elements, &source)).then(|| Attribution {
        content: one_piece(at..at + 1),
        cue: Some(comma..comma + 1),
        source: Some(source),
        because: vec![QuoteReason::CueBefore],
        doubtful: true,
        ..Attribution::default()
    })
}

/// Whether a verb in its base form begins a sentence there: `Ask the town`.
fn is_order(elements: &Elements, at: usize) -> bool {
    const OPENS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    elements.lexicon().reporting.verb(elements.word(at)).any(|(_, forms)| forms.has(Forms::BASE))
        && elements.has(at + 1, OPENS)
}

/// `“…”: that is all I said`
fn summed_up(elements: &Elements, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let that = at + 2;
    let sums = elements.is(at + 1, TokenKind::Colon)
        && matches!(word(elements, that), "that" | "this")
        && elements.has(that + 1, Class::BE)
        && elements.lists().has(List::SummingWords, word(elements, that + 2));
    let source = phrase_at(elements, that + 3, segment.end).filter(|_| sums)?;
    let cue = (source.end..segment.end)
        .find(|at| !elements.has(*at, Class::HAVE) && !super::verb_group::is_adverb(elements, *at))?;
    elements.has(cue, Class::CUE_VERB).then(|| Attribution {
        content: one_piece(at..at + 1),
        cue: Some(cue..cue + 1),
        source: Some(source),
        because: vec![QuoteReason::CueAfter],
        ..Attribution::default()
    })
}

/// `“…,” she said, and then, since nobody stirred: “…”`: the same one goes on.
fn goes_on(elements: &Elements, at: usize, found: &[(usize, Attribution)]) -> Option<Attribution> {
    let colon = at.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Colon))?;
    let (_, last) = found.last()?;
    let (source, cue) = (last.source.clone()?, last.cue.clone()?);
    let quoted = last.content.iter().all(|piece| piece.clone().all(|at| elements.all[at].is_chunk()));
    let and = cue.end.max(source.end) + 1;
    let joined = elements.is(and - 1, TokenKind::Comma) && elements.has(and, Class::COORDINATOR) && and < colon;
    let next =
        (and + 1..colon).find(|at| !super::verb_group::is_adverb(elements, *at) && !elements.says(*at, "then"))?;
    (quoted && joined && elements.is(next, TokenKind::Comma)).then(|| Attribution {
        content: one_piece(at..at + 1),
        source: Some(source),
        because: vec![QuoteReason::SameParagraph],
        ..Attribution::default()
    })
}

/// `“…,” Brandt exhorted.`, `“…,” cracked Brandt.`: a verb that no table knows, where only a cue can stand.
fn open_verb(elements: &Elements, segment: &Range<usize>, at: usize) -> Option<Attribution> {
    let chunk = elements.chunk(at)?;
    if !matches!(chunk.tail, Tail::Comma | Tail::Other) && !elements.is(at + 1, TokenKind::Comma) {
        return None;
    }
    // `Raising slogans such as “Water is our right”, they left`
    if at > segment.start && elements.has(at - 1, Class::PREPOSITION.with(Class::SUBORDINATOR)) {
        return None;
    }
    let next = at + 1 + usize::from(elements.is(at + 1, TokenKind::Comma));
    let is_past = |index: usize| elements.ends(index, Ending::Past) || elements.is_in(index, List::SpeechPasts);
    let is_verb = |index: usize| {
        elements.all.get(index).is_some_and(|el| {
            el.is_word()
                && !el.is_capital()
                && index < segment.end
                && !el.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::AUXILIARY))
        }) && (is_past(index) || elements.has(index, Class::CUE_VERB))
    };
    let (source, verb, reason) = if is_verb(next) {
        let phrase = phrase_at(elements, next + 1, segment.end)?;
        (with_tail(elements, phrase, segment.end), next, QuoteReason::Inverted)
    } else {
        let limit = segment.end.min(next + 8);
        let limit = (next + 1..limit).find(|index| is_verb(*index) && is_past(*index)).unwrap_or(segment.end);
        let phrase = phrase_at(elements, next, limit)?;
        let tail = with_tail(elements, phrase.clone(), segment.end);
        let closed = tail.end + usize::from(tail.end > phrase.end && elements.is(tail.end, TokenKind::Comma));
        let verb = closed + usize::from(super::verb_group::is_adverb(elements, closed));
        is_verb(verb).then_some((tail, verb, QuoteReason::CueAfter))?
    };
    if !may_speak(elements, &source) || elements.has(source.start, Class::PREPOSITION.with(Class::ADVERB)) {
        return None;
    }
    // `“the Rock”, who answers to nobody`
    if source.len() == 1 && elements.has(source.start, Class::RELATIVE) {
        return None;
    }
    // `“No,” reads another.`: another sign.
    let mut frames = elements.lexicon().reporting.verb(elements.word(verb));
    let reads = frames.any(|(frame, _)| frame.mode == Mode::Showing);
    if reads && source.len() == 1 && elements.has(source.start, Class::UNNAMED) {
        return None;
    }
    let end = if reason == QuoteReason::Inverted { source.end } else { verb + 1 };
    let stops = end >= segment.end
        || elements.is(end, TokenKind::Stop)
        || elements.is(end, TokenKind::Comma)
        || elements.has(end, Class::PREPOSITION.with(Class::TIME).with(Class::SUBORDINATOR));
    // `“I am told,” he pressed on, “that it is small.”`
    let comma = end + usize::from(elements.has(end, Class::PREPOSITION));
    let goes_on = elements.is(comma, TokenKind::Comma) && elements.chunk(comma + 1).is_some_and(|chunk| !chunk.capital);
    let rest = goes_on.then_some(comma + 1..comma + 2);
    let because = vec![reason];
    stops.then(|| Attribution {
        content: std::iter::once(at..at + 1).chain(rest).collect(),
        cue: Some(verb..verb + 1),
        source: Some(source),
        because,
        ..Attribution::default()
    })
}

/// A chunk that stands alone: more of the quotation before it in the paragraph, or bare.
fn alone(elements: &Elements, segment: &Range<usize>, at: usize, found: &mut Vec<(usize, Attribution)>) {
    // `“Is it deep?” “It is cold,” said Brandt.`: the first is somebody else's.
    let beside = super::backward::are_side_by_side;
    // `“The town,” said Brandt. “And who else?” “Nobody.”`: who asks does not answer.
    let asks = |at: usize| {
        let asked = elements.chunk(at).is_some_and(|chunk| {
            let words = chunk.span.of(elements.page.text);
            words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?')
        });
        asked && beside(elements, at)
    };
    let because = vec![QuoteReason::SideBySide];
    if asks(at) || at > 0 && asks(at - 1) {
        found.push((segment.start, Attribution { content: one_piece(at..at + 1), because, ..Attribution::default() }));
        return;
    }
    if at == 0 && beside(elements, at) || at == 1 && beside(elements, 0) && beside(elements, 1) {
        let because = vec![QuoteReason::SideBySide];
        found.push((segment.start, Attribution { content: one_piece(at..at + 1), because, ..Attribution::default() }));
        return;
    }
    if let Some(source) = signed_behind(elements, segment) {
        let because = vec![QuoteReason::Signature];
        let content = one_piece(at..at + 1);
        found.push((segment.start, Attribution { content, source: Some(source), because, ..Attribution::default() }));
        return;
    }
    let spoken = |one: &Attribution| {
        one.content.last().is_some_and(|piece| elements.all[piece.clone()].last().is_some_and(|el| el.is_chunk()))
    };
    // `“It rained.” Reyes added that it poured. “It was late.”`: who reported last goes on.
    if elements.chunk(at).is_some_and(|chunk| !chunk.goes_on)
        && let Some(source) = reported(elements, segment, found, spoken)
    {
        let because = vec![QuoteReason::SameParagraph];
        found.push((
            segment.start,
            Attribution { content: one_piece(at..at + 1), source: Some(source), because, ..Attribution::default() },
        ));
        return;
    }
    // `“It is late,” says Lind. Brandt has left. “I could not stay.”`: a sentence between them tells of somebody, who may go on.
    if let Some((start, last)) = found.iter().rfind(|(_, one)| spoken(one))
        && elements.chunk(at).is_some_and(|chunk| !chunk.goes_on)
        && let Some(told) = elements.segment_before(segment).filter(|told| *start < told.start)
        && last.content.last().is_some_and(|piece| piece.end <= told.start)
        && let Some(topic) = topic(elements, told)
        && last.source.as_ref().is_none_or(|source| !shares_a_word(elements, source, &topic))
    {
        let source = Some(topic);
        let because = vec![QuoteReason::SameParagraph];
        found.push((
            segment.start,
            Attribution { content: one_piece(at..at + 1), source, because, ..Attribution::default() },
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
            let source = if elements.chunk(at).is_some_and(|chunk| chunk.goes_on) {
                None
            } else {
                before(elements, segment, found)
            };
            let because = if source.is_some() { vec![QuoteReason::SameParagraph] } else { Vec::new() };
            found.push((
                segment.start,
                Attribution { content: one_piece(at..at + 1), source, because, ..Attribution::default() },
            ));
        }
    }
}

/// Whether two phrases have a capitalised word in common.
fn shares_a_word(elements: &Elements, one: &Range<usize>, other: &Range<usize>) -> bool {
    let capitals = |range: &Range<usize>| range.clone().filter(|at| elements.all[*at].is_capital());
    capitals(one).any(|at| capitals(other).any(|other| elements.text(at) == elements.text(other)))
}

/// The name of whom a sentence tells: its subject, or `For Brandt,` at its beginning.
fn topic(elements: &Elements, segment: &Range<usize>) -> Option<Range<usize>> {
    // `To make up for it`, `Still`: a capital that only begins the sentence.
    let named = |phrase: &Range<usize>| {
        let words = &elements.all[phrase.clone()];
        words.iter().all(|el| !el.is_word() || el.is_capital())
            && words[0].class == Class::default()
            && (words.len() > 1 || !words[0].word.is_known())
    };
    if elements.says(segment.start, "for") {
        let phrase = phrase_at(elements, segment.start + 1, segment.end)?;
        return Some(phrase).filter(|phrase| named(phrase) && elements.is(phrase.end, TokenKind::Comma));
    }
    let first = segment.start + usize::from(elements.has(segment.start, Class::COORDINATOR));
    subject_at(elements, first, segment.end).filter(named)
}

/// The source of the sentence before, where that reports without quoting.
fn reported(
    elements: &Elements,
    segment: &Range<usize>,
    found: &[(usize, Attribution)],
    spoken: impl Fn(&Attribution) -> bool,
) -> Option<Range<usize>> {
    let previous = elements.segment_before(segment)?;
    let mut here =
        found[since(found, previous.start)..].iter().filter(|(start, _)| *start == previous.start).map(|(_, one)| one);
    let first = here.clone().find(|one| one.source.is_some() && one.cue.is_some())?;
    let source = first.source.clone()?;
    let open = here.all(|one| !spoken(one)) && !elements.has(source.start, Class::RELATIVE.with(Class::FIRST));
    (open && can_speak(elements, &source)).then_some(source)
}

/// Whether a phrase names one who speaks: a pronoun, a name, a role, a document.
fn can_speak(elements: &Elements, phrase: &Range<usize>) -> bool {
    let head = &elements.all[phrase.start];
    let person = head.has(Class::SUBJECT)
        || elements.all[phrase.clone()]
            .iter()
            .any(|el| el.is_capital() && !el.has(Class::DETERMINER) || el.has(Class::ROLE.with(Class::DOCUMENT)));
    person && !head.has(Class::FIRST) && !elements.says(phrase.start, "it") && !elements.says(phrase.start, "there")
}

/// The source of the attribution before, or the subject of the sentence before, in the same paragraph.
fn before(elements: &Elements, segment: &Range<usize>, found: &[(usize, Attribution)]) -> Option<Range<usize>> {
    let previous = elements.segment_before(segment)?;
    let near = &found[since(found, previous.start)..];
    let cued = near.iter().rev().find(|(start, one)| previous.contains(start) && one.source.is_some());
    if let Some((_, one)) = cued {
        return one.source.clone();
    }
    let mut from = previous.start;
    while from < previous.end
        && (super::verb_group::is_adverb(elements, from)
            || elements.has(from, Class::COORDINATOR.with(Class::CONJUNCT))
            || elements.is(from, TokenKind::Comma))
    {
        from += 1;
    }
    subject_at(elements, from, previous.end).filter(|phrase| can_speak(elements, phrase))
}

/// A whole statement in marks amid narration: it begins with a capital, ends like a sentence and is no title.
fn is_statement(elements: &Elements, segment: &Range<usize>, at: usize) -> bool {
    let Some(chunk) = elements.chunk(at) else { return false };
    let first = at == segment.start || elements.is(at - 1, TokenKind::Colon);
    chunk.words >= 5 && (chunk.capital && first || chunk.goes_on) && chunk.tail != Tail::Open
}

/// `“…” – Ada Brandt, mayor of Harrow`
fn signature(elements: &Elements, segment: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let dash = at + 1;
    if !elements.is(dash, TokenKind::Dash) && !elements.is(dash, TokenKind::Hyphen) {
        return None;
    }
    let phrase = phrase_at(elements, dash + 1, segment.end)?;
    let end = (phrase.end..segment.end)
        .find(|index| elements.all[*index].is_chunk() || elements.is(*index, TokenKind::Stop))
        .unwrap_or(segment.end);
    // `“…” - Brandt makes boats`: a sentence, no signature.
    const SMALL: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::ROLE).with(Class::GROUP);
    let named = phrase.clone().all(|at| {
        let el = &elements.all[at];
        !el.is_word() || el.is_capital() || el.has(SMALL)
    });
    (elements.all[phrase.start].is_capital() && named && end - dash < 16).then_some(phrase.start..end)
}

/// `“We have more to do.” Ada Brandt, chief economist at the Quay Centre.`: a sentence behind quoted words that is no more
/// than a name with what its bearer is.
fn signed_behind(elements: &Elements, segment: &Range<usize>) -> Option<Range<usize>> {
    const MOST: usize = 24;
    const SIGNED: usize = 7;
    const VERBS: Class = Class::AUXILIARY.with(Class::CUE_VERB);
    let next = elements.segments.partition_point(|other| other.end <= segment.start) + 1;
    let next = elements.segments.get(next).filter(|next| next.len() <= MOST)?;
    let end = next.end - usize::from(elements.is(next.end - 1, TokenKind::Stop));
    let name = phrase_at(elements, next.start, end)?;
    let named =
        name.len() > 1 && name.clone().all(|at| elements.all[at].is_capital() || elements.is(at, TokenKind::Stop));
    let whole = name.end == end && name.len() <= SIGNED && elements.all[name.end - 1].is_capital();
    let office = name.clone().position(|at| elements.has(at, Class::ROLE));
    // `Harrow captain Otto Lind.`
    if whole
        && office.is_some_and(|office| office + 3 <= name.len())
        && !name.clone().any(|at| elements.has(at, Class::CUE_VERB))
    {
        return Some(name);
    }
    let comma = elements.is(name.end, TokenKind::Comma);
    let role = (name.end + 1..end.min(name.end + 5)).any(|at| elements.has(at, Class::ROLE));
    let finite = |at: usize| {
        let el = &elements.all[at];
        el.is_chunk()
            || !el.is_capital()
                && el.is_word()
                && !el.has(Class::ROLE.with(Class::DOCUMENT).with(Class::GROUP))
                && (el.has(VERBS.with(Class::PAST)) || elements.ends(at, Ending::Past))
    };
    // `Zhang Lund, chief economist at the Quay Centre, left`: the last comma parts a verb off.
    let last = (name.end + 1..end).rev().find(|at| elements.is(*at, TokenKind::Comma));
    let verb = last.and_then(|at| elements.all.get(at + 1)).is_some_and(|el| {
        const TELLS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE).with(Class::GROUP);
        el.is_word() && !el.is_capital() && !el.has(TELLS.with(Class::PREPOSITION).with(Class::RELATIVE))
    });
    (named && comma && role && !verb && !(name.end..end).any(finite)).then_some(next.start..end)
}

/// `– Ada Brandt, mayor of Harrow`, a paragraph of its own after the quoted words: who signs.
pub fn signature_alone(elements: &Elements) -> Option<Range<usize>> {
    const MOST: usize = 16;
    let dash = elements.is(0, TokenKind::Dash) || elements.is(0, TokenKind::Hyphen);
    let end = elements.all.len() - usize::from(elements.all.last().is_some_and(|last| last.is(TokenKind::Stop)));
    if !dash || !(2..MOST).contains(&end) || !elements.all[1].is_capital() {
        return None;
    }
    let phrase = phrase_at(elements, 1, end)?;
    let plain = (1..end).all(|at| !elements.all[at].is_chunk() && !elements.has(at, Class::CUE_VERB.with(Class::BE)));
    let whole =
        phrase.end == end || elements.is(phrase.end, TokenKind::Comma) || elements.is(phrase.end, TokenKind::Stop);
    (plain && whole).then_some(1..end)
}

/// The colon after a name that begins its paragraph: `BRANDT: …`, or any segment of a headline.
fn label(elements: &Elements, segment: &Range<usize>) -> Option<usize> {
    let colon =
        (segment.start + 1..segment.end.min(segment.start + 9)).find(|at| elements.is(*at, TokenKind::Colon))?;
    let phrase = phrase_at(elements, segment.start, colon)?;
    let whole = phrase.end == colon && colon + 1 < segment.end;
    let first = segment.start == 0;
    let head = &elements.all[segment.start];
    (whole && first && head.is_capital() && !head.has(Class::PREPOSITION.with(Class::QUESTION))).then_some(colon)
}

/// `NAME: words`. In a headline the rest is the content; in the body quoted words are asked for, and [`super::turns`] reads
/// the rest.
fn named(
    elements: &Elements,
    segment: &Range<usize>,
    colon: usize,
    from: usize,
    found: &mut Vec<(usize, Attribution)>,
) {
    let region = elements.page.paragraphs[elements.paragraph].region;
    let heads = matches!(region, RegionKind::Headline | RegionKind::Subhead);
    let source = segment.start..colon;
    let quoted = elements.all[colon + 1].is_chunk();
    // `Harrow: “It is safe,” the mayor said.`: the words have a tag of their own, and the label is where it was.
    let tagged = |one: &Attribution| {
        one.cue.is_some() && one.source.is_some() && one.content.iter().any(|piece| piece.contains(&(colon + 1)))
    };
    if !(heads || quoted && !found[from..].iter().any(|(_, one)| tagged(one))) {
        return;
    }
    // `Media contact: Ada Brandt`, `Verdict: four stars`: a line of a list, unless it says something
    let label = elements.all[source.start].token..elements.all[source.end - 1].end;
    let nobody = super::headings::class(elements.page, &label) == Some(Label::Nobody);
    if !quoted && nobody && !super::predicates::is_clause(elements, colon + 1, segment.end) {
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
