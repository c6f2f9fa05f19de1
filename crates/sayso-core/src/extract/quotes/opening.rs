//! The noun phrase that opens a clause, read from its first word to the verb behind it: its head, what hangs on the head, and
//! what stands between commas and tells who that is.
//!
//! A clause has one subject, and nothing but an adjunct stands before it. So where no other verb stands between the beginning of
//! a clause and a verb, all that stands there is the subject: `Quay Rail (QR), a maker of hulls, masts, and sails, said` has no
//! subject `sails`.

use super::clause::behind_fronted;
use super::elements::{ElementKind, Elements, Tail, word};
use super::hanging::{is_past_form, is_reduced, is_relative_that};
use super::phrases::{is_article, is_initial, is_nominal, is_possessive, is_sure_cue, is_verbal, may_speak};
use super::predicates::leads_verb;
use super::subject_before::subject_end;
use super::verb_group::{closes_relative, is_adverb, is_gerund};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::text::TokenKind;
use std::ops::Range;

/// A subject has at most so many elements.
const MOST: usize = 64;

/// People in the plural, bodies.
const PEOPLE: Class = Class::ROLES.with(Class::GROUP).with(Class::GROUPS).with(Class::UNNAMED);

/// In what part of the phrase a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nouns and the prepositions that join them.
    Noun,
    /// Behind a participle of a reduced clause: `released in May`.
    Participle,
    /// Behind a relative pronoun; whether its verb was met.
    Relative(bool),
}

/// The phrase so far.
struct Opening<'e, 'p> {
    elements: &'e Elements<'p>,
    /// The verbs that may report.
    heads: &'e [usize],
    first: usize,
    end: usize,
    part: Part,
    /// Where the head's own words end.
    head: Option<usize>,
    /// The last comma.
    comma: Option<usize>,
    /// Whether a preposition stands behind the last comma.
    linked: bool,
    /// Whether what stands behind the last comma joins two.
    joined: bool,
    /// Whether a relative clause began.
    clause: bool,
    /// Whether a comma before an article opened an apposition that another closes right before the verb.
    apposed: bool,
}

/// The subject of the verb group at `verb` that begins at `start`, or behind what is fronted there; none where it is one noun or
/// name without more, or another verb stands before `verb`. `heads` are the verbs that may report.
pub(super) fn opening(elements: &Elements, start: usize, verb: usize, heads: &[usize]) -> Option<Range<usize>> {
    if verb < start + 2 || verb - start > MOST {
        return None;
    }
    let end = subject_end(elements, start, verb);
    // `a report released on Monday found`
    // `a man who works there told the Courier`
    let narrows = |at: usize| is_reduced(elements, at) || closes_relative(elements, start, at);
    let end = if end > start && end < verb && narrows(end - 1) { verb } else { end };
    // `As Ada Brandt, head of the yard, said`: the subject of the clause that is fronted.
    let inner = elements.has(start, Class::SUBORDINATOR).then(|| read(elements, start + 1, end, heads)).flatten();
    let sure = |inner: &Range<usize>| {
        elements.says(start, "as") || inner.clone().filter(|at| elements.is(*at, TokenKind::Comma)).count() <= 2
    };
    inner.filter(sure).or_else(|| read(elements, behind_fronted(elements, start, end)?, end, heads))
}

/// The subject from `first`, or from the last seam behind it, to `end`, if it is one.
fn read(elements: &Elements, first: usize, end: usize, heads: &[usize]) -> Option<Range<usize>> {
    let first = (first + 1..end).rev().find(|at| is_seam(elements, *at)).unwrap_or(first);
    let part = Part::Noun;
    let (head, comma) = (None, None);
    let mut phrase = Opening {
        elements,
        heads,
        first,
        end,
        part,
        head,
        comma,
        linked: false,
        joined: false,
        clause: false,
        apposed: false,
    };
    // `Those who share boats end up broke, said Brandt`: one comma closes nothing.
    let comma = |at: usize| elements.is(at, TokenKind::Comma);
    if end > first && comma(end - 1) && !(first..end - 1).any(comma) {
        return None;
    }
    let whole = first + 1 < end && phrase.begins() && (first..end).all(|at| phrase.takes(at));
    (whole && phrase.is_told()).then_some(first..end)
}

