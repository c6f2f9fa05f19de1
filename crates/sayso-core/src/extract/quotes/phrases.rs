//! Noun phrases, found from one of their ends: the subject that stands before a cue, the one that follows an inverted
//! cue, the one addressed. No tagger: closed classes, capitals and the shape of words decide.

use super::view::{El, Tail, View, What};
use crate::language::grammar::Class;
use crate::text::TokenKind;
use std::ops::Range;

/// A noun phrase is looked for over at most this many elements.
const LONGEST: usize = 32;

/// Whether the word there begins or is part of a verb group: an auxiliary, or a word in -ed with an object behind it.
pub fn is_verbal(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    if !el.is_word() {
        return el.is(TokenKind::Clitic) && !is_possessive(view, at);
    }
    if el.has(Class::MODAL.with(Class::BE).with(Class::HAVE).with(Class::DO)) {
        return !(el.is_capital() && (view.text(at) == "Will" || view.text(at) == "May"));
    }
    let takes = view.els.get(at + 1).is_some_and(|next| {
        next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::PREPOSITION))
    });
    let past = view.text(at).ends_with("ed") && !el.has(Class::ADJECTIVE) || el.has(Class::PAST);
    !el.is_capital() && takes && past
}

/// Whether the clitic there is a genitive: `’s` before something other than a verb group's rest.
pub fn is_possessive(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    if !el.is(TokenKind::Clitic) || !view.text(at).ends_with(['s', 'S']) {
        return false;
    }
    let after_pronoun = at > 0 && view.has(at - 1, Class::SUBJECT);
    let then = view.els.get(at + 1);
    !after_pronoun
        && then.is_some_and(|el| {
            (el.is_word() || el.is_chunk() || el.is(TokenKind::Number))
                && !el.has(Class::DETERMINER.with(Class::NEGATION).with(Class::SUBJECT).with(Class::POSSESSIVE))
                && !(view.text(at + 1).ends_with("ing") && el.case == crate::text::tokens::Case::Lower)
        })
}

/// Whether the element can stand inside a noun phrase as noun, name, adjective or number.
pub fn is_nominal(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    match el.what {
        What::Aside => true,
        What::Token(TokenKind::Number | TokenKind::Hyphen | TokenKind::Symbol) => true,
        What::Token(TokenKind::Word) => {
            let closed = Class::FUNCTION.with(Class::RELATIVE);
            el.is_capital() && at > 0 && !el.has(Class::SUBJECT) || !el.has(closed)
        }
        _ => false,
    }
}

/// Whether the element can be the head of a noun phrase.
fn is_head(el: &El) -> bool {
    el.is_word()
        && (el.has(Class::SUBJECT.with(Class::OBJECT).with(Class::UNNAMED))
            || el.is_capital() && !el.has(Class::DETERMINER.with(Class::PREPOSITION).with(Class::SUBORDINATOR))
            || !el.has(
                Class::DETERMINER
                    .with(Class::POSSESSIVE)
                    .with(Class::ADVERB)
                    .with(Class::PREPOSITION)
                    .with(Class::SUBORDINATOR),
            ))
}

/// The subject that ends right before `verb`, not before `floor`: with its apposition, relative clause and the phrases
/// that hang on it. `Brandt, the mayor of Harrow, said` → `Brandt, the mayor of Harrow,`.
pub fn subject_before(view: &View, floor: usize, verb: usize) -> Option<Range<usize>> {
    let last = verb.checked_sub(1).filter(|last| *last >= floor)?;
    if view.is(last, TokenKind::Comma) {
        return with_apposition(view, floor, last);
    }
    // `A report on Monday (“Harbour of hope”) said`
    if view.is(last, TokenKind::Close) {
        let open = (floor..last).rev().take(LONGEST).find(|at| view.is(*at, TokenKind::Open))?;
        return leftward(view, floor, open);
    }
    if view.is(last, TokenKind::Dash) {
        let open = (floor..last).rev().take(LONGEST).find(|at| view.is(*at, TokenKind::Dash))?;
        return subject_before(view, floor, open);
    }
    let mut end = verb;
    while end > floor
        && (view.has(end - 1, Class::TIME) || view.has(end - 1, Class::ADVERB))
        && !view.els[end - 1].is_capital()
        || end > floor && is_weekday(view, end - 1)
    {
        end -= 1;
        if end > floor && view.has(end - 1, Class::PREPOSITION) && !view.has(end, Class::ADVERB) {
            end -= 1;
        }
    }
    leftward(view, floor, end)
}

