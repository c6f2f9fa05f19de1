//! What checking costs: processor time to open an index of 1,000, 10,000 and 100,000 statements and a table of ten times as
//! many rows, and to check one article against both; and for each article after the first.
//!
//! `cargo bench --profile fast --bench check`. The statements are those of `benches/common/varied.rs`. An article is half of
//! a statement, with its figures as they are; `found` counts those that are compared with the statement they come from.
//! `SAYSO_SIZES=1000,10000` asks for other numbers.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::varied::{statement, texts, varied};
use common::{Outcome, best, cpu_seconds};
use sayso::check::{Evidence, check};
use sayso::extract::{Extraction, InOrder, Model, Options, extract_by};
use sayso::index::{Index, WriterOptions};
use sayso::ingest::read_table;
use sayso::{Document, Kind};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

const ARTICLES: usize = 100;

fn main() -> Outcome<()> {
    let sizes = std::env::var("SAYSO_SIZES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    let texts = texts();
    println!("{} texts to vary", texts.len());
    println!(
        "{:>10} {:>9} {:>9} {:>10} {:>8} {:>10} {:>7}",
        "statements", "rows", "make cpu", "table cpu", "first", "each after", "found"
    );
    for size in sizes.split(',').map(str::parse::<usize>).collect::<Result<Vec<_>, _>>()? {
        let dir = tempfile::tempdir()?;
        let begun = cpu_seconds()?;
        index(dir.path(), &texts, size)?;
        let table = dir.path().join("places.csv");
        std::fs::write(&table, rows(size * 10)?)?;
        let made = cpu_seconds()? - begun;
        let coverage: Vec<(Document, Extraction)> = (0..ARTICLES).map(|n| article(&texts, n, size)).collect();
        let (reading, _) = best(3, || Ok(read_table(&table, None)?))?;
        let (first, _) = best(3, || {
            let mut evidence = Evidence::over(Arc::new(Arc::new(Index::open(dir.path())?).roll(Kind::Statement)?));
            evidence.add_table(read_table(&table, None)?.0);
            Ok(is_found(&coverage[0], &evidence))
        })?;
        let evidence = Evidence::over(Arc::new(Arc::new(Index::open(dir.path())?).roll(Kind::Statement)?));
        let (all, found) = best(2, || Ok(coverage.iter().filter(|article| is_found(article, &evidence)).count()))?;
        let each = all / ARTICLES as f64;
        println!("{size:>10} {:>9} {made:>9.2} {reading:>10.2} {first:>8.2} {each:>10.4} {found:>7}", size * 10);
    }
    Ok(())
}

fn read(document: &Document) -> Extraction {
    extract_by(document, &Options { model: Model::Rules }, &InOrder)
}

fn index(dir: &Path, texts: &[Vec<String>], size: usize) -> Outcome<()> {
    let index = Index::open_or_create(dir)?;
    let mut writer = index.writer(&WriterOptions::default())?;
    for n in 0..size {
        let document = statement(texts, n);
        writer.put(&document, &read(&document))?;
    }
    writer.commit()?;
    Ok(())
}

/// The first half of a statement, whose id is the article's title.
fn article(texts: &[Vec<String>], n: usize, size: usize) -> (Document, Extraction) {
    let from = n * (size / ARTICLES).max(1) % size;
    let sentences = varied(texts, from);
    let half = &sentences[..sentences.len().div_ceil(2)];
    let mut document = Document::new(format!("article {n}"), half.join(" "));
    document.title = Some(format!("s{from}"));
    let extraction = read(&document);
    (document, extraction)
}

/// Whether an article is compared with the statement that it comes from.
fn is_found((document, extraction): &(Document, Extraction), evidence: &Evidence) -> bool {
    let checks = check(document, extraction, evidence).unwrap_or_default();
    checks.iter().flat_map(|check| &check.evidence).any(|item| Some(&item.doc) == document.title.as_ref())
}

fn rows(count: usize) -> Result<String, std::fmt::Error> {
    let mut out = String::from("place,population,area km2\n");
    for n in 0..count {
        writeln!(out, "Place {n} North,{},{}", n * 7919 % 9_999_991, n * 104_729 % 9973)?;
    }
    Ok(out)
}
