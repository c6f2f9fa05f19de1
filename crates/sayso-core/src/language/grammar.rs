//! The grammatical classes of words: closed classes, and the nouns for people, bodies, documents and titles. They are
//! bits of one number, so a rule tests a word once.

use super::{Tables, WordId, Words, tsv};
use rustc_hash::FxHashMap;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub u64);

impl Class {
    /// `the`, `some`, `three`
    pub const DETERMINER: Class = Class(1);
    /// `his`
    pub const POSSESSIVE: Class = Class(1 << 1);
    /// `he`: a pronoun that can be a subject
    pub const SUBJECT: Class = Class(1 << 2);
    /// `him`
    pub const OBJECT: Class = Class(1 << 3);
    /// A masculine pronoun or title
    pub const MALE: Class = Class(1 << 4);
    /// A feminine pronoun or title
    pub const FEMALE: Class = Class(1 << 5);
    /// `they`
    pub const PLURAL: Class = Class(1 << 6);
    /// `I`
    pub const FIRST: Class = Class(1 << 7);
    /// `of`
    pub const PREPOSITION: Class = Class(1 << 8);
    /// `and`
    pub const COORDINATOR: Class = Class(1 << 9);
    /// `because`
    pub const SUBORDINATOR: Class = Class(1 << 10);
    /// `who`
    pub const RELATIVE: Class = Class(1 << 11);
    /// `whether`
    pub const QUESTION: Class = Class(1 << 12);
    /// Forms of `be`
    pub const BE: Class = Class(1 << 13);
    /// Forms of `have`
    pub const HAVE: Class = Class(1 << 14);
    /// Forms of `do`
    pub const DO: Class = Class(1 << 15);
    /// `would`
    pub const MODAL: Class = Class(1 << 16);
    /// `not`
    pub const NEGATION: Class = Class(1 << 17);
    /// `also`
    pub const ADVERB: Class = Class(1 << 18);
    /// `Tuesday`, `last`
    pub const TIME: Class = Class(1 << 19);
    /// `new`
    pub const ADJECTIVE: Class = Class(1 << 20);
    /// `however`
    pub const CONJUNCT: Class = Class(1 << 21);
    /// `sources`
    pub const UNNAMED: Class = Class(1 << 22);
    /// A person in a role: `mayor`
    pub const ROLE: Class = Class(1 << 23);
    /// `mayors`
    pub const ROLES: Class = Class(1 << 24);
    /// An organised group: `committee`
    pub const GROUP: Class = Class(1 << 25);
    /// `committees`
    pub const GROUPS: Class = Class(1 << 26);
    /// `report`
    pub const DOCUMENT: Class = Class(1 << 27);
    /// `reports`
    pub const DOCUMENTS: Class = Class(1 << 28);
    /// `Sen.`
    pub const TITLE: Class = Class(1 << 29);
    /// The last word of an organisation's name: `Inc.`
    pub const SUFFIX: Class = Class(1 << 30);
    /// A form of a cue verb
    pub const CUE_VERB: Class = Class(1 << 31);
    /// A noun that reports: `claim`
    pub const CUE_NOUN: Class = Class(1 << 32);
    /// An adjective that reports: `confident`
    pub const CUE_ADJECTIVE: Class = Class(1 << 33);
    /// `according`
    pub const ACCORDING: Class = Class(1 << 34);

    /// An irregular past form that is not also a noun: `sent`
    pub const PAST: Class = Class(1 << 35);

    /// A word that letters are left out before: `’em`
    pub const ELIDED: Class = Class(1 << 36);
    /// A word that letters are left out behind: `th’`
    pub const CLIPPED: Class = Class(1 << 37);

    /// `you`, `your`
    pub const SECOND: Class = Class(1 << 39);

    /// The last word of a place's or building's name: `Tower`
    pub const SITE: Class = Class(1 << 38);

