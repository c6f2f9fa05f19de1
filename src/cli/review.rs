//! `sayso review`: what a person says of findings of the index: right, put right, or none. Kept beside the index, never
//! overwritten, and applied to every output.

use super::Status;
use super::against::Statements;
use super::check::VERDICTS;
use super::context::{Context, count};
use super::trace::RELATIONS;
use super::{source, tables};
use crate::compare::{Words, reading};
use crate::document::Document;
use crate::extract::Extraction;
use crate::index::Index;
use crate::keys::Keys;
use crate::output::html::ReadDocument;
use crate::output::{Cell, Chunk, Format, Plan, Tone, name_of};
use crate::review::{Judged, Judgement, Reviewed};
use crate::reviews::{Entry, Reviews, now, old};
use crate::span::Span;
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Confirm, correct or reject a finding
#[derive(Debug, clap::Args)]
pub(super) struct ReviewArgs {
    /// The finding: its id in records (`DOC#q1`, `DOC#k3`; `DOC#t2` for the second trace) or its link on the page (`/q/…`).
    /// Without one, the judgements so far are listed
    #[arg(value_name = "FINDING")]
    pub finding: Option<String>,
    /// It is right
    #[arg(long, requires = "finding", group = "said")]
    pub confirm: bool,
    /// It is none: no quotation, no such verdict, not from there
    #[arg(long, requires = "finding", group = "said")]
    pub reject: bool,
    /// Of a quotation: who says it
    #[arg(long, value_name = "NAME", requires = "finding", group = "said")]
    pub speaker: Option<String>,
    /// Of a check: the right verdict
    #[arg(long, value_name = "VERDICT", requires = "finding", group = "said", value_parser = VERDICTS)]
    pub verdict: Option<String>,
    /// Of a trace: the right relation
    #[arg(long, value_name = "RELATION", requires = "finding", group = "said", value_parser = RELATIONS)]
    pub relation: Option<String>,
    /// Take back what was said of it
    #[arg(long, requires = "finding", group = "said")]
    pub withdraw: bool,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "said")]
    pub note: Option<String>,
    /// Who says so
    #[arg(long, value_name = "NAME", env = "SAYSO_REVIEWER")]
    pub by: Option<String>,
    /// Reference tables that the checks were made against
    #[arg(long, value_name = "TABLE", num_args = 1..)]
    pub table: Vec<PathBuf>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ReviewArgs) -> anyhow::Result<Status> {
    let Some(named) = &args.finding else { return list(context) };
    let index = Arc::new(source::open(context)?);
    let found = find(context, args, &index, named)?;
    let (verdict, field, new) = match args {
        ReviewArgs { confirm: true, .. } => (Judgement::Confirmed, None, None),
        ReviewArgs { reject: true, .. } => (Judgement::Rejected, None, None),
        ReviewArgs { withdraw: true, .. } => (Judgement::Withdrawn, None, None),
        ReviewArgs { speaker: Some(name), .. } => (Judgement::Corrected, Some("speaker"), Some(name.trim().to_owned())),
        ReviewArgs { verdict: Some(name), .. } => (Judgement::Corrected, Some("verdict"), Some(name.clone())),
        ReviewArgs { relation: Some(name), .. } => (Judgement::Corrected, Some("relation"), Some(name.clone())),
        _ => return show(context, &found),
    };
    // Who says what sayso has already says that it is right.
    let (verdict, field, new) = match (&new, &found.old) {
        (Some(new), Some(old)) if new == old => (Judgement::Confirmed, None, None),
        _ => (verdict, field, new),
    };
    let reviewed = Reviewed {
        by: args.by.as_deref().unwrap_or_default().trim().to_owned(),
        at: now(),
        verdict,
        field: field.map(str::to_owned),
        old: found.old,
        new,
        note: args.note.clone(),
    };
    let entry = Entry { doc: found.doc, record: found.record, key: found.key, words: found.words, reviewed };
    Reviews::read(&context.index)?.add(entry)?;
    context.note(&format!("{named}: {}, kept in {}", name_of(&verdict), context.index.join("reviews.jsonl").display()));
    Ok(Status::Done)
}

/// A finding of the index, and what sayso has there.
struct Judgeable {
    doc: String,
    record: Judged,
    key: String,
    words: String,
    /// The speaker, verdict or relation before anybody said anything.
    old: Option<String>,
}

