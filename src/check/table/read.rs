//! Reading a table from a file, with what is wrong with it told by row and column.

use super::cells::{Cell, CellUnit, read as read_cell};
use super::headers::Header;
use super::sidecar::{Sidecar, is_same};
use super::trouble::{TableError, TableWarning, Warnings};
use super::{Row, Table, hash};
use crate::span::Span;
use crate::words::{key as word_key, words};
use csv::StringRecord;
use rustc_hash::FxHashMap;
use std::path::Path;

/// A row as it stands in the file.
struct Line {
    number: u64,
    cells: StringRecord,
}

pub(super) fn read(path: &Path, key: Option<&str>) -> Result<(Table, Vec<TableWarning>), TableError> {
    let failed = |source: csv::Error| TableError::Read { path: path.into(), source };
    let sidecar = Sidecar::of(path)?;
    let bytes = std::fs::read(path).map_err(|e| failed(csv::Error::from(e)))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .delimiter(delimiter(path, bytes))
        .from_reader(bytes);
    let mut lines = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(failed)?;
        let number = record.position().map_or(0, csv::Position::line);
        let cells = StringRecord::from_byte_record_lossy(record);
        if cells.iter().any(|c| !c.is_empty()) {
            lines.push(Line { number, cells });
        }
    }
    let mut warnings = Warnings::of(path);
    let table = build(path, key, &sidecar, lines, &mut warnings)?;
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

/// Which column of a file is what.
struct Layout<'n> {
    names: Vec<&'n str>,
    key: usize,
    period: Option<usize>,
    /// Of a long table the columns that say what is measured.
    measure: Option<usize>,
    /// Those that hold figures.
    figures: Vec<usize>,
}

fn build(
    path: &Path,
    key: Option<&str>,
    sidecar: &Sidecar,
    mut lines: Vec<Line>,
    warnings: &mut Warnings,
) -> Result<Table, TableError> {
    let named = sidecar.header.as_ref().map(|names| StringRecord::from(names.clone()));
    let first = match named {
        Some(names) => names,
        None if lines.is_empty() => return Err(TableError::Empty(path.into())),
        None => lines.remove(0).cells,
    };
    let names: Vec<&str> = first.iter().collect();
    sidecar.check(path, &names)?;
    lines.retain(|line| {
        let whole = line.cells.len() == names.len();
        if !whole {
            let what = format!("{} cells where the header has {}; the row is left out", line.cells.len(), names.len());
            warnings.add(line.number, None, what);
        }
        whole
    });
    let layout = layout(path, key, sidecar, names, &lines, warnings)?;
    layout.figures.iter().for_each(|c| mixed_units(&lines, *c, layout.names[*c], warnings));
    let measures = measures(&layout, &lines);
    let mut columns: Vec<Header> = Header::all(measures.iter().map(|name| sidecar.measured(name)));
    measures.iter().zip(&mut columns).for_each(|(name, header)| sidecar.complete(name, header));
    let mut table = Table {
        name: path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
        columns,
        rows: Vec::with_capacity(lines.len()),
        by_key: FxHashMap::with_capacity_and_hasher(lines.len(), Default::default()),
        longest: 0,
    };
    for line in &lines {
        add(&mut table, line, &layout, &measures, warnings);
    }
    table.alias(sidecar);
    Ok(table)
}

