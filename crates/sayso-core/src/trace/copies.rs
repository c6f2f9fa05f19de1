//! Documents that are copies of one another, as when forty papers print one agency's story: sketches go in, in the order
//! in which the documents count as earlier or later; which earlier document each one repeats comes out.
//!
//! A sketch keeps the smallest hashes of a document's five-word shingles (Broder, On the resemblance and containment of
//! documents, 1997; the bottom-k form of Cohen and Kaplan, 2007): of two sketches the share of shingles that the documents
//! have in common can be estimated, and shared small hashes find the pairs without comparing all. The libraries for it that
//! we found bring a dozen dependencies for these lines.

use super::settings::Settings;
use crate::words::Word;
use std::collections::HashMap;

/// How many words a shingle has.
const SIZE: usize = 5;
/// How many hashes a sketch keeps: shares are estimated to within some four in a hundred.
const KEPT: usize = 160;
/// A document with fewer shingles says too little to be called a copy.
const FEWEST: u32 = 20;
/// How many of them, the smallest, find the pairs.
const FINDING: usize = 48;
/// How many documents are remembered under one hash.
const REMEMBERED: usize = 32;

/// What is kept of a document to tell whether another is a copy of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The smallest hashes, in order.
    hashes: Vec<u64>,
    /// How many different shingles there are.
    shingles: u32,
}

impl Sketch {
    /// The sketch of a document's words, in order.
    pub fn new(words: &[Word]) -> Sketch {
        let hash = |hash: u64, key: u64| (hash ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        let shingle = |w: &[Word]| mix(w.iter().fold(0, |h, word| hash(h, word.key)));
        let mut hashes: Vec<u64> = words.windows(SIZE).map(shingle).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let shingles = hashes.len() as u32;
        hashes.truncate(KEPT);
        Sketch { hashes, shingles }
    }

    /// The estimated share of the shingles of both that both have.
    pub fn resemblance(&self, other: &Sketch) -> f32 {
        let (mut a, mut b) = (self.hashes.as_slice(), other.hashes.as_slice());
        let (mut seen, mut shared) = (0, 0);
        while seen < KEPT
            && let (Some(x), Some(y)) = (a.first(), b.first())
        {
            seen += 1;
            shared += usize::from(x == y);
            (a, b) = match x.cmp(y) {
                std::cmp::Ordering::Less => (&a[1..], b),
                std::cmp::Ordering::Greater => (a, &b[1..]),
                std::cmp::Ordering::Equal => (&a[1..], &b[1..]),
            };
        }
        // Of a text that keeps all its hashes it is known that the others' next ones are not among them.
        let whole = |sketch: &Sketch| sketch.shingles as usize <= KEPT;
        let left = match (a, b) {
            ([], left) if whole(self) => left.len(),
            (left, []) if whole(other) => left.len(),
            _ => 0,
        };
        seen = (seen + left).min(KEPT.max(seen));
        shared as f32 / seen.max(1) as f32
    }

    /// The estimated share of the shingles of the shorter one that the longer has.
    pub fn containment(&self, other: &Sketch) -> f32 {
        let resemblance = self.resemblance(other);
        let shared = resemblance / (1.0 + resemblance) * (self.shingles + other.shingles) as f32;
        (shared / self.shingles.min(other.shingles).max(1) as f32).min(1.0)
    }

    fn finding(&self) -> &[u64] {
        &self.hashes[..self.hashes.len().min(FINDING)]
    }

    fn is_copy(&self, other: &Sketch, settings: &Settings) -> bool {
        self.shingles.min(other.shingles) >= FEWEST
            && (self.resemblance(other) >= settings.copy_resemblance
                || self.containment(other) >= settings.copy_containment)
    }
}

/// The last step of MurmurHash3 (Appleby): every bit of the input tells on every bit of the output.
const fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Finds copies one document after the other.
#[derive(Default)]
pub struct Copies {
    originals: Vec<(u32, Sketch)>,
    by_hash: HashMap<u64, Vec<u32>>,
    next: u32,
}

impl Copies {
    /// Takes the next document; gives the number (in the order of taking) of the original that it repeats.
    pub fn take(&mut self, sketch: Sketch, settings: &Settings) -> Option<u32> {
        let number = self.next;
        self.next += 1;
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for original in sketch.finding().iter().filter_map(|hash| self.by_hash.get(hash)).flatten() {
            *shared.entry(*original).or_default() += 1;
        }
        let likely = shared.into_iter().filter(|(_, n)| *n >= 4);
        let copied = likely.filter(|(o, _)| self.originals[*o as usize].1.is_copy(&sketch, settings));
        if let Some((original, _)) = copied.max_by_key(|(o, n)| (*n, std::cmp::Reverse(*o))) {
            return Some(self.originals[original as usize].0);
        }
        let own = self.originals.len() as u32;
        for hash in sketch.finding() {
            let list = self.by_hash.entry(*hash).or_default();
            if list.len() < REMEMBERED {
                list.push(own);
            }
        }
        self.originals.push((number, sketch));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::trace::fold::words;

    fn sketch(text: &str) -> Sketch {
        Sketch::new(&words(text, Span::at(0, text.len())))
    }

    /// Words that look like chance.
    fn text(seed: u64, words: u64) -> String {
        (0..words).map(|n| format!("w{} ", mix(seed << 32 | (n + 1)) % 9973)).collect()
    }

    fn copies(texts: &[String]) -> Vec<Option<u32>> {
        let mut copies = Copies::default();
        let take = |text: &String| copies.take(sketch(text), &Settings::default());
        texts.iter().map(take).collect()
    }

    #[test]
    fn a_wire_story_is_known_again() {
        let wire = text(1, 400);
        let edited = wire.replacen("w", "x", 5) + "A line of our own at the end of it.";
        let cut: String = wire.split_inclusive(' ').take(180).collect();
        let other = text(2, 400);
        let short = "Too short to tell.".to_owned();
        let all = [wire, other, edited, short.clone(), cut, short];
        assert_eq!(copies(&all), [None, None, Some(0), None, Some(0), None]);
    }

    #[test]
    fn shares_are_estimated() {
        let half = text(1, 300) + &text(3, 300);
        let (a, b) = (sketch(&half), sketch(&text(1, 300)));
        assert!((a.resemblance(&b) - 0.5).abs() < 0.12, "{}", a.resemblance(&b));
        assert!(a.containment(&b) > 0.8, "{}", a.containment(&b));
        assert_eq!(a.resemblance(&a), 1.0);
    }
}
