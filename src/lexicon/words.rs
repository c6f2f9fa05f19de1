//! Words and their numbers.

use rustc_hash::FxHashMap;

/// The number of a lower-cased word of the lexicon; [`WordId::NONE`] for all words that are in no table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u16);

impl WordId {
    /// A word that no table knows.
    pub const NONE: WordId = WordId(0);

    /// Whether a table knows it.
    pub const fn is_known(self) -> bool {
        self.0 != 0
    }
}

/// The longest word, in bytes, that is looked up.
const LONGEST: usize = 32;

/// All words of a lexicon. Look-up is by the lower-cased form, with `’` read as `'`.
#[derive(Default)]
pub struct Words {
    ids: FxHashMap<Box<[u8]>, WordId>,
    texts: Vec<Box<str>>,
}

impl Words {
    /// The id of `word`, given one if it has none. Up to 65,534 words; a lexicon that is larger says so in its tests.
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = word.to_lowercase().replace('’', "'");
        if let Some(id) = self.ids.get(folded.as_bytes()) {
            return *id;
        }
        let Ok(number) = u16::try_from(self.texts.len() + 1) else { return WordId::NONE };
        self.texts.push(folded.clone().into());
        self.ids.insert(folded.into_bytes().into(), WordId(number));
        WordId(number)
    }

    /// The id of `word`, or none. Constant time, no allocation for ASCII words.
    pub fn get(&self, word: &str) -> WordId {
        if word.len() > LONGEST {
            return WordId::NONE;
        }
        let mut buffer = [0; LONGEST];
        if word.is_ascii() {
            for (to, from) in buffer.iter_mut().zip(word.as_bytes()) {
                *to = from.to_ascii_lowercase();
            }
            self.ids.get(&buffer[..word.len()]).copied().unwrap_or_default()
        } else {
            let folded = word.to_lowercase().replace('’', "'");
            self.ids.get(folded.as_bytes()).copied().unwrap_or_default()
        }
    }

    /// The lower-cased word of an id; empty for [`WordId::NONE`].
    pub fn text(&self, id: WordId) -> &str {
        match usize::from(id.0).checked_sub(1) {
            Some(i) => self.texts.get(i).map_or("", |text| text),
            None => "",
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// All ids, in the order in which the words were met.
    pub fn ids(&self) -> impl Iterator<Item = WordId> + use<> {
        (1..=self.texts.len() as u16).map(WordId)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
