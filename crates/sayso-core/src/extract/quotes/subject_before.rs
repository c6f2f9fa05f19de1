//! The subject that stands before a cue, with what tells who it is: `Ada Brandt, the mayor of Harrow, said`.

use super::elements::{Element, Elements};
use super::hanging::{is_past_form, is_reduced};
use super::leftward::{is_weekday, leftward};
use super::phrases::{LONGEST, is_nominal, noun_of};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

/// The subject that ends right before `verb`, not before `floor`: with its apposition, relative clause and the phrases
/// that hang on it. `Brandt, the mayor of Harrow, said` → `Brandt, the mayor of Harrow,`.
pub(super) fn subject_before(elements: &Elements, floor: usize, verb: usize) -> Option<Range<usize>> {
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
    let end = subject_end(elements, floor, verb);
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
    let inner = phrase.start.checked_sub(2).filter(|at| *at > floor && elements.has(*at, Class::AUXILIARY));
    if let Some(group) = inner.filter(|at| elements.has(at + 1, Class::PREPOSITION) && !first.is_capital()) {
        let loose = |at: &usize| elements.has(*at, Class::AUXILIARY.with(Class::ADVERB).with(Class::NEGATION));
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
    let whole = before_office(elements, floor, &phrase);
    Some(if participle { phrase.start..verb } else { whole.unwrap_or(phrase) })
}

/// Where the subject of the verb group at `verb` ends, not before `floor`: before the time and the adverbs that belong to the verb.
pub(super) fn subject_end(elements: &Elements, floor: usize, verb: usize) -> usize {
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
    end
}

/// `It rained, Ada Brandt, Vice-Speaker of the Duma said`: an office with a capital behind the name of its holder, which stands
/// between two commas or begins the clause.
fn before_office(elements: &Elements, floor: usize, phrase: &Range<usize>) -> Option<Range<usize>> {
    let comma = phrase.start.checked_sub(1).filter(|at| *at > floor && elements.is(*at, TokenKind::Comma))?;
    let of = phrase.clone().find(|at| elements.has(*at, Class::PREPOSITION)).filter(|of| *of > phrase.start)?;
    let office = elements.has(of - 1, Class::ROLE.with(Class::TITLE)) && elements.all[phrase.start].is_capital();
    let name = (floor..comma).rev().take_while(|at| elements.all[*at].is_capital()).last()?;
    let begins = name == floor || elements.is(name - 1, TokenKind::Comma);
    // `In China, Secretary of State Ada Brandt said`
    let led = elements.has(name, Class::PREPOSITION);
    (office && begins && !led && comma - name > 1).then_some(name..phrase.end)
}

/// `Two thirds of those polled by the firm`: the phrase that a participle and `by` hang on, whose end is `agent`.
fn done_by(elements: &Elements, floor: usize, agent: &Range<usize>) -> Option<Range<usize>> {
    const MANY: Class = Class::ROLES.with(Class::GROUPS).with(Class::UNNAMED);
    let by = agent.start.checked_sub(1).filter(|by| *by > floor + 1 && elements.says(*by, "by"))?;
    let many = elements.says(by - 2, "those") || elements.has(by - 2, MANY);
    // `, a guideline issued by the council`: the noun of its clause
    let opens = |whole: &Range<usize>| {
        let before = whole.start.checked_sub(1).filter(|_| whole.start > floor);
        before.is_none_or(|at| elements.is(at, TokenKind::Comma) || elements.has(at, Class::COORDINATOR))
    };
    let noun = elements.all[by - 2].is_word() && is_nominal(elements, by - 2);
    let whole = leftward(elements, floor, by - 1).filter(|_| is_past_form(elements, by - 1) && (many || noun))?;
    if !many && !opens(&whole) {
        return None;
    }
    Some(whole.start..agent.end)
}

/// `Speaking in Harrow`, `Asked about it`: whether a phrase begins with a participle at the head of its clause, and not with a name.
pub(super) fn opens_with_participle(elements: &Elements, phrase: &Range<usize>) -> bool {
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
        let small = || {
            elements.all[open - 1].is_word()
                && !elements.all[open - 1].is_capital()
                && (!elements.all[earlier - 1].is_capital()
                    || earlier > low + 1 && elements.has(earlier - 2, Class::PREPOSITION)
                    || fronted())
        };
        // `It rained, the head of the Quay Trust, Ada Brandt, said`
        let role = || elements.has(noun_of(elements, &(earlier + 1..open)), Class::ROLE);
        let owned = elements.has(earlier + 1, Class::DETERMINER.with(Class::POSSESSIVE));
        let named = named || owned && (small() || role());
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
