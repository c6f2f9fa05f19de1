//! The statements to compare with: those of an index on disk, of which only the few that resemble a document are ever read,
//! and those that were added, with an index of their stems in memory.
//!
//! Statements have numbers: those of the index first, in its order, then those that were added.

use super::facts::Facts;
use super::held::HeldFacts;
use super::stems::forms;
use crate::document::Document;
use crate::extract::Extraction;
use crate::store::{self, Numbered, Shelf, StatementStore, StoreError};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Statements by number.
#[derive(Default)]
pub(super) struct Statements {
    all: Numbered<Statement>,
    spreads: Arc<Spreads>,
    /// For each stem the added statements that have it, in order.
    postings: FxHashMap<u64, Vec<u32>>,
    /// The length of each added statement, once all are there.
    lengths: OnceLock<Vec<f32>>,
}

/// A statement, read.
pub(super) struct Statement {
    pub document: Arc<Document>,
    pub extraction: Arc<Extraction>,
    pub facts: HeldFacts,
    /// Of a statement of the index: its length as a vector of its words.
    length: f32,
}

impl store::Statement for Statement {
    fn document(&self) -> &Document {
        &self.document
    }
}

/// Which statements have the stems of a document.
pub(super) struct Holders<'s> {
    of: BTreeMap<u64, Holder<'s>>,
    /// How many statements there are.
    all: usize,
}

/// The statements that have a stem.
struct Holder<'s> {
    count: usize,
    /// Their numbers; none where they are so many that they are not looked at.
    list: Option<Cow<'s, [u32]>>,
}

impl Statements {
    /// The statements of a store. They stay where they are.
    pub(super) fn over(store: Arc<dyn StatementStore>) -> Self {
        let spreads = Arc::new(Spreads::default());
        let own = spreads.clone();
        let shelf = Shelf::new(store, move |store, document, extraction| shelved(store, &own, document, extraction));
        Statements { all: Numbered::over(shelf), spreads, ..Statements::default() }
    }

    pub(super) fn add(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        let begun = Facts::begin(&document, &extraction);
        let facts = HeldFacts::of(begun, document.clone(), extraction.clone());
        self.lengths.take();
        let number = self.all.added().len() as u32;
        for stem in facts.stems() {
            self.postings.entry(*stem).or_default().push(number);
        }
        self.all.add(Statement { document, extraction, facts, length: 0.0 });
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// What kept statements of the store from being read: the first error since this was last asked.
    pub(super) fn sound(&self) -> Result<(), StoreError> {
        self.all.sound()
    }

    pub(super) fn damaged(&self) -> Vec<String> {
        self.all.damaged()
    }

    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.all.number(id)
    }

    pub(super) fn get(&self, number: u32) -> Option<Arc<Statement>> {
        self.all.get(number)
    }

    /// In days since 1970-01-01.
    pub(super) fn day(&self, number: u32) -> Option<i32> {
        self.all.day(number)
    }

    /// How often one statement must double to be as many as there are.
    pub(super) fn doublings(&self) -> f32 {
        (self.len() as f32).log2()
    }

    /// Which statements have the stems of a document. In the index words stand as they are written, so each is looked for
    /// in its regular forms.
    pub(super) fn holders(&self, document: &Document, facts: &Facts) -> Holders<'_> {
        let all = self.len();
        let Some(shelf) = self.all.shelf() else {
            let list = |stem: &u64| self.postings.get(stem).map_or(&[][..], Vec::as_slice);
            let holder = |stem: &u64| Holder { count: list(stem).len(), list: Some(Cow::Borrowed(list(stem))) };
            return Holders { of: facts.places.keys().map(|stem| (*stem, holder(stem))).collect(), all };
        };
        let first = self.all.first_added();
        let holder = |(stem, word): (u64, &str)| {
            let store = shelf.store();
            let count = shelf.sound(self.spreads.count(store, stem, word)).unwrap_or_default();
            let mut list = None;
            if count <= MOST_HOLDERS && count < is_common(store.len()) {
                let lists = forms(word).into_iter().filter_map(|form| shelf.sound(store.having(&form)));
                let mut all: Vec<u32> = lists.flatten().collect();
                all.sort_unstable();
                all.dedup();
                list = Some(all);
            }
            let added = self.postings.get(&stem).map_or(&[][..], Vec::as_slice);
            let count = list.as_ref().map_or(count, Vec::len) + added.len();
            list.iter_mut().for_each(|list| list.extend(added.iter().map(|number| first + number)));
            (stem, Holder { count, list: list.map(Cow::Owned) })
        };
        Holders { of: words(document, facts).into_iter().map(holder).collect(), all }
    }

    /// How much each of the statements `found`, that have such votes for what they share with a document, resembles it. Of
    /// those of the index only the most likely are looked at, also by `close`.
    pub(super) fn resemblance(
        &self,
        holders: &Holders,
        found: Vec<(u32, f32)>,
        close: &dyn Fn(u32) -> f32,
    ) -> Vec<(u32, f32)> {
        /// So many statements of the index are read for one document.
        const READ: usize = 64;
        let own = holders.length();
        let lengths = self.lengths.get_or_init(|| self.lengths());
        let (stored, added): (Vec<_>, Vec<_>) = found.into_iter().partition(|(s, _)| *s < self.all.first_added());
        let mut out: Vec<(u32, f32)> = Vec::new();
        if let Some(shelf) = self.all.shelf() {
            // The more words a statement has, the less it says that some are shared: their lengths as vectors grow about
            // so, as the number of different words does (Heaps' law).
            let likely = |(s, vote): (u32, f32)| (s, vote * close(s) / (shelf.store().length(s) as f32).powf(0.4));
            let mut likely: Vec<(u32, f32)> = stored.into_iter().map(likely).collect();
            let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            if likely.len() > READ {
                likely.select_nth_unstable_by(READ, order);
                likely.truncate(READ);
            }
            likely.sort_by(order);
            for (s, _) in likely {
                let Some(statement) = shelf.get(s) else { continue };
                let shared = holders.telling_stems().filter(|stem| statement.facts.has(*stem));
                let vote: f32 = shared.map(|stem| holders.weight(stem).powi(2)).sum();
                out.push((s, vote / (own * statement.length)));
            }
        }
        let length = |s: u32| lengths[(s - self.all.first_added()) as usize];
        out.extend(added.into_iter().map(|(s, vote)| (s, vote / (own * length(s)))));
        out
    }

    /// The length of each added statement, as a vector of its words.
    fn lengths(&self) -> Vec<f32> {
        let all = self.len();
        let squared = |stem: &u64| weight(all, self.postings.get(stem).map_or(0, Vec::len)).powi(2);
        let of = |statement: &Arc<Statement>| statement.facts.stems().iter().map(squared).sum::<f32>().sqrt();
        self.all.added().iter().map(of).collect()
    }
}

