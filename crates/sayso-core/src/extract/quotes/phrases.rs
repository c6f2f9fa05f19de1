//! Noun phrases, found from one of their ends: the subject that stands before a cue, the one that follows an inverted
//! cue, the one addressed. No tagger: closed classes, capitals and the shape of words decide.

use super::elements::{Element, ElementKind, Elements, Tail};
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

/// A noun phrase is looked for over at most this many elements.
const LONGEST: usize = 32;

/// Whether the word there begins or is part of a verb group: an auxiliary, or a word in -ed with an object behind it.
pub fn is_verbal(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    if !el.is_word() {
        return el.is(TokenKind::Clitic) && !is_possessive(elements, at);
    }
    if el.has(Class::MODAL.with(Class::BE).with(Class::HAVE).with(Class::DO)) {
        return !is_modal_name(elements, at);
    }
    let takes = elements.all.get(at + 1).is_some_and(|next| {
        next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::PREPOSITION))
    });
    let past = elements.ends(at, Ending::Past) && !el.has(Class::ADJECTIVE) || el.has(Class::PAST);
    !el.is_capital() && takes && past
}

/// `Theresa May`, `Mrs May`, `Will Lind`: a modal with a capital inside its sentence is a name.
pub(super) fn is_modal_name(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    let begins = at == 0 || elements.is(at - 1, TokenKind::Stop) || elements.is(at - 1, TokenKind::Exclaim);
    const VERBS: Class = Class::CUE_VERB.with(Class::HAVE).with(Class::BE);
    let named = |next: &Element| next.is_capital() || next.has(VERBS);
    el.has(Class::MODAL) && el.is_capital() && (!begins || elements.all.get(at + 1).is_some_and(named))
}

/// Whether the clitic there is a genitive: `’s` before something other than a verb group's rest.
pub fn is_possessive(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    if !el.is(TokenKind::Clitic) || !elements.text(at).ends_with(['s', 'S']) {
        return false;
    }
    let after_pronoun = at > 0 && elements.has(at - 1, Class::SUBJECT);
    let then = elements.all.get(at + 1);
    !after_pronoun
        && then.is_some_and(|el| {
            (el.is_word() || el.is_chunk() || el.is(TokenKind::Number))
                && !el.has(Class::DETERMINER.with(Class::NEGATION).with(Class::SUBJECT).with(Class::POSSESSIVE))
                && !(elements.ends(at + 1, Ending::Gerund)
                    && el.case == crate::text::tokens::Case::Lower
                    && !is_attribute(elements, at + 1))
        })
}

/// `Harrow’s ruling party`, `women’s curling, `: whether a form in -ing behind a genitive tells of a noun or is one.
fn is_attribute(elements: &Elements, at: usize) -> bool {
    let closes = |next: &Element| next.is(TokenKind::Comma) || next.is(TokenKind::Stop) || next.has(Class::COORDINATOR);
    let noun = elements.all.get(at + 1).is_none_or(closes) && !elements.has(at, Class::CUE_VERB);
    noun || elements.is_in(at, List::GerundAdjectives)
}

/// Whether the element can stand inside a noun phrase as noun, name, adjective or number.
pub fn is_nominal(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    match el.kind {
        ElementKind::Aside => true,
        ElementKind::Token(TokenKind::Number | TokenKind::Hyphen | TokenKind::Symbol) => true,
        ElementKind::Token(TokenKind::Word) => {
            let closed = Class::FUNCTION.with(Class::RELATIVE);
            el.is_capital() && at > 0 && !el.has(Class::SUBJECT) || !el.has(closed)
        }
        _ => false,
    }
}

