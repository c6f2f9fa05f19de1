//! What was read in earlier runs, kept in a folder of its own (a cache): extractions of single documents, and indexes of the
//! texts of whole sets of statements.
//!
//! An entry is named by a hash of what it was made from, so it never has to be brought up to date. It is written beside its
//! place and moved there, so it is whole or not there. It ends in, or stands beside, a hash of its bytes: a damaged entry is
//! taken away and counts as not there. Nothing here is needed: every error only means that the work is done again. When all
//! entries together grow above a limit, those that were used longest ago are taken away ([`Kept::trim`]).

use super::entry::content_hash;
use super::manifest::{FORMAT, extractor};
use super::{Index, WriterOptions};
use sayso_core::document::Document;
use sayso_core::extract::{Extraction, Model};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use twox_hash::XxHash3_64;

/// The kept results of one version and one model.
#[derive(Clone, Debug)]
pub struct Kept {
    root: PathBuf,
    /// The part of the folder that this version and model may read.
    own: PathBuf,
    model: Model,
}

impl Kept {
    /// Those in the folder `root`, which need not exist, as far as this version and `model` made them. `build` tells builds
    /// of one version apart.
    pub fn new(root: &Path, model: Model, build: &str) -> Kept {
        let own = root.join(format!("{FORMAT}-{}-{build}", extractor(model).replace(' ', "-")));
        Kept { root: root.to_owned(), own, model }
    }

    /// The extraction of a document, if it is kept.
    pub fn extraction(&self, document: &Document) -> Option<Extraction> {
        let path = self.place(document);
        let bytes = fs::read(&path).ok()?;
        let whole =
            bytes.split_last_chunk::<8>().filter(|(found, seal)| XxHash3_64::oneshot(found).to_le_bytes() == **seal);
        let Some(extraction) = whole.and_then(|(found, _)| postcard::from_bytes(found).ok()) else {
            let _ = fs::remove_file(&path);
            return None;
        };
        used(&path);
        Some(extraction)
    }

    /// Keeps the extraction of a document.
    pub fn keep(&self, document: &Document, extraction: &Extraction) {
        let write = || -> io::Result<()> {
            let mut bytes = postcard::to_stdvec(extraction).map_err(io::Error::other)?;
            bytes.extend_from_slice(&XxHash3_64::oneshot(&bytes).to_le_bytes());
            put(&self.place(document), &bytes)
        };
        if let Err(error) = write() {
            log::debug!("keeping what was found in {}: {error}", document.id);
        }
    }

    fn place(&self, document: &Document) -> PathBuf {
        let name = format!("{:016x}", content_hash(document));
        self.own.join("found").join(&name[..2]).join(&name[2..])
    }

    /// The index of a set of statements, if it is kept. Reads all of it once, to prove it.
    pub fn statements(&self, digest: &[u8]) -> Option<Index> {
        let (dir, sums) = self.set(digest);
        let told = fs::read_to_string(&sums).ok()?;
        if files(&dir).and_then(|files| sums_of(&dir, &files)).ok().as_ref() != Some(&told) {
            let _ = fs::remove_file(&sums);
            let _ = fs::remove_dir_all(&dir);
            return None;
        }
        let index = Index::open(&dir).ok()?;
        used(&sums);
        Some(index)
    }

    /// Keeps a set of statements: their texts, to be searched, with what little is known of each without reading it. Gives
    /// the index of them.
    pub fn keep_statements<'d>(
        &self,
        digest: &[u8],
        documents: impl IntoIterator<Item = (&'d Document, Extraction)>,
        threads: usize,
    ) -> Option<Index> {
        let (dir, sums) = self.set(digest);
        let write = || -> Result<(), Box<dyn std::error::Error>> {
            let parent = dir.parent().unwrap_or(&self.own);
            fs::create_dir_all(parent)?;
            let made = tempfile::Builder::new().prefix(".").tempdir_in(parent)?;
            let index = Index::open_or_create(made.path())?;
            let options = WriterOptions { threads, model: self.model, ..WriterOptions::default() };
            let mut writer = index.writer(&options)?;
            for (document, extraction) in documents {
                writer.put(document, &extraction)?;
            }
            writer.commit()?;
            drop(index);
            let told = sums_of(made.path(), &files(made.path())?)?;
            let _ = fs::remove_dir_all(&dir);
            fs::rename(made.keep(), &dir)?;
            put(&sums, told.as_bytes())?;
            Ok(())
        };
        match write() {
            Ok(()) => Index::open(&dir).ok(),
            Err(error) => {
                log::debug!("keeping a set of statements: {error}");
                None
            }
        }
    }

    fn set(&self, digest: &[u8]) -> (PathBuf, PathBuf) {
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let sets = self.own.join("statements");
        (sets.join(&name), sets.join(format!("{name}.sums")))
    }

