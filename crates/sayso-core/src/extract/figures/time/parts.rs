//! Parts of years and more than years: quarters, halves, seasons, centuries, and days with a name of their own.

use super::when::SEASONS;
use super::{Open, Scale, Side, Timed, When};
use crate::extract::figures::window::Window;
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use jiff::civil::Date;

impl Window<'_, '_> {
    /// `the third quarter of 1998`, `third-quarter`, `the fiscal first quarter`, `the 19th century`, `the first half`.
    pub(super) fn ordinal_period(&self, at: usize) -> Option<Timed> {
        let rank = self.entry(at).number;
        let mut next = self.past_hyphen(at + 1);
        if self.is(next, Class::FISCAL) {
            next += 1;
        }
        if self.is(next, Class::WEEKDAY)
            && next == at + 1
            && let Some(found) = self.weekday_of_month(next, at, Some(rank))
        {
            return Some(found);
        }
        if self.is(next, Class::UNIT)
            && next == at + 1
            && let Some(found) = self.part_of_period(next, at, Some(rank))
        {
            return Some(found);
        }
        if self.says(next, "quarter") && (1..=4).contains(&rank) {
            return self.quarter(at, rank as i8, next + 1);
        }
        if let Some(found) = self.quarters(at, rank as i8) {
            return Some(found);
        }
        if self.says(next, "half") && rank <= 2 {
            // "the first half-year of 2016"
            let year = self.inner_hyphen(next + 1) && self.says(next + 2, "year");
            return self.half_year(at, rank as i8, if year { next + 3 } else { next + 1 });
        }
        if self.says_any(next, &["century", "centuries"]) && rank <= 30 {
            return self.century_of(at, rank, next + 1);
        }
        // "the eighteenth and nineteenth centuries"
        let more = || self.century_ahead(at + 1);
        if (1..=30).contains(&rank) && more() { self.century_of(at, rank, at + 1) } else { None }
    }

    /// `first` and `second quarters of 2024` of `the first and second quarters of 2024`: the year is told behind the last.
    fn quarters(&self, at: usize, rank: i8) -> Option<Timed> {
        if !(1..=4).contains(&rank) {
            return None;
        }
        if self.says(at + 1, "quarters") && self.is(at.wrapping_sub(2), Class::ORDINAL) {
            return self.quarter(at, rank, at + 2);
        }
        let joined = self.is(at + 1, Class::AND) || self.listed(at + 1, List::DayJoins);
        let last = self.entry(at + 2);
        let goes_on = joined && last.is(Class::ORDINAL) && self.says(at + 3, "quarters") && last.number <= 4;
        let whole = goes_on.then(|| self.quarter(at + 2, rank, at + 4)).flatten()?;
        Some(Timed { first: self.with_the(at), end: at + 1, ..whole })
    }

    /// The century of a rank at `at`, past a part before it: `the mid-nineteenth century`.
    fn century_of(&self, at: usize, rank: u64, end: usize) -> Option<Timed> {
        Timed::value(self.with_the(self.with_part(at)), end, format!("{}", rank.checked_sub(1)?))
    }

    /// Whether a rank before `at` is joined with one that is of centuries: `18th and early 19th centuries`.
    fn century_ahead(&self, at: usize) -> bool {
        if !self.is(at, Class::AND) && !self.listed(at, List::DayJoins) {
            return false;
        }
        let part = if self.is(at + 1, Class::DETERMINER) { at + 2 } else { at + 1 };
        let rank = if self.is(part, Class::PART) { self.past_hyphen(part + 1) } else { part };
        let digits = self.glued(rank) && self.listed(rank + 1, List::OrdinalEndings);
        let end = if digits { rank + 2 } else { rank + 1 };
        (digits || self.is(rank, Class::ORDINAL)) && self.says_any(self.past_hyphen(end), &["century", "centuries"])
    }

    /// `the 19th century`, in digits.
    pub(super) fn century(&self, at: usize) -> Option<Timed> {
        let suffix = self.glued(at) && self.listed(at + 1, List::OrdinalEndings);
        let rank: u64 = self.text(at).parse().ok().filter(|rank| suffix && (1..=30).contains(rank))?;
        let word = self.past_hyphen(at + 2);
        match () {
            () if self.says_any(word, &["century", "centuries"]) => self.century_of(at, rank, word + 1),
            () if self.century_ahead(at + 2) => self.century_of(at, rank, at + 2),
            () => None,
        }
    }

