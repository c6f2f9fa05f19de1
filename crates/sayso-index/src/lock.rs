//! Who is writing. The lock itself is the operating system's, on a file of tantivy's, and a killed process gives it back;
//! beside it the writer leaves a note of who it is, so that a second one can name it. A note that was left behind by a
//! kill does no harm: it is read only where the lock is held.

use super::manifest::write_at_once;
use std::fs;
use std::path::{Path, PathBuf};

/// The note's name in the folder.
const FILE: &str = ".sayso-writer";

/// The note of a writer at work; dropping it takes it away.
#[derive(Debug)]
pub(crate) struct Note(PathBuf);

impl Note {
    /// Leaves it. A folder that takes no note takes no index either, and the writer will say so.
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

/// Who holds the lock of `dir`.
pub(crate) fn holder(dir: &Path) -> String {
    let note = fs::read_to_string(dir.join(FILE)).ok().filter(|note| !note.is_empty());
    note.unwrap_or_else(|| "another sayso".to_owned())
}