fn layout<'n>(
    path: &Path,
    key: Option<&str>,
    sidecar: &Sidecar,
    names: Vec<&'n str>,
    lines: &[Line],
    warnings: &mut Warnings,
) -> Result<Layout<'n>, TableError> {
    let numeric: Vec<bool> = (0..names.len()).map(|c| is_numeric(lines, c)).collect();
    let looks_like_data =
        |c: &usize| numeric[*c] && matches!(read_cell(names[*c]), Cell::Number { .. }) && !is_year(names[*c]);
    if let Some(c) = (0..names.len()).find(looks_like_data) {
        return Err(TableError::NoHeader { path: path.into(), column: c + 1, cell: names[c].into() });
    }
    let position = |name: &str| names.iter().position(|n| is_same(n, name));
    let at = match key.or(sidecar.key.as_deref()) {
        Some(key) => position(key).ok_or_else(|| TableError::NoKey {
            path: path.into(),
            key: key.into(),
            there: names.join(", "),
        })?,
        None => (0..names.len())
            .find(|c| !numeric[*c] && lines.iter().any(|l| !l.cells[*c].is_empty()))
            .ok_or_else(|| TableError::NoNames(path.into()))?,
    };
    let years = |c: &usize| *c != at && !lines.is_empty() && lines.iter().all(|l| is_year(&l.cells[*c]));
    let period = (0..names.len()).find(years);
    let ignored = |c: usize| sidecar.column(names[c]).is_some_and(|column| column.ignore);
    let figures: Vec<usize> = (0..names.len())
        .filter(|c| *c != at && Some(*c) != period && numeric[*c] && !ignored(*c))
        .filter(|c| {
            let unnamed = names[*c].is_empty();
            if unnamed {
                warnings.add(1, None, format!("column {} has no name; it is left out", c + 1));
            }
            !unnamed
        })
        .collect();
    if figures.is_empty() {
        return Err(TableError::NoNumbers(path.into()));
    }
    let says_what = |c: &usize| {
        let asked = sidecar.measure.as_deref().is_some_and(|m| is_same(names[*c], m));
        asked || sidecar.measure.is_none() && MEASURES.iter().any(|m| is_same(names[*c], m))
    };
    let measure = (0..names.len()).find(|c| *c != at && !numeric[*c] && figures.len() == 1 && says_what(c));
    Ok(Layout { names, key: at, period, measure, figures })
}

/// Names of the column of a long table that says what is measured.
const MEASURES: [&str; 7] = ["indicator", "measure", "variable", "metric", "series", "item", "statistic"];

