//! The alias file: given with `--aliases`, kept in the index by `sayso index --aliases`, used by every command on it.

use crate::extract::aliases::Aliases;
use crate::ingest::read_small;
use anyhow::Context as _;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How much of it is read.
const LIMIT: u64 = 16 << 20;

/// Its name in the folder of the index.
const KEPT: &str = "aliases.toml";

/// The aliases of `given`; with none, those kept in `index`; else none.
pub(super) fn load(given: Option<&Path>, index: &Path) -> anyhow::Result<Aliases> {
    let kept: PathBuf = index.join(KEPT);
    let path = match given {
        Some(path) => path,
        None if kept.exists() => &kept,
        None => return Ok(Aliases::default()),
    };
    let text = read_small(path, LIMIT).with_context(|| format!("reading the alias file {}", path.display()))?;
    Aliases::read(&text).map_err(|error| anyhow::anyhow!("reading the alias file {}: {error}", path.display()))
}

/// Keeps the file with the index; an empty one takes the kept one away.
pub(super) fn keep(given: &Path, index: &Path) -> anyhow::Result<()> {
    let text = read_small(given, LIMIT).with_context(|| format!("reading the alias file {}", given.display()))?;
    let kept = index.join(KEPT);
    if text.trim().is_empty() {
        return match std::fs::remove_file(&kept) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(index).map_err(crate::index::bare)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&kept)?;
        Ok(())
    };
    write().with_context(|| format!("keeping the alias file in {}", index.display()))
}
