//! Indexes of this format and of another, kept as they were written: see `tests/golden/README.md`.

use crate::made::{Made, bridge, put_all};
use sayso::index::{FORMAT, Filter, Index, IndexError, Place, SearchQuery};
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Writes the golden index anew; only for a new format, into a folder of its number.
#[test]
#[ignore = "writes into tests/golden; see the README there"]
fn write_golden() {
    let dir = golden(&format!("index-v{FORMAT}"));
    assert!(!dir.exists(), "{} is there: golden indexes are never written again", dir.display());
    put_all(&dir, &bridge());
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "lock") {
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn an_index_of_this_format_is_read() {
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(golden("index-v6")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
    }
    let index = Index::open(dir.path()).unwrap();
    let stored: Vec<_> = index.documents(&Filter::default()).unwrap().collect::<Result<_, _>>().unwrap();
    let expected: Vec<_> = bridge().into_iter().map(|Made(document, extraction)| (document, extraction)).collect();
    assert_eq!(stored, expected);
    let total = |place, text: &str| index.search(&SearchQuery { place, ..SearchQuery::new(text) }).unwrap().total;
    assert_eq!(total(Place::Anywhere, "\"old mill bridge\""), 2);
    assert_eq!(total(Place::Quotes, "toll"), 1);
    assert_eq!(total(Place::Narration, "toll"), 1);
    let report = index.fsck().unwrap();
    assert!(report.is_sound(), "{report:?}");
    let summary = put_all(dir.path(), &[Made::new("new", "It can be written too.")]);
    assert_eq!((summary.added, summary.documents), (1, 4));
}

#[test]
fn an_index_of_another_format_says_both() {
    let error = Index::open(&golden("index-v0")).err().unwrap();
    assert!(matches!(error, IndexError::OtherVersion { found: 0, expected: FORMAT, .. }), "{error}");
    let said = error.to_string();
    for part in ["format 0", "format 6", "0.0.1", "index the sources again", "index-v0"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(matches!(Index::open_or_create(&golden("index-v0")), Err(IndexError::OtherVersion { .. })));
}
