//! `sayso report [PATH…] [-o report.html]`: the whole. Paths are brought into the index first, so that a second run
//! extracts only what is new; then coverage is checked and traced, and one page is written.

use super::Status;
use super::context::{Context, count, told};
use super::index::{Extra, Gone, describe, update};
use super::source::{Tally, open, sound};
use super::summary;
use super::{crash, tables};
use crate::check::{Evidence, Table};
use crate::compare::reading;
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::index::Index;
use crate::output::html::{Limits, Links, Listing, Page, ReadDocument, contents_page, document_page};
use crate::output::{Destination, Format, Grade, Look, day_of};
use crate::stream::ordered;
use crate::trace::Sources;
use anyhow::{Context as _, bail};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write one HTML page with everything: quotations, checks, traces
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// Files and folders to index first; without any, the index as it is
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Further reference tables, besides those among PATH
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
    /// Show everything: a folder (`-o DIR`, else `report`) with the report and a page for each document; one long page
    /// where -o ends in .html
    #[arg(long)]
    pub full: bool,
}

/// Above this many documents a full page is too long for most browsers.
const MANY: usize = 2000;

/// So many documents a page of the list of a folder has.
const LISTED: usize = 500;

/// Runs the command.
pub(super) fn run(context: &Context, args: &ReportArgs) -> anyhow::Result<Status> {
    if !matches!(context.format, None | Some(Format::Html)) {
        bail!("report writes a page (html); extract, check and trace write records in other formats");
    }
    let default = if args.full { "report" } else { "report.html" };
    let output = context.output.clone().unwrap_or_else(|| PathBuf::from(default));
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    if !args.full && ending.is_some_and(|ending| !matches!(ending.as_str(), "html" | "htm" | "tmp")) {
        bail!("writing {}: report writes a page; end the name in .html", output.display());
    }
    let in_folder = args.full && Format::of_path(&output) != Some(Format::Html) && output.as_path() != Path::new("-");
    let place = if in_folder { None } else { Some(Destination::open(Some(&output))?) };
    let mut tables = tables::read(context, &args.table, None)?;
    tables.extend(tables::among(context, &args.paths));
    let (found, unreadable) = gather(context, &args.paths)?;
    if args.full && !in_folder && found.len() > MANY {
        context.warn(&format!("the page will be long: {}", count(found.len(), "document")));
    }
    let count_of_tables = tables.len();
    let readings = compare(context, found, tables)?;
    let limits = if args.full && !in_folder { Limits::NONE } else { Limits::SHORT };
    let page = Page::new(&readings, count_of_tables, &limits);
    let to_stdout = output.as_path() == Path::new("-");
    let look = if to_stdout { Look::Plain } else { Look::of_stdout() };
    match place {
        Some(mut place) => {
            place.write(page.html()?.as_bytes())?;
            place.finish()?;
        }
        None => folder(&output, &page, &readings)?,
    }
    let mut text = summary::of(&readings, count_of_tables, look);
    if to_stdout {
        context.note(text.trim_end());
    } else {
        let page = if in_folder { output.join("index.html") } else { output };
        text.push_str(&format!("\nThe page: {}\n", page.display()));
        let mut place = Destination::open(None)?;
        place.write(text.as_bytes())?;
        place.finish()?;
    }
    unreadable.judge(context)?;
    Ok(Status::Done)
}

