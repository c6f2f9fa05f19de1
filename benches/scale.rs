//! A large archive: documents made by varying those of the speed set, each cut to some 1.5 kB, are extracted and indexed,
//! and 200 mixed queries are timed warm; then 200 phrases are counted against an independent scan of the folded text.
//!
//! `SAYSO_DOCS=1000000 SAYSO_DIR=/tmp/scale cargo bench --profile fast --bench scale`; with `SAYSO_DIR` the index stays
//! there and a second run only asks. Without it 20,000 documents go into a folder that is taken away. `SAYSO_THREADS`.

mod common;
#[path = "../tests/index/scan.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod scan;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use common::{Outcome, cpu_seconds, read};
use sayso::Document;
use sayso::index::{FigureTest, Index, Place, SearchQuery, WriterOptions};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

fn main() -> Outcome<()> {
    let (count, threads) = (number("SAYSO_DOCS", 20_000), number("SAYSO_THREADS", 2));
    let scratch = tempfile::tempdir()?;
    let dir = std::env::var_os("SAYSO_DIR").map_or_else(|| scratch.path().join("index"), Into::into);
    let seeds = pieces(&read());
    let index = Index::open_or_create(&dir)?;
    if index.is_empty() {
        build(&index, &seeds, count, threads)?;
    }
    let begun = Instant::now();
    let index = Index::open(&dir)?;
    let hits = index.search(&SearchQuery { limit: 1, ..SearchQuery::new("minister") })?;
    println!("open and first hit: {:.1} ms ({} documents)", begun.elapsed().as_secs_f64() * 1e3, hits.total);
    latency(&index, &seeds)?;
    phrases(&index, &seeds, index.len() as usize)
}

/// The texts of the seeds in pieces of about 1.5 kB, whole paragraphs where they are short enough.
fn pieces(documents: &[Document]) -> Vec<Document> {
    let mut pieces = Vec::new();
    for document in documents {
        let mut rest = document.text.as_str();
        while rest.len() > 400 {
            let end = rest.floor_char_boundary(1800);
            let cut =
                rest[..end].rfind("\n").filter(|cut| *cut > 700).or_else(|| rest[..end].rfind(". ").map(|at| at + 1));
            let cut = if rest.len() < 1800 { rest.len() } else { cut.unwrap_or(end) };
            pieces.push(Document { text: rest[..cut].to_owned(), ..document.clone() });
            rest = rest[cut..].trim_start();
        }
    }
    pieces
}

/// The document of this number: a piece, in later rounds with some of its words changed for words of another piece.
fn vary(seeds: &[Document], i: usize) -> Document {
    let seed = &seeds[i % seeds.len()];
    let mut document = Document { id: format!("d{i}"), path: None, ..seed.clone() };
    let round = i / seeds.len();
    if round == 0 {
        return document;
    }
    let mut dice = Dice(i as u64 + 1);
    let other: Vec<&str> = seeds[dice.roll(seeds.len())].text.split(' ').collect();
    let changed = seed.text.split(' ').enumerate().map(|(at, word)| match (at + round) % 9 {
        0 if word.bytes().all(|b| b.is_ascii_lowercase()) => other[dice.roll(other.len())],
        _ => word,
    });
    document.text = changed.collect::<Vec<_>>().join(" ");
    document.date = Some(format!("20{:02}-{:02}-{:02}", 10 + round % 15, 1 + i % 12, 1 + i % 28));
    document
}

fn build(index: &Index, seeds: &[Document], count: usize, threads: usize) -> Outcome<()> {
    let (begun, cpu) = (Instant::now(), cpu_seconds()?);
    let (bytes, memory) = watched(|| fill(index, seeds, count, threads))?;
    println!(
        "{count} documents, {:.0} MB: {:.0} s, {:.0} CPU-s, peak memory {memory} MB, index {:.2} × text",
        bytes as f64 / 1e6,
        begun.elapsed().as_secs_f64(),
        cpu_seconds()? - cpu,
        on_disk(index.dir())? as f64 / bytes as f64
    );
    Ok(())
}

