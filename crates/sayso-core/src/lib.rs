//! The core of sayso. A document's text goes in; quotations, speakers, figures and claims come out ([`extract()`]), and a
//! document is compared with statements: its figures ([`check()`]) and its quotations ([`trace()`]).
//!
//! The core is pure: no files, no network, no threads of its own, no clock. Every place is a [`Span`] of bytes into the
//! document's text, and the text is never changed. The same input gives the same output on every machine.
//!
//! ```
//! use sayso_core::{Document, Evidence, Verdict, check, extract};
//! use std::sync::Arc;
//!
//! let statement = Arc::new(Document::new("report", "Inspectors looked at 42 boats in May. Three of them failed."));
//! let mut evidence = Evidence::new();
//! evidence.add_statement(statement.clone(), Arc::new(extract(&statement)));
//!
//! let mut article = Document::new("article", "Inspectors looked at 42 boats in May, the harbour board said.");
//! article.about.push("report".to_owned());
//! let checks = check(&article, &extract(&article), &evidence)?;
//! assert_eq!(checks[0].verdict, Verdict::Supported);
//! assert_eq!(checks[0].span.of(&article.text), "42");
//! # Ok::<(), sayso_core::StoreError>(())
//! ```
//!
//! The modules hold the details of what is named here. Those that other crates of the workspace share, and that are not
//! shown, may change at any time.

mod ahead;
pub mod check;
#[doc(hidden)]
pub mod document;
pub mod extract;
mod found;
mod hash;
pub mod keys;
#[doc(hidden)]
pub mod language;
#[doc(hidden)]
pub mod offsets;
pub mod record;
pub mod review;
mod room;
#[doc(hidden)]
pub mod span;
#[doc(hidden)]
pub mod store;
#[doc(hidden)]
pub mod text;
pub mod trace;
#[doc(hidden)]
pub mod words;
#[doc(hidden)]
pub mod work;

pub use check::{Check, Evidence, Table, Verdict, check};
pub use document::{Document, Kind, Region, RegionKind};
pub use extract::aliases::Aliases;
pub use extract::{Extraction, Model, Options, Runner, extract, extract_by, extract_some};
pub use found::{Claim, Confidence, Figure, FigureKind, Quote, QuoteKind, Speaker, SpeakerKind};
pub use offsets::{OffsetMap, Offsets};
pub use record::{Record, RecordKind, Records};
pub use span::Span;
pub use store::{MemoryStore, StatementStore, StoreError};
pub use trace::{Sources, Trace, trace};
