//! What the pages are made of.

use crate::ask::Archive;
use crate::check::Evidence;
use crate::compare::{self, traced};
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::extract::aliases::Aliases;
use crate::index::{Index, IndexError, Roll, SearchQuery};
use crate::ledger::{Ledger, LedgerError};
use crate::offsets::Offsets;
use crate::output::html::{PageError, ReadDocument};
use crate::output::{About, Chunk, Format, OutputError, Plan, Row, Shape};
use crate::record::{self, RecordKind, Records};
use crate::reviews::{Entry, ReviewError, Reviews, correct_traces};
use crate::span::Span;
use crate::store::{Effort, StoreError};
use crate::trace::views::{Covered, find_copies};
use crate::trace::{Settings, Sources, Trace};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// An index, and what its documents are compared with.
pub struct Library {
    /// The index.
    pub index: Arc<Index>,
    /// The statements and tables that figures are checked against.
    pub evidence: Arc<Evidence>,
    /// The statements that quotations are traced to.
    pub sources: Arc<Sources>,
    /// How many reference tables there are; 0 until it is told.
    pub tables: usize,
    /// What became of its findings, where that is kept beside it.
    pub ledger: Option<Ledger>,
    /// What offsets in records count.
    pub offsets: Offsets,
    /// The same index, for questions of programs.
    pub archive: Archive,
    /// How a typed search is read.
    pub(super) asked: Asked,
    /// Documents that were compared last, the newest at the end.
    kept: Mutex<VecDeque<Arc<ReadDocument>>>,
}

/// Reads a search as the command line does: flags by name with their values, the words of the query, and who is who. The
/// error is one line that says what is wrong.
pub type Asked = fn(&[(&str, &str)], &str, &Aliases) -> Result<SearchQuery, String>;

/// So many compared documents are kept.
const KEPT: usize = 64;

/// So many articles are laid beside a statement: those that share most of its words.
pub(super) const LOOKED_AT: usize = 80;

