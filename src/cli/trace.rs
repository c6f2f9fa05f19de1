//! `sayso trace [PATH…] --against STATEMENTS…`: quotations beside the official text, one by one, or all of them seen from
//! another side: by sentence of the statement, by outlet, over time.

use super::Status;
use super::against::{self, Need, OtherEvidence, gather};
use super::args::ConfidenceName;
use super::context::{Context, count};
use super::source::{self, Items, Store, Tally};
use crate::document::Document;
use crate::output::{
    About, Chunk, Format, Plan, Row, Shape, Where, name_of, outlet_row, rendering_row, reuse_row, sentence_row,
    trace_row,
};
use crate::record::{CoverageRecords, Library, Record, RecordKind, Records};
use crate::trace::views::{self, Covered};
use crate::trace::{Relation, Settings, Sources, Trace, trace_with};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Trace quotations to the official statements they come from
#[derive(Debug, clap::Args)]
pub(super) struct TraceArgs {
    /// The articles: files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The official statements [default: the statements among PATH, else those of the index]
    #[arg(long, value_name = "STATEMENTS", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// Sum up by statement (each sentence and who used it) or by outlet (how faithful each is)
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with_all = ["timeline", "reuse"])]
    pub by: Option<By>,
    /// List each wording of a sentence: who had it first, and how it spread
    #[arg(long, conflicts_with = "reuse")]
    pub timeline: bool,
    /// List passages that repeat a statement without quote marks, and their share of the article
    #[arg(long)]
    pub reuse: bool,
    /// Count copies of one story once; the earliest stays
    #[arg(long)]
    pub collapse: bool,
    /// Show only these relations
    #[arg(long, value_name = "RELATION", value_delimiter = ',', value_parser = RELATIONS)]
    pub relation: Vec<String>,
    /// Name sources that are at least this sure; others are not-found
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "medium")]
    pub min_confidence: ConfidenceName,
    /// Exit with status 1 on these: relations (altered, spliced …), changes (figure, negation …), attribution
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = FAILURES)]
    pub fail_on: Vec<String>,
}

/// What `--by` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// Sentences of the statements
    Statement,
    /// Outlets
    Outlet,
}

/// What `--relation` takes.
const RELATIONS: [&str; 6] = ["verbatim", "elided", "bracketed", "spliced", "altered", "not-found"];

/// What `--fail-on` takes.
pub(super) const FAILURES: [&str; 13] = [
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

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Quotations,
    Sentences,
    Outlets,
    Wordings,
    Reuses,
}

impl View {
    fn of(args: &TraceArgs) -> View {
        match (args.by, args.timeline, args.reuse) {
            (Some(By::Statement), ..) => View::Sentences,
            (Some(By::Outlet), ..) => View::Outlets,
            (_, true, _) => View::Wordings,
            (_, _, true) => View::Reuses,
            _ => View::Quotations,
        }
    }

    const fn kind(self) -> RecordKind {
        match self {
            View::Quotations => RecordKind::Trace,
            View::Sentences => RecordKind::Sentence,
            View::Outlets => RecordKind::Outlet,
            View::Wordings => RecordKind::Rendering,
            View::Reuses => RecordKind::Reuse,
        }
    }
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &TraceArgs) -> anyhow::Result<Status> {
    let view = View::of(args);
    let plan = context.plan(Format::Table, Shape::One(view.kind()))?;
    let store = Store::new(context, &args.paths)?;
    let against = gather(context, &store, &args.paths, &args.against, OtherEvidence::None, Need::Texts)?;
    let sources = against.statements.sources(context)?;
    let settings = Settings { min_confidence: args.min_confidence.into(), ..Settings::default() };
    let job = Job { context, plan, sources, settings, relations: &args.relation };
    let mut counts = Counts { fail_on: &args.fail_on, relations: BTreeMap::new(), failures: 0 };
    let tally = match view {
        View::Quotations if !args.collapse => job.stream(against.items, &mut counts)?,
        view => job.sum_up(against.items, view, args.collapse, &mut counts)?,
    };
    let total = counts.relations.values().sum();
    let each: Vec<String> =
        counts.relations.iter().rev().map(|(relation, n)| format!("{n} {}", name_of(relation))).collect();
    context.note(&format!(
        "{} in {}, against {}{}{}",
        count(total, "quoted passage"),
        count(tally.admitted, "article"),
        count(job.sources.len(), "statement"),
        if each.is_empty() { "" } else { ": " },
        each.join(", "),
    ));
    tally.explain_nothing(context, "traced");
    Ok(if counts.failures > 0 { Status::Findings } else { Status::Done })
}

/// What is said at the end.
struct Counts<'a> {
    fail_on: &'a [String],
    relations: BTreeMap<Relation, usize>,
    failures: usize,
}

impl Counts<'_> {
    fn add(&mut self, relations: &[Relation], failures: usize) {
        relations.iter().for_each(|relation| *self.relations.entry(*relation).or_default() += 1);
        self.failures += failures;
    }
}

fn fails(trace: &Trace, on: &[String]) -> bool {
    on.contains(&name_of(&trace.relation))
        || trace.changes.iter().any(|change| on.contains(&name_of(change)))
        || (trace.attribution_drift == Some(true) && on.iter().any(|name| name == "attribution"))
}

struct Job<'a> {
    context: &'a Context,
    plan: Plan,
    sources: Sources,
    settings: Settings,
    /// The relations that are printed; all, where there is none.
    relations: &'a [String],
}

