//! The page in a browser: an index goes in, a small web server on loopback comes out. Nothing is reached from outside
//! this machine, and no page loads anything from elsewhere.
//!
//! | path | gives |
//! |---|---|
//! | `/` | the report page over the index |
//! | `/search?q=` | hits with their places |
//! | `/doc/ID` | a document with its findings marked |
//! | `/records.jsonl` | every record |

use crate::index::{Index, SearchQuery};
use crate::output::html::{self, Page, Reading};
use crate::record::Hit;
use crate::record::Records;
use crate::span::Offsets;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use minijinja::context;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

/// What the pages are made of.
pub struct Library {
    /// The index, for searching.
    pub index: Index,
    /// Its documents, compared.
    pub readings: Vec<Reading>,
    /// How many reference tables they were compared with.
    pub tables: usize,
    /// What offsets count in `/records.jsonl`.
    pub offsets: Offsets,
}

/// Why the server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or may not be used.
    #[error("listening on 127.0.0.1:{port}: {error}; choose another with --port")]
    Listen {
        /// The port.
        port: u16,
        /// What the system said.
        error: std::io::Error,
    },
    /// The runtime broke off.
    #[error("serving: {0}")]
    Io(#[from] std::io::Error),
    /// The page could not be made.
    #[error(transparent)]
    Page(#[from] html::PageError),
}

struct App {
    page: String,
    // The index reads its store through a cache that is not shared between threads.
    library: Mutex<Library>,
}

/// Serves until Ctrl-C. `ready` is told the address once requests are answered.
pub fn serve(library: Library, port: u16, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let page = Page::new(&library.readings, library.tables).html()?;
    let app = Arc::new(App { page, library: Mutex::new(library) });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener =
            tokio::net::TcpListener::bind(address).await.map_err(|error| ServeError::Listen { port, error })?;
        ready(listener.local_addr()?);
        let stop = async {
            // Without the signal there is no graceful end, only the abrupt one.
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, router(app)).with_graceful_shutdown(stop).await?;
        Ok(())
    })
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(|State(app): State<Arc<App>>| async move { Html(app.page.clone()) }))
        .route("/search", get(search))
        .route("/doc/{*id}", get(document))
        .route("/records.jsonl", get(records))
        .layer(middleware::from_fn(guard))
        .with_state(app)
}

/// Answers only what was asked of this machine by name, so that a page elsewhere cannot reach in through a name of its
/// own (DNS rebinding), and lets no page load anything.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost") {
        return (StatusCode::FORBIDDEN, "sayso answers on 127.0.0.1 only\n").into_response();
    }
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'self'; \
                  base-uri 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Serialize)]
struct HitItem<'a> {
    href: String,
    /// In pieces, each with whether the query means it.
    title: Vec<(bool, &'a str)>,
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    kind: &'static str,
    places: Vec<[&'a str; 3]>,
}

async fn search(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Response {
    let library = app.library.lock().unwrap_or_else(PoisonError::into_inner);
    let query = asked.q.trim();
    let (hits, error) = match query {
        "" => (Default::default(), None),
        _ => match library.index.search(&SearchQuery { limit: 50, ..SearchQuery::new(query) }) {
            Ok(hits) => (hits, None),
            Err(error) => (Default::default(), Some(error.to_string())),
        },
    };
    let items: Vec<HitItem> = hits.hits.iter().map(item).collect();
    let values = context! { query, total => hits.total, hits => minijinja::value::Serde(items), error };
    shown(html::render("search.html", values))
}

fn item(hit: &Hit) -> HitItem<'_> {
    let name = hit.document.title.as_deref().unwrap_or(&hit.document.id);
    let (mut title, mut done) = (Vec::new(), 0);
    for span in hit.title.iter().map(|span| span.range()).filter(|range| name.get(range.clone()).is_some()) {
        title.extend([(false, &name[done..span.start]), (true, &name[span.clone()])]);
        done = span.end;
    }
    title.push((false, &name[done..]));
    HitItem {
        href: format!("/doc/{}", encoded(&hit.document.id)),
        title,
        publisher: hit.document.publisher.as_deref(),
        date: hit.document.date.as_deref(),
        kind: hit.document.kind.name(),
        places: hit.places.iter().map(|place| hit.parts(place)).collect(),
    }
}

async fn document(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    let library = app.library.lock().unwrap_or_else(PoisonError::into_inner);
    match html::document_page(&library.readings, &id) {
        Ok(None) => (StatusCode::NOT_FOUND, format!("there is no document {id}\n")).into_response(),
        Ok(Some(page)) => Html(page).into_response(),
        Err(error) => shown(Err(error)),
    }
}

async fn records(State(app): State<Arc<App>>) -> Response {
    let library = app.library.lock().unwrap_or_else(PoisonError::into_inner);
    let mut lines = Vec::new();
    for reading in &library.readings {
        for record in Records::new(&reading.document, &reading.extraction, library.offsets).all() {
            if serde_json::to_writer(&mut lines, &record).is_err() {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
            lines.push(b'\n');
        }
    }
    ([(header::CONTENT_TYPE, "application/x-ndjson; charset=utf-8")], Body::from(lines)).into_response()
}

fn shown(page: Result<String, html::PageError>) -> Response {
    match page {
        Ok(page) => Html(page).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

/// An id as a part of a URL: what is not unreserved (RFC 3986, 2.3) or a slash is percent-encoded.
fn encoded(id: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_parts_of_urls() {
        assert_eq!(encoded("articles/a b?é#1.txt"), "articles/a%20b%3F%C3%A9%231.txt");
    }
}
