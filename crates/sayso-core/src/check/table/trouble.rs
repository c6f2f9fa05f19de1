//! What can be wrong with a table: why it cannot be used at all, and what of it was left out, by row and column.

use std::path::{Path, PathBuf};

/// Why a table cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("reading table {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The Parquet file cannot be read.
    #[error("reading table {}: {what}; a Parquet file is expected, whole and not compressed once more", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The file is empty.
    #[error("reading table {}: it is empty; a row of column names and a row for each thing are expected", .0.display())]
    Empty(PathBuf),
    /// The file that tells more of the table is wrong.
    #[error("reading {}, which tells more of a table: {what}", path.display())]
    Sidecar {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The first row holds numbers where the others do.
    #[error(
        "reading table {}: row 1 looks like data, not like column names (column {column} is “{cell}”); put a row of names in front, or name them in a TOML file beside it (header = […])",
        path.display()
    )]
    NoHeader {
        /// The file.
        path: PathBuf,
        /// The column, from 1.
        column: usize,
        /// What stands there.
        cell: String,
    },
    /// The key column that was named is not there.
    #[error("reading table {}: no column is called “{key}”; there are: {there}", path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        key: String,
        /// What there is.
        there: String,
    },
    /// No column holds words.
    #[error("reading table {}: no column holds names to find rows by; name one with --key", .0.display())]
    NoNames(PathBuf),
    /// No column holds numbers.
    #[error("reading table {}: no column holds numbers", .0.display())]
    NoNumbers(PathBuf),
}

/// Something in a table that was left out or may mislead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWarning {
    /// The file.
    pub path: PathBuf,
    /// The line of the file where the row begins, from 1; of a Parquet file the number of the row.
    pub row: u64,
    /// The column's name.
    pub column: Option<String>,
    /// What is wrong, and what was done.
    pub what: String,
}

impl std::fmt::Display for TableWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "table {}, row {}", self.path.display(), self.row)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// How many warnings of one table are kept; a last one counts the others.
const MOST_WARNINGS: usize = 50;

/// The warnings of one table, as they come up.
pub(super) struct Warnings<'a> {
    path: &'a Path,
    list: Vec<TableWarning>,
    more: usize,
}

impl<'a> Warnings<'a> {
    /// None yet of the table in a file.
    pub(super) fn of(path: &'a Path) -> Self {
        Warnings { path, list: Vec::new(), more: 0 }
    }

    /// Adds one; beyond so many they are only counted.
    pub(super) fn add(&mut self, row: u64, column: Option<&str>, what: String) {
        if self.list.len() == MOST_WARNINGS {
            self.more += 1;
        } else {
            self.list.push(TableWarning { path: self.path.into(), row, column: column.map(str::to_owned), what });
        }
    }

    /// All of them, with how many were only counted.
    pub(super) fn finish(mut self) -> Vec<TableWarning> {
        if let Some(last) = self.list.last().filter(|_| self.more > 0) {
            let what = format!("{} more like these", self.more);
            self.list.push(TableWarning { path: self.path.into(), row: last.row, column: None, what });
        }
        self.list
    }
}
