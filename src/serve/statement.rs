//! The page of a statement: who used which sentence of it, how the words spread. It is also a file: `.json`, `.csv`.

use super::addresses::{speaker_address, statement_address};
use super::files::{file, wanted};
use super::library::{LibraryError, plan};
use super::pages::{answer, found, place, source, tone};
use super::{Library, address, shown};
use crate::document::Document;
use crate::output::html;
use crate::output::html::pictures::{Strip, along};
use crate::output::{Chunk, Row, edits, in_memory, name_of};
use crate::record::{self, CoverageRecords, RecordKind};
use crate::span::Span;
use crate::trace::views::{Covered, Use, by_statement, timeline};
use crate::trace::{Fidelity, Trace};
use axum::response::Response;
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Serialize)]
struct SentenceItem<'a> {
    id: String,
    text: &'a str,
    begins: bool,
    uses: Vec<UseItem>,
}

#[derive(Serialize)]
struct UseItem {
    label: String,
    tone: &'static str,
    href: String,
    who: String,
    date: Option<String>,
    changed: bool,
    words: String,
}

#[derive(Serialize)]
struct Spread<'a> {
    sentence: &'a str,
    wordings: Vec<Wording>,
}

#[derive(Serialize)]
struct Wording {
    label: String,
    tone: &'static str,
    words: String,
    told: String,
    dots: Vec<Dot>,
}

#[derive(Serialize)]
struct Dot {
    x: f64,
    href: String,
    title: String,
}

/// Who used which sentence of a statement.
pub(super) fn statement(library: &Library, id: &str, format: Option<&str>) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some((reading, format)) = found(library, id, wanted(format))? else { return Ok(None) };
        let statement = &reading.document;
        let (covered, looked, more) = library.users(statement)?;
        let sentences = by_statement(&covered, &library.sources);
        if let Some(format) = format {
            let plan = plan(format, Some(RecordKind::Sentence))?;
            let own = record::Library::new(covered.iter().map(|one| &one.document), library.offsets);
            let shelf = record::Library::new([statement], library.offsets);
            let records = CoverageRecords::new(&covered, own, shelf);
            let mut chunk = Chunk::default();
            for sentence in sentences.iter().filter(|one| one.statement == statement.id) {
                plan.push(&mut chunk, &records.sentence(sentence), Row::new)?;
            }
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let used: HashMap<u32, &[Use]> = sentences
            .iter()
            .filter(|one| one.statement == statement.id)
            .map(|one| (one.span.start, &one.uses[..]))
            .collect();
        Ok(Some(shown(statement_page(library, statement, &covered, &used, (looked, more)))))
    };
    answer(read(), "statement", id)
}

