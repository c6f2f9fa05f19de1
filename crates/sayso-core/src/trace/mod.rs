//! Quotations of coverage are traced to the statements that they come from: a document and [`Sources`] go in, a
//! [`Trace`] for each unbroken run of quoted words comes out, with the passage, the edit script and the name of the edit.
//!
//! Four steps, a file each. [`sources`] finds candidate statements by their three-word shingles, rare ones first: in
//! memory, or in an index on disk. `align` pairs the words of the quotation with those of a candidate: a dynamic program
//! that knows jumps as well as single words, so that an ellipsis or a splice costs one step however far it leaps.
//! `relation` names what was done: *verbatim, elided, bracketed, spliced, altered*. It names the edit, never the motive.
//! `choice` decides between candidates, or for none, and how sure that is.
//!
//! A transcript is read by its turns (`turns`, `spoken`): a passage lies within the words of one speaker. What the page
//! says of the occasion is asked of `page`, who speaks on both sides of `attribution`.
//!
//! Beside them: [`reuses`], a statement's words without quote marks; [`copies`], documents that repeat one another;
//! [`views`], the traces of many documents by statement, by outlet and over time.
//!
//! `“The ferry is … safe,” she said.` against `The ferry is old but safe.` is `elided`, with `old but` omitted.

mod align;
mod attribution;
mod choice;
pub mod copies;
mod fold;
mod lexicon;
mod names;
mod page;
mod pieces;
mod relation;
mod reported;
mod reuse;
mod settings;
mod shingles;
mod sources;
mod spoken;
mod turns;
pub mod views;

pub use crate::extract::quotes::rejected::Sort;
pub use reuse::{Reuse, reuses, reuses_with};
pub use settings::Settings;
pub use sources::{ReadStatement, Sources};

use crate::document::Document;
use crate::extract::quotes::rejected::rejected;
use crate::extract::{Confidence, Extraction, Quote};
use crate::span::Span;
use crate::store::StoreError;
use crate::text::Page;
use attribution::{Attributed, Narration, Voice};
use choice::{Choice, Chosen, Claim, Issued};
use page::PageFacts;
use pieces::Run;
use relation::{Match, Matcher};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use turns::Turns;

/// Where the words of one quoted run come from, and what was done to them.
///
/// ```
/// use sayso_core::{Document, Sources, extract, trace};
/// use std::sync::Arc;
/// let statement = Arc::new(Document::new("s", "The ferry runs again from Monday."));
/// let mut sources = Sources::new();
/// sources.add(statement.clone(), Arc::new(extract(&statement)));
/// let article = Document::new("a", "“We will build the bridge again,” said Ada Brandt.");
/// let traces = trace(&article, &extract(&article), &sources)?;
/// // The words without their marks. No statement holds them.
/// assert!(traces[0].quote.of(&article.text).starts_with("We will build"));
/// assert_eq!(traces[0].statement, None);
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The quoted words, without the marks around them.
    pub quote: Span,
    /// The quotation that they belong to: position in [`Extraction::quotes`]; none where the words are no quotation.
    pub quote_index: Option<u32>,
    /// What the words between marks were taken for, where they are no quotation.
    pub marked: Option<Sort>,
    /// What was done to the words: the strongest that applies.
    pub relation: Fidelity,
    /// Every sort of change that was found, in the order of [`ChangeKind`].
    pub changes: Vec<ChangeKind>,
    /// The id of the statement; none where nothing was found.
    pub statement: Option<String>,
    /// The passages of the statement, in the order of the quotation.
    pub source: Vec<Span>,
    /// The edit that makes the quotation of the source: in the order of the quotation, covering all of its words.
    pub ops: Vec<EditOp>,
    /// What stood in the statement between two passages that the quotation joins.
    pub omitted: Vec<Span>,
    /// Whose words they are in the coverage.
    pub attributed_to: Option<String>,
    /// Whose words they are in the statement: the speaker quoted there, or who issued it.
    pub statement_speaker: Option<String>,
    /// The label of the turn that the words are said in, as the statement has it.
    pub said_by: Option<Span>,
    /// The turn of the statement that they are said in, from 1; none where the statement is no transcript.
    pub turn: Option<u32>,
    /// Who reads the words back in a statement, where the coverage gives them to somebody else.
    pub relayed_by: Option<String>,
    /// How sure the source is; none where nothing was found.
    pub confidence: Option<Confidence>,
    /// Whether the two differ; none where either is unknown or they cannot be compared (a person, an office).
    pub attribution_drift: Option<bool>,
    /// Why it was claimed or not, and what the changes are in detail, in the order of [`Reason`].
    pub because: Vec<Reason>,
    /// The share of the quoted words that the statement holds, from 0 to 1; 0 where nothing was found.
    pub score: f32,
}

