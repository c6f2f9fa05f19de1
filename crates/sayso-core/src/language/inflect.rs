//! The forms of words: what a language makes of a noun or verb, what an ending tells, and what a capital does. The rules differ
//! between languages, so they are code, behind one trait: [`WordForms`]. English has them in `language/en/forms.rs`.
//!
//! ```
//! use sayso_core::language::{self, inflect::Ending};
//! let forms = language::of(None).lexicon.forms;
//! assert_eq!(forms.plural("ally"), "allies");
//! assert_eq!(forms.singular("allies"), "ally");
//! assert!(forms.ends("argued", Ending::Past));
//! ```

use std::borrow::Cow;

/// The forms that a verb can take, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(pub u8);

impl Forms {
    /// `say`
    pub const BASE: Forms = Forms(1);
    /// `says`
    pub const PRESENT: Forms = Forms(2);
    /// `said`
    pub const PAST: Forms = Forms(4);
    /// `has said`, `was said`
    pub const PARTICIPLE: Forms = Forms(8);
    /// `saying`
    pub const GERUND: Forms = Forms(16);

    /// Whether the two share a form.
    pub const fn has(self, other: Forms) -> bool {
        self.0 & other.0 != 0
    }

    /// The union of two sets.
    pub const fn with(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }
}

/// What the end of a word can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// That of a plural, or of the third person of a verb: `boats`, `says`.
    Plural,
    /// That of a plural and of few other words: not that of `glass`.
    ClearPlural,
    /// That of a regular past: `argued`.
    Past,
    /// That of a gerund: `arguing`.
    Gerund,
    /// That of an adverb: `sharply`.
    Adverb,
    /// That of a comparative: `higher`.
    Comparative,
    /// That of a superlative: `highest`.
    Superlative,
}

/// The endings of one word, as a set of bits: what is asked often of a word is told once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Endings(u8);

impl Endings {
    /// These.
    pub const fn of(endings: &[Ending]) -> Endings {
        let (mut bits, mut at) = (0, 0);
        while at < endings.len() {
            bits |= 1 << endings[at] as u8;
            at += 1;
        }
        Endings(bits)
    }

    /// Whether one is among them.
    pub const fn has(self, ending: Ending) -> bool {
        self.0 >> ending as u8 & 1 == 1
    }
}

/// What the capitals of a word tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// It begins without one, or is no word.
    #[default]
    Lower,
    /// `Brandt`, `I`
    Capital,
    /// `NATO`, `U.S.`
    Upper,
}

/// How the words of a language change their form, and what their letters tell.
pub trait WordForms: Sync {
    /// What the capitals of a word tell.
    fn case(&self, word: &str) -> Case;

    /// Whether a word begins as names do.
    fn is_capital(&self, word: &str) -> bool {
        self.case(word) != Case::Lower
    }

    /// Whether a word has an ending. Letters only: `red` ends as a past form does.
    fn ends(&self, word: &str, ending: Ending) -> bool {
        self.endings(word.as_bytes()).has(ending)
    }

    /// The endings of a word, given by its bytes.
    fn endings(&self, word: &[u8]) -> Endings;

    /// Whether a word looks like a regular plural: `boats`, `CDs`; not `glass`, `bus`.
    fn looks_plural(&self, word: &str) -> bool;

    /// Whether a word looks like a regular past: `lifted`, not `Fred` or `need`.
    fn looks_past(&self, word: &str) -> bool;

    /// Whether a word ends as nouns for people do: `economist`, `policewomen`.
    fn ends_as_person(&self, word: &str) -> bool;

    /// The regular forms of a verb, including its base form.
    fn verb(&self, base: &str) -> Vec<(String, Forms)>;

    /// The plural of a noun.
    fn plural(&self, noun: &str) -> String;

    /// The singular of a regular plural, and other words as they are, in lower case.
    fn singular(&self, word: &str) -> String;

    /// A word in lower case without its ending, so that most forms of one word become the same: `injuries`, `injury`.
    fn stem<'w>(&self, word: &'w str) -> Cow<'w, str>;

    /// What may have this stem, in lower case. Some are no words, some may be missing.
    fn of_stem(&self, stem: &str) -> Vec<String>;

    /// A folded word, then its other forms, each once. Some are no words.
    fn variants(&self, word: &str) -> Vec<String>;

    /// Whether two words, in lower case, look like forms of one: `inspect` and `inspected`.
    fn are_forms(&self, one: &str, other: &str) -> bool;

    /// Whether one of two words, in lower case, is the other with a beginning that denies it: `safe` and `unsafe`.
    fn denies(&self, one: &str, other: &str) -> bool;
}
