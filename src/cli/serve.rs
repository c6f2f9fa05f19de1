//! `sayso serve`: the index in a browser.

use super::Status;
use super::context::Context;
use std::path::PathBuf;
#[cfg(feature = "serve")]
use {
    super::against::Statements,
    super::context::told,
    super::source,
    crate::ask::{Archive, Manner},
    crate::check::Table,
    crate::compare::Words,
    crate::ledger::Ledger,
    crate::reviews::Reviews,
    crate::serve::Library,
    std::sync::Arc,
};

/// Open the index in a browser, on this machine only unless --listen names an address
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The port on 127.0.0.1; 0 chooses a free one
    #[arg(long, value_name = "PORT", default_value_t = 7297)]
    pub port: u16,
    /// An address of the network to answer at, such as 10.0.0.5:7297; needs --token-file
    #[arg(long, value_name = "ADDRESS:PORT", requires = "token_file", conflicts_with = "port")]
    pub listen: Option<std::net::SocketAddr>,
    /// A file with the token that opens a session
    #[arg(long, value_name = "FILE", requires = "listen")]
    pub token_file: Option<PathBuf>,
    /// Reference tables to check against
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
}

/// Runs the command, until Ctrl-C.
#[cfg(feature = "serve")]
pub(super) fn run(context: &Context, args: &ServeArgs) -> anyhow::Result<Status> {
    use super::tables;
    use crate::serve::{Gate, Place, serve};
    use anyhow::Context as _;

    let tables = tables::read(context, &args.table, None)?;
    let library = opened(context, &tables)?;
    let place = match (args.listen, &args.token_file) {
        (Some(address), Some(file)) => {
            let named = || file.display().to_string();
            let token = std::fs::read_to_string(file).with_context(named)?;
            if !address.ip().is_loopback() {
                context
                    .warn("what this server answers crosses the network unencrypted; a proxy before it can speak TLS");
            }
            Place::Network(address, Gate::new(&token).with_context(named)?)
        }
        _ => Place::Here(args.port),
    };
    let again = context.clone();
    let opener = Box::new(move || {
        let library = opened(&again, &tables).map_err(|error| told(&error));
        library.inspect_err(|error| again.warn(&format!("the pages stay as they were: {error}")))
    });
    serve(library, opener, place, |address| {
        context.note(&format!("the page: http://{address}/  (Ctrl-C ends)"));
    })?;
    Ok(Status::Done)
}

/// The library over the index as it is now.
#[cfg(feature = "serve")]
fn opened(context: &Context, tables: &[Table]) -> anyhow::Result<Library> {
    let index = Arc::new(source::open(context)?);
    let mut evidence = Statements::Stored(index.clone()).evidence(context)?;
    tables.iter().for_each(|table| evidence.add_table(table.clone()));
    let (evidence, sources) = (Arc::new(evidence), Arc::new(Statements::Stored(index.clone()).sources(context)?));
    let reviews = Arc::new(Reviews::read(&context.index)?);
    let manner = Manner {
        words: Words { reviews, ..context.words.clone() },
        offsets: context.offsets,
        options: context.reader.clone(),
        // Its links lead to the pages beside it.
        links: Some(String::new()),
    };
    let archive = Archive::new(index.clone(), evidence.clone(), sources.clone(), manner);
    let mut library = Library::new(index, archive, super::asked, evidence, sources, context.offsets);
    library.tables = tables.len();
    library.ledger = Ledger::open(&context.index)?;
    Ok(library)
}

/// Says that this program was built without the page.
#[cfg(not(feature = "serve"))]
pub fn run(_: &Context, _: &ServeArgs) -> anyhow::Result<Status> {
    anyhow::bail!("this sayso was built without the feature `serve`; `sayso report` writes a page to a file")
}
