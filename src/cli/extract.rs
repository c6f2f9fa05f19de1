//! `sayso extract [PATH…]`: every record of every document.

use super::Status;
use super::context::Context;
use super::filter::{DocumentFilter, FindingFilter};
use super::findings::Report;
use crate::output::Format;
use crate::record::RecordKind;
use std::path::PathBuf;

/// Write every record: documents, quotations, speakers, figures, claims
#[derive(Debug, clap::Args)]
pub(super) struct ExtractArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ExtractArgs) -> anyhow::Result<Status> {
    let report = Report {
        paths: &args.paths,
        kinds: &RecordKind::ALL,
        documents: DocumentFilter::default(),
        findings: FindingFilter::default(),
        format: Format::Jsonl,
    };
    report.run(context, |_, _| (), |()| ())?;
    Ok(Status::Done)
}
