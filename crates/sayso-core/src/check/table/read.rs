//! TableBuilder a table from a file, row by row, with what is wrong with it told by row and column.

use super::body::Body;
use super::cells::{Cell, CellUnit, read as read_cell};
use super::headers::Header;
use super::layout::{Layout, SAMPLE, is_year};
use super::lines::{Line, Rows};
use super::names::{fold, places, shorter};
use super::sidecar::Sidecar;
use super::trouble::{TableError, TableWarning, Warnings};
use super::{Table, hash};
use crate::language;
use crate::language::lists::List;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

/// Reads the rows of a file of so many bytes of text.
pub(super) fn read(
    path: &Path,
    key: Option<&str>,
    lines: &mut dyn Rows,
    size: usize,
    sidecar: &Sidecar,
) -> Result<(Table, Vec<TableWarning>), TableError> {
    let mut warnings = Warnings::of(path);
    let mut line = Line::default();
    let mut sample: Vec<Line> = Vec::new();
    while sample.len() < SAMPLE && lines.next(&mut line)? {
        sample.push(line.clone());
    }
    if sample.is_empty() {
        return Err(TableError::Empty(path.into()));
    }
    let names: Vec<String> = match &sidecar.header {
        Some(names) => names.clone(),
        None => {
            let titles = titles(&sample);
            for title in sample.drain(..titles) {
                let what = format!("“{}” stands above the table; it is left out", title.text);
                warnings.add(title.number, None, what);
            }
            sample.remove(0).cells().map(str::to_owned).collect()
        }
    };
    let whole = sample.iter().filter(|line| line.len() == names.len()).map(|line| line.cells().collect());
    let whole: Vec<Vec<&str>> = whole.collect();
    let layout = Layout::of(path, key, sidecar, names, &whole, &mut warnings)?;
    let bytes: usize = sample.iter().map(|line| line.text.len() + line.len()).sum();
    // The names of columns were among them.
    let rows = match sample.len() {
        all if all + 1 >= SAMPLE => size / (bytes / all).max(1),
        all => all,
    };
    let mut reading = TableBuilder::new(&layout, rows, &mut warnings);
    sample.iter().for_each(|line| reading.add(line));
    while lines.next(&mut line)? {
        reading.add(&line);
    }
    let table = reading.finish(path, sidecar);
    Ok((table, warnings.finish()))
}

/// How many of the first rows are titles: one cell alone, over rows that have more.
fn titles(rows: &[Line]) -> usize {
    const MOST: usize = 5;
    let alone = |line: &&Line| line.cells().filter(|cell| !cell.is_empty()).count() == 1;
    let titles = rows.iter().take(MOST).take_while(alone).count();
    let wide = rows.get(titles).is_some_and(|line| line.len() > 1);
    if wide { titles } else { 0 }
}

/// A table while it is read.
struct TableBuilder<'l, 'p, 'w> {
    layout: &'l Layout,
    warnings: &'w mut Warnings<'p>,
    body: Body,
    longest: usize,
    /// Of each column of figures the unit of its first cell, with the cell, until another is met.
    units: Vec<Unit>,
    /// Of a long table the different measures, and the values as they come.
    measures: HashMap<String, u32>,
    measured: Vec<Measured>,
    /// Shorter names of rows.
    short: Vec<(u32, String)>,
}

#[derive(Clone)]
enum Unit {
    None,
    First(CellUnit, String),
    Mixed,
}

impl Unit {
    /// Tells a header what all cells of its column say.
    fn complete(&self, header: &mut Header) {
        match self {
            Unit::First(CellUnit::Percent, _) => header.percent = true,
            Unit::First(CellUnit::Money(sign), _) => {
                header.money = true;
                header.unit = header
                    .unit
                    .or_else(|| language::compared().lexicon.units.sign(&sign.to_string()).map(|(_, unit)| unit));
            }
            Unit::First(CellUnit::None, _) | Unit::None | Unit::Mixed => {}
        }
    }
}

