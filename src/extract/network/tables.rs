//! The numbers of a network, as the scripts in `training/` write them: little-endian, tables of small integers with
//! one factor a row.

/// How many numbers stand for an element.
pub const WIDTH: usize = 64;

/// How many numbers a layer reads for an element: its own and its two neighbours'.
pub const READ: usize = 3 * WIDTH;

/// One vector.
pub type Vector = [f32; WIDTH];

/// What is wrong with the numbers.
#[derive(Debug, thiserror::Error)]
#[error("the network's weights are damaged: {0}")]
pub struct WeightsError(pub &'static str);

/// Rows of small integers, each with its factor.
#[derive(Debug)]
pub struct Table {
    rows: Vec<i8>,
    factors: Vec<f32>,
}

impl Table {
    /// Adds a row to `sum`.
    pub fn add(&self, row: usize, sum: &mut Vector) {
        let (Some(factor), Some(cells)) = (self.factors.get(row), self.rows.get(row * WIDTH..(row + 1) * WIDTH)) else {
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
pub struct Layer {
    /// How far the neighbours are.
    pub reach: usize,
    /// Output by output.
    pub weights: Vec<[i16; READ]>,
    /// What one unit of an output's sum is worth.
    pub factors: Vector,
    /// Added to each output.
    pub bias: Vector,
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
    pub fn vector(&mut self) -> Result<Vector, WeightsError> {
        Vector::try_from(self.floats(WIDTH)?).map_err(|_| WeightsError("a vector of another size"))
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
    pub fn table(&mut self) -> Result<Table, WeightsError> {
        let count = self.number()?;
        let factors = self.floats(count)?;
        let rows = self.take(count * WIDTH)?.iter().map(|byte| byte.cast_signed()).collect();
        Ok(Table { rows, factors })
    }

    /// The next layers.
    ///
    /// # Errors
    /// Bytes are missing.
    pub fn layers(&mut self) -> Result<Vec<Layer>, WeightsError> {
        let count = self.number()?;
        (0..count)
            .map(|_| {
                let reach = self.number()?;
                let cells = self.take(2 * READ * WIDTH)?;
                let weights = cells
                    .chunks_exact(2 * READ)
                    .map(|b| std::array::from_fn(|k| i16::from_le_bytes([b[2 * k], b[2 * k + 1]])))
                    .collect();
                Ok(Layer { reach, weights, factors: self.vector()?, bias: self.vector()? })
            })
            .collect()
    }
}