/// `Concern about debts The mayor said`, `Board of Quays At the hearing Lind said`: whether the capital at `at` begins a sentence,
/// behind a heading that lost its line.
fn is_seam(elements: &Elements, at: usize) -> bool {
    const BEFORE: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::RELATIVE);
    const OPENS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION);
    let el = &elements.all[at];
    if !el.is_capital() || !el.has(OPENS) {
        return false;
    }
    let before = &elements.all[at - 1];
    let noun = (before.is_word() || matches!(before.kind, ElementKind::Aside)) && !before.has(BEFORE);
    let small = elements.all.get(at + 1).is_some_and(|next| next.is_word() && !next.is_capital());
    let article = el.has(Class::POSSESSIVE) || elements.says(at, "a") || elements.says(at, "an");
    let opens = el.has(Class::PREPOSITION) && elements.has(at + 1, Class::DETERMINER.with(Class::POSSESSIVE));
    noun && (elements.says(at, "the") || (article || opens) && small || is_spokesman(elements, at))
}

/// `A Quay Rail spokesman`: whether an article with a capital stands before a name and a word in small letters for what somebody is.
fn is_spokesman(elements: &Elements, at: usize) -> bool {
    const MOST: usize = 5;
    let role = (at + 1..elements.all.len().min(at + MOST)).find(|at| !elements.all[*at].is_capital());
    let small = role.filter(|role| *role > at + 1 && elements.has(*role, Class::ROLE.with(Class::ROLES)));
    small.is_some() && (elements.says(at, "a") || elements.says(at, "an"))
}

impl Opening<'_, '_> {
    /// Whether a phrase that may speak can begin there.
    fn begins(&self) -> bool {
        const CLOSED: Class = Class::PREPOSITION
            .with(Class::SUBORDINATOR)
            .with(Class::RELATIVE)
            .with(Class::QUESTION)
            .with(Class::AUXILIARY);
        let el = &self.elements.all[self.first];
        const PRONOUN: Class = Class::SUBJECT.with(Class::OBJECT);
        let pronoun = el.has(PRONOUN)
            && !el.has(Class::DETERMINER.with(Class::UNNAMED).with(Class::POSSESSIVE))
            // `US researchers`
            && !(el.is_capital() && self.elements.text(self.first) == "US");
        let closed = el.has(CLOSED) && !el.has(Class::DETERMINER) || self.elements.says(self.first, "that");
        // `Late in May Brandt said`, `One day Brandt said`
        let timed = el.has(Class::DETERMINER) && self.elements.has(self.first + 1, Class::TIME);
        let part = self.elements.lists().reads(List::MonthParts, self.elements.text(self.first));
        let time = el.has(Class::TIME) || part || timed;
        // `“It is late,” added Ada Brandt, head of the Quay Trust`
        let verb = !el.is_capital() && self.reports(self.first);
        (el.is_word() || el.is(TokenKind::Number)) && !pronoun && !closed && !time && !verb
    }

    /// Notes where the head ends.
    fn hangs(&mut self, at: usize) {
        self.head.get_or_insert(at);
    }

    /// Whether the element at `at` can stand where it does.
    fn takes(&mut self, at: usize) -> bool {
        let elements = self.elements;
        let el = &elements.all[at];
        match el.kind {
            ElementKind::Chunk(_) => {
                let few = |chunk: &super::elements::Chunk| chunk.tail == Tail::Open && chunk.words <= 3;
                at > self.first && elements.chunk(at).is_some_and(few) && !elements.has_chunk(self.first..at)
            }
            ElementKind::Aside => at > self.first && !elements.ends_in_comma(at),
            ElementKind::Token(TokenKind::Comma) => self.parts(at),
            ElementKind::Token(TokenKind::Clitic) => {
                matches!(self.part, Part::Relative(_)) || is_possessive(elements, at)
            }
            ElementKind::Token(TokenKind::Stop) => is_initial(elements, at),
            ElementKind::Token(TokenKind::Number | TokenKind::Hyphen | TokenKind::Symbol | TokenKind::Mark) => true,
            ElementKind::Token(TokenKind::Word) => match self.part {
                Part::Relative(verb) => {
                    self.part = Part::Relative(verb || self.is_clause_verb(at));
                    !(verb && self.is_second_verb(at))
                }
                Part::Noun | Part::Participle => at == self.first || el.is_capital() || self.takes_word(at),
            },
            ElementKind::Token(_) => false,
        }
    }

