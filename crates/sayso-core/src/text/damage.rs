//! Marks that lost their glyph on the way to us. A character that an old character set lacks becomes `?` or `�`, a space
//! that does not break becomes `?` or `-` behind a mark or between words, markup leaves its `*`, and a hand types two signs for one.
//! Tokens go in; the same tokens come out, with marks where marks stood.
//!
//! `?It rained,? said Brandt` and `"It rained,"?said Brandt` → the marks of `“It rained,” said Brandt`.
//!
//! A sign is read as a mark only where it can be nothing else: a question mark before its word, or behind a comma.

use super::tokens::{Case, Token, TokenKind};
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::Takes;
use crate::language::{Lexicon, WordId};

/// The character that stands for one that could not be read.
const UNREADABLE: &str = "\u{fffd}";

/// Mends the marks among `tokens[first..]`, the tokens of one paragraph. Linear; most paragraphs are only looked at.
pub(super) fn mend(text: &str, tokens: &mut Vec<Token>, first: usize, lexicon: &Lexicon) {
    let may_be = |token: &Token| ODD >> token.kind as u32 & 1 == 1;
    let odd = (first..tokens.len()).find(|at| may_be(&tokens[*at]) && is_odd(text, tokens, *at, lexicon));
    let Some(odd) = odd else { return };
    // A rule looks at the two tokens before the one that it reads.
    let from = odd.saturating_sub(2).max(first);
    let old = tokens.split_off(from);
    let mut mender = Mender { text, lexicon, old, out: tokens, first, doubled: false, swapped: None };
    mender.run();
}

/// The kinds of tokens that [`is_odd`] tells more of, a bit each.
const ODD: u32 = 1 << TokenKind::Exclaim as u32
    | 1 << TokenKind::Symbol as u32
    | 1 << TokenKind::Mark as u32
    | 1 << TokenKind::Stop as u32
    | 1 << TokenKind::Hyphen as u32
    | 1 << TokenKind::Comma as u32;

/// Whether a rule may ask for the token at `at`.
fn is_odd(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let this = tokens[at];
    let glued = tokens.get(at + 1).filter(|next| next.start == this.end);
    match this.kind {
        TokenKind::Exclaim => text.as_bytes()[this.end as usize - 1] == b'?',
        TokenKind::Symbol => matches!(text.as_bytes()[this.start as usize], 0xef | b'*' | b'<' | b'&'),
        TokenKind::Mark => glued.is_some_and(|next| {
            matches!(next.kind, TokenKind::Mark | TokenKind::Hyphen | TokenKind::Symbol)
                || next.is_word() && at > 0 && tokens[at - 1].is_word() && tokens[at - 1].end == this.start
        }),
        TokenKind::Stop => glued.is_some_and(|next| next.kind == TokenKind::Hyphen),
        TokenKind::Hyphen => parts_words(text, tokens, at, lexicon),
        TokenKind::Comma => glued.is_some_and(|next| matches!(next.kind, TokenKind::Comma | TokenKind::Hyphen)),
        _ => false,
    }
}

