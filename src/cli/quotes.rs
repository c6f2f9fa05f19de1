//! `sayso quotes [PATH…]`: who said what: all in the order of the text, or a row for each speaker, outlet, month, cue or
//! kind, or the quoted words that are no quotation.

mod groups;
mod rejected;

use super::Status;
use super::args::ConfidenceName;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use crate::extract::{Confidence, QuoteKind};
use crate::output::Format;
use crate::record::RecordKind;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// List quotations: who said what
#[derive(Debug, clap::Args)]
pub(super) struct QuotesArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Show only quotations whose speaker is at least this sure
    #[arg(long, value_name = "LEVEL", help_heading = "Which ones")]
    pub min_confidence: Option<ConfidenceName>,
    /// Sum up: one row per group, most quoted first, with counts, words, documents, outlets and dates
    #[arg(long, value_name = "WHAT", help_heading = "Report")]
    pub by: Option<groups::By>,
    /// List the words in quote marks that are not a quotation (titles, names, scare quotes), and why
    #[arg(long, conflicts_with_all = ["by", "speaker"], help_heading = "Report")]
    pub rejected: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &QuotesArgs) -> anyhow::Result<Status> {
    if args.rejected {
        let (documents, findings) = args.filter.read(&rejected::kinds())?;
        return rejected::run(context, args, &documents, &findings);
    }
    let (documents, mut findings) = args.filter.read(&kinds::quotes())?;
    findings.confidence = args.min_confidence.map(Confidence::from);
    if let Some(by) = args.by {
        return groups::run(context, args, by, &documents, &findings);
    }
    let (wanted, of) = (findings.clone(), documents.clone());
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
        count(tally.admitted, "document"),
    ));
    Ok(wanted.status(&of, quotes))
}
