//! Where the reported words stand: after their cue, and how far; or before it.
//!
//! `Brandt told reporters on Tuesday that the ferry was late, adding …` → addressee `reporters`, content
//! `the ferry was late`.

use super::adjuncts::{Skipped, is_bound, past_time, skip_adjuncts};
use super::construction::{Construction, Reach};
use super::cues::Cue;
use super::elements::{Elements, word};
use super::extent::extent;
use super::phrases::{is_nominal, is_verbal, phrase_at};
use super::possible::{is_topic, may_be_clause};
use super::predicates::{begins_phrase, goal_at, is_clause};
use super::things::{tells, tells_behind};
use super::verb_group::{introduces, is_adverb, is_gerund};
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
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

/// What stands after the cue, before `ceiling`.
pub fn after(elements: &Elements, cue: &Cue, ceiling: usize) -> Option<Content> {
    let found = whole_after(elements, cue, ceiling)?;
    Some(narrowed(elements, cue, found))
}

/// `expressed deep concern about the boat`: what is said stands behind the preposition.
fn narrowed(elements: &Elements, cue: &Cue, mut found: Content) -> Content {
    const MOST: usize = 5;
    if !elements.lists().has(List::Expressing, word(elements, cue.head)) {
        return found;
    }
    let Some(piece) = found.pieces.first_mut() else { return found };
    let about = |at: &usize| elements.lists().has(List::AboutWords, word(elements, *at));
    let limit = piece.end.saturating_sub(1).min(piece.start + MOST);
    if let Some(start) = (piece.start..limit).find(about) {
        found.cue_end = start + 1;
        piece.start = start + 1;
    }
    found
}