fn is_weekday(view: &View, at: usize) -> bool {
    view.has(at, Class::TIME) && at > 0 && (view.els[at - 1].is_word() || view.is(at - 1, TokenKind::Number))
}

/// `last` is the comma before the verb: the phrase before its fellow, with what stands between.
fn with_apposition(view: &View, floor: usize, last: usize) -> Option<Range<usize>> {
    let low = floor.max(last.saturating_sub(LONGEST));
    let mut commas = (low..last).rev().filter(|at| view.is(*at, TokenKind::Comma));
    let mut open = commas.next().filter(|open| *open > floor)?;
    // `Brandt, of Harrow Bay, Ohio, said`: the inner comma belongs to the place.
    for earlier in commas.filter(|earlier| *earlier > low) {
        // `Brandt, 22, of Harrow, Mich., said`
        if view.is(earlier - 1, TokenKind::Number) && earlier > low + 2 && view.is(earlier - 2, TokenKind::Comma) {
            open = earlier - 2;
            break;
        }
        let opens = |at: usize| {
            view.els[at + 1].has(
                Class::DETERMINER
                    .with(Class::POSSESSIVE)
                    .with(Class::RELATIVE)
                    .with(Class::PREPOSITION)
                    .with(Class::ROLE),
            )
        };
        // `…, his top aide, Ada Brandt, said`: the name belongs to the role.
        let named = view.has(open - 1, Class::ROLE) && !view.els[open - 1].is_capital();
        // `Asked why, a spokesman, Ada Brandt, said`
        let asks = view.has(earlier - 1, Class::QUESTION);
        if asks
            || named && view.els[open + 1].is_capital()
            || opens(open)
                && !view.els[open + 1].is_capital()
                // `Ada Brandt, the head of the yard, which is old, said`
                && !(view.has(open + 1, Class::RELATIVE) && opens(earlier) && view.els[earlier - 1].is_capital())
            || !opens(earlier)
            || leftward(view, floor, earlier).is_none()
        {
            break;
        }
        open = earlier;
    }
    let phrase = leftward(view, floor, open)?;
    let between = &view.els[open + 1];
    // `The wind should ease, allowing the crews to work, said Brandt`: what a clause does is no apposition.
    let doing = between.is_word() && !between.is_capital() && view.text(open + 1).ends_with("ing");
    let first = phrase.start <= floor || !view.els[phrase.start - 1].is_word();
    if doing && !first {
        return None;
    }
    let aside = between.has(Class::CONJUNCT.with(Class::ADVERB))
        || between.has(Class::PREPOSITION) && !between.has(Class::RELATIVE);
    match aside || view.has(phrase.start, Class::SUBJECT) {
        true => Some(phrase),
        false => Some(phrase.start..last + 1),
    }
}

/// The noun phrase that ends before `end`.
fn leftward(view: &View, floor: usize, end: usize) -> Option<Range<usize>> {
    let low = floor.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > low {
        let k = at - 1;
        let el = &view.els[k];
        if el.is_chunk() {
            // `Pete “Bosun” Halloran`
            let short = view.chunk(k).is_some_and(|chunk| chunk.words <= 3 && chunk.tail == Tail::Open);
            let name = k > low
                && short
                && view.els[k - 1].is_capital()
                && view.els[k - 1].class == Class::default()
                && view.els.get(k + 1).is_some_and(El::is_capital)
                && at < end;
            if !name {
                break;
            }
            at = k;
        } else if at == end
            && k > low + 1
            && el.has(Class::OBJECT)
            && view.has(k - 2, Class::UNNAMED)
            && view.text(k - 1) == "of"
        {
            // `One of them`
            at = k - 2;
            break;
        } else if el.has(Class::SUBJECT) && !el.has(Class::DETERMINER) && !(el.is_capital() && view.text(k) == "US") {
            if at == end {
                at = k;
            }
            break;
        } else if is_verbal(view, k) {
            // `should ease by Thursday`: what follows `should` begins with a verb.
            let bare = view.has(k, Class::MODAL) && at < end && view.els[at].class == Class::default();
            return relative_clause(view, low, k, end).or_else(|| if bare { None } else { trimmed(view, at..end) });
        } else if el.has(Class::RELATIVE.with(Class::SUBORDINATOR)) {
            // `in tears after the Governor agreed`: what may open a clause does not join a phrase to the one before.
            if at == end && el.has(Class::RELATIVE) {
                at = k;
            }
            break;
        } else if el.has(Class::COORDINATOR) {
            if !joins_names(view, low, k, end) {
                break;
            }
            at = k;
        } else if el.has(Class::PREPOSITION) && !el.is_capital() {
            if k == low
                || !is_nominal(view, k - 1) && !view.has(k - 1, Class::UNNAMED) && !view.has(k - 1, Class::DETERMINER)
            {
                break;
            }
            at = k;
        } else if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            at = k;
            let goes_on = k > low
                && (view.has(k - 1, Class::PREPOSITION)
                    || view.has(k - 1, Class::DETERMINER)
                    || view.has(k - 1, Class::COORDINATOR)
                    // `Forty-four percent`
                    || view.is(k - 1, TokenKind::Hyphen)
                    || does_so(view, low, k - 1));
            if !goes_on {
                break;
            }
        } else if is_nominal(view, k) || el.is(TokenKind::Clitic) || el.is(TokenKind::Mark) || is_initial(view, k) {
            at = k;
        } else {
            break;
        }
    }
    trimmed(view, at..end)
}

