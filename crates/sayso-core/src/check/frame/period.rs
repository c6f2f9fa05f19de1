//! Whether a figure is of an earlier time than what the text is about: what something is compared with (`against 9,430 a year
//! before`, `from 36 to 30`), a value of another year in brackets (`(2022: 15)`), a clause of last year.

use super::{Frame, Scene, Told, Year};
use crate::check::facts::Facts;
use crate::check::marks::{self, Mark};
use crate::extract::clause::Kind;
use crate::extract::{Figure, FigureKind};
use crate::language;
use crate::language::lists::List;
use crate::words::key;

/// How surely, and by which word.
pub(super) fn earlier(scene: &Scene, figure: usize, wide: &[(usize, f32)], frames: &[Frame]) -> Told {
    let place = scene.place(figure);
    let told = |close: f32, at: usize| Told { close, word: Some(scene.from + at as u32) };
    if let Some((close, at)) = in_brackets(scene, figure) {
        return told(close, at);
    }
    let mut best = Told::default();
    let mut keep = |close: f32, at: usize| {
        if close > best.close {
            best = told(close, at);
        }
    };
    if let Some((close, at)) = compared(scene, place.start, place.end) {
        keep(close, at);
    }
    for &(at, close) in wide {
        /// What stands further off is of another clause.
        const LEAST: f32 = 0.25;
        if close < LEAST || !is_mark(scene, at) && !is_earlier_year(scene, at) {
            continue;
        }
        // `On last year's 79 percent`: the mark right before a figure is its own.
        let own = at < place.start && place.start - at <= 2 && !(at + 1..place.start).any(|i| scene.is(i, Kind::And));
        let base = !own && (is_compared_with(scene, at) || at >= place.end && is_measured_from(scene, place.end..at));
        if !base {
            keep((close * 1.3).min(1.0), at);
        }
    }
    if let Some(at) = opened(scene, &place).filter(|_| best.close < OPENED) {
        best = told(OPENED, at);
    }
    // `In 2022 there were 61, of which 18 …`: a part is of the time of its whole.
    let part =
        place.start > 0 && (scene.key(place.start - 1) == key("which") || scene.key(place.start - 1) == key("whom"));
    match frames.last() {
        Some(whole) if part && best.close < 0.25 => whole.earlier,
        _ => best,
    }
}

/// How surely a figure is of the time that opens its sentence.
const OPENED: f32 = 0.6;

/// The older time with which a sentence opens: all that follows is of it, as far as nothing tells another one: `In the same months a
/// year earlier, 12 tonnes of coal and 815 of coke were sold`.
fn opened(scene: &Scene, place: &std::ops::Range<usize>) -> Option<usize> {
    const LONGEST: usize = 9;
    let words = &scene.reading.words;
    let end = (1..words.len().min(LONGEST)).find(|at| words[*at].gap > 0.0)?;
    let opens = scene.is(0, Kind::Preposition) && end <= place.start;
    let mark = |at: &usize| is_mark(scene, *at) || is_earlier_year(scene, *at);
    let at = (0..end).find(mark).filter(|at| opens && !is_compared_with(scene, *at))?;
    let other = (end..words.len()).any(|at| {
        is_mark(scene, at)
            || is_year(scene.written(at)).is_some()
            || words[at].gap >= STOP
            || scene.reads(at, List::Now)
    });
    (!other).then_some(at)
}

/// What parts two main clauses.
const STOP: f32 = 2.0;

