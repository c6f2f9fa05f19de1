//! What stands before its cue, and goes on behind it: `“It rained,” Brandt said on Monday, “and it poured.”`

use super::construction::Reach;
use super::cues::Cue;
use super::elements::{Elements, Tail, word};
use super::extent::{before, extent};
use super::phrases::{may_speak, phrase_at};
use super::possible::may_be_clause;
use super::predicates;
use super::segment::{Attribution, SegmentReader};
use crate::document::RegionKind;
use crate::extract::QuoteReason;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::text::{End, TokenKind};
use std::ops::Range;

impl SegmentReader<'_, '_> {
    /// `said Brandt, of Harrow`: whether nothing but where the one is from who speaks stands behind the comma at `comma`.
    fn is_home(&self, source: Option<&Range<usize>>, comma: usize) -> bool {
        let elements = self.elements;
        let next = comma + 1;
        let home = elements.all.get(next + 1).filter(|_| next + 1 < self.ceiling);
        elements.is(comma, TokenKind::Comma)
            && source.is_some_and(|source| source.end == comma)
            && matches!(word(elements, next), "of" | "from")
            && home.is_some_and(|home| home.is_capital() || home.has(Class::DETERMINER))
            && !has_clause(elements, &(next + 1..self.ceiling))
    }

    /// Whether the segment is the first sentence of the story.
    fn opens_story(&self) -> bool {
        let body = |region: RegionKind| region == RegionKind::Body;
        let first = self.elements.page.paragraphs.iter().position(|one| body(one.region));
        let begins = !self.elements.all[..self.segment.start].iter().any(|el| el.is_word());
        first == Some(self.elements.paragraph) && begins
    }

    /// The content stands before source and cue, and may go on after them.
    pub(super) fn backward(
        &mut self,
        cue: &Cue,
        tag: Range<usize>,
        source: Option<Range<usize>>,
        mut because: Vec<QuoteReason>,
    ) -> Option<Attribution> {
        let elements = self.elements;
        // `“the Rock”, who answers to nobody`, `the Post, which first reported the story`: whom it means is not what it reports.
        if source.as_ref().is_some_and(|one| one.len() == 1 && elements.has(one.start, Class::RELATIVE)) {
            return None;
        }
        let floor = self.floor(tag.start);
        let Some(first) = before(elements, floor, tag.start).or_else(|| self.lone_subject(&tag, cue.range.end)) else {
            return self.behind_adverb(cue, tag, source, because);
        };
        let first = own_words(elements, first);
        let (first, source) = match source {
            Some(source) => self.parted_from_role(first, &tag, source),
            None => (first, None),
        };
        let quoted = elements.has_chunk(first.clone());
        // `the mayor told the council, Brandt wrote`: what stands between two tags is no clause.
        let between = floor > self.segment.start && !predicates::is_clause(elements, first.start, first.end);
        // `broken rules, is late`: a noun in the plural.
        let plural = because.is_empty()
            && cue.range.len() == 1
            && elements.ends(cue.head, Ending::ClearPlural)
            && !super::phrases::is_sure_cue(elements, cue.head);
        if !quoted && plural && source.as_ref().is_some_and(|source| !may_speak(elements, source)) {
            return None;
        }
        // `Lind called for the ball, Voss replied within a minute`
        let deeds = elements.is_in(cue.head, List::Replying);
        if !quoted && (deeds || !cue.takes(Takes::CLAUSE) || is_adjunct(elements, &first) || between) {
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
        } else if elements.says(end, "to")
            && let Some(phrase) = phrase_at(elements, end + 1, self.ceiling)
        {
            end = phrase.end;
            addressee = Some(phrase);
        }
        // `Harrow once, and briefly, boasted a tramway`, `Based on the papers, the Post reported a leak`: no clause, no report.
        let body = elements.page.paragraphs[elements.paragraph].region == RegionKind::Body;
        let last = end >= self.ceiling || self.is_home(source.as_ref(), end);
        let whole = first.start == self.segment.start && last && has_narrowed_subject(elements, &first);
        let idle = !quoted && (opens_only(elements, &first) || body && !whole && !has_clause(elements, &first));
        let mut pieces = vec![first];
        self.more(cue, source.as_ref(), end, &mut pieces);
        if idle && pieces.len() == 1 {
            return None;
        }
        because.push(if pieces.len() > 1 { QuoteReason::CueBetween } else { QuoteReason::CueAfter });
        let cue = Some(cue.range.clone());
        Some(Attribution { content: pieces, cue, source, addressee, because, ..Attribution::default() })
    }

