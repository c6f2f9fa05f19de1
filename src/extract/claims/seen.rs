//! What the words of a sentence tell of its claim: flags, gathered on the same walk that scores it.

use crate::lexicon::claims::ClaimClass;
use crate::lexicon::figures::Class;
use crate::text::{Page, Sentence, Token};

/// Words seen in a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    classes: ClaimClass,
    superlative: bool,
    past: bool,
    /// It asks.
    pub question: bool,
    /// A word with a capital stands in it that does not begin it.
    pub named: bool,
    /// It begins with a pronoun.
    pub pronoun: bool,
}

impl Seen {
    /// Looks at a word; `first` where it begins the sentence.
    pub fn word(&mut self, token: &Token, class: ClaimClass, text: &[u8], first: bool) {
        self.classes = self.classes.or(class);
        self.named |= !first && token.is_capital() && !class.is(ClaimClass::FIRST_PERSON);
        self.pronoun |= first && class.is(ClaimClass::POINTING.or(ClaimClass::THIRD_PERSON));
        self.past |= is_past(text);
        self.superlative |= text.len() > 5 && text.ends_with(b"est") && !class.is(ClaimClass::POSITIVE);
    }

    /// `will`
    pub fn future(&self) -> bool {
        self.classes.is(ClaimClass::FUTURE)
    }

    /// `should`
    pub fn opinion(&self) -> bool {
        self.classes.is(ClaimClass::OPINION)
    }

    /// `than`
    pub fn comparison(&self) -> bool {
        self.classes.is(ClaimClass::COMPARISON)
    }

    /// `we`
    pub fn first_person(&self) -> bool {
        self.classes.is(ClaimClass::FIRST_PERSON)
    }

    /// `most`, `highest`
    pub fn superlative(&self) -> bool {
        self.superlative || self.classes.is(ClaimClass::SUPERLATIVE)
    }

    /// `was`, `opened`
    pub fn past(&self) -> bool {
        self.past || self.classes.is(ClaimClass::PAST)
    }
}

/// `opened`
pub(super) fn is_past(word: &[u8]) -> bool {
    word.len() > 4 && word.ends_with(b"ed")
}

/// Whether the sentence has a word of rise or fall.
pub(super) fn is_moving(page: &Page, sentence: &Sentence) -> bool {
    let tokens = &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    tokens.iter().any(|token| token.is_word() && page.lexicon.figures.entry(token.word).is(Class::UP.or(Class::DOWN)))
}
