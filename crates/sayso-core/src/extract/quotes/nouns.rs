//! Nouns and adjectives that report: `her claim that`, `claims by Brandt that`, `is confident that`.

use super::clause::main_subject;
use super::construction::Reach;
use super::content;
use super::cues::Cue;
use super::elements::{Elements, word};
use super::extent::extent;
use super::phrases::{is_nominal, is_possessive, may_speak, phrase_at};
use super::segment::{Attribution, SegmentReader};
use super::subject_before::subject_before;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// `her claim that`, `the governor’s criticism of`.
    pub(super) fn noun(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let frame = cue.frame?;
        // `the contention of Brandt that the bridge is shut`, `claims by Brandt that`; `said in a statement from her office that` is
        // no claim of the office.
        let article = cue.head.checked_sub(1).filter(|at| elements.has(*at, Class::DETERMINER));
        let inside = article.unwrap_or(cue.head).checked_sub(1).is_some_and(|at| elements.says(at, "in"));
        if frame.takes.has(Takes::THAT)
            && !inside
            && elements.is_in(cue.range.end, List::MakerLinks)
            && !super::verb_group::is_gerund(elements, cue.range.end + 1)
            && let Some(source) = phrase_at(elements, cue.range.end + 1, self.ceiling)
            && elements.says(source.end, "that")
            // `a report from the Quay Trust shows that`
            && (!elements.has(source.end - 1, Class::CUE_VERB) || elements.all[source.end - 1].is_capital())
        {
            let mut content = extent(elements, cue, source.end + 1, self.ceiling, Reach::That);
            self.leave_own_verb(&mut content);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.range.clone()),
                source: Some(source),
                because: vec![QuoteReason::CueBefore, QuoteReason::ThatClause],
                ..Attribution::default()
            });
        }
        // `warned that it might sink, a warning that nobody read`: what `that` begins tells of the noun.
        let told = |comma: usize| {
            elements.is(comma, TokenKind::Comma)
                && self.out.iter().any(|one| one.content.last().is_some_and(|piece| piece.end == comma))
        };
        let apposed = article.filter(|at| matches!(word(elements, *at), "a" | "an"));
        if apposed.and_then(|at| at.checked_sub(1)).is_some_and(told) {
            return None;
        }
        let mut index = cue.head;
        let mut source = None;
        while index > self.segment.start && index + 4 > cue.head {
            index -= 1;
            if elements.has(index, Class::POSSESSIVE) {
                source = Some(index..index + 1);
                break;
            }
            if elements.is(index, TokenKind::Clitic) && is_possessive(elements, index)
                || elements.is(index, TokenKind::Mark)
                    && index > self.segment.start
                    && elements.ends(index - 1, Ending::Plural)
            {
                let owner = subject_before(elements, self.segment.start.max(self.cue_end.min(index)), index);
                source = owner.map(|owner| owned(elements, owner));
                break;
            }
            if !is_nominal(elements, index) || elements.has(index, Class::DETERMINER) {
                break;
            }
        }
        let that = elements.says(cue.range.end, "that") && frame.takes.has(Takes::THAT);
        // `issued a threat to its neighbours that “each drop will be paid for”`
        let given = source.is_none().then(|| self.giver(index)).flatten();
        if let Some(giver) = &given
            && frame.takes.has(Takes::THAT)
            && elements.says(cue.range.end, "to")
            && let Some(hearer) = phrase_at(elements, cue.range.end + 1, self.ceiling)
            && elements.says(hearer.end, "that")
        {
            let content = extent(elements, cue, hearer.end + 1, self.ceiling, Reach::That);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.range.clone()),
                source: Some(giver.clone()),
                addressee: Some(hearer),
                because: vec![QuoteReason::CueBefore, QuoteReason::ThatClause],
                ..Attribution::default()
            });
        }
        let source = source.or(given.filter(|_| that));
        // `amid fears that`: nobody says so, but in words between marks.
        let felt = elements.is_in(cue.head, List::FeltNouns) && !elements.has_chunk(cue.range.end..self.ceiling);
        if source.is_none() && that && !felt && frame.strength < 3 {
            return self.unsigned(cue);
        }
        if source.is_none() && (felt || !that) {
            return None;
        }
        // `his words were “never again”`
        if source.is_some()
            && elements.has(cue.range.end, Class::BE)
            && let Some(chunk) = elements.first_chunk(cue.range.end + 1..self.ceiling.min(cue.range.end + 4))
            && (cue.range.end + 1..chunk)
                .all(|at| !is_nominal(elements, at) || elements.is(chunk - 1, TokenKind::Colon))
        {
            // `said Lind’s insistence was “unacceptable”`: what another thinks of it.
            let few = elements.chunk(chunk).is_some_and(|chunk| chunk.words <= 3 && !chunk.capital);
            if few && frame.takes.has(Takes::THAT) && !elements.is(chunk - 1, TokenKind::Colon) {
                return None;
            }
            return Some(Attribution {
                content: extent(elements, cue, chunk, self.ceiling, Reach::Noun),
                cue: Some(cue.range.start..cue.range.end + 1),
                source,
                because: vec![QuoteReason::CueBefore],
                ..Attribution::default()
            });
        }
        let strong = frame.strength >= 2 || that;
        let ceiling = self.subordinate_end(cue.range.end, None).unwrap_or(self.ceiling);
        let found = content::after(elements, cue, ceiling).filter(|found| {
            strong
                && (found.cue_end > cue.range.end
                    || matches!(found.reason, Some(QuoteReason::ThatClause))
                    || found.pieces.first().is_some_and(|piece| elements.says(piece.start, "to")))
        })?;
        let mut found = found;
        if found.reason == Some(QuoteReason::ThatClause) {
            self.leave_own_verb(&mut found.pieces);
        }
        Some(self.forward(cue, source, found))
    }

    /// `prompted by an unverified report that the mill had burnt`, `rumours that it was sold`: a text or what is told about, of which nobody
    /// says whose it is, with a clause behind it.
    fn unsigned(&self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let source = self.unsigned_text(cue.head).filter(|_| elements.is_in(cue.head, List::Rumours))?;
        let start = cue.range.end + 1;
        let clause = super::predicates::begins_phrase(elements, start)
            && !elements.ends(start, Ending::Past)
            && !elements.has(start, Class::CUE_VERB.with(Class::SECOND))
            && super::predicates::is_clause(elements, start, self.ceiling);
        if !clause {
            return None;
        }
        let mut content = extent(elements, cue, start, self.ceiling, Reach::That);
        self.leave_own_verb(&mut content);
        (!content.is_empty()).then(|| Attribution {
            content,
            cue: Some(cue.range.clone()),
            // Whose bare `reports` are is left open.
            source: Some(source).filter(|source| source.len() > 1),
            because: vec![QuoteReason::CueBefore, QuoteReason::ThatClause],
            doubtful: true,
            ..Attribution::default()
        })
    }

    /// `an unverified report`, `media reports`: the phrase that ends in the noun at `head`, which is no verb: in the singular behind an article,
    /// in the plural behind a preposition, an article or an adjective, or a verb.
    fn unsigned_text(&self, head: usize) -> Option<Range<usize>> {
        const MOST: usize = 5;
        const LEADS: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::CUE_VERB);
        let elements = self.elements;
        let low = self.segment.start.max(head.saturating_sub(MOST));
        let inside = |at: &usize| {
            let el = &elements.all[*at];
            is_nominal(elements, *at) && el.is_word() && !el.has(LEADS.with(Class::POSSESSIVE).with(Class::NEGATION))
        };
        let start = (low..head).rev().take_while(inside).last().unwrap_or(head);
        let before = start.checked_sub(1).filter(|at| *at >= self.segment.start);
        let article = before.filter(|at| elements.lists().has(List::Articles, word(elements, *at)));
        // `the leaders surveyed report`
        let past = head > start + 1 && elements.ends(head - 1, Ending::Past);
        let verb = past || head > start && elements.ends(head - 1, Ending::Plural);
        if !elements.ends(head, Ending::Plural) {
            return article.filter(|_| !verb).map(|article| article..head + 1);
        }
        let adjective = |at: usize| {
            let el = &elements.all[at];
            let ending = elements.ends(at, Ending::Past) || elements.ends(at, Ending::Gerund);
            !el.is_capital() && (el.has(Class::ADJECTIVE) || ending || elements.is_in(at, List::Press))
        };
        let none = |at: usize| elements.lists().has(List::Negations, word(elements, at));
        let led = before.is_none_or(|at| elements.has(at, LEADS) && !none(at));
        let plain = start == head || (start..head).all(|at| adjective(at) || at == start && before.is_none());
        (led && plain).then_some(article.unwrap_or(start)..head + 1)
    }

    /// `Her claim that nobody was warned was rejected`: the claim’s own verb is no part of it.
    fn leave_own_verb(&self, pieces: &mut Vec<Range<usize>>) {
        if let Some(piece) = pieces.first_mut()
            && let Some(end) = self.second_verb(piece)
        {
            piece.end = end;
            pieces.truncate(1);
        }
    }

    /// `Brandt issued a warning that …`: who gives what a noun reports, by the verb right before its phrase, which ends at
    /// `before` or begins there.
    pub(super) fn giver(&self, before: usize) -> Option<Range<usize>> {
        let elements = self.elements;
        let verb = before - usize::from(elements.has(before, Class::DETERMINER) && before > self.segment.start);
        if !elements.lists().has(List::GivingVerbs, word(elements, verb)) || verb == self.segment.start {
            return None;
        }
        let group = super::verb_group::group_start(elements, self.segment.start, verb);
        subject_before(elements, self.clause_start(group), group)
            .or_else(|| main_subject(elements, &self.segment, group))
            .filter(|subject| may_speak(elements, subject) && subject.end <= group)
    }

    /// Where a second verb group begins in a clause, with nothing before it that could open another clause.
    fn second_verb(&self, piece: &Range<usize>) -> Option<usize> {
        const OPENS: Class = Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::COORDINATOR).with(Class::QUESTION);
        let elements = self.elements;
        let verb = |at: &usize| elements.has(*at, Class::AUXILIARY) && !elements.is(*at, TokenKind::Clitic);
        let first = piece.clone().find(verb)?;
        let second = (first + 1..piece.end)
            .skip_while(|at| verb(at) || super::verb_group::is_adverb(elements, *at))
            .find(verb)?;
        let chained = elements.says(second - 1, "to") || super::verb_group::is_adverb(elements, second - 1);
        let plain = (piece.start..second).all(|at| {
            !elements.has(at, OPENS)
                && !elements.all[at].is_chunk()
                && !elements.is(at, TokenKind::Comma)
                && (at < first
                    || !elements.has(at, Class::SUBJECT.with(Class::CUE_VERB))
                    || elements.ends(at, Ending::Past))
        });
        (plain && !chained && second > first + 1).then_some(second)
    }

    /// `is confident that`.
    pub(super) fn adjective(&mut self, cue: &Cue) -> Option<Attribution> {
        let subject = self.own_subject(cue.range.start);
        let found = content::after(self.elements, cue, self.clause_ceiling(cue, subject.as_ref()))?;
        // `It is unclear whether`: to whom is left open.
        let source = subject.filter(|source| word(self.elements, source.start) != "it");
        if source.is_some() {
            self.subject = source.clone();
        }
        Some(self.forward(cue, source, found))
    }
}

/// `contrasted with President Lind’s claim`: of the words before a genitive its owner alone, behind all prepositions but `of`.
fn owned(elements: &Elements, words: Range<usize>) -> Range<usize> {
    let parts = |at: &usize| {
        elements.has(*at, Class::PREPOSITION) && !elements.says(*at, "of") && !elements.all[*at].is_capital()
    };
    let start = words.clone().rev().find(parts).map_or(words.start, |at| at + 1);
    if start < words.end { start..words.end } else { words }
}
