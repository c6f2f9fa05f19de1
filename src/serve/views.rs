//! The pages: what was asked goes in, an answer comes out.

use super::addresses::{facet_address, search_address};
use super::files::{file, wanted};
use super::findings::{Group, Overview, new_since, overview};
use super::library::LibraryError;
use super::visit::{Mark, Visit};
use super::{Library, PAGE, address, broken, shown};
use crate::document::Kind;
use crate::index::{Budget, By, IndexError, SearchQuery, Sort};
use crate::output::{Chunk, Format, Row, day_of, html, in_memory};
use crate::record::{Hit, RecordKind, Records};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use minijinja::context;
use minijinja::value::Serde;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use std::time::Duration;

/// How long a search may take.
pub(super) const SEARCH: Duration = Duration::from_secs(2);

/// How many rows a facet has.
const ROWS: usize = 12;

/// What a search page is asked for, in the words of `sayso search`. Empty fields are as good as none: a form sends them.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) q: String,
    /// Where the words are: `quotes`, `narration`, `headline`.
    #[serde(default, rename = "in")]
    place: String,
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    figure: String,
    #[serde(default)]
    claims: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    sort: String,
    /// Only documents with this number or a later one: what is new since a visit.
    #[serde(default)]
    added: String,
    /// From 1.
    #[serde(default)]
    page: String,
    /// `json`, `jsonl` or `csv`: a file instead of a page.
    #[serde(default)]
    pub(super) format: String,
}

impl Asked {
    /// The fields that narrow or order a search, by name.
    fn filters(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("in", &self.place),
            ("speaker", &self.speaker),
            ("figure", &self.figure),
            ("claims", &self.claims),
            ("kind", &self.kind),
            ("publisher", &self.publisher),
            ("since", &self.since),
            ("until", &self.until),
            ("sort", &self.sort),
        ];
        all.into_iter().map(|(name, value)| (name, value.trim())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The address of this search without one of its filters, on one of its pages.
    fn address(&self, without: Option<&str>, page: usize) -> String {
        let filters = self.filters().into_iter().filter(|(name, _)| Some(*name) != without);
        let mut fields: Vec<(&str, &str)> = std::iter::once(("q", self.q.trim())).chain(filters).collect();
        if without != Some("added") {
            fields.push(("added", self.added.trim()));
        }
        fields.retain(|(_, value)| !value.is_empty());
        let number = page.to_string();
        if page > 1 {
            fields.push(("page", &number));
        }
        search_address(&fields)
    }

    fn page(&self) -> usize {
        self.page.trim().parse().unwrap_or(1).clamp(1, 1_000_000)
    }

    /// The query, read as the command line reads it; what is wrong with a field, where something is.
    fn query(&self, library: &Library) -> Result<SearchQuery, String> {
        let mut typed: Vec<(&str, &str)> = self.filters();
        if self.q.trim().is_empty() && self.sort.trim().is_empty() {
            typed.push(("sort", "date"));
        }
        let all = self.wanted().is_some();
        Ok(SearchQuery {
            limit: if all { FILE } else { PAGE },
            offset: (self.page() - 1) * PAGE,
            budget: Some(Budget::small(SEARCH)),
            places: if all { usize::MAX } else { 3 },
            added_from: self.added.trim().parse().ok(),
            ..(library.asked)(&typed, self.q.trim(), &library.archive.words().aliases)?
        })
    }

    fn wanted(&self) -> Option<Format> {
        wanted(Some(self.format.trim()))
    }
}

#[derive(Serialize)]
struct HitItem<'a> {
    href: String,
    name: &'a str,
    /// The name in pieces, each with whether the query means it.
    title: Vec<(bool, &'a str)>,
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    kind: &'static str,
    places: Vec<[&'a str; 3]>,
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
        href: address(&hit.document.id),
        name,
        title,
        publisher: hit.document.publisher.as_deref(),
        date: day_of(&hit.document),
        kind: hit.document.kind.name(),
        places: hit.places.iter().map(|place| hit.parts(place)).collect(),
    }
}

#[derive(Serialize)]
struct Applied<'a> {
    name: &'static str,
    value: &'a str,
    without: String,
}

