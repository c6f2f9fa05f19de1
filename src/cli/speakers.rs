//! `sayso speakers [PATH…]`: who is quoted, and how much.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use super::source;
use crate::extract::{Speaker, SpeakerKind};
use crate::output::{Cell, Chunk, Format, Plan, Shape, Tone, name_of};
use crate::record::RecordKind;
use std::cmp::Reverse;
use std::collections::BTreeMap;
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
    let header = ["quotes", "words", "documents", "kind", "speaker", "role"].map(Into::into).to_vec();
    let plan = Plan::with_header(format, Shape::One(RecordKind::Speaker), header)?;
    let mut standings = BTreeMap::new();
    let tally = source::each(
        context,
        &args.paths,
        &documents,
        |_, extraction| Ok(extraction.speakers.iter().filter(|s| findings.speaker(s)).cloned().collect::<Vec<_>>()),
        |speakers| {
            speakers.into_iter().for_each(|speaker| add(&mut standings, speaker));
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
                Cell::number(standing.words),
                Cell::number(standing.documents),
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
