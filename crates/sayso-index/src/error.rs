//! What can go wrong with an index, and what would help.

use super::lock::holder;
use super::query::TIME_IS_UP;
use std::io;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

/// Why an index could not be opened, read, written or searched. Each says where, what was found and what would help.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Nothing is there.
    #[error("opening the index {}: no such folder; `sayso index PATH…` makes one", dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// Something else is there.
    #[error("opening the index {}: {found}; name the folder of an index, or a new or empty folder to make one", dir.display())]
    NotAnIndex {
        /// The folder.
        dir: PathBuf,
        /// What is there.
        found: String,
    },
    /// It was written in another format.
    #[error(
        "opening the index {}: it has format {found} (written by sayso {written_by}), this sayso {} reads format {expected}; \
         index the sources again into a new folder, or use the sayso that wrote it",
        dir.display(),
        env!("CARGO_PKG_VERSION")
    )]
    OtherVersion {
        /// The folder.
        dir: PathBuf,
        /// Its format.
        found: u64,
        /// The format that this program reads.
        expected: u64,
        /// The version of the program that made it.
        written_by: String,
    },
    /// It cannot be read as it should.
    #[error("reading the index at {}: {found}; `sayso fsck` tells how much is sound; index the sources again into a new folder", path.display())]
    Corrupt {
        /// The file, or the folder where no file can be named.
        path: PathBuf,
        /// What is wrong.
        found: String,
    },
    /// One document cannot be read as it was written; the others can.
    #[error("reading the index {}: the document {doc} is damaged ({found}) and left out; `sayso fsck --repair` reads it again from its source", dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// Its id; where that cannot be read, its number in the order of insertion.
        doc: String,
        /// What was found.
        found: String,
    },
    /// Nothing shows of what format the folder is.
    #[error(
        "repairing the index {}: neither sayso.json nor meta.json can be read, so nothing shows that it is of format {expected}; \
         it is left as it is: index the sources again into a new folder",
        dir.display()
    )]
    UnknownFormat {
        /// The folder.
        dir: PathBuf,
        /// The format that this program reads.
        expected: u64,
    },
    /// A repair that would leave nothing.
    #[error("repairing the index {}: no document in it can be read, and none was found in the sources; it is left as it is: name the files and folders that were indexed", dir.display())]
    Hopeless {
        /// The folder.
        dir: PathBuf,
    },
    /// A search that takes more than it may.
    #[error("reading the query: it {found}; {help}")]
    TooMuch {
        /// What it has or does.
        found: String,
        /// What would help.
        help: &'static str,
    },
    /// Another writer is at work.
    #[error("writing the index {}: {holder} is writing it; wait until that one ends, or name another folder with --index", dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
        /// Who is at work.
        holder: String,
    },
    /// The folder does not let itself be written.
    #[error("writing the index {}: {source}; make the folder writable, or name another with --index", dir.display())]
    ReadOnly {
        /// The folder.
        dir: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing broke off; what was committed before is kept.
    #[error("writing the index {}: {found}; the index stays as it was after its last commit", dir.display())]
    Write {
        /// The folder.
        dir: PathBuf,
        /// What was found.
        found: String,
    },
    /// The folder or a file cannot be read.
    #[error("reading {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A document that was named is not there.
    #[error("reading the index {}: no document has the id `{id}`; `sayso search` prints ids", dir.display())]
    NoDocument {
        /// The folder.
        dir: PathBuf,
        /// The id.
        id: String,
    },
    /// A query that cannot be understood.
    #[error("reading the query `{query}`: {found} at column {column}; {help}")]
    Query {
        /// The query as given.
        query: String,
        /// Where, in characters from 1.
        column: usize,
        /// What was found.
        found: String,
        /// What would help.
        help: String,
    },
}

impl IndexError {
    /// An error of tantivy while reading the index in `dir`.
    pub(crate) fn reading(dir: &Path, error: TantivyError) -> Self {
        match error {
            TantivyError::SystemError(found) if found == TIME_IS_UP => {
                IndexError::TooMuch { found: "takes more time than is allowed".to_owned(), help: "ask for rarer words" }
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                IndexError::Corrupt { path: dir.join(file), found: "the file is missing".to_owned() }
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) if !is_damage(&io_error) => {
                IndexError::Read { path: dir.join(filepath), source: copy(&io_error) }
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                IndexError::Corrupt { path: dir.join(filepath), found: lower(&io_error.to_string()) }
            }
            TantivyError::IoError(source) if !is_damage(&source) => {
                IndexError::Read { path: dir.to_owned(), source: copy(&source) }
            }
            other => IndexError::Corrupt { path: dir.to_owned(), found: lower(&other.to_string()) },
        }
    }

    /// An error of tantivy while writing the index in `dir`.
    pub(crate) fn writing(dir: &Path, error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                IndexError::Locked { dir: dir.to_owned(), holder: holder(dir) }
            }
            TantivyError::LockFailure(LockError::IoError(source), _) => {
                IndexError::ReadOnly { dir: dir.to_owned(), source: copy(&source) }
            }
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                IndexError::Write { dir: dir.to_owned(), found: lower(&io_error.to_string()) }
            }
            TantivyError::IoError(io_error) => {
                IndexError::Write { dir: dir.to_owned(), found: lower(&io_error.to_string()) }
            }
            other => IndexError::Write {
                dir: dir.to_owned(),
                found: format!("{}; is the disk full", lower(&other.to_string())),
            },
        }
    }
}

/// Whether the error tells of the content, not of the system.
fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other | io::ErrorKind::InvalidInput
    )
}

pub(crate) fn copy(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// tantivy writes sentences; ours begin in lower case and bear no full stop.
fn lower(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Runs what reads the index in `dir`; a panic inside tantivy (it does so on some damaged files) becomes an error.
pub(crate) fn guard<T>(dir: &Path, work: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let found = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("it could not be decoded");
        Err(IndexError::Corrupt { path: dir.to_owned(), found: format!("damaged data ({})", lower(found)) })
    })
}
