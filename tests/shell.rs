//! What a careful stranger tries: the same place in every output, an index in the folder that is indexed, a damaged index,
//! endings that promise something else, an interrupt, through the real binary.
#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What a command came to.
struct Told {
    code: Option<i32>,
    out: String,
    err: String,
}

struct Place(TempDir);

impl Place {
    /// A folder with an article about a statement, both with front matter.
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        place.write(
            "news/articles/gazette.md",
            "---\nid: gazette-1\ntitle: The pier opens\ndate: 2031-05-03\npublisher: The Gazette\n---\n\
             The pier opens.\n\n“The old pier will open before winter, and the crews were paid in full,” said Ada \
             Brandt, the mayor of Norholm. It has cost 12 million crowns so far, she said.\n",
        );
        place.write(
            "news/statements/pier.md",
            "---\ntitle: The pier\ndate: 2031-05-02\nspeaker: Ada Brandt\n---\n\
             The old pier will not open before winter, and the crews were paid in full.\n\nThe pier has cost 15 \
             million crowns so far.\n",
        );
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.current_dir(self.0.path()).env("NO_COLOR", "1").env("SAYSO_INDEX", "index").args(args);
        command.args(["--model", "rules", "--no-cache"]).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Told {
        let done = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Told { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// The files of the index that end so.
    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let all = fs::read_dir(self.path("index")).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
    }
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[test]
fn every_output_tells_the_line_of_the_file() {
    let place = Place::new();
    let against = ["news/articles", "--against", "news/statements"];
    let quoted = "news/articles/gazette.md:9:";
    for format in ["table", "list"] {
        for command in
            [&["quotes", "news/articles"][..], &["figures", "news/articles"], &[&["trace"], &against[..]].concat()]
        {
            let told = place.run(&[command, &["--format", format]].concat());
            assert!(told.out.contains(quoted), "{command:?} {format}: {}", told.out);
        }
        let told = place.run(&[&["check"], &against[..], &["--format", format]].concat());
        assert!(told.out.contains(quoted) && told.out.contains("news/statements/pier.md:8:"), "{format}: {}", told.out);
    }
    let told = place.run(&[&["verify"], &against[..]].concat());
    assert!(told.out.contains(quoted) && told.out.contains("news/statements/pier.md:6:1"), "{}", told.out);
    let told = place.run(&[&["verify"], &against[..], &["--format", "junit"]].concat());
    assert!(told.out.contains("file=\"news/articles/gazette.md\" line=\"9\""), "{}", told.out);
    let told = place.run(&[&["verify"], &against[..], &["--format", "sarif"]].concat());
    assert!(told.out.contains("\"startLine\": 9"), "{}", told.out);
    place.run(&["index", "news"]);
    let told = place.run(&["search", "crowns"]);
    assert!(told.out.contains(quoted), "{}", told.out);
}

#[test]
fn a_walk_leaves_out_what_sayso_made() {
    let place = Place::new();
    assert_eq!(place.run(&["index", ".", "--check", "--trace"]).code, Some(0));
    place.run(&["report", "-o", "report.html"]);
    place.run(&["search", "--save", "pier", "pier"]);
    place.write("news/articles/new.txt", "The pier is shut again.\n");
    place.run(&["watch", "news", "--once", "--rss", "new.xml"]);
    assert!(place.path("index/findings").is_dir() && place.path("new.xml").is_file());
    let told = place.run(&["index", "."]);
    assert!(told.err.contains("unreadable 0; index holds 3 documents"), "{}", told.err);
    assert!(told.err.contains("1 index of sayso") && told.err.contains("1 feed of sayso"), "{}", told.err);
    let told = place.run(&["fsck", "--repair"]);
    assert_eq!((told.code, told.err.contains("kept 3, restored 0, lost 0")), (Some(0), true), "{}", told.err);
    // The damaged one beside it is an index as well.
    let told = place.run(&["index", "."]);
    assert!(told.err.contains("2 indexes of sayso") && told.err.contains("holds 3 documents"), "{}", told.err);
}

#[test]
fn a_file_is_one_document_whatever_folder_is_named() {
    let place = Place::new();
    place.write("inbox/a.txt", "“It held,” said Tom Reyes.\n");
    place.write("inbox/b.jsonl", "{\"text\": \"“It rained,” said Ada Brandt.\"}\n{\"id\": \"x\", \"text\": \"No.\"}\n");
    let told = place.run(&["index", "."]);
    assert!(told.err.contains("added 5, updated 0"), "{}", told.err);
    let told = place.run(&["index", "inbox"]);
    assert!(told.err.contains("added 0") && told.err.contains("holds 5 documents"), "{}", told.err);
    let told = place.run(&["index", "inbox/a.txt", "news", "."]);
    assert!(told.err.contains("added 0") && told.err.contains("holds 5 documents"), "{}", told.err);
    let told = place.run(&["extract", "--fields", "id", "-q"]);
    assert!(told.out.contains("\"inbox/a.txt\"") && !told.out.contains("\"a.txt\""), "{}", told.out);
    let told = place.run(&["fsck"]);
    assert_eq!(told.code, Some(0), "{}", told.out);
}

#[test]
fn a_damaged_text_is_named_and_no_success() {
    let place = Place::new();
    place.run(&["index", "news"]);
    let store = place.files("store").remove(0);
    change(&store, |bytes| bytes.iter_mut().skip(30).take(40).for_each(|byte| *byte ^= 0x5a));
    for command in [&["quotes"][..], &["check"], &["search", "pier"], &["speakers"], &["extract"]] {
        let told = place.run(command);
        assert_eq!(told.code, Some(2), "{command:?}: {}", told.err);
        let name = store.file_name().unwrap().to_str().unwrap();
        assert!(told.err.contains(name) && told.err.contains("sayso fsck --repair"), "{command:?}: {}", told.err);
        assert!(!told.err.contains("--limit"), "{command:?}: {}", told.err);
    }
    assert_eq!(place.run(&["fsck"]).code, Some(1));
    let told = place.run(&["fsck", "--repair"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert_eq!((place.run(&["fsck"]).code, place.run(&["search", "pier"]).code), (Some(0), Some(0)));
}

#[test]
fn damage_of_each_file_is_named_and_repaired() {
    type Plant = fn(&Place);
    let kinds: [(&str, &[&str], Plant); 6] = [
        (".idx", &["search", "pier"], |place| change(&place.files("idx")[0], |b| b[8] ^= 1)),
        (".term", &["quotes"], |place| change(&place.files("term")[0], |b| b[8] ^= 1)),
        (".store", &["quotes"], |place| change(&place.files("store")[0], |b| b.truncate(b.len() / 2))),
        (".store", &["fsck"], |place| change(&place.files("store")[0], |b| b.truncate(b.len() / 2))),
        ("sayso.json", &["fsck"], |place| change(&place.path("index/sayso.json"), |b| b[20] = b'#')),
        ("findings", &["fsck"], |place| {
            let findings = fs::read_dir(place.path("index/findings")).unwrap().map(|entry| entry.unwrap().path());
            let lines = findings.filter(|path| path.extension().is_some_and(|e| e == "jsonl"));
            lines.for_each(|path| change(&path, |b| b.iter_mut().take(9).for_each(|b| *b = b'#')));
        }),
    ];
    for (file, command, plant) in kinds {
        let place = Place::new();
        place.run(&["index", "news", "--check", "--trace"]);
        plant(&place);
        let told = place.run(command);
        let all = format!("{}{}", told.out, told.err);
        assert_eq!(told.code, Some(if command[0] == "fsck" { 1 } else { 2 }), "{file}: {all}");
        assert!(all.contains(file) && all.contains("--repair"), "{file}: {all}");
        assert!(!all.contains("tantivy"), "{file}: {all}");
        let told = place.run(&["fsck", "--repair"]);
        assert_eq!(told.code, Some(0), "{file}: {}", told.err);
        let told = place.run(&["fsck"]);
        assert_eq!(told.code, Some(0), "{file}: {}{}", told.out, told.err);
        assert!(place.run(&["quotes"]).out.contains("Ada Brandt"), "{file}");
    }
}

#[test]
fn an_ending_that_promises_another_format_is_refused() {
    let place = Place::new();
    for name in ["o.pdf", "out.weird"] {
        let told = place.run(&["quotes", "news", "-o", name]);
        assert_eq!(told.code, Some(2), "{name}");
        assert!(told.err.contains("--format names one") && !place.path(name).exists(), "{}", told.err);
        assert_eq!(place.run(&["quotes", "news", "-o", name, "--format", "table"]).code, Some(0), "{name}");
    }
    for name in ["o.txt", "o", "o.csv"] {
        assert_eq!(place.run(&["quotes", "news", "-o", name]).code, Some(0), "{name}");
    }
    assert_eq!(place.run(&["report", "news", "-o", "r.pdf"]).code, Some(2));
}

/// Whether this process ignores the interrupt, signal 2, as far as the system tells.
fn ignores_interrupts() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 0b10 != 0)
}

#[test]
fn an_interrupt_leaves_nothing() {
    let place = Place::new();
    let mut running = place.command(&["quotes", "-", "-o", "out.jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all(b"{\"text\": \"\xe2\x80\x9cNo,\xe2\x80\x9d said Tom Reyes.\"}\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(800));
    // A shell that starts the tests in the background has them ignore an interrupt, and what they start as well.
    let signal = if ignores_interrupts() { "-TERM" } else { "-INT" };
    assert!(Command::new("kill").args([signal, &running.id().to_string()]).status().unwrap().success());
    assert!(!running.wait().unwrap().success());
    let names: Vec<_> = fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["news"]);
    drop(input);
}

#[test]
fn an_error_is_said_once_and_without_temporary_names() {
    let place = Place::new();
    let told = place.run(&["quotes", "news", "-o", "/nonexist/o.jsonl"]);
    assert_eq!(told.err.trim(), "error: writing /nonexist/o.jsonl: No such file or directory (os error 2)");
    let told = place.run(&["check", "news", "--table", "nosuch.csv"]);
    assert_eq!(told.err.matches("No such file").count(), 1, "{}", told.err);
}

#[test]
fn nothing_found_is_told_and_standard_input_has_a_name() {
    let place = Place::new();
    for command in [
        &["quotes", "news", "--speaker", "nobody"][..],
        &["figures", "news", "--unit", "furlong"],
        &["speakers", "news", "--kind", "group"],
    ] {
        assert_eq!(place.run(command).code, Some(1), "{command:?}");
    }
    let told = place.run(&["quotes", "news", "--kind", "article"]);
    assert!(told.err.contains("in 1 document"), "{}", told.err);
    let mut piped = place.command(&["quotes", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all("“No,” said Tom Reyes.\n".as_bytes()).unwrap();
    let out = String::from_utf8(piped.wait_with_output().unwrap().stdout).unwrap();
    assert!(out.contains("\n-:1:1 "), "{out}");
}

#[test]
fn a_finding_has_its_id_where_it_is_read_and_what_is_right_is_confirmed() {
    let place = Place::new();
    place.run(&["index", "news"]);
    let told = place.run(&["quotes", "--format", "list"]);
    assert!(told.out.contains("gazette-1#q1"), "{}", told.out);
    let told = place.run(&["check", "--format", "list"]);
    assert!(told.out.contains("gazette-1#k"), "{}", told.out);
    let told = place.run(&["check", "--format", "jsonl", "--verdict", "contradicted"]);
    let id = told.out.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let told = place.run(&["review", &id, "--verdict", "contradicted", "--by", "Ana Brook"]);
    assert!(told.err.contains("confirmed"), "{}", told.err);
    let told = place.run(&["check", "--verdict", "contradicted"]);
    assert!(told.out.contains("differs"), "{}", told.out);
    place.run(&["review", "gazette-1#q1", "--speaker", "Wen Tarrow", "--by", "Ana Brook"]);
    let told = place.run(&["quotes"]);
    assert!(told.out.contains("Wen Tarrow  reviewed"), "{}", told.out);
}

#[test]
fn every_command_works_on_the_index() {
    let place = Place::new();
    place.run(&["index", "news"]);
    let told = place.run(&["extract"]);
    assert!(told.out.contains("\"record\":\"document\""), "{}", told.err);
    let told = place.run(&["text"]);
    assert!(told.out.contains("15 million crowns"), "{}", told.err);
}