/// Whether `at` is what the people or body before it do: `a group monitoring the war`.
fn does_so(view: &View, low: usize, at: usize) -> bool {
    const MANY: Class = Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);
    let el = &view.els[at];
    let doing = el.is_word() && !el.is_capital() && view.text(at).ends_with("ing");
    doing && at > low && !el.has(Class::CUE_VERB.with(MANY)) && view.has(at - 1, MANY)
}

/// The full stop of `Sen.` or `J.`.
fn is_initial(view: &View, at: usize) -> bool {
    view.is(at, TokenKind::Stop) && at > 0 && view.els[at - 1].is_capital()
}

/// `people who voted for him` before a cue: the walk met a verb at `verb`; a relative pronoun before it opens a clause of
/// the phrase.
fn relative_clause(view: &View, low: usize, verb: usize, end: usize) -> Option<Range<usize>> {
    let at =
        (low..verb).rev().take(6).find(|at| view.has(*at, Class::RELATIVE) && !view.has(*at, Class::DETERMINER))?;
    if at == low || !is_nominal(view, at - 1) {
        return None;
    }
    let phrase = leftward(view, low, at)?;
    Some(phrase.start..end)
}

/// Whether the coordinator at `at` joins two phrases that are one subject: no verb stands before it in its clause.
fn joins_names(view: &View, low: usize, at: usize, end: usize) -> bool {
    if at == low || at + 1 >= end || !is_nominal(view, at - 1) {
        return false;
    }
    let clause = (low..at).rev().take_while(|k| !view.is(*k, TokenKind::Semicolon) && !view.els[*k].is_chunk());
    !clause.into_iter().any(|k| {
        is_verbal(view, k)
            || view.has(k, Class::SUBJECT)
            || view.has(k, Class::CUE_VERB) && !view.has(k, Class::CUE_NOUN)
    })
}

/// Without adverbs, conjunctions and prepositions at its beginning; none where no head is left.
fn trimmed(view: &View, mut range: Range<usize>) -> Option<Range<usize>> {
    let loose = Class::COORDINATOR.with(Class::CONJUNCT).with(Class::PREPOSITION).with(Class::SUBORDINATOR);
    while range.start < range.end {
        let el = &view.els[range.start];
        let is_loose = el.has(loose) && !el.has(Class::RELATIVE) && !el.has(Class::DETERMINER)
            || el.has(Class::ADVERB) && !el.has(Class::SUBJECT.with(Class::DETERMINER))
            || !(el.is_word() || el.is(TokenKind::Number) || el.is(TokenKind::Symbol));
        let is_time = is_weekday_start(view, &range);
        if !is_loose && !is_time {
            break;
        }
        range.start += 1;
    }
    while range.end > range.start
        && (view.is(range.end - 1, TokenKind::Hyphen) || view.has(range.end - 1, Class::COORDINATOR))
    {
        range.end -= 1;
    }
    let epithet = || view.has(range.start, Class::DETERMINER) && range.len() == 2 && is_epithet(view, range.start + 1);
    (view.els[range.clone()].iter().any(is_head) || epithet()).then_some(range)
}

