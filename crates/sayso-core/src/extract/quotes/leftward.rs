//! The noun phrase that ends before a place, read from its last word to its first.

use super::elements::{Element, ElementKind, Elements, Tail};
use super::hanging::{is_dated, is_relative_that, tells_who};
use super::phrases::{LONGEST, is_article, is_counted, is_head, is_initial, is_modal_name, is_nominal, is_verbal};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::Mode;
use crate::text::TokenKind;
use std::ops::Range;

/// The noun phrase that ends before `end`.
pub(super) fn leftward(elements: &Elements, floor: usize, end: usize) -> Option<Range<usize>> {
    let low = floor.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > low {
        let index = at - 1;
        let el = &elements.all[index];
        // `people who know Ada Brandt`: a relative clause whose verb looks like a noun.
        let who = at < end && index > low && elements.has(index + 1, Class::CUE_VERB);
        if who && elements.has(index - 1, Class::PEOPLE) && el.has(Class::RELATIVE) && !el.has(Class::DETERMINER) {
            let phrase = leftward(elements, low, index)?;
            return Some(phrase.start..end);
        }
        // `the man who runs it said`
        let object = at == end && index > low + 2 && (el.has(Class::OBJECT) || elements.says(index, "it"));
        if object
            && tells_who(elements, low, index - 2, end)
            && let Some(phrase) = leftward(elements, low, index - 2)
        {
            return Some(phrase.start..end);
        }
        if is_compound(elements, index, at, end) {
            at = index;
        } else if el.is_chunk() {
            // `Pete “Bosun” Halloran`
            let short = elements.chunk(index).is_some_and(|chunk| chunk.words <= 3 && chunk.tail == Tail::Open);
            let name = index > low
                && short
                && elements.all[index - 1].is_capital()
                && elements.all[index - 1].class == Class::default()
                && elements.all.get(index + 1).is_some_and(Element::is_capital)
                && at < end;
            let noun = short && index > low && at < end && is_term(elements, index);
            if !name && !noun {
                break;
            }
            at = index;
        } else if at == end
            && index > low + 1
            && el.has(Class::OBJECT)
            && elements.has(index - 2, Class::UNNAMED)
            && elements.text(index - 1) == "of"
        {
            // `One of them`
            at = index - 2;
            break;
        } else if at == end
            && index > low + 2
            && el.has(Class::OBJECT)
            && elements.text(index - 1) == "of"
            && (elements.says(index - 2, "percent") || elements.text(index - 2) == "%")
        {
            // `65 percent of them`
            at = index - 2;
        } else if at < end && is_inside_name(elements, index) {
            at = index;
        } else if at < end && tells_who(elements, low, index, end) {
            let phrase = leftward(elements, low, index)?;
            return Some(phrase.start..end);
        } else if el.has(Class::SUBJECT)
            && !el.has(Class::DETERMINER)
            && !(el.is_capital() && elements.text(index) == "US")
        {
            // `They end up saying`: what follows the pronoun is its verb.
            if at < end && is_personal(el) {
                return None;
            }
            if at == end {
                at = index;
            }
            break;
        } else if at < end && el.has(Class::QUESTION) && !el.has(Class::RELATIVE.with(Class::DETERMINER)) {
            // `what Brandt calls late`
            break;
        } else if el.has(Class::NEGATION) && at < end && !el.has(Class::DETERMINER) {
            // `could not resist pointing out`
            return None;
        } else if let Some(phrase) = reduced_clause(elements, low, index, end) {
            return Some(phrase);
        } else if is_verbal(elements, index) {
            // `should ease by Thursday`: what follows `should` begins with a verb.
            let bare = elements.has(index, Class::MODAL) && at < end && elements.all[at].class == Class::default();
            return relative_clause(elements, low, index, end)
                .or_else(|| if bare { None } else { trimmed(elements, at..end) });
        } else if el.has(Class::RELATIVE.with(Class::SUBORDINATOR)) {
            // `in tears after the Governor agreed`: what may open a clause does not join a phrase to the one before.
            if at == end && el.has(Class::RELATIVE) {
                at = index;
            }
            break;
        } else if el.has(Class::COORDINATOR) {
            if !joins_names(elements, low, index, end) {
                // `The board declined to comment but said`: the subject is the other verb's, too.
                let hung =
                    if at < end { hung_on(elements, low, index, end) } else { relative_pair(elements, low, index) };
                if hung.is_some() {
                    return hung;
                }
                break;
            }
            at = index;
        } else if el.has(Class::PREPOSITION) && !el.is_capital() {
            if index == low
                || !is_nominal(elements, index - 1)
                    && !elements.has(index - 1, Class::UNNAMED)
                    && !elements.has(index - 1, Class::DETERMINER)
                    // `residents from across the bay`
                    && !elements.has(index - 1, Class::PREPOSITION)
            {
                break;
            }
            at = index;
        } else if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            at = index;
            let goes_on = index > low
                && (elements.has(index - 1, Class::PREPOSITION)
                    || elements.has(index - 1, Class::DETERMINER)
                    || elements.has(index - 1, Class::COORDINATOR)
                    || elements.text(index - 1) == "than"
                    || is_counted(elements, index)
                    // `Forty-four percent`
                    || elements.is(index - 1, TokenKind::Hyphen)
                    || does_so(elements, low, index - 1));
            if !goes_on {
                // `One of the doctors who sent the letter`: an object within a relative clause.
                let verb = index.checked_sub(1).filter(|verb| *verb > low && is_verbal(elements, *verb));
                let phrase = verb.and_then(|verb| relative_clause(elements, low, verb, end));
                if let Some(phrase) = phrase.or_else(|| hung_on(elements, low, index, end)) {
                    return Some(phrase);
                }
                break;
            }
        } else if at < end && elements.ends_in_comma(index) {
            // `told the daily “Harbour News,” Brandt said`
            break;
        } else if at < end
            && is_dated(elements, low, index)
            && elements.all[at].is_word()
            && !elements.has(at, Class::PREPOSITION)
        {
            // `told the council on Monday evidence showed`
            break;
        } else if is_nominal(elements, index)
            || el.is(TokenKind::Clitic)
            || el.is(TokenKind::Mark)
            || is_initial(elements, index)
        {
            at = index;
        } else {
            break;
        }
    }
    let at = if at < end { list_start(elements, low, at..end) } else { at };
    // `Quay Marine, Inc., said`
    let suffix = at > low + 1 && at < end && elements.has(at, Class::SUFFIX) && elements.is(at - 1, TokenKind::Comma);
    // `Quay Marine Co., Ltd said`, `Quay Play™, LLC said`
    let mark =
        suffix && (elements.is(at - 2, TokenKind::Stop) || elements.is(at - 2, TokenKind::Symbol)) && at > low + 2;
    let firm = suffix && elements.all[at - 2 - usize::from(mark)].is_capital();
    if suffix
        && elements.all[at].is_capital()
        && firm
        && let Some(firm) = leftward(elements, low, at - 1)
    {
        return Some(firm.start..end);
    }
    trimmed(elements, at..end)
}

