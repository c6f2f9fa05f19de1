//! A document and a statement side by side: both texts whole, with what they share marked on both sides.

use super::texts::{Mark, TextItem, figure_class, marked, traced};
use super::{PageError, ReadDocument, Shelf, render};
use crate::output::words::Listed;
use crate::span::Span;
use minijinja::context;
use minijinja::value::Serde;

/// What a place of the document shares with places of the statement.
struct Shared {
    class: &'static str,
    title: String,
    here: Span,
    there: Vec<Span>,
}

/// The page of two texts side by side. `href` and `with` are the addresses of their own pages.
pub fn beside_page(
    reading: &ReadDocument,
    statement: &ReadDocument,
    href: &str,
    with: &str,
) -> Result<String, PageError> {
    let readings = [reading.shared(), statement.shared()];
    let shelf = Shelf::new(&readings);
    let mut shared = shared(reading, &statement.document.id);
    shared.sort_by_key(|one| (one.here.start, one.here.end));
    let mark = |n: usize, one: &Shared, span: Span| Mark {
        span,
        class: one.class,
        id: format!("p{n}"),
        title: one.title.clone(),
    };
    let here: Vec<Mark> = shared.iter().enumerate().map(|(n, one)| mark(n, one, one.here)).collect();
    let there = shared.iter().enumerate().flat_map(|(n, one)| one.there.iter().map(move |span| mark(n, one, *span)));
    let sides: [TextItem; 2] = [marked(&shelf, 0, &here), marked(&shelf, 1, &there.collect::<Vec<_>>())];
    render(
        "beside.html",
        context! { sides => Serde(sides), addresses => vec![href.to_owned(), with.to_owned()], shared => shared.len() },
    )
}

/// What the findings of a document tell of one statement.
fn shared(reading: &ReadDocument, statement: &str) -> Vec<Shared> {
    let mut all = Vec::new();
    for trace in reading.traces.iter().filter(|trace| trace.statement.as_deref() == Some(statement)) {
        let Some((class, title)) = traced(trace) else { continue };
        all.push(Shared { class, title, here: trace.quote, there: trace.source.clone() });
    }
    for check in &reading.checks {
        let there: Vec<Span> =
            check.evidence.iter().filter(|item| item.doc == statement).filter_map(|item| item.span).collect();
        let heading = super::checks::heading(Listed::of(check));
        // Where nothing is claimed, nothing is shared.
        if !there.is_empty() && heading.tone != "mute" {
            let class = figure_class(heading.tone);
            all.push(Shared { class, title: heading.label.to_owned(), here: check.span, there });
        }
    }
    all
}
