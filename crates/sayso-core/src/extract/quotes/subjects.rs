//! Who speaks, before or behind a cue, and where that one's clause ends.

use super::clause::behind_time;
use super::cues::Cue;
use super::elements::{Tail, word};
use super::opening::opening;
use super::phrases::{LONGEST, may_speak, phrase_at, subject_at, with_tail};
use super::predicates;
use super::segment::SegmentReader;
use super::subject_before::subject_before;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// The subject right before a verb group that begins at `at`. A cue inside the subject's own relative clause or
    /// apposition does not cut it.
    pub(super) fn own_subject(&self, at: usize) -> Option<Range<usize>> {
        if let Some(subject) = self.opening(at) {
            return Some(subject);
        }
        if let Some(subject) = self.contact(at) {
            return Some(subject);
        }
        // `a banner that read`, `the plan that shows`: a relative clause.
        let that = at.checked_sub(1).filter(|that| word(self.elements, *that) == "that" && *that > self.segment.start);
        if let Some(that) = that.filter(|that| super::phrases::is_nominal(self.elements, that - 1)) {
            return Some(that..at);
        }
        if let Some(whole) = self.behind_told(at) {
            return Some(whole);
        }
        let near = subject_before(self.elements, self.clause_start(at), at);
        let near = near.or_else(|| subject_before(self.elements, self.finite_end.min(at), at))?;
        let near = behind_time(self.elements, near.start, near.end).unwrap_or(near.start)..near.end;
        let near = self.own_words_cut(near);
        let near = self.behind_participle(near);
        Some(super::glued::unglued(self.elements, near))
    }

    /// `The medic who demonstrated the test on the site claims`: the subject before a relative clause that has a cue of its own, up to
    /// the verb group at `at`.
    fn behind_told(&self, at: usize) -> Option<Range<usize>> {
        let elements = self.elements;
        let last = self.out.last()?.source.as_ref().filter(|source| source.len() == 1)?;
        let relative = last.start;
        if relative >= at || !elements.is_in(relative, List::Relatives) || elements.all[relative].is_capital() {
            return None;
        }
        let parts = |at: usize| elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash);
        if (relative.saturating_sub(1)..at).any(|at| parts(at) || elements.all[at].is_chunk()) {
            return None;
        }
        let head = subject_before(elements, self.segment.start, relative)?;
        let main = super::clause::has_verb(elements, self.segment.start..head.start);
        (head.end == relative && !main && !elements.has(at - 1, Class::SUBJECT.with(Class::COORDINATOR)))
            .then_some(head.start..at)
    }

    /// The subject with which the clause of the verb group at `at` begins: behind quoted words or a dash, or at the head of the
    /// sentence.
    fn opening(&self, at: usize) -> Option<Range<usize>> {
        let elements = self.elements;
        let start = self.segment.start;
        let behind = |at: usize| at + 1 + usize::from(elements.is(at + 1, TokenKind::Comma));
        let chunk = elements.last_chunk(start..at).map(behind);
        // `HARROW / Quay Newswire / Quay Rail, a firm`
        let parts = |at: &usize| {
            let free = || !elements.page.glued(elements.all[*at].token as usize);
            let slash = || elements.is(*at, TokenKind::Symbol) && elements.text(*at) == "/" && free();
            elements.is(*at, TokenKind::Dash) || slash()
        };
        let dash = || (start.max(at.saturating_sub(LONGEST))..at).rev().find(parts);
        let read = |start: usize| opening(elements, start, at, &self.heads);
        let found = chunk.and_then(read).or_else(|| read(dash()? + 1)).or_else(|| read(start))?;
        Some(super::glued::unglued(elements, self.own_words_cut(found)))
    }

    /// `Choosing a photo with the line “The Boss,” the Gazette asks`: the subject behind a participle that begins the clause, with
    /// all that hangs on it.
    fn behind_participle(&self, phrase: Range<usize>) -> Range<usize> {
        let elements = self.elements;
        let participle = super::subject_before::opens_with_participle(elements, &phrase);
        // `Ranking member Ada Brandt, a lawyer,`
        let bound = elements.has(phrase.start + 1, Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE));
        if !participle || !bound || !elements.ends(phrase.start, Ending::Gerund) {
            return phrase;
        }
        let comma = |at: &usize| {
            let tail = elements.chunk(*at).is_some_and(|chunk| chunk.tail == Tail::Comma);
            tail || elements.is(*at, TokenKind::Comma)
        };
        let last = phrase.clone().rev().skip(1).find(comma);
        let opens = |at: usize| elements.all[at].is_capital() || super::phrases::is_article(elements, at);
        last.filter(|last| opens(last + 1)).map_or(phrase.clone(), |last| last + 1..phrase.end)
    }

    /// `every sailor the Post talked to said`, `residents we interviewed said`: the people before a clause that says who spoke with them and
    /// that nothing opens, which ends before the verb group at `at`.
    fn contact(&self, at: usize) -> Option<Range<usize>> {
        let elements = self.elements;
        let last = at.checked_sub(1).filter(|last| *last > self.segment.start + 1)?;
        let with = elements.says(last, "to") || elements.says(last, "with");
        let verb = last - usize::from(with);
        let spoke = elements.is_in(verb, if with { List::Talking } else { List::Interviewing });
        let inner = subject_before(elements, self.segment.start, verb).filter(|_| spoke)?;
        // `residents we spoke to`, `residents the Post spoke to`, `residents Quay Radio spoke to`
        let name = (inner.start..verb).rev().take_while(|at| elements.all[*at].is_capital()).last();
        let the = |name: usize| if super::phrases::is_article(elements, name - 1) { name - 1 } else { name };
        let own = match name.filter(|name| *name > self.segment.start) {
            Some(name) => the(name),
            None => inner.clone().rev().find(|at| elements.has(*at, Class::SUBJECT.with(Class::DETERMINER)))?,
        };
        let head = own.checked_sub(1).filter(|head| *head >= self.segment.start)?;
        let whole = subject_before(elements, self.segment.start, own)?;
        (elements.all[head].is_word() && super::phrases::is_nominal(elements, head)).then_some(whole.start..at)
    }

    /// `, saying Mrs Brandt had said`: a subject without the participle that reports it; `Residents for their part say`: without
    /// what only opposes it to others.
    fn own_words_cut(&self, phrase: Range<usize>) -> Range<usize> {
        let elements = self.elements;
        let comma = phrase.start.checked_sub(1).is_some_and(|at| elements.is(at, TokenKind::Comma));
        let saying = comma
            && phrase.len() > 1
            && elements.has(phrase.start, Class::CUE_VERB)
            && elements.ends(phrase.start, Ending::Gerund)
            && !elements.all[phrase.start].is_capital()
            && !elements.has(phrase.start + 1, Class::PREPOSITION);
        let start = phrase.start + usize::from(saying);
        let turn = phrase.end > start + 3
            && elements.is_in(phrase.end - 1, List::TurnNouns)
            && elements.has(phrase.end - 2, Class::POSSESSIVE)
            && elements.has(phrase.end - 3, Class::PREPOSITION);
        start..phrase.end - if turn { 3 } else { 0 }
    }

    /// Where the content of a cue must end: with its relative clause, where commas part that off.
    pub(super) fn clause_ceiling(&self, cue: &Cue, source: Option<&Range<usize>>) -> usize {
        let elements = self.elements;
        let relative = source.filter(|source| {
            source.len() == 1 && elements.has(source.start, Class::RELATIVE) && source.end <= cue.range.start
        });
        let parted = |relative: usize| relative > 0 && elements.is(relative - 1, TokenKind::Comma);
        if let Some(relative) = relative.filter(|relative| parted(relative.start)) {
            let from = cue.range.end.max(relative.end) + 1;
            // `Lind, who joked of the boat, “It floats,”`: the comma opens the quotation.
            let opens =
                |at: usize| cue.takes(Takes::QUOTATION) && elements.all.get(at + 1).is_some_and(|el| el.is_chunk());
            // `Brandt, who alleged that he paid his wife, Anna, a pound`
            let named = |at: usize| {
                let first = from.max(at.saturating_sub(NAME));
                let open = |open: &usize| elements.is(*open, TokenKind::Comma);
                let name = |from: usize, to: usize| from < to && (from..to).all(|at| elements.all[at].is_capital());
                let close = (at + 1..self.ceiling.min(at + NAME)).find(open).filter(|close| close + 1 < self.ceiling);
                close.is_some_and(|close| name(at + 1, close))
                    || (first..at).rev().find(open).is_some_and(|open| name(open + 1, at))
            };
            // `Brandt, who said that it was late, that it was dark and that nobody came`
            let goes_on = |at: usize| {
                let next = at + 1 + usize::from(elements.has(at + 1, Class::COORDINATOR));
                cue.takes(Takes::THAT)
                    && elements.says(next, "that")
                    && predicates::is_clause(elements, next + 1, self.ceiling)
            };
            let ends = |at: &usize| elements.is(*at, TokenKind::Comma) && !opens(*at) && !named(*at) && !goes_on(*at);
            return (from..self.ceiling).find(ends).unwrap_or(self.ceiling);
        }
        // `the yard, which Brandt calls “a number,” closed`
        let inner =
            source.and_then(|source| source.start.checked_sub(1)).filter(|at| elements.has(*at, Class::RELATIVE));
        if inner.is_some_and(parted) {
            let ends = |at: &usize| {
                elements.is(*at, TokenKind::Comma) || elements.chunk(*at).is_some_and(|chunk| chunk.tail == Tail::Comma)
            };
            let end = (cue.range.end..self.ceiling).find(ends);
            return end.map_or(self.ceiling, |at| at + usize::from(elements.all[at].is_chunk()));
        }
        let end = self.subordinate_end(cue.range.end, source).unwrap_or(self.ceiling);
        // `A woman who said her dog was stolen has been charged`
        let main = relative
            .filter(|relative| !elements.all[relative.start].is_capital())
            .filter(|relative| !super::clause::has_verb(elements, self.segment.start..relative.start))
            .and_then(|_| {
                // `told officers he was in bed`
                let hears = cue.takes(Takes::ADDRESSEE) && !elements.says(cue.range.end, "that");
                let hearer = if hears { phrase_at(elements, cue.range.end, end) } else { None };
                super::clause::verb_behind(elements, hearer.map_or(cue.range.end, |hearer| hearer.end), end, 1)
            });
        main.unwrap_or(end)
    }

    /// `After the court refused to open the bridge, Brandt left`: the comma before the main clause, where the segment begins
    /// with a clause that is not the main one and that holds the cue, which ends before `end`, and its subject, `source`.
    pub(super) fn subordinate_end(&self, end: usize, source: Option<&Range<usize>>) -> Option<usize> {
        let elements = self.elements;
        let mut first = self.segment.start;
        while elements.has(first, Class::COORDINATOR) {
            first += 1;
        }
        let commas = |from: usize, to: usize| (from..to).filter(|at| elements.is(*at, TokenKind::Comma));
        // `In response to the view that he must go, Brandt said`
        let fronted = elements.has(first, Class::PREPOSITION);
        // `While Ada Brandt, the mayor, said it was late, the boats left`: the commas of the subject part nothing off.
        let begun = source.map_or(end, |source| source.start.min(end));
        if !elements.has(first, Class::SUBORDINATOR) && !fronted || commas(first, begun).next().is_some() {
            return None;
        }
        const NO_VERB: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::RELATIVE);
        commas(end, self.ceiling).find(|comma| {
            subject_at(elements, comma + 1, self.ceiling)
                .map(|phrase| with_tail(elements, phrase, self.ceiling))
                .is_some_and(|phrase| {
                    let last = phrase.end - 1;
                    // `the bill failed`
                    let whole = phrase.end >= self.ceiling && phrase.len() > 1;
                    let past = elements.has(last, Class::PAST) || elements.ends(last, Ending::Past);
                    let verb = elements.all.get(phrase.end).filter(|_| phrase.end < self.ceiling);
                    whole && past || verb.is_some_and(|verb| verb.is_word() && !verb.has(NO_VERB))
                })
        })
    }

    /// The subject after the verb, where one is.
    pub(super) fn inverted(&self, cue: &Cue) -> Option<Range<usize>> {
        let elements = self.elements;
        let forms = Forms::PAST.with(Forms::PRESENT).with(Forms::BASE);
        // `One in six works past 68, estimates the board`: a verb that takes no quoted words, at the end of the sentence.
        let reports = cue.takes(Takes::CLAUSE) && cue.strength() >= 2 && self.ends_in_source(cue);
        if !cue.takes(Takes::QUOTATION) && !reports || !cue.forms.has(forms) || cue.range.len() > 2 {
            return None;
        }
        // `“…,” told the Post`: who follows hears it.
        if cue.frame.is_some_and(|frame| frame.takes.has(Takes::HEARER)) {
            return None;
        }
        // `“insider attacks,” have claimed the lives`
        if elements.all[cue.range.clone()].iter().any(|el| el.has(Class::AUXILIARY)) {
            return None;
        }
        let at_start = cue.range.start == self.segment.start;
        let before = cue.range.start.saturating_sub(1);
        let marked = at_start
            || elements.all[before].is_chunk()
            || elements.is(before, TokenKind::Comma)
            || elements.is(before, TokenKind::Dash);
        let next = elements.all.get(cue.range.end)?;
        if !marked
            || cue.range.end >= self.ceiling
            || next.has(Class::RELATIVE.with(Class::TIME))
            || elements.says(cue.range.end, "that")
        {
            return None;
        }
        let mut phrase = phrase_at(elements, cue.range.end, self.ceiling)?;
        // `said one of them, Ada Brandt`
        let of = elements.says(phrase.start, "one") && elements.says(phrase.end, "of");
        let group = of.then(|| phrase_at(elements, phrase.end + 1, self.ceiling)).flatten();
        let named = |at: usize| elements.all[at].is_capital() && elements.all[at].class == Class::default();
        if let Some(group) =
            group.filter(|group| elements.is(group.end, TokenKind::Comma) && group.end + 1 < self.ceiling)
            && named(group.end + 1)
            && let Some(name) = phrase_at(elements, group.end + 1, self.ceiling)
        {
            phrase.end = name.end;
        }
        // `said the mayor quietly`, but not `said a spokesman for the rally`
        const LEADS: Class = Class::DETERMINER.with(Class::PREPOSITION).with(Class::POSSESSIVE);
        let last = phrase.end - 1;
        let manner =
            phrase.len() > 1 && super::verb_group::is_adverb(elements, last) && !elements.all[last].is_capital();
        if manner && !elements.has(last - 1, LEADS) {
            phrase.end -= 1;
        }
        // `told her`, but `said her brother`
        let owned = phrase.len() > 1 && elements.has(phrase.start, Class::POSSESSIVE);
        let pronoun = phrase.len() == 1 && elements.has(phrase.start, Class::OBJECT);
        // `…, maintained it there for an hour`
        let object = elements.says(phrase.start, "it") && phrase.end < self.ceiling && !elements.all[before].is_chunk();
        if pronoun && (!elements.has(phrase.start, Class::SUBJECT) || object) && !owned {
            return None;
        }
        // `Brandt, 40, said the ferry was late`: a clause follows, not a subject.
        let tail = with_tail(elements, phrase.clone(), self.ceiling);
        let quoted = !at_start && self.quoted_before(before).is_some();
        let own = (elements.is(before, TokenKind::Comma) || elements.is(before, TokenKind::Dash))
            && self.own_subject(cue.range.start).is_some();
        // `Ada Brandt, the mayor, told the Post`: the hearer.
        if own && cue.takes(Takes::ADDRESSEE) {
            return None;
        }
        // `…, said Ada Brandt, who teaches law.`, `…, said a spokesman.`: one who speaks ends the sentence.
        let last = &elements.all[phrase.end - 1];
        let name = next.is_capital()
            && (next.class == Class::default() || last.is_capital() && last.class == Class::default());
        // `proudly announces its expansion`: what follows is no one who speaks.
        let open = elements.chunk(before).is_some_and(|chunk| chunk.tail == Tail::Open);
        // `Adds his wife, “…”`
        let leads = at_start && super::verb_group::introduces(elements, phrase.end);
        let stranger = || !quoted && !own && self.is_stranger(cue, &phrase, &tail);
        if (!quoted || open) && !leads && !may_speak(elements, &phrase) && !stranger() {
            return None;
        }
        // `Ada Brandt, a resident, says some villagers reported a leak`: a clause, not a subject.
        let past = |at: &usize| {
            let el = &elements.all[*at];
            el.is_word() && !el.is_capital() && el.has(Class::CUE_VERB) && elements.ends(*at, Ending::Past)
        };
        if own && phrase.clone().skip(1).any(|at| past(&at)) {
            return None;
        }
        // `, said the report published on Monday by the council`
        let told = phrase.end;
        let participle = told + 1 < self.ceiling
            && elements.ends(told, Ending::Past)
            && elements.has(told + 1, Class::PREPOSITION.with(Class::TIME))
            // `said the council needed to act`
            && !elements.says(told + 1, "to")
            && elements.is(before, TokenKind::Comma)
            && (self.is_text(&phrase) || self.is_person(&phrase))
            && !cue.takes(Takes::NOUN);
        if participle && !quoted {
            return Some(phrase.start..self.ceiling);
        }
        let thing = cue.takes(Takes::NOUN) && !cue.takes(Takes::TOPIC);
        let ends = tail.end >= self.ceiling && (name || !thing && self.is_person(&phrase));
        if !quoted && (own && !ends || !cue.takes(Takes::CLAUSE) && !at_start) {
            return None;
        }
        let verbal = tail.end < self.ceiling && super::phrases::is_verbal(elements, tail.end);
        (quoted || !verbal).then_some(tail)
    }

    /// `Staff heard of it on the radio, said a porter who works there.`: whether a sure cue stands behind a clause and a comma, and
    /// nothing behind it but a noun phrase with an article. Whatever its noun is, no other subject is left for the cue.
    fn is_stranger(&self, cue: &Cue, phrase: &Range<usize>, tail: &Range<usize>) -> bool {
        let elements = self.elements;
        let Some(comma) = cue.range.start.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Comma)) else {
            return false;
        };
        let last = &elements.all[phrase.end - 1];
        let hung = elements.has(tail.end, Class::RELATIVE.with(Class::PREPOSITION).with(Class::TIME));
        super::phrases::is_sure_cue(elements, cue.head)
            && cue.range.len() == 1
            && elements.is_in(phrase.start, List::Articles)
            && phrase.len() > 1
            && last.is_word()
            && !last.is_capital()
            && (hung || tail.end >= self.ceiling)
            && predicates::is_clause(elements, self.floor(comma), comma)
    }

    /// Whether a clause and a comma stand before a cue, and nothing but one who speaks, or a text, behind it.
    fn ends_in_source(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let Some(comma) = cue.range.start.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Comma)) else {
            return false;
        };
        let start = self.floor(comma);
        const FEW: usize = 4;
        let clause = comma >= start + FEW && !elements.has_chunk(start..comma);
        phrase_at(elements, cue.range.end, self.ceiling).is_some_and(|phrase| {
            let tail = with_tail(elements, phrase.clone(), self.ceiling);
            // `estimates a report by the board`
            let by = elements.says(tail.end, "by").then(|| phrase_at(elements, tail.end + 1, self.ceiling)).flatten();
            clause
                && by.map_or(tail.end, |maker| maker.end) >= self.ceiling
                && (may_speak(elements, &phrase) || self.is_text(&phrase))
        })
    }

    /// Whether a phrase surely names one who speaks: a role, several, a body.
    pub(super) fn is_person(&self, phrase: &Range<usize>) -> bool {
        self.elements.all[phrase.clone()].iter().any(|el| el.has(Class::PEOPLE) && !el.has(Class::DOCUMENT))
    }
}

/// A name between commas has fewer elements, with the commas.
const NAME: usize = 5;
