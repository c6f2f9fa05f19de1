//! Archives: `.zip` (and `.wacz`, a crawl in one) and `.tar`, also compressed. Every file in them is read as one in a folder
//! is, in the order of the archive; what is not read is counted. Bytes stream through, so that a long file in an archive
//! is never held whole; a zip that does not stand on the disk is laid there first, since its list of files is at its end.

use super::error::ReadError;
use super::limits::{Guarded, Shared, skip};
use super::reader::{Held, Holder};
use super::source::{Given, Source};
use super::stream::Stream;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipArchive};

/// How a file of an archive is stored.
type Stored = Box<dyn Read + Send>;

/// The files of a zip.
struct Zip {
    /// The archive itself, told from those inside it by its depth.
    source: Source,
    archive: ZipArchive<BufReader<File>>,
    path: PathBuf,
    /// Holds the file at `path` while it is read, where it is ours.
    _laid: Option<NamedTempFile>,
    next: usize,
    /// Only what stands in `archive/` of a crawl is read.
    crawl: bool,
}

/// Opens the zip at the source's own path.
pub(super) fn open_zip(source: &Source) -> Result<Box<dyn Holder>, ReadError> {
    let path = source.path.clone();
    let file = File::open(&path).map_err(|e| ReadError::opening(&path, e))?;
    if file.metadata().is_ok_and(|meta| meta.len() == 0) {
        return Err(ReadError::Empty { path, line: None });
    }
    reader(source, file, path, None)
}

/// Opens a zip that comes out of a pipe or another archive.
pub(super) fn zip(source: &Source, stream: Stream) -> Result<Box<dyn Holder>, ReadError> {
    let broken = |error| source.broken(error, None, false);
    let mut laid = NamedTempFile::new().map_err(broken)?;
    io::copy(&mut Guarded::new(stream, &source.meter), &mut laid).map_err(broken)?;
    let (file, path) = (laid.reopen().map_err(broken)?, laid.path().to_owned());
    reader(source, file, path, Some(laid))
}

fn reader(
    source: &Source,
    file: File,
    path: PathBuf,
    laid: Option<NamedTempFile>,
) -> Result<Box<dyn Holder>, ReadError> {
    let source = source.archive()?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&source, "the archive", &error))?;
    let crawl = source.path.extension().is_some_and(|e| e.eq_ignore_ascii_case("wacz"));
    Ok(Box::new(Zip { source, archive, path, _laid: laid, next: 0, crawl }))
}

fn damaged(source: &Source, what: &str, error: &dyn std::fmt::Display) -> ReadError {
    source.malformed(None, None, format!("{what} cannot be read ({error})"), "fetch or pack the archive again")
}

