//! The documents of one kind, by number, and search for consecutive words among them. It takes pieces of text and gives
//! the numbers of the documents that share their rarest shingles. Tracing uses it, since thousands of quotations are
//! compared with every statement. Checking uses it to find the documents that contain a word.
//!
//! A shingle is three consecutive words. It is searched for as a phrase in the words and positions that `body` has
//! anyway, so it needs no more space in the index. The cost of a phrase is known in advance: about as many steps as
//! there are documents with its rarest word. So shingles are searched for in order of cost, up to a limit: for a long
//! quotation, the few that contain its rare words; for `we will do what we can`, all of them.

use super::entry::key_of;
use super::error::{IndexError, guard};
use super::query::norms;
use super::{Index, filter::Filter};
use jiff::civil::Date;
use sayso_core::document::{Document, Kind};
use sayso_core::extract::Extraction;
use sayso_core::store::{Effort, StatementStore, StoreError};
use sayso_core::text::folding::folded;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, Searcher};

/// The number of words in a shingle.
const SIZE: usize = 3;

/// Marks a document that is not part of the roll.
const NONE: u32 = u32::MAX;

/// The documents of one kind in the order of first insertion, from the commit that was loaded last.
pub struct Roll {
    index: Arc<Index>,
    searcher: Searcher,
    addresses: Vec<DocAddress>,
    /// For each segment, the number of each of its documents.
    numbers: Vec<Vec<u32>>,
    /// For each segment, the column of days and the lengths of its documents.
    days: Vec<Column<i64>>,
    lengths: Vec<FieldNormReader>,
}

impl Index {
    /// The documents of a kind, by number. Uses four bytes of memory for each document of the index.
    pub fn roll(self: &Arc<Self>, kind: Kind) -> Result<Roll, IndexError> {
        let searcher = self.reader.searcher();
        let query = self.filtered(&Filter { kind: Some(kind), ..Filter::default() });
        let mut found = guard(&self.dir, || self.in_order(&searcher, query.as_ref()))?;
        found.sort_unstable();
        let mut numbers: Vec<Vec<u32>> =
            searcher.segment_readers().iter().map(|s| vec![NONE; s.max_doc() as usize]).collect();
        let addresses: Vec<DocAddress> = found.into_iter().map(|(_, address)| address).collect();
        for (number, address) in addresses.iter().enumerate() {
            numbers[address.segment_ord as usize][address.doc_id as usize] = number as u32;
        }
        let columns = || -> tantivy::Result<(Vec<Column<i64>>, Vec<FieldNormReader>)> {
            let segments = searcher.segment_readers().iter();
            let columns = segments.map(|s| Ok((s.fast_fields().i64("day")?, norms(s, self.fields.body)?)));
            columns.collect::<tantivy::Result<Vec<_>>>().map(|columns| columns.into_iter().unzip())
        };
        let (days, lengths) = guard(&self.dir, || columns().map_err(|error| IndexError::reading(&self.dir, error)))?;
        Ok(Roll { index: self.clone(), searcher, addresses, numbers, days, lengths })
    }
}

impl Roll {
    /// The number of documents.
    pub fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// The document with this number, which must be below [`Roll::len`].
    pub fn get(&self, number: u32) -> Result<(Document, Extraction), IndexError> {
        self.index.fetch(&self.searcher, self.addresses[number as usize])
    }

    /// The number of the document with this id, if it is of this kind. Ids are looked up by hash, so the caller may
    /// want to compare the id.
    pub fn number(&self, id: &str) -> Result<Option<u32>, IndexError> {
        let term = Term::from_field_u64(self.index.fields.key, key_of(id));
        let mut found = None;
        self.each(&TermQuery::new(term, IndexRecordOption::Basic), |number| found = Some(number))?;
        Ok(found)
    }

    /// The day of the document with this number, which must be below [`Roll::len`], in days since 1970-01-01.
    pub fn day(&self, number: u32) -> Option<i32> {
        let DocAddress { segment_ord, doc_id } = self.addresses[number as usize];
        i32::try_from(self.days[segment_ord as usize].first(doc_id)?).ok()
    }

    /// The approximate number of words in the document with this number, which must be below [`Roll::len`].
    pub fn length(&self, number: u32) -> u32 {
        let DocAddress { segment_ord, doc_id } = self.addresses[number as usize];
        self.lengths[segment_ord as usize].fieldnorm(doc_id)
    }

    /// The share of all documents of the index, of any kind, that contain this form of a word, from 0 to 1.
    pub fn spread(&self, word: &str) -> Result<f32, IndexError> {
        let Some(term) = self.term(word) else { return Ok(0.0) };
        let all = self.searcher.num_docs().max(1) as f32;
        let count = || self.searcher.doc_freq(&term).map_err(|error| IndexError::reading(&self.index.dir, error));
        Ok((guard(&self.index.dir, count)? as f32 / all).min(1.0))
    }

    /// The numbers of the documents that contain this form of a word, in ascending order.
    pub fn having(&self, word: &str) -> Result<Vec<u32>, IndexError> {
        let mut found = Vec::new();
        if let Some(term) = self.term(word) {
            self.each(&TermQuery::new(term, IndexRecordOption::Basic), |number| found.push(number))?;
            found.sort_unstable();
        }
        Ok(found)
    }

