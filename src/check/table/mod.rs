//! Reference tables: a CSV or TSV file goes in (`read`), a [`Table`] comes out, and a figure is set beside the cell that
//! speaks of the same thing. The row is found by its key in the sentence (`rows`), the column by the words of its header
//! (`headers`), never by the value.
//!
//! `Unemployment in Eastmark fell to 4.1 percent` finds row `Eastmark`, column `unemployment_rate_percent_2025`.

mod cells;
mod headers;
mod link;
mod measures;
mod read;
mod rows;
mod sidecar;
mod trouble;

pub(super) use link::check;
pub(super) use rows::Rows;
pub use trouble::{TableError, TableWarning};

use headers::Header;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::path::Path;

/// A table of figures: one row a thing, one column a measure of it.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name, without its folder.
    name: String,
    columns: Vec<Header>,
    rows: Vec<Row>,
    /// The rows of each key (one for each period), by the hash of its words.
    by_key: FxHashMap<u64, Vec<u32>>,
    /// How many words the longest key has.
    longest: usize,
}

#[derive(Clone, Debug)]
struct Row {
    /// As the table has it.
    key: Box<str>,
    /// What stands for it in a text: the key, or an alias.
    name: Box<str>,
    /// Of its words, folded.
    hash: u64,
    /// The year of the row, where the table has a column of years.
    period: Option<String>,
    /// A value for each column, scaled as its header says; none where the cell is empty or unreadable.
    values: Box<[Option<Decimal>]>,
}

impl Table {
    /// Reads a CSV or TSV file with a header row, and the TOML file of the same name beside it, if there is one: names,
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
        self.rows.len()
    }

    /// Whether no row can be used.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The hash of a key's words.
fn hash(words: impl Iterator<Item = u64>) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    words.fold(0, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(MIX))
}
