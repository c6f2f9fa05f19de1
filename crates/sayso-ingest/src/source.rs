//! One file on its way to documents: how it is named, what its folder says of its kind, and how errors name it.

use super::date;
use super::decode::{Damage, NotText};
use super::error::ReadError;
use super::fields::Fields;
use super::stream::Stream;
use sayso_core::document::{Document, Kind, hex};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io;
use std::path::{Component, Path, PathBuf};

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The user named it: what is not a document in it is an error.
    Named,
    /// A walk met it: tables, records and notes among the documents are passed over.
    Walked,
    /// Standard input or another pipe: ids come from the content.
    Piped,
}

/// A file and what is known of it before it is read.
#[derive(Debug)]
pub(super) struct Source {
    /// As the user would name it; `-` for standard input.
    pub(super) path: PathBuf,
    /// How it came to be read.
    pub(super) found: Found,
    /// The default id of a document in it; empty for a pipe.
    id: String,
    /// The kind that `--as` gives.
    forced: Option<Kind>,
    /// Bytes that one document may have.
    pub(super) limit: usize,
}

impl Source {
    /// Standard input (`-`) or another pipe, whose name says nothing of what comes.
    pub(super) fn piped(path: PathBuf, forced: Option<Kind>, limit: usize) -> Source {
        Source { path, found: Found::Piped, id: String::new(), forced, limit }
    }

    /// A file named by the user.
    pub(super) fn named(path: PathBuf, forced: Option<Kind>, limit: usize) -> Source {
        let id = slashed(&path);
        Source { path, found: Found::Named, id, forced, limit }
    }

    /// A file met in the folder `root`.
    pub(super) fn walked(path: PathBuf, root: &Path, forced: Option<Kind>, limit: usize) -> Source {
        let id = slashed(path.strip_prefix(root).unwrap_or(&path));
        Source { path, found: Found::Walked, id, forced, limit }
    }

    /// The document that a record tells of. `record` is its number within a file of several, `line` where it begins.
    pub(super) fn document(
        &self,
        fields: Fields<'_>,
        record: Option<u64>,
        line: Option<u64>,
    ) -> Result<Document, ReadError> {
        let Some(text) = fields.text else {
            return Err(self.no_text(line, "there is no text"));
        };
        if text.is_empty() {
            return Err(ReadError::Empty { path: self.path.clone(), line });
        }
        let kind = match (self.forced, &fields.kind) {
            (Some(kind), _) => kind,
            (None, Some(name)) => kind_named(name).ok_or_else(|| {
                self.malformed(
                    line,
                    None,
                    format!("the kind is `{name}`"),
                    "kinds are article, statement and reference; --as sets one for all",
                )
            })?,
            (None, None) => self.folder_kind(),
        };
        let date = fields.date.and_then(|written| {
            let iso = date::iso(&written);
            if iso.is_none() {
                let line = line.map(|n| format!(":{n}")).unwrap_or_default();
                log::warn!("{}{line}: the date `{written}` could be read in more than one way, or in none, and is left out; write it as 2026-03-31", self.path.display());
            }
            iso
        });
        let id = match fields.id {
            Some(id) => id.into_owned(),
            None if self.found == Found::Piped => hex(&Sha256::digest(text.as_bytes())[..8]),
            None => record.map_or_else(|| self.id.clone(), |n| format!("{}#{n}", self.id)),
        };
        let own = |value: Option<Cow<'_, str>>| value.map(Cow::into_owned);
        Ok(Document {
            id,
            kind,
            text: text.into_owned(),
            title: own(fields.title),
            date,
            publisher: own(fields.publisher),
            byline: own(fields.byline),
            speaker: own(fields.speaker),
            url: own(fields.url),
            lang: own(fields.lang),
            path: Some(self.path.display().to_string()),
            about: fields.about,
        })
    }

    /// The kind that the nearest folder with a telling name gives.
    fn folder_kind(&self) -> Kind {
        let folders = self.path.parent().into_iter().flat_map(Path::components).rev();
        folders.filter_map(|c| kind_of_folder(&c.as_os_str().to_string_lossy())).next().unwrap_or_default()
    }

    /// All bytes of a file that is read at once.
    pub(super) fn whole(&self, stream: Stream) -> Result<Vec<u8>, ReadError> {
        let compressed = stream.compressed();
        let read = stream.slurp(self.limit as u64).map_err(|error| self.broken(error, None, compressed))?;
        read.ok_or_else(|| self.too_long(None))
    }

