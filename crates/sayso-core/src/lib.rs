//! The core of sayso: a document's text goes in; quotations, speakers, figures and claims come out ([`extract()`]), and two
//! documents are compared ([`check`], [`trace`]). Pure: no files, no threads, no clock.

pub mod check;
pub mod document;
pub mod extract;
pub mod language;
pub mod record;
pub mod span;
pub mod store;
pub mod text;
pub mod trace;
pub mod words;
#[doc(hidden)]
pub mod work;

pub use document::{Document, Kind};
pub use extract::{Extraction, extract};
pub use span::{Offsets, Span};
