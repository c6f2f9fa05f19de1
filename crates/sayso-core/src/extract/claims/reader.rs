//! A learned reader of sentences: where the regression over words and properties is in doubt, a small network says how
//! much a sentence is worth a check. It reads the words in their order, and was taught by a far larger model of English
//! (`training/claims.py`, `MODELS.md`). Its sums run over whole numbers ([`rows`](crate::extract::network::rows)). What a token
//! adds to the sums of the first layer depends on the token alone, and is kept for the commonest.
//!
//! Method: a static vector a word, learned from a model of sentences, after Tulkens and van Dongen (2024, Model2Vec),
//! <https://github.com/MinishLab/model2vec>; the teacher is MiniLM (Wang and others 2020), <https://arxiv.org/abs/2002.10957>.

use super::LEAST;
use super::input::{WRITINGS, word, writing};
use crate::extract::network::rows::{Pass, ROOM, Row, Rows, UNIT, chance, whole};
use crate::extract::network::sums::{Job, OUTPUTS, Vectors, soon, widest};
use crate::extract::network::tables::{Layer, Source, Table, Vector, WeightsError};
use crate::extract::network::words::{SUFFIXES, UNKNOWN, Vocabulary, suffix};
use crate::language::{Language, PerLanguage, Words};
use crate::text::{Page, Sentence, TokenKind};
use std::ops::{Deref, Range};
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
pub struct ClaimNetwork {
    words: Vocabulary,
    word: Table<WIDTH>,
    suffix: Table<WIDTH>,
    writing: Table<WIDTH>,
    bias: Vector<WIDTH>,
    first: Layer<WIDTH>,
    layers: Vec<Layer<WIDTH>>,
    head: Head,
    /// What the commonest tokens come in as, kept once it was worked out: see [`slot`].
    kept: Vec<OnceLock<Box<Input>>>,
    /// What the network's log-odds count, what the regression's count, and what is added.
    shares: [f32; 3],
    /// The network is asked where the regression's log-odds lie between these; where the sentence holds quotation marks,
    /// only if it makes a claim already.
    doubt: [f32; 2],
}

/// What a token comes in as, and what that adds to the sums of the first layer. It depends on its word, its ending and how
/// it is written, and on nothing around it.
#[derive(Debug)]
struct Input {
    suffix: usize,
    row: Row<WIDTH>,
    /// For the token to the right, for itself, for the token to the left.
    shares: [[i32; WIDTH]; 3],
}

/// The first so many words of the vocabulary, which are the commonest, are kept: seven of eight that are met.
const KEPT: usize = 4096;

/// Where an input is kept, if it is: words of the vocabulary by word and writing, all others by ending and writing.
fn slot(row: u16, suffix: usize, writing: usize) -> Option<usize> {
    let group = match usize::from(row) {
        _ if row == UNKNOWN => KEPT + suffix,
        row @ ..KEPT => row,
        _ => return None,
    };
    Some(group * WRITINGS + writing)
}

/// An input that is kept, or one that is not.
enum Held<'r> {
    Kept(&'r Input),
    Own(Box<Input>),
}

impl Deref for Held<'_> {
    type Target = Input;

    fn deref(&self) -> &Input {
        match self {
            Held::Kept(input) => input,
            Held::Own(input) => input,
        }
    }
}

/// How many hidden units there are.
const HIDDEN: usize = 64;

/// What is made of the means and the greatest values of a sentence's tokens.
#[derive(Debug)]
struct Head {
    /// For each of these, what it counts for each hidden unit, and without one.
    inputs: Vec<([f32; HIDDEN], f32)>,
    /// What is added to the sum of each hidden unit.
    bias: [f32; HIDDEN],
    /// What each hidden unit counts.
    counts: [f32; HIDDEN],
    /// What is added.
    more: f32,
}

