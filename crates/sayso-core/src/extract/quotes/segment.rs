//! Attributions of one segment: each cue with its source and what it reports.

use super::clause::dateline_end;
use super::construction::Construction;
use super::content::Content;
use super::cues::{self, Cue};
use super::elements::Elements;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// A cue with its source and its content, as elements of the paragraph.
#[derive(Clone, Debug, Default)]
pub struct Attribution {
    /// Pieces, in order.
    pub content: Vec<Range<usize>>,
    /// The cue; none where a colon or a signature stands for one.
    pub cue: Option<Range<usize>>,
    /// The source.
    pub source: Option<Range<usize>>,
    /// To whom.
    pub addressee: Option<Range<usize>>,
    /// Why.
    pub because: Vec<QuoteReason>,
    /// Whether the content is to come in the next paragraph.
    pub awaits: bool,
    /// Whether it may be no report of words at all.
    pub doubtful: bool,
    /// Another verb that belongs to the cue and reports nothing itself: `quoted` in `quoted Brandt as saying`.
    pub also: Option<usize>,
}

impl Attribution {
    /// Whether the element is part of its cue.
    pub fn has_cue(&self, at: usize) -> bool {
        self.also == Some(at) || self.cue.as_ref().is_some_and(|cue| cue.contains(&at))
    }
}

/// What is known while a segment is read.
pub struct SegmentReader<'v, 'p> {
    pub(super) elements: &'v Elements<'p>,
    pub(super) segment: Range<usize>,
    /// Where the last stop begins.
    pub(super) ceiling: usize,
    /// The subject of the last finite cue.
    pub(super) subject: Option<Range<usize>>,
    /// Where the cue before ends.
    pub(super) cue_end: usize,
    /// Where the finite cue before, with a subject of its own, ends.
    pub(super) finite_end: usize,
    /// The heads of the verbs that can report.
    pub(super) heads: Vec<usize>,
    /// What was found.
    pub(super) out: Vec<Attribution>,
}

/// The attributions of `segment`.
pub fn read<'v, 'p>(elements: &'v Elements<'p>, segment: &Range<usize>) -> Vec<Attribution> {
    let cues = cues::find(elements, segment);
    if cues.is_empty() || elements.is_link_alone(segment) {
        return Vec::new();
    }
    let start = dateline_end(elements, segment);
    // `(The bridge, Brandt said, is safe.)`
    let bracket = elements.is(segment.start, TokenKind::Open);
    let mut ceiling = segment.end;
    while ceiling > segment.start
        && (elements.is(ceiling - 1, TokenKind::Stop)
            || elements.is(ceiling - 1, TokenKind::Exclaim)
            || elements.is(ceiling - 1, TokenKind::Hyphen)
            || bracket && elements.is(ceiling - 1, TokenKind::Close))
    {
        ceiling -= 1;
    }
    let segment = &(start + usize::from(bracket && start + 1 < ceiling)..segment.end);
    let mut reader = SegmentReader {
        elements,
        segment: segment.clone(),
        ceiling,
        subject: None,
        cue_end: segment.start,
        finite_end: segment.start,
        heads: cues.iter().filter(|cue| is_verb(cue)).map(|cue| cue.head).collect(),
        out: Vec::new(),
    };
    for cue in &cues {
        if cue.range.end > ceiling || cue.range.start < reader.cue_end || reader.hides(cue) {
            continue;
        }
        let heard = reader.hearing(cue);
        let found = reader.either(heard.as_ref().unwrap_or(cue)).and_then(|found| reader.plausible(cue, found));
        if let Some(mut found) = found {
            // Whose words a court hears is not told.
            if heard.is_some() {
                found.addressee = found.source.take();
            }
            if found.source.as_ref().is_some_and(|source| is_sign(elements, source, cue)) {
                found.source = None;
            }
            reader.cue_end = found.cue.as_ref().map_or(cue.range.end, |cue| cue.end);
            if cue.construction == Construction::Finite
                && !found.source.as_ref().is_some_and(|source| elements.has(source.start, Class::RELATIVE))
            {
                reader.finite_end = reader.cue_end;
            }
            reader.out.push(found);
        }
    }
    reader.drop_twice();
    reader.out
}

/// `a coroner in Lenn heard`: whether a court or its like is who heard something.
pub fn is_hearing(elements: &Elements, subject: &Range<usize>, verb: usize) -> bool {
    let head = subject.clone().find(|at| elements.has(*at, Class::PREPOSITION)).unwrap_or(subject.end);
    let court = head.checked_sub(1).filter(|at| subject.contains(at) && elements.is_in(*at, List::Hearings));
    court.is_some() && elements.says(verb, "heard")
}

