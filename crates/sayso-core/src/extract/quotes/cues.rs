//! Cues: the verb groups, nouns, adjectives and set phrases that report. `Brandt has also said` → the group
//! `has also said`, finite, with the frame of `say`.

use super::phrases::{is_nominal, is_possessive, phrase_at};
use super::view::View;
use super::voice::{group_start, is_adverb, voice};
use crate::language::grammar::Class;
use crate::language::inflect::Forms;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::ops::Range;

/// How a cue stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// `she said`, `she has been saying`
    Finite,
    /// `to say`
    Infinitive,
    /// `, saying`
    Participle,
    /// `was told`
    Passive,
    /// `a plan proposed by Brandt`
    Reduced,
    /// `her claim that`
    Noun,
    /// `is confident that`
    Adjective,
    /// `according to`
    According,
}

/// A cue in a segment.
#[derive(Clone, Debug)]
pub struct Cue<'l> {
    /// All its words.
    pub els: Range<usize>,
    /// Its head.
    pub head: usize,
    /// What it takes; none for `according to`.
    pub frame: Option<&'l Frame>,
    /// The forms that its head can have.
    pub forms: Forms,
    /// How it stands.
    pub voice: Voice,
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
pub fn find<'p>(view: &View<'p>, segment: &Range<usize>) -> Vec<Cue<'p>> {
    const ANY: Class = Class::CUE_VERB.with(Class::CUE_NOUN).with(Class::CUE_ADJECTIVE).with(Class::ACCORDING);
    let mut out = Vec::new();
    for at in segment.clone() {
        if !view.has(at, ANY.with(Class::PREPOSITION)) {
            continue;
        }
        if let Some(cue) = cue_at(view, segment, at) {
            out.push(cue);
        }
    }
    out
}

fn cue_at<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let el = &view.els[at];
    if el.has(Class::ACCORDING) {
        return (view.page.lexicon.words.text(view.word(at + 1)) == "to" && at + 2 < segment.end)
            .then(|| according(at..at + 2, at));
    }
    if el.has(Class::PREPOSITION) && view.lexicon().words.text(el.word) == "in" {
        // `in the words of Brandt, “a crime”`
        let text = |at: usize| view.lexicon().words.text(view.word(at));
        if text(at + 1) == "the" && text(at + 2) == "words" && text(at + 3) == "of" && at + 4 < segment.end {
            return Some(according(at..at + 4, at));
        }
        return poll(view, segment, at);
    }
    if el.has(Class::CUE_VERB)
        && let Some(cue) = reported_by(view, segment, at).or_else(|| verb(view, segment, at))
    {
        return Some(cue);
    }
    if el.has(Class::CUE_ADJECTIVE)
        && let Some(cue) = adjective(view, segment, at)
    {
        return Some(cue);
    }
    if el.has(Class::CUE_NOUN) {
        return noun(view, segment, at);
    }
    None
}

/// A cue that stands like `according to`.
fn according<'p>(els: Range<usize>, head: usize) -> Cue<'p> {
    Cue { els, head, frame: None, forms: Forms::default(), voice: Voice::According }
}

/// `In the latest poll, Brandt led`: counts speak for themselves. `in` is the cue.
fn poll<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let words = &view.lexicon().words;
    let phrase = phrase_at(view, at + 1, segment.end)?;
    let text = |at: usize| words.text(view.word(at));
    let head = (phrase.start..phrase.end).find(|at| view.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end) - 1;
    let counts = matches!(text(head), "poll" | "polls" | "survey" | "surveys");
    let closed =
        phrase.end >= segment.end || view.is(phrase.end, TokenKind::Comma) || view.is(phrase.end, TokenKind::Stop);
    (counts && closed).then(|| according(at..at + 1, at))
}

