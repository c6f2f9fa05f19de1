//! Compares an article with a statement, its numbers and its quotations: `cargo run --example compare`.

use sayso::check::{Evidence, check};
use sayso::store::MemoryStore;
use sayso::trace::{Sources, trace};
use sayso::{Document, extract};
use std::sync::Arc;

const STATEMENT: &str = "The harbour board will not close the ferry line before winter. \
    Inspectors looked at 42 boats in May, and three of them failed.";

const ARTICLE: &str = "“The harbour board will close the ferry line before winter,” the board said. \
    Inspectors looked at 24 boats in May.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let statement = Document::new("statement", STATEMENT);
    let its_findings = extract(&statement);
    let store: Arc<MemoryStore> = Arc::new([(statement, its_findings)].into_iter().collect());
    let article = Document { about: vec!["statement".to_owned()], ..Document::new("article", ARTICLE) };
    let findings = extract(&article);

    for one in check(&article, &findings, &Evidence::over(store.clone()))? {
        println!("{:?}: {}", one.verdict, one.span.of(&article.text));
    }

    for one in trace(&article, &findings, &Sources::over(store))? {
        println!("{:?} {:?}: {}", one.relation, one.changes, one.quote.of(&article.text));
    }
    Ok(())
}
