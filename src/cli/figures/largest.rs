//! `sayso figures --largest N`: the records of the largest values, largest first; equal ones in the order of the input.

use super::super::Status;
use super::super::context::{Context, count};
use super::super::filter::{DocumentFilter, FindingFilter};
use super::super::source;
use super::FiguresArgs;
use crate::output::{self, Chunk, Format, Plan, Shape, Where};
use crate::record::{RecordKind, Records};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// Runs the report.
pub fn run(
    context: &Context,
    args: &FiguresArgs,
    most: usize,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let kind = RecordKind::Figure;
    let plan: Plan = context.plan(Format::Table, Shape::One(kind))?;
    let mut best: Vec<(Decimal, Chunk)> = Vec::new();
    let tally = source::each(
        context,
        &args.paths,
        documents,
        |document, extraction| {
            let valued = extraction.figures.iter().enumerate().filter_map(|(n, figure)| {
                let value = figure.high.or(figure.value)?;
                findings.figure(document, extraction, figure).then_some((value, n))
            });
            let mut found: Vec<(Decimal, usize)> = valued.collect();
            found.sort_by_key(|(value, _)| Reverse(*value));
            found.truncate(most);
            let records = Records::new(document, extraction, context.offsets);
            let at = plan.format().has_rows().then(|| Where::new(document));
            let mut rendered = Vec::with_capacity(found.len());
            for (value, n) in found {
                let Some(record) = records.get(kind, n) else { continue };
                let mut chunk = Chunk::default();
                plan.push(&mut chunk, &record, || {
                    at.as_ref().map_or_else(Vec::new, |at| output::row(at, extraction, kind, n))
                })?;
                rendered.push((value, chunk));
            }
            Ok(rendered)
        },
        |found| {
            best.extend(found);
            // The sort is stable, so the first in the input stays first among equals.
            best.sort_by_key(|(value, _)| Reverse(*value));
            best.truncate(most);
            Ok(())
        },
    )?;
    let mut sink = context.sink(&plan)?;
    let shown = best.len();
    for (_, chunk) in best {
        sink.write(chunk)?;
    }
    sink.finish()?;
    context.note(&format!("the {} of largest value in {}", count(shown, "figure"), count(tally.documents, "document")));
    Ok(Status::Done)
}
