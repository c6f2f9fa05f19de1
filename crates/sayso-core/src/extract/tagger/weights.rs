//! The tagger's numbers, as `training/tagger.py` writes them: little-endian, tables of small integers with one factor
//! a row.

use super::input::TRAITS;
use crate::extract::network::tables::{Layer, Source, Table, Vector, WeightsError};
use crate::extract::network::words::{SUFFIXES, Vocabulary, suffix};
use crate::language::{WordId, Words};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// A word that was a cue less often, of 255, starts no reading.
const STARTS: u8 = 102;

/// Marks of what the rules found in the segment: first element of a content, content, last element, source, cue, the cue's head.
pub const RULE_MARKS: usize = 6;

/// Marks of what the rules found for the cue that is asked about: content's first element, content, source, cue,
/// whether they found anything.
pub const OWN_MARKS: usize = 5;

/// How far from a cue places are told apart.
pub const FAR: usize = 32;

/// Everything learned.
#[derive(Debug)]
pub struct Weights {
    words: Vocabulary,
    /// How often a word of the vocabulary is a cue, of 255.
    cueness: Vec<u8>,
    /// The words of the vocabulary that start a reading and that the lexicon does not know.
    starters: FxHashSet<Box<str>>,
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
        let mut from = Source::new(bytes, b"sayso-t1")?;
        let words = Vocabulary::read(&mut from, lexicon)?;
        let count = words.rows();
        let cueness = from.take(count)?.to_vec();
        let starts = |row: u16| cueness.get(usize::from(row)).is_some_and(|cueness| *cueness >= STARTS);
        let unlisted = words.iter().filter(|(word, row)| starts(*row) && !lexicon.get(word).is_known());
        let starters = unlisted.map(|(word, _)| word.into()).collect();
        let weights = Weights {
            words,
            cueness,
            starters,
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
            .map(Table::count);
        if sizes != [count, SUFFIXES, TRAITS, RULE_MARKS, OWN_MARKS, 2 * FAR + 1] || !from.is_empty() {
            return Err(WeightsError("tables of another size"));
        }
        Ok(weights)
    }

    /// The row of a word: by its id, where the lexicon knows it, else by its letters.
    pub fn row(&self, id: WordId, word: &str) -> u16 {
        self.words.row(id, word)
    }

    /// How often the word of a row was a cue where it was learned, of 255.
    pub fn cueness(&self, row: u16) -> u8 {
        self.cueness.get(usize::from(row)).copied().unwrap_or(0)
    }

    /// Whether a word was a cue often enough to start a reading; `word` gives its letters.
    pub fn starts<'w>(&self, id: WordId, word: impl FnOnce() -> Cow<'w, str>) -> bool {
        match self.words.known(id) {
            Some(row) => self.cueness(row) >= STARTS,
            None => self.starters.contains(&*word()),
        }
    }

    /// The sum of the rows that stand for a word and its ending.
    #[inline(always)]
    pub fn embed(&self, row: u16, word: &str) -> Vector {
        let mut sum = self.bias;
        self.word.add(usize::from(row), &mut sum);
        self.suffix.add(suffix(word), &mut sum);
        sum
    }
}
