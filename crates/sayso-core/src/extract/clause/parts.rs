//! The clauses of a sentence: where each begins, its subject and its verb group, when it is, and whether it is denied.

use super::{ClauseWord, Kind};
use crate::language::lists::List;
use crate::words::WordClass;
use crate::words::is_in;
use std::ops::Range;

/// When a clause is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tense {
    /// Now or always, or it cannot be told.
    #[default]
    Present,
    /// Done: past and perfect.
    Past,
    /// Still to come.
    Future,
}

/// A stretch of a sentence with a verb of its own. Ranges are positions among the sentence's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// All its words.
    pub words: Range<usize>,
    /// Who or what it is about; of a clause that shares its subject with the one before, that one's.
    pub subject: Option<Range<usize>>,
    /// The verb with its auxiliaries and what denies it.
    pub verb: Option<Range<usize>>,
    /// When it is.
    pub tense: Tense,
    /// Whether it is denied.
    pub denied: bool,
}

/// The clauses that begin before the word at `until`, in order; one for a sentence without a verb. Linear.
pub(super) fn clauses(words: &[ClauseWord], until: usize) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    let mut from = 0;
    while from < words.len().min(until) {
        let end = end_of(words, from);
        out.push(clause(words, from..end, out.last()));
        from = end;
    }
    out
}

/// Where the clause that begins at `from` ends: before a word that parts, if a verb stands on both sides of it.
fn end_of(words: &[ClauseWord], from: usize) -> usize {
    let verb_before = |at: usize| (from..at).any(|i| is_verb(words, i));
    let next = |at: usize| (at + 1..words.len()).find(|i| parts(words, *i)).unwrap_or(words.len());
    let mut at = from + 1;
    while at < words.len() {
        if parts(words, at) && verb_before(at) && (at..next(at)).any(|i| is_verb(words, i)) {
            return at;
        }
        at += 1;
    }
    words.len()
}

/// Takes the comma behind a phrase that opens a sentence, or a clause behind a semicolon, for less: `Among women, the rate fell`.
pub(super) fn join_openings(words: &mut [ClauseWord]) {
    const LONGEST: usize = 9;
    const LITTLE: f32 = 0.25;
    for at in 0..words.len() {
        let opens = (at == 0 || words[at].gap >= 2.0) && words[at].is(Kind::Preposition);
        if !opens {
            continue;
        }
        let end = (at + 1..words.len().min(at + LONGEST)).find(|end| words[*end].gap > 0.0 || is_verb(words, *end));
        if let Some(end) = end.filter(|end| (0.6..0.8).contains(&words[*end].gap)) {
            words[end].gap = LITTLE;
        }
    }
}

/// What commas, dashes or brackets set apart between a subject and its verb: a relative clause, a participle, `with` and its
/// noun. Linear: none is longer than a few words.
pub(super) fn insertions(words: &[ClauseWord]) -> Vec<Range<usize>> {
    const LONGEST: usize = 14;
    let mut out = Vec::new();
    let mut at = 1;
    while at < words.len() {
        let opens = words[at].gap >= 0.7
            && (words[at].is(Kind::Relative)
                || words[at].is(Kind::When)
                || words[at].gap >= 1.5
                || is_participle(words, at)
                || is_in(words[at].word.key, List::AsideOpeners));
        if !opens {
            at += 1;
            continue;
        }
        // The last mark before the verb closes it.
        let verb = |end: usize| is_auxiliary(&words[end]) || words[end].is(Kind::Past) || words[end].is(Kind::Ed);
        let close = (at + 2..words.len().min(at + LONGEST)).find(|end| words[*end].gap >= 0.7 && verb(*end));
        match close {
            Some(end) => {
                out.push(at..end);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    out
}

fn is_participle(words: &[ClauseWord], at: usize) -> bool {
    words[at].is(Kind::Ed) && words[at].gap >= 0.7
}

/// Whether a clause can begin with a word.
fn parts(words: &[ClauseWord], at: usize) -> bool {
    words[at].gap >= 0.7 || words[at].breaks() >= 0.6
}

fn clause(words: &[ClauseWord], range: Range<usize>, before: Option<&Clause>) -> Clause {
    let first = range.clone().find(|at| is_verb(words, *at));
    let Some(first) = first else {
        return Clause { words: range, subject: None, verb: None, tense: Tense::Present, denied: false };
    };
    let verb = verb_group(words, first, range.end);
    let mut from = range.start;
    while from < first && (words[from].breaks() > 0.0 || words[from].is(Kind::Not)) {
        from += 1;
    }
    // `In May, the board met`: what stands before the comma is no part of the subject.
    let from = (from + 1..first).rev().find(|at| words[*at].gap >= 0.7).unwrap_or(from);
    let own = (from < first).then_some(from..first);
    let denied = verb.clone().any(|at| words[at].is(Kind::Not))
        || range.clone().take_while(|at| *at < first).any(|at| words[at].is(Kind::Not));
    Clause {
        subject: own.or_else(|| before.and_then(|b| b.subject.clone())),
        tense: tense(words, &verb),
        verb: Some(verb),
        words: range,
        denied,
    }
}

/// Auxiliaries, what denies, adverbs between them, and the verb itself.
fn verb_group(words: &[ClauseWord], first: usize, end: usize) -> Range<usize> {
    let mut last = first;
    let mut at = first + 1;
    while at < end && words[at].gap == 0.0 {
        let small = words[at].is(Kind::Not)
            || words[at].is(Kind::Present)
            || words[at].is(Kind::Perfect)
            || words[at].is(Kind::Past);
        let goes_on = is_auxiliary(&words[last]) || words[last].is(Kind::Not);
        if !goes_on || words[at].breaks() > 0.0 || words[at].word.class == WordClass::Number {
            break;
        }
        last = at;
        at += 1;
        if !small {
            break;
        }
    }
    first..last + 1
}

fn is_auxiliary(word: &ClauseWord) -> bool {
    word.is(Kind::Perfect)
        || word.is(Kind::Present)
        || word.is(Kind::Future)
        || word.is(Kind::Modal)
        || is_in(word.word.key, List::ClauseAuxiliaries)
}

/// Whether a word can be the first of a verb group: an auxiliary, a past form that no determiner makes an adjective of.
fn is_verb(words: &[ClauseWord], at: usize) -> bool {
    let word = &words[at];
    let led = || at > 0 && words[at].gap == 0.0 && is_in(words[at - 1].word.key, List::BeforeEdAdjective);
    word.is(Kind::Past) || is_auxiliary(word) || word.is(Kind::Ed) && !led()
}

fn tense(words: &[ClauseWord], verb: &Range<usize>) -> Tense {
    let has = |kind| verb.clone().any(|at| words[at].is(kind));
    match () {
        () if has(Kind::Future) => Tense::Future,
        () if has(Kind::Past) || has(Kind::Perfect) || has(Kind::Ed) && !has(Kind::Present) => Tense::Past,
        () => Tense::Present,
    }
}
