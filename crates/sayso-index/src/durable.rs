//! Files that are written whole or not at all.

use std::io::Write as _;
use std::path::Path;

/// Writes a file durably, and completely or not at all: a temporary file beside it, synced and renamed. Other users may
/// read it as far as the umask allows (a temporary file alone would be private).
pub(crate) fn write_at_once(dir: &Path, name: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sayso");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(dir).map_err(bare)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(dir.join(name))?;
    Ok(())
}

/// An error of the system without the temporary name that the library for such files (`tempfile`) adds to it; any other as it is.
pub fn bare(error: std::io::Error) -> std::io::Error {
    match error.to_string().split_once(" at path ") {
        Some((said, _)) if error.raw_os_error().is_none() => std::io::Error::new(error.kind(), said.to_owned()),
        _ => error,
    }
}
