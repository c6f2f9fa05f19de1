//! A report of one kind of record, or of several. `quotes`, `speakers`, `figures`, `claims` and `extract` share it.

use super::context::Context;
use super::filter::{DocumentFilter, FindingFilter};
use super::source::{self, Tally};
use crate::document::Document;
use crate::extract::Extraction;
use crate::offsets::Offsets;
use crate::output::{self, About, Chunk, Format, OutputError, Plan, Shape, Where};
use crate::record::{RecordKind, Records};
use std::path::PathBuf;

/// The content of a report.
pub(super) struct Report<'a> {
    /// Files and folders. Empty for the index.
    pub paths: &'a [PathBuf],
    /// The kinds of record, in the order in which they are written for a document.
    pub kinds: &'a [RecordKind],
    /// The filter for documents.
    pub documents: DocumentFilter,
    /// The filter for findings.
    pub findings: FindingFilter,
    /// The format if none was given.
    pub format: Format,
}

impl Report<'_> {
    /// Reads, extracts, renders and writes. `sum` makes a summary of each document, on any thread. `see` gets each
    /// document and its summary, in order.
    pub(super) fn run<S: Send>(
        &self,
        context: &Context,
        sum: impl Fn(&Document, &Extraction) -> S + Sync,
        mut see: impl FnMut(S),
    ) -> anyhow::Result<Tally> {
        let plan = context.plan(self.format, self.shape())?;
        let mut sink = context.sink(&plan)?;
        let tally = source::each(
            context,
            self.paths,
            &self.documents,
            |document, extraction| {
                Ok((self.render(&plan, context.offsets, document, extraction)?, sum(document, extraction)))
            },
            |(chunk, summary)| {
                see(summary);
                sink.write(chunk)
            },
        );
        source::finish(sink, tally)
    }

    fn shape(&self) -> Shape {
        match self.kinds {
            [one] => Shape::One(*one),
            _ => Shape::Mixed,
        }
    }

    fn render(
        &self,
        plan: &Plan,
        offsets: Offsets,
        document: &Document,
        extraction: &Extraction,
    ) -> Result<Chunk, OutputError> {
        if plan.format().is_whole() {
            let mut chunk = Chunk::default();
            let wanted = |kind, n| self.kinds.contains(&kind) && self.wants(document, extraction, kind, n);
            output::whole(plan.format(), &mut chunk, document, extraction, &wanted);
            return Ok(chunk);
        }
        let records = Records::new(document, extraction, offsets);
        let about = About::new(plan, document);
        let at = plan.format().has_rows().then(|| Where::new(document));
        let mut chunk = if at.is_some() { Chunk::default() } else { Chunk::for_text(document.text.len()) };
        for &kind in self.kinds {
            for position in (0..records.count(kind)).filter(|n| self.wants(document, extraction, kind, *n)) {
                let Some(record) = records.get(kind, position) else { continue };
                plan.push_about(&mut chunk, &record, about.as_ref(), || match (&at, self.shape()) {
                    (None, _) => Vec::new(),
                    (Some(at), Shape::One(_)) => output::row(at, extraction, kind, position),
                    (Some(at), Shape::Mixed) => output::mixed_row(at, extraction, kind, position),
                })?;
            }
        }
        Ok(chunk)
    }

    fn wants(&self, document: &Document, extraction: &Extraction, kind: RecordKind, position: usize) -> bool {
        let filter = &self.findings;
        match kind {
            RecordKind::Document => true,
            RecordKind::Quote => filter.quote(extraction, &extraction.quotes[position]),
            RecordKind::Speaker => filter.speaker(&extraction.speakers[position]),
            RecordKind::Figure => filter.figure(document, extraction, &extraction.figures[position]),
            RecordKind::Claim => filter.claim(extraction, &extraction.claims[position]),
            _ => false,
        }
    }
}
