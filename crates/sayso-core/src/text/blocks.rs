//! Where in a list of places each kilobyte of a text begins, so that a search in a long list looks at a few neighbours and not
//! at places all over it. Of a short text there is nothing to keep: its lists are at hand as they are.

use std::ops::Range;

/// So many bytes of text are a block: 2 to this power.
const BLOCK: u32 = 10;

/// Texts of fewer bytes need none.
const LEAST: usize = 64 << 10;

/// For each block how many of a list's places lie before its first byte or at it.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks(Vec<u32>);

impl Blocks {
    /// The blocks of a text of `length` bytes, for `places` that never go back. Linear.
    pub(super) fn of(length: usize, places: impl ExactSizeIterator<Item = u32>) -> Blocks {
        if length < LEAST {
            return Blocks::default();
        }
        let mut before = Vec::with_capacity((length >> BLOCK) + 2);
        let count = places.len() as u32;
        for (at, place) in (0..).zip(places) {
            while (before.len() as u32) << BLOCK < place {
                before.push(at);
            }
        }
        before.resize((length >> BLOCK) + 2, count);
        Blocks(before)
    }

    /// Among which of `count` places lies the first that is greater than `at`: the range holds it, or ends at it.
    pub(super) fn around(&self, at: u32, count: usize) -> Range<usize> {
        let block = (at >> BLOCK) as usize;
        match self.0.get(block..block + 2) {
            Some([from, to]) => *from as usize..*to as usize,
            _ => 0..count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_found_as_in_the_whole_list(
            steps in prop::collection::vec(0u32..3_000, 0..400), ask in prop::collection::vec(0u32..200_000, 1..40)
        ) {
            let mut places: Vec<u32> = steps.iter().scan(0, |at, step| { *at += step; Some(*at) }).collect();
            places.retain(|place| *place <= 150_000);
            let blocks = Blocks::of(150_000, places.iter().copied());
            for at in ask {
                let range = blocks.around(at, places.len());
                let near = range.start + places[range].partition_point(|place| *place <= at);
                prop_assert_eq!(near, places.partition_point(|place| *place <= at));
            }
        }
    }
}