    /// `the first half of 2016`, `the second half of the year`: only with its year, as matches have halves too.
    pub(super) fn half_year(&self, at: usize, rank: i8, end: usize) -> Option<Timed> {
        let of = if self.is(end, Class::OF) { end + 1 } else { end };
        let first = self.with_the(at);
        let tail = format!("-H{rank}");
        if let Some((year, last)) = self.year_after(of).filter(|_| !self.is_kind(of, TokenKind::Comma)) {
            return Timed::value(first, last, format!("{year:04}{tail}"));
        }
        // "the second half of May"
        let month = (of > end && self.is(of, Class::MONTH)).then(|| self.month(of)).flatten();
        if let Some(month) = month.filter(|month| month.first == of) {
            let whole = match &month.when {
                When::Value(month) => month.len() == 7,
                When::Open(open, _) => matches!(open, Open::Month(..) | Open::MonthOfYear(..)),
            };
            return whole.then_some(Timed { first, ..month });
        }
        let (by, last) = match self.year_told(end) {
            Some(told) => told,
            None if self.says(of, "the") && self.says(of + 1, "year") && of > end => (0, of + 2),
            None => return None,
        };
        Timed::date(first, last, When::Open(Open::Shift(Scale::Year, by), tail))
    }

    /// `Q3 2015`, `Q1`, `H1 2016`, `FY2016`: one word of a letter or two and a number.
    pub(crate) fn coded_period(&self, at: usize) -> Option<Timed> {
        let text = self.text(at);
        if let Some(year) = text.strip_prefix("FY") {
            let digits = year.bytes().all(|byte| byte.is_ascii_digit());
            let century = match year.len() {
                2 => "20",
                4 => "",
                _ => return None,
            };
            return Timed::value(at, at + 1, format!("{century}{year}")).filter(|_| digits);
        }
        // "Q1: How long …", "an Audi Q5"
        if self.is_kind(at + 1, TokenKind::Colon) || self.named(at.wrapping_sub(1)) {
            return None;
        }
        let rank = text.get(1..)?.parse().ok()?;
        match (text.get(..1)?, rank) {
            ("Q", 1..=4) => self.quarter(at, rank, at + 1),
            ("H", 1..=2) => self.half_year(at, rank, at + 1),
            _ => None,
        }
    }

    /// `2Q 2014`, `the 1Q results`: a quarter, its number in front.
    pub(super) fn short_quarter(&self, at: usize) -> Option<Timed> {
        let rank: i8 = self.text(at).parse().ok().filter(|rank| (1..=4).contains(rank))?;
        (self.glued(at) && self.text(at + 1) == "Q").then(|| self.quarter(at, rank, at + 2)).flatten()
    }

    /// The quarter of a year, with the year that may follow or come before.
    pub(super) fn quarter(&self, at: usize, rank: i8, end: usize) -> Option<Timed> {
        let mut first = at;
        let mut before = at.wrapping_sub(1);
        if self.inner_hyphen(before) {
            before = before.wrapping_sub(1);
        }
        if self.is(before, Class::FISCAL) || self.says_any(before, &["year-ago"]) {
            first = before;
        }
        // `the third-quarter loss`: the article is the noun's.
        if !self.is_kind(end.wrapping_sub(2), TokenKind::Hyphen) {
            first = self.with_the(first);
        }
        let of = if self.is(end, Class::OF) { end + 1 } else { end };
        if let Some((year, last)) = self.year_after(of).filter(|_| !self.is_kind(of, TokenKind::Comma)) {
            return Timed::value(first, last, format!("{year:04}-Q{rank}"));
        }
        if let Some((by, last)) = self.year_told(end) {
            return Timed::open(first, last, Open::QuarterOfYear(rank, by));
        }
        Timed::open(first, end, Open::Quarter(rank))
    }

