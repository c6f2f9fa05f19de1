//! Compares an article with a statement, its numbers and its quotations: `cargo run --example compare`.

use sayso::check::{Evidence, check};
use sayso::trace::{Sources, trace};
use sayso::{Document, extract};
use std::sync::Arc;

const STATEMENT: &str = "The harbour board will not close the ferry line before winter. \
    Inspectors looked at 42 boats in May, and three of them failed.";

const ARTICLE: &str = "“The harbour board will close the ferry line before winter,” the board said. \
    Inspectors looked at 24 boats in May.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let statement = Arc::new(Document::new("statement", STATEMENT));
    let its_findings = Arc::new(extract(&statement));
    let article = Document { about: vec!["statement".to_owned()], ..Document::new("article", ARTICLE) };
    let findings = extract(&article);

    let mut evidence = Evidence::new();
    evidence.add_statement(statement.clone(), its_findings.clone());
    for one in check(&article, &findings, &evidence)? {
        println!("{:?}: {}", one.verdict, one.span.of(&article.text));
    }

    let mut sources = Sources::new();
    sources.add(statement, its_findings);
    for one in trace(&article, &findings, &sources)? {
        println!("{:?} {:?}: {}", one.relation, one.changes, one.quote.of(&article.text));
    }
    Ok(())
}
