//! Reading: all documents in the order of first insertion, those that a [`Filter`] accepts, or one by its id.

use super::Index;
use super::entry::{Broken, decode, key_of};
use super::error::{IndexError, guard};
use super::filter::Filter;
use super::manifest::Sum;
use super::query::{SearchQuery, days, phrase_in};
use sayso_core::document::Document;
use sayso_core::extract::Extraction;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, Searcher, TantivyDocument};

impl Index {
    /// What the last commit records about the whole index. `None` if the index was never written.
    pub fn sum(&self) -> Option<Sum> {
        let metas = self.inner.load_metas().ok()?;
        serde_json::from_str(&metas.payload?).ok()
    }

    /// The number that the next new document gets: numbers follow the order of first insertion, and a changed document keeps
    /// its own. Reads a few columns' bounds.
    pub fn next_number(&self) -> Result<u64, IndexError> {
        let searcher = self.reader.searcher();
        let last = |segment: &tantivy::SegmentReader| -> tantivy::Result<u64> {
            Ok(if segment.num_docs() == 0 { 0 } else { segment.fast_fields().u64("seq")?.max_value() + 1 })
        };
        guard(&self.dir, || {
            let all: tantivy::Result<Vec<u64>> = searcher.segment_readers().iter().map(last).collect();
            Ok(all.map_err(|e| IndexError::reading(&self.dir, e))?.into_iter().max().unwrap_or(0))
        })
    }

    /// The ids of the documents with this number or a later one, in that order.
    pub fn added_from(&self, number: u64) -> Result<Vec<String>, IndexError> {
        let query = SearchQuery { added_from: Some(number), limit: usize::MAX, places: 0, ..SearchQuery::default() };
        let mut ids = Vec::new();
        self.search_each(&query, |hit| -> Result<(), IndexError> {
            ids.push(hit.document.id);
            Ok(())
        })?;
        Ok(ids)
    }

    /// The documents that the filter accepts, with their extractions, in the order of first insertion. Reads the commit
    /// that was loaded last, even if another is written meanwhile. Uses 24 bytes of memory for each document.
    pub fn documents<'a>(
        &'a self,
        filter: &Filter,
    ) -> Result<impl Iterator<Item = Result<(Document, Extraction), IndexError>> + use<'a>, IndexError> {
        let searcher = self.reader.searcher();
        let query = self.filtered(filter);
        let mut found = guard(&self.dir, || self.in_order(&searcher, query.as_ref()))?;
        found.sort_unstable();
        Ok(found.into_iter().map(move |(_, address)| self.fetch(&searcher, address)))
    }

    /// The document with this id.
    pub fn get(&self, id: &str) -> Result<Option<(Document, Extraction)>, IndexError> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(Term::from_field_u64(self.fields.key, key_of(id)), IndexRecordOption::Basic);
        let found = guard(&self.dir, || self.in_order(&searcher, &query))?;
        let document = found.first().map(|(_, address)| self.fetch(&searcher, *address)).transpose()?;
        Ok(document.filter(|(document, _)| document.id == id))
    }

    /// Reads one document from the store and verifies its seal. A damaged one is [`IndexError::Damaged`].
    pub(super) fn fetch(&self, searcher: &Searcher, address: DocAddress) -> Result<(Document, Extraction), IndexError> {
        let segment = searcher.segment_reader(address.segment_ord).segment_id().uuid_string();
        let file = || self.dir.join(format!("{segment}.store"));
        let damaged = |doc: String, found: String| IndexError::Damaged { file: file(), doc, found };
        let read = || {
            let stored: TantivyDocument = searcher.doc(address).map_err(|e| IndexError::reading(&self.dir, e))?;
            Ok(decode(self.fields, &stored))
        };
        match guard(&self.dir, read) {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(Broken { id: Some(id), found })) => Err(damaged(id, found)),
            Ok(Err(Broken { id: None, found })) => Err(damaged(self.nameless(searcher, address), found)),
            // A store block that cannot be decompressed makes only its own documents unreadable.
            Err(IndexError::Corrupt { found, .. }) => Err(damaged(self.nameless(searcher, address), found)),
            Err(other) => Err(other),
        }
    }

    /// A description of a document whose id cannot be read.
    fn nameless(&self, searcher: &Searcher, address: DocAddress) -> String {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let seq = guard(&self.dir, || Ok(columns.u64("seq").ok().and_then(|seqs| seqs.first(address.doc_id))));
        match seq.ok().flatten() {
            Some(seq) => format!("number {} in the order of insertion", seq + 1),
            None => "whose id cannot be read".to_owned(),
        }
    }

    /// The documents that a query matches, each with its number in the order of first insertion.
    pub(super) fn in_order(
        &self,
        searcher: &Searcher,
        query: &dyn Query,
    ) -> Result<Vec<(u64, DocAddress)>, IndexError> {
        let collect = || -> tantivy::Result<Vec<(u64, DocAddress)>> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            let mut found = Vec::new();
            for (ord, segment) in searcher.segment_readers().iter().enumerate() {
                let seqs = segment.fast_fields().u64("seq")?;
                weight.for_each_no_score(segment, &mut |docs| {
                    let alive = docs.iter().filter(|doc| !segment.is_deleted(**doc));
                    found.extend(
                        alive.map(|doc| (seqs.first(*doc).unwrap_or(u64::MAX), DocAddress::new(ord as u32, *doc))),
                    );
                })?;
            }
            Ok(found)
        };
        collect().map_err(|e| IndexError::reading(&self.dir, e))
    }

    /// The documents that the filter accepts.
    pub(super) fn filtered(&self, filter: &Filter) -> Box<dyn Query> {
        let mut clauses = self.narrow(filter);
        match clauses.len() {
            0 => Box::new(AllQuery),
            1 => clauses.swap_remove(0),
            _ => Box::new(BooleanQuery::intersection(clauses)),
        }
    }

    /// The conditions of a filter.
    pub(super) fn narrow(&self, filter: &Filter) -> Vec<Box<dyn Query>> {
        let fields = self.fields;
        let mut clauses: Vec<Box<dyn Query>> = Vec::new();
        if let Some(kind) = filter.kind {
            let kind = Term::from_field_text(fields.kind, kind.name());
            clauses.push(Box::new(TermQuery::new(kind, IndexRecordOption::Basic)));
        }
        clauses.extend(filter.publisher.as_deref().map(|name| phrase_in(fields.publisher, name)));
        if let Some(name) = &filter.speaker {
            let names = [name].into_iter().chain(&filter.speaker_aliases);
            let mut any: Vec<_> = names.map(|name| phrase_in(fields.speakers, name)).collect();
            clauses.push(if any.len() == 1 { any.swap_remove(0) } else { Box::new(BooleanQuery::union(any)) });
        }
        if filter.since.is_some() || filter.until.is_some() {
            clauses.push(days(fields.day, filter.since, filter.until));
        }
        clauses
    }
}
