//! Figures that follow from others by simple arithmetic: years between two dates, a sum, a difference or a quotient of
//! two figures, a share of a base. `30 years after` of 1984 in a statement of 2014; `970 too many` of 9,870 in cells for
//! 8,900.
//!
//! With enough numbers anything can be computed from something, so the two must belong together: they stand in one
//! sentence of the statement and count the same, or the coverage itself has both in view, the nearer one beside the result.

use super::compare::{compare, is_fraction, short};
use super::facts::Facts;
use super::likeness::feature;
use super::marks::{self, Mark};
use super::statements::Statement;
use super::verdict::{Case, statement_item};
use super::{Check, EvidenceItem, Verdict};
use crate::extract::{Base, Extraction, Figure, FigureKind, Op};
use crate::span::Span;
use crate::words::key;
use rust_decimal::Decimal;

/// An arithmetic that gives the claimed value.
pub(super) struct Derived {
    pub computation: String,
    pub evidence: Vec<EvidenceItem>,
}

/// How likely a derivation is taken to be, as evidence.
const SCORE: f32 = 0.6;

/// Short times and small counts are too easily found by chance.
const SMALLEST: i64 = 12;

/// The first derivation that gives the claimed value.
pub(super) fn find(case: Case) -> Option<Derived> {
    let one = |s| years(case, s).or_else(|| of_base(case, s)).or_else(|| in_sentence(case, s));
    case.found.of_sentence(case.claimed.place().sentence).find_map(|(_, s)| one(s)).or_else(|| in_view(case))
}

/// A share that the coverage gives beside its part and its whole, both of which are supported: `9,000 of the 13,500 jobs, or
/// two-thirds`. `checks` are those of all figures, in their order.
pub(super) fn of_supported(checks: &[Check], extraction: &Extraction, facts: &Facts, index: usize) -> Option<Derived> {
    use FigureKind::{Money, Number, Percent, Quantity};
    const MOST: usize = 8;
    let figures = &extraction.figures;
    let ours = &figures[index];
    if checks[index].verdict != Verdict::NotEnoughEvidence
        || !(is_fraction(ours) || ours.kind == Percent)
        || ours.change.is_some()
    {
        return None;
    }
    let sentence = facts.figures[index].sentence;
    let from = facts.figures.partition_point(|p| p.sentence < sentence);
    let stated = |i: &usize| {
        let counts = matches!(figures[*i].kind, Number | Money | Quantity) && !is_fraction(&figures[*i]);
        counts
            && figures[*i].high.is_none()
            && checks[*i].verdict == Verdict::Supported
            && !checks[*i].evidence.is_empty()
    };
    let own: Vec<usize> = (from..index).filter(stated).take(MOST).collect();
    // The whole may leave out what the part is counted in: `seven kilometres out of 19`.
    let alike = |a: &Figure, b: &Figure| match (a.kind == b.kind, b.kind) {
        (true, Number) => a.noun_lemma == b.noun_lemma || b.noun.is_none(),
        (true, _) => a.unit == b.unit,
        (false, _) => b.kind == Number && b.noun.is_none(),
    };
    own.iter().zip(own.iter().skip(1)).find_map(|(a, b)| {
        let (part, whole) = (&figures[*a], &figures[*b]);
        let found = share(ours, part.value?, whole.value?).filter(|s| alike(part, whole) && gives(ours, s.value))?;
        let evidence = [*a, *b].iter().flat_map(|i| checks[*i].evidence.first().cloned()).collect();
        Some(Derived { computation: found.text, evidence })
    })
}

/// Whether a computed value is what the coverage says, as far as it says it.
fn gives(ours: &Figure, value: Decimal) -> bool {
    let computed = Figure {
        value: Some(value),
        unit: ours.unit.clone(),
        ..Figure::new(ours.kind, Span::default(), Span::default())
    };
    compare(ours, &computed, Decimal::ONE).is_some_and(|c| c.agrees)
}

