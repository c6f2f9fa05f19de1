//! The walls between the crates: what the core may depend on, and what it may not do.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "walls/circles.rs"]
mod circles;

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

/// Object storage is a feature: nobody builds TLS who does not ask for it, and what fetches objects knows nothing of texts.
#[test]
fn object_storage_stands_apart() {
    for package in ["sayso", "sayso-ingest"] {
        let crates = crates_of(package, &[]);
        for forbidden in ["sayso-objects", "object_store", "rustls", "reqwest", "openssl"] {
            assert!(!crates.contains(forbidden), "{package} depends on {forbidden}");
        }
    }
    let crates = crates_of("sayso-objects", &[]);
    assert!(
        crates.contains("object_store") && !crates.contains("sayso-core") && !crates.contains("reqwest"),
        "{crates:?}"
    );
}

/// The Rust files below a folder of the workspace, each with its path from there and its text, in order.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut folders, mut out) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort();
    out
}

/// The code of a file: without comments, and without its tests. Lines stay where they are.
fn code(text: &str) -> String {
    let tests = ["#[cfg(test)]\nmod tests", "#[cfg(test)]\npub"].iter().filter_map(|mark| text.find(mark)).min();
    let text = &text[..tests.unwrap_or(text.len())];
    let uncommented = |line: &str| match line.find("//").filter(|at| !line[..*at].ends_with(':')) {
        Some(at) => line[..at].to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(uncommented).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_core_touches_no_file_thread_clock_or_network() {
    let forbidden = ["std::fs", "std::thread", "std::time", "std::net", "std::env", "std::process"];
    let mut found = Vec::new();
    for (name, text) in files("crates/sayso-core/src") {
        let code = code(&text);
        found.extend(forbidden.iter().filter(|what| code.contains(**what)).map(|what| format!("{name}: {what}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Where three or more English words may stand in a row in the code of the core, and why.
const LISTS_IN_CODE: [(&str, &str); 6] = [
    ("language/en/", "it is English: its tables and the rules of its word forms"),
    ("language/claims.rs", "names of features, as in `claim_weights.tsv`"),
    ("language/choices.rs", "names of traits, as in `speaker_weights.tsv`"),
    ("check/story.rs", "names of features"),
    ("check/features.rs", "names of features"),
    ("check/framed.rs", "names of the stages of `facts.tsv`"),
];

/// The lists of three or more words in some code: string literals that nothing but `,` or `|` parts, each with its line.
fn lists(code: &str) -> Vec<(usize, Vec<String>)> {
    let is_word = |text: &str| {
        let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\'');
        text.chars().any(|c| c.is_ascii_lowercase()) && text.chars().all(letter)
    };
    let (mut out, mut run, mut line) = (Vec::new(), Vec::new(), 1);
    let mut end = |run: &mut Vec<String>, line: usize| {
        let words: Vec<String> = run.drain(..).filter(|text: &String| is_word(text)).collect();
        if words.len() >= 3 {
            out.push((line, words));
        }
    };
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            ' ' | ',' | '|' => {}
            // Bytes in quotes: `b"st"`.
            'b' if chars.peek() == Some(&'"') => {}
            // A character, which may be a quote mark; a lifetime has no second apostrophe.
            '\'' => {
                let escaped = chars.next_if_eq(&'\\').is_some();
                let shown = chars.peek().copied();
                if escaped || shown == Some('"') {
                    chars.next();
                }
                end(&mut run, line);
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    line += usize::from(c == '\n');
                    text.push(c);
                    text.extend((c == '\\').then(|| chars.next()).flatten());
                }
                run.push(text);
            }
            _ => end(&mut run, line),
        }
    }
    end(&mut run, line);
    out
}

#[test]
fn words_of_english_stand_in_tables() {
    let three = ["one", "two", "three"].map(str::to_owned).to_vec();
    assert_eq!(lists("a(&[\"one\", \"two\", \n \"three\"])"), [(2, three)]);
    assert_eq!(lists("matches!(x, b\"st\" | b\"nd\" | b\"rd\")").len(), 1);
    assert!(lists("'\"'; (\"one\", One), (\"two\", Two), (\"three\", Three); [\"A\", \"B\", \"C\"]").is_empty());
    let mut found = Vec::new();
    for (name, text) in files("crates/sayso-core/src") {
        let allowed = LISTS_IN_CODE.iter().any(|(place, _)| name.starts_with(place));
        if !allowed && !name.ends_with("tests.rs") {
            found.extend(lists(&code(&text)).iter().map(|(line, words)| format!("{name}:{line}: {words:?}")));
        }
    }
    assert!(
        found.is_empty(),
        "These words belong into `crates/sayso-core/src/language/en/lists.tsv` or another table: {found:#?}"
    );
}

#[test]
fn every_list_of_words_is_asked_for() {
    let all = files("crates/sayso-core/src");
    let (_, names) = all.iter().find(|(name, _)| name == "language/lists.rs").unwrap();
    let names = names.split("lists! {").nth(1).unwrap().split('}').next().unwrap();
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let rules = all.iter().filter(|(name, _)| name != "language/lists.rs");
    let rules: String = rules.map(|(_, text)| code(text) + "\n").collect();
    let asked = |list: &&str| {
        let word = format!("List::{list}");
        let ends = |at: usize| !rules[at + word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        rules.match_indices(&word).any(|(at, _)| ends(at))
    };
    let idle: Vec<&str> = names.filter(|list| !asked(list)).collect();
    assert!(idle.is_empty(), "no rule asks for these lists: {idle:?}");
}

/// Rooms of a crate within which modules may use each other in circles, and why. Between rooms there is none.
const CIRCLES: [(&str, &str, &str); 1] =
    [("src", "cli", "the arguments name the commands, which read the arguments: that is how clap's derive works")];

#[test]
fn modules_use_each_other_one_way() {
    let (mut faults, mut met) = (Vec::new(), BTreeSet::new());
    for folder in ["crates/sayso-core/src", "crates/sayso-ingest/src", "crates/sayso-index/src", "src"] {
        for circle in circles::circles(folder) {
            let within = |room: &str| circle.iter().all(|module| module.starts_with(room));
            match CIRCLES.iter().find(|(place, room, _)| *place == folder && within(room)) {
                Some((_, room, _)) => {
                    met.insert(*room);
                }
                None => faults.push(format!("{folder}: {}", circle.join(" ↔ "))),
            }
        }
    }
    let opened = CIRCLES.iter().filter(|(_, room, _)| !met.contains(room));
    faults.extend(opened.map(|(_, room, _)| format!("{room} has no circle any more: take it out of `CIRCLES`")));
    assert!(faults.is_empty(), "{faults:#?}");
}
