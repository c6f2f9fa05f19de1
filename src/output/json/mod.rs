//! JSON: one record per line, or one array. The names and the order of fields are those of `sayso schema`. An empty
//! field is `null`.

mod strings;
mod writer;

use super::{Format, OutputError, Row};
use crate::record::Record;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use writer::Writer;

/// The separator between two elements of the array.
pub(super) const BETWEEN: &[u8] = b",\n";

/// One record on one line.
pub(super) fn line(out: &mut Vec<u8>, record: &Record) -> Result<(), OutputError> {
    write(out, record)?;
    out.push(b'\n');
    Ok(())
}

/// One element of the array. The separator precedes all elements except the first of the chunk.
pub(super) fn element(out: &mut Vec<u8>, record: &Record) -> Result<(), OutputError> {
    if !out.is_empty() {
        out.extend_from_slice(BETWEEN);
    }
    write(out, record)
}

/// One row of a report: an object with the names of the header, on a line or as an element of the array.
pub(super) fn report(
    out: &mut Vec<u8>,
    format: Format,
    header: &[Cow<'static, str>],
    row: &Row,
) -> Result<(), OutputError> {
    let fields: Map<String, Value> = header
        .iter()
        .zip(row)
        .map(|(name, cell)| {
            let value = match cell.text.as_str() {
                "" => Value::Null,
                text if cell.counts => text.parse::<u64>().map_or_else(|_| text.into(), Value::from),
                text => text.into(),
            };
            (name.replace(' ', "_"), value)
        })
        .collect();
    if format == Format::Json && !out.is_empty() {
        out.extend_from_slice(BETWEEN);
    }
    serde_json::to_writer(&mut *out, &fields)?;
    if format == Format::Jsonl {
        out.push(b'\n');
    }
    Ok(())
}

/// Writes a value exactly as `serde_json::to_writer` does, in half the time.
fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), OutputError> {
    Ok(value.serialize(Writer { out })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::extract::extract;
    use crate::offsets::Offsets;
    use crate::record::Records;
    use proptest::prelude::*;

    proptest! {
        /// Records with any text and any id match the output of serde_json.
        #[test]
        fn records_are_those_of_serde_json(id in "\\PC{0,12}|[\0-\u{20}\"\\\\é]{0,12}", text in "(\\PC|[\0-\u{20}“”\"\\\\0-9]|said|Brandt|percent| ){0,120}") {
            let document = Document { title: Some(text.clone()), ..Document::new(id, text) };
            let extraction = extract(&document);
            for record in Records::new(&document, &extraction, Offsets::Chars).all() {
                let mut ours = Vec::new();
                write(&mut ours, &record).unwrap();
                prop_assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(&record).unwrap());
            }
        }
    }

    #[test]
    fn every_shape_of_value_is_written() {
        #[derive(Serialize)]
        struct Shapes<'a> {
            none: Option<u8>,
            some: Option<&'a str>,
            yes: bool,
            list: Vec<u64>,
            empty: &'a [u8],
            pair: (i64, f64),
            not_a_number: f64,
            letter: char,
            unit: (),
            within: Option<Box<Shapes<'a>>>,
        }
        let shapes = |within| Shapes {
            none: None,
            some: Some("a\u{1}\"\\/\u{7f}é\t"),
            yes: true,
            list: vec![0, 7, 10, 99, 12_345, u64::MAX],
            empty: &[],
            pair: (i64::MIN, 0.25),
            not_a_number: f64::NAN,
            letter: '"',
            unit: (),
            within,
        };
        let value = shapes(Some(Box::new(shapes(None))));
        let mut ours = Vec::new();
        write(&mut ours, &value).unwrap();
        assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(&value).unwrap());
    }
}
