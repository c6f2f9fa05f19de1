//! The thresholds of tracing.

use crate::extract::Confidence;

/// When a passage is claimed to be the source of a quotation. The defaults are for news against press releases.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// A quotation of fewer words is looked for only in statements that the page names or quotes at length elsewhere:
    /// three words are in many texts. Default 4.
    pub short_words: usize,
    /// Claims that are less sure are not made. Default [`Confidence::Medium`].
    pub min_confidence: Confidence,
    /// The share of the quoted words that the statement must hold. Default 0.6.
    pub coverage: f32,
    /// The same for a quotation from a statement that the page names or quotes at length elsewhere. Default 0.5.
    pub coverage_supported: f32,
    /// Words that the page plainly gives to another than the statement does are claimed from so many in a row on. Default
    /// 10.
    pub drift_words: u32,
    /// How many days a page may be dated before the statement that it quotes: an interview is quoted before it is aired,
    /// and days begin at different hours. Default 2.
    pub early_days: i32,
    /// Statements are compared whatever their dates: somebody handed over these few. Default false.
    pub any_date: bool,
    /// A page that quotes so many words of a statement elsewhere is about it. Default 8.
    pub quoted_at_length: u32,
    /// The longest unbroken run of equal words must have this many, or be all of the quotation. Default 4.
    pub unbroken: u32,
    /// How many candidate statements are aligned. Default 8.
    pub candidates: usize,
    /// How many postings of the index in memory are read for one quotation, rare shingles first. Default 4096.
    pub postings: usize,
    /// How many shingles of one quotation are sought in an index on disk, those with the rarest words first. Default 8.
    pub stored_shingles: usize,
    /// How many documents the rarest words of those shingles may have together: what the search costs. Default 32,768.
    pub stored_postings: u64,
    /// A gap of this many words with no mark is a splice, a shorter one dropped words. Default 6.
    pub splice_words: usize,
    /// The same, where a sentence ends in the gap. Default 3.
    pub splice_words_at_sentence: usize,
    /// The same, where marks part what was left out from the words on both sides. Default 4.
    pub splice_words_at_clause: usize,
    /// How many days may lie between a short quotation and the statement that its speaker issued. Default 7.
    pub days: u32,
    /// Words in a row that coverage repeats without marks before they count as reused. Default 8.
    pub reused_words: usize,
    /// How many words two reused passages may be apart, on either side, to be one. Default 3.
    pub reused_gap: usize,
    /// From which share of their shingles two documents are copies. Default 0.5.
    pub copy_resemblance: f32,
    /// From which share of the shorter one's shingles the longer holds it: a copy that was cut. Default 0.8.
    pub copy_containment: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            short_words: 4,
            min_confidence: Confidence::Medium,
            coverage: 0.6,
            coverage_supported: 0.5,
            drift_words: 10,
            early_days: 2,
            any_date: false,
            quoted_at_length: 8,
            unbroken: 4,
            candidates: 8,
            postings: 4096,
            stored_shingles: 8,
            stored_postings: 32_768,
            splice_words: 6,
            splice_words_at_sentence: 3,
            splice_words_at_clause: 4,
            days: 7,
            reused_words: 8,
            reused_gap: 3,
            copy_resemblance: 0.5,
            copy_containment: 0.8,
        }
    }
}
