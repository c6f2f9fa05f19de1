//! Who is who in a document: names joined into entities. A surname, an acronym or a first name alone goes to the fullest
//! name that it can be short for.

use super::bearers::{Bearers, FAR, Key, Link};
use super::name::{self, Gender, Name};
use super::names;
use super::stretches::Stretches;
use crate::extract::SpeakerKind;
use crate::hash::{hash_of, hash_of_words};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::room;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// One who is named in a document.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The fullest form of the name.
    pub name: String,
    /// Its words, as written.
    pub words: Vec<String>,
    /// The lexicon's id of the first of them.
    pub first: WordId,
    /// The last of them, where it is one of those who bear it as a surname.
    pub(super) last: Option<Key>,
    /// What it is.
    pub kind: SpeakerKind,
    /// Title or role, as written.
    pub role: Option<Span>,
    /// Role words given to it anywhere.
    pub role_words: Vec<WordId>,
    /// What titles and pronouns of the document say.
    pub gender: Option<Gender>,
    /// What the first name says, where nothing else does.
    pub likely: Option<Gender>,
    /// Whether it is a country, a part of one or a great city.
    pub state: bool,
    /// The mentions that name it.
    pub aliases: Vec<Span>,
}

/// A mention with whom it names.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Position in [`Roster::entities`].
    pub entity: u32,
    /// Whether it stands inside quote marks.
    pub quoted: bool,
    /// Whether it begins its sentence.
    pub leads: bool,
    /// In which stretch of the text.
    pub stretch: u32,
    /// How far others could be meant.
    pub doubt: Doubt,
}

/// Whether a name of three words begins with letters, as those of stations do: the last of `BBC Radio Harrow` is no surname.
fn is_station(words: &[String]) -> bool {
    const LETTERS: usize = 3;
    let letters = |word: &String| word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_uppercase());
    words.len() >= 3 && words.first().is_some_and(letters)
}

/// Whether a surname that several bear tells who is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Nobody else can be meant.
    #[default]
    No,
    /// No other bearer has been named so far.
    Some,
    /// Another bearer has been named, but not so near.
    Much,
    /// It cannot be told.
    Open,
}

/// The entities of a document and where they are named.
#[derive(Default)]
pub struct Roster {
    /// In the order of first mention.
    pub entities: Vec<Entity>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// By last word: entities of two words and more.
    pub(super) by_last: Bearers,
    /// By whole name.
    pub(super) by_name: FxHashMap<Key, u32>,
    /// By first word, as written: people of two words and more.
    by_first: Bearers,
    /// What is near what.
    pub stretches: Stretches,
    /// By surname: whom it meant alone when nobody else had been named who bears it.
    settled: FxHashMap<Key, u32>,
}

/// How many mentions, unnamed speakers and titled documents a description looks back over.
pub(super) const LOOK_BACK: usize = 100;

impl Roster {
    /// Reads a page. Linear in its tokens, but for names that share a word.
    pub fn new(page: &Page) -> Self {
        let stretches = Stretches::of(page);
        let mut found = names::find(page, &stretches);
        drop_words(page, &mut found);
        let mut roster = Roster { stretches, ..Roster::default() };
        roster.by_name.reserve(found.len());
        roster.mentions.reserve(found.len());
        let mut words = Vec::new();
        let mut longer = longer(page, &found);
        compound_surnames(page, &found, &mut longer);
        double_first_names(page, &found, &mut longer);
        found.retain(|name| !is_bare_body(page, name, &longer));
        // Full names first, so that a surname met before its name finds it.
        let keys: Vec<Key> = found
            .iter()
            .map(|name| {
                words_of(page, name, &mut words);
                let key = key(&words);
                if longer.get(&key).is_some_and(Option::is_some) {
                    return key;
                }
                if words.len() > 1 {
                    roster.full(page, name, &words, key);
                }
                key
            })
            .collect();
        roster.couples(page, &found);
        roster.implied(page, &found);
        roster.tell_genders(page, &found, &keys);
        let namesakes = roster.namesakes(page, &found, &keys);
        let generations = roster.generations(page, &found, &keys);
        for (name, key) in found.iter().zip(keys) {
            if let Some((entity, doubt)) = roster.of_age(page, name, key, &generations) {
                roster.note(page, name, entity, doubt);
                continue;
            }
            if let Some(bearers) = namesakes.get(&key) {
                let own = name.gender.and_then(|gender| bearers.iter().find(|(other, _)| *other == gender));
                let doubt = if own.is_some() { Doubt::No } else { Doubt::Open };
                roster.note(page, name, own.unwrap_or(&bearers[0]).1, doubt);
                continue;
            }
            let whole = longer.get(&key).copied().flatten().unwrap_or(key);
            let known = roster.by_name.get(&whole).copied();
            words_of(page, name, &mut words);
            // `Mr Harle … his wife, Chloe Harle`: the surname alone is another's, too.
            if let Some(known) = known.filter(|_| words.len() == 1)
                && let Some((entity, doubt)) = roster.other_bearer(known, &words, name)
            {
                roster.note(page, name, entity, doubt);
                continue;
            }
            let (entity, doubt) =
                known.map_or_else(|| roster.link(page, name, &words, key), |known| (known, Doubt::No));
            roster.note(page, name, entity, doubt);
        }
        roster.mend_hyphens(page);
        roster
    }

