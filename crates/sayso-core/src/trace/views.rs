//! Traces of many documents seen from other sides: by sentence of the statement, by outlet, over time. What each document
//! of the coverage has of the statements ([`Covered`]) goes in; a list for each view comes out.

use super::copies::{Copies, Sketch};
use super::fold::words;
use super::settings::Settings;
use super::sources::Sources;
use super::spoken::Spoken;
use super::{Fidelity, Reason, Reuse, Trace};
use crate::document::Document;
use crate::extract::{Confidence, Extraction};
use crate::span::Span;
use crate::store::StoreError;
use crate::text::Page;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document of the coverage with what it has of the statements.
pub struct Covered {
    /// The document.
    pub document: Arc<Document>,
    /// Where its quotations come from.
    pub traces: Vec<Trace>,
    /// What it repeats without marks.
    pub reuses: Vec<Reuse>,
    /// How many words it has.
    pub words: u32,
    /// The id of the document that it is a copy of.
    pub copy_of: Option<String>,
    /// How many copies of it there are.
    pub copies: usize,
    sketch: Sketch,
}

impl Covered {
    /// Traces a document and finds what it reuses. The error is that of a store of statements that could not be read.
    pub fn new(
        document: &Document,
        extraction: &Extraction,
        sources: &Sources,
        settings: &Settings,
    ) -> Result<Covered, StoreError> {
        let traces = super::trace_with(document, extraction, sources, settings)?;
        let words = words(&document.text, Span::at(0, document.text.len()));
        Ok(Covered {
            reuses: super::reuse::reuses_of(document, &words, extraction, &traces, sources, settings),
            traces,
            words: words.len() as u32,
            copy_of: None,
            copies: 0,
            sketch: Sketch::new(&words),
            document: Arc::new(document.clone()),
        })
    }

    /// How many of its words it repeats without marks.
    pub fn reused_words(&self) -> u32 {
        self.reuses.iter().map(|reuse| reuse.words).sum()
    }

    /// The share of its words that it repeats without marks, from 0 to 1.
    pub fn reused_share(&self) -> f32 {
        self.reused_words() as f32 / self.words.max(1) as f32
    }
}

/// Finds which documents are copies of others: of two, the later one (by date, then in the order of the list) is the copy.
pub fn find_copies(covered: &mut [Covered], settings: &Settings) {
    let mut order: Vec<usize> = (0..covered.len()).collect();
    order.sort_by_key(|i| (covered[*i].document.day().is_none(), covered[*i].document.day(), *i));
    let mut copies = Copies::default();
    for &i in &order {
        let sketch = std::mem::take(&mut covered[i].sketch);
        if let Some(original) = copies.take(sketch, settings) {
            let original = order[original as usize];
            covered[original].copies += 1;
            covered[i].copy_of = Some(covered[original].document.id.clone());
        }
    }
}

/// How coverage has words of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Between marks: position in [`Covered::traces`].
    Quoted(usize),
    /// Without marks: position in [`Covered::reuses`].
    Reused(usize),
}

/// A place of coverage that has words of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Position in the list of documents.
    pub covered: usize,
    /// How.
    pub how: How,
}

impl Use {
    /// Where in the coverage.
    pub fn span(self, covered: &[Covered]) -> Span {
        match self.how {
            How::Quoted(n) => covered[self.covered].traces[n].quote,
            How::Reused(n) => covered[self.covered].reuses[n].span,
        }
    }

    /// The trace, where it is a quotation.
    pub fn trace(self, covered: &[Covered]) -> Option<&Trace> {
        match self.how {
            How::Quoted(n) => covered[self.covered].traces.get(n),
            How::Reused(_) => None,
        }
    }

    fn sources(self, covered: &[Covered]) -> &[Span] {
        match self.how {
            How::Quoted(n) => &covered[self.covered].traces[n].source,
            How::Reused(n) => std::slice::from_ref(&covered[self.covered].reuses[n].source),
        }
    }
}

/// A sentence of a statement, and who used it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The id of the statement.
    pub statement: String,
    /// The sentence.
    pub span: Span,
    /// Who has words of it, the earliest first.
    pub uses: Vec<Use>,
}

/// Every sentence of every statement that some coverage uses: those that are used most first, then in the order of the
/// statements' ids and of the text. A sentence that nobody used has no uses; what nobody says (applause, the label of a
/// turn) is no sentence.
pub fn by_statement(covered: &[Covered], sources: &Sources) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (id, uses) in uses(covered) {
        let Some(document) = sources.get(&id) else { continue };
        for span in spoken_sentences(&document) {
            let touches = |u: &Use| u.sources(covered).iter().any(|s| s.overlaps(span));
            let uses = uses.iter().copied().filter(touches).collect();
            out.push(Sentence { statement: id.clone(), span, uses });
        }
    }
    out.sort_by_key(|sentence: &Sentence| Reverse(sentence.uses.len()));
    out
}

