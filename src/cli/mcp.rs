//! `sayso mcp`: questions about an index, from an assistant, over the Model Context Protocol on standard input and output.
//! An assistant that asks here cites instead of inventing: each answer has the words, their place and their document.
//!
//! [`tools`] says what can be asked, [`protocol`] how; [`crate::ask`] knows the answers.

mod protocol;
mod tools;

use super::Status;
use super::against::Statements;
use super::context::Context;
use super::crash;
use super::index::{Gone, update};
use super::{source, tables};
use crate::ask::{Archive, Manner};
use crate::index::Index;
use std::path::PathBuf;
use std::sync::Arc;

/// Answer an assistant's questions about the index (Model Context Protocol, on standard input and output)
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
An assistant starts the program itself; its settings name the command, for example {\"command\": \"sayso\", \"args\": [\"mcp\", \
\"--index\", \"/path/to/index\"]}. Nothing is written and nothing is reached over a network.")]
pub(super) struct McpArgs {
    /// Files and folders to answer about, read anew at the start; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Reference tables to check figures against
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
    /// Where `sayso serve` answers, for links to its pages (`http://127.0.0.1:7297`)
    #[arg(long, value_name = "URL")]
    pub links: Option<String>,
}

/// Runs the command, until standard input ends.
pub(super) fn run(context: &Context, args: &McpArgs) -> anyhow::Result<Status> {
    // The folder of a passing index is there as long as its questions.
    let (_folder, index) = match args.paths.as_slice() {
        [] => (None, Arc::new(source::open(context)?)),
        paths => {
            let folder = tempfile::tempdir()?;
            let index = Index::open_or_create(folder.path())?;
            let read = update(context, &index, paths, Gone::Keep, &[])?;
            read.tally.judge_quietly(context)?;
            (Some(folder), Arc::new(Index::open(index.dir())?))
        }
    };
    let mut evidence = Statements::Stored(index.clone()).evidence(context)?;
    let mut found = tables::read(context, &args.table, None)?;
    found.extend(tables::among(context, &args.paths));
    found.into_iter().for_each(|table| evidence.add_table(table));
    let sources = Statements::Stored(index.clone()).sources(context)?;
    let manner = Manner {
        words: context.words.clone(),
        offsets: context.offsets,
        options: context.reader.clone(),
        links: args.links.clone(),
    };
    let archive = Archive::new(index, Arc::new(evidence), Arc::new(sources), manner);
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    protocol::answer(&mut input, &mut output, |name, arguments| {
        crash::caught(|| tools::call(&archive, name, arguments)).unwrap_or_else(|report| {
            Some(Err(format!("an internal error: {report}; please report it together with the question")))
        })
    })?;
    Ok(Status::Done)
}
