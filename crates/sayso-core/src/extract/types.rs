//! What extraction finds, as the program holds it: places are byte [`Span`]s, links are positions in the lists of one
//! [`Extraction`]. The public form of the same, with code points and ids, is in [`crate::record`].

use crate::document::{Region, RegionKind};
use crate::span::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// All that was found in one document, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The parts of the page.
    pub regions: Vec<Region>,
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Who is quoted, in the order of first quotation.
    pub speakers: Vec<Speaker>,
    /// Figures and dates.
    pub figures: Vec<Figure>,
    /// Sentences that can be checked.
    pub claims: Vec<Claim>,
}

/// Whether a quotation's words stand between quote marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Every word stands between marks.
    Direct,
    /// None does: reported speech.
    Indirect,
    /// Some do.
    Mixed,
}

/// One quotation with whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// Its unbroken pieces, in order; direct pieces hold their quote marks.
    pub content: Vec<Span>,
    /// The words that say that something was said (`said`, `went on to say`, `according to`).
    pub cue: Option<Span>,
    /// The mention of whose words they are, as written.
    pub source: Option<Span>,
    /// To whom.
    pub addressee: Option<Span>,
    /// Position in [`Extraction::speakers`].
    pub speaker: Option<u32>,
    /// On what ground the speaker was found.
    pub how: How,
    /// The part of the page that it stands in.
    pub region: RegionKind,
    /// An editor's `[insertions]` inside it, brackets included.
    pub insertions: Vec<Span>,
    /// Whether every mark that opens is closed.
    pub balanced: bool,
    /// The quotation that it goes on from: position in [`Extraction::quotes`].
    pub continues: Option<u32>,
    /// The quotation of the body that this one of the headline or subhead repeats.
    pub same_as: Option<u32>,
    /// How sure the speaker is.
    pub confidence: Confidence,
    /// The rules that decided.
    pub because: Vec<QuoteReason>,
}

impl Quote {
    /// How many bytes its pieces hold: of two quotations of the same words, one within the other, the inner is shorter.
    pub fn length(&self) -> u32 {
        self.content.iter().map(|piece| piece.len()).sum()
    }

    /// A quotation of these pieces of which nothing else is known.
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

/// On what ground a speaker was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// By the name itself.
    Named,
    /// By another form of the name: a surname, an acronym.
    Alias,
    /// By a pronoun.
    Pronoun,
    /// By a role (`the minister`).
    Role,
    /// From the quotation before: no source stands beside this one.
    Implicit,
    /// Not found.
    #[default]
    None,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess among several.
    #[default]
    Low,
    /// Likely.
    Medium,
    /// Stated by the text itself.
    High,
}

/// A rule that had a part in a quotation's reading. The names are printed in `because[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuoteReason {
    /// The cue stands before the content (`She said: “…”`).
    CueBefore,
    /// The cue stands after it (`“…,” she said`).
    CueAfter,
    /// The cue stands between two pieces.
    CueBetween,
    /// The source follows its cue (`“…,” said the mayor`).
    Inverted,
    /// `according to` and its like.
    AccordingTo,
    /// A colon or dash introduces the content.
    Colon,
    /// A clause with `that`.
    ThatClause,
    /// A clause without it.
    BareClause,
    /// `NAME:` at the start of a line, as transcripts have it.
    Transcript,
    /// `“…” – Name, Title`, as releases have it.
    Signature,
    /// Goes on from the quotation before, in the same paragraph.
    SameParagraph,
    /// Goes on from the paragraph before, whose mark was left open.
    OpenParagraph,
    /// A paragraph that is all quotation, after one by the same speaker.
    WholeParagraph,
    /// A few quoted words inside a reported clause.
    Fragment,
    /// The pronoun goes to the last speaker that it can mean.
    PronounRecency,
    /// A surname or short form of a name in the document.
    NameForm,
    /// A role goes to the person who was given that role in the document.
    RoleHolder,
    /// The statement's own issuer speaks.
    Issuer,
    /// Repeats a quotation of the body.
    Repeats,
    /// The closing mark is missing: read to the paragraph's end.
    Unclosed,
    /// Given by an alias file.
    AliasFile,
    /// Found by the learned tagger.
    Learned,
    /// Two people of the document bear the name, and nothing tells which of them is meant.
    SharedName,
    /// Another quotation follows at once, as the answer follows a question: nothing tells whose the first is.
    SideBySide,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// One named person.
    Person,
    /// An office, a company, a party.
    Organization,
    /// A report, a video, a poll.
    Document,
    /// One unnamed person (`a spokesperson for the company`).
    Anonymous,
    /// Several (`officials`, `residents`).
    Group,
    /// Cannot be told.
    #[default]
    Unknown,
}

/// One who is quoted in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest form of the name in the document, or the name that an alias file gives.
    pub name: String,
    /// Person, organisation, document …
    pub kind: SpeakerKind,
    /// Title or role, as written (`Health Minister`).
    pub role: Option<String>,
    /// The mentions that name this speaker.
    pub aliases: Vec<Span>,
    /// Quotations given to this speaker.
    pub quotes: u32,
    /// Words in them.
    pub words: u32,
    /// The Wikidata id that an alias file gives; never stored.
    #[serde(skip)]
    pub wikidata: Option<String>,
}

