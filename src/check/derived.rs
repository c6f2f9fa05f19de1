//! Figures that follow from others by simple arithmetic: years between two dates, a sum or a difference of two figures
//! of one sentence that count the same, a share of a base. `30 years after` of 1984 in a statement of 2014.

use super::EvidenceItem;
use super::candidates::{Found, Statement};
use super::likeness::Claimed;
use super::settings::Settings;
use super::verdict::statement_item;
use crate::document::Document;
use crate::extract::{Base, Figure, FigureKind};
use rust_decimal::{Decimal, RoundingStrategy};

/// An arithmetic that gives the claimed value.
pub(super) struct Derived {
    pub computation: String,
    pub evidence: Vec<EvidenceItem>,
}

/// How likely a derivation is taken to be, as evidence.
const SCORE: f32 = 0.6;

/// The first derivation that gives the claimed value.
pub(super) fn find(document: &Document, claimed: Claimed, found: &Found, settings: &Settings) -> Option<Derived> {
    let _ = settings;
    found.statements.iter().find_map(|statement| {
        years(document, claimed.get(), statement)
            .or_else(|| share(claimed, statement))
            .or_else(|| of_base(claimed, statement))
            .or_else(|| sum_or_difference(claimed, statement))
    })
}

/// The year that a figure names, if it is a date.
fn year(figure: &Figure) -> Option<i64> {
    if figure.kind != FigureKind::Date {
        return None;
    }
    figure.iso.as_deref()?.get(..4)?.parse().ok().filter(|y| (1000..2200).contains(y))
}

/// Years between a date of the statement and its own year, or the coverage's: `after 30 years`. Short times are too
/// easily found by chance.
fn years(document: &Document, ours: &Figure, statement: &Statement) -> Option<Derived> {
    const SHORTEST: i64 = 4;
    let dates: Vec<&Figure> = statement.extraction.figures.iter().filter(|f| year(f).is_some()).collect();
    let now = statement
        .document
        .day()
        .or_else(|| document.day())
        .map(|d| i64::from(d.year()))
        .or_else(|| year(dates.first()?))?;
    let claimed_year = match ours.kind {
        FigureKind::Date => year(ours),
        _ => None,
    };
    if let Some(claimed) = claimed_year {
        // The other way round: `1978` of `37 years ago`.
        let span = statement.extraction.figures.iter().find(|f| {
            f.kind == FigureKind::Duration
                && f.unit.as_deref() == Some("a")
                && f.value == Some(Decimal::from(now - claimed))
                && now - claimed >= SHORTEST
        })?;
        return Some(Derived {
            computation: format!("{now} − {} = {claimed}", now - claimed),
            evidence: vec![statement_item(statement, span, SCORE)],
        });
    }
    let is_years = match ours.kind {
        FigureKind::Duration | FigureKind::Age => ours.unit.as_deref().is_none_or(|u| u == "a"),
        FigureKind::Number => ours.noun_lemma.as_deref() == Some("year"),
        _ => false,
    };
    let value: i64 = ours.value.filter(|v| is_years && v.is_integer())?.try_into().ok()?;
    if value < SHORTEST {
        return None;
    }
    let then = dates.into_iter().find(|f| year(f) == Some(now - value))?;
    Some(Derived {
        computation: format!("{now} − {} = {value}", now - value),
        evidence: vec![statement_item(statement, then, SCORE)],
    })
}

/// `79%` of 2,590 among 3,278: two counts of one sentence, the smaller over the larger.
fn share(claimed: Claimed, statement: &Statement) -> Option<Derived> {
    let ours = claimed.get();
    let value = ours.value.filter(|_| ours.kind == FigureKind::Percent)?;
    let places = ours.precision.map_or(0, |p| p.scale());
    two_of_a_sentence(claimed, statement, |part, whole| {
        if part >= whole || whole < Decimal::TEN {
            return None;
        }
        let exact = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
        let rounded = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        (rounded == value).then(|| format!("{} / {} = {}%", part.normalize(), whole.normalize(), rounded.normalize()))
    })
}

