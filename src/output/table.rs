//! Tables for people. On a terminal they are wrapped to its width, coloured, with a rule under the header; in a pipe
//! or a file every record is one line, its columns aligned by spaces, so that `grep` and `cut` work on it.

use super::{Destination, Row, Tone};
use anstream::stream::IsTerminal;
use comfy_table::{
    Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use std::borrow::Cow;
use std::fmt::Write;

/// Cells wider than this do not widen their column in a plain table: the rest of their line moves right instead.
const WIDEST: usize = 60;

/// A terminal that says it is narrower than this does not know its width.
const NARROWEST: u16 = 20;

/// How a table looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One line a record, no colour.
    Plain,
    /// Wrapped to a terminal's width.
    Terminal(Colours),
}

/// Whether colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// They are.
    Yes,
    /// `NO_COLOR`, or a terminal that has none.
    No,
}

impl Look {
    /// The look that fits a destination. `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are heard.
    pub fn of(place: &Destination) -> Look {
        if place.is_terminal() { Look::of_stdout() } else { Look::Plain }
    }

    /// The look that fits standard output.
    pub fn of_stdout() -> Look {
        if !std::io::stdout().is_terminal() {
            return Look::Plain;
        }
        match anstream::AutoStream::choice(&std::io::stdout()) {
            anstream::ColorChoice::Never => Look::Terminal(Colours::No),
            _ => Look::Terminal(Colours::Yes),
        }
    }
}

impl Look {
    /// Whether colours are wanted.
    pub fn paints(self) -> bool {
        self == Look::Terminal(Colours::Yes)
    }
}

/// A header (none where it was written before) and rows as text.
pub fn lay_out(look: Look, header: &[Cow<'static, str>], rows: &[Row]) -> String {
    match look {
        Look::Plain => plain(header, rows),
        Look::Terminal(colours) => terminal(colours, header, rows),
    }
}

fn plain(header: &[Cow<'static, str>], rows: &[Row]) -> String {
    let mut widths: Vec<usize> = header.iter().map(|name| width(name)).collect();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(&cell.text).min(WIDEST));
        }
    }
    let mut out = String::new();
    if !header.is_empty() {
        line(&mut out, &widths, header.iter().map(|name| (name.to_uppercase(), false)));
    }
    for row in rows {
        line(&mut out, &widths, row.iter().map(|cell| (one_line(&cell.text), cell.right)));
    }
    out
}

fn line(out: &mut String, widths: &[usize], cells: impl Iterator<Item = (String, bool)>) {
    let start = out.len();
    for (n, (text, right)) in cells.enumerate() {
        if n > 0 {
            out.push_str("  ");
        }
        let pad = widths.get(n).copied().unwrap_or(0).saturating_sub(width(&text));
        let (before, after) = if right { (pad, 0) } else { (0, pad) };
        let _ = write!(out, "{:before$}{text}{:after$}", "", "");
    }
    out.truncate(start + out[start..].trim_end_matches(' ').len());
    out.push('\n');
}

/// A cell in a table of lines: breaks become spaces (`--format jsonl` has the text as it stands).
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}

/// How many columns a text takes, near enough: one a character, none for combining marks, two for wide scripts.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars()
        .map(|c| match c as u32 {
            0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xff00..=0xff60
            | 0x1f300..=0x1faff => 2,
            _ => 1,
        })
        .sum()
}

fn terminal(colours: Colours, header: &[Cow<'static, str>], rows: &[Row]) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')))
        .set_content_arrangement(ContentArrangement::Dynamic);
    // Some terminals (those of scripts) do not say how wide they are.
    if table.width().is_none_or(|width| width < NARROWEST) {
        table.set_width(std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100));
    }
    if colours == Colours::Yes {
        table.enforce_styling();
    }
    if !header.is_empty() {
        table.set_header(header.iter().map(|name| paint(colours, comfy_table::Cell::new(name), Tone::Dim)));
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| {
            let text = cell.text.replace("\r\n", "\n").replace('\t', " ");
            let painted = paint(colours, comfy_table::Cell::new(text), cell.tone);
            if cell.right { painted.set_alignment(CellAlignment::Right) } else { painted }
        }));
    }
    // The last column holds what was said: the others make room for it.
    let last = rows.first().map_or(0, Vec::len);
    if last > 1
        && rows.iter().any(|row| row.last().is_some_and(|cell| width(&cell.text) > WIDEST))
        && let Some(column) = table.column_mut(last - 1)
    {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(50)));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

fn paint(colours: Colours, cell: comfy_table::Cell, tone: Tone) -> comfy_table::Cell {
    if colours == Colours::No {
        return cell;
    }
    match tone {
        Tone::Plain => cell,
        Tone::Dim => cell.fg(Color::DarkGrey),
        Tone::Strong => cell.add_attribute(Attribute::Bold),
        Tone::Good => cell.fg(Color::Green),
        Tone::Warn => cell.fg(Color::Yellow),
        Tone::Bad => cell.fg(Color::Red),
        Tone::Name => cell.fg(Color::Cyan),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Cell;

    #[test]
    fn plain_tables_have_one_line_a_record() {
        let rows = [
            vec![Cell::plain("a.txt:1:1"), Cell::number(7), Cell::plain("two\nlines")],
            vec![Cell::plain("é"), Cell::number(1234), Cell::plain("x")],
        ];
        let header = [Cow::Borrowed("where"), Cow::Borrowed("n"), Cow::Borrowed("text")];
        let expected = "WHERE      N     TEXT\na.txt:1:1     7  two lines\né          1234  x\n";
        assert_eq!(lay_out(Look::Plain, &header, &rows), expected);
    }

    #[test]
    fn colours_only_where_they_are_wanted() {
        let rows = [vec![Cell::plain("x").tone(Tone::Bad)]];
        assert!(!lay_out(Look::Plain, &[], &rows).contains('\u{1b}'));
        assert!(!lay_out(Look::Terminal(Colours::No), &[], &rows).contains('\u{1b}'));
    }
}
