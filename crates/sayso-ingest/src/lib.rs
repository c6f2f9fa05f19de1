//! Files, folders and standard input go in, a stream of [`Document`]s and [`ReadError`]s comes out, in an order that
//! depends on the names alone. One record or line is held at a time, so a file may be longer than memory.
//!
//! - **Formats** by ending, each also as `.gz` or `.zst` (which are known by their magic number): `.txt`; `.md` with
//!   YAML front matter; `.html` (the article without the page's furniture); `.jsonl`, `.ndjson`; `.json` (an object, an
//!   array or sequence of them, the answer of a news service, a transcript with times); `.csv`, `.tsv` with a header; feeds,
//!   RSS and Atom (`.rss`, `.atom`, `.rdf`, `.xml`); `.pdf`; `.docx`, `.odt`, `.rtf`, `.epub`; e-mail (`.eml`, `.mbox`, the
//!   folders of a Maildir, pages saved as `.mhtml`); captions (`.vtt`, `.srt`); crawls (`.warc`, `.wacz`). `.parquet` as it
//!   is. Archives (`.zip`, `.tar`, `.7z`) are read as folders are. Standard input and files without an ending are told by their
//!   first bytes; a file that is named and has another ending is plain text.
//! - **Folders** are walked in the order of names, without hidden files and without what `.gitignore` names inside a
//!   repository. Links are followed. Nothing is passed over in silence: endings that are not read, tables
//!   without a column of texts (reference, not documents), JSON Lines whose first object has `record` or `doc` and no text
//!   (records, not documents), JSON whose first object is no document, XML that is no feed, `README` files without front
//!   matter, and what sayso itself wrote (pages, the feed of `watch`, an index with its findings) are counted by kind and told once after the folder ([`ReadError::Skipped`]).
//!   Named by the user, the same are errors.
//! - **Addresses** (`s3://bucket/folder`, `https://host/file`) are read as folders and files are, with the feature `objects`.
//! - **Pages, times and parts** that a file tells (page numbers, the times of captions, an e-mail's quoted history) are kept
//!   beside the text, in [`Document::layout`](sayso_core::document::Document::layout).
//! - **Limits**: what one file unpacks to, how deep archives stand inside one another and how long one file may take
//!   ([`Limits`]).
//! - **Fields** are those of records.md: `id kind title text date publisher byline speaker url lang about`, and, where
//!   these are missing, the names that news services and common tables use (`names.tsv`: `content`, `headline`, `publishedAt`);
//!   [`Names`] adds others. The kind is [`Input::kind`], else the field, else what
//!   the nearest folder named `articles`, `coverage`, `statements`, `releases` or `reference` says, else article. The
//!   id is the field, else the path relative to the folder given (or as the user named the file) with `#N` in a file of
//!   several records, else, for standard input and other pipes, the first 16 digits of the text's SHA-256.
//! - **Text** is kept exactly as decoded: line ends, white space and marks included. See `decode.rs` for encodings.
//! - **Errors** name path and line. One bad record or file does not end the stream. What goes above [`LIMIT`] is
//!   passed over without being held in memory.
//!
//! ```
//! use sayso_ingest::{Input, documents};
//! let folder = tempfile::tempdir()?;
//! std::fs::create_dir(folder.path().join("statements"))?;
//! std::fs::write(folder.path().join("statements/ferry.md"), "---\ndate: March 3, 2026\n---\n# No ferry\nNo.\n")?;
//! std::fs::write(folder.path().join("news.jsonl"), "{\"text\": \"“No,” she said.\"}\n{\"text\": \"cut o\n")?;
//!
//! let found: Vec<_> = documents(Input { paths: vec![folder.path().into()], ..Input::default() }).collect();
//! let news = found[0].as_ref().unwrap();
//! assert_eq!((news.id.as_str(), news.text.as_str()), ("news.jsonl#1", "“No,” she said."));
//! assert_eq!(found[1].as_ref().unwrap_err().line(), Some(2));
//! let ferry = found[2].as_ref().unwrap();
//! assert_eq!((ferry.kind.name(), ferry.date.as_deref()), ("statement", Some("2026-03-03")));
//! # Ok::<(), std::io::Error>(())
//! ```

