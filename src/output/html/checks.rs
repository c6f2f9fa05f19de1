//! Checks: the figure of the coverage and that of the evidence, side by side, under their verdict.

use super::groups::{Group, Heading, group};
use super::limits::Limits;
use super::{Excerpt, Shelf, Source, anchor, anchor_of, coverage};
use crate::check::{Check, CheckReason, EvidenceItem, Relation, Verdict};
use crate::output::name_of;
use serde::Serialize;

/// One checked figure.
#[derive(Debug, Serialize)]
pub(super) struct CheckItem<'a> {
    id: String,
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

/// What a checked figure is listed under: its verdict, but for the same number that the source says of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// By its verdict.
    Under(Verdict),
    /// The number stands in the source, of another subject, place, period, base or kind.
    OfElse,
}

impl Listed {
    /// All, the gravest first.
    pub(super) const ALL: [Listed; 6] = [
        Listed::Under(Verdict::Contradicted),
        Listed::Under(Verdict::Conflicting),
        Listed::OfElse,
        Listed::Under(Verdict::Supported),
        Listed::Under(Verdict::NotEnoughEvidence),
        Listed::Under(Verdict::NotCheckable),
    ];

    /// That of a check.
    pub(super) fn of(check: &Check) -> Listed {
        use Relation::*;
        let of_else = matches!(check.relation, Some(OtherSubject | OtherPlace | OtherPeriod | OtherBase | OtherKind));
        match check.verdict {
            Verdict::NotEnoughEvidence if of_else => Listed::OfElse,
            verdict => Listed::Under(verdict),
        }
    }

    /// Its name in links.
    pub(super) fn name(self) -> String {
        match self {
            Listed::Under(verdict) => name_of(&verdict),
            Listed::OfElse => "of-something-else".to_owned(),
        }
    }
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

fn item<'a>(shelf: &Shelf<'a>, position: usize, number: usize, check: &'a Check) -> CheckItem<'a> {
    CheckItem {
        id: anchor_of(position, 'k', number),
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
            label: "The same number, said of something else",
            tone: "warn",
            folded: false,
            note: "The source has the number, but says it of another subject, place, period, whole or kind of fact.",
        };
    };
    let (label, tone, folded, note) = match verdict {
        Verdict::Contradicted => (
            "The source states another value",
            "bad",
            false,
            "Coverage and source speak of the same thing and give different figures. Which is right is not for a program to say.",
        ),
        Verdict::Conflicting => {
            ("Sources state different values", "warn", false, "Two sources speak of the same thing and disagree.")
        }
        Verdict::Supported => (
            "The source states it",
            "good",
            false,
            "A named source states the figure, or it follows from the source’s figures. Those that lost a bound or a hedge on the way come first.",
        ),
        Verdict::NotEnoughEvidence => (
            "No source speaks of it",
            "mute",
            true,
            "Subject, unit or period could not be matched with confidence, so nothing is claimed.",
        ),
        Verdict::NotCheckable => {
            ("Nothing to compare", "mute", true, "The figure has no value that could be compared.")
        }
    };
    Heading { label, note, tone, folded }
}

/// A relation in words.
pub(super) const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "equal",
        Relation::Rounded => "rounded",
        Relation::WithinBound => "within the bound",
        Relation::BoundDropped => "bound dropped",
        Relation::HedgeDropped => "hedge dropped",
        Relation::Derived => "derived",
        Relation::Differs => "differs",
        Relation::UnitDiffers => "another unit",
        Relation::BaseDiffers => "another base",
        Relation::Stale | Relation::OtherPeriod => "another period",
        Relation::DirectionDiffers => "the other way",
        Relation::Negated => "denied",
        Relation::OtherSubject => "of something else",
        Relation::OtherPlace => "another place",
        Relation::OtherBase => "a part, or another whole",
        Relation::OtherKind => "another kind of fact",
    }
}

/// A reason in words.
const fn why(reason: CheckReason) -> &'static str {
    match reason {
        CheckReason::About => "the article names the statement",
        CheckReason::SameNoun => "the same thing is counted",
        CheckReason::SharedWords => "the words around agree",
        CheckReason::SameUnit => "the same unit",
        CheckReason::SameChange => "the same direction",
        CheckReason::OtherChange => "the other direction",
        CheckReason::OtherThing => "the value counts something else there",
        CheckReason::NoEqualValue => "the value stands nowhere in the source",
        CheckReason::NoComparable => "nothing of its kind in the source",
        CheckReason::OtherPeriod => "another period",
        CheckReason::PeriodUnknown => "the period of the reference is not known",
        CheckReason::RowNamed => "the row is named in the text",
        CheckReason::ColumnNamed => "the column’s words stand in the text",
        CheckReason::Computed => "reached by arithmetic",
        CheckReason::NoValue => "no value to compare",
        CheckReason::NoSource => "no source to look in",
        CheckReason::NoClaim => "the number names something, or ranks nothing",
        CheckReason::Repeated => "the story says it, too",
        CheckReason::UnsureStatement => "whether the article is about the statement cannot be told",
    }
}
