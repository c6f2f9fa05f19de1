//! A search that is asked of another engine gives what a search of the local index gives. The engine here is a stub that
//! answers with every document, page by page; one that `SAYSO_SEARCH_URL` names is asked as well.
#![cfg(feature = "remote")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may panic")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

fn sayso(index: &Path, arguments: &[&str]) -> Output {
    let mut sayso = Command::new(env!("CARGO_BIN_EXE_sayso"));
    sayso.args(arguments).args(["--model", "rules", "-q", "--index"]).arg(index).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Serves documents as an engine does. What was asked is kept.
fn engine(documents: Vec<Value>) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/sayso", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut line) = (0, String::new());
            while reader.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            let (from, size) = (body["from"].as_u64().unwrap() as usize, body["size"].as_u64().unwrap() as usize);
            kept.lock().unwrap().push(body);
            let hits: Vec<Value> = documents.iter().skip(from).take(size).map(|d| json!({"_source": d})).collect();
            let answer = json!({"hits": {"total": {"value": documents.len()}, "hits": hits}}).to_string();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
                answer.len()
            )
            .unwrap();
        }
    });
    (address, asked)
}

const SEARCHES: [&[&str]; 9] = [
    &["bridge"],
    &["flood OR budget"],
    &["\"the board\"", "--in", "quotes"],
    &["speaker:reyes"],
    &["water", "--kind", "statement"],
    &["date:2025-05 -harbour"],
    &["lev*", "--sort", "date"],
    &["=said", "--in", "narration"],
    &["percent", "--figure", ">2 percent"],
];

#[test]
fn an_engine_gives_what_the_index_gives() {
    let folder = tempfile::tempdir().unwrap();
    let (index, nowhere) = (folder.path().join("index"), folder.path().join("nowhere"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    assert!(sayso(&index, &["index", corpus.to_str().unwrap()]).status.success());
    let lines = told(&sayso(&index, &["export", "--to", "quickwit"]));
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(documents.len() > 20);
    let (stub, asked) = engine(documents);
    let live = std::env::var("SAYSO_SEARCH_URL").ok();
    for url in std::iter::once(&stub).chain(&live) {
        for search in SEARCHES {
            // The engine does not know the files, and ranks by the words of other documents.
            let places = |output: &Output| {
                let told = told(output);
                let found = told.lines().map(|line| {
                    let mut hit: Value = serde_json::from_str(line).unwrap();
                    ["path", "score"].iter().for_each(|name| _ = hit[*name].take());
                    // Engines get the day, not the time.
                    if let Some(date) = hit["date"].as_str() {
                        hit["date"] = date[..10].into();
                    }
                    hit.to_string()
                });
                let mut found: Vec<String> = found.collect();
                found.sort_unstable();
                found
            };
            let search = [&["search", "--all", "--format", "jsonl"], search].concat();
            let here = places(&sayso(&index, &search));
            let there = places(&sayso(&nowhere, &[&search[..], &["--url", url]].concat()));
            assert!(!here.is_empty(), "{search:?} finds nothing");
            assert_eq!(here, there, "{search:?}");
        }
    }
    let asked = asked.lock().unwrap();
    assert!(asked[0]["query"].to_string().contains("bridge") && asked[0]["size"] == 200);
    assert!(!nowhere.exists());
}

#[test]
fn what_goes_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = |arguments: &[&str]| {
        let output = sayso(folder.path(), &[&["search", "bridge", "--url"], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(told(&["https://engine.example/sayso"]).contains("begins with http://"));
    assert!(told(&["http://127.0.0.1:1/sayso"]).contains("asking http://127.0.0.1:1/sayso/_search"));
    assert!(told(&["http://127.0.0.1:1/sayso", "--like", "a"]).contains("documents like another one"));
    let (address, _) = engine(vec![json!({"message": "no document of sayso"})]);
    assert!(told(&[&address]).contains("--mapping"));
}
