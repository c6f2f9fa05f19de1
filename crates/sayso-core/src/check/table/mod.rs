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
mod verdict;

pub use lines::{Line, Rows as Lines};
pub(super) use rows::Rows;
pub use sidecar::{Column, RowNames, Sidecar};
pub use trouble::{TableError, TableWarning};
pub(super) use verdict::check;

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
    /// Reads the rows of a table, the first of which names its columns. `path` is what it is called in errors, `size` about
    /// how many bytes of text it has (0: not known), `sidecar` what is known of it besides: names, units and aliases of
    /// columns, aliases of rows, when they were counted. Both layouts are read: a column for each
    /// measure, or a row for each (a column says which). `key` names the column whose words are looked for in a text; without
    /// it the first column that mostly holds words is taken. What cannot be used of the file (ragged rows, repeated
    /// keys, cells that hold no number, units that change within a column) is told, with its row and column, and left
    /// out; the rest is used. Linear.
    pub fn from_rows(
        path: &Path,
        key: Option<&str>,
        rows: &mut dyn Lines,
        size: usize,
        sidecar: &Sidecar,
    ) -> Result<(Table, Vec<TableWarning>), TableError> {
        read::read(path, key, rows, size, sidecar)
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

/// The table in a text of comma or semicolon separated values.
#[cfg(test)]
pub(super) fn from_text(
    name: &str,
    text: &str,
    key: Option<&str>,
    sidecar: &Sidecar,
) -> Result<(Table, Vec<TableWarning>), TableError> {
    struct Text(csv::StringRecordsIntoIter<std::io::Cursor<Vec<u8>>>);
    impl Lines for Text {
        fn next(&mut self, line: &mut Line) -> Result<bool, TableError> {
            let Some(record) = self.0.next().and_then(Result::ok) else { return Ok(false) };
            let number = record.position().map_or(0, csv::Position::line);
            line.fill(number, record.iter().map(Into::into));
            Ok(true)
        }
    }
    let delimiter = if text.contains(';') { b';' } else { b',' };
    let reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(std::io::Cursor::new(text.as_bytes().to_vec()));
    Table::from_rows(name.as_ref(), key, &mut Text(reader.into_records()), text.len(), sidecar)
}
