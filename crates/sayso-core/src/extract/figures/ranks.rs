//! Ranks told from the end of a row or from the one at hand: `the last two books`, `the next president`, `a previous
//! version`, `second to last`, `the last but one`, `penultimate`. They have no number; their value is written as
//! `end-1`, `current+1`, in the figure's `iso` (records print it as the value).
//!
//! Periods keep their words: `last week`, `the next three months` are dates. `At last`, `the last name` are no ranks, nor is
//! what has no determiner before it (`previous studies`, `fighting will last`).

use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;

impl Window<'_, '_> {
    /// Adds the relative rank at `at`, if there is one; gives the next token.
    pub(super) fn relative_rank(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        if self.kind(at)? != TokenKind::Word && self.rank_here(at).is_none() {
            return None;
        }
        let (first, end, place) = self.counted_back(at).or_else(|| self.rank_word(at))?;
        let floor = out.last().map_or(0, |last| last.span.end);
        let first = if self.byte(first) < floor { at } else { first };
        let span = Span::new(self.byte(first), self.byte_after(end - 1));
        let mut figure = Figure { iso: Some(place), ..Figure::new(FigureKind::Ordinal, span, span) };
        self.name_ranked(&mut figure, end);
        out.push(figure);
        Some(end)
    }

    /// `the last but one`, `next to last`, `the second to last`, `third from last`, `the one before the last`: a place
    /// counted from the end.
    fn counted_back(&self, at: usize) -> Option<(usize, usize, String)> {
        let entry = self.entry(at);
        let the = |first: usize| if self.says(first.wrapping_sub(1), "the") { first - 1 } else { first };
        if self.says_any(at, &["last", "next"]) && self.says(at + 1, "but") {
            let digits = self.text(at + 2).parse().ok().filter(|_| self.is_kind(at + 2, TokenKind::Number));
            let number = if self.is(at + 2, Class::DIGIT) { Some(self.entry(at + 2).number) } else { digits }?;
            let last = self.says(at, "last");
            let place = if last { format!("end-{number}") } else { format!("current+{}", number.checked_add(1)?) };
            return (1..10).contains(&number).then(|| (the(at), at + 3, place));
        }
        let (rank, after) = self.rank_here(at).unwrap_or((entry.number, at + 1));
        let second = after > at + 1 && rank >= 2 || entry.is(Class::ORDINAL) && (2..=20).contains(&rank);
        if second || self.says(at, "next") {
            let joint = self.past_hyphen(after);
            let last = self.past_hyphen(joint + 1);
            // "the next to the last"
            let last = if self.says(last, "the") { last + 1 } else { last };
            let joined = self.says_any(joint, &["to", "from"]) && self.says(last, "last");
            // "the second last": British.
            let last = if joined { last } else { joint };
            let back = if second { rank.checked_sub(1)? } else { 1 };
            // "finished fifth last season"
            let period = Class::UNIT.or(Class::MONTH).or(Class::SEASON).or(Class::WEEKDAY);
            let period = self.is(last + 1, period) || self.listed(last + 1, List::RankPeriods);
            let told = joined || second && self.says(last, "last") && !period;
            let first = if second { the(at) } else { at };
            if told {
                return Some((first, last + 1, format!("end-{back}")));
            }
        }
        // "the third from the end"
        if second && self.says_any(after, &["from", "to"]) {
            let end = if self.says(after + 1, "the") { after + 2 } else { after + 1 };
            let back = rank.checked_sub(1)?;
            return self.says_any(end, &["end", "bottom"]).then(|| (the(at), end + 1, format!("end-{back}")));
        }
        // "better than the one before", "the one after"
        let ends = !self.is_kind(at + 2, TokenKind::Word) && !self.is_kind(at + 2, TokenKind::Number);
        if self.says(at, "one") && self.says(at.wrapping_sub(1), "the") && ends {
            let place = match () {
                () if self.says(at + 1, "before") => "current-1",
                () if self.says(at + 1, "after") => "current+1",
                () => return None,
            };
            return Some((the(at), at + 2, place.to_owned()));
        }
        // "the one before the last", "the one after the next one"
        if self.says(at, "one") && self.says_any(at + 1, &["before", "after"]) {
            let word = if self.says(at + 2, "the") { at + 3 } else { at + 2 };
            let end = if self.says(word + 1, "one") { word + 2 } else { word + 1 };
            let before = self.says(at + 1, "before");
            let place = match () {
                () if before && self.says(word, "last") => "end-1",
                () if before && self.says(word, "current") => "current-1",
                () if before && self.says(word, "previous") => "current-2",
                () if !before && self.says(word, "current") => "current+1",
                () if !before && self.says(word, "next") => "current+2",
                () => return None,
            };
            return Some((the(at), end, place.to_owned()));
        }
        None
    }

    /// The rank in digits at `at`, and where it ends: `3rd`.
    fn rank_here(&self, at: usize) -> Option<(u64, usize)> {
        let suffix = self.glued(at) && self.listed(at + 1, List::OrdinalEndings);
        let rank = self.text(at).parse().ok().filter(|_| suffix && self.is_kind(at, TokenKind::Number))?;
        (1..=20).contains(&rank).then_some((rank, at + 2))
    }

