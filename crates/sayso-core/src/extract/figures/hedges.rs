//! How a figure is put: the words that bound it (`more than`, `nearly`, `or so`), and the rise or fall that it is the
//! measure of.

use super::window::Window;
use crate::extract::{Change, Op};
use crate::language::WordId;
use crate::language::figures::{Class, Hedge, change};
use crate::language::grammar;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;

/// A hedge where it stands.
pub(super) struct Bound {
    /// What it says.
    pub op: Op,
    /// Its words.
    pub span: Span,
}

/// How far back a verb of change may stand.
const REACH: usize = 4;

impl Window<'_, '_> {
    /// The hedge that ends right before token `first`, or begins at `end`.
    pub(super) fn bound(&self, first: usize, end: usize) -> Option<Bound> {
        self.bound_before(first).or_else(|| self.bound_after(end))
    }

    /// Whether a hedge that is one for sure (`more than`, `nearly`) ends right before token `first`.
    pub(super) fn bound_right_before(&self, first: usize) -> bool {
        self.bound_before(first).is_some_and(|bound| bound.op != Op::Equal)
    }

    fn bound_before(&self, first: usize) -> Option<Bound> {
        let mut last = first.wrapping_sub(1);
        // "at least another 12 boats", "more than a further 40"
        if self.is(last, Class::FURTHER) {
            last = last.wrapping_sub(if self.is(last.wrapping_sub(1), Class::ARTICLE) { 2 } else { 1 });
        }
        // "under a $2 million contract", "over a 40-mile track": a preposition.
        if self.is(last, Class::ARTICLE) && self.listed(last.wrapping_sub(1), List::BoundPrepositions) {
            return None;
        }
        // "more than the 40 people", "about a 5 percent rise"
        if self.is(last, Class::DETERMINER.or(Class::ARTICLE))
            && self.is(last.wrapping_sub(1), Class::HEDGE_END)
            && !self.is(last, Class::HEDGE_END)
        {
            // "a book about her 15-month-old son", "over the two rivers": a preposition.
            if !self.is(last, Class::ARTICLE) && self.is(last.wrapping_sub(1), Class::YEAR_PREPOSITION.or(Class::STOP))
            {
                return None;
            }
            last = last.wrapping_sub(1);
        }
        // "over the past two decades", "under the next three mayors": a preposition, whatever it bounds elsewhere.
        let noun = first + usize::from(self.is(first, Class::DETERMINER.or(Class::ARTICLE)));
        if self.is(noun, Class::ANCHOR) && self.entry(noun).time != 0 {
            return None;
        }
        // "in sub-eight seconds"
        if self.inner_hyphen(last) && self.says(last.wrapping_sub(1), "sub") {
            return Some(Bound { op: Op::Less, span: Span::new(self.byte(last - 1), self.byte_after(last)) });
        }
        let symbol = matches!(self.text(last), "~" | ">" | "<" | "≈" | "≥" | "≤" | "∼");
        if !self.is(last, Class::HEDGE_END) && !symbol {
            return None;
        }
        // "under seven names", "under two mayors": a preposition before a small number in words that measures nothing.
        if self.says(last, "under") && self.is(first, Class::DIGIT) && self.is_kind(first + 1, TokenKind::Word) {
            let next = self.entry(first + 1);
            let measures = next.is(Class::UNIT.or(Class::UNITS).or(Class::SCALE))
                || self.units.word(self.rest(self.byte(first + 1))).is_some()
                || self.says_any(first + 1, &["percent", "per"]);
            if !measures {
                return None;
            }
        }
        let word = self.token(last).map_or(WordId::NONE, |token| token.word);
        self.words.before(word).find_map(|hedge| {
            let from = (last + 1).checked_sub(hedge.words.len())?;
            let end = self.matches(hedge, from)?;
            // `Adds up to 40`: what comes out, and no bound.
            if self.says(from, "up") && self.listed(from.wrapping_sub(1), List::AddingUp) {
                return None;
            }
            let op = match hedge.op {
                Op::More if self.is_denied(from) => Op::AtMost,
                Op::Less if self.is_denied(from) => Op::AtLeast,
                op => op,
            };
            Some(Bound { op, span: Span::new(self.byte(from), self.byte_after(end - 1)) })
        })
    }