/// `the “Iron Gardener”`: a name in marks.
fn is_epithet(view: &View, at: usize) -> bool {
    let el = &view.els[at];
    el.what == What::Aside && view.page.tokens[el.token as usize].kind == TokenKind::Mark
}

fn is_weekday_start(view: &View, range: &Range<usize>) -> bool {
    view.has(range.start, Class::TIME) && !view.has(range.start, Class::ADJECTIVE) && range.len() > 1
}

/// The noun phrase that begins at `at`, up to what cannot be part of it; `wide` phrases hold the prepositional phrases
/// that tell who somebody is (`a spokesman for the company`).
pub fn phrase_at(view: &View, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut end = at;
    let first = view.els.get(at)?;
    if first.has(Class::SUBJECT.with(Class::OBJECT)) && !first.has(Class::POSSESSIVE.with(Class::DETERMINER)) {
        return Some(at..at + 1);
    }
    if first.has(Class::OBJECT)
        && !view.els.get(at + 1).is_some_and(|next| {
            next.is_word()
                && !next.has(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::SUBJECT).with(Class::TIME))
        })
    {
        return Some(at..at + 1);
    }
    let ceiling = ceiling.min(at + LONGEST).min(view.els.len());
    while end < ceiling {
        let el = &view.els[end];
        let starts = end == at;
        let inner = if el.has(Class::RELATIVE) {
            starts && el.has(Class::DETERMINER)
        } else if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            starts || view.has(end - 1, Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR))
        } else if el.has(Class::PREPOSITION) && !el.is_capital() {
            !starts && binds(view, end) && end + 1 < ceiling
        } else if el.has(Class::COORDINATOR) {
            !starts && end + 1 < ceiling && view.els[end - 1].is_capital() && (view.els[end + 1].is_capital())
        } else if el.is_chunk() {
            !starts && view.els[end - 1].is_capital() && view.els.get(end + 1).is_some_and(El::is_capital)
        } else if el.has(Class::TIME) && !el.has(Class::ADJECTIVE) {
            // `the 46-year-old`, `a Wednesday editorial`
            !starts
                && (view.is(end - 1, TokenKind::Hyphen)
                    || view.has(end - 1, Class::DETERMINER)
                        && el.is_capital()
                        && view.els.get(end + 1).is_some_and(|next| next.is_word() && is_head(next)))
        } else if el.has(Class::ADVERB) && !el.is_capital() {
            starts
        } else if el.is(TokenKind::Clitic) {
            is_possessive(view, end)
        } else if el.is(TokenKind::Mark) {
            !starts
        } else {
            (is_nominal(view, end) || is_initial(view, end))
                && !is_verbal(view, end)
                && !is_participle(view, end, at)
                && (starts || !is_sure_cue(view, end))
        };
        if !inner {
            break;
        }
        end += 1;
    }
    while end > at
        && (view.has(end - 1, Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER))
            && !view.els[end - 1].is_capital())
        && !(end == at + 1 && view.has(at, Class::UNNAMED))
    {
        end -= 1;
    }
    (end > at && view.els[at..end].iter().any(is_head)).then_some(at..end)
}

/// The subject that begins at `at`: a name ends before the lower-case word that follows it (`Ada Brandt shook her head`).
pub fn subject_at(view: &View, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = phrase_at(view, at, ceiling)?;
    let mut named = false;
    for k in phrase.clone() {
        let el = &view.els[k];
        let lower = el.is_word()
            && !el.is_capital()
            && !el.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::ROLE).with(Class::GROUP));
        if named && lower && !el.has(Class::DOCUMENT) {
            phrase.end = k;
            break;
        }
        named = el.is_capital() && !el.has(Class::DETERMINER.with(Class::POSSESSIVE)) || named && !el.is_word();
    }
    Some(phrase)
}

