//! sayso reads what officials said and what the press made of it.

pub mod document;
pub mod extract;
pub mod index;
pub mod span;

pub use document::{Document, Kind};
pub use extract::{Extraction, extract};
pub use index::{Index, IndexError};
pub use span::{Offsets, Span};
