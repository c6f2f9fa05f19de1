//! Quotations. A [`Page`] goes in; content with its marks, cue, source and addressee comes out, then joined over the
//! document and given to speakers.
//!
//! Two steps. [`scan`] reads paragraphs one by one, so that a long document can be cut and read in parallel: it folds
//! quoted words into chunks ([`elements`]), finds cues ([`cues`]), their subjects ([`phrases`]) and what they report
//! ([`content`], [`segment`]), and says what the chunks are that no cue claims ([`leftover`]). [`resolve()`] joins what
//! runs over paragraphs, links headlines to the body and asks [`super::speakers`] who speaks.
//!
//! `“It rained,” Brandt said.` → direct, content `“It rained,”`, cue `said`, source `Brandt`.

mod according;
mod adjuncts;
mod backward;
mod calls;
pub mod clause;
mod comment;
mod conjuncts;
mod construction;
mod constructions;
pub mod content;
mod court;
pub mod cues;
mod directions;
mod doing;
pub mod elements;
pub mod extent;
mod finite;
mod glued;
mod guests;
mod hanging;
mod headings;
mod interviews;
mod join;
pub mod leftover;
mod leftward;
mod links;
pub mod nested;
mod nouns;
mod opening;
mod passives;
pub mod phrases;
pub(in crate::extract) mod possible;
pub mod predicates;
pub mod rejected;
pub mod repeats;
pub mod resolve;
pub mod segment;
mod subject_before;
mod subjects;
pub(in crate::extract) mod things;
pub mod turns;
pub mod verb_group;
pub mod whose;

pub use resolve::{asked, resolve};

use super::{QuoteKind, QuoteReason};
use crate::document::RegionKind;
use crate::language::grammar::Class;
use crate::language::reporting::{Mode, Takes};
use crate::room;
use crate::span::Span;
use crate::text::{End, Page};
use elements::Elements;
use segment::Attribution;
use std::ops::Range;
use whose::Whose;

/// A quotation as one paragraph tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its paragraph's position in the page.
    pub paragraph: u32,
    /// The last paragraph that it runs into.
    pub last_paragraph: u32,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// Its pieces, in order.
    pub content: Vec<Span>,
    /// The words that report.
    pub cue: Option<Span>,
    /// Whose words they are, as written.
    pub source: Option<Span>,
    /// To whom.
    pub addressee: Option<Span>,
    /// The rules that decided.
    pub because: Vec<QuoteReason>,
    /// Whether every mark that opens is closed.
    pub balanced: bool,
    /// What it needs of its neighbours.
    pub link: Link,
    /// Whether its words go on from the paragraph before.
    pub goes_on: bool,
    /// The quotation or turn that it stands in, if it is one within another.
    pub inside: Option<Span>,
    /// What its label tells of its speaker, where it is a turn of a transcript.
    pub turn: Option<Whose>,
    /// Whether it may be no report of words at all: what speaks is no word for somebody.
    pub doubtful: bool,
}

impl Found {
    /// The turn of somebody in a transcript or an interview: all words of some paragraphs, without marks.
    fn turn(paragraphs: Range<usize>, content: Vec<Span>, source: Span, whose: Whose) -> Found {
        Found {
            paragraph: paragraphs.start as u32,
            last_paragraph: paragraphs.end as u32 - 1,
            kind: QuoteKind::Direct,
            content,
            cue: None,
            source: Some(source),
            addressee: None,
            because: vec![QuoteReason::Transcript],
            balanced: true,
            link: Link::Own,
            goes_on: false,
            inside: None,
            turn: Some(whose),
            doubtful: false,
        }
    }
}

/// What a finding needs of the paragraphs beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing.
    Own,
    /// Its words go on from the paragraph before, whose mark was left open.
    GoesOn,
    /// It has no source: the quotation before may lend its own.
    Bare,
    /// Its words stand in the next paragraph.
    Awaits,
    /// It has no words: it names whose those of the paragraph before are.
    Signs,
}

/// A second reader, which is asked where the rules end.
pub trait Revise {
    /// The attributions of `segment`, given those that the rules found in it, in the order of their cues.
    fn revise(&mut self, elements: &Elements, segment: &Range<usize>, rules: Vec<Attribution>) -> Vec<Attribution>;
}

