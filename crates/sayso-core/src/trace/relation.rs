//! What was done to the words: an alignment goes in, a [`Match`] comes out, with the relation, the changes, the edit
//! script and what was left out.
//!
//! Every stretch between two equal words is judged by what stands on either side: nothing quoted and little left out is
//! *dropped*, much left out is a *splice* (or *elided*, at an ellipsis); bracketed words are the editor's; the rest was
//! put in or substituted, with an eye on numbers and negations.

mod ends;
mod script;
mod settle;

use self::script::Script;
use self::settle::{FEWEST, cues, leave_out_rather, settle_ends};
use super::align::{Aligned, Step, align};
use super::pieces::{Mark, Quoted, Run};
use super::settings::Settings;
use super::sources::{Sources, Statement};
use super::spoken::{Spoken, is_gap};
use super::{ChangeKind, EditOp, Fidelity, Reason, fold, lexicon};
use crate::span::Span;
use crate::words::{Word, WordClass, is_apostrophe, key};
use std::ops::Range;

/// A run read as coming from one speaker of one statement.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub statement: u32,
    /// Who speaks: position in [`Spoken::lanes`].
    pub lane: usize,
    /// The turn of the first word that both have: position in the turns of the statement.
    pub turn: u32,
    /// Points of the alignment.
    pub score: i32,
    /// Quoted words that no bracket holds.
    pub words: u32,
    /// Those of them that the statement has, in place.
    pub matched: u32,
    /// The most equal words in a row.
    pub unbroken: u32,
    /// How many words were put in, dropped or substituted without a mark.
    pub edits: u32,
    /// How much the longest row of equal words tells: see [`weight`].
    pub anchor: f32,
    /// How much all equal words tell, and how much all quoted words would.
    pub told: (f32, f32),
    pub relation: Fidelity,
    pub changes: Vec<ChangeKind>,
    pub because: Vec<Reason>,
    pub source: Vec<Span>,
    pub ops: Vec<EditOp>,
    pub omitted: Vec<Span>,
}

impl Match {
    /// Whether the statement holds at least a share of the quoted words.
    pub(super) fn covers(&self, share: f32) -> bool {
        self.matched as f32 >= share * self.words as f32
    }
}

/// How much an equal word tells of where words come from: one that carries meaning is in few sentences, `the` in all.
fn weight(word: Word) -> f32 {
    match word.class {
        WordClass::Number => 1.5,
        _ if lexicon::is_empty(word.key) => 0.5,
        _ => 1.5,
    }
}

/// Reads the runs of one document.
pub(super) struct Matcher<'a> {
    text: &'a str,
    sources: &'a Sources,
    settings: &'a Settings,
}

impl<'a> Matcher<'a> {
    /// A reader of the coverage `text`.
    pub(super) fn new(text: &'a str, sources: &'a Sources, settings: &'a Settings) -> Self {
        Matcher { text, sources, settings }
    }

    /// Reads a run as coming from a statement: one reading for each speaker who has words of it.
    pub(super) fn read(&self, run: &Run, statement: u32) -> Vec<Match> {
        let Some(source) = self.sources.statement(statement) else { return Vec::new() };
        let spoken = self.sources.spoken(statement, &source);
        // Only a release quotes people beside its own words.
        let release = (!spoken.turns.is_transcript()).then_some(source.as_ref());
        let judged = judge(self.text, &run.words, &source.document.text, &spoken, self.settings, release);
        judged.into_iter().map(|reading| Match { statement, ..reading }).collect()
    }
}

/// Aligns and judges, for each speaker.
pub(super) fn judge(
    text: &str,
    quote: &[Quoted],
    source_text: &str,
    source: &Spoken,
    settings: &Settings,
    release: Option<&Statement>,
) -> Vec<Match> {
    let aligned = align(quote, source);
    let one = |aligned| judge_one(text, quote, source_text, source, settings, release, aligned);
    aligned.into_iter().filter_map(one).collect()
}

