//! The walls between the crates: what the core may depend on, and what it may not do.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The crates that a package is built from, without those for tests.
fn crates_of(package: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none", "-f", "{p}", "-p", package])
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    String::from_utf8(output.stdout).unwrap().lines().map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_core_depends_on_little() {
    let crates = crates_of("sayso-core", &[]);
    assert!(crates.contains("jiff"), "{crates:?}");
    assert!(crates.len() <= 40, "{} crates: {crates:?}", crates.len());
    for forbidden in ["tantivy", "clap", "axum", "tokio", "rayon", "mimalloc", "ignore", "csv", "parquet", "log"] {
        assert!(!crates.contains(forbidden), "sayso-core depends on {forbidden}");
    }
}

#[test]
fn reading_files_needs_no_index_and_the_index_no_formats() {
    for (package, forbidden) in
        [("sayso-ingest", ["tantivy", "clap", "axum"]), ("sayso-index", ["parquet", "clap", "axum"])]
    {
        let crates = crates_of(package, &[]);
        assert!(crates.contains("sayso-core"), "{crates:?}");
        for name in forbidden {
            assert!(!crates.contains(name), "{package} depends on {name}");
        }
    }
}

#[test]
fn the_core_touches_no_file_thread_clock_or_network() {
    let mut found = Vec::new();
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/sayso-core/src");
    let mut folders = vec![core];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                for what in ["std::fs", "std::thread", "std::time", "std::net", "std::env", "std::process"] {
                    if code.clone().any(|line| line.contains(what)) {
                        found.push(format!("{}: {what}", path.display()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
