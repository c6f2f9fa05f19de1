//! The specification of claims: every line of `tests/claims/*.tsv` is a text and the claims that must be found in it.
//!
//! A line is `text TAB expected`. `expected` lists the claims in order, parted by ` ; `, each as its words, then
//! `key=value` pairs parted by ` | `: `kind`, `who` (the speaker), `chain` (the mentions of those who report it, the first
//! first, parted by ` > `), `missing` and `because` (all of them, parted by spaces, `because+` for some of them),
//! `figures` (their number). `-` expects no claim. `//` in a text parts paragraphs. A file whose name ends in `dated` is
//! of documents of 2017-10-03.

use sayso::extract::{Claim, Extraction};
use sayso::{Document, extract};

fn read(text: &str, dated: bool) -> (Document, Extraction) {
    let mut document = Document::new("d", text.replace(" // ", "\n\n"));
    document.date = dated.then(|| "2017-10-03".to_owned());
    let extraction = extract(&document);
    (document, extraction)
}

fn names<T: serde::Serialize>(list: &[T]) -> String {
    let name = |one: &T| serde_json::to_value(one).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    list.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn field(document: &Document, extraction: &Extraction, claim: &Claim, key: &str) -> String {
    match key {
        "kind" => names(&[claim.kind]),
        "who" => claim.speaker.map_or(String::new(), |at| extraction.speakers[at as usize].name.clone()),
        "chain" => {
            let mention = |span: sayso::span::Span| span.of(&document.text);
            let all: Vec<&str> = claim.attribution.iter().map(|one| one.source.map_or("?", mention)).collect();
            all.join(" > ")
        }
        "missing" => names(&claim.missing),
        "because" | "because+" => names(&claim.because),
        "figures" => claim.figures.len().to_string(),
        other => panic!("no such key: {other}"),
    }
}

/// What is wrong with a line; none where it holds.
fn judge(text: &str, expected: &str, dated: bool) -> Option<String> {
    let (document, extraction) = read(text, dated);
    let told: Vec<&str> = extraction.claims.iter().map(|claim| claim.span.of(&document.text)).collect();
    let wanted: Vec<&str> = if expected == "-" { Vec::new() } else { expected.split(" ; ").collect() };
    if wanted.len() != told.len() {
        return Some(format!("expected {} claims, found {told:?}", wanted.len()));
    }
    for (want, claim) in wanted.iter().zip(&extraction.claims) {
        let mut parts = want.split(" | ");
        let words = parts.next().unwrap_or("");
        if words != claim.span.of(&document.text) {
            return Some(format!("expected {words:?}, found {told:?}"));
        }
        for pair in parts {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let got = field(&document, &extraction, claim, key);
            let holds = match key {
                "because+" => value.split(' ').all(|one| got.split(' ').any(|other| one == other)),
                _ => got == value,
            };
            if !holds {
                return Some(format!("{words:?}: {key} is {got:?}, not {value:?}"));
            }
        }
    }
    None
}

#[test]
fn every_line_of_the_specification_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/claims");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut lines, mut wrong) = (0, Vec::new());
    for path in files {
        let dated = path.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("dated"));
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let Some((text, expected)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
            lines += 1;
            if let Some(what) = judge(text, expected, dated) {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                wrong.push(format!("{file}:{}: {text}\n    {what}", number + 1));
            }
        }
    }
    assert!(lines >= 60, "only {lines} lines were read");
    assert!(wrong.is_empty(), "{} of {lines} lines do not hold:\n{}", wrong.len(), wrong.join("\n"));
}
