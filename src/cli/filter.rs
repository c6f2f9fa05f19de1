//! Filters for documents and for findings.

use super::{Status, days};
use crate::document::{Document, Kind};
use crate::extract::ClaimKind;
use crate::extract::{Claim, Confidence, Extraction, Figure, FigureKind, Quote, QuoteKind, Speaker, SpeakerKind};
use crate::output::name_of;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The flags that choose among documents and speakers, shared by the reports.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Which ones")]
pub(super) struct FilterArgs {
    /// Show only this speaker: one whose name has every word of NAME
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Show only this kind of finding (`direct`, `money`, `person` …) or of document (`article`, `statement`,
    /// `reference`); separate several with commas
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Show only documents of this publisher
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Show only documents of this day or later: 2031-05-02, 2031-05, yesterday, last week
    #[arg(long, value_name = "DAY", value_parser = days::first)]
    pub since: Option<Date>,
    /// Show only documents of this day or earlier
    #[arg(long, value_name = "DAY", value_parser = days::last)]
    pub until: Option<Date>,
}

/// A filter for documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DocumentFilter {
    /// Only these kinds. Empty for all.
    pub kinds: Vec<Kind>,
    /// Only publishers whose name contains these words, folded.
    pub publisher: Option<String>,
    /// Only this day or later.
    pub since: Option<Date>,
    /// Only this day or earlier.
    pub until: Option<Date>,
}

/// A filter for findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FindingFilter {
    /// Only speakers whose name contains these words, folded.
    speaker: Option<String>,
    /// Only these kinds. Empty for all.
    kinds: Vec<String>,
    /// Only figures in this unit.
    pub unit: Option<String>,
    /// Only figures that count this.
    pub noun: Option<String>,
    /// Only figures of at least this value.
    pub min: Option<Decimal>,
    /// Only figures of at most this value.
    pub max: Option<Decimal>,
    /// Quotations whose speaker is so sure or surer.
    pub confidence: Option<Confidence>,
    /// Claims that are worth a check so much or more, in [`thousandths`].
    pub worth: Option<u16>,
}

impl FilterArgs {
    /// The filters for a report whose records have the kinds `own`. A kind that belongs neither to documents nor to
    /// these records is an error, which lists the valid kinds.
    pub(super) fn read(&self, own: &[String]) -> anyhow::Result<(DocumentFilter, FindingFilter)> {
        let (mut documents, mut findings) = (Vec::new(), Vec::new());
        for kind in &self.kind {
            match [Kind::Article, Kind::Statement, Kind::Reference].into_iter().find(|k| k.name() == kind) {
                Some(kind) => documents.push(kind),
                None if own.contains(kind) => findings.push(kind.clone()),
                None => anyhow::bail!(
                    "--kind {kind}: no such kind; there are {} and, of documents, article, statement, reference",
                    own.join(", ")
                ),
            }
        }
        let documents = DocumentFilter {
            kinds: documents,
            publisher: self.publisher.as_deref().map(fold),
            since: self.since,
            until: self.until,
        };
        let findings =
            FindingFilter { speaker: self.speaker.as_deref().map(fold), kinds: findings, ..FindingFilter::default() };
        Ok((documents, findings))
    }
}

impl FindingFilter {
    /// How a list of findings ends: where something was asked for and nothing found, that is told.
    pub(super) fn status(&self, documents: &DocumentFilter, found: usize) -> Status {
        let asked = *self != FindingFilter::default() || *documents != DocumentFilter::default();
        if asked && found == 0 { Status::Findings } else { Status::Done }
    }
}

impl DocumentFilter {
    /// Whether the filter accepts a document. With a limit on days, it accepts none without a date.
    pub(super) fn admits(&self, document: &Document) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&document.kind))
            && self.publisher.as_ref().is_none_or(|p| document.publisher.as_deref().is_some_and(|d| holds(d, p)))
            && self.since.is_none_or(|since| document.day().is_some_and(|day| day >= since))
            && self.until.is_none_or(|until| document.day().is_some_and(|day| day <= until))
    }
}

impl FindingFilter {
    /// Whether the filter accepts a quotation.
    pub(super) fn quote(&self, extraction: &Extraction, quote: &Quote) -> bool {
        self.kind(&quote.kind)
            && self.said_by(extraction, quote.speaker)
            && self.confidence.is_none_or(|least| quote.confidence >= least)
    }

    /// Whether the filter accepts a speaker.
    pub(super) fn speaker(&self, speaker: &Speaker) -> bool {
        self.kind(&speaker.kind) && self.speaker.as_ref().is_none_or(|name| holds(&speaker.name, name))
    }

