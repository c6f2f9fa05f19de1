//! The pages of one thing each: a document, who used a statement, a speaker, an outlet. Each is also a file: `.json`, `.csv`.

use super::addresses::{beside_address, finding_address, outlet_address, speaker_address};
use super::files::{file, parted, wanted};
use super::library::{LibraryError, plan};
use super::views::SEARCH;
use super::{Library, PAGE, address, broken, encoded, lost, shown};
use crate::document::{Document, Kind};
use crate::extract::{Confidence, Extraction};
use crate::index::{Budget, By, IndexError, SearchQuery, Sort};
use crate::keys::Keys;
use crate::output::html::pictures::{Grid, Strip, along};
use crate::output::html::{self, Limits, Links, Page, ReadDocument};
use crate::output::words::how;
use crate::output::{About, Chunk, Format, Row, day_of, edits, in_memory, name_of};
use crate::record::{self, CoverageRecords, RecordKind, Records};
use crate::review::{Judged, Reviewed};
use crate::span::Span;
use crate::text::folding::folded;
use crate::trace::views::{Covered, Use, by_statement, timeline};
use crate::trace::{Fidelity, Trace};
use axum::response::Response;
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Above this many documents the report is left to `sayso report`.
const REPORT: u64 = 2_000;

/// A document is shown beside so many statements.
const SIDES: usize = 6;

/// The rows of a picture.
const ROWS: usize = 6;

/// Where pages link to.
pub(super) const LINKS: Links<'static> =
    Links { document: &address, speaker: Some(&speaker_address), finding: Some(&finding_address), home: "/" };

fn answer(found: Result<Option<Response>, LibraryError>, what: &str, id: &str) -> Response {
    match found {
        Ok(Some(answer)) => answer,
        Ok(None) => lost(&format!("There is no {what} {id} in the index"), ""),
        Err(error) => broken(&error),
    }
}

/// A document that was asked for, and as which file.
type Wanted = (Arc<ReadDocument>, Option<Format>);

/// A document by its id, or by its id and the ending of a format.
fn found(library: &Library, id: &str, format: Option<Format>) -> Result<Option<Wanted>, LibraryError> {
    if let Some(reading) = library.reading(id)? {
        return Ok(Some((reading, format)));
    }
    let Some((id, ending)) = parted(id) else { return Ok(None) };
    Ok(library.reading(id)?.map(|reading| (reading, Some(ending))))
}

/// A document with its findings, as a page or a file.
pub(super) fn document(library: &Library, id: &str, format: Option<&str>) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some((reading, format)) = found(library, id, wanted(format))? else { return Ok(None) };
        if let Some(format) = format {
            let plan = plan(format, None)?;
            let mut chunk = Chunk::default();
            library.records(&reading, &plan, &mut chunk)?;
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let uses = (reading.document.kind == Kind::Statement).then(|| statement_address(&reading.document.id));
        let beside = beside(library, &reading)?;
        let side = |one: &ReadDocument| {
            let title = one.document.title.as_deref().unwrap_or(&one.document.id);
            (title.to_owned(), beside_address(&reading.document.id, &one.document.id))
        };
        let sides: Vec<(String, String)> = beside.iter().skip(1).take(SIDES).map(side).collect();
        Ok(Some(shown(html::document_page(&beside, uses.as_deref(), &sides, &LINKS))))
    };
    answer(read(), "document", id)
}

/// A document and, behind it, what its findings cite.
pub(super) fn beside(library: &Library, reading: &Arc<ReadDocument>) -> Result<Vec<ReadDocument>, LibraryError> {
    Ok(std::iter::once(reading.shared()).chain(library.cited(reading)?).collect())
}

/// A document beside a statement that its findings name.
pub(super) fn side_by_side(library: &Library, id: &str, with: &str) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some(reading) = library.reading(id)? else { return Ok(None) };
        let Some(statement) = library.reading(with)? else { return Ok(None) };
        let page = html::beside_page(&reading, &statement, &address(id), &address(with));
        Ok(Some(shown(page)))
    };
    answer(read(), "pair of documents", &format!("{id}, {with}"))
}

fn statement_address(id: &str) -> String {
    format!("/statement/{}", encoded(id))
}

