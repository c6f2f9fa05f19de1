//! The network that scores a pair: what is asked of it, weighed and summed, and a layer of hidden units (rectified) over the same.
//! Weights in `weights.tsv`, by `training/counterpart.py`.

use crate::check::features::{COUNTERPART, COUNTERPART_NAMES};
use crate::language::tsv;
use std::sync::LazyLock;

/// How many hidden units there are.
const HIDDEN: usize = 16;

/// The weights that lead to one sum and to each hidden unit.
#[derive(Clone, Copy, Debug, Default)]
struct Weights {
    sum: f32,
    hidden: [f32; HIDDEN],
}

struct Net {
    /// Of each feature.
    features: [Weights; COUNTERPART],
    /// What is added whatever is asked.
    constant: Weights,
    /// What the hidden units add to the sum.
    out: [f32; HIDDEN],
}

static NET: LazyLock<Net> = LazyLock::new(|| {
    let mut net = Net { features: [Weights::default(); COUNTERPART], constant: Weights::default(), out: [0.0; HIDDEN] };
    for row in tsv::rows(include_str!("weights.tsv")) {
        let number = |at: usize| row.cell(at).parse().unwrap_or(0.0);
        let weights = Weights { sum: number(1), hidden: std::array::from_fn(|unit| number(unit + 2)) };
        match row.cell(0) {
            "constant" => net.constant = weights,
            "out" => net.out = weights.hidden,
            name => {
                if let Some(at) = COUNTERPART_NAMES.iter().position(|n| *n == name) {
                    net.features[at] = weights;
                }
            }
        }
    }
    net
});

/// How likely a pair is the counterpart, as the logarithm of how much likelier than that there is none.
pub(super) fn score(asked: &[f32; COUNTERPART]) -> f32 {
    let net = &*NET;
    let mut all = net.constant;
    for (value, weights) in asked.iter().zip(&net.features).filter(|(value, _)| **value != 0.0) {
        all.sum += value * weights.sum;
        all.hidden.iter_mut().zip(&weights.hidden).for_each(|(unit, weight)| *unit += value * weight);
    }
    all.sum + all.hidden.iter().zip(&net.out).map(|(unit, weight)| unit.max(0.0) * weight).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_has_its_weights() {
        let names: Vec<&str> = tsv::rows(include_str!("weights.tsv")).map(|row| row.cell(0)).collect();
        let wanted: Vec<&str> = COUNTERPART_NAMES.into_iter().chain(["constant", "out"]).collect();
        assert_eq!(names, wanted);
    }
}
