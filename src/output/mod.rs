//! Records become bytes. [`Plan`] says in which [`Format`] and with which columns; [`Plan::push`] renders one record
//! into a [`Chunk`] (on any thread), and a [`Sink`] writes the chunks in order to standard output or a file.
//!
//! One file a format: [`jsonl`](self) and `json` write every field; `csv` writes the fields of one kind of record as
//! columns named by their path (`speaker.name`, `content.start`); `table` and `md` show people what they need.

mod about;
mod columns;
mod coverage;
mod csv;
mod draft;
mod edits;
pub mod engines;
pub mod html;
mod html_table;
mod json;
mod list;
mod look;
mod marked;
mod md;
mod names;
mod on_disk;
mod only;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parts;
mod place;
mod sink;
mod standards;
mod table;
mod terminal;
pub mod words;
#[cfg(feature = "xlsx")]
mod xlsx;
mod xmi;
mod xml;

pub use about::About;
pub use columns::{
    Cell, DRIFT_HEADER, Row, Tone, Where, check_row, drift_row, hit_row, mixed_row, row, trace_row, value,
};
pub use coverage::{Side, diff_header, diff_rows, outlet_row, rendering_row, reuse_row, sentence_row};
#[cfg(feature = "serve")]
pub(crate) use csv::tabular;
pub use draft::{DRAFT_HEADER, Finding, Grade, docx, findings, is_commented, junit, sarif};
pub use edits::{Edit, edits};
pub use list::{
    Block, TextView, amount, block, check_block, diff_block, rendering_block, reuse_block, sentence_block, trace_block,
};
pub use look::Look;
pub use names::{day_of, name_of};
pub(crate) use on_disk::OnDisk;
#[cfg(feature = "parquet")]
pub use parts::PartBy;
pub use place::{Destination, OutputError};
pub use sink::Sink;
pub use standards::whole;
pub use terminal::{cleaned, encoded, shown};

use crate::document::Document;
use crate::extract::Extraction;
use crate::record::{Record, RecordKind};
use std::borrow::Cow;
use std::sync::Arc;

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the place on a line, the words whole below it, coloured and wrapped. What a terminal shows.
    List,
    /// Aligned columns for people: coloured and wrapped on a terminal, one line a record elsewhere.
    Table,
    /// JSON Lines: one record a line, every field.
    Jsonl,
    /// One JSON array, every field.
    Json,
    /// Comma-separated values with a header: the fields of one kind of record, nested ones by their path.
    Csv,
    /// Apache Parquet: every field with its type, spans as groups.
    Parquet,
    /// A workbook for spreadsheets, with the columns of csv.
    Xlsx,
    /// A Markdown table.
    Md,
    /// A page: the table alone (`report` writes the whole).
    Html,
    /// W3C Web Annotations (JSON-LD): each finding by the words that it selects.
    Annotations,
    /// ClaimReview of schema.org (JSON-LD): the checks that a person has confirmed, and no others.
    Claimreview,
    /// brat standoff: a folder (`-o DIR`) with the text and the annotations of each document.
    Brat,
    /// A token a line with its place and B-, I- or O, as in CoNLL's tables.
    Bio,
    /// UIMA CAS in XMI: a folder with each document and its annotations, and their types.
    Xmi,
    /// JUnit XML: each finding of a draft as a test (`verify`).
    Junit,
    /// SARIF 2.1.0: each finding of a draft for editors and code review (`verify`).
    Sarif,
    /// A DOCX: the text of a draft with its findings as comments (`verify`).
    Docx,
}

