//! Statements to look in: those that were added, with an index of their shingles in memory (see [`super::shingles`]), and
//! those of an index on disk, of which only the few that a quotation may come from are ever read.
//!
//! Statements have numbers: those of the index first, in its order, then those that were added.

use super::fold::words;
use super::names::{is_issuer, telling};
use super::pieces::Run;
use super::settings::Settings;
use super::shingles::{self, Shingles};
use super::spoken::Spoken;
use crate::document::{Document, day_number};
use crate::extract::{Extraction, Quote, QuoteKind};
use crate::span::Span;
use crate::store::{self, Effort, Numbered, Shelf, StatementStore, StoreError};
use crate::words::Word;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Statements (or transcripts, or other articles) whose words may have been quoted.
///
/// ```
/// use sayso_core::{Document, Sources, extract};
/// use std::sync::Arc;
/// let statement = Arc::new(Document::new("s", "We will build the bridge again."));
/// let mut sources = Sources::new();
/// sources.add(statement.clone(), Arc::new(extract(&statement)));
/// assert_eq!(sources.len(), 1);
/// ```
#[derive(Default)]
pub struct Sources {
    all: Numbered<Statement>,
    /// Those that each telling word of an issuer's name stands for.
    by_issuer: HashMap<String, Vec<u32>>,
    shingles: Shingles,
    spoken: Mutex<Folded>,
}

/// The words of the statements read last: most quotations of a page, and of the pages of a day, come from the same few.
#[derive(Default)]
struct Folded {
    of: HashMap<u32, Arc<Spoken>>,
    words: usize,
}

/// How many words are kept; some 64 MB.
const KEPT: usize = 2 << 20;

pub(super) struct Statement {
    pub document: Arc<Document>,
    extraction: OnceLock<Arc<Extraction>>,
    read: Option<Arc<ReadStatement>>,
    quoted: OnceLock<Quoted>,
}

/// Where the quotations of a statement lie: in the order of their first byte, each with the last byte of it and all before.
struct Quoted(Vec<(Span, u32, usize)>);

impl Quoted {
    fn new(extraction: &Extraction) -> Quoted {
        let hull = |quote: &Quote| Some(quote.content.first()?.cover(*quote.content.last()?));
        let quotes = extraction.quotes.iter().enumerate();
        let mut all: Vec<(Span, u32, usize)> = quotes.filter_map(|(i, q)| Some((hull(q)?, 0, i))).collect();
        all.sort_unstable_by_key(|(hull, _, i)| (hull.start, *i));
        let mut reach = 0;
        for (hull, end, _) in &mut all {
            reach = reach.max(hull.end);
            *end = reach;
        }
        Quoted(all)
    }

    /// Those that hold a place, the last first.
    fn at(&self, place: u32) -> impl Iterator<Item = usize> {
        let begun = self.0.partition_point(|(hull, ..)| hull.start <= place);
        let open = self.0[..begun].iter().rev().take_while(move |(_, reach, _)| *reach > place);
        open.filter(move |(hull, ..)| hull.end > place).map(|(.., i)| *i)
    }
}

/// Finds who is quoted in a statement.
pub type ReadStatement = dyn Fn(&Document) -> Extraction + Send + Sync;

impl store::Statement for Statement {
    fn document(&self) -> &Document {
        &self.document
    }
}

impl Statement {
    fn new(document: Arc<Document>, extraction: Arc<Extraction>) -> Self {
        Statement { document, extraction: OnceLock::from(extraction), read: None, quoted: OnceLock::new() }
    }

    fn unread(document: Arc<Document>, read: Arc<ReadStatement>) -> Self {
        Statement { document, extraction: OnceLock::new(), read: Some(read), quoted: OnceLock::new() }
    }

    /// The quotations that hold a place.
    pub(super) fn quotes_at(&self, place: u32) -> impl Iterator<Item = &Quote> {
        let extraction = self.extraction();
        let quoted = self.quoted.get_or_init(|| Quoted::new(extraction));
        quoted.at(place).filter_map(|i| extraction.quotes.get(i))
    }

