//! What is said of each figure of a document: the words of its clause with how close they stand to it, which way something
//! moved, what kind of fact it is (done or planned, arrested or charged), whether it is denied, of what time it is, and per what.
//! [`Facts`] go in; a [`Frame`] for each figure comes out. What two frames have in common is told by `slots`.
//!
//! `The board had proposed 7.5 percent` → kind *request: ask*; `(2022: 15)` → of an earlier time; `down 3 percent` → down.

mod bands;
mod direction;
mod kinds;
mod owners;
mod period;
mod rates;
mod said;
mod shown;
pub(super) mod tables;
mod wholes;

use super::facts::{FactWord, Facts, Place};
use crate::extract::clause::{Fading, Kind, Reading};
use crate::extract::{Figure, FigureKind};
use crate::language::lists::List;
use crate::words::{WordClass, is_in, key};
pub(super) use period::{is_bare, is_year};
use rustc_hash::FxHashMap;
pub(super) use said::{Band, Fact, Frame, Length, Near, Told, Year};
pub use shown::{ClaimFrame, Filled, frame_of};
pub(super) use tables::Move;

/// What the readers of a frame look at.
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub facts: &'a Facts,
    pub all: &'a [Figure],
    /// The sentence's words, with what parts them.
    pub reading: &'a Reading,
    /// The first of them in [`Facts::words`].
    pub from: u32,
    /// Which figures stand in the sentence.
    pub figures: std::ops::Range<usize>,
    /// The year that the document is about.
    pub year: Option<i64>,
    /// The year of its date.
    pub now: Option<i64>,
}

impl Scene<'_> {
    /// Where a figure's words stand in the sentence.
    fn place(&self, figure: usize) -> std::ops::Range<usize> {
        let place = self.facts.figures[figure];
        (place.from - self.from) as usize..(place.to - self.from) as usize
    }

    /// The first words of the other figures; years and dates part nothing.
    fn others(&self, figure: usize) -> Vec<usize> {
        let parts = |i: &usize| *i != figure && !matches!(self.all[*i].kind, FigureKind::Date | FigureKind::Time);
        self.figures.clone().filter(parts).map(|i| self.place(i).start).collect()
    }

    /// The key of the word at a position of the sentence; 0 beyond its ends.
    fn key(&self, at: usize) -> u64 {
        self.reading.words.get(at).map_or(0, |w| w.word.key)
    }

    /// Whether the word at a position is in a list.
    fn reads(&self, at: usize, list: List) -> bool {
        is_in(self.key(at), list)
    }

    fn written(&self, at: usize) -> &str {
        self.reading.words.get(at).map_or("", |w| w.word.span.of(self.text))
    }

    fn is(&self, at: usize, kind: Kind) -> bool {
        self.reading.words.get(at).is_some_and(|w| w.is(kind))
    }

    /// The figure whose words begin at a position, if it is no date.
    fn figure_at(&self, at: usize) -> Option<usize> {
        self.figures
            .clone()
            .find(|i| self.place(*i).start == at && !matches!(self.all[*i].kind, FigureKind::Date | FigureKind::Time))
    }

    /// The figure whose words end right before a position.
    fn figure_before(&self, at: usize) -> Option<usize> {
        self.figures
            .clone()
            .find(|i| self.place(*i).end == at && !matches!(self.all[*i].kind, FigureKind::Date | FigureKind::Time))
    }
}

/// How closeness fades for the words of a figure's own clause, and for what is said of the whole sentence.
const OWN: Fading = Fading { parting: 0.8, half: 7.0 };
const WIDE: Fading = Fading { parting: 0.55, half: 11.0 };

/// The frames of all figures. Linear in the words, and in the words times the figures of each sentence.
pub(super) fn frames(text: &str, all: &[Figure], facts: &Facts, year: Option<i64>, now: Option<i64>) -> Vec<Frame> {
    let mut out: Vec<Frame> = vec![Frame::default(); facts.figures.len()];
    let mut first = 0;
    while first < facts.figures.len() {
        let sentence = facts.figures[first].sentence;
        let last = (first..facts.figures.len())
            .find(|i| facts.figures[*i].sentence != sentence)
            .unwrap_or(facts.figures.len());
        if let Some((reading, from)) = reading_of(text, facts, first..last) {
            let scene = Scene { text, facts, all, reading: &reading, from, figures: first..last, year, now };
            for figure in first..last {
                out[figure] = frame(&scene, figure, &out[first..figure]);
            }
            shares(&mut out[first..last]);
            owners::settle(&scene, &mut out[first..last]);
            wholes::settle(&scene, &mut out[first..last]);
            bands::settle(&scene, &mut out[first..last]);
        }
        first = last;
    }
    period::settle(facts, all, &mut out);
    out
}

/// What is shown of the frame of one figure of a sentence, of which `facts` are, without its shares of the words; and the
/// sentence, read: none where it cannot be read as `facts` have it.
fn frame_at(text: &str, all: &[Figure], facts: &Facts, index: usize) -> (Frame, Option<Reading>) {
    let figures = 0..facts.figures.len();
    let Some((reading, from)) = reading_of(text, facts, figures.clone()) else { return Default::default() };
    let scene = Scene { text, facts, all, reading: &reading, from, figures, year: None, now: None };
    let mut earlier = Vec::with_capacity(index);
    for figure in 0..index {
        let (one, _) = told(&scene, figure, &earlier);
        earlier.push(one);
    }
    (told(&scene, index, &earlier).0, Some(reading))
}

