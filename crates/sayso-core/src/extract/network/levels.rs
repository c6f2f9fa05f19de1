//! The activations of a segment at each level: as they come in, and behind each layer. A row is worked out when it is
//! asked for, with the rows that it depends on and no others: mostly one element of a segment is in question.

use super::rows::{Pass, ROOM, Rows};
use super::sums::widest;
use super::tables::{Layer, WIDTH};

/// The levels of a segment under layers.
pub struct Levels<'l, const W: usize = WIDTH> {
    layers: &'l [Layer<W>],
    work: Work<W>,
}

/// What levels are worked out in.
#[derive(Debug, Default)]
pub struct Work<const W: usize = WIDTH> {
    /// What comes in, then what is behind each layer.
    rows: Vec<Rows<W>>,
    /// Of each level, which rows are worked out.
    known: Vec<Vec<bool>>,
    /// Of each level, the rows that are to be worked out.
    missing: Vec<Vec<usize>>,
}

impl<'l, const W: usize> Levels<'l, W> {
    /// Levels of no elements; [`Levels::reset`] makes room for some.
    pub fn new(layers: &'l [Layer<W>], mut work: Work<W>) -> Self {
        let levels = layers.len() + 1;
        work.rows.resize_with(levels, Rows::default);
        work.known.resize_with(levels, Vec::new);
        work.missing.resize_with(levels, Vec::new);
        Levels { layers, work }
    }

    /// What they were worked out in: nothing is left to work in.
    pub fn take_work(&mut self) -> Work<W> {
        std::mem::take(&mut self.work)
    }

    /// Makes room for `count` elements, of which nothing is known.
    pub fn reset(&mut self, count: usize) {
        for (known, rows) in self.work.known.iter_mut().zip(&mut self.work.rows) {
            known.clear();
            known.resize(count, false);
            rows.reset(count);
        }
    }

    /// Works out the rows `wanted` behind the last layer; `enter` is given the rows that have to come in for it, and where
    /// to put them. Linear in the rows that are missing.
    pub fn want(&mut self, wanted: impl IntoIterator<Item = usize>, enter: impl FnOnce(&[usize], &mut Rows<W>)) {
        self.work.missing.iter_mut().for_each(Vec::clear);
        let last = self.layers.len();
        wanted.into_iter().for_each(|row| self.mark(last, row));
        for (level, layer) in self.layers.iter().enumerate().rev() {
            let reach = layer.reach.min(ROOM);
            let above = std::mem::take(&mut self.work.missing[level + 1]);
            for row in &above {
                row.checked_sub(reach).into_iter().chain([*row, row + reach]).for_each(|row| self.mark(level, row));
            }
            self.work.missing[level + 1] = above;
        }
        if !self.work.missing[0].is_empty() {
            enter(&self.work.missing[0], &mut self.work.rows[0]);
        }
        for (level, layer) in self.layers.iter().enumerate() {
            if let [from, to, ..] = &mut self.work.rows[level..] {
                widest(Pass { layer, from, to, which: &self.work.missing[level + 1] });
            }
        }
    }

    fn mark(&mut self, level: usize, row: usize) {
        if let Some(known @ false) = self.work.known[level].get_mut(row) {
            *known = true;
            self.work.missing[level].push(row);
        }
    }

    /// The rows behind the last layer: those that were wanted hold.
    pub fn top(&self) -> &Rows<W> {
        &self.work.rows[self.layers.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::network::sums::tests::{Numbers, layer};
    use proptest::prelude::*;

    proptest! {
        /// Rows that are asked for one after the other are those of a reading of all at once.
        #[test]
        fn rows_do_not_depend_on_when_they_are_asked_for(
            count in 1usize..40, wanted in prop::collection::vec(0usize..40, 0..6), seed in any::<u32>()
        ) {
            let mut numbers = Numbers(seed);
            let layers = [1, 4, 2].map(|reach| layer::<32>(reach, &mut numbers));
            let first: Vec<[f32; 32]> = (0..count).map(|_| numbers.floats(30.0)).collect();
            let enter = |which: &[usize], rows: &mut Rows<32>| which.iter().for_each(|row| rows.set(*row, &first[*row]));
            let mut whole = Levels::new(&layers, Work::default());
            whole.reset(count);
            whole.want(0..count, enter);
            // Rows of a longer segment before it leave nothing behind.
            let mut some = Levels::new(&layers, Work::default());
            some.reset(count + 3);
            some.want(0..count + 3, |which, rows| which.iter().for_each(|row| rows.set(*row, &first[0])));
            some.reset(count);
            for wanted in wanted.into_iter().filter(|wanted| *wanted < count) {
                some.want([wanted], enter);
                prop_assert_eq!(some.top().row(wanted), whole.top().row(wanted));
            }
            some.reset(count);
            some.want(0..count, enter);
            prop_assert_eq!(some.top().all(), whole.top().all());
        }
    }

    #[test]
    fn only_what_a_row_depends_on_is_worked_out() {
        let mut numbers = Numbers(3);
        let layers = [1, 2].map(|reach| layer::<32>(reach, &mut numbers));
        let mut levels = Levels::new(&layers, Work::default());
        levels.reset(20);
        let mut came = Vec::new();
        levels.want([10], |which, _| came.extend_from_slice(which));
        came.sort_unstable();
        assert_eq!(came, [7, 8, 9, 10, 11, 12, 13]);
        levels.want([10], |_, _| panic!("it is known"));
    }
}
