//! What was found in a document as marks: labels with the pieces of text that they hold for. The formats of annotation tools
//! are written from it.

use crate::extract::Extraction;
use crate::record::RecordKind;
use crate::span::Span;

/// The labels, in the order of the columns of BIO beside the token and its place.
pub(super) const LABELS: [&str; 5] = ["Quote", "Cue", "Source", "Figure", "Claim"];

/// A label and the pieces of text that it holds for; with the number of the entity that it is said by.
pub(super) struct Mark {
    pub(super) label: &'static str,
    pub(super) pieces: Vec<Span>,
    pub(super) by: Option<usize>,
}

/// What was found, as marks.
pub(super) struct Marked {
    pub(super) marks: Vec<Mark>,
    /// How many of them are findings of their own, and not cues or sources.
    pub(super) main: usize,
}

impl Marked {
    pub(super) fn of(extraction: &Extraction, wanted: &dyn Fn(RecordKind, usize) -> bool) -> Marked {
        let (mut marks, mut main) = (Vec::new(), 0);
        for (_, quote) in extraction.quotes.iter().enumerate().filter(|(n, _)| wanted(RecordKind::Quote, *n)) {
            main += 1;
            let source = quote.source.map(|source| {
                marks.push(Mark { label: "Source", pieces: vec![source], by: None });
                marks.len() - 1
            });
            if let Some(cue) = quote.cue {
                marks.push(Mark { label: "Cue", pieces: vec![cue], by: None });
            }
            marks.push(Mark { label: "Quote", pieces: quote.content.clone(), by: source });
        }
        for (_, figure) in extraction.figures.iter().enumerate().filter(|(n, _)| wanted(RecordKind::Figure, *n)) {
            main += 1;
            marks.push(Mark { label: "Figure", pieces: vec![figure.span], by: None });
        }
        for (_, claim) in extraction.claims.iter().enumerate().filter(|(n, _)| wanted(RecordKind::Claim, *n)) {
            main += 1;
            marks.push(Mark { label: "Claim", pieces: vec![claim.span], by: None });
        }
        Marked { marks, main }
    }
}