/// How many times something is meant: 2 of `twice`, 3 of `three times`.
pub(super) fn multiple(figure: &Figure) -> Option<Decimal> {
    let value = figure.value.filter(|v| figure.high.is_none() && *v > Decimal::ONE)?;
    let times = figure.kind == FigureKind::Number && figure.noun_lemma.as_deref() == Some("time");
    (figure.kind == FigureKind::Ratio || times).then_some(value)
}

/// Whether a ratio is told by a multiple: `twice` of 1.95 to 2.05, `almost twice` of a tenth around, `more than twice` of what
/// lies above it, and nearer than the next.
pub(super) fn as_multiple(ours: &Figure, times: Decimal, ratio: Decimal) -> bool {
    let off = ratio - times;
    let part = |percent: i64| times * Decimal::new(percent, 2);
    match ours.op {
        Op::Equal => off.abs() <= part(3),
        Op::About | Op::Range => off.abs() <= part(10),
        Op::More | Op::AtLeast => off >= Decimal::ZERO && off < part(25).max(Decimal::ONE),
        Op::Less | Op::AtMost => off <= Decimal::ZERO && off.abs() <= part(15),
    }
}

/// The year that a figure names, if it is a date.
fn year(figure: &Figure) -> Option<i64> {
    if figure.kind != FigureKind::Date {
        return None;
    }
    figure.iso.as_deref()?.get(..4)?.parse().ok().filter(|y| (1000..2200).contains(y))
}

/// Years between a date of the statement and its own year, or the coverage's: `after 30 years`.
fn years(case: Case, statement: &Statement) -> Option<Derived> {
    const SHORTEST: i64 = 4;
    let ours = case.claimed.length();
    let dates: Vec<&Figure> = statement.extraction.figures.iter().filter(|f| year(f).is_some()).collect();
    let now = statement
        .document
        .day()
        .or_else(|| case.document.day())
        .map(|d| i64::from(d.year()))
        .or_else(|| year(dates.first()?))?;
    if let Some(claimed) = year(ours) {
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
    let value = ours.value.filter(|v| is_years && v.is_integer() && *v >= Decimal::from(SHORTEST))?;
    let gap = |f: &&Figure| year(f).is_some_and(|y| now - y >= SHORTEST && (gives(ours, Decimal::from(now - y))));
    let then =
        dates.into_iter().filter(gap).min_by_key(|f| (Decimal::from(now - year(f).unwrap_or(0)) - value).abs())?;
    let first = year(then)?;
    Some(Derived {
        computation: match Decimal::from(now - first) == value {
            true => format!("{now} − {first} = {value}"),
            false => format!("{now} − {first} = {} for {value}", now - first),
        },
        evidence: vec![statement_item(statement, then, SCORE)],
    })
}

/// `2,590` of `79% of 3,278`, `380` of `a third of 1,150 homes`: a share whose base the statement names.
fn of_base(case: Case, statement: &Statement) -> Option<Derived> {
    let ours = case.claimed.get();
    ours.value.filter(|v| ours.kind == FigureKind::Number && *v > Decimal::from(SMALLEST))?;
    let figures = &statement.extraction.figures;
    figures.iter().find_map(|part| {
        let whole = match part.of {
            Some(Base::Figure(base)) => figures.get(base as usize)?,
            _ => of_them(statement, part)?,
        };
        let (share, base) = (portion(part)?, whole.value?);
        let exact = share.checked_mul(base)?;
        // The share itself is rounded: half its last place of the base may be lost.
        let lost = base.checked_mul(part.precision.unwrap_or(Decimal::ONE))?.checked_div(Decimal::from(200))?;
        let near = (exact - ours.value?).abs() <= if part.kind == FigureKind::Percent { lost } else { Decimal::ZERO };
        (near || gives(ours, exact)).then(|| Derived {
            computation: format!("{} × {} = {}", written(statement, part), base.normalize(), short(exact)),
            evidence: vec![statement_item(statement, part, SCORE), statement_item(statement, whole, SCORE)],
        })
    })
}

/// What is meant in `We will build 1,150 homes. A third of them …`: the count before.
fn of_them<'s>(statement: &'s Statement, part: &Figure) -> Option<&'s Figure> {
    let facts = &statement.facts;
    let figures = &statement.extraction.figures;
    let at = figures.iter().position(|f| f.span == part.span)?;
    let place = facts.figures[at];
    let says = |n: u32, word: &str| facts.words.get((place.to + n) as usize).is_some_and(|w| w.key == key(word));
    if !(says(0, "of") && (says(1, "them") || says(1, "these"))) {
        return None;
    }
    let counted =
        |i: &usize| figures[*i].kind == FigureKind::Number && figures[*i].noun.is_some() && !is_fraction(&figures[*i]);
    let near = |i: &usize| place.sentence - facts.figures[*i].sentence <= 1;
    (0..at).rev().take_while(near).find(counted).map(|i| &figures[i])
}

