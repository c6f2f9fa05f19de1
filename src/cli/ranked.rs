//! Findings of one kind, ranked by value: highest first, equal ones in input order. `figures --largest` and `claims`
//! share it.

use super::context::Context;
use super::filter::DocumentFilter;
use super::source::{self, Tally};
use crate::document::Document;
use crate::extract::Extraction;
use crate::output::{self, About, Chunk, Format, Seen, Shape, Where};
use crate::record::{RecordKind, Records};
use std::cmp::Reverse;
use std::path::PathBuf;

/// The findings to rank.
pub(super) struct Ranked<'a> {
    /// Files and folders. Empty for the index.
    pub paths: &'a [PathBuf],
    /// The kind of record.
    pub kind: RecordKind,
    /// The filter for documents.
    pub documents: &'a DocumentFilter,
    /// The maximum number of findings to show; `None` for all. About twice as many are kept in memory.
    pub most: Option<usize>,
}

impl Ranked<'_> {
    /// Reads, extracts, ranks and writes. `wanted` gives the value and the position of each finding of a document that
    /// takes part, in order. Returns what was read and the number of findings that were written.
    pub(super) fn run<W: Copy + Ord + Send>(
        &self,
        context: &Context,
        wanted: impl Fn(&Document, &Extraction) -> Vec<(W, usize)> + Sync,
    ) -> anyhow::Result<(Tally, usize)> {
        let plan = context.plan(Format::Table, Shape::One(self.kind))?;
        let mut sink = context.sink(&plan)?;
        let most = self.most.unwrap_or(usize::MAX);
        let mut best: Vec<(W, Chunk)> = Vec::new();
        let tally = source::each(
            context,
            self.paths,
            self.documents,
            |document, extraction| {
                let mut found = wanted(document, extraction);
                keep(&mut found, most);
                let records = Records::new(document, extraction, context.offsets);
                let at = plan.format().has_rows().then(|| Where::new(document));
                let (about, reader) = (About::new(&plan, document), plan.reader(document, extraction));
                let mut rendered = Vec::with_capacity(found.len());
                for (worth, n) in found {
                    let Some(record) = records.get(self.kind, n) else { continue };
                    let mut chunk = Chunk::default();
                    plan.push_about(&mut chunk, &record, about.as_ref(), || -> Seen {
                        match (&reader, &at) {
                            (Some(reader), _) => output::block(reader, extraction, self.kind, n).into(),
                            (_, at) => {
                                at.as_ref().map_or_else(Vec::new, |at| output::row(at, extraction, self.kind, n)).into()
                            }
                        }
                    })?;
                    rendered.push((worth, chunk));
                }
                Ok(rendered)
            },
            |found| {
                best.extend(found);
                if best.len() / 2 > most {
                    keep(&mut best, most);
                }
                Ok(())
            },
        );
        keep(&mut best, most);
        let shown = best.len();
        for (_, chunk) in best {
            sink.write(chunk)?;
        }
        Ok((source::finish(sink, tally)?, shown))
    }
}

/// Sorts the highest values first and drops all after the first `most`. The sort is stable, so equal values stay in
/// input order.
fn keep<W: Copy + Ord, T>(found: &mut Vec<(W, T)>, most: usize) {
    found.sort_by_key(|(worth, _)| Reverse(*worth));
    found.truncate(most);
}
