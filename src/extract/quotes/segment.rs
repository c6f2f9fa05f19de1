//! Attributions of one segment: each cue with its source and what it reports.

use super::content::{self, Content, Reach, extent, word};
use super::cues::{self, Cue, Voice};
use super::phrases::{is_nominal, is_possessive, phrase_at, subject_at, subject_before, with_tail};
use super::view::{Tail, View, What};
use crate::extract::QuoteReason;
use crate::lexicon::grammar::Class;
use crate::lexicon::inflect::Forms;
use crate::lexicon::reporting::{Mode, Takes};
use crate::text::TokenKind;
use crate::text::tokens::Case;
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
}

impl Attribution {
    /// Whether the element is part of its cue.
    pub fn has_cue(&self, at: usize) -> bool {
        self.cue.as_ref().is_some_and(|cue| cue.contains(&at))
    }
}

/// What is known while a segment is read.
pub struct Reader<'v, 'p> {
    view: &'v View<'p>,
    segment: Range<usize>,
    /// Where the last stop begins.
    ceiling: usize,
    /// The subject of the last finite cue.
    subject: Option<Range<usize>>,
    /// Where the cue before ends.
    cue_end: usize,
    /// Where the finite cue before, with a subject of its own, ends.
    finite_end: usize,
    /// What was found.
    out: Vec<Attribution>,
}

/// The attributions of `segment`.
pub fn read<'v, 'p>(view: &'v View<'p>, segment: &Range<usize>) -> Vec<Attribution> {
    let cues = cues::find(view, segment);
    if cues.is_empty() {
        return Vec::new();
    }
    let segment = &(dateline_end(view, segment)..segment.end);
    // `(The bridge, Brandt said, is safe.)`
    let bracket = view.is(segment.start, TokenKind::Open);
    let mut ceiling = segment.end;
    while ceiling > segment.start
        && (view.is(ceiling - 1, TokenKind::Stop)
            || view.is(ceiling - 1, TokenKind::Exclaim)
            || bracket && view.is(ceiling - 1, TokenKind::Close))
    {
        ceiling -= 1;
    }
    let mut reader = Reader {
        view,
        segment: segment.clone(),
        ceiling,
        subject: None,
        cue_end: segment.start,
        finite_end: segment.start,
        out: Vec::new(),
    };
    for cue in &cues {
        if cue.els.end > ceiling || cue.els.start < reader.cue_end || reader.hides(cue) {
            continue;
        }
        if let Some(found) = reader.attribution(cue) {
            reader.cue_end = found.cue.as_ref().map_or(cue.els.end, |cue| cue.end);
            if cue.voice == Voice::Finite
                && !found.source.as_ref().is_some_and(|source| view.has(source.start, Class::RELATIVE))
            {
                reader.finite_end = reader.cue_end;
            }
            reader.out.push(found);
        }
    }
    reader.out
}

impl Reader<'_, '_> {
    /// Whether the cue stands in content that was found already and is too weak to report on its own.
    fn hides(&self, cue: &Cue) -> bool {
        let inside = self
            .out
            .iter()
            .any(|found| found.content.iter().any(|piece| piece.start <= cue.els.start && cue.els.end <= piece.end));
        let quotes = self.view.els.get(cue.els.end).is_some_and(|next| next.is_chunk());
        inside && cue.strength() < 3 && !quotes
    }

    fn attribution(&mut self, cue: &Cue) -> Option<Attribution> {
        match cue.voice {
            Voice::Finite => self.finite(cue),
            Voice::Participle | Voice::Infinitive => self.without_subject(cue),
            Voice::Passive => self.passive(cue),
            Voice::Reduced => self.reduced(cue),
            Voice::Noun => self.noun(cue),
            Voice::Adjective => self.adjective(cue),
            Voice::According => self.according(cue),
        }
    }

