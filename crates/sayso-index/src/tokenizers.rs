//! The tokenizers of the columns: the words of a text, the names of speakers, and terms that carry their own positions.

use super::figures::{AT, NEXT};
use super::zones::{ISSUER, NAMED, NAMED_AS_SPEAKER, NAMES_OF_ONE, NEXT_NAME, NEXT_SPEAKER, THE_ISSUER};
use sayso_core::text::folding::next_word;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The word scanner as a tantivy tokenizer.
#[derive(Clone, Default)]
pub(crate) struct Words {
    token: Token,
}

/// The words of one value.
pub(crate) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { text, at: 0, token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, end)) = next_word(self.text, self.at, &mut self.token.text) else { return false };
        self.at = end;
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Whether a folded word is one of the small words that make up a third of every text and that nobody searches for
/// alone between quote marks. The column `quoted` leaves them out, and a search for one uses its positions instead.
/// Part of the index format.
pub(crate) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "are"
            | "as"
            | "at"
            | "be"
            | "by"
            | "for"
            | "from"
            | "has"
            | "have"
            | "in"
            | "is"
            | "it"
            | "of"
            | "on"
            | "or"
            | "that"
            | "the"
            | "this"
            | "to"
            | "was"
            | "with"
    )
}

/// The tokenizer of the column `quoted`: all words except those for which [`is_small`] is true.
#[derive(Clone, Default)]
pub(crate) struct Telling {
    words: Words,
}

/// The words of one value, without the small ones.
pub(crate) struct TellingStream<'a>(WordStream<'a>);

impl Tokenizer for Telling {
    type TokenStream<'a> = TellingStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TellingStream<'a> {
        TellingStream(self.words.token_stream(text))
    }
}

impl TokenStream for TellingStream<'_> {
    fn advance(&mut self) -> bool {
        while self.0.advance() {
            if !is_small(&self.0.token.text) {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
    }
}

/// The tokenizer of the column `speakers`: the words of each speaker's names, at positions from 1024 times the
/// speaker's number ([`super::zones::names`]).
#[derive(Clone, Default)]
pub(crate) struct Names {
    token: Token,
}

/// The words of all names in a document.
pub(crate) struct NameStream<'a> {
    text: &'a str,
    at: usize,
    who: u32,
    speakers: u32,
    next: u32,
    token: &'a mut Token,
}

impl Tokenizer for Names {
    type TokenStream<'a> = NameStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NameStream<'a> {
        self.token.reset();
        NameStream { text, at: 0, who: 0, speakers: 0, next: 0, token: &mut self.token }
    }
}

impl TokenStream for NameStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some((start, end)) = next_word(self.text, self.at, &mut self.token.text) else { return false };
            for mark in self.text[self.at..start].chars() {
                match mark {
                    NEXT_NAME => self.next += 1,
                    NEXT_SPEAKER => (self.who, self.speakers, self.next) = (self.speakers + 1, self.speakers + 1, 0),
                    NAMED_AS_SPEAKER => (self.who, self.next) = (u32::from(NAMED), 0),
                    THE_ISSUER => (self.who, self.next) = (u32::from(ISSUER), 0),
                    _ => {}
                }
            }
            self.at = end;
            let room = self.next < NAMES_OF_ONE && (self.who < u32::from(NAMED) || self.speakers < self.who);
            if room {
                self.token.position = (self.who * NAMES_OF_ONE + self.next) as usize;
                self.next += 1;
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The tokenizer of the column `figures`: terms as written, each followed by its position ([`super::figures::column`]).
#[derive(Clone, Default)]
pub(crate) struct Placed {
    token: Token,
}

/// The terms of a value.
pub(crate) struct PlacedStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Placed {
    type TokenStream<'a> = PlacedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlacedStream<'a> {
        self.token.reset();
        PlacedStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for PlacedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((entry, rest)) = self.rest.split_once(NEXT) else { return false };
        let Some((term, position)) = entry.split_once(AT) else { return false };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = position.parse().unwrap_or(0);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
