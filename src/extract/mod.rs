//! A document goes in, an [`Extraction`] comes out: quotations with whose they are, figures and dates, claims.
//! Pure: no input or output, no threads, no clock.
//!
//! ```
//! let document = sayso::Document::new("d", "“It rained,” said Ada Brandt.");
//! let extraction = sayso::extract(&document);
//! assert!(extraction.quotes.len() <= 1);
//! ```

pub mod figures;
pub mod quotes;
mod types;

pub use types::*;

use crate::document::Document;
use crate::text::Page;

/// Reads one document. Linear in its length; never panics, whatever the text.
pub fn extract(document: &Document) -> Extraction {
    let page = Page::new(document);
    let mut figures = Vec::new();
    figures::scan(&page, 0..page.tokens.len(), &mut figures);
    figures::resolve(&page, document, &mut figures);
    Extraction { regions: page.regions, figures, ..Extraction::default() }
}
