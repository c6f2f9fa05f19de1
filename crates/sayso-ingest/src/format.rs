//! Which format a file has, by its ending or, on standard input, by its first bytes; and the reader of each format. To add a
//! format: a file with a [`Reader`] (or a function from text or bytes to [`Fields`], as `markdown.rs` and `pdf.rs` have, or a
//! [`Holder`] for files that hold files), a variant of [`Format`] with its endings in `reader.rs`, and its reader here.

use super::decode;
use super::error::ReadError;
use super::fields::Fields;
#[cfg(feature = "parquet")]
use super::parquet;
#[cfg(feature = "pdf")]
use super::pdf;
use super::reader::{Ending, Format, Held, Holder, Reader, is_readme};
use super::source::{Origin, Source};
use super::stream::Stream;
use super::{archive, captions, csv, feed, html, json, jsonl, mail, markdown, office, rtf, seven, warc};
use sayso_core::document::Document;

/// Reads the documents of the files in a file.
struct Container {
    holder: Box<dyn Holder>,
    inner: Option<(Box<Source>, Box<dyn Reader>)>,
    done: bool,
}

impl Container {
    fn boxed(holder: Box<dyn Holder>) -> Box<dyn Reader> {
        Box::new(Container { holder, inner: None, done: false })
    }
}

impl Reader for Container {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        while !self.done {
            if let Some((source, reader)) = &mut self.inner {
                match reader.next(source) {
                    Some(found) => return Some(self.judged(found)),
                    None => self.inner = None,
                }
            }
            let piece = match self.holder.next(source)? {
                Ok(piece) => piece,
                Err(error) => return Some(self.judged(Err(error))),
            };
            match piece {
                Held::Document(document) => return Some(Ok(*document)),
                Held::Nothing => {}
                Held::File(source, stream, format) => match inside(&source, stream, format) {
                    Ok(reader) => self.inner = reader.map(|reader| (source, reader)),
                    Err(error) => return Some(self.judged(Err(error))),
                },
            }
        }
        None
    }
}

impl Container {
    /// Where a limit of the whole file is passed, there is no going on.
    fn judged(&mut self, found: Result<Document, ReadError>) -> Result<Document, ReadError> {
        self.done |= matches!(found, Err(ReadError::Unpacked { .. } | ReadError::TooSlow { .. }));
        found
    }
}

