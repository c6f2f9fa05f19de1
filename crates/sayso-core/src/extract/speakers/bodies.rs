//! Bodies under a noun (`the harbour authority`, `the company`), and those who speak for them.

use super::resolve::{Resolver, Verdict, Who};
use super::roster::{Entity, Mention};
use super::roster::{LOOK_BACK, only};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::ops::Range;

impl Resolver<'_> {
    /// `a spokesperson for the company`: under the name of the body, where that is known.
    pub(super) fn spokesperson(&mut self, head: u32, whole: &Range<u32>, place: u32) -> Option<Verdict> {
        let page = self.page;
        let span = page.span_of(whole.clone());
        let (body, how) = if head + 2 < whole.end && self.word_at(head + 1) == "for" {
            let rest = head + 2..self.clause_end(head + 2, whole.end);
            let inside = self.roster.mentions_in(page.span_of(rest.clone())).last().copied();
            // `a spokesman for Harrow council`: the body is no more than its words.
            let last = rest.end.checked_sub(1)?;
            let cut = inside.is_some_and(|mention| {
                mention.span.end <= page.tokens[last as usize].start
                    && page.tokens[last as usize].is_word()
                    && page.tokens[last as usize].case == Case::Lower
            });
            if cut {
                return None;
            }
            match inside {
                Some(mention) => (mention.entity, How::Named),
                None => {
                    let last = rest.clone().rev().find(|at| self.class_at(*at).has(Class::GROUP))?;
                    if self.word_at(rest.start) != "the" || last + 1 < rest.end {
                        return None;
                    }
                    let stretch = self.stretch_at(place);
                    (self.body(rest.start + 1..last + 1, place, stretch)?, How::Role)
                }
            }
        } else {
            // `a Silverline Ferries spokesperson`
            let before = page.span_of(whole.start..head);
            let owner = self.roster.mentions_in(before).last().copied()?;
            let beside = page.tokens[head as usize - 1].end == owner.span.end;
            (beside.then_some(owner.entity)?, How::Named)
        };
        let name = format!("spokesperson for {}", self.roster.entities[body as usize].name);
        let known = self.unnamed.len();
        let who = self.enter(name, SpeakerKind::Anonymous, page.tokens[head as usize].word, span);
        // Whoever speaks for a body is one voice, under the words that the text has first.
        if how == How::Named && self.unnamed.len() > known {
            self.unnamed[known].name = self.as_written(whole, head);
        }
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

    /// In which stretch of the text a place stands.
    pub(super) fn stretch_at(&self, place: u32) -> u32 {
        self.roster.stretches.at(self.page, self.paragraph_of(place), place)
    }

    pub(super) fn paragraph_of(&self, place: u32) -> u32 {
        self.page.paragraphs_to(place).saturating_sub(1) as u32
    }

    /// `the authority`, `the harbour authority`, `the company`, as tokens without their determiner: the body last named
    /// before byte `at` that has these nouns in its name or was called so, or the only one after it; for the widest nouns,
    /// the only body named near.
    pub(super) fn body(&self, phrase: Range<u32>, at: u32, stretch: u32) -> Option<u32> {
        let page = self.page;
        let last = phrase.end - 1;
        let noun = page.word(last as usize);
        let is_body =
            |mention: &&Mention| self.roster.entities[mention.entity as usize].kind == SpeakerKind::Organization;
        let holds = |entity: &Entity, at: u32| {
            entity.words.len() > 1 && entity.words.iter().any(|word| word.eq_ignore_ascii_case(page.token_text(at)))
        };
        // `the foreign ministry` is not the Interior Ministry; `the new ministry` may be.
        const LOOSE: Class = Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB);
        let tells =
            |at: u32| !self.class_at(at).has(LOOSE) || page.lexicon.lists.has(List::BodyAdjectives, self.word_at(at));
        let modifiers: Vec<u32> =
            (phrase.start..last).filter(|at| page.tokens[*at as usize].is_word() && tells(*at)).collect();
        let called = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            is_body(mention)
                && (holds(entity, last) && modifiers.iter().all(|at| holds(entity, *at))
                    || modifiers.is_empty() && noun.is_known() && entity.role_words.contains(&noun))
        };
        if let Some(mention) = self.roster.before(at).take(LOOK_BACK).find(called) {
            return Some(mention.entity);
        }
        // `The harbour authority said so. … of the Tessary Harbour Authority`
        if !modifiers.is_empty() {
            return only(self.roster.after(at).take(LOOK_BACK).filter(called));
        }
        if !page.lexicon.people.any_body.contains(noun) {
            return None;
        }
        // In a text without paragraphs many stand near, and none is the only one.
        let here = self.paragraph_of(at) as usize;
        let begins = page.paragraphs[here.saturating_sub(1)].span.start;
        let prints = page.lexicon.people.outlets.contains(noun);
        let wide = page.lexicon.lists.has(List::TopicBodies, page.lexicon.words.text(noun));
        let near: Vec<&Mention> = self
            .roster
            .before(at)
            .take(LOOK_BACK)
            .take_while(|mention| mention.span.start >= begins)
            .filter(|mention| {
                !mention.quoted && (is_body(mention) || mention.leads && self.may_be_body(mention.entity))
            })
            .collect();
        // An authority or a ministry is no company.
        let fits = |mention: &&&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            // `Quay ferries`, `the Harrow Gazette reports`: what a thing is of, and who tells of the story.
            if self.is_attribute(mention) || prints != self.is_outlet(mention, !prints) {
                return false;
            }
            // Neither is a town, or the agency of a dateline: `HARROW, March 2. /LNT/.`
            let agency = entity.aliases.first().is_some_and(|first| self.is_between_slashes(*first));
            !agency && self.may_trade(entity)
        };
        // `Silverline Ferries would not say why. … the company said`: who begins a sentence near goes before who
        // only stands near.
        let acting = only(near.iter().filter(fits).filter(|one| one.leads && one.stretch == stretch).copied());
        // `Quay Marine` is a body by no word of its own: it speaks for the company where it has spoken.
        let body = |at: &u32| self.roster.entities[*at as usize].kind == SpeakerKind::Organization;
        let none = !near.iter().any(is_body);
        acting
            .filter(body)
            .or_else(|| only(near.iter().filter(fits).copied()).filter(body))
            .or_else(|| self.last_unknown(none, stretch))
            .or_else(|| if wide { self.topic_before(at, &fits) } else { None })
    }

    /// `the company`: the body that the text is about, where it has been named before byte `at` and no other body that may be meant
    /// has begun a sentence since.
    fn topic_before(&self, at: u32, fits: &impl Fn(&&&Mention) -> bool) -> Option<u32> {
        let topic = (*self.topic.get_or_init(|| self.topic()))?;
        let acts = |mention: &&Mention| {
            !mention.quoted && mention.leads && self.may_be_called(mention.entity) && fits(&mention)
        };
        let last = self.roster.before(at).take(LOOK_BACK).find(|one| one.entity == topic || acts(one))?;
        (last.entity == topic).then_some(topic)
    }

    /// `the Company`, with the capital of a defined term: the body that the text is about, where it has been named before byte `at`; else
    /// the one that spoke last, where it is the body that a small letter would mean.
    pub(super) fn issuer_called(&self, phrase: Range<u32>, at: u32, stretch: u32) -> Option<u32> {
        // `Quay (QMI) opens a yard`: the headline may begin with less than the whole name.
        let heads = |topic: &u32| {
            let words = &self.roster.entities[*topic as usize].words;
            self.begins_headline(words.get(..1).unwrap_or_default())
        };
        if let Some(topic) = self.topic.get_or_init(|| self.topic()).filter(heads) {
            return self.roster.before(at).any(|mention| mention.entity == topic).then_some(topic);
        }
        let last = self.last.map(|last| last.who);
        self.body(phrase.start + 1..phrase.end, at, stretch).filter(|body| last == Some(Who::Named(*body)))
    }

    /// The body that a text is about: its headline begins with the name, and the text has it twice; or its headline or the beginning of
    /// its first sentence names it, and the text names it three times and twice as often as any other.
    fn topic(&self) -> Option<u32> {
        const LEAST: u32 = 3;
        let mut counts = vec![0_u32; self.roster.entities.len()];
        for mention in self.roster.mentions.iter().filter(|mention| !mention.quoted && !self.is_outlet(mention, false))
        {
            counts[mention.entity as usize] += 1;
        }
        // `in Nenagh`: a place is no body, and a name of many words that nothing tells of may be anybody's.
        const FEW: usize = 2;
        let located = |at: u32| self.roster.mentions.iter().any(|one| one.entity == at && self.is_located(one));
        let open = |at: usize| self.may_be_body(at as u32) && self.roster.entities[at].words.len() <= FEW;
        let body = |at: &usize| {
            let entity = &self.roster.entities[*at];
            (entity.kind == SpeakerKind::Organization || open(*at)) && self.may_trade(entity)
        };
        // `Quay Marine Opens Yard`: who begins the headline, in news only where something shows that it is a body.
        let end = self.page.text.len() as u32;
        let headed = |at: &usize| {
            let entity = &self.roster.entities[*at];
            counts[*at] > 1
                && self.may_be_called(*at as u32)
                && self.may_trade(entity)
                && self.begins_headline(&entity.words)
                && (self.origin.outlet.is_none() || self.shows_body(*at as u32, end))
        };
        let longest = (0..counts.len()).filter(headed).max_by_key(|at| self.roster.entities[*at].words.len());
        if let Some(at) = longest.filter(|at| !located(*at as u32)) {
            return Some(at as u32);
        }
        let top = (0..counts.len()).filter(body).max_by_key(|at| counts[*at])?;
        let next = (0..counts.len()).filter(|at| *at != top).filter(body).map(|at| counts[at]).max().unwrap_or(0);
        let first = self.roster.mentions.iter().find(|mention| mention.entity == top as u32)?;
        let opens = first.leads && first.stretch == self.roster.mentions.first()?.stretch;
        let heads = self.roster.entities[top].words.iter().all(|word| self.in_headline(word));
        (counts[top] >= LEAST && counts[top] >= 2 * next && (heads || opens) && !located(top as u32))
            .then_some(top as u32)
    }

    /// Whether a body may be a company: no country or town, and no authority or ministry by its name.
    pub(super) fn may_trade(&self, entity: &Entity) -> bool {
        let (people, words) = (&self.page.lexicon.people, &self.page.lexicon.words);
        let public = |word: &String| people.public.contains(words.get(word));
        !entity.state && !people.is_state(&entity.words) && !entity.words.iter().any(public)
    }

    /// Whether a name ends as those of newspapers do; where `reporting` is asked for, beside a cue: `the Harrow Gazette reported`,
    /// `told the Harrow Gazette`.
    pub(super) fn is_outlet(&self, mention: &Mention, reporting: bool) -> bool {
        let words = &self.roster.entities[mention.entity as usize].words;
        let lists = &self.page.lexicon.lists;
        let outlet = words.len() > 1 && words.last().is_some_and(|last| lists.has(List::NewspaperNames, last));
        let before = self.page.token_at(mention.span.start).checked_sub(1);
        let article = before.is_some_and(|at| self.class_at(at).has(Class::DETERMINER));
        let told = before
            .and_then(|at| at.checked_sub(u32::from(article)))
            .is_some_and(|at| self.class_at(at).has(Class::CUE_VERB.with(Class::PREPOSITION)));
        outlet && (!reporting || told || self.reports(mention))
    }

    pub(super) fn is_between_slashes(&self, name: Span) -> bool {
        let text = self.page.text;
        text.get(..name.start as usize).is_some_and(|before| before.ends_with('/'))
            && text.get(name.end as usize..).is_some_and(|behind| behind.starts_with('/'))
    }

    /// Whether one who is named is a body, or may be one.
    pub(super) fn may_be_called(&self, at: u32) -> bool {
        self.roster.entities[at as usize].kind == SpeakerKind::Organization || self.may_be_body(at)
    }

    /// Whether nothing tells a body from a person: no title, no first name, no pronoun.
    fn may_be_body(&self, at: u32) -> bool {
        let entity = &self.roster.entities[at as usize];
        let people = &self.page.lexicon.people;
        let first = |word: &String| people.first_name(word).is_some();
        let called = entity.words.iter().rev().skip(1).any(first);
        entity.kind == SpeakerKind::Unknown && entity.gender().is_none() && entity.role_words.is_empty() && !called
    }

    /// `Quay Marine said it was sorry. … the company said`: who spoke last, where no other body is near (`alone`) and nothing
    /// shows a person.
    fn last_unknown(&self, alone: bool, stretch: u32) -> Option<u32> {
        let last = self.last.filter(|last| alone && last.stretch + 1 >= stretch)?;
        let Who::Named(at) = last.who else { return None };
        self.may_be_body(at).then_some(at)
    }
}
