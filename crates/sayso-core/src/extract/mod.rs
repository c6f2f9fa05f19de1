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
mod pieces;
pub mod quotes;
mod reading;
pub mod speakers;
pub mod tagger;

pub use crate::found::*;
pub use pieces::PIECE;

use crate::document::Document;
use crate::span::Span;
use crate::text::Piece;
use reading::{Readers, together};
use std::borrow::Borrow;

/// Runs independent pieces of work.
///
/// ```
/// use sayso_core::{Document, Options, Runner, extract, extract_by};
/// struct Backwards;
/// impl Runner for Backwards {
///     fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
///         let mut results: Vec<T> = (0..count).rev().map(job).collect();
///         results.reverse();
///         results
///     }
/// }
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// assert_eq!(extract_by(&document, &Options::default(), &Backwards), extract(&document));
/// ```
pub trait Runner {
    /// The results of `job(0)` up to `job(count - 1)`, in that order.
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T>;

    /// How many pieces of one document it is given together. What they give stands in memory beside the whole, so that it
    /// should not be many more than the threads.
    fn at_once(&self) -> usize {
        1
    }
}

/// One piece after the other, on the calling thread.
pub struct InOrder;

impl Runner for InOrder {
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..count).map(job).collect()
    }
}

/// What finds reported words, and tells what is worth a check.
///
/// ```
/// use sayso_core::{Model, Options};
/// assert_eq!(Options::default().model, Model::Tagger);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// The rules alone: some ten times as fast.
    Rules,
    /// The rules, and the learned readers where they end.
    #[default]
    Tagger,
}

/// How documents are read.
///
/// ```
/// use sayso_core::{Document, Model, Options, extract::InOrder, extract_by};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// let found = extract_by(&document, &Options { model: Model::Rules }, &InOrder);
/// assert_eq!(found.quotes.len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What finds reported words, and tells what is worth a check.
    pub model: Model,
}

/// Reads one document. Linear in its length; never panics, whatever the text.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "“It rained for 12 hours,” said Ada Brandt.");
/// let found = extract(&document);
/// assert_eq!(found.quotes[0].content[0].of(&document.text), "“It rained for 12 hours,”");
/// ```
pub fn extract(document: &Document) -> Extraction {
    extract_by(document, &Options::default(), &InOrder)
}

/// The same as `options` say, with the pieces of a long document given to `runner`.
///
/// ```
/// use sayso_core::{Document, Options, extract, extract::InOrder, extract_by};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// assert_eq!(extract_by(&document, &Options::default(), &InOrder), extract(&document));
/// ```
pub fn extract_by(document: &Document, options: &Options, runner: &impl Runner) -> Extraction {
    // Without a limit there is no error.
    alone(document, &Readers { least: PIECE, limited: false, model: options.model }, runner).unwrap_or_default()
}

/// A text that holds more findings than any that people wrote: a table of numbers, or one made to fill memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it holds more than {most} {what} in {size} bytes, which is no text to be read; give a table with --table")]
pub struct TooDense {
    /// How many it may have.
    pub most: usize,
    /// Of what: figures, quotations, lines, sentences, words and signs, quote marks.
    pub what: &'static str,
    /// How long the text is.
    pub size: usize,
}

/// So many findings of a kind a text may have whatever its length.
const FINDINGS: usize = 20_000;
/// From there on one figure for so many bytes, and one quotation: with what is known of a speaker, a quotation takes most.
const BYTES: [usize; 2] = [40, 50];

/// What a text may hold, so that no document takes more than twenty times its size.
#[derive(Clone, Copy)]
struct Most {
    figures: usize,
    quotes: usize,
    /// Lines, and sentences.
    lines: usize,
    /// Words, numbers and signs.
    tokens: usize,
    /// Pairs of quote marks.
    pairs: usize,
}

impl Most {
    /// No limit.
    const ANY: Most =
        Most { figures: usize::MAX, quotes: usize::MAX, lines: usize::MAX, tokens: usize::MAX, pairs: usize::MAX };

    /// For a text of so many bytes. Prose has a word for five bytes, a line for two hundred.
    fn of(length: usize) -> Most {
        Most {
            figures: FINDINGS.max(length / BYTES[0]),
            quotes: FINDINGS.max(length / BYTES[1]),
            lines: 100_000.max(length / 8),
            tokens: 500_000.max(length / 9 * 5),
            pairs: 50_000.max(length / 16),
        }
    }

    /// Whether a page, as far as it is read, and the `next` piece hold no more.
    fn allows(self, page: &Piece, next: &Piece, size: usize) -> Result<(), TooDense> {
        let (one, other) = (page.counts(), next.counts());
        let [paragraphs, tokens, sentences, pairs] = std::array::from_fn(|at| one[at] + other[at]);
        few(paragraphs, self.lines, "lines", size)?;
        few(sentences, self.lines, "sentences", size)?;
        few(tokens, self.tokens, "words and signs", size)?;
        few(pairs, self.pairs, "quote marks", size)
    }
}

