//! The findings of extraction, in their internal form: places are byte [`Span`]s, and links are positions in the lists
//! of one [`Extraction`]. [`crate::record`] has the public form, with code points and ids.

use crate::document::{Region, RegionKind};
use crate::review::{Judged, Review, Reviewed};
use crate::span::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// All findings of one document. Each list is in text order.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "“It rained for 12 hours,” said Ada Brandt.");
/// let found = extract(&document);
/// assert_eq!((found.quotes.len(), found.speakers.len(), found.figures.len()), (1, 1, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The regions of the page.
    pub regions: Vec<Region>,
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// The speakers who are quoted, in the order of their first quotation.
    pub speakers: Vec<Speaker>,
    /// Figures and dates.
    pub figures: Vec<Figure>,
    /// Sentences that can be checked.
    pub claims: Vec<Claim>,
    /// What people said of the findings. It is never stored.
    #[serde(skip)]
    pub reviews: Vec<Review>,
}

impl Extraction {
    /// What a person said of the finding of a kind at a place.
    pub fn reviewed(&self, record: Judged, span: Span) -> Option<&Reviewed> {
        self.reviews.iter().find(|one| one.record == record && one.span == span).map(|one| &one.reviewed)
    }
}

/// Whether a quotation's words stand between quote marks.
///
/// ```
/// use sayso_core::{Document, QuoteKind, extract};
/// let document = Document::new("d", "Ada Brandt said that the pier was closed.");
/// assert_eq!(extract(&document).quotes[0].kind, QuoteKind::Indirect);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// All words are between quote marks.
    Direct,
    /// No words are between quote marks: reported speech.
    Indirect,
    /// Some words are between quote marks.
    Mixed,
}

/// A quotation, with its cue, source and speaker.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "“It rained,” Ada Brandt told the Courier.");
/// let found = extract(&document);
/// let of = |span: Option<sayso_core::Span>| span.map(|span| span.of(&document.text));
/// let quote = &found.quotes[0];
/// assert_eq!(of(quote.source), Some("Ada Brandt"));
/// assert_eq!((of(quote.cue), of(quote.addressee)), (Some("told"), Some("the Courier")));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// The unbroken pieces, in order. Direct pieces include their quote marks.
    pub content: Vec<Span>,
    /// The words that report the act of speaking (`said`, `went on to say`, `according to`).
    pub cue: Option<Span>,
    /// The mention of the source, as written.
    pub source: Option<Span>,
    /// The mention of the addressee.
    pub addressee: Option<Span>,
    /// The speaker: a position in [`Extraction::speakers`].
    pub speaker: Option<u32>,
    /// How the speaker was identified.
    pub how: How,
    /// The region that contains the quotation.
    pub region: RegionKind,
    /// The editor's `[insertions]` in it, brackets included.
    pub insertions: Vec<Span>,
    /// Whether every opening quote mark has its closing mark.
    pub balanced: bool,
    /// The quotation that this one continues: a position in [`Extraction::quotes`].
    pub continues: Option<u32>,
    /// For a quotation in the headline or subhead, the quotation in the body that it repeats: a position in
    /// [`Extraction::quotes`].
    pub same_as: Option<u32>,
    /// How certain the speaker is.
    pub confidence: Confidence,
    /// The rules that produced this quotation.
    pub because: Vec<QuoteReason>,
}

impl Quote {
    /// The length of all pieces, in bytes. Of two nested quotations of the same words, the inner is the shorter.
    pub fn length(&self) -> u32 {
        self.content.iter().map(|piece| piece.len()).sum()
    }

    /// A quotation with these pieces and with every other field empty.
    pub fn new(kind: QuoteKind, content: Vec<Span>) -> Self {
        Quote {
            kind,
            content,
            cue: None,
            source: None,
            addressee: None,
            speaker: None,
            how: How::None,
            region: RegionKind::default(),
            insertions: Vec::new(),
            balanced: true,
            continues: None,
            same_as: None,
            confidence: Confidence::default(),
            because: Vec::new(),
        }
    }
}

/// How a speaker was identified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// By the name itself.
    Named,
    /// By another form of the name, such as a surname or an acronym.
    Alias,
    /// By a pronoun.
    Pronoun,
    /// By a role (`the minister`).
    Role,
    /// From the previous quotation: this one has no source of its own.
    Implicit,
    /// The speaker was not identified.
    #[default]
    None,
}

/// How certain a finding is.
///
/// ```
/// use sayso_core::{Confidence, Document, extract};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// assert_eq!(extract(&document).quotes[0].confidence, Confidence::High);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One of several possible readings.
    #[default]
    Low,
    /// Likely.
    Medium,
    /// The text states it.
    High,
}