/// Gives the bytes of text.
fn fill(index: &Index, seeds: &[Document], count: usize, threads: usize) -> Outcome<usize> {
    let mut writer =
        index.writer(&WriterOptions { memory: 256 << 20, threads: threads.min(2), ..Default::default() })?;
    let mut bytes = 0;
    let made = (0..count).map(|i| vary(seeds, i));
    let extracted = |document: Document| {
        let extraction = sayso::extract(&document);
        (document, extraction)
    };
    sayso::stream::ordered(
        threads,
        made,
        |d| d.text.len(),
        extracted,
        |(document, extraction)| {
            bytes += document.text.len() + document.title.as_deref().map_or(0, str::len);
            writer.put(&document, &extraction).map(drop)
        },
    )?;
    writer.commit()?;
    Ok(bytes)
}

/// Runs `work` and gives the most memory that this process held meanwhile, in MB, looked at twenty times a second. Files
/// that are mapped, as those of the index are while they are merged, are not among it: the system takes them back at need.
fn watched<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, u64)> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = 0;
            while !done.load(Ordering::Relaxed) {
                most = most.max(own_memory().unwrap_or(0));
                std::thread::sleep(Duration::from_millis(50));
            }
            most
        });
        let outcome = work();
        done.store(true, Ordering::Relaxed);
        let most = watch.join().map_err(|_| "the watch broke off")?;
        Ok((outcome?, most))
    })
}

fn own_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn on_disk(dir: &Path) -> Outcome<u64> {
    std::fs::read_dir(dir)?.try_fold(0, |sum, entry| Ok(sum + entry?.metadata()?.len()))
}

/// Two hundred queries of twelve kinds, their words taken from the texts.
fn queries(seeds: &[Document]) -> Outcome<Vec<(&'static str, SearchQuery)>> {
    let mut dice = Dice(11);
    let mut row = |n: usize| loop {
        let words = scan::words(&seeds[dice.roll(seeds.len())].text);
        let at = dice.roll(words.len());
        if let Some(row) = words.get(at..at + n).filter(|row| row.iter().all(|w| is_plain(w))) {
            break row.join(" ");
        }
    };
    let mut all = Vec::new();
    let place = |place, text: String| SearchQuery { place, ..SearchQuery::new(text) };
    for i in 0..200 {
        all.push(match i % 20 {
            0..3 => ("word", SearchQuery::new(row(1))),
            3..6 => ("phrase", SearchQuery::new(format!("\"{}\"", row(2 + i % 3)))),
            6 => ("near", SearchQuery::new(format!("\"{}\"~4", row(2)))),
            7..9 => ("boolean", SearchQuery::new(format!("{} {} -{}", row(1), row(1), row(1)))),
            9 => ("prefix", SearchQuery::new(format!("{}*", &row(1)[..3]))),
            10 => ("fuzzy", SearchQuery::new(format!("{}~", row(1)))),
            11..13 => ("quotes", place(Place::Quotes, row(1))),
            13 => ("quotes, phrase", place(Place::Quotes, format!("\"{}\"", row(2)))),
            14 => ("narration", place(Place::Narration, row(1))),
            15 => ("headline", place(Place::Headline, row(1))),
            16 => (
                "speaker",
                SearchQuery {
                    speaker: Some(["minister", "president", "obama", "spokesman"][i / 20 % 4].into()),
                    ..SearchQuery::new(row(1))
                },
            ),
            _ => {
                let tests = [
                    ">40000 people",
                    "3..5 percent",
                    "$1m..",
                    ">1000 jobs",
                    "20..30 years",
                    "<5%",
                    "~2 million",
                    "$75 million",
                ];
                let figure = Some(FigureTest::parse(tests[i % tests.len()])?);
                let text = if i % 2 == 0 { row(1) } else { String::new() };
                ("figure", SearchQuery { figure, ..SearchQuery::new(text) })
            }
        });
    }
    Ok(all)
}

