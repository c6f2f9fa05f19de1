//! Figures of coverage are checked against statements and reference tables: a document and [`Evidence`] go in, a
//! [`Check`] for each figure comes out, with the two figures side by side, the arithmetic as text and the reasons.
//!
//! Three steps, a file each. `candidates` finds the figures of statements (and `table` the cells of tables) that may
//! speak of the same thing, by kind, unit and shared words, not by value: the same number that counts something else is
//! no evidence. `compare` sets two figures side by side in exact decimal arithmetic, with the intervals that their
//! precision, bounds and hedges leave open. `verdict` weighs them, and abstains where subject, unit and period are not
//! matched with confidence.
//!
//! `The fire hurt 14 people` against `At least 14 people were injured in the fire` is *supported*, `bound-dropped`.
//!
//! A verdict never says that something is true: it says what a named source states.

mod align;
mod apart;
mod candidates;
mod case;
mod claimless;
mod compare;
mod contexts;
mod counterpart;
mod derived;
mod facts;
mod features;
mod fit;
mod frame;
mod framed;
mod held;
mod labels;
mod likeness;
mod marks;
mod meant;
mod near;
mod pairs;
mod reading;
mod settings;
mod similar;
mod slips;
mod slots;
mod standing;
mod statements;
mod stems;
mod story;
mod subject;
mod table;
mod times;
mod verdict;

pub use frame::{ClaimFrame, Filled, frame_of};
pub use settings::Settings;
pub use slots::{Slot, SlotName, SlotState};
pub use table::{Column, Line, Lines as Rows, RowNames, Sidecar, Table, TableError, TableWarning};

use crate::document::Document;
use crate::extract::{Confidence, Extraction};
use crate::span::Span;
use crate::store::{StatementStore, StoreError};
use candidates::{Choice, Selected};
use facts::Facts;
use framed::Framed;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use statements::Statements;
use std::cell::OnceCell;
use std::sync::Arc;

/// What is known of one figure of coverage.
///
/// ```
/// use sayso_core::{Document, Evidence, check, extract};
/// let article = Document::new("a", "The pier has 12 lamps.");
/// let checks = check(&article, &extract(&article), &Evidence::new())?;
/// // Without evidence nothing is claimed.
/// assert_eq!((checks.len(), checks[0].relation), (1, None));
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The figure: position in [`Extraction::figures`].
    pub figure: Option<u32>,
    /// The claim that it stands in: position in [`Extraction::claims`].
    pub claim: Option<u32>,
    /// The figure's place in the coverage.
    pub span: Span,
    /// Its value; none for a date or time.
    pub claimed: Option<Decimal>,
    /// What the evidence says of it.
    pub verdict: Verdict,
    /// How it stands to the best evidence.
    pub relation: Option<Relation>,
    /// What it was compared with, best first.
    pub evidence: Vec<EvidenceItem>,
    /// The arithmetic, as text.
    pub computation: Option<String>,
    /// The reasons for the verdict.
    pub because: Vec<CheckReason>,
    /// What the figure and the first piece of evidence were compared in.
    pub slots: Vec<Slot>,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// The sentence that the figure stands in.
    pub sentence: Option<Span>,
}

/// What the evidence says of a figure. None of them says that the figure is true or false.
///
/// ```
/// use sayso_core::{Document, Evidence, Verdict, check, extract};
/// let article = Document::new("a", "The pier has 12 lamps.");
/// let checks = check(&article, &extract(&article), &Evidence::new())?;
/// assert_eq!(checks[0].verdict, Verdict::NotEnoughEvidence);
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A source states it.
    Supported,
    /// A source states another value for the same thing.
    Contradicted,
    /// Sources state different values.
    Conflicting,
    /// No source speaks of the same thing with enough confidence.
    NotEnoughEvidence,
    /// Nothing about it can be compared.
    NotCheckable,
}

/// How a figure stands to the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same value, bounded in the same way.
    Equal,
    /// The same after rounding as either side has it.
    Rounded,
    /// Inside the bound that the coverage gives (`more than 40` of 43).
    WithinBound,
    /// The source says `at least`, the coverage does not.
    BoundDropped,
    /// The source says `about`, the coverage does not.
    HedgeDropped,
    /// Follows by arithmetic from figures of the source.
    Derived,
    /// Another value.
    Differs,
    /// The same number of another unit.
    UnitDiffers,
    /// A share of something else.
    BaseDiffers,
    /// Of another period than the source's.
    Stale,
    /// It moved the other way.
    DirectionDiffers,
    /// The source denies it.
    Negated,
    /// The source says the number of somebody or something else.
    OtherSubject,
    /// Of another place.
    OtherPlace,
    /// Of another time, or for another length of it.
    OtherPeriod,
    /// Of a part, or of another whole.
    OtherBase,
    /// Of another kind of fact: planned, sought, allowed at most; another stage.
    OtherKind,
}