impl Holder for Zip {
    fn next(&mut self, _: &Source) -> Option<Result<Held, ReadError>> {
        while self.next < self.archive.len() {
            self.next += 1;
            match self.entry(self.next - 1) {
                Ok(None) => {}
                Ok(Some(piece)) => return Some(Ok(piece)),
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl Zip {
    fn entry(&mut self, number: usize) -> Result<Option<Held>, ReadError> {
        let (source, path) = (&self.source, &self.path);
        let file = self.archive.by_index_raw(number);
        let file = file.map_err(|error| damaged(source, &format!("entry {}", number + 1), &error))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let outside = self.crawl && !name.starts_with("archive/");
        if file.is_dir() || is_hidden(&name) || outside {
            return Ok(None);
        }
        let inside = source.inside(&name, Given::default());
        if file.encrypted() {
            let help = "unpack it with its password";
            return Err(inside.malformed(None, None, "it is encrypted".to_owned(), help));
        }
        let open = || -> io::Result<_> {
            let mut bytes = File::open(path)?;
            bytes.seek(SeekFrom::Start(file.data_start().unwrap_or_default()))?;
            Ok(BufReader::new(bytes).take(file.compressed_size()))
        };
        let bytes = open().map_err(|error| inside.broken(error, None, false))?;
        let stored: Stored = match file.compression() {
            CompressionMethod::Stored => Box::new(bytes),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(bytes)),
            other => {
                let why = format!("it is packed by a method that is not read ({other})");
                return Err(inside.malformed(None, None, why, "pack the archive again by the usual method, deflate"));
            }
        };
        let stream = Stream::packed(stored, &source.meter);
        Ok(Some(Held::File(Box::new(inside), stream, None)))
    }
}

/// Whether a file in an archive is hidden, or the furniture of macOS.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part.len() > 1 && part != ".." || part == "__MACOSX")
}

/// The files of a tar.
struct Tar {
    source: Source,
    stream: Shared<Stream>,
    /// What is left of the file that is being read, and how many bytes fill up its last block.
    left: Arc<AtomicU64>,
    padding: u64,
    done: bool,
}

/// Reads a tar as it comes.
pub(super) fn tar(source: &Source, stream: Stream) -> Result<Box<dyn Holder>, ReadError> {
    let (source, stream) = (source.archive()?, Shared::new(stream));
    Ok(Box::new(Tar { source, stream, left: Arc::default(), padding: 0, done: false }))
}

impl Holder for Tar {
    fn next(&mut self, _: &Source) -> Option<Result<Held, ReadError>> {
        while !self.done {
            match self.entry() {
                Ok(Some(Held::Nothing)) => {}
                Ok(Some(piece)) => return Some(Ok(piece)),
                Ok(None) => break,
                Err(error) => {
                    self.done = true;
                    return Some(Err(self.source.broken(error, None, true)));
                }
            }
        }
        None
    }
}

impl Tar {
    fn entry(&mut self) -> io::Result<Option<Held>> {
        let rest = self.left.swap(0, Ordering::Relaxed) + std::mem::take(&mut self.padding);
        self.stream.with(|stream| skip(stream, rest))?;
        // An archive that is opened anew at every file: it holds nothing but its place, and that is ours.
        let mut archive = tar::Archive::new(self.stream.clone());
        let Some(entry) = archive.entries()?.next() else {
            self.done = true;
            return Ok(None);
        };
        let entry = entry?;
        let (size, kind) = (entry.size(), entry.header().entry_type());
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        self.left = Arc::new(AtomicU64::new(size));
        self.padding = size.next_multiple_of(512) - size;
        if !kind.is_file() && !kind.is_contiguous() || is_hidden(&name) {
            return Ok(Some(Held::Nothing));
        }
        let inside = self.source.inside(name.trim_start_matches("./"), Given::default());
        let bytes = EntryBytes { stream: self.stream.clone(), left: Arc::clone(&self.left) };
        let stream = Stream::packed(bytes, &self.source.meter);
        Ok(Some(Held::File(Box::new(inside), stream, None)))
    }
}

/// The bytes of one file of a tar.
struct EntryBytes {
    stream: Shared<Stream>,
    left: Arc<AtomicU64>,
}

impl Read for EntryBytes {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        let most = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let n = self.stream.read(&mut out[..most])?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left.fetch_sub(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The bytes of the file `name` in a zip that is held in memory; `None` where there is none. Counted by the source's meter.
pub(super) fn part<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<Option<Vec<u8>>, ReadError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(source, name, &error)),
    };
    let mut bytes = Vec::new();
    let most = source.limit as u64;
    let read = Guarded::new(file, &source.meter).take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| source.broken(error, None, true))?;
    if bytes.len() as u64 > most {
        return Err(source.too_long(None));
    }
    Ok(Some(bytes))
}

