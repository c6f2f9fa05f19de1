//! Quotations and speakers, case by case. The cases are the plain-text files of `tests/quotes/`: text, then what must be
//! found in it. They read as a specification.
//!
//! ```text
//! --- the source follows its cue
//! “The bridge is safe,” said Ada Brandt.
//! => direct: “The bridge is safe,” ; cue: said ; source: Ada Brandt ; speaker: Ada Brandt
//! ```
//!
//! `---` begins a case and names it; each line of text is a paragraph; each `=>` line is one quotation, in order, with its
//! kind and content (pieces parted by ` | `) and any of `cue`, `source`, `to`, `speaker`, `kind`, `how`, `because`, `same`,
//! `continues`, `insertions`; `-` stands for nothing. `=> nothing` says that there is no quotation.

#![allow(clippy::unwrap_used)]

use sayso::extract::{Quote, Speaker, quotes};
use sayso::span::Span;
use sayso::text::Page;
use sayso::{Document, Kind};
use std::fmt::Write as _;
use std::path::Path;

struct Case {
    file: String,
    line: usize,
    name: String,
    text: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut out: Vec<Case> = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (i, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            if let Some(title) = line.strip_prefix("--- ") {
                let (file, name) = (name.clone(), title.to_owned());
                out.push(Case { file, line: i + 1, name, text: String::new(), expected: Vec::new() });
            } else if let Some(expected) = line.strip_prefix("=> ") {
                out.last_mut().unwrap().expected.push(expected.to_owned());
            } else if !line.starts_with('#') && !line.trim().is_empty() {
                let text = &mut out.last_mut().unwrap().text;
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(line);
            }
        }
    }
    out
}

fn read(document: &Document) -> (Vec<Quote>, Vec<Speaker>) {
    let page = Page::new(document);
    let mut found = Vec::new();
    quotes::scan(&page, 0..page.paragraphs.len(), None, &mut found);
    quotes::resolve(&page, document, found)
}

/// The value of a field as the cases write it.
fn field(name: &str, text: &str, quote: &Quote, speakers: &[Speaker]) -> String {
    let of = |span: Option<Span>| span.map_or("-".to_owned(), |span| span.of(text).to_owned());
    let speaker = quote.speaker.map(|at| &speakers[at as usize]);
    let word = |value: serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    match name {
        "direct" | "indirect" | "mixed" => {
            quote.content.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" | ").replace("\n\n", " ¶ ")
        }
        "cue" => of(quote.cue),
        "source" => of(quote.source),
        "to" => of(quote.addressee),
        "speaker" => speaker.map_or("-".to_owned(), |one| one.name.clone()),
        "role" => speaker.and_then(|one| one.role.clone()).unwrap_or("-".to_owned()),
        "kind" => speaker.map_or("-".to_owned(), |one| word(serde_json::to_value(one.kind).unwrap())),
        "how" => word(serde_json::to_value(quote.how).unwrap()),
        "confidence" => word(serde_json::to_value(quote.confidence).unwrap()),
        "same" => quote.same_as.map_or("-".to_owned(), |at| at.to_string()),
        "continues" => quote.continues.map_or("-".to_owned(), |at| at.to_string()),
        "insertions" => quote.insertions.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" | "),
        "balanced" => quote.balanced.to_string(),
        "because" => {
            quote.because.iter().map(|reason| word(serde_json::to_value(reason).unwrap())).collect::<Vec<_>>().join(" ")
        }
        other => panic!("no field is called {other}"),
    }
}

fn check(case: &Case) -> Result<(), String> {
    let mut document = Document::new("case", case.text.clone());
    if case.file.starts_with("statement") {
        document.kind = Kind::Statement;
    }
    let (quotes, speakers) = read(&document);
    let text = &document.text;
    let mut wrong = String::new();
    let expected: Vec<&String> = case.expected.iter().filter(|line| *line != "nothing").collect();
    if expected.len() != quotes.len() {
        let _ = writeln!(wrong, "  {} quotations expected, {} found", expected.len(), quotes.len());
    }
    for (i, line) in expected.iter().enumerate() {
        let Some(quote) = quotes.get(i) else { break };
        let kind = serde_json::to_value(quote.kind).unwrap();
        for (n, part) in line.split(" ; ").enumerate() {
            let (name, value) = part.split_once(": ").unwrap_or_else(|| panic!("{}:{}: {part}", case.file, case.line));
            let found = field(name, text, quote, &speakers);
            let holds = match name {
                "because" => value.split(' ').all(|reason| found.split(' ').any(|other| other == reason)),
                _ => found == value.trim(),
            };
            if !holds || n == 0 && kind != name {
                let _ = writeln!(wrong, "  {name}: expected {value}\n  {}: found {found}", kind.as_str().unwrap_or(""));
            }
        }
    }
    for quote in quotes.iter().skip(expected.len()) {
        let _ = writeln!(
            wrong,
            "  too many: {} by {}",
            field("direct", text, quote, &speakers),
            field("source", text, quote, &speakers)
        );
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}:{}: {}\n{wrong}", case.file, case.line, case.name)) }
}