/// What a column measures: where its name only says of what year, or that it holds values, the file's name says it.
fn measured<'n>(path: &Path, name: &'n str) -> Cow<'n, str> {
    let says_nothing = is_year(name) || language::compared().lexicon.lists.reads(List::ValueColumns, name);
    match path.file_stem().filter(|_| says_nothing) {
        Some(stem) => format!("{} {name}", stem.to_string_lossy()).into(),
        None => name.into(),
    }
}

/// A value of a long table.
struct Measured {
    row: u32,
    measure: u32,
    line: u64,
    value: Decimal,
}

impl<'l, 'p, 'w> TableBuilder<'l, 'p, 'w> {
    fn new(layout: &'l Layout, rows: usize, warnings: &'w mut Warnings<'p>) -> Self {
        let width = if layout.measure.is_some() { 0 } else { layout.figures.len() };
        TableBuilder {
            layout,
            warnings,
            body: Body::with_capacity(rows, width),
            longest: 0,
            units: vec![Unit::None; layout.figures.len()],
            measures: HashMap::new(),
            measured: Vec::new(),
            short: Vec::new(),
        }
    }

    fn add(&mut self, line: &Line) {
        let layout = self.layout;
        let key_column = Some(layout.names[layout.key].as_str());
        if line.len() != layout.names.len() {
            let (cells, header) = (count(line.len()), layout.names.len());
            let what = format!("{cells} where the header has {header}; the row is left out");
            return self.warnings.add(line.number, None, what);
        }
        let name = line.cell(layout.key);
        let words = fold(name);
        if words.is_empty() {
            return self.warnings.add(line.number, key_column, "no key; the row is left out".into());
        }
        let measure = match layout.measure {
            Some(m) if line.cell(m).is_empty() => {
                let what = "nothing is named; the row is left out".into();
                return self.warnings.add(line.number, Some(&layout.names[m]), what);
            }
            Some(m) => Some(line.cell(m)),
            None => None,
        };
        let period = layout.period.map(|c| line.cell(c)).map(|year| year.get(..4).unwrap_or(year));
        let (row, new) = match self.body.add(name, hash(words.iter().copied()), period) {
            Some(added) => added,
            None => return self.warnings.add(line.number, None, "the table is too large; the row is left out".into()),
        };
        if !new && measure.is_none() {
            return self.warnings.add(line.number, key_column, twice(name));
        }
        self.longest = self.longest.max(words.len());
        if let Some(short) = shorter(name, &words).filter(|_| new) {
            self.short.push((row, short.to_owned()));
        }
        for (n, c) in layout.figures.iter().enumerate() {
            let Some(value) = self.value(line, n, *c) else { continue };
            match measure {
                Some(measure) => {
                    let of_year = || format!("{measure} {}", layout.names[*c]);
                    let measure = self.measure(if layout.figures.len() > 1 { of_year() } else { measure.to_owned() });
                    self.measured.push(Measured { row, measure, line: line.number, value });
                }
                None => *self.body.slot(row, n) = Some(value),
            }
        }
    }

    fn measure(&mut self, name: String) -> u32 {
        let next = self.measures.len() as u32;
        *self.measures.entry(name).or_insert(next)
    }

    /// The number of a cell, column `column` of the file and `n` of those with figures.
    fn value(&mut self, line: &Line, n: usize, column: usize) -> Option<Decimal> {
        let cell = line.cell(column);
        let name = Some(self.layout.names[column].as_str());
        match read_cell(cell, self.layout.style) {
            Cell::Number { value, unit } => {
                match &self.units[n] {
                    Unit::None => self.units[n] = Unit::First(unit, cell.to_owned()),
                    Unit::First(first, other) if *first != unit => {
                        let what = format!("“{cell}” beside “{other}”: units are mixed; all are read as numbers");
                        self.warnings.add(line.number, name, what);
                        self.units[n] = Unit::Mixed;
                    }
                    Unit::First(..) | Unit::Mixed => {}
                }
                Some(value)
            }
            Cell::Empty => None,
            Cell::Text => {
                let what = format!("“{cell}” is no number; the cell is left out");
                self.warnings.add(line.number, name, what);
                None
            }
        }
    }

