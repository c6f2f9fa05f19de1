//! `sayso text [PATH…]`: the text of documents as it is read. What is printed is the text alone, character for character; with
//! several documents a line before each names it.

use super::Status;
use super::context::Context;
use super::source::{Item, Store, Tally};
use crate::output::Destination;
use std::path::PathBuf;

/// Print the text of documents as sayso reads it
#[derive(Debug, clap::Args)]
pub(super) struct TextArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &TextArgs) -> anyhow::Result<Status> {
    let store = Store::new(context, &args.paths)?;
    let mut out = Destination::open(context.output.as_deref())?;
    let mut tally = Tally::default();
    // The first waits until it is known whether it is alone.
    let mut first = None;
    for item in store.items(context, &args.paths)? {
        let document = match item {
            Item::Fresh(document) => document,
            Item::Stored(found) => found.0,
            Item::Unreadable(unread) => {
                tally.count(&unread);
                context.warn(&unread.why);
                continue;
            }
        };
        tally.documents += 1;
        let ended = if document.text.ends_with('\n') { "" } else { "\n" };
        let text = format!("{}{ended}", document.text);
        if tally.documents == 1 {
            first = Some((document.id, text));
            continue;
        }
        if let Some((id, text)) = first.take() {
            out.write(format!("==> {id} <==\n{text}").as_bytes())?;
        }
        out.write(format!("\n==> {} <==\n{text}", document.id).as_bytes())?;
    }
    if let Some((_, text)) = first {
        out.write(text.as_bytes())?;
    }
    out.finish()?;
    tally.judge(context)?;
    Ok(Status::Done)
}
