//! How a verb stands in its clause, and where its group begins: `has also been saying`, `, saying`, `to say`, `was told`.

use super::construction::Construction;
use super::elements::{Element, Elements, Tail, word};
use super::phrases::{LONGEST, is_article, is_nominal, is_possessive, is_sure_cue, is_verbal, may_speak, phrase_at};
use super::subject_before::subject_before;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

/// Whether an adverb stands there that can be part of a verb group.
pub fn is_adverb(elements: &Elements, at: usize) -> bool {
    let Some(el) = elements.all.get(at) else { return false };
    // A capital in the sentence is a name (`Kelly said`).
    let ends = |at: usize| {
        let quoted = elements.chunk(at).is_some_and(|chunk| matches!(chunk.tail, Tail::Stop | Tail::Other));
        quoted || elements.is(at, TokenKind::Stop) || elements.is(at, TokenKind::Exclaim)
    };
    let inside = || at > 0 && !ends(at - 1);
    if !el.is_word() || el.is_capital() && inside() {
        return false;
    }
    // `would only say`
    if el.word == elements.lexicon().common.only {
        return at > 0 && elements.has(at - 1, Class::MODAL.with(Class::HAVE).with(Class::DO));
    }
    if el.has(Class::ADVERB.with(Class::NEGATION)) {
        return !el.has(Class::TIME) && !el.has(Class::DETERMINER.with(Class::SUBJECT));
    }
    let nouns = Class::ROLE.with(Class::GROUP).with(Class::DOCUMENT).with(Class::CUE_VERB).with(Class::TIME);
    if el.end - el.token != 1 || el.has(nouns) {
        return false;
    }
    let token = elements.page.tokens[el.token as usize];
    token.end - token.start > 4 && elements.ends(at, Ending::Adverb)
}

/// Whether a form in `-ing` stands there, in small letters.
pub fn is_gerund(elements: &Elements, at: usize) -> bool {
    // `during` is a preposition.
    elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital() && !el.has(Class::PREPOSITION))
        && elements.text(at).len() > 4
        && elements.ends(at, Ending::Gerund)
        && !elements.is_in(at, List::NounsInIng)
}

