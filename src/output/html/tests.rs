//! The page over two invented documents.

use super::texts::traced;
use super::*;
use crate::extract::{Quote, QuoteKind, Speaker, SpeakerKind};
use crate::trace::{EditOp, Fidelity, OpKind, Reason};

fn quote(content: Span) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        content: vec![content],
        cue: None,
        source: None,
        addressee: None,
        speaker: Some(0),
        how: Default::default(),
        region: Default::default(),
        insertions: Vec::new(),
        balanced: true,
        continues: None,
        same_as: None,
        confidence: Default::default(),
        because: Vec::new(),
    }
}

fn place(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::at(start, start + words.len())
}

fn readings() -> Vec<ReadDocument> {
    let said = "The pier <will> open in May & not before.";
    let told = "“The pier <will> open in June & not before,” the harbour office said.";
    let statement = Document { kind: Kind::Statement, ..Document::new("s", said) };
    let speaker = Speaker {
        name: "Harbour <Office>".into(),
        kind: SpeakerKind::Organization,
        role: None,
        aliases: Vec::new(),
        quotes: 1,
        words: 8,
        ..Speaker::default()
    };
    let extraction = Extraction {
        quotes: vec![quote(place(told, "“The pier <will> open in June & not before,”"))],
        speakers: vec![speaker],
        ..Extraction::default()
    };
    let trace = Trace {
        quote: place(told, "The pier <will> open in June & not before"),
        quote_index: Some(0),
        relation: Fidelity::Altered,
        changes: Vec::new(),
        statement: Some("s".into()),
        source: vec![Span::at(0, said.len() - 1)],
        ops: vec![EditOp { kind: OpKind::Replace, quote: place(told, "June"), source: place(said, "May") }],
        score: 0.9,
        ..Trace::default()
    };
    let reading = |document: Document, extraction: Extraction, traces| ReadDocument {
        document: Arc::new(document),
        extraction: Arc::new(extraction),
        checks: Vec::new(),
        traces,
    };
    vec![
        reading(Document::new("a", told), extraction, vec![trace]),
        reading(statement, Extraction::default(), Vec::new()),
    ]
}

#[test]
fn the_page_shows_the_edit_and_escapes_every_text() {
    let readings = readings();
    let html = Page::new(&readings, 0, &Limits::NONE).html().unwrap();
    assert!(html.contains("<del>May</del> <ins>June</ins>"), "{html}");
    assert!(html.contains("Harbour &lt;Office&gt;"));
    assert!(!html.contains("<will>") && !html.contains("<Office>"));
}

#[test]
fn every_link_has_its_anchor_and_nothing_is_loaded_from_elsewhere() {
    let readings = readings();
    let html = Page::new(&readings, 0, &Limits::NONE).html().unwrap();
    for link in html.split("href=\"#").skip(1) {
        let id = &link[..link.find('"').unwrap()];
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "anchor {id}");
    }
    for loads in ["src=", "<link", "@import", "url("] {
        assert!(!html.contains(loads), "{loads}");
    }
}

#[test]
fn an_empty_page_says_so() {
    let html = Page::new(&[], 0, &Limits::NONE).html().unwrap();
    assert!(html.contains("Nobody is quoted."));
}

#[test]
fn a_document_has_a_page_of_its_own_with_links_to_its_statements() {
    let mut all = readings();
    let statement = all.pop().unwrap();
    let links = Links {
        document: &|id| format!("/doc/{id}"),
        speaker: Some(&|name| format!("/speaker/{name}")),
        finding: Some(&|key, id| format!("/q/{key}/{id}")),
        home: "/",
    };
    let html = document_page(&[all.pop().unwrap(), statement], None, &[], &links).unwrap();
    assert!(html.contains("href=\"/q/"), "{html}");
    assert!(html.contains("<del>May</del> <ins>June</ins>") && html.contains("href=\"/doc/s\""), "{html}");
    for link in html.split("href=\"#").skip(1) {
        let id = &link[..link.find('"').unwrap()];
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "anchor {id}");
    }
}

#[test]
fn a_short_page_says_what_it_leaves_out_and_links_to_none_of_it() {
    let many: Vec<ReadDocument> = (0..50).flat_map(|_| readings()).collect();
    let limits = Limits { findings: 3, quotes: 2, statements: 4, texts: 100, ..Limits::SHORT };
    let html = Page::new(&many, 0, &limits).html().unwrap();
    assert!(html.len() < 100_000, "{}", html.len());
    assert!(html.contains("47 more: <code>sayso trace</code>"));
    assert!(html.contains("sayso report --full"));
    for link in html.split("href=\"#").skip(1) {
        let id = &link[..link.find('"').unwrap()];
        assert!(html.contains(&format!("id=\"{id}\"")), "anchor {id}");
    }
}

#[test]
fn what_is_cut_off_is_told_with_the_words() {
    let of = |because| Trace { relation: Fidelity::Verbatim, because, ..Trace::default() };
    let told = traced(&of(vec![Reason::LongMatch, Reason::ConditionLost]));
    assert_eq!(told, Some(("traced-warn", "verbatim; its condition is cut off".to_owned())));
    assert_eq!(traced(&of(vec![Reason::LongMatch])), Some(("traced-good", "verbatim".to_owned())));
}
