//! Who is who in a document: names joined into entities. A surname, an acronym or a first name alone goes to the fullest
//! name that it can be short for.

use super::names::{self, Gender, Name};
use crate::extract::SpeakerKind;
use crate::lexicon::WordId;
use crate::lexicon::grammar::Class;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// One who is named in a document.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The fullest form of the name.
    pub name: String,
    /// Its words, as written.
    pub words: Vec<String>,
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
    /// By last word, lower case: entities of two words and more.
    by_last: FxHashMap<String, Vec<u32>>,
    /// By whole name, lower case.
    by_name: FxHashMap<String, u32>,
    /// By first word: the entity of two words and more, none where several share it.
    by_first: FxHashMap<String, Option<u32>>,
}

/// How many mentions are looked back over, and how many bearers of a surname are compared.
const FAR: usize = 300;

impl Roster {
    /// Reads a page. Linear in its tokens, but for names that share a word.
    pub fn new(page: &Page) -> Self {
        let mut found = names::find(page);
        drop_words(page, &mut found);
        let mut roster = Roster::default();
        let texts: Vec<(Vec<&str>, String)> = found
            .iter()
            .map(|name| {
                let words = words(page, name);
                let key = key(&words);
                (words, key)
            })
            .collect();
        // Full names first, so that a surname met before its name finds it.
        for (name, (words, key)) in found.iter().zip(&texts) {
            if words.len() > 1 {
                roster.full(page, name, words, key);
            }
        }
        for (name, (words, key)) in found.iter().zip(&texts) {
            let entity = roster.link(page, name, words, key);
            roster.note(name, entity);
        }
        roster
    }

    /// The entity of a whole name; made where none is.
    fn full(&mut self, page: &Page, name: &Name, words: &[&str], key: &str) {
        if self.by_name.contains_key(key) {
            return;
        }
        let last = words[words.len() - 1].to_lowercase();
        if !name.body {
            // `Bill Brandt` and `William Brandt`, `Ada M. Brandt` and `Ada Brandt`.
            let same = self.by_last.get(&last).and_then(|list| {
                list.iter().take(FAR).copied().find(|at| {
                    let other = &self.entities[*at as usize];
                    let ids = |word: &str| page.lexicon.words.get(word);
                    other.kind != SpeakerKind::Organization
                        && (other.words[0] == words[0]
                            || page.lexicon.people.same_first_name(ids(&other.words[0]), ids(words[0])))
                })
            });
            if let Some(at) = same {
                self.by_name.insert(key.to_owned(), at);
                return;
            }
        }
        let at = self.add(name.span.of(page.text), words, name.body);
        if !name.body {
            self.by_first.entry(words[0].to_owned()).and_modify(|only| *only = None).or_insert(Some(at));
        }
        self.by_last.entry(last).or_default().push(at);
        self.by_name.insert(key.to_owned(), at);
        let acronym: String =
            words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        // `Governor’s Office` and `Office of the Governor`.
        if let [owner, body] = words
            && name.tokens.len() == 3
        {
            self.by_name.entry(self::key(&[body, "of", "the", owner])).or_insert(at);
        } else if let [body, "of", "the", owner] = words {
            self.by_name.entry(self::key(&[owner, body])).or_insert(at);
        }
        if name.body && acronym.chars().count() > 1 {
            self.by_name.entry(acronym.to_lowercase()).or_insert(at);
        }
    }

    fn add(&mut self, name: &str, words: &[&str], body: bool) -> u32 {
        let kind = if body { SpeakerKind::Organization } else { SpeakerKind::Unknown };
        let nickname = name.contains(['“', '"', '‘', '(']);
        self.entities.push(Entity {
            name: if nickname { words.join(" ") } else { name.split_whitespace().collect::<Vec<_>>().join(" ") },
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            kind,
            role: None,
            role_words: Vec::new(),
            gender: None,
            aliases: Vec::new(),
        });
        self.entities.len() as u32 - 1
    }

    /// Whom a name means: the whole name, a surname (the last bearer named), an acronym, a first name; else a new entity.
    fn link(&mut self, page: &Page, name: &Name, words: &[&str], key: &str) -> u32 {
        if let Some(at) = self.by_name.get(key) {
            return *at;
        }
        if let Some(at) = self.by_surname(words, name.gender) {
            return at;
        }
        if words.len() == 1
            && let Some(Some(only)) = self.by_first.get(words[0]).copied()
        {
            self.by_name.insert(key.to_owned(), only);
            return only;
        }
        let at = self.add(name.span.of(page.text), words, name.body);
        self.by_name.insert(key.to_owned(), at);
        at
    }

    /// The last bearer of a surname before here, or the only one in the document.
    fn by_surname(&self, words: &[&str], gender: Option<Gender>) -> Option<u32> {
        let [surname] = words else { return None };
        let list = self.by_last.get(&surname.to_lowercase())?;
        let fits = |at: &u32| {
            let entity = &self.entities[*at as usize];
            entity.kind != SpeakerKind::Organization
                && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
        };
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
                .find(|at| fitting.contains(at))
                .or(Some(fitting[0])),
        }
    }

    /// Whether more than one entity bears this surname.
    pub fn is_shared(&self, surname: &str) -> bool {
        self.by_last.get(&surname.to_lowercase()).is_some_and(|list| list.len() > 1)
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
        let at = self.add(name, &words, body);
        if !body {
            self.entities[at as usize].kind = SpeakerKind::Person;
        }
        self.by_name.insert(key(&words), at);
        at
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
    let firm = found.iter().filter(|name| !name.leads || !single(name));
    let named: FxHashSet<&str> = firm.flat_map(|name| name.tokens.clone()).map(|at| page.token_text(at)).collect();
    found.retain(|name| {
        let first = name.tokens.start;
        !name.leads
            || !single(name)
            || name.person
            || !page.word(first as usize).is_known()
            || named.contains(page.token_text(first))
    });
}

/// The words of a name, without what stands in marks or brackets inside it.
fn words<'d>(page: &Page<'d>, name: &Name) -> Vec<&'d str> {
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
    words.map(|token| token.span().of(page.text)).collect()
}

fn key(words: &[&str]) -> String {
    let mut key = words.join(" ");
    if key.is_ascii() {
        key.make_ascii_lowercase();
        key
    } else {
        key.to_lowercase()
    }
}
