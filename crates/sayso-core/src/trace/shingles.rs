//! An index in memory of the three-word shingles of texts that are numbered as they are added: eight bytes a word,
//! sorted once.
//!
//! A shingle is hashed to 32 bits; its postings are places counted over all texts. A look-up is a binary search
//! in one of 65,536 buckets, so its cost hardly grows with the number of texts; what grows are the postings of
//! common shingles, and of those only a bounded number is read.

use super::pieces::{Mark, Run};
use crate::words::Word;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Texts by their shingles.
#[derive(Default)]
pub(super) struct Shingles {
    /// Place after each text's last word, counted over all.
    ends: Vec<u32>,
    /// `hash << 32 | place`, in the order of adding; sorted on the first look-up.
    pairs: Mutex<Vec<u64>>,
    sorted: OnceLock<Sorted>,
}

impl Shingles {
    /// Adds a text; it gets the next number. Of one that holds more words than can be counted together with the others
    /// nothing is kept but the number.
    pub(super) fn add(&mut self, text: &[Word]) {
        let start = self.ends.last().copied().unwrap_or(0);
        let fits = u64::from(start) + (text.len() as u64) < u64::from(u32::MAX);
        if fits {
            let pairs = self.unsorted();
            let shingles = text.windows(3).zip(u64::from(start)..);
            pairs.extend(shingles.map(|(w, place)| u64::from(hash(w[0].key, w[1].key, w[2].key)) << 32 | place));
        }
        self.ends.push(if fits { start + text.len() as u32 } else { start });
    }

    /// The texts that share shingles, with the sum of the weights of those they share: the rarer a shingle, the more it
    /// weighs. At most `postings` places are looked at, those of rare shingles first. In the order of their numbers.
    pub(super) fn holding(&self, hashes: &[u32], postings: usize) -> Vec<(u32, f32)> {
        let sorted = self.sorted();
        let mut lists: Vec<&[u64]> = hashes.iter().map(|hash| sorted.postings(*hash)).collect();
        lists.retain(|l| !l.is_empty());
        lists.sort_by_key(|l| (l.len(), l[0]));
        let mut weights: BTreeMap<u32, f32> = BTreeMap::new();
        let mut left = postings;
        for list in lists {
            let weight = 1.0 / (1.0 + list.len() as f32).log2();
            let mut last = u32::MAX;
            for posting in &list[..list.len().min(left)] {
                let number = self.ends.partition_point(|end| *end <= *posting as u32) as u32;
                if number != last {
                    *weights.entry(number).or_default() += weight;
                }
                last = number;
            }
            left = left.saturating_sub(list.len());
        }
        weights.into_iter().collect()
    }

    /// The pairs, to be added to; sorts again at the next look-up.
    fn unsorted(&mut self) -> &mut Vec<u64> {
        let pairs = self.pairs.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(sorted) = self.sorted.take() {
            *pairs = sorted.pairs;
        }
        pairs
    }

    fn sorted(&self) -> &Sorted {
        self.sorted.get_or_init(|| {
            Sorted::new(std::mem::take(&mut *self.pairs.lock().unwrap_or_else(PoisonError::into_inner)))
        })
    }
}

/// The hashes of a run's shingles that no mark or bracket interrupts, each once.
pub(super) fn of_run(run: &Run) -> Vec<u32> {
    let mut out: Vec<u32> = run
        .words
        .windows(3)
        .filter(|w| !w.iter().any(|q| q.bracketed) && w[1].mark == Mark::None && w[2].mark == Mark::None)
        .map(|w| hash(w[0].word.key, w[1].word.key, w[2].word.key))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A hash of three words in order.
pub(super) fn hash(a: u64, b: u64, c: u64) -> u32 {
    let mixed = a.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ b;
    let mixed = mixed.wrapping_mul(0xc2b2_ae3d_27d4_eb4f).rotate_left(29) ^ c;
    (mixed.wrapping_mul(0x1656_67b1_9e37_79f9) >> 32) as u32
}

/// Postings in the order of their hash.
struct Sorted {
    pairs: Vec<u64>,
    /// Where the pairs of each leading 16 bits begin.
    buckets: Vec<u32>,
}

impl Sorted {
    fn new(mut pairs: Vec<u64>) -> Self {
        pairs.sort_unstable();
        let mut buckets = vec![0u32; (1 << 16) + 1];
        for pair in &pairs {
            buckets[(pair >> 48) as usize + 1] += 1;
        }
        for i in 1..buckets.len() {
            buckets[i] += buckets[i - 1];
        }
        Sorted { pairs, buckets }
    }

    fn postings(&self, hash: u32) -> &[u64] {
        let bucket = (hash >> 16) as usize;
        let bucket = &self.pairs[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
        let from = bucket.partition_point(|p| ((p >> 32) as u32) < hash);
        let len = bucket[from..].partition_point(|p| (p >> 32) as u32 == hash);
        &bucket[from..from + len]
    }
}
