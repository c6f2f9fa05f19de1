//! Dates, times and durations, with TIMEX3 values. One file for each way of telling: the calendar (`March 3, 2015`,
//! `5/17/2018`), periods told from now (`last week`, `the past three months`), the clock (`10:30 p.m. Friday`).

mod calendar;
mod clock;
mod lengths;
mod parts;
mod periods;
mod place;
mod when;
mod years;

pub(super) use lengths::{iso, letter_of};
pub(super) use place::place;
pub(super) use when::{Scale, When};

use super::numeral::{Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::grammar;
use crate::language::lists::List;
use crate::text::TokenKind;
use jiff::civil::Date;
use rust_decimal::Decimal;
use when::{Open, Side};

/// A time expression over the tokens `first..end`.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    /// Its first token.
    pub first: usize,
    /// One past its last.
    pub end: usize,
    /// Date, time or duration.
    pub kind: FigureKind,
    /// When, or how long.
    pub when: When,
    /// The number in it, of a duration.
    pub numeral: Option<Numeral>,
}

impl Timed {
    fn date(first: usize, end: usize, when: When) -> Option<Timed> {
        Some(Timed { first, end, kind: FigureKind::Date, when, numeral: None })
    }

    /// An hour of the day at hand.
    pub(super) fn hour(first: usize, end: usize, hour: u8) -> Option<Timed> {
        let when = When::Open(Open::Shift(Scale::Day, 0), format!("T{hour:02}:00"));
        Timed::date(first, end, when).map(|timed| Timed { kind: FigureKind::Time, ..timed })
    }

    fn open(first: usize, end: usize, open: Open) -> Option<Timed> {
        Timed::date(first, end, When::Open(open, String::new()))
    }

    fn value(first: usize, end: usize, value: impl Into<String>) -> Option<Timed> {
        Timed::date(first, end, When::value(value))
    }
}

/// The hour that a time of day tells, before it is placed on the calendar.
pub(super) fn hour_of(time: &Figure) -> Option<u8> {
    let iso = time.iso.as_deref()?;
    let tail = &iso[iso.rfind('T')? + 1..];
    tail.get(..2)?.parse().ok()
}

impl Window<'_, '_> {
    /// The time expression whose first telling word is at `at`.
    pub(super) fn time(&self, at: usize) -> Option<Timed> {
        let found = self.time_alone(at)?;
        // "Sunday 4 May 2025, 10:00": a day and its hour.
        let When::Value(day) = &found.when else { return Some(found) };
        let next = found.end + 1;
        let hour =
            (day.len() == 10 && self.is_kind(found.end, TokenKind::Comma) && self.is_kind(next, TokenKind::Number))
                .then(|| self.clock(next))
                .flatten();
        match hour {
            Some(Timed { end, when: When::Open(Open::Shift(Scale::Day, 0), tail), .. }) => {
                let when = When::value(format!("{day}{tail}"));
                Some(Timed { end, kind: FigureKind::Time, when, ..found })
            }
            _ => Some(found),
        }
    }

    fn time_alone(&self, at: usize) -> Option<Timed> {
        match self.kind(at)? {
            // Between numbers there is no date but a year.
            TokenKind::Number if self.is_among_numbers(at) => self.era(at).or_else(|| self.year(at)),
            TokenKind::Number => self
                .stopwatch(at)
                .or_else(|| self.clock(at))
                .or_else(|| self.century(at))
                .or_else(|| self.numeric_date(at))
                .or_else(|| self.era(at))
                .or_else(|| self.short_quarter(at))
                .or_else(|| self.day_and_month(at))
                .or_else(|| self.year(at)),
            TokenKind::Word => self.time_word(at),
            _ => None,
        }
    }

    /// Whether a number stands alone before another one, or at the end.
    fn is_among_numbers(&self, at: usize) -> bool {
        let next = matches!(self.kind(at + 1), None | Some(TokenKind::Number));
        next && !self.glued(at) && !self.text(at).contains('.')
    }

