//! JSON: a line a record, or one array. Field names and order are those of `records.md`; an empty field is `null`.

use super::OutputError;
use crate::record::Record;

/// Between two elements of the array.
pub const BETWEEN: &[u8] = b",\n";

/// One record, one line.
pub fn line(out: &mut Vec<u8>, record: &Record) -> Result<(), OutputError> {
    serde_json::to_writer(&mut *out, record)?;
    out.push(b'\n');
    Ok(())
}

/// One element of the array; the separator goes before all but the chunk's first.
pub fn element(out: &mut Vec<u8>, record: &Record) -> Result<(), OutputError> {
    if !out.is_empty() {
        out.extend_from_slice(BETWEEN);
    }
    Ok(serde_json::to_writer(&mut *out, record)?)
}
