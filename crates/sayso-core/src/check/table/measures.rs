//! Phrases that say what a header says (`language/en/measures.tsv`): `home to 4,000 people` is a population.

use crate::check::facts::FactWord;
use crate::check::stems::stem;
use crate::language::{Language, PerLanguage, tsv};
use crate::words::key;
use std::collections::HashMap;

fn rows(language: &'static Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    tsv::rows(language.tables.check.measures).map(|row| (row.cell(0), row.cell(1)))
}

/// For the stem of a header's word its phrases, as keys of words.
static PHRASES: PerLanguage<HashMap<u64, Vec<Vec<u64>>>> = PerLanguage::new(|language| {
    let phrase = |words: &str| words.split_whitespace().map(key).collect();
    rows(language).map(|(word, phrases)| (stem(word), phrases.split(',').map(phrase).collect())).collect()
});

/// Whether the words hold a phrase that stands for a header's word.
pub(super) fn says(words: &[FactWord], topic: u64) -> bool {
    let Some(phrases) = PHRASES.compared().get(&topic) else { return false };
    phrases.iter().any(|phrase| words.windows(phrase.len()).any(|w| w.iter().zip(phrase).all(|(w, k)| w.key == *k)))
}

/// Whether such a phrase stands right before the words from `from`.
pub(super) fn before(words: &[FactWord], from: usize, topic: u64) -> bool {
    PHRASES.compared().get(&topic).is_some_and(|phrases| {
        phrases.iter().any(|phrase| from.checked_sub(phrase.len()).is_some_and(|at| is(words, at, phrase)))
    })
}

/// Whether such a phrase stands right behind the words up to `to`.
pub(super) fn behind(words: &[FactWord], to: usize, topic: u64) -> bool {
    PHRASES.compared().get(&topic).is_some_and(|phrases| phrases.iter().any(|phrase| is(words, to, phrase)))
}

fn is(words: &[FactWord], at: usize, phrase: &[u64]) -> bool {
    words.get(at..at + phrase.len()).is_some_and(|w| w.iter().zip(phrase).all(|(w, k)| w.key == *k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_once() {
        let mut seen = std::collections::HashSet::new();
        for (word, phrases) in rows(crate::language::compared()) {
            assert!(seen.insert(stem(word)) && stem(word) != 0, "{word} stands twice, or tells nothing");
            assert!(phrases.split(',').all(|p| !p.trim().is_empty() && p == p.trim()), "{word}");
        }
        assert!(PHRASES.compared()[&stem("population")].contains(&vec![key("home"), key("to")]));
    }
}
