//! How long something lasted, told by its first and last day in the statement: `19 days` of *from 3 to 21 May*, `three weeks` of *between
//! 10 February and 2 March*.

use super::{Derived, SURE};
use crate::check::case::Case;
use crate::check::statements::Statement;
use crate::check::verdict::statement_item;
use crate::extract::{Figure, FigureKind};
use crate::language::lists::List;
use crate::words::is_in;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

/// The length of time between two days that a statement sets as a beginning and an end, where it is what the coverage says.
pub(super) fn between(case: Case, statement: &Statement) -> Option<Derived> {
    let ours = case.claimed.meant();
    let value = ours.value.filter(|_| ours.kind == FigureKind::Duration && ours.high.is_none())?;
    let unit = ours.unit.as_deref()?;
    (0..statement.extraction.figures.len()).find_map(|index| {
        let (first, last, end) = span_of(statement, index)?;
        let days = i64::from(first.until(last).ok()?.get_days());
        let fits = is_told(value.to_f64()?, unit, days)?;
        (fits && shares_words(case, statement, index)).then(|| Derived {
            computation: format!("{first} to {last} = {days} days"),
            evidence: [index, end]
                .map(|i| statement_item(statement, &statement.extraction.figures[i], super::SCORE))
                .to_vec(),
            likely: SURE,
            turned: false,
            compared: false,
        })
    })
}

/// A day that a date names.
fn day(figure: &Figure) -> Option<Date> {
    let iso = figure.iso.as_deref().filter(|iso| figure.kind == FigureKind::Date && iso.len() == 10)?;
    iso.parse().ok()
}

/// The first and last day of a stretch of time whose first day a figure names, and the figure that names the last: `from 3 to 21 May`,
/// `3–21 May`.
fn span_of(statement: &Statement, index: usize) -> Option<(Date, Date, usize)> {
    const REACH: u32 = 3;
    let (facts, figures) = (&statement.facts, &statement.extraction.figures);
    let (first, next) = (day(&figures[index])?, index + 1);
    let last = figures.get(next).and_then(day)?;
    let (here, there) = (facts.figures[index], facts.figures[next]);
    let near = here.sentence == there.sentence && here.to <= there.from && there.from - here.to <= REACH;
    let joined = (here.to..there.from).any(|at| is_in(facts.words[at as usize].key, List::BetweenDays));
    (near && joined && first < last).then_some((first, last, next))
}

/// Whether a length of time is what so many days are told as, the last one counted or not.
fn is_told(value: f64, unit: &str, days: i64) -> Option<bool> {
    const OFF: f64 = 0.15;
    let length = match unit {
        "d" => 1.0,
        "wk" => 7.0,
        "mo" => 30.4,
        "a" => 365.25,
        _ => return None,
    };
    let (least, most) = (days as f64 / length, (days + 1) as f64 / length);
    let off = if unit == "d" { 0.0 } else { OFF };
    Some(value >= 1.0 && least - off <= value && value <= most + off)
}

/// Whether the coverage's sentence shares telling words with the one of the days.
fn shares_words(case: Case, statement: &Statement, index: usize) -> bool {
    const LEAST: usize = 2;
    let (facts, there) = (case.claimed.facts, statement.facts.figures[index].sentence);
    let mut stems: Vec<u64> = facts.around(case.claimed.place()).map(|(stem, _)| stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems.into_iter().filter(|stem| statement.facts.holds(there, *stem)).count() >= LEAST
}
