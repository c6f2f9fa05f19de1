//! The fields that were asked for (`--fields doc,speaker.name,content.text`), in that order, and no others. A field within a
//! list is that of each of its elements.

use super::{OutputError, csv};
use crate::record::{Record, RecordKind};
use serde_json::{Map, Value};

/// Whether a record of a kind (of any, where there is none) has a field.
fn is_known(kind: Option<RecordKind>, path: &str) -> bool {
    let within = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let of = |kind: RecordKind| csv::fields(super::Shape::One(kind)).iter().any(|f| *f == path || within(path, f));
    match kind {
        Some(kind) => of(kind),
        None => RecordKind::ALL.into_iter().any(of),
    }
}

/// Checks the fields that were asked for.
pub(super) fn known(kind: Option<RecordKind>, paths: &[String]) -> Result<(), OutputError> {
    match paths.iter().find(|path| !is_known(kind, path)) {
        None => Ok(()),
        Some(path) => {
            let kinds: Vec<RecordKind> = kind.map_or_else(|| RecordKind::ALL.to_vec(), |kind| vec![kind]);
            let mut names: Vec<&str> =
                kinds.iter().flat_map(|kind| csv::fields(super::Shape::One(*kind))).copied().collect();
            names.sort_unstable();
            names.dedup();
            Err(OutputError::NoField { path: path.clone(), known: names.join(", ") })
        }
    }
}

/// What of a value the paths name.
fn pruned(value: &Value, paths: &[&str]) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|element| pruned(element, paths)).collect(),
        Value::Object(fields) => {
            let mut kept = Map::new();
            for path in paths {
                let name = path.split('.').next().unwrap_or_default();
                if let (Some(inner), false) = (fields.get(name), kept.contains_key(name)) {
                    kept.insert(name.to_owned(), below(inner, name, paths));
                }
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

/// What of the field `name` the paths name: all of it, where one of them ends there.
fn below(value: &Value, name: &str, paths: &[&str]) -> Value {
    let rest = |path: &&str| path.strip_prefix(name)?.strip_prefix('.').map(str::to_owned);
    if paths.contains(&name) {
        return value.clone();
    }
    let inner: Vec<String> = paths.iter().filter_map(rest).collect();
    pruned(value, &inner.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Writes what was asked for of a record as a JSON object, in the order in which it was asked for.
pub(super) fn write(out: &mut Vec<u8>, record: &Record, paths: &[String]) -> Result<(), OutputError> {
    let value = serde_json::to_value(record)?;
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut done: Vec<&str> = Vec::new();
    out.push(b'{');
    for path in &paths {
        let name = path.split('.').next().unwrap_or_default();
        let (Some(inner), false) = (value.get(name), done.contains(&name)) else { continue };
        if !done.is_empty() {
            out.push(b',');
        }
        done.push(name);
        serde_json::to_writer(&mut *out, name)?;
        out.push(b':');
        serde_json::to_writer(&mut *out, &below(inner, name, &paths))?;
    }
    out.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_asked_for_is_kept_and_nothing_else() {
        let value = json!({"a": 1, "b": {"c": 2, "d": 3}, "l": [{"x": 1, "y": 2}, {"x": 3}]});
        assert_eq!(pruned(&value, &["b.c", "l.x"]), json!({"b": {"c": 2}, "l": [{"x": 1}, {"x": 3}]}));
        assert_eq!(pruned(&value, &["b.c", "b", "z"]), json!({"b": {"c": 2, "d": 3}}));
    }

    #[test]
    fn a_field_that_no_record_has_is_an_error_that_lists_them() {
        let paths = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
        assert!(known(Some(RecordKind::Quote), &paths(&["doc", "speaker", "content.text"])).is_ok());
        assert!(known(None, &paths(&["check_worthy", "speaker.name"])).is_ok());
        let told = known(Some(RecordKind::Quote), &paths(&["speaker.nam"])).unwrap_err().to_string();
        assert!(told.contains("speaker.nam") && told.contains("speaker.name"), "{told}");
    }
}