    /// `Otto-Dole came. Dole spoke`: a hyphen that stands for a lost space between a first name and a surname, where the surname
    /// stands alone, too, or the name with a space.
    fn mend_hyphens(&mut self, page: &Page) {
        for entity in &mut self.entities {
            let [first, last] = &entity.words[..] else { continue };
            if !entity.name.contains('-') || page.lexicon.people.first_name(first).is_none() {
                continue;
            }
            let spaced = format!("{first} {last}");
            let own = |alias: &Span| matches!(alias.of(page.text), text if text == last || text == spaced);
            if entity.name == format!("{first}-{last}") && entity.aliases.iter().any(own) {
                entity.name = spaced;
            }
        }
    }

    /// `Tom and Ann Harle`, `the brothers Yoran and Idrin Caan`: the first name shares the surname. Both first
    /// names must be known, or the first, or a title with the surname must stand somewhere.
    fn couples(&mut self, page: &Page, found: &[Name]) {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let titled = |name: &&Name| name.tokens.len() == 1 && name.gender.is_some();
        let titled: FxHashSet<&str> = found.iter().filter(titled).map(|name| name.span.of(page.text)).collect();
        // First names of those who were named in full so far.
        let mut bearers: FxHashSet<&str> = FxHashSet::default();
        for pair in found.windows(2) {
            let [one, other] = pair else { continue };
            if one.tokens.len() > 1 {
                bearers.insert(page.token_text(one.tokens.start));
            }
            let joined = page.tokens.get(one.tokens.end as usize).is_some_and(|token| {
                one.tokens.end + 1 == other.tokens.start && matches!(token.span().of(page.text), "and" | "&")
            });
            if !joined || one.tokens.len() != 1 || one.person || other.body || other.tokens.len() != 2 {
                continue;
            }
            words_of(page, one, &mut first);
            words_of(page, other, &mut second);
            let named = |word: &str| page.lexicon.people.first_name(word).is_some();
            let kin = || {
                let before = one.tokens.start.checked_sub(1).map(|at| page.token_text(at));
                before.is_some_and(|word| page.lexicon.lists.reads(List::KinPairs, word))
            };
            // `Harrow and Ann Dole`: behind a preposition it is a place.
            let led = one.tokens.start.checked_sub(1).is_some_and(|at| page.class(at).has(Class::PREPOSITION));
            let loose = |name: &str| !led && !page.lexicon.words.get(name).is_known();
            let loose_name = |name: &str| loose(name) && !page.lexicon.people.is_state(&[name]);
            if let ([name], [next, surname]) = (&first[..], &second[..])
                && (named(name) && named(next)
                    || kin()
                    || loose(name) && !one.body && (named(name) || titled.contains(surname))
                    || named(name) && !led && titled.contains(surname)
                    // `Tom and Agnieszka Harle bought it`: a first name that nobody bore before
                    || named(name) && one.leads && loose_name(next) && !bearers.contains(*name))
                && !page.lexicon.people.is_state(&[name])
            {
                let words = [*name, *surname];
                let before = self.entities.len();
                self.full(page, one, &words, key(&words));
                if let Some(entity) = self.entities.get_mut(before) {
                    entity.name = words.join(" ");
                }
            }
        }
    }

    /// `Mr Harle and Ms Harle spoke`: surnames without a first name that titles give to two people, with the entities of both.
    fn namesakes(&mut self, page: &Page, found: &[Name], keys: &[Key]) -> FxHashMap<Key, Vec<(Gender, u32)>> {
        let mut out: FxHashMap<Key, Vec<(Gender, usize)>> = FxHashMap::default();
        for (i, (name, key)) in found.iter().zip(keys).enumerate() {
            let open =
                || name.tokens.len() == 1 && !self.by_name.contains_key(key) && self.by_last.of(*key).next().is_none();
            if let Some(gender) = name.gender.filter(|_| open()) {
                let bearers = out.entry(*key).or_default();
                if bearers.iter().all(|(other, _)| *other != gender) {
                    bearers.push((gender, i));
                }
            }
        }
        out.retain(|_, bearers| bearers.len() > 1);
        let mut words = Vec::new();
        let mut enter = |i: usize| {
            let name = &found[i];
            words_of(page, name, &mut words);
            let title = (0..name.tokens.start).rev().take(2).find(|at| page.tokens[*at as usize].is_word());
            let whole = page.span_of(title.unwrap_or(name.tokens.start)..name.tokens.end);
            self.add(page, whole.of(page.text), &words, false)
        };
        let mut entered = |bearers: Vec<(Gender, usize)>| -> Vec<(Gender, u32)> {
            bearers.into_iter().map(|(gender, i)| (gender, enter(i))).collect()
        };
        let mut all: Vec<_> = out.into_iter().collect();
        all.sort_by_key(|(_, bearers)| bearers[0].1);
        all.into_iter().map(|(key, bearers)| (key, entered(bearers))).collect()
    }

