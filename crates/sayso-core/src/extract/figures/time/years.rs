//! Years and decades: `2012–13`, `fiscal 2024`, `the late 1980s`, `nineteen eighty-four`; and the numbers that only look like
//! a year, as they count something.

use super::{Open, Timed, When};
use crate::extract::figures::digits;
use crate::extract::figures::names;
use crate::extract::figures::window::Window;
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use jiff::civil::Date;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// `1998`, `2012–13`, `the 1990s`, `mid-1998`, `fiscal 1998`, `the 1988 third quarter`.
    pub(super) fn year(&self, at: usize) -> Option<Timed> {
        let text = self.text(at);
        if let Some(found) = self.short_year(at) {
            return Some(found);
        }
        // "2025's best" is a year, "the 1990's" a decade.
        let decade = self.glued(at) && matches!(self.text(at + 1), "s" | "'s" | "’s");
        if decade && (text.ends_with('0') || self.text(at + 1) == "s") {
            return self.decade(at);
        }
        let year = names::year(text, digits::read(text)?.value)?;
        // "S1470-2045(09)": a part of a code
        let coded = self.text(at.wrapping_sub(2)).bytes().any(|byte| byte.is_ascii_digit());
        if self.inner_hyphen(at.wrapping_sub(1)) && coded && self.is_kind(at.wrapping_sub(2), TokenKind::Word) {
            return None;
        }
        // "call 1800 666 111"
        if self.listed(at, List::FreeLines) && self.is_kind(at + 1, TokenKind::Number) && self.phone(at, at + 1) {
            return None;
        }
        let before = at.wrapping_sub(1);
        // "the same quarter of 2024": the quarter named last.
        let quarter = before.wrapping_sub(1);
        if self.is(before, Class::OF) && self.says(quarter, "quarter") && self.says(quarter.wrapping_sub(1), "same") {
            let when = When::Open(Open::SameQuarter(year), String::new());
            return Timed::date(self.with_the(quarter.wrapping_sub(1)), at + 1, when);
        }
        if self.glued(before)
            && !matches!(
                self.kind(before),
                Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Open | TokenKind::Mark)
            )
        {
            return None;
        }
        let told = self.is(before, Class::YEAR_PREPOSITION.or(Class::FISCAL).or(Class::MONTH).or(Class::SEASON))
            && !self.listed(before, List::NumberPrepositions)
            || self.ends_span_of_years(before, year)
            || self.is_hedged_year(before)
            || self.inner_hyphen(before) && self.listed(before.wrapping_sub(1), List::YearPrefixes);
        // "the Jin Dynasty (1115-1234)"
        // "2013-13-45", "the Series 2025-3 bond": no date, and no year either
        let short = self.inner_hyphen(at + 1) && self.is_kind(at + 2, TokenKind::Number) && self.glued(at + 1);
        if short
            && (self.text(at + 2).len() == 1 || self.inner_hyphen(at + 3) && self.is_kind(at + 4, TokenKind::Number))
        {
            return None;
        }
        let later = (self.inner_hyphen(at + 1) || self.is_kind(at + 1, TokenKind::Dash))
            && digits::read(self.text(at + 2)).and_then(|read| names::year(self.text(at + 2), read.value)) > Some(year);
        let bracketed = later && self.is_kind(before, TokenKind::Open);
        let likely = (1800..=2050).contains(&year) || bracketed;
        let season = self.text(at + 1) == "/" && self.text(at + 2).len() == 2 && self.glued(at + 1);
        let hung = self.glued(at) && matches!(self.kind(at + 1), Some(TokenKind::Word | TokenKind::Symbol)) && !season;
        if hung || !(likely || told && year >= 1000) {
            return None;
        }
        let year_word = self.says(before, "year");
        if !told && !year_word {
            let sign = self.is_kind(before, TokenKind::Symbol) || self.is(before, Class::LABEL);
            // "up to 2013" ends a span of time, "up to 2000" may count
            let until = self.says(before, "to") && self.says(before.wrapping_sub(1), "up") && year % 100 != 0;
            let bounded = self.bound(at, self.end).is_some() && !until && !self.listed(before, List::NumberHedges);
            // "his 2005 returns", "the Lumen 2025 features": a year between what owns it and a noun.
            let owned = year % 100 != 0 && (1950..=2049).contains(&year) && self.owns_a_year(before);
            if sign || bounded || self.counts(at + 1) && !owned {
                return None;
            }
        }
        let first = match () {
            () if self.is(before, Class::FISCAL) => before,
            () if year_word => self.with_the(before),
            () => at,
        };
        // "the 1988 period"
        if self.says_any(at + 1, &["period", "quarter"]) && self.says(before, "the") {
            return Timed::value(before, at + 2, format!("{year:04}"));
        }
        // "the 1988 third quarter"
        let rank = self.entry(at + 1);
        if rank.is(Class::ORDINAL) && (1..=4).contains(&rank.number) && self.says(self.past_hyphen(at + 2), "quarter") {
            let end = self.past_hyphen(at + 2) + 1;
            return Timed::value(self.with_the(at), end, format!("{year:04}-Q{}", rank.number));
        }
        if let Some(found) = self.month_behind(at, year) {
            return Some(found);
        }
        // "2000 – 2500 crates"
        let other = digits::read(self.text(at + 2))
            .filter(|_| matches!(self.kind(at + 1), Some(TokenKind::Dash | TokenKind::Hyphen)));
        if other.is_some_and(|other| !told && other.value > Decimal::from(year) && self.counts(at + 3)) {
            return None;
        }
        let joint = self.is_kind(at + 1, TokenKind::Dash) || self.text(at + 1) == "/";
        if (self.inner_hyphen(at + 1) || joint && self.glued(at) && self.glued(at + 1))
            && self.is_kind(at + 2, TokenKind::Number)
        {
            let second = self.text(at + 2);
            let to = match second.len() {
                4 => second.parse::<i16>().ok(),
                2 => second.parse::<i16>().ok().map(|short| year - year % 100 + short),
                _ => None,
            };
            if let Some(to) = to.filter(|to| *to > year && (*to < year + 200 || bracketed)) {
                return Timed::value(first, at + 3, format!("{year:04}/{to:04}"));
            }
        }
        Timed::value(if first == at { self.with_part(at) } else { first }, at + 1, format!("{year:04}"))
    }

    /// `between 2001 and 2012 provides`, `from 2001 to 2012 sales`: whether the token joins a year before it to a later one.
    fn ends_span_of_years(&self, joint: usize, year: i16) -> bool {
        let first = joint.wrapping_sub(1);
        let led = match () {
            () if self.is(joint, Class::AND) => self.says(first.wrapping_sub(1), "between"),
            () if self.listed(joint, List::RangeWords) => self.says(first.wrapping_sub(1), "from"),
            () => false,
        };
        led && digits::read(self.text(first)).and_then(|read| names::year(self.text(first), read.value)) < Some(year)
            && self.text(first).len() == 4
    }

    /// `since at least 2013`, `until about 2013`: a hedge between a preposition of time and its year.
    fn is_hedged_year(&self, last: usize) -> bool {
        let bound = self.bound(last.wrapping_add(1), self.end);
        let first = bound.map(|bound| self.page.token_at(bound.span.start) as usize);
        first.is_some_and(|first| self.says_any(first.wrapping_sub(1), &["since", "until"]))
    }

    /// `2023 April 4`, `2023 Apr`, `1968 Jul-Aug`: a year before its month. Not `the 1963 March on the capital`.
    fn month_behind(&self, at: usize, year: i16) -> Option<Timed> {
        let (name, next) = (at + 1, at + 2);
        let month = self.entry(name);
        if !month.is(Class::MONTH) || !self.capital(name) || self.gap(at) != " " {
            return None;
        }
        // "2025 November 3–6, 2025": the month has a year of its own.
        if self.month(name).is_some_and(|found| found.first == name && matches!(found.when, When::Value(_))) {
            return None;
        }
        if self.is_kind(next, TokenKind::Number) {
            let day: i8 =
                self.text(next).parse().ok().filter(|_| self.text(next).len() <= 2 && !self.counts(next + 1))?;
            return Timed::value(at, next + 1, Date::new(year, month.time, day).ok()?.to_string());
        }
        let value = format!("{year:04}-{:02}", month.time);
        let last = self.entry(next + 1);
        if self.inner_hyphen(next) && last.is(Class::MONTH) && last.time > month.time {
            return Timed::value(at, next + 2, format!("{value}/{year:04}-{:02}", last.time));
        }
        (!self.is_kind(next, TokenKind::Word)).then(|| Timed::value(at, next, value)).flatten()
    }

    /// Whether a year may stand behind the word as an adjective or as a part of a name: after `his`, `its` or a name
    /// within a sentence.
    fn owns_a_year(&self, at: usize) -> bool {
        // "the 1989 protests"; people are counted: "the 1989 residents"
        let the = self.says(at, "the") && !self.is(at + 2, Class::PERSON) && self.is_plural(at + 2);
        let name = self.capital(at) && !self.is(at, Class::STOP.or(Class::DETERMINER).or(Class::AND));
        let own = self.is(at, Class::DETERMINER) && !self.listed(at, List::PointingDeterminers);
        the || own || name && self.capital(at.wrapping_sub(1)) && !self.title_case(at)
    }

    /// Whether something counted follows: a plural noun or a unit.
    pub(super) fn counts(&self, at: usize) -> bool {
        if self.is_kind(at, TokenKind::Symbol) && self.text(at) == "%" {
            return true;
        }
        let lower = self.is_kind(at, TokenKind::Word) && !self.capital(at);
        lower
            && (self.is_plural(at) && !self.is(at, Class::OF_A_YEAR)
                || self.is(at, Class::UNITS.or(Class::SCALE))
                || self.listed(at, List::YearLikeCounted))
    }

    /// `in ’98`, `the summer of '69`: two digits behind an apostrophe, after what a year may follow.
    fn short_year(&self, at: usize) -> Option<Timed> {
        let mark = at.wrapping_sub(1);
        let lead = mark.wrapping_sub(1);
        let apostrophe = matches!(self.text(mark), "'" | "’" | "‘") && self.glued(mark) && !self.glued(lead);
        let led = self.is(lead, Class::YEAR_PREPOSITION.or(Class::OF).or(Class::MONTH).or(Class::SEASON));
        let short: i16 = self.text(at).parse().ok().filter(|_| self.text(at).len() == 2 && apostrophe && led)?;
        let ends = !self.glued(at) || !matches!(self.kind(at + 1), Some(TokenKind::Word | TokenKind::Clitic));
        let year = if short < 30 { 2000 + short } else { 1900 + short };
        ends.then(|| Timed::value(mark, at + 1, format!("{year:04}"))).flatten()
    }

    /// `45 BC`, `AD 79`, `79 AD`: a year with its era.
    pub(super) fn era(&self, at: usize) -> Option<Timed> {
        let year: u16 = self.text(at).parse().ok().filter(|year| (1..3000).contains(year))?;
        let (before, next) = (at.wrapping_sub(1), at + 1);
        let christ = |at: usize| matches!(self.text(at), "AD" | "A.D." | "A.D" | "CE");
        let ancient = matches!(self.text(next), "BC" | "BCE" | "B.C." | "B.C") && self.gap(at).len() <= 1;
        match () {
            () if ancient => Timed::value(at, next + 1, format!("BC{year:04}")),
            () if christ(before) && self.gap(before) == " " && year < 1000 => {
                Timed::value(before, at + 1, format!("{year:04}"))
            }
            () if christ(next) && self.gap(at) == " " && year < 1000 => {
                Timed::value(at, next + 1, format!("{year:04}"))
            }
            () => None,
        }
    }

    /// `1990s`, `the late 1980s`.
    fn decade(&self, at: usize) -> Option<Timed> {
        let text = self.text(at);
        let value = match text.len() {
            4 if text.ends_with('0') => text[..3].to_owned(),
            2 if text.ends_with('0') => format!("19{}", &text[..1]),
            _ => return None,
        };
        let first = self.with_part(at);
        Timed::value(self.with_the(first), at + 2, value)
    }

    /// A year in words and its end: `nineteen ninety-six`, `two thousand and eight`.
    pub(super) fn spoken_year(&self, at: usize) -> Option<(i16, usize)> {
        let century = self.entry(at);
        if century.is(Class::TEEN.or(Class::TENS)) && matches!(century.number, 16..=20) {
            let tens = self.entry(at + 1);
            let next = self.past_hyphen(at + 2);
            let (rest, end) = if tens.is(Class::TENS) && self.is(next, Class::DIGIT) {
                (tens.number + self.entry(next).number, next + 1)
            } else if tens.is(Class::TENS.or(Class::TEEN)) {
                (tens.number, at + 2)
            } else {
                return None;
            };
            return Some(((century.number * 100 + rest) as i16, end));
        }
        None
    }

    /// `nineteen ninety-six`, `the year two thousand`.
    pub(super) fn year_in_words(&self, at: usize) -> Option<Timed> {
        // "twenty twenty fifths"
        let parts = |end: usize| self.is(end, Class::DENOMINATOR);
        if let Some((year, end)) = self.spoken_year(at).filter(|(_, end)| !parts(*end)) {
            return Timed::value(at, end, format!("{year:04}"));
        }
        let year = self.says(at.wrapping_sub(1), "year") && self.says(at, "two") && self.says(at + 1, "thousand");
        if year && !self.is(at + 2, Class::AND) {
            return Timed::value(self.with_the(at - 1), at + 2, "2000");
        }
        None
    }
}
