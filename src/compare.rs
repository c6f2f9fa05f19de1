//! A document beside statements and tables: its figures checked, its quotations traced, and what people said of both put in.
//! The report, the pages and the commands all compare here.

use crate::check::{Check, Evidence, check};
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::extract::aliases::Aliases;
use crate::output::html::ReadDocument;
use crate::reviews::{Reviews, correct_checks, correct_traces};
use crate::store::StoreError;
use crate::trace::{Settings, Sources, Trace, trace_with};
use std::sync::Arc;

/// The names that people gave, and what they said of findings.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Who is who.
    pub aliases: Arc<Aliases>,
    /// What was said of findings.
    pub reviews: Arc<Reviews>,
}

impl Words {
    /// Puts both into what was found in a document.
    pub fn apply(&self, document: &Document, extraction: &mut Extraction) {
        self.aliases.apply(document, extraction);
        self.reviews.apply(document, extraction);
    }
}

/// The figures of a document beside the evidence.
pub fn checked(document: &Document, extraction: &Extraction, evidence: &Evidence) -> Result<Vec<Check>, StoreError> {
    let mut checks = check(document, extraction, evidence)?;
    correct_checks(extraction, &mut checks);
    Ok(checks)
}

/// The quotations of a document beside the statements.
pub fn traced(
    document: &Document,
    extraction: &Extraction,
    sources: &Sources,
    settings: &Settings,
) -> Result<Vec<Trace>, StoreError> {
    let mut traces = trace_with(document, extraction, sources, settings)?;
    correct_traces(extraction, &mut traces);
    Ok(traces)
}

/// A document, compared with both if it is coverage.
pub fn reading(
    document: Arc<Document>,
    extraction: Arc<Extraction>,
    evidence: &Evidence,
    sources: &Sources,
) -> Result<ReadDocument, StoreError> {
    let (checks, traces) = match document.kind {
        Kind::Article => {
            (checked(&document, &extraction, evidence)?, traced(&document, &extraction, sources, &Settings::default())?)
        }
        _ => (Vec::new(), Vec::new()),
    };
    Ok(ReadDocument { document, extraction, checks, traces })
}
