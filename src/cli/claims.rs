//! `sayso claims [PATH…]`: sentences that can be checked.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use crate::output::Format;
use crate::record::RecordKind;
use std::path::PathBuf;

/// Sentences that can be checked.
#[derive(Debug, clap::Args)]
pub struct ClaimsArgs {
    /// Files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Runs the command.
pub fn run(context: &Context, args: &ClaimsArgs) -> anyhow::Result<Status> {
    let (documents, findings) = args.filter.read(&kinds::claims())?;
    let wanted = findings.clone();
    let report = Report { paths: &args.paths, kinds: &[RecordKind::Claim], documents, findings, format: Format::Table };
    let mut claims = 0;
    let tally = report.run(
        context,
        |_, extraction| extraction.claims.iter().filter(|claim| wanted.claim(extraction, claim)).count(),
        |found| claims += found,
    )?;
    context.note(&format!("{} in {}", count(claims, "claim"), count(tally.documents, "document")));
    Ok(Status::Done)
}