    /// `this summer`, `last fall`, `the winter of 1994`, `summer 2015`.
    pub(super) fn season(&self, at: usize) -> Option<Timed> {
        let season = SEASONS.iter().position(|code| *code == self.entry(at).code)? as i8;
        let before = at.wrapping_sub(1);
        let anchor = self.entry(before);
        let of = if self.is(at + 1, Class::OF) { at + 2 } else { at + 1 };
        if let Some((year, end)) = self.year_after(of) {
            // "the winter of 2028-29"
            let two = self.text(end + 1).len() == 2 && self.is_kind(end + 1, TokenKind::Number);
            let joint = self.inner_hyphen(end) || self.is_kind(end, TokenKind::Dash) && self.glued(end);
            let end = if joint && two { end + 2 } else { end };
            return Timed::value(self.with_the(at), end, format!("{year:04}-{}", self.entry(at).code));
        }
        // "the winter solstice", "the Winter Games"
        let named = self.capital(at) && self.capital(at + 1) && !self.title_case(at);
        if self.listed(at + 1, List::SeasonIdioms) || named && !anchor.is(Class::ANCHOR) {
            return None;
        }
        if anchor.is(Class::ANCHOR) {
            let side = match anchor.time {
                -1 => Side::Past,
                1 => Side::Future,
                _ => Side::Closest,
            };
            let first = if self.says(before.wrapping_sub(1), "this") { before - 1 } else { self.with_the(before) };
            return Timed::open(first, at + 1, Open::Season(season, side));
        }
        // "the fall" is more often a fall; "the summer" and "in winter" are seasons.
        let plain = !self.says_any(at, &["fall", "spring"]) || self.listed(before.wrapping_sub(1), List::BeforeSpring);
        // "by winter", "since spring": without an article only the sure ones.
        if plain && self.listed(before, List::BeforeSeason) && !self.noun_follows(at + 1) {
            let side = if self.says_any(before, &["by", "until"]) { Side::Future } else { self.side(at, Side::Past) };
            return Timed::open(at, at + 1, Open::Season(season, side));
        }
        // "the winter before": not "the winter before the war"
        let earlier = self.says_any(at + 1, &["before", "earlier"]) && !self.is_kind(at + 2, TokenKind::Word);
        if earlier && self.says(before, "the") {
            return Timed::open(before, at + 2, Open::Season(season, Side::Past));
        }
        let the = self.says(before, "the") && plain && !self.is(at + 1, Class::OF);
        the.then(|| Timed::open(before, at + 1, Open::Season(season, self.side(at, Side::Closest)))).flatten()
    }

    /// Whether a word goes on after a name of a day or season (`the Christmas tree`).
    fn noun_follows(&self, at: usize) -> bool {
        self.is_kind(at, TokenKind::Word) && !self.is(at, Class::STOP.or(Class::AND).or(Class::OF))
            || self.is_kind(at, TokenKind::Clitic)
    }

    /// `by Christmas`, `last Halloween`, `on Christmas Eve`: a day of the year with a name.
    pub(super) fn holiday(&self, at: usize) -> Option<Timed> {
        let (month, day) = self.entry(at).code.split_once('-')?;
        let (month, mut day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        let mut end = at + 1;
        if self.says_any(end, &["eve", "day"]) && self.capital(end) {
            day -= i8::from(self.says(end, "eve"));
            end += 1;
        }
        let before = at.wrapping_sub(1);
        let anchor = self.entry(before);
        if !self.capital(at) || self.noun_follows(end) && self.year_after(end).is_none() {
            return None;
        }
        if let Some((year, last)) = self.year_after(end) {
            return Timed::value(at, last, Date::new(year, month, day).ok()?.to_string());
        }
        if anchor.is(Class::ANCHOR) {
            let side = if anchor.time < 0 { Side::Past } else { Side::Future };
            return Timed::open(before, end, Open::Day(month, day, side));
        }
        let ahead = self.listed(before, List::BeforeDaypart);
        let told =
            ahead || end > at + 1 || self.is(before, Class::YEAR_PREPOSITION) || self.says_any(before, &["at", "on"]);
        let side = if ahead { Side::Future } else { self.side(at, Side::Closest) };
        told.then(|| Timed::open(at, end, Open::Day(month, day, side))).flatten()
    }
}
