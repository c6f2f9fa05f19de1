//! Where [`check`](crate::check()) and [`trace`](crate::trace()) find statements: a [`StatementStore`] is asked for the few
//! statements that may matter, and a [`Shelf`] keeps those read last in memory, so that a store of any size can be drawn on.

use crate::document::Document;
use crate::extract::Extraction;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Statements on disk or elsewhere, by number: the first is 0. Words and names are compared as people write them: the
/// store folds case, accents and quote glyphs.
pub trait StatementStore: Send + Sync {
    /// How many statements there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The statement of a number below [`StatementStore::len`], with what was found in it.
    fn get(&self, number: u32) -> Result<(Document, Extraction), StoreError>;

    /// The number of the statement of an id. A store may know ids by their hash: the caller compares.
    fn number(&self, id: &str) -> Result<Option<u32>, StoreError>;

    /// The day of the statement of a number below [`StatementStore::len`].
    fn day(&self, number: u32) -> Option<Date>;

    /// About how many words the statement of a number below [`StatementStore::len`] has.
    fn length(&self, number: u32) -> u32;

    /// What share of all documents, from 0 to 1, have a word in this form of it.
    fn spread(&self, word: &str) -> Result<f32, StoreError>;

    /// The numbers of the statements that have a word in this form of it; in order.
    fn having(&self, word: &str) -> Result<Vec<u32>, StoreError>;

    /// The statements that share shingles (three words in a row) with `pieces`, each a text without a gap in it, with a
    /// weight: the sum over shared shingles, rare ones counting more. In the order of their numbers.
    fn holding(&self, pieces: &[&str], effort: Effort) -> Result<Vec<(u32, f32)>, StoreError>;

    /// The statements issued by a speaker of this name from one day to another, both included; in order.
    fn issued(&self, speaker: &str, since: Date, until: Date) -> Result<Vec<u32>, StoreError>;
}

/// How much a search for shared shingles may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// How many shingles are sought.
    pub shingles: usize,
    /// How many documents the rarest words of those shingles may have together; the first is sought in any case.
    pub postings: u64,
}

/// Why a store of statements could not be read. It shows as the store's own error.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(Box<dyn std::error::Error + Send + Sync>);

impl StoreError {
    /// Wraps the error of a store.
    pub fn new(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        StoreError(Box::new(error))
    }
}

/// A store whose statements are made into a `T` when they are read. May be shared between threads.
pub(crate) struct Shelf<T> {
    store: Arc<dyn StatementStore>,
    make: Box<Make<T>>,
    read: Mutex<Read<T>>,
    broken: Mutex<Option<StoreError>>,
}

/// Makes a statement, read from a store, into what its user needs.
type Make<T> = dyn Fn(&dyn StatementStore, Document, Extraction) -> Result<T, StoreError> + Send + Sync;

/// What was read last: in two halves, of which the older is dropped when the newer is full.
struct Read<T> {
    newer: HashMap<u32, Held<T>>,
    older: HashMap<u32, Held<T>>,
    bytes: usize,
}

/// What was made of a document, and how many bytes of text that has.
type Held<T> = (Arc<T>, usize);

/// How many bytes of text each half may hold.
const HALF: usize = 32 << 20;

impl<T> Shelf<T> {
    /// A shelf on which nothing was read yet.
    pub(crate) fn new(
        store: Arc<dyn StatementStore>,
        make: impl Fn(&dyn StatementStore, Document, Extraction) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Self {
        let read = Read { newer: HashMap::new(), older: HashMap::new(), bytes: 0 };
        Shelf { store, make: Box::new(make), read: Mutex::new(read), broken: Mutex::default() }
    }

    /// What it draws on.
    pub(crate) fn store(&self) -> &dyn StatementStore {
        self.store.as_ref()
    }

    /// What was made of the document of a number below [`StatementStore::len`]. None where it cannot be read: see
    /// [`Shelf::broken`].
    pub(crate) fn get(&self, number: u32) -> Option<Arc<T>> {
        if let Some(found) = self.lock().get(number) {
            return Some(found);
        }
        let (document, extraction) = self.sound(self.store.get(number))?;
        let bytes = document.text.len();
        let made = Arc::new(self.sound((self.make)(self.store.as_ref(), document, extraction))?);
        self.lock().keep(number, (made.clone(), bytes));
        Some(made)
    }

    /// The value of a result; an error is kept for [`Shelf::broken`].
    pub(crate) fn sound<V>(&self, result: Result<V, StoreError>) -> Option<V> {
        let keep = |error| {
            self.broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        };
        result.map_err(keep).ok()
    }

    /// What kept documents from being read: the first error since this was last asked.
    pub(crate) fn broken(&self) -> Option<StoreError> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn lock(&self) -> MutexGuard<'_, Read<T>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Read<T> {
    fn get(&mut self, number: u32) -> Option<Arc<T>> {
        if let Some((found, _)) = self.newer.get(&number) {
            return Some(found.clone());
        }
        let held = self.older.remove(&number)?;
        let found = held.0.clone();
        self.keep(number, held);
        Some(found)
    }

    fn keep(&mut self, number: u32, held: Held<T>) {
        self.bytes += held.1;
        self.newer.insert(number, held);
        if self.bytes > HALF {
            self.older = std::mem::take(&mut self.newer);
            self.bytes = 0;
        }
    }
}