impl Relation {
    /// Whether the source says the number of something else.
    pub const fn is_elsewhere(self) -> bool {
        use Relation::*;
        matches!(self, OtherSubject | OtherPlace | OtherPeriod | OtherBase | OtherKind)
    }
}

/// Why a verdict is as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CheckReason {
    /// The document names the statement.
    About,
    /// The same thing is counted or measured.
    SameNoun,
    /// The words around both figures agree.
    SharedWords,
    /// The units agree, or were converted.
    SameUnit,
    /// Both speak of a rise, or both of a fall.
    SameChange,
    /// One speaks of a rise, the other of a fall.
    OtherChange,
    /// The value stands in the source, but counts something else there.
    OtherThing,
    /// The value stands nowhere in the source.
    NoEqualValue,
    /// Nothing in the source is of this kind.
    NoComparable,
    /// The periods differ.
    OtherPeriod,
    /// The period of the reference is not known.
    PeriodUnknown,
    /// The row was found by its key in the text.
    RowNamed,
    /// The column was found by its header's words.
    ColumnNamed,
    /// Reached by arithmetic.
    Computed,
    /// A figure without a value to compare.
    NoValue,
    /// There is no evidence to look in.
    NoSource,
    /// Whether the document is about the statement cannot be told.
    UnsureStatement,
    /// The story below the headline says it, too.
    Repeated,
    /// The number names something, or ranks nothing: there is nothing to check.
    NoClaim,
}

/// Where a piece of evidence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A figure of a statement.
    Statement,
    /// A cell of a table.
    Table,
}

/// A figure of a statement or a cell of a table that speaks of the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// The statement's id, or the table's name.
    pub doc: String,
    /// The place in the statement; none for a table.
    pub span: Option<Span>,
    /// Where it comes from.
    pub kind: EvidenceKind,
    /// Its value: a decimal, or a date.
    pub value: Option<String>,
    /// The table's name.
    pub table: Option<String>,
    /// The row's key, as the table has it.
    pub row: Option<String>,
    /// The column's header, as the table has it.
    pub column: Option<String>,
    /// How likely it speaks of the same thing, from 0 to 1.
    pub score: f32,
    /// The sentence of the statement; none for a table.
    pub sentence: Option<Span>,
}

/// Statements and tables to check against.
///
/// ```
/// use sayso_core::{Document, Evidence, extract};
/// use std::sync::Arc;
/// let statement = Arc::new(Document::new("s", "The board counted 42 boats."));
/// let mut evidence = Evidence::new();
/// evidence.add_statement(statement.clone(), Arc::new(extract(&statement)));
/// assert_eq!(evidence.statements(), 1);
/// ```
#[derive(Default)]
pub struct Evidence {
    statements: Statements,
    tables: Vec<Table>,
    settings: Settings,
}

impl Evidence {
    /// None yet, with the default [`Settings`].
    pub fn new() -> Self {
        Evidence::default()
    }

    /// None yet, with thresholds of one's own.
    pub fn with(settings: Settings) -> Self {
        Evidence { settings, ..Evidence::default() }
    }

    /// The statements of a store. They stay where they are: what is kept in memory are those read last, up to some 64 MB
    /// of text.
    pub fn over(store: Arc<dyn StatementStore>) -> Self {
        Evidence { statements: Statements::over(store), ..Evidence::default() }
    }

    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.statements.len()
    }

    /// The statement of an id, with its position among all: those of the store first, in its order, then those that were
    /// added. None too where the store cannot be read: the next [`check`] gives its error.
    pub fn statement(&self, id: &str) -> Option<(u32, Arc<Document>)> {
        let number = self.statements.number(id)?;
        Some((number, self.statements.get(number)?.document.clone()))
    }

    /// What was found in the statement of an id. None as for [`Evidence::statement`].
    pub fn extraction(&self, id: &str) -> Option<Arc<Extraction>> {
        Some(self.statements.get(self.statements.number(id)?)?.extraction.clone())
    }

    /// The damaged statements of the store that were asked for so far and left out: what is damaged, each once.
    pub fn damaged(&self) -> Vec<String> {
        self.statements.damaged()
    }

    /// Whether there is nothing to check against.
    pub fn is_empty(&self) -> bool {
        self.statements.len() == 0 && self.tables.is_empty()
    }

    /// Adds a statement. Linear in its length.
    pub fn add_statement(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        self.statements.add(document, extraction);
    }

    /// Adds a table.
    pub fn add_table(&mut self, table: Table) {
        self.tables.push(table);
    }
}

