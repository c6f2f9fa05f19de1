//! 7z archives. Their files are packed together, one behind the other, so that none can be read by itself: they are unpacked in
//! one pass into a folder that goes with the reader, as many bytes as the limit allows, and read from there.

use super::archive::is_hidden;
use super::error::ReadError;
use super::limits::Guarded;
use super::reader::{Held, Holder};
use super::source::{Given, Source};
use super::stream::Stream;
use sevenz_rust2::{ArchiveEntry, ArchiveReader, Password};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use tempfile::TempDir;

const HELP: &str = "fetch or pack the archive again, without a password";

/// The memory that a dictionary may take, in KiB.
const MEMORY: usize = 256 << 10;

/// The files of an archive, unpacked.
struct Seven {
    source: Source,
    files: std::vec::IntoIter<(String, PathBuf)>,
    /// What broke the unpacking off; told behind the files that were unpacked before.
    broken: Option<ReadError>,
    _folder: TempDir,
}

/// Unpacks an archive.
pub(super) fn reader(source: &Source, stream: Stream) -> Result<Box<dyn Holder>, ReadError> {
    // The library is not ours: what makes it panic is a damaged file.
    catch_unwind(AssertUnwindSafe(|| unpacked(source, stream))).unwrap_or_else(|_| {
        let why = "the archive cannot be read (it breaks the reader)".to_owned();
        Err(source.malformed(None, None, why, HELP))
    })
}

fn unpacked(source: &Source, stream: Stream) -> Result<Box<dyn Holder>, ReadError> {
    let broken = |error| source.broken(error, None, false);
    let mut laid = tempfile::tempfile().map_err(broken)?;
    io::copy(&mut Guarded::new(stream, &source.meter), &mut laid).map_err(broken)?;
    laid.rewind().map_err(broken)?;
    let source = source.archive()?;
    let folder = tempfile::tempdir().map_err(|error| source.broken(error, None, false))?;
    let mut archive = ArchiveReader::new_with_memory_limit(BufReader::new(laid), Password::empty(), MEMORY)
        .map_err(|error| damaged(&source, &error))?;
    archive.set_thread_count(1);
    let (mut files, mut failed) = (Vec::new(), None);
    let unpacked = archive.for_each_entries(|entry, bytes| {
        let copied = unpack(&source, entry, bytes, &folder, files.len());
        match copied {
            Ok(Some(file)) => files.push(file),
            Ok(None) => {}
            Err(error) => failed = Some(source.broken(error, None, true)),
        }
        Ok(failed.is_none())
    });
    let broken = failed.or_else(|| unpacked.err().map(|error| damaged(&source, &error)));
    Ok(Box::new(Seven { source, files: files.into_iter(), broken, _folder: folder }))
}

/// Lays one file into the folder; none where it is no file to read.
fn unpack(
    source: &Source,
    entry: &ArchiveEntry,
    bytes: &mut dyn Read,
    folder: &TempDir,
    number: usize,
) -> io::Result<Option<(String, PathBuf)>> {
    let mut counted = Guarded::new(bytes, &source.meter);
    if entry.is_directory || entry.is_anti_item || is_hidden(&entry.name) {
        // What is behind it is reached through it.
        io::copy(&mut counted, &mut io::sink())?;
        return Ok(None);
    }
    let path = folder.path().join(number.to_string());
    io::copy(&mut counted, &mut File::create(&path)?)?;
    Ok(Some((entry.name.clone(), path)))
}

fn damaged(source: &Source, error: &sevenz_rust2::Error) -> ReadError {
    let why = format!("the archive cannot be read ({error})");
    source.malformed(None, None, why, HELP)
}

impl Holder for Seven {
    fn next(&mut self, _: &Source) -> Option<Result<Held, ReadError>> {
        let Some((name, path)) = self.files.next() else { return self.broken.take().map(Err) };
        let inside = self.source.inside(&name, Given::default());
        let opened = Stream::raw(&path).and_then(|stream| stream.unpacked(&self.source.meter));
        Some(match opened {
            Ok(stream) => Ok(Held::File(Box::new(inside), stream, None)),
            Err(error) => Err(inside.broken(error, None, true)),
        })
    }
}
