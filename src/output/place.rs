//! The destination of output: standard output, or a file or an object of a store that appears complete or not at all.

use super::look::{Colours, Look};
use super::terminal::cleaned;
use crate::index::bare;
use crate::ingest::is_address;
use anstream::stream::IsTerminal;
use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Output could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// This build does not include the format.
    #[error("writing {0}: left out of this build; build sayso with the feature `{0}`")]
    NotBuilt(&'static str),
    /// The format does not suit this output.
    #[error("writing {format}: {why}")]
    Unfit {
        /// The format.
        format: &'static str,
        /// What the format is for.
        why: &'static str,
    },
    /// A field was asked for that no record has.
    #[error("--fields: no record here has `{path}`; the fields are {known}")]
    NoField {
        /// What was asked for.
        path: String,
        /// What there is.
        known: String,
    },
    /// The reader of the pipe has closed it. This ends the output but is not an error.
    #[error("the pipe is closed")]
    Closed,
    /// An address that cannot be written to.
    #[error("writing {place}: {why}")]
    Address {
        /// The address.
        place: String,
        /// What is wrong, and what would help.
        why: String,
    },
    /// The file or stream reported an error.
    #[error("writing {place}: {error}")]
    Io {
        /// The file, or `standard output`.
        place: String,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The statements to compare with could not be read.
    #[error(transparent)]
    Statements(#[from] sayso_core::store::StoreError),
    /// The record could not be written as JSON.
    #[error("writing a record as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The record could not be written as CSV.
    #[error("writing a record as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// Writing to memory failed. Does not happen.
    #[error("writing: {0}")]
    Memory(#[from] io::Error),
}

/// So much is gathered before it is written.
const CAPACITY: usize = 256 << 10;

/// An open destination.
pub enum Destination {
    /// Standard output, locked. On a terminal, with the colours that it supports.
    Stdout(BufWriter<StdoutLock<'static>>, Option<Colours>),
    /// A regular file. It is written under a temporary name in the same folder, then renamed.
    File(PathBuf, BufWriter<Pending>),
    /// A device or a named pipe, written directly. On a terminal, with the colours that it supports.
    Device(PathBuf, BufWriter<File>, Option<Colours>),
    /// An object of a store.
    #[cfg(feature = "objects")]
    Object(String, BufWriter<sayso_objects::Upload>),
}

impl Destination {
    /// The look that fits it.
    pub fn look(&self) -> Look {
        if self.is_terminal() { Look::of_stdout() } else { Look::Plain }
    }

    /// Opens `path`, or standard output if there is none (or `-`).
    pub fn open(path: Option<&Path>) -> Result<Destination, OutputError> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            let terminal = Look::of_stdout().colours();
            return Ok(Destination::Stdout(BufWriter::with_capacity(CAPACITY, io::stdout().lock()), terminal));
        };
        if is_address(path) {
            return Destination::object(path);
        }
        let failed = |error| OutputError::Io { place: path.display().to_string(), error };
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            let file = File::options().write(true).open(path).map_err(failed)?;
            let terminal = file.is_terminal().then_some(Colours::No);
            return Ok(Destination::Device(path.to_owned(), BufWriter::with_capacity(CAPACITY, file), terminal));
        }
        if path.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        // Follow a link, so that it stays a link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = Pending::beside(folder, &target).map_err(|error| failed(bare(error)))?;
        Ok(Destination::File(target, BufWriter::with_capacity(CAPACITY, file)))
    }

    /// Opens an object of a store, which is there when the output ends.
    #[cfg(feature = "objects")]
    fn object(path: &Path) -> Result<Destination, OutputError> {
        Destination::upload(sayso_objects::Place::of(&path.to_string_lossy()), path)
    }

    /// Opens an object at a place, whose address was `path`.
    #[cfg(feature = "objects")]
    fn upload(
        place: Result<sayso_objects::Place, sayso_objects::ObjectError>,
        path: &Path,
    ) -> Result<Destination, OutputError> {
        let opened = place.and_then(|found| Ok((found.name(), found.write()?)));
        let refused = |error: sayso_objects::ObjectError| {
            // What stands behind the question mark may be a signature.
            let place = path.to_string_lossy().split(['?', '#']).next().unwrap_or_default().to_owned();
            OutputError::Address { place, why: error.to_string() }
        };
        let (name, upload) = opened.map_err(refused)?;
        Ok(Destination::Object(name, BufWriter::with_capacity(CAPACITY, upload)))
    }

    #[cfg(not(feature = "objects"))]
    fn object(path: &Path) -> Result<Destination, OutputError> {
        let (place, why) = (path.display().to_string(), crate::ingest::LEFT_OUT.to_owned());
        Err(OutputError::Address { place, why })
    }

    /// Whether it is standard output on a terminal.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Destination::Stdout(_, Some(_)))
    }

    /// Writes bytes, which must be complete characters and complete colour codes. Removes other control characters for
    /// a terminal.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let result = match self {
            Destination::Stdout(out, Some(colours)) => out.write_all(&cleaned(bytes, *colours == Colours::Yes)),
            Destination::Device(_, out, Some(colours)) => out.write_all(&cleaned(bytes, *colours == Colours::Yes)),
            Destination::Stdout(out, None) => out.write_all(bytes),
            Destination::File(_, out) => out.write_all(bytes),
            Destination::Device(_, out, None) => out.write_all(bytes),
            #[cfg(feature = "objects")]
            Destination::Object(_, out) => out.write_all(bytes),
        };
        result.map_err(|error| self.refused(error))
    }

    /// Flushes the buffer.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        let result = match self {
            Destination::Stdout(out, _) => out.flush(),
            Destination::File(_, out) => out.flush(),
            Destination::Device(_, out, _) => out.flush(),
            #[cfg(feature = "objects")]
            Destination::Object(_, out) => out.flush(),
        };
        result.map_err(|error| self.refused(error))
    }

    /// Ends the output. From now on the file or object exists.
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.flush()?;
        match self {
            Destination::File(path, out) => {
                let place = path.display().to_string();
                let file =
                    out.into_inner().map_err(|e| OutputError::Io { place: place.clone(), error: e.into_error() })?;
                file.persist(&path).map_err(|error| OutputError::Io { place, error: bare(error) })
            }
            #[cfg(feature = "objects")]
            Destination::Object(place, out) => {
                let whole =
                    out.into_inner().map_err(io::IntoInnerError::into_error).and_then(sayso_objects::Upload::finish);
                whole.map_err(|error| OutputError::Io { place, error })
            }
            _ => Ok(()),
        }
    }

    fn refused(&self, error: io::Error) -> OutputError {
        match self {
            _ if error.kind() == io::ErrorKind::BrokenPipe => OutputError::Closed,
            Destination::Stdout(..) => OutputError::Io { place: "standard output".into(), error },
            Destination::File(path, _) | Destination::Device(path, ..) => {
                OutputError::Io { place: path.display().to_string(), error }
            }
            #[cfg(feature = "objects")]
            Destination::Object(place, _) => OutputError::Io { place: place.clone(), error },
        }
    }
}

