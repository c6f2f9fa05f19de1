//! Lines that serve the page and assert nothing of the story: datelines (`MOSCOW, March 14.`), notices (`Published 26 August
//! 2025`, `Read 12 comments`). They make no claim.

use super::is_amount;
use super::parts::is_clause;
use crate::extract::{Figure, FigureKind};
use crate::language::claims::ClaimClass;
use crate::language::lists::List;
use crate::text::{Page, Sentence, TokenKind};

/// A notice of so few tokens is one, whatever its words may be elsewhere.
const SHORT: usize = 4;
/// No such line has more words.
const LONGEST: usize = 12;

/// Whether a sentence, of which `figures` are the figures, is such a line.
pub(super) fn is_furniture(page: &Page, sentence: &Sentence, figures: &[Figure]) -> bool {
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let words = page.tokens[tokens.clone()].iter().filter(|token| token.is_word() || token.kind == TokenKind::Number);
    if is_note_of_author(page, tokens.start) {
        return true;
    }
    if words.count() > LONGEST {
        return false;
    }
    is_notice(page, tokens.start, tokens.end)
        || is_dateline(page, sentence, figures)
        || is_counter(page, tokens.start, tokens.end)
}

/// `The author is a fellow at …`, `The writer works for …`: who wrote the page.
fn is_note_of_author(page: &Page, first: usize) -> bool {
    let text = |at: usize| if at < page.tokens.len() { page.token_text(at as u32) } else { "" };
    let says = |at: usize, word: &str| text(at).eq_ignore_ascii_case(word);
    says(first, "the") && page.lexicon.lists.reads(List::PageAuthors, text(first + 1)) && says(first + 2, "is")
}

/// `Published 26 August 2025`, `Read 12 comments`, `Photo: A. Maren`: a word for what is done with a page, and then a number, a
/// colon or who did it.
fn is_notice(page: &Page, first: usize, end: usize) -> bool {
    let class = |at: usize| page.lexicon.claim_words.class(page.tokens[at].word);
    let (Some(token), next) = (page.tokens.get(first), first + 1) else { return false };
    if !token.is_capital() || !class(first).is(ClaimClass::NOTICE) || next >= end {
        return false;
    }
    let clause = is_clause(page, &(next as u32..end as u32));
    let dated = page.lexicon.figures.entry(page.tokens[next].word).is(crate::language::figures::Class::MONTH);
    let leads = matches!(page.tokens[next].kind, TokenKind::Number | TokenKind::Colon) || dated;
    // "Read 12 comments": too short to assert anything
    leads && end - first <= SHORT
        || !clause && (leads || class(next).is(ClaimClass::PREPOSITION.or(ClaimClass::NOTICE)))
}

/// `Page 3 of 12`, `1 of 14`, `5 minutes read`, `© 2025 Lantern Media`: what a page counts of itself, or whose it is.
fn is_counter(page: &Page, first: usize, end: usize) -> bool {
    let kind = |at: usize| page.tokens.get(at).filter(|_| at < end).map(|token| token.kind);
    let says = |at: usize, word: &str| at < end && page.token_text(at as u32).eq_ignore_ascii_case(word);
    let number = if says(first, "page") { first + 1 } else { first };
    let digits = kind(number) == Some(TokenKind::Number);
    let part = digits && says(number + 1, "of") && kind(number + 2) == Some(TokenKind::Number) && end <= number + 4;
    let read = digits && says(end.saturating_sub(1), "read") && end <= number + 4;
    part || read || says(first, "©")
}

/// `MOSCOW, March 14.`, `Evening Desk, Lantern Television, 26 August 2025`: a date and names, without a verb.
fn is_dateline(page: &Page, sentence: &Sentence, figures: &[Figure]) -> bool {
    let dated = figures.iter().any(|figure| matches!(figure.kind, FigureKind::Date | FigureKind::Time));
    dated && !figures.iter().any(is_amount) && !is_clause(page, &sentence.tokens)
}
