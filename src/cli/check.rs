//! `sayso check [PATH…] --against STATEMENTS… | --table CSV…`: figures beside statements and reference tables.

use super::Status;
use super::against::{self, Against, OtherEvidence, gather};
use super::context::{Context, count};
use super::source::{self, Store};
use super::tables;
use crate::check::{Check, Evidence, Verdict, check};
use crate::output::{Chunk, Format, Shape, Where, check_row, name_of};
use crate::record::{Library, RecordKind, Records};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Figures beside statements and reference tables.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Coverage: files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Official statements [default, without --table: the statements and tables among PATH, else those of the index]
    #[arg(long, value_name = "STATEMENTS", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// Reference tables
    #[arg(long, value_name = "CSV", num_args = 1..)]
    pub table: Vec<PathBuf>,
    /// The column of the tables that names their rows [default: the first that does]
    #[arg(long, value_name = "COLUMN", requires = "table")]
    pub key: Option<String>,
    /// Exit with 1 on these: verdicts (contradicted, conflicting …), relations (hedge-dropped, stale …)
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = FAILURES)]
    pub fail_on: Vec<String>,
}

/// What `--fail-on` takes.
const FAILURES: [&str; 11] = [
    "contradicted",
    "conflicting",
    "not-enough-evidence",
    "not-checkable",
    "bound-dropped",
    "hedge-dropped",
    "differs",
    "unit-differs",
    "base-differs",
    "stale",
    "rounded",
];

/// Runs the command.
pub fn run(context: &Context, args: &CheckArgs) -> anyhow::Result<Status> {
    let plan = context.plan(Format::Table, Shape::One(RecordKind::Check))?;
    let tables = match (args.table.is_empty(), args.against.is_empty()) {
        (false, _) => tables::read(context, &args.table, args.key.as_deref())?,
        (true, true) => tables::among(context, &args.paths),
        (true, false) => Vec::new(),
    };
    let other = if tables.is_empty() { OtherEvidence::None } else { OtherEvidence::Tables };
    let store = Store::new(context, &args.paths)?;
    let Against { statements, items } = gather(context, &store, &args.paths, &args.against, other)?;
    let statements = statements.read(context)?;
    let what = format!("{} and {}", count(statements.len(), "statement"), count(tables.len(), "table"));
    let mut evidence = Evidence::new();
    for (document, extraction) in &statements {
        evidence.add_statement(document.clone(), extraction.clone());
    }
    tables.into_iter().for_each(|table| evidence.add_table(table));
    let library = Library::new(statements.iter().map(|(document, _)| document), context.offsets);
    let mut sink = context.sink(&plan)?;
    let (mut verdicts, mut failures) = (BTreeMap::<Verdict, usize>::new(), 0);
    let result = source::each_of(
        context,
        items,
        &against::coverage(),
        |document, extraction| {
            let checks = check(document, extraction, &evidence);
            let records = Records::new(document, extraction, context.offsets);
            let at = plan.format().has_rows().then(|| Where::new(document));
            let mut chunk = Chunk::default();
            for (position, check) in (0..).zip(&checks) {
                let row = || at.as_ref().map(|at| check_row(at, check, &library)).unwrap_or_default();
                plan.push(&mut chunk, &records.check(position, check, &library), row)?;
            }
            let failures = checks.iter().filter(|check| fails(check, &args.fail_on)).count();
            Ok((chunk, checks.iter().map(|check| check.verdict).collect::<Vec<_>>(), failures))
        },
        |(chunk, found, failed)| {
            found.into_iter().for_each(|verdict| *verdicts.entry(verdict).or_default() += 1);
            failures += failed;
            sink.write(chunk)
        },
    );
    let tally = source::finish(sink, result)?;
    let each: Vec<String> = verdicts.iter().map(|(verdict, n)| format!("{n} {}", name_of(verdict))).collect();
    context.note(&format!(
        "{} in {}, against {what}{}{}",
        count(verdicts.values().sum(), "figure"),
        count(tally.admitted, "article"),
        if each.is_empty() { "" } else { ": " },
        each.join(", "),
    ));
    tally.explain_nothing(context, "checked");
    Ok(if failures > 0 { Status::Findings } else { Status::Done })
}

fn fails(check: &Check, on: &[String]) -> bool {
    on.contains(&name_of(&check.verdict)) || check.relation.is_some_and(|relation| on.contains(&name_of(&relation)))
}
