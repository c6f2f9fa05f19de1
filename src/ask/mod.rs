//! Questions about an index, and their answers as JSON: what `sayso mcp` and `/api` of `sayso serve` share. A question is
//! a struct that serde reads ([`asked`]); an answer holds records of the contract, with the place of every word and a link
//! to it. Nothing is ever written.
//!
//! Answers are bounded: so many findings, so much text, so much time for a search.

mod answers;
pub mod asked;

pub use answers::{
    Checked, Cited, Coverage, Excerpt, Extracted, Linked, Named, Passage, Quoted, SearchAnswer, Traced, Verified,
};

use crate::check::{Check, CheckReason, Evidence, Verdict, check};
use crate::compare::{Words, traced};
use crate::document::{Document, Kind};
use crate::extract::{Confidence, Extraction, Options, TooDense};
use crate::index::{Index, IndexError, Roll, SearchQuery};
use crate::offsets::{OffsetMap, Offsets};
use crate::output::encoded;
use crate::record::{CoverageRecords, HitRecord, Library, QuoteRecord, Record, RecordKind, Records};
use crate::reviews::Reviews;
use crate::span::Span;
use crate::store::{Effort, StoreError};
use crate::trace::views::{self, Covered};
use crate::trace::{Fidelity, Settings, Sources, Trace, look_up, trace};
use asked::{Compared, CoverageAsked, DocumentAsked, FigureAsked, QuotesAsked, SearchAsked, Text, WordsAsked, limit};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// The most bytes of a text that is sent.
const TEXT: usize = 1 << 20;
/// The most bytes of a quotation that is verified.
const QUOTATION: usize = 8 << 10;
/// So many articles are read to see what they made of a statement.
const ARTICLES: usize = 100;
/// So much text of a document is given at once.
const EXCERPT: (u32, u32) = (4_000, 20_000);

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The question is at fault: what was found, and what would help.
    #[error("{0}")]
    Asked(String),
    /// There is no such document.
    #[error("there is no document {0} in the index; `search` finds ids")]
    NoDocument(String),
    /// The index could not be read, or a query was not understood.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A statement could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A text holds too much to be read.
    #[error("text: {0}")]
    Dense(#[from] TooDense),
    /// An answer could not be written.
    #[error("writing the answer: {0}")]
    Json(#[from] serde_json::Error),
}

impl AskError {
    /// Whether it is the fault of who asked.
    pub fn is_asked(&self) -> bool {
        match self {
            AskError::Asked(_) | AskError::NoDocument(_) | AskError::Dense(_) => true,
            AskError::Index(error) => {
                matches!(error, IndexError::TooMuch { .. } | IndexError::Query { .. } | IndexError::NoDocument { .. })
            }
            AskError::Store(_) | AskError::Json(_) => false,
        }
    }
}

/// An index, ready for questions. It can be shared between threads.
pub struct Archive {
    index: Arc<Index>,
    evidence: Arc<Evidence>,
    sources: Arc<Sources>,
    /// The articles; read when they are first asked for.
    articles: OnceLock<Articles>,
    words: RwLock<Words>,
    offsets: Offsets,
    options: Options,
    links: Option<String>,
}

/// The articles of an index, and the same as sources of words.
struct Articles {
    roll: Arc<Roll>,
    sources: Sources,
}

/// A text that was sent, and what was found in it.
type ReadText = (Arc<Document>, Arc<Extraction>);

/// How an [`Archive`] reads and answers.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Who is who, and what people said of findings.
    pub words: Words,
    /// What offsets count.
    pub offsets: Offsets,
    /// How texts are read.
    pub options: Options,
    /// Where `sayso serve` answers (`http://127.0.0.1:7297`), for links; without it they name the document and the place.
    pub links: Option<String>,
}

impl Archive {
    /// An archive over an index, its statements as evidence of figures and as sources of words. Reads nothing yet.
    pub fn new(index: Arc<Index>, evidence: Arc<Evidence>, sources: Arc<Sources>, manner: Manner) -> Archive {
        let Manner { words, offsets, options, links } = manner;
        let (articles, words) = (OnceLock::new(), RwLock::new(words));
        Archive { index, evidence, sources, articles, words, offsets, options, links }
    }

