//! Rows of activations, and the layers that lead from one to the next. Activations are sixteen-bit numbers in units of
//! 1/[`UNIT`]; sums run over whole numbers ([`sums`](super::sums)), so that they are the same on every machine.

use super::sums::{Job, Lanes, OUTPUTS, Vectors, tile, widest};
use super::tables::{Layer, Vector, WIDTH};
use std::ops::Range;

/// How many units make 1.
pub const UNIT: f32 = 256.0;

/// The greatest activation, in units: with weights of up to 255, a thousand products stay below 2³¹.
const MOST: f32 = 8191.0;

/// The activations of one element.
pub type Row<const W: usize = WIDTH> = [i16; W];

/// One row of activations for each element, with room at both ends.
#[derive(Clone, Debug, Default)]
pub struct Rows<const W: usize = WIDTH> {
    cells: Vec<Row<W>>,
    count: usize,
}

/// The rows of zeros before the first element and after the last: the farthest reach of a layer.
pub const ROOM: usize = 4;

impl<const W: usize> Rows<W> {
    /// Rows of zeros.
    pub fn new(count: usize) -> Self {
        Rows { cells: vec![[0; W]; count + 2 * ROOM], count }
    }

    /// Makes room for `count` elements. What their rows hold is left over from before, until it is set.
    pub fn reset(&mut self, count: usize) {
        let length = count + 2 * ROOM;
        if self.cells.len() < length {
            self.cells.resize(length, [0; W]);
        }
        self.cells[length - ROOM..length].fill([0; W]);
        self.count = count;
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The rows of all elements.
    pub fn all(&self) -> &[Row<W>] {
        &self.cells[ROOM..ROOM + self.count]
    }

    /// The activations of an element.
    pub fn row(&self, row: usize) -> &Row<W> {
        &self.cells[row + ROOM]
    }

    /// The same, to be changed.
    pub fn row_mut(&mut self, row: usize) -> &mut Row<W> {
        &mut self.cells[row + ROOM]
    }

    /// Sets the activations of an element.
    #[inline(always)]
    pub fn set(&mut self, row: usize, values: &Vector<W>) {
        *self.row_mut(row) = whole(values);
    }

    /// Makes zeros of the rows of some elements: nothing stands there.
    #[inline(always)]
    pub fn blank(&mut self, rows: Range<usize>) {
        self.cells[rows.start + ROOM..rows.end + ROOM].fill([0; W]);
    }

    /// The activations of an element as numbers.
    #[inline(always)]
    pub fn values(&self, row: usize) -> Vector<W> {
        let mut values = [0.0; W];
        for (value, cell) in values.iter_mut().zip(self.row(row)) {
            *value = f32::from(*cell) / UNIT;
        }
        values
    }

    /// What a layer sees of an element: its neighbours and itself.
    #[inline(always)]
    fn seen(&self, row: usize, reach: usize) -> [&Row<W>; 3] {
        let reach = reach.min(ROOM);
        [&self.cells[row + ROOM - reach], &self.cells[row + ROOM], &self.cells[row + ROOM + reach]]
    }
}

/// Numbers as activations.
#[inline(always)]
pub fn whole<const W: usize>(values: &Vector<W>) -> Row<W> {
    let mut row = [0; W];
    for (cell, value) in row.iter_mut().zip(values) {
        *cell = units(value * UNIT);
    }
    row
}

/// One layer over some elements: each takes in its neighbours `reach` to both sides.
pub struct Pass<'a, const W: usize> {
    /// The layer.
    pub layer: &'a Layer<W>,
    /// The activations before it.
    pub from: &'a Rows<W>,
    /// Those behind it.
    pub to: &'a mut Rows<W>,
    /// The elements.
    pub which: &'a [usize],
}

impl<const W: usize> Job for Pass<'_, W> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vectors>(mut self, vectors: V) {
        for block in 0..W / OUTPUTS {
            for some in self.which.chunks(V::ELEMENTS) {
                match some.len() {
                    1 => self.some::<V, 1>(vectors, block, some),
                    2 => self.some::<V, 2>(vectors, block, some),
                    3 | 4 => self.some::<V, 4>(vectors, block, some),
                    5 | 6 => self.some::<V, 6>(vectors, block, some),
                    _ => self.some::<V, 8>(vectors, block, some),
                }
            }
        }
    }
}

