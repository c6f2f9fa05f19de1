//! Searching: a [`SearchQuery`] goes in, [`Hits`] come out, best first and then in the order of first insertion, each with
//! the places in its text that the query means. The postings find, count and rank (see [`super::query`]); only the hits that
//! are shown are read, and the places in them found by the same zones and patterns.

use super::Index;
use super::entry::key_of;
use super::error::{IndexError, guard};
use super::query::{
    FigureTest, Lights, Match, Part, Plan, Scores, SearchQuery, Sort, Tree, What, alike, compile, contains_phrase,
};
use super::words::words;
use super::zones::{ISSUER, NAMED, Within, Zoned, is_quoted, who_of, zones};
use crate::document::{Document, Kind, RegionKind};
use crate::extract::Extraction;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use tantivy::columnar::StrColumn;
use tantivy::query::TermSetQuery;
use tantivy::schema::Term;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

/// How many bytes of context a place has on each side, at most.
const CONTEXT: usize = 110;

/// How many words of a document are taken for telling when others like it are sought.
const TELLING: usize = 30;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many documents match, whatever the limit.
    pub total: u64,
    /// Those asked for, best first; equals stand in the order of first insertion.
    pub hits: Vec<Hit>,
}

/// A document that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// What was found in it when it was indexed.
    pub extraction: Extraction,
    /// How well it matches (BM25, to a thousandth); to be compared within one search only.
    pub score: f32,
    /// The first places that match, in the order of the text; none where only the title or a field matches.
    pub places: Vec<HitPlace>,
    /// How many places match.
    pub places_total: usize,
    /// Where the title matches: places in [`Document::title`].
    pub title: Vec<Span>,
    /// The figures that [`SearchQuery::figure`] means: positions in [`Extraction::figures`].
    pub figures: Vec<u32>,
}

/// A place in a text that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPlace {
    /// The matched words; a phrase as a whole.
    pub span: Span,
    /// The words around, within the paragraph.
    pub context: Span,
    /// The part of the page.
    pub region: RegionKind,
    /// The quotation that the words stand in, direct or reported: position in [`Extraction::quotes`].
    pub in_quote: Option<u32>,
}

impl Hit {
    /// The context before a place, the words of the place, the context after it.
    pub fn parts(&self, place: &HitPlace) -> [&str; 3] {
        let text = |from: u32, to: u32| self.document.text.get(from as usize..to as usize).unwrap_or_default();
        let (context, span) = (place.context, place.span);
        [text(context.start, span.start), text(span.start, span.end), text(span.end, context.end)]
    }

    /// Whether the title matches, and no place in the text's headline stands for it.
    pub fn is_in_title(&self) -> bool {
        !self.title.is_empty() && self.places.iter().all(|place| place.region != RegionKind::Headline)
    }

    /// Whether a list of what was found should have a row for the title: it matches, or there is no place to show.
    pub fn shows_title(&self) -> bool {
        self.places.is_empty() || self.is_in_title()
    }
}

impl Index {
    /// Searches the commit that was last loaded. Reads from the store only the hits that are given.
    pub fn search(&self, query: &SearchQuery) -> Result<Hits, IndexError> {
        let mut hits = Vec::new();
        let total = self.search_each(query, |hit| {
            hits.push(hit);
            Ok::<(), IndexError>(())
        })?;
        Ok(Hits { total, hits })
    }

    /// The same, hit by hit, so that a long list takes no more memory than a short one; gives the total.
    pub fn search_each<E: From<IndexError>>(
        &self,
        query: &SearchQuery,
        mut sink: impl FnMut(Hit) -> Result<(), E>,
    ) -> Result<u64, E> {
        let plan = Plan::of(query);
        let searcher = self.reader.searcher();
        let tree = self.tree(&searcher, &query.text)?;
        let all = self.compiled(&searcher, query, &tree, &plan)?;
        let (total, found) = guard(&self.dir, || {
            let limit = query.offset.saturating_add(query.limit);
            self.rank(&searcher, &all, query.sort, limit).map_err(|e| IndexError::reading(&self.dir, e))
        })?;
        let look = Look::new(query, &tree, plan);
        for (score, address) in found.into_iter().skip(query.offset).take(query.limit) {
            let (document, extraction) = self.fetch(&searcher, address)?;
            sink(look.show(document, extraction, score))?;
        }
        Ok(total)
    }

