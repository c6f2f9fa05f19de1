//! Where documents come from: the paths that were given or, with none, the index. Each is extracted (or taken with
//! what the index has of it) on one of the threads, handed to the command, and its result written in order.

use super::context::{Context, Reading, Talk, count};
use super::crash;
use super::filter::DocumentFilter;
use crate::document::Document;
use crate::extract::{Extraction, TooDense};
use crate::index::{Filter, Index};
use crate::ingest::{ReadError, documents};
use crate::output::{Format, OutputError, Sink};
use crate::stream::{StreamError, extract, ordered};
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of the reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Documents that were read.
    pub documents: usize,
    /// Those of them that the filter let through.
    pub admitted: usize,
    /// Documents that could not be.
    pub unreadable: usize,
    /// Files of kinds that are not read.
    pub left: usize,
}

/// A document on its way to a thread.
// Nearly all are of the large variant; a box would cost an allocation a document.
#[allow(clippy::large_enum_variant)]
pub(super) enum Item {
    /// Just read.
    Fresh(Document),
    /// From the index, with what was found in it.
    Stored(Box<(Document, Extraction)>),
    /// Not read.
    Unreadable(Unread),
}

/// Something that was not read.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread {
    /// What it is and why.
    pub why: String,
    /// Whether it is a document that could not be read.
    unreadable: bool,
    /// How many files of kinds that are not read it stands for.
    left: usize,
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        let unreadable = !matches!(error, ReadError::Skipped { .. });
        let left = if unreadable { 0 } else { error.count() };
        Unread { why: error.to_string(), unreadable, left }
    }
}

impl From<String> for Unread {
    fn from(why: String) -> Self {
        Unread { why, unreadable: true, left: 0 }
    }
}

/// Gives each document that `filter` lets through to `map` (on any thread) and the results to `sink`, in the order of
/// the input.
pub(super) fn each<T: Send>(
    context: &Context,
    paths: &[PathBuf],
    filter: &DocumentFilter,
    map: impl Fn(&Document, &Extraction) -> Result<T, OutputError> + Sync,
    sink: impl FnMut(T) -> Result<(), OutputError>,
) -> anyhow::Result<Tally> {
    let store = Store::new(context, paths)?;
    each_of(context, store.items(context, paths)?, filter, map, sink)
}

/// The same for documents that are at hand.
pub(super) fn each_of<T: Send>(
    context: &Context,
    items: impl Iterator<Item = Item>,
    filter: &DocumentFilter,
    map: impl Fn(&Document, &Extraction) -> Result<T, OutputError> + Sync,
    mut sink: impl FnMut(T) -> Result<(), OutputError>,
) -> anyhow::Result<Tally> {
    let progress = context.progress("reading", context.format.unwrap_or(Format::Table));
    let mut tally = Tally::default();
    let named = |document: &Document, mut extraction: Extraction| {
        context.aliases.apply(document, &mut extraction);
        map(document, &extraction)
    };
    let result = ordered(
        context.jobs,
        items,
        weight,
        |item| match item {
            Item::Unreadable(why) => Err(why),
            Item::Fresh(document) => guarded(&document.id, || {
                let read = || extract(&document, &context.reader).map(|found| named(&document, found));
                filter.admits(&document).then(read).transpose()
            })
            .and_then(|read| read.map_err(|dense| refused(&document, &dense)))
            .map_err(Unread::from),
            Item::Stored(found) => {
                let (document, extraction) = *found;
                guarded(&document.id, || filter.admits(&document).then(|| named(&document, extraction)))
                    .map_err(Unread::from)
            }
        },
        |result| {
            progress.inc();
            match result {
                Err(unread) => {
                    tally.count(&unread);
                    progress.suspend(|| context.warn(&unread.why));
                    Ok(())
                }
                Ok(result) => {
                    tally.documents += 1;
                    tally.admitted += usize::from(result.is_some());
                    result.map_or(Ok(()), |result| sink(result?))
                }
            }
        },
    );
    progress.end();
    settle(result)?;
    tally.judge(context)?;
    Ok(tally)
}

/// The documents that a command works on.
pub(super) type Items<'s> = Box<dyn Iterator<Item = Item> + 's>;

/// Where a command's documents are: the index, open, or files.
pub(super) struct Store(Option<Arc<Index>>);

impl Store {
    /// The index where `paths` is empty.
    pub(super) fn new(context: &Context, paths: &[PathBuf]) -> anyhow::Result<Store> {
        if !paths.is_empty() {
            exist(paths)?;
            return Ok(Store(None));
        }
        if !context.index.exists() {
            bail!(
                "there is no index at {}: name files or folders to read, or make one with `sayso index PATH…`",
                context.index.display()
            );
        }
        Ok(Store(Some(Arc::new(Index::open(&context.index)?))))
    }

    /// The documents of `paths`, or of the index where there are none, one by one.
    pub(super) fn items<'s>(&'s self, context: &Context, paths: &[PathBuf]) -> anyhow::Result<Items<'s>> {
        match &self.0 {
            Some(index) => stored(index),
            None => Ok(fresh(context, paths)),
        }
    }

    /// The index, where the documents are there.
    pub(super) fn index(&self) -> Option<&Arc<Index>> {
        self.0.as_ref()
    }
}