/// Whether the element can be the head of a noun phrase.
fn is_head(el: &Element) -> bool {
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
pub fn subject_before(elements: &Elements, floor: usize, verb: usize) -> Option<Range<usize>> {
    let last = verb.checked_sub(1).filter(|last| *last >= floor)?;
    if elements.is(last, TokenKind::Comma) {
        return with_apposition(elements, floor, last);
    }
    // `A report on Monday (“Harbour of hope”) said`
    if elements.is(last, TokenKind::Close) {
        let open = (floor..last).rev().take(LONGEST).find(|at| elements.is(*at, TokenKind::Open))?;
        return leftward(elements, floor, open);
    }
    if elements.is(last, TokenKind::Dash) {
        let open = (floor..last).rev().take(LONGEST).find(|at| elements.is(*at, TokenKind::Dash))?;
        return subject_before(elements, floor, open);
    }
    let mut end = verb;
    while end > floor
        && (elements.has(end - 1, Class::TIME) || elements.has(end - 1, Class::ADVERB))
        && !elements.all[end - 1].is_capital()
        || end > floor && is_weekday(elements, end - 1)
    {
        let adverb = elements.has(end - 1, Class::ADVERB);
        end -= 1;
        // `earlier this month`
        while end > floor + 1 && !adverb && elements.is_in(end - 1, List::TimeLeads) {
            end -= 1;
        }
        // `in late August`
        if end > floor && !adverb && elements.is_in(end - 1, List::MonthParts) {
            end -= 1;
        }
        if end > floor && elements.has(end - 1, Class::PREPOSITION) && !adverb {
            end -= 1;
        }
    }
    // `who only specified`, `which together vowed`
    if end > floor + 1 && elements.is_in(end - 1, List::ClauseAdverbs) {
        end -= 1;
    }
    let phrase = leftward(elements, floor, end)?;
    // `would not like to make comments on media reports`: what follows `to` is a verb.
    let first = &elements.all[phrase.start];
    const OPENS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::SUBJECT).with(Class::OBJECT);
    let to = phrase.start > floor && elements.says(phrase.start - 1, "to");
    if to && first.is_word() && !first.is_capital() && !first.has(OPENS) && phrase.len() > 1 {
        // `threatened to raise tariffs and his aide said`
        let and = phrase.clone().rev().find(|at| elements.has(*at, Class::COORDINATOR));
        let own = and.filter(|and| and + 1 < phrase.end && elements.has(and + 1, OPENS));
        return own.map(|and| and + 1..phrase.end);
    }
    // `Brandt, who has for weeks denied it`: when, within the verb group.
    const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL).with(Class::DO);
    let inner = phrase.start.checked_sub(2).filter(|at| *at > floor && elements.has(*at, AUXILIARY));
    if let Some(group) = inner.filter(|at| elements.has(at + 1, Class::PREPOSITION) && !first.is_capital()) {
        let loose = |at: &usize| elements.has(*at, AUXILIARY.with(Class::ADVERB).with(Class::NEGATION));
        let start = (floor..group).rev().take_while(loose).last().unwrap_or(group);
        return subject_before(elements, floor, start);
    }
    let phrase = timeless(elements, phrase);
    // `In a statement Ada Brandt said`
    // and `Speaking before the visit Mr Brandt said`
    let behind = phrase.start > floor && elements.has(phrase.start - 1, Class::PREPOSITION);
    let phrase = if behind || opens_with_participle(elements, &phrase) { caller(elements, phrase) } else { phrase };
    // `Two thirds of those polled by the firm said`
    if let Some(whole) = done_by(elements, floor, &phrase) {
        return Some(whole);
    }
    // `A report released in August found`
    let participle = end < verb && phrase.len() > 1 && is_reduced(elements, end - 1);
    let whole = unclosed(elements, floor, &phrase).or_else(|| before_office(elements, floor, &phrase));
    Some(if participle { phrase.start..verb } else { whole.unwrap_or(phrase) })
}

/// `Ada Brandt, an expert on tides at Quay University said`: an apposition that no comma closes, with the name before it, which
/// begins its clause.
fn unclosed(elements: &Elements, floor: usize, phrase: &Range<usize>) -> Option<Range<usize>> {
    const LINKS: Class = Class::PREPOSITION.with(Class::RELATIVE);
    const OPENS: Class = Class::COORDINATOR.with(Class::SUBORDINATOR).with(Class::CONJUNCT);
    let comma = phrase.start.checked_sub(1).filter(|at| *at > floor && elements.is(*at, TokenKind::Comma))?;
    // `the CEO of the Quay Trust`: letters are no name.
    let letters = |at: usize| elements.text(at).len() > 1 && elements.text(at).bytes().all(|b| b.is_ascii_uppercase());
    let office = |at: &usize| elements.has(*at, Class::ROLE) && (!elements.all[*at].is_capital() || letters(*at));
    let name = leftward(elements, floor, comma)?;
    // `“It is late,” Ada Brandt, Chief Scientist of the Expedition tells me`: nothing but the name stands behind the quoted words.
    let tagged = name.start.checked_sub(1).filter(|at| *at >= floor).and_then(|at| elements.chunk(at));
    let tagged = tagged.is_some_and(|chunk| chunk.tail == Tail::Comma);
    let office = |at: &usize| office(at) || tagged && elements.has(*at, Class::ROLE);
    let links = |role: usize| role + 1 == phrase.end || elements.has(role + 1, LINKS);
    let links = phrase.clone().filter(office).any(links);
    let small = tagged || elements.has(phrase.start, Class::DETERMINER) || !elements.all[phrase.start].is_capital();
    let named = |at: usize| elements.all[at].is_capital() && !elements.has(at, Class::TIME.with(Class::PREPOSITION));
    // `Speaking in Harrow, the former mayor says`
    if opens_with_participle(elements, &name) {
        return None;
    }
    let begins = name.start == floor || elements.has(name.start - 1, OPENS) || elements.all[name.start - 1].is_chunk();
    let whole = links && small && begins && name.len() > 1 && named(name.start) && named(comma - 1);
    whole.then_some(name.start..phrase.end)
}