impl<const W: usize> Pass<'_, W> {
    /// Works on `some` elements, `N` at most. Where they are fewer, one is summed several times: to fetch the weights once
    /// more would take longer.
    #[inline(always)]
    fn some<V: Vectors, const N: usize>(&mut self, vectors: V, block: usize, some: &[usize]) {
        let Some(last) = some.last().filter(|_| N <= V::ELEMENTS) else { return };
        let mut seen = [self.from.seen(*last, self.layer.reach); N];
        for (seen, row) in seen.iter_mut().zip(some) {
            *seen = self.from.seen(*row, self.layer.reach);
        }
        let sums = tile::<V, W, 3, N>(vectors, self.layer.weights_of(block), &seen);
        for (sums, row) in sums.iter().zip(some) {
            self.layer.finish(block, sums, self.from.row(*row), self.to.row_mut(*row));
        }
    }
}

impl<const W: usize> Layer<W> {
    /// Adds to the activations `before` what the sums of a block's outputs make.
    #[inline(always)]
    pub fn finish(&self, block: usize, sums: &[i32; OUTPUTS], before: &Row<W>, to: &mut Row<W>) {
        let (factors, bias) = (part(&self.factors, block), part(&self.bias, block));
        let before = part(before, block);
        let to = &mut to.as_chunks_mut::<OUTPUTS>().0[block];
        // No branch: what would lower an activation adds nothing, and a whole number is rounded to itself.
        for at in 0..OUTPUTS {
            let value = sums[at] as f32 * factors[at] + bias[at] * UNIT;
            to[at] = units(f32::from(before[at]) + if value > 0.0 { value } else { 0.0 });
        }
    }

    /// Works out what elements add to the sums of their neighbours and their own.
    pub fn share(&self, all: &mut [&mut Shared<W>]) {
        widest(Shares { layer: self, all });
    }
}

/// The activations of an element, and what they add to the sums of a layer.
#[derive(Debug)]
pub struct Shared<const W: usize = WIDTH> {
    /// The activations.
    pub row: Row<W>,
    /// What is added to the sums of its right neighbour, to its own, and to those of its left neighbour.
    pub shares: [[i32; W]; 3],
}

/// See [`Layer::share`].
struct Shares<'a, 's, const W: usize> {
    layer: &'a Layer<W>,
    all: &'a mut [&'s mut Shared<W>],
}

impl<const W: usize> Job for Shares<'_, '_, W> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        for block in 0..W / OUTPUTS {
            for (tap, weights) in self.layer.weights_of(block).chunks_exact(W / 2).enumerate() {
                for some in self.all.chunks_mut(V::ELEMENTS) {
                    let place = (block, tap);
                    match some.len() {
                        1 => share::<V, W, 1>(vectors, weights, some, place),
                        2 => share::<V, W, 2>(vectors, weights, some, place),
                        3 | 4 => share::<V, W, 4>(vectors, weights, some, place),
                        5 | 6 => share::<V, W, 6>(vectors, weights, some, place),
                        _ => share::<V, W, 8>(vectors, weights, some, place),
                    }
                }
            }
        }
    }
}

/// What `some` elements, `N` at most, add to the sums of a block's outputs on one side.
#[inline(always)]
fn share<V: Vectors, const W: usize, const N: usize>(
    vectors: V,
    weights: &[Lanes],
    some: &mut [&mut Shared<W>],
    (block, tap): (usize, usize),
) {
    let Some(last) = some.len().checked_sub(1).filter(|_| N <= V::ELEMENTS) else { return };
    let seen: [[&Row<W>; 1]; N] = std::array::from_fn(|at| [&some[at.min(last)].row]);
    let sums = tile::<V, W, 1, N>(vectors, weights, &seen);
    for (one, sums) in some.iter_mut().zip(sums) {
        one.shares[tap].as_chunks_mut().0[block] = sums;
    }
}

/// The `block`th [`OUTPUTS`] of a row.
#[inline(always)]
fn part<T, const W: usize>(row: &[T; W], block: usize) -> &[T; OUTPUTS] {
    &row.as_chunks().0[block]
}

/// To the nearest whole unit, within bounds.
#[inline(always)]
#[allow(unsafe_code, reason = "the number is known to be small")]
fn units(value: f32) -> i16 {
    let value = if value > -MOST { value } else { -MOST };
    let value = if value < MOST { value } else { MOST };
    let rounded = value + if value < 0.0 { -0.5 } else { 0.5 };
    // SAFETY: it lies within ±(MOST + 0.5), also where `value` was no number: that is not greater than anything.
    unsafe { rounded.to_int_unchecked::<i32>() as i16 }
}

/// Weighted sums of activations.
pub fn weigh<const N: usize>(row: &Row, units: &[(Vector, f32); N]) -> [f32; N] {
    let mut sums = [0.0; N];
    for (at, cell) in row.iter().enumerate() {
        for (sum, (weights, _)) in sums.iter_mut().zip(units) {
            *sum += f32::from(*cell) * weights[at];
        }
    }
    std::array::from_fn(|unit| sums[unit] / UNIT + units[unit].1)
}

/// The logistic function.
pub fn chance(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