fn whole_after(elements: &Elements, cue: &Cue, ceiling: usize) -> Option<Content> {
    let frame = cue.frame?;
    let mut out = Content { cue_end: cue.range.end, ..Content::default() };
    let mut at = cue.range.end;
    // `reported on Monday that`
    let timed = elements.has(at + 1, Class::TIME);
    // `said about 20 people left`
    let number = elements.is(at + 1, TokenKind::Number);
    let with = frame.with.contains(&elements.word(at)) && at + 1 < ceiling && !number;
    // `told of his kindness`: about what somebody spoke
    if !with && frame.takes.has(Takes::HEARER) && elements.says(at, "of") && !elements.has(at + 1, Class::QUESTION) {
        return None;
    }
    if with && !elements.is(at + 1, TokenKind::Comma) && !timed {
        return with_preposition(elements, cue, at, ceiling, out);
    }
    if let Some(next) = past_time(elements, at, ceiling) {
        at = next;
    }
    // `She said herself, “…”`
    // `called himself “the king of the quay”`
    let called = frame.takes.has(Takes::COMPLEMENT) && at + 1 < ceiling && elements.chunk(at + 1).is_some();
    if elements.lists().has(List::Reflexives, word(elements, at)) && (called || elements.is(at + 1, TokenKind::Comma)) {
        at += 1;
    }
    // `went on to “thank the crew”`
    if !frame.rest.is_empty() && elements.says(at, "to") && at + 1 < ceiling && elements.chunk(at + 1).is_some() {
        at += 1;
        out.cue_end = at;
    }
    // `chided him, “What difference does it make?”`
    let pronoun =
        elements.has(at, Class::OBJECT) && !elements.has(at, Class::SUBJECT) && frame.takes.has(Takes::QUOTATION);
    if pronoun
        && (elements.is(at + 1, TokenKind::Comma) || elements.is(at + 1, TokenKind::Colon))
        && at + 2 < ceiling
        && elements.all[at + 2].is_chunk()
    {
        out.addressee = Some(at..at + 1);
        at += 1;
    }
    // `said only: “…”`, `said only that`
    let only = elements.says(at, "only");
    if elements.is(at + 1, TokenKind::Colon) && (is_adverb(elements, at) || only)
        || only && (elements.says(at + 1, "that") || at + 1 < ceiling && elements.chunk(at + 1).is_some())
    {
        at += 1;
    }
    // `told half the story: extras made 31`
    let hears = frame.takes.has(Takes::HEARER);
    if hears && tells_tale(elements, at, ceiling) {
        return None;
    }
    // `told only his wife that`
    let alone = hears && (is_adverb(elements, at) || elements.says(at, "only"));
    at += usize::from(alone && begins_phrase(elements, at + 1) && !elements.all[at + 1].is_chunk());
    if frame.takes.has(Takes::ADDRESSEE) {
        at = addressee(elements, cue, frame, at, ceiling, &mut out);
    } else if elements.says(at, "to")
        && frame.takes.has(Takes::QUOTATION)
        && !(frame.takes.has(Takes::INFINITIVE) && begins_infinitive(elements, at))
        && let Some(phrase) = phrase_at(elements, at + 1, ceiling)
    {
        at = phrase.end;
        out.addressee = Some(phrase);
    }
    // `told the crew a story about his boat`
    if out.addressee.is_some() && hears && tells_tale(elements, at, ceiling) {
        return None;
    }
    // `told reporters this week he would go`
    // `told her later that week that he would go`
    if out.addressee.is_some()
        && let Some(next) = past_time(elements, at + usize::from(is_adverb(elements, at)), ceiling)
    {
        at = next;
    }
    if let Some(that) = behind_aside(elements, cue, at, ceiling) {
        at = that;
    }
    let direct = introduced(elements, cue, at, ceiling, &mut out);
    if direct.is_some() || out.awaits {
        return Some(out);
    }
    // `replied with two goals that nobody saw`
    if word(elements, at) == "with" && elements.is_in(cue.head, List::Replying) {
        return None;
    }
    // `pledged on Thursday to send a boat`
    const NEAR: usize = 8;
    let infinitive = |at: &usize| elements.says(*at, "to") && begins_infinitive(elements, *at);
    let to = (at..ceiling.min(at + NEAR)).find(infinitive).filter(|_| frame.takes.has(Takes::INFINITIVE));
    // `warned on Monday not to leave`
    let to = to.map(|to| to - usize::from(to > at && elements.has(to - 1, Class::NEGATION)));
    // `pledged at a meeting to “stand firm”`
    let bound = to.filter(|to| {
        let (end, skipped) = skip_adjuncts(elements, at, *to);
        *to > at && end == *to && (skipped == Skipped::Time || elements.chunk(to + 1).is_some())
    });
    let (next, skipped) = skip_adjuncts(elements, at, bound.unwrap_or(ceiling));
    // `A man accused of theft has been held`: a verb that takes its object at once has none behind a preposition.
    let at_once = !frame.takes.has(Takes::QUOTATION.with(Takes::CLAUSE).with(Takes::THAT).with(Takes::QUESTION));
    if next > at && !(at_once && skipped == Skipped::Phrases) {
        // `wrote of a study that found that children sleep`: what `that` begins tells of the study.
        let that = elements.says(next, "that")
            && !(skipped == Skipped::Phrases && super::hanging::is_relative_that(elements, next));
        let sure = elements.all.get(next).is_some_and(|el| el.is_chunk() && next < ceiling)
            || that
            || Some(next) == bound
            || elements.has(next, Class::QUESTION)
                && frame.takes.has(Takes::QUESTION)
                && frame.strength >= 2
                // `questioned in May by detectives who seek evidence`
                && !(skipped == Skipped::Phrases && elements.has(next, Class::RELATIVE))
            || elements.is(next, TokenKind::Colon)
            || elements.is(next, TokenKind::Comma) && elements.all.get(next + 1).is_some_and(|el| el.is_chunk())
            // `the plan announced on Tuesday is late`: the verb of the clause around
            || skipped == Skipped::Time && (!is_verbal(elements, next) || is_gerund(elements, next))
            // `told the Post by phone officials had left`
            || out.addressee.is_some()
                && frame.takes.has(Takes::HEARER)
                && skipped == Skipped::Phrases
                && begins_phrase(elements, next)
                && is_clause(elements, next, ceiling)
            // `asked for comment on how it began`
            || begins_clause(elements, next)
                && (frame.takes.has(Takes::QUESTION) && elements.says(next - 1, "how")
                    || !elements.has(next - 1, Class::QUESTION));
        if sure && introduced(elements, cue, next, ceiling, &mut out).is_some() || out.awaits {
            return Some(out);
        }
    }
    // `warned crews of delays`
    let addressee = out.addressee.take()?;
    let with = (addressee.start + 1..addressee.end + 1).find(|at| frame.with.contains(&elements.word(*at)))?;
    // `complained to the mayor of Harrow`: that is his town.
    let town = elements.says(addressee.start - 1, "to") && elements.all.get(with + 1).is_some_and(|el| el.is_capital());
    if with + 1 >= ceiling || elements.is(with + 1, TokenKind::Comma) || town {
        return None;
    }
    let found = with_preposition(elements, cue, with, ceiling, Content::default())?;
    Some(Content { cue_end: cue.range.end, addressee: Some(addressee.start..with), ..found })
}

