//! Searching: a [`SearchQuery`] goes in, [`Hits`] come out, best first and then in the order of first insertion, each with
//! the places in its text that the query means. tantivy finds and ranks; what it cannot say (see [`super::query`]) is
//! decided here on the stored text, of every candidate, so that totals are true.

use super::Index;
use super::entry::quoted_pieces;
use super::error::{IndexError, guard};
use super::query::{
    Lights, Match, Place, Plan, Scope, SearchQuery, Tree, What, compile, contains_phrase, figure_terms, parse,
};
use super::words::folded;
use crate::document::{Document, Kind, RegionKind};
use crate::extract::Extraction;
use crate::span::Span;
use std::cmp::Reverse;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

/// How many bytes of context a place has on each side, at most.
const CONTEXT: usize = 110;

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

impl Index {
    /// Searches the commit that was last loaded. Queries with [`Place::Narration`], a speaker, a figure or near words
    /// read every candidate from the store; others only the hits that are shown.
    pub fn search(&self, query: &SearchQuery) -> Result<Hits, IndexError> {
        let tree = parse(&query.text)?;
        let confined = query.place == Place::Narration
            || query.speaker.is_some() && matches!(query.place, Place::Anywhere | Place::Quotes);
        let plan = Plan { place: query.place, confined };
        let needs_look = query.figure.is_some() || !plan.is_exact(&tree);
        let searcher = self.reader.searcher();
        let look = Look::new(query, &tree, confined);
        let (total, chosen) = guard(&self.dir, || {
            let ranked =
                |limit| self.rank(&searcher, query, &tree, plan, limit).map_err(|e| IndexError::reading(&self.dir, e));
            if !needs_look {
                let (total, found) = ranked(query.offset.saturating_add(query.limit))?;
                return Ok((total, found.into_iter().skip(query.offset).take(query.limit).collect()));
            }
            let (mut total, mut chosen) = (0, Vec::new());
            for (score, address) in ranked(usize::MAX)?.1 {
                let (document, extraction) = self.fetch(&searcher, address)?;
                if look.holds(&document, &extraction) {
                    if total >= query.offset && chosen.len() < query.limit {
                        chosen.push((score, address));
                    }
                    total += 1;
                }
            }
            Ok((total as u64, chosen))
        })?;
        let show = |(score, address)| {
            self.fetch(&searcher, address).map(|(document, extraction)| look.show(document, extraction, score))
        };
        Ok(Hits { total, hits: chosen.into_iter().map(show).collect::<Result<_, _>>()? })
    }

    /// How many documents tantivy finds, and the best of them.
    fn rank(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
        tree: &Tree,
        plan: Plan,
        limit: usize,
    ) -> tantivy::Result<(u64, Vec<(f32, DocAddress)>)> {
        let mut clauses = vec![(Occur::Must, compile(tree, plan, self.fields)?)];
        clauses.extend(self.narrow(&query.filter()));
        if let Some(figure) = &query.figure {
            clauses.push((Occur::Must, figure_terms(self.fields.figures, &figure.narrowing())));
        }
        let all = BooleanQuery::new(clauses);
        let limit = limit.min(searcher.num_docs() as usize);
        if limit == 0 {
            return Ok((searcher.search(&all, &Count)? as u64, Vec::new()));
        }
        // Rounded, because the order in which a segment adds up parts of a score may change its last bits.
        let order = |segment: &SegmentReader| {
            let seqs = segment.fast_fields().u64("seq").ok();
            move |doc: DocId, score: Score| {
                let seq = seqs.as_ref().and_then(|seqs| seqs.first(doc)).unwrap_or(u64::MAX);
                ((score * 1000.0).round() as u64, Reverse(seq))
            }
        };
        let (total, best) = searcher.search(&all, &(Count, TopDocs::with_limit(limit).tweak_score(order)))?;
        Ok((total as u64, best.into_iter().map(|((score, _), address)| (score as f32 / 1000.0, address)).collect()))
    }
}

/// A query made ready to be held against stored texts.
struct Look<'q> {
    query: &'q SearchQuery,
    tree: &'q Tree,
    confined: bool,
    speaker: Option<Vec<String>>,
    lit: Vec<bool>,
    lights: Lights<'q>,
}

impl<'q> Look<'q> {
    fn new(query: &'q SearchQuery, tree: &'q Tree, confined: bool) -> Self {
        let mut positive = Vec::new();
        tree.root.lit(&mut positive);
        let mut lit = vec![false; tree.leaves.len()];
        positive.into_iter().for_each(|i| lit[i] = true);
        let speaker = query.speaker.as_deref().map(folded);
        Look { query, tree, confined, speaker, lit, lights: Lights::new(&tree.leaves, |_| true) }
    }

