//! What became of every figure and quotation of an index's coverage, compared once (`sayso index --check --trace`) and kept
//! beside the index, so that lists of a million findings are paged and not computed.
//!
//! The folder `findings` has, for each group (a verdict or a relation) and confidence, the findings as lines
//! (`contradicted.0.jsonl`, `0` the surest), and where each line begins and when its finding was first there
//! (`contradicted.0.at`, two numbers of 8 bytes each, the lowest byte first), so that any page of a list is one seek away,
//! and what is new since a day is told without reading the lines. `contents.json` counts them and names the documents that
//! they were made from. The folder is made beside its place and moved there, so it is whole or not there.

use crate::check::Check;
use crate::extract::Confidence;
use crate::index::{Index, Sum};
use crate::output::name_of;
use crate::output::words::{Listed, OTHER_SPEAKER};
use crate::reviews::now;
use crate::trace::{Fidelity, Trace};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder beside the index; with more behind it, one that is being made.
const FOLDER: &str = "findings";

/// What the folder holds.
const CONTENTS: &str = "contents.json";

/// The form of the folder. Raise it when the lines change.
const FORM: u32 = 2;

/// The bytes of a place: where a line begins, and the second since 1970 in which its finding was first kept.
const PLACE: u64 = 16;

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
pub struct Line {
    /// The key by which its page is found.
    pub key: String,
    /// The title of its document.
    pub title: Option<String>,
    /// The publisher of its document.
    pub publisher: Option<String>,
    /// The date of its document.
    pub date: Option<String>,
    /// The record of the check or the trace.
    pub finding: Value,
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
    /// When the findings that were kept before were first there, by [`known_as`].
    first: HashMap<u64, i64>,
    now: i64,
}

/// What a finding of a list is known by from one comparison to the next.
fn known_as(group: &str, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (group, key).hash(&mut hasher);
    hasher.finish()
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
        let first = match Ledger::open(dir)? {
            Some(before) => before.first()?,
            None => HashMap::new(),
        };
        let (open, now) = (BTreeMap::new(), Timestamp::now().as_second());
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

    /// How many findings of a group were first there after this second.
    pub fn new_of(&self, group: &str, since: i64) -> Result<u64, LedgerError> {
        self.places(group).map(|place| Ok(u64::from(place?.first > since))).sum()
    }

    /// At most `most` findings of a group from the `skip`th on, the surest first; with `since`, of those that were first there
    /// after this second. Reads only these lines; with `since`, all places of the group.
    pub fn page(&self, group: &str, since: Option<i64>, skip: u64, most: usize) -> Result<Vec<Line>, LedgerError> {
        match since {
            None => self.lines(self.places(group).from(skip)?.take(most)),
            Some(since) => {
                let new = self.places(group).filter(|place| place.as_ref().map_or(true, |place| place.first > since));
                self.lines(new.skip(skip as usize).take(most))
            }
        }
    }

    fn lines(&self, places: impl Iterator<Item = Result<Place, LedgerError>>) -> Result<Vec<Line>, LedgerError> {
        let mut files: BTreeMap<PathBuf, BufReader<File>> = BTreeMap::new();
        let mut found = Vec::new();
        for place in places {
            let Place { file, at, .. } = place?;
            let failed = LedgerError::at(&file);
            if !files.contains_key(&file) {
                files.insert(file.clone(), BufReader::new(File::open(&file).map_err(&failed)?));
            }
            let Some(reader) = files.get_mut(&file) else { continue };
            let here = reader.stream_position().map_err(&failed)?;
            reader.seek_relative(at.wrapping_sub(here) as i64).map_err(&failed)?;
            let mut line = String::new();
            reader.read_line(&mut line).map_err(&failed)?;
            found.push(serde_json::from_str(&line).map_err(|error| failed(error.into()))?);
        }
        Ok(found)
    }

    /// The places of a group, the surest first.
    fn places(&self, group: &str) -> Places<'_> {
        let group = if self.len_of(group) == 0 { None } else { Some(group.to_owned()) };
        Places { folder: &self.folder, group, sure: 0, open: None }
    }

    /// When each finding was first there.
    fn first(&self) -> Result<HashMap<u64, i64>, LedgerError> {
        #[derive(Deserialize)]
        struct Keyed {
            key: String,
        }
        let mut first = HashMap::new();
        for group in self.contents.counts.keys() {
            let mut read: Option<(PathBuf, BufReader<File>)> = None;
            for place in self.places(group) {
                let Place { file, first: second, .. } = place?;
                let failed = LedgerError::at(&file);
                let mut reader = match read.take() {
                    Some((of, reader)) if of == file => reader,
                    _ => BufReader::new(File::open(&file).map_err(&failed)?),
                };
                let mut line = String::new();
                reader.read_line(&mut line).map_err(&failed)?;
                let keyed: Keyed = serde_json::from_str(&line).map_err(|error| failed(error.into()))?;
                first.insert(known_as(group, &keyed.key), second);
                read = Some((file, reader));
            }
        }
        Ok(first)
    }
}