    /// A verb that helps another: `be`, `have`, `do`, a modal.
    pub const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL).with(Class::DO);

    /// Those who speak, as nouns: people in a role and groups, one or several.
    pub const PEOPLE: Class =
        Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);

    /// What no noun phrase is made of: pronouns, prepositions, conjunctions, auxiliaries.
    pub const FUNCTION: Class = Class::SUBJECT
        .with(Class::OBJECT)
        .with(Class::PREPOSITION)
        .with(Class::COORDINATOR)
        .with(Class::SUBORDINATOR)
        .with(Class::MODAL)
        .with(Class::BE)
        .with(Class::HAVE)
        .with(Class::DO)
        .with(Class::NEGATION)
        .with(Class::CONJUNCT);

    /// Whether the two share a class.
    pub const fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// The union of two sets.
    pub const fn with(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// The classes of every word that has one.
#[derive(Default)]
pub struct Grammar {
    /// For each word the position of its classes in `classes`: most words share theirs with others.
    slots: Vec<u16>,
    /// The first are those of a word that is in no table: none.
    classes: Vec<Class>,
}

impl Grammar {
    /// Reads the tables. `cues` lists the words that report, with their classes.
    pub fn new(tables: &Tables, cues: &[(WordId, Class)], words: &mut Words) -> Self {
        let mut all: FxHashMap<WordId, Class> = FxHashMap::default();
        let mut add = |word: WordId, class: Class| {
            let old = all.entry(word).or_default();
            *old = old.with(class);
        };
        for (word, class) in cues {
            add(*word, *class);
        }
        for row in tsv::rows(tables.grammar) {
            let word = words.intern(row.cell(0));
            row.list(1).filter_map(class).for_each(|class| add(word, class));
        }
        for (table, one, many) in [
            (tables.roles, Class::ROLE, Class::ROLES),
            (tables.groups, Class::GROUP, Class::GROUPS),
            (tables.documents, Class::DOCUMENT, Class::DOCUMENTS),
        ] {
            for row in tsv::rows(table) {
                add(words.intern(row.cell(0)), one);
                add(words.intern(&tables.forms.plural(row.cell(0))), many);
                for gender in row.list(1).filter_map(gender) {
                    add(words.intern(row.cell(0)), gender);
                }
            }
        }
        for row in tsv::rows(tables.suffixes) {
            add(words.intern(row.cell(0)), Class::SUFFIX);
        }
        for row in tsv::rows(tables.sites) {
            add(words.intern(row.cell(0)), Class::SITE);
        }
        for row in tsv::rows(tables.titles) {
            let word = words.intern(row.cell(0).trim_end_matches('.'));
            add(word, Class::TITLE);
            if let Some(gender) = gender(row.cell(1)) {
                add(word, gender);
            }
        }
        add(words.intern("according"), Class::ACCORDING);
        let mut sorted: Vec<_> = all.into_iter().filter(|(word, _)| word.is_known()).collect();
        sorted.sort_by_key(|(word, _)| *word);
        let (mut slots, mut classes) = (Vec::new(), vec![Class::default()]);
        for (word, class) in sorted {
            slots.resize(usize::from(word.0), 0);
            let known = classes.iter().position(|known| *known == class);
            slots.push(known.unwrap_or(classes.len()) as u16);
            if known.is_none() {
                classes.push(class);
            }
        }
        Grammar { slots, classes }
    }

    /// The classes of a word. Empty for a word that is in no table.
    #[inline]
    pub fn class(&self, word: WordId) -> Class {
        let slot = self.slots.get(usize::from(word.0)).copied().unwrap_or_default();
        self.classes[usize::from(slot)]
    }
}

fn gender(name: &str) -> Option<Class> {
    match name {
        "male" => Some(Class::MALE),
        "female" => Some(Class::FEMALE),
        _ => None,
    }
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "determiner" => Class::DETERMINER,
        "possessive" => Class::POSSESSIVE,
        "subject" => Class::SUBJECT,
        "object" => Class::OBJECT,
        "male" => Class::MALE,
        "female" => Class::FEMALE,
        "plural" => Class::PLURAL,
        "first" => Class::FIRST,
        "second" => Class::SECOND,
        "preposition" => Class::PREPOSITION,
        "coordinator" => Class::COORDINATOR,
        "subordinator" => Class::SUBORDINATOR,
        "relative" => Class::RELATIVE,
        "question" => Class::QUESTION,
        "be" => Class::BE,
        "have" => Class::HAVE,
        "do" => Class::DO,
        "modal" => Class::MODAL,
        "negation" => Class::NEGATION,
        "adverb" => Class::ADVERB,
        "time" => Class::TIME,
        "adjective" => Class::ADJECTIVE,
        "conjunct" => Class::CONJUNCT,
        "unnamed" => Class::UNNAMED,
        "past" => Class::PAST,
        "elided" => Class::ELIDED,
        "clipped" => Class::CLIPPED,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en::TABLES;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_known_classes_and_stands_once() {
        let mut seen = HashSet::new();
        for row in tsv::rows(TABLES.grammar) {
            assert!(row.list(1).all(|name| class(name).is_some()), "line {}", row.line);
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
        }
    }

    #[test]
    fn nouns_stand_once_and_in_order() {
        for table in [TABLES.roles, TABLES.groups, TABLES.documents, TABLES.suffixes, TABLES.sites] {
            let nouns: Vec<&str> = tsv::rows(table).map(|row| row.cell(0)).collect();
            assert!(nouns.windows(2).all(|pair| pair[0] < pair[1]), "{nouns:?}");
        }
    }

    #[test]
    fn a_word_has_all_its_classes() {
        let lexicon = &crate::language::of(None).lexicon;
        let of = |word: &str| lexicon.grammar.class(lexicon.words.get(word));
        assert!(of("her").has(Class::POSSESSIVE) && of("her").has(Class::OBJECT) && of("her").has(Class::FEMALE));
        assert!(of("report").has(Class::DOCUMENT) && of("report").has(Class::CUE_VERB));
        assert!(of("spokeswomen").has(Class::ROLES) && !of("spokeswomen").has(Class::ROLE));
        assert_eq!(of("zebra"), Class::default());
    }
}
