//! `sayso speakers [PATH…]`: who is quoted, and how much.

use super::Status;
use super::context::{Context, count};
use super::filter::{FilterArgs, kinds};
use super::findings::Report;
use super::source;
use super::standings::{HEADER, Standing, ranked};
use crate::document::Document;
use crate::extract::{Extraction, QuoteKind, Speaker, SpeakerKind};
use crate::output::{Cell, Chunk, Format, Plan, Tone, name_of};
use crate::people;
use crate::record::RecordKind;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// List the people and bodies that are quoted
#[derive(Debug, clap::Args)]
pub(super) struct SpeakersArgs {
    /// Files and folders, `-` for standard input; without any, the index
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// One name over all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The kind that it has most often is not looked for: the first that says something counts.
    pub kind: SpeakerKind,
    /// The first role.
    pub role: Option<String>,
    /// How much it is quoted.
    pub standing: Standing,
}

/// Runs the command: in tables, CSV among them, one row a person, ranked by quotations; else a record a document and speaker.
pub(super) fn run(context: &Context, args: &SpeakersArgs) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    let (documents, findings) = args.filter.read(&kinds::speakers())?;
    if !format.has_rows() && format != Format::Csv {
        let report = Report { paths: &args.paths, kinds: &[RecordKind::Speaker], documents, findings, format };
        let (wanted, of, mut speakers) = (report.findings.clone(), report.documents.clone(), 0);
        report.run(
            context,
            |_, extraction| extraction.speakers.iter().filter(|speaker| wanted.speaker(speaker)).count(),
            |found| speakers += found,
        )?;
        return Ok(wanted.status(&of, speakers));
    }
    let header = HEADER.into_iter().chain(["kind", "speaker", "role"]).map(Into::into).collect();
    let plan = Plan::report(format, header)?;
    let mut all = BTreeMap::new();
    let tally = source::each(
        context,
        &args.paths,
        &documents,
        |document, extraction| {
            let wanted = extraction.speakers.iter().enumerate().filter(|(_, speaker)| findings.speaker(speaker));
            Ok(wanted.map(|(at, speaker)| known(document, extraction, at, speaker)).collect::<Vec<_>>())
        },
        |speakers| {
            speakers.into_iter().for_each(|(name, one)| add(&mut all, name, one));
            Ok(())
        },
    )?;
    let mut sink = context.sink(&plan)?;
    let mut chunk = Chunk::default();
    let all = joined(all);
    let speakers = all.len();
    for (name, known) in ranked(all, |known| &known.standing) {
        let mut row = known.standing.cells();
        row.push(Cell::plain(name_of(&known.kind)));
        row.push(Cell::plain(name).tone(Tone::Name));
        row.push(Cell::plain(known.role.unwrap_or_default()));
        plan.push_report(&mut chunk, row)?;
    }
    sink.write(chunk)?;
    sink.finish()?;
    context.note(&format!("{} in {}", count(speakers, "speaker"), count(tally.admitted, "document")));
    Ok(findings.status(&documents, speakers))
}

/// A speaker of one document.
pub(super) fn known(document: &Document, extraction: &Extraction, at: usize, speaker: &Speaker) -> (String, Known) {
    let own = extraction.quotes.iter().filter(|quote| quote.speaker == Some(at as u32));
    let standing = Standing {
        quotes: u64::from(speaker.quotes),
        words: u64::from(speaker.words),
        direct: own.filter(|quote| quote.kind != QuoteKind::Indirect).count() as u64,
        ..Standing::of(document)
    };
    (speaker.name.clone(), Known { kind: speaker.kind, role: speaker.role.clone(), standing })
}

impl Known {
    /// Adds what other documents say of the same one.
    pub(super) fn join(&mut self, other: Known) {
        if self.kind == SpeakerKind::Unknown {
            self.kind = other.kind;
        }
        self.role = self.role.take().or(other.role);
        self.standing.join(other.standing);
    }
}

/// Puts together what is one person.
pub(super) fn joined(all: BTreeMap<String, Known>) -> BTreeMap<String, Known> {
    let people =
        all.iter().map(|(name, one)| (name.as_str(), people::Known { kind: one.kind, role: one.role.as_deref() }));
    let names = people::shown(people);
    let names: BTreeMap<String, String> =
        names.into_iter().map(|(name, to)| (name.to_owned(), to.to_owned())).collect();
    let mut out = BTreeMap::new();
    for (name, one) in all {
        let name = names.get(&name).cloned().unwrap_or(name);
        add(&mut out, name, one);
    }
    out
}

/// Adds what a document says of a speaker.
pub(super) fn add(all: &mut BTreeMap<String, Known>, name: String, one: Known) {
    all.entry(name).or_default().join(one);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_counted_over_documents_and_ranked() {
        let document = Document::new("d", "");
        let speaker = |name: &str, quotes| Speaker {
            name: name.into(),
            kind: SpeakerKind::Person,
            quotes,
            words: 10,
            ..Speaker::default()
        };
        let mut all = BTreeMap::new();
        for found in [speaker("Ada Brook", 1), speaker("Zoe Vale", 2), speaker("Ada Brook", 3)] {
            let (name, one) = known(&document, &Extraction::default(), 0, &found);
            add(&mut all, name, one);
        }
        let ranked = ranked(all, |known| &known.standing);
        let told: Vec<_> =
            ranked.iter().map(|(name, one)| (name.as_str(), one.standing.quotes, one.standing.documents)).collect();
        assert_eq!(told, [("Ada Brook", 4, 2), ("Zoe Vale", 2, 1)]);
    }
}
