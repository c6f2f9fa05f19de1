//! What can go wrong while reading, each with the place and with what would help.

use super::limits::Groups;
use std::io;
use std::path::{Path, PathBuf};

/// One file, line or record that could not be read. The stream of documents goes on after it.
///
/// The message begins with `PATH: ` or `PATH:LINE: `, says what was found and what would help.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing stands at that path, or a symbolic link points nowhere.
    #[error("{}: no such file or folder; check the spelling, and the target if it is a link", shown(.path))]
    NotFound {
        /// What was asked for.
        path: PathBuf,
    },
    /// The file or folder exists but may not be read.
    #[error("{}: permission to read it is missing; `chmod u+r` (for a folder `u+rx`) gives it to its owner", shown(.path))]
    Permission {
        /// What was asked for.
        path: PathBuf,
    },
    /// A symbolic link that leads back to where it stands.
    #[error("{}: a symbolic link that leads back into itself, not followed; remove it, or name what it should show", shown(.path))]
    Loop {
        /// The link.
        path: PathBuf,
    },
    /// The operating system reported something else.
    #[error("{}: {source}", place(.path, *.line))]
    Io {
        /// The file.
        path: PathBuf,
        /// The line that was reached, where lines are counted.
        line: Option<u64>,
        /// The report.
        source: io::Error,
    },
    /// Not text.
    #[error("{}: binary, not text: it holds {found}; convert it to text first", shown(.path))]
    Binary {
        /// The file.
        path: PathBuf,
        /// What it shows (`the marks of a PDF`, `NUL bytes`).
        found: &'static str,
    },
    /// Neither the ending nor the content is one that is read.
    #[error("{}: `.{ending}` is no format that is read, and its content is no text; the formats are txt, md, html, jsonl, json, csv, tsv, parquet, rss, atom, xml, pdf, docx, odt, rtf, epub, eml, mbox, vtt, srt, warc, and .gz, .zst, .zip, .tar or .7z of them", shown(.path))]
    UnknownEnding {
        /// The file.
        path: PathBuf,
        /// Its ending, without the dot.
        ending: String,
    },
    /// A format that this build leaves out.
    #[error("{}: reading `.{ending}` is left out of this build; build sayso with the feature `{ending}`, or convert it to txt, md, html, jsonl or csv", shown(.path))]
    NotBuilt {
        /// The file.
        path: PathBuf,
        /// Its ending, without the dot.
        ending: &'static str,
    },
    /// A file of no bytes, or of a byte-order mark alone, or a record whose text is of no length.
    #[error("{}: {}", place(.path, *.line), if line.is_some() { "the text is empty" } else { "it is empty; nothing to read" })]
    Empty {
        /// The file.
        path: PathBuf,
        /// The line of the record, where the file is one of records.
        line: Option<u64>,
    },
    /// A line, record or whole-file document above [`super::LIMIT`]; it was passed over without being held in memory.
    #[error("{}: longer than the {} MiB that one document may have; split it", place(.path, *.line), limit >> 20)]
    TooLong {
        /// The file.
        path: PathBuf,
        /// The line that it begins on, where lines are counted.
        line: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// Brackets or tags inside one another beyond what is followed.
    #[error("{}: nested more than {limit} deep; flatten it, or save its text as .txt", place(.path, *.line))]
    TooDeep {
        /// The file.
        path: PathBuf,
        /// The line, where lines are counted.
        line: Option<u64>,
        /// The limit in levels.
        limit: u32,
    },
    /// Compressed data that end too early. What came before the cut was read.
    #[error("{}: the compressed data break off here; fetch the file again", place(.path, *.line))]
    Truncated {
        /// The file.
        path: PathBuf,
        /// The last line that was begun, where lines are counted.
        line: Option<u64>,
    },
    /// Compressed data that are damaged. What came before the damage was read.
    #[error("{}: the compressed data are damaged ({why}); fetch the file again", place(.path, *.line))]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// The last line that was begun, where lines are counted.
        line: Option<u64>,
        /// What the decoder says.
        why: String,
    },
    /// A line or record that does not follow its format, or whose fields cannot be used.
    #[error("{}: {why}{}; {help}", place(.path, *.line), column.map(|c| format!(" at column {c}")).unwrap_or_default())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where lines are counted.
        line: Option<u64>,
        /// The column in bytes, from 1, where it is known.
        column: Option<u64>,
        /// What was found.
        why: String,
        /// What would help.
        help: &'static str,
    },
    /// An address that cannot be read: of a store, or of the web.
    #[error("{}: {why}", path.display())]
    Address {
        /// The address.
        path: PathBuf,
        /// What is wrong, and what would help.
        why: String,
    },
    /// Bytes that are no text in the encoding of the rest. They are never replaced silently.
    #[error("{}: byte {byte} of the {} is not {encoding} ({found}); save the file as UTF-8", place(.path, *.line), if line.is_some() { "line" } else { "file" })]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: Option<u64>,
        /// The first bad byte, from 1: of the line where `line` is given, else of the file.
        byte: u64,
        /// The encoding that the rest has.
        encoding: &'static str,
        /// The bytes there, in hexadecimal.
        found: String,
    },
    /// YAML front matter that cannot be read.
    #[error("{}: the front matter is not what was expected: {why}; between the two lines `---` put `name: value` lines", place(.path, Some(*.line)))]
    FrontMatter {
        /// The file.
        path: PathBuf,
        /// The line within the file, from 1.
        line: u64,
        /// What the YAML reader says.
        why: String,
    },
    /// A record or page that has no text.
    #[error("{}: {why}; a document needs its words in a field `text` (or `body`); --field text=NAME names another", place(.path, *.line))]
    NoText {
        /// The file.
        path: PathBuf,
        /// The line, where lines are counted.
        line: Option<u64>,
        /// What was found instead.
        why: String,
    },
    /// A table without a column for the text.
    #[error("{}: no column `text` or `body` among {found}; name the column with the words so or by --field text=NAME, or give the table with --table", shown(.path))]
    Columns {
        /// The file.
        path: PathBuf,
        /// The header as it is.
        found: String,
    },
    /// A file that unpacks to more than it may. What came before was read.
    #[error("{}: unpacks to more than {}; --max-unpacked allows more", shown(.path), size(*.limit))]
    Unpacked {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// Archives inside one another beyond what is followed.
    #[error("{}: more than {limit} archives inside one another; unpack the outer ones", shown(.path))]
    Nested {
        /// The innermost archive that was met.
        path: PathBuf,
        /// The limit.
        limit: u8,
    },
    /// A file that takes longer than it may. What came before was read.
    #[error("{}: reading it takes more than {seconds} seconds; --max-seconds allows more", shown(.path))]
    TooSlow {
        /// The file.
        path: PathBuf,
        /// The limit.
        seconds: f64,
    },
    /// What a folder or an archive holds that is not read, counted by kind; told once, after the folder.
    #[error("{}: {}", shown(.path), skipped(.unread, .passed, .noted))]
    Skipped {
        /// The folder or archive.
        path: PathBuf,
        /// Files of kinds that are not read.
        unread: Groups,
        /// Files that are no documents: notes to readers, tables of reference, records.
        passed: Groups,
        /// What was read with a gap.
        noted: Groups,
    },
    /// An id that an earlier document of the same run has. Records could not be told apart.
    #[error("{}: the id `{id}` is already an earlier document's; give each document an `id` of its own", place(.path, *.line))]
    Duplicate {
        /// The file.
        path: PathBuf,
        /// The line, where lines are counted.
        line: Option<u64>,
        /// The id.
        id: String,
    },
}

