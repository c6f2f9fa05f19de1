//! `sayso fsck`: proves an index: every file sound, every span equal to its text.

use super::Status;
use super::context::{Context, count};
use crate::index::{Index, Problem};
use crate::output::{Destination, Format, OutputError};
use anyhow::bail;
use serde_json::json;

/// Runs the command. Exit status 1 where damage was found.
pub fn run(context: &Context) -> anyhow::Result<Status> {
    let index = Index::open(&context.index)?;
    let report = index.fsck()?;
    let mut text = Vec::new();
    match context.format.unwrap_or(Format::Table) {
        Format::Table => {
            for (label, problem) in labelled(&report.problems, "damage").chain(labelled(&report.warnings, "stale")) {
                let doc = problem.doc.as_deref().map(|doc| format!("{doc}: ")).unwrap_or_default();
                text.extend_from_slice(format!("{label}: {doc}{}\n", problem.what).as_bytes());
            }
            let verdict = if report.is_sound() { "sound" } else { "damaged" };
            let (documents, spans) =
                (count(report.documents as usize, "document"), count(report.spans as usize, "span"));
            text.extend_from_slice(
                format!("{}: {verdict}: {documents} read, {spans} proved\n", context.index.display()).as_bytes(),
            );
        }
        Format::Jsonl | Format::Json => {
            let list = |problems: &[Problem]| -> Vec<serde_json::Value> {
                problems.iter().map(|p| json!({"doc": p.doc, "what": p.what})).collect()
            };
            let value = json!({
                "record": "fsck",
                "index": context.index.display().to_string(),
                "sound": report.is_sound(),
                "documents": report.documents,
                "spans": report.spans,
                "problems": list(&report.problems),
                "warnings": list(&report.warnings),
            });
            serde_json::to_writer(&mut text, &value).map_err(OutputError::from)?;
            text.push(b'\n');
        }
        other => bail!("fsck writes table, json or jsonl, not {}", other.name()),
    }
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&text)?;
    place.finish()?;
    if !report.is_sound() {
        let found = count(report.problems.len(), "problem");
        let index = context.index.display();
        context.warn(&format!("the index {index} is damaged: {found}; index the sources again into a new folder"));
    }
    Ok(if report.is_sound() { Status::Done } else { Status::Findings })
}

fn labelled<'a>(problems: &'a [Problem], label: &'a str) -> impl Iterator<Item = (&'a str, &'a Problem)> {
    problems.iter().map(move |problem| (label, problem))
}