    /// What stands between two of its words and only says who speaks: the words between two pieces of one quotation, or
    /// between two quotations of one speaker that a few words of one line part.
    pub(super) fn attributions(&self, left: Span, right: Span) -> Vec<Span> {
        const FEW: usize = 16;
        let said = |at: u32| self.quotes_at(at).filter(|quote| quote.kind != QuoteKind::Indirect);
        let mut out: Vec<Span> = Vec::new();
        for quote in said(left.start) {
            let gaps = quote.content.windows(2).map(|two| Span::new(two[0].end, two[1].start.max(two[0].end)));
            out.extend(gaps.filter(|gap| gap.start >= left.end && gap.end <= right.start));
        }
        if !out.is_empty() {
            return out;
        }
        let held = |quote: &&Quote, at: u32| quote.content.iter().any(|c| c.start <= at && at < c.end);
        let (one, two) =
            (said(left.start).find(|q| held(q, left.start)), said(right.start).find(|q| held(q, right.start)));
        let Some((one, two)) = one.zip(two).filter(|(a, b)| a.speaker.is_some() && a.speaker == b.speaker) else {
            return out;
        };
        let (Some(end), Some(start)) = (one.content.last(), two.content.first()) else { return out };
        let between = self.document.text.get(end.end as usize..start.start as usize).unwrap_or_default();
        if !between.contains('\n') && (1..=FEW).contains(&between.split_whitespace().count()) {
            out.push(Span::new(end.end, start.start));
        }
        out
    }

    /// Whether it holds quotations of people beside its own words.
    pub(super) fn quotes_people(&self) -> bool {
        let marked = |q: &Quote| q.kind != QuoteKind::Indirect && (q.speaker.is_some() || q.source.is_some());
        self.extraction().quotes.iter().any(marked)
    }

    /// Whether a passage stands in the statement's own words, beside those of people whom it quotes: in no quotation, and in
    /// no words that it reports of somebody.
    pub(super) fn is_narration(&self, source: &[Span]) -> bool {
        let said = |at: u32| self.quotes_at(at).any(|q| q.content.iter().any(|c| c.start <= at && at < c.end));
        self.quotes_people()
            && !source.is_empty()
            && source.iter().all(|piece| !said(piece.start) && !said(piece.end.saturating_sub(1)))
    }

    /// What was found in it: read when it is first asked for.
    pub(super) fn extraction(&self) -> &Extraction {
        self.extraction.get_or_init(|| match &self.read {
            Some(read) => Arc::new(read(&self.document)),
            None => Arc::default(),
        })
    }
}

impl Sources {
    /// None yet.
    pub fn new() -> Self {
        Sources::default()
    }

    /// The statements of a store. They stay where they are: what is kept in memory are those read last, up to some 64 MB
    /// of text.
    pub fn over(store: Arc<dyn StatementStore>) -> Self {
        Sources { all: Numbered::over(Shelf::new(store, statement)), ..Sources::default() }
    }

    /// The same, where the store holds the texts alone: who is quoted in one is read with `read` if some coverage quotes it.
    pub fn over_unread(store: Arc<dyn StatementStore>, read: Arc<ReadStatement>) -> Self {
        let statement = move |_: &dyn StatementStore, document: Document, _| {
            Ok(Statement::unread(Arc::new(document), read.clone()))
        };
        Sources { all: Numbered::over(Shelf::new(store, statement)), ..Sources::default() }
    }

    /// The damaged statements of the store that were asked for so far and left out: what is damaged, each once.
    pub fn damaged(&self) -> Vec<String> {
        self.all.damaged()
    }

    /// Whether there is nothing to look in.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a statement. Linear in its length. One that holds more words than can be counted together with the others
    /// (2³² in all) is only found when it is named.
    pub fn add(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        self.put(Statement::new(document, extraction));
    }

