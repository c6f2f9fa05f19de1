//! Words about people: titles, with the role and gender that they imply, and short forms of names. Also the words after
//! which words between quote marks are a name or a title and not a quotation.

use super::grammar::Class;
use super::{PhraseMap, Tables, WordId, WordMap, WordSet, Words, tsv};
use crate::hash::{hash_of, hash_of_words};
use rustc_hash::{FxHashMap, FxHashSet};

/// What words between quote marks are, if they are not a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// A name (`nicknamed “Red”`).
    Name,
    /// The title of a work (`the film “Harbour”`).
    Title,
    /// A word mentioned as a word (`the word “now”`).
    Word,
    /// An inscription (`a door marked “private”`).
    Sign,
}

/// The speaker whose turn a label without a name starts (`Q:`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The person who asks.
    Asks,
    /// The person who answers.
    Answers,
    /// No one: the line is not speech.
    Nobody,
    /// Somebody's whose name nobody knows.
    Somebody,
}

/// Words about people.
#[derive(Default)]
pub struct People {
    /// The full names of each short form.
    short: WordMap<Vec<WordId>>,
    /// The medium of each noun for a document, singular and plural. Two nouns with the same medium can refer to the
    /// same document.
    mediums: WordMap<u8>,
    /// Labels in transcripts that are not names.
    labels: WordMap<Label>,
    /// The role noun that a title implies (`Sen.` → `senator`).
    titles: WordMap<WordId>,
    /// Role nouns for offices that one person at a time holds.
    pub offices: WordSet,
    /// Role nouns for people who speak for others.
    pub voices: WordSet,
    /// Nouns for an organisation that the text has named in another way (`the company`).
    pub any_body: WordSet,
    /// Nouns for the body that acted last, whatever its name (`the club`).
    pub acting: WordSet,
    /// Those of them that public bodies are called, too (`the organisation`).
    pub wide: WordSet,
    /// Nouns for public bodies (`the ministry`).
    pub public: WordSet,
    /// Nouns for groups that are not organised (`the people said`).
    pub crowds: WordSet,
    /// Nouns for the written statements of an organisation (`the statement`).
    pub papers: WordSet,
    /// Nouns for a text of any kind (`the document`).
    pub any_text: WordSet,
    /// Nouns for an organisation that prints or broadcasts news (`this newspaper`).
    pub outlets: WordSet,
    /// Role nouns for the head of an organisation (`director`).
    pub tops: WordSet,
    /// Role nouns that relate a person to someone else (`friends`), singular and plural.
    pub ties: WordSet,
    /// Words before a role that turn it into a different role (`deputy`).
    pub lesser: WordSet,
    /// The singular of each plural role noun.
    singular: WordMap<WordId>,
    /// Countries, their parts and great cities, by [`hash_of`] of their names in lower case: they are no known
    /// words, for a known word with a capital may be no name.
    states: FxHashSet<u64>,
    /// Adjectives of countries, peoples and faiths, in the same way.
    demonyms: FxHashSet<u64>,
    /// The gender that a first name tells, by the hash of its lower-case form: names are no known words, either.
    first_names: FxHashMap<u64, Class>,
    /// What may stand before quoted words that are none.
    pub prompts: PhraseMap<Prompt>,
}

