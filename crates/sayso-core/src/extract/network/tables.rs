//! The numbers of a network, as the scripts in `training/` write them: little-endian, tables of small integers with
//! one factor a row.

use super::sums::{Lanes, OUTPUTS, place};

/// How many numbers stand for an element, where a network does not say otherwise.
pub const WIDTH: usize = 64;

/// One vector.
pub type Vector<const W: usize = WIDTH> = [f32; W];

/// What a layer reads for an element: its left neighbour, itself and the right one.
pub type Read<const W: usize> = [[i16; W]; 3];

/// What is wrong with the numbers.
#[derive(Debug, thiserror::Error)]
#[error("the network's weights are damaged: {0}")]
pub struct WeightsError(pub &'static str);

/// Rows of small integers, each with its factor.
#[derive(Debug)]
pub struct Table<const W: usize = WIDTH> {
    rows: Vec<i8>,
    factors: Vec<f32>,
}

impl<const W: usize> Table<W> {
    /// Adds a row to `sum`.
    #[inline(always)]
    pub fn add(&self, row: usize, sum: &mut Vector<W>) {
        let (Some(factor), Some(cells)) = (self.factors.get(row), self.rows.get(row * W..(row + 1) * W)) else {
            return;
        };
        for (sum, cell) in sum.iter_mut().zip(cells) {
            *sum += f32::from(*cell) * factor;
        }
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.factors.len()
    }
}

/// A layer that sees an element and its neighbours at some distance: for each output, weights for the left
/// neighbour, the element and the right one.
#[derive(Debug)]
pub struct Layer<const W: usize = WIDTH> {
    /// How far the neighbours are.
    pub reach: usize,
    /// Of [`OUTPUTS`] outputs after the other: for each of the three that are read, its inputs two by two.
    weights: Vec<Lanes>,
    /// What one unit of an output's sum is worth.
    pub factors: Vector<W>,
    /// Added to each output.
    pub bias: Vector<W>,
}

impl<const W: usize> Layer<W> {
    /// A layer of these weights, output by output.
    pub fn new(reach: usize, weights: &[Read<W>], factors: Vector<W>, bias: Vector<W>) -> Self {
        const { assert!(W.is_multiple_of(OUTPUTS)) };
        let mut packed = Vec::with_capacity(W / OUTPUTS * 3 * (W / 2));
        for outputs in weights.chunks_exact(OUTPUTS) {
            for tap in 0..3 {
                for pair in 0..W / 2 {
                    let mut lanes: Lanes = [0; 2 * OUTPUTS];
                    for (output, weights) in outputs.iter().enumerate() {
                        (0..2).for_each(|input| lanes[place(output, input)] = weights[tap][2 * pair + input]);
                    }
                    packed.push(lanes);
                }
            }
        }
        Layer { reach, weights: packed, factors, bias }
    }

    /// The weights of the `block`th [`OUTPUTS`] outputs.
    #[inline(always)]
    pub fn weights_of(&self, block: usize) -> &[Lanes] {
        let length = 3 * (W / 2);
        &self.weights[block * length..(block + 1) * length]
    }
}

/// Reads numbers one after the other.
pub struct Source<'b>(&'b [u8]);

impl<'b> Source<'b> {
    /// The numbers behind a head of eight bytes, which tells what they are.
    ///
    /// # Errors
    /// Another head.
    pub fn new(bytes: &'b [u8], head: &[u8; 8]) -> Result<Self, WeightsError> {
        match bytes.strip_prefix(head) {
            Some(rest) => Ok(Source(rest)),
            None => Err(WeightsError("not a table of weights")),
        }
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn take(&mut self, count: usize) -> Result<&'b [u8], WeightsError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(WeightsError("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next number.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn number(&mut self) -> Result<usize, WeightsError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    /// The next `count` numbers with a point.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn floats(&mut self, count: usize) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.take(4 * count)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// The next vector.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn vector<const W: usize>(&mut self) -> Result<Vector<W>, WeightsError> {
        <Vector<W>>::try_from(self.floats(W)?).map_err(|_| WeightsError("a vector of another size"))
    }

    /// The next vector and the number that is added to its sum.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn unit(&mut self) -> Result<(Vector, f32), WeightsError> {
        Ok((self.vector()?, self.floats(1)?[0]))
    }

    /// The next table.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn table<const W: usize>(&mut self) -> Result<Table<W>, WeightsError> {
        let count = self.number()?;
        let factors = self.floats(count)?;
        let rows = self.take(count * W)?.iter().map(|byte| byte.cast_signed()).collect();
        Ok(Table { rows, factors })
    }

    /// The next layers.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn layers<const W: usize>(&mut self) -> Result<Vec<Layer<W>>, WeightsError> {
        let count = self.number()?;
        (0..count)
            .map(|_| {
                let reach = self.number()?;
                let mut cells = self.take(2 * 3 * W * W)?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
                let mut next = || std::array::from_fn(|_| cells.next().unwrap_or_default());
                let weights: Vec<Read<W>> = (0..W).map(|_| [next(), next(), next()]).collect();
                Ok(Layer::new(reach, &weights, self.vector()?, self.vector()?))
            })
            .collect()
    }
}