/// The documents of an index that are sound. Damaged ones are named and counted.
pub(super) fn sound(context: &Context, index: &Index) -> anyhow::Result<(Vec<(Document, Extraction)>, Tally)> {
    let (mut all, mut tally) = (Vec::new(), Tally::default());
    for item in stored(index)? {
        match item {
            Item::Stored(found) => all.push(*found),
            Item::Fresh(document) => all.push((document, Extraction::default())),
            Item::Unreadable(why) => {
                tally.unreadable += 1;
                context.warn(&why.why);
            }
        }
    }
    tally.documents = all.len();
    tally.admitted = all.len();
    Ok((all, tally))
}

/// The documents of an index.
pub(super) fn stored(index: &Index) -> anyhow::Result<Items<'_>> {
    Ok(Box::new(index.documents(&Filter::default())?.map(|found| match found {
        Ok(found) => Item::Stored(Box::new(found)),
        Err(error) => Item::Unreadable(error.to_string().into()),
    })))
}

/// The documents of files and folders.
pub(super) fn fresh(context: &Context, paths: &[PathBuf]) -> Items<'static> {
    Box::new(documents(context.input(paths.to_vec())).map(|document| match document {
        Ok(document) => Item::Fresh(document),
        Err(error) => Item::Unreadable(error.into()),
    }))
}

/// Whether there is an index to read.
pub(super) fn has_index(context: &Context) -> bool {
    context.index.join("meta.json").exists()
}

/// Whether something is to be read on standard input: it is a pipe or a file, and not empty. A pipe is waited for, as other
/// programs wait.
pub(super) fn is_piped() -> bool {
    #[cfg(unix)]
    {
        use std::io::BufRead;
        use std::os::fd::AsFd;
        use std::os::unix::fs::FileTypeExt;
        let input = std::io::stdin();
        let kind = input.as_fd().try_clone_to_owned().and_then(|fd| std::fs::File::from(fd).metadata());
        let piped = kind.is_ok_and(|meta| meta.file_type().is_fifo() || meta.is_file());
        piped && input.lock().fill_buf().is_ok_and(|bytes| !bytes.is_empty())
    }
    #[cfg(not(unix))]
    false
}

/// A path that was typed and is not there is an error of the command, not of a document.
pub(super) fn exist(paths: &[PathBuf]) -> anyhow::Result<()> {
    match paths.iter().find(|path| path.as_path() != Path::new("-") && !path.exists() && !path.is_symlink()) {
        Some(path) => bail!("reading {}: no such file or folder", path.display()),
        None => Ok(()),
    }
}

/// How much work an item is.
pub(super) fn weight(item: &Item) -> usize {
    match item {
        Item::Fresh(document) => document.text.len(),
        Item::Stored(found) => found.0.text.len(),
        Item::Unreadable(_) => 0,
    }
}

/// Runs what is done with one document; a defect there is an error of that document.
pub(super) fn guarded<T>(id: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    crash::caught(work).map_err(|report| format!("reading {id}: an internal error: {report}; the document is skipped"))
}

/// Names a document that holds too much.
pub(super) fn refused(document: &Document, dense: &TooDense) -> String {
    format!("{}: {dense}; the document is skipped", document.path.as_deref().unwrap_or(&document.id))
}

/// The plain error of a stream.
pub(super) fn settle(result: Result<(), StreamError<OutputError>>) -> anyhow::Result<()> {
    match result {
        Ok(()) => Ok(()),
        Err(StreamError::Sink(error)) => Err(error.into()),
        Err(other) => Err(anyhow::anyhow!("{other}")),
    }
}

/// Ends the output. What was found is written even where the reading then fails (`--strict`), but not where the
/// writing did.
pub(super) fn finish(sink: Sink, result: anyhow::Result<Tally>) -> anyhow::Result<Tally> {
    match result {
        Err(error) if error.downcast_ref::<OutputError>().is_some() => Err(error),
        result => sink.finish().map_err(Into::into).and(result),
    }
}

impl Tally {
    /// Counts what was not read.
    pub(super) fn count(&mut self, unread: &Unread) {
        self.unreadable += usize::from(unread.unreadable);
        self.left += unread.left;
    }

    /// Tells why nothing was compared where documents were read and none was coverage.
    pub(super) fn explain_nothing(self, context: &Context, done: &str) {
        if self.documents > 0 && self.admitted == 0 {
            context
                .warn(&format!("nothing was {done}: no article among the documents; --as article takes them for such"));
        }
    }

    /// [`Tally::judge`] where the unreadable were counted in a summary already.
    pub(super) fn judge_quietly(self, context: &Context) -> anyhow::Result<()> {
        self.judge(&Context { talk: context.talk.min(Talk::Warnings), ..context.clone() })
    }

    /// Whether the reading was good enough: some document was read or nothing was wrong, and with `--strict` nothing
    /// was wrong at all.
    pub(super) fn judge(self, context: &Context) -> anyhow::Result<()> {
        let mut told = Vec::new();
        if self.unreadable > 0 {
            told.push(count(self.unreadable, "unreadable document"));
        }
        if self.left > 0 {
            told.push(format!("{} of kinds that are not read", count(self.left, "file")));
        }
        let told = told.join(", ");
        match (self.documents, self.unreadable + self.left) {
            (_, 0) => Ok(()),
            (0, _) => bail!("nothing could be read: {told}"),
            _ if context.reading == Reading::Strict => bail!("{told} (--strict)"),
            _ => {
                context.note(&format!("{told} skipped"));
                Ok(())
            }
        }
    }
}
