//! Parquet files: a row is a document, a column a field, as in a table with a header. Values come as text: numbers and
//! dates as they are written, lists with commas between.

use super::error::ReadError;
use super::fields::{Fields, Named};
use super::reader;
use super::source::Source;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as Value;
use parquet::record::reader::RowIter;
use sayso_core::document::Document;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The rows of a Parquet file, each as the text of its values.
pub struct Rows {
    names: Vec<String>,
    rows: RowIter<'static>,
}

impl Rows {
    /// Opens a file, which must be one that can be read at any place; an error says in a few words what is wrong with it.
    pub fn open(path: &Path) -> Result<Rows, String> {
        Rows::of(File::open(path).map_err(|error| error.to_string())?)
    }

    /// The rows of an open file.
    pub(super) fn of(file: File) -> Result<Rows, String> {
        let open = || -> Result<Rows, ParquetError> {
            let reader = SerializedFileReader::new(file)?;
            let schema = reader.metadata().file_metadata().schema();
            let names = schema.get_fields().iter().map(|column| column.name().to_owned()).collect();
            Ok(Rows { names, rows: RowIter::from_file_into(Box::new(reader)) })
        };
        guarded(open)
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

impl Iterator for Rows {
    type Item = Result<Vec<String>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        guarded(|| self.rows.next().transpose())
            .map(|row| row.map(|row| row.get_column_iter().map(|(_, value)| text(value)).collect()))
            .transpose()
    }
}

/// What a damaged file makes the decoder give up on is an error like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("it is damaged".to_owned()),
    }
}

/// A value as text; nothing for a null.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Str(text) => text.clone(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Value::ListInternal(list) => list.elements().iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Reads one document a row.
pub(super) struct ParquetRows {
    rows: Option<Rows>,
    columns: Vec<Named>,
    records: u64,
}

impl ParquetRows {
    /// A reader of the file; none where a walk met a table without a text.
    pub(super) fn open(source: &Source) -> Result<Option<ParquetRows>, ReadError> {
        let rows = Rows::of(source.file()?).map_err(|what| broken(source, what))?;
        let names: Vec<String> = rows.names().iter().map(|name| name.trim().to_lowercase()).collect();
        let columns = names.iter().map(|name| source.run.names.of(name)).collect();
        Ok(reader::holds_documents(source, &names)?.then_some(ParquetRows { rows: Some(rows), columns, records: 0 }))
    }
}

fn broken(source: &Source, what: String) -> ReadError {
    source.malformed(None, None, what, "a Parquet file is expected, whole and not compressed once more")
}

impl reader::Reader for ParquetRows {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        match self.rows.as_mut()?.next()? {
            Ok(row) => {
                self.records += 1;
                let mut fields = Fields::default();
                self.columns.iter().zip(row).for_each(|(field, value)| fields.set(*field, value.into()));
                if fields.text.as_ref().is_some_and(|text| text.len() > source.limit) {
                    return Some(Err(source.too_long(Some(self.records))));
                }
                Some(source.document(fields, Some(self.records), Some(self.records)))
            }
            Err(what) => {
                self.rows = None;
                Some(Err(broken(source, what)))
            }
        }
    }

    fn line(&self) -> Option<u64> {
        Some(self.records)
    }
}
