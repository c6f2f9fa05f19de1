//! Making a damaged index whole: what is sound in it is kept, what is not is read again from its sources, and the new index
//! takes the place of the old one, which stays beside it. The folder is built under another name and renamed at the end,
//! so that a break at any moment leaves the damaged index as it was.

use super::entry::{content_hash, key_of};
use super::error::{IndexError, guard};
use super::fsck::faults;
use super::manifest::Sum;
use super::{Index, WriterOptions};
use sayso_core::document::Document;
use sayso_core::extract::{Extraction, InOrder, Options, extract_by};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::DocAddress;

/// What [`repair`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// Documents that were sound and are kept as they were.
    pub kept: u64,
    /// Documents that were read again from their sources.
    pub restored: u64,
    /// Documents that were damaged or missing and stand in no source, by their id where it could be read.
    pub lost: Vec<String>,
    /// Where the damaged index is now.
    pub old: PathBuf,
}

/// Repairs the index in `dir` from `sources`, the documents as they are read today. Of a document that is in both and sound
/// in the index, the index's stays; one that was deleted from the index stays out, as far as the index still tells what it
/// held.
pub fn repair(dir: &Path, sources: impl Iterator<Item = Document>) -> Result<Repair, IndexError> {
    let beside = |ending: &str| {
        let mut name = dir.file_name().map(|n| n.to_os_string()).unwrap_or_default();
        name.push(ending);
        dir.with_file_name(name)
    };
    let (building, old_place) = (beside(".repaired"), free(&beside(".damaged")));
    let writing = |source| IndexError::ReadOnly { dir: building.clone(), source };
    match fs::remove_dir_all(&building) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(writing(e)),
        _ => {}
    }
    // Nobody may write into the old index meanwhile; one that cannot be opened has no writer either.
    let old = Index::salvage(dir).ok();
    let held = match old.as_ref().map(|old| old.writer(&WriterOptions::default())) {
        Some(Err(locked @ IndexError::Locked { .. })) => return Err(locked),
        Some(Ok(writer)) => Some(writer),
        _ => None,
    };
    let mut report = Repair { old: old_place.clone(), ..Repair::default() };
    let model = old.as_ref().map(|old| old.manifest().model()).unwrap_or_default();
    let index = Index::open_or_create(&building)?;
    let mut writer = index.writer(&WriterOptions { model, ..WriterOptions::default() })?;
    let mut damaged: Vec<String> = Vec::new();
    let mut have = HashSet::new();
    let mut missing = Missing::Unknown;
    if let Some(old) = &old {
        let places = old.places();
        let known = old.sum();
        let (sum, number) = (known.clone().unwrap_or_default(), places.len() as u64);
        let (mut content, mut broken, mut keys) = (0, 0_u64, Some(HashSet::new()));
        for address in places {
            match old.sound(address) {
                Ok((document, extraction)) if have.insert(document.id.clone()) => {
                    content = Sum::add(content, key_of(&document.id), content_hash(&document));
                    writer.put(&document, &extraction)?;
                    report.kept += 1;
                }
                Ok(_) => {}
                Err(id) => {
                    let numbers = old.numbers(address);
                    let key = id.as_deref().map(key_of).or(numbers.map(|(key, _)| key));
                    match (&mut keys, key) {
                        (Some(keys), Some(key)) => _ = keys.insert(key),
                        _ => keys = None,
                    }
                    broken = numbers.map_or(broken, |(key, hash)| Sum::add(broken, key, hash));
                    damaged.push(id.unwrap_or_else(|| "a document whose id cannot be read".to_owned()));
                }
            }
        }
        // Where the hash of the whole is right, the count was damaged and no document.
        let whole = Sum::shown(content) == sum.content;
        let unnamed = if whole { 0 } else { sum.documents.saturating_sub(number) };
        damaged.extend((0..unnamed).map(|_| "a document that the index no longer names".to_owned()));
        let rest = u64::from_str_radix(&sum.content, 16).ok().map(|sum| sum.wrapping_sub(content.wrapping_add(broken)));
        missing = match (keys, known, unnamed) {
            (Some(keys), Some(_), 0) => Missing::These(keys, None),
            (Some(keys), Some(_), 1) => Missing::These(keys, rest),
            _ => Missing::Unknown,
        };
        writer.note_sources(&sum.sources.iter().map(PathBuf::from).collect::<Vec<_>>());
    }
    for document in sources {
        if missing.may_be(&document) && have.insert(document.id.clone()) {
            writer.put(&document, &extract_by(&document, &Options { model }, &InOrder))?;
            report.restored += 1;
        }
    }
    writer.commit()?;
    drop(index);
    drop(held);
    drop(old);
    damaged.retain(|id| !have.contains(id));
    // What could not be named may be what was restored.
    let mut unnamed_but_found = report.restored;
    damaged.retain(|id| {
        let found = id.starts_with("a document ") && unnamed_but_found > 0;
        unnamed_but_found -= u64::from(found);
        !found
    });
    report.lost = damaged;
    fs::rename(dir, &old_place).map_err(|source| IndexError::ReadOnly { dir: dir.to_owned(), source })?;
    fs::rename(&building, dir).map_err(|source| IndexError::ReadOnly { dir: dir.to_owned(), source })?;
    Ok(report)
}