    /// All conditions of a query.
    pub(super) fn compiled(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
        tree: &Tree,
        plan: &Plan,
    ) -> Result<Part, IndexError> {
        let mut parts = vec![compile(tree, plan, self.fields)];
        parts.extend(self.narrow(&query.filter()).into_iter().map(|filter| Part::Query(filter, 1.0)));
        parts.extend(query.figure.as_ref().map(|test| plan.figure(test, self.fields)));
        if let Some(ids) = &query.only {
            let keys = ids.iter().map(|id| Term::from_field_u64(self.fields.key, key_of(id)));
            parts.push(Part::Query(Box::new(TermSetQuery::new(keys)), 1.0));
        }
        if let Some(id) = &query.like {
            let Some((document, _)) = self.get(id)? else {
                return Err(IndexError::NoDocument { dir: self.dir.clone(), id: id.clone() });
            };
            let itself = Term::from_field_u64(self.fields.key, key_of(id));
            parts.push(Part::Not(Box::new(Part::Words(vec![(itself, 1.0)]))));
            let telling = guard(&self.dir, || {
                self.telling(searcher, &document.text).map_err(|e| IndexError::reading(&self.dir, e))
            })?;
            parts.push(alike(&telling, self.fields.body));
        }
        Ok(Part::And(parts))
    }

    /// The words of a text that tell it from others, weighed by how often it has them and how few have them.
    fn telling(&self, searcher: &Searcher, text: &str) -> tantivy::Result<Vec<(String, f32)>> {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for (word, _) in words(text) {
            *counts.entry(word).or_default() += 1;
        }
        let documents = searcher.num_docs() as f32;
        let mut weighed = Vec::new();
        for (word, count) in counts.into_iter().filter(|(word, _)| word.len() > 2) {
            let having = searcher.doc_freq(&Term::from_field_text(self.fields.body, &word))?;
            if having > 1 {
                let weight = (1.0 + (count as f32).ln()) * (1.0 + documents / having as f32).ln();
                weighed.push((word, (weight * 1000.0).round() / 1000.0));
            }
        }
        weighed.sort_by(|(a, weight), (b, other)| other.total_cmp(weight).then_with(|| a.cmp(b)));
        weighed.truncate(TELLING);
        Ok(weighed)
    }

    /// How many documents are found, and the first `limit` of them.
    fn rank(
        &self,
        searcher: &Searcher,
        query: &Part,
        sort: Sort,
        limit: usize,
    ) -> tantivy::Result<(u64, Vec<(f32, DocAddress)>)> {
        let publishers = match sort {
            Sort::Publisher => publishers(searcher)?,
            _ => Vec::new(),
        };
        let mut keys = Vec::new();
        for segment in searcher.segment_readers() {
            keys.push((Key::new(segment, sort, &publishers), segment.fast_fields().u64("seq")?));
        }
        let (mut total, mut best) = (0, Best::new(limit));
        let scores = if limit == 0 { Scores::Unwanted } else { Scores::Wanted };
        query.walk(searcher, scores, |ord, found| {
            total += u64::from(found.count());
            if limit == 0 {
                return;
            }
            let (key, seqs) = &keys[ord as usize];
            found.each(|doc, score| {
                // Rounded, because the order in which a segment adds up parts of a score may change its last bits.
                let score = (score * 1000.0).round() as i64;
                let key = key.of(doc, score);
                if best.may_take(key) {
                    let seq = seqs.first(doc).unwrap_or(u64::MAX);
                    best.offer((Reverse(key), seq, score, DocAddress::new(ord, doc)));
                }
            });
        })?;
        Ok((total, best.sorted().into_iter().map(|(_, _, score, at)| (score as f32 / 1000.0, at)).collect()))
    }
}

/// A document as it is put in order: by its key, the greatest first, and then by its number in the order of insertion.
type Ranked = (Reverse<i64>, u64, i64, DocAddress);

/// The first of what is offered, so many.
struct Best {
    limit: usize,
    held: Vec<Ranked>,
    /// The least key that can still be among them.
    least: i64,
}

