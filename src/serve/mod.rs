//! The pages in a browser: an index goes in, a small web server on loopback comes out. Nothing is reached from outside
//! this machine unless it is asked for (`--listen`, behind a [`gate`]), and no page loads anything from elsewhere.
//!
//! The index is read as pages ask for it, so the server is up at once and takes little memory, whatever the size of the
//! index. A document is compared with the statements when its page is opened.
//!
//! Other pages in the same browser are strangers: a request that they caused is refused ([`guard`]). Whatever takes more than
//! a moment runs beside the answering thread, a few at once ([`Desk`]; comparisons wait in a lane of their own), and a search
//! has a `Budget`; so no query keeps another waiting for long, and Ctrl-C ends within a second. Connections are counted and
//! timed ([`door`]). Where another program changes the index, it is opened again ([`standing`]).
//!
//! | path | gives |
//! |---|---|
//! | `/` | ways in: what is new since the last visit, search, publishers, speakers, months, the newest documents |
//! | `/search?q=&kind=&publisher=&since=&until=&sort=&page=` | hits with their places |
//! | `/doc/ID` | a document with its findings |
//! | `/beside/ID?with=STATEMENT` | both texts side by side |
//! | `/statement/ID` | who used which sentence of a statement |
//! | `/speaker/NAME`, `/outlet/NAME` | all words of a speaker, with `?figures=true` those with figures; an outlet |
//! | `/findings/NAME?page=` | the findings of a verdict or relation that `sayso index --check --trace` keeps |
//! | `/q/KEY/ID` | one finding, at an address made of its words, a statement's figure with how it was told; `POST /review` judges it |
//! | `/card/KEY/ID` | the finding as a card to share; with `.svg` behind it, as a picture |
//! | `/suggest.json?q=` | names that the last word may begin |
//! | `/report` | the report over a small index |
//! | `/records.jsonl` | every record |
//! | `POST /api/extract`, `/api/check`, `/api/trace`, `/api/search` | records, for programs ([`api`]); `/api/openapi.json` describes it |
//!
//! A view with `.json`, `.jsonl` or `.csv` behind it (`/search.csv?q=`), or `?format=`, is a file.

mod addresses;
mod api;
mod card;
mod door;
mod files;
mod finding;
mod findings;
mod gate;
mod library;
mod pages;
mod records;
mod standing;
mod statement;
mod suggest;
mod views;
mod visit;
mod voices;

pub use gate::{Gate, WeakToken};
pub use library::{Asked, Library};
pub use standing::Opener;

use crate::output::{Format, encoded, html};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use door::{Door, Visitor};
use finding::Token;
use serde::Deserialize;
use standing::{Opened, Standing};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// How many hits or findings a page has.
const PAGE: usize = 25;

/// Why the server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or may not be used.
    #[error("listening on {address}: {error}; choose another with --port or --listen")]
    Listen {
        /// The address and port.
        address: SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
    /// The runtime broke off.
    #[error("serving: {0}")]
    Io(#[from] std::io::Error),
}

/// Pieces of work of one lane that are done at once; so many more may wait.
const AT_ONCE: usize = 2;
const WAITING: usize = 32;

/// What a piece of work waits behind.
#[derive(Clone, Copy, Debug)]
enum Lane {
    /// Others that read the index alone, and take milliseconds.
    Quick,
    /// Others that compare a document with the statements, or trace a page of them.
    Long,
    /// Others that read many documents: one at a time, so that they leave a core to the rest.
    Longest,
}
/// How long what is under way has to end after Ctrl-C.
const LAST_WORDS: Duration = Duration::from_millis(300);

struct App {
    standing: Standing,
    /// Who may come in from the network; none where nothing but this machine is answered.
    gate: Option<Gate>,
    /// What forms of this run bring back.
    token: Token,
    quick: Desk,
    long: Desk,
    longest: Desk,
}

impl App {
    /// Answers at a desk, from the library as it is now.
    async fn answer(self: &Arc<App>, lane: Lane, work: impl FnOnce(&Opened) -> Response + Send + 'static) -> Response {
        let app = Arc::clone(self);
        let desk = match lane {
            Lane::Quick => &self.quick,
            Lane::Long => &self.long,
            Lane::Longest => &self.longest,
        };
        desk.work(move || work(&app.standing.now())).await
    }
}

/// Where a server is reached.
pub enum Place {
    /// From this machine alone, at this port; 0 chooses a free one.
    Here(u16),
    /// From the network, by those whom the gate lets in.
    Network(SocketAddr, Gate),
}

/// Where work is done that takes more than a moment: beside the thread that answers, a few pieces at once, and only so
/// many in the queue.
struct Desk {
    at_once: Arc<Semaphore>,
    queue: Semaphore,
}

impl Desk {
    fn new(at_once: usize) -> Desk {
        Desk { at_once: Arc::new(Semaphore::new(at_once)), queue: Semaphore::new(at_once + WAITING) }
    }

    /// Does the work; says so where there is too much already.
    async fn work(&self, work: impl FnOnce() -> Response + Send + 'static) -> Response {
        let busy = || (StatusCode::SERVICE_UNAVAILABLE, "too much at once; ask again in a moment\n").into_response();
        let Ok(_place) = self.queue.try_acquire() else { return busy() };
        let Ok(turn) = Arc::clone(&self.at_once).acquire_owned().await else { return busy() };
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: it goes on where nobody waits for its answer any more.
            let _turn = turn;
            work()
        });
        let broken = |_| (StatusCode::INTERNAL_SERVER_ERROR, "an internal error\n").into_response();
        done.await.unwrap_or_else(broken)
    }
}

