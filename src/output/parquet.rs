//! Apache Parquet: a row a record, typed as the JSON Schema of that record says; spans and other objects are groups, lists
//! are lists. Records are gathered and written a row group at a time, so that memory holds one.
//!
//! The values go the way of Dremel: each leaf of the schema is a column of its own, beside whose values two numbers say how
//! much of its path is there and where a list begins anew.

use super::OutputError;
use crate::record::{Record, RecordKind};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Records in a row group.
const GROUP: usize = 20_000;

/// What stands at a place of a record.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Text,
    Whole,
    Real,
    Truth,
    List(Box<Node>),
    Group(Vec<(String, Node)>),
}

/// Writes records of one kind.
pub(super) struct Table {
    root: Vec<(String, Node)>,
    writer: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    rows: Vec<Value>,
}

/// Finished bytes on their way out.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn failed(error: ParquetError) -> OutputError {
    OutputError::Memory(io::Error::other(error))
}

impl Table {
    /// A table of the records of a kind; of several kinds, where there is none: each as JSON beside what all share.
    pub(super) fn new(kind: Option<RecordKind>) -> Result<Table, OutputError> {
        let root = match kind {
            Some(kind) => [schema(kind), about()].concat(),
            None => ["record", "doc", "id", "kind", "json"].map(|name| (name.to_owned(), Node::Text)).to_vec(),
        };
        let fields = root.iter().map(|(name, node)| parquet_type(name, node)).collect::<Result<_, _>>();
        let whole = fields.and_then(|fields| Type::group_type_builder("record").with_fields(fields).build());
        let level = ZstdLevel::try_new(3).map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
        let buffer = Buffer::default();
        let writer = SerializedFileWriter::new(buffer.clone(), Arc::new(whole.map_err(failed)?), Arc::new(properties));
        Ok(Table { root, writer: writer.map_err(failed)?, buffer, rows: Vec::new() })
    }

    /// Takes in records; gives the bytes that are ready.
    pub(super) fn push(&mut self, rows: Vec<Value>) -> Result<Vec<u8>, OutputError> {
        self.rows.extend(rows);
        while self.rows.len() >= GROUP {
            let rest = self.rows.split_off(GROUP);
            let rows = std::mem::replace(&mut self.rows, rest);
            self.group(&rows)?;
        }
        Ok(self.buffer.take())
    }

    /// Writes what waits; gives the bytes.
    pub(super) fn flush(&mut self) -> Result<Vec<u8>, OutputError> {
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.group(&rows)?;
        }
        Ok(self.buffer.take())
    }

    /// Writes what is left and the end of the file; gives the bytes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, OutputError> {
        let mut rest = self.flush()?;
        self.writer.close().map_err(failed)?;
        rest.append(&mut self.buffer.take());
        Ok(rest)
    }

    fn group(&mut self, rows: &[Value]) -> Result<(), OutputError> {
        let mut columns = Vec::new();
        self.root.iter().for_each(|(_, node)| leaves(node, &mut columns));
        for row in rows {
            let mut at = 0;
            for (name, node) in &self.root {
                let value = match name.as_str() {
                    "json" if row.get("json").is_none() => Some(Value::String(row.to_string())),
                    _ => None,
                };
                shred(node, value.as_ref().or_else(|| row.get(name)), 0, 0, 0, &mut columns, &mut at);
            }
        }
        let mut group = self.writer.next_row_group().map_err(failed)?;
        let mut columns = columns.into_iter();
        while let (Some(mut to), Some(column)) = (group.next_column().map_err(failed)?, columns.next()) {
            let (defined, repeated) = (Some(column.defined.as_slice()), Some(column.repeated.as_slice()));
            let written = match &column.values {
                Values::Text(values) => to.typed::<ByteArrayType>().write_batch(values, defined, repeated),
                Values::Whole(values) => to.typed::<Int64Type>().write_batch(values, defined, repeated),
                Values::Real(values) => to.typed::<DoubleType>().write_batch(values, defined, repeated),
                Values::Truth(values) => to.typed::<BoolType>().write_batch(values, defined, repeated),
            };
            written.map_err(failed)?;
            to.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        Ok(())
    }
}

/// What a record's document is, beside the record, and the sentence that it stands in.
fn about() -> Vec<(String, Node)> {
    let text = |name: &str| (name.to_owned(), Node::Text);
    let document = ["publisher", "date", "title", "url"].map(text).to_vec();
    vec![("document".to_owned(), Node::Group(document)), text("context")]
}

