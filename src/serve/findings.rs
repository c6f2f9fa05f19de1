//! The lists of findings that `sayso index --check --trace` keeps: a page of each verdict and relation, and the way to them
//! from the home page.

use super::addresses::{finding_address, findings_address};
use super::files::{file, named};
use super::library::LibraryError;
use super::{Form, Library, PAGE, address, broken, lost, shown};
use crate::ledger::{CHECKS, Line, TRACES};
use crate::output::{Format, OutputError, html, tabular};
use crate::review::Reviewed;
use axum::response::Response;
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::Value;

/// A list, as the chips and tiles name it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    name: String,
    label: String,
    tone: &'static str,
    count: u64,
    href: String,
}

/// What the home page says of the lists.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Overview {
    /// The day and time of the comparison.
    at: String,
    /// Whether the index has changed since.
    stale: bool,
    /// How many articles were compared.
    articles: u64,
    checked: bool,
    traced: bool,
    checks: Vec<Group>,
    traces: Vec<Group>,
    /// The surest of the gravest.
    worst: Vec<Shown>,
}

/// A finding of a list, with its addresses.
#[derive(Clone, Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    line: Line,
    document: String,
    statement: Option<String>,
    link: String,
    reviewed: Option<Reviewed>,
}

fn groups(library: &Library, names: &[String]) -> Vec<Group> {
    let group = |name: &String| {
        let (label, tone) = html::group_heading(name)?;
        let count = library.ledger.as_ref().map_or(0, |ledger| ledger.len_of(name));
        Some(Group { name: name.clone(), label: label.to_owned(), tone, count, href: findings_address(name, 1, None) })
    };
    names.iter().filter_map(group).collect()
}

fn all_names() -> (Vec<String>, Vec<String>) {
    (CHECKS.iter().map(|listed| listed.name()).collect(), TRACES.map(str::to_owned).into())
}

/// The lists; none where nothing was kept.
pub(super) fn overview(library: &Library) -> Result<Option<Overview>, LibraryError> {
    /// So many are shown.
    const WORST: usize = 5;
    let Some(ledger) = &library.ledger else { return Ok(None) };
    let contents = ledger.contents();
    let (checks, traces) = all_names();
    let mut worst = Vec::new();
    for name in ["contradicted", "altered"] {
        worst.extend(ledger.page(name, None, 0, WORST)?.into_iter().map(|line| dressed(library, line)));
    }
    Ok(Some(Overview {
        at: contents.at.clone(),
        stale: library.is_stale(ledger),
        articles: contents.articles,
        checked: contents.checked,
        traced: contents.traced,
        checks: groups(library, &checks),
        traces: groups(library, &traces),
        worst,
    }))
}

fn text_of<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    value.pointer(path).and_then(Value::as_str)
}

/// The lists with how many of their findings are new since a second; those without are left out.
pub(super) fn new_since(library: &Library, second: i64) -> Result<Vec<Group>, LibraryError> {
    let Some(ledger) = &library.ledger else { return Ok(Vec::new()) };
    let (checks, traces) = all_names();
    let mut new = groups(library, &[checks, traces].concat());
    for group in &mut new {
        group.count = ledger.new_of(&group.name, second)?;
        group.href = findings_address(&group.name, 1, Some(second));
    }
    new.retain(|group| group.count > 0);
    Ok(new)
}

/// A finding with its addresses, and what was said of it since.
fn dressed(library: &Library, line: Line) -> Shown {
    let doc = text_of(&line.finding, "/doc").unwrap_or_default();
    let statement = text_of(&line.finding, "/statement").or_else(|| {
        text_of(&line.finding, "/evidence/0/table").is_none().then(|| text_of(&line.finding, "/evidence/0/doc"))?
    });
    let reviews = library.reviews();
    Shown {
        document: address(doc),
        statement: statement.map(address),
        link: finding_address(&line.key, doc),
        reviewed: reviews.of(doc, &line.key).last().map(|entry| entry.reviewed.clone()),
        line,
    }
}

/// A page of one list, or the page as a file.
pub(super) fn page(library: &Library, name: &str, form: &Form) -> Response {
    let (name, format) = named(name, form.format.as_deref());
    let (page, since) = (form.page(), form.since);
    let Some((label, tone)) = html::group_heading(name) else {
        return lost(&format!("There is no list {name}"), "");
    };
    let Some(ledger) = &library.ledger else {
        return lost("Nothing was compared yet: sayso index --check --trace does it, and keeps the findings here", "");
    };
    let read = || -> Result<Response, LibraryError> {
        let skip = (page as u64 - 1) * PAGE as u64;
        let lines = ledger.page(name, since, skip, PAGE)?;
        if let Some(format) = format {
            return Ok(file(format, written(&lines, format)?));
        }
        let lines: Vec<Shown> = lines.into_iter().map(|line| dressed(library, line)).collect();
        let total = match since {
            Some(since) => ledger.new_of(name, since)?,
            None => ledger.len_of(name),
        };
        let (checks, traces) = all_names();
        let more = skip + (lines.len() as u64) < total;
        let on = |page| findings_address(name, page, since);
        let own = |format: &str| format!("{}&format={format}", on(page));
        let values = context! {
            name, label, tone, total, first => skip + 1, lines => Serde(lines),
            groups => Serde(groups(library, &[checks, traces].concat())),
            at => ledger.contents().at.as_str(), stale => library.is_stale(ledger),
            csv => own("csv"), json => own("json"),
            all => since.map(|_| findings_address(name, 1, None)),
            before => (page > 1).then(|| on(page - 1)),
            after => more.then(|| on(page + 1)),
        };
        Ok(shown(html::render("findings.html", values)))
    };
    read().unwrap_or_else(|error| broken(&error))
}

/// The columns of a list as a table: name, and where the value stands in a line.
const COLUMNS: [(&str, &[&str]); 12] = [
    ("doc", &["/finding/doc"]),
    ("title", &["/title"]),
    ("publisher", &["/publisher"]),
    ("date", &["/date"]),
    ("words", &["/finding/span/text", "/finding/quote/text"]),
    ("sentence", &["/finding/sentence/text"]),
    ("verdict", &["/finding/verdict"]),
    ("relation", &["/finding/relation"]),
    ("confidence", &["/finding/confidence"]),
    ("statement", &["/finding/statement", "/finding/evidence/0/doc"]),
    ("statement_words", &["/finding/source/0/text", "/finding/evidence/0/sentence/text"]),
    ("key", &["/key"]),
];

fn written(lines: &[Line], format: Format) -> Result<Vec<u8>, OutputError> {
    Ok(match format {
        Format::Csv => {
            let value = |line: &Line| serde_json::to_value(line);
            let values: Vec<Value> = lines.iter().map(value).collect::<Result<_, _>>()?;
            let cell = |line: &Value, places: &[&str]| -> String {
                places.iter().find_map(|place| text_of(line, place)).unwrap_or_default().to_owned()
            };
            let rows = values.iter().map(|line| COLUMNS.map(|(_, places)| cell(line, places)));
            tabular(&COLUMNS.map(|(name, _)| name), rows)?
        }
        Format::Jsonl => {
            let mut out = Vec::new();
            for line in lines {
                serde_json::to_writer(&mut out, line)?;
                out.push(b'\n');
            }
            out
        }
        _ => serde_json::to_vec_pretty(lines)?,
    })
}
