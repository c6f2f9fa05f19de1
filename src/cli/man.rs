//! `sayso man`: the manual in roff: all commands on one page, or a page for each in a folder, where `man` finds them.

use super::Status;
use super::args::Args;
use super::context::{Context, count};
use crate::output::Destination;
use anyhow::Context as _;
use clap::CommandFactory;
use clap_mangen::Man;
use std::path::PathBuf;

/// Print the manual
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Write `sayso.1` and a page for each command (`sayso-quotes.1` …) into a folder, such as ~/.local/share/man/man1
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ManArgs) -> anyhow::Result<Status> {
    let mut command = Args::command();
    command.build();
    let subs: Vec<_> =
        command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help").cloned().collect();
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
        let write = |name: &str, page: Man| -> anyhow::Result<()> {
            let path = dir.join(format!("{name}.1"));
            let mut roff = Vec::new();
            page.render(&mut roff)?;
            std::fs::write(&path, roff).with_context(|| format!("writing {}", path.display()))
        };
        write("sayso", Man::new(command.clone()))?;
        for sub in &subs {
            let name = format!("sayso-{}", sub.get_name());
            write(&name, Man::new(sub.clone()).title(name.clone()))?;
        }
        context.note(&format!("{} in {}", count(subs.len() + 1, "page"), dir.display()));
        return Ok(Status::Done);
    }
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for sub in subs {
        let title = format!(".SH \"SAYSO {}\"\n", sub.get_name().to_uppercase());
        page.extend_from_slice(title.as_bytes());
        let man = Man::new(sub.disable_help_flag(true).disable_version_flag(true));
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
    }
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&page)?;
    place.finish()?;
    Ok(Status::Done)
}
