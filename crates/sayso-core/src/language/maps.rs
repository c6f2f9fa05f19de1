//! Sets and maps over words and phrases.

use super::words::{WordId, Words};

/// A set of words.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    bits: Vec<u64>,
}

impl WordSet {
    /// Adds a word.
    pub fn insert(&mut self, word: WordId) {
        let (cell, bit) = (usize::from(word.0) / 64, word.0 % 64);
        if self.bits.len() <= cell {
            self.bits.resize(cell + 1, 0);
        }
        self.bits[cell] |= 1 << bit;
    }

    /// Whether the set contains the word. Always false for [`WordId::NONE`].
    pub fn contains(&self, word: WordId) -> bool {
        word.is_known() && self.bits.get(usize::from(word.0) / 64).is_some_and(|cell| cell >> (word.0 % 64) & 1 == 1)
    }

    /// The set of the words in a list.
    pub fn of<'w>(list: impl IntoIterator<Item = &'w str>, words: &mut Words) -> Self {
        let mut set = WordSet::default();
        for word in list {
            set.insert(words.intern(word));
        }
        set
    }
}

/// A map from words to values. A lookup costs two reads.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    slots: Vec<u16>,
    values: Vec<T>,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        WordMap { slots: Vec::new(), values: Vec::new() }
    }
}

impl<T> WordMap<T> {
    /// Sets the value of `word`, replacing an earlier one.
    pub fn insert(&mut self, word: WordId, value: T) {
        let slot = usize::from(word.0);
        if self.slots.len() <= slot {
            self.slots.resize(slot + 1, 0);
        }
        match self.slots[slot] {
            0 => {
                self.values.push(value);
                self.slots[slot] = self.values.len() as u16;
            }
            at => self.values[usize::from(at) - 1] = value,
        }
    }

    /// The value of `word`.
    pub fn get(&self, word: WordId) -> Option<&T> {
        match self.slots.get(usize::from(word.0)) {
            None | Some(0) => None,
            Some(at) => self.values.get(usize::from(*at) - 1),
        }
    }

    /// Whether `word` has a value.
    pub fn contains(&self, word: WordId) -> bool {
        self.get(word).is_some()
    }
}

/// A map from phrases of one or more words to values. It finds the longest phrase at a place.
#[derive(Clone, Debug)]
pub struct PhraseMap<T> {
    /// The phrases by their first word, longest first.
    by_first: WordMap<Vec<(Box<[WordId]>, T)>>,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        PhraseMap { by_first: WordMap::default() }
    }
}

impl<T> PhraseMap<T> {
    /// Adds a phrase, whose words are separated by spaces. Replaces an earlier one with the same words.
    pub fn insert(&mut self, phrase: &str, value: T, words: &mut Words) {
        let ids: Vec<WordId> = phrase.split_whitespace().map(|word| words.intern(word)).collect();
        let Some((first, rest)) = ids.split_first() else { return };
        let rest: Box<[WordId]> = rest.into();
        if !self.by_first.contains(*first) {
            self.by_first.insert(*first, Vec::new());
        }
        let slot = usize::from(self.by_first.slots[usize::from(first.0)]) - 1;
        let list = &mut self.by_first.values[slot];
        match list.iter_mut().find(|(words, _)| *words == rest) {
            Some((_, old)) => *old = value,
            None => {
                let at = list.iter().position(|(words, _)| words.len() < rest.len()).unwrap_or(list.len());
                list.insert(at, (rest, value));
            }
        }
    }

    /// The longest phrase among the words `word(0)`, `word(1)` …, with its length in words. `word` must return
    /// [`WordId::NONE`] after the last word.
    pub fn longest(&self, word: impl Fn(usize) -> WordId) -> Option<(usize, &T)> {
        let list = self.by_first.get(word(0))?;
        list.iter()
            .find(|(rest, _)| rest.iter().enumerate().all(|(i, id)| word(i + 1) == *id))
            .map(|(rest, value)| (rest.len() + 1, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut words = Words::default();
        let mut map = PhraseMap::default();
        map.insert("more", 1, &mut words);
        map.insert("more than", 2, &mut words);
        map.insert("more or less", 3, &mut words);
        let find = |text: &str| {
            let ids: Vec<WordId> = text.split(' ').map(|word| words.get(word)).collect();
            map.longest(|i| ids.get(i).copied().unwrap_or_default()).map(|(n, v)| (n, *v))
        };
        assert_eq!(find("more than ten"), Some((2, 2)));
        assert_eq!(find("more or less ten"), Some((3, 3)));
        assert_eq!(find("more or ten"), Some((1, 1)));
        assert_eq!(find("ten"), None);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let mut words = Words::default();
        let set = WordSet::of(["a", "b"], &mut words);
        let c = words.intern("c");
        assert!(set.contains(words.get("A")) && set.contains(words.get("b")));
        assert!(!set.contains(c) && !set.contains(WordId::NONE));
    }
}