    /// `Lawmakers, she said, need to be careful`: the one word before a tag between commas, behind which its verb stands.
    fn lone_subject(&self, tag: &Range<usize>, cue_end: usize) -> Option<Range<usize>> {
        const NO_NOUN: Class = Class::CONJUNCT.with(Class::ADVERB).with(Class::TIME).with(Class::COORDINATOR);
        let elements = self.elements;
        let comma = tag.start.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Comma))?;
        let word = comma.checked_sub(1).filter(|at| *at == self.segment.start)?;
        let end = tag.end.max(cue_end);
        let noun = !super::verb_group::is_adverb(elements, word)
            && elements.all[word].is_word()
            && !elements.has(word, NO_NOUN)
            && super::phrases::is_nominal(elements, word);
        (noun && elements.is(end, TokenKind::Comma) && self.agrees(&(word..comma), end + 1)).then_some(word..comma)
    }

    /// `Still, Brandt said, the boat was late`: the clause behind a tag between commas, before which only an adverb stands.
    fn behind_adverb(
        &self,
        cue: &Cue,
        tag: Range<usize>,
        source: Option<Range<usize>>,
        mut because: Vec<QuoteReason>,
    ) -> Option<Attribution> {
        let elements = self.elements;
        let comma = tag.start.checked_sub(1).filter(|at| elements.is(*at, TokenKind::Comma))?;
        let lead = comma.checked_sub(1).filter(|at| *at == self.segment.start)?;
        let loose = elements.has(lead, Class::CONJUNCT) || super::verb_group::is_adverb(elements, lead);
        let end = tag.end.max(cue.range.end);
        let start = end + 1;
        let clause = elements.is(end, TokenKind::Comma)
            && start < self.ceiling
            && has_clause(elements, &(start..self.ceiling))
            && predicates::begins_phrase(elements, start);
        if !loose || !clause || !cue.takes(Takes::CLAUSE) {
            return None;
        }
        because.push(QuoteReason::CueBefore);
        let content = extent(elements, cue, start, self.ceiling, Reach::Clause);
        let cue = Some(cue.range.clone());
        Some(Attribution { content, cue, source, because, ..Attribution::default() })
    }

    /// Whether the word at `verb` may be the verb of the noun phrase at `subject`, to which no verb belongs yet.
    fn agrees(&self, subject: &Range<usize>, verb: usize) -> bool {
        const CLOSED: Class = Class::PREPOSITION
            .with(Class::DETERMINER)
            .with(Class::SUBORDINATOR)
            .with(Class::COORDINATOR)
            .with(Class::RELATIVE);
        let elements = self.elements;
        let last = subject.end - 1;
        let Some(el) = elements.all.get(verb).filter(|el| verb < self.ceiling && el.is_word() && !el.is_capital())
        else {
            return false;
        };
        if super::phrases::is_verbal(elements, verb) {
            return true;
        }
        let many = elements.ends(last, Ending::Plural) || elements.is_in(last, List::PluralSubjects);
        let third = elements.ends(verb, Ending::ClearPlural);
        let past = el.has(Class::PAST) || elements.ends(verb, Ending::Past);
        let open = !el.has(CLOSED.with(Class::SUBJECT).with(Class::POSSESSIVE))
            && !super::verb_group::is_adverb(elements, verb)
            && !elements.ends(verb, Ending::Gerund);
        let goes_on = elements.all.get(verb + 1).is_some_and(|next| {
            next.has(CLOSED.with(Class::POSSESSIVE).with(Class::OBJECT).with(Class::BE))
                || elements.says(verb + 1, "to")
        });
        open && goes_on && (past || many != third)
    }

    /// `“It rained,” one of the authors, Ada Brandt, said`: the content that ends before `tag`, and who says it, where a role stands
    /// between the quoted words and the name that bears it.
    fn parted_from_role(
        &self,
        content: Range<usize>,
        tag: &Range<usize>,
        source: Range<usize>,
    ) -> (Range<usize>, Option<Range<usize>>) {
        const LINKS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION);
        const ROLES: Class = Class::ROLE.with(Class::ROLES);
        let elements = self.elements;
        let chunk = elements.last_chunk(content.clone()).filter(|at| at + 1 < content.end);
        let comma = |at: usize| elements.is(at, TokenKind::Comma);
        let named = elements.all[tag.start].is_capital()
            && source.start == tag.start
            && tag.start < self.ceiling
            && comma(content.end)
            && content.end + 1 == tag.start;
        let Some(role) = chunk.map(|chunk| chunk + 1..content.end).filter(|_| named) else {
            return (content, Some(source));
        };
        let closed = elements.chunk(role.start - 1).is_some_and(|chunk| chunk.tail == Tail::Comma);
        let plain = |at: usize| {
            elements.has(at, LINKS)
                || elements.is(at, TokenKind::Clitic)
                || super::phrases::is_nominal(elements, at) && !super::phrases::is_verbal(elements, at)
        };
        let says = role.clone().any(|at| elements.has(at, ROLES)) || elements.says(role.start, "one");
        let opens = elements.has(role.start, Class::PREPOSITION.with(Class::TIME));
        if closed && says && !opens && role.clone().all(plain) {
            return (content.start..role.start, Some(role.start..source.end));
        }
        (content, Some(source))
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
        // `The yard will close, the council said, as unions met`: the first sentence goes on to tell the news around it.
        if elements.is_in(next, List::NewsLinks) && !waits && self.opens_story() {
            return;
        }
        let that = elements.says(next, "that") && cue.takes(Takes::THAT);
        // `The reports, said Brandt, indicate that it was late`
        let verb = !predicates::is_clause(elements, pieces[0].start, pieces[0].end) && self.agrees(&pieces[0], next);
        // `was back, according to the board, though the lamps were dark`: the writer takes the word again.
        let concedes = cue.frame.is_none() && elements.is_in(next, List::Concessions) && !waits;
        // `The yard is open, she said, but its crews need more time.`: the account goes on.
        const OPENS: Class = Class::SUBJECT.with(Class::DETERMINER).with(Class::POSSESSIVE);
        let opens = elements.all.get(next + 1).is_some_and(|el| el.is_capital() || el.has(OPENS));
        let joins = elements.has(next, Class::COORDINATOR)
            && opens
            && cue.takes(Takes::CLAUSE)
            && super::phrases::is_sure_cue(elements, cue.head)
            && predicates::is_clause(elements, pieces[0].start, pieces[0].end)
            && predicates::is_clause(elements, next + 1, self.ceiling)
            && elements.is(comma, TokenKind::Comma)
            && super::phrases::subject_at(elements, next + 1, self.ceiling).is_some()
            && !elements.has_chunk(next..self.ceiling)
            && !(next..self.ceiling).any(|at| elements.has(at, Class::CUE_VERB.with(Class::ACCORDING)));
        // `according to Otto Lind and Ada Brandt, teachers who have camped there`: who they are.
        let are = elements.has(next, Class::ROLES.with(Class::ROLE))
            && elements.has(next + 1, Class::RELATIVE.with(Class::PREPOSITION));
        let adjunct = next >= self.ceiling
            || concedes
            || are && cue.frame.is_none() && comma == end
            || !verb && elements
                .has(next, Class::RELATIVE.with(Class::COORDINATOR).with(Class::CUE_VERB).with(Class::ACCORDING))
                && !that
                && !joins
            || elements.ends(next, Ending::Gerund) && !waits
            || comma > end + 12
            || comma == end && self.is_home(source, comma)
            // `according to Quay Marine, a partner in the yard`: who that is.
            // `her family said in a statement read by their lawyer, Kit Brandt`
            || (cue.frame.is_none() || predicates::is_clause(elements, pieces[0].start, pieces[0].end))
                && !waits
                && predicates::begins_phrase(elements, next)
                && !has_clause(elements, &(next..self.ceiling))
            // `the mayor said, Brandt wrote`
            || (next..self.ceiling.min(next + TAG)).any(|at| super::phrases::is_sure_cue(elements, at))
                && super::extent::tag_end(elements, next, self.ceiling).is_some();
        if !adjunct {
            pieces.extend(extent(elements, cue, next + usize::from(that), self.ceiling, Reach::Clause));
        }
    }
}

