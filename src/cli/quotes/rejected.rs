//! `sayso quotes --rejected`: what stands between quote marks and is no quotation, with what it is and why.

use super::super::Status;
use super::super::context::{Context, count};
use super::super::filter::{DocumentFilter, FindingFilter};
use super::super::source;
use super::QuotesArgs;
use crate::extract::quotes::rejected::{Sort, rejected};
use crate::offsets::OffsetMap;
use crate::output::{Cell, Chunk, Format, Plan, Tone, name_of};
use crate::text::Page;

/// The kinds that `--kind` takes.
pub(super) fn kinds() -> Vec<String> {
    Sort::ALL.iter().map(name_of).collect()
}

/// Runs the report.
pub(super) fn run(
    context: &Context,
    args: &QuotesArgs,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let header = ["doc", "start", "end", "kind", "because", "words"].map(Into::into).to_vec();
    let plan = Plan::report(context.format.unwrap_or(Format::Table), header)?;
    let mut sink = context.sink(&plan)?;
    let mut runs = 0;
    let tally = source::each(
        context,
        &args.paths,
        documents,
        |document, extraction| {
            let mut chunk = Chunk::default();
            let offsets = OffsetMap::new(&document.text, context.offsets);
            let page = Page::new(document);
            for one in rejected(&page, &extraction.quotes).iter().filter(|one| findings.kind(&one.sort)) {
                let row = vec![
                    Cell::plain(document.id.as_str()),
                    Cell::number(offsets.at(one.span.start)),
                    Cell::number(offsets.at(one.span.end)),
                    Cell::plain(name_of(&one.sort)).tone(Tone::Name),
                    Cell::plain(name_of(&one.because)),
                    Cell::plain(one.span.of(&document.text)),
                ];
                plan.push_report(&mut chunk, row)?;
            }
            Ok(chunk)
        },
        |chunk| {
            runs += chunk.records;
            sink.write(chunk)
        },
    );
    let tally = source::finish(sink, tally)?;
    context.note(&format!(
        "{} that {} no quotation in {}",
        count(runs, "quoted run"),
        if runs == 1 { "is" } else { "are" },
        count(tally.documents, "document")
    ));
    Ok(Status::Done)
}
