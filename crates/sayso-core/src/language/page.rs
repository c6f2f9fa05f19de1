//! The words by which the lines around a story are known: picture credits, bylines, furniture.

use super::{PhraseMap, Tables, Words, tsv};

/// What a phrase says of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// A picture's owner.
    Credit,
    /// Furniture of the page.
    Furniture,
    /// The line under a story from which on nothing is story (`About Us`, `Media contact`).
    Tail,
}

/// Where in a line a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePlace {
    /// It is the whole line, but for marks.
    Whole,
    /// The line begins with it.
    Start,
    /// Anywhere in a short line.
    Any,
}

/// Phrases of lines that are no part of the story.
#[derive(Default)]
pub struct PageWords {
    /// By phrase: class and place.
    pub lines: PhraseMap<(LineClass, LinePlace)>,
}

impl PageWords {
    /// Reads the table.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let mut lines = PhraseMap::default();
        for row in tsv::rows(tables.furniture) {
            if let (Some(class), Some(place)) = (class(row.cell(1)), place(row.cell(2))) {
                lines.insert(row.cell(0), (class, place), words);
            }
        }
        PageWords { lines }
    }
}

fn class(name: &str) -> Option<LineClass> {
    Some(match name {
        "credit" => LineClass::Credit,
        "furniture" => LineClass::Furniture,
        "tail" => LineClass::Tail,
        _ => return None,
    })
}

fn place(name: &str) -> Option<LinePlace> {
    Some(match name {
        "whole" => LinePlace::Whole,
        "start" => LinePlace::Start,
        "any" => LinePlace::Any,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for row in tsv::rows(super::super::en::TABLES.furniture) {
            assert!(class(row.cell(1)).is_some() && place(row.cell(2)).is_some(), "line {}", row.line);
        }
    }
}