/// Whether a clause stands in `piece`, at its beginning or behind what opens it up to a comma: `In that case, officers can ask`; or its
/// verb behind an aside: `The yard at Carrick, shut a decade ago, now employs 840 people`.
fn has_clause(elements: &Elements, piece: &Range<usize>) -> bool {
    let mut commas = piece.clone().filter(|at| elements.is(*at, TokenKind::Comma));
    // `The boat left Harrow`: a word behind a noun and before a name.
    let takes_name = |at: usize| {
        let el = &elements.all[at];
        el.is_word()
            && !el.is_capital()
            && !el.has(Class::FUNCTION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::ROLE))
            && super::phrases::is_nominal(elements, at - 1)
            && elements.all[at - 1].is_word()
            && at + 1 < piece.end
            && elements.all[at + 1].is_capital()
    };
    let begins = |at: usize| {
        at < piece.end
            && (predicates::is_clause(elements, at, piece.end)
                || may_be_clause(elements, at, piece.end)
                // `That’s why the boats were late`
                || elements.is(at + 1, TokenKind::Clitic)
                || (at + 1..piece.end).any(takes_name))
    };
    // `People who want a refund must apply`
    let narrowed = || {
        let relative = piece.clone().skip(1).find(|at| elements.is_in(*at, List::Relatives));
        relative.is_some_and(|at| {
            let own = super::phrases::is_nominal(elements, at - 1) && elements.all[at - 1].is_word();
            own && super::clause::verb_behind(elements, at + 1, piece.end, 0).is_some()
        })
    };
    begins(piece.start)
        || narrowed()
        || commas.next().is_some_and(|comma| begins(comma + 1))
        || commas.any(|comma| predicates::is_clause(elements, comma, piece.end))
}

