//! Marks of a single stroke, which may be apostrophes: what each does, as its neighbours and the marks behind it tell.

use super::{Glyph, Later, Lean, Marks, Pair, Style, glyph};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::tokens::TokenKind;

/// What a mark of a single stroke does, as far as its neighbours tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// It opens.
    Opens,
    /// It closes.
    Closes,
    /// It closes, or it is the apostrophe of a genitive (`miners’ pay`) or of letters left out (`goin’ home`).
    Doubtful,
    /// It is an apostrophe.
    Apostrophe,
}

/// What closes a mark before the next one of its style opens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ahead {
    Nothing,
    Doubtful,
    Closes,
}

impl Marks<'_> {
    /// Fills in `strokes` and `ahead`.
    pub(super) fn look_ahead(&mut self) {
        self.strokes = self.at.iter().map(|at| self.stroke(*at)).collect();
        self.ahead = vec![Ahead::Nothing; self.at.len()];
        self.first_close = self.strokes.iter().position(|stroke| *stroke == Stroke::Closes).unwrap_or(usize::MAX);
        self.repeated = self.next_opens();
        self.mistyped = (0..self.at.len()).map(|i| self.is_mistyped(i)).collect();
        let mut next = [Ahead::Nothing; 6];
        for i in (0..self.at.len()).rev() {
            let (style, _) = glyph(self.tokens[self.at[i]].span().of(self.text));
            let slot = style as usize;
            self.ahead[i] = next[slot];
            next[slot] = match self.strokes[i] {
                Stroke::Opens => Ahead::Nothing,
                Stroke::Closes => Ahead::Closes,
                Stroke::Doubtful => next[slot].max(Ahead::Doubtful),
                Stroke::Apostrophe => next[slot],
            };
        }
    }

    pub(super) fn stroke(&self, at: usize) -> Stroke {
        let (style, glyph) = glyph(self.tokens[at].span().of(self.text));
        if !style.is_single() {
            return Stroke::Apostrophe;
        }
        match (glyph, self.lean(at)) {
            (Glyph::Closes, Lean::Opens) => Stroke::Apostrophe,
            (_, Lean::Opens) if self.is_elision(at) => Stroke::Apostrophe,
            (_, Lean::Opens) => Stroke::Opens,
            _ if self.ends_elision(at) => Stroke::Apostrophe,
            _ => self.behind_word(at, style),
        }
    }

    /// Reads a mark of a single stroke.
    pub(super) fn read_stroke(
        &mut self,
        i: usize,
        style: Style,
        open: Option<usize>,
        later: &Later,
        out: &mut Vec<Pair>,
    ) {
        let at = self.at[i];
        match (self.strokes[i], open) {
            (Stroke::Opens, None)
                if self.ahead[i] > Ahead::Nothing
                    || later.is_nested(style, 0)
                    || self.begins_speech(i, style)
                    || self.mistyped[i] && self.innermost(Style::Straight, out).is_none() =>
            {
                self.start(at, style, out);
            }
            (Stroke::Opens, Some(open)) => {
                let waiting = self.open.iter().filter(|i| out[**i].style == style).count() as u32;
                if self.after_end(at) || later.is_nested(style, waiting) {
                    self.again(open, at, style, later, out);
                }
            }
            (Stroke::Closes, Some(open)) => self.finish(open, at, out),
            (Stroke::Closes | Stroke::Doubtful, None) => self.finish_other(at, style, later, out),
            (Stroke::Doubtful, Some(open)) => {
                let speech = out[self.open[open]].open.is_some_and(|mark| self.is_led_in(mark as usize));
                let runs_on = speech && self.repeated == Some(style);
                if self.ahead[i] < Ahead::Closes && !runs_on {
                    self.finish(open, at, out);
                }
            }
            _ => {}
        }
    }

    /// `’90s`, `’em`, `’tis`: an apostrophe that stands for letters left out. A capital may as well begin speech
    /// (`‘Round and round we go,’`), where a mark closes it.
    pub(super) fn is_elision(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let text = next.span().of(self.text);
        let behind =
            self.tokens.get(at + 2).filter(|token| token.start == next.end).map(|token| token.span().of(self.text));
        if next.kind == TokenKind::Number {
            return text.len() == 2 && (text.starts_with('0') || behind == Some("s"));
        }
        let elided = self.lexicon.grammar.class(next.word).has(Class::ELIDED);
        elided && (!next.is_capital() || at > self.first || !self.closes_somewhere(at))
    }

    /// Whether a mark behind punctuation closes something after `at`.
    pub(super) fn closes_somewhere(&self, at: usize) -> bool {
        self.at.iter().any(|other| *other > at && self.after_end(*other) && self.lean(*other) == Lean::Closes)
    }

    /// The second mark of `rock ’n’ roll`.
    pub(super) fn ends_elision(&self, at: usize) -> bool {
        at >= self.first + 2
            && self.glued_before(at)
            && self.glued_before(at - 1)
            && self.tokens[at - 2].kind == TokenKind::Mark
            && self.tokens[at - 1].end - self.tokens[at - 1].start == 1
            && self.lexicon.grammar.class(self.tokens[at - 1].word).has(Class::ELIDED)
    }

    /// A mark behind a word: a genitive (`workers’ pay`), letters left out (`goin’ home`), or a closing mark.
    pub(super) fn behind_word(&self, at: usize, style: Style) -> Stroke {
        let Some(word) = at.checked_sub(1).filter(|_| self.glued_before(at)).map(|at| self.tokens[at]) else {
            return Stroke::Closes;
        };
        let text = word.span().of(self.text);
        let plural = word.is_word() && text.ends_with(['s', 'S']);
        let clipped = self.lexicon.grammar.class(word.word).has(Class::CLIPPED)
            || word.is_word() && text.len() > 3 && text.ends_with("in");
        let same = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.kind == TokenKind::Mark && glyph(token.span().of(self.text)).0 == style)
        };
        // `is the miners’,’ he said`, `they’re done talkin’,’ he said`
        if (plural || clipped) && self.glued_after(at) {
            let stop = matches!(self.tokens[at + 1].kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Exclaim);
            let marked = stop && self.glued_after(at + 1) && same(at + 2) || same(at + 1);
            // `we moved to the Joneses’. It was cold,’ he said`
            return match marked {
                true => Stroke::Apostrophe,
                // `shout "Mornin', Gerald!" every day`
                false if stop => Stroke::Doubtful,
                false => Stroke::Closes,
            };
        }
        let word_follows = !self.glued_after(at)
            && self.tokens.get(at + 1).is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number));
        // `'I like eels' The council …`: what a genitive owns begins with no article and is no pronoun.
        let owned = !word_follows
            || clipped
            || !self.tokens.get(at + 1).is_some_and(|next| {
                const OTHERS: Class = Class::DETERMINER.with(Class::RELATIVE).with(Class::OBJECT);
                let class = self.lexicon.grammar.class(next.word);
                self.lexicon.lists.reads(List::Articles, next.span().of(self.text))
                    || class.has(Class::SUBJECT) && !class.has(OTHERS)
            });
        match word_follows && owned && (plural || clipped) {
            true => Stroke::Doubtful,
            false => Stroke::Closes,
        }
    }

    /// `6'2"`: feet and inches.
    pub(super) fn is_inches(&self, at: usize, open: Option<usize>) -> bool {
        let digit = self.glued_before(at) && self.tokens[at - 1].kind == TokenKind::Number;
        digit && open.is_none()
    }
}
