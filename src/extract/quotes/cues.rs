//! Cues: the verb groups, nouns, adjectives and set phrases that report. `Brandt has also said` → the group
//! `has also said`, finite, with the frame of `say`.

use super::phrases::{is_nominal, is_possessive, is_verbal, phrase_at, subject_before};
use super::view::{Tail, View};
use crate::lexicon::grammar::Class;
use crate::lexicon::inflect::Forms;
use crate::lexicon::reporting::{Frame, Mode, Takes};
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
        return (view.page.lexicon.words.text(view.word(at + 1)) == "to" && at + 2 < segment.end).then(|| Cue {
            els: at..at + 2,
            head: at,
            frame: None,
            forms: Forms::default(),
            voice: Voice::According,
        });
    }
    if view.lexicon().words.text(el.word) == "in" {
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

/// `In the latest poll, Brandt led`: counts speak for themselves. `in` is the cue.
fn poll<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let words = &view.lexicon().words;
    let phrase = phrase_at(view, at + 1, segment.end)?;
    let text = |at: usize| words.text(view.word(at));
    let head = (phrase.start..phrase.end).find(|at| view.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end) - 1;
    let counts = matches!(text(head), "poll" | "polls" | "survey" | "surveys");
    let closed = phrase.end >= segment.end || view.is(phrase.end, TokenKind::Comma) || view.is(phrase.end, TokenKind::Stop);
    (counts && closed).then(|| Cue {
        els: at..at + 1,
        head: at,
        frame: None,
        forms: Forms::default(),
        voice: Voice::According,
    })
}

/// `As reported by the Courier, the bridge is shut`: stands like `according to`.
fn reported_by<'p>(view: &View<'p>, segment: &Range<usize>, at: usize) -> Option<Cue<'p>> {
    let text = |at: usize| view.lexicon().words.text(view.word(at));
    let begins = at > segment.start && matches!(text(at - 1), "as" | "first");
    let begin = if begins && text(at - 1) == "first" { at.checked_sub(2).filter(|k| text(*k) == "as")? } else { at.checked_sub(1)? };
    let speaks = view.lexicon().reporting.verb(view.word(at)).any(|(frame, forms)| {
        forms.has(Forms::PARTICIPLE) && frame.takes.has(Takes::CLAUSE) && frame.rest.is_empty()
    });
    (begins && speaks && text(at + 1) == "by" && at + 2 < segment.end).then(|| Cue {
        els: begin..at + 2,
        head: at,
        frame: None,
        forms: Forms::default(),
        voice: Voice::According,
    })
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

/// Whether an adverb stands there that can be part of a verb group.
pub fn is_adverb(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    // A capital in the sentence is a name (`Kelly said`).
    let inside = || at > 0 && !view.is(at - 1, TokenKind::Stop) && !view.is(at - 1, TokenKind::Exclaim);
    if !el.is_word() || el.is_capital() && inside() {
        return false;
    }
    if el.has(Class::ADVERB.with(Class::NEGATION)) {
        return !el.has(Class::TIME) && !el.has(Class::DETERMINER.with(Class::SUBJECT));
    }
    let nouns = Class::ROLE.with(Class::GROUP).with(Class::DOCUMENT).with(Class::CUE_VERB).with(Class::TIME);
    el.end - el.token == 1 && !el.has(nouns) && view.text(at).len() > 4 && view.text(at).ends_with("ly")
}