/// How the verb at `at`, which ends before `end`, stands, and where its group begins; none where it is no verb.
pub fn verb_group(
    elements: &Elements,
    floor: usize,
    at: usize,
    end: usize,
    forms: Forms,
) -> Option<(Construction, usize)> {
    // `counter-terrorism`
    let glued = elements.is(at + 1, TokenKind::Hyphen)
        && (at..at + 2).all(|at| elements.page.glued(elements.all[at].token as usize));
    let weak = || elements.lexicon().reporting.verb(elements.word(at)).all(|(frame, _)| frame.strength < 3);
    if glued && end == at + 1 && weak() {
        return None;
    }
    let mut first = at;
    // `has since told`
    let since = |at: usize| at > floor && elements.says(at, "since") && elements.has(at - 1, Class::HAVE);
    while first > floor && (is_adverb(elements, first - 1) || since(first - 1)) {
        first -= 1;
    }
    // `a man who works there told the Courier`: the adverb is the relative clause's.
    if first < at && first > floor + 1 && closes_relative(elements, floor, first - 1) {
        first = at;
    }
    let Some(index) = first.checked_sub(1).filter(|index| *index >= floor) else {
        return at_start(elements, at, end, forms);
    };
    let prev = &elements.all[index];
    // `one of the most frequently cited reasons`: a participle before its noun.
    if first < at && !forms.has(Forms::GERUND) && elements.is_in(index, List::DegreeAdverbs) {
        return None;
    }
    let finite = |start: usize| Some((Construction::Finite, group_start(elements, floor, start)));
    let name = super::phrases::is_modal_name(elements, index);
    if prev.has(Class::MODAL.with(Class::DO)) && !name {
        return if forms.has(Forms::BASE) { finite(index) } else { None };
    }
    if prev.is(TokenKind::Clitic) && !is_possessive(elements, index) {
        let progressive = forms.has(Forms::GERUND);
        return if progressive || forms.has(Forms::PARTICIPLE.with(Forms::BASE)) { finite(index) } else { None };
    }
    if prev.word == elements.lexicon().common.to && forms.has(Forms::BASE) {
        return Some(chain(elements, floor, index).map_or((Construction::Infinitive, index), |start| {
            (Construction::Finite, group_start(elements, floor, start))
        }));
    }
    if prev.has(Class::HAVE) {
        // `is said to have described`
        let to = index.checked_sub(1).filter(|to| *to >= floor && elements.says(*to, "to"));
        if let Some(to) = to.filter(|_| forms.has(Forms::PARTICIPLE)) {
            return Some((Construction::Infinitive, to));
        }
        return if forms.has(Forms::PARTICIPLE) { finite(index) } else { None };
    }
    if prev.has(Class::BE) {
        if forms.has(Forms::GERUND) {
            // `was heard to be shouting`
            let to = index.checked_sub(1).filter(|to| *to > floor && elements.says(*to, "to"));
            let outer = to.and_then(|to| chain(elements, floor, to));
            return finite(outer.unwrap_or(index));
        }
        return forms.has(Forms::PARTICIPLE).then(|| (Construction::Passive, group_start(elements, floor, index)));
    }
    if forms.has(Forms::GERUND) {
        // `the Best Supporting Actress`
        if elements.all[at].is_capital() && prev.is_capital() {
            return None;
        }
        // `keeps talking about`
        if elements.lists().has(List::AspectVerbs, elements.lexicon().words.text(prev.word)) {
            return finite(index);
        }
        let noun =
            prev.has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE)) && !prev.has(Class::SUBJECT);
        let named = prev.is(TokenKind::Clitic) || prev.is(TokenKind::Hyphen);
        return (!noun && !named).then_some((Construction::Participle, first));
    }
    let el = &elements.all[at];
    let doubtful =
        el.has(Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::GROUPS).with(Class::GROUP));
    // `Two in five said`
    let share = prev.has(Class::DETERMINER) && is_sure_cue(elements, at) && !is_article(elements, index);
    // `demanded promised pay`: an adjective.
    let object = prev.is_word()
        && !prev.is_capital()
        && prev.has(Class::CUE_VERB)
        && !doubtful
        && !prev.has(Class::CUE_NOUN.with(Class::ADJECTIVE).with(Class::ROLE).with(Class::DOCUMENT).with(Class::GROUP))
        && elements.ends(index, Ending::Past)
        && forms.has(Forms::PARTICIPLE)
        // `the accused replied`, `a sailor who asked not to be named replied`
        && !index.checked_sub(1).is_some_and(|the| elements.says(the, "the") || elements.has(the, Class::BE))
        && !is_sure_cue(elements, at);
    // `a bill to stop alleged thieves being named`: an adjective behind a verb.
    let object = object
        || forms.has(Forms::PARTICIPLE)
            && prev.is_word()
            && !prev.is_capital()
            && !prev.has(Class::PEOPLE)
            && !elements.ends(index, Ending::Plural)
            && index.checked_sub(1).is_some_and(|to| elements.says(to, "to"))
            && elements.all.get(end).is_some_and(|next| next.is_word() && next.class == Class::default());
    // `every sailor the Post talked to said`
    let talks = index > floor && elements.is_in(index - 1, List::Talking) && is_sure_cue(elements, at);
    // `the other cautioned that`, `A third warned: “…”`: of several who were named
    let one = forms.has(Forms::PAST)
        && index > floor
        && is_article(elements, index - 1)
        && elements.is_in(index, List::OnesOfSeveral)
        && (elements.says(end, "that") || introduces(elements, end));
    let share = share || one;
    // `a sailor called Otto Lind said`
    if elements.is_in(at, List::NamingVerbs) && forms.has(Forms::PARTICIPLE) && names_one(elements, index, end) {
        return None;
    }
    // `an official confirmed that`, but not `the official claims`
    let official = prev.has(Class::ROLE) && forms.has(Forms::PAST);
    let noun = object || !share && prev.has(Class::DETERMINER.with(Class::POSSESSIVE))
        && !prev.has(Class::SUBJECT.with(Class::RELATIVE))
        && (!prev.has(Class::UNNAMED) || doubtful)
        // `the 56-year-old said`, `the accused said`
        || prev.has(Class::ADJECTIVE)
            && !prev.is_capital()
            && !one
            && !official
            && !is_sure_cue(elements, at)
            && !index.checked_sub(1).is_some_and(|hyphen|  elements.is(hyphen, TokenKind::Hyphen))
        || prev.has(Class::PREPOSITION) && !prev.has(Class::RELATIVE) && !prev.is_capital() && !talks
        || prev.is(TokenKind::Clitic)
        || (prev.is(TokenKind::Number) || prev.is(TokenKind::Symbol))
            && elements.all.get(end).is_some_and(|el| {
                el.is_word() && !el.has(Class::DETERMINER.with(Class::SUBJECT).with(Class::RELATIVE))
            })
        || prev.is(TokenKind::Hyphen)
        || is_verbal(elements, index) && !(is_sure_cue(elements, at) && closes_relative(elements, floor, index));
    if noun {
        return None;
    }
    // `Grace Read told jurors`: a name with a verb in it, before the verb of the clause.
    let body = elements.page.paragraphs[elements.paragraph].region == crate::document::RegionKind::Body;
    if body
        && el.is_capital()
        && prev.is_capital()
        && elements.has(end, Class::CUE_VERB)
        && !elements.has(end, Class::CUE_NOUN)
    {
        return None;
    }
    let by = elements.says(end, "by") && is_agent(elements, end + 1);
    let parted = prev.is(TokenKind::Comma);
    if forms.has(Forms::PARTICIPLE) && by && (is_nominal(elements, index) || parted) {
        return Some((Construction::Reduced, first));
    }
    if forms.has(Forms::PAST) {
        let hangs = parted && forms.has(Forms::PARTICIPLE) && !is_sure_cue(elements, at);
        return if hangs && is_closed(elements, end) { None } else { finite(first) };
    }
    if forms.has(Forms::PARTICIPLE) {
        return None;
    }
    // `Local reports said`, `News reports suggest`
    let verb = |at: usize| {
        let other = elements.has(at, Class::CUE_VERB) && !elements.has(at, Class::CUE_NOUN);
        let mut known = elements.lexicon().reporting.verb(elements.word(at));
        other && known.any(|(_, forms)| forms.has(Forms::BASE))
    };
    if doubtful && (is_sure_cue(elements, end) || elements.ends(at, Ending::ClearPlural) && verb(end)) {
        return None;
    }
    // `Both suspects are accused`
    let then = elements.has(end, Class::BE.with(Class::HAVE).with(Class::MODAL)) && !is_sure_cue(elements, at);
    if then && prev.has(Class::DETERMINER) && elements.ends(at, Ending::ClearPlural) {
        return None;
    }
    let doubtful = doubtful && !is_tag(elements, floor, index);
    let subject = prev.has(Class::SUBJECT.with(Class::RELATIVE));
    if forms.has(Forms::PRESENT) {
        let sure = subject
            || prev.is_capital()
            || prev.has(Class::ROLE.with(Class::GROUP).with(Class::DOCUMENT))
            || !is_nominal(elements, index)
            || doubtful && told_subject(elements, floor, first, end).is_some();
        let capital =
            el.is_capital() && elements.page.paragraphs[elements.paragraph].region == crate::document::RegionKind::Body;
        return if (sure || !doubtful) && !capital { finite(first) } else { None };
    }
    if !forms.has(Forms::BASE) || el.is_capital() && prev.is_capital() {
        return None;
    }
    let plural = prev.has(Class::ROLES.with(Class::GROUPS).with(Class::DOCUMENTS).with(Class::PLURAL).with(Class::FIRST))
            // `Let me tell you`
            && (prev.has(Class::SUBJECT) || !prev.has(Class::OBJECT));
    // `The bridge is old, say residents.`
    let inverted = parted && !doubtful && ends_in_people(elements, end);
    let you = elements.is_in(index, List::PluralSubjects) || inverted;
    let many = prev.is_word() && elements.ends(index, Ending::Plural) && !subject;
    // `need to write a letter and describe how`: what is to be done is not said.
    if prev.has(Class::COORDINATOR) && joins_infinitive(elements, floor, index) {
        return None;
    }
    // `heard the minister concede that`: whom somebody heard.
    let heard = |at: usize| elements.is_in(at, List::Overheard) && !elements.has(at + 1, Class::PREPOSITION);
    let heard = (floor..index).rev().take(6).any(heard);
    if heard && !plural {
        return None;
    }
    let several = |subject: Range<usize>| is_plural(elements, subject);
    let sure = plural
        || you
        || match doubtful {
            true => told_subject(elements, floor, first, end).is_some_and(several),
            false => {
                many || prev.has(Class::COORDINATOR) || subject_before(elements, floor, first).is_some_and(several)
            }
        };
    if sure { finite(first) } else { None }
}

