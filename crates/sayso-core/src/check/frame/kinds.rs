//! What kind of fact it is: done or planned, sought or granted, killed or hurt (`language/en/facts.tsv`); when; and whether it
//! is denied.

use super::tables::{Family, Stage, fact_at};
use super::{Fact, Scene, Told};
use crate::check::facts::{Facts, Place};
use crate::extract::clause::{Kind, Tense};
use crate::language::lists::List;
use crate::words::key;
use std::ops::Range;

/// For each stage the word that stands closest to a figure and tells it.
pub(super) fn facts(scene: &Scene, wide: &[(usize, f32)]) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    for &(at, close) in wide {
        let word = scene.from + at as u32;
        // `Adds up to 40` limits nothing.
        let summed = || scene.key(at) == key("up") && at > 0 && scene.reads(at - 1, List::AddingUp);
        if scene.facts.words[word as usize].name || summed() {
            continue;
        }
        let keys = [scene.key(at), scene.key(at + 1), scene.key(at + 2)];
        let Some((family, stage)) = fact_at(keys, scene.facts.words[word as usize].base) else { continue };
        match out.iter_mut().find(|f| f.family == family && f.stage == stage) {
            Some(fact) if fact.close >= close => {}
            Some(fact) => (fact.close, fact.word) = (close, word),
            None => out.push(Fact { family, stage, close, word }),
        }
    }
    out
}

/// The stages that words of the sentence before tell, if it is of the same paragraph.
pub(super) fn told_before(facts: &Facts, place: Place) -> Vec<(Family, Stage)> {
    let words = super::before(facts, place).into_iter();
    let key = |at: u32| facts.words.get(at as usize).map_or(0, |w| w.key);
    words.filter_map(|at| fact_at([key(at), key(at + 1), key(at + 2)], facts.words[at as usize].base)).collect()
}

/// What denies a figure's clause. `no more than 40` and `not only` deny nothing, nor does what stands in a clause that a
/// comma and a conjunction part from the figure's (`Nobody was hurt, and 14 people were fined`).
pub(super) fn denied(scene: &Scene, place: &Range<usize>, wide: &[(usize, f32)]) -> Told {
    let mut best = Told::default();
    for &(at, close) in wide {
        let other = || is_parted(scene, at, place) || is_of_another(scene, at, place);
        if close > best.close && denies(scene, at, place) && !other() && scene.reading.is_beside(at, place.start) {
            best = Told { close, word: Some(scene.from + at as u32) };
        }
    }
    best
}

/// Whether anything in a figure's sentence is denied.
pub(super) fn denying(scene: &Scene, place: &Range<usize>, wide: &[(usize, f32)]) -> bool {
    wide.iter().any(|(at, _)| denies(scene, *at, place))
}

fn denies(scene: &Scene, at: usize, place: &Range<usize>) -> bool {
    let denies = scene.is(at, Kind::Not) && scene.key(at) != key("without") && scene.key(at) != key("nor");
    denies && !(at >= place.end && is_of_part(scene, at)) && !scene.reads(at + 1, List::HarmlessNegated)
}

/// The telling words of a sentence that are denied: those behind a denial, as far as its phrase goes.
pub(super) fn negated(scene: &Scene) -> Vec<u32> {
    const REACH: usize = 6;
    let words = &scene.reading.words;
    let denies = |at: usize| scene.is(at, Kind::Not) && !scene.reads(at + 1, List::HarmlessNegated);
    let verb = |at: usize| {
        let kinds = [Kind::Past, Kind::Present, Kind::Perfect, Kind::Modal, Kind::Ed];
        kinds.iter().any(|kind| scene.is(at, *kind))
    };
    // `None of the libraries was closed` denies the closing, and no libraries.
    let start = |at: usize| match scene.key(at + 1) == key("of") {
        true if scene.reads(at + 2, List::WholePronouns) => at + 3,
        true => (at + 2..words.len()).find(|i| verb(*i)).unwrap_or(words.len()),
        false => at + 1,
    };
    let scope = |at: usize| {
        let start = start(at);
        let behind = start..words.len().min(start + REACH);
        behind.take_while(|i| words[*i].gap < 0.7 && !words[*i].is(Kind::But))
    };
    let all = (0..words.len()).filter(|at| denies(*at)).flat_map(scope);
    all.filter(|at| super::is_telling(scene, *at)).map(|at| scene.from + at as u32).collect()
}

