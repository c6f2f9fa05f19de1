//! Cues that report nothing where they stand: what a thing does, what a sign says, what the writer thinks himself.

use super::content::Content;
use super::cues::Cue;
use super::elements::word;
use super::phrases::may_speak;
use super::predicates;
use super::segment::SegmentReader;
use crate::extract::QuoteReason;
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::people::Prompt;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// Whether `source` is a thing that bears words: `a banner that read “No more floods”`, `his shirt said`. They are nobody’s.
    pub(super) fn is_written(&self, source: &Range<usize>) -> bool {
        let elements = self.elements;
        let relative = source.len() == 1 && elements.has(source.start, Class::RELATIVE);
        let first = if relative { source.start.saturating_sub(1) } else { source.start };
        let stops = Class::PREPOSITION.with(Class::RELATIVE);
        let end = (first + 1..source.end).find(|at| elements.has(*at, stops)).unwrap_or(source.end);
        let head = if relative { first } else { end.saturating_sub(1) };
        let prompts = &elements.lexicon().people.prompts;
        let bears = |at: usize| {
            let found = prompts.longest(|i| if i == 0 { elements.word(at) } else { WordId::NONE });
            found.is_some_and(|(_, prompt)| *prompt == Prompt::Sign)
        };
        elements.all.get(head).is_some_and(|el| el.is_word() && !el.is_capital()) && bears(head)
    }

    /// `The platform aims to grow`, `this achievement underscores the need`: what cannot speak does something, and reports
    /// nothing.
    pub(super) fn is_doing(&self, cue: &Cue, source: Option<&Range<usize>>, found: &Content) -> bool {
        let elements = self.elements;
        let Some((frame, source)) = cue.frame.zip(source) else { return false };
        // `showed spirit and Brandt left`: the second clause is not what is shown.
        let own = |piece: &Range<usize>| {
            let joined = (piece.start..piece.end)
                .find(|at| frame.mode == Mode::Showing && elements.has(*at, Class::COORDINATOR));
            predicates::is_clause(elements, piece.start, joined.unwrap_or(piece.end))
        };
        let clause = found.reason == Some(QuoteReason::ThatClause) || found.pieces.first().is_some_and(own);
        let weak = match frame.mode {
            Mode::Speech => !clause || frame.strength < 3,
            Mode::Thought => found.reason != Some(QuoteReason::ThatClause),
            // `the storm showed that the roof was weak`
            Mode::Showing | Mode::Will => true,
        };
        // `a report released last year found`, `a report that found`
        let meant = self.antecedent(source);
        // `The principle is understanding that it takes time`
        let being = frame.mode == Mode::Thought
            && cue.range.clone().any(|at| elements.has(at, Class::BE))
            && super::verb_group::is_gerund(elements, cue.head);
        if being && !self.is_text(&meant) && !may_speak(elements, source) {
            return true;
        }
        let text = frame.mode == Mode::Showing && self.is_text(&meant);
        // `the film showed the mayor asleep`, `he showed a boat`: only counts and texts show things.
        if frame.mode == Mode::Showing && (!clause || self.is_picture(source)) {
            return !text || self.is_picture(source);
        }
        // `The broadcaster showed residents gathered there`, `The pages showed photos of the scene`
        let shows = frame.mode == Mode::Showing && frame.takes.has(Takes::NOUN);
        let seen = || {
            found.pieces.first().is_some_and(|piece| self.is_picture(&(piece.start..piece.end.min(piece.start + 3))))
        };
        if shows && found.reason != Some(QuoteReason::ThatClause) && (!text || seen()) {
            return true;
        }
        weak && !text && !may_speak(elements, source)
    }

    /// `a metric called “Runway”`: whether a participle names the thing before it. Who calls something so needs an object: `what he
    /// called “a mess”`, `an age the poet called “golden”`.
    pub(super) fn is_naming(&self, cue: &Cue, source: &Range<usize>, found: &Content) -> bool {
        const WHO: Class = Class::SUBJECT
            .with(Class::RELATIVE)
            .with(Class::UNNAMED)
            .with(Class::ROLE)
            .with(Class::ROLES)
            .with(Class::GROUP)
            .with(Class::GROUPS);
        let elements = self.elements;
        let takes = cue.frame.map(|frame| frame.takes).unwrap_or_default();
        let names = takes.has(Takes::COMPLEMENT) && !takes.has(Takes::CLAUSE.with(Takes::THAT).with(Takes::NOUN));
        let alone = cue.range.len() == 1
            && found.pieces.first().is_some_and(|piece| {
                piece.start == cue.range.end && elements.chunk(piece.start).is_some_and(|chunk| !chunk.single)
            });
        let beside = source.end == cue.range.start
            || source.end + 1 == cue.range.start && elements.is(source.end, TokenKind::Comma);
        let last = source.end.checked_sub(1).filter(|at| *at >= source.start);
        let thing = last.is_some_and(|at| {
            let el = &elements.all[at];
            el.is_word() && !el.is_capital() && !el.has(WHO)
        });
        names && alone && beside && thing && cue.forms.has(Forms::PARTICIPLE)
            || names && self.is_dubbing(cue, source, found)
    }

    /// `Fans call them “Left” and “Other Left”`, `Economists call it “the lipstick effect”`: whether a crowd without an article calls
    /// something by a name, at all times: a few words with a capital or the article.
    fn is_dubbing(&self, cue: &Cue, source: &Range<usize>, found: &Content) -> bool {
        const FEW: u32 = 4;
        let elements = self.elements;
        let now =
            cue.range.len() == 1 && cue.forms.has(Forms::PRESENT.with(Forms::BASE)) && !cue.forms.has(Forms::PAST);
        let crowd = source.len() == 1
            && elements.ends(source.start, Ending::Plural)
            && (!elements.all[source.start].is_capital() || source.start == self.segment.start);
        let object = |at: usize| elements.has(at, Class::OBJECT.with(Class::SUBJECT));
        let is_name = |at: usize| {
            elements.chunk(at).is_some_and(|chunk| {
                let first = elements.inner(at).first();
                let the = first.is_some_and(|word| word.span().of(elements.page.text).eq_ignore_ascii_case("the"));
                chunk.words <= FEW && (the || chunk.capital)
            })
        };
        let piece = found.pieces.first();
        let called = piece.and_then(|piece| elements.first_chunk(piece.clone()).map(|chunk| (piece.start, chunk)));
        now && crowd && called.is_some_and(|(start, chunk)| start + 1 == chunk && object(start) && is_name(chunk))
    }

    /// `a report that found`: of a relative pronoun the noun before it, and of anything else itself.
    fn antecedent(&self, source: &Range<usize>) -> Range<usize> {
        let elements = self.elements;
        let relative = source.len() == 1
            && source.start > self.segment.start
            && (elements.has(source.start, Class::RELATIVE) || elements.says(source.start, "that"))
            && super::phrases::is_nominal(elements, source.start - 1);
        if relative { source.start - 1..source.end } else { source.clone() }
    }

    /// Whether a phrase holds a noun for a text or a count.
    pub(super) fn is_text(&self, source: &Range<usize>) -> bool {
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        self.elements.all[source.clone()].iter().any(|el| el.has(TEXTS))
    }

    /// `footage shows the moment`: whether a phrase holds a noun for pictures, in which one sees and nobody says.
    pub(super) fn is_picture(&self, source: &Range<usize>) -> bool {
        source.clone().any(|at| self.elements.lists().has(List::Pictures, word(self.elements, at)))
    }

    /// Whether the writer tells what he or the reader thinks: `I think the bridge is old`, `you said so`. That is no report.
    pub(super) fn is_own(&self, cue: &Cue, source: Option<&Range<usize>>) -> bool {
        let elements = self.elements;
        let thinks = cue.frame.is_some_and(|frame| frame.mode != Mode::Speech);
        source.is_some_and(|source| {
            let pronoun = source.len() == 1;
            // `One could say that it is old`
            let anybody =
                elements.says(source.start, "one") && cue.range.clone().any(|at| elements.has(at, Class::MODAL));
            pronoun
                && (anybody
                    || elements.has(source.start, Class::SECOND)
                    || thinks && elements.has(source.start, Class::FIRST))
        })
    }
}
