//! Repairs a damaged index. Sound documents are kept, damaged ones are read again from their sources, and the new index
//! takes the place of the old one, which is kept beside it.
//!
//! Repair does not rely on damaged files to know what they contain. It reads each document individually from the files
//! of its segment ([`super::segment`]) and verifies its seal. What the commit records is used as far as it can be read.
//! An index of another format, a folder that cannot be identified as an index, and an index from which nothing can be
//! kept are refused and not changed.
//!
//! The new index is built under another name, in a folder that is marked as half built, and the two folders are
//! exchanged in one operation ([`Places`]). So an interruption at any moment leaves either the old index or the new
//! one. A second repair finds what the first one left, and deletes only what is half built.

use super::directory::Folder;
use super::entry::{content_hash, key_of};
use super::error::{IndexError, guard};
use super::fsck::faults_of_records;
use super::lock::holder;
use super::manifest::{FILE, FORMAT, Manifest, Sum};
use super::places::Places;
use super::schema::{Fields, schema};
use super::segment::{Alive, Columns, Known, Stretch, block, body, document, is_segment, stretches};
use super::{Index, WriterOptions};
use sayso_core::document::Document;
use sayso_core::extract::{Extraction, InOrder, Options, extract_by};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, OwnedBytes};

/// The result of [`repair`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// The number of sound documents, which are kept unchanged.
    pub kept: u64,
    /// The number of documents that were read again from their sources.
    pub restored: u64,
    /// Damaged or missing documents that are in no source, by their id if it could be read.
    pub lost: Vec<String>,
    /// Other remarks, each a sentence without its full stop: what could not be determined.
    pub remarks: Vec<String>,
    /// The path at which the damaged index is kept.
    pub old: PathBuf,
}

/// The sources of a damaged index, as its last commit names them. If the commit cannot be read, as the manifest names
/// them.
pub fn sources_of(dir: &Path) -> Vec<String> {
    let of_commit = Commit::read(dir).sum.map(|sum| sum.sources).filter(|sources| !sources.is_empty());
    of_commit.unwrap_or_else(|| Manifest::read(dir).ok().flatten().map(|manifest| manifest.sources).unwrap_or_default())
}

/// Repairs the index in `dir` from `sources`, the documents as they are in the sources today. A document that is sound
/// in the index is kept, even if a source has it too. A document that was deleted from the index stays deleted, as far
/// as the index still shows what it contained. An error leaves the index unchanged.
pub fn repair(dir: &Path, sources: impl Iterator<Item = Document>) -> Result<Repair, IndexError> {
    let dir = &fs::canonicalize(dir).map_err(|_| IndexError::Missing { dir: dir.to_owned() })?;
    let manifest = known_format(dir)?;
    let _lock = lock(dir)?;
    let salvaged = Salvaged::read(dir)?;
    let places = Places::beside(dir)?;
    let model = manifest.model();
    let index = Index::open_or_create(&places.building)?;
    let mut writer = index.writer(&WriterOptions { model, ..WriterOptions::default() })?;
    let mut report = Repair { remarks: salvaged.remarks.clone(), old: places.old.clone(), ..Repair::default() };
    salvaged.each(|document, extraction| {
        report.kept += 1;
        writer.put(&document, &extraction).map(drop)
    })?;
    let mut missing = salvaged.missing();
    for document in sources {
        if missing.take(&document) {
            writer.put(&document, &extract_by(&document, &Options { model }, &InOrder))?;
            report.restored += 1;
        }
    }
    report.lost = missing.lost();
    if report.kept + report.restored == 0 && !salvaged.is_known_to_be_empty() {
        drop(writer);
        drop(index);
        places.give_up();
        return Err(IndexError::Hopeless { dir: dir.to_owned() });
    }
    let sources: Vec<PathBuf> = sources_of(dir).into_iter().map(PathBuf::from).collect();
    writer.note_sources(&sources);
    writer.commit()?;
    drop(index);
    places.take_along(dir)?;
    places.swap(dir)?;
    Ok(report)
}

/// The manifest of an index of this format. If it cannot be read, the columns that `meta.json` names must be those of
/// this format; otherwise nothing identifies the folder.
fn known_format(dir: &Path) -> Result<Manifest, IndexError> {
    match Manifest::read(dir) {
        Ok(Some(manifest)) => Ok(manifest),
        Err(error @ (IndexError::OtherVersion { .. } | IndexError::Read { .. })) => Err(error),
        Ok(None) | Err(_) if Commit::read(dir).ours => Ok(Manifest::new()),
        Ok(None) if !dir.join("meta.json").exists() => {
            Err(IndexError::NotAnIndex { dir: dir.to_owned(), found: format!("no {FILE} is in it") })
        }
        Ok(None) | Err(_) => Err(IndexError::UnknownFormat { dir: dir.to_owned(), expected: FORMAT }),
    }
}