/// The page of a search.
pub(super) fn found(library: &Library, asked: &Asked) -> Response {
    let searched =
        asked.query(library).and_then(|query| library.index.search(&query).map_err(|error| error.to_string()));
    if let (Some(format), Ok(hits)) = (asked.wanted(), &searched) {
        return match listed(library, &hits.hits, format) {
            Ok(bytes) => file(format, bytes),
            Err(error) => broken(&error),
        };
    }
    let (hits, error) = match searched {
        Ok(hits) => (hits, None),
        Err(error) => (Default::default(), Some(error)),
    };
    let page = asked.page();
    let items: Vec<HitItem> = hits.hits.iter().map(item).collect();
    let files = |format: &str| {
        let address = asked.address(None, page);
        format!("{address}{}format={format}", if address.ends_with('?') { "" } else { "&" })
    };
    let applied = |(name, value)| Applied { name, value, without: asked.address(Some(name), 1) };
    let added = Some(("added", asked.added.trim())).filter(|(_, number)| !number.is_empty());
    let filters: Vec<Applied> = asked.filters().into_iter().chain(added).map(applied).collect();
    let last = (page * PAGE) as u64 >= hits.total;
    let values = context! {
        query => asked.q.trim(), total => hits.total, hits => Serde(items), error, filters => Serde(filters),
        first => (page - 1) * PAGE + 1, asked => Serde(Form::of(asked)), csv => files("csv"), json => files("json"),
        before => (page > 1).then(|| asked.address(None, page - 1)),
        after => (!last).then(|| asked.address(None, page + 1)),
    };
    shown(html::render("search.html", values))
}

/// So many documents a file of a search holds.
const FILE: usize = 1_000;

/// Hits as a file.
fn listed(library: &Library, hits: &[Hit], format: Format) -> Result<Vec<u8>, LibraryError> {
    let plan = super::library::plan(format, Some(RecordKind::Hit))?;
    let mut chunk = Chunk::default();
    for hit in hits {
        let records = Records::new(&hit.document, &hit.extraction, library.offsets);
        plan.push(&mut chunk, &records.hit(hit), Row::new)?;
    }
    Ok(in_memory(&plan, chunk)?)
}

/// The fields of the form.
#[derive(Serialize)]
struct Form<'a> {
    place: &'a str,
    speaker: &'a str,
    publisher: &'a str,
    kind: &'a str,
    since: &'a str,
    until: &'a str,
    figure: &'a str,
}

impl<'a> Form<'a> {
    fn of(asked: &'a Asked) -> Self {
        Form {
            place: asked.place.trim(),
            speaker: asked.speaker.trim(),
            publisher: asked.publisher.trim(),
            kind: asked.kind.trim(),
            since: asked.since.trim(),
            until: asked.until.trim(),
            figure: asked.figure.trim(),
        }
    }
}

/// What the home page shows to everybody.
#[derive(Serialize)]
pub(super) struct Home {
    total: u64,
    articles: u64,
    statements: u64,
    facets: Vec<Facet>,
    compared: Option<Overview>,
    newest: Vec<Brief>,
    /// The number of the next new document.
    #[serde(skip)]
    next: u64,
}

/// A document of a list of the newest.
#[derive(Serialize)]
struct Brief {
    href: String,
    name: String,
    publisher: Option<String>,
    date: Option<String>,
    kind: &'static str,
}

fn brief(hit: &Hit) -> Brief {
    Brief {
        href: address(&hit.document.id),
        name: hit.document.title.as_deref().unwrap_or(&hit.document.id).to_owned(),
        publisher: hit.document.publisher.clone(),
        date: day_of(&hit.document).map(str::to_owned),
        kind: hit.document.kind.name(),
    }
}

/// What is new since a visitor was here last.
#[derive(Serialize)]
struct News {
    /// The day and time of the last visit.
    since: String,
    /// How many documents were added.
    documents: u64,
    href: String,
    newest: Vec<Brief>,
    /// The lists with findings that were not there then.
    findings: Vec<Group>,
}

/// What documents have most of, with how many have it.
#[derive(Serialize)]
pub(super) struct Facet {
    name: &'static str,
    empty: &'static str,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    label: String,
    href: String,
    count: u64,
    width: f64,
}