/// `did find, however, that`, `told Brandt, who leads the board, that`, `warned on Monday, after the wreck, not to`: the `that` or infinitive
/// behind an aside between two commas, which begins at `at` or behind the time that stands there.
fn behind_aside(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 16;
    let (bare, skipped) = skip_adjuncts(elements, at, ceiling);
    let at = if elements.is(bare, TokenKind::Comma) && skipped == Skipped::Time { bare } else { at };
    let comma = elements.is(at, TokenKind::Comma)
        && cue.takes(Takes::THAT.with(Takes::INFINITIVE))
        && cue.strength() >= 2
        && at < ceiling;
    let inside = (at + 1..ceiling.min(at + MOST)).take_while(|_| comma);
    let mut inside = inside.take_while(|at| !elements.all[*at].is_chunk());
    let close = inside.find(|at| elements.is(*at, TokenKind::Comma))?;
    let said = (at + 1..close).any(|at| super::phrases::is_sure_cue(elements, at));
    let that = cue.takes(Takes::THAT) && elements.says(close + 1, "that");
    // `warned crews on Monday, after the wreck, not to sail`
    let goal = cue.takes(Takes::INFINITIVE)
        && cue.takes(Takes::ADDRESSEE)
        && goal_at(elements, close + 1).is_some_and(|to| begins_infinitive(elements, to));
    (close > at + 1 && !said && (that || goal) && close + 2 < ceiling).then_some(close + 1)
}

/// `Said the minister: “…”`, `Adds his wife, “…”`: what stands after a colon at `at`, or in the next paragraph; or after a comma, in
/// marks, where the cue begins the sentence, which begins at `start`.
pub fn after_mark(elements: &Elements, cue: &Cue, start: usize, at: usize, ceiling: usize) -> Option<Content> {
    let comma = elements.is(at, TokenKind::Comma) && cue.range.start == start && introduces(elements, at);
    if !elements.is(at, TokenKind::Colon) && !comma || !cue.takes(Takes::QUOTATION) {
        return None;
    }
    let reason = if comma { QuoteReason::CueBefore } else { QuoteReason::Colon };
    let mut out = Content { cue_end: cue.range.end, reason: Some(reason), ..Content::default() };
    out.awaits = at + 1 >= ceiling;
    if !out.awaits {
        out.pieces = extent(elements, cue, at + 1, ceiling, Reach::Clause);
    }
    (out.awaits || !out.pieces.is_empty()).then_some(out)
}

/// `announced this week.`: nothing but a time follows.
pub(super) fn is_time(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let lead = elements.lists().has(List::TimeLeads, word(elements, at));
    let first = at + usize::from(lead);
    // `late on Tuesday`
    let first = first + usize::from(lead && elements.has(first, Class::PREPOSITION));
    let end = (first..ceiling).find(|at| !elements.has(*at, Class::TIME)).unwrap_or(ceiling);
    // `predicted several years ago`
    let counted = elements.has(first, Class::DETERMINER.with(Class::UNNAMED)) || elements.is(first, TokenKind::Number);
    let ago = first + 2;
    let ago = counted && ago < ceiling && elements.is_in(ago, List::AgoWords);
    let end = if ago { first + 3 } else { end };
    end > first && (end >= ceiling || elements.is(end, TokenKind::Comma))
}

/// `added 2.1 percent to 24,288`: how far something rose.
fn is_measure(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let unit = elements.is(at, TokenKind::Number) && elements.is_in(at + 1, List::MeasuredRises);
    unit && (at + 2 >= ceiling
        || !elements.has(at + 2, Class::BE.with(Class::HAVE).with(Class::MODAL)) && word(elements, at + 2) != "of")
}

