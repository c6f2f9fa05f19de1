//! Reads the tables: tab-separated cells, comment lines that start with `#`, and a header line.
//!
//! ```
//! let rows: Vec<_> = sayso_core::language::tsv::rows("# a table\nword\tclass\nmr\ttitle\n").collect();
//! assert_eq!((rows[0].line, rows[0].cell(1)), (3, "title"));
//! ```

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Its line number in the file, from 1.
    pub line: usize,
    text: &'t str,
}

impl<'t> Row<'t> {
    /// The cell of a column (from 0), trimmed. Empty if the row has fewer cells.
    pub fn cell(&self, column: usize) -> &'t str {
        self.text.split('\t').nth(column).unwrap_or("").trim()
    }

    /// The items of a cell that contains a list, separated by `|`. An empty cell has no items.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cell(column).split('|').map(str::trim).filter(|item| !item.is_empty())
    }
}

/// The rows of `table`, without comments, blank lines and the header.
pub fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let lines = table.lines().enumerate().map(|(i, text)| Row { line: i + 1, text });
    lines.filter(|row| !row.text.trim().is_empty() && !row.text.starts_with('#')).skip(1)
}
