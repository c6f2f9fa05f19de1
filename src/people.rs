//! Who is who over documents: names under which one person is quoted in several of them are put together.
//!
//! `DOLE`, `Dole` and `Ann Dole` are one where the documents quote no other Dole, or give no other the same role; `Ann B.
//! Dole` is `Ann Dole`, `Bill Dole` is `William Dole`, and so is `Sen William Dole`. A surname that two people bear, and a
//! name whose role is another, stays apart.

use crate::extract::SpeakerKind;
use crate::language;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::folding::folded;
use std::collections::{BTreeMap, BTreeSet};

/// At most so many people of one surname are compared with one another.
const NAMESAKES: usize = 64;

/// What a document says of somebody whom it quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// The kind.
    pub kind: SpeakerKind,
    /// The role beside the name.
    pub role: Option<&'a str>,
}

/// One person or body: the names that documents have, the best to show first.
struct One<'a> {
    names: Vec<&'a str>,
    /// The first kind that says something.
    kind: SpeakerKind,
    roles: Vec<&'a str>,
}

impl<'a> One<'a> {
    fn new(name: &'a str, known: Known<'a>) -> Self {
        One { names: vec![name], kind: known.kind, roles: known.role.into_iter().collect() }
    }

    fn join(&mut self, other: One<'a>) {
        if self.kind == SpeakerKind::Unknown {
            self.kind = other.kind;
        }
        self.names.extend(other.names);
        self.roles.extend(other.roles);
    }

    fn is_person(&self) -> bool {
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Unknown)
    }

    /// Whether a role of both shares a word.
    fn shares_role(&self, other: &One) -> bool {
        self.roles.iter().any(|one| other.roles.iter().any(|two| share_word(one, two)))
    }

    /// Whether the roles do not speak against their being one: one has none, or they share a word.
    fn may_be(&self, other: &One) -> bool {
        self.roles.is_empty() || other.roles.is_empty() || self.shares_role(other)
    }
}

/// The words of a name in small letters.
type Key = Vec<String>;

/// Those who are known, by name.
type All<'a> = BTreeMap<Key, One<'a>>;

/// For each name the one to show for it: names of one person are shown as one. Linear but for sorting and for those who share a
/// surname.
pub(crate) fn shown<'a>(people: impl IntoIterator<Item = (&'a str, Known<'a>)>) -> BTreeMap<&'a str, &'a str> {
    let mut all = All::new();
    for (name, known) in people {
        let new = One::new(name, known);
        let key = if new.is_person() { key(name) } else { vec![name.to_owned()] };
        match all.get_mut(&key) {
            Some(one) => {
                one.join(new);
                if is_fuller(name, one.names[0]) {
                    let last = one.names.len() - 1;
                    one.names.swap(0, last);
                }
            }
            None => {
                all.insert(key, new);
            }
        }
    }
    join_prefixed(&mut all);
    join_forms(&mut all);
    join_short(&mut all);
    let pairs = all.into_values().flat_map(|one| {
        let first = one.names[0];
        one.names.into_iter().map(move |name| (name, first))
    });
    pairs.collect()
}

/// Moves the one named `from` into the one named `into`.
fn join(all: &mut All, from: &Key, into: &Key) {
    if let Some(one) = all.remove(from) {
        match all.get_mut(into) {
            Some(other) => other.join(one),
            None => {
                all.insert(from.clone(), one);
            }
        }
    }
}