/// A share as a part of one.
fn portion(figure: &Figure) -> Option<Decimal> {
    let value = figure.value.filter(|_| figure.high.is_none())?;
    match figure.kind {
        FigureKind::Percent => value.checked_div(Decimal::ONE_HUNDRED),
        _ => Some(value).filter(|_| is_fraction(figure)),
    }
}

fn written(statement: &Statement, figure: &Figure) -> String {
    figure.span.of(&statement.document.text).to_owned()
}

/// What two values give, with the sign that stands between them.
struct Sum {
    text: String,
    value: Decimal,
}

fn sum(a: Decimal, sign: &str, b: Decimal, value: Option<Decimal>) -> Option<Sum> {
    let value = value?;
    Some(Sum { text: format!("{} {sign} {} = {}", a.normalize(), b.normalize(), short(value)), value })
}

/// A part over its whole, as the coverage gives shares: in a hundred, or of one.
fn share(ours: &Figure, part: Decimal, whole: Decimal) -> Option<Sum> {
    if part >= whole || whole < Decimal::from(5) || part.is_sign_negative() {
        return None;
    }
    let quotient = part.checked_div(whole)?;
    match ours.kind {
        FigureKind::Percent => {
            let percent = quotient.checked_mul(Decimal::ONE_HUNDRED)?;
            let text = format!("{} / {} = {}%", part.normalize(), whole.normalize(), short(percent.round_dp(2)));
            Some(Sum { text, value: percent })
        }
        _ if is_fraction(ours) => sum(part, "/", whole, Some(quotient)),
        _ => None,
    }
}

/// Two figures of one sentence of the statement that count the same thing and, put together, give what is claimed. Cost
/// grows with the square of the figures of a sentence; of a list longer than twenty only the first twenty are taken.
fn in_sentence(case: Case, statement: &Statement) -> Option<Derived> {
    const MOST: usize = 20;
    let ours = case.claimed.get();
    let figures = &statement.extraction.figures;
    let facts = &statement.facts;
    let mut from = 0;
    while from < figures.len() {
        let sentence = facts.figures[from].sentence;
        let to = (from..figures.len()).find(|i| facts.figures[*i].sentence != sentence).unwrap_or(figures.len());
        let all = from..to.min(from + MOST);
        for a in all.clone() {
            for b in all.clone().filter(|b| *b != a) {
                let (Some(x), Some(y)) = (figures[a].value, figures[b].value) else { continue };
                let like = figures[a].kind == figures[b].kind && figures[a].unit == figures[b].unit;
                let nouns = [a, b].map(|i| facts.figures[i].noun);
                if let Some(sum) = like.then(|| of_two_alike(case, &figures[a], nouns, x, y)).flatten()
                    && gives(ours, sum.value)
                {
                    let evidence = [a, b].map(|i| statement_item(statement, &figures[i], SCORE)).to_vec();
                    return Some(Derived { computation: sum.text, evidence });
                }
            }
        }
        from = to;
    }
    None
}

