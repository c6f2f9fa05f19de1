//! The index: documents and their extractions go in, by [`Writer`]; out come the same, in the order of first insertion
//! ([`Index::documents`]), one by id ([`Index::get`]), or those that a [`SearchQuery`] finds, each hit with its place
//! ([`Index::search`]). It is a folder of tantivy segments and a manifest; segments and commits are its only state.
//!
//! A run writes into new segments and commits at its end ([`Writer::commit`]), a long one also on its way, after every so
//! many documents ([`WriterOptions::commit_every`]): a kill, a full disk or a power cut at any moment leaves the last commit,
//! whole, and the next run goes on from there. Readers see the last commit and are not disturbed by a writer. One writer at a time holds a
//! lock of the operating system, which a killed process gives back; a second one is told so.
//!
//! ```no_run
//! use sayso_index::{Index, SearchQuery, WriterOptions};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let index = Index::open_or_create("index".as_ref())?;
//! let mut writer = index.writer(&WriterOptions::default())?;
//! let document = sayso_core::Document::new("a", "The mayor said, “The bridge is safe.”");
//! if !writer.is_unchanged(&document) {
//!     writer.put(&document, &sayso_core::extract(&document))?;
//! }
//! writer.commit()?;
//! let hits = index.search(&SearchQuery::new("\"bridge is safe\""))?;
//! assert_eq!(hits.total, 1);
//! # Ok(())
//! # }
//! ```

mod counts;
mod directory;
mod entry;
mod error;
mod figures;
mod fsck;
mod hits;
mod inflect;
mod languages;
mod lock;
mod manifest;
mod places;
mod proof;
mod query;
mod ranking;
mod reader;
mod repair;
mod roll;
mod schema;
mod segment;
mod tokenizers;
mod writer;
mod zones;

pub use counts::By;
pub use error::IndexError;
pub use fsck::{FsckReport, Problem};
pub use hits::{Found, Hits};
pub use manifest::{FORMAT, Manifest, Sum};
pub use query::{Budget, FigureTest, Place, SearchQuery, Sort};
pub use reader::Filter;
pub use repair::{Repair, repair, sources_of};
pub use roll::Roll;
pub use writer::{Put, Summary, Writer, WriterOptions};

use directory::Folder;
use error::guard;
use schema::{Fields, NAMES, PLACED, TELLING, TOKENIZER, schema};
use std::path::{Path, PathBuf};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

/// An index on disk, opened for reading; [`Index::writer`] opens it for writing too. Cheap to keep; may be shared
/// between threads.
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    manifest: Manifest,
}

impl Index {
    /// Opens the index in `dir`, which must hold one of this format. A read-only folder will do.
    pub fn open(dir: &Path) -> Result<Index, IndexError> {
        match Manifest::read(dir)? {
            Some(manifest) => Self::open_with(dir, manifest),
            None if !dir.exists() => Err(IndexError::Missing { dir: dir.to_owned() }),
            None if dir.join("meta.json").exists() => {
                Err(IndexError::Corrupt { path: dir.join(manifest::FILE), found: "the file is missing".to_owned() })
            }
            None => Err(not_an_index(dir, format!("no {} is in it", manifest::FILE))),
        }
    }

    /// Opens the index in `dir` to prove it or to save what is sound in it: also one whose manifest is missing or cannot
    /// be read, as long as its columns are those of this format.
    pub fn salvage(dir: &Path) -> Result<Index, IndexError> {
        match Self::open(dir) {
            Err(damaged @ IndexError::Corrupt { .. }) if !matches!(Manifest::read(dir), Ok(Some(_))) => {
                Self::open_with(dir, Manifest::new()).map_err(|_| damaged)
            }
            opened => opened,
        }
    }

    /// Opens the index in `dir`, or makes an empty one in a folder that is new or empty (hidden files and a `README.md`
    /// do no harm).
    pub fn open_or_create(dir: &Path) -> Result<Index, IndexError> {
        std::fs::create_dir_all(dir).map_err(|source| match source.kind() {
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => {
                not_an_index(dir, "it is no folder".to_owned())
            }
            _ => IndexError::ReadOnly { dir: dir.to_owned(), source },
        })?;
        let manifest = match Manifest::read(dir)? {
            Some(manifest) if dir.join("meta.json").exists() || holds_segments(dir)? => {
                return Self::open_with(dir, manifest);
            }
            Some(manifest) => manifest,
            None => {
                if let Some(name) = foreign_file(dir)? {
                    return Err(not_an_index(dir, format!("it holds other things ({name})")));
                }
                let manifest = Manifest::new();
                manifest.write(dir)?;
                manifest
            }
        };
        let folder = Folder::open(dir).map_err(|e| IndexError::reading(dir, e.into()))?;
        tantivy::Index::create(folder, schema().0, IndexSettings::default())
            .map_err(|e| IndexError::writing(dir, e))?;
        Self::open_with(dir, manifest)
    }

    fn open_with(dir: &Path, manifest: Manifest) -> Result<Index, IndexError> {
        if !dir.join("meta.json").exists() {
            return Err(IndexError::Corrupt { path: dir.join("meta.json"), found: "the file is missing".to_owned() });
        }
        guard(dir, || {
            let reading = |e| IndexError::reading(dir, e);
            let folder = Folder::open(dir).map_err(|e| reading(e.into()))?;
            let inner = tantivy::Index::open(folder).map_err(|e| match IndexError::reading(dir, e) {
                IndexError::Corrupt { path, found } if path == dir => {
                    IndexError::Corrupt { path: dir.join("meta.json"), found }
                }
                other => other,
            })?;
            let (expected, fields) = schema();
            if inner.schema() != expected {
                return Err(IndexError::Corrupt {
                    path: dir.join("meta.json"),
                    found: "its columns are not those of the format".to_owned(),
                });
            }
            inner.tokenizers().register(TOKENIZER, tokenizers::Words::default());
            inner.tokenizers().register(TELLING, tokenizers::Telling::default());
            inner.tokenizers().register(NAMES, tokenizers::Names::default());
            inner.tokenizers().register(PLACED, tokenizers::Placed::default());
            let reader: IndexReader =
                inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(reading)?;
            Ok(Index { dir: dir.to_owned(), inner, reader, fields, manifest })
        })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the folder says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// How many documents it holds.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks for what another process committed since; a [`Writer`] of this index does so by itself.
    pub fn reload(&self) -> Result<(), IndexError> {
        guard(&self.dir, || self.reader.reload().map_err(|e| IndexError::reading(&self.dir, e)))
    }
}

fn not_an_index(dir: &Path, found: String) -> IndexError {
    IndexError::NotAnIndex { dir: dir.to_owned(), found }
}

/// The names in a folder, in order.
fn names(dir: &Path) -> Result<Vec<String>, IndexError> {
    let list = || -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    };
    list().map_err(|source| IndexError::Read { path: dir.to_owned(), source })
}

fn foreign_file(dir: &Path) -> Result<Option<String>, IndexError> {
    Ok(names(dir)?.into_iter().find(|name| !name.starts_with('.') && name != "README.md"))
}

fn holds_segments(dir: &Path) -> Result<bool, IndexError> {
    Ok(names(dir)?
        .iter()
        .any(|name| [".store", ".term", ".idx", ".pos", ".fast"].iter().any(|end| name.ends_with(end))))
}
