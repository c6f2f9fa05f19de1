//! The name by which a reader finds a document, and an editor opens it at a line: the path as it was given, with the lines
//! of the file where the file ends in the document's text, unchanged (front matter may precede it). One line of a file of
//! many documents is the path with its number (`news.jsonl#3`). Where the path does not tell which document it is, the name
//! is the id: for one with an `id` of its own in such a file, for a web page, and for a file that has changed since.

use crate::document::Document;
use std::fs;
use std::path::Path;

/// The maximum number of bytes before the text in its file.
const FRONT: u64 = 1 << 16;

/// The name of a document, and the numbering of its lines.
#[derive(Clone, Debug)]
pub(crate) struct OnDisk {
    /// The path or the id.
    pub(crate) name: String,
    /// The number of lines in the file before the text.
    pub(crate) before: usize,
    /// Whether the file ends in the text, so that its lines can be named.
    pub(crate) holds: bool,
}

impl OnDisk {
    /// Finds the name of a document. Reads its file only if that is not longer than the text and some front matter.
    pub(crate) fn of(document: &Document) -> OnDisk {
        let found = document.path.as_deref().and_then(|path| Some((path, lines_before(path, &document.text)?)));
        match found {
            Some((path, before)) => OnDisk { name: path.to_owned(), before, holds: true },
            None => OnDisk { name: unheld(document), before: 0, holds: false },
        }
    }
}

/// The name of a document whose file does not hold its text: the id, with the folders of the path before it where the id
/// was made of the path, and the name of the pipe where it was made of the text.
fn unheld(document: &Document) -> String {
    let (id, path) = (document.id.as_str(), document.path.as_deref().unwrap_or_default());
    let (file, number) = id.rfind('#').map_or((id, ""), |at| id.split_at(at));
    let is_of_path = |name: &str| {
        path.strip_suffix(name).is_some_and(|folders| folders.is_empty() || folders.ends_with(['/', '\\']))
    };
    let is_piped = path == "-" || path.starts_with("-#");
    if is_of_path(id) || is_piped && id.len() == 16 && document.sha256().starts_with(id) {
        path.to_owned()
    } else if !number.is_empty() && is_of_path(file) {
        format!("{path}{number}")
    } else {
        id.to_owned()
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

    #[test]
    fn what_its_file_does_not_hold_is_named_by_the_path_where_that_tells_it() {
        let named =
            |id: &str, path: &str| OnDisk::of(&Document { path: Some(path.into()), ..Document::new(id, "No.") }).name;
        assert_eq!(named("a.docx", "in/a.docx"), "in/a.docx");
        assert_eq!(named("b.jsonl#3", "in/b.jsonl"), "in/b.jsonl#3");
        assert_eq!(named("ferry-1", "in/b.jsonl"), "ferry-1");
        assert_eq!(named("a.docx", "in/ba.docx"), "a.docx");
        let piped = Document::new("", "No.").sha256()[..16].to_owned();
        assert_eq!([named(&piped, "-"), named(&piped, "-#2"), named("s", "-")], ["-", "-#2", "s"]);
    }
}
