//! The tagger's numbers, as `training/tagger.py` writes them: little-endian, tables of small integers with one factor
//! a row.

use super::input::{SUFFIXES, TRAITS, suffix};
use crate::lexicon::{WordId, Words};
use rustc_hash::FxHashMap;
use wide::i16x8;

/// How many numbers stand for an element.
pub const WIDTH: usize = 64;

/// How many vectors of eight numbers a layer reads for an element: its own and its two neighbours'.
pub const STEPS: usize = 3 * WIDTH / 8;

/// Marks of what the rules found in the segment: first element of a content, content, last element, source, cue, the cue's head.
pub const RULE_MARKS: usize = 6;

/// Marks of what the rules found for the cue that is asked about: content's first element, content, source, cue,
/// whether they found anything.
pub const OWN_MARKS: usize = 5;

/// How far from a cue places are told apart.
pub const FAR: usize = 32;

/// One vector.
pub type Vector = [f32; WIDTH];

/// What is wrong with the numbers.
#[derive(Debug, thiserror::Error)]
#[error("the tagger's weights are damaged: {0}")]
pub struct WeightsError(&'static str);

/// Rows of small integers, each with its factor.
#[derive(Debug)]
pub struct Table {
    rows: Vec<i8>,
    factors: Vec<f32>,
}

impl Table {
    /// Adds a row to `sum`.
    pub fn add(&self, row: usize, sum: &mut Vector) {
        let (Some(factor), Some(cells)) = (self.factors.get(row), self.rows.get(row * WIDTH..(row + 1) * WIDTH)) else {
            return;
        };
        for (sum, cell) in sum.iter_mut().zip(cells) {
            *sum += f32::from(*cell) * factor;
        }
    }

    /// How many rows.
    fn len(&self) -> usize {
        self.factors.len()
    }
}

/// A layer that sees an element and its neighbours at some distance: for each output, weights for the left
/// neighbour, the element and the right one.
#[derive(Debug)]
pub struct Layer {
    /// How far the neighbours are.
    pub reach: usize,
    /// Output by output.
    pub weights: Vec<i16x8>,
    /// What one unit of an output's sum is worth.
    pub factors: Vector,
    /// Added to each output.
    pub bias: Vector,
}

/// Everything learned.
#[derive(Debug)]
pub struct Weights {
    words: FxHashMap<Box<str>, u16>,
    /// Rows of the lexicon's words, by their ids.
    known: Vec<u16>,
    /// How often a word of the vocabulary is a cue, of 255.
    cueness: Vec<u8>,
    /// A row a word.
    pub word: Table,
    /// A row an ending.
    pub suffix: Table,
    /// A row a trait.
    pub traits: Table,
    /// A row a mark of the rules.
    pub rule: Table,
    /// A row a mark of the rules for the cue in question.
    pub own: Table,
    /// A row a distance from the cue.
    pub distance: Table,
    /// Added to each element.
    pub bias: Vector,
    /// Added to the cue.
    pub mark: Vector,
    /// Read the segment.
    pub reading: Vec<Layer>,
    /// Read the segment for one cue.
    pub asking: Vec<Layer>,
    /// Is it the head of a cue?
    pub head: (Vector, f32),
    /// Is it one that reports?
    pub valid: (Vector, f32),
    /// Outside of content, first of a piece, inside; source; cue.
    pub out: [(Vector, f32); 5],
}

impl Weights {
    /// Reads what `training/tagger.py` wrote.
    ///
    /// # Errors
    /// A table of another size, or bytes missing or left over.
    pub fn read(bytes: &[u8], lexicon: &Words) -> Result<Self, WeightsError> {
        let mut from = Source(bytes);
        if from.take(8)? != b"sayso-t1" {
            return Err(WeightsError("not a table of weights"));
        }
        let length = from.number()?;
        let text = std::str::from_utf8(from.take(length)?).map_err(|_| WeightsError("words are no text"))?;
        let words: FxHashMap<Box<str>, u16> =
            text.lines().enumerate().map(|(i, word)| (word.into(), (i + FIRST_WORD) as u16)).collect();
        let known = std::iter::once(WordId::NONE)
            .chain(lexicon.ids())
            .map(|id| words.get(lexicon.text(id)).copied().unwrap_or(UNKNOWN))
            .collect();
        let count = words.len() + FIRST_WORD;
        let cueness = from.take(count)?.to_vec();
        let weights = Weights {
            words,
            known,
            cueness,
            word: from.table()?,
            suffix: from.table()?,
            traits: from.table()?,
            rule: from.table()?,
            own: from.table()?,
            distance: from.table()?,
            bias: from.vector()?,
            mark: from.vector()?,
            reading: from.layers()?,
            asking: from.layers()?,
            head: from.unit()?,
            valid: from.unit()?,
            out: [from.unit()?, from.unit()?, from.unit()?, from.unit()?, from.unit()?],
        };
        let sizes = [&weights.word, &weights.suffix, &weights.traits, &weights.rule, &weights.own, &weights.distance]
            .map(Table::len);
        if sizes != [count, SUFFIXES, TRAITS, RULE_MARKS, OWN_MARKS, 2 * FAR + 1] || !from.0.is_empty() {
            return Err(WeightsError("tables of another size"));
        }
        Ok(weights)
    }

    /// The row of a word: by its id, where the lexicon knows it, else by its letters.
    pub fn row(&self, id: WordId, word: &str) -> u16 {
        match self.known.get(usize::from(id.0)) {
            Some(row) if id != WordId::NONE => *row,
            _ => self.words.get(word).copied().unwrap_or(UNKNOWN),
        }
    }

    /// How often the word of a row was a cue where it was learned, of 255.
    pub fn cueness(&self, row: u16) -> u8 {
        self.cueness.get(usize::from(row)).copied().unwrap_or(0)
    }

    /// The sum of the rows that stand for a word and its ending.
    pub fn embed(&self, row: u16, word: &str) -> Vector {
        let mut sum = self.bias;
        self.word.add(usize::from(row), &mut sum);
        self.suffix.add(suffix(word), &mut sum);
        sum
    }
}

/// The row of words outside the vocabulary.
const UNKNOWN: u16 = 1;

/// The row of the vocabulary's first word.
const FIRST_WORD: usize = 2;

struct Source<'b>(&'b [u8]);

impl<'b> Source<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], WeightsError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(WeightsError("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, WeightsError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.take(4 * count)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn vector(&mut self) -> Result<Vector, WeightsError> {
        Vector::try_from(self.floats(WIDTH)?).map_err(|_| WeightsError("a vector of another size"))
    }

    fn unit(&mut self) -> Result<(Vector, f32), WeightsError> {
        Ok((self.vector()?, self.floats(1)?[0]))
    }

    fn table(&mut self) -> Result<Table, WeightsError> {
        let count = self.number()?;
        let factors = self.floats(count)?;
        let rows = self.take(count * WIDTH)?.iter().map(|byte| byte.cast_signed()).collect();
        Ok(Table { rows, factors })
    }

    fn layers(&mut self) -> Result<Vec<Layer>, WeightsError> {
        let count = self.number()?;
        (0..count)
            .map(|_| {
                let reach = self.number()?;
                let cells = self.take(2 * 3 * WIDTH * WIDTH)?;
                let weights = cells
                    .chunks_exact(16)
                    .map(|b| i16x8::new(std::array::from_fn(|k| i16::from_le_bytes([b[2 * k], b[2 * k + 1]]))))
                    .collect();
                Ok(Layer { reach, weights, factors: self.vector()?, bias: self.vector()? })
            })
            .collect()
    }
}
