//! The views as files: the ending or `?format=` that asks for one, and the answer that holds it.

use crate::output::Format;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What a view is asked for as: a page, or a file.
pub(super) fn wanted(format: Option<&str>) -> Option<Format> {
    match format {
        Some("json") => Some(Format::Json),
        Some("jsonl") => Some(Format::Jsonl),
        Some("csv") => Some(Format::Csv),
        _ => None,
    }
}

/// A file of records.
pub(super) fn file(format: Format, bytes: Vec<u8>) -> Response {
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Json => "application/json; charset=utf-8",
        _ => "application/x-ndjson; charset=utf-8",
    };
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// A picture that opens by itself. It runs nothing.
pub(super) struct Picture(pub String);

impl IntoResponse for Picture {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "image/svg+xml; charset=utf-8")], self.0).into_response()
    }
}

/// A name without the ending of a file, and the format that it names.
pub(super) fn parted(name: &str) -> Option<(&str, Format)> {
    let (name, ending) = name.rsplit_once('.')?;
    Some((name, wanted(Some(ending))?))
}