/// A rule that took part in reading a quotation. The names are printed in `because[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuoteReason {
    /// The cue precedes the content (`She said: “…”`).
    CueBefore,
    /// The cue follows the content (`“…,” she said`).
    CueAfter,
    /// The cue is between two pieces of the content.
    CueBetween,
    /// The source follows its cue (`“…,” said the mayor`).
    Inverted,
    /// `according to` or a similar phrase introduces the source.
    AccordingTo,
    /// A colon or dash introduces the content.
    Colon,
    /// The content is a clause with `that`.
    ThatClause,
    /// The content is a clause without `that`.
    BareClause,
    /// `NAME:` starts the line, as in a transcript.
    Transcript,
    /// `“…” – Name, Title`, as in a press release.
    Signature,
    /// Continues the previous quotation, in the same paragraph.
    SameParagraph,
    /// Continues the previous paragraph, whose quote mark was left open.
    OpenParagraph,
    /// The paragraph is all quotation and follows one by the same speaker.
    WholeParagraph,
    /// A few quoted words in a reported clause.
    Fragment,
    /// The pronoun refers to the most recent speaker who fits.
    PronounRecency,
    /// The source is a surname or another short form of a name in the document.
    NameForm,
    /// The source is a role, and the document gives that role to this person.
    RoleHolder,
    /// The speaker is the issuer of the statement.
    Issuer,
    /// Repeats a quotation in the body.
    Repeats,
    /// The closing mark is missing; the quotation ends with the paragraph.
    Unclosed,
    /// An alias file names the speaker.
    AliasFile,
    /// Found by the learned tagger.
    Learned,
    /// Two people of the document bear the name, and nothing tells which of them is meant.
    SharedName,
    /// Another quotation follows at once, as the answer follows a question: nothing tells whose the first is.
    SideBySide,
    /// The cue is denied or only supposed: `did not say that`, `nobody says`, `may say`. Nobody has said so here.
    NotSaid,
}

/// The kind of speaker.
///
/// ```
/// use sayso_core::{Document, SpeakerKind, extract};
/// let document = Document::new("d", "“It rained,” said Ada Brandt.");
/// assert_eq!(extract(&document).speakers[0].kind, SpeakerKind::Person);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// One named person.
    Person,
    /// An office, a company, a party.
    Organization,
    /// A source that is a text or a recording: a report, a video, a poll.
    Document,
    /// One unnamed person (`a spokesperson for the company`).
    Anonymous,
    /// Several people (`officials`, `residents`).
    Group,
    /// The kind cannot be decided.
    #[default]
    Unknown,
}

/// A speaker who is quoted in a document.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "“It rained,” said Ada Brandt. “It stopped,” Brandt said.");
/// let speakers = extract(&document).speakers;
/// assert_eq!((speakers.len(), speakers[0].name.as_str(), speakers[0].quotes), (1, "Ada Brandt", 2));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest form of the name in the document, or the name that an alias file gives.
    pub name: String,
    /// The kind of speaker.
    pub kind: SpeakerKind,
    /// The title or role, as written (`Health Minister`).
    pub role: Option<String>,
    /// The mentions of this speaker by name.
    pub aliases: Vec<Span>,
    /// The number of quotations attributed to this speaker.
    pub quotes: u32,
    /// The number of words in those quotations.
    pub words: u32,
    /// The Wikidata id that an alias file gives. It is never stored.
    #[serde(skip)]
    pub wikidata: Option<String>,
}

/// The kind of thing that a figure measures.
///
/// ```
/// use sayso_core::{Document, FigureKind, extract};
/// let document = Document::new("d", "Fares rose 4 percent.");
/// assert_eq!(extract(&document).figures[0].kind, FigureKind::Percent);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// A bare count.
    #[default]
    Number,
    /// A percentage, or a number of percentage points.
    Percent,
    /// An amount in a currency.
    Money,
    /// A number with a unit of measure.
    Quantity,
    /// An age.
    Age,
    /// A rank.
    Ordinal,
    /// One number against another (`2 in 5`, `3 to 1`).
    Ratio,
    /// A calendar date, or a period at a fixed place in the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
}

/// How a value is bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Op {
    /// Exactly the value as stated.
    #[default]
    #[serde(rename = "=")]
    Equal,
    /// About.
    #[serde(rename = "~")]
    About,
    /// Less than.
    #[serde(rename = "<")]
    Less,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// More than.
    #[serde(rename = ">")]
    More,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// Between a lower and an upper end.
    #[serde(rename = "range")]
    Range,
}

/// The direction of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// A rise.
    Up,
    /// A fall.
    Down,
}

/// The base of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// Another figure: position in [`Extraction::figures`].
    Figure(u32),
    /// A noun phrase.
    Words(Span),
}

