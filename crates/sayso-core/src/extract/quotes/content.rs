//! Where the reported words stand: after their cue, and how far; or before it.
//!
//! `Brandt told reporters on Tuesday that the ferry was late, adding …` → addressee `reporters`, content
//! `the ferry was late`.

use super::cues::Cue;
use super::extent::{Reach, extent};
use super::phrases::{is_nominal, is_verbal, phrase_at};
use super::view::View;
use super::voice::is_adverb;
use crate::extract::QuoteReason;
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// What a cue was found to report.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Elements of each piece, in order.
    pub pieces: Vec<Range<usize>>,
    /// To whom.
    pub addressee: Option<Range<usize>>,
    /// Where the cue ends, with a preposition of its own.
    pub cue_end: usize,
    /// How it was recognised.
    pub reason: Option<QuoteReason>,
    /// Whether it ends in a colon after which the paragraph ends.
    pub awaits: bool,
}

/// The word of an element.
pub fn word<'v>(view: &View<'v>, at: usize) -> &'v str {
    match view.word(at) {
        WordId::NONE => "",
        id => view.lexicon().words.text(id),
    }
}

/// What stands after the cue, before `ceiling`.
pub fn after(view: &View, cue: &Cue, ceiling: usize) -> Option<Content> {
    let frame = cue.frame?;
    let mut out = Content { cue_end: cue.els.end, ..Content::default() };
    let mut at = cue.els.end;
    if frame.with.contains(&view.word(at)) && at + 1 < ceiling && !view.is(at + 1, TokenKind::Comma) {
        return with_preposition(view, cue, at, ceiling, out);
    }
    if let Some(next) = past_time(view, at, ceiling) {
        at = next;
    }
    // `She said herself, “…”`
    if matches!(word(view, at), "himself" | "herself" | "themselves") && view.is(at + 1, TokenKind::Comma) {
        at += 1;
    }
    // `chided him, “What difference does it make?”`
    let pronoun = view.has(at, Class::OBJECT) && !view.has(at, Class::SUBJECT) && frame.takes.has(Takes::QUOTATION);
    if pronoun
        && (view.is(at + 1, TokenKind::Comma) || view.is(at + 1, TokenKind::Colon))
        && at + 2 < ceiling
        && view.els[at + 2].is_chunk()
    {
        out.addressee = Some(at..at + 1);
        at += 1;
    }
    // `said only: “…”`, `said only that`
    let only = word(view, at) == "only";
    if view.is(at + 1, TokenKind::Colon) && (is_adverb(view, at) || only) || only && word(view, at + 1) == "that" {
        at += 1;
    }
    if frame.takes.has(Takes::ADDRESSEE) {
        at = addressee(view, frame, at, ceiling, &mut out);
    } else if word(view, at) == "to"
        && frame.takes.has(Takes::QUOTATION)
        && !frame.takes.has(Takes::INFINITIVE)
        && let Some(phrase) = phrase_at(view, at + 1, ceiling)
    {
        at = phrase.end;
        out.addressee = Some(phrase);
    }
    let direct = introduced(view, cue, at, ceiling, &mut out);
    if direct.is_some() || out.awaits {
        return Some(out);
    }
    let (next, skipped) = skip_adjuncts(view, at, ceiling);
    if next > at {
        let sure = view.els.get(next).is_some_and(|el| el.is_chunk() && next < ceiling)
            || word(view, next) == "that"
            || view.is(next, TokenKind::Colon)
            || view.is(next, TokenKind::Comma) && view.els.get(next + 1).is_some_and(|el| el.is_chunk())
            || skipped == Skipped::Time
            || begins_clause(view, next);
        if sure && introduced(view, cue, next, ceiling, &mut out).is_some() || out.awaits {
            return Some(out);
        }
    }
    // `warned crews of delays`
    let told = out.addressee.take()?;
    let with = (told.start + 1..told.end + 1).find(|at| frame.with.contains(&view.word(*at)))?;
    if with + 1 >= ceiling || view.is(with + 1, TokenKind::Comma) {
        return None;
    }
    let found = with_preposition(view, cue, with, ceiling, Content::default())?;
    Some(Content { cue_end: cue.els.end, addressee: Some(told.start..with), ..found })
}