/// Why a source is claimed or not, and what a change is in detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Claimed: so many words in a row are no chance.
    LongMatch,
    /// Claimed: the page names the statement (`about`).
    NamedStatement,
    /// Claimed: the page quotes the statement elsewhere.
    QuotedElsewhere,
    /// Claimed: the speaker issued the statement, within days of the page.
    SameSpeakerAndDate,
    /// Not claimed: three words or fewer, and nothing else speaks for any statement.
    TooShort,
    /// Not claimed: no statement shares a rare shingle, or those that do hold too little of it.
    NoMatch,
    /// Not claimed: a statement has most of the words, but too few in a row to be sure.
    WeakMatch,
    /// Not claimed: a statement has most of the words, but they are another person's here.
    AnotherMouth,
    /// Not claimed: a statement has the words, but who says them, or on which day, is too unsure.
    Unsure,
    /// A word has another spelling (British, American).
    Spelling,
    /// A contraction was made or undone.
    Contraction,
    /// A number is written in another form.
    NumberForm,
    /// A word has another form (tense, number).
    Inflection,
    /// A word that softened what was said is lost.
    HedgeLost,
    /// A word that softens was put in.
    HedgeAdded,
    /// What the words depend on is cut off: in the statement they go on with `unless`, `if` or the like, or begin with it.
    ConditionLost,
    /// It is cut off that the statement reports it of others: `Some people say …`.
    FrameLost,
    /// The statement quotes fewer of the words: of those beyond its marks it tells nothing.
    QuotedInPart,
    /// The statement that has the words is dated after the page.
    DatedLater,
    /// The statement says it in its own words, and does not tell that the one to whom the coverage gives them speaks for it.
    Narration,
}

/// What was done to quoted words, from nothing to the gravest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    /// In no statement.
    #[default]
    NotFound,
    /// The same words in order.
    Verbatim,
    /// Words are left out at an ellipsis.
    Elided,
    /// A word is replaced or joined by an editor's brackets.
    Bracketed,
    /// Passages that are not adjacent are run together with no mark.
    Spliced,
    /// Words are substituted, dropped or added with no mark.
    Altered,
}

/// A sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A number has another value.
    Figure,
    /// A negation came or went.
    Negation,
    /// A word stands for another.
    Word,
    /// A word is missing.
    Dropped,
    /// A word was put in.
    Added,
    /// Capital and small letters, the quotation's first letter apart.
    Case,
    /// Apostrophes, contractions, the form of a number.
    Glyph,
}

/// One step of the edit script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditOp {
    /// What is done.
    pub kind: OpKind,
    /// Where in the coverage; empty for a deletion (the place at which the words are missing).
    pub quote: Span,
    /// Where in the statement; empty for an insertion (the place after which the words were put in).
    pub source: Span,
}

/// What a step of the edit script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OpKind {
    /// The same words.
    Equal,
    /// Words for others.
    Replace,
    /// Words that the source has not.
    Insert,
    /// Words that the quotation has not.
    Delete,
}

/// Traces every quoted run of a document, in the order of the text, with the default [`Settings`].
///
/// A document that names its statements (`about`) is compared with those of them that `sources` holds; otherwise with
/// all. Pure and thread-safe. Empty where `sources` is. Cost grows with the quoted words and the hits of their rarer
/// shingles, not with the number of statements.
///
/// The error is that of a store of statements that could not be read.
///
/// ```
/// use sayso_core::{Document, Sources, extract, trace, trace::Fidelity};
/// use std::sync::Arc;
/// let mut statement = Document::new("s", "We will build the bridge again, and we will build it higher than before.");
/// statement.speaker = Some("Ada Brandt".to_owned());
/// let statement = Arc::new(statement);
/// let mut sources = Sources::new();
/// sources.add(statement.clone(), Arc::new(extract(&statement)));
/// let article = Document::new("a", "“We will build the bridge again, and we will build it higher than before,” said Ada Brandt.");
/// let traces = trace(&article, &extract(&article), &sources)?;
/// assert_eq!((traces[0].statement.as_deref(), traces[0].relation), (Some("s"), Fidelity::Verbatim));
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
pub fn trace(document: &Document, extraction: &Extraction, sources: &Sources) -> Result<Vec<Trace>, StoreError> {
    trace_with(document, extraction, sources, &Settings::default())
}

