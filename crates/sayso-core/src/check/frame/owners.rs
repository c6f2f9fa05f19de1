//! Whose words are whose, where a sentence tells several things. Closeness alone takes the pharmacies of `31,500 packs went to pharmacies
//! and 16,500 to wholesalers` for those of the 16,500: they stand nearer. What parts two things told side by side are a semicolon, and
//! between two figures the last conjunction or comma; what stands on the other side of it is said of the other.

use super::{Frame, Scene};
use crate::extract::clause::Kind;
use std::ops::Range;

/// What a word of the other side is worth to a figure, beside what it is to its own.
const OTHER_SIDE: f32 = 0.5;

/// Takes the words of the other figures and clauses of a sentence from each of its figures. Linear in the words times the figures.
pub(super) fn settle(scene: &Scene, frames: &mut [Frame]) {
    let stops: Vec<usize> = (1..scene.reading.words.len()).filter(|at| scene.reading.words[*at].gap >= STOP).collect();
    let clause = |at: usize| stops.partition_point(|stop| *stop <= at);
    let counted: Vec<usize> =
        scene.figures.clone().filter(|i| scene.figure_at(scene.place(*i).start).is_some()).collect();
    let joints: Vec<Joint> = counted.windows(2).filter_map(|two| joint(scene, two[0], two[1])).collect();
    if stops.is_empty() && joints.is_empty() {
        return;
    }
    for (figure, frame) in scene.figures.clone().zip(frames) {
        let own = clause(scene.place(figure).start);
        for near in &mut frame.near {
            let at = (near.word - scene.from) as usize;
            let other = joints.iter().any(|joint| joint.parts(figure, at));
            if other || clause(at) != own {
                near.share *= OTHER_SIDE;
                near.aside = true;
            }
        }
    }
}

/// What a semicolon parts.
const STOP: f32 = 2.0;

/// Where what is said of a figure ends and what is said of the next one begins.
struct Joint {
    /// The two figures.
    figures: (usize, usize),
    /// The words said of the first, and those said of the second.
    words: (Range<usize>, Range<usize>),
    /// What both count, where the second leaves it out.
    shared: Range<usize>,
}

impl Joint {
    /// Whether a word is said of the other figures than this one.
    fn parts(&self, figure: usize, word: usize) -> bool {
        let behind = figure >= self.figures.1 && self.words.0.contains(&word) && !self.shared.contains(&word);
        behind || figure <= self.figures.0 && self.words.1.contains(&word)
    }
}

/// The last conjunction between two figures, or the last comma that words follow: `by track defects in 41 percent, by rolling stock in 24`.
/// `96 million, 11 million less than planned` is told of one thing.
fn joint(scene: &Scene, first: usize, second: usize) -> Option<Joint> {
    let (from, to) = (scene.place(first).end, scene.place(second).start);
    let words = &scene.reading.words;
    let joins = |at: usize| words[at].is(Kind::And) || words[at].is(Kind::But) || words[at].is(Kind::While);
    let telling = |mut range: Range<usize>| range.any(|at| super::is_telling(scene, at));
    let comma = |at: usize| words[at].gap >= 0.6 && telling(at..to);
    let at = (from..to).rev().find(|at| joins(*at) || comma(*at))?;
    let noun = |figure: usize| scene.all[figure].noun;
    let position =
        |at: u32| scene.facts.words.partition_point(|w| w.span.start < at).saturating_sub(scene.from as usize);
    let shared = noun(first).filter(|_| noun(second).is_none());
    let shared = shared.map_or(0..0, |span| position(span.start)..position(span.end));
    (telling(from..at)).then_some(Joint { figures: (first, second), words: (from..at, at..to), shared })
}
