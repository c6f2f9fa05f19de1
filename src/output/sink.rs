//! The last stage of output: takes [`Chunk`]s in order and writes them, with the header, the separators and the footer.

use super::place::Folder;
#[cfg(feature = "xlsx")]
use super::xlsx;
use super::{
    Block, Chunk, Destination, Format, Look, OutputError, Plan, Row, csv, html_table, json, md, standards, table,
};
#[cfg(feature = "parquet")]
use super::{PartBy, parquet, parts};
use std::path::PathBuf;

/// The number of rows of a table that are laid out together. A longer table continues in the same columns as far as
/// possible.
const WINDOW: usize = 2000;

/// Writes chunks to a destination.
pub struct Sink {
    plan: Plan,
    place: Destination,
    look: Look,
    rows: Vec<Row>,
    windows: usize,
    blocks: usize,
    written: usize,
    body: Body,
    /// The number of records that were written.
    pub records: usize,
}

/// How records are collected before they become bytes.
enum Body {
    /// They arrive as bytes.
    Bytes,
    #[cfg(feature = "parquet")]
    Columns(Box<parquet::Table>),
    #[cfg(feature = "parquet")]
    Parts(parts::Parts),
    #[cfg(feature = "xlsx")]
    Sheets(Box<xlsx::Sheets>),
    /// Files in a folder.
    Folder(Folder),
}

impl Body {
    fn of(plan: &Plan) -> Result<Body, OutputError> {
        Ok(match plan.format {
            #[cfg(feature = "parquet")]
            Format::Parquet => Body::Columns(Box::new(parquet::Table::new(plan.shape.kind())?)),
            #[cfg(feature = "xlsx")]
            Format::Xlsx => {
                let names = plan.fields.iter().cloned();
                let header: Vec<String> = plan.header.iter().map(|name| name.to_string()).collect();
                Body::Sheets(Box::new(xlsx::Sheets::new(if plan.fields.is_empty() {
                    header
                } else {
                    names.collect()
                })?))
            }
            _ => Body::Bytes,
        })
    }
}

impl Sink {
    /// Opens the sink and writes the header.
    pub fn new(plan: Plan, place: Destination) -> Result<Sink, OutputError> {
        let look = place.look();
        let body = Body::of(&plan)?;
        let mut sink =
            Sink { plan, place, look, rows: Vec::new(), windows: 0, blocks: 0, written: 0, body, records: 0 };
        let mut start = Vec::new();
        match sink.plan.format {
            Format::Csv if sink.plan.fields.is_empty() => {
                csv::plain(&mut start, sink.plan.header.iter().map(|name| name.as_ref()))?;
            }
            Format::Csv => csv::header(&mut start, &sink.plan.fields)?,
            Format::Md => md::header(&mut start, &sink.plan.header),
            Format::Html => html_table::header(&mut start, &sink.plan.caption, &sink.plan.header),
            Format::Json | Format::Claimreview => start.extend_from_slice(b"["),
            Format::Annotations => start.extend_from_slice(standards::ANNOTATIONS.0),
            _ => {}
        }
        sink.place.write(&start)?;
        Ok(sink)
    }

    /// Creates a folder and opens a sink for formats that consist of several files.
    pub fn in_folder(plan: Plan, folder: PathBuf) -> Result<Sink, OutputError> {
        let folder = Folder::create(folder)?;
        let place = Destination::open(None)?;
        let look = place.look();
        let body = Body::Folder(folder);
        Ok(Sink { plan, place, look, rows: Vec::new(), windows: 0, blocks: 0, written: 0, body, records: 0 })
    }

    /// Opens a sink for Parquet files in a folder, one for each outlet or month.
    #[cfg(feature = "parquet")]
    pub fn in_parts(plan: Plan, folder: PathBuf, by: PartBy) -> Result<Sink, OutputError> {
        let kind = plan.shape.kind();
        let mut sink = Sink::in_folder(plan, folder)?;
        if let Body::Folder(folder) = std::mem::replace(&mut sink.body, Body::Bytes) {
            sink.body = Body::Parts(parts::Parts::new(folder, by, kind));
        }
        Ok(sink)
    }

    /// Writes a chunk.
    pub fn write(&mut self, chunk: Chunk) -> Result<(), OutputError> {
        self.records += chunk.records;
        match &mut self.body {
            #[cfg(feature = "parquet")]
            Body::Columns(table) => {
                let ready = table.push(chunk.values)?;
                return self.place.write(&ready);
            }
            #[cfg(feature = "parquet")]
            Body::Parts(parts) => return parts.push(chunk.values),
            #[cfg(feature = "xlsx")]
            Body::Sheets(sheets) => return sheets.push(chunk.cells),
            Body::Folder(folder) => {
                for (name, bytes) in chunk.files {
                    folder.put(&name, &bytes)?;
                }
                return Ok(());
            }
            Body::Bytes => {}
        }
        if matches!(self.plan.format, Format::Annotations | Format::Claimreview)
            && !chunk.bytes.is_empty()
            && self.written > 0
        {
            self.place.write(b",")?;
        }
        if self.plan.format == Format::Json && !chunk.bytes.is_empty() {
            self.place.write(if self.written == 0 { b"\n" } else { json::BETWEEN })?;
        }
        self.written += chunk.bytes.len();
        self.place.write(&chunk.bytes)?;
        if !chunk.blocks.is_empty() {
            let text = self.listed(&chunk.blocks);
            self.place.write(text.as_bytes())?;
        }
        self.rows.extend(chunk.rows);
        while self.rows.len() >= WINDOW {
            let rest = self.rows.split_off(WINDOW);
            let rows = std::mem::replace(&mut self.rows, rest);
            self.lay_out(&rows)?;
        }
        Ok(())
    }

    /// Writes the remaining rows and the end of the file.
    pub fn finish(mut self) -> Result<(), OutputError> {
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.lay_out(&rows)?;
        }
        let body = std::mem::replace(&mut self.body, Body::Bytes);
        match body {
            #[cfg(feature = "parquet")]
            Body::Columns(table) => self.place.write(&table.finish()?)?,
            #[cfg(feature = "parquet")]
            Body::Parts(parts) => parts.finish()?,
            #[cfg(feature = "xlsx")]
            Body::Sheets(sheets) => self.place.write(&sheets.finish()?)?,
            Body::Folder(_) | Body::Bytes => {}
        }
        match self.plan.format {
            Format::Json | Format::Claimreview => self.place.write(b"\n]\n")?,
            Format::Annotations => self.place.write(standards::ANNOTATIONS.1)?,
            _ => {}
        }
        if self.plan.format == Format::Html {
            self.place.write(html_table::FOOTER)?;
        }
        self.place.finish()
    }

    /// Blocks with a blank line between them.
    fn listed(&mut self, blocks: &[Block]) -> String {
        let width = self.look.width();
        let mut text = String::new();
        for block in blocks {
            if self.blocks > 0 {
                text.push('\n');
            }
            self.blocks += 1;
            block.write(&mut text, width, self.look.paints());
        }
        text
    }

    fn lay_out(&mut self, rows: &[Row]) -> Result<(), OutputError> {
        let header = if self.windows == 0 { &self.plan.header[..] } else { &[] };
        self.windows += 1;
        let text = table::lay_out(self.look, header, rows);
        self.place.write(text.as_bytes())
    }
}
