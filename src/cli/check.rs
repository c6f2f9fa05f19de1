//! `sayso check [PATH…] --against STATEMENTS… | --table CSV…`: figures beside statements and reference tables.

use super::Status;
use super::against::{self, Against, Need, OtherEvidence, gather};
use super::args::ConfidenceName;
use super::context::{Context, count};
use super::explain;
use super::source::{self, Store};
use super::tables;
use crate::check::{Check, CheckReason, Evidence, EvidenceKind, Verdict};
use crate::compare::checked;
use crate::document::Document;
use crate::extract::Confidence;
use crate::output::words::Listed;
use crate::output::{
    About, Chunk, DRIFT_HEADER, Format, OutputError, Plan, Row, Seen, Shape, Sink, Where, check_block, check_row,
    drift_row, name_of,
};
use crate::record::{Library, RecordKind, Records};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Compare figures with official statements and reference tables
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// The articles: files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The official statements [default without --table: the statements and tables among PATH, else those of the index]
    #[arg(long, value_name = "STATEMENTS", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// Reference tables: CSV, TSV or Parquet
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
    /// The column that names the rows of the tables [default: the first column of words]
    #[arg(long, value_name = "COLUMN", requires = "table")]
    pub key: Option<String>,
    /// Group by `verdict`, the gravest first, or by `figure`: each official figure and how it was rendered
    #[arg(long, value_enum, default_value_t = By::Verdict, value_name = "WHAT")]
    pub by: By,
    /// Show only these verdicts
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', value_parser = VERDICTS)]
    pub verdict: Vec<String>,
    /// Show only these relations
    #[arg(long, value_name = "RELATION", value_delimiter = ',', value_parser = RELATIONS)]
    pub relation: Vec<String>,
    /// Show only findings that are at least this sure
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub min_confidence: Option<ConfidenceName>,
    /// The order: `severity`, with what is wrong first [default in tables], or `text`
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// Tell of each finding what it rests on: the sentences and frames of both sides, and what each slot was told by
    #[arg(long, conflicts_with = "by")]
    pub explain: bool,
    /// Show at most N findings
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Exit with status 1 on these: verdicts (contradicted, conflicting …), relations (hedge-dropped, stale …)
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = failures())]
    pub fail_on: Vec<String>,
}

/// In which order findings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sort {
    /// What is wrong first
    Severity,
    /// As they stand in the text
    Text,
}

impl CheckArgs {
    /// Whether a finding is asked for.
    fn shows(&self, check: &Check) -> bool {
        let least = self.min_confidence.map_or(Confidence::Low, Confidence::from);
        let is_one =
            |names: &[String], name: Option<String>| names.is_empty() || name.is_some_and(|n| names.contains(&n));
        is_one(&self.verdict, Some(name_of(&check.verdict)))
            && is_one(&self.relation, check.relation.map(|relation| name_of(&relation)))
            && check.confidence >= least
    }
}

/// What findings are listed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// Their verdict in tables for people, the gravest first; elsewhere in the order of the text.
    Verdict,
    /// The figure of the statement that they render.
    Figure,
}

/// The names of the verdicts.
pub(super) const VERDICTS: [&str; 5] =
    ["supported", "contradicted", "conflicting", "not-enough-evidence", "not-checkable"];

/// The names of the relations.
const RELATIONS: [&str; 17] = [
    "equal",
    "rounded",
    "within-bound",
    "bound-dropped",
    "hedge-dropped",
    "derived",
    "differs",
    "unit-differs",
    "base-differs",
    "stale",
    "direction-differs",
    "negated",
    "other-subject",
    "other-place",
    "other-period",
    "other-base",
    "other-kind",
];

/// What `--fail-on` takes: verdicts, and the relations that say that something is amiss.
fn failures() -> clap::builder::PossibleValuesParser {
    failing().collect::<Vec<_>>().into()
}

