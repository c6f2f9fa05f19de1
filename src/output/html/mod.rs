//! The page: who said what, what statements say, checks, traces, figures and the texts themselves, in one HTML file that
//! needs nothing else. Documents with what was found in them ([`ReadDocument`]) go in, [`Page::html`] comes out.
//!
//! The page is a template (`page.html`) over a plain model; style and script stand inline. Every text is escaped by the
//! template engine and shown character for character; each finding links to its place in the text ([`texts`]).

mod bars;
mod beside;
mod checks;
mod figures;
mod groups;
mod limits;
pub mod pictures;
mod quotes;
mod statements;
mod texts;
mod traces;

pub use beside::beside_page;
pub use limits::Limits;

use crate::check::Check;
use crate::document::{Document, Kind};
use crate::extract::Extraction;
use crate::keys::Keys;
use crate::output::day_of;
use crate::output::words::{self, Listed, OTHER_SPEAKER};
use crate::review::Judged;
use crate::span::Span;
use crate::trace::Trace;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, context};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A document with all that is known of it.
pub struct ReadDocument {
    /// The document.
    pub document: Arc<Document>,
    /// What was found in it.
    pub extraction: Arc<Extraction>,
    /// Its figures beside evidence; empty for a statement.
    pub checks: Vec<Check>,
    /// Its quotations beside statements; empty for a statement.
    pub traces: Vec<Trace>,
}

/// The whole page.
#[derive(Serialize)]
pub struct Page<'a> {
    counts: Counts,
    top: bars::Chart,
    verdicts: bars::Stack,
    relations: bars::Stack,
    speakers: quotes::Speakers<'a>,
    statements: statements::Statements<'a>,
    checks: Vec<groups::Group<checks::CheckItem<'a>>>,
    traces: Vec<groups::Group<traces::TraceItem<'a>>>,
    figures: figures::Figures<'a>,
    texts: Vec<texts::TextItem<'a>>,
    /// How many documents there are.
    documents: usize,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    articles: usize,
    statements: usize,
    outlets: usize,
    quotes: usize,
    figures: usize,
    claims: usize,
    speakers: usize,
    tables: usize,
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
#[error("laying out the page: {0:#}")]
pub struct PageError(#[from] minijinja::Error);

impl<'a> Page<'a> {
    /// Arranges what was read, as far as `limits` go. `tables` is the number of reference tables that were read too.
    pub fn new(readings: &'a [ReadDocument], tables: usize, limits: &Limits) -> Self {
        let shelf = Shelf::new(readings);
        let speakers = quotes::by_speaker(&shelf, limits);
        Page {
            counts: Counts::of(readings, speakers.total, tables),
            top: bars::top(&speakers.items),
            verdicts: bars::verdicts(readings),
            relations: bars::relations(readings),
            statements: statements::all(&shelf, limits),
            checks: checks::groups(&shelf, limits),
            traces: traces::groups(&shelf, limits),
            figures: figures::all(&shelf, limits),
            texts: texts::all(&shelf, limits),
            documents: readings.len(),
            speakers,
        }
    }

    /// The page as one HTML file.
    pub fn html(&self) -> Result<String, PageError> {
        self.html_with(None)
    }

    /// The page with a link to the list of all documents.
    pub fn html_with(&self, contents: Option<&str>) -> Result<String, PageError> {
        let values = context! { page => Serde(self), title => "On whose say-so?", contents };
        Ok(without_dead_links(&render("page.html", values)?))
    }

    /// The page for those who wrote the articles: their texts with every finding marked, the findings, the sources.
    pub fn draft_html(&self) -> Result<String, PageError> {
        let mut titles =
            self.texts.iter().filter(|text| text.source.kind == Kind::Article).map(|text| text.source.title);
        let title = match (titles.next(), titles.count()) {
            (Some(one), 0) => one.to_owned(),
            (Some(_), more) => format!("{} drafts", more + 1),
            (None, _) => "No draft".to_owned(),
        };
        Ok(without_dead_links(&render("draft.html", context! { page => Serde(self), title })?))
    }
}

/// A page whose links to what it leaves out are no links. Linear.
fn without_dead_links(page: &str) -> String {
    const LINK: &str = " href=\"#";
    let quoted = |text: &'_ str| text.find('"').map(|end| text[..end].to_owned());
    let ids: HashSet<String> = page.split(" id=\"").skip(1).filter_map(quoted).collect();
    let mut parts = page.split(LINK);
    let mut out = String::with_capacity(page.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once('"') {
            Some((id, rest)) if !ids.contains(id) => out.push_str(rest),
            _ => {
                out.push_str(LINK);
                out.push_str(part);
            }
        }
    }
    out
}

/// Renders one of the templates.
pub fn render(template: &str, values: minijinja::Value) -> Result<String, PageError> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_filter("caveat", |reason: String| {
        serde_json::from_value(serde_json::Value::String(reason)).ok().and_then(words::caveat).unwrap_or_default()
    });
    environment.add_filter("truncated", |text: String, most: usize| match text.chars().count() > most {
        true => text.chars().take(most - 1).chain(['…']).collect(),
        false => text,
    });
    for (name, source) in [
        ("page.html", include_str!("page.html")),
        ("head.html", include_str!("head.html")),
        ("parts.html", include_str!("parts.html")),
        ("search.html", include_str!("search.html")),
        ("document.html", include_str!("document.html")),
        ("draft.html", include_str!("draft.html")),
        ("home.html", include_str!("home.html")),
        ("speaker.html", include_str!("speaker.html")),
        ("outlet.html", include_str!("outlet.html")),
        ("statement.html", include_str!("statement.html")),
        ("finding.html", include_str!("finding.html")),
        ("findings.html", include_str!("findings.html")),
        ("login.html", include_str!("login.html")),
        ("beside.html", include_str!("beside.html")),
        ("beside.js", include_str!("beside.js")),
        ("card.html", include_str!("card.html")),
        ("contents.html", include_str!("contents.html")),
        ("lost.html", include_str!("lost.html")),
        ("suggest.js", include_str!("suggest.js")),
        ("panel.js", include_str!("panel.js")),
        ("style.css", include_str!("style.css")),
        ("script.js", include_str!("script.js")),
    ] {
        environment.add_template(name, source)?;
    }
    Ok(environment.get_template(template)?.render(values)?)
}

