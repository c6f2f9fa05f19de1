//! Reference tables: a CSV, TSV or Parquet file goes in (`read`), a [`Table`] comes out, and a figure is set beside the cell that
//! speaks of the same thing. The row is found by its key in the sentence (`rows`), the column by the words of its header
//! (`headers`), never by the value.
//!
//! Two cells may give a figure that no cell has (`arithmetic`).
//!
//! `Unemployment in Eastmark fell to 4.1 percent` finds row `Eastmark`, column `unemployment_rate_percent_2025`.

mod arithmetic;
mod body;
mod cells;
mod headers;
mod layout;
mod lines;
mod link;
mod matching;
mod measures;
mod names;
mod read;
mod rows;
mod sidecar;
mod trouble;

pub(super) use link::check;
pub(super) use rows::Rows;
pub use trouble::{TableError, TableWarning};

use body::Body;
use headers::Header;
use std::path::Path;

/// A table of figures: one row a thing, one column a measure of it.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name, without its folder.
    name: String,
    columns: Vec<Header>,
    body: Body,
    /// How many words the longest key has.
    longest: usize,
}

impl Table {
    /// Reads a CSV or TSV file with a header row, or a Parquet file, and the TOML file of the same name beside it, if there is one: names,
    /// units and aliases of columns, aliases of rows, when they were counted. Both layouts are read: a column for each
    /// measure, or a row for each (a column says which). `key` names the column whose words are looked for in a text; without
    /// it the first column that mostly holds words is taken. What cannot be used of the file (ragged rows, repeated
    /// keys, cells that hold no number, units that change within a column) is told, with its row and column, and left
    /// out; the rest is used. Linear.
    pub fn read(path: &Path, key: Option<&str>) -> Result<(Table, Vec<TableWarning>), TableError> {
        read::read(path, key)
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many rows can be used.
    pub fn len(&self) -> usize {
        self.body.len()
    }

    /// Whether no row can be used.
    pub fn is_empty(&self) -> bool {
        self.body.len() == 0
    }
}

/// The hash of a key's words.
fn hash(words: impl Iterator<Item = u64>) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    words.fold(0, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(MIX))
}
