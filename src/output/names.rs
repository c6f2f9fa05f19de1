//! What values and documents are called in output.

use crate::document::Document;

/// The name of an enum's value, as in records.
pub fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The day of a document, as its date begins; the date as it is, where it is shorter.
pub fn day_of(document: &Document) -> Option<&str> {
    document.date.as_deref().map(|date| date.get(..10).unwrap_or(date))
}
