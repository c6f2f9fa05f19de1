//! The words of frames: `moves.tsv`, `facts.tsv`, `contrasts.tsv`.

use crate::check::stems::base;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::{PerLanguage, tsv};
use crate::words::key;
use rustc_hash::FxHashMap;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Move {
    Up = 0,
    Down = 1,
    Late = 2,
    Soon = 3,
}

impl Move {
    pub(in crate::check) const ALL: [Move; 4] = [Move::Up, Move::Down, Move::Late, Move::Soon];

    /// The other way.
    pub(in crate::check) const fn opposite(self) -> Move {
        match self {
            Move::Up => Move::Down,
            Move::Down => Move::Up,
            Move::Late => Move::Soon,
            Move::Soon => Move::Late,
        }
    }
}

/// How a word of change stands to its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Before it: `fell by 8`.
    Verb,
    /// After it: `8 fewer`.
    Comparative,
    /// Right beside it: `up 8`.
    Particle,
}

static MOVED: PerLanguage<FxHashMap<u64, (Move, Spot)>> = PerLanguage::new(|language| {
    let direction = |name: &str| match name {
        "down" => Move::Down,
        "late" => Move::Late,
        "soon" => Move::Soon,
        _ => Move::Up,
    };
    let lists = &language.lexicon.lists;
    let spot = |word: &str| match word {
        _ if lists.has(List::ChangeParticles, word) => Spot::Particle,
        _ if lists.has(List::ChangeComparatives, word) || language.lexicon.forms.ends(word, Ending::Comparative) => {
            Spot::Comparative
        }
        _ => Spot::Verb,
    };
    tsv::rows(language.tables.check.moves)
        .map(|row| (key(row.cell(0)), (direction(row.cell(1)), spot(row.cell(0)))))
        .collect()
});

/// Which way a word, given by its key, says that something moved.
pub(super) fn moves(word: u64) -> Option<(Move, Spot)> {
    MOVED.compared().get(&word).copied()
}

/// Which way a word, given by its key, says that something moved.
pub(in crate::check) fn moved(word: u64) -> Option<Move> {
    MOVED.compared().get(&word).map(|(direction, _)| *direction)
}

/// Whether a word, given by its key, tells of a change.
pub(in crate::check) fn is_change(word: u64) -> bool {
    MOVED.compared().contains_key(&word)
}

/// A family of facts: its first row in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Family(u16);

/// A stage of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Stage(u16);

struct FactTable {
    families: Vec<&'static str>,
    stages: Vec<&'static str>,
    /// By the stem of a single word.
    words: FxHashMap<u64, (Family, Stage)>,
    /// By the first word of a phrase: all its words, longest first.
    phrases: FxHashMap<u64, Vec<Phrase>>,
}

/// The words of a phrase, and the kind of fact that it tells.
type Phrase = (Vec<u64>, (Family, Stage));

static KINDS: PerLanguage<FactTable> = PerLanguage::new(|language| {
    let mut table = FactTable {
        families: Vec::new(),
        stages: Vec::new(),
        words: FxHashMap::default(),
        phrases: FxHashMap::default(),
    };
    for row in tsv::rows(language.tables.check.facts) {
        let family = Family(number(&mut table.families, row.cell(1)));
        let stage = Stage(number(&mut table.stages, row.cell(2)));
        let keys: Vec<u64> = row.cell(0).split_whitespace().map(key).collect();
        match keys.as_slice() {
            [_] => {
                table.words.entry(base(row.cell(0))).or_insert((family, stage));
            }
            [first, ..] => table.phrases.entry(*first).or_default().push((keys.clone(), (family, stage))),
            [] => {}
        }
    }
    table.phrases.values_mut().for_each(|list| list.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.len())));
    table
});

/// The place of a name in a list, added where it is new.
fn number(names: &mut Vec<&'static str>, name: &'static str) -> u16 {
    let at = names.iter().position(|n| *n == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    });
    at as u16
}

