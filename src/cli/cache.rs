//! What earlier runs read of statements that are given as files: their extractions, and of a large set an index of the texts.
//! So that a question about one more quotation costs no more than the question.
//!
//! The cache is a folder that may be deleted at any time: `$XDG_CACHE_HOME/sayso`, else `~/.cache/sayso` (`%LOCALAPPDATA%` on
//! Windows). `--no-cache` neither reads nor writes it. A small set of statements is read in no time and leaves nothing.

use super::context::Context;
use crate::document::{Document, Kind};
use crate::extract::{Extraction, Options, Speaker, TooDense};
use crate::index::{Index, Kept};
use crate::ingest::{digest, size};
use crate::stream::{extract, extract_some};
use crate::trace::speakers;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

/// How many bytes the whole cache may take.
const MOST: u64 = 4 << 30;
/// Statements in fewer bytes of files, all together, leave nothing in the cache.
const SMALL: u64 = 512 << 10;
/// So many statements, or so many bytes of them, are worth an index.
const MANY: (usize, usize) = (256, 4 << 20);

/// The cache of a command, if there is one.
#[derive(Clone, Debug)]
pub(super) struct Cache(Option<Arc<Open>>);

#[derive(Debug)]
struct Open {
    kept: Kept,
    written: AtomicBool,
}

impl Drop for Open {
    fn drop(&mut self) {
        if *self.written.get_mut() {
            self.kept.trim(MOST);
        }
    }
}

impl Cache {
    /// No cache.
    pub(super) const NONE: Cache = Cache(None);

    /// The cache, for statements in so many bytes of files; none where these are few.
    pub(super) fn new(context: &Context, bytes: Option<u64>) -> Cache {
        let open = || {
            let root = context.cache.as_ref().filter(|_| bytes.is_some_and(|bytes| bytes >= SMALL))?;
            let kept = Kept::new(root, context.reader.model, &build()?);
            Some(Arc::new(Open { kept, written: AtomicBool::new(false) }))
        };
        Cache(open())
    }

    /// The cache for the statements in these files and folders.
    pub(super) fn of(context: &Context, paths: &[PathBuf]) -> Cache {
        Cache::new(context, size(&context.input(paths.to_vec())))
    }

    /// What is found in a document: as an earlier run found it, or found now.
    pub(super) fn extraction(&self, document: &Document, options: &Options) -> Result<Extraction, TooDense> {
        let Some(open) = &self.0 else { return extract(document, options) };
        if let Some(known) = open.kept.extraction(document) {
            return Ok(known);
        }
        let found = extract(document, options)?;
        open.kept.keep(document, &found);
        open.written.store(true, Ordering::Relaxed);
        Ok(found)
    }

    /// What is found in some documents, in their order: those that no earlier run has read are read together.
    pub(super) fn extractions(&self, documents: &[&Document], options: &Options) -> Vec<Result<Extraction, TooDense>> {
        let Some(open) = &self.0 else { return extract_some(documents, options) };
        let known: Vec<Option<Extraction>> = documents.iter().map(|document| open.kept.extraction(document)).collect();
        let unread: Vec<&Document> =
            documents.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(document, _)| *document).collect();
        let found = extract_some(&unread, options);
        for (document, found) in unread.iter().zip(&found) {
            if let Ok(found) = found {
                open.kept.keep(document, found);
                open.written.store(true, Ordering::Relaxed);
            }
        }
        let mut found = found.into_iter();
        known.into_iter().filter_map(|known| known.map(Ok).or_else(|| found.next())).collect()
    }

    /// The digest of what `paths` hold, where it can be looked up.
    pub(super) fn digest(&self, context: &Context, paths: &[PathBuf]) -> Option<[u8; 32]> {
        self.0.as_ref().and_then(|_| digest(&context.input(paths.to_vec())))
    }

    /// The index of the statements in what has this digest.
    pub(super) fn statements(&self, digest: &[u8]) -> Option<Arc<Index>> {
        Some(Arc::new(self.0.as_ref()?.kept.statements(digest)?))
    }

    /// Makes the index of the statements in what has this digest, if they are many.
    pub(super) fn keep_statements(
        &self,
        context: &Context,
        digest: &[u8],
        texts: &[Arc<Document>],
    ) -> Option<Arc<Index>> {
        let bytes: usize = texts.iter().map(|document| document.text.len()).sum();
        let open = self.0.as_ref().filter(|_| texts.len() > MANY.0 || bytes > MANY.1)?;
        // Who speaks in a transcript is told by its labels: short quotations ask for it.
        let unread = |document: &Document| {
            let speaker = |name| Speaker { name, ..Speaker::default() };
            let speakers = speakers(document).into_iter().map(speaker).collect();
            Extraction { speakers, ..Extraction::default() }
        };
        let statements = texts.iter().map(Arc::as_ref).filter(|document| document.kind == Kind::Statement);
        let statements = statements.map(|document| (document, unread(document)));
        let index = open.kept.keep_statements(digest, statements, context.jobs.clamp(1, 4))?;
        open.written.store(true, Ordering::Relaxed);
        Some(Arc::new(index))
    }
}

/// Where the cache is, as the system has it.
pub(super) fn place() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).filter(|value| Path::new(value).is_absolute()).map(PathBuf::from);
    let home = || named("HOME").map(|home| home.join(".cache"));
    let base = named("XDG_CACHE_HOME").or_else(|| named("LOCALAPPDATA")).or_else(home);
    base.map(|base| base.join("sayso"))
}

/// What tells this build from others of the same version: what one found another may not.
fn build() -> Option<String> {
    let meta = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let when = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{:x}-{:x}", meta.len(), when.as_nanos()))
}
