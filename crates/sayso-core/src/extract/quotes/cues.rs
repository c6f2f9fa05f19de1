//! Cues: the verb groups, nouns, adjectives and set phrases that report. `Brandt has also said` → the group
//! `has also said`, finite, with the frame of `say`.

use super::construction::Construction;
use super::elements::Elements;
use super::phrases::{is_nominal, is_possessive};
use super::verb_group::{group_start, is_adverb, verb_group};
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::ops::Range;

/// A cue in a segment.
#[derive(Clone, Debug)]
pub struct Cue<'l> {
    /// All its words.
    pub range: Range<usize>,
    /// Its head.
    pub head: usize,
    /// What it takes; none for `according to`.
    pub frame: Option<&'l Frame>,
    /// The forms that its head can have.
    pub forms: Forms,
    /// How it stands.
    pub construction: Construction,
}

impl Cue<'_> {
    /// Whether it can take something.
    pub fn takes(&self, takes: Takes) -> bool {
        self.frame.is_none_or(|frame| frame.takes.has(takes))
    }

    /// How surely it is one.
    pub fn strength(&self) -> u8 {
        self.frame.map_or(3, |frame| frame.strength)
    }
}

/// The cues of a segment, in order.
pub fn find<'p>(elements: &Elements<'p>, segment: &Range<usize>) -> Vec<Cue<'p>> {
    const ANY: Class = Class::CUE_VERB.with(Class::CUE_NOUN).with(Class::CUE_ADJECTIVE).with(Class::ACCORDING);
    let mut out = Vec::new();
    for (number, el) in elements.all[segment.clone()].iter().enumerate() {
        // Most words are neither.
        if !el.has(ANY.with(Class::PREPOSITION)) {
            continue;
        }
        let at = segment.start + number;
        // Of the prepositions, `in` alone can begin one.
        if (el.has(ANY) || is_in(elements, at))
            && let Some(cue) = cue_at(elements, segment, at)
        {
            out.push(cue);
        }
    }
    out
}

fn is_in(elements: &Elements, at: usize) -> bool {
    elements.word(at) == elements.lexicon().common.within
}

fn cue_at<'p>(elements: &Elements<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let el = &elements.all[at];
    if el.has(Class::ACCORDING) {
        return (elements.says(at + 1, "to") && at + 2 < segment.end).then(|| according(at..at + 2, at));
    }
    if el.has(Class::PREPOSITION) && is_in(elements, at) {
        // `in the words of Brandt, “a crime”`
        let says = |at: usize, word: &str| elements.says(at, word);
        if says(at + 1, "the") && says(at + 2, "words") && says(at + 3, "of") && at + 4 < segment.end {
            return Some(according(at..at + 4, at));
        }
        // `in Brandt’s words`
        let words = (at + 2..segment.end.min(at + 8)).find(|at| says(*at, "words"))?;
        let owned = is_possessive(elements, words - 1) || words == at + 2 && elements.has(at + 1, Class::POSSESSIVE);
        return owned.then(|| according(at..words + 1, words));
    }
    // `seemed convinced that`
    if el.has(Class::CUE_VERB)
        && el.has(Class::CUE_ADJECTIVE)
        && let Some(cue) = adjective(elements, segment, at)
    {
        return Some(cue);
    }
    // `the accused replied`: a past form right behind an article, before a verb, is whom it was done to.
    let sufferer = at > segment.start
        && elements.says(at - 1, "the")
        && elements.ends(at, Ending::Past)
        && !el.has(Class::CUE_NOUN)
        && elements.has(at + 1, Class::CUE_VERB.with(Class::AUXILIARY));
    if sufferer {
        return None;
    }
    if el.has(Class::CUE_VERB)
        && let Some(cue) = reported_by(elements, segment, at).or_else(|| verb(elements, segment, at))
    {
        return Some(cue);
    }
    if el.has(Class::CUE_ADJECTIVE)
        && let Some(cue) = adjective(elements, segment, at)
    {
        return Some(cue);
    }
    if el.has(Class::CUE_NOUN) {
        return noun(elements, segment, at);
    }
    None
}

/// A cue that stands like `according to`.
fn according<'p>(range: Range<usize>, head: usize) -> Cue<'p> {
    Cue { range, head, frame: None, forms: Forms::default(), construction: Construction::According }
}

/// `As reported by the Courier, the bridge is shut`: stands like `according to`.
fn reported_by<'p>(elements: &Elements<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let says = |at: usize, word: &str| elements.says(at, word);
    let first = at > segment.start && says(at - 1, "first");
    let begins = at > segment.start && (first || says(at - 1, "as"));
    if !begins || !says(at + 1, "by") {
        return None;
    }
    let begin = if first { at.checked_sub(2).filter(|index| says(*index, "as"))? } else { at.checked_sub(1)? };
    let speaks =
        elements.lexicon().reporting.verb(elements.word(at)).any(|(frame, forms)| {
            forms.has(Forms::PARTICIPLE) && frame.takes.has(Takes::CLAUSE) && frame.rest.is_empty()
        });
    (speaks && at + 2 < segment.end).then(|| according(begin..at + 2, at))
}