    fn finish(mut self, path: &Path, sidecar: &Sidecar) -> Table {
        let figures = || self.layout.figures.iter().map(|c| self.layout.names[*c].as_str());
        let names: Vec<&str> = match self.layout.measure {
            Some(_) => {
                let mut names: Vec<(&str, u32)> = self.measures.iter().map(|(name, n)| (name.as_str(), *n)).collect();
                names.sort_unstable_by_key(|(_, n)| *n);
                names.into_iter().map(|(name, _)| name).collect()
            }
            None => figures().collect(),
        };
        let told: Vec<Cow<str>> = names.iter().map(|name| measured(path, sidecar.measured(name))).collect();
        let mut columns: Vec<Header> = Header::all(told.iter().map(Cow::as_ref));
        if self.layout.measure.is_none() {
            self.units.iter().zip(&mut columns).for_each(|(unit, header)| unit.complete(header));
        }
        names.iter().zip(&mut columns).for_each(|(name, header)| sidecar.complete(name, header));
        if let Some(key) = self.layout.measure.map(|_| self.layout.key) {
            self.body.widen(columns.len());
            for Measured { row, measure, line, value } in &self.measured {
                match self.body.slot(*row, *measure as usize) {
                    slot @ None => *slot = Some(*value),
                    Some(_) => {
                        let what = twice(self.body.key(*row));
                        self.warnings.add(*line, Some(&self.layout.names[key]), what);
                    }
                }
            }
        }
        self.body.scale(&columns.iter().map(|header| header.scale).collect::<Vec<_>>());
        let mut table = Table {
            name: path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
            columns,
            body: self.body,
            longest: self.longest,
        };
        table.alias(sidecar, self.short);
        table
    }
}

