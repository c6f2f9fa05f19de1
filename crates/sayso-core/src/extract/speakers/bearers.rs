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
    links: Vec<Link>,
}

/// One bearer of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Who bears it.
    pub entity: u32,
    /// The place of the next one: 0 for none, as no link leads to the first.
    next: u32,
    /// A part of the hash of the first word of his name, as written.
    pub first: u32,
}

impl Bearers {
    /// Adds one more bearer of a word, the first word of whose name has this hash.
    pub(super) fn add(&mut self, word: Key, entity: u32, first: Key) {
        let at = self.links.len() as u32;
        let (_, last) = self.ends.entry(word).or_insert((at, at));
        let before = std::mem::replace(last, at);
        if before != at {
            self.links[before as usize].next = at;
        }
        self.links.push(Link { entity, next: 0, first: first as u32 });
    }

    /// The bearers of a word, in the order in which they were added.
    pub(super) fn of(&self, word: Key) -> impl Iterator<Item = u32> {
        self.links_of(word).map(|link| link.entity)
    }

    /// The same, with what is known of their first names.
    pub(super) fn links_of(&self, word: Key) -> impl Iterator<Item = Link> {
        let mut at = self.ends.get(&word).map(|(first, _)| *first);
        std::iter::from_fn(move || {
            let link = *self.links.get(at? as usize)?;
            at = (link.next != 0).then_some(link.next);
            Some(link)
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
            bearers.add(word, entity, 0);
        }
        let of = |word| bearers.of(word).collect::<Vec<_>>();
        assert_eq!((of(7), of(8), of(9), of(1)), (vec![0, 2, 5], vec![1], vec![6], vec![]));
        assert!(bearers.are_several(7) && !bearers.are_several(8) && !bearers.are_several(1));
    }
}