/// The sentences in which somebody says something.
fn spoken_sentences(document: &Document) -> Vec<Span> {
    let spoken = Spoken::new(document);
    let mut words: Vec<Span> = spoken.words.iter().map(|word| word.span).filter(|span| !span.is_empty()).collect();
    words.sort_unstable_by_key(|span| span.start);
    let mut found = sentences(document);
    found.retain(|sentence| {
        let first = words.partition_point(|word| word.start < sentence.start);
        words.get(first).is_some_and(|word| word.end <= sentence.end)
    });
    found
}

/// The uses of each statement, the earliest first.
fn uses(covered: &[Covered]) -> BTreeMap<String, Vec<Use>> {
    let mut found: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for (position, c) in covered.iter().enumerate() {
        let quoted = c.traces.iter().enumerate().map(|(n, t)| (t.statement.as_ref(), How::Quoted(n)));
        let reused = c.reuses.iter().enumerate().map(|(n, r)| (Some(&r.statement), How::Reused(n)));
        for (statement, how) in quoted.chain(reused) {
            if let Some(id) = statement {
                found.entry(id.clone()).or_default().push(Use { covered: position, how });
            }
        }
    }
    for uses in found.values_mut() {
        uses.sort_by_key(|u| (covered[u.covered].document.day(), u.covered, u.span(covered).start));
    }
    found
}

fn sentences(document: &Document) -> Vec<Span> {
    Page::new(document).sentences.iter().map(|s| s.span).collect()
}

/// What an outlet made of the statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlet {
    /// Who publishes it; none for documents that do not say.
    pub publisher: Option<String>,
    /// Its documents: positions in the list.
    pub documents: Vec<usize>,
    /// How many of them are copies of other documents.
    pub copies: usize,
    /// Quoted passages of each relation; without those that are left out.
    pub relations: BTreeMap<Fidelity, usize>,
    /// Quoted passages of which it is too unsure where they come from.
    pub left_out: usize,
    /// Words in quoted passages that stand in a statement.
    pub quoted_words: usize,
    /// Words in the longest of them.
    pub longest: usize,
    /// Quoted passages given to somebody else than the statement does.
    pub drifts: usize,
    /// Words repeated without marks.
    pub reused_words: u32,
    /// Words of all its documents.
    pub words: u32,
    /// The sentences that it has words of: the statement's id and the sentence.
    pub sentences: Vec<(String, Span)>,
}

impl Outlet {
    /// Quoted passages that stand in a statement.
    pub fn found(&self) -> usize {
        self.relations.iter().filter(|(relation, _)| **relation != Fidelity::NotFound).map(|(_, n)| n).sum()
    }

    /// The share of them whose words were kept, or changed by an editor's marks alone; none where there is none.
    pub fn faithful(&self) -> Option<f32> {
        let kept = [Fidelity::Verbatim, Fidelity::Elided, Fidelity::Bracketed];
        let kept: usize = kept.iter().filter_map(|relation| self.relations.get(relation)).sum();
        (self.found() > 0).then(|| kept as f32 / self.found() as f32)
    }
}

/// Each outlet of the coverage, by name; those that do not say who they are come first.
pub fn by_outlet(covered: &[Covered], sources: &Sources) -> Vec<Outlet> {
    let mut found: BTreeMap<Option<String>, Outlet> = BTreeMap::new();
    for (position, c) in covered.iter().enumerate() {
        let outlet = found.entry(c.document.publisher.clone()).or_default();
        outlet.publisher.clone_from(&c.document.publisher);
        outlet.documents.push(position);
        outlet.copies += usize::from(c.copy_of.is_some());
        outlet.words += c.words;
        outlet.reused_words += c.reused_words();
        for trace in &c.traces {
            if is_unsure(trace) {
                outlet.left_out += 1;
                continue;
            }
            *outlet.relations.entry(trace.relation).or_default() += 1;
            if trace.relation != Fidelity::NotFound {
                let length = words(&c.document.text, trace.quote).len();
                outlet.quoted_words += length;
                outlet.longest = outlet.longest.max(length);
                outlet.drifts += usize::from(trace.attribution_drift == Some(true));
            }
        }
    }
    for sentence in by_statement(covered, sources) {
        let names: BTreeSet<_> = sentence.uses.iter().map(|u| &covered[u.covered].document.publisher).collect();
        for name in names {
            if let Some(outlet) = found.get_mut(name) {
                outlet.sentences.push((sentence.statement.clone(), sentence.span));
            }
        }
    }
    found.into_values().collect()
}

/// Whether a statement has words of a quotation, and it is too unsure that they come from there.
fn is_unsure(trace: &Trace) -> bool {
    const UNSURE: [Reason; 3] = [Reason::Unsure, Reason::WeakMatch, Reason::AnotherMouth];
    match trace.confidence {
        Some(confidence) => confidence < Confidence::Medium,
        None => trace.because.iter().any(|reason| UNSURE.contains(reason)),
    }
}

/// One wording of a sentence of a statement, and how it spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendering {
    /// The id of the statement.
    pub statement: String,
    /// The sentence that most of its words come from.
    pub sentence: Span,
    /// Who has it in these words, the earliest first; at least one.
    pub uses: Vec<Use>,
}

