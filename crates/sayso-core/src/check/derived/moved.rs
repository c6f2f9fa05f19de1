//! How much something moved, told amiss: in percent where two shares lie so many points apart (`3.5 percent lower` of 82 and 78.5
//! percent), or another amount than the two values make that the coverage tells beside it (`5.3 million, 2.1 million more` of
//! *5.3 million (2030: 4.1 million)*).

use super::{Derived, ENOUGH, Taken, best, gives};
use crate::check::case::Case;
use crate::check::compare::{digits, short};
use crate::check::facts::Facts;
use crate::check::frame::is_year;
use crate::check::framed::Framed;
use crate::check::pairs::Pair;
use crate::check::story;
use crate::check::verdict::statement_item;
use crate::check::{EvidenceItem, Relation, slots};
use crate::extract::{Figure, FigureKind, Op};
use crate::span::Span;
use rust_decimal::Decimal;

/// A change that is told amiss.
pub(in crate::check) struct Amiss {
    pub relation: Relation,
    pub computation: String,
    pub evidence: Vec<EvidenceItem>,
    /// How likely the two values are those that it is told of.
    pub likely: f32,
}

/// So much in percent, where so many points lie between two shares.
pub(in crate::check) fn points_as_percent(case: Case) -> Option<Amiss> {
    let ours = case.ours();
    if ours.kind != FigureKind::Percent || is_points(ours) || !case.claimed.frame().is_change() || ours.op != Op::Equal
    {
        return None;
    }
    let found = best(case, Taken::AsPoints)?;
    (found.likely >= ENOUGH && found.compared && !found.turned).then(|| Amiss {
        relation: Relation::UnitDiffers,
        computation: format!("{} percentage points, not percent", found.computation),
        evidence: found.evidence,
        likely: found.likely,
    })
}

fn is_points(figure: &Figure) -> bool {
    figure.unit.as_deref().is_some_and(|unit| unit.ends_with("point"))
}

/// Another change than the two values make, of which the coverage tells one beside it.
pub(in crate::check) fn miscounted(case: Case, derived: Option<&Derived>) -> Option<Amiss> {
    /// What may be meant by another sum is not miscounted.
    const MEANT: f32 = 0.2;
    const STATED: f32 = 0.6;
    let ours = case.ours();
    let exact = matches!(ours.op, Op::Equal | Op::About) && ours.high.is_none() && digits(ours) > 0;
    let known = derived.is_some_and(|d| d.likely >= MEANT);
    if !exact || known || !case.claimed.frame().is_change() {
        return None;
    }
    levels(case).find_map(|level| {
        let (likely, pair) = stated(case, level)?;
        let theirs = Framed::of(pair.statement, pair.figure);
        let (older, true) = slots::beside_older(theirs)? else { return None };
        let (now, then) = (pair.theirs().value?, older.value?);
        let moved = Moved::of(ours, pair.theirs(), now, then)?;
        let years = is_of_one_year(case.claimed.facts, case, theirs);
        (likely >= STATED && years && !moved.gives(ours)).then(|| Amiss {
            relation: Relation::Differs,
            computation: format!("{}, not {}", moved.text, ours.value.unwrap_or_default().normalize()),
            evidence: [pair.theirs(), older].map(|f| statement_item(pair.statement, f, likely)).to_vec(),
            likely,
        })
    })
}

/// The figures of the coverage right beside one that tells a change, which may be the level that it led to.
pub(super) fn levels<'f>(case: Case<'f, '_>) -> impl Iterator<Item = usize> + 'f {
    const REACH: u32 = 9;
    let Framed { facts, index, .. } = case.claimed;
    let place = facts.figures[index];
    [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter(move |i| {
        let other = facts.figures.get(*i).filter(|p| p.sentence == place.sentence);
        let near = other.is_some_and(|p| p.from.saturating_sub(place.to).max(place.from.saturating_sub(p.to)) <= REACH);
        near && !facts.frames[*i].is_change()
    })
}

/// The figure of a statement that another figure of the coverage is, and how likely.
pub(super) fn stated<'c, 'a>(case: Case<'c, 'a>, level: usize) -> Option<(f32, &'c Pair<'a>)> {
    let claimed = Framed { index: level, ..case.claimed };
    let pairs = case.all.get(level)?;
    let exact = story::agreeing(pairs).filter(|p| digits(p.theirs()) > 1);
    let weighed = exact.map(|p| (story::is_same(claimed, p, None, case.settings()), p));
    weighed.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// Whether the coverage names no year that the statement's sentence does not name.
pub(super) fn is_of_one_year(ours: &Facts, case: Case, theirs: Framed) -> bool {
    let years = |facts: &Facts, text: &str, sentence: u32| -> Vec<i64> {
        let (from, to) = facts.sentences.get(sentence as usize).copied().unwrap_or_default();
        (from..to).filter_map(|i| is_year(facts.words[i as usize].span.of(text))).collect()
    };
    let here = years(ours, &case.document.text, case.claimed.place().sentence);
    let statement = case.found.statements.iter().find(|s| std::ptr::eq(s.extraction.as_ref(), theirs.extraction));
    let there = statement.map(|s| years(theirs.facts, &s.document.text, theirs.place().sentence)).unwrap_or_default();
    here.iter().all(|year| there.contains(year))
}

/// How much a value moved, in the measure of a change that the coverage tells.
struct Moved {
    /// All that may be meant.
    values: Vec<Decimal>,
    text: String,
}

impl Moved {
    fn of(ours: &Figure, theirs: &Figure, now: Decimal, then: Decimal) -> Option<Moved> {
        let less = now.checked_sub(then)?.abs();
        let share = theirs.kind == FigureKind::Percent;
        let part = || less.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then);
        let difference = || format!("{} − {} = {}", now.max(then).normalize(), now.min(then).normalize(), short(less));
        match (ours.kind, share) {
            (FigureKind::Percent, true) if is_points(ours) => Some(Moved { values: vec![less], text: difference() }),
            // Of shares points are often told as percent.
            (FigureKind::Percent, true) => Some(Moved { values: vec![less, part()?], text: difference() }),
            (FigureKind::Percent, false) if is_points(ours) => None,
            (FigureKind::Percent, false) => {
                let part = part()?;
                let text = format!("{} / {} = {}%", short(less), then.normalize(), short(part));
                Some(Moved { values: vec![part], text })
            }
            (kind, _) => {
                let one = kind == theirs.kind && ours.unit == theirs.unit && !then.is_zero();
                one.then(|| Moved { values: vec![less], text: difference() })
            }
        }
    }

    /// Whether a figure tells one of the values.
    fn gives(&self, ours: &Figure) -> bool {
        let about = Figure { op: Op::About, ..Figure::new(ours.kind, Span::default(), Span::default()) };
        let about = Figure { value: ours.value, unit: ours.unit.clone(), precision: ours.precision, ..about };
        self.values.iter().any(|value| gives(&about, *value))
    }
}