/// `Said the minister: “…”`: what stands after a colon at `at`, or in the next paragraph.
pub fn after_colon(view: &View, cue: &Cue, at: usize, ceiling: usize) -> Option<Content> {
    if !view.is(at, TokenKind::Colon) || !cue.takes(Takes::QUOTATION) {
        return None;
    }
    let mut out = Content { cue_end: cue.els.end, reason: Some(QuoteReason::Colon), ..Content::default() };
    out.awaits = at + 1 >= ceiling;
    if !out.awaits {
        out.pieces = extent(view, cue, at + 1, ceiling, Reach::Clause);
    }
    (out.awaits || !out.pieces.is_empty()).then_some(out)
}

/// `said this week that`, `told last month`: past a time that begins like a noun phrase.
fn past_time(view: &View, at: usize, ceiling: usize) -> Option<usize> {
    let begins = view.has(at, Class::TIME) || matches!(word(view, at), "this" | "that");
    let next = at + 2;
    (begins
        && next < ceiling
        && view.has(at + 1, Class::TIME)
        && !view.els[at + 1].is_capital()
        && !is_verbal(view, next)
        && !view.has(next, Class::PREPOSITION))
    .then_some(next)
}

/// `announced this week.`: nothing but a time follows.
fn is_time(view: &View, at: usize, ceiling: usize) -> bool {
    let lead = matches!(word(view, at), "this" | "that" | "last" | "next" | "earlier" | "late");
    let end = (at + usize::from(lead)..ceiling).find(|at| !view.has(*at, Class::TIME)).unwrap_or(ceiling);
    end > at + usize::from(lead) && (end >= ceiling || view.is(end, TokenKind::Comma))
}

/// Content right at `at`: puts its pieces into `out`.
fn introduced(view: &View, cue: &Cue, at: usize, ceiling: usize, out: &mut Content) -> Option<()> {
    let frame = cue.frame?;
    let takes = frame.takes;
    if at >= ceiling {
        // The segment ends in a colon that belongs to the cue.
        return None;
    }
    let el = &view.els[at];
    let text = word(view, at);
    let (start, reason) = if el.is(TokenKind::Colon) {
        if at + 1 >= ceiling {
            out.awaits = takes.has(Takes::QUOTATION);
            return None;
        }
        // `because nobody had understood: “…”` is no cue of these words.
        if view.els[at + 1].is_chunk() && !takes.has(Takes::QUOTATION) {
            return None;
        }
        (at + 1, QuoteReason::Colon)
    } else if el.is(TokenKind::Comma) {
        let next = view.els.get(at + 1).filter(|_| at + 1 < ceiling)?;
        if next.is_chunk() && takes.has(Takes::QUOTATION) {
            (at + 1, QuoteReason::CueBefore)
        } else if word(view, at + 1) == "that"
            && takes.has(Takes::THAT)
            && view.els.get(at + 2).is_some_and(|el| el.is_chunk())
        {
            (at + 2, QuoteReason::ThatClause)
        } else {
            let gerund = is_gerund(view, at + 1);
            let limit = at + if gerund { 14 } else { 8 };
            let that = (at + 2..ceiling.min(limit)).find(|k| view.is(*k, TokenKind::Comma))?;
            // `said Monday, citing a report, that`
            let short = view.has(at + 1, Class::CONJUNCT.with(Class::PREPOSITION).with(Class::ADVERB))
                || gerund && word(view, that + 1) == "that";
            if !short || that + 1 >= ceiling || !(word(view, that + 1) == "that" || view.els[that + 1].is_chunk()) {
                return None;
            }
            return introduced(view, cue, that + 1, ceiling, out);
        }
    } else if text == "that" && takes.has(Takes::THAT) {
        // The content begins after `that`.
        (at + 1, QuoteReason::ThatClause)
    } else if el.is_chunk() {
        let fits = takes.has(Takes::QUOTATION.with(Takes::NOUN).with(Takes::CLAUSE).with(Takes::COMPLEMENT))
            && (frame.strength >= 2 || view.chunk(at).is_some_and(|chunk| chunk.words > 3));
        if !fits {
            return None;
        }
        (at, QuoteReason::CueBefore)
    } else if !is_time(view, at, ceiling) && takes_bare(view, frame, at, ceiling) {
        (at, QuoteReason::BareClause)
    } else {
        return None;
    };
    let noun = takes.has(Takes::NOUN.with(Takes::COMPLEMENT))
        && !takes.has(Takes::CLAUSE.with(Takes::THAT))
        && matches!(reason, QuoteReason::BareClause | QuoteReason::CueBefore);
    out.reason = Some(reason);
    let reach = match reason {
        QuoteReason::ThatClause => Reach::That,
        _ if noun => Reach::Noun,
        _ => Reach::Clause,
    };
    out.pieces = extent(view, cue, start, ceiling, reach);
    (!out.pieces.is_empty()).then_some(())
}

