//! The small words by which clauses part (`language/en/clause_words.tsv`).

use crate::language::{PerLanguage, tsv};
use crate::words::key;
use rustc_hash::FxHashMap;

/// What a small word does. Names of the classes in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `and`, `or`
    And = 1,
    /// `but`
    But = 2,
    /// `while`, `although`
    While = 4,
    /// `which`, `who`
    Relative = 8,
    /// `when`, `if`
    When = 16,
    /// `against`, `compared`
    Compare = 32,
    /// `than`
    Than = 64,
    /// `after`, `before`, `since`
    Time = 128,
    /// A denial: `not`, `never`, `none`
    Not = 256,
    /// A finite past form that follows no rule
    Past = 512,
    /// `has`
    Perfect = 1024,
    /// `is`
    Present = 2048,
    /// A sign that something is still to come
    Future = 4096,
    /// `may`, `must`
    Modal = 8192,
    /// `it`, `they`: stands for what was told before
    Pronoun = 16384,
    /// Has the form of a regular past; told by the reader, not by the table
    Ed = 32768,
    /// `in`, `among`: a phrase that opens a sentence with one belongs to what follows
    Preposition = 65536,
}

const NAMES: [(&str, Kind); 16] = [
    ("and", Kind::And),
    ("but", Kind::But),
    ("while", Kind::While),
    ("relative", Kind::Relative),
    ("when", Kind::When),
    ("compare", Kind::Compare),
    ("than", Kind::Than),
    ("time", Kind::Time),
    ("not", Kind::Not),
    ("past", Kind::Past),
    ("perfect", Kind::Perfect),
    ("present", Kind::Present),
    ("future", Kind::Future),
    ("modal", Kind::Modal),
    ("pronoun", Kind::Pronoun),
    ("preposition", Kind::Preposition),
];

static KINDS: PerLanguage<FxHashMap<u64, u32>> = PerLanguage::new(|language| {
    let bits = |list: &str| {
        let one = |name: &str| NAMES.iter().find(|(n, _)| *n == name).map_or(0, |(_, kind)| *kind as u32);
        list.split('|').map(one).fold(0, |a, b| a | b)
    };
    let mut map: FxHashMap<u64, u32> = FxHashMap::default();
    for row in tsv::rows(language.tables.clause_words) {
        *map.entry(key(row.cell(0))).or_default() |= bits(row.cell(1));
    }
    map
});

/// The classes of a word, given by its key, as bits of [`Kind`].
pub fn kinds(key: u64) -> u32 {
    KINDS.compared().get(&key).copied().unwrap_or_default()
}

/// What a word of some classes parts, from 0 to about 1: the more of a clause of its own it begins, the more.
pub(super) fn breaks(kinds: u32) -> f32 {
    if kinds == 0 {
        return 0.0;
    }
    const PARTING: [(Kind, f32); 8] = [
        (Kind::And, 0.6),
        (Kind::But, 1.0),
        (Kind::While, 1.2),
        (Kind::Relative, 0.6),
        (Kind::When, 1.0),
        (Kind::Compare, 0.8),
        (Kind::Than, 0.5),
        (Kind::Time, 0.6),
    ];
    PARTING.iter().filter(|(kind, _)| kinds & *kind as u32 != 0).map(|(_, cost)| *cost).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_known_classes_and_stands_once() {
        let mut seen = std::collections::HashSet::new();
        for row in tsv::rows(crate::language::compared().tables.clause_words) {
            assert!(seen.insert(row.cell(0)), "{} stands twice", row.cell(0));
            for name in row.list(1) {
                assert!(NAMES.iter().any(|(n, _)| *n == name), "{}: {name}", row.cell(0));
            }
        }
        assert!(breaks(kinds(key("but"))) > breaks(kinds(key("and"))));
        assert_eq!(breaks(kinds(key("boat"))), 0.0);
    }
}
