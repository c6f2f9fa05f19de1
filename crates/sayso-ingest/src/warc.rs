//! Crawls: WARC 1.0 and 1.1, plain or compressed record by record. Pages (and whatever else is read: PDF, plain text, feeds)
//! that the crawler got are documents with their address and, where the page tells no date, the day of the crawl. One
//! record is held at a time. A record that is damaged is named, and the reading goes on with the next: in a compressed
//! crawl at the next gzip member, in a plain one at the next line that begins a record.
//!
//! Passed over and counted: answers that bring no page, pictures and scripts, and pages that were met before with the
//! same content (`revisit`, or the same address and bytes again).

use super::error::ReadError;
use super::limits::{Guarded, Meter, Over, skip};
use super::reader::{Ending, Format, Held, Holder};
use super::source::{Given, Source};
use super::stream::Stream;
use encoding_rs::Encoding;
use flate2::bufread::GzDecoder;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

/// Bytes of a record's header at most.
const HEADER: usize = 256 << 10;

/// Reads a crawl from its bytes as they stand in the file.
pub(super) fn reader(raw: Stream) -> Box<dyn Holder> {
    let bytes = if raw.head().starts_with(&[0x1f, 0x8b]) { Bytes::Between(Tee::new(raw)) } else { Bytes::Plain(raw) };
    Box::new(Warc { bytes, number: 0, lost: false, met: HashMap::new() })
}

/// Where in the crawl the reading stands.
enum Bytes {
    /// In a crawl that is not compressed, or as a whole in another way.
    Plain(Stream),
    /// Before a gzip member.
    Between(Tee),
    /// In a gzip member, which mostly holds one record.
    Member(Box<BufReader<Guarded<GzDecoder<Tee>>>>),
    /// At the end.
    End,
}

struct Warc {
    bytes: Bytes,
    number: u64,
    /// Whether the next record must be looked for.
    lost: bool,
    /// The content of each address so far, both hashed.
    met: HashMap<u64, u64>,
}

/// A record.
struct Record {
    header: Vec<(String, String)>,
    /// Its content; none where it is longer than a document may be.
    content: Option<Vec<u8>>,
}

impl Record {
    fn get(&self, name: &str) -> Option<&str> {
        field(&self.header, name)
    }
}

fn field<'h>(header: &'h [(String, String)], name: &str) -> Option<&'h str> {
    header.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// Why a record cannot be read.
enum Trouble {
    /// The bytes themselves.
    Io(io::Error),
    /// What stands there.
    Form(&'static str),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Io(error)
    }
}