/// Locks the old index against writers.
fn lock(dir: &Path) -> Result<DirectoryLock, IndexError> {
    let folder = Folder::open(dir).map_err(|e| IndexError::reading(dir, e.into()))?;
    folder.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
        LockError::LockBusy => IndexError::Locked { dir: dir.to_owned(), holder: holder(dir) },
        LockError::IoError(e) => IndexError::ReadOnly { dir: dir.to_owned(), source: super::error::copy(&e) },
    })
}

/// What the last commit records, as far as it can be read.
#[derive(Default)]
struct Commit {
    /// Its segments: the name of the files, the number of documents, and the number of the file of deletions.
    segments: Option<Vec<Named>>,
    sum: Option<Sum>,
    /// Whether its columns are those of this format.
    ours: bool,
}

#[derive(Clone, Debug)]
struct Named {
    name: String,
    documents: u32,
    deleted: u32,
    deletions: Option<u64>,
}

impl Commit {
    fn read(dir: &Path) -> Commit {
        let bytes = fs::read(dir.join("meta.json")).unwrap_or_default();
        let Ok(meta) = serde_json::from_slice::<serde_json::Value>(&bytes) else { return Commit::default() };
        let named = |segment: &serde_json::Value| {
            let name = segment["segment_id"].as_str()?.replace('-', "");
            let documents = u32::try_from(segment["max_doc"].as_u64()?).ok()?;
            let deletes = &segment["deletes"];
            let deleted = deletes["num_deleted_docs"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            Some(Named { name, documents, deleted, deletions: deletes["opstamp"].as_u64() })
        };
        let segments = meta["segments"].as_array().and_then(|list| list.iter().map(named).collect());
        let sum = meta["payload"].as_str().and_then(|payload| serde_json::from_str(payload).ok());
        let columns = serde_json::to_value(schema().0).ok();
        Commit { segments, sum, ours: columns.is_some_and(|columns| meta["schema"] == columns) }
    }
}

/// A sound document and its location.
#[derive(Clone, Copy, Debug)]
struct Kept {
    /// Its number in the order of first insertion. If that cannot be read, a number after all others.
    seq: u64,
    segment: usize,
    block: usize,
    /// Its number within the block.
    number: u32,
    key: u64,
    hash: u64,
}

/// A document that cannot be read from the files.
struct Lost {
    known: Option<Known>,
    id: Option<String>,
    /// A description for use if the id cannot be read.
    name: String,
}

/// The live documents of a store, sound and lost, and the numbers of all documents that were visited.
struct Walk {
    sound: Vec<Kept>,
    lost: Vec<Lost>,
    seen: HashSet<u32>,
}

/// The files of a segment.
struct Files {
    store: OwnedBytes,
    /// The offset at which its blocks end.
    end: usize,
}

/// All sound documents, and what is known of the others.
struct Salvaged {
    dir: PathBuf,
    fields: Fields,
    files: Vec<Files>,
    kept: Vec<Kept>,
    lost: Vec<Lost>,
    /// The number of lost documents of which not even a number is known.
    unknown: u64,
    /// Whether the commit names its segments.
    listed: bool,
    sum: Option<Sum>,
    remarks: Vec<String>,
}

impl Salvaged {
    fn read(dir: &Path) -> Result<Salvaged, IndexError> {
        let commit = Commit::read(dir);
        let mut out = Salvaged {
            dir: dir.to_owned(),
            fields: schema().1,
            files: Vec::new(),
            kept: Vec::new(),
            lost: Vec::new(),
            unknown: 0,
            listed: commit.segments.is_some(),
            sum: commit.sum,
            remarks: Vec::new(),
        };
        if out.sum.is_none() {
            out.remarks
                .push("the last commit does not say what it holds: a document that left no trace is not missed".into());
        }
        let there = stores(dir)?;
        let named = commit.segments.clone().unwrap_or_default();
        let mut missing_files = commit.segments.is_none();
        for segment in &named {
            missing_files |= !there.contains(&segment.name);
            out.take(segment, true)?;
        }
        let short = |out: &Salvaged| {
            let told = out.sum.as_ref().map_or(0, |sum| sum.documents);
            out.unknown > 0 || told > (out.kept.len() + out.lost.len()) as u64
        };
        let others: Vec<&String> = there.iter().filter(|name| named.iter().all(|n| n.name != **name)).collect();
        if !others.is_empty() && (missing_files || short(&out)) {
            let before = out.kept.len();
            for name in others {
                out.take(&unnamed(dir, name), false)?;
            }
            if out.kept.len() > before {
                out.remarks.push(format!(
                    "{} kept from files that the last commit does not name, or not any more: what was deleted may be among them",
                    out.kept.len() - before
                ));
            }
        }
        out.settle();
        Ok(out)
    }

