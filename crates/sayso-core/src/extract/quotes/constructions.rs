//! The cues that do not stand as `Brandt said` does: participles, infinitives, passives, nouns, adjectives, `according to`,
//! `as Brandt said`. `…, calling it late`; `her claim that`; `was told to leave`.

use super::clause::main_subject;
use super::construction::{Construction, Reach};
use super::content;
use super::cues::Cue;
use super::elements::{Tail, word};
use super::extent::{before, extent};
use super::phrases::{is_nominal, may_speak, phrase_at, subject_at, with_tail};
use super::predicates;
use super::segment::{Attribution, SegmentReader};
use super::subject_before::subject_before;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// `the Courier quoted Brandt as saying`.
struct Cited {
    /// The verb that cites.
    verb: usize,
    /// Whom it cites.
    source: Range<usize>,
    /// Where its clause begins, with its subject.
    start: usize,
}

impl SegmentReader<'_, '_> {
    /// `As the Courier reported in May, the bridge is shut`; `The bridge is shut, as the Courier reported`.
    pub(super) fn as_reported(&self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        const MOST: usize = 8;
        const FAR: usize = 20;
        let elements = self.elements;
        let as_ = source.start.checked_sub(1).filter(|at| *at >= self.segment.start && elements.says(*at, "as"))?;
        // `“Know where the rock is,” as the founder put it in 1887`
        let quoted = as_ > self.segment.start && elements.chunk(as_ - 1).is_some_and(|chunk| chunk.tail == Tail::Comma);
        // `As Brandt puts it, the bridge is shut`
        let first = as_ <= self.segment.start + 1;
        let takes = cue.takes(Takes::CLAUSE) || (quoted || first) && cue.takes(Takes::QUOTATION);
        // `As some asked for a refund, others left`: the cue has its own object.
        let own = |frame: &Frame| frame.with.contains(&elements.word(cue.range.end));
        let object = cue.frame.is_some_and(|frame| own(frame) || frame.quoting.as_deref().is_some_and(own));
        // `as it underscores the shift`, but not `as Brandt told the Courier`
        let plain = !cue.takes(Takes::ADDRESSEE) && !cue.takes(Takes::SOURCE) && as_ > self.segment.start + 1;
        let time =
            elements.has(cue.range.end + 1, Class::TIME) || content::is_time(elements, cue.range.end, self.ceiling);
        let thing =
            plain && !time && cue.range.end < self.ceiling && predicates::begins_phrase(elements, cue.range.end);
        // `As the firm continues to grow, its staff moved`
        let goal = !quoted && predicates::goal_at(elements, cue.range.end).is_some();
        // `as the town responded with anger`
        let deeds = !quoted && elements.is_in(cue.head, List::Replying);
        if !takes || object || thing || goal || deeds || cue.strength() < 2 || source.end > cue.range.start {
            return None;
        }
        // `As Brandt called them in May, “the Gulls”`
        let calls =
            |at: &usize| elements.is(*at, TokenKind::Comma) && elements.all.get(at + 1).is_some_and(|el| el.is_chunk());
        if cue.takes(Takes::COMPLEMENT)
            && elements.has(cue.range.end, Class::OBJECT)
            && let Some(comma) = (cue.range.end..self.ceiling.min(cue.range.end + MOST)).find(calls)
        {
            return Some(Attribution {
                content: std::iter::once(comma + 1..comma + 2).collect(),
                cue: Some(cue.range.clone()),
                source: Some(source.clone()),
                because: vec![QuoteReason::CueBefore],
                ..Attribution::default()
            });
        }
        let far = if first { FAR } else { MOST };
        let comma =
            (cue.range.end..self.ceiling.min(cue.range.end + far)).find(|at| elements.is(*at, TokenKind::Comma));
        let content = match comma {
            Some(comma) if as_ <= self.segment.start + 1 || elements.is(as_ - 1, TokenKind::Comma) => {
                extent(elements, cue, comma + 1, self.ceiling, Reach::That)
            }
            None if quoted || as_ > self.segment.start && elements.is(as_ - 1, TokenKind::Comma) => {
                vec![before(elements, self.floor(as_), as_)?]
            }
            _ => return None,
        };
        (!content.is_empty()).then(|| Attribution {
            content,
            cue: Some(cue.range.clone()),
            source: Some(source.clone()),
            because: vec![if comma.is_some() { QuoteReason::CueBefore } else { QuoteReason::CueAfter }],
            ..Attribution::default()
        })
    }

