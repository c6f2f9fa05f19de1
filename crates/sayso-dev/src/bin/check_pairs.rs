//! Prints, for `training/check.py`, every figure of some articles with the figures of statements that it can be compared
//! with: `{doc, span, kind, pairs: [{agrees, features, …}]}`, offsets in code points. With `--worked`, for `training/derived.py` and
//! `training/refit.py`, the sums that give its value instead: `{doc, span, worked: [{computation, features, …}]}`.
//!
//! `check_pairs ARTICLES.jsonl STATEMENTS.jsonl [--worked] > pairs.jsonl`

use sayso_core::check::{Evidence, Settings, compared, worked};
use sayso_core::offsets::OffsetMap;
use sayso_core::{Document, Offsets, extract};
use sayso_ingest::{Input, documents};
use std::io::Write;
use std::sync::Arc;

fn read(path: &str) -> Result<Vec<Document>, sayso_ingest::ReadError> {
    documents(Input { paths: vec![path.into()], ..Input::default() }).collect()
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(articles), Some(statements)) = (args.next(), args.next()) else {
        anyhow::bail!("usage: check_pairs ARTICLES.jsonl STATEMENTS.jsonl [--worked]");
    };
    let sums = args.next().is_some_and(|arg| arg == "--worked");
    // What is too unlikely to be told is fitted on, too.
    let mut evidence = Evidence::with(Settings { elsewhere_least: 0.0, ..Settings::default() });
    for statement in read(&statements)? {
        let found = extract(&statement);
        evidence.add_statement(Arc::new(statement), Arc::new(found));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for article in read(&articles)? {
        let found = extract(&article);
        let places = OffsetMap::new(&article.text, Offsets::Chars);
        let all = if sums { Vec::new() } else { compared(&article, &found, &evidence) };
        let made = if sums { worked(&article, &found, &evidence) } else { Vec::new() };
        for (number, figure) in found.figures.iter().enumerate() {
            let span = serde_json::json!({"start": places.at(figure.span.start), "end": places.at(figure.span.end)});
            let line = if sums {
                let worked: Vec<_> = made.iter().filter(|sum| sum.figure as usize == number).collect();
                serde_json::json!({"doc": article.id, "span": span, "worked": worked})
            } else {
                let pairs: Vec<_> = all.iter().filter(|pair| pair.figure as usize == number).collect();
                serde_json::json!({"doc": article.id, "span": span, "kind": figure.kind, "pairs": pairs})
            };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
