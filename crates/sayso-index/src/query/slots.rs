//! Postings with positions, and rows of them. For each word of a phrase, a slot holds the postings of all its permitted
//! forms. The slots are walked together from document to document, to the places where the words are arranged as
//! required.

use super::places::{in_a_row, near, together};
use tantivy::postings::TermInfo;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

/// If a slot has more lists than this, they are read at once and sorted.
const MANY: usize = 24;

/// The positions of one word of a row, in any of its forms.
pub(crate) enum Slot {
    Lists(Vec<SegmentPostings>),
    /// Pairs of document and position, in order, and the number that have been read.
    Pairs(Vec<u64>, usize),
}

impl Slot {
    /// Opens the postings of these terms.
    pub(crate) fn of(index: &InvertedIndexReader, terms: &[TermInfo]) -> std::io::Result<Slot> {
        let lists =
            terms.iter().map(|t| index.read_postings_from_terminfo(t, IndexRecordOption::WithFreqsAndPositions));
        if terms.len() <= MANY {
            return Ok(Slot::Lists(lists.collect::<std::io::Result<_>>()?));
        }
        let (mut pairs, mut positions) = (Vec::new(), Vec::new());
        for list in lists {
            let mut list = list?;
            while list.doc() != TERMINATED {
                list.positions(&mut positions);
                pairs.extend(positions.iter().map(|position| u64::from(list.doc()) << 32 | u64::from(*position)));
                list.advance();
            }
        }
        pairs.sort_unstable();
        Ok(Slot::Pairs(pairs, 0))
    }

    fn doc(&self) -> DocId {
        match self {
            Slot::Lists(lists) => lists.iter().map(|list| list.doc()).min().unwrap_or(TERMINATED),
            Slot::Pairs(pairs, at) => pairs.get(*at).map_or(TERMINATED, |pair| (pair >> 32) as u32),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Slot::Lists(lists) => {
                let mut next = TERMINATED;
                for list in lists {
                    let doc = if list.doc() < target { list.seek(target) } else { list.doc() };
                    next = next.min(doc);
                }
                next
            }
            Slot::Pairs(pairs, at) => {
                *at += pairs[*at..].partition_point(|pair| ((pair >> 32) as u32) < target);
                self.doc()
            }
        }
    }

    /// The positions in the document `doc`, at which the slot must be.
    fn positions(&mut self, doc: DocId, into: &mut Vec<u32>) {
        into.clear();
        match self {
            Slot::Lists(lists) => {
                let mut several = false;
                for list in lists.iter_mut().filter(|list| list.doc() == doc) {
                    several |= !into.is_empty();
                    list.append_positions_with_offset(0, into);
                }
                if several {
                    into.sort_unstable();
                }
            }
            Slot::Pairs(pairs, at) => {
                let of = pairs[*at..].iter().take_while(|pair| (*pair >> 32) as u32 == doc);
                into.extend(of.map(|pair| *pair as u32));
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Slot::Lists(lists) => lists.iter().map(|list| u64::from(list.doc_freq())).sum(),
            Slot::Pairs(pairs, _) => pairs.len() as u64,
        }
    }
}

/// The required arrangement of a row's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Consecutive.
    Row,
    /// At most this many steps out of place.
    Near(u32),
    /// At the same position.
    Together,
}

/// The words of a row, walked together.
pub(crate) struct Row {
    slots: Vec<Slot>,
    /// The slots, those with the fewest documents first.
    order: Vec<usize>,
    shape: Shape,
    positions: Vec<Vec<u32>>,
}

impl Row {
    pub(crate) fn new(slots: Vec<Slot>, shape: Shape) -> Row {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|i| slots[*i].cost());
        Row { positions: vec![Vec::new(); slots.len()], slots, order, shape }
    }

    /// The first document from `target` on that contains all words. Does not look at their positions.
    pub(crate) fn seek(&mut self, mut target: DocId) -> DocId {
        'again: loop {
            for i in &self.order {
                let doc = self.slots[*i].seek(target);
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > target {
                    target = doc;
                    if *i != self.order[0] {
                        continue 'again;
                    }
                }
            }
            return target;
        }
    }

    /// Calls `found` with the first and last position of each match in the document that [`Row::seek`] returned.
    pub(crate) fn places(&mut self, doc: DocId, mut found: impl FnMut(u32, u32)) {
        for (slot, positions) in self.slots.iter_mut().zip(&mut self.positions) {
            slot.positions(doc, positions);
        }
        match self.shape {
            Shape::Row => in_a_row(&self.positions, &mut found),
            Shape::Near(slop) => near(&self.positions, slop, &mut found),
            Shape::Together => together(&self.positions, |at| found(at, at)),
        }
    }

    /// Whether the row is a single word, in any of its forms.
    pub(crate) fn is_word(&self) -> bool {
        self.slots.len() == 1
    }

    /// For a row of one word, its frequency in the document that [`Row::seek`] returned.
    pub(crate) fn times(&self, doc: DocId) -> u32 {
        match &self.slots[0] {
            Slot::Lists(lists) => lists.iter().filter(|list| list.doc() == doc).map(|list| list.term_freq()).sum(),
            Slot::Pairs(pairs, at) => pairs[*at..].iter().take_while(|pair| (*pair >> 32) as u32 == doc).count() as u32,
        }
    }

    pub(crate) fn cost(&self) -> u64 {
        self.order.first().map_or(0, |i| self.slots[*i].cost())
    }
}
