//! What was done to the words: an alignment goes in, a [`Reading`] comes out, with the relation, the changes, the edit
//! script and what was left out.
//!
//! Every stretch between two equal words is judged by what stands on either side: nothing quoted and little left out is
//! *dropped*, much left out is a *splice* (or *elided*, at an ellipsis); bracketed words are the editor's; the rest was
//! put in or substituted, with an eye on numbers and negations.

use super::align::{Step, align};
use super::pieces::{Mark, Quoted, Run};
use super::settings::Settings;
use super::sources::{Sources, Statement, words_of};
use super::{ChangeKind, EditOp, OpKind, Reason, Relation, lexicon};
use crate::span::Span;
use crate::words::{Word, WordClass, is_apostrophe, key};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A run read as coming from one statement.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub statement: u32,
    /// Points of the alignment.
    pub score: i32,
    /// Quoted words that no bracket holds.
    pub words: u32,
    /// Those of them that the statement has, in place.
    pub matched: u32,
    /// The most equal words in a row.
    pub unbroken: u32,
    pub relation: Relation,
    pub changes: Vec<ChangeKind>,
    pub because: Vec<Reason>,
    pub source: Vec<Span>,
    pub ops: Vec<EditOp>,
    pub omitted: Vec<Span>,
}

impl Reading {
    /// Whether it can be claimed by itself.
    pub(super) fn stands_alone(&self, sources: usize, settings: &Settings) -> bool {
        self.points_to_spare(sources, settings).is_some()
    }

    /// How many points it has more than it needs to be claimed by itself; none where it cannot be.
    pub(super) fn points_to_spare(&self, sources: usize, settings: &Settings) -> Option<f32> {
        let points = match self.relation {
            Relation::Altered => settings.sure_points_altered,
            _ => settings.sure_points,
        };
        let points = points + settings.points_per_doubling * (sources.max(1) as f32).log2();
        let spare = self.score as f32 - points;
        (spare >= 0.0 && self.covers(settings.coverage) && self.unbroken >= settings.unbroken).then_some(spare)
    }

    /// Whether it can be claimed of a statement that the page is known to quote.
    pub(super) fn stands_supported(&self, settings: &Settings) -> bool {
        match self.words {
            0 => false,
            1..=4 => self.matched == self.words && self.unbroken == self.words,
            words => {
                self.covers(settings.coverage_supported) && self.unbroken >= settings.unbroken.min(words.div_ceil(2))
            }
        }
    }

    fn covers(&self, share: f32) -> bool {
        self.matched as f32 >= share * self.words as f32
    }
}

/// Reads the runs of one document.
pub(super) struct Reader<'a> {
    text: &'a str,
    sources: &'a Sources,
    settings: &'a Settings,
    /// The words of the statements read so far: most runs of a page come from the same few.
    folded: RefCell<Folded>,
}

#[derive(Default)]
struct Folded {
    of: HashMap<u32, Rc<[Word]>>,
    words: usize,
}

/// How many words are kept; some 24 MB.
const KEPT: usize = 1 << 20;

impl<'a> Reader<'a> {
    /// A reader of the coverage `text`.
    pub(super) fn new(text: &'a str, sources: &'a Sources, settings: &'a Settings) -> Self {
        Reader { text, sources, settings, folded: RefCell::default() }
    }

    /// Reads a run as coming from a statement; none where no word is shared.
    pub(super) fn read(&self, run: &Run, statement: u32) -> Option<Reading> {
        let source = self.sources.statement(statement)?;
        let words = self.words(statement, &source);
        let mut reading = judge(self.text, &run.words, &source.document.text, &words, self.settings)?;
        reading.statement = statement;
        Some(reading)
    }

    fn words(&self, number: u32, statement: &Statement) -> Rc<[Word]> {
        let mut folded = self.folded.borrow_mut();
        if let Some(words) = folded.of.get(&number) {
            return words.clone();
        }
        let words: Rc<[Word]> = words_of(statement).into();
        if folded.words + words.len() > KEPT {
            *folded = Folded::default();
        }
        folded.words += words.len();
        folded.of.insert(number, words.clone());
        words
    }
}