/// Reads the paragraphs `paragraphs` of `page` by rules and then, if there is one, by a second reader. Appends to `out`
/// in the order of the text, until it holds more than `most`. Linear; looks at no other paragraph but for its marks.
pub fn scan(
    page: &Page,
    paragraphs: Range<usize>,
    most: usize,
    mut second: Option<&mut dyn Revise>,
    out: &mut Vec<Found>,
) {
    for number in paragraphs {
        let Some(paragraph) = page.paragraphs.get(number) else { return };
        if matches!(paragraph.region, RegionKind::Byline | RegionKind::Credit | RegionKind::Boilerplate) {
            continue;
        }
        let elements = Elements::new(page, number);
        if let Some(source) = leftover::signature_alone(&elements) {
            out.push(signature(&elements, source));
            continue;
        }
        let mut found = Vec::new();
        for segment in &elements.segments {
            if out.len() + found.len() > most {
                break;
            }
            if glued::is_link(&elements, segment) {
                continue;
            }
            let from = found.len();
            let mut read = segment::read(&elements, segment);
            if let Some(second) = second.as_mut().filter(|_| paragraph.region == RegionKind::Body) {
                read = second.revise(&elements, segment, read);
                read.retain(|one| !is_odd(&elements, one));
            }
            shallow(segment, &mut read);
            glued::doubt(&elements, segment, &mut read);
            found.extend(read.into_iter().map(|one| (segment.start, one)));
            leftover::read(&elements, segment, from, &mut found);
        }
        let begin = out.len();
        room::grow(out, found.len());
        let found = found.into_iter().filter_map(|(_, one)| finish(&elements, one));
        out.extend(found.map(|one| nested::tag_inside(&elements, one)));
        nested::scan(&elements, out);
        out[begin..].sort_by_key(|one| one.content.first().map_or(u32::MAX, |span| span.start));
    }
}

/// Whether a cue may as well be a noun in the plural.
fn is_plural(elements: &Elements, cue: &Range<usize>) -> bool {
    cue.len() == 1 && elements.ends(cue.start, crate::language::inflect::Ending::ClearPlural)
}

/// Whether what the second reader found cannot be a report: a thing is its source, or its source ends in a relative pronoun.
fn is_odd(elements: &Elements, one: &Attribution) -> bool {
    let learned = one.because.contains(&QuoteReason::Learned);
    let quoted = one.content.iter().flat_map(Clone::clone).any(|at| elements.all[at].is_chunk());
    let mute = one.source.as_ref().is_some_and(|source| {
        let last = source.end.saturating_sub(1);
        let relative =
            source.len() > 1 && elements.has(last, Class::RELATIVE) && !elements.has(last, Class::DETERMINER);
        let that = source.len() > 1 && elements.says(last, "that");
        let thing = phrases::is_article(elements, source.start) && !phrases::may_speak(elements, source);
        relative || that || !quoted && thing
    });
    // `Said Benali ran the race`
    let name = one.source.is_none()
        && !quoted
        && one.cue.as_ref().zip(one.content.first()).is_some_and(|(cue, piece)| {
            let capital = |at: usize| elements.all[at].is_capital();
            cue.len() == 1 && piece.start == cue.end && capital(cue.start) && capital(piece.start)
        });
    learned
        && (mute || name || is_name(elements, one) || !quoted && (is_bare(elements, one) || is_occasion(elements, one)))
}

/// `said in a talk with the Post`: whether the words behind a preposition tell where something was said.
fn is_occasion(elements: &Elements, one: &Attribution) -> bool {
    let Some((cue, piece)) = one.cue.as_ref().zip(one.content.first()) else { return false };
    let Some(before) = piece.start.checked_sub(1).filter(|at| elements.has(*at, Class::PREPOSITION)) else {
        return false;
    };
    let own = |at: usize| {
        elements
            .lexicon()
            .reporting
            .verb(elements.word(at))
            .any(|(frame, _)| frame.with.contains(&elements.word(before)))
    };
    let verb = cue.clone().find(|at| elements.has(*at, Class::CUE_VERB));
    verb.is_some_and(|verb| phrases::is_sure_cue(elements, verb) && !own(verb))
}