/// `Sail It Again Boats`: whether a pronoun with a capital, or an adverb behind one, stands there between two words of a name.
fn is_inside_name(elements: &Elements, at: usize) -> bool {
    const PRONOUN: Class = Class::SUBJECT.with(Class::OBJECT);
    const FIRM: Class = Class::TIME.with(Class::DETERMINER).with(Class::PREPOSITION).with(Class::FIRST);
    let capital = |at: usize| elements.all.get(at).is_some_and(Element::is_capital);
    let pronoun = |at: usize| capital(at) && elements.has(at, PRONOUN) && !elements.has(at, FIRM);
    let named = |at: usize| at > 0 && capital(at - 1) && !elements.has(at - 1, Class::FUNCTION.with(FIRM));
    let behind = || at > 0 && elements.has(at, Class::ADVERB) && pronoun(at - 1) && named(at - 1);
    capital(at) && capital(at + 1) && (pronoun(at) && named(at) || behind())
}

/// `the so-called harbour council`: whether a word in small letters is joined by a hyphen to the one in small letters with which
/// the phrase from `at` to `end` begins so far, and opens no clause.
fn is_compound(elements: &Elements, index: usize, at: usize, end: usize) -> bool {
    const LOOSE: Class = Class::ADVERB.with(Class::CONJUNCT).with(Class::SUBORDINATOR);
    let el = &elements.all[index];
    let small = |at: usize| elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital());
    let glued = || elements.page.glued(el.token as usize) && elements.page.glued(el.token as usize + 1);
    at == index + 1
        && at + 1 < end
        && elements.is(at, TokenKind::Hyphen)
        && small(index)
        && small(at + 1)
        && el.has(LOOSE)
        && !el.has(Class::RELATIVE.with(Class::CUE_VERB))
        && glued()
}

