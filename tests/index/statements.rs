//! The statements of an index are traced as those in memory are.

use sayso::extract::{Extraction, Quote, QuoteKind};
use sayso::index::{Index, WriterOptions};
use sayso::store::{Effort, MemoryStore, StatementStore};
use sayso::trace::{Sources, trace};
use sayso::{Document, Kind, Span};
use std::sync::Arc;

const HARBOUR: &str = "The harbour board will not close the ferry line before winter. Some 42 boats were inspected in May, \
    and three of them failed. Nobody was hurt, and the crews have been paid in full. The board’s chair thanked the \
    divers who worked through the night. A new pier will be built at Stonequay next year.";

#[test]
fn statements_of_an_index_are_found_as_those_in_memory() {
    let texts =
        ["A bell rang twice over the empty square.", HARBOUR, "Nobody was hurt, and the crews were sent home early."];
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    for (i, text) in texts.iter().enumerate() {
        let document = Document { kind: Kind::Statement, ..Document::new(format!("s{i}"), *text) };
        writer.put(&document, &Extraction::default()).unwrap();
    }
    let quoted = [
        "The harbour board will not close the ferry line",
        "Some 24 boats were inspected in May",
        "The harbour board … the ferry line before winter",
        "Nobody was hurt, and the crews were sent home",
        "paid in full",
        "We have never seen a tide like this one",
    ];
    let mut text = String::new();
    let mut extraction = Extraction::default();
    for words in quoted {
        let start = text.len();
        text.push_str(&format!("“{words}”"));
        extraction.quotes.push(Quote::new(QuoteKind::Direct, vec![Span::at(start, text.len())]));
        text.push_str(" said Mira Holt.\n\n");
    }
    let document = Document::new("article", text);
    // Coverage in the same index is no statement.
    writer.put(&document, &extraction).unwrap();
    writer.commit().unwrap();
    let roll = Arc::new(Arc::new(index).roll(Kind::Statement).unwrap());
    let statement = |(i, text): (usize, &&str)| (Document::new(format!("s{i}"), *text), Extraction::default());
    let store: Arc<MemoryStore> = Arc::new(texts.iter().enumerate().map(statement).collect());
    for word in ["harbour", "Nobody", "crews", "zebra", "two words"] {
        assert_eq!(roll.having(word).unwrap(), store.having(word).unwrap(), "{word}");
    }
    let effort = Effort { shingles: 100, postings: 1000 };
    let (stored, held) = (roll.holding(&quoted, effort).unwrap(), store.holding(&quoted, effort).unwrap());
    assert_eq!(stored.len(), held.len());
    assert!(stored.iter().zip(&held).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-4), "{stored:?} {held:?}");
    let stored = Sources::over(roll);
    assert_eq!(
        trace(&document, &extraction, &stored).unwrap(),
        trace(&document, &extraction, &Sources::over(store)).unwrap()
    );
    let mut memory = Sources::new();
    for (i, text) in texts.iter().enumerate() {
        memory.add(Arc::new(Document::new(format!("s{i}"), *text)), Arc::default());
    }
    assert_eq!((stored.len(), stored.get("s1").unwrap().text.as_str()), (3, HARBOUR));
    assert!(stored.get("article").is_none() && stored.get("nothing").is_none());
    let found = trace(&document, &extraction, &stored).unwrap();
    assert_eq!(found, trace(&document, &extraction, &memory).unwrap());
    let ids: Vec<_> = found.iter().map(|t| t.statement.as_deref()).collect();
    assert_eq!(ids, [Some("s1"), Some("s1"), Some("s1"), Some("s2"), Some("s1"), None]);
}
