//! How much of everything a page shows, so that it stays short enough to send and to open.

/// The most of each part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Findings of each verdict or relation that the page shows open.
    pub findings: usize,
    /// Findings of each verdict or relation that the page shows folded.
    pub folded: usize,
    /// Speakers, the most quoted first.
    pub speakers: usize,
    /// Quotations of each speaker.
    pub quotes: usize,
    /// Statements, the most used first.
    pub statements: usize,
    /// Sentences of each statement.
    pub sentences: usize,
    /// Rows of the table of figures.
    pub figures: usize,
    /// Bytes of text of the documents that are shown whole.
    pub texts: usize,
}

impl Limits {
    /// A page of at most some 2 MB, whatever the number of documents.
    pub const SHORT: Limits = Limits {
        findings: 80,
        folded: 120,
        speakers: 40,
        quotes: 8,
        statements: 25,
        sentences: 80,
        figures: 200,
        texts: 300_000,
    };

    /// Everything.
    pub const NONE: Limits = Limits {
        findings: usize::MAX,
        folded: usize::MAX,
        speakers: usize::MAX,
        quotes: usize::MAX,
        statements: usize::MAX,
        sentences: usize::MAX,
        figures: usize::MAX,
        texts: usize::MAX,
    };
}
