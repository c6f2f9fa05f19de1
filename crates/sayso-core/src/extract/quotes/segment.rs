//! Attributions of one segment: each cue with its source and what it reports.

use super::clause::{dateline_end, main_subject};
use super::construction::Construction;
use super::content::{self, Content};
use super::cues::{self, Cue};
use super::elements::{Elements, Tail, word};
use super::extent::{Reach, before, extent};
use super::phrases::{may_speak, phrase_at, subject_at, subject_before, with_tail};
use crate::extract::QuoteReason;
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::language::people::Prompt;
use crate::language::reporting::{Mode, Takes};
use crate::text::{End, TokenKind};
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
    if cues.is_empty() {
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
        if let Some(found) = reader.either(cue) {
            reader.cue_end = found.cue.as_ref().map_or(cue.range.end, |cue| cue.end);
            if cue.construction == Construction::Finite
                && !found.source.as_ref().is_some_and(|source| elements.has(source.start, Class::RELATIVE))
            {
                reader.finite_end = reader.cue_end;
            }
            reader.out.push(found);
        }
    }
    reader.out
}

fn is_verb(cue: &Cue) -> bool {
    !matches!(cue.construction, Construction::Noun | Construction::Adjective | Construction::According)
}

impl SegmentReader<'_, '_> {
    /// Whether the cue stands in content that was found already and is too weak to report on its own.
    fn hides(&self, cue: &Cue) -> bool {
        let inside = self.out.iter().any(|found| {
            found.content.iter().any(|piece| piece.start <= cue.range.start && cue.range.end <= piece.end)
        });
        // `According to the Courier, one user posted: “…”`
        let elements = self.elements;
        let marked = elements.is(cue.range.end, TokenKind::Colon) || elements.is(cue.range.end, TokenKind::Comma);
        let next = cue.range.end + usize::from(marked);
        let quotes = cue.takes(Takes::QUOTATION) && elements.all.get(next).is_some_and(|next| next.is_chunk());
        inside && cue.strength() < 3 && !quotes
    }