/// How the verb at `at`, which ends before `end`, stands, and where its group begins; none where it is no verb.
fn voice(view: &View, floor: usize, at: usize, end: usize, forms: Forms) -> Option<(Voice, usize)> {
    let mut first = at;
    while first > floor && is_adverb(view, first - 1) {
        first -= 1;
    }
    let Some(k) = first.checked_sub(1).filter(|k| *k >= floor) else {
        return at_start(view, at, end, forms);
    };
    let prev = &view.els[k];
    let finite = |start: usize| Some((Voice::Finite, group_start(view, floor, start)));
    if prev.has(Class::MODAL.with(Class::DO)) {
        return if forms.has(Forms::BASE) { finite(k) } else { None };
    }
    if prev.is(TokenKind::Clitic) && !is_possessive(view, k) {
        let progressive = forms.has(Forms::GERUND);
        return if progressive || forms.has(Forms::PARTICIPLE.with(Forms::BASE)) { finite(k) } else { None };
    }
    if view.lexicon().words.text(prev.word) == "to" && forms.has(Forms::BASE) {
        return Some(
            chain(view, floor, k)
                .map_or((Voice::Infinitive, k), |start| (Voice::Finite, group_start(view, floor, start))),
        );
    }
    if prev.has(Class::HAVE) {
        return if forms.has(Forms::PARTICIPLE) { finite(k) } else { None };
    }
    if prev.has(Class::BE) {
        if forms.has(Forms::GERUND) {
            return finite(k);
        }
        return forms.has(Forms::PARTICIPLE).then(|| (Voice::Passive, group_start(view, floor, k)));
    }
    if forms.has(Forms::GERUND) {
        // `keeps talking about`
        if matches!(view.lexicon().words.text(prev.word), "keep" | "keeps" | "kept" | "began" | "begins" | "started") {
            return finite(k);
        }
        let noun =
            prev.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE)) && !prev.has(Class::SUBJECT);
        let named = prev.is(TokenKind::Clitic) || prev.is(TokenKind::Hyphen);
        return (!noun && !named).then_some((Voice::Participle, first));
    }
    let el = &view.els[at];
    let doubtful =
        el.has(Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::GROUPS).with(Class::GROUP));
    let noun = prev.has(Class::DETERMINER.with(Class::POSSESSIVE))
        && !prev.has(Class::SUBJECT.with(Class::RELATIVE))
        && (!prev.has(Class::UNNAMED) || doubtful)
        || prev.has(Class::ADJECTIVE) && !prev.is_capital()
        || prev.has(Class::PREPOSITION) && !prev.has(Class::RELATIVE) && !prev.is_capital()
        || prev.is(TokenKind::Clitic)
        || (prev.is(TokenKind::Number) || prev.is(TokenKind::Symbol))
            && view.els.get(end).is_some_and(|el| {
                el.is_word() && !el.has(Class::DETERMINER.with(Class::SUBJECT).with(Class::RELATIVE))
            })
        || prev.is(TokenKind::Hyphen)
        || is_verbal(view, k);
    if noun {
        return None;
    }
    let by = view.lexicon().words.text(view.word(end)) == "by" && is_agent(view, end + 1);
    if forms.has(Forms::PARTICIPLE) && by && is_nominal(view, k) {
        return Some((Voice::Reduced, first));
    }
    if forms.has(Forms::PAST) {
        return finite(first);
    }
    if forms.has(Forms::PARTICIPLE) {
        return None;
    }
    let doubtful = doubtful && !is_tag(view, floor, k);
    let subject = prev.has(Class::SUBJECT.with(Class::RELATIVE));
    if forms.has(Forms::PRESENT) {
        let sure = subject
            || prev.is_capital()
            || prev.has(Class::ROLE.with(Class::GROUP).with(Class::DOCUMENT))
            || !is_nominal(view, k);
        let capital =
            el.is_capital() && view.page.paragraphs[view.paragraph].region == crate::document::RegionKind::Body;
        return if (sure || !doubtful) && !capital { finite(first) } else { None };
    }
    if !forms.has(Forms::BASE) || el.is_capital() && prev.is_capital() {
        return None;
    }
    let plural =
        prev.has(Class::ROLES.with(Class::GROUPS).with(Class::DOCUMENTS).with(Class::PLURAL).with(Class::FIRST));
    let you = matches!(
        view.text(k),
        "you" | "You" | "who" | "that" | "which" | "people" | "police" | "many" | "some" | "others" | "few"
    );
    let many = prev.is_word() && view.text(k).ends_with('s') && !subject;
    let sure = plural || you || !doubtful && (many || prev.has(Class::COORDINATOR) || is_plural(view, floor, first));
    match sure {
        true => finite(first),
        false => None,
    }
}