/// Serves a library until Ctrl-C; `opener` opens it again where its index has changed. `ready` is told the address once
/// requests are answered.
pub fn serve(library: Library, opener: Opener, place: Place, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let (address, gate) = match place {
        Place::Here(port) => (SocketAddr::from((Ipv4Addr::LOCALHOST, port)), None),
        Place::Network(address, gate) => (address, Some(gate)),
    };
    let app = Arc::new(App {
        standing: Standing::new(library, opener),
        token: Token::new(),
        quick: Desk::new(AT_ONCE),
        long: Desk::new(AT_ONCE),
        longest: Desk::new(1),
        gate,
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(listen(app, address, ready));
    // A search under way ends by itself, and nobody waits for it.
    runtime.shutdown_background();
    served
}

/// Answers until Ctrl-C, and a moment longer what was asked before.
async fn listen(app: Arc<App>, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let listener =
        tokio::net::TcpListener::bind(address).await.map_err(|error| ServeError::Listen { address, error })?;
    ready(listener.local_addr()?);
    let (tell, told) = watch::channel(());
    tokio::spawn(async move {
        // Without the signal there is no graceful end, only the abrupt one.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        tell.send_replace(());
    });
    let (mut first, mut last) = (told.clone(), told);
    let stop = async move { drop(first.changed().await) };
    let cut_short = async move {
        drop(last.changed().await);
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        served = axum::serve(Door::new(listener), router(app).into_make_service_with_connect_info::<Visitor>()).with_graceful_shutdown(stop).into_future() => Ok(served?),
        () = cut_short => Ok(()),
    }
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/home.json", get(home_as_json))
        .route("/search", get(search))
        .route("/search.json", get(search_as_json))
        .route("/search.csv", get(search_as_csv))
        .route("/doc/{*id}", get(document))
        .route("/beside/{*id}", get(beside))
        .route("/statement/{*id}", get(statement))
        .route("/speaker/{*name}", get(speaker))
        .route("/outlet/{*name}", get(outlet))
        .route("/findings/{name}", get(findings))
        .route("/q/{key}/{*id}", get(found))
        .route("/card/{key}/{*id}", get(card))
        .route("/suggest.json", get(suggest))
        .route("/login", get(login).post(enter))
        .route("/review", post(review))
        .route("/report", get(report))
        .route("/records.jsonl", get(records))
        .route("/api/extract", post(api::extract))
        .route("/api/check", post(api::check))
        .route("/api/trace", post(api::trace))
        .route("/api/search", post(api::search))
        .route("/api/openapi.json", get(api::openapi))
        .layer(DefaultBodyLimit::max(api::LARGEST))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard))
        .with_state(app)
}

