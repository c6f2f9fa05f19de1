//! Tables for people. On a terminal they are wrapped to its width, coloured, with a rule under the header; in a pipe
//! or a file every record is one line, its columns aligned by spaces, so that `grep` and `cut` work on it.

use super::look::{Colours, Look, NARROWEST};
use super::{Cell, Row, Tone, shown};
use comfy_table::{Attribute, CellAlignment, Color, ContentArrangement, LineStyle, Table, TableStyle};
use std::borrow::Cow;
use std::fmt::Write;

/// Cells wider than this do not widen their column in a plain table: the rest of their line moves right instead.
const WIDEST: usize = 60;

/// A header (none where it was written before) and rows as text.
pub(super) fn lay_out(look: Look, header: &[Cow<'static, str>], rows: &[Row]) -> String {
    let rows: Vec<Row> = rows.iter().map(harmless).collect();
    let rows = rows.as_slice();
    match look {
        Look::Plain => plain(header, rows),
        Look::Terminal(colours) => terminal(colours, header, rows),
    }
}

/// A row without the control characters of documents.
fn harmless(row: &Row) -> Row {
    row.iter().map(|cell| Cell { text: shown(&cell.text).into_owned(), ..cell.clone() }).collect()
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
pub(super) fn width(text: &str) -> usize {
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

/// The columns of counts over documents that a terminal goes without first, where the words of all would not fit beside
/// one another.
const SPARED: [&str; 5] = ["direct", "words", "kind", "first", "outlets"];
const OF_COUNTS: &str = "documents";

fn terminal(colours: Colours, header: &[Cow<'static, str>], rows: &[Row]) -> String {
    let room = Look::Terminal(colours).width();
    let spared = spared(header, rows, room);
    if spared.is_empty() {
        return laid(colours, header, rows);
    }
    let kept = |n: &usize| !spared.contains(n);
    let thin = |row: &Row| (0..row.len()).filter(kept).map(|n| row[n].clone()).collect::<Row>();
    let names: Vec<Cow<'static, str>> = (0..header.len()).filter(kept).map(|n| header[n].clone()).collect();
    let rows: Vec<Row> = rows.iter().map(thin).collect();
    let left: Vec<&str> = spared.iter().map(|n| header[*n].as_ref()).collect();
    let mut text = laid(colours, &names, &rows);
    let note = format!("(too narrow for the columns {}; --format csv has them)", left.join(", "));
    text.push_str(&if colours == Colours::Yes { format!("\u{1b}[2m{note}\u{1b}[0m\n") } else { format!("{note}\n") });
    text
}

/// The columns that are left out so that no word of the others is cut.
fn spared(header: &[Cow<'static, str>], rows: &[Row], room: usize) -> Vec<usize> {
    if !header.iter().any(|name| name == OF_COUNTS) {
        return Vec::new();
    }
    let longest = longest(header, rows);
    let mut needed = longest.iter().sum::<usize>() + 2 * longest.len();
    let mut out = Vec::new();
    for name in SPARED {
        let Some(n) = header.iter().position(|column| column == name).filter(|_| needed > room) else { continue };
        needed -= longest[n] + 2;
        out.push(n);
    }
    out.sort_unstable();
    out
}

/// The longest word of each column.
fn longest(header: &[Cow<'static, str>], rows: &[Row]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
    let mut longest = vec![0; columns];
    let names = header.iter().map(|name| name.as_ref()).enumerate();
    let cells = rows.iter().flat_map(|row| row.iter().map(|cell| cell.text.as_ref()).enumerate());
    for (n, text) in names.chain(cells) {
        longest[n] = longest[n].max(pieces(text).map(|piece| width(piece.trim_end())).max().unwrap_or(0));
    }
    longest
}

fn laid(colours: Colours, header: &[Cow<'static, str>], rows: &[Row]) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')))
        .set_content_arrangement(ContentArrangement::Dynamic);
    // Some terminals (those of scripts) do not say how wide they are.
    if table.width().is_none_or(|width| width < NARROWEST) {
        table.set_width(Look::Terminal(colours).width() as u16);
    }
    if colours == Colours::Yes {
        table.enforce_styling();
    }
    if !header.is_empty() {
        table.set_header(header.iter().map(|name| paint(colours, comfy_table::Cell::new(name), Tone::Dim)));
    }
    let widths = widths(header, rows, table.width().map_or(100, usize::from));
    for row in rows {
        table.add_row(row.iter().zip(&widths).map(|(cell, width)| {
            let text = broken(&cell.text.replace("\r\n", "\n").replace('\t', " "), *width);
            let painted = paint(colours, comfy_table::Cell::new(text), cell.tone);
            if cell.right { painted.set_alignment(CellAlignment::Right) } else { painted }
        }));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

/// How wide the columns of a terminal of `room` columns are. Where not all fit, none is narrower than its longest word
/// as long as that can be had; a last column of long texts has half; and what is left goes to the narrowest first, so
/// that short cells stay whole.
fn widths(header: &[Cow<'static, str>], rows: &[Row], room: usize) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
    let (mut whole, mut widths) = (vec![0; columns], longest(header, rows));
    let names = header.iter().map(|name| name.as_ref()).enumerate();
    let cells = rows.iter().flat_map(|row| row.iter().map(|cell| cell.text.as_ref()).enumerate());
    for (n, text) in names.chain(cells) {
        whole[n] = whole[n].max(text.lines().map(width).max().unwrap_or(0));
    }
    let room = room.saturating_sub(2 * columns).max(columns);
    if whole.iter().sum::<usize>() <= room {
        return whole;
    }
    let long = rows.iter().filter(|row| row.last().is_some_and(|cell| width(&cell.text) > WIDEST)).count();
    if long * 4 > rows.len()
        && let (Some(last), Some(whole)) = (widths.last_mut(), whole.last())
    {
        *last = (room / 2).min(*whole).max(*last);
    }
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else { break };
        *widest -= 1;
    }
    for _ in widths.iter().sum::<usize>()..room {
        let short = widths.iter_mut().zip(&whole).filter(|(width, whole)| **width < **whole);
        let Some((narrowest, _)) = short.min_by_key(|(width, _)| **width) else { break };
        *narrowest += 1;
    }
    widths
}

/// A text with a break wherever a line would be longer than `most`: after white space, a hyphen or a slash, and within a
/// word that is longer itself.
fn broken(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let mut used = 0;
        for piece in pieces(line) {
            let wide = width(piece.trim_end());
            if used > 0 && used + wide > most {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                used = 0;
            }
            for c in piece.chars() {
                let wide = width(c.encode_utf8(&mut [0; 4]));
                if used + wide > most && used > 0 && c != ' ' {
                    out.push('\n');
                    used = 0;
                }
                out.push(c);
                used += wide;
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
    }
    out
}

/// The pieces of a text between the places where a line may end: behind white space, and behind a hyphen or a slash inside
/// a word. A date that stands alone and the marks of an edit (`[-old-]`) keep together.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_date = text.len() == 10
        && text.bytes().zip(0..).all(|(b, n)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut before = ' ';
        let mut inside = false;
        let mut letters = rest.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            let after = letters.peek().map_or(' ', |(_, c)| *c);
            match (before, c) {
                ('[', '-') | ('{', '+') => inside = true,
                ('-', ']') | ('+', '}') => inside = false,
                _ => {}
            }
            let joins =
                matches!(c, '-' | '/') && !is_date && !inside && before.is_alphanumeric() && after.is_alphanumeric();
            if c == ' ' || c == '\n' || joins {
                let piece;
                (piece, rest) = rest.split_at(at + c.len_utf8());
                return Some(piece);
            }
            before = c;
        }
        (!rest.is_empty()).then(|| std::mem::take(&mut rest))
    })
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
    fn a_narrow_terminal_breaks_no_word_that_fits() {
        for (text, most, expected) in [
            ("12 miles", 20, "12 miles"),
            ("40 kilometres", 10, "40\nkilometres"),
            ("gull-2025-05-05:3:10", 10, "gull-2025-\n05-05:3:10"),
            ("contradicted", 5, "contr\nadict\ned"),
            ("was [-2.3m-]{+3.2m+} now", 16, "was\n[-2.3m-]{+3.2m+}\nnow"),
            ("at -3 or 2031-05", 9, "at -3 or\n2031-05"),
            ("2031-05-02", 8, "2031-05-\n02"),
            ("a line\nand another", 7, "a line\nand\nanother"),
            ("é € ü", 3, "é €\nü"),
        ] {
            assert_eq!(broken(text, most), expected, "{text} at {most}");
        }
    }

    #[test]
    fn short_cells_stay_whole_beside_one_long_one() {
        let row = |last: &str| ["gull-2025-05-05:3:10", "contradicted", "unit-differs", last].map(Cell::plain).to_vec();
        let short = || row("12 ≠ 40");
        let one_long = [short(), short(), short(), short(), row(&"a long reason ".repeat(9))];
        assert_eq!(widths(&[], &one_long, 80), [20, 12, 12, 28]);
        assert_eq!(widths(&[], &one_long[..4], 80), [20, 12, 12, 7]);
        // Where the texts are what the table is about, they have half.
        assert_eq!(widths(&[], &one_long[4..], 68)[3], 30);
        // No word is cut while there is room for all of them.
        assert_eq!(widths(&[], &one_long, 48), [10, 12, 9, 9]);
    }

    #[test]
    fn a_narrow_terminal_goes_without_columns_before_it_cuts_words() {
        let header = ["quotes", "direct", "words", "documents", "kind", "speaker"].map(Cow::Borrowed);
        let row = ["7", "7", "120", "3", "organization", "Okonedo"].map(Cell::plain).to_vec();
        assert!(spared(&header, std::slice::from_ref(&row), 80).is_empty());
        assert_eq!(spared(&header, std::slice::from_ref(&row), 45), [1, 2]);
        assert_eq!(spared(&header, std::slice::from_ref(&row), 10), [1, 2, 4]);
    }

    #[test]
    fn a_cell_moves_no_cursor() {
        let rows = [vec![Cell::plain("a\u{1b}[2J\u{9b}H\u{7}\r\nb")]];
        assert_eq!(lay_out(Look::Plain, &[], &rows), "a␛[2J\u{fffd}H␇ b\n");
        let wide = lay_out(Look::Terminal(Colours::No), &[], &rows);
        assert_eq!(wide.lines().map(str::trim).collect::<Vec<_>>(), ["a␛[2J\u{fffd}H␇", "b"]);
    }

    #[test]
    fn colours_only_where_they_are_wanted() {
        let rows = [vec![Cell::plain("x").tone(Tone::Bad)]];
        assert!(!lay_out(Look::Plain, &[], &rows).contains('\u{1b}'));
        assert!(!lay_out(Look::Terminal(Colours::No), &[], &rows).contains('\u{1b}'));
    }
}
