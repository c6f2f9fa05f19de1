//! Walks a compiled query. It takes a tree of document lists and gives the matching documents window by window, each
//! with its score. A window is a run of 16,384 document numbers of a segment. In a window, each list in turn marks its
//! documents in a bit set and adds to an array of scores; AND, OR and NOT are operations on such sets. So a document of
//! a common word costs a few nanoseconds, and the tree is never evaluated document by document.
//!
//! AND evaluates its cheapest part first and passes the result to the next part, which then looks only at those
//! documents. So positions and zones are read only for documents that meet all other conditions.

use super::budget::in_time;
use super::leaf::{LeafQuery, LeafWalk, Places, norms};
use std::time::Instant;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EnableScoring, Query, Scorer};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

/// The number of documents in a window.
pub(crate) const WINDOW: u32 = 1 << 14;
const CELLS: usize = (WINDOW / 64) as usize;

/// A compiled query.
pub(crate) enum Operator {
    /// Every document.
    All,
    /// No documents.
    Nothing,
    /// Any of these words. Each has a factor for its score.
    Words(Vec<(Term, f32)>),
    /// Any of these words, inside or outside quote marks. Each is a pair of terms: in the text, and among the quoted
    /// words.
    Marked(Vec<(Term, Term)>, Side),
    /// Words at certain positions, and a factor for their score.
    Leaf(LeafQuery, f32),
    /// The documents of a tantivy query, and a factor for their score.
    Query(Box<dyn Query>, f32),
    /// All of these parts. An [`Operator::Not`] excludes documents: from all documents, if there is no other part.
    And(Vec<Operator>),
    /// Any of these parts.
    Or(Vec<Operator>),
    /// All documents except those of this part. Occurs only inside [`Operator::And`].
    Not(Box<Operator>),
}

/// The side of the quote marks on which a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Between quote marks.
    Inside,
    Outside,
}

/// The matching documents of a window.
pub(crate) struct Matches {
    /// The number of its first document.
    pub from: DocId,
    /// One bit for each document, lowest first.
    bits: Vec<u64>,
    /// The scores. Valid only where the bit is set.
    scores: Vec<f32>,
}

impl Matches {
    fn new() -> Matches {
        Matches { from: 0, bits: vec![0; CELLS], scores: vec![0.0; WINDOW as usize] }
    }

    fn clear(&mut self, from: DocId) {
        self.from = from;
        self.bits.fill(0);
    }

    fn is_empty(&self) -> bool {
        self.bits.iter().all(|cell| *cell == 0)
    }

    /// The number of matching documents.
    pub(crate) fn count(&self) -> u32 {
        self.bits.iter().map(|cell| cell.count_ones()).sum()
    }

    /// Calls `seen` with each matching document, in order, and its score.
    pub(crate) fn each(&self, mut seen: impl FnMut(DocId, f32)) {
        for_each_bit(&self.bits, |i| seen(self.from + i as u32, self.scores[i]));
    }

    /// Removes the documents for which `stays` is false.
    pub(crate) fn retain(&mut self, stays: impl Fn(DocId) -> bool) {
        for (cell, bits) in self.bits.iter_mut().enumerate() {
            for bit in ones(*bits) {
                if !stays(self.from + cell as u32 * 64 + bit) {
                    *bits &= !(1 << bit);
                }
            }
        }
    }

    fn add(&mut self, doc: DocId, score: f32) {
        let i = (doc - self.from) as usize;
        let (cell, bit) = (&mut self.bits[i / 64], 1 << (i % 64));
        let before = if *cell & bit == 0 { 0.0 } else { self.scores[i] };
        *cell |= bit;
        self.scores[i] = before + score;
    }
}

fn for_each_bit(bits: &[u64], mut seen: impl FnMut(usize)) {
    for (cell, bits) in bits.iter().enumerate() {
        ones(*bits).for_each(|bit| seen(cell * 64 + bit as usize));
    }
}

/// The positions of the bits that are set, lowest first.
fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
        bit
    })
}

/// Whether scores are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scores {
    Wanted,
    Unwanted,
}

impl Operator {
    /// Calls `seen` with every window of every segment and its matching documents, without deleted ones. Segments and
    /// windows come in order. Returns an error once it is later than `until`.
    pub(crate) fn walk(
        &self,
        searcher: &Searcher,
        scores: Scores,
        until: Option<Instant>,
        mut seen: impl FnMut(u32, &Matches),
    ) -> tantivy::Result<()> {
        let part = Prepared::new(self, searcher, scores)?;
        let mut found = Matches::new();
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            let mut walk = part.on(segment, until)?;
            for from in (0..segment.max_doc()).step_by(WINDOW as usize) {
                in_time(until)?;
                found.clear(from);
                walk.fill(None, &mut found);
                if let Some(alive) = segment.alive_bitset() {
                    found.retain(|doc| alive.is_alive(doc));
                }
                if !found.is_empty() {
                    seen(ord as u32, &found);
                }
            }
        }
        Ok(())
    }
}

