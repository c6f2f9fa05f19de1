//! The alias file: given with `--aliases`, kept in the index by `sayso index --aliases`, used by every command on it.

use crate::extract::aliases::Aliases;
use anyhow::Context as _;
use std::path::{Path, PathBuf};

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
    let text = std::fs::read_to_string(path).with_context(|| format!("reading the alias file {}", path.display()))?;
    Aliases::read(&text).map_err(|error| anyhow::anyhow!("reading the alias file {}: {error}", path.display()))
}

/// Keeps the file with the index; an empty one takes the kept one away.
pub(super) fn keep(given: &Path, index: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(given).with_context(|| format!("reading the alias file {}", given.display()))?;
    let kept = index.join(KEPT);
    if text.trim().is_empty() {
        return match std::fs::remove_file(&kept) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    std::fs::write(&kept, text).with_context(|| format!("keeping the alias file in {}", index.display()))
}
