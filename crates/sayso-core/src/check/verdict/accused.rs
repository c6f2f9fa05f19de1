//! How sure an accusation can be: that a source has another value, or says the number of something else. It is sure only where the page
//! says whose words it tells. Two articles on one event, two releases of one house say most things alike, and each has its own
//! numbers; a page that tells a statement names who made it.

use crate::check::case::Case;
use crate::check::facts::Facts;
use crate::check::stems::stem;
use crate::check::{Check, EvidenceKind, Relation, Verdict};
use crate::document::Document;
use crate::extract::{Confidence, FigureKind};

/// Lowers the confidence of what may be of something else after all.
pub(super) fn temper(case: Case, check: &mut Check) {
    let elsewhere = check.relation.is_some_and(Relation::is_elsewhere);
    if check.verdict != Verdict::Contradicted && !elsewhere {
        return;
    }
    let Some(item) = check.evidence.first().filter(|item| item.kind == EvidenceKind::Statement) else { return };
    let statement = case.found.statements.iter().find(|s| s.document.id == item.doc);
    let sourced = statement.is_some_and(|s| {
        let one_house = s.document.publisher.is_some() && s.document.publisher == case.document.publisher;
        !one_house && names_source(case.claimed.facts, &s.document)
    });
    // Of dates texts on one thing name many.
    let dated = case.ours().kind == FigureKind::Date && check.relation == Some(Relation::Differs);
    if !sourced || dated {
        check.confidence = check.confidence.min(Confidence::Medium);
    }
}

/// Whether a page names who made a statement: a word of the name that it writes as a name, or two in small letters (`the ministry of
/// education`).
fn names_source(page: &Facts, statement: &Document) -> bool {
    const WORDS: usize = 2;
    let source = [&statement.publisher, &statement.speaker, &statement.byline];
    let words = source.into_iter().flatten().flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    let mut stems: Vec<u64> = words.filter(|word| !word.is_empty()).map(stem).filter(|stem| *stem != 0).collect();
    stems.sort_unstable();
    stems.dedup();
    let told: Vec<&Vec<u32>> = stems.iter().filter_map(|stem| page.places.get(stem)).collect();
    told.len() >= WORDS || told.into_iter().flatten().any(|word| page.words[*word as usize].name)
}
