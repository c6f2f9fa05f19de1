//! The tokens that a figure is read from: a window on a page with the figure words' entries at hand. Places outside the
//! window read as nothing, so that no rule needs to test the edges.

use crate::language::figures::{Class, Entry, FigureWords};
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::units::Units;
use crate::span::Span;
use crate::text::Page;
use crate::text::tokens::{Token, TokenKind};
use crate::work::steps;
use std::cell::RefCell;

/// A window of whole sentences.
#[derive(Clone, Copy)]
pub(super) struct Window<'p, 'd> {
    /// The page.
    pub page: &'p Page<'d>,
    /// Classes of words.
    pub words: &'static FigureWords,
    /// Units and currencies.
    pub units: &'static Units,
    /// First token of the window.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Where numbers that are no figures are noted, for those who ask.
    refused: Option<&'p Refused>,
}

/// Numbers that were refused.
pub(super) type Refused = RefCell<Vec<Rejected>>;

/// A number that is no figure, and the rule that refused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The number.
    pub span: Span,
    /// The name of the rule: `label`, `phone`.
    pub rule: &'static str,
    /// What the rule refuses, in a few words.
    pub about: &'static str,
}

impl<'p, 'd> Window<'p, 'd> {
    /// A window of the tokens `start..end` of a page.
    pub(super) fn new(page: &'p Page<'d>, start: usize, end: usize) -> Self {
        Window { page, words: &page.lexicon.figures, units: &page.lexicon.units, start, end, refused: None }
    }

    /// The same window, which notes in `refused` what it refuses.
    pub(super) fn noting(self, refused: Option<&'p Refused>) -> Self {
        Window { refused, ..self }
    }

    /// Notes a number that is no figure.
    pub(super) fn refuse(&self, number: Rejected) {
        if let Some(refused) = self.refused {
            refused.borrow_mut().push(number);
        }
    }
}

impl<'d> Window<'_, 'd> {
    /// The token at `at`, inside the window.
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        steps(1);
        (self.start <= at && at < self.end).then(|| self.page.tokens.get(at)).flatten()
    }

    /// What the token is.
    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    /// Whether it is of this kind.
    pub(super) fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.kind(at) == Some(kind)
    }

    /// What the tables say of the word there.
    pub(super) fn entry(&self, at: usize) -> &'static Entry {
        self.words.entry(self.token(at).map(|token| token.word).unwrap_or_default())
    }

    /// Whether the word there has one of the classes.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.entry(at).is(class)
    }

    /// The text of the token; empty outside the window.
    pub(super) fn text(&self, at: usize) -> &'d str {
        self.token(at).map_or("", |token| token.span().of(self.page.text))
    }

    /// Whether the token reads so, without regard to ASCII case.
    pub(super) fn says(&self, at: usize, word: &str) -> bool {
        // Most words differ in length, which needs no look at the text.
        self.width(at) == word.len() && self.text(at).eq_ignore_ascii_case(word)
    }

    /// The length of the token in bytes; nothing outside the window.
    fn width(&self, at: usize) -> usize {
        self.token(at).map_or(0, |token| (token.end - token.start) as usize)
    }

    /// Whether the token reads as one of these.
    pub(super) fn says_any(&self, at: usize, words: &[&str]) -> bool {
        let length = self.width(at);
        words.iter().any(|word| word.len() == length && self.text(at).eq_ignore_ascii_case(word))
    }

    /// Whether the token is in a list, without regard to ASCII case.
    pub(super) fn listed(&self, at: usize, list: List) -> bool {
        self.page.lexicon.lists.reads(list, self.text(at))
    }

    /// Whether the token has an ending.
    pub(super) fn ends(&self, at: usize, ending: Ending) -> bool {
        self.page.lexicon.forms.ends(self.text(at), ending)
    }

    /// Whether a minus stands at `at`, right before what it makes negative. An en dash is one behind a word that an amount goes on
    /// with: `fell to –$3 million`.
    pub(super) fn is_minus(&self, at: usize) -> bool {
        match self.text(at) {
            "-" | "−" | "‐" => true,
            "–" => {
                let before = at.wrapping_sub(1);
                self.glued(at) && !self.glued(before) && self.listed(before, List::MinusLeads)
            }
            _ => false,
        }
    }

    /// Whether no white space parts the token from the next; not so at the window's edge.
    pub(super) fn glued(&self, at: usize) -> bool {
        match (self.token(at), self.token(at.wrapping_add(1))) {
            (Some(this), Some(next)) => this.end == next.start,
            _ => false,
        }
    }

    /// The text between a token and the next.
    pub(super) fn gap(&self, at: usize) -> &'d str {
        match (self.token(at), self.token(at.wrapping_add(1))) {
            (Some(this), Some(next)) => &self.page.text[this.end as usize..next.start as usize],
            _ => "",
        }
    }

    /// First byte of a token; the window's last byte past its end.
    pub(super) fn byte(&self, at: usize) -> u32 {
        self.token(at).map_or_else(|| self.last_byte(), |token| token.start)
    }

    /// One past the last byte of a token.
    pub(super) fn byte_after(&self, at: usize) -> u32 {
        self.token(at).map_or_else(|| self.last_byte(), |token| token.end)
    }

    /// One past the window's last byte.
    pub(super) fn last_byte(&self) -> u32 {
        self.page.tokens.get(self.end.wrapping_sub(1)).map_or(0, |token| token.end)
    }

    /// The window's text from byte `from` on, cut at 64 bytes or so: long enough for every unit and sign.
    pub(super) fn rest(&self, from: u32) -> &'d str {
        let last = self.last_byte() as usize;
        let from = from as usize;
        if from >= last {
            return "";
        }
        let mut to = (from + 64).min(last);
        while !self.page.text.is_char_boundary(to) {
            to += 1;
        }
        &self.page.text[from..to]
    }

    /// The first token at or after `at` that begins at byte `byte` or later.
    pub(super) fn token_from(&self, mut at: usize, byte: u32) -> usize {
        while at < self.end && self.token(at).is_some_and(|token| token.start < byte) {
            at += 1;
        }
        at
    }

    /// Whether the token is a hyphen with no white space on either side.
    pub(super) fn inner_hyphen(&self, at: usize) -> bool {
        self.is_kind(at, TokenKind::Hyphen) && self.glued(at) && self.glued(at.wrapping_sub(1))
    }

    /// The next token, past a hyphen without white space around it.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        if self.inner_hyphen(at) { at + 1 } else { at }
    }

    /// Whether the token is a word that begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_capital())
    }
}
