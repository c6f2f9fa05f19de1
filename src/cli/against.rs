//! What coverage is compared with. `check` and `trace` take it from `--against`; without that, the statements among the
//! documents given; and where there are none, those of the index.

use super::cache::Cache;
use super::context::Context;
use super::filter::DocumentFilter;
use super::source::{self, Item, Items, Store, Tally};
use crate::check::Evidence;
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::index::Index;
use crate::trace::{ReadStatement, Sources};
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A statement with what was found in it.
pub(super) type Statement = (Arc<Document>, Arc<Extraction>);

/// The documents to compare, and what with.
pub(super) struct Against<'s> {
    /// The evidence.
    pub statements: Statements,
    /// The documents; those that are no articles are still among them.
    pub items: Items<'s>,
}

/// Where the evidence is.
#[derive(Clone)]
pub(super) enum Statements {
    /// It was read.
    Read(Vec<Statement>),
    /// Its texts alone, and where they may have been read before.
    Texts(Vec<Arc<Document>>, Cache),
    /// In the index.
    Stored(Arc<Index>),
    /// Their texts, in an index of the cache.
    Kept(Arc<Index>, Cache),
}

impl Statements {
    fn is_empty(&self) -> bool {
        match self {
            Statements::Read(found) => found.is_empty(),
            Statements::Texts(found, _) => found.is_empty(),
            Statements::Stored(_) | Statements::Kept(..) => false,
        }
    }

    /// Ready to be checked against: those of an index stay there, unless they are few.
    pub(super) fn evidence(self, context: &Context) -> anyhow::Result<Evidence> {
        /// So many are read in no time, and compared as if they had been given.
        const FEW: usize = 256;
        let found = match self {
            Statements::Read(found) => found,
            Statements::Stored(index) if index.roll(Kind::Statement)?.len() > FEW => {
                return Ok(Evidence::over(Arc::new(index.roll(Kind::Statement)?)));
            }
            Statements::Stored(index) => statements(context, source::stored(&index)?)?,
            Statements::Kept(index, kept) => {
                let context = Context { kept, ..context.clone() };
                statements(&context, source::stored(&index)?.map(unread))?
            }
            Statements::Texts(texts, kept) => {
                let context = Context { kept, ..context.clone() };
                statements(&context, texts.iter().map(|text| Item::Fresh(text.as_ref().clone())))?
            }
        };
        let mut evidence = Evidence::new();
        found.into_iter().for_each(|(document, extraction)| evidence.add_statement(document, extraction));
        Ok(evidence)
    }

    /// Ready to be quoted: those of the index stay there, and who is quoted in a text is read only where coverage has it.
    pub(super) fn sources(self, context: &Context) -> anyhow::Result<Sources> {
        match self {
            Statements::Stored(index) => Ok(Sources::over(Arc::new(index.roll(Kind::Statement)?))),
            Statements::Kept(index, kept) => {
                let read = reader(context, kept);
                Ok(Sources::over_unread(Arc::new(index.roll(Kind::Statement)?), read))
            }
            Statements::Texts(texts, kept) => {
                let mut sources = Sources::new();
                let read = reader(context, kept);
                texts.into_iter().for_each(|document| sources.add_unread(document, read.clone()));
                Ok(sources)
            }
            Statements::Read(found) => {
                let mut sources = Sources::new();
                found.into_iter().for_each(|(document, extraction)| sources.add(document, extraction));
                Ok(sources)
            }
        }
    }
}

/// Reads a statement whose text is known. Of one that is too dense to read, the words can still be compared.
fn reader(context: &Context, kept: Cache) -> Arc<ReadStatement> {
    let (options, words) = (context.reader.clone(), context.words.clone());
    Arc::new(move |document| {
        let mut extraction = kept.extraction(document, &options).unwrap_or_default();
        words.apply(document, &mut extraction);
        extraction
    })
}

/// A document of the cache's index, in which only texts are.
fn unread(item: Item) -> Item {
    match item {
        Item::Stored(found) => Item::Fresh(found.0),
        other => other,
    }
}

/// The filter for what is compared: coverage. A statement is evidence, not coverage; `--as article` makes it so.
pub(super) fn coverage() -> DocumentFilter {
    DocumentFilter { kinds: vec![Kind::Article], ..DocumentFilter::default() }
}

/// Whether the statements are a few files that were named one by one: whoever does so means them, whatever their dates.
pub(super) fn are_handed(against: &[PathBuf], statements: usize) -> bool {
    const FEW: usize = 8;
    !against.is_empty() && statements <= FEW && against.iter().all(|path| path.is_file())
}