/// `One tag read “A”. Another read “B”`: whether who shows words is one of several of which no person is told: signs, notes.
fn is_sign(elements: &Elements, source: &Range<usize>, cue: &Cue) -> bool {
    let counted = |at: usize| elements.has(at, Class::UNNAMED) && elements.has(at, Class::DETERMINER);
    let last = source.end.saturating_sub(1);
    let short = source.len() == 1 || source.len() == 2 && elements.has(source.start, Class::DETERMINER);
    let showing = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing && frame.takes.has(Takes::QUOTATION));
    showing && short && (counted(last) || elements.lists().reads(List::OnesOfSeveral, elements.text(last)))
}

fn is_verb(cue: &Cue) -> bool {
    !matches!(cue.construction, Construction::Noun | Construction::Adjective | Construction::According)
}

impl<'e> SegmentReader<'e, '_> {
    /// `The court heard that he left`, `a coroner in Lenn has heard`: a court that hears something tells it.
    fn hearing(&self, cue: &Cue<'e>) -> Option<Cue<'e>> {
        let elements = self.elements;
        if cue.construction != Construction::Finite || !elements.says(cue.head, "heard") {
            return None;
        }
        self.own_subject(cue.range.start).filter(|subject| is_hearing(elements, subject, cue.head))?;
        let tells =
            elements.lists().words(List::HearingFrame).first().map(|verb| elements.lexicon().words.get(verb))?;
        let frame = elements.lexicon().reporting.verb(tells).map(|(frame, _)| frame).next()?;
        Some(Cue { frame: Some(frame), ..cue.clone() })
    }

    /// `is proud to announce that it won`: of two cues with one content the one nearer to it.
    /// `was answering claims by Brandt that it sank`: it is what Brandt claims.
    fn drop_twice(&mut self) {
        let makes = |one: &Attribution| {
            let ends = one.cue.as_ref().zip(one.source.as_ref());
            ends.is_some_and(|(cue, source)| {
                source.start == cue.end + 1 && self.elements.is_in(cue.end, List::MakerLinks)
            })
        };
        let same = |one: &Attribution, other: &Attribution| {
            one.content == other.content && !one.content.is_empty() && (one.source == other.source || makes(other))
        };
        let mut at = 1;
        while at < self.out.len() {
            if same(&self.out[at - 1], &self.out[at]) && self.out[at].cue.is_some() {
                self.out.remove(at - 1);
            } else {
                at += 1;
            }
        }
    }

    /// What was found, without a source that cannot be one where it stands: inside what it is to say (`Some insisted that those deals,
    /// proposed in May`), or the verb of a request at the head of the sentence (`Call your senator and tell her to vote`). None where no
    /// quoted words are left then.
    fn plausible(&self, cue: &Cue, mut found: Attribution) -> Option<Attribution> {
        const OBJECT: Class = Class::DETERMINER.with(Class::POSSESSIVE);
        let elements = self.elements;
        let Some(source) = &found.source else { return Some(found) };
        let inside = found.content.iter().any(|piece| piece.start <= source.start && source.end <= piece.end);
        let request = source.len() == 1
            && source.start == self.segment.start
            && elements.has(source.end, OBJECT)
            // `Trump this morning tweeted`
            && !elements.has(source.end + 1, Class::TIME)
            && !elements.has(source.start, Class::SUBJECT.with(Class::UNNAMED))
            && found.cue.as_ref().is_some_and(|cue| cue.start > source.end);
        let quoted = found.content.first().is_some_and(|piece| elements.all[piece.start].is_chunk());
        if request && quoted || inside && cue.construction == Construction::Participle {
            found.source = None;
            return Some(found);
        }
        (!inside && !request).then_some(found)
    }

    /// Whether the cue stands in content that was found already and is too weak to report on its own.
    pub(super) fn hides(&self, cue: &Cue) -> bool {
        let inside = self.stands_inside(&cue.range);
        // `According to the Courier, one user posted: “…”`
        let elements = self.elements;
        let marked = elements.is(cue.range.end, TokenKind::Colon) || elements.is(cue.range.end, TokenKind::Comma);
        let next = cue.range.end + usize::from(marked);
        let quotes = cue.takes(Takes::QUOTATION) && elements.all.get(next).is_some_and(|next| next.is_chunk());
        // `cited a report that found the wells were dry`
        let that = cue.range.start.checked_sub(1).filter(|at| *at > self.segment.start && elements.says(*at, "that"));
        let text = that.is_some_and(|that| elements.has(that - 1, Class::DOCUMENT.with(Class::DOCUMENTS)));
        inside && cue.strength() < 3 && !quotes && !text
    }

    /// Whether the cue at `cue` stands in content that was found already.
    pub(super) fn stands_inside(&self, cue: &Range<usize>) -> bool {
        self.out.iter().any(|found| found.content.iter().any(|piece| piece.start <= cue.start && cue.end <= piece.end))
    }

    /// What a cue reports: all that it can take where words in quote marks stand in it, and else what it can take without.
    pub(super) fn either(&mut self, cue: &Cue) -> Option<Attribution> {
        let Some(wide) = cue.frame.and_then(|frame| frame.quoting.as_deref()) else { return self.attribution(cue) };
        let elements = self.elements;
        // `said Lind wants to find “good outcomes”`: the marks are those of the one who says so.
        let inside = cue.frame.is_some_and(|frame| frame.mode != Mode::Speech) && self.stands_inside(&cue.range);
        if !inside && elements.has_chunk(self.segment.clone()) {
            let kept = (self.subject.clone(), self.out.clone());
            let wider = Cue { frame: Some(wide), ..cue.clone() };
            // `announcing the pick, the union called her “a friend”`, `attacked men before he told her it was “a mistake”`: behind a comma,
            // or another cue where this one reports no clause, the words are another's.
            let clauses = cue.takes(Takes::CLAUSE.with(Takes::THAT));
            let near = |piece: &Range<usize>| {
                let cued = |at: usize| !clauses && at > piece.start && super::predicates::is_cue_verb(elements, at);
                let parts =
                    |at: usize| elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash) || cued(at);
                let before = piece.clone().take_while(|at| !parts(*at));
                before.into_iter().any(|at| elements.all[at].is_chunk())
            };
            let found =
                self.attribution(&wider).filter(|found| found.awaits || found.content.first().is_some_and(near));
            if found.is_some() {
                return found;
            }
            (self.subject, self.out) = kept;
        }
        self.attribution(cue)
    }

    pub(super) fn attribution(&mut self, cue: &Cue) -> Option<Attribution> {
        match cue.construction {
            Construction::Finite => self.finite(cue),
            Construction::Participle | Construction::Infinitive => self.without_subject(cue),
            Construction::Passive => self.passive(cue),
            Construction::Reduced => self.reduced(cue),
            Construction::Noun => self.noun(cue),
            Construction::Adjective => self.adjective(cue),
            Construction::According => self.according(cue),
        }
    }

    /// Where the clause of the cue at `at` can begin at the earliest.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.cue_end.min(at).max(self.segment.start)
    }

    /// The quoted words that end at `at`, or right before the comma or dash there.
    pub(super) fn quoted_before(&self, at: usize) -> Option<usize> {
        let elements = self.elements;
        let marked = (elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash)) && at > self.segment.start;
        let chunk = if marked { at - 1 } else { at };
        elements.all[chunk].is_chunk().then_some(chunk)
    }

    /// Takes the quoted words at `at` from a cue that only says what somebody thinks of a thing, or wants: `rejected`, `praised`.
    pub(super) fn leave_told(&mut self, at: usize) {
        let elements = self.elements;
        let judges = |cue: &Range<usize>| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(cue.end - 1));
            frames.any(|(frame, _)| frame.takes.is_noun_only())
        };
        // `The town wanted her to “get on with it”, he said`
        let minds = |cue: &Range<usize>| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(cue.end - 1));
            frames.any(|(frame, _)| matches!(frame.mode, Mode::Thought | Mode::Will))
        };
        self.out.retain(|one| {
            let alone = one.content.first().is_some_and(|piece| piece.start == at && piece.len() == 1);
            let inside = one.content.iter().any(|piece| piece.contains(&at));
            !(alone && one.cue.as_ref().is_some_and(judges) || inside && one.cue.as_ref().is_some_and(minds))
        });
    }

    /// Whether a cue that stands before the quoted words at `at` reports them.
    pub(super) fn is_claimed(&self, at: usize) -> bool {
        self.out.iter().any(|one| {
            one.cue.as_ref().is_some_and(|cue| cue.end <= at) && one.content.iter().any(|piece| piece.contains(&at))
        })
    }

    pub(super) fn forward(&self, cue: &Cue, source: Option<Range<usize>>, mut found: Content) -> Attribution {
        if matches!(found.reason, Some(QuoteReason::ThatClause | QuoteReason::BareClause)) {
            self.leave_quoted(&mut found.pieces, false);
        }
        let mut because = vec![QuoteReason::CueBefore];
        because.extend(found.reason.filter(|reason| *reason != QuoteReason::CueBefore));
        Attribution {
            content: found.pieces,
            cue: Some(cue.range.start..found.cue_end.max(cue.range.end)),
            source,
            addressee: found.addressee,
            because,
            awaits: found.awaits,
            ..Attribution::default()
        }
    }

    /// Where content before `at` can begin: after the attribution before it.
    pub(super) fn floor(&self, at: usize) -> usize {
        let ends = self.out.iter().filter_map(|found| {
            let cue = found.cue.as_ref().map_or(0, |cue| cue.end);
            let source = found.source.as_ref().map_or(0, |source| source.end);
            let tag = cue.max(source);
            let behind = found.content.iter().any(|piece| piece.end <= tag);
            let told = found.addressee.as_ref().map_or(tag, |hearer| hearer.end.max(tag));
            (behind && tag <= at).then_some(if told <= at { told } else { tag })
        });
        ends.max().unwrap_or(self.segment.start)
    }
}
