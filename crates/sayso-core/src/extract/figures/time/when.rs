//! A point or period of time as told, before and after it is placed on the calendar. What needs no document date is
//! written at once; the rest is kept in a short notation inside the figure's `iso` (it begins with `~`) until
//! [`resolve`](crate::extract::figures::resolve) sets it against the document's date, or drops it where there is none.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A reading of a time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract::figures) enum When {
    /// TIMEX3 value, complete.
    Value(String),
    /// Complete but for the document's date.
    Open(Open, Tail),
}

/// What follows a resolved value: `T22:00`, `TMO`, `-WE`.
pub(in crate::extract::figures) type Tail = String;

/// Towards which side an unplaced weekday, day or month is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::figures) enum Side {
    /// The last one before the document's day.
    Past,
    /// The last one, the document's day included.
    Near,
    /// The next one.
    Future,
    /// The next one, but not tomorrow: `next Friday`.
    Next,
    /// The next one, the document's day included: `this Friday`.
    Soon,
    /// That of this year, unless it is far ahead or the year is about to end.
    Closest,
    /// Whichever is the fewest days away.
    Nearest,
}

/// A time that is told by its distance from the document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::figures) enum Open {
    /// So many units away, told as one unit: `last week`, `two years ago`.
    Shift(Scale, i32),
    /// `Tuesday`
    Weekday(i8, Side),
    /// `March 3`
    Day(i8, i8, Side),
    /// `March`
    Month(i8, Side),
    /// `March` of a year so many away.
    MonthOfYear(i8, i32),
    /// `March 3` of a year so many away.
    DayOfYear(i8, i8, i32),
    /// `the third quarter`; 0: the one at hand.
    Quarter(i8),
    /// `the third quarter` of a year so many away.
    QuarterOfYear(i8, i32),
    /// The quarter named last, of this year: `the same quarter of 2024`.
    SameQuarter(i16),
    /// `summer`: 0 spring … 3 winter.
    Season(i8, Side),
    /// `the 5th`
    DayOfMonth(i8),
    /// `that year`: the one that was named last.
    Named(Scale),
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::figures) enum Scale {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

const SCALES: [Scale; 8] =
    [Scale::Day, Scale::Week, Scale::Weekend, Scale::Month, Scale::Quarter, Scale::Year, Scale::Decade, Scale::Century];
const SIDES: [Side; 7] = [Side::Past, Side::Near, Side::Future, Side::Next, Side::Soon, Side::Closest, Side::Nearest];
pub(super) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Scale {
    /// From TIMEX3's letter.
    pub(crate) fn of(letter: &str) -> Option<Scale> {
        Some(match letter {
            "D" => Scale::Day,
            "W" => Scale::Week,
            "N" => Scale::Weekend,
            "M" => Scale::Month,
            "Q" => Scale::Quarter,
            "Y" => Scale::Year,
            "E" => Scale::Decade,
            "C" => Scale::Century,
            _ => return None,
        })
    }

    /// Whether `that day` points back to one that was named.
    pub(crate) fn is_named(self) -> bool {
        matches!(self, Scale::Day | Scale::Month | Scale::Quarter | Scale::Year)
    }
}

impl Open {
    /// Whether the words tell the year by themselves (`last year`); `a year earlier` does not, nor does `the quarter`.
    pub(crate) fn names_its_year(self, words: &str) -> bool {
        match self {
            Open::Shift(Scale::Year, -1) => {
                !(words.contains("ago") || words.contains("earlier") || words.contains("before"))
            }
            Open::Quarter(0) | Open::SameQuarter(_) | Open::Named(Scale::Quarter) => false,
            _ => true,
        }
    }
}

/// What `open` means where the quarter `named` (`1998-Q3`) was spoken of just before.
pub(super) fn same_quarter(named: &str, open: Open) -> Option<String> {
    match open {
        Open::Quarter(0) | Open::Named(Scale::Quarter) => Some(named.to_owned()),
        Open::SameQuarter(year) => Some(format!("{year:04}-{}", named.get(5..)?)),
        Open::Shift(Scale::Year, -1) => {
            let year: i16 = named.get(..4)?.parse().ok()?;
            Some(format!("{:04}-{}", year.checked_sub(1)?, named.get(5..)?))
        }
        _ => None,
    }
}

impl When {
    /// A complete value.
    pub(crate) fn value(text: impl Into<String>) -> When {
        When::Value(text.into())
    }

    /// The value, or the notation of what is open.
    pub(crate) fn encode(&self) -> String {
        let (open, tail) = match self {
            When::Value(text) => return text.clone(),
            When::Open(open, tail) => (*open, tail),
        };
        let (letter, a, b, c) = match open {
            Open::Shift(scale, by) => ('s', SCALES.iter().position(|s| *s == scale).unwrap_or(0) as i32, by, 0),
            Open::Weekday(day, side) => ('w', i32::from(day), side as i32, 0),
            Open::Day(month, day, side) => ('d', i32::from(month), i32::from(day), side as i32),
            Open::Month(month, side) => ('m', i32::from(month), side as i32, 0),
            Open::MonthOfYear(month, by) => ('M', i32::from(month), by, 0),
            Open::DayOfYear(month, day, by) => ('D', i32::from(month), i32::from(day), by),
            Open::Quarter(quarter) => ('q', i32::from(quarter), 0, 0),
            Open::QuarterOfYear(quarter, by) => ('Q', i32::from(quarter), by, 0),
            Open::SameQuarter(year) => ('y', i32::from(year), 0, 0),
            Open::Season(season, side) => ('z', i32::from(season), side as i32, 0),
            Open::DayOfMonth(day) => ('n', i32::from(day), 0, 0),
            Open::Named(scale) => ('N', SCALES.iter().position(|s| *s == scale).unwrap_or(0) as i32, 0, 0),
        };
        format!("~{letter} {a} {b} {c} {tail}")
    }

    /// The reading of an encoded one that is open.
    pub(crate) fn decode(text: &str) -> Option<When> {
        let mut parts = text.strip_prefix('~')?.splitn(5, ' ');
        let letter = parts.next()?.chars().next()?;
        let mut number = || parts.next()?.parse::<i32>().ok();
        let (a, b, c) = (number()?, number()?, number()?);
        let tail = parts.next().unwrap_or("").to_owned();
        let side = |i: i32| SIDES.get(i as usize).copied();
        let open = match letter {
            's' => Open::Shift(*SCALES.get(a as usize)?, b),
            'w' => Open::Weekday(a as i8, side(b)?),
            'd' => Open::Day(a as i8, b as i8, side(c)?),
            'm' => Open::Month(a as i8, side(b)?),
            'M' => Open::MonthOfYear(a as i8, b),
            'D' => Open::DayOfYear(a as i8, b as i8, c),
            'q' => Open::Quarter(a as i8),
            'Q' => Open::QuarterOfYear(a as i8, b),
            'y' => Open::SameQuarter(i16::try_from(a).ok()?),
            'z' => Open::Season(a as i8, side(b)?),
            'n' => Open::DayOfMonth(a as i8),
            'N' => Open::Named(*SCALES.get(a as usize)?),
            _ => return None,
        };
        Some(When::Open(open, tail))
    }

    /// The TIMEX3 value on or around `day`. None where there is no such date.
    pub(crate) fn place(&self, day: Date) -> Option<String> {
        match self {
            When::Value(text) => Some(text.clone()),
            When::Open(open, tail) => finish(&place(*open, day)?, tail),
        }
    }
}

/// A placed value with its tail: `T22:00` is written behind it; `/-03-05` is the last day of a range in the same year; `@W`
/// makes a week of a day, `@D7` and `@D-7` another day; `@N2.5` the second Friday of a month (`@N-1.5` the last); `@S5`
/// the year next to it in which the day is a Friday; `@Y-1` and
/// `@Y2024` set another year.
pub(super) fn finish(value: &str, tail: &str) -> Option<String> {
    let year: i16 = value.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    Some(match tail.strip_prefix('@') {
        Some(nth) if nth.starts_with('N') => {
            let (rank, weekday) = nth[1..].split_once('.')?;
            let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
            let month: Date = format!("{value}-01").parse().ok()?;
            month.nth_weekday_of_month(rank.parse().ok()?, weekday).ok()?.to_string()
        }
        Some(weekday) if weekday.starts_with('S') => {
            let weekday = Weekday::from_monday_one_offset(weekday[1..].parse().ok()?).ok()?;
            let day: Date = value.parse().ok()?;
            let of = |by: i16| Date::new(day.year() + by, day.month(), day.day()).ok();
            let meets = [0, -1, 1].into_iter().filter_map(of).find(|day| day.weekday() == weekday);
            meets.unwrap_or(day).to_string()
        }
        Some("W") => shifted(Scale::Week, 0, value.parse().ok()?)?,
        Some(days) if days.starts_with('D') => shifted(Scale::Day, days[1..].parse().ok()?, value.parse().ok()?)?,
        Some(other) => {
            let by: i16 = other.strip_prefix('Y')?.parse().ok()?;
            let to = if by > 0 { by } else { year.checked_add(by)? };
            format!("{to:04}{}", value.get(4..)?)
        }
        None if tail.starts_with('/') => format!("{value}/{year:04}{}", tail.get(1..)?),
        None => format!("{value}{tail}"),
    })
}

fn place(open: Open, day: Date) -> Option<String> {
    Some(match open {
        // "Over the weekend", said before Friday, is the one before.
        Open::Shift(Scale::Weekend, 0) => {
            shifted(Scale::Weekend, -i32::from(day.weekday().to_monday_one_offset() < 5), day)?
        }
        Open::Shift(scale, by) => shifted(scale, by, day)?,
        Open::Weekday(weekday, side) => {
            let target = Weekday::from_monday_one_offset(weekday).ok()?;
            let ahead = i64::from(day.weekday().until(target));
            let by = match side {
                Side::Near | Side::Closest | Side::Nearest if ahead == 0 => 0,
                Side::Near | Side::Past | Side::Closest | Side::Nearest => ahead - 7,
                Side::Next if ahead == 1 => 8,
                Side::Future | Side::Next if ahead == 0 => 7,
                Side::Future | Side::Next | Side::Soon => ahead,
            };
            day.checked_add(Span::new().try_days(by).ok()?).ok()?.to_string()
        }
        Open::Day(month, number, side) => {
            let of = |by: i16| Date::new(day.year() + by, month, number).ok();
            let distance = |date: &Date| (day.until(*date).map_or(i64::MAX, |span| i64::from(span.get_days()))).abs();
            let found = match side {
                Side::Future => of(0).filter(|date| *date >= day).or_else(|| of(1)),
                Side::Past => of(0).filter(|date| *date < day).or_else(|| of(-1)),
                Side::Near => of(0).filter(|date| *date <= day).or_else(|| of(-1)),
                Side::Nearest => [0, -1, 1].into_iter().filter_map(of).min_by_key(distance),
                // This year's, unless it is far ahead, or the year is about to end.
                _ => {
                    let this = of(0);
                    let far = this.is_some_and(|date| date > day && distance(&date) > 200);
                    let turning = day.month() >= 11 && month <= 2;
                    match () {
                        () if far => of(-1),
                        () if turning => of(1),
                        () => this,
                    }
                }
            };
            found?.to_string()
        }
        Open::Month(month, side) => {
            let now = day.month();
            let by = match side {
                Side::Past if month >= now => -1,
                Side::Future if month < now => 1,
                Side::Closest if month > now + 6 => -1,
                Side::Closest if now >= 11 && month <= 2 => 1,
                Side::Near if month > now => -1,
                Side::Nearest if month > now + 6 => -1,
                Side::Nearest if month + 6 < now => 1,
                _ => 0,
            };
            format!("{:04}-{month:02}", day.year() + by)
        }
        Open::MonthOfYear(month, by) => format!("{:04}-{month:02}", i32::from(day.year()) + by),
        Open::DayOfYear(month, number, by) => {
            Date::new(i16::try_from(i32::from(day.year()) + by).ok()?, month, number).ok()?.to_string()
        }
        // "The quarter" of a report is the last one that is over.
        Open::Quarter(0) => shifted(Scale::Quarter, -1, day)?,
        Open::Quarter(quarter) => {
            let now = (day.month() + 2) / 3;
            format!("{:04}-Q{quarter}", day.year() - i16::from(quarter > now))
        }
        Open::QuarterOfYear(quarter, by) => format!("{:04}-Q{quarter}", i32::from(day.year()) + by),
        Open::SameQuarter(year) => format!("{year:04}"),
        Open::Season(season, side) => {
            let begins = [3, 6, 9, 12][season as usize % 4];
            let by = match side {
                Side::Past if begins >= day.month() => -1,
                Side::Future if begins + 2 < day.month() => 1,
                _ => 0,
            };
            format!("{:04}-{}", day.year() + by, SEASONS[season as usize % 4])
        }
        // Nothing was named before it.
        Open::Named(_) => return None,
        Open::DayOfMonth(number) => Date::new(day.year(), day.month(), number).ok()?.to_string(),
    })
}

fn shifted(scale: Scale, by: i32, day: Date) -> Option<String> {
    Some(match scale {
        Scale::Day => day.checked_add(Span::new().try_days(by).ok()?).ok()?.to_string(),
        Scale::Week | Scale::Weekend => {
            let week = day.checked_add(Span::new().try_weeks(by).ok()?).ok()?.iso_week_date();
            let end = if scale == Scale::Weekend { "-WE" } else { "" };
            format!("{:04}-W{:02}{end}", week.year(), week.week())
        }
        Scale::Month => {
            let date = day.first_of_month().checked_add(Span::new().try_months(by).ok()?).ok()?;
            format!("{:04}-{:02}", date.year(), date.month())
        }
        Scale::Quarter => {
            let date = day.first_of_month().checked_add(Span::new().try_months(by.checked_mul(3)?).ok()?).ok()?;
            format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3)
        }
        Scale::Year => format!("{:04}", day.first_of_month().checked_add(Span::new().try_years(by).ok()?).ok()?.year()),
        Scale::Decade => format!("{}", i32::from(day.year()).checked_div(10)?.checked_add(by)?),
        Scale::Century => format!("{}", i32::from(day.year()).checked_div(100)?.checked_add(by)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(open: Open, day: &str) -> String {
        let when = When::Open(open, String::new());
        assert_eq!(When::decode(&when.encode()), Some(when.clone()));
        when.place(day.parse().unwrap()).unwrap_or_default()
    }

    #[test]
    fn open_times_are_placed_by_the_documents_day() {
        // 2 October 2017 was a Monday.
        for (open, expected) in [
            (Open::Shift(Scale::Day, -1), "2017-10-01"),
            (Open::Shift(Scale::Week, -1), "2017-W39"),
            (Open::Shift(Scale::Month, -10), "2016-12"),
            (Open::Shift(Scale::Quarter, 0), "2017-Q4"),
            (Open::Shift(Scale::Year, 3), "2020"),
            (Open::Shift(Scale::Decade, -1), "200"),
            (Open::Weekday(1, Side::Near), "2017-10-02"),
            (Open::Weekday(5, Side::Near), "2017-09-29"),
            (Open::Weekday(5, Side::Future), "2017-10-06"),
            (Open::Day(10, 13, Side::Nearest), "2017-10-13"),
            (Open::Day(2, 1, Side::Nearest), "2018-02-01"),
            (Open::Day(6, 1, Side::Nearest), "2017-06-01"),
            (Open::Month(1, Side::Nearest), "2018-01"),
            (Open::Month(7, Side::Nearest), "2017-07"),
            (Open::Day(12, 30, Side::Closest), "2017-12-30"),
            (Open::Day(1, 5, Side::Closest), "2017-01-05"),
            (Open::Day(2, 31, Side::Closest), ""),
            (Open::Month(11, Side::Past), "2016-11"),
            (Open::Quarter(3), "2017-Q3"),
            (Open::Season(1, Side::Past), "2017-SU"),
        ] {
            assert_eq!(at(open, "2017-10-02"), expected, "{open:?}");
        }
    }

    #[test]
    fn far_shifts_have_no_value() {
        assert_eq!(at(Open::Shift(Scale::Year, 1_000_000), "2017-10-02"), "");
        assert_eq!(at(Open::Shift(Scale::Month, i32::MIN), "2017-10-02"), "");
    }
}
