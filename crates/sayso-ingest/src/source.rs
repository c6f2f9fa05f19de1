//! One file on its way to documents: how it is named, what its folder says of its kind, and how errors name it.

use super::date;
use super::decode::{Damage, NotText};
use super::error::ReadError;
use super::fields::{Fields, Names};
#[cfg(feature = "parquet")]
use super::limits::Guarded;
use super::limits::{Limits, Meter, NESTED, Over, Skips};
use super::stream::Stream;
use encoding_rs::Encoding;
use sayso_core::document::{Document, Kind, hex};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
#[cfg(feature = "parquet")]
use std::fs::File;
use std::io;
#[cfg(feature = "parquet")]
use std::io::Seek;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The user named it: what is not a document in it is an error.
    Named,
    /// A walk met it: tables, records and notes among the documents are passed over.
    Walked,
    /// Standard input or another pipe: ids come from the content.
    Piped,
}

/// What holds for every file of a run.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    /// The kind that `--as` gives.
    pub(super) kind: Option<Kind>,
    /// Bytes that one document may have.
    pub(super) limit: usize,
    /// Limits, names, and what was not read.
    pub(super) run: Arc<Run>,
}

#[cfg(test)]
impl Setup {
    /// As a test has it.
    pub(super) fn test(limit: usize) -> Setup {
        Setup { kind: None, limit, run: Arc::default() }
    }

    /// The same with a kind.
    fn test_as(kind: Kind, limit: usize) -> Setup {
        Setup { kind: Some(kind), ..Setup::test(limit) }
    }
}

/// A file and what is known of it before it is read.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// As the user would name it; `-` for standard input.
    pub(super) path: PathBuf,
    /// How it came to be read.
    pub(super) found: Origin,
    /// The store in which it stands, where it is no file of the disk.
    #[cfg(feature = "objects")]
    place: Option<sayso_objects::Place>,
    /// The default id of a document in it; empty for a pipe.
    id: String,
    /// The kind that `--as` gives.
    forced: Option<Kind>,
    /// Bytes that one document may have.
    pub(super) limit: usize,
    /// How many archives it stands in.
    depth: u8,
    /// What the file around it says of it.
    pub(super) given: Given,
    /// What all that is read in one go shares.
    pub(super) run: Arc<Run>,
    /// What this file has cost, with all that is in it.
    pub(super) meter: Arc<Meter>,
}

/// What a file says of a file inside it: a message of its attachment, a crawl of a page. It holds where the inner file says
/// nothing itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// The id of its document, or, where it has several, the beginning of their ids.
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) byline: Option<String>,
    /// The encoding that stands beside it (`Content-Type: …; charset=`).
    pub(super) encoding: Option<&'static Encoding>,
}

/// What all that is read in one go shares.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// What one file may cost.
    pub(super) limits: Limits,
    /// Names of columns and keys beside the usual ones.
    pub(super) names: Names,
    /// What was not read since this was last asked.
    skips: Mutex<Skips>,
}

impl Run {
    pub(super) fn new(limits: Limits, names: Names) -> Run {
        Run { limits, names, skips: Mutex::default() }
    }

    /// Notes that a file or a folder is no document: `what` is the group that it is counted in.
    pub(super) fn pass_over(&self, path: &Path, what: &str) {
        log::debug!("{}: passed over: {what}", path.display());
        self.skips.lock().unwrap_or_else(PoisonError::into_inner).passed.add(what);
    }

