//! `sayso fsck`: proves an index: every file sound, every span equal to its text; `--repair` makes a damaged one whole.

use super::Status;
use super::context::{Context, count};
use super::source::{Item, exist, fresh};
use crate::index::{FsckReport, Index, IndexError, Problem, Repair, repair, sources_of};
use crate::ingest::is_address;
use crate::ledger;
use crate::output::{Destination, Format, OutputError, shown};
use anyhow::bail;
use serde_json::json;
use std::path::PathBuf;

/// Verify the index against its texts, or repair it
#[derive(Debug, clap::Args)]
pub(super) struct FsckArgs {
    /// Keep what is sound, and read the rest again from its sources. The damaged index stays beside the new one
    #[arg(long)]
    pub repair: bool,
    /// With --repair: the files and folders that were indexed [default: those named in the index]
    #[arg(value_name = "PATH", requires = "repair")]
    pub paths: Vec<PathBuf>,
}

/// Runs the command. Exit status 1 where damage was found, or documents are lost.
pub(super) fn run(context: &Context, args: &FsckArgs) -> anyhow::Result<Status> {
    if args.repair {
        return mend(context, &args.paths);
    }
    let mut report = match Index::salvage(&context.index) {
        Ok(index) => index.fsck()?,
        // So damaged that it cannot be opened: that is what was asked.
        Err(IndexError::Corrupt { path, found }) => {
            let what = format!("{}: {found}; nothing could be read", path.display());
            FsckReport { problems: vec![Problem { doc: None, what }], ..FsckReport::default() }
        }
        Err(error) => return Err(error.into()),
    };
    let findings = ledger::faults(&context.index).into_iter();
    report.problems.extend(findings.map(|what| Problem { doc: None, what }));
    let mut text = Vec::new();
    match context.format.unwrap_or(Format::Table) {
        Format::Table => {
            for (label, problem) in labelled(&report.problems, "damage").chain(labelled(&report.warnings, "stale")) {
                let doc = problem.doc.as_deref().map(|doc| format!("{doc}: ")).unwrap_or_default();
                text.extend_from_slice(shown(&format!("{label}: {doc}{}\n", problem.what)).as_bytes());
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
        context.warn(&format!(
            "the index {index} is damaged: {found}; `sayso fsck --repair` reads what is damaged again from its sources"
        ));
    }
    Ok(if report.is_sound() { Status::Done } else { Status::Findings })
}

fn mend(context: &Context, paths: &[PathBuf]) -> anyhow::Result<Status> {
    let paths = match paths {
        [] => noted(context),
        paths => {
            exist(paths)?;
            paths.to_vec()
        }
    };
    let mut unreadable = 0;
    let sources = fresh(context, &paths).filter_map(|item| match item {
        Item::Fresh(document) => Some(document),
        Item::Stored(found) => Some(found.0),
        Item::Unreadable(unread) => {
            unreadable += 1;
            context.warn(&unread.why);
            None
        }
    });
    let Repair { kept, restored, lost, remarks, old } = repair(&context.index, sources)?;
    if !ledger::faults(&context.index).is_empty() {
        ledger::remove(&context.index)?;
        context.warn("the findings beside the index were damaged and are left out: `sayso index --check --trace` makes them anew");
    }
    if unreadable > 0 {
        context.note(&format!("{} skipped", count(unreadable, "unreadable source")));
    }
    lost.iter().for_each(|what| context.warn(&format!("lost: {what}")));
    remarks.iter().for_each(|what| context.warn(what));
    let lost = lost.len();
    context.note(&format!("kept {kept}, restored {restored}, lost {lost}; the damaged index is now {}", old.display()));
    Ok(if lost == 0 { Status::Done } else { Status::Findings })
}

/// The sources that the index names and that are still there.
fn noted(context: &Context) -> Vec<PathBuf> {
    let noted: Vec<PathBuf> = sources_of(&context.index).into_iter().map(PathBuf::from).collect();
    let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) =
        noted.into_iter().partition(|path| is_address(path) || path.exists());
    for path in gone {
        context.warn(&format!("the source {} is not there any more", path.display()));
    }
    if there.is_empty() {
        context.warn(
            "no source is known or there any more: what is damaged is lost; name the files and folders that were indexed",
        );
    }
    there
}

fn labelled<'a>(problems: &'a [Problem], label: &'a str) -> impl Iterator<Item = (&'a str, &'a Problem)> {
    problems.iter().map(move |problem| (label, problem))
}