    fn time_word(&self, at: usize) -> Option<Timed> {
        let entry = self.entry(at);
        if entry.is(Class::MONTH)
            && let Some(found) = self.month(at)
        {
            return Some(found);
        }
        if entry.is(Class::WEEKDAY.or(Class::WEEKDAY_SHORT).or(Class::WEEKDAYS))
            && let Some(found) = self.weekday(at)
        {
            return Some(found);
        }
        if entry.is(Class::DAY) {
            return self.day_word(at);
        }
        if entry.is(Class::HOLIDAY) {
            return self.holiday(at);
        }
        if entry.is(Class::DIGIT.or(Class::SHARE))
            && let Some(found) = self.some_day(at).or_else(|| self.named_half(at))
        {
            return Some(found);
        }
        if entry.is(Class::DIGIT.or(Class::TEEN).or(Class::TENS).or(Class::SHARE))
            && let Some(found) = self.spoken_clock(at)
        {
            return Some(found);
        }
        if entry.is(Class::DAYPART)
            && let Some(found) = self.daypart(at)
        {
            return Some(found);
        }
        if entry.is(Class::SEASON)
            && let Some(found) = self.season(at)
        {
            return Some(found);
        }
        if entry.is(Class::ORDINAL.or(Class::TENS))
            && let Some(found) = self.spoken_day(at)
        {
            return Some(found);
        }
        if entry.is(Class::ORDINAL)
            && let Some(found) = self.ordinal_period(at)
        {
            return Some(found);
        }
        if entry.is(Class::UNIT)
            && let Some(found) = self.unit_alone(at)
        {
            return Some(found);
        }
        if entry.is(Class::UNITS) {
            return self.units_alone(at);
        }
        if entry.is(Class::TEEN.or(Class::TENS).or(Class::DIGIT))
            && let Some(found) = self.year_in_words(at)
        {
            return Some(found);
        }
        if entry.is(Class::DECADES) {
            // "the sixties"
            let told = self.says(at.wrapping_sub(1), "the") || self.is(at.wrapping_sub(1), Class::PART);
            let first = self.with_the(self.with_part(at));
            return told.then(|| Timed::value(first, at + 1, format!("19{}", entry.number / 10))).flatten();
        }
        // "the latest period" of a report is the quarter that it is about.
        if entry.is(Class::PERIOD) {
            let told = self.says(at.wrapping_sub(1), "latest") && self.says(at.wrapping_sub(2), "the");
            return told.then(|| Timed::open(at - 2, at + 1, Open::Quarter(0))).flatten();
        }
        if entry.is(Class::REF) {
            return self.vague(at);
        }
        if entry.is(Class::LENGTH) {
            return Timed::value(at, at + 1, entry.code).map(|timed| Timed { kind: FigureKind::Duration, ..timed });
        }
        if entry.is(Class::SET) && !self.capital(at) {
            return Timed::value(at, at + 1, entry.code);
        }
        None
    }