impl Format {
    /// The format that the first bytes show.
    fn of_bytes(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        if let Some(format) = Format::of_magic(head) {
            return format;
        }
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

    /// The format that the first bytes tell beyond doubt.
    fn of_magic(head: &[u8]) -> Option<Format> {
        let holds = |what: &[u8]| memchr::memmem::find(&head[..head.len().min(4096)], what).is_some();
        Some(match head {
            #[cfg(feature = "pdf")]
            [b'%', b'P', b'D', b'F', b'-', ..] => Format::Pdf,
            [b'{', b'\\', b'r', b't', b'f', ..] => Format::Rtf,
            [b'W', b'A', b'R', b'C', b'/', ..] => Format::Warc,
            [b'W', b'E', b'B', b'V', b'T', b'T', ..] => Format::Captions,
            [b'P', b'K', 3, 4, ..] if holds(b"mimetypeapplication/epub+zip") => Format::Epub,
            [b'P', b'K', 3, 4, ..] if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") => Format::Odt,
            [b'P', b'K', 3, 4, ..] if holds(b"word/") || holds(b"[Content_Types].xml") => Format::Docx,
            [b'P', b'K', 3, 4, ..] => Format::Zip,
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Format::Seven,
            _ if head.get(257..262) == Some(b"ustar") => Format::Tar,
            [b'F', b'r', b'o', b'm', b' ', ..] if mail::is_message(after_line(head)) => Format::Mbox,
            _ if mail::is_message(head) => Format::Mail,
            _ if is_subrip(head) => Format::Captions,
            _ => return None,
        })
    }
}

/// What comes after the first line.
fn after_line(head: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', head).map_or(&[], |at| &head[at + 1..])
}

/// Whether the first two lines are a number and a time.
fn is_subrip(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let number = lines.next().is_some_and(|line| !line.is_empty() && line.iter().all(u8::is_ascii_digit));
    number && lines.next().is_some_and(|line| line.len() < 80 && memchr::memmem::find(line, b" --> ").is_some())
}

/// Whether the first tag is that of a feed.
fn is_feed(begins: &[u8]) -> bool {
    let mut tags = memchr::memchr_iter(b'<', begins).map(|at| &begins[at + 1..]);
    let first = tags.find(|tag| tag.first().is_some_and(u8::is_ascii_alphabetic));
    first.is_some_and(|tag| [&b"rss"[..], b"feed", b"rdf:RDF"].iter().any(|name| tag.starts_with(name)))
}

/// Opens a file. What is no document by its ending is counted and passed over with `None` where a walk met it.
pub(super) fn open(source: &Source) -> Result<Option<Box<dyn Reader>>, ReadError> {
    match Format::of_path(&source.path) {
        #[cfg(feature = "parquet")]
        Ending::Columns => {
            let reader = parquet::ParquetRows::open(source)?;
            return Ok(reader.map(|reader| Box::new(reader) as Box<dyn Reader>));
        }
        Ending::Known(Format::Zip) if source.is_on_disk() => {
            return archive::open_zip(source).map(|zip| Some(Container::boxed(zip)));
        }
        Ending::Unknown(ending)
            if source.found == Origin::Walked && !ending.is_empty() && !mail::is_maildir(&source.path) =>
        {
            source.leave(&format!(".{ending}"));
            return Ok(None);
        }
        _ => {}
    }
    inside(source, source.open()?, None)
}

/// A reader for bytes as they stand in a file: by the format that is known, by the ending or, where that says nothing, by
/// the first bytes. `None` for what is not read and was counted.
pub(super) fn inside(
    source: &Source,
    raw: Stream,
    format: Option<Format>,
) -> Result<Option<Box<dyn Reader>>, ReadError> {
    let path = || source.path.clone();
    let ending = match format {
        Some(format) => Ending::Known(format),
        None => Format::of_path(&source.path),
    };
    if let Ending::Later(ending) = ending {
        return Err(ReadError::NotBuilt { path: path(), ending });
    }
    let maildir = mail::is_maildir(&source.path);
    match ending {
        #[cfg(feature = "parquet")]
        Ending::Columns => {
            source.leave(".parquet in an archive");
            return Ok(None);
        }
        Ending::Unknown(ending) if source.found == Origin::Walked && !ending.is_empty() && !maildir => {
            source.leave(&format!(".{ending}"));
            return Ok(None);
        }
        Ending::Known(Format::Warc) => return Ok(Some(Container::boxed(warc::reader(raw)))),
        _ => {}
    }
    let stream = raw.unpacked(&source.meter).map_err(|error| source.broken(error, None, true))?;
    if stream.is_empty() {
        return Err(ReadError::Empty { path: path(), line: None });
    }
    let format = match ending {
        Ending::Known(format) => format,
        Ending::Unknown(_) if source.found == Origin::Walked => {
            let format = Format::of_bytes(stream.head());
            if format == Format::Text || decode::binary(stream.head()).is_some() && !format.is_binary() {
                source.leave("without an ending");
                return Ok(None);
            }
            format
        }
        Ending::Unknown("") => Format::of_bytes(stream.head()),
        _ => Format::of_magic(stream.head()).unwrap_or(Format::Text),
    };
    if let Some(found) = decode::binary(stream.head()).filter(|_| !format.is_binary()) {
        return Err(match ending {
            Ending::Unknown(ending) if !ending.is_empty() => {
                ReadError::UnknownEnding { path: path(), ending: ending.into() }
            }
            _ => ReadError::Binary { path: path(), found },
        });
    }
    log::debug!("{}: read as {format:?}", source.path.display());
    format.reader(stream, source).map(Some)
}

impl Format {
    /// Whether its bytes are no text.
    fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "pdf")]
            Format::Pdf => true,
            // Messages hold what they like.
            Format::Mail | Format::Mbox | Format::Rtf => true,
            Format::Docx | Format::Odt | Format::Epub | Format::Warc | Format::Zip | Format::Tar | Format::Seven => {
                true
            }
            _ => false,
        }
    }

    /// A reader of that format.
    fn reader(self, stream: Stream, source: &Source) -> Result<Box<dyn Reader>, ReadError> {
        let (stream, recoded) = match self {
            Format::Csv | Format::Tsv | Format::JsonLines | Format::Json => decode::recode(stream),
            _ => (stream, "UTF-8"),
        };
        if recoded != "UTF-8" {
            log::info!("{}: read as {recoded}", source.path.display());
        }
        let undeclared = decode::undeclared;
        Ok(match self {
            Format::Text => Box::new(Whole { stream: Some(stream), page: text, declared: undeclared }),
            Format::Markdown => Box::new(Whole { stream: Some(stream), page: markdown::read, declared: undeclared }),
            Format::Captions => Box::new(Whole { stream: Some(stream), page: captions::read, declared: undeclared }),
            Format::Html => {
                Box::new(Whole { stream: Some(stream), page: html::read, declared: decode::declared_in_html })
            }
            Format::JsonLines => Box::new(jsonl::JsonLines::new(stream, source.limit)),
            Format::Json => Box::new(json::JsonDocuments::new(stream, source.limit)),
            Format::Csv => Box::new(csv::CsvDocuments::new(stream, b',', source)),
            Format::Tsv => Box::new(csv::CsvDocuments::new(stream, b'\t', source)),
            Format::Feed => Box::new(feed::FeedItems::new(stream)),
            #[cfg(feature = "pdf")]
            Format::Pdf => Box::new(Bytes { stream: Some(stream), read: pdf::read }),
            Format::Docx => Box::new(Bytes { stream: Some(stream), read: office::docx }),
            Format::Odt => Box::new(Bytes { stream: Some(stream), read: office::odt }),
            Format::Epub => Box::new(Bytes { stream: Some(stream), read: office::epub }),
            Format::Rtf => Box::new(Bytes { stream: Some(stream), read: rtf::read }),
            Format::Mail => Container::boxed(mail::message(source, stream)?),
            Format::Mbox => Container::boxed(mail::mbox(stream, source.limit)),
            Format::Warc => Container::boxed(warc::reader(stream)),
            Format::Zip => Container::boxed(archive::zip(source, stream)?),
            Format::Tar => Container::boxed(archive::tar(source, stream)?),
            Format::Seven => Container::boxed(seven::reader(source, stream)?),
        })
    }
}

