//! Claims: sentences and clauses that assert something that can be checked. A page with its figures and quotations goes
//! in. Each sentence gets a score from 0 to 1 by a small logistic regression over its words and properties (weights in
//! `lexicon/en/claim_weights.tsv`, learned by `training/claims.py`), and makes claims if it holds an amount or the score
//! is not low: one, or one for each who speaks in it and each clause with an amount of its own ([`parts`]). Each has its
//! kind and reasons ([`kinds`]), what it leaves open ([`gaps`]), and who is said to have said it ([`reporters`]).
//!
//! `Exports fell 4 percent last year.` → trend, worth a check; `Thank you all for coming.` → no claim.

mod features;
mod gaps;
mod kinds;
mod parts;
mod reporters;
mod seen;

use crate::document::{Document, RegionKind};
use crate::extract::{Claim, Figure, FigureKind, Quote, QuoteKind, Speaker};
use crate::text::{Page, Sentence};
use gaps::{Asked, Gaps, Told};
use kinds::Reported;
use parts::Voices;

pub use crate::lexicon::claims::Property;
pub use features::{Feature, each_feature};

/// A sentence without amounts is a claim from this score on.
pub const LEAST: f32 = 0.35;

/// The claims of a page, in order. `figures` and `quotes` are those of the page, in the order of the text. Linear.
pub fn find(
    page: &Page,
    document: &Document,
    figures: &[Figure],
    quotes: &[Quote],
    speakers: &[Speaker],
) -> Vec<Claim> {
    let gaps = Gaps::new(page, document, quotes, speakers);
    let mut voices = Voices::new(quotes);
    let mut claims = Vec::new();
    let mut next = 0;
    // What the sentence before tells, and where it and the one before begin.
    let (mut before, mut starts) = (Told::default(), [0, 0]);
    for (number, paragraph) in page.paragraphs.iter().enumerate() {
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
            let here = gaps::told(page, &sentence.tokens, inside);
            voices.enter(sentence.span);
            if score >= LEAST || inside.iter().any(is_amount) {
                let parts = parts::of(page, sentence, &voices, quotes, inside);
                let alone = parts.len() == 1;
                for part in parts {
                    let span = page.span_of(part.tokens.clone()).trim(page.text);
                    let own: Vec<u32> = (next..next + count)
                        .filter(|at| span.contains(figures[*at].span))
                        .map(|at| at as u32)
                        .collect();
                    let whole = part.tokens == sentence.tokens;
                    let clause;
                    let (within, part_score, part_seen) = if whole {
                        (inside, score, seen)
                    } else {
                        let first = own.first().map_or(next, |at| *at as usize);
                        clause = Sentence { span, tokens: part.tokens.clone() };
                        let within = &figures[first..first + own.len()];
                        let (part_score, part_seen) = features::score(page, &clause, within);
                        // The one thing that a sentence tells is worth what the sentence is.
                        (within, if alone { score } else { part_score }, part_seen)
                    };
                    if span.is_empty() || part_score < LEAST && !within.iter().any(is_amount) {
                        continue;
                    }
                    let quote = part.quote.map(|at| &quotes[at as usize]);
                    let told = quote.filter(|quote| quote.cue.is_some_and(|cue| sentence.span.contains(cue)));
                    let reported = match told.map(|quote| quote.kind) {
                        None => Reported::No,
                        Some(QuoteKind::Indirect) => Reported::InOtherWords,
                        Some(_) => Reported::InMarks,
                    };
                    let judged = kinds::judge(page, &part.tokens, &part_seen, within, reported);
                    let asked = Asked {
                        tokens: &part.tokens,
                        figures: within,
                        quote: part.quote,
                        change: judged.change,
                        rate: part_seen.rate(),
                        first_person: part_seen.first_person(),
                        here,
                        before,
                        since: starts[0],
                    };
                    let missing = gaps.of(&asked);
                    let attribution = match part.quote {
                        Some(_) => reporters::of(page, number, &part.tokens, &voices, quotes, speakers),
                        None => Vec::new(),
                    };
                    claims.push(Claim {
                        span,
                        sentence: sentence.span.trim(page.text),
                        kind: judged.kind,
                        speaker: quote.and_then(|quote| quote.speaker),
                        quote: part.quote,
                        attribution,
                        figures: own,
                        check_worthy: (part_score * 1000.0).round() / 1000.0,
                        because: judged.because,
                        missing,
                    });
                }
            }
            before = here;
            starts = [starts[1], sentence.span.start];
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