/// `the company-has said-that it will stay`: whether the hyphen at `at` stands where a space stood, beside a word that no
/// compound has there. A chain of hyphens is one (`state-of-the-art`).
fn parts_words(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let of = |token: &Token| &text[token.start as usize..token.end as usize];
    let this = tokens[at];
    let before = at.checked_sub(1).map(|at| tokens[at]).filter(|last| last.is_word() && last.end == this.start);
    let after = tokens.get(at + 1).filter(|next| next.start == this.end);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let hyphen = |token: Option<&Token>, edge: u32, start: bool| {
        let glued = |token: &&Token| if start { token.start == edge } else { token.end == edge };
        token.filter(glued).is_some_and(|token| token.kind == TokenKind::Hyphen)
    };
    let behind = tokens.get(at + 2);
    let chain =
        hyphen(at.checked_sub(2).and_then(|at| tokens.get(at)), before.start, false) || hyphen(behind, after.end, true);
    let opens = matches!(after.kind, TokenKind::Word | TokenKind::Number | TokenKind::Mark);
    if chain || !opens {
        return false;
    }
    // `a has-been`
    let left =
        lexicon.lists.reads(List::BeforeNoHyphen, of(&before)) && !lexicon.lists.reads(List::HyphenTails, of(after));
    let right = after.is_word() && lexicon.lists.reads(List::BehindNoHyphen, of(after));
    // `confirmed-on Friday`, but not `logged-in users`
    let begins = |next: &Token| next.is_capital() || lexicon.lists.has(List::Articles, of(next));
    let hung = lexicon.forms.ends(of(&before), Ending::Past)
        && lexicon.lists.has(List::AdjunctPrepositions, of(after))
        && behind.is_some_and(begins);
    // `Mr Brandt-argued there was`, but not `the Brandt-led talks` or `So-called`
    let told = before.is_capital()
        && !before.word.is_known()
        && after.case == Case::Lower
        && behind.is_some_and(|next| next.start > after.end && (next.is_word() || next.kind == TokenKind::Colon))
        && lexicon
            .reporting
            .verb(after.word)
            .any(|(frame, forms)| frame.strength >= 3 && frame.takes.has(Takes::CLAUSE) && forms.has(Forms::PAST));
    left || right || hung || told
}

/// A paragraph on its way from `old` to `out`.
struct Mender<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    old: Vec<Token>,
    out: &'t mut Vec<Token>,
    first: usize,
    /// Whether the paragraph types its marks twice.
    doubled: bool,
    /// Where a sign in `old` closes what one before it opened, and how long the sign is.
    swapped: Option<(usize, u32)>,
}