fn judge_one(
    text: &str,
    quote: &[Quoted],
    source_text: &str,
    spoken: &Spoken,
    settings: &Settings,
    release: Option<&Statement>,
    aligned: Aligned,
) -> Option<Match> {
    let Aligned { lane, mut steps, points: score } = aligned;
    let source = spoken.words.as_slice();
    leave_out_rather(&mut steps, quote, source);
    settle_ends(&mut steps, quote, source_text, source);
    let (unbroken, anchor) = unbroken(&steps, quote, source, (text, source_text));
    let cues = release.filter(|_| unbroken >= FEWEST).map(|release| cues(&steps, source, release)).unwrap_or_default();
    let mut judge = Judge {
        text,
        quote,
        source_text,
        source,
        spoken,
        settings,
        changes: Vec::new(),
        because: Vec::new(),
        relation: Fidelity::Verbatim,
        edits: 0,
        omitted: Vec::new(),
        cues: &cues,
        release,
    };
    let equal: Vec<usize> = (0..steps.len()).filter(|i| matches!(steps[*i], Step::Equal(_))).collect();
    let (first, last) = (*equal.first()?, *equal.last()?);
    if !judge.is_beyond(0..first, place(steps[first]), None) {
        judge.between(&steps, 0..first, None, None);
    }
    for pair in equal.windows(2) {
        judge.between(&steps, pair[0] + 1..pair[1], place(steps[pair[0]]), place(steps[pair[1]]));
    }
    if !judge.is_beyond(last + 1..steps.len(), None, place(steps[last])) {
        judge.between(&steps, last + 1..steps.len(), None, None);
    }
    equal.iter().for_each(|i| judge.letters(*i, steps[*i]));
    judge.goes_on(place(steps[last]).filter(|_| last + 1 == steps.len()));
    judge.begins(place(steps[first]).filter(|_| first == 0));
    judge.changes.sort_unstable();
    judge.changes.dedup();
    judge.because.sort_unstable();
    judge.because.dedup();
    let script = Script { quote, spoken, steps: &steps, cues: &cues };
    Some(Match {
        statement: 0,
        lane,
        turn: place(steps[first]).map_or(0, |p| spoken.places[p as usize].turn),
        score,
        words: quote.iter().filter(|q| !q.bracketed).count() as u32,
        matched: equal.iter().filter(|i| !quote[**i].bracketed).count() as u32,
        unbroken,
        edits: judge.edits,
        anchor,
        told: (equal.iter().map(|i| weight(quote[*i].word)).sum(), quote.iter().map(|q| weight(q.word)).sum()),
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

/// Marks around somebody's words.
const DOUBLE: [char; 3] = ['"', '“', '”'];

/// The longest stretch of equal words that stand in a row on both sides, and how much the words of the one tell that tells
/// most. A figure that was changed for another does not break it, nor another form of a word: the words around it are the
/// same.
fn unbroken(steps: &[Step], quote: &[Quoted], source: &[Word], texts: (&str, &str)) -> (u32, f32) {
    let goes_on = |quoted: Word, place: u32| {
        let held = source[place as usize];
        figures(quoted, held) || lexicon::inflects(quoted.span.of(texts.0), held.span.of(texts.1))
    };
    let mut best = (0, 0.0f32);
    let mut run = (0, 0.0f32);
    let mut last = None;
    for (step, quoted) in steps.iter().zip(quote) {
        let told = weight(quoted.word);
        run = match *step {
            Step::Equal(p) if last == Some(p.wrapping_sub(1)) => (run.0 + 1, run.1 + told),
            Step::Equal(_) => (1, told),
            Step::Replace(p) if last == Some(p.wrapping_sub(1)) && goes_on(quoted.word, p) => run,
            _ => (0, 0.0),
        };
        last = place(*step).filter(|_| run.0 > 0);
        best = (best.0.max(run.0), best.1.max(run.1));
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
    spoken: &'a Spoken,
    settings: &'a Settings,
    changes: Vec<ChangeKind>,
    because: Vec<Reason>,
    relation: Fidelity,
    edits: u32,
    omitted: Vec<Span>,
    /// The words of the source that say who speaks: see [`cues`].
    cues: &'a [u32],
    /// The statement, if it is no transcript.
    release: Option<&'a Statement>,
}

impl Judge<'_> {
    fn found(&mut self, relation: Fidelity) {
        self.relation = self.relation.max(relation);
    }

    fn altered(&mut self, change: ChangeKind) {
        self.found(Fidelity::Altered);
        self.edits += u32::from(!matches!(change, ChangeKind::Negation | ChangeKind::Figure));
        self.changes.push(change);
    }

    /// What was done to the quoted words `quoted`, between the equal words at `left` and `right` of the source (none at
    /// the ends of the quotation, where the source may go on as it likes).
    fn between(&mut self, steps: &[Step], quoted: Range<usize>, left: Option<u32>, right: Option<u32>) {
        let marks_to = if right.is_some() { quoted.end + 1 } else { quoted.end };
        let mark = self.quote[quoted.start..marks_to].iter().map(|q| q.mark).max().unwrap_or(Mark::None);
        let skipped = match (left, right) {
            (Some(l), Some(r)) if r > l => l + 1..r,
            (Some(_), Some(_)) => {
                self.found(Fidelity::Spliced);
                0..0
            }
            _ => 0..0,
        };
        let replaced: Vec<u32> = quoted.clone().filter_map(|i| place(steps[i])).collect();
        // Words in round brackets that the source has not are the editor's as well.
        let added = |i: usize| self.quote[i].aside && place(steps[i]).is_none();
        let own: Vec<usize> = quoted.clone().filter(|i| !self.quote[*i].bracketed && !added(*i)).collect();
        let by_editor = own.len() < quoted.len();
        // What of the source nothing in the quotation answers to.
        let leaps = skipped.clone().any(|p| is_gap(&self.source[p as usize]));
        let left_out: Vec<u32> = skipped
            .clone()
            .filter(|p| !replaced.contains(p) && !self.spoken.places[*p as usize].free)
            .filter(|p| self.cues.binary_search(p).is_err())
            .filter(|p| !is_gap(&self.source[*p as usize]))
            .collect();
        if by_editor {
            self.found(Fidelity::Bracketed);
        }
        if self.is_form(&own, &replaced, &left_out, &skipped, mark) {
            return;
        }
        if self.is_same_denial(&own, &skipped) {
            return self.altered(ChangeKind::Word);
        }
        for &i in &own {
            match steps[i] {
                Step::Replace(p) => self.substituted(self.quote[i].word, self.source[p as usize]),
                _ => self.put_in(i),
            }
        }
        self.leave_out(&left_out, skipped, leaps, Gap { mark, by_editor, own: own.len() });
    }

    /// Whether the words on both sides of a gap differ in form alone: parted or joined (`policy maker`), said twice in
    /// speech and once in print, a sign for a word.
    fn is_form(&mut self, own: &[usize], replaced: &[u32], left_out: &[u32], skipped: &Range<u32>, mark: Mark) -> bool {
        if !own.is_empty() {
            let ours: String = own.iter().flat_map(|i| letters(self.quote[*i].word.span.of(self.text))).collect();
            let mut theirs: Vec<u32> = replaced.iter().chain(left_out).copied().collect();
            theirs.sort_unstable();
            theirs.dedup();
            let written: String =
                theirs.iter().flat_map(|p| letters(self.source[*p as usize].span.of(self.source_text))).collect();
            if !ours.is_empty() && ours == written {
                self.changes.push(ChangeKind::Glyph);
                self.because.push(Reason::Spelling);
                return true;
            }
            return left_out.is_empty() && replaced.is_empty() && self.is_repeated(own);
        }
        let whole = !left_out.is_empty() && left_out.len() == skipped.len();
        whole && mark == Mark::None && self.is_said_twice(skipped)
    }

    /// Whether both sides of a gap deny the same: `not satisfied` and `unsatisfied`.
    fn is_same_denial(&self, own: &[usize], skipped: &Range<u32>) -> bool {
        let ours: Vec<Word> = own.iter().map(|i| self.quote[*i].word).collect();
        let theirs: Vec<Word> = skipped.clone().map(|p| self.source[p as usize]).collect();
        let negation = |words: &[Word]| words.iter().any(|word| word.class == WordClass::Negation);
        let opposite = |a: &Word| {
            let a = a.span.of(self.text);
            theirs.iter().any(|b| lexicon::denies(a, b.span.of(self.source_text)))
        };
        negation(&ours) != negation(&theirs) && ours.iter().any(opposite)
    }

    /// Whether words put in only say again what stands beside them: `Let’s see. Let’s see.`
    fn is_repeated(&self, own: &[usize]) -> bool {
        let key = |i: usize| self.quote.get(i).map(|q| q.word.key);
        let (first, n) = (own[0], own.len());
        let beside = |shift: isize| own.iter().all(|i| i.checked_add_signed(shift).and_then(key) == key(*i));
        own[n - 1] - first + 1 == n && (beside(n as isize) || beside(-(n as isize)))
    }

    /// Whether words left out are those beside them, said twice: `we’re going to -- we’re going to`.
    fn is_said_twice(&self, skipped: &Range<u32>) -> bool {
        const LONGEST: u32 = 6;
        let n = skipped.end - skipped.start;
        let key = |p: u32| self.source.get(p as usize).map(|word| word.key);
        n <= LONGEST
            && (skipped.clone().all(|p| key(p) == key(p + n))
                || skipped.clone().all(|p| p.checked_sub(n).is_some_and(|before| key(before) == key(p))))
    }

    /// What was left out: at a mark, by a leap, or a word or two.
    fn leave_out(&mut self, left_out: &[u32], skipped: Range<u32>, leaps: bool, gap: Gap) {
        let Gap { mark, by_editor, own } = gap;
        if left_out.is_empty() || !leaps && self.is_gloss(left_out, &skipped) {
            if leaps {
                self.found(if mark > Mark::None { Fidelity::Elided } else { Fidelity::Spliced });
            }
            return;
        }
        if mark > Mark::None {
            self.found(Fidelity::Elided);
            self.omit(left_out);
            self.swallowed(left_out);
        } else if leaps || self.is_splice(left_out.len(), skipped) {
            self.found(Fidelity::Spliced);
            self.omit(left_out);
        } else if !by_editor && own == 0 {
            left_out.iter().for_each(|p| self.left_out(*p));
        } else if !by_editor {
            // Fewer words for more: a substitution, unless it denies or counts.
            let dropped = left_out.iter().filter(|p| self.source[**p as usize].class != WordClass::Plain);
            dropped.copied().collect::<Vec<_>>().into_iter().for_each(|p| self.left_out(p));
        }
    }

    /// Whether words left out stand between brackets in a release, whose editor explains a word by them: `the Ts (Terrorist)
    /// acts`. Not where they deny or count.
    fn is_gloss(&self, left_out: &[u32], skipped: &Range<u32>) -> bool {
        const MOST: usize = 4;
        let whole = left_out.len() == skipped.len() && left_out.len() <= MOST && !self.spoken.turns.is_transcript();
        let plain = || left_out.iter().all(|p| self.source[*p as usize].class == WordClass::Plain);
        let gap = |p: u32| {
            let (a, b) = (self.source.get(p.checked_sub(1)? as usize)?, self.source.get(p as usize)?);
            self.source_text.get(a.span.end as usize..b.span.start as usize)
        };
        let opens = || gap(skipped.start).is_some_and(|gap| gap.ends_with(['(', '[']));
        let closes = || gap(skipped.end).is_some_and(|gap| gap.starts_with([')', ']']));
        whole && plain() && opens() && closes()
    }

    /// Keeps what a mark or a leap passed over, in one piece for each turn.
    fn omit(&mut self, left_out: &[u32]) {
        let turn = |p: u32| self.spoken.places[p as usize].turn;
        for piece in left_out.chunk_by(|a, b| turn(*a) == turn(*b)) {
            let (from, to) = (piece[0] as usize, piece[piece.len() - 1] as usize);
            self.omitted.push(self.source[from].span.cover(self.source[to].span));
        }
    }

    /// A negation at a mark of omission that belongs to the words kept, before it or after it: `is … safe` of `is not, in
    /// my view, safe`. One in a clause of its own (`old, but not broken,`) says nothing of them.
    fn swallowed(&mut self, left_out: &[u32]) {
        let (Some(&from), Some(&to)) = (left_out.first(), left_out.last()) else { return };
        let between = |a: u32, b: u32| {
            let (a, b) = (self.source.get(a as usize), self.source.get(b as usize));
            a.zip(b).and_then(|(a, b)| self.source_text.get(a.span.end as usize..b.span.start as usize)).unwrap_or("\n")
        };
        let joined = |a: u32, b: u32| {
            (a..b).all(|p| !between(p, p + 1).contains([',', ';', ':', '.', '!', '?', '\n', '—', '–', '(']))
        };
        let denies = |p: &&u32| self.source[**p as usize].class == WordClass::Negation;
        let lost = left_out
            .iter()
            .filter(denies)
            .any(|p| from.checked_sub(1).is_some_and(|before| joined(before, *p)) || joined(*p, to + 1));
        if lost {
            self.changes.push(ChangeKind::Negation);
        }
    }

    fn substituted(&mut self, quoted: Word, source: Word) {
        use WordClass::{Negation, Number};
        let (new, old) = (quoted.span.of(self.text), source.span.of(self.source_text));
        if lexicon::sound_alike(new, old) {
            self.changes.push(ChangeKind::Glyph);
            return self.because.push(Reason::Spelling);
        }
        self.altered(match (quoted.class, source.class) {
            // The same number of something else: `£4` for `$4`.
            (Number, Number) if fold::number(self.text, quoted) == fold::number(self.source_text, source) => {
                ChangeKind::Word
            }
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

    fn put_in(&mut self, i: usize) {
        let word = self.quote[i].word;
        self.altered(ChangeKind::Added);
        self.weighty(word);
        if lexicon::is_hedge(word.span.of(self.text)) {
            self.because.push(Reason::HedgeAdded);
        }
    }

    fn left_out(&mut self, p: u32) {
        let word = self.source[p as usize];
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

    fn is_splice(&self, words: usize, skipped: Range<u32>) -> bool {
        let (from, to) =
            (self.source[skipped.start as usize - 1].span.end, self.source[skipped.end as usize].span.start);
        let text = self.source_text.get(from as usize..to as usize).unwrap_or_default();
        words >= self.settings.splice_words
            || (words >= self.settings.splice_words_at_sentence && ends_sentence(text))
            || (words >= self.settings.splice_words_at_clause && is_clause(text))
    }

    /// Letters of a word that is the same: case and apostrophes. The quotation's first letter is free.
    fn letters(&mut self, i: usize, step: Step) {
        if self.quote[i].bracketed {
            return self.found(Fidelity::Bracketed);
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

/// Whether a quote mark is open at the end.
pub(super) fn opens(before: &str) -> bool {
    before.chars().fold(false, |open, mark| match mark {
        '“' => true,
        '”' => false,
        '"' => !open,
        _ => open,
    })
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

/// What stands in a gap between two equal words.
struct Gap {
    mark: Mark,
    by_editor: bool,
    own: usize,
}

/// The letters, digits and signs of money of a word in lower case.
fn letters(written: &str) -> impl Iterator<Item = char> + use<'_> {
    written.chars().filter(|c| c.is_alphanumeric() || fold::is_money(*c)).flat_map(char::to_lowercase)
}
