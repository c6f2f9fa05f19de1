//! From a source to a speaker.
//!
//! A name goes to its entity. A pronoun goes to the last one who spoke or acted that it can mean; what gender a person has
//! is taken from titles and pronouns of the document alone. A role goes to the person who was given it. Bodies, documents
//! and unnamed people become speakers of their own. Where two answers are as good, there is none.

use super::names::{Gender, gender_of};
use super::roster::{Mention, Roster};
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::lexicon::WordId;
use crate::lexicon::grammar::Class;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// One who speaks: named in the roster, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Position in [`Roster::entities`].
    Named(u32),
    /// Position in [`Resolver::unnamed`].
    Unnamed(u32),
}

/// A speaker without a name of its own.
#[derive(Clone, Debug)]
pub struct Unnamed {
    /// As written, without its article; or the fullest form of a document's name.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Its head noun.
    pub noun: WordId,
    /// Its mentions.
    pub aliases: Vec<Span>,
}

/// How many unnamed speakers and titled documents are looked back over.
const FAR: usize = 100;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Who speaks; none where it cannot be told.
    pub who: Option<Who>,
    /// On what ground.
    pub how: How,
    /// How surely.
    pub confidence: Confidence,
    /// The rule.
    pub reason: Option<QuoteReason>,
}

impl Verdict {
    /// No answer.
    pub const NONE: Verdict = Verdict { who: None, how: How::None, confidence: Confidence::Low, reason: None };
}

/// The last one who spoke.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// Who.
    pub who: Who,
    /// Where the quotation's source or content begins.
    pub at: u32,
    /// In which paragraph.
    pub paragraph: u32,
}

/// Leads sources to speakers, in the order of the text.
pub struct Resolver<'p> {
    page: &'p Page<'p>,
    /// The names of the document.
    pub roster: Roster,
    /// Speakers without names.
    pub unnamed: Vec<Unnamed>,
    /// By name, lower case: position in `unnamed`.
    by_name: FxHashMap<String, u32>,
    /// The document's nouns for documents that have a name before them: noun, place.
    titled: Vec<(WordId, Span)>,
    /// Who spoke last.
    pub last: Option<Last>,
}

impl<'p> Resolver<'p> {
    /// Reads the names of a page.
    pub fn new(page: &'p Page<'p>) -> Self {
        Resolver {
            page,
            roster: Roster::new(page),
            unnamed: Vec::new(),
            by_name: FxHashMap::default(),
            titled: titled(page),
            last: None,
        }
    }

    /// Who the words at `source` mean.
    pub fn source(&mut self, source: Span, paragraph: u32) -> Verdict {
        let tokens = self.page.token_at(source.start)..self.page.token_at(source.end.saturating_sub(1)) + 1;
        if tokens.len() == 1 {
            let token = self.page.tokens[tokens.start as usize];
            let class = self.page.lexicon.grammar.class(token.word);
            let pronoun = Class::SUBJECT.with(Class::OBJECT).with(Class::POSSESSIVE).with(Class::RELATIVE);
            if class.has(pronoun) && token.case != Case::Upper || self.page.token_text(tokens.start) == "I" {
                return self.pronoun(source, class, paragraph);
            }
        }
        let core = self.core(tokens.clone());
        if let Some(mention) = self.head_name(core.clone(), tokens.clone()) {
            return self.named(mention);
        }
        self.described(core, tokens)
    }

    /// The tokens that name the source itself: up to the first comma, preposition or relative pronoun.
    fn core(&self, tokens: Range<u32>) -> Range<u32> {
        let stop = tokens.clone().skip(1).find(|at| {
            let token = self.page.tokens[*at as usize];
            let class = self.page.lexicon.grammar.class(token.word);
            matches!(token.kind, TokenKind::Comma | TokenKind::Open | TokenKind::Dash)
                || token.kind == TokenKind::Word
                    && class.has(Class::PREPOSITION.with(Class::RELATIVE))
                    && !self.in_name(*at)
        });
        tokens.start..stop.unwrap_or(tokens.end)
    }