/// `It rained, Ada Brandt, Vice-Speaker of the Duma said`: an office with a capital behind the name of its holder, which stands
/// between two commas or begins the clause.
fn before_office(elements: &Elements, floor: usize, phrase: &Range<usize>) -> Option<Range<usize>> {
    let comma = phrase.start.checked_sub(1).filter(|at| *at > floor && elements.is(*at, TokenKind::Comma))?;
    let of = phrase.clone().find(|at| elements.has(*at, Class::PREPOSITION)).filter(|of| *of > phrase.start)?;
    let office = elements.has(of - 1, Class::ROLE.with(Class::TITLE)) && elements.all[phrase.start].is_capital();
    let name = (floor..comma).rev().take_while(|at| elements.all[*at].is_capital()).last()?;
    let begins = name == floor || elements.is(name - 1, TokenKind::Comma);
    (office && begins && comma - name > 1).then_some(name..phrase.end)
}

/// `Two thirds of those polled by the firm`: the phrase that a participle and `by` hang on, whose end is `agent`.
fn done_by(elements: &Elements, floor: usize, agent: &Range<usize>) -> Option<Range<usize>> {
    const MANY: Class = Class::ROLES.with(Class::GROUPS).with(Class::UNNAMED);
    let by = agent.start.checked_sub(1).filter(|by| *by > floor + 1 && elements.says(*by, "by"))?;
    let many = elements.says(by - 2, "those") || elements.has(by - 2, MANY);
    // `, a guideline issued by the council`: the noun of its clause
    let opens = |whole: &Range<usize>| whole.start == floor || elements.is(whole.start - 1, TokenKind::Comma);
    let noun = elements.all[by - 2].is_word() && is_nominal(elements, by - 2);
    let whole = leftward(elements, floor, by - 1).filter(|_| is_past_form(elements, by - 1) && (many || noun))?;
    if !many && !opens(&whole) {
        return None;
    }
    Some(whole.start..agent.end)
}

/// `Speaking in Harrow`, `Asked about it`: whether a phrase begins with a participle at the head of its clause, and not with a name.
fn opens_with_participle(elements: &Elements, phrase: &Range<usize>) -> bool {
    let small = elements.all.get(phrase.start + 1).is_some_and(|el| el.is_word() && !el.is_capital());
    let doing = elements.ends(phrase.start, Ending::Gerund) || elements.ends(phrase.start, Ending::Past);
    small && doing && phrase.len() > 1 && elements.all[phrase.start].is_capital()
}

/// `The next morning Ada Brandt said`: a subject without the time before its name.
fn timeless(elements: &Elements, phrase: Range<usize>) -> Range<usize> {
    const BEFORE: Class = Class::DETERMINER.with(Class::ADJECTIVE).with(Class::PREPOSITION);
    const MOST: usize = 4;
    let capital = |at: usize| elements.all.get(at).is_some_and(Element::is_capital);
    let time = |at: &usize| elements.has(*at, Class::TIME) && !capital(*at) && capital(at + 1);
    let Some(time) = (phrase.start + 1..phrase.end.min(phrase.start + MOST)).find(time) else { return phrase };
    let loose = |at: usize| {
        elements.has(at, BEFORE) || elements.is_in(at, List::TimeLeads) || elements.ends(at, Ending::Gerund)
    };
    let name = time + 1;
    if name < phrase.end && (phrase.start..time).all(loose) {
        return name..phrase.end;
    }
    phrase
}

/// Whether a participle of a reduced clause stands there: right behind a noun.
fn is_reduced(elements: &Elements, at: usize) -> bool {
    is_past_form(elements, at) && at > 0 && is_nominal(elements, at - 1)
}

/// Whether a past form or participle stands there, in small letters.
fn is_past_form(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.is_word() && !el.is_capital() && (elements.ends(at, Ending::Past) || el.has(Class::PAST))
}

/// Whether a day or another word of time stands right behind a word or number: `said Tuesday`.
fn is_weekday(elements: &Elements, at: usize) -> bool {
    // `Theresa May said`
    let name = at > 0 && is_modal_name(elements, at) && elements.all[at - 1].is_capital();
    elements.has(at, Class::TIME)
        && !name
        && at > 0
        && (elements.all[at - 1].is_word() || elements.is(at - 1, TokenKind::Number))
}

