//! `sayso man`: the manual page, in roff; all commands on one page.

use super::Status;
use super::args::Args;
use super::context::Context;
use crate::output::Destination;
use clap::CommandFactory;
use clap_mangen::Man;

/// Runs the command.
pub(super) fn run(context: &Context) -> anyhow::Result<Status> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let title = format!(".SH \"SAYSO {}\"\n", sub.get_name().to_uppercase());
        page.extend_from_slice(title.as_bytes());
        let man = Man::new(sub.clone().disable_help_flag(true).disable_version_flag(true));
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
    }
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&page)?;
    place.finish()?;
    Ok(Status::Done)
}
