//! Passives and participles behind a noun: `was told to leave`, `is called late`, `a plan proposed by Brandt`.

use super::adjuncts::Skipped;
use super::construction::Reach;
use super::content;
use super::cues::Cue;
use super::elements::word;
use super::extent::{before, extent};
use super::phrases::{LONGEST, is_nominal, may_speak, phrase_at, with_tail};
use super::predicates;
use super::segment::{Attribution, SegmentReader};
use super::subject_before::subject_before;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// Of a verb that tells somebody something.
const HEARD: Takes = Takes::ADDRESSEE.with(Takes::HEARER);

impl SegmentReader<'_, '_> {
    /// `was criticised by Brandt`, `was asked whether`, `is expected to`.
    pub(super) fn passive(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let frame = cue.frame?;
        // `Her claim that nobody was warned was rejected by residents`: a participle is no subject.
        let subject = self.own_subject(cue.range.start).filter(|subject| {
            subject.start == self.segment.start || !elements.has(subject.start - 1, Class::BE.with(Class::HAVE))
        });
        if let Some(called) = self.called(cue) {
            return Some(called);
        }
        if elements.says(cue.range.end, "by") {
            // `was quoted by the Courier as saying`
            let as_ = phrase_at(elements, cue.range.end + 1, self.ceiling).map_or(0, |phrase| phrase.end);
            if elements.says(as_, "as") && elements.has(as_ + 1, Class::CUE_VERB) {
                return None;
            }
            let mut source = phrase_at(elements, cue.range.end + 1, self.ceiling)
                .map(|phrase| with_tail(elements, phrase, self.ceiling))?;
            // `asked by a reporter what he would do`
            if source.len() > 1 && elements.has(source.end - 1, Class::QUESTION) {
                source.end -= 1;
            }
            if let Some(told) = self.told_by(cue, &source) {
                return Some(told);
            }
            // `was charged by prosecutors with using`, `are expected by the end of July`
            let reported = !cue.takes(Takes::QUOTATION.with(Takes::CLAUSE)) || frame.takes.has(Takes::NOUN);
            if frame.strength < 2 || !reported || !may_speak(elements, &source) {
                return None;
            }
            // `which is supported by the council`, `they were praised by Brandt`: a pronoun is no words of anybody.
            let pronoun = Class::RELATIVE.with(Class::SUBJECT).with(Class::OBJECT);
            if subject.as_ref().is_none_or(|one| one.len() == 1 && elements.has(one.start, pronoun)) {
                return None;
            }
            // `The plan was criticised by Brandt`: a thing of which something was said.
            let subject = subject.filter(|subject| super::things::tells_in_clause(elements, cue.frame, subject));
            let because = vec![QuoteReason::CueAfter];
            return Some(Attribution {
                doubtful: true,
                content: vec![subject?],
                cue: Some(cue.range.clone()),
                source: Some(source),
                because,
                ..Attribution::default()
            });
        }
        let Some(found) = content::after(elements, cue, self.ceiling) else { return self.heard_before(cue) };
        let infinitive = found.pieces.first().is_some_and(|piece| predicates::goal_at(elements, piece.start).is_some());
        // `It was not noted which of them came`: nobody says so.
        let asks = found.pieces.first().is_some_and(|piece| elements.has(piece.start, Class::QUESTION));
        let no = |at: usize| {
            let text = elements.text(at);
            elements.has(at, Class::NEGATION) || text.ends_with("n't") || text.ends_with("n’t")
        };
        if asks && cue.range.clone().any(no) && !found.pieces.iter().any(|piece| elements.has_chunk(piece.clone())) {
            return None;
        }
        // `Volunteers will be asked to count the gulls`: nobody has asked them yet.
        let modal = cue.range.clone().any(|at| elements.has(at, Class::MODAL));
        let inside = || self.out.iter().any(|one| one.content.iter().any(|piece| piece.contains(&cue.range.start)));
        // `said it could be argued that`: a part of what somebody says.
        if modal && (infinitive || inside()) && !found.pieces.iter().any(|piece| elements.has_chunk(piece.clone())) {
            return None;
        }
        // `Visitors are encouraged to book early`: nobody's words but the writer's.
        let present = elements.all[cue.range.clone()]
            .iter()
            .any(|el| elements.lists().has(List::PresentBe, elements.lexicon().words.text(el.word)));
        // `It is recommended that you read it`
        let you = found.pieces.iter().any(|piece| elements.all[piece.clone()].iter().any(|el| el.has(Class::SECOND)));
        if (infinitive || you) && present && !found.pieces.iter().any(|piece| elements.has_chunk(piece.clone())) {
            return None;
        }
        let that = matches!(found.reason, Some(QuoteReason::ThatClause));
        // `The court was told the crew is tired`: behind a verb that has a hearer, a clause without `that`.
        let hearer = frame.takes.has(HEARD);
        let hears =
            hearer && frame.takes.has(Takes::CLAUSE) && frame.mode == Mode::Speech && frame.strength >= 3 && !modal;
        let bare = |piece: &Range<usize>| {
            piece.start >= cue.range.end
                && found.cue_end == cue.range.end
                && predicates::begins_phrase(elements, piece.start)
                && predicates::is_clause(elements, piece.start, piece.end)
        };
        let clause = that || asks || hears && found.pieces.first().is_some_and(bare);
        // `is expected to say that taxes will rise`: the clause is another verb's.
        let other = elements.says(cue.range.end, "to") && !infinitive;
        if !infinitive && !clause || other {
            return None;
        }
        // `Brandt was asked whether he knew. “No.”`: whoever is asked answers.
        let told = that && !asks || infinitive;
        let mut out = self.forward(cue, None, found);
        // `were told that it was late and were urged to go`: whom the first verb has for its subject.
        let second = cue.range.start.checked_sub(1).is_some_and(|at| elements.has(at, Class::COORDINATOR));
        let main = || super::clause::main_subject(elements, &self.segment, cue.range.start);
        let subject = if second { main().filter(|one| one.end < cue.range.start) } else { subject };
        // `Residents were urged to boil it`: who hears it; `Brandt was said to be ill`: whom it is said of.
        if hearer && told {
            let pronoun = |one: &Range<usize>| one.len() == 1 && elements.has(one.start, Class::RELATIVE);
            out.addressee = out.addressee.or(subject.filter(|one| !elements.has_chunk(one.clone()) && !pronoun(one)));
        } else if infinitive && let Some(subject) = subject {
            out.content.insert(0, subject);
        }
        Some(out)
    }