impl Holder for Warc {
    fn next(&mut self, source: &Source) -> Option<Result<Held, ReadError>> {
        loop {
            let read = match self.open(&source.meter) {
                Ok(true) => self.record(source.limit),
                Ok(false) => return None,
                Err(error) => Err(Trouble::Io(error)),
            };
            match read {
                Ok(Some(record)) => {
                    self.lost = false;
                    self.number += 1;
                    return Some(self.piece(source, record));
                }
                // The member is at its end.
                Ok(None) => self.close(),
                Err(trouble) => {
                    let told = self.lost;
                    if let Some(error) = self.recover(source, trouble)
                        && !told
                    {
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}

impl Warc {
    /// Sees to it that a record can be read; false at the end.
    fn open(&mut self, meter: &Arc<Meter>) -> io::Result<bool> {
        self.bytes = match std::mem::replace(&mut self.bytes, Bytes::End) {
            Bytes::Between(mut raw) => {
                if raw.fill_buf()?.is_empty() {
                    return Ok(false);
                }
                raw.begin();
                Bytes::Member(Box::new(BufReader::with_capacity(64 << 10, Guarded::new(GzDecoder::new(raw), meter))))
            }
            Bytes::End => return Ok(false),
            other => other,
        };
        Ok(true)
    }

    fn record(&mut self, limit: usize) -> Result<Option<Record>, Trouble> {
        match &mut self.bytes {
            Bytes::Plain(stream) => record(stream, self.lost, limit),
            Bytes::Member(member) => record(member.as_mut(), self.lost, limit),
            _ => Ok(None),
        }
    }

    /// Leaves a member, or the crawl where that has none.
    fn close(&mut self) {
        self.bytes = match std::mem::replace(&mut self.bytes, Bytes::End) {
            Bytes::Member(member) => Bytes::Between(member.into_inner().into_inner().into_inner()),
            _ => Bytes::End,
        };
    }

    /// Goes on after damage: to the next member where the bytes are damaged, to the next line that begins a record where only
    /// their form is. Gives what to tell.
    fn recover(&mut self, source: &Source, trouble: Trouble) -> Option<ReadError> {
        // What is met while the place is lost belongs to the same record.
        self.number += u64::from(!self.lost);
        let number = self.number;
        self.lost = true;
        let help = "it is passed over; fetch the crawl again to have it";
        let form = |why: String| source.malformed(None, None, why, help);
        match trouble {
            Trouble::Form(why) => Some(form(format!("record {number}: {why}"))),
            Trouble::Io(error) if error.get_ref().is_some_and(|e| e.is::<Over>()) => {
                self.bytes = Bytes::End;
                Some(source.broken(error, None, true))
            }
            Trouble::Io(error) => match std::mem::replace(&mut self.bytes, Bytes::End) {
                Bytes::Member(member) => {
                    let mut raw = member.into_inner().into_inner().into_inner();
                    let at_end = raw.next_member().is_err();
                    self.bytes = if at_end { Bytes::End } else { Bytes::Between(raw) };
                    let why = match error.kind() {
                        io::ErrorKind::UnexpectedEof => "the compressed data break off".to_owned(),
                        _ => format!("the compressed data are damaged ({error})"),
                    };
                    Some(form(format!("record {number}: {why}")))
                }
                Bytes::Plain(_) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    Some(form(format!("record {number}: the crawl breaks off")))
                }
                _ => Some(source.broken(error, None, true)),
            },
        }
    }

    /// What a record is to us.
    fn piece(&mut self, source: &Source, mut record: Record) -> Result<Held, ReadError> {
        let content = record.content.take();
        let kind = record.get("warc-type").unwrap_or_default();
        let url = record.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned()).unwrap_or_default();
        if kind == "revisit" {
            source.pass_over("page met before");
            return Ok(Held::Nothing);
        }
        if !matches!(kind, "response" | "resource" | "conversion") || url.starts_with("dns:") {
            return Ok(Held::Nothing);
        }
        let date = record.get("warc-date").map(str::to_owned);
        let media = record.get("content-type").unwrap_or_default().to_owned();
        let page = source.page(&url, Given { date: date.clone(), ..Given::default() });
        let Some(content) = content else { return Err(page.too_long(None)) };
        let (media, content) = match kind {
            "response" if url.starts_with("http") || media.starts_with("application/http") => {
                match answer(&page, &content)? {
                    Some(answer) => answer,
                    None => return Ok(Held::Nothing),
                }
            }
            _ => (media, content),
        };
        let Some(format) = format_of(source, &media, &url) else { return Ok(Held::Nothing) };
        let id = match self.met.insert(hash(&url), hash(&content)) {
            Some(other) if other == hash(&content) => {
                source.pass_over("page met before");
                return Ok(Held::Nothing);
            }
            Some(_) => format!("{url}@{}", date.as_deref().unwrap_or_default()),
            None => url.clone(),
        };
        let encoding = charset(&media);
        let given = Given { id: Some(id), url: Some(url.clone()), date, encoding, ..Given::default() };
        let stream = Stream::plain(io::Cursor::new(content));
        Ok(Held::File(Box::new(source.page(&url, given)), stream, Some(format)))
    }
}

fn hash(what: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Reads one record; none at the end. Where the place is lost, lines are passed over up to one that begins a record.
fn record(bytes: &mut impl BufRead, lost: bool, limit: usize) -> Result<Option<Record>, Trouble> {
    let mut line = Vec::new();
    loop {
        if !read_line(bytes, &mut line)? {
            return Ok(None);
        }
        if line.starts_with(b"WARC/") {
            break;
        }
        if !lost && !line.trim_ascii().is_empty() {
            return Err(Trouble::Form("it does not begin with `WARC/`"));
        }
    }
    let mut header: Vec<(String, String)> = Vec::new();
    let mut size = 0;
    loop {
        if !read_line(bytes, &mut line)? {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        size += line.len();
        if size > HEADER {
            return Err(Trouble::Form("its header does not end"));
        }
        if line.trim_ascii().is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        match text.split_once(':') {
            _ if text.starts_with([' ', '\t']) => {
                if let Some((_, value)) = header.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            }
            Some((name, value)) => header.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            None => return Err(Trouble::Form("a line of its header has no colon")),
        }
    }
    let length: u64 = match field(&header, "content-length").and_then(|n| n.parse().ok()) {
        Some(length) => length,
        None => return Err(Trouble::Form("it does not tell its length (`Content-Length`)")),
    };
    if length > limit as u64 {
        skip(bytes, length)?;
        return Ok(Some(Record { header, content: None }));
    }
    let mut content = Vec::with_capacity((length as usize).min(1 << 20));
    bytes.take(length).read_to_end(&mut content)?;
    if content.len() as u64 != length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(Some(Record { header, content: Some(content) }))
}

/// Reads a line of at most [`HEADER`] bytes; false at the end.
fn read_line(bytes: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    Ok(bytes.take(HEADER as u64).read_until(b'\n', line)? > 0)
}

/// Bytes that remember what was read since a member began: the decoder of a damaged member may have read into the next.
struct Tee {
    stream: Stream,
    /// Read since the member began; given up where it grows beyond [`KEPT`].
    seen: Option<Vec<u8>>,
    /// To be read again before the stream goes on, from `at` on.
    again: Vec<u8>,
    at: usize,
}

/// How much of a member is remembered.
const KEPT: usize = 16 << 20;

impl Tee {
    fn new(stream: Stream) -> Tee {
        Tee { stream, seen: None, again: Vec::new(), at: 0 }
    }

    /// A member begins here.
    fn begin(&mut self) {
        let mut seen = self.seen.take().unwrap_or_default();
        seen.clear();
        self.seen = Some(seen);
    }

    /// Goes to the next bytes that look like the beginning of a gzip member, from the second byte of this one on.
    fn next_member(&mut self) -> io::Result<()> {
        const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
        if let Some(mut seen) = self.seen.take() {
            // Up to the end of what is buffered, so that no member is cut.
            let rest = self.fill_buf()?.to_vec();
            self.consume(rest.len());
            seen.extend_from_slice(&rest);
            if let Some(at) = memchr::memmem::find(&seen[1.min(seen.len())..], &MAGIC) {
                seen.drain(..=at);
                let left = std::mem::take(&mut self.again).split_off(std::mem::take(&mut self.at));
                seen.extend_from_slice(&left);
                self.again = seen;
                return Ok(());
            }
        }
        loop {
            let chunk = self.fill_buf()?;
            let length = chunk.len();
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match memchr::memmem::find(chunk, &MAGIC) {
                Some(at) => {
                    self.consume(at);
                    return Ok(());
                }
                // A member whose beginning two buffers share is lost with the damaged one.
                None => self.consume(length),
            }
        }
    }
}

impl Read for Tee {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Tee {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.stream.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        let from_memory = self.at < self.again.len();
        if let Some(seen) = &mut self.seen {
            let bytes = if from_memory {
                &self.again[self.at..self.at + n]
            } else {
                self.stream.fill_buf().unwrap_or_default()
            };
            let bytes = &bytes[..n.min(bytes.len())];
            if seen.len() + n > KEPT { self.seen = None } else { seen.extend_from_slice(bytes) }
        }
        if from_memory {
            self.at += n;
            if self.at >= self.again.len() {
                self.again = Vec::new();
                self.at = 0;
            }
        } else {
            self.stream.consume(n);
        }
    }
}

/// The media type and the content of an HTTP answer; none, counted, for one that brings no page.
fn answer(source: &Source, bytes: &[u8]) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    let (head, body) = match memchr::memmem::find(bytes, b"\r\n\r\n") {
        Some(at) => (&bytes[..at], &bytes[at + 4..]),
        None => match memchr::memmem::find(bytes, b"\n\n") {
            Some(at) => (&bytes[..at], &bytes[at + 2..]),
            None => (bytes, &[][..]),
        },
    };
    let head = String::from_utf8_lossy(&head[..head.len().min(HEADER)]);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default().to_owned();
    if !status.starts_with('2') {
        source.pass_over(&format!("answer {}", status.get(..3).unwrap_or("without a status")));
        return Ok(None);
    }
    let header: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked = field(&header, "transfer-encoding").is_some_and(|value| value.contains("chunked"));
    // Crawlers that lay the chunks together often leave the field there.
    let body = if chunked { dechunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let packed = field(&header, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let body = match packed.as_str() {
        "br" => {
            let help = "crawl again without brotli, or let the crawler unpack the answers";
            return Err(source.malformed(None, None, "the page is packed with brotli".to_owned(), help));
        }
        "deflate" => inflated(source, flate2::read::ZlibDecoder::new(body.as_slice()))
            .or_else(|_| inflated(source, flate2::read::DeflateDecoder::new(body.as_slice())))?,
        _ if body.starts_with(&[0x1f, 0x8b]) && packed.contains("gzip") => {
            inflated(source, flate2::read::MultiGzDecoder::new(body.as_slice()))?
        }
        _ => body,
    };
    Ok(Some((field(&header, "content-type").unwrap_or_default().to_owned(), body)))
}

/// What comes out of a decoder, up to the limit of a document.
fn inflated(source: &Source, decoder: impl Read) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let most = source.limit as u64;
    let read = Guarded::new(decoder, &source.meter).take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| source.broken(error, None, true))?;
    if bytes.len() as u64 > most { Err(source.too_long(None)) } else { Ok(bytes) }
}

/// The content of a chunked answer; none where it is not chunked.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', &body[..body.len().min(1024)])?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(body.get(..size)?);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

/// The format of an answer; none, counted, for what is not read.
fn format_of(source: &Source, media: &str, url: &str) -> Option<Format> {
    let name = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with("/robots.txt") {
        source.pass_over("robots.txt");
        return None;
    }
    let format = match Format::of_media(&name) {
        Some(format) => Some(format),
        None if matches!(name.as_str(), "" | "application/octet-stream" | "text/xml" | "application/xml") => {
            match Format::of_path(Path::new(path)) {
                Ending::Known(format) => Some(format),
                _ => None,
            }
        }
        None => None,
    };
    if format.is_none() {
        let furniture =
            ["image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript"];
        let what = if name.is_empty() { "answer without a type" } else { &name };
        match furniture.iter().any(|kind| name.starts_with(kind)) || name.contains("json") || name.contains("font") {
            true => source.pass_over(what),
            false => source.leave(what),
        }
    }
    format
}

/// The encoding that a media type names.
fn charset(media: &str) -> Option<&'static Encoding> {
    let (_, rest) = media.split_once("charset=")?;
    Encoding::for_label(rest.split(';').next()?.trim().trim_matches(['"', '\'']).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Setup;
    use std::io::Write;

    fn record(kind: &str, url: &str, content: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-03T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        [head.as_bytes(), content, b"\r\n\r\n"].concat()
    }

    fn page(words: &str) -> Vec<u8> {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{words}</p></body></html>"
        )
        .into_bytes()
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(bytes).unwrap();
        gz.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> (Vec<Result<String, String>>, String) {
        let setup = Setup::test(1 << 20);
        let source = Source::named("c.warc.gz".into(), &setup);
        let stream = Stream::plain(io::Cursor::new(bytes));
        let mut reader = super::super::format::inside(&source, stream, None).unwrap().unwrap();
        let found = std::iter::from_fn(|| reader.next(&source))
            .map(|d| {
                d.map(|d| format!("{} {} {}", d.id, d.date.unwrap_or_default(), d.text)).map_err(|e| e.to_string())
            })
            .collect();
        (found, setup.run.skips().passed.to_string())
    }

    #[test]
    fn a_damaged_record_is_named_and_the_rest_read() {
        let records: Vec<Vec<u8>> = (0..6)
            .map(|n| record("response", &format!("http://p.example/{n}"), &page(&format!("Page {n}."))))
            .collect();
        let wanted = |n: usize| Ok(format!("http://p.example/{n} 2026-03-03T08:00:00Z Page {n}."));
        // Compressed: a member whose middle is overwritten, and one that is cut.
        let mut members: Vec<Vec<u8>> = records.iter().map(|r| gz(r)).collect();
        let middle = members[2].len() / 2;
        members[2][middle..middle + 6].fill(0xff);
        let half = members[5].len() / 2;
        members[5].truncate(half);
        let (found, _) = read(members.concat());
        let good: Vec<_> = found.iter().filter(|d| d.is_ok()).cloned().collect();
        assert_eq!(good, [0, 1, 3, 4].map(wanted));
        let bad: Vec<_> = found.iter().filter_map(|d| d.as_ref().err()).collect();
        assert_eq!(bad.len(), 2, "{bad:?}");
        assert!(bad[0].starts_with("c.warc.gz: record 3: the compressed data"), "{bad:?}");
        // Plain: a length that lies.
        let mut plain = records;
        plain[1] =
            String::from_utf8(plain[1].clone()).unwrap().replace("Content-Length: ", "Content-Length: 1").into_bytes();
        plain[1].truncate(400);
        let (found, _) = read(plain.concat());
        assert_eq!(found.iter().filter(|d| d.is_err()).count(), 1, "{found:?}");
        assert!(found.len() >= 4, "{found:?}");
    }

    #[test]
    fn several_records_may_share_a_member() {
        let all = [
            record("response", "http://p.example/a", &page("A.")),
            record("response", "http://p.example/b", &page("B.")),
        ]
        .concat();
        assert_eq!(read(gz(&all)).0.len(), 2);
        assert_eq!(read(all).0.len(), 2);
    }

    #[test]
    fn what_brings_no_page_is_counted() {
        let missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.</p>";
        let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
        let packed = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(), {
            let body = gz("<p>“Packed,” she said.</p>".as_bytes());
            [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat()
        }].concat();
        let all = [
            record("warcinfo", "", b"software: x"),
            record("request", "http://p.example/a", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "http://p.example/a", &page("A.")),
            record("response", "http://p.example/a", &page("A.")),
            record("revisit", "http://p.example/a", b""),
            record("response", "http://p.example/a", &page("A again.")),
            record("response", "http://p.example/n", missing),
            record("response", "http://p.example/p.png", picture),
            record("response", "http://p.example/z", &packed),
        ]
        .concat();
        let (found, passed) = read(all);
        assert_eq!(
            found,
            [
                Ok("http://p.example/a 2026-03-03T08:00:00Z A.".to_owned()),
                Ok("http://p.example/a@2026-03-03T08:00:00Z 2026-03-03T08:00:00Z A again.".to_owned()),
                Ok("http://p.example/z 2026-03-03T08:00:00Z “Packed,” she said.".to_owned()),
            ]
        );
        assert_eq!(passed, "2 pages met before, 1 answer 404, 1 image/png");
    }
}
