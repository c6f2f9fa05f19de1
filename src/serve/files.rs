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

/// A name and the format that it is asked for as: by its ending, or by `?format=`.
pub(super) fn named<'n>(name: &'n str, format: Option<&str>) -> (&'n str, Option<Format>) {
    match parted(name) {
        Some((name, ending)) => (name, Some(ending)),
        None => (name, wanted(format)),
    }
}

/// A name without the ending of a file, and the format that it names.
pub(super) fn parted(name: &str) -> Option<(&str, Format)> {
    let (name, ending) = name.rsplit_once('.')?;
    Some((name, wanted(Some(ending))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_names_a_format_and_a_name_keeps_its_dots() {
        assert_eq!(named("Dana Holt.csv", Some("json")), ("Dana Holt", Some(Format::Csv)));
        assert_eq!(named("J. R. Holt", Some("json")), ("J. R. Holt", Some(Format::Json)));
        assert_eq!(parted("J. R. Holt"), None);
    }
}
