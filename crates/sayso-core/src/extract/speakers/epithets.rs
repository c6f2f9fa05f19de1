//! Epithets in marks: `the “Iron Gardener”, as her own side calls her, said`.

use super::name::gender_of;
use super::resolve::{Resolver, Verdict, Who};
use super::roster::Mention;
use super::roster::{LOOK_BACK, only};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::grammar::Class;
use crate::text::TokenKind;
use std::ops::Range;

impl Resolver<'_> {
    /// Whose epithet the words at `tokens` are, where the text goes on to say that somebody calls `him` or `her` so: the one
    /// person so far of whom the text has said as much.
    pub(super) fn epithet(&mut self, tokens: Range<u32>) -> Option<Verdict> {
        const MOST: u32 = 10;
        let page = self.page;
        let is = |at: u32, kind: TokenKind| page.tokens.get(at as usize).is_some_and(|token| token.kind == kind);
        let marked = tokens.len() > 3 && is(tokens.start + 1, TokenKind::Mark) && is(tokens.end - 1, TokenKind::Mark);
        let as_ = tokens.end + 1;
        if !marked || !is(tokens.end, TokenKind::Comma) || !is(as_, TokenKind::Word) || self.word_at(as_) != "as" {
            return None;
        }
        let clause = (as_ + 1..as_ + MOST).take_while(|at| is(*at, TokenKind::Word));
        let called = clause.skip(1).find(|at| {
            let class = self.class_at(*at);
            class.has(Class::OBJECT) && gender_of(class).is_some() && self.class_at(at - 1).has(Class::CUE_VERB)
        })?;
        let gender = gender_of(self.class_at(called));
        let fits = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.gender == gender && entity.kind != SpeakerKind::Organization
        };
        let one = only(self.roster.before(page.tokens[tokens.start as usize].start).take(LOOK_BACK).filter(fits))?;
        Some(Verdict {
            who: Some(Who::Named(one)),
            how: How::Alias,
            confidence: Confidence::Low,
            reason: Some(QuoteReason::PronounRecency),
        })
    }
}