/// Writes the report, the list of all documents and a page for each into a folder.
fn folder(output: &Path, page: &Page, readings: &[ReadDocument]) -> anyhow::Result<()> {
    let pages = output.join("documents");
    std::fs::create_dir_all(&pages).with_context(|| format!("making {}", pages.display()))?;
    let write = |path: PathBuf, text: String| -> anyhow::Result<()> {
        let mut place = Destination::open(Some(&path))?;
        place.write(text.as_bytes())?;
        Ok(place.finish()?)
    };
    let numbers: HashMap<&str, usize> =
        readings.iter().enumerate().map(|(n, reading)| (reading.document.id.as_str(), n)).collect();
    let link = |id: &str| numbers.get(id).map_or_else(|| "#".to_owned(), |n| format!("{n}.html"));
    let links = Links { document: &link, speaker: None, finding: None, home: "../index.html" };
    for (n, reading) in readings.iter().enumerate() {
        let cited = reading.cited().into_iter().filter_map(|id| numbers.get(id)).filter(|other| **other != n);
        let beside: Vec<ReadDocument> =
            std::iter::once(&n).chain(cited).map(|other| readings[*other].shared()).collect();
        write(pages.join(format!("{n}.html")), document_page(&beside, None, &[], &links)?)?;
    }
    let mut listed: Vec<Listing> = readings.iter().enumerate().map(|(n, reading)| listing(n, reading)).collect();
    listed.sort_by_key(|item| Reverse(item.wrong));
    let name = |page: usize| if page == 0 { "contents.html".to_owned() } else { format!("contents-{}.html", page + 1) };
    let last = listed.len().div_ceil(LISTED).saturating_sub(1);
    for (n, items) in listed.chunks(LISTED).enumerate() {
        let before = n.checked_sub(1).map(name);
        let after = (n < last).then(|| name(n + 1));
        let list = contents_page(items, listed.len(), before.as_deref(), after.as_deref())?;
        write(output.join(name(n)), list)?;
    }
    write(output.join("index.html"), page.html_with(Some("contents.html"))?)
}

fn listing(number: usize, reading: &ReadDocument) -> Listing<'_> {
    let document = &reading.document;
    let checks = reading.checks.iter().filter(|check| Grade::of_check(check) == Grade::Amiss).count();
    let traces = reading.traces.iter().filter(|trace| Grade::of_trace(trace) == Grade::Amiss).count();
    Listing {
        href: format!("documents/{number}.html"),
        title: document.title.as_deref().unwrap_or(&document.id),
        publisher: document.publisher.as_deref(),
        date: day_of(document),
        kind: document.kind,
        wrong: checks + traces,
    }
}

/// The documents of the report with what was found in them.
fn gather(context: &Context, paths: &[PathBuf]) -> anyhow::Result<(Vec<(Document, Extraction)>, Tally)> {
    if paths.is_empty() {
        return sound(context, &open(context)?);
    }
    let index = Index::open_or_create(&context.index)?;
    let updated = update(context, &index, paths, Gone::Prune, &[Extra::Note])?;
    context.note(&describe(context, &updated));
    let (mut found, damaged) = sound(context, &index)?;
    found.retain(|(document, _)| updated.ids.contains(&document.id));
    let unreadable = updated.tally.unreadable + damaged.unreadable;
    Ok((found, Tally { unreadable, damaged: damaged.damaged, ..updated.tally }))
}

/// Checks and traces every article against all statements and tables.
pub(super) fn compare(
    context: &Context,
    found: Vec<(Document, Extraction)>,
    tables: Vec<Table>,
) -> anyhow::Result<Vec<ReadDocument>> {
    let named = |(document, mut extraction): (Document, Extraction)| {
        context.words.apply(&document, &mut extraction);
        (Arc::new(document), Arc::new(extraction))
    };
    let found: Vec<(Arc<Document>, Arc<Extraction>)> = found.into_iter().map(named).collect();
    let (mut evidence, mut sources) = (Evidence::new(), Sources::new());
    for (document, extraction) in found.iter().filter(|(document, _)| document.kind == Kind::Statement) {
        evidence.add_statement(document.clone(), extraction.clone());
        sources.add(document.clone(), extraction.clone());
    }
    tables.into_iter().for_each(|table| evidence.add_table(table));
    let progress = context.progress("comparing", Format::Table);
    let mut readings = Vec::with_capacity(found.len());
    let result = ordered(
        context.jobs,
        found,
        |(document, _)| document.text.len(),
        |(document, extraction)| {
            let compared =
                crash::caught(|| anyhow::Ok(reading(document.clone(), extraction.clone(), &evidence, &sources)?));
            (document, extraction, compared)
        },
        |(document, extraction, compared)| {
            progress.inc(document.text.len());
            let compared = compared.unwrap_or_else(|report| Err(anyhow::anyhow!("an internal error: {report}")));
            readings.push(compared.unwrap_or_else(|error| {
                progress.suspend(|| context.warn(&format!("comparing {}: {}", document.id, told(&error))));
                ReadDocument { document, extraction, checks: Vec::new(), traces: Vec::new() }
            }));
            Ok::<(), std::convert::Infallible>(())
        },
    );
    progress.end();
    result.map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(readings)
}
