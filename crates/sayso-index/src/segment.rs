//! Reads the files of a segment without the rest of the index. Repair uses it when the files that name the segments, or
//! that locate a document in its store, are damaged. Each document is found individually and verified by its seal
//! ([`super::entry`]), so a damaged region affects only the documents in it.
//!
//! A tantivy file ends in a footer (its checksum, as JSON). A store is a sequence of blocks. A block is the size of its
//! content (four bytes, little-endian), then that content in the LZ4 block format
//! (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>). The content is the documents, then the offset of
//! each, then their number. After a block that cannot be read, the next possible block is searched for byte by byte.

use super::entry::{Broken, open, u32_at};
use super::schema::Fields;
use sayso_core::document::Document;
use sayso_core::extract::Extraction;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::columnar::{Column, ColumnarReader};
use tantivy::directory::{FileSlice, OwnedBytes};

/// The maximum size of a block's content. A document has at most 512 MiB of text, so no larger block is ever written.
const LARGEST: usize = 2 << 30;
/// The number of bytes of a damaged store that are searched for the next block.
const SEARCHED: usize = 64 << 20;

/// Whether a file name without its extension has the form of a segment's name.
pub(super) fn is_segment(stem: &str) -> bool {
    stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The body of a file without its footer. The footer may be damaged.
pub(super) fn body(file: &[u8]) -> &[u8] {
    const MAGIC: u32 = 1337;
    const BEGINS: &[u8] = b"{\"version\":{";
    const LONGEST: usize = 400;
    let whole = file.len().checked_sub(8).filter(|at| u32_at(file, at + 4) == Some(MAGIC));
    let told = whole.and_then(|at| at.checked_sub(u32_at(file, at)? as usize));
    if let Some(at) = told.filter(|at| file[*at..].starts_with(BEGINS)) {
        return &file[..at];
    }
    let tail = file.len().saturating_sub(LONGEST);
    let at = file[tail..].windows(BEGINS.len()).rposition(|window| alike(window, BEGINS));
    &file[..at.map_or(file.len(), |at| tail + at)]
}

/// Whether at most one byte differs.
fn alike(a: &[u8], b: &[u8]) -> bool {
    a.iter().zip(b).filter(|(a, b)| a != b).count() <= 1
}

/// A stretch of a store: a readable block, or damage.
pub(super) enum Stretch {
    /// A block: its offset and the number of its documents.
    Block { at: usize, documents: u32 },
    /// Bytes that are not a block.
    Damaged,
}

impl Stretch {
    /// The number of documents in it, as far as is known.
    pub(super) fn documents(&self) -> u32 {
        match self {
            Stretch::Block { documents, .. } => *documents,
            Stretch::Damaged => 0,
        }
    }
}

/// The stretches of a store, in order. `store` must not include its footer.
pub(super) fn stretches(store: &[u8]) -> Vec<Stretch> {
    let count = |stretches: &[Stretch]| stretches.iter().map(Stretch::documents).sum::<u32>();
    let is_whole = |stretches: &[Stretch]| stretches.iter().all(|stretch| matches!(stretch, Stretch::Block { .. }));
    let told = stretches_until(store, blocks_end(store));
    if is_whole(&told) && !told.is_empty() {
        return told;
    }
    // The block index and the store's own footer follow the last block; neither decodes as a block.
    let all = stretches_until(store, store.len());
    if count(&all) > count(&told) { all } else { told }
}

/// As [`stretches`], up to `end`. Damage that reaches the end is left out.
fn stretches_until(store: &[u8], end: usize) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < end {
        if let Some((content, next)) = block(store, at, end) {
            out.push(Stretch::Block { at, documents: count(&content) });
            at = next;
            continue;
        }
        let reach = end.min(at + SEARCHED);
        let Some(next) = (at + 1..reach).find(|next| block(store, *next, end).is_some()) else { break };
        out.push(Stretch::Damaged);
        at = next;
    }
    out
}