/// The names that `--fail-on` takes.
pub(super) fn failing() -> impl Iterator<Item = &'static str> {
    let amiss = RELATIONS.iter().filter(|name| !matches!(**name, "equal" | "within-bound" | "derived"));
    VERDICTS.iter().filter(|name| **name != "supported").chain(amiss).copied()
}

/// Where a finding is listed: by verdict, or by the statement's position and the place in it.
type Key = (usize, u32);

/// Runs the command.
pub(super) fn run(context: &Context, args: &CheckArgs) -> anyhow::Result<Status> {
    let shape = Shape::One(RecordKind::Check);
    let plan = match args.by {
        // Text by the line, laid out by `explain`.
        By::Verdict if args.explain => Plan::with_header(Format::Jsonl, shape, Vec::new())?,
        By::Verdict => context.plan(Format::Table, shape)?,
        By::Figure => {
            let header = DRIFT_HEADER.iter().map(|name| Cow::Borrowed(*name)).collect();
            let format = context.format.filter(|format| *format != Format::List).unwrap_or(Format::Table);
            Plan::with_header(format, shape, header)?.only(&context.only)?
        }
    };
    let tables = match (args.table.is_empty(), args.against.is_empty()) {
        (false, _) => tables::read(context, &args.table, args.key.as_deref())?,
        (true, true) => tables::among(context, &args.paths),
        (true, false) => Vec::new(),
    };
    let other = if tables.is_empty() { OtherEvidence::None } else { OtherEvidence::Tables };
    let store = Store::new(context, &args.paths)?;
    let Against { statements, items } = gather(context, &store, &args.paths, &args.against, other, Need::Extractions)?;
    let mut evidence = statements.evidence(context)?;
    let what = format!("{} and {}", count(evidence.statements(), "statement"), count(tables.len(), "table"));
    tables.into_iter().for_each(|table| evidence.add_table(table));
    let mut sink = context.sink(&plan)?;
    let (mut verdicts, mut failures) = (BTreeMap::<Verdict, usize>::new(), 0);
    let mut groups = BTreeMap::<Key, Vec<Chunk>>::new();
    let mut left = Left::new(args.limit);
    let result = source::each_of(
        context,
        items,
        &against::coverage(),
        |document, extraction| {
            let checks = checked(document, extraction, &evidence)?;
            let cited = cited(&checks, &evidence);
            let library = Library::new(cited.values().map(|(_, statement)| statement), context.offsets);
            let records = Records::new(document, extraction, context.offsets);
            let at = plan.format().has_rows().then(|| Where::new(document));
            let (about, reader) = (About::new(&plan, document), plan.reader(document, extraction));
            let mut chunks: Vec<(Key, Chunk)> = Vec::new();
            for (position, check) in (0..).zip(&checks).filter(|(_, check)| args.shows(check)) {
                let Some(key) = key_of(args, plan.format(), check, &cited) else { continue };
                let mut chunk = Chunk::default();
                if args.explain {
                    chunk.bytes(explain::finding(document, extraction, check, &cited, &evidence).as_bytes(), 1);
                    chunks.push((key, chunk));
                    continue;
                }
                let seen = || -> Seen {
                    match (&reader, args.by, &at) {
                        (Some(reader), ..) => check_block(reader, check, position as usize, &library).into(),
                        (_, By::Verdict, Some(at)) => check_row(at, check, &library).into(),
                        (_, By::Figure, Some(at)) => drift_row(at, check, &library).unwrap_or_default().into(),
                        (.., None) => Row::new().into(),
                    }
                };
                plan.push_about(&mut chunk, &records.check(position, check, &library), about.as_ref(), seen)?;
                chunks.push((key, chunk));
            }
            let failures = checks.iter().filter(|check| fails(check, &args.fail_on)).count();
            let claims = checks.iter().filter(|check| !check.because.contains(&CheckReason::NoClaim));
            Ok((chunks, claims.map(|check| check.verdict).collect::<Vec<_>>(), failures))
        },
        |(chunks, found, failed)| {
            found.into_iter().for_each(|verdict| *verdicts.entry(verdict).or_default() += 1);
            failures += failed;
            for (key, chunk) in chunks {
                if key == UNGROUPED {
                    left.write(&mut sink, chunk)?;
                } else {
                    groups.entry(key).or_default().push(chunk);
                }
            }
            Ok(())
        },
    );
    // What was found is written even where reading went wrong at the end.
    for chunk in groups.into_values().flatten() {
        left.write(&mut sink, chunk)?;
    }
    let tally = source::finish(sink, result)?;
    let each: Vec<String> = verdicts.iter().map(|(verdict, n)| format!("{n} {}", name_of(verdict))).collect();
    context.note(&format!(
        "{} in {}, against {what}{}{}",
        count(verdicts.values().sum(), "figure"),
        count(tally.admitted, "article"),
        if each.is_empty() { "" } else { ": " },
        each.join(", "),
    ));
    cut(context, left.hidden());
    source::left_out(context, &evidence.damaged())?;
    tally.explain_nothing(context, "checked");
    let amiss = verdicts.contains_key(&Verdict::Contradicted);
    if args.verdict.is_empty() && amiss && verdicts.len() > 1 {
        context.hint("next: --verdict contradicted shows only what a source states otherwise; sayso report writes a page to send");
    }
    Ok(if failures > 0 { Status::Findings } else { Status::Done })
}

