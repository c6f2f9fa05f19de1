//! Reading a table from a file, with what is wrong with it told by row and column.

use super::cells::{Cell, CellUnit, read as read_cell};
use super::headers::Header;
use super::{Row, Table};
use crate::span::Span;
use crate::words::{key as word_key, words};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Why a table cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("reading table {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: csv::Error,
    },
    /// The file is empty.
    #[error("reading table {}: it is empty; a row of column names and a row for each thing are expected", .0.display())]
    Empty(PathBuf),
    /// The first row holds numbers where the others do.
    #[error(
        "reading table {}: row 1 looks like data, not like column names (column {column} is “{cell}”); put a row of names in front",
        path.display()
    )]
    NoHeader {
        /// The file.
        path: PathBuf,
        /// The column, from 1.
        column: usize,
        /// What stands there.
        cell: String,
    },
    /// The key column that was named is not there.
    #[error("reading table {}: no column is called “{key}”; there are: {there}", path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        key: String,
        /// What there is.
        there: String,
    },
    /// No column holds words.
    #[error("reading table {}: no column holds names to find rows by; name one with --key", .0.display())]
    NoNames(PathBuf),
    /// No column holds numbers.
    #[error("reading table {}: no column holds numbers", .0.display())]
    NoNumbers(PathBuf),
}

/// Something in a table that was left out or may mislead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWarning {
    /// The file.
    pub path: PathBuf,
    /// The line of the file where the row begins, from 1.
    pub row: u64,
    /// The column's name.
    pub column: Option<String>,
    /// What is wrong, and what was done.
    pub what: String,
}

impl std::fmt::Display for TableWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "table {}, row {}", self.path.display(), self.row)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// How many warnings of one table are kept; a last one counts the others.
const MOST_WARNINGS: usize = 50;

/// A row as it stands in the file.
struct Line {
    number: u64,
    cells: Vec<String>,
}

pub(super) fn read(path: &Path, key: Option<&str>) -> Result<(Table, Vec<TableWarning>), TableError> {
    let failed = |source: csv::Error| TableError::Read { path: path.into(), source };
    let bytes = std::fs::read(path).map_err(|e| failed(csv::Error::from(e)))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter(path, bytes))
        .from_reader(bytes);
    let mut lines = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(failed)?;
        let number = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect();
        if cells.iter().any(|c| !c.is_empty()) {
            lines.push(Line { number, cells });
        }
    }
    let mut warnings = Warnings { path, list: Vec::new(), more: 0 };
    let table = build(path, key, lines, &mut warnings)?;
    Ok((table, warnings.finish()))
}

/// The character that parts the cells: a tab for `.tsv`, else what the first line has most of.
fn delimiter(path: &Path, bytes: &[u8]) -> u8 {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv") || e.eq_ignore_ascii_case("tab")) {
        return b'\t';
    }
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: u8| first.iter().filter(|b| **b == d).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|d| (count(*d), *d == b',')).unwrap_or(b',')
}

fn build(path: &Path, key: Option<&str>, lines: Vec<Line>, warnings: &mut Warnings) -> Result<Table, TableError> {
    let mut lines = lines.into_iter();
    let names = lines.next().ok_or_else(|| TableError::Empty(path.into()))?.cells;
    let mut good: Vec<Line> = Vec::new();
    for line in lines {
        if line.cells.len() == names.len() {
            good.push(line);
        } else {
            let what = format!("{} cells where the header has {}; the row is left out", line.cells.len(), names.len());
            warnings.add(line.number, None, what);
        }
    }
    let numeric: Vec<bool> = (0..names.len()).map(|c| is_numeric(&good, c)).collect();
    if let Some(c) = (0..names.len())
        .find(|c| numeric[*c] && matches!(read_cell(&names[*c]), Cell::Number { .. }) && !is_year(&names[*c]))
    {
        return Err(TableError::NoHeader { path: path.into(), column: c + 1, cell: names[c].clone() });
    }
    let at = match key {
        Some(key) => names
            .iter()
            .position(|n| n.eq_ignore_ascii_case(key.trim()))
            .ok_or_else(|| TableError::NoKey { path: path.into(), key: key.into(), there: names.join(", ") })?,
        None => (0..names.len())
            .find(|c| !numeric[*c] && good.iter().any(|l| !l.cells[*c].is_empty()))
            .ok_or_else(|| TableError::NoNames(path.into()))?,
    };
    let period = (0..names.len()).find(|c| *c != at && good.iter().all(|l| is_year(&l.cells[*c])) && !good.is_empty());
    let columns: Vec<usize> = (0..names.len()).filter(|c| *c != at && Some(*c) != period && numeric[*c]).collect();
    if columns.is_empty() {
        return Err(TableError::NoNumbers(path.into()));
    }
    let headers = Header::all(columns.iter().map(|c| names[*c].as_str()));
    columns.iter().for_each(|c| mixed_units(&good, *c, &names[*c], warnings));
    let mut table = Table {
        name: path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
        columns: headers,
        rows: Vec::with_capacity(good.len()),
        by_word: HashMap::new(),
    };
    let mut seen: HashSet<(Vec<u64>, Option<String>)> = HashSet::new();
    for line in &good {
        let name = line.cells[at].clone();
        let folded = fold(&name);
        let period = period.map(|c| line.cells[c].clone());
        if folded.is_empty() {
            warnings.add(line.number, Some(&names[at]), "no key; the row is left out".into());
            continue;
        }
        if !seen.insert((folded.clone(), period.clone())) {
            warnings.add(line.number, Some(&names[at]), format!("“{name}” stands twice; the first row is used"));
            continue;
        }
        let mut values = Vec::with_capacity(columns.len());
        for (header, c) in table.columns.iter().zip(&columns) {
            values.push(match read_cell(&line.cells[*c]) {
                Cell::Number { value, .. } => value.checked_mul(header.scale),
                Cell::Empty => None,
                Cell::Text => {
                    warnings.add(
                        line.number,
                        Some(&names[*c]),
                        format!("“{}” is no number; the cell is left out", line.cells[*c]),
                    );
                    None
                }
            });
        }
        table.by_word.entry(folded[0]).or_default().push(table.rows.len() as u32);
        table.rows.push(Row { key: name, words: folded, period, values });
    }
    for list in table.by_word.values_mut() {
        list.sort_by_key(|r| std::cmp::Reverse(table.rows[*r as usize].words.len()));
    }
    Ok(table)
}

