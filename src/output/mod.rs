//! Records become bytes. [`Plan`] says in which [`Format`] and with which columns; [`Plan::push`] renders one record
//! into a [`Chunk`] (on any thread), and a [`Sink`] writes the chunks in order to standard output or a file.
//!
//! One file a format: [`jsonl`](self) and `json` write every field; `csv` writes the fields of one kind of record as
//! columns named by their path (`speaker.name`, `content.start`); `table` and `md` show people what they need.

mod columns;
mod coverage;
mod csv;
pub mod html;
mod html_table;
mod json;
mod md;
mod place;
mod sink;
mod table;
mod terminal;

pub use columns::{
    Cell, DRIFT_HEADER, Row, Tone, Where, check_row, drift_row, hit_row, mixed_row, name_of, row, trace_row, value,
};
pub use coverage::{Side, diff_header, diff_rows, outlet_row, rendering_row, reuse_row, sentence_row};
pub use place::{Destination, OutputError};
pub use sink::Sink;
pub use table::Look;
pub use terminal::{cleaned, shown};

use crate::record::{Record, RecordKind};
use std::borrow::Cow;

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns for people: coloured and wrapped on a terminal, one line a record elsewhere.
    Table,
    /// JSON Lines: one record a line, every field.
    Jsonl,
    /// One JSON array, every field.
    Json,
    /// Comma-separated values with a header: the fields of one kind of record, nested ones by their path.
    Csv,
    /// Apache Parquet (not built yet).
    Parquet,
    /// A Markdown table.
    Md,
    /// A page: the table alone (`report` writes the whole).
    Html,
}

/// What columns a table has: those of one kind of record, or those that all kinds share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Records of one kind.
    One(RecordKind),
    /// Records of several kinds.
    Mixed,
}

/// How output looks.
#[derive(Clone, Debug)]
pub struct Plan {
    format: Format,
    header: Vec<Cow<'static, str>>,
    /// What it lists: `quotes`.
    caption: String,
    fields: &'static [&'static str],
}

/// Rendered records, in order.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// Finished bytes, for every format but `table`.
    pub(crate) bytes: Vec<u8>,
    /// Rows that are laid out when it is known how wide they are.
    pub(crate) rows: Vec<Row>,
    /// How many records it holds.
    pub records: usize,
}

impl Chunk {
    /// An empty chunk with room for about what a document of `text` bytes renders to.
    pub fn for_text(text: usize) -> Chunk {
        Chunk { bytes: Vec::with_capacity((text * 9).min(1 << 20)), ..Chunk::default() }
    }

    /// Adds bytes that are laid out already and hold `records` findings.
    pub fn bytes(&mut self, bytes: &[u8], records: usize) {
        self.bytes.extend_from_slice(bytes);
        self.records += records;
    }
}

impl Plan {
    /// A plan for records of a shape. Formats that are not built yet are refused here, before any work is done.
    pub fn new(format: Format, shape: Shape) -> Result<Plan, OutputError> {
        Plan::with_header(format, shape, columns::header(shape).iter().map(|name| Cow::Borrowed(*name)).collect())
    }

    /// The same with columns of its own, for reports that are no plain list of records.
    pub fn with_header(format: Format, shape: Shape, header: Vec<Cow<'static, str>>) -> Result<Plan, OutputError> {
        match format {
            Format::Parquet => Err(OutputError::NotBuilt(format.name())),
            _ => {
                let caption = match shape {
                    Shape::One(kind) => format!("sayso: {}s", kind.name()),
                    Shape::Mixed => "sayso".to_owned(),
                };
                Ok(Plan { format, header, caption, fields: csv::fields(shape) })
            }
        }
    }

    /// A plan for a report whose rows stand for no single record, in every format: programs get its columns as fields.
    pub fn report(format: Format, header: Vec<Cow<'static, str>>) -> Result<Plan, OutputError> {
        let plan = Plan::with_header(format, Shape::Mixed, header)?;
        Ok(Plan { fields: &[], ..plan })
    }

    /// Adds a row of a report: its cells under the names of the header. An empty cell is null, a whole number that is not
    /// a value (`Cell::number`) a number.
    pub fn push_report(&self, chunk: &mut Chunk, row: Row) -> Result<(), OutputError> {
        match self.format {
            Format::Table | Format::Md | Format::Html => {
                self.push_row(chunk, row);
                return Ok(());
            }
            Format::Csv => csv::plain(&mut chunk.bytes, row.iter().map(|cell| cell.text.as_str()))?,
            _ => json::report(&mut chunk.bytes, self.format, &self.header, &row)?,
        }
        chunk.records += 1;
        Ok(())
    }

    /// The format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Renders one record; `row` is asked only where the format shows rows.
    pub fn push(&self, chunk: &mut Chunk, record: &Record, row: impl FnOnce() -> Row) -> Result<(), OutputError> {
        match self.format {
            Format::Jsonl => json::line(&mut chunk.bytes, record)?,
            Format::Json => json::element(&mut chunk.bytes, record)?,
            Format::Csv => csv::row(&mut chunk.bytes, self.fields, record)?,
            Format::Md => md::row(&mut chunk.bytes, &row()),
            Format::Html => html_table::row(&mut chunk.bytes, &row()),
            Format::Table => chunk.rows.push(row()),
            Format::Parquet => return Err(OutputError::NotBuilt(self.format.name())),
        }
        chunk.records += 1;
        Ok(())
    }

    /// Adds a row that stands for no single record (`table`, `md` and `html` only).
    pub fn push_row(&self, chunk: &mut Chunk, row: Row) {
        match self.format {
            Format::Md => md::row(&mut chunk.bytes, &row),
            Format::Html => html_table::row(&mut chunk.bytes, &row),
            _ => chunk.rows.push(row),
        }
        chunk.records += 1;
    }
}

impl Format {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Jsonl => "jsonl",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Md => "md",
            Format::Html => "html",
        }
    }

    /// Whether people read its rows, rather than programs its fields.
    pub const fn has_rows(self) -> bool {
        matches!(self, Format::Table | Format::Md | Format::Html)
    }
}