/// `$400 million` of `$74 million in cash and $326 million in stock`; `rose by 12` of `from 40 to 52`; `79%` of `2,590 of
/// the 3,278`; `one percentage point` of `from 2 to 3 percent`.
fn of_two_alike(case: Case, one: &Figure, nouns: [u64; 2], x: Decimal, y: Decimal) -> Option<Sum> {
    let ours = case.claimed.get();
    let value = ours.value?;
    if is_fraction(ours) {
        return None;
    }
    match ours.kind {
        FigureKind::Percent if ours.unit.as_deref() == Some("percentage-point") => {
            let points = one.kind == FigureKind::Percent && x > y;
            points.then(|| sum(x, "−", y, x.checked_sub(y))).flatten()
        }
        // Of fractions too many would fit.
        FigureKind::Percent if one.kind == FigureKind::Number && ours.change.is_none() => {
            share(ours, x, y).filter(|_| y >= Decimal::TEN)
        }
        FigureKind::Number | FigureKind::Money | FigureKind::Quantity if ours.kind == one.kind => {
            let counted = one.kind != FigureKind::Number || {
                let noun = case.claimed.place().noun;
                noun != 0 && nouns == [noun, noun]
            };
            if value < Decimal::from(SMALLEST) || !counted {
                return None;
            }
            let added = sum(x, "+", y, x.checked_add(y)).filter(|s| s.value == value);
            let less = || sum(x, "−", y, x.checked_sub(y)).filter(|s| ours.change.is_some() && s.value == value);
            added.or_else(less)
        }
        _ => None,
    }
}

/// A figure that the coverage has in view, and its source.
#[derive(Clone, Copy)]
struct Seen<'a> {
    statement: &'a Statement,
    figure: &'a Figure,
    /// The sentence of the coverage that it stands in.
    sentence: u32,
}

/// Two figures of the statements that the coverage repeats, one of them in the sentence of the result or beside it.
fn in_view(case: Case) -> Option<Derived> {
    /// How likely a repeated figure must be meant.
    const LIKELY: f32 = 0.35;
    const MOST: usize = 40;
    let ours = case.claimed.get();
    let here = case.claimed.place();
    let value = ours.value?;
    let scaled = ours.kind == FigureKind::Percent || is_fraction(ours);
    if !scaled && multiple(ours).is_none() && (value < Decimal::from(SMALLEST) || ours.high.is_some()) {
        return None;
    }
    let mut seen: Vec<Seen> = Vec::new();
    for (i, pairs) in case.all.iter().enumerate().filter(|(i, _)| *i != case.claimed.figure) {
        let sure =
            |p: &&super::pairs::Pair| p.comparison.agrees && (p.likely >= LIKELY || p.features[feature::DIGITS] > 0.9);
        if let Some(pair) = pairs.iter().find(sure) {
            let sentence = case.claimed.facts.figures[i].sentence;
            seen.push(Seen { statement: pair.statement, figure: pair.theirs(), sentence });
        }
    }
    // Nearest first.
    seen.sort_by_key(|s| here.sentence.abs_diff(s.sentence));
    seen.truncate(MOST);
    let same = |a: &Seen, b: &Seen| std::ptr::eq(a.figure, b.figure);
    let beside = |s: &Seen| here.sentence.abs_diff(s.sentence) <= 1;
    for (i, a) in seen.iter().enumerate().filter(|(_, a)| beside(a)) {
        for (j, b) in seen.iter().enumerate().filter(|(j, b)| *j != i && !same(a, b)) {
            let (first, second) = if i < j { (a, b) } else { (b, a) };
            let both = first.sentence == here.sentence && second.sentence == here.sentence;
            let mut found =
                [(first, second), (second, first)].into_iter().filter_map(|(a, b)| of_seen(case, a, b, both));
            let fits = |s: &Sum| match multiple(ours) {
                Some(times) => as_multiple(ours, times, s.value),
                None => gives(ours, s.value),
            };
            if let Some(sum) = found.find(fits) {
                let evidence = [first, second].map(|s| statement_item(s.statement, s.figure, SCORE)).to_vec();
                return Some(Derived { computation: sum.text, evidence });
            }
        }
    }
    by_own_number(case, &seen)
}

