//! `sayso trace [PATH…] --against STATEMENTS…`: quotations beside the official text, one by one, or all of them seen from
//! another side: by sentence of the statement, by outlet, over time.

use super::Status;
use super::against::{self, Need, OtherEvidence, gather};
use super::args::ConfidenceName;
use super::check::{Left, Sort, cut};
use super::context::{Context, count};
use super::source::{self, Items, Store, Tally};
use crate::compare::traced;
use crate::document::Document;
use crate::extract::Confidence;
use crate::output::{
    About, Chunk, Format, Plan, Row, Seen, Shape, TextView, Where, name_of, outlet_row, rendering_block, rendering_row,
    reuse_block, reuse_row, sentence_block, sentence_row, trace_block, trace_row, words,
};
use crate::record::{CoverageRecords, Library, Record, RecordKind, Records};
use crate::reviews::correct_traces;
use crate::trace::views::{self, Covered};
use crate::trace::{Fidelity, Settings, Sources, Trace};
use std::cmp::Reverse;
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
    /// The order: `severity`, with what is wrong first [default for people], or `text`
    #[arg(long, value_enum, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// Show at most N findings
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
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
pub(super) const RELATIONS: [&str; 6] = ["verbatim", "elided", "bracketed", "spliced", "altered", "not-found"];

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
    let any_date = against::are_handed(&args.against, sources.len());
    let settings = Settings { min_confidence: args.min_confidence.into(), any_date, ..Settings::default() };
    let grave = match args.sort {
        Some(sort) => sort == Sort::Severity,
        None => plan.format().has_rows(),
    };
    let job = Job { context, plan, sources, settings, relations: &args.relation, grave, limit: args.limit };
    let mut counts = Counts { fail_on: &args.fail_on, relations: BTreeMap::new(), failures: 0, hidden: 0 };
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
    cut(context, counts.hidden);
    source::left_out(context, &job.sources.damaged())?;
    tally.explain_nothing(context, "traced");
    if view == View::Quotations && args.relation.is_empty() && counts.relations.contains_key(&Fidelity::Altered) {
        context.hint("next: --relation altered,spliced shows only those; sayso diff \"QUOTATION\" STATEMENT sets one beside its source");
    }
    Ok(if counts.failures > 0 { Status::Findings } else { Status::Done })
}

/// What is said at the end.
struct Counts<'a> {
    fail_on: &'a [String],
    relations: BTreeMap<Fidelity, usize>,
    failures: usize,
    /// Findings that were not shown.
    hidden: usize,
}

impl Counts<'_> {
    fn add(&mut self, relations: &[Fidelity], failures: usize) {
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
    /// Whether what is wrong is printed first.
    grave: bool,
    /// How many are printed at most.
    limit: Option<usize>,
}

/// What is printed when: the gravest first, of these the surest.
type Key = (usize, Reverse<Option<Confidence>>);

