//! Who is who in a document: names joined into entities. A surname, an acronym or a first name alone goes to the fullest
//! name that it can be short for.

use super::names::{self, Gender, Name};
use crate::extract::SpeakerKind;
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use crate::words::hash_of;
use rustc_hash::{FxHashMap, FxHashSet};

/// One who is named in a document.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The fullest form of the name.
    pub name: String,
    /// Its words, as written.
    pub words: Vec<String>,
    /// The lexicon's id of the first of them.
    pub first: WordId,
    /// What it is.
    pub kind: SpeakerKind,
    /// Title or role, as written.
    pub role: Option<Span>,
    /// Role words given to it anywhere.
    pub role_words: Vec<WordId>,
    /// What titles and pronouns of the document say.
    pub gender: Option<Gender>,
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
    /// Paragraph.
    pub paragraph: u32,
}

/// The entities of a document and where they are named.
#[derive(Default)]
pub struct Roster {
    /// In the order of first mention.
    pub entities: Vec<Entity>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// By last word: entities of two words and more.
    by_last: FxHashMap<Key, Vec<u32>>,
    /// By whole name.
    by_name: FxHashMap<Key, u32>,
    /// By first word, as written: the entity of two words and more, none where several share it.
    by_first: FxHashMap<Key, Option<u32>>,
}

/// Equal for words that differ in case alone: a 64-bit hash of their lower-case form, so that no name is copied to be
/// looked up.
type Key = u64;

/// How many mentions are looked back over, and how many bearers of a surname are compared.
const FAR: usize = 300;

impl Roster {
    /// Reads a page. Linear in its tokens, but for names that share a word.
    pub fn new(page: &Page) -> Self {
        let mut found = names::find(page);
        drop_words(page, &mut found);
        let mut roster = Roster::default();
        roster.by_name.reserve(found.len());
        roster.mentions.reserve(found.len());
        let mut words = Vec::new();
        let longer = longer(page, &found);
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
        for (name, key) in found.iter().zip(keys) {
            let whole = longer.get(&key).copied().flatten().unwrap_or(key);
            let known = roster.by_name.get(&whole).copied();
            let entity = known.unwrap_or_else(|| {
                words_of(page, name, &mut words);
                roster.link(page, name, &words, key)
            });
            roster.note(name, entity);
        }
        roster
    }

