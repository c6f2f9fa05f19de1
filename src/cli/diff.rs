//! `sayso diff QUOTATION STATEMENT`: one quotation and one statement side by side, where it would be claimed and where not.

use super::Status;
use super::context::Context;
use super::source::{self, has_index};
use crate::document::Document;
use crate::extract::{Extraction, extract};
use crate::ingest::{documents, is_address};
use crate::output::{Chunk, Format, Plan, Shape, Side, Where, diff_block, diff_header, diff_rows, trace_row};
use crate::record::{Library, RecordKind, Records};
use crate::span::Span;
use crate::trace::{Sources, compare, quoted_words};
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Show one quotation beside the statement it comes from
#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// The quoted words; or a file, for each quotation in it; or a record of the index (`DOC#q1`)
    #[arg(value_name = "QUOTATION")]
    pub quotation: String,
    /// The statement: a file, or the id of a document in the index
    #[arg(value_name = "STATEMENT")]
    pub statement: String,
}

/// Words to compare: where they stand, and what they are called.
struct Passage {
    span: Span,
    /// The position of the quotation that they belong to.
    quote: u32,
    name: String,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &DiffArgs) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    let plan = match format {
        Format::Table | Format::List => {
            Plan::with_header(format, Shape::One(RecordKind::Trace), diff_header())?.only(&context.only)?
        }
        _ => context.plan(format, Shape::One(RecordKind::Trace))?,
    };
    let (document, passages) = quotation(context, &args.quotation)?;
    let (statement, found) = one(context, &args.statement)?;
    let statement = Arc::new(statement);
    let mut sources = Sources::new();
    sources.add(statement.clone(), Arc::new(found));
    let shelf = [statement];
    let library = Library::new(&shelf, context.offsets);
    let extraction = Extraction::default();
    let records = Records::new(&document, &extraction, context.offsets);
    let at = Where::new(&document);
    let mut chunk = Chunk::default();
    let mut found = 0;
    for passage in &passages {
        let Some(mut trace) = compare(&document, passage.span, &sources, &shelf[0].id) else {
            context.warn(&format!("{}: nothing in {} is like it", passage.name, shelf[0].id));
            continue;
        };
        trace.quote_index = Some(passage.quote);
        found += 1;
        if plan.format() == Format::List {
            let block = diff_block((&document, &passage.name), (&shelf[0], &shelf[0].id), &trace);
            plan.push_row(&mut chunk, block);
        } else if format == Format::Table {
            let ours = Side { document: &document, name: &passage.name };
            let theirs = Side { document: &shelf[0], name: &shelf[0].id };
            diff_rows(ours, theirs, &trace).into_iter().for_each(|row| plan.push_row(&mut chunk, row));
        } else {
            plan.push(&mut chunk, &records.trace(&trace, &library), || trace_row(&at, &trace))?;
        }
    }
    let mut sink = context.sink(&plan)?;
    sink.write(chunk)?;
    sink.finish()?;
    Ok(if found == 0 { Status::Findings } else { Status::Done })
}

/// What was named: a record of the index, a file, or the words themselves.
fn quotation(context: &Context, named: &str) -> anyhow::Result<(Document, Vec<Passage>)> {
    if is_address(Path::new(named)) || Path::new(named).exists() {
        let (document, extraction) = one(context, named)?;
        let mut passages: Vec<Passage> = Vec::new();
        for (n, quote) in extraction.quotes.iter().enumerate() {
            let name = crate::record::id(&document.id, 'q', n);
            let passage = |span| Passage { span, quote: n as u32, name: name.clone() };
            passages.extend(quoted_words(&document, quote).into_iter().map(passage));
        }
        passages.sort_by_key(|p| (p.span.start, p.span.end));
        passages.dedup_by_key(|p| p.span);
        if passages.is_empty() {
            passages.push(Passage { span: whole(&document), quote: 0, name: document.id.clone() });
        }
        return Ok((document, passages));
    }
    if let Some((id, number)) = named.rsplit_once("#q")
        && let Ok(number) = number.parse::<usize>()
        && has_index(context)
    {
        let (document, extraction) = stored(context, id)?;
        let quote = number.checked_sub(1).and_then(|n| extraction.quotes.get(n));
        let quote = quote.with_context(|| format!("reading {named}: {id} has no such quotation"))?;
        let spans = quoted_words(&document, quote);
        let passage = |span| Passage { span, quote: number as u32 - 1, name: named.to_owned() };
        let passages = spans.into_iter().map(passage).collect();
        return Ok((document, passages));
    }
    let document = Document::new("quotation", named);
    let passage = Passage { span: whole(&document), quote: 0, name: document.id.clone() };
    Ok((document, vec![passage]))
}

fn whole(document: &Document) -> Span {
    Span::at(0, document.text.len())
}

/// The first document of a file, or the one that the index has under this id.
fn one(context: &Context, named: &str) -> anyhow::Result<(Document, Extraction)> {
    let path = PathBuf::from(named);
    if !is_address(&path) && !path.exists() {
        if has_index(context) {
            return stored(context, named);
        }
        source::exist(std::slice::from_ref(&path))?;
    }
    let first = documents(context.input(vec![path])).next();
    let document = first.with_context(|| format!("reading {named}: no document in it"))??;
    let mut extraction = extract(&document);
    context.words.apply(&document, &mut extraction);
    Ok((document, extraction))
}

fn stored(context: &Context, id: &str) -> anyhow::Result<(Document, Extraction)> {
    match source::open(context)?.get(id)? {
        Some(found) => Ok(found),
        None => bail!("reading {id}: neither a file nor a document of the index {}", context.index.display()),
    }
}
