//! The choice among those whom a pronoun or a role may mean: each is weighed by what is learned of its traits
//! ([`ChoiceWeights`](crate::language::choices::ChoiceWeights)), what the rules say among them, and the best is taken
//! where it is far enough ahead of the next.

use super::asked::{Asked, Role};
use super::name::{Gender, gender_of};
use super::resolve::{Resolver, Verdict, Who};
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
        let (who, confidence) = self.best(asked);
        let reason = Some(QuoteReason::PronounRecency);
        who.map_or(Verdict::NONE, |who| Verdict { who: Some(who), how: How::Pronoun, confidence, reason })
    }

    /// Whom the role at `tokens` means: one who was named, where the rules have found somebody without a name or are not sure.
    pub(super) fn weigh_role(&mut self, source: Span, tokens: &Range<u32>, rules: Verdict) -> Verdict {
        let Some(role) = self.role_asked(tokens, rules) else { return rules };
        let gender = gender_of(self.page.lexicon.grammar.class(role.noun));
        let asked = self.asked(source, gender, Some(&role), rules);
        match self.best(asked) {
            (Some(who), confidence) => {
                Verdict { who: Some(who), how: How::Role, confidence, reason: Some(QuoteReason::RoleHolder) }
            }
            (None, _) => rules,
        }
    }

    /// The role at `tokens`, if it is one that was spoken of and nobody's kin: `the minister`, not `a minister`, `his mother`.
    fn role_asked(&self, tokens: &Range<u32>, rules: Verdict) -> Option<Role> {
        let core = self.core(tokens.clone());
        if core.len() < 2 || !self.page.lexicon.lists.has(List::ShownDeterminers, self.word_at(core.start)) {
            return None;
        }
        let noun = match rules.who? {
            Who::Unnamed(at) => {
                let one = &self.unnamed[at as usize];
                (one.kind == SpeakerKind::Anonymous).then_some(one.noun)?
            }
            Who::Named(_) if rules.how != How::Role => return None,
            Who::Named(at) if self.roster.entities[at as usize].kind == SpeakerKind::Organization => return None,
            Who::Named(_) => {
                let role = core.clone().rev().find(|at| self.class_at(*at).has(Class::ROLE.with(Class::TITLE)));
                self.page.word(role.unwrap_or(core.end - 1) as usize)
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
