//! What is known of a language: words and phrases with what they do, read once from the commented tables of
//! `src/language/en/` and from then on never changed. Every lower-cased word of every table has a [`WordId`]; the text
//! layer looks each word of a document up once, and all later stages compare numbers.
//!
//! A table is tab-separated: `#` begins a comment line, the first other line names the columns. A second language is a
//! second folder and a second [`Tables`].
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
    /// `word`, `classes`: words by which a claim's kind is told.
    pub claim_words: &'static str,
    /// `word`, `classes`: closed classes and frequent adjectives.
    pub grammar: &'static str,
    /// `verb`, `mode`, `strength`, `takes`, `with`: verbs that report.
    pub cues: &'static str,
    /// `base`, `present`, `past`, `participle`, `gerund`: forms that follow no rule.
    pub irregular: &'static str,
    /// `noun`, `strength`, `takes`, `with`: nouns that report.
    pub nominals: &'static str,
    /// `adjective`, `strength`, `takes`, `with`: adjectives that report.
    pub adjectives: &'static str,
    /// `noun`: one who acts.
    pub roles: &'static str,
    /// `noun`: bodies of people.
    pub groups: &'static str,
    /// `noun`: texts and pictures that can be quoted.
    pub documents: &'static str,
    /// `title`, `gender`, `role`: what stands before a name.
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
    /// `phrase`, `class`: what tells that quoted words are no quotation.
    pub prompts: &'static str,
    /// Labels of transcripts that are no names.
    pub turn_labels: &'static str,
    /// `word`: what before a role makes it another's.
    pub lesser: &'static str,
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
    /// Words by which a claim's kind is told.
    pub claim_words: claims::ClaimWords,
    /// Words that report.
    pub reporting: reporting::Reporting,
    /// What a word can be.
    pub grammar: grammar::Grammar,
    /// Words about people, and around quoted words.
    pub people: people::People,
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
        let claim_words = claims::ClaimWords::new(tables.claim_words, &mut words);
        let reporting = reporting::Reporting::new(tables, &mut words);
        let cues = reporting.classes(&words);
        let grammar = grammar::Grammar::new(tables, &cues, &mut words);
        let people = people::People::new(tables, &mut words);
        Lexicon { words, abbreviations, page, figures, units, claims, claim_words, reporting, grammar, people }
    }
}

/// The English lexicon, compiled at first use.
pub fn english() -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&en::TABLES));
    &ENGLISH
}
