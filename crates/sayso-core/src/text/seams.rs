//! Seams: where two units of a page stand in one line without a stop between them, because a line break was lost: a link to
//! another story (`READ MORE: …`), a heading between paragraphs, a picture's credit or caption, something posted elsewhere,
//! an item of a list, an agency's sign-off. A sentence begins at each seam that is sure, so that no subject and no content
//! runs over it. What is sure is told by white space, by marks, and by words that begin a sentence and have a capital inside
//! one.

use super::tokens::{Token, TokenKind};
use crate::language::grammar::Class;
use crate::language::inflect::{Case, Ending};
use crate::language::{Lexicon, WordId};

/// The headline of a link has at most so many tokens.
const HEADLINE_MOST: usize = 18;

/// The seams of one paragraph.
pub(super) struct Seams<'t> {
    text: &'t str,
    tokens: &'t [Token],
    lexicon: &'t Lexicon,
    /// The paragraph's first token.
    first: usize,
    /// Whether two spaces in a row tell of a lost line break: hardly any stand before a word in lower case.
    spaced: bool,
    /// Where the headline of the link begins that the present sentence is; none where it is no link.
    headline: Option<usize>,
}

impl<'t> Seams<'t> {
    /// Those of the paragraph whose tokens are those of `tokens` from `first` on.
    pub(super) fn new(text: &'t str, tokens: &'t [Token], first: usize, lexicon: &'t Lexicon) -> Self {
        let mut seams = Seams { text, tokens, lexicon, first, spaced: false, headline: None };
        let (mut breaks, mut spaces) = (0usize, 0usize);
        for at in first + 1..tokens.len() {
            if tokens[at].start - tokens[at - 1].end >= 2 && seams.is_wide(at) {
                match tokens[at].is_capital() {
                    true => breaks += 1,
                    false => spaces += usize::from(tokens[at].kind == TokenKind::Word),
                }
            }
        }
        seams.spaced = breaks > 4 * spaces;
        seams
    }

    /// A sentence begins at `at`.
    pub(super) fn begin(&mut self, at: usize) {
        self.headline = headline(self.tokens, at, self.lexicon);
    }

