//! The learned weights that predict how much a sentence is worth checking: one for each word, pair of words and
//! property. `training/claims.py` produces them.

use super::figures::{Class as FigureClass, FigureWords};
use super::lists::{List, Lists};
use super::{WordId, Words, tsv};
use crate::ahead::soon;
use rustc_hash::FxHashMap;

/// The weights of a logistic regression. They are asked for at every word, so what is kept of a word is two bytes, and of a
/// pair six: the tables of a million weights would push all else out of the processor's caches.
pub struct ClaimWeights {
    /// By word: the position of its weight in `values`, and whether it stands first or second in a pair.
    words: Vec<u16>,
    /// The pairs of words that have a weight, in the slots of their hash: both ids, 0 where a slot is empty. The length is a
    /// power of two, and half of them are empty.
    pairs: Vec<u32>,
    /// For each slot the position of the weight in `values`.
    pair_values: Vec<u16>,
    /// All different weights; the first is 0, that of what has none.
    values: Vec<f32>,
    /// The weights of properties, by position in [`Property::NAMES`].
    properties: [f32; Property::NAMES.len()],
}

/// The mark of a word that stands first in a pair.
const BEGINS: u16 = 1 << 15;
/// The mark of a word that stands second in a pair.
const ENDS: u16 = 1 << 14;

impl ClaimWeights {
    /// Reads a table with the columns `kind`, `feature`, `weight`.
    pub fn new(table: &str, words: &mut Words) -> Self {
        let pairs = tsv::rows(table).filter(|row| row.cell(0) == "pair").count();
        let slots = (pairs * 2).next_power_of_two();
        let mut all = ClaimWeights {
            words: Vec::new(),
            pairs: vec![0; slots],
            pair_values: vec![0; slots],
            values: vec![0.0],
            properties: [0.0; Property::NAMES.len()],
        };
        let mut known: FxHashMap<u32, u16> = FxHashMap::default();
        for row in tsv::rows(table) {
            let Ok(weight) = row.cell(2).parse::<f32>() else { continue };
            let value = *known.entry(weight.to_bits()).or_insert_with(|| {
                all.values.push(weight);
                all.values.len() as u16 - 1
            });
            match row.cell(0) {
                "word" => all.mark(words.intern(row.cell(1)), value),
                "pair" => {
                    if let Some((one, two)) = row.cell(1).split_once(' ') {
                        all.join(words.intern(one), words.intern(two), value);
                    }
                }
                _ => {
                    if let Some(at) = Property::NAMES.iter().position(|name| *name == row.cell(1)) {
                        all.properties[at] = weight;
                    }
                }
            }
        }
        all
    }

    fn mark(&mut self, word: WordId, mark: u16) {
        let at = usize::from(word.0);
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        if word.is_known() {
            self.words[at] |= mark;
        }
    }

    fn join(&mut self, one: WordId, two: WordId, value: u16) {
        if !(one.is_known() && two.is_known()) {
            return;
        }
        self.mark(one, BEGINS);
        self.mark(two, ENDS);
        let (both, mut at) = self.slot(one, two);
        while self.pairs[at] != 0 && self.pairs[at] != both {
            at = (at + 1) & (self.pairs.len() - 1);
        }
        (self.pairs[at], self.pair_values[at]) = (both, value);
    }

    /// Both words as one number, and the first slot where the pair can be.
    fn slot(&self, one: WordId, two: WordId) -> (u32, usize) {
        let both = u32::from(one.0) << 16 | u32::from(two.0);
        let hash = u64::from(both.wrapping_mul(0x9e37_79b1));
        (both, (hash >> (32 - self.pairs.len().ilog2())) as usize)
    }

    /// What is known of a word.
    #[inline]
    pub fn of(&self, word: WordId) -> Weighed {
        Weighed { word, known: self.words.get(usize::from(word.0)).copied().unwrap_or_default() }
    }

    /// The weight of a word; 0 if it has none.
    #[inline]
    pub fn word(&self, word: Weighed) -> f32 {
        self.values[usize::from(word.known & !(BEGINS | ENDS))]
    }

    /// Asks for what is known of two consecutive words, whose weight will be asked for soon.
    #[inline]
    pub fn expect(&self, one: Weighed, two: Weighed) {
        if are_paired(one, two) {
            soon(&self.pairs[self.slot(one.word, two.word).1]);
        }
    }