/// Content right at `at`: puts its pieces into `out`.
fn introduced(elements: &Elements, cue: &Cue, at: usize, ceiling: usize, out: &mut Content) -> Option<()> {
    let frame = cue.frame?;
    let takes = frame.takes;
    if at >= ceiling {
        // The segment ends in a colon that belongs to the cue.
        return None;
    }
    let el = &elements.all[at];
    let text = word(elements, at);
    let (start, reason) = if el.is(TokenKind::Colon) {
        if at + 1 >= ceiling {
            out.awaits = takes.has(Takes::QUOTATION);
            return None;
        }
        // `because nobody had understood: “…”` is no cue of these words.
        let clause = Takes::CLAUSE.with(Takes::THAT).with(Takes::NOUN).with(Takes::QUESTION);
        let marked = elements.all[at + 1].is_chunk();
        if !takes.has(if marked { Takes::QUOTATION } else { clause }) || !marked && frame.strength < 2 {
            return None;
        }
        (at + 1, QuoteReason::Colon)
    } else if el.is(TokenKind::Comma) {
        let next = elements.all.get(at + 1).filter(|_| at + 1 < ceiling)?;
        if next.is_chunk() && takes.has(Takes::QUOTATION) {
            (at + 1, QuoteReason::CueBefore)
        } else if elements.says(at + 1, "that")
            && takes.has(Takes::THAT)
            && elements.all.get(at + 2).is_some_and(|el| el.is_chunk())
        {
            (at + 2, QuoteReason::ThatClause)
        } else {
            let gerund = is_gerund(elements, at + 1);
            let limit = at + if gerund { 14 } else { 8 };
            let that = (at + 2..ceiling.min(limit)).find(|index| elements.is(*index, TokenKind::Comma))?;
            // `said Monday, citing a report, that`
            let short = elements.has(at + 1, Class::CONJUNCT.with(Class::PREPOSITION).with(Class::ADVERB))
                || gerund && elements.says(that + 1, "that");
            if !short || that + 1 >= ceiling || !(elements.says(that + 1, "that") || elements.all[that + 1].is_chunk())
            {
                return None;
            }
            return introduced(elements, cue, that + 1, ceiling, out);
        }
    } else if text == "that" && takes.has(Takes::THAT) {
        // `a claim that could not be shown`: what `that` begins tells of the claim, and not what it says.
        let relative = cue.construction == Construction::Noun && elements.has(at + 1, Class::AUXILIARY);
        // `shares that love with others`: `that` belongs to the noun.
        let thing =
            frame.strength < 2 && !is_clause(elements, at + 1, ceiling) && !may_be_clause(elements, at + 1, ceiling);
        // `found that argument weak`: the same before a noun, and no verb behind it.
        let thing = thing || frame.mode == Mode::Showing && is_this(elements, at + 1, ceiling);
        // `rail projects that sell power`: a noun in the plural, and what it does.
        const OPENS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::SUBJECT);
        let plain = elements.all.get(at + 1).is_some_and(|el| el.is_word() && !el.is_capital() && !el.has(OPENS));
        let thing = thing
            || frame.mode == Mode::Showing
                && plain
                && elements.ends(cue.head, Ending::ClearPlural)
                && !elements.ends(at + 1, Ending::Plural)
                && !is_clause(elements, at + 1, ceiling)
                && !may_be_clause(elements, at + 1, ceiling);
        // `confirmed that report.`: a noun that is one begins no clause without an article.
        let thing = thing
            || is_pointed_at(elements, at + 1, ceiling)
            // `blaming that country for the flood`
            || elements.says(at + 2, "for") && frame.takes.has(Takes::NOUN) && !frame.takes.has(Takes::QUOTATION);
        if relative || thing {
            return None;
        }
        // `brags that’s good news`: a pronoun.
        let shown = elements.is(at + 1, TokenKind::Clitic);
        // The content begins after `that`.
        (if shown { at } else { at + 1 }, QuoteReason::ThatClause)
    } else if el.is_chunk() {
        let fits = takes.has(Takes::QUOTATION.with(Takes::NOUN).with(Takes::CLAUSE).with(Takes::COMPLEMENT))
            && (frame.strength >= 2 || elements.chunk(at).is_some_and(|chunk| chunk.words > 3));
        if !fits {
            return None;
        }
        (at, QuoteReason::CueBefore)
    } else if !is_time(elements, at, ceiling)
        && !is_measure(elements, at, ceiling)
        && takes_bare(elements, frame, at, ceiling)
        || takes.has(Takes::COMPLEMENT) && is_called(elements, cue, at, ceiling)
    {
        (at, QuoteReason::BareClause)
    } else if let Some(comma) = opening_clause(elements, frame, at, ceiling) {
        out.reason = Some(QuoteReason::BareClause);
        out.pieces = extent(elements, cue, comma + 1, ceiling, Reach::Clause);
        out.pieces.first_mut()?.start = at;
        return Some(());
    } else {
        return None;
    };
    let thing = reason == QuoteReason::BareClause && takes.has(Takes::NOUN) && !is_clause(elements, start, ceiling);
    let noun = takes.has(Takes::NOUN.with(Takes::COMPLEMENT))
        && (thing || !takes.has(Takes::CLAUSE.with(Takes::THAT)))
        && matches!(reason, QuoteReason::BareClause | QuoteReason::CueBefore);
    out.reason = Some(reason);
    let reach = match reason {
        QuoteReason::ThatClause => Reach::That,
        _ if noun => Reach::Noun,
        _ => Reach::Clause,
    };
    // `citing Otto Lind`, `cited a report`: who told it.
    let told = noun
        && takes.has(Takes::SOURCE)
        && phrase_at(elements, start, ceiling).is_some_and(|phrase| {
            // `citing a source close to the board`
            let knows =
                (phrase.start + 1..(phrase.end + 1).min(ceiling)).find(|at| elements.is_in(*at, List::BehindSource));
            super::phrases::may_speak(elements, &(phrase.start..knows.unwrap_or(phrase.end)))
        });
    if told {
        return None;
    }
    out.pieces = extent(elements, cue, start, ceiling, reach);
    // `condemned the attack`: a thing, and nothing said of it.
    if reach == Reach::Noun && out.pieces.first().is_some_and(|piece| !tells(elements, cue, piece)) {
        out.pieces.clear();
    }
    (!out.pieces.is_empty()).then_some(())
}