    /// Whether a unit begins at `at`, which is not the first token of its sentence, and no stop stands before it.
    pub(super) fn is_at(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Word if token.is_capital() => {
                self.is_line(at) || self.is_sentence(at) || self.is_link(at) || self.is_posted(at)
            }
            TokenKind::Mark => self.is_posted(at),
            TokenKind::Word => self.is_signature(at),
            TokenKind::Symbol => self.is_item(at),
            _ => false,
        }
    }

    fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::default(), |token| self.lexicon.grammar.class(token.word))
    }

    fn written(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span().range()])
    }

    fn is_small(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && !token.is_capital())
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capital())
    }

    /// Whether white space stands before the token at `at`.
    fn is_apart(&self, at: usize) -> bool {
        at > self.first && self.tokens.get(at).is_none_or(|token| token.start > self.tokens[at - 1].end)
    }

    /// Whether two characters of white space stand before the token at `at`.
    fn is_wide(&self, at: usize) -> bool {
        let gap = &self.text[self.tokens[at - 1].end as usize..self.tokens[at].start as usize];
        gap.chars().filter(|c| c.is_whitespace()).count() >= 2
    }

    /// Whether the token at `at` may end a unit: a noun, a name, a number, a closing mark or bracket.
    fn may_end(&self, at: usize) -> bool {
        const OPEN: Class =
            Class::FUNCTION.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::RELATIVE).with(Class::QUESTION);
        match self.tokens[at].kind {
            // `Mayor  Lind`
            TokenKind::Word if self.is_capital(at) => !self.class(at).has(OPEN.with(Class::TITLE)),
            TokenKind::Word => !self.class(at).has(OPEN),
            TokenKind::Mark => !self.is_apart(at),
            TokenKind::Number | TokenKind::Close | TokenKind::Symbol | TokenKind::Address => true,
            _ => false,
        }
    }

    /// `About the Quay Trust  The Trust was …`: two spaces where a line ended.
    fn is_line(&self, at: usize) -> bool {
        self.spaced && self.tokens[at].start - self.tokens[at - 1].end >= 2 && self.is_wide(at) && self.may_end(at - 1)
    }

    /// `Effects on demand The ban could …`, `A scandal at the port In March, it …`: a word that begins sentences has a capital
    /// behind a noun without one. A word for people may be part of a name, and a letter a name of a thing: `from point A to B`.
    fn is_sentence(&self, at: usize) -> bool {
        const NAMES: Class = Class::POSSESSIVE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS);
        const LEADS: Class = Class::PREPOSITION.with(Class::SUBORDINATOR);
        // Most capitals stand behind a capital, a mark or a stop.
        if !self.is_small(at - 1) {
            return false;
        }
        let token = self.tokens[at];
        let class = self.class(at);
        let starts = token.end - token.start > 1
            && self.lexicon.abbreviations.starters.contains(token.word)
            && !class.has(NAMES);
        let behind = |before: usize| {
            self.is_small(before) && self.is_apart(at) && self.tokens[before].end - self.tokens[before].start > 2
        };
        starts
            && behind(at - 1)
            && self.may_end(at - 1)
            && self.is_apart(at + 1)
            && (self.is_small(at + 1) || class.has(LEADS) && self.is_capital(at + 1) && !self.is_capital(at + 2))
    }

    /// `READ MORE: The boats of Harrow Ada Brandt said …`: where the headline of a link ends, and where a link begins that has
    /// capitals throughout.
    fn is_link(&self, at: usize) -> bool {
        // `the council said READ MORE: …`
        let shouted = |token: &Token| token.case == Case::Upper;
        let label = || headline(self.tokens, at, self.lexicon).is_some_and(|body| body > at + 2);
        if shouted(&self.tokens[at]) && self.may_end(at - 1) && self.tokens.get(at + 1).is_some_and(shouted) && label()
        {
            return true;
        }
        let Some(body) = self.headline.filter(|body| at >= body + 2 && at - body <= HEADLINE_MOST) else {
            return false;
        };
        let before = self.tokens[at - 1];
        let marked = before.kind == TokenKind::Mark && !self.is_apart(at - 1);
        let starts = self.lexicon.abbreviations.starters.contains(self.tokens[at].word) && self.is_small(at + 1);
        // `Thousands attend Quay fair`
        let noun = at > body + 2 && self.is_noun(at - 1);
        self.is_apart(at) && self.may_end(at - 1) && (marked || starts || noun)
    }

    /// Whether a word in lower case stands at `at` that is no verb and tells nothing of the next word.
    fn is_noun(&self, at: usize) -> bool {
        const NEVER: Class = Class::ADJECTIVE.with(Class::ADVERB).with(Class::PAST).with(Class::TIME);
        let class = self.class(at);
        let text = self.written(at);
        let forms = self.lexicon.forms;
        let verb = class.has(Class::CUE_VERB) && !class.has(Class::CUE_NOUN);
        self.is_small(at)
            && text.len() > 2
            && !verb
            && !class.has(NEVER)
            && !forms.ends(text, Ending::Past)
            && !forms.ends(text, Ending::Gerund)
    }

    /// `The quay today https://t.co/x Lind said`, `Quay Radio (@quay) March 19, 2031 Lind said`, `(05.02.2031) Lind said`: behind the
    /// address, the signature or the date of what was posted elsewhere.
    fn is_posted(&self, at: usize) -> bool {
        if !self.is_apart(at) || self.tokens[at].kind == TokenKind::Mark && self.is_apart(at + 1) {
            return false;
        }
        match self.tokens[at - 1].kind {
            TokenKind::Address => self.written(at - 1).contains('/') && !self.class(at).has(Class::TIME),
            TokenKind::Close => self.is_dated(at - 1),
            TokenKind::Number => self.is_signed(at - 1) || self.is_page(at - 1),
            TokenKind::Word | TokenKind::Symbol => self.is_page(at - 1),
            _ => false,
        }
    }

    /// `pics.quay.com/ab12`: whether an address without its beginning ends at the token `at`: small letters with stops between them, a
    /// slash, and more without a space.
    fn is_page(&self, at: usize) -> bool {
        const FAR: usize = 12;
        let glued = |at: &usize| !self.is_apart(*at + 1);
        let first = (self.first..at).rev().take(FAR).take_while(glued).last().unwrap_or(at);
        let text = &self.text[self.tokens[first].start as usize..self.tokens[at].end as usize];
        let host = text.split_once('/').filter(|(host, page)| host.contains('.') && !page.is_empty());
        host.is_some_and(|(host, _)| {
            host.len() > 5
                && host.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.')
                && !host.starts_with('.')
        })
    }

    /// `It sank. (05.02.2031)`: whether the bracket that closes at `at` holds a date in figures and begins a sentence.
    fn is_dated(&self, at: usize) -> bool {
        const MOST: usize = 7;
        let open = (self.first..at).rev().take(MOST).find(|at| self.tokens[*at].kind == TokenKind::Open);
        let Some(open) = open else { return false };
        let inside = &self.text.as_bytes()[self.tokens[open].end as usize..self.tokens[at].start as usize];
        let figures = inside.len() >= 8 && inside.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
        let begins = open == self.first
            || matches!(
                self.tokens[open - 1].kind,
                TokenKind::Stop | TokenKind::Exclaim | TokenKind::Mark | TokenKind::Close | TokenKind::Ellipsis
            );
        figures && begins && inside.iter().filter(|byte| **byte == b'.').count() == 2
    }

    /// `(@quay) March 19, 2031`: whether the year at `at` ends the signature of something posted.
    fn is_signed(&self, at: usize) -> bool {
        const FAR: usize = 40;
        if at < self.first + 6 || self.tokens[at].end - self.tokens[at].start != 4 {
            return false;
        }
        let date = self.tokens[at - 1].kind == TokenKind::Comma
            && self.tokens[at - 2].kind == TokenKind::Number
            && self.class(at - 3).has(Class::TIME)
            && self.tokens[at - 4].kind == TokenKind::Close;
        let open = (self.first..at - 4).rev().take(FAR / 4).find(|at| self.tokens[*at].kind == TokenKind::Open);
        date && open.is_some_and(|open| self.text[self.tokens[open].end as usize..].starts_with('@'))
    }

    /// `Lind mends a net by the quay “We can only sail at night,” said Lind.`: whether the quoted words from `open` to `close` are a
    /// sentence of their own behind a caption without a stop, which began at `begin` and has no verb that reports.
    pub(super) fn is_caption(&self, begin: usize, open: usize, close: usize) -> bool {
        const LEAST: usize = 3;
        const MOST: usize = 60;
        const SENTENCE: usize = 8;
        const LONG: usize = 15;
        const OPENS: Class =
            Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::COORDINATOR).with(Class::CONJUNCT);
        let length = open - begin;
        let ended = self.is_noun(open - 1) || self.is_capital(open - 1);
        if !(LEAST..=MOST).contains(&length) || close < open + SENTENCE || !ended || self.class(begin).has(OPENS) {
            return false;
        }
        let ends = matches!(self.tokens[close - 1].kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Exclaim);
        let first = open + 1;
        let starts = self.is_capital(first)
            && (self.lexicon.abbreviations.starters.contains(self.tokens[first].word)
                && (self.is_small(first + 1) || self.tokens[first + 1].kind != TokenKind::Word)
                || close >= open + LONG && self.is_small(first + 1));
        let plain = |at: usize| {
            let class = self.class(at);
            // `Ada Voll / For the Courier`: who took a picture is not who speaks.
            !matches!(self.tokens[at].kind, TokenKind::Mark | TokenKind::Semicolon)
                && self.written(at) != "/"
                && !class.has(Class::ACCORDING)
                && (!class.has(Class::CUE_VERB) || class.has(Class::CUE_NOUN) && !self.is_capital(at))
        };
        ends && starts && self.may_end(open - 1) && self.is_apart(open) && (begin..open).all(plain)
    }

    /// `It closed. jbh/gsw (NRA, AP)`: the letters of those who wrote a story, behind its last sentence.
    fn is_signature(&self, at: usize) -> bool {
        const LETTERS: u32 = 4;
        const MOST: usize = 8;
        // Most words stand before a word.
        if self.tokens.get(at + 1).is_none_or(|next| next.kind == TokenKind::Word) {
            return false;
        }
        let short = |at: usize| self.is_small(at) && self.tokens[at].end - self.tokens[at].start <= LETTERS;
        let slash = |at: usize| self.written(at) == "/" && !self.is_apart(at) && !self.is_apart(at + 1);
        if !short(at) || at + 2 >= self.tokens.len() || !slash(at + 1) || !short(at + 2) {
            return false;
        }
        let mut end = at + 3;
        while end < at + MOST && slash(end) && short(end + 1) {
            end += 2;
        }
        let open = self.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Open);
        let agency = self.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Word);
        let stops = matches!(
            self.tokens[at - 1].kind,
            TokenKind::Stop
                | TokenKind::Exclaim
                | TokenKind::Mark
                | TokenKind::Hyphen
                | TokenKind::Dash
                | TokenKind::Address
        );
        open && agency && stops
    }

    /// `boats • Piers`, `boats * Piers`: the sign of an item in a list that stands in one line.
    fn is_item(&self, at: usize) -> bool {
        matches!(self.written(at), "•" | "·" | "*" | "▪" | "●" | "■")
            && self.is_apart(at)
            && self.is_apart(at + 1)
            && self.is_capital(at + 1)
    }
}

/// Where the headline of a link begins, if a link to another story begins at `at`: behind its label and the colon or dash that
/// follows.
pub(crate) fn headline(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let at = at + usize::from(tokens.get(at).is_some_and(|token| token.kind == TokenKind::Hyphen));
    tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.is_capital())?;
    let word = |i: usize| tokens.get(at + i).map_or(WordId::NONE, |token| token.word);
    let (length, ()) = lexicon.page.links.longest(word)?;
    let mark = tokens.get(at + length)?;
    let apart = mark.start > tokens[at + length - 1].end;
    let parts = mark.kind == TokenKind::Colon || apart && matches!(mark.kind, TokenKind::Hyphen | TokenKind::Dash);
    // `Read:-ECB caught`: a space that does not break became a hyphen.
    let next = at + length + 1;
    let hyphen = tokens.get(next).is_some_and(|token| token.kind == TokenKind::Hyphen);
    parts.then_some(next + usize::from(hyphen))
}
