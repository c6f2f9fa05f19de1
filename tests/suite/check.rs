//! Checks: `tests/suite/check/*.txt`. A case is a story: what the office said, what the paper made of it, and what is to be
//! said of that. Half of the cases of a relation are such that must not have it.
//!
//! A check is `check: words of the figure`, then any of `verdict`, `relation`, `arithmetic` (words of it), `row` (of a table).
//! `-` says that there is none. Whatever is not named must not be contradicted. `warning: words` and `error: words` are said of
//! the tables.

use super::case::{Case, Want, name, run};
use sayso::check::{Check, Evidence, EvidenceItem, EvidenceKind, check};
use sayso::ingest::read_table;
use sayso::{Document, Kind, extract};
use std::sync::Arc;

fn judge(case: &Case) -> Result<(), String> {
    let mut evidence = Evidence::new();
    let statements = || case.documents.iter().filter(|document| document.kind == Kind::Statement);
    for document in statements() {
        evidence.add_statement(Arc::new(document.clone()), Arc::new(extract(document)));
    }
    let about: Vec<String> = statements().map(|document| document.id.clone()).collect();
    let mut faults = Vec::new();
    let mut met = vec![false; case.wanted.len()];
    let told = tables(case, &mut evidence);
    for (want, met) in case.wanted.iter().zip(&mut met) {
        *met = told.iter().any(|(what, said)| want.finding == *what && said.contains(&want.words));
    }
    for article in case.documents.iter().filter(|document| document.kind != Kind::Statement) {
        let about = match article.about.as_slice() {
            [] => about.clone(),
            [none] if none == "-" => Vec::new(),
            some => some.to_vec(),
        };
        let document = Document { about, ..article.clone() };
        for found in check(&document, &extract(&document), &evidence).unwrap() {
            let written = found.span.of(&document.text);
            let of = |want: &Want| want.finding == "check" && written.contains(&want.words);
            let wanted = (0..case.wanted.len()).find(|i| !met[*i] && of(&case.wanted[*i]));
            match wanted {
                Some(i) => {
                    met[i] = true;
                    faults.extend(compare(&case.wanted[i], &found, written));
                }
                None if matches!(name(found.verdict).as_str(), "contradicted" | "conflicting") => {
                    faults.push(format!(
                        "{written}: {}, and not expected ({:?})",
                        name(found.verdict),
                        found.computation
                    ));
                }
                None => {}
            }
        }
    }
    let missed = met.iter().zip(&case.wanted).filter(|(met, _)| !**met);
    faults.extend(missed.map(|(_, want)| format!("{}: no check", want.words)));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// Reads the tables of a case; gives what was said of them.
fn tables(case: &Case, evidence: &mut Evidence) -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &case.tables {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut told = Vec::new();
    for (name, _) in case.tables.iter().filter(|(name, _)| !name.ends_with(".toml")) {
        match read_table(&folder.path().join(name), None) {
            Ok((table, warnings)) => {
                evidence.add_table(table);
                told.extend(warnings.iter().map(|warning| ("warning", warning.to_string())));
            }
            Err(error) => told.push(("error", error.to_string())),
        }
    }
    told
}

fn compare(want: &Want, found: &Check, written: &str) -> Option<String> {
    let got = |key: &str| match key {
        "verdict" => name(found.verdict),
        "relation" => found.relation.map_or_else(|| "-".to_owned(), name),
        "arithmetic" => found.computation.clone().unwrap_or_else(|| "-".to_owned()),
        "row" => found.evidence.first().and_then(|item| item.row.clone()).unwrap_or_else(|| "-".to_owned()),
        other => panic!("no such key: {other}"),
    };
    let holds = |(key, value): &(String, String)| match key.as_str() {
        "arithmetic" => got(key).contains(value.as_str()),
        _ => got(key) == *value,
    };
    let wordless = |item: &EvidenceItem| item.span.is_none_or(|span| span.is_empty());
    if found.evidence.iter().any(|item| item.kind == EvidenceKind::Statement && wordless(item)) {
        return Some(format!("{written}: evidence without words"));
    }
    (!want.fields.iter().all(holds)).then(|| {
        let found_here = ["verdict", "relation", "arithmetic"].map(got).join(" ");
        format!("{written}: expected {:?}, found {found_here} {:?}", want.fields, found.slots)
    })
}

#[test]
fn every_case_of_checks_holds() {
    run("check", 45, judge);
}
