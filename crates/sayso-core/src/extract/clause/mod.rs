//! A light reading of clauses. A sentence goes in; out come its words, each with how much parts it from the one before,
//! and its clauses: who does what, in which time, and whether it is denied.
//!
//! No parser: closed classes (`clause_words.tsv`), the marks between the words and the shape of verbs decide. What a word
//! has to do with another is told by what stands between them ([`Reading::closeness`]): little is lost across a few words of
//! one phrase, much across a comma, more across `but` or a semicolon.
//!
//! `Fares rose by 3 percent, but the board did not raise fines.` → `Fares` · `rose`, past; `the board` · `did not raise`,
//! past, denied.

mod parts;
mod table;

pub use parts::{Clause, Tense};
pub use table::{Kind, kinds};

use crate::language;
use crate::span::Span;
use crate::words::{Word, WordClass, words};
use std::ops::Range;

/// A word of a sentence, and what parts it from the one before.
#[derive(Clone, Copy, Debug)]
pub struct ClauseWord {
    /// The word.
    pub word: Word,
    /// What the marks between it and the word before part: 0 for none.
    pub gap: f32,
    /// Its small classes, as [`Kind`]s.
    pub kinds: u32,
}

impl ClauseWord {
    /// Whether it is of a class.
    pub const fn is(&self, kind: Kind) -> bool {
        self.kinds & kind as u32 != 0
    }

    /// What the word itself parts: a conjunction or relative pronoun more than others.
    pub fn breaks(&self) -> f32 {
        table::breaks(self.kinds)
    }
}

/// A sentence, read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its words, in order.
    pub words: Vec<ClauseWord>,
    /// What is put in between a subject and its verb: `Torvik, where the mine was closed, supplied 40 tonnes`.
    insertions: Vec<Range<usize>>,
}

/// How many words on each side are looked at: what stands further off says nothing of a place.
const FAR: usize = 100;

/// How fast closeness fades: with what parts two words, and with how many words lie between them.
#[derive(Clone, Copy, Debug)]
pub struct Fading {
    /// For each unit of what parts them.
    pub parting: f32,
    /// The distance in words across which half is lost.
    pub half: f32,
}

impl Reading {
    /// Reads the part of `text` that `sentence` marks. Linear.
    pub fn new(text: &str, sentence: Span) -> Reading {
        Reading::of(text, sentence.start, words(text, sentence))
    }

    /// The same, where its words are known. `start` is where it begins. Linear.
    pub fn of(text: &str, start: u32, words: impl IntoIterator<Item = Word>) -> Reading {
        let mut before = start;
        let read = |word: Word| {
            let between = text.get(before as usize..word.span.start as usize).unwrap_or_default();
            // What brackets tell of the word before them: `Torvik (64,000)`.
            let told = between.ends_with(['(', '[']) && word.class == WordClass::Number;
            let gap = if told { BRACKETED } else { gap(between) };
            before = word.span.end;
            let denies = if word.class == WordClass::Negation { Kind::Not as u32 } else { 0 };
            let ends = if is_past_by_shape(word.span.of(text)) { Kind::Ed as u32 } else { 0 };
            ClauseWord { word, gap, kinds: kinds(word.key) | denies | ends }
        };
        let mut words: Vec<ClauseWord> = words.into_iter().map(read).collect();
        parts::join_openings(&mut words);
        let insertions = parts::insertions(&words);
        Reading { words, insertions }
    }

    /// The words on both sides with how close they stand to the words of `place`, the nearest first. `others`
    /// are the first words of further figures: what lies behind one of them is further off.
    pub fn closeness<'r>(
        &'r self,
        place: Range<usize>,
        others: &'r [usize],
        fading: Fading,
    ) -> impl Iterator<Item = (usize, f32)> + 'r {
        self.closenesses(place, others, [fading]).map(|(at, [close])| (at, close))
    }

    /// The same for several ways of fading at once.
    pub fn closenesses<'r, const N: usize>(
        &'r self,
        place: Range<usize>,
        others: &'r [usize],
        fadings: [Fading; N],
    ) -> impl Iterator<Item = (usize, [f32; N])> + 'r {
        let mut faded = fadings.map(Faded::new);
        let mut faded_back = fadings.map(Faded::new);
        let (start, end) = (place.start.min(self.words.len()), place.end.min(self.words.len()));
        // What lies beyond an insertion is as close as if it were not there.
        let outside = move |part: &&Range<usize>| part.end <= start || part.start >= end;
        let own = move |at: usize| self.words[at].breaks() + if others.contains(&at) { OTHER } else { 0.0 };
        let (mut ahead, mut before_ahead, mut skipped_ahead) = (0.0, 0.0, 0);
        let right = (end..self.words.len()).take(FAR).map(move |at| {
            let mut parts = self.insertions.iter().filter(outside);
            if parts.clone().any(|part| part.start == at) {
                before_ahead = ahead;
            }
            ahead += self.words[at].gap;
            if let Some(part) = parts.find(|part| part.end == at) {
                (ahead, skipped_ahead) = (before_ahead + INSERTED, skipped_ahead + part.len());
            }
            ahead += own(at);
            (at, faded.each_mut().map(|faded| faded.close(ahead, at + 1 - end - skipped_ahead)))
        });
        let (mut back, mut before_back, mut skipped_back) = (0.0, 0.0, 0);
        let left = (0..start).rev().take(FAR).map(move |at| {
            let mut parts = self.insertions.iter().filter(outside);
            if parts.clone().any(|part| part.end == at + 1) {
                before_back = back;
            }
            back += self.words.get(at + 1).map_or(0.0, |next| next.gap);
            if let Some(part) = parts.find(|part| part.start == at + 1) {
                (back, skipped_back) = (before_back + INSERTED, skipped_back + part.len());
            }
            back += own(at);
            (at, faded_back.each_mut().map(|faded| faded.close(back, start - at - skipped_back)))
        });
        right.chain(left)
    }

    /// Whether two words stand both within one insertion or both outside of it: what is put in between says nothing of what is
    /// denied around it, nor the other way round.
    pub fn is_beside(&self, one: usize, other: usize) -> bool {
        self.insertions.iter().all(|part| part.contains(&one) == part.contains(&other))
    }

    /// The clauses, in order.
    pub fn clauses(&self) -> Vec<Clause> {
        parts::clauses(&self.words, self.words.len())
    }

    /// The clause that a word stands in.
    pub fn clause_of(&self, word: usize) -> Option<Clause> {
        parts::clauses(&self.words, word + 1).pop().filter(|clause| clause.words.contains(&word))
    }
}