fn statement_page(
    library: &Library,
    statement: &Arc<Document>,
    covered: &[Covered],
    used: &HashMap<u32, &[Use]>,
    (looked, more): (usize, usize),
) -> Result<String, html::PageError> {
    let text = statement.text.as_str();
    let page = crate::text::Page::new(statement);
    let mut end = 0;
    let (mut items, mut strip) = (Vec::new(), Vec::new());
    for (n, sentence) in page.sentences.iter().enumerate() {
        let span = sentence.span;
        let uses = used.get(&span.start).copied().unwrap_or_default();
        let worst = uses.iter().filter_map(|one| one.trace(covered).map(|trace| trace.relation)).max();
        let id = format!("s{n}");
        strip.push((span.of(text).split_whitespace().count(), uses.len(), worst, id.clone()));
        items.push(SentenceItem {
            id,
            text: span.of(text),
            begins: text.get(end as usize..span.start as usize).is_some_and(|gap| gap.contains('\n')),
            uses: uses.iter().map(|one| use_item(*one, covered, statement)).collect(),
        });
        end = span.end;
    }
    let days: Vec<Date> = covered.iter().filter_map(|one| one.document.day()).chain(statement.day()).collect();
    let (first, last) = (days.iter().min().copied(), days.iter().max().copied());
    let mut spread: Vec<Spread> = Vec::new();
    for rendering in timeline(covered, &library.sources).into_iter().filter(|one| one.statement == statement.id) {
        let sentence = rendering.sentence.of(text);
        let wording = wording(&rendering.uses, covered, first.zip(last));
        match spread.last_mut() {
            Some(last) if last.sentence == sentence => last.wordings.push(wording),
            _ => spread.push(Spread { sentence, wordings: vec![wording] }),
        }
    }
    // A sentence that one article has in one way did not spread.
    spread.retain(|one| one.wordings.len() > 1 || one.wordings.iter().any(|wording| wording.dots.len() > 1));
    let link = |format: &str| format!("{}?format={format}", statement_address(&statement.id));
    let speaker_href = statement.speaker.as_deref().map(speaker_address);
    html::render(
        "statement.html",
        context! {
            source => Serde(source(statement)), speaker => statement.speaker.as_deref(), speaker_href,
            href => address(&statement.id), csv => link("csv"), json => link("json"),
            strip => Serde(Strip::new(&strip)), sentences => Serde(items), users => covered.len(), looked, more,
            spread => Serde(spread),
            first => first.map(|day| day.to_string()), last => last.map(|day| day.to_string()),
        },
    )
}

fn use_item(one: Use, covered: &[Covered], statement: &Document) -> UseItem {
    let document = &covered[one.covered].document;
    let trace = one.trace(covered);
    let relation = trace.map(|trace| trace.relation);
    let changed = matches!(relation, Some(Fidelity::Altered | Fidelity::Spliced));
    let said = match trace.filter(|_| changed) {
        Some(trace) => change(document, statement, trace),
        None => one.span(covered).of(&document.text).to_owned(),
    };
    UseItem {
        label: relation.map_or_else(|| "unmarked".to_owned(), |relation| name_of(&relation)),
        tone: tone(relation),
        href: place(document, trace),
        who: document.publisher.clone().unwrap_or_else(|| document.id.clone()),
        date: document.day().map(|day| day.to_string()),
        changed,
        words: said,
    }
}

/// What was changed, in the words of both.
fn change(document: &Document, statement: &Document, trace: &Trace) -> String {
    let of = |text: &str, span: Span| text.get(span.range()).unwrap_or_default().to_owned();
    let changes = edits(&statement.text, trace).into_iter().filter(|edit| !edit.same).map(|edit| {
        match (of(&statement.text, edit.old), of(&document.text, edit.new)) {
            (old, new) if old.is_empty() => format!("+ {new}"),
            (old, new) if new.is_empty() => format!("− {old}"),
            (old, new) => format!("{old} → {new}"),
        }
    });
    changes.collect::<Vec<_>>().join("; ")
}

fn wording(uses: &[Use], covered: &[Covered], days: Option<(Date, Date)>) -> Wording {
    let trace = uses.first().and_then(|one| one.trace(covered));
    let relation = trace.map(|trace| trace.relation);
    let first = uses.first().map(|one| one.span(covered).of(&covered[one.covered].document.text).to_owned());
    let mut told = Vec::new();
    let mut dots = Vec::new();
    for one in uses {
        let document = &covered[one.covered].document;
        let who = document.publisher.as_deref().unwrap_or(&document.id);
        let day = document.day();
        let when = day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        told.push(format!("{who}, {when}"));
        if let (Some(day), Some((first, last))) = (day, days) {
            dots.push(Dot {
                x: along(day, first, last),
                href: place(document, one.trace(covered)),
                title: format!("{who}, {when}"),
            });
        }
    }
    Wording {
        label: relation.map_or_else(|| "unmarked".to_owned(), |relation| name_of(&relation)),
        tone: tone(relation),
        words: first.unwrap_or_default(),
        told: told.join("; "),
        dots,
    }
}
