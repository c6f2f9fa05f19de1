//! Traces: `tests/suite/trace/*.txt`. A case tells what was said where and when, what a page made of it, and what is to be
//! told of some of its quotations.
//!
//! A trace is `trace: the quoted words`, then any of `relation`, `statement` (its id), `by` (who says it there), `changes`
//! (parted by spaces), `note` (`drift`, `relayed NAME`, a reason or a confidence) and `not` (a note that it must not have).
//! `-` says that there is none.

use super::case::{Case, Want, name, names, run};
use sayso::extract::{InOrder, Model, Options, extract_by};
use sayso::trace::{Sources, Trace, trace};
use sayso::{Document, Kind};
use std::sync::Arc;

fn judge(case: &Case) -> Result<(), String> {
    let read = |document: &Document| extract_by(document, &Options { model: Model::Rules }, &InOrder);
    let mut sources = Sources::new();
    for statement in case.documents.iter().filter(|document| document.kind == Kind::Statement) {
        sources.add_unread(Arc::new(statement.clone()), Arc::new(read));
    }
    let mut faults = Vec::new();
    for page in case.documents.iter().filter(|document| document.kind != Kind::Statement) {
        let found = trace(page, &read(page), &sources).unwrap();
        for want in &case.wanted {
            match found.iter().find(|trace| trace.quote.of(&page.text) == want.words) {
                Some(trace) => faults.extend(compare(case, want, trace)),
                None => faults.push(format!("{}: no trace", want.words)),
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn compare(case: &Case, want: &Want, trace: &Trace) -> Option<String> {
    let dash = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned());
    let said_by = trace.said_by.and_then(|span| {
        let statement = case.documents.iter().find(|document| Some(&document.id) == trace.statement.as_ref())?;
        Some(span.of(&statement.text).to_owned())
    });
    let mut notes: Vec<String> = trace.because.iter().map(name).collect();
    notes.extend(trace.confidence.map(name));
    notes.extend((trace.attribution_drift == Some(true)).then(|| "drift".to_owned()));
    notes.extend(trace.relayed_by.as_ref().map(|by| format!("relayed {by}")));
    let wrong = |(key, value): &(String, String)| {
        let got = match key.as_str() {
            "relation" => name(trace.relation),
            "statement" => dash(trace.statement.clone()),
            "by" => dash(said_by.clone()),
            "changes" => dash(Some(names(&trace.changes))),
            "note" if notes.contains(value) => return None,
            "not" if !notes.contains(value) => return None,
            "note" | "not" => notes.join(", "),
            other => panic!("no such key: {other}"),
        };
        (got != *value || key == "not").then(|| format!("{}: {key} is {got}, not {value}", want.words))
    };
    want.fields.iter().find_map(wrong)
}

#[test]
fn every_case_of_traces_holds() {
    run("trace", 15, judge);
}
