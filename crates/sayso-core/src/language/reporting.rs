//! Words that report: cue verbs and the complements that they take, and the nouns and adjectives that report.
//! `pointed out` has the frame of `point out`: speech, strong, takes a quotation, a clause or a noun phrase.

use super::grammar::Class;
use super::inflect::{Forms, WordForms};
use super::{Tables, WordId, WordMap, Words, tsv};
use rustc_hash::FxHashMap;

/// What a cue reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Speech or writing.
    Speech,
    /// Thoughts and feelings.
    Thought,
    /// What documents and data show.
    Showing,
    /// An intention.
    Will,
}

/// The complements that a cue can take, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes(pub u16);

impl Takes {
    /// A quotation.
    pub const QUOTATION: Takes = Takes(1);
    /// A clause without `that`.
    pub const CLAUSE: Takes = Takes(2);
    /// A clause with `that`.
    pub const THAT: Takes = Takes(4);
    /// A clause with `what` or `whether`.
    pub const QUESTION: Takes = Takes(8);
    /// `to` and a verb.
    pub const INFINITIVE: Takes = Takes(16);
    /// An -ing form.
    pub const GERUND: Takes = Takes(32);
    /// A noun phrase.
    pub const NOUN: Takes = Takes(64);
    /// The addressee, before the content.
    pub const ADDRESSEE: Takes = Takes(128);
    /// A noun phrase with what it is called: `the plan a mistake`.
    pub const COMPLEMENT: Takes = Takes(256);
    /// A noun phrase that may be the source: `citing Brandt`.
    pub const SOURCE: Takes = Takes(512);
    /// Always one who hears it: `told the Post`.
    pub const HEARER: Takes = Takes(1024);
    /// Of noun phrases only those that tell what was said: not `condemned the attack`.
    pub const TOPIC: Takes = Takes(2048);

    /// The union of two sets.
    pub const fn with(self, other: Takes) -> Takes {
        Takes(self.0 | other.0)
    }

    /// Whether noun phrases are all that it takes.
    pub const fn is_noun_only(self) -> bool {
        self.0 & !Takes::TOPIC.0 == Takes::NOUN.0
    }

    /// Whether the two share a complement.
    pub const fn has(self, other: Takes) -> bool {
        self.0 & other.0 != 0
    }
}

/// One sense of a cue.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The words after the first (`out` in `point out`).
    pub rest: Box<[WordId]>,
    /// What it reports.
    pub mode: Mode,
    /// From 3 (almost always an attribution if the frame fits) to 1 (rarely an attribution).
    pub strength: u8,
    /// The complements that it can take.
    pub takes: Takes,
    /// The prepositions that belong to it. The content after one of them is a noun phrase.
    pub with: Box<[WordId]>,
    /// The same sense with all that it can take where words in quote marks stand in the content; none where that is no more.
    pub quoting: Option<Box<Frame>>,
}

/// All words that report.
#[derive(Default)]
pub struct Reporting {
    frames: Vec<Frame>,
    /// The base form of each frame, as in the table (`point out`).
    names: Vec<Box<str>>,
    verbs: WordMap<Vec<(u16, Forms)>>,
    nouns: WordMap<Frame>,
    adjectives: WordMap<Frame>,
}

impl Reporting {
    /// Reads the tables.
    pub fn new(tables: &Tables, words: &mut Words) -> Self {
        let irregular: FxHashMap<&str, tsv::Row> = tsv::rows(tables.irregular).map(|row| (row.cell(0), row)).collect();
        let mut frames = Vec::new();
        let mut names = Vec::new();
        let mut verbs: FxHashMap<WordId, Vec<(u16, Forms)>> = FxHashMap::default();
        for row in tsv::rows(tables.cues) {
            let Some(mode) = mode(row.cell(1)) else { continue };
            let mut phrase = row.cell(0).split(' ');
            let base = phrase.next().unwrap_or_default();
            let rest = phrase.map(|word| words.intern(word)).collect();
            let number = frames.len() as u16;
            names.push(row.cell(0).into());
            frames.push(frame(mode, row.cell(2), row.cell(3), row.cell(4), rest, words));
            for (form, forms) in conjugate(base, irregular.get(base), tables.forms) {
                verbs.entry(words.intern(&form)).or_default().push((number, forms));
            }
        }
        let mut by_word = WordMap::default();
        let mut sorted: Vec<_> = verbs.into_iter().collect();
        sorted.sort_by_key(|(word, _)| *word);
        for (word, mut list) in sorted {
            list.sort_by_key(|(number, _)| std::cmp::Reverse(frames[usize::from(*number)].rest.len()));
            by_word.insert(word, list);
        }
        let mut nouns = WordMap::default();
        for row in tsv::rows(tables.nominals) {
            let read = frame(Mode::Speech, row.cell(1), row.cell(2), row.cell(3), Box::default(), words);
            nouns.insert(words.intern(&tables.forms.plural(row.cell(0))), read.clone());
            nouns.insert(words.intern(row.cell(0)), read);
        }
        let mut adjectives = WordMap::default();
        for row in tsv::rows(tables.adjectives) {
            let read = frame(Mode::Thought, row.cell(1), row.cell(2), row.cell(3), Box::default(), words);
            adjectives.insert(words.intern(row.cell(0)), read);
        }
        Reporting { frames, names, verbs: by_word, nouns, adjectives }
    }

    /// The senses of a verb form, those with the most words first.
    pub fn verb(&self, word: WordId) -> impl Iterator<Item = (&Frame, Forms)> {
        let list = self.verbs.get(word).map_or(&[][..], |list| list);
        list.iter().map(|(number, forms)| (&self.frames[usize::from(*number)], *forms))
    }