/// `none of them`, behind a figure: denies something of a part of it, and not the figure.
fn is_of_part(scene: &Scene, at: usize) -> bool {
    scene.key(at + 1) == key("of") && scene.reads(at + 2, List::WholePronouns)
}

/// Whether a denial belongs to a figure that stands between: `158 had no dose, 18 one dose and 11 two doses`.
fn is_of_another(scene: &Scene, word: usize, place: &Range<usize>) -> bool {
    let between = if word < place.start { word + 1..place.start } else { place.end..word };
    let listed = |at: usize| scene.is(at, Kind::And) || scene.reading.words[at].gap >= 0.7;
    let mut figures = between.clone().filter(|at| scene.figure_at(*at).is_some());
    match word < place.start {
        true => figures.next_back().is_some_and(|at| (at..=place.start).any(listed)),
        false => figures.next().is_some_and(|at| (place.end..=at).any(listed)),
    }
}

/// Whether a colon or semicolon, or a comma and a conjunction, stand between a word and a figure.
fn is_parted(scene: &Scene, word: usize, place: &Range<usize>) -> bool {
    const STOP: f32 = 1.5;
    let between = if word < place.start { word + 1..place.start } else { place.end..word };
    let words = &scene.facts.words;
    let (first, last) = if word < place.start { (word + 1, place.start) } else { (place.end, word) };
    if (first..=last).any(|at| scene.reading.words.get(at).is_some_and(|w| w.gap >= STOP)) {
        return true;
    }
    between.into_iter().any(|at| {
        let here = scene.from as usize + at;
        let before = here.checked_sub(1).map_or(0, |before| words[before].span.end);
        let gap = scene.text.get(before as usize..words[here].span.start as usize).unwrap_or_default();
        (scene.is(at, Kind::And) || scene.is(at, Kind::But)) && gap.contains([',', ';'])
    })
}

/// What a figure was put aside for: `30 instead of the planned 40`; or left out of: `restored to all but 40`.
pub(super) fn put_aside(scene: &Scene, place: &Range<usize>) -> Told {
    const REACH: usize = 4;
    const LEFT_OUT: f32 = 0.55;
    let before = |back: usize, word: &str| place.start.checked_sub(back).is_some_and(|at| scene.key(at) == key(word));
    if before(1, "but") && before(2, "all") {
        return Told { close: LEFT_OUT, word: Some(scene.from + place.start as u32 - 1) };
    }
    for at in (place.start.saturating_sub(REACH)..place.start).rev() {
        if scene.reading.words[at + 1].gap > 0.0 || scene.figure_before(at + 1).is_some() {
            break;
        }
        let says = |at: usize, word: &str| scene.key(at) == key(word);
        let aside = says(at, "instead") && says(at + 1, "of") || says(at, "rather") && says(at + 1, "than");
        if aside {
            return Told { close: 0.9, word: Some(scene.from + at as u32) };
        }
    }
    Told::default()
}

/// When a figure's clause is: past where the closest finite verb is, future where a sign of it stands about as close.
pub(super) fn tense(scene: &Scene, _place: &Range<usize>, wide: &[(usize, f32)]) -> Tense {
    /// What stands further off says nothing.
    const LEAST: f32 = 0.12;
    let (mut past, mut future, mut present) = (0.0f32, 0.0f32, 0.0f32);
    for &(at, close) in wide {
        let before = |list| at > 0 && scene.reads(at - 1, list);
        let month = || scene.facts.words.get(scene.from as usize + at + 1).is_some_and(|_| is_date(scene, at + 1));
        let to_come = scene.is(at, Kind::Future)
            || scene.key(at) == key("to") && before(List::BeforeToCome)
            || scene.key(at) == key("next")
            || scene.key(at) == key("from") && month();
        if to_come {
            future = future.max(close);
        } else if scene.is(at, Kind::Past) || scene.is(at, Kind::Perfect) {
            past = past.max(close);
        } else if scene.is(at, Kind::Ed) && !before(List::BeforeParticiple) {
            past = past.max(close * 0.9);
        } else if scene.is(at, Kind::Present) {
            present = present.max(close);
        }
    }
    match () {
        () if future > past * 0.9 && future > LEAST => Tense::Future,
        () if past > LEAST && past >= present * 0.8 => Tense::Past,
        () => Tense::Present,
    }
}

/// Whether a date begins at a word.
fn is_date(scene: &Scene, at: usize) -> bool {
    use crate::extract::FigureKind::Date;
    scene.figures.clone().any(|i| scene.place(i).start == at && scene.all[i].kind == Date)
}