/// The words of a key, without an article and without what stands in brackets.
fn fold(name: &str) -> Vec<u64> {
    let name = name.split(['(', '[']).next().unwrap_or(name);
    let mut folded: Vec<u64> = words(name, Span::at(0, name.len())).iter().map(|w| w.key).collect();
    if folded.len() > 1 && folded[0] == const { word_key("the") } {
        folded.remove(0);
    }
    folded
}

/// Whether most of a column's filled cells are numbers.
fn is_numeric(lines: &[Line], column: usize) -> bool {
    let mut numbers = 0;
    let mut texts = 0;
    for line in lines {
        match read_cell(&line.cells[column]) {
            Cell::Number { .. } => numbers += 1,
            Cell::Text => texts += 1,
            Cell::Empty => {}
        }
    }
    numbers > texts
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.parse::<u16>().is_ok_and(|y| (1800..2200).contains(&y))
}

/// Tells of a column some of whose cells have a sign and others another, or none.
fn mixed_units(lines: &[Line], column: usize, name: &str, warnings: &mut Warnings) {
    let mut first: Option<(CellUnit, &str)> = None;
    for line in lines {
        let Cell::Number { unit, .. } = read_cell(&line.cells[column]) else { continue };
        match first {
            None => first = Some((unit, &line.cells[column])),
            Some((other, cell)) if other != unit => {
                let what =
                    format!("“{}” beside “{cell}”: units are mixed; all are read as numbers", line.cells[column]);
                return warnings.add(line.number, Some(name), what);
            }
            Some(_) => {}
        }
    }
}

struct Warnings<'a> {
    path: &'a Path,
    list: Vec<TableWarning>,
    more: usize,
}

impl Warnings<'_> {
    fn add(&mut self, row: u64, column: Option<&str>, what: String) {
        if self.list.len() == MOST_WARNINGS {
            self.more += 1;
        } else {
            self.list.push(TableWarning { path: self.path.into(), row, column: column.map(str::to_owned), what });
        }
    }

    fn finish(mut self) -> Vec<TableWarning> {
        if let Some(last) = self.list.last().filter(|_| self.more > 0) {
            let what = format!("{} more like these", self.more);
            self.list.push(TableWarning { path: self.path.into(), row: last.row, column: None, what });
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn good_rows_are_used_and_bad_ones_named() {
        let (_folder, path) = table(
            "regions.csv",
            "region,population,jobless_percent\nEastmark,\"1,204\",4.1%\nHollin,980*,5.0\nVeil,12\nEastmark,3,4\nTarn,many,6.2\n",
        );
        let (table, warnings) = Table::read(&path, None).unwrap();
        let keys: Vec<&str> = table.rows.iter().map(|r| r.key.as_str()).collect();
        assert_eq!(keys, ["Eastmark", "Hollin", "Tarn"]);
        assert_eq!(table.rows[0].values[0], Some("1204".parse().unwrap()));
        assert_eq!(table.rows[1].values[0], Some("980".parse().unwrap()));
        assert_eq!(table.rows[2].values[0], None);
        let told: Vec<(u64, Option<&str>)> = warnings.iter().map(|w| (w.row, w.column.as_deref())).collect();
        assert_eq!(told, [(4, None), (3, Some("jobless_percent")), (5, Some("region")), (6, Some("population"))]);
        assert!(
            warnings[0]
                .to_string()
                .ends_with("regions.csv, row 4: 2 cells where the header has 3; the row is left out")
        );
    }

    #[test]
    fn errors_help() {
        for (name, text, key, want) in [
            ("a.csv", "", None, "it is empty"),
            (
                "b.csv",
                "Eastmark,12,4\nHollin,9,5\n",
                None,
                "row 1 looks like data, not like column names (column 2 is “12”)",
            ),
            (
                "c.csv",
                "region,people\nEastmark,3\n",
                Some("place"),
                "no column is called “place”; there are: region, people",
            ),
            ("d.csv", "a,b\n1,2\n", None, "no column holds names"),
            ("e.csv", "a,b\nEastmark,Hollin\n", None, "no column holds numbers"),
        ] {
            let (_folder, path) = table(name, text);
            let error = Table::read(&path, key).unwrap_err().to_string();
            assert!(error.contains(want), "{error}");
        }
        let error = Table::read(Path::new("nowhere.csv"), None).unwrap_err().to_string();
        assert!(error.starts_with("reading table nowhere.csv"), "{error}");
    }

    #[test]
    fn other_delimiters_and_years_as_rows() {
        let (_folder, path) = table("long.csv", "region;year;people\nEastmark;2023;4\nEastmark;2024;5\n");
        let (table, warnings) = Table::read(&path, None).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(table.rows.iter().map(|r| r.period.as_deref()).collect::<Vec<_>>(), [Some("2023"), Some("2024")]);
    }
}
