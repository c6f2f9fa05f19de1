//! `sayso quotes [PATH…]`: who said what: all in the order of the text, or a row for each speaker, outlet, month, cue or
//! kind, or the quoted words that are no quotation.

mod groups;
mod rejected;

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use crate::extract::{Confidence, QuoteKind};
use crate::output::Format;
use crate::record::RecordKind;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Who said what.
#[derive(Debug, clap::Args)]
pub(super) struct QuotesArgs {
    /// Files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Only those whose speaker is so sure or surer
    #[arg(long, value_name = "STEP", help_heading = "Which ones")]
    pub min_confidence: Option<Step>,
    /// A row for each group, most quoted first: how often, how long, in which documents and outlets, from when to when
    #[arg(long, value_name = "WHAT", help_heading = "Report")]
    pub by: Option<groups::By>,
    /// The words between quote marks that are no quotation, each with what it is and why
    #[arg(long, conflicts_with_all = ["by", "speaker"], help_heading = "Report")]
    pub rejected: bool,
}

/// How sure a speaker is, as the flag has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Step {
    /// A guess among several, and no speaker at all
    Low,
    /// Likely
    Medium,
    /// Stated by the text itself
    High,
}

impl From<Step> for Confidence {
    fn from(step: Step) -> Confidence {
        match step {
            Step::Low => Confidence::Low,
            Step::Medium => Confidence::Medium,
            Step::High => Confidence::High,
        }
    }
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
