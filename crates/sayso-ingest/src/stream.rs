//! Bytes of a file, decompressed, with their beginning at hand: what a [`Stream`] is opened from decides nothing, the
//! first bytes do (gzip and zstd are known by their magic numbers, whatever the ending says).

use super::limits::{Guarded, Meter};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

/// How much is read at once.
const BUFFER: usize = 256 << 10;
/// How much is looked at to tell format and encoding.
const HEAD: usize = 64 << 10;

/// Decompressed bytes whose first 64 KiB can be looked at before they are read.
pub(super) struct Stream {
    /// The beginning, from `at` on not yet read.
    head: Vec<u8>,
    at: usize,
    /// An error met while the beginning was read; handed out after it.
    pending: Option<io::Error>,
    inner: Box<dyn BufRead + Send>,
    /// Whether a decompressor stands between, so that its errors can be told from the disk's.
    compressed: bool,
}

impl Stream {
    /// The file at `path`, or standard input for `-`, as its bytes stand there.
    pub(super) fn raw(path: &Path) -> io::Result<Stream> {
        if path == Path::new("-") {
            return Ok(Stream::peek(Box::new(BufReader::with_capacity(BUFFER, io::stdin())), false));
        }
        Ok(Stream::peek(Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)), false))
    }

    /// Bytes as they are, whatever they begin with.
    pub(super) fn plain(inner: impl BufRead + Send + 'static) -> Stream {
        Stream::peek(Box::new(inner), false)
    }

    /// Bytes that come from a store.
    #[cfg(feature = "objects")]
    pub(super) fn fetched(inner: sayso_objects::Body) -> Stream {
        Stream::plain(BufReader::with_capacity(BUFFER, inner))
    }

    /// Bytes out of an archive, counted by `meter`.
    pub(super) fn packed(inner: impl Read + Send + 'static, meter: &Arc<Meter>) -> Stream {
        Stream::peek(Box::new(BufReader::with_capacity(BUFFER, Guarded::new(inner, meter))), true)
    }

    /// Bytes at hand, as a test has them.
    #[cfg(test)]
    pub(super) fn test(bytes: Vec<u8>) -> Stream {
        let meter = Arc::new(Meter::new(super::limits::Limits::default()));
        Stream::new(io::Cursor::new(bytes), &meter).unwrap()
    }

    /// Any bytes, decompressed.
    #[cfg(test)]
    pub(super) fn new(inner: impl BufRead + Send + 'static, meter: &Arc<Meter>) -> io::Result<Stream> {
        Stream::peek(Box::new(inner), false).unpacked(meter)
    }

    /// The same decompressed, where the first bytes say that it is compressed. What comes out is counted by `meter`.
    pub(super) fn unpacked(self, meter: &Arc<Meter>) -> io::Result<Stream> {
        let raw = self;
        let guarded = |plain: Box<dyn Read + Send>| {
            Stream::peek(Box::new(BufReader::with_capacity(BUFFER, Guarded::new(plain, meter))), true)
        };
        if raw.head.starts_with(&[0x1f, 0x8b]) {
            return Ok(guarded(Box::new(flate2::bufread::MultiGzDecoder::new(raw))));
        }
        if raw.head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            return Ok(guarded(Box::new(zstd::stream::read::Decoder::with_buffer(raw)?)));
        }
        Ok(raw)
    }

    /// The same bytes seen through `layer` (a decoder of characters, a meter).
    pub(super) fn through<R: Read + Send + 'static>(self, layer: impl FnOnce(Stream) -> R) -> Stream {
        let compressed = self.compressed;
        Stream::peek(Box::new(BufReader::with_capacity(BUFFER, layer(self))), compressed)
    }

    fn peek(mut inner: Box<dyn BufRead + Send>, compressed: bool) -> Stream {
        let mut head = Vec::new();
        let pending = inner.as_mut().take(HEAD as u64).read_to_end(&mut head).err();
        if head.len() < HEAD && pending.is_none() {
            // The end was seen. A terminal would have to be told a second time.
            inner = Box::new(io::empty());
        }
        Stream { head, at: 0, pending, inner, compressed }
    }

    /// The first bytes, 64 KiB at most; fewer only where the stream ends or breaks off.
    pub(super) fn head(&self) -> &[u8] {
        &self.head[self.at..]
    }

    /// Whether not one byte comes, and no error either.
    pub(super) fn is_empty(&self) -> bool {
        self.head.is_empty() && self.pending.is_none()
    }

    /// Whether the head is all there is.
    pub(super) fn is_short(&self) -> bool {
        self.head.len() < HEAD
    }

    /// Whether the bytes come out of a decompressor.
    pub(super) fn compressed(&self) -> bool {
        self.compressed
    }

    /// Leaves out the first `n` bytes of the head (a byte-order mark).
    pub(super) fn skip(&mut self, n: usize) {
        self.at = (self.at + n).min(self.head.len());
    }

    /// All bytes that are left, or `None` if they are more than `limit`.
    pub(super) fn slurp(mut self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        (&mut self).take(limit + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }
}

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(&self.head[self.at..]);
        }
        match self.pending.take() {
            Some(error) => Err(error),
            None => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.head.len() {
            self.at += n;
        } else {
            self.inner.consume(n);
        }
    }
}

