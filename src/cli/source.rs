//! The source of documents: the given paths or, without any, the index. Each document is extracted on one of the
//! threads (or comes with the findings that the index stores) and passed to the command, and the results are written in
//! order.

use super::cache::Cache;
use super::context::{Context, Strictness, Talk, count};
use super::crash;
use super::filter::DocumentFilter;
use crate::document::Document;
use crate::extract::{Extraction, Options, TooDense};
use crate::index::{Filter, Index, IndexError};
use crate::ingest::{ReadError, documents, is_address};
use crate::output::{Format, OutputError, Sink};
use crate::stream::{StreamError, ordered_some};
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Counts of what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The number of documents that were read.
    pub documents: usize,
    /// The number of those that the filter accepted.
    pub admitted: usize,
    /// The number of documents that could not be read.
    pub unreadable: usize,
    /// The number of those that stand damaged in the index.
    pub damaged: usize,
    /// The number of files in formats that are not read.
    pub left: usize,
}

/// A document on its way to a thread.
// Nearly all items are of the large variant; boxing it would cost an allocation per document.
#[allow(clippy::large_enum_variant)]
pub(super) enum Item {
    /// A document that was just read.
    Fresh(Document),
    /// A document from the index, with its findings.
    Stored(Box<(Document, Extraction)>),
    /// Something that could not be read.
    Unreadable(Unread),
}

impl Item {
    /// The document, if it was just read.
    fn fresh(&self) -> Option<&Document> {
        match self {
            Item::Fresh(document) => Some(document),
            _ => None,
        }
    }
}

/// Something that was not read.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread {
    /// A message: what it is and why it was not read.
    pub why: String,
    /// Whether it counts as an unreadable document.
    unreadable: bool,
    /// Whether it is a document of the index that is damaged there.
    damaged: bool,
    /// The number of files in unread formats for which it stands.
    left: usize,
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        let unreadable = !matches!(error, ReadError::Skipped { .. });
        let left = if unreadable { 0 } else { error.count() };
        Unread { why: error.to_string(), unreadable, damaged: false, left }
    }
}

impl From<String> for Unread {
    fn from(why: String) -> Self {
        Unread { why, unreadable: true, damaged: false, left: 0 }
    }
}

impl From<IndexError> for Unread {
    fn from(error: IndexError) -> Self {
        Unread { why: error.to_string(), unreadable: true, damaged: true, left: 0 }
    }
}

/// Calls `map` (on any thread) with each document that `filter` accepts, and `sink` with the results, in input order.
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

/// As [`each`], for items that the caller supplies.
pub(super) fn each_of<T: Send>(
    context: &Context,
    items: impl Iterator<Item = Item>,
    filter: &DocumentFilter,
    map: impl Fn(&Document, &Extraction) -> Result<T, OutputError> + Sync,
    sink: impl FnMut(T) -> Result<(), OutputError>,
) -> anyhow::Result<Tally> {
    each_kept(context, items, filter, |document, extraction| map(document, &extraction), sink)
}

/// As [`each_of`], for those who keep what was extracted.
pub(super) fn each_kept<T: Send>(
    context: &Context,
    items: impl Iterator<Item = Item>,
    filter: &DocumentFilter,
    map: impl Fn(&Document, Extraction) -> Result<T, OutputError> + Sync,
    mut sink: impl FnMut(T) -> Result<(), OutputError>,
) -> anyhow::Result<Tally> {
    let progress = context.progress("reading", context.format.unwrap_or(Format::Table));
    let (least, most) = items.size_hint();
    if most == Some(least) {
        progress.expect(least as u64);
    }
    let mut tally = Tally::default();
    let named = |document: &Document, mut extraction: Extraction| {
        context.words.apply(document, &mut extraction);
        map(document, extraction)
    };
    let read = |items: Vec<Item>| {
        let admitted = |item: &&Item| matches!(item, Item::Fresh(document) if filter.admits(document));
        let fresh: Vec<&Document> = items.iter().filter(admitted).filter_map(Item::fresh).collect();
        let mut found = extractions(&context.kept, &context.reader, &fresh).into_iter();
        let each = |item: Item| {
            let bytes = weight(&item);
            let read = match item {
                Item::Unreadable(why) => Err(why),
                Item::Fresh(document) => match filter.admits(&document).then(|| found.next()).flatten() {
                    None => Ok(None),
                    Some(found) => found.and_then(|found| {
                        guarded(&document.id, || Some(named(&document, found))).map_err(Unread::from)
                    }),
                },
                Item::Stored(found) => {
                    let (document, extraction) = *found;
                    guarded(&document.id, || filter.admits(&document).then(|| named(&document, extraction)))
                        .map_err(Unread::from)
                }
            };
            (bytes, read)
        };
        items.into_iter().map(each).collect()
    };
    let result = ordered_some(context.jobs, items, weight, read, |(bytes, result)| {
        progress.inc(bytes);
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
    });
    progress.end();
    settle(result)?;
    tally.judge(context)?;
    Ok(tally)
}

