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

    fn cosine(&self, a: usize, b: usize) -> f32 {
        let cells = |row: usize| &self.rows[row * self.width..(row + 1) * self.width];
        let length = self.lengths[a] * self.lengths[b];
        if length > 0.0 { product(cells(a), cells(b)) as f32 / length } else { 0.0 }
    }
}

/// The product of two rows. Groups of one length, for the compiler to multiply at once.
fn product(a: &[i8], b: &[i8]) -> i32 {
    fn sum(a: &[i8], b: &[i8]) -> i32 {
        a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
    }
    let ((groups, rest), (others, other_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    groups.iter().zip(others).map(|(a, b)| sum(a, b)).sum::<i32>() + sum(rest, other_rest)
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

/// From 0 to 1: 1 for forms of one word, 0.9 for words that news uses for one another.
pub(super) fn alike(a: &FactWord, b: &FactWord) -> f32 {
    /// From this angle on two words say something of one another.
    const LEAST: f32 = 0.35;
    const MOST: f32 = 0.9;
    /// Words of one cell of `contrasts.tsv`.
    const CELL: f32 = 0.8;
    if a.base == b.base {
        1.0
    } else if a.stem == b.stem && a.stem != 0 {
        MOST
    } else if a.contrasted && b.contrasted && tables::together(a.base, b.base) {
        CELL
    } else {
        ((cosine(a, b) - LEAST) / (1.0 - LEAST)).max(0.0) * MOST
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
