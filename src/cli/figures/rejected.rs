//! `sayso figures --rejected`: numbers that are no figures, each with the rule that refused it.

use super::super::Status;
use super::super::context::{Context, count};
use super::super::filter::{DocumentFilter, FindingFilter};
use super::super::source;
use super::FiguresArgs;
use crate::extract::figures::{rejected, rejections};
use crate::offsets::OffsetMap;
use crate::output::{Cell, Chunk, Format, Plan, Tone};
use crate::text::Page;

/// The names of rules that `--kind` takes.
pub(super) fn kinds() -> Vec<String> {
    rejections().into_iter().map(str::to_owned).collect()
}

/// Runs the report.
pub(super) fn run(
    context: &Context,
    args: &FiguresArgs,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let header = ["doc", "start", "end", "rule", "number", "what the rule refuses"].map(Into::into).to_vec();
    let plan = Plan::report(context.format.unwrap_or(Format::Table), header)?;
    let mut sink = context.sink(&plan)?;
    let mut numbers = 0;
    let tally = source::each(
        context,
        &args.paths,
        documents,
        |document, _| {
            let mut chunk = Chunk::default();
            let offsets = OffsetMap::new(&document.text, context.offsets);
            let page = Page::new(document);
            for one in rejected(&page).iter().filter(|one| findings.kind(&one.rule)) {
                let row = vec![
                    Cell::plain(document.id.as_str()),
                    Cell::number(offsets.at(one.span.start)),
                    Cell::number(offsets.at(one.span.end)),
                    Cell::plain(one.rule).tone(Tone::Name),
                    Cell::plain(one.span.of(&document.text)),
                    Cell::plain(one.about),
                ];
                plan.push_report(&mut chunk, row)?;
            }
            Ok(chunk)
        },
        |chunk| {
            numbers += chunk.records;
            sink.write(chunk)
        },
    );
    let tally = source::finish(sink, tally)?;
    context.note(&format!(
        "{} that {} no figure in {}",
        count(numbers, "number"),
        if numbers == 1 { "is" } else { "are" },
        count(tally.documents, "document")
    ));
    Ok(Status::Done)
}