/// `last` is the comma before the verb: the phrase before its fellow, with what stands between.
fn with_apposition(elements: &Elements, floor: usize, last: usize) -> Option<Range<usize>> {
    let low = floor.max(last.saturating_sub(LONGEST));
    // `“It is late”, Ada Brandt of the Quay Trust (QT), told the Post`: nothing but the subject stands behind the quoted words.
    let bare = (low..last).rev().find(|at| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk());
    if let Some(at) =
        bare.filter(|at| at + 1 < last && (elements.all[*at].is_chunk() || *at > 0 && elements.all[at - 1].is_chunk()))
    {
        let first = elements.all.get(at + 1).is_some_and(Element::is_capital);
        return leftward(elements, at + 1, last).filter(|phrase| first && phrase.start == at + 1);
    }
    let mut commas = (low..last).rev().filter(|at| elements.is(*at, TokenKind::Comma));
    let mut open = commas.next().filter(|open| *open > floor)?;
    // `Brandt, of Harrow Bay, Ohio, said`: the inner comma belongs to the place.
    for earlier in commas.filter(|earlier| *earlier > low) {
        // `Brandt, 22, of Harrow, Mich., said`
        if elements.is(earlier - 1, TokenKind::Number)
            && earlier > low + 2
            && elements.is(earlier - 2, TokenKind::Comma)
        {
            open = earlier - 2;
            break;
        }
        let opens = |at: usize| {
            elements.all[at + 1].has(
                Class::DETERMINER
                    .with(Class::POSSESSIVE)
                    .with(Class::RELATIVE)
                    .with(Class::PREPOSITION)
                    .with(Class::ROLE),
            )
        };
        // `…, his top aide, Ada Brandt, said`: the name belongs to the role.
        let named = elements.has(open - 1, Class::ROLE) && !elements.all[open - 1].is_capital();
        // `During the Quay Conference, the leader of the traders, Ada Brandt, said`: a phrase at the head that only says when or where
        let fronted = || {
            let phrase = leftward(elements, floor, earlier);
            let lead = phrase.and_then(|phrase| phrase.start.checked_sub(1)).filter(|lead| *lead == floor);
            lead.is_some_and(|lead| elements.has(lead, Class::PREPOSITION) && !elements.has(lead, Class::SUBORDINATOR))
        };
        // `sparing the town a detour, the operator, Quay Rail, said`
        let named = named
            || elements.has(earlier + 1, Class::DETERMINER.with(Class::POSSESSIVE))
                && elements.all[open - 1].is_word()
                && !elements.all[open - 1].is_capital()
                && (!elements.all[earlier - 1].is_capital()
                    || earlier > low + 1 && elements.has(earlier - 2, Class::PREPOSITION)
                    || fronted());
        // `Asked why, a spokesman, Ada Brandt, said`
        let asks = elements.has(earlier - 1, Class::QUESTION);
        if asks
            || named && elements.all[open + 1].is_capital()
            || opens(open)
                && !elements.all[open + 1].is_capital()
                // `Ada Brandt, the head of the yard, which is old, said`
                && !(elements.has(open + 1, Class::RELATIVE) && opens(earlier) && elements.all[earlier - 1].is_capital())
            || !opens(earlier)
            || leftward(elements, floor, earlier).is_none()
        {
            break;
        }
        open = earlier;
    }
    let phrase = leftward(elements, floor, open)?;
    let between = &elements.all[open + 1];
    // `The wind should ease, allowing the crews to work, said Brandt`: what a clause does is no apposition.
    let doing = between.is_word() && !between.is_capital() && elements.ends(open + 1, Ending::Gerund);
    let first = phrase.start <= floor || !elements.all[phrase.start - 1].is_word();
    if doing && !first {
        return None;
    }
    let aside = between.has(Class::CONJUNCT.with(Class::ADVERB))
        || between.has(Class::PREPOSITION) && !between.has(Class::RELATIVE);
    match aside || elements.has(phrase.start, Class::SUBJECT) {
        true => Some(phrase),
        false => Some(phrase.start..last + 1),
    }
}

