//! Days as people type them: `2031-05-02`, `2031-05`, `2031`, `today`, `yesterday`, `last week`, `3 days ago`.

use crate::index::day_range;
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp, tz::Offset};

/// The first day of what was typed: for `--since`.
pub(super) fn first(written: &str) -> Result<Date, String> {
    days(written, today()).map(|(first, _)| first)
}

/// The last day of what was typed: for `--until`.
pub(super) fn last(written: &str) -> Result<Date, String> {
    days(written, today()).map(|(_, last)| last)
}

/// Today in UTC, in which most dates of documents are given.
fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}

/// The first and the last day of a period, seen from `today`. Weeks begin on Monday (ISO 8601).
fn days(written: &str, today: Date) -> Result<(Date, Date), String> {
    let lower = written.trim().to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let found = match words.as_slice() {
        ["today"] => Some((today, today)),
        ["yesterday"] => today.yesterday().ok().map(|day| (day, day)),
        ["this", unit] => period(unit, today),
        ["last", unit] => ago(1, unit).and_then(|span| today.checked_sub(span).ok()).and_then(|day| period(unit, day)),
        [number, unit, "ago"] => {
            let day = number.parse().ok().and_then(|n| ago(n, unit)).and_then(|span| today.checked_sub(span).ok());
            day.map(|day| (day, day))
        }
        _ => day_range(&lower),
    };
    found.ok_or_else(|| {
        format!("`{written}` is not a day; write 2031-05-02, 2031-05, 2031, yesterday, last week or 3 days ago")
    })
}

/// So many of a unit.
fn ago(number: i64, unit: &str) -> Option<Span> {
    let span = Span::new();
    match unit.trim_end_matches('s') {
        "day" => span.try_days(number).ok(),
        "week" => span.try_weeks(number).ok(),
        "month" => span.try_months(number).ok(),
        "year" => span.try_years(number).ok(),
        _ => None,
    }
}

/// The week, month or year that a day lies in.
fn period(unit: &str, day: Date) -> Option<(Date, Date)> {
    match unit {
        "week" => {
            let back = i64::from(day.weekday().since(Weekday::Monday));
            let monday = day.checked_sub(Span::new().days(back)).ok()?;
            Some((monday, monday.checked_add(Span::new().days(6)).ok()?))
        }
        "month" => Some((day.first_of_month(), day.last_of_month())),
        "year" => Some((day.first_of_year(), day.last_of_year())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_people_type_them() {
        let today = date(2031, 5, 15); // a Thursday
        for (written, first, last) in [
            ("2031-05-02", date(2031, 5, 2), date(2031, 5, 2)),
            ("2031-02", date(2031, 2, 1), date(2031, 2, 28)),
            ("2030", date(2030, 1, 1), date(2030, 12, 31)),
            ("today", today, today),
            ("Yesterday", date(2031, 5, 14), date(2031, 5, 14)),
            ("last week", date(2031, 5, 5), date(2031, 5, 11)),
            ("this week", date(2031, 5, 12), date(2031, 5, 18)),
            ("last month", date(2031, 4, 1), date(2031, 4, 30)),
            ("last year", date(2030, 1, 1), date(2030, 12, 31)),
            ("3 days ago", date(2031, 5, 12), date(2031, 5, 12)),
            ("2 weeks ago", date(2031, 5, 1), date(2031, 5, 1)),
        ] {
            assert_eq!(days(written, today), Ok((first, last)), "{written}");
        }
        for written in ["", "soon", "2031-13", "2031-02-30", "last fortnight", "x days ago", "99999999999 years ago"] {
            assert!(days(written, today).unwrap_err().contains("is not a day"), "{written}");
        }
    }
}