/// Every wording of every sentence that coverage has, from the day of the statement on, in the order of the statements' ids and of the text, of one sentence
/// the earliest first. Wordings are the same whose words are, whatever their marks and spelling.
pub fn timeline(covered: &[Covered], sources: &Sources) -> Vec<Rendering> {
    let mut out = Vec::new();
    for (id, uses) in uses(covered) {
        let Some(document) = sources.get(&id) else { continue };
        let sentences = sentences(&document);
        let early = |u: &Use| {
            let day = covered[u.covered].document.day();
            day.zip(document.day()).is_some_and(|(day, said)| day < said)
        };
        let mut found: BTreeMap<(u32, Vec<u64>), Vec<Use>> = BTreeMap::new();
        for u in uses.into_iter().filter(|u| !early(u)) {
            let shared = |s: &Span| u.sources(covered).iter().map(|p| overlap(*p, *s)).sum::<u32>();
            let Some(sentence) = (0..sentences.len() as u32)
                .max_by_key(|n| (shared(&sentences[*n as usize]), Reverse(*n)))
                .filter(|n| shared(&sentences[*n as usize]) > 0)
            else {
                continue;
            };
            let text = &covered[u.covered].document.text;
            let wording = words(text, u.span(covered)).iter().map(|w| w.key).collect();
            found.entry((sentence, wording)).or_default().push(u);
        }
        let mut found: Vec<(u32, Vec<Use>)> = found.into_iter().map(|((n, _), uses)| (n, uses)).collect();
        let first = |u: &Use| (covered[u.covered].document.day(), u.covered, u.span(covered).start);
        found.sort_by_key(|(n, uses)| (*n, first(&uses[0])));
        out.extend(found.into_iter().map(|(n, uses)| Rendering {
            statement: id.clone(),
            sentence: sentences[n as usize],
            uses,
        }));
    }
    out
}

fn overlap(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    const STATEMENT: &str = "The harbour board will not close the ferry line before winter. Some 42 boats were inspected \
        in May, and three of them failed. A new pier will be built at Stonequay next year, and the old one goes.";

    fn covered(pages: &[(&str, &str, &str)]) -> (Vec<Covered>, Sources) {
        let mut sources = Sources::new();
        sources.add(Arc::new(Document::new("s", STATEMENT)), Arc::default());
        let one = |(i, (publisher, date, text)): (usize, &(&str, &str, &str))| {
            let mut document = Document::new(format!("d{i}"), *text);
            document.publisher = Some((*publisher).to_owned());
            document.date = Some((*date).to_owned());
            Covered::new(&document, &extract(&document), &sources, &Settings::default()).unwrap()
        };
        (pages.iter().enumerate().map(one).collect(), sources)
    }

    const PAGES: [(&str, &str, &str); 3] = [
        ("Mercury", "2025-05-03", "“The harbour board will close the ferry line before winter,” said Mira Holt."),
        ("Courier", "2025-05-01", "“The harbour board will not close the ferry line before winter,” said Mira Holt."),
        (
            "Courier",
            "2025-05-02",
            "A new pier will be built at Stonequay next year. “The harbour board will not close the ferry line \
             before winter,” said Mira Holt.",
        ),
    ];

    #[test]
    fn each_sentence_has_its_uses_and_the_silent_one_none() {
        let (covered, sources) = covered(&PAGES);
        let sentences = by_statement(&covered, &sources);
        let who: Vec<Vec<usize>> = sentences.iter().map(|s| s.uses.iter().map(|u| u.covered).collect()).collect();
        assert_eq!(who, [vec![1, 2, 0], vec![2], vec![]]);
        assert_eq!(sentences[1].uses[0].how, How::Reused(0));
    }

    #[test]
    fn outlets_are_counted() {
        let (covered, sources) = covered(&PAGES);
        let outlets = by_outlet(&covered, &sources);
        let faithful: Vec<_> =
            outlets.iter().map(|o| (o.publisher.as_deref(), o.found(), o.faithful(), o.sentences.len())).collect();
        assert_eq!(faithful, [(Some("Courier"), 2, Some(1.0), 2), (Some("Mercury"), 1, Some(0.0), 1)]);
        assert_eq!(outlets[0].reused_words, 10);
    }

    #[test]
    fn wordings_are_told_apart_and_followed() {
        let (covered, sources) = covered(&PAGES);
        let renderings = timeline(&covered, &sources);
        let who: Vec<Vec<usize>> = renderings.iter().map(|r| r.uses.iter().map(|u| u.covered).collect()).collect();
        assert_eq!(who, [vec![1, 2], vec![0], vec![2]]);
    }

    #[test]
    fn the_later_of_two_copies_is_the_copy() {
        let story = "“The harbour board will not close the ferry line before winter,” said Mira Holt on the quay, where \
            forty people had come to hear her, and a brass band played until the rain came down on all of them alike.";
        let pages = [("A", "2025-05-03", story), ("B", "2025-05-01", story), PAGES[0]];
        let (mut covered, _) = covered(&pages);
        find_copies(&mut covered, &Settings::default());
        let found: Vec<_> = covered.iter().map(|c| (c.copy_of.as_deref(), c.copies)).collect();
        assert_eq!(found, [(Some("d1"), 0), (None, 1), (None, 0)]);
    }
}