    fn in_name(&self, at: u32) -> bool {
        let span = self.page.tokens[at as usize].span();
        self.roster.before(span.end).next().is_some_and(|mention| mention.span.contains(span))
    }

    /// The mention that is the head of the phrase; an apposition's where the phrase itself has none.
    fn head_name(&self, core: Range<u32>, whole: Range<u32>) -> Option<Mention> {
        let span = self.page.span_of(core.clone());
        let last = self.roster.mentions_in(span).last().copied();
        if let Some(mention) = last {
            let rest = &self.page.tokens
                [self.page.token_at(mention.span.end.saturating_sub(1)) as usize + 1..core.end as usize];
            let nouns = rest
                .iter()
                .any(|token| token.kind == TokenKind::Word || token.kind == TokenKind::Clitic && rest.len() > 1);
            if !nouns {
                return Some(mention);
            }
            return None;
        }
        // `the mayor, Ada Brandt,`
        let comma = self.page.tokens.get(core.end as usize).is_some_and(|token| token.kind == TokenKind::Comma);
        let after = self.page.span_of(core.end..whole.end);
        let inner = self.roster.mentions_in(after).next().copied()?;
        let first = self.page.tokens.get(core.end as usize + 1)?;
        (comma && first.start == inner.span.start).then_some(inner)
    }

    fn named(&mut self, mention: Mention) -> Verdict {
        let entity = &self.roster.entities[mention.entity as usize];
        let text = mention.span.of(self.page.text);
        let whole = text.split_whitespace().eq(entity.name.split_whitespace());
        let shared = !whole && self.roster.is_shared(text);
        Verdict {
            who: Some(Who::Named(mention.entity)),
            how: if whole { How::Named } else { How::Alias },
            confidence: if shared { Confidence::Medium } else { Confidence::High },
            reason: (!whole).then_some(QuoteReason::NameForm),
        }
    }

