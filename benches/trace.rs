//! What tracing costs: processor time for 1,000 quotations against 1,000, 10,000 and 100,000 statements, in an index on
//! disk and in memory. It must grow less than linearly with the number of statements.
//!
//! `cargo bench --profile fast --bench trace`. The statements are those of `SAYSO_SPEED` (see `benches/common`), varied and
//! repeated until there are enough: each copy has its sentences in another order and one word in eight changed for another
//! of the same text. Where there are fewer than 200, made-up sentences take their place. The quotations are sentences of
//! statements spread over all, every other one with a word changed; `found` counts those claimed of the statement that
//! they were taken from. `SAYSO_SIZES=1000,10000` asks for other numbers, `SAYSO_ROWS=memory` for one kind of source.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::{Outcome, best, cpu_seconds, read};
use sayso::extract::{Confidence, Extraction, Quote, QuoteKind};
use sayso::index::{Index, WriterOptions};
use sayso::text::Page;
use sayso::trace::{Sources, trace};
use sayso::{Document, Kind, Span};
use std::sync::Arc;

const QUOTATIONS: usize = 1000;

fn main() -> Outcome<()> {
    let sizes = std::env::var("SAYSO_SIZES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    let rows = std::env::var("SAYSO_ROWS").unwrap_or_else(|_| "index,memory".to_owned());
    let mut texts: Vec<Vec<String>> = read().into_iter().filter(|d| d.kind == Kind::Statement).map(sentences).collect();
    texts.retain(|sentences| sentences.len() > 2);
    if texts.len() < 200 {
        texts = (0..2000).map(made).collect();
    }
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
            trace(&coverage[0].0, &coverage[0].1, &sources);
            let made = cpu_seconds()? - begun;
            let (seconds, found) = best(2, || {
                let traced = coverage.iter().filter(|(document, extraction)| {
                    let traces = trace(document, extraction, &sources);
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
    Ok(Sources::of_index(&Arc::new(index))?)
}

fn in_memory(texts: &[Vec<String>], size: usize) -> Sources {
    let mut sources = Sources::new();
    for n in 0..size {
        sources.add(Arc::new(statement(texts, n)), Arc::default());
    }
    sources
}

fn sentences(document: Document) -> Vec<String> {
    let page = Page::new(&document);
    page.sentences.iter().map(|s| s.span.of(&document.text).to_owned()).collect()
}

/// The `n`th statement: a text as it is, or a variation of it from the second time round on.
fn statement(texts: &[Vec<String>], n: usize) -> Document {
    let mut document = Document::new(format!("s{n}"), varied(texts, n).join(" "));
    document.kind = Kind::Statement;
    document
}

fn varied(texts: &[Vec<String>], n: usize) -> Vec<String> {
    let sentences = &texts[n % texts.len()];
    if n < texts.len() {
        return sentences.clone();
    }
    let mut chance = Chance(n as u64 + 1);
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.split(' ')).collect();
    let mut out: Vec<String> = sentences
        .iter()
        .map(|sentence| {
            let vary = |word| if chance.below(8) == 0 { words[chance.below(words.len())] } else { word };
            sentence.split(' ').map(vary).collect::<Vec<_>>().join(" ")
        })
        .collect();
    for i in (1..out.len()).rev() {
        out.swap(i, chance.below(i + 1));
    }
    out
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

/// Thirty sentences of made-up words, common ones often (Zipf), rare ones seldom.
fn made(n: usize) -> Vec<String> {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fo", "gi", "hu", "ka", "le", "mo", "ni", "pu", "ra", "se", "to", "vi", "wo", "zu"];
    let mut chance = Chance(n as u64 + 77);
    let mut word = || {
        // The reciprocal of an even chance is Zipf's distribution.
        let mut rank = (20_000 / (1 + chance.below(20_000))) * 7 + chance.below(7);
        let mut word = String::new();
        loop {
            word.push_str(SYLLABLES[rank % 16]);
            rank /= 16;
            if rank == 0 {
                return word;
            }
        }
    };
    (0..30).map(|_| format!("{}.", (0..20).map(|_| word()).collect::<Vec<_>>().join(" "))).collect()
}

/// Numbers that look like chance and are always the same (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}