    /// Whom a surname means that stands for `known` alone so far, where others bear it with a first name: with a title, the one
    /// whom it allows; else either. None where nobody else bears it.
    fn other_bearer(&self, known: u32, words: &[&str], name: &Name) -> Option<(u32, Doubt)> {
        let own = &self.entities[known as usize];
        if own.words.len() != 1 || own.kind == SpeakerKind::Organization || own.gender.is_none() || name.body {
            return None;
        }
        let other = |at: &u32| {
            let entity = &self.entities[*at as usize];
            *at != known && entity.kind != SpeakerKind::Organization && entity.gender() != own.gender
        };
        let other = self.by_last.of(key(words)).take(FAR).find(other)?;
        match name.gender {
            Some(gender) if Some(gender) == own.gender => None,
            Some(_) => Some((other, Doubt::No)),
            None => Some((known, Doubt::Open)),
        }
    }

    /// What titles, roles and the first pronoun behind a full name in its sentence tell of those who share a surname, so that
    /// `Mr. Harle` is told from `Ms. Harle`.
    fn tell_genders(&mut self, page: &Page, found: &[Name], keys: &[Key]) {
        let alone = |name: &Name| name.gender.is_some() && name.tokens.len() == 1;
        let titled: FxHashSet<Key> =
            found.iter().zip(keys).filter(|(name, _)| alone(name)).map(|(_, key)| *key).collect();
        if !self.by_last.are_any_several() && titled.is_empty() {
            return;
        }
        let of = |roster: &Self, key: &Key| {
            let entity = *roster.by_name.get(key)?;
            let surname = self::key(&[roster.entities[entity as usize].words.last()?.as_str()]);
            Some((entity as usize, surname))
        };
        let shared = |roster: &Self, key: &Key| {
            of(roster, key).filter(|(_, surname)| roster.by_last.are_several(*surname)).map(|(at, _)| at)
        };
        for (name, key) in found.iter().zip(keys).filter(|(name, _)| name.gender.is_some()) {
            if let Some(at) = shared(self, key) {
                self.entities[at].gender = self.entities[at].gender.or(name.gender);
            }
        }
        for (i, (name, key)) in found.iter().zip(keys).enumerate() {
            let Some(at) = shared(self, key).filter(|at| self.entities[*at].gender.is_none()) else { continue };
            let end = page.sentence_at(name.span.start).map_or(name.tokens.end, |sentence| sentence.tokens.end);
            let end = found.get(i + 1).map_or(end, |next| next.tokens.start.min(end));
            let pronoun = Class::SUBJECT.with(Class::OBJECT).with(Class::POSSESSIVE);
            let classes = (name.tokens.end..end).map(|at| page.class(at));
            self.entities[at].gender = classes.filter(|class| class.has(pronoun)).find_map(name::gender_of);
        }
        // `Raghav Dole runs the yard. His daughter … Ms Dole`: of one bearer whom a title may not fit, the pronoun that begins the next
        // sentence.
        for (name, key) in found.iter().zip(keys).filter(|(name, _)| name.tokens.len() > 1) {
            let one = of(self, key).filter(|(_, surname)| titled.contains(surname)).map(|(at, _)| at);
            let Some(at) = one.filter(|at| self.entities[*at].gender().is_none()) else { continue };
            let end = page.sentence_at(name.span.start).map_or(name.tokens.end, |sentence| sentence.tokens.end);
            let pronoun = Class::SUBJECT.with(Class::POSSESSIVE);
            let next = page.class(end);
            if name.leads && next.has(pronoun) {
                self.entities[at].gender = name::gender_of(next);
            }
        }
    }

    /// The entity of a whole name; made where none is.
    fn full(&mut self, page: &Page, name: &Name, words: &[&str], key: Key) {
        if self.by_name.contains_key(&key) {
            return;
        }
        let last = self::key(&words[words.len() - 1..]);
        let first = page.lexicon.words.get(words[0]);
        let own = hash_of(words[0].bytes());
        if !name.body {
            // `Bill Brandt` and `William Brandt`, `Ada M. Brandt` and `Ada Brandt`. Most bearers have another first name, which
            // the link tells.
            let alike = |link: &Link| link.first == own as u32 || first.is_known();
            let far = if first.is_known() { FAR } else { self.by_last.reach(last, own) };
            let same = self.by_last.links_of(last).take(far).filter(alike).map(|link| link.entity).find(|at| {
                let other = &self.entities[*at as usize];
                other.kind != SpeakerKind::Organization
                    && (other.words[0] == words[0] || page.lexicon.people.same_first_name(other.first, first))
            });
            if let Some(at) = same {
                self.by_name.insert(key, at);
                return;
            }
        }
        let at = self.add(page, name.span.of(page.text), words, name.body);
        // `Harrow Park`, but `Otto Park`, `Min-jun Park`
        let site = name.tokens.end.checked_sub(1).is_some_and(|last| page.class(last).has(Class::SITE))
            && page.lexicon.people.first_name(words[0]).is_none()
            && double_first_name(page, name).is_none();
        self.enter(at, words, key, !name.body && !site);
        // `Governor’s Office` and `Office of the Governor`.
        if let [owner, body] = words
            && name.tokens.len() == 3
        {
            self.by_name.entry(self::key(&[body, "of", "the", owner])).or_insert(at);
        } else if let [body, "of", "the", owner] = words {
            self.by_name.entry(self::key(&[owner, body])).or_insert(at);
        }
        if name.body {
            let initials = words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
            let acronym: String = initials.collect();
            if acronym.chars().count() > 1 {
                self.by_name.entry(self::key(&[&acronym])).or_insert(at);
            }
        }
    }