/// The type of a field.
fn parquet_type(name: &str, node: &Node) -> Result<Arc<Type>, ParquetError> {
    let leaf = |physical, logical| {
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    };
    match node {
        Node::Text => leaf(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Node::Whole => leaf(Physical::INT64, None),
        Node::Real => leaf(Physical::DOUBLE, None),
        Node::Truth => leaf(Physical::BOOLEAN, None),
        Node::List(element) => {
            let element = parquet_type("element", element)?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let list = list.with_fields(vec![element]).build()?;
            let field = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL);
            field.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(list)]).build().map(Arc::new)
        }
        Node::Group(fields) => {
            let fields = fields.iter().map(|(name, node)| parquet_type(name, node)).collect::<Result<_, _>>()?;
            let field = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL);
            field.with_fields(fields).build().map(Arc::new)
        }
    }
}

/// A leaf's values and levels.
struct Column {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Truth(Vec<bool>),
}

/// An empty column for each leaf.
fn leaves(node: &Node, columns: &mut Vec<Column>) {
    let values = match node {
        Node::Text => Values::Text(Vec::new()),
        Node::Whole => Values::Whole(Vec::new()),
        Node::Real => Values::Real(Vec::new()),
        Node::Truth => Values::Truth(Vec::new()),
        Node::List(element) => return leaves(element, columns),
        Node::Group(fields) => return fields.iter().for_each(|(_, node)| leaves(node, columns)),
    };
    columns.push(Column { values, defined: Vec::new(), repeated: Vec::new() });
}

/// Lays a value into the columns of its leaves. `defined` counts what of the path is there, `repeated` is the level at
/// which it repeats, `lists` how many lists it stands in; `at` is the column of the next leaf.
fn shred(
    node: &Node,
    value: Option<&Value>,
    defined: i16,
    repeated: i16,
    lists: i16,
    columns: &mut [Column],
    at: &mut usize,
) {
    let value = value.filter(|value| !value.is_null());
    match node {
        Node::Group(fields) => {
            let deeper = defined + i16::from(value.is_some());
            for (name, node) in fields {
                shred(node, value.and_then(|value| value.get(name)), deeper, repeated, lists, columns, at);
            }
        }
        Node::List(element) => {
            let items = value.and_then(Value::as_array);
            let first = *at;
            match items.filter(|items| !items.is_empty()) {
                None => shred(element, None, defined + i16::from(items.is_some()), repeated, lists + 1, columns, at),
                Some(items) => {
                    for (n, item) in items.iter().enumerate() {
                        *at = first;
                        let repeated = if n == 0 { repeated } else { lists + 1 };
                        shred(element, Some(item), defined + 2, repeated, lists + 1, columns, at);
                    }
                }
            }
        }
        leaf => {
            let column = &mut columns[*at];
            *at += 1;
            let there = value.is_some_and(|value| put(leaf, value, &mut column.values));
            column.defined.push(defined + i16::from(there));
            column.repeated.push(repeated);
        }
    }
}

