//! Sources without a name of their own: a role, a body, a document, a group, somebody's kin.

use super::names::{Gender, gender_of};
use super::resolve::{Resolver, Unnamed, Verdict, Who};
use super::roster::Mention;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::lexicon::WordId;
use crate::lexicon::grammar::Class;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// How many mentions, unnamed speakers and titled documents are looked back over.
const FAR: usize = 100;

impl Resolver<'_> {
    fn class_at(&self, at: u32) -> Class {
        self.page.lexicon.grammar.class(self.page.tokens[at as usize].word)
    }

    fn word_at(&self, at: u32) -> &'static str {
        self.page.lexicon.words.text(self.page.tokens[at as usize].word)
    }

    /// A role, a body, a document, or words in a headline.
    pub(super) fn described(&mut self, core: Range<u32>, whole: Range<u32>, paragraph: u32) -> Verdict {
        let page = self.page;
        let nouns = Class::ROLE
            .with(Class::ROLES)
            .with(Class::GROUP)
            .with(Class::GROUPS)
            .with(Class::DOCUMENT)
            .with(Class::DOCUMENTS)
            .with(Class::UNNAMED);
        let capitals: Vec<&str> = core
            .clone()
            .filter(|at| {
                page.tokens[*at as usize].is_capital() && !self.class_at(*at).has(Class::DETERMINER.with(Class::TITLE))
            })
            .map(|at| page.token_text(at))
            .collect();
        if !capitals.is_empty()
            && let Some(at) = self.roster.look_up(&capitals)
        {
            let name = &self.roster.entities[at as usize];
            let how = if name.words == capitals { How::Named } else { How::Alias };
            return known(at, how, QuoteReason::NameForm);
        }
        let head = core.clone().rev().find(|at| self.class_at(*at).has(nouns));
        let Some(head) = head else {
            let kind = if capitals.is_empty() { SpeakerKind::Group } else { SpeakerKind::Unknown };
            return self.unnamed(whole, core.start, kind);
        };
        let class = self.class_at(head);
        if self.class_at(core.start).has(Class::POSSESSIVE)
            && core.start < head
            && let Some(verdict) = self.owned(&core, head, paragraph)
        {
            return verdict;
        }
        let definite = matches!(self.word_at(core.start), "the" | "this" | "that")
            || self.class_at(core.start).has(Class::POSSESSIVE);
        let alone = whole.end == core.end;
        let place = page.tokens[core.start as usize].start;
        if class.has(Class::ROLE) && !class.has(Class::GROUP) {
            let noun = page.tokens[head as usize].word;
            if definite
                && alone
                && let Some(at) = self.role_holder(noun, place)
            {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            if definite
                && alone
                && page.lexicon.people.offices.contains(noun)
                && let Some(at) = self.only_person(place)
            {
                return Verdict { confidence: Confidence::Low, ..known(at, How::Role, QuoteReason::RoleHolder) };
            }
            if page.lexicon.people.voices.contains(noun)
                && let Some(verdict) = self.spokesperson(head, &whole, place)
            {
                return verdict;
            }
            return self.unnamed(whole, head, SpeakerKind::Anonymous);
        }
        if class.has(Class::DOCUMENT.with(Class::DOCUMENTS)) && !class.has(Class::GROUP) {
            return self.document(whole, head, paragraph);
        }
        if class.has(Class::GROUP) {
            if (definite || page.tokens[core.start as usize].is_capital())
                && alone
                && let Some(at) = self.body(page.tokens[head as usize].word, page.token_text(head), place, paragraph)
            {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            return self.unnamed(whole, head, SpeakerKind::Organization);
        }
        self.unnamed(whole, head, SpeakerKind::Group)
    }

    /// `my uncle`, `his campaign`: under the owner's name, where the pronoun's owner is known.
    fn owned(&mut self, core: &Range<u32>, head: u32, paragraph: u32) -> Option<Verdict> {
        let page = self.page;
        let pronoun = page.tokens[core.start as usize].span();
        let class = self.class_at(core.start);
        if !self.class_at(head).has(Class::ROLE.with(Class::GROUP)) {
            return None;
        }
        let who = match class.has(Class::FIRST) {
            true if self.word_at(core.start) == "my" => self.voice.or_else(|| self.narrator()),
            true => None,
            false => self.pronoun(pronoun, class, paragraph).who,
        }?;
        let Who::Named(owner) = who else { return None };
        let owner = self.roster.entities[owner as usize].name.clone();
        let loose = Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB);
        let first = (core.start + 1..head).find(|at| !self.class_at(*at).has(loose)).unwrap_or(head);
        let noun = page.span_of(first..head + 1).of(page.text);
        let kind =
            if self.class_at(head).has(Class::ROLE) { SpeakerKind::Anonymous } else { SpeakerKind::Organization };
        let span = page.span_of(core.clone());
        let who = self.enter(format!("{owner}’s {noun}"), kind, page.tokens[head as usize].word, span);
        let reason = Some(QuoteReason::PronounRecency);
        Some(Verdict { who: Some(who), how: How::Role, confidence: Confidence::Medium, reason })
    }

    /// `a spokesperson for the company`: under the name of the body, where that is known.
    fn spokesperson(&mut self, head: u32, whole: &Range<u32>, place: u32) -> Option<Verdict> {
        let page = self.page;
        let span = page.span_of(whole.clone());
        let (body, how) = if head + 2 < whole.end && self.word_at(head + 1) == "for" {
            let rest = head + 2..self.clause_end(head + 2, whole.end);
            let inside = self.roster.mentions_in(page.span_of(rest.clone())).last().copied();
            match inside {
                Some(mention) => (mention.entity, How::Named),
                None => {
                    let last = rest.clone().rev().find(|at| self.class_at(*at).has(Class::GROUP))?;
                    if self.word_at(rest.start) != "the" || last + 1 < rest.end {
                        return None;
                    }
                    let paragraph = self.paragraph_of(place);
                    (self.body(page.tokens[last as usize].word, page.token_text(last), place, paragraph)?, How::Role)
                }
            }
        } else {
            return None;
        };
        let name = format!("spokesperson for {}", self.roster.entities[body as usize].name);
        let who = self.enter(name, SpeakerKind::Anonymous, page.tokens[head as usize].word, span);
        let confidence = if how == How::Named { Confidence::High } else { Confidence::Medium };
        let reason = (how == How::Role).then_some(QuoteReason::RoleHolder);
        Some(Verdict { who: Some(who), how: How::Named, confidence, reason })
    }

    /// Where the phrase at `first` ends: at a comma or relative pronoun.
    fn clause_end(&self, first: u32, end: u32) -> u32 {
        let stops = |at: &u32| {
            self.page.tokens[*at as usize].kind == TokenKind::Comma || self.class_at(*at).has(Class::RELATIVE)
        };
        (first..end).find(stops).unwrap_or(end)
    }

    fn paragraph_of(&self, place: u32) -> u32 {
        self.page.paragraphs.partition_point(|paragraph| paragraph.span.start <= place).saturating_sub(1) as u32
    }

    /// The person last named before byte `at` who was given the role anywhere in the document.
    fn role_holder(&self, role: WordId, at: u32) -> Option<u32> {
        let has = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization && entity.role_words.contains(&role)
        };
        self.roster.before(at).take(60).find(has).map(|mention| mention.entity)
    }

    /// The only person who has begun a sentence or has a title before byte `at`, if no role was given to that person.
    pub(super) fn only_person(&self, at: u32) -> Option<u32> {
        let mut acting = self.roster.before(at).take(FAR).filter(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            !mention.quoted
                && match entity.kind {
                    SpeakerKind::Person => true,
                    SpeakerKind::Unknown => mention.leads && (entity.words.len() > 1 || entity.gender.is_some()),
                    _ => false,
                }
        });
        let one = acting.next()?.entity;
        let free = self.roster.entities[one as usize].role_words.is_empty();
        (free && acting.all(|mention| mention.entity == one)).then_some(one)
    }

    /// `the authority`, `the Service`, `the company`: the body last named before byte `at` that has the noun in its name or
    /// was called so; for the widest nouns, the only body named near.
    fn body(&self, noun: WordId, text: &str, at: u32, paragraph: u32) -> Option<u32> {
        let is_body =
            |mention: &Mention| self.roster.entities[mention.entity as usize].kind == SpeakerKind::Organization;
        let called = self.roster.before(at).take(FAR).find(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            is_body(mention)
                && (entity.words.len() > 1 && entity.words.iter().any(|word| word.eq_ignore_ascii_case(text))
                    || noun.is_known() && entity.role_words.contains(&noun))
        });
        if let Some(mention) = called {
            return Some(mention.entity);
        }
        if !self.page.lexicon.people.any_body.contains(noun) {
            return None;
        }
        let mut near = self
            .roster
            .before(at)
            .take(FAR)
            .take_while(|mention| mention.paragraph + 2 > paragraph)
            .filter(|mention| !mention.quoted && is_body(mention));
        let one = near.next()?.entity;
        near.all(|mention| mention.entity == one).then_some(one)
    }

    /// A text or picture: under the name that the document gives it anywhere (`the Mic video` for `the video`).
    fn document(&mut self, whole: Range<u32>, head: u32, paragraph: u32) -> Verdict {
        let page = self.page;
        let noun = page.tokens[head as usize].word;
        let definite = matches!(self.word_at(whole.start), "the" | "this" | "that" | "it" | "its");
        let same = |other: WordId| page.lexicon.people.same_medium(noun, other);
        let span = page.span_of(whole.clone());
        if definite {
            // `the statement`: the body that spoke just before.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let Some(last) = self.last.filter(|last| last.paragraph + 3 > paragraph)
                && self.kind(last.who) == SpeakerKind::Organization
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(last.who), how: How::Role, confidence: Confidence::Medium, reason };
            }
            if let Some(at) =
                self.unnamed.iter().rev().take(FAR).position(|one| one.kind == SpeakerKind::Document && same(one.noun))
            {
                let at = self.unnamed.len() - 1 - at;
                self.unnamed[at].aliases.push(span);
                let who = Some(Who::Unnamed(at as u32));
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who, how: How::Role, confidence: Confidence::Medium, reason };
            }
            let split = self.titled.partition_point(|(_, place)| place.start < span.start);
            let before = self.titled[..split].iter().rev().take(FAR).find(|(other, _)| same(*other));
            let titled = before.or_else(|| self.titled[split..].iter().take(FAR).find(|(other, _)| same(*other)));
            if let Some((_, place)) = titled.copied() {
                let mut verdict = self.unnamed(whole, head, SpeakerKind::Document);
                if let Some(Who::Unnamed(at)) = verdict.who {
                    self.unnamed[at as usize].name = place.of(page.text).to_owned();
                }
                verdict.confidence = Confidence::Medium;
                return verdict;
            }
        }
        self.unnamed(whole, head, SpeakerKind::Document)
    }

    /// A speaker known by these words alone, up to their first comma; the same words mean the same speaker.
    fn unnamed(&mut self, whole: Range<u32>, head: u32, kind: SpeakerKind) -> Verdict {
        let page = self.page;
        let first = whole.start;
        let article = matches!(self.word_at(first), "the" | "a" | "an");
        let span = page.span_of(whole.clone());
        let end = (head + 1..whole.end).find(|at| page.tokens[*at as usize].kind == TokenKind::Comma);
        let named = page.span_of(first + u32::from(article && whole.len() > 1)..end.unwrap_or(whole.end));
        let name = named.of(page.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let who = self.enter(name, kind, page.tokens[head as usize].word, span);
        Verdict { who: Some(who), how: How::Named, confidence: Confidence::High, reason: None }
    }

    /// The unnamed speaker of this name; made where there is none.
    pub(super) fn enter(&mut self, name: String, kind: SpeakerKind, noun: WordId, span: Span) -> Who {
        let next = self.unnamed.len() as u32;
        let at = *self.by_name.entry(name.to_lowercase()).or_insert(next);
        if at == next {
            self.unnamed.push(Unnamed { name, kind, noun, aliases: Vec::new() });
        }
        self.unnamed[at as usize].aliases.push(span);
        Who::Unnamed(at)
    }

    /// `A nurse in Marrowby` at the beginning of a sentence: an unnamed person who acts.
    pub(super) fn role_phrase(&mut self, first: u32, end: u32, gender: Option<Gender>) -> Option<Who> {
        const MOST: u32 = 5;
        let page = self.page;
        if !self.class_at(first).has(Class::DETERMINER) || !matches!(self.word_at(first), "a" | "an" | "the" | "one") {
            return None;
        }
        let head = (first + 1..end.min(first + MOST))
            .take_while(|at| page.tokens[*at as usize].is_word())
            .find(|at| self.class_at(*at).has(Class::ROLE) && page.tokens[*at as usize].case == Case::Lower)?;
        let noun = self.class_at(head);
        if gender_of(noun).is_some_and(|other| Some(other) != gender) {
            return None;
        }
        // A name or comma after it says who that is; `’s` makes it an owner.
        let next = page.tokens.get(head as usize + 1)?;
        if next.is_capital() || !next.is_word() {
            return None;
        }
        let mut last = head + 1;
        if self.class_at(last).has(Class::PREPOSITION)
            && page.tokens.get(last as usize + 1).is_some_and(|t| t.is_capital())
        {
            last += 1;
            while last < end && page.tokens[last as usize].is_capital() {
                last += 1;
            }
        }
        if self.word_at(first) == "the" {
            let place = page.tokens[first as usize].start;
            if let Some(at) = self.role_holder(page.tokens[head as usize].word, place) {
                return Some(Who::Named(at));
            }
        }
        let span = page.span_of(first..last);
        let name = page.span_of(first + 1..last).of(page.text).to_owned();
        Some(self.enter(name, SpeakerKind::Anonymous, page.tokens[head as usize].word, span))
    }
}