    /// Makes an entity found by its whole name and its last word, and by its first where `first` says so.
    fn enter(&mut self, at: u32, words: &[&str], whole: Key, first: bool) {
        let own = hash_of(words[0].bytes());
        if first {
            self.by_first.add(own, at, own);
        }
        let last = key(&words[words.len() - 1..]);
        self.by_last.add(last, at, own);
        self.entities[at as usize].last = Some(last);
        self.by_name.insert(whole, at);
    }

    /// Adds a person by a first and a last name that the text does not write side by side; gives the one of that name where there
    /// is one.
    pub(super) fn person(&mut self, page: &Page, words: &[&str; 2]) -> u32 {
        let whole = key(words);
        self.by_name.get(&whole).copied().unwrap_or_else(|| {
            let at = self.add(page, &words.join(" "), words, false);
            self.enter(at, words, whole, true);
            at
        })
    }

    pub(super) fn add(&mut self, page: &Page, name: &str, words: &[&str], body: bool) -> u32 {
        let owned: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let state = page.lexicon.people.is_state(&owned);
        let body = body || state;
        let kind = if body { SpeakerKind::Organization } else { SpeakerKind::Unknown };
        // A straight mark opens one where no letter stands before it: `‘TIN’ OSTER`, not `DOCKERS' UNION`.
        // Most names have nothing but letters and spaces.
        let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
        let marked = || name.contains(['“', '"', '‘', '(']) || name.starts_with('\'') || name.contains(" '");
        let nickname = !plain && marked();
        room::grow(&mut self.entities, 1);
        self.entities.push(Entity {
            name: if nickname { words.join(" ") } else { single_spaced(name) },
            words: owned,
            first: words.first().map_or(WordId::NONE, |word| page.lexicon.words.get(word)),
            last: None,
            kind,
            role: None,
            role_words: Vec::new(),
            gender: None,
            state,
            likely: words.first().filter(|_| words.len() > 1 && !body).and_then(|first| likely_gender(page, first)),
            aliases: Vec::new(),
        });
        self.entities.len() as u32 - 1
    }

    /// Whom a name means that is no whole name or acronym met before: a surname (the last bearer named), a first name; else
    /// a new entity.
    fn link(&mut self, page: &Page, name: &Name, words: &[&str], key: Key) -> (u32, Doubt) {
        if let Some(known) = self.by_surname(page, words, Some(name)) {
            return known;
        }
        if let [first] = words {
            // `China`, beside the `China Climate Report`: a state alone is no short name of a thing's.
            let people = &page.lexicon.people;
            let state = people.is_state(&[*first]);
            // `Mr Lind`, beside Lind Boats: a title asks for a person; `Mr Wang`, beside Wang Yi, finds one.
            let thing = |entity: &Entity| {
                let last = entity.words.last().map_or("", String::as_str);
                let known = page.lexicon.words.get(&last.to_lowercase()).is_known();
                let noun = known || page.lexicon.forms.ends(last, Ending::ClearPlural);
                let named = people.first_name(last).is_some() || page.lexicon.lists.reads(List::NameSyllables, last);
                name.gender.is_some() && noun && !named
            };
            // `the FDNY`, beside `FDNY medic Ada Lind`: letters with an article are no first name.
            let letters = is_acronym_with_article(page, name);
            let person = |at: &u32| {
                let entity = &self.entities[*at as usize];
                let known = entity.kind == SpeakerKind::Person || entity.gender().is_some();
                (known || !state && !thing(entity)) && (!letters || entity.kind == SpeakerKind::Organization)
            };
            let bearers: Vec<u32> = self.by_first.of(hash_of(first.bytes())).take(FAR).filter(person).collect();
            match bearers[..] {
                [] => {}
                [only] => {
                    self.by_name.insert(key, only);
                    return (only, Doubt::No);
                }
                // `Li Wen` and `Li Hao`: one of them.
                _ => {
                    let last = self.last_of(|at| bearers.binary_search(&at).is_ok(), Some(name.stretch));
                    if let Some(last) = last.filter(|(_, doubt)| !name.body && *doubt < Doubt::Open) {
                        return last;
                    }
                }
            }
        }
        let at = self.add(page, name.span.of(page.text), words, name.body);
        self.by_name.insert(key, at);
        (at, Doubt::No)
    }