    /// Takes away what was used longest ago until all that is kept has at most `most` bytes.
    pub fn trim(&self, most: u64) {
        let mut all = Vec::new();
        entries(&self.root, &mut all);
        let mut size: u64 = all.iter().map(|(_, size, _)| size).sum();
        all.sort();
        for (_, bytes, path) in all {
            if size <= most {
                break;
            }
            let set = path.with_extension("");
            let gone = fs::remove_file(&path).is_ok() && (set == path || fs::remove_dir_all(&set).is_ok());
            size -= if gone { bytes } else { 0 };
        }
    }
}

/// Every entry below a folder: when it was used last, how many bytes it has, and its file (of a set the file of its sums).
fn entries(dir: &Path, out: &mut Vec<(SystemTime, u64, PathBuf)>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(meta) = entry.metadata() else { continue };
        let when = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let sums = path.with_extension("sums");
        if meta.is_file() {
            let set = path.with_extension("");
            let held = if path == sums { files(&set).unwrap_or_default() } else { Vec::new() };
            let size = |name: &String| fs::metadata(set.join(name)).map_or(0, |meta| meta.len());
            out.push((when, meta.len() + held.iter().map(size).sum::<u64>(), path));
        } else if meta.is_dir() && !sums.exists() {
            entries(&path, out);
        }
    }
}

/// The names of the files of a folder that an index consists of, in order.
fn files(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.starts_with('.') && !name.ends_with(".lock") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A line for each file: the hash of its bytes and its name.
fn sums_of(dir: &Path, files: &[String]) -> io::Result<String> {
    let mut out = String::new();
    let mut bytes = Vec::new();
    for name in files {
        bytes.clear();
        fs::File::open(dir.join(name))?.read_to_end(&mut bytes)?;
        out.push_str(&format!("{:016x} {name}\n", XxHash3_64::oneshot(&bytes)));
    }
    Ok(out)
}

/// Writes a file beside its place and moves it there.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Notes that an entry was used now.
fn used(path: &Path) {
    let _ = fs::File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_core::document::Kind;

    fn statement(id: &str) -> Document {
        let mut document = Document::new(id, "“The pier is closed,” said Mira Hale. It opens in May.");
        document.kind = Kind::Statement;
        document
    }

    fn unread(document: &Document) -> (&Document, Extraction) {
        (document, Extraction::default())
    }

    #[test]
    fn an_extraction_is_kept_and_a_damaged_one_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path(), Model::Rules, "test");
        let document = statement("a");
        assert_eq!(kept.extraction(&document), None);
        let extraction = sayso_core::extract(&document);
        kept.keep(&document, &extraction);
        assert_eq!(kept.extraction(&document), Some(extraction.clone()));
        // Another model and another text have entries of their own.
        assert_eq!(Kept::new(folder.path(), Model::default(), "test").extraction(&document), None);
        assert_eq!(kept.extraction(&statement("b")), None);
        let path = kept.place(&document);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert_eq!(kept.extraction(&document), None);
        assert!(!path.exists());
        kept.keep(&document, &extraction);
        assert_eq!(kept.extraction(&document), Some(extraction));
    }

    #[test]
    fn a_set_is_kept_and_a_damaged_one_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path(), Model::Rules, "test");
        assert!(kept.statements(b"one").is_none());
        let made = kept.keep_statements(b"one", [unread(&statement("a")), unread(&statement("b"))], 1).unwrap();
        assert_eq!(made.get("b").unwrap().unwrap().0, statement("b"));
        drop(made);
        assert!(kept.statements(b"one").is_some());
        assert!(kept.statements(b"two").is_none());
        let (dir, sums) = kept.set(b"one");
        let store = fs::read_dir(&dir)
            .unwrap()
            .map(|e| e.unwrap().path())
            .find(|p| p.extension().is_some_and(|e| e == "store"));
        let store = store.unwrap();
        let mut bytes = fs::read(&store).unwrap();
        bytes[9] ^= 1;
        fs::write(&store, bytes).unwrap();
        assert!(kept.statements(b"one").is_none());
        assert!(!dir.exists() && !sums.exists());
        assert!(kept.keep_statements(b"one", [unread(&statement("a"))], 1).is_some());
        assert!(kept.statements(b"one").is_some());
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path(), Model::Rules, "test");
        kept.keep_statements(b"one", [unread(&statement("a"))], 1).unwrap();
        let (dir, sums) = kept.set(b"one");
        let old = SystemTime::UNIX_EPOCH;
        fs::File::options().append(true).open(&sums).unwrap().set_modified(old).unwrap();
        let document = statement("a");
        kept.keep(&document, &Extraction::default());
        kept.trim(1 << 30);
        assert!(dir.exists() && kept.extraction(&document).is_some());
        kept.trim(200);
        assert!(!dir.exists() && !sums.exists() && kept.extraction(&document).is_some());
        kept.trim(0);
        assert_eq!(kept.extraction(&document), None);
    }
}