/// `As reported by the Courier, the bridge is shut`: stands like `according to`.
fn reported_by<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let text = |at: usize| view.lexicon().words.text(view.word(at));
    let begins = at > segment.start && matches!(text(at - 1), "as" | "first");
    let begin = if begins && text(at - 1) == "first" {
        at.checked_sub(2).filter(|k| text(*k) == "as")?
    } else {
        at.checked_sub(1)?
    };
    let speaks =
        view.lexicon().reporting.verb(view.word(at)).any(|(frame, forms)| {
            forms.has(Forms::PARTICIPLE) && frame.takes.has(Takes::CLAUSE) && frame.rest.is_empty()
        });
    (begins && speaks && text(at + 1) == "by" && at + 2 < segment.end).then(|| according(begin..at + 2, at))
}

fn verb<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    for (frame, forms) in view.lexicon().reporting.verb(view.word(at)) {
        let end = at + 1 + frame.rest.len();
        if end > segment.end || !frame.rest.iter().enumerate().all(|(i, word)| view.word(at + 1 + i) == *word) {
            continue;
        }
        // `went on to say`: the verb is still to come.
        if !frame.rest.is_empty() && frame.strength == 1 && view.lexicon().words.text(view.word(end)) == "to" {
            continue;
        }
        // `declined to name the suspects`: it is the names that are kept back, and `declined to name` is the cue.
        if frame.takes.0 == Takes::INFINITIVE.0 && frame.mode == Mode::Speech && reports_behind(view, segment, end) {
            return None;
        }
        let (voice, start) = voice(view, segment.start, at, end, forms)?;
        return Some(Cue { els: start..end, head: at, frame: Some(frame), forms, voice });
    }
    None
}

/// Whether `to` stands at `to` before a cue verb that has something to report.
fn reports_behind(view: &View, segment: &Range<usize>, to: usize) -> bool {
    let text = |at: usize| view.lexicon().words.text(view.word(at));
    let verb = to + 1;
    if text(to) != "to" || !view.has(verb, Class::CUE_VERB) || verb + 1 >= segment.end {
        return false;
    }
    let next = &view.els[verb + 1];
    view.lexicon().reporting.verb(view.word(verb)).any(|(frame, forms)| {
        let noun = frame.takes.has(Takes::NOUN) && (is_nominal(view, verb + 1) || next.has(Class::DETERMINER));
        let clause = frame.takes.has(Takes::QUESTION) && next.has(Class::QUESTION)
            || frame.takes.has(Takes::THAT) && text(verb + 1) == "that";
        let with = frame.with.contains(&view.word(verb + 1)) && text(verb + 1) != "for";
        frame.strength >= 2 && frame.rest.is_empty() && forms.has(Forms::BASE) && (noun || clause || with)
    })
}

/// `is confident that`.
fn adjective<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let frame = view.lexicon().reporting.adjective(view.word(at))?;
    let mut k = at;
    while k > segment.start && (is_adverb(view, k - 1) || matches!(view.text(k - 1), "so" | "more" | "less" | "most")) {
        k -= 1;
    }
    let be = k.checked_sub(1).filter(|k| *k >= segment.start)?;
    let linked = view.has(be, Class::BE)
        || view.is(be, TokenKind::Clitic) && !is_possessive(view, be)
        || matches!(
            view.lexicon().words.text(view.word(be)),
            "remain" | "remains" | "remained" | "seemed" | "seems" | "felt" | "feels"
        );
    let last = view.els[at].case == Case::Lower;
    (linked && last).then(|| Cue {
        els: group_start(view, segment.start, be)..at + 1,
        head: at,
        frame: Some(frame),
        forms: Forms::default(),
        voice: Voice::Adjective,
    })
}

/// `her claim that`, `the governor’s criticism of`.
fn noun<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let frame = view.lexicon().reporting.noun(view.word(at))?;
    (view.els[at].case == Case::Lower && at + 1 < segment.end).then(|| Cue {
        els: at..at + 1,
        head: at,
        frame: Some(frame),
        forms: Forms::default(),
        voice: Voice::Noun,
    })
}