/// `that argument less than convincing`: whether no word that may be a verb stands in what a noun in the singular opens at `at`.
fn is_this(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 8;
    const NO_NOUN: Class = Class::SUBJECT.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::UNNAMED);
    let verb = |at: usize| {
        is_verbal(elements, at)
            || elements.has(at, Class::PAST.with(Class::CUE_VERB).with(Class::SUBJECT)) && !is_gerund(elements, at)
            || elements.ends(at, Ending::Past)
            || elements.ends(at, Ending::ClearPlural)
    };
    let noun = elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital() && !el.has(NO_NOUN));
    noun && ceiling - at <= MOST && !elements.ends(at, Ending::Plural) && !(at..ceiling).any(verb)
}

/// `that report.`: whether a single noun in small letters stands at `at`, and nothing behind it.
fn is_pointed_at(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const NO_NOUN: Class =
        Class::SUBJECT.with(Class::OBJECT).with(Class::DETERMINER).with(Class::UNNAMED).with(Class::ADVERB);
    let Some(el) = elements.all.get(at) else { return false };
    let ends = at + 1 >= ceiling || elements.is(at + 1, TokenKind::Comma);
    ends && el.is_word() && !el.is_capital() && !el.has(NO_NOUN) && !elements.ends(at, Ending::Plural)
}

/// `said when the boats arrived, they were empty`: the comma behind a clause that opens what is said.
fn opening_clause(elements: &Elements, frame: &Frame, at: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 14;
    let opens = elements.has(at, Class::SUBORDINATOR) || elements.is_in(at, List::AdverbialQuestions);
    if !opens || frame.mode != Mode::Speech || frame.strength < 3 || !frame.takes.has(Takes::CLAUSE) {
        return None;
    }
    let parts = |at: &usize| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk();
    let comma = (at + 1..ceiling.min(at + MOST)).find(parts).filter(|at| elements.is(*at, TokenKind::Comma))?;
    let whole = is_clause(elements, at + 1, comma) && begins_clause(elements, comma + 1);
    (whole && is_clause(elements, comma + 1, ceiling)).then_some(comma)
}

/// `what Brandt calls the “travellers”`: what something is called, in marks behind an article.
fn is_called(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> bool {
    const FEW: usize = 4;
    const FAR: usize = 10;
    const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE);
    let what = (cue.range.start.saturating_sub(FAR)..cue.range.start).rev().find(|at| elements.says(*at, "what"));
    let chunk = elements.first_chunk(at..ceiling.min(at + FEW));
    what.is_some()
        && chunk.is_some_and(|chunk| {
            elements.has(at, BEFORE) && (at..chunk).all(|at| is_nominal(elements, at) || elements.has(at, BEFORE))
        })
}

/// Whether the words at `at`, with no mark or `that` before them, are what the cue takes.
fn takes_bare(elements: &Elements, frame: &Frame, at: usize, ceiling: usize) -> bool {
    let takes = frame.takes;
    let text = word(elements, at);
    // `who finds herself alone`
    if !takes.has(Takes::NOUN.with(Takes::COMPLEMENT))
        && elements.has(at, Class::OBJECT)
        && (text.ends_with("self") || text.ends_with("selves"))
    {
        return false;
    }
    // `told divers nothing`
    if text == "nothing" && at + 1 >= ceiling && takes.has(Takes::HEARER) {
        return false;
    }
    // `The result said it all`
    if text == "it" && elements.says(at + 1, "all") {
        return false;
    }
    // `has said little about what she wants`
    if is_topic(elements, at) && elements.says(at + 1, "about") {
        return false;
    }
    let strong = frame.strength >= 2;
    // `found the mushroom`, `added two clouds`: a thing; `found the mushroom was rare`: what somebody thinks.
    let plain = frame.mode == Mode::Speech && takes.has(Takes::QUESTION) && frame.strength >= 3;
    // `said Mass`, `recalls his life on the quay`
    let plain = plain && may_be_clause(elements, at, ceiling);
    let weak = !strong && takes.has(Takes::CLAUSE) && !is_clause(elements, at, ceiling);
    let thing = weak || !plain && !takes.has(Takes::NOUN.with(Takes::ADDRESSEE)) && !is_clause(elements, at, ceiling);
    // `said if elected he …` is no question; `asked if he …` is.
    let adverbial = elements.lists().has(List::AdverbialQuestions, text) && takes.has(Takes::CLAUSE);
    let question = elements.has(at, Class::QUESTION) && at + 1 < ceiling;
    question && takes.has(Takes::QUESTION) && !adverbial
        || takes.has(Takes::INFINITIVE)
            && (text == "to" && begins_infinitive(elements, at) || text == "not" && elements.says(at + 1, "to"))
        || is_gerund(elements, at) && takes.has(Takes::GERUND.with(Takes::NOUN))
        || takes.has(Takes::CLAUSE) && begins_phrase(elements, at) && (strong || begins_clause(elements, at)) && !thing
        // `said more needs to be done`
        || takes.has(Takes::CLAUSE)
            && strong
            && elements.lists().has(List::BareAmounts, text)
            && (is_verbal(elements, at + 1)
                || elements.ends(at + 1, Ending::ClearPlural)
                    && elements.says(at + 2, "to")
                    && begins_infinitive(elements, at + 2))
        || takes.has(Takes::COMPLEMENT) && has_complement(elements, at, ceiling)
        || takes.has(Takes::NOUN) && begins_phrase(elements, at) && strong
        // `a letter that he said was drafted in Harrow`
        || takes.has(Takes::CLAUSE)
            && frame.strength >= 3
            && elements.has(at, Class::BE.with(Class::HAVE).with(Class::MODAL))
            && !elements.is(at, TokenKind::Clitic)
}

