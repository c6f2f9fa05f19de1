//! Words as the networks know them: their rows, how they are folded, and their endings.

use super::tables::{Source, WeightsError};
use crate::language::{WordId, Words};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// The row of words outside the vocabulary.
pub const UNKNOWN: u16 = 1;

/// The row of the vocabulary's first word.
const FIRST_WORD: usize = 2;

/// The words that have rows.
#[derive(Debug)]
pub struct Vocabulary {
    words: FxHashMap<Box<str>, u16>,
    /// Rows of the lexicon's words, by their ids.
    known: Vec<u16>,
}

impl Vocabulary {
    /// Reads the length of a list of words, and the list: one a line.
    ///
    /// # Errors
    /// See [`Source::take`]; words that are no text.
    pub fn read(from: &mut Source, lexicon: &Words) -> Result<Self, WeightsError> {
        let length = from.number()?;
        let text = std::str::from_utf8(from.take(length)?).map_err(|_| WeightsError("words are no text"))?;
        let words: FxHashMap<Box<str>, u16> =
            text.lines().enumerate().map(|(i, word)| (word.into(), (i + FIRST_WORD) as u16)).collect();
        let known = std::iter::once(WordId::NONE)
            .chain(lexicon.ids())
            .map(|id| words.get(lexicon.text(id)).copied().unwrap_or(UNKNOWN))
            .collect();
        Ok(Vocabulary { words, known })
    }

    /// How many rows there are: for nothing, for any other word, and for each word.
    pub fn rows(&self) -> usize {
        self.words.len() + FIRST_WORD
    }

    /// The row of a word: by its id, where the lexicon knows it, else by its letters.
    pub fn row(&self, id: WordId, word: &str) -> u16 {
        self.known(id).unwrap_or_else(|| self.words.get(word).copied().unwrap_or(UNKNOWN))
    }

    /// The row of a word that the lexicon knows.
    pub fn known(&self, id: WordId) -> Option<u16> {
        self.known.get(usize::from(id.0)).copied().filter(|_| id.is_known())
    }

    /// The words and their rows.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u16)> {
        self.words.iter().map(|(word, row)| (&**word, *row))
    }
}

/// Small letters, straight apostrophes.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Owned(text.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect())
}

/// How many endings are told apart.
pub const SUFFIXES: usize = 1024;

/// The number of a word's ending: FNV-1a of its last three bytes.
pub fn suffix(word: &str) -> usize {
    let bytes = word.as_bytes();
    let hash = bytes[bytes.len().saturating_sub(3)..]
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize & (SUFFIXES - 1)
}
