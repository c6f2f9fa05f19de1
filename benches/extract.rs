//! What extraction costs: processor time on one thread for each stage, beside one word pass of `unicode-segmentation`
//! over the same text in the same run; then the same text as one document of 10 kB to 10 MB, and texts made to be hard,
//! which must cost the same a byte whatever their length.
//!
//! `cargo bench --bench extract`; see `benches/common` for the documents, `SAYSO_ROUNDS` for how often.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::{Outcome, best, cpu_seconds, read, size};
use sayso::extract::{Extraction, InOrder, Model, Options, claims, extract_by, extract_some, figures, quotes};
use sayso::output::{Chunk, Format, Plan, Shape};
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
    let found: Vec<Extraction> = documents.iter().map(by_rules).collect();
    let pages: Vec<Page> = documents.iter().map(Page::new).collect();
    let plan = Plan::new(Format::Jsonl, Shape::Mixed)?;
    type Stage<'a> = (&'a str, Box<dyn FnMut() -> Outcome<usize> + 'a>);
    let stages: Vec<Stage> = vec![
        ("unicode words", Box::new(|| Ok(documents.iter().map(|d| d.text.unicode_words().count()).sum()))),
        ("page", Box::new(|| Ok(documents.iter().map(|d| Page::new(d).tokens.len()).sum()))),
        (
            "figures",
            Box::new(|| {
                let read = |((page, document), all): ((&Page, &Document), &Extraction)| {
                    let mut list = Vec::new();
                    figures::scan(page, 0..page.tokens.len(), usize::MAX, &mut list);
                    figures::resolve(page, document, &all.quotes, &mut list);
                    list.len()
                };
                Ok(pages.iter().zip(&documents).zip(&found).map(read).sum())
            }),
        ),
        (
            "quotes and speakers",
            Box::new(|| {
                let read = |(page, document): (&Page, &Document)| {
                    let mut list = Vec::new();
                    quotes::scan(page, 0..page.paragraphs.len(), usize::MAX, None, &mut list);
                    quotes::resolve(page, document, list).0.len()
                };
                Ok(pages.iter().zip(&documents).map(read).sum())
            }),
        ),
        (
            "claims",
            Box::new(|| {
                let read = |((page, document), all): ((&Page, &Document), &Extraction)| {
                    claims::find(page, document, &all.figures, &all.quotes, &all.speakers, None).len()
                };
                Ok(pages.iter().zip(&documents).zip(&found).map(read).sum())
            }),
        ),
        (
            "claims, with the reader",
            Box::new(|| {
                let reader = claims::reader::of(sayso_core::language::of(None));
                let read = |((page, document), all): ((&Page, &Document), &Extraction)| {
                    claims::find(page, document, &all.figures, &all.quotes, &all.speakers, reader).len()
                };
                Ok(pages.iter().zip(&documents).zip(&found).map(read).sum())
            }),
        ),
        ("extract, rules", Box::new(|| Ok(together(&documents, Model::Rules, |_, found| found.quotes.len())))),
        ("extract", Box::new(|| Ok(together(&documents, Model::Tagger, |_, found| found.quotes.len())))),
        (
            "extract, as JSON Lines",
            Box::new(|| {
                let print = |document: &Document, found: &Extraction| {
                    printed(&plan, document, found).map_or(0, |chunk| black_box(chunk).records)
                };
                Ok(together(&documents, Model::Tagger, print))
            }),
        ),
        (
            "records as JSON Lines",
            Box::new(|| {
                let mut count = 0;
                for (document, extraction) in documents.iter().zip(&found) {
                    count += black_box(printed(&plan, document, extraction)?).records;
                }
                Ok(count)
            }),
        ),
    ];
    println!("{:<23} {:>7} {:>8} {:>7} {:>12}", "stage", "cpu s", "MB/cpu-s", "ratio", "count");
    let mut floor = None;
    for (name, mut stage) in stages {
        let (seconds, count) = best(rounds, &mut stage)?;
        let floor = *floor.get_or_insert(seconds);
        println!("{name:<23} {seconds:>7.2} {:>8.1} {:>7.2} {count:>12}", megabytes / seconds, seconds / floor);
    }
    lengths(&documents)
}

/// All records of a document, as the command line prints them.
fn printed(plan: &Plan, document: &Document, extraction: &Extraction) -> Outcome<Chunk> {
    let mut chunk = Chunk::for_text(document.text.len());
    for record in Records::new(document, extraction, Offsets::Chars).all() {
        plan.push(&mut chunk, &record, Vec::new)?;
    }
    Ok(chunk)
}

/// Reads the documents as the command line does, some together, and adds up what `count` makes of each.
fn together(documents: &[Document], model: Model, count: impl Fn(&Document, &Extraction) -> usize) -> usize {
    const SOME: usize = 64;
    let read = |some: &[Document]| -> usize {
        let found = extract_some(some, &Options { model }, &InOrder);
        some.iter().zip(&found).map(|(document, found)| found.as_ref().map_or(0, |found| count(document, found))).sum()
    };
    documents.chunks(SOME).map(read).sum()
}

fn by_rules(document: &Document) -> Extraction {
    extract_by(document, &Options { model: Model::Rules }, &InOrder)
}

/// Documents of growing length: news, and what would hurt a careless reader. Short ones are many, each another part of the
/// text: a processor that has read one document a hundred times foresees all its branches.
fn lengths(documents: &[Document]) -> Outcome<()> {
    const LENGTHS: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
    let news: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let one_line = news.iter().take(200).map(|text| text.replace('\n', " ")).collect::<Vec<_>>();
    let texts = [
        ("news", news.join("\n\n")),
        ("one paragraph", one_line.join(" ")),
        ("no full stop", "he said that she told him it was late and ".to_owned()),
        ("quote marks", "\" “ ' ".to_owned()),
        ("digits", "1 2,345 6.7 ".to_owned()),
        ("one name a quotation", "“It rained,” said N\0 Brandt. Brandt left. ".to_owned()),
    ];
    println!(
        "{:<22} {}",
        "MB/cpu-s, 1 document",
        LENGTHS.map(|n| format!("{:>9}", format!("{} kB", n / 1000))).join("")
    );
    for (name, text) in texts {
        print!("{name:<22} ");
        for length in LENGTHS {
            let documents = cut(&grown(&text, length.max(5_000_000)), length);
            let read: usize = documents.iter().map(|document| document.text.len()).sum();
            let begun = cpu_seconds()?;
            for document in &documents {
                black_box(by_rules(document));
            }
            let seconds = (cpu_seconds()? - begun).max(0.01);
            print!("{:>9.1}", read as f64 / 1e6 / seconds);
        }
        println!();
    }
    Ok(())
}

/// `text` in documents of `length` bytes.
fn cut(text: &str, length: usize) -> Vec<Document> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (document, after) = rest.split_at(rest.ceil_char_boundary(length));
        out.push(Document::new("long", document.to_owned()));
        rest = after;
    }
    out
}

/// `text` over and over, about `length` bytes of it; a zero byte becomes another number each time.
fn grown(text: &str, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for round in 0.. {
        let rest = text.floor_char_boundary(length - out.len().min(length));
        if rest == 0 {
            break;
        }
        out.push_str(&text[..rest].replace('\0', &round.to_string()));
    }
    out
}