/// A file that is one document and no plain text.
struct Bytes {
    stream: Option<Stream>,
    read: fn(&Source, Vec<u8>) -> Result<Fields<'static>, ReadError>,
}

impl Reader for Bytes {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        let stream = self.stream.take()?;
        let fields = source.whole(stream).and_then(|bytes| (self.read)(source, bytes));
        Some(fields.and_then(|fields| source.document(fields, None, None)))
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
        let decoded = match source.given.encoding {
            Some(encoding) => decode::decode_as(bytes, encoding),
            None => decode::decode(bytes, self.declared),
        };
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
    if source.found == Origin::Walked && is_readme(&source.path) {
        source.pass_over("README");
        return Ok(None);
    }
    Ok(Some(Fields { text: Some(text.into()), ..Fields::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn tells_formats_by_ending() {
        for (path, ending) in [
            ("a/b.txt", Ending::Known(Format::Text)),
            ("b.JSONL.gz", Ending::Known(Format::JsonLines)),
            ("b.csv.zst", Ending::Known(Format::Csv)),
            ("b.SRT", Ending::Known(Format::Captions)),
            ("b.rs", Ending::Unknown("rs")),
            ("b", Ending::Unknown("")),
            ("b.gz", Ending::Unknown("")),
            ("b.tar.gz", Ending::Known(Format::Tar)),
        ] {
            assert_eq!(Format::of_path(Path::new(path)), ending, "{path}");
        }
    }

    #[test]
    fn standard_input_is_told_by_its_bytes() {
        let piped = |bytes: Vec<u8>| {
            let source = Source::piped("-".into(), &crate::source::Setup::test(9999));
            let mut reader = inside(&source, Stream::test(bytes), None).map_err(|e| e.to_string())?.unwrap();
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
            // The records of one pipe are told apart by their number.
            let path = if title.is_some() && text == "“Yes,” he said." { "-#1" } else { "-" };
            assert_eq!(document.path.as_deref(), Some(path));
        }
        assert_eq!(piped(Vec::new()).unwrap_err(), "standard input: it is empty; nothing to read");
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
            ("WEBVTT\n\n00:01.000 --> 00:02.000\nYes.", Format::Captions),
            ("1\r\n00:00:01,000 --> 00:00:02,000\r\nYes.", Format::Captions),
            (
                "From ada@pier.example Tue Mar  3 09:15:00 2026\nFrom: Ada <ada@pier.example>\nSubject: x\n\nYes.",
                Format::Mbox,
            ),
            ("From: Ada <ada@pier.example>\nSubject: x\n\nYes.", Format::Mail),
            ("From: the harbour office\n\nYes.", Format::Text),
            ("{\\rtf1\\ansi Yes.}", Format::Rtf),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of_bytes(head.as_bytes()), format, "{head}");
        }
    }
}
