//! Claims: sentences and clauses that assert something that can be checked. A page with its figures and quotations goes
//! in. Each sentence gets a score from 0 to 1 by a small logistic regression over its words and properties (weights in
//! `language/en/claim_weights.tsv`, learned by `training/claims.py`), or where that is in doubt by a network
//! ([`reader`]), and makes claims if it holds an amount or the score is not low: one, or one for each who speaks in it
//! and each clause with an amount of its own ([`parts`]). Each has its kind and reasons ([`kinds`]), what it leaves open
//! ([`gaps`]), and who is said to have said it ([`reporters`]).
//!
//! `Exports fell 4 percent last year.` → trend, worth a check; `Thank you all for coming.` → no claim.

mod features;
mod furniture;
mod gaps;
pub mod input;
mod kinds;
mod parts;
pub mod reader;
mod reporters;
mod seen;

use crate::document::{Document, Kind, RegionKind};
use crate::extract::network::rows::chance;
use crate::extract::{Claim, ClaimKind, ClaimReason, Figure, FigureKind, Quote, QuoteKind, Speaker};
use crate::room;
use crate::span::Span;
use crate::text::{Page, Paragraph, Sentence};
use gaps::{Asked, Gaps, Told};
use kinds::{Judged, Reported};
use parts::{ClaimPart, Voices};
use reader::ClaimNetwork;
use seen::Seen;
use std::ops::Range;

pub use crate::language::claims::Property;
pub use features::{Feature, each_feature, regression};

/// What the scorer learned of debates and speeches, read as log-odds in an article: times the first, plus the second. In news
/// every sentence tells a fact, and few are worth a check (fitted by hand-labelled sentences of news, `MODELS.md`).
const NEWS: (f32, f32) = (1.0, -1.9);

/// How much more or less than others a claim is worth in the news, as log-odds (fitted by hand on one half of 330 sentences of
/// news that were labelled before the scores were seen, `MODELS.md`). An amount is what checkers look for, if it is more than
/// somebody's age, or a rise or fall; that somebody says nothing is none; a forecast cannot be checked yet; what somebody tells of himself seldom can; bare events fill the news.
fn in_news(judged: &Judged, figures: &[Figure]) -> f32 {
    let says = |reason| judged.because.contains(&reason);
    let amount = figures.iter().any(|figure| is_amount(figure) && figure.kind != FigureKind::Age);
    let age = figures.iter().any(|figure| figure.kind == FigureKind::Age);
    let kind = match judged.kind {
        ClaimKind::Prediction => -0.7,
        ClaimKind::Quotation => -0.5,
        ClaimKind::Other => -0.6,
        _ => 0.0,
    };
    let lasts = figures.iter().any(|figure| figure.kind == FigureKind::Duration);
    let told = match () {
        () if amount => 0.4,
        () if age => -0.8,
        () if judged.moves => 0.6,
        () if says(ClaimReason::Dated) => -0.5,
        () if says(ClaimReason::Rank) => 0.2,
        () if lasts => 0.6,
        () => 0.0,
    };
    let silent = if judged.silent { -1.5 } else { 0.0 };
    kind + told + silent + if says(ClaimReason::FirstPerson) { -0.5 } else { 0.0 }
}

/// A sentence without amounts is a claim from this score on.
pub const LEAST: f32 = 0.35;

