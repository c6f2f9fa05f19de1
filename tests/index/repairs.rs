//! Damage at hundreds of places, one at a time: a bit flipped, a file cut short. Whatever is read is what was written, or an
//! error; and a repair keeps what it can, tells what it lost, and refuses what it cannot read. `SAYSO_FLIPS=5000 cargo test
//! --test index repairs` tries more places.

use crate::made::{Made, bridge, put_all};
use sayso::document::Document;
use sayso::extract::Extraction;
use sayso::index::{Filter, Index, IndexError, SearchQuery, repair};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in a folder, by name; the locks of the operating system left out.
pub(crate) fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let named = files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
    named.filter(|(name, _)| !name.ends_with(".lock") && name != ".sayso-writer").collect()
}

/// Puts a folder as it was into another.
fn put(content: &BTreeMap<String, Vec<u8>>, dir: &Path) {
    fs::create_dir_all(dir).unwrap();
    content.iter().for_each(|(name, bytes)| fs::write(dir.join(name), bytes).unwrap());
}

/// The documents of an index that can be read, and how many cannot.
fn read(index: &Index) -> (Vec<(Document, Extraction)>, usize) {
    let Ok(all) = index.documents(&Filter::default()) else { return (Vec::new(), usize::MAX) };
    let (mut good, mut bad) = (Vec::new(), 0);
    for found in all {
        match found {
            Ok(found) => good.push(found),
            Err(error) => {
                assert!(matches!(error, IndexError::Damaged { .. } | IndexError::Corrupt { .. }), "{error}");
                bad += 1;
            }
        }
    }
    (good, bad)
}

/// The files of an index, its documents, and one that was deleted.
type Whole = (BTreeMap<String, Vec<u8>>, Vec<(Document, Extraction)>, Document);

/// Three documents in two segments, a fourth that was deleted, sources and a saved search.
fn whole() -> Whole {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let deleted = Made::new("deleted.txt", "The toll was never raised.");
    let gone = deleted.0.clone();
    let mut all = bridge();
    put_all(&dir, &[deleted, all.remove(0)]);
    put_all(&dir, &all);
    let index = Index::open(&dir).unwrap();
    let mut writer = index.writer(&Default::default()).unwrap();
    writer.note_sources(&[PathBuf::from("statements"), PathBuf::from("coverage")]);
    assert!(writer.delete("deleted.txt"));
    writer.commit().unwrap();
    fs::write(dir.join("searches.json"), "{}").unwrap();
    let documents = bridge().into_iter().map(|Made(document, extraction)| (document, extraction)).collect();
    (content(&dir), documents, gone)
}