    /// Reads a segment. If a document is there twice, the one from the files written last is kept. Files that no commit
    /// names contribute only documents that are found nowhere else.
    fn take(&mut self, segment: &Named, named: bool) -> Result<(), IndexError> {
        let folder = Folder::open(&self.dir).map_err(|e| IndexError::reading(&self.dir, e.into()))?;
        let mapped = |ending: &str| -> Option<OwnedBytes> {
            let file = folder.get_file_handle(Path::new(&format!("{}.{ending}", segment.name))).ok()?;
            file.read_bytes(0..file.len()).ok()
        };
        let columns = mapped("fast").and_then(|file| {
            let end = body(&file).len();
            guarded(|| Columns::open(file.slice(0..end))).flatten()
        });
        let alive = match segment.deletions {
            None => Alive::All,
            Some(number) => mapped(&format!("{number}.del"))
                .map_or(Alive::Unknown, |file| Alive::open(body(&file), named.then_some(segment.deleted))),
        };
        if matches!(alive, Alive::Unknown) {
            self.remarks.push(format!(
                "which documents of the segment {} were deleted cannot be read: some of them may be back",
                segment.name
            ));
        }
        let store = mapped("store").unwrap_or_else(OwnedBytes::empty);
        let end = body(&store).len();
        let of = self.files.len();
        // If the columns and the commit disagree on the number of documents, the columns are damaged.
        let columns = columns.filter(|columns| !named || columns.documents == segment.documents);
        let total = columns.as_ref().map_or(segment.documents, |columns| columns.documents);
        let Walk { sound, mut lost, seen } = self.walk(&store[..end], of, total, columns.as_ref(), &alive);
        let read =
            sound.iter().map(|kept| kept.key).chain(lost.iter().filter_map(|lost| lost.known.map(|known| known.key)));
        let held: HashSet<u64> = read.collect();
        match &columns {
            Some(columns) => {
                let known = |number| Some((number, guarded(|| columns.of(number)).flatten()?));
                let gone = (0..total).filter(|number| alive.has(*number) && !seen.contains(number));
                let gone = gone.filter_map(known).filter(|(_, known)| !held.contains(&known.key));
                lost.extend(gone.map(|(number, known)| Lost {
                    known: Some(known),
                    id: None,
                    name: nameless(number, &segment.name),
                }));
            }
            None => {
                let living = segment.documents.saturating_sub(segment.deleted) as usize;
                self.unknown += living.saturating_sub(sound.len() + lost.len()) as u64;
            }
        }
        self.files.push(Files { store, end });
        if named {
            self.kept.extend(sound);
            self.lost.extend(lost);
        } else {
            let held: HashSet<u64> = self.kept.iter().map(|kept| kept.key).collect();
            self.kept.extend(sound.into_iter().filter(|kept| !held.contains(&kept.key)));
            self.lost.extend(lost.into_iter().filter(|lost| lost.known.is_none_or(|known| !held.contains(&known.key))));
        }
        Ok(())
    }

