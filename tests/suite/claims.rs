//! Claims: `tests/suite/claims/*.txt`. A case expects all claims of its text, in order.
//!
//! A claim is `claim: its words`, then any of `kind`, `who` (the speaker), `chain` (the mentions of those who report it, the
//! first first, parted by ` > `), `missing` and `because` (all of them, parted by spaces; `because+` for some of them),
//! `figures` (how many). An empty value says that there is none.

use super::case::{Case, name, names, run};
use sayso::extract::{Claim, Extraction};
use sayso::{Document, extract};

fn field(document: &Document, extraction: &Extraction, claim: &Claim, key: &str) -> String {
    match key {
        "kind" => name(claim.kind),
        "who" => claim.speaker.map_or(String::new(), |at| extraction.speakers[at as usize].name.clone()),
        "chain" => {
            let mention = |span: sayso::Span| span.of(&document.text);
            let all: Vec<&str> = claim.attribution.iter().map(|one| one.source.map_or("?", mention)).collect();
            all.join(" > ")
        }
        "missing" => names(&claim.missing),
        "because" | "because+" => names(&claim.because),
        "figures" => claim.figures.len().to_string(),
        other => panic!("no such key: {other}"),
    }
}

fn judge(case: &Case) -> Result<(), String> {
    let document = case.document();
    let extraction = extract(document);
    let read: Vec<&str> = extraction.claims.iter().map(|claim| claim.span.of(&document.text)).collect();
    if case.wanted.len() != read.len() {
        return Err(format!("expected {} claims, found {read:?}", case.wanted.len()));
    }
    for (want, claim) in case.wanted.iter().zip(&extraction.claims) {
        if want.words != claim.span.of(&document.text) {
            return Err(format!("expected {:?}, found {read:?}", want.words));
        }
        for (key, value) in &want.fields {
            let got = field(document, &extraction, claim, key);
            let holds = match key.as_str() {
                "because+" => value.split(' ').all(|one| got.split(' ').any(|other| one == other)),
                _ => got == *value,
            };
            if !holds {
                return Err(format!("{:?}: {key} is {got:?}, not {value:?}", want.words));
            }
        }
    }
    Ok(())
}

#[test]
fn every_case_of_claims_holds() {
    run("claims", 80, judge);
}