    /// `…, saying`, `to say`: the subject stands elsewhere.
    pub(super) fn without_subject(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let made = if cue.construction == Construction::Infinitive { self.made(cue) } else { None };
        if made.is_some() && cue.strength() >= 2 {
            let found = content::after(elements, cue, self.ceiling)?;
            return Some(self.forward(cue, made, found));
        }
        if cue.construction == Construction::Infinitive && cue.strength() < 3 {
            return None;
        }
        // `Harrow is to ask the court to review it`: a plan.
        let is = cue.range.start.checked_sub(1).is_some_and(|at| elements.is_in(at, List::PresentBe));
        if is && cue.construction == Construction::Infinitive && cue.takes(Takes::INFINITIVE) {
            return None;
        }
        // `is expected to say that`: nobody has said so yet, but in words that were given out between marks.
        let open = cue.range.start.checked_sub(1).is_some_and(|at| elements.is_in(at, List::Prospects));
        if open && cue.construction == Construction::Infinitive && !elements.has_chunk(cue.range.end..self.ceiling) {
            return None;
        }
        // `fined for planning to leave`: what somebody means to do is why, and is not said.
        let will = cue.frame.is_some_and(|frame| frame.mode == Mode::Will);
        let for_ = cue.range.start.checked_sub(1).is_some_and(|at| elements.says(at, "for"));
        if will && for_ && cue.construction == Construction::Participle {
            return None;
        }
        // `Suffice it to say that it is late`: the writer says so.
        let idle = cue.range.start.checked_sub(1).filter(|at| elements.has(*at, Class::SUBJECT.with(Class::OBJECT)));
        let first = idle.unwrap_or(cue.range.start).checked_sub(1);
        if cue.construction == Construction::Infinitive && first.is_some_and(|at| elements.is_in(at, List::IdleLeads)) {
            return None;
        }
        if self.is_effect(cue) {
            return None;
        }
        // `without rejecting the notion`: nobody does so.
        let before = cue.range.start.checked_sub(1).map_or("", |at| word(elements, at));
        if cue.construction == Construction::Participle && before == "without" {
            return None;
        }
        // `his willingness to criticize the board`: whose it is is not told by the clause.
        let noun = cue.range.start.checked_sub(1).filter(|at| *at > self.segment.start);
        let willing = |at: usize| elements.lists().has(List::WillNouns, word(elements, at));
        if cue.construction == Construction::Infinitive && noun.is_some_and(willing) {
            return None;
        }
        // `In calling it a mistake, Brandt …`
        let first = self.segment.start + usize::from(self.elements.has(self.segment.start, Class::COORDINATOR));
        let loose = Class::PREPOSITION.with(Class::SUBORDINATOR);
        if cue.range.start == first || cue.range.start == first + 1 && elements.has(first, loose) {
            return self.leading(cue);
        }
        if let Some(cited) = self.cited(cue) {
            return self.citing(cue, cited);
        }
        // `is said to have described the boat`
        let perfect = cue.construction == Construction::Infinitive && elements.has(cue.range.start + 1, Class::HAVE);
        if perfect || self.is_inner(cue) {
            return None;
        }
        let found = content::after(elements, cue, self.ceiling)?;
        let index = cue.range.start - 1;
        let beside = cue.construction == Construction::Participle
            && is_nominal(elements, index)
            && !elements.has(index, Class::TIME)
            && !super::verb_group::is_adverb(elements, index);
        let own =
            if beside { subject_before(elements, self.clause_start(cue.range.start), cue.range.start) } else { None };
        // `… Brandt told the mayor explaining`: it is Brandt who explains.
        let in_tag = |phrase: &Range<usize>| {
            self.out.last().is_some_and(|last| {
                [&last.addressee, &last.source]
                    .into_iter()
                    .flatten()
                    .any(|part| part.start < phrase.end && phrase.start < part.end)
            })
        };
        // `They waved signs reading “No more”`: what is written is nobody's.
        let reads = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing);
        if own.as_ref().is_some_and(|own| self.is_written(own)) {
            return if reads { None } else { Some(self.forward(cue, None, found)) };
        }
        // `two reports since 2010 recommending more`: a year is nobody.
        let year = |phrase: &Range<usize>| phrase.len() == 1 && elements.is(phrase.start, TokenKind::Number);
        let own = own.filter(|phrase| !in_tag(phrase) && !year(phrase));
        // `she said at a news conference announcing that`: where it was said is not who announces.
        let said = self.out.last().and_then(|last| last.cue.as_ref()).map(|tag| tag.end);
        let own = own.filter(|phrase| {
            let place = phrase.start.checked_sub(1).filter(|at| Some(*at) >= said && said.is_some());
            place.is_none_or(|at| !elements.lists().has(List::OccasionPrepositions, word(elements, at)))
        });
        // `Brandt was reportedly taped saying`: a participle is nobody.
        let own = own.filter(|phrase| {
            let be = phrase.start.checked_sub(1).filter(|at| *at >= self.segment.start);
            be.is_none_or(|at| !elements.has(at, Class::BE.with(Class::HAVE)))
        });
        // `In May, five judges wrote a letter saying`: who gives the paper.
        let paper = |phrase: &Range<usize>| {
            elements.has(phrase.end - 1, Class::DOCUMENT) && elements.has(phrase.start, Class::DETERMINER)
        };
        let own = own.map(|phrase| {
            let giver = if paper(&phrase) { self.giver(phrase.start) } else { None };
            giver.unwrap_or(phrase)
        });
        // `Brandt released a statement saying`: the statement is what Brandt says it with.
        let own = own.filter(|phrase| {
            let paper = elements.all[phrase.clone()].iter().any(|el| el.has(Class::DOCUMENT.with(Class::DOCUMENTS)));
            let main = main_subject(elements, &self.segment, phrase.start);
            !paper || main.is_none_or(|subject| subject.end + 1 > phrase.start)
        });
        // `Brandt repeated claims that Reyes lied, calling him weak`: after a comma it is the main clause's subject that
        // goes on, not that of a clause inside the content.
        let outer = if elements.is(index, TokenKind::Comma) { self.outer_subject() } else { None };
        let main = || main_subject(elements, &self.segment, cue.range.start);
        // `The court heard he sent her letters, begging her to return`: the court only hears what others say and do.
        let hears = |source: &Range<usize>| super::segment::is_hearing(elements, source, source.end);
        // `he left when Voss threatened to tell his wife`: whose the verb before `to` is.
        let governed = (cue.construction == Construction::Infinitive).then(|| cue.range.start.checked_sub(1)).flatten();
        // `the leader aims to explain`
        let present = |verb: usize| {
            elements.has(verb, Class::CUE_VERB)
                && elements.ends(verb, Ending::ClearPlural)
                && !elements.ends(verb - 1, Ending::Plural)
                && is_nominal(elements, verb - 1)
        };
        let past = |verb: usize| elements.has(verb, Class::PAST) || elements.ends(verb, Ending::Past) || present(verb);
        let governed =
            governed.filter(|verb| *verb > self.segment.start && past(*verb) && !elements.has(verb - 1, Class::BE));
        let acts = |low: usize, verb: usize| {
            let group = super::verb_group::group_start(elements, low, verb);
            subject_before(elements, low, group)
        };
        let governor =
            governed.filter(|verb| !elements.all[*verb].is_capital()).and_then(|verb| acts(self.segment.start, verb));
        // `Brandt phoned his father to say he was late`: who phones says so.
        let contact = || {
            let low = self.cue_end.max(self.segment.start);
            let contacts = |at: &usize| elements.is_in(*at, List::Contacting) && !elements.all[*at].is_capital();
            let verb = (low..cue.range.start).rev().find(contacts)?;
            let passive = verb.checked_sub(1).is_some_and(|before| elements.has(before, Class::BE));
            if passive { None } else { acts(low, verb) }
        };
        let infinitive = cue.construction == Construction::Infinitive;
        let governor = governor.or_else(|| if infinitive { contact() } else { None });
        let own = governor.or_else(|| self.beside_with(cue)).or_else(|| self.own_clause(cue)).or(own);
        // `After the court gave its decision, Brandt went online, writing`: not the subject of what goes before the main clause
        let named = |main: &Range<usize>| {
            !elements.has(main.start, Class::SUBJECT) || elements.has(main.start, Class::DETERMINER)
        };
        let before = |subject: &Range<usize>| main().filter(|main| main.start > subject.end && named(main));
        let subject = || self.subject.clone().map(|subject| before(&subject).unwrap_or(subject));
        let source = own.or(outer).or_else(subject).or_else(main).filter(|source| !hears(source));
        // `Rallies demanding better services`, `chicks hoping for a feed`: what cannot speak reports nothing.
        let quoted = found.pieces.first().is_some_and(|piece| elements.all[piece.start].is_chunk());
        let participle = cue.construction == Construction::Participle;
        // A plural that a capital begins may be things.
        let things = |source: &Range<usize>| {
            let el = &elements.all[source.start];
            let plural = elements.ends(source.start, Ending::Plural) && el.word.is_known();
            source.len() == 1 && source.start == 0 && plural && el.class == Class::default()
        };
        let mute = |source: &Range<usize>| !may_speak(elements, source) || things(source);
        // `a new culture advocating “a total denial”`: whose words they are is told elsewhere, if at all.
        if participle && quoted && beside && source.as_ref().is_some_and(|source| !may_speak(elements, source)) {
            let source = source.and_then(|source| self.shown_in(source));
            return Some(self.forward(cue, source, found));
        }
        // `The lamp is lit to indicate that the lock is full`, `It is a custom to say so`: nobody says so.
        let idle = |source: &Range<usize>| {
            let it = source.len() == 1 && elements.says(source.start, "it") && elements.has(source.end, Class::BE);
            !participle && (it || mute(source))
        };
        let marked = found.pieces.iter().any(|piece| elements.has_chunk(piece.clone()));
        if source.as_ref().is_some_and(|source| !quoted && participle && mute(source) || !marked && idle(source)) {
            return None;
        }
        Some(self.forward(cue, source, found))
    }

    /// `The papers say Lind left, but he came back yelling, “…”`: the pronoun that is the subject of the clause behind a comma and a
    /// coordinator, in which the participle stands.
    fn own_clause(&self, cue: &Cue) -> Option<Range<usize>> {
        const MOST: usize = 12;
        let elements = self.elements;
        let start = cue.range.start;
        let low = (self.segment.start + 1).max(start.saturating_sub(MOST));
        let joins = |at: &usize| elements.has(*at, Class::COORDINATOR) && elements.is(*at - 1, TokenKind::Comma);
        let subject = (low..start).rev().find(joins)? + 1;
        let person = elements.has(subject, Class::MALE.with(Class::FEMALE)) && elements.has(subject, Class::SUBJECT);
        let clear = (subject + 1..start).all(|at| !elements.has(at, Class::CUE_VERB) && !elements.all[at].is_capital());
        let said =
            cue.construction == Construction::Participle && elements.first_chunk(cue.range.end..self.ceiling).is_some();
        (person && clear && said && subject + 1 < start).then(|| subject..subject + 1)
    }

    /// `The vote drew protest, with the minister on Friday accusing Quaylin of fraud`: the subject of a participle behind `with`, which a
    /// comma parts from the clause before.
    fn beside_with(&self, cue: &Cue) -> Option<Range<usize>> {
        const MOST: usize = 12;
        let elements = self.elements;
        let start = cue.range.start;
        let low = (self.segment.start + 1).max(start.saturating_sub(MOST));
        let with = (low..start).rev().take_while(|at| !elements.is(*at, TokenKind::Comma));
        let with =
            with.into_iter().find(|at| elements.says(*at, "with")).filter(|at| elements.is(at - 1, TokenKind::Comma));
        let first = with.filter(|_| cue.construction == Construction::Participle)? + 1;
        let end = super::subject_before::subject_end(elements, first, start);
        // `with May saying`: a name, too.
        let end = if end == first && end < start && elements.all[first].is_capital() { start } else { end };
        let phrase = if end == first + 1 { Some(first..end) } else { phrase_at(elements, first, end) };
        phrase.filter(|phrase| phrase.end == end && may_speak(elements, phrase))
    }

    /// `It won again, proving that …`, `sales fell, suggesting that …`: a participle behind a comma whose subject is all that stands
    /// before it, where nobody has said anything yet.
    fn is_effect(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let comma =
            cue.range.start.checked_sub(1).filter(|at| *at > self.segment.start && elements.is(*at, TokenKind::Comma));
        let Some(comma) = comma.filter(|_| cue.construction == Construction::Participle) else { return false };
        let effect = elements.is_in(cue.head, List::Effects);
        if !effect && !elements.is_in(cue.head, List::Signs) || !elements.says(cue.range.end, "that") {
            return false;
        }
        let told = elements.has_chunk(self.segment.start..comma)
            || self.heads.iter().any(|head| *head < comma)
            || (self.segment.start..comma).any(|at| elements.has(at, Class::ACCORDING));
        let speaker =
            || main_subject(elements, &self.segment, comma).is_some_and(|subject| may_speak(elements, &subject));
        !told && (effect || !speaker())
    }

    /// `footage of Otto Lind saying “…”`: of a phrase for a thing, who is named in it; of a plural, which may be people, all.
    fn shown_in(&self, phrase: Range<usize>) -> Option<Range<usize>> {
        let elements = self.elements;
        let prepositions = phrase.clone().filter(|at| elements.has(*at, Class::PREPOSITION));
        let named = prepositions.clone().next_back().map(|at| at + 1..phrase.end);
        if let Some(named) = named.filter(|named| !named.is_empty() && may_speak(elements, named)) {
            return Some(named);
        }
        let head = prepositions.min().unwrap_or(phrase.end).checked_sub(1)?;
        let people =
            elements.ends(head, Ending::ClearPlural) && !elements.lists().has(List::Pictures, word(elements, head));
        people.then_some(phrase)
    }

    /// Whether a participle only tells who the subject is of a verb that follows: `Residents demanding better roads said`.
    fn is_inner(&self, cue: &Cue) -> bool {
        const PEOPLE: Class = Class::ROLES.with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);
        let elements = self.elements;
        let noun = cue.range.start.checked_sub(1).filter(|noun| elements.has(*noun, PEOPLE));
        let next = self.heads.iter().copied().find(|head| *head > cue.head);
        let plain =
            |next: usize| (cue.head..next).all(|at| !elements.is(at, TokenKind::Comma) && !elements.all[at].is_chunk());
        cue.construction == Construction::Participle
            && noun.is_some()
            && next.is_some_and(|next| super::phrases::is_sure_cue(elements, next) && plain(next))
    }

    /// `Local newspapers quoted Brandt as saying`, `Brandt was quoted by the Courier as saying`: the verb that cites, and
    /// whom it cites.
    fn cited(&self, cue: &Cue) -> Option<Cited> {
        const MOST: usize = 16;
        let elements = self.elements;
        let as_ = cue.range.start.checked_sub(1).filter(|at| elements.says(*at, "as") && *at > self.segment.start)?;
        let cites = |at: &usize| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(*at));
            frames.any(|(frame, _)| {
                let frame = frame.quoting.as_deref().unwrap_or(frame);
                frame.mode == Mode::Speech && frame.takes.has(Takes::NOUN) && frame.rest.is_empty()
            })
        };
        let verb = (self.segment.start.max(as_.saturating_sub(MOST))..as_).rev().find(cites)?;
        let group = super::verb_group::group_start(elements, self.segment.start, verb);
        let passive = elements.all[group..verb].iter().any(|element| element.has(Class::BE));
        // `quoted, by the Courier, as saying`, `widely cited as saying`
        let start = subject_before(elements, self.segment.start, group);
        if passive {
            let by = verb + 1 == as_ || elements.says(verb + 1, "by");
            let source = start.filter(|_| by)?;
            return Some(Cited { verb, start: source.start, source });
        }
        let source = phrase_at(elements, verb + 1, as_).map(|phrase| with_tail(elements, phrase, as_))?;
        // `quoting Otto Lind, Marrowby deputy police chief, as saying`
        let aside = elements.is(source.end, TokenKind::Comma)
            && source.end + 1 < as_
            && elements.is(as_ - 1, TokenKind::Comma)
            && (source.end..as_).all(|at| !super::phrases::is_verbal(elements, at));
        let source = if aside { source.start..as_ - 1 } else { source };
        let whole = source.end == as_ || source.end + 1 == as_ && elements.is(source.end, TokenKind::Comma);
        let start = start.map_or(group, |subject| subject.start);
        whole.then_some(Cited { verb, source, start })
    }

    /// What is reported by whom a verb cites: behind `saying`, or quoted before.
    fn citing(&mut self, cue: &Cue, Cited { verb, source, start }: Cited) -> Option<Attribution> {
        let elements = self.elements;
        let found = content::after(elements, cue, self.ceiling);
        self.out.retain(|one| !one.has_cue(verb));
        if let Some(found) = found {
            return Some(Attribution { also: Some(verb), ..self.forward(cue, Some(source), found) });
        }
        let content = before(elements, self.floor(start), start)?;
        Some(Attribution {
            content: vec![content],
            cue: Some(cue.range.clone()),
            source: Some(source),
            because: vec![QuoteReason::CueAfter],
            also: Some(verb),
            ..Attribution::default()
        })
    }

    /// The source of the first finite cue that stands in no other content.
    fn outer_subject(&self) -> Option<Range<usize>> {
        let elements = self.elements;
        self.out.iter().find_map(|one| {
            let cue = one.cue.as_ref()?;
            let source = one.source.as_ref()?;
            let inner = self.stands_inside(cue);
            let relative = elements.has(source.start, Class::RELATIVE) && source.len() == 1;
            (!inner && !relative && source.start < cue.end).then(|| source.clone())
        })
    }

    /// `Calling the plan a mistake, Brandt left.`
    fn leading(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let closes = |at: usize| elements.chunk(at).is_some_and(|chunk| chunk.tail == Tail::Comma);
        let comma = (cue.range.end..self.ceiling).find(|at| {
            // `Deploring the “phony plan,” Brandt left.`
            closes(*at) && elements.all.get(at + 1).is_some_and(|el| el.is_capital() || el.has(Class::SUBJECT))
                || elements.is(*at, TokenKind::Comma)
                    && phrase_at(elements, at + 1, self.ceiling)
                        .is_some_and(|phrase| super::clause::is_finite_start(elements, phrase.end))
                || elements.is(*at, TokenKind::Comma) && elements.has(at + 1, Class::SUBJECT)
        })?;
        let found = content::after(elements, cue, comma + usize::from(closes(comma)))?;
        let source = subject_at(elements, comma + 1, self.ceiling);
        Some(self.forward(cue, source, found))
    }
}