#[derive(Serialize)]
struct SourceItem<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    date: Option<&'a str>,
    kind: &'static str,
    href: String,
}

fn source(document: &Document) -> SourceItem<'_> {
    SourceItem {
        id: &document.id,
        title: document.title.as_deref().unwrap_or(&document.id),
        publisher: document.publisher.as_deref(),
        date: day_of(document),
        kind: document.kind.name(),
        href: address(&document.id),
    }
}

#[derive(Serialize)]
struct Chip {
    label: String,
    tone: &'static str,
    href: String,
}

const fn tone(relation: Option<Fidelity>) -> &'static str {
    match relation {
        Some(Fidelity::Altered) => "bad",
        Some(Fidelity::Spliced) => "warn",
        Some(Fidelity::Bracketed) => "note",
        Some(Fidelity::Elided | Fidelity::Verbatim) => "good",
        Some(Fidelity::NotFound) | None => "mute",
    }
}

#[derive(Serialize)]
struct SentenceItem<'a> {
    id: String,
    text: &'a str,
    begins: bool,
    uses: Vec<UseItem>,
}

#[derive(Serialize)]
struct UseItem {
    label: String,
    tone: &'static str,
    href: String,
    who: String,
    date: Option<String>,
    changed: bool,
    words: String,
}

#[derive(Serialize)]
struct Spread<'a> {
    sentence: &'a str,
    wordings: Vec<Wording>,
}

#[derive(Serialize)]
struct Wording {
    label: String,
    tone: &'static str,
    words: String,
    told: String,
    dots: Vec<Dot>,
}

#[derive(Serialize)]
struct Dot {
    x: f64,
    href: String,
    title: String,
}