    /// The weight of two consecutive words; 0 if they have none.
    #[inline]
    pub fn pair(&self, one: Weighed, two: Weighed) -> f32 {
        if are_paired(one, two) { self.paired(one.word, two.word) } else { 0.0 }
    }

    fn paired(&self, one: WordId, two: WordId) -> f32 {
        let (both, mut at) = self.slot(one, two);
        loop {
            match self.pairs[at] {
                0 => return 0.0,
                known if known == both => return self.values[usize::from(self.pair_values[at])],
                _ => at = (at + 1) & (self.pairs.len() - 1),
            }
        }
    }

    /// The weight of a property.
    #[inline]
    pub fn property(&self, property: Property) -> f32 {
        self.properties[usize::from(property.0)]
    }
}

/// A word with what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weighed {
    word: WordId,
    /// The position of its weight, with [`BEGINS`] and [`ENDS`].
    known: u16,
}

/// Whether one word stands first in some pair, and the other second in some.
#[inline]
fn are_paired(one: Weighed, two: Weighed) -> bool {
    one.known & BEGINS != 0 && two.known & ENDS != 0
}

/// A property of a sentence that has a weight: a position in [`Property::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property(u8);

impl Property {
    /// The names of all properties, as in the table of weights.
    pub const NAMES: &[&str] = &[
        "bias",
        "after-mark",
        "question",
        "exclaim",
        "change",
        "hedge",
        "counted",
        "year",
        "words-3",
        "words-6",
        "words-10",
        "words-15",
        "words-22",
        "words-32",
        "words-more",
        "capitals-0",
        "capitals-1",
        "capitals-2",
        "capitals-4",
        "capitals-more",
        "past-0",
        "past-1",
        "past-2",
        "past-more",
        "figures-0",
        "figures-1",
        "figures-2",
        "figures-more",
        "dates-0",
        "dates-1",
        "dates-more",
        "opens-first-person",
        "opens-second-person",
        "opens-third-person",
        "opens-pointing",
        "opens-conjunction",
        "opens-question-word",
        "opens-article",
        "opens-preposition",
        "opens-address",
        "opens-other",
        "number",
        "percent",
        "money",
        "quantity",
        "age",
        "ordinal",
        "ratio",
        "date",
        "time",
        "duration",
    ];

    /// The property with a name from [`Property::NAMES`]. Panics for any other name, so call it in constants only.
    pub const fn named(name: &str) -> Property {
        let mut at = 0;
        while at < Self::NAMES.len() {
            if is_same(Self::NAMES[at].as_bytes(), name.as_bytes()) {
                return Property(at as u8);
            }
            at += 1;
        }
        panic!("no property of that name")
    }

    /// The name of the property.
    pub fn name(self) -> &'static str {
        Self::NAMES[usize::from(self.0)]
    }
}

const fn is_same(one: &[u8], two: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < two.len() && one[at] == two[at] {
        at += 1;
    }
    at == one.len() && at == two.len()
}

/// What a word indicates about its claim, as a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimClass(u64);

/// The classes by their names in the table, in the order of their bits.
const CLASSES: [(&str, ClaimClass); 34] = [
    ("past", ClaimClass::PAST),
    ("future", ClaimClass::FUTURE),
    ("opinion", ClaimClass::OPINION),
    ("comparison", ClaimClass::COMPARISON),
    ("superlative", ClaimClass::SUPERLATIVE),
    ("positive", ClaimClass::POSITIVE),
    ("first-person", ClaimClass::FIRST_PERSON),
    ("second-person", ClaimClass::SECOND_PERSON),
    ("third-person", ClaimClass::THIRD_PERSON),
    ("possessor", ClaimClass::POSSESSOR),
    ("pointing", ClaimClass::POINTING),
    ("there", ClaimClass::THERE),
    ("conjunction", ClaimClass::CONJUNCTION),
    ("question-word", ClaimClass::QUESTION_WORD),
    ("article", ClaimClass::ARTICLE),
    ("preposition", ClaimClass::PREPOSITION),
    ("address", ClaimClass::ADDRESS),
    ("not-past", ClaimClass::NOT_PAST),
    ("rate", ClaimClass::RATE),
    ("empty-subject", ClaimClass::EMPTY_SUBJECT),
    ("instead", ClaimClass::INSTEAD),
    ("multiple", ClaimClass::MULTIPLE),
    ("compared", ClaimClass::COMPARED),
    ("definite", ClaimClass::DEFINITE),
    ("present", ClaimClass::PRESENT),
    ("would", ClaimClass::WOULD),
    ("modal", ClaimClass::MODAL),
    ("awaited", ClaimClass::AWAITED),
    ("have", ClaimClass::HAVE),
    ("negation", ClaimClass::NEGATION),
    ("notice", ClaimClass::NOTICE),
    ("intends", ClaimClass::INTENDS),
    ("seems", ClaimClass::SEEMS),
    ("conditional", ClaimClass::CONDITIONAL),
];

