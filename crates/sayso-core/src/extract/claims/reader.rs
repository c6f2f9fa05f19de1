//! A learned reader of sentences: where the regression over words and properties is in doubt, a small network says how
//! much a sentence is worth a check. It reads the words in their order, and was taught by a far larger model of English
//! (`training/claims.py`, `MODELS.md`). Its sums run over whole numbers ([`rows`](crate::extract::network::rows)). What a token
//! adds to the sums of the first layer depends on the token alone, and is kept for the commonest.
//!
//! Method: a static vector a word, learned from a model of sentences, after Tulkens and van Dongen (2024, Model2Vec),
//! <https://github.com/MinishLab/model2vec>; the teacher is MiniLM (Wang and others 2020), <https://arxiv.org/abs/2002.10957>.

use super::LEAST;
use super::input::{WRITINGS, word, writing};
use crate::ahead::once;
use crate::extract::network::rows::{Pass, ROOM, Row, Rows, Shared, UNIT, chance, whole};
use crate::extract::network::spare::Spare;
use crate::extract::network::sums::{Job, OUTPUTS, Vectors, widest};
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
    /// Rows that nobody works in.
    spare: Spare<[Rows<WIDTH>; 2]>,
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
    suffix: u16,
    first: Shared<WIDTH>,
}

/// The first so many words of the vocabulary, which are the commonest, are kept: seven of eight that are met.
const KEPT: usize = 4096;

/// Where an input is kept, if it is: words of the vocabulary by word and writing, all others by ending and writing.
fn slot(seen: TokenSeen) -> Option<usize> {
    let group = match usize::from(seen.row) {
        _ if seen.row == UNKNOWN => KEPT + usize::from(seen.suffix),
        row @ ..KEPT => row,
        _ => return None,
    };
    Some(group * WRITINGS + usize::from(seen.writing))
}

/// An input that is kept, or one that is not yet, or not at all.
enum Held<'r> {
    Kept(&'r Input),
    /// With the place where it is to be kept.
    Own(Box<Input>, Option<&'r OnceLock<Box<Input>>>),
}

impl Held<'_> {
    /// What it holds, if that is not kept.
    fn own(&mut self) -> Option<&mut Shared<WIDTH>> {
        match self {
            Held::Kept(_) => None,
            Held::Own(input, _) => Some(&mut input.first),
        }
    }
}

impl Deref for Held<'_> {
    type Target = Input;

    fn deref(&self) -> &Input {
        match self {
            Held::Kept(input) => input,
            Held::Own(input, _) => input,
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

    /// All hidden units at a time, which makes vectors of them.
    #[inline(always)]
    fn judge(&self, values: impl Iterator<Item = f32>) -> f32 {
        let (mut hidden, mut own) = (self.bias, self.more);
        for (value, (weights, weight)) in values.zip(&self.inputs) {
            for (sum, weight) in hidden.iter_mut().zip(weights) {
                *sum += value * weight;
            }
            own += value * weight;
        }
        own + hidden.iter().zip(&self.counts).map(|(sum, counts)| sum.max(0.0) * counts).sum::<f32>()
    }

    /// The log-odds of a sentence whose tokens have these activations.
    #[inline(always)]
    fn judge_all(&self, rows: &[Row<WIDTH>]) -> f32 {
        // Whole numbers below 2²⁴, which a number with a point holds as they are.
        let (mut sums, mut most) = ([0; WIDTH], [i16::MIN; WIDTH]);
        for row in rows {
            for ((sum, most), cell) in sums.iter_mut().zip(&mut most).zip(row) {
                *sum += i32::from(*cell);
                *most = (*most).max(*cell);
            }
        }
        let count = rows.len() as f32 + UNSEEN;
        let means = sums.iter().map(|sum| *sum as f32 / UNIT / count);
        self.judge(means.chain(most.iter().map(|most| f32::from(*most) / UNIT * GREATEST)))
    }
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
            spare: Spare::default(),
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
        let [rows, next] = self.spare.take();
        Ready { reader: self, seen: Vec::new(), inputs: Vec::new(), parts: Vec::new(), which: Vec::new(), rows, next }
    }

    fn combine(&self, own: f32, regression: f32) -> f32 {
        self.shares[0] * own + self.shares[1] * regression + self.shares[2]
    }

    /// What a token comes in as, where it is kept: the input may be that of another ending. What is not kept has no shares yet.
    fn input(&self, seen: TokenSeen) -> Held<'_> {
        let place = slot(seen).and_then(|slot| self.kept.get(slot));
        match place.and_then(OnceLock::get) {
            Some(input) => {
                once(&input.suffix);
                Held::Kept(input)
            }
            None => Held::Own(self.own_input(seen), place),
        }
    }

    /// What a token comes in as, without its shares.
    fn own_input(&self, TokenSeen { row, suffix, writing }: TokenSeen) -> Box<Input> {
        let mut sum = self.bias;
        self.word.add(row.into(), &mut sum);
        self.suffix.add(suffix.into(), &mut sum);
        self.writing.add(writing.into(), &mut sum);
        Box::new(Input { suffix, first: Shared { row: whole(&sum), shares: [[0; WIDTH]; 3] } })
    }
}

