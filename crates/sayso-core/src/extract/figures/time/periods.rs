//! Periods and lengths of time told in units: `last week`, `the past three months`, `two years ago`, `a few days`,
//! `recent years`, `the year-ago quarter`.

use super::lengths::{iso, vague};
use super::{Open, Scale, Side, Timed, When};
use crate::extract::FigureKind;
use crate::extract::figures::numeral::{Form, Numeral};
use crate::extract::figures::window::Window;
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// The time unit that a numeral which ends at `at` measures, past a hyphen or a word such as `trading`.
    pub(crate) fn time_unit(&self, at: usize) -> Option<usize> {
        let at = self.past_hyphen(at);
        let at = if self.is(at, Class::RECKONED) { at + 1 } else { at };
        let entry = self.entry(at);
        let unit =
            entry.is(Class::UNIT.or(Class::UNITS)) && !(entry.is(Class::ORDINAL) && self.is(at + 1, Class::SHARE));
        unit.then_some(at)
    }

    /// A length of time: a numeral and the unit at token `unit`. `the last twenty four hours`, `three months ago`,
    /// `nearly forty years`, `the first nine months`.
    pub(crate) fn length(&self, numeral: Numeral, unit: usize) -> Timed {
        let letter = self.entry(unit).code;
        let mut end = unit + 1;
        let mut value = numeral.value;
        // "two years and a half"
        let half = self.is(end, Class::AND) && self.is(end + 1, Class::ARTICLE) && self.says(end + 2, "half");
        if half {
            value = value.checked_add(Decimal::new(5, 1)).unwrap_or(value);
            end += 3;
        }
        if let Some(found) = self.length_in_units(&numeral, unit) {
            return found;
        }
        // "the first two quarters of 1990"
        let before = numeral.first.wrapping_sub(1);
        let half = letter == "Q" && numeral.value == Decimal::TWO && self.says(before, "first");
        if half && let Some(found) = self.half_year(before, 1, end) {
            return found;
        }
        let count = if value.scale() == 0 || value.fract().is_zero() { i32::try_from(value).ok() } else { None };
        let vague = self.is(before, Class::FEW);
        let (scale, count) = match letter {
            "F" => (Some(Scale::Week), count.and_then(|count| count.checked_mul(2))),
            _ => (Scale::of(letter), count),
        };
        if let (Some(scale), Some(count)) = (scale, count) {
            let shift = match () {
                () if self.says(end, "ago") => Some(-count),
                () if self.says(end, "from") && self.says_any(end + 1, &["now", "today"]) => Some(count),
                () if self.says(end, "hence") => Some(count),
                () => None,
            };
            if let Some(by) = shift {
                let last = if by < 0 || self.says(end, "hence") { end + 1 } else { end + 2 };
                let first = numeral.first;
                let open = Open::Shift(granular(scale, count), by.saturating_mul(times(scale)));
                return Timed {
                    first,
                    end: last,
                    kind: FigureKind::Date,
                    when: When::Open(open, String::new()),
                    numeral: Some(numeral),
                };
            }
        }
        let mut first = self.anchored(numeral.first);
        if vague {
            first = before;
        }
        let text = iso(value, letter);
        Timed { first, end, kind: FigureKind::Duration, when: When::value(text), numeral: Some(numeral) }
    }

    /// `two years and three months`, `two years and three months ago`.
    fn length_in_units(&self, numeral: &Numeral, unit: usize) -> Option<Timed> {
        let length = self.compound_length(numeral, unit)?;
        let whole = Some(Numeral { value: length.value, ..*numeral });
        if self.says(length.end, "ago") {
            let open = Open::Shift(Scale::Month, length.months?.checked_neg()?);
            let found = Timed::open(numeral.first, length.end + 1, open)?;
            return Some(Timed { numeral: whole, ..found });
        }
        let first = self.anchored(numeral.first);
        let when = When::value(length.iso);
        Some(Timed { first, end: length.end, kind: FigureKind::Duration, when, numeral: whole })
    }

    /// The start of `the last`, `the next`, `the first`, `another` before a number; `at` itself where none is there.
    pub(crate) fn anchored(&self, at: usize) -> usize {
        let before = at.wrapping_sub(1);
        if self.inner_hyphen(at + 1) && self.says(before, "the") {
            return at;
        }
        let anchor =
            self.is(before, Class::ANCHOR) && !self.says(before, "this") || self.listed(before, List::PeriodAdjectives);
        if anchor {
            return self.with_the(before);
        }
        if self.says(before, "the") { before } else { at }
    }

    /// An article that stands for one: `a week`, `an hour`.
    fn article_numeral(&self, article: usize, unit: usize) -> Numeral {
        let one = self.over(article, article + 1, Decimal::ONE, Decimal::ONE, Form::Words);
        Numeral { end: unit, ..one }
    }

    /// A unit in the singular that no numeral measures.
    pub(super) fn unit_alone(&self, at: usize) -> Option<Timed> {
        let scale = self.scale(at);
        let letter = self.entry(at).code;
        let mut before = at.wrapping_sub(1);
        // "the year-ago quarter", "year-earlier": a hyphen joins the unit with its shift.
        // A hyphen with spaces around it is a dash: "last week - said".
        if self.is_kind(at + 1, TokenKind::Hyphen) && self.glued(at) {
            return self.hyphenated(at);
        }
        if self.says(at, "year")
            && (self.says(at + 1, "end") || self.is_kind(at + 1, TokenKind::Clitic) && self.says(at + 2, "end"))
        {
            let end = if self.says(at + 1, "end") { at + 2 } else { at + 3 };
            return self.year_end(at, end);
        }
        if let Some(found) = self.week_of_day(at) {
            return Some(found);
        }
        if self.says_any(before, &["last", "final"])
            && let Some(found) = self.part_of_period(at, before, None)
        {
            return Some(found);
        }
        if self.is(before, Class::FISCAL) || self.listed(before, List::YearAdjectives) {
            before = before.wrapping_sub(1);
        }
        let anchor = self.entry(before);
        // "a second pair of hands", "a second, larger pair": a rank.
        let goes_on = self.is_kind(at + 1, TokenKind::Word) && !self.is(at + 1, Class::STOP);
        if self.is(at, Class::ORDINAL) && (goes_on || self.is_kind(at + 1, TokenKind::Comma)) {
            return None;
        }
        if anchor.is(Class::ANCHOR) && self.says(before, "following") && !self.says(before.wrapping_sub(1), "the") {
            return None;
        }
        if anchor.is(Class::ANCHOR)
            && let Some(scale) = scale
        {
            return self.anchored_unit(at, before, scale);
        }
        if self.says_any(before, &["each", "every"]) {
            return Timed::value(before, at + 1, iso(Decimal::ONE, letter));
        }
        // "another week passed"; not "on another day"
        if self.says(before, "another")
            && !self.listed(before.wrapping_sub(1), List::DatePrepositions)
            && !self.is(at, Class::ORDINAL)
        {
            let one = self.over(before, at, Decimal::ONE, Decimal::ONE, Form::Words);
            let found = Timed::value(before, at + 1, iso(Decimal::ONE, letter)).map(duration)?;
            return Some(Timed { numeral: Some(Numeral { end: at, ..one }), ..found });
        }
        // "that year", "on the same day": the one that was named last
        let same = self.says(before, "same") && self.says(before.wrapping_sub(1), "the");
        if same && let Some(found) = self.same_month(at, before - 1) {
            return Some(found);
        }
        let same = same && !self.is(at + 1, Class::OF);
        if let Some(scale) = scale.filter(|scale| scale.is_named())
            && (same
                || self.says(before, "that") && (!goes_on || self.is_past_verb(at + 1)) && !self.says(at + 1, "after"))
            && !self.inner_hyphen(at + 1)
        {
            return Timed::open(if same { before - 1 } else { before }, at + 1, Open::Named(scale));
        }
        if anchor.is(Class::ARTICLE) {
            return self.article_unit(at, before, scale);
        }
        // "a several-year tenure"
        if self.inner_hyphen(before) && self.says(before.wrapping_sub(1), "several") {
            return Timed::value(before - 1, at + 1, vague(letter)).map(duration);
        }
        // "a single year", "an entire week"
        if self.is(before, Class::WHOLE) && self.is(before.wrapping_sub(1), Class::ARTICLE) {
            return self.article_unit(at, before.wrapping_sub(1), scale);
        }
        // "the Album of the Year": a name
        if self.capital(at) && self.is(before.wrapping_sub(1), Class::OF) && !self.title_case(at) {
            return None;
        }
        if self.says(before, "the")
            && let Some(scale) = scale
        {
            if let Some((by, end)) = self.one_further(at + 1) {
                return Timed::open(before, end, Open::Shift(scale, by));
            }
            return match scale {
                Scale::Quarter if self.says_any(at + 1, &["ended", "ending"]) => self.quarter_ended(before, at),
                Scale::Quarter => Timed::open(before, at + 1, Open::Quarter(0)),
                Scale::Weekend => Timed::open(before, at + 1, Open::Shift(scale, 0)),
                // "the year 2014" is read at its number
                Scale::Year if self.is_kind(at + 1, TokenKind::Number) && self.year(at + 1).is_some() => None,
                // "the year before", but not "the year before the war"
                Scale::Year | Scale::Month | Scale::Week
                    if self.says(at + 1, "before") && !self.is_kind(at + 2, TokenKind::Word) =>
                {
                    Timed::open(before, at + 2, Open::Shift(scale, -1))
                }
                Scale::Year if self.says(at + 1, "to") && self.dated(at + 2) => {
                    Timed::value(before, at + 1, "P1Y").map(duration)
                }
                Scale::Year if self.says_any(at + 1, &["ended", "ending"]) => {
                    Timed::value(before, at + 1, "P1Y").map(duration)
                }
                Scale::Year | Scale::Month | Scale::Week
                    if !self.is(at + 1, Class::OF) && !self.is(at + 1, Class::CARDINAL) =>
                {
                    Timed::open(self.with_part(before), at + 1, Open::Shift(scale, 0))
                }
                _ => None,
            };
        }
        None
    }

    /// Whether a month or a day of one stands at `at`: `March 2014`, `31 March`, `end-March`.
    fn dated(&self, at: usize) -> bool {
        self.is(at, Class::MONTH) && self.capital(at)
            || self.is_kind(at, TokenKind::Number) && self.is(at + 1, Class::MONTH)
    }

    /// `the same month last year`, `the same month of 2024`: the month named last, of another year.
    fn same_month(&self, at: usize, first: usize) -> Option<Timed> {
        let open = self.says(at, "month").then_some(Open::Named(Scale::Month))?;
        let of = if self.says_any(at + 1, &["of", "in"]) { at + 2 } else { at + 1 };
        if let Some((year, end)) = self.year_after(of).filter(|_| of > at + 1) {
            return Timed::date(first, end, When::Open(open, format!("@Y{year}")));
        }
        let (by, end) = self.year_told(at + 1).filter(|(by, _)| *by < 0)?;
        Timed::date(first, end, When::Open(open, format!("@Y{by}")))
    }

    /// `the week of September 30th`, `the week ended 28 February 2021`: the week that holds a day.
    fn week_of_day(&self, at: usize) -> Option<Timed> {
        let before = at.wrapping_sub(1);
        let of = self.is(at + 1, Class::OF);
        let ended = self.listed(at + 1, List::EdgeParticiples);
        if !self.says(at, "week") || !(of || ended) || !self.says(before, "the") {
            return None;
        }
        let next = if self.says(at + 2, "the") { at + 3 } else { at + 2 };
        let next = if self.is(next, Class::WEEKDAY) && !self.is(next + 1, Class::MONTH) { next + 1 } else { next };
        let next = if self.is_kind(next, TokenKind::Comma) { next + 1 } else { next };
        let day = if self.is(next, Class::MONTH) { self.month(next) } else { self.day_and_month(next) }?;
        let end = if of { day.end } else { at + 1 };
        let when = match day.when {
            When::Value(date) if date.len() == 10 => When::value(super::when::finish(&date, "@W")?),
            When::Open(open @ (Open::Day(..) | Open::DayOfYear(..)), tail) if tail.is_empty() => {
                When::Open(open, "@W".to_owned())
            }
            _ => return None,
        };
        Timed::date(before, end, when)
    }

    /// `the last week of May 2021`, `the second month of 2021`, `the first day of June`: a part, by its rank from the front or
    /// (none) the last, of a month or year. The unit is at `at`, the rank's first word at `first`.
    pub(super) fn part_of_period(&self, at: usize, first: usize, rank: Option<u64>) -> Option<Timed> {
        let scale = self.scale(at).filter(|scale| matches!(scale, Scale::Day | Scale::Week | Scale::Month))?;
        /// No period holds more.
        const MOST: u64 = 366;
        if !self.is(at + 1, Class::OF) || self.inner_hyphen(at.wrapping_sub(1)) || rank.is_some_and(|rank| rank > MOST)
        {
            return None;
        }
        let first = self.with_the(first);
        if let Some((year, end)) = self.year_after(at + 2).filter(|_| !self.is_kind(at + 2, TokenKind::Comma)) {
            let begin = Date::new(year, 1, 1).ok()?;
            return Timed::value(first, end, part(scale, begin, Date::new(year, 12, 31).ok()?, rank)?);
        }
        let whole = self
            .is(at + 2, Class::MONTH)
            .then(|| self.month(at + 2))
            .flatten()
            .filter(|month| month.first == at + 2)?;
        match whole.when {
            When::Value(month) if month.len() == 7 && scale != Scale::Month => {
                let begin: Date = format!("{month}-01").parse().ok()?;
                Timed::value(first, whole.end, part(scale, begin, begin.last_of_month(), rank)?)
            }
            When::Open(open @ (Open::Month(..) | Open::MonthOfYear(..)), _) => Timed::open(first, whole.end, open),
            _ => None,
        }
    }

    /// `the first Monday of May 2029`, `the last Sunday in March`: a weekday at `at`, its rank in a month (none: the last) at `first`.
    pub(super) fn weekday_of_month(&self, at: usize, first: usize, rank: Option<u64>) -> Option<Timed> {
        let of = self.says_any(at + 1, &["of", "in"]) && self.is(at + 2, Class::MONTH) && self.capital(at + 2);
        let rank = match rank {
            Some(rank @ 1..=5) => rank as i8,
            None => -1,
            _ => return None,
        };
        let month = of.then(|| self.month(at + 2)).flatten().filter(|month| month.first == at + 2)?;
        let tail = format!("@N{rank}.{}", self.entry(at).time);
        let when = match month.when {
            When::Value(value) if value.len() == 7 => When::value(super::when::finish(&value, &tail)?),
            When::Open(open @ (Open::Month(..) | Open::MonthOfYear(..)), _) => When::Open(open, tail),
            _ => return None,
        };
        Timed::date(self.with_the(first), month.end, when)
    }

    /// `the quarter ended Sept. 30`: the one whose middle lies half a quarter before that day.
    fn quarter_ended(&self, first: usize, at: usize) -> Option<Timed> {
        let last = self.month(at + 2).map(|day| day.when);
        let rank = |month: i8, day: i8| {
            let month = if day < 15 { month - 1 } else { month };
            // A quarter that ends in July is for the most part the second.
            ((month + 10) % 12) / 3 + 1
        };
        match last {
            Some(When::Open(Open::Day(month, day, _), _)) => {
                let rank = rank(month, day);
                Timed::open(first, at + 1, Open::Quarter(rank))
            }
            Some(When::Value(value)) if value.len() == 10 => {
                let day: jiff::civil::Date = value.parse().ok()?;
                let rank = rank(day.month(), day.day());
                let year = if rank == 4 && day.month() < 3 { day.year() - 1 } else { day.year() };
                Timed::value(first, at + 1, format!("{year:04}-Q{rank}"))
            }
            _ => Timed::open(first, at + 1, Open::Quarter(0)),
        }
    }

    /// `last year`, `the current fiscal year`, `earlier this month`, `this year's third quarter`.
    fn anchored_unit(&self, at: usize, before: usize, scale: Scale) -> Option<Timed> {
        let reported =
            self.says(before, "latest") && matches!(scale, Scale::Week | Scale::Month | Scale::Quarter | Scale::Year);
        // "in 2022, the latest year for which figures are out"
        let the = self.with_the(before).wrapping_sub(1);
        let aside = matches!(self.kind(the), Some(TokenKind::Comma | TokenKind::Dash | TokenKind::Open));
        if reported && scale == Scale::Year && aside && self.year(the.wrapping_sub(1)).is_some() {
            return Timed::open(the + 1, at + 1, Open::Named(Scale::Year));
        }
        // "on ABC's This Week": a name
        if self.capital(at) && self.capital(before) && !self.title_case(at) && !self.acronym(at) {
            return None;
        }
        // The latest period of a report is the last one that is over.
        let by = if reported { -1 } else { i32::from(self.entry(before).time) };
        let past = self.says(before.wrapping_sub(1), "this") && self.says_any(before, &["past", "coming"]);
        let first = if past { before - 1 } else { self.with_the(before) };
        let first = self.with_part(first);
        let year = scale == Scale::Year;
        if year && self.is_kind(at + 1, TokenKind::Clitic) {
            let rank = self.entry(at + 2);
            let next = self.past_hyphen(at + 3);
            if rank.is(Class::ORDINAL) && (1..=4).contains(&rank.number) && self.says(next, "quarter") {
                return Timed::open(first, next + 1, Open::QuarterOfYear(rank.number as i8, by));
            }
        }
        let half = self.is(at + 1, Class::AND) && self.is(at + 2, Class::ARTICLE) && self.says(at + 3, "half");
        if half && by != 0 {
            return Timed::value(first, at + 4, iso(Decimal::new(15, 1), self.entry(at).code)).map(duration);
        }
        // "over the past decade": a length that ends today, no decade of the calendar
        if matches!(scale, Scale::Decade | Scale::Century) && self.says(before, "past") {
            let years = Decimal::from(times(scale));
            return Timed::value(first, at + 1, iso(years, "Y")).map(duration);
        }
        if scale == Scale::Quarter && by == 0 && !self.says(before, "current") {
            return Timed::open(first, at + 1, Open::Quarter(0));
        }
        Timed::open(first, at + 1, Open::Shift(scale, by))
    }

    /// `a year ago`, `a year earlier`, `a week`, `a minute and a half`.
    fn article_unit(&self, at: usize, article: usize, scale: Option<Scale>) -> Option<Timed> {
        let letter = self.entry(at).code;
        let end = at + 1;
        // "a fortnight ago"
        if letter == "F" && self.listed(end, List::AgoWords) {
            return Timed::open(article, end + 1, Open::Shift(Scale::Week, -2));
        }
        if let Some(scale) = scale
            && self.listed(end, List::AgoWords)
            && !(self.says(end, "before") && self.is_kind(end + 1, TokenKind::Word))
        {
            return Timed::open(
                article,
                end + 1,
                Open::Shift(if scale == Scale::Year { Scale::Year } else { granular(scale, 1) }, -times(scale)),
            );
        }
        if self.is(end, Class::AND) && self.is(end + 1, Class::ARTICLE) && self.says(end + 2, "half") {
            let mut found = Timed::value(article, end + 3, iso(Decimal::new(15, 1), letter)).map(duration)?;
            let one = self.article_numeral(article, at);
            found.numeral = Some(Numeral { value: Decimal::new(15, 1), place: Decimal::new(1, 1), ..one });
            return Some(found);
        }
        // "an hour and fifteen minutes"
        if let Some(found) = self.length_in_units(&self.article_numeral(article, at), at) {
            return Some(found);
        }
        // "a Year 8 pupil": a name.
        if self.capital(at) && self.is_kind(end, TokenKind::Number) {
            return None;
        }
        // "$70 a year", "five times a day", "once a week": a rate.
        let before = article.wrapping_sub(1);
        let rate = matches!(self.kind(before), Some(TokenKind::Number | TokenKind::Symbol | TokenKind::Close))
            || self.listed(before, List::TimesWords)
            || self.is_plural(before) && !self.is(before, Class::VERB)
            || self.is(before, Class::SCALE.or(Class::UNIT).or(Class::UNITS));
        let told =
            self.is(before, Class::STOP.or(Class::HEDGE_END).or(Class::AND)) || !self.is_kind(before, TokenKind::Word);
        // "lasted a week", "took an hour", "spent a day"
        let told = told || self.participle(before) || self.listed(before, List::LastingVerbs);
        // "after a day of rain", but "a day of reckoning"
        let part = self.is(end, Class::OF) && !self.listed(before, List::LastingPrepositions);
        if rate || !told || part || letter == "N" || letter == "Q" {
            return None;
        }
        let found = Timed::value(article, end, iso(Decimal::ONE, letter)).map(duration)?;
        Some(Timed { numeral: Some(self.article_numeral(article, at)), ..found })
    }

    /// `year-ago`, `the year-earlier period`, `year-end`, `the year-ago third quarter`.
    fn hyphenated(&self, at: usize) -> Option<Timed> {
        // "a year-long strike"; "a six-year-long one" has its number
        if self.says(at + 2, "long") && !self.inner_hyphen(at.wrapping_sub(1)) {
            let found = Timed::value(at, at + 3, iso(Decimal::ONE, self.entry(at).code)).map(duration)?;
            let one = self.over(at, at + 1, Decimal::ONE, Decimal::ONE, Form::Words);
            return Some(Timed { numeral: Some(Numeral { end: at, ..one }), ..found });
        }
        if !self.says(at, "year") {
            return None;
        }
        let word = at + 2;
        if self.says_any(word, &["ago", "earlier"]) {
            let rank = self.entry(word + 1);
            if rank.is(Class::ORDINAL) && self.says(self.past_hyphen(word + 2), "quarter") {
                let end = self.past_hyphen(word + 2) + 1;
                return Timed::open(self.with_the(at), end, Open::QuarterOfYear(rank.number as i8, -1));
            }
            let period = self.says_any(word + 1, &["quarter", "period"]);
            let first = if period { self.with_the(at) } else { at };
            return Timed::open(first, if period { word + 2 } else { word + 1 }, Open::Shift(Scale::Year, -1));
        }
        if self.says(word, "end") { self.year_end(at, word + 1) } else { None }
    }

    /// `year-end`, `year-end 2017`, over `at..end` without its year.
    fn year_end(&self, at: usize, end: usize) -> Option<Timed> {
        match self.year_after(end).filter(|_| !self.is_kind(end, TokenKind::Comma)) {
            Some((year, last)) => Timed::value(at, last, format!("{year:04}-12-31")),
            None => Timed::open(at, end, Open::DayOfYear(12, 31, 0)),
        }
    }

    /// A unit in the plural that no numeral measures: `a few days`, `recent years`, `the past several months`.
    pub(super) fn units_alone(&self, at: usize) -> Option<Timed> {
        let letter = self.entry(at).code;
        let before = at.wrapping_sub(1);
        let of = self.is(before, Class::OF) && self.says(before.wrapping_sub(1), "couple");
        let few = if of { before.wrapping_sub(1) } else { before };
        if of || self.is(few, Class::FEW) && self.listed(few, List::FewWords) {
            let article = few.wrapping_sub(1);
            let begin = if self.is(article, Class::ARTICLE) { article } else { few };
            let first = self.anchored(begin);
            let value = if of { iso(Decimal::TWO, letter) } else { vague(letter) };
            let end = at + 1;
            if self.says(end, "ago") {
                let scale =
                    self.scale(at).filter(|_| of).map(|scale| Open::Shift(granular(scale, 2), -2 * times(scale)));
                return match scale {
                    Some(open) => Timed::open(begin, end + 1, open),
                    None => Timed::value(begin, end + 1, "PAST_REF"),
                };
            }
            return Timed::value(first, end, value).map(duration);
        }
        // "a months-long siege"
        if self.inner_hyphen(at + 1) && self.says(at + 2, "long") && !self.inner_hyphen(before) {
            return Timed::value(at, at + 3, vague(letter)).map(duration);
        }
        // "just months ago"
        if self.says(at + 1, "ago") && !self.in_phrase(before) && !self.is(before, Class::OF) {
            return Timed::value(at, at + 2, "PAST_REF");
        }
        let reference = match () {
            // "these days", "in those days"
            () if letter == "D" && self.says(before, "these") => return Timed::value(before, at + 1, "PRESENT_REF"),
            () if letter == "D" && self.says(before, "those") && self.says(before.wrapping_sub(1), "in") => {
                return Timed::value(before, at + 1, "PAST_REF");
            }
            // "in recent weeks", "the coming months" are lengths without a number; "recent years" are the past.
            () if self.says_any(before, &["recent", "coming"]) && matches!(letter, "W" | "M") => {
                return Timed::value(self.with_the(before), at + 1, vague(letter)).map(duration);
            }
            () if self.listed(before, List::PastWords) => "PAST_REF",
            () if self.says_any(before, &["coming", "future"]) => "FUTURE_REF",
            // "for months", "within weeks": no number at all.
            // "after weeks of rain", "spent months in talks"
            () if (self.listed(before, List::WithinWords) && !self.is(at + 1, Class::OF)
                || self.listed(before, List::SpentWords) && self.listed(at + 1, List::AfterSpent))
                && !self.is_kind(at + 1, TokenKind::Hyphen) =>
            {
                return Timed::value(at, at + 1, vague(letter)).map(duration);
            }
            () => return None,
        };
        Timed::value(self.with_the(before), at + 1, reference)
    }

    /// `yesterday`, `late yesterday`, `this morning`, `tomorrow night`.
    pub(super) fn day_word(&self, at: usize) -> Option<Timed> {
        // "the Today programme", "Harrow Today": a name.
        let before = at.wrapping_sub(1);
        let begins = self.page.sentence_at(self.byte(at)).is_some_and(|sentence| sentence.span.start == self.byte(at));
        let inside = matches!(self.kind(before), Some(TokenKind::Word | TokenKind::Clitic));
        if self.capital(at) && inside && !begins && !self.title_case(at) && !self.acronym(at) {
            return None;
        }
        // "the leaders of tomorrow", "in today's world": no day
        let idle = self.says(at, "tomorrow") && self.is(before, Class::OF) && self.is_plural(before.wrapping_sub(1))
            || self.says(at, "today")
                && self.is_kind(at + 1, TokenKind::Clitic)
                && self.listed(at + 2, List::TodaysIdioms);
        if idle {
            return None;
        }
        let first = self.with_part(at);
        let by = i32::from(self.entry(at).time);
        // "the day before yesterday", "the day after tomorrow"
        let (side, day) = (at.wrapping_sub(1), at.wrapping_sub(2));
        let further =
            self.says(day, "day") && (by < 0 && self.says(side, "before") || by > 0 && self.says(side, "after"));
        if further {
            return Timed::open(self.with_the(day), at + 1, Open::Shift(Scale::Day, by * 2));
        }
        // "mid-afternoon yesterday"
        let led = self.entry(before);
        if led.is(Class::DAYPART) && led.code.len() == 2 && self.text(before).len() > 2 {
            let when = When::Open(Open::Shift(Scale::Day, by), format!("T{}", led.code));
            let found = Timed::date(self.with_part(before), at + 1, when)?;
            return Some(Timed { kind: FigureKind::Time, ..found });
        }
        let part = self.entry(at + 1);
        if part.is(Class::DAYPART) && part.code.len() == 2 && !self.says(at, "today") {
            let mut found =
                Timed::date(first, at + 2, When::Open(Open::Shift(Scale::Day, by), format!("T{}", part.code)))?;
            found.kind = FigureKind::Time;
            return Some(found);
        }
        Timed::open(first, at + 1, Open::Shift(Scale::Day, by))
    }

    /// `this morning`, `last night`, `tonight`, `overnight`, `noon Friday`.
    pub(super) fn daypart(&self, at: usize) -> Option<Timed> {
        let code = self.entry(at).code;
        let time = |first: usize, end: usize, open: Open, tail: &str| {
            let mut found = Timed::date(first, end, When::Open(open, tail.to_owned()))?;
            found.kind = FigureKind::Time;
            Some(found)
        };
        if self.is(at + 1, Class::WEEKDAY) && code.starts_with('T') && code.len() > 2 {
            let day = self.entry(at + 1).time;
            return time(at, at + 2, Open::Weekday(day, self.side(at, Side::Near)), code);
        }
        match code {
            "ON" => return time(at, at + 1, Open::Shift(Scale::Day, 0), "TNI"),
            "TN" => return time(self.with_part(at), at + 1, Open::Shift(Scale::Day, 0), "TNI"),
            // `at noon`, `shortly before midnight`
            clock if clock.len() > 3 => return time(at, at + 1, Open::Shift(Scale::Day, 0), clock),
            _ => {}
        }
        let before = at.wrapping_sub(1);
        if self.says(before, "this") {
            return time(self.with_part(before), at + 1, Open::Shift(Scale::Day, 0), &format!("T{code}"))
                .filter(|_| code.len() == 2);
        }
        if self.says(before, "last") && code == "NI" {
            return time(before, at + 1, Open::Shift(Scale::Day, -1), "TNI");
        }
        None
    }
}

