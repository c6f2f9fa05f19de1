//! A document goes in, an [`Extraction`] comes out: quotations with whose they are, figures and dates, claims.
//! Pure: no input or output, no threads, no clock.
//!
//! Reading and scanning are local to paragraphs; what needs the whole document (who a pronoun means, what a share is a
//! share of) is resolved afterwards, in order. A long document is cut between paragraphs into pieces of about
//! [`PIECE`], whose scans a [`Runner`] may run side by side; the result is the same.
//!
//! ```
//! let document = sayso_core::Document::new("d", "“It rained for 12 hours,” said Ada Brandt.");
//! let extraction = sayso_core::extract(&document);
//! assert_eq!(extraction.quotes[0].content[0].of(&document.text), "“It rained for 12 hours,”");
//! assert_eq!(extraction.speakers[0].name, "Ada Brandt");
//! assert_eq!(extraction.figures[0].quote, Some(0));
//! ```

pub mod aliases;
pub mod claims;
pub mod clause;
pub mod figures;
pub mod network;
pub mod quotes;
pub mod speakers;
pub mod tagger;
mod types;

pub use types::*;

use crate::document::Document;
use crate::language;
use crate::span::Span;
use crate::text::{Page, Part, paragraphs};
use std::ops::Range;

/// How many bytes of text, at least, the pieces of a long document have.
pub const PIECE: u32 = 256 << 10;

/// Runs independent pieces of work.
pub trait Runner {
    /// The results of `job(0)` up to `job(count - 1)`, in that order.
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T>;
}

/// One piece after the other, on the calling thread.
pub struct InOrder;

impl Runner for InOrder {
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..count).map(job).collect()
    }
}

/// What finds reported words, and tells what is worth a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// The rules alone: some ten times as fast.
    Rules,
    /// The rules, and the learned readers where they end.
    #[default]
    Tagger,
}

/// How documents are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What finds reported words, and tells what is worth a check.
    pub model: Model,
}

/// Reads one document. Linear in its length; never panics, whatever the text.
pub fn extract(document: &Document) -> Extraction {
    extract_by(document, &Options::default(), &InOrder)
}

/// The same as `options` say, with the pieces of a long document given to `runner`.
pub fn extract_by(document: &Document, options: &Options, runner: &impl Runner) -> Extraction {
    in_pieces(document, PIECE, options, runner)
}

fn in_pieces(document: &Document, least: u32, options: &Options, runner: &impl Runner) -> Extraction {
    let lexicon = language::english();
    let (tagger, reader) = match options.model {
        Model::Rules => (None, None),
        Model::Tagger => (tagger::english(), claims::reader::english()),
    };
    let text = &document.text;
    let spans = paragraphs::split(text);
    let pieces = pieces(&spans, least);
    let page =
        Page::assemble(document, runner.map(pieces.len(), |i| Part::read(text, &spans[pieces[i].clone()], lexicon)));
    let mut figures = concat(runner.map(pieces.len(), |i| {
        let mut found = Vec::new();
        figures::scan(&page, page.tokens_of(&pieces[i]), &mut found);
        found
    }));
    let found = concat(runner.map(pieces.len(), |i| {
        let mut found = Vec::new();
        quotes::scan(&page, pieces[i].clone(), tagger, &mut found);
        found
    }));
    let (quotes, speakers) = quotes::resolve(&page, document, found);
    give_voice(&mut figures, &quotes);
    figures::resolve(&page, document, &quotes, &mut figures);
    let claims = claims::find(&page, document, &figures, &quotes, &speakers, reader);
    Extraction { regions: page.regions, quotes, speakers, figures, claims }
}

/// Cuts the paragraphs into runs of at least `least` bytes (the last may be shorter).
fn pieces(spans: &[Span], least: u32) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for (i, span) in spans.iter().enumerate() {
        if span.end - spans[begin].start >= least {
            pieces.push(begin..i + 1);
            begin = i + 1;
        }
    }
    if begin < spans.len() {
        pieces.push(begin..spans.len());
    }
    pieces
}

fn concat<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut lists = lists.into_iter();
    let mut all = lists.next().unwrap_or_default();
    lists.for_each(|mut list| all.append(&mut list));
    all
}

/// Tells each figure the quotation that it stands in: the innermost, where several do. Linear but for nesting.
fn give_voice(figures: &mut [Figure], quotes: &[Quote]) {
    let mut pieces: Vec<(Span, u32)> = quotes
        .iter()
        .enumerate()
        .flat_map(|(i, quote)| quote.content.iter().map(move |span| (*span, i as u32)))
        .collect();
    pieces.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut open: Vec<(Span, u32)> = Vec::new();
    let mut next = 0;
    for figure in figures {
        while let Some(piece) = pieces.get(next).filter(|(span, _)| span.start <= figure.span.start) {
            open.retain(|(span, _)| span.end > piece.0.start);
            open.push(*piece);
            next += 1;
        }
        figure.quote = open.iter().rev().find(|(span, _)| span.contains(figure.span)).map(|(_, quote)| *quote);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Port Opens Again\n\n“We lost 40 days,” said Ada Brandt, the harbour chief. “It cost us 3 percent.\n\n“Nobody was paid. The board knew.”\n\nShe said that 12 ships had left.\n\n“It is over,” she said.\n\n\"No,\" said Tom Reyes, 62.\n\nAccording to the board, 79% of the 3,412 crates were dry on March 3.";

    #[test]
    fn pieces_do_not_show() {
        let document = Document::new("d", TEXT.repeat(3));
        let whole = extract(&document);
        assert!(!whole.quotes.is_empty() && !whole.figures.is_empty());
        for least in [1, 40, 200] {
            assert_eq!(in_pieces(&document, least, &Options::default(), &InOrder), whole, "pieces of {least}");
        }
    }

    #[test]
    fn figures_have_the_voice_of_their_quotation() {
        let document = Document::new("d", TEXT);
        let found = extract(&document);
        for figure in &found.figures {
            let inside: Vec<u32> = (0..found.quotes.len() as u32)
                .filter(|i| found.quotes[*i as usize].content.iter().any(|span| span.contains(figure.span)))
                .collect();
            assert_eq!(figure.quote.is_some(), !inside.is_empty(), "{}", figure.span.of(TEXT));
            assert!(figure.quote.is_none_or(|quote| inside.contains(&quote)));
        }
    }
}
