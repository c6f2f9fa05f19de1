//! Pronouns to speakers: by agreement, by who spoke or acted last, and by whose mouth an `I` stands in.

use super::name::{Gender, gender_of};
use super::resolve::{Last, Resolver, Verdict, Who};
use super::roster::{Doubt, Mention};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::ops::Range;

/// How many mentions are looked back over.
const FAR: usize = 40;

/// A turn's label has at most so many tokens.
const LABEL: usize = 32;

impl Resolver<'_> {
    /// A pronoun: relative ones to what they follow, `I` to whose words these are, others by agreement and recency.
    pub(super) fn pronoun(&mut self, source: Span, class: Class, stretch: u32) -> Verdict {
        if class.has(Class::RELATIVE) && !class.has(Class::MALE.with(Class::FEMALE)) {
            return self.relative(source, stretch);
        }
        if class.has(Class::FIRST) {
            return self.first(source);
        }
        let gender = gender_of(class);
        // `you` is whoever reads it.
        if class.has(Class::SECOND) {
            return Verdict::NONE;
        }
        if gender.is_none() && !class.has(Class::PLURAL) {
            return self.thing(source, stretch);
        }
        if class.has(Class::PLURAL) {
            return self.several(source, stretch);
        }
        (self.acting, self.distant) = (None, false);
        let rules = self.person(source, gender, stretch);
        let kin = self.acting_kin(source, gender).is_some();
        let open = rules.reason == Some(QuoteReason::SharedName);
        if self.is_nested || kin || open || rules.reason != Some(QuoteReason::PronounRecency) && rules.who.is_some() {
            return rules;
        }
        let verdict = self.weigh_pronoun(source, gender, rules);
        let most = if self.distant { Confidence::Medium } else { Confidence::High };
        let verdict = Verdict { confidence: verdict.confidence.min(most), ..verdict };
        self.learn_gender(verdict, gender);
        verdict
    }

    /// A pronoun that surely means somebody tells who that is.
    fn learn_gender(&mut self, verdict: Verdict, gender: Option<Gender>) {
        if let Some(Who::Named(at)) = verdict.who
            && verdict.confidence == Confidence::High
        {
            let entity = &mut self.roster.entities[at as usize];
            entity.gender = entity.gender.or(gender);
            if entity.kind == SpeakerKind::Unknown {
                entity.kind = SpeakerKind::Person;
            }
        }
    }

    /// `Ada Brandt, who said`: the name right before it.
    fn relative(&mut self, source: Span, stretch: u32) -> Verdict {
        let mention = self.roster.before(source.start).next().copied();
        let between = |mention: &Mention| self.page.text[mention.span.end as usize..source.start as usize].trim();
        // `Ada Brandt, 40, of Harrow, who said`: what stands between is parted off. `Brandt kept the few who said`: it is not.
        let near = mention.filter(|mention| {
            let between = between(mention);
            let parted = between.is_empty() || between.starts_with(',') && between.ends_with(',');
            parted && between.len() < 60 && !between.contains(['.', '!', '?', ';', '“', '"'])
        });
        // `Ada Brandt, who said`: nothing but a comma stands between.
        let beside = near.is_some_and(|mention| matches!(between(&mention), "" | ","));
        let role = self.role_before(source);
        let sure = beside && role.is_none();
        let apposed = role.clone().and_then(|phrase| self.apposed_to(phrase.start));
        // `Ada Brandt, the mayor of Harrow, who said`: not the town.
        let headed = near.filter(|_| role.is_none()).and_then(|mention| self.headed(&mention));
        let sure = sure && headed.is_none();
        let near = headed.or(near);
        let verdict = match (role, near) {
            (Some(_), _) if apposed.is_some() => apposed.map_or(Verdict::NONE, |mention| self.named(mention)),
            (Some(phrase), _) => self.described(phrase.clone(), phrase, stretch),
            (None, Some(mention)) => self.named(mention),
            (None, None) => match (self.apposed_before(source), self.noun_before(source)) {
                (Some(mention), _) => self.named(mention),
                (None, Some(phrase)) => self.described(phrase.clone(), phrase, stretch),
                (None, None) => return Verdict::NONE,
            },
        };
        if verdict.who.is_none() {
            return verdict;
        }
        Verdict {
            confidence: if sure { verdict.confidence } else { verdict.confidence.min(Confidence::Medium) },
            how: How::Pronoun,
            reason: Some(QuoteReason::PronounRecency),
            ..verdict
        }
    }

    /// `Ada Brandt, a Harrow hawk who said`, `Ada Brandt (Lenn), who said`, `Ada Brandt of Lenn, who said`: the person whom an
    /// apposition, a bracket or a place right before a relative pronoun tells of.
    fn apposed_before(&self, source: Span) -> Option<Mention> {
        const MOST: u32 = 6;
        let page = self.page;
        let kind = |at: u32| page.tokens[at as usize].kind;
        let here = page.token_at(source.start);
        if self.word_at(here) != "who" {
            return None;
        }
        let human = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let likely = entity.kind == SpeakerKind::Unknown && entity.words.len() > 1 && entity.likely.is_some();
            entity.kind == SpeakerKind::Person || likely
        };
        let ends_at = |end: u32| {
            let named = self.roster.before(source.start).take(3).find(|one| page.token_at(one.span.end) == end);
            named.filter(human).copied()
        };
        let last = here.checked_sub(1)?;
        if kind(last) == TokenKind::Comma {
            let inner = last.checked_sub(1)?;
            if kind(inner) == TokenKind::Close {
                let open = (inner.saturating_sub(MOST)..inner).rev().find(|at| kind(*at) == TokenKind::Open)?;
                return ends_at(open);
            }
            let capital = |at: &u32| page.tokens[*at as usize].is_capital();
            let place = (inner.saturating_sub(MOST)..inner + 1).rev().take_while(capital).last()?;
            let of = place.checked_sub(1).filter(|at| matches!(self.word_at(*at), "of" | "from"))?;
            return ends_at(of);
        }
        const CLOSED: Class = Class::FUNCTION.with(Class::RELATIVE).with(Class::CUE_VERB);
        let words = (here.saturating_sub(MOST)..here).rev();
        let mut words = words.take_while(|at| kind(*at) == TokenKind::Word && !self.class_at(*at).has(CLOSED));
        // `the few who say so` are others.
        let first = words.find(|at| matches!(self.word_at(*at), "a" | "an"))?;
        self.apposed_to(first)
    }

    /// `Ada Brandt, the mayor of Harrow`: the person whom an apposition is about that ends in `last`, a name behind a preposition.
    fn headed(&self, last: &Mention) -> Option<Mention> {
        const MOST: u32 = 10;
        let end = self.page.token_at(last.span.start);
        let comma =
            (end.saturating_sub(MOST)..end).rev().find(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma)?;
        let inside = comma + 1..end;
        let role = inside.clone().find(|at| self.class_at(*at).has(Class::ROLE))?;
        let linked = (role + 1..end).any(|at| self.class_at(at).has(Class::PREPOSITION));
        let opens = self.class_at(comma + 1).has(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE));
        if linked && opens { self.apposed_to(comma + 1) } else { None }
    }

    /// `Ada Brandt, a social democrat who fears`: the person named right before the comma before the phrase that begins at
    /// `first`.
    pub(super) fn apposed_to(&self, first: u32) -> Option<Mention> {
        let comma = first.checked_sub(1).filter(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma)?;
        let mention = self.roster.before(self.page.tokens[comma as usize].start).next()?;
        let beside = self.page.token_at(mention.span.end) == comma;
        let entity = &self.roster.entities[mention.entity as usize];
        let human =
            entity.kind != SpeakerKind::Organization && (entity.words.len() > 1 || self.is_human(mention.entity));
        (beside && human && mention.doubt < Doubt::Open).then_some(*mention)
    }

    /// `The minister, who said`: the role right before a relative pronoun, where no name is nearer.
    fn role_before(&self, source: Span) -> Option<Range<u32>> {
        const MOST: u32 = 4;
        let page = self.page;
        let class = |at: u32| page.class(at);
        let here = page.token_at(source.start);
        let comma = here.checked_sub(1)?;
        let end = if page.tokens[comma as usize].kind == TokenKind::Comma { comma } else { here };
        let head =
            end.checked_sub(1).filter(|at| class(*at).has(Class::ROLE) && !page.tokens[*at as usize].is_capital())?;
        let first = (head.saturating_sub(MOST)..head).rev().take_while(|at| page.tokens[*at as usize].is_word());
        let first = first.into_iter().find(|at| class(*at).has(Class::DETERMINER))?;
        Some(first..end)
    }

    /// `the minority who said`, `a report that said`: the noun for people or a text right before a relative pronoun, with its
    /// determiner.
    fn noun_before(&self, source: Span) -> Option<Range<u32>> {
        const MOST: u32 = 6;
        let page = self.page;
        let class = |at: u32| page.class(at);
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        let here = page.token_at(source.start);
        let who = self.word_at(here) == "who";
        let fits = |at: u32| class(at).has(Class::PEOPLE) || !who && class(at).has(TEXTS);
        // `local leaders, who said`
        let comma = here.checked_sub(1).is_some_and(|at| page.tokens[at as usize].kind == TokenKind::Comma);
        let end = here - u32::from(comma);
        let head = end.checked_sub(1).filter(|at| fits(*at) && page.tokens[*at as usize].is_word())?;
        // `it was good, Brandt states, who said`
        if comma && class(head).has(Class::CUE_VERB) && page.tokens[head as usize - 1].is_capital() {
            return None;
        }
        const CLOSED: Class = Class::FUNCTION.with(Class::RELATIVE).with(Class::CUE_VERB).with(Class::TIME);
        // `was carrying papers`, `has alarmed the council`, `a 36-year-old driver`
        let verb = |at: u32| {
            let token = page.tokens[at as usize];
            let ends = |ending| page.lexicon.forms.ends(page.token_text(at), ending);
            let before = at.checked_sub(1).map(|before| page.tokens[before as usize]);
            let bare = before.is_some_and(|before| before.kind == TokenKind::Hyphen && before.end == token.start);
            let form = ends(Ending::Gerund) || ends(Ending::Past) && !class(at).has(Class::ADJECTIVE);
            !token.is_capital() && (bare || comma && form)
        };
        let first = (head.saturating_sub(MOST)..head)
            .rev()
            .take_while(|at| page.tokens[*at as usize].is_word() && !class(*at).has(CLOSED) && !verb(*at))
            .last()
            .unwrap_or(head);
        let start = (first..head).rev().find(|at| class(*at).has(Class::DETERMINER)).unwrap_or(first);
        Some(start..end)
    }

    /// `I`: the one whose turn or quotation it stands in, or else the narrator. `we` is left open.
    fn first(&mut self, source: Span) -> Verdict {
        if !self.is_nested
            && self.speaking.is_none()
            && let Some(guest) = self.guest()
            && self.answers_at(guest, source.start)
        {
            let who = Some(Who::Named(guest));
            return Verdict { who, how: How::Pronoun, confidence: Confidence::Medium, reason: None };
        }
        if source.of(self.page.text) != "I" {
            return Verdict::NONE;
        }
        let (who, confidence, reason) = match self.speaking {
            Some(who) => (who, Confidence::High, None),
            None => {
                let Some(narrator) = self.narrator() else { return Verdict::NONE };
                (narrator, Confidence::Medium, Some(QuoteReason::Issuer))
            }
        };
        Verdict { who: Some(who), how: How::Pronoun, confidence, reason }
    }

    /// `it`: the body or document that spoke last, unless another has begun a sentence since.
    fn thing(&mut self, source: Span, stretch: u32) -> Verdict {
        let is_thing = |kind| matches!(kind, SpeakerKind::Organization | SpeakerKind::Document | SpeakerKind::Unknown);
        let since = self.last.map_or(0, |last| last.at);
        if let Some(document) = self.acting_document(source, since) {
            let verdict = self.described(document.clone(), document, stretch);
            return Verdict {
                how: How::Pronoun,
                confidence: Confidence::Medium,
                reason: Some(QuoteReason::PronounRecency),
                ..verdict
            };
        }
        let told = self.bound_behind(source);
        let acted = self
            .roster
            .before(source.start)
            .take(FAR)
            .take_while(|mention| mention.stretch + 1 >= stretch && mention.span.start > since)
            .find(|mention| {
                mention.leads
                    && !mention.quoted
                    && !told.contains(&mention.entity)
                    && self.roster.entities[mention.entity as usize].kind == SpeakerKind::Organization
            });
        // `For Quay Oil, Tarn is close. It expects …`: either.
        let fellow = |mention: &Mention| {
            let sentence = self.page.sentence_at(mention.span.start).map_or(mention.span, |sentence| sentence.span);
            let body = |other: &Mention| self.roster.entities[other.entity as usize].kind == SpeakerKind::Organization;
            let mut others = self.roster.mentions_in(sentence).filter(|other| other.entity != mention.entity);
            others.any(|other| body(other) && !self.is_attribute(other))
        };
        match acted {
            Some(mention) => Verdict {
                who: Some(Who::Named(mention.entity)),
                how: How::Pronoun,
                confidence: if fellow(mention) { Confidence::Low } else { Confidence::Medium },
                reason: Some(QuoteReason::PronounRecency),
            },
            None => self.recent(stretch, &told, is_thing),
        }
    }

    /// `they`: those who began a sentence since somebody spoke last, else the group, body or unnamed person that did.
    fn several(&mut self, source: Span, stretch: u32) -> Verdict {
        let since = self.last.map_or(0, |last| last.at);
        if !self.is_nested
            && let Some((many, joined)) = self.acting_many(source, since)
        {
            let verdict = match joined {
                true => self.unnamed(many.clone(), many.end - 1, SpeakerKind::Group),
                false => self.described(many.clone(), many, stretch),
            };
            let confidence = verdict.confidence.min(Confidence::Medium);
            let reason = Some(QuoteReason::PronounRecency);
            return Verdict { how: How::Pronoun, confidence, reason, ..verdict };
        }
        // `Harrow MEPs`: a name for several, of the sentence before.
        let page = self.page;
        let sentences = |to: u32| page.sentences.partition_point(|sentence| sentence.span.start <= to);
        let near = |last: Last| sentences(last.at) + 1 >= sentences(source.start);
        let spoke = self.last.is_some_and(|last| match last.who {
            Who::Named(at) => self.is_several(at) && near(last),
            Who::Unnamed(_) => false,
        });
        self.recent(stretch, &self.bound_behind(source), |kind| {
            spoke || matches!(kind, SpeakerKind::Group | SpeakerKind::Organization | SpeakerKind::Anonymous)
        })
    }

    /// `Local councillors passed a motion. They called for …`, `Ada Brandt and Otto Lind own the quay. They say …`: people in the
    /// plural, or two who are joined, who are the subject of the sentence before, after byte `since`, where the pronoun begins its
    /// own; of its own sentence, where it stands in a tag. With whether two are joined.
    fn acting_many(&self, source: Span, since: u32) -> Option<(Range<u32>, bool)> {
        let page = self.page;
        let here = page.token_at(source.start);
        let number = page.sentences.partition_point(|sentence| sentence.tokens.start <= here).checked_sub(1)?;
        let own = page.sentences[number].tokens.clone();
        let earliest = page.paragraph_at(source.start)?.sentences.start as usize;
        let tag = here.checked_sub(1).is_some_and(|at| page.tokens[at as usize].kind == TokenKind::Comma);
        let at = if own.start == here { number.checked_sub(1).filter(|at| *at >= earliest)? } else { number };
        if own.start != here && !tag {
            return None;
        }
        let sentence = page.sentences[at].tokens.clone();
        let first = self.behind_opener(sentence.clone());
        let token = page.tokens.get(first as usize).filter(|_| first < sentence.end.min(here))?;
        if token.start < since || page.is_marked(token.start) {
            return None;
        }
        let end = sentence.end.min(here);
        let people = self.people_at(first, end).map(|many| (many, false));
        people.or_else(|| self.pair_at(first, end).map(|pair| (pair, true)))
    }

    /// Where the subject of a sentence may begin: behind a few words that open it, up to their comma.
    fn behind_opener(&self, sentence: Range<u32>) -> u32 {
        const MOST: u32 = 8;
        const OPENS: Class = Class::PREPOSITION.with(Class::TIME).with(Class::CONJUNCT).with(Class::ADVERB);
        let page = self.page;
        let joined = self.class_at(sentence.start).has(Class::COORDINATOR);
        let first = sentence.start + u32::from(joined);
        if !self.class_at(first).has(OPENS) {
            return first;
        }
        let comma =
            (first..sentence.end.min(first + MOST)).find(|at| page.tokens[*at as usize].kind == TokenKind::Comma);
        let times = (first..sentence.end).take_while(|at| self.class_at(*at).has(Class::TIME)).last();
        comma.or(times).map_or(first, |last| last + 1)
    }

    /// People in the plural who are a subject that begins at `first`, with a verb, a phrase or a clause behind them.
    fn people_at(&self, first: u32, end: u32) -> Option<Range<u32>> {
        const MOST: u32 = 6;
        const PEOPLE: Class = Class::ROLES.with(Class::GROUPS);
        const CLOSED: Class = Class::FUNCTION.with(Class::RELATIVE).with(Class::QUESTION).with(Class::CUE_VERB);
        let page = self.page;
        let head = (first..end.min(first + MOST)).find(|at| self.class_at(*at).has(PEOPLE))?;
        let inside = |at: u32| {
            let determiner = self.class_at(at).has(Class::DETERMINER.with(Class::POSSESSIVE)) && at == first;
            page.tokens[at as usize].kind == TokenKind::Word && (determiner || !self.class_at(at).has(CLOSED))
        };
        let plain = (first..head).all(inside);
        (plain && self.is_subject_before(head + 1, end)).then_some(first..head + 1)
    }

    /// Two names joined by `and` that are a subject.
    fn pair_at(&self, first: u32, end: u32) -> Option<Range<u32>> {
        let page = self.page;
        let span = page.span_of(first..end);
        let mut names = self.roster.mentions_in(span);
        let (one, other) = names.next().zip(names.next())?;
        let and = page.token_at(one.span.end);
        let next = page.token_at(other.span.start);
        let last = page.token_at(other.span.end.saturating_sub(1)) + 1;
        let joined = one.span.start == span.start && self.word_at(and) == "and" && next == and + 1;
        (joined && one.entity != other.entity && self.is_subject_before(last, end)).then_some(first..last)
    }

    /// Whether a verb, a preposition or a relative clause goes on with a subject at `at`.
    fn is_subject_before(&self, at: u32, end: u32) -> bool {
        const NEXT: Class = Class::PREPOSITION
            .with(Class::RELATIVE)
            .with(Class::BE)
            .with(Class::HAVE)
            .with(Class::DO)
            .with(Class::MODAL)
            .with(Class::CUE_VERB)
            .with(Class::PAST)
            .with(Class::ADVERB);
        let page = self.page;
        let small = page.tokens.get(at as usize).is_some_and(|token| token.is_word() && !token.is_capital());
        small
            && at < end
            && page.tokens[at as usize].kind == TokenKind::Word
            && (self.class_at(at).has(NEXT) || page.lexicon.forms.ends(page.token_text(at), Ending::Past))
    }

    /// Who spoke last, if it is near, `fits` and none of those `told` of.
    fn recent(&self, stretch: u32, told: &[u32], fits: impl Fn(SpeakerKind) -> bool) -> Verdict {
        let near = self.last.filter(|last| stretch - last.stretch.min(stretch) <= 2 && fits(self.kind(last.who)));
        let Some(last) = near.filter(|last| !matches!(last.who, Who::Named(at) if told.contains(&at))) else {
            return Verdict::NONE;
        };
        let reason = Some(QuoteReason::PronounRecency);
        Verdict { who: Some(last.who), how: How::Pronoun, confidence: Confidence::Medium, reason }
    }

    /// Whether a preposition stands before the mention.
    pub(super) fn after_preposition(&self, mention: &Mention) -> bool {
        let at = self.page.token_at(mention.span.start) as usize;
        let before = at.checked_sub(1).map(|at| self.page.word(at));
        before.is_some_and(|word| self.page.lexicon.grammar.class(word).has(Class::PREPOSITION))
    }

    /// `Harrow villages`, `Brandt’s side`: a name that only tells of what the noun behind it is.
    pub(super) fn is_attribute(&self, mention: &Mention) -> bool {
        let page = self.page;
        let next = page.token_at(mention.span.end);
        page.tokens.get(next as usize).is_some_and(|token| {
            let text = token.span().of(page.text);
            let genitive = token.kind == TokenKind::Clitic && text.ends_with(['s', 'S']);
            let noun = token.is_word()
                && !token.is_capital()
                && page.class(next) == Class::default()
                && page.lexicon.forms.ends(text, Ending::Plural);
            genitive || noun
        })
    }

    /// Whether one who was found may be a person: no body or place, and no name of one word that nothing shows to be one.
    pub fn may_be_human(&self, who: Option<Who>) -> bool {
        match who {
            Some(Who::Named(at)) => {
                self.roster.entities[at as usize].kind != SpeakerKind::Organization && self.is_human(at)
            }
            _ => true,
        }
    }

    /// `the Annual Work Report`: whether a name ends in a noun for a text.
    fn is_text(&self, at: u32) -> bool {
        let words = &self.roster.entities[at as usize].words;
        let lexicon = &self.page.lexicon;
        let text = |word: &String| lexicon.grammar.class(lexicon.words.get(word)).has(Class::DOCUMENT);
        words.len() > 1 && words.last().is_some_and(text)
    }

    /// `the Labour MPs`, `Muslims`: whether a name ends in a noun for several.
    fn is_several(&self, at: u32) -> bool {
        let lexicon = &self.page.lexicon;
        let class = |word: &str| lexicon.grammar.class(lexicon.words.get(word));
        let several = |word: &String| {
            let one = |one: &str| one.len() > 1 && (class(one).has(Class::TITLE) || lexicon.people.is_demonym(one));
            word.strip_suffix('s').is_some_and(one) || class(word).has(Class::ROLES.with(Class::GROUPS))
        };
        self.roster.entities[at as usize].words.last().is_some_and(several)
    }

    /// Whether a name may be a person's: more than one word that the language has (`Food`).
    fn may_be_name(&self, at: u32) -> bool {
        let words = &self.roster.entities[at as usize].words;
        // `BfV`
        let acronym =
            |word: &String| word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.contains(['-', '’', '\'']);
        self.is_human(at) || words.iter().all(|word| !self.page.lexicon.words.get(word).is_known() && !acronym(word))
    }

    /// Whether anything shows that a name is a person's: a title, a role, a pronoun, a first name.
    pub(super) fn is_human(&self, at: u32) -> bool {
        let entity = &self.roster.entities[at as usize];
        // `Trans-Atlantic` is one word.
        let several = entity.words.len() > 1 && entity.name.contains(char::is_whitespace);
        entity.kind == SpeakerKind::Person || entity.gender().is_some() || several
    }

    /// Whether a name of one word that nothing shows to be a person's stands behind `in`, `near` or `around` before `source`:
    /// a place.
    fn is_place(&self, mention: &Mention, source: Span) -> bool {
        let one = |other: &&Mention| other.entity == mention.entity;
        let located = |other: &Mention| {
            let before = self.page.token_at(other.span.start).checked_sub(1);
            before.is_some_and(|at| self.page.lexicon.lists.has(List::PlaceLeads, self.word_at(at)))
        };
        !self.is_human(mention.entity) && self.roster.before(source.start).take(FAR).filter(one).any(located)
    }

    /// `The taunt drew a sharp reply from Otto Lind. “…,” he said`: whether the sentence before names but another person than
    /// `who`, for whom the pronoun stands as well.
    fn has_rival(&self, who: Who, near: &[Mention], source: Span) -> bool {
        let page = self.page;
        let here = page.token_at(source.start);
        let Some(sentence) = page.sentences.partition_point(|sentence| sentence.tokens.start <= here).checked_sub(1)
        else {
            return false;
        };
        // The pronoun's own sentence may begin with the quoted words.
        let low = sentence.checked_sub(1).map_or(0, |at| page.sentences[at].span.start);
        let recent = || near.iter().filter(|mention| mention.span.start >= low);
        let reported = self.last.is_some_and(|last| last.who == who && last.at >= low);
        let own = reported || recent().any(|mention| Who::Named(mention.entity) == who);
        let other = recent().any(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind == SpeakerKind::Person && !self.is_attribute(mention)
        });
        !own && other
    }

    /// Whether `by` stands before the mention, behind a participle: `praised by Otto Lind`.
    pub(super) fn is_agent(&self, mention: &Mention) -> bool {
        let page = self.page;
        let at = page.token_at(mention.span.start) as usize;
        let by = at.checked_sub(1).filter(|by| page.lexicon.words.text(page.word(*by)) == "by");
        by.and_then(|by| by.checked_sub(1)).is_some_and(|verb| {
            page.tokens[verb].is_word()
                && (page.lexicon.forms.ends(page.token_text(verb as u32), Ending::Past)
                    || page.lexicon.grammar.class(page.word(verb)).has(Class::PAST.with(Class::CUE_VERB)))
        })
    }

    /// Whether a pronoun of this gender can mean that speaker.
    pub(super) fn agrees(&self, who: Who, gender: Option<Gender>) -> bool {
        match who {
            Who::Named(at) => {
                let entity = &self.roster.entities[at as usize];
                !matches!(entity.kind, SpeakerKind::Organization | SpeakerKind::Document | SpeakerKind::Group)
                    && !self.is_text(at)
                    && !self.is_several(at)
                    && (gender.is_none() || entity.gender().is_none() || entity.gender() == gender)
            }
            Who::Unnamed(at) => {
                let one = &self.unnamed[at as usize];
                let noun = gender_of(self.page.lexicon.grammar.class(one.noun));
                one.kind == SpeakerKind::Anonymous && (gender.is_none() || noun.is_none() || noun == gender)
            }
        }
    }

    /// `he`, `she`: the one who spoke last, unless another whom it can mean has begun a sentence since. Inside a
    /// quotation it is not the one who speaks there.
    fn person(&mut self, source: Span, gender: Option<Gender>, stretch: u32) -> Verdict {
        if self.is_nested {
            return self.third(source, gender, stretch);
        }
        if let Some(phrase) = self.acting_kin(source, gender) {
            let verdict = self.described(phrase.clone(), phrase, stretch);
            return Verdict { confidence: verdict.confidence.min(Confidence::Medium), how: How::Pronoun, ..verdict };
        }
        let answers = self.answers_last(source);
        // `his father said`: his name may stand in what the father says.
        let subject = self.class_at(self.page.token_at(source.start)).has(Class::SUBJECT);
        let told = if subject { self.told_of(source) } else { Vec::new() };
        let is_told = |who: Who| matches!(who, Who::Named(at) if told.contains(&at));
        let passed = self.last.is_some_and(|last| is_told(last.who));
        let answers = answers || passed;
        let spoke = [self.last.filter(|_| !answers), self.previous.filter(|_| answers)].into_iter().flatten();
        // Where the last is passed over, only one of whom it is sure takes his place.
        let fits = |last: &Last| !passed || matches!(last.who, Who::Named(_)) && self.is_surely(last.who, gender);
        let mut spoke = spoke.filter(|last| {
            let near = last.stretch + 3 > stretch || last.stretch + 6 > stretch && self.is_surely(last.who, gender);
            near && self.agrees(last.who, gender) && !is_told(last.who) && fits(last)
        });
        let spoke = spoke.next();
        let since = spoke.map_or(0, |last| last.at);
        let near: Vec<Mention> = self
            .roster
            .before(source.start)
            .take(FAR)
            .take_while(|mention| mention.stretch + 3 > stretch && mention.span.start >= since)
            .filter(|mention| !mention.quoted && mention.doubt < Doubt::Open)
            .filter(|mention| self.agrees(Who::Named(mention.entity), gender) && !self.is_place(mention, source))
            .filter(|mention| !answers || self.last.is_none_or(|last| last.who != Who::Named(mention.entity)))
            .filter(|mention| !is_told(Who::Named(mention.entity)) && !self.acts_on(mention, gender))
            .copied()
            .collect();
        // A name of one word that nothing shows to be a person's may be a place's or a club's.
        let human =
            |mention: &&Mention| (mention.leads || self.is_interviewed(mention)) && self.is_human(mention.entity);
        let spoken = spoke.is_some_and(|last| matches!(last.who, Who::Named(at) if self.is_human(at)));
        let acted = near.iter().find(human);
        let acted = acted.or_else(|| {
            let one = near.iter().find(|mention| mention.leads && !spoken && self.may_be_name(mention.entity))?;
            near.iter().all(|mention| mention.entity == one.entity).then_some(one)
        });
        // `Mr Dole said so. He added`, where there are two of the name: nobody spoke or acted since.
        let shared = self.shared.filter(|at| {
            let since = spoke.is_none_or(|last| last.at < *at) && acted.is_none_or(|one| one.span.start < *at);
            since && self.stretch_at(*at) + 2 > stretch
        });
        if shared.is_some() {
            self.shared = Some(source.start);
            return Verdict { reason: Some(QuoteReason::SharedName), ..Verdict::NONE };
        }
        // `said the deputy mayor for roads, Ada Brandt. … she said`: a name tells who that was.
        let named = spoke.is_some_and(|last| matches!(last.who, Who::Named(_)));
        let first = self.page.tokens.get(self.page.token_at(since) as usize).filter(|_| named);
        let behind = first.map_or(since, |first| first.end);
        let acting = self.acting_role(source, acted.map_or(behind, |mention| mention.span.end), gender);
        let role = acting.map(|(who, _)| who);
        // Only a person of whom the text tells a role: what is likely is no more than that.
        let told = |at: u32| {
            let entity = &self.roster.entities[at as usize];
            let named = entity.aliases.first().is_some_and(|first| first.start < source.start);
            let whole = entity.words.len() > 1 || entity.likely.is_some();
            !entity.role_words.is_empty() && named && whole && entity.is_likely_person()
        };
        self.acting = acting.and_then(|(who, place)| match who {
            Who::Named(at) if told(at) => Some((at, place)),
            _ => None,
        });
        let who = match (spoke, acted) {
            _ if role.is_some() => role,
            (_, Some(mention)) => Some(Who::Named(mention.entity)),
            (Some(last), None) => Some(last.who),
            (None, None) if passed => None,
            // A name after a preposition (`from Gannet Sound`) is as likely a place.
            (None, None) => near
                .iter()
                .find(|mention| {
                    !self.after_preposition(mention) && !self.is_attribute(mention) && self.may_be_name(mention.entity)
                })
                .map(|mention| Who::Named(mention.entity)),
        };
        let Some(who) = who else { return Verdict::NONE };
        // Another is in the way who acts, or is surely a person and stands in the same paragraph or in the one before.
        let others = near.iter().any(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let person = entity.kind == SpeakerKind::Person
                || gender.is_some() && entity.words.len() > 1 && entity.gender() == gender
                || self.is_followed_by_who(mention);
            let here = mention.stretch == stretch && (person || entity.words.len() > 1);
            Who::Named(mention.entity) != who
                && (mention.leads
                    || here && !self.after_preposition(mention)
                    || person && mention.stretch + 1 >= stretch)
        });
        // `Piet Dole was praised by Otto Lind. He said`: he may be the one who does it.
        // `Neville Orr met Simon Tarn. “…,” he said`: who was acted on may speak as well.
        let beside = acted.is_some_and(|mention| {
            spoke.is_none_or(|last| last.at < mention.span.start) && self.has_fellow(mention, &near)
        });
        let agent = beside
            || self.is_inside_other(source, who, &near)
            || near.iter().any(|mention| Who::Named(mention.entity) != who && self.is_agent(mention));
        // `Otto Lind and Piet Dole met. He said`: either.
        let either = acted.is_some_and(|mention| {
            let and = self.page.token_at(mention.span.end) as usize;
            let joined = self.page.lexicon.grammar.class(self.page.word(and)).has(Class::COORDINATOR);
            joined && near.iter().any(|other| self.page.token_at(other.span.start) as usize == and + 1)
        });
        // `His words came after Otto Lind left. “…,” he said. “…,” he added`: what was open for the first stays open.
        let still = self.unclear.is_some_and(|at| {
            let named = near.iter().any(|mention| Who::Named(mention.entity) == who && mention.span.start > at);
            let spoke = self.last.is_some_and(|last| last.who == who && last.at > at);
            !named && !spoke && self.stretch_at(at) + 2 > stretch
        });
        if still || self.has_rival(who, &near, source) {
            self.unclear = Some(source.start);
            return Verdict::NONE;
        }
        // `Brandt told Lind so. Lind replied. “…,” she said`: nothing tells which of the two.
        let open = |who: Who| matches!(who, Who::Named(at) if self.roster.entities[at as usize].gender().is_none());
        let previous = self.previous.filter(|last| last.stretch + 1 >= stretch && last.who != who);
        let others =
            others || previous.is_some_and(|last| open(who) && open(last.who) && self.may_be_human(Some(last.who)));
        // `Ms Brandt left. … “…,” said Mr Lind. She leaves, as she liked to say, “…”`: who acted is far.
        let far = spoke.is_none() && acted.is_some_and(|mention| mention.stretch + 1 < stretch);
        self.distant = far;
        let told = spoke.is_some() || acted.is_some() && !far;
        let sure = !others && !either && !agent && !passed && role.is_none() && told;
        Verdict {
            who: Some(who),
            how: How::Pronoun,
            confidence: match sure {
                true => Confidence::High,
                false if either || agent => Confidence::Low,
                false => Confidence::Medium,
            },
            reason: Some(QuoteReason::PronounRecency),
        }
    }

    /// `Ada Brandt, who was late`: whether `who` stands right behind a name.
    fn is_followed_by_who(&self, mention: &Mention) -> bool {
        let rest = &self.page.tokens[self.page.token_at(mention.span.end) as usize..];
        let next = rest.iter().find(|token| token.kind != TokenKind::Comma);
        next.is_some_and(|next| self.page.lexicon.words.text(next.word) == "who")
    }

    /// `“Did you know of it?” Lind asked him. “No,” he replied.`: whether the verb beside a pronoun answers who asked last.
    pub(super) fn answers_last(&self, source: Span) -> bool {
        let page = self.page;
        let here = page.token_at(source.start);
        let beside = [here.checked_sub(1), Some(here + 1)].into_iter().flatten();
        let replies = |at: u32| page.lexicon.lists.has(List::Replying, self.word_at(at));
        let near = |last: &Last| {
            let end = page.token_at(last.at);
            let sentence = page.sentence_at(last.at).map_or(end, |sentence| sentence.tokens.end);
            (end..sentence).any(|at| page.lexicon.lists.has(List::Asking, self.word_at(at)))
        };
        beside.into_iter().any(|at| (at as usize) < page.tokens.len() && replies(at))
            && self.last.as_ref().is_some_and(near)
    }

    /// `he`, `she` in somebody's own words: who was named last, in the quotation or before it, other than the speaker.
    fn third(&mut self, source: Span, gender: Option<Gender>, stretch: u32) -> Verdict {
        let inside = self.acting_role(source, self.nested_in.start, gender).map(|(who, _)| who);
        let inside = inside.or_else(|| self.asked_about(gender));
        // `I said, “Pay me.” She said: …`: in a turn, a capital in another's marks is no one named there.
        let turn = self.page.token_at(self.nested_in.start) as usize;
        let marked = self.page.tokens[turn].kind == TokenKind::Mark;
        let named = self.roster.before(source.start).take(FAR).find(|mention| {
            mention.stretch + 4 > stretch
                && (marked || !mention.quoted && self.is_surely(Who::Named(mention.entity), gender))
                && mention.doubt < Doubt::Open
                && Some(Who::Named(mention.entity)) != self.speaking
                && self.agrees(Who::Named(mention.entity), gender)
                && !self.after_preposition(mention)
        });
        // Nobody is named near: who spoke in the story before the one who speaks here.
        let spoke = [self.last, self.previous].into_iter().flatten().find(|last| {
            last.stretch + 4 > stretch
                && Some(last.who) != self.speaking
                && self.agrees(last.who, gender)
                && (marked || self.is_surely(last.who, gender))
        });
        let who = inside.or(named.map(|mention| Who::Named(mention.entity))).or(spoke.map(|last| last.who));
        who.map_or(Verdict::NONE, |who| Verdict {
            who: Some(who),
            how: How::Pronoun,
            confidence: Confidence::Low,
            reason: Some(QuoteReason::PronounRecency),
        })
    }

    /// Whether something tells that somebody has the gender: in a turn, those who talk are `you` to one another.
    fn is_surely(&self, who: Who, gender: Option<Gender>) -> bool {
        match who {
            Who::Named(at) => gender.is_none() || self.roster.entities[at as usize].gender() == gender,
            Who::Unnamed(_) => gender.is_none(),
        }
    }

    /// `Q: The mayor gave you money?` / `A: She said …`: the unnamed person who begins a sentence of the turn before.
    fn asked_about(&mut self, gender: Option<Gender>) -> Option<Who> {
        let page = self.page;
        let here = self.paragraph_of(self.nested_in.start) as usize;
        let turn = page.paragraphs.get(here).filter(|turn| turn.span.start == self.nested_in.start)?;
        let before = &page.paragraphs[here.checked_sub(1)?];
        if page.tokens[turn.tokens.start as usize].kind == TokenKind::Mark {
            return None;
        }
        before.sentences.clone().rev().find_map(|at| {
            let tokens = &page.sentences[at as usize].tokens;
            let colon = tokens.clone().take(LABEL).find(|at| page.tokens[*at as usize].kind == TokenKind::Colon);
            self.role_phrase(colon.map_or(tokens.start, |colon| colon + 1), tokens.end, gender)
        })
    }

    /// `The report is short. … it says`: the document whose noun begins a sentence right before, after byte `since`.
    fn acting_document(&self, source: Span, since: u32) -> Option<Range<u32>> {
        const MOST: u32 = 8;
        const FINITE: Class = Class::AUXILIARY.with(Class::CUE_VERB);
        let page = self.page;
        let class = |at: u32| page.class(at);
        let here = page.token_at(source.start);
        let sentence = page.sentences.partition_point(|sentence| sentence.tokens.start <= here).checked_sub(1)?;
        let earliest = page.paragraph_at(source.start)?.sentences.start as usize;
        (sentence.saturating_sub(2).max(earliest)..=sentence).rev().find_map(|at| {
            let tokens = &page.sentences[at].tokens;
            let first = tokens.start;
            if page.tokens[first as usize].start < since || first >= here {
                return None;
            }
            let opens =
                class(first).has(Class::DETERMINER.with(Class::POSSESSIVE)) || page.tokens[first as usize].is_capital();
            // Its head, and over a phrase that hangs on it the verb.
            let limit = tokens.end.min(first + MOST).min(here);
            let plain = |at: &u32| {
                page.tokens[*at as usize].kind == TokenKind::Clitic
                    || page.tokens[*at as usize].is_word() && !class(*at).has(Class::PREPOSITION)
            };
            let is_verb = |at: u32| class(at).has(FINITE) && !class(at).has(Class::DOCUMENT);
            let end = (first + 1..limit).find(|at| is_verb(*at) || !plain(at))?;
            let hangs = class(end).has(Class::PREPOSITION);
            let verb = is_verb(end) || hangs && (end + 1..tokens.end.min(end + MOST).min(here)).any(is_verb);
            (opens && verb && class(end - 1).has(Class::DOCUMENT) && !page.tokens[end as usize - 1].is_capital())
                .then_some(first..end)
        })
    }

    /// `Her father is proud of her. “…,” he says`: somebody's kin, of the pronoun's gender, who begins the sentence before.
    fn acting_kin(&self, source: Span, gender: Option<Gender>) -> Option<Range<u32>> {
        let page = self.page;
        let here = page.token_at(source.start);
        let sentence = page.sentences.partition_point(|sentence| sentence.tokens.start <= here).checked_sub(1)?;
        let earliest = page.paragraph_at(source.start)?.sentences.start as usize;
        (sentence.saturating_sub(1).max(earliest)..=sentence).rev().find_map(|at| {
            let first = self.behind_opener(page.sentences[at].tokens.clone());
            if let Some(phrase) = self.named_kin(first, here, gender) {
                return Some(phrase);
            }
            let head = first + 1;
            let owner = self.class_at(first);
            let kin = head < here
                && owner.has(Class::POSSESSIVE)
                // `My grandfather held the rope. “…,” he said.`
                && (gender_of(owner).is_some() || owner.has(Class::FIRST))
                && gender_of(owner) != gender
                && self.class_at(head).has(Class::ROLE)
                && (gender_of(self.class_at(head)) == gender || self.is_owned_lead(first, head))
                && gender.is_some();
            // `My schoolboy error`
            let acts = || {
                let next = head + 1;
                let class = self.class_at(next);
                let past = page.lexicon.forms.ends(page.token_text(next), Ending::Past);
                class.has(Class::AUXILIARY.with(Class::CUE_VERB).with(Class::PAST).with(Class::ADVERB)) || past
            };
            (kin && (!owner.has(Class::FIRST) || acts())).then_some(first..head + 1)
        })
    }

    /// `Lal’s wife wept. “…,” she said`: the phrase that begins a sentence at `first` with somebody's name and a role of the gender asked for,
    /// which the owner is not of.
    fn named_kin(&self, first: u32, here: u32, gender: Option<Gender>) -> Option<Range<u32>> {
        let start = self.page.tokens.get(first as usize)?.start;
        let owner = self.roster.after(start).next().filter(|owner| owner.span.start == start)?;
        let clitic = self.page.token_at(owner.span.end);
        let head = clitic + 1;
        let other = self.roster.entities[owner.entity as usize].gender();
        let kin = head < here
            && gender.is_some()
            && other != gender
            && self.kind_at(clitic) == Some(TokenKind::Clitic)
            && self.class_at(head).has(Class::ROLE)
            && self.page.tokens[head as usize].case == Case::Lower
            && gender_of(self.class_at(head)) == gender;
        // `Lal’s wife’s brother`
        let whole = self.kind_at(head + 1) != Some(TokenKind::Clitic);
        (kin && whole).then_some(first..head + 1)
    }

    /// `Her coach’s verdict was short`: whether a role whose owner is a pronoun at `first` owns what begins the sentence, and tells by itself
    /// nothing of its holder.
    fn is_owned_lead(&self, first: u32, head: u32) -> bool {
        gender_of(self.class_at(head)).is_none()
            && head == first + 1
            && self.kind_at(head + 1) == Some(TokenKind::Clitic)
    }

    /// `A nurse in Marrowby wrote to me. … she said`: the unnamed person whose role begins the sentence before, after byte
    /// `since`.
    fn acting_role(&mut self, source: Span, since: u32, gender: Option<Gender>) -> Option<(Who, u32)> {
        let page = self.page;
        let here = page.token_at(source.start);
        let sentence = page.sentences.partition_point(|sentence| sentence.tokens.start <= here).checked_sub(1)?;
        let earliest = page.paragraph_at(source.start)?.sentences.start as usize;
        let low = sentence.saturating_sub(2).max(earliest);
        (low..=sentence).rev().find_map(|at| {
            let tokens = &page.sentences[at].tokens;
            let mut first = tokens.start.max(page.token_at(since));
            if first == tokens.start {
                first = self.behind_opener(tokens.clone());
            }
            if !self.is_nested && page.is_marked(page.tokens.get(first as usize)?.start) {
                return None;
            }
            if self.is_nested && first < tokens.end && page.tokens[first as usize].kind == TokenKind::Mark {
                first += 1;
            }
            let who = (first < here).then(|| self.role_phrase(first, here.min(tokens.end), gender)).flatten();
            who.zip(page.tokens.get(first as usize).map(|token| token.start))
        })
    }
}
