//! Father and son of one surname: `Otto Dole, 71, and his son Emil, 34` tells who `the older Dole` and `the younger Mr Dole` are.

use super::bearers::Key;
use super::name::Name;
use super::roster::{Doubt, Roster, key};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashMap;

/// Which of two is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Older,
    Younger,
}

/// The older and the younger bearer of each surname of which the text tells both.
pub(super) type Generations = FxHashMap<Key, (u32, u32)>;

/// What the words before a surname tell: `the older Dole`, `the younger Mr Dole`.
fn age(page: &Page, name: &Name) -> Option<Age> {
    if name.tokens.len() != 1 {
        return None;
    }
    let passes = |at: &u32| page.class(*at).has(Class::TITLE) || page.tokens[*at as usize].kind == TokenKind::Stop;
    let before = (name.tokens.start.saturating_sub(3)..name.tokens.start).rev().find(|at| !passes(at))?;
    let word = page.token_text(before);
    let the = || before.checked_sub(1).is_some_and(|at| page.token_text(at).eq_ignore_ascii_case("the"));
    match (page.lexicon.lists.has(List::Older, word), page.lexicon.lists.has(List::Younger, word)) {
        (true, _) if the() => Some(Age::Older),
        (_, true) if the() => Some(Age::Younger),
        _ => None,
    }
}

impl Roster {
    /// Who is the elder of two, by the kin between their names.
    pub(super) fn generations(&mut self, page: &Page, found: &[Name], keys: &[Key]) -> Generations {
        let mut out = Generations::default();
        if !found.iter().any(|name| age(page, name).is_some()) {
            return out;
        }
        for (i, pair) in found.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let Some(kin) = other.tokens.start.checked_sub(1).filter(|kin| *kin > one.tokens.end) else { continue };
            let owned = page.class(kin - 1).has(Class::POSSESSIVE);
            let near = page.sentence_at(one.span.start).is_some_and(|sentence| other.tokens.end <= sentence.tokens.end);
            let child = page.lexicon.lists.has(List::Children, page.token_text(kin));
            let parent = page.lexicon.lists.has(List::Parents, page.token_text(kin));
            if !(owned && near && (child || parent)) || one.tokens.len() < 2 {
                continue;
            }
            let Some(first) = self.by_name.get(&keys[i]).copied() else { continue };
            let second = self.by_name.get(&keys[i + 1]).copied().unwrap_or_else(|| {
                let at = self.add(page, other.span.of(page.text), &[other.span.of(page.text)], false);
                self.by_name.insert(keys[i + 1], at);
                at
            });
            let Some(surname) = self.entities[first as usize].words.last() else { continue };
            let surname = key(&[surname.as_str()]);
            out.entry(surname).or_insert(if child { (first, second) } else { (second, first) });
        }
        out
    }

    /// The one who bears the surname and is of the age that the words before it tell; the first bearer in open doubt, where
    /// the text does not tell who that is. None where they tell no age, or nobody bears it.
    pub(super) fn of_age(
        &self,
        page: &Page,
        name: &Name,
        surname: Key,
        generations: &Generations,
    ) -> Option<(u32, Doubt)> {
        match (generations.get(&surname), age(page, name)?) {
            (Some((older, _)), Age::Older) => Some((*older, Doubt::No)),
            (Some((_, younger)), Age::Younger) => Some((*younger, Doubt::No)),
            (None, _) => self.by_last.of(surname).next().map(|at| (at, Doubt::Open)),
        }
    }
}
