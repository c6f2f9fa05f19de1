//! The words of a lexicon and their ids.

use crate::ahead::soon;

/// The id of a lower-cased word in the lexicon. [`WordId::NONE`] for every word that is in no table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u16);

impl WordId {
    /// A word that is in no table.
    pub const NONE: WordId = WordId(0);

    /// Whether the word is in a table.
    pub const fn is_known(self) -> bool {
        self.0 != 0
    }
}

/// The maximum length, in bytes, of a word that is looked up.
const LONGEST: usize = 32;

/// The bits of a slot that contain part of the hash.
const TAG: u32 = 0xffff_0000;

/// A folded word of at most [`LONGEST`] bytes, padded with zeros.
type Key = [u64; LONGEST / 8];

/// All words of a lexicon. Lookup is by the lower-cased form, with `’` read as `'`.
///
/// A hash table with open addressing over the folded bytes. It is queried once for every word of every document, so a
/// word of up to eight letters costs one hash and usually one read.
#[derive(Default)]
pub struct Words {
    /// The words one behind the other, and where each ends.
    texts: String,
    ends: Vec<u32>,
    keys: Vec<Key>,
    /// For each word of up to eight bytes, the first part of its key; the rest of the key is empty. 0 for longer words.
    short: Vec<u64>,
    /// Indexed by hash: sixteen further bits of the hash, then the id; 0 is empty. The length is a power of two and
    /// at least twice the number of words.
    slots: Vec<u32>,
}

impl Words {
    /// The id of `word`, which gets one if it has none. Returns [`WordId::NONE`] after 65,534 words and for a word of
    /// more than 32 bytes.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = self.get(word);
        let folded = fold(word);
        if known.is_known() || folded.is_empty() || folded.len() > LONGEST {
            return known;
        }
        let Ok(number) = u16::try_from(self.ends.len() + 1) else { return WordId::NONE };
        let key = key(folded.as_bytes());
        self.short.push(if folded.len() <= 8 { key[0] } else { 0 });
        self.keys.push(key);
        self.texts.push_str(&folded);
        self.ends.push(self.texts.len() as u32);
        if self.ends.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.ends.len() * 2 + 1).next_power_of_two().max(1024)];
            for id in 1..=number {
                self.place(id);
            }
        } else {
            self.place(number);
        }
        WordId(number)
    }

    fn place(&mut self, id: u16) {
        let mask = self.slots.len() - 1;
        let hash = hash_of(&self.keys[usize::from(id) - 1]);
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = hash & TAG | u32::from(id);
    }

    /// The id of `word`, or [`WordId::NONE`]. Constant time, without an allocation for ASCII words.
    pub fn get(&self, word: &str) -> WordId {
        if word.len() > LONGEST || word.is_empty() || self.slots.is_empty() {
            return WordId::NONE;
        }
        if !word.is_ascii() {
            let folded = fold(word);
            return if folded.len() > LONGEST { WordId::NONE } else { self.find(&key(folded.as_bytes())) };
        }
        if word.len() <= 8 { self.get_short(eight(word.as_bytes())) } else { self.find(&key(word.as_bytes())) }
    }

    /// The id of a word of one to eight ASCII characters, given as a number: its lower-case letters from the lowest
    /// byte on, then zeros.
    pub fn get_short(&self, folded: u64) -> WordId {
        self.probe(hash(&[folded]), |id| self.short[id] == folded)
    }

    /// The id of a word of at most sixteen ASCII characters, given as two such numbers, with its hash; the second is 0 for a word
    /// of up to eight.
    fn get_plain(&self, folded: [u64; 2], hash: u32) -> WordId {
        match folded {
            [short, 0] => self.probe(hash, |id| self.short[id] == short),
            [one, two] => self.probe(hash, |id| self.keys[id] == [one, two, 0, 0]),
        }
    }

    /// The slot where a word of this hash stands, if no other has taken it; none where there are no words.
    fn first_slot(&self, hash: u32) -> Option<&u32> {
        self.slots.get(hash as usize & self.slots.len().wrapping_sub(1))
    }

    fn find(&self, key: &Key) -> WordId {
        self.probe(hash_of(key), |id| self.keys[id] == *key)
    }

    /// The id in the slots of `hash` for whose position `is_it` is true.
    fn probe(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> WordId {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at).copied().unwrap_or(0);
            if slot == 0 {
                return WordId::NONE;
            }
            let id = slot as u16;
            if slot & TAG == hash & TAG && is_it(usize::from(id) - 1) {
                return WordId(id);
            }
            at = (at + 1) & mask;
        }
    }

    /// The lower-cased word with an id. Empty for [`WordId::NONE`].
    pub fn text(&self, id: WordId) -> &str {
        let end = |number: u16| self.ends.get(usize::from(number) - 1).map_or(0, |end| *end as usize);
        match id.0 {
            0 => "",
            1 => self.texts.get(..end(1)).unwrap_or_default(),
            number => self.texts.get(end(number - 1)..end(number)).unwrap_or_default(),
        }
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All ids, in the order in which the words were added.
    pub fn ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (1..=self.ends.len() as u16).map(WordId)
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Words that wait to be looked up together. A lookup reads two tables that are larger than the processor's nearest caches, and
/// which part of the second it reads is told by the first. Each is asked for ahead, for all words that wait, and read when
/// it has come.
pub struct Asked<'w> {
    words: &'w Words,
    waiting: [Waiting; TOGETHER],
    count: usize,
}

