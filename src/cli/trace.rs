//! `sayso trace [PATH…] --against STATEMENTS…`: quotations beside the official text.

use super::Status;
use super::against::{self, OtherEvidence, gather};
use super::context::{Context, count};
use super::source::{self, Store};
use crate::output::{Chunk, Format, Shape, Where, name_of, trace_row};
use crate::record::{Library, RecordKind, Records};
use crate::trace::{Relation, trace};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Quotations beside the official text.
#[derive(Debug, clap::Args)]
pub struct TraceArgs {
    /// Coverage: files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Official statements to trace to [default: the statements among PATH, else of the index]
    #[arg(long, value_name = "STATEMENTS", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// Exit with 1 on these: relations (altered, spliced …), changes (figure, negation …), attribution
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = FAILURES)]
    pub fail_on: Vec<String>,
}

/// What `--fail-on` takes.
const FAILURES: [&str; 13] = [
    "altered",
    "spliced",
    "bracketed",
    "elided",
    "not-found",
    "figure",
    "negation",
    "word",
    "dropped",
    "added",
    "case",
    "glyph",
    "attribution",
];

/// Runs the command.
pub fn run(context: &Context, args: &TraceArgs) -> anyhow::Result<Status> {
    let plan = context.plan(Format::Table, Shape::One(RecordKind::Trace))?;
    let store = Store::new(context, &args.paths)?;
    let against = gather(context, &store, &args.paths, &args.against, OtherEvidence::None)?;
    let sources = against.statements.sources()?;
    let mut sink = context.sink(&plan)?;
    let (mut relations, mut failures) = (BTreeMap::<Relation, usize>::new(), 0);
    let result = source::each_of(
        context,
        against.items,
        &against::coverage(),
        |document, extraction| {
            let traces = trace(document, extraction, &sources);
            let named: BTreeSet<&str> = traces.iter().filter_map(|t| t.statement.as_deref()).collect();
            let statements: Vec<_> = named.into_iter().filter_map(|id| sources.get(id)).collect();
            let library = Library::new(&statements, context.offsets);
            let records = Records::new(document, extraction, context.offsets);
            let at = plan.format().has_rows().then(|| Where::new(document));
            let mut chunk = Chunk::default();
            for trace in &traces {
                let row = || at.as_ref().map(|at| trace_row(at, trace)).unwrap_or_default();
                plan.push(&mut chunk, &records.trace(trace, &library), row)?;
            }
            let failures = traces.iter().filter(|t| fails(t, &args.fail_on)).count();
            Ok((chunk, traces.iter().map(|t| t.relation).collect::<Vec<_>>(), failures))
        },
        |(chunk, found, failed)| {
            found.into_iter().for_each(|relation| *relations.entry(relation).or_default() += 1);
            failures += failed;
            sink.write(chunk)
        },
    );
    let tally = source::finish(sink, result)?;
    if let Some(error) = sources.broken() {
        return Err(error.into());
    }
    let total = relations.values().sum();
    let each: Vec<String> = relations.iter().rev().map(|(relation, n)| format!("{n} {}", name_of(relation))).collect();
    context.note(&format!(
        "{} in {}, against {}{}{}",
        count(total, "quoted passage"),
        count(tally.admitted, "article"),
        count(sources.len(), "statement"),
        if each.is_empty() { "" } else { ": " },
        each.join(", "),
    ));
    tally.explain_nothing(context, "traced");
    Ok(if failures > 0 { Status::Findings } else { Status::Done })
}

fn fails(trace: &crate::trace::Trace, on: &[String]) -> bool {
    on.contains(&name_of(&trace.relation))
        || trace.changes.iter().any(|change| on.contains(&name_of(change)))
        || (trace.attribution_drift == Some(true) && on.iter().any(|name| name == "attribution"))
}
