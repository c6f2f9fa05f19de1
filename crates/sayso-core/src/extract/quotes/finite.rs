//! A cue with a subject of its own: `Brandt said …`, `…, Brandt said`, `…, said Brandt`.

use super::clause::main_subject;
use super::content::{self, Content};
use super::cues::Cue;
use super::elements::{Element, Elements, Tail, word};
use super::extent::before;
use super::predicates;
use super::segment::{Attribution, SegmentReader};
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::language::reporting::{Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// `Brandt said …`, `…, Brandt said`, `…, said Brandt`.
    pub(super) fn finite(&mut self, cue: &Cue) -> Option<Attribution> {
        const NOUNS: Class = Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::GROUP);
        let elements = self.elements;
        // `the “Harrow 4” talks come to nothing`: a noun behind a few words in marks.
        let few = |chunk: &super::elements::Chunk| chunk.tail == Tail::Open && chunk.words <= 3;
        let before = cue.range.start.checked_sub(1).and_then(|at| elements.chunk(at));
        if before.is_some_and(few) && !cue.forms.has(Forms::PAST) && !super::phrases::is_sure_cue(elements, cue.head) {
            return None;
        }
        if self.is_in_participle(cue) || self.is_asked(cue) || is_supposed(elements, cue) || self.is_conditional(cue) {
            return None;
        }
        let mut because = Vec::new();
        let mut tag = cue.range.clone();
        let source;
        if let Some(phrase) = self.inverted(cue) {
            because.push(QuoteReason::Inverted);
            tag.end = phrase.end;
            source = Some(phrase);
        } else {
            let calls = self.calls(cue);
            let own = self.own_subject(cue.range.start);
            // `Brandt said when asked about the boat`: who asked is left out.
            let open = cue
                .range
                .start
                .checked_sub(1)
                .is_some_and(|at| elements.has(at, Class::SUBORDINATOR.with(Class::QUESTION)));
            // `to comment on media reports, “…”`: a noun.
            let noun = cue.range.start.checked_sub(1).is_some_and(|at| {
                let el = &elements.all[at];
                el.is_word() && !el.is_capital() && super::phrases::is_nominal(elements, at)
            });
            let plural = !cue.forms.has(Forms::PAST) && elements.ends(cue.head, Ending::ClearPlural);
            if own.is_none() && noun && plural && cue.range.len() == 1 {
                return None;
            }
            // `Recent reports suggested`: a noun behind its adjective.
            let alone = own.as_ref().filter(|own| own.len() == 1 && own.start == self.segment.start);
            if plural
                && cue.range.len() == 1
                && alone.is_some_and(|own| elements.has(own.start, Class::ADJECTIVE) && elements.has(cue.head, NOUNS))
            {
                return None;
            }
            if own.is_none() && open && cue.forms.has(Forms::PARTICIPLE) && cue.range.len() == 1 {
                return None;
            }
            // `It costs 3 %, recommended users can save more`: a participle before its noun, behind which stands another verb.
            let comma = cue.range.start.checked_sub(1).is_some_and(|at| elements.is(at, TokenKind::Comma));
            let noun = cue.range.end;
            let attribute = own.is_none()
                && comma
                && cue.forms.has(Forms::PARTICIPLE)
                && cue.range.len() == 1
                && elements.ends(noun, Ending::ClearPlural)
                && !elements.all[noun].is_capital()
                && elements.has(noun + 1, Class::AUXILIARY);
            if attribute && !super::phrases::is_sure_cue(elements, cue.head) {
                return None;
            }
            let own = match own {
                Some(own) => Some(self.cleft(own)?),
                None => None,
            };
            match own.map(|own| if calls { super::subject_before::caller(elements, own) } else { own }) {
                Some(subject) => {
                    tag.start = subject.start;
                    source = Some(subject);
                }
                None => {
                    let main = || {
                        let main = main_subject(elements, &self.segment, cue.range.start);
                        main.map(|main| super::phrases::without_verb(elements, main))
                    };
                    // `The mayor, Ada Brandt, toured the yard and said`
                    let named =
                        |subject: Range<usize>| named_tail(elements, &subject, cue.range.start).unwrap_or(subject);
                    source = self.subject.clone().or_else(|| main().map(named));
                }
            }
        }
        // `did not release details`: a word that may be a noun, and reports nothing, has no subject to lend.
        let doubtful = elements.has(cue.head, NOUNS) || !cue.forms.has(Forms::PAST);
        let before = self.subject.clone();
        if let Some(source) = &source {
            self.subject = Some(source.clone());
        }
        let found = self.finite_content(cue, tag, source, because);
        if found.is_none() && doubtful {
            self.subject = before;
        }
        found
    }

    /// `It was Brandt who said`, where `subject` is the pronoun: who that is; none for `It was not Brandt who said`.
    fn cleft(&self, subject: Range<usize>) -> Option<Range<usize>> {
        const MOST: usize = 24;
        let elements = self.elements;
        let who = subject.start;
        if subject.len() != 1 || !elements.says(who, "who") {
            return Some(subject);
        }
        let low = self.segment.start.max(who.saturating_sub(MOST));
        let it = (low..who).rev().find(|at| elements.says(*at, "it") && elements.has(at + 1, Class::BE));
        let Some(begin) = it.map(|it| it + 2).filter(|begin| begin + 1 < who) else { return Some(subject) };
        if elements.has(begin, Class::NEGATION) {
            return None;
        }
        // `It was clear to those who said`
        let whole = super::subject_before::subject_before(elements, begin, who).filter(|whole| whole.start == begin);
        Some(whole.filter(|whole| super::phrases::may_speak(elements, whole)).unwrap_or(subject))
    }

    /// `Responding to Turkish calls for sanctions, he left`: whether a word that may be a noun stands in a participle's phrase that
    /// begins the sentence and has no clause of its own.
    fn is_in_participle(&self, cue: &Cue) -> bool {
        const OPENS: Class = Class::SUBORDINATOR
            .with(Class::RELATIVE)
            .with(Class::QUESTION)
            .with(Class::SUBJECT)
            .with(Class::COORDINATOR);
        let elements = self.elements;
        let start = self.segment.start;
        let inner = start + 1..cue.range.start;
        elements.has(cue.head, Class::CUE_NOUN)
            && cue.range.len() == 1
            && super::clause::is_participle_start(elements, start)
            && elements.ends(start, Ending::Gerund)
            && inner.into_iter().all(|at| {
                let opens = elements.has(at, OPENS) && !elements.has(at, Class::DETERMINER.with(Class::PREPOSITION));
                !elements.is(at, TokenKind::Comma)
                    && !elements.all[at].is_chunk()
                    && !opens
                    && word(elements, at) != "that"
            })
    }

    /// `Otto Lind, asked whether it was late, said no`: whether the cue is a participle between commas of one who hears, and says
    /// something behind it.
    fn is_asked(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let comma = |at: usize| elements.is(at, TokenKind::Comma);
        let open = cue.range.start.checked_sub(1).is_some_and(comma);
        let next = cue.range.end;
        let topic = elements.has(next, Class::QUESTION) || elements.says(next, "if") || elements.says(next, "about");
        let close = (next..self.ceiling).find(|at| comma(*at));
        let says = |at: usize| self.heads.contains(&at) && elements.has(at, Class::CUE_VERB);
        open && topic
            && cue.range.len() == 1
            && cue.forms.has(Forms::PARTICIPLE)
            && cue.takes(Takes::ADDRESSEE)
            && cue.takes(Takes::QUESTION)
            && close.is_some_and(|close| says(close + 1))
    }

    /// `Even if the council announces a decision, the work may take years`: whether the cue stands in a condition that begins the
    /// sentence, without words in marks.
    fn is_conditional(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let start = self.segment.start;
        let first = start + usize::from(elements.says(start, "even"));
        let comma = (first..self.ceiling).find(|at| elements.is(*at, TokenKind::Comma)).unwrap_or(self.ceiling);
        (elements.says(first, "if") || elements.says(first, "unless"))
            && cue.range.start < comma
            && !elements.has_chunk(start..self.ceiling)
    }

    /// Whether a cue calls something so in marks: `called “the Rock”`, `described as “mad”`.
    pub(super) fn calls(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let as_ = elements.says(cue.range.end, "as");
        let named = cue.takes(Takes::COMPLEMENT) || as_;
        named && cue.frame.is_some() && elements.chunk(cue.range.end + usize::from(as_)).is_some()
    }

    pub(super) fn finite_content(
        &mut self,
        cue: &Cue,
        tag: Range<usize>,
        source: Option<Range<usize>>,
        because: Vec<QuoteReason>,
    ) -> Option<Attribution> {
        let elements = self.elements;
        // `“No,” reads another.`: another sign.
        let reads = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing);
        let any = |source: &Range<usize>| source.len() == 1 && elements.has(source.start, Class::UNNAMED);
        if source.as_ref().is_some_and(|source| self.is_written(source) || reads && !because.is_empty() && any(source))
        {
            return None;
        }
        if let Some(found) = source.as_ref().and_then(|source| self.as_reported(cue, source)) {
            return Some(found);
        }
        // `the “Iron Gardener”, as her friends call her,`
        // `The app, called “Lift”, finds cars`: a name.
        let comma = cue.range.start.checked_sub(1).is_some_and(|at| elements.is(at, TokenKind::Comma));
        // `the briefing, referred to as a “gaggle”`
        let few = |at: usize| elements.chunk(at).is_some_and(|chunk| chunk.words <= 4);
        let end = cue.range.end;
        let as_ = end + usize::from(elements.says(end, "to"));
        let called =
            elements.says(as_, "as") && (few(as_ + 1) || elements.has(as_ + 1, Class::DETERMINER) && few(as_ + 2));
        let named = few(end) && cue.takes(Takes::COMPLEMENT) || called;
        if comma && named && cue.frame.is_some() && cue.forms.has(Forms::PARTICIPLE) {
            return None;
        }
        let object = elements.has(cue.range.end, Class::OBJECT) && !cue.takes(Takes::CLAUSE);
        if object && tag.start > self.segment.start && elements.says(tag.start - 1, "as") {
            return None;
        }
        let ceiling = self.clause_ceiling(cue, source.as_ref());
        // `“…,” the mayor told a crowd that had gathered`: the comma gives the words to this cue.
        let chunk = (tag.start > self.segment.start).then(|| self.quoted_before(tag.start - 1)).flatten();
        // `The town rejected “a wrong plan”, Brandt has said`: what the town did is told by Brandt, and so are the words.
        let sure = super::phrases::is_sure_cue(elements, cue.head);
        let ends = |at: usize| elements.chunk(at).is_some_and(|chunk| chunk.tail == Tail::Comma);
        if let Some(at) = chunk.filter(|at| (because.is_empty() || ends(*at)) && sure) {
            self.leave_told(at);
        }
        let given = chunk.is_some_and(|at| self.is_claimed(at));
        // `Otto Lind, known as “the Rock,” stated that …`: a few words inside a phrase are not what is stated.
        let inner = chunk.filter(|at| {
            let few = elements.chunk(*at).is_some_and(|chunk| chunk.words <= 3 && chunk.tail == Tail::Comma);
            few && *at > self.segment.start
                && (elements.all[at - 1].is_word() || elements.is(at - 1, TokenKind::Clitic))
        });
        let tagged = !given && chunk.and_then(|at| elements.chunk(at)).is_some_and(|chunk| chunk.tail == Tail::Comma);
        if given && chunk.is_some() && tag.end.max(cue.range.end) < self.ceiling && !because.is_empty() {
            return None;
        }
        let forward = match because.is_empty() {
            true => content::after(elements, cue, ceiling),
            // `Said the minister: “…”`
            false if chunk.is_none() => content::after_mark(elements, cue, self.segment.start, tag.end, ceiling),
            false => None,
        };
        let forward = forward.filter(|found| {
            let clause = found.pieces.first().is_some_and(|piece| !elements.all[piece.start].is_chunk());
            chunk.is_none()
                || given
                || found.awaits
                || inner.is_some() && clause
                || found.reason == Some(QuoteReason::ThatClause) && !tagged
        });
        let quoted = chunk.is_some();
        // What a thing does, or the writer thinks, is reported neither way.
        let idle = source.as_ref().is_some_and(|one| self.is_own(cue, Some(one))) && !quoted;
        if given && forward.is_none() && cue.range.end < self.ceiling {
            return None;
        }
        if source.as_ref().zip(forward.as_ref()).is_some_and(|(source, found)| self.is_naming(cue, source, found)) {
            return None;
        }
        let forward = forward.filter(|found| {
            let first = found.pieces.first().is_some_and(|piece| elements.all[piece.start].is_chunk());
            let colon = found.reason == Some(QuoteReason::Colon);
            // `Winners announced: March 2025`: a label and its date.
            let label = colon && !first && source.as_ref().is_some_and(|one| self.is_label(cue, one, found));
            if label {
                return false;
            }
            let quoted = found.awaits || first || colon;
            quoted || !self.is_doing(cue, source.as_ref(), found) && !self.is_own(cue, source.as_ref())
        });
        if let Some(found) = forward {
            if cue.strength() >= 2 && self.is_parenthesis(cue, &tag, &found) {
                return self.backward(cue, tag, source, because);
            }
            if let Some(told) = self.told_before_colon(cue, &tag, &found) {
                self.out.push(Attribution {
                    content: vec![told],
                    cue: Some(cue.range.clone()),
                    source: source.clone(),
                    because: vec![QuoteReason::CueAfter],
                    ..Attribution::default()
                });
            }
            return Some(self.forward(cue, source, found));
        }
        if idle || !cue.takes(Takes::QUOTATION.with(Takes::CLAUSE)) || cue.strength() < 2 && !quoted {
            return None;
        }
        // `With a gain of ten points, the firm has shown …`, `made for all, the boats find berths`: only texts and counts show.
        // `It rejected the offer, revealed a profit`: the cue has an object, and what stands before it is no report.
        let object = because.is_empty()
            && tag.end <= cue.range.end
            && !cue.takes(Takes::ADDRESSEE.with(Takes::SOURCE))
            && predicates::begins_phrase(elements, cue.range.end)
            // `the paper reports citing sources`
            && !(super::verb_group::is_gerund(elements, cue.range.end) && elements.has(cue.range.end, Class::CUE_VERB))
            && !elements.has(cue.range.end + 1, Class::TIME)
            && !content::is_time(elements, cue.range.end, self.ceiling)
            && cue.range.end < self.ceiling;
        // `By linking ports, the firm hopes to grow`
        let infinitive = cue.frame.is_some_and(|frame| {
            frame.takes.has(Takes::INFINITIVE)
                || frame.quoting.as_deref().is_some_and(|wide| wide.takes.has(Takes::INFINITIVE))
        });
        let be = cue.forms.has(Forms::PARTICIPLE) && elements.is_in(cue.range.end + 1, List::ToBe);
        let to = elements.says(cue.range.end, "to") && because.is_empty() && (infinitive || be);
        let tale = cue.takes(Takes::HEARER) && content::tells_tale(elements, cue.range.end, self.ceiling);
        if (object || to || tale) && !quoted {
            return None;
        }
        let shows = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing);
        if shows && !quoted && !source.as_ref().is_some_and(|one| self.is_text(one) || self.is_finding(cue, one)) {
            return None;
        }
        self.backward(cue, tag, source, because)
    }

    /// `Winners announced: March 2025`: whether one plural noun and a participle open the sentence, and no verb stands in what follows.
    fn is_label(&self, cue: &Cue, source: &Range<usize>, found: &Content) -> bool {
        let elements = self.elements;
        let alone = source.len() == 1 && source.start <= self.segment.start + 1 && source.end == cue.range.start;
        alone
            && cue.range.len() == 1
            && cue.forms.has(Forms::PARTICIPLE)
            && elements.ends(source.start, Ending::ClearPlural)
            && !super::phrases::is_sure_cue(elements, cue.head)
            && !found.pieces.iter().any(|piece| predicates::is_clause(elements, piece.start, piece.end))
    }

    /// `As chief, Lind has shown skill, Brandt says: “He has courage.”`: the clause before a tag between a comma and a colon is that
    /// speaker's, too.
    fn told_before_colon(&self, cue: &Cue, tag: &Range<usize>, found: &Content) -> Option<Range<usize>> {
        const LEADS: Class = Class::PREPOSITION.with(Class::SUBORDINATOR);
        let elements = self.elements;
        let comma =
            tag.start.checked_sub(1).filter(|at| *at > self.segment.start && elements.is(*at, TokenKind::Comma))?;
        let spoken = found.pieces.first().is_some_and(|piece| elements.all[piece.start].is_chunk());
        let sure = super::phrases::is_sure_cue(elements, cue.head) && cue.takes(Takes::CLAUSE) && cue.range.len() == 1;
        if found.reason != Some(QuoteReason::Colon) || !spoken || !sure {
            return None;
        }
        let told = before(elements, self.floor(tag.start), tag.start).filter(|told| told.end == comma)?;
        let leads = elements.has(told.start, LEADS) && !elements.has(told.start, Class::SUBJECT)
            || super::clause::is_participle_start(elements, told.start)
            || elements.ends(told.start, Ending::Gerund);
        let first = match leads {
            true => told.clone().find(|at| elements.is(*at, TokenKind::Comma))? + 1,
            false => told.start,
        };
        (!elements.has_chunk(told.clone()) && first < told.end && predicates::is_clause(elements, first, told.end))
            .then_some(told)
    }

    /// `The levy was too high, the regulator has found.`: whether a body or an office ends the sentence with what it found.
    fn is_finding(&self, cue: &Cue, source: &Range<usize>) -> bool {
        const FINDERS: Class = Class::GROUP.with(Class::GROUPS).with(Class::ROLE).with(Class::ROLES);
        let elements = self.elements;
        let finder = elements.all[source.clone()].iter().any(|el| el.has(FINDERS));
        let next = elements.all.get(cue.range.end);
        finder && next.is_none_or(|next| next.is(TokenKind::Stop) || next.has(Class::TIME))
    }

    /// `The streets were empty, he added, “but people came.”`: a tag between commas, before quoted words that begin small.
    pub(super) fn is_parenthesis(&self, cue: &Cue, tag: &Range<usize>, found: &Content) -> bool {
        let elements = self.elements;
        let Some(first) = found.pieces.first().filter(|_| cue.takes(Takes::QUOTATION)) else { return false };
        tag.start > self.segment.start
            && elements.is(tag.start - 1, TokenKind::Comma)
            && elements.is(first.start - 1, TokenKind::Comma)
            && elements.chunk(first.start).is_some_and(|chunk| !chunk.capital)
            && before(elements, self.floor(tag.start), tag.start).is_some()
    }
}

/// `He should have said “sorry”`: a modal with `have` tells what was not said, or may have been.
fn is_supposed(elements: &super::elements::Elements, cue: &Cue) -> bool {
    let has = |class: Class| cue.range.clone().any(|at| elements.has(at, class));
    let speech = cue.frame.is_some_and(|frame| frame.mode == Mode::Speech);
    speech && cue.range.len() > 2 && has(Class::MODAL) && has(Class::HAVE)
}

/// `the mayor of Harrow, Ada Brandt,`: `subject`, a role, with the name between two commas behind it, before `end`.
fn named_tail(elements: &Elements, subject: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let tail = super::phrases::with_tail(elements, subject.clone(), end);
    let name = subject.end + 1..tail.end;
    let capitals = !name.is_empty() && elements.all[name].iter().all(Element::is_capital);
    let role = elements.all[subject.clone()].iter().any(|el| el.has(Class::ROLE));
    (capitals && role && elements.is(tail.end, TokenKind::Comma)).then_some(tail)
}
