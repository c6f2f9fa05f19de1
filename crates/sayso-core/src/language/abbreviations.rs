//! Abbreviations that end in a full stop, and what may follow them.

use super::{Tables, WordMap, WordSet, Words, tsv};

/// What a full stop after an abbreviation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows (`Sen. Brandt`): never the end.
    Title,
    /// A number follows (`No. 4`, `Jan. 3`): the end unless one does.
    Number,
    /// Goes on (`vs.`, `e.g.`): never the end.
    Inner,
    /// May end a sentence (`U.S.`, `Inc.`, `p.m.`): it does where a word follows that begins sentences.
    Either,
}

/// Abbreviations, and the words that begin sentences.
#[derive(Default)]
pub struct Abbreviations {
    classes: WordMap<Abbreviation>,
    /// Words that often begin a sentence and seldom a name.
    pub starters: WordSet,
}

impl Abbreviations {
    /// Reads both tables.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let mut classes = WordMap::default();
        for row in tsv::rows(tables.abbreviations) {
            if let Some(class) = class(row.cell(1)) {
                classes.insert(words.intern(row.cell(0)), class);
            }
        }
        Abbreviations { classes, starters: WordSet::of(tsv::rows(tables.starters).map(|row| row.cell(0)), words) }
    }

    /// The class of a word, written with its full stop inside (`u.s.`) or before it (`sen`).
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
