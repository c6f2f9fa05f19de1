//! Comma-separated values (RFC 4180): a header, then one row per record. A column is named after the path of its field
//! (`speaker.name`). A span has three columns (`span.start`, `span.end`, `span.text`). A list is one cell, with ` | `
//! between its elements. A table of several kinds of record has the columns that all kinds share, and in the last
//! column the whole record as JSON. A text that a spreadsheet would read as a formula gets a leading apostrophe;
//! offsets, and the other output formats, refer to the text without it.

use super::{About, OutputError, Shape};
use crate::record::{Record, RecordKind};
use serde_json::Value;
use std::borrow::Cow;

/// The name of the column with the whole record.
const WHOLE: &str = "json";

/// The columns of a shape.
pub(super) fn fields(shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::Mixed => &["record", "doc", "id", "kind", "span.start", "span.end", "span.text", WHOLE],
        Shape::One(RecordKind::Document) => &[
            "record",
            "doc",
            "id",
            "kind",
            "title",
            "publisher",
            "byline",
            "speaker",
            "date",
            "url",
            "lang",
            "path",
            "sha256",
            "chars",
            "regions.kind",
            "regions.span.start",
            "regions.span.end",
            "duplicate_of",
        ],
        Shape::One(RecordKind::Quote) => &[
            "record",
            "doc",
            "id",
            "kind",
            "content.start",
            "content.end",
            "content.text",
            "content.page",
            "content.time",
            "cue.start",
            "cue.end",
            "cue.text",
            "source.start",
            "source.end",
            "source.text",
            "addressee.start",
            "addressee.end",
            "addressee.text",
            "speaker.name",
            "speaker.kind",
            "speaker.role",
            "speaker.how",
            "region",
            "insertions.start",
            "insertions.end",
            "insertions.text",
            "balanced",
            "continues",
            "same_as",
            "confidence",
            "because",
            "document.publisher",
            "document.date",
            "document.title",
            "document.url",
            "context",
            "reviewed.verdict",
            "reviewed.by",
            "reviewed.new",
            "reviewed.note",
        ],
        Shape::One(RecordKind::Speaker) => &[
            "record",
            "doc",
            "name",
            "kind",
            "role",
            "aliases.start",
            "aliases.end",
            "aliases.text",
            "quotes",
            "words",
            "wikidata",
        ],
        Shape::One(RecordKind::Figure) => &[
            "record",
            "doc",
            "id",
            "kind",
            "span.start",
            "span.end",
            "span.text",
            "span.page",
            "span.time",
            "number.start",
            "number.end",
            "number.text",
            "value",
            "low",
            "high",
            "op",
            "hedge.start",
            "hedge.end",
            "hedge.text",
            "change",
            "unit",
            "unit_name",
            "noun.start",
            "noun.end",
            "noun.text",
            "noun_lemma",
            "of",
            "of.start",
            "of.end",
            "of.text",
            "iso",
            "as_of",
            "precision",
            "quote",
            "document.publisher",
            "document.date",
            "document.title",
            "document.url",
            "context",
            "reviewed.verdict",
            "reviewed.by",
            "reviewed.new",
            "reviewed.note",
        ],
        Shape::One(RecordKind::Claim) => &[
            "record",
            "doc",
            "id",
            "span.start",
            "span.end",
            "span.text",
            "span.page",
            "span.time",
            "sentence.start",
            "sentence.end",
            "sentence.text",
            "kind",
            "speaker",
            "quote",
            "attribution.name",
            "attribution.source.text",
            "attribution.how",
            "figures",
            "check_worthy",
            "because",
            "missing",
            "document.publisher",
            "document.date",
            "document.title",
            "document.url",
            "context",
            "reviewed.verdict",
            "reviewed.by",
            "reviewed.new",
            "reviewed.note",
        ],
        Shape::One(RecordKind::Hit) => &[
            "record",
            "doc",
            "score",
            "kind",
            "title",
            "publisher",
            "date",
            "path",
            "places.span.start",
            "places.span.end",
            "places.span.text",
            "places.context.text",
            "places.region",
            "places.quote",
            "places_total",
            "title_matches",
            "figures",
        ],
        Shape::One(RecordKind::Check) => &[
            "record",
            "doc",
            "id",
            "claim",
            "figure",
            "span.start",
            "span.end",
            "span.text",
            "span.page",
            "span.time",
            "sentence.text",
            "claimed",
            "verdict",
            "relation",
            "evidence.doc",
            "evidence.kind",
            "evidence.span.start",
            "evidence.span.end",
            "evidence.span.text",
            "evidence.sentence.text",
            "evidence.value",
            "evidence.table",
            "evidence.row",
            "evidence.column",
            "evidence.score",
            "computation",
            "because",
            "slots.slot",
            "slots.state",
            "confidence",
            "document.publisher",
            "document.date",
            "document.title",
            "document.url",
            "context",
            "reviewed.verdict",
            "reviewed.by",
            "reviewed.new",
            "reviewed.note",
        ],
        Shape::One(RecordKind::Reuse) => &[
            "record",
            "doc",
            "span.start",
            "span.end",
            "span.text",
            "statement",
            "source.start",
            "source.end",
            "source.text",
            "words",
            "share",
            "publisher",
            "date",
            "copy_of",
        ],
        Shape::One(RecordKind::Sentence) => &[
            "record",
            "doc",
            "span.start",
            "span.end",
            "span.text",
            "used",
            "outlets",
            "uses.doc",
            "uses.publisher",
            "uses.date",
            "uses.relation",
            "uses.changes",
            "uses.quote.text",
        ],
        Shape::One(RecordKind::Outlet) => &[
            "record",
            "doc",
            "publisher",
            "documents",
            "copies",
            "passages",
            "found",
            "verbatim",
            "elided",
            "bracketed",
            "spliced",
            "altered",
            "not_found",
            "left_out",
            "faithful",
            "drifts",
            "quoted_words",
            "longest",
            "reused_words",
            "reused_share",
            "sentences.doc",
            "sentences.span.text",
        ],
        Shape::One(RecordKind::Rendering) => &[
            "record",
            "doc",
            "sentence.start",
            "sentence.end",
            "sentence.text",
            "wording",
            "relation",
            "changes",
            "first",
            "last",
            "outlets",
            "uses.doc",
            "uses.publisher",
            "uses.date",
        ],
        Shape::One(RecordKind::Trace) => &[
            "record",
            "doc",
            "quote.start",
            "quote.end",
            "quote.text",
            "quote.page",
            "quote.time",
            "quote_id",
            "marked",
            "relation",
            "changes",
            "statement",
            "source.start",
            "source.end",
            "source.text",
            "source.page",
            "source.time",
            "omitted.start",
            "omitted.end",
            "omitted.text",
            "attributed_to",
            "statement_speaker",
            "said_by.text",
            "turn",
            "relayed_by",
            "attribution_drift",
            "confidence",
            "because",
            "publisher",
            "date",
            "document.publisher",
            "document.date",
            "document.title",
            "document.url",
            "context",
            "reviewed.verdict",
            "reviewed.by",
            "reviewed.new",
            "reviewed.note",
        ],
    }
}