/// The statements that evidence comes from, by id, with their positions among all.
pub(super) type Cited<'c> = BTreeMap<&'c str, (u32, Arc<Document>)>;

fn cited<'c>(checks: &'c [Check], evidence: &Evidence) -> Cited<'c> {
    let items = checks.iter().flat_map(|check| &check.evidence).filter(|item| item.kind == EvidenceKind::Statement);
    let ids: BTreeSet<&str> = items.map(|item| item.doc.as_str()).collect();
    ids.into_iter().filter_map(|id| Some((id, evidence.statement(id)?))).collect()
}

/// The key of what is written at once, in the order of the text.
const UNGROUPED: Key = (usize::MAX, 0);

/// Where a finding is listed; none where it is not.
fn key_of(args: &CheckArgs, format: Format, check: &Check, cited: &Cited) -> Option<Key> {
    match (args.by, args.sort) {
        (By::Figure, _) => {
            let settled = matches!(check.verdict, Verdict::Supported | Verdict::Contradicted | Verdict::Conflicting);
            let official = check.evidence.first().filter(|_| settled)?;
            Some((cited.get(official.doc.as_str())?.0 as usize, official.span?.start))
        }
        (By::Verdict, Some(Sort::Severity)) => Some((Listed::of(check).severity(), 0)),
        (By::Verdict, None) if args.explain || format.has_rows() => Some((Listed::of(check).severity(), 0)),
        (By::Verdict, _) => Some(UNGROUPED),
    }
}

/// How many findings may still be shown, and how many were not.
pub(super) struct Left {
    most: usize,
    hidden: usize,
}

impl Left {
    /// As many as `--limit` says; all without it.
    pub(super) fn new(limit: Option<usize>) -> Left {
        Left { most: limit.unwrap_or(usize::MAX), hidden: 0 }
    }

    /// Writes a finding, if it may be shown.
    pub(super) fn write(&mut self, sink: &mut Sink, chunk: Chunk) -> Result<(), OutputError> {
        if self.most == 0 {
            self.hidden += chunk.records;
            return Ok(());
        }
        self.most -= chunk.records.min(self.most);
        sink.write(chunk)
    }

    /// How many were not shown.
    pub(super) const fn hidden(&self) -> usize {
        self.hidden
    }
}

/// Says how many findings were not shown.
pub(super) fn cut(context: &Context, hidden: usize) {
    if hidden > 0 {
        context.note(&format!("{} not shown (cut by --limit)", count(hidden, "more finding")));
    }
}

fn fails(check: &Check, on: &[String]) -> bool {
    on.contains(&name_of(&check.verdict)) || check.relation.is_some_and(|relation| on.contains(&name_of(&relation)))
}