/// The noun phrase that ends before `end`.
fn leftward(elements: &Elements, floor: usize, end: usize) -> Option<Range<usize>> {
    let low = floor.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > low {
        let index = at - 1;
        let el = &elements.all[index];
        // `people who know Ada Brandt`: a relative clause whose verb looks like a noun.
        const PEOPLE: Class =
            Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);
        let who = at < end && index > low && elements.has(index + 1, Class::CUE_VERB);
        if who && elements.has(index - 1, PEOPLE) && el.has(Class::RELATIVE) && !el.has(Class::DETERMINER) {
            let phrase = leftward(elements, low, index)?;
            return Some(phrase.start..end);
        }
        if el.is_chunk() {
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
        } else if at < end && tells_who(elements, low, index, end) {
            let phrase = leftward(elements, low, index)?;
            return Some(phrase.start..end);
        } else if el.has(Class::RELATIVE.with(Class::SUBORDINATOR)) {
            // `in tears after the Governor agreed`: what may open a clause does not join a phrase to the one before.
            if at == end && el.has(Class::RELATIVE) {
                at = index;
            }
            break;
        } else if el.has(Class::COORDINATOR) {
            if !joins_names(elements, low, index, end) {
                if let Some(phrase) = hung_on(elements, low, index, end) {
                    return Some(phrase);
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
    if suffix
        && elements.all[at].is_capital()
        && elements.all[at - 2].is_capital()
        && let Some(firm) = leftward(elements, low, at - 1)
    {
        return Some(firm.start..end);
    }
    trimmed(elements, at..end)
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
    // `In Harrow, Stell and Orrin said`: the first name is no part of the list.
    let linked = start > low && elements.has(start - 1, Class::PREPOSITION);
    if linked { pair.start } else { start }
}

/// `Brandt’s “open-door” policy`: a few words in marks at `at` that tell of the noun behind them.
fn is_term(elements: &Elements, at: usize) -> bool {
    const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION);
    let before = elements.has(at - 1, BEFORE) || elements.is(at - 1, TokenKind::Clitic);
    let next = &elements.all[at + 1];
    before && next.is_word() && !next.is_capital() && is_nominal(elements, at + 1) && !next.has(Class::CUE_VERB)
}

/// `an area Brandt called “the Rock”`, at `subject`: the name that calls a thing so, without the thing.
pub(super) fn caller(elements: &Elements, subject: Range<usize>) -> Range<usize> {
    const PEOPLE: Class = Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::TITLE);
    let capital = |at: usize| elements.all[at].is_capital();
    let first = subject.clone().rev().take_while(|at| capital(*at)).last();
    let Some(noun) = first.and_then(|first| first.checked_sub(1)).filter(|noun| *noun > subject.start) else {
        return subject;
    };
    let el = &elements.all[noun];
    let thing = el.is_word()
        && !el.has(PEOPLE.with(Class::FUNCTION).with(Class::RELATIVE))
        && is_nominal(elements, noun)
        && !elements.lexicon().forms.ends_as_person(elements.text(noun));
    if thing { noun + 1..subject.end } else { subject }
}

/// Whether `at` is what the people or body before it do: `a group monitoring the war`.
fn does_so(elements: &Elements, low: usize, at: usize) -> bool {
    const MANY: Class = Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);
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
        && !el.has(MANY)
        && (!el.has(Class::CUE_VERB) || noun.is_some_and(|noun| elements.has(noun, MANY)))
        && noun.is_some_and(|noun| elements.has(noun, MANY) || is_nominal(elements, noun) && many(noun))
}

/// `they`, `he`, `I`: a pronoun that is nothing but a subject.
fn is_personal(el: &Element) -> bool {
    el.has(Class::SUBJECT)
        && !el.has(
            Class::OBJECT.with(Class::DETERMINER).with(Class::RELATIVE).with(Class::UNNAMED).with(Class::POSSESSIVE),
        )
}

/// `Radio Four`, `Part Two`: whether a number's word there ends a name.
fn is_counted(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.is_capital()
        && el.has(Class::DETERMINER)
        && !el.has(Class::POSSESSIVE)
        && !is_article(elements, at)
        && at > 0
        && elements.all[at - 1].is_capital()
}

/// The letter of `David A. Brandt`, which is no article.
fn is_letter(elements: &Elements, at: usize) -> bool {
    let capital = |at: usize| elements.all.get(at).is_some_and(|el| el.is_word() && el.is_capital());
    elements.text(at).len() == 1
        && at > 0
        && capital(at - 1)
        && capital(at)
        && is_initial(elements, at + 1)
        && capital(at + 2)
}

/// The full stop of `Sen.` or `J.`; `Otto Lind. rita@harrow.quay` ends a sentence.
fn is_initial(elements: &Elements, at: usize) -> bool {
    const LETTERS: usize = 5;
    let small = elements.all.get(at + 1).is_some_and(|next| next.is_word() && !next.is_capital());
    elements.is(at, TokenKind::Stop)
        && at > 0
        && elements.all[at - 1].is_capital()
        && !(small && (elements.text(at - 1).len() > LETTERS || elements.text(at + 2) == "@"))
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

/// `the committee that examined the sale`: whether a `that` between a noun and a finite verb opens a relative clause. Behind a verb or
/// noun that reports, it opens what is reported.
pub(super) fn is_relative_that(elements: &Elements, at: usize) -> bool {
    const REPORTS: Class = Class::CUE_VERB.with(Class::CUE_NOUN);
    const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL);
    let noun =
        at > 0 && is_nominal(elements, at - 1) && elements.all[at - 1].is_word() && !elements.has(at - 1, REPORTS);
    let verb = at + 1;
    let finite = elements.all.get(verb).is_some_and(|el| {
        el.is_word() && !el.is_capital() && (el.has(AUXILIARY.with(Class::PAST)) || elements.ends(verb, Ending::Past))
    });
    noun && finite && elements.says(at, "that")
}

