//! The folders of a repair: the one in which the new index is built, and the one in which the damaged index is kept.
//! Only a folder that is marked as half built is ever deleted.
//!
//! While it is built, `index.repaired` contains the mark. When it is complete, the mark is removed and the two folders
//! are exchanged in one file-system operation (`renameat2` with `RENAME_EXCHANGE` on Linux). Then `index.repaired` is
//! the damaged index, and it gets its permanent name, `index.damaged`. An interruption before the exchange leaves the
//! old index in place, and one after it the new index. A folder without the mark that an interruption left behind is
//! also kept, under a permanent name.

use super::error::IndexError;
use super::segment::is_segment;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file that marks a folder as half built.
const MARK: &str = ".sayso-half-built";

/// The folders of a repair.
pub(super) struct Places {
    /// The folder in which the new index is built.
    pub(super) building: PathBuf,
    /// The name that the damaged index will get.
    pub(super) old: PathBuf,
}

impl Places {
    /// Creates the folder to build in, beside `dir`.
    pub(super) fn beside(dir: &Path) -> Result<Places, IndexError> {
        let building = beside(dir, ".repaired");
        let make = || {
            clear(dir, &building)?;
            fs::create_dir(&building)?;
            fs::set_permissions(&building, fs::metadata(dir)?.permissions())?;
            File::create(building.join(MARK))?.sync_all()?;
            sync(&building)
        };
        make().map_err(|source| IndexError::ReadOnly { dir: building.clone(), source })?;
        Ok(Places { old: free(&beside(dir, ".damaged")), building })
    }

    /// Deletes the half-built folder.
    pub(super) fn give_up(&self) {
        // If deletion fails, the folder stays marked as half built, and the next repair tries again.
        let _ = fs::remove_dir_all(&self.building);
    }

    /// Copies the other files of the damaged folder, such as saved searches or a note.
    pub(super) fn take_along(&self, dir: &Path) -> Result<(), IndexError> {
        copy_others(dir, &self.building, true)
            .map_err(|source| IndexError::ReadOnly { dir: self.building.clone(), source })
    }

    /// Puts the new index in the place of the damaged one.
    pub(super) fn swap(&self, dir: &Path) -> Result<(), IndexError> {
        let swap = || {
            fs::remove_file(self.building.join(MARK))?;
            sync(&self.building)?;
            let parent = dir.parent().unwrap_or(Path::new("/"));
            if exchange(dir, &self.building)? {
                sync(parent)?;
                fs::rename(&self.building, &self.old)?;
            } else {
                fs::rename(dir, &self.old)?;
                if let Err(error) = fs::rename(&self.building, dir) {
                    fs::rename(&self.old, dir)?;
                    return Err(error);
                }
            }
            sync(parent)
        };
        swap().map_err(|source| IndexError::ReadOnly { dir: dir.to_owned(), source })
    }
}

/// Exchanges two folders in one operation. Returns `false` if the file system cannot do that.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Makes room for a new folder: deletes a half-built one, and renames anything else.
fn clear(dir: &Path, building: &Path) -> io::Result<()> {
    match fs::symlink_metadata(building) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(_) if building.join(MARK).exists() => half_built_away(building),
        // An empty folder is one that had not been marked yet.
        Ok(_) if fs::remove_dir(building).is_ok() => Ok(()),
        Ok(_) => fs::rename(building, free(&beside(dir, ".damaged"))),
    }
}

/// Deletes a half-built folder, the mark last, so that an interruption leaves it marked.
fn half_built_away(building: &Path) -> io::Result<()> {
    for entry in fs::read_dir(building)? {
        let entry = entry?;
        if entry.file_name() == MARK {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_file(building.join(MARK))?;
    fs::remove_dir(building)
}

/// Copies the files that are not part of an index.
fn copy_others(from: &Path, to: &Path, top: bool) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if top && name.to_str().is_some_and(is_of_index) {
            continue;
        }
        let target = to.join(&name);
        let kind = entry.file_type()?;
        if kind.is_dir() {
            fs::create_dir(&target)?;
            copy_others(&entry.path(), &target, false)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &target)?;
            File::open(&target)?.sync_all()?;
        } else {
            log::warn!(
                "{}: neither a file nor a folder: it stays with the damaged index alone",
                entry.path().display()
            );
        }
    }
    sync(to)
}

/// Whether a file is part of an index, or of one that is being written.
fn is_of_index(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    is_segment(stem)
        || matches!(name, "meta.json" | "sayso.json" | ".managed.json" | ".sayso-writer" | MARK)
        || name.starts_with(".tantivy-")
        || name.starts_with(".tmp")
}

/// Flushes changes to a folder to disk.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn beside(dir: &Path, ending: &str) -> PathBuf {
    let mut name = dir.file_name().map(|name| name.to_os_string()).unwrap_or_default();
    name.push(ending);
    dir.with_file_name(name)
}

/// The path itself, or the first free path with a number appended.
fn free(path: &Path) -> PathBuf {
    let taken = |path: &Path| fs::symlink_metadata(path).is_ok();
    let numbered = (2..).map(|n: u32| PathBuf::from(format!("{}.{n}", path.display())));
    std::iter::once(path.to_owned()).chain(numbered).find(|path| !taken(path)).unwrap_or_else(|| path.to_owned())
}