/// Whether the words at `at`, with no mark or `that` before them, are what the cue takes.
fn takes_bare(view: &View, frame: &Frame, at: usize, ceiling: usize) -> bool {
    let takes = frame.takes;
    let text = word(view, at);
    let strong = frame.strength >= 2;
    // `found the mushroom`, `added two clouds`: a thing; `found the mushroom was rare`: what somebody thinks.
    let plain = frame.mode == Mode::Speech && takes.has(Takes::QUESTION);
    let sure = frame.mode == Mode::Speech && frame.strength >= 3;
    let thing = !plain
        && !takes.has(Takes::NOUN.with(Takes::ADDRESSEE))
        && !is_clause(view, at, ceiling)
        && (!sure || is_short(view, at, ceiling));
    // `said if elected he …` is no question; `asked if he …` is.
    let adverbial = matches!(text, "if" | "when" | "where") && takes.has(Takes::CLAUSE);
    view.has(at, Class::QUESTION) && takes.has(Takes::QUESTION) && !adverbial
        || takes.has(Takes::INFINITIVE) && (text == "to" || text == "not" && word(view, at + 1) == "to")
        || is_gerund(view, at) && takes.has(Takes::GERUND.with(Takes::NOUN))
        || takes.has(Takes::CLAUSE) && begins_phrase(view, at) && (strong || begins_clause(view, at)) && !thing
        || takes.has(Takes::COMPLEMENT) && has_complement(view, at, ceiling)
        || takes.has(Takes::NOUN) && begins_phrase(view, at) && strong
        // `a letter that he said was drafted in Harrow`
        || takes.has(Takes::CLAUSE)
            && frame.strength >= 3
            && view.has(at, Class::BE.with(Class::HAVE).with(Class::MODAL))
            && !view.is(at, TokenKind::Clitic)
}

/// `criticism of the plan`, `referring to the vote`; `said of the vote: “…”`.
fn with_preposition(view: &View, cue: &Cue, at: usize, ceiling: usize, mut out: Content) -> Option<Content> {
    out.cue_end = at + 1;
    if cue.takes(Takes::QUOTATION)
        && let Some(topic) = phrase_at(view, at + 1, ceiling)
    {
        let mark = topic.end;
        let quoted = (view.is(mark, TokenKind::Comma) || view.is(mark, TokenKind::Colon))
            && mark + 1 < ceiling
            && view.els[mark + 1].is_chunk();
        if quoted {
            out.cue_end = cue.els.end;
            out.reason = Some(QuoteReason::CueBefore);
            out.pieces = extent(view, cue, mark + 1, ceiling, Reach::Clause);
            return Some(out);
        }
    }
    out.reason = Some(QuoteReason::BareClause);
    out.pieces = extent(view, cue, at + 1, ceiling, Reach::Noun);
    (!out.pieces.is_empty()).then_some(out)
}

