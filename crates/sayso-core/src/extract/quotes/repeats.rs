//! Quotations of the headline and subhead that repeat one of the body: `same_as`, and the speaker with it. A headline may
//! cut a quotation short and name its speaker otherwise; the body decides.

use crate::document::RegionKind;
use crate::extract::speakers::resolve::Who;
use crate::extract::{Confidence, How, Quote, QuoteKind, QuoteReason};
use crate::text::{Page, TokenKind};

/// A repeat has at least this many words.
const LEAST: usize = 3;

/// At most this many quotations stand above a body.
const MOST_ABOVE: usize = 8;

/// Links quotations above the body to those in it that hold the same words in a row. Linear in the body's quotations.
pub fn link(page: &Page, quotes: &mut [Quote], whose: &mut [Option<Who>]) {
    let is_above = |quote: &Quote| matches!(quote.region, RegionKind::Headline | RegionKind::Subhead);
    let above: Vec<usize> = (0..quotes.len())
        .take_while(|at| *at < MOST_ABOVE * 4)
        .filter(|at| is_above(&quotes[*at]))
        .take(MOST_ABOVE)
        .collect();
    for at in above {
        let words = words(page, &quotes[at]);
        if words.len() < LEAST {
            continue;
        }
        let same = (0..quotes.len()).filter(|other| !is_above(&quotes[*other])).find(|other| {
            quotes[*other].kind != QuoteKind::Indirect && holds(&self::words(page, &quotes[*other]), &words)
        });
        let Some(same) = same else { continue };
        quotes[at].same_as = Some(same as u32);
        quotes[at].because.push(QuoteReason::Repeats);
        if whose[same].is_some() {
            let other = whose[at] != whose[same];
            let (old, new) = (whose[at], whose[same]);
            for also in (0..at + MOST_ABOVE).filter(|also| quotes.get(*also).is_some_and(is_above)) {
                if old.is_some() && whose[also] == old {
                    whose[also] = new;
                }
            }
            whose[at] = new;
            quotes[at].confidence =
                quotes[same].confidence.min(Confidence::Medium).max(quotes[at].confidence.min(Confidence::High));
            if other {
                quotes[at].how = if quotes[at].source.is_some() { How::Alias } else { How::Implicit };
                quotes[at].confidence = Confidence::Medium;
            }
        }
    }
}

/// The words of the quoted pieces, lower case.
fn words(page: &Page, quote: &Quote) -> Vec<String> {
    let mut out = Vec::new();
    for piece in &quote.content {
        for at in page.token_at(piece.start)..page.token_at(piece.end) {
            let token = page.tokens[at as usize];
            if matches!(token.kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Number) {
                out.push(token.span().of(page.text).to_lowercase().replace('’', "'"));
            }
        }
    }
    out
}

fn holds(long: &[String], short: &[String]) -> bool {
    long.len() >= short.len() && long.windows(short.len()).any(|window| window == short)
}
