//! The destination of output: standard output, or a file that appears complete or not at all.

use super::look::{Colours, Look};
use super::terminal::cleaned;
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

/// An open destination.
pub enum Destination {
    /// Standard output, locked. On a terminal, with the colours that it supports.
    Stdout(BufWriter<StdoutLock<'static>>, Option<Colours>),
    /// A regular file. It is written under a temporary name in the same folder, then renamed.
    File(PathBuf, BufWriter<NamedTempFile>),
    /// A device or a named pipe, written directly. On a terminal, with the colours that it supports.
    Device(PathBuf, BufWriter<File>, Option<Colours>),
}

impl Destination {
    /// The look that fits it.
    pub fn look(&self) -> Look {
        if self.is_terminal() { Look::of_stdout() } else { Look::Plain }
    }

    /// Opens `path`, or standard output if there is none (or `-`).
    pub fn open(path: Option<&Path>) -> Result<Destination, OutputError> {
        const CAPACITY: usize = 256 << 10;
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            let terminal = Look::of_stdout().colours();
            return Ok(Destination::Stdout(BufWriter::with_capacity(CAPACITY, io::stdout().lock()), terminal));
        };
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
        let file = beside(folder, &target).map_err(failed)?;
        Ok(Destination::File(target, BufWriter::with_capacity(CAPACITY, file)))
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
        };
        result.map_err(|error| self.refused(error))
    }

    /// Flushes the buffer.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        let result = match self {
            Destination::Stdout(out, _) => out.flush(),
            Destination::File(_, out) => out.flush(),
            Destination::Device(_, out, _) => out.flush(),
        };
        result.map_err(|error| self.refused(error))
    }

    /// Ends the output. From now on the file exists.
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.flush()?;
        match self {
            Destination::File(path, out) => {
                let place = path.display().to_string();
                let file =
                    out.into_inner().map_err(|e| OutputError::Io { place: place.clone(), error: e.into_error() })?;
                file.as_file().sync_all().map_err(|error| OutputError::Io { place: place.clone(), error })?;
                file.persist(&path).map_err(|e| OutputError::Io { place, error: e.error })?;
                Ok(())
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
        }
    }
}

/// Creates a temporary file in the folder of `target`, with the permissions of `target` or those of a new file.
fn beside(folder: &Path, target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sayso-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(target).map_or(0o666, |meta| meta.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = target;
    builder.tempfile_in(folder)
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
