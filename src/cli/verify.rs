//! `sayso verify DRAFT… --against SOURCES…`: every quoted passage and every figure of a draft beside the sources, before
//! it is printed. [`crate::check()`] and [`crate::trace()`] do the work.

use super::Status;
use super::against::{Against, Need, OtherEvidence, are_handed, gather};
use super::args::ConfidenceName;
use super::context::{Context, count};
use super::filter::DocumentFilter;
use super::source::{self, Store};
use super::{check as figures, tables, trace as quotations};
use crate::check::Evidence;
use crate::compare::{checked, traced};
use crate::document::{Document, Kind};
use crate::extract::{Extraction, QuoteKind};
use crate::output::html::{Limits, Page, ReadDocument};
use crate::output::{
    Chunk, DRAFT_HEADER, Destination, Finding, Format, Grade, Plan, Shape, Where, docx, findings, is_commented, junit,
    sarif,
};
use crate::record::{Library, Records};
use crate::trace::{Settings, Sources};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Verify a draft: every quotation and figure in it, with what the sources have
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Grades: `amiss` (a source has it otherwise), `review` (a source has nearly that, or sources disagree: read both), `open` \
(no source tells), `sound` (a source has it), `none` (nothing to compare).

Formats besides those of other commands: `html` is the draft with every finding marked; `junit` and `sarif` are for \
tests and editors (`-o findings.xml`, `-o findings.sarif`).")]
pub(super) struct VerifyArgs {
    /// The drafts: files and folders, `-` for standard input
    #[arg(value_name = "DRAFT", required = true)]
    pub paths: Vec<PathBuf>,
    /// The sources: statements, transcripts, notes; tables of reference in folders [default: the statements of the index]
    #[arg(long, value_name = "SOURCES", num_args = 1..)]
    pub against: Vec<PathBuf>,
    /// Further reference tables: CSV, TSV or Parquet
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
    /// Show only these grades
    #[arg(long, value_name = "GRADE", value_delimiter = ',', value_parser = GRADES)]
    pub grade: Vec<String>,
    /// Name sources of quotations that are at least this sure; others are not-found
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "medium")]
    pub min_confidence: ConfidenceName,
    /// Exit with status 1 on these: grades (amiss, review, open), or what `check` and `trace` take
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = failures())]
    pub fail_on: Vec<String>,
}

/// What `--grade` takes.
const GRADES: [&str; 5] = ["amiss", "review", "open", "sound", "none"];