    /// Who is who, and what people said of findings.
    pub fn words(&self) -> Words {
        self.words.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Heeds what people say of findings from now on.
    pub fn heed(&self, reviews: Arc<Reviews>) {
        self.words.write().unwrap_or_else(PoisonError::into_inner).reviews = reviews;
    }

    fn articles(&self) -> Result<&Articles, AskError> {
        if let Some(known) = self.articles.get() {
            return Ok(known);
        }
        let roll = Arc::new(self.index.roll(Kind::Article)?);
        let sources = Sources::over(roll.clone());
        Ok(self.articles.get_or_init(|| Articles { roll, sources }))
    }

    /// The documents that a search finds.
    pub fn search(&self, asked: &SearchAsked) -> Result<String, AskError> {
        let query = SearchQuery { speaker_aliases: self.others(asked.speaker.as_deref()), ..asked.query()? };
        let found = self.index.search(&query)?;
        let hits = found.hits.iter().map(|hit| {
            let records = Records::new(&hit.document, &hit.extraction, self.offsets);
            let first = hit.places.first().map_or_else(Span::default, |place| place.span);
            let Record::Hit(record) = records.hit(hit) else { return None };
            Some(Linked::<HitRecord> {
                record: Named::new(RecordKind::Hit, record),
                link: self.link(&hit.document, first),
            })
        });
        json(&SearchAnswer { total: found.total, hits: hits.flatten().collect() })
    }

    /// Quotations of a document, of a speaker, or with words.
    pub fn quotes(&self, asked: &QuotesAsked) -> Result<String, AskError> {
        if asked.document.is_none() && asked.speaker.is_none() && asked.words.trim().is_empty() {
            return Err(AskError::Asked("name a document, a speaker or words".to_owned()));
        }
        let query = SearchAsked {
            query: asked.words.clone(),
            part: (!asked.words.trim().is_empty()).then_some(asked::Part::Quotes),
            speaker: asked.speaker.clone(),
            since: asked.since.clone(),
            until: asked.until.clone(),
            ..SearchAsked::default()
        };
        let wanted = limit(asked.limit);
        let query = SearchQuery {
            only: asked.document.clone().map(|id| vec![id]),
            speaker_aliases: self.others(asked.speaker.as_deref()),
            // A document has one quotation at least.
            limit: asked.offset.min(10_000) + wanted + 1,
            places: usize::MAX,
            ..query.query()?
        };
        let searches = asked.speaker.is_some() || !asked.words.trim().is_empty();
        let documents: Vec<(Document, Extraction, Option<Vec<u32>>)> = match (&asked.document, searches) {
            (Some(id), false) => {
                let (document, extraction) = self.get(id)?;
                vec![(document, extraction, None)]
            }
            _ => {
                let hits = self.index.search(&query)?.hits.into_iter();
                let words = !asked.words.trim().is_empty();
                hits.map(|hit| {
                    let held = hit.places.iter().filter_map(|place| place.in_quote).collect();
                    (hit.document, hit.extraction, words.then_some(held))
                })
                .collect()
            }
        };
        let names: Option<Vec<String>> =
            asked.speaker.as_ref().map(|name| std::iter::once(name.clone()).chain(self.others(Some(name))).collect());
        let mut said: Vec<(usize, u32)> = Vec::new();
        for (n, (_, extraction, held)) in documents.iter().enumerate() {
            for (position, quote) in (0..).zip(&extraction.quotes) {
                let holds = held.as_ref().is_none_or(|held| held.contains(&position));
                let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
                let by = names.as_ref().is_none_or(|names| {
                    speaker.is_some_and(|speaker| names.iter().any(|name| has_words(&speaker.name, name)))
                });
                if holds && by {
                    said.push((n, position));
                }
            }
        }
        let total = said.len();
        let records: Vec<Records> =
            documents.iter().map(|(document, found, _)| Records::new(document, found, self.offsets)).collect();
        let mut quotes: Vec<Linked<QuoteRecord>> = Vec::new();
        let mut cited = BTreeMap::new();
        for (n, position) in said.into_iter().skip(asked.offset).take(wanted) {
            let (document, extraction, _) = &documents[n];
            let Some(Record::Quote(record)) = records[n].get(RecordKind::Quote, position as usize) else { continue };
            let first = extraction.quotes[position as usize].content.first().copied().unwrap_or_default();
            quotes.push(Linked { record: Named::new(RecordKind::Quote, record), link: self.link(document, first) });
            cited.insert(document.id.as_str(), self.cited(document));
        }
        json(&Quoted { total, quotes, documents: cited.into_values().collect() })
    }

    /// Where words are from: verbatim, altered with the edit, or not found.
    pub fn verify(&self, asked: &WordsAsked) -> Result<String, AskError> {
        let text = bare(&asked.text);
        if !text.contains(char::is_alphanumeric) {
            return Err(AskError::Asked("text: there is no word in it".to_owned()));
        }
        if text.len() > QUOTATION {
            let long = text.len();
            return Err(AskError::Asked(format!("text: it has {long} bytes where {QUOTATION} are allowed")));
        }
        let words = Document::new("quotation", text);
        let whole = Span::at(0, words.text.len());
        let speaker = asked.speaker.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let only = asked.document.as_deref().map(|id| self.get(id)).transpose()?;
        let found: Vec<(Arc<Document>, Trace)> = match &only {
            Some((document, extraction)) => {
                let document = Arc::new(document.clone());
                let mut one = Sources::new();
                one.add(document.clone(), Arc::new(extraction.clone()));
                look_up(&words, whole, speaker, &one)?.into_iter().map(|trace| (document.clone(), trace)).collect()
            }
            None => {
                let of = |sources: &Sources| -> Result<Vec<(Arc<Document>, Trace)>, AskError> {
                    let traces = look_up(&words, whole, speaker, sources)?.into_iter();
                    Ok(traces.filter_map(|t| Some((sources.get(t.statement.as_deref()?)?, t))).collect())
                };
                let mut all = of(&self.sources)?;
                all.extend(of(&self.articles()?.sources)?);
                // A stable sort: of passages that are alike, statements stand before articles.
                all.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score).then(a.relation.cmp(&b.relation)));
                self.official_first(&mut all)?;
                all
            }
        };
        let total = found.len();
        let kept: Vec<(Arc<Document>, Trace)> = found.into_iter().take(limit(asked.limit)).collect();
        let extractions: Vec<Extraction> =
            kept.iter().map(|(document, _)| Ok(self.get(&document.id)?.1)).collect::<Result<_, AskError>>()?;
        let shelf: Vec<Arc<Document>> = kept.iter().map(|(document, _)| document.clone()).collect();
        let library = Library::new(&shelf, self.offsets);
        let nothing = Extraction::default();
        let ours = Records::new(&words, &nothing, self.offsets);
        let theirs: Vec<Records> =
            kept.iter().zip(&extractions).map(|((d, _), e)| Records::new(d, e, self.offsets)).collect();
        let mut passages = Vec::new();
        for (((document, trace), extraction), records) in kept.iter().zip(&extractions).zip(&theirs) {
            let place = trace.source.first().zip(trace.source.last()).map(|(first, last)| first.cover(*last));
            let place = place.unwrap_or_default();
            let held = extraction.quotes.iter().position(|q| q.content.iter().any(|c| c.contains(place)));
            let quotation = held.and_then(|n| match records.get(RecordKind::Quote, n) {
                Some(Record::Quote(quote)) => Some(Named::new(RecordKind::Quote, quote)),
                _ => None,
            });
            let Record::Trace(record) = ours.trace(trace, &library) else { continue };
            passages.push(Passage {
                trace: Named::new(RecordKind::Trace, record),
                quotation,
                kind: document.kind,
                link: self.link(document, place),
            });
        }
        let verdict = passages.first().map_or(Fidelity::NotFound, |passage| passage.trace.inner.relation);
        let short = crate::text::folding::folded(&words.text).len() < Settings::default().short_words;
        let documents = shelf.iter().map(|document| self.cited(document)).collect();
        json(&Verified { verdict, text: &words.text, total, passages, documents, note: note(verdict, short) })
    }

    /// Puts the statement first whose words an article has changed: that the article holds the changed words does not make
    /// them anybody's. Whether it quotes the statement is for a trace of the whole page to say: two people may say nearly
    /// the same.
    fn official_first(&self, found: &mut [(Arc<Document>, Trace)]) -> Result<(), AskError> {
        let Some((article, best)) = found.first().filter(|(document, _)| document.kind == Kind::Article) else {
            return Ok(());
        };
        let Some(place) = best.source.first().copied() else { return Ok(()) };
        let (article, extraction) = self.get(&article.id)?;
        let traces = traced(&article, &extraction, &self.sources, &Settings::default())?;
        let changed = traces.iter().find(|one| one.quote.overlaps(place) && one.relation >= Fidelity::Spliced);
        let statement = changed.and_then(|one| one.statement.as_deref());
        if let Some(at) = found.iter().position(|(document, _)| Some(document.id.as_str()) == statement) {
            found[..=at].rotate_right(1);
        }
        Ok(())
    }

    /// The figures of a sentence beside the statements.
    pub fn check_figure(&self, asked: &FigureAsked) -> Result<String, AskError> {
        let text = Text {
            text: asked.text.clone(),
            id: Some("claim".to_owned()),
            date: asked.date.clone(),
            about: asked.about.clone(),
            ..Text::default()
        };
        let document = text.document(QUOTATION)?;
        let unknown = asked.about.iter().find(|id| self.evidence.statement(id).is_none());
        if let Some(id) = unknown {
            return Err(AskError::NoDocument(id.clone()));
        }
        let extraction = self.read(&document)?;
        let mut checks = check(&document, &extraction, &self.evidence)?;
        if asked.about.is_empty() {
            checks.iter_mut().for_each(doubt);
        }
        self.told(&document, &extraction, &checks, &self.evidence)
    }

    /// What coverage made of a statement, sentence by sentence.
    pub fn coverage(&self, asked: &CoverageAsked) -> Result<String, AskError> {
        let (statement, _) = self.get(&asked.statement)?;
        if statement.kind != Kind::Statement {
            let kind = statement.kind.name();
            return Err(AskError::Asked(format!("{}: it is no statement but an {kind}", asked.statement)));
        }
        let pieces: Vec<Span> = crate::text::Page::new(&statement).sentences.iter().map(|s| s.span).collect();
        let pieces: Vec<&str> = pieces.iter().map(|span| span.of(&statement.text)).collect();
        let (roll, words) = (&self.articles()?.roll, self.words());
        let mut near = roll.holding(&pieces, Effort { shingles: 512, postings: 1 << 18 })?;
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let left = near.len().saturating_sub(ARTICLES);
        near.truncate(ARTICLES);
        near.sort_by_key(|(number, _)| *number);
        let settings = Settings::default();
        let mut covered = Vec::new();
        for (number, _) in near {
            let (document, mut extraction) = roll.get(number)?;
            words.apply(&document, &mut extraction);
            covered.push(Covered::new(&document, &extraction, &self.sources, &settings)?);
        }
        views::find_copies(&mut covered, &settings);
        let mut sentences = views::by_statement(&covered, &self.sources);
        sentences.retain(|sentence| sentence.statement == statement.id);
        let (total, used) = (sentences.len(), sentences.iter().filter(|s| !s.uses.is_empty()).count());
        sentences.truncate(limit(asked.limit));
        let statement = Arc::new(statement);
        let shelf = [statement.clone()];
        let own = Library::new(covered.iter().map(|one| &one.document), self.offsets);
        let records = CoverageRecords::new(&covered, own, Library::new(&shelf, self.offsets));
        let mut cited: BTreeMap<&str, Cited> = BTreeMap::new();
        let mut linked = Vec::new();
        for sentence in &sentences {
            for one in &sentence.uses {
                let document = &covered[one.covered].document;
                cited.entry(&document.id).or_insert_with(|| self.cited(document));
            }
            let Record::Sentence(record) = records.sentence(sentence) else { continue };
            linked.push(Linked {
                record: Named::new(RecordKind::Sentence, record),
                link: self.link(&statement, sentence.span),
            });
        }
        json(&Coverage {
            statement: self.cited(&statement),
            sentences: total,
            used,
            uses: linked,
            documents: cited.into_values().collect(),
            left_out: left,
        })
    }

    /// A document of the index, with a part of its text.
    pub fn document(&self, asked: &DocumentAsked) -> Result<String, AskError> {
        let (document, extraction) = self.get(&asked.id)?;
        let records = Records::new(&document, &extraction, self.offsets);
        let Record::Document(mut record) = records.document() else {
            return Err(AskError::NoDocument(asked.id.clone()));
        };
        record.regions.clear();
        let length = asked.length.unwrap_or(EXCERPT.0).clamp(1, EXCERPT.1);
        if asked.start > record.chars {
            let chars = record.chars;
            return Err(AskError::Asked(format!("start: {} where the text has {chars}", asked.start)));
        }
        let places = OffsetMap::new(&document.text, self.offsets);
        let byte = |offset: u32| byte_at(&document.text, &places, offset);
        let span = Span::new(byte(asked.start), byte(asked.start.saturating_add(length)));
        let text = records.spot(span);
        let next = (text.end < record.chars).then_some(text.end);
        json(&Excerpt { text, next, link: self.link(&document, span), document: record })
    }

    /// Every record of a text.
    pub fn extract(&self, asked: Text) -> Result<String, AskError> {
        let document = asked.document(TEXT)?;
        let extraction = self.read(&document)?;
        let records = Records::new(&document, &extraction, self.offsets);
        json(&Extracted { records: records.all().collect() })
    }

    /// The figures of a text beside statements.
    pub fn check(&self, asked: Compared) -> Result<String, AskError> {
        let (document, against) = self.both(asked)?;
        let extraction = self.read(&document)?;
        if against.is_empty() {
            return self.checked(&document, &extraction, &self.evidence);
        }
        let mut evidence = Evidence::new();
        against.into_iter().for_each(|(document, extraction)| evidence.add_statement(document, extraction));
        self.checked(&document, &extraction, &evidence)
    }

    /// The quotations of a text beside statements.
    pub fn trace(&self, asked: Compared) -> Result<String, AskError> {
        let (document, against) = self.both(asked)?;
        let extraction = self.read(&document)?;
        let mut given = Sources::new();
        let named = !against.is_empty();
        against.into_iter().for_each(|(document, extraction)| given.add(document, extraction));
        let sources = if named { &given } else { self.sources.as_ref() };
        let traces = trace(&document, &extraction, sources)?;
        let shelf = shelf(traces.iter().filter_map(|trace| trace.statement.as_deref()), |id| sources.get(id));
        let library = Library::new(&shelf, self.offsets);
        let records = Records::new(&document, &extraction, self.offsets);
        let traced = traces.iter().filter_map(|trace| match records.trace(trace, &library) {
            Record::Trace(record) => Some(Named::new(RecordKind::Trace, record)),
            _ => None,
        });
        let documents = shelf.iter().map(|document| self.cited(document)).collect();
        json(&Traced { records: traced.collect(), documents })
    }

    fn checked(&self, document: &Document, found: &Extraction, evidence: &Evidence) -> Result<String, AskError> {
        self.told(document, found, &check(document, found, evidence)?, evidence)
    }

    /// The records of checks, with the documents that they name.
    fn told(
        &self,
        document: &Document,
        found: &Extraction,
        checks: &[Check],
        evidence: &Evidence,
    ) -> Result<String, AskError> {
        let ids = checks.iter().flat_map(|check| check.evidence.iter().map(|item| item.doc.as_str()));
        let shelf = shelf(ids, |id| evidence.statement(id).map(|(_, document)| document));
        let library = Library::new(&shelf, self.offsets);
        let records = Records::new(document, found, self.offsets);
        let checked = (0..).zip(checks).filter_map(|(n, check)| match records.check(n, check, &library) {
            Record::Check(record) => Some(Named::new(RecordKind::Check, record)),
            _ => None,
        });
        let documents = shelf.iter().map(|document| self.cited(document)).collect();
        json(&Checked { records: checked.collect(), documents })
    }

    /// The article and the statements of a question.
    fn both(&self, asked: Compared) -> Result<(Document, Vec<ReadText>), AskError> {
        let size: usize = asked.against.iter().map(|text| text.text.len()).sum();
        if size > TEXT {
            return Err(AskError::Asked(format!("against: {size} bytes where {TEXT} are allowed")));
        }
        let article = Text { kind: Some(Kind::Article), ..asked.article }.document(TEXT)?;
        let mut against = Vec::new();
        for (n, text) in asked.against.into_iter().enumerate() {
            let id = text.id.clone().unwrap_or_else(|| format!("statement-{}", n + 1));
            let statement = Text { kind: Some(Kind::Statement), id: Some(id), ..text }.document(TEXT)?;
            let extraction = self.read(&statement)?;
            against.push((Arc::new(statement), Arc::new(extraction)));
        }
        Ok((article, against))
    }

    /// What is found in a text that is not in the index.
    fn read(&self, document: &Document) -> Result<Extraction, AskError> {
        let mut extraction = crate::stream::extract(document, &self.options)?;
        self.words().apply(document, &mut extraction);
        Ok(extraction)
    }

    /// A document of the index.
    fn get(&self, id: &str) -> Result<(Document, Extraction), AskError> {
        let found = self.index.get(id)?;
        let (document, mut extraction) = found.ok_or_else(|| AskError::NoDocument(id.to_owned()))?;
        self.words().apply(&document, &mut extraction);
        Ok((document, extraction))
    }

    fn others(&self, name: Option<&str>) -> Vec<String> {
        name.map(|name| self.words().aliases.others(name)).unwrap_or_default()
    }

    fn cited(&self, document: &Document) -> Cited {
        Cited {
            id: document.id.clone(),
            kind: document.kind,
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            speaker: document.speaker.clone(),
            date: document.date.clone(),
            url: document.url.clone(),
            link: self.link(document, Span::default()),
        }
    }

    /// A link to a place: on the page of `sayso serve`, if its address is known; else on the web, by the words
    /// themselves (text fragments of the WICG); else the id and the offsets, as RFC 5147 counts them.
    fn link(&self, document: &Document, span: Span) -> String {
        if let Some(base) = &self.links {
            return format!("{}/doc/{}", base.trim_end_matches('/'), encoded(&document.id));
        }
        let words = document.text.get(span.range()).unwrap_or_default();
        match document.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
            Some(url) if words.is_empty() || url.contains('#') => url.to_owned(),
            Some(url) => format!("{url}#:~:text={}", fragment(words)),
            None if words.is_empty() => format!("sayso:{}", encoded(&document.id)),
            None => {
                let nothing = Extraction::default();
                let spot = Records::new(document, &nothing, Offsets::Chars).spot(span);
                format!("sayso:{}#char={},{}", encoded(&document.id), spot.start, spot.end)
            }
        }
    }
}

