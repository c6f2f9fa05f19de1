//! Checks: the figure of the coverage and that of the evidence, side by side, under their verdict.

use super::groups::{Group, Heading, group};
use super::limits::Limits;
use super::{Excerpt, Shelf, Source, anchor, anchor_of, coverage};
use crate::check::{Check, EvidenceItem, Relation, Verdict};
use crate::output::name_of;
use crate::output::words::{Listed, relation, why};
use crate::review::{Judged, Reviewed};
use serde::Serialize;

/// One checked figure.
#[derive(Debug, Serialize)]
pub(super) struct CheckItem<'a> {
    id: String,
    link: Option<String>,
    reviewed: Option<&'a Reviewed>,
    claimed: Option<String>,
    excerpt: Excerpt<'a>,
    source: Source<'a>,
    anchor: String,
    relation: Option<&'static str>,
    confidence: String,
    computation: Option<&'a str>,
    because: Vec<&'static str>,
    evidence: Vec<Cited<'a>>,
}

/// A piece of evidence.
#[derive(Debug, Serialize)]
struct Cited<'a> {
    value: Option<&'a str>,
    excerpt: Option<Excerpt<'a>>,
    source: Option<Source<'a>>,
    table: Option<&'a str>,
    row: Option<&'a str>,
    column: Option<&'a str>,
    anchor: Option<String>,
}

/// The groups that are not empty, the gravest first. In a group, figures that lost something on the way come first, then the
/// surest.
pub(super) fn groups<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Vec<Group<CheckItem<'a>>> {
    let of = |listed: Listed| {
        let mut found: Vec<(usize, usize, &Check)> = coverage(shelf.readings)
            .flat_map(|(position, reading)| {
                reading.checks.iter().enumerate().map(move |(number, check)| (position, number, check))
            })
            .filter(|(.., check)| Listed::of(check) == listed)
            .collect();
        found.sort_by_key(|(.., check)| (!notable(check), std::cmp::Reverse(check.confidence)));
        group(listed.name(), heading(listed), &found, limits, |(position, number, check)| {
            item(shelf, *position, *number, check)
        })
    };
    Listed::ALL.into_iter().filter_map(of).collect()
}

/// Whether a supported figure still lost something on the way.
fn notable(check: &Check) -> bool {
    use Relation::*;
    matches!(check.relation, Some(HedgeDropped | BoundDropped | Stale | BaseDiffers | UnitDiffers))
}

/// One check of the document at `position`.
pub(super) fn item<'a>(shelf: &Shelf<'a>, position: usize, number: usize, check: &'a Check) -> CheckItem<'a> {
    CheckItem {
        id: anchor_of(position, 'k', number),
        link: shelf.finding(position, Judged::Check, check.span),
        reviewed: shelf.readings[position].extraction.reviewed(Judged::Check, check.span),
        claimed: check.claimed.map(crate::record::decimal),
        excerpt: shelf.excerpt(position, check.span),
        source: shelf.source(position),
        anchor: check.figure.map_or_else(|| anchor(position), |f| anchor_of(position, 'f', f as usize)),
        relation: check.relation.map(relation),
        confidence: name_of(&check.confidence),
        computation: check.computation.as_deref(),
        because: check.because.iter().map(|reason| why(*reason)).collect(),
        evidence: check.evidence.iter().take(3).map(|e| found(shelf, e)).collect(),
    }
}

fn found<'a>(shelf: &Shelf<'a>, item: &'a EvidenceItem) -> Cited<'a> {
    let position = item.span.and_then(|_| shelf.position(&item.doc));
    let anchor = position.map(|position| {
        let figures = &shelf.readings[position].extraction.figures;
        match figures.iter().position(|f| Some(f.span) == item.span) {
            Some(number) => anchor_of(position, 'f', number),
            None => anchor(position),
        }
    });
    Cited {
        value: item.value.as_deref(),
        excerpt: position.zip(item.span).map(|(position, span)| shelf.excerpt(position, span)),
        source: position.map(|position| shelf.source(position)),
        table: item.table.as_deref(),
        row: item.row.as_deref(),
        column: item.column.as_deref(),
        anchor,
    }
}

/// The heading of a group.
pub(super) const fn heading(listed: Listed) -> Heading {
    let Listed::Under(verdict) = listed else {
        return Heading {
            label: listed.label(),
            tone: "warn",
            folded: false,
            note: "The source has the number, but says it of another subject, place, period, whole or kind of fact, or denies it.",
        };
    };
    let (tone, folded, note) = match verdict {
        Verdict::Contradicted => (
            "bad",
            false,
            "Coverage and source speak of the same thing and give different figures. Which is right is not for a program to say.",
        ),
        Verdict::Conflicting => ("warn", false, "Two sources speak of the same thing and disagree."),
        Verdict::Supported => (
            "good",
            false,
            "A named source states the figure, or it follows from the source’s figures. Those that lost a bound or a hedge on the way come first.",
        ),
        Verdict::NotEnoughEvidence => {
            ("mute", true, "Subject, unit or period could not be matched with confidence, so nothing is claimed.")
        }
        Verdict::NotCheckable => ("mute", true, "The figure has no value that could be compared."),
    };
    Heading { label: listed.label(), note, tone, folded }
}
