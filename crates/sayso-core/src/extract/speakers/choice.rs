//! The choice among those whom a pronoun or a role may mean: each is weighed by what is learned of its traits
//! ([`ChoiceWeights`](crate::language::choices::ChoiceWeights)), what the rules say among them, and the best is taken
//! where it is far enough ahead of the next.

use super::name::{Gender, gender_of};
use super::question::{Asked, Role};
use super::resolve::{Resolver, Unnamed, Verdict, Who};
use super::roster::LOOK_BACK;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::choices::Leads;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;
use std::ops::Range;

impl Resolver<'_> {
    /// Whom the pronoun at `source` means, given what the rules say.
    pub(super) fn weigh_pronoun(&mut self, source: Span, gender: Option<Gender>, rules: Verdict) -> Verdict {
        let asked = self.asked(source, gender, None, rules);
        // `The Governor read the letters. She said so.`: nobody is named.
        let unnamed = matches!(rules.who, Some(Who::Unnamed(_)));
        // An office without a name that the rules are sure of is not given to whoever is named.
        let sure = unnamed && rules.confidence > Confidence::Low && self.is_office(rules.who);
        if sure || unnamed && asked.all.iter().all(|one| matches!(one.who, Who::Unnamed(_))) {
            return rules;
        }
        let alone = asked.all.len() == 1;
        let (who, confidence) = self.best(asked);
        // Where the rules see two who may be meant it stays a guess, and where there is but one, what they say.
        let agreed = who.is_some() && who == rules.who;
        let confidence = match agreed {
            true if alone || rules.confidence == Confidence::Low => rules.confidence,
            _ => confidence,
        };
        let reason = Some(QuoteReason::PronounRecency);
        who.map_or(Verdict::NONE, |who| Verdict { who: Some(who), how: How::Pronoun, confidence, reason })
    }

    /// Whom the role at `tokens` means: one who was named, where the rules have found somebody without a name or are not sure.
    pub(super) fn weigh_role(&mut self, source: Span, tokens: &Range<u32>, rules: Verdict) -> Verdict {
        let Some(role) = self.role_asked(tokens, rules) else { return rules };
        let core = self.core(tokens.clone());
        // `The judge said she was late`: nobody's who was only named.
        let bench = self.page.lexicon.lists.has(List::BenchOffices, self.word_at(core.end - 1));
        let stays = match rules.who {
            Some(Who::Unnamed(_)) => bench,
            Some(Who::Named(at)) => self.lettered(&core) == Some(at),
            None => false,
        };
        if stays {
            return rules;
        }
        // Of an office there is one holder: whom the rules have found stays.
        let office = self.page.lexicon.people.offices.contains(role.noun);
        if office && matches!(rules.who, Some(Who::Named(_))) && rules.confidence > Confidence::Low {
            return rules;
        }
        let gender = gender_of(self.page.lexicon.grammar.class(role.noun));
        let asked = self.asked(source, gender, Some(&role), rules);
        match self.best(asked) {
            (Some(who), confidence) => {
                // What the rules do not find is likely at the most.
                let agreed = rules.who == Some(who) && rules.confidence > Confidence::Low;
                let confidence = if agreed { confidence } else { confidence.min(Confidence::Medium) };
                let guess = rules.who == Some(who) && rules.confidence == Confidence::Low;
                let confidence = if guess { Confidence::Low } else { confidence };
                Verdict { who: Some(who), how: How::Role, confidence, reason: Some(QuoteReason::RoleHolder) }
            }
            (None, _) => rules,
        }
    }

    /// Whether somebody without a name is spoken of by an office: `the Governor`.
    fn is_office(&self, who: Option<Who>) -> bool {
        let Some(Who::Unnamed(at)) = who else { return false };
        self.page.lexicon.people.offices.contains(self.unnamed[at as usize].noun)
    }

    /// The role at `tokens`, if it is one that was spoken of and nobody's kin: `the minister`, not `a minister`, `his mother`.
    fn role_asked(&self, tokens: &Range<u32>, rules: Verdict) -> Option<Role> {
        let core = self.core(tokens.clone());
        if core.len() < 2 || !self.page.lexicon.lists.has(List::ShownDeterminers, self.word_at(core.start)) {
            return None;
        }
        // `The second person said`: one of several who have no name.
        if self.page.lexicon.lists.has(List::OnesOfSeveral, self.word_at(core.start + 1)) {
            return None;
        }
        let before = self.page.tokens[core.start as usize].start;
        let noun = match rules.who? {
            Who::Unnamed(at) => {
                let one = &self.unnamed[at as usize];
                // `An economist said so. … the economist said`
                let new = |one: &Unnamed| {
                    one.aliases.first().is_some_and(|first| first.start < before && self.is_new(*first))
                };
                // `A harbour source said so. … the source said`, where nobody is named who has that role
                let role = self.page.lexicon.people.role_of(one.noun);
                let same = |other: &Unnamed| other.noun == one.noun && new(other);
                let held = || self.roster.entities.iter().any(|entity| entity.role_words.contains(&role));
                let told = new(one) || self.unnamed.iter().rev().take(LOOK_BACK).any(same) && !held();
                (one.kind == SpeakerKind::Anonymous && !told).then_some(one.noun)?
            }
            Who::Named(_) if rules.how != How::Role => return None,
            // Who is named only later, or has the age that is asked for, is told by the rules alone.
            Who::Named(at) => {
                let entity = &self.roster.entities[at as usize];
                let named = entity.aliases.first().is_some_and(|first| first.start < before);
                let age = self.page.token_text(core.start + 1).starts_with(|c: char| c.is_ascii_digit());
                let role = core.clone().rev().find(|at| self.class_at(*at).has(Class::ROLE.with(Class::TITLE)));
                let role = role.filter(|_| named && !age && entity.kind != SpeakerKind::Organization);
                let body = self.class_at(core.end - 1).has(Class::GROUP);
                self.page.word(role.filter(|_| !body)? as usize)
            }
        };
        Some(Role { tokens: tokens.clone(), core, noun })
    }

    /// The best candidate, if it is ahead of the next, and how surely.
    fn best(&mut self, asked: Asked) -> (Option<Who>, Confidence) {
        let weights = self.page.lexicon.choices.of(asked.asks);
        let none = weights.of(asked.none);
        let mut best: Option<(Who, i32)> = None;
        let mut next = none;
        for one in &asked.all {
            let score = weights.of(one.traits);
            match best {
                Some((_, top)) if top >= score => next = next.max(score),
                Some((_, top)) => {
                    next = next.max(top);
                    best = Some((one.who, score));
                }
                None => best = Some((one.who, score)),
            }
        }
        if let Some(watch) = &mut self.watch {
            watch.push(asked);
        }
        let Some((who, score)) = best else { return (None, Confidence::Low) };
        match sure(score - next, weights.leads) {
            Some(confidence) => (Some(who), confidence),
            None => (None, Confidence::Low),
        }
    }
}

/// How sure a lead is; none where it is too small.
fn sure(lead: i32, leads: Leads) -> Option<Confidence> {
    match lead {
        _ if lead >= leads.high => Some(Confidence::High),
        _ if lead >= leads.medium => Some(Confidence::Medium),
        _ if lead >= leads.low => Some(Confidence::Low),
        _ => None,
    }
}