/// [`trace`] with thresholds of one's own.
pub fn trace_with(
    document: &Document,
    extraction: &Extraction,
    sources: &Sources,
    settings: &Settings,
) -> Result<Vec<Trace>, StoreError> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let runs = runs(document, extraction);
    let own = sources.number(&document.id);
    let mut named = sources.named(&document.about);
    named.retain(|number| Some(*number) != own);
    let desk = Desk {
        document,
        extraction,
        sources,
        settings,
        reader: Matcher::new(&document.text, sources, settings),
        page: PageFacts::new(document),
        named,
        own,
    };
    let traces = desk.traces(&runs);
    sources.sound()?;
    Ok(traces)
}

/// Words between marks, and what they are where no quotation.
struct Marked {
    run: Run,
    sort: Option<Sort>,
}

/// Every run of words between marks, each once, in the order of the text: quotations, and what was taken for none.
fn runs(document: &Document, extraction: &Extraction) -> Vec<Marked> {
    let quoted = extraction.quotes.iter().enumerate();
    let mut runs: Vec<Run> = quoted.flat_map(|(i, q)| pieces::runs(document, q, Some(i as u32))).collect();
    // Words quoted within somebody's words are the inner one's.
    runs.sort_by_key(|r| {
        let holder = r.quote.and_then(|i| extraction.quotes.get(i as usize)).map(Quote::length);
        (r.span.start, r.span.end, holder, r.quote)
    });
    runs.dedup_by_key(|r| r.span);
    let mut out: Vec<Marked> = runs.into_iter().map(|run| Marked { run, sort: None }).collect();
    let page = Page::new(document);
    // Titles, names and signs are nobody's words; of the rest, the page may only not say whose they are.
    let said = |sort: Sort| matches!(sort, Sort::Unattributed | Sort::Scare);
    for one in rejected(&page, &extraction.quotes).into_iter().filter(|one| said(one.sort)) {
        let spans = pieces::between_marks(&document.text, one.span);
        let found = spans.into_iter().filter_map(|span| pieces::run(&document.text, span, None));
        out.extend(found.map(|run| Marked { run, sort: Some(one.sort) }));
    }
    out.sort_by_key(|marked| marked.run.span.start);
    out
}

/// So many statements were chosen one by one.
const FEW: usize = 8;

/// What a run is claimed to come from at first sight: the statement, the run's words, how many of them stand in a row.
type Ranked = (u32, Vec<u64>, u32);

/// What the traces of one document need.
struct Desk<'a> {
    document: &'a Document,
    extraction: &'a Extraction,
    sources: &'a Sources,
    settings: &'a Settings,
    reader: Matcher<'a>,
    page: PageFacts<'a>,
    /// The statements that the page names.
    named: Vec<u32>,
    own: Option<u32>,
}