fn known(at: u32, how: How, reason: QuoteReason) -> Verdict {
    Verdict { who: Some(Who::Named(at)), how, confidence: Confidence::Medium, reason: Some(reason) }
}

/// Nouns for documents with a name before them, outside headlines: `the Mic video`.
pub(super) fn titled(page: &Page) -> Vec<(WordId, Span)> {
    use crate::document::RegionKind::{Body, Caption, Subhead};
    let mut out = Vec::new();
    for paragraph in page.paragraphs.iter().filter(|paragraph| matches!(paragraph.region, Body | Caption | Subhead)) {
        for at in paragraph.tokens.start + 1..paragraph.tokens.end {
            let token = page.tokens[at as usize];
            if token.case != Case::Lower || !page.lexicon.grammar.class(token.word).has(Class::DOCUMENT) {
                continue;
            }
            let mut first = at;
            while first > paragraph.tokens.start && at - first < 5 {
                let before = page.tokens[first as usize - 1];
                let closed = page
                    .lexicon
                    .grammar
                    .class(before.word)
                    .has(Class::DETERMINER.with(Class::PREPOSITION).with(Class::POSSESSIVE));
                if !before.is_capital() || closed || before.kind != TokenKind::Word {
                    break;
                }
                first -= 1;
            }
            if first < at {
                out.push((token.word, page.span_of(first..at + 1)));
            }
        }
    }
    out
}