/// `(2022: 15)`, `(last season: a loss of 15)`, `in 2022 (1,243)`, `34.2 percent (31.5)`.
fn in_brackets(scene: &Scene, figure: usize) -> Option<(f32, usize)> {
    let span = scene.all[figure].span;
    let before = scene.text[..span.start as usize].trim_end_matches(['€', '£', '$', ' ']);
    // The bracket stands close by: a long text is not searched to its beginning.
    const NEAR: usize = 39;
    let near = &before.as_bytes()[before.len().saturating_sub(NEAR)..];
    let back = near.iter().rev().position(|byte| *byte == b'(')? + 1;
    let open = Some(before.len() - back).filter(|open| !before[*open..].contains(')'))?;
    let within = &before[open + 1..];
    let at = scene.place(figure).start.saturating_sub(1);
    if within.trim_end().ends_with(':') && within.chars().any(char::is_alphanumeric) {
        return Some((1.0, at));
    }
    let lists = &language::compared().lexicon.lists;
    let is_past = |word: &str| lists.reads(List::EarlierMarks, word) || is_year(word).is_some();
    if within.split_once(':').is_some_and(|(label, _)| label.split_whitespace().any(is_past)) {
        return Some((0.9, at));
    }
    if !within.trim().is_empty() {
        return None;
    }
    let lead = before[..open].trim_end();
    let year = lead.get(lead.len().saturating_sub(4)..).is_some_and(|w| is_year(w).is_some());
    let found = &scene.all[figure];
    let kind = found.kind;
    // A bare number that fills the brackets is of the unit before them: `9.5 percent (6.4)`.
    let bare = is_bare(found) && scene.text[span.end as usize..].starts_with(')');
    // Another value of the kind right before the brackets.
    let other = scene.figures.clone().find(|i| {
        let other = &scene.all[*i];
        *i < figure
            && (other.kind == kind || bare && other.value.is_some())
            && (open as u32).saturating_sub(other.span.end) < 40
            && other.span.end <= open as u32
    });
    let own = other.is_some_and(|i| {
        !scene.text[..scene.all[i].span.start as usize].trim_end_matches(['€', '£', '$']).ends_with('(')
    });
    match (year, own) {
        (true, _) => Some((1.0, at)),
        (_, true) => Some((0.8, at)),
        _ => None,
    }
}

/// Whether a figure is a number and nothing else.
pub(in crate::check) fn is_bare(figure: &Figure) -> bool {
    figure.kind == FigureKind::Number && figure.noun.is_none() && figure.unit.is_none()
}

/// `against 85.1 percent in 2022`, `compared with 860`, `from 36 to 30`, `down from 26,300`.
fn compared(scene: &Scene, start: usize, end: usize) -> Option<(f32, usize)> {
    let dated = || {
        (end..(end + 8).min(scene.reading.words.len()))
            .any(|i| is_year(scene.written(i)).is_some() || scene.reads(i, List::EarlierMarks))
    };
    for at in (start.saturating_sub(4)..start).rev() {
        if scene.reading.words[at + 1].gap > 0.0 || scene.figure_before(at + 1).is_some() {
            return None;
        }
        let says = |word: &str| scene.key(at) == key(word);
        let led = |words: &[&str]| at > 0 && words.iter().any(|w| scene.key(at - 1) == key(w));
        if says("from") {
            let on = (end..(end + 3).min(scene.reading.words.len())).any(|i| scene.key(i) == key("to"));
            return (on || led(&["down", "up"]) || is_behind_level(scene, at)).then_some((0.9, at));
        }
        if says("against") || (says("with") || says("to")) && at > 0 && scene.reads(at - 1, List::Compares) {
            return Some((0.9, at));
        }
        if scene.is(at, Kind::Than) && at + 2 == start {
            return Some((if dated() { 0.9 } else { 0.7 }, at));
        }
    }
    None
}

/// Whether a level stands right before `from`, to which something moved: `is up to 27 pairs from 24`, `sank to £476 from £514`.
fn is_behind_level(scene: &Scene, from: usize) -> bool {
    const REACH: usize = 3;
    let level = (from.saturating_sub(REACH)..=from).rev().find_map(|end| scene.figure_before(end));
    level.is_some_and(|figure| {
        let place = scene.place(figure);
        let joined = (place.end..from).all(|at| scene.reading.words[at].gap == 0.0);
        joined && place.start > 0 && scene.key(place.start - 1) == key("to")
    })
}

/// `than in 2022`, `since last year`: what something is compared with, not when it is.
fn is_compared_with(scene: &Scene, at: usize) -> bool {
    let back = at.saturating_sub(6)..at;
    back.clone().any(|i| scene.is(i, Kind::Than) || scene.key(i) == key("since"))
        || at > 0 && scene.key(at - 1) == key("on")
}

/// `7.8 percent above its level a year ago`: between a figure and a time stands what makes the figure the distance from then.
fn is_measured_from(scene: &Scene, mut between: std::ops::Range<usize>) -> bool {
    between.any(|at| marks::is(scene.key(at), Mark::Beyond))
}