    /// The live documents of a store, sound and lost.
    fn walk(&self, store: &[u8], segment: usize, total: u32, columns: Option<&Columns>, alive: &Alive) -> Walk {
        let (mut sound, mut lost, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        let stretches = stretches(store);
        let damaged = stretches.iter().filter(|stretch| matches!(stretch, Stretch::Damaged)).count();
        let read: u32 = stretches.iter().map(Stretch::documents).sum();
        // The number of the next document in the segment, as long as it is known.
        let mut next = Some(0u32);
        let by_key = columns.filter(|_| damaged > 1).and_then(|columns| guarded(|| columns.by_key()));
        for stretch in stretches {
            let Stretch::Block { at, documents } = stretch else {
                next = next.filter(|_| damaged == 1 && total >= read).map(|number| number + total.saturating_sub(read));
                continue;
            };
            let Some((content, _)) = block(store, at, store.len()) else { continue };
            for number in 0..documents {
                let place = next.map(|next| next + number);
                seen.extend(place);
                match document(&content, number, self.fields) {
                    Ok((document, extraction)) => {
                        let (key, hash) = (key_of(&document.id), content_hash(&document));
                        let place = place.or_else(|| Self::place(columns?, by_key.as_ref()?, key, hash));
                        seen.extend(place);
                        let known = columns.and_then(|columns| guarded(|| columns.of(place?)).flatten());
                        if place.is_some_and(|place| !alive.has(place)) {
                            continue;
                        }
                        if faults_of_records(&document, &extraction).next().is_some() {
                            let known = Some(Known { key, hash, seq: u64::MAX });
                            lost.push(Lost { known, id: Some(document.id), name: String::new() });
                            continue;
                        }
                        let seq = known.filter(|known| known.key == key).map_or(u64::MAX, |known| known.seq);
                        sound.push(Kept { seq, segment, block: at, number, key, hash });
                    }
                    Err(broken) if place.is_none_or(|place| alive.has(place)) => {
                        let known = columns.and_then(|columns| guarded(|| columns.of(place?)).flatten());
                        let told = broken.id.as_deref().map(key_of);
                        // An id that does not match the column is itself damaged.
                        let id = broken.id.filter(|_| known.is_none_or(|known| Some(known.key) == told));
                        lost.push(Lost {
                            known,
                            id,
                            name: format!("a document whose id cannot be read ({})", broken.found),
                        });
                    }
                    Err(_) => {}
                }
            }
            next = next.map(|next| next + documents);
        }
        Walk { sound, lost, seen }
    }

    /// The number of a document whose place in the store does not determine it.
    fn place(columns: &Columns, by_key: &HashMap<u64, Vec<u32>>, key: u64, hash: u64) -> Option<u32> {
        let numbers = by_key.get(&key)?;
        numbers.iter().copied().find(|number| columns.of(*number).is_some_and(|known| known.hash == hash))
    }

    /// Keeps one copy of each document, in the order of first insertion, and counts the documents that are gone without
    /// a trace.
    fn settle(&mut self) {
        // Of two documents with the same id, the later segment has the newer.
        self.kept.sort_by_key(|kept| (kept.key, kept.segment, kept.block, kept.number));
        let twice = self.kept.len();
        self.kept.dedup_by(|later, earlier| {
            let same = later.key == earlier.key;
            if same {
                *earlier = *later;
            }
            same
        });
        let held: HashSet<u64> = self.kept.iter().map(|kept| kept.key).collect();
        if twice > self.kept.len() {
            let n = twice - self.kept.len();
            self.remarks.push(format!("{n} found twice: of each the one written last is kept"));
        }
        self.lost.retain(|lost| lost.known.is_none_or(|known| !held.contains(&known.key)));
        self.kept.sort_by_key(|kept| (kept.seq, kept.segment, kept.block, kept.number));
        let content = self.kept.iter().fold(0, |sum, kept| Sum::add(sum, kept.key, kept.hash));
        if let Some(sum) = &self.sum {
            // If the hash of the whole index is right, nothing is missing, whatever the count says.
            let whole = Sum::shown(content) == sum.content;
            let told = (self.kept.len() + self.lost.len()) as u64;
            self.unknown = if whole { 0 } else { self.unknown.max(sum.documents.saturating_sub(told)) };
            if whole {
                self.lost.clear();
            }
        }
    }

    /// Calls `sink` with each sound document, in the order of first insertion.
    fn each(&self, mut sink: impl FnMut(Document, Extraction) -> Result<(), IndexError>) -> Result<(), IndexError> {
        let mut last: Option<((usize, usize), Vec<u8>)> = None;
        for kept in &self.kept {
            let here = (kept.segment, kept.block);
            if last.as_ref().is_none_or(|(place, _)| *place != here) {
                let files = &self.files[kept.segment];
                last = block(&files.store[..files.end], kept.block, files.end).map(|(content, _)| (here, content));
            }
            let again = last.as_ref().and_then(|(_, content)| document(content, kept.number, self.fields).ok());
            // It was readable before, so the file has changed meanwhile, and not by us.
            let Some((document, extraction)) = again else {
                return Err(IndexError::Corrupt {
                    path: self.dir.clone(),
                    found: "a file changed while it was read".into(),
                });
            };
            sink(document, extraction)?;
        }
        Ok(())
    }

    fn is_known_to_be_empty(&self) -> bool {
        self.sum.as_ref().is_some_and(|sum| sum.documents == 0) && self.lost.is_empty() && self.unknown == 0
    }

    /// The documents to read from the sources.
    fn missing(&self) -> Missing<'_> {
        let have: HashSet<u64> = self.kept.iter().map(|kept| kept.key).collect();
        let keys = self.lost.iter().map(|lost| lost.known.map(|known| known.key).or(lost.id.as_deref().map(key_of)));
        let mut lost: HashMap<u64, &Lost> = HashMap::new();
        let mut nameless: Vec<&Lost> = Vec::new();
        for (key, one) in keys.zip(&self.lost) {
            match key {
                Some(key) => _ = lost.insert(key, one),
                None => nameless.push(one),
            }
        }
        // The rest of the hash of the whole index belongs to the one document that is missing without a trace.
        let content = self.kept.iter().fold(0, |sum, kept| Sum::add(sum, kept.key, kept.hash));
        let known = self.lost.iter().filter_map(|lost| lost.known);
        let all = known.fold(content, |sum, known| Sum::add(sum, known.key, known.hash));
        let told = self.sum.as_ref().and_then(|sum| u64::from_str_radix(&sum.content, 16).ok());
        let one = self.unknown + nameless.len() as u64 == 1;
        let rest = told.filter(|_| one).map(|told| told.wrapping_sub(all));
        let untold = self.unknown + nameless.len() as u64 > 0 && rest.is_none();
        let any = untold || self.sum.is_none() && (!self.listed || !self.lost.is_empty());
        Missing { have, lost, nameless, unknown: self.unknown, rest, any }
    }
}

/// The documents that an index has lost. A document in a source that was deleted from the index is not one of them.
struct Missing<'s> {
    have: HashSet<u64>,
    /// The lost documents with a known key.
    lost: HashMap<u64, &'s Lost>,
    /// The lost documents without a key.
    nameless: Vec<&'s Lost>,
    unknown: u64,
    /// The part of the sum of all contents that belongs to the one document without a name.
    rest: Option<u64>,
    /// Whether any document may be one of the lost ones.
    any: bool,
}

