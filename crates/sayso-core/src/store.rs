//! Access to statements for [`check`](crate::check()) and [`trace`](crate::trace()). They ask a [`StatementStore`] for
//! the few statements that may matter, and a [`Shelf`] caches the most recent ones in memory, so a store can be of any
//! size.

mod memory;

pub use memory::MemoryStore;

use crate::document::{Document, day_number};
use crate::extract::Extraction;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Statements on disk or elsewhere, numbered from 0. Words and names are passed as people write them; the store folds
/// case, accents and quote glyphs.
///
/// ```
/// // The index of `sayso-index` is one, a `MemoryStore` another.
/// use sayso_core::{Document, Evidence, Extraction, MemoryStore, StatementStore};
/// use std::sync::Arc;
///
/// let mut store = MemoryStore::default();
/// store.add(Document::new("notice", "The pier is shut."), Extraction::default());
/// let store: Arc<dyn StatementStore> = Arc::new(store);
/// assert_eq!(store.having("pier")?, [0]);
/// let evidence = Evidence::over(store);
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
pub trait StatementStore: Send + Sync {
    /// The number of statements.
    fn len(&self) -> usize;

    /// Whether the store is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The statement with this number and its findings. The number must be below [`StatementStore::len`].
    fn get(&self, number: u32) -> Result<(Document, Extraction), StoreError>;

    /// The number of the statement with this id. A store may look ids up by hash, so the caller must compare the id.
    fn number(&self, id: &str) -> Result<Option<u32>, StoreError>;

    /// The day of the statement with this number, which must be below [`StatementStore::len`], in days since 1970-01-01.
    fn day(&self, number: u32) -> Option<i32>;

    /// The approximate number of words in the statement with this number, which must be below [`StatementStore::len`].
    fn length(&self, number: u32) -> u32;

    /// The share of all documents, from 0 to 1, that contain this form of a word.
    fn spread(&self, word: &str) -> Result<f32, StoreError>;

    /// The numbers of the statements that contain this form of a word, in ascending order.
    fn having(&self, word: &str) -> Result<Vec<u32>, StoreError>;

    /// The statements that share shingles (three consecutive words) with `pieces`, in ascending order of number. Each
    /// piece is a text without gaps. The weight of a statement is a sum over the shared shingles; rare ones count more.
    fn holding(&self, pieces: &[&str], effort: Effort) -> Result<Vec<(u32, f32)>, StoreError>;

    /// The statements that a speaker of this name issued from `since` to `until`, both days included, in ascending
    /// order.
    fn issued(&self, speaker: &str, since: Date, until: Date) -> Result<Vec<u32>, StoreError>;
}

/// A limit on the cost of a search for shared shingles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The maximum number of shingles to search for.
    pub shingles: usize,
    /// The maximum number of documents that the rarest words of those shingles may have together. The first shingle is
    /// always searched for.
    pub postings: u64,
}

/// A store of statements could not be read. Displays as the store's own error.
///
/// ```
/// use sayso_core::StoreError;
/// let error = StoreError::new(std::io::Error::other("the disk is gone"));
/// assert_eq!(error.to_string(), "the disk is gone");
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct StoreError {
    error: Box<dyn std::error::Error + Send + Sync>,
    /// Whether one statement alone is damaged.
    of_one: bool,
}

impl StoreError {
    /// Wraps the error of a store. Nothing can be compared with it.
    pub fn new(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        StoreError { error: Box::new(error), of_one: false }
    }

    /// Wraps the error of one statement that is damaged. It is left out, and named by [`Evidence::damaged`] and
    /// [`Sources::damaged`]; the others are compared with.
    ///
    /// [`Evidence::damaged`]: crate::Evidence::damaged
    /// [`Sources::damaged`]: crate::Sources::damaged
    pub fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        StoreError { error: Box::new(error), of_one: true }
    }
}

/// A cache over a store that turns each statement into a `T` when it is read. It can be shared between threads.
pub(crate) struct Shelf<T> {
    store: Arc<dyn StatementStore>,
    make: Box<Make<T>>,
    read: Mutex<Read<T>>,
    broken: Mutex<Option<StoreError>>,
    /// The errors of damaged statements, each once.
    damaged: Mutex<BTreeSet<String>>,
}

/// Turns a statement that was read from a store into a `T`.
type Make<T> = dyn Fn(&dyn StatementStore, Document, Extraction) -> Result<T, StoreError> + Send + Sync;

/// Statements by number: those of a store first, in its order, then those that were added.
pub(crate) struct Numbered<T> {
    stored: Option<Shelf<T>>,
    added: Vec<Arc<T>>,
    /// The days of those that were added.
    days: Vec<Option<i32>>,
    by_id: HashMap<String, u32>,
}