    /// Adds a statement whose quotations are read with `read` only if some coverage quotes it: of many statements few are.
    pub fn add_unread(&mut self, document: Arc<Document>, read: Arc<ReadStatement>) {
        self.put(Statement::unread(document, read));
    }

    fn put(&mut self, statement: Statement) {
        let document = statement.document.clone();
        let spoken = Spoken::new(&document);
        self.shingles.add(&spoken.words);
        let mut issuers: Vec<String> = document.speaker.iter().flat_map(|name| telling(name)).collect();
        issuers.extend(spoken.turns.lanes.iter().filter_map(|lane| telling(lane.name.as_ref()?).pop()));
        issuers.sort_unstable();
        issuers.dedup();
        let number = self.all.add(statement);
        for word in issuers {
            self.by_issuer.entry(word).or_default().push(number);
        }
    }

    /// The words of a statement, lane by lane.
    pub(super) fn spoken(&self, number: u32, statement: &Statement) -> Arc<Spoken> {
        let lock = || self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = lock().of.get(&number) {
            return found.clone();
        }
        let spoken = Arc::new(Spoken::new(&statement.document));
        let mut folded = lock();
        if folded.words + spoken.words.len() > KEPT {
            *folded = Folded::default();
        }
        folded.words += spoken.words.len();
        folded.of.insert(number, spoken.clone());
        spoken
    }

    /// The statement of an id. None too where the store cannot be read: the next [`trace`](super::trace) gives its error.
    pub fn get(&self, id: &str) -> Option<Arc<Document>> {
        Some(self.statement(self.number(id)?)?.document.clone())
    }

    /// What kept statements of the store from being read: the first error since this was last asked.
    pub(super) fn sound(&self) -> Result<(), StoreError> {
        self.all.sound()
    }