impl People {
    /// Reads the tables.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let mut short: WordMap<Vec<WordId>> = WordMap::default();
        for row in tsv::rows(tables.nicknames) {
            let name = words.intern(row.cell(0));
            for form in row.list(1) {
                let form = words.intern(form);
                let mut list = short.get(form).cloned().unwrap_or_default();
                list.push(name);
                short.insert(form, list);
            }
        }
        let mut mediums = WordMap::default();
        let mut names: Vec<&str> = vec!["text"];
        for row in tsv::rows(tables.documents) {
            let medium = row.list(1).next().unwrap_or_default();
            let at = names.iter().position(|name| *name == medium).unwrap_or_else(|| {
                names.push(medium);
                names.len() - 1
            });
            mediums.insert(words.intern(row.cell(0)), at as u8);
            mediums.insert(words.intern(&tables.forms.plural(row.cell(0))), at as u8);
        }
        let with = |table: &str, column: usize, trait_: &str, words: &mut Words| {
            let mut set = WordSet::default();
            for row in tsv::rows(table).filter(|row| row.list(column).any(|one| one == trait_)) {
                set.insert(words.intern(row.cell(0)));
            }
            set
        };
        let offices = with(tables.roles, 1, "office", words);
        let voices = with(tables.roles, 1, "voice", words);
        let any_body = with(tables.groups, 1, "any", words);
        let acting = with(tables.groups, 1, "acting", words);
        let wide = with(tables.groups, 1, "wide", words);
        let mut ties = WordSet::default();
        let mut singular = WordMap::default();
        for row in tsv::rows(tables.roles) {
            let (one, several) = (words.intern(row.cell(0)), words.intern(&tables.forms.plural(row.cell(0))));
            singular.insert(several, one);
            if row.list(1).any(|trait_| trait_ == "tie") {
                ties.insert(one);
                ties.insert(several);
            }
        }
        let mut lesser = WordSet::default();
        for row in tsv::rows(tables.lesser) {
            lesser.insert(words.intern(row.cell(0)));
        }
        let public = with(tables.groups, 1, "state", words);
        let crowds = with(tables.groups, 1, "crowd", words);
        let papers = with(tables.documents, 1, "voice", words);
        let any_text = with(tables.documents, 1, "any", words);
        let mut outlets = with(tables.groups, 1, "outlet", words);
        for row in tsv::rows(tables.documents).filter(|row| row.list(1).any(|one| one == "outlet")) {
            outlets.insert(words.intern(row.cell(0)));
        }
        let tops = with(tables.roles, 1, "top", words);
        let mut titles = WordMap::default();
        for row in tsv::rows(tables.titles).filter(|row| !matches!(row.cell(2), "" | "-")) {
            titles.insert(words.intern(row.cell(0).trim_end_matches('.')), words.intern(row.cell(2)));
        }
        let mut labels = WordMap::default();
        for row in tsv::rows(tables.turn_labels) {
            if let Some(label) = label(row.cell(1)) {
                labels.insert(words.intern(row.cell(0)), label);
            }
        }
        let hashes = |table| tsv::rows(table).map(|row| hash_of(row.cell(0).bytes())).collect();
        let mut first_names = FxHashMap::default();
        for row in tsv::rows(tables.first_names) {
            let gender = if row.cell(0) == "female" { Class::FEMALE } else { Class::MALE };
            first_names.extend(row.list(1).map(|name| (hash_of(name.to_lowercase().bytes()), gender)));
        }
        let (states, demonyms) = (hashes(tables.states), hashes(tables.demonyms));
        let mut prompts = PhraseMap::default();
        for row in tsv::rows(tables.prompts) {
            let Some(class) = prompt(row.cell(1)) else { continue };
            prompts.insert(row.cell(0), class, words);
        }
        People {
            short,
            mediums,
            labels,
            titles,
            offices,
            voices,
            any_body,
            acting,
            wide,
            public,
            crowds,
            papers,
            any_text,
            outlets,
            tops,
            ties,
            lesser,
            singular,
            states,
            demonyms,
            first_names,
            prompts,
        }
    }

    /// Whether two nouns for documents can refer to the same one: they are the same noun, or have the same medium and
    /// that is not plain text. Also true if `one` can be any text and `other` is plain text (`the document` after
    /// `the report`).
    pub fn same_medium(&self, one: WordId, other: WordId) -> bool {
        let medium = self.mediums.get(one);
        one == other && one.is_known()
            || self.any_text.contains(one) && self.mediums.get(other) == Some(&0)
            || medium.is_some_and(|medium| *medium != 0 && Some(medium) == self.mediums.get(other))
    }

    /// The turn that a word before a colon starts, if the word is a label and not a name.
    pub fn label(&self, word: WordId) -> Option<Label> {
        self.labels.get(word).copied()
    }

    /// Whether a name is that of a country, a part of one, or a great city.
    pub fn is_state(&self, name: &[impl AsRef<str>]) -> bool {
        self.states.contains(&hash_of_words(name))
    }

    /// Whether a word is the adjective of a country, a people or a faith: `Chinese`.
    pub fn is_demonym(&self, word: &str) -> bool {
        self.demonyms.contains(&hash_of(word.bytes().map(|byte| byte.to_ascii_lowercase())))
    }

    /// The gender that a first name tells: [`Class::MALE`] or [`Class::FEMALE`]; none for names that are not in the table.
    pub fn first_name(&self, name: &str) -> Option<Class> {
        let key = match name.is_ascii() {
            true => hash_of(name.bytes().map(|byte| byte.to_ascii_lowercase())),
            false => hash_of(name.to_lowercase().bytes()),
        };
        self.first_names.get(&key).copied()
    }

    /// Whether a word is a short form of first names: `Charlie`.
    pub fn is_short_name(&self, word: WordId) -> bool {
        self.short.get(word).is_some()
    }

    /// The role noun of which a word is the plural.
    pub fn singular(&self, plural: WordId) -> Option<WordId> {
        self.singular.get(plural).copied()
    }

    /// The role noun that a title implies, or the word itself if it is not a title.
    pub fn role_of(&self, title: WordId) -> WordId {
        self.titles.get(title).copied().unwrap_or(title)
    }

    /// Whether one first name can be a short form of the other, or both can be short forms of a third.
    pub fn same_first_name(&self, one: WordId, other: WordId) -> bool {
        let full = |word: WordId| self.short.get(word).map_or(&[][..], |list| list);
        one.is_known()
            && other.is_known()
            && (one == other
                || full(one).contains(&other)
                || full(other).contains(&one)
                || full(one).iter().any(|name| full(other).contains(name)))
    }
}

fn label(name: &str) -> Option<Label> {
    Some(match name {
        "asks" => Label::Asks,
        "answers" => Label::Answers,
        "nobody" => Label::Nobody,
        "somebody" => Label::Somebody,
        _ => return None,
    })
}

fn prompt(name: &str) -> Option<Prompt> {
    Some(match name {
        "name" => Prompt::Name,
        "title" => Prompt::Title,
        "word" => Prompt::Word,
        "sign" => Prompt::Sign,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en::TABLES;

    #[test]
    fn every_prompt_has_a_class() {
        assert!(tsv::rows(TABLES.prompts).all(|row| prompt(row.cell(1)).is_some()));
        assert!(tsv::rows(TABLES.turn_labels).all(|row| label(row.cell(1)).is_some()));
    }

    #[test]
    fn short_forms_meet() {
        let lexicon = &crate::language::of(None).lexicon;
        let same = |a: &str, b: &str| lexicon.people.same_first_name(lexicon.words.get(a), lexicon.words.get(b));
        assert!(same("Bill", "William") && same("Bob", "Rob") && same("Ted", "Edward"));
        let medium = |a: &str, b: &str| lexicon.people.same_medium(lexicon.words.get(a), lexicon.words.get(b));
        assert!(medium("video", "clip") && medium("report", "report") && !medium("report", "memo"));
        assert!(medium("document", "report") && !medium("report", "document") && !medium("document", "video"));
        assert!(!same("Bill", "Robert") && !same("Zebra", "Zebra"));
    }
}
