//! The files that a path stands for: itself, or those of a folder, sorted by name, without what git ignores and
//! without hidden ones. An index of sayso is left out, with its findings and reviews. Links are followed, but for one that leads to a folder in which it stands: it is reported.

use super::error::ReadError;
use ignore::{Walk, WalkBuilder};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The files below one folder.
pub(super) struct Folder {
    /// As the user named it.
    pub(super) root: PathBuf,
    walk: Walk,
    /// Links to a folder around the root, met and not yet reported.
    upward: Arc<Mutex<VecDeque<PathBuf>>>,
}

/// Whether a folder is an index of sayso: its manifest stands in it, or, where that was lost, the files beside it. What is
/// in such a folder is no document, and a walk leaves it out.
pub fn is_index(folder: &Path) -> bool {
    let holds = |name: &str| folder.join(name).is_file();
    holds("sayso.json") || holds("meta.json") && holds(".managed.json")
}

impl Folder {
    /// The files below `root`, which is a folder or a link to one. `left` is told of each index that is left out.
    pub(super) fn new(root: PathBuf, left: impl Fn(&Path) + Send + Sync + 'static) -> Folder {
        let upward = Arc::new(Mutex::new(VecDeque::new()));
        let (met, real) = (Arc::clone(&upward), root.canonicalize().ok());
        // The walk itself tells links to folders between the root and the link. One further up would bring in all that
        // stands beside the root, and then the root again.
        let inward = move |entry: &ignore::DirEntry| {
            if entry.depth() > 0 && is_index(entry.path()) {
                left(entry.path());
                return false;
            }
            let target =
                (entry.depth() > 0 && entry.path_is_symlink()).then(|| entry.path().canonicalize().ok()).flatten();
            let leads_up =
                target.zip(real.as_ref()).is_some_and(|(target, root)| root != &target && root.starts_with(target));
            if leads_up {
                met.lock().unwrap_or_else(PoisonError::into_inner).push_back(entry.path().to_path_buf());
            }
            !leads_up
        };
        let mut builder = WalkBuilder::new(&root);
        let walk = builder.follow_links(true).sort_by_file_name(|a, b| a.cmp(b)).filter_entry(inward).build();
        Folder { root, walk, upward }
    }

    fn upward(&self) -> Option<PathBuf> {
        self.upward.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

impl Iterator for Folder {
    type Item = Result<PathBuf, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(path) = self.upward() {
                return Some(Err(ReadError::Loop { path }));
            }
            let Some(entry) = self.walk.next() else {
                return self.upward().map(|path| Err(ReadError::Loop { path }));
            };
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
