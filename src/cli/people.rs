//! Who is who over documents: names under which one person is quoted in several of them are put together.
//!
//! `DOLE`, `Dole` and `Ann Dole` are one where the documents quote no other Dole; `Ann B. Dole` is `Ann Dole`. A surname
//! that two people bear, and a name whose role is another, stays apart.

use super::speakers::{Known, add};
use crate::extract::SpeakerKind;
use std::collections::BTreeMap;

/// Puts together what is one person. Linear but for sorting.
pub(super) fn join(all: BTreeMap<String, Known>) -> BTreeMap<String, Known> {
    // By the words of the name in small letters, without middle initials: the name as it is shown, and what is known.
    let mut whole: BTreeMap<Vec<String>, (String, Known)> = BTreeMap::new();
    for (name, known) in all {
        let key = if is_person(&known) { key(&name) } else { vec![name.clone()] };
        match whole.get_mut(&key) {
            Some((shown, other)) => {
                if is_fuller(&name, shown) {
                    *shown = name;
                }
                other.join(known);
            }
            None => {
                whole.insert(key, (name, known));
            }
        }
    }
    let mut bearers: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for key in whole.iter().filter(|(key, (_, known))| key.len() > 1 && is_person(known)).map(|(key, _)| key) {
        if let Some(surname) = key.last() {
            bearers.entry(surname.clone()).or_default().push(key.clone());
        }
    }
    let short: Vec<Vec<String>> = whole
        .iter()
        .filter(|(key, (_, known))| key.len() == 1 && is_person(known))
        .map(|(key, _)| key.clone())
        .collect();
    for key in short {
        let Some([full]) = bearers.get(&key[0]).map(Vec::as_slice) else { continue };
        let agree = whole.get(&key).zip(whole.get(full)).is_some_and(|((_, one), (_, other))| same_role(one, other));
        if let Some((_, known)) = agree.then(|| whole.remove(&key)).flatten()
            && let Some((_, other)) = whole.get_mut(full)
        {
            other.join(known);
        }
    }
    let mut out = BTreeMap::new();
    whole.into_values().for_each(|(name, known)| add(&mut out, name, known));
    out
}

fn is_person(known: &Known) -> bool {
    matches!(known.kind, SpeakerKind::Person | SpeakerKind::Unknown)
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
fn same_role(one: &Known, other: &Known) -> bool {
    let (Some(one), Some(other)) = (&one.role, &other.role) else { return true };
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

    fn joined(names: &[(&str, SpeakerKind, &str)]) -> Vec<String> {
        let mut all = BTreeMap::new();
        for (name, kind, role) in names {
            let role = (!role.is_empty()).then(|| (*role).to_owned());
            add(&mut all, (*name).to_owned(), Known { kind: *kind, role, ..Known::default() });
        }
        join(all).into_keys().collect()
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