impl Format {
    /// All formats, each with its name and what it is, as the help lists them.
    pub const ALL: [(Format, &str, &str); 17] = [
        (
            Format::List,
            "list",
            "For people: the place on a line, the words whole below it, wrapped to the width [default on a terminal]",
        ),
        (
            Format::Table,
            "table",
            "Aligned columns for people: coloured and wrapped on a terminal, one line a record elsewhere",
        ),
        (Format::Jsonl, "jsonl", "JSON Lines: one record a line, every field"),
        (Format::Json, "json", "One JSON array, every field"),
        (
            Format::Csv,
            "csv",
            "Comma-separated values with a header: the fields of one kind of record, nested ones by their path",
        ),
        (Format::Parquet, "parquet", "Apache Parquet: every field with its type, spans as groups"),
        (Format::Xlsx, "xlsx", "A workbook for spreadsheets, with the columns of csv"),
        (Format::Md, "md", "A Markdown table"),
        (Format::Html, "html", "A page: the table alone (`report` writes the whole)"),
        (
            Format::Annotations,
            "annotations",
            "W3C Web Annotations (JSON-LD): each finding by the words that it selects",
        ),
        (
            Format::Claimreview,
            "claimreview",
            "ClaimReview of schema.org (JSON-LD): the checks that a person has confirmed, and no others",
        ),
        (Format::Brat, "brat", "brat standoff: a folder (`-o DIR`) with the text and the annotations of each document"),
        (Format::Bio, "bio", "A token a line with its place and B-, I- or O, as in CoNLL's tables"),
        (
            Format::Xmi,
            "xmi",
            "UIMA CAS (XMI), as INCEpTION reads it: a folder (`-o DIR`) with the documents and the types",
        ),
        (Format::Junit, "junit", "JUnit XML: each finding of a draft as a test (`verify`)"),
        (Format::Sarif, "sarif", "SARIF 2.1.0: each finding of a draft for editors and code review (`verify`)"),
        (Format::Docx, "docx", "A Word document: the text of a draft with its findings as comments (`verify`)"),
    ];
}

/// What columns a table has: those of one kind of record, or those that all kinds share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Records of one kind.
    One(RecordKind),
    /// Records of several kinds.
    Mixed,
}

impl Shape {
    /// The kind of all records; none for several kinds.
    const fn kind(self) -> Option<RecordKind> {
        match self {
            Shape::One(kind) => Some(kind),
            Shape::Mixed => None,
        }
    }
}

/// How output looks.
#[derive(Clone, Debug)]
pub struct Plan {
    format: Format,
    header: Vec<Cow<'static, str>>,
    /// What it lists: `quotes`.
    caption: String,
    /// The columns of CSV and of a workbook.
    fields: Arc<[String]>,
    /// The fields that were asked for; none for all.
    only: Arc<[String]>,
    shape: Shape,
}

fn names(names: &[&str]) -> Arc<[String]> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A record as people see it.
pub enum Seen {
    /// In a table.
    Row(Row),
    /// In a list.
    Block(Block),
}

impl From<Row> for Seen {
    fn from(row: Row) -> Seen {
        Seen::Row(row)
    }
}

impl From<Block> for Seen {
    fn from(block: Block) -> Seen {
        Seen::Block(block)
    }
}

/// A chunk as a file of a format of text would hold it.
pub fn in_memory(plan: &Plan, chunk: Chunk) -> Result<Vec<u8>, OutputError> {
    let mut out = Vec::with_capacity(chunk.bytes.len() + 64);
    match plan.format {
        Format::Csv if plan.fields.is_empty() => csv::plain(&mut out, plan.header.iter().map(|name| name.as_ref()))?,
        Format::Csv => csv::header(&mut out, &plan.fields)?,
        Format::Json if chunk.bytes.is_empty() => out.push(b'['),
        Format::Json => out.extend_from_slice(b"[\n"),
        _ => {}
    }
    out.extend_from_slice(&chunk.bytes);
    if plan.format == Format::Json {
        out.extend_from_slice(b"\n]\n");
    }
    Ok(out)
}

/// Rendered records, in order.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// Finished bytes, for every format but `table`.
    pub(crate) bytes: Vec<u8>,
    /// Rows that are laid out when it is known how wide they are.
    pub(crate) rows: Vec<Row>,
    /// Findings of a list.
    pub(crate) blocks: Vec<Block>,
    /// Records whose columns are written together.
    pub(crate) values: Vec<serde_json::Value>,
    /// Rows of cells.
    pub(crate) cells: Vec<Vec<String>>,
    /// Files by their names.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// How many records it holds.
    pub records: usize,
}

impl Chunk {
    /// An empty chunk with room for about what a document of `text` bytes renders to.
    pub fn for_text(text: usize) -> Chunk {
        Chunk { bytes: Vec::with_capacity((text * 9).min(1 << 20)), ..Chunk::default() }
    }

