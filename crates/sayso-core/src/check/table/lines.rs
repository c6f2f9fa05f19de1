//! The rows of a table, one after the other, whatever they are written in.

use super::trouble::TableError;
use std::borrow::Cow;

/// A row as it stands in the file, its cells one after the other.
#[derive(Clone, Default)]
pub struct Line {
    /// The line of the file where it begins, or the number of the row.
    pub number: u64,
    /// Its cells, without anything between them.
    pub text: String,
    ends: Vec<usize>,
}

impl Line {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a cell, counted from 0.
    pub fn cell(&self, column: usize) -> &str {
        let from = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[column]]
    }

    /// The text of each cell.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// Makes it the row of this number with these cells; its memory is used again.
    pub fn fill<'c>(&mut self, number: u64, cells: impl Iterator<Item = Cow<'c, str>>) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
        for cell in cells {
            self.text.push_str(&cell);
            self.ends.push(self.text.len());
        }
    }
}

/// The rows of a file, one after the other.
pub trait Rows {
    /// Reads the next row that is not blank; whether there was one.
    fn next(&mut self, line: &mut Line) -> Result<bool, TableError>;
}