/// The document of a file, by the path that tables print (`articles/a.txt`), where its id is shorter (`a.txt`).
fn by_path(index: &Index, path: &str) -> anyhow::Result<Option<(Document, Extraction)>> {
    let path = path.trim_start_matches("./");
    for (slash, _) in path.match_indices('/') {
        let of = |document: &Document| document.path.as_deref().is_some_and(|own| Path::new(own).ends_with(path));
        if let Some(found) = index.get(&path[slash + 1..])?.filter(|(document, _)| of(document)) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn find(context: &Context, args: &ReviewArgs, index: &Arc<Index>, named: &str) -> anyhow::Result<Judgeable> {
    let link = named.split_once("/q/").map(|(_, rest)| rest).and_then(|rest| rest.split_once('/'));
    let (id, wanted) = match (link, named.rsplit_once('#')) {
        (Some((key, id)), _) => (decoded(id), Err(key)),
        (None, Some((id, place))) => {
            let mut letters = place.chars();
            let record = letters.next().and_then(Judged::of_letter);
            let number = letters.as_str().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let place = record.zip(number);
            let place =
                place.with_context(|| format!("`{named}` is no finding; one looks like a.txt#q1 or a.txt#k3"))?;
            (id.to_owned(), Ok(place))
        }
        _ => bail!("`{named}` is no finding; one looks like a.txt#q1, a.txt#k3 or http://127.0.0.1:7297/q/5f0c…/a.txt"),
    };
    let stored = match index.get(&id)? {
        None => by_path(index, &id)?,
        known => known,
    };
    let Some((document, mut extraction)) = stored else {
        bail!("the index {} has no document {id}; `sayso index PATH` adds it", context.index.display());
    };
    // As sayso has it: aliases count, judgements do not.
    let names = Words { reviews: Arc::default(), ..context.words.clone() };
    names.apply(&document, &mut extraction);
    let keys = Keys::all(&document, &extraction);
    let needs = match wanted {
        Ok((record, _)) => matches!(record, Judged::Check | Judged::Trace),
        Err(key) => {
            keys.iter().any(|(known, record, _)| known == key && matches!(record, Judged::Check | Judged::Trace))
        }
    };
    let one = match needs {
        true => {
            let mut evidence = Statements::Stored(index.clone()).evidence(context)?;
            tables::read(context, &args.table, None)?.into_iter().for_each(|table| evidence.add_table(table));
            let sources = Statements::Stored(index.clone()).sources(context)?;
            reading(Arc::new(document), Arc::new(extraction), &evidence, &sources)?
        }
        false => ReadDocument {
            document: Arc::new(document),
            extraction: Arc::new(extraction),
            checks: Vec::new(),
            traces: Vec::new(),
        },
    };
    let key = match wanted {
        Err(key) => keys.iter().find(|(known, ..)| known == key),
        Ok((record, number)) => {
            let span = place(&one, record, number);
            keys.iter().find(|(_, kind, known)| *kind == record && Some(*known) == span)
        }
    };
    let Some((key, record, span)) = key else {
        bail!("{named}: {id} has no such finding, or it is none that can be judged");
    };
    Ok(Judgeable {
        words: one.document.text.get(span.range()).unwrap_or_default().to_owned(),
        old: old(&one, *record, *span),
        doc: id,
        record: *record,
        key: key.clone(),
    })
}

/// A part of an address without its percent signs (RFC 3986, 2.1).
fn decoded(part: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(part.len()), part.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let (byte, next) = match hex.filter(|_| *first == b'%') {
            Some(byte) => (byte, &after[2..]),
            None => (*first, after),
        };
        bytes.push(byte);
        rest = next;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The place of a finding by its number.
fn place(reading: &ReadDocument, record: Judged, number: usize) -> Option<Span> {
    let Extraction { quotes, figures, claims, .. } = reading.extraction.as_ref();
    match record {
        Judged::Quote => quotes.get(number)?.content.first().copied(),
        Judged::Figure => figures.get(number).map(|figure| figure.span),
        Judged::Claim => claims.get(number).map(|claim| claim.span),
        Judged::Check => reading.checks.get(number).map(|check| check.span),
        Judged::Trace => reading.traces.get(number).map(|trace| trace.quote),
    }
}

/// Says what is known of a finding of which nothing was said yet.
fn show(context: &Context, found: &Judgeable) -> anyhow::Result<Status> {
    let text = |entry: &Entry| told(&entry.reviewed);
    let said: Vec<String> = context.words.reviews.of(&found.doc, &found.key).map(text).collect();
    context.note(&format!("{} of {}: {}", name_of(&found.record), found.doc, found.words));
    context.note(&format!("sayso has: {}", found.old.as_deref().unwrap_or("nothing to correct")));
    said.iter().for_each(|line| context.note(line));
    context.note("say --confirm, --reject, or what is right: --speaker NAME, --verdict VERDICT, --relation RELATION");
    Ok(Status::Done)
}

fn told(said: &Reviewed) -> String {
    let change = match (&said.old, &said.new) {
        (old, Some(new)) => format!(": {} → {new}", old.as_deref().unwrap_or("nothing")),
        _ => String::new(),
    };
    let note = said.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{} {} by {}{change}{note}", said.at, name_of(&said.verdict), said.by)
}

/// The judgements so far, the earliest first.
fn list(context: &Context) -> anyhow::Result<Status> {
    let header = ["at", "by", "verdict", "finding", "old", "new", "words", "note", "link"].map(Into::into).to_vec();
    let plan = Plan::report(context.format.unwrap_or(Format::Table), header)?;
    let mut chunk = Chunk::default();
    let entries = context.words.reviews.entries();
    for Entry { doc, record, key, words, reviewed } in entries {
        let text = |field: &Option<String>| Cell::plain(field.clone().unwrap_or_default());
        let tone = match reviewed.verdict {
            Judgement::Confirmed => Tone::Good,
            Judgement::Rejected => Tone::Bad,
            Judgement::Corrected => Tone::Warn,
            Judgement::Withdrawn => Tone::Dim,
        };
        plan.push_report(
            &mut chunk,
            vec![
                Cell::plain(reviewed.at.clone()).tone(Tone::Dim),
                Cell::plain(reviewed.by.clone()).tone(Tone::Name),
                Cell::plain(name_of(&reviewed.verdict)).tone(tone),
                Cell::plain(format!("{} of {doc}", name_of(record))),
                text(&reviewed.old),
                text(&reviewed.new),
                Cell::plain(words.clone()),
                text(&reviewed.note),
                Cell::plain(format!("/q/{key}/{doc}")).tone(Tone::Dim),
            ],
        )?;
    }
    let mut sink = context.sink(&plan)?;
    sink.write(chunk)?;
    sink.finish()?;
    context.note(&count(entries.len(), "judgement"));
    if entries.is_empty() {
        context.hint("`sayso review DOC#q1 --speaker NAME --by YOU` says who says it; `sayso quotes --format jsonl` lists the ids");
    }
    Ok(Status::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::extract;

    #[test]
    fn addresses_are_read_back() {
        assert_eq!(decoded("articles/a%20b%3F%C3%A9%231.txt"), "articles/a b?é#1.txt");
        assert_eq!(decoded("100%"), "100%");
    }

    #[test]
    fn a_corrected_speaker_keeps_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let document = Document::new("a.txt", "“It held,” said Tom Reyes.");
        let mut extraction = extract::extract(&document);
        let before = Keys::all(&document, &extraction);
        let (key, record, span) = before[0].clone();
        let mut one = ReadDocument {
            document: Arc::new(document.clone()),
            extraction: Arc::new(extraction.clone()),
            checks: Vec::new(),
            traces: Vec::new(),
        };
        let had = old(&one, record, span);
        assert_eq!(had.as_deref(), Some("Tom Reyes"));
        assert!(!key.is_empty());
        let reviewed = Reviewed {
            by: "Ana Brook".to_owned(),
            at: now(),
            verdict: Judgement::Corrected,
            field: Some("speaker".to_owned()),
            old: had,
            new: Some("Ada Brandt".to_owned()),
            note: None,
        };
        let mut reviews = Reviews::read(folder.path()).unwrap();
        let words = span.of(&document.text).to_owned();
        reviews.add(Entry { doc: document.id.clone(), record, key, words, reviewed }).unwrap();
        reviews.apply(&document, &mut extraction);
        one.extraction = Arc::new(extraction);
        assert_eq!(old(&one, record, span).as_deref(), Some("Ada Brandt"));
        assert_eq!(Keys::all(&document, &one.extraction), before);
    }
}
