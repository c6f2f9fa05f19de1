//! The findings of a folder, a page at a time.

use super::{CHECKS, CONTENTS, Contents, FOLDER, FORM, LedgerError, Line, PLACE, TRACES, files, known_as};
use crate::index::Sum;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

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

    /// How many findings of a group were first there after this second. Reads nothing where none can be.
    pub fn new_of(&self, group: &str, since: i64) -> Result<u64, LedgerError> {
        if self.contents.second() <= since {
            return Ok(0);
        }
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
        let mut found = Vec::new();
        each_line(places, |_, line| found.push(line))?;
        Ok(found)
    }

    /// The places of a group, the surest first.
    fn places(&self, group: &str) -> Places<'_> {
        let group = if self.len_of(group) == 0 { None } else { Some(group.to_owned()) };
        Places { folder: &self.folder, group, sure: 0, open: None }
    }

    /// What is wrong with the folder: lines that cannot be read, and lists that are shorter than they should be. Reads all.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (group, count) in &self.contents.counts {
            let mut read = 0;
            if let Err(error) = each_line(self.places(group), |_, _: Line| read += 1) {
                faults.push(error.to_string());
            } else if read != self.len_of(group) {
                let folder = self.folder.display();
                faults.push(format!("{folder}: {read} findings of {group} are there, and {count} were kept"));
            }
        }
        faults
    }

    /// When each finding was first there.
    pub(super) fn first(&self) -> Result<HashMap<u64, i64>, LedgerError> {
        #[derive(Deserialize)]
        struct Keyed {
            key: String,
        }
        let mut first = HashMap::new();
        for group in self.contents.counts.keys() {
            let mut keep = |place: &Place, line: Keyed| {
                first.insert(known_as(group, &line.key), place.first);
            };
            each_line(self.places(group), &mut keep)?;
        }
        Ok(first)
    }
}

/// Reads the lines at some places, in their order; holds each file open, and seeks only where the next place is not the next line.
fn each_line<T: DeserializeOwned>(
    places: impl Iterator<Item = Result<Place, LedgerError>>,
    mut take: impl FnMut(&Place, T),
) -> Result<(), LedgerError> {
    let mut files: BTreeMap<PathBuf, BufReader<File>> = BTreeMap::new();
    let mut line = String::new();
    for place in places {
        let place = place?;
        let failed = LedgerError::at(&place.file);
        if !files.contains_key(&place.file) {
            files.insert(place.file.clone(), BufReader::new(File::open(&place.file).map_err(&failed)?));
        }
        let Some(reader) = files.get_mut(&place.file) else { continue };
        let here = reader.stream_position().map_err(&failed)?;
        reader.seek_relative(place.at.wrapping_sub(here) as i64).map_err(&failed)?;
        line.clear();
        reader.read_line(&mut line).map_err(&failed)?;
        take(&place, serde_json::from_str(&line).map_err(|error| failed(error.into()))?);
    }
    Ok(())
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
