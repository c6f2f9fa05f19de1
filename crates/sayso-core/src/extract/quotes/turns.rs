//! Transcripts and interviews: paragraphs that begin with `NAME:` are the words of that name, without marks.
//!
//! `GOVERNOR BRANDT: We have closed the bridge.` → direct, cue `:`, source `GOVERNOR BRANDT`. A label in capitals stands for
//! itself where it can be a speaker; one in Title Case asks for a page that goes on like that, for `Harrow: the bridge is
//! closed` is no speech. A paragraph between two turns goes on with the first of them.

use super::{Found, Link};
use crate::document::RegionKind;
use crate::extract::{QuoteKind, QuoteReason};
use crate::language::grammar::Class;
use crate::language::people::Label;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A label has at most so many tokens.
const LONGEST: u32 = 12;

/// So many labelled paragraphs, of which two share a label, make a transcript.
const TRANSCRIPT: usize = 3;

/// A paragraph that begins with a label.
#[derive(Clone, Debug)]
struct Turn {
    paragraph: usize,
    /// Tokens of the label.
    label: Range<u32>,
    /// The colon.
    colon: u32,
    /// Where the words begin.
    words: u32,
    upper: bool,
    class: Option<Label>,
}

/// Puts the turns of the page among what was found, in the order of the text; what was found inside them is marked so, and
/// what only said that they are quoted is dropped.
pub fn insert(page: &Page, found: Vec<Found>) -> Vec<Found> {
    let turns = find(page);
    if turns.is_empty() {
        return found;
    }
    let mut out = Vec::with_capacity(found.len() + turns.len());
    let mut found = found.into_iter().peekable();
    for (i, turn) in turns.iter().enumerate() {
        let next = turns.get(i + 1).map(|next| next.paragraph);
        let one = whole(page, turn, next);
        let (first, last) = (one.paragraph, one.last_paragraph);
        while let Some(other) = found.next_if(|other| other.paragraph < first) {
            out.push(other);
        }
        let hull = page.paragraphs[first as usize].span.start..page.paragraphs[last as usize].span.end;
        let within = Span::new(hull.start, hull.end);
        let words = one.content[0].start;
        out.push(one);
        while let Some(other) = found.next_if(|other| other.paragraph <= last) {
            if other.content.iter().all(|span| span.start >= words) && is_kept(page, &other) {
                out.push(Found { inside: other.inside.or(Some(within)), ..other });
            }
        }
    }
    out.extend(found);
    out
}

/// Inside somebody's own words, only what is given to somebody by name or role, or quoted with a cue.
fn is_kept(page: &Page, one: &Found) -> bool {
    let Some(source) = one.source else { return false };
    let word = page.word(page.token_at(source.start) as usize);
    let class = page.lexicon.grammar.class(word);
    let own = class.has(Class::FIRST) || matches!(source.of(page.text), "you" | "You");
    one.cue.is_some()
        && (one.kind == QuoteKind::Direct || !own && one.kind != QuoteKind::Indirect || is_named(page, source))
}

/// Whether a source names somebody: by a capital or a possessive.
fn is_named(page: &Page, source: Span) -> bool {
    let tokens = page.token_at(source.start)..page.token_at(source.end);
    let first = page.lexicon.grammar.class(page.word(tokens.start as usize));
    let pronoun = first.has(Class::SUBJECT.with(Class::RELATIVE).with(Class::OBJECT)) && tokens.len() == 1;
    !pronoun
        && (first.has(Class::POSSESSIVE)
            || tokens.into_iter().skip(1).any(|at| page.tokens[at as usize].is_capital())
            || first == Class::default())
}

/// The turn with the paragraphs that go on with it, up to the one of the next turn.
fn whole(page: &Page, turn: &Turn, next: Option<usize>) -> Found {
    let here = &page.paragraphs[turn.paragraph];
    let mut content = vec![page.span_of(turn.words..here.tokens.end)];
    let mut last = turn.paragraph;
    let limit = next.unwrap_or(page.paragraphs.len());
    for number in turn.paragraph + 1..limit {
        let paragraph = &page.paragraphs[number];
        let first = page.tokens.get(paragraph.tokens.start as usize);
        let aside = first
            .is_none_or(|token| token.kind == TokenKind::Open || matches!(token.span().of(page.text), "*" | "_" | "#" | ">"));
        if paragraph.region != RegionKind::Body || aside || next.is_none() && !is_spoken(page, &paragraph.tokens) {
            break;
        }
        content.push(paragraph.span);
        last = number;
    }
    Found {
        paragraph: turn.paragraph as u32,
        last_paragraph: last as u32,
        kind: QuoteKind::Direct,
        content,
        cue: Some(page.span_of(turn.colon..turn.colon + 1)),
        source: Some(page.span_of(turn.label.clone())),
        addressee: None,
        because: vec![QuoteReason::Transcript],
        balanced: true,
        link: Link::Own,
        goes_on: false,
        inside: None,
        label: turn.class,
    }
}