/// … and for so long.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Why a document could not be read or compared.
#[derive(Debug, thiserror::Error)]
pub(super) enum LibraryError {
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A statement could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page could not be laid out.
    #[error(transparent)]
    Page(#[from] PageError),
    /// A record could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The findings that are kept could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A judgement could not be kept.
    #[error(transparent)]
    Review(#[from] ReviewError),
}

impl Library {
    /// The documents of an index, the statements among them as evidence.
    pub fn new(
        index: Arc<Index>,
        archive: Archive,
        asked: Asked,
        evidence: Arc<Evidence>,
        sources: Arc<Sources>,
        offsets: Offsets,
    ) -> Library {
        Library { index, archive, asked, evidence, sources, tables: 0, ledger: None, offsets, kept: Mutex::default() }
    }

    /// Whether the index has changed since its findings were compared.
    pub(super) fn is_stale(&self, ledger: &Ledger) -> bool {
        !ledger.is_of(&self.index.sum().unwrap_or_default())
    }

    /// What people said of findings.
    pub(super) fn reviews(&self) -> Arc<Reviews> {
        self.archive.words().reviews
    }

    /// Keeps a judgement beside the index; from now on it counts.
    pub(super) fn judge(&self, entry: Entry) -> Result<(), LibraryError> {
        // One at a time: what was added elsewhere meanwhile counts too.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = Reviews::read(self.index.dir())?;
        fresh.add(entry)?;
        self.archive.heed(Arc::new(fresh));
        kept.clear();
        Ok(())
    }

    /// A document of the index, compared; none where there is no such id.
    pub(super) fn reading(&self, id: &str) -> Result<Option<Arc<ReadDocument>>, LibraryError> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().iter().find(|one| one.document.id == id) {
            return Ok(Some(known.clone()));
        }
        let Some((document, extraction)) = self.index.get(id)? else { return Ok(None) };
        let reading = Arc::new(self.compared(document, extraction)?);
        let mut kept = lock();
        kept.push_back(reading.clone());
        if kept.len() > KEPT {
            kept.pop_front();
        }
        Ok(Some(reading))
    }

    /// A document, compared with the statements and tables if it is coverage.
    pub(super) fn compared(
        &self,
        document: Document,
        mut extraction: Extraction,
    ) -> Result<ReadDocument, LibraryError> {
        self.archive.words().apply(&document, &mut extraction);
        Ok(compare::reading(Arc::new(document), Arc::new(extraction), &self.evidence, &self.sources)?)
    }

    /// A document as sayso has it, before anybody said anything.
    pub(super) fn untouched(&self, id: &str) -> Result<Option<ReadDocument>, LibraryError> {
        let Some((document, mut extraction)) = self.index.get(id)? else { return Ok(None) };
        self.archive.words().aliases.apply(&document, &mut extraction);
        let (document, extraction) = (Arc::new(document), Arc::new(extraction));
        Ok(Some(compare::reading(document, extraction, &self.evidence, &self.sources)?))
    }

    /// What was found in a document, with the names and judgements of people, and its quotations traced.
    pub(super) fn quoted(&self, document: &Document, extraction: &mut Extraction) -> Result<Vec<Trace>, LibraryError> {
        self.archive.words().apply(document, extraction);
        match document.kind {
            Kind::Article => Ok(traced(document, extraction, &self.sources, &Settings::default())?),
            _ => Ok(Vec::new()),
        }
    }

    /// The statements that the findings of a document name, with what was found in them.
    pub(super) fn cited(&self, reading: &ReadDocument) -> Result<Vec<ReadDocument>, LibraryError> {
        let mut cited = Vec::new();
        for id in reading.cited() {
            // A table has no document.
            let Some((document, extraction)) = self.index.get(id)? else { continue };
            cited.push(ReadDocument {
                document: Arc::new(document),
                extraction: Arc::new(extraction),
                checks: Vec::new(),
                traces: Vec::new(),
            });
        }
        Ok(cited)
    }

    /// The articles that share words with a statement, those that share most of them first.
    fn sharing(&self, statement: &Document) -> Result<(Roll, Vec<u32>), LibraryError> {
        let roll = self.index.roll(Kind::Article)?;
        let page = crate::text::Page::new(statement);
        let pieces: Vec<&str> = page.sentences.iter().map(|sentence| sentence.span.of(&statement.text)).collect();
        let effort = Effort { shingles: 2_000, postings: 400_000 };
        let mut holders = roll.holding(&pieces, effort)?;
        holders.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok((roll, holders.into_iter().map(|(number, _)| number).collect()))
    }

    /// How articles tell a figure of a statement: each with the place of its check. Looks at the articles that share most
    /// words with the statement, as long as patience lasts.
    pub(super) fn renderings(
        &self,
        statement: &Document,
        figure: Span,
    ) -> Result<Vec<(Arc<ReadDocument>, usize)>, LibraryError> {
        let ((roll, holders), since) = (self.sharing(statement)?, Instant::now());
        let mut found = Vec::new();
        for number in holders.into_iter().take(LOOKED_AT).take_while(|_| since.elapsed() <= PATIENCE) {
            let Some(reading) = self.reading(&roll.get(number)?.0.id)? else { continue };
            let cites = |check: &crate::check::Check| {
                check.evidence.iter().any(|item| item.doc == statement.id && item.span == Some(figure))
            };
            let checks = (0..reading.checks.len()).filter(|n| cites(&reading.checks[*n]));
            found.extend(checks.map(|n| (reading.clone(), n)));
        }
        Ok(found)
    }

    /// The articles that have words of a statement, with all that they have of statements; and how many more share fewer
    /// of its words and were not looked at.
    pub(super) fn users(&self, statement: &Document) -> Result<(Vec<Covered>, usize, usize), LibraryError> {
        let (roll, holders) = self.sharing(statement)?;
        let all = holders.len();
        let (words, since, mut looked) = (self.archive.words(), Instant::now(), 0);
        let mut covered = Vec::new();
        for number in holders.into_iter().take(LOOKED_AT) {
            if since.elapsed() > PATIENCE {
                break;
            }
            looked += 1;
            let (document, mut extraction) = roll.get(number)?;
            words.apply(&document, &mut extraction);
            let mut one = Covered::new(&document, &extraction, &self.sources, &Settings::default())?;
            correct_traces(&extraction, &mut one.traces);
            one.traces.retain(|trace| trace.statement.as_deref() == Some(&statement.id));
            one.reuses.retain(|reuse| reuse.statement == statement.id);
            if !one.traces.is_empty() || !one.reuses.is_empty() {
                covered.push((number, one));
            }
        }
        covered.sort_by_key(|(number, _)| *number);
        let mut covered: Vec<Covered> = covered.into_iter().map(|(_, one)| one).collect();
        find_copies(&mut covered, &Settings::default());
        Ok((covered, looked, all - looked))
    }

    /// Every record of a document in a format, its checks and traces among them.
    pub(super) fn records(&self, reading: &ReadDocument, plan: &Plan, chunk: &mut Chunk) -> Result<(), LibraryError> {
        let cited = self.cited(reading)?;
        let documents: BTreeMap<&str, &Arc<Document>> =
            cited.iter().map(|one| (one.document.id.as_str(), &one.document)).collect();
        let shelf = record::Library::new(documents.into_values(), self.offsets);
        let records = Records::new(&reading.document, &reading.extraction, self.offsets);
        let about = About::new(plan, &reading.document);
        for record in records.all() {
            plan.push_about(chunk, &record, about.as_ref(), Row::new)?;
        }
        for (number, check) in (0..).zip(&reading.checks) {
            plan.push_about(chunk, &records.check(number, check, &shelf), about.as_ref(), Row::new)?;
        }
        for trace in &reading.traces {
            plan.push_about(chunk, &records.trace(trace, &shelf), about.as_ref(), Row::new)?;
        }
        Ok(())
    }

    /// The records of a document as JSON Lines.
    pub(super) fn lines(&self, reading: &ReadDocument) -> Result<Vec<u8>, LibraryError> {
        let plan = Plan::new(Format::Jsonl, Shape::Mixed)?;
        let mut chunk = Chunk::default();
        self.records(reading, &plan, &mut chunk)?;
        Ok(crate::output::in_memory(&plan, chunk)?)
    }
}

/// The plan for records of one kind in a format.
pub(super) fn plan(format: Format, kind: Option<RecordKind>) -> Result<Plan, OutputError> {
    Plan::new(format, kind.map_or(Shape::Mixed, Shape::One))
}