    /// About how many bytes it holds.
    pub fn holds(&self) -> usize {
        const ROW: usize = 1 << 10;
        self.bytes.len() + (self.rows.len() + self.blocks.len() + self.values.len() + self.cells.len()) * ROW
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
        let built = match format {
            Format::Parquet => cfg!(feature = "parquet"),
            Format::Xlsx => cfg!(feature = "xlsx"),
            _ => true,
        };
        if !built {
            return Err(OutputError::NotBuilt(format.name()));
        }
        if format == Format::Claimreview && shape != Shape::One(RecordKind::Check) {
            return Err(OutputError::Unfit { format: format.name(), why: "it is for `sayso check`" });
        }
        if matches!(format, Format::Junit | Format::Sarif | Format::Docx) {
            return Err(OutputError::Unfit { format: format.name(), why: "it is for `sayso verify`" });
        }
        let format = match (format, shape) {
            (Format::List, Shape::One(kind)) if list::shows(kind) => Format::List,
            (Format::List, _) => Format::Table,
            (format, _) => format,
        };
        let caption = match shape {
            Shape::One(kind) => format!("sayso: {}s", kind.name()),
            Shape::Mixed => "sayso".to_owned(),
        };
        Ok(Plan { format, header, caption, fields: names(csv::fields(shape)), only: Arc::default(), shape })
    }

    /// The plan with these fields alone; all, where none is named. An error for a field that no record has, and for a format
    /// that has fixed ones.
    pub fn only(mut self, fields: &[String]) -> Result<Plan, OutputError> {
        if fields.is_empty() {
            return Ok(self);
        }
        if !matches!(self.format, Format::Jsonl | Format::Json | Format::Csv | Format::Xlsx) {
            return Err(OutputError::Unfit {
                format: self.format.name(),
                why: "--fields is for jsonl, json, csv and xlsx",
            });
        }
        only::known(self.shape.kind(), fields)?;
        self.only = fields.into();
        self.fields = fields.into();
        Ok(self)
    }

    /// A plan for a report whose rows stand for no single record, in every format: programs get its columns as fields.
    pub fn report(format: Format, header: Vec<Cow<'static, str>>) -> Result<Plan, OutputError> {
        if matches!(
            format,
            Format::Annotations | Format::Claimreview | Format::Brat | Format::Bio | Format::Xmi | Format::Parquet
        ) {
            return Err(OutputError::Unfit { format: format.name(), why: "it is for records; this is a report" });
        }
        let plan = Plan::with_header(format, Shape::Mixed, header)?;
        Ok(Plan { fields: Arc::default(), ..plan })
    }

    /// Adds a row of a report: its cells under the names of the header. An empty cell is null, a whole number that is not
    /// a value (`Cell::number`) a number.
    pub fn push_report(&self, chunk: &mut Chunk, row: Row) -> Result<(), OutputError> {
        match self.format {
            Format::List | Format::Table | Format::Md | Format::Html => {
                self.push_row(chunk, row);
                return Ok(());
            }
            Format::Csv => csv::plain(&mut chunk.bytes, row.iter().map(|cell| cell.text.as_str()))?,
            Format::Xlsx => chunk.cells.push(row.into_iter().map(|cell| cell.text).collect()),
            _ => json::report(&mut chunk.bytes, self.format, &self.header, &row)?,
        }
        chunk.records += 1;
        Ok(())
    }