/// What a repair without sources makes of a damaged index.
fn try_repair(
    damaged: &BTreeMap<String, Vec<u8>>,
    whole: &[(Document, Extraction)],
    gone: &Document,
    place: &str,
) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    put(damaged, &dir);
    let unread = match Index::open(&dir) {
        Ok(index) => {
            let (good, _) = read(&index);
            let is_true = |one: &(Document, Extraction)| whole.contains(one) || one.0 == *gone;
            assert!(good.iter().all(is_true), "{place}: garbled records");
            let _ = index.search(&SearchQuery::new("bridge")).map(|hits| hits.total);
            good.len() < whole.len()
        }
        Err(_) => true,
    };
    match repair(&dir, std::iter::empty()) {
        Err(error) => {
            assert_eq!(&content(&dir), damaged, "{place}: refused and touched");
            assert!(!folder.path().join("index.repaired").exists(), "{place}");
            let refused = matches!(
                error,
                IndexError::OtherVersion { .. } | IndexError::UnknownFormat { .. } | IndexError::Hopeless { .. }
            );
            assert!(refused, "{place}: {error}");
            Outcome::Refused
        }
        Ok(report) => {
            assert_eq!(&content(&report.old), damaged, "{place}: the damaged copy");
            let index = Index::open(&dir).unwrap();
            let fsck = index.fsck().unwrap();
            assert!(fsck.is_sound(), "{place}: {fsck:?}");
            let (good, bad) = read(&index);
            assert_eq!((good.len() as u64, bad), (report.kept, 0), "{place}");
            let back = good.iter().filter(|one| one.0 == *gone).count();
            assert!(good.iter().all(|one| whole.contains(one) || one.0 == *gone), "{place}");
            assert!(back == 0 || !report.remarks.is_empty(), "{place}: the deleted document is back without a word");
            let missing = whole.len() - (good.len() - back);
            assert!(report.lost.len() >= missing, "{place}: {missing} missing, {report:?}");
            assert!(report.lost.is_empty() || missing > 0, "{place}: nothing is missing, {report:?}");
            assert!(report.kept > 0, "{place}: repaired to empty");
            assert!(dir.join("searches.json").exists(), "{place}: the saved searches");
            if unread || missing > 0 { Outcome::Mended(missing) } else { Outcome::Whole }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing was lost, and nothing was unreadable.
    Whole,
    /// It could not be read before; so many are lost.
    Mended(usize),
    Refused,
}

#[test]
fn no_flipped_bit_makes_a_repair_lose_in_silence() {
    let flips: usize = std::env::var("SAYSO_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let (sound, documents, gone) = whole();
    let names: Vec<&String> = sound.keys().filter(|name| *name != "searches.json").collect();
    let mut state = 7u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for flip in 0..flips {
        // Every file in turn; of each its ends as well as its middle.
        let name = names[flip % names.len()];
        let mut damaged = sound.clone();
        let bytes = damaged.get_mut(name).unwrap();
        let at = match random(4) {
            0 => bytes.len() - 1 - random(bytes.len().min(120)),
            _ => random(bytes.len()),
        };
        let bit = random(8);
        bytes[at] ^= 1 << bit;
        let place = format!("bit {bit} of byte {at} of {name}, {} bytes", bytes.len());
        *outcomes.entry(try_repair(&damaged, &documents, &gone, &place)).or_default() += 1;
    }
    println!("{flips} flips: {outcomes:?}");
}

#[test]
fn no_file_cut_short_makes_a_repair_lose_in_silence() {
    let (sound, documents, gone) = whole();
    let names: Vec<&String> = sound.keys().filter(|name| *name != "searches.json").collect();
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for name in names {
        let length = sound[name].len();
        for left in [0, 1, length / 3, length.saturating_sub(9), length - 1] {
            let mut damaged = sound.clone();
            damaged.get_mut(name).unwrap().truncate(left);
            let place = format!("{name} cut to {left} of {length}");
            *outcomes.entry(try_repair(&damaged, &documents, &gone, &place)).or_default() += 1;
        }
    }
    println!("cuts: {outcomes:?}");
}

#[test]
fn one_damaged_document_is_named_and_the_others_are_read() {
    let (sound, documents, _) = whole();
    let folder = tempfile::tempdir().unwrap();
    // The first byte of the store whose damage costs this document and no other.
    let (name, bytes) = sound.iter().find(|(name, _)| name.ends_with(".store")).unwrap();
    let hit = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_lowercase()).find(|at| {
        let folder = tempfile::tempdir().unwrap();
        let mut damaged = sound.clone();
        damaged.get_mut(name).unwrap()[*at] ^= 0x20;
        put(&damaged, folder.path());
        Index::open(folder.path()).is_ok_and(|index| {
            matches!(read(&index), (good, 1) if good.len() == 2) && index.get("coverage/herald.txt").is_err()
        })
    });
    let mut damaged = sound.clone();
    damaged.get_mut(name).unwrap()[hit.unwrap()] ^= 0x20;
    put(&damaged, folder.path());
    let index = Index::open(folder.path()).unwrap();
    let (good, bad) = read(&index);
    assert_eq!((good.len(), bad), (2, 1));
    let named: Vec<String> =
        index.documents(&Filter::default()).unwrap().filter_map(Result::err).map(|e| e.to_string()).collect();
    assert!(named.len() == 1 && named[0].contains("fsck --repair"), "{named:?}");
    let hits = index.search(&SearchQuery::new("bridge")).unwrap();
    assert_eq!((hits.total, hits.hits.len(), hits.damaged.len()), (2, 1, 1), "{hits:?}");
    assert!(index.get("coverage/herald.txt").is_err());
    assert!(index.get("coverage/post.txt").unwrap().is_some_and(|found| documents.contains(&found)));
}

#[test]
fn another_format_is_refused_and_not_touched() {
    for name in ["index-v0", "index-v5"] {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        let before = content(&golden);
        put(&before, &dir);
        let error = repair(&dir, bridge().into_iter().map(|Made(document, _)| document)).unwrap_err();
        assert!(matches!(error, IndexError::OtherVersion { .. }), "{error}");
        assert_eq!(content(&dir), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    // A newer one, and a folder that is none.
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    put_all(&dir, &bridge());
    fs::write(dir.join("sayso.json"), r#"{"format":99,"created_with":"9.0.0"}"#).unwrap();
    assert!(matches!(repair(&dir, std::iter::empty()), Err(IndexError::OtherVersion { found: 99, .. })));
    fs::remove_file(dir.join("sayso.json")).unwrap();
    fs::write(dir.join("meta.json"), "{").unwrap();
    assert!(matches!(repair(&dir, std::iter::empty()), Err(IndexError::UnknownFormat { .. })));
    assert!(matches!(repair(&folder.path().join("none"), std::iter::empty()), Err(IndexError::Missing { .. })));
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "Dear all").unwrap();
    assert!(matches!(repair(&other, std::iter::empty()), Err(IndexError::NotAnIndex { .. })));
    assert_eq!(fs::read_to_string(other.join("letter.txt")).unwrap(), "Dear all");
}

#[test]
fn the_sources_are_known_where_the_commit_cannot_be_read() {
    let (sound, ..) = whole();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    put(&sound, &dir);
    assert_eq!(sayso::index::sources_of(&dir), ["statements", "coverage"]);
    fs::write(dir.join("meta.json"), "{").unwrap();
    assert_eq!(sayso::index::sources_of(&dir), ["statements", "coverage"]);
}

#[test]
fn the_leavings_of_a_broken_repair_are_kept() {
    let (sound, ..) = whole();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    put(&sound, &dir);
    // After the step in which the two change places: the damaged index has the name of the new one.
    let left = folder.path().join("index.repaired");
    put(&sound, &left);
    let report = repair(&dir, std::iter::empty()).unwrap();
    assert!(!left.exists());
    assert_eq!(content(&folder.path().join("index.damaged")), sound);
    assert_eq!(report.old, fs::canonicalize(folder.path()).unwrap().join("index.damaged.2"));
    // Half built: it goes.
    fs::create_dir(&left).unwrap();
    fs::write(left.join(".sayso-half-built"), "").unwrap();
    fs::write(left.join("meta.json"), "{").unwrap();
    repair(&dir, std::iter::empty()).unwrap();
    assert!(!left.exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}