/// So many words wait at most.
const TOGETHER: usize = 64;

/// A plain word that waits: see [`Words::get_plain`].
#[derive(Clone, Copy, Default)]
struct Waiting {
    folded: [u64; 2],
    /// Its hash.
    hash: u32,
    /// Whose word it is.
    place: u32,
}

impl<'w> Asked<'w> {
    /// None yet.
    pub fn of(words: &'w Words) -> Self {
        Asked { words, waiting: [Waiting::default(); TOGETHER], count: 0 }
    }

    /// Asks for a word of at most sixteen ASCII characters, given as two numbers: its lower-case letters from the lowest byte of
    /// the first on, then zeros. `told` is given the places of those that are known with their ids, if there are enough to look
    /// up.
    #[inline]
    pub fn ask(&mut self, folded: [u64; 2], place: u32, told: impl FnMut(u32, WordId)) {
        if self.count == TOGETHER {
            self.answer(told);
        }
        let hash = if folded[1] == 0 { hash(&folded[..1]) } else { hash(&[folded[0], folded[1], 0, 0]) };
        if let Some(slot) = self.words.first_slot(hash) {
            soon(slot);
        }
        self.waiting[self.count] = Waiting { folded, hash, place };
        self.count += 1;
    }

    /// Looks up all that wait.
    pub fn answer(&mut self, mut told: impl FnMut(u32, WordId)) {
        let waiting = &self.waiting[..self.count];
        self.count = 0;
        for one in waiting {
            let id = self.words.first_slot(one.hash).map_or(0, |slot| *slot as u16);
            let at = usize::from(id).wrapping_sub(1);
            match one.folded[1] {
                0 => self.words.short.get(at).into_iter().for_each(soon),
                _ => self.words.keys.get(at).into_iter().for_each(soon),
            }
        }
        for one in waiting {
            let id = self.words.get_plain(one.folded, one.hash);
            if id.is_known() {
                told(one.place, id);
            }
        }
    }
}

/// The form in which a word is stored.
fn fold(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The key of a word of at most [`LONGEST`] bytes. Setting the sixth bit makes ASCII capitals small; all other
/// characters of words have that bit set already.
fn key(word: &[u8]) -> Key {
    let mut key = Key::default();
    for (to, from) in key.iter_mut().zip(word.chunks(8)) {
        *to = eight(from);
    }
    key
}

/// Folds one to eight bytes into a number.
fn eight(bytes: &[u8]) -> u64 {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let n = bytes.len();
    let four = |at: usize| u64::from(u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]));
    let value = match n {
        0 => return 0,
        1..=3 => {
            u64::from(bytes[0]) | u64::from(bytes[n / 2]) << (8 * (n / 2)) | u64::from(bytes[n - 1]) << (8 * (n - 1))
        }
        _ => four(0) | four(n - 4) << (8 * (n - 4)),
    };
    value | SMALL >> (8 * (8 - n))
}

/// The hash of a key. Only of its first part if the rest is empty.
fn hash_of(key: &Key) -> u32 {
    if key[1] == 0 { hash(&key[..1]) } else { hash(key) }
}

/// Multiplies and shifts, one step for each part.
fn hash(parts: &[u64]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let hash = parts.iter().fold(0u64, |hash, part| (hash.rotate_left(23) ^ part).wrapping_mul(ODD));
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_found_again() {
        let mut words = Words::default();
        let all: Vec<String> = (1..=LONGEST).flat_map(|n| ["a", "b"].map(|c| c.repeat(n))).collect();
        let ids: Vec<WordId> = all.iter().map(|word| words.intern(word)).collect();
        for (word, id) in all.iter().zip(ids) {
            assert!(id.is_known());
            assert_eq!(words.get(&word.to_uppercase()), id, "{word}");
            assert_eq!(words.text(id), word);
        }
        assert_eq!(words.get(&"a".repeat(LONGEST + 1)), WordId::NONE);
        assert_eq!(words.intern("é’S"), words.get("É'S"));
    }

    #[test]
    fn case_and_apostrophes_are_folded() {
        let mut words = Words::default();
        let id = words.intern("Don't");
        for form in ["don't", "DON’T", "don’t"] {
            assert_eq!(words.get(form), id, "{form}");
        }
        assert_eq!(words.get("dont"), WordId::NONE);
        assert_eq!(words.text(id), "don't");
        assert_eq!(words.get(&"x".repeat(40)), WordId::NONE);
    }
}