/// `Senator Ann Dole`, `UNHCR Ann Dole`: what stands before a whole name that is known, and is no name itself, is a title, a
/// party, a country or letters.
fn join_prefixed(all: &mut All) {
    const SHOUTED: usize = 3;
    let lexicon = &language::of(None).lexicon;
    let is_none = |word: &&str| {
        let class = lexicon.grammar.class(lexicon.words.get(word));
        let roles = Class::TITLE.with(Class::ROLE).with(Class::ROLES).with(Class::GROUP);
        let place = || lexicon.people.is_demonym(word) || lexicon.people.is_state(&[(*word).to_owned()]);
        let letters = || word.chars().count() >= SHOUTED && word.chars().all(char::is_uppercase);
        lexicon.people.first_name(word).is_none() && (class.has(roles) || place() || letters())
    };
    let long: Vec<(Key, Key)> = all
        .iter()
        .filter(|(key, one)| key.len() > 2 && one.is_person())
        .filter_map(|(key, one)| {
            let before = key.len() - 2;
            let own = key[before..].to_vec();
            let fits = !is_particle(&own[0]) && one.names[0].split(' ').take(before).all(|word| is_none(&word));
            let known = fits && all.get(&own).is_some_and(|other| other.is_person() && other.may_be(one));
            known.then(|| (key.clone(), own))
        })
        .collect();
    long.iter().for_each(|(from, into)| join(all, from, into));
}

/// `Bill Dole` and `William Dole`, `Sergei Lind` and `Sergey Lind`: two forms of one first name, where the roles agree. A mere
/// likeness of spelling needs roles that do.
fn join_forms(all: &mut All) {
    let mut bearers: BTreeMap<&String, Vec<&Key>> = BTreeMap::new();
    for (key, _) in all.iter().filter(|(key, one)| key.len() > 1 && one.is_person()) {
        if let Some(surname) = key.last() {
            bearers.entry(surname).or_default().push(key);
        }
    }
    let mut same: Vec<(Key, Key)> = Vec::new();
    for keys in bearers.values().filter(|keys| (2..=NAMESAKES).contains(&keys.len())) {
        for (at, one) in keys.iter().enumerate() {
            let alike: Vec<&&Key> = keys.iter().filter(|other| *other != one && is_one(all, one, other)).collect();
            // Of three that may be one, two may be two.
            if let [other] = alike[..]
                && keys.iter().position(|key| key == other).is_some_and(|place| place < at)
                && keys.iter().filter(|key| *key != other && is_one(all, other, key)).count() == 1
            {
                same.push(((*one).clone(), (*other).clone()));
            }
        }
    }
    same.iter().for_each(|(from, into)| join(all, from, into));
}

/// Whether two names of one surname, by their keys, may be one person's.
fn is_one(all: &All, one: &[String], other: &[String]) -> bool {
    let lexicon = &language::of(None).lexicon;
    let (Some(first), Some(second)) = (all.get(one), all.get(other)) else { return false };
    if one.len() != other.len() || one.len() < 2 || one[1..] != other[1..] {
        return false;
    }
    let short = lexicon.people.same_first_name(lexicon.words.get(&one[0]), lexicon.words.get(&other[0]));
    short && first.may_be(second) || is_respelt(&one[0], &other[0]) && first.shares_role(second)
}

/// `sergei` and `sergey`: whether two first names of four letters and more begin alike and differ in one letter or two.
fn is_respelt(one: &str, other: &str) -> bool {
    const LEAST: usize = 4;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < LEAST || one[0] != other[0] || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let ahead = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let behind = one[ahead..].iter().rev().zip(other[ahead..].iter().rev()).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - ahead - behind <= 2
}

/// `Dole`, `De Mistura`: the end of a name is that of the one who bears it; of several, that of the one whose role it shares.
/// What may be no surname needs such a role, too.
fn join_short(all: &mut All) {
    const SHORT: usize = 2;
    let mut bearers: BTreeMap<&[String], Vec<&Key>> = BTreeMap::new();
    let mut first: BTreeSet<&String> = BTreeSet::new();
    for (key, _) in all.iter().filter(|(key, one)| key.len() > 1 && one.is_person()) {
        first.insert(&key[0]);
        for words in 1..=SHORT.min(key.len() - 1) {
            bearers.entry(&key[key.len() - words..]).or_default().push(key);
        }
    }
    let short = |key: &Key| key.len() == 1 || key.len() == SHORT && is_particle(&key[0]);
    let pairs = all.iter().filter(|(key, one)| one.is_person() && short(key)).filter_map(|(key, one)| {
        let full: Vec<&Key> = bearers.get(key.as_slice())?.iter().copied().filter(|full| is_clean(full)).collect();
        let sharing = || {
            let mut sharing = full.iter().filter(|full| all.get(**full).is_some_and(|other| other.shares_role(one)));
            sharing.next().filter(|_| sharing.next().is_none()).copied()
        };
        // `Chen`, where `Chen Hua` speaks too.
        let either = first.contains(&key[0]) && key.len() == 1;
        let full = match full[..] {
            [only] if !either && !all.get(only).is_some_and(|other| is_word(one, other)) => {
                all.get(only).filter(|other| other.may_be(one)).map(|_| only)
            }
            _ => sharing(),
        };
        full.map(|full| (key.clone(), full.clone()))
    });
    let pairs: Vec<(Key, Key)> = pairs.collect();
    pairs.iter().for_each(|(from, into)| join(all, from, into));
}

