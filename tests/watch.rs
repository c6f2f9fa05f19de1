//! `sayso watch`, while another program writes to its index.
#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const SAYSO: &str = env!("CARGO_BIN_EXE_sayso");

#[test]
fn what_another_program_adds_meanwhile_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let write = |place: &str, text: &str| {
        let path = folder.path().join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "inbox/statements/ferry.md",
        "---\nspeaker: Ada Brandt\ndate: 2031-05-02\n---\nThe old ferry line will not close before winter.\n",
    );
    write(
        "other/articles/tern.md",
        "---\ndate: 2031-05-09\n---\n“The old ferry line will close before winter,” said Ada Brandt, the mayor.\n",
    );
    let sayso = |command: &[&str]| {
        let mut sayso = Command::new(SAYSO);
        sayso.current_dir(folder.path()).args(command).args(["--model", "rules", "--index", "index"]);
        sayso
    };
    let mut watch = sayso(&["watch", "inbox", "--trace", "--every", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut notes = BufReader::new(watch.stderr.take().unwrap()).lines().map_while(Result::ok);
    // The first look is over.
    assert!(notes.any(|note| note.contains("1 new document, 0 hits")));
    assert!(sayso(&["index", "-q", "other"]).status().unwrap().success());
    let line = BufReader::new(watch.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(line.contains("articles/tern.md") && line.contains("\"relation\":\"altered\""), "{line}");
}