mod archive;
mod capped;
mod captions;
mod csv;
mod date;
mod decode;
mod digest;
mod error;
mod feed;
mod fields;
mod format;
mod html;
mod json;
mod jsonl;
mod limits;
mod mail;
mod markdown;
mod office;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "pdf")]
mod pdf;
mod reader;
mod remote;
mod rtf;
mod seven;
mod source;
mod stream;
mod table;
mod walk;
mod warc;

pub use capped::read_small;
pub use digest::{digest, size};
pub use error::ReadError;
pub use fields::Names;
pub use limits::{Groups, Limits};
#[cfg(feature = "parquet")]
pub use parquet::Rows as ParquetRows;
pub use remote::{LEFT_OUT, is_address};
use sayso_core::document::{Document, Kind};
use sha2::{Digest, Sha256};
use source::{Run, Setup, Source};
use std::collections::HashSet;
use std::iter::FusedIterator;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use table::read_table;
pub use walk::is_index;

/// Bytes that one document, line or record may have: 512 MiB.
pub const LIMIT: usize = 512 << 20;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Files, folders and addresses in the order in which they are read; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// The kind of every document, whatever it says itself (`--as`).
    pub kind: Option<Kind>,
    /// What one file may cost.
    pub limits: Limits,
    /// Names of columns and keys beside the usual ones (`--field`).
    pub names: Names,
}

/// Reads all that `input` names, as it is asked for. Linear in the bytes read; memory holds one record, the names of
/// one folder's files, and 16 bytes for each document's id.
pub fn documents(input: Input) -> Documents {
    let run = Arc::new(Run::new(input.limits, input.names));
    let setup = Setup { kind: input.kind, limit: LIMIT, run };
    Documents { paths: input.paths.into_iter(), setup, folder: None, file: None, ids: HashSet::new() }
}

/// The files below one folder.
// Of the two there is one at a time.
#[allow(clippy::large_enum_variant)]
enum Folder {
    /// Of the disk.
    Walked(walk::Folder),
    /// Of a store.
    #[cfg(feature = "objects")]
    Listed(PathBuf, std::vec::IntoIter<(String, sayso_objects::Place)>),
}

/// A file that a folder holds.
enum Held {
    File(PathBuf),
    #[cfg(feature = "objects")]
    Object(String, sayso_objects::Place),
}

impl Folder {
    /// As the user named it.
    fn root(&self) -> &Path {
        match self {
            Folder::Walked(folder) => &folder.root,
            #[cfg(feature = "objects")]
            Folder::Listed(root, _) => root,
        }
    }

    fn next(&mut self) -> Option<Result<Held, ReadError>> {
        match self {
            Folder::Walked(folder) => folder.next().map(|path| path.map(Held::File)),
            #[cfg(feature = "objects")]
            Folder::Listed(_, objects) => objects.next().map(|(name, place)| Ok(Held::Object(name, place))),
        }
    }

    fn source(&self, held: Held, setup: &Setup) -> Source {
        match held {
            Held::File(path) => Source::walked(path, self.root(), setup),
            #[cfg(feature = "objects")]
            Held::Object(name, place) => Source::listed(name, place, setup),
        }
    }
}

