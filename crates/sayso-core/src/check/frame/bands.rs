//! Whom a figure counts, where that is told by age: `among the over-50s 18.7 percent`, `those aged one to four, 702`. The numbers of an
//! age say what the figure beside them is of, as words do.

use super::said::{Band, Covered, Length};
use super::{Frame, OWN, Scene};
use crate::extract::{Figure, FigureKind, Op};
use crate::language::lists::List;
use rust_decimal::Decimal;

/// Gives each age of a sentence to the figure that stands closest to it.
pub(super) fn settle(scene: &Scene, frames: &mut [Frame]) {
    let first = scene.figures.start;
    let bands: Vec<(usize, Band)> = scene.figures.clone().filter_map(|i| Some((i, band(scene, i)?))).collect();
    if bands.is_empty() {
        return;
    }
    let counted: Vec<usize> =
        scene.figures.clone().filter(|i| counts(&scene.all[*i]) && !bands.iter().any(|b| b.0 == *i)).collect();
    let starts: Vec<usize> = counted.iter().map(|i| scene.place(*i).start).collect();
    let mut closest: Vec<(f32, Option<usize>)> = vec![(0.0, None); bands.len()];
    for figure in counted {
        let place = scene.place(figure);
        let others: Vec<usize> = starts.iter().copied().filter(|at| *at != place.start).collect();
        for (at, close) in scene.reading.closeness(place, &others, OWN) {
            for (band, best) in bands.iter().zip(&mut closest) {
                if scene.place(band.0).start == at && close > best.0 {
                    *best = (close, Some(figure));
                }
            }
        }
    }
    for ((_, band), (close, figure)) in bands.iter().zip(closest) {
        let Some(frame) = figure.map(|i| &mut frames[i - first]).filter(|_| close >= CLOSE) else { continue };
        if frame.band.is_none_or(|other| other.close < close) {
            frame.band = Some(Band { close, ..*band });
        }
    }
}

/// What stands further off is of another figure.
const CLOSE: f32 = 0.1;

fn counts(figure: &Figure) -> bool {
    !matches!(
        figure.kind,
        FigureKind::Date | FigureKind::Time | FigureKind::Age | FigureKind::Duration | FigureKind::Ordinal
    )
}

/// The ages that a figure bounds.
fn band(scene: &Scene, index: usize) -> Option<Band> {
    let figure = &scene.all[index];
    let bounded = !matches!(figure.op, Op::Equal | Op::About);
    let sure = figure.kind == FigureKind::Age;
    let (low, high) = match figure.op {
        Op::Less | Op::AtMost => (None, figure.value),
        Op::Range => (figure.value, figure.high),
        _ => (figure.value, None),
    };
    let aged = [low, high].into_iter().flatten().all(|age| age <= Decimal::ONE_HUNDRED);
    let bare = figure.kind == FigureKind::Number && figure.noun.is_none() && figure.unit.is_none();
    let word = scene.facts.figures[index].from;
    (bounded && aged && (sure || bare)).then_some(Band { low, high, sure, close: 0.0, word })
}

/// How many months a figure is for: 9 of `for the first nine months`, 3 of `the quarter’s profit`, 12 of `in the full year`.
pub(super) fn covered(scene: &Scene, wide: &[(usize, f32)]) -> Option<Covered> {
    /// What stands further off is of another figure.
    const LEAST: f32 = 0.25;
    let near = wide.iter().filter(|(_, close)| *close >= LEAST);
    let found = near.filter_map(|(at, close)| Some((months(scene, *at)?, *at, *close)));
    let (months, at, _) = found.max_by(|a, b| a.2.total_cmp(&b.2))?;
    Some(Covered { months, word: scene.from + at as u32 })
}

/// The months of a length of time that a word names as the one that is reported: not `a quarter of them`, `a month`, `a year ago`.
fn months(scene: &Scene, at: usize) -> Option<u16> {
    let length = super::rates::length(scene.key(at)).or_else(|| super::rates::plural(scene.key(at)))?;
    let before = |back: usize| at.checked_sub(back).filter(|i| scene.reading.words[*i + 1].gap == 0.0);
    let led = |list| (1..=3).any(|back| before(back).is_some_and(|i| scene.reads(i, list)));
    let follows = scene.reads(at + 1, List::AfterCovered);
    let compared = !follows && scene.reads(at + 1, List::AfterLength) || led(List::BeforeOtherTime);
    if compared || !(led(List::BeforeCovered) || follows && length == Length::Month) {
        return None;
    }
    let number = || scene.figures.clone().find(|i| scene.place(*i).contains(&at)).and_then(|i| scene.all[i].value);
    match length {
        Length::Month => {
            let count = number()?;
            u16::try_from(count.trunc().mantissa()).ok().filter(|months| (2..=24).contains(months))
        }
        Length::Quarter => Some(3),
        Length::Year => Some(12),
        Length::Hour | Length::Day | Length::Week => None,
    }
}
