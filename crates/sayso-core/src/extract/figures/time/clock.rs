//! Times of day: `10:30`, `10 p.m.`, `6pm`, `5 p.m. EST Nov. 9`, `10 p.m. Wednesday`, `14:05 GMT`; in words, `six this
//! morning`, `twenty past one`.

use super::{Open, Scale, Side, Timed, When};
use crate::extract::FigureKind;
use crate::extract::figures::window::Window;
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;

impl Window<'_, '_> {
    /// A time of day whose first number is at `at`.
    pub(super) fn clock(&self, at: usize) -> Option<Timed> {
        if let Some(found) = self.four_digits(at) {
            return Some(found);
        }
        let text = self.text(at);
        // "12 noon"
        if text == "12" && self.gap(at) == " " && self.is(at + 1, Class::DAYPART) {
            let tail = Some(self.entry(at + 1).code).filter(|code| code.len() > 3)?;
            let found = Timed::open(at, at + 2, Open::Shift(Scale::Day, 0))?;
            let when = When::Open(Open::Shift(Scale::Day, 0), tail.to_owned());
            return Some(Timed { kind: FigureKind::Time, when, ..found });
        }
        let (hour, minute, mut end) = self.hour_and_minute(at)?;
        let before = at.wrapping_sub(1);
        // "9-11am", "9am-5pm"
        let first = before.wrapping_sub(1);
        let second = self.is_kind(before, TokenKind::Hyphen)
            && (self.is_kind(first, TokenKind::Number) || self.half_of_day(first).is_some())
            && self.half_of_day(end).is_some();
        let apart = !self.glued(before)
            || matches!(self.kind(before), Some(TokenKind::Open | TokenKind::Mark | TokenKind::Dash));
        // "No. 2:20-cv-01234"
        let hung = self.inner_hyphen(end) && self.is_kind(end + 1, TokenKind::Word);
        if !(apart || second) || hung {
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
            } else if !(colon || self.is_dotted_clock(at, end)) || self.text(end) == ":" && self.glued(end - 1) {
                return None;
            }
        }
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let zone = self.zone(end);
        if self.is(end, Class::ZONE) && (self.capital(end) || self.text(end).len() == 3) {
            end += 1;
            if self.says(end, "time") {
                end += 1;
            }
        } else if self.says(end, "local") && self.says(end + 1, "time") {
            end += 2;
        }
        let tail = match minute {
            Some(minute) => format!("T{hour:02}:{minute:02}{zone}"),
            None => format!("T{hour:02}:00{zone}"),
        };
        let mut found = self.day_of_clock(at, end, tail)?;
        found.kind = FigureKind::Time;
        Some(found)
    }

    /// `at 19.30 on Friday`, `from 7.30 tomorrow`, `at 9.15 in the morning`: a full stop between hour and minute, where a day or a
    /// part of one follows and nothing near tells of a price.
    fn is_dotted_clock(&self, at: usize, end: usize) -> bool {
        const REACH: usize = 8;
        let written = self.text(at).split_once('.').is_some_and(|(_, minute)| minute.len() == 2);
        if !written || !self.listed(at.wrapping_sub(1), List::BeforeHours) {
            return false;
        }
        let day = if self.says(end, "on") { end + 1 } else { end };
        let part = match () {
            () if self.says(end, "in") && self.says(end + 1, "the") => end + 2,
            () if self.says(end, "this") => end + 1,
            () => end,
        };
        let told = self.is(day, Class::WEEKDAY) && self.capital(day)
            || self.is(end, Class::DAY)
            || self.is(part, Class::DAYPART);
        told && !(2..REACH).any(|back| self.listed(at.wrapping_sub(back), List::PricedWords))
    }

    /// `Z` where the zone at `at` is that of Greenwich.
    fn zone(&self, at: usize) -> &'static str {
        if matches!(self.text(at), "GMT" | "UTC") { "Z" } else { "" }
    }

    /// `1430 GMT`, `at 0600 hours`: four digits before a zone, or before `hours` where the hour of something is told.
    fn four_digits(&self, at: usize) -> Option<Timed> {
        let text = self.text(at);
        let next = at + 1;
        let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) && !self.glued(at);
        let zone = self.is(next, Class::ZONE) && !self.text(next).bytes().any(|byte| byte.is_ascii_lowercase());
        let hours = self.says_any(next, &["hours", "hrs"])
            && self.listed(at.wrapping_sub(1), List::BeforeHours)
            && !self.is(next + 1, Class::OF);
        let local = self.says(next, "local") && self.says(next + 1, "time");
        if !plain
            || !(zone || hours || local)
            || self.glued(at.wrapping_sub(1)) && !self.is_kind(at.wrapping_sub(1), TokenKind::Open)
        {
            return None;
        }
        let (hour, minute): (u8, u8) = (text[..2].parse().ok()?, text[2..].parse().ok()?);
        if hour > 24 || minute > 59 {
            return None;
        }
        let tail = format!("T{hour:02}:{minute:02}{}", self.zone(next));
        let found = self.day_of_clock(at, if local { next + 2 } else { next + 1 }, tail)?;
        Some(Timed { kind: FigureKind::Time, ..found })
    }

    /// `1 to 3 p.m.`, `8-10:30 a.m.`: the first hour, of the same half of the day as the second, or of the one before it.
    pub(crate) fn hour_before_hour(&self, at: usize, hour: u8) -> Option<Timed> {
        let joined = self.is_kind(at + 1, TokenKind::Hyphen)
            || self.is_kind(at + 1, TokenKind::Dash)
            || self.listed(at + 1, List::ClockJoins);
        let second = self.clock(at + 2).filter(|_| joined && self.is_kind(at, TokenKind::Number))?;
        let (last, ..) = self.hour_and_minute(at + 2)?;
        let (afternoon, _) = self.half_of_day(self.hour_and_minute(at + 2)?.2)?;
        // "11 to 2 p.m." begins in the morning.
        let pm = afternoon == (hour % 12 <= last % 12);
        let hour = hour % 12 + if pm { 12 } else { 0 };
        let When::Open(open, _) = second.when else { return None };
        let when = When::Open(open, format!("T{hour:02}:00"));
        Timed::date(at, at + 1, when).map(|timed| Timed { kind: FigureKind::Time, ..timed })
    }

    /// `2:03:45`, `4:32.15`: how long something took, by the clock.
    pub(super) fn stopwatch(&self, at: usize) -> Option<Timed> {
        let colon = |at: usize| self.text(at) == ":" && self.glued(at) && self.glued(at.wrapping_sub(1));
        let part = |at: usize| {
            self.text(at).parse::<u8>().ok().filter(|part| *part < 60 && self.is_kind(at, TokenKind::Number))
        };
        if !colon(at + 1) || self.glued(at.wrapping_sub(1)) || self.text(at + 2).len() < 2 {
            return None;
        }
        let lead: u8 = self.text(at).parse().ok()?;
        let (end, value) = if colon(at + 3) {
            let (minutes, seconds) = (part(at + 2)?, part(at + 4).filter(|_| self.text(at + 4).len() == 2)?);
            (at + 5, format!("PT{lead}H{minutes}M{seconds}S"))
        } else {
            let (seconds, parts) = self.text(at + 2).split_once('.')?;
            let seconds: u8 = seconds.parse().ok().filter(|number| *number < 60 && seconds.len() == 2)?;
            (at + 3, format!("PT{lead}M{seconds}.{parts}S"))
        };
        let clock = self.half_of_day(end).is_some()
            || self.says(at.wrapping_sub(1), "at")
            || self.text(end) == ":"
            || self.is(end, Class::ZONE);
        let found = Timed::value(at, end, value)?;
        let hung = self.glued(end - 1) && self.is_kind(end, TokenKind::Word);
        (!clock && !hung).then_some(Timed { kind: FigureKind::Duration, ..found })
    }

    /// `six this morning`, `twenty past one`, `two on Saturday morning`, `seven in the morning`, `half past nine`.
    pub(super) fn spoken_clock(&self, at: usize) -> Option<Timed> {
        let (minutes, sign, hour_at) = match self.spoken_minutes(at) {
            Some(found) => found,
            None => (0, 1, at),
        };
        // "seven-thirty in the morning"
        let (minutes, sign, hyphened) = match self.hyphened_minutes(at) {
            Some(found) => (found, 1, true),
            None => (minutes, sign, false),
        };
        let told = hour_at > at;
        let hour = self.spoken_hour(hour_at).or_else(|| hyphened.then(|| self.entry(at).number as i32))?;
        let mut end = if hyphened { at + 3 } else { hour_at + 1 };
        let oclock = self.says_any(end, &["o'clock", "o’clock"]);
        if oclock {
            end += 1;
        }
        let (open, part, last) = self.day_part_after(end, at).unwrap_or((Open::Shift(Scale::Day, 0), "", end));
        if !told && !oclock && part.is_empty() {
            return None;
        }
        let hour = match part {
            "AF" | "EV" if hour < 12 => hour + 12,
            "NI" if (6..12).contains(&hour) => hour + 12,
            "MO" if hour == 12 => 0,
            _ => hour,
        };
        let minute = (hour * 60 + sign * minutes).rem_euclid(24 * 60);
        let tail = format!("T{:02}:{:02}", minute / 60, minute % 60);
        let article = self.is(at, Class::SHARE) && self.is(at.wrapping_sub(1), Class::ARTICLE);
        let mut found = Timed::date(if article { at - 1 } else { at }, last, When::Open(open, tail))?;
        found.kind = FigureKind::Time;
        Some(found)
    }

    /// `twenty past`, `a quarter to`, `half past`: the minutes, their sign, and where the hour stands.
    fn spoken_minutes(&self, at: usize) -> Option<(i32, i32, usize)> {
        let entry = self.entry(at);
        let (minutes, next) = match () {
            () if entry.is(Class::SHARE) => (entry.number as i32 * 60 / 100, at + 1),
            () if self.is(at, Class::DIGIT.or(Class::TEEN).or(Class::TENS)) => {
                let number = self.cardinal(at)?;
                (i32::try_from(number.value).ok().filter(|n| *n <= 30)?, number.end)
            }
            () => return None,
        };
        let next = if self.says_any(next, &["minutes", "minute"]) { next + 1 } else { next };
        let sign = match () {
            () if self.says(next, "past") => 1,
            // "five to nine" is as often a range.
            () if self.says_any(next, &["to", "before"]) && self.says(at, "quarter") => -1,
            () => return None,
        };
        let ends = !self.is(next + 2, Class::UNITS.or(Class::SCALE)) && !self.is_plural(next + 2);
        (ends && self.spoken_hour(next + 1).is_some()).then_some((minutes, sign, next + 1))
    }

    /// The minutes of `seven-thirty`, `ten-fifteen`.
    fn hyphened_minutes(&self, at: usize) -> Option<i32> {
        let (hour, minute) = (self.entry(at), self.entry(at + 2));
        let told = hour.is(Class::DIGIT.or(Class::TEEN))
            && hour.number <= 12
            && self.inner_hyphen(at + 1)
            && matches!(minute.number, 10 | 15 | 20 | 30 | 40 | 45 | 50)
            && minute.is(Class::TEEN.or(Class::TENS))
            && !self.inner_hyphen(at + 3);
        told.then_some(minute.number as i32)
    }

    fn spoken_hour(&self, at: usize) -> Option<i32> {
        let entry = self.entry(at);
        let hour = entry.is(Class::DIGIT.or(Class::TEEN)) && entry.number <= 12 && !self.inner_hyphen(at + 1);
        hour.then_some(entry.number as i32)
    }

    /// The part of the day that is told after an hour: which day, `MO` … and the end.
    fn day_part_after(&self, at: usize, first: usize) -> Option<(Open, &'static str, usize)> {
        let today = Open::Shift(Scale::Day, 0);
        let part = |at: usize| Some(self.entry(at).code).filter(|code| self.is(at, Class::DAYPART) && code.len() == 2);
        if self.says(at, "in") && self.says(at + 1, "the") {
            return Some((today, part(at + 2)?, at + 3));
        }
        if self.says(at, "at") {
            return part(at + 1).filter(|code| *code == "NI").map(|code| (today, code, at + 2));
        }
        if self.says_any(at, &["this", "last"]) {
            let by = if self.says(at, "last") { -1 } else { 0 };
            return Some((Open::Shift(Scale::Day, by), part(at + 1)?, at + 2));
        }
        let day = if self.says(at, "on") { at + 1 } else { at };
        let code = part(day + 1)?;
        let entry = self.entry(day);
        match () {
            () if entry.is(Class::WEEKDAY) => {
                Some((Open::Weekday(entry.time, self.side(first, Side::Near)), code, day + 2))
            }
            () if entry.is(Class::DAY) => Some((Open::Shift(Scale::Day, i32::from(entry.time)), code, day + 2)),
            () => None,
        }
    }

    pub(super) fn hour_and_minute(&self, at: usize) -> Option<(u8, Option<u8>, usize)> {
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
            // "18:05:30": the second is left out.
            let second = self.text(at + 3) == ":" && self.glued(at + 2) && self.glued(at + 3);
            let second = second && self.is_kind(at + 4, TokenKind::Number) && self.text(at + 4).len() == 2;
            return (minute < 60).then_some((hour, Some(minute), if second { at + 5 } else { at + 3 }));
        }
        Some((hour, None, at + 1))
    }

    /// `a.m.` (false) or `p.m.` (true), and its end.
    pub(super) fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
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
