//! `sayso quotes [PATH…]`: who said what.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use crate::extract::QuoteKind;
use crate::output::Format;
use crate::record::RecordKind;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Who said what.
#[derive(Debug, clap::Args)]
pub struct QuotesArgs {
    /// Files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Runs the command.
pub fn run(context: &Context, args: &QuotesArgs) -> anyhow::Result<Status> {
    let (documents, findings) = args.filter.read(&kinds::quotes())?;
    let wanted = findings.clone();
    let report = Report { paths: &args.paths, kinds: &[RecordKind::Quote], documents, findings, format: Format::Table };
    let (mut quotes, mut direct, mut unknown, mut speakers) = (0, 0, 0, BTreeSet::new());
    let tally = report.run(
        context,
        |_, extraction| {
            let quotes = extraction.quotes.iter().filter(|quote| wanted.quote(extraction, quote));
            let name = |speaker: u32| extraction.speakers.get(speaker as usize).map(|s| s.name.clone());
            quotes.map(|q| (q.kind, q.speaker.and_then(name))).collect::<Vec<_>>()
        },
        |found| {
            for (kind, speaker) in found {
                quotes += 1;
                direct += usize::from(kind == QuoteKind::Direct);
                unknown += usize::from(speaker.is_none());
                speakers.extend(speaker);
            }
        },
    )?;
    let open = if unknown > 0 { format!(", {unknown} without") } else { String::new() };
    context.note(&format!(
        "{} ({direct} direct) by {}{open}, in {}",
        count(quotes, "quotation"),
        count(speakers.len(), "speaker"),
        count(tally.documents, "document"),
    ));
    Ok(Status::Done)
}
