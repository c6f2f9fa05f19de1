//! A difference that is told amiss: the words ask for how far two values lie apart (`costs €1,400 more than`), the statement tells both,
//! and they lie apart by another amount. Which two are meant is told as for a derivation that fits, by all but what comes out.

use super::moved::Amiss;
use super::terms::{self, Term};
use super::weigh::{self, Weighed};
use super::{Asked, Derived, gives, search};
use crate::check::Relation;
use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::statements::Statement;
use crate::check::story::logistic;
use crate::check::verdict::statement_item;
use crate::extract::{Figure, FigureKind, Op};
use rust_decimal::Decimal;
use std::cell::RefCell;

/// A difference that the two values do not make that are surely meant, where nothing else gives it.
pub(in crate::check) fn misjudged(case: Case, derived: Option<&Derived>) -> Option<Amiss> {
    /// What may be meant by a sum that fits is not told amiss; and so surely must two values be meant that do not.
    const MEANT: f32 = 0.2;
    const SURE: f32 = 0.85;
    let ours = case.ours();
    let plain = matches!(ours.op, Op::Equal | Op::About) && ours.high.is_none() && digits(ours) > 0;
    let dated = matches!(ours.kind, FigureKind::Duration | FigureKind::Age);
    let asked = Asked::of(case);
    if !plain || dated || !asked.own || asked.older || derived.is_some_and(|d| d.likely >= MEANT) {
        return None;
    }
    let found =
        case.found.of_sentence(case.claimed.place().sentence).flat_map(|(number, s)| all(case, number, s, asked));
    let found: Vec<Wanted> = found.collect();
    let fits = found.iter().any(|one| one.fits && one.likely >= MEANT);
    let best = found.into_iter().filter(|one| one.near).max_by(|a, b| a.likely.total_cmp(&b.likely))?;
    (!fits && !best.fits && best.likely >= SURE).then(|| Amiss {
        relation: Relation::Differs,
        computation: format!("{}, not {}", best.text, ours.value.unwrap_or_default().normalize()),
        evidence: best.evidence,
        likely: best.likely,
    })
}

/// What two values give.
struct Wanted {
    text: String,
    evidence: Vec<crate::check::EvidenceItem>,
    likely: f32,
    /// Whether it is what is claimed, or of its size.
    fits: bool,
    near: bool,
}

fn all(case: Case, number: usize, statement: &Statement, asked: Asked) -> Vec<Wanted> {
    const TIMES: i64 = 3;
    let terms = terms::of_statement(statement);
    let told = weigh::told_near(case, number);
    let scene = Weighed { case, statement, terms: &terms, asked, told: &told, others: 0, found: RefCell::default() };
    let item = |t: &Term| statement_item(statement, &statement.extraction.figures[t.index], super::SCORE);
    let claimed = terms::claimed(case, &terms);
    let outcomes = claimed.iter().flat_map(|one| search::apart(*one, &terms, statement, asked));
    let of_size = |a: Decimal, b: Decimal| a.checked_mul(Decimal::from(TIMES)).is_none_or(|most| b <= most);
    let wanted = outcomes.filter_map(|o| {
        let back = o.claimed.value.checked_div(o.claimed.written).and_then(|factor| o.value.checked_div(factor))?;
        let about = Figure { op: Op::About, ..o.claimed.figure.clone() };
        let fits = gives(&about, back);
        let near = of_size(o.claimed.value, o.value) && of_size(o.value, o.claimed.value);
        // What is neither is asked for by nobody.
        (fits || near).then(|| Wanted {
            likely: logistic(&scene.features(&o), &case.settings().derived),
            evidence: o.terms.iter().map(item).collect(),
            text: o.text,
            fits,
            near,
        })
    });
    wanted.collect()
}