/// The claims of a page, in order. `figures` and `quotes` are those of the page, in the order of the text; `reader`
/// judges where the regression is in doubt. Linear.
pub fn find(
    page: &Page,
    document: &Document,
    figures: &[Figure],
    quotes: &[Quote],
    speakers: &[Speaker],
    reader: Option<&ClaimNetwork>,
) -> Vec<Claim> {
    let gaps = Gaps::new(page, document, quotes, speakers);
    let names = reporters::Names::new(page, speakers);
    let mut voices = Voices::new(quotes);
    let mut reader = reader.map(ClaimNetwork::ready);
    let mut claims = Vec::new();
    let mut next = 0;
    // What the sentence before tells, and where it and the one before begin.
    let (mut before, mut starts) = (Told::default(), [0, 0]);
    let is_read = |(_, paragraph): &(usize, &Paragraph)| {
        !matches!(paragraph.region, RegionKind::Boilerplate | RegionKind::Byline | RegionKind::Credit)
    };
    let of = |(number, paragraph): (usize, &Paragraph)| {
        let range = paragraph.sentences.start as usize..paragraph.sentences.end as usize;
        page.sentences[range].iter().map(move |sentence| (number, sentence))
    };
    let mut sentences = page.paragraphs.iter().enumerate().filter(is_read).flat_map(of);
    loop {
        let some = sentences.by_ref().take(TOGETHER).map(|(paragraph, sentence)| {
            while figures.get(next).is_some_and(|figure| figure.span.start < sentence.span.start) {
                next += 1;
            }
            let first = next;
            next += figures[next..].iter().take_while(|figure| figure.span.start < sentence.span.end).count();
            let (regression, seen) = features::score(page, sentence, &figures[first..next]);
            Scored { paragraph, sentence, figures: first..next, regression, seen }
        });
        let some: Vec<Scored> = some.collect();
        if some.is_empty() {
            break;
        }
        let regressions = some.iter().map(|one| (one.sentence, one.regression));
        let worth = match &mut reader {
            Some(reader) => reader.judge(page, regressions),
            None => regressions.map(|(_, regression)| regression).collect(),
        };
        for (Scored { paragraph, sentence, figures: inside, regression, seen }, worth) in some.into_iter().zip(worth) {
            let (first, inside) = (inside.start, &figures[inside]);
            let here = gaps::told(page, &sentence.tokens, inside);
            voices.enter(sentence.span);
            let told = chance(worth) >= LEAST && is_phrase(page, sentence) || inside.iter().any(is_amount);
            if told && !furniture::is_furniture(page, sentence, inside) {
                let parts: Vec<Weighed> = parts::of(page, sentence, &voices, quotes, inside)
                    .into_iter()
                    .map(|part| Weighed::new(page, sentence, part, inside, (regression, seen)))
                    .filter(|part| !part.span.is_empty())
                    .collect();
                // A sentence is worth what the worthiest of its parts is.
                let most = parts.iter().map(|part| part.regression).fold(f32::MIN, f32::max);
                for Weighed { part, span, figures: within, regression, seen: part_seen } in parts {
                    let odds = worth + (regression - most);
                    let score = chance(odds);
                    let own: Vec<u32> = (first + within.start..first + within.end).map(|at| at as u32).collect();
                    let within = &inside[within];
                    if score < LEAST && !within.iter().any(is_amount) {
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
                        Some(_) => reporters::of(page, paragraph, &part.tokens, &voices, quotes, &names),
                        None => Vec::new(),
                    };
                    room::expect(&mut claims, (sentence.span.end as usize, page.text.len()));
                    claims.push(Claim {
                        span,
                        sentence: sentence.span.trim(page.text),
                        kind: judged.kind,
                        speaker: quote.and_then(|quote| quote.speaker),
                        quote: part.quote,
                        attribution,
                        figures: own,
                        check_worthy: (chance(calibrated(odds, document.kind, &judged, within)) * 1000.0).round()
                            / 1000.0,
                        because: judged.because,
                        missing,
                    });
                }
            }
            before = here;
            starts = [starts[1], sentence.span.start];
        }
    }
    claims
}

/// So many sentences are scored before the first of them makes claims, so that the network reads them together.
const TOGETHER: usize = 32;

/// A sentence with what the regression makes of it.
struct Scored<'p> {
    /// The number of its paragraph.
    paragraph: usize,
    sentence: &'p Sentence,
    /// Which figures stand in it.
    figures: Range<usize>,
    /// How much it is worth a check, as log-odds.
    regression: f32,
    seen: Seen,
}

/// How much a claim is worth a check, as log-odds, where it stands: half means what a checker would call worth it.
fn calibrated(odds: f32, document: Kind, judged: &Judged, figures: &[Figure]) -> f32 {
    if document == Kind::Statement {
        return odds;
    }
    NEWS.0 * odds + NEWS.1 + in_news(judged, figures)
}

/// Whether there is more than one word: `BREAKING`, `Comments` say nothing of anything.
fn is_phrase(page: &Page, sentence: &Sentence) -> bool {
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    page.tokens[tokens].iter().filter(|token| token.is_word()).nth(1).is_some()
}

/// A part of a sentence, and what the regression makes of it.
struct Weighed {
    part: ClaimPart,
    span: Span,
    /// Which of the sentence's figures stand in it.
    figures: Range<usize>,
    /// How much it is worth a check, as log-odds.
    regression: f32,
    seen: Seen,
}

impl Weighed {
    /// `inside` are the figures of the sentence, `whole` is what was found of all of it.
    fn new(page: &Page, sentence: &Sentence, part: ClaimPart, inside: &[Figure], whole: (f32, Seen)) -> Self {
        let span = page.span_of(part.tokens.clone()).trim(page.text);
        let holds = |figure: &&Figure| span.contains(figure.span);
        let first = inside.iter().take_while(|figure| !holds(figure)).count();
        let figures = first..first + inside[first..].iter().filter(holds).count();
        let (regression, seen) = if part.tokens == sentence.tokens {
            whole
        } else {
            let clause = Sentence { span, tokens: part.tokens.clone() };
            features::score(page, &clause, &inside[figures.clone()])
        };
        Weighed { part, span, figures, regression, seen }
    }
}

/// Whether a figure tells how much or how many; a date, a length of time or a rank alone makes no claim.
fn is_amount(figure: &Figure) -> bool {
    use FigureKind::{Date, Duration, Ordinal, Time};
    !matches!(figure.kind, Date | Time | Duration | Ordinal)
}
