//! A document's text, prepared for the extractors: paragraphs, tokens, sentences, paired quote marks and regions,
//! together a [`Page`]. Everything is a span of the text; nothing is copied or changed.
//!
//! Reading is local to a paragraph ([`Piece::read`]), so a very long document can be cut between paragraphs and read in
//! parallel. [`Page::assemble`] joins the parts and then does the work that depends on neighbouring paragraphs.
//!
//! ```
//! use sayso_core::{Document, text::Page};
//! let document = Document::new("d", "“It rained,” said Sen. Brandt. No. 4 was closed.");
//! let page = Page::new(&document);
//! let sentences: Vec<_> = page.sentences.iter().map(|s| s.span.of(page.text)).collect();
//! assert_eq!(sentences, ["“It rained,” said Sen. Brandt.", "No. 4 was closed."]);
//! ```

mod blocks;
mod damage;
pub mod folding;
pub mod marks;
pub mod numbering;
pub mod paragraphs;
pub mod regions;
pub(crate) mod seams;
pub mod sentences;
pub(crate) mod short;
pub mod tokens;

pub use marks::{End, Pair, Style};
pub use sentences::Sentence;
pub use tokens::{Token, TokenKind};

use crate::document::{Document, Region, RegionKind};
use crate::language::grammar::Class;
use crate::language::{self, Language, Lexicon, WordId};
use crate::room::{self, Share};
use crate::span::Span;
use blocks::Blocks;
use std::ops::Range;

/// A line, or a block of lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The span without surrounding white space.
    pub span: Span,
    /// Its tokens: positions in [`Page::tokens`].
    pub tokens: Range<u32>,
    /// Its sentences: positions in [`Page::sentences`].
    pub sentences: Range<u32>,
    /// Its pairs of quote marks: positions in [`Page::pairs`].
    pub pairs: Range<u32>,
    /// The region that contains it. A dateline is part of a body paragraph.
    pub region: RegionKind,
}

/// The text of a document, analysed.
pub struct Page<'d> {
    /// The document's text.
    pub text: &'d str,
    /// The language of the document.
    pub language: &'static Language,
    /// Its lexicon.
    pub lexicon: &'static Lexicon,
    /// The paragraphs, in order. They cover everything except white space.
    pub paragraphs: Vec<Paragraph>,
    /// The tokens of all paragraphs, in order.
    pub tokens: Vec<Token>,
    /// The sentences, in order. None crosses a paragraph boundary.
    pub sentences: Vec<Sentence>,
    /// The pairs of quote marks, ordered by their first token.
    pub pairs: Vec<Pair>,
    /// The regions of the page.
    pub regions: Vec<Region>,
    /// Where the paragraphs, the sentences and the tokens of each part of a long text stand.
    blocks: [Blocks; 3],
}

/// The analysis of some consecutive paragraphs.
#[derive(Default)]
pub struct Piece {
    paragraphs: Vec<Paragraph>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    pairs: Vec<Pair>,
}

impl Piece {
    /// Reads the paragraphs `spans` of `text`. Linear.
    pub fn read(text: &str, spans: &[Span], lexicon: &Lexicon) -> Piece {
        let mut part = Piece::default();
        let length: usize = spans.iter().map(|span| span.len() as usize).sum();
        part.tokens.reserve(length / 5 + 8);
        part.paragraphs.reserve(spans.len());
        for span in spans {
            let tokens = part.tokens.len();
            let (sentences, pairs) = (part.sentences.len(), part.pairs.len());
            tokens::tokenize(text, *span, lexicon, &mut part.tokens);
            damage::mend(text, &mut part.tokens, tokens, lexicon);
            marks::pair(text, &part.tokens, tokens, lexicon, &mut part.pairs);
            sentences::split(text, &part.tokens, tokens, &part.pairs[pairs..], lexicon, &mut part.sentences);
            let begun = &part.sentences[sentences..];
            tokens::calm(&mut part.tokens[tokens..], |at| {
                let at = (tokens + at) as u32;
                begun.binary_search_by_key(&at, |sentence| sentence.tokens.start).is_ok()
            });
            tokens::name_pronouns(text, &mut part.tokens[tokens..], lexicon);
            part.paragraphs.push(Paragraph {
                span: *span,
                tokens: tokens as u32..part.tokens.len() as u32,
                sentences: sentences as u32..part.sentences.len() as u32,
                pairs: pairs as u32..part.pairs.len() as u32,
                region: RegionKind::Body,
            });
        }
        part
    }

