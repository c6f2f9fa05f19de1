//! Per what a figure is told (`a month`, `per year`), and whether it is said to be exact.

use super::Scene;
use super::said::{Length, Rate};
use crate::language::lists::List;
use crate::words::key;

/// `€7.40 a month`, `27 days a year`, `for the year`, but not `a year earlier`.
pub(super) fn rate(scene: &Scene, figure: usize) -> Option<Rate> {
    const REACH: usize = 5;
    let end = scene.place(figure).end;
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    for at in end..(end + REACH).min(scene.reading.words.len()) {
        if scene.reading.words[at].gap > 0.0 {
            return None;
        }
        let word = if scene.reads(at, List::RateWords) {
            at + 1
        } else if says(at, &["for"]) && says(at + 1, &["the"]) {
            at + 2
        } else {
            continue;
        };
        let earlier = scene.reads(word + 1, List::AfterLength);
        if let Some(length) = length(scene.key(word)).filter(|_| !earlier) {
            return Some(Rate { length, word: scene.from + word as u32 });
        }
    }
    None
}

/// From what a change is told: a year of `3 percent more than a year ago`, a quarter of `than in the second quarter`, a year of `up 12 percent on a year ago`.
pub(super) fn since(scene: &Scene, figure: usize) -> Option<Rate> {
    const REACH: usize = 5;
    let end = scene.place(figure).end;
    let compares =
        |at: &usize| scene.is(*at, crate::extract::clause::Kind::Than) || scene.reads(*at, List::BeforeBaseOfChange);
    let than = (end..(end + REACH).min(scene.reading.words.len()))
        .take_while(|at| scene.reading.words[*at].gap == 0.0 || *at == end)
        .find(compares)?;
    let stop = (than + 1..scene.reading.words.len()).find(|at| {
        scene.reading.words[*at].gap > 0.0 || scene.reading.words[*at].breaks() > 0.0 || scene.figure_at(*at).is_some()
    });
    let words = than + 1..stop.unwrap_or(scene.reading.words.len()).min(than + 9);
    let of = |at: usize| Some(Rate { length: length(scene.key(at))?, word: scene.from + at as u32 });
    let year = words.clone().find(|at| super::period::is_year(scene.written(*at)).is_some());
    match year {
        Some(at) => Some(Rate { length: Length::Year, word: scene.from + at as u32 }),
        None => words.filter_map(of).max_by_key(|rate| rate.length as u8),
    }
}

/// The length of time that a word names.
pub(super) fn length(word: u64) -> Option<Length> {
    const WORDS: [(&str, Length); 7] = [
        ("hour", Length::Hour),
        ("day", Length::Day),
        ("night", Length::Day),
        ("week", Length::Week),
        ("month", Length::Month),
        ("quarter", Length::Quarter),
        ("year", Length::Year),
    ];
    WORDS.iter().find(|(w, _)| key(w) == word).map(|(_, length)| *length)
}

/// The same of a word in the plural: months that are counted.
pub(super) fn plural(word: u64) -> Option<Length> {
    (key("months") == word).then_some(Length::Month)
}

/// `exactly 40`, `40 flat`, `40, to be precise`, `40, no more and no fewer`, `40, to the last hiker`.
pub(super) fn is_exact(scene: &Scene, figure: usize) -> bool {
    let place = scene.place(figure);
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    let before =
        (1..=2).any(|back| place.start.checked_sub(back).is_some_and(|at| says(at, &["exactly", "precisely"])));
    before || scene.reads(place.end, List::Exactly) || is_said_exact(scene, place.end)
}

/// Whether words behind a figure say that it is exact, before the next one.
fn is_said_exact(scene: &Scene, from: usize) -> bool {
    const REACH: usize = 7;
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    let end = (from + REACH).min(scene.reading.words.len());
    let near = (from..end).take_while(|at| scene.figure_at(*at).is_none());
    near.into_iter().any(|at| {
        let be = says(at, &["be"]) && scene.reads(at + 1, List::ExactBe);
        let to = says(at, &["to"]) && says(at + 1, &["the"]) && scene.reads(at + 2, List::ExactTo);
        let neither = says(at, &["neither", "no"]) && says(at + 1, &["more"]);
        be || to || neither && (at + 2..at + 5).any(|next| says(next, &["fewer", "less"]))
    })
}