/// What a figure measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// A bare count.
    #[default]
    Number,
    /// A share in a hundred, or percentage points.
    Percent,
    /// An amount in a currency.
    Money,
    /// A number with a unit of measure.
    Quantity,
    /// How old.
    Age,
    /// A rank.
    Ordinal,
    /// One number against another (`2 in 5`, `3 to 1`).
    Ratio,
    /// A calendar date, a period with a place in the calendar.
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
    /// As said.
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
    /// From low to high.
    #[serde(rename = "range")]
    Range,
}

/// The direction of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Rose.
    Up,
    /// Fell.
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

/// A number as it stands in the text, and what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it measures.
    pub kind: FigureKind,
    /// The number with its symbol, scale and unit (`$75 million`, `79%`, `62-year-old`).
    pub span: Span,
    /// The numeral with its scale word (`75 million`).
    pub number: Span,
    /// The value, or the lower end of a range; none where only `iso` says it.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// How it is bounded.
    pub op: Op,
    /// The words that bound it (`more than`).
    pub hedge: Option<Span>,
    /// Whether it tells of a rise or a fall.
    pub change: Option<Change>,
    /// UCUM code, ISO 4217 code, `percent` or `percentage-point`.
    pub unit: Option<Cow<'static, str>>,
    /// The unit's English name (`mile per hour`, `US dollar`).
    pub unit_name: Option<Cow<'static, str>>,
    /// What is counted (`people`).
    pub noun: Option<Span>,
    /// The same in the singular, lower case.
    pub noun_lemma: Option<String>,
    /// The base of a share.
    pub of: Option<Base>,
    /// ISO 8601 or TIMEX3 value of a date, time or duration; the place of a rank that is told without a number: `end+0` for
    /// the last, `end-1` for the last but one, `current+1` for the next.
    pub iso: Option<String>,
    /// The period that the figure speaks of, ISO 8601.
    pub as_of: Option<String>,
    /// The last significant place as written: 1 for `65`, 0.1 for `3.5`, 1000000 for `4 million`.
    pub precision: Option<Decimal>,
    /// The quotation that it stands in: position in [`Extraction::quotes`].
    pub quote: Option<u32>,
}

impl Figure {
    /// A figure of a kind and place of which nothing else is known.
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

/// What a claim asserts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// An amount.
    Quantity,
    /// One thing against another.
    Comparison,
    /// A change over time.
    Trend,
    /// A place in an order.
    Rank,
    /// When something was.
    Date,
    /// That somebody said something.
    Quotation,
    /// What will be.
    Prediction,
    /// A judgement.
    Opinion,
    /// Something else that can be checked.
    #[default]
    Other,
}

/// A sentence or clause that asserts something that can be checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The words that assert it.
    pub span: Span,
    /// The sentence that they stand in.
    pub sentence: Span,
    /// What it asserts.
    pub kind: ClaimKind,
    /// Whose claim it is, if not the narrator's: position in [`Extraction::speakers`].
    pub speaker: Option<u32>,
    /// The quotation that it stands in: position in [`Extraction::quotes`].
    pub quote: Option<u32>,
    /// Who is said to have said it, the first who reports it first; empty for the narrator's own.
    pub attribution: Vec<Reporter>,
    /// The figures in it: positions in [`Extraction::figures`].
    pub figures: Vec<u32>,
    /// From 0 to 1.
    pub check_worthy: f32,
    /// What spoke for and against.
    pub because: Vec<ClaimReason>,
    /// What must be pinned down before it can be checked.
    pub missing: Vec<Missing>,
}

/// One link in the chain of those who report a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Position in [`Extraction::speakers`]; none where the roster does not have them.
    pub speaker: Option<u32>,
    /// The mention of who it is, as written.
    pub source: Option<Span>,
    /// On what ground the speaker was found.
    pub how: How,
    /// Their quotation: position in [`Extraction::quotes`]; none for who is reported within another's reported words.
    pub quote: Option<u32>,
}

/// What makes a sentence worth a check, or not. The names are printed in `because[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClaimReason {
    /// Holds a figure.
    Figure,
    /// Holds a figure with a unit or a counted noun.
    Counted,
    /// Tells of a change.
    Change,
    /// Compares.
    Comparison,
    /// Ranks.
    Rank,
    /// Names a date or a period.
    Dated,
    /// Names somebody or something.
    Named,
    /// Stands in the past tense.
    Past,
    /// Speaks of the future.
    Future,
    /// Speaks in the first person.
    FirstPerson,
    /// Is a question.
    Question,
    /// Judges.
    Opinion,
}

/// What a claim leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Where.
    Place,
    /// When.
    Time,
    /// A share of what.
    Base,
    /// Who or what a pronoun means.
    Referent,
}
