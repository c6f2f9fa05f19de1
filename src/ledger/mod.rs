//! What became of every figure and quotation of an index's coverage, compared once (`sayso index --check --trace`) and kept
//! beside the index, so that lists of a million findings are paged and not computed.
//!
//! The folder `findings` has, for each group (a verdict or a relation) and confidence, the findings as lines
//! (`contradicted.0.jsonl`, `0` the surest), and where each line begins and when its finding was first there
//! (`contradicted.0.at`, two numbers of 8 bytes each, the lowest byte first), so that any page of a list is one seek away,
//! and what is new since a day is told without reading the lines. `contents.json` counts them and names the documents that
//! they were made from. The folder is made beside its place and moved there, so it is whole or not there.

mod reader;
mod writer;

pub use reader::Ledger;
pub use writer::LedgerWriter;

use crate::check::Check;
use crate::extract::Confidence;
use crate::index::bare;
use crate::output::name_of;
use crate::output::words::{Listed, OTHER_SPEAKER};
use crate::reviews::now;
use crate::trace::{Fidelity, Trace};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// The folder beside the index; with more behind it, one that is being made.
const FOLDER: &str = "findings";

/// What the folder holds.
const CONTENTS: &str = "contents.json";

/// The form of the folder. Raise it when the lines change.
const FORM: u32 = 2;

/// The bytes of a place: where a line begins, and the second since 1970 in which its finding was first kept.
const PLACE: u64 = 16;

/// What a folder of findings holds, and what it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    form: u32,
    /// The sum of the documents that were compared ([`crate::index::Sum::content`]).
    of: String,
    /// When they were compared, in ISO 8601.
    pub at: String,
    /// Whether figures were checked.
    pub checked: bool,
    /// Whether quotations were traced.
    pub traced: bool,
    /// How many tables of reference took part.
    pub tables: usize,
    /// How many articles were compared.
    pub articles: u64,
    /// The findings of each group, by its name; also of those that are not listed.
    pub counts: BTreeMap<String, u64>,
}

impl Contents {
    /// Nothing yet, of a comparison that begins now.
    pub fn new(checked: bool, traced: bool, tables: usize) -> Contents {
        Contents { at: now(), checked, traced, tables, ..Contents::default() }
    }

    /// When they were compared, in seconds since 1970; 0 where that is not told.
    fn second(&self) -> i64 {
        self.at.parse().map_or(0, Timestamp::as_second)
    }
}

/// A finding of the lists, with what a list shows of its document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The key by which its page is found.
    pub key: String,
    /// The title of its document.
    pub title: Option<String>,
    /// The publisher of its document.
    pub publisher: Option<String>,
    /// The date of its document.
    pub date: Option<String>,
    /// The record of the check or the trace.
    pub finding: Value,
}

/// What is wrong with the findings beside the index in `dir`: nothing where there are none.
pub fn faults(dir: &Path) -> Vec<String> {
    match Ledger::open(dir) {
        Ok(ledger) => ledger.map(|ledger| ledger.faults()).unwrap_or_default(),
        Err(error) => vec![error.to_string()],
    }
}

/// Takes away the findings beside the index in `dir`.
pub fn remove(dir: &Path) -> Result<(), LedgerError> {
    let folder = dir.join(FOLDER);
    std::fs::remove_dir_all(&folder).map_err(LedgerError::at(&folder))
}

/// Why findings could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct LedgerError {
    path: String,
    error: io::Error,
}

impl LedgerError {
    fn at(path: &Path) -> impl Fn(io::Error) -> LedgerError + use<> {
        let path = path.display().to_string();
        move |error| LedgerError { path: path.clone(), error: bare(error) }
    }
}

/// The groups of checks that are listed, the gravest first: name and what it says.
pub const CHECKS: [Listed; 4] = [Listed::ALL[0], Listed::ALL[1], Listed::ALL[2], Listed::ALL[3]];