/// The offset at which the blocks end, from the store's footer if it is plausible.
fn blocks_end(store: &[u8]) -> usize {
    const FOOTER: usize = 28;
    let footer = store.len().saturating_sub(FOOTER);
    let told = store.get(footer + 4..footer + 12).and_then(|bytes| Some(u64::from_le_bytes(bytes.try_into().ok()?)));
    told.and_then(|told| usize::try_from(told).ok()).filter(|told| *told <= footer).unwrap_or(store.len())
}

/// The content of the block at `at`, and the offset of the next block. `None` if there is no sound block at `at`.
pub(super) fn block(store: &[u8], at: usize, end: usize) -> Option<(Vec<u8>, usize)> {
    let store = store.get(..end)?;
    let size = u32_at(store, at)? as usize;
    let mut from = at + 4;
    // One byte of LZ4 produces at most 255 bytes.
    if !(8..=LARGEST).contains(&size) || size / 255 > store.len() - from {
        return None;
    }
    let mut out: Vec<u8> = Vec::with_capacity(size.min(1 << 16));
    loop {
        let token = *store.get(from)?;
        from += 1;
        let literals = length(store, &mut from, token >> 4)?;
        let literals = store.get(from..from.checked_add(literals)?)?;
        from += literals.len();
        out.extend_from_slice(literals);
        if out.len() >= size {
            return (out.len() == size && count(&out) > 0).then_some((out, from));
        }
        let back = usize::from(u16::from_le_bytes([*store.get(from)?, *store.get(from + 1)?]));
        from += 2;
        let matched = length(store, &mut from, token & 15)? + 4;
        if back == 0 || back > out.len() || matched > size - out.len() {
            return None;
        }
        // A match may overlap the bytes that it produces.
        for _ in 0..matched {
            out.push(out[out.len() - back]);
        }
    }
}

/// Reads an LZ4 length: four bits, then bytes that are added as long as each is 255.
fn length(store: &[u8], from: &mut usize, nibble: u8) -> Option<usize> {
    let mut length = usize::from(nibble);
    if nibble < 15 {
        return Some(length);
    }
    loop {
        let byte = *store.get(*from)?;
        *from += 1;
        length = length.checked_add(usize::from(byte))?;
        if byte < 255 {
            return Some(length);
        }
    }
}

/// The number of documents in a block's content; 0 if it is not the content of a block.
fn count(content: &[u8]) -> u32 {
    let known = || {
        let count = u32_at(content, content.len().checked_sub(4)?)?;
        let index = content.len().checked_sub((count as usize).checked_add(1)?.checked_mul(4)?)?;
        let starts = (0..count as usize).map(|i| u32_at(content, index + i * 4));
        let mut last = 0;
        let rises = starts.enumerate().all(|(i, start)| {
            let fits =
                start.is_some_and(|start| start as usize <= index && (if i == 0 { start == 0 } else { start >= last }));
            last = start.unwrap_or(0);
            fits
        });
        rises.then_some(count)
    };
    known().unwrap_or(0)
}

/// The document with this number in a block's content.
pub(super) fn document(content: &[u8], number: u32, fields: Fields) -> Result<(Document, Extraction), Broken> {
    let bytes = || {
        let count = u32_at(content, content.len().checked_sub(4)?)? as usize;
        let index = content.len() - (count + 1) * 4;
        let start =
            |i: usize| if i < count { u32_at(content, index + i * 4).map(|at| at as usize) } else { Some(index) };
        content.get(start(number as usize)?..start(number as usize + 1)?)
    };
    let mut parts = Parts::default();
    let whole = bytes().and_then(|bytes| parts.read(bytes, fields)).is_some();
    match parts {
        Parts { text: Some(text), meta: Some(meta), found: Some(found) } if whole => open(text, meta, found),
        Parts { meta, .. } => Err(Broken::of(meta, "its bytes are no document")),
    }
}

/// The stored values of a document.
#[derive(Default)]
struct Parts<'c> {
    text: Option<&'c [u8]>,
    meta: Option<&'c [u8]>,
    found: Option<&'c [u8]>,
}

