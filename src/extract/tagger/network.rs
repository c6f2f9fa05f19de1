//! The arithmetic. Sums run over whole numbers, so that they are the same on every machine and in every order of
//! addition; activations are sixteen-bit numbers in units of 1/[`UNIT`].

use super::weights::{Layer, Vector, WIDTH};

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
    pub fn len(&self) -> usize {
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
        let mut seen = [0_i16; 3 * WIDTH];
        for row in 0..self.count {
            let here = Self::place(row);
            seen[..WIDTH].copy_from_slice(&before[here.start - step..here.end - step]);
            seen[WIDTH..2 * WIDTH].copy_from_slice(&before[here.clone()]);
            seen[2 * WIDTH..].copy_from_slice(&before[here.start + step..here.end + step]);
            let cells = &mut self.cells[here];
            for (k, weights) in layer.weights.chunks_exact(3 * WIDTH).enumerate() {
                let value = dot(&seen, weights) as f32 * layer.factors[k] + layer.bias[k] * UNIT;
                if value > 0.0 {
                    cells[k] = units(f32::from(cells[k]) + value);
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

/// The sum of the products.
fn dot(one: &[i16], two: &[i16]) -> i32 {
    one.iter().zip(two).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
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