/// `the deals, proposed at such prices, were late`: whether a participle behind a comma, which ends before `at`, only hangs on the
/// noun there: a preposition follows it, and behind the next comma the noun's verb.
fn is_closed(elements: &Elements, at: usize) -> bool {
    const MOST: usize = 12;
    let close = (at..elements.all.len().min(at + MOST)).find(|at| elements.is(*at, TokenKind::Comma));
    elements.has(at, Class::PREPOSITION) && close.is_some_and(|close| is_verbal(elements, close + 1))
}

/// Whether the nearest verb before the coordinator at `at` that a form without an ending can go on from stands behind `to`.
fn joins_infinitive(elements: &Elements, floor: usize, at: usize) -> bool {
    const MOST: usize = 16;
    const FINITE: Class = Class::MODAL.with(Class::DO).with(Class::SUBJECT);
    let low = floor.max(at.saturating_sub(MOST));
    (low..at)
        .rev()
        .find(|at| elements.says(*at, "to") || elements.has(*at, FINITE) || elements.is(*at, TokenKind::Semicolon))
        .is_some_and(|to| {
            let verb = elements.all.get(to + 1);
            elements.says(to, "to")
                && verb.is_some_and(|verb| verb.is_word() && !verb.is_capital())
                && !elements.has(to + 1, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT))
                && !elements.ends(to + 1, Ending::Plural)
        })
}

