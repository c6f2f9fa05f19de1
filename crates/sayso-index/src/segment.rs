//! What the files of a segment hold, read without the rest of the index: for a repair, when what names the segments, or
//! what says where a document stands in its store, is damaged. Each document is found by itself and proved by its seal
//! ([`super::entry`]), so that a damaged stretch costs the documents that stand in it and no other.
//!
//! A file of tantivy's ends in a footer (its checksum, as JSON). A store is a row of blocks: each the size of its content
//! (four bytes, the lowest first), then that content in the LZ4 block format
//! (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md>). The content is documents, then where each begins, then how
//! many there are. Where a block cannot be read, the next place at which one can be is sought, byte by byte.

use super::entry::{Broken, open, u32_at};
use super::schema::Fields;
use sayso_core::document::Document;
use sayso_core::extract::Extraction;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::columnar::{Column, ColumnarReader};
use tantivy::directory::{FileSlice, OwnedBytes};

/// A block with more content than this was never written: a document has at most 512 MiB of text.
const LARGEST: usize = 2 << 30;
/// How much of a damaged store is searched for the next block.
const SEARCHED: usize = 64 << 20;

/// Whether this is how the files of a segment are named, before their ending.
pub(super) fn is_segment(stem: &str) -> bool {
    stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The body of a file: without the footer, also where the footer is damaged.
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

/// A place in a store at which documents can be read, or not.
pub(super) enum Stretch {
    /// A block, by the place at which it begins, and how many documents it has.
    Block { at: usize, documents: u32 },
    /// Bytes that are no block.
    Damaged,
}

impl Stretch {
    /// How many documents it has, as far as is known.
    pub(super) fn documents(&self) -> u32 {
        match self {
            Stretch::Block { documents, .. } => *documents,
            Stretch::Damaged => 0,
        }
    }
}

/// The stretches of a store, in order. `store` is without its footer.
pub(super) fn stretches(store: &[u8]) -> Vec<Stretch> {
    let count = |stretches: &[Stretch]| stretches.iter().map(Stretch::documents).sum::<u32>();
    let is_whole = |stretches: &[Stretch]| stretches.iter().all(|stretch| matches!(stretch, Stretch::Block { .. }));
    let told = stretches_until(store, blocks_end(store));
    if is_whole(&told) && !told.is_empty() {
        return told;
    }
    // The list of blocks and the store's own footer stand behind the last block and decode as nothing.
    let all = stretches_until(store, store.len());
    if count(&all) > count(&told) { all } else { told }
}

/// The same, as far as `end`; what is damaged at its end is left out.
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

/// Where the blocks end: the store's footer says so, if it can be believed.
fn blocks_end(store: &[u8]) -> usize {
    const FOOTER: usize = 28;
    let footer = store.len().saturating_sub(FOOTER);
    let told = store.get(footer + 4..footer + 12).and_then(|bytes| Some(u64::from_le_bytes(bytes.try_into().ok()?)));
    told.and_then(|told| usize::try_from(told).ok()).filter(|told| *told <= footer).unwrap_or(store.len())
}

/// The content of the block that begins at `at`, and where the next one begins; none where no sound block does.
pub(super) fn block(store: &[u8], at: usize, end: usize) -> Option<(Vec<u8>, usize)> {
    let store = store.get(..end)?;
    let size = u32_at(store, at)? as usize;
    let mut from = at + 4;
    // No byte of LZ4 makes more than 255.
    if size < 8 || size > LARGEST || size / 255 > store.len() - from {
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
        // The bytes that are copied may be those that are just being written.
        for _ in 0..matched {
            out.push(out[out.len() - back]);
        }
    }
}

/// A length of LZ4: four bits, and bytes that are added while they are 255.
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

/// How many documents a block's content has; 0 where it is none.
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

/// The document of a number in a block's content.
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
    /// Reads them: how many there are, then for each its column, its type, its length and its bytes.
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

/// A number of tantivy's: seven bits a byte, the lowest first; the last has its highest bit set.
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

/// What a segment's columns say of its documents, by their number.
pub(super) struct Columns {
    key: Column<u64>,
    hash: Column<u64>,
    seq: Column<u64>,
    /// How many documents there are.
    pub(super) documents: u32,
}

/// What a document is known by.
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

    /// Those of the document of a number.
    pub(super) fn of(&self, number: u32) -> Option<Known> {
        let inside = number < self.documents;
        let first = |column: &Column<u64>| column.first(number).filter(|_| inside);
        Some(Known { key: first(&self.key)?, hash: first(&self.hash)?, seq: first(&self.seq)? })
    }

    /// The numbers of the documents of each key.
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

/// Which documents of a segment live.
pub(super) enum Alive {
    /// All: none was deleted.
    All,
    /// Those whose bit is set.
    These(Vec<u8>),
    /// It cannot be read.
    Unknown,
}

impl Alive {
    /// From a file of deletions without its footer: the number of documents, then a bit for each, the lowest first. So many
    /// must be deleted, where that is known: a flipped bit shows.
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

    /// Whether a document lives, as far as is known.
    pub(super) fn has(&self, number: u32) -> bool {
        match self {
            Alive::All | Alive::Unknown => true,
            Alive::These(bits) => bits.get(number as usize / 8).is_some_and(|byte| byte >> (number % 8) & 1 == 1),
        }
    }
}