    /// A role, a body, a document, or words in a headline.
    fn described(&mut self, core: Range<u32>, whole: Range<u32>) -> Verdict {
        let page = self.page;
        let class_at = |at: u32| page.lexicon.grammar.class(page.tokens[at as usize].word);
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
                page.tokens[*at as usize].is_capital() && !class_at(*at).has(Class::DETERMINER.with(Class::TITLE))
            })
            .map(|at| page.token_text(at))
            .collect();
        if !capitals.is_empty()
            && let Some(at) = self.roster.look_up(&capitals)
        {
            let name = &self.roster.entities[at as usize];
            let how = if name.words == capitals { How::Named } else { How::Alias };
            return Verdict {
                who: Some(Who::Named(at)),
                how,
                confidence: Confidence::Medium,
                reason: Some(QuoteReason::NameForm),
            };
        }
        let head = core.clone().rev().find(|at| class_at(*at).has(nouns));
        let Some(head) = head else {
            let kind = if capitals.is_empty() { SpeakerKind::Group } else { SpeakerKind::Unknown };
            return self.unnamed(whole, core.start, kind);
        };
        let class = class_at(head);
        let definite =
            matches!(page.lexicon.words.text(page.tokens[core.start as usize].word), "the" | "this" | "that")
                || class_at(core.start).has(Class::POSSESSIVE);
        let alone = whole.end == core.end;
        if class.has(Class::ROLE) && !class.has(Class::GROUP) {
            if definite
                && alone
                && let Some(at) =
                    self.role_holder(page.tokens[head as usize].word, page.tokens[core.start as usize].start)
            {
                return Verdict {
                    who: Some(Who::Named(at)),
                    how: How::Role,
                    confidence: Confidence::Medium,
                    reason: Some(QuoteReason::RoleHolder),
                };
            }
            return self.unnamed(whole, head, SpeakerKind::Anonymous);
        }
        if class.has(Class::DOCUMENT.with(Class::DOCUMENTS)) && !class.has(Class::GROUP) {
            return self.document(whole, head);
        }
        if class.has(Class::GROUP) {
            return self.unnamed(whole, head, SpeakerKind::Organization);
        }
        self.unnamed(whole, head, SpeakerKind::Group)
    }

    /// The person last named before byte `at` who was given the role anywhere in the document.
    fn role_holder(&self, role: WordId, at: u32) -> Option<u32> {
        let has = |mention: &&Mention| self.roster.entities[mention.entity as usize].role_words.contains(&role);
        self.roster.before(at).take(60).find(has).map(|mention| mention.entity)
    }

    /// A text or picture: under the name that the document gives it anywhere (`the Mic video` for `the video`).
    fn document(&mut self, whole: Range<u32>, head: u32) -> Verdict {
        let page = self.page;
        let noun = page.tokens[head as usize].word;
        let definite = matches!(
            page.lexicon.words.text(page.tokens[whole.start as usize].word),
            "the" | "this" | "that" | "it" | "its"
        );
        let same = |other: WordId| page.lexicon.people.same_medium(noun, other);
        let span = page.span_of(whole.clone());
        if definite {
            if let Some(at) =
                self.unnamed.iter().rev().take(FAR).position(|one| one.kind == SpeakerKind::Document && same(one.noun))
            {
                let at = self.unnamed.len() - 1 - at;
                self.unnamed[at].aliases.push(span);
                let who = Some(Who::Unnamed(at as u32));
                return Verdict {
                    who,
                    how: How::Role,
                    confidence: Confidence::Medium,
                    reason: Some(QuoteReason::RoleHolder),
                };
            }
            let split = self.titled.partition_point(|(_, place)| place.start < span.start);
            let before = self.titled[..split].iter().rev().take(FAR).find(|(other, _)| same(*other));
            let titled = before.or_else(|| self.titled[split..].iter().take(FAR).find(|(other, _)| same(*other)));
            if let Some((_, place)) = titled.copied() {
                let mut verdict = self.unnamed(whole, head, SpeakerKind::Document);
                if let Some(Who::Unnamed(at)) = verdict.who {
                    self.unnamed[at as usize].name = place.of(page.text).to_owned();
                }
                verdict.confidence = Confidence::Medium;
                return verdict;
            }
        }
        self.unnamed(whole, head, SpeakerKind::Document)
    }

    /// A speaker known by these words alone; the same words mean the same speaker.
    fn unnamed(&mut self, whole: Range<u32>, head: u32, kind: SpeakerKind) -> Verdict {
        let page = self.page;
        let first = whole.start;
        let article = matches!(page.lexicon.words.text(page.tokens[first as usize].word), "the" | "a" | "an");
        let span = page.span_of(whole.clone());
        let named = page.span_of(first + u32::from(article && whole.len() > 1)..whole.end);
        let name = named.of(page.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let noun = page.tokens[head as usize].word;
        let next = self.unnamed.len() as u32;
        let at = *self.by_name.entry(name.to_lowercase()).or_insert(next);
        if at == next {
            self.unnamed.push(Unnamed { name, kind, noun, aliases: Vec::new() });
        }
        self.unnamed[at as usize].aliases.push(span);
        Verdict { who: Some(Who::Unnamed(at)), how: How::Named, confidence: Confidence::High, reason: None }
    }

    /// A pronoun: relative ones to what they follow, others by agreement and recency.
    fn pronoun(&mut self, source: Span, class: Class, paragraph: u32) -> Verdict {
        if class.has(Class::RELATIVE) && !class.has(Class::MALE.with(Class::FEMALE)) {
            let mention = self.roster.before(source.start).next().copied();
            let near = mention.filter(|mention| {
                let between = &self.page.text[mention.span.end as usize..source.start as usize];
                between.len() < 60 && !between.contains(['.', '!', '?', ';', '“', '"'])
            });
            return near.map_or(Verdict::NONE, |mention| Verdict {
                confidence: Confidence::Medium,
                how: How::Pronoun,
                reason: Some(QuoteReason::PronounRecency),
                ..self.named(mention)
            });
        }
        if class.has(Class::FIRST) {
            return Verdict::NONE;
        }
        let gender = gender_of(class);
        if gender.is_none() && !class.has(Class::PLURAL) {
            return self.thing(paragraph);
        }
        if class.has(Class::PLURAL) {
            return self.several(paragraph);
        }
        self.person(source, gender, paragraph)
    }

    /// `it`: the body or document that spoke last.
    fn thing(&self, paragraph: u32) -> Verdict {
        self.recent(paragraph, |kind| {
            matches!(kind, SpeakerKind::Organization | SpeakerKind::Document | SpeakerKind::Unknown)
        })
    }

    /// `they`: the group, body or unnamed person that spoke last.
    fn several(&self, paragraph: u32) -> Verdict {
        self.recent(paragraph, |kind| {
            matches!(kind, SpeakerKind::Group | SpeakerKind::Organization | SpeakerKind::Anonymous)
        })
    }

    fn recent(&self, paragraph: u32, fits: impl Fn(SpeakerKind) -> bool) -> Verdict {
        let Some(last) =
            self.last.filter(|last| paragraph - last.paragraph.min(paragraph) <= 2 && fits(self.kind(last.who)))
        else {
            return Verdict::NONE;
        };
        let reason = Some(QuoteReason::PronounRecency);
        Verdict { who: Some(last.who), how: How::Pronoun, confidence: Confidence::Medium, reason }
    }

    /// What a speaker is.
    pub fn kind(&self, who: Who) -> SpeakerKind {
        match who {
            Who::Named(at) => self.roster.entities[at as usize].kind,
            Who::Unnamed(at) => self.unnamed[at as usize].kind,
        }
    }

    /// Whether a preposition stands before the mention.
    fn after_preposition(&self, mention: &Mention) -> bool {
        let at = self.page.token_at(mention.span.start) as usize;
        let before = at.checked_sub(1).map(|at| self.page.word(at));
        before.is_some_and(|word| self.page.lexicon.grammar.class(word).has(Class::PREPOSITION))
    }

    /// `he`, `she`: the one who spoke last, unless another whom it can mean has begun a sentence since.
    fn person(&mut self, source: Span, gender: Option<Gender>, paragraph: u32) -> Verdict {
        let can = |who: Who| match who {
            Who::Named(at) => {
                let entity = &self.roster.entities[at as usize];
                !matches!(entity.kind, SpeakerKind::Organization | SpeakerKind::Document | SpeakerKind::Group)
                    && (entity.gender.is_none() || entity.gender == gender)
            }
            Who::Unnamed(at) => self.unnamed[at as usize].kind == SpeakerKind::Anonymous,
        };
        let spoke = self.last.filter(|last| last.paragraph + 3 > paragraph && can(last.who));
        let since = spoke.map_or(0, |last| last.at);
        let near: Vec<Mention> = self
            .roster
            .before(source.start)
            .take(40)
            .take_while(|mention| mention.paragraph + 3 > paragraph && mention.span.start >= since)
            .filter(|mention| !mention.quoted && can(Who::Named(mention.entity)))
            .copied()
            .collect();
        let acted = near.iter().find(|mention| mention.leads);
        let who = match (spoke, acted) {
            (_, Some(mention)) => Some(Who::Named(mention.entity)),
            (Some(last), None) => Some(last.who),
            // A name after a preposition (`from Gannet Sound`) is as likely a place.
            (None, None) => {
                near.iter().find(|mention| !self.after_preposition(mention)).map(|mention| Who::Named(mention.entity))
            }
        };
        let Some(who) = who else { return Verdict::NONE };
        let others = near.iter().any(|mention| Who::Named(mention.entity) != who);
        let sure = !others && (spoke.is_some() || acted.is_some());
        if let Who::Named(at) = who
            && sure
        {
            let entity = &mut self.roster.entities[at as usize];
            entity.gender = entity.gender.or(gender);
            if entity.kind == SpeakerKind::Unknown {
                entity.kind = SpeakerKind::Person;
            }
        }
        Verdict {
            who: Some(who),
            how: How::Pronoun,
            confidence: if sure { Confidence::High } else { Confidence::Medium },
            reason: Some(QuoteReason::PronounRecency),
        }
    }
}

/// Nouns for documents with a name before them, outside headlines: `the Mic video`.
fn titled(page: &Page) -> Vec<(WordId, Span)> {
    use crate::document::RegionKind::{Body, Caption, Subhead};
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
            if first < at {
                out.push((token.word, page.span_of(first..at + 1)));
            }
        }
    }
    out
}
