//! Whom a pronoun cannot mean, by the rules of binding (Chomsky 1981): nobody whom its own clause names below it (`He said
//! Lind would come`: not Lind), and not the subject of the verb whose object it is (`Aker left her his piano`: not Aker).

use super::name::{Gender, gender_of};
use super::resolve::{Resolver, Who};
use super::roster::{Doubt, Mention};
use crate::extract::SpeakerKind;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;

/// How many names within somebody's words are looked at.
const FAR: usize = 60;

impl Resolver<'_> {
    /// Those whom the words whose speaker `source` is name: nobody tells of himself by name. In other words than one's own, a
    /// name before the pronoun may be the same (`Lind would come if he could, he said`).
    pub(super) fn told_of(&self, source: Span) -> Vec<u32> {
        let named = |mention: &&Mention| mention.doubt < Doubt::Much && !self.is_modifier(mention);
        let own = self.words.iter().filter(|_| self.is_marked).flat_map(|words| self.roster.mentions_in(*words));
        let own = own.take(FAR).filter(named).map(|mention| mention.entity);
        own.chain(self.bound_behind(source)).collect()
    }

    /// Those whom the clause of a subject names behind it, in what it reports, too, but in no words of others there: they are others
    /// than a pronoun for its subject (`He told Lind`, `He called Lind “a fool”`, `He said Lind would come`).
    pub(super) fn bound_behind(&self, source: Span) -> Vec<u32> {
        let page = self.page;
        let here = page.token_at(source.start);
        if !page.class(here).has(Class::SUBJECT) {
            return Vec::new();
        }
        // `As she goes on to sing, Lind is the heart of the quay`: a clause that opens another binds nobody there.
        const OPENS: Class = Class::SUBORDINATOR.with(Class::QUESTION);
        let opens = here.checked_sub(1).is_some_and(|before| page.class(before).has(OPENS));
        let Some(sentence) = page.sentence_at(source.start) else { return Vec::new() };
        let comma = (here..sentence.tokens.end).find(|at| opens && page.tokens[*at as usize].kind == TokenKind::Comma);
        let limit = comma.map_or(sentence.span.end, |comma| page.tokens[comma as usize].start);
        let behind =
            |mention: &&Mention| mention.span.start > source.start && mention.span.start < limit && !mention.quoted;
        let named = |mention: &&Mention| {
            mention.doubt < Doubt::Much && !self.is_modifier(mention) && !self.tells_of_several(mention)
        };
        // `It fears that Lenn will lose its forests`: a body tells of itself by name, but does nothing to itself: `It accused Lenn of`.
        const NEAR: u32 = 3;
        let body = gender_of(page.class(here)).is_none();
        let reach = |words: &Span| page.token_at(words.start) + NEAR;
        let near = |words: Span| if body { page.span_of(page.token_at(words.start)..reach(&words)) } else { words };
        let next = self.words.iter().find(|words| words.start >= source.end).map_or(source.end, |words| words.start);
        let told = self.words.iter().filter(|_| !self.is_marked).map(|words| near(*words));
        let all = told.chain([Span::new(source.end, next.min(limit).max(source.end))]).chain(self.heard_by);
        let asked = self.met_before(source).map(|mention| mention.entity);
        let all = all
            .flat_map(|span| self.roster.mentions_in(span).take(FAR))
            .filter(behind)
            .filter(named)
            .map(|mention| mention.entity);
        all.chain(asked).collect()
    }

    /// `Interviewed by Ada Lind in May, she said`, `Speaking to Ada Lind, she said`: whom the subject at `source` met, in a participle’s
    /// phrase that begins its sentence or the one before, and that a comma closes before a pronoun.
    fn met_before(&self, source: Span) -> Option<&Mention> {
        let own = self.page.sentence_at(source.start)?.tokens.start;
        let before = own.checked_sub(1).and_then(|at| self.page.sentence_at(self.page.tokens[at as usize].start));
        self.met_in(own).or_else(|| self.met_in(before?.tokens.start))
    }

    /// Whom the subject met in the participle’s phrase that begins at `first`.
    fn met_in(&self, first: u32) -> Option<&Mention> {
        const MOST: usize = 40;
        let page = self.page;
        let ends = |ending| page.lexicon.forms.ends(page.token_text(first), ending);
        if !ends(Ending::Past) && !ends(Ending::Gerund) {
            return None;
        }
        let end = page.sentence_at(page.tokens[first as usize].start)?.tokens.end;
        let comma = (first + 1..end).take(MOST).find(|at| page.tokens[*at as usize].kind == TokenKind::Comma)?;
        let pronoun = page.class(comma + 1).has(Class::SUBJECT) && gender_of(page.class(comma + 1)).is_some();
        // `by Post political editor Ada Lind`
        let lead = |at: u32| page.tokens[at as usize].is_word() && !page.class(at).has(Class::FUNCTION);
        let met = |mention: &&Mention| {
            let own = page.token_at(mention.span.start);
            let link = (first..own).rev().find(|at| !lead(*at));
            let after = page.tokens.get(page.token_at(mention.span.end) as usize);
            let owner = after.is_some_and(|token| token.kind == TokenKind::Clitic);
            !owner && link.is_some_and(|at| page.lexicon.lists.reads(List::Meeting, page.token_text(at)))
        };
        self.roster.mentions_in(page.span_of(first..comma)).filter(met).last().filter(|_| pronoun)
    }

    /// `the Lind campaign`, `a Lind adviser`: a name that only tells of a noun behind it.
    fn is_modifier(&self, mention: &Mention) -> bool {
        let next = self.page.token_at(mention.span.end);
        let kind = self.page.tokens.get(next as usize).filter(|token| token.is_word() && !token.is_capital());
        kind.is_some()
            && self.page.class(next).has(Class::GROUP.with(Class::GROUPS).with(Class::ROLE).with(Class::ROLES))
    }

    /// `Lind associates`: whether a noun in the plural stands right behind a name.
    fn tells_of_several(&self, mention: &Mention) -> bool {
        let page = self.page;
        let next = page.token_at(mention.span.end);
        let small = page.tokens.get(next as usize).is_some_and(|token| token.is_word() && !token.is_capital());
        small
            && page.tokens[next as usize].kind == TokenKind::Word
            && !page.class(next).has(Class::FUNCTION.with(Class::CUE_VERB))
            && page.lexicon.forms.ends(page.token_text(next), Ending::ClearPlural)
    }

    /// `Aker, who died in 2011, left her his piano. “…,” she said`: whether the mention begins a sentence whose verb has a
    /// pronoun of this gender for its object.
    pub(super) fn acts_on(&self, mention: &Mention, gender: Option<Gender>) -> bool {
        const MOST: usize = 12;
        let page = self.page;
        let Some(sentence) = page.sentence_at(mention.span.start).filter(|_| mention.leads && gender.is_some()) else {
            return false;
        };
        let first = page.token_at(mention.span.end);
        let stops = |at: &u32| {
            let class = page.class(*at);
            matches!(page.tokens[*at as usize].kind, TokenKind::Mark | TokenKind::Colon | TokenKind::Semicolon)
                || class.has(Class::SUBORDINATOR.with(Class::COORDINATOR))
        };
        let clause = (first..sentence.tokens.end).take(MOST).take_while(|at| !stops(at));
        clause.into_iter().any(|at| {
            let class = page.class(at);
            class.has(Class::OBJECT) && gender_of(class) == gender && self.is_object(at) && at > first
        })
    }

    /// `We spoke to Ada Brandt. “…,” she said`: whether somebody who is no person of the story talked with the one mentioned.
    pub(super) fn is_interviewed(&self, mention: &Mention) -> bool {
        let page = self.page;
        let Some(sentence) = page.sentence_at(mention.span.start) else { return false };
        let before = sentence.tokens.start..page.token_at(mention.span.start);
        let person = |other: &Mention| {
            let entity = &self.roster.entities[other.entity as usize];
            entity.kind != SpeakerKind::Organization && self.is_human(other.entity)
        };
        let verb = before.clone().rev().take_while(|at| {
            let class = page.class(*at);
            page.tokens[*at as usize].is_capital() || class.has(Class::PREPOSITION.with(Class::TITLE).with(Class::ROLE))
        });
        let verb = verb.last().unwrap_or(before.end).checked_sub(1).filter(|at| before.contains(at));
        let talks = |at: u32| {
            let text = page.token_text(at);
            let with = at + 1 < before.end && matches!(page.token_text(at + 1), "to" | "with");
            page.lexicon.lists.has(List::Interviewing, text) || with && page.lexicon.lists.has(List::Talking, text)
        };
        verb.is_some_and(talks)
            && !self.roster.mentions_in(page.span_of(before.clone())).any(person)
            && !before.into_iter().any(|at| gender_of(page.class(at)).is_some())
    }

    /// `Aubry said Jackson came because he hoped to be seen`: whether the pronoun stands in the words of the last speaker, `who`,
    /// behind the name of another there.
    pub(super) fn is_inside_other(&self, source: Span, who: Who, near: &[Mention]) -> bool {
        let Some(said) = self.said.filter(|said| said.start <= source.start && source.end <= said.end) else {
            return false;
        };
        let last = self.last.is_some_and(|last| last.who == who);
        last && near.iter().any(|other| said.contains(other.span) && Who::Named(other.entity) != who)
    }

    /// Whether another person is named behind `mention` in its sentence, whom the pronoun may mean as well.
    pub(super) fn has_fellow(&self, mention: &Mention, near: &[Mention]) -> bool {
        let end = self.page.sentence_at(mention.span.start).map_or(mention.span.end, |sentence| sentence.span.end);
        let inside = |other: &&Mention| mention.span.end <= other.span.start && other.span.end <= end;
        near.iter().filter(inside).any(|other| {
            let entity = &self.roster.entities[other.entity as usize];
            let strange = |word: &String| {
                !self.page.lexicon.words.get(word).is_known() && word.chars().filter(|c| c.is_uppercase()).count() == 1
            };
            let named = entity.kind == SpeakerKind::Unknown
                && entity.words.len() > 1
                && entity.words.iter().all(strange)
                && !self.after_preposition(other);
            let person = entity.is_likely_person() || named;
            other.entity != mention.entity && person && !self.is_attribute(other)
        })
    }

    /// Whether the pronoun at `at` stands alone behind a verb: `left her his piano`, and not `left her house`.
    fn is_object(&self, at: u32) -> bool {
        let page = self.page;
        let before = page.class(at - 1);
        const CLOSED: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR).with(Class::SUBJECT);
        if before.has(CLOSED) || !page.tokens[at as usize - 1].is_word() {
            return false;
        }
        const BEHIND: Class =
            Class::FUNCTION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::TIME).with(Class::RELATIVE);
        !page.class(at).has(Class::POSSESSIVE)
            || page.tokens.get(at as usize + 1).is_none_or(|next| !next.is_word())
            || page.class(at + 1).has(BEHIND)
    }
}
