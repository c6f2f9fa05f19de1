//! Stories of tracing: what was said where and when, what a page made of it, and what is to be told of each quotation.
//!
//! A file holds stories, parted by lines of `====`. A story has parts, each begun by a line: `statement ID DATE TITLE`,
//! `page DATE`, and `told`; under `told` a line for each expectation: the quoted words, the relation, the statement, who says
//! it there, the changes and further notes, parted by ` | `; `-` stands for none, `*` for anything. Notes are `drift`,
//! `relayed NAME`, a reason or a confidence.

use sayso_core::document::Kind;
use sayso_core::extract::{Model, Options, extract_by};
use sayso_core::trace::{Sources, Trace, trace};
use sayso_core::{Document, extract::InOrder};
use std::path::Path;
use std::sync::Arc;

struct Story {
    title: String,
    statements: Vec<Document>,
    page: Document,
    told: Vec<String>,
}

fn story(text: &str) -> Story {
    let mut story =
        Story { title: String::new(), statements: Vec::new(), page: Document::new("page", ""), told: Vec::new() };
    let mut part = "";
    for line in text.trim().lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words.as_slice() {
            ["#", ..] => story.title.push_str(&line[1..]),
            ["statement", id, date, title] => {
                part = "statement";
                let mut statement = Document::new(*id, "");
                statement.kind = Kind::Statement;
                statement.date = (*date != "-").then(|| (*date).to_owned());
                statement.title = Some((*title).to_owned());
                story.statements.push(statement);
            }
            ["page", date] => {
                part = "page";
                story.page.date = (*date != "-").then(|| (*date).to_owned());
            }
            ["told"] => part = "told",
            _ if part == "told" => story.told.push(line.to_owned()),
            _ => {
                let text = match part {
                    "statement" => &mut story.statements.last_mut().expect("a statement").text,
                    _ => &mut story.page.text,
                };
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    story
}

fn traces(story: &Story) -> Vec<Trace> {
    let options = Options { model: Model::Rules };
    let mut sources = Sources::new();
    for statement in &story.statements {
        let read = move |document: &Document| extract_by(document, &Options { model: Model::Rules }, &InOrder);
        sources.add_unread(Arc::new(statement.clone()), Arc::new(read));
    }
    trace(&story.page, &extract_by(&story.page, &options, &InOrder), &sources).expect("statements in memory")
}

/// What is told of a trace, as the stories write it.
fn told(story: &Story, trace: &Trace) -> [String; 5] {
    let dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let of = |value: &dyn erased::Named| name(value.json());
    let said_by = trace.said_by.and_then(|span| {
        let statement = story.statements.iter().find(|s| Some(&s.id) == trace.statement.as_ref())?;
        Some(span.of(&statement.text).to_owned())
    });
    let mut notes: Vec<String> = trace.because.iter().map(|reason| of(reason)).collect();
    notes.extend(trace.confidence.map(|confidence| of(&confidence)));
    notes.extend((trace.attribution_drift == Some(true)).then(|| "drift".to_owned()));
    notes.extend(trace.relayed_by.as_ref().map(|by| format!("relayed {by}")));
    [
        of(&trace.relation),
        dash(trace.statement.clone().unwrap_or_default()),
        dash(said_by.unwrap_or_default()),
        dash(trace.changes.iter().map(|change| of(change)).collect::<Vec<_>>().join(" ")),
        notes.join(" ; "),
    ]
}

mod erased {
    /// What has a name in JSON.
    pub(super) trait Named {
        fn json(&self) -> serde_json::Value;
    }
    impl<T: serde::Serialize> Named for T {
        fn json(&self) -> serde_json::Value {
            serde_json::to_value(self).expect("a name")
        }
    }
}

#[test]
fn stories_are_told_as_they_should_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut wrong: Vec<String> = Vec::new();
    let mut asked = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        for story in text.split("\n====\n").map(story) {
            let found = traces(&story);
            for line in &story.told {
                asked += 1;
                let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
                let quote = cells[0];
                let one = found.iter().find(|trace| trace.quote.of(&story.page.text) == quote);
                let got = one.map(|trace| told(&story, trace));
                let fits = |got: &[String; 5]| {
                    (1..5).all(|i| cells.get(i).is_none_or(|want| *want == "*" || *want == got[i - 1]))
                        && cells.iter().skip(5).all(|want| match want.strip_prefix("no ") {
                            Some(note) => !got[4].contains(note),
                            None => got[4].contains(want),
                        })
                };
                if !got.as_ref().is_some_and(fits) {
                    wrong.push(format!("{}\n  want {line}\n  got  {got:?}", story.title));
                }
            }
        }
    }
    assert!(asked > 30, "the stories were not read");
    let open: Vec<&str> = include_str!("traces-open.list").lines().filter(|line| !line.starts_with('#')).collect();
    wrong.retain(|wrong| {
        !open.iter().any(|line| wrong.lines().any(|got| got.trim().strip_prefix("want ") == Some(line)))
    });
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}