/// How close the words on one side are, one after the other.
struct Faded {
    fading: Fading,
    /// What parts the last word from the place, and what that leaves.
    cost: f32,
    left: f32,
}

impl Faded {
    fn new(fading: Fading) -> Self {
        Faded { fading, cost: 0.0, left: 1.0 }
    }

    fn close(&mut self, cost: f32, away: usize) -> f32 {
        // Most words are parted by no more than the one before.
        if cost != self.cost {
            (self.cost, self.left) = (cost, (-self.fading.parting * cost).exp());
        }
        self.left / (1.0 + away as f32 / self.fading.half)
    }
}

/// Whether a word has the form of a regular past: `lifted`, not `Fred` or `need`.
fn is_past_by_shape(word: &str) -> bool {
    language::compared().lexicon.forms.looks_past(word)
}

/// What an insertion parts that one looks across.
const INSERTED: f32 = 0.15;

/// What an opening bracket before a number parts.
const BRACKETED: f32 = 0.5;

/// What a figure between two words parts.
const OTHER: f32 = 0.7;

/// What the marks between two words part.
fn gap(between: &str) -> f32 {
    if matches!(between, "" | " ") {
        return 0.0;
    }
    let mark = |c: char| match c {
        ',' => 0.7,
        ';' => 2.0,
        ':' | '(' | ')' | '[' | ']' | '–' | '—' => 1.5,
        '.' | '!' | '?' => 1.0,
        _ => 0.0,
    };
    let dashes = if between.contains("--") || between.contains(" - ") { 1.5 } else { 0.0 };
    between.chars().map(mark).sum::<f32>() + dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        Reading::new(text, Span::at(0, text.len()))
    }

    #[test]
    fn what_stands_in_one_phrase_is_closer_than_what_a_comma_parts() {
        let text = "In the north 40 boats were lost, and in the south the harbours stayed shut.";
        let reading = read(text);
        let of = |word: &str| {
            let at = reading.words.iter().position(|w| w.word.span.of(text) == word).expect("the word is there");
            let place = reading.words.iter().position(|w| w.word.span.of(text) == "40").expect("the figure is there");
            let fading = Fading { parting: 0.8, half: 8.0 };
            reading.closeness(place..place + 1, &[], fading).find(|(i, _)| *i == at).map_or(0.0, |(_, close)| close)
        };
        assert!(
            of("boats") > of("lost") && of("lost") > 2.0 * of("south"),
            "{} {} {}",
            of("boats"),
            of("lost"),
            of("south")
        );
        assert!(of("north") > of("harbours"));
    }

    #[test]
    fn an_insertion_parts_little() {
        let of = |text: &str| {
            let reading = read(text);
            let place = reading.words.iter().position(|w| w.word.span.of(text) == "40").expect("the figure is there");
            let fading = Fading { parting: 0.8, half: 8.0 };
            let found = reading.closeness(place..place + 1, &[], fading).find(|(i, _)| *i == 0);
            found.map_or(0.0, |(_, close)| close)
        };
        let plain = of("Torvik supplied 40 tonnes.");
        assert!(of("Torvik, where the men had downed tools for weeks, supplied 40 tonnes.") > plain * 0.7);
        assert!(of("Torvik, Vilmar and the towns of the sound supplied 40 tonnes.") < plain * 0.7);
    }

    #[test]
    fn clauses_have_a_subject_a_verb_and_a_time() {
        let text = "Fares rose by 3 percent, but the board did not raise fines and will meet in May.";
        let reading = read(text);
        let said = |range: &Range<usize>| {
            let (first, last) = (reading.words[range.start].word.span, reading.words[range.end - 1].word.span);
            first.cover(last).of(text).to_owned()
        };
        let found: Vec<(Option<String>, Option<String>, Tense, bool)> = reading
            .clauses()
            .iter()
            .map(|c| (c.subject.as_ref().map(said), c.verb.as_ref().map(said), c.tense, c.denied))
            .collect();
        let of =
            |subject: &str, verb: &str, tense, denied| (Some(subject.to_owned()), Some(verb.to_owned()), tense, denied);
        assert_eq!(
            found,
            [
                of("Fares", "rose", Tense::Past, false),
                of("the board", "did not raise", Tense::Past, true),
                of("the board", "will meet", Tense::Future, false),
            ]
        );
    }

    #[test]
    fn a_relative_clause_has_what_it_hangs_on_for_its_subject() {
        let text = "The mine, which employs 600 people, was closed.";
        let reading = read(text);
        let clauses = reading.clauses();
        assert!(clauses.iter().any(|c| !c.denied && c.tense == Tense::Past), "{clauses:?}");
    }
}