impl<'c> Parts<'c> {
    /// Reads the values: their number, then for each its column, type, length and bytes.
    fn read(&mut self, mut bytes: &'c [u8], fields: Fields) -> Option<()> {
        const TEXT: u8 = 0;
        const BYTES: u8 = 4;
        for _ in 0..number(&mut bytes)? {
            let column = u32_at(bytes, 0)?;
            let kind = *bytes.get(4)?;
            bytes = &bytes[5..];
            let length = usize::try_from(number(&mut bytes)?).ok()?;
            let value = bytes.get(..length)?;
            bytes = &bytes[length..];
            let slot = match column {
                _ if column == fields.body.field_id() && kind == TEXT => &mut self.text,
                _ if column == fields.meta.field_id() && kind == BYTES => &mut self.meta,
                _ if column == fields.found.field_id() && kind == BYTES => &mut self.found,
                _ => return None,
            };
            *slot = Some(value);
        }
        bytes.is_empty().then_some(())
    }
}

/// Reads a tantivy variable-length integer: seven bits a byte, lowest first. The last byte has its highest bit set.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 != 0 {
            return Some(number);
        }
    }
    None
}

/// The columns of a segment, by document number.
pub(super) struct Columns {
    key: Column<u64>,
    hash: Column<u64>,
    seq: Column<u64>,
    /// The number of documents.
    pub(super) documents: u32,
}

/// The numbers that identify a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) key: u64,
    pub(super) hash: u64,
    pub(super) seq: u64,
}

impl Columns {
    /// Reads the columns from a file without its footer.
    pub(super) fn open(file: OwnedBytes) -> Option<Columns> {
        let columns = ColumnarReader::open(FileSlice::new(Arc::new(file))).ok()?;
        let column = |name| columns.read_columns(name).ok()?.first()?.open_u64_lenient().ok().flatten();
        let (key, hash, seq) = (column("key")?, column("hash")?, column("seq")?);
        Some(Columns { key, hash, seq, documents: columns.num_docs() })
    }

    /// The numbers of the document with this number in the segment.
    pub(super) fn of(&self, number: u32) -> Option<Known> {
        let inside = number < self.documents;
        let first = |column: &Column<u64>| column.first(number).filter(|_| inside);
        Some(Known { key: first(&self.key)?, hash: first(&self.hash)?, seq: first(&self.seq)? })
    }

    /// For each key, the numbers of the documents that have it.
    pub(super) fn by_key(&self) -> HashMap<u64, Vec<u32>> {
        let mut out: HashMap<u64, Vec<u32>> = HashMap::new();
        for number in 0..self.documents {
            if let Some(known) = self.of(number) {
                out.entry(known.key).or_default().push(number);
            }
        }
        out
    }
}

/// The live documents of a segment.
pub(super) enum Alive {
    /// All documents: none was deleted.
    All,
    /// The documents whose bit is set.
    These(Vec<u8>),
    /// The file of deletions cannot be read.
    Unknown,
}

impl Alive {
    /// Reads a file of deletions without its footer: the number of documents, then one bit for each, lowest first.
    /// `deleted` is the expected number of deletions, if known; it exposes a flipped bit.
    pub(super) fn open(file: &[u8], deleted: Option<u32>) -> Alive {
        let bits = || {
            let count = u32_at(file, 0)?;
            let bits = file.get(4..)?;
            let living = bits.iter().map(|byte| byte.count_ones()).sum::<u32>();
            let fits = deleted.is_none_or(|deleted| living.checked_add(deleted) == Some(count));
            (bits.len() == (count as usize).div_ceil(64) * 8 && fits).then(|| bits.to_vec())
        };
        bits().map_or(Alive::Unknown, Alive::These)
    }

    /// Whether a document is live, as far as is known.
    pub(super) fn has(&self, number: u32) -> bool {
        match self {
            Alive::All | Alive::Unknown => true,
            Alive::These(bits) => bits.get(number as usize / 8).is_some_and(|byte| byte >> (number % 8) & 1 == 1),
        }
    }
}
