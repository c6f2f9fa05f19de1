//! The facts of a statement that is held to be compared with. Of many statements few are: their words are read, which tell what
//! they are about, and the rest when it is asked for.

use super::facts::Facts;
use crate::document::Document;
use crate::extract::Extraction;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The facts of a statement, which it gives to whoever asks for them.
pub(super) struct HeldFacts {
    document: Arc<Document>,
    extraction: Arc<Extraction>,
    /// The stems of its telling words, in order.
    stems: Box<[u64]>,
    /// What is read of them, until the rest is asked for.
    begun: Mutex<Option<Facts>>,
    whole: OnceLock<Facts>,
}

impl HeldFacts {
    /// Facts that were begun, of a statement.
    pub(super) fn of(begun: Facts, document: Arc<Document>, extraction: Arc<Extraction>) -> Self {
        let mut stems: Box<[u64]> = begun.places.keys().copied().collect();
        stems.sort_unstable();
        HeldFacts { document, extraction, stems, begun: Mutex::new(Some(begun)), whole: OnceLock::new() }
    }

    /// The stems of its telling words, in order.
    pub(super) fn stems(&self) -> &[u64] {
        &self.stems
    }

    /// Whether it has a stem.
    pub(super) fn has(&self, stem: u64) -> bool {
        self.stems.binary_search(&stem).is_ok()
    }
}

impl Deref for HeldFacts {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        self.whole.get_or_init(|| {
            let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner).take();
            let mut facts = begun.unwrap_or_else(|| Facts::begin(&self.document, &self.extraction));
            facts.finish(&self.document, &self.extraction);
            facts
        })
    }
}
