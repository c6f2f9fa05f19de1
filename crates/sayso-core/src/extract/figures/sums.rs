//! What a sum of money is: `fines of £3m`, `a grant worth £3m`, `£3m in damages`, `a £3m grant`, `the fine was £3m`. The subject
//! of a clause is taken only if it is a word for a sum; of any other (`the pier is £3m over budget`) it need not be the amount.

use super::nouns::Noun;
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;

/// How many tokens the noun of a sum may stand away from it.
const REACH: usize = 6;

/// What ends a noun phrase behind a sum, though it could be part of another: a day, a unit of time.
const WHEN: Class =
    Class::DAY.or(Class::WEEKDAY).or(Class::MONTH).or(Class::UNIT).or(Class::UNITS).or(Class::ANCHOR).or(Class::SHIFT);

impl Window<'_, '_> {
    /// Gives a sum over `first..end` the noun that tells what it is.
    pub(super) fn name_sum(&self, figure: &mut Figure, first: usize, end: usize) {
        if figure.kind != FigureKind::Money || figure.noun.is_some() {
            return;
        }
        if let Some(noun) = self
            .sum_in(end)
            .or_else(|| self.sum_of(first))
            .or_else(|| self.sum_before(first, end))
            .or_else(|| self.sum_told(first))
        {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
    }

    /// `£3m in damages`, `$40 million in back taxes`, `£3m of debt`; not `in total`, `in London`, `in three years`.
    fn sum_in(&self, end: usize) -> Option<Noun> {
        // "£3m worth of orders"
        let end = if self.says(end, "worth") { end + 1 } else { end };
        let at = end + 1;
        let told = (self.says(end, "in") || self.is(end, Class::OF))
            && (self.in_phrase(at) || self.is(at, Class::ADJECTIVE))
            && !self.capital(at)
            && !self.is(at, Class::IN_IDIOM);
        // "$3 million in fiscal 2018"
        let year =
            self.is(at, Class::FISCAL) && (self.is(at + 1, Class::UNIT) || self.is_kind(at + 1, TokenKind::Number));
        if !told || self.is(at, Class::SEASON) || year {
            return None;
        }
        self.last_noun(at)
    }

    /// `fines of up to £3m`, `a grant worth £3m`, `contracts valued at £3m`.
    fn sum_of(&self, first: usize) -> Option<Noun> {
        let first = self.bound(first, self.end).map_or(first, |bound| self.page.token_at(bound.span.start) as usize);
        let mut link = first.wrapping_sub(1);
        if self.says_any(link, &["at", "to"]) {
            link = link.wrapping_sub(1);
        } else if self.is(link, Class::OF) {
            return self.named_sum(link.wrapping_sub(1));
        }
        if self.is(link, Class::WORTH) { self.named_sum(link.wrapping_sub(1)) } else { None }
    }

    /// The noun right before what leads to a sum.
    fn named_sum(&self, at: usize) -> Option<Noun> {
        let begins = self.page.sentence_at(self.byte(at)).is_some_and(|sentence| sentence.span.start == self.byte(at));
        let sum = self.is(at, Class::SUM_NOUN);
        let common = (sum || self.in_phrase(at)) && (!self.capital(at) || begins || self.title_case(at));
        let class = Class::SUM.or(Class::ADJECTIVE).or(Class::VERB).or(Class::HEDGE_END).or(Class::WORTH).or(WHEN);
        (common && (sum || !self.is(at, class)) && !self.participle(at) && !self.adverb(at)).then(|| self.noun(at))
    }

    /// `a £3m grant`, `its $40 million stake`: behind a determiner.
    fn sum_before(&self, first: usize, end: usize) -> Option<Noun> {
        let bound = self.bound(first, self.end).map_or(first, |bound| self.page.token_at(bound.span.start) as usize);
        let owns = |at: usize| self.is(at, Class::DETERMINER.or(Class::ARTICLE)) || self.is_kind(at, TokenKind::Clitic);
        // "a £3m grant", "an initial £3m grant"
        let led = |at: usize| {
            let (before, further) = (at.wrapping_sub(1), at.wrapping_sub(2));
            owns(before) || owns(further) && self.in_phrase(before) && !self.is_plural(before)
        };
        if !led(first) && !led(bound) {
            return None;
        }
        self.last_noun(self.past_hyphen(end))
    }

    /// `the fine was £3m`, `revenue rose 4% to £3m`, `sales are expected to reach a record £3m`: the subject of the clause.
    fn sum_told(&self, first: usize) -> Option<Noun> {
        let first = self.bound(first, self.end).map_or(first, |bound| self.page.token_at(bound.span.start) as usize);
        self.subject_of_sum(self.before_verbs(self.past_praise(first))?)
    }

    /// The place of the article in `a staggering £3m`, `an amazing £3m`; `first` elsewhere.
    fn past_praise(&self, first: usize) -> usize {
        let (word, article) = (first.wrapping_sub(1), first.wrapping_sub(2));
        let praised = self.is(article, Class::ARTICLE) && self.in_phrase(word) && !self.capital(word);
        if praised && !self.is_kind(first, TokenKind::Word) { article } else { first }
    }

    /// The token before the verbs that lead to a sum at `first`: `rose 4% to`, `is expected to reach`, `came in at`. None where no
    /// verb leads to it.
    fn before_verbs(&self, first: usize) -> Option<usize> {
        let verb = Class::STOOD.or(Class::BE).or(Class::UP).or(Class::DOWN).or(Class::AUXILIARY);
        let (mut at, mut told) = (first, false);
        for _ in 0..REACH {
            let before = at.wrapping_sub(1);
            let does = self.is(before, verb) || self.listed(before, List::SumVerbs);
            if self.is(before, Class::SUM_NOUN) && !self.is(before.wrapping_sub(1), Class::AUXILIARY) {
                break;
            }
            let in_at = self.says(before, "in") && self.says(at, "at");
            let leads = does || self.is(before, Class::LEAD) || self.adverb(before) || in_at;
            let share = || self.share_that_ends(before).filter(|_| self.says(at, "to"));
            match if leads { Some(before) } else { share() } {
                Some(further) => at = further,
                None => break,
            }
            told |= does;
        }
        told.then(|| at.wrapping_sub(1))
    }

    /// Where a share begins whose last token is at `last`: `4%`, `4 percent`.
    fn share_that_ends(&self, last: usize) -> Option<usize> {
        let share = self.text(last) == "%" || self.listed(last, List::PercentsOf);
        let number = last.wrapping_sub(1);
        (share && self.is_kind(number, TokenKind::Number)).then_some(number)
    }

    /// The word for a sum that is the subject whose last word is at `at`: `revenue`, `the cost of the pier`, `sales for the year`,
    /// `profit before tax`.
    fn subject_of_sum(&self, at: usize) -> Option<Noun> {
        let links = Class::OF.or(Class::YEAR_PREPOSITION);
        let further = self.is(at.wrapping_sub(1), links) && self.is(at.wrapping_sub(2), Class::SUM_NOUN);
        if self.is(at, Class::SUM_NOUN) && !further {
            return Some(self.noun(at));
        }
        let class = Class::SUM_NOUN.or(Class::DETERMINER).or(Class::ARTICLE).or(links);
        let phrase = |at: &usize| self.in_phrase(*at) || self.is(*at, class) || self.is_kind(*at, TokenKind::Number);
        (1..=REACH)
            .map(|back| at.wrapping_sub(back))
            .take_while(phrase)
            .find(|at| self.is(*at, Class::SUM_NOUN) && self.is(at + 1, links))
            .map(|at| self.noun(at))
    }

    /// `$5 trillion in trade passes each year`: a word in -s before a determiner, and no part of what the sum is.
    fn is_verb_behind(&self, at: usize) -> bool {
        let next = Class::DETERMINER.or(Class::ARTICLE);
        self.is_plural(at) && (self.is(at + 1, next) || self.listed(at + 1, List::VerbFollowers))
    }

    /// The last noun of the phrase that begins at `from`: `back taxes`, `Series B funding round`.
    fn last_noun(&self, from: usize) -> Option<Noun> {
        let goes_on = |at: &usize| {
            let word = self.in_phrase(*at) || *at == from && self.is(*at, Class::ADJECTIVE);
            self.inner_hyphen(*at)
                || self.possessive(*at)
                || *at > from && self.joins_adjectives(*at)
                || word && !self.is(*at, WHEN.or(Class::VERB)) && !self.adverb(*at)
        };
        let mut last = None;
        for at in (from..from + REACH).take_while(goes_on) {
            // "damages awarded to them", "the £3m raised so far"
            if self.participle(at) && !self.in_phrase(at + 1) && !self.is(at, Class::SUM_NOUN)
                || self.listed(at, List::EverywhereWords)
                || last.is_some() && (self.is_verb_behind(at) || self.listed(at, List::RelativeGerunds))
            {
                break;
            }
            let named = self.capital(at) && !self.acronym(at);
            if self.is_kind(at, TokenKind::Word) && !named && !self.is(at, Class::ADJECTIVE.or(Class::SUM)) {
                last = Some(at);
            }
        }
        let closed = last.is_some_and(|last| last + 1 < from + REACH);
        last.filter(|_| closed).map(|last| self.noun(last))
    }
}