impl Head {
    fn read(from: &mut Source) -> Result<Self, WeightsError> {
        if from.number()? != HIDDEN {
            return Err(WeightsError("another number of hidden units"));
        }
        Ok(Head {
            inputs: (0..2 * WIDTH).map(|_| Ok((from.vector()?, from.floats(1)?[0]))).collect::<Result<_, _>>()?,
            bias: from.vector()?,
            counts: from.vector()?,
            more: from.floats(1)?[0],
        })
    }

    /// The log-odds of sentences, [`JUDGED`] at most, whose tokens have these activations. Weights that are fetched once serve
    /// all of them; what is added up for one comes in the same order as if it stood alone.
    #[inline(always)]
    fn judge<'a>(&self, sentences: impl Iterator<Item = &'a [Row<WIDTH>]>) -> [f32; JUDGED] {
        let mut values = [[0.0; 2 * WIDTH]; JUDGED];
        sentences.zip(&mut values).for_each(|(rows, values)| *values = means(rows));
        let (mut hidden, mut own) = ([self.bias; JUDGED], [self.more; JUDGED]);
        for (at, (_, weight)) in self.inputs.iter().enumerate() {
            own.iter_mut().zip(&values).for_each(|(own, values)| *own += values[at] * weight);
        }
        // As many hidden units at a time as find room in registers.
        for block in 0..HIDDEN / OUTPUTS {
            let mut sums: [[f32; OUTPUTS]; JUDGED] = [self.bias.as_chunks().0[block]; JUDGED];
            for (at, (weights, _)) in self.inputs.iter().enumerate() {
                let weights = &weights.as_chunks::<OUTPUTS>().0[block];
                for (sums, values) in sums.iter_mut().zip(&values) {
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += values[at] * weight);
                }
            }
            hidden.iter_mut().zip(sums).for_each(|(hidden, sums)| hidden.as_chunks_mut().0[block] = sums);
        }
        std::array::from_fn(|number| {
            let told = hidden[number].iter().zip(&self.counts).map(|(sum, counts)| sum.max(0.0) * counts);
            own[number] + told.sum::<f32>()
        })
    }
}

/// So many sentences are judged at a time.
const JUDGED: usize = 4;

/// The means and the greatest values of a sentence's tokens. Of no tokens, nothing.
#[inline(always)]
fn means(rows: &[Row<WIDTH>]) -> [f32; 2 * WIDTH] {
    // Whole numbers below 2²⁴, which a number with a point holds as they are.
    let (mut sums, mut most) = ([0; WIDTH], [i16::MIN; WIDTH]);
    for row in rows {
        for ((sum, most), cell) in sums.iter_mut().zip(&mut most).zip(row) {
            *sum += i32::from(*cell);
            *most = (*most).max(*cell);
        }
    }
    let count = rows.len() as f32 + UNSEEN;
    let mut values = [0.0; 2 * WIDTH];
    let (means, greatest) = values.split_at_mut(WIDTH);
    means.iter_mut().zip(sums).for_each(|(mean, sum)| *mean = sum as f32 / UNIT / count);
    greatest.iter_mut().zip(most).for_each(|(value, most)| *value = f32::from(most) / UNIT * GREATEST);
    values
}