/// `2,590` of `79% of 3,278`: a share whose base the statement names.
fn of_base(claimed: Claimed, statement: &Statement) -> Option<Derived> {
    let ours = claimed.get();
    let value = ours.value.filter(|_| ours.kind == FigureKind::Number)?;
    let figures = &statement.extraction.figures;
    figures.iter().find_map(|part| {
        let Some(Base::Figure(base)) = part.of else { return None };
        let whole = figures.get(base as usize)?;
        let (share, base) = (part.value.filter(|_| part.kind == FigureKind::Percent)?, whole.value?);
        let exact = share.checked_mul(base)?.checked_div(Decimal::ONE_HUNDRED)?;
        let half_point = base.checked_mul(part.precision.unwrap_or(Decimal::ONE))?.checked_div(Decimal::from(200))?;
        ((exact - value).abs() <= half_point && value > Decimal::TEN).then(|| Derived {
            computation: format!("{}% × {} = {}", share.normalize(), base.normalize(), exact.normalize()),
            evidence: vec![statement_item(statement, part, SCORE), statement_item(statement, whole, SCORE)],
        })
    })
}

/// `$400 million` of `$74 million in cash and $326 million in stock`; `rose by 12` of `from 40 to 52`.
fn sum_or_difference(claimed: Claimed, statement: &Statement) -> Option<Derived> {
    let ours = claimed.get();
    let value = ours.value.filter(|v| *v >= Decimal::from(12))?;
    let kind = ours.kind;
    if !matches!(kind, FigureKind::Number | FigureKind::Money | FigureKind::Quantity) {
        return None;
    }
    two_of_a_sentence(claimed, statement, |a, b| {
        let sum = a.checked_add(b)?;
        let gap = b.checked_sub(a)?;
        if sum == value {
            Some(format!("{} + {} = {}", a.normalize(), b.normalize(), sum.normalize()))
        } else if ours.change.is_some() && gap.abs() == value {
            Some(format!("|{} − {}| = {}", b.normalize(), a.normalize(), gap.abs().normalize()))
        } else {
            None
        }
    })
}

/// Two figures of one sentence that count the same kind of thing and, put together, give what is claimed. Cost grows
/// with the square of the figures of a sentence; of a list longer than twenty only the first twenty are taken.
fn two_of_a_sentence(
    claimed: Claimed,
    statement: &Statement,
    arithmetic: impl Fn(Decimal, Decimal) -> Option<String>,
) -> Option<Derived> {
    const MOST: usize = 20;
    let ours = claimed.get();
    let percent = ours.kind == FigureKind::Percent;
    let figures = &statement.extraction.figures;
    let alike = |a: usize, b: usize| {
        let (x, y) = (&statement.facts.figures[a], &statement.facts.figures[b]);
        let (f, g) = (&figures[a], &figures[b]);
        let nouns = if percent {
            f.kind == FigureKind::Number
        } else {
            f.kind == ours.kind
                && (f.kind != FigureKind::Number || (x.noun == y.noun && claimed.place().noun == x.noun && x.noun != 0))
        };
        f.kind == g.kind && f.unit == g.unit && nouns
    };
    let mut from = 0;
    while from < figures.len() {
        let sentence = statement.facts.figures[from].sentence;
        let to =
            (from..figures.len()).find(|i| statement.facts.figures[*i].sentence != sentence).unwrap_or(figures.len());
        let all = from..to.min(from + MOST);
        for a in all.clone() {
            for b in all.clone().filter(|b| *b != a && alike(a, *b)) {
                if let (Some(x), Some(y)) = (figures[a].value, figures[b].value)
                    && let Some(computation) = arithmetic(x, y)
                {
                    let evidence = [a, b].map(|i| statement_item(statement, &figures[i], SCORE)).to_vec();
                    return Some(Derived { computation, evidence });
                }
            }
        }
        from = to;
    }
    None
}