/// A folder that files are written into: of the disk, or of a store.
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(feature = "objects")]
    place: Option<sayso_objects::Place>,
}

impl Folder {
    /// Creates a folder, and those that lead to it; a store has none to create.
    pub(super) fn create(path: PathBuf) -> Result<Folder, OutputError> {
        if is_address(&path) {
            return Folder::of_store(path);
        }
        create(&path)?;
        Ok(Folder {
            path,
            #[cfg(feature = "objects")]
            place: None,
        })
    }

    #[cfg(feature = "objects")]
    fn of_store(path: PathBuf) -> Result<Folder, OutputError> {
        let refused = |error: sayso_objects::ObjectError| OutputError::Address {
            place: path.display().to_string(),
            why: error.to_string(),
        };
        let place = Some(sayso_objects::Place::of(&path.to_string_lossy()).map_err(refused)?);
        Ok(Folder { path, place })
    }

    #[cfg(not(feature = "objects"))]
    fn of_store(path: PathBuf) -> Result<Folder, OutputError> {
        let (place, why) = (path.display().to_string(), crate::ingest::LEFT_OUT.to_owned());
        Err(OutputError::Address { place, why })
    }

    /// Opens a file in it, which may stand in a folder of its own (`month=2031-05/part-0.parquet`).
    pub(super) fn open(&self, name: &str) -> Result<Destination, OutputError> {
        let path = self.path.join(name);
        #[cfg(feature = "objects")]
        if let Some(place) = &self.place {
            return Destination::upload(place.join(name), &path);
        }
        path.parent().map_or(Ok(()), create)?;
        Destination::open(Some(&path))
    }

