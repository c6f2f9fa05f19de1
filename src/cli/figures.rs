//! `sayso figures [PATH…]`: numbers and dates, with what they count: all in the order of the text, the largest first, or
//! a row for each unit, noun, speaker or month, or the numbers that are no figures.

mod groups;
mod rejected;

use super::Status;
use super::context::{Context, count};
use super::filter::{DocumentFilter, FilterArgs, FindingFilter, kinds};
use super::findings::Report;
use super::ranked::Ranked;
use crate::output::Format;
use crate::record::RecordKind;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// List numbers and dates
#[derive(Debug, clap::Args)]
pub(super) struct FiguresArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Show only figures in this unit: a code (`USD`, `km`, `percent`) or a name (`US dollar`)
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Show only figures that count this (`person`, `people`)
    #[arg(long, value_name = "NOUN")]
    pub noun: Option<String>,
    /// Show only values of at least N
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub min: Option<Decimal>,
    /// Show only values of at most N
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub max: Option<Decimal>,
    /// Sum up: one row per group, with the count, the documents, and the smallest and largest value
    #[arg(long, value_name = "WHAT", help_heading = "Report")]
    pub by: Option<groups::By>,
    /// Show the N largest values, largest first; combine with --unit or --noun
    #[arg(long, value_name = "N", conflicts_with = "by", help_heading = "Report", num_args = 0..=1, default_missing_value = "10")]
    pub largest: Option<usize>,
    /// List the numbers that are not figures (telephone numbers, codes, names), each with the rule that rejected it
    #[arg(long, conflicts_with_all = ["by", "largest", "unit", "noun", "min", "max"], help_heading = "Report")]
    pub rejected: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &FiguresArgs) -> anyhow::Result<Status> {
    if args.rejected {
        let (documents, findings) = args.filter.read(&rejected::kinds())?;
        return rejected::run(context, args, &documents, &findings);
    }
    let (documents, mut findings) = args.filter.read(&kinds::figures())?;
    findings.unit = args.unit.clone();
    findings.noun = args.noun.as_deref().map(str::to_lowercase);
    (findings.min, findings.max) = (args.min, args.max);
    if let Some(by) = args.by {
        return groups::run(context, args, by, &documents, &findings);
    }
    if args.largest.is_some() {
        return largest(context, args, &documents, &findings);
    }
    let (wanted, of) = (findings.clone(), documents.clone());
    let report =
        Report { paths: &args.paths, kinds: &[RecordKind::Figure], documents, findings, format: Format::Table };
    let mut figures = 0;
    let tally = report.run(
        context,
        |document, extraction| extraction.figures.iter().filter(|f| wanted.figure(document, extraction, f)).count(),
        |found| figures += found,
    )?;
    context.note(&format!("{} in {}", count(figures, "figure"), count(tally.admitted, "document")));
    Ok(wanted.status(&of, figures))
}

/// `--largest N`: the records of the largest values, largest first.
fn largest(
    context: &Context,
    args: &FiguresArgs,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let ranked = Ranked { paths: &args.paths, kind: RecordKind::Figure, documents, most: args.largest };
    let (tally, shown) = ranked.run(context, |document, extraction| {
        let valued = extraction.figures.iter().enumerate().filter_map(|(n, figure)| {
            let value = figure.high.or(figure.value)?;
            findings.figure(document, extraction, figure).then_some((value, n))
        });
        valued.collect()
    })?;
    context.note(&format!("the {} of largest value in {}", count(shown, "figure"), count(tally.admitted, "document")));
    Ok(findings.status(documents, shown))
}