/// Takes back what a sentence that stands alone cannot bear: it names no statement, and where no slot was compared nothing
/// shows that both speak of the same thing.
fn doubt(check: &mut Check) {
    if check.verdict == Verdict::Contradicted && check.slots.is_empty() {
        check.verdict = Verdict::NotEnoughEvidence;
        check.relation = None;
        check.confidence = Confidence::Low;
        check.because.push(CheckReason::UnsureStatement);
    }
}

/// The documents of some ids, each once.
fn shelf<'i>(ids: impl Iterator<Item = &'i str>, get: impl Fn(&str) -> Option<Arc<Document>>) -> Vec<Arc<Document>> {
    let ids: std::collections::BTreeSet<&str> = ids.collect();
    ids.into_iter().filter_map(get).collect()
}

fn json(answer: &impl Serialize) -> Result<String, AskError> {
    Ok(serde_json::to_string(answer)?)
}

/// What a verdict means, and what it does not.
const fn note(verdict: Fidelity, short: bool) -> &'static str {
    match verdict {
        Fidelity::NotFound => {
            "No document at hand holds these words. They may have been said elsewhere: do not give them to anybody."
        }
        _ if short => "So few words stand in many texts; that they stand here says little.",
        Fidelity::Verbatim => "These words stand there in this order. Cite the passage and whose words they are there.",
        Fidelity::Elided | Fidelity::Bracketed => {
            "The words stand there; what the marks leave out or put in is shown in `ops` and `omitted`."
        }
        Fidelity::Spliced => "The passages stand apart there. As one quotation without a mark, nobody said them.",
        Fidelity::Altered => {
            "The words differ from those in the document (`ops`). Quote `source`, not the words that were asked about."
        }
    }
}