/// The address of `name` as it is written in the file `from` of an archive: `../text/a.html` in `OPS/book.opf`.
pub(super) fn beside(from: &str, name: &str) -> String {
    let name = name.split(['#', '?']).next().unwrap_or_default();
    let folder = Path::new(from).parent().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in name.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::source::{Run, Setup};
    use std::io::Write;

    fn read(name: &str, bytes: Vec<u8>, limits: Limits) -> (Vec<Result<String, String>>, String) {
        let setup = Setup { kind: None, limit: 1 << 20, run: Arc::new(Run::new(limits, Default::default())) };
        let source = Source::named(name.into(), &setup);
        let reader = super::super::format::inside(&source, Stream::test(bytes), None);
        let found = match reader {
            Ok(reader) => {
                let mut reader = reader.unwrap();
                std::iter::from_fn(|| reader.next(&source))
                    .map(|d| d.map(|d| format!("{} {}", d.id, d.text)).map_err(|e| e.to_string()))
                    .collect()
            }
            Err(error) => vec![Err(error.to_string())],
        };
        (found, setup.run.skips().unread.to_string())
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            out.append_data(&mut header, name, *bytes).unwrap();
        }
        out.into_inner().unwrap()
    }

    #[test]
    fn files_in_archives_are_read_in_order() {
        let long = "x".repeat(120) + ".txt";
        let files: [(&str, &[u8]); 5] = [
            ("b/one.txt", b"One."),
            (&long, b"Long."),
            ("pic.jpg", b"\xff\xd8"),
            (".hidden.txt", b"No."),
            ("a.jsonl", b"{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n"),
        ];
        let wanted =
            ["b/one.txt One.".to_owned(), format!("{long} Long."), "a.jsonl#1 A.".into(), "a.jsonl#2 B.".into()];
        for (name, bytes) in [("x.zip", zipped(&files)), ("x.tar", tarred(&files))] {
            let (found, skipped) = read(name, bytes, Limits::default());
            let wanted: Vec<Result<String, String>> = wanted.iter().map(|w| Ok(format!("{name}/{w}"))).collect();
            assert_eq!((found, skipped.as_str()), (wanted, "1 .jpg"));
        }
        let both = zipped(&[("in.tar", &tarred(&[("a.txt", b"A.")]))]);
        assert_eq!(read("x.zip", both, Limits::default()).0, [Ok("x.zip/in.tar/a.txt A.".to_owned())]);
    }

    #[test]
    fn limits_are_told_once() {
        let mut deep = zipped(&[("a.txt", b"A.")]);
        for _ in 0..3 {
            deep = zipped(&[("in.zip", &deep), ("b.txt", b"B.")]);
        }
        let (found, _) = read("x.zip", deep, Limits::default());
        assert_eq!(found.iter().filter(|d| d.is_ok()).count(), 3, "{found:?}");
        assert!(
            found[0].as_ref().unwrap_err().contains("x.zip/in.zip/in.zip/in.zip: more than 3 archives"),
            "{found:?}"
        );
        let bomb = zipped(&[("a.txt", &vec![b'a'; 500_000]), ("b.txt", b"B."), ("c.txt", b"C.")]);
        let (found, _) = read("x.zip", bomb, Limits { unpacked: 100_000, time: None });
        assert_eq!(
            found,
            [Err("x.zip/a.txt: unpacks to more than 100000 bytes; --max-unpacked allows more".to_owned())]
        );
    }

    #[test]
    fn damage_is_named() {
        let (found, _) = read("x.zip", b"PK\x03\x04 no more".to_vec(), Limits::default());
        assert!(found[0].as_ref().unwrap_err().starts_with("x.zip: the archive cannot be read"), "{found:?}");
        let whole = tarred(&[("a.txt", b"A."), ("b.txt", &[b'b'; 4000])]);
        let (found, _) = read("x.tar", whole[..2200].to_vec(), Limits::default());
        assert_eq!(found[0], Ok("x.tar/a.txt A.".into()));
        assert!(found[1].as_ref().unwrap_err().contains("break off"), "{found:?}");
    }

    #[test]
    fn addresses_in_archives() {
        assert_eq!(beside("OPS/book.opf", "../text/a.html#x"), "text/a.html");
        assert_eq!(beside("book.opf", "a.html"), "a.html");
    }
}
