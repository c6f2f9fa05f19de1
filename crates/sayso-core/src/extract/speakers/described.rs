//! Sources without a name of their own: a role, a body, a document, a group, somebody's kin.

use super::name::{Gender, gender_of, is_defined_term};
use super::resolve::{Resolver, Unnamed, Verdict, Who};
use super::roster::{Doubt, Entity, LOOK_BACK, Mention, only};
use crate::document::RegionKind;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::ops::Range;

impl Resolver<'_> {
    pub(super) fn class_at(&self, at: u32) -> Class {
        self.page.lexicon.grammar.class(self.page.tokens[at as usize].word)
    }

    /// What kind of token stands at `at`; none past the end.
    pub(super) fn kind_at(&self, at: u32) -> Option<TokenKind> {
        self.page.tokens.get(at as usize).map(|token| token.kind)
    }

    pub(super) fn word_at(&self, at: u32) -> &'static str {
        self.page.lexicon.words.text(self.page.tokens[at as usize].word)
    }

    /// A role, a body, a document, or words in a headline.
    pub(super) fn described(&mut self, core: Range<u32>, whole: Range<u32>, stretch: u32) -> Verdict {
        let page = self.page;
        let nouns = Class::PEOPLE.with(Class::DOCUMENT).with(Class::DOCUMENTS);
        let capitals: Vec<&str> = core
            .clone()
            .filter(|at| {
                page.tokens[*at as usize].is_capital()
                    && !self.class_at(*at).has(Class::DETERMINER.with(Class::TITLE))
                    && !self.is_defined_term(&core, *at)
            })
            .map(|at| page.token_text(at))
            .collect();
        // `Brandt’s lawyer` is not Brandt.
        let clitic = core.clone().position(|at| page.tokens[at as usize].kind == TokenKind::Clitic);
        let owned = clitic.is_some_and(|at| at + 1 < core.len());
        let head = core.clone().rev().find(|at| self.class_at(*at).has(nouns)).map(|at| self.compound(core.start, at));
        if !capitals.is_empty()
            && !owned
            && let Some(at) = self.roster.look_up(page, &capitals)
            && self.is_called(at, &core, head)
        {
            let name = &self.roster.entities[at as usize];
            let how = if name.words == capitals { How::Named } else { How::Alias };
            return Verdict { confidence: Confidence::High, ..known(at, how, QuoteReason::NameForm) };
        }
        if let Some(verdict) = self.tied(&whole, stretch) {
            return verdict;
        }
        // `the state’s own official estimates`: its noun stands behind what is a role, too.
        let behind =
            head.map(|head| head + 1).filter(|at| *at < core.end && page.tokens[*at as usize].case == Case::Lower);
        if let Some(noun) =
            behind.filter(|at| self.class_at(*at).has(Class::CUE_NOUN) && !self.class_at(*at).has(nouns))
        {
            return self.unnamed(whole, noun, SpeakerKind::Document);
        }
        // `the Harrow Bay MP`
        let letters = |at: u32| page.tokens[at as usize].case == Case::Upper && self.class_at(at).has(Class::TITLE);
        if head.is_none() && core.len() > 1 && letters(core.end - 1) {
            return self.unnamed(whole, core.end - 1, SpeakerKind::Anonymous);
        }
        let Some(head) = head else {
            let kind = if capitals.is_empty() { SpeakerKind::Group } else { SpeakerKind::Unknown };
            // `an obvious`, `let’s`: no word for one who speaks, and no count of people.
            let counts = core.clone().any(|at| {
                self.class_at(at).has(Class::DETERMINER.with(Class::UNNAMED))
                    && self.class_at(at).has(Class::SUBJECT.with(Class::UNNAMED))
                    || self.word_at(at) == "percent"
                    || page.token_text(at) == "%"
            });
            let people = core.len() == 1 && page.lexicon.forms.ends(self.word_at(core.start), Ending::Plural) || counts;
            // `the gallery`
            if whole.len() == 2
                && core == whole
                && self.word_at(core.start) == "the"
                && page.tokens[core.start as usize + 1].case == Case::Lower
                && let Some((at, confidence)) =
                    self.acting(core.start + 1, false, page.tokens[core.start as usize].start, stretch)
            {
                return Verdict { confidence, ..known(at, How::Role, QuoteReason::RoleHolder) };
            }
            // `the Lantern champion`
            let last = page.tokens[core.end as usize - 1];
            let small = last.case == Case::Lower && last.is_word() && !last.word.is_known();
            if !capitals.is_empty() && small && whole.end == core.end && self.word_at(core.start) == "the" {
                let verdict = self.unnamed(whole, core.end - 1, kind);
                return Verdict { confidence: verdict.confidence.min(Confidence::Medium), ..verdict };
            }
            let verdict = self.unnamed(whole, core.start, kind);
            let limit = if capitals.is_empty() && !people { Confidence::Medium } else { Confidence::High };
            return Verdict { confidence: verdict.confidence.min(limit), ..verdict };
        };
        let class = self.class_at(head);
        if self.class_at(core.start).has(Class::POSSESSIVE)
            && core.start < head
            && let Some(verdict) = self.owned(&core, head, stretch)
        {
            return verdict;
        }
        let definite = self.page.lexicon.lists.has(List::ShownDeterminers, self.word_at(core.start))
            || self.class_at(core.start).has(Class::POSSESSIVE);
        let alone = whole.end == core.end;
        let place = page.tokens[core.start as usize].start;
        if class.has(Class::ROLE) && !class.has(Class::GROUP) {
            let noun = page.tokens[head as usize].word;
            let heads = matches!(
                page.paragraphs[self.paragraph_of(place) as usize].region,
                RegionKind::Headline | RegionKind::Subhead
            );
            let titled = || page.tokens[core.start as usize].is_capital() && core.len() > 1;
            if alone
                && (definite || titled())
                && let Some(mention) = self.named_behind(core.end)
            {
                return self.named(mention);
            }
            if definite && alone && self.two_hold(core.start + 1..head + 1, place, stretch) {
                return Verdict { reason: Some(QuoteReason::SharedName), ..Verdict::NONE };
            }
            if (definite || heads && core.len() == 1)
                && alone
                && let Some(at) = self.role_holder(core.start + u32::from(definite)..head + 1, place)
            {
                let verdict = known(at, How::Role, QuoteReason::RoleHolder);
                let sure = definite && self.alone_holds(at, noun, place);
                let confidence = match sure {
                    _ if self.another_spoke(at, place) => Confidence::Low,
                    true => Confidence::High,
                    false => verdict.confidence,
                };
                return Verdict { confidence, ..verdict };
            }
            if definite
                && alone
                && let Some(at) = self.likely_holder(core.start + 1..head + 1, place)
            {
                return Verdict { confidence: Confidence::Low, ..known(at, How::Role, QuoteReason::RoleHolder) };
            }
            if definite
                && alone
                && let Some(verdict) = self.retold(core.start + 1..head, place, stretch)
            {
                return verdict;
            }
            if definite
                && alone
                && (page.lexicon.lists.has(List::GenericRoles, self.word_at(head)) || self.goes_on(&whole))
                && !self.unnamed.iter().any(|one| one.noun == noun)
                && let Some(verdict) = self.same_again(head, place, stretch)
            {
                return verdict;
            }
            if let Some(clitic) = clitic.filter(|_| owned && alone)
                && let Some(verdict) = self.tied_by_name(core.start + clitic as u32, head)
            {
                return verdict;
            }
            if owned && let Some(verdict) = self.body_owned(&core, head, place, stretch) {
                return verdict;
            }
            if page.lexicon.people.voices.contains(noun)
                && let Some(verdict) = self.spokesperson(head, &whole, place)
            {
                return verdict;
            }
            if let Some(at) = self.told_next(&core, head, &whole) {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            if definite && alone && !self.is_introduced(core.clone(), head) {
                return self.said_again(whole, head, SpeakerKind::Anonymous, stretch);
            }
            return self.unnamed(whole, head, SpeakerKind::Anonymous);
        }
        if class.has(Class::DOCUMENT.with(Class::DOCUMENTS)) && !class.has(Class::GROUP) {
            // `The law says`, `Article 9 says`: nobody in particular.
            let numbered = page.tokens[head as usize].is_capital()
                && page.tokens.get(head as usize + 1).is_some_and(|next| next.kind == TokenKind::Number);
            if numbered || page.lexicon.lists.has(List::Laws, self.word_at(head)) {
                return Verdict::NONE;
            }
            return self.document(whole, head, stretch);
        }
        if class.has(Class::GROUP) {
            // `this newspaper`
            if self.word_at(core.start) == "this"
                && page.lexicon.people.outlets.contains(page.word(head as usize))
                && let Some(at) = self.outlet()
            {
                return known(at, How::Role, QuoteReason::Issuer);
            }
            if self.is_defined_term(&core, head) {
                let who = self.issuer_called(core.clone(), place, stretch);
                return match who {
                    Some(at) => known(at, How::Role, QuoteReason::RoleHolder),
                    None => self.unnamed(whole, head, SpeakerKind::Organization),
                };
            }
            let bare = alone
                && (definite || page.tokens[core.start as usize].is_capital())
                && !self.is_told_fuller(&core, head);
            if bare && let Some(at) = self.body(core.start + u32::from(definite)..head + 1, place, stretch) {
                return known(at, How::Role, QuoteReason::RoleHolder);
            }
            if bare
                && definite
                && !owned
                && !self.is_named_so(&core)
                && let Some((at, confidence)) = self.acting(head, core.len() > 2, place, stretch)
            {
                return Verdict { confidence, ..known(at, How::Role, QuoteReason::RoleHolder) };
            }
            let crowd = page.lexicon.people.crowds.contains(page.word(head as usize));
            return self.unnamed(whole, head, if crowd { SpeakerKind::Group } else { SpeakerKind::Organization });
        }
        self.unnamed(whole, head, SpeakerKind::Group)
    }

    /// `the Company`: whether a phrase is no more than a noun for any body, with a capital.
    fn is_defined_term(&self, core: &Range<u32>, at: u32) -> bool {
        core.len() == 2 && at == core.start + 1 && is_defined_term(self.page, at)
    }

    /// `The hoteliers’ union was unhappy. … The union said so`: whether the noun at `head` was written last with words in small letters before it
    /// that tell which.
    fn is_told_fuller(&self, core: &Range<u32>, head: u32) -> bool {
        const FAR: u32 = 300;
        let page = self.page;
        let noun = page.word(head as usize);
        let last = (core.start.saturating_sub(FAR)..core.start).rev().find(|at| page.word(*at as usize) == noun);
        core.len() == 2
            && last.is_some_and(|last| {
                let small = |at: u32| page.tokens[at as usize].case == Case::Lower;
                let owned = self.kind_at(last.saturating_sub(1)) == Some(TokenKind::Clitic);
                let whose = last.saturating_sub(2);
                let several = page.lexicon.forms.ends(page.token_text(whose), Ending::Plural);
                owned && several && small(last) && small(whose)
            })
    }

    /// `the Courier news agency`, but not `the Harrow Bay-based agency`: whether a phrase holds a name that no hyphen follows.
    fn is_named_so(&self, core: &Range<u32>) -> bool {
        let capital = |at: u32| self.page.tokens[at as usize].is_capital() && !self.is_defined_term(core, at);
        let joined = |at: u32| capital(at) || self.page.tokens[at as usize].kind == TokenKind::Hyphen;
        (core.start + 1..core.end).any(|at| capital(at) && (at + 1 >= core.end || !joined(at + 1)))
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
        // `the Harrow Bay MP`
        let letters = last.case == Case::Upper && page.class(core.end - 1).has(Class::ROLE.with(Class::TITLE));
        // and one of many, `a Harrow Bay MP`
        if letters && core.len() > 1 && page.class(core.start).has(Class::DETERMINER.with(Class::UNNAMED)) {
            return false;
        }
        if last.is_capital() || !last.is_word() {
            return true;
        }
        let entity = &mut self.roster.entities[at as usize];
        // `the Lantern magazine`, but not `the US state department`, `the Harrow police force`
        let people = &page.lexicon.people;
        let small = core
            .clone()
            .filter(|at| page.tokens[*at as usize].case == Case::Lower && page.tokens[*at as usize].is_word());
        let small = small.filter(|at| !page.class(*at).has(Class::DETERMINER)).count();
        let acronym = entity.words.len() == 1 && entity.words[0].chars().all(char::is_uppercase);
        let body = head.map(|head| page.word(head as usize)).is_some_and(|noun| {
            people.outlets.contains(noun)
                || people.any_body.contains(noun) && !acronym
                || page.lexicon.words.text(noun) == "party"
        });
        // `the US magazine`: where it is from
        if entity.kind != SpeakerKind::Organization || !body || small > 1 || people.is_state(&entity.words) {
            return false;
        }
        // `the Reform party`: its name in full.
        if page.token_text(core.end - 1) == "party" && entity.words.len() == 1 {
            entity.name = format!("{} party", entity.words[0]);
        }
        true
    }

    /// `my uncle`, `his campaign`: under the owner's name, where the pronoun's owner is known.
    fn owned(&mut self, core: &Range<u32>, head: u32, stretch: u32) -> Option<Verdict> {
        let page = self.page;
        let pronoun = page.tokens[core.start as usize].span();
        let class = self.class_at(core.start);
        if !self.class_at(head).has(Class::ROLE.with(Class::GROUP).with(Class::ROLES)) {
            return None;
        }
        let mut confidence = Confidence::Medium;
        let who = match class.has(Class::FIRST) {
            true if self.word_at(core.start) == "my" => self.speaking.or_else(|| self.narrator()),
            true => None,
            // `Brandt quoted his mother: “‘…’”`
            false if self.is_nested && !self.nested_in.contains(pronoun) => self.speaking,
            false => {
                let owner = match self.told_first(pronoun, class) {
                    Some(at) => known(at, How::Pronoun, QuoteReason::PronounRecency),
                    None => self.pronoun(pronoun, class, stretch),
                };
                // Where two could be meant, whose it is stays a guess.
                confidence = if owner.confidence == Confidence::High { confidence } else { Confidence::Low };
                owner.who
            }
        }?;
        let it = !class.has(Class::FIRST.with(Class::PLURAL)) && gender_of(class).is_none();
        if it && !matches!(self.kind(who), SpeakerKind::Organization | SpeakerKind::Document) {
            return None;
        }
        // `his lawyer`, where the text tells who that is
        if let Who::Named(owner) = who
            && core.start + 1 == head
            && let Some(one) = self.tied_to(owner, page.word(head as usize))
        {
            return Some(Verdict { confidence, ..known(one, How::Role, QuoteReason::RoleHolder) });
        }
        let owner = match who {
            Who::Named(owner) => self.roster.entities[owner as usize].name.clone(),
            Who::Unnamed(owner) => self.unnamed[owner as usize].name.clone(),
        };
        let loose = Class::ADJECTIVE.with(Class::TIME).with(Class::ADVERB);
        let first = (core.start + 1..head).find(|at| !self.class_at(*at).has(loose)).unwrap_or(head);
        // `my brother-in-law`
        let mut last = head;
        while last + 2 < core.end && page.tokens[last as usize + 1].kind == TokenKind::Hyphen {
            last += 2;
        }
        let noun = page.span_of(first..last + 1).of(page.text);
        let kind = match self.class_at(head) {
            class if class.has(Class::ROLE) => SpeakerKind::Anonymous,
            class if class.has(Class::ROLES) => SpeakerKind::Group,
            _ => SpeakerKind::Organization,
        };
        let span = page.span_of(core.clone());
        // `the nurses’ union`
        let several = matches!(who, Who::Unnamed(_)) && owner.ends_with('s') && self.kind(who) == SpeakerKind::Group;
        let s = if several { "" } else { "s" };
        let who = self.enter(format!("{owner}’{s} {noun}"), kind, page.tokens[head as usize].word, span);
        let reason = Some(QuoteReason::PronounRecency);
        Some(Verdict { who: Some(who), how: How::Role, confidence, reason })
    }

    /// `Brink will stand again, his office said`: the person whose name is the subject of the words before the pronoun's phrase.
    fn told_first(&self, pronoun: Span, class: Class) -> Option<u32> {
        const NEAR: u32 = 3;
        let page = self.page;
        let gender = gender_of(class)?;
        let first = self.words.first().filter(|first| !self.is_marked && first.end <= pronoun.start)?;
        let named = self.roster.mentions_in(*first).next()?;
        let titled = page.token_at(named.span.start) <= page.token_at(first.start) + NEAR
            && (page.token_at(first.start)..page.token_at(named.span.start))
                .all(|at| page.tokens[at as usize].is_capital());
        let same =
            page.sentence_at(first.start).map(|one| one.span) == page.sentence_at(pronoun.start).map(|one| one.span);
        let human = self.may_be_human(Some(Who::Named(named.entity))) && named.doubt < Doubt::Much;
        (titled && same && human && self.agrees(Who::Named(named.entity), Some(gender))).then_some(named.entity)
    }

    /// `the mayor`, as tokens without their determiner: the person last named before byte `at` who was given the role
    /// anywhere in the document, or the only one after it.
    pub(super) fn role_holder(&self, phrase: Range<u32>, at: u32) -> Option<u32> {
        let role = self.page.lexicon.people.role_of(self.page.word(phrase.end as usize - 1));
        let has = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization
                && entity.role_words.contains(&role)
                && self.is_same_role(entity, phrase.clone())
        };
        if let Some(one) = self.lettered(&phrase) {
            return Some(one);
        }
        let before = self.roster.before(at).take(60).find(has).map(|mention| mention.entity);
        before.or_else(|| only(self.roster.after(at).take(LOOK_BACK).filter(has)))
    }

    /// `the QUP leader`, as tokens: the person named before as `Quay Union Party leader Ada Brandt`, whose body the letters stand for.
    pub(super) fn lettered(&self, phrase: &Range<u32>) -> Option<u32> {
        let page = self.page;
        let last = phrase.end - 1;
        let at = (phrase.start..last).find(|at| page.tokens[*at as usize].case == Case::Upper)?;
        let role = page.lexicon.people.role_of(page.word(last as usize));
        let text = page.token_text(at);
        let capital = |word: &str| word.chars().next().filter(|letter| letter.is_uppercase());
        let fits = |entity: &Entity| {
            let own = entity.role.map_or("", |role| role.of(page.text));
            entity.kind != SpeakerKind::Organization
                && entity.role_words.contains(&role)
                && own.split_whitespace().filter_map(capital).eq(text.chars())
        };
        let mut before = self.roster.before(page.tokens[at as usize].start).take(LOOK_BACK);
        before.find(|mention| fits(&self.roster.entities[mention.entity as usize])).map(|mention| mention.entity)
    }

    /// `said the former captain, Col Brandt, after the match`: the person whose name stands between commas right behind a role
    /// that ends before `comma`.
    fn named_behind(&self, comma: u32) -> Option<Mention> {
        let page = self.page;
        if self.kind_at(comma) != Some(TokenKind::Comma) {
            return None;
        }
        let passes = |at: &u32| {
            self.class_at(*at).has(Class::TITLE) && page.tokens[*at as usize].is_capital()
                || self.kind_at(*at) == Some(TokenKind::Stop)
        };
        let limit = (comma + 4).min(page.tokens.len() as u32);
        let first = (comma + 1..limit).find(|at| !passes(at))?;
        let mention = self.roster.after(page.tokens[first as usize].start).next()?;
        let beside = mention.span.start == page.tokens[first as usize].start
            && self.kind_at(page.token_at(mention.span.end)) == Some(TokenKind::Comma);
        let human = self.may_be_human(Some(Who::Named(mention.entity)));
        (beside && human).then_some(*mention)
    }

    /// Whether two with the role of the tokens `phrase` are named near before byte `at`: `President Otto Lind met President Piet
    /// Dole. “…,” the president said.`
    fn two_hold(&self, phrase: Range<u32>, at: u32, stretch: u32) -> bool {
        const NEAR: u32 = 2;
        let role = self.page.lexicon.people.role_of(self.page.word(phrase.end as usize - 1));
        let near = self.roster.before(at).take(LOOK_BACK).take_while(|mention| mention.stretch + NEAR > stretch);
        let mut holders = near.filter(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization
                && entity.role_words.contains(&role)
                && self.is_same_role(entity, phrase.clone())
        });
        let Some(one) = holders.next() else { return false };
        let spoke = self.last.is_some_and(|last| last.who == Who::Named(one.entity) && last.stretch + 1 >= stretch);
        !spoke && holders.any(|other| other.entity != one.entity)
    }

    /// `Minister Otto Lind came. Piet Dole said so. “…,” the minister said`: whether a person of whom no role is told has spoken since
    /// `at` was named last before byte `place`: the role may be that one's.
    fn another_spoke(&self, at: u32, place: u32) -> bool {
        let Some((Who::Named(other), since)) = self.last.map(|last| (last.who, last.at)) else { return false };
        let entity = &self.roster.entities[other as usize];
        let open = other != at && entity.kind != SpeakerKind::Organization && entity.role_words.is_empty();
        let human = self.may_be_human(Some(Who::Named(other)));
        let named = |mention: &&Mention| mention.entity == at;
        let last = self.roster.before(place).take(LOOK_BACK).find(named);
        open && human && last.is_some_and(|mention| mention.span.start < since)
    }

    /// Whether `at`, named before byte `place`, is the only one of the document with this role.
    fn alone_holds(&self, at: u32, role: WordId, place: u32) -> bool {
        let role = self.page.lexicon.people.role_of(role);
        let holds = |entity: &&Entity| entity.kind != SpeakerKind::Organization && entity.role_words.contains(&role);
        let named = self.roster.before(place).take(LOOK_BACK).any(|mention| mention.entity == at);
        let unnamed = self.unnamed.iter().any(|other| other.noun == role);
        named && !unnamed && self.roster.entities.iter().filter(holds).take(2).count() == 1
    }

    /// Who may be meant by `the minister`, as tokens without their determiner, where nobody was given that role: the only
    /// person before byte `at`, or the one who is named first thereafter.
    fn likely_holder(&mut self, phrase: Range<u32>, at: u32) -> Option<u32> {
        let noun = self.page.word(phrase.end as usize - 1);
        if phrase.len() == 1
            && let Some(one) = self.other_top(noun, at)
        {
            return Some(one);
        }
        let bench = self.page.lexicon.lists.has(List::BenchOffices, self.word_at(phrase.end - 1));
        if !self.page.lexicon.people.offices.contains(noun) || bench {
            return None;
        }
        // `the regional governor`, `the Reform leader`: more words tell of somebody else, but in `the prime minister`.
        let part = |at: u32| self.page.lexicon.lists.has(List::OfficeWords, self.word_at(at));
        // `the finance minister`: the office tells its field.
        let field = self.page.lexicon.lists.has(List::FieldOffices, self.word_at(phrase.end - 1));
        let small = |at: u32| self.page.tokens[at as usize].case == Case::Lower;
        let whole = (phrase.start..phrase.end - 1).all(|at| part(at) || field && small(at));
        let only = if whole { self.only_person(at) } else { None };
        let one = only.or_else(|| self.named_later(at))?;
        // Whom somebody calls `the governor` is somebody else.
        if self.speaking == Some(Who::Named(one)) {
            return None;
        }
        // Who was the minister once is so again.
        self.roster.entities[one as usize].role_words.push(noun);
        Some(one)
    }

    /// `A harbour councillor has warned of floods. Ada Brandt, a councillor for Lenn, told the Courier`: whom a role at the head of the
    /// story means that names nobody: the first person named behind it, near, who speaks or acts there and is the only one of
    /// the text with that role.
    fn told_next(&self, core: &Range<u32>, head: u32, whole: &Range<u32>) -> Option<u32> {
        const NEAR: u32 = 2;
        const LEAD: usize = 2;
        let (page, people) = (self.page, &self.page.lexicon.people);
        let noun = page.word(head as usize);
        let one = page.lexicon.lists.has(List::LeadDeterminers, self.word_at(core.start));
        if !one || self.is_nested || people.voices.contains(noun) {
            return None;
        }
        let place = page.tokens[core.start as usize].start;
        let body = page.paragraphs.iter().find(|one| one.region == RegionKind::Body)?;
        let told = page.sentences.get(body.sentences.start as usize..).unwrap_or_default();
        let before = told.iter().take(LEAD + 1).filter(|sentence| sentence.span.end <= place).count();
        if before > LEAD {
            return None;
        }
        let role = people.role_of(noun);
        let human = |entity: &Entity| entity.kind != SpeakerKind::Organization && !entity.state;
        // `a top executive`: under another word for one who runs a body
        let runs = |word: &WordId| people.tops.contains(*word) || people.offices.contains(*word);
        let fits = |entity: &Entity| {
            entity.role_words.contains(&role) || people.tops.contains(noun) && entity.role_words.iter().any(runs)
        };
        let holds = |entity: &Entity| human(entity) && fits(entity);
        let end = page.span_of(whole.clone()).end;
        let here = self.stretch_at(place);
        let person = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let tells = entity.kind == SpeakerKind::Person && self.reports(mention);
            !mention.quoted && human(entity) && (holds(entity) || tells)
        };
        let near = self.roster.after(end).take(LOOK_BACK).take_while(|mention| mention.stretch <= here + NEAR);
        let next = near.into_iter().find(person)?;
        let entity = &self.roster.entities[next.entity as usize];
        let named = |mention: &Mention| mention.entity == next.entity;
        let new = !self.roster.before(place).take(LOOK_BACK).any(named);
        let acts = self.roster.after(end).take(LOOK_BACK).any(|one| named(one) && self.reports(one)) || next.leads;
        let others = self.roster.entities.iter().filter(|entity| holds(entity)).take(2).count();
        let again = self.unnamed.iter().any(|other| people.role_of(other.noun) == role);
        let same = !entity.role_words.contains(&role) || self.is_same_role(entity, core.start + 1..head + 1);
        (holds(entity) && same && new && acts && others == 1 && !again).then_some(next.entity)
    }

    /// `the director`: the one person of the document so far who runs a body under another word (`the harbour chief`).
    fn other_top(&self, noun: WordId, at: u32) -> Option<u32> {
        let tops = &self.page.lexicon.people.tops;
        let runs = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization && entity.role_words.iter().any(|word| tops.contains(*word))
        };
        if tops.contains(noun) { only(self.roster.before(at).take(LOOK_BACK).filter(runs)) } else { None }
    }

    /// `The governor has promised a review. … Ada Brandt told the council`: an office before any person is named is that of
    /// the first person after it, where the headline has that name too and the text gives it no other role.
    fn named_later(&self, at: u32) -> Option<u32> {
        const NEAR: u32 = 3;
        let person = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let human = entity.kind == SpeakerKind::Person
                || entity.kind == SpeakerKind::Unknown
                    && entity.words.len() > 1
                    && (mention.leads || self.reports(mention));
            human && !mention.quoted
        };
        if self.roster.before(at).take(LOOK_BACK).any(|mention| person(&mention)) {
            return None;
        }
        let next = self.roster.after(at).take(LOOK_BACK).find(person)?;
        let entity = &self.roster.entities[next.entity as usize];
        let here = self.stretch_at(at);
        let near = next.stretch <= here + NEAR && entity.role_words.is_empty();
        (near && self.in_headline(entity.words.last()?)).then_some(next.entity)
    }

    /// `the Harrow Republican`: one of a party, from somewhere, who was named near.
    pub(super) fn party_member(&self, core: Range<u32>, whole: &Range<u32>, stretch: u32) -> Option<Verdict> {
        let last = core.end - 1;
        let place = (core.start + 1..last).all(|at| self.page.tokens[at as usize].is_capital()) && core.len() > 2;
        let member = self.page.lexicon.lists.has(List::PartyMembers, self.page.token_text(last));
        let alone = whole.end == core.end && self.word_at(core.start) == "the";
        if !(place && member && alone) {
            return None;
        }
        let start = self.page.tokens[core.start as usize].start;
        self.salient(start, stretch, true)
    }

    /// `the veteran diplomat`: words before a role, as tokens, that tell more of one who is known: the one person who acts or
    /// speaks near.
    fn retold(&self, before: Range<u32>, place: u32, stretch: u32) -> Option<Verdict> {
        let more = before.into_iter().any(|at| self.page.lexicon.lists.has(List::EpithetWords, self.word_at(at)));
        self.salient(place, stretch, more)
    }

    /// `The chancellor also said`, `added the chancellor`: whether a word beside the source tells that its speaker goes on.
    fn goes_on(&self, whole: &Range<u32>) -> bool {
        let beside = [whole.start.checked_sub(1), Some(whole.end)].into_iter().flatten();
        let has = |at: u32| self.page.lexicon.lists.has(List::Additive, self.word_at(at));
        beside.into_iter().any(|at| (at as usize) < self.page.tokens.len() && has(at))
    }

    /// `Otto Lind said so. … the top diplomat said`: who spoke last, where that is a person by name and no other person was named
    /// since.
    fn same_again(&self, head: u32, place: u32, stretch: u32) -> Option<Verdict> {
        const NEAR: u32 = 3;
        let last = self.last.filter(|last| last.stretch + NEAR > stretch)?;
        let Who::Named(at) = last.who else { return None };
        // `the actress`
        if !self.agrees(last.who, gender_of(self.class_at(head))) {
            return None;
        }
        let since = self.roster.before(place).take(LOOK_BACK).take_while(|mention| mention.span.start >= last.at);
        let person = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let several = entity.kind == SpeakerKind::Unknown && entity.words.len() > 1 && mention.entity == at;
            entity.is_likely_person() || several
        };
        // Whom he tells of between marks has not the floor.
        let alone = since.filter(person).all(|mention| mention.entity == at || mention.quoted);
        let human =
            self.may_be_human(Some(last.who)) && self.roster.entities[at as usize].kind != SpeakerKind::Organization;
        let verdict = known(Some(at).filter(|_| alone && human)?, How::Role, QuoteReason::RoleHolder);
        Some(Verdict { confidence: Confidence::Low, ..verdict })
    }

    /// The person who was named or spoke last before byte `place`, where one is asked for.
    fn salient(&self, place: u32, stretch: u32, asked: bool) -> Option<Verdict> {
        const NEAR: u32 = 2;
        let human = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.is_likely_person() && !mention.quoted && mention.doubt < Doubt::Much
        };
        let near = || self.roster.before(place).take(LOOK_BACK).take_while(|mention| mention.stretch + NEAR > stretch);
        let named = asked.then(|| near().find(human)).flatten();
        let spoke = self.last.filter(|last| asked && last.stretch + NEAR > stretch);
        let spoke = spoke.filter(|last| named.is_none_or(|one| last.at >= one.span.start));
        let spoke = spoke.and_then(|last| match last.who {
            Who::Named(at) => Some(at).filter(|_| self.may_be_human(Some(last.who))),
            Who::Unnamed(_) => None,
        });
        let verdict = known(spoke.or(named.map(|one| one.entity))?, How::Role, QuoteReason::RoleHolder);
        Some(Verdict { confidence: Confidence::Low, ..verdict })
    }

    /// `the Lantern champion`, of whom nobody was told so far: who spoke last, where that may be, else one of these words alone, who
    /// is likely somebody of the story.
    fn said_again(&mut self, whole: Range<u32>, head: u32, kind: SpeakerKind, stretch: u32) -> Verdict {
        let place = self.page.tokens[whole.start as usize].start;
        let office = self.page.lexicon.people.offices.contains(self.page.word(head as usize));
        // `with the lawyer accusing him`: no clause of its own.
        let own = whole
            .start
            .checked_sub(1)
            .is_none_or(|at| !self.page.tokens[at as usize].is_word() || self.class_at(at).has(Class::CUE_VERB));
        let the = self.word_at(whole.start) == "the";
        if own
            && the
            && !office
            && let Some(verdict) = self.same_again(head, place, stretch)
            && !matches!(verdict.who, Some(Who::Named(at)) if self.others_report(at, place, stretch))
        {
            return verdict;
        }
        let verdict = self.unnamed(whole, head, kind);
        // `the mayor`: an office tells by itself whose words they are.
        let limit = if office { Confidence::High } else { Confidence::Medium };
        Verdict { confidence: verdict.confidence.min(limit), ..verdict }
    }

    /// Whether somebody else than `at` reports something near before byte `place`: where two have spoken, a role may be either's, or a
    /// third's.
    fn others_report(&self, at: u32, place: u32, stretch: u32) -> bool {
        const NEAR: u32 = 3;
        let near = self.roster.before(place).take(LOOK_BACK).take_while(|mention| mention.stretch + NEAR > stretch);
        let human = |mention: &&Mention| self.roster.entities[mention.entity as usize].is_likely_person();
        near.filter(human).any(|mention| mention.entity != at && !mention.quoted && self.reports(mention))
    }

    /// Whether the noun at `head`, of the phrase `core`, was written before: `a harbour pilot … the pilot`.
    fn is_introduced(&self, core: Range<u32>, head: u32) -> bool {
        const FAR: u32 = 1000;
        let noun = self.page.word(head as usize);
        let the = |at: u32| (at.saturating_sub(3)..at).any(|at| self.word_at(at) == "the");
        (core.start.saturating_sub(FAR)..core.start).any(|at| self.page.word(at as usize) == noun && !the(at))
    }

    /// Whether a cue stands right beside a name.
    pub(super) fn reports(&self, mention: &Mention) -> bool {
        let page = self.page;
        let before = page.token_at(mention.span.start).checked_sub(1);
        let cue = |at: u32| (at as usize) < page.tokens.len() && self.class_at(at).has(Class::CUE_VERB);
        before.is_some_and(cue) || cue(page.token_at(mention.span.end))
    }

    /// `the paper’s founder`: under the name of the body that `the paper` means.
    fn body_owned(&mut self, core: &Range<u32>, head: u32, place: u32, stretch: u32) -> Option<Verdict> {
        let page = self.page;
        let clitic = core.clone().find(|at| page.tokens[*at as usize].kind == TokenKind::Clitic)?;
        let owner = core.start + 1..clitic;
        if self.word_at(core.start) != "the" || owner.is_empty() || clitic + 1 > head {
            return None;
        }
        let noun = page.word(clitic as usize - 1);
        let body = match self.body(owner.clone(), place, stretch) {
            Some(body) => body,
            // `the paper`, where the article names the one that prints it.
            None if owner.len() == 1 && page.lexicon.people.outlets.contains(noun) => self.outlet_here(place)?,
            None => return None,
        };
        let role = page.span_of(clitic + 1..head + 1).of(page.text);
        let name = format!("{}’s {role}", self.roster.entities[body as usize].name);
        let span = page.span_of(core.clone());
        let who = self.enter(name, SpeakerKind::Anonymous, page.word(head as usize), span);
        let reason = Some(QuoteReason::RoleHolder);
        Some(Verdict { who: Some(who), how: How::Role, confidence: Confidence::Medium, reason })
    }

    /// Whether the words before a role's noun can be said of one with that role: `the deputy mayor` is no mayor, and `the
    /// health minister` no finance minister.
    pub(super) fn is_same_role(&self, entity: &Entity, phrase: Range<u32>) -> bool {
        let page = self.page;
        let own = entity.role.map_or("", |role| role.of(page.text)).to_lowercase();
        let words = || own.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let nouns = words().count();
        // `the minister` is no former minister.
        let mut texts: Vec<String> = phrase.clone().map(|at| page.token_text(at).to_lowercase()).collect();
        // `the PM` is the prime minister, and no first minister.
        const PRIME: &str = "prime";
        if texts.last().is_some_and(|last| last == "pm") {
            if nouns > 1 && !words().any(|word| word == PRIME) {
                return false;
            }
            texts.push(PRIME.to_owned());
        }
        let lesser = |word: &&str| page.lexicon.people.lesser.contains(page.lexicon.words.get(word));
        if words().filter(lesser).any(|word| !texts.iter().any(|text| text == word)) {
            return false;
        }
        let forms = page.lexicon.forms;
        (phrase.start..phrase.end - 1).filter(|at| page.tokens[*at as usize].is_word()).all(|at| {
            let text = page.token_text(at).to_lowercase();
            if own.contains(&text) {
                return true;
            }
            // `the president’s press secretary`: whose the press secretary is
            if page.tokens[at as usize + 1].kind == TokenKind::Clitic {
                return true;
            }
            // `the first minister` is no prime minister.
            let loose =
                self.class_at(at).has(Class::ADJECTIVE.with(Class::ADVERB)) && !self.class_at(at).has(Class::TIME);
            !page.lexicon.people.lesser.contains(page.word(at as usize))
                && (nouns < 2 || loose || forms.ends(&text, Ending::Past) || forms.ends(&text, Ending::Gerund))
        })
    }

    /// The only person who has begun a sentence or has a title before byte `at`, if no role was given to that person.
    pub(super) fn only_person(&self, at: u32) -> Option<u32> {
        let mut acting = self.roster.before(at).take(LOOK_BACK).filter(|mention| {
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

    /// `the 56-year-old`: the one person named near whom the text gives that age, or who alone acts or speaks there.
    pub(super) fn aged(&mut self, core: Range<u32>, stretch: u32) -> Option<Verdict> {
        const NEAR: u32 = 3;
        let page = self.page;
        let text = |at: u32| if at < core.end { self.word_at(at) } else { "" };
        let age = core.start + u32::from(self.class_at(core.start).has(Class::DETERMINER));
        let joined = |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.kind == TokenKind::Hyphen);
        let aged = joined(age + 1) && text(age + 2) == "year" && joined(age + 3) && text(age + 4) == "old";
        // `the 56-year-old singer`
        let head = core.end - 1;
        let plain = |at: u32| self.kind_at(at) == Some(TokenKind::Word) && page.tokens[at as usize].case == Case::Lower;
        let more = age + 5 < core.end;
        if !aged || more && !((age + 5..core.end).all(plain) && self.class_at(head).has(Class::ROLE)) {
            return None;
        }
        let place = page.tokens[core.start as usize].start;
        let years = page.token_text(age);
        let person = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization && mention.doubt < Doubt::Much && !mention.quoted
        };
        let of_age = |mention: &&Mention| {
            let after = page.token_at(mention.span.end);
            let comma = page.tokens.get(after as usize).is_some_and(|token| token.kind == TokenKind::Comma);
            comma && page.tokens.get(after as usize + 1).is_some_and(|token| token.span().of(page.text) == years)
        };
        let one = self.roster.before(place).filter(person).find(of_age).map(|mention| mention.entity);
        let acting = || {
            let near = self.roster.before(place).take(LOOK_BACK).take_while(|mention| mention.stretch + NEAR > stretch);
            only(near.filter(person).filter(|mention| mention.leads || self.reports(mention)))
        };
        let definite = self.word_at(core.start) == "the";
        let at = if definite { one.or_else(acting) } else { None };
        let gender = gender_of(self.class_at(head)).filter(|_| more);
        let at = at.filter(|at| !more || self.agrees(Who::Named(*at), gender));
        if more && at.is_none() {
            return None;
        }
        Some(match at {
            Some(at) => known(at, How::Role, QuoteReason::RoleHolder),
            None => self.unnamed(core.clone(), core.end - 1, SpeakerKind::Anonymous),
        })
    }

    /// A speaker known by these words alone, up to their first comma; the same words mean the same speaker.
    pub(super) fn unnamed(&mut self, whole: Range<u32>, head: u32, kind: SpeakerKind) -> Verdict {
        let page = self.page;
        let span = page.span_of(whole.clone());
        let name = self.as_written(&whole, head);
        let who = self.enter(name, kind, page.tokens[head as usize].word, span);
        Verdict { who: Some(who), how: How::Named, confidence: Confidence::High, reason: None }
    }

    /// `A senior harbour source said so. … the source said`: where `verdict` is no more than a noun, the one who spoke under that noun
    /// with more words, if it is the only such one so far, or the one who spoke last.
    pub(super) fn told_fuller(&mut self, source: &Range<u32>, verdict: Verdict) -> Option<Verdict> {
        let page = self.page;
        let lists = &page.lexicon.lists;
        let Some(Who::Unnamed(own)) = verdict.who.filter(|_| source.len() == 2) else { return None };
        let noun = page.tokens[source.start as usize + 1];
        let text = page.token_text(source.start + 1);
        let shown = lists.has(List::ShownDeterminers, self.word_at(source.start));
        let bare = self.unnamed[own as usize].name.eq_ignore_ascii_case(text);
        if !shown || !bare || noun.case != Case::Lower || !noun.word.is_known() {
            return None;
        }
        // `This official`, `her lawyer` tell no more, and `the city’s charges` are no city.
        let more = |name: &str| {
            let Some((first, _)) = name.split_once(' ') else { return false };
            let class = page.lexicon.grammar.class(page.lexicon.words.get(&first.to_lowercase()));
            let points = lists.reads(List::PointingWords, first) || class.has(Class::POSSESSIVE);
            let owns = name.match_indices(text).any(|(at, _)| name[at + text.len()..].starts_with(['\'', '’']));
            !points && !owns
        };
        let fits = |one: &Unnamed| one.noun == noun.word && more(&one.name);
        // `the agency` may be any: only the one that spoke last.
        let people = &page.lexicon.people;
        let wide = people.any_body.contains(noun.word) || people.outlets.contains(noun.word);
        let near = self.unnamed.iter().enumerate().rev().take(LOOK_BACK);
        let mut fuller = near.filter(|(_, one)| fits(one)).map(|(at, _)| at as u32);
        let one = fuller.next()?;
        let alone = fuller.next().is_none() && !wide;
        let (at, limit) = match self.last.map(|last| last.who) {
            _ if alone => (one, Confidence::High),
            Some(Who::Unnamed(at)) if fits(&self.unnamed[at as usize]) => (at, Confidence::Medium),
            _ => return None,
        };
        self.unnamed[at as usize].aliases.push(page.span_of(source.clone()));
        let confidence = verdict.confidence.min(limit);
        let reason = Some(QuoteReason::RoleHolder);
        Some(Verdict { who: Some(Who::Unnamed(at)), how: How::Role, confidence, reason })
    }

    /// The words of a phrase without its article, up to the first comma behind its head, or to what was done to him: `a witness` of
    /// `a witness interviewed by the Courier`, but all of `a report published by the Courier`: who made a text tells whose it is.
    pub(super) fn as_written(&self, whole: &Range<u32>, head: u32) -> String {
        let page = self.page;
        let first = whole.start;
        let article = page.lexicon.lists.has(List::Articles, self.word_at(first));
        const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
        let person = !self.class_at(head).has(Class::GROUP.with(Class::GROUPS).with(TEXTS));
        let text = self.class_at(head).has(TEXTS);
        let past = |at: u32| {
            page.lexicon.forms.ends(page.token_text(at), Ending::Past) && page.tokens[at as usize].case == Case::Lower
        };
        let done = |at: u32| {
            person
                && past(at)
                // `those polled by the Courier` are nobody without it.
                && !self.class_at(at - 1).has(Class::DETERMINER.with(Class::SUBJECT).with(Class::OBJECT))
                && at + 1 < whole.end
                && self.word_at(at + 1) == "by"
        };
        // `Residents, traders and a priest`
        let list = self.is_listed(head + 1, whole);
        let comma = |at: u32| !list && page.tokens[at as usize].kind == TokenKind::Comma;
        // `a report by the council published in May`
        let issued = |at: u32| {
            text && at > head + 2
                && past(at)
                && !self.class_at(at - 1).has(Class::FUNCTION)
                && at + 1 < whole.end
                && self.class_at(at + 1).has(Class::PREPOSITION.with(Class::TIME))
                && self.word_at(at + 1) != "by"
                && !(head + 1..at).any(|at| self.class_at(at).has(Class::RELATIVE))
        };
        let end = (head + 1..whole.end).find(|at| comma(*at) || done(*at) || issued(*at)).unwrap_or(whole.end);
        // `a statement by the council released`: the participle of its verb
        let last = end - 1;
        let loose = text && last > head + 1 && past(last);
        let named = page.span_of(first + u32::from(article && whole.len() > 1)..end - u32::from(loose));
        named.of(page.text).split_whitespace().collect::<Vec<_>>().join(" ")
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
        if !self.class_at(first).has(Class::DETERMINER)
            || !self.page.lexicon.lists.has(List::RoleDeterminers, self.word_at(first))
        {
            return None;
        }
        let plain = |at: &u32| page.tokens[*at as usize].is_word() && !self.class_at(*at).has(Class::PREPOSITION);
        let head = (first + 1..end.min(first + MOST)).take_while(plain).find(|at| {
            let token = page.tokens[*at as usize];
            // `The Governor received letters`
            let office = self.word_at(first) == "the" && page.lexicon.people.offices.contains(token.word);
            self.class_at(*at).has(Class::ROLE) && (token.case == Case::Lower || office)
        })?;
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
            let phrase = first + 1..head + 1;
            if let Some(at) = self.role_holder(phrase.clone(), place).or_else(|| self.likely_holder(phrase, place)) {
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