/// `Fans who pay more end up broke`: whether a whole sentence has a subject that a relative clause narrows. The forms of its verbs
/// tell nothing, as they may be nouns; but no sentence ends with such a subject.
fn has_narrowed_subject(elements: &Elements, piece: &Range<usize>) -> bool {
    const REST: usize = 4;
    const SUBJECT_NEXT: Class =
        Class::DETERMINER.with(Class::POSSESSIVE).with(Class::SUBJECT).with(Class::PREPOSITION).with(Class::TIME);
    let relative = piece.clone().skip(1).find(|at| elements.has(*at, Class::RELATIVE));
    relative.is_some_and(|at| {
        let (before, next) = (at - 1, at + 1);
        super::phrases::is_nominal(elements, before)
            && elements.all[before].is_word()
            && next + REST <= piece.end
            && elements.all[next].is_word()
            && !elements.has(next, SUBJECT_NEXT)
            && piece.clone().all(|at| !elements.is(at, TokenKind::Comma) || at + 1 == piece.end)
    })
}

/// The part of `piece` that a tag behind it reports: `The mayor was blunt: “We pay,” said Brandt` without the narrator's
/// words; of two quotations side by side the second.
pub(super) fn own_words(elements: &Elements, piece: Range<usize>) -> Range<usize> {
    let spoken = |at: usize| {
        elements.all[at].is_chunk() || elements.is(at, TokenKind::Comma) || elements.is(at, TokenKind::Dash)
    };
    let mut start = piece.start;
    // `Read more: Why the bridge closed “We waited,” she said`: a link to another page.
    let linked = elements.is_link(&piece).then(|| piece.clone().find(|at| elements.all[*at].is_chunk())).flatten();
    start = linked.unwrap_or(start);
    start = past_colon(elements, start..piece.end);
    if let Some(colon) = piece.clone().rev().find(|at| elements.is(*at, TokenKind::Colon))
        && elements.chunk(colon + 1).is_some_and(|chunk| chunk.capital)
        && (colon + 1..piece.end).all(spoken)
    {
        start = colon + 1;
    }
    let answer = (start + 1..piece.end).rev().find(|at| are_side_by_side(elements, at - 1));
    let start = answer.or_else(|| behind_caption(elements, start..piece.end)).unwrap_or(start);
    let chunk = elements.first_chunk(start..piece.end);
    let own = chunk.filter(|at| *at > start && (is_parted(elements, start, *at) || is_heading(elements, start, *at)));
    own.unwrap_or(start)..piece.end
}

