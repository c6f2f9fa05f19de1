//! Abbreviations that end in a full stop, and whether that full stop can end a sentence.

use super::{Tables, WordMap, WordSet, Words, tsv};

/// The role of the full stop after an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows (`Sen. Brandt`): the full stop never ends the sentence.
    Title,
    /// A number follows (`No. 4`, `Jan. 3`): the full stop ends the sentence only if no number follows.
    Number,
    /// The sentence continues (`vs.`, `e.g.`): the full stop never ends it.
    Inner,
    /// The full stop may end the sentence (`U.S.`, `Inc.`, `p.m.`): it does if the next word is one that starts
    /// sentences.
    Either,
}

/// Abbreviations, and the words that start sentences.
#[derive(Default)]
pub struct Abbreviations {
    classes: WordMap<Abbreviation>,
    /// Words that often start a sentence and rarely a name.
    pub starters: WordSet,
}

impl Abbreviations {
    /// Reads the tables of abbreviations and starters.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let mut classes = WordMap::default();
        for row in tsv::rows(tables.abbreviations) {
            if let Some(class) = class(row.cell(1)) {
                classes.insert(words.intern(row.cell(0)), class);
            }
        }
        Abbreviations { classes, starters: WordSet::of(tsv::rows(tables.starters).map(|row| row.cell(0)), words) }
    }

    /// The class of an abbreviation, given with its inner full stops (`u.s.`) or without its final one (`sen`).
    pub fn class(&self, word: super::WordId) -> Option<Abbreviation> {
        self.classes.get(word).copied()
    }
}

fn class(name: &str) -> Option<Abbreviation> {
    Some(match name {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "inner" => Abbreviation::Inner,
        "either" => Abbreviation::Either,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_known_class_and_stands_once() {
        let mut seen = std::collections::HashSet::new();
        for row in tsv::rows(super::super::en::TABLES.abbreviations) {
            assert!(class(row.cell(1)).is_some(), "line {}", row.line);
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
        }
    }
}