/// The reader of a language; none where its weights are damaged, which a test rules out.
pub fn of(language: &'static Language) -> Option<&'static ClaimNetwork> {
    static READERS: PerLanguage<Option<ClaimNetwork>> =
        PerLanguage::new(|language| ClaimNetwork::new(language.tables.claims, &language.lexicon.words).ok());
    READERS.of(language).as_ref()
}

impl ClaimNetwork {
    /// Reads weights for the words of a language.
    ///
    /// # Errors
    /// A table of another size, or bytes missing or left over.
    pub fn new(bytes: &[u8], lexicon: &Words) -> Result<Self, WeightsError> {
        let mut from = Source::new(bytes, b"sayso-c2")?;
        let from = &mut from;
        let words = Vocabulary::read(from, lexicon)?;
        let (word, suffix, writing) = (from.table()?, from.table()?, from.table()?);
        let bias = from.vector()?;
        let mut layers = from.layers()?.into_iter();
        let reader = ClaimNetwork {
            words,
            word,
            suffix,
            writing,
            bias,
            first: layers.next().ok_or(WeightsError("no layers"))?,
            layers: layers.collect(),
            kept: (0..(KEPT + SUFFIXES) * WRITINGS).map(|_| OnceLock::new()).collect(),
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

    /// The reader with its working space.
    pub fn ready(&self) -> Ready<'_> {
        Ready {
            reader: self,
            inputs: Vec::new(),
            parts: Vec::new(),
            which: Vec::new(),
            rows: Rows::new(0),
            next: Rows::new(0),
        }
    }

    fn combine(&self, own: f32, regression: f32) -> f32 {
        self.shares[0] * own + self.shares[1] * regression + self.shares[2]
    }

    fn input(&self, row: u16, suffix: usize, writing: usize) -> Held<'_> {
        let work_out = || {
            let mut sum = self.bias;
            self.word.add(usize::from(row), &mut sum);
            self.suffix.add(suffix, &mut sum);
            self.writing.add(writing, &mut sum);
            let row = whole(&sum);
            Box::new(Input { suffix, shares: self.first.shares(&row), row })
        };
        let kept = slot(row, suffix, writing).and_then(|slot| self.kept.get(slot));
        match kept.map(|kept| kept.get_or_init(work_out)) {
            // A word has one ending, unless its letters can be made small in two ways.
            Some(input) if input.suffix == suffix => Held::Kept(input),
            _ => Held::Own(work_out()),
        }
    }
}

/// The reader with what it works in. Sentences are read some at a time: weights that are fetched once serve all of them.
pub struct Ready<'r> {
    reader: &'r ClaimNetwork,
    /// The tokens of the sentences that wait to be read.
    inputs: Vec<Held<'r>>,
    parts: Vec<Part>,
    /// The rows of these tokens.
    which: Vec<usize>,
    rows: Rows<WIDTH>,
    next: Rows<WIDTH>,
}

/// A sentence that waits to be read.
struct Part {
    /// Its place among those that are judged.
    number: usize,
    /// Its tokens among the inputs.
    inputs: Range<usize>,
    /// The row of its first token.
    row: usize,
}

/// So many tokens are read at a time: what stands for them stays close to the processor.
const TOGETHER: usize = 192;

impl Ready<'_> {
    /// How much each of some sentences is worth a check, as log-odds, given what the regression says. Linear.
    pub fn judge<'s>(&mut self, page: &Page, sentences: impl Iterator<Item = (&'s Sentence, f32)>) -> Vec<f32> {
        let doubt = self.reader.doubt;
        let mut worth = Vec::with_capacity(sentences.size_hint().0);
        for (number, (sentence, regression)) in sentences.enumerate() {
            worth.push(regression);
            let sure = regression < doubt[0] || regression > doubt[1];
            // It was taught on what people say: it would take `“It is,” said Eva Stone.` for a claim.
            if sure || chance(regression) < LEAST && holds_marks(page, sentence) {
                continue;
            }
            self.take(page, sentence, number);
            if self.which.len() >= TOGETHER {
                self.read(&mut worth);
            }
        }
        self.read(&mut worth);
        worth
    }

    /// The network's own log-odds.
    pub fn read_words(&mut self, page: &Page, sentence: &Sentence) -> f32 {
        let mut own = 0.0;
        self.take(page, sentence, 0);
        self.score(|_, score| own = score);
        own
    }

    /// Lets a sentence wait to be read.
    fn take(&mut self, page: &Page, sentence: &Sentence, number: usize) {
        let tokens = &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let tokens = &tokens[..tokens.len().min(LONGEST)];
        if tokens.is_empty() {
            return;
        }
        let reader = self.reader;
        let from = self.inputs.len();
        self.inputs.extend(tokens.iter().map(|token| {
            let word = word(page, token);
            reader.input(reader.words.row(token.word, &word), suffix(&word), writing(page, token))
        }));
        // Nothing stands between two sentences as far as a layer reaches.
        let row = self.which.last().map_or(0, |last| last + 1 + ROOM);
        self.which.extend(row..row + tokens.len());
        self.parts.push(Part { number, inputs: from..self.inputs.len(), row });
    }

    /// Reads the sentences that wait: what the regression says of each becomes what both say.
    fn read(&mut self, worth: &mut [f32]) {
        let reader = self.reader;
        self.score(|number, own| worth[number] = reader.combine(own, worth[number]));
    }

    /// Reads the sentences that wait, and tells the network's log-odds of each.
    fn score(&mut self, told: impl FnMut(usize, f32)) {
        let Ready { reader, inputs, parts, which, rows, next } = self;
        let count = which.last().map_or(0, |last| last + 1 + ROOM);
        rows.reset(count);
        next.reset(count);
        widest(Scoring { reader, inputs, parts, which, rows, next, told });
        inputs.clear();
        parts.clear();
        which.clear();
    }
}

