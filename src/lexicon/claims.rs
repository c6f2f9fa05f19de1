//! The learned weights by which a sentence's worth of a check is told: one for each word, pair of words and property.
//! Made by `training/claims.py`.

use super::{WordId, WordMap, Words, tsv};
use rustc_hash::FxHashMap;

/// Weights of a logistic regression.
#[derive(Default)]
pub struct ClaimWeights {
    /// Of single words.
    pub words: WordMap<f32>,
    /// Of two words that follow one another.
    pairs: FxHashMap<(WordId, WordId), f32>,
    /// Of properties, by name.
    properties: FxHashMap<&'static str, f32>,
}

impl ClaimWeights {
    /// Reads `kind`, `feature`, `weight`.
    pub fn new(table: &'static str, words: &mut Words) -> Self {
        let mut all = ClaimWeights::default();
        for row in tsv::rows(table) {
            let Ok(weight) = row.cell(2).parse::<f32>() else { continue };
            match row.cell(0) {
                "word" => all.words.insert(words.intern(row.cell(1)), weight),
                "pair" => {
                    if let Some((one, two)) = row.cell(1).split_once(' ') {
                        all.pairs.insert((words.intern(one), words.intern(two)), weight);
                    }
                }
                _ => {
                    all.properties.insert(row.cell(1), weight);
                }
            }
        }
        all
    }

    /// The weight of a word; 0 for one that was not learned.
    pub fn word(&self, word: WordId) -> f32 {
        self.words.get(word).copied().unwrap_or(0.0)
    }

    /// The weight of two words in a row.
    pub fn pair(&self, one: WordId, two: WordId) -> f32 {
        self.pairs.get(&(one, two)).copied().unwrap_or(0.0)
    }

    /// The weight of a property.
    pub fn property(&self, name: &str) -> f32 {
        self.properties.get(name).copied().unwrap_or(0.0)
    }
}
