//! `sayso export --to ENGINE [PATH…]`: documents with what was found in them, for a search engine.

use super::Status;
use super::context::{Context, count};
use super::filter::DocumentFilter;
use super::source;
use crate::output::engines::Engine;
use crate::output::{Destination, OutputError};
use anyhow::bail;
use std::path::PathBuf;

/// Write documents for Elasticsearch, OpenSearch or Quickwit, with their quotations and figures
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The engine
    #[arg(long, value_name = "ENGINE", value_enum)]
    pub to: EngineName,
    /// The name of the engine's index
    #[arg(long, value_name = "NAME", default_value = "sayso")]
    pub name: String,
    /// Write what the engine must know of the fields, in place of documents: send it first
    #[arg(long, conflicts_with = "paths")]
    pub mapping: bool,
}

/// The values of `--to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum EngineName {
    /// Elasticsearch and OpenSearch: lines for `POST _bulk`
    EsBulk,
    /// Quickwit: lines for `quickwit index ingest`
    Quickwit,
}

impl From<EngineName> for Engine {
    fn from(name: EngineName) -> Engine {
        match name {
            EngineName::EsBulk => Engine::EsBulk,
            EngineName::Quickwit => Engine::Quickwit,
        }
    }
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ExportArgs) -> anyhow::Result<Status> {
    if context.format.is_some() {
        bail!("an engine takes one format: leave --format out");
    }
    let engine = Engine::from(args.to);
    let mut place = Destination::open(context.output.as_deref())?;
    if args.mapping {
        place.write(engine.mapping(&args.name).map_err(OutputError::from)?.as_bytes())?;
        place.finish()?;
        return Ok(Status::Done);
    }
    let tally = source::each(
        context,
        &args.paths,
        &DocumentFilter::default(),
        |document, extraction| Ok(engine.lines(&args.name, document, extraction, context.offsets)?),
        |lines| place.write(lines.as_bytes()),
    )?;
    place.finish()?;
    context.note(&format!("{} for the index {}", count(tally.admitted, "document"), args.name));
    Ok(Status::Done)
}