    /// `Brandt said …`, `…, Brandt said`, `…, said Brandt`.
    fn finite(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let mut because = Vec::new();
        let mut tag = cue.els.clone();
        let source;
        if let Some(phrase) = self.inverted(cue) {
            because.push(QuoteReason::Inverted);
            tag.end = phrase.end;
            source = Some(phrase);
        } else {
            match self.own_subject(cue.els.start) {
                Some(subject) => {
                    tag.start = subject.start;
                    source = Some(subject);
                }
                None => {
                    let main = || main_subject(view, &self.segment, cue.els.start);
                    source = self.subject.clone().or_else(main);
                }
            }
        }
        if let Some(source) = &source {
            self.subject = Some(source.clone());
        }
        if cue.frame.is_some_and(|frame| frame.mode == Mode::Seeming) {
            return self.seeming(cue, source);
        }
        if let Some(found) = source.as_ref().and_then(|source| self.as_told(cue, source)) {
            return Some(found);
        }
        let ceiling = self.clause_ceiling(cue, source.as_ref());
        // `“…,” the mayor told a crowd that had gathered`: the comma gives the words to this cue.
        let chunk = (tag.start > self.segment.start).then(|| self.quoted_before(tag.start - 1)).flatten();
        let given = chunk.is_some_and(|at| self.is_claimed(at));
        let tagged = !given && chunk.and_then(|at| view.chunk(at)).is_some_and(|chunk| chunk.tail == Tail::Comma);
        if given && chunk.is_some() && tag.end.max(cue.els.end) < self.ceiling && !because.is_empty() {
            return None;
        }
        let forward = match because.is_empty() {
            true => content::after(view, cue, ceiling),
            // `Said the minister: “…”`
            false if chunk.is_none() => content::after_colon(view, cue, tag.end, ceiling),
            false => None,
        };
        let forward = forward.filter(|found| {
            chunk.is_none() || given || found.awaits || found.reason == Some(QuoteReason::ThatClause) && !tagged
        });
        let quoted = chunk.is_some();
        if given && forward.is_none() && cue.els.end < self.ceiling {
            return None;
        }
        if let Some(found) = forward {
            return Some(self.forward(cue, source, found));
        }
        if !cue.takes(Takes::QUOTATION.with(Takes::CLAUSE)) || cue.strength() < 2 && !quoted {
            return None;
        }
        self.backward(cue, tag, source, because)
    }

