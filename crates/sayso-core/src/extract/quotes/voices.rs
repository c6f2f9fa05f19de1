//! The cues that do not stand as `Brandt said` does: participles, infinitives, passives, nouns, adjectives, `according to`,
//! `as Brandt said`. `…, calling it late`; `her claim that`; `was told to leave`.

use super::clause::main_subject;
use super::content::{self, word};
use super::cues::{Cue, Voice};
use super::extent::{Reach, before, extent};
use super::phrases::{is_nominal, is_possessive, may_speak, phrase_at, subject_before, with_tail};
use super::segment::{Attribution, Reader};
use super::view::Tail;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Forms;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

impl Reader<'_, '_> {
    /// `As the Courier reported in May, the bridge is shut`; `The bridge is shut, as the Courier reported`.
    pub(super) fn as_told(&self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        const MOST: usize = 8;
        let view = self.view;
        let as_ = source.start.checked_sub(1).filter(|at| *at >= self.segment.start && word(view, *at) == "as")?;
        // `“Know where the rock is,” as the founder put it in 1887`
        let quoted = as_ > self.segment.start && view.chunk(as_ - 1).is_some_and(|chunk| chunk.tail == Tail::Comma);
        // `As Brandt puts it, the bridge is shut`
        let first = as_ <= self.segment.start + 1;
        let takes = cue.takes(Takes::CLAUSE) || (quoted || first) && cue.takes(Takes::QUOTATION);
        if !takes || cue.strength() < 2 || source.end > cue.els.start {
            return None;
        }
        let comma = (cue.els.end..self.ceiling.min(cue.els.end + MOST)).find(|at| view.is(*at, TokenKind::Comma));
        let content = match comma {
            Some(comma) if as_ <= self.segment.start + 1 || view.is(as_ - 1, TokenKind::Comma) => {
                extent(view, cue, comma + 1, self.ceiling, Reach::That)
            }
            None if quoted || as_ > self.segment.start && view.is(as_ - 1, TokenKind::Comma) => {
                vec![before(view, self.floor(as_), as_)?]
            }
            _ => return None,
        };
        (!content.is_empty()).then(|| Attribution {
            content,
            cue: Some(cue.els.clone()),
            source: Some(source.clone()),
            because: vec![if comma.is_some() { QuoteReason::CueBefore } else { QuoteReason::CueAfter }],
            ..Attribution::default()
        })
    }

    /// `The plan seems dead.`: who thinks so is left open; the content stands on both sides.
    pub(super) fn seeming(&self, cue: &Cue, subject: Option<Range<usize>>) -> Option<Attribution> {
        let subject = subject.filter(|subject| subject.end <= cue.els.start)?;
        let rest = extent(self.view, cue, cue.els.end, self.ceiling, Reach::Noun);
        let first = rest.first()?.start;
        if self.view.has(first, Class::PREPOSITION) && word(self.view, first) != "to" {
            return None;
        }
        let mut content = vec![subject];
        content.extend(rest);
        let because = vec![QuoteReason::BareClause];
        Some(Attribution { content, cue: Some(cue.els.clone()), because, ..Attribution::default() })
    }

    /// `…, saying`, `to say`: the subject stands elsewhere.
    pub(super) fn without_subject(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        if cue.voice == Voice::Infinitive && cue.strength() < 3 {
            return None;
        }
        // `In calling it a mistake, Brandt …`
        let first = self.segment.start + usize::from(self.view.has(self.segment.start, Class::COORDINATOR));
        let loose = Class::PREPOSITION.with(Class::SUBORDINATOR);
        if cue.els.start == first || cue.els.start == first + 1 && view.has(first, loose) {
            return self.leading(cue);
        }
        let found = content::after(view, cue, self.ceiling)?;
        if let Some((verb, source)) = self.cited(cue) {
            self.out.retain(|one| !one.has_cue(verb));
            return Some(self.forward(cue, Some(source), found));
        }
        let k = cue.els.start - 1;
        let beside = cue.voice == Voice::Participle
            && is_nominal(view, k)
            && !view.has(k, Class::TIME)
            && !super::voice::is_adverb(view, k);
        let own = if beside { subject_before(view, self.clause_start(cue.els.start), cue.els.start) } else { None };
        // `… Brandt told the mayor explaining`: it is Brandt who explains.
        let in_tag = |phrase: &Range<usize>| {
            self.out.last().is_some_and(|last| {
                [&last.addressee, &last.source]
                    .into_iter()
                    .flatten()
                    .any(|part| part.start < phrase.end && phrase.start < part.end)
            })
        };
        let own = own.filter(|phrase| !in_tag(phrase));
        // `Brandt was reportedly taped saying`: a participle is nobody.
        let own = own.filter(|phrase| {
            let be = phrase.start.checked_sub(1).filter(|at| *at >= self.segment.start);
            be.is_none_or(|at| !view.has(at, Class::BE.with(Class::HAVE)))
        });
        // `Brandt released a statement saying`: the statement is what Brandt says it with.
        let own = own.filter(|phrase| {
            let paper = view.els[phrase.clone()].iter().any(|el| el.has(Class::DOCUMENT.with(Class::DOCUMENTS)));
            let main = main_subject(view, &self.segment, phrase.start);
            !paper || main.is_none_or(|subject| subject.end + 1 > phrase.start)
        });
        // `Brandt repeated claims that Reyes lied, calling him weak`: after a comma it is the main clause's subject that
        // goes on, not that of a clause inside the content.
        let outer = if view.is(k, TokenKind::Comma) { self.outer_subject() } else { None };
        let main = || main_subject(view, &self.segment, cue.els.start);
        let source = own.or(outer).or_else(|| self.subject.clone()).or_else(main);
        Some(self.forward(cue, source, found))
    }