impl Job<'_> {
    /// Each quotation, written as soon as its document is read.
    fn stream(&self, items: Items, counts: &mut Counts) -> anyhow::Result<Tally> {
        let mut sink = self.context.sink(&self.plan)?;
        let fail_on = counts.fail_on;
        let result = source::each_of(
            self.context,
            items,
            &against::coverage(),
            |document, extraction| {
                let traces = trace_with(document, extraction, &self.sources, &self.settings)?;
                let statements = self.statements(&traces);
                let library = Library::new(&statements, self.context.offsets);
                let records = Records::new(document, extraction, self.context.offsets);
                let at = self.plan.format().has_rows().then(|| Where::new(document));
                let mut chunk = Chunk::default();
                let about = About::new(&self.plan, document);
                for trace in traces.iter().filter(|trace| self.prints(trace)) {
                    let row = || at.as_ref().map(|at| trace_row(at, trace)).unwrap_or_default();
                    self.plan.push_about(&mut chunk, &records.trace(trace, &library), about.as_ref(), row)?;
                }
                let failures = traces.iter().filter(|t| fails(t, fail_on)).count();
                Ok((chunk, traces.iter().map(|t| t.relation).collect::<Vec<_>>(), failures))
            },
            |(chunk, relations, failures)| {
                counts.add(&relations, failures);
                sink.write(chunk)
            },
        );
        source::finish(sink, result)
    }

    /// Whether a trace is asked for.
    fn prints(&self, trace: &Trace) -> bool {
        self.relations.is_empty() || self.relations.contains(&name_of(&trace.relation))
    }

    fn statements(&self, traces: &[Trace]) -> Vec<Arc<Document>> {
        let named: BTreeSet<&str> = traces.iter().filter_map(|t| t.statement.as_deref()).collect();
        named.into_iter().filter_map(|id| self.sources.get(id)).collect()
    }

    /// Everything at once, when all was read.
    fn sum_up(&self, items: Items, view: View, collapse: bool, counts: &mut Counts) -> anyhow::Result<Tally> {
        let mut covered: Vec<Covered> = Vec::new();
        let tally = source::each_of(
            self.context,
            items,
            &against::coverage(),
            |document, extraction| Ok(Covered::new(document, extraction, &self.sources, &self.settings)?),
            |one| {
                covered.push(one);
                Ok(())
            },
        )?;
        views::find_copies(&mut covered, &Settings::default());
        if collapse {
            covered.retain(|one| one.copy_of.is_none());
        }
        for one in &covered {
            let relations: Vec<Relation> = one.traces.iter().map(|t| t.relation).collect();
            counts.add(&relations, one.traces.iter().filter(|t| fails(t, counts.fail_on)).count());
        }
        let mut sink = self.context.sink(&self.plan)?;
        sink.write(self.list(view, &covered)?)?;
        sink.finish()?;
        Ok(tally)
    }

    fn list(&self, view: View, covered: &[Covered]) -> anyhow::Result<Chunk> {
        let mut used: BTreeSet<&str> = covered.iter().flat_map(|c| &c.reuses).map(|r| r.statement.as_str()).collect();
        used.extend(covered.iter().flat_map(|c| &c.traces).filter_map(|t| t.statement.as_deref()));
        let statements: Vec<Arc<Document>> = used.into_iter().filter_map(|id| self.sources.get(id)).collect();
        let offsets = self.context.offsets;
        let own = Library::new(covered.iter().map(|c| &c.document), offsets);
        let records = CoverageRecords::new(covered, own, Library::new(&statements, offsets));
        let mut chunk = Chunk::default();
        match view {
            View::Sentences => {
                for sentence in &views::by_statement(covered, &self.sources) {
                    self.push(&mut chunk, &records.sentence(sentence))?;
                }
            }
            View::Outlets => {
                for outlet in &views::by_outlet(covered, &self.sources) {
                    self.push(&mut chunk, &records.outlet(outlet))?;
                }
            }
            View::Wordings => {
                for wording in &views::timeline(covered, &self.sources) {
                    self.push(&mut chunk, &records.rendering(wording))?;
                }
            }
            View::Reuses | View::Quotations => {
                for one in covered {
                    let at = Where::new(&one.document);
                    let extraction = Default::default();
                    let own = Records::new(&one.document, &extraction, offsets);
                    for (n, reuse) in one.reuses.iter().enumerate().filter(|_| view == View::Reuses) {
                        let record = records.reuse(one, n);
                        let row = || match &record {
                            Record::Reuse(reused) => reuse_row(&at, reuse.span.start, reused),
                            _ => Row::new(),
                        };
                        self.plan.push(&mut chunk, &record, row)?;
                    }
                    for trace in one.traces.iter().filter(|trace| view == View::Quotations && self.prints(trace)) {
                        self.plan
                            .push(&mut chunk, &own.trace(trace, records.statements()), || trace_row(&at, trace))?;
                    }
                }
            }
        }
        Ok(chunk)
    }

    fn push(&self, chunk: &mut Chunk, record: &Record) -> anyhow::Result<()> {
        let row = || match record {
            Record::Sentence(sentence) => sentence_row(sentence),
            Record::Outlet(outlet) => outlet_row(outlet),
            Record::Rendering(wording) => rendering_row(wording),
            _ => Row::new(),
        };
        Ok(self.plan.push(chunk, record, row)?)
    }
}
