//! Parquet in parts: a folder with a folder for each outlet or month (`outlet=The%20Gull/part-0.parquet`), as DuckDB, Spark
//! and Polars read it. A part appears whole or not at all.

use super::parquet::Table;
use super::place::Folder;
use super::{Destination, OutputError};
use crate::record::RecordKind;
use serde_json::Value;
use std::collections::BTreeMap;

/// So many records wait in memory; then the longest part writes its own.
const WAITING: usize = 60_000;

/// What records are parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PartBy {
    /// The publisher of the document
    Outlet,
    /// The month of the document's date
    Month,
}

impl PartBy {
    /// The name of the folder for a record. What is not told has the name that Hive gave it.
    fn folder(self, record: &Value) -> String {
        let (name, place) = match self {
            PartBy::Outlet => ("outlet", "/document/publisher"),
            PartBy::Month => ("month", "/document/date"),
        };
        let told = record.pointer(place).and_then(Value::as_str).filter(|value| !value.is_empty());
        let value = match (self, told) {
            (PartBy::Outlet, Some(outlet)) => Some(outlet),
            (PartBy::Month, Some(date)) => date.get(..7),
            (_, None) => None,
        };
        let shown = value
            .map_or_else(|| "__HIVE_DEFAULT_PARTITION__".to_owned(), |value| super::encoded(value).replace('/', "%2F"));
        format!("{name}={shown}")
    }
}

/// One part that is being written.
struct Part {
    table: Table,
    place: Destination,
}

/// Writes records into parts.
pub(super) struct Parts {
    folder: Folder,
    by: PartBy,
    kind: Option<RecordKind>,
    parts: BTreeMap<String, Part>,
    waiting: usize,
}

impl Parts {
    pub(super) fn new(folder: Folder, by: PartBy, kind: Option<RecordKind>) -> Parts {
        Parts { folder, by, kind, parts: BTreeMap::new(), waiting: 0 }
    }

    /// Takes in records.
    pub(super) fn push(&mut self, rows: Vec<Value>) -> Result<(), OutputError> {
        for row in rows {
            let name = self.by.folder(&row);
            let part = match self.parts.entry(name) {
                std::collections::btree_map::Entry::Occupied(part) => part.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    let place = self.folder.open(&format!("{}/part-0.parquet", free.key()))?;
                    free.insert(Part { table: Table::new(self.kind)?, place })
                }
            };
            let ready = part.table.push(vec![row])?;
            part.place.write(&ready)?;
            self.waiting += 1;
        }
        if self.waiting >= WAITING {
            self.waiting = 0;
            for part in self.parts.values_mut() {
                let ready = part.table.flush()?;
                part.place.write(&ready)?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the ends of the files.
    pub(super) fn finish(self) -> Result<(), OutputError> {
        for Part { table, mut place } in self.parts.into_values() {
            place.write(&table.finish()?)?;
            place.finish()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_is_named_after_what_its_records_share() {
        let record = json!({"document": {"publisher": "The Gull/Tern", "date": "2031-05-02T08:00:00Z"}});
        assert_eq!(PartBy::Outlet.folder(&record), "outlet=The%20Gull%2FTern");
        assert_eq!(PartBy::Month.folder(&record), "month=2031-05");
        let nothing = json!({"document": {"publisher": null, "date": "2031"}});
        assert_eq!(PartBy::Outlet.folder(&nothing), "outlet=__HIVE_DEFAULT_PARTITION__");
        assert_eq!(PartBy::Month.folder(&nothing), "month=__HIVE_DEFAULT_PARTITION__");
        // A name is no way out of the folder.
        assert_eq!(PartBy::Outlet.folder(&json!({"document": {"publisher": ".."}})), "outlet=..");
        assert_eq!(PartBy::Outlet.folder(&json!({"document": {"publisher": "../../x"}})), "outlet=..%2F..%2Fx");
    }
}
