//! What coverage is compared with. `check` and `trace` take it from `--against`; without that, the statements among the
//! documents given; and where there are none, those of the index.

use super::context::Context;
use super::filter::DocumentFilter;
use super::source::{self, Item};
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A statement with what was found in it.
pub type Statement = (Arc<Document>, Arc<Extraction>);

/// The documents to compare, and what with.
pub struct Against {
    /// The evidence.
    pub statements: Vec<Statement>,
    /// The documents; those that are no articles are still among them.
    pub items: Box<dyn Iterator<Item = Item> + Send>,
}

/// The filter for what is compared: coverage. A statement is evidence, not coverage; `--as article` makes it so.
pub fn coverage() -> DocumentFilter {
    DocumentFilter { kinds: vec![Kind::Article], ..DocumentFilter::default() }
}

/// Gathers both. `other_evidence` says that there is some besides statements, so that none of these is needed.
pub fn gather(
    context: &Context,
    paths: &[PathBuf],
    against: &[PathBuf],
    other_evidence: OtherEvidence,
) -> anyhow::Result<Against> {
    if !against.is_empty() {
        let evidence = Context { kind: Some(Kind::Statement), ..context.clone() };
        let statements = statements(&evidence, source::open(&evidence, against)?)?;
        if statements.is_empty() && other_evidence == OtherEvidence::None {
            bail!("reading {}: no statement in it", against[0].display());
        }
        return Ok(Against { statements, items: source::open(context, paths)? });
    }
    if other_evidence == OtherEvidence::Tables {
        return Ok(Against { statements: Vec::new(), items: source::open(context, paths)? });
    }
    // Two passes: first the statements among the documents, then the coverage. Standard input gives only one.
    let (first, second): (Box<dyn Iterator<Item = Item> + Send>, _) = if paths.iter().any(|p| p == Path::new("-")) {
        let all: Vec<Item> = source::open(context, paths)?.collect();
        let first: Vec<Item> = all.iter().filter_map(statement).collect();
        (Box::new(first.into_iter()), Box::new(all.into_iter()) as Box<dyn Iterator<Item = Item> + Send>)
    } else {
        let first = source::open(context, paths)?.filter(|item| !matches!(item, Item::Unreadable(_)));
        (Box::new(first), source::open(context, paths)?)
    };
    let mut found = statements(context, first)?;
    if found.is_empty() && !paths.is_empty() && source::has_index(context) {
        found = statements(context, source::open(context, &[])?)?;
    }
    if found.is_empty() {
        bail!("there is nothing to compare with: no statement among the documents; name some with --against PATH…");
    }
    Ok(Against { statements: found, items: second })
}

/// Whether there is evidence besides statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherEvidence {
    /// No.
    None,
    /// Tables.
    Tables,
}

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

fn statement(item: &Item) -> Option<Item> {
    match item {
        Item::Fresh(document) if document.kind == Kind::Statement => Some(Item::Fresh(document.clone())),
        _ => None,
    }
}