    /// The index term of a single word.
    fn term(&self, word: &str) -> Option<Term> {
        match folded(word).as_slice() {
            [word] => Some(Term::from_field_text(self.index.fields.body, word)),
            _ => None,
        }
    }

    /// The documents that a filter accepts, in the order of their numbers.
    pub fn matching(&self, filter: &Filter) -> Result<Vec<u32>, IndexError> {
        let mut found = Vec::new();
        self.each(self.index.filtered(filter).as_ref(), |number| found.push(number))?;
        found.sort_unstable();
        Ok(found)
    }

    /// The documents that share shingles with `pieces`, in ascending order of number. Each piece is a text without
    /// gaps. The weight of a document is a sum over the shared shingles; rare ones count more.
    pub fn holding(&self, pieces: &[&str], effort: Effort) -> Result<Vec<(u32, f32)>, IndexError> {
        let shingles =
            guard(&self.index.dir, || self.shingles(pieces).map_err(|e| IndexError::reading(&self.index.dir, e)))?;
        let mut weights: BTreeMap<u32, f32> = BTreeMap::new();
        let mut spent = 0;
        for (n, (cost, terms)) in shingles.into_iter().take(effort.shingles).enumerate() {
            spent += cost;
            if n > 0 && spent > effort.postings {
                break;
            }
            let mut holders = Vec::new();
            let query: Box<dyn Query> = match terms.len() {
                1 => Box::new(TermQuery::new(terms[0].clone(), IndexRecordOption::Basic)),
                _ => Box::new(PhraseQuery::new(terms)),
            };
            self.each(query.as_ref(), |number| holders.push(number))?;
            let weight = 1.0 / (1.0 + holders.len() as f32).log2();
            holders.into_iter().for_each(|number| *weights.entry(number).or_default() += weight);
        }
        Ok(weights.into_iter().collect())
    }

    /// The shingles whose words are all in the index, each once, with the number of documents that contain the rarest
    /// word. Cheapest first.
    fn shingles(&self, pieces: &[&str]) -> tantivy::Result<Vec<(u64, Vec<Term>)>> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        let mut out: Vec<(u64, Vec<Term>)> = Vec::new();
        for piece in pieces {
            let words = folded(piece);
            for word in &words {
                if !counts.contains_key(word) {
                    let term = Term::from_field_text(self.index.fields.body, word);
                    counts.insert(word.clone(), self.searcher.doc_freq(&term)?);
                }
            }
            for shingle in words.windows(SIZE.min(words.len().max(1))) {
                let cost = shingle.iter().map(|word| counts[word]).min().unwrap_or(0);
                if cost > 0 {
                    let term = |word: &String| Term::from_field_text(self.index.fields.body, word);
                    out.push((cost, shingle.iter().map(term).collect()));
                }
            }
        }
        out.sort();
        out.dedup();
        Ok(out)
    }

    /// Calls `seen` with the number of each document of the roll that a query matches.
    fn each(&self, query: &dyn Query, mut seen: impl FnMut(u32)) -> Result<(), IndexError> {
        let mut collect = || -> tantivy::Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
            for (segment, numbers) in self.searcher.segment_readers().iter().zip(&self.numbers) {
                weight.for_each_no_score(segment, &mut |docs| {
                    docs.iter().map(|doc| numbers[*doc as usize]).filter(|number| *number != NONE).for_each(&mut seen);
                })?;
            }
            Ok(())
        };
        guard(&self.index.dir, || collect().map_err(|e| IndexError::reading(&self.index.dir, e)))
    }
}

/// The statements of an index, as [`check`](sayso_core::check()) and [`trace`](sayso_core::trace()) query them.
impl StatementStore for Roll {
    fn len(&self) -> usize {
        Roll::len(self)
    }

    fn get(&self, number: u32) -> Result<(Document, Extraction), StoreError> {
        Roll::get(self, number).map_err(|error| match error {
            IndexError::Damaged { .. } => StoreError::damaged(error),
            _ => StoreError::new(error),
        })
    }

    fn number(&self, id: &str) -> Result<Option<u32>, StoreError> {
        Roll::number(self, id).map_err(StoreError::new)
    }

    fn day(&self, number: u32) -> Option<i32> {
        Roll::day(self, number)
    }

    fn length(&self, number: u32) -> u32 {
        Roll::length(self, number)
    }

    fn spread(&self, word: &str) -> Result<f32, StoreError> {
        Roll::spread(self, word).map_err(StoreError::new)
    }

    fn having(&self, word: &str) -> Result<Vec<u32>, StoreError> {
        Roll::having(self, word).map_err(StoreError::new)
    }

    fn holding(&self, pieces: &[&str], effort: Effort) -> Result<Vec<(u32, f32)>, StoreError> {
        Roll::holding(self, pieces, effort).map_err(StoreError::new)
    }

    fn issued(&self, speaker: &str, since: Date, until: Date) -> Result<Vec<u32>, StoreError> {
        let filter = Filter {
            kind: Some(Kind::Statement),
            speaker: Some(speaker.to_owned()),
            since: Some(since),
            until: Some(until),
            ..Filter::default()
        };
        self.matching(&filter).map_err(StoreError::new)
    }
}
