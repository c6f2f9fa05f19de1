//! Transcripts whose labels stand on lines of their own, as calls with analysts are published: `Lars Quell -- Chief Executive
//! Officer`, `Operator`, and below it what he says.
//!
//! Only a page on which such lines come again is a transcript: a list of staff has them, too, and nobody speaks between them.

use super::Found;
use super::directions::direction;
use super::whose::Whose;
use crate::document::RegionKind;
use crate::extract::SpeakerKind;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A label has at most so many tokens, its name at most so many.
const LINE: usize = 20;
const NAME: usize = 6;

/// So many labels make a transcript.
const LABELS: usize = 3;

/// A line that only tells who speaks.
struct Line {
    paragraph: usize,
    name: Range<u32>,
    /// Behind the first dash.
    role: Option<Range<u32>>,
}

/// The turns of the page, in order; none where it is no such transcript. Linear.
pub(super) fn turns(page: &Page) -> Vec<Found> {
    let lines = labels(page);
    let Some(first) = lines.first() else { return Vec::new() };
    let name = |line: &Line| page.span_of(line.name.clone()).of(page.text);
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    lines.iter().for_each(|line| *counts.entry(name(line)).or_default() += 1);
    let repeated = counts.values().filter(|count| **count > 1).count();
    let blocks: Vec<Range<usize>> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| block(page, line.paragraph, lines.get(i + 1).map(|next| next.paragraph)))
        .collect();
    // Under nearly every label somebody speaks in sentences.
    let speaking = blocks.iter().filter(|block| !block.is_empty()).count();
    if lines.len() < LABELS || counts.len() < 2 || repeated == 0 || speaking * 4 < lines.len() * 3 {
        return Vec::new();
    }
    // The same person is named with and without a role.
    let role = |line: &Line| {
        let same = lines.iter().find(|other| other.role.is_some() && name(other) == name(line));
        same.and_then(|other| other.role.clone()).map(|role| page.span_of(role))
    };
    let spoken =
        lines.iter().zip(blocks).filter(|(line, block)| !block.is_empty() && line.paragraph >= first.paragraph);
    spoken
        .map(|(line, block)| {
            let own = page.span_of(line.name.clone());
            let chair = is_chair(page, &line.name);
            let whose = match chair {
                true => Whose::Unnamed { kind: SpeakerKind::Anonymous, own },
                false => Whose::Named { name: own, own, role: role(line) },
            };
            let content = block.clone().map(|number| page.paragraphs[number].span).collect();
            Found::turn(block, content, own, whose)
        })
        .collect()
}

/// The lines that may be labels: with a role behind a dash, the chair of a call, and the bare names of those who have a role elsewhere.
fn labels(page: &Page) -> Vec<Line> {
    let all: Vec<Line> = (0..page.paragraphs.len()).filter_map(|number| line(page, number)).collect();
    let text = |line: &Line| page.span_of(line.name.clone()).of(page.text);
    let known: Vec<&str> = all.iter().filter(|line| line.role.is_some()).map(text).collect();
    let is_label = |line: &Line| line.role.is_some() || is_chair(page, &line.name) || known.contains(&text(line));
    let kept: Vec<bool> = all.iter().map(is_label).collect();
    all.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect()
}

/// The name of a line, and what stands behind its first dash; none where it reads otherwise.
fn line(page: &Page, number: usize) -> Option<Line> {
    let paragraph = &page.paragraphs[number];
    let tokens = paragraph.tokens.clone();
    if tokens.is_empty() || tokens.len() > LINE || paragraph.region == RegionKind::Byline {
        return None;
    }
    let kind = |at: u32| page.tokens[at as usize].kind;
    let dash = tokens.clone().find(|at| {
        let long = kind(*at) == TokenKind::Dash || kind(*at) == TokenKind::Hyphen;
        // `Anne-Marie` has its hyphen without spaces.
        long && at
            .checked_sub(1)
            .is_some_and(|before| page.tokens[before as usize].end < page.tokens[*at as usize].start)
    });
    let name = tokens.start..dash.unwrap_or(tokens.end);
    let behind = |dash: u32| (dash..tokens.end).find(|at| !matches!(kind(*at), TokenKind::Dash | TokenKind::Hyphen));
    let role = match dash {
        Some(dash) => Some(behind(dash)?..tokens.end),
        None => None,
    };
    let sentence = matches!(kind(tokens.end - 1), TokenKind::Stop | TokenKind::Exclaim | TokenKind::Colon);
    (!sentence && is_name(page, &name)).then_some(Line { paragraph: number, name, role })
}

/// Whether some tokens are a name, or the chair of a call.
fn is_name(page: &Page, tokens: &Range<u32>) -> bool {
    if is_chair(page, tokens) {
        return true;
    }
    let words = tokens.clone().filter(|at| page.tokens[*at as usize].kind == TokenKind::Word).count();
    let fits = |at: u32| match page.tokens[at as usize].kind {
        TokenKind::Word => page.tokens[at as usize].is_capital() && !page.class(at).has(Class::DETERMINER),
        TokenKind::Stop | TokenKind::Hyphen => true,
        _ => false,
    };
    let first = page.token_text(tokens.start);
    let known = page.lexicon.people.first_name(first).is_some() || !page.word(tokens.start as usize).is_known();
    (2..=NAME).contains(&words) && tokens.clone().all(fits) && known
}

/// `Operator`, `Moderator`.
fn is_chair(page: &Page, tokens: &Range<u32>) -> bool {
    tokens.len() == 1 && page.lexicon.lists.reads(List::CallChairs, page.token_text(tokens.start))
}

/// The paragraphs below a label in which somebody speaks: up to the next label; behind the last one, as long as they end as sentences
/// do.
fn block(page: &Page, label: usize, next: Option<usize>) -> Range<usize> {
    let first = label + 1;
    let limit = next.unwrap_or(page.paragraphs.len());
    let spoken = |number: &usize| {
        let paragraph = &page.paragraphs[*number];
        let last = paragraph.tokens.end.checked_sub(1).map(|at| page.tokens[at as usize].kind);
        let ends = matches!(last, Some(TokenKind::Stop | TokenKind::Exclaim | TokenKind::Ellipsis | TokenKind::Mark));
        ends && paragraph.region == RegionKind::Body && direction(page, *number, false).is_none()
    };
    first..first + (first..limit).take_while(spoken).count()
}