/// `Otto Lind, known to the town as “the Rock”, has died`: what somebody is called, behind a participle.
fn is_name(elements: &Elements, one: &Attribution) -> bool {
    const FEW: u32 = 4;
    let Some((cue, last)) = one.cue.as_ref().zip(one.content.last()) else { return false };
    let parted = cue.start.checked_sub(1).is_some_and(|at| elements.is(at, crate::text::TokenKind::Comma));
    let chunk = elements.last_chunk(last.clone());
    parted
        && elements.has(cue.start, Class::CUE_VERB)
        && chunk.is_some_and(|at| {
            at > cue.end
                && elements::word(elements, at - 1) == "as"
                && elements.chunk(at).is_some_and(|chunk| chunk.words <= FEW)
        })
}

/// `argued all the way home`: whether a cue has nothing but a noun phrase, and takes none.
fn is_bare(elements: &Elements, one: &Attribution) -> bool {
    const OPENS: Class = Class::QUESTION.with(Class::SUBORDINATOR).with(Class::RELATIVE);
    let Some((cue, piece)) = one.cue.as_ref().zip(one.content.first()) else { return false };
    let mut frames = cue.clone().flat_map(|at| elements.lexicon().reporting.verb(elements.word(at)));
    let takes =
        |takes: Takes| !takes.has(Takes::NOUN.with(Takes::COMPLEMENT).with(Takes::INFINITIVE).with(Takes::GERUND));
    let before = piece.start.checked_sub(1).map_or(crate::language::WordId::NONE, |at| elements.word(at));
    let clauses = frames
        .next()
        .is_some_and(|(frame, _)| frame.mode == Mode::Showing || !frame.with.contains(&before) && takes(frame.takes));
    let behind = one.because.contains(&QuoteReason::CueBefore) || cue.end <= piece.start;
    clauses
        && behind
        && one.content.len() == 1
        && !elements.has(piece.start, OPENS)
        && !possible::may_be_clause(elements, piece.start, piece.end)
}

/// How many people a word can be said by who report one another: `A said that B said that C said that D said it rained`.
const DEEPEST: u8 = 4;

/// Leaves out what is reported deeper than [`DEEPEST`], the innermost first: of `said said said said …` each word would
/// else be reported by all before it, and the findings take hundreds of times the room of the text.
fn shallow(segment: &Range<usize>, read: &mut Vec<Attribution>) {
    if read.len() <= usize::from(DEEPEST) {
        return;
    }
    let mut depth = vec![0u8; segment.len()];
    read.retain(|one| {
        let inside = one.content.iter().flat_map(|piece| {
            piece.start.saturating_sub(segment.start)..piece.end.saturating_sub(segment.start).min(segment.len())
        });
        let fits = inside.clone().all(|at| depth.get(at).is_none_or(|depth| *depth < DEEPEST));
        if fits {
            inside.for_each(|at| depth.get_mut(at).into_iter().for_each(|depth| *depth += 1));
        }
        fits
    });
}

/// A paragraph that signs the one before.
fn signature(elements: &Elements, source: Range<usize>) -> Found {
    Found {
        paragraph: elements.paragraph as u32,
        last_paragraph: elements.paragraph as u32,
        kind: QuoteKind::Direct,
        content: Vec::new(),
        cue: None,
        source: Some(elements.span(source)),
        addressee: None,
        because: vec![QuoteReason::Signature],
        balanced: true,
        link: Link::Signs,
        goes_on: false,
        inside: None,
        turn: None,
        doubtful: false,
    }
}

