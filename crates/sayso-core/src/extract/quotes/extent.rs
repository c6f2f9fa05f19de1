//! How far reported words reach: over which commas and conjunctions, and where the next cue begins.
//!
//! `said that the ferry, which was late, was full, adding …` → up to `full`.

use super::content::{is_gerund, skip_adjuncts, word};
use super::cues::{Cue, Voice};
use super::phrases::{is_verbal, phrase_at, subject_at};
use super::view::{El, Tail, View, What};
use super::voice::is_adverb;
use crate::language::grammar::Class;
use crate::language::inflect::Forms;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// How far content reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A clause after `that`, which goes on over commas that would end one without it.
    That,
    /// A clause: to the end of the sentence but for what belongs to another cue.
    Clause,
    /// A noun phrase with all that hangs on it.
    Noun,
}

/// The pieces from `start` on, before `ceiling`.
pub fn extent(view: &View, cue: &Cue, start: usize, ceiling: usize, reach: Reach) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut begin = start;
    let mut at = start;
    while at < ceiling {
        let el = &view.els[at];
        // No rule below stops at a plain word, and a sentence can be long.
        if at > begin + 1 && is_plain(el) {
            at += 1;
            continue;
        }
        if at > begin && el.is(TokenKind::Semicolon) {
            break;
        }
        // `called it “dull”: “It has no end.”`
        if at > begin && el.is(TokenKind::Colon) && view.els[at - 1].is_chunk() {
            break;
        }
        // `quoted his grandmother: “…”`
        if at > begin
            && reach == Reach::Noun
            && el.is(TokenKind::Colon)
            && view.els.get(at + 1).is_some_and(|next| next.is_chunk())
            && !(begin..at).any(|at| view.els[at].is_chunk())
        {
            break;
        }
        // `called “dull” at least twice`
        if reach == Reach::Noun
            && at == begin + 1
            && pieces.is_empty()
            && view.els[begin].is_chunk()
            && cue.takes(Takes::QUOTATION)
            && !el.has(Class::COORDINATOR)
            && !el.is(TokenKind::Comma)
            && !ends_in_comma(view, begin)
        {
            break;
        }
        if at > begin
            && el.has(Class::COORDINATOR)
            && (is_second_cue(view, cue, at, ceiling) || reach == Reach::Noun && leads_verb(view, at + 1))
        {
            break;
        }
        if ends_in_comma(view, at) || at > begin && (el.is(TokenKind::Comma) || el.is(TokenKind::Dash)) {
            let comma = if el.is_chunk() { at + 1 } else { at };
            if let Some(end) = parenthesis(view, comma, ceiling) {
                pieces.push(begin..comma);
                begin = end;
                at = end;
                continue;
            }
            // `accused Brandt, the mayor of Harrow, of sleeping`; `praised Brandt, who left, as “a friend”`
            if reach == Reach::Noun
                && view.is(comma, TokenKind::Comma)
                && let Some(close) = (comma + 1..ceiling.min(comma + 16)).find(|at| view.is(*at, TokenKind::Comma))
                && (word(view, close + 1) == "of" && is_gerund(view, close + 2)
                    || matches!(word(view, close + 1), "as" | "for" | "of" | "a" | "an")
                        && (close + 2..ceiling.min(close + 6)).any(|at| view.els[at].is_chunk()))
            {
                at = close + 1;
                continue;
            }
            if reach != Reach::Noun
                && let Some(end) = inner_phrase(view, begin, comma, ceiling)
            {
                at = end;
                continue;
            }
            if ends_at_comma(view, cue, at, ceiling, reach) && !quotes_on(view, &(begin..comma), comma, ceiling) {
                at += usize::from(el.is_chunk());
                break;
            }
        }
        at += 1;
    }
    if begin < at {
        pieces.push(begin..at);
    }
    pieces
}

/// Whether it is neither quoted words, a coordinator, nor a mark that parts clauses.
fn is_plain(el: &El) -> bool {
    use TokenKind::{Colon, Comma, Dash, Semicolon};
    !el.has(Class::COORDINATOR) && !matches!(el.what, What::Chunk(_) | What::Token(Colon | Comma | Dash | Semicolon))
}

/// What can follow a verb, but no adjective in -ed.
const BEHIND_VERB: Class =
    Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION).with(Class::OBJECT).with(Class::SUBJECT);

/// Whether a coordinator before `at` joins a verb group or clause and no noun.
fn leads_verb(view: &View, at: usize) -> bool {
    let mut at = at;
    while is_adverb(view, at) {
        at += 1;
    }
    let Some(el) = view.els.get(at) else { return false };
    let past = el.is_word() && !el.is_capital() && view.text(at).ends_with("ed") && !el.has(Class::ADJECTIVE);
    el.has(Class::MODAL.with(Class::BE).with(Class::HAVE).with(Class::DO))
        || el.has(Class::SUBJECT) && !el.has(Class::DETERMINER.with(Class::RELATIVE).with(Class::UNNAMED))
        || past && (view.has(at + 1, BEHIND_VERB) || view.has(at, Class::CUE_VERB))
}

