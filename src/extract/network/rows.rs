//! The arithmetic. Sums run over whole numbers, so that they are the same on every machine and in every order of
//! addition; activations are sixteen-bit numbers in units of 1/[`UNIT`].

use super::tables::{Layer, STEPS, Vector, WIDTH};
use wide::{i16x8, i32x4};

/// How many units make 1.
pub const UNIT: f32 = 256.0;

/// The greatest activation, in units: with weights of up to 255, [`3 * WIDTH`](WIDTH) products stay below 2³¹.
const MOST: f32 = 8191.0;

/// One row of activations for each element, with room at both ends.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    cells: Vec<i16>,
    count: usize,
}

/// The rows of zeros before the first element and after the last: the farthest reach of a layer.
const ROOM: usize = 4;

impl Rows {
    /// Rows of zeros.
    pub fn new(count: usize) -> Self {
        Rows { cells: vec![0; (count + 2 * ROOM) * WIDTH], count }
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.count
    }

    fn place(row: usize) -> std::ops::Range<usize> {
        (row + ROOM) * WIDTH..(row + ROOM + 1) * WIDTH
    }

    /// The activations of an element.
    pub fn row(&self, row: usize) -> &[i16] {
        &self.cells[Self::place(row)]
    }

    /// Sets the activations of an element.
    pub fn set(&mut self, row: usize, values: &Vector) {
        for (cell, value) in self.cells[Self::place(row)].iter_mut().zip(values) {
            *cell = units(value * UNIT);
        }
    }

    /// The activations of an element as numbers.
    pub fn values(&self, row: usize) -> Vector {
        let mut values = [0.0; WIDTH];
        for (value, cell) in values.iter_mut().zip(self.row(row)) {
            *value = f32::from(*cell) / UNIT;
        }
        values
    }

    /// One layer: each element takes in its neighbours `reach` to both sides.
    pub fn pass(&mut self, layer: &Layer, before: &mut Vec<i16>) {
        before.clear();
        before.extend_from_slice(&self.cells);
        let step = layer.reach.min(ROOM) * WIDTH;
        let mut seen = [i16x8::ZERO; STEPS];
        for row in 0..self.count {
            let here = Self::place(row);
            let near = [here.start - step, here.start, here.start + step];
            let cells = near.iter().flat_map(|from| before[*from..*from + WIDTH].chunks_exact(8));
            for (seen, cells) in seen.iter_mut().zip(cells) {
                *seen = i16x8::from_slice_unaligned(cells);
            }
            let cells = &mut self.cells[here];
            for (four, weights) in layer.weights.chunks_exact(4 * STEPS).enumerate() {
                for (k, sum) in (4 * four..).zip(dots(&seen, weights)) {
                    let value = sum as f32 * layer.factors[k] + layer.bias[k] * UNIT;
                    if value > 0.0 {
                        cells[k] = units(f32::from(cells[k]) + value);
                    }
                }
            }
        }
    }
}

/// To the nearest whole unit, within bounds.
fn units(value: f32) -> i16 {
    let value = value.clamp(-MOST, MOST);
    (value + if value < 0.0 { -0.5 } else { 0.5 }) as i16
}

/// The sums of the products of `seen` with four rows of weights that stand one after the other.
fn dots(seen: &[i16x8; STEPS], weights: &[i16x8]) -> [i32; 4] {
    let mut sums = [i32x4::ZERO; 4];
    let (one, rest) = weights.split_at(STEPS);
    let (two, rest) = rest.split_at(STEPS);
    let (three, four) = rest.split_at(STEPS);
    for ((((seen, one), two), three), four) in seen.iter().zip(one).zip(two).zip(three).zip(four) {
        sums[0] += seen.dot(*one);
        sums[1] += seen.dot(*two);
        sums[2] += seen.dot(*three);
        sums[3] += seen.dot(*four);
    }
    sums.map(|sum| sum.reduce_add())
}

/// A weighted sum of activations.
pub fn weigh(row: &[i16], unit: &(Vector, f32)) -> f32 {
    let sum: f32 = row.iter().zip(&unit.0).map(|(cell, weight)| f32::from(*cell) * weight).sum();
    sum / UNIT + unit.1
}

/// The logistic function.
pub fn chance(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
