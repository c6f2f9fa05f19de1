//! `sayso figures --by WHAT`: one row a unit, noun, speaker, month …, those with most figures first; months in their order.

use super::super::Status;
use super::super::context::{Context, count};
use super::super::filter::{DocumentFilter, FindingFilter};
use super::super::source;
use super::FiguresArgs;
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::output::{Cell, Chunk, Format, Plan, Tone, name_of};
use crate::record::decimal;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// By what figures are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum By {
    /// Money, percent, age …
    Kind,
    /// The unit or currency that they are in
    Unit,
    /// What they count
    Noun,
    /// Whose quotation they stand in
    Speaker,
    /// The month of the document
    Month,
    /// The document
    Document,
}

/// What stands for figures in nobody's quotation.
const NARRATOR: &str = "(narrator)";

/// What stands for a document without a date.
const UNDATED: &str = "(no date)";

impl By {
    const fn name(self) -> &'static str {
        match self {
            By::Kind => "kind",
            By::Unit => "unit",
            By::Noun => "noun",
            By::Speaker => "speaker",
            By::Month => "month",
            By::Document => "document",
        }
    }

    /// The group of a figure; none where it has no such thing (a number without a unit).
    fn group(self, document: &Document, extraction: &Extraction, figure: &Figure) -> Option<String> {
        Some(match self {
            By::Kind => name_of(&figure.kind),
            By::Unit => figure.unit_name.as_deref().or(figure.unit.as_deref())?.to_owned(),
            // "The first passenger" counts none.
            By::Noun => figure.noun_lemma.clone().filter(|_| figure.kind != FigureKind::Ordinal)?,
            By::Speaker => {
                let quote = figure.quote.and_then(|quote| extraction.quotes.get(quote as usize));
                let speaker = quote.and_then(|quote| quote.speaker);
                let speaker = speaker.and_then(|speaker| extraction.speakers.get(speaker as usize));
                speaker.map_or_else(|| NARRATOR.to_owned(), |speaker| speaker.name.clone())
            }
            By::Month => document.day().map_or_else(|| UNDATED.to_owned(), |day| day.strftime("%Y-%m").to_string()),
            By::Document => document.id.clone(),
        })
    }
}

/// One group, in one document or over all.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    figures: u64,
    documents: u64,
    /// The unit of all its values; none once two differ, and then they have no lowest and no highest.
    unit: Option<String>,
    range: Option<(Decimal, Decimal)>,
    /// The figure of the highest value, as it is written; the first, where there are no values.
    example: String,
}

impl Group {
    fn of(document: &Document, figure: &Figure) -> Group {
        // What a value is of: apples and dollars have no common highest.
        let unit = figure.unit_name.as_deref().unwrap_or_else(|| figure.noun_lemma.as_deref().unwrap_or(""));
        let high = figure.high.or(figure.value);
        Group {
            figures: 1,
            documents: 1,
            unit: Some(format!("{} {unit}", name_of(&figure.kind))),
            range: figure.value.zip(high),
            example: document.text.get(figure.span.range()).unwrap_or_default().to_owned(),
        }
    }

    fn join(&mut self, other: Group, documents: u64) {
        self.figures += other.figures;
        self.documents += documents;
        if self.unit != other.unit {
            self.unit = None;
        }
        let higher = match (self.range, other.range) {
            (Some((_, ours)), Some((_, theirs))) => theirs > ours,
            (ours, theirs) => ours.is_none() && theirs.is_some(),
        };
        if higher {
            self.example = other.example;
        }
        self.range = match (self.range, other.range) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (ours, theirs) => ours.or(theirs),
        };
    }
}

type Groups = BTreeMap<String, Group>;

/// Runs the report.
pub(super) fn run(
    context: &Context,
    args: &FiguresArgs,
    by: By,
    documents: &DocumentFilter,
    findings: &FindingFilter,
) -> anyhow::Result<Status> {
    let header = ["figures", "documents", by.name(), "lowest", "highest", "for example"].map(Into::into).to_vec();
    let plan = Plan::report(context.format.unwrap_or(Format::Table), header)?;
    let mut all = Groups::new();
    let tally = source::each(
        context,
        &args.paths,
        documents,
        |document, extraction| {
            let mut found = Groups::new();
            for figure in extraction.figures.iter().filter(|f| findings.figure(document, extraction, f)) {
                if let Some(name) = by.group(document, extraction, figure) {
                    add(&mut found, name, Group::of(document, figure), 0);
                }
            }
            Ok(found)
        },
        |found| {
            found.into_iter().for_each(|(name, group)| add(&mut all, name, group, 1));
            Ok(())
        },
    )?;
    let mut sink = context.sink(&plan)?;
    let mut chunk = Chunk::default();
    let groups = all.len();
    for (name, group) in ranked(by, all) {
        // An average over apples and dollars would be nonsense, and so would the highest of them.
        let (low, high) = group.range.filter(|_| group.unit.is_some()).unzip();
        let bound =
            |value: Option<Decimal>| Cell { right: true, ..Cell::plain(value.map(decimal).unwrap_or_default()) };
        let row = vec![
            Cell::number(group.figures),
            Cell::number(group.documents),
            Cell::plain(name).tone(Tone::Name),
            bound(low),
            bound(high),
            Cell::plain(group.example),
        ];
        plan.push_report(&mut chunk, row)?;
    }
    sink.write(chunk)?;
    sink.finish()?;
    context.note(&format!("{} in {}", count(groups, by.name()), count(tally.documents, "document")));
    Ok(Status::Done)
}

fn add(groups: &mut Groups, name: String, group: Group, documents: u64) {
    match groups.entry(name) {
        std::collections::btree_map::Entry::Vacant(place) => {
            place.insert(group);
        }
        std::collections::btree_map::Entry::Occupied(mut place) => place.get_mut().join(group, documents),
    }
}

/// Months in their order, all else by how many figures, then by name.
fn ranked(by: By, groups: Groups) -> Vec<(String, Group)> {
    let mut ranked: Vec<_> = groups.into_iter().collect();
    if by != By::Month {
        ranked.sort_by_key(|(_, group)| Reverse(group.figures));
    }
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    #[test]
    fn groups_have_a_range_only_in_one_unit() {
        let document = Document::new("d", "It has 5 boats, 3 boats and 9 crates; it cost $40.");
        let found = extract::extract(&document);
        let mut groups = Groups::new();
        for figure in &found.figures {
            let name = By::Noun.group(&document, &found, figure).unwrap_or_else(|| "none".into());
            add(&mut groups, name, Group::of(&document, figure), 0);
        }
        let boats = &groups["boat"];
        assert_eq!((boats.figures, boats.documents, boats.range), (2, 1, Some((Decimal::from(3), Decimal::from(5)))));
        assert_eq!(boats.example, "5");
        let mut all = boats.clone();
        all.join(groups["crate"].clone(), 1);
        assert_eq!((all.figures, all.documents, all.unit), (3, 2, None));
    }
}
