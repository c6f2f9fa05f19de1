//! The name by which an editor opens a document at a line. It is the path if the file ends in the document's text,
//! unchanged (front matter may precede it). Otherwise it is the id: for one line of a file of many documents, for a web
//! page, and for a file that has changed since.

use crate::document::Document;
use std::fs;
use std::path::Path;

/// The maximum number of bytes before the text in its file.
const FRONT: u64 = 1 << 16;

/// The name of a document, and the numbering of its lines.
pub(super) struct OnDisk {
    /// The path or the id.
    pub name: String,
    /// The number of lines in the file before the text.
    pub before: usize,
    /// Whether the file ends in the text, so that its lines can be named.
    pub holds: bool,
}

impl OnDisk {
    /// Finds the name of a document. Reads its file only if that is not longer than the text and some front matter.
    pub(super) fn of(document: &Document) -> OnDisk {
        let found = document.path.as_deref().and_then(|path| Some((path, lines_before(path, &document.text)?)));
        match found {
            Some((path, before)) => OnDisk { name: path.to_owned(), before, holds: true },
            None => OnDisk { name: document.id.clone(), before: 0, holds: false },
        }
    }
}

/// The number of lines in a file before `text`. `None` if the file does not end in `text`.
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