/// The sentence of some figures, read, and where its words begin in [`Facts::words`]; none for a list that is too long, and for
/// figures that reach beyond it.
fn reading_of(text: &str, facts: &Facts, figures: std::ops::Range<usize>) -> Option<(Reading, u32)> {
    // Of a longer list each figure would be held against too many others.
    const MOST: usize = 60;
    let places = facts.figures.get(figures).filter(|places| places.len() <= MOST)?;
    let (from, to) = facts.sentences.get(places.first()?.sentence as usize).copied().unwrap_or_default();
    if from >= to || !places.iter().all(|p| from <= p.from && p.from < p.to && p.to <= to) {
        return None;
    }
    let words = &facts.words[from as usize..to as usize];
    Some((Reading::of(text, words[0].span.start, words.iter().map(FactWord::word)), from))
}

fn frame(scene: &Scene, figure: usize, earlier: &[Frame]) -> Frame {
    let place = scene.place(figure);
    let (told, wide) = told(scene, figure, earlier);
    let found = &scene.all[figure];
    let noun = found.noun.filter(|_| found.kind != FigureKind::Money).and_then(|span| {
        let last = scene.facts.words.partition_point(|w| w.span.start < span.end).checked_sub(1)?;
        (scene.facts.words[last].span.end <= span.end).then_some(last as u32)
    });
    Frame {
        before: before(scene.facts, scene.facts.figures[figure]),
        told_before: kinds::told_before(scene.facts, scene.facts.figures[figure]),
        denying: kinds::denying(scene, &place, &wide),
        negated: kinds::negated(scene),
        year: period::year(scene, &wide),
        since: rates::since(scene, figure),
        noun,
        covers: bands::covered(scene, &wide),
        by: place.start > 0 && scene.key(place.start - 1) == key("by"),
        ..told
    }
}

/// The part of a frame that is shown, and the words on both sides of the figure with how close they stand to it in the
/// whole sentence.
fn told(scene: &Scene, figure: usize, earlier: &[Frame]) -> (Frame, Vec<(usize, f32)>) {
    let place = scene.place(figure);
    let others = scene.others(figure);
    let mut wide = Vec::with_capacity(scene.reading.words.len());
    let mut near = Vec::new();
    for (at, [close, own]) in scene.reading.closenesses(place.clone(), &others, [WIDE, OWN]) {
        wide.push((at, close));
        if is_telling(scene, at) {
            near.push(Near { word: scene.from + at as u32, close: own, share: 1.0, aside: false });
        }
    }
    let denied = kinds::denied(scene, &place, &wide);
    let aside = kinds::put_aside(scene, &place);
    let told = Frame {
        near,
        moves: direction::moves(scene, figure, &wide, earlier),
        facts: kinds::facts(scene, &wide),
        denied: if aside.close > denied.close { aside } else { denied },
        tense: kinds::tense(scene, &place, &wide),
        earlier: period::earlier(scene, figure, &wide, earlier),
        rate: rates::rate(scene, figure),
        exact: rates::is_exact(scene, figure),
        ..Frame::default()
    };
    (told, wide)
}

/// Whether a word says what a figure is of: no number, no unit, no small word, no name of a day or month.
fn is_telling(scene: &Scene, at: usize) -> bool {
    let word = &scene.facts.words[scene.from as usize + at];
    let in_figure = || {
        let here = scene.from + at as u32;
        scene.figures.clone().any(|i| scene.facts.figures[i].from <= here && here < scene.facts.figures[i].to)
    };
    word.stem != 0 && scene.reading.words[at].word.class == WordClass::Plain && !word.dateline && !in_figure()
}

/// The telling words of the sentence before a figure's, if it is of the same paragraph.
fn before(facts: &Facts, place: Place) -> Vec<u32> {
    let Some(last) = place.sentence.checked_sub(1) else { return Vec::new() };
    if facts.paragraphs.get(last as usize) != facts.paragraphs.get(place.sentence as usize) {
        return Vec::new();
    }
    let (from, to) = facts.sentences.get(last as usize).copied().unwrap_or_default();
    (from..to).filter(|i| facts.words[*i as usize].stem != 0).collect()
}

/// Tells each word of a sentence how much of it is each figure's.
fn shares(frames: &mut [Frame]) {
    let mut most: FxHashMap<u32, f32> = FxHashMap::default();
    for near in frames.iter().flat_map(|f| &f.near) {
        let best = most.entry(near.word).or_default();
        *best = best.max(near.close);
    }
    for near in frames.iter_mut().flat_map(|f| &mut f.near) {
        near.share = near.close / most.get(&near.word).copied().unwrap_or(near.close).max(f32::MIN_POSITIVE);
    }
}

impl Frame {
    /// How close a word of its sentence stands to it, beside the figure that it stands closest to.
    pub(in crate::check) fn share_of(&self, word: u32) -> f32 {
        self.near.iter().find(|n| n.word == word).map_or(0.0, |n| n.share)
    }

    /// Whether it is how much something moved: `by 14`, `14 fewer`.
    pub(in crate::check) fn is_change(&self) -> bool {
        self.moves.iter().any(|told| told.close >= direction::OWN)
    }

    /// How close a move of a direction stands.
    pub(in crate::check) fn moves(&self, direction: Move) -> f32 {
        self.moves[direction as usize].close
    }
}