/// Aligns and judges.
pub(super) fn judge(
    text: &str,
    quote: &[Quoted],
    source_text: &str,
    source: &[Word],
    settings: &Settings,
) -> Option<Reading> {
    let (mut steps, score) = align(quote, source);
    settle_ends(&mut steps, quote, source_text, source);
    let mut judge = Judge {
        text,
        quote,
        source_text,
        source,
        settings,
        changes: Vec::new(),
        because: Vec::new(),
        relation: Relation::Verbatim,
        omitted: Vec::new(),
    };
    let equal: Vec<usize> = (0..steps.len()).filter(|i| matches!(steps[*i], Step::Equal(_))).collect();
    let (first, last) = (*equal.first()?, *equal.last()?);
    judge.between(&steps, 0..first, None, None);
    for pair in equal.windows(2) {
        judge.between(&steps, pair[0] + 1..pair[1], place(steps[pair[0]]), place(steps[pair[1]]));
    }
    judge.between(&steps, last + 1..steps.len(), None, None);
    equal.iter().for_each(|i| judge.letters(*i, steps[*i]));
    judge.changes.sort_unstable();
    judge.changes.dedup();
    judge.because.sort_unstable();
    judge.because.dedup();
    let script = Script { quote, source, steps: &steps };
    Some(Reading {
        statement: 0,
        score,
        words: quote.iter().filter(|q| !q.bracketed).count() as u32,
        matched: equal.iter().filter(|i| !quote[**i].bracketed).count() as u32,
        unbroken: unbroken(&steps, quote, source),
        source: script.passages(),
        ops: script.ops(),
        relation: judge.relation,
        changes: judge.changes,
        because: judge.because,
        omitted: judge.omitted,
    })
}

const fn place(step: Step) -> Option<u32> {
    match step {
        Step::Equal(p) | Step::Replace(p) => Some(p),
        Step::Insert => None,
    }
}

/// How many words at an end of a quotation may answer to the words that stand there in the source.
const END: usize = 3;

/// At its ends a quotation is free to stop, so words there that the source has not look like words put in. Where the source
/// goes on in the same sentence they stand for its words: `will open in June` for `will open in May`.
fn settle_ends(steps: &mut [Step], quote: &[Quoted], text: &str, source: &[Word]) {
    let equal = |step: &Step| matches!(step, Step::Equal(_));
    let own = |i: usize| steps[i] == Step::Insert && !quote[i].bracketed && quote[i].mark == Mark::None;
    let goes_on = |from: u32, to: u32| {
        let gap = source.get(from as usize).zip(source.get(to as usize));
        gap.is_some_and(|(a, b)| !ends_sentence(&text[a.span.end as usize..b.span.start as usize]))
    };
    let (Some(first), Some(last)) = (steps.iter().position(equal), steps.iter().rposition(equal)) else { return };
    let mut found: Vec<(usize, u32)> = Vec::new();
    if let Step::Equal(p) = steps[last]
        && (1..=END).contains(&(steps.len() - 1 - last))
        && (last + 1..steps.len()).all(own)
        && (0..(steps.len() - 1 - last) as u32).all(|n| goes_on(p + n, p + n + 1))
    {
        found.extend((last + 1..steps.len()).zip(p + 1..));
    }
    if let Step::Equal(p) = steps[first]
        && (1..=END).contains(&first)
        && p as usize >= first
        && (0..first).all(|i| steps[i] == Step::Insert && !quote[i].bracketed)
        && (1..=first).all(|i| quote[i].mark == Mark::None)
        && (p - first as u32..p).all(|n| goes_on(n, n + 1))
    {
        found.extend((0..first).zip(p - first as u32..));
    }
    for (i, place) in found {
        if !steps.contains(&Step::Replace(place)) && !steps.contains(&Step::Equal(place)) {
            steps[i] = Step::Replace(place);
        }
    }
}

/// The longest stretch of equal words that stand in a row on both sides. A figure that was changed for another does not
/// break it: the words around it are the same.
fn unbroken(steps: &[Step], quote: &[Quoted], source: &[Word]) -> u32 {
    let mut best = 0;
    let mut run = 0;
    let mut last = None;
    for (step, quoted) in steps.iter().zip(quote) {
        run = match *step {
            Step::Equal(p) if last == Some(p.wrapping_sub(1)) => run + 1,
            Step::Equal(_) => 1,
            Step::Replace(p) if last == Some(p.wrapping_sub(1)) && figures(quoted.word, source[p as usize]) => run,
            _ => 0,
        };
        last = place(*step).filter(|_| run > 0);
        best = best.max(run);
    }
    best
}

/// Whether both are numbers.
fn figures(a: Word, b: Word) -> bool {
    a.class == WordClass::Number && b.class == WordClass::Number
}

struct Judge<'a> {
    text: &'a str,
    quote: &'a [Quoted],
    source_text: &'a str,
    source: &'a [Word],
    settings: &'a Settings,
    changes: Vec<ChangeKind>,
    because: Vec<Reason>,
    relation: Relation,
    omitted: Vec<Span>,
}

