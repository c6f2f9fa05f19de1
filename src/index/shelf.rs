//! The documents of a [`Roll`], read when they are asked for and made into what their user needs. Those asked for last
//! stay in memory, so that an index of any size can be drawn on.

use super::{IndexError, Roll};
use crate::document::Document;
use crate::extract::Extraction;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A roll whose documents are made into a `T` when they are read. May be shared between threads.
pub struct Shelf<T> {
    roll: Roll,
    make: Box<Make<T>>,
    read: Mutex<Read<T>>,
    broken: Mutex<Option<IndexError>>,
}

/// Makes a document, read from a roll, into what its user needs.
type Make<T> = dyn Fn(&Roll, Document, Extraction) -> Result<T, IndexError> + Send + Sync;

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
    pub fn new(
        roll: Roll,
        make: impl Fn(&Roll, Document, Extraction) -> Result<T, IndexError> + Send + Sync + 'static,
    ) -> Self {
        let read = Read { newer: HashMap::new(), older: HashMap::new(), bytes: 0 };
        Shelf { roll, make: Box::new(make), read: Mutex::new(read), broken: Mutex::default() }
    }

    /// What it draws on.
    pub fn roll(&self) -> &Roll {
        &self.roll
    }

    /// What was made of the document of a number below [`Roll::len`]. None where it cannot be read: see
    /// [`Shelf::broken`].
    pub fn get(&self, number: u32) -> Option<Arc<T>> {
        if let Some(found) = self.lock().get(number) {
            return Some(found);
        }
        let (document, extraction) = self.sound(self.roll.get(number))?;
        let bytes = document.text.len();
        let made = Arc::new(self.sound((self.make)(&self.roll, document, extraction))?);
        self.lock().keep(number, (made.clone(), bytes));
        Some(made)
    }

    /// The value of a result; an error is kept for [`Shelf::broken`].
    pub fn sound<V>(&self, result: Result<V, IndexError>) -> Option<V> {
        let keep = |error| {
            self.broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        };
        result.map_err(keep).ok()
    }

    /// What kept documents from being read: the first error since this was last asked.
    pub fn broken(&self) -> Option<IndexError> {
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