    /// `the last two books`, `the next one`, `her previous post`, `penultimate`.
    fn rank_word(&self, at: usize) -> Option<(usize, usize, String)> {
        let entry = self.entry(at);
        if !entry.is(Class::RANK) {
            return None;
        }
        let place = || entry.code.to_owned();
        if entry.number > 0 {
            return Some((at, at + 1, place()));
        }
        let end = entry.code.starts_with("end");
        // but "the next one billion users"
        if self.says(at + 1, "one") && !self.is(at + 2, Class::SCALE) {
            return Some((at, if end { at + 1 } else { at + 2 }, place()));
        }
        // "the current law" ranks nothing; "the current one" does.
        if self.says(at, "current") {
            return None;
        }
        let before = at.wrapping_sub(1);
        let owned = Class::DETERMINER.or(Class::ARTICLE).or(Class::DIGIT);
        // "the eleventh and last mayor"
        let second = self.is(before, Class::AND) && self.is(before.wrapping_sub(1), Class::ORDINAL);
        // "Previous page", "next step" at the head of a line
        let head = self.token(before).is_none() && !end && self.in_phrase(at + 1) && !self.in_phrase(at + 2);
        let head = head && !self.is_plural(at + 1) && !self.capital(at + 1);
        // "came last", "finished dead last"
        let came = end && self.listed(before, List::BeforeLast) && !self.in_phrase(at + 1);
        let told = came || self.is(before, owned) || self.is_kind(before, TokenKind::Clitic) || second || head;
        if !told || self.inner_hyphen(at + 1) {
            return None;
        }
        if self.is(at + 1, Class::CARDINAL) || self.is_kind(at + 1, TokenKind::Number) {
            return (!self.period(at + 1)).then(|| (at, at + 1, place()));
        }
        let noun = self.is_kind(at + 1, TokenKind::Word) && !self.is(at + 1, Class::STOP.or(Class::NO_RANK));
        let alone =
            (end || self.says(at, "previous")) && self.says(before, "the") && !noun && !self.is(at + 1, Class::NO_RANK);
        let idiom = self.capital(at + 1) && self.capital(at);
        ((noun || alone || came) && !idiom && !self.period(at + 1)).then(|| (at, at + 1, place()))
    }

    /// Whether what begins at `at` is a length or point of time: `three months`, `few days`, `Tuesday`, `fiscal year`.
    fn period(&self, at: usize) -> bool {
        let time =
            Class::UNIT.or(Class::UNITS).or(Class::MONTH).or(Class::WEEKDAY).or(Class::WEEKDAYS).or(Class::SEASON);
        let time = time.or(Class::SEASONS).or(Class::DAYPART).or(Class::FEW).or(Class::FISCAL).or(Class::SHARE);
        (at..at + 4)
            .take_while(|at| matches!(self.kind(*at), Some(TokenKind::Word | TokenKind::Number | TokenKind::Hyphen)))
            .any(|at| self.is(at, time))
    }

    /// Past the ranks that are joined to the one before `at`, and past `ever`: `the first, second and third boats`, `the 3rd
    /// and 4th rows`, `her first ever car`.
    fn past_ranks(&self, at: usize) -> usize {
        const MOST: usize = 4;
        let mut end = at;
        for _ in 0..MOST {
            let comma = if self.is_kind(end, TokenKind::Comma) { end + 1 } else { end };
            let next = if self.is(comma, Class::AND) || self.says(comma, "or") { comma + 1 } else { comma };
            let digits = self.is_kind(next, TokenKind::Number)
                && self.glued(next)
                && self.listed(next + 1, List::OrdinalEndings);
            match () {
                () if next == end => break,
                // "the fifth and final boat"
                () if self.is(next, Class::ORDINAL.or(Class::RANK)) || self.says(next, "final") => end = next + 1,
                () if digits => end = next + 2,
                () => break,
            }
        }
        if self.says(end, "ever") { end + 1 } else { end }
    }

    /// Gives an ordinal the noun that it ranks: `the last two books`.
    pub(super) fn name_ranked(&self, figure: &mut Figure, end: usize) {
        // "the second-fastest rower": the rank is of what is fastest.
        let end = if self.inner_hyphen(end) { end + 2 } else { end };
        let end = self.past_ranks(end);
        let number = self.is_kind(end, TokenKind::Number) || self.is(end, Class::CARDINAL);
        let mut after = match number {
            true => self.numeral(end, super::numeral::Expect::Any).map_or(end, |numeral| numeral.end),
            false => end,
        };
        // "the 13th five-year plan"
        if number && self.inner_hyphen(after) && self.is(after + 1, Class::UNIT) {
            after += 2;
        }
        // "first shown", "second named": an adverb.
        // but "the first defending champions"
        let acting = self.ends(end, Ending::Gerund) && self.in_phrase(end + 1);
        if after == end && self.participle(end) && !acting {
            return;
        }
        // "the second largest Ostbank": the name is what is ranked
        let largest = after == end && self.ends(end, Ending::Superlative) && self.capital(end + 1);
        let noun = match largest && !self.in_phrase(end + 2) {
            true => Some(self.noun(end + 1)),
            false => self.counted(after, after == end),
        };
        if let Some(noun) = noun {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
    }
}