/// The page that shows the ways in, and what is new to whoever asks.
pub(super) fn home_page(library: &Library, kept: &OnceLock<Home>, headers: &HeaderMap) -> Response {
    let page = || -> Result<Response, LibraryError> {
        let home = home(library, kept)?;
        let visit = Visit::at(Mark { number: home.next, second: Timestamp::now().as_second() }, headers);
        let news = news(library, visit.since, home.next)?;
        let page = html::render("home.html", context! { home => Serde(home), news => Serde(news) })?;
        let mut page = Html(page).into_response();
        if let Some(cookie) = visit.cookie() {
            page.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        Ok(page)
    };
    page().unwrap_or_else(|error| broken(&error))
}

/// What the home page shows to everybody, as JSON.
pub(super) fn home_file(library: &Library, kept: &OnceLock<Home>) -> Response {
    let text = || -> Result<Vec<u8>, LibraryError> {
        Ok(serde_json::to_vec_pretty(home(library, kept)?).map_err(crate::output::OutputError::from)?)
    };
    match text() {
        Ok(text) => file(Format::Json, text),
        Err(error) => broken(&error),
    }
}

/// What the home page shows to everybody: made once, and kept.
fn home<'k>(library: &Library, kept: &'k OnceLock<Home>) -> Result<&'k Home, LibraryError> {
    if let Some(home) = kept.get() {
        return Ok(home);
    }
    let count = |kind| {
        let all = SearchQuery { kind: Some(kind), limit: 0, ..SearchQuery::default() };
        library.index.search(&all).map(|hits| hits.total)
    };
    let newest = library.index.search(&SearchQuery { sort: Sort::Newest, limit: PAGE, ..SearchQuery::default() })?;
    let home = Home {
        total: library.index.len(),
        articles: count(Kind::Article)?,
        statements: count(Kind::Statement)?,
        facets: vec![
            facet(library, &SearchQuery::default(), By::Publisher, "Publishers", "No document names its publisher.")?,
            facet(library, &SearchQuery::default(), By::Speaker, "Most quoted", "Nobody is quoted.")?,
            facet(library, &SearchQuery::default(), By::Month, "Months", "No document has a date.")?,
        ],
        compared: overview(library)?,
        newest: newest.hits.iter().map(brief).collect(),
        next: library.index.next_number()?,
    };
    Ok(kept.get_or_init(|| home))
}

/// What came after a mark; none where nothing did.
fn news(library: &Library, since: Mark, next: u64) -> Result<Option<News>, LibraryError> {
    /// So many new documents are named.
    const NAMED: usize = 6;
    let added =
        SearchQuery { added_from: Some(since.number), sort: Sort::Newest, limit: NAMED, ..SearchQuery::default() };
    let hits = if since.number < next { library.index.search(&added)? } else { Default::default() };
    let findings = new_since(library, since.second)?;
    if hits.total == 0 && findings.is_empty() {
        return Ok(None);
    }
    Ok(Some(News {
        since: Timestamp::from_second(since.second).unwrap_or_default().to_string(),
        documents: hits.total,
        href: search_address(&[("sort", "date"), ("added", &since.number.to_string())]),
        newest: hits.hits.iter().map(brief).collect(),
        findings,
    }))
}

/// The facet of the documents that a query finds.
pub(super) fn facet(
    library: &Library,
    query: &SearchQuery,
    by: By,
    name: &'static str,
    empty: &'static str,
) -> Result<Facet, IndexError> {
    let mut rows: Vec<(String, u64)> =
        library.index.count(query, by)?.into_iter().filter_map(|(key, count)| Some((key?, count))).collect();
    if by == By::Month {
        // The latest, in order.
        rows.drain(..rows.len().saturating_sub(ROWS));
    }
    rows.truncate(ROWS);
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let href = |key: &str| facet_address(by, key);
    let bar = |(label, count): (String, u64)| Bar {
        href: href(&label),
        width: 100.0 * count as f64 / most as f64,
        label,
        count,
    };
    Ok(Facet { name, empty, bars: rows.into_iter().map(bar).collect() })
}