/// Reads the one addressed; gives where it goes on.
fn addressee(view: &View, frame: &Frame, at: usize, ceiling: usize, out: &mut Content) -> usize {
    if word(view, at) == "that" || view.has(at, Class::QUESTION) {
        return at;
    }
    // `urged the crowd to go home`
    let to = (at..ceiling).find(|k| frame.takes.has(Takes::INFINITIVE) && word(view, *k) == "to");
    let to = to.map(|to| to - usize::from(to > at && view.has(to - 1, Class::NEGATION)));
    let Some(phrase) = phrase_at(view, at, to.unwrap_or(ceiling)) else { return at };
    if to == Some(phrase.end) {
        out.addressee = Some(phrase.clone());
        return phrase.end;
    }
    let mut end = phrase.end;
    out.addressee = Some(phrase.clone());
    // `told a crowd in Harrow that …`, `told Brandt, the mayor, that …`
    let that = (end..ceiling.min(end + 10))
        .find(|k| word(view, *k) == "that" || view.els[*k].is_chunk() || is_verbal(view, *k));
    if let Some(that) = that.filter(|k| !is_verbal(view, *k)) {
        // `told the council, in a speech that ran on`: a comma that is not closed before `that` begins something else.
        let closed = (end..that).all(|k| !view.is(k, TokenKind::Comma)) || view.is(that - 1, TokenKind::Comma);
        let clear = closed && (end..that).all(|k| !view.has(k, Class::SUBJECT) && !view.has(k, Class::CUE_VERB));
        if clear && word(view, that) == "that" {
            end = that;
        }
    }
    end
}

/// What was passed over between a cue and its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skipped {
    Nothing,
    Time,
    Phrases,
}

/// Past `on Tuesday`, `in a statement`, `during a visit to Harrow`.
pub(super) fn skip_adjuncts(view: &View, start: usize, ceiling: usize) -> (usize, Skipped) {
    let mut at = start;
    let mut skipped = Skipped::Nothing;
    while at < ceiling && at < start + 24 && !is_bound(view, at) {
        // `said in July – falsely – that`
        if view.is(at, TokenKind::Dash) && is_adverb(view, at + 1) && view.is(at + 2, TokenKind::Dash) {
            at += 3;
            continue;
        }
        let number = view.is(at, TokenKind::Number) && skipped != Skipped::Nothing;
        if view.has(at, Class::TIME) || number || is_adverb(view, at) {
            at += 1;
            skipped = skipped.max(Skipped::Time);
        } else if view.has(at, Class::PREPOSITION) && at + 1 < ceiling {
            // `in May`, `in 2014`
            let year = view.is(at + 1, TokenKind::Number) && view.text(at + 1).len() == 4 && view.text(at) == "in";
            if view.has(at + 1, Class::TIME) || year {
                at += 2;
                skipped = skipped.max(Skipped::Time);
                continue;
            }
            // `for the first time`
            let is_time = |at: usize| view.has(at, Class::TIME) || word(view, at) == "time";
            let loose = |at: usize| {
                (view.has(at, Class::DETERMINER.with(Class::ADJECTIVE)) || is_time(at)) && !view.els[at].is_capital()
            };
            let time = (at + 2..ceiling.min(at + 4)).rev().find(|at| is_time(*at));
            if let Some(time) = time.filter(|time| (at + 1..*time).all(loose)) {
                at = time + 1;
                skipped = skipped.max(Skipped::Time);
                continue;
            }
            let gerund = is_gerund(view, at + 1);
            let Some(phrase) = phrase_at(view, at + 1 + usize::from(gerund), ceiling) else { break };
            at = phrase.end;
            skipped = Skipped::Phrases;
        } else {
            break;
        }
    }
    (at, skipped)
}

impl Skipped {
    fn max(self, other: Skipped) -> Skipped {
        if self == Skipped::Phrases { self } else { other }
    }
}

/// `at least 40 boats`, `up to a mile`: words that bound a number and begin its phrase.
fn is_bound(view: &View, at: usize) -> bool {
    matches!((word(view, at), word(view, at + 1)), ("at", "least" | "most") | ("up", "to") | ("as", "many" | "much"))
}

