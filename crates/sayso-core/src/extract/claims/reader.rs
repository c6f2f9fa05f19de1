//! A learned reader of sentences: where the regression over words and properties is in doubt, a small network says how
//! much a sentence is worth a check. It reads the words in their order, and was taught by a far larger model of English
//! (`training/claims.py`, `MODELS.md`). Its sums run over whole numbers ([`rows`](crate::extract::network::rows)).
//!
//! Method: a static vector a word, learned from a model of sentences, after Tulkens and van Dongen (2024, Model2Vec),
//! <https://github.com/MinishLab/model2vec>; the teacher is MiniLM (Wang and others 2020), <https://arxiv.org/abs/2002.10957>.

use super::LEAST;
use super::input::{WRITINGS, word, writing};
use crate::extract::network::rows::{Rows, chance};
use crate::extract::network::tables::{Layer, Source, Table, Vector, WeightsError};
use crate::extract::network::words::{SUFFIXES, Vocabulary, suffix};
use crate::language::{self, Words};
use crate::text::{Page, Sentence, TokenKind};
use std::sync::OnceLock;

/// How many numbers stand for a token.
const WIDTH: usize = 128;

/// Of a sentence of more tokens, only so many are read.
const LONGEST: usize = 128;

/// The mean over a sentence's tokens is that of a sentence with so many more, of which nothing is seen.
const UNSEEN: f32 = 3.0;

/// What the greatest value of a sentence's tokens counts.
const GREATEST: f32 = 0.3;

/// The network.
#[derive(Debug)]
pub struct Reader {
    words: Vocabulary,
    word: Table<WIDTH>,
    suffix: Table<WIDTH>,
    writing: Table<WIDTH>,
    bias: Vector<WIDTH>,
    layers: Vec<Layer<WIDTH>>,
    head: Head,
    /// What the network's log-odds count, what the regression's count, and what is added.
    shares: [f32; 3],
    /// The network is asked where the regression's log-odds lie between these; where the sentence holds quotation marks,
    /// only if it makes a claim already.
    doubt: [f32; 2],
}

/// What is made of the means and the greatest values of a sentence's tokens.
#[derive(Debug)]
struct Head {
    /// For each of these, what it counts for each hidden unit, and without one.
    inputs: Vec<(Vec<f32>, f32)>,
    /// What is added to the sum of each hidden unit.
    bias: Vec<f32>,
    /// What each hidden unit counts.
    counts: Vec<f32>,
    /// What is added.
    more: f32,
}

impl Head {
    fn read(from: &mut Source) -> Result<Self, WeightsError> {
        let units = from.number()?;
        Ok(Head {
            inputs: (0..2 * WIDTH).map(|_| Ok((from.floats(units)?, from.floats(1)?[0]))).collect::<Result<_, _>>()?,
            bias: from.floats(units)?,
            counts: from.floats(units)?,
            more: from.floats(1)?[0],
        })
    }

    /// All hidden units at a time, which makes vectors of them.
    fn judge<'v>(&self, values: impl Iterator<Item = &'v f32>) -> f32 {
        let (mut hidden, mut own) = (self.bias.clone(), self.more);
        for (value, (weights, weight)) in values.zip(&self.inputs) {
            for (sum, weight) in hidden.iter_mut().zip(weights) {
                *sum += value * weight;
            }
            own += value * weight;
        }
        own + hidden.iter().zip(&self.counts).map(|(sum, counts)| sum.max(0.0) * counts).sum::<f32>()
    }
}

/// The English reader; none where its weights are damaged, which a test rules out.
pub fn english() -> Option<&'static Reader> {
    static READER: OnceLock<Option<Reader>> = OnceLock::new();
    READER.get_or_init(|| Reader::new(include_bytes!("../../language/en/claims.bin")).ok()).as_ref()
}

impl Reader {
    /// Reads weights.
    ///
    /// # Errors
    /// A table of another size, or bytes missing or left over.
    pub fn new(bytes: &[u8]) -> Result<Self, WeightsError> {
        Self::read(bytes, &language::english().words)
    }

