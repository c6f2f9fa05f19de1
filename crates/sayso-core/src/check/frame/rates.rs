//! Per what a figure is told (`a month`, `per year`), and whether it is said to be exact.

use super::Scene;
use crate::words::key;

/// The time that an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Rate {
    pub length: Length,
    /// The word for it: position in [`super::Facts::words`].
    pub word: u32,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Length {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// `€7.40 a month`, `27 days a year`, `for the year`, but not `a year earlier`.
pub(super) fn rate(scene: &Scene, figure: usize) -> Option<Rate> {
    const REACH: usize = 5;
    let end = scene.place(figure).end;
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    for at in end..(end + REACH).min(scene.reading.words.len()) {
        if scene.reading.words[at].gap > 0.0 {
            return None;
        }
        let word = if says(at, &["a", "an", "per", "every", "each"]) {
            at + 1
        } else if says(at, &["for"]) && says(at + 1, &["the"]) {
            at + 2
        } else {
            continue;
        };
        let earlier = says(word + 1, &["ago", "earlier", "before", "later", "to"]);
        if let Some(length) = length(scene.key(word)).filter(|_| !earlier) {
            return Some(Rate { length, word: scene.from + word as u32 });
        }
    }
    None
}

fn length(word: u64) -> Option<Length> {
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

/// `exactly 40`, `40 flat`.
pub(super) fn is_exact(scene: &Scene, figure: usize) -> bool {
    let place = scene.place(figure);
    let says = |at: usize, words: &[&str]| words.iter().any(|w| scene.key(at) == key(w));
    let before = (1..=2).any(|back| place.start.checked_sub(back).is_some_and(|at| says(at, &["exactly", "precisely"])));
    before || says(place.end, &["flat", "exactly", "precisely"])
}