    /// What was not read since the last call.
    pub(super) fn skips(&self) -> Skips {
        std::mem::take(&mut self.skips.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Source {
    fn new(path: PathBuf, found: Origin, id: String, setup: &Setup) -> Source {
        let meter = Arc::new(Meter::new(setup.run.limits));
        let run = Arc::clone(&setup.run);
        Source {
            path,
            found,
            #[cfg(feature = "objects")]
            place: None,
            id,
            forced: setup.kind,
            limit: setup.limit,
            depth: 0,
            given: Given::default(),
            run,
            meter,
        }
    }

    /// A file inside this one, named `name` there.
    pub(super) fn inside(&self, name: &str, given: Given) -> Source {
        let name = slashed(Path::new(name.trim_start_matches('/')));
        let path = self.path.join(&name);
        let id = match &given.id {
            Some(id) => id.clone(),
            None if self.id.is_empty() => name,
            None => format!("{}/{name}", self.id),
        };
        Source {
            path,
            found: Origin::Walked,
            #[cfg(feature = "objects")]
            place: None,
            id,
            forced: self.forced,
            limit: self.limit,
            depth: self.depth,
            given,
            run: Arc::clone(&self.run),
            meter: Arc::clone(&self.meter),
        }
    }

    /// A page of a crawl, at that address.
    pub(super) fn page(&self, url: &str, given: Given) -> Source {
        let path = self.path.join(url.trim_start_matches('/'));
        let id = given.id.clone().unwrap_or_else(|| url.to_owned());
        Source { path, found: Origin::Walked, id, given, ..self.clone() }
    }

    /// One of several documents in this file, by its number.
    pub(super) fn part(&self, number: u64) -> Source {
        let id = if self.id.is_empty() { String::new() } else { format!("{}#{number}", self.id) };
        Source { id, ..self.clone() }
    }

    /// An archive inside an archive; an error where they stand too deep inside one another.
    pub(super) fn archive(&self) -> Result<Source, ReadError> {
        if self.depth >= NESTED {
            return Err(ReadError::Nested { path: self.path.clone(), limit: NESTED });
        }
        Ok(Source { depth: self.depth + 1, ..self.clone() })
    }

    /// Standard input (`-`) or another pipe, whose name says nothing of what comes.
    pub(super) fn piped(path: PathBuf, setup: &Setup) -> Source {
        Source::new(path, Origin::Piped, String::new(), setup)
    }

    /// A file named by the user.
    pub(super) fn named(path: PathBuf, setup: &Setup) -> Source {
        let id = slashed(&path);
        Source::new(path, Origin::Named, id, setup)
    }

    /// A file met in the folder `root`.
    pub(super) fn walked(path: PathBuf, root: &Path, setup: &Setup) -> Source {
        let id = slashed(path.strip_prefix(root).unwrap_or(&path));
        Source::new(path, Origin::Walked, id, setup)
    }

    /// An object named by the user, or a file of the web. It is shown, and its document named, without secrets.
    #[cfg(feature = "objects")]
    pub(super) fn fetched(place: sayso_objects::Place, setup: &Setup) -> Source {
        let name = place.name();
        Source { place: Some(place), ..Source::new(name.clone().into(), Origin::Named, name, setup) }
    }

    /// An object met in a folder, and its name there.
    #[cfg(feature = "objects")]
    pub(super) fn listed(name: String, place: sayso_objects::Place, setup: &Setup) -> Source {
        Source { place: Some(place.clone()), ..Source::new(place.name().into(), Origin::Walked, name, setup) }
    }

    /// Whether it is a file of the disk, which can be opened by its path.
    pub(super) fn is_on_disk(&self) -> bool {
        #[cfg(feature = "objects")]
        if self.place.is_some() {
            return false;
        }
        self.found != Origin::Piped
    }

    /// The bytes as they stand there.
    pub(super) fn open(&self) -> Result<Stream, ReadError> {
        #[cfg(feature = "objects")]
        if let Some(place) = &self.place {
            let failed = |error: sayso_objects::ObjectError| ReadError::Address {
                path: self.path.clone(),
                why: error.to_string(),
            };
            return place.read().map(Stream::fetched).map_err(failed);
        }
        Stream::raw(&self.path).map_err(|error| ReadError::opening(&self.path, error))
    }

    /// The file, or a copy of what is fetched, to be read at any place.
    #[cfg(feature = "parquet")]
    pub(super) fn file(&self) -> Result<File, ReadError> {
        if self.is_on_disk() {
            return File::open(&self.path).map_err(|error| ReadError::opening(&self.path, error));
        }
        let broken = |error| self.broken(error, None, false);
        let mut laid = tempfile::tempfile().map_err(broken)?;
        io::copy(&mut Guarded::new(self.open()?, &self.meter), &mut laid).map_err(broken)?;
        laid.rewind().map_err(broken)?;
        Ok(laid)
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
        let given = &self.given;
        let date = fields.date.or_else(|| given.date.as_deref().map(Cow::Borrowed)).and_then(|written| {
            let iso = date::iso(&written);
            if iso.is_none() {
                let line = line.map(|n| format!(":{n}")).unwrap_or_default();
                log::warn!("{}{line}: the date `{written}` could be read in more than one way, or in none, and is left out; write it as 2026-03-31", self.path.display());
            }
            iso
        });
        let id = match fields.id {
            Some(id) => id.into_owned(),
            None if self.found == Origin::Piped || self.id.is_empty() => hex(&Sha256::digest(text.as_bytes())[..8]),
            None => record.map_or_else(|| self.id.clone(), |n| format!("{}#{n}", self.id)),
        };
        let own = |value: Option<Cow<'_, str>>| value.map(Cow::into_owned);
        let or = |value: Option<Cow<'_, str>>, given: &Option<String>| own(value).or_else(|| given.clone());
        Ok(Document {
            id,
            kind,
            text: text.into_owned(),
            title: or(fields.title, &given.title),
            date,
            publisher: own(fields.publisher),
            byline: or(fields.byline, &given.byline),
            speaker: own(fields.speaker),
            url: or(fields.url, &given.url),
            lang: own(fields.lang),
            path: Some(match (self.found, record) {
                // A pipe has no file to open; the number tells its documents apart.
                (Origin::Piped, Some(number)) => format!("{}#{number}", self.path.display()),
                // A folder that is named `.` adds nothing: its files have one name whichever folder is named.
                _ => self.path.strip_prefix(".").unwrap_or(&self.path).display().to_string(),
            }),
            about: fields.about,
            layout: fields.layout,
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
        if let Some(over) = source.get_ref().and_then(|e| e.downcast_ref::<Over>()) {
            return self.over(*over);
        }
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

    /// A limit that was passed.
    pub(super) fn over(&self, over: Over) -> ReadError {
        let path = self.path.clone();
        match over {
            Over::Unpacked(limit) => ReadError::Unpacked { path, limit },
            Over::Time(limit) => ReadError::TooSlow { path, seconds: limit.as_secs_f64() },
        }
    }

    /// Notes that a file is no document: `what` is the group that it is counted in.
    pub(super) fn pass_over(&self, what: &str) {
        self.run.pass_over(&self.path, what);
    }

    /// Notes that something of a file could not be read.
    pub(super) fn note(&self, what: &str) {
        log::info!("{}: {what}", self.path.display());
        self.run.skips.lock().unwrap_or_else(PoisonError::into_inner).noted.add(what);
    }

    /// Notes that a file is of a kind that is not read.
    pub(super) fn leave(&self, what: &str) {
        log::debug!("{}: not read: {what}", self.path.display());
        self.run.skips.lock().unwrap_or_else(PoisonError::into_inner).unread.add(what);
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
            (Source::named("./a/b.txt".into(), &Setup::test(limit)), "a/b.txt", Kind::Article),
            (Source::named("/x/releases/b.txt".into(), &Setup::test(limit)), "/x/releases/b.txt", Kind::Statement),
            (
                Source::named("releases/b.txt".into(), &Setup::test_as(Kind::Reference, limit)),
                "releases/b.txt",
                Kind::Reference,
            ),
            (
                Source::walked("c/Statements/articles/b.md".into(), Path::new("c"), &Setup::test(limit)),
                "Statements/articles/b.md",
                Kind::Article,
            ),
            (
                Source::walked("statements/2026/b.md".into(), Path::new("statements"), &Setup::test(limit)),
                "2026/b.md",
                Kind::Statement,
            ),
            (Source::piped("-".into(), &Setup::test(limit)), "f06dce27b84e18cc", Kind::Article),
        ] {
            let document = source.document(with("Text."), None, None).unwrap();
            assert_eq!((document.id.as_str(), document.kind), (id, kind));
        }
        let source = Source::walked("c/d/all.jsonl".into(), Path::new("c"), &Setup::test(limit));
        assert_eq!(source.document(with("Text."), Some(3), Some(4)).unwrap().id, "d/all.jsonl#3");
    }

    #[test]
    fn a_kind_that_is_none_is_an_error_unless_one_is_forced() {
        let odd = || Fields { kind: Some("blog".into()), ..with("Text.") };
        let error = Source::named("a.jsonl".into(), &Setup::test(9)).document(odd(), None, Some(2)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.jsonl:2: the kind is `blog`; kinds are article, statement and reference; --as sets one for all"
        );
        assert_eq!(
            Source::named("a.jsonl".into(), &Setup::test_as(Kind::Statement, 9))
                .document(odd(), None, None)
                .unwrap()
                .kind,
            Kind::Statement
        );
        assert_eq!(kind_named(" Statements"), Some(Kind::Statement));
    }
}
