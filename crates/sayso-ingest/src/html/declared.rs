//! What a page says of its article in JSON-LD of schema.org.

use super::flow::words;
use super::{fragment, is_marked_up};
use dom_smoothie::Readability;
use serde_json::Value;
use std::collections::VecDeque;

/// What a page says of its article in JSON-LD.
#[derive(Default)]
pub(super) struct Article {
    pub(super) headline: Option<String>,
    pub(super) body: Option<String>,
    pub(super) date: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    /// Whether the page says that it is not free to read.
    pub(super) paid: bool,
}

impl Article {
    /// The first article (or posting, report, release) among the page's JSON-LD.
    pub(super) fn declared(page: &Readability) -> Article {
        let scripts = page.doc.select("script[type='application/ld+json']");
        let data: Vec<Value> =
            scripts.nodes().iter().filter_map(|s| serde_json::from_str(s.text().trim()).ok()).collect();
        // Breadth first: the page's own article stands above those that it links to.
        let mut queue: VecDeque<&Value> = data.iter().collect();
        while let Some(value) = queue.pop_front() {
            match value {
                Value::Array(items) => queue.extend(items),
                Value::Object(object) if is_article(&object.get("@type").cloned().unwrap_or_default()) => {
                    return Article::of(object);
                }
                Value::Object(object) => queue.extend(["@graph", "mainEntity"].iter().filter_map(|k| object.get(*k))),
                _ => {}
            }
        }
        Article::default()
    }

    fn of(object: &serde_json::Map<String, Value>) -> Article {
        let string = |key: &str| object.get(key).and_then(names).map(|v| words(&plain(&v))).filter(|v| !v.is_empty());
        let body = object.get("articleBody").and_then(Value::as_str).map(|b| {
            let lines = plain(b);
            lines.lines().map(words).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")
        });
        Article {
            headline: string("headline"),
            body: body.filter(|b| !b.is_empty()),
            date: string("datePublished"),
            byline: string("author"),
            publisher: string("publisher"),
            url: object.get("url").and_then(Value::as_str).map(str::to_string),
            lang: string("inLanguage"),
            paid: object.get("isAccessibleForFree").is_some_and(|free| match free {
                Value::Bool(free) => !free,
                Value::String(free) => free.eq_ignore_ascii_case("false"),
                _ => false,
            }),
        }
    }
}

/// Whether a JSON-LD `@type` is that of a text with a headline.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report",
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// A string, the `name` of an object, or those of a list with commas between them.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => object.get("name").filter(|n| n.is_string()).and_then(names),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().filter(|v| !v.is_array()).filter_map(names).collect();
            (!list.is_empty()).then(|| list.join(", "))
        }
        _ => None,
    }
}

/// A string of JSON-LD without the tags and character references that some pages leave in it. Its line breaks stay, which
/// HTML would fold like other white space.
fn plain(text: &str) -> String {
    if is_marked_up(text) { fragment(&text.replace('\n', "<br>")) } else { text.to_string() }
}