    fn read(bytes: &[u8], lexicon: &Words) -> Result<Self, WeightsError> {
        let mut from = Source::new(bytes, b"sayso-c2")?;
        let from = &mut from;
        let reader = Reader {
            words: Vocabulary::read(from, lexicon)?,
            word: from.table()?,
            suffix: from.table()?,
            writing: from.table()?,
            bias: from.vector()?,
            layers: from.layers()?,
            head: Head::read(from)?,
            shares: few(from)?,
            doubt: few(from)?,
        };
        let sizes = [&reader.word, &reader.suffix, &reader.writing].map(Table::count);
        if sizes != [reader.words.rows(), SUFFIXES, WRITINGS] || !from.is_empty() {
            return Err(WeightsError("tables of another size"));
        }
        Ok(reader)
    }

    /// How much a sentence is worth a check, as log-odds, given what the regression says. Linear.
    pub fn judge(&self, page: &Page, sentence: &Sentence, regression: f32) -> f32 {
        let sure = regression < self.doubt[0] || regression > self.doubt[1];
        // It was taught on what people say: it would take `“It is,” said Eva Stone.` for a claim.
        if sure || chance(regression) < LEAST && holds_marks(page, sentence) {
            return regression;
        }
        self.combine(self.read_words(page, sentence), regression)
    }

    fn combine(&self, own: f32, regression: f32) -> f32 {
        self.shares[0] * own + self.shares[1] * regression + self.shares[2]
    }

    /// The network's own log-odds.
    pub fn read_words(&self, page: &Page, sentence: &Sentence) -> f32 {
        let tokens = &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let tokens = &tokens[..tokens.len().min(LONGEST)];
        if tokens.is_empty() {
            return 0.0;
        }
        let mut rows = Rows::new(tokens.len());
        for (i, token) in tokens.iter().enumerate() {
            let word = word(page, token);
            let mut sum = self.bias;
            self.word.add(usize::from(self.words.row(token.word, &word)), &mut sum);
            self.suffix.add(suffix(&word), &mut sum);
            self.writing.add(writing(page, token), &mut sum);
            rows.set(i, &sum);
        }
        let mut spare = Vec::new();
        for layer in &self.layers {
            rows.pass(layer, &mut spare);
        }
        let (mut mean, mut most) = ([0.0; WIDTH], [f32::MIN; WIDTH]);
        for i in 0..rows.count() {
            for ((mean, most), value) in mean.iter_mut().zip(&mut most).zip(rows.values(i)) {
                *mean += value;
                *most = most.max(value);
            }
        }
        let count = rows.count() as f32 + UNSEEN;
        mean.iter_mut().for_each(|value| *value /= count);
        most.iter_mut().for_each(|value| *value *= GREATEST);
        self.head.judge(mean.iter().chain(&most))
    }
}

fn holds_marks(page: &Page, sentence: &Sentence) -> bool {
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    page.tokens[tokens].iter().any(|token| token.kind == TokenKind::Mark)
}

fn few<const N: usize>(from: &mut Source) -> Result<[f32; N], WeightsError> {
    from.floats(N)?.try_into().map_err(|_| WeightsError("cut short"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    const WEIGHTS: &[u8] = include_bytes!("../../language/en/claims.bin");

    #[test]
    fn its_weights_are_sound() {
        assert!(english().is_some());
    }

    #[test]
    fn damaged_weights_are_told() {
        assert!(Reader::new(&WEIGHTS[..WEIGHTS.len() - 1]).is_err());
        assert!(Reader::new(&[WEIGHTS, &[0]].concat()).is_err());
        assert!(Reader::new(b"sayso-t1").is_err());
    }

    #[test]
    fn what_can_be_checked_is_worth_more_than_what_is_felt() {
        let worth = |text: &str| {
            let document = Document::new("d", text);
            let page = Page::new(&document);
            english().unwrap().read_words(&page, &page.sentences[0])
        };
        for (more, less) in [
            ("The county closed 14 of its 60 schools last year.", "I want to thank you all for being here tonight."),
            (
                "Unemployment in Harrow has fallen for nine months in a row.",
                "We have to believe in each other, and we will.",
            ),
            ("He voted against the water bill in 1998.", "So let me ask you something."),
        ] {
            assert!(worth(more) > worth(less), "{more} {} / {less} {}", worth(more), worth(less));
        }
        assert!(worth(&"and so on ".repeat(200)).is_finite());
    }
}