/// Whether the `to` at `at` opens an infinitive (`proposed to sell`) and no phrase (`proposed to the board`).
fn begins_infinitive(elements: &Elements, at: usize) -> bool {
    const PHRASE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::SUBJECT);
    elements.all.get(at + 1).is_none_or(|next| !next.has(PHRASE) && !next.is_capital())
}

/// `criticism of the plan`, `referring to the vote`; `said of the vote: “…”`.
fn with_preposition(elements: &Elements, cue: &Cue, at: usize, ceiling: usize, mut out: Content) -> Option<Content> {
    out.cue_end = at + 1;
    if cue.takes(Takes::QUOTATION)
        && let Some(topic) = phrase_at(elements, at + 1, ceiling)
    {
        let mark = topic.end;
        let quoted = (elements.is(mark, TokenKind::Comma) || elements.is(mark, TokenKind::Colon))
            && mark + 1 < ceiling
            && elements.all[mark + 1].is_chunk();
        if quoted {
            out.cue_end = cue.range.end;
            out.reason = Some(QuoteReason::CueBefore);
            out.pieces = extent(elements, cue, mark + 1, ceiling, Reach::Clause);
            return Some(out);
        }
    }
    out.reason = Some(QuoteReason::BareClause);
    if elements.is_in(at, List::AskingPrepositions) {
        // `called on the council to adopt the plan`
        let to = (at + 1..ceiling).find(|to| elements.says(*to, "to") && begins_infinitive(elements, *to));
        let to = to.map(|to| to - usize::from(elements.has(to - 1, Class::NEGATION)));
        if let Some(to) = to
            && let Some(asked) = phrase_at(elements, at + 1, to)
                .filter(|asked| asked.end == to && super::phrases::may_speak(elements, asked))
        {
            out.pieces = extent(elements, cue, to, ceiling, Reach::Clause);
            out.addressee = Some(asked);
            return Some(out);
        }
        // `called upon a professor`
        if to.is_none() && cue.takes(Takes::COMPLEMENT) {
            return None;
        }
    }
    out.pieces = extent(elements, cue, at + 1, ceiling, Reach::Noun);
    out.pieces.first().is_some_and(|piece| tells_behind(elements, cue, at, piece)).then_some(out)
}

/// `told the Courier boats had sunk`: where the one who hears ends, in a phrase that runs on into the subject of what is told: behind
/// the name at its head, or before the name at its end (`told island radio Lind had left`).
fn hearer_end(elements: &Elements, phrase: &Range<usize>) -> Option<usize> {
    const NO_NOUN: Class = Class::PREPOSITION
        .with(Class::COORDINATOR)
        .with(Class::DETERMINER)
        .with(Class::POSSESSIVE)
        .with(Class::ADJECTIVE)
        .with(Class::RELATIVE);
    let capital = |at: usize| elements.all[at].is_capital();
    let small = |at: usize| elements.all[at].is_word() && !capital(at);
    let first = phrase.start + usize::from(elements.has(phrase.start, Class::DETERMINER) && phrase.len() > 1);
    let last = (first + 1..phrase.end).rev().take_while(|at| capital(*at)).last();
    if let Some(name) = last.filter(|at| small(at - 1) && !elements.has(at - 1, NO_NOUN)) {
        return Some(name);
    }
    let behind = (first..phrase.end).find(|at| !capital(*at)).filter(|at| *at > first)?;
    const LINKS: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::RELATIVE);
    // `told Courier readers the boats had sunk`, but `told the Courier sailors had left`
    let people = elements.has(behind, Class::ROLE.with(Class::ROLES)) && behind + 1 < phrase.end;
    (is_bound(elements, behind) || small(behind) && !elements.has(behind, LINKS) && !people).then_some(behind)
}

