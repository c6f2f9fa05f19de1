//! What checking makes of invented coverage of invented statements. Each case of `tests/suite/check/*.txt` is a story: what
//! the office said, what the paper made of it, and what is to be said of that. Half of the cases of a relation are such that
//! must not have it.
//!
//! ```text
//! == A fall is told as a rise
//! :: statement 2031-05-02
//! Fares fell by 3 percent.
//! :: article 2031-05-03
//! Fares rose by 3 percent.
//! :: want
//! 3 percent | contradicted | direction-differs
//! ```
//!
//! A line of `want` names a figure by words of it, its verdict, its relation (`-` for none, empty for any) and, if given, words of the
//! arithmetic. Whatever is not named must not be contradicted.

use sayso::check::{Check, Evidence, check};
use sayso::{Document, Kind, extract};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Default)]
struct Story {
    name: String,
    statements: Vec<(String, String)>,
    articles: Vec<(String, String)>,
    want: Vec<Vec<String>>,
}

fn stories(text: &str) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut part = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            stories.push(Story { name: name.to_owned(), ..Story::default() });
            part.clear();
            continue;
        }
        let Some(story) = stories.last_mut() else { continue };
        if let Some(head) = line.strip_prefix(":: ") {
            let (kind, date) = head.split_once(' ').unwrap_or((head, ""));
            part = kind.to_owned();
            let list = if kind == "statement" { &mut story.statements } else { &mut story.articles };
            if kind != "want" {
                list.push((date.to_owned(), String::new()));
            }
        } else if part == "want" && line.contains('|') {
            story.want.push(line.split('|').map(|cell| cell.trim().to_owned()).collect());
        } else if let Some((_, text)) =
            if part == "statement" { story.statements.last_mut() } else { story.articles.last_mut() }
        {
            text.push_str(line);
            text.push('\n');
        }
    }
    stories
}

fn document(id: String, kind: Kind, date: &str, text: &str) -> Document {
    Document { kind, date: Some(date.to_owned()).filter(|d| !d.is_empty()), ..Document::new(id, text.trim()) }
}

/// The name of a verdict or relation as it is printed.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value).expect("it is written") {
        Value::String(name) => name,
        _ => "-".to_owned(),
    }
}

/// What is wrong with what was found in a story.
fn faults(story: &Story) -> Vec<String> {
    let mut evidence = Evidence::new();
    let ids: Vec<String> = (0..story.statements.len()).map(|i| format!("s{i}")).collect();
    for (id, (date, text)) in ids.iter().zip(&story.statements) {
        let document = document(id.clone(), Kind::Statement, date, text);
        let extraction = extract(&document);
        evidence.add_statement(Arc::new(document), Arc::new(extraction));
    }
    let mut faults = Vec::new();
    let mut met = vec![false; story.want.len()];
    for (number, (date, text)) in story.articles.iter().enumerate() {
        let document = Document { about: ids.clone(), ..document(format!("a{number}"), Kind::Article, date, text) };
        for found in check(&document, &extract(&document), &evidence).expect("no store to fail") {
            let written = found.span.of(&document.text);
            let wanted = (0..story.want.len()).find(|i| !met[*i] && written.contains(&story.want[*i][0]));
            match wanted {
                Some(i) => {
                    met[i] = true;
                    faults.extend(compare(&story.want[i], &found, written));
                }
                None if matches!(name(found.verdict).as_str(), "contradicted" | "conflicting") => {
                    faults.push(format!(
                        "{written}: {} out of the blue ({:?})",
                        name(found.verdict),
                        found.computation
                    ));
                }
                None => {}
            }
        }
    }
    faults.extend(
        met.iter().zip(&story.want).filter(|(met, _)| !**met).map(|(_, want)| format!("{}: no check", want[0])),
    );
    faults
}

fn compare(want: &[String], found: &Check, written: &str) -> Option<String> {
    let cell = |n: usize| want.get(n).map_or("", String::as_str);
    let (verdict, relation) = (name(found.verdict), found.relation.map_or_else(|| "-".to_owned(), name));
    let arithmetic = found.computation.as_deref().unwrap_or_default();
    let fits = verdict == cell(1) && (cell(2).is_empty() || relation == cell(2)) && arithmetic.contains(cell(3));
    (!fits).then(|| {
        format!("{written}: wanted {}, found {verdict} {relation} {arithmetic} {:?}", want[1..].join(" "), found.slots)
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_story_has_its_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/check");
    let (mut read, mut wrong) = (0, Vec::new());
    for file in files(&folder) {
        let text = std::fs::read_to_string(&file).expect("a story file");
        for story in stories(&text) {
            read += 1;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            wrong.extend(faults(&story).into_iter().map(|fault| format!("{name}, {}: {fault}", story.name)));
        }
    }
    assert!(read >= 45, "only {read} stories were read");
    let open = include_str!("suite/check/open.list");
    wrong.retain(|wrong: &String| !open.lines().any(|line| wrong.starts_with(line)));
    assert!(wrong.is_empty(), "{} of {read} stories:\n{}", wrong.len(), wrong.join("\n"));
}