    /// The entity of a whole name; made where none is.
    fn full(&mut self, page: &Page, name: &Name, words: &[&str], key: Key) {
        if self.by_name.contains_key(&key) {
            return;
        }
        let last = self::key(&words[words.len() - 1..]);
        if !name.body {
            // `Bill Brandt` and `William Brandt`, `Ada M. Brandt` and `Ada Brandt`.
            let first = page.lexicon.words.get(words[0]);
            let same = self.by_last.get(&last).and_then(|list| {
                list.iter().take(FAR).copied().find(|at| {
                    let other = &self.entities[*at as usize];
                    other.kind != SpeakerKind::Organization
                        && (other.words[0] == words[0] || page.lexicon.people.same_first_name(other.first, first))
                })
            });
            if let Some(at) = same {
                self.by_name.insert(key, at);
                return;
            }
        }
        let at = self.add(page, name.span.of(page.text), words, name.body);
        if !name.body {
            self.by_first.entry(hash_of(words[0].bytes())).and_modify(|only| *only = None).or_insert(Some(at));
        }
        self.by_last.entry(last).or_default().push(at);
        self.by_name.insert(key, at);
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

    fn add(&mut self, page: &Page, name: &str, words: &[&str], body: bool) -> u32 {
        let kind = if body { SpeakerKind::Organization } else { SpeakerKind::Unknown };
        let nickname = name.contains(['“', '"', '‘', '(']);
        self.entities.push(Entity {
            name: if nickname { words.join(" ") } else { name.split_whitespace().collect::<Vec<_>>().join(" ") },
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            first: words.first().map_or(WordId::NONE, |word| page.lexicon.words.get(word)),
            kind,
            role: None,
            role_words: Vec::new(),
            gender: None,
            aliases: Vec::new(),
        });
        self.entities.len() as u32 - 1
    }

    /// Whom a name means that is no whole name or acronym met before: a surname (the last bearer named), a first name; else
    /// a new entity.
    fn link(&mut self, page: &Page, name: &Name, words: &[&str], key: Key) -> u32 {
        if let Some(at) = self.by_surname(words, name.gender) {
            return at;
        }
        if words.len() == 1
            && let Some(Some(only)) = self.by_first.get(&hash_of(words[0].bytes())).copied()
        {
            self.by_name.insert(key, only);
            return only;
        }
        let at = self.add(page, name.span.of(page.text), words, name.body);
        self.by_name.insert(key, at);
        at
    }

    /// The last bearer of a surname before here, or the only one in the document.
    fn by_surname(&self, words: &[&str], gender: Option<Gender>) -> Option<u32> {
        let [surname] = words else { return None };
        let list = self.by_last.get(&key(&[surname]))?;
        let fits = |at: &u32| {
            let entity = &self.entities[*at as usize];
            entity.kind != SpeakerKind::Organization
                && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
        };
        // In ascending order, as they were met.
        let fitting: Vec<u32> = list.iter().take(FAR).copied().filter(fits).collect();
        match fitting[..] {
            [] => None,
            [only] => Some(only),
            _ => self
                .mentions
                .iter()
                .rev()
                .take(FAR)
                .map(|mention| mention.entity)
                .find(|at| fitting.binary_search(at).is_ok())
                .or(Some(fitting[0])),
        }
    }

    /// Whether more than one entity bears this surname.
    pub fn is_shared(&self, surname: &str) -> bool {
        self.by_last.get(&key(&[surname])).is_some_and(|list| list.len() > 1)
    }

    fn note(&mut self, name: &Name, at: u32) {
        let entity = &mut self.entities[at as usize];
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
        self.mentions.push(Mention {
            span: name.span,
            entity: at,
            quoted: name.quoted,
            leads: name.leads,
            paragraph: name.paragraph,
        });
    }

    /// The mentions that lie in `span`, in order.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions[from..].iter().take_while(move |mention| mention.span.end <= span.end)
    }

    /// Whom some capitalised words mean that were not read as a name (in a headline).
    pub fn look_up(&self, words: &[&str]) -> Option<u32> {
        self.by_name.get(&key(words)).copied().or_else(|| self.by_surname(words, None))
    }

    /// The one of this name; made where there is none.
    pub fn introduce(&mut self, page: &Page, name: &str) -> u32 {
        let words: Vec<&str> = name.split_whitespace().collect();
        if let Some(at) = self.look_up(&words) {
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

/// Drops capitals that only begin a sentence (`Asked`, `Let`): a single word that the lexicon knows is a name only where
/// it has a title, or its capital elsewhere in the document too.
fn drop_words(page: &Page, found: &mut Vec<Name>) {
    let single = |name: &Name| name.tokens.end - name.tokens.start == 1;
    let word = |name: &Name| page.word(name.tokens.start as usize);
    let doubtful = |name: &Name| name.leads && single(name) && !name.person && word(name).is_known();
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
            let known = out.entry(key(&words[from..])).or_insert(Some(whole));
            if *known != Some(whole) {
                *known = None;
            }
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

/// The words of a name, without what stands in marks or brackets inside it, put into `out`.
fn words_of<'d>(page: &Page<'d>, name: &Name, out: &mut Vec<&'d str>) {
    let tokens = &page.tokens[name.tokens.start as usize..name.tokens.end as usize];
    let mut inside = false;
    let words = tokens.iter().filter(|token| {
        match token.kind {
            TokenKind::Mark => inside = !inside,
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
fn key(words: &[&str]) -> Key {
    if words.iter().all(|word| word.is_ascii()) {
        let spaced =
            words.iter().enumerate().flat_map(|(i, word)| (i > 0).then_some(b' ').into_iter().chain(word.bytes()));
        hash_of(spaced.map(|byte| byte.to_ascii_lowercase()))
    } else {
        hash_of(words.join(" ").to_lowercase().bytes())
    }
}