/// Gathers both; `store` is that of `paths`.
pub(super) fn gather<'s>(
    context: &Context,
    store: &'s Store,
    paths: &[PathBuf],
    against: &[PathBuf],
    other_evidence: OtherEvidence,
    need: Need,
) -> anyhow::Result<Against<'s>> {
    if !against.is_empty() {
        source::exist(against)?;
        let evidence = Context { kind: Some(Kind::Statement), ..context.clone() };
        let evidence = Context { kept: Cache::of(&evidence, against), ..evidence };
        let found = need.read_paths(&evidence, against)?;
        if found.is_empty() && other_evidence == OtherEvidence::None {
            bail!("reading {}: no statement in it", against[0].display());
        }
        return Ok(Against { statements: found, items: store.items(context, paths)? });
    }
    if let Some(index) = store.index() {
        let statements = in_index(index, other_evidence)?.unwrap_or(Statements::Read(Vec::new()));
        return Ok(Against { statements, items: store.items(context, paths)? });
    }
    // Two passes: first the statements among the documents, then the coverage. Standard input gives only one.
    let (first, items): (Items, Items) = if paths.iter().any(|p| p == Path::new("-")) {
        let all: Vec<Item> = store.items(context, paths)?.collect();
        let first: Vec<Item> = all.iter().filter_map(statement).collect();
        (Box::new(first.into_iter()), Box::new(all.into_iter()))
    } else {
        let readable = |item: &Item| !matches!(item, Item::Unreadable(_));
        (Box::new(store.items(context, paths)?.filter(readable)), store.items(context, paths)?)
    };
    let found = need.read(context, first)?;
    let stored = match found.is_empty() && other_evidence == OtherEvidence::None {
        true if source::has_index(context) => in_index(&Arc::new(source::open(context)?), other_evidence)?,
        true => return Err(nothing()),
        false => None,
    };
    Ok(Against { statements: stored.unwrap_or(found), items })
}

/// The statements of an index; an error where there is none, unless there is other evidence.
fn in_index(index: &Arc<Index>, other_evidence: OtherEvidence) -> anyhow::Result<Option<Statements>> {
    match (index.roll(Kind::Statement)?.is_empty(), other_evidence) {
        (true, OtherEvidence::None) => Err(nothing()),
        (true, OtherEvidence::Tables) => Ok(None),
        (false, _) => Ok(Some(Statements::Stored(index.clone()))),
    }
}

fn nothing() -> anyhow::Error {
    anyhow::anyhow!(
        "there is nothing to compare with: no statement among the documents; name some with --against PATH…"
    )
}

/// What is needed of statements that stand in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// All that is found in them.
    Extractions,
    /// Their texts.
    Texts,
}

impl Need {
    /// The statements of files and folders. The texts of many stay in the cache.
    fn read_paths(self, context: &Context, paths: &[PathBuf]) -> anyhow::Result<Statements> {
        if self == Need::Extractions {
            return self.read(context, source::fresh(context, paths));
        }
        let cache = &context.kept;
        let digest = cache.digest(context, paths);
        if let Some(index) = digest.and_then(|digest| cache.statements(&digest)) {
            return Ok(Statements::Kept(index, cache.clone()));
        }
        let (found, tally) = texts(context, source::fresh(context, paths))?;
        // What could not be read is to be told in every run.
        let whole = tally == Tally { documents: tally.documents, ..Tally::default() };
        let kept = digest.filter(|_| whole).and_then(|digest| cache.keep_statements(context, &digest, &found));
        Ok(match kept {
            Some(index) => Statements::Kept(index, cache.clone()),
            None => Statements::Texts(found, cache.clone()),
        })
    }

    fn read(self, context: &Context, items: impl Iterator<Item = Item>) -> anyhow::Result<Statements> {
        Ok(match self {
            Need::Extractions => Statements::Read(statements(context, items)?),
            Need::Texts => Statements::Texts(texts(context, items)?.0, context.kept.clone()),
        })
    }
}

/// Whether there is evidence besides statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherEvidence {
    /// No.
    None,
    /// Tables.
    Tables,
}

/// The statements among documents, with what is found in them.
fn statements(context: &Context, items: impl Iterator<Item = Item>) -> anyhow::Result<Vec<Statement>> {
    let filter = DocumentFilter { kinds: vec![Kind::Statement], ..DocumentFilter::default() };
    let mut found = Vec::new();
    source::each_of(
        context,
        items,
        &filter,
        |document, extraction| Ok((Arc::new(document.clone()), Arc::new(extraction.clone()))),
        |statement| {
            found.push(statement);
            Ok(())
        },
    )?;
    Ok(found)
}

/// The statements among documents, unread.
fn texts(context: &Context, items: impl Iterator<Item = Item>) -> anyhow::Result<(Vec<Arc<Document>>, Tally)> {
    let mut tally = Tally::default();
    let mut found = Vec::new();
    for item in items {
        let document = match item {
            Item::Fresh(document) => document,
            Item::Stored(stored) => stored.0,
            Item::Unreadable(unread) => {
                tally.unreadable += 1;
                context.warn(&unread.why);
                continue;
            }
        };
        tally.documents += 1;
        if document.kind == Kind::Statement {
            found.push(Arc::new(document));
        }
    }
    tally.judge(context)?;
    Ok((found, tally))
}

fn statement(item: &Item) -> Option<Item> {
    match item {
        Item::Fresh(document) if document.kind == Kind::Statement => Some(Item::Fresh(document.clone())),
        _ => None,
    }
}
