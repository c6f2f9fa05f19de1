//! Who bears a word as first or last name: for each word a chain of entities, in the order in which they were added. A list
//! for each word would take four times the room, as most words name one.

use rustc_hash::{FxHashMap, FxHashSet};

/// Equal for words that differ in case alone: a 64-bit hash of their lower-case form, so that no name is copied to be
/// looked up.
pub(super) type Key = u64;

/// Entities by a word of their names.
#[derive(Default)]
pub(super) struct Bearers {
    chains: FxHashMap<Key, Chain>,
    links: Vec<Link>,
    /// The words of chains with the first names of those who come behind the first [`FEW`] and before [`FAR`].
    many: FxHashSet<(Key, u32)>,
    /// Whether several bear any word.
    shared: bool,
}

/// How many bearers of a word are compared.
pub(super) const FAR: usize = 300;

/// So many are compared one by one, whatever they are called.
const FEW: usize = 16;

/// Who bears a word.
#[derive(Clone, Copy, Debug)]
struct Chain {
    /// The places in `links` of the first and the last.
    first: u32,
    last: u32,
    /// How many there are, and the last of those that are compared.
    count: u32,
    furthest: u32,
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
        let fresh = Chain { first: at, last: at, count: 0, furthest: entity };
        let chain = self.chains.entry(word).or_insert(fresh);
        let before = std::mem::replace(&mut chain.last, at);
        if before != at {
            self.links[before as usize].next = at;
            self.shared = true;
        }
        if (chain.count as usize) < FAR {
            chain.furthest = entity;
            if chain.count as usize >= FEW {
                self.many.insert((word, first as u32));
            }
        }
        chain.count += 1;
        self.links.push(Link { entity, next: 0, first: first as u32 });
    }

    /// The bearers of a word, in the order in which they were added.
    pub(super) fn of(&self, word: Key) -> impl Iterator<Item = u32> {
        self.links_of(word).map(|link| link.entity)
    }

    /// The same, with what is known of their first names.
    pub(super) fn links_of(&self, word: Key) -> impl Iterator<Item = Link> {
        let mut at = self.chains.get(&word).map(|chain| chain.first);
        std::iter::from_fn(move || {
            let link = *self.links.get(at? as usize)?;
            at = (link.next != 0).then_some(link.next);
            Some(link)
        })
    }

    /// Whether several bear a word.
    pub(super) fn are_several(&self, word: Key) -> bool {
        self.chains.get(&word).is_some_and(|chain| chain.first != chain.last)
    }

    /// Whether several bear any word: of most pages nobody shares one.
    pub(super) fn are_any_several(&self) -> bool {
        self.shared
    }

    /// How many bearers of a word must be looked at for one whose first word has this hash.
    pub(super) fn reach(&self, word: Key, first: Key) -> usize {
        if self.many.contains(&(word, first as u32)) { FAR } else { FEW }
    }

    /// The last of the bearers of a word that are compared; none where nobody bears it.
    pub(super) fn furthest(&self, word: Key) -> Option<u32> {
        self.chains.get(&word).map(|chain| chain.furthest)
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
        assert_eq!((bearers.furthest(7), bearers.furthest(8), bearers.furthest(1)), (Some(5), Some(1), None));
    }

    #[test]
    fn of_many_who_bear_a_word_only_those_of_one_first_name_are_looked_for() {
        let mut bearers = Bearers::default();
        (0..1000).for_each(|entity| bearers.add(7, entity, entity.into()));
        let found = |first: Key| bearers.links_of(7).take(bearers.reach(7, first)).any(|l| l.first == first as u32);
        assert!(found(3) && found(200) && !found(400) && !found(5000));
        assert_eq!(bearers.furthest(7), Some(299));
    }
}