/// `a year ago`, `last season`, `previously`, `once`.
fn is_mark(scene: &Scene, at: usize) -> bool {
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    // `Once they are gone` tells no time that has been.
    let opens = |at: usize| says(at, &["once"]) && (at == 0 || scene.reading.words[at].gap > 0.0);
    scene.reads(at, List::Formerly) && !opens(at)
        || says(at, &["earlier", "before"]) && at > 0 && scene.reads(at - 1, List::Periods)
        || is_last(scene, at)
}

/// `last year`, `the previous season`
fn is_last(scene: &Scene, at: usize) -> bool {
    let period = |at: usize| scene.reads(at, List::Periods) || scene.reads(at, List::RecurringTimes);
    [key("previous"), key("last")].contains(&scene.key(at)) && period(at + 1)
}

/// Takes `last year` for the time that a text is about, and not for an older one, where no figure near by tells a newer value: `Last
/// year 386,000 donations were given`, but `Last year it was 40 percent, and now it is 44`.
pub(super) fn settle(facts: &Facts, all: &[Figure], frames: &mut [Frame]) {
    /// So surely it is of an older time still.
    const LITTLE: f32 = 0.2;
    const OLDER: f32 = 0.45;
    const NOW: f32 = 0.25;
    let last = |frame: &Frame| {
        let word = |at: Option<u32>| at.and_then(|at| facts.words.get(at as usize)).map_or(0, |w| w.key);
        [key("previous"), key("last")].contains(&word(frame.earlier.word))
            && facts.words.get(frame.earlier.word.unwrap_or_default() as usize + 1).is_some()
    };
    for i in 0..frames.len() {
        if frames[i].earlier.close < OLDER || !last(&frames[i]) {
            continue;
        }
        let here = facts.figures[i].sentence;
        let from = facts.figures.partition_point(|p| p.sentence + 1 < here);
        let to = facts.figures.partition_point(|p| p.sentence <= here + 1);
        let newer = |j: &usize| {
            let one_kind = all[*j].kind == all[i].kind && all[*j].unit == all[i].unit;
            *j != i && frames[*j].earlier.close < NOW && (one_kind || is_bare(&all[*j]))
        };
        if !(from..to).any(|j| newer(&j)) {
            frames[i].earlier.close = frames[i].earlier.close.min(LITTLE);
        }
    }
}

/// A year before the one that the document is about: `in 2022`.
fn is_earlier_year(scene: &Scene, at: usize) -> bool {
    let led = || at > 0 && scene.reads(at - 1, List::BeforeEarlierYear);
    matches!((is_year(scene.written(at)), scene.year), (Some(year), Some(now)) if year < now) && led()
}

/// The year that a figure's clause names: `in 2030`, `this year`, `next year`; the closest.
pub(super) fn year(scene: &Scene, wide: &[(usize, f32)]) -> Option<Year> {
    /// What stands further off is of another clause.
    const LEAST: f32 = 0.3;
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    let named = |at: usize| {
        let led = || at > 0 && scene.reads(at - 1, List::BeforeYear);
        is_year(scene.written(at)).filter(|_| led()).or_else(|| {
            let now = scene.now.filter(|_| says(at, &["year"]) && at > 0)?;
            match () {
                () if says(at - 1, &["this"]) => Some(now),
                () if says(at - 1, &["last"]) => Some(now - 1),
                () if says(at - 1, &["next"]) => Some(now + 1),
                () => None,
            }
        })
    };
    let near = wide.iter().filter(|(_, close)| *close >= LEAST);
    let named = near.filter_map(|(at, close)| Some((named(*at)?, *at, *close)));
    let found = named.filter(|(_, at, _)| !is_compared_with(scene, *at));
    let (year, at, _) = found.max_by(|a, b| a.2.total_cmp(&b.2))?;
    Some(Year { year, word: scene.from + at as u32 })
}

/// The year that a word names.
pub(in crate::check) fn is_year(word: &str) -> Option<i64> {
    let year: i64 = Some(word).filter(|word| word.len() == 4)?.parse().ok()?;
    (1900..2100).contains(&year).then_some(year)
}
