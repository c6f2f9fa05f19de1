//! Quotations within quotations: `“Then she said, ‘Read it to me,’ and I laughed.”` holds one more, by `she`.
//!
//! The inside of quoted words is read as a paragraph of its own, one level down. Only quoted words with a source and a cue
//! count there: what a speaker reports in other words is part of what that speaker says.

use super::view::View;
use super::{Found, Link, finish, segment};
use crate::extract::QuoteKind;
use crate::text::End;

/// Fewer words inside inner marks are a word as a word or a nickname.
const LEAST: u32 = 3;

/// Appends the quotations inside the chunks of a paragraph. Linear; looks only at chunks with marks inside.
pub fn scan(view: &View, out: &mut Vec<Found>) {
    let page = view.page;
    let pairs = &page.paragraphs[view.paragraph].pairs;
    let pairs = &page.pairs[pairs.start as usize..pairs.end as usize];
    if pairs.iter().all(|pair| pair.depth == 0) {
        return;
    }
    for el in view.els.iter().filter(|el| el.is_chunk()) {
        let within = page.span_of(el.token..el.end);
        if !pairs.iter().any(|pair| pair.depth == 1 && within.contains(pair.span)) {
            continue;
        }
        let outer = view.els.iter().position(|other| other.token == el.token).and_then(|at| view.chunk(at));
        let single = outer.is_some_and(|chunk| chunk.single);
        // A mark that is left open at the paragraph's end has no fellow to leave out.
        let closed = outer.is_none_or(|chunk| chunk.end == End::Closed);
        let end = el.end.saturating_sub(u32::from(closed)).max(el.token + 1);
        let inner = View::inside(page, view.paragraph, el.token + 1..end);
        for segment in &inner.segments {
            for mut one in segment::read(&inner, segment) {
                let quoted = one.content.iter().flat_map(|piece| piece.clone()).filter_map(|at| inner.chunk(at));
                let other = quoted.clone().all(|chunk| chunk.single != single);
                if one.source.is_none() || !other || quoted.map(|chunk| chunk.words).sum::<u32>() < LEAST {
                    continue;
                }
                // `‘Read it to me,’ and I laughed`: only the words in marks are anybody else's.
                let chunks = one.content.iter().flat_map(|piece| piece.clone()).filter(|at| inner.chunk(*at).is_some());
                one.content = chunks.map(|at| at..at + 1).collect();
                out.extend(
                    finish(&inner, one)
                        .filter(|found| found.kind == QuoteKind::Direct && found.link == Link::Own)
                        .map(|found| Found { inside: Some(within), ..found }),
                );
            }
        }
    }
}
