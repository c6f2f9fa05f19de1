//! From a source to a speaker.
//!
//! A name goes to its entity. A pronoun goes to the last one who spoke or acted that it can mean; what gender a person has
//! is taken from titles and pronouns of the document alone. A role goes to the person who was given it. Bodies, documents
//! and unnamed people become speakers of their own. Where two answers are as good, there is none.

use super::question::Asked;
use super::roster::{Doubt, Entity, Mention, Roster};
use super::titled::Titled;
use super::who::Tie;
pub use super::who::Who;
use crate::document::RegionKind;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::ops::Range;

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

/// At most so many bytes stand before the clause that reported words begin with: `that`.
const LINK: u32 = 6;

/// The last one who spoke.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// Who.
    pub who: Who,
    /// Where the quotation's source or content begins.
    pub at: u32,
    /// In which stretch of the text its words end.
    pub stretch: u32,
}

/// How somebody has spoken so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spoken {
    /// How often.
    pub times: u32,
    /// Where last.
    pub at: u32,
}

/// What is known of a transcript or an interview, each looked for when it is asked for.
#[derive(Default)]
pub(super) struct Turns {
    /// The paragraph in which the first turn stands.
    pub(super) first: Option<u32>,
    /// Who answers, as far as the introduction tells.
    pub(super) answers: OnceCell<Result<Option<u32>, ()>>,
    /// Whom a headline names as the one who answers.
    pub(super) guest: Option<Option<u32>>,
    /// The first paragraph that asks; past the last where none does.
    pub(super) question: OnceCell<usize>,
}

/// Leads sources to speakers, in the order of the text.
pub struct Resolver<'p> {
    pub(super) page: &'p Page<'p>,
    /// The names of the document.
    pub roster: Roster,
    /// Speakers without names.
    pub unnamed: Vec<Unnamed>,
    /// By name, lower case: position in `unnamed`.
    pub(super) by_name: FxHashMap<String, u32>,
    /// The document's nouns for documents that have a name before them: noun, place.
    /// Looked for when one is asked for.
    pub(super) titled: OnceCell<Vec<Titled>>,
    /// Who is whose. Looked for when somebody asks.
    pub(super) ties: OnceCell<Vec<Tie>>,
    /// The body that the document is about, once that was asked for.
    pub(super) topic: OnceCell<Option<u32>>,
    /// Who spoke last.
    pub(super) last: Option<Last>,
    /// The last source that begins with a possessive, and whom it means: `her spokesman`, whom a second verb has, too.
    pub(super) owned: Option<(Span, Verdict)>,
    /// Another who spoke last before.
    pub(super) previous: Option<Last>,
    /// Where a pronoun last stood that may mean either of two.
    pub(super) unclear: Option<u32>,
    /// The entity whose role begins a sentence right before the pronoun that is asked for, and where.
    pub(super) acting: Option<(u32, u32)>,
    /// Whether who a pronoun means, by the rules, acted far before it and nobody it can mean spoke since.
    pub(super) distant: bool,
    /// Where a name last spoke that several bear.
    pub(super) shared: Option<u32>,
    /// The bodies that have spoken.
    pub(super) bodies: Vec<Last>,
    /// What is known of a transcript or an interview.
    pub(super) turns: Turns,
    /// Whose turn or quotation is being read: who says `I`.
    pub speaking: Option<Who>,
    /// Whether the source stands in that quotation or turn, and where this begins and ends.
    pub is_nested: bool,
    /// That place.
    pub nested_in: Span,
    /// The words whose speaker is asked for, and whether they stand between marks.
    pub(super) words: Vec<Span>,
    pub(super) is_marked: bool,
    /// Whom they are told.
    pub(super) heard_by: Option<Span>,
    /// The words of the last one who spoke.
    pub(super) said: Option<Span>,
    /// How often each has spoken, and where last.
    pub(super) spoken: FxHashMap<Who, Spoken>,
    /// What was asked, if somebody wants to know.
    pub watch: Option<Vec<Asked>>,
    pub(super) origin: Origin,
}

/// Where a text is from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Whose text it is: the issuer of a statement, the writer of an article.
    pub author: Option<String>,
    /// Who prints it, if it is an article.
    pub outlet: Option<String>,
    /// Its headline, where that stands beside the text.
    pub title: Option<String>,
}

impl<'p> Resolver<'p> {
    /// Those who are known, by name and without one; what found them is dropped.
    pub(super) fn into_known(self) -> (Vec<Entity>, Vec<Unnamed>) {
        (self.roster.entities, self.unnamed)
    }

    /// Reads the names of a page.
    pub fn new(page: &'p Page<'p>, origin: Origin) -> Self {
        Resolver {
            page,
            roster: Roster::new(page),
            unnamed: Vec::new(),
            by_name: FxHashMap::default(),
            titled: OnceCell::new(),
            ties: OnceCell::new(),
            topic: OnceCell::new(),
            last: None,
            owned: None,
            previous: None,
            unclear: None,
            acting: None,
            distant: false,
            shared: None,
            bodies: Vec::new(),
            turns: Turns::default(),
            speaking: None,
            is_nested: false,
            nested_in: Span::default(),
            words: Vec::new(),
            is_marked: false,
            heard_by: None,
            said: None,
            spoken: FxHashMap::default(),
            watch: None,
            origin,
        }
    }

    /// Notes who spoke in the story. Whom the last speaker tells of within his own words (`He said an officer told him so`) has
    /// not the floor.
    pub fn spoke(&mut self, now: Last) {
        let own = self.words.first().zip(self.words.last()).map(|(first, last)| Span::new(first.start, last.end));
        let begins = |said: Span| now.at >= said.start && now.at - said.start < LINK;
        let reported = own.zip(self.said).is_some_and(|(own, said)| said.contains(own) && begins(said));
        if reported && self.last.is_some_and(|last| last.who != now.who) {
            return;
        }
        self.said = own;
        let spoken = self.spoken.entry(now.who).or_default();
        *spoken = Spoken { times: spoken.times + 1, at: now.at };
        if self.last.is_some_and(|last| last.who != now.who) {
            self.previous = self.last;
        }
        self.last = Some(now);
        if self.kind(now.who) == SpeakerKind::Organization {
            self.bodies.retain(|body| body.who != now.who);
            self.bodies.push(now);
        }
    }

