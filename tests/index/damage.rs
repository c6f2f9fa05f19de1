//! Damage of ten kinds and more, planted one at a time in a sound index: `fsck` finds each, and `repair` makes the index
//! whole from the sources.

use crate::made::{Made, bridge, put_all};
use sayso::check::{Evidence, check};
use sayso::document::{Document, Kind};
use sayso::extract::extract;
use sayso::index::{Filter, Index, SearchQuery, repair};
use sayso::trace::{Sources, trace};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument};

/// Two commits, so that there are two segments.
fn made(dir: &Path) {
    put_all(dir, &bridge()[..2]);
    put_all(dir, &bridge()[2..]);
}

/// The first file of this kind.
fn file(dir: &Path, ending: &str) -> PathBuf {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.into_iter().find(|f| f.extension().is_some_and(|e| e == ending)).unwrap()
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Changes `meta.json`.
fn meta(dir: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let path = dir.join("meta.json");
    let mut meta = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut meta);
    fs::write(path, serde_json::to_vec(&meta).unwrap()).unwrap();
}

/// Changes what the last commit says of itself.
fn sum(dir: &Path, field: &str, value: serde_json::Value) {
    meta(dir, |meta| {
        let mut sum: serde_json::Value = serde_json::from_str(meta["payload"].as_str().unwrap()).unwrap();
        sum[field] = value;
        meta["payload"] = sum.to_string().into();
    });
}

/// Works on the index behind the back of ours, with tantivy alone, and keeps what the last commit says.
fn behind(dir: &Path, work: impl FnOnce(&mut IndexWriter<TantivyDocument>, &tantivy::Index)) {
    let payload = Index::open(dir).unwrap().sum().map(|sum| serde_json::to_string(&sum).unwrap()).unwrap();
    let index = tantivy::Index::open_in_dir(dir).unwrap();
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    work(&mut writer, &index);
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload(&payload);
    commit.commit().unwrap();
}

type Plant = fn(&Path);

/// The kinds of damage.
const KINDS: [(&str, Plant); 16] = [
    ("a byte of the texts flipped", |dir| change(&file(dir, "store"), |b| b[20] ^= 0x55)),
    ("a byte of the dictionary flipped", |dir| change(&file(dir, "term"), |b| b[9] ^= 0x01)),
    ("a byte of a column flipped", |dir| change(&file(dir, "fast"), |b| b[3] ^= 0x10)),
    ("postings cut short", |dir| change(&file(dir, "idx"), |b| b.truncate(b.len() / 2))),
    ("positions emptied", |dir| change(&file(dir, "pos"), Vec::clear)),
    ("lengths overwritten", |dir| change(&file(dir, "fieldnorm"), |b| b.iter_mut().for_each(|b| *b = 7))),
    ("texts gone", |dir| fs::remove_file(file(dir, "store")).unwrap()),
    ("a segment forgotten", |dir| meta(dir, |m| drop(m["segments"].as_array_mut().unwrap().pop()))),
    ("a count changed", |dir| sum(dir, "documents", 9.into())),
    ("the hash of the whole changed", |dir| sum(dir, "content", "0000000000000000".into())),
    ("what the commit says lost", |dir| meta(dir, |m| drop(m.as_object_mut().unwrap().remove("payload")))),
    ("the manifest cut short", |dir| change(&dir.join("sayso.json"), |b| b.truncate(9))),
    ("the manifest gone", |dir| fs::remove_file(dir.join("sayso.json")).unwrap()),
    ("a document deleted by another program", |dir| {
        behind(dir, |writer, index| {
            let key = index.schema().get_field("key").unwrap();
            let reader = index.reader().unwrap();
            let columns = reader.searcher().segment_readers()[0].fast_fields().u64("key").unwrap();
            writer.delete_term(Term::from_field_u64(key, columns.first(0).unwrap()));
        });
    }),
    ("a span beyond its text", |dir| {
        let mut made = bridge();
        made[2].1.quotes[0].content[0].end = 4000;
        fs::remove_dir_all(dir).unwrap();
        put_all(dir, &made);
    }),
    ("a link to nobody", |dir| {
        let mut made = bridge();
        made[1].1.quotes[0].speaker = Some(9);
        fs::remove_dir_all(dir).unwrap();
        put_all(dir, &made);
    }),
];

#[test]
fn each_kind_is_found() {
    for (kind, plant) in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        made(&dir);
        assert!(Index::open(&dir).unwrap().fsck().unwrap().is_sound());
        plant(&dir);
        match Index::salvage(&dir) {
            Ok(index) => assert!(!index.fsck().unwrap().is_sound(), "{kind}"),
            Err(error) => assert!(error.to_string().contains("fsck"), "{kind}: {error}"),
        }
    }
}

