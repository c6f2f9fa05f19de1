//! `sayso completions SHELL`.

use super::Status;
use super::args::Args;
use super::context::Context;
use crate::output::Destination;
use clap::CommandFactory;
use clap_complete::Shell;

/// Completions for a shell.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &CompletionsArgs) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "sayso", &mut script);
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&script)?;
    place.finish()?;
    Ok(Status::Done)
}