    /// Whether the document truly matches.
    fn holds(&self, document: &Document, extraction: &Extraction) -> bool {
        let parts = Parts::new(self, document, extraction);
        if self.query.figure.is_some() && self.figures(&parts).is_empty() {
            return false;
        }
        let matches = self.lights.matches(&document.text);
        let title = document.title.as_deref().map(|t| self.lights.matches(t)).unwrap_or_default();
        self.tree.root.holds(&|i| self.leaf_holds(i, &parts, &matches, &title))
    }

    fn leaf_holds(&self, i: usize, parts: &Parts, matches: &[Match], title: &[Match]) -> bool {
        let leaf = &self.tree.leaves[i];
        let in_text = || matches.iter().any(|m| m.leaf == i && parts.admits(self, leaf.scope, m.span));
        let in_title = || title.iter().any(|m| m.leaf == i);
        let in_field = |text: &str| self.lights.matches(text).iter().any(|m| m.leaf == i);
        let document = parts.document;
        match leaf.scope {
            Scope::Given if self.query.place == Place::Anywhere && !self.confined => in_text() || in_title(),
            Scope::Given if self.query.place == Place::Headline => in_text() || in_title(),
            Scope::Headline => in_text() || in_title(),
            Scope::Given | Scope::Text | Scope::Quotes => in_text(),
            Scope::Title => in_title(),
            Scope::Publisher => document.publisher.as_deref().is_some_and(in_field),
            Scope::Speaker => speaker_names(document, parts.extraction).any(in_field),
            Scope::Kind => leaf.what == What::Exactly(document.kind.name().to_owned()),
            Scope::Id => leaf.what == What::Exactly(document.id.clone()),
        }
    }

    /// The figures that the query means.
    fn figures(&self, parts: &Parts) -> Vec<u32> {
        let Some(test) = &self.query.figure else { return Vec::new() };
        let fits = |(_, figure): &(usize, &crate::extract::Figure)| {
            parts.admits(self, Scope::Given, figure.span) && test.matches(figure, &parts.document.text)
        };
        parts.extraction.figures.iter().enumerate().filter(fits).map(|(i, _)| i as u32).collect()
    }