impl Desk<'_> {
    /// Long runs speak for themselves; what they are from then speaks for the short ones.
    fn traces(&self, runs: &[Marked]) -> Vec<Trace> {
        let speakers: Vec<Option<Attributed>> =
            runs.iter().map(|one| attribution::in_coverage(self.document, self.extraction, one.run.quote)).collect();
        let found: Vec<Vec<Match>> = runs.iter().map(|one| self.long(&one.run)).collect();
        let nothing = BTreeMap::new();
        // First with no knowledge of one another, then with what each of the others found.
        let mut first: Vec<Ranked> = runs
            .iter()
            .zip(&found)
            .zip(&speakers)
            .filter_map(|((one, readings), speaker)| {
                let claim = self.choice(&one.run, speaker.as_ref(), &nothing).best(readings.clone()).claim.ok()?;
                let Match { statement, unbroken, relation, .. } = claim.reading;
                // What is unsure itself makes nothing surer.
                let firm = relation < Fidelity::Spliced && unbroken >= self.settings.unbroken;
                (claim.confidence == Confidence::High || firm).then(|| (statement, one.run.keys(), unbroken))
            })
            .collect();
        // The same words twice on a page speak for a source once, and not for one another.
        first.sort_unstable();
        first.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
        let mut told: BTreeMap<u32, u32> = BTreeMap::new();
        let mut of_same: HashMap<&[u64], Vec<(u32, u32)>> = HashMap::new();
        for (statement, keys, words) in &first {
            *told.entry(*statement).or_default() += words;
            of_same.entry(keys).or_default().push((*statement, *words));
        }
        let mut issued = Issued::default();
        let mut out = Vec::with_capacity(runs.len());
        for ((one, mut readings), speaker) in runs.iter().zip(found).zip(speakers) {
            let keys = one.run.keys();
            // What the other runs found: all of it but what the same words did.
            let mut others = Cow::Borrowed(&told);
            for (statement, words) in of_same.get(keys.as_slice()).into_iter().flatten() {
                let others = others.to_mut();
                if let Some(left) = others.get_mut(statement) {
                    *left = left.saturating_sub(*words);
                    if *left == 0 {
                        others.remove(statement);
                    }
                }
            }
            if self.is_short(&one.run) && one.sort.is_none() {
                readings = self.short(&one.run, speaker.as_ref(), &others, &mut issued);
            }
            let chosen = self.choice(&one.run, speaker.as_ref(), &others).best(readings);
            out.push(self.finish(one, speaker, chosen));
        }
        out.retain(|trace| trace.marked.is_none() || trace.statement.is_some());
        out
    }

    fn is_short(&self, run: &Run) -> bool {
        run.words.len() < self.settings.short_words
    }

    fn choice<'c>(&'c self, run: &Run, speaker: Option<&'c Attributed>, weight: &'c BTreeMap<u32, u32>) -> Choice<'c> {
        Choice {
            page: &self.page,
            sources: self.sources,
            weight,
            named: &self.named,
            speaker,
            quote: run.span,
            settings: self.settings,
        }
    }

    /// The readings of a run that is long enough to be looked for everywhere.
    fn long(&self, run: &Run) -> Vec<Match> {
        if self.is_short(run) {
            return Vec::new();
        }
        let day = self.page.day();
        let found = match self.named.as_slice() {
            [] => self.sources.candidates(&self.document.text, run, self.own, day, self.settings),
            named => named.to_vec(),
        };
        found.into_iter().flat_map(|statement| self.reader.read(run, statement)).collect()
    }

    /// The readings of a short run: only in statements that the page names or quotes, or that its speaker issued about then.
    fn short(
        &self,
        run: &Run,
        speaker: Option<&Attributed>,
        weight: &BTreeMap<u32, u32>,
        issued: &mut Issued,
    ) -> Vec<Match> {
        let mut near: Vec<u32> = match self.named.is_empty() {
            true => weight.keys().copied().chain(issued.by(speaker, self)).collect(),
            false => self.named.clone(),
        };
        near.sort_unstable();
        near.dedup();
        near.into_iter().flat_map(|statement| self.reader.read(run, statement)).collect()
    }

    fn finish(&self, marked: &Marked, speaker: Option<Attributed>, chosen: Chosen) -> Trace {
        let mut trace = Trace {
            marked: marked.sort,
            attributed_to: speaker.as_ref().map(|a| a.name.clone()),
            relayed_by: chosen.relayed_by,
            ..Trace::of(&marked.run)
        };
        match chosen.claim {
            Ok(claim) => {
                trace.confidence = Some(claim.confidence);
                trace.because.push(claim.why);
                trace.attribution_drift = self.drift(&claim, speaker.as_ref(), marked.run.span);
                let days = self.sources.statement(claim.reading.statement);
                let days = days.and_then(|statement| self.page.days_since(&statement.document));
                if days.is_some_and(|days| days < -self.settings.early_days) {
                    trace.because.push(Reason::DatedLater);
                }
                if claim.narrated && self.is_unsaid(&claim, speaker.as_ref()) {
                    trace.because.push(Reason::Narration);
                }
                trace.statement_speaker = claim.theirs.map(|a| a.name);
                fill(&mut trace, self.sources, claim.reading);
            }
            Err(_) if self.is_short(&marked.run) => trace.because.push(Reason::TooShort),
            Err(why) => {
                trace.because.push(why);
                if self.is_later(&marked.run) {
                    trace.because.push(Reason::DatedLater);
                }
            }
        }
        trace.because.sort_unstable();
        trace.because.dedup();
        trace
    }

    /// Whether one of few statements has the words, and is left out because it is dated after the page.
    fn is_later(&self, run: &Run) -> bool {
        if self.sources.len() > FEW || self.settings.any_date || self.page.day().is_none() {
            return false;
        }
        let any = Settings { any_date: true, ..self.settings.clone() };
        let found = self.sources.candidates(&self.document.text, run, self.own, self.page.day(), &any);
        let later = |number: &u32| {
            let days = self.sources.statement(*number).and_then(|held| self.page.days_since(&held.document));
            days.is_some_and(|days| days < -self.settings.early_days)
        };
        let whole = |reading: Match| reading.matched == reading.words;
        found.into_iter().filter(later).any(|number| self.reader.read(run, number).into_iter().any(whole))
    }

    /// Whether the coverage puts a statement's own words into the mouth of one of whom nothing tells that he speaks for it.
    fn is_unsaid(&self, claim: &Claim, speaker: Option<&Attributed>) -> bool {
        let Some(statement) = self.sources.statement(claim.reading.statement) else { return false };
        let agreed = attribution::between(speaker, claim.theirs.as_ref(), &statement) == Some(false);
        let told = speaker.is_some_and(|ours| ours.sure || ours.resolved);
        told && !agreed && attribution::of_narration(speaker, &statement, &claim.reading.source) != Narration::Issuer
    }

    /// Whether the words went to another mouth: told only where both mouths are beyond doubt and chance is none.
    fn drift(&self, claim: &Claim, speaker: Option<&Attributed>, quote: Span) -> Option<bool> {
        let theirs = claim.theirs.as_ref();
        let reading = &claim.reading;
        let statement = self.sources.statement(reading.statement)?;
        let exact = reading.relation < Fidelity::Spliced && reading.matched == reading.words;
        let enough = claim.whole || exact && reading.unbroken >= self.settings.drift_words;
        let drift = attribution::differ(speaker, theirs, &statement, claim.transcript);
        let told = speaker.is_some_and(|ours| ours.sure || ours.resolved);
        if drift.is_none() && claim.narrated && enough && told {
            return (attribution::of_narration(speaker, &statement, &reading.source) == Narration::Other)
                .then_some(true);
        }
        let drift = drift?;
        let (ours, theirs) = speaker.zip(theirs)?;
        let named = self.page.names(&theirs.name, quote) != Voice::Absent;
        // Two whom the statement itself tells apart: no name on the page can be the wrong one's.
        let apart = !claim.transcript && attribution::is_other_of_cast(Some(ours), Some(theirs), &statement);
        let sure = ours.sure && (apart || !named)
            || apart && ours.resolved && (!named || attribution::is_of_other_gender(ours, theirs));
        (!drift || enough && sure).then_some(drift)
    }
}