/// Where pages link to.
pub struct Links<'l> {
    /// The page of a document, by its id.
    pub document: &'l Linked<'l>,
    /// The page of a speaker, by name; none where speakers have no pages.
    pub speaker: Option<&'l Linked<'l>>,
    /// The page of a finding, by its key and its document's id; none where findings have no pages.
    pub finding: Option<&'l LinkedFinding<'l>>,
    /// The page that leads to all others.
    pub home: &'l str,
}

/// An address for a name or an id.
pub type Linked<'l> = dyn Fn(&str) -> String + 'l;

/// An address for a key and an id.
pub type LinkedFinding<'l> = dyn Fn(&str, &str) -> String + 'l;

/// A document of a list of documents, with its page.
#[derive(Serialize)]
pub struct Listing<'a> {
    /// The address of its page.
    pub href: String,
    /// Its title, or its id.
    pub title: &'a str,
    /// Its publisher.
    pub publisher: Option<&'a str>,
    /// Its day.
    pub date: Option<&'a str>,
    /// Its kind.
    pub kind: Kind,
    /// How many of its findings say that something is wrong.
    pub wrong: usize,
}

/// A page of a list of documents; `before` and `after` are the addresses of its neighbours.
pub fn contents_page(
    items: &[Listing],
    total: usize,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<String, PageError> {
    render("contents.html", context! { items => Serde(items), total, before, after })
}

/// What stands above a list of checks or traces, by its name, and its colour; none where there is no such list.
pub fn group_heading(name: &str) -> Option<(&'static str, &'static str)> {
    let checks = Listed::ALL.into_iter().map(|listed| (listed.name(), checks::heading(listed)));
    let mut all = checks.chain(traces::headings());
    let found = all.find(|(known, _)| known == name).map(|(_, heading)| (heading.label, heading.tone));
    found.or_else(|| (name == OTHER_SPEAKER).then_some(("given to another speaker", "warn")))
}

/// A document with its findings, on a page of its own: the first of the readings; those behind it are the statements that its
/// findings name. `uses` is the page of those who used it, `sides` the pages that show it beside a statement: title and address.
pub fn document_page(
    readings: &[ReadDocument],
    uses: Option<&str>,
    sides: &[(String, String)],
    links: &Links,
) -> Result<String, PageError> {
    let shelf = Shelf::with_links(readings, links);
    let (checks, traces) = (checks::groups(&shelf, &Limits::NONE), traces::groups(&shelf, &Limits::NONE));
    let speakers = quotes::by_speaker_of(&shelf, 0);
    let values = context! {
        text => Serde(texts::one(&shelf, 0)), checks => Serde(checks), traces => Serde(traces), speakers => Serde(speakers),
        figures => Serde(figures::of(&shelf, 0)), uses, sides => Serde(sides), home => links.home, files => links.finding.is_some(),
    };
    Ok(without_dead_links(&render("document.html", values)?))
}

/// The cards of one finding of the first of the readings, as the page of its document has them.
pub fn finding_page(
    readings: &[ReadDocument],
    links: &Links,
    (record, span): (Judged, Span),
    mut values: Vec<(&'static str, minijinja::Value)>,
) -> Result<String, PageError> {
    let shelf = Shelf::with_links(readings, links);
    let Some(reading) = readings.first() else { return render("lost.html", context! {}) };
    let check = reading.checks.iter().position(|check| check.span == span);
    let trace = reading.traces.iter().position(|trace| trace.quote == span);
    let found = match record {
        Judged::Check => check.map(|n| {
            let item = &reading.checks[n];
            (
                "check",
                checks::heading(Listed::of(item)),
                minijinja::Value::from(Serde(checks::item(&shelf, 0, n, item))),
            )
        }),
        Judged::Trace => trace.map(|n| {
            let item = &reading.traces[n];
            ("trace", traces::heading(item.relation), minijinja::Value::from(Serde(traces::item(&shelf, 0, n, item))))
        }),
        _ => None,
    };
    if let Some((kind, heading, card)) = found {
        values.extend([("card", card), ("kind", kind.into()), ("heading", Serde(heading).into())]);
    }
    let excerpt = shelf.excerpt(0, span);
    values.push(("excerpt", Serde(excerpt).into()));
    values.push(("source", Serde(shelf.source(0)).into()));
    values.push(("href", (links.document)(&reading.document.id).into()));
    let values: BTreeMap<&str, minijinja::Value> = values.into_iter().collect();
    Ok(without_dead_links(&render("finding.html", values.into())?))
}

impl ReadDocument {
    /// The ids of the statements and tables that its findings name, each once, in order.
    pub fn cited(&self) -> Vec<&str> {
        let of_checks = self.checks.iter().flat_map(|check| check.evidence.iter().map(|item| item.doc.as_str()));
        let of_traces = self.traces.iter().filter_map(|trace| trace.statement.as_deref());
        let mut ids: Vec<&str> = of_checks.chain(of_traces).filter(|id| *id != self.document.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The same document again; text and extraction are shared.
    pub fn shared(&self) -> ReadDocument {
        ReadDocument {
            document: self.document.clone(),
            extraction: self.extraction.clone(),
            checks: self.checks.clone(),
            traces: self.traces.clone(),
        }
    }

    /// The readings whose quotations are counted: those of articles, or all where there is no article.
    pub(crate) fn quoting(readings: &[ReadDocument]) -> impl Iterator<Item = &ReadDocument> {
        quoting(readings).map(|(_, reading)| reading)
    }
}

impl Counts {
    fn of(readings: &[ReadDocument], speakers: usize, tables: usize) -> Counts {
        let kind = |kind: Kind| readings.iter().filter(|r| r.document.kind == kind).count();
        let mut outlets: Vec<&str> = coverage(readings).filter_map(|(_, r)| r.document.publisher.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        Counts {
            articles: kind(Kind::Article),
            statements: kind(Kind::Statement),
            outlets: outlets.len(),
            quotes: quoting(readings).map(|(_, r)| r.extraction.quotes.len()).sum(),
            figures: readings.iter().map(|r| r.extraction.figures.len()).sum(),
            claims: readings.iter().map(|r| r.extraction.claims.len()).sum(),
            speakers,
            tables,
        }
    }
}

/// The articles, with their positions.
fn coverage(readings: &[ReadDocument]) -> impl Iterator<Item = (usize, &ReadDocument)> {
    readings.iter().enumerate().filter(|(_, r)| r.document.kind == Kind::Article)
}

/// Those whose quotations are counted and listed, with their positions: the articles, so that the turns of a transcript do
/// not drown them. All, where there is no article.
fn quoting(readings: &[ReadDocument]) -> impl Iterator<Item = (usize, &ReadDocument)> {
    let articles = readings.iter().any(|r| r.document.kind == Kind::Article);
    readings.iter().enumerate().filter(move |(_, r)| !articles || r.document.kind == Kind::Article)
}

/// The readings with what the parts of the page ask again and again: positions by id, sentences.
pub(crate) struct Shelf<'a> {
    readings: &'a [ReadDocument],
    positions: HashMap<&'a str, usize>,
    /// The addresses of documents that have a page of their own, by id.
    pages: HashMap<&'a str, String>,
    sentences: Vec<Vec<Span>>,
    /// The pages of the findings of the first reading, by kind and place.
    findings: HashMap<(Judged, Span), String>,
    /// The pages of the speakers of the first reading, by name.
    speakers: HashMap<&'a str, String>,
}

impl<'a> Shelf<'a> {
    /// With links to pages: of the findings of the first reading, and of the documents behind it.
    fn with_links(readings: &'a [ReadDocument], links: &Links) -> Self {
        let mut shelf = Shelf::new(readings);
        let address = |one: &'a ReadDocument| (one.document.id.as_str(), (links.document)(&one.document.id));
        shelf.pages = readings.iter().skip(1).map(address).collect();
        if let Some(one) = readings.first() {
            let keys = Keys::all(&one.document, &one.extraction).into_iter();
            if let Some(address) = links.finding {
                let link =
                    |(key, record, span): (String, Judged, Span)| ((record, span), address(&key, &one.document.id));
                shelf.findings = keys.map(link).collect();
            }
            if let Some(address) = links.speaker {
                let speakers = one.extraction.speakers.iter();
                shelf.speakers = speakers.map(|s| (s.name.as_str(), address(&s.name))).collect();
            }
        }
        shelf
    }

    /// The page of a finding.
    fn finding(&self, position: usize, record: Judged, span: Span) -> Option<String> {
        (position == 0).then(|| self.findings.get(&(record, span)).cloned()).flatten()
    }

    fn new(readings: &'a [ReadDocument]) -> Self {
        let sentences =
            |r: &ReadDocument| crate::text::Page::new(&r.document).sentences.iter().map(|s| s.span).collect();
        Shelf {
            readings,
            pages: HashMap::new(),
            findings: HashMap::new(),
            speakers: HashMap::new(),
            positions: readings.iter().enumerate().map(|(n, r)| (r.document.id.as_str(), n)).collect(),
            sentences: readings.iter().map(sentences).collect(),
        }
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The sentence around a place; the place itself where there is none.
    fn sentence(&self, position: usize, span: Span) -> Span {
        let sentences = &self.sentences[position];
        let after = sentences.partition_point(|s| s.start <= span.start);
        match after.checked_sub(1).map(|n| sentences[n]) {
            Some(sentence) if sentence.end > span.start => sentence.cover(span),
            _ => span,
        }
    }

    /// A place with the sentence around it.
    fn excerpt(&self, position: usize, span: Span) -> Excerpt<'a> {
        let sentence = self.sentence(position, span);
        let document = &self.readings[position].document;
        Excerpt {
            before: text(document, Span::new(sentence.start, span.start)),
            found: text(document, span),
            after: text(document, Span::new(span.end, sentence.end)),
        }
    }

    fn source(&self, position: usize) -> Source<'a> {
        let document = &self.readings[position].document;
        Source {
            id: &document.id,
            anchor: anchor(position),
            page: self.pages.get(document.id.as_str()).cloned(),
            title: document.title.as_deref().unwrap_or(&document.id),
            publisher: document.publisher.as_deref(),
            date: day_of(document),
            kind: document.kind,
        }
    }
}

/// A place with the words around it.
#[derive(Clone, Copy, Debug, Serialize)]
struct Excerpt<'a> {
    before: &'a str,
    found: &'a str,
    after: &'a str,
}

/// A document as findings name it.
#[derive(Clone, Debug, Serialize)]
struct Source<'a> {
    id: &'a str,
    anchor: String,
    /// The address of its page, where that is another one.
    page: Option<String>,
    title: &'a str,
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    kind: Kind,
}

/// What stands at a place; nothing where the place is not of this text.
fn text(document: &Document, span: Span) -> &str {
    document.text.get(span.range()).unwrap_or_default()
}

/// The anchor of a document.
fn anchor(position: usize) -> String {
    format!("d{position}")
}

/// The anchor of a finding: `d3q7` for the seventh quotation of the third document, counted from 0.
fn anchor_of(position: usize, letter: char, number: usize) -> String {
    format!("d{position}{letter}{number}")
}

#[cfg(test)]
mod tests;
