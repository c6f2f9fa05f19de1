//! The learned weights that predict how much a sentence is worth checking: one for each word, pair of words and
//! property. `training/claims.py` produces them.

use super::{WordId, Words, tsv};
use rustc_hash::FxHashMap;

/// The weights of a logistic regression.
pub struct ClaimWeights {
    /// The weights of single words, by id.
    words: Vec<f32>,
    /// The weights of two consecutive words.
    pairs: FxHashMap<(WordId, WordId), f32>,
    /// One bit per [`cell`], set if a pair with a weight maps to it. Most pairs in a text have no weight, and one read
    /// shows that.
    some: Vec<u64>,
    /// The weights of properties, by position in [`Property::NAMES`].
    properties: [f32; Property::NAMES.len()],
}

impl ClaimWeights {
    /// Reads a table with the columns `kind`, `feature`, `weight`.
    pub fn new(table: &str, words: &mut Words) -> Self {
        let mut all = ClaimWeights {
            words: Vec::new(),
            pairs: FxHashMap::default(),
            some: vec![0; CELLS / 64],
            properties: [0.0; Property::NAMES.len()],
        };
        for row in tsv::rows(table) {
            let Ok(weight) = row.cell(2).parse::<f32>() else { continue };
            match row.cell(0) {
                "word" => put(&mut all.words, words.intern(row.cell(1)), weight),
                "pair" => {
                    if let Some((one, two)) = row.cell(1).split_once(' ') {
                        let (one, two) = (words.intern(one), words.intern(two));
                        all.some[cell(one, two) / 64] |= 1 << (cell(one, two) % 64);
                        all.pairs.insert((one, two), weight);
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

    /// The weight of a word; 0 if it has none.
    pub fn word(&self, word: WordId) -> f32 {
        self.words.get(usize::from(word.0)).copied().unwrap_or(0.0)
    }

    /// The weight of two consecutive words; 0 if they have none.
    pub fn pair(&self, one: WordId, two: WordId) -> f32 {
        let cell = cell(one, two);
        if self.some.get(cell / 64).is_none_or(|cells| cells >> (cell % 64) & 1 == 0) {
            return 0.0;
        }
        self.pairs.get(&(one, two)).copied().unwrap_or(0.0)
    }

    /// The weight of a property.
    pub fn property(&self, property: Property) -> f32 {
        self.properties[usize::from(property.0)]
    }
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

/// Sets the value of a word in a list by id. Does nothing for [`WordId::NONE`].
fn put<T: Clone + Default>(list: &mut Vec<T>, word: WordId, value: T) {
    let at = usize::from(word.0);
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    if word.is_known() {
        list[at] = value;
    }
}

/// The number of bits for pairs.
const CELLS: usize = 1 << 18;

/// The bit for a pair.
fn cell(one: WordId, two: WordId) -> usize {
    let both = u32::from(one.0) << 16 | u32::from(two.0);
    (both.wrapping_mul(0x9e37_79b1) >> (32 - CELLS.ilog2())) as usize
}

/// What a word indicates about its claim, as a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimClass(u64);

/// The classes by their names in the table, in the order of their bits.
const CLASSES: [(&str, ClaimClass); 33] = [
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
    classes: Vec<ClaimClass>,
}

impl ClaimWords {
    /// Reads a table with the columns `word`, `classes`.
    pub fn new(table: &str, words: &mut Words) -> Self {
        let mut classes = Vec::new();
        for row in tsv::rows(table) {
            let known = |name: &str| CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class);
            let all = row.list(1).filter_map(known).fold(ClaimClass::default(), ClaimClass::or);
            put(&mut classes, words.intern(row.cell(0)), all);
        }
        ClaimWords { classes }
    }

    /// The classes of a word. Empty for a word that is not in the table.
    pub fn class(&self, word: WordId) -> ClaimClass {
        self.classes.get(usize::from(word.0)).copied().unwrap_or_default()
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
                weights.pair(words.get(one), words.get(two)),
                row.cell(2).parse::<f32>().unwrap(),
                "{}",
                row.cell(1)
            );
            count += 1;
        }
        assert!(count > 1000);
        assert_eq!(weights.pair(WordId::NONE, WordId::NONE), 0.0);
    }

    #[test]
    fn every_weight_of_a_property_is_read() {
        for row in tsv::rows(super::super::en::TABLES.claim_weights).filter(|row| row.cell(0) == "property") {
            assert!(Property::NAMES.contains(&row.cell(1)), "line {}: {}", row.line, row.cell(1));
        }
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