    /// The bearer of a surname: the only one in the document whom a title allows, the only one named so far, or the last one
    /// named in the stretch `here`; where none of these is, the last one, with open doubt.
    fn by_surname(&self, page: &Page, words: &[&str], name: Option<&Name>) -> Option<(u32, Doubt)> {
        let [surname] = words else { return None };
        let surname = key(&[surname]);
        let gender = name.and_then(|name| name.gender);
        let fits = |at: &u32| {
            let entity = &self.entities[*at as usize];
            entity.kind != SpeakerKind::Organization
                && !is_station(&entity.words)
                && !(name.is_some() && self.is_later_thing(page, entity))
                && (gender.is_none() || entity.gender().is_none() || entity.gender() == gender)
        };
        // In ascending order, as they were met. Many may bear a name, and each stands somewhere else: they are asked only as far
        // as something depends on it.
        let bearers = || self.by_last.of(surname).take(FAR);
        let mut fitting = bearers().filter(fits);
        let first = fitting.next()?;
        if fitting.next().is_none() {
            // Of several bearers, the one whose gender nothing tells is likely meant where a title excludes the others.
            let sure = !self.by_last.are_several(surname)
                || gender.is_none_or(|_| self.entities[first as usize].gender() == gender);
            // `Lind Boats reported a gain. Its founder is Ada Lind. Lind said`: the body, or its founder.
            let body = |at: &u32| {
                let entity = &self.entities[*at as usize];
                *at < first && entity.words.len() > 1 && entity.kind != SpeakerKind::Person && entity.gender().is_none()
            };
            let bare = name.is_some() && gender.is_none();
            if bare && self.by_first.of(hash_of(words[0].bytes())).take(FAR).any(|at| body(&at)) {
                return Some((first, Doubt::Much));
            }
            return Some((first, if sure { Doubt::No } else { Doubt::Some }));
        }
        if gender.is_some() {
            let titled = bearers().filter(fits).filter(|at| self.entities[*at as usize].gender() == gender);
            if let Some(only) = alone(titled) {
                return Some((only, Doubt::No));
            }
        }
        // `Judge Pike` is not `Sergeant Leila Pike`.
        let ranks = name.map_or(&[][..], |name| &name.role_words);
        if !ranks.is_empty() {
            let holds = |at: &u32| self.entities[*at as usize].role_words.iter().any(|role| ranks.contains(role));
            if let Some(only) = alone(bearers().filter(fits).filter(holds)) {
                return Some((only, Doubt::No));
            }
        }
        let furthest = self.by_last.furthest(surname)?;
        let bears = |at: u32| at <= furthest && self.entities[at as usize].last == Some(surname) && fits(&at);
        let last = self.last_of(bears, name.map(|name| name.stretch));
        Some(self.settled_on(surname, gender, bears, last).or(last).unwrap_or((first, Doubt::Open)))
    }

    /// `Quay said so. … the app Mobile Quay`: whether a name begins with a word that the language has, tells nobody's first name and
    /// has not been met so far: it is named after the one that stands alone.
    fn is_later_thing(&self, page: &Page, entity: &Entity) -> bool {
        let nobody = entity.gender().is_none() && entity.role_words.is_empty() && entity.kind == SpeakerKind::Unknown;
        let people = &page.lexicon.people;
        let called = |first: &String| people.first_name(first).is_some() || people.is_short_name(entity.first);
        let unmet = entity.aliases.is_empty() && entity.first.is_known() && nobody;
        unmet && entity.words.first().is_some_and(|first| !called(first))
    }

    /// Whom a surname without a title goes on to mean where others who bear it (`bears`) were named since: `Otto Dole came. Dole
    /// spoke. His wife, Ada Dole, left. Dole said`. `last` is who was named last.
    fn settled_on(
        &self,
        surname: Key,
        gender: Option<Gender>,
        bears: impl Fn(u32) -> bool,
        last: Option<(u32, Doubt)>,
    ) -> Option<(u32, Doubt)> {
        let main = *self.settled.get(&surname).filter(|main| gender.is_none() && bears(**main))?;
        match last? {
            (_, Doubt::No | Doubt::Some) => None,
            (last, _) if last == main => Some((main, Doubt::Some)),
            _ => Some((main, Doubt::Much)),
        }
    }

    /// Which of those who bear a name, as `bears` tells, was named last before stretch `here`, and how surely he is meant.
    fn last_of(&self, bears: impl Fn(u32) -> bool, here: Option<u32>) -> Option<(u32, Doubt)> {
        let mut near = self.mentions.iter().rev().take(FAR);
        let last = near.find(|mention| bears(mention.entity))?;
        // `Ada and Tom Harle own the inn. … Harle said`: of two named side by side the last is as likely as the other.
        let doubt = match near.find(|mention| mention.entity != last.entity && bears(mention.entity)) {
            None => Doubt::Some,
            Some(other) if !last.leads && other.stretch == last.stretch => Doubt::Open,
            Some(_) if here == Some(last.stretch) && last.doubt < Doubt::Open => Doubt::Much,
            Some(_) => Doubt::Open,
        };
        Some((last.entity, doubt))
    }

