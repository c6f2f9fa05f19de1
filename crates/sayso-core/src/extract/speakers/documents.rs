//! Texts and pictures that speak: `the video` under the name of its maker, `the statement` as the body's that issued it.

use super::resolve::{Resolver, Verdict, Who};
use super::roster::LOOK_BACK;
use super::titled::{maker, titled};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::lists::List;
use crate::text::TokenKind;
use std::ops::Range;

/// How many paragraphs below a body's words `the statement` is still its own.
const FAR_BELOW: u32 = 12;

impl Resolver<'_> {
    /// A text or picture: under the name that the document gives it anywhere (`the Mic video` for `the video`).
    pub(super) fn document(&mut self, whole: Range<u32>, head: u32, stretch: u32) -> Verdict {
        let page = self.page;
        let noun = page.tokens[head as usize].word;
        // `the Governor’s decision` says by itself whose it is.
        let owned = whole.clone().any(|at| page.tokens[at as usize].kind == TokenKind::Clitic);
        let told = (head as usize + 1) < page.tokens.len() && head + 1 < whole.end && self.word_at(head + 1) == "by";
        let definite =
            !owned && !told && self.page.lexicon.lists.has(List::DocumentDeterminers, self.word_at(whole.start));
        let same = |other: WordId| page.lexicon.people.same_medium(noun, other);
        // `the document`, after `the Quay Press news`: a word for any text means no text with a maker but a statement.
        let any = page.lexicon.people.any_text.contains(noun);
        let made = |other: WordId| same(other) && (!any || other == noun || page.lexicon.people.papers.contains(other));
        let span = page.span_of(whole.clone());
        if definite {
            // `the statement`: the body that spoke just before.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let Some(last) = self.last.filter(|last| last.stretch + 3 > stretch)
                && self.kind(last.who) == SpeakerKind::Organization
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(last.who), how: How::Role, confidence: Confidence::Medium, reason };
            }
            // `the statement`, far below: the only body that has spoken.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let [only] = self.bodies[..]
                && only.stretch + FAR_BELOW > stretch
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(only.who), how: How::Role, confidence: Confidence::Medium, reason };
            }
            if let Some(at) = self
                .unnamed
                .iter()
                .rev()
                .take(LOOK_BACK)
                .position(|one| one.kind == SpeakerKind::Document && same(one.noun))
            {
                let at = self.unnamed.len() - 1 - at;
                self.unnamed[at].aliases.push(span);
                let who = Some(Who::Unnamed(at as u32));
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who, how: How::Role, confidence: Confidence::Medium, reason };
            }
            let all = self.titled.get_or_init(|| titled(page, &self.roster, self.origin.outlet.as_deref()));
            let split = all.partition_point(|one| one.at < span.start);
            let before = all[..split].iter().rev().take(LOOK_BACK).find(|one| made(one.noun));
            let titled = before.or_else(|| all[split..].iter().take(LOOK_BACK).find(|one| made(one.noun)));
            if let Some(name) = titled.map(|one| one.name.clone()) {
                let mut verdict = self.unnamed(whole, head, SpeakerKind::Document);
                if let Some(Who::Unnamed(at)) = verdict.who {
                    self.unnamed[at as usize].name = name;
                }
                verdict.confidence = Confidence::Medium;
                return verdict;
            }
        }
        // `Mr Brandt’s statement`, `the Harrow Board’s statement`: whoever made it.
        let clitic = head.checked_sub(1).filter(|at| page.tokens[*at as usize].kind == TokenKind::Clitic);
        if let Some(clitic) = clitic.filter(|_| page.lexicon.people.papers.contains(noun) && whole.end == head + 1) {
            let start = page.tokens[clitic as usize].start;
            let owner = self.roster.before(start).next().copied().filter(|one| one.span.end == start);
            if let Some(owner) = owner {
                return Verdict { how: How::Role, ..self.named(owner) };
            }
        }
        // `a notice that the Harrow Safety Office pinned up`
        let here = self.paragraph_of(page.tokens[head as usize].start) as usize;
        let after = head..page.paragraphs[here].tokens.end.max(whole.end);
        // `a report that the mill had burnt`: the clause is what it tells, and its subject no maker.
        let tells = self.words.iter().any(|words| page.token_at(words.start) == head + 2);
        let made = if owned || tells { None } else { maker(page, &self.roster, head, after) };
        // `a study by the Harrow Institute` has the name of its maker in its own words.
        let told = page.span_of(whole.clone());
        let named = |at: u32| self.roster.mentions_in(told).any(|mention| mention.entity == at);
        let made = made.filter(|maker| !named(*maker));
        let name = made.map(|maker| format!("{} {}", self.roster.entities[maker as usize].name, page.token_text(head)));
        let verdict = self.unnamed(whole, head, SpeakerKind::Document);
        if let (Some(Who::Unnamed(at)), Some(name)) = (verdict.who, name) {
            self.unnamed[at as usize].name = name;
        }
        verdict
    }
}
