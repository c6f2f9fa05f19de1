//! A leaf of a query as tantivy walks it, where tantivy's own queries cannot say it: words that must stand in a part of the
//! text or in somebody's mouth, phrases with open ends, near words, figures. All of it is answered from postings,
//! positions and the column of zones; no document is read.

use super::FigureTest;
use super::pattern::Pattern;
use super::slots::{Row, Shape, Slot};
use crate::index::figures::{stated, stretches};
use crate::index::zones::{NAMES_OF_ONE, Within, Zone};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, Bm25Weight, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{BitSet, DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError};

/// One word of a row, as terms of the index.
#[derive(Clone, Debug)]
pub(crate) enum Terms {
    /// Any of these.
    Forms(Vec<String>),
    /// Those that fit.
    Pattern(Pattern),
    /// Figures under any of these keys whose value fits the test.
    Figures(Vec<String>, FigureTest),
}

/// A leaf.
#[derive(Clone, Debug)]
pub(crate) struct LeafQuery {
    /// The column with the words.
    pub field: Field,
    pub row: Arc<[Terms]>,
    pub shape: Shape,
    pub within: Within,
    /// The column `speakers` and the folded names of whom is sought, any of which will do.
    pub speaker: Option<(Field, Arc<[Vec<String>]>)>,
}

impl Query for LeafQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { statistics_provider, .. } = scoring else {
            return Ok(Box::new(LeafWeight { leaf: self.clone(), bm25: None }));
        };
        let first = |terms: &Terms| match terms {
            Terms::Forms(forms) => forms.first().map(|word| Term::from_field_text(self.field, word)),
            _ => None,
        };
        let terms: Vec<Term> = self.row.iter().filter_map(first).collect();
        let bm25 = (!terms.is_empty()).then(|| Bm25Weight::for_terms(statistics_provider, &terms)).transpose()?;
        Ok(Box::new(LeafWeight { leaf: self.clone(), bm25 }))
    }
}

struct LeafWeight {
    leaf: LeafQuery,
    bm25: Option<Bm25Weight>,
}

impl LeafWeight {
    fn row(&self, segment: &SegmentReader) -> tantivy::Result<Option<Row>> {
        let index = segment.inverted_index(self.leaf.field)?;
        let mut slots = Vec::with_capacity(self.leaf.row.len());
        for terms in self.leaf.row.iter() {
            let infos = infos(&index, self.leaf.field, terms)?;
            if infos.is_empty() {
                return Ok(None);
            }
            slots.push(Slot::of(&index, &infos)?);
        }
        Ok(Some(Row::new(slots, self.leaf.shape)))
    }

    fn names(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Row>> {
        let Some((field, names)) = &self.leaf.speaker else { return Ok(Vec::new()) };
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

    /// Documents alone, where no position matters.
    fn documents(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = segment.inverted_index(self.leaf.field)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        for info in infos(&index, self.leaf.field, &self.leaf.row[0])? {
            let mut list = index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !list.docs().is_empty() {
                list.docs().iter().for_each(|doc| _ = found.insert(*doc));
                list.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }
}

/// The terms of a slot that the segment has.
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

impl Weight for LeafWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let leaf = &self.leaf;
        if leaf.row.len() == 1 && leaf.within.is_anywhere() && !matches!(leaf.row[0], Terms::Forms(_)) {
            return self.documents(segment, boost);
        }
        let Some(row) = self.row(segment)? else { return Ok(Box::new(EmptyScorer)) };
        let names = self.names(segment)?;
        if leaf.within.asks_who() && names.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let norms = segment.fieldnorms_readers().get_field(leaf.field)?;
        let mut scorer = LeafScorer {
            doc: 0,
            row,
            names,
            within: leaf.within,
            zones: segment.fast_fields().u64("zones")?,
            bm25: self.bm25.as_ref().map(|bm25| bm25.boost_by(boost)),
            norms: norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)),
            boost,
            places: 0,
            zones_here: Vec::new(),
            whos: Vec::new(),
        };
        scorer.go_to(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            return Ok(Explanation::new("words in their place", scorer.score()));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}

struct LeafScorer {
    doc: DocId,
    row: Row,
    names: Vec<Row>,
    within: Within,
    zones: Column<u64>,
    bm25: Option<Bm25Weight>,
    norms: FieldNormReader,
    boost: Score,
    /// How many places of the document match.
    places: u32,
    zones_here: Vec<Zone>,
    whos: Vec<u16>,
}

impl LeafScorer {
    /// Goes to the first document from `target` on that matches.
    fn go_to(&mut self, mut target: DocId) -> DocId {
        loop {
            let mut doc = self.row.seek(target);
            if self.within.asks_who() && doc != TERMINATED {
                let named = self.names.iter_mut().map(|name| name.seek(doc)).min().unwrap_or(TERMINATED);
                if named > doc {
                    target = named;
                    doc = named;
                    if named != TERMINATED {
                        continue;
                    }
                }
            }
            self.doc = doc;
            if doc == TERMINATED || self.holds() {
                return doc;
            }
            target = doc + 1;
        }
    }

    /// Counts the places of the document that stand where they must.
    fn holds(&mut self) -> bool {
        let doc = self.doc;
        self.whos.clear();
        if self.within.asks_who() {
            for name in &mut self.names {
                if name.seek(doc) == doc {
                    name.places(doc, |first, _| self.whos.push((first / NAMES_OF_ONE) as u16));
                }
            }
            if self.whos.is_empty() {
                return false;
            }
            self.whos.sort_unstable();
        }
        self.zones_here.clear();
        if !self.within.is_anywhere() {
            self.zones_here.extend(self.zones.values_for_doc(doc).map(Zone::unpack));
        }
        let (zones, whos, within) = (&self.zones_here, &self.whos, self.within);
        match within.everywhere(zones) {
            Some(false) => return false,
            // One word stands as often as the postings say; no position is read.
            Some(true) if self.row.is_word() => {
                self.places = self.row.times(doc);
                return true;
            }
            _ => {}
        }
        let mut places = 0;
        self.row.places(doc, |first, last| places += u32::from(within.admits(zones, whos, first, last)));
        self.places = places;
        places > 0
    }
}

impl DocSet for LeafScorer {
    fn advance(&mut self) -> DocId {
        match self.doc {
            TERMINATED => TERMINATED,
            doc => self.go_to(doc + 1),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self.doc {
            doc if doc >= target => doc,
            _ if target == TERMINATED => {
                self.doc = TERMINATED;
                TERMINATED
            }
            _ => self.go_to(target),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.row.cost()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.row.cost() * 4
    }
}

impl Scorer for LeafScorer {
    fn score(&mut self) -> Score {
        match &self.bm25 {
            Some(bm25) => bm25.score(self.norms.fieldnorm_id(self.doc), self.places),
            None => self.boost,
        }
    }
}
