//! Times of day: `10:30`, `10 p.m.`, `6pm`, `5 p.m. EST Nov. 9`, `10 p.m. Wednesday`, `14:05 GMT`.

use super::{Open, Scale, Side, Timed, When};
use crate::extract::FigureKind;
use crate::extract::figures::reader::Reader;
use crate::lexicon::figures::Class;
use crate::text::TokenKind;

/// Time zones that may follow a time.
const ZONES: [&str; 24] = [
    "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "gmt", "utc", "bst", "cet", "cest",
    "ist", "aest", "jst", "eastern", "pacific", "central", "hkt",
];

impl Reader<'_, '_> {
    /// A time of day whose first number is at `at`.
    pub(super) fn clock(&self, at: usize) -> Option<Timed> {
        let text = self.text(at);
        let (hour, minute, mut end) = self.hour_and_minute(at)?;
        if self.glued(at.wrapping_sub(1))
            && !matches!(self.kind(at.wrapping_sub(1)), Some(TokenKind::Open | TokenKind::Mark | TokenKind::Dash))
        {
            return None;
        }
        let half = match self.half_of_day(end) {
            Some((half, last)) => {
                end = last;
                Some(half)
            }
            None => None,
        };
        if half.is_none() {
            let colon = minute.is_some() && !text.contains('.') && self.text(end.wrapping_sub(2)) == ":";
            let oclock = self.says_any(end, &["o'clock", "o’clock"]);
            if oclock {
                end += 1;
            } else if !colon || self.text(end) == ":" && self.glued(end - 1) {
                return None;
            }
        }
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        if self.says_any(end, &ZONES) && (self.capital(end) || self.says_any(end, &["est", "gmt", "edt", "utc"])) {
            end += 1;
            if self.says(end, "time") {
                end += 1;
            }
        } else if self.says(end, "local") && self.says(end + 1, "time") {
            end += 2;
        }
        let tail = match minute {
            Some(minute) => format!("T{hour:02}:{minute:02}"),
            None => format!("T{hour:02}:00"),
        };
        let mut found = self.day_of_clock(at, end, tail)?;
        found.kind = FigureKind::Time;
        Some(found)
    }

    fn hour_and_minute(&self, at: usize) -> Option<(u8, Option<u8>, usize)> {
        let text = self.text(at);
        if let Some((hour, minute)) = text.split_once('.') {
            // "10.30 a.m."
            let minute: u8 = minute.parse().ok().filter(|_| minute.len() == 2)?;
            return Some((hour.parse().ok().filter(|h| *h <= 24)?, Some(minute).filter(|m| *m < 60), at + 1));
        }
        let hour: u8 = text.parse().ok().filter(|hour| *hour <= 24 && text.len() <= 2)?;
        if self.text(at + 1) == ":"
            && self.glued(at)
            && self.glued(at + 1)
            && self.is_kind(at + 2, TokenKind::Number)
            && self.text(at + 2).len() == 2
        {
            let minute: u8 = self.text(at + 2).parse().ok()?;
            return (minute < 60).then_some((hour, Some(minute), at + 3));
        }
        Some((hour, None, at + 1))
    }

    /// `a.m.` (false) or `p.m.` (true), and its end.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let word = self.text(at).to_ascii_lowercase();
        if self.text(at).len() > 4 {
            return None;
        }
        match word.as_str() {
            "a.m." | "am" | "a.m" => Some((false, at + 1)),
            "p.m." | "pm" | "p.m" => Some((true, at + 1)),
            _ => None,
        }
    }

    /// The day that goes with a time: the weekday or date right after it.
    fn day_of_clock(&self, first: usize, end: usize, tail: String) -> Option<Timed> {
        let next = if self.says(end, "on") { end + 1 } else { end };
        let comma = if self.is_kind(next, TokenKind::Comma) { next + 1 } else { next };
        if self.is(next, Class::WEEKDAY.or(Class::DAY))
            && self.capital(next) == self.is(next, Class::WEEKDAY)
            && next == end
        {
            let open = match self.entry(next).is(Class::DAY) {
                true => Open::Shift(Scale::Day, i32::from(self.entry(next).time)),
                false => Open::Weekday(self.entry(next).time, self.side(first, Side::Near)),
            };
            return Timed::date(first, next + 1, When::Open(open, tail));
        }
        if self.is(comma, Class::MONTH)
            && let Some(day) = self.month(comma).filter(|day| day.first == comma)
        {
            let when = match day.when {
                When::Open(open @ (Open::Day(..) | Open::DayOfYear(..)), _) => When::Open(open, tail.clone()),
                When::Value(date) if date.len() == 10 => When::Value(format!("{date}{tail}")),
                _ => return Timed::date(first, end, When::Open(Open::Shift(Scale::Day, 0), tail)),
            };
            return Timed::date(first, day.end, when);
        }
        Timed::date(first, end, When::Open(Open::Shift(Scale::Day, 0), tail))
    }
}