impl Best {
    fn new(limit: usize) -> Best {
        Best { limit, held: Vec::new(), least: i64::MIN }
    }

    fn may_take(&self, key: i64) -> bool {
        key >= self.least
    }

    fn offer(&mut self, ranked: Ranked) {
        self.held.push(ranked);
        if self.held.len() >= self.limit.saturating_mul(2).saturating_add(32) {
            let (_, last, _) = self.held.select_nth_unstable(self.limit - 1);
            self.least = last.0.0;
            self.held.truncate(self.limit);
        }
    }

    fn sorted(mut self) -> Vec<Ranked> {
        self.held.sort_unstable();
        self.held.truncate(self.limit);
        self.held
    }
}

/// By what a document of a segment is put in order; the greatest comes first.
enum Key {
    Score,
    /// The column of days, and whether the newest come first.
    Days(Option<tantivy::columnar::Column<i64>>, Sort),
    /// The column of publishers, and the rank of each of its terms.
    Ranks(Option<StrColumn>, Vec<i64>),
}

impl Key {
    fn new(segment: &SegmentReader, sort: Sort, publishers: &[String]) -> Key {
        match sort {
            Sort::Score => Key::Score,
            Sort::Newest | Sort::Oldest => Key::Days(segment.fast_fields().i64("day").ok(), sort),
            Sort::Publisher => {
                let column = segment.fast_fields().str("publisher").ok().flatten();
                let ranks = column.as_ref().map(names).unwrap_or_default();
                let rank = |name: &String| -(publishers.binary_search(name).unwrap_or(usize::MAX >> 1) as i64);
                Key::Ranks(column, ranks.iter().map(rank).collect())
            }
        }
    }

    fn of(&self, doc: DocId, score: i64) -> i64 {
        match self {
            Key::Score => score,
            Key::Days(days, sort) => {
                let day = days.as_ref().and_then(|days| days.first(doc));
                day.map_or(i64::MIN, |day| if *sort == Sort::Newest { day } else { -day })
            }
            Key::Ranks(column, ranks) => {
                let ord = column.as_ref().and_then(|column| column.term_ords(doc).next());
                ord.and_then(|ord| ranks.get(ord as usize)).copied().unwrap_or(i64::MIN)
            }
        }
    }
}

/// The terms of a column, in its order.
pub(super) fn names(column: &StrColumn) -> Vec<String> {
    let (mut all, mut name) = (Vec::new(), String::new());
    for ord in 0..column.num_terms() as u64 {
        name.clear();
        // A term that cannot be read is told by fsck; here it must only keep its number.
        let _ = column.ord_to_str(ord, &mut name);
        all.push(name.clone());
    }
    all
}

fn publishers(searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let mut all = BTreeSet::new();
    for segment in searcher.segment_readers() {
        all.extend(segment.fast_fields().str("publisher")?.as_ref().map(names).unwrap_or_default());
    }
    Ok(all.into_iter().collect())
}

/// A query made ready to show where it matches.
struct Look<'q> {
    query: &'q SearchQuery,
    tree: &'q Tree,
    plan: Plan,
    /// The names of whom is sought; empty where nobody is.
    speaker: Vec<Vec<String>>,
    lit: Vec<bool>,
    lights: Lights<'q>,
}

impl<'q> Look<'q> {
    fn new(query: &'q SearchQuery, tree: &'q Tree, plan: Plan) -> Self {
        let mut positive = Vec::new();
        tree.root.lit(&mut positive);
        let mut lit = vec![false; tree.leaves.len()];
        positive.into_iter().for_each(|i| lit[i] = true);
        let speaker = query.speaker_names();
        let lights = Lights::new(&tree.leaves, |leaf| !matches!(leaf.what, What::Exactly(_) | What::Days(..)));
        Look { query, tree, plan, speaker, lit, lights }
    }