/// Those who speak in a transcript, as its labels name them; nobody in another text. Linear in the text.
pub fn speakers(document: &Document) -> Vec<String> {
    Turns::new(document).lanes.into_iter().filter_map(|lane| lane.name).collect()
}

/// The unbroken runs of quoted words of a quotation, without the marks around them; none where it is indirect.
pub fn quoted_words(document: &Document, quote: &Quote) -> Vec<Span> {
    pieces::runs(document, quote, None).into_iter().map(|run| run.span).collect()
}

/// Lays one stretch of a document beside the statement of an id, claimed or not; none where there is no such statement or it
/// has less than a quarter of the words, or of what they tell: `is` and `the` are in every text.
pub fn compare(document: &Document, span: Span, sources: &Sources, statement: &str) -> Option<Trace> {
    let run = pieces::run(&document.text, span, None)?;
    let number = sources.number(statement)?;
    let settings = Settings::default();
    let readings = Matcher::new(&document.text, sources, &settings).read(&run, number);
    let reading = readings.into_iter().max_by_key(|r| (r.score, Reverse(r.lane)))?;
    if reading.matched * 4 < reading.words || reading.told.0 * 4.0 <= reading.told.1 {
        return None;
    }
    let mut trace = Trace::of(&run);
    let held = sources.statement(number)?;
    trace.statement_speaker = attribution::of_reading(&held, &sources.spoken(number, &held), &reading).map(|a| a.name);
    fill(&mut trace, sources, reading);
    Some(trace)
}