fn few(found: usize, most: usize, what: &'static str, size: usize) -> Result<(), TooDense> {
    if found > most { Err(TooDense { most, what, size }) } else { Ok(()) }
}

/// [`extract_by`] for texts from anywhere: what it takes is bounded by the length of the text.
pub fn try_extract_by(document: &Document, options: &Options, runner: &impl Runner) -> Result<Extraction, TooDense> {
    alone(document, &Readers::of(options), runner)
}

fn alone(document: &Document, readers: &Readers, runner: &impl Runner) -> Result<Extraction, TooDense> {
    together(&[document], readers, runner).pop().unwrap_or_else(|| Ok(Extraction::default()))
}

/// Documents of so many bytes in all go through the stages together.
const TOGETHER: usize = 96 << 10;

/// [`try_extract_by`] for many documents, in their order: the same is found, in less time, for a short document is read before
/// the processor has fetched the code and tables of a stage. Each stage is run over documents of 96 kB in all before
/// the next; a longer one goes alone.
///
/// ```
/// use sayso_core::{Document, Options, extract, extract::InOrder, extract_some};
/// let documents = ["“It rained,” said Ada Brandt.", "Exports fell 3 percent."].map(|text| Document::new("d", text));
/// let found = extract_some(&documents, &Options::default(), &InOrder);
/// assert_eq!(found, documents.iter().map(|one| Ok(extract(one))).collect::<Vec<_>>());
/// ```
pub fn extract_some<D: Borrow<Document>>(
    documents: &[D],
    options: &Options,
    runner: &impl Runner,
) -> Vec<Result<Extraction, TooDense>> {
    let readers = Readers::of(options);
    let mut out = Vec::with_capacity(documents.len());
    let (mut some, mut bytes): (Vec<&Document>, usize) = (Vec::new(), 0);
    for document in documents.iter().map(Borrow::borrow) {
        if bytes + document.text.len() > TOGETHER {
            out.append(&mut together(&some, &readers, runner));
            (some, bytes) = (Vec::new(), 0);
        }
        some.push(document);
        bytes += document.text.len();
    }
    out.append(&mut together(&some, &readers, runner));
    out
}

/// Tells each figure the quotation that it stands in: the innermost, where several do. Linear but for nesting.
fn assign_quotes(figures: &mut [Figure], quotes: &[Quote]) {
    let mut pieces: Vec<(Span, u32)> = quotes
        .iter()
        .enumerate()
        .flat_map(|(i, quote)| quote.content.iter().map(move |span| (*span, i as u32)))
        .collect();
    if pieces.is_empty() {
        return;
    }
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
            let readers = Readers { least, limited: false, model: Model::Tagger };
            let pieces = alone(&document, &readers, &InOrder).unwrap();
            assert_eq!(pieces, whole, "pieces of {least}");
        }
    }

    #[test]
    fn documents_are_read_together_as_alone() {
        let texts =
            [TEXT.to_owned(), String::new(), TEXT.repeat(260), "Ten boats left.".repeat(9), "1 ".repeat(FINDINGS + 1)];
        let documents: Vec<Document> =
            texts.iter().cycle().take(12).map(|text| Document::new("d", text.as_str())).collect();
        for model in [Model::Rules, Model::Tagger] {
            let options = Options { model };
            let alone: Vec<_> = documents.iter().map(|one| try_extract_by(one, &options, &InOrder)).collect();
            assert_eq!(extract_some(&documents, &options, &InOrder), alone);
        }
    }

    #[test]
    fn a_text_of_numbers_alone_is_refused_by_name() {
        let read = |text: String| try_extract_by(&Document::new("d", text), &Options { model: Model::Rules }, &InOrder);
        let refused = read("1 ".repeat(FINDINGS + 1)).unwrap_err();
        assert!(refused.to_string().contains("more than 20000 figures"), "{refused}");
        assert!(read("1 ".repeat(FINDINGS / 2)).is_ok());
        for (unit, what) in [("\"", "quote marks"), ("x\n", "lines"), ("([", "words and signs"), ("A! ", "sentences")] {
            let refused = read(unit.repeat(3_000_000 / unit.len())).unwrap_err();
            assert!(refused.to_string().contains(what), "{unit}: {refused}");
        }
        assert!(read("The town counted 40 boats and 12 nets.\n\n".repeat(5_000)).is_ok());
    }

    #[test]
    fn each_word_is_reported_by_few() {
        let document = Document::new("d", "said ".repeat(3_000));
        let found = extract_by(&document, &Options { model: Model::Rules }, &InOrder);
        let most = (0..document.text.len() as u32).step_by(97).map(|at| {
            let here = |span: &Span| span.start <= at && at < span.end;
            found.quotes.iter().filter(|quote| quote.content.iter().any(here)).count()
        });
        assert!(most.max() <= Some(4));
    }

    #[test]
    fn figures_know_their_quotation() {
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