/// A part with the statistics of its words over the whole index.
enum Prepared<'p> {
    All,
    Nothing,
    Words(Vec<(&'p Term, Option<Bm25Weight>)>),
    Marked(&'p [(Term, Term)], Side, Bm25Weight),
    Leaf(&'p LeafQuery, f32, Option<Bm25Weight>),
    Query(Box<dyn tantivy::query::Weight>, f32),
    And(Vec<Prepared<'p>>),
    Or(Vec<Prepared<'p>>),
    Not(Box<Prepared<'p>>),
}

impl<'p> Prepared<'p> {
    fn new(part: &'p Operator, searcher: &Searcher, scores: Scores) -> tantivy::Result<Prepared<'p>> {
        let all = |parts: &'p [Operator]| -> tantivy::Result<Vec<Prepared<'p>>> {
            parts.iter().map(|part| Prepared::new(part, searcher, scores)).collect()
        };
        Ok(match part {
            Operator::All => Prepared::All,
            Operator::Nothing => Prepared::Nothing,
            Operator::Words(words) => {
                let weigh = |(term, boost): &'p (Term, f32)| {
                    let weight = match scores {
                        Scores::Wanted => {
                            Some(Bm25Weight::for_terms(searcher, std::slice::from_ref(term))?.boost_by(*boost))
                        }
                        Scores::Unwanted => None,
                    };
                    Ok((term, weight))
                };
                Prepared::Words(words.iter().map(weigh).collect::<tantivy::Result<_>>()?)
            }
            Operator::Marked(words, side) => match words.first() {
                Some((word, _)) => {
                    Prepared::Marked(words, *side, Bm25Weight::for_terms(searcher, std::slice::from_ref(word))?)
                }
                None => Prepared::Nothing,
            },
            Operator::Leaf(leaf, boost) => {
                let weight = match scores {
                    Scores::Wanted => leaf.weight(searcher)?.map(|weight| weight.boost_by(*boost)),
                    Scores::Unwanted => None,
                };
                Prepared::Leaf(leaf, *boost, weight)
            }
            Operator::Query(query, boost) => {
                let scoring = match scores {
                    Scores::Wanted => EnableScoring::enabled_from_searcher(searcher),
                    Scores::Unwanted => EnableScoring::disabled_from_searcher(searcher),
                };
                Prepared::Query(query.weight(scoring)?, *boost)
            }
            Operator::And(parts) => Prepared::And(all(parts)?),
            Operator::Or(parts) => Prepared::Or(all(parts)?),
            Operator::Not(part) => Prepared::Not(Box::new(Prepared::new(part, searcher, scores)?)),
        })
    }

    /// Prepares the part for one segment.
    fn on(&self, segment: &SegmentReader, until: Option<Instant>) -> tantivy::Result<Walk> {
        in_time(until)?;
        Ok(match self {
            Prepared::All => Walk::All(segment.max_doc()),
            Prepared::Nothing | Prepared::Not(_) => Walk::Nothing,
            Prepared::Words(words) => {
                let mut lists = Vec::new();
                for (term, weight) in words {
                    lists.extend(List::new(segment, term)?.map(|list| (list, weight.clone())));
                }
                if lists.is_empty() { Walk::Nothing } else { Walk::Words(lists) }
            }
            Prepared::Marked(words, side, weight) => {
                let (mut lists, mut less) = (Vec::new(), Vec::new());
                for (anywhere, quoted) in *words {
                    let quoted = List::new(segment, quoted)?;
                    match side {
                        Side::Inside => lists.extend(quoted),
                        Side::Outside => {
                            lists.extend(List::new(segment, anywhere)?);
                            less.extend(quoted);
                        }
                    }
                }
                let norms = norms(segment, words[0].0.field())?;
                match lists.is_empty() {
                    true => Walk::Nothing,
                    false => Walk::Marked(Marked {
                        lists,
                        less,
                        times: vec![0; WINDOW as usize],
                        norms,
                        weight: weight.clone(),
                    }),
                }
            }
            Prepared::Leaf(leaf, boost, weight) => match leaf.walk(segment, *boost, weight.clone())? {
                Some(LeafWalk::Documents(bits)) => Walk::Set(bits, *boost),
                Some(LeafWalk::Places(places)) => Walk::Places(places),
                None => Walk::Nothing,
            },
            Prepared::Query(weight, boost) => {
                let scorer = weight.scorer(segment, *boost)?;
                if scorer.doc() == TERMINATED { Walk::Nothing } else { Walk::Scorer(scorer) }
            }
            Prepared::Or(parts) => {
                let mut walks =
                    parts.iter().map(|part| part.on(segment, until)).collect::<tantivy::Result<Vec<_>>>()?;
                walks.retain(|walk| !matches!(walk, Walk::Nothing));
                match walks.len() {
                    0 => Walk::Nothing,
                    1 => walks.swap_remove(0),
                    _ => Walk::Or(walks, Matches::new()),
                }
            }
            Prepared::And(parts) => {
                let (mut all, mut without) = (Vec::new(), Vec::new());
                for part in parts {
                    match part {
                        Prepared::Not(part) => without.push(part.on(segment, until)?),
                        part => all.push(part.on(segment, until)?),
                    }
                }
                if all.iter().any(|walk| matches!(walk, Walk::Nothing)) {
                    return Ok(Walk::Nothing);
                }
                // A part that matches every document is no restriction, so it is dropped unless it is the only one.
                let only = all.len() == 1;
                all.retain(|walk| only || !matches!(walk, Walk::All(_)));
                if all.is_empty() {
                    all.push(Walk::All(segment.max_doc()));
                }
                without.retain(|walk| !matches!(walk, Walk::Nothing));
                all.sort_by_key(Walk::cost);
                if all.len() == 1 && without.is_empty() {
                    return Ok(all.swap_remove(0));
                }
                Walk::And { all, without, found: Matches::new() }
            }
        })
    }
}

/// A part, prepared for one segment.
enum Walk {
    All(DocId),
    Nothing,
    /// Lists, each with the weight that scores it.
    Words(Vec<(List, Option<Bm25Weight>)>),
    Marked(Marked),
    /// A set of documents, and the score of each.
    Set(Vec<u64>, f32),
    Places(Box<Places>),
    Scorer(Box<dyn Scorer>),
    And {
        all: Vec<Walk>,
        without: Vec<Walk>,
        found: Matches,
    },
    Or(Vec<Walk>, Matches),
}

/// The documents of a window at which a part must look; `None` for all. Matches elsewhere do no harm.
type Wanted<'a> = Option<&'a [u64]>;

impl Walk {
    /// The approximate number of steps for the segment.
    fn cost(&self) -> u64 {
        match self {
            Walk::Nothing => 0,
            Walk::All(max_doc) => u64::from(*max_doc) * 64,
            Walk::Words(lists) => lists.iter().map(|(list, _)| list.cost()).sum(),
            Walk::Marked(marked) => marked.lists.iter().chain(&marked.less).map(List::cost).sum(),
            Walk::Set(bits, _) => bits.len() as u64,
            Walk::Places(places) => places.cost(),
            Walk::Scorer(scorer) => scorer.cost().saturating_mul(8),
            Walk::And { all, .. } => all.first().map_or(0, Walk::cost),
            Walk::Or(parts, _) => parts.iter().map(Walk::cost).sum(),
        }
    }

    /// Marks the matches of the window in `into`, which must be empty.
    fn fill(&mut self, wanted: Wanted<'_>, into: &mut Matches) {
        match self {
            Walk::Nothing => {}
            Walk::All(max_doc) => {
                let there = (*max_doc - into.from).min(WINDOW) as usize;
                into.bits[..there / 64].fill(u64::MAX);
                if !there.is_multiple_of(64) {
                    into.bits[there / 64] = (1 << (there % 64)) - 1;
                }
                into.scores[..there].fill(1.0);
            }
            Walk::Words(lists) => {
                for (list, weight) in lists {
                    list.each(wanted, into.from, |doc, times, norms| {
                        into.add(doc, weight.as_ref().map_or(0.0, |w| w.score(norms.fieldnorm_id(doc), times)));
                    });
                }
            }
            Walk::Marked(marked) => marked.fill(wanted, into),
            Walk::Set(bits, score) => {
                let first = into.from as usize / 64;
                let cells = bits.len().saturating_sub(first).min(CELLS);
                into.bits[..cells].copy_from_slice(&bits[first..first + cells]);
                into.scores.fill(*score);
            }
            Walk::Places(places) => match wanted {
                Some(bits) => for_each_bit(bits, |i| {
                    let doc = into.from + i as u32;
                    if places.holds(doc) {
                        into.add(doc, places.score(doc));
                    }
                }),
                None => {
                    let mut doc = places.next(into.from);
                    while doc < into.from + WINDOW {
                        into.add(doc, places.score(doc));
                        doc = places.next(doc + 1);
                    }
                }
            },
            Walk::Scorer(scorer) => match wanted {
                Some(bits) => for_each_bit(bits, |i| {
                    let target = into.from + i as u32;
                    if scorer.doc() < target {
                        scorer.seek(target);
                    }
                    if scorer.doc() == target {
                        into.add(target, scorer.score());
                    }
                }),
                None => {
                    while scorer.doc() < into.from + WINDOW {
                        into.add(scorer.doc(), scorer.score());
                        scorer.advance();
                    }
                }
            },
            Walk::And { all, without, found } => {
                let Some((first, rest)) = all.split_first_mut() else { return };
                first.fill(wanted, into);
                for walk in rest {
                    if into.is_empty() {
                        return;
                    }
                    found.clear(into.from);
                    walk.fill(Some(&into.bits), found);
                    into.bits.iter_mut().zip(&found.bits).for_each(|(bits, other)| *bits &= other);
                    let scores = &mut into.scores;
                    for_each_bit(&into.bits, |i| scores[i] += found.scores[i]);
                }
                for walk in without {
                    if into.is_empty() {
                        return;
                    }
                    found.clear(into.from);
                    walk.fill(Some(&into.bits), found);
                    into.bits.iter_mut().zip(&found.bits).for_each(|(bits, other)| *bits &= !other);
                }
            }
            Walk::Or(parts, found) => {
                for walk in parts.iter_mut() {
                    found.clear(into.from);
                    walk.fill(wanted, found);
                    found.each(|doc, score| into.add(doc, score));
                }
            }
        }
    }
}

/// The postings of a word: documents and frequencies.
struct List {
    postings: BlockSegmentPostings,
    /// The position in the current block.
    at: usize,
    norms: FieldNormReader,
    /// The average number of documents in a window.
    in_window: u64,
}

impl List {
    fn new(segment: &SegmentReader, term: &Term) -> tantivy::Result<Option<List>> {
        let index = segment.inverted_index(term.field())?;
        let Some(info) = index.get_term_info(term)? else { return Ok(None) };
        Ok(Some(List {
            postings: index.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?,
            at: 0,
            norms: norms(segment, term.field())?,
            in_window: u64::from(info.doc_freq) * u64::from(WINDOW) / u64::from(segment.max_doc().max(1)),
        }))
    }

    fn cost(&self) -> u64 {
        u64::from(self.postings.doc_freq())
    }

    /// Calls `seen` with its documents in the window: all of them, or at least those in `wanted`.
    fn each(&mut self, wanted: Wanted<'_>, from: DocId, mut seen: impl FnMut(DocId, u32, &FieldNormReader)) {
        let sought = |bits: &[u64]| bits.iter().map(|cell| u64::from(cell.count_ones())).sum::<u64>();
        match wanted {
            // For few wanted documents among many, seeking to each is faster than reading all.
            Some(bits) if sought(bits) * 16 < self.in_window => for_each_bit(bits, |i| {
                let doc = from + i as u32;
                self.at = self.postings.seek(doc);
                if self.postings.docs().get(self.at) == Some(&doc) {
                    seen(doc, self.postings.freq(self.at), &self.norms);
                }
            }),
            _ => self.run(from, seen),
        }
    }

    fn run(&mut self, from: DocId, mut seen: impl FnMut(DocId, u32, &FieldNormReader)) {
        let to = from + WINDOW;
        if self.postings.docs().get(self.at).is_some_and(|doc| *doc < from) {
            self.at = self.postings.seek(from);
        }
        loop {
            let docs = self.postings.docs();
            if docs.is_empty() {
                return;
            }
            let rest = docs.get(self.at..).unwrap_or_default();
            let here = rest.partition_point(|doc| *doc < to);
            for (doc, i) in rest[..here].iter().zip(self.at..) {
                seen(*doc, self.postings.freq(i), &self.norms);
            }
            if here < rest.len() {
                self.at += here;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// Words inside or outside quote marks. The frequency outside is the total frequency minus the quoted frequency.
struct Marked {
    lists: Vec<List>,
    less: Vec<List>,
    /// The frequency in each document of the window. Valid only where its bit is set.
    times: Vec<u32>,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl Marked {
    fn fill(&mut self, wanted: Wanted<'_>, into: &mut Matches) {
        let (times, from) = (&mut self.times, into.from);
        for list in &mut self.lists {
            list.each(wanted, from, |doc, n, _| {
                let i = (doc - from) as usize;
                let (cell, bit) = (&mut into.bits[i / 64], 1 << (i % 64));
                times[i] = n + if *cell & bit == 0 { 0 } else { times[i] };
                *cell |= bit;
            });
        }
        for list in &mut self.less {
            list.each(wanted, from, |doc, n, _| {
                let i = (doc - from) as usize;
                if into.bits[i / 64] >> (i % 64) & 1 == 1 {
                    times[i] = times[i].saturating_sub(n);
                    if times[i] == 0 {
                        into.bits[i / 64] &= !(1 << (i % 64));
                    }
                }
            });
        }
        let scores = &mut into.scores;
        for_each_bit(&into.bits, |i| {
            scores[i] = self.weight.score(self.norms.fieldnorm_id(from + i as u32), times[i]);
        });
    }
}
