//! The index. A [`Writer`] takes documents and their extractions. An [`Index`] returns them: all, in the order of first
//! insertion ([`Index::documents`]); one, by id ([`Index::get`]); or those that a [`SearchQuery`] finds, each with its
//! matching places ([`Index::search`]). An index is a folder of tantivy segments and a manifest; segments and commits
//! are its only state.
//!
//! A run writes new segments and commits at its end ([`Writer::commit`]). A long run also commits after every
//! [`WriterOptions::commit_every`] documents. If the program is killed, the disk fills up or the power fails, the last
//! commit stays whole and the next run continues from there. Readers see the last commit, and a writer does not disturb
//! them. One writer at a time holds an operating-system lock, which is released when its process dies; a second writer
//! gets an error.
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
mod durable;
mod entry;
mod error;
mod figures;
mod filter;
mod fsck;
mod hits;
mod inflect;
mod kept;
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
pub use durable::bare;
pub use error::IndexError;
pub use filter::Filter;
pub use fsck::{FsckReport, Problem};
pub use hits::{Hits, Totals};
pub use kept::Kept;
pub use manifest::{FORMAT, Manifest, Sum};
pub use query::{Backend, Budget, FigureTest, Place, SearchQuery, Sort, day_range, wider};
pub use repair::{Repair, repair, sources_of};
pub use roll::Roll;
pub use writer::{Put, Summary, Writer, WriterOptions};

use directory::Folder;
use error::{blamed, guard};
use schema::{Fields, NAMES, PLACED, TELLING, TOKENIZER, schema};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

/// An index on disk, open for reading. [`Index::writer`] opens it for writing too. Keeping it open is cheap, and it can
/// be shared between threads.
pub struct Index {
    dir: PathBuf,
    inner: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    manifest: Manifest,
}

/// Texts and records are compressed in blocks of so many bytes, twice as many as tantivy's own: the index is smaller by 3 % of the
/// text, and to show 500 hits takes 5 % more instructions. Blocks of 64 kB would save next to nothing more.
const TEXTS_TOGETHER: usize = 32 << 10;

impl Index {
    /// Opens the index in `dir`, which must contain an index of this format. The folder may be read-only.
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

    /// Opens the index in `dir` to verify it or to recover its sound documents. The manifest may be missing or
    /// unreadable, as long as the columns are those of this format.
    pub fn salvage(dir: &Path) -> Result<Index, IndexError> {
        match Self::open(dir) {
            Err(damaged @ IndexError::Corrupt { .. }) if !matches!(Manifest::read(dir), Ok(Some(_))) => {
                Self::open_with(dir, Manifest::new()).map_err(|_| damaged)
            }
            opened => opened,
        }
    }

    /// Opens the index in `dir`. Creates an empty one if the folder is new or empty (hidden files and a `README.md` are
    /// allowed).
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
        let settings = IndexSettings { docstore_blocksize: TEXTS_TOGETHER, ..IndexSettings::default() };
        tantivy::Index::create(folder, schema().0, settings).map_err(|e| IndexError::writing(dir, e))?;
        Self::open_with(dir, manifest)
    }

    /// Verifies the files that questions are answered from, but for the stored texts, each of which has a seal of its own:
    /// all of a small index, and of a large one those that changed after its last commit. So a damaged file is named
    /// instead of answering wrongly. [`Index::fsck`] verifies everything. Reads at most some megabytes, as a rule.
    pub fn prove(&self) -> Result<(), IndexError> {
        /// Bytes that are read without a reason, and how much later than the commit a file is suspicious: a copy of an index
        /// has its files in any order.
        const SMALL: u64 = 32 << 20;
        const LATER: Duration = Duration::from_secs(60);
        let reading = |e| IndexError::reading(&self.dir, e);
        guard(&self.dir, || {
            let committed = std::fs::metadata(self.dir.join("meta.json")).and_then(|file| file.modified()).ok();
            let segments = self.inner.searchable_segment_metas().map_err(reading)?;
            let live: HashSet<String> = segments.iter().map(|segment| segment.id().uuid_string()).collect();
            let asked =
                |name: &String| name.split_once('.').is_some_and(|(stem, rest)| live.contains(stem) && rest != "store");
            let files: Vec<(PathBuf, std::fs::Metadata)> = names(&self.dir)?
                .into_iter()
                .filter(asked)
                .filter_map(|name| Some((PathBuf::from(&name), std::fs::metadata(self.dir.join(name)).ok()?)))
                .collect();
            let small = files.iter().map(|(_, file)| file.len()).sum::<u64>() <= SMALL;
            let later = |file: &std::fs::Metadata| {
                file.modified().ok().zip(committed).is_some_and(|(changed, committed)| changed > committed + LATER)
            };
            for (name, _) in files.iter().filter(|(_, file)| small || later(file)) {
                // A file that is gone by now belonged to a commit that another program replaced.
                if let Ok(false) = self.inner.directory().validate_checksum(name) {
                    let found = "the checksum does not fit the file, so answers would be wrong".to_owned();
                    return Err(IndexError::Corrupt { path: self.dir.join(name), found });
                }
            }
            Ok(())
        })
    }

    fn open_with(dir: &Path, manifest: Manifest) -> Result<Index, IndexError> {
        if !dir.join("meta.json").exists() {
            return Err(IndexError::Corrupt { path: dir.join("meta.json"), found: "the file is missing".to_owned() });
        }
        let opened = guard(dir, || {
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
        });
        opened.map_err(|error| blamed(dir, error))
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The manifest of the folder.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The number of documents.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether the index has no documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Loads what other processes have committed since. A [`Writer`] of this index does so itself.
    pub fn reload(&self) -> Result<(), IndexError> {
        guard(&self.dir, || self.reader.reload().map_err(|e| IndexError::reading(&self.dir, e)))
    }
}

fn not_an_index(dir: &Path, found: String) -> IndexError {
    IndexError::NotAnIndex { dir: dir.to_owned(), found }
}

/// The names of the entries in a folder, sorted.
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
