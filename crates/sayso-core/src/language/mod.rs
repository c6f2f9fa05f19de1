//! The knowledge of a language: words and phrases with their functions, read once from the commented tables in
//! `src/language/en/` and never changed. Every lower-cased word in the tables has a [`WordId`]. The text layer looks up
//! each word of a document once, and all later stages compare numbers.
//!
//! [`of`] chooses the [`Language`] of a document by its tag. It is asked once for a document, and a [`Page`] hands it on
//! to every reader; no reader asks for a language by name. Check and trace compare the words of two texts, so they ask
//! for one language for both: [`compared`].
//!
//! A table is tab-separated. Lines that start with `#` are comments, and the first other line names the columns. A
//! second language needs a second folder, a second [`Tables`] and a line in [`of`].
//!
//! ```
//! let lexicon = &sayso_core::language::of(Some("en-GB")).lexicon;
//! assert_eq!(lexicon.words.get("sen"), lexicon.words.get("Sen"));
//! ```
//!
//! [`Page`]: crate::text::Page

pub mod abbreviations;
pub mod choices;
pub mod claims;
pub mod common;
mod en;
pub mod figures;
pub mod grammar;
pub mod inflect;
pub mod lists;
pub mod maps;
pub mod page;
pub mod people;
pub mod reporting;
pub mod tsv;
pub mod units;
pub mod words;

pub use maps::{PhraseMap, WordMap, WordSet};
pub use words::{WordId, Words};

use std::sync::{LazyLock, OnceLock};

/// What a language is made of: the rules of its word forms, and the texts of its tables. The comment of each field names the
/// table's columns.
pub struct Tables {
    /// How its words change their form.
    pub forms: &'static dyn inflect::WordForms,
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
    /// `trait`, `pronoun`, `role`: what tells whom a pronoun or a role means.
    pub speaker_weights: &'static str,
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
    /// Words that tell where a clause begins, and its tense.
    pub clause_words: &'static str,
    /// `list`, `words`, `use`: short lists of words that single rules ask for.
    pub lists: &'static str,
    /// Words that tell nothing about what a text is about. Check and trace both pass over them.
    pub empty_words: &'static str,
    /// What only check asks.
    pub check: CheckTables,
    /// What only trace asks.
    pub trace: TraceTables,
    /// The weights of the network that finds reported words. `MODELS.md` says where they come from.
    pub tagger: &'static [u8],
    /// The weights of the network that tells what is worth a check.
    pub claims: &'static [u8],
}

/// The tables by which figures are compared.
pub struct CheckTables {
    /// `word`, `classes`: words beside a figure that matter when it is compared.
    pub words: &'static str,
    /// Rows of words that news uses for one another.
    pub same_things: &'static str,
    /// `word`, `direction`: words of change.
    pub moves: &'static str,
    /// `words`, `family`, `stage`: kinds of fact (charged, convicted; planned, done).
    pub facts: &'static str,
    /// Rows of words that exclude one another.
    pub contrasts: &'static str,
    /// `word`, `phrases`: phrases that stand for a header of a table.
    pub measures: &'static str,
    /// `class`, `words`: parts of names that may be left out, or written otherwise.
    pub name_parts: &'static str,
    /// `name`, `others`: other names of places.
    pub places: &'static str,
    /// A vector for each stem. `MODELS.md` says where they come from.
    pub similar: &'static [u8],
}

/// The tables by which a quotation is laid beside its source.
pub struct TraceTables {
    /// `form`, `read as`: written forms of one word.
    pub forms: &'static str,
    /// `british`, `american`: spellings of one word.
    pub spellings: &'static str,
    /// `word`, `class`: words that soften, that stand in many names, that make a condition.
    pub quoted_words: &'static str,
    /// `word`, `classes`: words of stage directions.
    pub stage_words: &'static str,
    /// `words`, `kind`: nouns for the occasions on which people speak.
    pub occasions: &'static str,
}

/// A language: its tables, and what is made from them. A document's tag chooses it: see [`of`].
pub struct Language {
    /// The primary subtag of its BCP 47 tag: `en`.
    pub code: &'static str,
    /// Its tables, as text.
    pub tables: &'static Tables,
    /// Its words, compiled.
    pub lexicon: Lexicon,
    /// Its place among all languages.
    number: usize,
}

/// How many languages there are.
const COUNT: usize = 1;

/// The language of a BCP 47 tag. English where the tag is missing or its language is not known. Constant time.
pub fn of(_tag: Option<&str>) -> &'static Language {
    // A second language is chosen here, by the tag's primary subtag.
    static ENGLISH: LazyLock<Language> =
        LazyLock::new(|| Language { code: "en", tables: &en::TABLES, lexicon: Lexicon::new(&en::TABLES), number: 0 });
    &ENGLISH
}

/// The language whose words check and trace compare. Both sides of a comparison are read by it.
pub fn compared() -> &'static Language {
    of(None)
}

/// Something made from the tables of a language, once for each language, at first use.
pub(crate) struct PerLanguage<T> {
    make: fn(&'static Language) -> T,
    made: [OnceLock<T>; COUNT],
}

impl<T> PerLanguage<T> {
    /// Made by `make`.
    pub(crate) const fn new(make: fn(&'static Language) -> T) -> Self {
        PerLanguage { make, made: [const { OnceLock::new() }; COUNT] }
    }

    /// That of `language`.
    pub(crate) fn of(&self, language: &'static Language) -> &T {
        self.made[language.number].get_or_init(|| (self.make)(language))
    }

    /// That of the language in which texts are compared.
    pub(crate) fn compared(&self) -> &T {
        self.of(compared())
    }
}

/// The words of one language, compiled.
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
    /// The weights that tell whom a pronoun or a role means.
    pub choices: choices::ChoiceWeights,
    /// Words that indicate the kind of a claim.
    pub claim_words: claims::ClaimWords,
    /// Words that report.
    pub reporting: reporting::Reporting,
    /// The grammatical classes of words.
    pub grammar: grammar::Grammar,
    /// How its words change their form.
    pub forms: &'static dyn inflect::WordForms,
    /// Words about people, and words next to quoted words.
    pub people: people::People,
    /// Short lists of words that single rules ask for.
    pub lists: lists::Lists,
    /// Words that rules ask for at nearly every word.
    pub common: common::Common,
}

impl Lexicon {
    /// Compiles `tables`. Rows that lack a column are skipped; the tests of each table verify that there are none.
    pub fn new(tables: &Tables) -> Self {
        let mut words = Words::default();
        let abbreviations = abbreviations::Abbreviations::new(tables, &mut words);
        let page = page::PageWords::new(tables, &mut words);
        let lists = lists::Lists::new(tables.lists);
        let figures = figures::FigureWords::new(&tables.figures, &lists, &mut words);
        let units = units::Units::new(&tables.units, &lists);
        let claims = claims::ClaimWeights::new(tables.claim_weights, &mut words);
        let choices = choices::ChoiceWeights::new(tables.speaker_weights);
        let mut claim_words = claims::ClaimWords::new(tables.claim_words, &mut words);
        let reporting = reporting::Reporting::new(tables, &mut words);
        let cues = reporting.classes(&words);
        let grammar = grammar::Grammar::new(tables, &cues, &mut words);
        claim_words.mark(&words, &figures, &lists);
        let people = people::People::new(tables, &mut words);
        let common = common::Common::new(&words);
        Lexicon {
            common,
            words,
            abbreviations,
            page,
            figures,
            units,
            claims,
            choices,
            claim_words,
            reporting,
            grammar,
            people,
            lists,
            forms: tables.forms,
        }
    }
}