/// Whether a relative pronoun at `at` opens a clause, with a verb that no table knows, which tells who the noun before it is:
/// `a firm which owns two boats`. What stands behind it ends at `end`.
fn tells_who(elements: &Elements, low: usize, at: usize, end: usize) -> bool {
    let relative = elements.is_in(at, List::Relatives) && !elements.says(at, "whose") || is_relative_that(elements, at);
    let noun = relative && at > low && is_nominal(elements, at - 1) && elements.all[at - 1].is_word();
    let verb = at + 1;
    let forms = |el: &Element| {
        let lower = el.is_word() && !el.is_capital() && !el.has(Class::FUNCTION.with(Class::DETERMINER));
        let finite =
            elements.ends(verb, Ending::ClearPlural) || elements.ends(verb, Ending::Past) || el.has(Class::PAST);
        lower && finite && (el.class == Class::default() || el.has(Class::PAST))
    };
    noun && verb + 1 < end && forms(&elements.all[verb])
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

/// `on Monday`: whether a day behind its preposition stands there.
fn is_dated(elements: &Elements, low: usize, at: usize) -> bool {
    elements.has(at, Class::TIME)
        && elements.all[at].is_capital()
        && at > low
        && elements.has(at - 1, Class::PREPOSITION)
        && !is_modal_name(elements, at)
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
    let noun = participle.checked_sub(1).filter(|noun| *noun >= low && elements.has(*noun, NOUNS))?;
    let el = &elements.all[participle];
    let past = el.is_word() && !el.is_capital() && (elements.ends(participle, Ending::Past) || el.has(Class::PAST));
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

/// Whether a determiner stands there that needs a noun: `the`, `this`.
pub(super) fn is_article(elements: &Elements, at: usize) -> bool {
    elements.lists().has(List::NeedingNoun, elements.lexicon().words.text(elements.word(at)))
        || elements.has(at, Class::POSSESSIVE)
}

/// `the “Iron Gardener”`: a name in marks.
fn is_epithet(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    el.kind == ElementKind::Aside && elements.page.tokens[el.token as usize].kind == TokenKind::Mark
}

fn is_weekday_start(elements: &Elements, range: &Range<usize>) -> bool {
    elements.has(range.start, Class::TIME) && !elements.has(range.start, Class::ADJECTIVE) && range.len() > 1
}

/// The noun phrase that begins at `at`, up to what cannot be part of it; `wide` phrases hold the prepositional phrases
/// that tell who somebody is (`a spokesman for the company`).
pub fn phrase_at(elements: &Elements, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut end = at;
    let first = elements.all.get(at)?;
    // `US researchers`
    let state = first.is_capital() && elements.text(at) == "US";
    if first.has(Class::SUBJECT.with(Class::OBJECT)) && !first.has(Class::POSSESSIVE.with(Class::DETERMINER)) && !state
    {
        return Some(at..at + 1);
    }
    if first.has(Class::OBJECT)
        && !state
        && !elements.all.get(at + 1).is_some_and(|next| {
            // `said her two sons`
            let counted = next.has(Class::DETERMINER) && elements.has(at + 2, Class::ROLE.with(Class::ROLES));
            (next.is_word() || next.is(TokenKind::Number))
                && (counted
                    // `telling her the dam was safe`
                    || !elements.is_in(at + 1, List::Articles)
                        && !next.has(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::SUBJECT).with(Class::TIME)))
        })
    {
        return Some(at..at + 1);
    }
    let ceiling = ceiling.min(at + LONGEST).min(elements.all.len());
    while end < ceiling {
        let el = &elements.all[end];
        let starts = end == at;
        let inner = if el.has(Class::RELATIVE) {
            starts && el.has(Class::DETERMINER)
        } else if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            // `her two sons`
            const BEFORE: Class =
                Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR).with(Class::POSSESSIVE);
            starts || elements.has(end - 1, BEFORE) || is_letter(elements, end) || is_counted(elements, end)
        } else if el.has(Class::PREPOSITION) && !el.is_capital() {
            // `says Brandt with conviction`
            let named = elements.all[end - usize::from(!starts)].is_capital();
            let manner = elements.text(end) == "with" && named;
            // `said Ada Brandt at the opening of the yard`
            let occasion = named
                && elements.text(end) == "at"
                && elements.has(end + 1, Class::DETERMINER)
                && elements.all.get(end + 2).is_some_and(|next| next.is_word() && !next.is_capital());
            !starts && binds(elements, end) && end + 1 < ceiling && !manner && !occasion
        } else if el.has(Class::COORDINATOR) {
            let capitals =
                || end + 1 < ceiling && elements.all[end - 1].is_capital() && elements.all[end + 1].is_capital();
            // `said actor and member of parliament Ada Brandt`
            let roles = || {
                elements.has(end - 1, Class::ROLE)
                    && (end + 1..ceiling.min(end + 3)).any(|at| elements.has(at, Class::ROLE))
                    && !elements.has(end + 1, Class::DETERMINER)
            };
            !starts && (capitals() || roles())
        } else if el.is_chunk() {
            !starts && elements.all[end - 1].is_capital() && elements.all.get(end + 1).is_some_and(Element::is_capital)
        } else if el.has(Class::TIME) && !el.has(Class::ADJECTIVE) {
            // `the 46-year-old`, `a Wednesday editorial`
            !starts
                && (elements.is(end - 1, TokenKind::Hyphen)
                    // `Quay Radio’s Today programme`
                    || el.is_capital() && elements.is(end - 1, TokenKind::Clitic)
                    || elements.has(end - 1, Class::DETERMINER)
                        && el.is_capital()
                        && elements.all.get(end + 1).is_some_and(|next| next.is_word() && is_head(next)))
        } else if el.has(Class::ADVERB) && !el.is_capital() {
            starts
        } else if el.is(TokenKind::Clitic) {
            is_possessive(elements, end)
        } else if el.is(TokenKind::Mark) {
            !starts
        } else {
            (is_nominal(elements, end) || is_initial(elements, end))
                && !is_verbal(elements, end)
                && !is_participle(elements, end, at)
                && (starts || !is_sure_cue(elements, end))
        };
        if !inner {
            break;
        }
        end += 1;
    }
    while end > at
        && (elements.has(end - 1, Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER))
            && !elements.all[end - 1].is_capital())
        && !(end == at + 1 && elements.has(at, Class::UNNAMED))
    {
        end -= 1;
    }
    // `told reporters late on Sunday`
    let timed = end < elements.all.len() && elements.has(end, Class::PREPOSITION.with(Class::TIME));
    if end > at + 1 && timed && matches!(elements.text(end - 1), "late" | "early") {
        end -= 1;
    }
    // `were told by the council last week`
    let dated = end > at + 1 && end < elements.all.len() && elements.has(end, Class::TIME);
    if dated && !elements.all[end].is_capital() && elements.is_in(end - 1, List::TimeLeads) {
        end -= 1;
    }
    (end > at && elements.all[at..end].iter().any(is_head)).then_some(at..end)
}

