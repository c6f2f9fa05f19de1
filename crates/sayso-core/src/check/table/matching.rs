//! How well the words around a figure say what a column's header says: a figure and its sentences go in, a share of the header
//! comes out. What stands right at the figure goes before what else its sentence speaks of: in `a population of 5.4 million
//! and a growth rate of 1.3 percent` the first figure is no rate.

use super::headers::{Header, Topic};
use super::measures;
use super::rows::Named;
use crate::check::facts::{FactWord, Facts, Place};
use crate::check::fit::fit;
use crate::check::marks::{self, Mark};
use crate::check::stems::{is_same_word, stem};
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::work::steps;
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of headers that some words say: those that headers begin with, and all; each once.
#[derive(Default)]
pub(super) struct Heard<'t> {
    heads: Vec<&'t Topic>,
    all: Vec<&'t Topic>,
}

/// The words around a figure.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub document: &'a Document,
    pub extraction: &'a Extraction,
    pub facts: &'a Facts,
    pub index: usize,
}

impl<'a> Words<'a> {
    pub(super) fn figure(&self) -> &'a Figure {
        &self.extraction.figures[self.index]
    }

    fn place(&self) -> Place {
        self.facts.figures[self.index]
    }

    fn sentence_range(&self, sentence: u32) -> (usize, usize) {
        let (from, to) = self.facts.sentences.get(sentence as usize).copied().unwrap_or_default();
        (from as usize, to as usize)
    }

    pub(super) fn sentence(&self) -> &'a [FactWord] {
        let (from, to) = self.sentence_range(self.place().sentence);
        &self.facts.words[from..to]
    }

    /// The words of the figure's sentence from the figure before to itself, and from the figure before to that behind.
    pub(super) fn clauses(&self) -> [&'a [FactWord]; 2] {
        let place = self.place();
        let (from, to) = self.sentence_range(place.sentence);
        let counted = |i: &usize| {
            let dated = matches!(self.extraction.figures[*i].kind, FigureKind::Date | FigureKind::Time);
            !dated && self.facts.figures[*i].sentence == place.sentence
        };
        let near = |i: &usize| self.facts.figures[*i].sentence == place.sentence;
        let before = (0..self.index).rev().take_while(near).find(counted);
        let behind = (self.index + 1..self.facts.figures.len()).take_while(near).find(counted);
        let from = before.map_or(from, |i| self.facts.figures[i].to as usize);
        let to = behind.map_or(to, |i| self.facts.figures[i].from as usize);
        let own = (place.to as usize).max(from).min(to);
        [&self.facts.words[from.min(own)..own], &self.facts.words[from.min(to)..to]]
    }

    /// The sentences just before that of the figure, with it.
    pub(super) fn before(&self) -> &'a [FactWord] {
        const BACK: u32 = 3;
        let sentence = self.place().sentence;
        let (_, to) = self.sentence_range(sentence);
        let (from, _) = self.sentence_range(sentence.saturating_sub(BACK));
        &self.facts.words[from..to]
    }

    /// Whether a column of this unit can hold a figure of this kind, and what brings the column's values into the figure's unit.
    pub(super) fn factor(&self, header: &Header) -> Option<Decimal> {
        let figure = self.figure();
        let one = Some(Decimal::ONE);
        match figure.kind {
            FigureKind::Percent => one.filter(|_| header.may_be_rate()),
            FigureKind::Money => one.filter(|_| !header.percent && header.unit.is_none_or(|unit| unit.is_money())),
            FigureKind::Quantity | FigureKind::Duration | FigureKind::Age if !header.may_be_rate() && !header.money => {
                match header.unit {
                    // A number of years is a length of time where the column says so.
                    None if figure.kind == FigureKind::Duration => one.filter(|_| header.is_time()),
                    None => one,
                    Some(unit) => {
                        let cell = Figure {
                            unit: Some(unit.code.into()),
                            ..Figure::new(FigureKind::Quantity, figure.span, figure.number)
                        };
                        fit(figure, &cell).map(|(_, factor)| factor)
                    }
                }
            }
            FigureKind::Quantity | FigureKind::Duration | FigureKind::Age => None,
            FigureKind::Number if header.percent => one.filter(|_| self.says_percent() || figure.noun.is_none()),
            // `12 hospitals` are no hospital beds.
            FigureKind::Number => one.filter(|_| !self.counts_another(header)),
            _ => one,
        }
    }

    fn says_percent(&self) -> bool {
        let written = |w: &FactWord| w.span.of(&self.document.text);
        self.sentence().iter().any(|w| matches!(written(w), "%" | "percent" | "Percent"))
    }

    /// Whether what the figure counts is a word of the header, and not that which it ends with.
    fn counts_another(&self, header: &Header) -> bool {
        let noun = self.place().noun;
        let mut what = header.topics.iter().filter(|t| !t.manner).rev();
        let Some(last) = what.next().filter(|_| noun != 0) else { return false };
        last.stem != noun && what.any(|t| t.stem == noun) && !self.has(self.sentence(), last)
    }

    /// Whether the figure is what something rose or fell by, and not where it came to: it stands after `by`, or right behind
    /// the word that tells of the change.
    pub(super) fn is_difference(&self) -> bool {
        let (figure, place) = (self.figure(), self.place());
        if figure.change.is_none() {
            return false;
        }
        let hedged = figure.hedge.map_or(figure.span.start, |hedge| hedge.start.min(figure.span.start));
        let (from, _) = self.sentence_range(place.sentence);
        let mut back = (from..place.from as usize).rev().filter(|i| self.facts.words[*i].span.end <= hedged);
        let (near, far) = (back.next(), back.next());
        let tells = |i: Option<usize>| i.is_some_and(|i| is_change(self.facts.words[i].stem));
        let is = |i: Option<usize>, mark| i.is_some_and(|i| marks::is(self.facts.words[i].key, mark));
        is(near, Mark::By) || !is(near, Mark::Level) && (tells(near) || tells(far))
    }

    /// What some words say of all columns together: asked once for them, and not once for each column.
    pub(super) fn heard<'t>(&self, words: &[FactWord], all: &'t [Header]) -> Heard<'t> {
        let mut heard = Heard::default();
        let mut known: HashSet<(u64, &str, bool)> = HashSet::new();
        for header in all {
            for (n, topic) in header.topics.iter().enumerate() {
                steps(words.len());
                if known.insert((topic.stem, &topic.word, n == 0)) && self.stands_itself(words, topic) {
                    if n == 0 {
                        heard.heads.push(topic);
                    }
                    heard.all.push(topic);
                }
            }
        }
        heard
    }

    /// Of other columns a word must stand itself: `worth 40 billion` names no price.
    fn stands_itself(&self, words: &[FactWord], topic: &Topic) -> bool {
        let same = |w: &FactWord| w.stem == topic.stem && is_same_word(w.span.of(&self.document.text), &topic.word);
        words.iter().any(same) || self.has(words, topic) && !words.iter().any(|w| w.stem == topic.stem)
    }

    /// The share of a header's words, by weight, that some words have; less where they have words of other headers.
    pub(super) fn matches(&self, words: &[FactWord], header: &Header, heard: &Heard, named: Named) -> f32 {
        steps(words.len());
        let place = self.place();
        if self.is_part(header) {
            return 0.0;
        }
        let has = |topic: &Topic| self.has(words, topic);
        let (Some(first), total) = (header.topics.first(), header.topics.iter().map(|t| t.weight).sum::<f32>()) else {
            return 0.0;
        };
        let matched: f32 = header.topics.iter().filter(|t| has(t)).map(|t| t.weight).sum();
        let stands =
            |phrase: &Vec<u64>| words.windows(phrase.len()).any(|w| w.iter().zip(phrase).all(|(w, k)| w.key == *k));
        if header.aliases.iter().any(stands) {
            return 1.0;
        }
        // `Home to 4,000 people`: what the phrase beside the figure says goes before what else the sentence speaks of.
        let mut what = header.topics.iter().filter(|t| !t.manner);
        if let (Some(only), None) = (what.next(), what.next())
            && self.is_beside(place, only)
        {
            return 1.0;
        }
        let own = |t: &Topic| header.topics.iter().any(|o| o.stem == t.stem || o.stands_for.contains(&t.stem));
        let key = |t: &Topic| {
            let (from, to) = named.words;
            self.facts.words[from as usize..to as usize].iter().any(|w| w.stem == t.stem)
        };
        // Another measure is named and this one is not: `GDP per capita` is no `gni_per_capita`.
        let other_head = heard.heads.iter().any(|t| !own(t) && !key(t));
        if !has(first) && other_head {
            return 0.0;
        }
        let others = heard.all.iter().filter(|t| !own(t) && !key(t));
        let mut foreign: Vec<(u64, f32)> = others.map(|t| (t.stem, t.weight)).collect();
        foreign.sort_by_key(|f| f.0);
        foreign.dedup_by_key(|f| f.0);
        let foreign: f32 = foreign.iter().map(|f| f.1).sum();
        // The word that it begins with says most; what is only short for another column's words may be missing.
        let mut asked = header.topics.iter().filter(|t| !t.manner && t.stands_for.is_empty()).peekable();
        let telling = asked.peek().is_some_and(|first| has(first)) || has(first) && !first.manner;
        let bonus = if telling { 0.25 } else { -0.1 };
        (matched - 0.5 * foreign) / total + bonus
    }

    /// Whether a phrase that stands for a header's word stands right beside the figure, which counts nothing else.
    fn is_beside(&self, place: Place, topic: &Topic) -> bool {
        let lemma = self.figure().noun_lemma.as_deref();
        let people = marks::lemma_is(lemma, Mark::Person);
        let counts = lemma.is_none() || people || place.noun == topic.stem;
        let (from, to) = (place.from as usize, place.to as usize);
        measures::behind(&self.facts.words, to, topic.stem)
            || counts && measures::before(&self.facts.words, from, topic.stem)
    }

    /// Whether a word that makes a part of the whole stands beside the figure or beside a word of the header.
    fn is_part(&self, header: &Header) -> bool {
        const NEAR: usize = 2;
        let (sentence, place) = (self.sentence(), self.place());
        let (from, _) = self.sentence_range(place.sentence);
        let at = (place.from as usize).saturating_sub(from);
        sentence.iter().enumerate().any(|(i, word)| {
            if !marks::is(word.key, Mark::Part) || header.topics.iter().any(|t| t.stem == word.stem) {
                return false;
            }
            let beside = &sentence[i.saturating_sub(NEAR)..(i + NEAR + 1).min(sentence.len())];
            i.abs_diff(at) <= NEAR + 1 || beside.iter().any(|w| header.topics.iter().any(|t| t.stem == w.stem))
        })
    }

    /// Whether some words have a header's word, what it stands for, or the words whose first letters it is.
    fn has(&self, words: &[FactWord], topic: &Topic) -> bool {
        if words.iter().any(|w| w.stem == topic.stem) || measures::says(words, topic.stem) {
            return true;
        }
        let known = topic.stands_for.iter().filter(|s| words.iter().any(|w| w.stem == **s)).count();
        if known >= 2 {
            return true;
        }
        let letters = topic.word.len();
        let initial = |w: &FactWord| w.span.of(&self.document.text).chars().next().map(|c| c.to_ascii_lowercase());
        (2..=5).contains(&letters)
            && words.windows(letters).any(|w| w.iter().map(initial).eq(topic.word.chars().map(Some)))
    }
}

/// Whether a stem tells of a rise or a fall.
fn is_change(word: u64) -> bool {
    static STEMS: LazyLock<[u64; 3]> = LazyLock::new(|| [stem("rise"), stem("fall"), stem("cut")]);
    STEMS.contains(&word)
}
