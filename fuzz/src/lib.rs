//! What must hold of any input, as functions of bytes: each is a target for libFuzzer (`fuzz_targets/`), and `cargo test` here
//! tries the seeds and some thousand changes of them without it. A broken invariant is a panic.
#![allow(clippy::unwrap_used)]

use sayso::Offsets;
use sayso::check::{Evidence, check as checks};
use sayso::document::{Document, Kind};
use sayso::extract::{Extraction, InOrder, Model, Options, extract_by, try_extract_by};
use sayso::index::{Budget, Filter, Index, IndexError, SearchQuery};
use sayso::ingest::{Input, documents};
use sayso::record::Records;
use sayso::text::Page;
use sayso::trace::{Sources, trace as traces};
use serde_json::Value;
use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// For targets whose code answers a library's panic with an error (damaged files): the hook of libFuzzer ends the program before
/// the panic is caught. One that is not caught still ends it. `FUZZ_LOUD=1` prints each.
pub fn panics_may_be_caught() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let loud = std::env::var_os("FUZZ_LOUD").is_some();
        std::panic::set_hook(Box::new(move |info| {
            if loud {
                eprintln!("{info}");
            }
        }));
    });
}

const RULES: Options = Options { model: Model::Rules };

/// A document of these bytes, as far as they are text.
fn document(data: &[u8]) -> Document {
    let mut document = Document::new("d", String::from_utf8_lossy(data).into_owned());
    if data.first().is_some_and(|byte| byte % 2 == 0) {
        document.kind = Kind::Statement;
        document.date = Some("2026-03-01".to_owned());
        document.speaker = Some("Ada Brandt".to_owned());
    }
    document
}

/// Every span of a record is the text that it says it is.
fn spans_equal_text(value: &Value, text: &str) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| spans_equal_text(value, text)),
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(said)) = (fields.get("start"), fields.get("end"), fields.get("text")) {
                let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                assert_eq!(text.get(range), said.as_str(), "a span is not its text");
            }
            fields.values().for_each(|value| spans_equal_text(value, text));
        }
        _ => {}
    }
}

fn records_are_sound(document: &Document, extraction: &Extraction) {
    for record in Records::new(document, extraction, Offsets::Bytes).all() {
        spans_equal_text(&serde_json::to_value(&record).unwrap(), &document.text);
    }
}

