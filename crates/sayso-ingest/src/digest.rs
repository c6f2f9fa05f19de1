//! A digest of all that would be read: equal digests mean equal documents, so what was made of them can be kept.

use super::{Input, walk};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The SHA-256 of what [`documents`](super::documents) would read from `input`: paths, file contents and settings. `None`
/// if something of it cannot be read or is a pipe. Reads every file once, in pieces.
pub fn digest(input: &Input) -> Option<[u8; 32]> {
    let mut all = Sha256::new();
    let settings = format!("{:?} {:?} {:?}", input.kind, input.limits, input.names);
    all.update(settings.as_bytes());
    for (root, files) in files(input)? {
        all.update((root.as_os_str().len() as u64).to_le_bytes());
        all.update(root.as_os_str().as_encoded_bytes());
        files.iter().try_for_each(|file| feed(&mut all, file))?;
    }
    Some(all.finalize().into())
}

/// How many bytes the files have that [`documents`](super::documents) would read from `input`. `None` if one cannot be looked
/// at or is a pipe.
pub fn size(input: &Input) -> Option<u64> {
    let files = files(input)?.into_iter().flat_map(|(_, files)| files);
    files.map(|file| Some(std::fs::metadata(file).ok()?.len())).sum()
}

/// The files of each path.
fn files(input: &Input) -> Option<Vec<(&Path, Vec<PathBuf>)>> {
    let of = |path: &PathBuf| {
        let found = std::fs::metadata(path).ok().filter(|_| path.as_path() != Path::new("-"))?;
        match (found.is_dir(), found.is_file()) {
            (true, _) => walk::Folder::new(path.clone(), |_| ()).map(Result::ok).collect(),
            (_, true) => Some(vec![path.clone()]),
            _ => None,
        }
    };
    input.paths.iter().map(|path| Some((path.as_path(), of(path)?))).collect()
}

/// Adds the name, the length and the bytes of a file.
fn feed(all: &mut Sha256, path: &Path) -> Option<()> {
    let name = path.as_os_str().as_encoded_bytes();
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    for number in [name.len() as u64, length] {
        all.update(number.to_le_bytes());
    }
    all.update(name);
    let mut piece = vec![0; 1 << 16];
    let mut left = length;
    loop {
        let read = file.read(&mut piece).ok()?;
        if read == 0 {
            return (left == 0).then_some(());
        }
        left = left.checked_sub(read as u64)?;
        all.update(&piece[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::write;

    #[test]
    fn a_digest_changes_with_names_contents_and_settings() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let of = |paths: &[&Path]| {
            let paths = paths.iter().map(|path| path.to_path_buf()).collect();
            digest(&Input { paths, ..Input::default() })
        };
        write(&path, "The pier is closed.").unwrap();
        let first = of(&[folder.path()]);
        assert!(first.is_some());
        assert_eq!(first, of(&[folder.path()]));
        write(&path, "The pier is opened.").unwrap();
        let second = of(&[folder.path()]);
        assert_ne!(first, second);
        std::fs::rename(&path, folder.path().join("b.txt")).unwrap();
        assert_ne!(second, of(&[folder.path()]));
        assert_eq!(of(&[&folder.path().join("gone")]), None);
        assert_eq!(of(&[Path::new("-")]), None);
    }
}
