//! What became of every figure and quotation of an index's coverage, compared once (`sayso index --check --trace`) and kept
//! beside the index, so that lists of a million findings are paged and not computed.
//!
//! The folder `findings` has, for each group (a verdict or a relation) and confidence, the findings as lines
//! (`contradicted.0.jsonl`, `0` the surest) and where each line begins (`contradicted.0.at`, 8 bytes each, the lowest
//! first), so that any page of a list is one seek away. `contents.json` counts them and names the documents that they were
//! made from. The folder is made beside its place and moved there, so it is whole or not there.

use crate::check::Check;
use crate::extract::Confidence;
use crate::index::{Index, Sum};
use crate::output::name_of;
use crate::output::words::{Listed, OTHER_SPEAKER};
use crate::reviews::now;
use crate::trace::{Fidelity, Trace};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder beside the index; with more behind it, one that is being made.
const FOLDER: &str = "findings";

/// What the folder holds.
const CONTENTS: &str = "contents.json";

/// The form of the folder. Raise it when the lines change.
const FORM: u32 = 1;

/// What a folder of findings holds, and what it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    form: u32,
    /// The sum of the documents that were compared ([`Sum::content`]).
    of: String,
    /// When they were compared, in ISO 8601.
    pub at: String,
    /// Whether figures were checked.
    pub checked: bool,
    /// Whether quotations were traced.
    pub traced: bool,
    /// How many tables of reference took part.
    pub tables: usize,
    /// How many articles were compared.
    pub articles: u64,
    /// The findings of each group, by its name; also of those that are not listed.
    pub counts: BTreeMap<String, u64>,
}

impl Contents {
    /// Nothing yet, of a comparison that begins now.
    pub fn new(checked: bool, traced: bool, tables: usize) -> Contents {
        Contents { at: now(), checked, traced, tables, ..Contents::default() }
    }
}

/// A finding of the lists, with what a list shows of its document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line<F = Value> {
    /// The key by which its page is found.
    pub key: String,
    /// The title of its document.
    pub title: Option<String>,
    /// The publisher of its document.
    pub publisher: Option<String>,
    /// The date of its document.
    pub date: Option<String>,
    /// The record of the check or the trace.
    pub finding: F,
}

/// Why findings could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct LedgerError {
    path: String,
    error: io::Error,
}

impl LedgerError {
    fn at(path: &Path) -> impl Fn(io::Error) -> LedgerError + use<> {
        let path = path.display().to_string();
        move |error| LedgerError { path: path.clone(), error }
    }
}

/// The groups of checks that are listed, the gravest first: name and what it says.
pub const CHECKS: [Listed; 4] = [Listed::ALL[0], Listed::ALL[1], Listed::ALL[2], Listed::ALL[3]];

/// The groups of traces that are listed, the gravest first; among them those whose words are another's in the statement.
pub const TRACES: [&str; 6] = ["altered", "spliced", OTHER_SPEAKER, "bracketed", "elided", "verbatim"];

/// The group of a check, and whether it is listed.
pub fn group_of_check(check: &Check) -> (String, bool) {
    let listed = Listed::of(check);
    (listed.name(), CHECKS.contains(&listed))
}

/// The groups of a trace, each with whether it is listed.
pub fn groups_of_trace(trace: &Trace) -> Vec<(String, bool)> {
    let mut groups = vec![(name_of(&trace.relation), trace.relation != Fidelity::NotFound)];
    if trace.attribution_drift == Some(true) {
        groups.push((OTHER_SPEAKER.to_owned(), true));
    }
    groups
}

/// Writes a folder of findings.
pub struct LedgerWriter {
    index: PathBuf,
    folder: TempDir,
    open: BTreeMap<(String, u8), Open>,
    contents: Contents,
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
        Ok(LedgerWriter { index: dir.to_owned(), folder, open: BTreeMap::new(), contents })
    }

    /// Counts an article.
    pub fn article(&mut self) {
        self.contents.articles += 1;
    }

    /// Counts a finding of a group; one that is listed comes with its line.
    pub fn add(&mut self, group: &str, confidence: Confidence, line: Option<&[u8]>) -> Result<(), LedgerError> {
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
        open.places.write_all(&open.at.to_le_bytes()).map_err(&failed)?;
        open.lines.write_all(line).and_then(|()| open.lines.write_all(b"\n")).map_err(&failed)?;
        open.at += line.len() as u64 + 1;
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

/// The findings that stand beside an index.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    contents: Contents,
}

