//! Which format a file has, by its ending or, on standard input, by its first bytes; and the trait that each format's
//! reader implements. To add a format: a file with a [`Reader`] (or a function from text to [`Fields`], as
//! `text.rs` has), a variant here, and its endings.

use super::decode::{self, Legacy};
use super::error::ReadError;
use super::fields::{Field, Fields};
#[cfg(feature = "parquet")]
use super::parquet;
use super::source::{Found, Source};
use super::stream::Stream;
use super::{csv, feed, html, json, jsonl, markdown};
use sayso_core::document::Document;
use std::path::Path;

/// Reads the documents of one file, in order.
pub(super) trait Reader: Send {
    /// The next document, or what is wrong with the next record (the ones after it are still read); `None` at the end.
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>>;

    /// The line on which the last document begins, in a file of several.
    fn line(&self) -> Option<u64> {
        None
    }
}

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    Json,
    Csv,
    Tsv,
    Feed,
}

/// What a file's ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending<'a> {
    /// A format that is read.
    Known(Format),
    /// Parquet, which is read at any place and not from its beginning on.
    #[cfg(feature = "parquet")]
    Columns,
    /// One that a later version reads.
    Later(&'static str),
    /// Another, or none (then empty).
    Unknown(&'a str),
}

impl Format {
    /// The format that a path's ending shows, `.gz` and `.zst` left aside.
    pub(super) fn of_path(path: &Path) -> Ending<'_> {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let plain = match name.rsplit_once('.') {
            Some((stem, "gz" | "zst")) => stem,
            _ => name,
        };
        let ending = plain.rsplit_once('.').map_or("", |(_, e)| e);
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Ending::Known(Format::Text),
            "md" | "markdown" => Ending::Known(Format::Markdown),
            "html" | "htm" | "xhtml" => Ending::Known(Format::Html),
            "jsonl" | "ndjson" => Ending::Known(Format::JsonLines),
            "json" => Ending::Known(Format::Json),
            "csv" => Ending::Known(Format::Csv),
            "tsv" => Ending::Known(Format::Tsv),
            #[cfg(feature = "parquet")]
            "parquet" if plain == name => Ending::Columns,
            "parquet" => Ending::Later("parquet"),
            "xml" | "rss" | "atom" | "rdf" => Ending::Known(Format::Feed),
            "warc" => Ending::Later("warc"),
            "eml" => Ending::Later("eml"),
            "pdf" => Ending::Later("pdf"),
            _ => Ending::Unknown(ending),
        }
    }

    /// The format that the first bytes show.
    fn of_bytes(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let begins = head.trim_ascii_start();
        if head.starts_with(b"---\n") || head.starts_with(b"---\r\n") {
            return Format::Markdown;
        }
        match begins.first() {
            Some(b'[') if matches!(begins[1..].trim_ascii_start().first(), Some(b'{')) => Format::Json,
            Some(b'{') => {
                // An object over several lines breaks its first line after a bracket or a comma.
                let line = begins.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
                let open =
                    begins.len() > line.len() && line.ends_with(b"{") || line.ends_with(b"[") || line.ends_with(b",");
                if open { Format::Json } else { Format::JsonLines }
            }
            Some(b'<') if is_feed(begins) => Format::Feed,
            Some(b'<') if begins.get(1).is_some_and(|b| b.is_ascii_alphabetic() || b"!?".contains(b)) => Format::Html,
            _ => Format::Text,
        }
    }
}

/// Whether the first tag is that of a feed.
fn is_feed(begins: &[u8]) -> bool {
    let mut tags = memchr::memchr_iter(b'<', begins).map(|at| &begins[at + 1..]);
    let first = tags.find(|tag| tag.first().is_some_and(u8::is_ascii_alphabetic));
    first.is_some_and(|tag| [&b"rss"[..], b"feed", b"rdf:RDF"].iter().any(|name| tag.starts_with(name)))
}