    /// `As the Courier reported in May, the bridge is shut`; `The bridge is shut, as the Courier reported`.
    fn as_told(&self, cue: &Cue, source: &Range<usize>) -> Option<Attribution> {
        const MOST: usize = 8;
        let view = self.view;
        let before = source.start.checked_sub(1).filter(|at| *at >= self.segment.start && word(view, *at) == "as")?;
        if !cue.takes(Takes::CLAUSE) || cue.strength() < 2 || source.end > cue.els.start {
            return None;
        }
        let comma = (cue.els.end..self.ceiling.min(cue.els.end + MOST)).find(|at| view.is(*at, TokenKind::Comma));
        let content = match comma {
            Some(comma) if before <= self.segment.start + 1 || view.is(before - 1, TokenKind::Comma) => {
                extent(view, cue, comma + 1, self.ceiling, Reach::That)
            }
            None if before > self.segment.start && view.is(before - 1, TokenKind::Comma) => {
                vec![content::before(view, self.floor(before), before)?]
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

    /// The subject right before a verb group that begins at `at`. A cue inside the subject's own relative clause or
    /// apposition does not cut it.
    fn own_subject(&self, at: usize) -> Option<Range<usize>> {
        let near = subject_before(self.view, self.clause_start(at), at);
        near.or_else(|| subject_before(self.view, self.finite_end.min(at), at))
    }

    /// `The plan seems dead.`: who thinks so is left open; the content stands on both sides.
    fn seeming(&self, cue: &Cue, subject: Option<Range<usize>>) -> Option<Attribution> {
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

    /// Where the content of a cue must end: with its relative clause, where commas part that off.
    fn clause_ceiling(&self, cue: &Cue, source: Option<&Range<usize>>) -> usize {
        let view = self.view;
        let relative = source.filter(|source| {
            source.len() == 1 && view.has(source.start, Class::RELATIVE) && source.end <= cue.els.start
        });
        let parted = |relative: usize| relative > 0 && view.is(relative - 1, TokenKind::Comma);
        if let Some(relative) = relative.filter(|relative| parted(relative.start)) {
            let from = cue.els.end.max(relative.end) + 1;
            return (from..self.ceiling).find(|at| view.is(*at, TokenKind::Comma)).unwrap_or(self.ceiling);
        }
        // `the yard, which Brandt calls “a number,” closed`
        let inner = source.and_then(|source| source.start.checked_sub(1)).filter(|at| view.has(*at, Class::RELATIVE));
        if inner.is_some_and(parted) {
            let ends = |at: &usize| {
                view.is(*at, TokenKind::Comma) || view.chunk(*at).is_some_and(|chunk| chunk.tail == Tail::Comma)
            };
            let end = (cue.els.end..self.ceiling).find(ends);
            return end.map_or(self.ceiling, |at| at + usize::from(view.els[at].is_chunk()));
        }
        self.subordinate_end(cue.els.end).unwrap_or(self.ceiling)
    }

    /// `After the court refused to open the bridge, Brandt left`: the comma before the main clause, where the segment begins
    /// with a clause that is not the main one and that holds the cue, which ends before `end`.
    fn subordinate_end(&self, end: usize) -> Option<usize> {
        let view = self.view;
        let mut first = self.segment.start;
        while view.has(first, Class::COORDINATOR) {
            first += 1;
        }
        let commas = |from: usize, to: usize| (from..to).filter(|at| view.is(*at, TokenKind::Comma));
        if !view.has(first, Class::SUBORDINATOR) || commas(first, end).next().is_some() {
            return None;
        }
        commas(end, self.ceiling).find(|comma| {
            phrase_at(view, comma + 1, self.ceiling)
                .map(|phrase| with_tail(view, phrase, self.ceiling))
                .is_some_and(|phrase| view.els.get(phrase.end).is_some() && is_finite_start(view, phrase.end))
        })
    }

    /// Where the clause of the cue at `at` can begin at the earliest.
    fn clause_start(&self, at: usize) -> usize {
        self.cue_end.min(at).max(self.segment.start)
    }

    /// The quoted words that end at `at`, or right before the comma or dash there.
    fn quoted_before(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let marked = (view.is(at, TokenKind::Comma) || view.is(at, TokenKind::Dash)) && at > self.segment.start;
        let chunk = if marked { at - 1 } else { at };
        view.els[chunk].is_chunk().then_some(chunk)
    }

    /// Whether a cue that stands before the quoted words at `at` reports them.
    fn is_claimed(&self, at: usize) -> bool {
        self.out.iter().any(|one| {
            one.cue.as_ref().is_some_and(|cue| cue.end <= at) && one.content.iter().any(|piece| piece.contains(&at))
        })
    }

    /// The subject after the verb, where one is.
    fn inverted(&self, cue: &Cue) -> Option<Range<usize>> {
        let view = self.view;
        if !cue.takes(Takes::QUOTATION) || !cue.forms.has(Forms::PAST.with(Forms::PRESENT)) || cue.els.len() > 2 {
            return None;
        }
        let at_start = cue.els.start == self.segment.start;
        let before = cue.els.start.saturating_sub(1);
        let marked = at_start
            || view.els[before].is_chunk()
            || view.is(before, TokenKind::Comma)
            || view.is(before, TokenKind::Dash);
        let next = view.els.get(cue.els.end)?;
        if !marked
            || cue.els.end >= self.ceiling
            || next.has(Class::RELATIVE.with(Class::TIME))
            || word(view, cue.els.end) == "that"
        {
            return None;
        }
        let phrase = phrase_at(view, cue.els.end, self.ceiling)?;
        if view.has(phrase.start, Class::OBJECT) && !view.has(phrase.start, Class::SUBJECT) {
            return None;
        }
        // `Brandt, 40, said the ferry was late`: a clause follows, not a subject.
        let tail = with_tail(view, phrase.clone(), self.ceiling);
        let quoted = !at_start && self.quoted_before(before).is_some();
        let own = (view.is(before, TokenKind::Comma) || view.is(before, TokenKind::Dash))
            && self.own_subject(cue.els.start).is_some();
        if !quoted && (own || !cue.takes(Takes::CLAUSE) && !at_start) {
            return None;
        }
        let verbal = tail.end < self.ceiling && super::phrases::is_verbal(view, tail.end);
        (quoted || !verbal).then_some(tail)
    }

    fn forward(&self, cue: &Cue, source: Option<Range<usize>>, found: Content) -> Attribution {
        let mut because = vec![QuoteReason::CueBefore];
        because.extend(found.reason.filter(|reason| *reason != QuoteReason::CueBefore));
        Attribution {
            content: found.pieces,
            cue: Some(cue.els.start..found.cue_end.max(cue.els.end)),
            source,
            addressee: found.addressee,
            because,
            awaits: found.awaits,
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
        let view = self.view;
        let floor = self.floor(tag.start);
        let first = content::before(view, floor, tag.start)?;
        let mut end = tag.end.max(cue.els.end);
        let mut addressee = None;
        if cue.takes(Takes::ADDRESSEE) && cue.frame.is_some() && end < self.ceiling {
            if let Some(phrase) = phrase_at(view, end, self.ceiling) {
                end = phrase.end;
                addressee = Some(phrase);
            }
        } else if word(view, end) == "to"
            && let Some(phrase) = phrase_at(view, end + 1, self.ceiling)
        {
            end = phrase.end;
            addressee = Some(phrase);
        }
        let mut pieces = vec![first];
        self.more(cue, source.as_ref(), end, &mut pieces);
        because.push(if pieces.len() > 1 { QuoteReason::CueBetween } else { QuoteReason::CueAfter });
        Some(Attribution { content: pieces, cue: Some(cue.els.clone()), source, addressee, because, awaits: false })
    }

    /// What goes on after a tag: `“It rained,” Brandt said on Monday, “and it poured.”`
    fn more(&self, cue: &Cue, source: Option<&Range<usize>>, end: usize, pieces: &mut Vec<Range<usize>>) {
        let view = self.view;
        let chunk = (end..self.ceiling).find(|at| view.els[*at].is_chunk());
        let spoken = pieces[0].clone().any(|at| view.els[at].is_chunk());
        let is_mark = |at: usize| {
            view.is(at, TokenKind::Comma) || view.is(at, TokenKind::Colon) || view.is(at, TokenKind::Dash)
        };
        let comma = (end..self.ceiling).find(|at| is_mark(*at));
        if let Some(chunk) = chunk.filter(|_| spoken) {
            // `argues Brandt, whose book is called “The Rock”`
            let told = source.is_some_and(|source| source.clone().any(|at| view.has(at, Class::RELATIVE)));
            let near = chunk == end && !told || is_mark(chunk - 1);
            let verb = (end..chunk).any(|at| view.has(at, Class::CUE_VERB) && at > end);
            if near && !verb {
                pieces.extend(extent(view, cue, chunk, self.ceiling, Reach::Clause));
                return;
            }
            // `“Family leave,” the paper says, becomes available “after one year.”`
            let goes_on = comma.is_some_and(|comma| {
                comma < chunk && view.els[comma + 1].is_word() && !view.els[comma + 1].is_capital()
            });
            if verb || !goes_on {
                return;
            }
        } else if spoken {
            return;
        }
        let Some(comma) = comma else { return };
        let next = comma + 1;
        // `While some may stay, she added, leaving would be wrong`: the main clause is still to come.
        let waits = pieces[0].clone().next().is_some_and(|at| view.has(at, Class::SUBORDINATOR));
        let that = word(view, next) == "that" && cue.takes(Takes::THAT);
        let adjunct = next >= self.ceiling
            || view.has(next, Class::RELATIVE.with(Class::COORDINATOR).with(Class::CUE_VERB).with(Class::ACCORDING))
                && !that
            || view.text(next).ends_with("ing") && !waits
            || comma > end + 12;
        if !adjunct {
            pieces.extend(extent(view, cue, next + usize::from(that), self.ceiling, Reach::Clause));
        }
    }

    /// Where content before `at` can begin: after the attribution before it.
    fn floor(&self, at: usize) -> usize {
        let ends = self.out.iter().filter_map(|found| {
            let cue = found.cue.as_ref().map_or(0, |cue| cue.end);
            let source = found.source.as_ref().map_or(0, |source| source.end);
            let tag = cue.max(source);
            let behind = found.content.iter().any(|piece| piece.end <= tag);
            (behind && tag <= at).then_some(tag)
        });
        ends.max().unwrap_or(self.segment.start)
    }

    /// `…, saying`, `to say`: the subject stands elsewhere.
    fn without_subject(&mut self, cue: &Cue) -> Option<Attribution> {
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
        let k = cue.els.start - 1;
        let beside = cue.voice == Voice::Participle
            && is_nominal(view, k)
            && !view.has(k, Class::TIME)
            && !super::cues::is_adverb(view, k);
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
        // `Brandt released a statement saying`: the statement is what Brandt says it with.
        let own = own.filter(|phrase| {
            let paper = view.els[phrase.clone()].iter().any(|el| el.has(Class::DOCUMENT));
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
                && phrase_at(view, at + 1, self.ceiling).is_some_and(|phrase| is_finite_start(view, phrase.end))
                || view.is(*at, TokenKind::Comma) && view.has(at + 1, Class::SUBJECT)
        })?;
        let found = content::after(view, cue, comma)?;
        let source = phrase_at(view, comma + 1, self.ceiling);
        Some(self.forward(cue, source, found))
    }

    /// `was criticised by Brandt`, `was asked whether`, `is expected to`.
    fn passive(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let frame = cue.frame?;
        let subject = self.own_subject(cue.els.start);
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
    fn reduced(&mut self, cue: &Cue) -> Option<Attribution> {
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
    fn noun(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let frame = cue.frame?;
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
            && let Some(chunk) = (cue.els.end + 1..self.ceiling.min(cue.els.end + 4)).find(|at| view.els[*at].is_chunk())
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
        Some(self.forward(cue, source, found))
    }

    /// `is confident that`.
    fn adjective(&mut self, cue: &Cue) -> Option<Attribution> {
        let found = content::after(self.view, cue, self.ceiling)?;
        let source = self.own_subject(cue.els.start);
        if source.is_some() {
            self.subject = source.clone();
        }
        Some(self.forward(cue, source, found))
    }

    /// Whether there is a verb.
    fn is_clause(&self, mut els: Range<usize>) -> bool {
        els.any(|at| super::phrases::is_verbal(self.view, at) || self.view.has(at, Class::CUE_VERB))
    }

    /// `according to the report`.
    fn according(&mut self, cue: &Cue) -> Option<Attribution> {
        let view = self.view;
        let phrase = phrase_at(view, cue.els.end, self.ceiling)?;
        let source = with_tail(view, phrase, self.ceiling);
        let because = vec![QuoteReason::AccordingTo];
        let leads = (self.segment.start..cue.els.start).all(|at| {
            !is_nominal(view, at) && !view.els[at].is_chunk() || view.has(at, Class::CONJUNCT.with(Class::ADVERB))
        });
        let mut pieces = Vec::new();
        if leads {
            let comma = (source.end..self.ceiling).find(|at| view.is(*at, TokenKind::Comma)).unwrap_or(source.end);
            let start = comma + usize::from(view.is(comma, TokenKind::Comma));
            pieces.extend(extent(view, cue, start, self.ceiling, Reach::Clause));
        } else {
            let mut start = self.floor(cue.els.start);
            let mut stop = cue.els.start;
            while stop > start && (view.is(stop - 1, TokenKind::Comma) || view.is(stop - 1, TokenKind::Dash)) {
                stop -= 1;
            }
            // `“It rained,” Brandt said, according to Reyes`: Reyes tells what Brandt said.
            let told = self.out.last().filter(|last| {
                stop <= start + 1 || last.content.last().is_some_and(|piece| piece.end <= start) && !self.is_clause(start..stop)
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

/// `HARROW (HPA) – The bridge …`: where the sentence begins.
fn dateline_end(view: &View, segment: &Range<usize>) -> usize {
    const MOST: usize = 10;
    let is_dash = |at: &usize| view.is(*at, TokenKind::Dash) || view.is(*at, TokenKind::Hyphen);
    let dash = (segment.start + 1..segment.end.min(segment.start + MOST)).find(is_dash);
    let place = |at: usize| {
        view.els[at].is_capital() || matches!(view.els[at].what, What::Aside) || view.is(at, TokenKind::Comma)
    };
    let upper = view.els[segment.start].case == Case::Upper;
    match dash {
        Some(dash) if segment.start == 0 && upper && (segment.start..dash).all(place) => dash + 1,
        _ => segment.start,
    }
}

/// The subject of a segment's first clause, before `end`.
pub fn main_subject(view: &View, segment: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let mut at = segment.start;
    // `Speaking in Harrow, Brandt …`, `Asked about the vote, Brandt …`, `In May, Brandt …`
    let loose = view.has(at, Class::PREPOSITION.with(Class::SUBORDINATOR)) && !view.has(at, Class::SUBJECT);
    if loose || is_participle_start(view, at) {
        at = (at..end).find(|k| view.is(*k, TokenKind::Comma))? + 1;
    }
    while at < end
        && (view.has(at, Class::COORDINATOR.with(Class::CONJUNCT))
            || super::cues::is_adverb(view, at)
            || view.is(at, TokenKind::Comma))
    {
        at += 1;
    }
    subject_at(view, at, end)
}

/// Whether a segment begins with a participle: `Speaking in Harrow`, `Asked if it was late`.
pub fn is_participle_start(view: &View, at: usize) -> bool {
    let Some(el) = view.els.get(at) else { return false };
    let text = view.text(at);
    let asked = el.has(Class::CUE_VERB)
        && view.lexicon().reporting.verb(el.word).any(|(_, forms)| forms.has(Forms::PARTICIPLE))
        && view
            .els
            .get(at + 1)
            .is_some_and(|next| next.has(Class::PREPOSITION.with(Class::QUESTION).with(Class::SUBORDINATOR)));
    let next = view.els.get(at + 1).is_some_and(|next| {
        next.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::OBJECT))
    });
    asked || el.is_word() && text.len() > 4 && text.ends_with("ing") && next
}

/// Whether a verb group begins there.
fn is_finite_start(view: &View, at: usize) -> bool {
    super::phrases::is_verbal(view, at) || view.has(at, Class::CUE_VERB) || super::cues::is_adverb(view, at)
}
