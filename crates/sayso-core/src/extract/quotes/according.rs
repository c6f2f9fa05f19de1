//! `according to`, `in the words of`: what one says whose name a preposition leads.

use super::construction::Reach;
use super::cues::Cue;
use super::elements::{Element, word};
use super::extent::extent;
use super::phrases::{is_nominal, may_speak, phrase_at, with_tail};
use super::predicates;
use super::segment::{Attribution, SegmentReader};
use super::subject_before::subject_before;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::TokenKind;
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// Whether there is a verb.
    pub(super) fn is_clause(&self, mut range: Range<usize>) -> bool {
        range.any(|at| super::phrases::is_verbal(self.elements, at) || self.elements.has(at, Class::CUE_VERB))
    }

    /// `According to the Courier, one user posted: “…”`: what the user posted is the user's, and no longer the paper's; behind
    /// a comma only where `comma` says so.
    pub(super) fn leave_quoted(&self, pieces: &mut [Range<usize>], comma: bool) {
        const MOST: usize = 6;
        let elements = self.elements;
        let Some(last) = pieces.last_mut() else { return };
        let Some(chunk) = elements.first_chunk(last.clone()) else { return };
        let mark = chunk.saturating_sub(1);
        let colon = elements.is(mark, TokenKind::Colon);
        let marked = colon || comma && elements.is(mark, TokenKind::Comma);
        let reports = |verb: &usize| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(*verb));
            frames.any(|(frame, forms)| {
                let finite = Forms::PAST.with(Forms::PRESENT).with(Forms::PARTICIPLE);
                frame.takes.has(Takes::QUOTATION) && (colon || frame.strength >= 2) && forms.has(finite)
            })
        };
        // `had written on Pixo: “…”`
        let verb = (last.start + 1..mark).rev().take(MOST).find(reports);
        let own = |verb: usize| {
            let group = super::verb_group::group_start(elements, last.start, verb);
            group > last.start && subject_before(elements, last.start, group).is_some()
        };
        if marked && verb.is_some_and(|verb| own(verb) && !elements.has(verb, Class::CUE_NOUN)) {
            last.end = mark;
        }
    }

    /// `one user posted`: whether a piece before a colon is no more than a subject and a verb that takes quoted words.
    fn only_leads(&self, piece: &Range<usize>) -> bool {
        let elements = self.elements;
        let verb = piece.end - 1;
        let takes = elements
            .lexicon()
            .reporting
            .verb(elements.word(verb))
            .any(|(frame, forms)| frame.takes.has(Takes::QUOTATION) && forms.has(Forms::PAST.with(Forms::PRESENT)));
        let group = super::verb_group::group_start(elements, piece.start, verb);
        takes
            && elements.all.get(piece.end + 1).is_some_and(|next| next.is_chunk())
            && subject_before(elements, piece.start, group).is_some_and(|subject| subject.start == piece.start)
    }

    /// `According to Brandt, an expert at Quay, a firm in Harrow, boats sink`: past what tells who somebody is, from `start` to the
    /// comma before a clause.
    fn past_apposition(&self, start: usize) -> usize {
        const MOST: usize = 12;
        let elements = self.elements;
        let parts = |at: &usize| elements.is(*at, TokenKind::Comma) || elements.all[*at].is_chunk();
        let comma = (start..self.ceiling.min(start + MOST)).find(parts);
        let comma = comma.filter(|at| elements.is(*at, TokenKind::Comma) && at + 1 < self.ceiling);
        let tells = elements.has(start, Class::DETERMINER.with(Class::ROLE)) || elements.has(start + 1, Class::ROLE);
        // `According to the report, delivered in May by the port, boats sink`; `According to Brandt, who left, boats sink`
        let relative = elements.has(start, Class::RELATIVE) && !elements.has(start, Class::DETERMINER);
        let participle = elements.ends(start, Ending::Past)
            && elements.all.get(start).is_some_and(|el| !el.is_capital())
            && elements.has(start + 1, Class::PREPOSITION);
        let named = start > 1 && elements.all[start - 2].is_capital();
        // `According to Ada Brandt, of Quay Rail, boats sink`, `According to members, among them Brandt, boats sink`
        let from = elements.says(start, "of") || elements.says(start, "from");
        let among = elements.says(start, "among") && elements.has(start + 1, Class::OBJECT);
        // `According to Sen. Brandt, R-Lenn, boats sink`
        let party = elements.all.get(start).is_some_and(Element::is_capital)
            && elements.is(start + 1, TokenKind::Hyphen)
            && elements.text(start).len() <= 3;
        let hangs = relative || participle || among || named && (from || party);
        match comma.filter(|comma| hangs || tells && !predicates::is_clause(elements, start, *comma)) {
            Some(comma) if predicates::is_clause(elements, comma + 1, self.ceiling) => comma + 1,
            _ => start,
        }
    }

    /// `members and an aide`: where the second of two phrases ends that can speak, which a comma, a stop or the end closes.
    fn coordinated(&self, phrase: &Range<usize>) -> Option<usize> {
        let elements = self.elements;
        let and = phrase.end;
        if and + 1 >= self.ceiling || !elements.says(and, "and") || !may_speak(elements, phrase) {
            return None;
        }
        let other = phrase_at(elements, and + 1, self.ceiling).filter(|other| may_speak(elements, other))?;
        let closed = other.end == self.ceiling || elements.is(other.end, TokenKind::Comma);
        (closed && !elements.has(other.start, Class::SUBJECT)).then_some(other.end)
    }

    /// `figures released last year by the port`: where a phrase ends in which a participle with its time and its maker hangs on a
    /// noun.
    fn released(&self, phrase: &Range<usize>) -> Option<usize> {
        let elements = self.elements;
        let past = |at: &usize| {
            let el = &elements.all[*at];
            el.is_word() && !el.is_capital() && elements.ends(*at, Ending::Past) && !el.has(Class::ADJECTIVE)
        };
        let participle = (phrase.start + 1..(phrase.end + 1).min(self.ceiling)).find(past)?;
        let next = participle + 1;
        let linked = elements.has(next, Class::PREPOSITION.with(Class::TIME))
            || elements.lists().has(List::TimeLeads, word(elements, next));
        if !linked || !is_nominal(elements, participle - 1) || elements.all[participle - 1].is_capital() {
            return None;
        }
        let lead = next + usize::from(!elements.has(next, Class::PREPOSITION.with(Class::TIME)));
        let (end, _) = super::adjuncts::skip_adjuncts(elements, lead, self.ceiling);
        (end > next && end <= self.ceiling && end > phrase.end).then_some(end)
    }

    /// `an article in the summer issue of the Harrow Gazette`, `a report on Harrow.example`: where the phrase ends that tells in what a
    /// text stands, behind its noun at the end of `phrase`; nothing but the source stands up to the next comma or stop.
    fn published(&self, phrase: &Range<usize>) -> Option<usize> {
        const MOST: usize = 10;
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        let elements = self.elements;
        let place = phrase.end;
        let noun = elements.has(place - 1, TEXTS) && !elements.all[place - 1].is_capital();
        if !noun || place + 1 >= self.ceiling || !elements.is_in(place, List::TextPlaces) {
            return None;
        }
        let site = |at: usize| {
            let next = elements.all.get(at + 1);
            elements.is(at, TokenKind::Stop) && next.is_some_and(|next| next.is_word() && !next.is_capital())
        };
        let parts = |at: &usize| {
            let el = &elements.all[*at];
            el.is_chunk()
                || matches!(
                    el.kind,
                    super::elements::ElementKind::Token(
                        TokenKind::Comma | TokenKind::Semicolon | TokenKind::Dash | TokenKind::Colon | TokenKind::Stop
                    )
                ) && !site(*at)
        };
        let end = (place + 1..self.ceiling).find(parts).unwrap_or(self.ceiling);
        let inside = place + 1..end;
        let named = inside.clone().any(|at| elements.all[at].is_capital() && !elements.has(at, Class::TIME));
        let verb = |at: usize| super::phrases::is_verbal(elements, at) || super::phrases::is_sure_cue(elements, at);
        let plain = inside.clone().all(|at| !verb(at) && !elements.has(at, Class::RELATIVE.with(Class::SUBORDINATOR)));
        let timed = elements.has(place + 1, Class::TIME);
        (inside.len() <= MOST && !inside.is_empty() && named && plain && !timed).then_some(end)
    }

    /// `According to the coastguard, a total of 24 people, including three crew, were on board`: whether what follows `phrase` up to
    /// `tail` is a subject, with what hangs on it behind the next comma, and no apposition.
    fn is_begun(&self, phrase: &Range<usize>, tail: &Range<usize>) -> bool {
        const ROLES: Class = Class::ROLE.with(Class::DOCUMENT).with(Class::GROUP);
        let elements = self.elements;
        let next = tail.end + 1;
        let hangs = elements.is_in(next, List::ExampleLeads)
            || elements.has(next, Class::RELATIVE) && !elements.has(next, Class::DETERMINER)
            || super::phrases::is_verbal(elements, next);
        let role = (phrase.end..tail.end).any(|at| elements.has(at, ROLES) && !elements.says(at, "people"));
        tail.end > phrase.end && hangs && !role
    }

    /// `According to the data, the platform boasts a million users, with half of them in May`: whether what stands from `start` to the
    /// comma at `comma` is the clause that is told, or begins it, and tells nothing of the source before it.
    fn is_main(&self, start: usize, comma: usize) -> bool {
        const NO_MAIN: Class =
            Class::SUBORDINATOR.with(Class::RELATIVE).with(Class::COORDINATOR).with(Class::PREPOSITION);
        let elements = self.elements;
        // `her mother, Ada, drove`
        let named = (start..comma).all(|at| elements.all[at].is_capital());
        if named || elements.has(start, Class::RELATIVE) && !elements.has(start, Class::DETERMINER) {
            return false;
        }
        let later = (comma..self.ceiling).filter(|at| elements.is(*at, TokenKind::Comma)).map(|at| at + 1);
        let opens = |at: &usize| !elements.has(*at, NO_MAIN) || super::adjuncts::is_bound(elements, *at);
        let mut later = later.filter(|at| *at < self.ceiling && opens(at));
        let left = later.any(|at| elements.all[at].is_chunk() || predicates::is_clause(elements, at, self.ceiling));
        predicates::is_clause(elements, start, comma)
            || elements.is_in(start, List::DegreeAdverbs)
            || elements.has(start, Class::UNNAMED)
            || !left && super::possible::may_be_clause(elements, start, self.ceiling)
    }

    /// `in Brandt’s words, it was “a crime”`, `“a crime”, in Brandt’s words`: the words in marks that stand next.
    fn in_words(&mut self, cue: &Cue) -> Option<Attribution> {
        const MOST: usize = 8;
        let elements = self.elements;
        let owner = cue.range.start + 1;
        let clitic = elements.is(cue.head - 1, TokenKind::Clitic);
        let source = owner..cue.head - usize::from(clitic);
        let comma = |at: usize| usize::from(elements.is(at, TokenKind::Comma));
        let chunk = |at: &usize| elements.all[*at].is_chunk();
        let before = cue.range.start.checked_sub(1).map(|at| at - comma(at).min(at)).filter(chunk);
        let before = before.filter(|at| *at >= self.floor(cue.range.start));
        let behind = cue.range.end + comma(cue.range.end);
        let at = before.or_else(|| (behind..self.ceiling.min(behind + MOST)).find(chunk))?;
        Some(Attribution {
            content: std::iter::once(at..at + 1).collect(),
            cue: Some(cue.range.clone()),
            source: Some(source),
            because: vec![QuoteReason::AccordingTo],
            ..Attribution::default()
        })
    }

    /// `according to the report`.
    pub(super) fn according(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        if elements.says(cue.head, "words") {
            return self.in_words(cue);
        }
        // `according to how urgently they are needed`
        if elements.has(cue.range.end, Class::QUESTION) {
            return None;
        }
        let mut phrase = phrase_at(elements, cue.range.end, self.ceiling)?;
        // `According to research by Brandt, …`
        if elements.says(phrase.end, "by")
            && let Some(maker) = phrase_at(elements, phrase.end + 1, self.ceiling)
        {
            phrase.end = maker.end;
        }
        // `according to an email Brandt received`: the text, not who got it
        let name = (phrase.start..phrase.end).rev().take_while(|at| elements.all[*at].is_capital()).last();
        if let Some(name) = name.filter(|name| *name > phrase.start + 1)
            && elements.has(name - 1, Class::DOCUMENT)
            && elements.all.get(phrase.end).is_some_and(|verb| verb.is_word() && !verb.is_capital())
            && (elements.has(phrase.end, Class::PAST) || elements.ends(phrase.end, Ending::Past))
        {
            phrase.end = name;
        }
        // `According to figures released last year by the port, …`
        if let Some(end) = self.released(&phrase) {
            phrase.end = end;
        }
        // `according to an article in the Harrow Gazette`
        if let Some(end) = self.published(&phrase) {
            phrase.end = end;
        }
        // `, according to members and an aide`
        if let Some(end) = self.coordinated(&phrase) {
            phrase.end = end;
        }
        // `ranked according to size`, `went according to plan`
        let apart = cue.range.start == self.segment.start || !elements.all[cue.range.start - 1].is_word();
        let bare = phrase.len() == 1 && !elements.ends(phrase.start, Ending::Plural);
        let plan = bare && !elements.has(phrase.start, Class::GROUP.with(Class::ROLE).with(Class::UNNAMED));
        let plan = plan && !elements.all[phrase.start].is_capital();
        if (!apart || bare) && (plan && !apart || !may_speak(elements, &phrase)) {
            return None;
        }
        let because = vec![QuoteReason::AccordingTo];
        // `Lind, head of the council According to the plan, …`: a line that was lost ends before the capital.
        let torn = cue.range.start > self.segment.start && elements.all[cue.range.start].is_capital();
        let leads = torn
            || (self.segment.start..cue.range.start).all(|at| {
                !is_nominal(elements, at) && !elements.all[at].is_chunk()
                    || elements.has(at, Class::CONJUNCT.with(Class::ADVERB))
            });
        // `According to the mayor, some teachers drive far`: an apposition at the beginning is closed by a comma.
        let tail = with_tail(elements, phrase.clone(), self.ceiling);
        // `According to the data, the platform boasts a million users, with half of them in May`: no clause is left for the second comma.
        let begun = self.is_begun(&phrase, &tail) || tail.end > phrase.end && self.is_main(phrase.end + 1, tail.end);
        let source = if leads && (begun || !elements.is(tail.end, TokenKind::Comma)) { phrase } else { tail };
        // `… was stopped, and according to the board nobody was hurt`
        let joins = cue.range.start > self.segment.start && elements.has(cue.range.start - 1, Class::COORDINATOR);
        let mut pieces = Vec::new();
        let quoted = source.end + 1;
        let behind =
            elements.is(source.end, TokenKind::Comma) && elements.all.get(quoted).is_some_and(|el| el.is_chunk());
        if cue.range.len() > 2 && behind && quoted < self.ceiling {
            // `and, in the words of Brandt, “a crime”`
            pieces.push(quoted..quoted + 1);
        } else if leads || joins {
            let comma = (source.end..self.ceiling).find(|at| elements.is(*at, TokenKind::Comma)).filter(|_| leads);
            let comma = comma.unwrap_or(source.end);
            let start = comma + usize::from(elements.is(comma, TokenKind::Comma));
            let start = if leads && !begun { self.past_apposition(start) } else { start };
            pieces.extend(extent(elements, cue, start, self.ceiling, Reach::Clause));
            self.leave_quoted(&mut pieces, true);
            // `According to the Courier, Brandt, the mayor, said: “…”`: nothing is left that the Courier tells.
            if let [piece] = &pieces[..]
                && cue.range.len() == 2
                && piece.len() > 1
                && elements.is(piece.end, TokenKind::Colon)
                && (super::phrases::is_sure_cue(elements, piece.end - 1) || self.only_leads(piece))
            {
                return None;
            }
            if let [piece] = &pieces[..]
                && cue.range.len() == 2
                && piece.len() > 1
                && elements.has(piece.end + 1, Class::CUE_VERB)
                && !self.is_clause(piece.clone())
            {
                pieces.clear();
            }
        } else {
            let mut start = self.floor(cue.range.start);
            let mut stop = cue.range.start;
            while stop > start && (elements.is(stop - 1, TokenKind::Comma) || elements.is(stop - 1, TokenKind::Dash)) {
                stop -= 1;
            }
            // `“It rained,” Brandt said, according to Reyes`: Reyes tells what Brandt said.
            let reported = self.out.last().filter(|last| {
                stop <= start + 1
                    || last.content.last().is_some_and(|piece| piece.end <= start) && !self.is_clause(start..stop)
            });
            if let Some(first) = reported.and_then(|last| last.content.first()) {
                start = first.start.min(start);
            }
            // `One user posted, according to the Courier: “…”`: the user's words.
            let verb = stop.checked_sub(1).filter(|verb| self.heads.contains(verb));
            if let Some(verb) = verb
                && elements.is(source.end, TokenKind::Colon)
                && elements.chunk(source.end + 1).is_some()
                && let Some(subject) = subject_before(elements, start, verb)
            {
                return Some(Attribution {
                    content: std::iter::once(source.end + 1..source.end + 2).collect(),
                    cue: Some(verb..verb + 1),
                    source: Some(subject),
                    because: vec![QuoteReason::Colon],
                    also: Some(cue.head),
                    ..Attribution::default()
                });
            }
            start = super::backward::past_colon(elements, start..stop.max(start));
            if stop > start {
                pieces.push(start..stop);
                self.more(cue, Some(&source), source.end, &mut pieces);
            }
        }
        // `“…,” one user posted, according to Quay Press`: the words are the user's, and nothing else is told.
        let relayed = |piece: &Range<usize>| {
            let inside = |range: &Range<usize>| piece.start <= range.start && range.end <= piece.end;
            self.out.iter().any(|one| {
                let (Some(tag), Some(source)) = (&one.cue, &one.source) else { return false };
                let own = |at: usize| {
                    tag.contains(&at) || source.contains(&at) || one.content.iter().any(|part| part.contains(&at))
                };
                inside(tag)
                    && one
                        .content
                        .iter()
                        .all(|part| inside(part) && part.end <= tag.start && elements.all[part.start].is_chunk())
                    && piece.clone().all(|at| own(at) || elements.is(at, TokenKind::Comma))
            })
        };
        if !leads
            && let [piece] = &pieces[..]
            && relayed(piece)
        {
            return None;
        }
        // `“…,” one user wrote on a message board, according to Quay Press`: what is left between two tags is no clause.
        let between = self.out.iter().any(|one| one.cue.as_ref().is_some_and(|tag| tag.end <= cue.range.start));
        let told = |piece: &Range<usize>| {
            elements.has_chunk(piece.clone())
                || predicates::is_clause(elements, piece.start, piece.end)
                || super::possible::may_be_clause(elements, piece.start, piece.end)
        };
        if between && !leads && !pieces.iter().any(told) {
            return None;
        }
        (!pieces.is_empty()).then(|| Attribution {
            content: pieces,
            cue: Some(cue.range.clone()),
            source: Some(source),
            because,
            ..Attribution::default()
        })
    }
}
