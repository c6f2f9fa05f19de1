//! Ranks: `11th`, `first`, `twenty-first`, `one hundred twenty fifth`; ranks told from the end of a row or from the one at
//! hand are read in [`super::ranks`].

use super::numeral::{Expect, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;
use rust_decimal::Decimal;
use std::ops::Range;

impl Window<'_, '_> {
    /// Adds the ordinal at `at`, if there is one; gives the next token.
    pub(super) fn ordinal(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let (first, end, value) = match self.kind(at)? {
            TokenKind::Number => {
                let suffix = self.glued(at) && self.listed(at + 1, List::OrdinalEndings);
                let read = super::digits::read(self.text(at)).filter(|_| suffix && !self.in_stones(at))?;
                (at, at + 2, read.value)
            }
            TokenKind::Word => self.ordinal_words(at)?,
            _ => return None,
        };
        // "57th Terrace", "Fifth Avenue"
        if self.is(end, Class::STREET)
            && self.capital(end)
            && (self.capital(first) || self.is_kind(at, TokenKind::Number))
        {
            return None;
        }
        Some(self.push_rank(first, first..end, value, out))
    }

    /// Adds a rank that begins at `first` and whose number stands at `number`; gives the next token.
    fn push_rank(&self, first: usize, number: Range<usize>, value: Decimal, out: &mut Vec<Figure>) -> usize {
        let end = self.byte_after(number.end - 1);
        let number_span = Span::new(self.byte(number.start), end);
        let mut figure = Figure::new(FigureKind::Ordinal, Span::new(self.byte(first), end), number_span);
        figure.value = Some(value.normalize());
        figure.precision = Some(Decimal::ONE);
        self.name_ranked(&mut figure, number.end);
        out.push(figure);
        number.end
    }

    /// Adds the rank at `at` that a sign tells, where it says that somebody is ranked: `ranked No. 3`, `#22 ranking`, `world number
    /// one`. Elsewhere such a number is a label.
    pub(super) fn numbered_rank(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let cardinal = self.is(at, Class::CARDINAL);
        if !cardinal && !self.is_kind(at, TokenKind::Number) {
            return None;
        }
        let before = at.wrapping_sub(1);
        let sign = match self.text(before) {
            "#" if self.glued(before) => before,
            "." if self.says(before.wrapping_sub(1), "no") => before - 1,
            _ if self.says(before, "number") => before,
            _ => return None,
        };
        let numeral = self.numeral(at, Expect::Any).filter(|numeral| numeral.value.is_integer())?;
        let end = numeral.end;
        if !self.listed(sign.wrapping_sub(1), List::RankWords) && !self.listed(end, List::RankNouns) {
            return None;
        }
        Some(self.push_rank(sign, at..end, numeral.value, out))
    }

    /// `12st`, `11st 4lb`: what is weighed in stones; `21st` alone is a rank.
    fn in_stones(&self, at: usize) -> bool {
        let digits = self.text(at);
        let ranked = digits.ends_with('1') && !digits.ends_with("11");
        let pounds = || {
            let rest = self.numeral(at + 2, Expect::Any);
            rest.and_then(|rest| self.measure(&rest)).is_some_and(|measure| measure.unit.name == "pound")
        };
        self.says(at + 1, "st") && (!ranked || pounds())
    }

    fn ordinal_words(&self, at: usize) -> Option<(usize, usize, Decimal)> {
        let entry = self.entry(at);
        if entry.is(Class::ORDINAL) {
            // "the first nine months": part of a length of time.
            let number = self.is_kind(at + 1, TokenKind::Number) || self.is(at + 1, Class::CARDINAL);
            if number && self.numeral(at + 1, Expect::Any).is_some_and(|numeral| self.time_unit(numeral.end).is_some())
            {
                return None;
            }
            let hung =
                self.is_kind(at + 1, TokenKind::Hyphen) && self.glued(at) && !self.ends(at + 2, Ending::Superlative);
            let share = self.article_share(at);
            let inside = self.inner_hyphen(at.wrapping_sub(1));
            if self.no_rank(at) || self.adverbial_first(at) {
                return None;
            }
            return (!hung && !share && !inside).then(|| (at, at + 1, Decimal::from(entry.number)));
        }
        if !entry.is(Class::CARDINAL) {
            return None;
        }
        let whole = self.cardinal(at)?;
        // "the two hundred and first day"
        let and = self.is(whole.end, Class::AND) && self.is(whole.end - 1, Class::SCALE);
        let last = if and { whole.end + 1 } else { self.past_hyphen(whole.end) };
        let rank = self.entry(last);
        // "one hundredth of it" is a share, "our one hundredth ship" a rank.
        let before = whole.first.wrapping_sub(1);
        let owned = self.is(before, Class::DETERMINER) || self.is_kind(before, TokenKind::Clitic);
        // "the one thousandth ship", "one thousandth ship"; not "one thousandth inch", "one hundredths"
        let of_one = self.in_phrase(last + 1) && !self.is_plural(last + 1) && !self.is_unit_word(last + 1);
        let ranks = rank.number >= 100 && !self.is(last + 1, Class::OF) && (owned || of_one);
        let one = whole.value == Decimal::ONE && !ranks;
        if !rank.is(Class::ORDINAL) || one || and && rank.number >= 100 {
            return None;
        }
        let value = self.joined(&whole, rank.number)?;
        let article = self.is(whole.first.wrapping_sub(1), Class::ARTICLE) || self.is(whole.first, Class::ARTICLE);
        if article && self.token(last + 1).is_none() && self.is(whole.end - 1, Class::TENS) {
            return None;
        }
        Some((whole.first, last + 1, value))
    }

    /// Whether a unit of measure or time is written at `at`.
    fn is_unit_word(&self, at: usize) -> bool {
        self.is(at, Class::UNIT.or(Class::UNITS)) || self.units.word(self.rest(self.byte(at))).is_some()
    }

    /// What is no rank, though an ordinal: `at first`, `First,` at the start of a sentence, `the First Lady`, `second nature`,
    /// `second homes`, `a split second`, `per second`.
    fn no_rank(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        let listed = self.is_kind(at + 1, TokenKind::Comma)
            && self.capital(at)
            && !matches!(self.kind(before), Some(TokenKind::Word | TokenKind::Comma | TokenKind::Number));
        let named =
            self.capital(at) && self.capital(at + 1) && self.is_kind(at + 1, TokenKind::Word) && !self.title_case(at);
        // "Nonprofits First": the last word of a name.
        let last = self.capital(at) && self.named(before) && !self.is_kind(at + 1, TokenKind::Word);
        self.says(at, "first") && self.says(before, "at")
            || last
            || self.says(before, "split")
            || self.is(before, Class::PER)
            || self.is(at + 1, Class::NO_ORDINAL)
            || self.entry(at).number == 3 && self.listed(at + 1, List::ThirdParties)
            || listed
            || named
    }

    /// `first` that says when or before whom, and ranks nothing: `the post appeared first on`, `the Ledger first reported`,
    /// `first we wait`, `we first met`. A determiner (`the first to leave`), a verb of ranking (`came first`) or a noun
    /// behind it (`won first prize`) makes it a rank.
    fn adverbial_first(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        // "her first", "Verity's first", "the two countries' first"
        let plural = self.token(before).is_some() && matches!(self.text(before), "'" | "’");
        let owned = self.is(before, Class::DETERMINER.or(Class::ARTICLE)) || self.is_kind(before, TokenKind::Clitic);
        if owned || plural || !self.says(at, "first") || self.listed(before, List::BeforeFirst) {
            return self.says(before, "the") && self.says(before.wrapping_sub(1), "in") && self.says(at + 1, "place");
        }
        let acting = self.participle(at + 1) && !self.is_plural(at + 2);
        acting || self.listed(before, List::PersonPronouns) || !self.goes_on(at + 1)
    }

    /// Whether the phrase of a rank may go on at `at`: with a word that is no particle, a number, a hyphen, a quoted word.
    fn goes_on(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Word) => self.in_phrase(at),
            Some(TokenKind::Number | TokenKind::Hyphen | TokenKind::Mark) => true,
            _ => false,
        }
    }

    /// `one hundred twenty` + `fifth` = 125; `two` + `hundredth` = 200.
    fn joined(&self, whole: &Numeral, rank: u64) -> Option<Decimal> {
        let rank = Decimal::from(rank);
        if rank >= Decimal::ONE_HUNDRED {
            return whole.value.checked_mul(rank);
        }
        let tens = self.is(whole.end - 1, Class::TENS) && rank < Decimal::TEN;
        let scale = self.is(whole.end - 1, Class::SCALE.or(Class::AND));
        if tens || scale { whole.value.checked_add(rank) } else { None }
    }

    /// `a third of`: read as a share.
    fn article_share(&self, at: usize) -> bool {
        self.is(at.wrapping_sub(1), Class::ARTICLE) && self.in_words(at).is_some()
    }
}
