//! The pages: what was asked goes in, an answer comes out.

use super::library::LibraryError;
use super::{Library, address, broken, shown};
use crate::document::Kind;
use crate::index::{Budget, By, Filter, IndexError, SearchQuery, Sort};
use crate::output::encoded;
use crate::output::html::{self, Limits, Page, Reading};
use crate::record::Hit;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Serde;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a search may take.
const SEARCH: Duration = Duration::from_secs(2);

/// How many hits a page has.
const PAGE: usize = 25;

/// How many rows a facet has.
const ROWS: usize = 12;

/// Above this many documents the report is left to `sayso report`.
const REPORT: u64 = 2_000;

/// What a search page is asked for. Empty fields are as good as none: a form sends them.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
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
    /// From 1.
    #[serde(default)]
    page: String,
}

impl Asked {
    /// The fields that narrow or order a search, by name.
    fn filters(&self) -> Vec<(&'static str, &str)> {
        let all = [
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

    /// The query; what is wrong with a field, where something is.
    fn query(&self) -> Result<SearchQuery, String> {
        let day = |name: &str, value: &str| match value.trim() {
            "" => Ok(None),
            day => day.parse::<Date>().map(Some).map_err(|_| format!("{name}: `{day}` is not a day; write 2031-05-02")),
        };
        let kind = match self.kind.trim() {
            "" => None,
            "article" => Some(Kind::Article),
            "statement" => Some(Kind::Statement),
            "reference" => Some(Kind::Reference),
            other => return Err(format!("kind: `{other}` is none of article, statement, reference")),
        };
        let sort = match self.sort.trim() {
            "" if self.q.trim().is_empty() => Sort::Newest,
            "" | "score" => Sort::Score,
            "newest" => Sort::Newest,
            "oldest" => Sort::Oldest,
            "publisher" => Sort::Publisher,
            other => return Err(format!("sort: `{other}` is none of score, newest, oldest, publisher")),
        };
        Ok(SearchQuery {
            kind,
            sort,
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
            publisher: Some(self.publisher.trim().to_owned()).filter(|name| !name.is_empty()),
            limit: PAGE,
            offset: (self.page() - 1) * PAGE,
            budget: Some(Budget::small(SEARCH)),
            ..SearchQuery::new(self.q.trim())
        })
    }
}

fn search_address(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value).replace('/', "%2F"))).collect();
    format!("/search?{}", pairs.join("&"))
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
        date: hit.document.date.as_deref(),
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
    let searched = asked.query().and_then(|query| library.index.search(&query).map_err(|error| error.to_string()));
    let (hits, error) = match searched {
        Ok(hits) => (hits, None),
        Err(error) => (Default::default(), Some(error)),
    };
    let page = asked.page();
    let items: Vec<HitItem> = hits.hits.iter().map(item).collect();
    let applied = |(name, value)| Applied { name, value, without: asked.address(Some(name), 1) };
    let filters: Vec<Applied> = asked.filters().into_iter().map(applied).collect();
    let last = (page * PAGE) as u64 >= hits.total;
    let values = context! {
        query => asked.q.trim(), total => hits.total, hits => Serde(items), error, filters => Serde(filters),
        first => (page - 1) * PAGE + 1,
        before => (page > 1).then(|| asked.address(None, page - 1)),
        after => (!last).then(|| asked.address(None, page + 1)),
    };
    shown(html::render("search.html", values))
}

#[derive(Serialize)]
struct Home<'a> {
    total: u64,
    articles: u64,
    statements: u64,
    facets: Vec<Facet>,
    newest: Vec<HitItem<'a>>,
}

#[derive(Serialize)]
struct Facet {
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

/// The page that shows the ways in.
pub(super) fn home(library: &Library) -> Result<String, LibraryError> {
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
            facet(library, By::Publisher, "Publishers", "No document names its publisher.")?,
            facet(library, By::Speaker, "Most quoted", "Nobody is quoted.")?,
            facet(library, By::Month, "Months", "No document has a date.")?,
        ],
        newest: newest.hits.iter().map(item).collect(),
    };
    Ok(html::render("home.html", context! { home => Serde(home) })?)
}

fn facet(library: &Library, by: By, name: &'static str, empty: &'static str) -> Result<Facet, IndexError> {
    let mut rows: Vec<(String, u64)> = library
        .index
        .count(&SearchQuery::default(), by)?
        .into_iter()
        .filter_map(|(key, count)| Some((key?, count)))
        .collect();
    if by == By::Month {
        // The latest, in order.
        rows.drain(..rows.len().saturating_sub(ROWS));
    }
    rows.truncate(ROWS);
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let href = |key: &str| match by {
        By::Publisher => search_address(&[("publisher", key)]),
        By::Speaker => search_address(&[("q", &format!("speaker:\"{}\"", key.replace('"', " ")))]),
        By::Month => search_address(&[("q", &format!("date:{key}"))]),
    };
    let bar = |(label, count): (String, u64)| Bar {
        href: href(&label),
        width: 100.0 * count as f64 / most as f64,
        label,
        count,
    };
    Ok(Facet { name, empty, bars: rows.into_iter().map(bar).collect() })
}

/// A document with its findings, as a page or as JSON Lines.
pub(super) fn document(library: &Library, id: &str, format: Option<&str>) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some(reading) = library.reading(id)? else { return Ok(None) };
        if format == Some("jsonl") {
            let kind = [(header::CONTENT_TYPE, "application/x-ndjson; charset=utf-8")];
            return Ok(Some((kind, library.lines(&reading)?).into_response()));
        }
        let cited = library.cited(&reading)?;
        Ok(Some(shown(html::document_page(reading, cited, &address))))
    };
    match read() {
        Ok(Some(answer)) => answer,
        Ok(None) => (StatusCode::NOT_FOUND, format!("there is no document {id}\n")).into_response(),
        Err(error) => broken(&error),
    }
}

/// The report over all documents of a small index.
pub(super) fn report(library: &Library) -> Response {
    if library.index.len() > REPORT {
        let many = library.index.len();
        return Html(format!(
            "<p>{many} documents are too many to compare while you wait. Run <code>sayso report</code>.</p>"
        ))
        .into_response();
    }
    let read = || -> Result<Vec<Reading>, LibraryError> {
        let documents = library.index.documents(&Filter::default())?;
        documents
            .map(|found| {
                let (document, extraction) = found?;
                library.compared(document, extraction)
            })
            .collect()
    };
    match read() {
        Ok(readings) => shown(Page::new(&readings, library.tables, &Limits::SHORT).html()),
        Err(error) => broken(&error),
    }
}
