//! Leaves of a query that need more than the documents of some words: phrases, near words, patterns, words in a given
//! part of the text or by a given speaker, and figures. They are answered from postings, positions and the column of
//! zones; no document is read.

use super::FigureTest;
use super::pattern::Pattern;
use super::slots::{Row, Shape, Slot};
use crate::figures::{stated, stretches};
use crate::zones::{Confine, NAMES_OF_ONE, Within, Zone, ZoneKind};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED};

/// The index terms that match one word of a row.
#[derive(Clone, Debug)]
pub(crate) enum Terms {
    /// Any of these.
    Forms(Vec<String>),
    /// The terms that match a pattern.
    Pattern(Pattern),
    /// Figures that have any of these keys and whose value matches the test.
    Figures(Vec<String>, FigureTest),
}

/// A leaf of a query.
#[derive(Clone, Debug)]
pub(crate) struct LeafQuery {
    /// The column that contains the words.
    pub field: Field,
    pub row: Arc<[Terms]>,
    pub shape: Shape,
    pub within: Within,
    /// The column `speakers` and the folded names of the speaker who is searched for. Any of the names may match.
    pub speaker: Option<(Field, Arc<[Vec<String>]>)>,
}

/// A leaf, prepared for one segment.
pub(crate) enum LeafWalk {
    /// A set of documents, one bit for each, if positions do not matter.
    Documents(Vec<u64>),
    Places(Box<Places>),
}

impl LeafQuery {
    /// The weight that scores its words. `None` if it consists of patterns or figures only.
    pub(crate) fn weight(&self, searcher: &Searcher) -> tantivy::Result<Option<Bm25Weight>> {
        let first = |terms: &Terms| match terms {
            Terms::Forms(forms) => forms.first().map(|word| Term::from_field_text(self.field, word)),
            _ => None,
        };
        let terms: Vec<Term> = self.row.iter().filter_map(first).collect();
        (!terms.is_empty()).then(|| Bm25Weight::for_terms(searcher, &terms)).transpose()
    }

    /// Prepares the leaf for a segment. `None` if the segment lacks one of its words. Without a weight, every score is
    /// `boost`.
    pub(crate) fn walk(
        &self,
        segment: &SegmentReader,
        boost: Score,
        weight: Option<Bm25Weight>,
    ) -> tantivy::Result<Option<LeafWalk>> {
        if self.row.len() == 1 && self.within.is_anywhere() && !matches!(self.row[0], Terms::Forms(_)) {
            return self.documents(segment).map(LeafWalk::Documents).map(Some);
        }
        let Some(row) = self.row(segment)? else { return Ok(None) };
        let names = self.names(segment)?;
        if self.within.asks_who() && names.is_empty() {
            return Ok(None);
        }
        Ok(Some(LeafWalk::Places(Box::new(Places {
            row,
            names,
            within: self.within,
            zones: segment.fast_fields().u64("zones")?,
            weight,
            norms: norms(segment, self.field)?,
            boost,
            doc: None,
            places: 0,
            zones_here: Vec::new(),
            whos: Vec::new(),
        }))))
    }

    fn row(&self, segment: &SegmentReader) -> tantivy::Result<Option<Row>> {
        let index = segment.inverted_index(self.field)?;
        let mut slots = Vec::with_capacity(self.row.len());
        for terms in self.row.iter() {
            let infos = infos(&index, self.field, terms)?;
            if infos.is_empty() {
                return Ok(None);
            }
            slots.push(Slot::of(&index, &infos)?);
        }
        Ok(Some(Row::new(slots, self.shape)))
    }

    fn names(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Row>> {
        let Some((field, names)) = &self.speaker else { return Ok(Vec::new()) };
        let index = segment.inverted_index(*field)?;
        let mut rows = Vec::new();
        for name in names.iter() {
            let words = name.iter().map(|word| infos(&index, *field, &Terms::Forms(vec![word.clone()])));
            let words = words.collect::<tantivy::Result<Vec<_>>>()?;
            if !words.is_empty() && words.iter().all(|infos| !infos.is_empty()) {
                let slots = words.iter().map(|infos| Slot::of(&index, infos)).collect::<std::io::Result<_>>()?;
                rows.push(Row::new(slots, Shape::Row));
            }
        }
        Ok(rows)
    }

    fn documents(&self, segment: &SegmentReader) -> tantivy::Result<Vec<u64>> {
        let index = segment.inverted_index(self.field)?;
        let mut found = vec![0; segment.max_doc().div_ceil(64) as usize];
        for info in infos(&index, self.field, &self.row[0])? {
            let mut list = index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !list.docs().is_empty() {
                list.docs().iter().for_each(|doc| found[*doc as usize / 64] |= 1 << (doc % 64));
                list.advance();
            }
        }
        Ok(found)
    }
}

/// The field lengths of a segment's documents in a column. All lengths are equal if the column does not store them.
pub(crate) fn norms(segment: &SegmentReader, field: Field) -> tantivy::Result<FieldNormReader> {
    let kept = segment.fieldnorms_readers().get_field(field)?;
    Ok(kept.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)))
}