fn duration(mut timed: Timed) -> Timed {
    timed.kind = FigureKind::Duration;
    timed
}

/// The day, week or month of that rank between two days, or the last one: a week is seven days from the first, or to the last.
fn part(scale: Scale, begin: Date, last: Date, rank: Option<u64>) -> Option<String> {
    let steps = match rank {
        Some(rank) => i64::try_from(rank.checked_sub(1)?).ok()?,
        None => 0,
    };
    Some(match (scale, rank.is_some()) {
        (Scale::Day, true) => begin.checked_add(steps.days()).ok().filter(|day| *day <= last)?.to_string(),
        (Scale::Day, false) => last.to_string(),
        (Scale::Month, true) => {
            let month = begin.checked_add(steps.months()).ok().filter(|day| *day <= last)?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        (Scale::Month, false) => format!("{:04}-{:02}", last.year(), last.month()),
        (_, true) => {
            let from = begin.checked_add((steps * 7).days()).ok().filter(|day| *day <= last)?;
            format!("{from}/{}", from.checked_add(6.days()).ok()?.min(last))
        }
        (_, false) => format!("{}/{last}", last.checked_sub(6.days()).ok()?),
    })
}

/// How finely a shift of `count` units is told: "two years ago" is a year, "two weeks ago" a week, "ten days ago" a day.
const fn granular(scale: Scale, count: i32) -> Scale {
    match scale {
        Scale::Decade | Scale::Century => Scale::Year,
        Scale::Week if count == 0 => Scale::Day,
        Scale::Weekend => Scale::Week,
        other => other,
    }
}

/// How many of the unit that is told are in one of the unit that was said.
const fn times(scale: Scale) -> i32 {
    match scale {
        Scale::Decade => 10,
        Scale::Century => 100,
        _ => 1,
    }
}