/// `a sailor called Otto Lind said`: whether the noun at `noun`, behind `a`, is somebody whom the name at `name` names.
fn names_one(elements: &Elements, noun: usize, name: usize) -> bool {
    const MOST: usize = 3;
    const PEOPLE: Class = Class::ROLE.with(Class::UNNAMED);
    const BEHIND: Class = Class::CUE_VERB.with(Class::AUXILIARY).with(Class::PREPOSITION).with(Class::RELATIVE);
    let plain = |at: &usize| elements.all[*at].is_word() && !elements.all[*at].is_capital();
    let article = (noun.saturating_sub(MOST)..noun).rev().find(|at| elements.is_in(*at, List::Articles));
    let article = article.or_else(|| noun.checked_sub(1).filter(|at| elements.all[*at].is_capital()));
    let capital = |at: &usize| elements.all[*at].is_capital() && !elements.has(*at, Class::FUNCTION);
    let end = (name..elements.all.len()).find(|at| !capital(at)).unwrap_or(elements.all.len());
    let closes = |el: &Element| !el.is_word() && !el.is_chunk() || el.has(BEHIND);
    elements.has(noun, PEOPLE)
        && plain(&noun)
        && article.is_some_and(|article| !elements.says(article, "the"))
        && end > name
        && elements.all.get(end).is_none_or(closes)
}

