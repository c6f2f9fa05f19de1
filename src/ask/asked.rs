//! What can be asked, as JSON names it. Unknown fields are errors, so that a misspelt one is not simply ignored.

use super::AskError;
use crate::document::{Document, Kind};
use crate::index::{Budget, FigureTest, Place, SearchQuery, Sort, day_range};
use schemars::JsonSchema;
use serde::Deserialize;
use std::time::Duration;

/// How long a search may take.
const SEARCH: Duration = Duration::from_secs(2);

/// So many findings are given where no limit is named, and at most.
pub(super) const FEW: usize = 10;
pub(super) const MOST: usize = 50;

/// How many findings an answer has.
pub(super) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(FEW).clamp(1, MOST)
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Quoted words.
    Quotes,
    /// The reporter's words.
    Narration,
    /// Headline, subhead and title.
    Headline,
}

/// An order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Best match first.
    Score,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// By the publisher's name.
    Publisher,
}

/// Which documents a question is about.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SearchAsked {
    /// Words, "phrases", "near words"~2, AND, OR, NOT, field:value (title, headline, quotes, narration, publisher, speaker, kind, id, date).
    pub query: String,
    /// Search only in this part of the text.
    #[serde(rename = "in")]
    pub part: Option<Part>,
    /// Search only the words of this speaker.
    pub speaker: Option<String>,
    /// Documents with a figure like this: `>40000 retweets`, `3..5 percent`, `$1m..`.
    pub figure: Option<String>,
    /// Documents of this day or later: 2031-05-02, 2031-05 or 2031.
    pub since: Option<String>,
    /// Documents of this day or earlier.
    pub until: Option<String>,
    /// Documents of this publisher.
    pub publisher: Option<String>,
    /// Documents of this kind.
    pub kind: Option<Kind>,
    /// The order; by score where none is named.
    pub sort: Option<Order>,
    /// At most so many documents (1 to 50; 10 where none is named).
    pub limit: Option<usize>,
    /// Skip so many documents.
    pub offset: usize,
}

/// Which quotations are wanted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QuotesAsked {
    /// Only quotations in this document.
    pub document: Option<String>,
    /// Only quotations of this speaker: one whose name has every word of it.
    pub speaker: Option<String>,
    /// Only quotations that hold these words (a query, as for a search).
    pub words: String,
    /// Documents of this day or later: 2031-05-02, 2031-05 or 2031.
    pub since: Option<String>,
    /// Documents of this day or earlier.
    pub until: Option<String>,
    /// At most so many quotations (1 to 50; 10 where none is named).
    pub limit: Option<usize>,
    /// Skip so many quotations.
    pub offset: usize,
}

/// Words whose source is wanted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsAsked {
    /// The quoted words, without quote marks. An ellipsis and square brackets are read as an editor's marks.
    pub text: String,
    /// Who is to have said them, if that is claimed.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Look only in this document.
    #[serde(default)]
    pub document: Option<String>,
    /// At most so many passages (1 to 50; 10 where none is named).
    #[serde(default)]
    pub limit: Option<usize>,
}

/// A sentence with figures that are to be checked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureAsked {
    /// The sentence with the figures, and what is needed to understand it.
    pub text: String,
    /// The day on which it is said (`2031-05-02`): `last year` is told from it.
    #[serde(default)]
    pub date: Option<String>,
    /// The ids of the statements that it is about, if that is known; they alone are looked at then.
    #[serde(default)]
    pub about: Vec<String>,
}

/// A statement whose coverage is wanted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageAsked {
    /// The id of the statement.
    pub statement: String,
    /// At most so many sentences (1 to 50; 10 where none is named), the most used first.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// A part of a document.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentAsked {
    /// The id of the document.
    pub id: String,
    /// The offset at which the text is to begin.
    #[serde(default)]
    pub start: u32,
    /// At most so much text (20,000 at most; 4,000 where nothing is named), in the unit of the offsets.
    #[serde(default)]
    pub length: Option<u32>,
}

/// A text that is not in the index.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The text. Nothing of it is changed; offsets refer to it.
    #[schemars(length(min = 1), regex(pattern = r"\S"))]
    pub text: String,
    /// Its id; `text` where none is named.
    pub id: Option<String>,
    /// `article` where none is named.
    pub kind: Option<Kind>,
    /// The title.
    pub title: Option<String>,
    /// The day of publication in ISO 8601: `this morning` is told from it.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The author or authors.
    pub byline: Option<String>,
    /// Who issued it, if it is a statement.
    pub speaker: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The ids of the statements that it covers; they alone are looked at then.
    #[serde(default)]
    pub about: Vec<String>,
}

/// A text that is to be compared.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The article.
    pub article: Text,
    /// The statements to compare with; those of the index where none is given.
    #[serde(default)]
    pub against: Vec<Text>,
}

impl SearchAsked {
    /// The query, within a budget.
    pub(super) fn query(&self) -> Result<SearchQuery, AskError> {
        Ok(SearchQuery {
            text: self.query.trim().to_owned(),
            place: match self.part {
                None => Place::Anywhere,
                Some(Part::Quotes) => Place::Quotes,
                Some(Part::Narration) => Place::Narration,
                Some(Part::Headline) => Place::Headline,
            },
            speaker: self.speaker.clone(),
            figure: self.figure.as_deref().map(FigureTest::parse).transpose()?,
            since: day("since", self.since.as_deref())?.map(|(first, _)| first),
            until: day("until", self.until.as_deref())?.map(|(_, last)| last),
            publisher: self.publisher.clone(),
            kind: self.kind,
            sort: match self.sort {
                None | Some(Order::Score) => Sort::Score,
                Some(Order::Newest) => Sort::Newest,
                Some(Order::Oldest) => Sort::Oldest,
                Some(Order::Publisher) => Sort::Publisher,
            },
            limit: limit(self.limit),
            offset: self.offset.min(1_000_000),
            places: 5,
            budget: Some(Budget::small(SEARCH)),
            ..SearchQuery::default()
        })
    }
}

/// The first and the last day that a field names.
fn day(name: &str, value: Option<&str>) -> Result<Option<(jiff::civil::Date, jiff::civil::Date)>, AskError> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return Ok(None) };
    day_range(value)
        .map(Some)
        .ok_or_else(|| AskError::Asked(format!("{name}: `{value}` is no day; write 2031-05-02, 2031-05 or 2031")))
}

impl Text {
    /// The document; `most` bytes at most.
    pub(super) fn document(self, most: usize) -> Result<Document, AskError> {
        if self.text.trim().is_empty() {
            return Err(AskError::Asked("text: it is empty".to_owned()));
        }
        if self.text.len() > most {
            return Err(AskError::Asked(format!("text: it has {} bytes where {most} are allowed", self.text.len())));
        }
        Ok(Document {
            kind: self.kind.unwrap_or_default(),
            title: self.title,
            date: self.date,
            publisher: self.publisher,
            byline: self.byline,
            speaker: self.speaker,
            url: self.url,
            lang: self.lang,
            about: self.about,
            ..Document::new(self.id.filter(|id| !id.is_empty()).unwrap_or_else(|| "text".to_owned()), self.text)
        })
    }
}