    /// Whether the filter accepts a figure.
    pub(super) fn figure(&self, document: &Document, extraction: &Extraction, figure: &Figure) -> bool {
        let quote = figure.quote.and_then(|q| extraction.quotes.get(q as usize));
        let unit = |wanted: &String| {
            // "US dollar" also finds prices per gallon.
            let priced = figure.unit_name.as_deref().filter(|_| figure.kind == FigureKind::Money);
            let plain = priced.and_then(|name| name.split_once(" per ")).map(|(plain, _)| plain);
            let names = [figure.unit.as_deref(), figure.unit_name.as_deref(), plain];
            names.into_iter().flatten().any(|u| u.eq_ignore_ascii_case(wanted))
        };
        let noun = |wanted: &String| {
            figure.noun_lemma.as_deref().is_some_and(|lemma| holds(lemma, wanted))
                || figure.noun.and_then(|s| document.text.get(s.range())).is_some_and(|noun| holds(noun, wanted))
        };
        self.kind(&figure.kind)
            && self.said_by(extraction, quote.and_then(|q| q.speaker))
            && self.unit.as_ref().is_none_or(unit)
            && self.noun.as_ref().is_none_or(noun)
            && self.min.is_none_or(|min| figure.high.or(figure.value).is_some_and(|value| value >= min))
            && self.max.is_none_or(|max| figure.value.is_some_and(|value| value <= max))
    }

    /// Whether the filter accepts a claim.
    pub(super) fn claim(&self, extraction: &Extraction, claim: &Claim) -> bool {
        self.kind(&claim.kind)
            && self.said_by(extraction, claim.speaker)
            && self.worth.is_none_or(|least| thousandths(claim.check_worthy) >= least)
    }

    /// Whether the filter accepts a kind of finding.
    pub(super) fn kind(&self, kind: &impl serde::Serialize) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&name_of(kind))
    }

    fn said_by(&self, extraction: &Extraction, speaker: Option<u32>) -> bool {
        self.speaker.as_ref().is_none_or(|name| {
            speaker.and_then(|s| extraction.speakers.get(s as usize)).is_some_and(|s| holds(&s.name, name))
        })
    }
}

/// The kinds of quotations, speakers, figures and claims.
pub(super) mod kinds {
    use super::{ClaimKind, FigureKind, QuoteKind, SpeakerKind, name_of};

    /// The kinds of quotations.
    pub(crate) fn quotes() -> Vec<String> {
        [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed].iter().map(name_of).collect()
    }

    /// The kinds of speakers.
    pub(crate) fn speakers() -> Vec<String> {
        use SpeakerKind::*;
        [Person, Organization, Document, Anonymous, Group, Unknown].iter().map(name_of).collect()
    }

    /// The kinds of figures.
    pub(crate) fn figures() -> Vec<String> {
        use FigureKind::*;
        [Number, Percent, Money, Quantity, Age, Ordinal, Ratio, Date, Time, Duration].iter().map(name_of).collect()
    }

    /// The kinds of claims.
    pub(crate) fn claims() -> Vec<String> {
        use ClaimKind::*;
        [Quantity, Comparison, Trend, Rank, Date, Quotation, Prediction, Opinion, Other].iter().map(name_of).collect()
    }
}

/// A worth from 0 to 1 in thousandths, as records print it. Rounding makes equal values compare equal.
pub(super) fn thousandths(worth: f32) -> u16 {
    (worth * 1000.0).round() as u16
}

/// Lower case, for comparison only.
fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// Whether all words of `wanted` (folded) are words of `text`.
fn holds(text: &str, wanted: &str) -> bool {
    let text = fold(text);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let there = words(&text);
    words(wanted).iter().all(|word| there.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_words() {
        for (name, wanted, found) in [
            ("Mara Ellison", "ellison", true),
            ("Mara Ellison", "ellison mara", true),
            ("Mara Ellisonberg", "ellison", false),
            ("Harbor Office", "office of harbor", false),
        ] {
            assert_eq!(holds(name, wanted), found, "{name} / {wanted}");
        }
    }

    #[test]
    fn days_leave_out_documents_without_one() {
        let filter = DocumentFilter { since: "2024-02-01".parse().ok(), ..DocumentFilter::default() };
        let dated = |date: &str| Document { date: Some(date.into()), ..Document::new("d", "") };
        assert!(filter.admits(&dated("2024-02-01T10:00:00Z")));
        assert!(!filter.admits(&dated("2024-01-31")));
        assert!(!filter.admits(&Document::new("d", "")));
    }

    #[test]
    fn a_kind_that_is_not_there_is_an_error() {
        let args = FilterArgs { kind: vec!["direct".into(), "statement".into()], ..FilterArgs::default() };
        let (documents, findings) = args.read(&kinds::quotes()).unwrap();
        assert_eq!((documents.kinds, findings.kinds), (vec![Kind::Statement], vec!["direct".to_owned()]));
        assert!(args.read(&kinds::figures()).unwrap_err().to_string().contains("direct"));
    }
}