/// What is found in some documents, read together. A panic or a refusal becomes an error of its document: where there is a
/// panic, they are read once more one by one.
pub(super) fn extractions(kept: &Cache, reader: &Options, documents: &[&Document]) -> Vec<Result<Extraction, Unread>> {
    let told = |document: &Document, read: Result<Extraction, TooDense>| {
        read.map_err(|dense| Unread::from(refused(document, &dense)))
    };
    if let Ok(found) = crash::caught(|| kept.extractions(documents, reader)) {
        return documents.iter().zip(found).map(|(document, read)| told(document, read)).collect();
    }
    let alone = |document: &&Document| {
        let read = guarded(&document.id, || kept.extraction(document, reader)).map_err(Unread::from)?;
        told(document, read)
    };
    documents.iter().map(alone).collect()
}

/// The documents that a command works on.
pub(super) type Items<'s> = Box<dyn Iterator<Item = Item> + 's>;

/// The documents of a command: the open index, or files.
pub(super) struct Store(Option<Arc<Index>>);

impl Store {
    /// Opens the index if `paths` is empty.
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
        Ok(Store(Some(Arc::new(open(context)?))))
    }

    /// The documents of `paths`, or of the index if `paths` is empty, one by one.
    pub(super) fn items<'s>(&'s self, context: &Context, paths: &[PathBuf]) -> anyhow::Result<Items<'s>> {
        match &self.0 {
            Some(index) => stored(index),
            None => Ok(fresh(context, paths)),
        }
    }

    /// The index, if the documents come from there.
    pub(super) fn index(&self) -> Option<&Arc<Index>> {
        self.0.as_ref()
    }
}

/// The sound documents of an index. Damaged ones are reported and counted.
pub(super) fn sound(context: &Context, index: &Index) -> anyhow::Result<(Vec<(Document, Extraction)>, Tally)> {
    let (mut all, mut tally) = (Vec::new(), Tally::default());
    for item in stored(index)? {
        match item {
            Item::Stored(found) => all.push(*found),
            Item::Fresh(document) => all.push((document, Extraction::default())),
            Item::Unreadable(why) => {
                tally.count(&why);
                context.warn(&why.why);
            }
        }
    }
    tally.documents = all.len();
    tally.admitted = all.len();
    Ok((all, tally))
}

/// Opens the index to answer from it. A damaged file is an error that names it, and no wrong answer.
pub(super) fn open(context: &Context) -> Result<Index, IndexError> {
    let index = Index::open(&context.index)?;
    index.prove()?;
    Ok(index)
}

