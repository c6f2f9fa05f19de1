//! Which column of a table is what: told by its header and by the first rows.

use super::cells::{Cell, read as read_cell};
use super::sidecar::{Sidecar, is_same};
use super::trouble::{TableError, Warnings};
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
}

impl Layout {
    /// Of a table with these column names, whose first rows (all of them whole) are `rows`.
    pub fn of(
        path: &Path,
        key: Option<&str>,
        sidecar: &Sidecar,
        names: Vec<String>,
        rows: &[Vec<&str>],
        warnings: &mut Warnings,
    ) -> Result<Layout, TableError> {
        sidecar.check(path, &names)?;
        let numeric: Vec<bool> = (0..names.len()).map(|c| is_numeric(rows, c)).collect();
        let looks_like_data =
            |c: &usize| numeric[*c] && matches!(read_cell(&names[*c]), Cell::Number { .. }) && !is_year(&names[*c]);
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
            None => (0..names.len())
                .find(|c| !numeric[*c] && rows.iter().any(|row| !row[*c].is_empty()))
                .ok_or_else(|| TableError::NoNames(path.into()))?,
        };
        let years = |c: &usize| *c != at && !rows.is_empty() && rows.iter().all(|row| is_year(row[*c]));
        let period = (0..names.len()).find(years);
        let ignored = |c: usize| sidecar.column(&names[c]).is_some_and(|column| column.ignore);
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
            let asked = sidecar.measure.as_deref().is_some_and(|m| is_same(&names[*c], m));
            asked || sidecar.measure.is_none() && MEASURES.iter().any(|m| is_same(&names[*c], m))
        };
        let measure = (0..names.len()).find(|c| *c != at && !numeric[*c] && figures.len() == 1 && says_what(c));
        Ok(Layout { names, key: at, period, measure, figures })
    }
}

/// Names of the column of a long table that says what is measured.
const MEASURES: [&str; 7] = ["indicator", "measure", "variable", "metric", "series", "item", "statistic"];

/// Whether most of a column's filled cells are numbers.
fn is_numeric(rows: &[Vec<&str>], column: usize) -> bool {
    let mut numbers = 0;
    let mut texts = 0;
    for row in rows {
        match read_cell(row[column]) {
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
