//! `sayso quotes --by WHAT`: one row a speaker, outlet, month, cue or kind, most quoted first; months in their order.

use super::super::Status;
use super::super::context::{Context, count};
use super::super::filter::{DocumentFilter, FindingFilter};
use super::super::source;
use super::super::standings::{HEADER, Standing, ranked};
use super::QuotesArgs;
use crate::document::Document;
use crate::extract::{Extraction, Quote, speakers};
use crate::language;
use crate::output::{Cell, Chunk, Format, Plan, Tone, name_of};
use std::collections::BTreeMap;

/// By what quotations are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum By {
    /// Whose words they are
    Speaker,
    /// Who published them
    Outlet,
    /// The month of the document
    Month,
    /// The verb or words that report them, in the base form
    Cue,
    /// Direct, indirect or mixed
    Kind,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            By::Speaker => "speaker",
            By::Outlet => "outlet",
            By::Month => "month",
            By::Cue => "cue",
            By::Kind => "kind",
        }
    }

    fn group(self, document: &Document, extraction: &Extraction, quote: &Quote) -> String {
        match self {
            By::Speaker => {
                let speaker = quote.speaker.and_then(|speaker| extraction.speakers.get(speaker as usize));
                speaker.map_or_else(|| "(unknown)".to_owned(), |speaker| speaker.name.clone())
            }
            By::Outlet => document.publisher.clone().unwrap_or_else(|| "(no publisher)".to_owned()),
            By::Month => document.day().map_or_else(|| "(no date)".to_owned(), |day| day.strftime("%Y-%m").to_string()),
            By::Cue => cue(document, quote).unwrap_or_else(|| "(none)".to_owned()),
            By::Kind => name_of(&quote.kind),
        }
    }
}

/// The cue of a quotation: the verb of the lexicon (`has said` is `say`), else its words in small letters.
fn cue(document: &Document, quote: &Quote) -> Option<String> {
    let text = document.text.get(quote.cue?.range())?.to_lowercase();
    let lexicon = &language::of(document.lang.as_deref()).lexicon;
    let words: Vec<&str> = text.split_whitespace().collect();
    let ids: Vec<_> = words.iter().map(|word| lexicon.words.get(word)).collect();
    let verb = (0..ids.len()).rev().find_map(|at| lexicon.reporting.named(&ids[at..]));
    Some(verb.map_or_else(|| words.join(" "), str::to_owned))
}

/// Runs the report.
pub(super) fn run(
    context: &Context,
    args: &QuotesArgs,
    by: By,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let header = HEADER.into_iter().chain([by.name()]).map(Into::into).collect();
    let plan = Plan::report(context.format.unwrap_or(Format::Table), header)?;
    let mut all: BTreeMap<String, Standing> = BTreeMap::new();
    let tally = source::each(
        context,
        &args.paths,
        documents,
        |document, extraction| {
            let mut found: BTreeMap<String, Standing> = BTreeMap::new();
            for quote in extraction.quotes.iter().filter(|quote| findings.quote(extraction, quote)) {
                let standing = found.entry(by.group(document, extraction, quote));
                let words = speakers::words_of(document, quote);
                standing.or_insert_with(|| Standing::of(document)).count(quote, words);
            }
            Ok(found)
        },
        |found| {
            found.into_iter().for_each(|(name, standing)| all.entry(name).or_default().join(standing));
            Ok(())
        },
    )?;
    let mut sink = context.sink(&plan)?;
    let mut chunk = Chunk::default();
    let (groups, quotes, words) =
        all.values().fold((0, 0, 0), |sum, one| (sum.0 + 1, sum.1 + one.quotes, sum.2 + one.words));
    let rows: Vec<_> = match by {
        By::Month => all.into_iter().collect(),
        _ => ranked(all, |standing| standing),
    };
    for (name, standing) in rows {
        let mut row = standing.cells();
        row.push(Cell::plain(name).tone(Tone::Name));
        plan.push_report(&mut chunk, row)?;
    }
    sink.write(chunk)?;
    sink.finish()?;
    context.note(&format!(
        "{} with {} of {} in {}",
        count(groups, by.name()),
        count(quotes as usize, "quotation"),
        count(words as usize, "word"),
        count(tally.documents, "document")
    ));
    Ok(Status::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    #[test]
    fn cues_are_told_by_their_verb() {
        for (text, expected) in [
            ("“It rained,” Brandt has said.", "say"),
            ("Brandt went on to say that it rained.", "say"),
            ("Brandt pointed out that it rained.", "point out"),
            ("According to Brandt, it rained all day.", "according to"),
            ("“It rained.”", "(none)"),
        ] {
            let document = Document::new("d", text);
            let found = extract::extract(&document);
            assert_eq!(By::Cue.group(&document, &found, &found.quotes[0]), expected, "{text}");
        }
    }
}
