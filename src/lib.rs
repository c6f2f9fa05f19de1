//! sayso reads what officials said and what the press made of it.
//!
//! This package is the program: its commands, its output and the page. The parts to build on are crates of their own,
//! shown here under one roof: [`sayso_core`] reads and compares texts, [`sayso_ingest`] reads files, [`sayso_index`]
//! keeps documents.

pub mod ask;
pub mod cli;
pub mod compare;
pub mod ledger;
pub mod output;
mod people;
pub mod reviews;
#[cfg(feature = "serve")]
pub mod serve;
pub mod stream;

pub use sayso_core::{Document, Extraction, Kind, Offsets, Span};
pub use sayso_core::{
    check, document, extract, keys, language, offsets, record, review, span, store, text, trace, words,
};
pub use sayso_index as index;
pub use sayso_index::{Index, IndexError};
pub use sayso_ingest as ingest;