/// `United`, `Democrat`: whether one who is known by a single word, which the language has, may be no person, but one of what
/// `other` is.
fn is_word(one: &One, other: &One) -> bool {
    let lexicon = &language::of(None).lexicon;
    let word = lexicon.words.get(one.names[0]);
    let kind = Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS);
    let unshown = one.kind == SpeakerKind::Unknown && other.kind == SpeakerKind::Unknown;
    word.is_known() && (unshown || lexicon.grammar.class(word).has(kind))
}

/// `de`, `al`: a word of a surname that is no name itself.
fn is_particle(word: &str) -> bool {
    language::of(None).lexicon.lists.has(List::NameParticles, word)
}

/// Whether a key can be a person's name, and not words around one: `paintings go on display dole`.
fn is_clean(key: &[String]) -> bool {
    const LONGEST: usize = 4;
    let lexicon = &language::of(None).lexicon;
    let plain = |word: &String| {
        let class = lexicon.grammar.class(lexicon.words.get(word));
        class.has(Class::PREPOSITION.with(Class::CUE_VERB)) && lexicon.people.first_name(word).is_none()
    };
    key.len() <= LONGEST && !key[..key.len() - 1].iter().any(|word| plain(word) && !is_particle(word))
}

/// The words of a name in small letters, without accents, stops and middle initials.
fn key(name: &str) -> Key {
    let words: Vec<String> = name
        .to_lowercase()
        .split([' ', '.'])
        .filter(|word| !word.is_empty())
        .map(|word| folded(word).concat())
        .collect();
    let last = words.len().saturating_sub(1);
    let inner = |at: usize, word: &str| at > 0 && at < last && word.chars().count() == 1;
    words.iter().enumerate().filter(|(at, word)| !inner(*at, word)).map(|(_, word)| word.clone()).collect()
}

/// Whether a name is the better one to show: not in capitals alone, or longer.
fn is_fuller(name: &str, than: &str) -> bool {
    let shouted = |name: &str| !name.chars().any(char::is_lowercase);
    (shouted(than), name.len()) > (shouted(name), than.len())
}