    /// The issuer or writer of the text.
    pub fn narrator(&mut self) -> Option<Who> {
        let author = self.origin.author.clone()?;
        Some(Who::Named(self.roster.introduce(self.page, &author)))
    }

    /// The one that prints the article.
    pub(super) fn outlet(&mut self) -> Option<u32> {
        let outlet = self.origin.outlet.clone()?;
        let at = self.roster.introduce(self.page, &outlet);
        self.roster.entities[at as usize].kind = SpeakerKind::Organization;
        Some(at)
    }

    /// The one that prints the article, where the paragraph of byte `place` names it.
    pub(super) fn outlet_here(&mut self, place: u32) -> Option<u32> {
        let outlet = self.origin.outlet.clone()?;
        let words: Vec<&str> = outlet.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the")).collect();
        let span = self.page.paragraph_at(place)?.span;
        let named = |mention: &Mention| {
            let own = &self.roster.entities[mention.entity as usize].words;
            own.iter().map(String::as_str).eq(words.iter().copied())
        };
        if self.roster.mentions_in(span).any(named) { self.outlet() } else { None }
    }

    /// The headings before the text, with the title beside it as the first.
    pub(super) fn heads(&self) -> impl Iterator<Item = (RegionKind, &str)> {
        let title = self.origin.title.as_deref().map(|title| (RegionKind::Headline, title));
        let heads = self.page.paragraphs.iter().take_while(|one| one.region != RegionKind::Body);
        let heads = heads.filter(|one| matches!(one.region, RegionKind::Headline | RegionKind::Subhead));
        title.into_iter().chain(heads.map(|one| (one.region, one.span.of(self.page.text))))
    }