/// `Engineers at the yard claim the boats were late`: the subject before `verb`, where it can speak and begins its clause, and a clause,
/// or `that`, is told from `end` on.
fn told_subject(elements: &Elements, floor: usize, verb: usize, end: usize) -> Option<Range<usize>> {
    const OPENS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::SUBJECT);
    let clause = || (end + 1..elements.all.len().min(end + LONGEST)).any(|at| is_verbal(elements, at));
    let told = elements.says(end, "that") || elements.has(end, OPENS) && clause();
    let subject = if told { subject_before(elements, floor, verb)? } else { return None };
    let before = subject.start.checked_sub(1).filter(|before| *before >= floor);
    let begins = before.is_none_or(|before| !elements.all[before].is_word());
    (begins && may_speak(elements, &subject)).then_some(subject)
}

/// Whether several people, and nothing else, end the sentence from `at` on.
fn ends_in_people(elements: &Elements, at: usize) -> bool {
    const MOST: usize = 12;
    const PEOPLE: Class = Class::ROLES.with(Class::GROUPS).with(Class::UNNAMED);
    let Some(phrase) = phrase_at(elements, at, at + MOST) else { return false };
    let last = phrase.end - 1;
    let many = elements.has(last, PEOPLE) || elements.ends(last, Ending::ClearPlural);
    let ends = elements.all.get(phrase.end).is_none_or(|el| el.is(TokenKind::Stop));
    many && ends && elements.all[last].is_word()
}

/// Whether a subject is several: `polls in Harrow`, `most of them`, `61 percent of voters`.
fn is_plural(elements: &Elements, subject: Range<usize>) -> bool {
    let head = subject.clone().find(|at| {
        let participle = *at > subject.start && !elements.all[*at].is_capital() && elements.ends(*at, Ending::Past);
        elements.has(*at, Class::PREPOSITION.with(Class::RELATIVE).with(Class::ADVERB))
            || participle
            || elements.is(*at, TokenKind::Comma)
    });
    let Some(last) = head.unwrap_or(subject.end).checked_sub(1).filter(|last| *last >= subject.start) else {
        return false;
    };
    // `Forces loyal to Otto Brandt`: an adjective behind its noun.
    let hung = |noun: &usize| {
        *noun >= subject.start
            && elements.has(last + 1, Class::PREPOSITION)
            && elements.all[*noun].is_word()
            && !elements.all[last].is_capital()
            && !elements.ends(last, Ending::Plural)
            && elements.ends(*noun, Ending::ClearPlural)
    };
    let last = last.checked_sub(1).filter(hung).unwrap_or(last);
    let text = elements.text(last);
    let one = elements.lists().has(List::OnePeople, text);
    // `Lind and Voss suggest`
    let joined = || subject.clone().skip(1).any(|at| word(elements, at) == "and" && elements.all[at - 1].is_capital());
    joined() && elements.all[last].is_capital()
        || elements.is_in(last, List::PluralSubjects)
        || !one
            && elements.has(
                last,
                Class::UNNAMED.with(Class::ROLES).with(Class::GROUPS).with(Class::DOCUMENTS).with(Class::PLURAL),
            )
        || elements.is(last, TokenKind::Number)
        || text == "percent"
        || elements.all[last].is_word() && elements.ends(last, Ending::ClearPlural)
}

/// Whether one who acts can be named there: `claims made by officials`, but not `said by telephone`.
fn is_agent(elements: &Elements, at: usize) -> bool {
    const SOMEBODY: Class =
        Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::PEOPLE).with(Class::TITLE);
    elements.has(at, SOMEBODY)
        || elements.all.get(at).is_some_and(|el| el.is_capital())
        || elements.all.get(at + 1).is_some_and(|el| el.is_word() && elements.ends(at, Ending::Plural))
}

/// Whether nothing but a short phrase stands between quoted words that end in a comma and the verb behind `last`.
fn is_tag(elements: &Elements, floor: usize, last: usize) -> bool {
    const MOST: usize = 6;
    (floor..=last)
        .rev()
        .take(MOST)
        .find(|at| !is_nominal(elements, *at) && !elements.has(*at, Class::DETERMINER))
        .and_then(|at| elements.chunk(at))
        .is_some_and(|chunk| chunk.tail == Tail::Comma)
}

