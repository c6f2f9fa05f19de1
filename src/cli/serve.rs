//! `sayso serve`: the page over the index, to explore in a browser.

use super::Status;
use super::context::Context;
use std::path::PathBuf;

/// The page in a browser.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 7297)]
    pub port: u16,
    /// Reference tables to check against
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
}

/// Runs the command, until Ctrl-C.
#[cfg(feature = "serve")]
pub(super) fn run(context: &Context, args: &ServeArgs) -> anyhow::Result<Status> {
    use super::source::sound;
    use super::{report, tables};
    use crate::index::Index;
    use crate::serve::{Library, serve};

    let index = Index::open(&context.index)?;
    let (found, tally) = sound(context, &index)?;
    tally.judge(context)?;
    let tables = tables::read(context, &args.table, None)?;
    let count = tables.len();
    let readings = report::compare(context, found, tables)?;
    let library = Library { index, readings, tables: count, offsets: context.offsets };
    serve(library, args.port, |address| {
        context.note(&format!("the page: http://{address}/  (Ctrl-C ends)"));
    })?;
    Ok(Status::Done)
}

/// Says that this program was built without the page.
#[cfg(not(feature = "serve"))]
pub fn run(_: &Context, _: &ServeArgs) -> anyhow::Result<Status> {
    anyhow::bail!("this sayso was built without the feature `serve`; `sayso report` writes the same page to a file")
}