/// Where a finding stands.
struct Place {
    /// The file of its line.
    file: PathBuf,
    /// Where the line begins.
    at: u64,
    /// The second since 1970 in which it was first kept.
    first: i64,
}

/// The places of a group, read one after the other.
struct Places<'l> {
    folder: &'l Path,
    /// None where nothing is listed.
    group: Option<String>,
    /// The next confidence to open.
    sure: u8,
    open: Option<(PathBuf, BufReader<File>)>,
}

impl Places<'_> {
    /// Those from the `skip`th on.
    fn from(mut self, mut skip: u64) -> Result<Self, LedgerError> {
        while self.open.is_some() || self.next_file()? {
            let Some((file, places)) = &mut self.open else { break };
            let failed = LedgerError::at(file);
            let count = places.get_ref().metadata().map_err(&failed)?.len() / PLACE;
            if skip < count {
                places.seek(SeekFrom::Start(skip * PLACE)).map_err(&failed)?;
                break;
            }
            skip -= count;
            self.open = None;
        }
        Ok(self)
    }

    /// Opens the places of the next confidence; false where there is none.
    fn next_file(&mut self) -> Result<bool, LedgerError> {
        let Some(group) = &self.group else { return Ok(false) };
        while self.sure < 3 {
            let (lines, places) = files(self.folder, group, self.sure);
            self.sure += 1;
            match File::open(&places) {
                Ok(file) => {
                    self.open = Some((lines, BufReader::new(file)));
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(LedgerError::at(&places)(error)),
            }
        }
        Ok(false)
    }
}

impl Iterator for Places<'_> {
    type Item = Result<Place, LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((file, places)) = &mut self.open {
                let (mut at, mut first) = ([0; 8], [0; 8]);
                match places.read_exact(&mut at).and_then(|()| places.read_exact(&mut first)) {
                    Ok(()) => {
                        let (at, first) = (u64::from_le_bytes(at), i64::from_le_bytes(first));
                        return Some(Ok(Place { file: file.clone(), at, first }));
                    }
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.open = None,
                    Err(error) => return Some(Err(LedgerError::at(file)(error))),
                }
            }
            match self.next_file() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
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

    fn line(n: usize) -> Line {
        Line { key: n.to_string(), title: None, publisher: None, date: None, finding: Value::Null }
    }

    #[test]
    fn a_list_is_paged_with_the_surest_first() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let made = |now: i64, lines: &[(usize, Confidence)]| {
            let mut writer = LedgerWriter::new(&index, Contents::default()).unwrap();
            writer.now = now;
            for (n, sure) in lines {
                writer.add("altered", *sure, Some(&line(*n))).unwrap();
            }
            writer.add("not-found", Confidence::Low, None).unwrap();
            writer.finish().unwrap()
        };
        use Confidence::{High, Low, Medium};
        made(10, &[(9, High), (3, High)]);
        let contents = made(20, &[(1, Low), (2, High), (3, Medium), (4, High), (5, Low)]);
        let ledger = Ledger::open(folder.path()).unwrap().unwrap();
        assert_eq!(*ledger.contents(), contents);
        let keys = |skip, most| -> Vec<String> {
            ledger.page("altered", None, skip, most).unwrap().into_iter().map(|line| line.key).collect()
        };
        assert_eq!(keys(0, 10), ["2", "4", "3", "1", "5"]);
        assert_eq!(keys(1, 3), ["4", "3", "1"]);
        assert_eq!(keys(4, 3), ["5"]);
        assert!(keys(5, 3).is_empty());
        // What was there before, though less sure now, is not new.
        let new = |since, skip| -> Vec<String> {
            ledger.page("altered", Some(since), skip, 9).unwrap().into_iter().map(|line| line.key).collect()
        };
        assert_eq!(
            (new(10, 0).concat(), new(10, 2).concat(), new(9, 0).len()),
            ("2415".to_owned(), "15".to_owned(), 5)
        );
        assert_eq!((ledger.new_of("altered", 10).unwrap(), ledger.new_of("altered", 20).unwrap()), (4, 0));
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