/// Which documents an index has lost. What stands in a source and was deleted from the index is not among them.
enum Missing {
    /// Those with these keys, and the one whose part of the sum of all contents is this.
    These(HashSet<u64>, Option<u64>),
    /// The index does not tell: any that it does not hold.
    Unknown,
}

impl Missing {
    fn may_be(&self, document: &Document) -> bool {
        let key = key_of(&document.id);
        match self {
            Missing::These(keys, rest) => {
                keys.contains(&key) || rest.is_some_and(|rest| rest == Sum::add(0, key, content_hash(document)))
            }
            Missing::Unknown => true,
        }
    }
}

/// The path, or the first that is free with a number after it.
fn free(path: &Path) -> PathBuf {
    let numbered = (2..).map(|n| PathBuf::from(format!("{}.{n}", path.display())));
    std::iter::once(path.to_owned()).chain(numbered).find(|p| !p.exists()).unwrap_or_else(|| path.to_owned())
}

impl Index {
    /// Where the documents stand, in the order of first insertion as far as it can be read.
    fn places(&self) -> Vec<DocAddress> {
        let searcher = self.reader.searcher();
        let mut all = Vec::new();
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            let seqs = guard(&self.dir, || Ok(segment.fast_fields().u64("seq").ok())).ok().flatten();
            for doc in segment.doc_ids_alive() {
                let seq = seqs.as_ref().and_then(|seqs| guard(&self.dir, || Ok(seqs.first(doc))).ok().flatten());
                all.push((seq.unwrap_or(u64::MAX), DocAddress::new(ord as u32, doc)));
            }
        }
        all.sort_unstable();
        all.into_iter().map(|(_, address)| address).collect()
    }

    /// The key of a document and the hash of its content, as the columns have them.
    fn numbers(&self, address: DocAddress) -> Option<(u64, u64)> {
        let searcher = self.reader.searcher();
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let number = |name| Ok(columns.u64(name).ok().and_then(|column| column.first(address.doc_id)));
        let read = |name| guard(&self.dir, || number(name)).ok().flatten();
        Some((read("key")?, read("hash")?))
    }

    /// A document that is as it was written; else its id, where that can be read.
    fn sound(&self, address: DocAddress) -> Result<(Document, Extraction), Option<String>> {
        let searcher = self.reader.searcher();
        let (document, extraction) = self.fetch(&searcher, address).map_err(|_| None)?;
        match guard(&self.dir, || Ok(faults(&searcher, address, &document, &extraction))) {
            Ok(faults) if faults.is_empty() => Ok((document, extraction)),
            _ => Err(Some(document.id)),
        }
    }
}