/// Answers only what was asked of this machine by name, so that a page elsewhere cannot reach in through a name of its
/// own (DNS rebinding), and only what the user or our own page asked for. Lets no page load anything.
async fn guard(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    if let Some(why) = refusal(request.headers(), app.gate.is_some()) {
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let at_the_gate = request.uri().path() == "/login";
    if let Some(answer) =
        app.gate.as_ref().filter(|_| !at_the_gate).and_then(|gate| gate.stop(from.0, request.headers()))
    {
        return answer;
    }
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; \
                  base-uri 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not `no-referrer`: a form would then come from the origin `null`, as a stranger's does (Fetch, "append a request Origin").
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// Why a request is refused; none where it is answered.
fn refusal(headers: &HeaderMap, gated: bool) -> Option<&'static str> {
    let value = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = value(header::HOST).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    // Behind a gate the name may be any: a page elsewhere has no session of that name.
    if !gated && !matches!(name, "127.0.0.1" | "localhost") {
        return Some("sayso answers on 127.0.0.1 only\n");
    }
    is_a_strangers(host, value(header::ORIGIN), value(SITE))
        .then_some("another page asked for this; open it yourself\n")
}

/// How the page that caused a request stands to ours, as the browser says (Fetch Metadata, W3C).
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a page of somebody else's caused a request: the browser says so, or names where it comes from. A request that
/// the user typed is of no site and has no origin; a program other than a browser sends neither.
fn is_a_strangers(host: &str, origin: Option<&str>, site: Option<&str>) -> bool {
    let other_site = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let other_origin = origin.is_some_and(|origin| origin.strip_prefix("http://") != Some(host));
    other_site || other_origin
}

/// The form that asks for the token.
async fn login(State(app): State<Arc<App>>) -> Response {
    match app.gate {
        Some(_) => shown(html::render("login.html", minijinja::context! { wrong => false })),
        None => Redirect::to("/").into_response(),
    }
}

/// What the form of the gate brings.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    token: String,
}

/// Opens a session for whoever has the token.
async fn enter(State(app): State<Arc<App>>, ConnectInfo(from): ConnectInfo<Visitor>, request: Request) -> Response {
    let Some(gate) = &app.gate else { return Redirect::to("/").into_response() };
    let given = form::<Entry>(request).await.map(|entry| entry.token).unwrap_or_default();
    match gate.enter(from.0, &given) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        None => {
            let page = shown(html::render("login.html", minijinja::context! { wrong => true }));
            (StatusCode::FORBIDDEN, page).into_response()
        }
    }
}

/// The fields of a form; none where there is too much or no such form.
async fn form<F: serde::de::DeserializeOwned>(request: Request) -> Option<F> {
    let body = axum::body::to_bytes(request.into_body(), FORM).await.ok()?;
    // A form's fields are written as those of an address are.
    let address = format!("/?{}", std::str::from_utf8(&body).ok()?).parse::<Uri>().ok()?;
    Query::<F>::try_from_uri(&address).ok().map(|Query(form)| form)
}

async fn suggest(State(app): State<Arc<App>>, Query(asked): Query<views::Asked>) -> Response {
    app.answer(Lane::Quick, move |now| {
        let names = match now.names.get() {
            Some(names) => names,
            None => match suggest::names(&now.library) {
                Ok(names) => now.names.get_or_init(|| names),
                Err(error) => return broken(&error),
            },
        };
        match serde_json::to_vec(&suggest::suggested(names, &asked.q)) {
            Ok(bytes) => files::file(Format::Json, bytes),
            Err(error) => broken(&error),
        }
    })
    .await
}

async fn card(State(app): State<Arc<App>>, Path((key, id)): Path<(String, String)>) -> Response {
    app.answer(Lane::Long, move |now| card::page(&now.library, &key, &id)).await
}

async fn home(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    app.answer(Lane::Quick, move |now| views::home_page(&now.library, &now.home, &headers)).await
}

async fn home_as_json(State(app): State<Arc<App>>) -> Response {
    app.answer(Lane::Quick, |now| views::home_file(&now.library, &now.home)).await
}

async fn search_as_json(state: State<Arc<App>>, Query(mut asked): Query<views::Asked>) -> Response {
    asked.format = "json".to_owned();
    search(state, Query(asked)).await
}

async fn search_as_csv(state: State<Arc<App>>, Query(mut asked): Query<views::Asked>) -> Response {
    asked.format = "csv".to_owned();
    search(state, Query(asked)).await
}

async fn search(State(app): State<Arc<App>>, Query(asked): Query<views::Asked>) -> Response {
    app.answer(Lane::Quick, move |now| views::found(&now.library, &asked)).await
}

