//! Whether a page is about a statement. The checks of all its figures go in; where one is held against the page and the
//! statement may be about something like it (last quarter's report, another shop's opening, the same day in another's
//! words), the verdict is taken back: [`settle`] for a statement that the page does not name, [`settle_told`] for one that
//! it names.
//!
//! A page that tells what a statement says repeats most of its figures, soon after it. So a statement speaks against a
//! page only if it came out shortly before, and as many of the page's figures stand in it as do not.

use super::candidates::{Selected, days_after};
use super::compare::digits;
use super::{Check, CheckReason, EvidenceItem, EvidenceKind, Settings, Verdict};
use crate::document::Document;
use crate::extract::Extraction;
use std::collections::HashMap;

/// Takes back what the statement of a page cannot be shown to say, where we found the statement among many. Linear in the
/// checks.
pub(super) fn settle(
    checks: &mut [Check],
    document: &Document,
    extraction: &Extraction,
    found: &Selected,
    settings: &Settings,
) {
    let mut balance: HashMap<String, i32> = HashMap::new();
    for check in checks.iter() {
        let Some(item) = check.evidence.first().filter(|item| item.kind == EvidenceKind::Statement) else { continue };
        let weight = match check.verdict {
            Verdict::Supported | Verdict::Conflicting => telling(check, extraction),
            Verdict::Contradicted => -1,
            Verdict::NotEnoughEvidence | Verdict::NotCheckable => 0,
        };
        *balance.entry(item.doc.clone()).or_default() += weight;
    }
    let day = document.day();
    let in_time = |id: &str| {
        let statement = found.statements.iter().find(|s| s.document.id == id);
        let days = days_after(day, statement.and_then(|s| s.document.day()));
        days.is_none_or(|days| days <= settings.days_against)
    };
    let speaks = |item: &EvidenceItem| {
        item.kind == EvidenceKind::Table || balance.get(&item.doc).is_some_and(|b| *b >= 0) && in_time(&item.doc)
    };
    for check in checks {
        match check.verdict {
            Verdict::Contradicted if !check.evidence.first().is_some_and(speaks) => take_back(check),
            // The last piece is what stands against the others.
            Verdict::Conflicting if !check.evidence.last().is_some_and(speaks) => {
                check.verdict = Verdict::Supported;
                check.evidence.pop();
            }
            _ => {}
        }
    }
}

/// Takes back what statements say against a page that hardly tells what they say, though it names them: it is about the same event,
/// and its figures are its own. Linear in the checks.
pub(super) fn settle_told(checks: &mut [Check]) {
    /// Of fewer figures that says nothing.
    const FIGURES: usize = 6;
    /// One in so many of a page's figures is supported where it tells what a statement says. Of right contradictions in
    /// `training/sets` 99 in 100 stand on such pages; of contradictions of one outlet by another, mostly wrong, three in five.
    const TOLD: usize = 5;
    let weighed = |check: &&Check| check.verdict != Verdict::NotCheckable;
    let told = checks.iter().filter(|check| check.verdict == Verdict::Supported).count();
    let all = checks.iter().filter(weighed).count();
    if all < FIGURES || told * TOLD >= all {
        return;
    }
    let by_statement = |check: &Check| check.evidence.first().is_some_and(|item| item.kind == EvidenceKind::Statement);
    for check in checks.iter_mut().filter(|check| check.verdict == Verdict::Contradicted) {
        if by_statement(check) {
            take_back(check);
        }
    }
}

/// Leaves a contradiction open. What was compared is still shown.
fn take_back(check: &mut Check) {
    check.verdict = Verdict::NotEnoughEvidence;
    check.relation = None;
    check.computation = None;
    check.because.push(CheckReason::UnsureStatement);
}

/// How much it tells of the page's subject that a figure of it stands in a statement: more, the less it is by chance.
fn telling(check: &Check, extraction: &Extraction) -> i32 {
    let figure = check.figure.and_then(|i| extraction.figures.get(i as usize));
    match figure.map_or(0, digits) {
        0 | 1 => i32::from(check.because.contains(&CheckReason::SameNoun)),
        2 | 3 => 1,
        _ => 2,
    }
}