/// Sentences that are read.
struct Scoring<'a, 'r, F> {
    reader: &'r ClaimNetwork,
    inputs: &'a [Held<'r>],
    parts: &'a [Part],
    which: &'a [usize],
    rows: &'a mut Rows<WIDTH>,
    next: &'a mut Rows<WIDTH>,
    /// Is given the number of each sentence and the network's log-odds.
    told: F,
}

impl<F: FnMut(usize, f32)> Job for Scoring<'_, '_, F> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Scoring { reader, inputs, parts, which, mut rows, mut next, mut told } = self;
        for part in parts {
            enter(&reader.first, &inputs[part.inputs.clone()], part.row, rows);
            let end = part.row + part.inputs.len();
            [&mut *rows, &mut *next].into_iter().for_each(|rows| rows.blank(end..end + ROOM));
        }
        for layer in &reader.layers {
            Pass { layer, from: rows, to: next, which }.run(vectors);
            std::mem::swap(&mut rows, &mut next);
        }
        for some in parts.chunks(JUDGED) {
            let rows = some.iter().map(|part| &rows.all()[part.row..part.row + part.inputs.len()]);
            let judged = reader.head.judge(rows);
            some.iter().zip(judged).for_each(|(part, own)| told(part.number, own));
        }
    }
}

/// An input is asked for so many tokens before it is read: there are too many to be near.
const AHEAD: usize = 3;

/// What is behind the first layer.
#[inline(always)]
fn enter(layer: &Layer<WIDTH>, inputs: &[Held], row: usize, rows: &mut Rows<WIDTH>) {
    let reach = layer.reach;
    for (at, input) in inputs.iter().enumerate() {
        if let Some(ahead) = inputs.get(at + AHEAD) {
            soon(&**ahead);
        }
        let mut sums = input.shares[1];
        let left = at.checked_sub(reach).map(|left| &inputs[left].shares[0]);
        let right = inputs.get(at + reach).map(|right| &right.shares[2]);
        for shares in left.into_iter().chain(right) {
            sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum = sum.wrapping_add(*share));
        }
        for (block, sums) in sums.as_chunks::<OUTPUTS>().0.iter().enumerate() {
            layer.finish(block, sums, &input.row, rows.row_mut(row + at));
        }
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
    use crate::language;

    #[test]
    fn its_weights_are_sound() {
        assert!(of(language::of(None)).is_some());
    }

    #[test]
    fn damaged_weights_are_told() {
        let Language { tables, lexicon, .. } = language::of(None);
        let read = |bytes: &[u8]| ClaimNetwork::new(bytes, &lexicon.words);
        assert!(read(&tables.claims[..tables.claims.len() - 1]).is_err());
        assert!(read(&[tables.claims, &[0]].concat()).is_err());
        assert!(read(b"sayso-t1").is_err());
    }

    #[test]
    fn what_can_be_checked_is_worth_more_than_what_is_felt() {
        let worth = |text: &str| {
            let document = Document::new("d", text);
            let page = Page::new(&document);
            of(page.language).unwrap().ready().read_words(&page, &page.sentences[0])
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