    /// Adds the second day of `Dec 11 and 12`, if the numeral is one: the month is the first's.
    pub(super) fn second_day(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> bool {
        let and = numeral.first.wrapping_sub(1);
        let day = i8::try_from(numeral.value).ok().filter(|day| (1..=31).contains(day));
        let (Some(day), Some(last)) = (day, out.last()) else { return false };
        let list = self.is_kind(and, TokenKind::Comma)
            && self.is(numeral.end, Class::AND)
            && self.is_kind(numeral.end + 1, TokenKind::Number);
        let joint = self.is(and, Class::AND) || list || self.listed(and, List::RangeWords);
        let joined = joint && last.kind == FigureKind::Date;
        if !joined || last.span.end != self.byte_after(and.wrapping_sub(1)) {
            return false;
        }
        let Some(iso) = last.iso.as_deref() else { return false };
        let when = match (When::decode(iso), iso.parse::<Date>()) {
            (Some(When::Open(Open::Day(month, first, side), tail)), _) if first < day && tail.is_empty() => {
                Date::new(2024, month, day).ok().map(|_| When::Open(Open::Day(month, day, side), tail))
            }
            (None, Ok(date)) if iso.len() == 10 && date.day() < day => {
                Date::new(date.year(), date.month(), day).ok().map(|date| When::value(date.to_string()))
            }
            _ => None,
        };
        let Some(when) = when else { return false };
        let mut span = numeral.span;
        // "March 3 and 4, 2024": the year stands behind the second.
        if let (When::Value(_), Some((_, end))) = (&when, self.year_after(numeral.end)) {
            span.end = self.byte_after(end - 1);
        }
        out.push(Figure { iso: Some(when.encode()), ..Figure::new(FigureKind::Date, span, numeral.span) });
        true
    }

    /// `may one day return`, `hopes to one day lead`, `one day soon`: some day to come, and no length of time.
    fn some_day(&self, at: usize) -> Option<Timed> {
        let next = at + 2;
        if !self.says(at, "one") || !self.says(at + 1, "day") || self.inner_hyphen(at + 1) {
            return None;
        }
        let before = at.wrapping_sub(1);
        let follows = self.is_kind(next, TokenKind::Word);
        let lead = self.token(before).map(|token| self.page.lexicon.grammar.class(token.word)).unwrap_or_default();
        let modal = follows && !self.capital(before) && lead.has(grammar::Class::MODAL);
        // "reduced to one day", "to one day of rain", but "to one day be"
        let verb = self.is(next, Class::BE) || !self.is(next, Class::STOP.or(Class::PER)) && !self.is_plural(next);
        let infinitive = follows && verb && self.says(before, "to") && !self.says(next, "only");
        let soon = self.says(next, "soon");
        if !(modal || infinitive || soon) {
            return None;
        }
        Timed::value(at, if soon { next + 1 } else { next }, "FUTURE_REF")
    }

    /// `the last half of 2016`, `the latter half of the year`, `the front half of next year`: a half that no rank names.
    fn named_half(&self, at: usize) -> Option<Timed> {
        let before = at.wrapping_sub(1);
        // "up to a half-year", "half-year results"
        let whole = self.inner_hyphen(at + 1) && self.says(at + 2, "year") && self.says(at, "half");
        if whole && !self.inner_hyphen(before) && !self.is(before, Class::ORDINAL) {
            let found = Timed::value(at, at + 3, "P6M").map(|timed| Timed { kind: FigureKind::Duration, ..timed })?;
            let first = if self.is(before, Class::ARTICLE) { before } else { at };
            let half = self.over(first, at + 1, Decimal::new(5, 1), Decimal::new(1, 1), Form::Words);
            return Some(Timed { first, numeral: Some(Numeral { end: at + 1, ..half }), ..found });
        }
        let rank = match () {
            () if !self.says(at, "half") => return None,
            () if self.listed(before, List::SecondHalves) => 2,
            () if self.says_any(before, &["front", "opening"]) => 1,
            () => return None,
        };
        self.half_year(before, rank, at + 1)
    }

    /// `the week after next`, `the Tuesday before last`: how many periods away, and where it ends. `at`: behind the period.
    fn one_further(&self, at: usize) -> Option<(i32, usize)> {
        let by = match () {
            () if self.says(at, "after") && self.says(at + 1, "next") => 2,
            () if self.says(at, "before") && self.says(at + 1, "last") => -2,
            () => return None,
        };
        // "the year before last year's fire", "the week after next Tuesday"
        let end = at + 2;
        let goes_on = self.is_kind(end, TokenKind::Word) && !self.is(end, Class::STOP.or(Class::DETERMINER))
            || matches!(self.kind(end), Some(TokenKind::Number | TokenKind::Clitic | TokenKind::Hyphen));
        (!goes_on).then_some((by, end))
    }

    /// `now`, `recently`, `soon`.
    fn vague(&self, at: usize) -> Option<Timed> {
        let entry = self.entry(at);
        // "doctors at Now Optics": a name.
        // "Choi Soon-sil"
        let hung = self.capital(at) && self.inner_hyphen(at + 1);
        if hung || self.capital(at) && self.capital(at + 1) && self.is_kind(at.wrapping_sub(1), TokenKind::Word) {
            return None;
        }
        // "until now", "as soon as": the second is a conjunction.
        if self.says_any(at, &["past", "future"]) {
            let near = self.listed(at.wrapping_sub(1), List::ReferenceAdjectives);
            let the = if near { at.wrapping_sub(2) } else { at.wrapping_sub(1) };
            let alone =
                !matches!(self.kind(at + 1), Some(TokenKind::Word | TokenKind::Number)) || self.is(at + 1, Class::STOP);
            let alone = alone && !self.is(at + 1, Class::FEW.or(Class::CARDINAL));
            let told = self.says(the, "the") && alone && !self.is(at + 1, Class::OF);
            return told.then(|| Timed::value(the, at + 1, entry.code)).flatten();
        }
        if self.says(at.wrapping_sub(1), "as")
            || self.says_any(at, &["shortly", "soon"]) && self.says_any(at + 1, &["after", "before"])
        {
            return None;
        }
        let first = if self.says_any(at.wrapping_sub(1), &["right", "more"]) { at - 1 } else { at };
        Timed::value(first, at + 1, entry.code)
    }

    /// Which side an unplaced date is on, by the verbs of its sentence: `will`, `to be held` point ahead.
    fn side(&self, at: usize, plain: Side) -> Side {
        // "called a meeting for Tuesday"
        if self.says(at.wrapping_sub(1), "for") && plain == Side::Near {
            return Side::Future;
        }
        // "appointed president, effective October 1": the one next to the day of the words, before or after it.
        if plain == Side::Closest && self.is_effective(at) {
            return Side::Nearest;
        }
        // "since March" looks back, and so does what was done in it.
        if self.says(at.wrapping_sub(1), "since") && plain == Side::Closest {
            return Side::Near;
        }
        let before = at.wrapping_sub(1);
        let led = if self.is(before, Class::PART) { before.wrapping_sub(1) } else { before };
        // "sentencing was adjourned to Thursday"
        let put_off = || (2..5).any(|back| self.listed(at.wrapping_sub(back), List::PutOff));
        if self.listed(led, List::RangeWords) && put_off() {
            return Side::Future;
        }
        let dated = self.listed(led, List::DatePrepositions) && plain == Side::Closest;
        const REACH: usize = 16;
        let mut done = false;
        let sentence = self.page.sentence_at(self.byte(at)).map_or(0, |sentence| sentence.span.start);
        for back in 1..=REACH {
            let i = at.wrapping_sub(back);
            // What stands between quote marks, or who said it, is another clause.
            let other = self.is_kind(i, TokenKind::Mark) || self.is(i, Class::SPEECH);
            if other || self.token(i).is_none_or(|token| token.start < sentence) {
                break;
            }
            // "is to resume trading Tuesday"
            let arranged = self.says(i, "to") && self.says_any(i.wrapping_sub(1), &["is", "are"]);
            let sure = arranged || self.is(i, Class::AHEAD) || dated && self.says(i, "to") && self.says(i + 1, "be");
            let planned = self.is(i, Class::PLANNED);
            let past = self.listed(i.wrapping_sub(1), List::PassiveLeads);
            if sure || planned && !past || dated && self.is_to_be_done(i, at) {
                return Side::Future;
            }
            // "met before the vote on June 9"
            let ahead = self.says(i, "before") || self.says(i, "of") && self.says(i.wrapping_sub(1), "ahead");
            if dated && ahead && self.is(i + 1, Class::DETERMINER.or(Class::ARTICLE)) {
                return Side::Nearest;
            }
            if dated && self.was_done(i) {
                return Side::Near;
            }
            done |= self.was_done(i);
        }
        // "repay it by February", but "by March, 12 had sunk"
        let limit = self.says_any(led, &["by", "until"]);
        let after = at..at + REACH / 2;
        let had = || after.clone().any(|at| self.says(at, "had"));
        // "By Thursday the storm may grow"
        let ahead = || after.clone().any(|at| self.is(at, Class::AHEAD) || self.listed(at, List::MayWords));
        if limit && !done && !had() && (plain == Side::Closest || plain == Side::Near && ahead()) {
            return Side::Future;
        }
        // "lent it more through January": the one next to the day of the words
        if (limit || self.says(led, "through")) && plain == Side::Closest && !had() {
            return Side::Nearest;
        }
        // "In April the council sold the mill", "On 1 April 20 texts were sent"
        if dated && !done && self.token(led.wrapping_sub(1)).is_none_or(|token| token.start < sentence) {
            return self.side_of_clause(at).unwrap_or(plain);
        }
        plain
    }

    /// `allowed her to compete in June`, `invited to sing in May`: whether the `to` at `to` leads to what somebody may or shall do, and
    /// nothing but the act stands between it and the date at `at`.
    fn is_to_be_done(&self, to: usize, at: usize) -> bool {
        const ACT: usize = 6;
        /// Who may or shall do it.
        const WHO: usize = 5;
        self.says(to, "to")
            && at - to <= ACT
            && (1..WHO).any(|back| self.listed(to.wrapping_sub(back), List::Permitting))
            && (to..at).all(|at| self.is_kind(at, TokenKind::Word))
    }

    /// Whether a verb of the past stands shortly before `at` in its sentence.
    fn is_told_of_past(&self, at: usize) -> bool {
        const REACH: usize = 10;
        let sentence = self.page.sentence_at(self.byte(at)).map_or(0, |sentence| sentence.span.start);
        let near = (1..=REACH).map(|back| at.wrapping_sub(back));
        near.take_while(|at| self.token(*at).is_some_and(|token| token.start >= sentence)).any(|at| self.was_done(at))
    }

    /// Which side of the day at hand the clause that begins with the date at `at` is told of: by its first verb.
    fn side_of_clause(&self, at: usize) -> Option<Side> {
        const REACH: usize = 14;
        for i in at + 1..at + REACH {
            if matches!(self.kind(i), None | Some(TokenKind::Mark | TokenKind::Stop | TokenKind::Semicolon)) {
                return None;
            }
            if self.is(i, Class::AHEAD) || self.listed(i, List::MayWords) {
                return Some(Side::Future);
            }
            let before = i.wrapping_sub(1);
            let attribute = self.listed(before, List::BeforeAttribute) || self.is(before, Class::ADJECTIVE);
            let past = self.says_any(i, &["was", "were"]) || self.is_past_verb(i) && !attribute;
            if past && !self.inner_hyphen(i + 1) {
                return Some(Side::Near);
            }
            if self.is(i, Class::BE.or(Class::CLAUSE)) {
                return None;
            }
        }
        None
    }

    /// Whether a date is the one from which something holds: `effective June 1`, `effective as of June`.
    fn is_effective(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        let of = self.is(before, Class::OF) && self.says(before.wrapping_sub(1), "as");
        let lead = match () {
            () if of => before.wrapping_sub(2),
            () if self.says_any(before, &["on", "from"]) => before.wrapping_sub(1),
            () => before,
        };
        self.says(lead, "effective")
    }

    /// Whether the word at `at` is a verb of the past: `was`, `rose`, `arrested`; not in `to be held`, `is held`, `a planned vote`.
    fn was_done(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == TokenKind::Word) else { return false };
        let before = at.wrapping_sub(1);
        let passive = self.is(before, Class::BE) && !self.says_any(before, &["was", "were"])
            || self.listed(before, List::BeforeAttribute);
        // "preferred shares", "an unspecified date": an adjective
        let next = at + 1;
        let verb = self.is(at, Class::BE)
            || !self.is_kind(next, TokenKind::Word)
            || self.is(next, Class::STOP.or(Class::DETERMINER).or(Class::ARTICLE).or(Class::PART).or(Class::CARDINAL));
        let text = token.span().of(self.page.text).as_bytes();
        let past = self.page.lexicon.claim_words.is_past(token.word, text);
        past && verb && !passive && !self.is(at, Class::PLANNED)
    }

    /// The place before `first`, past a determiner or part word that belongs to the expression (`the`, `early`, `late`).
    fn with_part(&self, first: usize) -> usize {
        let before = first.wrapping_sub(1);
        let hyphen = self.is_kind(before, TokenKind::Hyphen) && self.glued(before);
        let part = if hyphen { before.wrapping_sub(1) } else { before };
        if self.is(part, Class::PART) && !self.is(part, Class::EDGE) {
            return part;
        }
        // "the end of March", "the beginning of the week", "the middle of 1998"
        let of = if self.is(before, Class::DETERMINER) { before.wrapping_sub(1) } else { before };
        if self.is(of, Class::OF) && self.is(of.wrapping_sub(1), Class::EDGE) {
            let noun = of.wrapping_sub(1);
            return if self.says(noun.wrapping_sub(1), "the") { noun.wrapping_sub(1) } else { noun };
        }
        first
    }

    fn with_the(&self, first: usize) -> usize {
        let before = first.wrapping_sub(1);
        if self.says(before, "the") { before } else { first }
    }
}