/// What a statement is turned into, as far as [`Numbered`] asks.
pub(crate) trait Statement {
    /// The statement.
    fn document(&self) -> &Document;
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { stored: None, added: Vec::new(), days: Vec::new(), by_id: HashMap::new() }
    }
}

impl<T: Statement> Numbered<T> {
    /// Those of a shelf.
    pub(crate) fn over(stored: Shelf<T>) -> Self {
        Numbered { stored: Some(stored), ..Numbered::default() }
    }

    /// Adds one; gives its position among those that were added.
    pub(crate) fn add(&mut self, one: T) -> u32 {
        let position = self.added.len() as u32;
        self.by_id.insert(one.document().id.clone(), position);
        self.days.push(one.document().day().map(day_number));
        self.added.push(Arc::new(one));
        position
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.first_added() as usize + self.added.len()
    }

    /// The number of the first that was added.
    pub(crate) fn first_added(&self) -> u32 {
        self.stored.as_ref().map_or(0, |shelf| shelf.store().len() as u32)
    }

    /// Those that were added, in order.
    pub(crate) fn added(&self) -> &[Arc<T>] {
        &self.added
    }

    /// The shelf, if there is a store.
    pub(crate) fn shelf(&self) -> Option<&Shelf<T>> {
        self.stored.as_ref()
    }

    /// The number of the statement with this id.
    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        let stored = || {
            let shelf = self.stored.as_ref()?;
            let number = shelf.sound(shelf.store().number(id))??;
            (shelf.get(number)?.document().id == id).then_some(number)
        };
        stored().or_else(|| self.by_id.get(id).map(|number| self.first_added() + number))
    }

    /// The statement with this number.
    pub(crate) fn get(&self, number: u32) -> Option<Arc<T>> {
        match (&self.stored, number.checked_sub(self.first_added())) {
            (_, Some(added)) => self.added.get(added as usize).cloned(),
            (Some(shelf), None) => shelf.get(number),
            (None, None) => None,
        }
    }

    /// The day of the statement with this number, in days since 1970-01-01.
    pub(crate) fn day(&self, number: u32) -> Option<i32> {
        match (&self.stored, number.checked_sub(self.first_added())) {
            (_, Some(added)) => *self.days.get(added as usize)?,
            (Some(shelf), None) => shelf.store().day(number),
            (None, None) => None,
        }
    }

    /// The errors of the damaged statements that were asked for so far, each once.
    pub(crate) fn damaged(&self) -> Vec<String> {
        self.stored.as_ref().map(Shelf::damaged).unwrap_or_default()
    }

    /// What kept statements of the store from being read: the first error since this was last asked.
    pub(crate) fn sound(&self) -> Result<(), StoreError> {
        self.stored.as_ref().and_then(Shelf::broken).map_or(Ok(()), Err)
    }
}

/// The most recently read statements, in two halves. When the newer half is full, the older one is dropped.
struct Read<T> {
    newer: HashMap<u32, Held<T>>,
    older: HashMap<u32, Held<T>>,
    bytes: usize,
}

/// The value made from a document, and the length of the document's text in bytes.
type Held<T> = (Arc<T>, usize);

/// The maximum length of the texts in each half, in bytes.
const HALF: usize = 32 << 20;

impl<T> Shelf<T> {
    /// An empty shelf.
    pub(crate) fn new(
        store: Arc<dyn StatementStore>,
        make: impl Fn(&dyn StatementStore, Document, Extraction) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Self {
        let read = Read { newer: HashMap::new(), older: HashMap::new(), bytes: 0 };
        Shelf {
            store,
            make: Box::new(make),
            read: Mutex::new(read),
            broken: Mutex::default(),
            damaged: Mutex::default(),
        }
    }

    /// The store behind the shelf.
    pub(crate) fn store(&self) -> &dyn StatementStore {
        self.store.as_ref()
    }

    /// The value made from the document with this number, which must be below [`StatementStore::len`]. `None` if the
    /// document cannot be read; [`Shelf::broken`] has the error.
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

    /// The value of a result. An error is kept for [`Shelf::broken`], or [`Shelf::damaged`] if it is that of one statement.
    pub(crate) fn sound<V>(&self, result: Result<V, StoreError>) -> Option<V> {
        let keep = |error: StoreError| {
            if error.of_one {
                self.damaged.lock().unwrap_or_else(PoisonError::into_inner).insert(error.to_string());
            } else {
                self.broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        };
        result.map_err(keep).ok()
    }

    /// The errors of the damaged statements that were asked for so far, each once, in alphabetical order.
    pub(crate) fn damaged(&self) -> Vec<String> {
        self.damaged.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Takes the first error since the last call: the reason why a document could not be read.
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
