//! Statements to look in, with an index of their three-word shingles: eight bytes a word, sorted once.
//!
//! A shingle is hashed to 32 bits; its postings are places counted over all statements. A look-up is a binary search
//! in one of 65,536 buckets, so its cost hardly grows with the number of statements; what grows are the postings of
//! common shingles, and of those only a bounded number is read.

use super::pieces::{Mark, Run};
use super::settings::Settings;
use crate::document::Document;
use crate::extract::Extraction;
use crate::span::Span;
use crate::words::{Word, words};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Statements (or transcripts, or other articles) whose words may have been quoted.
#[derive(Default)]
pub struct Sources {
    statements: Vec<Statement>,
    /// Place after each statement's last word, counted over all.
    ends: Vec<u32>,
    by_id: HashMap<String, u32>,
    /// `hash << 32 | place`, in the order of adding; sorted on the first look-up.
    pairs: Mutex<Vec<u64>>,
    index: OnceLock<Index>,
}

pub(super) struct Statement {
    pub document: Arc<Document>,
    pub extraction: Arc<Extraction>,
}

impl Sources {
    /// None yet.
    pub fn new() -> Self {
        Sources::default()
    }

    /// Whether there is nothing to look in.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// Adds a statement. Linear in its length. One that holds more words than can be counted together with the others
    /// (2³² in all) is only found when it is named.
    pub fn add(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        let start = self.next_place();
        let all = words(&document.text, Span::at(0, document.text.len()));
        if u64::from(start) + (all.len() as u64) < u64::from(u32::MAX) {
            let pairs = self.unsealed();
            let shingles = all.windows(3).zip(u64::from(start)..);
            pairs.extend(shingles.map(|(w, place)| u64::from(shingle(w[0].key, w[1].key, w[2].key)) << 32 | place));
            self.ends.push(start + all.len() as u32);
        } else {
            self.ends.push(start);
        }
        self.by_id.insert(document.id.clone(), self.statements.len() as u32);
        self.statements.push(Statement { document, extraction });
    }

    fn next_place(&self) -> u32 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The pairs, to be added to; sorts again at the next look-up.
    fn unsealed(&mut self) -> &mut Vec<u64> {
        let pairs = self.pairs.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = self.index.take() {
            *pairs = index.pairs;
        }
        pairs
    }

    fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::new(std::mem::take(&mut *self.pairs.lock().unwrap_or_else(PoisonError::into_inner))))
    }

    pub(super) fn statement(&self, number: u32) -> &Statement {
        &self.statements[number as usize]
    }

    /// The statements of these ids, but for the document itself.
    pub(super) fn named(&self, ids: &[String], own: &str) -> Vec<u32> {
        ids.iter().filter(|id| id.as_str() != own).filter_map(|id| self.by_id.get(id).copied()).collect()
    }

    /// The statements that share most, and rarest, shingles with a run, best first.
    pub(super) fn candidates(&self, run: &Run, own: &str, settings: &Settings) -> Vec<u32> {
        let index = self.index();
        let own = self.by_id.get(own).copied();
        let mut lists: Vec<&[u64]> = shingles_of(run).into_iter().map(|hash| index.postings(hash)).collect();
        lists.retain(|l| !l.is_empty());
        lists.sort_by_key(|l| (l.len(), l[0]));
        let mut votes: BTreeMap<u32, f32> = BTreeMap::new();
        let mut left = settings.postings;
        for list in lists {
            let weight = 1.0 / (1.0 + list.len() as f32).log2();
            let mut last = u32::MAX;
            for posting in &list[..list.len().min(left)] {
                let statement = self.ends.partition_point(|end| *end <= *posting as u32) as u32;
                if statement != last && Some(statement) != own {
                    *votes.entry(statement).or_default() += weight;
                }
                last = statement;
            }
            left = left.saturating_sub(list.len());
        }
        let mut ranked: Vec<(u32, f32)> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(settings.candidates);
        ranked.into_iter().map(|(s, _)| s).collect()
    }
}

/// The hashes of a run's shingles that no mark or bracket interrupts, each once.
fn shingles_of(run: &Run) -> Vec<u32> {
    let mut out: Vec<u32> = run
        .words
        .windows(3)
        .filter(|w| !w.iter().any(|q| q.bracketed) && w[1].mark == Mark::None && w[2].mark == Mark::None)
        .map(|w| shingle(w[0].word.key, w[1].word.key, w[2].word.key))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The words of a statement, as the index counted them.
pub(super) fn words_of(statement: &Statement) -> Vec<Word> {
    words(&statement.document.text, Span::at(0, statement.document.text.len()))
}

/// A hash of three words in order.
pub(super) fn shingle(a: u64, b: u64, c: u64) -> u32 {
    let mixed = a.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ b;
    let mixed = mixed.wrapping_mul(0xc2b2_ae3d_27d4_eb4f).rotate_left(29) ^ c;
    (mixed.wrapping_mul(0x1656_67b1_9e37_79f9) >> 32) as u32
}

/// Postings in the order of their hash.
struct Index {
    pairs: Vec<u64>,
    /// Where the pairs of each leading 16 bits begin.
    buckets: Vec<u32>,
}

impl Index {
    fn new(mut pairs: Vec<u64>) -> Self {
        pairs.sort_unstable();
        let mut buckets = vec![0u32; (1 << 16) + 1];
        for pair in &pairs {
            buckets[(pair >> 48) as usize + 1] += 1;
        }
        for i in 1..buckets.len() {
            buckets[i] += buckets[i - 1];
        }
        Index { pairs, buckets }
    }

    fn postings(&self, hash: u32) -> &[u64] {
        let bucket = (hash >> 16) as usize;
        let bucket = &self.pairs[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
        let from = bucket.partition_point(|p| ((p >> 32) as u32) < hash);
        let len = bucket[from..].partition_point(|p| (p >> 32) as u32 == hash);
        &bucket[from..from + len]
    }
}