    /// `Local newspapers quoted Brandt as saying`: the verb that cites, and whom it cites. Where that verb is a passive
    /// (`Brandt was quoted as saying`) its subject is the one.
    fn cited(&self, cue: &Cue) -> Option<(usize, Range<usize>)> {
        const MOST: usize = 16;
        let view = self.view;
        let as_ = cue.els.start.checked_sub(1).filter(|at| word(view, *at) == "as" && *at > self.segment.start)?;
        let cites = |at: &usize| {
            view.lexicon()
                .reporting
                .verb(view.word(*at))
                .any(|(frame, _)| frame.mode == Mode::Speech && frame.takes.has(Takes::NOUN) && frame.rest.is_empty())
        };
        let verb = (self.segment.start.max(as_.saturating_sub(MOST))..as_).rev().find(cites)?;
        let passive = verb.checked_sub(1).is_some_and(|at| view.has(at, Class::BE));
        let source = phrase_at(view, verb + 1, as_).map(|phrase| with_tail(view, phrase, as_))?;
        let whole = source.end == as_ || source.end + 1 == as_ && view.is(source.end, TokenKind::Comma);
        (!passive && whole).then_some((verb, source))
    }

    /// The source of the first finite cue that stands in no other content.
    fn outer_subject(&self) -> Option<Range<usize>> {
        let view = self.view;
        self.out.iter().find_map(|one| {
            let cue = one.cue.as_ref()?;
            let source = one.source.as_ref()?;
            let inner = self
                .out
                .iter()
                .any(|other| other.content.iter().any(|piece| piece.start <= cue.start && cue.end <= piece.end));
            let relative = view.has(source.start, Class::RELATIVE) && source.len() == 1;
            (!inner && !relative && source.start < cue.end).then(|| source.clone())
        })
    }

    /// `Calling the plan a mistake, Brandt left.`
    fn leading(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let comma = (cue.els.end..self.ceiling).find(|at| {
            view.is(*at, TokenKind::Comma)
                && phrase_at(view, at + 1, self.ceiling)
                    .is_some_and(|phrase| super::clause::is_finite_start(view, phrase.end))
                || view.is(*at, TokenKind::Comma) && view.has(at + 1, Class::SUBJECT)
        })?;
        let found = content::after(view, cue, comma)?;
        let source = phrase_at(view, comma + 1, self.ceiling);
        Some(self.forward(cue, source, found))
    }

    /// `was criticised by Brandt`, `was asked whether`, `is expected to`.
    pub(super) fn passive(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let frame = cue.frame?;
        // `Her claim that nobody was warned was rejected by residents`: a participle is no subject.
        let subject = self.own_subject(cue.els.start).filter(|subject| {
            subject.start == self.segment.start || !view.has(subject.start - 1, Class::BE.with(Class::HAVE))
        });
        if word(view, cue.els.end) == "by" {
            let source =
                phrase_at(view, cue.els.end + 1, self.ceiling).map(|phrase| with_tail(view, phrase, self.ceiling))?;
            if frame.strength < 2 {
                return None;
            }
            let because = vec![QuoteReason::CueAfter];
            return Some(Attribution {
                content: vec![subject?],
                cue: Some(cue.els.clone()),
                source: Some(source),
                because,
                ..Attribution::default()
            });
        }
        let found = content::after(view, cue, self.ceiling)?;
        let infinitive = found.pieces.first().is_some_and(|piece| word(view, piece.start) == "to");
        let clause = matches!(found.reason, Some(QuoteReason::ThatClause))
            || found.pieces.first().is_some_and(|piece| view.has(piece.start, Class::QUESTION));
        if !infinitive && !clause {
            return None;
        }
        let mut out = self.forward(cue, None, found);
        if infinitive && let Some(subject) = subject {
            out.content.insert(0, subject);
        }
        Some(out)
    }

