//! The words that identify the lines around a story: picture credits, bylines, boilerplate.

use super::{PhraseMap, Tables, Words, tsv};

/// The kind of line that a phrase identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// A picture credit.
    Credit,
    /// Boilerplate.
    Furniture,
    /// The line that ends the story (`About Us`, `Media contact`): nothing after it is part of the story.
    Tail,
}

/// The place in a line at which a phrase must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePlace {
    /// It is the whole line, apart from punctuation.
    Whole,
    /// The line begins with it.
    Start,
    /// It can be anywhere in a short line.
    Any,
    /// It begins a paragraph that tells where a story stood, which may be longer than a line and end as a sentence does: alone it
    /// tells nothing.
    Lead,
    /// It can be anywhere behind such a beginning.
    Within,
}

/// The class of a label before the headline of another story.
const LINK: &str = "link";

/// Phrases that identify lines outside the story.
#[derive(Default)]
pub struct PageWords {
    /// The class and the place of each phrase.
    pub lines: PhraseMap<(LineClass, LinePlace)>,
    /// The labels of links to other stories: `read more`.
    pub links: PhraseMap<()>,
}

impl PageWords {
    /// Reads the table.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let (mut lines, mut links) = (PhraseMap::default(), PhraseMap::default());
        for row in tsv::rows(tables.furniture) {
            if row.cell(1) == LINK {
                links.insert(row.cell(0), (), words);
            } else if let (Some(class), Some(place)) = (class(row.cell(1)), place(row.cell(2))) {
                lines.insert(row.cell(0), (class, place), words);
            }
        }
        PageWords { lines, links }
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
        "lead" => LinePlace::Lead,
        "within" => LinePlace::Within,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for row in tsv::rows(super::super::en::TABLES.furniture) {
            assert!(
                (row.cell(1) == LINK || class(row.cell(1)).is_some()) && place(row.cell(2)).is_some(),
                "line {}",
                row.line
            );
        }
    }
}
