//! The records of many texts as columns in Arrow's layout: validity bits, offsets, values. Python wraps them without a copy
//! of its own.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use sayso_core::record::{Record, Records};

/// One record, before it goes into the columns.
pub(crate) struct Line {
    record: &'static str,
    id: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    text: Option<String>,
    json: String,
}

/// The records of one text.
pub(crate) fn lines(records: &Records) -> Result<Vec<Line>, String> {
    records.all().map(|record| line(&record)).collect()
}

fn line(record: &Record) -> Result<Line, String> {
    let (id, spot) = match record {
        Record::Document(document) => (Some(document.id.to_owned()), None),
        Record::Quote(quote) => (Some(quote.id.clone()), quote.content.first()),
        Record::Figure(figure) => (Some(figure.id.clone()), Some(&figure.span)),
        Record::Claim(claim) => (Some(claim.id.clone()), Some(&claim.span)),
        _ => (None, None),
    };
    Ok(Line {
        record: record.kind().name(),
        id,
        start: spot.map(|spot| spot.start),
        end: spot.map(|spot| spot.end),
        text: spot.map(|spot| spot.text.to_owned()),
        json: serde_json::to_string(record).map_err(|error| error.to_string())?,
    })
}

/// Strings: a validity bit each, offsets as 64-bit numbers, the bytes of all.
struct Strings {
    valid: Bits,
    offsets: Vec<i64>,
    bytes: Vec<u8>,
}

/// Whole numbers: a validity bit and eight bytes each.
#[derive(Default)]
struct Numbers {
    valid: Bits,
    values: Vec<i64>,
}

/// Bits, the first in the lowest place of the first byte.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    len: usize,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.len.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.len % 8);
        }
        self.len += 1;
    }
}

impl Default for Strings {
    fn default() -> Self {
        Strings { valid: Bits::default(), offsets: vec![0], bytes: Vec::new() }
    }
}

impl Strings {
    fn push(&mut self, value: Option<&str>) {
        self.valid.push(value.is_some());
        self.bytes.extend_from_slice(value.unwrap_or_default().as_bytes());
        self.offsets.push(self.bytes.len() as i64);
    }
}

impl Numbers {
    fn push(&mut self, value: Option<i64>) {
        self.valid.push(value.is_some());
        self.values.push(value.unwrap_or_default());
    }
}

fn little_endian(values: &[i64]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// The columns of `sayso.extract_batch`.
#[derive(Default)]
pub(crate) struct Columns {
    row: Numbers,
    doc: Strings,
    record: Strings,
    id: Strings,
    start: Numbers,
    end: Numbers,
    text: Strings,
    json: Strings,
    error: Strings,
}

impl Columns {
    /// Adds what was found in the text of a row, or why nothing was.
    pub(crate) fn push(&mut self, row: i64, doc: &str, found: Result<Vec<Line>, String>) {
        match found {
            Ok(lines) => lines.iter().for_each(|line| self.line(row, doc, Some(line), None)),
            Err(why) => self.line(row, doc, None, Some(&why)),
        }
    }

    fn line(&mut self, row: i64, doc: &str, line: Option<&Line>, error: Option<&str>) {
        self.row.push(Some(row));
        self.doc.push(Some(doc));
        self.record.push(line.map(|line| line.record));
        self.id.push(line.and_then(|line| line.id.as_deref()));
        self.start.push(line.and_then(|line| line.start).map(i64::from));
        self.end.push(line.and_then(|line| line.end).map(i64::from));
        self.text.push(line.and_then(|line| line.text.as_deref()));
        self.json.push(line.map(|line| line.json.as_str()));
        self.error.push(error);
    }

    /// The number of rows, and for each column its buffers: validity, offsets (none for numbers), values.
    pub(crate) fn into_python<'py>(self, py: Python<'py>) -> PyResult<(usize, Bound<'py, PyDict>)> {
        let (out, rows) = (PyDict::new(py), self.row.values.len());
        let strings = [
            ("doc", self.doc),
            ("record", self.record),
            ("id", self.id),
            ("text", self.text),
            ("json", self.json),
            ("error", self.error),
        ];
        for (name, column) in strings {
            let offsets = PyBytes::new(py, &little_endian(&column.offsets));
            let buffers = (PyBytes::new(py, &column.valid.bytes), Some(offsets), PyBytes::new(py, &column.bytes));
            out.set_item(name, buffers)?;
        }
        for (name, column) in [("row", self.row), ("start", self.start), ("end", self.end)] {
            let values = PyBytes::new(py, &little_endian(&column.values));
            let none: Option<Bound<'py, PyBytes>> = None;
            out.set_item(name, (PyBytes::new(py, &column.valid.bytes), none, values))?;
        }
        Ok((rows, out))
    }
}
