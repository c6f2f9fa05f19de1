//! What the pages are made of.

use crate::ask::Archive;
use crate::check::{Evidence, check};
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::extract::aliases::Aliases;
use crate::index::{Index, IndexError};
use crate::offsets::Offsets;
use crate::output::html::{PageError, Reading};
use crate::record::{self, Record, Records};
use crate::store::StoreError;
use crate::trace::{Sources, trace};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An index, and what its documents are compared with.
pub struct Library {
    /// The index.
    pub index: Arc<Index>,
    /// The statements and tables that figures are checked against.
    pub evidence: Arc<Evidence>,
    /// The statements that quotations are traced to.
    pub sources: Arc<Sources>,
    /// How many reference tables there are.
    pub tables: usize,
    /// Who is who.
    pub aliases: Aliases,
    /// What offsets in records count.
    pub offsets: Offsets,
    /// The same index, for questions of programs.
    pub archive: Archive,
}

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
    #[error("writing a record: {0}")]
    Record(#[from] serde_json::Error),
}

impl Library {
    /// A document of the index, compared; none where there is no such id.
    pub(super) fn reading(&self, id: &str) -> Result<Option<Reading>, LibraryError> {
        self.index.get(id)?.map(|(document, extraction)| self.compared(document, extraction)).transpose()
    }

    /// A document, compared with the statements and tables if it is coverage.
    pub(super) fn compared(&self, document: Document, mut extraction: Extraction) -> Result<Reading, LibraryError> {
        self.aliases.apply(&document, &mut extraction);
        let (checks, traces) = match document.kind {
            Kind::Article => {
                (check(&document, &extraction, &self.evidence)?, trace(&document, &extraction, &self.sources)?)
            }
            _ => (Vec::new(), Vec::new()),
        };
        Ok(Reading { document: Arc::new(document), extraction: Arc::new(extraction), checks, traces })
    }

    /// The statements that the findings of a document name, with what was found in them.
    pub(super) fn cited(&self, reading: &Reading) -> Result<Vec<Reading>, LibraryError> {
        let of_checks = reading.checks.iter().flat_map(|check| check.evidence.iter().map(|item| item.doc.as_str()));
        let of_traces = reading.traces.iter().filter_map(|trace| trace.statement.as_deref());
        let mut ids: Vec<&str> = of_checks.chain(of_traces).filter(|id| *id != reading.document.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut cited = Vec::new();
        for id in ids {
            // A table has no document.
            let Some((document, extraction)) = self.index.get(id)? else { continue };
            cited.push(Reading {
                document: Arc::new(document),
                extraction: Arc::new(extraction),
                checks: Vec::new(),
                traces: Vec::new(),
            });
        }
        Ok(cited)
    }

    /// Every record of a document as JSON Lines, its checks and traces among them.
    pub(super) fn lines(&self, reading: &Reading) -> Result<Vec<u8>, LibraryError> {
        let cited = self.cited(reading)?;
        let documents: BTreeMap<&str, &Arc<Document>> =
            cited.iter().map(|one| (one.document.id.as_str(), &one.document)).collect();
        let shelf = record::Library::new(documents.into_values(), self.offsets);
        let records = Records::new(&reading.document, &reading.extraction, self.offsets);
        let mut lines = Vec::new();
        let mut put = |record: &Record| -> Result<(), serde_json::Error> {
            serde_json::to_writer(&mut lines, record)?;
            lines.push(b'\n');
            Ok(())
        };
        records.all().try_for_each(|record| put(&record))?;
        for (number, check) in (0..).zip(&reading.checks) {
            put(&records.check(number, check, &shelf))?;
        }
        for trace in &reading.traces {
            put(&records.trace(trace, &shelf))?;
        }
        Ok(lines)
    }
}
