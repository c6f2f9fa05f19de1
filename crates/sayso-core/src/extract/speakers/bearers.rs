//! Who bears a word as first or last name: for each word a chain of entities, in the order in which they were added. A list
//! for each word would take four times the room, as most words name one.

use rustc_hash::FxHashMap;

/// Equal for words that differ in case alone: a 64-bit hash of their lower-case form, so that no name is copied to be
/// looked up.
pub(super) type Key = u64;

/// Entities by a word of their names.
#[derive(Default)]
pub(super) struct Bearers {
    /// The places in `links` of the first and the last of each word.
    ends: FxHashMap<Key, (u32, u32)>,
    /// An entity, and the place of the next one: 0 for none, as no link leads to the first.
    links: Vec<(u32, u32)>,
}

impl Bearers {
    /// Adds one more bearer of a word.
    pub(super) fn add(&mut self, word: Key, entity: u32) {
        let at = self.links.len() as u32;
        let (_, last) = self.ends.entry(word).or_insert((at, at));
        let before = std::mem::replace(last, at);
        if before != at {
            self.links[before as usize].1 = at;
        }
        self.links.push((entity, 0));
    }

    /// The bearers of a word, in the order in which they were added.
    pub(super) fn of(&self, word: Key) -> impl Iterator<Item = u32> {
        let mut at = self.ends.get(&word).map(|(first, _)| *first);
        std::iter::from_fn(move || {
            let (entity, next) = *self.links.get(at? as usize)?;
            at = (next != 0).then_some(next);
            Some(entity)
        })
    }

    /// Whether several bear a word.
    pub(super) fn are_several(&self, word: Key) -> bool {
        self.ends.get(&word).is_some_and(|(first, last)| first != last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_own() {
        let mut bearers = Bearers::default();
        for (word, entity) in [(7, 0), (8, 1), (7, 2), (7, 5), (9, 6)] {
            bearers.add(word, entity);
        }
        let of = |word| bearers.of(word).collect::<Vec<_>>();
        assert_eq!((of(7), of(8), of(9), of(1)), (vec![0, 2, 5], vec![1], vec![6], vec![]));
        assert!(bearers.are_several(7) && !bearers.are_several(8) && !bearers.are_several(1));
    }
}
