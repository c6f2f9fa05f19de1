//! The tools: what each is asked and answers, with the schemas of both, made from the same types.

use crate::ask::asked::{CoverageAsked, DocumentAsked, FigureAsked, QuotesAsked, SearchAsked, WordsAsked};
use crate::ask::{Archive, AskError, Checked, Coverage, Excerpt, Quoted, SearchAnswer, Verified};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A tool.
struct Tool {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    input: fn() -> Value,
    output: fn() -> Value,
    call: fn(&Archive, Value) -> Result<String, String>,
}

const TOOLS: [Tool; 7] = [
    Tool {
        name: "search",
        title: "Search",
        description: "Documents that hold words, phrases, figures or a speaker, each with the places in the text.",
        input: input::<SearchAsked>,
        output: output::<SearchAnswer>,
        call: |archive, value| ask(value, |asked: SearchAsked| archive.search(&asked)),
    },
    Tool {
        name: "quotes",
        title: "Quotations",
        description: "Quotations of a document, of a speaker, or with certain words: who said what, and how sure that is.",
        input: input::<QuotesAsked>,
        output: output::<Quoted>,
        call: |archive, value| ask(value, |asked: QuotesAsked| archive.quotes(&asked)),
    },
    Tool {
        name: "who_said",
        title: "Who said this?",
        description: "Whose words these are: the passages that hold them, with the speaker there (`statement_speaker`, `quotation.speaker`). Nobody is named where no document names anybody.",
        input: input::<WordsAsked>,
        output: output::<Verified>,
        call: |archive, value| ask(value, |asked: WordsAsked| archive.verify(&asked)),
    },
    Tool {
        name: "verify_quotation",
        title: "Verify a quotation",
        description: "Whether words stand in a statement or an article: verbatim, altered with the edit, or not-found. Call it before you quote anybody. `attribution_drift` is true where `speaker` is not who says them there.",
        input: input::<WordsAsked>,
        output: output::<Verified>,
        call: |archive, value| ask(value, |asked: WordsAsked| archive.verify(&asked)),
    },
    Tool {
        name: "check_figure",
        title: "Check a figure",
        description: "The figures of a sentence beside the statements: supported, contradicted, conflicting, or not to be told, with the figure of the source.",
        input: input::<FigureAsked>,
        output: output::<Checked>,
        call: |archive, value| ask(value, |asked: FigureAsked| archive.check_figure(&asked)),
    },
    Tool {
        name: "statement_coverage",
        title: "Coverage of a statement",
        description: "Which sentences of a statement were used, by whom, and how: quoted verbatim, altered, or repeated without marks.",
        input: input::<CoverageAsked>,
        output: output::<Coverage>,
        call: |archive, value| ask(value, |asked: CoverageAsked| archive.coverage(&asked)),
    },
    Tool {
        name: "document",
        title: "Read a document",
        description: "A document of the index: its metadata and a part of its text, character for character.",
        input: input::<DocumentAsked>,
        output: output::<Excerpt>,
        call: |archive, value| ask(value, |asked: DocumentAsked| archive.document(&asked)),
    },
];

/// The names of the tools.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TOOLS.iter().map(|tool| tool.name)
}

/// The tools, as the protocol lists them.
pub(super) fn list() -> Vec<Value> {
    let listed = |tool: &Tool| {
        json!({
            "name": tool.name,
            "title": tool.title,
            "description": tool.description,
            "inputSchema": (tool.input)(),
            "outputSchema": (tool.output)(),
            "annotations": {"title": tool.title, "readOnlyHint": true, "openWorldHint": false},
        })
    };
    TOOLS.iter().map(listed).collect()
}

/// The answer of a tool as JSON, or what is wrong; nothing where there is no such tool.
pub(super) fn call(archive: &Archive, name: &str, arguments: Value) -> Option<Result<String, String>> {
    TOOLS.iter().find(|tool| tool.name == name).map(|tool| (tool.call)(archive, arguments))
}

fn ask<Q: DeserializeOwned>(
    arguments: Value,
    answer: impl FnOnce(Q) -> Result<String, AskError>,
) -> Result<String, String> {
    let asked = serde_json::from_value(arguments).map_err(|error| format!("the arguments: {error}"))?;
    answer(asked).map_err(|error| error.to_string())
}

fn input<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// The schema of an answer. What the fields of records mean is told once, by `sayso schema`: an assistant would carry it
/// seven times.
fn output<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    schema.get_mut("$defs").into_iter().for_each(without_descriptions);
    schema
}

fn without_descriptions(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // A property of that name has a schema, not a text.
            if fields.get("description").is_some_and(Value::is_string) {
                fields.remove("description");
            }
            fields.values_mut().for_each(without_descriptions);
        }
        Value::Array(items) => items.iter_mut().for_each(without_descriptions),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_has_schemas_of_objects_with_every_field_described() {
        for tool in list() {
            for schema in ["inputSchema", "outputSchema"] {
                let schema = &tool[schema];
                assert_eq!(schema["type"], "object", "{tool}");
                for (name, field) in schema["properties"].as_object().unwrap() {
                    assert!(field.get("description").is_some(), "{} {name}", tool["name"]);
                }
            }
        }
    }
}
