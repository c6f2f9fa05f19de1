//! Words of a statement that coverage repeats without quote marks: a document goes in, its [`Reuse`]s come out, in the
//! order of the text. What journalists call churn; the name says nothing of right or wrong.
//!
//! Where statement and coverage share eight words in a row (or nearly: up to three words may differ between two shared
//! stretches), it is the statement that speaks: `The new pier will be built at Stonequay next year, the board said.`

use super::Trace;
use super::fold::words;
use super::pieces::{self, Mark, Quoted, Run};
use super::settings::Settings;
use super::sources::{Sources, words_of};
use crate::document::Document;
use crate::extract::Extraction;
use crate::span::Span;
use crate::words::Word;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// A passage of coverage, outside quote marks, that repeats a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reuse {
    /// Where in the coverage.
    pub span: Span,
    /// The id of the statement.
    pub statement: String,
    /// Where in the statement.
    pub source: Span,
    /// How many words are the same.
    pub words: u32,
}

/// How many shared words in a row are looked for first.
const SEED: usize = 4;
/// How many words of narration ask for candidates together.
const PART: usize = 40;
/// How many places of one seed in a statement are tried.
const PLACES: usize = 16;

/// The reused passages of a document, with the default [`Settings`]. `traces` are its quotations' traces: their
/// statements are looked in first.
pub fn reuses(document: &Document, extraction: &Extraction, traces: &[Trace], sources: &Sources) -> Vec<Reuse> {
    reuses_with(document, extraction, traces, sources, &Settings::default())
}

/// [`reuses`] with thresholds of one's own.
pub fn reuses_with(
    document: &Document,
    extraction: &Extraction,
    traces: &[Trace],
    sources: &Sources,
    settings: &Settings,
) -> Vec<Reuse> {
    let all = words(&document.text, Span::at(0, document.text.len()));
    reuses_of(document, &all, extraction, traces, sources, settings)
}

/// [`reuses_with`], where the words of the document are known.
pub(super) fn reuses_of(
    document: &Document,
    all: &[Word],
    extraction: &Extraction,
    traces: &[Trace],
    sources: &Sources,
    settings: &Settings,
) -> Vec<Reuse> {
    let quoted: Vec<Span> =
        extraction.quotes.iter().flat_map(|q| pieces::runs(document, q, None)).map(|run| run.span).collect();
    let own: Vec<bool> = own_words(all, quoted);
    let mut found: Vec<Reuse> = Vec::new();
    for number in statements(document, all, &own, traces, sources, settings) {
        let Some(statement) = sources.statement(number) else { continue };
        let source = words_of(&statement);
        found.extend(passages(all, &own, &source, settings).into_iter().map(|(ours, theirs, words)| Reuse {
            span: all[ours.0].span.cover(all[ours.1].span),
            statement: statement.document.id.clone(),
            source: source[theirs.0].span.cover(source[theirs.1].span),
            words,
        }));
    }
    // Where two statements say the same, the one that has more of it.
    found.sort_by_key(|r| (Reverse(r.words), r.span.start));
    let mut kept: Vec<Reuse> = Vec::new();
    for reuse in found {
        if !kept.iter().any(|k| k.span.overlaps(reuse.span)) {
            kept.push(reuse);
        }
    }
    kept.sort_by_key(|r| r.span.start);
    kept
}

/// Which words stand outside quote marks.
fn own_words(all: &[Word], mut quoted: Vec<Span>) -> Vec<bool> {
    quoted.sort_by_key(|span| span.start);
    let mut next = 0;
    let mut reach = 0;
    all.iter()
        .map(|word| {
            while next < quoted.len() && quoted[next].start <= word.span.start {
                reach = reach.max(quoted[next].end);
                next += 1;
            }
            word.span.start >= reach
        })
        .collect()
}

/// The statements to look in: those that the page names; else those that it quotes and those that share most with it.
fn statements(
    document: &Document,
    all: &[Word],
    own: &[bool],
    traces: &[Trace],
    sources: &Sources,
    settings: &Settings,
) -> Vec<u32> {
    let itself = sources.number(&document.id);
    let mut named = sources.named(&document.about);
    named.retain(|number| Some(*number) != itself);
    if !named.is_empty() {
        return named;
    }
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    let places: Vec<usize> = (0..all.len()).filter(|i| own[*i]).collect();
    for part in places.chunk_by(|a, b| b - a == 1).flat_map(|row| row.chunks(PART)) {
        let words: Vec<Quoted> =
            part.iter().map(|i| Quoted { word: all[*i], bracketed: false, aside: false, mark: Mark::None }).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let run = Run { span: first.word.span.cover(last.word.span), quote: None, words };
        for number in sources.candidates(&document.text, &run, itself, None, settings) {
            *votes.entry(number).or_default() += 1;
        }
    }
    let mut ranked: Vec<(u32, usize)> = votes.into_iter().collect();
    ranked.sort_by_key(|(number, votes)| (Reverse(*votes), *number));
    let mut out: Vec<u32> =
        traces.iter().filter_map(|t| t.statement.as_deref()).filter_map(|id| sources.number(id)).collect();
    out.extend(ranked.into_iter().map(|(number, _)| number).take(settings.candidates));
    out.sort_unstable();
    out.dedup();
    out
}