    /// `She was told by the council in May that the bridge was safe`: what somebody heard, and from whom.
    fn told_by(&mut self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        const NEAR: usize = 4;
        let elements = self.elements;
        let hears = cue.frame.is_some_and(|frame| frame.takes.has(HEARD));
        if !hears || !may_speak(elements, source) {
            return None;
        }
        let (bare, _) = super::adjuncts::skip_adjuncts(elements, source.end, self.ceiling);
        // `Fares would rise, residents were told by the council last week.`
        if bare >= self.ceiling || content::is_time(elements, bare, self.ceiling) {
            return self.told_before(cue, Some(source));
        }
        // `was asked by a reporter what he would do`
        let asked = elements.has(bare, Class::QUESTION)
            && !elements.is_in(bare, List::Relatives)
            && !elements.is_in(bare, List::WhenSaid)
            && cue.takes(Takes::QUESTION);
        let question = asked && bare == source.end;
        let that = (source.end..self.ceiling.min(source.end + NEAR)).find(|at| elements.says(*at, "that"));
        // Only a time may stand between.
        let that = that.filter(|that| *that == source.end || elements.has(that - 1, Class::TIME));
        // `was told by the council he faced no charge`
        let subject =
            elements.has(bare, Class::SUBJECT) && !elements.has(bare, Class::RELATIVE.with(Class::DETERMINER));
        let clause = that.is_none() && subject && predicates::is_clause(elements, bare, self.ceiling);
        if question || clause {
            let content = extent(elements, cue, bare, self.ceiling, Reach::Clause);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.range.clone()),
                source: Some(source.clone()),
                because: vec![QuoteReason::CueBefore, QuoteReason::BareClause],
                ..Attribution::default()
            });
        }
        // `was told by Ada Brandt, the mayor, that`, `by people who know the plan that`
        let whole = || {
            let begin = source.start;
            let that = (source.end..self.ceiling.min(begin + LONGEST)).find(|at| elements.says(*at, "that"))?;
            let whole = subject_before(elements, begin, that).filter(|whole| whole.start == begin)?;
            predicates::is_clause(elements, that + 1, self.ceiling).then_some((that, whole))
        };
        let (that, mut source) = that.map(|that| (that, source.clone())).or_else(whole)?;
        // `told by planners in 2016 that`
        if source.len() > 2 && super::adjuncts::is_year(elements, source.end - 2) {
            source.end -= 2;
        }
        let told = Cue { range: cue.range.start..that, ..cue.clone() };
        // `Otto Lind, who was assured by Ada Brandt that it was late, is not amused`
        let relative = cue.range.start.checked_sub(1).filter(|at| elements.has(*at, Class::RELATIVE));
        let relative = relative.map(|at| at..at + 1);
        let ceiling = if relative.is_some() { self.clause_ceiling(&told, relative.as_ref()) } else { self.ceiling };
        let found = content::after(elements, &told, ceiling)?;
        let found = self.forward(&told, Some(source), found);
        Some(Attribution { cue: Some(cue.range.clone()), ..found })
    }

    /// `Fares would rise, the court was told on Friday`: the same at the end of its clause, where nobody is named who told it.
    fn heard_before(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let hears =
            cue.frame.is_some_and(|frame| frame.takes.has(HEARD) && frame.mode == Mode::Speech && frame.strength >= 3);
        let modal = cue.range.clone().any(|at| elements.has(at, Class::MODAL.with(Class::NEGATION)));
        // `Quay, residents have been told, is shut`: in the middle of a clause
        let end = cue.range.end;
        let ends = end >= self.ceiling
            || elements.is(end, TokenKind::Comma) && elements.has(end + 1, Class::COORDINATOR)
            || content::is_time(elements, end, self.ceiling)
            || super::adjuncts::skip_adjuncts(elements, end, self.ceiling) == (self.ceiling, Skipped::Time);
        if hears && !modal && ends { self.told_before(cue, None) } else { None }
    }

    /// `Fares would rise, residents were told by the council`: what stands before the subject of what somebody heard.
    fn told_before(&mut self, cue: &Cue, source: Option<&Range<usize>>) -> Option<Attribution> {
        let elements = self.elements;
        let subject = self.own_subject(cue.range.start).filter(|one| !elements.has(one.start, Class::FIRST))?;
        let mark = subject.start.checked_sub(1)?;
        let marked = elements.is(mark, TokenKind::Comma) || elements.all[mark].is_chunk();
        let content = before(elements, self.floor(subject.start), subject.start).filter(|_| marked)?;
        let quoted = elements.has_chunk(content.clone());
        let clause = content.end == mark && predicates::is_clause(elements, content.start, content.end);
        (quoted || clause).then(|| Attribution {
            content: vec![content],
            cue: Some(cue.range.clone()),
            source: source.cloned(),
            addressee: Some(subject),
            because: vec![QuoteReason::CueAfter],
            ..Attribution::default()
        })
    }

    /// `described by Brandt as “a mess”`, `dubbed by sailors “the Rock”`, `described as “a mess” by Brandt`: the words in marks
    /// are whose who calls something so.
    pub(super) fn called(&self, cue: &Cue) -> Option<Attribution> {
        const NEAR: usize = 8;
        let elements = self.elements;
        let frame = cue.frame?;
        let takes = Takes::NOUN.with(Takes::COMPLEMENT).with(Takes::CLAUSE).with(Takes::QUOTATION);
        let as_ = |at: usize| elements.says(at, "as");
        let called = |at: usize| at + usize::from(as_(at));
        let by = |at: usize| elements.says(at, "by");
        let agent = |by: usize| {
            let phrase = phrase_at(elements, by + 1, self.ceiling)?;
            may_speak(elements, &phrase).then_some(phrase)
        };
        let with = frame.with.iter().any(|id| elements.lexicon().words.text(*id) == "as");
        if !with && !frame.takes.has(takes) {
            return None;
        }
        let (content, source) = if by(cue.range.end) {
            let source = with_tail(elements, agent(cue.range.end)?, self.ceiling);
            let next = source.end + usize::from(elements.is(source.end, TokenKind::Comma));
            let names = as_(next) || cue.takes(Takes::COMPLEMENT);
            let from = called(next);
            self.marked(from).filter(|_| names)?;
            (extent(elements, cue, from, self.ceiling, Reach::Noun), source)
        } else {
            let from = called(cue.range.end);
            let chunk = self.marked(from).filter(|_| from > cue.range.end || cue.takes(Takes::COMPLEMENT))?;
            let plain = |at: &usize| !elements.is(*at, TokenKind::Comma) && !super::phrases::is_verbal(elements, *at);
            let near = (chunk + 1..self.ceiling.min(chunk + NEAR)).take_while(plain).find(|at| by(*at))?;
            (std::iter::once(from..near).collect(), agent(near)?)
        };
        Some(Attribution {
            content,
            cue: Some(cue.range.clone()),
            source: Some(source),
            because: vec![QuoteReason::CueBefore],
            ..Attribution::default()
        })
    }

    /// The quoted words that begin at `from`, or behind an article and a few words that go before a noun.
    pub(super) fn marked(&self, from: usize) -> Option<usize> {
        const FEW: usize = 3;
        const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::ADVERB);
        let elements = self.elements;
        let chunk = elements.first_chunk(from..self.ceiling.min(from + FEW))?;
        (from..chunk).all(|at| elements.has(at, BEFORE) || is_nominal(elements, at)).then_some(chunk)
    }

    /// `prompting Ada Brandt to call it “a mess”`: whom something makes say so.
    pub(super) fn made(&self, cue: &Cue) -> Option<Range<usize>> {
        const MOST: usize = 20;
        let elements = self.elements;
        let to = cue.range.start;
        let low = self.segment.start.max(to.saturating_sub(MOST));
        let verb = (low..to).rev().find(|at| elements.lists().has(List::MakingVerbs, word(elements, *at)))?;
        let phrase = phrase_at(elements, verb + 1, to)?;
        let aside = elements.is(phrase.end, TokenKind::Comma)
            && elements.is(to - 1, TokenKind::Comma)
            && (phrase.end..to).all(|at| !super::phrases::is_verbal(elements, at));
        (phrase.end == to || aside).then_some(phrase)
    }

    /// `a plan proposed by Brandt`; `Asked about the plan, Brandt said`.
    pub(super) fn reduced(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        if let Some(called) = self.called(cue) {
            return Some(called);
        }
        if elements.says(cue.range.end, "by") && cue.range.start > self.segment.start {
            // `a state ruled by the party`: what is ruled is no words.
            let told = cue.takes(Takes::NOUN.with(Takes::CLAUSE).with(Takes::QUOTATION).with(Takes::COMPLEMENT));
            // `a tomato found by Otto Lind`: what is found is no words either.
            let found = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing);
            if cue.strength() < 2 || !told || found {
                return None;
            }
            let source = phrase_at(elements, cue.range.end + 1, self.ceiling)?;
            // `Residents questioned by the board said`
            if elements.has(source.end, Class::CUE_VERB) && !elements.has(source.end, Class::CUE_NOUN) {
                return None;
            }
            // `The attack, suggested by a report that gunmen came by boat, killed two`
            if elements.says(source.end, "that") {
                let start = source.end + 1;
                let end = (start..self.ceiling).find(|at| elements.is(*at, TokenKind::Comma)).unwrap_or(self.ceiling);
                return (end > start).then(|| Attribution {
                    content: std::iter::once(start..end).collect(),
                    cue: Some(cue.range.clone()),
                    source: Some(source),
                    because: vec![QuoteReason::ThatClause],
                    ..Attribution::default()
                });
            }
            let content = subject_before(elements, self.clause_start(cue.range.start), cue.range.start)
                .filter(|content| super::things::tells_in_clause(elements, cue.frame, content))?;
            let because = vec![QuoteReason::CueAfter];
            return Some(Attribution {
                content: vec![content],
                cue: Some(cue.range.clone()),
                source: Some(source),
                because,
                ..Attribution::default()
            });
        }
        if cue.range.start > self.segment.start {
            return None;
        }
        let comma = (cue.range.end..self.ceiling).find(|at| elements.is(*at, TokenKind::Comma))?;
        let found = content::after(elements, cue, comma)?;
        Some(self.forward(cue, None, found))
    }
}
