//! The command line. `main` calls [`run`]; each command has a file of its own that reads its arguments, calls the
//! library and renders what it gives. What was typed ([`args`]) is one layer, what it means ([`context`]) the next.
//!
//! ```sh
//! sayso quotes article.txt
//! ```

mod against;
mod aliases;
mod args;
mod cache;
mod check;
mod claims;
mod compared;
mod completions;
mod context;
mod crash;
mod days;
mod diff;
#[cfg(feature = "remote")]
mod elsewhere;
mod explain;
mod export;
mod extract;
mod figures;
mod filter;
mod findings;
mod fsck;
mod help;
mod index;
mod man;
mod mcp;
mod query;
mod quotes;
mod ranked;
mod report;
mod review;
mod schema;
mod search;
mod serve;
mod source;
mod speakers;
mod standings;
mod summary;
mod tables;
mod text;
mod trace;
mod verify;
mod watch;

use crate::output::{Format, Look, OutputError};
use clap::FromArgMatches;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// How a command ended, where it was no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done: found, nothing amiss. Exit status 0.
    Done,
    /// Nothing found, or findings that were to fail. Exit status 1.
    Findings,
}

/// Parses the arguments, runs the command and gives the exit status: 0 done, 1 findings or nothing found, 2 an error.
pub fn run() -> ExitCode {
    if let Some(help) = help::asked(std::env::args().skip(1)) {
        // A closed pipe is no error.
        let _ = writeln!(anstream::stdout(), "{}", help.ansi());
        return ExitCode::SUCCESS;
    }
    let matches = help::command().get_matches();
    let args = args::Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    crash::hook();
    args.global.start_log();
    let outcome = crash::caught(|| dispatch(args)).unwrap_or_else(|report| {
        Err(anyhow::anyhow!("an internal error: {report}; please report it together with the command"))
    });
    match outcome {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Err(error) if matches!(error.downcast_ref(), Some(OutputError::Closed)) => ExitCode::SUCCESS,
        Err(error) => {
            context::say("error", &context::told(&error));
            ExitCode::from(2)
        }
    }
}

/// A search as the command line reads it: flags by name with their values, and the words of the query. What is wrong with
/// it, in one line.
fn asked(
    flags: &[(&str, &str)],
    words: &str,
    aliases: &crate::extract::aliases::Aliases,
) -> Result<crate::index::SearchQuery, String> {
    query::asked(flags, words, aliases).map_err(|error| context::told(&error))
}

/// Refuses a file whose ending promises a format that sayso does not write.
fn named_well(path: &Path) -> anyhow::Result<()> {
    let is_file = path != Path::new("-") && !std::fs::metadata(path).is_ok_and(|there| !there.is_file());
    if is_file && !Format::is_plain(path) {
        anyhow::bail!(
            "writing {}: no format of sayso has this ending; --format names one (`--format table` for a table as text), or end it in .txt, .jsonl, .json, .csv, .md or .html",
            path.display()
        );
    }
    Ok(())
}

fn dispatch(args: args::Args) -> anyhow::Result<Status> {
    let mut context = context::Context::new(&args.global)?;
    let mut command = args.command;
    if let Some(paths) = command.paths()
        && paths.is_empty()
        && context.index == Path::new("index")
        && source::is_piped()
    {
        context.note("reading standard input (--index DIR reads the index)");
        paths.push("-".into());
    }
    if command.lists() {
        context.format = context.format.or_else(|| Format::of_path(context.output.as_deref()?));
        if let (None, Some(path)) = (context.format, context.output.as_deref()) {
            named_well(path)?;
        }
    }
    if command.reads() && context.format.is_none() && context.output.is_none() && Look::of_stdout() != Look::Plain {
        context.format = Some(Format::List);
    }
    match command {
        args::Command::Index(args) => index::run(&context, &args),
        args::Command::Search(args) => search::run(&context, &args),
        args::Command::Mcp(args) => mcp::run(&context, &args),
        args::Command::Watch(args) => watch::run(&context, &args),
        args::Command::Fsck(args) => fsck::run(&context, &args),
        args::Command::Quotes(args) => quotes::run(&context, &args),
        args::Command::Speakers(args) => speakers::run(&context, &args),
        args::Command::Figures(args) => figures::run(&context, &args),
        args::Command::Claims(args) => claims::run(&context, &args),
        args::Command::Extract(args) => extract::run(&context, &args),
        args::Command::Export(args) => export::run(&context, &args),
        args::Command::Text(args) => text::run(&context, &args),
        args::Command::Check(args) => check::run(&context, &args),
        args::Command::Report(args) => report::run(&context, &args),
        args::Command::Review(args) => review::run(&context, &args),
        args::Command::Serve(args) => serve::run(&context, &args),
        args::Command::Trace(args) => trace::run(&context, &args),
        args::Command::Verify(args) => verify::run(&context, &args),
        args::Command::Diff(args) => diff::run(&context, &args),
        args::Command::Schema => schema::run(&context),
        args::Command::Completions(args) => completions::run(&context, &args),
        args::Command::Man(args) => man::run(&context, &args),
    }
}