impl Judge<'_> {
    fn found(&mut self, relation: Relation) {
        self.relation = self.relation.max(relation);
    }

    fn altered(&mut self, change: ChangeKind) {
        self.found(Relation::Altered);
        self.changes.push(change);
    }

    /// What was done to the quoted words `quoted`, between the equal words at `left` and `right` of the source (none at
    /// the ends of the quotation, where the source may go on as it likes).
    fn between(&mut self, steps: &[Step], quoted: std::ops::Range<usize>, left: Option<u32>, right: Option<u32>) {
        let marks_to = if right.is_some() { quoted.end + 1 } else { quoted.end };
        let mark = self.quote[quoted.start..marks_to].iter().map(|q| q.mark).max().unwrap_or(Mark::None);
        let skipped = match (left, right) {
            (Some(l), Some(r)) if r > l => l + 1..r,
            (Some(_), Some(_)) => {
                self.found(Relation::Spliced);
                0..0
            }
            _ => 0..0,
        };
        let replaced: Vec<u32> = quoted.clone().filter_map(|i| place(steps[i])).collect();
        let own: Vec<usize> = quoted.clone().filter(|i| !self.quote[*i].bracketed).collect();
        let by_editor = own.len() < quoted.len();
        if by_editor {
            self.found(Relation::Bracketed);
        }
        for &i in &own {
            match steps[i] {
                Step::Replace(p) => self.substituted(self.quote[i].word, self.source[p as usize]),
                _ => self.put_in(self.quote[i].word),
            }
        }
        // What of the source nothing in the quotation answers to.
        let left_out: Vec<u32> = skipped.clone().filter(|p| !replaced.contains(p)).collect();
        let (Some(&from), Some(&to)) = (left_out.first(), left_out.last()) else { return };
        let span = self.source[from as usize].span.cover(self.source[to as usize].span);
        if mark > Mark::None {
            self.found(Relation::Elided);
            self.omitted.push(span);
        } else if self.is_splice(left_out.len(), skipped) {
            self.found(Relation::Spliced);
            self.omitted.push(span);
        } else if !by_editor && own.is_empty() {
            left_out.iter().for_each(|p| self.left_out(self.source[*p as usize]));
        } else if !by_editor {
            // Fewer words for more: a substitution, unless it denies or counts.
            let dropped: Vec<Word> = left_out.iter().map(|p| self.source[*p as usize]).collect();
            dropped.into_iter().filter(|w| w.class != WordClass::Plain).for_each(|w| self.left_out(w));
        }
    }

    fn substituted(&mut self, quoted: Word, source: Word) {
        use WordClass::{Negation, Number};
        let (new, old) = (quoted.span.of(self.text), source.span.of(self.source_text));
        self.altered(match (quoted.class, source.class) {
            (Number, Number) => ChangeKind::Figure,
            (Negation, Negation) => ChangeKind::Word,
            (Negation, _) | (_, Negation) => ChangeKind::Negation,
            _ if lexicon::denies(new, old) => ChangeKind::Negation,
            _ => ChangeKind::Word,
        });
        if lexicon::inflects(new, old) {
            self.because.push(Reason::Inflection);
        }
        match (lexicon::is_hedge(new), lexicon::is_hedge(old)) {
            (false, true) => self.because.push(Reason::HedgeLost),
            (true, false) => self.because.push(Reason::HedgeAdded),
            _ => {}
        }
    }

    fn put_in(&mut self, word: Word) {
        self.altered(ChangeKind::Added);
        self.weighty(word);
        if lexicon::is_hedge(word.span.of(self.text)) {
            self.because.push(Reason::HedgeAdded);
        }
    }

    fn left_out(&mut self, word: Word) {
        self.altered(ChangeKind::Dropped);
        self.weighty(word);
        if lexicon::is_hedge(word.span.of(self.source_text)) {
            self.because.push(Reason::HedgeLost);
        }
    }

    /// A negation or a number that came or went changes the meaning; `one` often is no number.
    fn weighty(&mut self, word: Word) {
        match word.class {
            WordClass::Negation => self.altered(ChangeKind::Negation),
            WordClass::Number if word.key != const { key("1") } => self.altered(ChangeKind::Figure),
            _ => {}
        }
    }

    fn is_splice(&self, words: usize, skipped: std::ops::Range<u32>) -> bool {
        let text = &self.source_text[self.source[skipped.start as usize - 1].span.end as usize
            ..self.source[skipped.end as usize].span.start as usize];
        words >= self.settings.splice_words
            || (words >= self.settings.splice_words_at_sentence && ends_sentence(text))
            || (words >= self.settings.splice_words_at_clause && is_clause(text))
    }

    /// Letters of a word that is the same: case and apostrophes. The quotation's first letter is free.
    fn letters(&mut self, i: usize, step: Step) {
        if self.quote[i].bracketed {
            return self.found(Relation::Bracketed);
        }
        let Some(p) = place(step) else { return };
        let quoted = self.quote[i].word.span.of(self.text);
        let source = self.source[p as usize].span.of(self.source_text);
        if quoted == source {
        } else if quoted.to_lowercase() == source.to_lowercase() {
            let rest = |t: &str| t.chars().skip(1).collect::<String>();
            if i > 0 || rest(quoted) != rest(source) {
                self.changes.push(ChangeKind::Case);
            }
        } else {
            self.changes.push(ChangeKind::Glyph);
            let number = self.source[p as usize].class == WordClass::Number;
            self.because.push(match (number, [quoted, source].iter().any(|w| w.contains(is_apostrophe))) {
                (true, _) => Reason::NumberForm,
                (_, true) => Reason::Contraction,
                _ => Reason::Spelling,
            });
        }
    }
}

