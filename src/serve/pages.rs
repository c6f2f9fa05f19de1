//! The pages of a document: with its findings, beside a statement; the report over all. A document is also a file: `.json`,
//! `.csv`.

use super::addresses::{beside_address, finding_address, speaker_address, statement_address};
use super::files::{file, parted, wanted};
use super::library::{LibraryError, plan};
use super::{Library, address, broken, lost, shown};
use crate::document::{Document, Kind};
use crate::output::html::{self, Limits, Links, Page, ReadDocument};
use crate::output::{Chunk, Format, day_of, in_memory};
use crate::trace::{Fidelity, Trace};
use axum::response::Response;
use minijinja::context;
use serde::Serialize;
use std::sync::Arc;

/// Above this many documents the report is left to `sayso report`.
const REPORT: u64 = 2_000;

/// A document is shown beside so many statements.
const SIDES: usize = 6;

/// Where pages link to.
pub(super) const LINKS: Links<'static> =
    Links { document: &address, speaker: Some(&speaker_address), finding: Some(&finding_address), home: "/" };

/// The answer to a question about one thing; says so where it is not there.
pub(super) fn answer(found: Result<Option<Response>, LibraryError>, what: &str, id: &str) -> Response {
    match found {
        Ok(Some(answer)) => answer,
        Ok(None) => lost(&format!("There is no {what} {id} in the index"), ""),
        Err(error) => broken(&error),
    }
}

/// A document that was asked for, and as which file.
pub(super) type Wanted = (Arc<ReadDocument>, Option<Format>);

/// A document by its id, or by its id and the ending of a format.
pub(super) fn found(library: &Library, id: &str, format: Option<Format>) -> Result<Option<Wanted>, LibraryError> {
    if let Some(reading) = library.reading(id)? {
        return Ok(Some((reading, format)));
    }
    let Some((id, ending)) = parted(id) else { return Ok(None) };
    Ok(library.reading(id)?.map(|reading| (reading, Some(ending))))
}

/// A document with its findings, as a page or a file.
pub(super) fn document(library: &Library, id: &str, format: Option<&str>) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some((reading, format)) = found(library, id, wanted(format))? else { return Ok(None) };
        if let Some(format) = format {
            let plan = plan(format, None)?;
            let mut chunk = Chunk::default();
            library.records(&reading, &plan, &mut chunk)?;
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let uses = (reading.document.kind == Kind::Statement).then(|| statement_address(&reading.document.id));
        let beside = beside(library, &reading)?;
        let side = |one: &ReadDocument| {
            let title = one.document.title.as_deref().unwrap_or(&one.document.id);
            (title.to_owned(), beside_address(&reading.document.id, &one.document.id))
        };
        let sides: Vec<(String, String)> = beside.iter().skip(1).take(SIDES).map(side).collect();
        Ok(Some(shown(html::document_page(&beside, uses.as_deref(), &sides, &LINKS))))
    };
    answer(read(), "document", id)
}

/// A document and, behind it, what its findings cite.
pub(super) fn beside(library: &Library, reading: &Arc<ReadDocument>) -> Result<Vec<ReadDocument>, LibraryError> {
    Ok(std::iter::once(reading.shared()).chain(library.cited(reading)?).collect())
}

/// A document beside a statement that its findings name.
pub(super) fn side_by_side(library: &Library, id: &str, with: &str) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some(reading) = library.reading(id)? else { return Ok(None) };
        let Some(statement) = library.reading(with)? else { return Ok(None) };
        let page = html::beside_page(&reading, &statement, &address(id), &address(with));
        Ok(Some(shown(page)))
    };
    answer(read(), "pair of documents", &format!("{id}, {with}"))
}

/// A document as pages name it.
#[derive(Serialize)]
pub(super) struct SourceItem<'a> {
    id: &'a str,
    pub(super) title: &'a str,
    pub(super) publisher: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) href: String,
}

pub(super) fn source(document: &Document) -> SourceItem<'_> {
    SourceItem {
        id: &document.id,
        title: document.title.as_deref().unwrap_or(&document.id),
        publisher: document.publisher.as_deref(),
        date: day_of(document),
        kind: document.kind.name(),
        href: address(&document.id),
    }
}

/// A word in colour that leads somewhere.
#[derive(Serialize)]
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) tone: &'static str,
    pub(super) href: String,
}

/// The colour of a relation.
pub(super) const fn tone(relation: Option<Fidelity>) -> &'static str {
    match relation {
        Some(Fidelity::Altered) => "bad",
        Some(Fidelity::Spliced) => "warn",
        Some(Fidelity::Bracketed) => "note",
        Some(Fidelity::Elided | Fidelity::Verbatim) => "good",
        Some(Fidelity::NotFound) | None => "mute",
    }
}

/// The place of quoted words on the page of their document.
pub(super) fn place(document: &Document, trace: Option<&Trace>) -> String {
    match trace.and_then(|trace| trace.quote_index) {
        Some(quote) => format!("{}#d0q{quote}", address(&document.id)),
        None => address(&document.id),
    }
}

/// The report over all documents of a small index.
pub(super) fn report(library: &Library) -> Response {
    if library.index.len() > REPORT {
        let many = library.index.len();
        let why = format!("{many} documents are too many to compare while you wait. Run sayso report.");
        return shown(html::render("lost.html", context! { heading => "The report", why }));
    }
    let read = || -> Result<Vec<ReadDocument>, LibraryError> {
        let documents = library.index.documents(&crate::index::Filter::default())?;
        documents
            .map(|found| {
                let (document, extraction) = found?;
                library.compared(document, extraction)
            })
            .collect()
    };
    match read() {
        Ok(readings) => shown(Page::new(&readings, library.tables, &Limits::SHORT).html()),
        Err(error) => broken(&error),
    }
}