fn verb<'p>(elements: &Elements<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    for (frame, forms) in elements.lexicon().reporting.verb(elements.word(at)) {
        let end = at + 1 + frame.rest.len();
        if end > segment.end || !frame.rest.iter().enumerate().all(|(i, word)| elements.word(at + 1 + i) == *word) {
            continue;
        }
        // `went on to say`: the verb is still to come.
        let to = elements.says(end, "to") && elements.chunk(end + 1).is_none();
        if !frame.rest.is_empty() && frame.strength == 1 && to {
            continue;
        }
        // `declined to name the suspects`: it is the names that are kept back, and `declined to name` is the cue.
        if frame.takes.0 == Takes::INFINITIVE.0 && frame.mode == Mode::Speech && reports_behind(elements, segment, end)
        {
            return None;
        }
        if is_idle(elements, segment, at) {
            return None;
        }
        let (construction, start) = verb_group(elements, segment.start, at, end, forms)?;
        return Some(Cue { range: start..end, head: at, frame: Some(frame), forms, construction });
    }
    None
}

/// `rest assured that`, `goes without saying`, `let’s say`, `say what you will`: whether the verb at `at` is part of a turn of speech
/// in which nobody says anything.
fn is_idle(elements: &Elements, segment: &Range<usize>, at: usize) -> bool {
    let before = |back: usize, word: &str| at >= segment.start + back && elements.says(at - back, word);
    // `can’t tell a lorry from a pram`, `cannot be told apart`: sees the difference
    const FEW: usize = 8;
    let can = || (segment.start..at).rev().take(3).any(|at| elements.is_in(at, List::AbleModals));
    let apart = |at: usize| elements.says(at, "from") || elements.says(at, "apart");
    let plain = |at: &usize| elements.all[*at].is_word() && !elements.says(*at, "that");
    if elements.is_in(at, List::Telling)
        && can()
        && (at + 1..segment.end.min(at + 1 + FEW)).take_while(plain).any(apart)
    {
        return true;
    }
    // `recalled his ambassador from Harrow`: a deed
    const OWNERS: Class = Class::DETERMINER.with(Class::POSSESSIVE);
    if elements.is_in(at, List::Recalling) && elements.has(at + 1, OWNERS) && elements.is_in(at + 2, List::RecalledHome)
    {
        return true;
    }
    let us = before(1, "us") || at > segment.start && elements.is(at - 1, TokenKind::Clitic);
    before(1, "rest")
        || before(1, "without") && (before(2, "go") || before(2, "goes"))
        || us && before(2, "let")
        || elements.says(at + 1, "what") && elements.has(at + 2, Class::SECOND) && at == segment.start
}

/// Whether `to` stands at `to` before a cue verb that has something to report.
fn reports_behind(elements: &Elements, segment: &Range<usize>, to: usize) -> bool {
    let verb = to + 1;
    if !elements.says(to, "to") || !elements.has(verb, Class::CUE_VERB) || verb + 1 >= segment.end {
        return false;
    }
    let next = &elements.all[verb + 1];
    elements.lexicon().reporting.verb(elements.word(verb)).any(|(frame, forms)| {
        let noun = frame.takes.has(Takes::NOUN) && (is_nominal(elements, verb + 1) || next.has(Class::DETERMINER));
        let clause = frame.takes.has(Takes::QUESTION) && next.has(Class::QUESTION)
            || frame.takes.has(Takes::THAT) && elements.says(verb + 1, "that");
        let with = frame.with.contains(&elements.word(verb + 1)) && !elements.says(verb + 1, "for");
        frame.strength >= 2 && frame.rest.is_empty() && forms.has(Forms::BASE) && (noun || clause || with)
    })
}

/// `is confident that`.
fn adjective<'p>(elements: &Elements<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let frame = elements.lexicon().reporting.adjective(elements.word(at))?;
    let mut index = at;
    while index > segment.start && (is_adverb(elements, index - 1) || elements.is_in(index - 1, List::DegreeAdverbs)) {
        index -= 1;
    }
    let be = index.checked_sub(1).filter(|index| *index >= segment.start)?;
    let linked = elements.has(be, Class::BE)
        || elements.is(be, TokenKind::Clitic) && !is_possessive(elements, be)
        || elements.lists().has(List::LinkingVerbs, elements.lexicon().words.text(elements.word(be)));
    let last = elements.all[at].case == Case::Lower;
    let start = group_start(elements, segment.start, be);
    // `can be confident that`: nobody is yet.
    let open = (start..be).any(|at| elements.is_in(at, List::OpenModals));
    (linked && last && !open).then(|| Cue {
        range: start..at + 1,
        head: at,
        frame: Some(frame),
        forms: Forms::default(),
        construction: Construction::Adjective,
    })
}

/// `her claim that`, `the governor’s criticism of`.
fn noun<'p>(elements: &Elements<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let frame = elements.lexicon().reporting.noun(elements.word(at))?;
    (elements.all[at].case == Case::Lower && at + 1 < segment.end).then(|| Cue {
        range: at..at + 1,
        head: at,
        frame: Some(frame),
        forms: Forms::default(),
        construction: Construction::Noun,
    })
}
