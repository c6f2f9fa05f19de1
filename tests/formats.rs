//! Files that other programs made, against a table of what they must give: text, metadata, pages and times. And of all of
//! them: every span equals the text that stands there, in three units of offset.

#![allow(clippy::unwrap_used)]

use sayso::document::{Document, RegionKind};
use sayso::ingest::{Input, documents};
use sayso::offsets::Offsets;
use sayso::record::Records;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// The documents of a file, and what was told of what cannot be read.
fn read(name: &str) -> (Vec<Document>, Vec<String>) {
    let path = folder().join("files").join(name);
    let (mut found, mut told) = (Vec::new(), Vec::new());
    for one in documents(Input { paths: vec![path], ..Input::default() }) {
        match one {
            Ok(document) => found.push(document),
            Err(error) => told.push(error.to_string()),
        }
    }
    (found, told)
}

/// What an expectation has against what was read; none where it holds.
fn wrong(want: &str, found: &[Document], told: &[String], file: &str) -> Option<String> {
    let (number, want) = match want.strip_prefix('#').and_then(|rest| rest.split_once(' ')) {
        Some((number, rest)) => (number.parse::<usize>().unwrap(), rest),
        None => (1, want),
    };
    let (key, value) = want.split_once('=').unwrap();
    let value = value.replace("\\n", "\n").replace("\\t", "\t");
    if matches!(key, "error" | "left") {
        return (!told.iter().any(|t| t.contains(&value))).then(|| format!("{want}: told was {told:?}"));
    }
    let Some(document) = found.get(number - 1) else { return Some(format!("{want}: there is no document {number}")) };
    let text = &document.text;
    let holds = |have: Option<&str>| (have != Some(value.as_str())).then(|| format!("{want}: it is {have:?}"));
    // The id of a file is its path as it was named.
    let id = document
        .id
        .rsplit_once(&format!("files/{file}"))
        .map_or(document.id.clone(), |(_, rest)| format!("{file}{rest}"));
    match key {
        "id" => holds(Some(&id)),
        "title" => holds(document.title.as_deref()),
        "date" => holds(document.date.as_deref()),
        "byline" => holds(document.byline.as_deref()),
        "publisher" => holds(document.publisher.as_deref()),
        "url" => holds(document.url.as_deref()),
        "lang" => holds(document.lang.as_deref()),
        "text" => (!text.contains(&value)).then(|| format!("{want}: the text is {text:?}")),
        "not" => text.contains(&value).then(|| format!("{want}: the text is {text:?}")),
        "part" => {
            let parts: Vec<&str> = document.layout.parts.iter().map(|part| part.span.of(text)).collect();
            (!parts.contains(&value.as_str())).then(|| format!("{want}: the parts are {parts:?}"))
        }
        "page" | "time" => {
            let (words, place) = value.rsplit_once(" @ ").unwrap();
            let at = text.find(words)? as u32;
            let have = match key {
                "page" => document.layout.page(at).map(|page| page.to_string()),
                _ => document.layout.millis(at).map(|millis| sayso::record::Time(millis).to_string()),
            };
            (have.as_deref() != Some(place)).then(|| format!("{want}: it is {have:?}"))
        }
        other => Some(format!("`{other}` is no expectation")),
    }
}

#[test]
fn files_of_other_programs_give_what_they_must() {
    let table = std::fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let mut all = Vec::new();
    let (mut rows, mut listed) = (0, Vec::new());
    for row in table.lines().filter(|line| !line.starts_with('#')) {
        rows += 1;
        let mut cells = row.split('\t');
        let (file, count) = (cells.next().unwrap(), cells.next().unwrap().parse::<usize>().unwrap());
        listed.push(file.to_owned());
        let (found, told) = read(file);
        if found.len() != count {
            all.push(format!("{file}: {} documents, not {count}; {told:?}", found.len()));
        }
        let errors = cells.filter_map(|want| wrong(want, &found, &told, file));
        all.extend(errors.map(|error| format!("{file}: {error}")));
    }
    assert!(rows >= 60, "{rows} rows");
    for entry in std::fs::read_dir(folder().join("files")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(listed.contains(&name), "{name} has no row");
    }
    assert!(all.is_empty(), "{} of {rows} files:\n{}", all.len(), all.join("\n"));
}

/// Every span in a record: `start`, `end` and `text`.
fn spans<'v>(value: &'v Value, all: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("start") && object.contains_key("end") && object.contains_key("text") {
                all.push(value);
            }
            object.values().for_each(|inner| spans(inner, all));
        }
        Value::Array(list) => list.iter().for_each(|inner| spans(inner, all)),
        _ => {}
    }
}