    /// Whether a word stands in the headline.
    pub(super) fn in_headline(&self, word: &str) -> bool {
        let has = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|other| other.eq_ignore_ascii_case(word));
        self.heads().any(|(_, text)| has(text))
    }

    /// Whether the headline begins with these words, or goes on with them behind a dash.
    pub(super) fn begins_headline(&self, words: &[String]) -> bool {
        let begins = |text: &str| {
            let mut own = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.iter().all(|word| own.next().is_some_and(|other| other.eq_ignore_ascii_case(word)))
        };
        let has = |text: &str| begins(text) || text.split(['–', '—']).skip(1).any(begins);
        self.heads().any(|(region, text)| region == RegionKind::Headline && has(text))
    }

    /// What a speaker is.
    pub fn kind(&self, who: Who) -> SpeakerKind {
        match who {
            Who::Named(at) => self.roster.entities[at as usize].kind,
            Who::Unnamed(at) => self.unnamed[at as usize].kind,
        }
    }

    /// The words whose speaker is asked for next; `is_marked` tells whether they stand between marks, and `heard_by` whom they are
    /// told.
    pub fn hear(&mut self, words: &[Span], is_marked: bool, heard_by: Option<Span>) {
        self.heard_by = heard_by;
        self.words.clear();
        self.words.extend_from_slice(words);
        self.is_marked = is_marked;
    }

    /// What is read from here on stands in somebody's own words, or no longer does.
    pub fn enter_words(&mut self, inside: Option<Span>, speaking: Option<Who>) {
        self.is_nested = inside.is_some();
        self.nested_in = inside.unwrap_or_default();
        self.speaking = speaking.filter(|_| self.is_nested);
    }

    /// Who the words at `source` mean, which stand beside a quotation in the paragraph of this number.
    pub fn source(&mut self, source: Span, paragraph: u32) -> Verdict {
        if let Some((_, verdict)) = self.owned.filter(|(span, _)| *span == source) {
            return verdict;
        }
        let tokens = self.page.token_at(source.start)..self.page.token_at(source.end.saturating_sub(1)) + 1;
        let stretch = self.roster.stretches.at(self.page, paragraph, source.start);
        let rules = self.ruled(source, tokens.clone(), stretch);
        if tokens.len() < 2 {
            return rules;
        }
        let verdict = if self.is_nested { rules } else { self.weigh_role(source, &tokens, rules) };
        let verdict = self.unless_left(&tokens, verdict);
        let verdict = self.told_fuller(&tokens, verdict).unwrap_or(verdict);
        if self.class_at(tokens.start).has(Class::POSSESSIVE) {
            self.owned = Some((source, verdict));
        }
        verdict
    }

    /// `The outgoing chancellor, Ada Brandt, left. The new chancellor said so`: one who gives up a role is not who takes it over.
    fn unless_left(&mut self, tokens: &Range<u32>, verdict: Verdict) -> Verdict {
        const NEAR: u32 = 12;
        let Some(Who::Named(at)) = verdict.who.filter(|_| verdict.how == How::Role) else { return verdict };
        let (page, lists) = (self.page, &self.page.lexicon.lists);
        let core = self.core(tokens.clone());
        let head = core.end - 1;
        if !core.clone().any(|at| lists.has(List::Arriving, self.word_at(at))) {
            return verdict;
        }
        let leaves = |alias: &Span| {
            let name = page.token_at(alias.start);
            let floor = page.sentence_at(alias.start).map_or(name, |sentence| sentence.tokens.start);
            (floor.max(name.saturating_sub(NEAR)) + 1..name).any(|noun| {
                page.word(noun as usize) == page.word(head as usize) && lists.has(List::Leaving, self.word_at(noun - 1))
            })
        };
        let first = self.roster.entities[at as usize].aliases.first();
        if first.is_some_and(leaves) { self.unnamed(tokens.clone(), head, SpeakerKind::Anonymous) } else { verdict }
    }

    /// Who the words at `source` mean by the rules.
    fn ruled(&mut self, source: Span, tokens: Range<u32>, stretch: u32) -> Verdict {
        if tokens.len() == 1 {
            let token = self.page.tokens[tokens.start as usize];
            let class = self.page.lexicon.grammar.class(token.word);
            let pronoun = Class::SUBJECT.with(Class::OBJECT).with(Class::POSSESSIVE).with(Class::RELATIVE);
            // `This shows`: a fact is no speaker.
            let behind = |at: u32| at > 0 && self.page.tokens[at as usize - 1].is_word();
            let shown = self.page.lexicon.lists.has(List::PointingWords, self.word_at(tokens.start));
            if class.has(Class::DETERMINER) && shown && !behind(tokens.start) {
                return Verdict::NONE;
            }
            if class.has(pronoun) && token.case != Case::Upper || self.page.token_text(tokens.start) == "I" {
                return self.pronoun(source, class, stretch);
            }
        }
        if self.is_no_speaker(&tokens) {
            return Verdict::NONE;
        }
        // `Ada Brandt, head of roads at Harrow council said`
        if (self.is_party_tag(tokens.start) || self.is_bare_role(&tokens))
            && !self.ends_in_name(&tokens)
            && let Some(mention) = self.apposed_to(tokens.start)
        {
            return self.named(mention);
        }
        if let Some(verdict) = self.member(tokens.clone(), stretch).or_else(|| self.epithet(tokens.clone())) {
            return verdict;
        }
        if let Some(both) = self.both(&tokens) {
            return self.unnamed(both.clone(), both.end - 1, SpeakerKind::Group);
        }
        let core = self.core(tokens.clone());
        let core = if self.is_shared(&core, &tokens) { tokens.clone() } else { core };
        if let Some(verdict) = self.aged(core.clone(), stretch) {
            return verdict;
        }
        if let Some(verdict) = self.party_member(core.clone(), &tokens, stretch) {
            return verdict;
        }
        if self.is_list(&tokens) {
            return self.unnamed(tokens.clone(), tokens.end - 1, SpeakerKind::Group);
        }
        if self.is_joint(&core) || self.are_two(&core) {
            return self.unnamed(core.clone(), core.end - 1, SpeakerKind::Group);
        }
        if let Some(all) = self.told_jointly(&core, &tokens) {
            return self.unnamed(all.clone(), all.end - 1, SpeakerKind::Group);
        }
        if self.is_joint_beside(&core, &tokens) {
            return self.unnamed(tokens.clone(), tokens.end - 1, SpeakerKind::Group);
        }
        if self.is_counted(&core) {
            return self.unnamed(core.clone(), core.end - 1, SpeakerKind::Group);
        }
        if let Some(mention) = self.whole_name(source).or_else(|| self.head_name(core.clone(), tokens.clone())) {
            self.call_kin(mention, tokens.start);
            return self.named(mention);
        }
        // `Two people said so. … The second person said`: one of several who have no name.
        let noun = core.end - 1;
        let counted = core.len() == 3
            && self.word_at(core.start) == "the"
            && self.page.lexicon.lists.has(List::OnesOfSeveral, self.word_at(core.start + 1));
        if counted
            && self.class_at(noun).has(Class::PEOPLE)
            && !self.page.lexicon.people.offices.contains(self.page.word(noun as usize))
        {
            return self.unnamed(core, noun, SpeakerKind::Anonymous);
        }
        let verdict = self.described(core.clone(), tokens, stretch);
        // `her family`, where nobody is known whom `her` means; `the war`: no word for one who speaks.
        let owned = self.class_at(core.start).has(Class::POSSESSIVE) && core.len() > 1;
        let unclear = owned && verdict.how == How::Named;
        let limit = if unclear { Confidence::Low } else { Confidence::High };
        Verdict { confidence: verdict.confidence.min(limit), ..verdict }
    }

    /// `Brandt’s son Otto`, `Brandt’s widow, Ada`: who goes by a first name alone is called by whose kin he is; the surname may be
    /// another.
    fn call_kin(&mut self, mention: Mention, first: u32) {
        let page = self.page;
        let own = page.token_at(mention.span.start);
        let comma = own.checked_sub(1).filter(|at| page.tokens[*at as usize].kind == TokenKind::Comma);
        let Some(kin) = comma.unwrap_or(own).checked_sub(1).filter(|kin| *kin > first + 1) else { return };
        let lists = &page.lexicon.lists;
        let related =
            [List::Spouses, List::Children, List::Parents].iter().any(|list| lists.has(*list, self.word_at(kin)));
        let owner = page.tokens[kin as usize - 1];
        let plain =
            page.tokens[first as usize..kin as usize - 1].iter().all(|token| token.is_word() && token.is_capital());
        if !related || owner.kind != TokenKind::Clitic || !owner.span().of(page.text).ends_with('s') || !plain {
            return;
        }
        let Some(entity) = self.roster.entities.get_mut(mention.entity as usize) else { return };
        if let [only] = &entity.words[..]
            && *only == entity.name
            && page.lexicon.people.first_name(only).is_some()
        {
            let whose = page.span_of(first..kin + 1).of(page.text);
            entity.name = format!("{whose} {only}");
        }
    }

    /// `Department for Exiting the Union`, of which a source may hold the end alone.
    fn whole_name(&self, source: Span) -> Option<Mention> {
        let mention = self.roster.before(source.start).next()?;
        (mention.span.end >= source.end).then_some(*mention)
    }

    /// `cybersecurity expert at Harrow University`, `Managing Director of the Ferry Trust`: whether a phrase names a role without
    /// an article.
    fn is_bare_role(&self, tokens: &Range<u32>) -> bool {
        const CLOSED: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::FUNCTION).with(Class::TIME);
        let core = self.core(tokens.clone());
        let case = |at: u32| self.page.tokens[at as usize].case;
        // A capital alone may be a body's or a name's: with more words before its `of`, it is an office.
        let office = || core.len() > 1 && core.end < tokens.end && self.links_office(core.end);
        let shaped = |at: u32| self.page.tokens[at as usize].is_word() && (case(at) == Case::Lower || office());
        !self.class_at(core.start).has(CLOSED)
            && case(core.start) == case(core.end - 1)
            && shaped(core.start)
            && self.class_at(core.end - 1).has(Class::ROLE)
    }

    /// `Ada Brandt, D-Harrow,`: whether a party and a state begin at `at`.
    fn is_party_tag(&self, at: u32) -> bool {
        let token = self.page.tokens[at as usize];
        let next = self.page.tokens.get(at as usize + 1);
        token.end - token.start == 1 && token.is_capital() && next.is_some_and(|next| next.kind == TokenKind::Hyphen)
    }

    /// `head of roads Ada Brandt`: whether a phrase ends in a name that may be a person's.
    fn ends_in_name(&self, tokens: &Range<u32>) -> bool {
        let span = self.page.span_of(tokens.clone());
        let last = self.roster.mentions_in(span).last().filter(|mention| mention.span.end == span.end);
        last.is_some_and(|mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            entity.kind != SpeakerKind::Organization && entity.words.len() > 1
        })
    }

    /// `Indeed`, `weeks`: a word of time or manner alone, which nobody goes by.
    fn is_no_speaker(&self, tokens: &Range<u32>) -> bool {
        const NOBODY: Class = Class::TIME.with(Class::ADVERB).with(Class::CONJUNCT).with(Class::SUBORDINATOR);
        const SOMEBODY: Class = Class::SUBJECT
            .with(Class::ROLE)
            .with(Class::ROLES)
            .with(Class::UNNAMED)
            .with(Class::DETERMINER)
            .with(Class::MODAL);
        let class = self.class_at(tokens.start);
        let named = || self.roster.mentions_in(self.page.span_of(tokens.clone())).next().is_some();
        let time = class.has(NOBODY) && !class.has(SOMEBODY)
            || self.page.lexicon.lists.has(List::TimeNouns, self.word_at(tokens.start));
        // `Clustering revealed`: a deed
        const TEXTS: Class = Class::GROUP.with(Class::GROUPS).with(Class::DOCUMENT).with(Class::DOCUMENTS);
        let known = self.page.word(tokens.start as usize).is_known();
        let deed = known && super::names::is_deed(self.page, tokens.start, SOMEBODY.with(TEXTS));
        tokens.len() == 1 && (time || deed) && !named()
    }

    /// `Quay, Lenn Rail and Harrow Bus`: three names or more in a list, that speak together.
    fn is_list(&self, source: &Range<u32>) -> bool {
        let span = self.page.span_of(source.clone());
        let names: Vec<&Mention> = self.roster.mentions_in(span).collect();
        let [.., before, last] = &names[..] else { return false };
        // `Ada Brandt, State Senator Otto Lind`
        let titled = |at: &u32| self.page.tokens[*at as usize].is_capital() || self.word_at(*at) == "the";
        let joined = |one: &Mention, other: &Mention, link: &str| {
            let between = self.page.token_at(one.span.end)..self.page.token_at(other.span.start);
            between
                .filter(|at| !titled(at))
                .map(|at| self.word_at(at))
                .filter(|word| !word.is_empty())
                .eq(Some(link).filter(|link| !link.is_empty()))
                && one.span.end < other.span.start
        };
        names.len() > 2
            && !names[1..].iter().any(|one| self.is_office_name(one))
            && (source.start..self.page.token_at(names[0].span.start))
                .all(|at| titled(&at) || self.page.tokens[at as usize].kind == TokenKind::Stop)
            // `Quay Bus and Lind’s`
            && (self.page.token_at(last.span.end.saturating_sub(1)) + 1..source.end)
                .all(|at| self.page.tokens[at as usize].kind == TokenKind::Clitic)
            && names[..names.len() - 1].windows(2).all(|pair| joined(pair[0], pair[1], ""))
            && joined(before, last, "and")
    }

    /// `Ada Brandt and Otto Lind`, `the Quay Trust (QT) and the Harrow Board`: two names, joined, that speak together.
    fn is_joint(&self, core: &Range<u32>) -> bool {
        let mut names = self.roster.mentions_in(self.page.span_of(core.clone()));
        let (Some(one), Some(other)) = (names.next(), names.next()) else { return false };
        let mut and = self.page.token_at(one.span.end);
        let third = names.next();
        // `(QT)` is a name, too.
        let bracket = self.kind_at(and) == Some(TokenKind::Open);
        let other = match third {
            Some(third) if bracket => third,
            Some(_) => return false,
            None => other,
        };
        if names.next().is_some() {
            return false;
        }
        if bracket {
            let close = (and..core.end).find(|at| self.kind_at(*at) == Some(TokenKind::Close));
            and = close.map_or(and, |close| close + 1);
        }
        let next = self.page.token_at(other.span.start);
        let ends = self.page.token_at(other.span.end.saturating_sub(1)) + 1 == core.end;
        let titled = |at: u32| self.class_at(at).has(Class::TITLE.with(Class::ROLE));
        // `Quay Chairman and CEO Ada Brandt`
        let body = self.roster.entities[other.entity as usize].kind == SpeakerKind::Organization;
        let of_one = !body && self.is_office_name(one) && !self.is_office_name(other);
        one.entity != other.entity
            && !of_one
            && ends
            && self.word_at(and) == "and"
            && (and + 1..next).all(|at| {
                titled(at)
                    || self.page.tokens[at as usize].kind == TokenKind::Stop
                    || at + 1 == next && self.word_at(at) == "the"
            })
    }

    /// `Union leader Otto Lind and his deputy Ada Brandt`: two whole names of persons, joined, each with what its bearer is before it.
    fn are_two(&self, core: &Range<u32>) -> bool {
        let page = self.page;
        let person = |one: &&Mention| {
            self.roster.entities[one.entity as usize].kind == SpeakerKind::Person
                && page.token_at(one.span.end.saturating_sub(1)) > page.token_at(one.span.start)
        };
        let end = |one: &Mention| page.token_at(one.span.end.saturating_sub(1)) + 1;
        let mut names = self.roster.mentions_in(page.span_of(core.clone())).filter(person);
        let (Some(one), Some(other), None) = (names.next(), names.next(), names.next()) else { return false };
        let and = end(one);
        let next = page.token_at(other.span.start);
        let plain = |at: u32| {
            let token = page.tokens[at as usize];
            (token.is_word() || token.kind == TokenKind::Clitic)
                && !self.class_at(at).has(Class::COORDINATOR.with(Class::AUXILIARY).with(Class::CUE_VERB))
        };
        // `the son of Otto Lind and his wife Ada Brandt`
        let told = |at: &u32| page.tokens[*at as usize].is_capital() || self.class_at(*at).has(Class::ROLE);
        let before = (core.start..page.token_at(one.span.start)).rev().find(|at| !told(at));
        let linked = before.is_some_and(|at| self.class_at(at).has(Class::PREPOSITION));
        one.entity != other.entity
            && !self.is_office_name(one)
            && !self.is_office_name(other)
            && end(other) == core.end
            && self.word_at(and) == "and"
            && !linked
            && (and + 1..next).any(|at| self.class_at(at).has(Class::ROLE))
            && (and + 1..next).all(plain)
    }

    /// `Ada Brandt, the mayor, and Otto Lind`: whether another name is joined to the one in `core`, behind an apposition.
    fn is_joint_beside(&self, core: &Range<u32>, whole: &Range<u32>) -> bool {
        const TELLS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE);
        let page = self.page;
        let kind = |at: u32| page.tokens[at as usize].kind;
        let Some(one) = self.roster.mentions_in(page.span_of(core.clone())).last() else { return false };
        let comma = |at: &u32| kind(*at) == TokenKind::Comma;
        let Some(close) = (core.end + 1..whole.end.saturating_sub(1)).find(comma) else { return false };
        let told = page.token_at(one.span.end) == core.end
            && kind(core.end) == TokenKind::Comma
            && (core.end + 1..close).any(|at| self.class_at(at).has(TELLS));
        let and = close + 1;
        let mut first = and + 1;
        while first < whole.end && (self.word_at(first) == "the" || self.class_at(first).has(Class::TITLE)) {
            first += 1;
        }
        let other = (first < whole.end)
            .then(|| page.span_of(first..whole.end))
            .and_then(|rest| self.roster.mentions_in(rest).next().filter(|other| other.span.start == rest.start));
        // `Ada Brandt, the mayor, and Lind’s wife`, `… and Quay trader`
        let whole_name = |other: &Mention| {
            let next = page.token_at(other.span.end);
            next >= whole.end || kind(next) == TokenKind::Comma
        };
        self.word_at(and) == "and"
            && told
            && other.is_some_and(|other| {
                // `Ada Brandt, head of the Quay Trust, and Harrow Rail`
                let full = self.roster.entities[other.entity as usize].words.len() > 1;
                full && other.entity != one.entity && whole_name(other) && !self.is_office_name(other)
            })
    }

    /// `Two bodies, the Quay Trust and the Harrow Board`: the names between commas of several who speak together.
    fn told_jointly(&self, core: &Range<u32>, whole: &Range<u32>) -> Option<Range<u32>> {
        let comma = (core.end..whole.end).find(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma)?;
        let rest = comma + 1..whole.end;
        let listed = comma > core.end && self.is_listed(core.end, whole);
        if rest.len() < 3 || listed || !self.is_many(core) {
            return None;
        }
        let names = self.core(rest.clone());
        if self.is_joint(&names) {
            return Some(names);
        }
        self.is_list(&rest).then_some(rest)
    }

    /// Whether the noun that ends at the end of `core` means several: no one name beside it is theirs.
    fn is_many(&self, core: &Range<u32>) -> bool {
        const MANY: Class = Class::ROLES.with(Class::GROUPS);
        let last = core.end - 1;
        let token = self.page.tokens[last as usize];
        let one = self.class_at(last).has(Class::ROLE.with(Class::GROUP).with(Class::DOCUMENT));
        let plural =
            token.case == Case::Lower && self.page.lexicon.forms.ends(self.page.token_text(last), Ending::ClearPlural);
        token.is_word() && (self.class_at(last).has(MANY) || plural && !one)
    }

    /// `the Rail, Bus and Ferry (RBF) union`: whether the last noun of a list belongs to all that it lists.
    fn is_shared(&self, core: &Range<u32>, whole: &Range<u32>) -> bool {
        const BODY: Class = Class::GROUP.with(Class::ROLE);
        let last = whole.end - 1;
        let and = (core.end..last).find(|at| self.class_at(*at).has(Class::COORDINATOR));
        let noun = self.page.tokens[last as usize].case == Case::Lower && self.class_at(last).has(BODY);
        let listed = |at: u32| {
            let token = self.page.tokens[at as usize];
            token.is_capital() || !token.is_word() || Some(at) == and
        };
        self.word_at(core.start) == "the"
            && self.kind_at(core.end) == Some(TokenKind::Comma)
            && self.kind_at(whole.end) != Some(TokenKind::Comma)
            && noun
            && and.is_some()
            && (core.start + 1..last).all(listed)
    }

    /// `the Minister for Roads, Boats and Quays`, `Residents, traders and a priest`: whether the commas from `from` to the end of a phrase
    /// part a list, and no apposition: none closes what the last joins before the verb.
    pub(super) fn is_listed(&self, from: u32, whole: &Range<u32>) -> bool {
        let comma = (from..whole.end).rev().find(|at| self.kind_at(*at) == Some(TokenKind::Comma));
        self.kind_at(whole.end) == Some(TokenKind::Word)
            && !(from..whole.end).any(|at| self.kind_at(at) == Some(TokenKind::Mark))
            && comma.is_some_and(|comma| (comma + 1..whole.end - 1).any(|at| self.class_at(at).has(Class::COORDINATOR)))
    }

    /// `Quay Chairman and CEO Ada Brandt`, `Ada Brandt, Founder and Co-Chairman of Quay`: whether what was read as a name is an office.
    fn is_office_name(&self, one: &Mention) -> bool {
        let tokens = self.page.token_at(one.span.start)..self.page.token_at(one.span.end.saturating_sub(1)) + 1;
        let of = tokens.clone().find(|at| self.word_at(*at) == "of").unwrap_or(tokens.end);
        let person = self.page.lexicon.people.first_name(self.page.token_text(tokens.start)).is_some();
        let office = of.checked_sub(1).is_some_and(|last| {
            last >= tokens.start
                && self.class_at(last).has(Class::ROLE.with(Class::TITLE))
                && self.page.tokens[last as usize].is_capital()
        });
        office && !person
    }

    /// `some Lennites`, `Five top Republicans`: whether a phrase counts people who go by a name in the plural.
    fn is_counted(&self, core: &Range<u32>) -> bool {
        let (page, people, lists) = (self.page, &self.page.lexicon.people, &self.page.lexicon.lists);
        let first = page.tokens[core.start as usize];
        let class = self.class_at(core.start);
        let word = self.word_at(core.start);
        let several = class.has(Class::DETERMINER) && class.has(Class::UNNAMED) && !lists.has(List::OnePeople, word);
        // `20.10 Harrow Polls said` is a time.
        let number = first.kind == TokenKind::Number
            && page.token_text(core.start).bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        if core.len() < 2 || !(number || several || lists.has(List::CountWords, word)) {
            return false;
        }
        let last = core.end - 1;
        let text = page.token_text(last);
        // `one father called Jonas`
        let told = |at: u32| page.tokens[at as usize].is_capital() || self.class_at(at).has(Class::ADJECTIVE);
        // `Two Sisters` may be a house.
        let free = first.case != Case::Capital
            || page.sentence_at(first.start).is_some_and(|sentence| sentence.tokens.start == core.start);
        let plural = page.tokens[last as usize].is_capital() && page.lexicon.forms.ends(text, Ending::ClearPlural);
        let named = |mention: &Mention| {
            let own = page.token_at(mention.span.start);
            own > core.start && (own == last || people.is_demonym(page.token_text(own)))
        };
        free && plural
            && people.first_name(text).is_none()
            && (core.start + 1..last).all(told)
            && self.roster.mentions_in(page.span_of(core.clone())).last().is_some_and(named)
    }

    /// `Both Ada Brandt (Harrow) and Otto Lind, who …`: two who speak, without the word that joins them and what tells of them
    /// behind the second.
    fn both(&self, tokens: &Range<u32>) -> Option<Range<u32>> {
        let first = tokens.start + 1;
        let and = (first..tokens.end).find(|at| self.word_at(*at) == "and")?;
        let kind = |at: u32| self.page.tokens[at as usize].kind;
        let tells = |at: &u32| {
            let relative = self.class_at(*at).has(Class::RELATIVE) && !self.class_at(*at).has(Class::DETERMINER);
            relative || matches!(kind(*at), TokenKind::Comma | TokenKind::Dash)
        };
        let end = (and + 1..tokens.end).find(tells).unwrap_or(tokens.end);
        // `both in Harrow and Lenn`
        let placed = self.class_at(first).has(Class::PREPOSITION);
        let joined = self.word_at(tokens.start) == "both" && and > first && end > and + 1 && !placed;
        joined.then_some(first..end)
    }

    /// The tokens that name the source itself: up to the first comma, preposition or relative pronoun. What stands in brackets
    /// inside it is part of it: `the Harrow Water Board (HWB) director`.
    pub(super) fn core(&self, tokens: Range<u32>) -> Range<u32> {
        let stops = |at: u32| {
            let token = self.page.tokens[at as usize];
            let class = self.page.lexicon.grammar.class(token.word);
            matches!(token.kind, TokenKind::Comma | TokenKind::Open | TokenKind::Dash)
                || token.kind == TokenKind::Word
                    && class.has(Class::PREPOSITION.with(Class::RELATIVE))
                    // `brother-in-law`; in `Brandt-of Harrow` the hyphen is a slip.
                    && !(self.page.tokens[at as usize - 1].kind == TokenKind::Hyphen
                        && self.page.tokens.get(at as usize + 1).is_some_and(|next| next.kind == TokenKind::Hyphen))
                    && !self.in_name(at)
                    && !self.is_in_charge(at)
        };
        let mut at = tokens.start + 1;
        while at < tokens.end {
            if let Some(close) = self.aside(at, tokens.end) {
                at = close + 1;
            } else if stops(at) {
                return tokens.start..at;
            } else {
                at += 1;
            }
        }
        tokens
    }

    /// Where the bracket that opens at `open` closes, if a noun follows.
    fn aside(&self, open: u32, end: u32) -> Option<u32> {
        const MOST: u32 = 6;
        let kind = |at: u32| self.page.tokens[at as usize].kind;
        if kind(open) != TokenKind::Open {
            return None;
        }
        let close = (open + 1..end.min(open + MOST)).find(|at| kind(*at) == TokenKind::Close)?;
        let next = close + 1;
        let noun = next < end && kind(next) == TokenKind::Word;
        (noun && !self.class_at(next).has(Class::PREPOSITION.with(Class::RELATIVE))).then_some(close)
    }

    /// `Special Agent in Charge Ada Brandt`: the preposition of a title.
    fn is_in_charge(&self, at: u32) -> bool {
        self.word_at(at) == "in"
            && (at as usize + 1) < self.page.tokens.len()
            && self.page.lexicon.lists.reads(List::InTitles, self.page.token_text(at + 1))
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
            // `Ada Brandt Sales Manager at Quay Gas`
            let office = || {
                let person = self.roster.entities[mention.entity as usize].kind != SpeakerKind::Organization;
                let first = self.page.token_at(mention.span.start);
                let whole = self.page.lexicon.people.first_name(self.page.token_text(first)).is_some();
                let runs = self.class_at(core.end - 1).has(Class::ROLE.with(Class::TITLE));
                first == core.start
                    && person
                    && whole
                    && runs
                    && rest.iter().all(|token| token.is_capital() || !token.is_word())
            };
            if !nouns || office() {
                return Some(self.holder_behind(&mention, &core, &whole).unwrap_or(mention));
            }
            // `Brandt’s lawyer, Iver Lund,`, `the Harrow City manager, Iver Lund,`: the apposition names the lawyer.
            let role = self.class_at(core.end - 1).has(Class::ROLE);
            if !role && rest.first().is_none_or(|next| next.kind != TokenKind::Clitic) {
                return None;
            }
        }
        if let Some(mention) = self.beside_office(&core, &whole).or_else(|| self.behind_body(&core, &whole)) {
            return Some(mention);
        }
        // `Secretary of Roads Ada Brandt, on a trip to Lenn,`
        let comma = (core.end..whole.end).find(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma);
        let named = |at: u32| self.page.lexicon.people.first_name(self.page.token_text(at)).is_some();
        let known = |at: u32| self.page.word(at as usize).is_known();
        let person = |mention: &Mention| {
            let first = self.page.token_at(mention.span.start);
            let last = self.page.token_at(mention.span.end.saturating_sub(1));
            // `Secretary of Roads Zbig Lund`
            let plain = first > 0 && known(first - 1) && !named(first - 1) && last == first + 1;
            named(first) || plain && !known(first) && !known(last)
        };
        if let Some(comma) = comma
            && let Some(mention) = self.beside_office(&core, &(whole.start..comma)).filter(person)
        {
            return Some(mention);
        }
        if self.is_many(&core) {
            return None;
        }
        // `one of the shops in Harrow, Stell, and Lenn`: the names are places in a list.
        let linked = core.end < whole.end && self.class_at(core.end).has(Class::PREPOSITION);
        let joins = |at: u32| {
            self.kind_at(at) == Some(TokenKind::Comma)
                && at + 1 < whole.end
                && self.class_at(at + 1).has(Class::COORDINATOR)
        };
        if linked && self.class_at(core.start).has(Class::UNNAMED) && (core.end..whole.end).any(joins) {
            return None;
        }
        // `Minister for Roads, Boats and Quays Ada Brandt`
        if linked && self.is_listed(core.end, &whole) {
            let last = self.roster.mentions_in(self.page.span_of(core.end..whole.end)).last().copied();
            let end = self.page.span_of(whole.clone()).end;
            return last.filter(|mention| mention.span.end == end && person(mention));
        }
        // `the mayor, Ada Brandt,`; `the woman, Brandt’s daughter Edda,`
        let commas = (core.end..whole.end).filter(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma);
        commas.into_iter().find_map(|comma| {
            // `a source close to the minister, Ada Brandt,`: the minister's name
            let near = |at: u32| {
                let lists = &self.page.lexicon.lists;
                lists.has(List::BehindSource, self.word_at(at)) && matches!(self.word_at(at + 1), "to" | "with")
            };
            let close = (core.start..comma).any(near);
            if close && self.class_at(comma - 1).has(Class::ROLE.with(Class::TITLE)) {
                return None;
            }
            // `the trade body, the Harrow Care Association,`
            let the = u32::from(
                self.page.tokens.get(comma as usize + 1).is_some_and(|next| next.span().of(self.page.text) == "the"),
            );
            let first = self.page.tokens.get((comma + 1 + the) as usize)?;
            let next = (comma + 1..whole.end).find(|at| self.page.tokens[*at as usize].kind == TokenKind::Comma);
            let apposition = self.page.span_of(comma + 1..next.unwrap_or(whole.end));
            let mut inner = self.roster.mentions_in(apposition);
            // `the minister, Dr Ada Brandt,`
            let titles = |mention: &Mention| {
                let between = self.page.token_at(first.start)..self.page.token_at(mention.span.start);
                // `Assistant Commissioner Ada Brandt`
                // `Major-General Otto Lind`
                let role = |at: u32| {
                    matches!(self.page.tokens[at as usize].kind, TokenKind::Stop | TokenKind::Hyphen)
                        || self.class_at(at).has(Class::TITLE.with(Class::ROLE))
                };
                between.clone().last().is_none_or(role)
                    && between.clone().all(|at| role(at) || self.page.tokens[at as usize].is_capital())
            };
            // `one of the aides, former Brandt campaign manager Otto Lind,`
            if let Some(named) = self.named_by_role(comma + 1..next.unwrap_or(whole.end)) {
                return Some(named);
            }
            let name = inner.next().copied().filter(|mention| mention.span.start >= first.start && titles(mention))?;
            let after = self.page.token_at(name.span.end);
            let owner = self.page.tokens.get(after as usize);
            // `the Harrow-based firm behind it`: a noun follows.
            let noun = owner.is_some_and(|token| {
                after < whole.end
                    && (token.kind == TokenKind::Hyphen
                        || token.kind == TokenKind::Word
                            && token.case == Case::Lower
                            && !self.class_at(after).has(Class::FUNCTION))
            });
            if noun {
                return None;
            }
            let owns = owner.is_some_and(|token| token.kind == TokenKind::Clitic);
            if owns { inner.last().copied() } else { Some(name) }
        })
    }

    /// `The High Commissioner for Peace, Ada Brandt,`: the person whose name ends a phrase behind a comma, where what was read as its
    /// name is an office with what it is of.
    fn holder_behind(&self, office: &Mention, core: &Range<u32>, whole: &Range<u32>) -> Option<Mention> {
        const ROLE: Class = Class::ROLE.with(Class::TITLE);
        let page = self.page;
        let tokens = page.token_at(office.span.start)..page.token_at(office.span.end);
        let named = |at: u32| page.lexicon.people.first_name(page.token_text(at)).is_some();
        let role = self.class_at(tokens.end.checked_sub(1)?).has(ROLE) || self.is_office_name(office);
        let linked = core.end < whole.end && self.links_office(core.end) || self.is_office_name(office);
        if tokens.len() < 2 || !role || !linked || tokens.clone().any(named) {
            return None;
        }
        let comma = (core.end..whole.end).rev().find(|at| self.kind_at(*at) == Some(TokenKind::Comma))?;
        // `…, Ada Brandt,`
        let (comma, end) = match comma + 1 == whole.end {
            true => ((core.end..comma).rev().find(|at| self.kind_at(*at) == Some(TokenKind::Comma))?, comma),
            false => (comma, whole.end),
        };
        let mention = self.roster.mentions_in(page.span_of(comma + 1..end)).last().copied()?;
        let first = page.token_at(mention.span.start);
        let entity = &self.roster.entities[mention.entity as usize];
        let titles = (comma + 1..first).all(|at| {
            matches!(self.kind_at(at), Some(TokenKind::Stop | TokenKind::Hyphen)) || self.class_at(at).has(ROLE)
        });
        let whole_name = entity.words.len() > 1 && !entity.state && entity.kind != SpeakerKind::Organization;
        // `Logan King, Home Buying Specialist`: an office, too
        let last = page.token_at(mention.span.end.saturating_sub(1));
        let office = self.class_at(last).has(ROLE) && !named(first);
        let whole_name = whole_name && !office;
        (whole_name && titles && mention.span.end == page.span_of(comma + 1..end).end).then_some(mention)
    }

    /// `former Brandt campaign manager Otto Lind`: the person whose name ends the tokens `phrase`, right behind a role, where
    /// nothing but nouns, names and adjectives stands before it.
    fn named_by_role(&self, phrase: Range<u32>) -> Option<Mention> {
        const CLOSED: Class = Class::FUNCTION.with(Class::RELATIVE).with(Class::POSSESSIVE);
        let page = self.page;
        let span = page.span_of(phrase.clone());
        let mention = self.roster.mentions_in(span).last().copied().filter(|mention| mention.span.end == span.end)?;
        let first = page.token_at(mention.span.start);
        let entity = &self.roster.entities[mention.entity as usize];
        let person = entity.words.len() > 1 && entity.kind != SpeakerKind::Organization;
        let role = first.checked_sub(1).filter(|role| *role > phrase.start && self.class_at(*role).has(Class::ROLE))?;
        let plain = |at: u32| page.tokens[at as usize].kind == TokenKind::Word && !self.class_at(at).has(CLOSED);
        let small = page.tokens[role as usize].case == Case::Lower;
        (person && small && (phrase.start..role).all(plain)).then_some(mention)
    }

    /// `Bank of Lenn Governor Ada Brandt`: the name that ends a phrase which begins with a body, behind a role.
    fn behind_body(&self, core: &Range<u32>, whole: &Range<u32>) -> Option<Mention> {
        let page = self.page;
        let body = page.tokens[core.end as usize - 1].is_capital()
            && self.class_at(core.end - 1).has(Class::GROUP.with(Class::SUFFIX));
        if !body || core.end >= whole.end || self.word_at(core.end) != "of" {
            return None;
        }
        let mention = self.roster.mentions_in(page.span_of(core.end..whole.end)).last().copied()?;
        let name = page.token_at(mention.span.start);
        let ends = page.token_at(mention.span.end.saturating_sub(1)) + 1 == whole.end;
        let role = name.checked_sub(1).is_some_and(|at| self.class_at(at).has(Class::ROLE.with(Class::TITLE)));
        let place = name > core.end + 2 && page.tokens[core.end as usize + 1].is_capital();
        (ends && role && place).then_some(mention)
    }

    /// `of`, `at`: whether the word at `at` may tell what or where an office is.
    fn links_office(&self, at: u32) -> bool {
        let lists = &self.page.lexicon.lists;
        lists.has(List::OfficeLinks, self.word_at(at)) || lists.has(List::OfficePlaces, self.word_at(at))
    }

    /// `general secretary of the union Ada Brandt`: the name that ends a role with its `of`, where a body stands right before it.
    fn beside_office(&self, core: &Range<u32>, whole: &Range<u32>) -> Option<Mention> {
        let page = self.page;
        let role = self.class_at(core.end - 1).has(Class::ROLE.with(Class::TITLE));
        // `an official in an alliance backing Otto Lind`: a verb stands between.
        let verb = |at: u32| {
            let text = page.token_text(at);
            page.tokens[at as usize].case == Case::Lower
                && (page.lexicon.forms.ends(text, Ending::Gerund) || page.lexicon.forms.ends(text, Ending::Past))
        };
        let of = core.end < whole.end
            && self.links_office(core.end)
            && !(core.end + 1..whole.end).any(|at| page.tokens[at as usize].is_word() && verb(at));
        let plain = whole.clone().all(|at| page.tokens[at as usize].kind != TokenKind::Comma);
        if !role || !of || !plain {
            return None;
        }
        let mention = self.roster.mentions_in(page.span_of(core.end..whole.end)).last().copied()?;
        // `the head of Harrow Bay RNLI`
        let last = page.token_at(mention.span.end.saturating_sub(1));
        let acronym = page.tokens[last as usize].case == Case::Upper && page.word(last as usize) == WordId::NONE;
        if acronym || self.class_at(last).has(Class::GROUP.with(Class::SUFFIX)) {
            return None;
        }
        let mut before = page.token_at(mention.span.start).checked_sub(1).filter(|at| *at > core.end)?;
        // `chief nutritionist at Harrow Health Dr Ada Brandt`
        while before > core.end + 1
            && (self.class_at(before).has(Class::TITLE) && page.tokens[before as usize].is_capital()
                || page.tokens[before as usize].kind == TokenKind::Stop)
        {
            before -= 1;
        }
        // `a spokesman for Lenn Senator Ada Brandt`
        let voice = page.lexicon.people.voices.contains(page.word(core.end as usize - 1));
        if voice && before + 1 < page.token_at(mention.span.start) && self.word_at(core.end) == "for" {
            return None;
        }
        let class = self.class_at(before);
        // `a spokesman for the ferry company Silverline`: the body's own name.
        let small = page.tokens[before as usize].case == Case::Lower && class.has(Class::GROUP);
        if small && self.roster.entities[mention.entity as usize].words.len() < 2 {
            return None;
        }
        const LINKS: Class = Class::PREPOSITION
            .with(Class::DETERMINER)
            .with(Class::POSSESSIVE)
            .with(Class::COORDINATOR)
            .with(Class::ROLE)
            .with(Class::TITLE);
        // `President of the Harrow Ferry Trust (HFT) Ada Brandt`
        let body = class.has(Class::GROUP.with(Class::SUFFIX))
            || page.tokens[before as usize].is_capital()
            || page.tokens[before as usize].kind == TokenKind::Close
            // `Quay Aid head of policy Ada Brandt`
            || page.lexicon.people.tops.contains(page.word(core.end as usize - 1))
                && page.tokens[before as usize].is_word();
        let ends = page.token_at(mention.span.end.saturating_sub(1)) + 1 == whole.end;
        (ends && body && !class.has(LINKS)).then_some(mention)
    }

    pub(super) fn named(&mut self, mention: Mention) -> Verdict {
        let entity = &self.roster.entities[mention.entity as usize];
        let text = mention.span.of(self.page.text);
        let whole = text.split_whitespace().eq(entity.name.split_whitespace());
        let (confidence, reason) = match mention.doubt {
            Doubt::No => (Confidence::High, QuoteReason::NameForm),
            Doubt::Some => (Confidence::Medium, QuoteReason::NameForm),
            Doubt::Much => (Confidence::Low, QuoteReason::SharedName),
            Doubt::Open => {
                // `Mr Dole said so. He added`: a pronoun is as open as the name.
                self.shared = Some(mention.span.start);
                return Verdict { reason: Some(QuoteReason::SharedName), ..Verdict::NONE };
            }
        };
        Verdict {
            who: Some(Who::Named(mention.entity)),
            how: if whole { How::Named } else { How::Alias },
            confidence,
            reason: (!whole).then_some(reason),
        }
    }
}
