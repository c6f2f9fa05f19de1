//! Accidents: a kill in the middle of writing, a disk that is full, a folder that is read-only, damaged files.

use crate::made::{Made, bridge, put_all};
use sayso::document::Document;
use sayso::extract::Extraction;
use sayso::index::{Filter, Index, IndexError, Put, SearchQuery, WriterOptions};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Names the folder to the copy of this program that writes into it.
const FOLDER: &str = "SAYSO_TEST_INDEX_FOLDER";

/// Not a test by itself: the child of the tests below, which writes until it is killed or the disk is full.
#[test]
#[ignore = "run by the tests below"]
fn child_writes() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let index = Index::open_or_create(Path::new(&dir)).unwrap();
    let mut writer = index.writer(&WriterOptions { memory: 15_000_000, threads: 2, ..Default::default() }).unwrap();
    let mut state = 1_u64;
    println!("\nwriting");
    for i in 0..40_000 {
        let words: Vec<String> = (0..200)
            .map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                format!("w{}", state >> 44)
            })
            .collect();
        if let Err(error) = writer.put(&Document::new(format!("new{i}"), words.join(" ")), &Extraction::default()) {
            println!("error: {error}");
            return;
        }
        if i % 100 == 0 {
            println!("put {i}");
        }
    }
    match writer.commit() {
        Ok(_) => println!("committed"),
        Err(error) => println!("error: {error}"),
    }
}

#[test]
fn a_long_run_keeps_what_it_has_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let options = WriterOptions { commit_every: 10, ..Default::default() };
    let document = |i: usize| Document::new(format!("d{i}"), format!("The toll of bridge {i} is to rise."));
    let mut writer = index.writer(&options).unwrap();
    (0..25).for_each(|i| _ = writer.put(&document(i), &Extraction::default()).unwrap());
    // Broken off.
    drop(writer);
    index.reload().unwrap();
    assert_eq!(index.len(), 20);
    assert!(index.fsck().unwrap().is_sound());
    let mut writer = index.writer(&options).unwrap();
    let unchanged = (0..25).filter(|i| writer.put(&document(*i), &Extraction::default()).unwrap() == Put::Unchanged);
    assert_eq!(unchanged.count(), 20);
    let summary = writer.commit().unwrap();
    assert_eq!((summary.added, summary.unchanged, summary.documents), (5, 20, 25));
    assert!(index.fsck().unwrap().is_sound());
}

fn child(dir: &Path, wrapper: Option<&str>) -> Command {
    let me = std::env::current_exe().unwrap();
    let arguments = ["--exact", "crash::child_writes", "--ignored", "--nocapture", "--test-threads=1"];
    let mut command = match wrapper {
        Some(script) => {
            let mut command = Command::new("sh");
            command.arg("-c").arg(script).arg("sh").arg(me);
            command
        }
        None => Command::new(me),
    };
    command.args(arguments).env(FOLDER, dir).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn ids(index: &Index) -> Vec<String> {
    index.documents(&Filter::default()).unwrap().map(|d| d.unwrap().0.id).collect()
}

/// What was committed before is there, sound, and can be written on.
fn old_state_stands(dir: &Path) {
    let index = Index::open(dir).unwrap();
    assert_eq!(ids(&index), ["statements/bridge.txt", "coverage/herald.txt", "coverage/post.txt"]);
    assert!(index.fsck().unwrap().is_sound());
    let summary = put_all(dir, &[Made::new("after", "Life goes on.")]);
    assert_eq!((summary.added, summary.documents), (1, 4));
    assert_eq!(index.search(&SearchQuery::new("bridge")).unwrap().total, 2);
}

#[test]
fn a_kill_while_writing_leaves_the_old_state() {
    // At the start, while words are gathered, and after segments were written but not committed.
    for killed_at in ["writing", "put 1000", "put 12000"] {
        let dir = tempfile::tempdir().unwrap();
        put_all(dir.path(), &bridge());
        let mut child = child(dir.path(), None).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reached = lines.map_while(Result::ok).any(|line| line == killed_at);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(reached, "{killed_at}");
        old_state_stands(dir.path());
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_leaves_the_old_state() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    // A limit on the size of files, 100 kB here, stands in for a full disk: writes beyond it fail, with the signal ignored.
    let output = child(dir.path(), Some("trap '' XFSZ; ulimit -f 200; exec \"$@\"")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("error: writing the index") && said.contains("stays as it was"), "{said}");
    old_state_stands(dir.path());
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let whole = tempfile::tempdir().unwrap();
    put_all(whole.path(), &bridge());
    let files: Vec<_> = fs::read_dir(whole.path()).unwrap().map(|e| e.unwrap().path()).collect();
    let segments: Vec<_> = files.iter().filter(|f| f.extension().is_some_and(|e| e != "json" && e != "lock")).collect();
    assert!(segments.len() >= 5);
    let mut silent = 0;
    for file in &segments {
        for damage in ["cut", "missing", "empty", "flip", "garbage"] {
            let dir = tempfile::tempdir().unwrap();
            for f in &files {
                fs::copy(f, dir.path().join(f.file_name().unwrap())).unwrap();
            }
            let target = dir.path().join(file.file_name().unwrap());
            let mut bytes = fs::read(&target).unwrap();
            match damage {
                "cut" => bytes.truncate(bytes.len() / 2),
                "empty" => bytes.clear(),
                "flip" => {
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0x55;
                }
                _ => bytes.iter_mut().for_each(|b| *b = b.wrapping_mul(31).wrapping_add(7)),
            }
            match damage {
                "missing" => fs::remove_file(&target).unwrap(),
                _ => fs::write(&target, bytes).unwrap(),
            }
            match Index::open(dir.path()) {
                Err(error) => assert!(matches!(error, IndexError::Corrupt { .. }), "{damage} {error}"),
                Ok(index) => {
                    let _ = index.search(&SearchQuery::new("bridge")).map(|h| h.total);
                    let _ = index.documents(&Filter::default()).map(|d| d.filter(Result::is_ok).count());
                    let report = index.fsck().unwrap();
                    silent += usize::from(report.is_sound());
                    assert!(!report.is_sound(), "{damage} of {} was not seen", target.display());
                }
            }
        }
    }
    assert_eq!(silent, 0);
}

#[test]
fn a_damaged_manifest_or_meta_is_named() {
    for (file, content) in
        [("sayso.json", Some("{")), ("meta.json", Some("{}")), ("meta.json", Some("\u{0}\u{0}")), ("meta.json", None)]
    {
        let dir = tempfile::tempdir().unwrap();
        put_all(dir.path(), &bridge());
        match content {
            Some(content) => fs::write(dir.path().join(file), content).unwrap(),
            None => fs::remove_file(dir.path().join(file)).unwrap(),
        }
        for error in [Index::open(dir.path()).err(), Index::open_or_create(dir.path()).err()] {
            let error = error.unwrap();
            assert!(matches!(&error, IndexError::Corrupt { path, .. } if path.ends_with(file)), "{error}");
        }
    }
}

/// Root may write anywhere, so that for root this shows nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_can_be_read_and_says_why_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    fs::remove_file(dir.path().join(".tantivy-meta.lock")).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(dir.path().join("probe"), "").is_err() {
        let index = Index::open(dir.path()).unwrap();
        assert_eq!(index.len(), 3);
        let error = index.writer(&Default::default()).err().unwrap();
        assert!(matches!(error, IndexError::ReadOnly { .. }), "{error}");
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}
