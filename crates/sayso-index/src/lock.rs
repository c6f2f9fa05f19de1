//! The name of the current writer. The lock itself is an operating-system lock on one of tantivy's files, which is
//! released when the process dies. Beside it the writer leaves a note with its name, so that a second writer can report
//! it. A note that a killed process leaves behind does no harm: it is read only while the lock is held.

use super::durable::write_at_once;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the note in the index folder.
const FILE: &str = ".sayso-writer";

/// The note of an active writer. Dropping it deletes the file.
#[derive(Debug)]
pub(crate) struct Note(PathBuf);

impl Note {
    /// Writes the note. Errors are ignored: a folder that takes no note takes no index either, and the writer reports
    /// that.
    pub(crate) fn leave(dir: &Path) -> Note {
        let command: Vec<String> = std::env::args().take(8).map(|a| a.replace('\n', " ")).collect();
        let note =
            format!("process {} (`{}`), since {:.0}", std::process::id(), command.join(" "), jiff::Timestamp::now());
        if let Err(error) = write_at_once(dir, Path::new(FILE), note.as_bytes()) {
            log::debug!("noting the writer in {}: {error}", dir.display());
        }
        Note(dir.join(FILE))
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The name of the writer that holds the lock of `dir`.
pub(crate) fn holder(dir: &Path) -> String {
    let note = fs::read_to_string(dir.join(FILE)).ok().filter(|note| !note.is_empty());
    note.unwrap_or_else(|| "another sayso".to_owned())
}