pub(super) fn is_gerund(view: &View, at: usize) -> bool {
    view.els.get(at).is_some_and(|el| el.is_word() && !el.is_capital())
        && view.text(at).len() > 4
        && view.text(at).ends_with("ing")
}

/// Whether nothing but a short noun phrase stands there, with or without a preposition behind it.
fn is_short(view: &View, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 3;
    let Some(phrase) = phrase_at(view, at, ceiling) else { return false };
    let next = phrase.end;
    let ends = next >= ceiling
        || view.is(next, TokenKind::Comma)
        || view.has(next, Class::PREPOSITION.with(Class::COORDINATOR))
        || is_adverb(view, next);
    ends && (phrase.len() <= MOST || next < ceiling && view.has(next, Class::PREPOSITION))
}

/// Whether a subject with a verb behind it begins there.
pub(super) fn is_clause(view: &View, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 24;
    let limit = ceiling.min(at + MOST);
    let ends = |at: &usize| view.is(*at, TokenKind::Comma) || view.has(*at, Class::RELATIVE.with(Class::SUBORDINATOR));
    let verb = |at: &usize| {
        let el = &view.els[*at];
        let past = el.is_word() && !el.is_capital() && (view.text(*at).ends_with("ed") || el.has(Class::PAST));
        // `the council wastes money`
        const NO_NOUN: Class =
            Class::DETERMINER.with(Class::ADJECTIVE).with(Class::POSSESSIVE).with(Class::PREPOSITION);
        let third = el.is_word()
            && !el.is_capital()
            && view.text(*at).len() > 3
            && view.text(*at).ends_with('s')
            && !view.text(*at).ends_with("ss")
            && is_nominal(view, at - 1)
            && view.els[at - 1].is_word()
            && !view.has(at - 1, NO_NOUN);
        is_verbal(view, *at)
            || past
            || third
            || el.has(Class::CUE_VERB) && !el.has(Class::CUE_NOUN) && !is_gerund(view, *at)
    };
    (at + 1..limit).take_while(|at| !ends(at)).any(|at| verb(&at))
}

/// Whether a noun phrase with what it is called begins there: `the plan a mistake`, `her brave`.
fn has_complement(view: &View, at: usize, ceiling: usize) -> bool {
    const SAYS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::ADVERB);
    let Some(object) = phrase_at(view, at, ceiling) else { return false };
    let next = object.end;
    let adjective = view.has(next - 1, Class::ADJECTIVE) && object.len() > 1;
    let quoted = (at..ceiling.min(next + 3)).any(|at| view.els[at].is_chunk());
    let named = view.has(object.start, Class::OBJECT.with(Class::SUBJECT)) || view.els[next - 1].is_capital();
    let follows = next < ceiling
        && (view.has(next, SAYS) && !view.has(next, Class::TIME)
            || named && is_nominal(view, next) && view.els[next].is_word() && !view.has(next, Class::TIME));
    adjective || quoted || follows
}

/// Whether a clause surely begins there: with a pronoun, a determiner, a name.
fn begins_clause(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    el.has(Class::SUBJECT.with(Class::DETERMINER).with(Class::POSSESSIVE)) && !el.has(Class::RELATIVE)
        || el.is_capital() && !el.has(Class::TIME)
}

/// Whether a noun phrase or clause can begin there.
fn begins_phrase(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    const BEGINS: Class = Class::SUBJECT.with(Class::OBJECT).with(Class::DETERMINER).with(Class::POSSESSIVE);
    if el.is_chunk() || el.has(BEGINS) || is_bound(view, at) {
        return true;
    }
    let closed = Class::PREPOSITION
        .with(Class::COORDINATOR)
        .with(Class::SUBORDINATOR)
        .with(Class::TIME)
        .with(Class::RELATIVE)
        .with(Class::NEGATION);
    if el.is_capital() && el.is_word() {
        return !el.has(Class::TIME);
    }
    (is_nominal(view, at) && !el.is(TokenKind::Hyphen) && !matches!(el.what, super::view::What::Aside))
        && !el.has(closed)
        && !is_verbal(view, at)
        && !is_adverb(view, at)
}
