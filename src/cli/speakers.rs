//! `sayso speakers [PATH…]`: who is quoted, and how much.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use super::source;
use crate::document::Document;
use crate::extract::{Extraction, QuoteKind, Speaker, SpeakerKind};
use crate::output::{Cell, Chunk, Format, Plan, Shape, Tone, name_of};
use crate::record::RecordKind;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Who is quoted.
#[derive(Debug, clap::Args)]
pub struct SpeakersArgs {
    /// Files and folders, `-` for standard input; with none, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// One name over all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The kind that it has most often is not looked for: the first that says something counts.
    pub kind: SpeakerKind,
    /// The first role.
    pub role: Option<String>,
    /// Quotations.
    pub quotes: u64,
    /// Words in them.
    pub words: u64,
    /// Documents.
    pub documents: u64,
    /// How many of the quotations hold quoted words.
    pub direct: u64,
    /// Who published them.
    pub outlets: BTreeSet<String>,
    /// The first and last day of the documents that have one.
    pub days: Option<(Date, Date)>,
}

/// A speaker of one document, with where and when.
struct Seen {
    speaker: Speaker,
    direct: u64,
    outlet: Option<String>,
    day: Option<Date>,
}

/// Runs the command: for people one row a name, ranked by quotations; for programs a record a document and speaker.
pub fn run(context: &Context, args: &SpeakersArgs) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    let (documents, findings) = args.filter.read(&kinds::speakers())?;
    if !format.has_rows() {
        let report = Report { paths: &args.paths, kinds: &[RecordKind::Speaker], documents, findings, format };
        report.run(context, |_, _| (), |()| ())?;
        return Ok(Status::Done);
    }
    let header = ["quotes", "direct", "words", "documents", "outlets", "first", "last", "kind", "speaker", "role"]
        .map(Into::into)
        .to_vec();
    let plan = Plan::with_header(format, Shape::One(RecordKind::Speaker), header)?;
    let mut standings = BTreeMap::new();
    let tally = source::each(
        context,
        &args.paths,
        &documents,
        |document, extraction| {
            let wanted = extraction.speakers.iter().enumerate().filter(|(_, speaker)| findings.speaker(speaker));
            Ok(wanted.map(|(at, speaker)| seen(document, extraction, at, speaker)).collect::<Vec<_>>())
        },
        |speakers| {
            speakers.into_iter().for_each(|one| add_seen(&mut standings, one));
            Ok(())
        },
    )?;
    let mut sink = context.sink(&plan)?;
    let mut chunk = Chunk::default();
    let speakers = standings.len();
    for (name, standing) in ranked(standings) {
        plan.push_row(
            &mut chunk,
            vec![
                Cell::number(standing.quotes),
                Cell::number(standing.direct),
                Cell::number(standing.words),
                Cell::number(standing.documents),
                Cell::plain(standing.outlets.into_iter().collect::<Vec<_>>().join("; ")),
                Cell::plain(standing.days.map(|days| days.0.to_string()).unwrap_or_default()),
                Cell::plain(standing.days.map(|days| days.1.to_string()).unwrap_or_default()),
                Cell::plain(name_of(&standing.kind)),
                Cell::plain(name).tone(Tone::Name),
                Cell::plain(standing.role.unwrap_or_default()),
            ],
        );
    }
    sink.write(chunk)?;
    sink.finish()?;
    context.note(&format!("{} in {}", count(speakers, "speaker"), count(tally.documents, "document")));
    Ok(Status::Done)
}

fn seen(document: &Document, extraction: &Extraction, at: usize, speaker: &Speaker) -> Seen {
    let own = extraction.quotes.iter().filter(|quote| quote.speaker == Some(at as u32));
    Seen {
        speaker: speaker.clone(),
        direct: own.filter(|quote| quote.kind != QuoteKind::Indirect).count() as u64,
        outlet: document.publisher.clone(),
        day: document.day(),
    }
}

fn add_seen(standings: &mut BTreeMap<String, Standing>, seen: Seen) {
    let name = seen.speaker.name.clone();
    add(standings, seen.speaker);
    let standing = standings.entry(name).or_default();
    standing.direct += seen.direct;
    standing.outlets.extend(seen.outlet);
    if let Some(day) = seen.day {
        let (first, last) = standing.days.unwrap_or((day, day));
        standing.days = Some((first.min(day), last.max(day)));
    }
}

/// Adds what a document says of a speaker.
pub fn add(standings: &mut BTreeMap<String, Standing>, speaker: Speaker) {
    let standing = standings.entry(speaker.name).or_default();
    if standing.kind == SpeakerKind::Unknown {
        standing.kind = speaker.kind;
    }
    standing.role = standing.role.take().or(speaker.role);
    standing.quotes += u64::from(speaker.quotes);
    standing.words += u64::from(speaker.words);
    standing.documents += 1;
}

/// Most quoted first; then by words, then by name.
pub fn ranked(standings: BTreeMap<String, Standing>) -> Vec<(String, Standing)> {
    let mut ranked: Vec<_> = standings.into_iter().collect();
    ranked.sort_by_key(|(_, standing)| (Reverse(standing.quotes), Reverse(standing.words)));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_counted_over_documents_and_ranked() {
        let speaker = |name: &str, quotes| Speaker {
            name: name.into(),
            kind: SpeakerKind::Person,
            quotes,
            words: 10,
            ..Speaker::default()
        };
        let mut standings = BTreeMap::new();
        for found in [speaker("Ada Brook", 1), speaker("Zoe Vale", 2), speaker("Ada Brook", 3)] {
            add(&mut standings, found);
        }
        let ranked = ranked(standings);
        assert_eq!(
            ranked.iter().map(|(name, s)| (name.as_str(), s.quotes, s.documents)).collect::<Vec<_>>(),
            [("Ada Brook", 4, 2), ("Zoe Vale", 2, 1)]
        );
    }
}