fn latency(index: &Index, seeds: &[Document]) -> Outcome<()> {
    let queries = queries(seeds)?;
    let mut times: Vec<(&str, f64)> = Vec::new();
    for round in 0..4 {
        for (i, (kind, query)) in queries.iter().enumerate() {
            let begun = Instant::now();
            index.search(query)?;
            let spent = begun.elapsed().as_secs_f64() * 1e3;
            match round {
                // The first round warms; of the others the best counts, as the machine is shared.
                0 => times.push((kind, f64::MAX)),
                _ => times[i].1 = times[i].1.min(spent),
            }
        }
    }
    let mut kinds: Vec<&str> = times.iter().map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    println!("{:<16} {:>4} {:>9} {:>9} {:>9}", "queries", "n", "p50 ms", "p95 ms", "most ms");
    for kind in kinds.into_iter().chain(["all"]) {
        let mut of: Vec<f64> = times.iter().filter(|(k, _)| *k == kind || kind == "all").map(|(_, t)| *t).collect();
        of.sort_by(f64::total_cmp);
        let at = |share: f64| of[((of.len() - 1) as f64 * share).round() as usize];
        println!("{kind:<16} {:>4} {:>9.2} {:>9.2} {:>9.2}", of.len(), at(0.5), at(0.95), at(1.0));
    }
    let mut slow: Vec<(usize, f64)> = times.iter().map(|(_, t)| *t).enumerate().collect();
    slow.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (i, time) in slow.into_iter().take(number("SAYSO_SLOW", 0)) {
        let query = &queries[i].1;
        println!("{time:>9.2} ms: {} {:?} {:?} {:?}", query.text, query.place, query.speaker, query.figure);
    }
    Ok(())
}

/// Counts of phrases against a scan of every text.
fn phrases(index: &Index, seeds: &[Document], count: usize) -> Outcome<()> {
    let mut dice = Dice(5);
    let mut phrases: Vec<Vec<String>> = Vec::new();
    while phrases.len() < 200 {
        let words = scan::words(&seeds[dice.roll(seeds.len())].text);
        let (at, n) = (dice.roll(words.len()), 2 + dice.roll(3));
        phrases.extend(words.get(at..at + n).filter(|row| row.iter().all(|w| is_plain(w))).map(<[String]>::to_vec));
    }
    let mut by_first: std::collections::HashMap<&str, Vec<usize>> = Default::default();
    for (i, phrase) in phrases.iter().enumerate() {
        by_first.entry(&phrase[0]).or_default().push(i);
    }
    let mut expected = vec![0_u64; phrases.len()];
    for i in 0..count {
        let words = scan::words(&vary(seeds, i).text);
        let mut seen = vec![false; phrases.len()];
        for (at, word) in words.iter().enumerate() {
            for p in by_first.get(word.as_str()).into_iter().flatten() {
                seen[*p] |= words[at..].starts_with(&phrases[*p]);
            }
        }
        seen.iter().zip(&mut expected).for_each(|(seen, n)| *n += u64::from(*seen));
    }
    let mut wrong = 0;
    for (phrase, expected) in phrases.iter().zip(&expected) {
        let text = format!("text:\"{}\"", phrase.join(" "));
        let total = index.search(&SearchQuery { limit: 0, ..SearchQuery::new(&text) })?.total;
        if total != *expected {
            wrong += 1;
            println!("{text}: {total} found, {expected} by the scan");
        }
    }
    println!("phrases counted: {} of {} as by the scan", phrases.len() - wrong, phrases.len());
    Ok(())
}

/// Whether a word is one that both readings take for the same: three ASCII letters or more.
fn is_plain(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase())
}