/// Whether two roles share a word: `Sen` and `senator` are one.
fn share_word(one: &str, other: &str) -> bool {
    const LEAST: usize = 3;
    const CLIPPED: usize = 4;
    let words = |role: &str| -> Vec<String> {
        let lexicon = &language::of(None).lexicon;
        let told =
            |word: &&str| word.len() >= LEAST && !lexicon.grammar.class(lexicon.words.get(word)).has(Class::FUNCTION);
        let role = role.to_lowercase();
        role.split(|c: char| !c.is_alphanumeric()).filter(told).map(Into::into).collect()
    };
    let same = |a: &String, b: &String| {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        short == long || short.len() <= CLIPPED && long.starts_with(short.as_str())
    };
    let theirs = words(other);
    words(one).iter().any(|word| theirs.iter().any(|other| same(word, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(names: &[(&'static str, SpeakerKind, &'static str)]) -> Vec<&'static str> {
        let people = names.iter().map(|&(name, kind, role)| {
            let role = (!role.is_empty()).then_some(role);
            (name, Known { kind, role })
        });
        let shown: BTreeSet<&str> = shown(people).into_values().collect();
        shown.into_iter().collect()
    }

    #[test]
    fn one_person_is_shown_once() {
        use SpeakerKind::{Organization, Person, Unknown};
        for (names, shown) in [
            (vec![("Ann Dole", Person, ""), ("DOLE", Unknown, ""), ("Dole", Person, "")], vec!["Ann Dole"]),
            (
                vec![("ANN DOLE", Person, ""), ("Ann B. Dole", Person, ""), ("Ann Dole", Person, "")],
                vec!["Ann B. Dole"],
            ),
            (
                vec![("Ann Dole", Person, ""), ("Piet Dole", Person, ""), ("Dole", Person, "")],
                vec!["Ann Dole", "Dole", "Piet Dole"],
            ),
            (vec![("Ann Dole", Person, ""), ("Dole", Organization, "")], vec!["Ann Dole", "Dole"]),
            (vec![("Ann Dole", Person, "mayor"), ("Dole", Person, "forecaster")], vec!["Ann Dole", "Dole"]),
            (vec![("Ann Dole", Person, "mayor of Harrow"), ("Dole", Person, "the mayor")], vec!["Ann Dole"]),
            // Of two who bear a surname, the one with the role.
            (
                vec![("Ann Dole", Person, "Harrow Mayor"), ("Piet Dole", Person, ""), ("Dole", Person, "Mayor")],
                vec!["Ann Dole", "Piet Dole"],
            ),
            (
                vec![("Ann Dole", Person, "Mayor"), ("Piet Dole", Person, "deputy mayor"), ("Dole", Person, "Mayor")],
                vec!["Ann Dole", "Dole", "Piet Dole"],
            ),
            // A title that is cut.
            (vec![("Ann Dole", Person, "Vice Adm"), ("Dole", Person, "Admiral")], vec!["Ann Dole"]),
            // Forms of a first name.
            (vec![("Bill Dole", Person, ""), ("William Dole", Person, "")], vec!["Bill Dole"]),
            (
                vec![("Bill Dole", Person, "judge"), ("William Dole", Person, "ferryman")],
                vec!["Bill Dole", "William Dole"],
            ),
            (
                vec![("Sergei Tarn", Person, "Lenn foreign minister"), ("Sergey Tarn", Person, "Foreign Minister")],
                vec!["Sergei Tarn"],
            ),
            (vec![("Sergei Tarn", Person, ""), ("Sergey Tarn", Person, "")], vec!["Sergei Tarn", "Sergey Tarn"]),
            (vec![("Marie Tarn", Person, "nurse"), ("Maria Tarn", Person, "baker")], vec!["Maria Tarn", "Marie Tarn"]),
            (vec![("António Tarn", Person, ""), ("Antonio Tarn", Person, "")], vec!["António Tarn"]),
            // What is no name stands before one.
            (vec![("Ann Dole", Person, ""), ("Senator Ann Dole", Person, "")], vec!["Ann Dole"]),
            (vec![("Ann Dole", Person, ""), ("UNHCR Ann Dole", Person, "")], vec!["Ann Dole"]),
            (vec![("Ann Dole", Person, ""), ("Mary Ann Dole", Person, "")], vec!["Ann Dole", "Mary Ann Dole"]),
            // A surname may stand first, and a word may be none.
            (
                vec![("Eva Chen", Person, ""), ("Chen Hua", Person, ""), ("Chen", Person, "")],
                vec!["Chen", "Chen Hua", "Eva Chen"],
            ),
            (vec![("Ada May", Person, "mayor"), ("May", Unknown, "")], vec!["Ada May"]),
            (vec![("Marines United", Unknown, ""), ("United", Unknown, "")], vec!["Marines United", "United"]),
            // Surnames of two words.
            (vec![("Ada de Brun", Person, ""), ("De Brun", Unknown, "")], vec!["Ada de Brun"]),
            (
                vec![("Ada de Brun", Person, ""), ("Jon de Brun", Person, ""), ("De Brun", Unknown, "")],
                vec!["Ada de Brun", "De Brun", "Jon de Brun"],
            ),
        ] {
            assert_eq!(joined(&names), shown, "{names:?}");
        }
    }
}
