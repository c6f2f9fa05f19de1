//! From paragraphs to the document: quotations that run over paragraphs are joined.

use super::{Found, Link};
use crate::document::Document;
use crate::extract::{Confidence, How, Quote, QuoteReason, Speaker};
use crate::text::Page;

/// Joins what [`super::scan`] found and tells who speaks.
pub fn resolve(page: &Page, _document: &Document, found: Vec<Found>) -> (Vec<Quote>, Vec<Speaker>) {
    let found = join(page, found);
    let quotes = found
        .into_iter()
        .map(|one| Quote {
            kind: one.kind,
            content: one.content,
            cue: one.cue,
            source: one.source,
            addressee: one.addressee,
            speaker: None,
            how: How::None,
            region: page.paragraphs[one.paragraph as usize].region,
            insertions: Vec::new(),
            balanced: one.balanced,
            continues: None,
            same_as: None,
            confidence: Confidence::Low,
            because: one.because,
        })
        .collect();
    (quotes, Vec::new())
}

/// Joins quotations over paragraphs.
fn join(_page: &Page, found: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for one in found {
        let Some(last) = out.last_mut() else {
            out.push(one);
            continue;
        };
        let next_to = one.paragraph == last.paragraph + 1;
        match one.link {
            Link::GoesOn if next_to && !last.content.is_empty() => {
                last.content.extend(one.content);
                last.balanced &= one.balanced;
                last.paragraph = one.paragraph;
                last.because.push(QuoteReason::OpenParagraph);
            }
            Link::Bare | Link::GoesOn if next_to && last.link == Link::Awaits => {
                last.kind = one.kind;
                last.content = one.content;
                last.balanced = one.balanced;
                last.because.push(QuoteReason::Colon);
                last.paragraph = one.paragraph;
                last.link = Link::Own;
            }
            _ => out.push(one),
        }
    }
    out.retain(|one| !one.content.is_empty());
    out
}
