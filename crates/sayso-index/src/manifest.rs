//! The file `sayso.json` that says that a folder is an index, and of which format. It is written by a temporary file and a
//! rename, before anything else is, and again where what it says changes.
//!
//! `{"format":6,"extractor":"0.1.0","created_with":"0.1.0","sources":["articles"]}`

use super::error::IndexError;
use sayso_core::extract::Model;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::Path;

/// The format that this program writes and reads: raise it when the schema, the tokenizer or the stored types change.
pub const FORMAT: u64 = 6;

/// The file's name in the folder.
pub(crate) const FILE: &str = "sayso.json";

/// The program's version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// See [`FORMAT`].
    pub format: u64,
    /// The version of the program whose extractions were written last, and `rules` where its rules alone made them.
    #[serde(default = "unknown")]
    pub extractor: String,
    /// The version of the program that made the folder.
    #[serde(default = "unknown")]
    pub created_with: String,
    /// The files and folders that were indexed, as the last commit names them: for a repair when that cannot be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// What a commit says of the whole index. It is written with the commit, in tantivy's `meta.json`, so that the two cannot
/// be of different runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many documents there are.
    pub documents: u64,
    /// The sum of the hashes of all ids and contents, whatever their order.
    pub content: String,
    /// The version of the program that wrote the commit.
    pub written_by: String,
    /// The files and folders that were indexed, as they were named, by which a damaged index can be repaired.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The languages of the documents that were ever put, by their ISO 639 codes, in order; `en` for those that name none.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// What makes extractions by a model, as the manifest and the column `extractor` name it.
pub(crate) fn extractor(model: Model) -> String {
    match model {
        Model::Tagger => VERSION.to_owned(),
        Model::Rules => format!("{VERSION} rules"),
    }
}

impl Sum {
    /// Takes in one document.
    pub(crate) fn add(sum: u64, key: u64, hash: u64) -> u64 {
        // Multiplied, so that the contents of two documents cannot be exchanged unseen.
        sum.wrapping_add((key ^ hash.rotate_left(17)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The sum as it is written.
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

    /// The model whose extractions were written last.
    pub fn model(&self) -> Model {
        if self.extractor.ends_with(" rules") { Model::Rules } else { Model::Tagger }
    }

    /// Reads the manifest of `dir`; none where the file is missing. A format other than [`FORMAT`] is an error.
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
        Ok(Some(manifest))
    }

    /// Writes it into `dir` at once or not at all.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let store = || write_at_once(dir, Path::new(FILE), serde_json::to_string(self)?.as_bytes());
        store().map_err(|source| IndexError::ReadOnly { dir: dir.to_owned(), source })
    }
}

/// Writes a file so that it is there whole or not at all, and lasts: a temporary file beside it, synced and renamed. Others
/// may read it as far as the user's mask allows (temporary files are private by themselves).
pub(crate) fn write_at_once(dir: &Path, name: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sayso");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(dir)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(dir.join(name))?;
    Ok(())
}
