//! Small words beside figures (`language/en/check_words.tsv`): what makes one an older figure, a quotient, a difference or
//! a share of everything; and what those of a table's headers are for.

use super::facts::{Facts, Place};
use crate::language::{Language, PerLanguage, tsv};
use crate::words::key;
use rustc_hash::FxHashMap;

/// What the small words say. Names of the classes in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    OlderBefore = 1,
    OlderAfter = 2,
    Each = 4,
    Beyond = 8,
    Whole = 16,
    Person = 32,
    Household = 64,
    Manner = 128,
    Rate = 256,
    Changing = 512,
    Lengthy = 1024,
    Part = 2048,
    Level = 4096,
    Matched = 8192,
    Yearly = 16384,
    Timed = 32768,
    By = 65536,
    Rest = 131_072,
    Sum = 262_144,
    Light = 524_288,
    Since = 1_048_576,
    Label = 2_097_152,
    Street = 4_194_304,
    Ranks = 8_388_608,
    Entire = 16_777_216,
    Most = 33_554_432,
    Superlative = 67_108_864,
    Named = 134_217_728,
    Point = 268_435_456,
}

const NAMES: [(&str, Mark); 29] = [
    ("older-before", Mark::OlderBefore),
    ("older-after", Mark::OlderAfter),
    ("each", Mark::Each),
    ("beyond", Mark::Beyond),
    ("whole", Mark::Whole),
    ("person", Mark::Person),
    ("household", Mark::Household),
    ("manner", Mark::Manner),
    ("rate", Mark::Rate),
    ("changing", Mark::Changing),
    ("lengthy", Mark::Lengthy),
    ("part", Mark::Part),
    ("level", Mark::Level),
    ("matched", Mark::Matched),
    ("yearly", Mark::Yearly),
    ("timed", Mark::Timed),
    ("by", Mark::By),
    ("rest", Mark::Rest),
    ("sum", Mark::Sum),
    ("light", Mark::Light),
    ("since", Mark::Since),
    ("label", Mark::Label),
    ("street", Mark::Street),
    ("ranks", Mark::Ranks),
    ("entire", Mark::Entire),
    ("most", Mark::Most),
    ("superlative", Mark::Superlative),
    ("named", Mark::Named),
    ("point", Mark::Point),
];

fn rows(language: &'static Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    tsv::rows(language.tables.check.words).map(|row| (row.cell(0), row.cell(1)))
}

/// The classes of a word as bits, by its key.
static CLASSES: PerLanguage<FxHashMap<u64, u32>> = PerLanguage::new(|language| {
    let bits = |names: &str| {
        let one = |name: &str| NAMES.iter().find(|(n, _)| *n == name).map_or(0, |(_, mark)| *mark as u32);
        names.split(',').map(one).fold(0, |a, b| a | b)
    };
    rows(language).map(|(word, names)| (key(word), bits(names))).collect()
});

/// Whether a word, given by its key, is of a class.
pub(super) fn is(key: u64, mark: Mark) -> bool {
    CLASSES.compared().get(&key).is_some_and(|bits| bits & mark as u32 != 0)
}

/// The same by the keys of the words' stems.
static BASES: PerLanguage<FxHashMap<u64, u32>> = PerLanguage::new(|language| {
    let mut map: FxHashMap<u64, u32> = FxHashMap::default();
    for (word, _) in rows(language) {
        *map.entry(super::stems::base(word)).or_default() |=
            CLASSES.of(language).get(&key(word)).copied().unwrap_or_default();
    }
    map
});

/// Whether a word, given by the key of its stem, is a form of one of a class.
pub(super) fn is_base(base: u64, mark: Mark) -> bool {
    BASES.compared().get(&base).is_some_and(|bits| bits & mark as u32 != 0)
}

/// Whether a lemma is of a class.
pub(super) fn lemma_is(lemma: Option<&str>, mark: Mark) -> bool {
    lemma.and_then(|l| l.split_whitespace().last()).is_some_and(|word| is(key(word), mark))
}

/// Whether a word of a class stands at most `before` words before a figure or `after` words after it, in its sentence.
pub(super) fn beside(facts: &Facts, place: Place, mark: Mark, before: u32, after: u32) -> bool {
    let Some(&(from, to)) = facts.sentences.get(place.sentence as usize) else { return false };
    let range = (place.from.saturating_sub(before).max(from)..place.from).chain(place.to..(place.to + after).min(to));
    range.into_iter().any(|i| facts.words.get(i as usize).is_some_and(|w| is(w.key, mark)))
}

/// Whether a figure is the older of two that are compared: `against 9,430 a year before`.
pub(super) fn is_older(facts: &Facts, place: Place) -> bool {
    const BEFORE: u32 = 2;
    const AFTER: u32 = 4;
    beside(facts, place, Mark::OlderBefore, BEFORE, 0) && beside(facts, place, Mark::OlderAfter, 0, AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_once() {
        let mut seen = std::collections::HashSet::new();
        for (word, names) in rows(crate::language::compared()) {
            assert!(seen.insert(word), "{word} stands twice");
            for name in names.split(',') {
                assert!(NAMES.iter().any(|(n, _)| *n == name), "{word}: {name}");
            }
        }
        assert!(is(key("against"), Mark::OlderBefore) && !is(key("against"), Mark::OlderAfter));
    }
}
