//! What the index costs: CPU time of plain tantivy (title and body, positions, stored, its default tokenizer, one thread)
//! against ours, with and without extraction, over the same documents in the same run; and the size of both on disk.
//!
//! `cargo bench --profile fast --bench index`; the documents are JSON Lines in `SAYSO_SPEED` (a folder of `.jsonl.gz`),
//! `SAYSO_ROUNDS` says how often each is measured (the best counts, as CPU time only ever grows by disturbance), `SAYSO_MEMORY`
//! the budget in MiB, `SAYSO_ROWS` which rows, the first of which is the yardstick.
//!
//! Rows: `plain`; `bare`, our index with empty extractions; `records`, with all that [`sayso::extract`] finds, found outside
//! the measured time; `all`, with [`sayso::extract`] inside it.

mod common;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::{Outcome, cpu_seconds, read, size};
use sayso::Document;
use sayso::extract::Extraction;
use sayso::index::{Index, WriterOptions};
use std::path::Path;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{IndexWriter, doc};

/// Bytes of memory that each index may take for words not yet written.
fn memory() -> usize {
    std::env::var("SAYSO_MEMORY").ok().and_then(|m| m.parse::<usize>().ok()).unwrap_or(256) << 20
}

fn main() -> Outcome<()> {
    let rounds = std::env::var("SAYSO_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(3);
    let documents = read();
    let text = size(&documents);
    let empty = vec![Extraction::default(); documents.len()];
    println!("{} documents, {:.1} MB of title and text", documents.len(), text as f64 / 1e6);

    let chosen = std::env::var("SAYSO_ROWS").unwrap_or_else(|_| "plain,bare,records,all".to_owned());
    let mut rows: Vec<(&str, f64, u64)> = chosen.split(',').map(|name| (name, f64::MAX, 0)).collect();
    let found: Vec<Extraction> = match chosen.contains("records") {
        true => documents.iter().map(sayso::extract).collect(),
        false => Vec::new(),
    };
    for _ in 0..rounds {
        for (name, best, bytes) in &mut rows {
            let dir = tempfile::tempdir()?;
            let start = cpu_seconds()?;
            match *name {
                "plain" => plain(dir.path(), &documents)?,
                "bare" => ours(dir.path(), &documents, Some(&empty))?,
                "records" => ours(dir.path(), &documents, Some(&found))?,
                _ => ours(dir.path(), &documents, None)?,
            }
            let spent = cpu_seconds()? - start;
            if spent < *best {
                (*best, *bytes) = (spent, size_on_disk(dir.path())?);
            }
        }
    }
    println!("{:<8} {:>7} {:>7} {:>7} {:>10}", "index", "cpu s", "MB/s", "ratio", "size/text");
    for (name, seconds, bytes) in &rows {
        let (rate, ratio) = (text as f64 / 1e6 / seconds, seconds / rows[0].1);
        println!("{name:<8} {seconds:>7.2} {rate:>7.1} {ratio:>7.2} {:>10.2}", *bytes as f64 / text as f64);
    }
    Ok(())
}

fn plain(dir: &Path, documents: &[Document]) -> Outcome<()> {
    let mut builder = Schema::builder();
    let title = builder.add_text_field("title", TEXT | STORED);
    let body = builder.add_text_field("body", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(dir, builder.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, memory())?;
    for document in documents {
        writer.add_document(
            doc!(title => document.title.as_deref().unwrap_or_default(), body => document.text.as_str()),
        )?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn ours(dir: &Path, documents: &[Document], extractions: Option<&[Extraction]>) -> Outcome<()> {
    let index = Index::open_or_create(dir)?;
    let mut writer = index.writer(&WriterOptions { memory: memory(), threads: 1, ..Default::default() })?;
    for (i, document) in documents.iter().enumerate() {
        if writer.is_unchanged(document) {
            continue;
        }
        match extractions {
            Some(extractions) => writer.put(document, &extractions[i])?,
            None => writer.put(document, &sayso::extract(document))?,
        };
    }
    let summary = writer.commit()?;
    assert!(summary.documents > 0);
    Ok(())
}

fn size_on_disk(dir: &Path) -> Outcome<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(dir)? {
        total += entry?.metadata()?.len();
    }
    Ok(total)
}