/// Opens a file. What is no document by its ending is passed over with `None` where a walk met it.
pub(super) fn open(source: &Source) -> Result<Option<Box<dyn Reader>>, ReadError> {
    let path = || source.path.clone();
    let ending = Format::of_path(&source.path);
    match ending {
        #[cfg(feature = "parquet")]
        Ending::Columns => {
            let reader = parquet::Reader::open(source)?;
            return Ok(reader.map(|reader| Box::new(reader) as Box<dyn Reader>));
        }
        Ending::Later(ending) => return Err(ReadError::NotBuilt { path: path(), ending }),
        Ending::Unknown(_) if source.found == Found::Walked => {
            source.pass_over("not an ending that is read");
            return Ok(None);
        }
        _ => {}
    }
    let stream = Stream::open(&source.path).map_err(|e| ReadError::opening(&source.path, e))?;
    read(source, stream, ending).map(Some)
}

/// A reader for an open file, by its ending or, where it has none, by its first bytes.
fn read(source: &Source, stream: Stream, ending: Ending<'_>) -> Result<Box<dyn Reader>, ReadError> {
    let path = || source.path.clone();
    if stream.is_empty() {
        return Err(ReadError::Empty { path: path(), line: None });
    }
    if let Some(found) = decode::binary(stream.head()) {
        return Err(match ending {
            Ending::Unknown(ending) if !ending.is_empty() => {
                ReadError::UnknownEnding { path: path(), ending: ending.into() }
            }
            _ => ReadError::Binary { path: path(), found },
        });
    }
    let format = match ending {
        Ending::Known(format) => format,
        Ending::Unknown("") => Format::of_bytes(stream.head()),
        _ => Format::Text,
    };
    log::debug!("{}: read as {format:?}", source.path.display());
    Ok(format.reader(stream, source))
}

impl Format {
    /// A reader of that format.
    fn reader(self, stream: Stream, source: &Source) -> Box<dyn Reader> {
        let (stream, recoded) = match self {
            Format::Csv | Format::Tsv => decode::recode(stream, Legacy::Guess),
            Format::JsonLines | Format::Json => decode::recode(stream, Legacy::Refuse),
            Format::Text | Format::Markdown | Format::Html | Format::Feed => (stream, "UTF-8"),
        };
        if recoded != "UTF-8" {
            log::info!("{}: read as {recoded}", source.path.display());
        }
        match self {
            Format::Text => Box::new(Whole { stream: Some(stream), page: text, declared: decode::undeclared }),
            Format::Markdown => {
                Box::new(Whole { stream: Some(stream), page: markdown::read, declared: decode::undeclared })
            }
            Format::Html => {
                Box::new(Whole { stream: Some(stream), page: html::read, declared: decode::declared_in_html })
            }
            Format::JsonLines => Box::new(jsonl::Reader::new(stream, source.limit)),
            Format::Json => Box::new(json::Reader::new(stream, source.limit)),
            Format::Csv => Box::new(csv::Reader::new(stream, b',', source.limit)),
            Format::Tsv => Box::new(csv::Reader::new(stream, b'\t', source.limit)),
            Format::Feed => Box::new(feed::Reader::new(stream)),
        }
    }
}

/// A file that is one document: decoded as a whole, then read by `page`, which gives `None` for what a walk passes over.
struct Whole {
    stream: Option<Stream>,
    page: Page,
    declared: decode::Declared,
}

/// Reads a decoded file.
pub(super) type Page = fn(&Source, String) -> Result<Option<Fields<'static>>, ReadError>;

impl Reader for Whole {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        let stream = self.stream.take()?;
        source.whole(stream).and_then(|bytes| self.read(source, bytes)).transpose()
    }
}

impl Whole {
    fn read(&self, source: &Source, bytes: Vec<u8>) -> Result<Option<Document>, ReadError> {
        let decoded = decode::decode(bytes, self.declared);
        if decoded.encoding != "UTF-8" {
            log::info!("{}: read as {}", source.path.display(), decoded.encoding);
        }
        let Some(fields) = (self.page)(source, decoded.text)? else { return Ok(None) };
        match decoded.damage {
            // Bad bytes in a page's furniture do no harm: the text tells.
            Some(damage) if fields.text.as_ref().is_some_and(|t| t.contains('\u{fffd}')) => {
                Err(source.damaged(None, damage, decoded.encoding))
            }
            _ => source.document(fields, None, None).map(Some),
        }
    }
}

/// Plain text: the file is the text.
fn text(source: &Source, text: String) -> Result<Option<Fields<'static>>, ReadError> {
    if source.found == Found::Walked && is_readme(&source.path) {
        source.pass_over("a note to readers");
        return Ok(None);
    }
    Ok(Some(Fields { text: Some(text.into()), ..Fields::default() }))
}

