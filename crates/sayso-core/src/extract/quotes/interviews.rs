//! Interviews without labels: questions in bold in paragraphs of their own, each with a plain answer by the one person whom
//! the page introduces before.
//!
//! `**Do you get lonely?**` / `No. I have my radio.` → the answer is direct, its source the name in the introduction.

use super::Found;
use super::guests;
use super::whose::Whose;
use crate::document::RegionKind;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// So many questions in bold make an interview.
const BOLD: usize = 2;

/// A question has at most so many tokens.
const LONGEST: usize = 80;

/// A paragraph that asks.
struct Question {
    paragraph: usize,
    /// Whether it speaks to somebody: `you`.
    addressed: bool,
}

/// The answers of the page, in order; none where it is no interview, or with several people. Linear.
pub(super) fn answers(page: &Page) -> Vec<Found> {
    let asked: Vec<Question> = (0..page.paragraphs.len()).filter_map(|number| question(page, number)).collect();
    let addressed = asked.iter().filter(|one| one.addressed).count();
    if asked.len() < BOLD || addressed * 3 < asked.len() {
        return Vec::new();
    }
    let blocks: Vec<Range<usize>> =
        asked.iter().enumerate().map(|(i, one)| block(page, one, asked.get(i + 1))).collect();
    let own = blocks.iter().filter(|block| (block.start..block.end).any(|number| says_i(page, number))).count();
    let answered = blocks.iter().filter(|block| !block.is_empty()).count();
    let Some(guest) = interviewed(page, asked[0].paragraph) else { return Vec::new() };
    if answered < asked.len() || own * 2 < asked.len() {
        return Vec::new();
    }
    blocks.into_iter().map(|block| answer(page, &block, guest)).collect()
}

/// The question in bold that a paragraph is, if it is nothing else.
fn question(page: &Page, number: usize) -> Option<Question> {
    let paragraph = &page.paragraphs[number];
    let tokens = paragraph.tokens.clone();
    let sign = |at: &u32| matches!(page.token_text(*at), "*" | "_" | "#");
    let last = tokens.clone().rev().find(|at| !sign(at))?;
    let plain = tokens.clone().all(|at| !matches!(page.tokens[at as usize].kind, TokenKind::Mark | TokenKind::Colon));
    let asks = page.tokens[last as usize].kind == TokenKind::Exclaim && page.token_text(last).contains('?');
    let story = matches!(paragraph.region, RegionKind::Body | RegionKind::Subhead);
    let bold = sign(&tokens.start) && last + 1 < tokens.end;
    (story && bold && plain && asks && tokens.len() <= LONGEST)
        .then(|| Question { paragraph: number, addressed: tokens.clone().any(|at| page.class(at).has(Class::SECOND)) })
}

/// The paragraphs that answer a question: up to the next one; behind the last, those in which somebody says `I` or `we`.
fn block(page: &Page, asked: &Question, next: Option<&Question>) -> Range<usize> {
    let first = asked.paragraph + 1;
    let body = |number: &usize| page.paragraphs[*number].region == RegionKind::Body;
    let end = match next {
        Some(next) => (first..next.paragraph).take_while(body).count(),
        None => (first..page.paragraphs.len())
            .take_while(|number| body(number) && (*number == first || says_i(page, *number)))
            .count(),
    };
    first..first + end
}

fn says_i(page: &Page, number: usize) -> bool {
    page.paragraphs[number].tokens.clone().any(|at| page.class(at).has(Class::FIRST))
}

/// Whether the page tells before its first question, in paragraph `first`, that its writer spoke to the one person whom it names there.
pub(super) fn is_introduced(page: &Page, first: usize) -> bool {
    const BEFORE: usize = 12;
    let lead = page.paragraphs[first.saturating_sub(BEFORE)..first].iter();
    let sign = |at: u32| {
        page.class(at).has(Class::FIRST) || page.lexicon.lists.reads(List::InterviewSigns, page.token_text(at))
    };
    let told = lead.filter(|one| one.region != RegionKind::Boilerplate).flat_map(|one| one.tokens.clone()).any(sign);
    told && interviewed(page, first).is_some()
}

/// The only person whom the page names before its first question, but for its writer.
fn interviewed(page: &Page, first: usize) -> Option<Span> {
    let story = |span: &Span| {
        let region = page.paragraph_at(span.start).map(|paragraph| paragraph.region);
        !matches!(region, Some(RegionKind::Byline | RegionKind::Credit))
    };
    let guests = guests::before(page, first).into_iter().map(|guest| guest.span);
    let mut people = guests.filter(story).filter(|span| is_person(page, *span));
    people.next().filter(|one| people.next().is_none() && !is_joined(page, *one))
}

/// Whether a name of two words or three begins with a first name, or has no word that the language knows.
fn is_person(page: &Page, name: Span) -> bool {
    let tokens = page.token_at(name.start)..page.token_at(name.end);
    let words = || tokens.clone().filter(|at| page.tokens[*at as usize].kind == TokenKind::Word);
    page.lexicon.people.first_name(page.token_text(tokens.start)).is_some()
        || words().all(|at| !page.word(at as usize).is_known())
}

/// `Mario Lund and Ada Brandt`: whether another is named beside the one at `name`.
fn is_joined(page: &Page, name: Span) -> bool {
    let and = |at: u32| page.class(at).has(Class::COORDINATOR);
    let capital = |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_capital());
    let (first, next) = (page.token_at(name.start), page.token_at(name.end));
    first > 1 && and(first - 1) && capital(first - 2) || and(next) && capital(next + 1)
}

fn answer(page: &Page, block: &Range<usize>, guest: Span) -> Found {
    let content = block.clone().map(|number| page.paragraphs[number].span).collect();
    let whose = Whose::Named { name: guest, own: guest, role: None };
    Found { doubtful: true, ..Found::turn(block.clone(), content, guest, whose) }
}