/// `She stars in “The Lock” “It is a chance to see it all,” said Brandt`: the last of two quotations, where it is a sentence of its own, and
/// nothing or a caption stands between them: a few words, the first with a capital, and no verb.
fn behind_caption(elements: &Elements, piece: Range<usize>) -> Option<usize> {
    const FEW: usize = 8;
    const WHOLE: u32 = 6;
    let last = elements.last_chunk(piece.clone()).filter(|last| *last + 1 >= piece.end.saturating_sub(1))?;
    elements.chunk(last).filter(|chunk| chunk.capital && chunk.words >= WHOLE && chunk.tail == Tail::Comma)?;
    let first = elements.last_chunk(piece.start..last)?;
    let between = first + 1..last;
    let open = elements.chunk(first).is_some_and(|chunk| chunk.tail == Tail::Open);
    let caption = between.len() <= FEW
        && open
        && between.clone().next().is_none_or(|at| elements.all[at].is_capital())
        && between.clone().all(|at| elements.all[at].is_word() && !super::phrases::is_verbal(elements, at));
    caption.then_some(last)
}

/// `It was never going to be easy: Three in four favour the law, according to a poll`: where a sentence of its own begins behind a
/// colon, which alone is what the tag reports.
pub(super) fn past_colon(elements: &Elements, piece: Range<usize>) -> usize {
    let colon = piece.clone().rev().find(|at| elements.is(*at, TokenKind::Colon)).filter(|at| at + 2 < piece.end);
    let apart = colon.filter(|colon| {
        let el = &elements.all[colon + 1];
        (el.is_word() || el.is(TokenKind::Number))
            && el.is_capital()
            && !elements.has_chunk(piece.clone())
            && has_clause(elements, &(piece.start..*colon))
            && has_clause(elements, &(colon + 1..piece.end))
    });
    apart.map_or(piece.start, |colon| colon + 1)
}

/// `Although Lind disagreed, “it must close,” she said`: a clause of the narrator's from `start` to the comma before the quoted
/// words at `chunk`.
pub(super) fn is_parted(elements: &Elements, start: usize, chunk: usize) -> bool {
    let comma = chunk - 1;
    elements.has(start, Class::SUBORDINATOR)
        && elements.is(comma, TokenKind::Comma)
        && (start + 1..comma).all(|at| !elements.all[at].is_chunk())
        && predicates::is_clause(elements, start + 1, comma)
}

/// `The last boats “We were all on the quay,” she said`: a heading that lost its line, before quoted words that begin a
/// sentence with a word that has no capital of its own.
pub(super) fn is_heading(elements: &Elements, start: usize, chunk: usize) -> bool {
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

/// A tag has its verb among so many elements.
const TAG: usize = 8;

/// Whether `piece` only says when or where: `Nearly a week after the river took his town`. It holds a subordinator before
/// any verb.
pub(super) fn is_adjunct(elements: &Elements, piece: &Range<usize>) -> bool {
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
pub(super) fn opens_only(elements: &Elements, piece: &Range<usize>) -> bool {
    let comma = |at: &usize| elements.is(*at, TokenKind::Comma);
    elements.has(piece.start, Class::SUBORDINATOR)
        && !elements.has(piece.start, Class::SUBJECT.with(Class::DETERMINER))
        && !piece.clone().filter(comma).any(|at| predicates::is_clause(elements, at + 1, piece.end))
}

/// Whether the quoted words at `at` are a whole sentence and others follow at once: `“Is it deep?” “It is cold.”`
pub(super) fn are_side_by_side(elements: &Elements, at: usize) -> bool {
    let (Some(this), Some(next)) = (elements.chunk(at), elements.chunk(at + 1)) else { return false };
    this.end == End::Closed && matches!(this.tail, Tail::Stop | Tail::Other) && next.capital && !next.goes_on
}