/// `the mayor, Ada Brandt, would go`: a phrase between two commas or dashes, with the clause's verb right behind it.
fn inner_phrase(view: &View, begin: usize, comma: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 16;
    let dash = view.is(comma, TokenKind::Dash);
    let is_same = |at: usize| if dash { view.is(at, TokenKind::Dash) } else { view.is(at, TokenKind::Comma) };
    let finite = |at: usize| {
        is_verbal(view, at)
            || view.has(at, Class::CUE_VERB) && !view.has(at, Class::CUE_NOUN) && !is_gerund(view, at)
            || is_adverb(view, at) && is_verbal(view, at + 1)
    };
    if (begin..comma).any(finite) {
        return None;
    }
    let close = (comma + 1..ceiling.min(comma + MOST)).find(|at| is_same(*at))?;
    let goes_on = |at: usize| finite(at) || view.els[at].is_chunk() && word(view, comma + 1) == "which";
    let clause = !view.has(comma + 1, Class::SUBJECT) || view.has(comma + 1, Class::RELATIVE);
    (close + 1 < ceiling && goes_on(close + 1) && clause).then_some(close)
}

/// `said that it “failed the town,” which led to “a loss” this year`: after a comma the report goes on where it quotes
/// more words before any other cue.
fn quotes_on(view: &View, so_far: &Range<usize>, comma: usize, ceiling: usize) -> bool {
    const OTHERS: Class = Class::CUE_VERB.with(Class::CUE_NOUN).with(Class::CUE_ADJECTIVE).with(Class::ACCORDING);
    so_far.clone().any(|at| view.els[at].is_chunk())
        && (comma..ceiling)
            .find(|at| view.els[*at].is_chunk() || view.has(*at, OTHERS))
            .is_some_and(|at| view.els[at].is_chunk())
}

fn ends_in_comma(view: &View, at: usize) -> bool {
    view.chunk(at).is_some_and(|chunk| chunk.tail == Tail::Comma)
}

/// `… and added that`: the coordinator at `at` goes on to a cue of the same form.
fn is_second_cue(view: &View, cue: &Cue, at: usize, ceiling: usize) -> bool {
    let mut next = at + 1;
    while next < ceiling && (is_adverb(view, next) || view.has(next, Class::HAVE.with(Class::BE))) {
        next += 1;
    }
    if next >= ceiling || !view.has(next, Class::CUE_VERB) || cue.voice == Voice::Noun {
        return false;
    }
    let wanted = match cue.voice {
        Voice::Participle => Forms::GERUND,
        Voice::Infinitive => Forms::BASE,
        _ => Forms(cue.forms.0 & (Forms::PAST.0 | Forms::PRESENT.0 | Forms::BASE.0)),
    };
    view.lexicon().reporting.verb(view.word(next)).any(|(frame, forms)| frame.strength >= 2 && forms.has(wanted))
}

/// `, Brandt said,` or `, according to the report,` after the mark at `comma`: where what follows begins.
fn parenthesis(view: &View, comma: usize, ceiling: usize) -> Option<usize> {
    let from = if view.is(comma, TokenKind::Comma) || view.is(comma, TokenKind::Dash) { comma + 1 } else { comma };
    let end = tag_end(view, from, ceiling)?;
    let closes = view.is(end, TokenKind::Comma) || view.is(end, TokenKind::Dash);
    if end >= ceiling {
        return Some(ceiling);
    }
    closes.then_some(end + 1)
}

/// The end of a source with its cue that begins at `from`: `the mayor said on Tuesday`, `said the mayor`.
pub fn tag_end(view: &View, from: usize, ceiling: usize) -> Option<usize> {
    if view.has(from, Class::ACCORDING) {
        return Some(phrase_at(view, from + 2, ceiling)?.end);
    }
    let reports = |at: usize| {
        view.has(at, Class::CUE_VERB)
            && view.lexicon().reporting.verb(view.word(at)).any(|(frame, forms)| {
                frame.takes.has(Takes::QUOTATION.with(Takes::CLAUSE))
                    && frame.mode != Mode::Showing
                    && forms.has(Forms::PAST.with(Forms::PRESENT).with(Forms::BASE))
            })
    };
    let mut at = from;
    if reports(at) {
        at = phrase_at(view, at + 1, ceiling)?.end;
    } else {
        at = phrase_at(view, at, ceiling)?.end;
        while at < ceiling && (is_adverb(view, at) || view.has(at, Class::HAVE)) {
            at += 1;
        }
        if at >= ceiling || !reports(at) {
            return None;
        }
        at += 1;
    }
    let (end, _) = skip_adjuncts(view, at, ceiling);
    (end >= ceiling || view.is(end, TokenKind::Comma) || view.is(end, TokenKind::Dash)).then_some(end)
}