    /// Moves all positions, as if `before` preceded this part.
    fn shift(&mut self, before: &Piece) {
        let (tokens, sentences) = (before.tokens.len() as u32, before.sentences.len() as u32);
        let pairs = before.pairs.len() as u32;
        for paragraph in &mut self.paragraphs {
            paragraph.tokens = paragraph.tokens.start + tokens..paragraph.tokens.end + tokens;
            paragraph.sentences = paragraph.sentences.start + sentences..paragraph.sentences.end + sentences;
            paragraph.pairs = paragraph.pairs.start + pairs..paragraph.pairs.end + pairs;
        }
        for sentence in &mut self.sentences {
            sentence.tokens = sentence.tokens.start + tokens..sentence.tokens.end + tokens;
        }
        for pair in &mut self.pairs {
            pair.open = pair.open.map(|at| at + tokens);
            pair.close = pair.close.map(|at| at + tokens);
        }
    }

    /// How many paragraphs, tokens, sentences and pairs of quote marks it has.
    pub fn counts(&self) -> [usize; 4] {
        [self.paragraphs.len(), self.tokens.len(), self.sentences.len(), self.pairs.len()]
    }

    /// Joins the part that follows. With it, `share` of the whole text is read.
    pub(crate) fn append(&mut self, mut next: Piece, share: Share) {
        next.shift(self);
        room::append(&mut self.paragraphs, next.paragraphs, share, usize::MAX);
        room::append(&mut self.tokens, next.tokens, share, usize::MAX);
        room::append(&mut self.sentences, next.sentences, share, usize::MAX);
        room::append(&mut self.pairs, next.pairs, share, usize::MAX);
    }
}

impl<'d> Page<'d> {
    /// Reads a whole document, in order.
    pub fn new(document: &'d Document) -> Self {
        let language = language::of(document.lang.as_deref());
        let spans = paragraphs::split(&document.text);
        Page::assemble(document, language, Piece::read(&document.text, &spans, &language.lexicon))
    }

    /// The page of `document`, which is in `language`, from its paragraphs: finds what spans several of them, quotations that
    /// run on, and regions.
    pub fn assemble(document: &'d Document, language: &'static Language, all: Piece) -> Self {
        let Piece { paragraphs, tokens, sentences, pairs } = all;
        let lexicon = &language.lexicon;
        let mut page = Page {
            text: &document.text,
            language,
            lexicon,
            paragraphs,
            tokens,
            sentences,
            pairs,
            regions: Vec::new(),
            blocks: Default::default(),
        };
        marks::join(&mut page);
        regions::find(&mut page, document);
        let length = page.text.len();
        page.blocks = [
            Blocks::of(length, page.paragraphs.iter().map(|paragraph| paragraph.span.start)),
            Blocks::of(length, page.sentences.iter().map(|sentence| sentence.span.start)),
            Blocks::of(length, page.tokens.iter().map(|token| token.end)),
        ];
        page
    }

