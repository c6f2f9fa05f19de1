//! Searching. A [`SearchQuery`] gives [`Hits`], best first and then in the order of first insertion, each with the
//! matching places in its text. The postings find, count and rank the documents (see [`super::query`]). Only the hits
//! that are shown are read from the store; their places are found by the same zones and patterns.

use super::Index;
use super::entry::key_of;
use super::error::{IndexError, guard};
use super::query::{
    FigureTest, Lights, Match, Operator, Plan, SearchQuery, Tree, What, alike, compile, contains_phrase,
};
use super::zones::{ISSUER, NAMED, Within, Zoned, is_quoted, who_of, zones};
use sayso_core::document::{Document, Kind, RegionKind};
use sayso_core::extract::Extraction;
use sayso_core::record::{Hit, HitPlace};
use sayso_core::span::Span;
use sayso_core::text::folding::words;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Bound;
use tantivy::Searcher;
use tantivy::query::{RangeQuery, TermSetQuery};
use tantivy::schema::Term;

/// The maximum length of the context on each side of a place, in bytes.
const CONTEXT: usize = 110;

/// The number of distinctive words that represent a document in a search for similar ones.
const TELLING: usize = 30;

/// The result of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The number of matching documents, whatever the limit.
    pub total: u64,
    /// The hits that were asked for, best first. Equal ones are in the order of first insertion.
    pub hits: Vec<Hit>,
    /// The requested hits that are left out because their stored document is damaged: for each a description of the
    /// damage.
    pub damaged: Vec<String>,
}

/// The totals of [`Index::search_each`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// See [`Hits::total`].
    pub total: u64,
    /// See [`Hits::damaged`].
    pub damaged: Vec<String>,
}

impl Index {
    /// Searches the commit that was loaded last. Reads only the returned hits from the store.
    pub fn search(&self, query: &SearchQuery) -> Result<Hits, IndexError> {
        let mut hits = Vec::new();
        let Totals { total, damaged } = self.search_each(query, |hit| {
            hits.push(hit);
            Ok::<(), IndexError>(())
        })?;
        Ok(Hits { total, hits, damaged })
    }

    /// As [`Index::search`], but calls `sink` with one hit at a time, so a long list takes no more memory than a short
    /// one.
    pub fn search_each<E: From<IndexError>>(
        &self,
        query: &SearchQuery,
        mut sink: impl FnMut(Hit) -> Result<(), E>,
    ) -> Result<Totals, E> {
        let plan = Plan::of(query);
        let searcher = self.reader.searcher();
        query.is_short_enough()?;
        let tree = self.tree(&searcher, &query.text)?;
        query.allows(&tree)?;
        let all = self.compiled(&searcher, query, &tree, &plan)?;
        let (total, found) = guard(&self.dir, || {
            let limit = query.offset.saturating_add(query.limit);
            self.rank(&searcher, &all, query, limit).map_err(|e| IndexError::reading(&self.dir, e))
        })?;
        let look = Look::new(query, &tree, plan);
        let mut damaged = Vec::new();
        for (score, address) in found.into_iter().skip(query.offset).take(query.limit) {
            match self.fetch(&searcher, address) {
                Ok((document, extraction)) => sink(look.show(document, extraction, score))?,
                Err(error @ IndexError::Damaged { .. }) => damaged.push(error.to_string()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Totals { total, damaged })
    }

    /// Compiles all conditions of a query.
    pub(super) fn compiled(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
        tree: &Tree,
        plan: &Plan,
    ) -> Result<Operator, IndexError> {
        let mut parts = vec![compile(tree, plan, self.fields)];
        parts.extend(self.narrow(&query.filter()).into_iter().map(|filter| Operator::Query(filter, 1.0)));
        parts.extend(query.figure.as_ref().map(|test| plan.figure(test, self.fields)));
        if let Some(ids) = &query.only {
            let keys = ids.iter().map(|id| Term::from_field_u64(self.fields.key, key_of(id)));
            parts.push(Operator::Query(Box::new(TermSetQuery::new(keys)), 1.0));
        }
        if let Some(number) = query.added_from {
            let from = Bound::Included(Term::from_field_u64(self.fields.seq, number));
            parts.push(Operator::Query(Box::new(RangeQuery::new(from, Bound::Unbounded)), 1.0));
        }
        if let Some(id) = &query.like {
            let Some((document, _)) = self.get(id)? else {
                return Err(IndexError::NoDocument { dir: self.dir.clone(), id: id.clone() });
            };
            let itself = Term::from_field_u64(self.fields.key, key_of(id));
            parts.push(Operator::Not(Box::new(Operator::Words(vec![(itself, 1.0)]))));
            let telling = guard(&self.dir, || {
                self.telling(searcher, &document.text).map_err(|e| IndexError::reading(&self.dir, e))
            })?;
            parts.push(alike(&telling, self.fields.body));
        }
        Ok(Operator::And(parts))
    }

    /// The words that best distinguish a text, weighted by how often they are in the text and how few documents contain
    /// them.
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
}

/// A query, prepared to show its matches in documents.
struct Look<'q> {
    query: &'q SearchQuery,
    tree: &'q Tree,
    plan: Plan,
    /// The names of the speaker who is searched for. Empty without such a condition.
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

    /// Makes the hit of a document, with its places.
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
            let theirs = |q: &&sayso_core::extract::Quote| whos.binary_search(&who_of(q.speaker)).is_ok();
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

    /// The zone numbers of the speaker who is searched for, in order.
    fn whos(&self, document: &Document, extraction: &Extraction) -> Vec<u16> {
        let text = &document.text;
        let is = |written: &str| self.speaker.iter().any(|name| contains_phrase(written, name));
        let named = |s: &sayso_core::extract::Speaker| {
            is(&s.name) || s.aliases.iter().any(|a| text.get(a.range()).is_some_and(is))
        };
        let speakers = extraction.speakers.iter().zip(0..).filter(|(s, _)| named(s));
        let mut whos: Vec<u16> = speakers.map(|(_, i)| who_of(Some(i))).collect();
        if document.speaker.as_deref().is_some_and(is) {
            whos.push(if document.kind == Kind::Statement { ISSUER } else { NAMED });
        }
        whos
    }

    /// The figures that match the query.
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

/// Sorts spans and drops those that overlap an earlier one. Of two that start together, the longer stays.
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

/// The context of a span: at most [`CONTEXT`] bytes on each side, within the line, cut between words.
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
