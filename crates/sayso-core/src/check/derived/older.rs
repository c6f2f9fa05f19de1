//! An older value that is told amiss: `31, up from 28` of *31, five more than a year before*. The statement tells a level and how much
//! it moved; what it moved from follows from both, and the coverage tells another value.

use super::gives;
use super::moved::{Amiss, is_of_one_year, levels, stated};
use crate::check::Relation;
use crate::check::case::Case;
use crate::check::compare::{is_fraction, is_points, short};
use crate::check::frame::Move;
use crate::check::framed::Framed;
use crate::check::pairs::Pair;
use crate::check::similar::alike;
use crate::check::slots;
use crate::check::verdict::statement_item;
use crate::extract::{Figure, FigureKind, Op};
use crate::span::Span;
use crate::words::key;
use rust_decimal::Decimal;

/// What is told for an older value must be told as one so surely, and what is today's not at all.
const OLDER: f32 = 0.45;
const NOW: f32 = 0.25;

/// An older value of the coverage that is not what the level and the move of the statement lead back to.
pub(in crate::check) fn misled(case: Case) -> Option<Amiss> {
    const STATED: f32 = 0.5;
    let ours = case.ours();
    let plain = matches!(ours.op, Op::Equal | Op::About) && ours.high.is_none() && ours.value.is_some();
    let dated = matches!(ours.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal | FigureKind::Age);
    let frame = case.claimed.frame();
    if !plain || dated || frame.is_change() || frame.earlier.close < OLDER || is_told(case) {
        return None;
    }
    levels(case).filter_map(|level| stated(case, level)).chain(counterpart(case)).find_map(|(likely, pair)| {
        let level = Framed::of(pair.statement, pair.figure);
        let now = likely >= STATED && level.frame().earlier.close < NOW && !level.frame().is_change();
        let set_beside = slots::beside_older(level).is_some_and(|(_, is_older)| is_older);
        if !now || set_beside || !is_of_one_year(case.claimed.facts, case, level) {
            return None;
        }
        let (step, before, text) = steps(level).find_map(|step| led_from(level, step))?;
        let about = Figure { op: Op::About, ..bare(ours) };
        (!gives(&about, before)).then(|| Amiss {
            relation: Relation::Differs,
            computation: format!("{text}, not {}", ours.value.unwrap_or_default().normalize()),
            evidence: [pair.theirs(), step].map(|f| statement_item(pair.statement, f, likely)).to_vec(),
            likely,
        })
    })
}

/// A figure's value as it is written, and nothing else of it.
fn bare(figure: &Figure) -> Figure {
    Figure {
        value: figure.value,
        unit: figure.unit.clone(),
        precision: figure.precision,
        ..Figure::new(figure.kind, Span::default(), Span::default())
    }
}

/// Whether the statement tells the value itself, and not as how much something moved.
fn is_told(case: Case) -> bool {
    let told = |pair: &Pair| pair.comparison.agrees && !Framed::of(pair.statement, pair.figure).frame().is_change();
    case.pairs().iter().any(told)
}

/// The figure of the statement with another value that is likeliest of the same thing, where the coverage tells no level.
fn counterpart<'c, 'a>(case: Case<'c, 'a>) -> Option<(f32, &'c Pair<'a>)> {
    let other = case.pairs().iter().zip(case.odds()).filter(|(pair, _)| !pair.comparison.agrees);
    other.map(|(pair, odds)| (odds.likely, pair)).max_by(|a, b| a.0.total_cmp(&b.0))
}

/// The figures right beside a level that tell how much something moved: `41,800, down by 2,700`.
fn steps<'a>(level: Framed<'a>) -> impl Iterator<Item = Framed<'a>> {
    const REACH: usize = 2;
    let sentence = level.place().sentence;
    let (from, to) = (level.index.saturating_sub(REACH), (level.index + REACH + 1).min(level.facts.figures.len()));
    let mut near: Vec<usize> = (from..to).filter(|i| *i != level.index).collect();
    near.sort_by_key(|i| i.abs_diff(level.index));
    near.into_iter()
        .filter(move |i| level.facts.figures[*i].sentence == sentence)
        .map(move |index| Framed { index, ..level })
        .filter(|step| step.frame().is_change() && !is_beyond_else(*step))
}

/// Whether a step is told from something else than an older value: `26 more than it has beds`.
pub(super) fn is_beyond_else(step: Framed) -> bool {
    const REACH: u32 = 4;
    let place = step.place();
    let word = |at: u32| step.facts.words.get(at as usize).filter(|w| w.sentence == place.sentence).map(|w| w.key);
    let than = (place.to..place.to + REACH).any(|at| word(at) == Some(key("than")));
    than && step.frame().since.is_none()
}

/// What a step led from, and the arithmetic.
fn led_from<'a>(level: Framed<'a>, step: Framed<'a>) -> Option<(&'a Figure, Decimal, String)> {
    let (now, by) = (level.figure(), step.figure());
    let (up, down) = (step.frame().moves(Move::Up), step.frame().moves(Move::Down));
    let (value, moved) = (now.value.filter(|_| now.high.is_none())?, by.value.filter(|_| by.high.is_none())?);
    if up == down || now.op != Op::Equal || by.op != Op::Equal {
        return None;
    }
    let share = |f: &Figure| f.kind == FigureKind::Percent;
    let points = |f: &Figure| is_points(f) || share(f) && f.unit.as_deref().is_some_and(|unit| unit.ends_with("point"));
    let sign = if up > down { "−" } else { "+" };
    let back = if up > down { value.checked_sub(moved)? } else { value.checked_add(moved)? };
    let plain =
        |back: Decimal| (by, back, format!("{} {sign} {} = {}", value.normalize(), moved.normalize(), short(back)));
    match (share(now), share(by) && !points(by)) {
        (true, false) => points(by).then(|| plain(back)),
        (true, true) => None,
        (false, true) => {
            let part = moved.checked_div(Decimal::ONE_HUNDRED)?;
            let grown = if up > down { Decimal::ONE.checked_add(part)? } else { Decimal::ONE.checked_sub(part)? };
            let back = value.checked_div(grown)?;
            let sign = if up > down { "+" } else { "−" };
            Some((by, back, format!("{} / (1 {sign} {}) = {}", value.normalize(), short(part), short(back))))
        }
        (false, false) => {
            let counted = match (level.frame().noun, step.frame().noun) {
                (Some(a), Some(b)) => alike(level.word(a), step.word(b)) >= 0.5,
                _ => true,
            };
            let one = now.kind == by.kind && now.unit == by.unit || by.kind == FigureKind::Number && by.noun.is_none();
            (one && counted && !is_fraction(by) && back > Decimal::ZERO).then(|| plain(back))
        }
    }
}