fn count(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

fn twice(name: &str) -> String {
    format!("“{name}” stands twice; the first row is used")
}

impl Table {
    /// Adds the other names of rows: those that its sidecar tells, those of countries, and `short` ones, each with its row.
    fn alias(&mut self, sidecar: &Sidecar, short: Vec<(u32, String)>) {
        for (key, names) in &sidecar.rows {
            names.aliases.iter().for_each(|alias| self.also(hash_of(key), alias));
        }
        for names in places() {
            let here = names.iter().find(|name| self.body.find(hash_of(name)).is_some());
            let Some(key) = here.map(|name| hash_of(name)) else { continue };
            names.iter().for_each(|alias| self.also(key, alias));
        }
        // What would name two rows names none.
        let mut owners: HashMap<u64, Option<u64>> = HashMap::new();
        for (row, alias) in &short {
            let key = hash_of(self.body.key(*row));
            let owner = owners.entry(hash_of(alias)).or_insert(Some(key));
            *owner = owner.filter(|other| *other == key);
        }
        for (_, alias) in &short {
            if let Some(Some(key)) = owners.remove(&hash_of(alias)) {
                self.also(key, alias);
            }
        }
    }

    /// Lets a name stand for all rows of a key, unless it is that of a row.
    fn also(&mut self, key: u64, alias: &str) {
        let words = fold(alias);
        let hash = hash(words.iter().copied());
        if words.is_empty() || self.body.find(hash).is_some() {
            return;
        }
        let rows: Vec<u32> = self.body.all(key).collect();
        if !rows.is_empty() {
            self.longest = self.longest.max(words.len());
            rows.into_iter().for_each(|row| self.body.alias(row, alias, hash));
        }
    }
}

/// The hash of a name's words.
fn hash_of(name: &str) -> u64 {
    hash(fold(name).into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, text: &str, key: Option<&str>) -> Result<(Table, Vec<TableWarning>), TableError> {
        crate::check::table::from_text(name, text, key, &Sidecar::default())
    }

    fn rows(table: &Table) -> std::ops::Range<u32> {
        0..table.len() as u32
    }

    #[test]
    fn good_rows_are_used_and_bad_ones_named() {
        let (table, warnings) = table("regions.csv", "region,population,jobless_percent\nEastmark,\"1,204\",4.1%\nHollin,980*,5.0\nVeil,12\nEastmark,3,4\nTarn,many,6.2\n", None).unwrap();
        let keys: Vec<&str> = rows(&table).map(|r| table.body.key(r)).collect();
        assert_eq!(keys, ["Eastmark", "Hollin", "Tarn"]);
        assert_eq!(table.body.value(0, 0), Some("1204".parse().unwrap()));
        assert_eq!(table.body.value(1, 0), Some("980".parse().unwrap()));
        assert_eq!(table.body.value(2, 0), None);
        let told: Vec<(u64, Option<&str>)> = warnings.iter().map(|w| (w.row, w.column.as_deref())).collect();
        assert_eq!(told, [(3, Some("jobless_percent")), (4, None), (5, Some("region")), (6, Some("population"))]);
        assert!(
            warnings[1]
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
            let error = table(name, text, key).unwrap_err().to_string();
            assert!(error.contains(want), "{error}");
        }
    }

    #[test]
    fn a_long_table_is_a_wide_one_with_its_measures_in_rows() {
        let (table, warnings) = table(
            "long.csv",
            "region,indicator,year,value\nEastmark,population,2030,204\nEastmark,median rent,2030,610\n\
             Eastmark,population,2031,207\nHollin,population,2031,51\nHollin,population,2031,52\n",
            None,
        )
        .unwrap();
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["population", "median rent"]);
        let values: Vec<Vec<Option<String>>> =
            rows(&table).map(|r| (0..2).map(|c| table.body.value(r, c).map(|v| v.to_string())).collect()).collect();
        let some = |v: &str| Some(v.to_owned());
        assert_eq!(values, [vec![some("204"), some("610")], vec![some("207"), None], vec![some("51"), None]]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0].to_string().ends_with("row 6, column region: “Hollin” stands twice; the first row is used")
        );
    }

    #[test]
    fn a_sidecar_tells_what_the_table_does_not() {
        let read = |text: &str| {
            let sidecar = toml::from_str(text).unwrap();
            crate::check::table::from_text("codes.csv", "EM,204,4.1\nHO,51,6.0\n", None, &sidecar)
        };
        let text = "header = ['code', 'pop', 'ur']\nas_of = '2031-03-31'\n[columns.pop]\nname = 'population'\n\
                    scale = 1000\naliases = ['souls']\n[columns.ur]\nname = 'unemployment rate'\nunit = 'percent'\n\
                    [rows.EM]\naliases = ['Eastmark', 'the East March']\n";
        let (table, warnings) = read(text).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(
            rows(&table).map(|r| table.body.name(r)).collect::<Vec<_>>(),
            ["EM", "HO", "Eastmark", "the East March"]
        );
        assert_eq!(table.body.value(0, 0), Some("204000".parse().unwrap()));
        let rate = &table.columns[1];
        assert_eq!((rate.percent, rate.period.as_deref(), rate.topics.len()), (true, Some("2031"), 2));
        assert_eq!((table.columns[0].aliases.len(), table.columns[0].name.as_str()), (1, "pop"));
        let error = read("header = ['a', 'b', 'c']\n[columns.d]\nscale = 2").unwrap_err().to_string();
        assert!(error.contains("no column is called “d”; there are: a, b, c"), "{error}");
    }

    #[test]
    fn other_delimiters_and_years_as_rows() {
        let (table, warnings) =
            table("long.csv", "region;year;people\nEastmark;2023;4\nEastmark;2024;5\n", None).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(rows(&table).map(|r| table.body.period(r)).collect::<Vec<_>>(), [Some("2023"), Some("2024")]);
    }
}
