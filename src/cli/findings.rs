//! A report of one kind of record, or of several. `quotes`, `speakers`, `figures`, `claims` and `extract` share it.

use super::context::Context;
use super::filter::{DocumentFilter, FindingFilter};
use super::source::{self, Tally};
use crate::document::Document;
use crate::extract::Extraction;
use crate::offsets::Offsets;
use crate::output::{self, About, Chunk, Format, OutputError, Plan, Seen, Shape, Where};
use crate::record::{RecordKind, Records};
use std::path::PathBuf;

/// The records of a longer document, in bytes, are rendered while they are written, in parts of about [`PART`] bytes: all of
/// them take up to forty times the room of the text. Those of a shorter one are rendered beside others.
const LONG: usize = 1 << 20;
const PART: usize = 1 << 20;

/// What becomes of a document.
enum Made {
    /// Its records.
    Chunk(Chunk),
    /// What they are made of.
    Later(Box<(Document, Extraction)>),
}

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
        let store = source::Store::new(context, self.paths)?;
        let offsets = context.offsets;
        let tally = source::each_kept(
            context,
            store.items(context, self.paths)?,
            &self.documents,
            |document, extraction| {
                let summary = sum(document, &extraction);
                let made = if document.text.len() > LONG && !plan.format().is_whole() {
                    Made::Later(Box::new((document.clone(), extraction)))
                } else {
                    Made::Chunk(self.render(&plan, offsets, document, &extraction, |_| Ok(()))?)
                };
                Ok((made, summary))
            },
            |(made, summary)| {
                see(summary);
                match made {
                    Made::Chunk(chunk) => sink.write(chunk),
                    Made::Later(found) => {
                        let full = |chunk: &mut Chunk| match chunk.holds() >= PART {
                            true => sink.write(std::mem::take(chunk)),
                            false => Ok(()),
                        };
                        let rest = self.render(&plan, offsets, &found.0, &found.1, full)?;
                        sink.write(rest)
                    }
                }
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

    /// The records of a document; `full` is asked after each whether it takes what there is so far.
    fn render(
        &self,
        plan: &Plan,
        offsets: Offsets,
        document: &Document,
        extraction: &Extraction,
        mut full: impl FnMut(&mut Chunk) -> Result<(), OutputError>,
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
        let reader = plan.reader(document, extraction);
        let mut chunk = if at.is_some() { Chunk::default() } else { Chunk::for_text(document.text.len()) };
        for &kind in self.kinds {
            for position in (0..records.count(kind)).filter(|n| self.wants(document, extraction, kind, *n)) {
                let Some(record) = records.get(kind, position) else { continue };
                plan.push_about(&mut chunk, &record, about.as_ref(), || -> Seen {
                    match (&reader, &at, self.shape()) {
                        (Some(reader), ..) => output::block(reader, extraction, kind, position).into(),
                        (_, None, _) => Vec::new().into(),
                        (_, Some(at), Shape::One(_)) => output::row(at, extraction, kind, position).into(),
                        (_, Some(at), Shape::Mixed) => output::mixed_row(at, extraction, kind, position).into(),
                    }
                })?;
                full(&mut chunk)?;
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