/// After the last turn, a paragraph is still somebody's own words only where it says `I`, `we` or `you`.
fn is_spoken(page: &Page, tokens: &Range<u32>) -> bool {
    tokens.clone().any(|at| {
        let word = page.word(at as usize);
        page.lexicon.grammar.class(word).has(Class::FIRST) || page.lexicon.words.text(word) == "you"
    })
}

fn find(page: &Page) -> Vec<Turn> {
    let mut turns: Vec<Turn> = (0..page.paragraphs.len()).filter_map(|number| turn(page, number)).collect();
    if turns.is_empty() {
        return turns;
    }
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for turn in &turns {
        *counts.entry(key(page, turn)).or_default() += 1;
    }
    let transcript = turns.len() >= TRANSCRIPT && counts.len() > 1 && counts.values().any(|count| *count > 1);
    let asked = turns.iter().any(|turn| turn.class == Some(Label::Asks));
    turns.retain(|turn| {
        transcript || turn.upper && turn.class.is_none() && is_somebody(page, turn) || asked && turn.class.is_some()
    });
    turns
}

/// What two labels of one speaker share: the last word before any bracket.
fn key(page: &Page, turn: &Turn) -> String {
    let words = turn.label.clone().take_while(|at| page.tokens[*at as usize].kind != TokenKind::Open);
    let last = words.filter(|at| page.tokens[*at as usize].is_word()).last();
    last.map(|at| page.token_text(at).to_lowercase()).unwrap_or_default()
}

/// Whether a label in capitals can be a speaker's: it has a title or role, or a word that no table knows.
fn is_somebody(page: &Page, turn: &Turn) -> bool {
    turn.label.clone().filter(|at| page.tokens[*at as usize].is_word()).any(|at| {
        let word = page.word(at as usize);
        !word.is_known() || page.lexicon.grammar.class(word).has(Class::TITLE.with(Class::ROLE))
    })
}

/// The label that begins a paragraph of the body.
fn turn(page: &Page, number: usize) -> Option<Turn> {
    let paragraph = &page.paragraphs[number];
    if !matches!(paragraph.region, RegionKind::Body | RegionKind::Subhead) {
        return None;
    }
    let limit = paragraph.tokens.end.min(paragraph.tokens.start + LONGEST);
    let token = |at: u32| page.tokens[at as usize];
    let mut first = paragraph.tokens.start;
    // Bold in Markdown: `**Ada Brandt:** It is safe.`
    while first < limit && token(first).kind == TokenKind::Symbol && page.token_text(first) == "*" {
        first += 1;
    }
    let mut at = first;
    let (mut words, mut upper, mut inside) = (0, true, false);
    let colon = loop {
        if at >= limit {
            return None;
        }
        let here = token(at);
        match here.kind {
            TokenKind::Colon if words > 0 && !inside => break at,
            TokenKind::Open => inside = true,
            TokenKind::Close => inside = false,
            _ if inside => {}
            TokenKind::Word => {
                let class = page.lexicon.grammar.class(here.word);
                let small = class.has(Class::PREPOSITION) && words > 0 || page.token_text(at) == "THE";
                let never = Class::SUBJECT.with(Class::QUESTION).with(Class::TIME).with(Class::BE).with(Class::MODAL);
                if !(here.is_capital() && (here.case == Case::Upper || !class.has(never)) || small) {
                    return None;
                }
                upper &= here.case == Case::Upper || small || class.has(Class::TITLE);
                words += 1;
                // `Q. When?`
                let single = words == 1 && here.end - here.start == 1 && at == first;
                if single
                    && at + 1 < limit
                    && token(at + 1).kind == TokenKind::Stop
                    && page.lexicon.people.label(here.word).is_some()
                {
                    break at + 1;
                }
            }
            TokenKind::Stop | TokenKind::Hyphen | TokenKind::Clitic | TokenKind::Comma if words > 0 => {}
            _ => return None,
        }
        at += 1;
    };
    let mut start = colon + 1;
    while start < paragraph.tokens.end && page.token_text(start) == "*" {
        start += 1;
    }
    // `Harrow Bridge: A Long Story`: a headline.
    if number == 0 && !upper {
        return None;
    }
    let class = page.lexicon.people.label(token(first).word);
    let quoted = start < paragraph.tokens.end && token(start).kind == TokenKind::Mark;
    let clock = start < paragraph.tokens.end && token(colon).end == token(start).start;
    if start >= paragraph.tokens.end || quoted || clock || words > 6 || class == Some(Label::Nobody) {
        return None;
    }
    Some(Turn { paragraph: number, label: first..colon, colon, words: start, upper, class })
}
