//! Who is whose: `his lawyer, Ann Dole`, `Lind’s coach, Mara Wells`, `Ann Dole, his lawyer`, `Ida and Joel Lind`. So that `his lawyer`
//! further on means her.

use super::name::gender_of;
use super::resolve::{Resolver, Verdict, Who};
use super::roster::{Doubt, Mention};
use super::who::Tie;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use crate::text::tokens::Case;

/// Between an owner and a role stand at most so many words.
const WORDS: u32 = 3;

/// How many mentions an owner's pronoun is looked back over.
const NEAR: usize = 6;

impl Resolver<'_> {
    /// Whom `his lawyer` means, where `his` is `owner`: the one whom the text names as that. None where it names nobody, or two.
    pub(super) fn tied_to(&self, owner: u32, noun: WordId) -> Option<u32> {
        let page = self.page;
        let married = page.lexicon.lists.has(List::Married, page.lexicon.words.text(noun));
        let gender = gender_of(page.lexicon.grammar.class(noun));
        let fits = |tie: &&Tie| {
            let own = tie.noun.map_or(married && self.may_be_couple(owner, tie.one), |own| own == noun);
            own && tie.owner == owner && self.agrees(Who::Named(tie.one), gender)
        };
        let mut ties = self.ties.get_or_init(|| self.read_ties()).iter().filter(fits).map(|tie| tie.one);
        let one = ties.next()?;
        ties.all(|other| other == one).then_some(one)
    }

    /// `Lind’s coach`: whom the role `head` means, right behind the apostrophe at `clitic`; none where words stand between.
    pub(super) fn tied_by_name(&self, clitic: u32, head: u32) -> Option<Verdict> {
        let page = self.page;
        if clitic + 1 != head {
            return None;
        }
        let owner = self.named_until(page.tokens[clitic as usize].start)?;
        let one = self.tied_to(owner.entity, page.word(head as usize)).filter(|_| owner.doubt < Doubt::Much)?;
        let reason = Some(QuoteReason::RoleHolder);
        Some(Verdict { who: Some(Who::Named(one)), how: How::Role, confidence: Confidence::Medium, reason })
    }

    /// Two of different genders, as far as the text or their first names tell.
    fn may_be_couple(&self, one: u32, other: u32) -> bool {
        let gender = |at: u32| self.roster.entities[at as usize].gender();
        gender(one).is_none() || gender(one) != gender(other)
    }

    /// The mention that ends at byte `end`.
    fn named_until(&self, end: u32) -> Option<&Mention> {
        self.roster.before(end).next().filter(|mention| mention.span.end == end)
    }

    /// All of the document. Linear in its mentions.
    fn read_ties(&self) -> Vec<Tie> {
        let mentions = &self.roster.mentions;
        let human = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization && !entity.state && mention.doubt < Doubt::Much
        };
        let mut out = Vec::new();
        for (i, mention) in mentions.iter().enumerate().filter(|(_, mention)| human(mention)) {
            for (owner, noun) in [self.owner_before(i, mention), self.owner_behind(i, mention)].into_iter().flatten() {
                if owner == mention.entity {
                    continue;
                }
                out.push(Tie { owner, noun: Some(noun), one: mention.entity });
                // `Lind and his wife, Sheena, slept. … said her husband`
                if self.page.lexicon.lists.has(List::Married, self.page.lexicon.words.text(noun)) {
                    out.push(Tie { owner: mention.entity, noun: None, one: owner });
                }
            }
            if let Some(next) = mentions.get(i + 1).filter(human).filter(|next| self.are_joined(mention, next)) {
                out.push(Tie { owner: mention.entity, noun: None, one: next.entity });
                out.push(Tie { owner: next.entity, noun: None, one: mention.entity });
            }
        }
        out
    }

    /// `Ida and Joel Lind`: a first name alone, joined to a whole name, whose surname it shares.
    fn are_joined(&self, one: &Mention, other: &Mention) -> bool {
        let page = self.page;
        let words = |mention: &Mention| &self.roster.entities[mention.entity as usize].words;
        let between = page.text[one.span.end as usize..other.span.start.max(one.span.end) as usize].trim();
        one.entity != other.entity
            && matches!(between, "and" | "&")
            && words(one).len() == 2
            && words(one)[0] == one.span.of(page.text)
            && words(one).last() == words(other).last()
    }

    /// `his lawyer, Ann Dole`: whose the role right before a name is, and which.
    fn owner_before(&self, i: usize, mention: &Mention) -> Option<(u32, WordId)> {
        let page = self.page;
        let title = |at: u32| self.class_at(at).has(Class::TITLE) && page.tokens[at as usize].is_capital();
        let mut at = page.token_at(mention.span.start).checked_sub(1)?;
        while at > 0 && (title(at) || self.kind_at(at) == Some(TokenKind::Stop) && title(at - 1)) {
            at -= 1;
        }
        let head = if self.kind_at(at)? == TokenKind::Comma { at.checked_sub(1)? } else { at };
        let first = self.opens_owned(head)?;
        Some((self.owner_at(i, first)?, page.word(head as usize)))
    }

    /// `Ann Dole, his lawyer`: whose the role right behind a name is, and which.
    fn owner_behind(&self, i: usize, mention: &Mention) -> Option<(u32, WordId)> {
        let page = self.page;
        let comma = page.token_at(mention.span.end);
        if self.kind_at(comma)? != TokenKind::Comma {
            return None;
        }
        let limit = (comma + 3 + WORDS).min(page.tokens.len() as u32);
        let role = |at: &u32| self.class_at(*at).has(Class::ROLE) && page.tokens[*at as usize].case == Case::Lower;
        let head = (comma + 1..limit).find(role)?;
        let first = self.opens_owned(head).filter(|first| *first <= comma + 3 && *first > comma)?;
        // `Ann Dole, his lawyer, said`, but not `For Ann Dole, his lawyer was late`
        let closes = self.kind_at(head + 1).is_none_or(|kind| matches!(kind, TokenKind::Comma | TokenKind::Stop));
        Some((self.owner_at(i, first).filter(|_| closes)?, page.word(head as usize)))
    }

    /// The pronoun or apostrophe that opens the phrase of the role at `head`: `his long-time lawyer`.
    fn opens_owned(&self, head: u32) -> Option<u32> {
        let page = self.page;
        if !self.class_at(head).has(Class::ROLE) || page.tokens[head as usize].case != Case::Lower {
            return None;
        }
        let pronoun = |class: Class| class.has(Class::POSSESSIVE) && gender_of(class).is_some();
        let owns = |at: u32| self.kind_at(at) == Some(TokenKind::Clitic) || pronoun(self.class_at(at));
        let first = (head.saturating_sub(WORDS)..head).rev().find(|at| owns(*at))?;
        const LOOSE: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR).with(Class::CUE_VERB);
        let plain = |at: u32| {
            let kind = self.kind_at(at);
            kind == Some(TokenKind::Hyphen) || kind == Some(TokenKind::Word) && !self.class_at(at).has(LOOSE)
        };
        (first + 1..head).all(plain).then_some(first)
    }

    /// Who is meant by the pronoun at `first`, or owns by the apostrophe there: for a pronoun beside the mention `i`, the one person of
    /// its gender who was named last, if no other was in that sentence.
    fn owner_at(&self, i: usize, first: u32) -> Option<u32> {
        let page = self.page;
        let place = page.tokens[first as usize].start;
        if self.kind_at(first)? == TokenKind::Clitic {
            return self.named_until(place).filter(|owner| owner.doubt < Doubt::Much).map(|owner| owner.entity);
        }
        let gender = gender_of(self.class_at(first));
        let own = self.roster.mentions[i].entity;
        let human = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let person = entity.kind != SpeakerKind::Organization && !entity.state && mention.entity != own;
            person && mention.doubt < Doubt::Much && self.agrees(Who::Named(mention.entity), gender)
        };
        let sentence = |at: u32| page.sentence_at(at).map(|sentence| sentence.span.start);
        let mut before = self.roster.before(place).take(NEAR).filter(human);
        let owner = before.next()?;
        let same = |other: &Mention| sentence(other.span.start) == sentence(owner.span.start);
        // `Retired baker Dougal Lind`: a capital that nothing shows to be a person's is no rival.
        let mut rivals = before.take_while(|other| same(other)).filter(|other| self.is_human(other.entity));
        let alone = rivals.all(|other| other.entity == owner.entity);
        alone.then_some(owner.entity)
    }
}
