//! Checks: `tests/suite/check/*.txt`. A case is a story: what the office said, what the paper made of it, and what is to be
//! said of that. Half of the cases of a relation are such that must not have it.
//!
//! A check is `check: words of the figure`, then any of `verdict`, `relation`, `arithmetic` (words of it). `-` says that
//! there is none. Whatever is not named must not be contradicted.

use super::case::{Case, Want, name, run};
use sayso::check::{Check, Evidence, check};
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
    for article in case.documents.iter().filter(|document| document.kind != Kind::Statement) {
        let document = Document { about: about.clone(), ..article.clone() };
        for found in check(&document, &extract(&document), &evidence).unwrap() {
            let written = found.span.of(&document.text);
            let wanted = (0..case.wanted.len()).find(|i| !met[*i] && written.contains(&case.wanted[*i].words));
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

fn compare(want: &Want, found: &Check, written: &str) -> Option<String> {
    let got = |key: &str| match key {
        "verdict" => name(found.verdict),
        "relation" => found.relation.map_or_else(|| "-".to_owned(), name),
        "arithmetic" => found.computation.clone().unwrap_or_else(|| "-".to_owned()),
        other => panic!("no such key: {other}"),
    };
    let holds = |(key, value): &(String, String)| match key.as_str() {
        "arithmetic" => got(key).contains(value.as_str()),
        _ => got(key) == *value,
    };
    (!want.fields.iter().all(holds)).then(|| {
        let found_here = ["verdict", "relation", "arithmetic"].map(got).join(" ");
        format!("{written}: expected {:?}, found {found_here} {:?}", want.fields, found.slots)
    })
}

#[test]
fn every_case_of_checks_holds() {
    run("check", 45, judge);
}
