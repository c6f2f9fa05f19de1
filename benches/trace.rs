//! What tracing costs: processor time for 1,000 quotations against 1,000, 10,000 and 100,000 statements, in an index on
//! disk and in memory. It must grow less than linearly with the number of statements.
//!
//! `cargo bench --profile fast --bench trace`. The statements are those of `benches/common/varied.rs`. The quotations are sentences of
//! statements spread over all, every other one with a word changed; `found` counts those claimed of the statement that
//! they were taken from. `SAYSO_SIZES=1000,10000` asks for other numbers, `SAYSO_ROWS=memory` for one kind of source.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::varied::{self, statement, varied};
use common::{Outcome, best, cpu_seconds};
use sayso::extract::{Confidence, Extraction, Quote, QuoteKind};
use sayso::index::{Index, WriterOptions};
use sayso::trace::{Sources, trace};
use sayso::{Document, Kind, Span};
use std::sync::Arc;

const QUOTATIONS: usize = 1000;

fn main() -> Outcome<()> {
    let sizes = std::env::var("SAYSO_SIZES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    let rows = std::env::var("SAYSO_ROWS").unwrap_or_else(|_| "index,memory".to_owned());
    let texts = varied::texts();
    println!("{} texts to vary", texts.len());
    println!(
        "{:<8} {:>10} {:>9} {:>12} {:>10} {:>7}",
        "sources", "statements", "make cpu", "trace cpu s", "per cpu-s", "found"
    );
    for size in sizes.split(',').map(str::parse::<usize>).collect::<Result<Vec<_>, _>>()? {
        let coverage: Vec<(Document, Extraction)> = (0..QUOTATIONS).map(|n| quotation(&texts, n, size)).collect();
        for row in rows.split(',') {
            let dir = tempfile::tempdir()?;
            let begun = cpu_seconds()?;
            let sources = match row {
                "index" => in_index(dir.path(), &texts, size)?,
                _ => in_memory(&texts, size),
            };
            // The first look-up sorts what is in memory.
            trace(&coverage[0].0, &coverage[0].1, &sources)?;
            let made = cpu_seconds()? - begun;
            let (seconds, found) = best(2, || {
                let traced = coverage.iter().filter(|(document, extraction)| {
                    let traces = trace(document, extraction, &sources).unwrap_or_default();
                    traces.first().and_then(|t| t.statement.as_deref()) == document.title.as_deref()
                });
                Ok(traced.count())
            })?;
            let rate = QUOTATIONS as f64 / seconds;
            println!("{row:<8} {size:>10} {made:>9.2} {seconds:>12.2} {rate:>10.0} {found:>7}");
        }
    }
    Ok(())
}

fn in_index(dir: &std::path::Path, texts: &[Vec<String>], size: usize) -> Outcome<Sources> {
    let index = Index::open_or_create(dir)?;
    let mut writer = index.writer(&WriterOptions::default())?;
    for n in 0..size {
        writer.put(&statement(texts, n), &Extraction::default())?;
    }
    writer.commit()?;
    Ok(Sources::over(Arc::new(Arc::new(index).roll(Kind::Statement)?)))
}

fn in_memory(texts: &[Vec<String>], size: usize) -> Sources {
    let mut sources = Sources::new();
    for n in 0..size {
        sources.add(Arc::new(statement(texts, n)), Arc::default());
    }
    sources
}

/// Quotation `n`, whose title is the id of the statement that it was taken from.
fn quotation(texts: &[Vec<String>], n: usize, size: usize) -> (Document, Extraction) {
    let from = n * (size / QUOTATIONS).max(1) % size;
    let sentences = varied(texts, from);
    let long: Vec<&String> = sentences.iter().filter(|s| (12..=40).contains(&s.split(' ').count())).collect();
    let sentence = long.get(n % long.len().max(1)).copied().unwrap_or(&sentences[0]);
    let mut words: Vec<&str> = sentence.split(' ').collect();
    if n % 2 == 1 {
        let middle = words.len() / 2;
        words[middle] = "otherwise";
    }
    let quoted = words.join(" ").replace(['“', '”', '"'], "");
    let mut document = Document::new("article", format!("“{quoted}” said the mayor."));
    document.title = Some(format!("s{from}"));
    let span = Span::at(0, quoted.len() + 2 * '“'.len_utf8());
    let quote = Quote { confidence: Confidence::High, ..Quote::new(QuoteKind::Direct, vec![span]) };
    (document, Extraction { quotes: vec![quote], ..Extraction::default() })
}
