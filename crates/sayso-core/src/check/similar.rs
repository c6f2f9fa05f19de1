//! How alike two words are in meaning: forms of one word, words that news uses for one another, and for all others the
//! angle between their vectors (`language/en/similar.bin`; see MODELS.md). Words that exclude one another (`men`, `women`)
//! are often as near as words for the same thing: what tells them apart is `contrasts.tsv`.

use super::facts::FactWord;
use super::frame::tables;
use crate::language::PerLanguage;

/// For each stem its vector.
static TABLE: PerLanguage<Table> = PerLanguage::new(|language| Table::read(language.tables.check.similar));

struct Table {
    width: usize,
    /// The low halves of the stems' keys, in order.
    keys: Vec<u32>,
    rows: Vec<i8>,
    lengths: Vec<f32>,
}

/// What the file begins with.
const HEAD: &[u8; 8] = b"SAYSIM1\0";

impl Table {
    /// Reads the file; a damaged one is an empty table. The tests see to it that it is none.
    fn read(bytes: &[u8]) -> Table {
        let none = Table { width: 0, keys: Vec::new(), rows: Vec::new(), lengths: Vec::new() };
        let number = |at: usize| -> Option<u32> { Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)) };
        let (Some(count), Some(width)) = (number(8), number(12)) else { return none };
        let (count, width) = (count as usize, width as usize);
        let start = 16 + count * 4;
        let Some(cells) = bytes.get(start..start + count * width) else { return none };
        if !bytes.starts_with(HEAD) || width == 0 {
            return none;
        }
        let keys: Vec<u32> = (0..count).filter_map(|i| number(16 + i * 4)).collect();
        let rows: Vec<i8> = cells.iter().map(|byte| byte.cast_signed()).collect();
        let length = |row: &[i8]| row.iter().map(|c| f32::from(*c).powi(2)).sum::<f32>().sqrt();
        let lengths = rows.chunks(width).map(length).collect();
        Table { width, keys, rows, lengths }
    }

    fn row(&self, key: u64) -> Option<usize> {
        self.keys.binary_search(&(key as u32)).ok()
    }

    fn cells(&self, row: usize) -> &[i8] {
        &self.rows[row * self.width..(row + 1) * self.width]
    }

    fn cosine(&self, a: usize, b: usize) -> f32 {
        let pairs = self.cells(a).iter().zip(self.cells(b));
        let product: i32 = pairs.map(|(x, y)| i32::from(i16::from(*x) * i16::from(*y))).sum();
        self.angle(product, a, b)
    }

    /// The cosine of two rows, by the product of their cells.
    fn angle(&self, product: i32, a: usize, b: usize) -> f32 {
        let length = self.lengths[a] * self.lengths[b];
        if length > 0.0 { product as f32 / length } else { 0.0 }
    }
}

/// The row of a stem's vector, given by its key; none for a word that the table does not know: mostly a name.
pub(super) fn row(base: u64) -> Option<u32> {
    TABLE.compared().row(base).map(|row| row as u32)
}

/// From -1 to 1, 0 where a word has no vector.
pub(super) fn cosine(a: &FactWord, b: &FactWord) -> f32 {
    match (a.row, b.row) {
        (Some(a), Some(b)) => TABLE.compared().cosine(a as usize, b as usize),
        _ => 0.0,
    }
}

/// Words that news uses for one another.
const MOST: f32 = 0.9;
/// Words of one cell of `contrasts.tsv`.
const CELL: f32 = 0.8;

/// From 0 to 1: 1 for forms of one word, 0.9 for words that news uses for one another.
pub(super) fn alike(a: &FactWord, b: &FactWord) -> f32 {
    let together = || tables::together(a.base, b.base);
    by_form(a, b).or_else(|| together().then_some(CELL)).unwrap_or_else(|| by_angle(cosine(a, b)))
}

/// How alike two words are that have a stem in common, or words of the table that share a row.
fn by_form(a: &FactWord, b: &FactWord) -> Option<f32> {
    match () {
        () if a.base == b.base => Some(1.0),
        () if a.stem == b.stem && a.stem != 0 => Some(MOST),
        () => None,
    }
}

/// How alike two words are by the angle of their vectors.
fn by_angle(cosine: f32) -> f32 {
    /// From this angle on two words say something of one another.
    const LEAST: f32 = 0.35;
    ((cosine - LEAST) / (1.0 - LEAST)).max(0.0) * MOST
}

/// How alike each of some words is to each of some others, row by row, as [`alike`] tells it.
pub(super) fn grid(ours: &[FactWord], theirs: &[FactWord]) -> Vec<f32> {
    let table = TABLE.compared();
    let (rows, columns) = (Gathered::of(table, ours), Gathered::of(table, theirs));
    let sets: Vec<_> = theirs.iter().map(|word| tables::sets(word.base)).collect();
    let mut out = Vec::with_capacity(ours.len() * theirs.len());
    for (i, a) in ours.iter().enumerate() {
        let own = tables::sets(a.base);
        for (j, b) in theirs.iter().enumerate() {
            let together = || tables::share_cell(own?, sets[j]?).then_some(CELL);
            let angle = || match (a.row, b.row) {
                (Some(a), Some(b)) => table.angle(rows.product(&columns, i, j), a as usize, b as usize),
                _ => 0.0,
            };
            out.push(by_form(a, b).or_else(together).unwrap_or_else(|| by_angle(angle())));
        }
    }
    out
}

/// The vectors of some words, side by side: a processor multiplies these many at once.
struct Gathered {
    cells: Vec<[i16; LANES]>,
    /// So many groups of cells has a word.
    groups: usize,
}

const LANES: usize = 16;

impl Gathered {
    fn of(table: &Table, words: &[FactWord]) -> Gathered {
        let groups = table.width.div_ceil(LANES);
        let mut cells = vec![[0; LANES]; groups * words.len()];
        for (own, word) in cells.chunks_mut(groups.max(1)).zip(words) {
            let row = word.row.map_or(&[][..], |row| table.cells(row as usize));
            for (cell, number) in own.as_flattened_mut().iter_mut().zip(row) {
                *cell = i16::from(*number);
            }
        }
        Gathered { cells, groups }
    }

    fn product(&self, other: &Gathered, i: usize, j: usize) -> i32 {
        let own = &self.cells[i * self.groups..][..self.groups];
        let its = &other.cells[j * self.groups..][..self.groups];
        let sum = |(a, b): (&[i16; LANES], &[i16; LANES])| -> i32 {
            a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
        };
        own.iter().zip(its).map(sum).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::stems::base;
    use super::*;

    #[test]
    fn the_table_is_whole_and_tells_near_words_from_far_ones() {
        assert!(TABLE.compared().keys.len() > 20_000 && TABLE.compared().keys.windows(2).all(|w| w[0] < w[1]));
        let of = |a: &str, b: &str| {
            let rows = (TABLE.compared().row(base(a)).expect("known"), TABLE.compared().row(base(b)).expect("known"));
            TABLE.compared().cosine(rows.0, rows.1)
        };
        assert!(of("weapons", "firearms") > 0.6 && of("fatalities", "deaths") > 0.6);
        assert!(of("weapons", "pensioners") < 0.35 && of("harbour", "invoice") < 0.35);
    }
}
