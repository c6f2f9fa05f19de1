//! Ranks the results of a search. It takes the documents as a query is walked and keeps the first `limit`, by score,
//! day or publisher. Equal ones are in the order of first insertion. Memory is bounded by twice the number of results.

use super::Index;
use super::query::{Operator, Scores, SearchQuery, Sort};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

impl Index {
    /// The number of matching documents, and the first `limit` of them.
    pub(super) fn rank(
        &self,
        searcher: &Searcher,
        all: &Operator,
        query: &SearchQuery,
        limit: usize,
    ) -> tantivy::Result<(u64, Vec<(f32, DocAddress)>)> {
        let sort = query.sort;
        let publishers = match sort {
            Sort::Publisher => publishers(searcher)?,
            _ => Vec::new(),
        };
        let mut keys = Vec::new();
        for segment in searcher.segment_readers() {
            keys.push((Key::new(segment, sort, &publishers), segment.fast_fields().u64("seq")?));
        }
        let (mut total, mut best) = (0, Best::new(limit));
        let scores = if limit == 0 { Scores::Unwanted } else { Scores::Wanted };
        all.walk(searcher, scores, query.until(), |ord, found| {
            total += u64::from(found.count());
            if limit == 0 {
                return;
            }
            let (key, seqs) = &keys[ord as usize];
            found.each(|doc, score| {
                // The score is rounded, because the order in which a segment adds partial scores may change the last
                // bits.
                let score = (score * 1000.0).round() as i64;
                let key = key.of(doc, score);
                if best.may_take(key) {
                    let seq = seqs.first(doc).unwrap_or(u64::MAX);
                    best.offer((Reverse(key), seq, score, DocAddress::new(ord, doc)));
                }
            });
        })?;
        Ok((total, best.sorted().into_iter().map(|(_, _, score, at)| (score as f32 / 1000.0, at)).collect()))
    }
}

/// The sort key of a document: its ranking key, largest first, then its number in the order of insertion.
type Ranked = (Reverse<i64>, u64, i64, DocAddress);

/// The best of the documents that were offered, up to a limit.
struct Best {
    limit: usize,
    held: Vec<Ranked>,
    /// The smallest key that can still be among them.
    least: i64,
}

impl Best {
    fn new(limit: usize) -> Best {
        Best { limit, held: Vec::new(), least: i64::MIN }
    }

    fn may_take(&self, key: i64) -> bool {
        key >= self.least
    }

    fn offer(&mut self, ranked: Ranked) {
        self.held.push(ranked);
        if self.held.len() >= self.limit.saturating_mul(2).saturating_add(32) {
            let (_, last, _) = self.held.select_nth_unstable(self.limit - 1);
            self.least = last.0.0;
            self.held.truncate(self.limit);
        }
    }

    fn sorted(mut self) -> Vec<Ranked> {
        self.held.sort_unstable();
        self.held.truncate(self.limit);
        self.held
    }
}

/// The key by which the documents of a segment are ranked, largest first.
enum Key {
    Score,
    /// The column of days, and which end comes first.
    Days(Option<tantivy::columnar::Column<i64>>, Sort),
    /// The column of publishers, and the rank of each of its terms.
    Ranks(Option<StrColumn>, Vec<i64>),
}

impl Key {
    fn new(segment: &SegmentReader, sort: Sort, publishers: &[String]) -> Key {
        match sort {
            Sort::Score => Key::Score,
            Sort::Newest | Sort::Oldest => Key::Days(segment.fast_fields().i64("day").ok(), sort),
            Sort::Publisher => {
                let column = segment.fast_fields().str("publisher").ok().flatten();
                let ranks = column.as_ref().map(names).unwrap_or_default();
                let rank = |name: &String| -(publishers.binary_search(name).unwrap_or(usize::MAX >> 1) as i64);
                Key::Ranks(column, ranks.iter().map(rank).collect())
            }
        }
    }

    fn of(&self, doc: DocId, score: i64) -> i64 {
        match self {
            Key::Score => score,
            Key::Days(days, sort) => {
                let day = days.as_ref().and_then(|days| days.first(doc));
                day.map_or(i64::MIN, |day| if *sort == Sort::Newest { day } else { -day })
            }
            Key::Ranks(column, ranks) => {
                let ord = column.as_ref().and_then(|column| column.term_ords(doc).next());
                ord.and_then(|ord| ranks.get(ord as usize)).copied().unwrap_or(i64::MIN)
            }
        }
    }
}

/// The terms of a column, in column order.
pub(super) fn names(column: &StrColumn) -> Vec<String> {
    let (mut all, mut name) = (Vec::new(), String::new());
    for ord in 0..column.num_terms() as u64 {
        name.clear();
        // `fsck` reports a term that cannot be read; here it must only keep its number.
        let _ = column.ord_to_str(ord, &mut name);
        all.push(name.clone());
    }
    all
}

fn publishers(searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let mut all = BTreeSet::new();
    for segment in searcher.segment_readers() {
        all.extend(segment.fast_fields().str("publisher")?.as_ref().map(names).unwrap_or_default());
    }
    Ok(all.into_iter().collect())
}