    /// A comma: what stands behind it may tell who the head is.
    ///
    /// `Gannet Bay, Lenn-based Quay Rail`: what a hyphen binds to the noun behind it does not.
    fn parts(&mut self, at: usize) -> bool {
        const NEAR: usize = 5;
        let elements = self.elements;
        let place = |at: &usize| elements.all[*at].is_capital() || is_initial(elements, *at);
        let hyphen = (at + 1..self.end.min(at + NEAR)).find(|at| !place(at)).filter(|hyphen| *hyphen > at + 1);
        if hyphen.is_some_and(|at| elements.is(at, TokenKind::Hyphen) && is_past_form(elements, at + 1)) {
            // `vice president of the Gannet Bay, Lenn-based Quay Trust`
            return !(self.first..at).all(|at| elements.all[at].is_capital());
        }
        let open = self.part == Part::Relative(false);
        // `whose new firm, Quay, sells maps`: what stands between two commas before the verb of the clause.
        let comma = |at: usize| elements.is(at, TokenKind::Comma);
        let closes = self.comma.is_some_and(|comma| comma + NEAR > at);
        if open && at > self.first && (closes || (at + 1..self.end.min(at + NEAR)).any(comma)) {
            self.comma = Some(at);
            return true;
        }
        self.hangs(at);
        self.apposed |= elements.is(self.end - 1, TokenKind::Comma) && elements.is_in(at + 1, List::Articles);
        self.comma = Some(at);
        (self.linked, self.joined) = (false, false);
        self.part = Part::Noun;
        at > self.first && !open
    }

    /// Whether the word at `at` may be the verb of the relative clause in which it stands.
    fn is_clause_verb(&self, at: usize) -> bool {
        const CLOSED: Class = Class::PREPOSITION
            .with(Class::DETERMINER)
            .with(Class::POSSESSIVE)
            .with(Class::SUBJECT)
            .with(Class::TIME)
            .with(Class::ADVERB);
        let elements = self.elements;
        let el = &elements.all[at];
        // `who critics say`: no verb
        let closed = self.comma == Some(at - 1);
        let relative = closed || elements.has(at - 1, Class::RELATIVE.with(Class::ADVERB).with(Class::TIME));
        let behind = relative && !elements.says(at - 1, "whose") && at + 1 < self.end;
        let small = !el.is_capital() && !el.has(CLOSED.with(PEOPLE)) && !is_adverb(elements, at);
        // `who works there`
        let third = elements.says(at - 1, "who") && elements.ends(at, Ending::Plural) && !el.is_capital();
        let small = small || third && !elements.has(at + 1, Class::CUE_VERB.with(Class::AUXILIARY));
        is_verbal(elements, at) || is_past_form(elements, at) || el.has(Class::CUE_VERB) || behind && small
    }

    /// `The aides who work at night are tired`: whether an auxiliary behind a noun is the verb of what a relative clause narrows that no
    /// comma opens.
    fn is_second_verb(&self, at: usize) -> bool {
        const WITHIN: Class = Class::AUXILIARY.with(Class::ADVERB).with(Class::SUBJECT).with(Class::COORDINATOR);
        let elements = self.elements;
        let noun = is_nominal(elements, at - 1) && elements.all[at - 1].is_word() && !elements.has(at - 1, WITHIN);
        self.comma.is_none() && noun && elements.has(at, Class::AUXILIARY) && is_verbal(elements, at)
    }