    /// An error of the disk or of a decompressor while the file was read.
    pub(super) fn broken(&self, source: io::Error, line: Option<u64>, compressed: bool) -> ReadError {
        let path = self.path.clone();
        let ours = source.get_ref().is_some_and(|e| e.is::<NotText>());
        match source.kind() {
            io::ErrorKind::UnexpectedEof if compressed => ReadError::Truncated { path, line },
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other if compressed && !ours => {
                ReadError::Corrupt { path, line, why: source.to_string() }
            }
            _ => ReadError::Io { path, line, source },
        }
    }

    /// A line or record that does not follow its format.
    pub(super) fn malformed(
        &self,
        line: Option<u64>,
        column: Option<u64>,
        why: String,
        help: &'static str,
    ) -> ReadError {
        ReadError::Malformed { path: self.path.clone(), line, column, why, help }
    }

    /// Bytes that are not what the rest is.
    pub(super) fn damaged(&self, line: Option<u64>, damage: Damage, encoding: &'static str) -> ReadError {
        ReadError::Encoding { path: self.path.clone(), line, byte: damage.at as u64 + 1, encoding, found: damage.found }
    }

    /// A line, record or file above the limit.
    pub(super) fn too_long(&self, line: Option<u64>) -> ReadError {
        ReadError::TooLong { path: self.path.clone(), line, limit: self.limit as u64 }
    }

    /// A record or page without a text.
    pub(super) fn no_text(&self, line: Option<u64>, why: &str) -> ReadError {
        ReadError::NoText { path: self.path.clone(), line, why: why.to_string() }
    }

    /// Notes that a file among the documents of a folder is none.
    pub(super) fn pass_over(&self, why: &str) {
        log::debug!("{}: passed over: {why}", self.path.display());
    }
}

/// A path with `/` between its parts and no `./` before it.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter(|c| *c != Component::CurDir);
    let parts: Vec<Cow<'_, str>> = parts
        .map(|c| match c {
            Component::RootDir => "".into(),
            part => part.as_os_str().to_string_lossy(),
        })
        .collect();
    parts.join("/")
}

/// The kind of that name, in any case, in the singular or plural.
fn kind_named(name: &str) -> Option<Kind> {
    let name = name.trim().to_ascii_lowercase();
    [Kind::Article, Kind::Statement, Kind::Reference].into_iter().find(|k| name.trim_end_matches('s') == k.name())
}

/// The kind that a folder's name gives its documents.
fn kind_of_folder(name: &str) -> Option<Kind> {
    match name.to_ascii_lowercase().as_str() {
        "articles" | "coverage" => Some(Kind::Article),
        "statements" | "releases" => Some(Kind::Statement),
        "reference" | "references" => Some(Kind::Reference),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Fields<'_> {
        Fields { text: Some(text.into()), ..Fields::default() }
    }

    #[test]
    fn ids_and_kinds_by_default() {
        let limit = 99;
        for (source, id, kind) in [
            (Source::named("./a/b.txt".into(), None, limit), "a/b.txt", Kind::Article),
            (Source::named("/x/releases/b.txt".into(), None, limit), "/x/releases/b.txt", Kind::Statement),
            (Source::named("releases/b.txt".into(), Some(Kind::Reference), limit), "releases/b.txt", Kind::Reference),
            (
                Source::walked("c/Statements/articles/b.md".into(), Path::new("c"), None, limit),
                "Statements/articles/b.md",
                Kind::Article,
            ),
            (
                Source::walked("statements/2026/b.md".into(), Path::new("statements"), None, limit),
                "2026/b.md",
                Kind::Statement,
            ),
            (Source::piped("-".into(), None, limit), "f06dce27b84e18cc", Kind::Article),
        ] {
            let document = source.document(with("Text."), None, None).unwrap();
            assert_eq!((document.id.as_str(), document.kind), (id, kind));
        }
        let source = Source::walked("c/d/all.jsonl".into(), Path::new("c"), None, limit);
        assert_eq!(source.document(with("Text."), Some(3), Some(4)).unwrap().id, "d/all.jsonl#3");
    }

    #[test]
    fn a_kind_that_is_none_is_an_error_unless_one_is_forced() {
        let odd = || Fields { kind: Some("blog".into()), ..with("Text.") };
        let error = Source::named("a.jsonl".into(), None, 9).document(odd(), None, Some(2)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.jsonl:2: the kind is `blog`; kinds are article, statement and reference; --as sets one for all"
        );
        assert_eq!(
            Source::named("a.jsonl".into(), Some(Kind::Statement), 9).document(odd(), None, None).unwrap().kind,
            Kind::Statement
        );
        assert_eq!(kind_named(" Statements"), Some(Kind::Statement));
    }
}