    /// What a cue reports: all that it can take where words in quote marks stand in it, and else what it can take without.
    fn either(&mut self, cue: &Cue) -> Option<Attribution> {
        let Some(wide) = cue.frame.and_then(|frame| frame.quoting.as_deref()) else { return self.attribution(cue) };
        let elements = self.elements;
        if elements.has_chunk(self.segment.clone()) {
            let kept = (self.subject.clone(), self.out.clone());
            let wider = Cue { frame: Some(wide), ..cue.clone() };
            // `announcing the pick, the union called her “a friend”`: behind a comma the words are another's.
            let near = |piece: &Range<usize>| {
                let parts = |at: usize| elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash);
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

    fn attribution(&mut self, cue: &Cue) -> Option<Attribution> {
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

    /// `Brandt said …`, `…, Brandt said`, `…, said Brandt`.
    fn finite(&mut self, cue: &Cue) -> Option<Attribution> {
        let elements = self.elements;
        // `the “Harrow 4” talks come to nothing`: a noun behind a few words in marks.
        let few = |chunk: &super::elements::Chunk| chunk.tail == Tail::Open && chunk.words <= 3;
        let before = cue.range.start.checked_sub(1).and_then(|at| elements.chunk(at));
        if before.is_some_and(few) && !cue.forms.has(Forms::PAST) && !super::phrases::is_sure_cue(elements, cue.head) {
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
            if own.is_none() && open && cue.forms.has(Forms::PARTICIPLE) && cue.range.len() == 1 {
                return None;
            }
            match own.map(|own| if calls { super::phrases::caller(elements, own) } else { own }) {
                Some(subject) => {
                    tag.start = subject.start;
                    source = Some(subject);
                }
                None => {
                    let main = || main_subject(elements, &self.segment, cue.range.start);
                    source = self.subject.clone().or_else(main);
                }
            }
        }
        // `did not release details`: a word that may be a noun, and reports nothing, has no subject to lend.
        const NOUNS: Class = Class::CUE_NOUN.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::GROUP);
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

    /// Whether a cue calls something so in marks: `called “the Rock”`, `described as “mad”`.
    fn calls(&self, cue: &Cue) -> bool {
        let elements = self.elements;
        let as_ = word(elements, cue.range.end) == "as";
        let named = cue.takes(Takes::COMPLEMENT) || as_;
        named && cue.frame.is_some() && elements.chunk(cue.range.end + usize::from(as_)).is_some()
    }

    fn finite_content(
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
        let as_ = end + usize::from(word(elements, end) == "to");
        let called =
            word(elements, as_) == "as" && (few(as_ + 1) || elements.has(as_ + 1, Class::DETERMINER) && few(as_ + 2));
        let named = few(end) && cue.takes(Takes::COMPLEMENT) || called;
        if comma && named && cue.frame.is_some() && cue.forms.has(Forms::PARTICIPLE) {
            return None;
        }
        let object = elements.has(cue.range.end, Class::OBJECT) && !cue.takes(Takes::CLAUSE);
        if object && tag.start > self.segment.start && word(elements, tag.start - 1) == "as" {
            return None;
        }
        let ceiling = self.clause_ceiling(cue, source.as_ref());
        // `“…,” the mayor told a crowd that had gathered`: the comma gives the words to this cue.
        let chunk = (tag.start > self.segment.start).then(|| self.quoted_before(tag.start - 1)).flatten();
        // `The town rejected “a wrong plan”, Brandt has said`: what the town did is told by Brandt, and so are the words.
        if let Some(at) = chunk.filter(|_| because.is_empty() && super::phrases::is_sure_cue(elements, cue.head)) {
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
            false if chunk.is_none() => content::after_colon(elements, cue, tag.end, ceiling),
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
        let forward = forward.filter(|found| {
            let first = found.pieces.first().is_some_and(|piece| elements.all[piece.start].is_chunk());
            let quoted = found.awaits || first || found.reason == Some(QuoteReason::Colon);
            quoted || !self.is_doing(cue, source.as_ref(), found) && !self.is_own(cue, source.as_ref())
        });
        if let Some(found) = forward {
            if cue.strength() >= 2 && self.is_parenthesis(cue, &tag, &found) {
                return self.backward(cue, tag, source, because);
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
            && content::begins_phrase(elements, cue.range.end)
            && !elements.has(cue.range.end + 1, Class::TIME)
            && cue.range.end < self.ceiling;
        // `By linking ports, the firm hopes to grow`
        let to = because.is_empty() && word(elements, cue.range.end) == "to" && !cue.takes(Takes::QUOTATION);
        let to = to
            || word(elements, cue.range.end) == "to"
                && cue.forms.has(Forms::PARTICIPLE)
                && elements.is_in(cue.range.end + 1, List::ToBe);
        if (object || to) && !quoted {
            return None;
        }
        let shows = cue.frame.is_some_and(|frame| frame.mode == Mode::Showing);
        if shows && !quoted && !source.as_ref().is_some_and(|one| self.is_text(one)) {
            return None;
        }
        self.backward(cue, tag, source, because)
    }

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

    /// `The streets were empty, he added, “but people came.”`: a tag between commas, before quoted words that begin small.
    fn is_parenthesis(&self, cue: &Cue, tag: &Range<usize>, found: &Content) -> bool {
        let elements = self.elements;
        let Some(first) = found.pieces.first().filter(|_| cue.takes(Takes::QUOTATION)) else { return false };
        tag.start > self.segment.start
            && elements.is(tag.start - 1, TokenKind::Comma)
            && elements.is(first.start - 1, TokenKind::Comma)
            && elements.chunk(first.start).is_some_and(|chunk| !chunk.capital)
            && before(elements, self.floor(tag.start), tag.start).is_some()
    }

    /// `The platform aims to grow`, `this achievement underscores the need`: what cannot speak does something, and reports
    /// nothing.
    fn is_doing(&self, cue: &Cue, source: Option<&Range<usize>>, found: &Content) -> bool {
        let elements = self.elements;
        let Some((frame, source)) = cue.frame.zip(source) else { return false };
        // `showed spirit and Brandt left`: the second clause is not what is shown.
        let own = |piece: &Range<usize>| {
            let joined = (piece.start..piece.end)
                .find(|at| frame.mode == Mode::Showing && elements.has(*at, Class::COORDINATOR));
            content::is_clause(elements, piece.start, joined.unwrap_or(piece.end))
        };
        let clause = found.reason == Some(QuoteReason::ThatClause) || found.pieces.first().is_some_and(own);
        let weak = match frame.mode {
            Mode::Speech => !clause || frame.strength < 3,
            Mode::Thought => found.reason != Some(QuoteReason::ThatClause),
            // `the storm showed that the roof was weak`
            Mode::Showing | Mode::Will => true,
        };
        // `a report released last year found`
        let text = frame.mode == Mode::Showing && self.is_text(source);
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

    /// Whether a phrase holds a noun for a text or a count.
    fn is_text(&self, source: &Range<usize>) -> bool {
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        self.elements.all[source.clone()].iter().any(|el| el.has(TEXTS))
    }

    /// `footage shows the moment`: whether a phrase holds a noun for pictures, in which one sees and nobody says.
    fn is_picture(&self, source: &Range<usize>) -> bool {
        source.clone().any(|at| self.elements.lists().has(List::Pictures, word(self.elements, at)))
    }

    /// Whether the writer tells what he or the reader thinks: `I think the bridge is old`, `you said so`. That is no report.
    fn is_own(&self, cue: &Cue, source: Option<&Range<usize>>) -> bool {
        let elements = self.elements;
        let thinks = cue.frame.is_some_and(|frame| frame.mode != Mode::Speech);
        source.is_some_and(|source| {
            let pronoun = source.len() == 1;
            pronoun && (elements.has(source.start, Class::SECOND) || thinks && elements.has(source.start, Class::FIRST))
        })
    }

    /// The subject right before a verb group that begins at `at`. A cue inside the subject's own relative clause or
    /// apposition does not cut it.
    pub(super) fn own_subject(&self, at: usize) -> Option<Range<usize>> {
        if let Some(subject) = self.long_subject(at) {
            return Some(subject);
        }
        // `a banner that read`, `the plan that shows`: a relative clause.
        let that = at.checked_sub(1).filter(|that| word(self.elements, *that) == "that" && *that > self.segment.start);
        if let Some(that) = that.filter(|that| super::phrases::is_nominal(self.elements, that - 1)) {
            return Some(that..at);
        }
        let near = subject_before(self.elements, self.clause_start(at), at);
        near.or_else(|| subject_before(self.elements, self.finite_end.min(at), at))
    }

    /// The subject that begins its clause and of which more than one comma tells who it is, before the verb group at `at`:
    /// `Brandt, whose new firm, Quay, helps ships find berths, said`; `Ada Brandt, CEO of Quay Marine, a firm in Harrow, said`;
    /// or in which a clause does: `a man who did not give his name said`.
    fn long_subject(&self, at: usize) -> Option<Range<usize>> {
        let elements = self.elements;
        let last = at.checked_sub(1).filter(|last| *last > self.segment.start)?;
        let quoted = elements.last_chunk(self.segment.start..last);
        let phrase = match quoted {
            Some(chunk) => phrase_at(elements, chunk + 1 + usize::from(elements.is(chunk + 1, TokenKind::Comma)), last),
            None => main_subject(elements, &self.segment, last)
                .or_else(|| phrase_at(elements, self.segment.start, last).filter(|phrase| phrase.end < last)),
        }?;
        if !elements.is(last, TokenKind::Comma) {
            return self.restricted(&phrase, at, quoted.is_some()).then_some(phrase.start..at);
        }
        let relative = phrase.end + 1;
        if !elements.is(phrase.end, TokenKind::Comma) || relative >= last {
            return None;
        }
        let commas = (relative..last).filter(|at| elements.is(*at, TokenKind::Comma)).count();
        let clause = (elements.has(relative, Class::RELATIVE) || word(elements, relative) == "whose")
            && word(elements, relative) != "that";
        let tells = clause && commas >= 2 || commas >= 1 && self.is_told(&phrase, relative..last);
        tells.then_some(phrase.start..at)
    }

    /// Whether a clause with a verb of its own, and no comma, stands between the people at `phrase` and the verb at `at`:
    /// `a man who did not give his name told the Post`.
    fn restricted(&self, phrase: &Range<usize>, at: usize, quoted: bool) -> bool {
        const LOOSE: Class = Class::TIME.with(Class::ADVERB);
        let elements = self.elements;
        let who = phrase.end;
        let people = word(elements, who) == "who" && may_speak(elements, phrase) && who + 2 < at;
        let inside = who + 1..at;
        let own = |at: usize| elements.has(at, LOOSE) || super::verb_group::is_adverb(elements, at);
        people
            && super::phrases::is_sure_cue(elements, at)
            && !elements.has(at - 1, Class::SUBJECT)
            && (quoted || !self.heads.iter().any(|head| inside.contains(head)))
            && inside.clone().any(|at| !own(at))
            && inside.into_iter().all(|at| !elements.is(at, TokenKind::Comma) && !elements.all[at].is_chunk())
    }

    /// Whether what stands in `aside`, between commas, only tells who the name at `phrase` is: it begins with a role, a
    /// determiner, an age, a place or a clause, and has no verb but in a clause of its own.
    fn is_told(&self, phrase: &Range<usize>, aside: Range<usize>) -> bool {
        const OPENS: Class = Class::ROLE.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::RELATIVE);
        let elements = self.elements;
        let named = elements.all[phrase.end - 1].is_capital();
        let first = aside.start;
        let from = matches!(word(elements, first), "of" | "from");
        let next = (first..aside.end).find(|at| elements.is(*at, TokenKind::Comma)).unwrap_or(aside.end);
        let role = (first..next).any(|at| elements.has(at, Class::ROLE));
        let opens = from || role || elements.has(first, OPENS) || elements.is(first, TokenKind::Number);
        let mut clause = false;
        let plain = aside.into_iter().all(|at| {
            let el = &elements.all[at];
            clause = (clause || el.has(Class::RELATIVE)) && !el.is(TokenKind::Comma);
            let verb = super::phrases::is_verbal(elements, at) || super::phrases::is_sure_cue(elements, at);
            let other = el.has(Class::SUBJECT) && !el.has(Class::RELATIVE.with(Class::DETERMINER));
            !el.is_chunk() && !el.is(TokenKind::Dash) && (clause || !verb && !other)
        });
        named && opens && plain
    }

    /// Where the content of a cue must end: with its relative clause, where commas part that off.
    fn clause_ceiling(&self, cue: &Cue, source: Option<&Range<usize>>) -> usize {
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
            let ends = |at: &usize| elements.is(*at, TokenKind::Comma) && !opens(*at) && !named(*at);
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
        self.subordinate_end(cue.range.end).unwrap_or(self.ceiling)
    }

    /// `After the court refused to open the bridge, Brandt left`: the comma before the main clause, where the segment begins
    /// with a clause that is not the main one and that holds the cue, which ends before `end`.
    fn subordinate_end(&self, end: usize) -> Option<usize> {
        let elements = self.elements;
        let mut first = self.segment.start;
        while elements.has(first, Class::COORDINATOR) {
            first += 1;
        }
        let commas = |from: usize, to: usize| (from..to).filter(|at| elements.is(*at, TokenKind::Comma));
        if !elements.has(first, Class::SUBORDINATOR) || commas(first, end).next().is_some() {
            return None;
        }
        const NO_VERB: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::RELATIVE);
        commas(end, self.ceiling).find(|comma| {
            subject_at(elements, comma + 1, self.ceiling)
                .map(|phrase| with_tail(elements, phrase, self.ceiling))
                .and_then(|phrase| elements.all.get(phrase.end))
                .is_some_and(|verb| verb.is_word() && !verb.has(NO_VERB))
        })
    }

    /// Where the clause of the cue at `at` can begin at the earliest.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.cue_end.min(at).max(self.segment.start)
    }

    /// The quoted words that end at `at`, or right before the comma or dash there.
    fn quoted_before(&self, at: usize) -> Option<usize> {
        let elements = self.elements;
        let marked = (elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash)) && at > self.segment.start;
        let chunk = if marked { at - 1 } else { at };
        elements.all[chunk].is_chunk().then_some(chunk)
    }

    /// Takes the quoted words at `at` from a cue that only says what somebody thinks of a thing: `rejected`, `praised`.
    fn leave_told(&mut self, at: usize) {
        let elements = self.elements;
        let judges = |cue: &Range<usize>| {
            let mut frames = elements.lexicon().reporting.verb(elements.word(cue.end - 1));
            frames.any(|(frame, _)| frame.takes.is_noun_only())
        };
        self.out.retain(|one| {
            let alone = one.content.first().is_some_and(|piece| piece.start == at && piece.len() == 1);
            !(alone && one.cue.as_ref().is_some_and(judges))
        });
    }

    /// Whether a cue that stands before the quoted words at `at` reports them.
    fn is_claimed(&self, at: usize) -> bool {
        self.out.iter().any(|one| {
            one.cue.as_ref().is_some_and(|cue| cue.end <= at) && one.content.iter().any(|piece| piece.contains(&at))
        })
    }

    /// The subject after the verb, where one is.
    fn inverted(&self, cue: &Cue) -> Option<Range<usize>> {
        let elements = self.elements;
        let forms = Forms::PAST.with(Forms::PRESENT).with(Forms::BASE);
        if !cue.takes(Takes::QUOTATION) || !cue.forms.has(forms) || cue.range.len() > 2 {
            return None;
        }
        // `“…,” told the Post`: who follows hears it.
        if cue.frame.is_some_and(|frame| frame.takes.has(Takes::HEARER)) {
            return None;
        }
        // `“insider attacks,” have claimed the lives`
        const AUXILIARY: Class = Class::HAVE.with(Class::BE).with(Class::MODAL).with(Class::DO);
        if elements.all[cue.range.clone()].iter().any(|el| el.has(AUXILIARY)) {
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
            || word(elements, cue.range.end) == "that"
        {
            return None;
        }
        let phrase = phrase_at(elements, cue.range.end, self.ceiling)?;
        // `told her`, but `said her brother`
        let owned = phrase.len() > 1 && elements.has(phrase.start, Class::POSSESSIVE);
        if elements.has(phrase.start, Class::OBJECT) && !elements.has(phrase.start, Class::SUBJECT) && !owned {
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
        if (!quoted || open) && !may_speak(elements, &phrase) {
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
            && word(elements, told + 1) != "to"
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

    /// Whether a phrase surely names one who speaks: a role, several, a body.
    fn is_person(&self, phrase: &Range<usize>) -> bool {
        const PEOPLE: Class =
            Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);
        self.elements.all[phrase.clone()].iter().any(|el| el.has(PEOPLE) && !el.has(Class::DOCUMENT))
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

    /// The content stands before source and cue, and may go on after them.
    fn backward(
        &mut self,
        cue: &Cue,
        tag: Range<usize>,
        source: Option<Range<usize>>,
        mut because: Vec<QuoteReason>,
    ) -> Option<Attribution> {
        let elements = self.elements;
        let floor = self.floor(tag.start);
        let first = own_words(elements, before(elements, floor, tag.start)?);
        let quoted = elements.has_chunk(first.clone());
        // `the mayor told the council, Brandt wrote`: what stands between two tags is no clause.
        let between = floor > self.segment.start && !content::is_clause(elements, first.start, first.end);
        // `the Post, which first reported the story`: whom `which` means is not what it reports.
        let relative = source.as_ref().is_some_and(|one| one.len() == 1 && elements.has(one.start, Class::RELATIVE));
        if !quoted && (relative || !cue.takes(Takes::CLAUSE) || is_adjunct(elements, &first) || between) {
            return None;
        }
        let mut end = tag.end.max(cue.range.end);
        let mut addressee = None;
        let mut source = source;
        // `“…,” the agency quoted the minister`
        if cue.takes(Takes::SOURCE)
            && cue.frame.is_some()
            && tag.start < cue.range.start
            && let Some(phrase) = phrase_at(elements, end, self.ceiling).filter(|phrase| may_speak(elements, phrase))
        {
            end = phrase.end;
            source = Some(phrase);
        }
        if cue.takes(Takes::ADDRESSEE) && cue.frame.is_some() && end < self.ceiling {
            if let Some(phrase) = phrase_at(elements, end, self.ceiling) {
                end = phrase.end;
                addressee = Some(phrase);
            }
        } else if word(elements, end) == "to"
            && let Some(phrase) = phrase_at(elements, end + 1, self.ceiling)
        {
            end = phrase.end;
            addressee = Some(phrase);
        }
        let opening = !quoted && opens_only(elements, &first);
        let mut pieces = vec![first];
        self.more(cue, source.as_ref(), end, &mut pieces);
        if opening && pieces.len() == 1 {
            return None;
        }
        because.push(if pieces.len() > 1 { QuoteReason::CueBetween } else { QuoteReason::CueAfter });
        let cue = Some(cue.range.clone());
        Some(Attribution { content: pieces, cue, source, addressee, because, ..Attribution::default() })
    }

    /// What goes on after a tag: `“It rained,” Brandt said on Monday, “and it poured.”`
    ///
    /// A tag of somebody else ends it.
    pub(super) fn more(&self, cue: &Cue, source: Option<&Range<usize>>, end: usize, pieces: &mut Vec<Range<usize>>) {
        let elements = self.elements;
        let chunk = elements.first_chunk(end..self.ceiling);
        let spoken = elements.has_chunk(pieces[0].clone());
        let is_mark = |at: usize| {
            elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Colon) || elements.is(at, TokenKind::Dash)
        };
        let comma = (end..self.ceiling).find(|at| is_mark(*at));
        if let Some(chunk) = chunk.filter(|_| spoken) {
            // `argues Brandt, whose book is called “The Rock”`
            let relative = source.is_some_and(|source| source.clone().any(|at| elements.has(at, Class::RELATIVE)));
            // `said in Gannet Bay, N.H. “…”`: the abbreviation's stop ends the sentence.
            let stop = elements.is(chunk - 1, TokenKind::Stop) || elements.text(chunk - 1).ends_with('.');
            let stops = stop && elements.chunk(chunk).is_some_and(|chunk| chunk.capital);
            let near = chunk == end && !relative || stops || is_mark(chunk - 1);
            // `“If it floats,” Brandt said, referring to the boat, “we will sail.”`
            let doing = |at: usize| elements.ends(at, Ending::Gerund) && elements.is(at - 1, TokenKind::Comma);
            let goes_on =
                elements.chunk(chunk).is_some_and(|chunk| !chunk.capital) && elements.is(chunk - 1, TokenKind::Comma);
            let aside = |at: usize| goes_on && doing(at) && at + 2 < chunk;
            let verb = self.heads.iter().any(|at| (end + 1..chunk).contains(at) && !aside(*at));
            // `“It rained,” she said, but, “it will clear,” said Brandt.`
            let tagged = elements.chunk(chunk).is_some_and(|it| it.tail == Tail::Comma)
                && super::extent::tag_end(elements, chunk + 1, self.ceiling).is_some();
            if tagged && (end..chunk).any(|at| elements.has(at, Class::COORDINATOR)) {
                return;
            }
            if near && !verb {
                pieces.extend(extent(elements, cue, chunk, self.ceiling, Reach::Clause));
                return;
            }
            // `“Family leave,” the paper says, becomes available “after one year.”`
            let goes_on = comma.is_some_and(|comma| {
                comma < chunk && elements.all[comma + 1].is_word() && !elements.all[comma + 1].is_capital()
            });
            if verb || !goes_on {
                return;
            }
        } else if spoken {
            return;
        }
        let Some(comma) = comma else { return };
        let next = comma + 1;
        // `The gifts are small, Brandt said, but “we ask nobody.”`
        let but = elements.has(next, Class::COORDINATOR) && chunk == Some(next + 1);
        if but && !self.heads.iter().any(|at| (end + 1..next).contains(at)) {
            pieces.extend(extent(elements, cue, next, self.ceiling, Reach::Clause));
            return;
        }
        // `While some may stay, she added, leaving would be wrong`: the main clause is still to come.
        let waits = pieces[0].clone().next().is_some_and(|at| elements.has(at, Class::SUBORDINATOR));
        let that = word(elements, next) == "that" && cue.takes(Takes::THAT);
        let adjunct = next >= self.ceiling
            || elements
                .has(next, Class::RELATIVE.with(Class::COORDINATOR).with(Class::CUE_VERB).with(Class::ACCORDING))
                && !that
            || elements.ends(next, Ending::Gerund) && !waits
            || comma > end + 12
            // `the mayor said, Brandt wrote`
            || (next..self.ceiling.min(next + TAG)).any(|at| super::phrases::is_sure_cue(elements, at))
                && super::extent::tag_end(elements, next, self.ceiling).is_some();
        if !adjunct {
            pieces.extend(extent(elements, cue, next + usize::from(that), self.ceiling, Reach::Clause));
        }
    }

    /// Where content before `at` can begin: after the attribution before it.
    pub(super) fn floor(&self, at: usize) -> usize {
        let ends = self.out.iter().filter_map(|found| {
            let cue = found.cue.as_ref().map_or(0, |cue| cue.end);
            let source = found.source.as_ref().map_or(0, |source| source.end);
            let tag = cue.max(source);
            let behind = found.content.iter().any(|piece| piece.end <= tag);
            (behind && tag <= at).then_some(tag)
        });
        ends.max().unwrap_or(self.segment.start)
    }
}

/// The part of `piece` that a tag behind it reports: `The mayor was blunt: “We pay,” said Brandt` without the narrator's
/// words; of two quotations side by side the second.
fn own_words(elements: &Elements, piece: Range<usize>) -> Range<usize> {
    let spoken = |at: usize| {
        elements.all[at].is_chunk() || elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash)
    };
    let mut start = piece.start;
    // `Read more: Why the bridge closed “We waited,” she said`: a link to another page.
    let linked = is_link(elements, &piece).then(|| piece.clone().find(|at| elements.all[*at].is_chunk())).flatten();
    start = linked.unwrap_or(start);
    if let Some(colon) = piece.clone().rev().find(|at| elements.is(*at, TokenKind::Colon))
        && elements.chunk(colon + 1).is_some_and(|chunk| chunk.capital)
        && (colon + 1..piece.end).all(spoken)
    {
        start = colon + 1;
    }
    let answer = (start + 1..piece.end).rev().find(|at| are_side_by_side(elements, at - 1));
    let start = answer.unwrap_or(start);
    let chunk = elements.first_chunk(start..piece.end);
    let own = chunk.filter(|at| *at > start && (is_parted(elements, start, *at) || is_heading(elements, start, *at)));
    own.unwrap_or(start)..piece.end
}

/// `READ MORE:`, `Watch:`: whether a piece begins with what invites to another page.
pub(super) fn is_link(elements: &Elements, piece: &Range<usize>) -> bool {
    const MOST: usize = 3;
    let words = (piece.start..piece.end.min(piece.start + MOST))
        .take_while(|at| elements.lists().has(List::LinkWords, word(elements, *at)))
        .count();
    words > 0 && elements.is(piece.start + words, TokenKind::Colon)
}

/// `Although Lind disagreed, “it must close,” she said`: a clause of the narrator's from `start` to the comma before the quoted
/// words at `chunk`.
fn is_parted(elements: &Elements, start: usize, chunk: usize) -> bool {
    let comma = chunk - 1;
    elements.has(start, Class::SUBORDINATOR)
        && elements.is(comma, TokenKind::Comma)
        && (start + 1..comma).all(|at| !elements.all[at].is_chunk())
        && content::is_clause(elements, start + 1, comma)
}

/// `The last boats “We were all on the quay,” she said`: a heading that lost its line, before quoted words that begin a
/// sentence with a word that has no capital of its own.
fn is_heading(elements: &Elements, start: usize, chunk: usize) -> bool {
    const MOST: usize = 8;
    const FEW: u32 = 5;
    let Some(quoted) = elements.chunk(chunk) else { return false };
    let first = elements.all[chunk].token + 1;
    let page = elements.page;
    let token = page.tokens.get(first as usize);
    let word = page.class(first);
    let common = token.is_some_and(|token| token.is_capital() && token.word.is_known())
        && word != Class::default()
        && !word.has(Class::FIRST.with(Class::TITLE));
    let plain = (start..chunk).all(|at| elements.all[at].is_word() || elements.is(at, TokenKind::Number));
    quoted.words >= FEW
        && quoted.capital
        && common
        && plain
        && chunk - start <= MOST
        && (start..chunk).all(|at| !super::phrases::is_verbal(elements, at) && !elements.has(at, Class::CUE_VERB))
}

/// A name between commas has fewer elements, with the commas.
const NAME: usize = 5;

/// A tag has its verb among so many elements.
const TAG: usize = 8;

/// Whether `piece` only says when or where: `Nearly a week after the river took his town`. It holds a subordinator before
/// any verb.
fn is_adjunct(elements: &Elements, piece: &Range<usize>) -> bool {
    const OPENS: Class = Class::SUBORDINATOR.with(Class::RELATIVE);
    let before_verb = piece.clone().take_while(|at| !super::phrases::is_verbal(elements, *at));
    let mut opening =
        before_verb.skip(1).filter(|at| elements.has(*at, OPENS) && !elements.has(*at, Class::DETERMINER));
    // Nothing but a time: `Two boats sank on Monday after` has a subject.
    const TIMES: Class = Class::TIME.with(Class::ADVERB).with(Class::DETERMINER).with(Class::ADJECTIVE);
    let before = || piece.clone().take_while(|at| !elements.has(*at, OPENS));
    let loose = |at: usize| {
        elements.has(at, TIMES) || elements.is(at, TokenKind::Number) || super::verb_group::is_adverb(elements, at)
    };
    let timed = before().any(|at| elements.has(at, Class::TIME)) && before().all(loose);
    timed && opening.next().is_some() && !piece.clone().any(|at| elements.is(at, TokenKind::Comma))
}

/// `Although the boats were late, many felt the trip was worth it`: whether `piece` is nothing but a clause that opens another.
fn opens_only(elements: &Elements, piece: &Range<usize>) -> bool {
    let comma = |at: &usize| elements.is(*at, TokenKind::Comma);
    elements.has(piece.start, Class::SUBORDINATOR)
        && !elements.has(piece.start, Class::SUBJECT.with(Class::DETERMINER))
        && !piece.clone().filter(comma).any(|at| content::is_clause(elements, at + 1, piece.end))
}

/// Whether the quoted words at `at` are a whole sentence and others follow at once: `“Is it deep?” “It is cold.”`
pub(super) fn are_side_by_side(elements: &Elements, at: usize) -> bool {
    let (Some(this), Some(next)) = (elements.chunk(at), elements.chunk(at + 1)) else { return false };
    this.end == End::Closed && matches!(this.tail, Tail::Stop | Tail::Other) && next.capital && !next.goes_on
}
