//! `sayso claims [PATH…]`: sentences that can be checked, the worthiest first, or in the order of the text.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds, thousandths};
use super::findings::Report;
use super::ranked::Ranked;
use crate::output::Format;
use crate::record::RecordKind;
use anyhow::bail;
use std::path::PathBuf;

/// List claims: statements of fact that can be checked
#[derive(Debug, clap::Args)]
pub(super) struct ClaimsArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Show only claims with at least this worth, from 0 to 1 (0.5)
    #[arg(long, value_name = "WORTH", value_parser = worth)]
    pub min: Option<u16>,
    /// The order [default: worth in table, md, html and csv; text in jsonl and json, which are written as documents are
    /// read]
    #[arg(long, value_name = "ORDER", value_enum, help_heading = "Report")]
    pub sort: Option<Sort>,
    /// Show the N claims of all documents that are worth a check most, in every format [default N: 10]
    #[arg(long, value_name = "N", help_heading = "Report", num_args = 0..=1, default_missing_value = "10")]
    pub top: Option<usize>,
}

/// The values of `--sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sort {
    /// Most worth a check first
    Worth,
    /// As they stand in the text
    Text,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ClaimsArgs) -> anyhow::Result<Status> {
    if args.top.is_some() && args.sort == Some(Sort::Text) {
        bail!("--top lists the worthiest first: it does not go with --sort text");
    }
    let (documents, mut findings) = args.filter.read(&kinds::claims())?;
    findings.worth = args.min;
    let (wanted, of) = (findings.clone(), documents.clone());
    let listed =
        context.format.is_some_and(|f| f.is_whole() || matches!(f, Format::Jsonl | Format::Json | Format::Parquet));
    let streamed = listed && args.top.is_none();
    let (tally, claims) = match args.sort.unwrap_or(if streamed { Sort::Text } else { Sort::Worth }) {
        Sort::Worth => {
            let ranked = Ranked { paths: &args.paths, kind: RecordKind::Claim, documents: &documents, most: args.top };
            ranked.run(context, |_, extraction| {
                let claims = extraction.claims.iter().enumerate();
                let wanted = claims.filter(|(_, claim)| findings.claim(extraction, claim));
                wanted.map(|(n, claim)| (thousandths(claim.check_worthy), n)).collect()
            })?
        }
        Sort::Text => {
            let (paths, mut claims) = (&args.paths, 0);
            let report = Report { paths, kinds: &[RecordKind::Claim], documents, findings, format: Format::Table };
            let tally = report.run(
                context,
                |_, extraction| extraction.claims.iter().filter(|claim| wanted.claim(extraction, claim)).count(),
                |found| claims += found,
            )?;
            (tally, claims)
        }
    };
    let found = match args.top {
        Some(_) => format!("the {}", count(claims, "worthiest claim")),
        None => count(claims, "claim"),
    };
    context.note(&format!("{found} in {}", count(tally.admitted, "document")));
    Ok(wanted.status(&of, claims))
}

/// A worth as it is typed, in thousandths.
fn worth(typed: &str) -> Result<u16, String> {
    match typed.parse::<f32>() {
        Ok(worth) if (0.0..=1.0).contains(&worth) => Ok(thousandths(worth)),
        _ => Err("a number from 0 to 1".to_owned()),
    }
}
