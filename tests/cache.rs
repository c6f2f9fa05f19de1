//! The cache of statements that are given as files: the same answers cold and warm, with a damaged cache and without one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Statements enough to be kept, with an article that quotes the first.
fn set(folder: &Path) -> (PathBuf, PathBuf) {
    let statements = folder.join("statements.jsonl");
    let mut lines = String::new();
    for n in 0..300 {
        let line: String = (0..200).map(|word| format!("plank{} ", (n * 7919 + word * 104_729) % 9973)).collect();
        let text = match n {
            0 => format!("“The pier was built by our parents in the winter,” said Mira Hale, the mayor. {line}"),
            _ => format!("The board counted the planks: {line}{line}"),
        };
        writeln!(lines, "{{\"id\": \"s{n}\", \"date\": \"2031-05-02\", \"text\": \"{text}\"}}").unwrap();
    }
    std::fs::write(&statements, lines).unwrap();
    let article = folder.join("article.jsonl");
    let text = "“The pier was built by our parents in the winter,” Mira Hale said. “It will not be sold,” said Hale.";
    std::fs::write(&article, format!("{{\"id\": \"a\", \"date\": \"2031-05-03\", \"text\": \"{text}\"}}\n")).unwrap();
    (article, statements)
}

fn sayso(cache: &Path, command: &str, article: &Path, statements: &Path, more: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .env("XDG_CACHE_HOME", cache)
        .args([command, "--model", "rules", "--format", "jsonl", "-q"])
        .arg(article)
        .arg("--against")
        .arg(statements)
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => out.extend(files(&path)),
            path => out.push(path),
        }
    }
    out.sort();
    out
}

#[test]
fn answers_are_the_same_cold_warm_damaged_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let (article, statements) = set(folder.path());
    for command in ["trace", "check"] {
        let cache = folder.path().join(command);
        std::fs::create_dir(&cache).unwrap();
        let without = sayso(&cache, command, &article, &statements, &["--no-cache"]);
        assert_eq!(files(&cache), [] as [PathBuf; 0], "{command}: --no-cache wrote something");
        assert!(command == "check" || without.contains("\"statement\":\"s0\""), "{without}");
        let cold = sayso(&cache, command, &article, &statements, &[]);
        assert_eq!(cold, without, "{command}, cold");
        let kept = files(&cache);
        assert!(!kept.is_empty(), "{command}: nothing is kept");
        assert_eq!(sayso(&cache, command, &article, &statements, &[]), without, "{command}, warm");
        assert_eq!(files(&cache), kept, "{command}: a warm run wrote something");
        for file in &kept {
            let mut bytes = std::fs::read(file).unwrap();
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 0x55;
            }
            std::fs::write(file, bytes).unwrap();
        }
        assert_eq!(sayso(&cache, command, &article, &statements, &[]), without, "{command}, damaged");
        assert_eq!(sayso(&cache, command, &article, &statements, &[]), without, "{command}, mended");
        // Another text is another entry.
        let changed = std::fs::read_to_string(&statements).unwrap().replace("by our parents", "by our elders");
        std::fs::write(&statements, changed).unwrap();
        let changed = sayso(&cache, command, &article, &statements, &[]);
        assert_eq!(changed, sayso(&cache, command, &article, &statements, &["--no-cache"]), "{command}, changed");
        assert!(command == "check" || changed != without);
        let (_, again) = set(folder.path());
        assert_eq!(again, statements);
    }
}