    /// Writes a file that is at hand.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        if is_address(&self.path) {
            let mut place = self.open(name)?;
            place.write(bytes)?;
            return place.finish();
        }
        let path = self.path.join(name);
        fs::write(&path, bytes).map_err(|error| OutputError::Io { place: path.display().to_string(), error })
    }
}

fn create(folder: &Path) -> Result<(), OutputError> {
    fs::create_dir_all(folder).map_err(|error| OutputError::Io { place: folder.display().to_string(), error })
}

/// A file that is not there yet: without a name where the system has such files, so that a program that is ended at any
/// moment leaves nothing; else under a temporary name.
pub enum Pending {
    /// A file without a name.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// A file with a name of its own in the same folder.
    Named(NamedTempFile),
}

impl Pending {
    /// In the folder of `target`, with the permissions of `target` or those of a new file.
    fn beside(folder: &Path, target: &Path) -> io::Result<Pending> {
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed(folder, target) {
            return Ok(Pending::Unnamed(file));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(mode(target)));
        }
        #[cfg(not(unix))]
        let _ = target;
        builder.tempfile_in(folder).map(Pending::Named)
    }

    /// Writes all to the disk and gives it its name, in the place of what has it.
    fn persist(self, path: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Pending::Unnamed(file) => {
                use std::os::fd::AsRawFd;
                file.sync_all()?;
                // A file can be given a new name only, so it gets one that takes the place of the other.
                let own = format!("/proc/self/fd/{}", file.as_raw_fd());
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let link = |name: &Path| {
                    use rustix::fs::{AtFlags, CWD, linkat};
                    Ok(linkat(CWD, own.as_str(), CWD, name, AtFlags::SYMLINK_FOLLOW)?)
                };
                let named = tempfile::Builder::new().prefix(PREFIX).make_in(folder, link)?;
                named.persist(path).map(drop).map_err(|e| e.error)
            }
            Pending::Named(file) => {
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            #[cfg(target_os = "linux")]
            Pending::Unnamed(file) => file.write(bytes),
            Pending::Named(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Pending::Unnamed(file) => file.flush(),
            Pending::Named(file) => file.flush(),
        }
    }
}

/// How temporary names begin.
const PREFIX: &str = ".sayso-";

/// A file without a name; none where the file system has no such files, or no way to name it later.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, target: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    use std::os::unix::fs::PermissionsExt;
    if !Path::new("/proc/self/fd").exists() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = File::from(open(folder, flags, Mode::from_raw_mode(mode(target))).ok()?);
    // The mode of a file that is there already holds whatever the umask says.
    if let Ok(there) = fs::metadata(target) {
        file.set_permissions(fs::Permissions::from_mode(there.permissions().mode() & 0o777)).ok()?;
    }
    Some(file)
}

/// The permissions of a file, or those of a new one.
#[cfg(unix)]
fn mode(target: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(target).map_or(0o666, |meta| meta.permissions().mode() & 0o777)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        fs::write(&path, "before").unwrap();
        let mut place = Destination::open(Some(&path)).unwrap();
        place.write(b"after").unwrap();
        place.flush().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        place.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_writer_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        let mut place = Destination::open(Some(&path)).unwrap();
        place.write(b"half").unwrap();
        drop(place);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = Destination::open(Some(folder.path())).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(&folder.path().display().to_string()), "{error}");
    }
}
