//! Joins quotations over paragraphs, one after the other: each is handed on when nothing behind it can go on with it.

use super::{Found, Link};
use crate::extract::{QuoteKind, QuoteReason};
use std::collections::VecDeque;

/// The quotations of `found`, in order, with those that go on over paragraphs made one.
pub(super) fn join(found: impl Iterator<Item = Found>) -> impl Iterator<Item = Found> {
    Join { found, held: VecDeque::new(), outer: None }
}

struct Join<I> {
    found: I,
    /// What is not handed on yet: the last quotation that stands in no other, and what stands in it.
    held: VecDeque<Found>,
    /// The place of that quotation.
    outer: Option<usize>,
}

impl<I: Iterator<Item = Found>> Iterator for Join<I> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            // What stands before the last quotation of its own is done.
            if self.outer != Some(0)
                && let Some(done) = self.held.pop_front()
            {
                self.outer = self.outer.map(|at| at - 1);
                if let Some(done) = ordered(done) {
                    return Some(done);
                }
                continue;
            }
            let Some(one) = self.found.next() else {
                self.outer = None;
                if self.held.is_empty() {
                    return None;
                }
                continue;
            };
            let own = one.inside.is_none();
            // What goes on is the paragraph's own quotation, not one inside it.
            let last = self.outer.and_then(|at| self.held.get_mut(at));
            let Some(one) = (match last {
                Some(last) => goes_on(last, one),
                None => Some(one),
            }) else {
                continue;
            };
            if own {
                self.outer = Some(self.held.len());
            }
            self.held.push_back(one);
        }
    }
}

/// Adds to `last` what goes on with it; gives back what does not.
fn goes_on(last: &mut Found, one: Found) -> Option<Found> {
    let next_to = one.paragraph == last.last_paragraph + 1;
    let here = one.paragraph == last.last_paragraph;
    match one.link {
        Link::GoesOn if next_to && !last.content.is_empty() => {
            last.content.extend(one.content);
            last.balanced &= one.balanced;
            last.last_paragraph = one.paragraph;
            if !last.because.contains(&QuoteReason::OpenParagraph) {
                last.because.push(QuoteReason::OpenParagraph);
            }
        }
        // Left open with nobody named, closed in the next paragraph with a cue: one quotation.
        Link::Own if one.goes_on && (next_to || here) && last.link == Link::Bare && one.kind == last.kind => {
            let content = last.content.iter().chain(&one.content).copied().collect();
            let mut because = one.because;
            because.push(QuoteReason::OpenParagraph);
            *last = Found { paragraph: last.paragraph, content, because, ..one };
        }
        Link::Signs => {
            if next_to && last.link == Link::Bare && last.kind == QuoteKind::Direct {
                last.source = one.source;
                last.because.push(QuoteReason::Signature);
                last.link = Link::Own;
            }
        }
        Link::Bare | Link::GoesOn if next_to && last.link == Link::Awaits => {
            last.kind = one.kind;
            last.content = one.content;
            last.balanced = one.balanced;
            last.because.push(QuoteReason::Colon);
            last.last_paragraph = one.paragraph;
            last.link = Link::Own;
        }
        _ => return Some(one),
    }
    None
}

/// Marks gone wild can join pieces backwards: they are told in the order of the text, none twice. `None` without a piece.
fn ordered(mut one: Found) -> Option<Found> {
    one.content.sort_by_key(|span| span.start);
    let mut end = 0;
    one.content.retain(|span| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    (!one.content.is_empty()).then_some(one)
}