/// Whether what was left out is parted from the words on both sides by marks: `, but belief is not evidence,`.
fn is_clause(gap: &str) -> bool {
    let mark = |c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '—' | '–');
    let letter = |c: char| c.is_alphanumeric();
    gap.chars().take_while(|c| !letter(*c)).any(mark) && gap.chars().rev().take_while(|c| !letter(*c)).any(mark)
}

/// Whether a sentence ends in a stretch of text: a mark, white space (or a closing quote mark), a capital or a digit.
fn ends_sentence(text: &str) -> bool {
    text.match_indices(['.', '!', '?', '\n']).any(|(i, mark)| {
        let rest = text[i + 1..].trim_start_matches(['”', '"', '’', '\'', ')']);
        mark == "\n" || rest.is_empty() || rest.starts_with(char::is_whitespace)
    })
}

struct Script<'a> {
    quote: &'a [Quoted],
    source: &'a [Word],
    steps: &'a [Step],
}

impl Script<'_> {
    /// The stretches of the source that the quotation follows, in its order. A few words left out do not part them.
    fn passages(&self) -> Vec<Span> {
        const PARTS: u32 = 3;
        let mut out: Vec<(u32, u32)> = Vec::new();
        for (i, step) in self.steps.iter().enumerate() {
            let Some(p) = place(*step) else { continue };
            let marked = self.quote[i].mark > Mark::None;
            match out.last_mut() {
                Some((_, to)) if p == *to + 1 || (p > *to && p - *to <= PARTS && !marked) => *to = p,
                _ => out.push((p, p)),
            }
        }
        out.into_iter().map(|(a, b)| self.source[a as usize].span.cover(self.source[b as usize].span)).collect()
    }

    /// The steps with neighbours of one kind joined, and deletions where the source goes on without the quotation.
    fn ops(&self) -> Vec<EditOp> {
        let mut out: Vec<EditOp> = Vec::new();
        let mut at: Option<u32> = None;
        for (i, step) in self.steps.iter().enumerate() {
            let quote = self.quote[i].word.span;
            let kind = match step {
                Step::Equal(_) => OpKind::Equal,
                Step::Replace(_) => OpKind::Replace,
                Step::Insert => OpKind::Insert,
            };
            let source = match (place(*step), at) {
                (Some(p), _) => self.source[p as usize].span,
                (None, Some(p)) => Span::new(self.source[p as usize].span.end, self.source[p as usize].span.end),
                (None, None) => self.before_first(),
            };
            let mut joins = true;
            if let (Some(p), Some(last)) = (place(*step), at) {
                joins = p == last + 1;
                if p > last + 1 {
                    let missing = self.source[last as usize + 1].span.cover(self.source[p as usize - 1].span);
                    let here = out.last().map_or(quote.start, |op| op.quote.end);
                    out.push(EditOp { kind: OpKind::Delete, quote: Span::new(here, here), source: missing });
                }
            }
            match out.last_mut() {
                Some(op) if op.kind == kind && joins => {
                    op.quote = op.quote.cover(quote);
                    op.source = op.source.cover(source);
                }
                _ => out.push(EditOp { kind, quote, source }),
            }
            at = place(*step).or(at);
        }
        out
    }

    /// Where the first paired word stands.
    fn before_first(&self) -> Span {
        let first = self.steps.iter().find_map(|s| place(*s)).map_or(0, |p| self.source[p as usize].span.start);
        Span::new(first, first)
    }
}
