//! The arithmetic. Sums run over whole numbers, so that they are the same on every machine and in every order of
//! addition; activations are sixteen-bit numbers in units of 1/[`UNIT`].

use super::tables::{Layer, Read, Vector, WIDTH};

/// How many units make 1.
pub const UNIT: f32 = 256.0;

/// The greatest activation, in units: with weights of up to 255, a thousand products stay below 2³¹.
const MOST: f32 = 8191.0;

/// One row of activations for each element, with room at both ends.
#[derive(Clone, Debug, Default)]
pub struct Rows<const W: usize = WIDTH> {
    cells: Vec<i16>,
    count: usize,
}

/// The rows of zeros before the first element and after the last: the farthest reach of a layer.
const ROOM: usize = 4;

impl<const W: usize> Rows<W> {
    /// Rows of zeros.
    pub fn new(count: usize) -> Self {
        Rows { cells: vec![0; (count + 2 * ROOM) * W], count }
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.count
    }

    fn place(row: usize) -> std::ops::Range<usize> {
        (row + ROOM) * W..(row + ROOM + 1) * W
    }

    /// The activations of an element.
    pub fn row(&self, row: usize) -> &[i16] {
        &self.cells[Self::place(row)]
    }

    /// Sets the activations of an element.
    pub fn set(&mut self, row: usize, values: &Vector<W>) {
        for (cell, value) in self.cells[Self::place(row)].iter_mut().zip(values) {
            *cell = units(value * UNIT);
        }
    }

    /// The activations of an element as numbers.
    pub fn values(&self, row: usize) -> Vector<W> {
        let mut values = [0.0; W];
        for (value, cell) in values.iter_mut().zip(self.row(row)) {
            *value = f32::from(*cell) / UNIT;
        }
        values
    }

    /// One layer: each element takes in its neighbours `reach` to both sides.
    pub fn pass(&mut self, layer: &Layer<W>, before: &mut Vec<i16>) {
        before.clear();
        before.extend_from_slice(&self.cells);
        run(self, layer, before);
    }
}

/// [`work`], by the widest arithmetic that this processor has.
fn run<const W: usize>(rows: &mut Rows<W>, layer: &Layer<W>, before: &[i16]) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vl") {
            // SAFETY: `sixty_four` asks for nothing but these two (and what they imply), which this processor has.
            #[allow(unsafe_code, reason = "the features were found on this processor")]
            return unsafe { sixty_four(rows, layer, before) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: `thirty_two` asks for nothing but this, which this processor has.
            #[allow(unsafe_code, reason = "the feature was found on this processor")]
            return unsafe { thirty_two(rows, layer, before) };
        }
    }
    work(rows, layer, before);
}

/// [`work`] in vectors of 64 bytes.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512bw,avx512vl")]
fn sixty_four<const W: usize>(rows: &mut Rows<W>, layer: &Layer<W>, before: &[i16]) {
    work(rows, layer, before);
}

/// [`work`] in vectors of 32 bytes.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn thirty_two<const W: usize>(rows: &mut Rows<W>, layer: &Layer<W>, before: &[i16]) {
    work(rows, layer, before);
}

/// The layer over rows that were `before`. Written plainly, for the compiler to make vectors of whatever width its caller
/// allows; whole numbers and sums without fused steps give the same on all of them.
#[inline(always)]
fn work<const W: usize>(rows: &mut Rows<W>, layer: &Layer<W>, before: &[i16]) {
    let step = layer.reach.min(ROOM) * W;
    let (mut seen, mut sums) = ([[0; W]; 3], [0; W]);
    for row in 0..rows.count {
        let here = Rows::<W>::place(row);
        for (seen, from) in seen.iter_mut().zip([here.start - step, here.start, here.start + step]) {
            seen.copy_from_slice(&before[from..from + W]);
        }
        for (sum, weights) in sums.iter_mut().zip(&layer.weights) {
            *sum = dot(&seen, weights);
        }
        // No branch: what would lower an activation adds nothing, and a whole number is rounded to itself.
        let outputs = sums.iter().zip(&layer.factors).zip(&layer.bias);
        for (cell, ((sum, factor), bias)) in rows.cells[here].iter_mut().zip(outputs) {
            let value = *sum as f32 * factor + bias * UNIT;
            *cell = units(f32::from(*cell) + if value > 0.0 { value } else { 0.0 });
        }
    }
}

/// The sum of the products.
#[inline(always)]
fn dot<const W: usize>(seen: &Read<W>, weights: &Read<W>) -> i32 {
    seen.as_flattened()
        .iter()
        .zip(weights.as_flattened())
        .fold(0, |sum: i32, (a, b)| sum.wrapping_add(i32::from(*a) * i32::from(*b)))
}

/// To the nearest whole unit, within bounds.
fn units(value: f32) -> i16 {
    let value = value.clamp(-MOST, MOST);
    (value + if value < 0.0 { -0.5 } else { 0.5 }) as i32 as i16
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_of_vectors_gives_the_same() {
        let mut state = 7_u32;
        let mut next = |most: i32| {
            state = state.wrapping_mul(1664525).wrapping_add(1013904223);
            (state >> 16) as i32 % (2 * most + 1) - most
        };
        let layer = Layer {
            reach: 2,
            weights: (0..WIDTH).map(|_| [(); 3].map(|()| std::array::from_fn(|_| next(255) as i16))).collect(),
            factors: std::array::from_fn(|_| next(1000) as f32 / 1e6),
            bias: std::array::from_fn(|_| next(1000) as f32 / 1e3),
        };
        let mut rows = Rows::<WIDTH>::new(9);
        (0..9).for_each(|row| rows.set(row, &std::array::from_fn(|_| next(8000) as f32 / UNIT)));
        let before = rows.cells.clone();
        let (mut here, mut plain) = (rows.clone(), rows);
        run(&mut here, &layer, &before);
        work(&mut plain, &layer, &before);
        assert_eq!(here.cells, plain.cells);
        assert_ne!(plain.cells, before);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            let mut rows = Rows { cells: before.clone(), count: 9 };
            // SAFETY: the feature was found on this processor.
            #[allow(unsafe_code, reason = "the feature was found on this processor")]
            unsafe {
                thirty_two(&mut rows, &layer, &before);
            }
            assert_eq!(rows.cells, plain.cells);
        }
    }
}