impl Missing<'_> {
    /// Whether to restore a document: it is one of the lost ones, or may be.
    fn take(&mut self, document: &Document) -> bool {
        let key = key_of(&document.id);
        if self.have.contains(&key) {
            return false;
        }
        if self.lost.remove(&key).is_none() {
            let is_rest = self.rest == Some(Sum::add(0, key, content_hash(document)));
            if !is_rest && !self.any {
                return false;
            }
            // It may be any of the documents without a name.
            if self.nameless.pop().is_none() {
                self.unknown = self.unknown.saturating_sub(1);
            }
        }
        self.have.insert(key);
        true
    }

    /// The documents that could not be restored.
    fn lost(&self) -> Vec<String> {
        let named =
            self.lost.values().chain(&self.nameless).map(|lost| lost.id.clone().unwrap_or_else(|| lost.name.clone()));
        let mut all: Vec<String> = named.collect();
        all.sort();
        all.extend((0..self.unknown).map(|_| "a document that the index no longer names".to_owned()));
        all
    }
}

fn nameless(number: u32, segment: &str) -> String {
    format!("a document whose id cannot be read (number {number} of the segment {segment})")
}

/// Runs `work`, which reads damaged columns. A panic inside tantivy gives `None`.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    guard(Path::new(""), || Ok(work())).ok()
}

/// The names of the segments whose stores exist, oldest first.
fn stores(dir: &Path) -> Result<Vec<String>, IndexError> {
    let mut found = Vec::new();
    for name in super::names(dir)? {
        let stem = name.strip_suffix(".store").filter(|stem| is_segment(stem));
        if let Some(stem) = stem {
            let written =
                fs::metadata(dir.join(&name)).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            found.push((written, stem.to_owned()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, stem)| stem).collect())
}

/// A segment that no commit names. Its newest file of deletions is used.
fn unnamed(dir: &Path, name: &str) -> Named {
    let files = super::names(dir).unwrap_or_default();
    let stamps = files
        .iter()
        .filter_map(|file| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".del")?.parse::<u64>().ok());
    Named { name: name.to_owned(), documents: 0, deleted: 0, deletions: stamps.max() }
}