/// The kind of fact that a word tells, by itself or with the two that follow it. `stem` is that of the first word.
pub(super) fn fact_at(keys: [u64; 3], stem: u64) -> Option<(Family, Stage)> {
    let phrases = KINDS.compared().phrases.get(&keys[0]).map_or(&[][..], Vec::as_slice);
    let phrase = phrases.iter().find(|(words, _)| words.len() <= keys.len() && keys[..words.len()] == words[..]);
    phrase.map(|(_, fact)| *fact).or_else(|| KINDS.compared().words.get(&stem).copied())
}

impl Family {
    pub(in crate::check) fn name(self) -> &'static str {
        KINDS.compared().families.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

impl Stage {
    pub(in crate::check) fn name(self) -> &'static str {
        KINDS.compared().stages.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

/// The sets that a stem stands in, each with its cell.
static SETS: PerLanguage<FxHashMap<u64, Vec<(u16, u16)>>> = PerLanguage::new(|language| {
    let mut sets: FxHashMap<u64, Vec<(u16, u16)>> = FxHashMap::default();
    for (set, row) in tsv::rows(language.tables.check.contrasts).enumerate() {
        let cells = (0..).map(|column| row.cell(column)).take_while(|cell| !cell.is_empty());
        for (cell, words) in cells.enumerate() {
            for word in words.split_whitespace() {
                sets.entry(base(word)).or_default().push((set as u16, cell as u16));
            }
        }
    }
    sets
});

/// Whether two words, given by their stems, can mean the same: they stand in one cell of a set.
pub(in crate::check) fn together(a: u64, b: u64) -> bool {
    let Some(a) = sets(a) else { return false };
    let Some(b) = sets(b) else { return false };
    a.iter().any(|one| b.contains(one))
}

/// The sets that a word, given by its stem, stands in, each with its cell. Few words stand in one.
pub(in crate::check) fn sets(word: u64) -> Option<&'static [(u16, u16)]> {
    SETS.compared().get(&word).map(Vec::as_slice)
}

/// Whether two words, given by their stems, exclude one another.
pub(in crate::check) fn exclude(a: u64, b: u64) -> bool {
    let Some(a) = sets(a) else { return false };
    let Some(b) = sets(b) else { return false };
    let apart = a.iter().any(|(set, cell)| b.iter().any(|(other, its)| set == other && cell != its));
    let together = a.iter().any(|one| b.contains(one));
    apart && !together
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::compared;

    #[test]
    fn moves_stand_once() {
        let mut seen = std::collections::HashSet::new();
        for row in tsv::rows(compared().tables.check.moves) {
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
            assert!(["up", "down", "late", "soon"].contains(&row.cell(1)), "line {}", row.line);
        }
    }

    #[test]
    fn kinds_of_facts_are_told_by_words_and_phrases() {
        let mut seen = std::collections::HashSet::new();
        for row in tsv::rows(compared().tables.check.facts) {
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
            assert!(!row.cell(2).is_empty() && row.cell(0).split_whitespace().count() <= 3, "line {}", row.line);
        }
        let of = |phrase: &str| {
            let mut keys = [0; 3];
            phrase.split_whitespace().take(3).enumerate().for_each(|(i, w)| keys[i] = key(w));
            fact_at(keys, base(phrase.split_whitespace().next().unwrap_or_default())).map(|(f, s)| (f.name(), s.name()))
        };
        assert_eq!(of("arrested"), Some(("justice", "arrest")));
        assert_eq!(of("found guilty"), Some(("justice", "convict")));
        assert_eq!(of("found the"), None);
    }

    #[test]
    fn words_of_one_set_exclude_one_another() {
        assert!(exclude(base("women"), base("men")) && exclude(base("exports"), base("imported")));
        assert!(!exclude(base("car"), base("wheat")) && !exclude(base("man"), base("men")));
    }
}
