//! What extraction costs: processor time on one thread for each stage, beside one word pass of `unicode-segmentation`
//! over the same text in the same run; then the same text as one document of 10 kB to 10 MB, which must cost the same
//! a byte.
//!
//! `cargo bench --bench extract`; see `benches/common` for the documents, `SAYSO_ROUNDS` for how often.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::{Outcome, best, cpu_seconds, read, size};
use sayso::extract::{extract, figures};
use sayso::record::Records;
use sayso::text::Page;
use sayso::{Document, Offsets};
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

fn main() -> Outcome<()> {
    let rounds = std::env::var("SAYSO_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(3);
    let documents = read();
    let megabytes = size(&documents) as f64 / 1e6;
    println!("{} documents, {megabytes:.1} MB of title and text", documents.len());
    let found: Vec<_> = documents.iter().map(extract).collect();
    let pages: Vec<_> = documents.iter().map(Page::new).collect();
    type Stage<'a> = (&'a str, Box<dyn FnMut() -> Outcome<usize> + 'a>);
    let stages: Vec<Stage> = vec![
        ("unicode words", Box::new(|| Ok(documents.iter().map(|d| d.text.unicode_words().count()).sum()))),
        ("page", Box::new(|| Ok(documents.iter().map(|d| Page::new(d).tokens.len()).sum()))),
        (
            "page, figures",
            Box::new(|| {
                let mut count = 0;
                for document in &documents {
                    let page = Page::new(document);
                    let mut list = Vec::new();
                    figures::scan(&page, 0..page.tokens.len(), &mut list);
                    figures::resolve(&page, document, &mut list);
                    count += list.len();
                }
                Ok(count)
            }),
        ),
        // The readings of the pages are at hand: tokens, sentences and word ids cost nothing here.
        (
            "figures alone",
            Box::new(|| {
                let mut count = 0;
                for (document, page) in documents.iter().zip(&pages) {
                    let mut list = Vec::new();
                    figures::scan(page, 0..page.tokens.len(), &mut list);
                    figures::resolve(page, document, &mut list);
                    count += list.len();
                }
                Ok(count)
            }),
        ),
        ("extract", Box::new(|| Ok(documents.iter().map(|d| extract(d).quotes.len()).sum()))),
        (
            "records as JSON Lines",
            Box::new(|| {
                let mut bytes = 0;
                for (document, extraction) in documents.iter().zip(&found) {
                    let mut out = Vec::new();
                    for record in Records::new(document, extraction, Offsets::Chars).all() {
                        serde_json::to_writer(&mut out, &record)?;
                    }
                    bytes += black_box(out).len();
                }
                Ok(bytes)
            }),
        ),
    ];
    println!("{:<22} {:>7} {:>8} {:>7} {:>12}", "stage", "cpu s", "MB/cpu-s", "ratio", "count");
    let mut floor = None;
    for (name, mut stage) in stages {
        let (seconds, count) = best(rounds, &mut stage)?;
        let floor = *floor.get_or_insert(seconds);
        println!("{name:<22} {seconds:>7.2} {:>8.1} {:>7.2} {count:>12}", megabytes / seconds, seconds / floor);
    }
    lengths(&documents)
}

/// One document of growing length.
fn lengths(documents: &[Document]) -> Outcome<()> {
    println!("{:<22} {:>8}", "one document of", "MB/cpu-s");
    let mut text = String::new();
    for document in documents.iter().cycle() {
        if text.len() > 10_000_000 {
            break;
        }
        text.push_str(&document.text);
        text.push_str("\n\n");
    }
    for length in [10_000usize, 100_000, 1_000_000, 10_000_000] {
        let mut end = length.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let document = Document::new("long", &text[..end]);
        let times = (30_000_000 / length).max(1);
        let begun = cpu_seconds()?;
        for _ in 0..times {
            black_box(extract(&document));
        }
        let seconds = cpu_seconds()? - begun;
        println!("{:<22} {:>8.1}", format!("{} kB", length / 1000), (times * length) as f64 / 1e6 / seconds.max(0.01));
    }
    Ok(())
}
