//! The page of one finding, at an address made of its words (`/q/KEY/ID`), and the form by which a person judges it.
//!
//! The form is taken only from a page of ours: the guard refuses what another site caused, and the form must bring back the
//! token of this run.

use super::addresses::finding_address;
use super::library::LibraryError;
use super::pages::{LINKS, beside};
use super::{Library, address, broken, lost, shown};
use crate::document::Kind;
use crate::keys::Keys;
use crate::output::html::{self, ReadDocument};
use crate::output::words::{self, Listed};
use crate::review::{Judged, Judgement, Reviewed};
use crate::reviews::{Entry, now, old};
use crate::span::Span;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::Value;
use minijinja::value::Serde;
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, RandomState};

/// The secret of one run of the server, known to its pages alone.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl Token {
    /// A new one: two keyed hashes, whose keys the system drew at random.
    pub(super) fn new() -> Token {
        let part = || RandomState::new().hash_one(std::process::id());
        Token(format!("{:016x}{:016x}", part(), part()))
    }

    fn is(&self, given: &str) -> bool {
        same(&self.0, given)
    }
}

/// Whether a secret is the one that was given, in a time that does not tell where they differ.
pub(super) fn same(secret: &str, given: &str) -> bool {
    let differ = secret.bytes().zip(given.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == secret.len() && differ == 0
}

/// The form, as it is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    token: String,
    doc: String,
    key: String,
    verdict: Judgement,
    #[serde(default)]
    new: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    by: String,
}

/// What can be corrected of a kind of finding, and among what.
fn correctable(record: Judged) -> (Option<&'static str>, &'static [&'static str]) {
    match record {
        Judged::Quote => (Some("speaker"), &[]),
        Judged::Check => {
            (Some("verdict"), &["supported", "contradicted", "conflicting", "not-enough-evidence", "not-checkable"])
        }
        Judged::Trace => (Some("relation"), &["verbatim", "elided", "bracketed", "spliced", "altered", "not-found"]),
        Judged::Figure | Judged::Claim => (None, &[]),
    }
}

/// The finding of a document that has this key: its kind and its place.
pub(super) fn of_key(reading: &ReadDocument, key: &str) -> Option<(Judged, Span)> {
    let keys = Keys::all(&reading.document, &reading.extraction);
    keys.into_iter().find(|(known, ..)| known == key).map(|(_, record, span)| (record, span))
}

/// How an article tells a figure of a statement.
#[derive(Serialize)]
struct Rendering {
    words: String,
    label: &'static str,
    tone: &'static str,
    who: String,
    date: Option<String>,
    href: String,
}

fn rendering(article: &ReadDocument, check: usize) -> Rendering {
    let (document, found) = (&article.document, &article.checks[check]);
    let (label, tone) = html::group_heading(&Listed::of(found).name()).unwrap_or_default();
    Rendering {
        words: found.span.of(&document.text).to_owned(),
        label,
        tone,
        who: document.publisher.clone().unwrap_or_else(|| document.id.clone()),
        date: document.day().map(|day| day.to_string()),
        href: format!("{}#d0k{check}", address(&document.id)),
    }
}

/// The page of a finding.
pub(super) fn page(library: &Library, token: &Token, key: &str, id: &str) -> Response {
    let read = || -> Result<Response, LibraryError> {
        let Some(reading) = library.reading(id)? else {
            return Ok(lost(&format!("There is no document {id} in the index"), ""));
        };
        let Some((record, span)) = of_key(&reading, key) else {
            let why = "The finding is no longer in the document: its sentence was rewritten, or sayso reads it differently now.";
            return Ok(lost(why, &address(id)));
        };
        let (field, choices) = correctable(record);
        let reviews = library.reviews();
        let said: Vec<Reviewed> = reviews.of(id, key).map(|entry| entry.reviewed.clone()).collect();
        let by = said.last().map(|one| one.by.clone()).unwrap_or_default();
        let names: Vec<&str> = reading.extraction.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        let quote =
            reading.extraction.quotes.iter().enumerate().find(|(_, quote)| quote.content.first() == Some(&span));
        let place = match (record, quote) {
            (Judged::Quote, Some((n, _))) => format!("#d0q{n}"),
            (Judged::Check, _) => {
                reading.checks.iter().position(|c| c.span == span).map_or(String::new(), |n| format!("#d0k{n}"))
            }
            (Judged::Trace, _) => {
                reading.traces.iter().position(|t| t.quote == span).map_or(String::new(), |n| format!("#d0t{n}"))
            }
            _ => String::new(),
        };
        let quote = quote.filter(|_| record == Judged::Quote).map(|(_, quote)| quote);
        let what = match record {
            Judged::Quote => "a quotation",
            Judged::Figure => "a figure",
            Judged::Claim => "a claim",
            Judged::Check => "a figure checked",
            Judged::Trace => "a quotation traced",
        };
        let told = match record {
            Judged::Figure if reading.document.kind == Kind::Statement => {
                library.renderings(&reading.document, span)?
            }
            _ => Vec::new(),
        };
        let told: Vec<Rendering> = told.iter().map(|(article, n)| rendering(article, *n)).collect();
        let values: Vec<(&'static str, Value)> = vec![
            ("renderings", Serde(told).into()),
            ("what", what.into()),
            ("words", span.of(&reading.document.text).into()),
            ("field", field.into()),
            ("choices", Serde(choices).into()),
            ("now", old(&reading, record, span).into()),
            ("old", quote.is_some().into()),
            ("how", quote.map(|quote| words::how(quote.how)).into()),
            ("confidence", quote.map(|quote| words::confidence(quote.confidence)).into()),
            ("names", Serde(names).into()),
            ("said", Serde(said).into()),
            ("by", by.into()),
            ("token", token.0.as_str().into()),
            ("key", key.into()),
            ("link", finding_address(key, id).into()),
            ("place", place.into()),
        ];
        Ok(shown(html::finding_page(&beside(library, &reading)?, &LINKS, (record, span), values)))
    };
    read().unwrap_or_else(|error| broken(&error))
}

/// Keeps what was said, and shows the finding again.
pub(super) fn judge(library: &Library, token: &Token, said: Said) -> Response {
    if !token.is(&said.token) {
        return (StatusCode::FORBIDDEN, "the page is of an earlier run of sayso serve; load it again\n")
            .into_response();
    }
    let keep = || -> Result<Response, LibraryError> {
        let Some(reading) = library.untouched(&said.doc)? else {
            return Ok(lost(&format!("There is no document {} in the index", said.doc), ""));
        };
        let Some((record, span)) = of_key(&reading, &said.key) else {
            return Ok(lost("The finding is no longer in the document", &address(&said.doc)));
        };
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let corrected = said.verdict == Judgement::Corrected;
        let reviewed = Reviewed {
            by: said.by.trim().to_owned(),
            at: now(),
            verdict: said.verdict,
            field: correctable(record).0.filter(|_| corrected).map(str::to_owned),
            old: old(&reading, record, span),
            new: text(&said.new).filter(|_| corrected),
            note: text(&said.note),
        };
        let words = span.of(&reading.document.text).to_owned();
        library.judge(Entry { doc: said.doc.clone(), record, key: said.key.clone(), words, reviewed })?;
        Ok(Redirect::to(&finding_address(&said.key, &said.doc)).into_response())
    };
    match keep() {
        Ok(answer) => answer,
        Err(LibraryError::Review(error)) => (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response(),
        Err(error) => broken(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_runs_own() {
        let (one, other) = (Token::new(), Token::new());
        assert!(one.is(&one.0) && !one.is(&other.0) && !one.is("") && !one.is(&one.0[1..]));
    }
}