/// The groups of traces that are listed, the gravest first; among them those whose words are another's in the statement.
pub const TRACES: [&str; 6] = ["altered", "spliced", OTHER_SPEAKER, "bracketed", "elided", "verbatim"];

/// The group of a check, and whether it is listed.
pub fn group_of_check(check: &Check) -> (String, bool) {
    let listed = Listed::of(check);
    (listed.name(), CHECKS.contains(&listed))
}

/// The groups of a trace, each with whether it is listed.
pub fn groups_of_trace(trace: &Trace) -> Vec<(String, bool)> {
    let mut groups = vec![(name_of(&trace.relation), trace.relation != Fidelity::NotFound)];
    if trace.attribution_drift == Some(true) {
        groups.push((OTHER_SPEAKER.to_owned(), true));
    }
    groups
}

/// What a finding of a list is known by from one comparison to the next.
fn known_as(group: &str, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (group, key).hash(&mut hasher);
    hasher.finish()
}

/// The files of a group and confidence.
fn files(folder: &Path, group: &str, sure: u8) -> (PathBuf, PathBuf) {
    (folder.join(format!("{group}.{sure}.jsonl")), folder.join(format!("{group}.{sure}.at")))
}

/// The surest first.
const fn rank(confidence: Confidence) -> u8 {
    match confidence {
        Confidence::High => 0,
        Confidence::Medium => 1,
        Confidence::Low => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use std::fs;

    fn line(n: usize) -> Line {
        Line { key: n.to_string(), title: None, publisher: None, date: None, finding: Value::Null }
    }

    #[test]
    fn a_list_is_paged_with_the_surest_first() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        let made = |now: i64, lines: &[(usize, Confidence)]| {
            let at = Timestamp::from_second(now).unwrap().to_string();
            let mut writer = LedgerWriter::new(&index, Contents { at, ..Contents::default() }).unwrap();
            for (n, sure) in lines {
                writer.add("altered", *sure, Some(&line(*n))).unwrap();
            }
            writer.add("not-found", Confidence::Low, None).unwrap();
            writer.finish().unwrap()
        };
        use Confidence::{High, Low, Medium};
        made(10, &[(9, High), (3, High)]);
        let contents = made(20, &[(1, Low), (2, High), (3, Medium), (4, High), (5, Low)]);
        let ledger = Ledger::open(folder.path()).unwrap().unwrap();
        assert_eq!(*ledger.contents(), contents);
        let keys = |skip, most| -> Vec<String> {
            ledger.page("altered", None, skip, most).unwrap().into_iter().map(|line| line.key).collect()
        };
        assert_eq!(keys(0, 10), ["2", "4", "3", "1", "5"]);
        assert_eq!(keys(1, 3), ["4", "3", "1"]);
        assert_eq!(keys(4, 3), ["5"]);
        assert!(keys(5, 3).is_empty());
        // What was there before, though less sure now, is not new.
        let new = |since, skip| -> Vec<String> {
            ledger.page("altered", Some(since), skip, 9).unwrap().into_iter().map(|line| line.key).collect()
        };
        assert_eq!(
            (new(10, 0).concat(), new(10, 2).concat(), new(9, 0).len()),
            ("2415".to_owned(), "15".to_owned(), 5)
        );
        assert_eq!((ledger.new_of("altered", 10).unwrap(), ledger.new_of("altered", 20).unwrap()), (4, 0));
        assert_eq!((ledger.len_of("altered"), contents.counts["not-found"]), (5, 1));
        // Counted, and not listed; and no group of that name leads out of the folder.
        assert_eq!((ledger.len_of("not-found"), ledger.len_of("../altered")), (0, 0));
        assert!(ledger.is_of(&index.sum().unwrap_or_default()));
        // Nothing else is left in the index's folder.
        let left = fs::read_dir(folder.path()).unwrap().flatten();
        assert_eq!(left.filter(|e| e.file_name().to_string_lossy().starts_with(FOLDER)).count(), 1);
    }

    #[test]
    fn an_index_without_findings_has_no_ledger() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Ledger::open(folder.path()).unwrap().is_none());
    }
}