/// What is measured: the names of columns, or of a long table the different cells of the column that says it.
fn measures(layout: &Layout, lines: &[Line]) -> Vec<String> {
    let Some(measure) = layout.measure else {
        return layout.figures.iter().map(|c| layout.names[*c].to_owned()).collect();
    };
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let name = &line.cells[measure];
        if !name.is_empty() && !out.iter().any(|o| o == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn add(table: &mut Table, line: &Line, layout: &Layout, measures: &[String], warnings: &mut Warnings) {
    let name = &line.cells[layout.key];
    let folded = fold(name);
    if folded.is_empty() {
        return warnings.add(line.number, Some(layout.names[layout.key]), "no key; the row is left out".into());
    }
    let hash = hash(folded.iter().copied());
    let period = layout.period.map(|c| line.cells[c].to_owned());
    let rows = table.by_key.entry(hash).or_default();
    let there = rows.iter().copied().find(|r| table.rows[*r as usize].period == period);
    let twice = || format!("“{name}” stands twice; the first row is used");
    let row = match (there, layout.measure) {
        (Some(_), None) => return warnings.add(line.number, Some(layout.names[layout.key]), twice()),
        (Some(row), Some(_)) => row as usize,
        (None, _) => {
            rows.push(table.rows.len() as u32);
            table.longest = table.longest.max(folded.len());
            let values = vec![None; measures.len()].into();
            table.rows.push(Row { key: name.into(), name: name.into(), hash, period, values });
            table.rows.len() - 1
        }
    };
    for (n, c) in layout.figures.iter().enumerate() {
        let n = match layout.measure {
            Some(m) => match measures.iter().position(|name| *name == line.cells[m]) {
                Some(n) => n,
                None => {
                    return warnings.add(
                        line.number,
                        Some(layout.names[m]),
                        "nothing is named; the row is left out".into(),
                    );
                }
            },
            None => n,
        };
        let value = match read_cell(&line.cells[*c]) {
            Cell::Number { value, .. } => value.checked_mul(table.columns[n].scale),
            Cell::Empty => None,
            Cell::Text => {
                let what = format!("“{}” is no number; the cell is left out", &line.cells[*c]);
                warnings.add(line.number, Some(layout.names[*c]), what);
                None
            }
        };
        let slot = &mut table.rows[row].values[n];
        if slot.is_some() && value.is_some() {
            return warnings.add(line.number, Some(layout.names[layout.key]), twice());
        }
        *slot = slot.or(value);
    }
}

impl Table {
    /// Adds the other names of rows.
    fn alias(&mut self, sidecar: &Sidecar) {
        for (key, names) in &sidecar.rows {
            let rows = self.by_key.get(&hash(fold(key).into_iter())).cloned().unwrap_or_default();
            for alias in &names.aliases {
                let folded = fold(alias);
                let hash = hash(folded.iter().copied());
                if folded.is_empty() || self.by_key.contains_key(&hash) {
                    continue;
                }
                self.longest = self.longest.max(folded.len());
                for &row in &rows {
                    self.by_key.entry(hash).or_default().push(self.rows.len() as u32);
                    let row = Row { name: alias.as_str().into(), hash, ..self.rows[row as usize].clone() };
                    self.rows.push(row);
                }
            }
        }
    }
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
    /// So many rows tell what a column holds.
    const SAMPLE: usize = 1000;
    for line in lines.iter().take(SAMPLE) {
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
                    format!("“{}” beside “{cell}”: units are mixed; all are read as numbers", &line.cells[column]);
                return warnings.add(line.number, Some(name), what);
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

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
        let keys: Vec<&str> = table.rows.iter().map(|r| &*r.key).collect();
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
    fn a_long_table_is_a_wide_one_with_its_measures_in_rows() {
        let (_folder, path) = table(
            "long.csv",
            "region,indicator,year,value\nEastmark,population,2030,204\nEastmark,median rent,2030,610\n\
             Eastmark,population,2031,207\nHollin,population,2031,51\nHollin,population,2031,52\n",
        );
        let (table, warnings) = Table::read(&path, None).unwrap();
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["population", "median rent"]);
        let values: Vec<Vec<Option<String>>> =
            table.rows.iter().map(|r| r.values.iter().map(|v| v.map(|v| v.to_string())).collect()).collect();
        let some = |v: &str| Some(v.to_owned());
        assert_eq!(values, [vec![some("204"), some("610")], vec![some("207"), None], vec![some("51"), None]]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0].to_string().ends_with("row 6, column region: “Hollin” stands twice; the first row is used")
        );
    }

    #[test]
    fn a_sidecar_tells_what_the_table_does_not() {
        let (folder, path) = table("codes.csv", "EM,204,4.1\nHO,51,6.0\n");
        let sidecar = folder.path().join("codes.toml");
        let read = |text: &str| {
            std::fs::write(&sidecar, text).unwrap();
            Table::read(&path, None)
        };
        let text = "header = ['code', 'pop', 'ur']\nas_of = '2031-03-31'\n[columns.pop]\nname = 'population'\n\
                    scale = 1000\naliases = ['souls']\n[columns.ur]\nname = 'unemployment rate'\nunit = 'percent'\n\
                    [rows.EM]\naliases = ['Eastmark', 'the East March']\n";
        let (table, warnings) = read(text).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(table.rows.iter().map(|r| &*r.name).collect::<Vec<_>>(), ["EM", "HO", "Eastmark", "the East March"]);
        assert_eq!(table.rows[0].values[0], Some("204000".parse().unwrap()));
        let rate = &table.columns[1];
        assert_eq!((rate.percent, rate.period.as_deref(), rate.topics.len()), (true, Some("2031"), 2));
        assert_eq!((table.columns[0].aliases.len(), table.columns[0].name.as_str()), (1, "pop"));
        for (text, want) in [
            ("hedaer = []", "codes.toml, which tells more of a table: line 1: unknown field `hedaer`"),
            ("header = ['a', 'b', 'c']\n[columns.d]\nscale = 2", "no column is called “d”; there are: a, b, c"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(want), "{error}");
        }
    }

    #[test]
    fn other_delimiters_and_years_as_rows() {
        let (_folder, path) = table("long.csv", "region;year;people\nEastmark;2023;4\nEastmark;2024;5\n");
        let (table, warnings) = Table::read(&path, None).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(table.rows.iter().map(|r| r.period.as_deref()).collect::<Vec<_>>(), [Some("2023"), Some("2024")]);
    }
}