    /// Whether the word at `at`, in small letters and not the first, can stand in a noun phrase or a participle's.
    fn takes_word(&mut self, at: usize) -> bool {
        const NO_NOUN: Class = Class::NEGATION.with(Class::CONJUNCT).with(Class::QUESTION);
        const LEADS: Class = Class::DETERMINER
            .with(Class::POSSESSIVE)
            .with(Class::ADJECTIVE)
            .with(Class::PREPOSITION)
            .with(Class::COORDINATOR)
            .with(Class::ADVERB);
        let elements = self.elements;
        let el = &elements.all[at];
        let before = at - 1;
        let noun = is_nominal(elements, before) || elements.is(before, TokenKind::Stop);
        let comma = self.comma == Some(before);
        let joined = elements.is(before, TokenKind::Hyphen) || elements.is(at + 1, TokenKind::Hyphen);
        let glued = elements.page.glued(el.token as usize) || elements.page.glued(el.token as usize - 1);
        // `recovery-as-a-service`, `know-how`
        if joined && glued && el.has(Class::FUNCTION.with(Class::QUESTION).with(Class::DETERMINER)) {
            return true;
        }
        let that = elements.says(at, "that");
        let third = elements.ends(at + 1, Ending::ClearPlural) && !elements.has(at + 1, PEOPLE);
        if that && !is_relative_that(elements, at) && !(noun && third) {
            return false;
        }
        let relative = el.has(Class::RELATIVE) && !el.has(Class::DETERMINER);
        if that || relative || elements.says(at, "whose") || elements.says(at, "where") {
            self.hangs(at);
            self.clause = true;
            self.part = Part::Relative(false);
            return noun || comma || elements.has(before, Class::PREPOSITION);
        }
        let pronoun = el.has(Class::SUBJECT) && !el.has(Class::DETERMINER.with(Class::UNNAMED).with(Class::OBJECT));
        if pronoun || el.has(NO_NOUN) || is_verbal(elements, at) && !is_past_form(elements, at) {
            return false;
        }
        if el.has(Class::SUBORDINATOR) {
            // `officials as well as residents`
            return elements.says(at, "as") && (elements.says(at + 1, "well") || elements.says(before, "well"));
        }
        if el.has(Class::COORDINATOR) {
            self.joined = comma || !self.linked;
            return !elements.says(at, "but") && !leads_verb(elements, at + 1);
        }
        if el.has(Class::DETERMINER.with(Class::POSSESSIVE)) {
            // `Aides both in Harrow and Lenn`
            let both = el.has(Class::UNNAMED) && (elements.has(at + 1, Class::PREPOSITION) || at + 1 == self.end);
            let leads = comma || elements.has(before, LEADS) || self.part == Part::Participle;
            return both || leads || !is_article(elements, at) && !noun;
        }
        if el.has(Class::PREPOSITION) {
            self.hangs(at);
            self.linked = true;
            return true;
        }
        // `Most residents, said Brandt, agree`
        if is_sure_cue(elements, at) && !elements.says(at + 1, "by") {
            return false;
        }
        // `Quay Rail, a maker of moulded hulls for ferries, said`: inside an apposition stands no verb of the clause.
        let inside = self.apposed && !comma;
        let led = !comma && (elements.has(before, LEADS) || elements.is(before, TokenKind::Hyphen) || !noun);
        if is_past_form(elements, at) && !el.has(Class::ADJECTIVE) {
            let free = led || comma || self.part == Part::Participle;
            let next = elements.all.get(at + 1).is_some_and(|next| next.is_word() && (led || !next.is_capital()));
            let attribute = free && next && at + 1 < self.end && is_nominal(elements, at + 1);
            return attribute || (noun || comma) && self.is_participle(at) || inside;
        }
        // `outbound spending by tourists`: a noun
        let deed = elements.says(at + 1, "by") || elements.says(at + 1, "of");
        if is_gerund(elements, at) && !led && !deed {
            self.hangs(at);
            self.part = Part::Participle;
            return true;
        }
        inside || (led || !self.reports(at)) && !self.is_deed(at)
    }

    /// Whether the word at `at` reports, and is no noun.
    fn reports(&self, at: usize) -> bool {
        const NOUNS: Class = Class::PEOPLE.with(Class::CUE_NOUN).with(Class::DOCUMENT).with(Class::DOCUMENTS);
        self.heads.contains(&at) && !self.elements.has(at, NOUNS)
    }

    /// Whether a past form behind a noun or comma is a participle: what follows is no object. Where more than one clause may stand
    /// in what follows, it may as well be a verb.
    fn is_participle(&mut self, at: usize) -> bool {
        const HANGS: Class = Class::PREPOSITION.with(Class::TIME);
        let elements = self.elements;
        let next = at + 1;
        let hung = next == self.end
            || elements.has(next, HANGS) && !elements.has(next, Class::SUBORDINATOR)
            || is_adverb(elements, next)
            || elements.is(next, TokenKind::Number)
            || elements.is(next, TokenKind::Comma);
        let closed = elements.says(next, "by") || self.comma == Some(at - 1);
        // `The council voted to`; `the letter called on the town`, but `a man accused of theft`, `research published in May`
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        let new =
            matches!(word(elements, self.first), "a" | "an") || elements.has(self.first, Class::UNNAMED.with(TEXTS));
        let passive = elements.is_in(at, List::PassiveHangers);
        let done = closed || new || passive || elements.says(next, "as");
        let hung = hung && (passive || !elements.says(next, "to")) && (!elements.has(at, Class::CUE_VERB) || done);
        let parts = |at: usize| elements.is(at, TokenKind::Comma) || elements.has(at, Class::COORDINATOR);
        self.hangs(at);
        self.part = Part::Participle;
        hung && (closed || !(next..self.end).any(parts))
    }

