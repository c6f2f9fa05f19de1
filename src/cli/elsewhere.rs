//! `sayso search --url`: the same search, asked of Elasticsearch, OpenSearch or Quickwit, which hold what `sayso export`
//! wrote. The engine gives every document that may match; they are put into an index of their own, for as long as the command
//! runs, and searched there, so that the answer is the one that a local index gives.

use super::context::Context;
use crate::document::{Document, Kind};
use crate::index::{Backend, Index, SearchQuery, WriterOptions, wider};
use crate::stream::extract;
use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

/// So many documents are asked for at once.
const AT_ONCE: usize = 200;

/// So many are asked for at most: what the engines give without a cursor.
const MOST: usize = 10_000;

/// An answer is not longer.
const LONGEST: u64 = 1 << 30;

/// The variable that holds the value of the header `Authorization`.
const SECRET: &str = "SAYSO_SEARCH_AUTH";

/// What an engine answers, as far as it is of use.
#[derive(Deserialize)]
struct Answer {
    hits: Hits,
}

#[derive(Deserialize)]
struct Hits {
    hits: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "_source")]
    source: Source,
}

/// A document as `sayso export` writes it.
#[derive(Deserialize)]
struct Source {
    id: String,
    kind: Kind,
    title: Option<String>,
    publisher: Option<String>,
    byline: Option<String>,
    speaker: Option<String>,
    date: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    text: String,
}

impl From<Source> for Document {
    fn from(source: Source) -> Document {
        let Source { id, kind, title, publisher, byline, speaker, date, url, lang, text } = source;
        Document { kind, title, publisher, byline, speaker, date, url, lang, ..Document::new(id, text) }
    }
}

/// An index of what an engine gave, in a folder that goes with it.
pub(super) struct Gathered {
    /// The index.
    pub index: Index,
    _folder: TempDir,
}

/// Asks an engine until `query` has as many documents as it wants, or the engine has no more.
pub(super) fn gathered(context: &Context, url: &str, query: &SearchQuery) -> anyhow::Result<Gathered> {
    let address = address(url)?;
    let backend = if address.contains("/_elastic/") { Backend::Quickwit } else { Backend::Elastic };
    let mut body = wider(query, backend)?;
    let folder = tempfile::tempdir()?;
    let index = Index::open_or_create(folder.path())?;
    let wanted = query.limit.saturating_add(query.offset) as u64;
    let mut from = 0;
    loop {
        body["from"] = json!(from);
        body["size"] = json!(AT_ONCE);
        let hits = ask(&address, &body).with_context(|| format!("asking {address}"))?;
        let (last, mut writer) = (hits.len() < AT_ONCE, index.writer(&WriterOptions::default())?);
        for found in hits {
            let document = Document::from(found.source);
            match extract(&document, &context.reader) {
                Ok(extraction) => _ = writer.put(&document, &extraction)?,
                Err(dense) => context.warn(&format!("{}: {dense}", document.id)),
            }
        }
        writer.commit()?;
        from += AT_ONCE;
        let matching = index.search(&SearchQuery { limit: 0, offset: 0, ..query.clone() })?.total;
        if last || matching >= wanted {
            break;
        }
        if from >= MOST {
            context.warn(&format!("more than {MOST} documents may match; what is behind them was not looked at"));
            break;
        }
    }
    Ok(Gathered { index, _folder: folder })
}

/// The address of the engine's search.
fn address(url: &str) -> anyhow::Result<String> {
    if !url.starts_with("http://") {
        bail!("--url {url}: an address that begins with http:// is needed; a proxy on this machine can speak TLS");
    }
    let plain = url.trim_end_matches('/');
    if plain.matches('/').count() < 3 {
        bail!("--url {url}: the name of the index is missing, as in http://localhost:9200/sayso");
    }
    Ok(format!("{plain}/_search"))
}

fn ask(address: &str, body: &serde_json::Value) -> anyhow::Result<Vec<Found>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let mut request = agent.post(address).header("Content-Type", "application/json");
    if let Ok(secret) = std::env::var(SECRET) {
        request = request.header("Authorization", secret);
    }
    let mut response = request.send(serde_json::to_vec(body)?)?;
    let status = response.status();
    let text = response.body_mut().with_config().limit(LONGEST).read_to_string()?;
    if !status.is_success() {
        let told: String = text.chars().take(400).collect();
        bail!("the engine answered {status}: {told}");
    }
    let answer: Answer = serde_json::from_str(&text)
        .context("the answer holds no documents of sayso; `sayso export --to es-bulk` and its --mapping write them")?;
    Ok(answer.hits.hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_an_index() {
        assert_eq!(address("http://localhost:9200/sayso/").unwrap(), "http://localhost:9200/sayso/_search");
        for wrong in ["localhost:9200/sayso", "https://host/sayso", "http://localhost:9200", "http://localhost:9200/"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