/// Whether content ends at the comma or dash at `at`.
fn ends_at_comma(view: &View, cue: &Cue, at: usize, ceiling: usize, reach: Reach) -> bool {
    let next = at + 1;
    if next >= ceiling {
        return true;
    }
    let gerund = view.has(next, Class::CUE_VERB)
        && view.lexicon().reporting.verb(view.word(next)).any(|(_, forms)| forms.has(Forms::GERUND));
    if gerund || view.has(next, Class::ACCORDING) {
        return true;
    }
    let text = word(view, next);
    let coordinated = view.has(next, Class::COORDINATOR);
    if coordinated && is_second_cue(view, cue, next, ceiling) {
        return true;
    }
    let ing = view.els[next].is_word()
        && !view.els[next].is_capital()
        && view.text(next).ends_with("ing")
        && text != "including";
    let dash = view.is(at, TokenKind::Dash);
    match reach {
        Reach::That => {
            // `and those who say that`: the next clause has a cue of its own.
            let those = view.has(next + 2, Class::RELATIVE) && view.has(next + 3, Class::CUE_VERB);
            let cued = |phrase: Range<usize>| {
                let verb = phrase.end + usize::from(view.has(phrase.end, Class::RELATIVE));
                view.has(verb, Class::CUE_VERB) && !view.has(verb, Class::CUE_NOUN)
            };
            let joined = coordinated && (those || subject_at(view, next + 1, ceiling).is_some_and(cued));
            joined || matches!(text, "which" | "who" | "a" | "said")
        }
        Reach::Clause => {
            let pronoun = view.has(next, Class::SUBJECT)
                && !view.has(next, Class::RELATIVE.with(Class::DETERMINER))
                && text != "there"
                && text != "it";
            // `she wants three things: a bath, a book and a horse`
            let listed = text == "a" && (cue.els.end..at).any(|k| view.is(k, TokenKind::Colon));
            let aside =
                !listed && matches!(text, "but" | "which" | "while" | "though" | "where" | "a" | "however" | "said");
            let breaks = dash && (matches!(text, "and" | "but" | "a" | "though") || view.els[next].is_capital());
            ing && !dash
                || breaks
                || pronoun && !dash
                || aside && !dash
                || !dash
                    && text == "and"
                    && view.has(next + 1, Class::SUBJECT)
                    && !view.has(next + 1, Class::DETERMINER)
        }
        // `the plan, the budget and the vote`: a comma ends a noun phrase unless a list goes on.
        Reach::Noun => dash || !goes_on(view, at, ceiling),
    }
}

/// Whether the comma at `at` parts the items of a list: a coordinator follows soon, with no verb before it.
fn goes_on(view: &View, at: usize, ceiling: usize) -> bool {
    let next = at + 1;
    if view.has(next, Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::SUBJECT))
        || view.is(next, TokenKind::Number)
    {
        return view.is(next, TokenKind::Number);
    }
    if view.has(next, Class::COORDINATOR) {
        return word(view, next) != "but"
            && !leads_verb(view, next + 1)
            && view.is(next + 1, TokenKind::Word)
            && at > 2
            && view.els[..at].iter().rev().take(9).any(|el| el.is(TokenKind::Comma));
    }
    for k in next..ceiling.min(next + 9) {
        if view.has(k, Class::COORDINATOR) {
            return !leads_verb(view, k + 1);
        }
        if is_verbal(view, k)
            || view.has(k, Class::RELATIVE.with(Class::SUBJECT))
            || view.els[k].is_word() && view.text(k).ends_with("ing")
        {
            return false;
        }
    }
    false
}

/// What stands before a source or cue that begins at `end`, from `floor` on: the content of `It rained, Brandt said`.
pub fn before(view: &View, floor: usize, end: usize) -> Option<Range<usize>> {
    let mut start = floor;
    while start < end
        && (view.has(start, Class::COORDINATOR) || view.is(start, TokenKind::Comma) || view.is(start, TokenKind::Dash))
    {
        start += 1;
    }
    let mut stop = end;
    while stop > start && (view.is(stop - 1, TokenKind::Comma) || view.is(stop - 1, TokenKind::Dash)) {
        stop -= 1;
    }
    let marked = stop < end || stop > start && view.els[stop - 1].is_chunk();
    let enough = stop > start
        && (stop - start >= 4
            || stop - start >= 2 && !view.has(start, Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::TIME))
            || view.els[start..stop].iter().any(|el| el.is_chunk()));
    (marked && enough).then_some(start..stop)
}