impl ReadError {
    /// The file or folder that could not be read; `-` for standard input.
    pub fn path(&self) -> &Path {
        use ReadError::*;
        match self {
            NotFound { path } | Permission { path } | Loop { path } | Io { path, .. } | Binary { path, .. } => path,
            UnknownEnding { path, .. } | NotBuilt { path, .. } | Empty { path, .. } | TooLong { path, .. } => path,
            TooDeep { path, .. } | Truncated { path, .. } | Corrupt { path, .. } | Malformed { path, .. } => path,
            Encoding { path, .. } | FrontMatter { path, .. } | NoText { path, .. } => path,
            Columns { path, .. } | Duplicate { path, .. } | Unpacked { path, .. } | Nested { path, .. } => path,
            TooSlow { path, .. } | Skipped { path, .. } | Address { path, .. } => path,
        }
    }

    /// How many files or records it stands for: none for what was passed over because it is no document.
    pub fn count(&self) -> usize {
        match self {
            ReadError::Skipped { unread, .. } => unread.count(),
            _ => 1,
        }
    }

    /// The line within the file, from 1, where the trouble has one.
    pub fn line(&self) -> Option<u64> {
        use ReadError::*;
        match self {
            Io { line, .. } | TooLong { line, .. } | TooDeep { line, .. } | Truncated { line, .. } => *line,
            Corrupt { line, .. } | Encoding { line, .. } | NoText { line, .. } | Duplicate { line, .. } => *line,
            Empty { line, .. } | Malformed { line, .. } => *line,
            FrontMatter { line, .. } => Some(*line),
            NotFound { .. } | Permission { .. } | Loop { .. } | Binary { .. } => None,
            UnknownEnding { .. } | NotBuilt { .. } | Columns { .. } | Address { .. } => None,
            Unpacked { .. } | Nested { .. } | TooSlow { .. } | Skipped { .. } => None,
        }
    }

