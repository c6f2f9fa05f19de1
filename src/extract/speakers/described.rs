//! Sources without a name of their own: a role, a body, a document, a group, somebody's kin.

use super::names::{Gender, gender_of};
use super::resolve::{Resolver, Unnamed, Verdict, Who};
use super::roster::{Entity, Mention, Roster};
use crate::document::RegionKind;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::lexicon::WordId;
use crate::lexicon::grammar::Class;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// How many mentions, unnamed speakers and titled documents are looked back over.
const FAR: usize = 100;

/// How many paragraphs below a body's words `the statement` is still its own.
const FAR_BELOW: u32 = 12;

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
        // `Brandt’s lawyer` is not Brandt.
        let clitic = core.clone().position(|at| page.tokens[at as usize].kind == TokenKind::Clitic);
        let owned = clitic.is_some_and(|at| at + 1 < core.len());
        let head = core.clone().rev().find(|at| self.class_at(*at).has(nouns)).map(|at| self.compound(core.start, at));
        if !capitals.is_empty()
            && !owned
            && let Some(at) = self.roster.look_up(&capitals)
            && self.is_called(at, &core, head)
        {
            let name = &self.roster.entities[at as usize];
            let how = if name.words == capitals { How::Named } else { How::Alias };
            return known(at, how, QuoteReason::NameForm);
        }
        if let Some(verdict) = self.tied(&whole, paragraph) {
            return verdict;
        }
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
            let heads =
                matches!(page.paragraphs[paragraph as usize].region, RegionKind::Headline | RegionKind::Subhead);
            if (definite || heads && core.len() == 1)
                && alone
                && let Some(at) = self.role_holder(core.start + u32::from(definite)..head + 1, place)
            {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            if definite
                && alone
                && page.lexicon.people.offices.contains(noun)
                && let Some(at) = self.only_person(place)
            {
                // Who was the minister once is so again.
                self.roster.entities[at as usize].role_words.push(noun);
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
                && let Some(at) = self.body(core.start + u32::from(definite)..head + 1, place, paragraph)
            {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            let crowd = page.lexicon.people.crowds.contains(page.word(head as usize));
            return self.unnamed(whole, head, if crowd { SpeakerKind::Group } else { SpeakerKind::Organization });
        }
        self.unnamed(whole, head, SpeakerKind::Group)
    }

    /// `brother-in-law`: the first word of a compound of role is its head.
    fn compound(&self, floor: u32, head: u32) -> u32 {
        let mut first = head;
        while first >= floor + 2 && self.page.tokens[first as usize - 1].kind == TokenKind::Hyphen {
            first -= 2;
        }
        if self.class_at(first).has(Class::ROLE) { first } else { head }
    }

    /// Whether a phrase with the name of `at` in it means `at` itself: `the Lantern magazine`, but not `the Brandt campaign`
    /// or `a Brandt adviser`.
    fn is_called(&mut self, at: u32, core: &Range<u32>, head: Option<u32>) -> bool {
        let page = self.page;
        let last = page.tokens[core.end as usize - 1];
        if last.is_capital() || !last.is_word() {
            return true;
        }
        let entity = &mut self.roster.entities[at as usize];
        let body = head.is_some_and(|head| page.lexicon.grammar.class(page.word(head as usize)).has(Class::GROUP));
        if entity.kind != SpeakerKind::Organization || !body {
            return false;
        }
        // `the Reform party`: its name in full.
        if page.token_text(core.end - 1) == "party" && entity.words.len() == 1 {
            entity.name = format!("{} party", entity.words[0]);
        }
        true
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
            // `Brandt quoted his mother: “‘…’”`
            false if self.is_nested && !self.nested_in.contains(pronoun) => self.voice,
            false => self.pronoun(pronoun, class, paragraph).who,
        }?;
        let Who::Named(owner) = who else { return None };
        let owner = self.roster.entities[owner as usize].name.clone();
        let loose = Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB);
        let first = (core.start + 1..head).find(|at| !self.class_at(*at).has(loose)).unwrap_or(head);
        // `my brother-in-law`
        let mut last = head;
        while last + 2 < core.end && page.tokens[last as usize + 1].kind == TokenKind::Hyphen {
            last += 2;
        }
        let noun = page.span_of(first..last + 1).of(page.text);
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
                    (self.body(rest.start + 1..last + 1, place, paragraph)?, How::Role)
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

    /// `the mayor`, as tokens without their determiner: the person last named before byte `at` who was given the role
    /// anywhere in the document, or the only one after it.
    fn role_holder(&self, phrase: Range<u32>, at: u32) -> Option<u32> {
        let role = self.page.word(phrase.end as usize - 1);
        let has = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization
                && entity.role_words.contains(&role)
                && self.is_same_role(entity, phrase.clone())
        };
        let before = self.roster.before(at).take(60).find(has).map(|mention| mention.entity);
        before.or_else(|| only(self.roster.after(at).take(FAR).filter(has)))
    }

    /// Whether the words before a role's noun can be said of one with that role: `the deputy mayor` is no mayor, and `the
    /// health minister` no finance minister.
    fn is_same_role(&self, entity: &Entity, phrase: Range<u32>) -> bool {
        let page = self.page;
        let own = entity.role.map_or("", |role| role.of(page.text)).to_lowercase();
        let nouns = own.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        (phrase.start..phrase.end - 1).filter(|at| page.tokens[*at as usize].is_word()).all(|at| {
            let text = page.token_text(at).to_lowercase();
            if own.contains(&text) {
                return true;
            }
            let loose = self.class_at(at).has(Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB));
            !page.lexicon.people.lesser.contains(page.word(at as usize))
                && (nouns < 2 || loose || text.ends_with("ed") || text.ends_with("ing"))
        })
    }

    /// `Friends describe him as careful`: whose friends, where a pronoun right behind tells it.
    fn tied(&mut self, whole: &Range<u32>, paragraph: u32) -> Option<Verdict> {
        const MOST: u32 = 3;
        let page = self.page;
        let noun = page.word(whole.start as usize);
        if whole.len() != 1 || !page.lexicon.people.ties.contains(noun) || !self.class_at(whole.start).has(Class::ROLES)
        {
            return None;
        }
        let limit = (whole.end + MOST).min(page.tokens.len() as u32);
        let object = (whole.end..limit)
            .find(|at| self.class_at(*at).has(Class::OBJECT) && gender_of(self.class_at(*at)).is_some())?;
        let pronoun = page.tokens[object as usize].span();
        let Who::Named(owner) = self.pronoun(pronoun, self.class_at(object), paragraph).who? else { return None };
        let owner = &self.roster.entities[owner as usize].name;
        let name = format!("{} of {owner}", page.token_text(whole.start).to_lowercase());
        let who = self.enter(name, SpeakerKind::Group, noun, page.span_of(whole.clone()));
        let reason = Some(QuoteReason::PronounRecency);
        Some(Verdict { who: Some(who), how: How::Role, confidence: Confidence::Medium, reason })
    }

    /// `one said`, `another of them said`: one of the group that spoke last; `One of them, a retired nurse, said`: a nurse.
    pub(super) fn member(&mut self, tokens: Range<u32>, paragraph: u32) -> Option<Verdict> {
        let page = self.page;
        if !matches!(self.word_at(tokens.start), "one" | "another" | "others") {
            return None;
        }
        let text = |at: u32| page.token_text(at);
        let all =
            tokens.len() >= 3 && text(tokens.start + 1) == "of" && matches!(text(tokens.start + 2), "them" | "those");
        let end = tokens.start + if all { 3 } else { 1 };
        let apposition = end + 1;
        if apposition < tokens.end
            && page.tokens[end as usize].kind == TokenKind::Comma
            && matches!(self.word_at(apposition), "a" | "an")
        {
            let core = self.core(apposition..tokens.end);
            let head = core.clone().rev().find(|at| self.class_at(*at).has(Class::ROLE))?;
            return Some(self.unnamed(core, head, SpeakerKind::Anonymous));
        }
        if end < tokens.end || self.word_at(tokens.start) == "others" {
            return None;
        }
        let last =
            self.last.filter(|last| last.paragraph + 1 >= paragraph && self.kind(last.who) == SpeakerKind::Group)?;
        let Who::Unnamed(at) = last.who else { return None };
        let group = &self.unnamed[at as usize];
        let noun = page.lexicon.people.singular(group.noun)?;
        let rest = group.name.strip_prefix(page.lexicon.words.text(group.noun)).or_else(|| {
            let first = group.name.split(' ').next()?;
            first.eq_ignore_ascii_case(page.lexicon.words.text(group.noun)).then(|| &group.name[first.len()..])
        })?;
        let name = format!("{}{rest}", page.lexicon.words.text(noun));
        let who = self.enter(name, SpeakerKind::Anonymous, noun, page.span_of(tokens));
        let reason = Some(QuoteReason::PronounRecency);
        Some(Verdict { who: Some(who), how: How::Role, confidence: Confidence::Medium, reason })
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

    /// `the authority`, `the harbour authority`, `the company`, as tokens without their determiner: the body last named
    /// before byte `at` that has these nouns in its name or was called so, or the only one after it; for the widest nouns,
    /// the only body named near.
    fn body(&self, phrase: Range<u32>, at: u32, paragraph: u32) -> Option<u32> {
        let page = self.page;
        let last = phrase.end - 1;
        let noun = page.word(last as usize);
        let is_body =
            |mention: &&Mention| self.roster.entities[mention.entity as usize].kind == SpeakerKind::Organization;
        let holds = |entity: &Entity, at: u32| {
            entity.words.len() > 1 && entity.words.iter().any(|word| word.eq_ignore_ascii_case(page.token_text(at)))
        };
        let loose = Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB);
        let told: Vec<u32> = (phrase.start..last)
            .filter(|at| page.tokens[*at as usize].is_word() && !self.class_at(*at).has(loose))
            .collect();
        let called = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            is_body(mention)
                && (holds(entity, last) && told.iter().all(|at| holds(entity, *at))
                    || told.is_empty() && noun.is_known() && entity.role_words.contains(&noun))
        };
        if let Some(mention) = self.roster.before(at).take(FAR).find(called) {
            return Some(mention.entity);
        }
        // `The harbour authority said so. … of the Tessary Harbour Authority`
        if !told.is_empty() {
            return only(self.roster.after(at).take(FAR).filter(called));
        }
        if !page.lexicon.people.any_body.contains(noun) {
            return None;
        }
        let near: Vec<&Mention> = self
            .roster
            .before(at)
            .take(FAR)
            .take_while(|mention| mention.paragraph + 2 > paragraph)
            .filter(|mention| !mention.quoted && is_body(mention))
            .collect();
        // An authority or a ministry is no company.
        let fits = |mention: &&&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.words.iter().all(|word| !page.lexicon.people.public.contains(page.lexicon.words.get(word)))
        };
        only(near.iter().filter(fits).copied())
    }

    /// A text or picture: under the name that the document gives it anywhere (`the Mic video` for `the video`).
    fn document(&mut self, whole: Range<u32>, head: u32, paragraph: u32) -> Verdict {
        let page = self.page;
        let noun = page.tokens[head as usize].word;
        // `the Governor’s decision` says by itself whose it is.
        let owned = whole.clone().any(|at| page.tokens[at as usize].kind == TokenKind::Clitic);
        let definite = !owned && matches!(self.word_at(whole.start), "the" | "this" | "that" | "it" | "its");
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
            // `the statement`, far below: the only body that has spoken.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let [only] = self.bodies[..]
                && only.paragraph + FAR_BELOW > paragraph
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(only.who), how: How::Role, confidence: Confidence::Medium, reason };
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
            let all = self.titled.get_or_init(|| titled(page, &self.roster));
            let split = all.partition_point(|one| one.at < span.start);
            let before = all[..split].iter().rev().take(FAR).find(|one| same(one.noun));
            let titled = before.or_else(|| all[split..].iter().take(FAR).find(|one| same(one.noun)));
            if let Some(name) = titled.map(|one| one.name.clone()) {
                let mut verdict = self.unnamed(whole, head, SpeakerKind::Document);
                if let Some(Who::Unnamed(at)) = verdict.who {
                    self.unnamed[at as usize].name = name;
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
        let clause = next.kind == TokenKind::Comma && self.class_at(head + 2).has(Class::RELATIVE);
        if next.is_capital() || !next.is_word() && !clause {
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
            if let Some(at) = self.role_holder(first + 1..head + 1, place) {
                return Some(Who::Named(at));
            }
        }
        let span = page.span_of(first..last);
        let name = page.span_of(first + 1..last).of(page.text).to_owned();
        Some(self.enter(name, SpeakerKind::Anonymous, page.tokens[head as usize].word, span))
    }
}