/// `a man who left told the Courier`: whether the verb at `index`, without more, is that of a relative clause that ends there.
pub(super) fn closes_relative(elements: &Elements, floor: usize, index: usize) -> bool {
    let who = index.checked_sub(1).filter(|who| *who > floor && elements.says(*who, "who"));
    // `who works`, `who was`
    let verb = super::hanging::is_past_form(elements, index)
        || elements.ends(index, Ending::Plural)
        || elements.has(index, Class::BE);
    who.is_some_and(|who| is_nominal(elements, who - 1)) && verb
}

/// The verb begins its segment.
fn at_start(elements: &Elements, at: usize, end: usize, forms: Forms) -> Option<(Construction, usize)> {
    if forms.has(Forms::GERUND) {
        return Some((Construction::Participle, at));
    }
    let opens = |el: &Element| el.is_capital() || el.has(Class::DETERMINER.with(Class::POSSESSIVE));
    let inverted = elements.all.get(end).is_some_and(opens);
    // `Added Brandt: “…”`, `Adds his wife, “…”`, but not `Proposed Activity: what is to be done`
    let quoted = |at: usize| {
        let colon = elements.is(at, TokenKind::Colon) && at + 1 >= elements.all.len();
        colon || introduces(elements, at)
    };
    let source = || {
        let phrase = phrase_at(elements, end, end + 12)?;
        Some(quoted(phrase.end) || quoted(super::phrases::with_tail(elements, phrase, elements.all.len()).end))
    };
    let leads = || source().unwrap_or(false);
    // `Said Benali ran the race`: a name that looks like a verb, before the verb of its clause.
    let named = elements.all.get(end).is_some_and(Element::is_capital) && !elements.has_chunk(at..elements.all.len());
    let acts =
        |at: usize| at < elements.all.len() && (is_verbal(elements, at) || super::hanging::is_past_form(elements, at));
    if named && phrase_at(elements, end, end + 4).is_some_and(|name| acts(name.end)) {
        return None;
    }
    if forms.has(Forms::PRESENT) && !forms.has(Forms::PAST) {
        return (inverted && elements.ends(at, Ending::Plural) && leads()).then_some((Construction::Finite, at));
    }
    if forms.has(Forms::PAST) {
        return Some((
            if inverted && (!forms.has(Forms::PARTICIPLE) || elements.text(at) == "Said" || leads()) {
                Construction::Finite
            } else {
                Construction::Reduced
            },
            at,
        ));
    }
    None
}

/// Whether the comma or colon at `at` stands right before quoted words.
pub(super) fn introduces(elements: &Elements, at: usize) -> bool {
    let mark = elements.is(at, TokenKind::Colon) || elements.is(at, TokenKind::Comma);
    mark && elements.all.get(at + 1).is_some_and(|el| el.is_chunk())
}

/// `went on to say`, `continued to insist`: where the chain that ends in the `to` at `to` begins.
fn chain(elements: &Elements, floor: usize, to: usize) -> Option<usize> {
    let before = to.checked_sub(1).filter(|index| *index >= floor)?;
    let text = |at: usize| elements.lexicon().words.text(elements.word(at));
    match text(before) {
        "on" if before > floor && elements.lists().has(List::Going, text(before - 1)) => Some(before - 1),
        verb if elements.lists().has(List::ChainVerbs, verb) => Some(before),
        verb if elements.lists().has(List::Overheard, verb)
            && before > floor
            && elements.has(before - 1, Class::BE) =>
        {
            Some(before)
        }
        _ => None,
    }
}

/// With the auxiliaries and adverbs before `start`.
pub fn group_start(elements: &Elements, floor: usize, mut start: usize) -> usize {
    const AUXILIARY: Class = Class::AUXILIARY.with(Class::NEGATION);
    while start > floor {
        let index = start - 1;
        let clitic = elements.is(index, TokenKind::Clitic) && !is_possessive(elements, index);
        let name = super::phrases::is_modal_name(elements, index);
        if name || !(elements.has(index, AUXILIARY) || is_adverb(elements, index) || clitic) {
            break;
        }
        start = index;
    }
    start
}