/// The byte of an offset, at the beginning of a character; the end of the text where it is past that.
fn byte_at(text: &str, places: &OffsetMap, offset: u32) -> u32 {
    let (mut low, mut high) = (0, text.len() as u32);
    while low < high {
        let middle = low + (high - low) / 2;
        if places.at(middle) < offset { low = middle + 1 } else { high = middle }
    }
    text.ceil_char_boundary(low as usize) as u32
}

/// Words without white space and one pair of quote marks around them.
fn bare(text: &str) -> &str {
    const MARKS: [char; 13] = ['"', '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‹', '›', '\''];
    let text = text.trim();
    let inner = text.strip_prefix(MARKS).and_then(|text| text.strip_suffix(MARKS));
    inner.map_or(text, str::trim)
}

/// A text fragment: the first and the last words where there are many.
fn fragment(words: &str) -> String {
    const ENDS: usize = 5;
    let all: Vec<&str> = words.split_whitespace().collect();
    // A hyphen, a comma and an ampersand have a meaning of their own there.
    let part = |words: &[&str]| encoded(&words.join(" ")).replace('-', "%2D").replace('/', "%2F");
    match all.len() {
        n if n <= 3 * ENDS => part(&all),
        n => format!("{},{}", part(&all[..ENDS]), part(&all[n - ENDS..])),
    }
}