    /// `cannot hold more than 40 boats`, `nobody may own fewer than two`: whether a verb whose object is bounded at `from` is denied. Not
    /// so in another clause (`not clear if more than 40`), behind a preposition of time (`not seen in more than 40 years`), nor
    /// where the verb tells what a count leaves out (`does not include more than 40`).
    fn is_denied(&self, from: usize) -> bool {
        const REACH: usize = 8;
        let verb = from.wrapping_sub(1);
        if self.listed(verb, List::AdjunctPrepositions) || !self.is_kind(verb, TokenKind::Word) {
            return false;
        }
        // "no boat may carry more", but not "with no care the boats carried more"
        let mut another = false;
        for back in 1..=REACH {
            let at = from.wrapping_sub(back);
            another |= self.is(at, Class::DETERMINER.or(Class::ARTICLE));
            let word = matches!(self.kind(at), Some(TokenKind::Word | TokenKind::Clitic));
            if !word || self.is(at, Class::CLAUSE.or(Class::SPEECH).or(Class::AND)) || self.listed(at, List::NoDenial) {
                return false;
            }
            let word = self.token(at).map(|token| self.page.lexicon.grammar.class(token.word)).unwrap_or_default();
            if word.has(grammar::Class::NEGATION) || self.listed(at, List::Deniers) {
                return back > 1 && !(another && self.says_any(at, &["no", "without"]));
            }
        }
        false
    }

    /// `spent over five years`, `fell over three months`: the span in which it was done, where a length of time stands
    /// behind `over` at `at` and ends before `end`. After `for`, `has` or `took`, and before `of`, it bounds the length.
    pub(super) fn is_span_of_doing(&self, at: usize, end: usize) -> bool {
        let before = at.wrapping_sub(1);
        let word = self.is_kind(before, TokenKind::Word);
        self.says(at, "over")
            && !self.is(end, Class::OF.or(Class::OLD))
            && !self.says_any(end, &["ago", "experience"])
            && !self.is(before, Class::LASTING)
            && (word && !self.capital(before) || self.is_kind(before, TokenKind::Number) || self.text(before) == "%")
    }

    /// The words that bound an age from before: `under the age of 65`, `over the ages of 12`.
    pub(super) fn age_bound(&self, first: usize) -> Option<Bound> {
        let age = first.wrapping_sub(2);
        if !self.is(first.wrapping_sub(1), Class::OF) || !self.is(age, Class::AGED) {
            return None;
        }
        let the = self.is(age.wrapping_sub(1), Class::DETERMINER);
        let word = age.wrapping_sub(if the { 2 } else { 1 });
        let op = match () {
            () if self.says_any(word, &["under", "below"]) => Op::Less,
            () if self.says_any(word, &["over", "above"]) => Op::More,
            () => return None,
        };
        Some(Bound { op, span: Span::new(self.byte(word), self.byte_after(word)) })
    }

    pub(super) fn bound_after(&self, end: usize) -> Option<Bound> {
        if self.text(end) == "+" && self.glued(end.wrapping_sub(1)) {
            return Some(Bound { op: Op::AtLeast, span: Span::new(self.byte(end), self.byte_after(end)) });
        }
        // but not "two-plus-two"
        if self.inner_hyphen(end) && self.listed(end + 1, List::HedgeEndings) && !self.inner_hyphen(end + 2) {
            let op = if self.says(end + 1, "plus") { Op::AtLeast } else { Op::About };
            return Some(Bound { op, span: Span::new(self.byte(end), self.byte_after(end + 1)) });
        }
        // "50ish boats"
        if self.says(end, "ish") && self.glued(end.wrapping_sub(1)) {
            return Some(Bound { op: Op::About, span: Span::new(self.byte(end), self.byte_after(end)) });
        }
        if !self.is(end, Class::HEDGE_START) {
            return None;
        }
        let hedge = self.words.after.iter().find(|hedge| self.matches(hedge, end).is_some())?;
        let last = end + hedge.words.len() - 1;
        // "and over the bridge", "or more than that": the hedge must end its phrase.
        // "$24 million plus at least $14 million": it joins two sums
        let joins = self.says(last, "plus")
            && (self.is(last + 1, Class::HEDGE_START.or(Class::CARDINAL))
                || self.bound_before(last + 3).is_some_and(|bound| bound.span.start == self.byte(last + 1))
                || matches!(self.kind(last + 1), Some(TokenKind::Number | TokenKind::Symbol)));
        if joins || self.is(last + 1, Class::DETERMINER.or(Class::ARTICLE)) || self.says(last + 1, "than") {
            return None;
        }
        Some(Bound { op: hedge.op, span: Span::new(self.byte(end), self.byte_after(last)) })
    }

