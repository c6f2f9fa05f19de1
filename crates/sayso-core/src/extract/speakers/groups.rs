//! Groups that are somebody's, and one of them: `Friends describe him …`, `one said`, `One of them, a nurse, said`.

use super::name::gender_of;
use super::resolve::{Resolver, Verdict, Who};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

impl Resolver<'_> {
    /// `Friends describe him as careful`: whose friends, where a pronoun right behind tells it.
    pub(super) fn tied(&mut self, whole: &Range<u32>, stretch: u32) -> Option<Verdict> {
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
        let Who::Named(owner) = self.pronoun(pronoun, self.class_at(object), stretch).who? else { return None };
        let owner = &self.roster.entities[owner as usize].name;
        let name = format!("{} of {owner}", page.token_text(whole.start).to_lowercase());
        let who = self.enter(name, SpeakerKind::Group, noun, page.span_of(whole.clone()));
        let reason = Some(QuoteReason::PronounRecency);
        Some(Verdict { who: Some(who), how: How::Role, confidence: Confidence::Medium, reason })
    }

    /// `one said`, `another of them said`: one of the group that spoke last; `One of them, a retired nurse, said`: a nurse.
    pub(super) fn member(&mut self, tokens: Range<u32>, stretch: u32) -> Option<Verdict> {
        let page = self.page;
        if !self.page.lexicon.lists.has(List::GroupMembers, self.word_at(tokens.start)) {
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
        let last = self.last.filter(|last| last.stretch + 1 >= stretch && self.kind(last.who) == SpeakerKind::Group)?;
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
}