/// The one whom all of these name.
fn only<'m>(mut mentions: impl Iterator<Item = &'m Mention>) -> Option<u32> {
    let one = mentions.next()?.entity;
    mentions.all(|mention| mention.entity == one).then_some(one)
}

fn known(at: u32, how: How, reason: QuoteReason) -> Verdict {
    Verdict { who: Some(Who::Named(at)), how, confidence: Confidence::Medium, reason: Some(reason) }
}

/// A document with the name of its maker.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    /// The noun for it.
    noun: WordId,
    /// Where it stands.
    at: u32,
    /// The maker with the noun.
    name: String,
}

/// Nouns for documents with a name beside them, outside headlines: `the Mic video`, `Mic’s video`, `a video made by the
/// magazine Mic`.
fn titled(page: &Page, roster: &Roster) -> Vec<Titled> {
    use RegionKind::{Body, Caption, Subhead};
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
            let noun = token.word;
            if first < at {
                out.push(Titled { noun, at: token.start, name: page.span_of(first..at + 1).of(page.text).to_owned() });
            } else if let Some(maker) = maker(page, roster, at, paragraph.tokens.clone()) {
                let name = format!("{} {}", roster.entities[maker as usize].name, page.token_text(at));
                out.push(Titled { noun, at: token.start, name });
            }
        }
    }
    out
}

