//! Queries. The text that a user types is parsed to a tree of words, phrases and boolean operators. The tree is
//! compiled to lists of documents ([`mod@compile`], [`windows`]), and matched with the stored texts of hits to show the
//! places ([`places`]). Both use one tree, the same zones and the same patterns, so a search highlights what it finds.
//!
//! | typed | finds |
//! |---|---|
//! | `bridge repair` | both words, in any regular form (`bridges`, `repaired`) |
//! | `"bridge repair"`, `“bridge repair”` | exactly these consecutive words; case, accents and glyphs are folded |
//! | `"bridge repair"~2` | these words, at most two steps out of place |
//! | `bridge AND NOT (repair OR toll)`, `+bridge -repair` | boolean operators; `+` requires a word, as is the default |
//! | `=bridges` | this word and no other form of it |
//! | `repair*`, `"bridge rep*"`, `re?air*s` | words with this prefix; `*` is any number of letters, `?` is one |
//! | `brigde~`, `brigde~2` | words that differ by one letter (or two): inserted, deleted, replaced or swapped |
//! | `title:bridge`, `speaker:"dana holt"`, `kind:statement` | in a field: title, headline, text, quotes, narration, publisher, speaker, kind, id |
//! | `date:2018`, `date:[2018 TO 2019-03]`, `date:2018-05..` | published on these days, or in these months or years; both ends are included |

mod budget;
mod compile;
mod days;
mod elsewhere;
mod figure;
mod leaf;
mod parse;
mod pattern;
mod places;
mod slots;
mod windows;

pub use budget::Budget;
pub use days::day_range;
pub use elsewhere::{Backend, wider};
pub use figure::FigureTest;

pub(super) use compile::{Plan, alike, compile, days, phrase_in};
pub(super) use leaf::norms;
pub(super) use parse::parse;
pub(super) use places::{Lights, Match, contains_phrase};
pub(super) use windows::{Operator, Scores};

use super::filter::Filter;
use sayso_core::document::Kind;
use sayso_core::text::folding::folded;

/// The places in which plain words of a query are searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the title and the text.
    #[default]
    Anywhere,
    /// Between quote marks.
    Quotes,
    /// In the text outside quote marks: the reporter's words.
    Narration,
    /// In the headline, the subhead and the title.
    Headline,
}

/// The order of hits. Equal ones are in the order of first insertion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Newest first. Documents without a date come last.
    Newest,
    /// Oldest first. Documents without a date come last.
    Oldest,
    /// By the publisher's name. Documents without a publisher come last.
    Publisher,
}

/// A search. A document must meet all conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchQuery {
    /// The query; the module documentation describes the language. An empty query matches everything that the other
    /// fields accept.
    pub text: String,
    /// The places in which plain words are searched for.
    pub place: Place,
    /// Only words of this speaker. With [`Place::Anywhere`] and [`Place::Quotes`], the words must be in a quotation of
    /// the speaker or in a statement that they issued. With the other places, the document must quote the speaker.
    pub speaker: Option<String>,
    /// Other names of that speaker. Any of them may match.
    pub speaker_aliases: Vec<String>,
    /// Only documents that have such a figure in a place where plain words may match.
    pub figure: Option<FigureTest>,
    /// Only words, and figures, in a claim.
    pub claims: bool,
    /// Only documents that share distinctive words with the document of this id, which is itself left out.
    pub like: Option<String>,
    /// Only documents with these ids.
    pub only: Option<Vec<String>>,
    /// Only documents that were added when the index had this number for the next ([`super::Index::next_number`]), or later.
    pub added_from: Option<u64>,
    /// The order of the hits.
    pub sort: Sort,
    /// See [`Filter::since`].
    pub since: Option<jiff::civil::Date>,
    /// See [`Filter::until`].
    pub until: Option<jiff::civil::Date>,
    /// See [`Filter::publisher`].
    pub publisher: Option<String>,
    /// Only documents of this kind.
    pub kind: Option<Kind>,
    /// The maximum number of hits; [`super::Hits::total`] counts all.
    pub limit: usize,
    /// The number of hits to skip.
    pub offset: usize,
    /// The limits of the search; `None` for no limits.
    pub budget: Option<Budget>,
    /// The maximum number of places that a hit shows; `Hit::places_total` counts all.
    pub places: usize,
}

impl Default for SearchQuery {
    /// All documents; the first 20, with three places each.
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
            added_from: None,
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

    /// The folded names of the speaker who is searched for. Empty without such a condition.
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

/// A node of a query's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// All documents.
    All,
    /// No documents.
    Nothing,
    /// The leaf at this position in [`Tree::leaves`].
    Leaf(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

impl Node {
    /// Collects the leaves that are not under a NOT. Hits highlight these.
    pub(crate) fn lit(&self, into: &mut Vec<usize>) {
        match self {
            Node::Leaf(i) => into.push(*i),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.lit(into)),
            Node::All | Node::Nothing | Node::Not(_) => {}
        }
    }
}

/// The tree of a query, with its leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    pub root: Node,
    pub leaves: Vec<Leaf>,
}

/// What to search for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub scope: Scope,
    pub what: What,
}

/// The field of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// The text and title as [`SearchQuery::place`] states.
    Given,
    /// Only the text.
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

/// What a leaf searches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Consecutive words. A single word is a row of one.
    Row(Vec<Seek>),
    /// The same words, at most this many steps out of place.
    Near(Vec<Seek>, u32),
    /// An exact value (`id`, `kind`).
    Exactly(String),
    /// A document between these days, both included.
    Days(Option<jiff::civil::Date>, Option<jiff::civil::Date>),
}

/// One word of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seek {
    /// Any of these forms.
    Forms(Vec<String>),
    /// Any word that matches the pattern.
    Pattern(pattern::Pattern),
}