/// First and last word.
type Ends = (usize, usize);

/// The shared passages: where in the coverage, where in the statement, how many words are the same.
fn passages(all: &[Word], own: &[bool], source: &[Word], settings: &Settings) -> Vec<(Ends, Ends, u32)> {
    let seed = |w: &[Word]| w.iter().fold(0u64, |hash, word| hash.rotate_left(17).wrapping_mul(31) ^ word.key);
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, w) in source.windows(SEED).enumerate() {
        places.entry(seed(w)).or_default().push(at);
    }
    let mut out: Vec<(Ends, Ends, u32)> = Vec::new();
    let mut i = 0;
    while i + SEED <= all.len() {
        let same = |p: usize| {
            let ours = all[i..].iter().zip(&own[i..]);
            ours.zip(&source[p..]).take_while(|((a, own), b)| **own && a.key == b.key).count()
        };
        let starts = places.get(&seed(&all[i..i + SEED])).map_or(&[][..], Vec::as_slice);
        let best = starts.iter().take(PLACES).map(|p| (same(*p), Reverse(*p))).max();
        let Some((len, Reverse(p))) = best.filter(|(len, _)| *len >= SEED) else {
            i += 1;
            continue;
        };
        let near = |from: usize, to: usize| to > from && to - from <= settings.reused_gap + 1;
        match out.last_mut() {
            Some((ours, theirs, words))
                if near(ours.1, i) && near(theirs.1, p) && own[ours.1..i].iter().all(|own| *own) =>
            {
                ours.1 = i + len - 1;
                theirs.1 = p + len - 1;
                *words += len as u32;
            }
            _ => out.push(((i, i + len - 1), (p, p + len - 1), len as u32)),
        }
        i += len;
    }
    out.retain(|(_, _, words)| *words as usize >= settings.reused_words);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Quote, QuoteKind};
    use std::sync::Arc;

    const STATEMENT: &str = "The harbour board will not close the ferry line before winter. A new pier will be built at \
        Stonequay next year, and the old one will be taken down by the town.";

    fn found(text: &str, quoted: &[&str]) -> Vec<String> {
        let document = Document::new("article", text);
        let mut extraction = Extraction::default();
        for words in quoted {
            let start = text.find(words).unwrap();
            extraction.quotes.push(Quote::new(QuoteKind::Direct, vec![Span::at(start, start + words.len())]));
        }
        let mut sources = Sources::new();
        sources.add(Arc::new(Document::new("s0", "A bell rang twice over the empty square.")), Arc::default());
        sources.add(Arc::new(Document::new("s1", STATEMENT)), Arc::default());
        let found = reuses(&document, &extraction, &[], &sources);
        assert!(found.iter().all(|r| r.statement == "s1"));
        found.iter().map(|r| format!("{} < {}", r.span.of(text), r.source.of(STATEMENT))).collect()
    }

    #[test]
    fn long_passages_without_marks_are_found() {
        for (text, quoted, want) in [
            (
                "A new pier will be built at Stonequay next year, the board said.",
                vec![],
                vec![
                    "A new pier will be built at Stonequay next year < A new pier will be built at Stonequay next year",
                ],
            ),
            // One word for another in the middle.
            (
                "The harbour board will not shut the ferry line before winter.",
                vec![],
                vec![
                    "The harbour board will not shut the ferry line before winter < \
                     The harbour board will not close the ferry line before winter",
                ],
            ),
            // Between marks it is a quotation.
            (
                "“A new pier will be built at Stonequay next year,” the board said.",
                vec!["“A new pier will be built at Stonequay next year,”"],
                vec![],
            ),
            ("The old one will be taken away, and a new pier is planned.", vec![], vec![]),
            ("Nothing of it stands here, not one word of all those that were said by the sea.", vec![], vec![]),
        ] {
            assert_eq!(found(text, &quoted), want, "{text}");
        }
    }
}