/// Checks every figure of a document, in the order of the text.
///
/// A document that names its statements (`about`) is compared with those of them that the evidence holds; otherwise
/// with those that share its rarer words. Thread-safe. A figure of a quotation is checked like any other.
///
/// The error is that of a store of statements that could not be read.
///
/// ```
/// use sayso_core::{Document, Evidence, Verdict, check, extract};
/// use std::sync::Arc;
/// let statement = Arc::new(Document::new("s", "Inspectors looked at 42 boats in May."));
/// let mut evidence = Evidence::new();
/// evidence.add_statement(statement.clone(), Arc::new(extract(&statement)));
/// let mut article = Document::new("a", "Inspectors looked at 42 boats in May.");
/// article.about.push("s".to_owned());
/// let checks = check(&article, &extract(&article), &evidence)?;
/// assert_eq!(checks[0].verdict, Verdict::Supported);
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
pub fn check(document: &Document, extraction: &Extraction, evidence: &Evidence) -> Result<Vec<Check>, StoreError> {
    let claims = claims_of(extraction);
    let facts = Facts::new(document, extraction);
    let sources = Selected::new(document, &facts, &evidence.statements, &evidence.settings);
    let rows = table::Rows::find(&evidence.tables, document, &facts);
    let all = pairs::all(extraction, &facts, &sources, &evidence.settings);
    let mut checks: Vec<Check> = (0..extraction.figures.len())
        .map(|i| {
            let claimed = Framed { extraction, facts: &facts, index: i };
            let odds = OnceCell::new();
            let case = case::Case { document, claimed, all: &all, found: &sources, evidence, odds: &odds };
            let mut check = verdict::statements(case);
            if !evidence.tables.is_empty() {
                table::check(&mut check, document, extraction, &facts, i, &rows, evidence);
            }
            check.claim = claims[i];
            check.sentence = facts.sentence_of(check.span);
            check
        })
        .collect();
    for i in 0..checks.len() {
        if let Some(derived) = derived::of_supported(&checks, extraction, &facts, i) {
            verdict::take_derived(&mut checks[i], derived);
        }
    }
    match sources.choice {
        Choice::Ours => standing::settle(&mut checks, document, extraction, &sources, &evidence.settings),
        Choice::Named => standing::settle_told(&mut checks),
        Choice::Given => {}
    }
    verdict::settle_repeated(&mut checks, extraction, &all);
    checks.sort_by_key(|check| check.span.start);
    evidence.statements.sound()?;
    Ok(checks)
}

/// A figure of coverage beside a figure of a statement: what the weights of [`Settings::likeness`] are fitted on.
#[doc(hidden)]
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The figure of coverage: position in [`Extraction::figures`].
    pub figure: u32,
    /// The statement's id.
    pub doc: String,
    /// The place in the statement.
    pub span: Span,
    /// Whether the values agree.
    pub agrees: bool,
    /// Whether it gives another value that nothing else in the coverage accounts for.
    pub rival: bool,
    /// Whether the figure stands in a headline.
    pub headline: bool,
    /// As [`Settings::likeness`] has them.
    pub features: Vec<f32>,
    /// As [`Settings::same`] has them.
    pub same: Vec<f32>,
    /// As [`Settings::other`] has them; empty where it can be no other value of the same thing.
    pub other: Vec<f32>,
    /// As [`Settings::found`] has them; empty where the values do not agree.
    pub found: Vec<f32>,
    /// As [`Settings::elsewhere`] has them; empty but where the verdict is that the number is said of something else there.
    pub elsewhere: Vec<f32>,
    /// As `features::COUNTERPART_NAMES` has them; empty in a headline.
    pub counterpart: Vec<f32>,
    /// Whether it is one of those that may say the same.
    pub chosen: bool,
}