/// A number or date: its place in the text, and the value that the text states.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "The pier cost €1.2 million.");
/// let figures = extract(&document).figures;
/// assert_eq!(figures[0].value.map(|value| value.to_string()).as_deref(), Some("1200000"));
/// assert_eq!(figures[0].unit.as_deref(), Some("EUR"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The kind of thing that it measures.
    pub kind: FigureKind,
    /// The number with its symbol, scale and unit (`$75 million`, `79%`, `62-year-old`).
    pub span: Span,
    /// The numeral with its scale word (`75 million`).
    pub number: Span,
    /// The value, or the lower end of a range. `None` if only `iso` holds the value.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// How the value is bounded.
    pub op: Op,
    /// The words that express the bound (`more than`).
    pub hedge: Option<Span>,
    /// The direction of change, if the figure states a rise or a fall.
    pub change: Option<Change>,
    /// The unit: a UCUM code, an ISO 4217 code, `percent` or `percentage-point`.
    pub unit: Option<Cow<'static, str>>,
    /// The English name of the unit (`mile per hour`, `US dollar`).
    pub unit_name: Option<Cow<'static, str>>,
    /// The noun phrase that is counted (`people`).
    pub noun: Option<Span>,
    /// The counted noun in the singular and in lower case.
    pub noun_lemma: Option<String>,
    /// The base of a share.
    pub of: Option<Base>,
    /// The ISO 8601 or TIMEX3 value of a date, time or duration. For a rank without a number, its position: `end+0` is
    /// the last, `end-1` the last but one, `current+1` the next.
    pub iso: Option<String>,
    /// The period for which the figure holds, in ISO 8601.
    pub as_of: Option<String>,
    /// The place value of the last significant digit as written: 1 for `65`, 0.1 for `3.5`, 1000000 for `4 million`.
    pub precision: Option<Decimal>,
    /// The quotation that contains it: a position in [`Extraction::quotes`].
    pub quote: Option<u32>,
}

impl Figure {
    /// Whether it is a date that tells a month and no day: `2031-05`.
    pub(crate) fn is_month(&self) -> bool {
        const MONTH: usize = 7;
        let tells =
            |iso: &str| iso.len() == MONTH && iso.get(5..).is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit()));
        self.kind == FigureKind::Date && self.iso.as_deref().is_some_and(tells)
    }

    /// A figure with this kind and place and with every other field empty.
    pub const fn new(kind: FigureKind, span: Span, number: Span) -> Self {
        Figure {
            kind,
            span,
            number,
            value: None,
            high: None,
            op: Op::Equal,
            hedge: None,
            change: None,
            unit: None,
            unit_name: None,
            noun: None,
            noun_lemma: None,
            of: None,
            iso: None,
            as_of: None,
            precision: None,
            quote: None,
        }
    }
}

/// The kind of assertion that a claim makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// An amount.
    Quantity,
    /// A comparison of two things.
    Comparison,
    /// A change over time.
    Trend,
    /// A rank.
    Rank,
    /// The date of an event.
    Date,
    /// That somebody said something.
    Quotation,
    /// A prediction.
    Prediction,
    /// An opinion.
    Opinion,
    /// Any other assertion that can be checked.
    #[default]
    Other,
}

/// A sentence or clause that asserts something that can be checked.
///
/// ```
/// use sayso_core::{Document, extract};
/// let document = Document::new("d", "Ada Brandt said the mill employs 300 people.");
/// let found = extract(&document);
/// let claim = &found.claims[0];
/// assert_eq!(claim.span.of(&document.text), "the mill employs 300 people");
/// assert_eq!(claim.speaker.map(|at| found.speakers[at as usize].name.as_str()), Some("Ada Brandt"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The words that make the claim.
    pub span: Span,
    /// The sentence that contains those words.
    pub sentence: Span,
    /// The kind of assertion.
    pub kind: ClaimKind,
    /// The speaker who makes the claim: a position in [`Extraction::speakers`]. `None` for the narrator.
    pub speaker: Option<u32>,
    /// The quotation that contains it: a position in [`Extraction::quotes`].
    pub quote: Option<u32>,
    /// The sources that report the claim, outermost first. Empty for the narrator's own claims.
    pub attribution: Vec<Reporter>,
    /// The figures in it: positions in [`Extraction::figures`].
    pub figures: Vec<u32>,
    /// How much the claim is worth checking, from 0 to 1.
    pub check_worthy: f32,
    /// The features that raised or lowered `check_worthy`.
    pub because: Vec<ClaimReason>,
    /// What the claim leaves open and a checker must find out first.
    pub missing: Vec<Missing>,
}

/// One source in the chain that reports a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// The speaker: a position in [`Extraction::speakers`]. `None` if that list does not contain the source.
    pub speaker: Option<u32>,
    /// The mention of the source, as written.
    pub source: Option<Span>,
    /// How the speaker was identified.
    pub how: How,
    /// This source's quotation: a position in [`Extraction::quotes`]. `None` for a source that is named inside
    /// another's reported words.
    pub quote: Option<u32>,
}

/// A feature that makes a sentence more or less worth checking. The names are printed in `because[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClaimReason {
    /// Contains a figure.
    Figure,
    /// Contains a figure with a unit or a counted noun.
    Counted,
    /// States a change.
    Change,
    /// Makes a comparison.
    Comparison,
    /// States a rank.
    Rank,
    /// Names a date or a period.
    Dated,
    /// Names a person or thing.
    Named,
    /// Is in the past tense.
    Past,
    /// Refers to the future.
    Future,
    /// Is in the first person.
    FirstPerson,
    /// Is a question.
    Question,
    /// States an opinion.
    Opinion,
}

/// Something that a claim leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// The place.
    Place,
    /// The time.
    Time,
    /// The base of a share.
    Base,
    /// The referent of a pronoun.
    Referent,
}
