//! The cues that do not stand as `Brandt said` does: participles, infinitives, passives, nouns, adjectives, `according to`,
//! `as Brandt said`. `…, calling it late`; `her claim that`; `was told to leave`.

use super::clause::main_subject;
use super::construction::Construction;
use super::content;
use super::cues::Cue;
use super::elements::{Elements, Tail, word};
use super::extent::{Reach, before, extent};
use super::phrases::{is_nominal, is_possessive, may_speak, phrase_at, subject_at, subject_before, with_tail};
use super::segment::{Attribution, SegmentReader};
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
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

/// `contrasted with President Lind’s claim`: of the words before a genitive its owner alone, behind all prepositions but `of`.
fn owned(elements: &Elements, words: Range<usize>) -> Range<usize> {
    let parts = |at: &usize| {
        elements.has(*at, Class::PREPOSITION) && !elements.says(*at, "of") && !elements.all[*at].is_capital()
    };
    let start = words.clone().rev().find(parts).map_or(words.start, |at| at + 1);
    if start < words.end { start..words.end } else { words }
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
        let time = elements.has(cue.range.end + 1, Class::TIME);
        let thing = plain && !time && cue.range.end < self.ceiling && content::begins_phrase(elements, cue.range.end);
        // `as the town responded with anger`
        let deeds = !quoted && elements.is_in(cue.head, List::Replying);
        if !takes || object || thing || deeds || cue.strength() < 2 || source.end > cue.range.start {
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
        let source = own.or(outer).or_else(|| self.subject.clone()).or_else(main);
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
            let inner = self
                .out
                .iter()
                .any(|other| other.content.iter().any(|piece| piece.start <= cue.start && cue.end <= piece.end));
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
            let source = phrase_at(elements, cue.range.end + 1, self.ceiling)
                .map(|phrase| with_tail(elements, phrase, self.ceiling))?;
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
        let found = content::after(elements, cue, self.ceiling)?;
        let infinitive = found.pieces.first().is_some_and(|piece| elements.says(piece.start, "to"));
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
        let clause = matches!(found.reason, Some(QuoteReason::ThatClause))
            || found.pieces.first().is_some_and(|piece| elements.has(piece.start, Class::QUESTION));
        if !infinitive && !clause {
            return None;
        }
        let mut out = self.forward(cue, None, found);
        if infinitive && let Some(subject) = subject {
            out.content.insert(0, subject);
        }
        Some(out)
    }

    /// `She was told by the council in May that the bridge was safe`: what somebody heard, and from whom.
    fn told_by(&mut self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        const NEAR: usize = 4;
        let elements = self.elements;
        let hears = cue.frame.is_some_and(|frame| frame.takes.has(Takes::ADDRESSEE) || frame.takes.has(Takes::HEARER));
        if !hears || !may_speak(elements, source) {
            return None;
        }
        let (bare, _) = super::adjuncts::skip_adjuncts(elements, source.end, self.ceiling);
        // `Fares would rise, residents were told by the council last week.`
        if bare >= self.ceiling || content::is_time(elements, bare, self.ceiling) {
            return self.told_before(cue, source);
        }
        let that = (source.end..self.ceiling.min(source.end + NEAR)).find(|at| elements.says(*at, "that"));
        // Only a time may stand between.
        let that = that.filter(|that| *that == source.end || elements.has(that - 1, Class::TIME));
        // `was told by the council he faced no charge`
        let subject =
            elements.has(bare, Class::SUBJECT) && !elements.has(bare, Class::RELATIVE.with(Class::DETERMINER));
        let clause = (subject && content::is_clause(elements, bare, self.ceiling)).then_some(bare);
        if that.is_none() && clause.is_some() {
            let content = extent(elements, cue, bare, self.ceiling, Reach::Clause);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.range.clone()),
                source: Some(source.clone()),
                because: vec![QuoteReason::CueBefore, QuoteReason::BareClause],
                ..Attribution::default()
            });
        }
        let that = that?;
        let told = Cue { range: cue.range.start..that, ..cue.clone() };
        let found = content::after(elements, &told, self.ceiling)?;
        let found = self.forward(&told, Some(source.clone()), found);
        Some(Attribution { cue: Some(cue.range.clone()), ..found })
    }

    /// `Fares would rise, residents were told by the council`: what stands before the subject of what somebody heard.
    fn told_before(&mut self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        let elements = self.elements;
        let subject = self.own_subject(cue.range.start)?;
        let mark = subject.start.checked_sub(1)?;
        let marked = elements.is(mark, TokenKind::Comma) || elements.all[mark].is_chunk();
        let content = before(elements, self.floor(subject.start), subject.start).filter(|_| marked)?;
        let quoted = elements.has_chunk(content.clone());
        let clause = content.end == mark && content::is_clause(elements, content.start, content.end);
        (quoted || clause).then(|| Attribution {
            content: vec![content],
            cue: Some(cue.range.clone()),
            source: Some(source.clone()),
            because: vec![QuoteReason::CueAfter],
            ..Attribution::default()
        })
    }

    /// `described by Brandt as “a mess”`, `dubbed by sailors “the Rock”`, `described as “a mess” by Brandt`: the words in marks
    /// are whose who calls something so.
    fn called(&self, cue: &Cue) -> Option<Attribution> {
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
    fn marked(&self, from: usize) -> Option<usize> {
        const FEW: usize = 3;
        const BEFORE: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ADJECTIVE).with(Class::ADVERB);
        let elements = self.elements;
        let chunk = elements.first_chunk(from..self.ceiling.min(from + FEW))?;
        (from..chunk).all(|at| elements.has(at, BEFORE) || is_nominal(elements, at)).then_some(chunk)
    }

    /// `prompting Ada Brandt to call it “a mess”`: whom something makes say so.
    fn made(&self, cue: &Cue) -> Option<Range<usize>> {
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

    /// `her claim that`, `the governor’s criticism of`.
    pub(super) fn noun(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        let frame = cue.frame?;
        // `the contention of Brandt that the bridge is shut`
        if frame.takes.has(Takes::THAT)
            && elements.says(cue.range.end, "of")
            && let Some(source) = phrase_at(elements, cue.range.end + 1, self.ceiling)
            && elements.says(source.end, "that")
        {
            let content = extent(elements, cue, source.end + 1, self.ceiling, Reach::That);
            return (!content.is_empty()).then(|| Attribution {
                content,
                cue: Some(cue.range.clone()),
                source: Some(source),
                because: vec![QuoteReason::CueBefore, QuoteReason::ThatClause],
                ..Attribution::default()
            });
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
        if source.is_none() && !(that && frame.strength >= 3) {
            return None;
        }
        // `his words were “never again”`
        if source.is_some()
            && elements.has(cue.range.end, Class::BE)
            && let Some(chunk) = elements.first_chunk(cue.range.end + 1..self.ceiling.min(cue.range.end + 4))
            && (cue.range.end + 1..chunk)
                .all(|at| !is_nominal(elements, at) || elements.is(chunk - 1, TokenKind::Colon))
        {
            return Some(Attribution {
                content: extent(elements, cue, chunk, self.ceiling, Reach::Noun),
                cue: Some(cue.range.start..cue.range.end + 1),
                source,
                because: vec![QuoteReason::CueBefore],
                ..Attribution::default()
            });
        }
        let strong = frame.strength >= 2 || that;
        let found = content::after(elements, cue, self.ceiling).filter(|found| {
            strong
                && (found.cue_end > cue.range.end
                    || matches!(found.reason, Some(QuoteReason::ThatClause))
                    || found.pieces.first().is_some_and(|piece| elements.says(piece.start, "to")))
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

    /// `Brandt issued a warning that …`: who gives what a noun reports, by the verb right before its phrase, which ends at
    /// `before` or begins there.
    fn giver(&self, before: usize) -> Option<Range<usize>> {
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
        const AUXILIARY: Class = Class::BE.with(Class::HAVE).with(Class::MODAL).with(Class::DO);
        let elements = self.elements;
        let verb = |at: &usize| elements.has(*at, AUXILIARY) && !elements.is(*at, TokenKind::Clitic);
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
        let found = content::after(self.elements, cue, self.ceiling)?;
        // `It is unclear whether`: to whom is left open.
        let source = self.own_subject(cue.range.start).filter(|source| word(self.elements, source.start) != "it");
        if source.is_some() {
            self.subject = source.clone();
        }
        Some(self.forward(cue, source, found))
    }

    /// Whether there is a verb.
    fn is_clause(&self, mut range: Range<usize>) -> bool {
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
        let marked = elements.is(mark, TokenKind::Colon) || comma && elements.is(mark, TokenKind::Comma);
        let reports = |verb: &usize| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(*verb));
            frames.any(|(frame, forms)| {
                let finite = Forms::PAST.with(Forms::PRESENT).with(Forms::PARTICIPLE);
                frame.takes.has(Takes::QUOTATION) && frame.strength >= 2 && forms.has(finite)
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
        let hangs = relative || participle;
        match comma.filter(|comma| hangs || tells && !content::is_clause(elements, start, *comma)) {
            Some(comma) if content::is_clause(elements, comma + 1, self.ceiling) => comma + 1,
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
        let begun = self.is_begun(&phrase, &tail);
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
                && super::phrases::is_sure_cue(elements, piece.end - 1)
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
            if stop > start {
                pieces.push(start..stop);
                self.more(cue, Some(&source), source.end, &mut pieces);
            }
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