    /// `a plan proposed by Brandt`; `Asked about the plan, Brandt said`.
    pub(super) fn reduced(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        if word(view, cue.els.end) == "by" && cue.els.start > self.segment.start {
            if cue.strength() < 2 {
                return None;
            }
            let source = phrase_at(view, cue.els.end + 1, self.ceiling)?;
            let what = subject_before(view, self.clause_start(cue.els.start), cue.els.start)?;
            let because = vec![QuoteReason::CueAfter];
            return Some(Attribution {
                content: vec![what],
                cue: Some(cue.els.clone()),
                source: Some(source),
                because,
                ..Attribution::default()
            });
        }
        if cue.els.start > self.segment.start {
            return None;
        }
        let comma = (cue.els.end..self.ceiling).find(|at| view.is(*at, TokenKind::Comma))?;
        let found = content::after(view, cue, comma)?;
        Some(self.forward(cue, None, found))
    }

    /// `her claim that`, `the governor’s criticism of`.
    pub(super) fn noun(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let frame = cue.frame?;
        // `the contention of Brandt that the bridge is shut`
        if frame.takes.has(Takes::THAT)
            && word(view, cue.els.end) == "of"
            && let Some(source) = phrase_at(view, cue.els.end + 1, self.ceiling)
            && word(view, source.end) == "that"
        {
            let content = extent(view, cue, source.end + 1, self.ceiling, Reach::That);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.els.clone()),
                source: Some(source),
                because: vec![QuoteReason::CueBefore, QuoteReason::ThatClause],
                ..Attribution::default()
            });
        }
        let mut k = cue.head;
        let mut source = None;
        while k > self.segment.start && k + 4 > cue.head {
            k -= 1;
            if view.has(k, Class::POSSESSIVE) {
                source = Some(k..k + 1);
                break;
            }
            if view.is(k, TokenKind::Clitic) && is_possessive(view, k)
                || view.is(k, TokenKind::Mark) && k > self.segment.start && view.text(k - 1).ends_with('s')
            {
                source = subject_before(view, self.segment.start.max(self.cue_end.min(k)), k);
                break;
            }
            if !is_nominal(view, k) || view.has(k, Class::DETERMINER) {
                break;
            }
        }
        let that = word(view, cue.els.end) == "that" && frame.takes.has(Takes::THAT);
        if source.is_none() && !(that && frame.strength >= 3) {
            return None;
        }
        // `his words were “never again”`
        if source.is_some()
            && view.has(cue.els.end, Class::BE)
            && let Some(chunk) =
                (cue.els.end + 1..self.ceiling.min(cue.els.end + 4)).find(|at| view.els[*at].is_chunk())
            && (cue.els.end + 1..chunk).all(|at| !is_nominal(view, at) || view.is(chunk - 1, TokenKind::Colon))
        {
            return Some(Attribution {
                content: extent(view, cue, chunk, self.ceiling, Reach::Noun),
                cue: Some(cue.els.start..cue.els.end + 1),
                source,
                because: vec![QuoteReason::CueBefore],
                ..Attribution::default()
            });
        }
        let strong = frame.strength >= 2 || that;
        let found = content::after(view, cue, self.ceiling).filter(|found| {
            strong
                && (found.cue_end > cue.els.end
                    || matches!(found.reason, Some(QuoteReason::ThatClause))
                    || found.pieces.first().is_some_and(|piece| word(view, piece.start) == "to"))
        })?;
        let mut found = found;
        // `Her claim that nobody was warned was rejected`: the claim’s own verb is no part of it.
        if found.reason == Some(QuoteReason::ThatClause)
            && let Some(piece) = found.pieces.first_mut()
            && let Some(end) = self.second_verb(piece)
        {
            piece.end = end;
            found.pieces.truncate(1);
        }
        Some(self.forward(cue, source, found))
    }

    /// Where a second verb group begins in a clause, with nothing before it that could open another clause.
    fn second_verb(&self, piece: &Range<usize>) -> Option<usize> {
        const OPENS: Class = Class::RELATIVE.with(Class::SUBORDINATOR).with(Class::COORDINATOR).with(Class::QUESTION);
        const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL).with(Class::DO);
        let view = self.view;
        let verb = |at: &usize| view.has(*at, AUXILIARY) && !view.is(*at, TokenKind::Clitic);
        let first = piece.clone().find(verb)?;
        let second =
            (first + 1..piece.end).skip_while(|at| verb(at) || super::voice::is_adverb(view, *at)).find(verb)?;
        let chained = word(view, second - 1) == "to" || super::voice::is_adverb(view, second - 1);
        let plain = (piece.start..second).all(|at| {
            !view.has(at, OPENS)
                && !view.els[at].is_chunk()
                && !view.is(at, TokenKind::Comma)
                && (at < first || !view.has(at, Class::SUBJECT.with(Class::CUE_VERB)) || view.text(at).ends_with("ed"))
        });
        (plain && !chained && second > first + 1).then_some(second)
    }

    /// `is confident that`.
    pub(super) fn adjective(&mut self, cue: &Cue) -> Option<Attribution> {
        let found = content::after(self.view, cue, self.ceiling)?;
        // `It is unclear whether`: to whom is left open.
        let source = self.own_subject(cue.els.start).filter(|source| word(self.view, source.start) != "it");
        if source.is_some() {
            self.subject = source.clone();
        }
        Some(self.forward(cue, source, found))
    }

    /// Whether there is a verb.
    fn is_clause(&self, mut els: Range<usize>) -> bool {
        els.any(|at| super::phrases::is_verbal(self.view, at) || self.view.has(at, Class::CUE_VERB))
    }

    /// `According to the Courier, one user posted: “…”`: what the user posted is the user's, and no longer the paper's.
    fn leave_quoted(&self, pieces: &mut [Range<usize>]) {
        let view = self.view;
        let Some(last) = pieces.last_mut() else { return };
        let Some(chunk) = last.clone().find(|at| view.els[*at].is_chunk()) else { return };
        let mark = chunk.saturating_sub(1);
        let marked = view.is(mark, TokenKind::Colon) || view.is(mark, TokenKind::Comma);
        let verb = mark.saturating_sub(1);
        let reports = view
            .lexicon()
            .reporting
            .verb(view.word(verb))
            .any(|(frame, forms)| frame.takes.has(Takes::QUOTATION) && forms.has(Forms::PAST.with(Forms::PRESENT)));
        if marked && reports && verb > last.start + 1 && subject_before(view, last.start, verb).is_some() {
            last.end = mark;
        }
    }

    /// `according to the report`.
    pub(super) fn according(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let phrase = phrase_at(view, cue.els.end, self.ceiling)?;
        // `ranked according to size`
        let apart = cue.els.start == self.segment.start || !view.els[cue.els.start - 1].is_word();
        if !apart && !may_speak(view, &phrase) {
            return None;
        }
        let because = vec![QuoteReason::AccordingTo];
        let leads = (self.segment.start..cue.els.start).all(|at| {
            !is_nominal(view, at) && !view.els[at].is_chunk() || view.has(at, Class::CONJUNCT.with(Class::ADVERB))
        });
        // `According to the mayor, some teachers drive far`: an apposition at the beginning is closed by a comma.
        let tail = with_tail(view, phrase.clone(), self.ceiling);
        let source = if leads && !view.is(tail.end, TokenKind::Comma) { phrase } else { tail };
        // `… was stopped, and according to the board nobody was hurt`
        let joins = cue.els.start > self.segment.start && view.has(cue.els.start - 1, Class::COORDINATOR);
        let mut pieces = Vec::new();
        let quoted = source.end + 1;
        let behind = view.is(source.end, TokenKind::Comma) && view.els.get(quoted).is_some_and(|el| el.is_chunk());
        if cue.els.len() > 2 && behind && quoted < self.ceiling {
            // `and, in the words of Brandt, “a crime”`
            pieces.push(quoted..quoted + 1);
        } else if leads || joins {
            let comma = (source.end..self.ceiling).find(|at| view.is(*at, TokenKind::Comma)).filter(|_| leads);
            let comma = comma.unwrap_or(source.end);
            let start = comma + usize::from(view.is(comma, TokenKind::Comma));
            pieces.extend(extent(view, cue, start, self.ceiling, Reach::Clause));
            self.leave_quoted(&mut pieces);
        } else {
            let mut start = self.floor(cue.els.start);
            let mut stop = cue.els.start;
            while stop > start && (view.is(stop - 1, TokenKind::Comma) || view.is(stop - 1, TokenKind::Dash)) {
                stop -= 1;
            }
            // `“It rained,” Brandt said, according to Reyes`: Reyes tells what Brandt said.
            let told = self.out.last().filter(|last| {
                stop <= start + 1
                    || last.content.last().is_some_and(|piece| piece.end <= start) && !self.is_clause(start..stop)
            });
            if let Some(first) = told.and_then(|last| last.content.first()) {
                start = first.start.min(start);
            }
            if stop > start {
                pieces.push(start..stop);
                self.more(cue, Some(&source), source.end, &mut pieces);
            }
        }
        (!pieces.is_empty()).then(|| Attribution {
            content: pieces,
            cue: Some(cue.els.clone()),
            source: Some(source),
            because,
            ..Attribution::default()
        })
    }
}
