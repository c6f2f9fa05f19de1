//! A difference that is told amiss: the words ask for how far two values lie apart (`costs €1,400 more than`), the statement tells both,
//! and they lie apart by another amount. Which two are meant is told as for a derivation that fits, by all but what comes out.

use super::moved::Amiss;
use super::search::{self, Operation};
use super::terms::{self, Term};
use super::weigh::{self, Weighed};
use super::{Asked, Derived, gives};
use crate::check::Relation;
use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::slips::slip_of_pen;
use crate::check::statements::Statement;
use crate::check::story::logistic;
use crate::check::verdict::statement_item;
use crate::extract::{Figure, FigureKind, Op};
use rust_decimal::Decimal;
use std::cell::RefCell;

/// A difference, rest or sum that the values do not make that are surely meant, where nothing else gives it.
pub(in crate::check) fn misjudged(case: Case, derived: Option<&Derived>) -> Option<Amiss> {
    /// What may be meant by a sum that fits is not told amiss; but for one that is so much less likely than a slip of the pen.
    const MEANT: f32 = 0.2;
    const LESS: f32 = 0.4;
    /// So surely must values be meant that give something else; and so likely where that is a slip of the pen for what is claimed.
    const SURE: f32 = 0.85;
    const SLIPPED: f32 = 0.8;
    const LIKELY: f32 = 0.5;
    let ours = case.ours();
    let plain = matches!(ours.op, Op::Equal | Op::About) && ours.high.is_none() && digits(ours) > 0;
    let dated = matches!(ours.kind, FigureKind::Duration | FigureKind::Age);
    let asked = Asked::of(case);
    if !plain || dated || !(asked.for_sum() || asked.older) {
        return None;
    }
    let found =
        case.found.of_sentence(case.claimed.place().sentence).flat_map(|(number, s)| all(case, number, s, asked));
    let found: Vec<Wanted> = found.collect();
    let fits = found.iter().filter(|one| one.fits).map(|one| one.likely);
    let fits = fits.chain(derived.map(|d| d.likely)).fold(0.0, f32::max);
    let best = found.into_iter().filter(|one| one.near).max_by(|a, b| a.sure().total_cmp(&b.sure()))?;
    let sure = best.sure();
    let least = if best.slip > 0.0 { SLIPPED } else { SURE };
    let most = if best.slip > 0.0 { MEANT.max(best.likely - LESS) } else { MEANT };
    (!best.fits && fits < most && best.likely >= LIKELY && sure >= least).then(|| Amiss {
        relation: Relation::Differs,
        computation: format!("{}, not {}", best.text, ours.value.unwrap_or_default().normalize()),
        evidence: best.evidence,
        likely: sure,
    })
}

/// What two values give.
struct Wanted {
    text: String,
    evidence: Vec<crate::check::EvidenceItem>,
    likely: f32,
    /// How far what is claimed is a slip of the pen for it.
    slip: f32,
    /// Whether it is what is claimed, or of its size.
    fits: bool,
    near: bool,
}

impl Wanted {
    /// How sure it is that this is what is told amiss.
    fn sure(&self) -> f32 {
        const SLIP: f32 = 0.3;
        self.likely + SLIP * self.slip
    }
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
        // Of two digits the next number is another one.
        let op = if digits(case.ours()) > 2 { Op::About } else { case.ours().op };
        let about = Figure { op, ..o.claimed.figure.clone() };
        let fits = gives(&about, back);
        let near = of_size(o.claimed.value, o.value) && of_size(o.value, o.claimed.value);
        let given = Figure { value: Some(back), ..about.clone() };
        let slip = slip_of_pen(case.ours(), &given);
        // An older value is asked for by what leads back to it.
        let asks = match o.operation {
            _ if asked.older && scene.leads_back(&o) => true,
            _ if asked.older && slip <= 0.0 => false,
            Operation::Sum => asked.together,
            _ => asked.own || asked.left || slip > 0.0 && (asked.difference > 0.0 || asked.rest > 0.0),
        };
        // What is neither is asked for by nobody.
        (asks && (fits || near)).then(|| Wanted {
            likely: logistic(&scene.features(&o), &case.settings().derived),
            evidence: o.terms.iter().map(item).collect(),
            text: o.text,
            slip,
            fits,
            near,
        })
    });
    wanted.collect()
}
