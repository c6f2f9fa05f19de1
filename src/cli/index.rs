//! `sayso index PATH…`: builds or updates the index.

use super::Status;
use super::cache::Cache;
use super::compared::{self, Wanted};
use super::context::{Context, count};
use super::source::{self, Item, Tally, Unread, exist};
use super::tables;
use crate::document::Document;
use crate::extract::Extraction;
use crate::index::{Index, Put, Summary, WriterOptions};
use crate::output::Format;
use crate::stream::{StreamError, ordered_some};
use std::cell::RefCell;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Build or update the index
#[derive(Debug, clap::Args)]
pub(super) struct IndexArgs {
    /// Files and folders; `-` for standard input
    #[arg(required_unless_present_any = ["delete", "compact", "check", "trace"], value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Remove documents whose files under PATH are gone
    #[arg(long)]
    pub prune: bool,
    /// Read every document again, even if unchanged
    #[arg(long)]
    pub force: bool,
    /// Remove the document with this id
    #[arg(long, value_name = "ID")]
    pub delete: Vec<String>,
    /// Merge all segments into one: less space, faster searches
    #[arg(long)]
    pub compact: bool,
    /// The memory for words that are not yet written, in MB
    #[arg(long, value_name = "MB", default_value_t = 256, value_parser = clap::value_parser!(u64).range(15..=64_000))]
    pub memory: u64,
    #[command(flatten)]
    pub compare: Wanted,
    /// Reference tables for --check, besides those among PATH
    #[arg(long, value_name = "TABLE", num_args = 1.., requires = "check")]
    pub table: Vec<PathBuf>,
}

/// Something that an update does besides what it always does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extra {
    /// Every document is written anew.
    Force,
    /// The document of this id is taken out.
    Delete(String),
    /// One segment is made of all.
    Compact,
    /// Bytes of memory for words not yet written.
    Memory(usize),
    /// The ids of what is met and written are noted: of a million documents they take 150 MB.
    Note,
}

/// What to do with documents whose files are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// They stay.
    Keep,
    /// They are taken out.
    Prune,
}

/// What came of an update.
pub(super) struct Update {
    /// What was written.
    pub summary: Summary,
    /// What was read.
    pub tally: Tally,
    /// The ids of the documents that were met, with [`Extra::Note`].
    pub ids: HashSet<String>,
    /// The ids of those that were new or changed, with [`Extra::Note`].
    pub written: Vec<String>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &IndexArgs) -> anyhow::Result<Status> {
    let index = Arc::new(Index::open_or_create(&context.index)?);
    if let Some(file) = &context.alias_file {
        super::aliases::keep(file, &context.index)?;
    }
    let mut extras = vec![Extra::Memory((args.memory as usize) << 20)];
    extras.extend(args.force.then_some(Extra::Force));
    extras.extend(args.delete.iter().cloned().map(Extra::Delete));
    extras.extend(args.compact.then_some(Extra::Compact));
    let gone = if args.prune { Gone::Prune } else { Gone::Keep };
    let update = update(context, &index, &args.paths, gone, &extras)?;
    context.note(&describe(context, &update));
    if args.compare.any() {
        let mut tables = tables::read(context, &args.table, None)?;
        tables.extend(tables::among(context, &args.paths));
        let contents = compared::keep(context, &index, tables, args.compare)?;
        context.note(&compared::describe(&contents));
    }
    update.tally.judge_quietly(context)?;
    Ok(Status::Done)
}

/// One line on what an update did.
pub(super) fn describe(context: &Context, update: &Update) -> String {
    let Summary { added, updated, unchanged, pruned, documents, .. } = update.summary;
    let unreadable = update.tally.unreadable;
    let all = count(documents as usize, "document");
    format!(
        "added {added}, updated {updated}, unchanged {unchanged}, pruned {pruned}, unreadable {unreadable}; {} holds {all}",
        context.index.display()
    )
}

/// A document on its way into the index.
// Nearly all are of the large variant; a box would cost an allocation a document.
#[allow(clippy::large_enum_variant)]
enum Step {
    Fresh(Document),
    Known(String),
    Unreadable(Unread),
}

impl Step {
    /// The document, if it is to be read.
    fn fresh(&self) -> Option<&Document> {
        match self {
            Step::Fresh(document) => Some(document),
            _ => None,
        }
    }
}

/// A document, or only its id where the index holds it already.
type Extracted = Result<(String, Option<(Document, Extraction)>), Unread>;

