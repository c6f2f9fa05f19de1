//! `/api`: what a program asks by POST, as JSON, and answers with the records. [`crate::ask`] knows the answers;
//! `/api/openapi.json` describes both.
//!
//! The rules are those of the pages: only this machine, no stranger's page, a few at once. A question is JSON and says so:
//! a form of another page cannot send that.

use super::{App, Lane};
use crate::ask::asked::{Compared, SearchAsked, Text};
use crate::ask::{Archive, AskError, Checked, Extracted, SearchAnswer, Traced};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The most bytes of a question.
pub(super) const LARGEST: usize = 4 << 20;

/// A path of the interface.
struct Path {
    path: &'static str,
    summary: &'static str,
    question: fn(&mut SchemaGenerator) -> Schema,
    answer: fn(&mut SchemaGenerator) -> Schema,
}

const PATHS: [Path; 4] = [
    Path {
        path: "/api/extract",
        summary: "Every record of a text: document, quotations, speakers, figures, claims",
        question: SchemaGenerator::subschema_for::<Text>,
        answer: SchemaGenerator::subschema_for::<Extracted<'static>>,
    },
    Path {
        path: "/api/check",
        summary: "The figures of an article beside statements: those that are sent, or those of the index",
        question: SchemaGenerator::subschema_for::<Compared>,
        answer: SchemaGenerator::subschema_for::<Checked<'static>>,
    },
    Path {
        path: "/api/trace",
        summary: "The quotations of an article beside statements: those that are sent, or those of the index",
        question: SchemaGenerator::subschema_for::<Compared>,
        answer: SchemaGenerator::subschema_for::<Traced<'static>>,
    },
    Path {
        path: "/api/search",
        summary: "The documents of the index that a search finds, each with the places",
        question: SchemaGenerator::subschema_for::<SearchAsked>,
        answer: SchemaGenerator::subschema_for::<SearchAnswer<'static>>,
    },
];

pub(super) async fn extract(app: State<Arc<App>>, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    ask(app, headers, body, Archive::extract).await
}

pub(super) async fn check(app: State<Arc<App>>, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    ask(app, headers, body, Archive::check).await
}

pub(super) async fn trace(app: State<Arc<App>>, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    ask(app, headers, body, Archive::trace).await
}

pub(super) async fn search(app: State<Arc<App>>, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    ask(app, headers, body, |archive, asked: SearchAsked| archive.search(&asked)).await
}

async fn ask<Q: DeserializeOwned + Send + 'static>(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
    answer: impl FnOnce(&Archive, Q) -> Result<String, AskError> + Send + 'static,
) -> Response {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return fault(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send JSON, as `Content-Type: application/json`");
    }
    let body = match body {
        Ok(body) => body,
        Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return fault(refused.status(), &format!("at most {LARGEST} bytes are read at once"));
        }
        Err(refused) => return fault(refused.status(), &refused.body_text()),
    };
    // serde takes a list for an object whose fields all have defaults.
    if body.trim_ascii_start().first().is_some_and(|byte| *byte != b'{') {
        return fault(StatusCode::BAD_REQUEST, "the question: it is no JSON object");
    }
    let asked: Q = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return fault(StatusCode::BAD_REQUEST, &format!("the question: {error}")),
    };
    app.answer(Lane::Long, move |now| match answer(&now.library.archive, asked) {
        Ok(answer) => ([(header::CONTENT_TYPE, "application/json")], answer).into_response(),
        Err(error @ AskError::NoDocument(_)) => fault(StatusCode::NOT_FOUND, &error.to_string()),
        Err(error) if error.is_asked() => fault(StatusCode::BAD_REQUEST, &error.to_string()),
        Err(error) => fault(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    })
    .await
}

/// Why there is no answer, as JSON.
fn fault(status: StatusCode, why: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], json!({"error": why}).to_string()).into_response()
}

/// The description of the interface.
pub(super) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], described().to_string()).into_response()
}

/// The description, as OpenAPI 3.1.
fn described() -> Value {
    let at = |settings: SchemaSettings| {
        settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator()
    };
    let mut asked = at(SchemaSettings::draft2020_12().for_deserialize());
    let mut answered = at(SchemaSettings::draft2020_12().for_serialize());
    let fault = json!({
        "type": "object", "required": ["error"],
        "properties": {"error": {"type": "string", "description": "What is wrong, and what would help."}},
    });
    let mut paths = Map::new();
    for path in &PATHS {
        let (question, answer) = ((path.question)(&mut asked), (path.answer)(&mut answered));
        let mut responses = Map::new();
        responses.insert(
            "200".to_owned(),
            json!({
                "description": "The answer", "content": {"application/json": {"schema": answer}},
            }),
        );
        for (status, why) in [
            ("400", "The question is at fault"),
            ("404", "A document that it names is not in the index"),
            ("413", "The question is too large"),
            ("415", "The question is not sent as JSON"),
            ("500", "The index could not be read"),
        ] {
            let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}});
            responses.insert(status.to_owned(), json!({"description": why, "content": content}));
        }
        for (status, why) in [
            ("403", "Another page, or another machine, asked"),
            ("408", "The question took too long to arrive"),
            ("503", "Too much at once"),
        ] {
            responses.insert(
                status.to_owned(),
                json!({"description": why, "content": {"text/plain": {"schema": {"type": "string"}}}}),
            );
        }
        let body = json!({"required": true, "content": {"application/json": {"schema": question}}});
        let name = path.path.trim_start_matches("/api/");
        paths.insert(
            path.path.to_owned(),
            json!({"post": {"operationId": name, "summary": path.summary, "requestBody": body, "responses": responses}}),
        );
    }
    let mut schemas = answered.take_definitions(true);
    schemas.extend(asked.take_definitions(true));
    schemas.insert("Fault".to_owned(), fault);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "sayso",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Quotations, speakers, figures and claims of a text, and statements beside them. A verdict says what a named source states, never that something is true. Offsets are half-open and count what `sayso serve --offsets` says (code points, if nothing).",
        },
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_description_leads_to_a_schema() {
        let description = described();
        let text = description.to_string();
        let references = text.split("\"$ref\":\"#/components/schemas/").skip(1);
        let names: Vec<&str> = references.filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.len() > 20);
        for name in names {
            assert!(description["components"]["schemas"].get(name).is_some(), "{name}");
        }
        assert_eq!(description["paths"].as_object().unwrap().len(), PATHS.len());
    }
}