/// Who used which sentence of a statement.
pub(super) fn statement(library: &Library, id: &str, format: Option<&str>) -> Response {
    let read = || -> Result<Option<Response>, LibraryError> {
        let Some((reading, format)) = found(library, id, wanted(format))? else { return Ok(None) };
        let statement = &reading.document;
        let (covered, looked, more) = library.users(statement)?;
        let sentences = by_statement(&covered, &library.sources);
        if let Some(format) = format {
            let plan = plan(format, Some(RecordKind::Sentence))?;
            let own = record::Library::new(covered.iter().map(|one| &one.document), library.offsets);
            let shelf = record::Library::new([statement], library.offsets);
            let records = CoverageRecords::new(&covered, own, shelf);
            let mut chunk = Chunk::default();
            for sentence in sentences.iter().filter(|one| one.statement == statement.id) {
                plan.push(&mut chunk, &records.sentence(sentence), Row::new)?;
            }
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let used: HashMap<u32, &[Use]> = sentences
            .iter()
            .filter(|one| one.statement == statement.id)
            .map(|one| (one.span.start, &one.uses[..]))
            .collect();
        Ok(Some(shown(statement_page(library, statement, &covered, &used, (looked, more)))))
    };
    answer(read(), "statement", id)
}

fn statement_page(
    library: &Library,
    statement: &Arc<Document>,
    covered: &[Covered],
    used: &HashMap<u32, &[Use]>,
    (looked, more): (usize, usize),
) -> Result<String, html::PageError> {
    let text = statement.text.as_str();
    let page = crate::text::Page::new(statement);
    let mut end = 0;
    let (mut items, mut strip) = (Vec::new(), Vec::new());
    for (n, sentence) in page.sentences.iter().enumerate() {
        let span = sentence.span;
        let uses = used.get(&span.start).copied().unwrap_or_default();
        let worst = uses.iter().filter_map(|one| one.trace(covered).map(|trace| trace.relation)).max();
        let id = format!("s{n}");
        strip.push((span.of(text).split_whitespace().count(), uses.len(), worst, id.clone()));
        items.push(SentenceItem {
            id,
            text: span.of(text),
            begins: text.get(end as usize..span.start as usize).is_some_and(|gap| gap.contains('\n')),
            uses: uses.iter().map(|one| use_item(*one, covered, statement)).collect(),
        });
        end = span.end;
    }
    let days: Vec<Date> = covered.iter().filter_map(|one| one.document.day()).chain(statement.day()).collect();
    let (first, last) = (days.iter().min().copied(), days.iter().max().copied());
    let mut spread: Vec<Spread> = Vec::new();
    for rendering in timeline(covered, &library.sources).into_iter().filter(|one| one.statement == statement.id) {
        let sentence = rendering.sentence.of(text);
        let wording = wording(&rendering.uses, covered, first.zip(last));
        match spread.last_mut() {
            Some(last) if last.sentence == sentence => last.wordings.push(wording),
            _ => spread.push(Spread { sentence, wordings: vec![wording] }),
        }
    }
    // A sentence that one article has in one way did not spread.
    spread.retain(|one| one.wordings.len() > 1 || one.wordings.iter().any(|wording| wording.dots.len() > 1));
    let link = |format: &str| format!("{}?format={format}", statement_address(&statement.id));
    let speaker_href = statement.speaker.as_deref().map(speaker_address);
    html::render(
        "statement.html",
        context! {
            source => Serde(source(statement)), speaker => statement.speaker.as_deref(), speaker_href,
            href => address(&statement.id), csv => link("csv"), json => link("json"),
            strip => Serde(Strip::new(&strip)), sentences => Serde(items), users => covered.len(), looked, more,
            spread => Serde(spread),
            first => first.map(|day| day.to_string()), last => last.map(|day| day.to_string()),
        },
    )
}

fn use_item(one: Use, covered: &[Covered], statement: &Document) -> UseItem {
    let document = &covered[one.covered].document;
    let trace = one.trace(covered);
    let relation = trace.map(|trace| trace.relation);
    let changed = matches!(relation, Some(Fidelity::Altered | Fidelity::Spliced));
    let said = match trace.filter(|_| changed) {
        Some(trace) => change(document, statement, trace),
        None => one.span(covered).of(&document.text).to_owned(),
    };
    UseItem {
        label: relation.map_or_else(|| "unmarked".to_owned(), |relation| name_of(&relation)),
        tone: tone(relation),
        href: place(document, one.span(covered), trace),
        who: document.publisher.clone().unwrap_or_else(|| document.id.clone()),
        date: document.day().map(|day| day.to_string()),
        changed,
        words: said,
    }
}

/// What was changed, in the words of both.
fn change(document: &Document, statement: &Document, trace: &Trace) -> String {
    let of = |text: &str, span: Span| text.get(span.range()).unwrap_or_default().to_owned();
    let changes = edits(&statement.text, trace).into_iter().filter(|edit| !edit.same).map(|edit| {
        match (of(&statement.text, edit.old), of(&document.text, edit.new)) {
            (old, new) if old.is_empty() => format!("+ {new}"),
            (old, new) if new.is_empty() => format!("− {old}"),
            (old, new) => format!("{old} → {new}"),
        }
    });
    changes.collect::<Vec<_>>().join("; ")
}

/// The place of quoted words on the page of their document.
fn place(document: &Document, _: Span, trace: Option<&Trace>) -> String {
    match trace.and_then(|trace| trace.quote_index) {
        Some(quote) => format!("{}#d0q{quote}", address(&document.id)),
        None => address(&document.id),
    }
}

fn wording(uses: &[Use], covered: &[Covered], days: Option<(Date, Date)>) -> Wording {
    let trace = uses.first().and_then(|one| one.trace(covered));
    let relation = trace.map(|trace| trace.relation);
    let first = uses.first().map(|one| one.span(covered).of(&covered[one.covered].document.text).to_owned());
    let mut told = Vec::new();
    let mut dots = Vec::new();
    for one in uses {
        let document = &covered[one.covered].document;
        let who = document.publisher.as_deref().unwrap_or(&document.id);
        let day = document.day();
        let when = day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        told.push(format!("{who}, {when}"));
        if let (Some(day), Some((first, last))) = (day, days) {
            dots.push(Dot {
                x: along(day, first, last),
                href: place(document, one.span(covered), one.trace(covered)),
                title: format!("{who}, {when}"),
            });
        }
    }
    Wording {
        label: relation.map_or_else(|| "unmarked".to_owned(), |relation| name_of(&relation)),
        tone: tone(relation),
        words: first.unwrap_or_default(),
        told: told.join("; "),
        dots,
    }
}

#[derive(Serialize)]
struct Spoken {
    #[serde(flatten)]
    source: BTreeMap<&'static str, Option<String>>,
    quotes: Vec<QuoteItem>,
    chips: Vec<Chip>,
}

impl Spoken {
    fn of(document: &Document) -> Spoken {
        let item = source(document);
        let source = BTreeMap::from([
            ("title", Some(item.title.to_owned())),
            ("publisher", item.publisher.map(str::to_owned)),
            ("date", item.date.map(str::to_owned)),
            ("kind", Some(item.kind.to_owned())),
            ("href", Some(item.href)),
        ]);
        Spoken { source, quotes: Vec::new(), chips: Vec::new() }
    }
}

#[derive(Serialize)]
struct QuoteItem {
    pieces: Vec<String>,
    kind: String,
    how: &'static str,
    unsure: bool,
    link: String,
    chips: Vec<Chip>,
    reviewed: Option<Reviewed>,
}

/// The search for the documents of a page of a speaker or an outlet.
fn page_query(page: usize) -> SearchQuery {
    SearchQuery {
        sort: Sort::Newest,
        limit: PAGE,
        offset: (page - 1) * PAGE,
        places: 0,
        budget: Some(Budget::small(SEARCH)),
        ..SearchQuery::default()
    }
}

/// The quotations of a document by a speaker: one whose name has every word of the name that was asked for, or of another
/// name of the same one.
fn quotes_of(extraction: &Extraction, names: &[Vec<String>]) -> Vec<usize> {
    let is_one = |name: &str| {
        let words = folded(name);
        names.iter().any(|name| !name.is_empty() && name.iter().all(|word| words.contains(word)))
    };
    let who: Vec<bool> = extraction.speakers.iter().map(|speaker| is_one(&speaker.name)).collect();
    let quotes = extraction.quotes.iter().enumerate();
    let own = quotes.filter(|(_, quote)| quote.speaker.is_some_and(|s| who.get(s as usize) == Some(&true)));
    own.map(|(n, _)| n).collect()
}

/// All words of a speaker.
pub(super) fn speaker(library: &Library, name: &str, format: Option<&str>, page: usize) -> Response {
    let (name, format) = match parted(name) {
        Some((name, ending)) => (name, Some(ending)),
        None => (name, wanted(format)),
    };
    let read = || -> Result<Option<Response>, LibraryError> {
        let others = library.archive.words().aliases.others(name);
        let query = SearchQuery {
            speaker: Some(name.to_owned()),
            speaker_aliases: others.clone(),
            kind: Some(Kind::Article),
            ..page_query(page)
        };
        let hits = library.index.search(&query)?;
        let names: Vec<Vec<String>> =
            std::iter::once(name).chain(others.iter().map(String::as_str)).map(folded).collect();
        let plan = plan(format.unwrap_or(Format::Json), Some(RecordKind::Quote))?;
        let mut chunk = Chunk::default();
        let (mut documents, mut roles, mut relations) = (Vec::new(), Vec::new(), BTreeMap::<Fidelity, usize>::new());
        for hit in hits.hits {
            let (document, mut extraction) = (hit.document, hit.extraction);
            let traces = library.quoted(&document, &mut extraction)?;
            let own = quotes_of(&extraction, &names);
            if format.is_some() {
                let records = Records::new(&document, &extraction, library.offsets);
                let about = About::new(&plan, &document);
                for record in own.iter().filter_map(|n| records.get(RecordKind::Quote, *n)) {
                    plan.push_about(&mut chunk, &record, about.as_ref(), Row::new)?;
                }
                continue;
            }
            let mut spoken = Spoken::of(&document);
            spoken.quotes = said(&document, &extraction, &traces, &own, &mut relations);
            let speakers = own.iter().filter_map(|n| extraction.speakers.get(extraction.quotes[*n].speaker? as usize));
            for role in speakers.filter_map(|speaker| speaker.role.clone()) {
                if !roles.contains(&role) && roles.len() < 4 {
                    roles.push(role);
                }
            }
            documents.push(spoken);
        }
        if let Some(format) = format {
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let query = SearchQuery { offset: 0, budget: Some(Budget::small(SEARCH)), ..query };
        let picture = picture(library, &query, By::Publisher, "Documents", |query, outlet| SearchQuery {
            publisher: Some(outlet.to_owned()),
            ..query.clone()
        })?;
        let faithful: Vec<(String, usize)> =
            relations.iter().rev().filter(|(r, _)| **r != Fidelity::NotFound).map(|(r, n)| (name_of(r), *n)).collect();
        let own = speaker_address(name);
        let values = context! {
            name, total => hits.total, roles => Serde(roles), picture => Serde(picture), documents => Serde(documents),
            faithful => Serde(faithful),
            csv => format!("{own}?format=csv&page={page}"), json => format!("{own}?format=json&page={page}"),
            before => (page > 1).then(|| format!("{own}?page={}", page - 1)),
            after => ((page * PAGE) as u64 <= hits.total.saturating_sub(1)).then(|| format!("{own}?page={}", page + 1)),
        };
        Ok(Some(shown(html::render("speaker.html", values))))
    };
    answer(read(), "speaker", name)
}

/// Some quotations of a document, with what became of their words.
fn said(
    document: &Document,
    extraction: &Extraction,
    traces: &[Trace],
    which: &[usize],
    relations: &mut BTreeMap<Fidelity, usize>,
) -> Vec<QuoteItem> {
    let keys = Keys::all(document, extraction);
    let item = |n: &usize| {
        let quote = &extraction.quotes[*n];
        let first = quote.content.first().copied().unwrap_or_default();
        let key = keys.iter().find(|(_, record, span)| *record == Judged::Quote && *span == first);
        let traced = traces.iter().filter(|trace| trace.quote_index == Some(*n as u32));
        let mut chips: Vec<Chip> = Vec::new();
        for trace in traced {
            *relations.entry(trace.relation).or_default() += 1;
            if let Some(statement) = trace.statement.as_deref() {
                chips.push(Chip {
                    label: name_of(&trace.relation),
                    tone: tone(Some(trace.relation)),
                    href: statement_address(statement),
                });
            }
            if trace.attribution_drift == Some(true) {
                let by = trace.statement_speaker.as_deref().unwrap_or("somebody else");
                chips.push(Chip { label: format!("said by {by}"), tone: "bad", href: address(&document.id) });
            }
        }
        QuoteItem {
            pieces: quote.content.iter().map(|span| span.of(&document.text).to_owned()).collect(),
            kind: name_of(&quote.kind),
            how: how(quote.how),
            unsure: quote.confidence == Confidence::Low,
            link: key.map_or_else(|| address(&document.id), |(key, ..)| finding_address(key, &document.id)),
            chips,
            reviewed: extraction.reviewed(Judged::Quote, first).cloned(),
        }
    };
    which.iter().map(item).collect()
}

/// Documents by month.
fn by_month(library: &Library, query: &SearchQuery) -> Result<BTreeMap<String, u64>, IndexError> {
    let months = library.index.count(query, By::Month)?;
    Ok(months.into_iter().filter_map(|(month, n)| Some((month?, n))).collect())
}

/// Counts by month for the most frequent of a facet. Reads only columns.
fn picture(
    library: &Library,
    query: &SearchQuery,
    by: By,
    what: &str,
    narrowed: impl Fn(&SearchQuery, &str) -> SearchQuery,
) -> Result<Option<Grid>, IndexError> {
    let top = library.index.count(query, by)?;
    let mut rows = Vec::new();
    for name in top.into_iter().filter_map(|(name, _)| name).take(ROWS) {
        let months = by_month(library, &narrowed(query, &name))?;
        rows.push((name, months));
    }
    Ok(Grid::new(what, &rows))
}

#[derive(Serialize)]
struct Part {
    label: String,
    tone: &'static str,
    count: usize,
}

/// An outlet: whom it quotes, what it made of statements, its documents.
pub(super) fn outlet(library: &Library, name: &str, format: Option<&str>, page: usize) -> Response {
    let (name, format) = match parted(name) {
        Some((name, ending)) => (name, Some(ending)),
        None => (name, wanted(format)),
    };
    let read = || -> Result<Option<Response>, LibraryError> {
        let query = SearchQuery { publisher: Some(name.to_owned()), ..page_query(page) };
        let hits = library.index.search(&query)?;
        let plan = plan(format.unwrap_or(Format::Json), Some(RecordKind::Document))?;
        let mut chunk = Chunk::default();
        let (mut documents, mut relations) = (Vec::new(), BTreeMap::<Fidelity, usize>::new());
        for hit in hits.hits {
            let (document, mut extraction) = (hit.document, hit.extraction);
            if format.is_some() {
                let records = Records::new(&document, &extraction, library.offsets);
                plan.push(&mut chunk, &records.document(), Row::new)?;
                continue;
            }
            let traces = library.quoted(&document, &mut extraction)?;
            let mut spoken = Spoken::of(&document);
            for trace in &traces {
                *relations.entry(trace.relation).or_default() += 1;
                if matches!(trace.relation, Fidelity::Altered | Fidelity::Spliced) {
                    spoken.chips.push(Chip {
                        label: name_of(&trace.relation),
                        tone: tone(Some(trace.relation)),
                        href: place(&document, trace.quote, Some(trace)),
                    });
                }
            }
            documents.push(spoken);
        }
        if let Some(format) = format {
            return Ok(Some(file(format, in_memory(&plan, chunk)?)));
        }
        let query = SearchQuery { offset: 0, budget: Some(Budget::small(SEARCH)), ..query };
        let months = by_month(library, &query)?;
        let picture = Grid::new("Documents", &[("documents".to_owned(), months)]);
        let quoted = super::views::facet(library, &query, By::Speaker, "Whom it quotes", "It quotes nobody.")?;
        let of = |relation: Fidelity| relations.get(&relation).copied().unwrap_or(0);
        let kept = of(Fidelity::Verbatim) + of(Fidelity::Elided) + of(Fidelity::Bracketed);
        let found = kept + of(Fidelity::Altered) + of(Fidelity::Spliced);
        let parts: Vec<Part> = relations
            .iter()
            .rev()
            .map(|(relation, count)| Part { label: name_of(relation), tone: tone(Some(*relation)), count: *count })
            .collect();
        let own = outlet_address(name);
        let values = context! {
            name, total => hits.total, picture => Serde(picture), quoted => Serde(quoted), documents => Serde(documents),
            relations => Serde(parts), found, kept, spread => interval(kept, found),
            csv => format!("{own}?format=csv&page={page}"), json => format!("{own}?format=json&page={page}"),
            before => (page > 1).then(|| format!("{own}?page={}", page - 1)),
            after => ((page * PAGE) as u64 <= hits.total.saturating_sub(1)).then(|| format!("{own}?page={}", page + 1)),
        };
        Ok(Some(shown(html::render("outlet.html", values))))
    };
    answer(read(), "outlet", name)
}

/// The share of some of all, with what chance leaves open: Wilson's interval (1927) at 95 %.
fn interval(some: usize, all: usize) -> Option<String> {
    if all == 0 {
        return None;
    }
    let (n, p, z) = (all as f64, some as f64 / all as f64, 1.96);
    let middle = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    Some(format!("{:.0} to {:.0} %", 100.0 * (middle - half) / whole, 100.0 * (middle + half) / whole))
}

/// The report over all documents of a small index.
pub(super) fn report(library: &Library) -> Response {
    if library.index.len() > REPORT {
        let many = library.index.len();
        let why = format!("{many} documents are too many to compare while you wait. Run sayso report.");
        return shown(html::render("lost.html", context! { heading => "The report", why }));
    }
    let read = || -> Result<Vec<ReadDocument>, LibraryError> {
        let documents = library.index.documents(&crate::index::Filter::default())?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_narrows_with_what_is_counted() {
        assert_eq!(interval(0, 0), None);
        assert_eq!(interval(8, 10).as_deref(), Some("49 to 94 %"));
        assert_eq!(interval(800, 1000).as_deref(), Some("77 to 82 %"));
    }

    #[test]
    fn an_ending_names_a_format_and_a_name_keeps_its_dots() {
        assert_eq!(parted("Dana Holt.csv"), Some(("Dana Holt", Format::Csv)));
        assert_eq!(parted("J. R. Holt"), None);
    }
}
