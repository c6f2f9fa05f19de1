//! What the readers of formats have in common: the trait that each implements, the names of the formats, and what a file's ending
//! says.

use super::error::ReadError;
use super::source::{Origin, Source};
use super::stream::Stream;
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

/// A file that holds files: an archive, a message with attachments, a crawl.
pub(super) trait Holder: Send {
    /// What comes next in it; `None` at the end.
    fn next(&mut self, source: &Source) -> Option<Result<Held, ReadError>>;
}

/// What a [`Holder`] holds.
pub(super) enum Held {
    /// A document of its own.
    Document(Box<Document>),
    /// A file: how it is named, its bytes as they stand there, and its format where the holder knows it.
    File(Box<Source>, Stream, Option<Format>),
    /// Something that is not read and was counted.
    Nothing,
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
    Captions,
    Mail,
    Mbox,
    #[cfg(feature = "pdf")]
    Pdf,
    Docx,
    Odt,
    Rtf,
    Epub,
    Warc,
    Zip,
    Tar,
    Seven,
}

/// What a file's ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending<'a> {
    /// A format that is read.
    Known(Format),
    /// Parquet, which is read at any place and not from its beginning on.
    #[cfg(feature = "parquet")]
    Columns,
    /// One that this build leaves out.
    Later(&'static str),
    /// Another, or none (then empty).
    Unknown(&'a str),
}

impl Format {
    /// The format that a path's ending shows, `.gz` and `.zst` left aside.
    pub(super) fn of_path(path: &Path) -> Ending<'_> {
        let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
        // A name that is not UTF-8 has an ending all the same.
        let name = match std::str::from_utf8(name) {
            Ok(name) => name,
            Err(_) => {
                let dot = name.iter().rposition(|b| *b == b'.').unwrap_or(name.len());
                std::str::from_utf8(&name[dot..]).unwrap_or_default()
            }
        };
        let plain = match name.rsplit_once('.') {
            Some((stem, "gz" | "zst")) => stem,
            _ => name,
        };
        let ending = plain.rsplit_once('.').map_or("", |(_, e)| e);
        Ending::Known(match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" | "json3" => Format::Json,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            #[cfg(feature = "parquet")]
            "parquet" if plain == name => return Ending::Columns,
            "parquet" => return Ending::Later("parquet"),
            "xml" | "rss" | "atom" | "rdf" => Format::Feed,
            "vtt" | "srt" => Format::Captions,
            "eml" | "mht" | "mhtml" => Format::Mail,
            "mbox" | "mbx" => Format::Mbox,
            #[cfg(feature = "pdf")]
            "pdf" => Format::Pdf,
            #[cfg(not(feature = "pdf"))]
            "pdf" => return Ending::Later("pdf"),
            "docx" | "docm" | "dotx" => Format::Docx,
            "odt" | "ott" => Format::Odt,
            "rtf" => Format::Rtf,
            "epub" => Format::Epub,
            "warc" => Format::Warc,
            "zip" | "wacz" => Format::Zip,
            "tar" | "tgz" | "tzst" => Format::Tar,
            "7z" => Format::Seven,
            _ => return Ending::Unknown(ending),
        })
    }

    /// The format that a media type names.
    pub(super) fn of_media(media: &str) -> Option<Format> {
        let name = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Text,
            "text/markdown" => Format::Markdown,
            "text/csv" => Format::Csv,
            "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Format::Feed,
            "text/vtt" | "application/x-subrip" => Format::Captions,
            "message/rfc822" => Format::Mail,
            "application/mbox" => Format::Mbox,
            #[cfg(feature = "pdf")]
            "application/pdf" => Format::Pdf,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Docx,
            "application/vnd.oasis.opendocument.text" => Format::Odt,
            "application/rtf" | "text/rtf" => Format::Rtf,
            "application/epub+zip" => Format::Epub,
            "application/zip" => Format::Zip,
            "application/x-7z-compressed" => Format::Seven,
            _ => return None,
        })
    }
}

/// Whether a file is named `README…`.
pub(super) fn is_readme(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_uppercase());
    name.is_some_and(|n| n.starts_with("README"))
}

/// Whether a table's columns hold documents; where they do not, a walk passes it over, and one that was named is an error.
pub(super) fn holds_documents(source: &Source, names: &[String]) -> Result<bool, ReadError> {
    if names.iter().any(|name| source.run.names.of(name).is_text()) {
        return Ok(true);
    }
    if source.found == Origin::Walked {
        source.pass_over("table without a column of texts");
        return Ok(false);
    }
    let shown = names.iter().take(12).map(|name| format!("`{}`", name.chars().take(40).collect::<String>()));
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = if names.len() > 12 { ", …" } else { "" };
    Err(ReadError::Columns { path: source.path.clone(), found: shown + more })
}