    /// What an error of the operating system means for `path`, before a byte of it was read.
    pub(super) fn opening(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound => ReadError::NotFound { path },
            io::ErrorKind::PermissionDenied => ReadError::Permission { path },
            // ELOOP; `ErrorKind::FilesystemLoop` is not stable yet. 40 on Linux, 62 on macOS and the BSDs.
            _ if cfg!(unix) && matches!(source.raw_os_error(), Some(40 | 62)) => ReadError::Loop { path },
            _ => ReadError::Io { path, line: None, source },
        }
    }
}

/// `not read: 37 .jpg, 12 .docx; passed over: 1 README`.
fn skipped(unread: &Groups, passed: &Groups, noted: &Groups) -> String {
    let told = |what: &str, groups: &Groups| (groups.count() > 0).then(|| format!("{what}: {groups}"));
    let parts =
        [told("not read", unread), told("passed over, for they are no documents", passed), told("read in part", noted)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Bytes in the largest unit that divides them.
fn size(bytes: u64) -> String {
    match bytes {
        n if n >= 1 << 30 && n.is_multiple_of(1 << 30) => format!("{} GiB", n >> 30),
        n if n >= 1 << 20 && n.is_multiple_of(1 << 20) => format!("{} MiB", n >> 20),
        n => format!("{n} bytes"),
    }
}

/// How a path is named to the user.
fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".into() } else { path.display().to_string() }
}

/// `PATH` or `PATH:LINE`, as compilers write it and editors understand it.
fn place(path: &Path, line: Option<u64>) -> String {
    match line {
        Some(line) => format!("{}:{line}", shown(path)),
        None => shown(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_place_finding_and_help() {
        let cut = ReadError::Malformed {
            path: "a/b.jsonl".into(),
            line: Some(7),
            column: Some(12),
            why: "the JSON ends inside a string".into(),
            help: "put one whole object on each line",
        };
        assert_eq!(
            cut.to_string(),
            "a/b.jsonl:7: the JSON ends inside a string at column 12; put one whole object on each line"
        );
        assert_eq!((cut.path(), cut.line()), (Path::new("a/b.jsonl"), Some(7)));
        let long = ReadError::TooLong { path: "-".into(), line: None, limit: 512 << 20 };
        assert_eq!(long.to_string(), "standard input: longer than the 512 MiB that one document may have; split it");
    }

    #[test]
    fn errors_travel_between_threads() {
        fn travels<T: Send + Sync + 'static>() {}
        travels::<ReadError>();
    }
}
