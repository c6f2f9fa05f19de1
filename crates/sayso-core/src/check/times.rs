//! How the times of two figures stand to one another: whether both are told, and meet. A time that something is compared with
//! (`than in 2022`, `since 1612`) is no time of the figure, nor is the day on which a text is made public.

use super::framed::Framed;
use crate::extract::FigureKind;
use crate::language::lists::List;
use crate::words::{is_in, key};

/// How the times of two figures stand to one another, where both are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Apart,
    /// One is a part of the other.
    Part,
    Same,
    /// The statement's is of an earlier year than the statement, and the coverage tells none.
    Stale,
}

/// Days as they are counted here: every month has 31.
pub(super) const fn even_day(year: i64, month: i64, day: i64) -> i64 {
    year * YEAR + (month - 1) * MONTH + day - 1
}

const MONTH: i64 = 31;
const YEAR: i64 = 12 * MONTH;

/// Compares the times of two figures; none where that is not told.
pub(super) fn times(ours: Framed, theirs: Framed) -> Option<Times> {
    /// What stands closer says that a figure is an older one.
    const OLDER: f32 = 0.25;
    let dated = |of: Framed| matches!(of.figure().kind, FigureKind::Date | FigureKind::Time);
    if dated(ours) || dated(theirs) {
        return None;
    }
    let there = told(theirs)?;
    if ours.figure().as_of.is_none() {
        let older = ours.frame().earlier.close >= OLDER || theirs.frame().is_change();
        return (!older && is_of_the_past(theirs, there)).then_some(Times::Stale);
    }
    let here = told(ours)?;
    let (one, two) = (here.1 - here.0 + 1, there.1 - there.0 + 1);
    Some(match () {
        () if here.1 < there.0 || there.1 < here.0 => Times::Apart,
        // A day is when something happened, not how long.
        () if one == 1 || two == 1 => Times::Same,
        () if one > two * 2 || two > one * 2 => Times::Part,
        () => Times::Same,
    })
}

/// Whether a figure of a statement is of a year before the one that the statement is about, and not of what has just ended.
fn is_of_the_past(of: Framed, (_, end): (i64, i64)) -> bool {
    /// So long after its end a time is the last one.
    const JUST: i64 = 3 * MONTH + 10;
    let just = of.facts.day.is_some_and(|day| day - end <= JUST);
    of.facts.year.is_some_and(|year| end < year * YEAR) && !just
}

/// The time of a figure, from its first to its last day.
fn told(of: Framed) -> Option<(i64, i64)> {
    /// A longer one is what something is measured by: `the average of 1961-1990`.
    const LONGEST: i64 = 5 * YEAR;
    let iso = of.figure().as_of.as_deref()?;
    let time = days(iso)?;
    let published = time.0 == time.1 && of.facts.day == Some(time.0);
    (!published && time.1 - time.0 <= LONGEST && !is_base(of, iso)).then_some(time)
}

/// Whether something is compared with a date, or counted from it: `than in 2022`, `since 1612`.
fn is_base(of: Framed, iso: &str) -> bool {
    const REACH: u32 = 5;
    let place = of.place();
    let (from, _) = of.facts.sentences.get(place.sentence as usize).copied().unwrap_or_default();
    let figures = &of.extraction.figures;
    let same = |i: &usize| of.facts.figures[*i].sentence == place.sentence && figures[*i].iso.as_deref() == Some(iso);
    let first = of.facts.figures.partition_point(|p| p.sentence < place.sentence);
    let Some(date) = (first..figures.len()).take_while(|i| of.facts.figures[*i].sentence == place.sentence).find(same)
    else {
        return false;
    };
    let at = of.facts.figures[date].from;
    // `Against 85 in 2022`: the 85 is of that year.
    let own = |i: u32| i < place.from && place.from < at;
    let led = |i: u32| is_in(of.word(i).key, List::BeforeBase);
    let on_year = iso.len() == 4 && at > from && of.word(at - 1).key == key("on");
    on_year || (at.saturating_sub(REACH).max(from)..at).any(|i| led(i) && !own(i))
}

/// The first and last day of an ISO date, month, quarter, half, season or year.
fn days(iso: &str) -> Option<(i64, i64)> {
    if iso.contains('/') {
        let (from, to) = iso.split_once('/')?;
        return Some((days(from)?.0, days(to)?.1));
    }
    let year: i64 = iso.get(..4)?.parse().ok()?;
    let of = |month: i64, months: i64| {
        let from = even_day(year, month, 1);
        (from, from + months * MONTH - 1)
    };
    let rest = iso.get(5..).unwrap_or_default();
    let numbered = || rest.get(1..2).and_then(|number| number.parse::<i64>().ok());
    Some(match (rest.get(..1), rest) {
        (None, _) => of(1, 12),
        (_, "SP") => of(3, 3),
        (_, "SU") => of(6, 3),
        (_, "FA") => of(9, 3),
        (Some("Q"), _) => of(numbered()? * 3 - 2, 3),
        (Some("H"), _) => of(numbered()? * 6 - 5, 6),
        _ => {
            let month: i64 = rest.get(..2)?.parse().ok()?;
            match rest.get(3..5).and_then(|day| day.parse::<i64>().ok()) {
                Some(day) => (even_day(year, month, day), even_day(year, month, day)),
                None => of(month, 1),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days() {
        assert_eq!(days("2023-Q4"), Some((even_day(2023, 10, 1), even_day(2023, 12, 31))));
        assert_eq!(days("2023-SU"), Some((even_day(2023, 6, 1), even_day(2023, 8, 31))));
        assert_eq!(days("2023-07-02").map(|(a, b)| b - a), Some(0));
        assert_eq!(days("1961/1990").map(|(a, b)| (b - a + 1) / YEAR), Some(30));
        assert_eq!(days("PAST_REF"), None);
    }
}
