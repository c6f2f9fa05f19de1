//! How far reported words reach: over which commas and conjunctions, and where the next cue begins.
//!
//! `said that the ferry, which was late, was full, adding …` → up to `full`.

use super::adjuncts::skip_adjuncts;
use super::comment::is_comment;
use super::conjuncts::{
    adds_phrase, closes_aside, is_second_passive, joins_attribute, joins_base, joins_gerunds, joins_noun, resumes,
};
use super::construction::{Construction, Reach};
use super::cues::Cue;
use super::elements::{Elements, Tail, word};
use super::hanging::is_past_form;
use super::phrases::{is_nominal, is_sure_cue, is_verbal, phrase_at, subject_at};
use super::predicates::{begins_phrase, is_clause, is_cue_verb, leads_verb};
use super::verb_group::{is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// The pieces from `start` on, before `ceiling`.
pub fn extent(elements: &Elements, cue: &Cue, start: usize, ceiling: usize, reach: Reach) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let start = start + usize::from(is_stray(elements, start) && start + 1 < ceiling);
    let fronted = is_fronted(elements, cue, start);
    let mut begin = start;
    let mut at = start;
    while at < ceiling {
        // No rule below stops at a plain word, and a sentence can be long.
        if at > begin + 1 {
            at = elements.next_part(at..ceiling);
            if at == ceiling {
                break;
            }
        }
        let el = &elements.all[at];
        // `notes that two doors were open; that a third was shut; and that nobody had the key`
        let that = at + 1 + usize::from(elements.has(at + 1, Class::COORDINATOR));
        if at > begin && el.is(TokenKind::Semicolon) {
            if reach == Reach::That && elements.says(that, "that") && that + 1 < ceiling {
                at = that + 1;
                continue;
            }
            break;
        }
        // `called it “dull”: “It has no end.”`
        if at > begin && el.is(TokenKind::Colon) && elements.all[at - 1].is_chunk() {
            break;
        }
        // `quoted his grandmother: “…”`
        if at > begin
            && reach == Reach::Noun
            && el.is(TokenKind::Colon)
            && elements.all.get(at + 1).is_some_and(|next| next.is_chunk())
            && !elements.has_chunk(begin..at)
        {
            break;
        }
        // `called “dull” at least twice`
        if reach == Reach::Noun
            && at == begin + 1
            && pieces.is_empty()
            && elements.all[begin].is_chunk()
            && cue.takes(Takes::QUOTATION)
            && !is_linked(elements, cue, at)
            && !el.has(Class::COORDINATOR)
            && !el.is(TokenKind::Comma)
            && !quotes_to_comma(elements, begin)
        {
            break;
        }
        // `said, “Go home,” so I went home`
        if at == start + 1 && at + 1 < ceiling && goes_home(elements, cue, at, ceiling) {
            break;
        }
        // `declared the drought a disaster amid warnings of famine`
        if at > begin && elements.says(at, "amid") && (reach == Reach::Noun || !is_clause(elements, begin, at)) {
            break;
        }
        // `called it “late” in a letter`, `called it “late” mainly for its price`
        if at > begin
            && elements.all[at - 1].is_chunk()
            && reach == Reach::Noun
            && (is_occasion(elements, at, ceiling) || is_adverb(elements, at) && elements.says(at + 1, "for"))
        {
            break;
        }
        // `described it as “late” after it sank`
        if at > begin
            && elements.all[at - 1].is_chunk()
            && tells_when(elements, at, reach)
            && !is_linked(elements, cue, at)
        {
            break;
        }
        if at > begin
            && el.has(Class::COORDINATOR)
            // `neither wrote nor called`
            && !(elements.says(at, "nor") && (begin..at).any(|at| elements.says(at, "neither")))
            && (is_second_cue(elements, cue, at, ceiling)
                || reach == Reach::Clause && goes_on_saying(elements, cue, at + 1, ceiling)
                || reach == Reach::Noun && (leads_verb(elements, at + 1) || leads_cue(elements, at + 1, ceiling))
                // `threatened to leave and his deputy accused the board`
                || reach == Reach::Clause && elements.says(start, "to") && leads_cue(elements, at + 1, ceiling)
                || elements.all[at - 1].is_chunk() && leads_past(elements, at + 1)
                || leads_noun(elements, at + 1)
                || reach != Reach::Noun && (leaves_modal(elements, cue, start, at) || tells_no_more(elements, at)))
        {
            break;
        }
        if quotes_to_comma(elements, at) || at > begin && (el.is(TokenKind::Comma) || el.is(TokenKind::Dash)) {
            let comma = if el.is_chunk() { at + 1 } else { at };
            // `Though she said the yard was late, others doubt it`: the main clause begins.
            if fronted && !el.is(TokenKind::Dash) && opens_main(elements, begin, at, ceiling, reach) {
                at += usize::from(el.is_chunk());
                break;
            }
            if let Some(end) = parenthesis(elements, comma, ceiling) {
                pieces.push(begin..comma);
                begin = end;
                at = end;
                continue;
            }
            // `accused Brandt, the mayor of Harrow, of sleeping`; `praised Brandt, who left, as “a friend”`
            if reach == Reach::Noun
                && elements.is(comma, TokenKind::Comma)
                && let Some(close) = (comma + 1..ceiling.min(comma + 16)).find(|at| elements.is(*at, TokenKind::Comma))
                && (elements.says(close + 1, "of") && is_gerund(elements, close + 2)
                    || elements.lists().has(List::AfterClose, word(elements, close + 1))
                        && elements.has_chunk(close + 2..ceiling.min(close + 6)))
            {
                at = close + 1;
                continue;
            }
            if reach != Reach::Noun
                && let Some(end) = inner_phrase(elements, begin, comma, ceiling)
            {
                at = end;
                continue;
            }
            // `was, however, allowed to open`: a word between commas, behind which the clause goes on.
            if reach != Reach::Noun
                && let Some(close) = inserted(elements, comma + 1, ceiling)
            {
                at = close + 1;
                continue;
            }
            if let Some(close) = resumes(elements, cue, begin, comma, ceiling, reach) {
                at = close + 1;
                continue;
            }
            // `the levy -- a small one -- would rise`, `-- a small one -- to pay for it`
            if el.is(TokenKind::Dash)
                && let Some(close) =
                    closing_dash(elements, at, ceiling).filter(|close| closes_aside(elements, *close, ceiling))
            {
                at = close + 1;
                continue;
            }
            // `he braked hard — too late — and then saw the child`
            if reach != Reach::Noun
                && el.is(TokenKind::Dash)
                && let Some(close) = closing_dash(elements, at, ceiling)
                && elements.all.get(close + 1).is_some_and(|next| next.has(Class::COORDINATOR))
                && !leads_cue(elements, close + 2, ceiling)
                // `costs less – about 140 dollars – and urges donors to pay`
                && !is_second_cue(elements, cue, close + 1, ceiling)
            {
                at = close + 2;
                continue;
            }
            // `said it would close, in a letter to its crews`
            let comment = reach != Reach::Noun
                && (is_comment(elements, cue, start, at + 1, ceiling) || tells_in_what(elements, at + 1, ceiling));
            // `She wrote: When you choose a place, you want to know`: the comma only closes what opens the sentence.
            let opening = reach != Reach::Noun && opens_sentence(elements, begin, comma, ceiling);
            let comment = comment || reach != Reach::Noun && is_remark(elements, cue, start, comma);
            // `said the money had been found, without naming the roads`
            let silent =
                elements.says(at + 1, "without") && elements.lists().has(List::SayingNoMore, word(elements, at + 2));
            let comment = comment || reach != Reach::Noun && (silent || is_deed(elements, cue, start, comma));
            let ends = comment
                || ends_at_comma(elements, cue, at, ceiling, reach)
                    && !quotes_on(elements, &(begin..comma), comma, ceiling);
            if ends && !opening {
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

/// `said the pool would open in May, which is more than he offered last year`: whether what `which` begins behind the comma at `comma`
/// stands in the present, where what was said from `start` on stands in the past: it is the narrator's.
fn is_remark(elements: &Elements, cue: &Cue, start: usize, comma: usize) -> bool {
    let verb = comma + 2 + usize::from(is_adverb(elements, comma + 2));
    let now = elements.lists().has(List::PresentAuxiliaries, word(elements, verb));
    let past = |at: usize| {
        let regular = elements.ends(at, Ending::Past) && !elements.has(at, Class::ADJECTIVE);
        elements.has(at, Class::PAST) || elements.is_in(at, List::PastModals) || regular
    };
    elements.is(comma, TokenKind::Comma)
        && elements.says(comma + 1, "which")
        && now
        && cue.forms.has(Forms::PAST)
        && !cue.range.clone().any(|at| elements.has(at, Class::HAVE))
        && !elements.says(start, "to")
        && !elements.has(start, Class::SUBORDINATOR)
        && (start..comma).find(|at| is_verbal(elements, *at) || past(*at)).is_some_and(past)
}

/// `described the “leak” as a crime`: whether the word at `at` links what the cue tells of with what it calls it.
fn is_linked(elements: &Elements, cue: &Cue, at: usize) -> bool {
    let own = cue.frame.is_some_and(|frame| frame.with.contains(&elements.word(at)));
    own && elements.says(at, "as")
        && elements.has(at + 1, Class::DETERMINER.with(Class::ADJECTIVE))
        && !is_clause(elements, at + 1, elements.all.len())
}

/// `in a letter`, `during an interview`: whether a text or speech is named at `at` as what something is said in.
fn is_occasion(elements: &Elements, at: usize, ceiling: usize) -> bool {
    elements.is_in(at, List::OccasionPrepositions)
        && matches!(word(elements, at + 1), "a" | "an")
        && is_said_in(elements, at + 2, ceiling)
}

/// Whether the noun phrase that goes on at `at` has a word for a text or speech at its head.
fn is_said_in(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 5;
    let inside = |at: &usize| is_nominal(elements, *at) && !is_verbal(elements, *at) && elements.all[*at].is_word();
    let head = (at..ceiling.min(at + MOST)).take_while(inside).last();
    head.is_some_and(|head| elements.has(head, Class::DOCUMENT) && !elements.is(head + 1, TokenKind::Hyphen))
}

/// `, in a letter to its crews`, `, in its first ruling`: whether what stands behind a comma at `at`, up to the end, tells in what
/// something was said.
fn tells_in_what(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let comma = |at: usize| elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash);
    let a = matches!(word(elements, at + 1), "a" | "an");
    matches!(word(elements, at), "in" | "during")
        && (a || elements.has(at + 1, Class::POSSESSIVE))
        && is_said_in(elements, at + 2, ceiling)
        && !(at..ceiling).any(comma)
}

/// Whether a dash or hyphen right before quoted words stands at `at`: what a space that does not break became.
fn is_stray(elements: &Elements, at: usize) -> bool {
    (elements.is(at, TokenKind::Hyphen) || elements.is(at, TokenKind::Dash))
        && elements.all.get(at + 1).is_some_and(|next| next.is_chunk())
}

/// `Though she said …, …`: whether a word that subordinates opens the sentence, and no comma stands between it and what is told from
/// `start` on.
fn is_fronted(elements: &Elements, cue: &Cue, start: usize) -> bool {
    const MOST: usize = 16;
    let next = elements.segments.partition_point(|segment| segment.end <= cue.range.start);
    let Some(segment) = elements.segments.get(next) else { return false };
    let first = segment.start + usize::from(elements.has(segment.start, Class::COORDINATOR));
    let opens = elements.has(first, Class::SUBORDINATOR) && !elements.says(first, "so") && first < cue.range.start;
    opens
        && cue.range.start - first <= MOST
        && start < elements.all.len()
        && (first..start).all(|at| {
            let el = &elements.all[at];
            // `When Lind said, “I will stay,” others left`
            let led_in = at + 1 == start && el.is(TokenKind::Comma) && elements.all[start].is_chunk();
            led_in || !el.is(TokenKind::Comma) && !el.is(TokenKind::Dash) && !el.is(TokenKind::Colon) && !el.is_chunk()
        })
}

/// Whether a main clause begins behind the comma at `at`, and what is told from `begin` on is complete before it.
fn opens_main(elements: &Elements, begin: usize, at: usize, ceiling: usize, reach: Reach) -> bool {
    const LEADS: Class = Class::PREPOSITION.with(Class::SUBORDINATOR);
    let next = at + 1;
    let end = at + usize::from(elements.all[at].is_chunk());
    let whole = reach == Reach::Noun
        || elements.says(begin, "to")
        || elements.all[begin].is_chunk()
        || is_clause(elements, begin, end);
    whole
        && next < ceiling
        && (!elements.has(next, LEADS) || elements.has(next, Class::SUBJECT.with(Class::DETERMINER)))
        && !elements.has(next, Class::RELATIVE.with(Class::COORDINATOR))
        && begins_phrase(elements, next)
        && is_clause(elements, next, ceiling)
}

/// The dash that closes an aside, which the one at `dash` opens.
fn closing_dash(elements: &Elements, dash: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 16;
    (dash + 1..ceiling.min(dash + MOST)).find(|at| elements.is(*at, TokenKind::Dash))
}

/// Whether the comma at `at` is followed by what comes of the clause before it, which is still to come as that clause is: `the yard
/// will close, leaving 40 without work`; or by what had been before: `was on bail, having been charged with theft`.
fn comes_of(elements: &Elements, told: Range<usize>, at: usize) -> bool {
    let before = elements.says(at + 1, "having")
        && (elements.says(at + 2, "been") || elements.ends(at + 2, Ending::Past) || elements.has(at + 2, Class::PAST));
    if before && is_clause(elements, told.start, told.end) {
        return true;
    }
    let modal = told.clone().find(|at| elements.has(*at, Class::MODAL) && !elements.all[*at].is_capital());
    let parts = |at: usize| elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash);
    elements.is_in(at + 1, List::Results) && modal.is_some_and(|modal| !(modal..told.end).any(parts))
}

/// `said it might rain, which would help`, `says it may rain, which will help`: whether a relative clause behind the comma at `at`
/// tells what is to come, in the time of the report.
fn foresees(elements: &Elements, cue: &Cue, at: usize) -> bool {
    let verb = at + 2 + usize::from(is_adverb(elements, at + 2));
    let past = elements.is_in(verb, List::PastModals);
    let now = cue.forms.has(Forms::PRESENT) && !cue.forms.has(Forms::PAST);
    elements.says(at + 1, "which")
        && !elements.says(cue.range.end, "to")
        && !elements.has(verb + 1, Class::HAVE)
        && (past || now && elements.has(verb, Class::MODAL))
}

/// Whether the comma at `comma` is the first behind a subordinate clause that opens what is said from `start` on, and the main clause
/// stands behind it.
fn opens_sentence(elements: &Elements, start: usize, comma: usize, ceiling: usize) -> bool {
    let when = elements.lists().has(List::AdverbialQuestions, word(elements, start));
    // `that between May and June, a ship was lost`
    let phrase = elements.has(start, Class::PREPOSITION)
        && !elements.has(start, Class::SUBORDINATOR.with(Class::SUBJECT))
        && !elements.says(start, "to")
        && !is_clause(elements, start + 1, comma)
        && is_clause(elements, comma + 1, ceiling);
    let opens = elements.has(start, Class::SUBORDINATOR) && !elements.has(start, Class::QUESTION) || when || phrase;
    opens
        && !elements.has(comma + 1, Class::ACCORDING)
        && elements.is(comma, TokenKind::Comma)
        && (start..comma).all(|at| !elements.is(at, TokenKind::Comma) && !elements.all[at].is_chunk())
        && subject_at(elements, comma + 1, ceiling)
            .is_some_and(|phrase| phrase.end < ceiling && !is_sure_cue(elements, phrase.end))
}

/// Whether the narrator goes on at `at`, right behind quoted words that end in a comma, with a clause of a pronoun.
fn goes_home(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> bool {
    let joins = elements.has(at, Class::COORDINATOR) || word(elements, at) == "so";
    let clause = elements.has(at + 1, Class::SUBJECT) && !elements.has(at + 1, Class::DETERMINER.with(Class::RELATIVE));
    cue.takes(Takes::QUOTATION)
        && joins
        && clause
        && quotes_to_comma(elements, at - 1)
        && !elements.has_chunk(at..ceiling)
        && (at..ceiling).all(|at| !is_sure_cue(elements, at))
}

/// Whether what stands right behind quoted words says when they were said: `“I am smart,” when Lind asked`.
fn tells_when(elements: &Elements, at: usize, reach: Reach) -> bool {
    let when = elements.is_in(at, List::WhenSaid);
    when && (reach == Reach::Noun || quotes_to_comma(elements, at - 1))
}

/// `said “we will not pay” and left`: a coordinator behind quoted words joins an irregular past.
fn leads_past(elements: &Elements, at: usize) -> bool {
    elements
        .all
        .get(at)
        .is_some_and(|el| el.is_word() && !el.is_capital() && (el.has(Class::PAST) || elements.says(at, "left")))
}

/// `said the ship was late, but did not give a reason`, `but gave no reason`: the speaker tells no more, behind the coordinator at
/// `at`.
fn tells_no_more(elements: &Elements, at: usize) -> bool {
    if !elements.says(at, "but") {
        return false;
    }
    let mut verb = at + 1;
    while is_adverb(elements, verb) {
        verb += 1;
    }
    let not = verb + 1;
    let denies = elements.has(verb, Class::DO) || elements.says(verb, "would");
    let gives = elements.is_in(verb, List::GivingVerbs) && elements.says(not, "no");
    denies && elements.has(not, Class::NEGATION) && elements.is_in(not + 1, List::TellingMore) || gives
}

/// `said she would appeal, then left`, `said the cups were real, before breaking down`: whether what stands behind the comma at `comma` is what
/// the speaker did, and not part of what is told from `start` on: that is no deed of a person's, but what will be, or how things stand.
fn is_deed(elements: &Elements, cue: &Cue, start: usize, comma: usize) -> bool {
    let next = comma + 1;
    let verb = next + 1 + usize::from(is_adverb(elements, next + 1));
    let before = elements.says(next, "before") && is_gerund(elements, next + 1);
    let then = (elements.says(next, "then") || elements.says(next, "and"))
        && verb < elements.all.len()
        && is_past_deed(elements, verb)
        && !elements.has(verb, Class::CUE_VERB.with(Class::AUXILIARY));
    let told = cue.forms.has(Forms::PAST) || cue.construction == Construction::Participle;
    if !elements.is(comma, TokenKind::Comma) || !told || !before && !then {
        return false;
    }
    let first = start + usize::from(elements.says(start, "that"));
    let Some(subject) = subject_at(elements, first, comma) else { return false };
    let group = subject.end + usize::from(is_adverb(elements, subject.end));
    // `would appeal`, `will appeal`
    if elements.has(group, Class::MODAL) {
        return then && !elements.has(group + 1, Class::HAVE.with(Class::BE));
    }
    // `the boats were old`, `the list had been agreed`, `he thought the cups were real`
    let person = |phrase: &Range<usize>| {
        phrase.clone().any(|at| elements.all[at].is_capital() || elements.has(at, Class::PEOPLE.with(Class::SUBJECT)))
    };
    let stands = |phrase: &Range<usize>| !person(phrase) && elements.has(phrase.end, Class::BE.with(Class::HAVE));
    let any = Forms::PAST.with(Forms::PRESENT).with(Forms::BASE).with(Forms::PARTICIPLE).with(Forms::GERUND);
    let thought = || {
        let mind = reports(elements, group, any, |frame| frame.mode == Mode::Thought);
        mind && subject_at(elements, group + 1, comma).is_some_and(|inner| stands(&inner))
    };
    stands(&subject) || thought()
}

/// Whether a past form of a verb stands at `at`: no adjective in -ed; `left`, which may be one, is taken for a verb.
fn is_past_deed(elements: &Elements, at: usize) -> bool {
    let el = &elements.all[at];
    let regular = elements.ends(at, Ending::Past) && !el.has(Class::ADJECTIVE);
    el.is_word() && !el.is_capital() && (el.has(Class::PAST) || regular || elements.says(at, "left"))
}

/// `announced that it would not pay and closed the yard`: behind a coordinator at `at` a past form goes on from the cue, where the
/// one verb of the reported clause is a modal, which asks for a base form.
fn leaves_modal(elements: &Elements, cue: &Cue, start: usize, at: usize) -> bool {
    const OTHERS: Class = Class::BE.with(Class::HAVE).with(Class::PAST).with(Class::RELATIVE).with(Class::CUE_VERB);
    if !cue.forms.has(Forms::PAST) && cue.construction != Construction::Participle {
        return false;
    }
    let verb = at + 1 + usize::from(is_adverb(elements, at + 1));
    let past = |at: usize| is_past_deed(elements, at);
    let object = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION).with(Class::OBJECT);
    let goes_on = |at: usize| {
        elements.all.get(at).is_some_and(|next| {
            next.has(object.with(Class::ADJECTIVE)) || next.is_capital() || elements.is(at + 1, TokenKind::Hyphen)
        })
    };
    if verb >= elements.all.len() || !past(verb) || !goes_on(verb + 1) {
        return false;
    }
    let modal = (start..at).find(|at| elements.has(*at, Class::MODAL) && !elements.all[*at].is_capital());
    modal.is_some_and(|modal| {
        // `would appeal`: the infinitive itself may be a cue.
        let verb = (modal + 1..at).find(|at| !is_adverb(elements, *at)).unwrap_or(modal);
        // `would be read and vetted`, `would have closed and sold`: participles of one auxiliary
        let auxiliary = elements.has(verb, Class::BE.with(Class::HAVE));
        !auxiliary
            && (start..modal).all(|at| !past(at))
            && (verb + 1..at).all(|at| !past(at) && !elements.has(at, OTHERS))
    })
}

/// `called it “late” and Voss called it “early”`: a coordinator joins a clause with a cue of its own.
fn leads_cue(elements: &Elements, at: usize, ceiling: usize) -> bool {
    subject_at(elements, at, ceiling).is_some_and(|phrase| {
        // `his adviser on trade accused`
        let hung = elements.has(phrase.end, Class::PREPOSITION).then(|| phrase_at(elements, phrase.end + 1, ceiling));
        let verb = hung.flatten().map_or(phrase.end, |hung| hung.end);
        let forms = Forms::PAST.with(Forms::PRESENT);
        !elements.has(verb, Class::CUE_NOUN) && reports(elements, verb, forms, |frame| frame.strength >= 2)
    })
}

/// `his vow that it would close and his claim that it was late`: whether somebody's noun that reports a clause begins at `at`.
fn leads_noun(elements: &Elements, at: usize) -> bool {
    elements.has(at, Class::POSSESSIVE)
        && elements.has(at + 1, Class::CUE_NOUN)
        && elements.says(at + 2, "that")
        && !elements.all[at + 1].is_capital()
}

/// Whether a verb that reports stands at `at` in one of these forms, with a frame that fits.
fn reports(elements: &Elements, at: usize, forms: Forms, fits: impl Fn(&Frame) -> bool) -> bool {
    let mut frames = elements.lexicon().reporting.verb(elements.word(at));
    elements.has(at, Class::CUE_VERB) && frames.any(|(frame, own)| own.has(forms) && fits(frame))
}

/// `the mayor, Ada Brandt, would go`: a phrase between two commas or dashes, with the clause's verb right behind it.
fn inner_phrase(elements: &Elements, begin: usize, comma: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 28;
    let dash = elements.is(comma, TokenKind::Dash);
    let is_same = |at: usize| if dash { elements.is(at, TokenKind::Dash) } else { elements.is(at, TokenKind::Comma) };
    let finite = |at: usize| {
        is_verbal(elements, at)
            || is_cue_verb(elements, at) && !is_gerund(elements, at)
            || is_adverb(elements, at) && is_verbal(elements, at + 1)
    };
    let close = (comma + 1..ceiling.min(comma + MOST)).find(|at| is_same(*at))?;
    // `because the roof, which was old, had leaked`
    let relative = elements.lists().has(List::Relatives, word(elements, comma + 1)) && close + 1 < ceiling;
    // `the raid, which sank two boats, targeted smugglers`
    let past = |at: usize| is_past_form(elements, at);
    // `expected profits, which it will tell in May, to be higher`
    let infinitive = elements.says(close + 1, "to");
    if relative && (finite(close + 1) || past(close + 1) || infinitive) {
        return Some(close);
    }
    if (begin..comma).any(finite) {
        return None;
    }
    // `Lind, who had sunk two boats, but none of his own, had left`: the verb of the clause is still to come.
    let commas = (close + 1..ceiling.min(comma + MOST)).filter(|at| is_same(*at) && at + 1 < ceiling);
    if relative && let Some(last) = commas.into_iter().find(|at| finite(at + 1) || past(at + 1)) {
        return Some(last);
    }
    let goes_on = |at: usize| finite(at) || elements.all[at].is_chunk() && elements.says(comma + 1, "which");
    let clause = !elements.has(comma + 1, Class::SUBJECT) || elements.has(comma + 1, Class::RELATIVE);
    (close + 1 < ceiling && goes_on(close + 1) && clause).then_some(close)
}

/// `said that it “failed the town,” which led to “a loss” this year`, `said it had been well, but now it was “a mess”`: after a
/// comma the report goes on where it quotes more words before any other cue.
fn quotes_on(elements: &Elements, so_far: &Range<usize>, comma: usize, ceiling: usize) -> bool {
    const OTHERS: Class = Class::CUE_VERB.with(Class::CUE_NOUN).with(Class::CUE_ADJECTIVE).with(Class::ACCORDING);
    let next = elements.all.get(comma + 2);
    let joined = elements.has(comma + 1, Class::COORDINATOR) && next.is_some_and(|next| !next.is_chunk());
    (joined || elements.has_chunk(so_far.clone()))
        && (comma..ceiling)
            .find(|at| elements.all[*at].is_chunk() || elements.has(*at, OTHERS))
            .is_some_and(|at| elements.all[at].is_chunk())
}

/// Whether quoted words stand at `at` that end in a comma. A title in marks is none of them:
/// see [`Elements::ends_in_comma`].
fn quotes_to_comma(elements: &Elements, at: usize) -> bool {
    elements.chunk(at).is_some_and(|chunk| chunk.tail == Tail::Comma)
}

/// `… and added that`: the coordinator at `at` goes on to a cue of the same form.
fn is_second_cue(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> bool {
    // `had not yet made`
    let yet = at > 0 && elements.has(at - 1, Class::NEGATION) && elements.says(at, "yet");
    if yet || cue.construction == Construction::Noun {
        return false;
    }
    let mut next = at + 1;
    while next < ceiling && (is_adverb(elements, next) || elements.has(next, Class::HAVE.with(Class::BE))) {
        next += 1;
    }
    if next >= ceiling || !elements.has(next, Class::CUE_VERB) {
        return false;
    }
    // `had offered to pay, and then been threatened with a fine`
    let been = elements.has(next - 1, Class::BE) && !is_gerund(elements, next);
    if been && cue.construction != Construction::Passive {
        return false;
    }
    if joins_noun(elements, at) || is_second_passive(elements, cue.range.end, at) {
        return false;
    }
    // `said he had farmed and knew what a levy was`: a state of mind, which the speaker tells of himself.
    let speech = cue.frame.is_some_and(|frame| frame.mode == Mode::Speech && frame.strength >= 3);
    if speech && cue.takes(Takes::CLAUSE) && elements.is_in(next, List::StatesOfMind) {
        return false;
    }
    // `said he opposed a vote and believed a deal could be found`
    let first = cue.range.end + usize::from(elements.says(cue.range.end, "that"));
    let own = elements.has(first, Class::SUBJECT) && !elements.has(first, Class::DETERMINER.with(Class::RELATIVE));
    if speech
        && own
        && elements.has(at, Class::COORDINATOR)
        && reports(elements, next, Forms::PAST.with(Forms::PRESENT), |frame| frame.mode == Mode::Thought)
    {
        return false;
    }
    // `said he had met the mayor and had promised to help`: in the tense of what is reported.
    let had = |range: Range<usize>| range.into_iter().any(|at| elements.says(at, "had"));
    if had(at + 1..next) && !had(cue.range.clone()) && cue.forms.has(Forms::PAST) {
        return false;
    }
    let wanted = match cue.construction {
        Construction::Participle => Forms::GERUND,
        Construction::Infinitive => Forms::BASE,
        // `is telling … and says`
        Construction::Finite if cue.range.len() > 1 && cue.forms.has(Forms::GERUND) => Forms::PAST.with(Forms::PRESENT),
        _ => Forms(cue.forms.0 & (Forms::PAST.0 | Forms::PRESENT.0 | Forms::BASE.0)),
    };
    elements
        .lexicon()
        .reporting
        .verb(elements.word(next))
        .any(|(frame, forms)| frame.strength >= 2 && forms.has(wanted))
}

/// `has said members will vote but she has insisted …`: whether the clause at `at` has a pronoun for the one who speaks and a cue in
/// the same form as `cue`, which reports a clause of its own.
fn goes_on_saying(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> bool {
    let pronoun = elements.has(at, Class::SUBJECT)
        && !elements.has(at, Class::DETERMINER.with(Class::RELATIVE).with(Class::FIRST));
    if !pronoun || cue.construction != Construction::Finite || elements.says(at, "it") {
        return false;
    }
    let group = (at + 1..ceiling).take_while(|at| is_adverb(elements, *at) || elements.has(*at, Class::HAVE)).count();
    let verb = at + 1 + group;
    let perfect = |range: Range<usize>| range.into_iter().any(|at| elements.has(at, Class::HAVE));
    let again = perfect(at + 1..verb);
    let strong = is_cue_verb(elements, verb);
    verb + 1 < ceiling
        && (again && strong || is_sure_cue(elements, verb))
        && perfect(cue.range.clone()) == again
        && elements
            .lexicon()
            .reporting
            .verb(elements.word(verb))
            .any(|(frame, _)| frame.strength >= 3 && frame.mode == Mode::Speech && frame.takes.has(Takes::CLAUSE))
        && (elements.says(verb + 1, "that")
            || elements.has(verb + 1, Class::SUBJECT.with(Class::DETERMINER).with(Class::POSSESSIVE))
            || elements.all[verb + 1].is_capital())
}

/// `, Brandt said,` or `, according to the report,` after the mark at `comma`: where what follows begins.
fn parenthesis(elements: &Elements, comma: usize, ceiling: usize) -> Option<usize> {
    let from =
        if elements.is(comma, TokenKind::Comma) || elements.is(comma, TokenKind::Dash) { comma + 1 } else { comma };
    let end = tag_end(elements, from, ceiling)?;
    let closes = elements.is(end, TokenKind::Comma) || elements.is(end, TokenKind::Dash);
    if end >= ceiling {
        return Some(ceiling);
    }
    closes.then_some(end + 1)
}

/// The end of a source with its cue that begins at `from`: `the mayor said on Tuesday`, `said the mayor`.
pub fn tag_end(elements: &Elements, from: usize, ceiling: usize) -> Option<usize> {
    if elements.has(from, Class::ACCORDING) {
        return Some(phrase_at(elements, from + 2, ceiling)?.end);
    }
    let reports = |at: usize| {
        elements.has(at, Class::CUE_VERB)
            && elements.lexicon().reporting.verb(elements.word(at)).any(|(frame, forms)| {
                frame.takes.has(Takes::QUOTATION.with(Takes::CLAUSE))
                    && frame.mode != Mode::Showing
                    && forms.has(Forms::PAST.with(Forms::PRESENT).with(Forms::BASE))
            })
    };
    let mut at = from;
    if reports(at) {
        at = phrase_at(elements, at + 1, ceiling)?.end;
    } else {
        at = phrase_at(elements, at, ceiling)?.end;
        // `, the agency reported.`: a verb that ends the sentence looks like a noun.
        let noun = Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::GROUP);
        let named = at > from + 1 && elements.all[at - 2].is_capital();
        if at >= ceiling && at > from + 1 && reports(at - 1) && (named || !elements.has(at - 1, noun)) {
            at -= 1;
        }
        while at < ceiling && (is_adverb(elements, at) || elements.has(at, Class::HAVE)) {
            at += 1;
        }
        if at >= ceiling || !reports(at) {
            return None;
        }
        at += 1;
        // `sources told the Courier`
        let hears = |(frame, _): (&crate::language::reporting::Frame, Forms)| frame.takes.has(Takes::ADDRESSEE);
        if elements.lexicon().reporting.verb(elements.word(at - 1)).any(hears)
            && let Some(hearer) = phrase_at(elements, at, ceiling)
        {
            at = hearer.end;
        }
    }
    let (end, _) = skip_adjuncts(elements, at, ceiling);
    (end >= ceiling || elements.is(end, TokenKind::Comma) || elements.is(end, TokenKind::Dash)).then_some(end)
}

/// Whether content ends at the comma or dash at `at`.
fn ends_at_comma(elements: &Elements, cue: &Cue, at: usize, ceiling: usize, reach: Reach) -> bool {
    let next = at + 1;
    if next >= ceiling {
        return true;
    }
    let gerund = elements.has(next, Class::CUE_VERB)
        && elements.lexicon().reporting.verb(elements.word(next)).any(|(_, forms)| forms.has(Forms::GERUND));
    // `a man who plans to stay, says: “…”`: the verb of the clause around.
    if gerund || elements.has(next, Class::ACCORDING) || is_sure_cue(elements, next) {
        return true;
    }
    let text = word(elements, next);
    let coordinated = elements.has(next, Class::COORDINATOR);
    if coordinated
        && (is_second_cue(elements, cue, next, ceiling) || reach != Reach::Noun && tells_no_more(elements, next))
    {
        return true;
    }
    // `in a play, but that was denied by Lind`: what was said.
    let demonstrative = elements.says(next + 1, "that") && elements.has(next + 2, Class::AUXILIARY);
    if coordinated && demonstrative && reach != Reach::Noun {
        return true;
    }
    // `was in a cellar, Otto Lind, defending, asked him: “…”`
    if reach != Reach::Noun && splices(elements, next, ceiling) {
        return true;
    }
    // `bring it back` is none; `something that he denies` is told by the one who writes.
    let ing = is_gerund(elements, next) && text != "including" || text == "something";
    // `, quietly closing the yard`
    let ing = ing
        || is_adverb(elements, next)
            && elements.is(next + 1, TokenKind::Word)
            && elements.ends(next + 1, Ending::Gerund)
            && elements.text(next + 1).len() > 4;
    let dash = elements.is(at, TokenKind::Dash);
    match reach {
        Reach::That => {
            joins_cue(elements, next, ceiling)
                || coordinated && leads_report(elements, next + 1, ceiling)
                || elements.lists().has(List::NextOfThat, text)
        }
        Reach::Clause => {
            let pronoun = elements.has(next, Class::SUBJECT)
                && !elements.has(next, Class::RELATIVE.with(Class::DETERMINER))
                && text != "there"
                && text != "it";
            // `she wants three things: a bath, a book and a horse`
            let listed = text == "a" && (cue.range.end..at).any(|index| elements.is(index, TokenKind::Colon));
            let aside = !listed && elements.lists().has(List::NextOfClause, text);
            let that = elements.says(next + 1, "that") && elements.has(next, Class::COORDINATOR);
            let breaks = dash
                && !that
                && !(coordinated && adds_phrase(elements, next, ceiling))
                && (elements.lists().has(List::NextBehindDash, text) || elements.all[next].is_capital());
            // `was shut, but that nobody knew`, `is shut, but not for long`: what goes on has no subject of its own.
            let same = text == "but"
                && (that
                    // `not only the roof, but also the wall`
                    || elements.says(next + 1, "also")
                    // `but even with care`
                    || elements.has(
                        next + 1 + usize::from(elements.says(next + 1, "even")),
                        Class::NEGATION.with(Class::PREPOSITION),
                    )
                    || elements.says(next + 1, "to")
                    || has_no_subject(elements, next + 1)
                    || joins_base(elements, &(cue.range.end..at), next)
                    || supposes(elements, next + 1, ceiling));
            let goes_on = same
                || is_backshifted(elements, cue, next, ceiling)
                || foresees(elements, cue, at)
                || text == "while" && is_gerund(elements, next + 1) && !elements.has(next + 1, Class::CUE_VERB)
                || text == "but" && is_set_against(elements, cue.range.end..at, next, ceiling);
            ing && !dash
                && !comes_of(elements, cue.range.end..at, at)
                && !joins_gerunds(elements, cue.range.end, at, ceiling)
                && !joins_attribute(elements, at, ceiling)
                || joins_cue(elements, next, ceiling)
                || coordinated && leads_report(elements, next + 1, ceiling)
                || breaks
                || pronoun && !dash
                || aside && !dash && !goes_on
                || !dash && text == "and" && {
                    // `, and then she sells me two`
                    let then = next + 1 + usize::from(elements.says(next + 1, "then"));
                    elements.has(then, Class::SUBJECT) && !elements.has(then, Class::DETERMINER)
                }
        }
        // `the plan, the budget and the vote`: a comma ends a noun phrase unless a list goes on.
        // `the plan, including the part on boats`
        Reach::Noun => {
            let examples = elements.lists().has(List::ExampleLeads, text);
            // `showed a loss of 80 berths, “if there was no new pier”`
            let condition = elements.chunk(next).is_some_and(|chunk| !chunk.capital)
                && elements
                    .inner(next)
                    .first()
                    .is_some_and(|first| elements.lexicon().grammar.class(first.word).has(Class::SUBORDINATOR));
            let listed = || goes_on(elements, at, ceiling) || joins_adjectives(elements, at);
            // `complained of being held, being moved, and being left`
            let gerunds = || joins_gerunds(elements, cue.range.end, at, ceiling);
            !examples && !condition && (dash || !listed() && !gerunds())
        }
    }
}

/// `it was late, and the council said it was early`: whether the coordinator at `at` joins a clause that has a cue of its own.
fn joins_cue(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let cued = |phrase: Range<usize>| {
        // `and one in eight said`
        let share = word(elements, phrase.end) == "in" && elements.has(phrase.end + 2, Class::CUE_VERB);
        let verb = phrase.end + if share { 2 } else { 0 } + usize::from(elements.has(phrase.end, Class::RELATIVE));
        // `and a group counting the boats said`
        // and `and 40 percent of readers polled by the Post said`
        let by = is_past_form_at(elements, phrase.end, ceiling) && elements.says(phrase.end + 1, "by");
        let hangs = by || is_gerund(elements, phrase.end);
        let hung = hangs.then(|| phrase_at(elements, phrase.end + 1 + usize::from(by), ceiling)).flatten();
        is_cue_verb(elements, verb) || hung.is_some_and(|hung| hung.end < ceiling && is_sure_cue(elements, hung.end))
    };
    // `and the defendant replied: “No.”`: a verb that looks like a noun
    let swallowed = |phrase: &Range<usize>| {
        let verb = phrase.end - 1;
        let ends =
            elements.is(phrase.end, TokenKind::Colon) || elements.all.get(phrase.end).is_none_or(|el| el.is_chunk());
        phrase.len() > 1
            && ends
            && elements.has(verb, Class::CUE_VERB)
            && !elements.has(verb, Class::CUE_NOUN)
            && elements.ends(verb, Ending::Past)
    };
    // `and those who say that`
    let those = elements.has(at + 2, Class::RELATIVE) && elements.has(at + 3, Class::CUE_VERB);
    // `it was late, and that the council agreed`: the report goes on.
    elements.has(at, Class::COORDINATOR)
        && !elements.says(at + 1, "that")
        && (those || subject_at(elements, at + 1, ceiling).is_some_and(|phrase| swallowed(&phrase) || cued(phrase)))
}

/// Whether a name at `at`, with an aside or without, begins a clause whose cue has a colon or quoted words right behind it or
/// behind whom it is said to.
fn splices(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const FEW: usize = 8;
    if !elements.all[at].is_capital() {
        return false;
    }
    let Some(name) = subject_at(elements, at, ceiling) else { return false };
    let comma = |at: usize| elements.is(at, TokenKind::Comma);
    let close = (name.end + 1..ceiling.min(name.end + FEW)).find(|at| comma(*at));
    let verb = if comma(name.end) { close.map(|close| close + 1) } else { Some(name.end) };
    let opens = |at: usize| elements.is(at, TokenKind::Colon) || elements.all[at].is_chunk();
    verb.is_some_and(|verb| {
        verb < ceiling
            && is_cue_verb(elements, verb)
            && (verb + 1..elements.all.len().min(verb + 4)).find(|at| !elements.all[*at].is_word()).is_some_and(opens)
    })
}

/// Whether a past form or participle stands at `at`, before `ceiling`.
fn is_past_form_at(elements: &Elements, at: usize, ceiling: usize) -> bool {
    at < ceiling && is_past_form(elements, at)
}

/// `was, however, allowed`, `was, in fact, a school`: where a word of manner, or a short phrase, stands between commas from `at` on, right
/// behind an auxiliary and before the rest of its clause: the second comma.
fn inserted(elements: &Elements, at: usize, ceiling: usize) -> Option<usize> {
    const MOST: usize = 4;
    let comma = |at: usize| elements.is(at, TokenKind::Comma);
    let phrase = elements.has(at, Class::PREPOSITION) && !elements.has(at, Class::SUBORDINATOR);
    let inside =
        phrase || elements.has(at, Class::CONJUNCT) || is_adverb(elements, at) || word(elements, at) == "however";
    let most = if phrase { MOST } else { 1 };
    let close = (at + 1..ceiling.min(at + 1 + most)).find(|at| comma(*at))?;
    let rest = close + 1;
    (inside
        && at >= 2
        && comma(at - 1)
        && rest < ceiling
        && elements.has(at - 2, Class::AUXILIARY)
        && elements.all[rest].is_word()
        && !elements.has(rest, Class::SUBJECT.with(Class::COORDINATOR).with(Class::RELATIVE))
        && !is_sure_cue(elements, rest))
    .then_some(close)
}

/// `was not the age of the boats, but the want of sailors`: whether what stands behind `but` at `at` is set against a word that
/// `told` denies, and has no verb of its own.
fn is_set_against(elements: &Elements, told: Range<usize>, at: usize, ceiling: usize) -> bool {
    const MOST: usize = 10;
    let near = told.end.saturating_sub(MOST).max(told.start)..told.end;
    let denied = near.into_iter().any(|at| word(elements, at) == "not");
    let end = (at + 1..ceiling).find(|at| elements.is(*at, TokenKind::Comma)).unwrap_or(ceiling);
    let verb = |at: usize| is_verbal(elements, at) || is_cue_verb(elements, at);
    denied && end > at + 1 && !(at + 1..end).any(verb)
}

/// `, but planned to stay`, `, but has not left`, `, but more often`: whether no subject opens what stands at `at`.
fn has_no_subject(elements: &Elements, at: usize) -> bool {
    let mut verb = at;
    while is_adverb(elements, verb) {
        verb += 1;
    }
    let Some(el) = elements.all.get(verb) else { return false };
    let past = elements.ends(verb, Ending::Past) || el.has(Class::PAST);
    el.is_word()
        && !el.is_capital()
        && (el.has(Class::MODAL.with(Class::HAVE).with(Class::BE)) || past || is_gerund(elements, verb))
}

/// `said cases had been found, though deaths had risen`: whether a concession at `at` stands in the past of what is told in the past.
fn is_backshifted(elements: &Elements, cue: &Cue, at: usize, ceiling: usize) -> bool {
    elements.is_in(at, List::Concessions)
        && cue.forms.has(Forms::PAST)
        && subject_at(elements, at + 1, ceiling).is_some_and(|phrase| elements.says(phrase.end, "had"))
}

/// `, but the event should be moved`, `, but it would not help`: whether a clause at `at` has a modal. What is to come is
/// what was said, and not what the writer knows.
fn supposes(elements: &Elements, at: usize, ceiling: usize) -> bool {
    subject_at(elements, at, ceiling).is_some_and(|phrase| elements.has(phrase.end, Class::MODAL))
}

/// `, and Brandt is promising to help`: a clause of somebody else's, by name, that has a cue behind its auxiliaries.
fn leads_report(elements: &Elements, at: usize, ceiling: usize) -> bool {
    const AUXILIARY: Class = Class::BE.with(Class::HAVE);
    let Some(phrase) = subject_at(elements, at, ceiling) else { return false };
    let named = elements.all[phrase.end - 1].is_capital();
    let auxiliary = |at: &usize| elements.has(*at, AUXILIARY) || is_adverb(elements, *at);
    let verb = phrase.end + (phrase.end..ceiling).take_while(auxiliary).count();
    let forms = Forms::PAST.with(Forms::PRESENT).with(Forms::PARTICIPLE).with(Forms::GERUND);
    named
        && verb < ceiling
        && !elements.all[verb].is_capital()
        && reports(elements, verb, forms, |frame| frame.strength >= 3 && frame.mode == Mode::Speech)
}

/// Whether the comma at `at` parts the items of a list: a coordinator follows soon, with no verb before it.
fn goes_on(elements: &Elements, at: usize, ceiling: usize) -> bool {
    let next = at + 1;
    if elements.has(next, Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::SUBJECT))
        || elements.is(next, TokenKind::Number)
    {
        return elements.is(next, TokenKind::Number);
    }
    if elements.has(next, Class::COORDINATOR) {
        return !elements.says(next, "but")
            && !leads_verb(elements, next + 1)
            && elements.is(next + 1, TokenKind::Word)
            && at > 2
            && elements.all[..at].iter().rev().take(9).any(|el| el.is(TokenKind::Comma));
    }
    for index in next..ceiling.min(next + 9) {
        if elements.has(index, Class::COORDINATOR) {
            return !leads_verb(elements, index + 1);
        }
        if is_verbal(elements, index)
            || elements.has(index, Class::RELATIVE.with(Class::SUBJECT))
            || elements.all[index].is_word() && elements.ends(index, Ending::Gerund)
        {
            return false;
        }
    }
    false
}

/// `an influx of young, moneyed workers`: whether the comma at `at` parts two adjectives of one noun.
fn joins_adjectives(elements: &Elements, at: usize) -> bool {
    let adjective = |at: usize| elements.has(at, Class::ADJECTIVE) && !elements.has(at, Class::TIME);
    let next = at + 1;
    let small = elements.all.get(next).is_some_and(|el| el.is_word() && !el.is_capital());
    at > 0
        && adjective(at - 1)
        && small
        && (adjective(next) || elements.ends(next, Ending::Past))
        && elements.all.get(next + 1).is_some_and(|el| el.is_word())
        && super::phrases::is_nominal(elements, next + 1)
}

/// What stands before a source or cue that begins at `end`, from `floor` on: the content of `It rained, Brandt said`.
pub fn before(elements: &Elements, floor: usize, end: usize) -> Option<Range<usize>> {
    let mut start = floor;
    while start < end
        && (elements.has(start, Class::COORDINATOR)
            || elements.is(start, TokenKind::Comma)
            || elements.is(start, TokenKind::Dash)
            || is_stray(elements, start))
    {
        start += 1;
    }
    let mut stop = end;
    while stop > start && (elements.is(stop - 1, TokenKind::Comma) || elements.is(stop - 1, TokenKind::Dash)) {
        stop -= 1;
    }
    let marked = stop < end || stop > start && elements.all[stop - 1].is_chunk();
    let enough = stop > start
        && (stop - start >= 4
            || stop - start >= 2
                && !elements.has(start, Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::TIME))
            || elements.all[start..stop].iter().any(|el| el.is_chunk()));
    (marked && enough).then_some(start..stop)
}
