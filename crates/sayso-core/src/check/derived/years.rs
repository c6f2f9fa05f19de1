//! Years between a date and another: `after 30 years`, `1978` of `37 years ago`.

use super::{Derived, SURE, gives};
use crate::check::case::Case;
use crate::check::marks::{self, Mark};
use crate::check::statements::Statement;
use crate::check::verdict::statement_item;
use crate::extract::{Figure, FigureKind};
use rust_decimal::Decimal;

/// The year that a figure names, if it is a date.
fn year(figure: &Figure) -> Option<i64> {
    if figure.kind != FigureKind::Date {
        return None;
    }
    figure.iso.as_deref()?.get(..4)?.parse().ok().filter(|y| (1000..2200).contains(y))
}

/// Years between a date of the statement and its own year, or the coverage's: `after 30 years`.
pub(super) fn years(case: Case, statement: &Statement) -> Option<Derived> {
    const SHORTEST: i64 = 4;
    let ours = case.claimed.meant();
    let dates: Vec<&Figure> = statement.extraction.figures.iter().filter(|f| year(f).is_some()).collect();
    let now = statement
        .document
        .day()
        .or_else(|| case.document.day())
        .map(|d| i64::from(d.year()))
        .or_else(|| year(dates.first()?))?;
    if let Some(claimed) = year(ours) {
        // The other way round: `1978` of `37 years ago`.
        let told = |i: usize| marks::beside(&statement.facts, statement.facts.figures[i], Mark::Since, 2, 2);
        let figures = statement.extraction.figures.iter().enumerate();
        let (_, span) = figures.into_iter().find(|(i, f)| {
            f.kind == FigureKind::Duration
                && told(*i)
                && f.unit.as_deref() == Some("a")
                && f.value == Some(Decimal::from(now - claimed))
                && now - claimed >= SHORTEST
        })?;
        return Some(Derived {
            computation: format!("{now} − {} = {claimed}", now - claimed),
            evidence: vec![statement_item(statement, span, super::SCORE)],
            likely: SURE,
            turned: false,
            compared: false,
        });
    }
    let is_years = match ours.kind {
        FigureKind::Duration | FigureKind::Age => ours.unit.as_deref().is_none_or(|u| u == "a"),
        FigureKind::Number => ours.noun_lemma.as_deref() == Some("year"),
        _ => false,
    };
    let value =
        ours.value.filter(|v| is_years && is_between(case) && v.is_integer() && *v >= Decimal::from(SHORTEST))?;
    let gap = |f: &&Figure| year(f).is_some_and(|y| now - y >= SHORTEST && (gives(ours, Decimal::from(now - y))));
    let then =
        dates.into_iter().filter(gap).min_by_key(|f| (Decimal::from(now - year(f).unwrap_or(0)) - value).abs())?;
    let first = year(then)?;
    Some(Derived {
        computation: match Decimal::from(now - first) == value {
            true => format!("{now} − {first} = {value}"),
            false => format!("{now} − {first} = {} for {value}", now - first),
        },
        evidence: vec![statement_item(statement, then, super::SCORE)],
        likely: SURE,
        turned: false,
        compared: false,
    })
}

/// Whether a length of time is told as one between two dates: `after 30 years`, `30 years ago`, not `30 years in prison`.
fn is_between(case: Case) -> bool {
    marks::beside(case.claimed.facts, case.claimed.place(), Mark::Since, 2, 2)
}