    /// The hit with its places.
    fn show(&self, document: Document, extraction: Extraction, score: f32) -> Hit {
        let parts = Parts::new(self, &document, &extraction);
        let figures = self.figures(&parts);
        let shown = |m: &&Match| self.lit[m.leaf] && parts.admits(self, self.tree.leaves[m.leaf].scope, m.span);
        let mut spans: Vec<Span> = self.lights.matches(&document.text).iter().filter(shown).map(|m| m.span).collect();
        spans.extend(figures.iter().map(|i| extraction.figures[*i as usize].span));
        if self.lit.is_empty() && self.query.figure.is_none() && self.speaker.is_some() {
            spans.extend(parts.said.iter().map(|(_, span)| *span));
        }
        let spans = apart(spans);
        let places = spans.iter().take(self.query.places).map(|span| parts.place(*span)).collect();
        let of_title = |m: &&Match| {
            let scope = self.tree.leaves[m.leaf].scope;
            let given = matches!(self.query.place, Place::Anywhere | Place::Headline) && !self.confined;
            self.lit[m.leaf] && (matches!(scope, Scope::Title | Scope::Headline) || scope == Scope::Given && given)
        };
        let title = document.title.as_deref().map(|t| self.lights.matches(t)).unwrap_or_default();
        let title = apart(title.iter().filter(of_title).map(|m| m.span).collect());
        Hit { score, places, places_total: spans.len(), title, figures, document, extraction }
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

/// Names and mentions by which a document is found under a speaker.
fn speaker_names<'a>(document: &'a Document, extraction: &'a Extraction) -> impl Iterator<Item = &'a str> {
    let mentions = |s: &'a crate::extract::Speaker| s.aliases.iter().filter_map(|span| document.text.get(span.range()));
    extraction
        .speakers
        .iter()
        .flat_map(move |s| std::iter::once(s.name.as_str()).chain(mentions(s)))
        .chain(document.speaker.as_deref())
}

/// The parts of one document that a query may be confined to.
struct Parts<'d> {
    document: &'d Document,
    extraction: &'d Extraction,
    /// Between quote marks.
    quoted: Cover,
    /// Headline and subhead.
    headline: Cover,
    /// The words of the speaker who is sought, in the order of the quotations.
    said: Vec<(u32, Span)>,
    said_cover: Cover,
    /// Whether what nobody else is quoted with is the speaker's too: a statement that they issued.
    issued: bool,
    others: Cover,
}

impl<'d> Parts<'d> {
    fn new(look: &Look, document: &'d Document, extraction: &'d Extraction) -> Self {
        let text = document.text.as_str();
        let headline =
            extraction.regions.iter().filter(|r| matches!(r.kind, RegionKind::Headline | RegionKind::Subhead));
        let mut parts = Parts {
            document,
            extraction,
            quoted: Cover::new(quoted_pieces(text, extraction).map(|(_, span)| span)),
            headline: Cover::new(headline.map(|r| r.span)),
            said: Vec::new(),
            said_cover: Cover::default(),
            issued: false,
            others: Cover::default(),
        };
        let Some(name) = look.speaker.as_deref() else { return parts };
        let mentioned = |s: &crate::extract::Speaker| {
            contains_phrase(&s.name, name)
                || s.aliases.iter().any(|a| text.get(a.range()).is_some_and(|a| contains_phrase(a, name)))
        };
        let wanted: Vec<bool> = extraction.speakers.iter().map(mentioned).collect();
        let theirs = |i: u32| {
            let speaker = extraction.quotes.get(i as usize).and_then(|q| q.speaker);
            speaker.and_then(|s| wanted.get(s as usize)).is_some_and(|w| *w)
        };
        let all: Vec<(u32, Span)> = match look.query.place {
            Place::Quotes => quoted_pieces(text, extraction).collect(),
            _ => extraction
                .quotes
                .iter()
                .zip(0..)
                .flat_map(|(q, i)| q.content.iter().map(move |span| (i, *span)))
                .collect(),
        };
        parts.issued = look.query.place == Place::Anywhere
            && document.kind == Kind::Statement
            && document.speaker.as_deref().is_some_and(|s| contains_phrase(s, name));
        parts.others = Cover::new(all.iter().filter(|(i, _)| !theirs(*i)).map(|(_, span)| *span));
        parts.said = all.into_iter().filter(|(i, _)| theirs(*i)).collect();
        parts.said_cover = Cover::new(parts.said.iter().map(|(_, span)| *span));
        parts
    }

    /// Whether a match in the text counts for a leaf of this scope.
    fn admits(&self, look: &Look, scope: Scope, span: Span) -> bool {
        match (scope, look.query.place) {
            (Scope::Text, _) => true,
            (Scope::Quotes, _) => self.quoted.holds(span),
            (Scope::Headline, _) | (Scope::Given, Place::Headline) => self.headline.holds(span),
            (Scope::Given, Place::Narration) => !self.quoted.touches(span),
            (Scope::Given, Place::Anywhere | Place::Quotes) if look.confined => {
                self.said_cover.holds(span) || self.issued && !self.others.touches(span)
            }
            (Scope::Given, Place::Quotes) => self.quoted.holds(span),
            (Scope::Given, Place::Anywhere) => true,
            (Scope::Title | Scope::Publisher | Scope::Speaker | Scope::Kind | Scope::Id, _) => false,
        }
    }

    fn place(&self, span: Span) -> HitPlace {
        let region =
            self.extraction.regions.iter().find(|r| r.span.contains(span)).map_or(RegionKind::Body, |r| r.kind);
        let direct = quoted_pieces(&self.document.text, self.extraction).find(|(_, piece)| piece.contains(span));
        let any = || self.extraction.quotes.iter().position(|q| q.content.iter().any(|piece| piece.contains(span)));
        let in_quote = direct.map(|(i, _)| i).or_else(|| any().map(|i| i as u32));
        HitPlace { span, context: context(&self.document.text, span), region, in_quote }
    }
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

/// Spans made ready to be asked about; asking costs a binary search.
#[derive(Default)]
struct Cover {
    spans: Vec<Span>,
    /// The furthest end of the spans up to this one.
    reach: Vec<u32>,
}

impl Cover {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        let reach = spans.iter().scan(0, |end, span| {
            *end = span.end.max(*end);
            Some(*end)
        });
        Cover { reach: reach.collect(), spans }
    }

    /// Whether one of the spans holds all of `span`.
    fn holds(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|s| s.start <= span.start);
        before > 0 && self.reach[before - 1] >= span.end
    }

    /// Whether one of the spans shares a byte with `span`.
    fn touches(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|s| s.start < span.end);
        before > 0 && self.reach[before - 1] > span.start
    }
}
