//! The counterpart of a figure: which of the figures of statements, if any, speaks of the same thing, whatever its value. The pairs
//! of a figure go in; how likely each of them is the counterpart comes out.

mod features;

pub(super) use features::{is_foreign, is_same_noun, listed, lost_name};

use super::features::COUNTERPART;
use super::framed::Framed;
use super::pairs::Pair;

/// What is asked of a figure beside each of its pairs.
pub(super) fn features(claimed: Framed, pairs: &[Pair]) -> Vec<[f32; COUNTERPART]> {
    features::of(claimed, pairs)
}