/// Reads the documents of some steps together.
fn extracted(context: &Context, steps: Vec<Step>) -> Vec<Extracted> {
    let documents: Vec<&Document> = steps.iter().filter_map(Step::fresh).collect();
    let mut found = source::extractions(&Cache::NONE, &context.reader, &documents).into_iter();
    let each = |step| match step {
        Step::Unreadable(unread) => Some(Err(unread)),
        Step::Known(id) => Some(Ok((id, None))),
        Step::Fresh(document) => {
            Some(found.next()?.map(|extraction| (document.id.clone(), Some((document, extraction)))))
        }
    };
    steps.into_iter().filter_map(each).collect()
}

/// A document without the name of the pipe that it came through: later that leads nowhere.
fn unpiped(document: Document) -> Document {
    let is_pipe = document.path.as_deref().is_some_and(|path| path == "-" || path.starts_with("-#"));
    Document { path: document.path.filter(|_| !is_pipe), ..document }
}

/// Names the files that an index made before has twice.
fn twice(context: &Context, twice: &[(String, String)]) {
    const SHOWN: usize = 5;
    for (kept, other) in twice.iter().take(SHOWN) {
        context.warn(&format!(
            "{kept} and {other} are the same file; `sayso index --delete '{other}'` takes the second out"
        ));
    }
    if twice.len() > SHOWN {
        context.warn(&format!("{} more are there twice", count(twice.len() - SHOWN, "file")));
    }
}

/// Brings the index up to date with what stands at `paths`. Unchanged documents are told apart before the extraction is
/// paid for. All of it becomes visible at once, at the end.
pub(super) fn update(
    context: &Context,
    index: &Index,
    paths: &[PathBuf],
    gone: Gone,
    extras: &[Extra],
) -> anyhow::Result<Update> {
    exist(paths)?;
    let (threads, model) = (context.jobs.clamp(1, 4), context.reader.model);
    let mut options = WriterOptions { threads, model, ..WriterOptions::default() };
    if let Some(memory) = extras.iter().find_map(|e| if let Extra::Memory(bytes) = e { Some(*bytes) } else { None }) {
        options.memory = memory;
    }
    let mut writer = index.writer(&options)?;
    writer.note_sources(paths);
    if extras.contains(&Extra::Force) {
        writer.force();
    }
    let writer = RefCell::new(writer);
    let items = source::fresh(context, paths).map(|item| match item {
        Item::Fresh(document) => Item::Fresh(writer.borrow_mut().one_of_its_file(unpiped(document))),
        other => other,
    });
    let items = items.map(|item| match item {
        Item::Fresh(document) if writer.borrow().is_unchanged(&document) => Step::Known(document.id),
        Item::Fresh(document) => Step::Fresh(document),
        Item::Stored(found) => Step::Fresh(found.0),
        Item::Unreadable(unread) => Step::Unreadable(unread),
    });
    let progress = context.progress("indexing", Format::Table);
    let note = extras.contains(&Extra::Note);
    let (mut tally, mut ids, mut written) = (Tally::default(), HashSet::new(), Vec::new());
    let result = ordered_some(
        context.jobs,
        items,
        |step| match step {
            Step::Fresh(document) => document.text.len(),
            _ => 0,
        },
        |steps| extracted(context, steps),
        |step| {
            progress.inc(match &step {
                Ok((_, Some((document, _)))) => document.text.len(),
                _ => 0,
            });
            match step {
                Err(unread) => {
                    tally.count(&unread);
                    progress.suspend(|| context.warn(&unread.why));
                }
                Ok((id, found)) => {
                    tally.documents += 1;
                    if let Some((document, extraction)) = found
                        && writer.borrow_mut().put(&document, &extraction)? != Put::Unchanged
                        && note
                    {
                        written.push(document.id);
                    }
                    if note {
                        ids.insert(id);
                    }
                }
            }
            Ok(())
        },
    );
    progress.end();
    match result {
        Ok(()) => {}
        Err(StreamError::Sink(error)) => return Err(error),
        Err(other) => anyhow::bail!("{other}"),
    }
    let mut writer = writer.into_inner();
    twice(context, writer.twice());
    if gone == Gone::Prune {
        if tally.unreadable > 0 {
            context.warn("nothing is pruned: a document that could not be read would be lost");
        } else {
            writer.prune(paths)?;
        }
    }
    for extra in extras {
        if let Extra::Delete(id) = extra
            && !writer.delete(id)
        {
            context.warn(&format!("--delete {id}: the index has no such document"));
        }
    }
    let summary = if extras.contains(&Extra::Compact) { writer.compact()? } else { writer.commit()? };
    Ok(Update { summary, tally, ids, written })
}