/// Adds a leaf's value; false where it is none of its type.
fn put(leaf: &Node, value: &Value, values: &mut Values) -> bool {
    match (leaf, values) {
        (Node::Text, Values::Text(all)) => all.push(match value {
            Value::String(text) => text.as_str().into(),
            other => other.to_string().as_str().into(),
        }),
        (Node::Whole, Values::Whole(all)) => match value.as_i64() {
            Some(number) => all.push(number),
            None => return false,
        },
        (Node::Real, Values::Real(all)) => match value.as_f64() {
            Some(number) => all.push(number),
            None => return false,
        },
        (Node::Truth, Values::Truth(all)) => match value.as_bool() {
            Some(truth) => all.push(truth),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// The fields of a kind of record, by the JSON Schema.
fn schema(kind: RecordKind) -> Vec<(String, Node)> {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let whole = generator.root_schema_for::<Record>().to_value();
    let empty = Map::new();
    let definitions = whole.get("$defs").and_then(Value::as_object).unwrap_or(&empty);
    let is_kind = |one: &&Value| one.pointer("/properties/record/const").and_then(Value::as_str) == Some(kind.name());
    let found = whole.get("oneOf").and_then(Value::as_array).into_iter().flatten().find(is_kind);
    match found.map(|schema| node(schema, definitions, 12)) {
        Some(Node::Group(fields)) => fields,
        _ => vec![("json".to_owned(), Node::Text)],
    }
}

/// What a JSON Schema describes; what it leaves open is text: the value as JSON.
fn node(schema: &Value, definitions: &Map<String, Value>, depth: usize) -> Node {
    let resolved = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    let resolved = resolved.and_then(|name| definitions.get(name));
    if depth == 0 {
        return Node::Text;
    }
    // A variant of the records: its own fields, and those of the type inside.
    if let Some(inner) = resolved {
        let mut fields = properties(schema, definitions, depth);
        return match node(inner, definitions, depth - 1) {
            Node::Group(more) => {
                fields.extend(more);
                Node::Group(fields)
            }
            other => other,
        };
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(list) = schema.get(several).and_then(Value::as_array) {
            let real: Vec<&Value> =
                list.iter().filter(|one| one.get("type").and_then(Value::as_str) != Some("null")).collect();
            return match real.as_slice() {
                [one] => node(one, definitions, depth - 1),
                _ => Node::Text,
            };
        }
    }
    let named = match schema.get("type") {
        Some(Value::String(name)) => name.as_str(),
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("string")
        }
        _ if schema.get("properties").is_some() => "object",
        _ => "string",
    };
    match named {
        "integer" => Node::Whole,
        "number" => Node::Real,
        "boolean" => Node::Truth,
        "array" => {
            let element = schema.get("items").map_or(Node::Text, |items| node(items, definitions, depth - 1));
            Node::List(Box::new(element))
        }
        "object" => {
            let fields = properties(schema, definitions, depth);
            if fields.is_empty() { Node::Text } else { Node::Group(fields) }
        }
        _ => Node::Text,
    }
}

fn properties(schema: &Value, definitions: &Map<String, Value>, depth: usize) -> Vec<(String, Node)> {
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    fields.map(|(name, schema)| (name.clone(), node(schema, definitions, depth - 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::json;

    /// What was read, as JSON.
    fn value(field: &Field) -> Value {
        match field {
            Field::Bool(truth) => json!(truth),
            Field::Long(number) => json!(number),
            Field::Double(number) => json!(number),
            Field::Str(text) => json!(text),
            Field::Group(row) => {
                row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect::<Map<_, _>>().into()
            }
            Field::ListInternal(list) => list.elements().iter().map(value).collect::<Vec<_>>().into(),
            _ => Value::Null,
        }
    }

    #[test]
    fn records_come_back_as_they_were() {
        let mut table = Table::new(Some(RecordKind::Quote)).unwrap();
        let span = |start: u32, text: &str| json!({"start": start, "end": start + text.len() as u32, "text": text});
        let rows = vec![
            json!({"record": "quote", "doc": "a", "id": "a#q1", "kind": "direct", "content": [span(1, "one"), span(9, "two")],
                "cue": null, "balanced": true, "because": ["cue"], "document": {"title": "T", "date": null}}),
            json!({"record": "quote", "doc": "b", "id": "b#q1", "content": [], "cue": span(4, "said"), "speaker": {"name": "Ada"}}),
            json!({"record": "quote", "doc": "c", "id": "c#q1"}),
        ];
        let mut bytes = table.push(rows).unwrap();
        bytes.extend(table.finish().unwrap());
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let read: Vec<Value> =
            reader.get_row_iter(None).unwrap().map(|row| value(&Field::Group(row.unwrap()))).collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0]["content"][1], json!({"start": 9, "end": 12, "text": "two", "page": null, "time": null}));
        assert_eq!((&read[0]["cue"], &read[0]["balanced"]), (&Value::Null, &json!(true)));
        assert_eq!((&read[1]["content"], &read[1]["cue"]["text"]), (&json!([]), &json!("said")));
        assert_eq!(read[1]["speaker"]["name"], json!("Ada"));
        assert_eq!((&read[2]["content"], &read[0]["document"]["title"]), (&Value::Null, &json!("T")));
    }

    #[test]
    fn every_kind_has_a_schema() {
        for kind in RecordKind::ALL.into_iter().chain([RecordKind::Check, RecordKind::Trace, RecordKind::Hit]) {
            let fields = schema(kind);
            assert!(fields.len() > 5 && fields.iter().any(|(name, _)| name == "doc"), "{kind:?}: {fields:?}");
            assert!(Table::new(Some(kind)).is_ok());
        }
    }
}
