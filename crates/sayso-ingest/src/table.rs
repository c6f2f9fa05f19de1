//! Tables of reference, read from files: CSV and TSV with their separators and encodings, or Parquet, and the TOML file
//! of the same name beside them.

use super::LIMIT;
use super::capped::{Capped, read_small};
use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use sayso_core::check::{Line, Rows, Sidecar, Table, TableError, TableWarning};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Chain, Cursor, Read};
use std::path::{Path, PathBuf};

/// Reads a CSV or TSV file with a header row, or a Parquet file, and the TOML file of the same name beside it, if there is
/// one. See [`Table::from_rows`] for `key`, and for what is said of rows that cannot be used.
pub fn read_table(path: &Path, key: Option<&str>) -> Result<(Table, Vec<TableWarning>), TableError> {
    #[cfg(feature = "parquet")]
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet")) {
        let mut rows = Stored::open(path)?;
        return Table::from_rows(path, key, &mut rows, 0, &sidecar(path)?);
    }
    let failed = |error: std::io::Error| TableError::Read { path: path.into(), source: error.into() };
    let mut lines = Lines::open(path).map_err(failed)?;
    let size = lines.size as usize;
    Table::from_rows(path, key, &mut lines, size, &sidecar(path)?)
}

/// How much of a sidecar is read.
const SIDECAR: u64 = 16 << 20;

/// The sidecar of a table; the default where there is none.
fn sidecar(table: &Path) -> Result<Sidecar, TableError> {
    let path = table.with_extension("toml");
    let text = match read_small(&path, SIDECAR) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Sidecar::default()),
        Err(error) => return Err(TableError::Sidecar { path, what: error.to_string() }),
    };
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        TableError::Sidecar { path, what: format!("line {line}: {}", error.message()) }
    })
}

/// The rows of a CSV or TSV file.
struct Lines {
    path: PathBuf,
    reader: csv::Reader<Chain<Cursor<Vec<u8>>, Capped<File>>>,
    record: ByteRecord,
    /// How many bytes the file has, as far as it says.
    pub size: u64,
}

impl Lines {
    pub(crate) fn open(path: &Path) -> Result<Lines, std::io::Error> {
        /// So much of it tells what parts the cells.
        const START: u64 = 64 << 10;
        let file = File::open(path)?;
        let size = file.metadata().map_or(0, |about| about.len());
        let mut file = Capped::new(file, LIMIT as u64);
        let mut start = Vec::new();
        file.by_ref().take(START).read_to_end(&mut start)?;
        if let Some((encoding, mark)) = Encoding::for_bom(&start) {
            if encoding != UTF_8 {
                // Spreadsheets write UTF-16, too.
                file.read_to_end(&mut start)?;
                start = encoding.decode(&start).0.into_owned().into_bytes();
            } else {
                start.drain(..mark);
            }
        }
        let reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .delimiter(delimiter(path, &start))
            .from_reader(Cursor::new(start).chain(file));
        Ok(Lines { path: path.into(), reader, record: ByteRecord::new(), size })
    }
}

impl Rows for Lines {
    fn next(&mut self, line: &mut Line) -> Result<bool, TableError> {
        let failed = |source: csv::Error| TableError::Read { path: self.path.clone(), source: source.into() };
        while self.reader.read_byte_record(&mut self.record).map_err(failed)? {
            if self.record.iter().any(|cell| !cell.is_empty()) {
                let number = self.record.position().map_or(0, csv::Position::line);
                line.fill(number, self.record.iter().map(text_of));
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The text of a cell; what is no UTF-8 is read as Windows wrote it.
fn text_of(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(cell).0,
    }
}

/// The rows of a Parquet file, its column names first.
#[cfg(feature = "parquet")]
struct Stored {
    path: PathBuf,
    rows: crate::parquet::Rows,
    read: u64,
}

#[cfg(feature = "parquet")]
impl Stored {
    pub(crate) fn open(path: &Path) -> Result<Stored, TableError> {
        let rows = crate::parquet::Rows::open(path);
        let rows = rows.map_err(|what| TableError::Parquet { path: path.into(), what })?;
        Ok(Stored { path: path.into(), rows, read: 0 })
    }
}

#[cfg(feature = "parquet")]
impl Rows for Stored {
    fn next(&mut self, line: &mut Line) -> Result<bool, TableError> {
        if self.read == 0 {
            self.read = 1;
            line.fill(0, self.rows.names().iter().map(|name| name.trim().into()));
            return Ok(true);
        }
        for row in self.rows.by_ref() {
            let row = row.map_err(|what| TableError::Parquet { path: self.path.clone(), what })?;
            let number = self.read;
            self.read += 1;
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                line.fill(number, row.iter().map(|cell| cell.trim().into()));
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The character that parts the cells: a tab for `.tsv`, else what stands equally often in most of the first lines.
fn delimiter(path: &Path, bytes: &[u8]) -> u8 {
    const LINES: usize = 20;
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv") || e.eq_ignore_ascii_case("tab")) {
        return b'\t';
    }
    let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()).take(LINES).collect();
    let count = |line: &[u8], sign: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|b| {
                quoted ^= **b == b'"';
                !quoted && **b == sign
            })
            .count()
    };
    let fitness = |sign: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, sign)).filter(|n| *n > 0).collect();
        let alike = |n: usize| counts.iter().filter(|other| **other == n).count();
        counts.iter().map(|n| (alike(*n), *n)).max().unwrap_or_default()
    };
    [b',', b';', b'\t', b'|'].into_iter().max_by_key(|sign| (fitness(*sign), *sign == b',')).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_file_and_the_line() {
        let error = read_table(Path::new("nowhere.csv"), None).unwrap_err().to_string();
        assert!(error.starts_with("reading table nowhere.csv"), "{error}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes.csv");
        std::fs::write(&path, "EM,204,4.1\nHO,51,6.0\n").unwrap();
        std::fs::write(folder.path().join("codes.toml"), "hedaer = []").unwrap();
        let error = read_table(&path, None).unwrap_err().to_string();
        assert!(error.contains("codes.toml, which tells more of a table: line 1: unknown field `hedaer`"), "{error}");
    }

    #[test]
    fn a_sidecar_beside_the_table_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes.csv");
        std::fs::write(&path, "EM;204;4,1\nHO;51;6,0\n").unwrap();
        std::fs::write(folder.path().join("codes.toml"), "header = ['code', 'pop', 'ur']\n").unwrap();
        let (table, warnings) = read_table(&path, None).unwrap();
        assert_eq!((table.len(), table.name(), warnings.len()), (2, "codes.csv", 0));
    }

    #[test]
    fn tables_are_read_in_the_letters_of_spreadsheets() {
        let folder = tempfile::tempdir().unwrap();
        let wide: Vec<u8> =
            "\u{feff}place\trent\r\nTäring\t640\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, bytes) in [("utf16.csv", &wide[..]), ("windows.csv", b"place,rent\nT\xe4ring,640\n")] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let mut lines = Lines::open(&path).unwrap();
            let mut line = Line::default();
            assert!(lines.next(&mut line).unwrap() && lines.next(&mut line).unwrap(), "{name}");
            assert_eq!(line.cells().collect::<Vec<_>>(), ["Täring", "640"], "{name}");
            assert!(!lines.next(&mut line).unwrap(), "{name}");
        }
    }
}