impl Mender<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.old.len() {
            at = self.step(at);
        }
    }

    /// Reads the token at `at`; gives the place of the next one.
    fn step(&mut self, at: usize) -> usize {
        let this = self.old[at];
        let next = match this.kind {
            TokenKind::Mark => self.mark(at),
            TokenKind::Comma => self.comma_pair(at),
            TokenKind::Hyphen => {
                let parts = parts_words(self.text, &self.old, at, self.lexicon);
                (parts || self.is_noise(at) || self.is_space(at)).then_some(at + 1)
            }
            TokenKind::Symbol => self.markup(at).or_else(|| self.sign(at)),
            TokenKind::Exclaim => self.sign(at),
            _ => None,
        };
        next.unwrap_or_else(|| {
            self.out.push(this);
            at + 1
        })
    }

    fn of(&self, token: Token) -> &str {
        &self.text[token.start as usize..token.end as usize]
    }

    fn last(&self) -> Option<Token> {
        self.out.get(self.first..)?.last().copied()
    }

    fn before_last(&self) -> Option<Token> {
        self.out.get(self.first..)?.iter().nth_back(1).copied()
    }

    /// The last token, where nothing stands between it and the one at `at`.
    fn glued_before(&self, at: usize) -> Option<Token> {
        self.last().filter(|last| last.end == self.old[at].start)
    }

    /// The next token, where nothing stands between it and the one at `at`.
    fn glued_after(&self, at: usize) -> Option<Token> {
        self.old.get(at + 1).copied().filter(|next| next.start == self.old[at].end)
    }

    /// One mark of what lies between two places.
    fn push_mark(&mut self, start: u32, end: u32) {
        self.out.push(Token { start, end, word: WordId::NONE, kind: TokenKind::Mark, case: Case::Lower });
    }

    /// Makes one mark of the last one and the token at `at`.
    fn widen(&mut self, at: usize) -> Option<usize> {
        let end = self.old[at].end;
        let last = self.out.last_mut()?;
        (last.end, last.kind) = (end, TokenKind::Mark);
        Some(at + 1)
    }

    /// `""It rained,""`, `‘’It rained,’’`: a mark typed twice. `doesn"t`: an apostrophe.
    fn mark(&mut self, at: usize) -> Option<usize> {
        let this = self.old[at];
        if let Some(next) = self.apostrophe(at).or_else(|| self.half_read(at)).or_else(|| self.genitive(at)) {
            return Some(next);
        }
        let last = self.glued_before(at).filter(|last| last.kind == TokenKind::Mark)?;
        let pair = (self.of(last), self.of(this));
        let outside = self.before_last().is_none_or(|before| before.end < last.start);
        let opens = outside && self.glued_after(at).is_some_and(|next| next.is_word());
        let twice = matches!(pair, ("\"", "\"") | ("‘", "’"));
        let closes = self.doubled && matches!(pair, ("\"", "\"") | ("’", "’"));
        self.doubled |= opens && twice;
        if opens && twice || closes { self.widen(at) } else { None }
    }

    /// `doesn"t`, `the town"s bridge`, `it"�ll rain`
    fn apostrophe(&mut self, at: usize) -> Option<usize> {
        let this = self.old[at];
        let straight = self.of(this) == "\"" && self.glued_before(at).is_some_and(Token::is_word);
        let behind = self.unreadable_end(at);
        let tail = self.glued_after(behind - 1).filter(|next| straight && next.is_word())?;
        let ends = self.glued_after(behind).is_none_or(|behind| !behind.is_word());
        let letters = self.of(tail);
        let clitic = self.lexicon.lists.has(List::Clitics, letters);
        if !ends || !clitic && letters != "t" {
            return None;
        }
        let kind = if clitic { TokenKind::Clitic } else { TokenKind::Word };
        self.out.push(Token { start: if clitic { this.start } else { tail.start }, kind, ..tail });
        Some(behind + 1)
    }

    /// `the members"?rights`, where no words are open: a genitive.
    fn genitive(&mut self, at: usize) -> Option<usize> {
        let plural = self.glued_before(at).is_some_and(|word| word.is_word() && self.of(word).ends_with(['s', 'S']));
        let asked = self.glued_after(at).is_some_and(|next| self.of(next) == "?");
        let owned = self.glued_after(at + 1).is_some_and(|next| next.is_word());
        if !plural || !asked || !owned || self.of(self.old[at]) != "\"" || self.is_open() {
            return None;
        }
        self.push_mark(self.old[at].start, self.old[at + 1].end);
        Some(at + 2)
    }

    /// A mark of which one half can be read: `the "�green channel"?`, `she said. "�It is late."?` opens; between words it is a
    /// dash (`the last one"�it was late`), between names a hyphen, behind one capital an apostrophe (`Mr O"�Leary`).
    fn half_read(&mut self, at: usize) -> Option<usize> {
        let this = self.old[at];
        let end = self.unreadable_end(at);
        if end == at + 1 || self.of(this) != "\"" || !self.begins_words(end) {
            return None;
        }
        let mark = Token { end: self.old[end - 1].end, ..this };
        let Some(before) = self.glued_before(at).filter(|word| word.is_word()) else {
            let kind = if self.is_open() && !self.closes_twice(end) { TokenKind::Dash } else { TokenKind::Mark };
            self.out.push(Token { kind, ..mark });
            return Some(end);
        };
        let after = self.glued_after(end - 1)?;
        let names = before.is_capital() && after.is_capital();
        if names && before.end - before.start == 1 {
            let last = self.out.last_mut()?;
            (last.end, last.word) = (after.end, WordId::NONE);
            return Some(end + 1);
        }
        let kind = if names { TokenKind::Hyphen } else { TokenKind::Dash };
        self.out.push(Token { kind, ..mark });
        Some(end)
    }

    /// Whether the last mark, not far away, opens.
    fn is_open(&self) -> bool {
        let near = self.out.len().saturating_sub(FAR).max(self.first);
        let last = (near..self.out.len()).rev().find(|at| self.out[*at].kind == TokenKind::Mark);
        last.is_some_and(|at| is_opening(self.out, self.first, at))
    }

    /// Whether the next two marks from `from` on close: those of words within words, and of the words around them.
    fn closes_twice(&self, from: usize) -> bool {
        let far = self.old.len().min(from + FAR);
        let mut marks = (from..far).filter(|at| self.old[*at].kind == TokenKind::Mark);
        let mut closes = || marks.next().is_some_and(|at| !is_opening(&self.old, from, at));
        closes() && closes()
    }

    /// Where the run of the unreadable that is glued to the mark at `at` ends; behind the mark, if there is none.
    fn unreadable_end(&self, at: usize) -> usize {
        let glued = self.glued_after(at).is_some_and(|next| self.of(next) == UNREADABLE);
        if glued { self.run_end(at + 1) } else { at + 1 }
    }

    /// `,,It rained''`
    fn comma_pair(&mut self, at: usize) -> Option<usize> {
        let next = self.glued_after(at).filter(|next| next.kind == TokenKind::Comma)?;
        let opens = self.glued_before(at).is_none() && self.glued_after(at + 1).is_some_and(Token::is_word);
        opens.then(|| self.push_mark(self.old[at].start, next.end)).map(|()| at + 2)
    }

    /// `*"It rained,"*`: what makes it italic. `<<It rained>>`. `&quot;It rained&quot;`
    fn markup(&mut self, at: usize) -> Option<usize> {
        let this = self.old[at];
        let mark = |token: Option<Token>| token.is_some_and(|token| token.kind == TokenKind::Mark);
        match self.of(this) {
            "*" if mark(self.glued_before(at)) || mark(self.glued_after(at)) => Some(at + 1),
            sign @ ("<" | ">") => {
                let next = self.glued_after(at).filter(|next| self.of(*next) == sign)?;
                self.push_mark(this.start, next.end);
                Some(at + 2)
            }
            "&" => {
                let name = self.glued_after(at).filter(|name| self.of(*name) == "quot")?;
                let stop = self.glued_after(at + 1).filter(|stop| stop.kind == TokenKind::Semicolon)?;
                self.push_mark(this.start, stop.end.max(name.end));
                Some(at + 3)
            }
            _ => None,
        }
    }

    /// `"It rained,"?said Brandt`, `"It rained,"-said Brandt`: what a space behind a mark became, or half of the mark.
    fn is_noise(&mut self, at: usize) -> bool {
        let hyphen = self.old[at].kind == TokenKind::Hyphen;
        let Some(mark) = self.glued_before(at).filter(|last| last.kind == TokenKind::Mark) else { return false };
        let behind = self.glued_after(at).is_some_and(|next| next.is_word() || next.kind == TokenKind::Number);
        let before = self.before_last().filter(|before| before.end == mark.start);
        match before.is_some_and(|before| is_point(before.kind)) {
            // `"It rained."? She left.`, `"It rained."?"It is late."`
            true => behind || !hyphen,
            false => behind && !hyphen && before.is_some_and(Token::is_word),
        }
    }

    /// `Otto Lind,-the mayor,-said`, `in Harrow.-“It rained”`: what a space behind a comma, or before a mark, became.
    fn is_space(&self, at: usize) -> bool {
        let next = self.glued_after(at);
        match self.glued_before(at).map(|last| last.kind) {
            Some(TokenKind::Comma) => next.is_some_and(Token::is_word),
            Some(TokenKind::Stop) => next.is_some_and(|next| next.kind == TokenKind::Mark),
            _ => false,
        }
    }

    /// A `?` or `�` that stands for a mark, or for a space or dash beside one.
    fn sign(&mut self, at: usize) -> Option<usize> {
        let this = self.old[at];
        if !matches!(self.of(this).trim_start_matches(UNREADABLE), "" | "?")
            && self.swapped.map(|(at, _)| at) != Some(at)
        {
            return None;
        }
        if let Some(next) = self.letter(at) {
            return Some(next);
        }
        if self.is_noise(at) {
            return Some(at + 1);
        }
        let mark = self.glued_before(at).filter(|last| last.kind == TokenKind::Mark);
        // `the letter "?the last one "?was lost`, `HARROW "?-Brandt said`: a dash.
        let behind = self.glued_after(at).filter(|next| next.is_word() || next.kind == TokenKind::Hyphen);
        if let Some(mark) = mark
            && self.before_last().is_some_and(|before| before.end < mark.start)
            && let Some(behind) = behind
        {
            let hyphen = behind.kind == TokenKind::Hyphen;
            let last = self.out.last_mut()?;
            (last.end, last.kind) = (if hyphen { behind.end } else { this.end }, TokenKind::Dash);
            return Some(at + 1 + usize::from(hyphen));
        }
        let end = self.run_end(at);
        if let Some((_, length)) = self.swapped.filter(|(close, _)| *close == at) {
            self.swapped = None;
            let last = self.old[end - 1].end;
            if this.start + length < last {
                self.out.push(Token { end: last - length, ..this });
            }
            self.push_mark(last - length, last);
            return Some(end);
        }
        if self.swapped.is_none() && self.glued_before(at).is_none() && self.opens(at, end) {
            self.push_mark(this.start, self.old[end - 1].end);
            return Some(end);
        }
        // `“It rained,? said Brandt`
        let comma = self.glued_before(at).is_some_and(|last| last.kind == TokenKind::Comma);
        if comma && self.glued_after(end - 1).is_none() {
            self.push_mark(this.start, self.old[end - 1].end);
            return Some(end);
        }
        None
    }

    /// `Rudi V�ller`, `Sch?uble`: a letter of a name that was lost; the word is one. Makes one word of both sides.
    fn letter(&mut self, at: usize) -> Option<usize> {
        let end = self.run_end(at);
        let before = self.glued_before(at).filter(|last| last.kind == TokenKind::Word)?;
        let after = self.glued_after(end - 1).filter(|next| next.kind == TokenKind::Word)?;
        let unreadable = self.of(self.old[at]) == UNREADABLE;
        let asked = before.is_capital() && !after.is_capital() && !after.word.is_known();
        if !unreadable && !asked {
            return None;
        }
        let last = self.out.last_mut()?;
        (last.end, last.word) = (after.end, WordId::NONE);
        Some(end + 1)
    }

    /// Whether a word, a number or a bracket is glued to the token before `end`.
    fn begins_words(&self, end: usize) -> bool {
        self.glued_after(end - 1)
            .is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number | TokenKind::Open))
    }

    /// Where a run of the unreadable ends: one mark may have become three of them.
    fn run_end(&self, at: usize) -> usize {
        let same =
            |other: usize| self.of(self.old[other]) == UNREADABLE && self.old[other - 1].end == self.old[other].start;
        let mut end = at + 1;
        while self.of(self.old[at]) == UNREADABLE && end < self.old.len() && same(end) {
            end += 1;
        }
        end
    }

    /// Whether the sign from `at` to `end` opens: a word follows at once, and the next sign of its kind closes. Notes where.
    fn opens(&mut self, at: usize, end: usize) -> bool {
        let Some(word) = self.glued_after(end - 1).filter(|next| next.is_word() || next.kind == TokenKind::Number)
        else {
            return false;
        };
        let sign = self.of(self.old[at]).to_owned();
        let length = self.old[end - 1].end - self.old[at].start;
        for close in end..self.old.len() {
            let other = self.old[close];
            let text = self.of(other);
            if other.kind == TokenKind::Mark && text == "”" {
                return word.is_capital();
            }
            if !text.ends_with(&sign) || !matches!(other.kind, TokenKind::Exclaim | TokenKind::Symbol) {
                continue;
            }
            let stop = self.run_end(close);
            let before = self.old[close - 1];
            let glued = before.end == other.start;
            let free = self.old.get(stop).is_none_or(|next| next.start > self.old[stop - 1].end || !next.is_word());
            // `can?t`
            if glued && !free {
                continue;
            }
            let behind_point = glued && (is_point(before.kind) || text.len() > sign.len());
            let small = self.old.get(stop).is_some_and(|next| !next.is_capital());
            let fits = behind_point || glued && before.is_word() && word.is_capital() && small;
            if fits {
                self.swapped = Some((close, length.min(self.old[stop - 1].end - other.start)));
            }
            return fits;
        }
        false
    }
}

/// A mark looks for its fellow over so many tokens at most.
const FAR: usize = 200;

/// Whether the mark at `at` is glued to what follows alone.
fn is_opening(tokens: &[Token], first: usize, at: usize) -> bool {
    let behind_gap = at == first || tokens[at - 1].end < tokens[at].start;
    behind_gap && tokens.get(at + 1).is_some_and(|next| next.start == tokens[at].end)
}

/// What stands before a closing mark.
fn is_point(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Exclaim | TokenKind::Ellipsis)
}