    fn note(&mut self, page: &Page, name: &Name, at: u32, doubt: Doubt) {
        let words = &self.entities[at as usize].words;
        let text = name.span.of(page.text);
        if doubt < Doubt::Much
            && name.tokens.len() == 1
            && words.len() > 1
            && words.last().is_some_and(|last| last == text)
        {
            self.settled.entry(key(&[text])).or_insert(at);
        }
        self.mentions.push(Mention {
            span: name.span,
            entity: at,
            quoted: name.quoted,
            leads: name.leads,
            stretch: name.stretch,
            doubt,
        });
        if doubt == Doubt::Open {
            return;
        }
        let entity = &mut self.entities[at as usize];
        // `the captain, Spain`: a country is nobody with a role.
        if doubt == Doubt::Much || entity.state {
            entity.aliases.push(name.span);
            return;
        }
        // `Lord Dole`: without a first name the title is a part of the name.
        let title = name.tokens.start.checked_sub(1).map(|at| page.token_text(at));
        if let Some(title) = title.filter(|title| page.lexicon.lists.has(List::NobleTitles, title))
            && !name.body
            && entity.words.len() == 1
            && entity.name == text
        {
            entity.name = format!("{title} {text}");
        }
        if name.person {
            entity.kind = SpeakerKind::Person;
        } else if name.body && entity.kind == SpeakerKind::Unknown && entity.words.len() == 1 {
            entity.kind = SpeakerKind::Organization;
        }
        entity.gender = entity.gender.or(name.gender);
        entity.role = entity.role.or(name.role);
        for word in &name.role_words {
            if word.is_known() && !entity.role_words.contains(word) {
                entity.role_words.push(*word);
            }
        }
        entity.aliases.push(name.span);
    }

    /// The mentions that lie in `span`, in order.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions[from..].iter().take_while(move |mention| mention.span.end <= span.end)
    }

    /// Whom some capitalised words mean that were not read as a name (in a headline).
    pub fn look_up(&self, page: &Page, words: &[&str]) -> Option<u32> {
        let surname = || self.by_surname(page, words, None).filter(|(_, doubt)| *doubt < Doubt::Open);
        self.by_name.get(&key(words)).copied().or_else(|| surname().map(|(at, _)| at))
    }

    /// The one of this name; made where there is none.
    pub fn introduce(&mut self, page: &Page, name: &str) -> u32 {
        let words: Vec<&str> = name.split_whitespace().collect();
        if let Some(at) = self.look_up(page, &words) {
            return at;
        }
        let bodies = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX);
        let body = words.iter().any(|word| page.lexicon.grammar.class(page.lexicon.words.get(word)).has(bodies));
        let at = self.add(page, name, &words, body);
        if !body {
            self.entities[at as usize].kind = SpeakerKind::Person;
        }
        self.by_name.insert(key(&words), at);
        at
    }

    /// The one whom the label of a transcript names; made where there is none. A label's capitals tell no body.
    pub fn labelled(&mut self, page: &Page, name: Span, role: Option<Span>) -> u32 {
        let tokens = &page.tokens[page.token_at(name.start) as usize..page.token_at(name.end) as usize];
        let words: Vec<&str> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| token.span().of(page.text))
            .collect();
        let at = self.look_up(page, &words).unwrap_or_else(|| {
            let at = self.add(page, name.of(page.text), &words, false);
            self.by_name.insert(key(&words), at);
            at
        });
        let bodies = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX);
        let body = tokens.iter().any(|token| page.lexicon.grammar.class(token.word).has(bodies));
        let entity = &mut self.entities[at as usize];
        if !body && entity.kind == SpeakerKind::Organization {
            entity.kind = SpeakerKind::Unknown;
        }
        entity.role = entity.role.or(role);
        at
    }

    /// Notes one more mention that names an entity.
    pub fn note_alias(&mut self, at: u32, span: Span) {
        let aliases = &mut self.entities[at as usize].aliases;
        if !aliases.iter().any(|alias| alias.overlaps(span)) {
            aliases.push(span);
            aliases.sort();
        }
    }

    /// The mentions from byte `at` on.
    pub fn after(&self, at: u32) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start < at);
        self.mentions[from..].iter()
    }

    /// The mentions before byte `at`, the last first.
    pub fn before(&self, at: u32) -> impl Iterator<Item = &Mention> {
        let end = self.mentions.partition_point(|mention| mention.span.start < at);
        self.mentions[..end].iter().rev()
    }
}

