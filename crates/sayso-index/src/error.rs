//! The errors of an index, with advice on what to do.

use super::lock::holder;
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

/// The message of the tantivy error that ends a search whose time is up.
pub(crate) const TIME_IS_UP: &str = "the time of the search is up";

/// An index could not be opened, read, written or searched. Each message states where, what was found, and what would
/// help.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The folder does not exist.
    #[error("opening the index {}: no such folder; `sayso index PATH…` makes one", dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder contains something else.
    #[error("opening the index {}: {found}; name the folder of an index, or a new or empty folder to make one", dir.display())]
    NotAnIndex {
        /// The folder.
        dir: PathBuf,
        /// What it contains.
        found: String,
    },
    /// The index has another format.
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
        /// The version of the program that created it.
        written_by: String,
    },
    /// The index or one of its files is damaged.
    #[error("reading the index at {}: {found}; `sayso fsck --repair` keeps what is sound and reads the rest again from its sources", path.display())]
    Corrupt {
        /// The file, or the folder if no single file can be named.
        path: PathBuf,
        /// What is wrong.
        found: String,
    },
    /// One document is damaged; the others can be read.
    #[error("reading the index {}: the document {doc} is damaged ({found}) and left out; `sayso fsck --repair` reads it again from its source", file.display())]
    Damaged {
        /// The file in which it is stored.
        file: PathBuf,
        /// The document's id, or its number in the order of insertion if the id cannot be read.
        doc: String,
        /// What is wrong.
        found: String,
    },
    /// The format of the folder cannot be determined.
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
    /// A repair would keep nothing.
    #[error("repairing the index {}: no document in it can be read, and none was found in the sources; it is left as it is: name the files and folders that were indexed", dir.display())]
    Hopeless {
        /// The folder.
        dir: PathBuf,
    },
    /// A search exceeds its budget.
    #[error("reading the query: it {found}; {help}")]
    TooMuch {
        /// What the query contains or does.
        found: String,
        /// What would help.
        help: &'static str,
    },
    /// Another writer holds the lock.
    #[error("writing the index {}: {holder} is writing it; wait until that one ends, or name another folder with --index", dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
        /// The writer that holds the lock.
        holder: String,
    },
    /// The folder cannot be written.
    #[error("writing the index {}: {source}; make the folder writable, or name another with --index", dir.display())]
    ReadOnly {
        /// The folder.
        dir: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Writing failed. Everything up to the last commit is kept.
    #[error("writing the index {}: {found}; the index stays as it was after its last commit", dir.display())]
    Write {
        /// The folder.
        dir: PathBuf,
        /// What was found.
        found: String,
    },
    /// The folder or one of its files cannot be read.
    #[error("reading {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The index has no document with this id.
    #[error("reading the index {}: no document has the id `{id}`; `sayso search` prints ids", dir.display())]
    NoDocument {
        /// The folder.
        dir: PathBuf,
        /// The id.
        id: String,
    },
    /// The query is not valid.
    #[error("reading the query `{query}`: {found} at column {column}; {help}")]
    Query {
        /// The query as typed.
        query: String,
        /// The place of the error: a column in characters, from 1.
        column: usize,
        /// What was found.
        found: String,
        /// What would help.
        help: String,
    },
}

impl IndexError {
    /// Converts an error that tantivy returned while reading the index in `dir`.
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

    /// Converts an error that tantivy returned while writing the index in `dir`.
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

/// The error in our words where a file of the index in `dir` is cut short, which names the file.
pub(crate) fn blamed(dir: &Path, error: IndexError) -> IndexError {
    let IndexError::Corrupt { path, found } = error else { return error };
    let cut = if path == dir { cut_short(dir) } else { Some(path.clone()).filter(|path| lacks_its_end(path)) };
    match cut {
        Some(path) => {
            IndexError::Corrupt { path, found: "the file is cut short, or its end is overwritten".to_owned() }
        }
        None => IndexError::Corrupt { path, found },
    }
}

/// The first file of a segment that is cut short.
fn cut_short(dir: &Path) -> Option<PathBuf> {
    super::names(dir).ok()?.iter().map(|name| dir.join(name)).find(|path| lacks_its_end(path))
}

/// Whether a file of a segment does not end in the bytes that tantivy ends it with.
fn lacks_its_end(path: &Path) -> bool {
    const END: [u8; 4] = 1337u32.to_le_bytes();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.split('.').next());
    let ends = || -> io::Result<bool> {
        let mut file = std::fs::File::open(path)?;
        let mut last = [0; 4];
        Ok(file.seek(io::SeekFrom::End(-4)).and_then(|_| file.read_exact(&mut last)).is_ok() && last == END)
    };
    stem.is_some_and(super::segment::is_segment) && ends().is_ok_and(|ends| !ends)
}

/// Whether an error reports damaged content, not a failure of the operating system.
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

/// Converts a message of tantivy, which is a sentence, to our style: lower case and no full stop.
fn lower(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Runs `work`, which reads the index in `dir`. Turns a panic inside tantivy (some damaged files cause one) into an
/// error.
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
