//! Wholes of which a part is told: in `four of the nine districts are dry` what is said is said of the four, and `Of 210 km of dykes,
//! 14 km were damaged` tells no damage of the 210. So the words of the clause are none of the whole's own, but for its noun.

use super::{Frame, Scene};
use crate::language::lists::List;
use crate::words::key;

/// What a word of the clause is worth to the whole, beside what it is to the part.
const SHARE: f32 = 0.4;

/// Takes the words of the clause from the wholes among the figures of a sentence.
pub(super) fn settle(scene: &Scene, frames: &mut [Frame]) {
    let figures = scene.figures.clone();
    for (figure, frame) in figures.clone().zip(frames) {
        if !is_whole(scene, figure) {
            continue;
        }
        let place = scene.place(figure);
        let end = scene.all[figure].noun.map_or(place.end, |noun| {
            let last = scene.facts.words.partition_point(|w| w.span.start < noun.end);
            last.saturating_sub(scene.from as usize).max(place.end)
        });
        frame.whole = true;
        for near in &mut frame.near {
            let at = (near.word - scene.from) as usize;
            if at < place.start.saturating_sub(1) || at >= end {
                near.share *= SHARE;
            }
        }
    }
}

/// Whether a figure is the whole of another one of its sentence: `four of the nine`; `Of 210 km, 14 km`.
fn is_whole(scene: &Scene, figure: usize) -> bool {
    const OPENING: usize = 1;
    let place = scene.place(figure);
    let mut at = place.start;
    while at > 0 && scene.reads(at - 1, List::BeforeWhole) {
        at -= 1;
    }
    if at == 0 || scene.key(at - 1) != key("of") {
        return false;
    }
    let of = at - 1;
    let kind = scene.all[figure].kind;
    let part = scene.figure_before(of).is_some_and(|i| scene.all[i].kind == kind);
    let opens = of <= OPENING && scene.figures.clone().any(|i| i > figure && scene.all[i].kind == kind);
    part || opens
}