/// The documents of an index.
pub(super) fn stored(index: &Index) -> anyhow::Result<Items<'_>> {
    Ok(Box::new(index.documents(&Filter::default())?.map(|found| match found {
        Ok(found) => Item::Stored(Box::new(found)),
        Err(error) => Item::Unreadable(error.into()),
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

/// Whether there is input on standard input: it is a pipe or a file, and not empty. Waits for a pipe, as other programs
/// do.
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

/// Checks that all paths exist; an address is looked at when it is read. A path that was typed and does not exist is an error of the command, not of a document.
pub(super) fn exist(paths: &[PathBuf]) -> anyhow::Result<()> {
    let there = |path: &Path| path == Path::new("-") || is_address(path) || path.exists() || path.is_symlink();
    match paths.iter().find(|path| !there(path)) {
        Some(path) => bail!("reading {}: no such file or folder", path.display()),
        None => Ok(()),
    }
}

/// The weight of an item, for [`crate::stream`].
pub(super) fn weight(item: &Item) -> usize {
    match item {
        Item::Fresh(document) => document.text.len(),
        Item::Stored(found) => found.0.text.len(),
        Item::Unreadable(_) => 0,
    }
}

/// Runs `work` on one document. A panic becomes an error of that document.
pub(super) fn guarded<T>(id: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    crash::caught(work).map_err(|report| format!("reading {id}: an internal error: {report}; the document is skipped"))
}

/// The message for a document with too many findings.
pub(super) fn refused(document: &Document, dense: &TooDense) -> String {
    let path = document.path.as_deref().unwrap_or(&document.id);
    let TooDense { most, what, size } = dense;
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let help = match ending.to_ascii_lowercase().as_str() {
        "csv" | "tsv" | "tab" | "parquet" => "give a table with --table",
        _ => "split it into documents if it is one, and save a table as .csv to give it with --table",
    };
    format!(
        "{path}: it holds more than {most} {what} in {size} bytes, which is more than a text has; {help}; the document is skipped"
    )
}

/// Converts the error of a stream.
pub(super) fn settle(result: Result<(), StreamError<OutputError>>) -> anyhow::Result<()> {
    match result {
        Ok(()) => Ok(()),
        Err(StreamError::Sink(error)) => Err(error.into()),
        Err(other) => Err(anyhow::anyhow!("{other}")),
    }
}

/// Ends the output. What was found is written even if the reading failed (`--strict`), but not if the writing did.
pub(super) fn finish(sink: Sink, result: anyhow::Result<Tally>) -> anyhow::Result<Tally> {
    match result {
        Err(error) if error.downcast_ref::<OutputError>().is_some() => Err(error),
        result => sink.finish().map_err(Into::into).and(result),
    }
}

/// Names the documents of the index that were left out because they are damaged: an error, for what was found is not all.
pub(super) fn left_out(context: &Context, damaged: &[String]) -> anyhow::Result<()> {
    damaged.iter().for_each(|what| context.warn(what));
    Tally { damaged: damaged.len(), ..Tally::default() }.judge(context)
}

impl Tally {
    /// Counts what was not read.
    pub(super) fn count(&mut self, unread: &Unread) {
        self.unreadable += usize::from(unread.unreadable);
        self.damaged += usize::from(unread.damaged);
        self.left += unread.left;
    }

    /// Warns that nothing was compared, if documents were read but none of them was an article.
    pub(super) fn explain_nothing(self, context: &Context, done: &str) {
        if self.documents > 0 && self.admitted == 0 {
            context
                .warn(&format!("nothing was {done}: no article among the documents; --as article takes them for such"));
        }
    }

    /// As [`Tally::judge`], if a summary has already counted the unreadable documents.
    pub(super) fn judge_quietly(self, context: &Context) -> anyhow::Result<()> {
        self.judge(&Context { talk: context.talk.min(Talk::Warnings), ..context.clone() })
    }

    /// Whether the reading counts as successful: at least one document was read or nothing was wrong, and the index is
    /// sound. With `--strict`, only if nothing was wrong.
    pub(super) fn judge(self, context: &Context) -> anyhow::Result<()> {
        if self.damaged > 0 {
            bail!(
                "the index {} is damaged: {} left out; `sayso fsck --repair` reads what is damaged again from its sources",
                context.index.display(),
                count(self.damaged, "document")
            );
        }
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
            _ if context.reading == Strictness::Strict => bail!("{told} (--strict)"),
            _ => {
                context.note(&format!("{told} skipped"));
                Ok(())
            }
        }
    }
}
