//! The counterpart of a figure: which of the figures of statements, if any, speaks of the same thing, whatever its value. The pairs
//! of a figure go in; how likely each of them is the counterpart comes out.
//!
//! That two figures are of one thing can be learnt without regard to their values: what two texts tell alike shows how a figure is
//! told of elsewhere (`training/counterpart.py`). A small network scores each pair (`features`, `net`); the scores and that of there
//! being no counterpart, which is 0, share one probability (softmax), so that each competes with all others.

mod features;
mod net;

pub(super) use features::{is_foreign, is_same_noun, listed, lost_name};

use super::features::COUNTERPART;
use super::framed::Framed;
use super::pairs::Pair;
use features::Beside;

/// How likely one of the pairs of a figure is its counterpart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Odds {
    /// From 0 to 1.
    pub likely: f32,
    /// The logarithm of how much likelier than that there is none.
    pub score: f32,
    /// The logarithm of how much likelier than the likeliest other one whose value is not that of the coverage.
    pub lead: f32,
    /// How likely the counterpart is one that has the coverage's value.
    pub agreeing: f32,
    /// How likely the likeliest one is whose value is not that of the coverage.
    pub other: f32,
    /// How likely there is none.
    pub none: f32,
}

/// What is asked of a figure beside each of its pairs.
pub(super) fn features(claimed: Framed, pairs: &[Pair]) -> Vec<[f32; COUNTERPART]> {
    let beside = Beside::new(claimed, pairs);
    pairs.iter().map(|pair| beside.of(pair)).collect()
}

/// How likely each pair of a figure is its counterpart, in their order. Of very many those are looked at whose words are closest.
pub(super) fn odds(claimed: Framed, pairs: &[Pair]) -> Vec<Odds> {
    /// Beyond this a score says nothing more.
    const MOST: f32 = 30.0;
    let least = least_worth(pairs);
    let beside = Beside::new(claimed, pairs);
    let score = |pair: &Pair| match features::worth(pair) >= least {
        true => net::score(&beside.of(pair)).clamp(-MOST, MOST),
        false => -MOST,
    };
    let scores: Vec<f32> = pairs.iter().map(score).collect();
    let all: f32 = 1.0 + scores.iter().map(|score| score.exp()).sum::<f32>();
    let likely: Vec<f32> = scores.iter().map(|score| score.exp() / all).collect();
    let agreeing = likely.iter().zip(pairs).filter(|(_, p)| p.comparison.agrees).map(|(likely, _)| likely).sum();
    let (mut first, mut second) = (0.0f32, 0.0f32);
    for likely in likely.iter().zip(pairs).filter(|(_, p)| !p.comparison.agrees).map(|(likely, _)| *likely) {
        (first, second) = if likely > first { (likely, first) } else { (first, second.max(likely)) };
    }
    let one = |(score, likely): (&f32, &f32)| {
        let next = if *likely >= first { second } else { first };
        Odds { likely: *likely, score: *score, lead: lead(*likely, next), agreeing, other: first, none: 1.0 / all }
    };
    scores.iter().zip(&likely).map(one).collect()
}

/// How much a pair must be worth to be looked at.
fn least_worth(pairs: &[Pair]) -> f32 {
    const LOOKS: usize = 12;
    let mut worth: Vec<f32> = pairs.iter().map(features::worth).collect();
    worth.sort_unstable_by(|a, b| b.total_cmp(a));
    worth.get(LOOKS - 1).copied().unwrap_or(f32::MIN)
}

/// The logarithm of how much likelier one is than another.
pub(super) fn lead(likely: f32, next: f32) -> f32 {
    const LEAST: f32 = 1e-4;
    ((likely + LEAST) / (next + LEAST)).ln()
}