#[test]
fn each_kind_is_repaired_from_the_sources() {
    for (kind, plant) in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        made(&dir);
        plant(&dir);
        let sources = bridge().into_iter().map(|Made(document, _)| document);
        let report = repair(&dir, sources).unwrap();
        assert_eq!((report.kept + report.restored, report.lost.len()), (3, 0), "{kind}: {report:?}");
        assert!(report.old.exists());
        let index = Index::open(&dir).unwrap();
        let after = index.fsck().unwrap();
        assert!(after.is_sound(), "{kind}: {after:?}");
        assert_eq!(index.search(&SearchQuery::new("bridge")).unwrap().total, 2, "{kind}");
    }
}

#[test]
fn what_was_deleted_is_not_brought_back() {
    for damaged in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        let mut documents = bridge();
        if damaged {
            documents[1].1.quotes[0].content[0].end = 4000;
        }
        put_all(&dir, &documents);
        let index = Index::open(&dir).unwrap();
        let mut writer = index.writer(&Default::default()).unwrap();
        assert!(writer.delete("coverage/post.txt"));
        writer.commit().unwrap();
        let report = repair(&dir, bridge().into_iter().map(|Made(document, _)| document)).unwrap();
        assert_eq!((report.kept, report.restored, report.lost.len()), if damaged { (1, 1, 0) } else { (2, 0, 0) });
        assert!(Index::open(&dir).unwrap().get("coverage/post.txt").unwrap().is_none());
    }
}

#[test]
fn a_lost_manifest_costs_no_document() {
    for plant in [(|dir| fs::write(dir, "{").unwrap()) as Plant, |dir| fs::remove_file(dir).unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        made(&dir);
        plant(&dir.join("sayso.json"));
        let error = Index::open(&dir).err().unwrap().to_string();
        assert!(error.contains("sayso.json") && error.contains("fsck"), "{error}");
        let report = repair(&dir, std::iter::empty()).unwrap();
        assert_eq!((report.kept, report.restored, report.lost.len()), (3, 0, 0));
    }
}

#[test]
fn what_stands_in_no_source_is_named_as_lost() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let mut damaged = bridge();
    damaged[1].1.quotes[0].content[0].end = 4000;
    put_all(&dir, &damaged);
    let report = repair(&dir, std::iter::empty()).unwrap();
    assert_eq!((report.kept, report.restored, report.lost), (2, 0, vec!["coverage/herald.txt".to_owned()]));
}

#[test]
fn a_folder_can_be_moved() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("deep/there"));
    made(&here);
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::rename(&here, &there).unwrap();
    let index = Index::open(&there).unwrap();
    assert!(index.fsck().unwrap().is_sound());
    let mut writer = index.writer(&Default::default()).unwrap();
    assert!(writer.delete("coverage/post.txt") && !writer.delete("coverage/post.txt"));
    writer.put(&Document::new("new", "A new bridge."), &Default::default()).unwrap();
    assert_eq!(writer.compact().unwrap().documents, 3);
    assert!(index.fsck().unwrap().is_sound());
    let ids: Vec<String> = index.documents(&Filter::default()).unwrap().map(|d| d.unwrap().0.id).collect();
    assert_eq!(ids, ["statements/bridge.txt", "coverage/herald.txt", "new"]);
    assert_eq!(
        fs::read_dir(&there)
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|e| e == "store"))
            .count(),
        1
    );
}

#[test]
fn a_damaged_statement_is_named_and_the_others_are_compared_with() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let texts =
        ["The harbour board inspected 42 wooden boats in May.", "The harbour board inspected 57 steel boats in May."];
    for (n, text) in texts.iter().enumerate() {
        let statement = Document { kind: Kind::Statement, ..Document::new(format!("s{n}"), *text) };
        let found = extract(&statement);
        put_all(&dir, &[Made(statement, found)]);
    }
    let article = Document::new("a", "The harbour board inspected 42 wooden boats and 57 steel boats in May.");
    let found = extract(&article);
    let compare = || {
        let store = Arc::new(Arc::new(Index::open(&dir).unwrap()).roll(Kind::Statement).unwrap());
        let (evidence, sources) = (Evidence::over(store.clone()), Sources::over(store));
        let checks = check(&article, &found, &evidence).unwrap();
        trace(&article, &found, &sources).unwrap();
        let cited: BTreeSet<String> = checks.iter().flat_map(|c| &c.evidence).map(|item| item.doc.clone()).collect();
        (cited, evidence.damaged())
    };
    let (cited, damaged) = compare();
    assert_eq!((cited.len(), damaged.len()), (2, 0), "{cited:?} {damaged:?}");
    let stores = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path());
    for path in stores.filter(|path| path.extension().is_some_and(|ending| ending == "store")) {
        change(&path, |bytes| {
            if let Some(at) = bytes.windows(6).position(|window| window == b"wooden") {
                bytes[at] ^= 1;
            }
        });
    }
    let (cited, damaged) = compare();
    assert_eq!(cited.into_iter().collect::<Vec<_>>(), ["s1"]);
    assert!(matches!(&damaged[..], [one] if one.contains("s0") && one.contains("damaged")), "{damaged:?}");
}
