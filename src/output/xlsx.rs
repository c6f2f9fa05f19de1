//! Workbooks for spreadsheets (XLSX): one sheet, a header that stays in sight, a row a record with the same columns as CSV.
//! Every cell is text or a number: nothing in a document can become a formula.

use super::OutputError;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io;

/// Rows that a sheet can hold, its header among them.
const ROWS: u32 = 1_048_576;
/// Characters that a cell can hold.
const LETTERS: usize = 32_767;

/// Gathers rows and writes them as a workbook.
pub(super) struct Sheets {
    book: Workbook,
    header: Vec<String>,
    /// Rows of the sheet that is being filled; 0 before the first sheet.
    row: u32,
}

fn failed(error: XlsxError) -> OutputError {
    OutputError::Memory(io::Error::other(error))
}

impl Sheets {
    /// A workbook whose sheets have that header.
    pub(super) fn new(header: Vec<String>) -> Result<Sheets, OutputError> {
        let mut book = Workbook::new();
        // The same records give the same bytes.
        let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let mut sheets = Sheets { book, header, row: 0 };
        sheets.sheet()?;
        Ok(sheets)
    }

    fn sheet(&mut self) -> Result<(), OutputError> {
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet();
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (column, name) in (0..).zip(&self.header) {
            sheet.write_string_with_format(0, column, name, &bold).map_err(failed)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds rows.
    pub(super) fn push(&mut self, rows: Vec<Vec<String>>) -> Result<(), OutputError> {
        for row in rows {
            if self.row == ROWS {
                self.sheet()?;
            }
            let last = self.book.worksheets().len() - 1;
            let sheet = self.book.worksheet_from_index(last).map_err(failed)?;
            for (column, cell) in (0..).zip(row) {
                match number(&cell) {
                    _ if cell.is_empty() => continue,
                    Some(number) => sheet.write_number(self.row, column, number),
                    None if cell.chars().count() > LETTERS => {
                        sheet.write_string(self.row, column, cell.chars().take(LETTERS).collect::<String>())
                    }
                    None => sheet.write_string(self.row, column, cell),
                }
                .map_err(failed)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    /// The workbook's bytes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, OutputError> {
        self.book.save_to_buffer().map_err(failed)
    }
}

/// A number that a spreadsheet keeps as it is written: an id with zeros before it, or of many digits, stays text.
fn number(cell: &str) -> Option<f64> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let plain = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let zeros = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    (plain && !zeros && !digits.starts_with('.') && !digits.ends_with('.')).then(|| cell.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_stay_what_they_are() {
        for (cell, value) in [
            ("12", Some(12.0)),
            ("-3.5", Some(-3.5)),
            ("007", None),
            ("1.2.3", None),
            ("=1", None),
            ("", None),
            ("-", None),
            ("1234567890123456", None),
            ("0.5", Some(0.5)),
        ] {
            assert_eq!(number(cell), value, "{cell}");
        }
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let book = || {
            let mut sheets = Sheets::new(vec!["doc".into(), "text".into()]).unwrap();
            sheets
                .push(vec![vec!["a".into(), "=HYPERLINK(\"http://x\")".into()], vec!["b".into(), "7".into()]])
                .unwrap();
            sheets.finish().unwrap()
        };
        assert_eq!(book(), book());
        assert!(book().starts_with(b"PK"));
    }
}