    /// The end of the hedge's words at `from`.
    fn matches(&self, hedge: &Hedge, from: usize) -> Option<usize> {
        let all = hedge.words.iter().enumerate().all(|(i, word)| self.says(from + i, word));
        all.then_some(from + hedge.words.len())
    }

    /// `higher`, `lower`, `fewer`, `up`, `down`: a change of what stands before it.
    pub(super) fn compares(&self, at: usize) -> bool {
        self.ends(at, Ending::Comparative) || self.listed(at, List::ChangeAdverbs)
    }

    /// What stands at `at`, behind a figure, says of it: `15 percent, up from 13`; behind a share, `40 percent more fish`, but not `5
    /// percent more or less`. `Eight more boats` are others.
    pub(super) fn compared(&self, at: usize, share: bool) -> Option<Change> {
        if self.is_kind(at, TokenKind::Comma) && self.says(at + 2, "from") {
            return self.says_any(at + 1, &["up", "down"]).then(|| change(self.entry(at + 1)))?;
        }
        let either = self.says(at + 1, "or");
        match () {
            () if either || !share => None,
            () if self.says(at, "more") => Some(Change::Up),
            () if self.says_any(at, &["less", "fewer"]) => Some(Change::Down),
            () => None,
        }
    }

    /// The rise or fall that the figure over `first..end` measures: a verb shortly before it, or a noun or adverb right
    /// after it (not where the figure `counts` what stands there).
    pub(super) fn change(&self, first: usize, end: usize, counts: bool) -> Option<Change> {
        // "70 boats sank", "12 people fell": what the counted do. "12 points higher" is a change.
        let after = (end..end + if counts { 0 } else { 2 })
            .take_while(|at| self.is_kind(*at, TokenKind::Word) && !self.listed(*at, List::FiniteBe));
        if let Some(found) = after.into_iter().find_map(|at| change(self.entry(at))) {
            return Some(found);
        }
        // "cut the 4 percent levy", "reduce its $70 million debt": what is cut is not the figure.
        if self.is(first.wrapping_sub(1), Class::DETERMINER) {
            return None;
        }
        // "increase its presence in three ports": a place.
        if self.listed(first.wrapping_sub(1), List::PlacePrepositions) {
            return None;
        }
        for back in 1..=REACH {
            let at = first.wrapping_sub(back);
            if !matches!(self.kind(at)?, TokenKind::Word | TokenKind::Symbol) {
                return None;
            }
            // "demand will increase and 50% own a dog": another clause.
            if self.is(at, Class::AND) && back > 1 {
                return None;
            }
            // "11 rebounds and seven assists": what is counted.
            let number = |at: usize| self.is_kind(at, TokenKind::Number) || self.is(at, Class::CARDINAL);
            if self.is_plural(at) && number(at.wrapping_sub(1)) {
                return None;
            }
            if let Some(found) = change(self.entry(at)) {
                // "up to 5" bounds, it does not change.
                // and "comes up with 10 criteria" neither: the number, or what leads to it, follows at once.
                let way = self.says_any(at, &["up", "down"]);
                // "15 percent, up from 13": what it was; "edged up from 13 to 15" tells both.
                if way && self.says(at + 1, "from") && !self.is_kind(at.wrapping_sub(1), TokenKind::Word) {
                    return None;
                }
                // "make up half of it", "set up 12 offices"
                if way && self.is(at.wrapping_sub(1), Class::PHRASAL) {
                    return None;
                }
                let next = at + 1;
                let lead = Class::HEDGE_END.or(Class::ARTICLE).or(Class::HEDGE_START).or(Class::LEAD);
                let leads = (next..first).all(|at| self.is(at, lead) || !self.is_kind(at, TokenKind::Word));
                let bounds = self.says(at, "up") && self.says(next, "to");
                return (!bounds && (!way || leads)).then_some(found);
            }
        }
        None
    }
}