impl Job<'_> {
    /// Each quotation: as soon as its document is read, or, where what is wrong comes first, when all are.
    fn stream(&self, items: Items, counts: &mut Counts) -> anyhow::Result<Tally> {
        let mut sink = self.context.sink(&self.plan)?;
        let mut left = Left::new(self.limit);
        let mut groups: BTreeMap<Key, Vec<Chunk>> = BTreeMap::new();
        let fail_on = counts.fail_on;
        let result = source::each_of(
            self.context,
            items,
            &against::coverage(),
            |document, extraction| {
                let traces = traced(document, extraction, &self.sources, &self.settings)?;
                let statements = self.statements(&traces);
                let library = Library::new(&statements, self.context.offsets);
                let records = Records::new(document, extraction, self.context.offsets);
                let at = self.plan.format().has_rows().then(|| Where::new(document));
                let mut chunks = Vec::new();
                let (about, reader) = (About::new(&self.plan, document), self.plan.reader(document, extraction));
                for (position, trace) in traces.iter().enumerate().filter(|(_, trace)| self.prints(trace)) {
                    let mut chunk = Chunk::default();
                    let seen = || self.seen((position, trace), at.as_ref(), reader.as_ref(), &library);
                    self.plan.push_about(&mut chunk, &records.trace(trace, &library), about.as_ref(), seen)?;
                    chunks.push(((words::severity(trace), Reverse(trace.confidence)), chunk));
                }
                let failures = traces.iter().filter(|t| fails(t, fail_on)).count();
                Ok((chunks, traces.iter().map(|t| t.relation).collect::<Vec<_>>(), failures))
            },
            |(chunks, relations, failures)| {
                counts.add(&relations, failures);
                chunks.into_iter().try_for_each(|(key, chunk)| match self.grave {
                    true => {
                        groups.entry(key).or_default().push(chunk);
                        Ok(())
                    }
                    false => left.write(&mut sink, chunk),
                })
            },
        );
        // What was found is written even where reading went wrong at the end.
        for chunk in groups.into_values().flatten() {
            left.write(&mut sink, chunk)?;
        }
        counts.hidden = left.hidden();
        source::finish(sink, result)
    }

    /// A trace as people see it.
    fn seen(
        &self,
        (position, trace): (usize, &Trace),
        at: Option<&Where>,
        reader: Option<&TextView>,
        library: &Library,
    ) -> Seen {
        match (reader, at) {
            (Some(reader), _) => {
                let statement = trace.statement.as_deref().and_then(|id| library.get(id));
                trace_block(reader, trace, position, statement).into()
            }
            (_, Some(at)) => trace_row(at, trace).into(),
            _ => Row::new().into(),
        }
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
            |document, extraction| {
                let mut covered = Covered::new(document, extraction, &self.sources, &self.settings)?;
                correct_traces(extraction, &mut covered.traces);
                Ok(covered)
            },
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
            let relations: Vec<Fidelity> = one.traces.iter().map(|t| t.relation).collect();
            counts.add(&relations, one.traces.iter().filter(|t| fails(t, counts.fail_on)).count());
        }
        let mut sink = self.context.sink(&self.plan)?;
        let mut left = Left::new(self.limit);
        self.list(view, &covered)?.into_iter().try_for_each(|chunk| left.write(&mut sink, chunk))?;
        sink.finish()?;
        counts.hidden = left.hidden();
        Ok(tally)
    }

    fn list(&self, view: View, covered: &[Covered]) -> anyhow::Result<Vec<Chunk>> {
        let mut used: BTreeSet<&str> = covered.iter().flat_map(|c| &c.reuses).map(|r| r.statement.as_str()).collect();
        used.extend(covered.iter().flat_map(|c| &c.traces).filter_map(|t| t.statement.as_deref()));
        let statements: Vec<Arc<Document>> = used.into_iter().filter_map(|id| self.sources.get(id)).collect();
        let offsets = self.context.offsets;
        let own = Library::new(covered.iter().map(|c| &c.document), offsets);
        let records = CoverageRecords::new(covered, own, Library::new(&statements, offsets));
        let mut chunks = Vec::new();
        match view {
            View::Sentences => {
                for sentence in &views::by_statement(covered, &self.sources) {
                    chunks.push(self.chunk(&records.sentence(sentence))?);
                }
            }
            View::Outlets => {
                for outlet in &views::by_outlet(covered, &self.sources) {
                    chunks.push(self.chunk(&records.outlet(outlet))?);
                }
            }
            View::Wordings => {
                for wording in &views::timeline(covered, &self.sources) {
                    chunks.push(self.chunk(&records.rendering(wording))?);
                }
            }
            View::Reuses | View::Quotations => {
                let mut groups: BTreeMap<Key, Vec<Chunk>> = BTreeMap::new();
                for one in covered {
                    let extraction = Default::default();
                    let (at, reader) = (Where::new(&one.document), self.plan.reader(&one.document, &extraction));
                    let own = Records::new(&one.document, &extraction, offsets);
                    for (n, reuse) in one.reuses.iter().enumerate().filter(|_| view == View::Reuses) {
                        let record = records.reuse(one, n);
                        let seen = || -> Seen {
                            match (&record, &reader) {
                                (Record::Reuse(reused), Some(reader)) => {
                                    reuse_block(reader, reuse.span.start, reused).into()
                                }
                                (Record::Reuse(reused), None) => reuse_row(&at, reuse.span.start, reused).into(),
                                _ => Row::new().into(),
                            }
                        };
                        let mut chunk = Chunk::default();
                        self.plan.push(&mut chunk, &record, seen)?;
                        chunks.push(chunk);
                    }
                    let printed = |trace: &Trace| view == View::Quotations && self.prints(trace);
                    for (position, trace) in one.traces.iter().enumerate().filter(|(_, trace)| printed(trace)) {
                        let mut chunk = Chunk::default();
                        let seen = || self.seen((position, trace), Some(&at), reader.as_ref(), records.statements());
                        self.plan.push(&mut chunk, &own.trace(trace, records.statements()), seen)?;
                        let severity = if self.grave { words::severity(trace) } else { 0 };
                        let sure = self.grave.then_some(trace.confidence).flatten();
                        groups.entry((severity, Reverse(sure))).or_default().push(chunk);
                    }
                }
                chunks.extend(groups.into_values().flatten());
            }
        }
        Ok(chunks)
    }

    fn chunk(&self, record: &Record) -> anyhow::Result<Chunk> {
        let listed = self.plan.format() == Format::List;
        let seen = || -> Seen {
            match record {
                Record::Sentence(sentence) if listed => sentence_block(sentence, &sentence_row(sentence)).into(),
                Record::Sentence(sentence) => sentence_row(sentence).into(),
                Record::Outlet(outlet) => outlet_row(outlet).into(),
                Record::Rendering(wording) if listed => rendering_block(wording, &rendering_row(wording)).into(),
                Record::Rendering(wording) => rendering_row(wording).into(),
                _ => Row::new().into(),
            }
        };
        let mut chunk = Chunk::default();
        self.plan.push(&mut chunk, record, seen)?;
        Ok(chunk)
    }
}
