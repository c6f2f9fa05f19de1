//! Statements to look in: those that were added, with an index of their shingles in memory (see [`super::shingles`]), and
//! those of an index on disk, of which only the few that a quotation may come from are ever read.
//!
//! Statements have numbers: those of the index first, in its order, then those that were added.

use super::attribution::{is_issuer, telling};
use super::fold::words;
use super::pieces::Run;
use super::settings::Settings;
use super::shingles::{self, Shingles};
use super::spoken::Spoken;
use crate::document::Document;
use crate::extract::Extraction;
use crate::span::Span;
use crate::store::{Effort, Shelf, StatementStore, StoreError};
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
    stored: Option<Shelf<Statement>>,
    statements: Vec<Arc<Statement>>,
    by_id: HashMap<String, u32>,
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
}

/// Finds who is quoted in a statement.
pub type ReadStatement = dyn Fn(&Document) -> Extraction + Send + Sync;

impl Statement {
    fn new(document: Arc<Document>, extraction: Arc<Extraction>) -> Self {
        Statement { document, extraction: OnceLock::from(extraction), read: None }
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
        Sources { stored: Some(Shelf::new(store, statement)), ..Sources::default() }
    }

    /// Whether there is nothing to look in.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.first_added() as usize + self.statements.len()
    }

    /// Adds a statement. Linear in its length. One that holds more words than can be counted together with the others
    /// (2³² in all) is only found when it is named.
    pub fn add(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        self.put(Statement::new(document, extraction));
    }

    /// Adds a statement whose quotations are read with `read` only if some coverage quotes it: of many statements few are.
    pub fn add_unread(&mut self, document: Arc<Document>, read: Arc<ReadStatement>) {
        self.put(Statement { document, extraction: OnceLock::new(), read: Some(read) });
    }

    fn put(&mut self, statement: Statement) {
        let document = &statement.document;
        let spoken = Spoken::new(document);
        self.shingles.add(&spoken.words);
        let number = self.statements.len() as u32;
        let mut issuers: Vec<String> = document.speaker.iter().flat_map(|name| telling(name)).collect();
        issuers.extend(spoken.turns.lanes.iter().filter_map(|lane| telling(lane.name.as_ref()?).pop()));
        issuers.sort_unstable();
        issuers.dedup();
        for word in issuers {
            self.by_issuer.entry(word).or_default().push(number);
        }
        self.by_id.insert(document.id.clone(), number);
        self.statements.push(Arc::new(statement));
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
        self.stored.as_ref().and_then(Shelf::broken).map_or(Ok(()), Err)
    }

    /// The number of the first statement that is not in the index.
    fn first_added(&self) -> u32 {
        self.stored.as_ref().map_or(0, |stored| stored.store().len() as u32)
    }

    /// The number of the statement of an id.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        let stored = || {
            let shelf = self.stored.as_ref()?;
            let number = shelf.sound(shelf.store().number(id))??;
            (shelf.get(number)?.document.id == id).then_some(number)
        };
        stored().or_else(|| self.by_id.get(id).map(|number| self.first_added() + number))
    }

    pub(super) fn statement(&self, number: u32) -> Option<Arc<Statement>> {
        match (&self.stored, number.checked_sub(self.first_added())) {
            (_, Some(added)) => self.statements.get(added as usize).cloned(),
            (Some(stored), None) => stored.get(number),
            (None, None) => None,
        }
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
        let added = self.by_issuer.get(last).into_iter().flatten().map(|number| self.first_added() + number);
        let stored =
            self.stored.iter().flat_map(|stored| stored.sound(issued(stored.store(), last, day, days))).flatten();
        let near = |number: &u32| {
            self.statement(*number).is_some_and(|statement| {
                let document = &statement.document;
                document.day().is_some_and(|d| (d - day).get_days().unsigned_abs() <= days)
                    && document.speaker.as_deref().is_none_or(|issuer| is_issuer(name, issuer))
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
        let mut votes: BTreeMap<u32, f32> = BTreeMap::new();
        for (number, weight) in self.shingles.holding(&shingles::of_run(run), settings.postings) {
            votes.insert(self.first_added() + number, weight);
        }
        if let Some(stored) = &self.stored {
            let effort = Effort { shingles: settings.stored_shingles, postings: settings.stored_postings };
            votes.extend(stored.sound(stored.store().holding(&run.pieces(text), effort)).unwrap_or_default());
        }
        if let Some(own) = own {
            votes.remove(&own);
        }
        let days = |number: u32| Some((day? - self.day(number)?).get_days());
        let mut ranked: Vec<(u32, f32, Option<i32>)> = votes.into_iter().map(|(s, vote)| (s, vote, days(s))).collect();
        ranked.retain(|(_, _, days)| days.is_none_or(|days| days >= -settings.early_days));
        let most = ranked.iter().map(|(_, vote, _)| *vote).fold(0.0, f32::max);
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

    /// The day of a statement.
    fn day(&self, number: u32) -> Option<Date> {
        match (&self.stored, number.checked_sub(self.first_added())) {
            (_, Some(added)) => self.statements.get(added as usize)?.document.day(),
            (Some(stored), None) => stored.store().day(number),
            (None, None) => None,
        }
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