/// What may be made of two figures in view; `both` stand in the sentence of the result.
fn of_seen(case: Case, a: &Seen, b: &Seen, both: bool) -> Option<Sum> {
    use FigureKind::{Money, Number, Percent, Quantity};
    let ours = case.claimed.get();
    let (x, y) = (a.figure.value?, b.figure.value?);
    let alike = a.figure.kind == b.figure.kind && a.figure.unit == b.figure.unit && a.figure.kind != FigureKind::Date;
    let counts = |f: &Figure| matches!(f.kind, Number | Money | Quantity);
    let beside = |mark| marks::beside(case.claimed.facts, case.claimed.place(), mark, 3, 4);
    let scaled = ours.kind == Percent || is_fraction(ours);
    match ours.kind {
        _ if scaled && alike && (ours.change.is_some() || beside(Mark::Beyond)) => share(ours, x.checked_sub(y)?, y)
            .map(|s| Sum {
                text: format!("({} − {}) / {}", x.normalize(), y.normalize(), y.normalize()) + " = " + last(&s.text),
                ..s
            }),
        _ if scaled && counts(a.figure) && (alike || counts(b.figure) && both) => share(ours, x, y),
        _ if scaled => None,
        _ if multiple(ours).is_some() => {
            let larger = both && alike && counts(a.figure) && x > y && y > Decimal::ZERO;
            sum(x, "/", y, x.checked_div(y).filter(|_| larger))
        }
        Number | Money | Quantity if portion(a.figure).is_some() && b.figure.kind == ours.kind => {
            sum(portion(a.figure)?, "×", y, portion(a.figure)?.checked_mul(y))
        }
        Number | Money | Quantity
            if counts(a.figure) && counts(b.figure) && beside(Mark::Each) && a.figure.kind == ours.kind =>
        {
            sum(x, "/", y, x.checked_div(y))
        }
        Number | Money | Quantity if alike && a.figure.kind == ours.kind => {
            let added = || sum(x, "+", y, x.checked_add(y)).filter(|s| both && Some(s.value) == ours.value);
            let less = beside(Mark::Beyond) || ours.change.is_some();
            sum(x, "−", y, x.checked_sub(y)).filter(|s| less && Some(s.value) == ours.value).or_else(added)
        }
        _ => None,
    }
}

fn last(text: &str) -> &str {
    text.rsplit(" = ").next().unwrap_or(text)
}

/// `Twenty years of it have cost €826,000` of €41,300 a year: a figure in view times a number of the coverage's own
/// sentence. Only of large values, which chance does not hit.
fn by_own_number(case: Case, seen: &[Seen]) -> Option<Derived> {
    const LARGE: i64 = 1000;
    let ours = case.claimed.get();
    let here = case.claimed.place().sentence;
    let figures = &case.claimed.extraction.figures;
    let value = ours.value.filter(|v| *v >= Decimal::from(LARGE))?;
    let own =
        (0..figures.len()).filter(|i| *i != case.claimed.figure && case.claimed.facts.figures[*i].sentence == here);
    let factors: Vec<Decimal> =
        own.filter_map(|i| figures[i].value).filter(|v| v.is_integer() && *v > Decimal::ONE).collect();
    let mut near =
        seen.iter().filter(|s| s.sentence == here && s.figure.kind == ours.kind && s.figure.unit == ours.unit);
    near.find_map(|s| {
        let base = s.figure.value?;
        let factor = factors.iter().find(|f| base.checked_mul(**f) == Some(value))?;
        Some(Derived {
            computation: format!("{} × {} = {}", factor.normalize(), base.normalize(), value.normalize()),
            evidence: vec![statement_item(s.statement, s.figure, SCORE)],
        })
    })
}