/// The subject that begins at `at`: a name ends before the lower-case word that follows it (`Ada Brandt shook her head`).
pub fn subject_at(elements: &Elements, at: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = phrase_at(elements, at, ceiling)?;
    let mut named = false;
    for index in phrase.clone() {
        let el = &elements.all[index];
        let lower = el.is_word()
            && !el.is_capital()
            && !el.has(
                Class::PREPOSITION
                    .with(Class::DETERMINER)
                    .with(Class::ROLE)
                    .with(Class::ROLES)
                    .with(Class::GROUP)
                    .with(Class::GROUPS),
            );
        if named && lower && !el.has(Class::DOCUMENT) {
            phrase.end = index;
            break;
        }
        named = el.is_capital() && !el.has(Class::DETERMINER.with(Class::POSSESSIVE)) || named && !el.is_word();
    }
    Some(phrase)
}

/// Whether a phrase can name one who speaks or a text: by a pronoun, a name, a role, a body, a document or a count at its
/// head. `the platform` and `this achievement` cannot.
pub(super) fn may_speak(elements: &Elements, phrase: &Range<usize>) -> bool {
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
    let stops = |at: &usize| {
        let el = &elements.all[*at];
        el.is(TokenKind::Comma)
            // `partners such as Harrow`
            || *at > phrase.start && elements.says(*at, "such")
            || *at > phrase.start && el.has(Class::PREPOSITION.with(Class::RELATIVE)) && !el.is_capital()
            || el.kind == ElementKind::Aside
    };
    let end = phrase.clone().find(stops).unwrap_or(phrase.end);
    let Some(head) =
        (phrase.start..end).rev().find(|at| elements.all[*at].is_word() || elements.is(*at, TokenKind::Number))
    else {
        return true;
    };
    let el = &elements.all[head];
    let shown = head == phrase.start && el.has(Class::DETERMINER) && !el.has(Class::UNNAMED);
    let text = elements.text(head);
    !shown
        && (el.has(SPEAKS)
            || el.is_capital()
            || el.is(TokenKind::Number)
            || text == "percent"
            || elements.lexicon().forms.ends_as_person(text))
}

/// `said`: a word that can be nothing but a finite cue.
pub(super) fn is_sure_cue(elements: &Elements, at: usize) -> bool {
    const NOUNS: Class =
        Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::ROLE).with(Class::GROUP);
    elements.has(at, Class::CUE_VERB)
        && !elements.all[at].is_capital()
        && !elements.has(at, NOUNS)
        && elements.is_in(at, List::SureCues)
}