/// What `--fail-on` takes: grades that say that something is to be done, and what `check` and `trace` take.
fn failures() -> clap::builder::PossibleValuesParser {
    let mut names = vec!["amiss", "review", "open"];
    names.extend(figures::failing());
    names.extend(quotations::FAILURES);
    names.into()
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &VerifyArgs) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    // Whatever a draft says of itself, it is coverage here.
    let context = &Context { kind: Some(Kind::Article), ..context.clone() };
    let plan = plan(context, format)?;
    let mut found = tables::read(context, &args.table, None)?;
    found.extend(tables::among(context, &args.against));
    let tables = found.len();
    let other = if tables == 0 { OtherEvidence::None } else { OtherEvidence::Tables };
    let store = Store::new(context, &args.paths)?;
    let Against { statements, items } = gather(context, &store, &args.paths, &args.against, other, Need::Extractions)?;
    let sources = statements.clone().sources(context)?;
    let mut evidence = statements.evidence(context)?;
    let known = evidence.statements();
    found.into_iter().for_each(|table| evidence.add_table(table));
    let any_date = are_handed(&args.against, sources.len());
    let settings = Settings { min_confidence: args.min_confidence.into(), any_date, ..Settings::default() };
    let mut drafts: Vec<ReadDocument> = Vec::new();
    let tally = source::each_of(
        context,
        items,
        &DocumentFilter::default(),
        |document, extraction| {
            Ok(ReadDocument {
                checks: checked(document, extraction, &evidence)?,
                traces: traced(document, extraction, &sources, &settings)?,
                document: Arc::new(document.clone()),
                extraction: Arc::new(extraction.clone()),
            })
        },
        |draft| {
            drafts.push(draft);
            Ok(())
        },
    )?;
    let cited = cited(&drafts, &evidence, &sources);
    let library = Library::new(&cited, context.offsets);
    let all: Vec<(&Document, Vec<Finding>)> =
        drafts.iter().map(|draft| (draft.document.as_ref(), findings(draft, &library))).collect();
    let failed = all.iter().flat_map(|(_, found)| found).filter(|finding| finding.is_one_of(&args.fail_on)).count();
    context.note(&summary(&drafts, &all, known, tables));
    match (format, plan) {
        (Format::Html, _) => {
            let page = page(context, &drafts, &cited, tables)?;
            whole(context, page.as_bytes())?;
        }
        (Format::Junit, _) => {
            let amiss = |finding: &Finding| match args.fail_on.is_empty() {
                true => finding.grade == Grade::Amiss,
                false => finding.is_one_of(&args.fail_on),
            };
            whole(context, junit(&kept(all, args), &amiss).as_bytes())?;
        }
        (Format::Sarif, _) => {
            let mut log = serde_json::to_vec_pretty(&sarif(&kept(all, args)))?;
            log.push(b'\n');
            whole(context, &log)?;
        }
        (Format::Docx, _) => {
            let mut commented = kept(all, args);
            if args.grade.is_empty() {
                commented.iter_mut().for_each(|(_, found)| found.retain(is_commented));
            }
            whole(context, &docx(&commented)?)?;
        }
        (_, Some(plan)) if format.is_for_programs() => records(context, &plan, &drafts, &library, args)?,
        (_, Some(plan)) => rows(context, &plan, kept(all, args))?,
        (_, None) => {}
    }
    let damaged: BTreeSet<String> = evidence.damaged().into_iter().chain(sources.damaged()).collect();
    source::left_out(context, &damaged.into_iter().collect::<Vec<_>>())?;
    tally.judge_quietly(context)?;
    Ok(if failed > 0 { Status::Findings } else { Status::Done })
}

/// The plan for records or rows; none for the formats that are one whole.
fn plan(context: &Context, format: Format) -> anyhow::Result<Option<Plan>> {
    Ok(match format {
        Format::Html | Format::Junit | Format::Sarif | Format::Docx => None,
        _ if format.is_for_programs() => Some(Plan::new(format, Shape::Mixed)?.only(&context.only)?),
        _ => Some(Plan::report(format, DRAFT_HEADER.map(Cow::Borrowed).to_vec())?),
    })
}

/// The findings that are asked for.
fn kept<'d, 'a>(
    all: Vec<(&'d Document, Vec<Finding<'a>>)>,
    args: &VerifyArgs,
) -> Vec<(&'d Document, Vec<Finding<'a>>)> {
    let asked = |finding: &Finding| args.grade.is_empty() || args.grade.iter().any(|one| one == finding.grade.name());
    all.into_iter().map(|(document, found)| (document, found.into_iter().filter(asked).collect())).collect()
}

/// The documents that the findings name, each once.
fn cited(drafts: &[ReadDocument], evidence: &Evidence, sources: &Sources) -> Vec<Arc<Document>> {
    let of_checks = drafts.iter().flat_map(|d| &d.checks).flat_map(|c| &c.evidence).map(|item| item.doc.as_str());
    let of_traces = drafts.iter().flat_map(|d| &d.traces).filter_map(|trace| trace.statement.as_deref());
    let ids: BTreeSet<&str> = of_checks.chain(of_traces).collect();
    let of = |id: &str| sources.get(id).or_else(|| evidence.statement(id).map(|(_, document)| document));
    ids.into_iter().filter_map(of).collect()
}

