//! The words of figures: numerals, calendar and clock, hedges, changes, labels, counted nouns. Each word has a set of
//! classes ([`Class`]) and the values that belong to them. For most words a scan only needs [`FigureWords::triggers`].
//!
//! ```
//! use sayso_core::language::{self, figures::Class};
//! let words = &language::of(None).lexicon;
//! let entry = words.figures.entry(words.words.get("twenty"));
//! assert!(entry.is(Class::TENS) && entry.number == 20);
//! ```

mod class;

pub use class::Class;

use super::lists::{List, Lists};
use super::{WordId, WordMap, WordSet, Words, tsv};
use crate::found::{Change, Op};
use class::{number_class, particle_class, time_class};

/// The texts of the tables of figures. The comment of each field names the table's columns.
pub struct FigureTables {
    /// `word`, `class`, `value`.
    pub numbers: &'static str,
    /// `word`, `class`, `value`.
    pub time: &'static str,
    /// `word`, `class`.
    pub particles: &'static str,
    /// `phrase`, `side`, `op`.
    pub hedges: &'static str,
    /// `word`, `change`.
    pub changes: &'static str,
    /// `word`, `case`.
    pub labels: &'static str,
    /// `word`, `lemma`.
    pub nouns: &'static str,
}

/// The entry of one word in the tables.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its classes.
    pub class: Class,
    /// The value of a number word. For a [`Class::SHARE`], in hundredths.
    pub number: u64,
    /// A month, a weekday, or a shift in days or units.
    pub time: i8,
    /// A TIMEX3 letter or value.
    pub code: &'static str,
    /// The singular of an irregular noun.
    pub lemma: &'static str,
}

impl Entry {
    const NONE: Entry = Entry { class: Class::NONE, number: 0, time: 0, code: "", lemma: "" };

    /// Whether it has one of the classes.
    pub const fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }
}

/// A hedge: its words and its meaning.
#[derive(Clone, Debug)]
pub struct Hedge {
    /// The words as tokens, including hyphens and other marks.
    pub words: Vec<&'static str>,
    /// How it bounds the number.
    pub op: Op,
}

/// All words that figures consist of.
pub struct FigureWords {
    entries: Vec<Entry>,
    /// The words at which a figure or date can start, or by which it is found.
    pub triggers: WordSet,
    /// Hedges before a number, longest first.
    before: Vec<Hedge>,
    /// For each last word of these the positions of those that end in it; and of those that end in a sign.
    before_by_last: WordMap<Vec<u16>>,
    before_others: Vec<u16>,
    /// Hedges after a number, longest first.
    pub after: Vec<Hedge>,
    /// Endings of compounds with an irregular plural (`gunmen`), each with its singular, longest first.
    pub endings: Vec<(&'static str, &'static str)>,
    /// The last letters of those plurals, a bit each.
    last_letters: u32,
}

/// The bit of a small letter; none of any other byte.
const fn bit(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter - b'a') } else { 0 }
}

impl FigureWords {
    /// Whether an irregular plural that ends compounds has this last letter.
    pub fn endings_end(&self, letter: u8) -> bool {
        self.last_letters & bit(letter) != 0
    }

    /// Reads the tables.
    pub fn new(tables: &FigureTables, lists: &Lists, words: &mut Words) -> Self {
        let mut all = FigureWords {
            entries: Vec::new(),
            triggers: WordSet::default(),
            before: Vec::new(),
            before_by_last: WordMap::default(),
            before_others: Vec::new(),
            after: Vec::new(),
            endings: Vec::new(),
            last_letters: 0,
        };
        for row in tsv::rows(tables.numbers) {
            let Some(class) = number_class(row.cell(1)) else { continue };
            let entry = all.add(row.cell(0), class, words);
            if class == Class::RANK {
                entry.code = row.cell(2);
                entry.number = u64::from(row.cell(1) == "rank-alone");
            } else if class != Class::SHORT && class != Class::SIGN {
                entry.number = match class {
                    Class::SHARE => {
                        if row.cell(2) == "0.5" {
                            50
                        } else {
                            25
                        }
                    }
                    _ => row.cell(2).parse().unwrap_or(0),
                };
            }
        }
        for row in tsv::rows(tables.time) {
            let Some(class) = time_class(row.cell(1)) else { continue };
            let entry = all.add(row.cell(0), class, words);
            match row.cell(2).parse() {
                Ok(value) => entry.time = value,
                Err(_) => entry.code = row.cell(2),
            }
        }
        for row in tsv::rows(tables.particles) {
            if let Some(class) = particle_class(row.cell(1)) {
                all.add(row.cell(0), class, words);
            }
        }
        for row in tsv::rows(tables.changes) {
            all.add(row.cell(0), if row.cell(1) == "up" { Class::UP } else { Class::DOWN }, words);
        }
        for row in tsv::rows(tables.labels) {
            let class = match row.cell(1) {
                "sure" => Class::LABEL.or(Class::LABEL_SURE),
                "any" => Class::LABEL,
                _ => Class::LABEL_CAPITAL,
            };
            all.add(row.cell(0), class, words);
        }
        for row in tsv::rows(tables.nouns) {
            if let Some(ending) = row.cell(0).strip_prefix('*') {
                all.endings.push((ending, row.cell(1)));
                all.last_letters |= ending.as_bytes().last().map_or(0, |last| bit(*last));
                continue;
            }
            match row.cell(1) {
                "-" => all.add(row.cell(0), Class::NO_PLURAL, words),
                lemma if lemma == row.cell(0) && lemma.ends_with('s') && !lists.has(List::InvariantPlurals, lemma) => {
                    all.add(row.cell(0), Class::NO_PLURAL, words)
                }
                lemma => {
                    let entry = all.add(row.cell(0), Class::PLURAL, words);
                    entry.lemma = lemma;
                    entry
                }
            };
        }
        all.read_hedges(tables.hedges, words);
        all.find_triggers();
        all
    }

