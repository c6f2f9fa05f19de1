//! The pages of those who speak and those who publish: all words of a speaker, what an outlet makes of statements. Each is also
//! a file: `.json`, `.csv`.

use super::addresses::{finding_address, outlet_address, speaker_address, statement_address};
use super::files::{file, named};
use super::library::{LibraryError, plan};
use super::pages::{Chip, answer, place, source, tone};
use super::views::{SEARCH, facet};
use super::{Form, Library, PAGE, address, shown};
use crate::document::{Document, Kind};
use crate::extract::{Confidence, Extraction};
use crate::index::{Budget, By, IndexError, SearchQuery, Sort};
use crate::keys::Keys;
use crate::output::html;
use crate::output::html::pictures::Grid;
use crate::output::words::how;
use crate::output::{About, Chunk, Format, Row, amount, in_memory, name_of};
use crate::record::{RecordKind, Records};
use crate::review::{Judged, Reviewed};
use crate::text::folding::folded;
use crate::trace::{Fidelity, Trace};
use axum::response::Response;
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::BTreeMap;

/// The rows of a picture.
const ROWS: usize = 6;

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
    /// The figures in it, each with its page.
    figures: Vec<Chip>,
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

/// The figures in quoted words, by their numbers.
fn figures_in(extraction: &Extraction, quote: usize) -> impl Iterator<Item = usize> + '_ {
    let content = &extraction.quotes[quote].content;
    let figures = extraction.figures.iter().enumerate();
    figures.filter(|(_, figure)| content.iter().any(|span| span.contains(figure.span))).map(|(n, _)| n)
}

/// All words of a speaker, or those with figures in them.
pub(super) fn speaker(library: &Library, name: &str, form: &Form) -> Response {
    let ((name, format), page) = (named(name, form.format.as_deref()), form.page());
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
        let kind = if form.figures { RecordKind::Figure } else { RecordKind::Quote };
        let plan = plan(format.unwrap_or(Format::Json), Some(kind))?;
        let mut chunk = Chunk::default();
        let (mut documents, mut roles, mut relations) = (Vec::new(), Vec::new(), BTreeMap::<Fidelity, usize>::new());
        for hit in hits.hits {
            let (document, mut extraction) = (hit.document, hit.extraction);
            let traces = library.quoted(&document, &mut extraction)?;
            let mut own = quotes_of(&extraction, &names);
            if form.figures {
                own.retain(|quote| figures_in(&extraction, *quote).next().is_some());
            }
            if format.is_some() {
                let records = Records::new(&document, &extraction, library.offsets);
                let about = About::new(&plan, &document);
                let mut wanted = own.clone();
                if form.figures {
                    wanted = own.iter().flat_map(|quote| figures_in(&extraction, *quote)).collect();
                    wanted.dedup();
                }
                for record in wanted.into_iter().filter_map(|n| records.get(kind, n)) {
                    plan.push_about(&mut chunk, &record, about.as_ref(), Row::new)?;
                }
                continue;
            }
            if own.is_empty() {
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
        let only = if form.figures { "&figures=true" } else { "" };
        let values = context! {
            name, total => hits.total, roles => Serde(roles), picture => Serde(picture), documents => Serde(documents),
            faithful => Serde(faithful),
            own => own.as_str(), figures => form.figures,
            csv => format!("{own}?format=csv&page={page}{only}"), json => format!("{own}?format=json&page={page}{only}"),
            before => (page > 1).then(|| format!("{own}?page={}{only}", page - 1)),
            after => ((page * PAGE) as u64 <= hits.total.saturating_sub(1)).then(|| format!("{own}?page={}{only}", page + 1)),
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
    let figure = |n: usize| {
        let figure = &extraction.figures[n];
        let key = keys.iter().find(|(_, record, span)| *record == Judged::Figure && *span == figure.span);
        let noun = figure.noun.map(|noun| format!(" {}", noun.of(&document.text))).unwrap_or_default();
        Chip {
            label: format!("{}{noun}", amount(figure)),
            tone: "mute",
            href: key.map_or_else(|| address(&document.id), |(key, ..)| finding_address(key, &document.id)),
        }
    };
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
            figures: figures_in(extraction, *n).map(figure).collect(),
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
pub(super) fn outlet(library: &Library, name: &str, form: &Form) -> Response {
    let ((name, format), page) = (named(name, form.format.as_deref()), form.page());
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
                        href: place(&document, Some(trace)),
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
        let quoted = facet(library, &query, By::Speaker, "Whom it quotes", "It quotes nobody.")?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_narrows_with_what_is_counted() {
        assert_eq!(interval(0, 0), None);
        assert_eq!(interval(8, 10).as_deref(), Some("49 to 94 %"));
        assert_eq!(interval(800, 1000).as_deref(), Some("77 to 82 %"));
    }
}
