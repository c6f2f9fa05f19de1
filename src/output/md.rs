//! A Markdown table: one row per record, with Markdown's special characters escaped.

use super::{Row, shown};

/// The header and the line below it.
pub(super) fn header<S: AsRef<str>>(out: &mut Vec<u8>, names: &[S]) {
    line(out, names.iter().map(|name| name.as_ref()));
    line(out, names.iter().map(|_| "---"));
}

/// One row.
pub(super) fn row(out: &mut Vec<u8>, row: &Row) {
    let cells: Vec<String> = row.iter().map(|cell| escape(&cell.text)).collect();
    line(out, cells.iter().map(String::as_str));
}

/// Writes a row of a table: its cells between bars.
fn line<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) {
    for cell in cells {
        out.extend_from_slice(b"| ");
        out.extend_from_slice(cell.as_bytes());
        out.push(b' ');
    }
    out.extend_from_slice(b"|\n");
}

/// Escapes text so that Markdown displays it unchanged. A line break in a cell becomes `<br>`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '~' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Cell;

    #[test]
    fn marks_are_escaped() {
        let mut out = Vec::new();
        row(&mut out, &vec![Cell::plain("a|b"), Cell::plain("*so* <b>\nnext")]);
        assert_eq!(String::from_utf8(out).unwrap(), "| a\\|b | \\*so\\* &lt;b><br>next |\n");
    }
}