/// Whether all words of `wanted` are words of `name`.
fn has_words(name: &str, wanted: &str) -> bool {
    let there = crate::text::folding::folded(name);
    let wanted = crate::text::folding::folded(wanted);
    !wanted.is_empty() && wanted.iter().all(|word| there.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_a_quotation_are_no_part_of_it() {
        for (given, kept) in
            [("“It held.” ", "It held."), ("'It held'", "It held"), ("It ‘held’", "It ‘held’"), ("It held", "It held")]
        {
            assert_eq!(bare(given), kept);
        }
    }

    #[test]
    fn a_sentence_alone_is_contradicted_only_where_slots_were_compared() {
        use crate::check::{Slot, SlotName, SlotState};
        let statement = Arc::new(Document::new("s", "Inspectors looked at 42 boats in May."));
        let mut evidence = Evidence::new();
        evidence.add_statement(statement.clone(), Arc::new(crate::extract::extract(&statement)));
        let claim =
            Document { about: vec!["s".to_owned()], ..Document::new("c", "Inspectors looked at 24 boats in May.") };
        let checks = check(&claim, &crate::extract::extract(&claim), &evidence).unwrap();
        let check = Check { verdict: Verdict::Contradicted, slots: Vec::new(), ..checks[0].clone() };
        let slot = Slot { name: SlotName::Subject, state: SlotState::Same, ours: None, theirs: None, sure: 1.0 };
        for (slots, verdict) in [(vec![], Verdict::NotEnoughEvidence), (vec![slot], Verdict::Contradicted)] {
            let mut one = Check { slots, ..check.clone() };
            doubt(&mut one);
            assert_eq!(one.verdict, verdict);
        }
    }

    #[test]
    fn long_passages_are_linked_by_their_ends() {
        assert_eq!(fragment("safe, they say"), "safe%2C%20they%20say");
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fif-teen sixteen";
        assert_eq!(
            fragment(long),
            "one%20two%20three%20four%20five,twelve%20thirteen%20fourteen%20fif%2Dteen%20sixteen"
        );
    }
}
