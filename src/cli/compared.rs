//! Coverage beside the statements of its index: the findings that `index --check --trace` keeps and `watch` reports.

use super::against::{Statements, coverage};
use super::context::{Context, count};
use super::source;
use crate::check::{Check, Evidence, Table};
use crate::compare::{checked, traced};
use crate::document::Document;
use crate::extract::{Confidence, Extraction};
use crate::index::Index;
use crate::keys::Keys;
use crate::ledger::{Contents, LedgerWriter, Line, group_of_check, groups_of_trace};
use crate::output::OutputError;
use crate::output::words::OTHER_SPEAKER;
use crate::record::{Library, Record, Records};
use crate::review::Judged;
use crate::span::Span;
use crate::trace::{Settings, Sources, Trace};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::Args)]
pub(super) struct Wanted {
    /// Compare the figures of articles with the statements of the index
    #[arg(long)]
    pub check: bool,
    /// Compare the quotations of articles with the statements of the index
    #[arg(long)]
    pub trace: bool,
}

impl Wanted {
    /// Whether anything is.
    pub(super) const fn any(self) -> bool {
        self.check || self.trace
    }
}

/// What the documents of an index are compared with.
pub(super) struct Beside {
    wanted: Wanted,
    evidence: Evidence,
    sources: Sources,
}

/// One finding of a document.
pub(super) struct Found {
    /// Its group.
    pub group: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// As a line of the lists; none where its group is only counted.
    pub line: Option<Line>,
}

impl Found {
    /// Whether it tells that something is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        WRONG.contains(&self.group.as_str())
    }
}

/// The groups of what is wrong.
const WRONG: [&str; 5] = ["contradicted", "conflicting", "altered", "spliced", OTHER_SPEAKER];

impl Beside {
    /// The statements of an index, and tables.
    pub(super) fn new(
        context: &Context,
        index: &Arc<Index>,
        tables: Vec<Table>,
        wanted: Wanted,
    ) -> anyhow::Result<Beside> {
        let mut evidence = Statements::Stored(index.clone()).evidence(context)?;
        tables.into_iter().for_each(|table| evidence.add_table(table));
        Ok(Beside { wanted, evidence, sources: Statements::Stored(index.clone()).sources(context)? })
    }

    /// The findings of a document, in the order of its text, the checks first.
    pub(super) fn findings(
        &self,
        context: &Context,
        document: &Document,
        extraction: &Extraction,
    ) -> Result<Vec<Found>, OutputError> {
        let mut checks = if self.wanted.check { checked(document, extraction, &self.evidence)? } else { Vec::new() };
        checks.retain(|check| !check.because.contains(&crate::check::CheckReason::NoClaim));
        let traces = match self.wanted.trace {
            true => traced(document, extraction, &self.sources, &Settings::default())?,
            false => Vec::new(),
        };
        let cited = self.cited(&checks, &traces);
        let library = Library::new(cited.values(), context.offsets);
        let records = Records::new(document, extraction, context.offsets);
        let keys = Keys::all(document, extraction).into_iter();
        let keys: HashMap<(Judged, Span), String> = keys.map(|(key, record, span)| ((record, span), key)).collect();
        let line = |judged: Judged, span: Span, finding: &Record| {
            Ok::<_, OutputError>(Line {
                key: keys.get(&(judged, span)).cloned().unwrap_or_default(),
                title: document.title.clone(),
                publisher: document.publisher.clone(),
                date: document.date.clone(),
                finding: serde_json::to_value(finding)?,
            })
        };
        let mut found = Vec::new();
        for (position, check) in (0..).zip(&checks) {
            let group = group_of_check(check);
            let listed = || line(Judged::Check, check.span, &records.check(position, check, &library));
            let line = group.1.then(listed).transpose()?;
            found.push(Found { group: group.0, confidence: check.confidence, line });
        }
        for trace in &traces {
            for group in groups_of_trace(trace) {
                let listed = || line(Judged::Trace, trace.quote, &records.trace(trace, &library));
                let line = group.1.then(listed).transpose()?;
                found.push(Found { group: group.0, confidence: trace.confidence.unwrap_or(Confidence::Low), line });
            }
        }
        Ok(found)
    }

    /// The statements that findings name.
    fn cited(&self, checks: &[Check], traces: &[Trace]) -> BTreeMap<String, Arc<Document>> {
        let of_checks = checks.iter().flat_map(|check| &check.evidence).map(|item| &item.doc);
        let of_checks = of_checks.filter_map(|id| Some((id.clone(), self.evidence.statement(id)?.1)));
        let of_traces = traces.iter().filter_map(|trace| trace.statement.as_ref());
        let of_traces = of_traces.filter_map(|id| Some((id.clone(), self.sources.get(id)?)));
        of_checks.chain(of_traces).collect()
    }
}

/// Compares all articles of an index with its statements, and keeps the findings beside it.
pub(super) fn keep(
    context: &Context,
    index: &Arc<Index>,
    tables: Vec<Table>,
    wanted: Wanted,
) -> anyhow::Result<Contents> {
    let contents = Contents::new(wanted.check, wanted.trace, tables.len());
    let beside = Beside::new(context, index, tables, wanted)?;
    let mut writer = LedgerWriter::new(index, contents)?;
    let tally = source::each_of(
        context,
        source::stored(index)?,
        &coverage(),
        |document, extraction| beside.findings(context, document, extraction),
        |found| {
            writer.article();
            found.into_iter().try_for_each(|one| {
                writer
                    .add(&one.group, one.confidence, one.line.as_ref())
                    .map_err(std::io::Error::other)
                    .map_err(OutputError::from)
            })
        },
    )?;
    let contents = writer.finish()?;
    tally.judge_quietly(context)?;
    Ok(contents)
}

/// One line on what was kept.
pub(super) fn describe(contents: &Contents) -> String {
    let of = |name: &str| contents.counts.get(name).copied().unwrap_or(0);
    let mut told = Vec::new();
    if contents.checked {
        told.push(format!("{} contradicted, {} supported", of("contradicted"), of("supported")));
    }
    if contents.traced {
        told.push(format!("{} verbatim, {} altered", of("verbatim"), of("altered")));
    }
    format!("compared {}: {}; `sayso serve` lists them", count(contents.articles as usize, "article"), told.join("; "))
}