/// A name with one space between its words.
fn single_spaced(name: &str) -> String {
    let plain = |pair: &[u8]| pair[0] > b' ' || pair[0] == b' ' && pair[1] > b' ';
    let bytes = name.as_bytes();
    let ends = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ');
    match name.is_ascii() && ends(bytes.first()) && ends(bytes.last()) && bytes.windows(2).all(plain) {
        true => name.to_owned(),
        false => name.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The gender that a first name tells.
fn likely_gender(page: &Page, name: &str) -> Option<Gender> {
    page.lexicon.people.first_name(name).and_then(name::gender_of)
}

impl Entity {
    /// Whether it is a person, or its first name tells so.
    pub fn is_likely_person(&self) -> bool {
        self.kind == SpeakerKind::Person || self.likely.is_some()
    }

    /// The gender that the document tells, or else the first name.
    pub fn gender(&self) -> Option<Gender> {
        self.gender.or(self.likely)
    }
}

/// Drops capitals that only begin a sentence (`Asked`, `Let`): a single word that the lexicon knows is a name only where
/// it has a title, or its capital elsewhere in the document too.
fn drop_words(page: &Page, found: &mut Vec<Name>) {
    let single = |name: &Name| name.tokens.end - name.tokens.start == 1;
    let word = |name: &Name| page.word(name.tokens.start as usize);
    // `But Asker said`: a capital behind a word is no sentence's.
    let inner = |name: &Name| {
        let before = name.tokens.start.checked_sub(1).map(|at| page.tokens[at as usize]);
        before.is_some_and(|token| token.is_word() || token.kind == TokenKind::Comma)
    };
    let joined = |name: &Name| names::is_joined_first(page, name.tokens.start);
    let doubtful = |name: &Name| {
        name.leads && single(name) && !name.person && word(name).is_known() && !inner(name) && !joined(name)
    };
    let asked: FxHashSet<WordId> = found.iter().filter(|name| doubtful(name)).map(word).collect();
    if asked.is_empty() {
        return;
    }
    let firm = found.iter().filter(|name| !name.leads || !single(name));
    let tokens = firm.flat_map(|name| name.tokens.clone()).filter(|at| asked.contains(&page.word(*at as usize)));
    let named: FxHashSet<&str> = tokens.map(|at| page.token_text(at)).collect();
    found.retain(|name| !doubtful(name) || named.contains(page.token_text(name.tokens.start)));
}

/// Bodies whose name is the end of a longer one in the text: `the Service` and `the Statistics Office` for the Harrow
/// Statistics Office. By the short name's key, the long one's; none where there are several.
fn longer(page: &Page, found: &[Name]) -> FxHashMap<Key, Option<Key>> {
    let mut out: FxHashMap<Key, Option<Key>> = FxHashMap::default();
    let short = |name: &Name| name.body && !name.person && (1..=4).contains(&name.tokens.len());
    let asked: FxHashSet<WordId> =
        found.iter().filter(|name| short(name)).map(|name| page.word(name.tokens.end as usize - 1)).collect();
    let body = Class::GROUP.with(Class::SUFFIX);
    let mut words = Vec::new();
    for name in found.iter().filter(|name| name.body && name.tokens.len() > 1) {
        let last = page.word(name.tokens.end as usize - 1);
        if !last.is_known() || !asked.contains(&last) || !page.lexicon.grammar.class(last).has(body) {
            continue;
        }
        words_of(page, name, &mut words);
        if words.contains(&"of") {
            continue;
        }
        let whole = key(&words);
        for from in 1..words.len() {
            note_longer(&mut out, key(&words[from..]), whole);
        }
    }
    // A long name can itself be the end of a longer one.
    let ends: Vec<(Key, Option<Key>)> = out.iter().map(|(short, long)| (*short, *long)).collect();
    for (short, long) in ends {
        if let Some(next) = long.and_then(|long| out.get(&long).copied()) {
            out.insert(short, next);
        }
    }
    out
}

/// Notes that `short` may stand for `long`; for none where it stood for another.
fn note_longer(out: &mut FxHashMap<Key, Option<Key>>, short: Key, long: Key) {
    let known = out.entry(short).or_insert(Some(long));
    if *known != Some(long) {
        *known = None;
    }
}

/// `the Company`: a defined term in which no name of the text ends: it is said of a body that the text names otherwise.
fn is_bare_body(page: &Page, name: &Name, longer: &FxHashMap<Key, Option<Key>>) -> bool {
    let at = name.tokens.start;
    name.tokens.len() == 1
        && name.body
        && name::is_defined_term(page, at)
        && !longer.get(&key(&[page.token_text(at)])).is_some_and(Option::is_some)
}

/// Parts of names that stand alone, too: the tokens that `part` gives, for the names of which `bears` holds. By the part's key, the whole
/// name's, put into `out`; none where several bear it.
fn parts_alone(
    page: &Page,
    found: &[Name],
    out: &mut FxHashMap<Key, Option<Key>>,
    part: impl Fn(&Name) -> Option<Range<u32>>,
    bears: impl Fn(&Name) -> bool,
) {
    // By key, where it first stands alone: who bears it is named before.
    let mut asked: FxHashMap<Key, u32> = FxHashMap::default();
    let mut words = Vec::new();
    for name in found.iter().filter(|name| part(name).as_ref() == Some(&name.tokens)) {
        words_of(page, name, &mut words);
        asked.entry(key(&words)).or_insert(name.span.start);
    }
    if asked.is_empty() {
        return;
    }
    for name in found {
        let Some(own) = part(name).filter(|own| *own != name.tokens && bears(name)) else { continue };
        words_of(page, name, &mut words);
        let tokens = &page.tokens[own.start as usize..own.end as usize];
        let count = tokens.iter().filter(|token| token.is_word()).count();
        let short = match own.start == name.tokens.start {
            true => words.get(..count),
            false => words.len().checked_sub(count).and_then(|at| words.get(at..)),
        };
        let Some(short) = short.map(key) else { continue };
        if asked.get(&short).is_some_and(|alone| name.span.start < *alone) {
            note_longer(out, short, key(&words));
        }
    }
}

/// First names of two parts that stand alone, too: `Jean-Luc` for Jean-Luc Moreau, `Mary Ann` for Mary Ann Lind.
fn double_first_names(page: &Page, found: &[Name], out: &mut FxHashMap<Key, Option<Key>>) {
    let part = |name: &Name| double_first_name(page, name).map(|end| name.tokens.start..end);
    parts_alone(page, found, out, part, |name| !name.body);
}

/// Where a first name of two parts ends with which a name may begin: `Jean-Luc`, or two that the table of first names has.
fn double_first_name(page: &Page, name: &Name) -> Option<u32> {
    let start = name.tokens.start;
    let word =
        |at: u32| at < name.tokens.end && page.tokens[at as usize].is_word() && page.tokens[at as usize].is_capital();
    let hyphen = start + 1 < name.tokens.end
        && page.tokens[start as usize + 1].kind == TokenKind::Hyphen
        && page.glued(start as usize)
        && page.glued(start as usize + 1);
    let second = start + 1 + u32::from(hyphen);
    let first_name = |at: u32| page.lexicon.people.first_name(page.token_text(at)).is_some();
    // `Hye-jin`
    let part = second < name.tokens.end && page.tokens[second as usize].is_word();
    let double = match hyphen {
        // `Hye-jin`, `Jean-Luc`, but `Quay-Tram`
        true => {
            let whole = || page.lexicon.people.first_name(page.span_of(start..second + 1).of(page.text)).is_some();
            part && (!page.tokens[second as usize].is_capital() || first_name(start) || whole())
        }
        // `Mary Ann Lind`, but `Ron Dole Boat Repair`
        false => {
            let whole =
                name.tokens.len() < 4 && (name.tokens.end == second + 1 || !page.word(second as usize + 1).is_known());
            whole && word(second) && first_name(start) && first_name(second)
        }
    };
    (double && word(start)).then_some(second + 1)
}

/// Surnames of more than one word that stand alone, too: `Lind-Dole` for Ada Lind-Dole, `Van Dole` for Otto van Dole.
fn compound_surnames(page: &Page, found: &[Name], out: &mut FxHashMap<Key, Option<Key>>) {
    let part = |name: &Name| Some(surname(page, name)).filter(|tail| tail.len() > 1 && !name.body);
    let bears = |name: &Name| {
        let first = page.token_text(name.tokens.start);
        let person = name.person
            || page.lexicon.people.first_name(first).is_some()
            || !page.word(name.tokens.start as usize).is_known();
        person && !page.lexicon.people.is_state(&[first])
    };
    parts_alone(page, found, out, part, bears);
}

/// `the FDNY`: whether a name is nothing but capital letters behind an article.
fn is_acronym_with_article(page: &Page, name: &Name) -> bool {
    let first = name.tokens.start;
    let token = page.tokens[first as usize];
    let article = first.checked_sub(1).is_some_and(|at| page.lexicon.lists.reads(List::Articles, page.token_text(at)));
    name.tokens.len() == 1 && token.case == Case::Upper && token.end - token.start > 1 && article
}

/// The tokens of a name that are its surname: its last word, with what a hyphen joins to it and the particles before it.
fn surname(page: &Page, name: &Name) -> Range<u32> {
    let mut start = name.tokens.end - 1;
    while start >= name.tokens.start + 2 && page.tokens[start as usize - 1].kind == TokenKind::Hyphen {
        start -= 2;
    }
    while start > name.tokens.start && page.lexicon.lists.reads(List::NameParticles, page.token_text(start - 1)) {
        start -= 1;
    }
    start..name.tokens.end
}

/// The words of a name, without what stands in marks or brackets inside it, put into `out`.
pub(super) fn words_of<'d>(page: &Page<'d>, name: &Name, out: &mut Vec<&'d str>) {
    let tokens = &page.tokens[name.tokens.start as usize..name.tokens.end as usize];
    let (mut inside, mut last) = (false, 0);
    let words = tokens.iter().filter(|token| {
        // `Consumers’ League`: a mark right behind a word opens nothing.
        let glued = std::mem::replace(&mut last, token.end) == token.start;
        match token.kind {
            TokenKind::Mark => inside = !inside && !glued,
            TokenKind::Open => inside = true,
            TokenKind::Close => inside = false,
            _ => {}
        }
        token.kind == TokenKind::Word && !inside
    });
    out.clear();
    out.extend(words.map(|token| token.span().of(page.text)));
}

/// The key of a name.
pub(super) fn key(words: &[&str]) -> Key {
    if words.iter().all(|word| word.is_ascii()) {
        hash_of_words(words)
    } else {
        hash_of(words.join(" ").to_lowercase().bytes())
    }
}

/// The one of some, if there are no others.
fn alone(mut some: impl Iterator<Item = u32>) -> Option<u32> {
    some.next().filter(|_| some.next().is_none())
}

/// The one whom all of these name.
pub(super) fn only<'m>(mut mentions: impl Iterator<Item = &'m Mention>) -> Option<u32> {
    let one = mentions.next()?.entity;
    mentions.all(|mention| mention.entity == one).then_some(one)
}
