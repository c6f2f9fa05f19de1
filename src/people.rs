//! Who is who over documents: names under which one person is quoted in several of them are put together.
//!
//! `DOLE`, `Dole` and `Ann Dole` are one where the documents quote no other Dole; `Ann B. Dole` is `Ann Dole`. A surname
//! that two people bear, and a name whose role is another, stays apart.

use crate::extract::SpeakerKind;
use std::collections::BTreeMap;

/// What a document says of somebody whom it quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// The kind.
    pub kind: SpeakerKind,
    /// The role beside the name.
    pub role: Option<&'a str>,
}

impl<'a> Known<'a> {
    /// Adds what another document says: the first that says something counts.
    fn add(&mut self, other: Known<'a>) {
        if self.kind == SpeakerKind::Unknown {
            self.kind = other.kind;
        }
        self.role = self.role.or(other.role);
    }

    fn is_person(&self) -> bool {
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Unknown)
    }
}

/// One person or body: the names that documents have, the best to show first.
struct One<'a> {
    names: Vec<&'a str>,
    known: Known<'a>,
}

impl<'a> One<'a> {
    fn join(&mut self, other: One<'a>) {
        self.known.add(other.known);
        self.names.extend(other.names);
    }
}

/// For each name the one to show for it: names of one person are shown as one. Linear but for sorting.
pub(crate) fn shown<'a>(people: impl IntoIterator<Item = (&'a str, Known<'a>)>) -> BTreeMap<&'a str, &'a str> {
    let mut all: BTreeMap<&str, Known> = BTreeMap::new();
    people.into_iter().for_each(|(name, known)| all.entry(name).or_default().add(known));
    // By the words of the name in small letters, without middle initials.
    let mut whole: BTreeMap<Vec<String>, One> = BTreeMap::new();
    for (name, known) in all {
        let key = if known.is_person() { key(name) } else { vec![name.to_owned()] };
        let new = One { names: vec![name], known };
        match whole.get_mut(&key) {
            Some(one) => {
                one.join(new);
                if is_fuller(name, one.names[0]) {
                    let last = one.names.len() - 1;
                    one.names.swap(0, last);
                }
            }
            None => {
                whole.insert(key, new);
            }
        }
    }
    let mut bearers: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for key in whole.iter().filter(|(key, one)| key.len() > 1 && one.known.is_person()).map(|(key, _)| key) {
        if let Some(surname) = key.last() {
            bearers.entry(surname.clone()).or_default().push(key.clone());
        }
    }
    let is_short = |key: &[String], one: &One| key.len() == 1 && one.known.is_person();
    let short: Vec<Vec<String>> =
        whole.iter().filter(|(key, one)| is_short(key, one)).map(|(key, _)| key.clone()).collect();
    for key in short {
        let Some([full]) = bearers.get(&key[0]).map(Vec::as_slice) else { continue };
        let agree = whole.get(&key).zip(whole.get(full)).is_some_and(|(one, two)| same_role(one.known, two.known));
        if let Some(one) = agree.then(|| whole.remove(&key)).flatten()
            && let Some(other) = whole.get_mut(full)
        {
            other.join(one);
        }
    }
    let pairs = whole.into_values().flat_map(|one| {
        let first = one.names[0];
        one.names.into_iter().map(move |name| (name, first))
    });
    pairs.collect()
}

/// The words of a name in small letters, without stops and middle initials.
fn key(name: &str) -> Vec<String> {
    let words: Vec<String> =
        name.to_lowercase().split([' ', '.']).filter(|word| !word.is_empty()).map(Into::into).collect();
    let last = words.len().saturating_sub(1);
    let inner = |at: usize, word: &str| at > 0 && at < last && word.chars().count() == 1;
    words.iter().enumerate().filter(|(at, word)| !inner(*at, word)).map(|(_, word)| word.clone()).collect()
}

/// Whether a name is the better one to show: not in capitals alone, or longer.
fn is_fuller(name: &str, than: &str) -> bool {
    let shouted = |name: &str| !name.chars().any(char::is_lowercase);
    (shouted(than), name.len()) > (shouted(name), than.len())
}

/// Whether the roles of two names do not speak against their being one: one has none, or they share a word.
fn same_role(one: Known, other: Known) -> bool {
    let (Some(one), Some(other)) = (one.role, other.role) else { return true };
    let words = |role: &str| -> Vec<String> {
        role.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(Into::into)
            .collect()
    };
    let theirs = words(other);
    words(one).iter().any(|word| theirs.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

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
        ] {
            assert_eq!(joined(&names), shown, "{names:?}");
        }
    }
}
