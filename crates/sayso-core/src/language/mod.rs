//! The knowledge of a language: words and phrases with their functions, read once from the commented tables in
//! `src/language/en/` and never changed. Every lower-cased word in the tables has a [`WordId`]. The text layer looks up
//! each word of a document once, and all later stages compare numbers.
//!
//! A table is tab-separated. Lines that start with `#` are comments, and the first other line names the columns. A
//! second language needs a second folder and a second [`Tables`].
//!
//! ```
//! let lexicon = sayso_core::language::english();
//! assert_eq!(lexicon.words.get("sen"), lexicon.words.get("Sen"));
//! ```

pub mod abbreviations;
pub mod claims;
mod en;
pub mod figures;
pub mod grammar;
pub mod inflect;
pub mod maps;
pub mod page;
pub mod people;
pub mod reporting;
pub mod tsv;
pub mod units;
pub mod words;

pub use maps::{PhraseMap, WordMap, WordSet};
pub use words::{WordId, Words};

use std::sync::LazyLock;

/// The texts of the tables of one language. The comment of each field names the table's columns.
pub struct Tables {
    /// `abbreviation`, `class`.
    pub abbreviations: &'static str,
    /// `word`: words that often start a sentence.
    pub starters: &'static str,
    /// `phrase`, `class`, `place`: lines of a page that are not part of the story.
    pub furniture: &'static str,
    /// The words of figures and dates.
    pub figures: figures::FigureTables,
    /// Units of measure and currencies.
    pub units: units::UnitTables,
    /// `kind`, `feature`, `weight`: features that make a sentence more or less worth checking.
    pub claim_weights: &'static str,
    /// `word`, `classes`: words that indicate the kind of a claim.
    pub claim_words: &'static str,
    /// `word`, `classes`: closed classes and frequent adjectives.
    pub grammar: &'static str,
    /// `verb`, `mode`, `strength`, `takes`, `with`: verbs that report.
    pub cues: &'static str,
    /// `base`, `present`, `past`, `participle`, `gerund`: irregular forms.
    pub irregular: &'static str,
    /// `noun`, `strength`, `takes`, `with`: nouns that report.
    pub nominals: &'static str,
    /// `adjective`, `strength`, `takes`, `with`: adjectives that report.
    pub adjectives: &'static str,
    /// `noun`: people in a role.
    pub roles: &'static str,
    /// `noun`: organised groups of people.
    pub groups: &'static str,
    /// `noun`: texts and pictures that can be quoted.
    pub documents: &'static str,
    /// `title`, `gender`, `role`: titles before a name.
    pub titles: &'static str,
    /// `word`: adjectives of countries, peoples and faiths.
    pub demonyms: &'static str,
    /// `name`: countries, their parts and great cities.
    pub states: &'static str,
    /// `word`: last words of the names of places and buildings.
    pub sites: &'static str,
    /// `word`: last words of organisations' names.
    pub suffixes: &'static str,
    /// `name`, `short`: short forms of first names.
    pub nicknames: &'static str,
    /// `gender`, `names`: first names that tell a gender.
    pub first_names: &'static str,
    /// `phrase`, `class`: phrases after which words between quote marks are not a quotation.
    pub prompts: &'static str,
    /// Labels in transcripts that are not names.
    pub turn_labels: &'static str,
    /// `word`: words before a role that turn it into a different role.
    pub lesser: &'static str,
}

/// One language, compiled.
pub struct Lexicon {
    /// All words of all tables.
    pub words: Words,
    /// Abbreviations, and the words that may follow them.
    pub abbreviations: abbreviations::Abbreviations,
    /// The words of lines around a story.
    pub page: page::PageWords,
    /// Number words, the calendar, hedges, counted nouns.
    pub figures: figures::FigureWords,
    /// Units of measure and currencies.
    pub units: units::Units,
    /// The weights that predict how much a sentence is worth checking.
    pub claims: claims::ClaimWeights,
    /// Words that indicate the kind of a claim.
    pub claim_words: claims::ClaimWords,
    /// Words that report.
    pub reporting: reporting::Reporting,
    /// The grammatical classes of words.
    pub grammar: grammar::Grammar,
    /// Words about people, and words next to quoted words.
    pub people: people::People,
}

impl Lexicon {
    /// Compiles `tables`. Rows that lack a column are skipped; the tests of each table verify that there are none.
    pub fn new(tables: &Tables) -> Self {
        let mut words = Words::default();
        let abbreviations = abbreviations::Abbreviations::new(tables, &mut words);
        let page = page::PageWords::new(tables, &mut words);
        let figures = figures::FigureWords::new(&tables.figures, &mut words);
        let units = units::Units::new(&tables.units);
        let claims = claims::ClaimWeights::new(tables.claim_weights, &mut words);
        let claim_words = claims::ClaimWords::new(tables.claim_words, &mut words);
        let reporting = reporting::Reporting::new(tables, &mut words);
        let cues = reporting.classes(&words);
        let grammar = grammar::Grammar::new(tables, &cues, &mut words);
        let people = people::People::new(tables, &mut words);
        Lexicon { words, abbreviations, page, figures, units, claims, claim_words, reporting, grammar, people }
    }
}

/// The English lexicon, compiled on first use.
pub fn english() -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&en::TABLES));
    &ENGLISH
}