    /// What a list needs of a document; none where the format is no list.
    pub fn reader<'d>(&self, document: &'d Document, extraction: &Extraction) -> Option<TextView<'d>> {
        (self.format == Format::List).then(|| TextView::new(document, extraction))
    }

    /// The format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Renders one record; `seen` is asked only where the format is for people: a block in a list, else a row.
    pub fn push<S: Into<Seen>>(
        &self,
        chunk: &mut Chunk,
        record: &Record,
        seen: impl FnOnce() -> S,
    ) -> Result<(), OutputError> {
        self.push_about(chunk, record, None, seen)
    }

    /// The same with what is known of the record's document, for formats whose rows are read alone.
    pub fn push_about<S: Into<Seen>>(
        &self,
        chunk: &mut Chunk,
        record: &Record,
        about: Option<&About>,
        seen: impl FnOnce() -> S,
    ) -> Result<(), OutputError> {
        match self.format {
            Format::Jsonl | Format::Json if !self.only.is_empty() => {
                if self.format == Format::Json && !chunk.bytes.is_empty() {
                    chunk.bytes.extend_from_slice(json::BETWEEN);
                }
                only::write(&mut chunk.bytes, record, &self.only)?;
                if self.format == Format::Jsonl {
                    chunk.bytes.push(b'\n');
                }
            }
            Format::Jsonl => json::line(&mut chunk.bytes, record)?,
            Format::Json => json::element(&mut chunk.bytes, record)?,
            Format::Csv => csv::row(&mut chunk.bytes, &self.fields, record, about)?,
            Format::Xlsx => chunk.cells.push(csv::cells(&self.fields, record, about)?),
            Format::Annotations => {
                if !standards::annotation(&mut chunk.bytes, record, about)? {
                    return Ok(());
                }
            }
            Format::Claimreview => {
                if !standards::claim_review(&mut chunk.bytes, record, about)? {
                    return Ok(());
                }
            }
            Format::Brat | Format::Bio | Format::Xmi | Format::Junit | Format::Sarif | Format::Docx => {
                return Err(OutputError::Unfit {
                    format: self.format.name(),
                    why: "it is for what is found in documents",
                });
            }
            Format::List | Format::Table | Format::Md | Format::Html => self.show(chunk, seen().into()),
            Format::Parquet => {
                let mut value = serde_json::to_value(record)?;
                if let (Some(about), serde_json::Value::Object(object)) = (about, &mut value) {
                    about.put(object, record);
                }
                chunk.values.push(value);
            }
        }
        chunk.records += 1;
        Ok(())
    }

    /// Adds a row or a block that stands for no single record (formats for people only).
    pub fn push_row(&self, chunk: &mut Chunk, seen: impl Into<Seen>) {
        self.show(chunk, seen.into());
        chunk.records += 1;
    }

    fn show(&self, chunk: &mut Chunk, seen: Seen) {
        match (self.format, seen) {
            (_, Seen::Block(block)) => chunk.blocks.push(block),
            (Format::Md, Seen::Row(row)) => md::row(&mut chunk.bytes, &row),
            (Format::Html, Seen::Row(row)) => html_table::row(&mut chunk.bytes, &row),
            (_, Seen::Row(row)) => chunk.rows.push(row),
        }
    }
}

impl Format {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::List => "list",
            Format::Table => "table",
            Format::Jsonl => "jsonl",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Md => "md",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Annotations => "annotations",
            Format::Claimreview => "claimreview",
            Format::Brat => "brat",
            Format::Bio => "bio",
            Format::Xmi => "xmi",
            Format::Junit => "junit",
            Format::Sarif => "sarif",
            Format::Docx => "docx",
        }
    }

    /// The format that a file's ending names.
    pub fn of_path(path: &std::path::Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "jsonl" | "ndjson" => Format::Jsonl,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "parquet" => Format::Parquet,
            "xlsx" => Format::Xlsx,
            "md" | "markdown" => Format::Md,
            "html" | "htm" => Format::Html,
            "jsonld" => Format::Annotations,
            "bio" | "conll" => Format::Bio,
            "xml" => Format::Junit,
            "sarif" => Format::Sarif,
            "docx" => Format::Docx,
            _ => return None,
        })
    }

    /// Whether a file's ending says that it holds text of no format: `out`, `out.txt`.
    pub fn is_plain(path: &std::path::Path) -> bool {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        ending.is_none_or(|ending| matches!(ending.as_str(), "txt" | "text" | "list" | "table" | "log" | "tmp" | "out"))
    }

    /// Whether its rows are read alone and tell of their document.
    pub const fn tells_document(self) -> bool {
        matches!(self, Format::Csv | Format::Xlsx | Format::Parquet | Format::Annotations | Format::Claimreview)
    }

    /// Whether it writes a document as a whole, and no list of records.
    pub const fn is_whole(self) -> bool {
        matches!(self, Format::Brat | Format::Bio | Format::Xmi)
    }

    /// Whether it holds records of several kinds with all their fields.
    pub const fn is_for_programs(self) -> bool {
        matches!(self, Format::Jsonl | Format::Json | Format::Parquet | Format::Annotations)
    }

    /// Whether people read its rows, rather than programs its fields.
    pub const fn has_rows(self) -> bool {
        matches!(self, Format::List | Format::Table | Format::Md | Format::Html)
    }
}

/// Words on one line: every run of white space is one space.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
