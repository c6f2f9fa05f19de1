//! sayso reads what officials said and what the press made of it.

pub mod check;
pub mod cli;
pub mod document;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod lexicon;
pub mod output;
pub mod record;
#[cfg(feature = "serve")]
pub mod serve;
pub mod span;
pub mod stream;
pub mod text;
pub mod trace;
pub mod words;

pub use document::{Document, Kind};
pub use extract::{Extraction, extract};
pub use index::{Index, IndexError};
pub use span::{Offsets, Span};
