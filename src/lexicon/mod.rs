//! What is known of a language: words and phrases with what they do, read once from the commented tables of
//! `src/lexicon/en/` and from then on never changed. Every lower-cased word of every table has a [`WordId`]; the text
//! layer looks each word of a document up once, and all later stages compare numbers.
//!
//! A table is tab-separated: `#` begins a comment line, the first other line names the columns. A second language is a
//! second folder and a second [`Tables`].
//!
//! ```
//! let lexicon = sayso::lexicon::english();
//! assert_eq!(lexicon.words.get("sen"), lexicon.words.get("Sen"));
//! ```

pub mod abbreviations;
pub mod claims;
mod en;
pub mod figures;
pub mod maps;
pub mod page;
pub mod tsv;
pub mod units;
pub mod words;

pub use maps::{PhraseMap, WordMap, WordSet};
pub use words::{WordId, Words};

use std::sync::LazyLock;

/// The texts of one language's tables.
pub struct Tables {
    /// `abbreviation`, `class`.
    pub abbreviations: &'static str,
    /// `word`: words that often begin a sentence.
    pub starters: &'static str,
    /// `phrase`, `class`, `place`: lines of a page that are no part of its story.
    pub furniture: &'static str,
    /// The words of figures and dates.
    pub figures: figures::FigureTables,
    /// Units of measure and currencies.
    pub units: units::UnitTables,
    /// `kind`, `feature`, `weight`: what makes a sentence worth a check.
    pub claim_weights: &'static str,
}

/// One language, ready for use.
pub struct Lexicon {
    /// Every word of every table.
    pub words: Words,
    /// Abbreviations, and what follows them.
    pub abbreviations: abbreviations::Abbreviations,
    /// The lines around a story.
    pub page: page::PageWords,
    /// Number words, the calendar, hedges, counted nouns.
    pub figures: figures::FigureWords,
    /// Units of measure and currencies.
    pub units: units::Units,
    /// What makes a sentence worth a check.
    pub claims: claims::ClaimWeights,
}

impl Lexicon {
    /// Compiles `tables`. Rows that lack a column are left out; the tests of each table see to it that there are none.
    pub fn new(tables: &Tables) -> Self {
        let mut words = Words::default();
        let abbreviations = abbreviations::Abbreviations::new(tables, &mut words);
        let page = page::PageWords::new(tables, &mut words);
        let figures = figures::FigureWords::new(&tables.figures, &mut words);
        let units = units::Units::new(&tables.units);
        let claims = claims::ClaimWeights::new(tables.claim_weights, &mut words);
        Lexicon { words, abbreviations, page, figures, units, claims }
    }
}

/// The English lexicon, compiled at first use.
pub fn english() -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&en::TABLES));
    &ENGLISH
}