    /// The hit with its places.
    fn show(&self, document: Document, extraction: Extraction, score: f32) -> Hit {
        let text = document.text.as_str();
        let Zoned { zones, figures: numbers, .. } = zones(text, &extraction);
        let whos = self.whos(&document, &extraction);
        let admits = |within: Within, first, last| within.admits(&zones, &whos, first, last);
        let figures =
            self.query.figure.as_ref().map(|test| {
                self.figures(test, &extraction, text, |i| admits(self.plan.within, numbers[i], numbers[i]))
            });
        let figures = figures.unwrap_or_default();
        let scope = |m: &Match| self.tree.leaves[m.leaf].scope;
        let shown = |m: &&Match| {
            self.lit[m.leaf] && self.plan.within(scope(m)).is_some_and(|within| admits(within, m.first, m.last))
        };
        let mut spans: Vec<Span> = self.lights.matches(text).iter().filter(shown).map(|m| m.span).collect();
        spans.extend(figures.iter().map(|i| extraction.figures[*i as usize].span));
        if self.lit.is_empty() && self.query.figure.is_none() && !self.speaker.is_empty() {
            let theirs = |q: &&crate::extract::Quote| whos.binary_search(&who_of(q.speaker)).is_ok();
            spans.extend(extraction.quotes.iter().filter(theirs).flat_map(|q| q.content.iter().copied()));
        }
        spans.retain(|span| text.get(span.range()).is_some());
        let spans = apart(spans);
        let places = spans.iter().take(self.query.places).map(|span| place(text, &extraction, *span)).collect();
        let of_title = |m: &&Match| self.lit[m.leaf] && self.plan.in_title(scope(m));
        let title = document.title.as_deref().map(|t| self.lights.matches(t)).unwrap_or_default();
        let title = apart(title.iter().filter(of_title).map(|m| m.span).collect());
        Hit { score, places, places_total: spans.len(), title, figures, document, extraction }
    }

    /// The numbers in zones of those who are sought, in order.
    fn whos(&self, document: &Document, extraction: &Extraction) -> Vec<u16> {
        let text = &document.text;
        let is = |written: &str| self.speaker.iter().any(|name| contains_phrase(written, name));
        let named =
            |s: &crate::extract::Speaker| is(&s.name) || s.aliases.iter().any(|a| text.get(a.range()).is_some_and(is));
        let speakers = extraction.speakers.iter().zip(0..).filter(|(s, _)| named(s));
        let mut whos: Vec<u16> = speakers.map(|(_, i)| who_of(Some(i))).collect();
        if document.speaker.as_deref().is_some_and(is) {
            whos.push(if document.kind == Kind::Statement { ISSUER } else { NAMED });
        }
        whos
    }

    /// The figures that the query means.
    fn figures(
        &self,
        test: &FigureTest,
        extraction: &Extraction,
        text: &str,
        admits: impl Fn(usize) -> bool,
    ) -> Vec<u32> {
        let figures = extraction.figures.iter().enumerate();
        figures.filter(|(i, f)| admits(*i) && test.matches(f, text)).map(|(i, _)| i as u32).collect()
    }
}

/// In order, without those that lie over one before: of two that begin together the longer stays.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    spans
}

fn place(text: &str, extraction: &Extraction, span: Span) -> HitPlace {
    let region = extraction.regions.iter().find(|r| r.span.contains(span)).map_or(RegionKind::Body, |r| r.kind);
    let direct = extraction.quotes.iter().position(|q| {
        let quoted = |piece: &&Span| text.get(piece.range()).is_some_and(|t| is_quoted(q.kind, t));
        q.content.iter().filter(quoted).any(|piece| piece.contains(span))
    });
    let any = || extraction.quotes.iter().position(|q| q.content.iter().any(|piece| piece.contains(span)));
    HitPlace { span, context: context(text, span), region, in_quote: direct.or_else(any).map(|i| i as u32) }
}

/// At most [`CONTEXT`] bytes on each side, within the line, cut between words.
fn context(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let mut from = line;
    if start - line > CONTEXT {
        let cut = text.ceil_char_boundary(start - CONTEXT);
        from = text[cut..start].find(char::is_whitespace).map_or(cut, |at| cut + at);
    }
    let mut to = line_end;
    if line_end - end > CONTEXT {
        let cut = text.floor_char_boundary(end + CONTEXT);
        to = text[end..cut].rfind(char::is_whitespace).map_or(cut, |at| end + at);
    }
    Span::at(from, to).trim(text)
}