/// The terms of the segment that match a word.
fn infos(index: &InvertedIndexReader, field: Field, terms: &Terms) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    match terms {
        Terms::Forms(forms) => {
            for form in forms {
                found.extend(index.get_term_info(&Term::from_field_text(field, form))?);
            }
        }
        Terms::Pattern(pattern) => {
            let mut stream = index.terms().search(pattern).into_stream()?;
            while stream.advance() {
                found.push(stream.value().clone());
            }
        }
        Terms::Figures(keys, test) => {
            let (low, high) = test.bounds();
            for key in keys {
                for (from, to) in stretches(key, low, high) {
                    let mut stream = index.terms().range().ge(from).lt(to).into_stream()?;
                    while stream.advance() {
                        if stated(key, stream.key()).is_some_and(|stated| test.fits(stated)) {
                            found.push(stream.value().clone());
                        }
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The matches of a leaf in a segment, document by document.
pub(crate) struct Places {
    row: Row,
    names: Vec<Row>,
    within: Within,
    zones: Column<u64>,
    weight: Option<Bm25Weight>,
    norms: FieldNormReader,
    boost: Score,
    /// The document at which [`Places::next`] is.
    doc: Option<DocId>,
    /// The number of matches in that document.
    places: u32,
    zones_here: Vec<Zone>,
    whos: Vec<u16>,
}

impl Places {
    /// The first matching document from `target` on. `target` must not be before the previous one.
    pub(crate) fn next(&mut self, target: DocId) -> DocId {
        let mut doc = match self.doc {
            Some(doc) if doc >= target => return doc,
            _ => target,
        };
        loop {
            doc = self.candidate(doc);
            if doc == TERMINATED || self.count(doc) > 0 {
                self.doc = Some(doc);
                return doc;
            }
            doc += 1;
        }
    }

    /// Whether this document matches. `doc` must not be before the previous one.
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        self.candidate(doc) == doc && self.count(doc) > 0
    }

    /// The first document from `target` on that contains the words and the name of the speaker.
    fn candidate(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = self.row.seek(target);
            if !self.within.asks_who() || doc == TERMINATED {
                return doc;
            }
            target = self.names.iter_mut().map(|name| name.seek(doc)).min().unwrap_or(TERMINATED);
            if target == doc || target == TERMINATED {
                return target;
            }
        }
    }

    /// The number of matches in the document that are in permitted places.
    fn count(&mut self, doc: DocId) -> u32 {
        self.places = self.places_in(doc);
        self.places
    }

    fn places_in(&mut self, doc: DocId) -> u32 {
        self.whos.clear();
        if self.within.asks_who() {
            for name in &mut self.names {
                if name.seek(doc) == doc {
                    name.places(doc, |first, _| self.whos.push((first / NAMES_OF_ONE) as u16));
                }
            }
            if self.whos.is_empty() {
                return 0;
            }
            self.whos.sort_unstable();
        }
        self.zones_here.clear();
        let first = || self.zones.first(doc).map(Zone::unpack);
        if self.within.part == Confine::Headline && first().is_none_or(|zone| zone.part != ZoneKind::Headline) {
            return 0;
        }
        if !self.within.is_anywhere() {
            self.zones_here.extend(self.zones.values_for_doc(doc).map(Zone::unpack));
        }
        let (zones, whos, within) = (&self.zones_here, &self.whos, self.within);
        match within.everywhere(zones) {
            Some(false) => return 0,
            // A single word matches as often as its postings say; no position is read.
            Some(true) if self.row.is_word() => return self.row.times(doc),
            _ => {}
        }
        let mut places = 0;
        self.row.places(doc, |first, last| places += u32::from(within.admits(zones, whos, first, last)));
        places
    }

    /// The score of the current document, which must match.
    pub(crate) fn score(&self, doc: DocId) -> Score {
        match &self.weight {
            Some(weight) => weight.score(self.norms.fieldnorm_id(doc), self.places),
            None => self.boost,
        }
    }

    /// The approximate number of steps for all documents.
    pub(crate) fn cost(&self) -> u64 {
        self.row.cost().saturating_mul(16)
    }
}