    /// The base form, with its particle, of the verb at the start of `words`: `point out` for `pointed out that`.
    pub fn named(&self, words: &[WordId]) -> Option<&str> {
        let (first, rest) = words.split_first()?;
        let list = self.verbs.get(*first)?;
        let (number, _) = list.iter().find(|(number, _)| rest.starts_with(&self.frames[usize::from(*number)].rest))?;
        self.names.get(usize::from(*number)).map(AsRef::as_ref)
    }

    /// The frame of a noun that reports.
    pub fn noun(&self, word: WordId) -> Option<&Frame> {
        self.nouns.get(word)
    }

    /// The frame of an adjective that reports.
    pub fn adjective(&self, word: WordId) -> Option<&Frame> {
        self.adjectives.get(word)
    }

    /// The classes of all these words, for [`super::grammar::Grammar`].
    pub fn classes(&self, words: &Words) -> Vec<(WordId, Class)> {
        let mut out = Vec::new();
        for id in words.ids() {
            for (known, class) in [
                (self.verbs.contains(id), Class::CUE_VERB),
                (self.nouns.contains(id), Class::CUE_NOUN),
                (self.adjectives.contains(id), Class::CUE_ADJECTIVE),
            ] {
                if known {
                    out.push((id, class));
                }
            }
        }
        out
    }
}

fn conjugate(base: &str, irregular: Option<&tsv::Row>, rules: &dyn WordForms) -> Vec<(String, Forms)> {
    let Some(row) = irregular else { return rules.verb(base) };
    let columns = [Forms::BASE, Forms::PRESENT, Forms::PAST, Forms::PARTICIPLE, Forms::GERUND];
    let mut out: Vec<(String, Forms)> = Vec::new();
    for (column, form) in columns.into_iter().enumerate() {
        for word in row.cell(column).split('/') {
            match out.iter_mut().find(|(known, _)| known == word) {
                Some((_, forms)) => *forms = forms.with(form),
                None => out.push((word.to_owned(), form)),
            }
        }
    }
    out
}

fn frame(mode: Mode, strength: &str, takes: &str, with: &str, rest: Box<[WordId]>, words: &mut Words) -> Frame {
    let bits = |letters: &str| Takes(letters.chars().filter_map(take).fold(0, |bits, take| bits | take.0));
    let mut list = |with: &str| -> Vec<WordId> {
        with.split([',', '/']).filter(|word| *word != "-" && !word.is_empty()).map(|word| words.intern(word)).collect()
    };
    let plain = |cell: &str| cell.split('/').next().unwrap_or_default().to_owned();
    let one = |takes: Takes, with: Vec<WordId>, quoting| Frame {
        rest: rest.clone(),
        mode,
        strength: strength.parse().unwrap_or(1),
        takes,
        with: with.into(),
        quoting,
    };
    let wider = takes.contains('/') || with.contains('/');
    let quoting = wider.then(|| Box::new(one(bits(takes), list(with), None)));
    one(bits(&plain(takes)), list(&plain(with)), quoting)
}

fn take(letter: char) -> Option<Takes> {
    Some(match letter {
        'q' => Takes::QUOTATION,
        'c' => Takes::CLAUSE,
        't' => Takes::THAT,
        'w' => Takes::QUESTION,
        'i' => Takes::INFINITIVE,
        'g' => Takes::GERUND,
        'n' => Takes::NOUN,
        'a' => Takes::ADDRESSEE,
        'o' => Takes::COMPLEMENT,
        's' => Takes::SOURCE,
        'h' => Takes::HEARER,
        'e' => Takes::TOPIC,
        _ => return None,
    })
}

fn mode(name: &str) -> Option<Mode> {
    Some(match name {
        "speech" => Mode::Speech,
        "thought" => Mode::Thought,
        "showing" => Mode::Showing,
        "will" => Mode::Will,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en::TABLES;

    #[test]
    fn every_cue_is_read_and_stands_once_in_order() {
        let rows: Vec<_> = tsv::rows(TABLES.cues).collect();
        for row in &rows {
            assert!(mode(row.cell(1)).is_some() && row.cell(2).parse::<u8>().is_ok(), "line {}", row.line);
            let known = |cell: &str| cell == "-" || cell.chars().all(|c| take(c).is_some());
            assert!(row.cell(3).split('/').all(known), "line {}", row.line);
        }
        assert!(rows.windows(2).all(|pair| pair[0].cell(0) < pair[1].cell(0)));
    }

    #[test]
    fn every_exception_is_a_cue() {
        let bases: Vec<&str> = tsv::rows(TABLES.cues).map(|row| row.cell(0).split(' ').next().unwrap()).collect();
        for row in tsv::rows(TABLES.irregular) {
            assert!(bases.contains(&row.cell(0)), "line {}: {}", row.line, row.cell(0));
        }
    }

    #[test]
    fn forms_lead_to_frames() {
        let lexicon = &crate::language::of(None).lexicon;
        let forms = |word: &str| -> Vec<(usize, u8)> {
            lexicon.reporting.verb(lexicon.words.get(word)).map(|(frame, forms)| (frame.rest.len(), forms.0)).collect()
        };
        assert_eq!(forms("said"), [(0, 12)]);
        assert_eq!(forms("pointed"), [(1, 12), (0, 12)]);
        assert_eq!(forms("read"), [(0, 13)]);
        assert!(forms("zebra").is_empty());
        assert!(lexicon.reporting.noun(lexicon.words.get("claims")).is_some());
    }
}