/// The header line.
pub(super) fn header(out: &mut Vec<u8>, fields: &[String]) -> Result<(), OutputError> {
    write(out, fields.iter().map(|f| Cow::Borrowed(f.as_str())))
}

/// One row of cells that are already text.
pub(super) fn plain<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) -> Result<(), OutputError> {
    write(out, cells.map(Cow::Borrowed))
}

/// A whole table of cells that are already text.
pub(crate) fn tabular<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>, OutputError> {
    let mut out = Vec::new();
    plain(&mut out, header.iter().copied())?;
    for row in rows {
        write(&mut out, row.into_iter().map(Cow::Owned))?;
    }
    Ok(out)
}

/// One record as a row. `about` adds the metadata of its document.
pub(super) fn row(
    out: &mut Vec<u8>,
    fields: &[String],
    record: &Record,
    about: Option<&About>,
) -> Result<(), OutputError> {
    write(out, cells(fields, record, about)?.into_iter().map(Cow::Owned))
}

/// The cells of a record.
pub(super) fn cells(fields: &[String], record: &Record, about: Option<&About>) -> Result<Vec<String>, OutputError> {
    let mut value = serde_json::to_value(record)?;
    if let (Some(about), Value::Object(object), false) = (about, &mut value, fields.iter().any(|field| field == WHOLE))
    {
        about.put(object, record);
    }
    Ok(fields.iter().map(|field| cell(&value, field).into_owned()).collect())
}

fn write<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) -> Result<(), OutputError> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(cells.map(|cell| defused(cell).into_owned().into_bytes()))?;
    writer.flush()?;
    Ok(())
}

/// Protects a cell from spreadsheets that would read it as a formula: puts an apostrophe, the spreadsheet sign for
/// text, before it (OWASP, CSV Injection). A signed number is not a formula.
fn defused(cell: Cow<'_, str>) -> Cow<'_, str> {
    const BEGINS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let number = || cell.len() > 1 && cell[1..].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','));
    match cell.starts_with(BEGINS) && !(cell.is_char_boundary(1) && number()) {
        true => Cow::Owned(format!("'{cell}")),
        false => cell,
    }
}

/// The text of the cell at a path. In a mixed table, a quotation's span runs from the start of its first piece to the
/// end of its last, so that every row has a span.
fn cell<'a>(record: &'a Value, path: &str) -> Cow<'a, str> {
    if path == WHOLE {
        return Cow::Owned(record.to_string());
    }
    let path = match (path.strip_prefix("span"), record.get("span").is_none()) {
        (Some(rest), true) if record.get("content").is_some() => format!("content{rest}"),
        _ => path.to_owned(),
    };
    at(record, &path)
}

