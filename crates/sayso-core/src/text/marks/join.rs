//! Which pairs run on into the next paragraph, where the opening mark is by custom repeated.

use super::{End, Pair};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::Page;
use crate::text::tokens::TokenKind;

/// Decides at the paragraphs' edges: a pair left open goes on where the next paragraph opens with the same style, or
/// begins without a mark and closes first.
pub fn join(page: &mut Page) {
    for at in 0..page.paragraphs.len() {
        let next = at + 1;
        let this = page.paragraphs[at].pairs.clone();
        let Some(open) = this.clone().rev().find(|i| is_open(&page.pairs[*i as usize])) else {
            if let Some(following) = page.paragraphs.get(next) {
                let pairs = following.pairs.clone();
                drop_tail(page, pairs);
            }
            continue;
        };
        let Some(following) = page.paragraphs.get(next) else { continue };
        let (first_token, pairs) = (following.tokens.start, following.pairs.clone());
        let style = page.pairs[open as usize].style;
        let first = page.pairs.get(pairs.start as usize..pairs.end as usize).and_then(<[Pair]>::first);
        let goes_on = match first {
            Some(pair) if pair.style == style && pair.open == Some(first_token) => {
                !ends_in_tag(page, &page.pairs[open as usize])
            }
            Some(pair) => pair.style == style && pair.open.is_none(),
            None => false,
        };
        if goes_on {
            page.pairs[open as usize].end = End::Continues;
            page.pairs[pairs.start as usize].goes_on = true;
        } else {
            drop_tail(page, pairs);
        }
    }
    if let Some(first) = page.paragraphs.first().map(|first| first.pairs.clone()) {
        drop_tail(page, first);
    }
}

/// `“It is late, said Ada Brandt.`: whether words that no mark closes end in a tag, before which the mark was lost.
fn ends_in_tag(page: &Page, pair: &Pair) -> bool {
    const MOST: u32 = 12;
    let end = page.token_at(pair.span.end.saturating_sub(1)) + 1;
    let first = page.token_at(pair.span.start).max(end.saturating_sub(MOST));
    let says = |at: u32| page.lexicon.lists.has(List::SureCues, page.token_text(at));
    let names = |at: u32| {
        let token = page.tokens.get(at as usize).filter(|_| at < end);
        token.is_some_and(|token| token.is_word() && (token.is_capital() || page.class(at).has(Class::DETERMINER)))
    };
    // `, said Ada Brandt`, `, Ada Brandt said.`
    let last = (first..end).rev().find(|at| page.tokens[*at as usize].is_word());
    let closes = last.is_some_and(|last| says(last) && last > first && page.tokens[last as usize - 1].is_capital());
    let comma = |at: u32| page.tokens[at as usize].kind == TokenKind::Comma;
    (first..end).any(|at| comma(at) && (at + 1 < end && says(at + 1) && names(at + 2) || closes && names(at + 1)))
}

/// Whether a pair's closing mark is missing at the end of its paragraph.
fn is_open(pair: &Pair) -> bool {
    pair.end == End::Lost && pair.close.is_none() && pair.depth == 0
}

/// A closing mark whose words did not begin in the paragraph before: its words are those of its sentence, where a comma
/// before it and a tag behind it tell that somebody speaks; else it is a stray, and its pair becomes empty.
fn drop_tail(page: &mut Page, range: std::ops::Range<u32>) {
    let Some(pair) = page.pairs.get(range.start as usize..range.end as usize).and_then(<[Pair]>::first) else { return };
    let Some(close) = pair.close.filter(|_| pair.open.is_none()) else { return };
    let begin = if is_tagged(page, close) { page.sentence_at(page.tokens[close as usize].start) } else { None };
    let begin = begin.map(|sentence| sentence.span.start);
    let pair = &mut page.pairs[range.start as usize];
    pair.span.start = begin.filter(|begin| *begin >= pair.span.start).unwrap_or(pair.span.end);
    pair.goes_on = false;
}

/// Whether a comma stands before the closing mark at `close` and a reporting verb among the few words behind it.
fn is_tagged(page: &Page, close: u32) -> bool {
    const FEW: u32 = 4;
    let comma = close.checked_sub(1).is_some_and(|at| page.tokens[at as usize].kind == TokenKind::Comma);
    let behind = close + 1..(close + 1 + FEW).min(page.tokens.len() as u32);
    let words = behind.take_while(|at| page.tokens[*at as usize].is_word());
    comma && words.into_iter().any(|at| page.class(at).has(Class::CUE_VERB))
}