/// `a spokesman for`, `the mayor of`, `Agent in Charge`: prepositions that bind a name to a role.
fn binds(elements: &Elements, at: usize) -> bool {
    // `Special Agent in Charge Ada Brandt`
    let title = elements.text(at) == "in" && at + 1 < elements.all.len() && elements.is_in(at + 1, List::InTitles);
    title || elements.is_in(at, List::BindingPrepositions)
}

/// A lower-case word in -ing that no determiner leads: `said Brandt explaining the vote`.
fn is_participle(elements: &Elements, at: usize, start: usize) -> bool {
    let el = &elements.all[at];
    el.is_word()
        && !el.is_capital()
        && elements.ends(at, Ending::Gerund)
        && at > start
        // `a Senate hearing,`
        && !(elements.is(at + 1, TokenKind::Comma) && elements.has(start, Class::DETERMINER.with(Class::POSSESSIVE)))
        && !elements.has(at - 1, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::PREPOSITION))
}

/// `phrase` with the apposition or relative clause that follows it: `Brandt, the mayor of Harrow`.
pub fn with_tail(elements: &Elements, phrase: Range<usize>, ceiling: usize) -> Range<usize> {
    if !elements.is(phrase.end, TokenKind::Comma) || phrase.end + 1 >= ceiling {
        return phrase;
    }
    let next = &elements.all[phrase.end + 1];
    // `said its chief, Ada Brandt`, `the head of the largest, Ada Brandt`
    let head = phrase.clone().find(|at| elements.has(*at, Class::PREPOSITION)).unwrap_or(phrase.end).max(1) - 1;
    // `said Quay Trust President, Ada Brandt`
    let named = next.is_capital()
        && elements.has(head, Class::ROLE)
        && (!elements.all[head].is_capital() || head + 1 == phrase.end)
        // `said the mayor, Dr Ada Brandt`
        && (next.class == Class::default()
            || next.has(Class::TITLE) && elements.all.get(phrase.end + 2).is_some_and(Element::is_capital));
    // `Ada Brandt, commercial director at Quay Marine`
    let office = || {
        const FEW: usize = 4;
        let small = |at: &usize| {
            let el = &elements.all[*at];
            el.is_word() && !el.has(Class::PREPOSITION.with(Class::SUBJECT)) && !is_verbal(elements, *at)
        };
        let mut words = (phrase.end + 1..ceiling.min(phrase.end + 1 + FEW)).take_while(small);
        // `On Monday, spokesman Otto Lind said`: the name behind it is the subject.
        words.any(|at| elements.has(at, Class::ROLE) && !elements.all.get(at + 1).is_some_and(Element::is_capital))
    };
    // `Ada Brandt, Lenn director at Quay Marine`
    let area = || {
        let role = (phrase.end + 2..ceiling.min(phrase.end + 4)).find(|at| !elements.all[*at].is_capital());
        let behind = |role: usize| !elements.all.get(role + 1).is_some_and(Element::is_capital);
        elements.all[phrase.end - 1].is_capital()
            && next.class == Class::default()
            && role.is_some_and(|role| elements.has(role, Class::ROLE) && behind(role))
    };
    let tells = named
        || next.is_capital() && area()
        || next.is_word() && !next.is_capital() && office()
        || next.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE))
        || next.has(Class::RELATIVE)
        || next.is(TokenKind::Number)
        || next.is_word()
            && !next.is_capital()
            && next.class == Class::default()
            && !elements.ends(phrase.end + 1, Ending::Gerund);
    if !tells || next.has(Class::SUBJECT) && !next.has(Class::RELATIVE) {
        return phrase;
    }
    let stops = |el: &Element| {
        el.is(TokenKind::Comma)
            || el.is(TokenKind::Stop)
            || el.is_chunk()
            || el.is(TokenKind::Semicolon)
            || el.is(TokenKind::Dash)
            || el.is(TokenKind::Colon)
    };
    let limit = ceiling.min(phrase.end + 1 + LONGEST);
    let end =
        (phrase.end + 1..limit).find(|at| stops(&elements.all[*at]) && !is_initial(elements, *at)).unwrap_or(limit);
    // `According to the council, the bridge was safe`: a clause, no apposition.
    let relative = (phrase.end + 1..end).find(|at| elements.has(*at, Class::RELATIVE)).unwrap_or(end);
    let clause = (phrase.end + 1..relative).any(|at| is_verbal(elements, at));
    // `said Lind, the agency reported`: another tag.
    let past = Forms::PAST.with(Forms::PRESENT);
    let tag = relative > phrase.end + 2
        && elements.has(relative - 1, Class::CUE_VERB)
        && !elements.has(relative - 1, Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::GROUP))
        && elements
            .lexicon()
            .reporting
            .verb(elements.word(relative - 1))
            .any(|(frame, forms)| frame.strength >= 2 && frame.takes.has(Takes::CLAUSE) && forms.has(past));
    if clause || tag {
        return phrase;
    }
    phrase.start..end
}