impl ClaimClass {
    /// `was`
    pub const PAST: Self = Self(1);
    /// `will`
    pub const FUTURE: Self = Self(1 << 1);
    /// `should`
    pub const OPINION: Self = Self(1 << 2);
    /// `than`
    pub const COMPARISON: Self = Self(1 << 3);
    /// `most`
    pub const SUPERLATIVE: Self = Self(1 << 4);
    /// `forest`: ends in -est but is not a superlative
    pub const POSITIVE: Self = Self(1 << 5);
    /// `we`
    pub const FIRST_PERSON: Self = Self(1 << 6);
    /// `you`
    pub const SECOND_PERSON: Self = Self(1 << 7);
    /// `she`
    pub const THIRD_PERSON: Self = Self(1 << 8);
    /// `her`
    pub const POSSESSOR: Self = Self(1 << 9);
    /// `this`
    pub const POINTING: Self = Self(1 << 10);
    /// `there`
    pub const THERE: Self = Self(1 << 11);
    /// `but`
    pub const CONJUNCTION: Self = Self(1 << 12);
    /// `why`
    pub const QUESTION_WORD: Self = Self(1 << 13);
    /// `the`
    pub const ARTICLE: Self = Self(1 << 14);
    /// `during`
    pub const PREPOSITION: Self = Self(1 << 15);
    /// `thank`
    pub const ADDRESS: Self = Self(1 << 16);
    /// `need`: ends in -ed but is not a past form
    pub const NOT_PAST: Self = Self(1 << 17);
    /// `inflation`: a share that implies its own base
    pub const RATE: Self = Self(1 << 18);
    /// `clear`: after `it is`, the subject comes later or has no referent
    pub const EMPTY_SUBJECT: Self = Self(1 << 19);
    /// `rather`: a following `than` makes no comparison
    pub const INSTEAD: Self = Self(1 << 20);
    /// `twice`: makes a comparison before a word of [`ClaimClass::COMPARED`]
    pub const MULTIPLE: Self = Self(1 << 21);
    /// `as`
    pub const COMPARED: Self = Self(1 << 22);
    /// `the`: a superlative after it states a rank
    pub const DEFINITE: Self = Self(1 << 23);
    /// `is`: a word in -ed next to it is a participle
    pub const PRESENT: Self = Self(1 << 24);
    /// `would`: in reported speech, the past of `will`
    pub const WOULD: Self = Self(1 << 25);
    /// `may`: with a plain verb it tells of what may come
    pub const MODAL: Self = Self(1 << 26);
    /// `expected`: before `to` and after `is` it tells of what is to come
    pub const AWAITED: Self = Self(1 << 27);
    /// `have`: after a modal, what was (`may have grown`)
    pub const HAVE: Self = Self(1 << 28);
    /// `not`
    pub const NEGATION: Self = Self(1 << 29);
    /// `published`, `read`: begins a line that serves the page, not the story (`Published 26 August`)
    pub const NOTICE: Self = Self(1 << 30);
    /// `plans`: before `to` it tells of what is to come
    pub const INTENDS: Self = Self(1 << 31);
    /// `looks`: as `is` before `set to`
    pub const SEEMS: Self = Self(1 << 32);
    /// `if`: `could` behind it tells of a case
    pub const CONDITIONAL: Self = Self(1 << 33);
    /// `climbed`: tells of a rise or a fall, by the table of changes
    pub const MOVES: Self = Self(1 << 34);
    /// `comment`: what is not done by those who say nothing, by the list of such words
    pub const SILENT_ACT: Self = Self(1 << 35);