/// From elements to places in the text.
fn finish(elements: &Elements, one: Attribution) -> Option<Found> {
    let mut content = Vec::with_capacity(one.content.len());
    let (mut quoted, mut plain, mut balanced, mut goes_on) = (false, false, true, false);
    for piece in &one.content {
        let piece = trim(elements, piece.clone());
        // `…, says Lind in his book, “Harbour of Hope.”`: a title alone is no words of anybody.
        let title = piece.len() == 1 && matches!(elements.all[piece.start].kind, elements::ElementKind::Aside);
        if piece.is_empty() || title && !content.is_empty() {
            continue;
        }
        // Without chunks one word tells all, and a piece can be long.
        if elements.chunks.is_empty() {
            plain |=
                piece.clone().any(|at| elements.all[at].is_word() || elements.is(at, crate::text::TokenKind::Number));
            content.push(elements.span(piece));
            continue;
        }
        for at in piece.clone() {
            match elements.chunk(at) {
                Some(chunk) => {
                    quoted = true;
                    goes_on |= chunk.goes_on && content.is_empty();
                    balanced &= !matches!(chunk.end, End::Lost);
                }
                None => plain |= elements.all[at].is_word() || elements.is(at, crate::text::TokenKind::Number),
            }
        }
        content.push(elements.span(piece));
    }
    if content.is_empty() && !one.awaits {
        return None;
    }
    let kind = match (quoted, plain) {
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        _ => QuoteKind::Indirect,
    };
    let link = if one.awaits && content.is_empty() {
        Link::Awaits
    } else if goes_on && one.cue.is_none() {
        Link::GoesOn
    } else if one.source.is_none() && one.cue.is_none() && !one.because.contains(&QuoteReason::SideBySide) {
        Link::Bare
    } else {
        Link::Own
    };
    let mut because = one.because;
    if !balanced {
        because.push(QuoteReason::Unclosed);
    }
    if kind == QuoteKind::Mixed {
        because.push(QuoteReason::Fragment);
    }
    let mute = |source: &Range<usize>| kind == QuoteKind::Indirect && !phrases::may_speak(elements, source);
    let mute = one.source.as_ref().is_some_and(mute);
    // `threats, slowdowns, environmental stresses`: a noun that looks like a verb.
    if mute && because.contains(&QuoteReason::CueAfter) && one.cue.as_ref().is_some_and(|cue| is_plural(elements, cue))
    {
        return None;
    }
    let doubtful = one.doubtful || mute;
    let source = one.source.map(|range| elements.span(trim_source(elements, range)));
    Some(Found {
        paragraph: elements.paragraph as u32,
        last_paragraph: elements.paragraph as u32,
        kind,
        content,
        cue: one.cue.map(|range| elements.span(range)),
        source: source.filter(|span| span.of(elements.page.text).contains(char::is_alphanumeric)),
        addressee: one.addressee.map(|range| elements.span(range)),
        because,
        balanced,
        link,
        goes_on,
        inside: None,
        turn: None,
        doubtful,
    })
}

/// Without commas, dashes and stops at its ends.
fn trim(elements: &Elements, mut range: Range<usize>) -> Range<usize> {
    use crate::text::TokenKind::{Colon, Comma, Dash, Semicolon, Stop};
    // `*She waits.*`: the asterisk makes it italic.
    let italic = |at: usize| elements.is(at, crate::text::TokenKind::Symbol) && matches!(elements.text(at), "*" | "_");
    let loose =
        |at: usize| italic(at) || [Comma, Dash, Stop, Colon, Semicolon].iter().any(|kind| elements.is(at, *kind));
    // A mark that opens nothing was typed twice.
    while !range.is_empty() && (loose(range.start) || elements.is(range.start, crate::text::TokenKind::Mark)) {
        range.start += 1;
    }
    while !range.is_empty() && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// Without the comma that closes an apposition.
fn trim_source(elements: &Elements, mut range: Range<usize>) -> Range<usize> {
    while !range.is_empty() && elements.is(range.end - 1, crate::text::TokenKind::Comma) {
        range.end -= 1;
    }
    // `Lund Jae-yong was not named, implying`: the name goes on behind its hyphen.
    if !range.is_empty() && elements.is(range.end - 1, crate::text::TokenKind::Hyphen) {
        let hyphen = elements.all[range.end - 1].token as usize;
        let syllable = elements.is_in(range.end, crate::language::lists::List::NameSyllables);
        range.end += usize::from(syllable && elements.page.glued(hyphen));
    }
    range
}
