//! Findings go in, one after the other; a folder comes out, whole.

use super::{CONTENTS, Contents, FOLDER, FORM, Ledger, LedgerError, Line, files, known_as, rank};
use crate::extract::Confidence;
use crate::index::Index;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use tempfile::TempDir;

/// Writes a folder of findings.
pub struct LedgerWriter {
    index: PathBuf,
    folder: TempDir,
    open: BTreeMap<(String, u8), Open>,
    contents: Contents,
    /// When the findings that were kept before were first there, by [`known_as`].
    first: HashMap<u64, i64>,
    now: i64,
}

/// The two files of a group and confidence.
struct Open {
    lines: BufWriter<File>,
    places: BufWriter<File>,
    at: u64,
}

impl LedgerWriter {
    /// A folder for the findings of an index as it is now. `contents` says what is compared; its counts are made here.
    pub fn new(index: &Index, contents: Contents) -> Result<LedgerWriter, LedgerError> {
        let dir = index.dir();
        let failed = LedgerError::at(dir);
        // What a run that was broken off left.
        for entry in fs::read_dir(dir).map_err(&failed)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(&format!("{FOLDER}.")) {
                fs::remove_dir_all(entry.path()).map_err(&failed)?;
            }
        }
        let folder = tempfile::Builder::new().prefix(&format!("{FOLDER}.")).tempdir_in(dir).map_err(&failed)?;
        let of = index.sum().unwrap_or_default().content;
        let contents = Contents { form: FORM, of, ..contents };
        // Damaged findings are made anew as if there had been none.
        let first = match Ledger::open(dir).and_then(|before| before.map(|before| before.first()).transpose()) {
            Ok(before) => before.unwrap_or_default(),
            Err(error) => {
                log::warn!("{error}: the findings before cannot be read, so all count as new");
                HashMap::new()
            }
        };
        let (open, now) = (BTreeMap::new(), contents.second());
        Ok(LedgerWriter { index: dir.to_owned(), folder, open, contents, first, now })
    }

    /// Counts an article.
    pub fn article(&mut self) {
        self.contents.articles += 1;
    }

    /// Counts a finding of a group; one that is listed comes with its line.
    pub fn add(&mut self, group: &str, confidence: Confidence, line: Option<&Line>) -> Result<(), LedgerError> {
        *self.contents.counts.entry(group.to_owned()).or_default() += 1;
        let Some(line) = line else { return Ok(()) };
        let failed = LedgerError::at(self.folder.path());
        let sure = rank(confidence);
        let open = match self.open.entry((group.to_owned(), sure)) {
            std::collections::btree_map::Entry::Occupied(open) => open.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let file = |path: PathBuf| File::create(path).map(BufWriter::new);
                let (lines, places) = files(self.folder.path(), group, sure);
                place.insert(Open {
                    lines: file(lines).map_err(&failed)?,
                    places: file(places).map_err(&failed)?,
                    at: 0,
                })
            }
        };
        let first = self.first.get(&known_as(group, &line.key)).copied().unwrap_or(self.now);
        let place = [open.at.to_le_bytes(), first.to_le_bytes()].concat();
        open.places.write_all(&place).map_err(&failed)?;
        let mut line = serde_json::to_vec(line).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        open.lines.write_all(&line).map_err(&failed)?;
        open.at += line.len() as u64;
        Ok(())
    }

    /// Puts the folder in its place. All of it reaches the disk before the old one goes.
    pub fn finish(self) -> Result<Contents, LedgerError> {
        let failed = LedgerError::at(self.folder.path());
        let synced = |file: BufWriter<File>| -> io::Result<()> { file.into_inner()?.sync_all() };
        for open in self.open.into_values() {
            synced(open.lines).and_then(|()| synced(open.places)).map_err(&failed)?;
        }
        let mut file = BufWriter::new(File::create(self.folder.path().join(CONTENTS)).map_err(&failed)?);
        serde_json::to_writer(&mut file, &self.contents).map_err(|error| failed(error.into()))?;
        synced(file).map_err(&failed)?;
        let (place, old) = (self.index.join(FOLDER), self.index.join(format!("{FOLDER}.old")));
        match fs::rename(&place, &old) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        fs::rename(self.folder.keep(), &place).map_err(&failed)?;
        match fs::remove_dir_all(&old) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(self.contents),
        }
    }
}
