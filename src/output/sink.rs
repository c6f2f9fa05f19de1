//! The end of the way: takes [`Chunk`]s in order and writes them, with what stands before, between and after.

use super::{Chunk, Destination, Format, OutputError, Plan, Row, csv, html_table, json, md, table};

/// How many rows of a table are laid out together. A longer one goes on in the same columns as well as it can.
const WINDOW: usize = 2000;

/// Writes chunks to a destination.
pub struct Sink {
    plan: Plan,
    place: Destination,
    look: table::Look,
    rows: Vec<Row>,
    windows: usize,
    written: usize,
    /// How many records were written.
    pub records: usize,
}

impl Sink {
    /// Opens the sink; the header is written at once.
    pub fn new(plan: Plan, place: Destination) -> Result<Sink, OutputError> {
        let look = table::Look::of(&place);
        let mut sink = Sink { plan, place, look, rows: Vec::new(), windows: 0, written: 0, records: 0 };
        let mut start = Vec::new();
        match sink.plan.format {
            Format::Csv if sink.plan.fields.is_empty() => {
                csv::plain(&mut start, sink.plan.header.iter().map(|name| name.as_ref()))?;
            }
            Format::Csv => csv::header(&mut start, sink.plan.fields)?,
            Format::Md => md::header(&mut start, &sink.plan.header),
            Format::Html => html_table::header(&mut start, &sink.plan.caption, &sink.plan.header),
            Format::Json => start.extend_from_slice(b"["),
            _ => {}
        }
        sink.place.write(&start)?;
        Ok(sink)
    }

    /// Writes a chunk.
    pub fn write(&mut self, chunk: Chunk) -> Result<(), OutputError> {
        self.records += chunk.records;
        if self.plan.format == Format::Json && !chunk.bytes.is_empty() {
            self.place.write(if self.written == 0 { b"\n" } else { json::BETWEEN })?;
        }
        self.written += chunk.bytes.len();
        self.place.write(&chunk.bytes)?;
        self.rows.extend(chunk.rows);
        while self.rows.len() >= WINDOW {
            let rest = self.rows.split_off(WINDOW);
            let rows = std::mem::replace(&mut self.rows, rest);
            self.lay_out(&rows)?;
        }
        Ok(())
    }

    /// Writes what is left and ends the file.
    pub fn finish(mut self) -> Result<(), OutputError> {
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.lay_out(&rows)?;
        }
        if self.plan.format == Format::Json {
            self.place.write(b"\n]\n")?;
        }
        if self.plan.format == Format::Html {
            self.place.write(html_table::FOOTER)?;
        }
        self.place.finish()
    }

    fn lay_out(&mut self, rows: &[Row]) -> Result<(), OutputError> {
        let header = if self.windows == 0 { &self.plan.header[..] } else { &[] };
        self.windows += 1;
        let text = table::lay_out(self.look, header, rows);
        self.place.write(text.as_bytes())
    }
}