    fn add(&mut self, word: &str, class: Class, words: &mut Words) -> &mut Entry {
        let at = usize::from(words.intern(word).0);
        if self.entries.len() <= at {
            self.entries.resize(at + 1, Entry::NONE);
        }
        let entry = &mut self.entries[at];
        entry.class = entry.class.or(class);
        entry
    }

    fn read_hedges(&mut self, table: &'static str, words: &mut Words) {
        for row in tsv::rows(table) {
            let Some(op) = op(row.cell(2)) else { continue };
            let parts: Vec<&'static str> = row.cell(0).split_whitespace().collect();
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
            let hedge = Hedge { words: parts.clone(), op };
            if row.cell(1) == "before" {
                self.add(last, Class::HEDGE_END, words);
                self.before.push(hedge);
            } else {
                self.add(first, Class::HEDGE_START, words);
                self.after.push(hedge);
            }
        }
        self.before.sort_by_key(|hedge| std::cmp::Reverse(hedge.words.len()));
        self.after.sort_by_key(|hedge| std::cmp::Reverse(hedge.words.len()));
        for (at, hedge) in (0..).zip(&self.before) {
            // A sign in a text is no word.
            let last = hedge.words.last().filter(|last| last.starts_with(char::is_alphabetic));
            let last = last.map_or(WordId::NONE, |last| words.get(last));
            if last.is_known() {
                let mut same = self.before_by_last.get(last).cloned().unwrap_or_default();
                same.push(at);
                self.before_by_last.insert(last, same);
            } else {
                self.before_others.push(at);
            }
        }
    }

    /// The hedges before a number that may end in a word, longest first.
    pub fn before(&self, last: WordId) -> impl Iterator<Item = &Hedge> {
        let known = self.before_by_last.get(last).unwrap_or(&self.before_others);
        known.iter().map(|at| &self.before[usize::from(*at)])
    }

    fn find_triggers(&mut self) {
        let triggers = Class::CARDINAL
            .or(Class::MANY)
            .or(Class::ORDINAL)
            .or(Class::RANK)
            .or(Class::SHARE)
            .or(Class::SIGN)
            .or(Class::MONTH)
            .or(Class::WEEKDAY)
            .or(Class::WEEKDAYS)
            .or(Class::WEEKDAY_SHORT)
            .or(Class::UNIT)
            .or(Class::UNITS)
            .or(Class::SEASON)
            .or(Class::DAYPART)
            .or(Class::DAY)
            .or(Class::HOLIDAY)
            .or(Class::TIMES)
            .or(Class::DECADES)
            .or(Class::ONE_UNIT)
            .or(Class::PERIOD)
            .or(Class::FOLD)
            .or(Class::LENGTH)
            .or(Class::REF);
        for (i, entry) in self.entries.iter().enumerate() {
            if entry.is(triggers) {
                self.triggers.insert(WordId(i as u16));
            }
        }
    }

    /// The entry of a word. Empty for a word that is in no table of figures.
    pub fn entry(&self, word: WordId) -> &Entry {
        self.entries.get(usize::from(word.0)).unwrap_or(&Entry::NONE)
    }
}

fn op(name: &str) -> Option<Op> {
    Some(match name {
        "=" => Op::Equal,
        "~" => Op::About,
        "<" => Op::Less,
        "<=" => Op::AtMost,
        ">" => Op::More,
        ">=" => Op::AtLeast,
        _ => return None,
    })
}

/// The direction of change that a word expresses.
pub fn change(entry: &Entry) -> Option<Change> {
    match (entry.is(Class::UP), entry.is(Class::DOWN)) {
        (true, false) => Some(Change::Up),
        (false, true) => Some(Change::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_a_known_class_and_stands_once() {
        let tables = &en::TABLES.figures;
        type Known<'a> = (&'a str, &'a dyn Fn(&str) -> bool);
        let known: [Known; 4] = [
            (tables.numbers, &|class| number_class(class).is_some()),
            (tables.time, &|class| time_class(class).is_some()),
            (tables.particles, &|class| particle_class(class).is_some()),
            (tables.changes, &|class| matches!(class, "up" | "down")),
        ];
        for (table, is_known) in known {
            let mut seen = HashSet::new();
            for row in tsv::rows(table) {
                assert!(is_known(row.cell(1)), "line {}: {}", row.line, row.cell(1));
                assert!(seen.insert((row.cell(0), row.cell(1))), "line {}: {} stands twice", row.line, row.cell(0));
            }
        }
        for row in tsv::rows(tables.hedges) {
            assert!(op(row.cell(2)).is_some() && matches!(row.cell(1), "before" | "after"), "line {}", row.line);
        }
        for row in tsv::rows(tables.labels) {
            assert!(matches!(row.cell(1), "sure" | "any" | "capital"), "line {}", row.line);
        }
    }

    #[test]
    fn number_words_have_their_values() {
        let lexicon = &crate::language::of(None).lexicon;
        for (word, class, number) in [
            ("seven", Class::DIGIT, 7),
            ("crore", Class::SCALE, 10_000_000),
            ("half", Class::SHARE, 50),
            ("fifths", Class::DENOMINATOR, 5),
        ] {
            let entry = lexicon.figures.entry(lexicon.words.get(word));
            assert!(entry.is(class) && entry.number == number, "{word}");
        }
        assert!(!lexicon.figures.entry(WordId::NONE).is(Class::CARDINAL));
    }
}