/// `Harrow, Stell and Orrin`: where a list of names begins whose last two are `pair`.
fn list_start(elements: &Elements, low: usize, pair: Range<usize>) -> usize {
    let capital = |at: usize| elements.all[at].is_capital() && !elements.has(at, Class::FUNCTION);
    let and = pair.clone().find(|at| elements.has(*at, Class::COORDINATOR));
    let names = and.is_some_and(|and| (pair.start..pair.end).all(|at| at == and || capital(at)));
    let mut start = pair.start;
    while names && start > low + 1 && elements.is(start - 1, TokenKind::Comma) && capital(start - 2) {
        start -= 2;
        while start > low && capital(start - 1) {
            start -= 1;
        }
    }
    // `Partners such as Harrow, Stell and Orrin`
    if names && start > low + 2 && elements.says(start - 1, "as") && elements.says(start - 2, "such") {
        return leftward(elements, low, start - 2).map_or(pair.start, |whole| whole.start);
    }
    // `In Harrow, Stell and Orrin said`, `speaking to the Post, Stell and Orrin said`: the first name is no part of the list.
    let article = usize::from(start > low && is_article(elements, start - 1));
    let linked = start > low + article && elements.has(start - 1 - article, Class::PREPOSITION);
    if linked { pair.start } else { start }
}

/// `Brandt’s “open-door” policy`: a few words in marks at `at` that tell of the noun behind them.
fn is_term(elements: &Elements, at: usize) -> bool {
    const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION);
    let before = elements.has(at - 1, BEFORE) || elements.is(at - 1, TokenKind::Clitic);
    let next = &elements.all[at + 1];
    before && next.is_word() && !next.is_capital() && is_nominal(elements, at + 1) && !next.has(Class::CUE_VERB)
}

/// Whether `at` is what the people or body before it do: `a group monitoring the war`.
fn does_so(elements: &Elements, low: usize, at: usize) -> bool {
    let el = &elements.all[at];
    let doing = el.is_word() && !el.is_capital() && elements.ends(at, Ending::Gerund);
    let noun = at.checked_sub(1).filter(|noun| *noun >= low);
    let many = |noun: usize| {
        let begins = noun == low || !elements.all[noun - 1].is_word();
        let plural = begins && elements.ends(noun, Ending::Plural) && elements.all[noun].is_capital();
        let article = noun > low && elements.has(noun - 1, Class::DETERMINER.with(Class::ADJECTIVE));
        elements.all[noun].is_word() && (plural || article && !elements.all[noun].is_capital())
    };
    doing
        && !el.has(Class::PEOPLE)
        && (!el.has(Class::CUE_VERB) || noun.is_some_and(|noun| elements.has(noun, Class::PEOPLE)))
        && noun.is_some_and(|noun| elements.has(noun, Class::PEOPLE) || is_nominal(elements, noun) && many(noun))
}

/// `they`, `he`, `I`: a pronoun that is nothing but a subject.
fn is_personal(el: &Element) -> bool {
    el.has(Class::SUBJECT)
        && !el.has(
            Class::OBJECT.with(Class::DETERMINER).with(Class::RELATIVE).with(Class::UNNAMED).with(Class::POSSESSIVE),
        )
}

/// Whether the coordinator at `at` joins two phrases that are one subject: no verb stands before it in its clause.
fn joins_names(elements: &Elements, low: usize, at: usize, end: usize) -> bool {
    if at == low || at + 1 >= end || !is_nominal(elements, at - 1) {
        return false;
    }
    let clause = (low..at)
        .rev()
        .take_while(|index| !elements.is(*index, TokenKind::Semicolon) && !elements.all[*index].is_chunk())
        // `The bridge is old, the owner and builder said`
        .take_while(|index| !elements.is(*index, TokenKind::Comma));
    !clause.into_iter().any(|index| {
        is_verbal(elements, index)
            || elements.has(index, Class::SUBJECT)
            || elements.has(index, Class::CUE_VERB)
                && !elements.has(index, Class::CUE_NOUN)
                // `Lord Dubs and his aide said`
                && !elements.all[index].is_capital()
    })
}

