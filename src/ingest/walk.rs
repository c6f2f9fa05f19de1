//! The files that a path stands for: itself, or those of a folder, sorted by name, without what git ignores and
//! without hidden ones. Links are followed; one that leads back into itself is reported once.

use super::error::ReadError;
use ignore::{Walk, WalkBuilder};
use std::path::{Path, PathBuf};

/// The files below one folder.
pub(super) struct Folder {
    /// As the user named it.
    pub(super) root: PathBuf,
    walk: Walk,
}

impl Folder {
    /// The files below `root`, which is a folder or a link to one.
    pub(super) fn new(root: PathBuf) -> Folder {
        let walk = WalkBuilder::new(&root).follow_links(true).sort_by_file_name(|a, b| a.cmp(b)).build();
        Folder { root, walk }
    }
}

impl Iterator for Folder {
    type Item = Result<PathBuf, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        for entry in self.walk.by_ref() {
            match entry {
                Err(error) => return Some(Err(told(&self.root, None, error))),
                Ok(entry) => {
                    if let Some(error) = entry.error() {
                        log::warn!("{}: {error}", entry.path().display());
                    }
                    if entry.file_type().is_some_and(|t| t.is_file()) {
                        return Some(Ok(entry.into_path()));
                    }
                }
            }
        }
        None
    }
}

/// What an error of the walk means.
fn told(root: &Path, path: Option<PathBuf>, error: ignore::Error) -> ReadError {
    use ignore::Error;
    let known = path.clone().unwrap_or_else(|| root.to_path_buf());
    match error {
        Error::WithPath { path, err } => told(root, Some(path), *err),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => told(root, path, *err),
        Error::Loop { child, .. } => ReadError::Loop { path: child },
        // The walk wraps the operating system's report; asked again, it tells a loop of links from other trouble.
        Error::Io(source) => ReadError::opening(&known, std::fs::metadata(&known).err().unwrap_or(source)),
        other => ReadError::Io { path: known, line: None, source: std::io::Error::other(other.to_string()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tests in `tests/read.rs` cannot close a folder to root; what the walk makes of the report is tested here.
    #[test]
    fn tells_the_walks_errors_apart() {
        let closed = ignore::Error::WithDepth {
            depth: 1,
            err: Box::new(ignore::Error::WithPath {
                path: "/".into(),
                err: Box::new(ignore::Error::Io(std::io::ErrorKind::PermissionDenied.into())),
            }),
        };
        let error = told(Path::new("a"), None, closed);
        assert!(matches!(&error, ReadError::Permission { path } if path == Path::new("/")), "{error}");
        let gone = ignore::Error::Io(std::io::ErrorKind::NotFound.into());
        assert!(matches!(told(Path::new("gone/by/now"), None, gone), ReadError::NotFound { .. }));
    }
}
