//! Turns of transcripts and interviews: whom a label means, and who answers where it names nobody.
//!
//! `Q&A with Ada Brandt` → what `A:` says, and `I` in an answer, is Ada Brandt.

use super::resolve::{Resolver, Verdict};
use super::roster::{Mention, key, only};
use super::who::Who;
use crate::document::RegionKind;
use crate::extract::quotes::whose::Whose;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::people::Label;
use crate::span::Span;
use crate::text::{Paragraph, TokenKind};
use std::ops::Range;

impl Resolver<'_> {
    /// `QUESTION (Harrow Post)`: what the label of one who asks calls him, without the number of its line and what stands
    /// in brackets.
    fn asker(&self, source: Span) -> String {
        let label = source.of(self.page.text);
        let label = label.split(['(', '[']).next().unwrap_or(label);
        label.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
    }

    /// Whose turn the label at `source` opens. Those who ask are not told apart; the one who answers is the one person of
    /// the page, if there is but one.
    pub fn turn(&mut self, source: Span, whose: &Whose) -> Verdict {
        let first = *self.turns.first.get_or_insert(self.paragraph_of(source.start));
        match whose {
            Whose::Label(Label::Asks) => Verdict {
                who: Some(self.enter(self.asker(source), SpeakerKind::Anonymous, WordId::NONE, source)),
                how: How::Role,
                confidence: Confidence::High,
                reason: None,
            },
            Whose::Label(_) => {
                let who = match *self.turns.answers.get_or_init(|| self.interviewed(first)) {
                    Ok(one) => one,
                    Err(()) => {
                        self.headlined(first).or_else(|| self.guest()).or_else(|| self.only_person(source.start))
                    }
                };
                let who = who.map(Who::Named).or_else(|| self.narrator());
                who.map_or(Verdict::NONE, |who| Verdict {
                    who: Some(who),
                    how: How::Implicit,
                    confidence: Confidence::Low,
                    reason: None,
                })
            }
            Whose::Named { name, own, role } => self.labelled(*name, *own, *role),
            Whose::Unnamed { kind, own } => Verdict {
                who: Some(self.enter(own.of(self.page.text).to_owned(), *kind, WordId::NONE, source)),
                how: How::Named,
                confidence: Confidence::High,
                reason: None,
            },
            Whose::Described(own) => self.office(*own),
            Whose::Witness(line) => self.sworn(*line),
            Whose::Shared => Verdict { reason: Some(QuoteReason::SharedName), ..Verdict::NONE },
        }
    }

    /// The one person whom the line of a court names that swears in a witness: `PIET DOLE, sworn`.
    fn sworn(&mut self, line: Option<Span>) -> Verdict {
        let Some(line) = line else { return Verdict::NONE };
        let people = self.roster.mentions_in(line).filter(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind == SpeakerKind::Person || entity.words.len() > 1
        });
        only(people).map_or(Verdict::NONE, |at| Verdict {
            who: Some(Who::Named(at)),
            how: How::Implicit,
            confidence: Confidence::Medium,
            reason: None,
        })
    }

    /// `Q&A with Ada Brandt, mayor of Harrow`: the name behind `with` in a headline before paragraph `first`.
    fn headlined(&mut self, first: u32) -> Option<u32> {
        let page = self.page;
        let heads = page.paragraphs.iter().take(first as usize).filter(|one| one.region == RegionKind::Headline);
        let mut with = heads.flat_map(|one| one.tokens.clone()).filter(|at| self.word_at(*at) == "with");
        let with = with.next().filter(|_| with.next().is_none())?;
        let name = (with + 1..page.tokens.len() as u32)
            .take_while(|at| page.tokens[*at as usize].is_word() && page.tokens[*at as usize].is_capital());
        let end = name.last()? + 1;
        let known = page.lexicon.people.first_name(page.token_text(with + 1)).is_some();
        let closed = page
            .tokens
            .get(end as usize)
            .is_none_or(|next| !next.is_word() || next.start > page.tokens[end as usize - 1].end + 1);
        let fits = known && closed && (2..=3).contains(&(end - with - 1));
        fits.then(|| self.roster.introduce(page, page.span_of(with + 1..end).of(page.text)))
    }

    /// `Q&A with Dr. Ada Brandt, mayor of Harrow`: the person whom a headline names behind a word for an interview and `with`.
    pub(super) fn guest(&mut self) -> Option<u32> {
        if let Some(known) = self.turns.guest {
            return known;
        }
        let found = self.heads().find_map(|(_, text)| self.guest_in(text));
        let at = found.map(|name| self.roster.introduce(self.page, &name));
        let at = at.filter(|at| self.roster.entities[*at as usize].kind != SpeakerKind::Organization);
        self.turns.guest = Some(at);
        at
    }

    /// The guest of one headline.
    fn guest_in(&self, headline: &str) -> Option<String> {
        const WORDS: Range<usize> = 2..5;
        let (people, lists) = (&self.page.lexicon.people, &self.page.lexicon.lists);
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
        let words: Vec<&str> = headline.split_whitespace().collect();
        let with = words.windows(2).position(|pair| {
            lists.has(List::InterviewWords, bare(pair[0]).replace("&amp;", "&")) && pair[1].eq_ignore_ascii_case("with")
        })?;
        let class = |word: &str| self.page.lexicon.grammar.class(self.page.lexicon.words.get(&bare(word)));
        let mut name = Vec::new();
        let rest = &words[with + 2..];
        let titles = rest.iter().take_while(|word| class(word).has(Class::TITLE)).count();
        for word in &rest[titles..] {
            let own = word.trim_end_matches([',', ':', ';', '’', '\'', '|']);
            let small = own.chars().next().is_none_or(|c| !c.is_uppercase());
            // `Ada van Brandt`
            if small && !(lists.reads(List::NameParticles, own) && !name.is_empty() && own != "of") {
                break;
            }
            name.push(own);
            if own.len() < word.len() {
                break;
            }
        }
        // `Q&A with Ada Brandt and Otto Lind`: two who answer.
        if matches!(rest.get(titles + name.len()), Some(&("and" | "&" | "&amp;"))) {
            return None;
        }
        let human = name.first().is_some_and(|first| people.first_name(first).is_some())
            || self.roster.by_name.contains_key(&key(&name));
        (human && WORDS.contains(&name.len())).then(|| name.join(" "))
    }

    /// Who answers in an interview: the one person that its introduction, before paragraph `first`, names; of several, the one
    /// with whom somebody there spoke; none where that cannot be told. An error where it names nobody.
    fn interviewed(&self, first: u32) -> Result<Option<u32>, ()> {
        let page = self.page;
        let begins = page.paragraphs.get(first as usize).map_or(0, |turn| turn.span.start);
        let people: Vec<&Mention> = self
            .roster
            .mentions
            .iter()
            .take_while(|mention| mention.span.start < begins)
            .filter(|mention| {
                let entity = &self.roster.entities[mention.entity as usize];
                let named = entity.kind == SpeakerKind::Unknown && entity.words.len() > 1 && entity.likely.is_some();
                !mention.quoted && (entity.kind == SpeakerKind::Person || named)
            })
            .collect();
        let heard = |mention: &&&Mention| {
            let with = page.token_at(mention.span.start).checked_sub(1).filter(|at| *at > 0);
            with.is_some_and(|with| {
                let before = self.class_at(with - 1);
                let near = (with.saturating_sub(3)..with).any(|at| self.class_at(at).has(Class::FIRST));
                let spoke = near || before.has(Class::CUE_VERB.with(Class::DOCUMENT));
                // `Ada Brandt talks to Otto Lind`: one of the two asks, and nothing tells who.
                let sentence = page.sentence_at(mention.span.start).map_or(0, |sentence| sentence.span.start);
                let other = || {
                    people.iter().any(|other| {
                        other.entity != mention.entity
                            && other.leads
                            && (sentence..mention.span.start).contains(&other.span.start)
                    })
                };
                matches!(self.word_at(with), "to" | "with") && spoke && !other()
            })
        };
        if people.is_empty() {
            return Err(());
        }
        let met = || only(people.iter().filter(heard).copied());
        Ok(only(people.iter().copied()).or_else(met))
    }

    /// The one whose office a label names: `The PRESIDENT`.
    fn office(&mut self, own: Span) -> Verdict {
        let page = self.page;
        let tokens = page.token_at(own.start)..page.token_at(own.end.saturating_sub(1)) + 1;
        // `Minister for Rivers`: the word for the office stands before what it is for.
        let goes_on = |at: &u32| self.page.lexicon.lists.has(List::MemberPlaces, page.token_text(*at));
        let head = tokens.start..tokens.clone().find(goes_on).unwrap_or(tokens.end);
        let role = head.clone().last().filter(|at| self.class_at(*at).has(Class::ROLE));
        let places = head.end..tokens.end;
        let same = |at: &u32| {
            let role = self.roster.entities[*at as usize].role.map_or("", |role| role.of(page.text)).to_lowercase();
            places.clone().all(|at| role.contains(&page.token_text(at).to_lowercase()))
        };
        if let Some(at) = role.and_then(|_| self.role_holder(head.clone(), own.start)).filter(same) {
            let reason = Some(QuoteReason::RoleHolder);
            return Verdict { who: Some(Who::Named(at)), how: How::Role, confidence: Confidence::Medium, reason };
        }
        let several = tokens.last().is_some_and(|at| self.class_at(at).has(Class::ROLES.with(Class::GROUPS)));
        let kind = if several { SpeakerKind::Group } else { SpeakerKind::Anonymous };
        let who = self.enter(own.of(page.text).to_owned(), kind, WordId::NONE, own);
        Verdict { who: Some(who), how: How::Named, confidence: Confidence::High, reason: None }
    }

    /// The one whom a label names: `name` and `role` as its fullest form has them, `own` as this turn's has it.
    fn labelled(&mut self, name: Span, own: Span, role: Option<Span>) -> Verdict {
        let page = self.page;
        let at = self.roster.labelled(page, name, role);
        self.roster.note_alias(at, own);
        let entity = &self.roster.entities[at as usize];
        let whole = own.of(page.text).split_whitespace().eq(entity.name.split_whitespace());
        let how = if whole { How::Named } else { How::Alias };
        let reason = (!whole).then_some(QuoteReason::NameForm);
        Verdict { who: Some(Who::Named(at)), how, confidence: Confidence::High, reason }
    }

    /// Whether an answer of the one whom the headline names stands at byte `at`: a paragraph that does not ask, and neither names him
    /// nor stands before the first question.
    pub(super) fn answers_at(&self, guest: u32, at: u32) -> bool {
        let page = self.page;
        let here = self.paragraph_of(at) as usize;
        let asks = |paragraph: &Paragraph| {
            let loose = |at: &u32| matches!(page.tokens[*at as usize].kind, TokenKind::Mark | TokenKind::Symbol);
            let last = paragraph.tokens.clone().rev().find(|at| !loose(at));
            last.is_some_and(|last| page.token_text(last).contains('?'))
        };
        let named = |mention: &Mention| mention.entity == guest;
        let first = *self.turns.question.get_or_init(|| page.paragraphs.iter().position(asks).unwrap_or(usize::MAX));
        first < here
            && page.paragraphs.get(here).is_some_and(|own| !asks(own) && !self.roster.mentions_in(own.span).any(named))
    }
}