/// Whether a file is named `README…`.
pub(super) fn is_readme(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_uppercase());
    name.is_some_and(|n| n.starts_with("README"))
}

/// Whether a table's columns hold documents; where they do not, a walk passes it over, and one that was named is an error.
pub(super) fn holds_documents(source: &Source, names: &[String]) -> Result<bool, ReadError> {
    if names.iter().any(|name| matches!(Field::of(name), Field::Text | Field::Body)) {
        return Ok(true);
    }
    if source.found == Found::Walked {
        source.pass_over("a table without a column `text` or `body`: reference, not documents");
        return Ok(false);
    }
    let shown = names.iter().take(12).map(|name| format!("`{}`", name.chars().take(40).collect::<String>()));
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = if names.len() > 12 { ", …" } else { "" };
    Err(ReadError::Columns { path: source.path.clone(), found: shown + more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_formats_by_ending() {
        for (path, ending) in [
            ("a/b.txt", Ending::Known(Format::Text)),
            ("b.JSONL.gz", Ending::Known(Format::JsonLines)),
            ("b.csv.zst", Ending::Known(Format::Csv)),
            ("b.pdf", Ending::Later("pdf")),
            ("b.rs", Ending::Unknown("rs")),
            ("b", Ending::Unknown("")),
            ("b.gz", Ending::Unknown("")),
            ("b.tar.gz", Ending::Unknown("tar")),
        ] {
            assert_eq!(Format::of_path(Path::new(path)), ending, "{path}");
        }
    }

    #[test]
    fn standard_input_is_told_by_its_bytes() {
        let piped = |bytes: Vec<u8>| {
            let source = Source::piped("-".into(), None, 9999);
            let stream = Stream::new(std::io::Cursor::new(bytes)).unwrap();
            let mut reader = read(&source, stream, Format::of_path(&source.path)).map_err(|e| e.to_string())?;
            reader.next(&source).unwrap().map_err(|e| e.to_string())
        };
        let json = r#"{"text": "“Yes,” he said.", "title": "T"}"#.as_bytes();
        for (bytes, text, title) in [
            ("“Yes,” he said.".into(), "“Yes,” he said.", None),
            (json.to_vec(), "“Yes,” he said.", Some("T")),
            (zstd::stream::encode_all(json, 1).unwrap(), "“Yes,” he said.", Some("T")),
            (b"---\ntitle: T\n---\nText".to_vec(), "Text", Some("T")),
            (b"<title>T</title><p>Text".to_vec(), "T\n\nText", Some("T")),
            (b"\xff\xfeY\0e\0s\0".to_vec(), "Yes", None),
        ] {
            let document = piped(bytes).unwrap();
            assert_eq!((document.text.as_str(), document.title.as_deref()), (text, title));
            assert_eq!(document.id, document.sha256()[..16]);
            assert_eq!(document.path.as_deref(), Some("-"));
        }
        assert_eq!(piped(Vec::new()).unwrap_err(), "standard input: is empty; nothing to read");
        assert!(piped(vec![0, 1, 2]).unwrap_err().starts_with("standard input: binary, not text: it holds NUL bytes"));
    }

    #[test]
    fn tells_formats_by_bytes() {
        for (head, format) in [
            ("{\"id\": 1}\n{\"id\": 2}\n", Format::JsonLines),
            ("{\"id\": 1, \"te\n{\"id\": 2}\n", Format::JsonLines),
            ("\u{feff} {\"id\": 1}", Format::JsonLines),
            ("{\n  \"id\": 1\n}", Format::Json),
            ("{\"a\": 1,\n  \"id\": 1\n}", Format::Json),
            ("[\n {\"id\": 1}]", Format::Json),
            ("[Applause] Thank you.", Format::Text),
            ("[1] A note.", Format::Text),
            ("---\ntitle: A\n---\n", Format::Markdown),
            ("--- or not", Format::Text),
            ("\n<!DOCTYPE html>", Format::Html),
            ("<html>", Format::Html),
            ("<?xml version=\"1.0\"?>\n<!-- news -->\n<rss version=\"2.0\">", Format::Feed),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::Feed),
            ("<?xml version=\"1.0\"?>\n<html>", Format::Html),
            ("<3 is a heart", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of_bytes(head.as_bytes()), format, "{head}");
        }
    }
}
