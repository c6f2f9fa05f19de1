//! Quotations within quotations: `“Then she said, ‘Read it to me,’ and I laughed.”` holds one more, by `she`.
//!
//! The inside of quoted words is read as a paragraph of its own, one level down. Only quoted words with a source and a cue
//! count there: what a speaker reports in other words is part of what that speaker says.

use super::view::View;
use super::{Found, Link, finish, segment};
use crate::extract::QuoteKind;

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
        let inner = View::inside(page, view.paragraph, el.token + 1..el.end.saturating_sub(1).max(el.token + 1));
        for segment in &inner.segments {
            for one in segment::read(&inner, segment) {
                let quoted = one.content.iter().flat_map(|piece| piece.clone()).filter_map(|at| inner.chunk(at));
                if one.source.is_none() || quoted.map(|chunk| chunk.words).sum::<u32>() < LEAST {
                    continue;
                }
                out.extend(
                    finish(&inner, one)
                        .filter(|found| found.kind == QuoteKind::Direct && found.link == Link::Own)
                        .map(|found| Found { inside: Some(within), ..found }),
                );
            }
        }
    }
}
