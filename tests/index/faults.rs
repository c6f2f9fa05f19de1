//! Kills at system calls: strace kills a process at the n-th call of a kind, for each kind that changes a disk and each n
//! there is, while it indexes, deletes, compacts or repairs. What stood before stands, or what was to be. Without strace the
//! tests say so and try nothing. Of the many writes some are taken; `SAYSO_KILLS=all` takes all.

use crate::made::{Made, bridge, put_all};
use crate::repairs::content;
use sayso::document::Document;
use sayso::index::{Filter, Index, repair};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

const FOLDER: &str = "SAYSO_TEST_FAULT_FOLDER";
const WORK: &str = "SAYSO_TEST_FAULT_WORK";

/// Not a test by itself: the child that is killed.
#[test]
#[ignore = "run by the tests below"]
fn child_works() {
    let (Some(dir), Ok(work)) = (std::env::var_os(FOLDER), std::env::var(WORK)) else { return };
    let dir = Path::new(&dir);
    if work == "repair" {
        repair(dir, std::iter::empty()).unwrap();
        return;
    }
    let index = Index::open(dir).unwrap();
    let options = sayso::index::WriterOptions { memory: 15_000_000, ..Default::default() };
    let mut writer = index.writer(&options).unwrap();
    match work.as_str() {
        "index" => {
            for n in 0..3 {
                writer.put(&Document::new(format!("new{n}"), "One more bridge."), &Default::default()).unwrap();
            }
            writer.commit().unwrap();
        }
        "delete" => {
            writer.delete("coverage/post.txt");
            writer.commit().unwrap();
        }
        _ => _ = writer.compact().unwrap(),
    }
}

/// Runs the child and kills it at the `n`-th call of a kind; whether it was.
fn killed(dir: &Path, work: &str, call: &str, n: usize) -> bool {
    let status = Command::new("strace")
        .args(["-f", "-qqq", "-o", "/dev/null", "-e", &format!("trace=?{call}")])
        .args(["-e", &format!("inject=?{call}:signal=KILL:when={n}")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "faults::child_works", "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, dir)
        .env(WORK, work)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    // strace ends as the child did.
    let killed = status.signal() == Some(9);
    assert!(killed || status.success(), "{work} at {call} {n}: {status}");
    killed
}

fn has_strace() -> bool {
    let there = Command::new("strace").args(["-qqq", "-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success());
    if !there {
        eprintln!("== kills at system calls: NOT TRIED, strace is not there or may not trace");
    }
    there
}

/// The calls that change a disk.
const CALLS: [&str; 11] = [
    "rename",
    "renameat",
    "renameat2",
    "fsync",
    "fdatasync",
    "unlink",
    "unlinkat",
    "mkdir",
    "rmdir",
    "ftruncate",
    "write",
];

/// Kills a piece of work at every call; `begin` makes what stood before, `judge` what is there after.
fn at_every_call(work: &str, begin: impl Fn(&Path), judge: impl Fn(&Path, &str)) -> usize {
    let all = std::env::var("SAYSO_KILLS").is_ok_and(|kills| kills == "all");
    let mut kills = 0;
    for call in CALLS {
        let step = if call == "write" && !all { 7 } else { 1 };
        for n in (1..).step_by(step) {
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path().join("index");
            begin(&dir);
            if !killed(&dir, work, call, n) {
                break;
            }
            kills += 1;
            judge(&dir, &format!("{work} killed at {call} {n}"));
        }
    }
    println!("{work}: {kills} kills");
    kills
}

fn ids(dir: &Path) -> BTreeSet<String> {
    let index = Index::open(dir).unwrap();
    let report = index.fsck().unwrap();
    assert!(report.is_sound(), "{report:?}");
    index.documents(&Filter::default()).unwrap().map(|found| found.unwrap().0.id).collect()
}

#[test]
fn a_kill_at_any_call_leaves_the_old_state_or_the_new() {
    if !has_strace() {
        return;
    }
    let begin = |dir: &Path| {
        put_all(dir, &bridge()[..2]);
        put_all(dir, &bridge()[2..]);
    };
    for (work, added, taken) in [("index", 3, 0), ("delete", 0, 1), ("compact", 0, 0)] {
        let kills = at_every_call(work, begin, |dir, place| {
            let now = ids(dir).len();
            assert!(now == 3 || now == 3 + added - taken, "{place}: {now} documents");
            put_all(dir, &[Made::new("after", "Life goes on.")]);
            assert_eq!(ids(dir).len(), now + 1, "{place}");
        });
        assert!(kills > 5, "{work}: only {kills} kills");
    }
}

#[test]
fn a_kill_at_any_call_of_a_repair_loses_nothing() {
    if !has_strace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("index");
    put_all(&damaged, &bridge());
    let store = fs::read_dir(&damaged)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "store"));
    let store = store.unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let at = bytes.windows(9).position(|window| window == b"Old Mill ").unwrap();
    bytes[at] ^= 1;
    fs::write(&store, bytes).unwrap();
    let before = content(&damaged);
    let begin = |dir: &Path| {
        fs::create_dir(dir).unwrap();
        before.iter().for_each(|(name, bytes)| fs::write(dir.join(name), bytes).unwrap());
    };
    let copies = |dir: &Path| {
        let beside = fs::read_dir(dir.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        beside.filter(|path| content(path) == before).count()
    };
    // How many documents a repair that is left alone keeps: a packed store can refer to a damaged byte twice.
    let alone = folder.path().join("alone");
    begin(&alone);
    repair(&alone, std::iter::empty()).unwrap();
    let kept = ids(&alone).len();
    assert!((1..3).contains(&kept), "{kept}");
    let kills = at_every_call("repair", begin, |dir, place| {
        assert!(dir.exists(), "{place}: the index is gone");
        if content(dir) != before {
            assert_eq!(ids(dir).len(), kept, "{place}");
        }
        assert_eq!(copies(dir), 1, "{place}: the damaged index is gone");
        repair(dir, std::iter::empty()).unwrap();
        assert_eq!(ids(dir).len(), kept, "{place}: repaired again");
        assert_eq!(copies(dir), 1, "{place}: the damaged index is gone after a second repair");
    });
    assert!(kills > 20, "only {kills} kills");
}