/// The body whose document the noun at `at` names: its owner right before, or who made or sent it right after.
fn maker(page: &Page, roster: &Roster, at: u32, paragraph: Range<u32>) -> Option<u32> {
    const MOST: u32 = 5;
    let token = |at: u32| page.tokens[at as usize];
    let is_body = |at: &u32| roster.entities[*at as usize].kind == SpeakerKind::Organization;
    if at >= paragraph.start + 2 && token(at - 1).kind == TokenKind::Clitic {
        let owner = roster.before(token(at).start).next().filter(|one| one.span.end == token(at - 1).start)?;
        return Some(owner.entity).filter(is_body);
    }
    let text = |at: u32| if at < paragraph.end { page.token_text(at) } else { "" };
    let verb = at + 1 + u32::from(matches!(text(at + 1), "is" | "was" | "were"));
    let made = text(verb).ends_with("ed") || matches!(text(verb), "made" | "shot" | "written" | "put");
    let by = if made { verb + 1 } else { at + 1 };
    if !(text(by) == "by" || !made && text(by) == "from") {
        return None;
    }
    let limit = (by + 1 + MOST).min(paragraph.end);
    let first = (by + 1..limit).find(|at| token(*at).is_capital())?;
    let plain = (by + 1..first).all(|at| token(at).kind == TokenKind::Word);
    let named = roster.after(token(first).start).next().filter(|one| plain && one.span.start == token(first).start)?;
    Some(named.entity).filter(is_body)
}
