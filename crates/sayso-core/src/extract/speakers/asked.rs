//! Whom a pronoun or a role may mean, and what tells for each: what the choice ([`super::choice`]) weighs.

use super::name::Gender;
use super::question::{Asked, Candidate, Role};
use super::resolve::{Resolver, Verdict};
use super::roster::{Doubt, Entity, Mention};
use super::who::Who;
use crate::extract::{Confidence, SpeakerKind};
use crate::language::WordId;
use crate::language::choices::{Asks, Traits};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;

/// How many mentions are looked back over.
const FAR: usize = 60;

/// How many candidates are weighed.
const MOST: usize = 16;

/// How many sentences on the next name is looked for.
const SOON: usize = 3;

/// The trait of this name.
macro_rules! named {
    ($name:literal) => {
        const { Traits::named($name) }
    };
}

impl Resolver<'_> {
    /// Whom `source` may mean, given what the rules say.
    pub(super) fn asked(&self, source: Span, gender: Option<Gender>, role: Option<&Role>, rules: Verdict) -> Asked {
        let start = self.words.first().map_or(source.start, |words| words.start.min(source.start));
        let place = Place { source, sentence: self.sentence_of(start) };
        let mut all: Vec<Candidate> = Vec::new();
        let subject = role.is_none() && self.class_at(self.page.token_at(source.start)).has(Class::SUBJECT);
        let told = if subject { self.bound_behind(source) } else { Vec::new() };
        for mention in self.roster.before(source.start).take(FAR) {
            let who = Who::Named(mention.entity);
            let barred = match role {
                Some(role) => self.is_barred(mention.entity, role),
                None => {
                    rules.who != Some(who) && (self.may_be_several(mention.entity) || told.contains(&mention.entity))
                }
            };
            if mention.doubt == Doubt::Open || barred || !self.agrees(who, gender) {
                continue;
            }
            let at = match all.iter().position(|one| one.who == who) {
                Some(at) => at,
                None if all.len() == MOST => continue,
                None => {
                    all.push(self.candidate(who, gender));
                    all.len() - 1
                }
            };
            self.tell_mention(&mut all[at], mention, &place, gender, role);
        }
        for who in [self.last, self.previous].into_iter().flatten().map(|last| last.who).chain(rules.who) {
            let other = rules.who == Some(who) || !matches!(who, Who::Named(at) if told.contains(&at));
            let fits = match role {
                None => self.agrees(who, gender) && other,
                Some(_) => rules.who == Some(who),
            };
            if fits && all.iter().all(|one| one.who != who) {
                all.push(self.candidate(who, gender));
            }
        }
        // `“Did you know of it?” Lind asked him. “No,” he replied.`
        let asker = self.last.filter(|_| role.is_none() && self.answers_last(source)).map(|last| last.who);
        all.retain(|one| Some(one.who) != asker);
        all.retain(|one| role.is_none() || matches!(one.who, Who::Named(_)));
        for one in &mut all {
            self.tell_phrase(one, &place);
            self.tell_acting(one, &place, role);
            self.tell_speech(one, &place);
            self.tell_role(one, role);
            let ruled = rules.who == Some(one.who);
            one.traits.add(named!("ruled-high"), ruled && rules.confidence == Confidence::High);
            one.traits.add(named!("ruled-medium"), ruled && rules.confidence == Confidence::Medium);
            one.traits.add(named!("ruled-low"), ruled && rules.confidence == Confidence::Low);
            one.traits.add(named!("only-quoted"), one.last.is_none());
        }
        self.compare(&mut all, &place, gender);
        let mut none = role.map_or(named!("none"), |role| self.nobody(role, source, rules));
        none.add(named!("none-ruled"), role.is_none() && rules.who.is_none());
        let asks = if role.is_some() { Asks::Role } else { Asks::Pronoun };
        Asked { source, asks, all, none }
    }

    fn sentence_of(&self, at: u32) -> usize {
        self.page.sentences.partition_point(|sentence| sentence.span.start <= at).saturating_sub(1)
    }

    /// What one who may be meant is.
    fn candidate(&self, who: Who, gender: Option<Gender>) -> Candidate {
        let mut traits = Traits::NONE;
        match who {
            Who::Named(at) => {
                let entity = &self.roster.entities[at as usize];
                let words = &self.page.lexicon.words;
                traits.add(named!("person"), entity.kind == SpeakerKind::Person);
                traits.add(named!("first-name"), entity.likely.is_some());
                traits.add(named!("gender-told"), gender.is_some() && entity.gender == gender);
                traits.add(named!("gender-likely"), gender.is_some() && entity.likely == gender);
                traits.add(named!("gender-open"), entity.gender().is_none());
                traits.add(named!("unshown"), !self.is_human(at));
                let common = |word: &String| words.get(word).is_known();
                let shouted = |word: &String| word.len() > 1 && !word.chars().any(char::is_lowercase);
                traits.add(named!("acronym"), entity.words.iter().any(shouted));
                traits.add(named!("common-words"), entity.words.iter().any(common) && entity.likely.is_none());
            }
            Who::Unnamed(_) => traits.add(named!("unnamed"), true),
        }
        Candidate { who, traits, last: None, times: 0 }
    }

    /// Whether the text gives somebody a role that the one asked for cannot be: `the deputy mayor` is no mayor, and neither is `the
    /// director`.
    fn is_barred(&self, entity: u32, role: &Role) -> bool {
        let entity = &self.roster.entities[entity as usize];
        let people = &self.page.lexicon.people;
        let noun = people.role_of(role.noun);
        let heads = |word: WordId| people.offices.contains(word) || people.tops.contains(word);
        let other = || !entity.role_words.is_empty() && entity.role_words.iter().all(|word| heads(*word));
        match entity.role_words.contains(&noun) {
            true => !self.is_same_role(entity, role.core.start + 1..role.core.end),
            false => heads(role.noun) && other(),
        }
    }

    /// Where somebody without a name was told of last: `A nurse in Harrow wrote to us.`
    fn tell_phrase(&self, one: &mut Candidate, place: &Place) {
        let Who::Unnamed(at) = one.who else { return };
        let before = |alias: &&Span| alias.start < place.source.start && self.is_new(**alias);
        let Some(last) = self.unnamed[at as usize].aliases.iter().rev().find(before) else { return };
        one.last = Some(last.start);
        let sentence = self.page.sentences.get(self.sentence_of(last.start));
        if sentence.is_some_and(|sentence| sentence.span.start == last.start) {
            self.tell_leads(one, place, last.start);
        }
    }

    /// `Coach Otto Lind left. … The coach was calm. “…,” he said`: where the role of somebody who was named begins a sentence.
    fn tell_acting(&self, one: &mut Candidate, place: &Place, role: Option<&Role>) {
        let Some((acting, at)) = self.acting.filter(|_| role.is_none()) else { return };
        if one.who == Who::Named(acting) && one.last < Some(at) {
            one.last = Some(at);
            self.tell_leads(one, place, at);
        }
    }

    /// That the words at byte `at` which mean the candidate begin a sentence.
    fn tell_leads(&self, one: &mut Candidate, place: &Place, at: u32) {
        let away = place.sentence.saturating_sub(self.sentence_of(at));
        one.traits.add(named!("leads").with(named!("subject")), true);
        one.traits.add(named!("subject-near"), away < 2);
    }

    /// `a nurse`: whether words tell of somebody who was not told of before.
    pub(super) fn is_new(&self, phrase: Span) -> bool {
        let lists = &self.page.lexicon.lists;
        let article = self.word_at(self.page.token_at(phrase.start));
        lists.has(List::Articles, article) && !lists.has(List::ShownDeterminers, article)
    }

    /// `Danes came`: whether nothing shows that a word in the plural is a name.
    fn may_be_several(&self, entity: u32) -> bool {
        let words = &self.roster.entities[entity as usize].words;
        let plural = |word: &String| self.page.lexicon.forms.ends(word, Ending::ClearPlural);
        words.len() == 1 && words.iter().all(plural) && !self.is_human(entity)
    }

    /// What a mention tells of the candidate that it names.
    fn tell_mention(
        &self,
        one: &mut Candidate,
        mention: &Mention,
        place: &Place,
        gender: Option<Gender>,
        role: Option<&Role>,
    ) {
        let told = self.words.iter().any(|words| words.contains(mention.span));
        let bound = self.is_marked || mention.span.start > place.source.start;
        one.traits.add(named!("told"), told && bound);
        one.traits.add(named!("told-before"), told && !bound);
        one.traits.add(named!("located"), self.is_located(mention));
        if let Some(role) = role {
            self.tell_beside(one, mention, role);
        }
        one.times += 1;
        if told || mention.quoted || one.last.is_some() {
            return;
        }
        one.last = Some(mention.span.start);
        let subject = self.is_subject(mention);
        let owner = self.is_attribute(mention);
        let away = place.sentence.saturating_sub(self.sentence_of(mention.span.start));
        one.traits.add(named!("subject"), subject);
        one.traits.add(named!("subject-near"), subject && away < 2);
        one.traits.add(named!("leads"), mention.leads && !owner);
        one.traits.add(named!("behind-preposition"), self.after_preposition(mention));
        one.traits.add(named!("owner"), owner);
        one.traits.add(named!("agent"), self.is_agent(mention));
        one.traits.add(named!("modifier"), self.modifies(mention));
        one.traits.add(named!("doubt"), mention.doubt > Doubt::No);
        one.traits.add(named!("acts-on"), away < 2 && self.acts_on(mention, gender));
    }

    /// Whether the name stands before a verb as what it tells of: `Brandt, the mayor, also rebuffed`.
    fn is_subject(&self, mention: &Mention) -> bool {
        const WITHIN: u32 = 16;
        const ADVERBS: u32 = 3;
        let page = self.page;
        if self.after_preposition(mention) || self.is_attribute(mention) {
            return false;
        }
        let end = page.sentence_at(mention.span.start).map_or(0, |sentence| sentence.tokens.end);
        let mut at = page.token_at(mention.span.end);
        let verb = |at: u32| {
            // `co-wrote`
            let at = if self.kind_at(at + 1) == Some(TokenKind::Hyphen) { at + 2 } else { at };
            let text = page.token_text(at);
            let verb = page.class(at).has(Class::AUXILIARY.with(Class::CUE_VERB).with(Class::PAST));
            at < end && !page.tokens[at as usize].is_capital() && (verb || page.lexicon.forms.ends(text, Ending::Past))
        };
        if self.kind_at(at) == Some(TokenKind::Comma) {
            // `The harbour chief, Ada Brandt, said`, `Council leader Ada Brandt, said`
            if at + 1 < end && verb(at + 1) && self.heads_sentence(mention) {
                return true;
            }
            let close = (at + 1..end.min(at + WITHIN)).find(|at| self.kind_at(*at) == Some(TokenKind::Comma));
            at = close.map_or(end, |close| close + 1);
        }
        let mut verbs = (at..end.min(at + ADVERBS)).take_while(|at| page.tokens[*at as usize].is_word());
        verbs.any(verb)
    }

    /// Whether no verb and nobody else stands before a name in its sentence, but for what a preposition or an owner brings in.
    fn heads_sentence(&self, mention: &Mention) -> bool {
        const VERB: Class = Class::AUXILIARY.with(Class::CUE_VERB).with(Class::RELATIVE);
        let page = self.page;
        let Some(sentence) = page.sentence_at(mention.span.start) else { return false };
        let before = sentence.tokens.start..page.token_at(mention.span.start);
        let mut others = self.roster.mentions_in(page.span_of(before.clone()));
        let noun = |at: u32| page.class(at).has(Class::ROLE.with(Class::TITLE));
        !before.clone().any(|at| page.class(at).has(VERB) && !noun(at) && !page.tokens[at as usize].is_capital())
            && others.all(|other| self.after_preposition(other) || self.is_attribute(other))
    }

    /// `a Lane diamond ring`: whether a small noun follows right behind the name.
    fn modifies(&self, mention: &Mention) -> bool {
        const CLOSED: Class =
            Class::FUNCTION.with(Class::ADVERB).with(Class::TIME).with(Class::CUE_VERB).with(Class::PAST);
        let page = self.page;
        let next = page.token_at(mention.span.end);
        let small = page.tokens.get(next as usize).is_some_and(|token| token.is_word() && !token.is_capital());
        small
            && !page.class(next).has(CLOSED)
            && !page.lexicon.forms.ends(page.token_text(next), Ending::Past)
            && !page.lexicon.forms.ends(page.token_text(next), Ending::Adverb)
    }

    /// Whether the name stands behind `in`, `near`: a place.
    pub(super) fn is_located(&self, mention: &Mention) -> bool {
        let before = self.page.token_at(mention.span.start).checked_sub(1);
        before.is_some_and(|at| self.page.lexicon.lists.has(List::PlaceLeads, self.word_at(at)))
    }

    /// When the candidate spoke, and how far back it was named or heard.
    fn tell_speech(&self, one: &mut Candidate, place: &Place) {
        let said = self.spoken.get(&one.who);
        let is = |last: Option<super::resolve::Last>| last.is_some_and(|last| last.who == one.who);
        one.traits.add(named!("spoke-last"), is(self.last));
        one.traits.add(named!("spoke-before"), is(self.previous));
        if let Some(said) = said {
            let away = place.sentence.saturating_sub(self.sentence_of(said.at));
            one.traits.add(named!("spoke-near"), away < 3);
            one.traits.add(named!("spoke-once"), said.times == 1);
            one.traits.add(named!("spoke-often"), said.times > 2);
            one.last = one.last.max(Some(said.at));
        }
        let away = one.last.map(|last| place.sentence.saturating_sub(self.sentence_of(last)));
        let far = match away {
            Some(0) => named!("named-0"),
            Some(1) => named!("named-1"),
            Some(2) => named!("named-2"),
            Some(3..=4) => named!("named-4"),
            Some(5..=8) => named!("named-8"),
            _ => named!("named-far"),
        };
        one.traits.add(far, true);
        let times = match one.times {
            0..=1 => named!("times-1"),
            2 => named!("times-2"),
            3..=5 => named!("times-4"),
            _ => named!("times-more"),
        };
        one.traits.add(times, true);
    }

    /// What tells one candidate from the others.
    fn compare(&self, all: &mut [Candidate], place: &Place, gender: Option<Gender>) {
        let shown = |one: &Candidate| !one.traits.has(named!("unshown")) && !one.traits.has(named!("told"));
        let last = all.iter().filter(|one| shown(one)).filter_map(|one| one.last).max();
        let times = all.iter().filter(|one| shown(one)).map(|one| one.times).max();
        let near = named!("named-0").with(named!("named-1")).with(named!("named-2")).with(named!("named-4"));
        let alone = all.iter().filter(|one| shown(one) && one.traits.has(near)).count() == 1;
        let next = self.named_next(place, gender);
        let spoke = self.last.map(|last| last.at);
        let since = |one: &Candidate| one.last > spoke && shown(one);
        let disturbed = all.iter().any(|one| since(one) && self.last.is_none_or(|last| last.who != one.who));
        for one in all.iter_mut() {
            let shown = shown(one);
            one.traits.add(named!("named-last"), shown && one.last.is_some() && one.last == last);
            one.traits.add(named!("topic"), shown && Some(one.times) == times && one.times > 1);
            one.traits.add(named!("alone"), shown && alone && one.traits.has(near));
            one.traits.add(named!("named-next"), next == Some(one.who));
            one.traits.add(named!("floor"), one.traits.has(named!("spoke-last")) && !disturbed);
        }
    }

    /// Who is named next behind the words and their source, if that is soon.
    fn named_next(&self, place: &Place, gender: Option<Gender>) -> Option<Who> {
        let end = self.words.last().map_or(place.source.end, |words| words.end.max(place.source.end));
        let fits = |mention: &&Mention| !mention.quoted && self.agrees(Who::Named(mention.entity), gender);
        let next = self.roster.after(end).take(SOON * 2).find(fits)?;
        (self.sentence_of(next.span.start) <= self.sentence_of(end) + SOON).then_some(Who::Named(next.entity))
    }

    /// Whether the candidate bears the role that is asked for.
    fn tell_role(&self, one: &mut Candidate, role: Option<&Role>) {
        let (Some(role), Who::Named(at)) = (role, one.who) else { return };
        let entity: &Entity = &self.roster.entities[at as usize];
        let noun = self.page.lexicon.people.role_of(role.noun);
        let same = role.noun.is_known() && entity.role_words.contains(&noun);
        one.traits.add(named!("role-same"), same);
        one.traits.add(named!("role-none"), entity.role_words.is_empty());
        one.traits.add(named!("role-other"), !same && !entity.role_words.is_empty());
    }

    /// Whether a mention has words of the role beside it: `the SAFRI boss`, where `Brandt, chairman of SAFRI,` was named.
    fn tell_beside(&self, one: &mut Candidate, mention: &Mention, role: &Role) {
        const BEFORE: u32 = 6;
        const BEHIND: u32 = 14;
        let page = self.page;
        let Some(sentence) = page.sentence_at(mention.span.start) else { return };
        let (first, last) = (page.token_at(mention.span.start), page.token_at(mention.span.end));
        let before = first.saturating_sub(BEFORE).max(sentence.tokens.start)..first;
        let behind = last..(last + BEHIND).min(sentence.tokens.end);
        let asks = role.core.start + 1..role.core.end;
        for at in before.chain(behind) {
            let text = page.token_text(at);
            let same = |own: u32| {
                let (word, own) = (page.word(at as usize), page.word(own as usize));
                page.tokens[at as usize].is_word() && text.len() > 2 && word == own
            };
            if asks.contains(&at) || !page.tokens[at as usize].is_word() {
                continue;
            }
            let noun = role.noun.is_known() && page.word(at as usize) == role.noun;
            one.traits.add(named!("role-beside"), noun);
            let spelt = |own: u32| text.len() > 2 && page.token_text(own).eq_ignore_ascii_case(text);
            let known = |own: u32| page.word(own as usize) != WordId::NONE;
            let other = asks.clone().filter(|own| page.word(*own as usize) != role.noun);
            let mut other = other.filter(|own| !self.class_at(*own).has(Class::FUNCTION));
            one.traits
                .add(named!("word-beside"), !noun && other.any(|own| if known(own) { same(own) } else { spelt(own) }));
        }
        let age = page.tokens.get(last as usize + 1).filter(|token| token.kind == TokenKind::Number);
        let comma = page.tokens.get(last as usize).is_some_and(|token| token.kind == TokenKind::Comma);
        let years = asks.clone().next().map(|at| page.token_text(at));
        one.traits
            .add(named!("same-age"), comma && age.map(|token| token.span().of(page.text)) == years && years.is_some());
    }

    /// What tells that a role means nobody who was named.
    fn nobody(&self, role: &Role, source: Span, rules: Verdict) -> Traits {
        let people = &self.page.lexicon.people;
        let mut none = named!("none");
        let noun = role.noun;
        let again = match rules.who {
            Some(Who::Unnamed(at)) => self.unnamed[at as usize].aliases.len() > 1,
            _ => false,
        };
        let inner = role.core.start + 1..role.core.end.saturating_sub(1);
        none.add(named!("none-office"), people.offices.contains(noun));
        none.add(named!("none-voice"), people.voices.contains(noun));
        none.add(
            named!("none-generic"),
            self.page.lexicon.lists.has(List::GenericRoles, self.page.lexicon.words.text(noun)),
        );
        none.add(named!("none-modified"), !inner.is_empty());
        none.add(named!("none-capital"), inner.clone().any(|at| self.page.tokens[at as usize].is_capital()));
        none.add(named!("none-behind"), role.core.end < role.tokens.end);
        none.add(named!("none-again"), again);
        none.add(
            named!("none-age"),
            self.page.token_text(role.core.start + 1).starts_with(|c: char| c.is_ascii_digit()),
        );
        none.add(named!("none-first"), self.sentence_of(source.start) == 0);
        none
    }
}

/// Where a source stands.
struct Place {
    source: Span,
    /// The sentence in which it or its words begin.
    sentence: usize,
}