/// Lines of a stream in one buffer that is used again. A line above the limit is passed over without being held.
pub(super) struct Lines {
    stream: Stream,
    buffer: Vec<u8>,
    number: u64,
    limit: usize,
}

/// What stands on the next line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its bytes are in [`Lines::bytes`].
    Held,
    /// It was too long.
    TooLong,
}

/// A buffer that grew beyond this for one long line is given back.
const KEPT: usize = 16 << 20;

impl Lines {
    /// The lines of `stream`, each up to `limit` bytes.
    pub(super) fn new(stream: Stream, limit: usize) -> Lines {
        Lines { stream, buffer: Vec::new(), number: 0, limit }
    }

    /// The number of the line last read or begun, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The line last read, without its newline.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// Whether the bytes come out of a decompressor.
    pub(super) fn compressed(&self) -> bool {
        self.stream.compressed()
    }

    /// Goes to the next line; `None` at the end.
    pub(super) fn advance(&mut self) -> io::Result<Option<Line>> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT);
        self.number += 1;
        let mut begun = false;
        let mut line = Line::Held;
        loop {
            let chunk = match self.stream.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(begun.then_some(line));
            }
            begun = true;
            let newline = memchr::memchr(b'\n', chunk);
            let part = newline.unwrap_or(chunk.len());
            if line == Line::Held && self.buffer.len() + part <= self.limit {
                self.buffer.extend_from_slice(&chunk[..part]);
            } else {
                line = Line::TooLong;
                self.buffer = Vec::new();
            }
            self.stream.consume(part + usize::from(newline.is_some()));
            if newline.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn lines(text: &'static str, limit: usize) -> Vec<Option<String>> {
        let mut lines =
            Lines::new(Stream::peek(Box::new(BufReader::with_capacity(5, Cursor::new(text))), false), limit);
        let mut all = Vec::new();
        while let Some(line) = lines.advance().unwrap() {
            all.push((line == Line::Held).then(|| String::from_utf8(lines.bytes().to_vec()).unwrap()));
        }
        all
    }

    #[test]
    fn passes_over_what_is_too_long_and_goes_on() {
        let some = |s: &str| Some(s.to_string());
        assert_eq!(lines("", 9), []);
        assert_eq!(lines("a\n\nb", 9), [some("a"), some(""), some("b")]);
        assert_eq!(lines("123456789\n1234567890\nb\n", 9), [some("123456789"), None, some("b")]);
        assert_eq!(lines("1234567890", 9), [None]);
    }

    #[test]
    fn decompresses_by_magic_and_reads_every_member() {
        let mut two = Vec::new();
        for part in ["one ", "two"] {
            let mut gz = flate2::write::GzEncoder::new(&mut two, flate2::Compression::default());
            gz.write_all(part.as_bytes()).unwrap();
            gz.finish().unwrap();
        }
        let zst = zstd::stream::encode_all(Cursor::new("one two"), 3).unwrap();
        for bytes in [two, zst, b"one two".to_vec()] {
            assert_eq!(Stream::test(bytes).slurp(99).unwrap().unwrap(), b"one two");
        }
    }

    #[test]
    fn gives_what_came_before_a_cut() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        gz.write_all(b"first\nsecond\nthird\n").unwrap();
        let mut bytes = gz.finish().unwrap();
        bytes.truncate(bytes.len() - 12);
        let mut lines = Lines::new(Stream::test(bytes), 99);
        assert_eq!(lines.advance().unwrap(), Some(Line::Held));
        assert_eq!(lines.bytes(), b"first");
        assert_eq!(lines.advance().unwrap(), Some(Line::Held));
        assert_eq!(lines.advance().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