/// What is asked of a page of one thing.
#[derive(Deserialize)]
struct Form {
    format: Option<String>,
    page: Option<usize>,
    /// Only what is new since this second.
    since: Option<i64>,
    /// Of a speaker's words only those with figures.
    #[serde(default)]
    figures: bool,
}

impl Form {
    fn page(&self) -> usize {
        self.page.unwrap_or(1).clamp(1, 1_000_000)
    }
}

async fn document(State(app): State<Arc<App>>, Path(id): Path<String>, Query(form): Query<Form>) -> Response {
    app.answer(Lane::Long, move |now| pages::document(&now.library, &id, form.format.as_deref())).await
}

/// What a document is laid beside.
#[derive(Deserialize)]
struct With {
    #[serde(default)]
    with: String,
}

async fn beside(State(app): State<Arc<App>>, Path(id): Path<String>, Query(form): Query<With>) -> Response {
    app.answer(Lane::Long, move |now| pages::side_by_side(&now.library, &id, &form.with)).await
}

async fn statement(State(app): State<Arc<App>>, Path(id): Path<String>, Query(form): Query<Form>) -> Response {
    app.answer(Lane::Longest, move |now| statement::statement(&now.library, &id, form.format.as_deref())).await
}

async fn speaker(State(app): State<Arc<App>>, Path(name): Path<String>, Query(form): Query<Form>) -> Response {
    app.answer(Lane::Long, move |now| voices::speaker(&now.library, &name, &form)).await
}

async fn outlet(State(app): State<Arc<App>>, Path(name): Path<String>, Query(form): Query<Form>) -> Response {
    app.answer(Lane::Long, move |now| voices::outlet(&now.library, &name, &form)).await
}

async fn findings(State(app): State<Arc<App>>, Path(name): Path<String>, Query(form): Query<Form>) -> Response {
    app.answer(Lane::Quick, move |now| findings::page(&now.library, &name, &form)).await
}

async fn found(State(app): State<Arc<App>>, Path((key, id)): Path<(String, String)>) -> Response {
    let token = app.token.clone();
    app.answer(Lane::Long, move |now| finding::page(&now.library, &token, &key, &id)).await
}

/// Most that a form may bring.
const FORM: usize = 16 << 10;

async fn review(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(said) = form::<finding::Said>(request).await else {
        return (StatusCode::BAD_REQUEST, "this is no form of a finding's page, or it is too long\n").into_response();
    };
    let token = app.token.clone();
    app.answer(Lane::Long, move |now| finding::judge(&now.library, &token, said)).await
}

async fn report(State(app): State<Arc<App>>) -> Response {
    app.answer(Lane::Longest, |now| pages::report(&now.library)).await
}

async fn records(State(app): State<Arc<App>>) -> Response {
    app.answer(Lane::Quick, |now| {
        let lines = records::Lines::of(now.library.clone());
        ([(header::CONTENT_TYPE, "application/x-ndjson; charset=utf-8")], Body::new(lines)).into_response()
    })
    .await
}

/// A page, or why it could not be made.
fn shown(page: Result<String, html::PageError>) -> Response {
    match page {
        Ok(page) => Html(page).into_response(),
        Err(error) => broken(&error),
    }
}

/// The answer where something failed on our side.
fn broken(error: &dyn std::error::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response()
}

/// What was asked for is not there: says so, and what would help.
pub(super) fn lost(why: &str, href: &str) -> Response {
    let page = html::render("lost.html", minijinja::context! { why, href });
    match page {
        Ok(page) => (StatusCode::NOT_FOUND, Html(page)).into_response(),
        Err(error) => broken(&error),
    }
}

/// The address of a document's page.
fn address(id: &str) -> String {
    format!("/doc/{}", encoded(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_page_asks_for_is_refused() {
        let host = "127.0.0.1:7297";
        for (origin, site, stranger) in [
            (None, None, false),
            (None, Some("none"), false),
            (None, Some("same-origin"), false),
            (Some("http://127.0.0.1:7297"), Some("same-origin"), false),
            (None, Some("cross-site"), true),
            // Another port is another server.
            (None, Some("same-site"), true),
            (Some("http://127.0.0.1:8000"), None, true),
            (Some("https://news.example"), None, true),
            (Some("null"), None, true),
            (Some("?"), None, true),
        ] {
            assert_eq!(is_a_strangers(host, origin, site), stranger, "{origin:?} {site:?}");
        }
    }
}
