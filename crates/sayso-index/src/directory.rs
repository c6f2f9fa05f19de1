//! tantivy's memory-mapped folder, with three differences. A reader takes no lock file in a folder that it cannot
//! write, so an index on a read-only disk can be read. (The lock only keeps a writer from deleting segments that are
//! being opened, and a folder that cannot be written has no writer.) The small files are readable by others, as the
//! segments are. And a damaged list of files ([`MANAGED`]) is rebuilt: it only states which files may be deleted, so no
//! document depends on it.

use super::durable::write_at_once;
use super::segment::is_segment;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The list of files that tantivy has written and not yet deleted.
pub(crate) const MANAGED: &str = ".managed.json";

/// A folder of memory-mapped files.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    inner: MmapDirectory,
    dir: PathBuf,
}

impl Folder {
    /// Opens the folder `dir`, which must exist.
    pub(crate) fn open(dir: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Folder { inner: MmapDirectory::open(dir)?, dir: dir.to_owned() })
    }

    /// Whether the list of files in `dir` can be read. A folder without a list is fine.
    pub(crate) fn lists_its_files(dir: &Path) -> bool {
        std::fs::read(dir.join(MANAGED)).map_or_else(|e| e.kind() == io::ErrorKind::NotFound, |bytes| is_list(&bytes))
    }

    /// The list of files as it should be: the segment files and the files that name them.
    fn files(&self) -> io::Result<Vec<u8>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.dir)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name == "meta.json" || name.split_once('.').is_some_and(|(stem, _)| is_segment(stem)) {
                files.push(name);
            }
        }
        files.sort();
        Ok(serde_json::to_vec(&files)?)
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.inner.atomic_read(path)?;
        if path == Path::new(MANAGED) && !is_list(&bytes) {
            return self.files().map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()));
        }
        Ok(bytes)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        write_at_once(&self.dir, path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(LockError::IoError(e))
                if lock.filepath == META_LOCK.filepath
                    && matches!(e.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

fn is_list(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Vec<PathBuf>>(bytes).is_ok()
}