/// What is seen of a token: the row of its word, the number of its ending, how it is written.
#[derive(Clone, Copy)]
struct TokenSeen {
    row: u16,
    suffix: u16,
    writing: u8,
}

/// The reader with what it works in. Sentences are read some at a time: weights that are fetched once serve all of them.
pub struct Ready<'r> {
    reader: &'r ClaimNetwork,
    /// The tokens of the sentences that wait to be read.
    seen: Vec<TokenSeen>,
    /// What they come in as.
    inputs: Vec<Held<'r>>,
    parts: Vec<Part>,
    /// The rows of these tokens.
    which: Vec<usize>,
    rows: Rows<WIDTH>,
    next: Rows<WIDTH>,
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        self.reader.spare.give([&mut self.rows, &mut self.next].map(std::mem::take));
    }
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
        let from = self.seen.len();
        self.seen.extend(tokens.iter().map(|token| {
            let word = word(page, token);
            let row = self.reader.words.row(token.word, &word);
            TokenSeen { row, suffix: suffix(&word) as u16, writing: writing(page, token) as u8 }
        }));
        // Nothing stands between two sentences as far as a layer reaches.
        let row = self.which.last().map_or(0, |last| last + 1 + ROOM);
        self.which.extend(row..row + tokens.len());
        self.parts.push(Part { number, inputs: from..self.seen.len(), row });
    }

    /// Reads the sentences that wait: what the regression says of each becomes what both say.
    fn read(&mut self, worth: &mut [f32]) {
        let reader = self.reader;
        self.score(|number, own| worth[number] = reader.combine(own, worth[number]));
    }

    /// Reads the sentences that wait, and tells the network's log-odds of each.
    fn score(&mut self, told: impl FnMut(usize, f32)) {
        let Ready { reader, seen, inputs, parts, which, rows, next } = self;
        // All are asked for before the first is looked at: each lies somewhere else.
        inputs.extend(seen.iter().map(|seen| reader.input(*seen)));
        for (held, seen) in inputs.iter_mut().zip(seen.drain(..)) {
            // A word has one ending, unless its letters can be made small in two ways.
            if held.suffix != seen.suffix {
                *held = Held::Own(reader.own_input(seen), None);
            }
        }
        reader.first.share(&mut inputs.iter_mut().filter_map(Held::own).collect::<Vec<_>>());
        let count = which.last().map_or(0, |last| last + 1 + ROOM);
        rows.reset(count);
        next.reset(count);
        widest(Scoring { reader, inputs, parts, which, rows, next, told });
        for held in inputs.drain(..) {
            if let Held::Own(input, Some(place)) = held {
                // Another thread may have been there before.
                let _ = place.set(input);
            }
        }
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
        for part in parts {
            told(part.number, reader.head.judge_all(&rows.all()[part.row..part.row + part.inputs.len()]));
        }
    }
}

/// What no token adds.
const NOTHING: [i32; WIDTH] = [0; WIDTH];

/// An input is asked for so many tokens before it is read: there are too many to be near.
const AHEAD: usize = 3;

/// What is behind the first layer.
#[inline(always)]
fn enter(layer: &Layer<WIDTH>, inputs: &[Held], row: usize, rows: &mut Rows<WIDTH>) {
    let reach = layer.reach;
    for (at, input) in inputs.iter().enumerate() {
        if let Some(ahead) = inputs.get(at + AHEAD) {
            once(&**ahead);
        }
        let Shared { row: before, shares: [_, own, _] } = &input.first;
        let left = at.checked_sub(reach).map_or(&NOTHING, |left| &inputs[left].first.shares[0]);
        let right = inputs.get(at + reach).map_or(&NOTHING, |right| &right.first.shares[2]);
        for block in 0..WIDTH / OUTPUTS {
            let [own, left, right] = [own, left, right].map(|shares| &shares.as_chunks::<OUTPUTS>().0[block]);
            let sums = std::array::from_fn(|at| own[at].wrapping_add(left[at]).wrapping_add(right[at]));
            layer.finish(block, &sums, before, rows.row_mut(row + at));
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
    fn sentences_that_are_read_together_are_read_as_each_alone() {
        let text =
            "The county closed 14 of its 60 schools. Nobody knew. Fares rose by a tenth in Harrow, and few paid. ";
        let document = Document::new("d", text.repeat(20));
        let page = Page::new(&document);
        let reader = of(page.language).unwrap();
        let sentences = || page.sentences.iter().zip((0..).map(|at| [-0.5, 3.0, 0.4, -0.2, 1.1][at % 5]));
        let together = reader.ready().judge(&page, sentences());
        let alone: Vec<f32> = sentences().flat_map(|one| reader.ready().judge(&page, [one].into_iter())).collect();
        assert_eq!(together, alone);
        assert!(together.iter().zip(sentences()).any(|(worth, (_, regression))| *worth != regression));
        assert!(page.tokens.len() > 2 * TOGETHER);
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