/// Whether the subject before `end` is several: `polls in Harrow`, `most of them`, `61 percent of voters`.
fn is_plural(view: &View, floor: usize, end: usize) -> bool {
    let Some(subject) = subject_before(view, floor, end) else { return false };
    let head = subject.clone().find(|at| {
        view.has(*at, Class::PREPOSITION.with(Class::RELATIVE).with(Class::ADVERB)) || view.is(*at, TokenKind::Comma)
    });
    let Some(last) = head.unwrap_or(subject.end).checked_sub(1).filter(|last| *last >= subject.start) else {
        return false;
    };
    let text = view.text(last);
    view.has(last, Class::UNNAMED.with(Class::ROLES).with(Class::GROUPS).with(Class::DOCUMENTS).with(Class::PLURAL))
        || view.is(last, TokenKind::Number)
        || text == "percent"
        || view.els[last].is_word() && text.ends_with('s') && !text.ends_with("ss")
}

/// Whether one who acts can be named there: `claims made by officials`, but not `said by telephone`.
fn is_agent(view: &View, at: usize) -> bool {
    const SOMEBODY: Class = Class::DETERMINER
        .with(Class::POSSESSIVE)
        .with(Class::OBJECT)
        .with(Class::ROLE)
        .with(Class::ROLES)
        .with(Class::GROUP)
        .with(Class::GROUPS)
        .with(Class::UNNAMED)
        .with(Class::TITLE);
    view.has(at, SOMEBODY) || view.els.get(at).is_some_and(|el| el.is_capital())
        || view.els.get(at + 1).is_some_and(|el| el.is_word() && view.text(at).ends_with('s'))
}

/// Whether nothing but a short phrase stands between quoted words that end in a comma and the verb behind `last`.
fn is_tag(view: &View, floor: usize, last: usize) -> bool {
    const MOST: usize = 6;
    (floor..=last)
        .rev()
        .take(MOST)
        .find(|at| !is_nominal(view, *at) && !view.has(*at, Class::DETERMINER))
        .and_then(|at| view.chunk(at))
        .is_some_and(|chunk| chunk.tail == Tail::Comma)
}

/// The verb begins its segment.
fn at_start(view: &View, at: usize, end: usize, forms: Forms) -> Option<(Voice, usize)> {
    if forms.has(Forms::GERUND) {
        return Some((Voice::Participle, at));
    }
    if forms.has(Forms::PAST) {
        let inverted = view.els.get(end).is_some_and(|el| el.is_capital() || el.has(Class::DETERMINER));
        let colon = || phrase_at(view, end, end + 12).is_some_and(|phrase| view.is(phrase.end, TokenKind::Colon));
        return Some((
            if inverted && (!forms.has(Forms::PARTICIPLE) || view.text(at) == "Said" || colon()) {
                Voice::Finite
            } else {
                Voice::Reduced
            },
            at,
        ));
    }
    None
}

/// `went on to say`, `continued to insist`: where the chain that ends in the `to` at `to` begins.
fn chain(view: &View, floor: usize, to: usize) -> Option<usize> {
    let before = to.checked_sub(1).filter(|k| *k >= floor)?;
    let text = |at: usize| view.lexicon().words.text(view.word(at));
    match text(before) {
        "on" if before > floor && matches!(text(before - 1), "go" | "goes" | "went" | "gone" | "going") => {
            Some(before - 1)
        }
        "continue" | "continues" | "continued" | "continuing" | "begin" | "begins" | "began" | "begun" | "start"
        | "started" | "proceeded" | "seem" | "seems" | "seemed" | "appear" | "appears" | "appeared" | "try"
        | "tries" | "tried" | "trying" | "want" | "wants" | "wanted" | "refuse" | "refuses" | "refused" | "refusing"
        | "decline" | "declines" | "declined" | "declining" | "used" => Some(before),
        _ => None,
    }
}

/// With the auxiliaries and adverbs before `start`.
fn group_start(view: &View, floor: usize, mut start: usize) -> usize {
    const AUXILIARY: Class = Class::MODAL.with(Class::HAVE).with(Class::BE).with(Class::DO).with(Class::NEGATION);
    while start > floor {
        let k = start - 1;
        let clitic = view.is(k, TokenKind::Clitic) && !is_possessive(view, k);
        if !(view.has(k, AUXILIARY) || is_adverb(view, k) || clitic) {
            break;
        }
        start = k;
    }
    start
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
