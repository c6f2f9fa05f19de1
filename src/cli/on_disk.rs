//! Where a document stands on disk: a document goes in, the name comes out by which an editor opens it at a line. That is
//! its path where the file still holds its text as it is (front matter before it), and its id where it does not: a line of
//! a file of many, a page, a file that has changed since.

use crate::document::Document;
use std::fs;
use std::path::Path;

/// How much may stand before the text in its file.
const FRONT: u64 = 1 << 16;

/// The name of a document, and how its lines are numbered there.
pub(super) struct OnDisk {
    /// Path or id.
    pub name: String,
    /// How many lines stand before the text.
    pub before: usize,
}

impl OnDisk {
    /// Looks the document up. Reads its file where that is not longer than the text and some front matter.
    pub(super) fn of(document: &Document) -> OnDisk {
        let found = document.path.as_deref().and_then(|path| Some((path, lines_before(path, &document.text)?)));
        match found {
            Some((path, before)) => OnDisk { name: path.to_owned(), before },
            None => OnDisk { name: document.id.clone(), before: 0 },
        }
    }
}

/// How many lines of a file stand before `text`, with which it ends.
fn lines_before(path: &str, text: &str) -> Option<usize> {
    let path = Path::new(path);
    let size = fs::metadata(path).ok().filter(|file| file.is_file())?.len();
    let fits = size >= text.len() as u64 && size <= text.len() as u64 + FRONT;
    let file = fits.then(|| fs::read_to_string(path).ok()).flatten()?;
    Some(file.strip_suffix(text)?.matches('\n').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file_while_it_holds_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let mut document = Document::new("a", "First line.\nSecond line.\n");
        document.path = Some(path.display().to_string());
        let named = |document: &Document| (OnDisk::of(document).name, OnDisk::of(document).before);
        assert_eq!(named(&document), ("a".to_owned(), 0));
        fs::write(&path, format!("---\ntitle: A\n---\n{}", document.text)).unwrap();
        assert_eq!(named(&document), (path.display().to_string(), 3));
        fs::write(&path, "Something else that is as long, and more.").unwrap();
        assert_eq!(named(&document), ("a".to_owned(), 0));
    }
}
