//! Queries: what a user types goes in, a tree of words, phrases and boolean operators comes out, which is compiled to
//! lists of documents ([`mod@compile`], [`windows`]) and matched against the stored texts of hits to show the places ([`places`]). One
//! tree serves both, with the same zones and the same patterns, so that what is found and what is lit agree.
//!
//! | typed | finds |
//! |---|---|
//! | `bridge repair` | both words, in any regular form (`bridges`, `repaired`) |
//! | `"bridge repair"`, `“bridge repair”` | exactly these words in a row, case, accents and glyphs folded |
//! | `"bridge repair"~2` | these words, at most two steps out of place |
//! | `bridge AND NOT (repair OR toll)`, `+bridge -repair` | boolean; `+` says what holds anyway, that a word is required |
//! | `=bridges` | this word and no other form of it |
//! | `repair*`, `"bridge rep*"`, `re?air*s` | words that begin so, or have any letters (`*`) or one (`?`) there |
//! | `brigde~`, `brigde~2` | words that differ by one letter (or two): put in, left out, replaced, swapped |
//! | `title:bridge`, `speaker:"dana holt"`, `kind:statement` | in a field: title, headline, text, quotes, narration, publisher, speaker, kind, id |
//! | `date:2018`, `date:[2018 TO 2019-03]`, `date:2018-05..` | of these days, months or years, both ends taken in |

mod budget;
mod compile;
mod days;
mod figure;
mod leaf;
mod parse;
mod pattern;
mod places;
mod slots;
mod windows;

pub use budget::Budget;
pub use figure::FigureTest;

pub(super) use budget::TIME_IS_UP;

pub(super) use compile::{Plan, alike, compile, days, phrase_in};
pub(super) use leaf::norms;
pub(super) use parse::parse;
pub(super) use places::{Lights, Match, contains_phrase};
pub(super) use windows::{Part, Scores};

use super::reader::Filter;
use sayso_core::document::Kind;
use sayso_core::text::folding::folded;

/// Where plain words of a query are sought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the title and the text.
    #[default]
    Anywhere,
    /// Between quote marks: words spoken.
    Quotes,
    /// In the text outside quote marks: words of the reporter.
    Narration,
    /// In headline, subhead and title.
    Headline,
}

/// In which order hits are given; equals stand in the order of first insertion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Newest first; those without a date last.
    Newest,
    /// Oldest first; those without a date last.
    Oldest,
    /// By the publisher's name; those without one last.
    Publisher,
}

/// A search. All conditions must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchQuery {
    /// The query language is described in the module's documentation; empty finds all that the other fields let through.
    pub text: String,
    /// Where plain words are sought.
    pub place: Place,
    /// Only words said by this speaker: with [`Place::Anywhere`] and [`Place::Quotes`] the words must stand in a quotation
    /// of theirs (or in a statement that they issued); with the other places the document must quote them.
    pub speaker: Option<String>,
    /// Other names of that speaker, any of which will do.
    pub speaker_aliases: Vec<String>,
    /// Only documents with such a figure, in the place where plain words must stand.
    pub figure: Option<FigureTest>,
    /// Only words, and figures, that stand in a claim.
    pub claims: bool,
    /// Only documents that share telling words with the one of this id, which is left out.
    pub like: Option<String>,
    /// Only the documents of these ids.
    pub only: Option<Vec<String>>,
    /// In which order hits are given.
    pub sort: Sort,
    /// See [`Filter::since`].
    pub since: Option<jiff::civil::Date>,
    /// See [`Filter::until`].
    pub until: Option<jiff::civil::Date>,
    /// See [`Filter::publisher`].
    pub publisher: Option<String>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// How many hits are given at most; [`super::Hits::total`] counts all.
    pub limit: usize,
    /// How many hits are skipped first.
    pub offset: usize,
    /// What the search may take; none where whoever asks may ask for anything.
    pub budget: Option<Budget>,
    /// How many places a hit shows at most; [`super::Hit::places_total`] counts all.
    pub places: usize,
}

impl Default for SearchQuery {
    /// Everything, the first 20, three places each.
    fn default() -> Self {
        SearchQuery {
            text: String::new(),
            place: Place::default(),
            speaker: None,
            speaker_aliases: Vec::new(),
            figure: None,
            claims: false,
            like: None,
            only: None,
            sort: Sort::Score,
            since: None,
            until: None,
            publisher: None,
            kind: None,
            limit: 20,
            offset: 0,
            places: 3,
            budget: None,
        }
    }
}

impl SearchQuery {
    /// A search for `text` with no other condition.
    pub fn new(text: impl Into<String>) -> Self {
        SearchQuery { text: text.into(), ..SearchQuery::default() }
    }

    /// The folded names of the speaker who is sought; empty where nobody is.
    pub(super) fn speaker_names(&self) -> Vec<Vec<String>> {
        self.speaker
            .iter()
            .flat_map(|name| [name].into_iter().chain(&self.speaker_aliases))
            .map(|n| folded(n))
            .collect()
    }

    pub(super) fn filter(&self) -> Filter {
        Filter {
            kind: self.kind,
            publisher: self.publisher.clone(),
            since: self.since,
            until: self.until,
            speaker: self.speaker.clone(),
            speaker_aliases: self.speaker_aliases.clone(),
        }
    }
}

/// A query as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Everything.
    All,
    /// Nothing.
    Nothing,
    /// One of the leaves, by its position.
    Leaf(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

impl Node {
    /// The leaves that stand under no NOT: those that are to be lit.
    pub(crate) fn lit(&self, into: &mut Vec<usize>) {
        match self {
            Node::Leaf(i) => into.push(*i),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.lit(into)),
            Node::All | Node::Nothing | Node::Not(_) => {}
        }
    }
}

/// A tree and its leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    pub root: Node,
    pub leaves: Vec<Leaf>,
}

/// What is sought, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub scope: Scope,
    pub what: What,
}

/// The field of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// As [`SearchQuery::place`] says.
    Given,
    /// The text alone.
    Text,
    Title,
    Headline,
    Quotes,
    Narration,
    Publisher,
    Speaker,
    Kind,
    Id,
    Date,
}

/// What a leaf seeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Words in a row: for each the forms that will do. One word is a row of one.
    Row(Vec<Seek>),
    /// The same, at most so many steps out of place.
    Near(Vec<Seek>, u32),
    /// A value as it is (`id`, `kind`).
    Exactly(String),
    /// A document of these days, both taken in.
    Days(Option<jiff::civil::Date>, Option<jiff::civil::Date>),
}

/// One word of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seek {
    /// Any of these forms.
    Forms(Vec<String>),
    /// Any word that fits.
    Pattern(pattern::Pattern),
}
