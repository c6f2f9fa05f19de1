//! Claims: sentences that assert something that can be checked. A page with its figures and quotations goes in; each
//! sentence gets a score from 0 to 1 by a small logistic regression over its words and properties (weights in
//! `lexicon/en/claim_weights.tsv`, learned by `training/claims.py`), and becomes a claim if it holds an amount or the
//! score is not low.
//!
//! `Exports fell 4 percent last year.` → trend, worth a check; `Thank you all for coming.` → no claim.

mod features;
mod kinds;
mod seen;

use crate::document::RegionKind;
use crate::extract::{Claim, Figure, FigureKind, Quote};
use crate::text::Page;

pub use crate::lexicon::claims::Property;
pub use features::{Feature, each_feature};

/// A sentence without amounts is a claim from this score on.
pub const LEAST: f32 = 0.35;

/// The claims of a page, in order. `figures` and `quotes` are those of the page, in the order of the text. Linear.
pub fn find(page: &Page, figures: &[Figure], quotes: &[Quote]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut next = 0;
    for paragraph in &page.paragraphs {
        if matches!(paragraph.region, RegionKind::Boilerplate | RegionKind::Byline | RegionKind::Credit) {
            continue;
        }
        for sentence in &page.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize] {
            while figures.get(next).is_some_and(|figure| figure.span.start < sentence.span.start) {
                next += 1;
            }
            let count = figures[next..].iter().take_while(|figure| figure.span.start < sentence.span.end).count();
            let inside = &figures[next..next + count];
            let (score, seen) = features::score(page, sentence, inside);
            if score < LEAST && !inside.iter().any(is_amount) {
                next += count;
                continue;
            }
            let span = sentence.span.trim(page.text);
            if span.is_empty() {
                continue;
            }
            // The first quotation that holds the whole sentence, marks aside.
            let quote = quote_of(quotes, span.start, span.end);
            let (kind, because, missing) = kinds::judge(page, sentence, &seen, inside, quotes);
            claims.push(Claim {
                span,
                sentence: span,
                kind,
                speaker: quote.and_then(|quote| quotes[quote].speaker),
                quote: quote.map(|quote| quote as u32),
                figures: (next as u32..(next + count) as u32).collect(),
                check_worthy: (score * 1000.0).round() / 1000.0,
                because,
                missing,
            });
            next += count;
        }
    }
    claims
}

/// Whether a figure tells how much or how many; a date, a length of time or a rank alone makes no claim.
fn is_amount(figure: &Figure) -> bool {
    use FigureKind::{Date, Duration, Ordinal, Time};
    !matches!(figure.kind, Date | Time | Duration | Ordinal)
}

/// The quotation that covers the most of `start..end`, if more than half. Quotations are in the order of their starts,
/// so that only those around the place are looked at.
fn quote_of(quotes: &[Quote], start: u32, end: u32) -> Option<usize> {
    let after = quotes.partition_point(|quote| quote.content.first().is_some_and(|piece| piece.start < end));
    let from = after.saturating_sub(4);
    let covered = |quote: &Quote| -> u32 {
        quote.content.iter().map(|piece| piece.end.min(end).saturating_sub(piece.start.max(start))).sum()
    };
    (from..after).map(|i| (covered(&quotes[i]), i)).filter(|(bytes, _)| *bytes * 2 > end - start).max().map(|(_, i)| i)
}
