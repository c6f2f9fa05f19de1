//! What a table does not say of itself: a TOML file beside it, of the same name (`regions.toml` for `regions.csv`).
//!
//! ```toml
//! key = "code"                        # the column that names the rows
//! as_of = "2031-03-31"                # when columns that name no year were counted
//! measure = "indicator"               # of a long table: the column that says what is measured
//! header = ["code", "pop"]            # where the file has no row of names
//!
//! [columns.pop]
//! name = "population"                 # what it measures
//! unit = "percent"                    # percent, or a currency
//! scale = 1000
//! aliases = ["souls", "home to"]
//!
//! [rows.EM]
//! aliases = ["Eastmark", "the East March"]
//! ```

use super::TableError;
use super::headers::{Header, phrase};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sidecar {
    /// The column that names the rows.
    pub key: Option<String>,
    /// When the columns that name no year were counted, in ISO 8601.
    pub as_of: Option<String>,
    /// Of a table with a row for each measure: the column that says which.
    pub measure: Option<String>,
    /// The names of the columns, where the file has no row of them.
    pub header: Option<Vec<String>>,
    /// What is known of columns, by name.
    pub columns: BTreeMap<String, Column>,
    /// What is known of rows, by key.
    pub rows: BTreeMap<String, RowNames>,
}

/// What a [`Sidecar`] says of a column.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Column {
    name: Option<String>,
    unit: Option<String>,
    scale: Option<Decimal>,
    aliases: Vec<String>,
    as_of: Option<String>,
    /// Whether it is left out.
    pub ignore: bool,
}

/// What a [`Sidecar`] says of a row.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowNames {
    /// Its other names.
    pub aliases: Vec<String>,
}

impl Sidecar {
    /// Tells of columns that it names and the table does not have.
    pub fn check(&self, table: &Path, names: &[String]) -> Result<(), TableError> {
        let asked = self.columns.keys().chain(&self.key).chain(&self.measure);
        match asked.into_iter().find(|asked| !names.iter().any(|name| is_same(name, asked))) {
            Some(key) => Err(TableError::NoKey { path: table.into(), key: key.clone(), there: names.join(", ") }),
            None => Ok(()),
        }
    }

    /// What it says of a column.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(asked, _)| is_same(name, asked)).map(|(_, column)| column)
    }

    /// The words that say what a column measures.
    pub fn measured<'n>(&'n self, name: &'n str) -> &'n str {
        self.column(name).and_then(|column| column.name.as_deref()).unwrap_or(name)
    }

    /// Sets right what a header does not say.
    pub(super) fn complete(&self, name: &str, header: &mut Header) {
        header.name = name.to_owned();
        let year = |date: &String| date.get(..4).map(str::to_owned);
        header.period = header.period.take().or_else(|| self.as_of.as_ref().and_then(year));
        let Some(column) = self.column(name) else { return };
        match column.unit.as_deref() {
            Some("percent" | "%") => header.percent = true,
            Some(unit) if unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()) => header.money = true,
            _ => {}
        }
        header.scale = column.scale.unwrap_or(header.scale);
        header.period = column.as_of.as_ref().and_then(year).or(header.period.take());
        header.aliases = column.aliases.iter().map(|alias| phrase(alias)).filter(|p| !p.is_empty()).collect();
    }
}

/// Names are compared as people write them.
pub(super) fn is_same(name: &str, asked: &str) -> bool {
    name.trim().eq_ignore_ascii_case(asked.trim())
}
