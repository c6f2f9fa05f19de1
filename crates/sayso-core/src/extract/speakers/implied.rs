//! Full names that the text implies without writing them: a player's in the name of an event, a wife's under the surname
//! that a title gives her.
//!
//! `the Otto Lind Trophy … Lind said` → `Otto Lind`; `Piet Dole and his wife, Ada, … Mrs Dole said` → `Ada Dole`.

use super::name::{Gender, Name, gender_of};
use super::roster::{Roster, key, words_of};
use crate::language::grammar::Class;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use rustc_hash::FxHashSet;

impl Roster {
    /// Adds who is named whole only inside the name of something else. Asked when all whole names are known.
    pub(super) fn implied(&mut self, page: &Page, found: &[Name]) {
        let single = |name: &&Name| name.tokens.len() == 1 && !name.body;
        let first = |word: &str| page.lexicon.people.first_name(word).is_some();
        // `Karl Lind AG`, `the Karl Lind Foundation`: a body that bears its founder's name goes by his surname.
        let body = |name: &Name| {
            let last = name.tokens.end - 1;
            let classes = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX);
            page.class(last).has(classes) || page.tokens[last as usize].case == Case::Upper
        };
        let mut alone: Option<FxHashSet<&str>> = None;
        let mut words = Vec::new();
        for name in found.iter().filter(|name| name.tokens.len() > 2 && !name.person && !body(name)) {
            words_of(page, name, &mut words);
            let [one, surname, _, ..] = words[..] else { continue };
            if !first(one) || first(surname) || self.by_last.of(key(&[surname])).next().is_some() {
                continue;
            }
            let alone =
                alone.get_or_insert_with(|| found.iter().filter(single).map(|name| name.span.of(page.text)).collect());
            if alone.contains(surname) {
                self.person(page, &[one, surname]);
            }
        }
        self.married(page, found);
    }

    /// `Piet Dole, 61, and his wife, Ada, came. “…,” said Mrs Dole`: kin by a first name, where a title with the surname tells of
    /// one of that gender, and nobody of it bears the surname.
    fn married(&mut self, page: &Page, found: &[Name]) {
        let by_title = |name: &Name| Some((name.span.of(page.text), name.gender?));
        // Most pages name no kin.
        let mut titled: Option<FxHashSet<(&str, Gender)>> = None;
        let mut words = Vec::new();
        for pair in found.windows(2) {
            let [one, other] = pair else { continue };
            let Some(gender) = kin(page, one, other) else { continue };
            words_of(page, one, &mut words);
            let [.., surname] = words[..] else { continue };
            let titled = titled.get_or_insert_with(|| {
                found.iter().filter(|name| name.tokens.len() == 1).filter_map(by_title).collect()
            });
            let bearer = self.by_last.of(key(&[surname])).any(|at| self.entities[at as usize].gender() == Some(gender));
            if titled.contains(&(surname, gender)) && !bearer {
                let at = self.person(page, &[other.span.of(page.text), surname]);
                self.entities[at as usize].gender = Some(gender);
                self.by_name.insert(key(&[other.span.of(page.text)]), at);
            }
        }
    }
}

/// The gender of `his wife,` between a whole name and a first name of the same sentence.
fn kin(page: &Page, one: &Name, other: &Name) -> Option<Gender> {
    if one.body || other.body || one.tokens.len() < 2 || other.tokens.len() != 1 {
        return None;
    }
    let before = other.tokens.start.checked_sub(1)?;
    let noun = before - u32::from(page.tokens[before as usize].kind == TokenKind::Comma && before > 0);
    let owner = noun.checked_sub(1).filter(|at| *at >= one.tokens.end)?;
    let near = page.sentence_at(one.span.start).is_some_and(|sentence| other.tokens.end <= sentence.tokens.end);
    let owned = page.class(owner).has(Class::POSSESSIVE) && page.class(noun).has(Class::ROLE);
    gender_of(page.class(noun)).filter(|_| owned && near)
}