impl Ledger {
    /// Those beside the index in `dir`; none where there is no folder, or one of another form.
    pub fn open(dir: &Path) -> Result<Option<Ledger>, LedgerError> {
        let folder = dir.join(FOLDER);
        let path = folder.join(CONTENTS);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(LedgerError::at(&path)(error)),
        };
        let contents: Contents =
            serde_json::from_slice(&bytes).map_err(|error| LedgerError::at(&path)(error.into()))?;
        Ok((contents.form == FORM).then_some(Ledger { folder, contents }))
    }

    /// What it holds.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Whether it was made from the documents of this commit.
    pub fn is_of(&self, sum: &Sum) -> bool {
        self.contents.of == sum.content
    }

    /// How many findings of a group are listed.
    pub fn len_of(&self, group: &str) -> u64 {
        let known = TRACES.contains(&group) || CHECKS.iter().any(|listed| listed.name() == group);
        if known { self.contents.counts.get(group).copied().unwrap_or(0) } else { 0 }
    }

    /// At most `most` findings of a group from the `skip`th on, the surest first. Reads only these.
    pub fn page(&self, group: &str, skip: u64, most: usize) -> Result<Vec<Line>, LedgerError> {
        let (mut skip, mut found) = (skip, Vec::new());
        if self.len_of(group) == 0 {
            return Ok(found);
        }
        for sure in 0..3 {
            let (lines, places) = files(&self.folder, group, sure);
            let failed = LedgerError::at(&lines);
            let mut places = match File::open(&places) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(LedgerError::at(&places)(error)),
            };
            let count = places.metadata().map_err(&failed)?.len() / 8;
            if skip >= count {
                skip -= count;
                continue;
            }
            let mut at = [0; 8];
            places.seek(SeekFrom::Start(skip * 8)).and_then(|_| places.read_exact(&mut at)).map_err(&failed)?;
            let mut file = File::open(&lines).map_err(&failed)?;
            file.seek(SeekFrom::Start(u64::from_le_bytes(at))).map_err(&failed)?;
            for line in BufReader::new(file).lines().take(most - found.len()) {
                let line = line.map_err(&failed)?;
                found.push(serde_json::from_str(&line).map_err(|error| failed(error.into()))?);
            }
            skip = 0;
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }
}

/// The files of a group and confidence.
fn files(folder: &Path, group: &str, sure: u8) -> (PathBuf, PathBuf) {
    (folder.join(format!("{group}.{sure}.jsonl")), folder.join(format!("{group}.{sure}.at")))
}

/// The surest first.
const fn rank(confidence: Confidence) -> u8 {
    match confidence {
        Confidence::High => 0,
        Confidence::Medium => 1,
        Confidence::Low => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: usize) -> Vec<u8> {
        let line = Line { key: n.to_string(), title: None, publisher: None, date: None, finding: Value::Null };
        serde_json::to_vec(&line).unwrap()
    }

    #[test]
    fn a_list_is_paged_with_the_surest_first() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let made = |lines: &[(usize, Confidence)]| {
            let mut writer = LedgerWriter::new(&index, Contents::default()).unwrap();
            for (n, sure) in lines {
                writer.add("altered", *sure, Some(&line(*n))).unwrap();
            }
            writer.add("not-found", Confidence::Low, None).unwrap();
            writer.finish().unwrap()
        };
        use Confidence::{High, Low, Medium};
        made(&[(9, High)]);
        let contents = made(&[(1, Low), (2, High), (3, Medium), (4, High), (5, Low)]);
        let ledger = Ledger::open(folder.path()).unwrap().unwrap();
        assert_eq!(*ledger.contents(), contents);
        let keys = |skip, most| -> Vec<String> {
            ledger.page("altered", skip, most).unwrap().into_iter().map(|line| line.key).collect()
        };
        assert_eq!(keys(0, 10), ["2", "4", "3", "1", "5"]);
        assert_eq!(keys(1, 3), ["4", "3", "1"]);
        assert_eq!(keys(4, 3), ["5"]);
        assert!(keys(5, 3).is_empty());
        assert_eq!((ledger.len_of("altered"), contents.counts["not-found"]), (5, 1));
        // Counted, and not listed; and no group of that name leads out of the folder.
        assert_eq!((ledger.len_of("not-found"), ledger.len_of("../altered")), (0, 0));
        assert!(ledger.is_of(&index.sum().unwrap_or_default()));
        // Nothing else is left in the index's folder.
        let left = fs::read_dir(folder.path()).unwrap().flatten();
        assert_eq!(left.filter(|e| e.file_name().to_string_lossy().starts_with(FOLDER)).count(), 1);
    }

    #[test]
    fn an_index_without_findings_has_no_ledger() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Ledger::open(folder.path()).unwrap().is_none());
    }
}
