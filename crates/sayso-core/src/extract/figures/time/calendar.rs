//! Dates by the calendar: months with days and years, weekdays, numeric dates.

use super::{Open, Scale, Side, Timed, When};
use crate::extract::FigureKind;
use crate::extract::figures::digits;
use crate::extract::figures::names;
use crate::extract::figures::window::Window;
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use jiff::civil::Date;

impl Window<'_, '_> {
    /// A day of the month at `at`: `3`, `3rd`, `eighth`, `twenty-first`; with its end.
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        if self.is_kind(at, TokenKind::Number) {
            let day: i8 = self.text(at).parse().ok().filter(|day| (1..=31).contains(day))?;
            if self.text(at).len() > 2 {
                return None;
            }
            let suffix = self.glued(at) && self.listed(at + 1, List::OrdinalEndings);
            let hung = self.glued(at) && matches!(self.kind(at + 1), Some(TokenKind::Word | TokenKind::Symbol));
            return (suffix || !hung).then_some((day, if suffix { at + 2 } else { at + 1 }));
        }
        let entry = self.entry(at);
        if entry.is(Class::ORDINAL) && (1..=31).contains(&entry.number) {
            return Some((entry.number as i8, at + 1));
        }
        let unit = self.past_hyphen(at + 1);
        let tens =
            entry.is(Class::TENS) && self.is(unit, Class::ORDINAL) && entry.number + self.entry(unit).number <= 31;
        tens.then(|| ((entry.number + self.entry(unit).number) as i8, unit + 1))
    }

    /// A year at `at` that belongs to a date before it: `1998`, `, 1998`, `nineteen ninety-eight`, `’98`.
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let comma = self.is_kind(at, TokenKind::Comma);
        let next = if comma { at + 1 } else { at };
        if self.is_kind(next, TokenKind::Number) {
            let read = digits::read(self.text(next))?;
            let year = names::year(self.text(next), read.value)?;
            let hung = self.glued(next) && matches!(self.kind(next + 1), Some(TokenKind::Word | TokenKind::Symbol));
            return (!hung).then_some((year, next + 1));
        }
        if comma {
            return None;
        }
        self.spoken_year(next)
    }

    /// `last year`, `this year`, `of next year` after a date: the years away, and the end.
    pub(super) fn year_told(&self, at: usize) -> Option<(i32, usize)> {
        let next = if self.is(at, Class::OF) { at + 1 } else { at };
        let anchor = self.entry(next);
        (anchor.is(Class::ANCHOR) && self.says(next + 1, "year")).then(|| (i32::from(anchor.time), next + 2))
    }

    /// Whether a word that is also no month (`may`, `march`, `mar`, `dec`) is one here.
    fn is_month(&self, at: usize) -> bool {
        let day = self.is_kind(self.past_stop(at), TokenKind::Number);
        let before = at.wrapping_sub(1);
        let told = self.is(before, Class::YEAR_PREPOSITION.or(Class::ANCHOR).or(Class::PART))
            || self.is_kind(before, TokenKind::Number) && !self.is_event(at)
            || self.is(at + 1, Class::OF) && self.year_after(at + 2).is_some()
            || self.is_joined_month(at);
        match self.text(at) {
            "may" | "march" => day || self.listed(before, List::BeforeMay) && self.text(at) == "may",
            // "a May runoff", "its May report"; not "the May government"
            "May" => {
                let led = self.is(before, Class::ARTICLE.or(Class::OWNER));
                day || told || led && self.in_phrase(at + 1) && !self.capital(at + 1)
            }
            "March" => day || told || (!self.is(at + 1, Class::STOP) || self.start != at) && !self.is_event(at),
            // "Mar-a-Lago" is a place.
            text if self.page.lexicon.lists.has(List::ShortMonths, text) => {
                let hung = self.is_kind(at + 1, TokenKind::Hyphen) && self.is_kind(at + 2, TokenKind::Word);
                day || self.is_kind(at + 1, TokenKind::Stop) || told && (!hung || self.is_joined_month(at))
            }
            text if text.len() <= 4 && text != "june" && text != "July" && text != "June" && text != "july" => day,
            text => day || self.page.lexicon.forms.is_capital(text) || told,
        }
    }

    /// `May–July 2014`, `in April, May and June`, `from May to July`: a month that is joined with another.
    fn is_joined_month(&self, at: usize) -> bool {
        let joint = |at: usize, comma: bool| {
            matches!(self.kind(at), Some(TokenKind::Hyphen | TokenKind::Dash))
                || comma && self.is_kind(at, TokenKind::Comma)
                || self.is(at, Class::AND)
                || self.listed(at, List::DayJoins)
        };
        let month = |at: usize| self.is(at, Class::MONTH) && self.capital(at);
        let list = if self.is_kind(at + 1, TokenKind::Comma) && self.is(at + 2, Class::AND) { at + 3 } else { at + 2 };
        self.capital(at)
            && (joint(at + 1, true) && month(list) || joint(at.wrapping_sub(1), false) && month(at.wrapping_sub(2)))
    }

    /// `the 1963 March on the capital`: a year, and a word that is a month elsewhere, before a preposition.
    fn is_event(&self, at: usize) -> bool {
        let year = self.text(at.wrapping_sub(1)).len() == 4 && self.is_kind(at.wrapping_sub(1), TokenKind::Number);
        year && self.says(at, "march") && self.listed(at + 1, List::AfterMarch)
    }

    /// Whether a month's word is the name of a person or place here: `Mrs May`, `Theresa May`, `April Dunne`, `June Street`.
    fn names_someone(&self, at: usize) -> bool {
        let (before, next) = (at.wrapping_sub(1), at + 1);
        let title = if self.is_kind(before, TokenKind::Stop) { before.wrapping_sub(1) } else { before };
        let near = |at: usize| self.capital(at) && self.is_kind(at, TokenKind::Word);
        if self.is(title, Class::HONORIFIC) || self.is(next, Class::STREET) && self.capital(next) {
            return true;
        }
        if !self.is(at, Class::GIVEN) || !self.capital(at) || self.title_case(at) {
            return false;
        }
        let led = self.is(before, Class::ANCHOR.or(Class::PART)) || self.listed(before, List::BeforeMonthName);
        // "June said she was well"
        let speaks = self.is(next, Class::SPEECH) && self.kind(before) != Some(TokenKind::Word);
        let given = speaks
            || near(next) && self.gap(at) == " " && !self.is(next, Class::STOP.or(Class::WEEKDAY).or(Class::MONTH));
        let surname = self.named(before) && self.gap(before) == " " && !self.is(before, Class::PART);
        !led && (given || surname)
    }

    /// The token after a month, past the full stop of an abbreviation.
    fn past_stop(&self, at: usize) -> usize {
        let short = matches!(self.text(at).len(), 3 | 4) && !self.listed(at, List::UnshortenedMonths);
        let stop = short
            && self.is_kind(at + 1, TokenKind::Stop)
            && (self.glued(at) || self.is_kind(at + 2, TokenKind::Number));
        if stop { at + 2 } else { at + 1 }
    }

    /// `March`, `Sept. 30`, `March 3, 1998`, `early March`, `last March`, `the end of March`.
    pub(super) fn month(&self, at: usize) -> Option<Timed> {
        if !self.is_month(at) {
            return None;
        }
        let month = self.entry(at).time;
        let (begin, weekday) = self.weekday_before(at);
        let next = self.past_stop(at);
        let number = if self.says(next, "the") { next + 1 } else { next };
        if let Some((day, end)) = self.day_number(number) {
            // "March 1998" is no day; "May 5 million" counts.
            let counts = self.is(end, Class::SCALE) || self.text(end) == "%" || self.says(end, "percent");
            if !counts {
                return self.day(begin, end, month, day);
            }
        }
        if weekday {
            return None;
        }
        let end = if next == at + 2 { next } else { at + 1 };
        let of = if self.is(next, Class::OF) && self.is_kind(next + 1, TokenKind::Number) { next + 1 } else { next };
        if let Some((year, last)) = self.year_after(of) {
            let value = format!("{year:04}-{month:02}");
            return Timed::value(self.with_part(at), last, value);
        }
        if let Some((by, last)) = self.year_told(end) {
            return Timed::open(self.with_part(at), last, Open::MonthOfYear(month, by));
        }
        if self.names_someone(at) {
            return None;
        }
        let before = at.wrapping_sub(1);
        // "last year's January"
        let (year, whose) = (before.wrapping_sub(1), self.entry(before.wrapping_sub(2)));
        if self.is_kind(before, TokenKind::Clitic) && self.says(year, "year") && whose.is(Class::ANCHOR) {
            return Timed::open(at, end, Open::MonthOfYear(month, i32::from(whose.time)));
        }
        let anchor = self.entry(before);
        if anchor.is(Class::ANCHOR) {
            let side = match anchor.time {
                -1 => Side::Past,
                1 => Side::Future,
                _ => Side::Closest,
            };
            let open = if self.says(before, "this") { Open::MonthOfYear(month, 0) } else { Open::Month(month, side) };
            return Timed::open(self.with_the(before), end, open);
        }
        if self.says_any(before, &["each", "every"]) {
            return Timed::value(before, end, format!("XXXX-{month:02}"));
        }
        let end = if end == at + 2 && self.token(end).is_none() { at + 1 } else { end };
        Timed::open(self.with_part(at), end, Open::Month(month, self.side(at, Side::Closest)))
    }

    /// A month and a day, with the year that may follow.
    fn day(&self, first: usize, end: usize, month: i8, day: i8) -> Option<Timed> {
        let comma = self.is_kind(end, TokenKind::Comma);
        let of = |year: i16| Date::new(year, month, day).ok().map(|date| date.to_string());
        if let Some((year, last)) = self.year_after(end) {
            return Timed::value(first, last, of(year)?);
        }
        if let Some((year, tail, last)) = self.year_past_clock(end) {
            let timed = Timed::value(first, last, format!("{}{tail}", of(year)?))?;
            return Some(Timed { kind: FigureKind::Time, ..timed });
        }
        // "March 3 and 4, 2024": the year belongs to both.
        if let Some(year) = self.year_past_days(end, day) {
            return Timed::value(first, end, of(year)?);
        }
        // 2024 has every day that any year has.
        Date::new(2024, month, day).ok()?;
        if let Some((by, last)) = self.year_told(end).filter(|_| !comma) {
            return Timed::open(first, last, Open::DayOfYear(month, day, by));
        }
        // "March 3-5", "March 3-5, 2024": the second day goes with the first.
        let dash = matches!(self.kind(end), Some(TokenKind::Hyphen | TokenKind::Dash)) && self.joins_days(end);
        if let Some((last_day, last)) = self.day_number(end + 1).filter(|(last, _)| dash && *last > day) {
            return self.days(first, last, month, (day, last_day));
        }
        Timed::open(first, end, Open::Day(month, day, self.side(first, Side::Closest)))
    }

    /// Days of one month, from one to another, with the year that may follow: `March 3-5, 2024`, `3-5 March`.
    fn days(&self, first: usize, end: usize, month: i8, days: (i8, i8)) -> Option<Timed> {
        Date::new(2024, month, days.1).ok()?;
        if let Some((year, last)) = self.year_after(end) {
            let date = |day: i8| Date::new(year, month, day).ok();
            return Timed::value(first, last, format!("{}/{}", date(days.0)?, date(days.1)?));
        }
        let open = Open::Day(month, days.0, self.side(first, Side::Closest));
        Timed::date(first, end, When::Open(open, format!("/-{month:02}-{:02}", days.1)))
    }

    /// Whether a hyphen or dash joins its neighbours: glued to both, or to neither; where a year follows, to one of them (`May 17
    /// -18, 2025`).
    fn joins_days(&self, at: usize) -> bool {
        let even = self.glued(at) == self.glued(at.wrapping_sub(1));
        let dated = || self.is_kind(at + 1, TokenKind::Number) && self.year_after(at + 2).is_some();
        self.gap(at).len() <= 2 && self.gap(at.wrapping_sub(1)).len() <= 2 && (even || dated())
    }

    /// The year behind further days of a month: `March 3 and 4, 2024`, `May 5, 6 and 7, 2025`.
    fn year_past_days(&self, end: usize, day: i8) -> Option<i16> {
        const MOST: usize = 6;
        let (mut at, mut last) = (end, day);
        for _ in 0..MOST {
            let joined =
                self.is_kind(at, TokenKind::Comma) || self.is(at, Class::AND) || self.listed(at, List::DayJoins);
            let (next, after) = self.day_number(at + 1).filter(|(next, _)| joined && *next > last)?;
            if let Some((year, _)) = self.year_after(after) {
                return Some(year);
            }
            (at, last) = (after, next);
        }
        None
    }

    /// `09:21:07 EST 2023`, `at 9:21 p.m., 2023` behind a day: the year, the time as TIMEX3 writes it, and the end.
    fn year_past_clock(&self, end: usize) -> Option<(i16, String, usize)> {
        let comma = if self.is_kind(end, TokenKind::Comma) { end + 1 } else { end };
        let at = if self.says(comma, "at") { comma + 1 } else { comma };
        let clock = self.is_kind(at, TokenKind::Number).then(|| self.hour_and_minute(at)).flatten();
        let (hour, minute, mut next) = clock.filter(|(_, minute, _)| minute.is_some())?;
        let mut hour = hour;
        if let Some((afternoon, last)) = self.half_of_day(next) {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            next = last;
        }
        if self.is(next, Class::ZONE) {
            next += 1;
        }
        let (year, last) = self.year_after(next)?;
        Some((year, format!("T{hour:02}:{:02}", minute?), last))
    }

    /// `Friday, ` before a month.
    fn weekday_before(&self, at: usize) -> (usize, bool) {
        let mut before = at.wrapping_sub(1);
        // "Friday the 9th of May"
        if self.is_kind(before, TokenKind::Comma) || self.says(before, "the") {
            before = before.wrapping_sub(1);
        }
        if self.is(before, Class::WEEKDAY) { (before, true) } else { (at, false) }
    }

    /// `3 March 1998`, `the 3rd of March`.
    pub(super) fn day_and_month(&self, at: usize) -> Option<Timed> {
        let (day, end) = self.day_number(at)?;
        // "the 21st day of June"
        let end = if self.says(end, "day") && self.is(end + 1, Class::OF) { end + 1 } else { end };
        if let Some(found) = self.days_and_month(at, day, end) {
            return Some(found);
        }
        let (month, last) = self.month_of_days(end)?;
        // "5 May 3"? no: the month would take the number behind it.
        let (first, _) = self.weekday_before(at);
        self.day(first, last, month, day)
    }

    /// The month at `at` that days before it belong to, past an "of", and where it ends.
    fn month_of_days(&self, at: usize) -> Option<(i8, usize)> {
        // "24-February"; with a year it is read as a whole
        let long = self.capital(at + 1) && self.text(at + 1).len() > 3;
        let hung = self.inner_hyphen(at) && long && !self.inner_hyphen(at + 2);
        let end = if self.is(at, Class::OF) || hung { at + 1 } else { at };
        // "21 June Street"
        let street = self.is(end + 1, Class::STREET) && self.capital(end + 1);
        if !self.is(end, Class::MONTH) || self.is_kind(end, TokenKind::Number) || street {
            return None;
        }
        let name = self.text(end);
        if !self.page.lexicon.forms.is_capital(name)
            && name.len() < 4
            && !(name == "may" && (self.year_after(end + 1).is_some() || self.says(end + 1, "that")))
        {
            return None;
        }
        let stop = self.past_stop(end);
        Some((self.entry(end).time, if self.year_after(stop).is_some() { stop } else { end + 1 }))
    }

    /// `3-5 March 2024`, one figure; `3` of `from 3 to 5 March 2024`, which has the month and year of the second day.
    fn days_and_month(&self, at: usize, day: i8, end: usize) -> Option<Timed> {
        const MOST: usize = 6;
        let dash = matches!(self.kind(end), Some(TokenKind::Hyphen | TokenKind::Dash)) && self.joins_days(end);
        let before = at.wrapping_sub(1);
        let led =
            !self.is_kind(before, TokenKind::Word) || self.is(before, Class::YEAR_PREPOSITION.or(Class::DETERMINER));
        let word = |at: usize| self.is(at, Class::AND) || self.listed(at, List::DayJoins);
        // "ran 3 to 11 February"
        let led = led || self.listed(end, List::RangeWords);
        // "on 3, 4 and 5 May 2014", "from the 3rd to the 9th of May"
        let (mut next, mut after) = (day, end);
        for step in 0..MOST {
            let comma = self.is_kind(after, TokenKind::Comma) && self.is_kind(after + 1, TokenKind::Number);
            let joined =
                if step == 0 { dash || led && (word(after) || comma) } else { !dash && (word(after) || comma) };
            if !joined {
                break;
            }
            let number = if self.says(after + 1, "the") && !dash { after + 2 } else { after + 1 };
            (next, after) = self.day_number(number).filter(|(later, _)| *later > next)?;
        }
        if after == end {
            return None;
        }
        let (month, last) = self.month_of_days(after)?;
        if dash {
            return self.days(at, last, month, (day, next));
        }
        match self.year_after(last) {
            Some((year, _)) => Timed::value(at, end, Date::new(year, month, day).ok()?.to_string()),
            None => Timed::open(at, end, Open::Day(month, day, self.side(at, Side::Closest))),
        }
    }

    /// `the ninth of May`, `the twenty-first of June 2014`: a day in words, of a month written with a capital.
    pub(super) fn spoken_day(&self, at: usize) -> Option<Timed> {
        let (_, end) = self.day_number(at)?;
        let told = self.is(end, Class::OF) && self.is(end + 1, Class::MONTH) && self.capital(end + 1);
        // "from the third to the ninth of May"
        let to = self.listed(end, List::RangeWords) && self.says(end + 1, "the");
        let told = told || to && self.is(end + 2, Class::ORDINAL.or(Class::TENS));
        (told && !self.is(at.wrapping_sub(1), Class::ARTICLE)).then(|| self.day_and_month(at)).flatten()
    }

    /// `2017-10-03`, `5/17/2018`, `17.5.2018`.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Timed> {
        let glued = |i: usize| self.glued(i);
        if let Some((day, month, year)) = self.dotted(at) {
            return Timed::value(at, at + 1, Date::new(year, month, day).ok()?.to_string());
        }
        if let Some(found) = self.lettered_date(at) {
            return Some(found);
        }
        let mark = self.text(at + 1);
        if !matches!(mark, "-" | "/" | "‑")
            || !(0..4).all(|i| glued(at + i))
            || self.text(at + 3) != mark
            || glued(at.wrapping_sub(1))
        {
            return None;
        }
        let part = |i: usize| self.is_kind(i, TokenKind::Number).then(|| self.text(i).parse::<i16>().ok()).flatten();
        let (a, b, c) = (part(at)?, part(at + 2)?, part(at + 4)?);
        let ends = !glued(at + 4)
            || !matches!(self.kind(at + 5), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Symbol));
        let clock = self.text(at + 5).starts_with('T') && glued(at + 4);
        if !ends && !clock {
            return None;
        }
        let (year, month, day) = match (self.text(at).len(), self.text(at + 4).len()) {
            (4, _) => (a, b, c),
            (_, 4) if a <= 12 => (c, a, b),
            (_, 4) => (c, b, a),
            (_, 2) if mark == "/" => {
                let year = if c < 50 { 2000 + c } else { 1900 + c };
                if a <= 12 { (year, a, b) } else { (year, b, a) }
            }
            _ => return None,
        };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Timed::value(at, at + 5, date.to_string())
    }

    /// `24-Nov-2016`, `2016/Nov/24`: a date in figures but for its month.
    fn lettered_date(&self, at: usize) -> Option<Timed> {
        let mark = self.text(at + 1);
        let joined = matches!(mark, "-" | "/" | ".") && self.text(at + 3) == mark && (0..4).all(|i| self.glued(at + i));
        let (month, last) = (self.entry(at + 2), at + 4);
        if !joined
            || !month.is(Class::MONTH)
            || !self.is_kind(last, TokenKind::Number)
            || self.glued(at.wrapping_sub(1))
        {
            return None;
        }
        let part = |at: usize| self.text(at).parse::<i16>().ok();
        let (day, year) = match (self.text(at).len(), self.text(last).len()) {
            (4, 1 | 2) => (part(last)?, part(at)?),
            (1 | 2, 4) => (part(at)?, part(last)?),
            (1 | 2, 2) => (part(at)?, part(last).map(|year| if year < 50 { 2000 + year } else { 1900 + year })?),
            _ => return None,
        };
        let date = Date::new(year, month.time, i8::try_from(day).ok()?).ok()?;
        Timed::value(at, last + 1, date.to_string())
    }

    /// `10.12.2017`, one token.
    fn dotted(&self, at: usize) -> Option<(i8, i8, i16)> {
        let mut parts = self.text(at).split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        // "2014.05.09"
        if parts.next().is_none() && day.len() == 4 && month.len() == 2 && year.len() == 2 {
            return Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?));
        }
        let mut parts = self.text(at).split('.').skip(3);
        let fits = parts.next().is_none() && year.len() == 4 && day.len() <= 2 && month.len() <= 2;
        fits.then_some(())?;
        Some((day.parse().ok()?, month.parse().ok()?, year.parse().ok()?))
    }

    /// Which weekday of a name is meant, as the verbs around it tell. `Will sign it on Wednesday`, written on a Wednesday, is
    /// today.
    fn told_side(&self, at: usize) -> Side {
        match self.side(at, Side::Near) {
            Side::Future => Side::Soon,
            side => side,
        }
    }

    /// `Tuesday`, `last Tuesday`, `Tuesday, March 3`, `Tuesday night`, `each Thursday`, `Wednesdays`.
    pub(super) fn weekday(&self, at: usize) -> Option<Timed> {
        let entry = self.entry(at);
        let day = entry.time;
        if entry.is(Class::WEEKDAYS) {
            return Timed::value(at, at + 1, format!("XXXX-WXX-{day}"));
        }
        let stop = self.past_stop(at);
        if entry.is(Class::WEEKDAY_SHORT) {
            let day = if self.is_kind(stop, TokenKind::Comma) { stop + 1 } else { stop };
            let dated = self.is_kind(day, TokenKind::Number) && self.day_and_month(day).is_some();
            if !(self.capital(at) && (self.is(day, Class::MONTH) || dated)) {
                return None;
            }
        }
        // "Friday, March 3"
        let month = if self.is_kind(stop, TokenKind::Comma) || self.says(stop, "the") { stop + 1 } else { stop };
        if self.is(month, Class::MONTH)
            && self.is_month(month)
            && let Some((number, end)) = self.day_number(self.past_stop(month))
        {
            let before = at.wrapping_sub(1);
            let first = if self.is(before, Class::ANCHOR) { before } else { at };
            let first = if self.says(first.wrapping_sub(1), "this") { first - 1 } else { first };
            return self.day(first, end, self.entry(month).time, number).map(|found| on_weekday(found, day));
        }
        // "Friday, 14 March"
        if self.is_kind(month, TokenKind::Number)
            && let Some(found) = self.day_and_month(month)
        {
            return Some(on_weekday(Timed { first: at, ..found }, day));
        }
        if !self.capital(at) && !self.is(at.wrapping_sub(1), Class::ANCHOR.or(Class::YEAR_PREPOSITION).or(Class::STOP))
            || self.is(at.wrapping_sub(1), Class::HONORIFIC)
            || self.names_a_day(at)
        {
            return None;
        }
        let before = at.wrapping_sub(1);
        if self.says_any(before, &["each", "every"]) {
            return Timed::value(before, at + 1, format!("XXXX-WXX-{day}"));
        }
        // "the last Sunday in March"
        let last = self.says_any(before, &["last", "final"]) && self.says(before.wrapping_sub(1), "the");
        if last && let Some(found) = self.weekday_of_month(at, before, None) {
            return Some(found);
        }
        let anchor = self.entry(before);
        let (mut first, side) = if anchor.is(Class::ANCHOR) {
            let side = match anchor.time {
                -1 => Side::Past,
                1 if self.says(before, "next") => Side::Next,
                1 => Side::Future,
                // "see it this Friday", but "it sank this Friday"
                _ if self.says(before, "this") && !self.is_told_of_past(at) => Side::Soon,
                _ => self.told_side(at),
            };
            let begin = self.with_the(before);
            (if self.says(before.wrapping_sub(1), "this") { before - 1 } else { begin }, side)
        } else {
            (self.with_part(at), self.told_side(at))
        };
        let mut end = at + 1;
        if let Some((by, last)) = self.one_further(end) {
            let side = if by > 0 { Side::Future } else { Side::Past };
            let tail = if by > 0 { "@D7" } else { "@D-7" };
            return Timed::date(self.with_the(at), last, When::Open(Open::Weekday(day, side), tail.to_owned()));
        }
        let mut tail = String::new();
        let part = self.entry(end);
        if part.is(Class::DAYPART) && !self.listed(end, List::WholeDayparts) {
            let nights = self.ends(end, Ending::Plural);
            tail = format!("T{}", part.code);
            end += 1;
            if nights {
                return Timed::value(first, end, format!("XXXX-WXX-{day}{tail}"));
            }
        } else if self.is(before, Class::DAYPART) && self.entry(before).code.starts_with('T') {
            tail = self.entry(before).code.to_owned();
            first = before;
        }
        let mut found = Timed::date(first, end, When::Open(Open::Weekday(day, side), tail.clone()))?;
        if !tail.is_empty() {
            found.kind = FigureKind::Time;
        }
        Some(found)
    }

    /// `Black Friday`, `the Sunday Lantern`: a weekday inside a name.
    fn names_a_day(&self, at: usize) -> bool {
        let (before, next) = (at.wrapping_sub(1), at + 1);
        let time = Class::MONTH.or(Class::DAYPART).or(Class::WEEKDAY).or(Class::DAY).or(Class::STOP);
        let title = self.says(before, "the") && self.capital(next) && self.gap(at) == " " && !self.is(next, time);
        self.capital(at) && (self.is(before, Class::NAMED_DAY) && self.capital(before) || title) && !self.title_case(at)
    }

    /// The unit of time at `at`, if it is one of the calendar.
    pub(super) fn scale(&self, at: usize) -> Option<Scale> {
        Scale::of(self.entry(at).code)
    }
}

/// A day of a month that is told with its weekday: where its year is open, it is the one in which they meet.
fn on_weekday(found: Timed, weekday: i8) -> Timed {
    let when = match found.when {
        When::Open(open @ Open::Day(..), tail) if tail.is_empty() => When::Open(open, format!("@S{weekday}")),
        when => when,
    };
    Timed { when, ..found }
}