    /// `Brandt works in`: whether a word behind a name has the form of a verb, and what follows a verb stands behind it.
    fn is_deed(&self, at: usize) -> bool {
        const NOUNS: Class = Class::PEOPLE.with(Class::DOCUMENT).with(Class::DOCUMENTS).with(Class::TIME);
        const BEHIND: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::OBJECT);
        let elements = self.elements;
        self.part == Part::Noun
            && elements.ends(at, Ending::Plural)
            && !elements.has(at, NOUNS)
            && elements.all[at - 1].is_word()
            && !elements.has(at - 1, Class::PREPOSITION.with(Class::DETERMINER).with(Class::ADJECTIVE))
            && elements.has(at + 1, BEHIND)
            && !elements.says(at + 1, "of")
    }

    /// Whether the phrase, now that all of it is read, is a head that can speak with more that tells who that is.
    fn is_told(&self) -> bool {
        let elements = self.elements;
        let Some(head) = self.head.filter(|_| self.part != Part::Relative(false)) else { return false };
        let speaks = head > self.first && may_speak(elements, &(self.first..head));
        let last = self.end - 1;
        let closed = match self.comma {
            // `Most of the residents, said Brandt,`
            Some(comma) if comma == last => {
                self.clause || (self.first..last).any(|at| elements.is(at, TokenKind::Comma))
            }
            // `Ada Brandt, who owns the yard and is the president of the board told the Post`
            Some(comma) if self.part == Part::Relative(true) => self.is_who(comma) || self.is_office(comma),
            Some(comma) => self.is_list(comma) || self.is_office(comma) || self.are_places(comma),
            None => true,
        };
        // `a man who said he was late told the Post`: whose verb is whose is open.
        let inner = self.comma != Some(last)
            && !self.is_tagged()
            && self.clause
            && self.heads.iter().any(|head| (self.first..self.end).contains(head) && self.is_speech(*head));
        // `who stayed when he said`
        const BESIDE: Class = Class::OBJECT.with(Class::DETERMINER).with(Class::UNNAMED);
        let own = elements.has(last, Class::SUBJECT) && !elements.has(last, BESIDE) && !elements.all[last].is_capital();
        // `who owns it`, `who works there`, `who paid for it`: right behind its verb or a preposition
        let object = last > self.first + 1
            && (self.is_clause_verb(last - 1)
                || elements.has(last - 1, Class::PREPOSITION) && !elements.has(last - 1, Class::SUBORDINATOR));
        let own = own && !(self.part == Part::Relative(true) && object);
        // `The Courier left Harrow in May and said`
        let dangles = elements.has(last, Class::COORDINATOR);
        (speaks || self.clause && self.is_named()) && closed && !inner && !own && !dangles
    }

    /// `One of the yards in Harrow, Stell, and Lenn`: whether the comma at `comma` is the last of a list of names behind a preposition that
    /// hangs on the head.
    fn are_places(&self, comma: usize) -> bool {
        let elements = self.elements;
        let part = |at: usize| {
            elements.all[at].is_capital()
                || elements.is(at, TokenKind::Comma)
                || elements.has(at, Class::COORDINATOR)
                || is_initial(elements, at)
        };
        let linked = |at: &usize| elements.has(*at, Class::PREPOSITION);
        let link = self.head.filter(linked).and_then(|head| (head..comma).rev().find(linked));
        elements.has(comma + 1, Class::COORDINATOR) && link.is_some_and(|link| (link + 1..self.end).all(part))
    }

    /// `A conservator who examined it, Ada Brandt,`: whether a name of two words between commas ends the phrase.
    fn is_named(&self) -> bool {
        let elements = self.elements;
        let Some(last) = self.comma.filter(|comma| *comma + 1 == self.end) else { return false };
        let comma = (self.first..last).rev().find(|at| elements.is(*at, TokenKind::Comma));
        let name = comma.map_or(last..last, |comma| comma + 1..last);
        let capital = |at: usize| elements.all[at].is_capital() || is_initial(elements, at);
        name.len() > 1
            && elements.has(self.first, Class::DETERMINER.with(Class::POSSESSIVE))
            && name.into_iter().all(capital)
    }

    /// Whether the verb at `at` may say something: `saw` of `a man who saw it` does not.
    fn is_speech(&self, at: usize) -> bool {
        let elements = self.elements;
        let mut frames = elements.lexicon().reporting.verb(elements.word(at)).map(|(frame, _)| frame);
        // `a man who attacked soldiers in Harrow`
        const TOLD: Takes = Takes::CLAUSE.with(Takes::THAT).with(Takes::QUESTION).with(Takes::INFINITIVE);
        let says = |frame: &Frame| frame.takes.has(TOLD.with(Takes::QUOTATION).with(Takes::NOUN));
        frames.any(|frame| says(frame) && (frame.mode != Mode::Thought || frame.strength > 1))
    }

    /// Whether the phrase stands right behind quoted words that end in a comma.
    fn is_tagged(&self) -> bool {
        let chunk = self.first.checked_sub(1).and_then(|at| self.elements.chunk(at));
        chunk.is_some_and(|chunk| chunk.tail == Tail::Comma)
    }

    /// Whether `who` and the verb of its clause stand behind the comma; `who has for weeks` goes on to its verb.
    fn is_who(&self, comma: usize) -> bool {
        let elements = self.elements;
        let waits = elements.has(comma + 2, Class::AUXILIARY) && elements.has(comma + 3, Class::PREPOSITION);
        elements.says(comma + 1, "who") && !waits
    }

    /// `Harrow Rail, Quay Marine, and the Lenn Board said`: whether what stands behind the last comma, which none closes, is the last of a
    /// list whose first is of its kind.
    fn is_list(&self, comma: usize) -> bool {
        let elements = self.elements;
        let determined = |at: usize| elements.has(at, Class::DETERMINER.with(Class::POSSESSIVE));
        self.joined
            && (elements.has(comma + 1, Class::COORDINATOR) || determined(self.first) || !determined(comma + 1))
            && !self.describes(comma)
    }

    /// `Award-winning actor, singer, and director Ada Brandt`, `In all, chief and founder Ada Brandt`: whether a list of what one is
    /// ends in the name, behind the comma.
    fn describes(&self, comma: usize) -> bool {
        let elements = self.elements;
        const OFFICE: Class = Class::ROLE.with(Class::TITLE);
        let small = |at: usize| elements.all[at].is_word() && !elements.all[at].is_capital();
        let and = (comma + 1..self.end).find(|at| elements.has(*at, Class::COORDINATOR));
        // `Chairman, President and CEO Ada Brandt`
        let linked = |and: usize| (and..self.end).any(|at| elements.has(at, Class::PREPOSITION));
        if and.is_some_and(|and| elements.has(and - 1, OFFICE) && elements.has(and + 1, OFFICE) && !linked(and)) {
            return elements.all[self.end - 1].is_capital();
        }
        let name = (comma..self.end).rev().take_while(|at| elements.all[*at].is_capital()).last();
        if !name.is_some_and(|name| small(name - 1) && !elements.has(name - 1, Class::FUNCTION)) {
            return false;
        }
        let offices = and.is_some_and(|and| elements.has(and - 1, Class::ROLE) && small(and - 1));
        let head = self.head.and_then(|head| head.checked_sub(1)).is_some_and(small)
            && !elements.has(self.first, Class::DETERMINER);
        head || offices
    }

    /// `Ada Brandt, head of the Quay Trust said`, `Ada Brandt, a harbour pilot said`: whether what stands behind the last comma, which none
    /// closes, is the office of a whole name before it.
    fn is_office(&self, comma: usize) -> bool {
        const LINKS: Class = Class::PREPOSITION.with(Class::RELATIVE);
        let elements = self.elements;
        let name = self.first..comma;
        let part = |at: usize| {
            let inner = at > self.first && elements.is_in(at, List::NameParticles) && !elements.says(at, "of");
            elements.all[at].is_capital() || is_initial(elements, at) || inner
        };
        let named = name.len() > 1 && name.clone().all(part);
        let open = comma + 1;
        let first = &elements.all[open];
        let small = self.is_tagged() || first.has(Class::DETERMINER) || first.is_word() && !first.is_capital();
        let office = |at: usize| {
            let linked = elements.has(at + 1, LINKS) && at + 1 < self.end;
            let plain = small && at + 1 == self.end && !(open..at).any(|at| elements.has(at, LINKS));
            elements.has(at, Class::ROLE.with(Class::TITLE))
                && (linked || plain || self.is_tagged() && at + 1 == self.end)
        };
        named && (open..self.end).any(office)
    }
}