    /// The text of a token.
    pub fn token_text(&self, at: u32) -> &'d str {
        &self.text[self.tokens[at as usize].span().range()]
    }

    /// The lexicon's id of the word at `at`. [`WordId::NONE`] past the end.
    pub fn word(&self, at: usize) -> WordId {
        self.tokens.get(at).map_or(WordId::NONE, |token| token.word)
    }

    /// The grammatical classes of the word at `at`: none past the end, and of a word that the language does not know.
    pub fn class(&self, at: u32) -> Class {
        self.lexicon.grammar.class(self.word(at as usize))
    }

    /// Whether no white space separates the token at `at` from the next.
    pub fn glued(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(this), Some(next)) => this.end == next.start,
            _ => false,
        }
    }

    /// The span from the first to the last token of `range`. Empty for an empty range.
    pub fn span_of(&self, range: Range<u32>) -> Span {
        match self.tokens.get(range.start as usize..range.end as usize) {
            Some([first, .., last]) => Span::new(first.start, last.end),
            Some([only]) => only.span(),
            _ => Span::default(),
        }
    }

    /// The tokens of some consecutive paragraphs, as positions.
    pub fn tokens_of(&self, paragraphs: &Range<usize>) -> Range<usize> {
        match self.paragraphs.get(paragraphs.clone()) {
            Some([first, .., last]) => first.tokens.start as usize..last.tokens.end as usize,
            Some([only]) => only.tokens.start as usize..only.tokens.end as usize,
            _ => 0..0,
        }
    }

    /// How many paragraphs begin before byte `at` or at it.
    pub fn paragraphs_to(&self, at: u32) -> usize {
        let near = self.blocks[0].around(at, self.paragraphs.len());
        near.start + self.paragraphs[near].partition_point(|paragraph| paragraph.span.start <= at)
    }

    /// The paragraph that contains byte `at`, or the last one that starts before it.
    pub fn paragraph_at(&self, at: u32) -> Option<&Paragraph> {
        self.paragraphs.get(self.paragraphs_to(at).checked_sub(1)?)
    }

    /// The paragraph's pairs of marks at `depth` (0 is the outermost), in order, from the first that ends after byte
    /// `at`, or is empty at that byte. Logarithmic in the number of the paragraph's pairs up to that one.
    pub fn pairs_from(&self, paragraph: usize, depth: u8, at: u32) -> impl Iterator<Item = &Pair> {
        let range = self.paragraphs[paragraph].pairs.clone();
        let pairs = &self.pairs[range.start as usize..range.end as usize];
        let next = pairs.partition_point(|pair| pair.span.start < at);
        // A pair that spans `at` comes earlier: all pairs between it and `next` are inside it.
        let before = pairs[..next].iter().rposition(|pair| pair.depth <= depth);
        let first = before.filter(|i| pairs[*i].depth == depth && pairs[*i].span.end > at).unwrap_or(next);
        pairs[first..].iter().filter(move |pair| pair.depth == depth)
    }

    /// Whether byte `at` stands between quote marks.
    pub fn is_marked(&self, at: u32) -> bool {
        let next = self.paragraphs_to(at);
        let pair = next.checked_sub(1).and_then(|paragraph| self.pairs_from(paragraph, 0, at).next());
        pair.is_some_and(|pair| pair.span.start <= at)
    }

    /// The sentence that contains byte `at`, or the last one that starts before it.
    pub fn sentence_at(&self, at: u32) -> Option<&Sentence> {
        let near = self.blocks[1].around(at, self.sentences.len());
        let next = near.start + self.sentences[near].partition_point(|sentence| sentence.span.start <= at);
        self.sentences.get(next.checked_sub(1)?)
    }

    /// The first token that ends after byte `at`.
    pub fn token_at(&self, at: u32) -> u32 {
        let near = self.blocks[2].around(at, self.tokens.len());
        (near.start + self.tokens[near].partition_point(|token| token.end <= at)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The search from a place finds the same pairs as a search over all pairs.
        #[test]
        fn pairs_from_a_place(text in "[a-c \"“”‘’']{0,60}", at in 0u32..80, depth in 0u8..3) {
            let document = Document::new("d", text);
            let page = Page::new(&document);
            for (number, paragraph) in page.paragraphs.iter().enumerate() {
                let all = &page.pairs[paragraph.pairs.start as usize..paragraph.pairs.end as usize];
                let near = |pair: &&Pair| pair.depth == depth && (pair.span.end > at || pair.span.start >= at);
                let slow: Vec<&Pair> = all.iter().filter(near).collect();
                let found: Vec<&Pair> = page.pairs_from(number, depth, at).collect();
                prop_assert_eq!(found, slow);
            }
        }
    }
}
