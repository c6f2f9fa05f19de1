//! Quotations and speakers: `tests/suite/quotes/*.txt`. A case expects all quotations of its text, in order, read by the
//! rules alone.
//!
//! A quotation is `direct`, `indirect` or `mixed`, with its content (pieces parted by ` | `, paragraphs by ` ¶ `), then any
//! of `cue`, `source`, `to`, `speaker`, `role`, `kind` (of the speaker), `how`, `confidence`, `because` (some of the
//! reasons), `same`, `continues`, `insertions`, `balanced`. `-` says that there is none.

use super::case::{Case, name, run};
use sayso::Document;
use sayso::extract::{Quote, Speaker, quotes};
use sayso::span::Span;
use sayso::text::Page;
use std::fmt::Write as _;

/// All quotations and speakers of a document, by the rules alone.
pub(super) fn read(document: &Document) -> (Vec<Quote>, Vec<Speaker>) {
    let page = Page::new(document);
    let mut found = Vec::new();
    quotes::scan(&page, 0..page.paragraphs.len(), usize::MAX, None, &mut found);
    quotes::resolve(&page, document, found)
}

/// The value of a field as the cases write it.
fn field(key: &str, text: &str, quote: &Quote, speakers: &[Speaker]) -> String {
    let of = |span: Option<Span>| span.map_or("-".to_owned(), |span| span.of(text).to_owned());
    let speaker = quote.speaker.map(|at| &speakers[at as usize]);
    match key {
        "direct" | "indirect" | "mixed" => {
            quote.content.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" | ").replace("\n\n", " ¶ ")
        }
        "cue" => of(quote.cue),
        "source" => of(quote.source),
        "to" => of(quote.addressee),
        "speaker" => speaker.map_or("-".to_owned(), |one| one.name.clone()),
        "role" => speaker.and_then(|one| one.role.clone()).unwrap_or("-".to_owned()),
        "kind" => speaker.map_or("-".to_owned(), |one| name(one.kind)),
        "how" => name(quote.how),
        "confidence" => name(quote.confidence),
        "same" => quote.same_as.map_or("-".to_owned(), |at| at.to_string()),
        "continues" => quote.continues.map_or("-".to_owned(), |at| at.to_string()),
        "insertions" => quote.insertions.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" | "),
        "balanced" => quote.balanced.to_string(),
        "because" => super::case::names(&quote.because),
        other => panic!("no field is called {other}"),
    }
}

fn judge(case: &Case) -> Result<(), String> {
    let document = case.document();
    let (quotes, speakers) = read(document);
    let text = &document.text;
    let mut wrong = String::new();
    if case.wanted.len() != quotes.len() {
        let _ = writeln!(wrong, "{} quotations expected, {} found", case.wanted.len(), quotes.len());
    }
    for (want, quote) in case.wanted.iter().zip(&quotes) {
        let kind = name(quote.kind);
        let words = field(&kind, text, quote, &speakers);
        if kind != want.finding || words != want.words {
            let _ = writeln!(wrong, "expected {}: {}\nfound {kind}: {words}", want.finding, want.words);
        }
        for (key, value) in &want.fields {
            let found = field(key, text, quote, &speakers);
            let holds = match key.as_str() {
                "because" => value.split(' ').all(|reason| found.split(' ').any(|other| other == reason)),
                _ => found == *value,
            };
            if !holds {
                let _ = writeln!(wrong, "{words}: {key} is {found}, not {value}");
            }
        }
    }
    for quote in quotes.iter().skip(case.wanted.len()) {
        let (words, source) = (field("direct", text, quote, &speakers), field("source", text, quote, &speakers));
        let _ = writeln!(wrong, "too many: {words} by {source}");
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

#[test]
fn every_case_of_quotations_holds() {
    run("quotes", 380, judge);
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
