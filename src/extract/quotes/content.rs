//! Where the reported words stand: after their cue, and how far; or before it.
//!
//! `Brandt told reporters on Tuesday that the ferry was late, adding …` → addressee `reporters`, content
//! `the ferry was late`.

use super::cues::{Cue, Voice, is_adverb};
use super::phrases::{is_nominal, is_verbal, phrase_at};
use super::view::View;
use crate::extract::QuoteReason;
use crate::lexicon::WordId;
use crate::lexicon::grammar::Class;
use crate::lexicon::inflect::Forms;
use crate::lexicon::reporting::{Frame, Mode, Takes};
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
    None
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
        (at + 1, QuoteReason::Colon)
    } else if el.is(TokenKind::Comma) {
        let next = view.els.get(at + 1).filter(|_| at + 1 < ceiling)?;
        if next.is_chunk() && takes.has(Takes::QUOTATION) {
            (at + 1, QuoteReason::CueBefore)
        } else {
            let that = (at + 2..ceiling.min(at + 8)).find(|k| view.is(*k, TokenKind::Comma))?;
            let short = view.has(at + 1, Class::CONJUNCT.with(Class::PREPOSITION).with(Class::ADVERB));
            if !short || that + 1 >= ceiling || !(word(view, that + 1) == "that" || view.els[that + 1].is_chunk()) {
                return None;
            }
            return introduced(view, cue, that + 1, ceiling, out);
        }
    } else if text == "that" && takes.has(Takes::THAT) {
        // The content begins after `that`.
        (at + 1, QuoteReason::ThatClause)
    } else if el.is_chunk() {
        let fits = takes.has(Takes::QUOTATION.with(Takes::NOUN).with(Takes::CLAUSE))
            && (frame.strength >= 2 || view.chunk(at).is_some_and(|chunk| chunk.words > 3));
        if !fits {
            return None;
        }
        (at, QuoteReason::CueBefore)
    } else if takes_bare(view, frame, at) {
        (at, QuoteReason::BareClause)
    } else {
        return None;
    };
    let noun = takes.has(Takes::NOUN)
        && !takes.has(Takes::CLAUSE.with(Takes::THAT))
        && matches!(reason, QuoteReason::BareClause | QuoteReason::CueBefore);
    out.reason = Some(reason);
    let reach = match reason {
        QuoteReason::ThatClause => Reach::That,
        _ if noun => Reach::Noun,
        _ => Reach::Clause,
    };
    // `called it “a mistake”`: what is called so is no part of the words.
    let named = noun && cue.takes(Takes::QUOTATION) && view.els.get(start + 1).is_some_and(|next| next.is_chunk());
    let start = if named && view.has(start, Class::OBJECT.with(Class::SUBJECT)) { start + 1 } else { start };
    out.pieces = extent(view, cue, start, ceiling, reach);
    (!out.pieces.is_empty()).then_some(())
}

/// Whether the words at `at`, with no mark or `that` before them, are what the cue takes.
fn takes_bare(view: &View, frame: &Frame, at: usize) -> bool {
    let takes = frame.takes;
    let text = word(view, at);
    let strong = frame.strength >= 2;
    // `said if elected he …` is no question; `asked if he …` is.
    let adverbial = matches!(text, "if" | "when" | "where") && takes.has(Takes::CLAUSE);
    view.has(at, Class::QUESTION) && takes.has(Takes::QUESTION) && !adverbial
        || takes.has(Takes::INFINITIVE) && (text == "to" || text == "not" && word(view, at + 1) == "to")
        || is_gerund(view, at) && takes.has(Takes::GERUND.with(Takes::NOUN))
        || takes.has(Takes::CLAUSE) && begins_phrase(view, at) && (strong || begins_clause(view, at))
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
enum Skipped {
    Nothing,
    Time,
    Phrases,
}

/// Past `on Tuesday`, `in a statement`, `during a visit to Harrow`.
fn skip_adjuncts(view: &View, start: usize, ceiling: usize) -> (usize, Skipped) {
    let mut at = start;
    let mut skipped = Skipped::Nothing;
    while at < ceiling && at < start + 24 && !is_bound(view, at) {
        let number = view.is(at, TokenKind::Number) && skipped != Skipped::Nothing;
        if view.has(at, Class::TIME) || number || is_adverb(view, at) {
            at += 1;
            skipped = skipped.max(Skipped::Time);
        } else if view.has(at, Class::PREPOSITION) && at + 1 < ceiling {
            if view.has(at + 1, Class::TIME) {
                at += 2;
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

fn is_gerund(view: &View, at: usize) -> bool {
    view.els.get(at).is_some_and(|el| el.is_word() && !el.is_capital())
        && view.text(at).len() > 4
        && view.text(at).ends_with("ing")
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
        if at > begin && el.is(TokenKind::Semicolon) {
            break;
        }
        // `called it “dull” at least twice`, `called it “dull”: “It has no end.”`
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
            if reach != Reach::Noun
                && let Some(end) = inner_phrase(view, begin, comma, ceiling)
            {
                at = end;
                continue;
            }
            if ends_at_comma(view, cue, at, ceiling, reach) && !quotes_on(view, &(begin..at), comma, ceiling) {
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

/// What can follow a verb, but no adjective in -ed.
const BEHIND_VERB: Class = Class::DETERMINER
    .with(Class::POSSESSIVE)
    .with(Class::PREPOSITION)
    .with(Class::OBJECT)
    .with(Class::SUBJECT);

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
    (close + 1 < ceiling && finite(close + 1) && !view.has(comma + 1, Class::SUBJECT)).then_some(close)
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
    view.chunk(at).is_some_and(|chunk| chunk.tail == super::view::Tail::Comma)
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
    let ing = view.els[next].is_word() && !view.els[next].is_capital() && view.text(next).ends_with("ing");
    let dash = view.is(at, TokenKind::Dash);
    match reach {
        Reach::That => {
            // `and those who say that`: the next clause has a cue of its own.
            let joined = coordinated
                && phrase_at(view, next + 1, ceiling).is_some_and(|phrase| {
                    let verb = phrase.end + usize::from(view.has(phrase.end, Class::RELATIVE));
                    view.has(verb, Class::CUE_VERB) && !view.has(verb, Class::CUE_NOUN)
                });
            joined || matches!(text, "which" | "who" | "a" | "said")
        }
        Reach::Clause => {
            let pronoun = view.has(next, Class::SUBJECT)
                && !view.has(next, Class::RELATIVE.with(Class::DETERMINER))
                && text != "there"
                && text != "it";
            let aside = matches!(text, "but" | "which" | "while" | "though" | "where" | "a" | "however" | "said");
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