/// Where words that stand alone are from: the passages of `sources` that hold them, the same words first, then the least
/// changed; at most one for each document. Unlike [`trace`] it weighs no page, so that words which anybody may have said
/// are found wherever they stand. `speaker`, if given, is compared with whose words they are there
/// ([`Trace::attribution_drift`]).
///
/// Words that are changed are claimed if most of them stand there and enough in a row to be no chance.
///
/// The error is that of a store of statements that could not be read.
///
/// ```
/// use sayso_core::{Document, Sources, Span, extract, trace::{Fidelity, look_up}};
/// use std::sync::Arc;
/// let statement = Arc::new(Document::new("s", "The ferry will not sail in May, the board decided."));
/// let mut sources = Sources::new();
/// sources.add(statement.clone(), Arc::new(extract(&statement)));
/// let words = Document::new("q", "The ferry will sail in May");
/// let found = look_up(&words, Span::at(0, words.text.len()), None, &sources)?;
/// assert_eq!((found[0].statement.as_deref(), found[0].relation), (Some("s"), Fidelity::Altered));
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
pub fn look_up(
    words: &Document,
    span: Span,
    speaker: Option<&str>,
    sources: &Sources,
) -> Result<Vec<Trace>, StoreError> {
    let Some(run) = pieces::run(&words.text, span, None) else { return Ok(Vec::new()) };
    let settings = Settings { stored_shingles: 24, candidates: 16, ..Settings::default() };
    let reader = Matcher::new(&words.text, sources, &settings);
    let read = |found: Vec<u32>| {
        let readings = found.into_iter().flat_map(|number| reader.read(&run, number));
        readings.filter(|reading| is_told(reading, &settings)).collect::<Vec<Match>>()
    };
    let mut readings = read(sources.candidates(&words.text, &run, None, None, &settings));
    if readings.is_empty() {
        // A word changed in the middle of five leaves no three in a row.
        readings = read(sources.sharing(&words.text, &run, settings.candidates)?);
    }
    readings.sort_by_key(|r| {
        (
            Reverse((r.matched as f32 / r.words.max(1) as f32 * 1000.0) as u32),
            r.relation,
            r.edits,
            Reverse(r.score),
            r.statement,
            r.lane,
        )
    });
    let mut seen = std::collections::BTreeSet::new();
    readings.retain(|reading| seen.insert(reading.statement));
    let ours = speaker.map(Attributed::person);
    let mut found = Vec::new();
    for reading in readings {
        let Some(held) = sources.statement(reading.statement) else { continue };
        let theirs = attribution::of_reading(&held, &sources.spoken(reading.statement, &held), &reading);
        let mut trace = Trace { attributed_to: speaker.map(str::to_owned), ..Trace::of(&run) };
        trace.attribution_drift = attribution::between(ours.as_ref(), theirs.as_ref(), &held);
        trace.statement_speaker = theirs.map(|theirs| theirs.name);
        fill(&mut trace, sources, reading);
        found.push(trace);
    }
    sources.sound()?;
    Ok(found)
}

/// Whether a reading is more than chance: all of the words in order; or most of them, and so many in a row that few texts
/// share them.
fn is_told(reading: &Match, settings: &Settings) -> bool {
    /// What the longest row of equal words must tell: two words that carry meaning.
    const ANCHOR: f32 = 3.0;
    let whole = reading.matched == reading.words;
    let same = whole && reading.relation <= Fidelity::Bracketed;
    // One word changed in one passage: left out among five that all stand there, or another one among six.
    let passage = reading.source.len() == 1 && reading.omitted.is_empty() && reading.edits <= 1;
    let one_edit =
        passage && ((whole && reading.words >= 5) || (reading.matched + 1 >= reading.words && reading.words >= 6));
    let row = reading.unbroken >= settings.unbroken && reading.anchor >= ANCHOR;
    same || (reading.covers(settings.coverage) && (row || one_edit))
}

impl Trace {
    /// A trace of which nothing is known but the words.
    fn of(run: &Run) -> Trace {
        Trace { quote: run.span, quote_index: run.quote, ..Trace::default() }
    }
}

/// Writes a reading into a trace.
fn fill(trace: &mut Trace, sources: &Sources, reading: Match) {
    let Some(statement) = sources.statement(reading.statement) else { return };
    let spoken = sources.spoken(reading.statement, &statement);
    if spoken.turns.is_transcript() {
        trace.turn = Some(reading.turn + 1);
        trace.said_by = spoken.turns.turns.get(reading.turn as usize).and_then(|turn| turn.label);
    }
    trace.relation = reading.relation;
    trace.changes = reading.changes;
    trace.statement = Some(statement.document.id.clone());
    trace.source = reading.source;
    trace.ops = reading.ops;
    trace.omitted = reading.omitted;
    trace.because.extend(reading.because);
    trace.score = reading.matched as f32 / reading.words.max(1) as f32;
}

#[cfg(test)]
mod tests;