/// `told half the story`: whether the noun phrase at `at` is what is told, and nobody who hears it.
pub(super) fn tells_tale(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let first = at + usize::from(is_adverb(elements, at));
    // `half the story`
    let first =
        first + usize::from(elements.has(first, Class::DETERMINER) && elements.has(first + 1, Class::DETERMINER));
    phrase_at(elements, first, ceiling).is_some_and(|phrase| {
        let parts = |at: &usize| *at > phrase.start && elements.has(*at, Class::PREPOSITION);
        let end = phrase.clone().find(parts).unwrap_or(phrase.end);
        // `told you his story has no end`
        elements.is_in(end - 1, List::Tales) && !is_verbal(elements, phrase.end)
    })
}

/// Reads the one addressed; gives where it goes on.
fn addressee(elements: &Elements, cue: &Cue, frame: &Frame, at: usize, ceiling: usize, out: &mut Content) -> usize {
    if elements.says(at, "that") || elements.has(at, Class::QUESTION) {
        return at;
    }
    // `urged the crowd to go home`
    // `encouraged everyone from cooks to kings to join`
    let range = |to: usize| (at..to).any(|at| elements.says(at, "from"));
    let to = elements.lexicon().common.to;
    let mut goals = (at..ceiling).filter(|index| frame.takes.has(Takes::INFINITIVE) && elements.word(*index) == to);
    let to = goals.next();
    let to = if to.is_some_and(range) { goals.next() } else { to };
    let to = to.map(|to| to - usize::from(to > at && elements.has(to - 1, Class::NEGATION)));
    let Some(mut phrase) = phrase_at(elements, at, to.unwrap_or(ceiling)) else { return at };
    if to == Some(phrase.end) {
        out.addressee = Some(phrase.clone());
        return phrase.end;
    }
    // `urged citizens in Harrow to take care`, `warned friends of the singer to be watchful`
    if let Some(to) = to.filter(|to| hangs_on(elements, phrase.end, *to)) {
        out.addressee = Some(phrase.start..to);
        return to;
    }
    // `asked anyone who rented a boat to come forward`, `told families living near the quay to leave`
    if let Some(to) = goal_behind_clause(elements, cue, &phrase, ceiling) {
        out.addressee = Some(phrase.start..to);
        return to;
    }
    // `warned the bridge was old`: a clause begins here. `told the court Lind had known`: it begins with the name.
    if frame.takes.has(Takes::CLAUSE) && begins_verb(elements, phrase.end, ceiling) {
        let name = (phrase.start + 1..phrase.end).find(|at| {
            elements.all[*at].is_capital() && elements.all[at - 1].is_word() && !elements.all[at - 1].is_capital()
        });
        let hearer =
            |end: &usize| elements.has(end - 1, Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS));
        // `was told the boats had sunk`: who hears stands before the verb.
        let needs = frame.takes.has(Takes::HEARER)
            && matches!(cue.construction, Construction::Finite | Construction::Participle | Construction::Infinitive);
        match name.filter(hearer).or_else(|| hearer_end(elements, &phrase).filter(|_| needs)) {
            Some(name) => phrase.end = name,
            None => return at,
        }
    }
    let mut end = phrase.end;
    out.addressee = Some(phrase.clone());
    // `told a crowd in Harrow that …`, `told Brandt, the mayor, that …`
    let that = (end..ceiling.min(end + 10))
        .filter(|index| !is_that_week(elements, *index))
        .find(|index| elements.says(*index, "that") || elements.all[*index].is_chunk() || is_verbal(elements, *index));
    if let Some(that) = that.filter(|index| !is_verbal(elements, *index)) {
        // `told the council, in a speech that ran on`: a comma that is not closed before `that` begins something else.
        let closed =
            (end..that).all(|index| !elements.is(index, TokenKind::Comma)) || elements.is(that - 1, TokenKind::Comma);
        let clear = closed
            && (end..that).all(|index| !elements.has(index, Class::SUBJECT) && !elements.has(index, Class::CUE_VERB));
        if clear && elements.says(that, "that") {
            end = that;
        }
    }
    end
}

