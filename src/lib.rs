//! sayso reads what officials said and what the press made of it.

pub mod document;
pub mod extract;
pub mod lexicon;
pub mod span;
pub mod text;

pub use document::{Document, Kind};
pub use extract::{Extraction, extract};
pub use span::{Offsets, Span};
