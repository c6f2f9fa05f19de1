//! Supports by statements that the page does not name, but that we found for it among many. Two texts on one subject share years,
//! small numbers and round ones by chance (`in 2015`, `two goals`, `millions`), each said of something else: more must speak for one
//! thing than where the page names its source. A regression tells how likely it is (weights in `Settings::found`, fitted by
//! `training/found.py` on pairs of real texts).

use super::certain::{common, common_with};
use super::confidence;
use crate::check::candidates::Choice;
use crate::check::case::Case;
use crate::check::compare::digits;
use crate::check::counterpart::{is_same_noun, lost_name};
use crate::check::features::{FOUND, feature};
use crate::check::pairs::Pair;
use crate::check::story;
use crate::check::subject::names_the_same;
use crate::check::{Check, CheckReason, EvidenceItem, Relation, Verdict};
use crate::extract::{Confidence, Figure, FigureKind};
use rust_decimal::Decimal;

/// Takes back a support by a statement that the page does not name, where too little shows that it speaks of the same thing; of sums
/// only those that are surely meant hold. One that holds is no surer than that.
pub(super) fn settle(case: Case, check: &mut Check) {
    if check.verdict != Verdict::Supported || case.found.choice == Choice::Named || case.is_headline() {
        return;
    }
    let Some(told) = check.evidence.first().map(|item| accord_of_others(case, &item.doc)) else { return };
    // Whoever gave the statement gave one that the page tells of.
    if case.found.choice == Choice::Given && told >= SOME {
        return;
    }
    let holds = match (check.relation, case.cited(check)) {
        (Some(Relation::Derived), _) => told >= MOSTLY || is_surely_worked_out(case, check),
        (_, Some(pair)) => {
            let likely = story::logistic(&features(case, pair), &case.settings().found);
            check.confidence = check.confidence.min(confidence::of_found(likely));
            likely >= if told >= MOSTLY { case.settings().found_in_told } else { case.settings().found_least }
        }
        _ => true,
    };
    if !holds {
        check.verdict = Verdict::NotEnoughEvidence;
        check.relation = None;
        check.computation = None;
        check.confidence = Confidence::Low;
        check.because.push(CheckReason::UnsureStatement);
    }
}

/// Of what share of a page's figures a statement has the value, for the page to tell some of what it says, and most.
const SOME: f32 = 0.12;
const MOSTLY: f32 = 0.16;

/// Of how many of the page's other figures a statement has the value, from 0 to 1.
fn accord_of_others(case: Case, statement: &str) -> f32 {
    let of = |p: &&Pair| p.statement.document.id == statement;
    let accord = case.all.iter().flatten().find(of).map_or(0.0, |pair| pair.accord);
    (accord - 1.0 / (case.all.len() + 1) as f32).max(0.0)
}

/// Whether a sum is surely meant: it is likely, and a sentence with one of its terms says much of what the page's says.
fn is_surely_worked_out(case: Case, check: &Check) -> bool {
    const WORDS: usize = 3;
    let shares = |item: &EvidenceItem| {
        let statement = case.found.statements.iter().find(|s| s.document.id == item.doc);
        statement.is_some_and(|s| {
            let term = s.extraction.figures.iter().position(|f| Some(f.span) == item.span);
            term.is_some_and(|term| common_with(case, &s.facts, term) >= WORDS)
        })
    };
    check.confidence == Confidence::High && check.evidence.iter().any(shares)
}

/// The features of a pair whose values agree, each from about -1 to 1, in the order of `features::FOUND_NAMES`.
pub(in crate::check) fn features(case: Case, pair: &Pair) -> [f32; FOUND] {
    const WORDS: f32 = 5.0;
    let (ours, theirs) = (case.ours(), pair.theirs());
    let (mine, its) = (case.claimed.facts, &pair.statement.facts);
    let there = its.figures[pair.figure];
    let a = pair.alignment;
    let same = story::is_same(case.claimed, pair, None, case.settings()).clamp(0.01, 0.99);
    let is = |kind: FigureKind| f32::from(ours.kind == kind);
    let rough = matches!(pair.comparison.relation, Relation::Rounded | Relation::WithinBound);
    [
        1.0,
        a.cover,
        a.back,
        pair.lead,
        a.lost,
        pair.features[feature::ANCHOR].min(1.0),
        pair.near_agreed,
        pair.accord,
        pair.features[feature::SHARED],
        (common(case, pair) as f32 / WORDS).min(1.0),
        is_same_noun(case.claimed, pair),
        telling(ours),
        is(FigureKind::Date),
        is(FigureKind::Duration),
        is(FigureKind::Ordinal),
        f32::from(rough),
        f32::from(ours.kind != theirs.kind),
        f32::from(names_the_same(mine, case.claimed.place(), its, there)),
        lost_name(mine, case.claimed.index, its, pair.figure),
        lost_name(its, pair.figure, mine, case.claimed.index),
        (same / (1.0 - same)).ln() / 4.0,
        pair.features[feature::BEFORE].max(pair.features[feature::AFTER]),
    ]
}

/// How little two texts agree on a value by chance, from 0 to 1: a year says less than a day, a digit less than three.
pub(super) fn telling(figure: &Figure) -> f32 {
    const YEAR: usize = 4;
    const MONTH: usize = 7;
    const SMALL: i64 = 12;
    match (figure.kind, figure.iso.as_deref()) {
        (FigureKind::Date, Some(iso)) if iso.len() <= YEAR => 0.0,
        (FigureKind::Date, Some(iso)) if iso.len() <= MONTH => 0.4,
        (FigureKind::Date, _) => 0.8,
        _ if figure.value.is_some_and(|v| v.is_integer() && v <= Decimal::from(SMALL)) && figure.unit.is_none() => 0.0,
        _ => (digits(figure) as f32 / 3.0).min(1.0),
    }
}