/// Without adverbs, conjunctions and prepositions at its beginning; none where no head is left.
fn trimmed(elements: &Elements, mut range: Range<usize>) -> Option<Range<usize>> {
    let loose = Class::COORDINATOR.with(Class::CONJUNCT).with(Class::PREPOSITION).with(Class::SUBORDINATOR);
    while range.start < range.end {
        let el = &elements.all[range.start];
        // `AT&T said`
        let joined =
            el.is_capital() && elements.is(range.start + 1, TokenKind::Symbol) && elements.text(range.start + 1) == "&";
        let is_loose = !joined && el.has(loose) && !el.has(Class::RELATIVE) && !el.has(Class::DETERMINER)
            || el.has(Class::ADVERB) && !el.has(Class::SUBJECT.with(Class::DETERMINER))
            || !(el.is_word() || el.is(TokenKind::Number) || el.is(TokenKind::Symbol));
        let is_time = is_weekday_start(elements, &range);
        if !is_loose && !is_time {
            break;
        }
        range.start += 1;
    }
    while range.end > range.start
        && (elements.is(range.end - 1, TokenKind::Hyphen) || elements.has(range.end - 1, Class::COORDINATOR))
    {
        range.end -= 1;
    }
    let epithet =
        || elements.has(range.start, Class::DETERMINER) && range.len() == 2 && is_epithet(elements, range.start + 1);
    // `Two in five`, `More than half`, `About 44%`
    let counts = |last: usize| {
        let el = &elements.all[last];
        el.is(TokenKind::Number)
            || el.is(TokenKind::Symbol) && elements.text(last) == "%"
            || el.has(Class::DETERMINER) && !is_article(elements, last)
    };
    let share = range.end > range.start && counts(range.end - 1);
    (elements.all[range.clone()].iter().any(is_head) || epithet() || share).then_some(range)
}

/// `the “Iron Gardener”`: a name in marks.
fn is_epithet(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.kind == ElementKind::Aside && elements.page.tokens[el.token as usize].kind == TokenKind::Mark
}

/// Whether a day or another word of time stands right behind a word or number: `said Tuesday`.
pub(super) fn is_weekday(elements: &Elements, at: usize) -> bool {
    // `Theresa May said`
    let name = at > 0 && is_modal_name(elements, at) && elements.all[at - 1].is_capital();
    elements.has(at, Class::TIME)
        && !name
        && at > 0
        && (elements.all[at - 1].is_word() || elements.is(at - 1, TokenKind::Number))
}

fn is_weekday_start(elements: &Elements, range: &Range<usize>) -> bool {
    elements.has(range.start, Class::TIME) && !elements.has(range.start, Class::ADJECTIVE) && range.len() > 1
}

/// `people who voted for him` before a cue: the walk met a verb at `verb`; a relative pronoun before it opens a clause of
/// the phrase.
fn relative_clause(elements: &Elements, low: usize, verb: usize, end: usize) -> Option<Range<usize>> {
    let at = (low..verb).rev().take(6).find(|at| {
        elements.has(*at, Class::RELATIVE) && !elements.has(*at, Class::DETERMINER) || is_relative_that(elements, *at)
    })?;
    if at == low || !is_nominal(elements, at - 1) {
        return None;
    }
    let phrase = leftward(elements, low, at)?;
    Some(phrase.start..end)
}

/// `agencies involved in fishing and trade`, `a firm which owns the yard`: the walk met a word at `at` that can stand in a clause
/// of the phrase, and goes on before that clause.
fn hung_on(elements: &Elements, low: usize, at: usize, end: usize) -> Option<Range<usize>> {
    const MOST: usize = 8;
    let parts = |at: &usize| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk();
    let mut inside = (low..at).rev().take(MOST).take_while(|at| !parts(at));
    inside.find_map(|at| match tells_who(elements, low, at, end) {
        true => leftward(elements, low, at).map(|phrase| phrase.start..end),
        false => reduced_clause(elements, low, at, end),
    })
}

