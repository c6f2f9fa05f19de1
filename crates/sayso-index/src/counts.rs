//! Counts the results of a search: documents by publisher, by quoted speaker, or by month. Reads only columns.

use super::Index;
use super::entry::date_of;
use super::error::{IndexError, guard};
use super::query::{Operator, Plan, Scores, SearchQuery};
use super::ranking::names;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::{DocId, Searcher, SegmentReader};

/// The key by which documents are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// The publisher.
    Publisher,
    /// Each speaker who is quoted in the document, under the name that the document uses.
    Speaker,
    /// The month, `2018-03`.
    Month,
}

impl Index {
    /// The number of matching documents for each publisher, speaker or month. Documents without one are counted under
    /// `None`. Largest count first; months are in order.
    pub fn count(&self, query: &SearchQuery, by: By) -> Result<Vec<(Option<String>, u64)>, IndexError> {
        let plan = Plan::of(query);
        let searcher = self.reader.searcher();
        query.is_short_enough()?;
        let tree = self.tree(&searcher, &query.text)?;
        query.allows(&tree)?;
        let all = self.compiled(&searcher, query, &tree, &plan)?;
        let counts =
            guard(&self.dir, || tally(&searcher, &all, query, by).map_err(|e| IndexError::reading(&self.dir, e)))?;
        let mut counts: Vec<(Option<String>, u64)> = counts.into_iter().collect();
        match by {
            By::Month => counts.sort_by_key(|(month, _)| (month.is_none(), month.clone())),
            _ => counts.sort_by_key(|(name, count)| (name.is_none(), std::cmp::Reverse(*count))),
        }
        Ok(counts)
    }
}

fn tally(
    searcher: &Searcher,
    all: &Operator,
    query: &SearchQuery,
    by: By,
) -> tantivy::Result<BTreeMap<Option<String>, u64>> {
    let mut docs: Vec<Vec<DocId>> = vec![Vec::new(); searcher.segment_readers().len()];
    all.walk(searcher, Scores::Unwanted, query.until(), |ord, found| {
        found.each(|doc, _| docs[ord as usize].push(doc))
    })?;
    let mut counts = BTreeMap::new();
    for (segment, docs) in searcher.segment_readers().iter().zip(&docs) {
        match by {
            By::Month => months(segment, docs, &mut counts)?,
            By::Publisher => terms(segment, "publisher", docs, &mut counts)?,
            By::Speaker => terms(segment, "said", docs, &mut counts)?,
        }
    }
    Ok(counts)
}

fn terms(
    segment: &SegmentReader,
    column: &str,
    docs: &[DocId],
    counts: &mut BTreeMap<Option<String>, u64>,
) -> tantivy::Result<()> {
    let Some(column) = segment.fast_fields().str(column)? else {
        *counts.entry(None).or_default() += docs.len() as u64;
        return Ok(());
    };
    let mut by_ord: BTreeMap<u64, u64> = BTreeMap::new();
    let mut none = 0;
    for doc in docs {
        let ords: BTreeSet<u64> = column.term_ords(*doc).collect();
        none += u64::from(ords.is_empty());
        ords.into_iter().for_each(|ord| *by_ord.entry(ord).or_default() += 1);
    }
    if none > 0 {
        *counts.entry(None).or_default() += none;
    }
    let names = names(&column);
    for (ord, count) in by_ord {
        *counts.entry(names.get(ord as usize).cloned()).or_default() += count;
    }
    Ok(())
}

fn months(segment: &SegmentReader, docs: &[DocId], counts: &mut BTreeMap<Option<String>, u64>) -> tantivy::Result<()> {
    let days = segment.fast_fields().i64("day")?;
    let mut by_day: BTreeMap<Option<i64>, u64> = BTreeMap::new();
    for doc in docs {
        *by_day.entry(days.first(*doc)).or_default() += 1;
    }
    for (day, count) in by_day {
        let date = day.and_then(date_of);
        *counts.entry(date.map(|date| format!("{:04}-{:02}", date.year(), date.month()))).or_default() += count;
    }
    Ok(())
}