#[test]
fn every_case_reads_as_written() {
    let cases = cases();
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let open = include_str!("quotes/open.list");
    let is_open = |wrong: &String| open.lines().any(|line| wrong.lines().next() == Some(line));
    let wrong: Vec<String> =
        cases.iter().filter_map(|case| check(case).err()).filter(|wrong| !is_open(wrong)).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

mod soup {
    use super::read;
    use proptest::prelude::*;
    use sayso::{Document, span::Span};

    fn sound(document: &Document) -> Result<(), TestCaseError> {
        let (quotes, speakers) = read(document);
        let fits = |span: Span| span.start <= span.end && document.text.get(span.range()).is_some();
        for quote in &quotes {
            prop_assert!(!quote.content.is_empty());
            prop_assert!(quote.content.iter().all(|span| fits(*span) && !span.is_empty()));
            prop_assert!(quote.content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", quote.content);
            prop_assert!([quote.cue, quote.source, quote.addressee].into_iter().flatten().all(fits));
            prop_assert!(quote.insertions.iter().all(|span| fits(*span)));
            prop_assert!(quote.speaker.is_none_or(|at| (at as usize) < speakers.len()));
            prop_assert!(quote.continues.is_none_or(|at| (at as usize) < quotes.len()));
            prop_assert!(quote.same_as.is_none_or(|at| (at as usize) < quotes.len()));
        }
        prop_assert_eq!(
            speakers.iter().map(|one| one.quotes).sum::<u32>() as usize,
            quotes.iter().filter(|one| one.speaker.is_some()).count()
        );
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Odd, nested, doubled and unclosed marks between words that report.
        #[test]
        fn of_marks(parts in prop::collection::vec(prop::sample::select(vec![
            "“", "”", "\"", "'", "‘", "’", "«", "»", "``", "''", "(", ")", "[", "]", ",", ".", "?", "…", "—", "-", ":", ";", "\n\n", " ",
            " said ", " told ", "Brandt", " the mayor ", " that ", " and ", " according to ", "’s claim that ", " she ", " to ", " of ", "Ada ",
            " is confident that ", ", who ", " was criticized by ", " saying ", " 40 ", "é", " report ", "Sen. ", " by ", " on Tuesday ", "\u{a0}", "𝄞",
        ]), 0..80)) {
            sound(&Document::new("soup", parts.concat()))?;
        }

        /// Whatever marks stand before it, a good quotation in a paragraph of its own is found whole.
        #[test]
        fn never_loses_the_rest(parts in prop::collection::vec(prop::sample::select(vec![
            "“", "”", "\"", "'", "‘", "’", "«", "»", "„", "``", "''", "(", "[", "]", ",", ".", "—", "\n", "\n\n", " ", " said ", "Brandt", " the mayor ",
        ]), 0..60)) {
            let good = "“The road is open again this week,”";
            let text = format!("{}\n\nThe buses ran all week and nobody was late.\n\n{good} said Tilda Okafor, a driver.", parts.concat());
            let document = Document::new("soup", text);
            sound(&document)?;
            let (quotes, speakers) = read(&document);
            let found = quotes.iter().find(|quote| quote.content[0].of(&document.text) == good);
            prop_assert!(found.is_some(), "{:?}", quotes.iter().map(|quote| quote.content[0].of(&document.text)).collect::<Vec<_>>());
            let speaker = found.and_then(|quote| quote.speaker).map(|at| speakers[at as usize].name.as_str());
            prop_assert_eq!(speaker, Some("Tilda Okafor"));
        }

        #[test]
        fn of_letters(text in "(\\PC|[“”\"‘’' \n,.:]){0,300}") {
            sound(&Document::new("soup", text))?;
        }
    }

    /// A paragraph whose mark is never closed takes nothing from the next.
    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        let text = "“The bridge is closed, the council said.\n\nThe road was open all week, and buses ran.\n\n“The road is open,” said Ada Brandt.";
        let document = Document::new("d", text);
        let (quotes, _) = read(&document);
        let last = quotes.last().unwrap();
        assert_eq!(last.content[0].of(text), "“The road is open,”");
        assert!(quotes.iter().all(|quote| quote.content.iter().all(|span| !span.of(text).contains("buses"))));
    }
}
