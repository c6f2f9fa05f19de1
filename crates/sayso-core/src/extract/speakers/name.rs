//! A name as it stands in a text, and what the words around it tell.

use crate::language::WordId;
use crate::language::grammar::Class;
use crate::span::Span;
use crate::text::{Page, Token};
use std::ops::Range;

/// What can be told of a person from a word beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `Mr.`, `he`
    Male,
    /// `Ms.`, `she`
    Female,
}

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub struct Name {
    /// Tokens of the name itself, without title.
    pub tokens: Range<u32>,
    /// Where the name stands.
    pub span: Span,
    /// Title or role beside it.
    pub role: Option<Span>,
    /// The words of the role that name one who acts.
    pub role_words: Vec<WordId>,
    /// What a title says.
    pub gender: Option<Gender>,
    /// Whether a title or role makes it a person.
    pub person: bool,
    /// Whether `the` or the name's own words make it a body.
    pub body: bool,
    /// Whether it stands inside quote marks.
    pub quoted: bool,
    /// Whether it begins its sentence.
    pub leads: bool,
    /// Paragraph.
    pub stretch: u32,
}

/// The gender that a title or role word tells by itself.
pub fn gender_of(class: Class) -> Option<Gender> {
    match (class.has(Class::MALE), class.has(Class::FEMALE)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

pub(super) fn class(page: &Page, token: &Token) -> Class {
    page.lexicon.grammar.class(token.word)
}

/// `the Company`: whether the word at `at` is a noun for any body with the capital of a defined term, right behind `the`.
pub(super) fn is_defined_term(page: &Page, at: u32) -> bool {
    page.tokens[at as usize].is_capital()
        && page.lexicon.people.any_body.contains(page.word(at as usize))
        && at.checked_sub(1).is_some_and(|the| page.token_text(the).eq_ignore_ascii_case("the"))
}

pub(super) const CLOSED: Class = Class::FUNCTION
    .with(Class::DETERMINER)
    .with(Class::POSSESSIVE)
    .with(Class::ADVERB)
    .with(Class::TIME)
    .with(Class::QUESTION)
    .with(Class::RELATIVE);