    /// The number of the statement of an id.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.all.number(id)
    }

    /// The statement with this number; none where it cannot be read.
    pub(super) fn statement(&self, number: u32) -> Option<Arc<Statement>> {
        self.all.get(number)
    }

    /// The statements of these ids.
    pub(super) fn named(&self, ids: &[String]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.number(id)).collect()
    }

    /// The statements that somebody issued within some days of `day`, at most [`MOST_ISSUED`] of them.
    pub(super) fn issued(&self, name: &str, day: Date, days: u32) -> Vec<u32> {
        let words = telling(name);
        // A surname is the last word; offices and first names would let others in.
        let Some(last) = words.last() else { return Vec::new() };
        let added = self.by_issuer.get(last).into_iter().flatten().map(|number| self.all.first_added() + number);
        let shelf = self.all.shelf();
        let stored = shelf.and_then(|shelf| shelf.sound(issued(shelf.store(), last, day, days)));
        let stored = stored.into_iter().flatten();
        let near = |number: &u32| {
            self.statement(*number).is_some_and(|statement| {
                let document = &statement.document;
                document.day().is_some_and(|d| (d - day).get_days().unsigned_abs() <= days)
                    && (document.speaker.as_deref().is_some_and(|issuer| is_issuer(name, issuer))
                        || self.spoken(*number, &statement).names(last))
            })
        };
        stored.chain(added).filter(near).take(MOST_ISSUED).collect()
    }

    /// The statements but `own` that share most, and rarest, shingles with a run of `text`, best first: of those that share
    /// as much the nearest in time to the page of `day`, and none that came after it.
    pub(super) fn candidates(
        &self,
        text: &str,
        run: &Run,
        own: Option<u32>,
        day: Option<Date>,
        settings: &Settings,
    ) -> Vec<u32> {
        /// Statements that share at least this part of what the first one shares are told apart by their dates.
        const ALIKE: f32 = 0.8;
        /// Those that share less than this part of it cannot hold as many of the words as a source must.
        const LEAST: f32 = 0.15;
        let mut votes: BTreeMap<u32, f32> = BTreeMap::new();
        for (number, weight) in self.shingles.holding(&shingles::of_run(run), settings.postings) {
            votes.insert(self.all.first_added() + number, weight);
        }
        if let Some(shelf) = self.all.shelf() {
            let effort = Effort { shingles: settings.stored_shingles, postings: settings.stored_postings };
            votes.extend(shelf.sound(shelf.store().holding(&run.pieces(text), effort)).unwrap_or_default());
        }
        if let Some(own) = own {
            votes.remove(&own);
        }
        let day = day.map(day_number);
        let days = |number: u32| Some(day? - self.all.day(number)?);
        let mut ranked: Vec<(u32, f32, Option<i32>)> = votes.into_iter().map(|(s, vote)| (s, vote, days(s))).collect();
        ranked.retain(|(_, _, days)| settings.any_date || days.is_none_or(|days| days >= -settings.early_days));
        let most = ranked.iter().map(|(_, vote, _)| *vote).fold(0.0, f32::max);
        ranked.retain(|(_, vote, _)| *vote >= LEAST * most);
        ranked.sort_by(|a, b| {
            let alike = |vote: f32| vote >= ALIKE * most;
            let far = |days: Option<i32>| days.map_or(u32::MAX, i32::unsigned_abs);
            let (ours, theirs) = (alike(a.1), alike(b.1));
            let near = if ours && theirs { far(a.2).cmp(&far(b.2)) } else { Ordering::Equal };
            theirs.cmp(&ours).then(near).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0))
        });
        ranked.truncate(settings.candidates);
        ranked.into_iter().map(|(s, ..)| s).collect()
    }

    /// The documents that have most of the rarer words of a run, if no three of its words stand in a row anywhere.
    pub(super) fn sharing(&self, text: &str, run: &Run, most: usize) -> Result<Vec<u32>, StoreError> {
        /// So many of the rarest words are asked for.
        const RAREST: usize = 6;
        let Some(store) = self.all.shelf().map(Shelf::store) else { return Ok(Vec::new()) };
        let mut words: Vec<&str> = run.words.iter().map(|quoted| quoted.word.span.of(text)).collect();
        words.sort_unstable();
        words.dedup();
        let mut spread: Vec<(f32, &str)> =
            words.into_iter().map(|word| Ok((store.spread(word)?, word))).collect::<Result<_, StoreError>>()?;
        spread.retain(|(share, _)| *share > 0.0);
        spread.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, word) in spread.into_iter().take(RAREST) {
            store.having(word)?.into_iter().for_each(|number| *votes.entry(number).or_default() += 1);
        }
        let mut ranked: Vec<(u32, usize)> = votes.into_iter().filter(|(_, shared)| *shared >= 2).collect();
        ranked.sort_by_key(|(number, shared)| (std::cmp::Reverse(*shared), *number));
        ranked.truncate(most);
        Ok(ranked.into_iter().map(|(number, _)| number).collect())
    }
}

/// How many statements of one speaker a short quotation is looked for in.
const MOST_ISSUED: usize = 32;

/// The words of a statement, as its shingles were counted.
pub(super) fn words_of(statement: &Statement) -> Vec<Word> {
    words(&statement.document.text, Span::at(0, statement.document.text.len()))
}

/// A statement of an index, whole.
fn statement(_: &dyn StatementStore, document: Document, extraction: Extraction) -> Result<Statement, StoreError> {
    Ok(Statement::new(Arc::new(document), Arc::new(extraction)))
}

/// The statements that somebody issued within some days of `day`.
fn issued(store: &dyn StatementStore, name: &str, day: Date, days: u32) -> Result<Vec<u32>, StoreError> {
    let span = jiff::Span::new().try_days(i64::from(days));
    let around = |ends: Result<Date, jiff::Error>| ends.unwrap_or(day);
    let since = around(span.clone().and_then(|span| day.checked_sub(span)));
    let until = around(span.and_then(|span| day.checked_add(span)));
    store.issued(name, since, until)
}