/// A line for people: how much was compared, and how it stands.
fn summary(drafts: &[ReadDocument], all: &[(&Document, Vec<Finding>)], statements: usize, tables: usize) -> String {
    let mut grades: BTreeMap<Grade, usize> = BTreeMap::new();
    let (mut passages, mut figures) = (0, 0);
    for finding in all.iter().flat_map(|(_, found)| found) {
        let number = if finding.subject == "figure" { &mut figures } else { &mut passages };
        *number += 1;
        *grades.entry(finding.grade).or_default() += 1;
    }
    let each: Vec<String> = Grade::ALL
        .iter()
        .filter(|(grade, _)| *grade != Grade::None || grades.contains_key(grade))
        .map(|(grade, name)| format!("{} {name}", grades.get(grade).copied().unwrap_or(0)))
        .collect();
    let reported = drafts.iter().flat_map(|draft| &draft.extraction.quotes);
    let reported = reported.filter(|quote| quote.kind == QuoteKind::Indirect).count();
    format!(
        "{} and {} in {}, against {}{}: {}{}",
        count(passages, "quoted passage"),
        count(figures, "figure"),
        count(drafts.len(), "draft"),
        count(statements, "statement"),
        if tables > 0 { format!(" and {}", count(tables, "table")) } else { String::new() },
        each.join(", "),
        match reported {
            0 => String::new(),
            n => format!("; the words of {} cannot be compared", count(n, "indirect quotation")),
        },
    )
}

/// Records of the contract, in the order of the text.
fn records(
    context: &Context,
    plan: &Plan,
    drafts: &[ReadDocument],
    library: &Library,
    args: &VerifyArgs,
) -> anyhow::Result<()> {
    let asked = |grade: Grade| args.grade.is_empty() || args.grade.iter().any(|one| one == grade.name());
    let mut sink = context.sink(plan)?;
    for draft in drafts {
        let records = Records::new(&draft.document, &draft.extraction, context.offsets);
        let checks = (0..).zip(&draft.checks).filter(|(_, check)| asked(Grade::of_check(check)));
        let checks = checks.map(|(n, check)| (check.span, records.check(n, check, library)));
        let traces = draft.traces.iter().filter(|trace| asked(Grade::of_trace(trace)));
        let traces = traces.map(|trace| (trace.quote, records.trace(trace, library)));
        let mut all: Vec<_> = traces.chain(checks).collect();
        all.sort_by_key(|(span, _)| (span.start, span.end));
        let about = crate::output::About::new(plan, &draft.document);
        let mut chunk = Chunk::default();
        for (_, record) in &all {
            plan.push_about(&mut chunk, record, about.as_ref(), Vec::new)?;
        }
        sink.write(chunk)?;
    }
    Ok(sink.finish()?)
}

/// A row for each finding: in tables for people the gravest first, elsewhere in the order of the text.
fn rows(context: &Context, plan: &Plan, all: Vec<(&Document, Vec<Finding>)>) -> anyhow::Result<()> {
    let mut sink = context.sink(plan)?;
    let mut rows = Vec::new();
    for (document, found) in all {
        let at = Where::new(document);
        rows.extend(found.iter().map(|finding| (finding.grade, finding.row(&at))));
    }
    if plan.format().has_rows() {
        rows.sort_by_key(|(grade, _)| *grade);
    }
    let mut chunk = Chunk::default();
    for (_, row) in rows {
        plan.push_report(&mut chunk, row)?;
    }
    sink.write(chunk)?;
    Ok(sink.finish()?)
}

/// The drafts as pages with every finding marked, and the sources that they name.
fn page(context: &Context, drafts: &[ReadDocument], cited: &[Arc<Document>], tables: usize) -> anyhow::Result<String> {
    let mut readings: Vec<ReadDocument> = drafts.iter().map(ReadDocument::shared).collect();
    for document in cited {
        let extraction = crate::stream::extract(document, &context.reader);
        let mut extraction: Extraction = extraction.unwrap_or_default();
        context.words.apply(document, &mut extraction);
        let (document, extraction) = (document.clone(), Arc::new(extraction));
        readings.push(ReadDocument { document, extraction, checks: Vec::new(), traces: Vec::new() });
    }
    Ok(Page::new(&readings, tables, &Limits::NONE).draft_html()?)
}

fn whole(context: &Context, bytes: &[u8]) -> anyhow::Result<()> {
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(bytes)?;
    Ok(place.finish()?)
}
