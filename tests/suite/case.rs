//! The one format of cases, and what runs them.
//!
//! A file is a list of cases. Lines that start with `# ` are comments.
//!
//! | line | means |
//! |---|---|
//! | `=== name` | begins a case |
//! | `:: article 2031-05-02 id=a1 title=A title` | begins a document: `article` or `statement`, then its date, id and title, if it has them; `about=-` says that it names no statement |
//! | `:: table towns.csv` | begins a table, or the TOML file beside one, as it stands in a file of that name |
//! | `=> finding: its words ; key: value ; …` | what must be found |
//! | `=> nothing` | nothing is found |
//! | `?? why` | the case is known not to hold. The run fails when it does hold: then take the line away |
//! | any other | text of the document, as it stands; an empty line parts paragraphs |
//!
//! A line of text after an expectation begins a case without a name. `::` before the first case names the document of all
//! cases of the file that name none.

use sayso::{Document, Kind};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One case.
#[derive(Clone, Default)]
pub(crate) struct Case {
    /// The file, and the line on which the case begins.
    pub(crate) at: String,
    /// Its name; empty where it has none.
    pub(crate) name: String,
    /// Its documents, in order.
    pub(crate) documents: Vec<Document>,
    /// Its tables and the files beside them: the name and the text of each.
    pub(crate) tables: Vec<(String, String)>,
    /// What must be found, in order. Empty for `=> nothing`.
    pub(crate) wanted: Vec<Want>,
    /// Why it does not hold yet.
    open: Option<String>,
}

/// One expectation: `=> finding: its words ; key: value`.
#[derive(Clone)]
pub(crate) struct Want {
    /// What is found: `direct`, `figure`, `check`.
    pub(crate) finding: String,
    /// Its words.
    pub(crate) words: String,
    /// What it must be.
    pub(crate) fields: Vec<(String, String)>,
}

impl Want {
    fn read(line: &str) -> Option<Want> {
        let mut parts = line.split(" ; ").map(|part| part.split_once(':'));
        let (finding, words) = parts.next()??;
        let field = |(key, value): (&str, &str)| (key.trim().to_owned(), value.trim().to_owned());
        let fields = parts.map(|part| part.map(field)).collect::<Option<Vec<_>>>()?;
        Some(Want { finding: finding.trim().to_owned(), words: words.trim().to_owned(), fields })
    }
}

impl Case {
    /// The only document of a case that has one.
    pub(crate) fn document(&self) -> &Document {
        &self.documents[0]
    }
}

/// Runs all cases of a room: `judge` says what is wrong with one. `least` is how many there must be, so that no folder is
/// passed over.
pub(crate) fn run(room: &str, least: usize, judge: impl Fn(&Case) -> Result<(), String>) {
    let cases = cases(room);
    assert!(cases.len() >= least, "{room}: only {} cases", cases.len());
    let mut report = String::new();
    let mut failed = 0;
    for case in &cases {
        let fault = match (judge(case), &case.open) {
            (Ok(()), None) | (Err(_), Some(_)) => continue,
            (Err(fault), None) => fault,
            (Ok(()), Some(_)) => "it holds: take the line `??` away".to_owned(),
        };
        failed += 1;
        let _ = writeln!(report, "{}: {}\n  {}", case.at, case.name, fault.trim_end().replace('\n', "\n  "));
    }
    assert!(failed == 0, "{failed} of {} cases of {room}:\n{report}", cases.len());
}

/// All cases of a room, in order of their files.
pub(crate) fn cases(room: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(room);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.sort();
    files.iter().flat_map(|path| read(room, path)).collect()
}

fn read(room: &str, path: &Path) -> Vec<Case> {
    let file = format!("{room}/{}", path.file_name().unwrap().to_string_lossy());
    let text = std::fs::read_to_string(path).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    let mut common = Document::new("case", "");
    let (mut expecting, mut in_table) = (true, false);
    for (number, line) in text.lines().enumerate() {
        let at = format!("{file}:{}", number + 1);
        if line == "#" || line.starts_with("# ") {
            continue;
        }
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { at, name: name.to_owned(), ..Case::default() });
            (expecting, in_table) = (false, false);
        } else if let Some(name) = line.strip_prefix(":: table ") {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{at}: no case"));
            case.tables.push((name.to_owned(), String::new()));
            in_table = true;
        } else if let Some(head) = line.strip_prefix(":: ") {
            in_table = false;
            let document = document(head, cases.last().map_or(0, |case| case.documents.len()));
            match cases.last_mut() {
                Some(case) => case.documents.push(document),
                None => common = document,
            }
        } else if let Some(why) = line.strip_prefix("?? ") {
            cases.last_mut().unwrap_or_else(|| panic!("{at}: no case")).open = Some(why.to_owned());
        } else if let Some(wanted) = line.strip_prefix("=> ") {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{at}: no case"));
            if wanted != "nothing" {
                case.wanted.push(Want::read(wanted).unwrap_or_else(|| panic!("{at}: `=> finding: words` is missing")));
            }
            expecting = true;
        } else {
            if expecting && line.trim().is_empty() {
                continue;
            }
            if expecting {
                cases.push(Case { at, ..Case::default() });
                expecting = false;
            }
            let case = cases.last_mut().unwrap();
            if !in_table && case.documents.is_empty() {
                case.documents.push(common.clone());
            }
            let text = match case.tables.last_mut().filter(|_| in_table) {
                Some((_, text)) => text,
                None => &mut case.documents.last_mut().unwrap().text,
            };
            text.push_str(line);
            text.push('\n');
        }
    }
    for case in &mut cases {
        case.documents.iter_mut().for_each(|document| document.text = document.text.trim().to_owned());
    }
    cases
}

/// The document that a line `:: kind date id=… title=…` begins.
fn document(head: &str, number: usize) -> Document {
    let (head, title) = match head.split_once("title=") {
        Some((head, title)) => (head, Some(title.to_owned())),
        None => (head, None),
    };
    let mut words = head.split_whitespace();
    let kind = match words.next() {
        Some("statement") => Kind::Statement,
        Some("article") => Kind::Article,
        other => panic!("{other:?} is no kind of document"),
    };
    let mut document = Document { kind, title, ..Document::new(format!("d{number}"), "") };
    for word in words {
        match word.split_once('=') {
            Some(("id", id)) => document.id = id.to_owned(),
            Some(("about", ids)) => document.about = ids.split(',').map(str::to_owned).collect(),
            None => document.date = Some(word.to_owned()),
            Some((key, _)) => panic!("{key} is nothing that a document has here"),
        }
    }
    document
}

/// The name of a value as it is printed in records: `direct`, `not-enough-evidence`. `-` for none.
pub(crate) fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        serde_json::Value::String(name) => name,
        _ => "-".to_owned(),
    }
}

/// The names of some values, parted by spaces.
pub(crate) fn names<T: serde::Serialize>(list: &[T]) -> String {
    list.iter().map(name).collect::<Vec<_>>().join(" ")
}