/// Every comparable pair of a document's figures with those of statements (see `training/check.py`).
#[doc(hidden)]
pub fn compared(document: &Document, extraction: &Extraction, evidence: &Evidence) -> Vec<Compared> {
    let facts = Facts::new(document, extraction);
    let sources = Selected::new(document, &facts, &evidence.statements, &evidence.settings);
    let all = pairs::all(extraction, &facts, &sources, &evidence.settings);
    let mut out = Vec::new();
    for (figure, list) in all.iter().enumerate() {
        let claimed = Framed { extraction, facts: &facts, index: figure };
        let odds = OnceCell::new();
        let case = case::Case { document, claimed, all: &all, found: &sources, evidence, odds: &odds };
        let tells_else = verdict::tells_else(case);
        let told = verdict::elsewhere_features(case);
        let headline = pairs::is_headline(extraction, &facts, figure);
        let mut beside = if headline { Vec::new() } else { counterpart::features(claimed, list) }.into_iter();
        for (pair, odds) in list.iter().zip(case.odds()) {
            let other = || story::other_features(claimed, pair, odds, tells_else).to_vec();
            out.push(Compared {
                figure: figure as u32,
                doc: pair.statement.document.id.clone(),
                span: pair.theirs().span,
                agrees: pair.comparison.agrees,
                rival: pair.is_rival(),
                headline,
                features: pair.features.to_vec(),
                same: story::same_features(claimed, pair, Some(odds)).to_vec(),
                other: if story::may_differ(claimed, pair, odds) { other() } else { Vec::new() },
                found: if pair.comparison.agrees { verdict::found_features(case, pair).to_vec() } else { Vec::new() },
                elsewhere: told
                    .as_ref()
                    .filter(|(at, _)| std::ptr::eq(*at, pair))
                    .map_or(Vec::new(), |(_, f)| f.to_vec()),
                counterpart: beside.next().map_or(Vec::new(), |features| features.to_vec()),
                chosen: story::agreeing(list).any(|p| std::ptr::eq(p, pair)),
            });
        }
    }
    out
}

/// A sum that gives the value of a figure of coverage: what [`Settings::derived`] is fitted on.
#[doc(hidden)]
#[derive(Clone, Debug, Serialize)]
pub struct Worked {
    /// The figure of coverage: position in [`Extraction::figures`].
    pub figure: u32,
    /// The statement's id.
    pub doc: String,
    /// The arithmetic, as text.
    pub computation: String,
    /// As [`Settings::derived`] has them.
    pub features: Vec<f32>,
}

/// Every sum that gives the value of a figure (see `training/derived.py`).
#[doc(hidden)]
pub fn worked(document: &Document, extraction: &Extraction, evidence: &Evidence) -> Vec<Worked> {
    let facts = Facts::new(document, extraction);
    let sources = Selected::new(document, &facts, &evidence.statements, &evidence.settings);
    let all = pairs::all(extraction, &facts, &sources, &evidence.settings);
    let mut out = Vec::new();
    for index in 0..extraction.figures.len() {
        let claimed = Framed { extraction, facts: &facts, index };
        let odds = OnceCell::new();
        let case = case::Case { document, claimed, all: &all, found: &sources, evidence, odds: &odds };
        for (number, statement) in sources.of_sentence(claimed.place().sentence) {
            let found = derived::weighed(case, number, statement).into_iter();
            out.extend(found.map(|(features, derived)| Worked {
                figure: index as u32,
                doc: statement.document.id.clone(),
                computation: derived.computation,
                features: features.to_vec(),
            }));
        }
    }
    out
}

/// The names of the features of [`Compared::same`], [`Compared::other`], [`Compared::counterpart`], [`Worked::features`],
/// [`Compared::found`] and [`Compared::elsewhere`].
#[doc(hidden)]
pub fn feature_names() -> [&'static [&'static str]; 6] {
    use features::{COUNTERPART_NAMES, DERIVED_NAMES, ELSEWHERE_NAMES, FOUND_NAMES, OTHER_NAMES, SAME_NAMES};
    [&SAME_NAMES, &OTHER_NAMES, &COUNTERPART_NAMES, &DERIVED_NAMES, &FOUND_NAMES, &ELSEWHERE_NAMES]
}

/// The first claim that each figure stands in.
fn claims_of(extraction: &Extraction) -> Vec<Option<u32>> {
    let mut out = vec![None; extraction.figures.len()];
    for (c, claim) in extraction.claims.iter().enumerate() {
        for &f in &claim.figures {
            if let Some(slot @ None) = out.get_mut(f as usize) {
                *slot = Some(c as u32);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
