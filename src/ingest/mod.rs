//! Stand-in until the branch `ingest` is merged: text files, folders of them, JSONL.

use crate::document::{Document, Kind};
use std::path::PathBuf;

/// What to read.
pub struct Input {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The kind of all, whatever they say.
    pub kind: Option<Kind>,
}

/// Why a document was not read.
#[derive(Debug, thiserror::Error)]
#[error("reading {path}: {reason}")]
pub struct ReadError {
    path: String,
    reason: String,
}

/// The documents.
pub type Documents = Box<dyn Iterator<Item = Result<Document, ReadError>> + Send>;

/// Reads.
pub fn documents(input: Input) -> Documents {
    let mut all = Vec::new();
    for path in &input.paths {
        let mut files = Vec::new();
        for entry in ignore::WalkBuilder::new(path).sort_by_file_name(|a, b| a.cmp(b)).build().flatten() {
            if entry.path().is_file() {
                files.push(entry.into_path());
            }
        }
        for file in files {
            let bytes = match std::fs::read(&file) {
                Ok(bytes) => bytes,
                Err(e) => {
                    all.push(Err(ReadError { path: file.display().to_string(), reason: e.to_string() }));
                    continue;
                }
            };
            let name =
                file.strip_prefix(path).ok().filter(|p| p.as_os_str() != "").unwrap_or(&file).display().to_string();
            let mut push = |mut d: Document| {
                d.path = Some(file.display().to_string());
                d.kind = input.kind.unwrap_or(if name.contains("statements") { Kind::Statement } else { d.kind });
                all.push(Ok(d));
            };
            match String::from_utf8(bytes) {
                Err(_) => all.push(Err(ReadError { path: file.display().to_string(), reason: "no text".into() })),
                Ok(text) if name.ends_with(".jsonl") => {
                    for line in text.lines() {
                        let Ok(v) = serde_json::from_str::<serde_json::Value>(line) else { continue };
                        let s = |k: &str| v.get(k).and_then(|x| x.as_str()).map(str::to_owned);
                        let mut d = Document::new(s("id").unwrap_or_default(), s("text").unwrap_or_default());
                        (d.title, d.date, d.publisher, d.speaker) =
                            (s("title"), s("date"), s("publisher"), s("speaker"));
                        push(d);
                    }
                }
                Ok(text) => push(Document::new(name.clone(), text)),
            }
        }
    }
    Box::new(all.into_iter())
}
