//! The rows of a table, kept small: a table of a million rows is read for one article as well, and most of what that
//! costs is memory.

use hashbrown::HashTable;
use rust_decimal::Decimal;

/// The rows, by number, with a value or none for each column.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// The keys and aliases, one after the other.
    names: String,
    rows: Vec<Entry>,
    /// The first row of each key, by the hash of its words.
    first: HashTable<u32>,
    /// The different years of rows.
    periods: Vec<String>,
    /// Row by row.
    values: Vec<Option<Decimal>>,
    width: usize,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Of the words of its name, folded.
    hash: u64,
    /// Where its name stands.
    name: (u32, u32),
    /// Its year.
    period: Option<u16>,
    /// The next row of the same name: of another year.
    next: Option<u32>,
    /// The row that has its key and its values: itself, but for an alias.
    of: u32,
}

impl Body {
    /// None yet, with room for so many rows of so many values.
    pub(super) fn with_capacity(rows: usize, width: usize) -> Self {
        Body {
            rows: Vec::with_capacity(rows),
            first: HashTable::with_capacity(rows),
            values: Vec::with_capacity(rows * width),
            width,
            ..Body::default()
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The key of a row, as the table has it.
    pub(super) fn key(&self, row: u32) -> &str {
        self.name(self.rows[row as usize].of)
    }

    /// What stands for a row in a text: its key, or an alias.
    pub(super) fn name(&self, row: u32) -> &str {
        let (from, to) = self.rows[row as usize].name;
        &self.names[from as usize..to as usize]
    }

    /// The year of a row, where the table has a column of years.
    pub(super) fn period(&self, row: u32) -> Option<&str> {
        self.rows[row as usize].period.map(|p| self.periods[p as usize].as_str())
    }

    /// What a row has in a column, scaled as the column's header says; none where the cell is empty or unreadable.
    pub(super) fn value(&self, row: u32, column: usize) -> Option<Decimal> {
        self.values[self.rows[row as usize].of as usize * self.width + column]
    }

    /// The first row whose name has the words of a hash.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        self.first.find(hash, |row| self.rows[*row as usize].hash == hash).copied()
    }

    /// All rows whose name has the words of a hash: one for each period.
    pub(super) fn all(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.find(hash), |row| self.rows[*row as usize].next)
    }

    /// All rows with the name of `row`.
    pub(super) fn like(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.all(self.rows[row as usize].hash)
    }

    /// Adds a row without values; whether there was none of this name and period. None where the names of all rows together
    /// are longer than four thousand million bytes, or the years more than 65,536.
    pub(super) fn add(&mut self, name: &str, hash: u64, period: Option<&str>) -> Option<(u32, bool)> {
        let period = match period {
            None => None,
            Some(year) => Some(self.year(year)?),
        };
        if let Some(there) = self.all(hash).find(|row| self.rows[*row as usize].period == period) {
            return Some((there, false));
        }
        let row = u32::try_from(self.rows.len()).ok()?;
        self.push(name, hash, period, row)?;
        self.values.resize(self.values.len() + self.width, None);
        Some((row, true))
    }

    /// Adds another name for a row, once all rows are there.
    pub(super) fn alias(&mut self, row: u32, name: &str, hash: u64) {
        let Entry { period, of, .. } = self.rows[row as usize];
        // Where there is no room for it the row goes without.
        let _ = self.push(name, hash, period, of);
    }

    /// The place of a row's value in a column.
    pub(super) fn slot(&mut self, row: u32, column: usize) -> &mut Option<Decimal> {
        &mut self.values[row as usize * self.width + column]
    }

    /// Makes room for so many values in each row; there must be none yet.
    pub(super) fn widen(&mut self, width: usize) {
        self.width = width;
        self.values = vec![None; self.rows.len() * width];
    }

    /// Multiplies every column with its scale; what grows too large to be kept is left out.
    pub(super) fn scale(&mut self, scales: &[Decimal]) {
        for (column, scale) in scales.iter().enumerate().filter(|(_, scale)| **scale != Decimal::ONE) {
            let cells = self.values.iter_mut().skip(column).step_by(self.width);
            cells.for_each(|cell| *cell = cell.and_then(|value| value.checked_mul(*scale)));
        }
    }

    fn year(&mut self, year: &str) -> Option<u16> {
        // Rows of one year often stand together.
        let known = self.periods.iter().rposition(|p| p == year);
        let number = known.unwrap_or_else(|| {
            self.periods.push(year.to_owned());
            self.periods.len() - 1
        });
        u16::try_from(number).ok()
    }

    fn push(&mut self, name: &str, hash: u64, period: Option<u16>, of: u32) -> Option<()> {
        let row = u32::try_from(self.rows.len()).ok()?;
        let from = u32::try_from(self.names.len()).ok()?;
        let to = u32::try_from(self.names.len() + name.len()).ok()?;
        self.names.push_str(name);
        let last = self.all(hash).last();
        match last {
            Some(last) => self.rows[last as usize].next = Some(row),
            None => {
                let rows = &self.rows;
                self.first.insert_unique(hash, row, |other| rows[*other as usize].hash);
            }
        }
        self.rows.push(Entry { hash, name: (from, to), period, next: None, of });
        Some(())
    }
}