fn at<'a>(value: &'a Value, path: &str) -> Cow<'a, str> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match value {
        Value::Array(elements) => {
            Cow::Owned(elements.iter().map(|element| at(element, path)).collect::<Vec<_>>().join(" | "))
        }
        _ => match (value.get(first), rest) {
            (None, _) => Cow::Borrowed(""),
            (Some(inner), Some(rest)) => at(inner, rest),
            (Some(inner), None) => leaf(inner),
        },
    }
}

fn leaf(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null | Value::Object(_) => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(elements) => Cow::Owned(elements.iter().map(leaf).collect::<Vec<_>>().join(" | ")),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x.example\")", "'=HYPERLINK(\"http://x.example\")"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("- he said", "'- he said"),
            ("-", "'-"),
            ("-5", "-5"),
            ("+3.25", "+3.25"),
            ("-1,200", "-1,200"),
            ("a=b", "a=b"),
            (" =1", " =1"),
            ("“=1”", "“=1”"),
            ("", ""),
        ] {
            assert_eq!(defused(Cow::Borrowed(cell)), written, "{cell}");
        }
    }

    #[test]
    fn paths_reach_into_objects_and_lists() {
        let record = json!({"a": {"b": "x"}, "l": [{"t": "one"}, {"t": "two"}], "n": null, "r": ["p", "q"], "d": 1.5});
        for (path, text) in [("a.b", "x"), ("l.t", "one | two"), ("n", ""), ("r", "p | q"), ("d", "1.5"), ("a.c", "")] {
            assert_eq!(cell(&record, path), text, "{path}");
        }
    }

    /// The paths of all values in a schema, with lists and choices looked into.
    fn paths(schema: &Value, root: &Value, path: &str, depth: usize, out: &mut BTreeSet<String>) {
        let before = out.len();
        if depth > 12 {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
            paths(target, root, path, depth + 1, out);
        }
        for choice in ["anyOf", "oneOf", "allOf"] {
            for one in schema.get(choice).and_then(Value::as_array).into_iter().flatten() {
                paths(one, root, path, depth + 1, out);
            }
        }
        if let Some(items) = schema.get("items") {
            paths(items, root, path, depth + 1, out);
        }
        for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let dot = if path.is_empty() { "" } else { "." };
            paths(inner, root, &format!("{path}{dot}{name}"), depth + 1, out);
        }
        if out.len() == before && schema.get("type") != Some(&json!("null")) && !path.is_empty() {
            out.insert(path.to_owned());
        }
    }

    /// A field that a record gains has a column, or is named here; a column that no record has is a mistake.
    #[test]
    fn columns_and_records_do_not_drift_apart() {
        const KINDS: [RecordKind; 12] = {
            use RecordKind::*;
            [Document, Quote, Speaker, Figure, Claim, Check, Trace, Hit, Reuse, Sentence, Outlet, Rendering]
        };
        // What a row leaves to the other formats: parts of lists, the alignment, frames, and places beside their text.
        const LEFT_OUT: [&str; 14] = [
            "frame",
            "reviewed.at",
            "reviewed.field",
            "reviewed.old",
            // A rendering has its own.
            "uses.relation",
            "uses.changes",
            "ops",
            "attribution.quote",
            "slots.ours",
            "slots.theirs",
            "uses.attribution_drift",
            "uses.copies",
            "uses.copy_of",
            "uses.quote",
        ];
        let place = |path: &str| {
            let last = path.rsplit('.').next().unwrap_or_default();
            path.contains('.') && ["start", "end", "text", "page", "time"].contains(&last)
        };
        let mut generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
        let root = serde_json::to_value(generator.root_schema_for::<Record>()).expect("a schema");
        let kinds = root.get("oneOf").and_then(Value::as_array).expect("a choice of records");
        let mut wrong = Vec::new();
        for one in kinds {
            let name = one.pointer("/properties/record/const").and_then(Value::as_str).expect("its name");
            let kind = KINDS.into_iter().find(|kind| kind.name() == name).expect("a kind");
            let mut fields_of_it = BTreeSet::new();
            paths(one, &root, "", 0, &mut fields_of_it);
            let columns: BTreeSet<String> = fields(Shape::One(kind)).iter().map(|f| (*f).to_owned()).collect();
            let added = |c: &&String| c.starts_with("document.") || *c == "context";
            wrong.extend(
                columns.difference(&fields_of_it).filter(|c| !added(c)).map(|c| format!("{name}: no field {c}")),
            );
            let is_in = |path: &str, out: &str| {
                path.strip_prefix(out).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let left_out = |path: &&String| place(path) || LEFT_OUT.iter().any(|out| is_in(path, out));
            let missing = fields_of_it.difference(&columns).filter(|path| !left_out(path));
            wrong.extend(missing.map(|path| format!("{name}: no column {path}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
