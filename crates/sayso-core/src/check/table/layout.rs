//! Which column of a table is what: told by its header and by the first rows.

use super::cells::{Cell, Style, read as read_cell};
use super::sidecar::{Sidecar, is_same};
use super::trouble::{TableError, Warnings};
use crate::language;
use crate::language::lists::List;
use std::collections::HashSet;
use std::path::Path;

/// So many rows tell what a column holds.
pub(super) const SAMPLE: usize = 1000;

/// Which column of a file is what.
pub(super) struct Layout {
    pub names: Vec<String>,
    /// That which names the rows.
    pub key: usize,
    /// That which holds years.
    pub period: Option<usize>,
    /// Of a long table that which says what is measured.
    pub measure: Option<usize>,
    /// Those that hold figures.
    pub figures: Vec<usize>,
    /// How numbers are written.
    pub style: Style,
}

impl Layout {
    /// Of a table with these column names, whose first rows (all of them whole) are `rows`.
    pub(super) fn of(
        path: &Path,
        key: Option<&str>,
        sidecar: &Sidecar,
        names: Vec<String>,
        rows: &[Vec<&str>],
        warnings: &mut Warnings,
    ) -> Result<Layout, TableError> {
        sidecar.check(path, &names)?;
        let style = Style::of(rows.iter().flat_map(|row| row.iter().copied()));
        let numeric: Vec<bool> = (0..names.len()).map(|c| is_numeric(rows, c, style)).collect();
        let is_number = |name: &str| matches!(read_cell(name, style), Cell::Number { .. });
        let looks_like_data = |c: &usize| numeric[*c] && is_number(&names[*c]) && !is_year(&names[*c]);
        if let Some(c) = (0..names.len()).find(looks_like_data) {
            return Err(TableError::NoHeader { path: path.into(), column: c + 1, cell: names[c].clone() });
        }
        let position = |name: &str| names.iter().position(|n| is_same(n, name));
        let at = match key.or(sidecar.key.as_deref()) {
            Some(key) => position(key).ok_or_else(|| TableError::NoKey {
                path: path.into(),
                key: key.into(),
                there: names.join(", "),
            })?,
            None => find_key(&names, &numeric, rows, sidecar).ok_or_else(|| TableError::NoNames(path.into()))?,
        };
        let years = |c: &usize| *c != at && !rows.is_empty() && rows.iter().all(|row| is_year(row[*c]));
        let period = (0..names.len()).find(years);
        let ignored = |c: usize| sidecar.column(&names[c]).is_some_and(|column| column.ignore);
        let mut figures: Vec<usize> = Vec::new();
        let mut named: HashSet<String> = HashSet::new();
        for c in (0..names.len()).filter(|c| *c != at && Some(*c) != period && numeric[*c] && !ignored(*c)) {
            if names[c].is_empty() {
                warnings.add(1, None, format!("column {} has no name; it is left out", c + 1));
            } else if !named.insert(names[c].trim().to_ascii_lowercase()) {
                let what = format!("column {} has the name of another; it is left out", c + 1);
                warnings.add(1, Some(&names[c]), what);
            } else {
                figures.push(c);
            }
        }
        if figures.is_empty() {
            return Err(TableError::NoNumbers(path.into()));
        }
        // A row for each measure, with one figure or one for each year.
        let by_years = figures.iter().all(|c| is_year(&names[*c]));
        let long =
            |c: &usize| *c != at && !numeric[*c] && (figures.len() == 1 || by_years) && says_what(&names[*c], sidecar);
        let measure = (0..names.len()).find(long);
        Ok(Layout { names, key: at, period, measure, figures, style })
    }
}

/// The column that names the rows, where nobody says which: the first that holds words which are no mere codes, and
/// as many different ones as any other that may.
fn find_key(names: &[String], numeric: &[bool], rows: &[Vec<&str>], sidecar: &Sidecar) -> Option<usize> {
    /// A name has so many words at most.
    const LONGEST: usize = 6;
    let may = |c: &usize| !numeric[*c] && rows.iter().any(|row| !row[*c].is_empty());
    let first = (0..names.len()).find(may);
    let is_name = |cell: &str| cell.contains(char::is_lowercase) && cell.split_whitespace().count() <= LONGEST;
    let names_rows = |c: &usize| {
        let filled = || rows.iter().map(|row| row[*c]).filter(|cell| !cell.is_empty());
        may(c)
            && !says_what(&names[*c], sidecar)
            && 2 * filled().filter(|cell| is_name(cell)).count() > filled().count()
    };
    let different = |c: usize| rows.iter().map(|row| row[c]).collect::<HashSet<_>>().len();
    let named: Vec<(usize, usize)> = (0..names.len()).filter(names_rows).map(|c| (c, different(c))).collect();
    // Rows of several years or measures repeat their names.
    let repeats = (0..names.len())
        .any(|c| says_what(&names[c], sidecar) || !rows.is_empty() && rows.iter().all(|row| is_year(row[c])));
    let most = if repeats { 0 } else { named.iter().map(|(_, n)| *n).max().unwrap_or(0) };
    let found = named.iter().find(|(_, n)| 10 * n >= 8 * most).map(|(c, _)| *c);
    found.or(first)
}

/// Whether a column says what its row measures.
fn says_what(name: &str, sidecar: &Sidecar) -> bool {
    match sidecar.measure.as_deref() {
        Some(measure) => is_same(name, measure),
        None => {
            let known = language::compared().lexicon.lists.words(List::MeasureColumns);
            known.iter().any(|measure| is_same(name, measure))
        }
    }
}

/// Whether most of a column's filled cells are numbers.
fn is_numeric(rows: &[Vec<&str>], column: usize, style: Style) -> bool {
    let mut numbers = 0;
    let mut texts = 0;
    for row in rows {
        match read_cell(row[column], style) {
            Cell::Number { .. } => numbers += 1,
            Cell::Text => texts += 1,
            Cell::Empty => {}
        }
    }
    numbers > texts
}

/// Whether a cell is a year, or one that begins in it (`2019/20`).
pub(super) fn is_year(cell: &str) -> bool {
    let year = |text: &str| text.len() == 4 && text.parse::<u16>().is_ok_and(|y| (1800..2200).contains(&y));
    let (first, rest) = cell.split_at_checked(4).unwrap_or((cell, ""));
    let second = rest.strip_prefix(['/', '-', '–']).unwrap_or_default();
    year(first) && (rest.is_empty() || second.len() == 2 && second.bytes().all(|b| b.is_ascii_digit()))
}