/// `It was the owner who called in and said`, with the coordinator at `and`: the phrase of a relative clause with one verb before
/// it, where the sentence has no verb yet that could be joined instead.
fn relative_pair(elements: &Elements, low: usize, and: usize) -> Option<Range<usize>> {
    let parts = |at: &usize| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk();
    let verb = |at: usize| {
        let el = &elements.all[at];
        let past = elements.ends(at, Ending::Past) && !el.has(Class::ADJECTIVE) || el.has(Class::PAST);
        el.is_word() && !el.is_capital() && (past || el.has(Class::AUXILIARY))
    };
    let mut inside = (low..and).rev().take_while(|at| !parts(at));
    // `passed a motion that condemns the levy and requests that`: two in the present behind a past
    let now = |at: usize| elements.ends(at, Ending::ClearPlural) && !verb(at);
    let says = |at: usize| {
        let mut frames = elements.lexicon().reporting.verb(elements.word(at)).map(|(frame, _)| frame);
        elements.has(at, Class::CUE_VERB) && frames.any(|frame| frame.mode == Mode::Speech && frame.strength >= 2)
    };
    if now(and + 1)
        && says(and + 1)
        && let Some(that) = inside.clone().find(|at| is_relative_that(elements, *at))
        && now(that + 1)
    {
        return leftward(elements, low, that).map(|phrase| phrase.start..and);
    }
    let relative = inside.find(|at| tells_who(elements, low, *at, and))?;
    let groups = (relative + 1..and).filter(|at| verb(*at) && !verb(at - 1)).count();
    let phrase = leftward(elements, low, relative)?;
    let main =
        (low..phrase.start).any(|at| verb(at) && !elements.has(at, Class::BE) || elements.has(at, Class::CUE_VERB));
    (groups <= 1 && !main).then_some(phrase.start..and)
}

/// `A poll released in August`, `people questioned by the board` before a cue: the walk met a participle at `participle`, right
/// behind a noun for a text or for people that begins its clause.
fn reduced_clause(elements: &Elements, low: usize, participle: usize, end: usize) -> Option<Range<usize>> {
    const NOUNS: Class = Class::DOCUMENT
        .with(Class::DOCUMENTS)
        .with(Class::ROLES)
        .with(Class::GROUP)
        .with(Class::GROUPS)
        .with(Class::UNNAMED);
    const LINKS: Class = Class::PREPOSITION.with(Class::TIME);
    // `the man accused of theft`, `fighters opposed to the treaty`
    let passive = elements.is_in(participle, List::PassiveHangers);
    let hung = |noun: &usize| elements.has(*noun, NOUNS) || passive && is_person(elements, *noun);
    let noun = participle.checked_sub(1).filter(|noun| *noun >= low).filter(hung)?;
    let past = super::hanging::is_past_form(elements, participle);
    // `Crews stranded in Harrow try to reach the mayor`: another verb
    let tries = |at: usize| elements.says(at, "to") && at > participle + 1 && elements.all[at - 1].is_word();
    if passive && (participle + 1..end).any(tries) {
        return None;
    }
    // `the board met in May and Lind said`, but `a poll conducted in May and June`
    let joins = |at: usize| elements.has(at, Class::COORDINATOR);
    if elements.has(participle, Class::PAST) && (participle + 1..end).any(joins) {
        return None;
    }
    let linked = participle + 1 == end || elements.has(participle + 1, LINKS);
    if !past || !linked || elements.has(noun, Class::SUBJECT) && !elements.has(noun, Class::UNNAMED) {
        return None;
    }
    let phrase = leftward(elements, low, noun + 1)?;
    let begins = phrase.start == low
        || !elements.all[phrase.start - 1].is_word()
        || elements.has(phrase.start - 1, Class::CONJUNCT.with(Class::COORDINATOR));
    begins.then_some(phrase.start..end)
}

/// Whether a common noun at `at` may be somebody: one with an article, or several who begin the phrase.
fn is_person(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    let noun = el.is_word() && is_nominal(elements, at) && !el.has(Class::TIME.with(Class::SUBJECT));
    let several = elements.ends(at, Ending::ClearPlural);
    noun && (several
        || !el.is_capital() && elements.has(at.saturating_sub(1), Class::DETERMINER.with(Class::POSSESSIVE)))
}