/// A file of a format that the first byte names: documents or errors, and never a document without an id or a text.
pub fn read(data: &[u8]) {
    const ENDINGS: [&str; 17] = [
        "txt", "md", "html", "jsonl", "json", "csv", "tsv", "xml", "rss", "atom", "warc", "eml", "pdf", "parquet",
        "docx", "mbox", "gz",
    ];
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir_in(if fs::exists("/dev/shm").unwrap_or(false) { "/dev/shm" } else { "." }).unwrap();
    }
    let Some((first, rest)) = data.split_first() else { return };
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    let path = FOLDER.with(|folder| folder.path().join(format!("input.{ending}")));
    fs::write(&path, rest).unwrap();
    for found in documents(Input { paths: vec![path], ..Input::default() }) {
        match found {
            Ok(document) => assert!(!document.text.is_empty() && !document.id.is_empty()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// The page of a text: its tokens in order, each a place of the text.
pub fn text(data: &[u8]) {
    let document = document(data);
    let page = Page::new(&document);
    let mut end = 0;
    for token in &page.tokens {
        let span = token.span();
        assert!(span.start >= end && span.end > span.start && document.text.get(span.range()).is_some());
        end = span.end;
    }
    for sentence in &page.sentences {
        assert!(document.text.get(sentence.span.range()).is_some());
    }
}

/// What is found in a text: places that equal it, the same when it is read again, and never refused below the limits.
pub fn extract(data: &[u8]) {
    let document = document(data);
    let extraction = extract_by(&document, &RULES, &InOrder);
    records_are_sound(&document, &extraction);
    assert_eq!(try_extract_by(&document, &RULES, &InOrder).as_ref(), Ok(&extraction));
}

/// Two texts, parted by a line of `---`.
fn two(data: &[u8]) -> (Document, Document) {
    let text = String::from_utf8_lossy(data).into_owned();
    let (coverage, statement) = text.split_once("\n---\n").unwrap_or((&text, &text));
    let statement = Document { kind: Kind::Statement, ..Document::new("s", statement) };
    (Document::new("d", coverage), statement)
}

/// A check of one text against another: its places are places of both, and twice the same.
pub fn check(data: &[u8]) {
    let (coverage, statement) = two(data);
    let (found, stated) = (extract_by(&coverage, &RULES, &InOrder), extract_by(&statement, &RULES, &InOrder));
    let length = statement.text.len() as u32;
    let mut evidence = Evidence::new();
    evidence.add_statement(Arc::new(statement), Arc::new(stated));
    let once = checks(&coverage, &found, &evidence).unwrap();
    for check in &once {
        assert!(coverage.text.get(check.span.range()).is_some());
        assert!(check.evidence.iter().all(|item| item.span.is_none_or(|span| span.end <= length)));
    }
    assert_eq!(once, checks(&coverage, &found, &evidence).unwrap());
}

/// A trace of one text to another: its places are places of both, and its script covers the quotation in order.
pub fn trace(data: &[u8]) {
    let (coverage, statement) = two(data);
    let (found, stated) = (extract_by(&coverage, &RULES, &InOrder), extract_by(&statement, &RULES, &InOrder));
    let theirs = statement.text.clone();
    let mut sources = Sources::new();
    sources.add(Arc::new(statement), Arc::new(stated));
    let once = traces(&coverage, &found, &sources).unwrap();
    for trace in &once {
        assert!(coverage.text.get(trace.quote.range()).is_some());
        assert!(trace.source.iter().chain(&trace.omitted).all(|span| theirs.get(span.range()).is_some()));
        let mut end = 0;
        for op in &trace.ops {
            assert!(op.quote.start >= end && coverage.text.get(op.quote.range()).is_some());
            end = op.quote.end;
        }
    }
    assert_eq!(once, traces(&coverage, &found, &sources).unwrap());
}

/// Three documents in an index, with what stands in its files.
struct Library {
    _folder: tempfile::TempDir,
    index: Index,
    documents: Vec<(Document, Extraction)>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Library {
    fn new() -> Library {
        let folder = tempfile::tempdir().unwrap();
        let texts = [
            "“The bridge will close on Monday,” said Ada Brandt, the mayor. The repairs cost $2.4 million.",
            "Bridge closes\n\nMayor Brandt said that 41,000 people had signed. “We didn’t choose this,” she said.",
            "Nobody asked about the toll; it rose by 15 percent in 2025, the council reported.",
        ];
        let index = Index::open_or_create(&folder.path().join("index")).unwrap();
        let mut writer = index.writer(&Default::default()).unwrap();
        let mut all = Vec::new();
        for (n, text) in texts.into_iter().enumerate() {
            let document = Document::new(format!("d{n}"), text);
            let extraction = extract_by(&document, &RULES, &InOrder);
            writer.put(&document, &extraction).unwrap();
            all.push((document, extraction));
        }
        writer.commit().unwrap();
        let mut files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(index.dir())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.to_string_lossy().ends_with("lock"))
            .map(|path| (PathBuf::from(path.file_name().unwrap()), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        Library { _folder: folder, index, documents: all, files }
    }
}

thread_local! {
    static LIBRARY: Library = Library::new();
    static DAMAGED: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

/// A query: an answer or an error with a column; and a plain word finds what stands in the texts.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    LIBRARY.with(|library| {
        let budget = Some(Budget::small(Duration::from_secs(5)));
        match library.index.search(&SearchQuery { budget, ..SearchQuery::new(text.as_ref()) }) {
            Ok(hits) => {
                assert!(hits.total as usize >= hits.hits.len() && hits.damaged.is_empty());
                for hit in &hits.hits {
                    for place in &hit.places {
                        assert!(hit.document.text.get(place.span.range()).is_some());
                    }
                }
            }
            Err(error) => {
                assert!(matches!(error, IndexError::Query { .. } | IndexError::TooMuch { .. }), "{error}");
            }
        }
        let letters = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if let Some(word) = text.split(' ').find(letters) {
            let of = |text: &str| {
                text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '’').any(|other| other == word)
            };
            let expected = library.documents.iter().filter(|(document, _)| of(&document.text)).count();
            let found = library.index.search(&SearchQuery::new(format!("text:\"{word}\""))).unwrap();
            assert_eq!(found.total as usize, expected, "{word}");
        }
    });
}

/// An index whose files are changed: what is read is what was written, or an error. Four bytes are a change: the file, the
/// place in it (two), and the bits.
pub fn index(data: &[u8]) {
    LIBRARY.with(|library| {
        DAMAGED.with(|damaged| {
            let mut damaged = damaged.borrow_mut();
            let folder = damaged.get_or_insert_with(|| {
                tempfile::tempdir_in(if fs::exists("/dev/shm").unwrap_or(false) { "/dev/shm" } else { "." }).unwrap()
            });
            let mut files = library.files.clone();
            for change in data.chunks_exact(4) {
                let count = files.len();
                let (_, bytes) = &mut files[usize::from(change[0]) % count];
                let at = usize::from(u16::from_le_bytes([change[1], change[2]]));
                match (bytes.is_empty(), change[3]) {
                    (true, _) => {}
                    // No bit to flip: the file is cut there.
                    (false, 0) => bytes.truncate(at % bytes.len()),
                    (false, bits) => {
                        let at = at % bytes.len();
                        bytes[at] ^= bits;
                    }
                }
            }
            files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
            if let Ok(index) = Index::open(folder.path())
                && let Ok(all) = index.documents(&Filter::default())
            {
                for found in all.flatten() {
                    assert!(library.documents.contains(&found), "a document that was never written: {}", found.0.id);
                }
                let _ = index.search(&SearchQuery::new("bridge")).map(|hits| hits.total);
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a target on its seeds and on changes of them.
    fn try_all(name: &str, target: fn(&[u8]), changes: usize) {
        let mut seeds: Vec<Vec<u8>> = vec![Vec::new()];
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        seeds.extend(paths.into_iter().map(|path| fs::read(path).unwrap()));
        seeds.iter().for_each(|seed| target(seed));
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as usize % below.max(1)
        };
        for _ in 0..changes {
            let mut input = seeds[random(seeds.len())].clone();
            for _ in 0..=random(4) {
                let at = random(input.len());
                match random(5) {
                    _ if input.is_empty() => input.push(random(256) as u8),
                    0 => input[at] ^= 1 << random(8),
                    1 => input.insert(at, b"\"'.,-<&([{%$0\n\xe2"[random(15)]),
                    2 => drop(input.remove(at)),
                    3 => input.truncate(at),
                    _ => {
                        let other = &seeds[random(seeds.len())];
                        let from = random(other.len());
                        input.extend_from_slice(&other[from..other.len().min(from + 40)]);
                    }
                }
            }
            target(&input);
        }
    }

    macro_rules! targets {
        ($($name:ident $changes:literal),*) => { $(#[test] fn $name() { try_all(stringify!($name), super::$name, $changes) })* };
    }
    targets!(read 3000, text 3000, extract 3000, query 1000, check 1000, trace 1000, index 500);
}