    /// The union of two sets.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the classes of another.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the two share a class.
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words that indicate the kind of a claim.
#[derive(Default)]
pub struct ClaimWords {
    /// For each word the position of its classes in `classes`: most words have none, and few have classes of their own.
    slots: Vec<u8>,
    /// The first are those of a word that is in no table: none.
    classes: Vec<ClaimClass>,
}

impl ClaimWords {
    /// Reads a table with the columns `word`, `classes`.
    pub fn new(table: &str, words: &mut Words) -> Self {
        let mut read = ClaimWords { slots: Vec::new(), classes: vec![ClaimClass::default()] };
        for row in tsv::rows(table) {
            let known = |name: &str| CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class);
            let all = row.list(1).filter_map(known).fold(ClaimClass::default(), ClaimClass::or);
            read.put(words.intern(row.cell(0)), all);
        }
        read
    }

    /// Adds the classes that other tables tell: words of a rise or a fall, and what is left undone by those who say nothing.
    pub(super) fn mark(&mut self, words: &Words, figures: &FigureWords, lists: &Lists) {
        for word in words.ids().filter(|word| figures.entry(*word).is(FigureClass::UP.or(FigureClass::DOWN))) {
            self.put(word, self.class(word).or(ClaimClass::MOVES));
        }
        for word in lists.words(List::SilentActs).iter().map(|word| words.get(word)) {
            self.put(word, self.class(word).or(ClaimClass::SILENT_ACT));
        }
    }

    fn put(&mut self, word: WordId, class: ClaimClass) {
        let at = usize::from(word.0);
        if self.slots.len() <= at {
            self.slots.resize(at + 1, 0);
        }
        let slot = self.classes.iter().position(|known| *known == class).unwrap_or_else(|| {
            self.classes.push(class);
            self.classes.len() - 1
        });
        if let Some(slot) = u8::try_from(slot).ok().filter(|_| word.is_known()) {
            self.slots[at] = slot;
        }
    }

    /// The classes of a word. Empty for a word that is not in the table.
    #[inline]
    pub fn class(&self, word: WordId) -> ClaimClass {
        let slot = self.slots.get(usize::from(word.0)).copied().unwrap_or_default();
        self.classes.get(usize::from(slot)).copied().unwrap_or_default()
    }

    /// Whether a word is a past form: `was`, `rose`, `opened`. `text` is its text.
    pub fn is_past(&self, word: WordId, text: &[u8]) -> bool {
        let class = self.class(word);
        class.is(ClaimClass::PAST) || text.len() > 3 && text.ends_with(b"ed") && !class.is(ClaimClass::NOT_PAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_of_a_pair_is_found_again() {
        let mut words = Words::default();
        let weights = ClaimWeights::new(super::super::en::TABLES.claim_weights, &mut words);
        let pairs = tsv::rows(super::super::en::TABLES.claim_weights).filter(|row| row.cell(0) == "pair");
        let mut count = 0;
        for row in pairs {
            let (one, two) = row.cell(1).split_once(' ').unwrap();
            assert_eq!(
                weights.pair(weights.of(words.get(one)), weights.of(words.get(two))),
                row.cell(2).parse::<f32>().unwrap(),
                "{}",
                row.cell(1)
            );
            count += 1;
        }
        assert!(count > 1000);
        assert_eq!(weights.pair(Weighed::default(), Weighed::default()), 0.0);
    }

    #[test]
    fn every_weight_of_a_property_is_read() {
        for row in tsv::rows(super::super::en::TABLES.claim_weights).filter(|row| row.cell(0) == "property") {
            assert!(Property::NAMES.contains(&row.cell(1)), "line {}: {}", row.line, row.cell(1));
        }
    }

    #[test]
    fn what_other_tables_tell_of_words_is_known() {
        let lexicon = &super::super::of(None).lexicon;
        let class = |word: &str| lexicon.claim_words.class(lexicon.words.get(word));
        assert!(lexicon.lists.words(List::SilentActs).iter().all(|word| class(word).is(ClaimClass::SILENT_ACT)));
        assert!(class("climbed").is(ClaimClass::MOVES) && !class("bridge").is(ClaimClass::MOVES));
        assert!(lexicon.claim_words.classes.len() <= usize::from(u8::MAX));
    }

    #[test]
    fn every_row_of_words_is_read() {
        let table = super::super::en::TABLES.claim_words;
        let mut seen = std::collections::HashSet::new();
        for row in tsv::rows(table) {
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
            for class in row.list(1) {
                assert!(CLASSES.iter().any(|(name, _)| *name == class), "line {}: {class}", row.line);
            }
        }
    }
}