#[test]
fn every_span_equals_the_text_in_every_unit() {
    let (found, _) = {
        let input = Input { paths: vec![folder().join("files")], ..Input::default() };
        let (found, told): (Vec<_>, Vec<_>) = documents(input).partition(|one| one.is_ok());
        (found.into_iter().map(Result::unwrap).collect::<Vec<_>>(), told)
    };
    assert!(found.len() >= 55, "{}", found.len());
    let mut seen = 0;
    for document in &found {
        let options = sayso::extract::Options { model: sayso::extract::Model::Rules };
        let extraction = sayso::extract::extract_by(document, &options, &sayso::extract::InOrder);
        let text = &document.text;
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let letters: Vec<char> = text.chars().collect();
        for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
            let records = Records::new(document, &extraction, unit);
            for record in records.all() {
                let value = serde_json::to_value(&record).unwrap();
                let mut all = Vec::new();
                spans(&value, &mut all);
                for span in all {
                    let at = |key: &str| span[key].as_u64().unwrap() as usize;
                    let (start, end) = (at("start"), at("end"));
                    let stands = match unit {
                        Offsets::Chars => letters[start..end].iter().collect(),
                        Offsets::Bytes => text[start..end].to_owned(),
                        Offsets::Utf16 => String::from_utf16(&utf16[start..end]).unwrap(),
                    };
                    assert_eq!(stands, span["text"].as_str().unwrap(), "{} {unit:?} {span}", document.id);
                    assert_eq!(span.get("page").is_some(), !document.layout.pages.is_empty(), "{}", document.id);
                    assert_eq!(span.get("time").is_some(), !document.layout.times.is_empty(), "{}", document.id);
                    seen += 1;
                }
            }
        }
        // Furniture and history give no quotation.
        for quote in &extraction.quotes {
            let part = quote.content.first().and_then(|span| document.layout.part(span.start));
            assert_ne!(part, Some(RegionKind::Boilerplate), "{}", document.id);
        }
    }
    assert!(seen > 1000, "{seen}");
}

/// `verify -o draft.docx`: the draft's text again, word for word, and a comment for each finding that a reader must look at.
#[test]
fn a_draft_comes_back_with_comments() {
    let out = tempfile::tempdir().unwrap();
    let (draft, sources) = (out.path().join("draft.txt"), out.path().join("sources"));
    let text = "The pier\n\n“The pier is closed & safe,” said Ada Brandt. It cost $3 million, and 12 lamps are lit.\n";
    std::fs::create_dir(&sources).unwrap();
    std::fs::write(&draft, text).unwrap();
    let source = "---\nspeaker: Ada Brandt\n---\nThe pier is open & safe. It cost $2 million.\n";
    std::fs::write(sources.join("pier.md"), source).unwrap();
    let commented = out.path().join("draft.docx");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["verify", "-q", "--model", "rules"])
        .arg(&draft)
        .arg("--against")
        .arg(&sources)
        .arg("-o")
        .arg(&commented)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let read: Vec<Document> =
        documents(Input { paths: vec![commented.clone()], ..Input::default() }).map(Result::unwrap).collect();
    let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&read[0].text), lines(text));
    let mut package = zip::ZipArchive::new(std::fs::File::open(&commented).unwrap()).unwrap();
    let mut part = |name: &str| std::io::read_to_string(package.by_name(name).unwrap()).unwrap();
    let (body, comments) = (part("word/document.xml"), part("word/comments.xml"));
    let count = |text: &str, what: &str| text.matches(what).count();
    let made = count(&comments, "<w:comment ");
    assert!(made >= 2 && comments.contains("pier.md: $2 million"), "{comments}");
    for mark in ["<w:commentRangeStart ", "<w:commentRangeEnd ", "<w:commentReference "] {
        assert_eq!(count(&body, mark), made, "{mark}");
    }
}

/// A damaged 7z gives its documents or an error, and what it gives is what was packed.
#[test]
fn a_damaged_archive_is_an_error() {
    let whole = std::fs::read(folder().join("files/mixed.7z")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("a.7z");
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let all = documents(Input { paths: vec![path.clone()], ..Input::default() });
        all.filter_map(Result::ok).map(|document| document.text).collect::<Vec<_>>()
    };
    let sound = read(&whole);
    assert_eq!(sound.len(), 3);
    let (mut state, mut less) = (7u64, 0);
    for _ in 0..300 {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let mut bytes = whole.clone();
        let at = (state >> 33) as usize % bytes.len();
        match state % 5 {
            0 => bytes.truncate(at),
            _ => bytes[at] ^= 1 << (state >> 20 & 7),
        }
        let found = read(&bytes);
        less += usize::from(found.len() < sound.len());
        assert!(found.iter().all(|text| sound.contains(text)), "byte {at}");
    }
    assert!(less > 200, "{less}");
}