/// Whether a phrase can name one who speaks or a text: by a pronoun, a name, a role, a body, a document or a count at its
/// head. `the platform` and `this achievement` cannot.
pub(super) fn may_speak(view: &View, phrase: &Range<usize>) -> bool {
    const SPEAKS: Class = Class::SUBJECT
        .with(Class::OBJECT)
        .with(Class::RELATIVE)
        .with(Class::UNNAMED)
        .with(Class::ROLE)
        .with(Class::ROLES)
        .with(Class::GROUP)
        .with(Class::GROUPS)
        .with(Class::DOCUMENT)
        .with(Class::DOCUMENTS);
    const PEOPLE: [&str; 8] = ["ist", "ists", "ian", "ians", "man", "men", "woman", "women"];
    let stops = |at: &usize| {
        let el = &view.els[*at];
        el.is(TokenKind::Comma)
            || *at > phrase.start && el.has(Class::PREPOSITION.with(Class::RELATIVE)) && !el.is_capital()
            || el.what == What::Aside
    };
    let end = phrase.clone().find(stops).unwrap_or(phrase.end);
    let Some(head) = (phrase.start..end).rev().find(|at| view.els[*at].is_word() || view.is(*at, TokenKind::Number))
    else {
        return true;
    };
    let el = &view.els[head];
    let shown = head == phrase.start && el.has(Class::DETERMINER) && !el.has(Class::UNNAMED);
    let text = view.text(head);
    !shown
        && (el.has(SPEAKS)
            || el.is_capital()
            || el.is(TokenKind::Number)
            || text == "percent"
            || PEOPLE.iter().any(|suffix| text.len() > suffix.len() + 2 && text.ends_with(suffix)))
}

/// `said`: a word that can be nothing but a finite cue.
pub(super) fn is_sure_cue(view: &View, at: usize) -> bool {
    const NOUNS: Class =
        Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::ROLE).with(Class::GROUP);
    view.has(at, Class::CUE_VERB)
        && !view.els[at].is_capital()
        && !view.has(at, NOUNS)
        && matches!(view.text(at), "said" | "says" | "told" | "added" | "wrote" | "writes" | "argued" | "argues")
}

/// `a spokesman for`, `the mayor of`: prepositions that bind a name to a role.
fn binds(view: &View, at: usize) -> bool {
    matches!(view.text(at), "of" | "for" | "at" | "with" | "from" | "to")
}

/// A lower-case word in -ing that no determiner leads: `said Brandt explaining the vote`.
fn is_participle(view: &View, at: usize, start: usize) -> bool {
    let el = &view.els[at];
    el.is_word()
        && !el.is_capital()
        && view.text(at).ends_with("ing")
        && at > start
        // `a Senate hearing,`
        && !(view.is(at + 1, TokenKind::Comma) && view.has(start, Class::DETERMINER.with(Class::POSSESSIVE)))
        && !view.has(at - 1, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION))
}

/// `phrase` with the apposition or relative clause that follows it: `Brandt, the mayor of Harrow`.
pub fn with_tail(view: &View, phrase: Range<usize>, ceiling: usize) -> Range<usize> {
    if !view.is(phrase.end, TokenKind::Comma) || phrase.end + 1 >= ceiling {
        return phrase;
    }
    let next = &view.els[phrase.end + 1];
    // `said its chief, Ada Brandt`, `the head of the largest, Ada Brandt`
    let head = phrase.clone().find(|at| view.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end).max(1) - 1;
    let named = next.is_capital()
        && view.has(head, Class::ROLE)
        && !view.els[head].is_capital()
        && next.class == Class::default();
    let tells = named
        || next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE))
        || next.has(Class::RELATIVE)
        || next.is(TokenKind::Number)
        || next.is_word()
            && !next.is_capital()
            && next.class == Class::default()
            && !view.text(phrase.end + 1).ends_with("ing");
    if !tells || next.has(Class::SUBJECT) && !next.has(Class::RELATIVE) {
        return phrase;
    }
    let stops = |el: &El| {
        el.is(TokenKind::Comma)
            || el.is(TokenKind::Stop)
            || el.is_chunk()
            || el.is(TokenKind::Semicolon)
            || el.is(TokenKind::Dash)
            || el.is(TokenKind::Colon)
    };
    let limit = ceiling.min(phrase.end + 1 + LONGEST);
    let end = (phrase.end + 1..limit).find(|at| stops(&view.els[*at]) && !is_initial(view, *at)).unwrap_or(limit);
    // `According to the council, the bridge was safe`: a clause, no apposition.
    let relative = (phrase.end + 1..end).find(|at| view.has(*at, Class::RELATIVE)).unwrap_or(end);
    let clause = (phrase.end + 1..relative).any(|at| is_verbal(view, at));
    if clause {
        return phrase;
    }
    phrase.start..end
}