/// A stream of documents and of what could not be read; made by [`documents`].
pub struct Documents {
    paths: std::vec::IntoIter<PathBuf>,
    setup: Setup,
    /// The folder that is being walked, and how many documents came before it.
    folder: Option<(Folder, usize)>,
    file: Option<(Source, Box<dyn reader::Reader>)>,
    /// The ids so far, hashed.
    ids: HashSet<[u8; 16]>,
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((source, reader)) = &mut self.file {
                let found = match source.meter.in_time() {
                    Ok(()) => source.meter.timed(|| reader.next(source)),
                    Err(over) => {
                        let error = source.over(over);
                        self.file = None;
                        return Some(Err(error));
                    }
                };
                match found {
                    Some(Ok(document)) => {
                        let line = reader.line();
                        return Some(self.only(document, line));
                    }
                    Some(error) => return Some(error),
                    None => {
                        let path = source.path.clone();
                        self.file = None;
                        if self.folder.is_none()
                            && let Some(skipped) = self.skipped(path)
                        {
                            return Some(Err(skipped));
                        }
                    }
                }
            }
            let source = match self.source()? {
                Ok(Some(source)) => source,
                Ok(None) => continue,
                Err(error) => return Some(Err(error)),
            };
            match source.meter.timed(|| format::open(&source)) {
                Ok(Some(reader)) => self.file = Some((source, reader)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl FusedIterator for Documents {}

impl Documents {
    /// The next file, `Ok(None)` where a folder begins or ends, `None` at the end of all.
    fn source(&mut self) -> Option<Result<Option<Source>, ReadError>> {
        if let Some((folder, before)) = &mut self.folder {
            return Some(match folder.next() {
                Some(found) => found.map(|found| Some(folder.source(found, &self.setup))),
                None => {
                    let root = folder.root().to_owned();
                    if self.ids.len() == *before {
                        log::warn!("{}: no document was read from this folder", root.display());
                    }
                    self.folder = None;
                    self.skipped(root).map_or(Ok(None), Err)
                }
            });
        }
        let path = self.paths.next()?;
        if is_address(&path) {
            return Some(self.address(&path));
        }
        if path != Path::new("-") {
            match std::fs::metadata(&path) {
                Err(error) => return Some(Err(ReadError::opening(&path, error))),
                Ok(found) if found.is_dir() => {
                    let run = Arc::clone(&self.setup.run);
                    let folder = walk::Folder::new(path, move |index| run.pass_over(index, "index of sayso"));
                    self.folder = Some((Folder::Walked(folder), self.ids.len()));
                    return Some(Ok(None));
                }
                Ok(found) if found.is_file() => return Some(Ok(Some(Source::named(path, &self.setup)))),
                Ok(_) => {}
            }
        }
        Some(Ok(Some(Source::piped(path, &self.setup))))
    }

    /// The file at an address; none where a folder begins.
    #[cfg(feature = "objects")]
    fn address(&mut self, path: &Path) -> Result<Option<Source>, ReadError> {
        match remote::found(path)? {
            sayso_objects::Found::Object(place) => Ok(Some(Source::fetched(place, &self.setup))),
            sayso_objects::Found::Folder(objects) => {
                self.folder = Some((Folder::Listed(path.to_owned(), objects.into_iter()), self.ids.len()));
                Ok(None)
            }
        }
    }

    #[cfg(not(feature = "objects"))]
    fn address(&mut self, path: &Path) -> Result<Option<Source>, ReadError> {
        Err(remote::left_out(path))
    }

    /// What was not read of the folder or archive `path`.
    fn skipped(&self, path: PathBuf) -> Option<ReadError> {
        let skips = self.setup.run.skips();
        (!skips.is_empty()).then_some(ReadError::Skipped {
            path,
            unread: skips.unread,
            passed: skips.passed,
            noted: skips.noted,
        })
    }

    /// Refuses a second document of one id: their records could not be told apart.
    fn only(&mut self, document: Document, line: Option<u64>) -> Result<Document, ReadError> {
        let mut key = [0; 16];
        key.copy_from_slice(&Sha256::digest(document.id.as_bytes())[..16]);
        if self.ids.insert(key) {
            return Ok(document);
        }
        let path = document.path.unwrap_or_default().into();
        Err(ReadError::Duplicate { path, line, id: document.id })
    }
}
