//! Counts over all documents: how often, how long, where and when someone or something is quoted. `speakers`,
//! `quotes --by` and the summary of `report` use them.

use crate::document::Document;
use crate::extract::{Quote, QuoteKind};
use crate::output::Cell;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The header for [`Standing::cells`].
pub(super) const HEADER: [&str; 7] = ["quotes", "direct", "words", "documents", "outlets", "first", "last"];

/// The counts for one name, outlet, month …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The number of quotations.
    pub quotes: u64,
    /// The number of quotations that contain quoted words.
    pub direct: u64,
    /// The number of words in the quotations.
    pub words: u64,
    /// The number of documents.
    pub documents: u64,
    /// The publishers of the documents.
    pub outlets: BTreeSet<String>,
    /// The first and the last day among the documents that have a date.
    pub days: Option<(Date, Date)>,
}

impl Standing {
    /// One document without quotations.
    pub(super) fn of(document: &Document) -> Self {
        Standing {
            documents: 1,
            outlets: document.publisher.iter().cloned().collect(),
            days: document.day().map(|day| (day, day)),
            ..Standing::default()
        }
    }

    /// Counts a quotation with this number of words.
    pub(super) fn count(&mut self, quote: &Quote, words: u32) {
        self.quotes += 1;
        self.direct += u64::from(quote.kind != QuoteKind::Indirect);
        self.words += u64::from(words);
    }

    /// Adds the counts of other documents.
    pub(super) fn join(&mut self, other: Standing) {
        self.quotes += other.quotes;
        self.direct += other.direct;
        self.words += other.words;
        self.documents += other.documents;
        self.outlets.extend(other.outlets);
        self.days = match (self.days, other.days) {
            (Some(ours), Some(theirs)) => Some((ours.0.min(theirs.0), ours.1.max(theirs.1))),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// The cells below [`HEADER`].
    pub(super) fn cells(self) -> Vec<Cell> {
        let day = |day: Option<Date>| Cell::plain(day.map(|day| day.to_string()).unwrap_or_default());
        vec![
            Cell::number(self.quotes),
            Cell::number(self.direct),
            Cell::number(self.words),
            Cell::number(self.documents),
            Cell::plain(self.outlets.into_iter().collect::<Vec<_>>().join("; ")),
            day(self.days.map(|days| days.0)),
            day(self.days.map(|days| days.1)),
        ]
    }
}

/// Ranks by quotations, most first, then by words, then by name.
pub(super) fn ranked<T>(all: BTreeMap<String, T>, standing: impl Fn(&T) -> &Standing) -> Vec<(String, T)> {
    let mut ranked: Vec<_> = all.into_iter().collect();
    ranked.sort_by_key(|(_, one)| (Reverse(standing(one).quotes), Reverse(standing(one).words)));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_joined() {
        let document = |publisher: &str, date: &str| Document {
            publisher: Some(publisher.into()),
            date: Some(date.into()),
            ..Document::new("d", "")
        };
        let mut one = Standing::of(&document("The Courier", "2025-05-03"));
        one.count(&Quote::new(QuoteKind::Direct, Vec::new()), 4);
        let mut two = Standing::of(&document("The Mercury", "2025-05-01"));
        two.count(&Quote::new(QuoteKind::Indirect, Vec::new()), 6);
        one.join(two);
        assert_eq!((one.quotes, one.direct, one.words, one.documents), (2, 1, 10, 2));
        let cells: Vec<String> = one.cells().into_iter().map(|cell| cell.text.to_string()).collect();
        assert_eq!(cells, ["2", "1", "10", "2", "The Courier; The Mercury", "2025-05-01", "2025-05-03"]);
    }
}
