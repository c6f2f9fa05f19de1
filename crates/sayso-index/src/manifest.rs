//! The file `sayso.json`, which marks a folder as an index and states its format. It is written through a temporary
//! file and a rename, before any other file, and again when its content changes.
//!
//! `{"format":6,"extractor":"0.1.0","created_with":"0.1.0","sources":["articles"]}`

use super::durable::write_at_once;
use super::error::IndexError;
use sayso_core::extract::Model;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The format that this program writes and reads. Raise it when the schema, the tokenizer or the stored types change.
pub const FORMAT: u64 = 6;

/// The name of the file in the index folder.
pub(crate) const FILE: &str = "sayso.json";

/// The version of the program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The content of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format: see [`FORMAT`].
    pub format: u64,
    /// The version of the program that wrote the latest extractions, with `rules` if its rules alone made them.
    #[serde(default = "unknown")]
    pub extractor: String,
    /// The version of the program that created the folder.
    #[serde(default = "unknown")]
    pub created_with: String,
    /// The files and folders that were indexed, as named in the last commit. A repair uses them when the commit cannot
    /// be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// What a commit records about the whole index. It is written with the commit, in tantivy's `meta.json`, so it always
/// belongs to the same run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// The number of documents.
    pub documents: u64,
    /// The sum of the hashes of all ids and contents, independent of their order.
    pub content: String,
    /// The version of the program that wrote the commit.
    pub written_by: String,
    /// The files and folders that were indexed, as the user named them. A repair reads a damaged index's documents from
    /// them.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The languages of all documents that were ever added, as sorted ISO 639 codes. A document without a language
    /// counts as `en`.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// The name of the extractor that uses `model`, as the manifest and the column `extractor` record it.
pub(crate) fn extractor(model: Model) -> String {
    match model {
        Model::Tagger => VERSION.to_owned(),
        Model::Rules => format!("{VERSION} rules"),
    }
}

impl Sum {
    /// Adds one document to the sum of hashes.
    pub(crate) fn add(sum: u64, key: u64, hash: u64) -> u64 {
        // The multiplication detects an exchange of the contents of two documents.
        sum.wrapping_add((key ^ hash.rotate_left(17)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The sum in its written form.
    pub(crate) fn shown(sum: u64) -> String {
        format!("{sum:016x}")
    }
}

fn unknown() -> String {
    "of an unknown version".to_owned()
}

impl Manifest {
    /// The manifest of a new index.
    pub(crate) fn new() -> Self {
        Manifest {
            format: FORMAT,
            extractor: VERSION.to_owned(),
            created_with: VERSION.to_owned(),
            sources: Vec::new(),
        }
    }

    /// The model that made the latest extractions.
    pub fn model(&self) -> Model {
        if self.extractor.ends_with(" rules") { Model::Rules } else { Model::Tagger }
    }

    /// Reads the manifest of `dir`. `None` if the file is missing. An error if the format is not [`FORMAT`].
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, IndexError> {
        let path = dir.join(FILE);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(source) => return Err(IndexError::Read { path, source }),
        };
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|e| IndexError::Corrupt { path, found: format!("no manifest of an index ({e})") })?;
        if manifest.format != FORMAT {
            let (found, written_by) = (manifest.format, manifest.created_with);
            return Err(IndexError::OtherVersion { dir: dir.to_owned(), found, expected: FORMAT, written_by });
        }
        // Each manifest of this format has both; without one its name is damaged.
        if [&manifest.extractor, &manifest.created_with].contains(&&unknown()) {
            let found = "no manifest of an index (`extractor` or `created_with` is missing)".to_owned();
            return Err(IndexError::Corrupt { path: dir.join(FILE), found });
        }
        Ok(Some(manifest))
    }

    /// Writes the manifest into `dir`, completely or not at all.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let store = || write_at_once(dir, Path::new(FILE), serde_json::to_string(self)?.as_bytes());
        store().map_err(|source| IndexError::ReadOnly { dir: dir.to_owned(), source })
    }
}