/// The `to` of what is asked, behind a clause or participle that narrows who is `asked`: the first that no verb before it
/// takes, as `want` does.
fn goal_behind_clause(elements: &Elements, cue: &Cue, asked: &Range<usize>, ceiling: usize) -> Option<usize> {
    const MOST: usize = 16;
    let at = asked.end;
    const TAKES: Class =
        Class::AUXILIARY.with(Class::CUE_VERB).with(Class::ADJECTIVE).with(Class::CUE_NOUN).with(Class::DOCUMENT);
    let narrows =
        elements.has(at, Class::RELATIVE) && !elements.says(at, "that") && !elements.has(at, Class::DETERMINER)
            || is_gerund(elements, at) && !elements.has(at, Class::PREPOSITION);
    // `anyone who`, `those who`
    let people = elements.has(at - 1, Class::PEOPLE.with(Class::SUBJECT).with(Class::DETERMINER));
    let verb = matches!(cue.construction, Construction::Finite | Construction::Infinitive);
    if !narrows || !people || !verb || !cue.takes(Takes::INFINITIVE) || at + 1 >= ceiling {
        return None;
    }
    let ends = |at: &usize| elements.all[*at].is_chunk() || elements.is(*at, TokenKind::Comma);
    // `in May to come`: no modal
    let governed = |to: usize| {
        !elements.all[to - 1].is_capital()
            && (elements.has(to - 1, TAKES)
                || elements.has(to - 1, Class::COORDINATOR)
                || elements.is_in(to - 1, List::Permitting)
                || is_verbal(elements, to - 1)
                || super::hanging::is_past_form(elements, to - 1)
                || is_gerund(elements, to - 1))
    };
    let plain =
        |to: usize| !elements.page.glued(elements.all[to].token as usize) && !elements.has(to + 1, Class::ADJECTIVE);
    // `told residents who wanted to leave that the bus was late`
    let that = |at: usize| elements.says(at, "that") && cue.takes(Takes::THAT) && begins_phrase(elements, at + 1);
    let goal = |to: &usize| {
        let infinitive = elements.says(*to, "to") && begins_infinitive(elements, *to) && plain(*to);
        (infinitive || that(*to)) && !governed(*to)
    };
    (at + 2..ceiling.min(at + MOST)).take_while(|at| !ends(at)).find(goal)
}

/// `told her later that week that`: whether `that` at `at` points at a time, behind which another opens what is told.
fn is_that_week(elements: &Elements, at: usize) -> bool {
    elements.says(at, "that") && elements.has(at + 1, Class::TIME) && elements.says(at + 2, "that")
}

/// Whether nothing but phrases behind prepositions stands from `at` up to `to`, and the infinitive there is no noun's:
/// `residents of the old town to leave`, but not `residents of plans to close it`.
fn hangs_on(elements: &Elements, at: usize, to: usize) -> bool {
    const MOST: usize = 10;
    const OPENS: Class = Class::SUBJECT.with(Class::RELATIVE).with(Class::CUE_NOUN).with(Class::TIME);
    let noun = to.saturating_sub(1);
    let own = elements.has(noun, Class::CUE_NOUN)
        || elements.is_in(noun, List::ContentNouns)
        || elements.is_in(noun, List::WillNouns);
    let verb =
        elements.all.get(to + 1).is_some_and(|el| el.is_word() && !el.is_capital() && !el.has(Class::DETERMINER));
    let plain = |at: usize| {
        let el = &elements.all[at];
        let inside =
            el.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::COORDINATOR));
        (inside || is_nominal(elements, at))
            && !el.has(OPENS)
            && !is_verbal(elements, at)
            && !is_gerund(elements, at)
            && !el.is(TokenKind::Number)
    };
    at < to
        && to - at <= MOST
        // `ordered the fleet into action to end the storm`: where to, and what for.
        && (elements.is_in(at, List::BindingPrepositions)
            || elements.is_in(at, List::OccasionPrepositions)
            || elements.has(at, Class::COORDINATOR))
        && !matches!(word(elements, at), "to" | "for")
        && verb
        && !own
        && (at..to).all(plain)
}

/// Whether a finite verb stands at `at`: an auxiliary, or a past form with something behind it.
fn begins_verb(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let at = at + usize::from(is_adverb(elements, at));
    at < ceiling && (elements.has(at, Class::AUXILIARY) || elements.has(at, Class::PAST))
}

/// Whether a noun phrase with what it is called begins there: `the plan a mistake`, `her brave`.
fn has_complement(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const SAYS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::ADVERB);
    let Some(object) = phrase_at(elements, at, ceiling) else { return false };
    let next = object.end;
    let adjective = elements.has(next - 1, Class::ADJECTIVE) && object.len() > 1;
    let quoted = elements.has_chunk(at..ceiling.min(next + 3));
    let named = elements.has(object.start, Class::OBJECT.with(Class::SUBJECT)) || elements.all[next - 1].is_capital();
    // `a group calling themselves the Gulls`
    if elements.text(next - 1).ends_with("selves") || elements.text(next - 1).ends_with("self") {
        return false;
    }
    // `an economist called Otto Lind counted boats`: that is his name.
    if named && next < ceiling && (is_verbal(elements, next) || elements.ends(next, Ending::Past)) {
        return false;
    }
    let follows = next < ceiling
        && (elements.has(next, SAYS) && !elements.has(next, Class::TIME)
            || named && is_nominal(elements, next) && elements.all[next].is_word() && !elements.has(next, Class::TIME));
    adjective || quoted || follows
}

/// Whether a clause surely begins there: with a pronoun, a determiner, a name.
fn begins_clause(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    el.has(Class::SUBJECT.with(Class::DETERMINER).with(Class::POSSESSIVE)) && !el.has(Class::RELATIVE)
        || el.is_capital() && !el.has(Class::TIME)
}