/// So many statements of an index a stem may have and still be looked for in them.
const MOST_HOLDERS: usize = 65_536;

/// What this many of so many statements have tells none of them from the others.
fn is_common(all: usize) -> usize {
    (all / 4).max(65)
}

/// How much a stem tells that so many of all statements have.
fn weight(all: usize, holders: usize) -> f32 {
    ((1.0 + all as f32) / holders.max(1) as f32).ln()
}

/// How widespread stems are in an index: what share of its documents have one, in any of its forms. What was asked once
/// is remembered.
#[derive(Default)]
struct Spreads(Mutex<FxHashMap<u64, f32>>);

impl Spreads {
    /// How many of the statements of an index have a stem, about; `word` is one with this stem.
    fn count(&self, store: &dyn StatementStore, stem: u64, word: &str) -> Result<usize, StoreError> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = known().get(&stem).copied();
        let spread = match here {
            Some(spread) => spread,
            None => {
                let mut sum = 0.0;
                for form in forms(word) {
                    sum += store.spread(&form)?;
                }
                known().insert(stem, sum);
                sum
            }
        };
        Ok((spread.min(1.0) * store.len() as f32) as usize)
    }
}

/// A word for each telling stem of a document.
fn words<'d>(document: &'d Document, facts: &Facts) -> BTreeMap<u64, &'d str> {
    let telling = facts.words.iter().filter(|word| word.stem != 0);
    telling.map(|word| (word.stem, word.span.of(&document.text))).collect()
}

/// A statement of the index, with the length that it has by how widespread its words are there.
fn shelved(
    store: &dyn StatementStore,
    spreads: &Spreads,
    document: Document,
    extraction: Extraction,
) -> Result<Statement, StoreError> {
    let begun = Facts::begin(&document, &extraction);
    let mut squared = 0.0;
    for (stem, word) in words(&document, &begun) {
        squared += weight(store.len(), spreads.count(store, stem, word)?).powi(2);
    }
    let (document, extraction) = (Arc::new(document), Arc::new(extraction));
    let facts = HeldFacts::of(begun, document.clone(), extraction.clone());
    Ok(Statement { document, extraction, facts, length: squared.sqrt() })
}

impl Holders<'_> {
    /// Whether a document has a stem that some statement has.
    pub(super) fn has(&self, stem: u64) -> bool {
        self.of.get(&stem).is_some_and(|holder| holder.count > 0)
    }

    /// The statements that have a stem of the document, unless they are too many.
    pub(super) fn list(&self, stem: u64) -> Option<&[u32]> {
        self.of.get(&stem)?.list.as_deref()
    }

    /// How much a stem of the document tells.
    pub(super) fn weight(&self, stem: u64) -> f32 {
        weight(self.all, self.of.get(&stem).map_or(0, |holder| holder.count))
    }

    /// The stems that tell statements from one another, with those that have them.
    pub(super) fn telling(&self) -> impl Iterator<Item = (u64, &[u32])> + '_ {
        self.telling_stems().filter_map(|stem| Some((stem, self.list(stem)?)))
    }

    fn telling_stems(&self) -> impl Iterator<Item = u64> + '_ {
        self.of.iter().filter(|(_, holder)| holder.count < is_common(self.all)).map(|(stem, _)| *stem)
    }

    /// The document's length, as a vector of its words.
    fn length(&self) -> f32 {
        self.of.values().map(|holder| weight(self.all, holder.count).powi(2)).sum::<f32>().sqrt()
    }
}
